"""Narratives as safety reports write them: the day of receipt, a head that says all beforehand, notes, full dates."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def read(text: str) -> Case:
    return dechallenge.read(text).cases[0]


@pytest.mark.parametrize(
    "receipt",
    [
        "This serious spontaneous report was received from a physician in Germany on 14-MAR-2022 and concerns",
        "Initial information was received on 14 March 2022 from a consumer and concerns",
        "This case was reported by a pharmacist on 14-Mar-2022 and describes",
        "Follow-up information received 14-Mar-2022. The report concerns",
    ],
)
def test_the_day_of_receipt_is_no_day_of_the_story(receipt: str) -> None:
    text = (
        f"{receipt} a 54-year-old female patient who experienced drug-induced liver injury with flucloxacillin.\n\n"
        "On 03-JAN-2022, the patient started flucloxacillin 1 g. On 02-FEB-2022, she developed jaundice. "
        "ALT was 312 U/L."
    )
    case = read(text)
    latency = case.links[0].latency
    assert latency is not None and (latency.low, latency.high) == (30.0, 30.0)


def test_a_date_of_birth_is_no_day_of_the_story() -> None:
    text = (
        "A female patient, date of birth 12-May-1967, aged 54 years, started isoniazid on 03-Jan-2022. On 02-Feb-2022 "
        "she developed jaundice."
    )
    latency = read(text).links[0].latency
    assert latency is not None and (latency.low, latency.high) == (30.0, 30.0)


def test_a_date_on_which_the_drug_was_received_stays() -> None:
    text = "A 54-year-old woman received infliximab on 3 January 2022. On 10 January 2022 she developed a rash."
    latency = read(text).links[0].latency
    assert latency is not None and (latency.low, latency.high) == (7.0, 7.0)


def test_what_the_head_names_begins_where_it_is_told() -> None:
    text = (
        "A pharmacist reported that a 29-year-old woman developed Stevens-Johnson syndrome with lamotrigine. "
        "Lamotrigine was started on 1 October 2020. On 19 October 2020 she noted fever and a painful rash with oral "
        "erosions. On 22 October 2020 skin biopsy was consistent with SJS."
    )
    onset = read(text).events[0].onset
    assert onset is not None and (onset.low, onset.high) == (18.0, 18.0)


def test_a_paragraph_about_the_subject_is_of_the_case() -> None:
    text = (
        "This case concerns a 73-year-old male subject who received rosuvastatin and developed rhabdomyolysis.\n\n"
        "On 20-Jun-2021, the subject started rosuvastatin 40 mg once daily. On 12-Aug-2021, the subject experienced "
        "severe muscle pain, weakness and dark urine. Creatine kinase was 48,000 U/L. It was unknown if the subject "
        "had received a vaccine in the weeks before the event."
    )
    assert any(m.analyte == "CK" and m.value == 48000 for m in read(text).measurements)


def test_since_a_year_with_a_dose_by_the_week() -> None:
    text = (
        "A 58-year-old woman. Tx: methotrexate 15 mg/wk since 2014; tocilizumab 162 mg s.c. weekly added 11-Sep-2019. "
        "23-Oct-2019: ALT 178 U/L. Both were held on 24-Oct-2019."
    )
    links = {k.drug: k.latency for k in read(text).links}
    tocilizumab, methotrexate = links["tocilizumab"], links["methotrexate"]
    assert tocilizumab is not None and (tocilizumab.low, tocilizumab.high) == (42.0, 42.0)
    assert methotrexate is not None and methotrexate.low is not None and methotrexate.low > 4 * 365


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("Lipase was 85 U/L on day 20 and normal on day 27.", (27.0, 27.0)),
        ("Lipase was 85 U/L on day 20 and was normal on day 27.", (27.0, 27.0)),
        ("Lipase was 312 U/L on day 10, 85 U/L on day 20 and normal on day 27.", (27.0, 27.0)),
    ],
)
def test_a_value_and_then_a_state_each_on_its_day(told: str, days: tuple[float, float]) -> None:
    values = [m for m in read("A 50 year old man took isotretinoin. " + told).measurements if m.qualitative == "normal"]
    assert [(m.analyte, m.time and (m.time.low, m.time.high)) for m in values] == [("LIPASE", days)]


@pytest.mark.parametrize(
    "told",
    ["ALT was 85 U/L and the ultrasound was normal on day 3.", "ALT was 85 U/L and bilirubin was normal on day 3."],
)
def test_the_state_of_another_thing_is_not_that_of_the_value(told: str) -> None:
    found = read("A 50 year old man took isotretinoin. " + told).measurements
    assert not any(m.analyte == "ALT" and m.qualitative for m in found)


def test_risen_from_a_baseline() -> None:
    text = (
        "A 50 year old man took cefazolin. On day 10 he had a rash; serum creatinine had risen from 0.8 mg/dL "
        "at baseline to 2.3 mg/dL."
    )
    found = [(m.value, m.time and (m.time.low, m.time.high)) for m in read(text).measurements]
    assert found == [(0.8, (None, 0.0)), (2.3, (10.0, 10.0))]


def test_a_test_with_its_own_word_takes_none_from_the_next() -> None:
    tests = read("A 50 year old man took isotretinoin. Mycoplasma serology and HSV PCR were negative.").tests
    assert [(t.test, t.state) for t in tests] == [("mycoplasma", "negative"), ("HSV PCR", "negative")]
    tests = read("A 50 year old man took isotretinoin. Mycoplasma and HSV PCR were negative.").tests
    assert [t.test for t in tests] == ["mycoplasma PCR", "HSV PCR"]


def test_ions_with_their_charge() -> None:
    found = read("A 50 year old man took indapamide. Na+ 112 mmol/L, K+ 3.1 mmol/L, Ca2+ 2.4 mmol/L.").measurements
    assert [(m.analyte, m.value) for m in found] == [("NA", 112.0), ("K", 3.1), ("CA", 2.4)]


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("developed DRESS while on allopurinol. ALT was 410 U/L, AST 288 U/L.", "severe skin reaction"),
        ("developed DRESS with hepatitis on allopurinol. ALT was 410 U/L.", "liver injury"),
    ],
)
def test_raised_enzymes_are_part_of_a_dress_but_a_hepatitis_is_named(told: str, kind: str) -> None:
    assert read(f"A 62-year-old man {told}").events[0].kind == kind


@pytest.mark.parametrize("words", ["d/c'd", "was d/c", "DC'd"])
def test_discontinued_as_notes_write_it(words: str) -> None:
    text = f"A 62-year-old man had hepatitis (ALT 900 U/L) on dronedarone. Dronedarone {words} on 3 May 2021."
    assert "stopped" in [a.kind for a in read(text).actions]


def test_discharged_is_not_discontinued() -> None:
    text = "A 62-year-old man had hepatitis (ALT 900 U/L) on dronedarone. Pt d/c'd home on 5 May 2021."
    assert "stopped" not in [a.kind for a in read(text).actions]


@pytest.mark.parametrize(
    ("told", "suspects"),
    [
        (
            "Co-suspect: clarithromycin. Concomitant products included metformin and aspirin.",
            {"rosuvastatin", "clarithromycin"},
        ),
        (
            "Suspect drugs: rosuvastatin and clarithromycin. Concomitant drugs: metformin.",
            {"rosuvastatin", "clarithromycin"},
        ),
        ("Concomitant medications: metformin, aspirin.", {"rosuvastatin"}),
        ("Co-suspect drug: none. Concomitant medications: metformin.", {"rosuvastatin"}),
    ],
)
def test_roles_by_their_labels(told: str, suspects: set[str]) -> None:
    links = read(f"A 73-year-old man received rosuvastatin and developed rhabdomyolysis. {told}").links
    assert {k.drug for k in links if k.role == "suspect"} == suspects
    assert {k.role for k in links if k.drug not in suspects} <= {"concomitant"}
