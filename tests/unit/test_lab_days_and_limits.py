"""Values of running text: whose day a time is, limits with one letter, multiples in a list, units of printed limits."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Measurement

TOLD = "A 40-year-old woman was started on isoniazid for latent tuberculosis. Two weeks later she developed jaundice. "


def _values(text: str, analyte: str) -> list[Measurement]:
    return [m for m in dechallenge.read(TOLD + text).cases[0].measurements if m.analyte == analyte]


def _day(value: Measurement) -> tuple[float | None, float | None] | None:
    return value.time and (value.time.low, value.time.high)


@pytest.mark.parametrize("words", ["Results: ALT: 912 U/L, ALP: 120 U/L.", "Results: ALT 912 U/L and ALP 120 U/L."])
def test_results_after_the_patient_are_hers(words: str) -> None:
    case = dechallenge.read(f"{TOLD}{words} Isoniazid was stopped immediately.").cases[0]
    assert [m.value for m in case.measurements] == [912, 120]
    assert any(a.kind == "stopped" for a in case.actions)


@pytest.mark.parametrize(
    ("words", "limits"),
    [
        ("ALP was 184 IU/L (N 40-130).", (40, 130)),
        ("ALP was 184 IU/L (N ≤130).", (None, 130)),
        ("ALP was 184 IU/L (N: 40-130 IU/L).", (40, 130)),
        ("ALP was 184 IU/L (normal 40-130).", (40, 130)),
        ("ALP was 184 IU/L in group N 40-130.", None),
    ],
)
def test_limits_behind_one_letter(words: str, limits: tuple[float | None, float] | None) -> None:
    (value,) = _values(words, "ALP")
    assert (value.limit and (value.limit.low, value.limit.high)) == limits


@pytest.mark.parametrize(
    ("words", "alt", "ast"),
    [
        ("ALT was 24-fold, AST 23-fold and ALP 2-fold the upper limit of normal.", 24, 23),
        ("ALT was 24-fold and AST 23-fold the ULN.", 24, 23),
        ("ALT rose 24-fold and AST fell.", None, None),
    ],
)
def test_multiples_of_one_limit(words: str, alt: float | None, ast: float | None) -> None:
    found = [[m.value for m in _values(words, name) if m.unit == "xULN"] for name in ("ALT", "AST")]
    assert found == [[] if x is None else [x] for x in (alt, ast)]


@pytest.mark.parametrize("verb", ["peaked at", "reached a maximum of", "then reached", "rose to"])
def test_the_time_of_a_peak_is_not_that_of_the_value_before(verb: str) -> None:
    first, second = _values(f"ALT was 383 U/L and {verb} 912 U/L on day 19 of treatment.", "ALT")
    assert _day(second) == (19, 19)
    assert _day(first) != (19, 19)


@pytest.mark.parametrize("head", ["After withdrawal of isoniazid", "Following its discontinuation", "After stopping"])
def test_days_of_a_sentence_that_opens_with_the_stop(head: str) -> None:
    stop = "Isoniazid was stopped immediately. "
    first, second = _values(f"{stop}{head}, ALT was 87 U/L on day 21 and 21 U/L on day 42.", "ALT")
    assert (_day(first), _day(second)) == ((32, 39), (53, 60))


@pytest.mark.parametrize(
    "words",
    ["After withdrawal of isoniazid on day 14, ALT was 87 U/L on day 21.", "ALT was 87 U/L on day 21 of treatment."],
)
def test_days_that_count_from_the_first_dose(words: str) -> None:
    (value,) = _values(f"Isoniazid was stopped immediately. {words}", "ALT")
    assert _day(value) == (21, 21)
