"""Limits that a report states apart, sheets of a score, rows dated without a year, and columns of patients."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.claims.scoresheets import score_sheets


def cases(text: str) -> list[Case]:
    document = Document.from_text(text)
    found = list(ProseReader().read([document]).cases)
    for case in found:
        for item in (*case.measurements, *case.tests, *case.statements, *case.actions):
            assert all(text[w.start : w.end] == w.quote for w in item.evidence if hasattr(w, "start"))
    return found


_CASE = (
    "A 40-year-old woman took minocycline and developed jaundice. ALT was 900 U/L and alkaline phosphatase 300 U/L. "
)


@pytest.mark.parametrize(
    ("told", "limits"),
    [
        ("Reference ranges: ALT 5-45 U/L, ALP 40-120 U/L.", [45, 120]),
        ("(Normal values: ALT < 45 U/L; ALP < 120 U/L.)", [45, 120]),
        ("The upper limits of normal were 45 U/L for ALT and 120 U/L for alkaline phosphatase.", [45, 120]),
        ("ALT, alanine aminotransferase (upper limit 45); ALP, alkaline phosphatase (upper limit 120).", [45, 120]),
        ("Normal range of ALT: 7-45 U/L.", [45, None]),
    ],
)
def test_limits_stated_apart_are_those_of_the_values_and_no_values(told: str, limits: list[float | None]) -> None:
    [drawn] = cases(_CASE + told)
    assert [(m.value, m.limit.high if m.limit else None) for m in drawn.measurements] == [
        (900, limits[0]),
        (300, limits[1]),
    ]


def test_normal_levels_of_something_with_its_value_are_a_value() -> None:
    [drawn] = cases(_CASE + "There were normal levels of troponin (<0.01 ng/ml).")
    assert [m.value for m in drawn.measurements if m.analyte == "TROPONIN"] == [0.01]


@pytest.mark.parametrize(
    "told", ["All were within the normal range: ALT 35 U/L.", "ALT fell to the normal range: 35 U/L."]
)
def test_a_value_that_came_back_to_the_range_is_a_value(told: str) -> None:
    [drawn] = cases(_CASE + told)
    assert 35 in [m.value for m in drawn.measurements]


_SHEET = (
    "\nTable. Inputs of the HScore\nTemperature: > 39.4 °C (49)\nOrganomegaly: liver and spleen (38)\n"
    "Ferritin: > 6000 µg/L (50)\nTriglycerides: > 4 mmol/L (64)\nFibrinogen: ≤ 2.5 g/L (30)\nSum: 231\n"
)


def test_the_categories_of_a_score_are_no_values() -> None:
    told = "A 29-year-old man had macrophage activation syndrome under canakinumab. Ferritin was 24,600 µg/L.\n"
    [drawn] = cases(told + _SHEET + "\nHe recovered.")
    assert [m.value for m in drawn.measurements if m.analyte == "FERRITIN"] == [24600]


def test_a_list_of_results_is_no_sheet() -> None:
    assert score_sheets("Criteria met on admission\nALT: 900 U/L (40)\nAST: 700 U/L (40)\nALP: 300 U/L (120)\n") == []


def test_rows_without_a_year_follow_the_first_dose() -> None:
    table = "Date\tALT (U/L)\tBilirubin (mg/dL)\n3 November\t20\t0.5\n7 January\t900\t7.0\n1 March\t30\t0.8\n"
    [drawn] = cases("A 63-year-old woman was given flupirtine on 3 November 2012 and had jaundice.\n\n" + table)
    days = {m.value: m.time.low for m in drawn.measurements if m.analyte == "ALT" and m.value and m.time}
    assert days == {20: 0, 900: 65, 30: 118}


_TWO = (
    "Table 1 Characteristics\nCharacteristic Patient 1 Patient 2\nAge 57 44\nSex Female Male\nWeight, kg 62 90\n"
    "ALT before treatment, U/L 19 31\nPeak GGT, U/L 96 340\nAnti-HBc Negative Positive\nHBV DNA Not done Undetectable\n"
    "FibroTest 0.21 (F0) 0.48 (F1-F2)\nDecision Stopped Continued at 150 mg\nAbbreviations: ALT, enzyme.\n\n"
)
_TEXTS = (
    "Case 1\nA 57-year-old woman was given tofacitinib in March 2019. Ten weeks later ALT was 312 U/L.\n\n{}"
    "Case 2\nA 44-year-old man was given secukinumab in May 2018. At week 16 ALT was 98 U/L.\n"
)


def test_the_columns_of_a_flattened_table_go_to_their_patients() -> None:
    first, second = cases(_TEXTS.format(_TWO))
    assert (first.patient.weight_kg, second.patient.weight_kg) == (62, 90)
    assert [m.value for m in first.measurements if m.analyte in ("ALT", "GGT")] == [312, 19, 96]
    assert [m.value for m in second.measurements if m.analyte in ("ALT", "GGT")] == [98, 31, 340]
    [early] = [m for m in first.measurements if m.value == 19]
    assert early.time is not None and early.time.high == 0
    assert {t.test: t.state for t in first.tests} == {"anti-HBc": "negative", "HBV DNA": "not done"}
    assert {t.test: t.state for t in second.tests} == {"anti-HBc": "positive", "HBV DNA": "negative"}
    assert [s.result for s in first.statements] == ["0.21 (F0)"] and [s.result for s in second.statements] == [
        "0.48 (F1-F2)"
    ]
    assert [a.kind for a in first.actions if a.kind != "started"] == ["stopped"]
    assert [a.kind for a in second.actions if a.kind != "started"] == ["continued"]


def test_a_line_that_divides_in_more_than_one_way_is_left() -> None:
    first, _ = cases(_TEXTS.format(_TWO.replace("Anti-HBc Negative Positive", "Ferritin 120 130 140")))
    assert "anti-HBc" not in {t.test for t in first.tests}


_SERIES = (
    "Results. The findings are given in Table 1.\n\nTable 1. Data\n"
    "Patient | Age/sex | Drug | Daily dose | Onset (days) | Peak ALT (U/L) | Rechallenge | Outcome\n"
    "1 | 34/F | Minocycline | 100 mg | 410 | 1320 | No | Recovered\n"
    "2 | 71/M | Terbinafine | 250 mg | 33 | 410 | Not done | Recovered\n"
    "3 | 52/F | Acitretin | 25 mg | 48 | 655 | Positive | Recovered\n\n"
    "Patient 2\nThis 71-year-old man took terbinafine. On day 33 of treatment he noticed dark urine. ALT was 410 U/L. "
    "Terbinafine was stopped on day 36.\n"
)


def test_patients_of_a_table_without_a_text_of_their_own_are_cases_beside_those_that_have_one() -> None:
    one, two, three = cases("Liver injury in three patients\n\n" + _SERIES)
    assert [c.patient.age.value for c in (one, two, three) if c.patient.age] == [34, 71, 52]
    suspects = [[e.drug for e in c.exposures if e.role == "suspect"] for c in (one, two, three)]
    assert suspects == [["minocycline"], ["terbinafine"], ["acitretin"]]
    assert [m.value for m in one.measurements] == [1320] and [m.value for m in three.measurements] == [655]
    assert [(a.kind, a.result) for a in three.actions] == [("restarted", "positive")]
    assert [a.kind for a in two.actions] == ["started", "stopped"]


def test_texts_that_do_not_say_which_patient_they_tell_of_stay_as_they_are() -> None:
    told = _SERIES.replace("Patient 2\nThis 71-year-old man", "A 71-year-old man")
    assert len(cases("Liver injury in three patients\n\n" + told)) != 4
