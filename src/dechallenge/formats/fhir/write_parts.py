"""The resources of a written case: patient, exposures, reactions with suspects; and what all of them share.

What FHIR has a field for stands in that field; what it lacks is carried by our extensions beside it. May import the
systems, names and extensions of this folder, and the case.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dechallenge.case import (
    Action,
    Case,
    Code,
    DrugReaction,
    Event,
    Exposure,
    Statement,
    Time,
)
from dechallenge.evidence import CellEvidence, DerivedEvidence, Evidence, PathEvidence, TextEvidence
from dechallenge.formats.fhir.extensions import MOMENT, moment_tree, number, ours, tree_of
from dechallenge.formats.fhir.node import printable
from dechallenge.formats.fhir.systems import (
    CAUSALITY,
    HL7,
    LOINC,
    OUTCOME_CODES,
    UCUM,
    WHO_UMC,
    system_uri,
)

NAMESPACE = uuid.UUID("6a0f0c55-9f5b-5c0e-8f3e-3b7a1d0c9e21")
"""Namespace of our identifiers: one and the same case gives the same ones."""
_FULL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
Json = dict[str, Any]


@dataclass
class Parts:
    """The entries of a bundle in order, with the addresses by which they refer to each other.

    Attributes:
        base: What the identifiers are made from.
        documents: Names of the documents that evidence points into, by id.
        most: Quotations that a value carries.
    """

    base: str
    documents: Mapping[str, str]
    most: int = 5
    entries: list[Json] = field(default_factory=list)

    def url(self, what: str) -> str:
        """The address of a part ("patient", "exposure/x1")."""
        return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{self.base}/{what}')}"

    def add(self, what: str, kind: str, fields: Json) -> str:
        """Add a resource; gives its address."""
        url = self.url(what)
        resource = {"resourceType": kind, "id": url.removeprefix("urn:uuid:"), **_filled(fields)}
        self.entries.append({"fullUrl": url, "resource": resource})
        return url

    def ref(self, what: str) -> Json:
        return {"reference": self.url(what)}

    def evidence(self, items: Iterable[Evidence], name: str = "evidence") -> list[Json]:
        """The words behind a value, as extensions."""
        return [extension for tree in self.words(items) for extension in ours(name, tree)]

    def words(self, items: Iterable[Evidence]) -> list[Json]:
        """The words behind a value: document, place and quotation."""
        found: list[Json] = []
        for item in _flat(items)[: self.most]:
            name = self.documents.get(item.document, item.document)
            if isinstance(item, TextEvidence):
                place = f"{item.start}-{item.end}"
            elif isinstance(item, PathEvidence):
                place = item.path
            else:
                place = f"{item.sheet} {item.column}{item.row}"
            found.append({"document": name, "place": place, "quote": printable(item.quote)})
        return found


def _filled(value: Any) -> Any:
    """Without what is empty: FHIR allows no empty objects, lists or texts."""
    if isinstance(value, dict):
        return {k: v for key, item in value.items() if (v := _filled(item)) not in (None, "", {}, []) for k in (key,)}
    if isinstance(value, list):
        return [v for item in value if (v := _filled(item)) not in (None, "", {}, [])]
    return printable(value) if isinstance(value, str) else value


def _flat(items: Iterable[Evidence]) -> list[TextEvidence | PathEvidence | CellEvidence]:
    found: list[TextEvidence | PathEvidence | CellEvidence] = []
    for item in items:
        if isinstance(item, DerivedEvidence):
            found += _flat(item.derived_from)
        elif isinstance(item, TextEvidence | PathEvidence | CellEvidence):
            found.append(item)
    return found


def fhir_date(iso: str) -> str:
    """A date or time as FHIR takes it; a time without seconds or zone falls back to its date, which is never padded."""
    if _FULL.fullmatch(iso) or _DATE.fullmatch(iso):
        return iso
    day = iso.partition("T")[0]
    clock = re.fullmatch(r"(.*T\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(\d\d)", iso)
    if clock is not None:
        return f"{clock[1]}{clock[2]}:{clock[3]}"
    return day if _DATE.fullmatch(day) else ""


def stamped(key: str, time: Time | None) -> Json:
    """A date field with what the case knows of the moment beside it."""
    if time is None:
        return {}
    date = fhir_date(time.date)
    tree = moment_tree(time, whole=bool(time.date) and date != time.date)
    return {key: date, f"_{key}": {"extension": ours(MOMENT, tree)}}


def concept(text: str, codes: Sequence[Code] = (), added: str = "") -> Json:
    """A CodeableConcept: the words, the codes of the case, and a LOINC code of our own."""
    codings = [
        {"system": system_uri(c.system), "version": c.version, "code": " ".join(c.code.split()), "display": c.text}
        for c in codes
    ]
    if added:
        codings.append({"system": LOINC, "code": added})
    return {"coding": codings, "text": text}


def quantity(value: float | None, unit: str, written: str, comparator: str = "=") -> Json:
    """A Quantity with its UCUM code."""
    if value is None:
        return {}
    code = "{ULN}" if unit == "xULN" else unit
    return {
        "value": number(value),
        "comparator": comparator if comparator in ("<", "<=", ">", ">=") else "",
        "unit": written,
        "system": UCUM if code else "",
        "code": code,
    }


# --- the patient --------------------------------------------------------------------------------------------------

_AGE = {"year": "a", "month": "mo", "week": "wk", "day": "d"}


def patient(parts: Parts, case: Case) -> None:
    """The patient, and what is known of him as observations. No name, no date of birth."""
    who = case.patient
    parts.add("patient", "Patient", {"extension": parts.evidence(who.sex_evidence), "gender": who.sex or "unknown"})

    def said(name: str, loinc: str, text: str, value: Json, evidence: Iterable[Evidence]) -> None:
        fields = {
            "extension": [*ours("patient-field", name), *parts.evidence(evidence)],
            "status": "final",
            "code": concept(text, (), loinc),
            "subject": parts.ref("patient"),
            **value,
        }
        parts.add(f"patient/{name}", "Observation", fields)

    if who.age is not None:
        unit = _AGE[who.age.unit]
        said("age", "30525-0", "Age", _figure(who.age.value, who.age.low, who.age.high, unit), who.age.evidence)
    for name, loinc, text, figure, unit, evidence in (
        ("weight", "29463-7", "Body weight", who.weight_kg, "kg", who.weight_evidence),
        ("height", "8302-2", "Body height", who.height_cm, "cm", ()),
        ("bmi", "39156-5", "Body mass index", who.bmi, "kg/m2", who.bmi_evidence),
    ):
        if figure is not None:
            said(name, loinc, text, _figure(figure, None, None, unit), evidence)
    if who.pregnant is not None:
        code = Code(system="SNOMED CT", code="77386006" if who.pregnant else "60001007")
        words = concept("Pregnant" if who.pregnant else "Not pregnant", (code,))
        said("pregnancy", "82810-3", "Pregnancy status", {"valueCodeableConcept": words}, who.pregnant_evidence)
    if who.alcohol is not None:
        value = {"valueCodeableConcept": {"text": who.alcohol}}
        said("alcohol", "11331-6", "Alcohol use", value, who.alcohol_evidence)
    if who.drinks_per_day is not None:
        low, high = who.drinks_per_day
        same = low if low == high else None
        value = _figure(same, low, high, "/d")
        said("drinks", "74013-4", "Alcoholic drinks per day", value, who.alcohol_evidence)


def _figure(value: float | None, low: float | None, high: float | None, unit: str) -> Json:
    if value is not None:
        return {"valueQuantity": quantity(value, unit, "")}
    if low is None or high is None:
        sign = ">=" if high is None else "<="
        return {"valueQuantity": quantity(low if high is None else high, unit, "", sign)}
    return {"valueRange": {"low": quantity(low, unit, ""), "high": quantity(high, unit, "")}}


# --- drugs --------------------------------------------------------------------------------------------------------


def exposure(parts: Parts, one: Exposure, case: Case, held: list[Json]) -> None:
    """A MedicationStatement.

    Args:
        held: Extensions with the actions of the drug, on the first statement of it.
    """
    tree = tree_of(one, ("drug", "ingredients", "kind", "role", "reason", "ongoing", "reaction"))
    tree["ingredients"] = list(one.ingredients)
    if one.dose is not None:
        tree["dose"] = tree_of(one.dose, ("value", "low", "high", "unit", "text"))
    given = [extension for time in one.administrations for extension in ours("administration", _whole(time))]
    stops = [a for a in case.actions if a.drug == one.drug and a.kind == "stopped"]
    status = "stopped" if stops else {True: "active", False: "completed", None: "unknown"}[one.ongoing]
    dose = one.dose
    rate: Json = {}
    if dose is not None and dose.value is not None:
        rate = {"doseQuantity": {"value": number(dose.value), "unit": dose.unit}}
    elif dose is not None and dose.low is not None and dose.high is not None:
        ends = {"low": dose.low, "high": dose.high}
        rate = {"doseRange": {k: {"value": number(v), "unit": dose.unit} for k, v in ends.items()}}
    dosage = {
        "text": dose.text if dose is not None else "",
        "timing": {"code": {"text": one.frequency or ""}},
        "route": {"text": one.route or ""},
        "doseAndRate": [rate],
    }
    fields = {
        "extension": [*ours("exposure", tree), *given, *held, *parts.evidence(one.evidence)],
        "status": status,
        "statusReason": [{"text": stops[0].reason or ""}] if stops else [],
        "medicationCodeableConcept": concept(one.as_written or one.drug, one.codes),
        "subject": parts.ref("patient"),
        "effectivePeriod": {**stamped("start", one.start), **stamped("end", one.stop)},
        "reasonCode": [concept(one.indication or "", one.indication_codes)],
        "dosage": [dosage],
    }
    parts.add(f"exposure/{one.id}", "MedicationStatement", fields)


def _whole(time: Time) -> Json:
    return moment_tree(time, whole=True)


def action_extension(parts: Parts, action: Action, place: int) -> list[Json]:
    """What was done with a drug, as an extension of its resource."""
    tree = tree_of(action, ("kind", "time", "reason", "result", "event", "because", "recurrence_after"))
    return ours("action", {"number": place, **tree, "evidence": parts.words(action.evidence)})


# --- reactions ----------------------------------------------------------------------------------------------------


def adverse_event(parts: Parts, event: Event, what: str, others: list[Json], suspects: list[Json], case: Case) -> str:
    """One AdverseEvent of a reaction; gives its address."""
    tree = tree_of(event, ("id", "kind", "term", "recovery", "recovery_from_stop"))
    tree |= {"primary": event.primary, "seriousness": list(event.seriousness)}
    serious: Json = {}
    if event.seriousness:
        coding = [{"system": HL7 + "adverse-event-seriousness", "code": "serious"}]
        serious = {"coding": coding, "text": ", ".join(event.seriousness)}
    outcome = {
        "coding": [{"system": HL7 + "adverse-event-outcome", "code": OUTCOME_CODES[event.outcome]}],
        "text": event.outcome,
    }
    fields = {
        "extension": [
            *ours("event", tree),
            *others,
            *parts.evidence(event.evidence),
            *parts.evidence(event.outcome_evidence, "outcome-evidence"),
        ],
        "actuality": "actual",
        "event": concept(event.term, event.codes),
        "subject": parts.ref("patient"),
        **stamped("date", event.onset),
        "seriousness": serious,
        "outcome": outcome,
        "suspectEntity": suspects,
    }
    return parts.add(what, "AdverseEvent", fields)


def link_tree(link: DrugReaction, place: int) -> Json:
    """What is known of a pair of drug and reaction."""
    keys = ("drug", "role", "basis", "because", "latency", "stop_to_onset", "since_first_dose", "course")
    return {"number": place, **tree_of(link, keys)}


def causality(parts: Parts, one: Statement, place: int) -> Json:
    """One assessment; coded with the WHO-UMC system only where that is the method."""
    who = "".join(c for c in one.method.casefold() if c.isalnum()) in ("whoumc", "whoumcsystem", "whoumccriteria")
    code = WHO_UMC.get(one.result.casefold().replace(" / ", "/"), "") if who else ""
    assessment = {"coding": [{"system": CAUSALITY, "code": code}] if code else [], "text": one.result}
    author: Json = {"display": one.source or f"the {one.by} of the report"}
    if one.by == "dechallenge":
        author = {**parts.ref("device"), "display": one.source or "Dechallenge"}
    return {
        "extension": ours(
            "said", {"number": place, "kind": one.kind, "by": one.by, "source": one.source}
        ),
        "assessment": assessment,
        "author": author,
        "method": {"text": one.method},
    }  # fmt: skip
