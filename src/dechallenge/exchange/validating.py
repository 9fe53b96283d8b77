"""What is wrong with a file and where: element, path, line, and whether a receiver would reject it.

Imports formats and, for prose and tables, what reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dechallenge import batch
from dechallenge.errors import DechallengeError
from dechallenge.formats import messages
from dechallenge.formats.text import base_name
from dechallenge.readers import Reader

Severity = Literal["rejected", "warning"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        place: Data element with its repetition, or the path, or the row.
        line: Line in the file; 0 where not known.
        severity: ``rejected`` where a receiver would refuse the message or nothing can be read.
        message: What is wrong and, where that helps, what to do.
    """

    place: str
    line: int
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was recognised, how many cases it holds, and its faults in their order."""

    name: str
    kind: str
    cases: int
    faults: tuple[Fault, ...]

    @property
    def valid(self) -> bool:
        """Nothing that a receiver would reject."""
        return all(fault.severity != "rejected" for fault in self.faults)


def validate(path: Path, reader: Reader, schemas: Path | None = None) -> Report:
    """Look at one file.

    Args:
        path: A message, a table, a case file or a report.
        reader: Who reads prose.
        schemas: Folder of the ICH schema package, for E2B(R3).
    """
    name = base_name(path)
    kind = messages.kind_of_file(path)
    try:
        if kind == "E2B(R3)":
            return _r3(path, name, schemas)
        if kind in ("E2B(R2)", "openFDA"):
            return _elements(path, name, kind)
    except DechallengeError as error:
        return Report(name, kind or "", 0, (_fatal(error),))
    return _read(path, name, kind or "report", reader)


def _r3(path: Path, name: str, schemas: Path | None) -> Report:
    from dechallenge.formats.e2b.validate import REJECT, validated

    found, cases = validated(path, name, schemas=schemas)
    faults = [_fault(f.id, f.at, f.path, f.line, f.message, reject=f.severity == REJECT) for f in found]
    return Report(name, "E2B(R3)", cases, tuple(faults))


def _elements(path: Path, name: str, kind: str) -> Report:
    """The rules of the elements on a message of an older form: what an E2B(R3) made of it would lack is a warning."""
    from dechallenge.formats.e2b.validate import check

    faults: list[Fault] = []
    count = 0
    for found in messages.reports(path):
        count += 1
        if found.base is not None:
            faults += (_fault(f.id, f.at, f.path, f.line, f.message, reject=False) for f in check(found.base))
    return Report(name, kind, count, tuple(faults))


def _read(path: Path, name: str, kind: str, reader: Reader) -> Report:
    faults: list[Fault] = []
    count = 0
    for piece in batch.run(batch.work([path]), batch.Order(reader)):
        count += len(piece.reading.cases)
        for problem in piece.reading.problems:
            fatal = not piece.reading.cases
            text = f"{problem.message} {problem.next_step}".strip()
            faults.append(Fault(problem.document, 0, "rejected" if fatal else "warning", text))
        for case in piece.reading.cases:
            faults += (Fault(case.title, 0, "warning", conflict.what) for conflict in case.conflicts)
    return Report(name, kind, count, tuple(faults))


def _fault(id: str, at: tuple[int, ...], path: str, line: int, message: str, *, reject: bool) -> Fault:
    place = id + "".join(f"[{number}]" for number in at) if id else path or "the message"
    return Fault(place, line, "rejected" if reject else "warning", message)


def _fatal(error: DechallengeError) -> Fault:
    return Fault(error.place or "", 0, "rejected", f"{error.cause}. {error.next_step}".strip())
