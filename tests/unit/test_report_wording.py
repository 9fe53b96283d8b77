"""How numbers, days, units and verdicts are written."""

from __future__ import annotations

import pytest

from dechallenge.assessment import model as m
from dechallenge.report import wording
from tests.unit import report_fixture as fixture


@pytest.mark.parametrize(
    ("value", "text"),
    [(3346, "3346"), (278500, "278,500"), (0.89, "0.89"), (-2, "−2"), (6.0, "6"), (116e12, "116,000,000,000,000")],
)
def test_numbers_are_written_as_clinicians_write_them(value: float, text: str) -> None:
    assert wording.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(83.65, "83.7×"), (1.4, "1.40×"), (928.3, "928×"), (0.333, "0.33×"), (9.996, "10.00×")]
)
def test_multiples_of_the_upper_limit(value: float, text: str) -> None:
    assert wording.times(value) == text


@pytest.mark.parametrize(
    ("interval", "point", "text"),
    [
        ((18.0, 24.0), 21.0, "day 21 (18–24)"),
        ((4.0, 4.0), 4.0, "day 4"),
        ((18.0, 24.0), None, "day 18–24"),
        ((32.0, None), None, "day 32 or later"),
        ((0.0, None), None, "after the first dose"),
        ((-400.0, None), None, "day −400 or later"),
        ((None, 0.0), None, "before day 0"),
        ((None, 24.0), None, "by day 24"),
        ((None, None), None, "day not stated"),
        (None, None, "day not stated"),
        ((-7.0, 3.0), None, "day −7 to 3"),
    ],
)
def test_days_are_shown_as_far_as_they_are_known(interval: m.Days | None, point: float | None, text: str) -> None:
    assert wording.day(interval, point) == text


@pytest.mark.parametrize(
    ("interval", "point", "text"),
    [
        ((18.0, 24.0), 21.0, "21 days (18–24)"),
        ((1.0, 1.0), None, "1 day"),
        ((0.0, 2.0), None, "0–2 days"),
        ((32.0, None), None, "≥ 32 days"),
        ((0.0, None), None, "unknown"),
        (None, None, "not stated"),
    ],
)
def test_lengths_of_time(interval: m.Days | None, point: float | None, text: str) -> None:
    assert wording.duration(interval, point) == text


@pytest.mark.parametrize(
    ("ucum", "text"),
    [("10*9/L", "10⁹/L"), ("/mm3", "/mm³"), ("ug/L", "µg/L"), ("U/L", "U/L"), ("m[iU]/L", "mIU/L"), ("xULN", "× ULN"),
     ("umol/L", "µmol/L")],
)  # fmt: skip
def test_units_are_printed_as_in_journals(ucum: str, text: str) -> None:
    assert wording.unit(ucum) == text


def test_a_censored_value_keeps_its_sign_and_a_range_its_ends() -> None:
    ferritin = fixture.boy().measurements[2]
    assert wording.value(ferritin) == ">10,000 µg/L"
    ratio = m.MeasurementOut(analyte="ALT", name="ALT", low=1, high=2, unit="xULN")
    assert wording.value(ratio) == "1–2 × ULN"
    assert wording.value(m.MeasurementOut(analyte="ALT", name="ALT", qualitative="normal")) == "normal"


def test_the_verdict_has_its_range_and_the_categories_in_it() -> None:
    rucam = fixture.rucam()
    assert (wording.result(rucam), wording.score_range(rucam)) == ("6", "3–9")
    assert wording.attainable(rucam) == "possible … highly probable"
    certain = rucam.model_copy(update={"low": 6, "high": 6, "categories": ("probable",)})
    assert (wording.score_range(certain), wording.attainable(certain)) == ("", "")


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (m.PatientOut(), "sex not stated, age not stated"),
        (m.PatientOut(sex="female", age={"value": 3, "unit": "year"}), "girl, 3 years"),
        (m.PatientOut(sex="male", age={"value": 8, "unit": "month"}), "boy, 8 months"),
        (m.PatientOut(sex="male", age={"low": 40, "high": 49}, weight_kg=80, alcohol="absent"),
         "man, 40–49 years, 80 kg, alcohol: none"),
        (m.PatientOut(age={"value": 1, "unit": "year"}), "sex not stated, 1 year"),
    ],
)  # fmt: skip
def test_who(who: m.PatientOut, text: str) -> None:
    assert wording.patient(who) == text


def test_long_words_lose_their_middle_not_their_ends() -> None:
    clipped = wording.clip("The quick brown fox jumps over the lazy dog and goes home", 30)
    assert len(clipped) <= 30
    assert clipped.startswith("The quick") and clipped.endswith("home")
    assert wording.clip("two\n\n  lines", 30) == "two lines"


def test_evidence_that_is_no_quotation_says_what_it_is() -> None:
    assert wording.sources((fixture.ENTERED,)) == ["entered by reader: --limit ALT=45"]


def test_every_instrument_has_a_short_name() -> None:
    from dechallenge import instruments
    from dechallenge.report.names import SHORT

    assert set(SHORT) == {instrument.id for instrument in instruments.all()}
    assert len(set(SHORT.values())) == len(SHORT)
    assert max(map(len, SHORT.values())) <= 22
