"""A reaction that only a table shows, its end by the table, and how its units are shown."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.assessment.model import CaseOut
from dechallenge.report import wording


def _case(drug: str, complaint: str, head: str, values: tuple[str, ...], rows: tuple[str, ...] = ()) -> CaseOut:
    days = rows or tuple(f"Day {day}" for day in (28, 42, 58))
    lines = "\n".join(f"| {day} | {value} | 140 |" for day, value in zip(days, values, strict=True))
    text = (
        f"A 50-year-old woman was started on {drug}. Four weeks later she developed {complaint}. "
        f"The drug was stopped 2 days later.\n\n"
        f"| Day of treatment | {head} | Sodium (mmol/L) |\n|---|---|---|\n{lines}\n"
    )
    return dechallenge.assess(text).cases[0]


@pytest.mark.parametrize(
    ("drug", "complaint", "head", "values", "kind"),
    [
        ("clozapine", "fever and a sore throat", "Neutrophils (10^9/L)", ("0.07", "0.9", "3.9"), "neutropenia"),
        ("quinine", "petechiae", "Platelets (10^9/L)", ("8", "90", "239"), "thrombocytopenia"),
        ("simvastatin", "muscle pain and weakness", "CK (U/L)", ("18000", "900", "120"), "rhabdomyolysis"),
        ("omeprazole", "nausea", "Creatinine (mg/dL)", ("5.2", "2.1", "0.8"), "acute kidney injury"),
        ("valproate", "severe epigastric pain", "Lipase (U/L)", ("2450", "700", "70"), "pancreatitis"),
        ("valproate", "vomiting", "Lipase (times ULN)", ("15.0", "4.1", "0.7"), "pancreatitis"),
    ],
)
def test_complaint_and_table(drug: str, complaint: str, head: str, values: tuple[str, ...], kind: str) -> None:
    case = _case(drug, complaint, head, values)
    assert case.events[0].kind == kind
    if "times" not in head:
        assert case.events[0].outcome == "recovered"
        assert case.suspects[0].key_points.dechallenge == "positive"


@pytest.mark.parametrize(
    ("complaint", "head", "values", "kind"),
    [
        ("fever and a sore throat", "Neutrophils (10^9/L)", ("3.1", "2.9", "3.9"), "fever"),
        ("a headache", "Neutrophils (10^9/L)", ("0.07", "0.9", "3.9"), "headache"),
        ("nausea", "CK (U/L)", ("18000", "900", "120"), "nausea"),
        ("petechiae", "Platelets (10^9/L)", ("181", "190", "239"), "petechiae"),
    ],
)
def test_tables_that_do_not_explain_the_complaint(
    complaint: str, head: str, values: tuple[str, ...], kind: str
) -> None:
    assert _case("lamotrigine", complaint, head, values).events[0].kind == kind


def test_a_value_that_was_so_before_the_drug_shows_nothing() -> None:
    rows = ("Baseline", "Day 28", "Day 58")
    case = _case("lamotrigine", "nausea", "Creatinine (mg/dL)", ("5.0", "5.2", "5.1"), rows)
    assert case.events[0].kind == "nausea"


@pytest.mark.parametrize("values", [("5.2", "4.1", "2.6"), ("5.2", "0.9", "3.0")])
def test_values_that_stay_or_become_high_are_no_recovery(values: tuple[str, ...]) -> None:
    assert _case("omeprazole", "acute kidney injury", "Creatinine (mg/dL)", values).events[0].outcome != "recovered"


def test_units_as_journals_print_them() -> None:
    assert (wording.unit("[IU]/L"), wording.unit("m[IU]/L"), wording.unit("10*9/L")) == ("IU/L", "mIU/L", "10⁹/L")


def test_a_ratio_has_no_unit_to_assume() -> None:
    case = dechallenge.read("A 50-year-old man took isoniazid and had jaundice. INR was 1.8 and ALT was 900.").cases[0]
    assert {m.analyte: [f.kind for f in m.flags] for m in case.measurements} == {"INR": [], "ALT": ["unit assumed"]}


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("ALT rose from 32 to 812 U/L over 3 weeks.", 11),
        ("ALT increased from 32 to 812 U/L over a period of 3 weeks.", 11),
        ("ALT fell from 812 to 32 U/L over 3 weeks.", 29),
    ],
)
def test_from_when_on_a_value_rose_is_not_told(words: str, low: float) -> None:
    text = f"A 50-year-old man took isoniazid. Two weeks later he had jaundice. {words}"
    last = dechallenge.read(text).cases[0].measurements[-1]
    assert last.time is not None and last.time.low == low
