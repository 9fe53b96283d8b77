"""Published FHIR samples: the Synthea bundle and the examples of the specification, counted by a function of its own.

The counts are taken from the raw JSON here, without the reader.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dechallenge.formats.fhir import read, read_message, write
from tests.shared import shared_path

FOLDER = ("interop", "samples", "fhir")


def sample(start: str) -> Path:
    """The sample whose name starts so."""
    folder = shared_path(*FOLDER)
    return next(path for path in sorted(folder.glob("*.json")) if path.name.startswith(start))


def raw(path: Path) -> list[dict[str, Any]]:
    """The resources of a file, in its order."""
    data = json.loads(path.read_bytes())
    return [e["resource"] for e in data["entry"]] if data["resourceType"] == "Bundle" else [data]


def counted(resources: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [r for r in resources if r["resourceType"] == kind]


def values(resources: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Date and figure (or word) of every value in the observations, components each by itself.

    A result without a date has that of the report which lists it.
    """
    found = []
    reports = counted(resources, "DiagnosticReport")
    of_report = {r["reference"]: one["effectiveDateTime"] for one in reports for r in one.get("result", [])}
    for one in counted(resources, "Observation"):
        date = one.get("effectiveDateTime") or one.get("effectivePeriod", {}).get("start", "")
        date = date or of_report.get(f"Observation/{one.get('id')}", "")
        for part in (one, *one.get("component", [])):
            if "valueQuantity" in part:
                found.append((date, float(part["valueQuantity"]["value"])))
            elif "valueCodeableConcept" in part:
                found.append((date, part["valueCodeableConcept"]["text"]))
            elif "valueString" in part:
                found.append((date, part["valueString"]))
    return sorted(found, key=str)


NAMES = ("synthea", "r4_spec_diagnosticreport", "r4_spec_observation", "r4_spec_document")


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_read_once_with_its_date(name: str) -> None:
    path = sample(name)
    (case,) = read(path.read_bytes(), path.name).cases
    found = [
        (m.time.date if m.time else "", m.value if m.value is not None else m.qualitative) for m in case.measurements
    ]
    assert sorted(found, key=str) == values(raw(path))
    assert len(found) == {"synthea": 79, "r4_spec_diagnosticreport": 17}.get(name, 1)


def test_synthea() -> None:
    path = sample("synthea")
    resources = raw(path)
    reading = read(path.read_bytes(), path.name)
    (case,) = reading.cases
    assert reading.problems == ()
    assert case.events == () and any("no AdverseEvent" in note for note in case.notes)
    orders = [s for s in case.statements if s.kind == "order"]
    assert len(orders) == len(counted(resources, "MedicationRequest")) == 2
    assert {s.drug for s in orders} == {"paracetamol", "hydrochlorothiazide"}
    given = sum(len(x.administrations) for x in case.exposures)
    assert given == len(counted(resources, "Immunization")) == 12
    diseases = [f for f in case.findings if f.kind != "procedure"]
    assert len(diseases) == len(counted(resources, "Condition")) == 3
    assert len(case.findings) - 3 == len(counted(resources, "Procedure")) == 3
    assert case.patient.sex == "male" == counted(resources, "Patient")[0]["gender"]
    assert case.patient.age is not None and case.patient.age.value == 22  # at the last value, 2019-07-05


def test_the_units_of_synthea_are_understood() -> None:
    path = sample("synthea")
    (case,) = read(path.read_bytes(), path.name).cases
    by_name: dict[str, set[str]] = {}
    for one in case.measurements:
        by_name.setdefault(one.analyte, set()).add(one.unit)
    assert by_name["WBC"] == {"10*3/uL"} and by_name["PLT"] == {"10*3/uL"} and by_name["HB"] == {"g/dL"}
    assert by_name["BP_SYS"] == by_name["BP_DIA"] == {"mm[Hg]"}
    white = next(m for m in case.measurements if m.analyte == "WBC")
    assert white.canonical == pytest.approx(white.value) and white.canonical_unit == "10*9/L"


def test_the_blood_count_has_its_limits() -> None:
    path = sample("r4_spec_diagnosticreport")
    (case,) = read(path.read_bytes(), path.name).cases
    with_range = [r for r in counted(raw(path), "Observation") if r.get("referenceRange")]
    assert sum(m.limit is not None for m in case.measurements) == len(with_range)
    haemoglobin = next(m for m in case.measurements if m.analyte == "HB")
    assert haemoglobin.limit is not None and (haemoglobin.limit.low, haemoglobin.limit.high) == (135, 180)
    assert haemoglobin.canonical == pytest.approx(17.6)


def test_the_adverse_event_of_the_specification() -> None:
    path = sample("r4_spec_adverseevent-example")
    (case,) = read(path.read_bytes(), path.name).cases
    (event,) = case.events
    assert event.kind == "skin reaction" and event.seriousness == () and event.outcome == "unknown"
    assert event.onset is not None and event.onset.date == "2017-01-29T12:34:56+00:00" and not event.onset.known
    assert [c.code for c in event.codes] == ["304386008"] and event.codes[0].system == "SNOMED CT"
    assert [k.drug for k in case.links if k.role == "suspect"] == ["medication/example"]


def test_a_contained_medicine() -> None:
    path = sample("r4_spec_medicationstatement")
    reading = read(path.read_bytes(), path.name)
    (exposure,) = reading.cases[0].exposures
    assert exposure.as_written == "Tylenol PM" and exposure.ingredients == ("paracetamol", "diphenhydramine")
    assert exposure.start is not None and exposure.start.date == "2015-01-23" and exposure.ongoing is True
    assert reading.problems == ()


def test_the_sections_of_the_discharge_summary_are_stories() -> None:
    path = sample("r4_spec_document")
    message = read_message(path.read_bytes(), path.name)
    composition = counted(raw(path), "Composition")[0]
    assert [s.title for s in message.stories] == [s["title"] for s in composition["section"]]
    assert "Was wheezing for days prior to admission." in message.stories[0].document.text
    assert message.stories[0].document.place(0) == "Bundle.entry[0].resource.section[0].text.div"
    (case,) = message.reading.cases
    assert [x.drug for x in case.exposures] == ["salbutamol"]
    assert [s.drug for s in case.statements if s.kind == "order"] == ["theophylline"]
    (allergy,) = case.findings
    assert allergy.term == "known drug reaction" and allergy.extent == "Doxycycline: Hives (Doxycycline)"


def test_a_questionnaire_is_no_case() -> None:
    path = sample("r4_spec_adverseevent-questionnaire")
    reading = read(path.read_bytes(), path.name)
    assert reading.cases == () and any("no case" in p.message for p in reading.problems)


@pytest.mark.parametrize("share", [0.1, 0.35, 0.7, 0.99])
def test_synthea_cut_off(share: float) -> None:
    path = sample("synthea")
    data = path.read_bytes()
    short = data[: int(share * len(data))]
    reading = read(short, path.name)
    assert any("cut off" in p.message for p in reading.problems)
    ends, at = [], 0
    for one in raw(path):  # where each entry ends: the next fullUrl, or the end of the file
        at = data.index(b'"fullUrl"', at + 1)
        ends.append((one, at))
    whole = [one for (one, _), (_, nxt) in zip(ends, [*ends[1:], (None, len(data))], strict=True) if nxt <= len(short)]
    (case,) = reading.cases
    assert 0 <= len(case.measurements) - len(values(whole)) <= 2  # the last entry may be whole without its comma


@pytest.mark.parametrize("name", (*NAMES, "r4_spec_adverseevent-example", "r4_spec_medicationstatement"))
def test_what_was_read_can_be_written_and_read_again(name: str) -> None:
    path = sample(name)
    reading = read(path.read_bytes(), path.name)
    (case,) = reading.cases
    (again,) = read(write(case, reading.documents), "again.json").cases
    assert [(m.analyte, m.value, m.unit, m.qualitative) for m in again.measurements] == [
        (m.analyte, m.value, m.unit, m.qualitative) for m in case.measurements
    ]
    assert [(x.drug, x.role, x.start and x.start.date) for x in again.exposures] == [
        (x.drug, x.role, x.start and x.start.date) for x in case.exposures
    ]
