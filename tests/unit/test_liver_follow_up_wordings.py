"""Follow-up, steps of dose, asides and lists of other medicines in reports of liver injury. Each report is our own."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.evidence import Document

ILL = "A 47-year-old man developed jaundice 20 days after starting dronedarone, which was stopped. ALT was 700 U/L. "


def case_of(text: str) -> Any:
    (case,) = dechallenge.assess(Document.from_text(text)).cases
    return case


def points(text: str) -> Any:
    return case_of(text).suspects[0].key_points


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("Five weeks later bilirubin was 1.4 mg/dL, and at 10 weeks all tests were normal.", 70),
        ("Five weeks after stopping bilirubin was 1.4 mg/dL; at 10 weeks all tests were normal.", 70),
        ("Five weeks later bilirubin was 1.4 mg/dL, and four weeks later all tests were normal.", 63),
        ("The symptoms resolved within a week. ALT was 130 U/L at 20 days and normal at 50 days.", 50),
        ("ALT was normal at 9 weeks, and prednisone was withdrawn at 5 months.", 63),
    ],
)
def test_the_day_of_recovery_among_several_follow_ups(words: str, days: int) -> None:
    low, high = points(ILL + words).recovery_days
    assert low <= days <= high
    assert high - low <= 14


def test_a_figure_that_is_still_raised_is_no_recovery() -> None:
    assert points(ILL + "ALT was 130 U/L at 20 days and 90 U/L at 50 days.").recovery_days is None


def test_tests_named_before_a_semicolon_are_those_called_normal_behind_it() -> None:
    text = (
        "A 47-year-old man took dronedarone from 2 May 2011. He was jaundiced, and dronedarone was stopped "
        "on 1 June 2011. Tests on 20 June showed ALT 210 U/L; on 11 July 2011 they were entirely normal."
    )
    assert points(text).recovery_days == (40, 40)
    assert points(text.replace("entirely normal", "not normal")).recovery_days is None


@pytest.mark.parametrize("before", ["Baseline liver tests were normal. ", "Pretreatment tests had been normal. "])
def test_what_follows_an_aside_about_earlier_tests_is_told_of_the_reaction(before: str) -> None:
    text = "A 47-year-old man developed jaundice 9 days after starting dronedarone. {}ALT was 700 U/L; he was admitted."
    assert points(text.format(before)).severity.grade == 3
    assert points(text.format(before)).recovery_days is None
    assert points(text.format(before).replace("; he was admitted", "")).severity.grade == 2


def test_a_drug_before_an_article_is_a_drug() -> None:
    text = "A 47-year-old man developed jaundice after taking dronedarone for 3 weeks. {}"
    named = {e.drug for e in case_of(text.format("He had used ginkgo a year earlier.")).exposures}
    assert "ginkgo" in named
    measured = case_of(text.format("Hepatitis markers and immunoglobulin A were normal.")).exposures
    assert {e.drug for e in measured} == {"dronedarone"}


def test_a_dose_step_with_a_further_length_goes_on_from_the_first() -> None:
    text = "A 47-year-old man took kava 2 daily for 10 weeks and then 6 daily for {} 3 weeks, when he had jaundice."
    low, high = points(text.format("another")).latency_days
    assert low <= 91 <= high
    assert points(text.format("only")).latency_days != (low, high)


def test_a_dose_in_grams_is_given() -> None:
    text = (
        "A 70-year-old man {} of cefazolin before a hernia repair. Eighteen days later he developed jaundice. "
        "He took lisinopril."
    )
    assert [s.drug for s in case_of(text.format("received a single 1 gram intravenous dose")).suspects] == ["cefazolin"]
    assert len(case_of(text.format("knew of 1 gram")).suspects) != 1


def test_drugs_listed_as_other_medicines_are_not_suspected_beside_the_first() -> None:
    text = (
        "A 26-year-old woman had been on mercaptopurine for 2 years. Her dose was raised, and ten weeks later ALT was "
        "266 U/L. {} mesalamine."
    )
    assert [s.drug for s in case_of(text.format("Her other medications included")).suspects] == ["mercaptopurine"]
    assert len(case_of(text.format("Her medications included")).suspects) == 2


def test_an_increase_that_the_doses_tell_is_counted_from() -> None:
    text = "A 39-year-old man took nevirapine 200 mg daily for two weeks, and then 400 mg daily. {} he had jaundice."
    low, high = points(text.format("Eight days after the dose increase")).latency_days
    assert low <= 22 <= high
    assert high - low <= 7
    assert points(text.format("Eight days after the operation")).latency_days != (low, high)
