"""Reading FHIR: what each field becomes, in R4 and R5, and what is said where a field is not as it should be."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from dechallenge import assess
from dechallenge.case import Case, Reading
from dechallenge.errors import InputError
from dechallenge.formats.fhir import is_fhir, read, read_message
from dechallenge.formats.fhir.systems import loinc_table
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.workup import load_tests
from tests import samples
from tests.unit import fhir_bundles as b
from tests.unit.fhir_bundles import concept, lab, with_fields, written


def of(*resources: b.Json) -> Reading:
    return read(written(b.bundle(*resources)), "file.json")


def case_of(*resources: b.Json) -> Case:
    (case,) = of(*resources).cases
    return case


def whole() -> Case:
    (case,) = read(written(b.WHOLE), "whole.json").cases
    return case


# --- the whole ----------------------------------------------------------------------------------------------------


def test_a_bundle_becomes_a_case() -> None:
    reading = read(written(b.WHOLE), "whole.json")
    (case,) = reading.cases
    assert reading.problems == () and reading.documents[0].text.startswith('{"resourceType"')
    (event,) = case.events
    assert (event.kind, event.term, event.outcome) == ("liver injury", "drug-induced liver injury", "recovered")
    assert event.onset is not None and event.onset.point == 42 and event.onset.date == "2022-04-12"
    assert event.codes[0].system == "MedDRA" and event.codes[0].code == "10072268"
    assert event.seriousness == ("serious",)
    assert {x.drug: x.role for x in case.exposures} == {
        "diclofenac": "suspect",
        "levothyroxine": "concomitant",
        "amoxicillin": "previous",
        "phytomenadione": "treatment",
    }
    first = case.exposures[0]
    assert (first.route, first.frequency, first.indication) == ("oral", "twice daily", "osteoarthritis")
    assert first.dose is not None and (first.dose.value, first.dose.unit) == (75, "mg")
    assert first.start is not None and first.start.point == 0 and first.stop is not None and first.stop.point == 44
    assert case.links[0].drug == "diclofenac" and case.links[0].basis == "blamed"
    (stop,) = case.actions
    assert (stop.kind, stop.drug, stop.reason) == ("stopped", "diclofenac", "adverse reaction")
    assert [m.time.point for m in case.measurements if m.time] == [0, 42, 42, 42, 65, 101]
    assert case.measurements[1].limit is not None and case.measurements[1].limit.high == 35
    assert case.tests[0].test == "HAV IgM" and case.tests[0].state == "negative"
    assert case.findings[0].term == "hepatitis B" and case.findings[0].state == "absent"
    assert case.patient.age is not None and case.patient.age.value == 54
    judged = next(s for s in case.statements if s.kind == "causality")
    assert (judged.by, judged.method, judged.drug, judged.source) == (
        "reporter", "WHO-UMC", "diclofenac", "Treating physician",
    )  # fmt: skip


def test_an_imported_case_is_assessed() -> None:
    (found,) = assess(read(written(b.WHOLE), "whole.json")).cases
    points = found.suspects[0].key_points
    assert found.suspects[0].drug == "diclofenac"
    assert points.pattern is not None and points.pattern.r == pytest.approx((1240 / 35) / (182 / 115))
    assert points.latency_point == 42 and points.dechallenge == "positive"
    assert points.earlier_hepatotoxins == ("amoxicillin",)


def test_the_same_report_as_prose_and_as_resources_is_judged_the_same() -> None:
    """Typed in our own words and built by hand as FHIR with dates: every number and every verdict is the same."""
    told = assess(samples.TABLED).cases[0]
    limits = {"1742-6": ("ALT", 40, "U/L"), "6768-6": ("ALP", 115, "U/L"), "1975-2": ("Bilirubin", 1.2, "mg/dL")}
    rows = {
        "2022-03-01": (22, 71, 0.6),
        "2022-04-12": (1240, 182, 7.4),
        "2022-04-19": (610, 170, 4.1),
        "2022-05-03": (96, 121, 1.6),
        "2022-06-07": (25, 80, 0.8),
    }
    labs = [
        lab(100 * i + j, code, name, value, unit, date, referenceRange=[{"high": {"value": limit, "unit": unit}}])
        for i, (date, values) in enumerate(rows.items())
        for j, ((code, (name, limit, unit)), value) in enumerate(zip(limits.items(), values, strict=True))
    ]
    tests = [with_fields(b.HAV, id=f"v{i}", code=concept(f"Hepatitis {letter}")) for i, letter in enumerate("ABC")]
    picture = with_fields(
        b.HAV, id="us", code=concept("Ultrasound of abdomen"), valueCodeableConcept=None, valueString="normal"
    )
    alcohol = with_fields(b.LABS[0], id="al", code=concept("x", b.LOINC, "11331-6"), valueQuantity=None)
    alcohol["valueString"] = "None"
    taken = with_fields(b.TAKEN, effectivePeriod={"start": "2022-03-01", "end": "2022-04-12"})
    found = assess(of(b.PATIENT, b.MEDICATION, taken, b.EVENT, *labs, *tests, picture, alcohol)).cases[0]
    mine, theirs = found.suspects[0], told.suspects[0]
    assert mine.key_points.pattern is not None and theirs.key_points.pattern is not None
    assert mine.key_points.pattern.r == pytest.approx(theirs.key_points.pattern.r)
    assert mine.key_points.latency_point == theirs.key_points.latency_point == 42
    assert mine.key_points.dechallenge == theirs.key_points.dechallenge == "positive"
    verdicts = [{i.id: (i.score, i.category, i.code) for i in s.instruments} for s in (mine, theirs)]
    assert verdicts[0] == verdicts[1]


def test_an_order_is_not_an_exposure() -> None:
    case = whole()
    assert "ibuprofen" not in [x.drug for x in case.exposures] and "ibuprofen" not in [k.drug for k in case.links]
    (order,) = [s for s in case.statements if s.kind == "order"]
    assert order.drug == "ibuprofen" and order.result == "ordered 2022-02-20, not known to be taken"
    assert any("An order is not an exposure" in note and "ibuprofen" in note for note in case.notes)


def test_every_value_has_its_path() -> None:
    case = whole()
    assert case.measurements[1].evidence[1].path == "Bundle.entry[9].resource.valueQuantity"  # type: ignore[union-attr]
    assert case.measurements[1].evidence[1].quote == "1240 U/L"  # type: ignore[union-attr]
    assert case.findings[0].evidence[1].quote == "refuted"  # type: ignore[union-attr]


def test_r5() -> None:
    message = read_message(written(b.R5), "r5.json")
    (case,) = message.reading.cases
    (event,) = case.events
    assert (event.kind, event.outcome, event.seriousness) == ("neutropenia", "recovered", ("hospitalisation",))
    assert event.onset is not None and event.onset.point == 34
    assert event.recovery is not None and event.recovery.point == 49
    assert [(k.drug, k.role) for k in case.links] == [
        ("methotrexate", "suspect"),
        (case.exposures[1].drug, "suspect"),
    ]
    assert case.exposures[1].ingredients == ("trimethoprim", "sulfamethoxazole") or set(
        case.exposures[1].ingredients
    ) == {"trimethoprim", "sulfamethoxazole"}
    assert case.exposures[0].indication == "Rheumatoid arthritis"
    assert case.actions[0].kind == "stopped" and case.actions[0].time is not None and case.actions[0].time.point == 35
    judged = case.statements[0]
    assert (judged.method, judged.result, judged.source) == ("Naranjo", "6, probable", "Sponsor")
    assert case.report.sender_id == "R5-1"
    assert message.stories[0].document.text.startswith("The white count fell")
    assert message.stories[0].case == case.id


def test_the_version_goes_by_content() -> None:
    """Fields of both versions side by side: each is read as what it is, whatever the resource declares."""
    r4 = with_fields(b.EVENT, meta={"profile": ["5.0.0"]}, fhirVersion="5.0.0")
    r5 = with_fields(b.EVENT, event=None, date=None, code=b.EVENT["event"], occurrenceDateTime="2022-04-12",
                     outcome=[b.EVENT["outcome"]], identifier=[{"value": "AE-77"}])  # fmt: skip
    mine = [case_of(b.PATIENT, b.MEDICATION, b.TAKEN, event, *b.LABS) for event in (r4, r5)]
    assert mine[0].events[0].onset == mine[1].events[0].onset.model_copy(  # type: ignore[union-attr]
        update={"evidence": mine[0].events[0].onset.evidence}  # type: ignore[union-attr]
    )
    assert mine[0].events[0].outcome == mine[1].events[0].outcome == "recovered"
    assert mine[0].report.sender_id == mine[1].report.sender_id == "AE-77"


# --- references ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("http://a.example/fhir/Medication/m1", "http://a.example/fhir/Medication/m1"),
        ("http://a.example/fhir/Medication/m1", "Medication/m1"),
        ("http://a.example/fhir/Medication/m1", "Medication/m1/_history/3"),
        ("urn:uuid:6a1b0a52-6f0f-4d2c-8a46-1c0d2f3e4a5b", "urn:uuid:6a1b0a52-6f0f-4d2c-8a46-1c0d2f3e4a5b"),
        ("", "Medication/m1"),
    ],
)
def test_references(url: str, reference: str) -> None:
    taken = with_fields(b.TAKEN, medicationReference={"reference": reference})
    made = b.bundle(b.PATIENT, b.MEDICATION, taken, b.EVENT)
    made["entry"][1]["fullUrl"] = url
    (case,) = read(written(made), "file.json").cases
    assert case.exposures[0].drug == "diclofenac"


def test_a_contained_medicine() -> None:
    inner = with_fields(b.MEDICATION, id="inside")
    taken = with_fields(b.TAKEN, contained=[inner], medicationReference={"reference": "#inside"})
    assert case_of(b.PATIENT, taken, b.EVENT).exposures[0].drug == "diclofenac"


def test_a_reference_that_leads_nowhere_is_normal() -> None:
    taken = with_fields(b.TAKEN, medicationReference={"reference": "Medication/9", "display": "Diclofenac"})
    assert case_of(b.PATIENT, taken, b.EVENT).exposures[0].drug == "diclofenac"


def test_ingredients_name_a_product_that_is_not_known() -> None:
    product = {
        "resourceType": "Medication", "id": "m1", "code": concept("Xyzolan forte"),
        "ingredient": [{"itemCodeableConcept": concept("Methotrexate")}],
    }  # fmt: skip
    exposure = case_of(b.PATIENT, product, b.TAKEN, b.EVENT).exposures[0]
    assert (exposure.drug, exposure.as_written, exposure.ingredients) == (
        "methotrexate", "Xyzolan forte", ("methotrexate",),
    )  # fmt: skip


# --- files --------------------------------------------------------------------------------------------------------

RESOURCES = [e["resource"] for e in b.WHOLE["entry"]]


def lines(resources: list[b.Json]) -> str:
    return "\n".join(json.dumps(r) for r in resources)


@pytest.mark.parametrize(
    "data",
    [
        written(b.WHOLE),
        json.dumps(b.WHOLE, indent=3).encode("utf-8-sig"),
        json.dumps(b.WHOLE, ensure_ascii=False).encode("utf-16"),
        written(RESOURCES),
        lines(RESOURCES).encode(),
        lines(RESOURCES).replace("\n", "\r\n").encode(),
        written({"resourceType": "Bundle", "entry": [{"resource": b.WHOLE}]}),
        written({"resourceType": "Parameters", "parameter": [{"name": "return", "resource": b.WHOLE}]}),
    ],
    ids=["bundle", "mark", "UTF-16", "list", "NDJSON", "NDJSON with CRLF", "nested", "parameters"],
)
def test_the_same_content_in_every_wrapping(data: bytes) -> None:
    reading = read(data, "file")
    assert reading.problems == ()
    (case,) = reading.cases
    assert len(case.measurements) == 6 and len(case.exposures) == 4 and case.events[0].onset is not None
    assert case.events[0].onset.point == 42


def test_a_broken_line_is_one_warning() -> None:
    text = lines(RESOURCES).split("\n")
    text[9] = text[9][:40]
    reading = read("\n".join(text).encode(), "file.ndjson")
    (problem,) = reading.problems
    assert problem.message.startswith("line[10]") and len(reading.cases[0].measurements) == 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "XML"),
        (b"{}", "no FHIR resource"),
        (b"[]", "no FHIR resource"),
        (b"A woman took a tablet.", "no FHIR resource"),
        (b'{"resourceType": 5}', "no FHIR resource"),
        (b"[" * 100_000, "no FHIR resource"),
        (b'{"a":' * 50_000, "no FHIR resource"),
        (b" " * 20_000_001, "bytes"),
    ],
)
def test_what_is_no_fhir_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(data, "file.json")
    assert caught.value.next_step


def test_deep_nesting_inside_one_resource_leaves_the_others() -> None:
    deep = '{"resourceType":"Basic","a":' + "[" * 5000 + "]" * 5000 + "}"
    text = written(b.WHOLE).decode().replace('"entry": [', f'"entry": [{{"resource": {deep}}}, ', 1)
    reading = read(text.encode(), "file.json")
    assert len(reading.cases[0].measurements) == 6
    assert any("nested too deeply" in p.message for p in reading.problems)


@pytest.mark.parametrize(
    "data",
    [
        b'{"resourceType":"A","x":' * 40_000,
        b'"resource":{' * 40_000,
        written({"resourceType": "Composition", "section": [{"text": {"div": "<pre>" * 60_000}}]}),
        written({"resourceType": "Composition", "section": [{"text": {"div": "<!--" * 60_000}}]}),
        written({"resourceType": "AdverseEvent", "event": {"text": "rash of " * 40_000}}),
        written({"resourceType": "MedicationStatement", "medicationCodeableConcept": {"text": "12 mg/ " * 40_000}}),
    ],
)
def test_floods_are_answered(data: bytes) -> None:
    """Nothing grows with the square of the length: these would not come to an end."""
    try:
        assert len(read(data, "file.json").cases) <= 1
    except InputError as error:
        assert error.next_step


def test_bytes_that_are_no_utf8_are_said() -> None:
    data = written(b.WHOLE).replace(b"adverse reaction", b"r\xe9action")
    reading = read(data, "file.json")
    assert len(reading.cases[0].measurements) == 6 and "not valid utf-8" in reading.problems[0].message


def test_the_newest_version_of_a_resource_counts() -> None:
    old = with_fields(b.LABS[1], meta={"lastUpdated": "2022-04-12T10:00:00Z"})
    new = with_fields(old, meta={"lastUpdated": "2022-04-13T10:00:00Z"}, valueQuantity={"value": 1420, "unit": "U/L"})
    for order in ((old, new), (new, old)):
        assert [m.value for m in case_of(b.PATIENT, *order).measurements] == [1420]


# --- one bad field, one warning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "fields", "path"),
    [
        (0, {"birthDate": "1968-13-40"}, "birthDate"),
        (0, {"birthDate": 1968}, ""),
        (0, {"gender": {"code": "female"}}, "gender"),
        (2, {"effectivePeriod": {"start": "in March", "end": "2022-04-14"}}, "effectivePeriod.start"),
        (2, {"dosage": ["one tablet"]}, "dosage[0]"),
        (3, {"medicationCodeableConcept": "levothyroxine", "dosage": 3}, "dosage"),
        (9, {"valueQuantity": {"value": "much", "unit": "U/L"}}, "valueQuantity.value"),
        (9, {"valueQuantity": {"value": 9, "unit": "U/L", "comparator": "!"}}, "valueQuantity.comparator"),
        (9, {"referenceRange": [{"low": {"value": 90}, "high": {"value": 5}}]}, "referenceRange[0]"),
        (9, {"code": {"text": ""}}, "code"),
        (9, {"effectiveDateTime": "12.04.2022"}, "effectiveDateTime"),
        (15, {"code": {}}, "code"),
        (7, {"outcome": concept("somewhat better")}, "outcome"),
        (7, {"suspectEntity": [*b.EVENT["suspectEntity"], {}]}, "suspectEntity[1].instance"),
    ],
)
def test_one_bad_field_is_one_warning(number: int, fields: dict[str, Any], path: str) -> None:
    made = [with_fields(r, **fields) if i == number else r for i, r in enumerate(RESOURCES)]
    reading = of(*made)
    (case,) = reading.cases
    assert len(case.measurements) >= 5 and len(case.exposures) == 4 and len(case.events) == 1
    if not path:  # a year as a number is a year
        assert reading.problems == () and case.patient.age is not None and case.patient.age.low == 53
        return
    (problem,) = reading.problems
    assert problem.message.startswith(f"Bundle.entry[{number}].resource.{path}: ") and problem.next_step


# --- observations ---------------------------------------------------------------------------------------------------


def one_lab(**fields: Any) -> Any:
    case = case_of(b.PATIENT, with_fields(b.LABS[1], referenceRange=None, interpretation=None, **fields))
    return case.measurements[0] if case.measurements else case


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_comparators(sign: str) -> None:
    found = one_lab(valueQuantity={"value": 10, "unit": "U/L", "comparator": sign})
    assert (found.value, found.comparator) == (10, sign)


def test_a_range_and_its_open_ends() -> None:
    found = one_lab(valueQuantity=None, valueRange={"low": {"value": 100, "unit": "U/L"}, "high": {"value": 150}})
    assert (found.value, found.low, found.high, found.unit) == (None, 100, 150, "U/L")
    found = one_lab(valueQuantity=None, valueRange={"low": {"value": 1000, "unit": "U/L"}})
    assert (found.value, found.comparator) == (1000, ">=")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"valueString": ">1000 U/L"}, (1000, ">", None)),
        ({"valueString": "normal"}, (None, "=", "normal")),
        ({"valueInteger": 55}, (55, "=", None)),
        ({"valueCodeableConcept": {"text": "High"}}, (None, "=", "elevated")),
        ({"interpretation": [{"coding": [{"code": "H"}]}]}, (None, "=", "elevated")),
        ({"interpretation": [{"coding": [{"code": "n"}]}]}, (None, "=", "normal")),
    ],
)
def test_other_forms_of_a_value(fields: dict[str, Any], expected: tuple[Any, ...]) -> None:
    found = case_of(b.PATIENT, with_fields(b.LABS[1], valueQuantity=None, interpretation=None) | fields).measurements[0]
    assert (found.value, found.comparator, found.qualitative) == expected and found.analyte == "ALT"


@pytest.mark.parametrize(
    ("unit", "code", "expected"),
    [
        ("IU/L", None, "[IU]/L"),
        ("units/l", "U/L", "U/L"),
        ("×ULN", "{ULN}", "xULN"),
        ("furlongs", None, ""),
    ],
)
def test_units(unit: str, code: str | None, expected: str) -> None:
    quantity = {"value": 80, "unit": unit, **({"code": code} if code else {})}
    found = one_lab(valueQuantity=quantity)
    assert found.unit == expected and found.unit_as_written == unit and found.value == 80
    assert found.canonical == (80 if expected in ("U/L", "[IU]/L") else None)


def test_names_without_codes_and_unknown_names() -> None:
    by_name = one_lab(code={"text": "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"})
    assert by_name.analyte == "ALT" and by_name.canonical == 1240
    assert one_lab(code={"text": "Substance Q"}).analyte == "Substance Q"


def test_a_value_of_urine_is_none_of_blood() -> None:
    sugar = {"value": 9, "unit": "mmol/L", "code": "mmol/L"}
    urine = {"resourceType": "Specimen", "id": "u", "type": {"text": "Urine"}}
    assert one_lab(code=concept("Glucose [Moles/volume] in Urine"), valueQuantity=sugar).analyte.startswith("Glucose")
    first = with_fields(b.LABS[0], code={"text": "Glucose"}, valueQuantity=sugar, specimen={"reference": "Specimen/u"})
    assert case_of(b.PATIENT, urine, first).measurements[0].analyte == "Glucose (Urine)"
    assert one_lab(code={"text": "Glucose"}, valueQuantity=sugar).analyte == "GLU"


def test_components_and_panels() -> None:
    part = {"code": concept("Systolic", b.LOINC, "8480-6"), "valueQuantity": {"value": 120, "unit": "mmHg"}}
    found = one_lab(code=concept("Blood pressure"), valueQuantity=None, component=[part])
    assert (found.analyte, found.value, found.unit) == ("BP_SYS", 120, "mm[Hg]")
    assert found.evidence[0].path.endswith("component[0].code")
    panel = {
        "resourceType": "Observation", "id": "panel", "status": "final", "code": {"text": "Liver panel"},
        "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2022-05-01",
        "hasMember": [{"reference": "Observation/o2"}],
    }  # fmt: skip
    case = case_of(b.PATIENT, panel, with_fields(b.LABS[1], effectiveDateTime=None))
    assert len(case.measurements) == 1 and case.measurements[0].time is not None
    assert case.measurements[0].time.date == "2022-05-01"


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "negative"),
        ({"valueCodeableConcept": {"text": "Reactive"}}, "positive"),
        ({"valueCodeableConcept": {"text": "Not detected"}}, "negative"),
        ({"valueCodeableConcept": {"text": "Indeterminate"}}, "not interpretable"),
        ({"valueCodeableConcept": None, "valueBoolean": True}, "positive"),
        ({"valueCodeableConcept": None, "valueString": "non-reactive"}, "negative"),
        ({"valueCodeableConcept": None, "interpretation": [{"coding": [{"code": "POS"}]}]}, "positive"),
        ({"valueCodeableConcept": None, "dataAbsentReason": concept("", "x", "not-performed")}, "not done"),
        ({"valueCodeableConcept": None, "dataAbsentReason": concept("", "x", "unknown")}, "not reported"),
        ({"valueCodeableConcept": None, "status": "cancelled"}, "not done"),
    ],
)
def test_the_five_states_of_a_test(fields: dict[str, Any], state: str) -> None:
    (found,) = case_of(b.PATIENT, *b.LABS, with_fields(b.HAV, **fields)).tests
    assert (found.test, found.state) == ("HAV IgM", state)


@pytest.mark.parametrize(
    ("name", "words", "expected"),
    [
        ("Ultrasound of abdomen", "Normal.", ("ultrasound", "negative")),
        ("US Abdomen (ultrasound)", "No abnormality detected", ("ultrasound", "negative")),
        ("CT abdomen and liver", "Normal liver, dilated bile ducts.", ("CT", "not interpretable")),
        ("CT of head", "Normal", None),
        ("MRI brain", "Normal", None),
        ("Liver biopsy", "Centrilobular necrosis", ("liver biopsy", "not interpretable")),
    ],
)
def test_pictures(name: str, words: str, expected: tuple[str, str] | None) -> None:
    report = {
        "resourceType": "DiagnosticReport", "id": "g1", "status": "final", "code": concept(name), "conclusion": words,
        "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2022-04-13",
    }  # fmt: skip
    value = with_fields(b.HAV, id="o40", code=concept(name), valueCodeableConcept=None, valueString=words)
    for source in (report, value):
        found = [(t.test, t.state) for t in case_of(b.PATIENT, *b.LABS, source).tests]
        assert found == ([expected] if expected else [])


def test_a_titre() -> None:
    ratio = {"numerator": {"value": 1}, "denominator": {"value": 160}}
    ana = with_fields(b.LABS[0], code=concept("ANA", b.LOINC, "8061-4"), valueQuantity=None, valueRatio=ratio,
                      interpretation=[{"coding": [{"code": "POS"}]}])  # fmt: skip
    case = case_of(b.PATIENT, ana)
    assert (case.measurements[0].value, case.measurements[0].unit) == (160, "{titer}")
    assert case.tests[0].test == "ANA" and case.tests[0].state == "positive"


def test_limits_of_another_kind_or_unit_are_left_out() -> None:
    high = {"value": 40, "unit": "U/L"}
    therapeutic = {"type": concept("", "x", "therapeutic"), "high": high}
    other = {"high": {"value": 0.6, "unit": "ukat/L", "code": "ukat/L"}}
    limits = [
        (m.limit and m.limit.high)
        for ranges in ([therapeutic], [other], [{"text": "5 - 40"}], [{"high": high}])
        for m in case_of(b.PATIENT, with_fields(b.LABS[1], referenceRange=ranges)).measurements
    ]
    assert limits == [None, None, 40, 40]


@pytest.mark.parametrize(("sex", "limit"), [("female", 35), ("male", 50), ("unknown", None)])
def test_limits_that_differ_by_sex(sex: str, limit: float | None) -> None:
    ranges = [
        {"appliesTo": [concept("Male", "x", "248153007")], "high": {"value": 50, "unit": "U/L"}},
        {"appliesTo": [concept("Female", "x", "248152002")], "high": {"value": 35, "unit": "U/L"}},
    ]
    patient = with_fields(b.PATIENT, gender=sex)
    found = case_of(patient, with_fields(b.LABS[1], referenceRange=ranges)).measurements[0].limit
    assert (found and found.high) == limit
    assert found is None or found.mark == "HH"


def test_values_of_one_day_follow_their_time() -> None:
    late = with_fields(b.LABS[1], effectiveDateTime="2022-04-12T18:00:00Z")
    early = with_fields(b.LABS[1], id="o30", effectiveDateTime="2022-04-12T06:00:00Z", valueQuantity={"value": 900})
    assert [m.value for m in case_of(b.PATIENT, late, early).measurements] == [900, 1240]


def test_vital_signs_belong_to_the_patient() -> None:
    weights = [
        lab(20, "29463-7", "Body weight", 60, "kg", "2021-01-01"),
        lab(21, "29463-7", "Body weight", 64, "kg", "2022-04-01"),
        lab(22, "29463-7", "Body weight", 70, "kg", "2023-01-01"),
    ]
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, b.EVENT, *weights)
    assert case.patient.weight_kg == 64  # taken nearest to the reaction
    assert len(case.measurements) == 3


@pytest.mark.parametrize(
    ("code", "fields", "attribute", "expected"),
    [
        ("82810-3", {"valueCodeableConcept": concept("Pregnant")}, "pregnant", True),
        ("82810-3", {"valueCodeableConcept": concept("Not pregnant")}, "pregnant", False),
        ("11331-6", {"valueString": "Never drank"}, "alcohol", "absent"),
        ("11331-6", {"valueCodeableConcept": concept("Occasional drinker")}, "alcohol", "present"),
        ("11331-6", {"valueCodeableConcept": concept("Non-drinker")}, "alcohol", "absent"),
        ("11331-6", {"valueCodeableConcept": concept("Former drinker")}, "alcohol", "absent"),
        ("11331-6", {"valueString": "unknown"}, "alcohol", "uncertain"),
        ("74013-4", {"valueQuantity": {"value": 2, "unit": "/d"}}, "drinks_per_day", (2, 2)),
    ],
)
def test_what_observations_say_of_the_patient(code: str, fields: Any, attribute: str, expected: Any) -> None:
    said = with_fields(b.LABS[0], code=concept("x", b.LOINC, code), valueQuantity=None) | fields
    assert getattr(case_of(b.PATIENT, *b.LABS[1:], said).patient, attribute) == expected


def test_every_row_of_the_loinc_table_means_something() -> None:
    analytes, tests = load_analytes(), load_tests()
    for code, meaning in loinc_table().items():
        known = {"analyte": meaning.name in analytes, "test": tests.get(meaning.name) is not None, "patient": True}
        assert known[meaning.of], (code, meaning)
        assert loinc_check(code), code


def loinc_check(code: str) -> bool:
    """The last digit of a LOINC code is its check digit (Luhn)."""
    digits, _, check = code.partition("-")
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(reversed(digits))]
    return (10 - sum(d - 9 if d > 9 else d for d in doubled) % 10) % 10 == int(check)


# --- exposures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"status": "not-taken"}, False),
        ({"status": "intended"}, False),
        ({"status": "entered-in-error"}, False),
        ({"status": "recorded", "adherence": {"code": concept("", "x", "not-taking")}}, False),
        ({"status": "unknown"}, True),
        ({"status": "completed"}, True),
    ],
)
def test_what_is_no_exposure(fields: dict[str, Any], taken: bool) -> None:
    case = case_of(b.PATIENT, with_fields(b.BESIDE, **fields), *b.LABS)
    assert [x.drug for x in case.exposures] == (["levothyroxine"] if taken else [])


def test_what_it_was_taken_for() -> None:
    condition = with_fields(b.REFUTED, id="c8", verificationStatus=None,
                            code=concept("Gonarthrosis", "http://snomed.info/sct", "239873007"))  # fmt: skip
    taken = with_fields(b.TAKEN, reasonCode=None, reasonReference=[{"reference": "Condition/c8"}])
    exposure = case_of(b.PATIENT, b.MEDICATION, taken, condition).exposures[0]
    assert exposure.indication == "Gonarthrosis" and exposure.indication_codes[0].code == "239873007"


def test_a_suspect_of_which_only_an_order_is_known() -> None:
    event = with_fields(b.EVENT, suspectEntity=[{"instance": {"reference": "MedicationRequest/r1"}}])
    case = case_of(b.PATIENT, b.ORDER, event)
    (exposure,) = case.exposures
    assert exposure.drug == "ibuprofen" and exposure.start is None and "only an order" in exposure.reason
    assert case.links[0].role == "suspect"
    assert any("no day is counted" in note for note in case.notes)


def again(start: str, end: str | None, number: int = 7, **fields: Any) -> b.Json:
    period = {"start": start, **({"end": end} if end else {})}
    return with_fields(b.TAKEN, id=f"s{number}", statusReason=None, effectivePeriod=period, **fields)


def test_a_later_period_is_a_re_exposure() -> None:
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, again("2022-07-01", "2022-07-08"), b.EVENT, *b.LABS)
    assert [(a.kind, a.time.date if a.time else "") for a in case.actions] == [
        ("stopped", "2022-04-14"),
        ("restarted", "2022-07-01"),
        ("stopped", "2022-07-08"),
    ]


def test_a_period_that_goes_on_the_next_day_is_none() -> None:
    next_one = again("2022-03-16", "2022-04-14")
    first = with_fields(b.TAKEN, status="completed", statusReason=None,
                        effectivePeriod={"start": "2022-03-01", "end": "2022-03-15"})  # fmt: skip
    case = case_of(b.PATIENT, b.MEDICATION, first, next_one, b.EVENT, *b.LABS)
    assert [a.kind for a in case.actions] == ["stopped"]
    assert case.actions[0].time is not None and case.actions[0].time.date == "2022-04-14"


def dose(date: str, number: int) -> b.Json:
    return with_fields(
        b.LATER, id=f"a{number}", medicationCodeableConcept=concept("Infliximab"), effectiveDateTime=date
    )


def test_administrations_are_one_exposure_until_a_reaction_and_a_gap() -> None:
    event = with_fields(b.EVENT, suspectEntity=[{"instance": {"reference": "MedicationAdministration/a1"}}])
    early = [dose("2022-03-01", 1), dose("2022-03-15", 2), dose("2022-04-10", 3)]
    case = case_of(b.PATIENT, *early, event)
    (exposure,) = case.exposures
    assert len(exposure.administrations) == 3 and case.actions == ()
    case = case_of(b.PATIENT, *early, dose("2022-06-20", 4), event)
    assert [a.kind for a in case.actions] == ["stopped", "restarted"]
    assert case.actions[0].time is not None and case.actions[0].time.point == 40


def test_without_a_blamed_drug_those_that_ran_at_onset_are_suspects() -> None:
    event = with_fields(b.EVENT, suspectEntity=None)
    old = with_fields(b.EARLIER, effectivePeriod={"start": "2019-01-01", "end": "2019-01-10"})
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, b.BESIDE, old, b.LATER, event, *b.LABS)
    assert {k.drug: (k.role, k.basis) for k in case.links} == {
        "diclofenac": ("suspect", "timing"),
        "levothyroxine": ("suspect", "timing"),
        "amoxicillin": ("previous", "timing"),
        "phytomenadione": ("treatment", "timing"),
    }
    assert case.links[0].drug == "diclofenac" and case.exposures[0].start is not None
    assert case.exposures[0].start.point == 0


def test_action_taken_and_readministration_of_the_safety_report_guides() -> None:
    entity = {
        "instance": {"display": "Diclofenac"},
        "extension": [
            {"url": "http://x.example/actionTaken", "valueCodeableConcept": {"coding": [{"code": "1"}]}},
            {"url": "http://x.example/reoccurOnReadministration", "valueCodeableConcept": {"coding": [{"code": "1"}]}},
        ],
    }
    case = case_of(b.PATIENT, with_fields(b.EVENT, suspectEntity=[entity]))
    assert [(a.kind, a.result, a.event) for a in case.actions] == [
        ("stopped", None, ""),
        ("restarted", "positive", "e1"),
    ]


def test_delays_of_the_safety_report_guides() -> None:
    entity = {
        "instance": {"display": "Diclofenac"},
        "extension": [
            {
                "url": "http://x.example/timeBetweenAdminstrationStartAndReaction",
                "valueDuration": {"value": 3, "code": "wk"},
            },
            {"url": "http://x.example/timeBetweenLastDoseAndReaction", "valueQuantity": {"value": 2, "code": "d"}},
        ],
    }  # fmt: skip
    reading = of(b.PATIENT, with_fields(b.EVENT, suspectEntity=[entity]))
    (link,) = reading.cases[0].links
    assert link.latency is not None and (link.latency.low, link.latency.point, link.latency.high) == (18, 21, 24)
    assert link.stop_to_onset is not None and link.stop_to_onset.point == 2 and reading.problems == ()
    entity["extension"][0]["valueDuration"] = {"value": 3}  # type: ignore[index]
    reading = of(b.PATIENT, with_fields(b.EVENT, suspectEntity=[entity]))
    assert reading.cases[0].links[0].latency is None and len(reading.problems) == 1


# --- events, findings, stories ----------------------------------------------------------------------------------------


def test_the_condition_that_resulted_gives_dates_and_is_no_finding() -> None:
    condition = with_fields(b.REFUTED, id="c9", verificationStatus=None, code=concept("Toxic hepatitis"),
                            onsetDateTime="2022-04-11", abatementDateTime="2022-06")  # fmt: skip
    event = with_fields(b.EVENT, date=None, resultingCondition=[{"reference": "Condition/c9"}])
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, event, condition)
    assert case.events[0].onset is not None and case.events[0].onset.point == 41
    recovery = case.events[0].recovery
    assert recovery is not None and (recovery.date, recovery.low, recovery.high) == ("2022-06", 92, 121)
    assert case.findings == ()


def test_a_date_of_detection_bounds_the_onset() -> None:
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, with_fields(b.EVENT, date=None, detected="2022-04-20"))
    onset = case.events[0].onset
    assert onset is not None and (onset.low, onset.high, onset.point) == (None, 50, None)


def test_events_that_are_none() -> None:
    for fields in ({"actuality": "potential"}, {"status": "entered-in-error"}):
        reading = of(b.PATIENT, b.MEDICATION, b.TAKEN, with_fields(b.EVENT, **fields), *b.LABS)
        assert reading.cases[0].events == () and len(reading.problems) == 1


def test_one_reaction_in_several_resources_is_one_event() -> None:
    second = with_fields(b.EVENT, id="ae2", suspectEntity=[{"instance": {"reference": "MedicationStatement/s2"}}])
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, b.BESIDE, b.EVENT, second)
    assert len(case.events) == 1
    assert [k.drug for k in case.links if k.role == "suspect"] == ["diclofenac", "levothyroxine"]
    other = with_fields(second, event=concept("Skin rash"), date="2022-04-20")
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, b.BESIDE, b.EVENT, other)
    assert [e.kind for e in case.events] == ["liver injury", "skin reaction"]


@pytest.mark.parametrize(
    ("code", "state"),
    [("confirmed", "present"), ("refuted", "absent"), ("provisional", "uncertain"), ("unconfirmed", "uncertain")],
)
def test_verification(code: str, state: str) -> None:
    one = with_fields(b.REFUTED, verificationStatus={"coding": [{"code": code}]})
    assert case_of(b.PATIENT, *b.LABS, one).findings[0].state == state


@pytest.mark.parametrize(
    ("fields", "date"), [({"deceasedDateTime": "2022-09"}, "2022-09"), ({"deceasedBoolean": True}, None)]
)
def test_death_is_a_finding_and_no_outcome(fields: dict[str, Any], date: str | None) -> None:
    case = case_of(with_fields(b.PATIENT, **fields), b.MEDICATION, b.TAKEN, b.EVENT)
    (death,) = case.findings
    assert death.term == "death" and (death.time and death.time.date) == date
    assert case.events[0].outcome == "recovered"
    assert case_of(with_fields(b.PATIENT, deceasedBoolean=False), *b.LABS).findings == ()


def test_what_was_measured_of_another_is_left_out() -> None:
    donor = with_fields(b.LABS[0], focus=[{"display": "the donor"}])
    reading = of(b.PATIENT, donor, b.LABS[1])
    assert [m.value for m in reading.cases[0].measurements] == [1240] and len(reading.problems) == 1


def test_history_is_what_was_there_before() -> None:
    before = with_fields(b.REFUTED, verificationStatus=None, onsetDateTime="2010")
    after = with_fields(before, id="c2", code=concept("Urinary tract infection"), onsetDateTime="2022-05-01")
    during = with_fields(before, id="c3", code=concept("Bronchitis"), onsetDateTime="2022-03-20")
    over = with_fields(during, id="c4", abatementDateTime="2022-03-28", code=concept("Sinusitis"))
    case = case_of(b.PATIENT, b.MEDICATION, b.TAKEN, b.EVENT, before, after, during, over)
    assert [f.history for f in case.findings] == [True, False, False, True]


@pytest.mark.parametrize(
    ("words", "name", "kind"),
    [
        ("Acetaminophen 325 MG Oral Tablet", "paracetamol", "substance"),
        ("anakinra 100 MG/0.67ML Prefilled Syringe [Kineret]", "anakinra", "substance"),
        ("Kineret", "anakinra", "substance"),
        ("NSAID", "nsaid", "class"),
        ("Trimethoprim 80 MG / Sulfamethoxazole 400 MG Oral Tablet", "trimethoprim/sulfamethoxazole", "substance"),
        ("Xyzolan forte", "xyzolan forte", "substance"),
    ],
)
def test_drug_names(words: str, name: str, kind: str) -> None:
    taken = with_fields(b.BESIDE, medicationCodeableConcept=concept(words))
    (exposure,) = case_of(b.PATIENT, taken).exposures
    assert (exposure.as_written, exposure.kind) == (words, kind)
    assert exposure.drug.lower() == name or set(exposure.ingredients) == set(name.split("/"))


def test_a_note_and_an_attachment_are_stories() -> None:
    note = {
        "resourceType": "DocumentReference", "id": "d1", "status": "current", "description": "Letter",
        "subject": {"reference": "Patient/p1"},
        "content": [
            {"attachment": {"contentType": "text/plain", "data": base64.b64encode(b"She felt ill.").decode()}},
            {"attachment": {"contentType": "application/pdf", "data": "JVBERi0="}},
            {"attachment": {"contentType": "text/plain", "url": "http://hospital.example/letter"}},
            {"attachment": {"contentType": "text/plain", "data": "?"}},
        ],
    }  # fmt: skip
    report = {
        "resourceType": "DiagnosticReport", "id": "g1", "status": "final", "code": concept("Liver biopsy"),
        "subject": {"reference": "Patient/p1"}, "conclusion": "Centrilobular necrosis.",
        "conclusionCode": [concept("Hepatic steatosis")],
    }  # fmt: skip
    message = read_message(written(b.bundle(b.PATIENT, *b.LABS, note, report)), "file.json")
    assert [(s.title, s.document.text) for s in message.stories] == [
        ("Letter", "She felt ill."),
        ("Liver biopsy", "Centrilobular necrosis."),
    ]
    assert message.reading.cases[0].report.narrative is True and whole().report.narrative is False
    assert len(message.reading.problems) == 3 and len({d.id for d in message.reading.documents}) == 3
    assert len(message.reading.cases[0].findings) == 1


def test_patients() -> None:
    second = {"resourceType": "Patient", "id": "p2", "gender": "male"}
    theirs = with_fields(b.LABS[0], id="o50", subject={"reference": "Patient/p2"})
    loose = with_fields(b.LABS[0], id="o51", subject=None)
    reading = of(b.PATIENT, second, b.LABS[1], theirs, loose)
    assert [len(c.measurements) for c in reading.cases] == [1, 1] and [c.id for c in reading.cases] == ["c1", "c2"]
    assert len(reading.problems) == 1 and "names no patient" in reading.problems[0].message
    assert len(case_of(b.PATIENT, loose).measurements) == 1  # the only patient of the file
    reading = of(b.PATIENT, second, b.MEDICATION, b.TAKEN, b.EVENT, theirs)
    assert [c.events[0].kind for c in reading.cases] == ["liver injury"]
    assert "without an adverse event" in reading.problems[0].message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (written(b.WHOLE), True),
        (json.dumps(b.WHOLE, sort_keys=True, indent=2).encode("utf-16"), True),
        (lines(RESOURCES).encode("utf-8-sig"), True),
        (written(b.WHOLE)[:300], True),
        (b'{"schema": "dechallenge/case-file/1", "cases": []}', False),
        (b'{"resourceType": 5}', False),
        (b"<Bundle/>", False),
        (b'A text that says "resourceType": "Patient".', False),
        (b"", False),
        (b"\xff\xfe", False),
    ],
)
def test_fhir_is_known_by_its_content(data: bytes, expected: bool) -> None:
    assert is_fhir(data) is expected


def test_a_patient_alone_is_no_case() -> None:
    reading = of(b.PATIENT)
    assert reading.cases == () and "no case" in reading.problems[0].message


def test_same_bytes_same_reading() -> None:
    data = written(b.WHOLE)
    assert read(data, "a.json").model_dump_json() == read(data, "a.json").model_dump_json()
