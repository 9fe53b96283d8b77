"""The observations of a written case: laboratory values, tests for other causes, findings.

May import the parts that all resources share, the names and extensions of this folder, the lexicon and the case.
"""

from __future__ import annotations

from dechallenge.case import Finding, Measurement, TestResult
from dechallenge.formats.fhir.extensions import ours, tree_of
from dechallenge.formats.fhir.names import loinc_of_analyte, loinc_of_test
from dechallenge.formats.fhir.systems import HL7
from dechallenge.formats.fhir.write_parts import Json, Parts, concept, quantity, stamped
from dechallenge.lexicon.analytes import load_analytes

_LETTERS = {"normal": "N", "elevated": "H", "decreased": "L", "abnormal": "A", "positive": "POS", "negative": "NEG"}


def _letter(word: str) -> list[Json]:
    code = _LETTERS.get(word, "")
    return [{"coding": [{"system": HL7 + "v3-ObservationInterpretation", "code": code}]}] if code else []


def _category(code: str) -> list[Json]:
    return [{"coding": [{"system": HL7 + "observation-category", "code": code}]}]


def measurement(parts: Parts, one: Measurement) -> None:
    """A laboratory value or vital sign."""
    lexicon = load_analytes()
    known = one.analyte in lexicon
    loinc = loinc_of_analyte().get(one.analyte, "") if known else ""
    added = "" if any(c.system == "LOINC" for c in one.codes) else loinc
    tree = {"added_code": added, **tree_of(one, ("analyte", "qualitative", "section", "since_stop"))}
    if one.comparator == "~":
        tree["comparator"] = "~"
    tree["flags"] = [f.model_dump(exclude_none=True) for f in one.flags]
    value: Json = {}
    if one.value is not None:
        value = {"valueQuantity": quantity(one.value, one.unit, one.unit_as_written, one.comparator)}
    elif one.low is not None or one.high is not None:
        ends = {"low": one.low, "high": one.high}
        value = {"valueRange": {k: quantity(v, one.unit, one.unit_as_written) for k, v in ends.items()}}
    elif one.qualitative:
        value = {"valueString": one.qualitative}
    ranges: list[Json] = []
    if one.limit is not None:
        ends = {"low": one.limit.low, "high": one.limit.high}
        ranges = [{k: quantity(v, one.unit, one.unit_as_written) for k, v in ends.items()}]
        tree["limit"] = tree_of(one.limit, ("source", "mark"))
    vital = known and lexicon.get(one.analyte).family == "vital"
    fields = {
        "extension": [*ours("measurement", tree), *parts.evidence(one.evidence)],
        "status": "final",
        "category": _category("vital-signs" if vital else "laboratory"),
        "code": concept(lexicon.get(one.analyte).display if known else one.analyte, one.codes, added),
        "subject": parts.ref("patient"),
        **stamped("effectiveDateTime", one.time),
        **value,
        "interpretation": _letter(one.qualitative or ""),
        "referenceRange": ranges,
    }  # fmt: skip
    parts.add(f"measurement/{one.id}", "Observation", fields)


def looked_for(parts: Parts, one: TestResult, place: int) -> None:
    """A test for another cause: its result, or why there is none."""
    loinc = loinc_of_test().get(one.test, "")
    added = "" if any(c.system == "LOINC" for c in one.codes) else loinc
    missing = {"not done": "not-performed", "not reported": "unknown"}.get(one.state, "")
    reason = {"coding": [{"system": HL7 + "data-absent-reason", "code": missing}], "text": one.state} if missing else {}
    tree = {"test": one.test, "state": one.state, "result": one.result, "added_code": added}
    fields = {
        "extension": [*ours("test", tree), *parts.evidence(one.evidence)],
        "status": "final",
        "code": concept(one.test, one.codes, added),
        "subject": parts.ref("patient"),
        **stamped("effectiveDateTime", one.time),
        "valueCodeableConcept": {} if missing else {"text": one.result or one.state},
        "dataAbsentReason": reason,
        "interpretation": _letter(one.state),
    }
    parts.add(f"test/{place}", "Observation", fields)


def seen(parts: Parts, one: Finding, place: int) -> None:
    """A finding: a Condition, a Procedure, an Observation (histology, imaging), or family history."""
    tree = {"number": place, **tree_of(one, ("term", "kind", "state", "subject", "extent"))}
    if one.history:
        tree["history"] = True
    extension = [*ours("finding", tree), *parts.evidence(one.evidence)]
    name = concept(one.term, one.codes)
    what = f"finding/{place}"
    if one.subject == "family":
        fields: Json = {
            "extension": extension,
            "status": "completed",
            "patient": parts.ref("patient"),
            "relationship": {"text": one.extent or "family member"},
            "condition": [{"code": name}],
        }
        parts.add(what, "FamilyMemberHistory", fields)
    elif one.kind == "procedure":
        status = {"present": "completed", "absent": "not-done"}.get(one.state, "unknown")
        times = stamped("performedDateTime", one.time)
        subject = parts.ref("patient")
        parts.add(
            what, "Procedure", {"extension": extension, "status": status, "code": name, "subject": subject, **times}
        )  # fmt: skip
    elif one.kind in ("histology", "imaging"):
        fields = {
            "extension": extension,
            "status": "final",
            "category": _category("imaging" if one.kind == "imaging" else "procedure"),
            "code": name,
            "subject": parts.ref("patient"),
            **stamped("effectiveDateTime", one.time),
            "valueCodeableConcept": {"text": one.state},
        }
        parts.add(what, "Observation", fields)
    else:
        code = {"present": "confirmed", "absent": "refuted"}.get(one.state, "unconfirmed")
        fields = {
            "extension": extension,
            "verificationStatus": {"coding": [{"system": HL7 + "condition-ver-status", "code": code}]},
            "code": name,
            "subject": parts.ref("patient"),
            **stamped("onsetDateTime", one.time),
        }
        parts.add(what, "Condition", fields)
