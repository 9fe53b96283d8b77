"""What was taken, what was only ordered, and what was not taken: MedicationStatement, -Administration, -Request …

An order is not an exposure: it is kept apart as a statement. May import the data types, names and our extensions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dechallenge.case import Code, Dose
from dechallenge.evidence import Evidence
from dechallenge.formats.fhir.extensions import all_carried, carried_tree
from dechallenge.formats.fhir.names import Drug, drug_of
from dechallenge.formats.fhir.node import Log, Node
from dechallenge.formats.fhir.resources import Library, Resource
from dechallenge.formats.fhir.values import Coded, Moment, Span, coded, dose_of, first_coded, moment_at, span_at

TAKEN = ("MedicationStatement", "MedicationUsage", "MedicationAdministration", "Immunization")
ORDERED = ("MedicationRequest", "MedicationOrder", "MedicationDispense")
_NOT_TAKEN = frozenset({"not-taken", "not-done", "not-taking"})
_PLANNED = frozenset({"intended", "draft", "proposed"})
_STOPPED = frozenset({"stopped", "on-hold"})
_TIMES = {1.0: "once", 2.0: "twice"}
_UNITS = {"d": "daily", "wk": "weekly", "mo": "monthly", "h": "hourly", "a": "yearly"}


@dataclass(frozen=True)
class Taken:
    """A drug that a resource says was taken.

    Attributes:
        point: A single administration.
        stopped: The resource says that it was stopped, with the reason where it gives one.
        own: What our extension carries of the exposure; its actions are in ``actions``.
    """

    resource: Resource
    drug: Drug
    written: str
    codes: tuple[Code, ...]
    start: Moment | None
    stop: Moment | None
    point: bool
    ongoing: bool | None
    stopped: bool = False
    why: str = ""
    dose: Dose | None = None
    route: str = ""
    frequency: str = ""
    indication: str = ""
    indication_codes: tuple[Code, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    stop_evidence: tuple[Evidence, ...] = ()
    own: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Ordered:
    """A drug that was ordered, dispensed or planned, or is said not to have been taken: no exposure."""

    resource: Resource
    drug: Drug
    written: str
    what: str
    when: Moment | None
    evidence: tuple[Evidence, ...]


@dataclass
class Medicines:
    """All medicines of one patient."""

    taken: list[Taken] = field(default_factory=list)
    ordered: list[Ordered] = field(default_factory=list)
    actions: list[tuple[Node, str, dict[str, Any]]] = field(default_factory=list)


def medicines(resources: Iterable[Resource], library: Library, log: Log) -> Medicines:
    """What the medication resources of a patient say."""
    found = Medicines()
    for one in resources:
        if one.type not in (*TAKEN, *ORDERED):
            continue
        node = one.node
        status = node.text("status").lower()
        if status == "entered-in-error":
            log.warn(node.at("status"), f"this {one.type} was entered in error; it was left out")
            continue
        named = name_of(one, library)
        if named is None:
            log.warn(node.path, "the drug is not named; it was left out", "Give medication as text, code or reference.")
            continue
        drug, words, codes, evidence = named
        own = carried_tree(node, "exposure")
        if own.get("drug"):
            drug = Drug(str(own["drug"]), drug.ingredients, drug.kind, drug.known)
        found.actions += [(at, drug.name, tree) for at, tree in all_carried(node, "action")]
        adherence = node.node("adherence")
        taking = first_coded(adherence, "code") if adherence is not None else None
        keys = {status, *(taking.keys if taking is not None else ())}
        what = _no_exposure(one, keys)
        if what:
            when = (
                moment_at(node, "authoredOn") or moment_at(node, "whenHandedOver") or span_at(node, "effective").start
            )
            found.ordered.append(Ordered(one, drug, words, what, when, evidence))
            continue
        found.taken.append(_taken(one, library, keys, drug, words, codes, evidence, own))
    return found


def _no_exposure(one: Resource, keys: set[str]) -> str:
    if keys & _NOT_TAKEN:
        return "not taken"
    if one.type == "MedicationDispense":
        return "dispensed"
    if one.type in ORDERED:
        return "ordered"
    return "planned" if keys & _PLANNED else ""


def name_of(one: Resource, library: Library) -> tuple[Drug, str, tuple[Code, ...], tuple[Evidence, ...]] | None:
    """The drug of a resource: its canonical name, its words, its codes and where they stand."""
    node = one.node
    if one.type == "Medication":
        return _of_medication(one, library, None)
    own = first_coded(node, "vaccineCode" if one.type == "Immunization" else "medicationCodeableConcept", "medication")
    if own is not None:
        return drug_of(*own.names or (own.text,)), own.text, own.codes, (own.evidence,)
    reference = node.first("medicationReference", "medication")
    if reference is not None:
        if isinstance(reference.data.get("reference"), dict):  # R5: a CodeableReference
            reference = reference.node("reference") or reference
        target = library.resolve(reference, one)
        if target is not None and target.type == "Medication":
            return _of_medication(target, library, reference)
        words = reference.text("display")
        if words:
            return drug_of(words), words, (), (reference.quote("display"),)
    return None


def _of_medication(
    one: Resource, library: Library, reference: Node | None
) -> tuple[Drug, str, tuple[Code, ...], tuple[Evidence, ...]] | None:
    parts: list[Coded] = []
    for item in one.node.nodes("ingredient"):
        part = first_coded(item, "itemCodeableConcept", "item")
        if part is None and (inner := item.first("itemReference", "item")) is not None:
            nested = isinstance(inner.data.get("reference"), dict)
            target = library.resolve(inner.node("reference") if nested else inner, one)
            part = first_coded(target.node, "code") if target is not None else None
        if part is not None:
            parts.append(part)
    whole = first_coded(one.node, "code")
    drug = drug_of(*whole.names or (whole.text,)) if whole is not None else None
    if parts and (drug is None or not drug.known):
        inside = [drug_of(*p.names or (p.text,)) for p in parts]
        names = tuple(dict.fromkeys(inn for d in inside for inn in d.ingredients or (d.name,)))
        name = names[0] if len(names) == 1 else (drug_of("/".join(names)).name if all(d.known for d in inside) else "")
        drug = Drug(name or "/".join(names), names, "substance", all(d.known for d in inside))
    codes = (*(whole.codes if whole is not None else ()), *(c for p in parts for c in p.codes))
    words = whole.text if whole is not None else ", ".join(p.text for p in parts)
    if drug is None:
        words = reference.text("display") if reference is not None else ""
        return (drug_of(words), words, (), (reference.quote("display"),)) if words and reference is not None else None
    evidence = tuple(x.evidence for x in ((whole,) if whole is not None else tuple(parts)))
    return drug, words, codes, evidence


def _reason(one: Resource, library: Library) -> Coded | None:
    """What it was taken for: words or codes, else the condition that is referred to."""
    found = first_coded(one.node, "reasonCode", "reason", "reasonForUse")
    if found is not None:
        return found
    references = [
        *one.node.nodes("reasonReference"),
        *(r for n in one.node.nodes("reason") for r in n.nodes("reference")),
    ]
    targets = (library.resolve(reference, one) for reference in references)
    return next((name for t in targets if t is not None and (name := first_coded(t.node, "code")) is not None), None)


def _taken(
    one: Resource,
    library: Library,
    keys: set[str],
    drug: Drug,
    words: str,
    codes: tuple[Code, ...],
    evidence: tuple[Evidence, ...],
    own: dict[str, Any],
) -> Taken:
    node = one.node
    given = one.type in ("MedicationAdministration", "Immunization")
    span = span_at(node, "occurrence" if one.type == "Immunization" else "effective")
    if given and not span.known:
        span = span_at(node, "occurence") if "occurenceDateTime" in node else span_at(node, "occurrence")  # R5
    stopped = bool(keys & _STOPPED)
    start, stop = span.start, span.stop
    if given and span.point:
        stop = start
    ongoing: bool | None = None
    if stop is not None or stopped or "completed" in keys:
        ongoing = False
    elif "active" in keys or "in-progress" in keys or "taking" in keys:
        ongoing = True
    why, why_evidence = _why(node) if stopped or stop is not None else ("", ())
    dosage = node.node("dosage")
    dose, route, frequency = _regimen(dosage) if dosage is not None else (None, "", "")
    if one.type == "Immunization":
        dose = dose_of(node.node("doseQuantity"))
        route_words = first_coded(node, "route")
        route = route_words.text if route_words is not None else ""
    reason = _reason(one, library)
    status = (node.quote("status"),) if stopped else ()
    return Taken(
        resource=one,
        drug=drug,
        written=words,
        codes=codes,
        start=start,
        stop=stop,
        point=given and span.point,
        ongoing=ongoing,
        stopped=stopped,
        why=why,
        dose=dose,
        route=route,
        frequency=frequency,
        indication=reason.text if reason is not None else "",
        indication_codes=reason.codes if reason is not None else (),
        evidence=evidence,
        stop_evidence=(*(stop.evidence if stop is not None else ()), *status, *why_evidence),
        own=own,
    )


def _why(node: Node) -> tuple[str, tuple[Evidence, ...]]:
    """Why it was stopped."""
    found = first_coded(node, "statusReason", "reasonEnded", "reasonNotTaken")
    return (found.text, (found.evidence,)) if found is not None else ("", ())


def _regimen(dosage: Node) -> tuple[Dose | None, str, str]:
    """Dose, route and frequency of a Dosage."""
    text = dosage.text("text")
    rate = dosage.node("doseAndRate") or dosage
    dose = dose_of(rate.first("doseQuantity", "doseRange", "dose"), text)
    route = first_coded(dosage, "route")
    return dose, route.text if route is not None else "", _frequency(dosage.node("timing"))


def _frequency(timing: Node | None) -> str:
    """How often, in words: "twice daily", "every 8 h"."""
    if timing is None:
        return ""
    code = coded(timing.node("code"))
    repeat = timing.node("repeat")
    if code is not None and code.names:
        return code.text
    if repeat is None:
        return code.text if code is not None else ""
    times, period, unit = repeat.number("frequency"), repeat.number("period"), repeat.text("periodUnit")
    if period is None or not unit:
        return ""
    often = times or 1.0
    if period == 1 and unit in _UNITS:
        return f"{_TIMES.get(often, f'{often:g} times')} {_UNITS[unit]}"
    return f"every {period:g} {unit}" if often == 1 else f"{often:g} times in {period:g} {unit}"


def ordered_words(one: Ordered) -> str:
    """What is said of an order: "ordered 2014-06-08, not known to be taken"."""
    dated = one.when.dated if one.when is not None else None
    date = f" {dated.iso[:10]}" if dated is not None else ""
    if one.what == "not taken":
        return f"said not to have been taken{date}"
    return f"{one.what}{date}, not known to be taken"


def whole_span(parts: Iterable[Taken]) -> Span:
    """From the first to the last of several administrations."""
    items = [p for p in parts if p.start is not None]
    if not items:
        return Span()
    first = min(items, key=lambda p: p.start.days.lo if p.start is not None else 0.0)
    last = max(items, key=lambda p: (p.stop or p.start).days.hi if (p.stop or p.start) is not None else 0.0)  # type: ignore[union-attr]
    return Span(first.start, last.stop or last.start)
