"""The verbs `dechallenge load-reports` and `dechallenge signals`: what they do and say. Imports this folder.

What they show is drawn by `report`, which lies higher: the command hands the drawing in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dechallenge.case import Case
from dechallenge.errors import DechallengeError, InputError
from dechallenge.population import counting, scoring
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.answer import Answer, PairAnswer, plain
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.loading import Progress, load
from dechallenge.population.measures import gps
from dechallenge.population.question import signals
from dechallenge.population.scoring import Measured
from dechallenge.population.store import Store

Write = Callable[[str], None]

NO_EXTRA = "the libraries for large tables are not installed."
NO_EXTRA_STEP = "Install them with: pip install 'dechallenge[population]'"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user may choose; the usual choices stand where nothing is given.

    Attributes:
        roles: The roles in which a drug counts; empty for the usual ones (PS, SS, I).
        event_terms: Event terms that stand for the reaction.
        convention: Likelihood of the prior of EBGM.
        linked: Remove reports that look the same.
        memory: What DuckDB may hold, such as `2GB`.
        accept_incomplete: Use a store in which something could not be loaded.
    """

    roles: tuple[str, ...] = ()
    event_terms: tuple[str, ...] = ()
    convention: gps.Convention = "component"
    linked: bool = False
    memory: str = "2GB"
    accept_incomplete: bool = False

    def policy(self) -> Policy:
        """The policy of cleaning.

        Raises:
            InputError: An unknown role.
        """
        usual = Policy(linked="remove" if self.linked else "keep", accept_incomplete=self.accept_incomplete)
        return replace(usual, roles=tuple(role.upper() for role in self.roles)) if self.roles else usual


def convention_of(word: str) -> gps.Convention:
    """The convention that a user names: component, mixture, whole table (or `whole-table`).

    Raises:
        DechallengeError: It is none of them.
    """
    for known in gps.CONVENTIONS:
        if word.strip().lower().replace("-", " ").replace("_", " ") == known:
            return known
    raise DechallengeError(
        f"{word!r} is not a convention of GPS.",
        place="--convention",
        next_step=f"Choose among {', '.join(gps.CONVENTIONS)}.",
    )


def run_load(
    paths: Sequence[Path],
    store: Path,
    *,
    memory: str = "2GB",
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
        ignore_unknown_columns: Read on where a quarterly file has a column of an unknown name.
        as_json: Print the manifest.
        write: Prints the answer.
        say: Shows progress, on the error stream.

    Raises:
        InputError: Nothing could be loaded, or the disk is full.
    """

    def progress(step: Progress) -> None:
        rows = f", {step.rows:,} rows" if step.rows else ""
        say(f"[{step.done} of {step.of}] {step.part}: {step.what}{rows}")

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
        InputError: The reports cannot be used.
    """
    analysis, _ = reports_of(folder, choices, say)
    say("counting pairs")
    counts = counting.pairs(analysis, memory_limit=choices.memory)
    say(f"measuring {counts.table.num_rows:,} pairs")
    prior = scoring.fit_prior(counts, choices.convention)
    measured = scoring.measure(counts, prior=prior)
    if least > 1:
        import pyarrow.compute as pc  # type: ignore[import-untyped,unused-ignore]

        table = measured.table
        measured = replace(measured, table=table.filter(pc.greater_equal(table.column("n"), least)), least=least)
    return measured


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
        found.append({**told, **counts, "expected": row.expected, **row.values, **times})
    return found
