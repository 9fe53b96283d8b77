"""The verbs `dechallenge convert` and `dechallenge validate`: what they print. Imports the rest of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dechallenge.assessment.corrections import Corrections
    from dechallenge.exchange.converting import Converted, Partners
    from dechallenge.exchange.validating import Report
    from dechallenge.formats.meddra import MedDRA
    from dechallenge.readers import Reader

Write = Callable[[str], None]
Say = Callable[[str, str, str], None]
_SHOWN = 12
"""Lines of one kind that are printed; the rest are counted."""
NAMES = {"e2b": "E2B(R3)", "fhir": "FHIR R4", "case": "case file"}


def run_convert(
    paths: Sequence[Path],
    out: Path,
    *,
    to: str,
    assess: bool,
    reader: Reader,
    mask: bool,
    corrections: Corrections,
    partners: Partners,
    meddra: Path | None,
    mapping: str | None,
    as_json: bool,
    write: Write,
    say: Say,
) -> bool:
    """Convert, and tell what was written, lost and not read. Says whether everything could be read.

    Raises:
        DechallengeError: Wrong usage, or the file cannot be written.
        InputError: There is no case in what was given.
    """
    from dechallenge.exchange.converting import convert
    from dechallenge.report.files import check_target

    check_target(out, paths, "file")
    told = convert(
        paths,
        out,
        to=to,
        assess=assess,
        reader=reader,
        mask=mask,
        corrections=corrections,
        partners=partners,
        meddra=dictionary(meddra),
        mapping=mapping,
    )
    if as_json:
        write(json.dumps(_as_json(told, out, to), indent=2, ensure_ascii=False))
    else:
        write("\n".join(_lines(told, out, to)))
    for problem in told.problems:
        say(problem.document, problem.message, problem.next_step)
    if "problems" in told.more:
        say(out.name, f"there are {told.more['problems']} more problems like these", "Mend these first.")
    return not told.problems


def dictionary(folder: Path | None) -> MedDRA | None:
    """The user's MedDRA, where a folder was given.

    Raises:
        InputError: There is none in it.
    """
    if folder is None:
        return None
    from dechallenge.formats.meddra import load

    return load(folder)


def _lines(told: Converted, out: Path, to: str) -> list[str]:
    count = "1 case" if told.cases == 1 else f"{told.cases} cases"
    from dechallenge.exchange.converting import target_of

    lines = [f"{count} written to {out} as {NAMES[target_of(out, to)]}."]
    lines += _listed("Needs a MedDRA code", told.missing_terms, told.more.get("missing_terms", 0))
    for title, lost in told.lost.items():
        lines += _listed(f"Not carried by this format ({title})", lost)
    if "lost" in told.more:
        lines.append(f"  … and something of {told.more['lost']} more cases")
    return [*lines, *_listed("Note", told.notes, told.more.get("notes", 0))]


def _listed(head: str, items: Sequence[str], more: int = 0) -> list[str]:
    shown = [f"  {head}: {item}" for item in items[:_SHOWN]]
    rest = len(items) - len(shown) + more
    return [*shown, f"  … and {rest} more"] if rest else shown


def _as_json(told: Converted, out: Path, to: str) -> dict[str, object]:
    from dechallenge.exchange.converting import target_of

    return {
        "file": str(out),
        "format": NAMES[target_of(out, to)],
        "cases": told.cases,
        "draft": told.draft,
        "missing_terms": list(told.missing_terms),
        "lost": {title: list(items) for title, items in told.lost.items()},
        "notes": told.notes,
        "problems": [problem.model_dump() for problem in told.problems],
        "more": told.more,
    }


def run_validate(paths: Sequence[Path], *, reader: Reader, schemas: Path | None, as_json: bool, write: Write) -> bool:
    """Look at each file and print its faults. Says whether a receiver would take them all."""
    from dechallenge.exchange.validating import validate

    reports = [validate(path, reader, schemas) for path in paths]
    if as_json:
        write(json.dumps([_report_json(one) for one in reports], indent=2, ensure_ascii=False))
    else:
        write("\n\n".join("\n".join(_report(one)) for one in reports))
    return all(report.valid for report in reports)


def _report(report: Report) -> list[str]:
    rejected = sum(fault.severity == "rejected" for fault in report.faults)
    warnings = len(report.faults) - rejected
    count = "1 case" if report.cases == 1 else f"{report.cases} cases"
    verdict = f"{rejected} for which a receiver would reject it" if rejected else "nothing a receiver would reject"
    head = f"{report.name}: {report.kind or 'not recognised'}, {count}; {verdict}, {warnings} warnings"
    lines = [head]
    for fault in report.faults:
        line = f", line {fault.line}" if fault.line else ""
        mark = "reject " if fault.severity == "rejected" else "warning"
        lines.append(f"  {mark}  {fault.place}{line}: {fault.message}")
    return lines


def _report_json(report: Report) -> dict[str, object]:
    return {
        "file": report.name,
        "kind": report.kind,
        "cases": report.cases,
        "valid": report.valid,
        "faults": [
            {"place": f.place, "line": f.line, "severity": f.severity, "message": f.message} for f in report.faults
        ],
    }
