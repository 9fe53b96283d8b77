"""FHIR R4 and R5 to cases: one for each patient with an adverse event, or with medicines and observations.

Tolerant: a field that is not as it should be is a warning with its path, and the rest is read. May import the modules
of this folder.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from dechallenge.case import Case, Reading
from dechallenge.evidence import Document
from dechallenge.formats.fhir.cases import CaseOf
from dechallenge.formats.fhir.gathered import Group
from dechallenge.formats.fhir.narrative import narratives
from dechallenge.formats.fhir.node import Log
from dechallenge.formats.fhir.resources import Library, Resource, load

_SUBJECT = ("subject", "patient", "individual")
_CLINICAL = frozenset({"AdverseEvent"})


@dataclass(frozen=True)
class Story:
    """A narrative of a case: a document of its own, from which prose can be read.

    Attributes:
        case: Id of the case.
        document: The text; its ``places`` hold its path in the message.
    """

    case: str
    title: str
    document: Document


@dataclass(frozen=True)
class Message:
    """What a FHIR file holds: the reading, and the narratives of its cases."""

    reading: Reading
    stories: tuple[Story, ...]


_MARK = re.compile(r'"resourceType"\s*:\s*"[A-Z][A-Za-z]{2,60}"')


def is_fhir(data: bytes) -> bool:
    """Whether bytes are FHIR as JSON or NDJSON: what begins as JSON and names a ``resourceType``."""
    text = data.decode(json.detect_encoding(data), "replace")
    return text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[") and _MARK.search(text) is not None


def read(data: bytes, name: str, document: str = "d1") -> Reading:
    """Read a FHIR file: its cases, with the path behind every value, and what could not be read.

    Args:
        data: Bytes of a Bundle, a resource, a list of resources, or NDJSON.
        name: Base name of the file.
        document: Identity of the document; narratives get ``d1.1``, ``d1.2`` …

    Returns:
        The documents (the message first, then the narratives), the cases, and the problems.

    Raises:
        InputError: The file is too large, empty, XML, or holds no FHIR resource at all.
    """
    return read_message(data, name, document).reading


def read_message(data: bytes, name: str, document: str = "d1") -> Message:
    """As :func:`read`, with the narratives of each case.

    Raises:
        InputError: As :func:`read`.
    """
    log = Log(document)
    text, library = load(data, name, log)
    whole = Document.from_text(text, name, document)
    cases: list[Case] = []
    stories: list[Story] = []
    sources: list[Document] = []
    groups = _groups(library, log)
    wanted = [g for g in groups if any(r.type in _CLINICAL for r in g.resources)] or groups
    for group in wanted:
        made = CaseOf(group, library, log)
        told = narratives(group.resources, log)
        if not made.has_content and not told:
            continue
        case = made.case(len(cases) + 1, document)
        if made.composition is None:
            has_story = bool(told or made.results.stories)
            case = case.model_copy(update={"report": case.report.model_copy(update={"narrative": has_story})})
        sources += made.sources.values()
        cases.append(case)
        for path, title, words in [
            *((n.path, n.title, n.text) for n in told),
            *((node.path, title, words) for node, title, words in made.results.stories),
        ]:
            number = len(stories) + 1
            label = f"{name}: {title}" if title else f"{name}: narrative"
            inner = Document.from_text(words, label, f"{document}.{number}", ((0, path),))
            stories.append(Story(case.id, title, inner))
    if not cases:
        log.warn("", "there is no case in it: no adverse event, medicine, observation or diagnosis of a patient")
    elif len(wanted) < len(groups):
        rest = len(groups) - len(wanted)
        log.warn("", f"{rest} patients without an adverse event were left out", "Give them in a file of their own.")
    documents = (whole, *sources, *(s.document for s in stories))
    return Message(Reading(documents=documents, cases=tuple(cases), problems=log.told()), tuple(stories))


def _groups(library: Library, log: Log) -> list[Group]:
    """The resources of each patient, patients in the order of the file.

    A resource without a subject belongs to the patient of the file where there is only one.
    """
    patients = [r for r in library.of("Patient") if r.container is None]
    members: dict[str, list[Resource]] = {p.key: [] for p in patients}
    known: dict[str, Resource] = {p.key: p for p in patients}
    loose: list[Resource] = []
    for one in library.resources:
        if one.type in ("Patient", "Bundle", "Parameters", "OperationOutcome"):
            continue
        owner = _owner(one, library, known)
        if owner is None and one.container is not None:
            owner = _owner(one.container, library, known)
        if owner is None:
            loose.append(one)
        else:
            members.setdefault(owner, []).append(one)
    named = [key for key, items in members.items() if items] or list(members)
    for one in loose:
        if one.type in _PERSONAL:
            if len(named) > 1:
                log.warn(one.node.path, f"this {one.type} names no patient, and there are several; it was left out")
            else:
                members.setdefault(named[0] if named else "the patient", []).append(one)
                named = named or ["the patient"]
    order = {id(r): i for i, r in enumerate(library.resources)}
    return [
        Group(key, known.get(key), tuple(sorted(items, key=lambda r: order[id(r)]))) for key, items in members.items()
    ]


_PERSONAL = frozenset(
    {"AdverseEvent", "MedicationStatement", "MedicationUsage", "MedicationAdministration", "MedicationRequest",
     "MedicationDispense", "MedicationOrder", "Immunization", "Observation", "Condition", "Procedure",
     "AllergyIntolerance", "FamilyMemberHistory", "DiagnosticReport", "Composition", "DocumentReference",
     "ClinicalImpression"}
)  # fmt: skip


def _owner(one: Resource, library: Library, known: dict[str, Resource]) -> str | None:
    """The key of the patient that a resource is about: the resource in the file, else what the reference says."""
    for key in _SUBJECT:
        reference = one.node.node(key)
        if reference is None:
            continue
        target = library.resolve(reference, one)
        if target is not None and target.type == "Patient":
            known.setdefault(target.key, target)
            return target.key
        written = reference.text("reference").split("/_history/")[0]
        if target is None and written and not written.startswith("#"):
            return "/".join(written.split("/")[-2:])
        identifier = reference.node("identifier")
        words = (identifier.text("value") if identifier is not None else "") or reference.text("display")
        if target is None and words and not known:
            return words
    return None
