"""From any format that is read to E2B(R3), FHIR or a case file: case after case, with what was lost on the way.

Reports of E2B(R3) are read and written one at a time; what no field of a case holds is written back unchanged. Without
an assessment the message's own case is written, never what was read from its narrative. Imports formats, batch,
assessment and `stated`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar

from dechallenge import batch
from dechallenge.assessment.corrections import Corrections
from dechallenge.assessment.model import ProblemOut
from dechallenge.case import Case, Problem, Reading
from dechallenge.errors import DechallengeError, InputError
from dechallenge.evidence import Document
from dechallenge.exchange.stated import stated
from dechallenge.formats import caseyaml, messages
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.meddra import MedDRA, code_reading
from dechallenge.formats.text import base_name
from dechallenge.readers import Reader

Target = Literal["e2b", "fhir", "case"]
T = TypeVar("T")
ENDINGS: dict[str, Target] = {
    ".xml": "e2b",
    ".json": "fhir",
    ".ndjson": "fhir",
    ".yaml": "case",
    ".yml": "case",
}
"""Formats that a name's ending stands for."""
MOST_TOLD = 1000
"""Entries of one kind (of problems: for each file) that are kept; the rest are counted, so that memory is bounded."""


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
        more: How many further entries of `missing_terms`, `lost` (cases), `problems` and `notes` were only counted.
    """

    cases: int = 0
    missing_terms: tuple[str, ...] = ()
    draft: bool = False
    lost: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)

    def note(self, text: str) -> None:
        """Keep a note once, or count it."""
        if text not in self.notes:
            self._keep("notes", self.notes, text)

    def lose(self, title: str, items: Sequence[str]) -> None:
        """Keep what a case loses, or count the case."""
        if len(self.lost) >= MOST_TOLD:
            self._count("lost")
            return
        name, number = title, 1
        while name in self.lost:
            number += 1
            name = f"{title} ({number})"
        self.lost[name] = tuple(items)

    def tell(self, problems: Iterable[Problem], kept: list[Problem]) -> None:
        """Keep the problems of a file, or count them.

        Args:
            kept: Those of the same file that were kept so far; added to.
        """
        for problem in problems:
            if self._keep("problems", kept, problem):
                self.problems.append(problem)

    def _keep(self, kind: str, kept: list[T], one: T) -> bool:
        if len(kept) < MOST_TOLD:
            kept.append(one)
            return True
        self._count(kind)
        return False

    def _count(self, kind: str, number: int = 1) -> None:
        self.more[kind] = self.more.get(kind, 0) + number


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
    meddra: MedDRA | None = None,
    mapping: str | None = None,
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
        meddra: The user's own dictionary; reactions and indications get its codes.
        mapping: Text of a mapping file for tables.

    Raises:
        DechallengeError: No format, or the file cannot be written.
        InputError: There is no case to write.
    """
    target = target_of(out, to)
    told = Converted()
    order = batch.Order(reader, mask, meddra)
    entries = _entries(paths, order, told, assess=assess, corrections=corrections or Corrections(), mapping=mapping)
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


def _groups(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Each path alone, but for tables, which belong together."""
    listed = list(paths)
    tables = [path for path in listed if batch.holds_tables(path)]
    if tables:
        yield tables
    yield from ([path] for path in listed if path not in tables)


def _entries(
    paths: Iterable[Path],
    order: batch.Order,
    told: Converted,
    *,
    assess: bool,
    corrections: Corrections,
    mapping: str | None,
) -> Iterator[_Entry]:
    number = 0
    for together in _groups(paths):
        path = together[0]
        if messages.kind_of_file(path) is not None:
            number += 1
            yield from _of_message(
                path, base_name(path), f"d{number}", order, told, assess=assess, corrections=corrections
            )
            continue
        for one in batch.work(together, number, mapping):
            number = int(one.id.removeprefix("d"))
            given = one.given
            if not isinstance(given, Reading) and isinstance(given.data, bytes) and messages.kind_of(given.data):
                yield from _of_message(
                    given.data, one.name, one.id, order, told, assess=assess, corrections=corrections
                )
                continue
            reading = batch.done(one, order).reading
            number += max(0, len(reading.documents) - 1) if isinstance(given, Reading) else 0
            kept: list[Problem] = []
            told.tell(reading.problems, kept)
            documents = {d.id: d for d in reading.documents}
            for case in reading.cases:
                case = _assessed(case, case, told, kept, documents, corrections) if assess else case
                yield _Entry(case, tuple(documents.values()))


def _of_message(
    source: Path | bytes,
    name: str,
    id: str,
    order: batch.Order,
    told: Converted,
    *,
    assess: bool,
    corrections: Corrections,
) -> Iterator[_Entry]:
    """The cases of a message, as it states them; assessed with what its narrative tells."""
    kept: list[Problem] = []
    try:
        for found in messages.reports(source, name, id):
            if order.meddra is not None:
                coded = code_reading(Reading(cases=(found.case,), problems=found.problems), order.meddra)
                found = replace(found, case=coded.cases[0], problems=coded.problems)
            case, documents, problems = found.case, (found.document, *found.stories), found.problems
            if assess:
                reading = batch.with_story(found, order)
                problems = reading.problems
                case = _assessed(case, reading.cases[0], told, kept, {d.id: d for d in documents}, corrections)
            names = {d.id: d.name for d in documents} | {id: name}
            told.tell((p.model_copy(update={"document": names.get(p.document, p.document)}) for p in problems), kept)
            yield _Entry(case, documents, found.base)
    except DechallengeError as error:
        told.problems.append(Problem(document=name, kind="input", message=error.cause, next_step=error.next_step))


def _assessed(
    case: Case,
    known: Case,
    told: Converted,
    kept: list[Problem],
    documents: dict[str, Document],
    corrections: Corrections,
) -> Case:
    """The case with the results of its assessment.

    Args:
        case: The case to write.
        known: The same case with all that is known of it.
        kept: The problems of its file so far.
    """
    found = documents.get(case.document)
    result = batch.assess_one(known, found.name if found else case.document, corrections)
    if result.problem is not None:
        told.tell([_plain(result.problem)], kept)
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
                    told.lose(entry.case.title or entry.case.id, gone)
            known = entry.base.notes if entry.base is not None else ()
            for note in report.notes:
                if note not in known:
                    told.note(f"{entry.case.title or entry.case.id}: {note}")
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
    told.more |= {"missing_terms": written.more_terms} if written.more_terms else {}
    for note in written.problems:
        told.note(note)
    if written.more_problems:
        told.more["notes"] = told.more.get("notes", 0) + written.more_problems
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
