"""Messages of safety databases and hospitals: E2B(R3), E2B(R2), FAERS SGML, openFDA JSON, FHIR; one case at a time.

`kind_of` looks at the first bytes, `reports` yields the cases with their part of the message as a document and their
narratives, which a reader of prose may read. Formats are imported when first met. May import the case, evidence,
errors and the readers of messages in this folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dechallenge.case import Case, Problem
from dechallenge.errors import InputError
from dechallenge.evidence import Document
from dechallenge.formats.text import base_name

if TYPE_CHECKING:
    from dechallenge.formats.e2b.icsr import Icsr

Kind = Literal["E2B(R3)", "E2B(R2)", "openFDA", "FHIR"]
HEAD = 20_000
"""Bytes that are looked at to know a message."""
_R3 = re.compile(r"<(?:\w+:)?(?:MCCI_IN20010[01]UV01|PORR_IN049016UV)\b|urn:hl7-org:v3")
_R2 = re.compile(r"<!DOCTYPE\s+ichicsr\b|<ichicsr\b", re.IGNORECASE)
_OPENFDA = re.compile(r'"(?:safetyreportid|primarysourcereaction|medicinalproduct)"\s*:')
_FHIR = re.compile(r'"resourceType"\s*:\s*"[A-Z]')


@dataclass(frozen=True, slots=True)
class Message:
    """One case of a message.

    Attributes:
        case: The case; its evidence points into the document, and into the stories.
        document: The message, or this report's own part of a batch.
        stories: Free texts about the case (the narrative, documents), each a document of its own.
        problems: What could not be read of it.
        base: The data elements, for E2B and openFDA: what no field of the case holds is written back from them.
        whole: The stories were made by this project from the case itself; there is nothing more to read in them.
    """

    case: Case
    document: Document
    stories: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    base: Icsr | None = None
    whole: bool = False


def kind_of(head: bytes) -> Kind | None:
    """The kind of message that a file begins like; nothing for all other files.

    Args:
        head: The first bytes of the file; :data:`HEAD` of them are looked at.
    """
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head[:HEAD].decode("utf-16" if utf16 else "latin-1", "ignore").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("<"):
        return "E2B(R3)" if _R3.search(text) else "E2B(R2)" if _R2.search(text) else None
    if text.startswith(("{", "[")):
        return "FHIR" if _FHIR.search(text) else "openFDA" if _OPENFDA.search(text) else None
    return None


def kind_of_file(path: Path) -> Kind | None:
    """As :func:`kind_of`; nothing for what is no file or cannot be read, which its reader will say."""
    try:
        with path.open("rb") as file:
            return kind_of(file.read(HEAD))
    except OSError:
        return None


def reports(source: bytes | Path, name: str = "", id: str = "d1") -> Iterator[Message]:
    """The cases of a message, one after the other; of E2B(R3) only one is held at a time.

    Args:
        source: The bytes of the file, or its path.
        name: Its base name.
        id: Identity of its document; reports of a batch get ``d1.1``, ``d1.2`` …

    Raises:
        InputError: No message, one without a case, or one that is damaged, hostile or too large. Reports before the
            damage have been yielded by then.
    """
    name = name or (base_name(source) if isinstance(source, Path) else "message")
    kind = kind_of_file(source) if isinstance(source, Path) else kind_of(source)
    if kind is None:
        raise InputError(
            "this is no message of E2B, openFDA or FHIR", place=name, next_step="Give the file as the sender made it."
        )
    if kind == "FHIR":
        yield from _fhir(_bytes(source), name, id)
    else:
        yield from _e2b(_elements(kind, source, name), name, id)


def _elements(kind: Kind, source: bytes | Path, name: str) -> Iterator[Icsr]:
    if kind == "E2B(R3)":
        from dechallenge.formats.e2b.r3_read import read as read_r3

        return read_r3(source, name)
    if kind == "E2B(R2)":
        from dechallenge.formats.e2b.r2_read import read as read_r2

        return read_r2(_bytes(source), name)
    from dechallenge.formats.e2b.openfda import read as read_openfda

    return read_openfda(_bytes(source), name)


def _e2b(elements: Iterator[Icsr], name: str, id: str) -> Iterator[Message]:
    from dechallenge.formats.e2b.case_from import case, narratives, told_in_full

    first, damage = list(islice(elements, 1)), None
    try:  # a look ahead: the only report of a message has its name
        first += islice(elements, 1)
    except InputError as error:
        damage = error
    alone = len(first) == 1 and damage is None
    for report in chain(first, elements):
        number = report.number
        label = name if alone else f"{name} ({report.value('C.1.1') or f'report {number}'})"
        document = Document.from_text(
            report.native.decode("utf-8", "replace"), label, id if alone else f"{id}.{number}"
        )
        yield Message(
            case=case(report, document),
            document=document,
            stories=narratives(report, document),
            base=report,
            whole=told_in_full(report),
        )
    if damage is not None:
        raise damage


def _fhir(data: bytes, name: str, id: str) -> Iterator[Message]:
    from dechallenge.formats.fhir.read import read_message

    found = read_message(data, name, id)
    documents = {d.id: d for d in found.reading.documents}
    problems = found.reading.problems
    for number, case in enumerate(found.reading.cases):
        stories = tuple(story.document for story in found.stories if story.case == case.id)
        yield Message(case, documents[case.document], stories, problems if number == 0 else ())
    if not found.reading.cases:
        told = "; ".join(p.message for p in problems[:3])
        raise InputError(
            f"no case was found in this FHIR file{f' ({told})' if told else ''}",
            place=name,
            next_step="Give a bundle with a Patient and an AdverseEvent, or medication and observations.",
        )


def _bytes(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    from dechallenge.formats.text import MAX_BYTES, too_large

    try:
        size = source.stat().st_size
        if size > MAX_BYTES:
            raise too_large(size, base_name(source))
        return source.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", place=base_name(source), next_step="Check the path."
        ) from None
