"""From any format that is read to E2B(R3), FHIR or a case file: case after case, with what was lost on the way.

Reports of E2B(R3) are read and written one at a time; what no field of a case holds is written back unchanged. Without
an assessment the message's own case is written, never what was read from its narrative. Imports formats, batch,
assessment and `stated`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal

from dechallenge import batch
from dechallenge.assessment.corrections import Corrections
from dechallenge.assessment.model import ProblemOut
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, InputError
from dechallenge.evidence import Document
from dechallenge.exchange.stated import stated
from dechallenge.formats import caseyaml, messages
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.text import base_name
from dechallenge.readers import Reader

Target = Literal["e2b", "fhir", "case"]
ENDINGS: dict[str, Target] = {
    ".xml": "e2b",
    ".json": "fhir",
    ".ndjson": "fhir",
    ".yaml": "case",
    ".yml": "case",
}
"""Formats that a name's ending stands for."""


@dataclass(frozen=True, slots=True)
class Partners:
    """What the partners of an exchange agree on; nothing of it is invented.

    Attributes:
        sender, receiver: Their identifiers.
        number: Batch number.
        created: Time of creation and transmission for cases that came without one: ISO 8601 or HL7, with its zone.
    """

    sender: str = ""
    receiver: str = ""
    number: str = ""
    created: str = ""


@dataclass(slots=True)
class Converted:
    """What was written.

    Attributes:
        cases: How many.
        missing_terms: Places of an E2B message that need a MedDRA code before a receiver takes it.
        draft: A receiver would refuse the message for want of those codes.
        lost: What a case held and the format does not, by case.
        problems: What could not be read or written.
        notes: What a person should know of the output.
    """

    cases: int = 0
    missing_terms: tuple[str, ...] = ()
    draft: bool = False
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Entry:
    case: Case
    documents: tuple[Document, ...]
    base: Icsr | None = None


def target_of(out: Path, to: str = "") -> Target:
    """The format to write.

    Args:
        out: The file; its ending names the format.
        to: ``e2b``, ``fhir`` or ``case``, where it is given.

    Raises:
        DechallengeError: Neither says it.
    """
    if to in ("e2b", "fhir", "case"):
        return to  # type: ignore[return-value]
    found = ENDINGS.get(out.suffix.lower()) if not to else None
    if found is None:
        what = f"{to!r} is no format that is written" if to else f"the ending {out.suffix!r} names no format"
        step = "Give --to e2b, fhir or case; or end the name in .xml (E2B R3), .json or .ndjson (FHIR), .yaml (case)."
        raise DechallengeError(what, place=str(out), next_step=step)
    return found


def convert(
    paths: Sequence[Path],
    out: Path,
    *,
    to: str = "",
    assess: bool = False,
    reader: Reader,
    mask: bool = False,
    corrections: Corrections | None = None,
    partners: Partners | None = None,
) -> Converted:
    """Read cases and write them in another format; the file appears only when it is whole.

    Args:
        paths: Reports, messages, tables, case files, folders.
        out: The file to write.
        to: Its format, where the ending does not say it.
        assess: Put the results of the assessment into it, as opinions of this project.
        reader: Who reads prose.
        mask: Blank the authors' verdicts out of prose first.
        corrections: For the assessment.
        partners: Identifiers and time for a message.

    Raises:
        DechallengeError: No format, or the file cannot be written.
        InputError: There is no case to write.
    """
    target = target_of(out, to)
    told = Converted()
    order = batch.Order(reader, mask)
    entries = _entries(paths, order, told, assess=assess, corrections=corrections or Corrections())
    writers = {"e2b": _e2b, "fhir": _fhir, "case": _case}
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    except OSError as error:
        raise DechallengeError(
            f"the file cannot be written ({error.strerror})", place=str(out), next_step="Name a file in a folder."
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            writers[target](entries, file, out, told, partners or Partners())
        if told.cases == 0:
            first = told.problems[0] if told.problems else None
            raise InputError(
                first.message if first else "there is no case in what was given",
                place=first.document if first else "convert",
                next_step=first.next_step if first else "Give at least one report.",
            )
        os.chmod(name, 0o644)
        os.replace(name, out)
    except OSError as error:
        raise DechallengeError(
            f"the file cannot be written ({error.strerror})", place=str(out), next_step="Make room, or name another."
        ) from None
    finally:
        if os.path.exists(name):
            os.unlink(name)
    return told


# --- reading --------------------------------------------------------------------------------------------------------


def _entries(
    paths: Iterable[Path], order: batch.Order, told: Converted, *, assess: bool, corrections: Corrections
) -> Iterator[_Entry]:
    for path in paths:
        if messages.kind_of_file(path) is not None:
            yield from _of_message(path, order, told, assess=assess, corrections=corrections)
            continue
        for piece in batch.run(batch.work([path]), order):
            told.problems += piece.reading.problems
            documents = {d.id: d for d in piece.reading.documents}
            for case in piece.reading.cases:
                case = _assessed(case, case, told, documents, corrections) if assess else case
                yield _Entry(case, tuple(documents.values()))


def _of_message(
    path: Path, order: batch.Order, told: Converted, *, assess: bool, corrections: Corrections
) -> Iterator[_Entry]:
    """The cases of a message, as it states them; assessed with what its narrative tells."""
    try:
        for found in messages.reports(path):
            told.problems += found.problems
            case, documents = found.case, (found.document, *found.stories)
            if assess:
                reading = batch.with_story(found, order)
                told.problems += (p for p in reading.problems if p not in found.problems)
                case = _assessed(case, reading.cases[0], told, {d.id: d for d in documents}, corrections)
            yield _Entry(case, documents, found.base)
    except DechallengeError as error:
        name = base_name(path)
        told.problems.append(Problem(document=name, kind="input", message=error.cause, next_step=error.next_step))


def _assessed(
    case: Case, known: Case, told: Converted, documents: dict[str, Document], corrections: Corrections
) -> Case:
    """The case with the results of its assessment.

    Args:
        case: The case to write.
        known: The same case with all that is known of it.
    """
    found = documents.get(case.document)
    result = batch.assess_one(known, found.name if found else case.document, corrections)
    if result.problem is not None:
        told.problems.append(_plain(result.problem))
    return case if result.out is None else stated(case, result.out)


def _plain(problem: ProblemOut) -> Problem:
    return Problem(document=problem.document, kind=problem.kind, message=problem.message, next_step=problem.next_step)


# --- writing --------------------------------------------------------------------------------------------------------


def _e2b(entries: Iterator[_Entry], file: BinaryIO, out: Path, told: Converted, partners: Partners) -> None:
    from dechallenge.formats.dates import parse, written_hl7
    from dechallenge.formats.e2b import case_from, case_to, lost, r3_write

    dated = parse(partners.created)
    created = written_hl7(dated.iso) if dated is not None else ""

    def reports() -> Iterator[Icsr]:
        for entry in entries:
            told.cases += 1
            report = case_to.icsr(entry.case, entry.base, entry.documents)
            if entry.base is None:
                blank = Document(id=entry.case.document, name="", text="", sha256="")
                gone = lost.lost(entry.case, case_from.case(report, blank))
                if gone:
                    told.lost[entry.case.title or entry.case.id] = tuple(gone)
            yield report

    envelope = r3_write.Envelope(
        number=partners.number, sender=partners.sender, receiver=partners.receiver, sent=created, created=created
    )
    try:
        written = r3_write.write_to(reports(), file, batch=envelope)
    except InputError:
        if told.cases:
            raise
        return
    told.missing_terms, told.draft = written.missing_terms, written.draft
    told.notes += written.problems
    if written.draft:
        told.notes.append(
            "This file is a draft: a receiver rejects reactions without a MedDRA code, and only a licence gives one "
            "(--meddra FOLDER, or cases that came with codes)."
        )


def _fhir(entries: Iterator[_Entry], file: BinaryIO, out: Path, told: Converted, partners: Partners) -> None:
    from dechallenge.formats.fhir.write import write

    lines = out.suffix.lower() == ".ndjson"
    for entry in entries:
        if told.cases and not lines:
            raise DechallengeError(
                "there is more than one case, and a FHIR document holds one",
                place=str(out),
                next_step="End the name in .ndjson: one bundle on each line.",
            )
        told.cases += 1
        data = write(entry.case, entry.documents, date=partners.created)
        file.write(b" ".join(part.strip() for part in data.splitlines()) + b"\n" if lines else data)


def _case(entries: Iterator[_Entry], file: BinaryIO, out: Path, told: Converted, partners: Partners) -> None:
    documents: dict[str, Document] = {}
    cases: list[Case] = []
    for entry in entries:
        told.cases += 1
        documents |= {d.id: d for d in entry.documents}
        cases.append(entry.case.model_copy(update={"id": f"c{told.cases}"}))
    reading = Reading(documents=tuple(documents.values()), cases=tuple(cases))
    file.write(caseyaml.write(reading, out.name).encode("utf-8"))
