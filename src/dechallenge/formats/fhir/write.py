"""A case as an R4 document bundle: Composition with its prose, patient, reactions, exposures, values and findings.

Deterministic: identifiers follow from the case, and there is no clock (the date is the caller's or the report's). May
import the parts and the prose of this folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from typing import Any

from dechallenge.case import Case, DrugReaction, Event, Statement
from dechallenge.evidence import Document
from dechallenge.formats.dates import parse
from dechallenge.formats.fhir import write_parts as parts_
from dechallenge.formats.fhir import write_results as results
from dechallenge.formats.fhir.extensions import ours, tree_of
from dechallenge.formats.fhir.systems import ABSENT_REASON
from dechallenge.formats.fhir.write_parts import Json, Parts, fhir_date
from dechallenge.formats.fhir.write_prose import div, sections

_FULL_TIME = 20
"""Length of the shortest full time ("2022-06-14T10:10:10Z")."""
_SOME, _ALL = 5, 200
"""Quotations that a value carries, without and with the text that they stand in."""
SUSPECTED = ("suspect", "interacting")


def write(
    case: Case,
    documents: Sequence[Document] = (),
    *,
    statements: Iterable[Statement] = (),
    date: str = "",
    prose: Mapping[str, Sequence[str]] | None = None,
    signed_by: str = "",
    texts: bool = False,
) -> bytes:
    """The bundle of a case as JSON in UTF-8, an entry on each line; the arguments are those of :func:`bundle`."""
    made = bundle(case, documents, statements=statements, date=date, prose=prose, signed_by=signed_by, texts=texts)
    entries = ",\n".join(json.dumps(entry, ensure_ascii=False, allow_nan=False) for entry in made.pop("entry"))
    head = json.dumps(made, ensure_ascii=False).removesuffix("}")
    return f'{head}, "entry": [\n{entries}\n]}}\n'.encode()


def bundle(
    case: Case,
    documents: Sequence[Document] = (),
    *,
    statements: Iterable[Statement] = (),
    date: str = "",
    prose: Mapping[str, Sequence[str]] | None = None,
    signed_by: str = "",
    texts: bool = False,
) -> dict[str, Any]:
    """A case as a FHIR R4 document bundle.

    Args:
        case: The case; results of an assessment are statements ``by="dechallenge"`` in it.
        documents: What it was read from; named beside the words behind each value.
        statements: Further statements, put behind those of the case.
        date: Date of the document, ISO 8601; a full time with zone also gives the bundle its time stamp. Else the
            latest date of the report; where there is none the date is marked as unknown, never invented.
        prose: Paragraphs of sections by title; they replace ours of the same title or come first.
        signed_by: The human author beside the software.
        texts: Put the documents themselves into the bundle. Read back, values then point at the same words, and what
            follows from the order of the story (a value told after the stop) is not lost.

    Returns:
        The bundle as JSON values.
    """
    whole = case.model_copy(update={"statements": (*case.statements, *statements)})
    base = case.report.worldwide_id or case.report.sender_id or _digest(case)
    parts = Parts(base, {d.id: d.name for d in documents}, most=_ALL if texts else _SOME)
    parts_.patient(parts, whole)
    _drugs(parts, whole)
    told = _reactions(parts, whole)
    for measured in whole.measurements:
        results.measurement(parts, measured)
    for place, test in enumerate(whole.tests, start=1):
        results.looked_for(parts, test, place)
    for place, finding in enumerate(whole.findings, start=1):
        results.seen(parts, finding, place)
    for place, document in enumerate(documents if texts else (), start=1):
        _source(parts, document, place)
    _device(parts)
    head = _composition(parts, whole, told, date, prose or {}, signed_by)
    stamp = _date(whole, date)
    made: Json = {
        "resourceType": "Bundle",
        "id": parts.url("bundle").removeprefix("urn:uuid:"),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": parts.url("bundle")},
        "type": "document",
    }
    if len(stamp) >= _FULL_TIME:
        made["timestamp"] = stamp
    return {**made, "entry": [head, *parts.entries]}


def _digest(case: Case) -> str:
    """What the case says, without where it was read: the same case read back gives the same identifiers."""
    said = _said(case.model_dump(mode="json", exclude={"id", "document", "coverage"}))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _said(v) for k, v in value.items() if k != "rule" and not k.endswith("evidence")}
    return [_said(v) for v in value] if isinstance(value, list) else value


def _date(case: Case, date: str) -> str:
    """The date of the document as FHIR takes it; empty where none is known."""
    for written in (date, case.report.latest, case.report.received, case.report.created):
        found = parse(written) if written else None
        if found is not None:
            return fhir_date(found.iso)
    return ""


# --- drugs --------------------------------------------------------------------------------------------------------


def _drugs(parts: Parts, case: Case) -> None:
    """The exposures, each drug's actions on its first one; a Medication holds what is told of a drug without any."""
    held: dict[str, list[Json]] = {}
    for place, action in enumerate(case.actions, start=1):
        held.setdefault(action.drug, []).extend(parts_.action_extension(parts, action, place))
    for one in case.exposures:
        parts_.exposure(parts, one, case, held.pop(one.drug, []))
    taken = {x.drug for x in case.exposures}
    named = dict.fromkeys([*held, *(k.drug for k in case.links)])
    for drug in named:
        if drug not in taken:
            extension = [*ours("exposure", {"drug": drug}), *held.get(drug, [])]
            parts.add(f"drug/{drug}", "Medication", {"extension": extension, "code": {"text": drug}})


def _instance(parts: Parts, case: Case, drug: str) -> Json:
    first = next((x for x in case.exposures if x.drug == drug), None)
    return parts.ref(f"exposure/{first.id}" if first is not None else f"drug/{drug}")


# --- reactions ----------------------------------------------------------------------------------------------------


def _reactions(parts: Parts, case: Case) -> set[int]:
    """One AdverseEvent for each pair of reaction and suspect; gives the places of the statements told there."""
    told: set[int] = set()
    for event in case.events:
        links = [(i, k) for i, k in enumerate(case.links, start=1) if k.event == event.id]
        suspects = [(i, k) for i, k in links if k.role in SUSPECTED]
        others = [e for i, k in links if k.role not in SUSPECTED for e in ours("other-drug", parts_.link_tree(k, i))]
        if not suspects:
            parts_.adverse_event(parts, event, f"event/{event.id}", others, [], case)
        for number, (place, link) in enumerate(suspects):
            mine = [
                (i, s)
                for i, s in enumerate(case.statements)
                if s.drug == link.drug and s.event == event.id and (s.method or s.result) and i not in told
            ]
            told |= {i for i, _ in mine}
            entities = _suspects(parts, case, event, link, place, mine)
            what = f"event/{event.id}/{place}"
            parts_.adverse_event(parts, event, what, others if not number else [], entities, case)
    return told


def _suspects(
    parts: Parts, case: Case, event: Event, link: DrugReaction, place: int, mine: Sequence[tuple[int, Statement]]
) -> list[Json]:
    """One suspectEntity for each method; the first one carries what is known of the pair."""
    tree = {**parts_.link_tree(link, place), **_taken(case, event, link)}
    methods: dict[str, list[Json]] = {}
    for i, statement in mine:
        methods.setdefault(statement.method, []).append(parts_.causality(parts, statement, i + 1))
    found = [
        {"instance": _instance(parts, case, link.drug), "causality": judged} for judged in methods.values()
    ] or [{"instance": _instance(parts, case, link.drug)}]  # fmt: skip
    return [{"extension": ours("suspect", tree) if not i else [], **entity} for i, entity in enumerate(found)]


_ACTION_WORDS = {"stopped": "drug withdrawn", "switched": "drug withdrawn", "reduced": "dose reduced",
                 "increased": "dose increased", "continued": "dose not changed"}  # fmt: skip


def _taken(case: Case, event: Event, link: DrugReaction) -> Json:
    """Action taken, dechallenge and rechallenge of a pair for the receiver; the reader takes the actions themselves.

    Dechallenge is inferred from the action taken and the outcome, and says so; it is left out for a drug that went on
    and for an outcome that is not known.
    """
    kinds = [a.kind for a in case.actions if a.drug == link.drug]
    found: Json = {}
    taken = next((k for k in kinds if k in _ACTION_WORDS), None)
    if taken is not None:
        found["action_taken"] = _ACTION_WORDS[taken]
    result = {"recovered": "positive", "recovering": "positive", "recovered with sequelae": "positive",
              "not recovered": "negative"}.get(event.outcome)  # fmt: skip
    if taken in ("stopped", "switched", "reduced") and result is not None and event.primary:
        found["dechallenge"] = f"{result} (inferred from action taken and outcome)"
    again = [a.result for a in case.actions if a.drug == link.drug and a.kind == "restarted"]
    if again:
        found["rechallenge"] = "positive" if "positive" in again else again[-1] or "result not told"
    return found


# --- the head -----------------------------------------------------------------------------------------------------


def _source(parts: Parts, document: Document, place: int) -> None:
    """A document that the case was read from, with its text."""
    data = base64.b64encode(document.text.encode("utf-8", "replace")).decode("ascii")
    attachment = {"contentType": "text/plain; charset=utf-8", "data": data, "title": document.name}
    fields = {
        "extension": ours("source", {"name": document.name, "sha256": document.sha256}),
        "status": "current",
        "subject": parts.ref("patient"),
        "description": document.name,
        "content": [{"attachment": attachment}],
    }
    parts.add(f"source/{place}", "DocumentReference", fields)


def _device(parts: Parts) -> None:
    try:
        version = metadata.version("dechallenge")
    except metadata.PackageNotFoundError:
        version = ""
    fields = {"deviceName": [{"name": "Dechallenge", "type": "user-friendly-name"}], "version": [{"value": version}]}
    parts.add("device", "Device", fields)


def _composition(
    parts: Parts, case: Case, told: set[int], date: str, prose: Mapping[str, Sequence[str]], signed_by: str
) -> Json:
    own: list[Json] = ours("case", {"format": "1"})
    report = case.report
    keys = [key for key in type(report).model_fields if key not in ("literature", "evidence")]
    own += ours("report", {**tree_of(report, keys), "literature": list(report.literature)})
    for i, statement in enumerate(case.statements):
        if i not in told:
            tree = tree_of(statement, ("kind", "by", "method", "result", "drug", "event", "source"))
            own += ours("statement", {"number": i + 1, **tree})
    for conflict in case.conflicts:
        own += ours("conflict", tree_of(conflict, ("kind", "what", "affects", "repair")))
    for note in case.notes:
        own += ours("note", {"text": note})
    stamp = _date(case, date)
    unknown = {"extension": [{"url": ABSENT_REASON, "valueCode": "unknown"}]}
    identifier = report.worldwide_id or report.sender_id
    fields: Json = {
        "extension": own,
        "identifier": {"value": identifier},
        "status": "final",
        "type": {"text": "Assessment of a suspected adverse drug reaction"},
        "subject": parts.ref("patient"),
        "date": stamp,
        "_date": {} if stamp else unknown,
        "author": [{**parts.ref("device"), "display": "Dechallenge"}, {"display": signed_by}],
        "title": case.title or "Suspected adverse drug reaction",
        "section": _sections(parts, case, prose),
    }
    url = parts.add("composition", "Composition", fields)
    head = parts.entries.pop()
    assert head["fullUrl"] == url
    return head


_HOLDS = {"Laboratory values": "Observation", "Timeline": "MedicationStatement", "Summary": "AdverseEvent",
          "Alternatives": "Condition"}  # fmt: skip


def _sections(parts: Parts, case: Case, prose: Mapping[str, Sequence[str]]) -> list[Json]:
    made = {title: lines for title, lines in sections(case)}
    order = [*(t for t in prose if t not in made), *made]
    found: list[Json] = []
    for title in order:
        lines = prose.get(title, made.get(title, ()))
        kind = _HOLDS.get(title)
        entries = [e for e in parts.entries if e["resource"]["resourceType"] == kind]
        found.append(
            {
                "title": title,
                "code": {"text": title},
                "text": {"status": "additional" if title in prose else "generated", "div": div(lines)},
                "entry": [{"reference": e["fullUrl"]} for e in entries],
            }
        )
    return found
