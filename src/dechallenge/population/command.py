"""The verbs `dechallenge load-reports` and `dechallenge signals`: what they do and say. Imports this folder.

What they show is drawn by `report`, which lies higher: the command hands the drawing in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dechallenge.case import Case
from dechallenge.errors import DechallengeError, InputError
from dechallenge.population import counting, lrt_table, question, scoring
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.answer import Answer, PairAnswer, Row, plain
from dechallenge.population.choices import Choices, convention_of, linkage_of, measures_of
from dechallenge.population.cleaning import clean
from dechallenge.population.loading import Progress, load, load_table
from dechallenge.population.question import signals
from dechallenge.population.scoring import Measured
from dechallenge.population.store import Store
from dechallenge.population.tables import TableMapping

Write = Callable[[str], None]

__all__ = [
    "Choices",
    "ask",
    "convention_of",
    "linkage_of",
    "measures_of",
    "reports_of",
    "run_load",
    "run_signals",
    "run_table",
    "table_of",
    "write_answers",
]

NO_EXTRA = "the libraries for large tables are not installed."
NO_EXTRA_STEP = "Install them with: pip install 'dechallenge[population]'"


def run_load(
    paths: Sequence[Path],
    store: Path,
    *,
    memory: str = "2GB",
    columns: Sequence[str] = (),
    ignore_unknown_columns: bool = False,
    as_json: bool = False,
    write: Write,
    say: Write,
) -> bool:
    """Load reports into a store and tell what was read, repaired and set aside. Says whether all of it is in.

    Args:
        paths: Files, folders or archives.
        store: The folder of the store.
        memory: What DuckDB may hold.
        columns: `MEANING=COLUMN` (:class:`TableMapping`) where every path is a table of no known database.
        ignore_unknown_columns: Read on where a quarterly file has a column of an unknown name.
        as_json: Print the manifest.
        write: Prints the answer.
        say: Shows progress, on the error stream.

    Raises:
        InputError: Nothing could be loaded, a meaning is unknown, or the disk is full.
    """

    def progress(step: Progress) -> None:
        rows = f", {step.rows:,} rows" if step.rows else ""
        say(f"[{step.done} of {step.of}] {step.part}: {step.what}{rows}")

    if columns:
        mapping = TableMapping.of(columns)
        for path in paths:
            say(f"{path.name}: {', '.join(f'{meaning} = {column}' for meaning, column in mapping.columns().items())}")
            made = load_table(path, store, mapping, name=path.name, memory_limit=memory)
    else:
        made = load(paths, store, progress=progress, memory_limit=memory, ignore_unknown_columns=ignore_unknown_columns)
    manifest = made.manifest()
    write(json.dumps(manifest, indent=2, ensure_ascii=False) if as_json else "\n".join(_loaded(manifest, store)))
    return bool(manifest["state"] == "complete")


def _loaded(manifest: dict[str, Any], store: Path) -> list[str]:
    rows = ", ".join(f"{count:,} rows of {name}" for name, count in manifest["rows"].items() if name != "set_aside")
    lines = [f"{store}: {manifest['state']}, {len(manifest['parts'])} parts, {rows}"]
    lines += [f"  set aside: {count:,} rows, {why}" for why, count in manifest["set_aside"].items()]
    lines += [f"  repaired: {count:,} rows, {how}" for how, count in manifest["repaired"].items()]
    lines += [f"  of no known database: {name}" for name in manifest["skipped"]]
    lines += [f"  not loaded: {p['place']}: {p['message']} {p['next_step']}" for p in manifest["problems"]]
    return lines


def reports_of(folder: Path, choices: Choices, say: Write) -> tuple[AnalysisSet, Store | None]:
    """The cleaned reports of a folder: of a store, cleaned once for each policy and kept in it; or a set as it is.

    Raises:
        InputError: The folder is neither, or the store is not complete.
    """
    if (folder / "policy.json").exists():
        return AnalysisSet.open(folder), None
    store = Store.open(folder)
    policy = choices.policy()
    stamp = store.manifest_path.read_bytes() + json.dumps(asdict(policy), sort_keys=True).encode()
    kept = folder / "analysis" / hashlib.sha256(stamp).hexdigest()[:16]
    if kept.exists():
        return AnalysisSet.open(kept), store
    say("cleaning the reports (once for this policy)")
    kept.parent.mkdir(exist_ok=True)
    return clean(store, kept, policy, memory_limit=choices.memory, progress=say), store


def ask(cases: Sequence[Case], folder: Path, choices: Choices, say: Write) -> list[Answer]:
    """What the reports say of each case; a case without suspects gives an error only where it is the only one.

    Raises:
        InputError: There is no case, no case with a suspect, or the reports cannot be used.
    """
    if not cases:
        raise InputError("there is no case.", place="signals", next_step="Give a report, or a case file.")
    analysis, store = reports_of(folder, choices, say)
    found, last = [], None
    for case in cases:
        try:
            found.append(
                signals(
                    case,
                    analysis,
                    store,
                    event_terms=choices.event_terms,
                    convention=choices.convention,
                    strata=choices.strata,
                    memory_limit=choices.memory,
                    progress=say,
                )
            )
        except InputError as error:
            last = error
            say(str(error))
    if not found and last is not None:
        raise last
    return found


def table_of(folder: Path, choices: Choices, say: Write, *, least: int = 1) -> Measured:
    """Every pair of a set of reports with all measures.

    Args:
        folder: A store or an analysis set.
        choices: What the user chose.
        say: Shows progress.
        least: Rows with fewer reports are left out after the prior was fitted to all.

    Raises:
        InputError: The reports cannot be used, no report has a chosen drug or event, or the table is too large for a
            test that was asked for.
        DechallengeError: Strata were asked for, which are for a case.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]

    if choices.strata:
        raise DechallengeError(
            "a whole table is not adjusted for strata.",
            place="--strata",
            next_step="Ask about a case, or count from Python: counting.pairs(…, strata=…).",
        )
    analysis, _ = reports_of(folder, choices, say)
    drugs, events = _numbers(analysis, "drug", choices.drugs), _numbers(analysis, "event", choices.event_terms)
    say("counting pairs")
    counts = counting.pairs(analysis, memory_limit=choices.memory)
    say(f"measuring {counts.table.num_rows:,} pairs")
    chosen = lrt_table.Choice(drugs, events)
    wanted = dict.fromkeys((*scoring.MEASURES, *choices.measures))
    lrt_table.check(counts, chosen, wanted)
    prior = scoring.fit_prior(counts, choices.convention)
    measured = scoring.measure(counts, tuple(wanted), prior=prior, chosen=chosen)
    keep = pc.greater_equal(counts.table.column("n"), least)
    for of, numbers in (("drug", drugs), ("event", events)):
        if numbers is not None:
            keep = pc.and_(keep, pc.is_in(counts.table.column(of), pa.array(numbers, pa.int32())))
    return replace(measured, table=measured.table.filter(keep), least=least)


def _numbers(analysis: AnalysisSet, of: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """The numbers of drugs or events that a user names; None where none are.

    Raises:
        InputError: No report has one.
    """
    found = [(n, question.number_of(analysis, n) if of == "drug" else analysis.number(of, n)) for n in names]
    missing = [name for name, number in found if number is None]
    if missing:
        raise InputError(
            f"no report of the set has the {of} {missing[0]!r}.",
            place="--drug" if of == "drug" else "--event-term",
            next_step="Write it as the table of all pairs does (signals --all -o pairs.csv).",
        )
    return tuple(number for _, number in found if number is not None) or None


def run_signals(
    cases: Sequence[Case],
    folder: Path,
    choices: Choices,
    *,
    html: Path | None = None,
    out: Path | None = None,
    as_json: bool = False,
    view: Callable[[Answer], str],
    page: Callable[[Answer], str],
    write: Write,
    save: Callable[[Path, str], None],
    say: Write,
) -> None:
    """Ask the reports about cases, and show, write and save the answers.

    Args:
        cases: The cases; a page is of one.
        folder: A store or an analysis set.
        choices: What the user chose.
        html: Where to write the page.
        out: Where to write the rows, as Parquet or CSV.
        as_json: Print one JSON object instead of the view.
        view: Draws an answer for the terminal (`report.signals_terminal.render`).
        page: Draws an answer as a page (`report.signals_html.render`).
        write: Prints the answer.
        save: Writes a text to a file (`report.files.write_text`).
        say: Shows progress, on the error stream.

    Raises:
        DechallengeError: Wrong usage, or a file cannot be written.
        InputError: There is no case with a suspect, or the reports cannot be used.
    """
    if html is not None and len(cases) > 1:
        raise DechallengeError(
            f"a page tells of one case; there are {len(cases)}.",
            place="--html",
            next_step="Choose one with --case, or leave the page out.",
        )
    answers = ask(cases, folder, choices, say)
    if html is not None:
        save(html, page(answers[0]))
        say(f"page written to {html}")
    if out is not None:
        _said(write_answers(answers, out), say)
    if as_json:
        write(json.dumps({"answers": [answer.as_json() for answer in answers]}, indent=2, ensure_ascii=False))
    else:
        write("\n".join(view(answer) for answer in answers))


def run_table(
    folder: Path,
    choices: Choices,
    *,
    least: int = 1,
    html: Path | None = None,
    out: Path | None = None,
    as_json: bool = False,
    view: Callable[[Measured], str],
    page: Callable[[Measured], str],
    write: Write,
    save: Callable[[Path, str], None],
    say: Write,
) -> None:
    """Measure every pair of a set of reports; arguments as :func:`run_signals` and :func:`table_of`."""
    measured = table_of(folder, choices, say, least=least)
    if html is not None:
        save(html, page(measured))
        say(f"page written to {html}")
    if out is not None:
        _said(measured.write(out), say)
    write(json.dumps(plain(measured.told()), indent=2, ensure_ascii=False) if as_json else view(measured))


def _said(paths: Sequence[Path], say: Write) -> None:
    for path in paths:
        say(f"written to {path}")


def write_answers(answers: Sequence[Answer], path: Path) -> tuple[Path, ...]:
    """The rows of the answers as Parquet or CSV: each suspect, class-mate and other drug with the reaction.

    Raises:
        DechallengeError: The file cannot be written.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

    rows = [row for answer in answers for pair in answer.pairs for row in _rows(answer, pair)]
    columns: dict[str, list[Any]] = {}
    for name in dict.fromkeys(name for row in rows for name in row):
        columns[name] = [row.get(name) for row in rows]
    table = pa.table(columns)
    first = answers[0].as_json() if answers else {}
    return scoring.write_table(table, path, {name: first.get(name) for name in ("policy", "about", "prior", "meaning")})


def _rows(answer: Answer, pair: PairAnswer) -> list[dict[str, Any]]:
    found = []
    for row in (*([pair.row] if pair.row else []), *pair.others):
        told = {"case": answer.case, "suspect": pair.drug, "reaction": pair.term, "drug": row.drug, "why": row.why}
        counts = {"n": row.n, "n_drug": row.n_drug, "n_event": row.n_event, "total": row.total}
        quartiles = row.onset.fit.quartiles if row.onset else (None, None, None)
        times = dict(zip(("onset_q1", "onset_median", "onset_q3"), plain(quartiles), strict=True))
        found.append({**told, **counts, "expected": row.expected, **row.values, **times, **_adjusted(row)})
    return found


def _adjusted(row: Row) -> dict[str, Any]:
    """The columns of the ratio adjusted for strata; none where it was not asked for."""
    if row.adjusted is None:
        return {}
    pooled = row.adjusted.pooled
    return {
        "strata": ",".join(row.adjusted.strata),
        "ror_mh": pooled.value,
        "ror_mh_low": pooled.low,
        "ror_mh_high": pooled.high,
        "homogeneity": pooled.homogeneity,
        "homogeneity_p": pooled.chance,
        "informative_strata": pooled.strata,
        "expected_by_stratum": row.adjusted.expected,
        "ic_by_stratum": row.adjusted.ic,
        "ic_by_stratum_low": row.adjusted.ic_low,
        "ic_by_stratum_high": row.adjusted.ic_high,
        "without_a_stratum": row.adjusted.unknown,
    }
