"""Which moment a clause speaks of: times that count on, look back, or count from a stay that nobody dates."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case

OPENING = "A 50-year-old man was treated with nefazodone. "
SICK = "A 50-year-old man became jaundiced 3 weeks after starting nefazodone. "


def case(text: str) -> Case:
    return dechallenge.read(text).cases[0]


def alt(text: str) -> list[tuple[float | None, float | None]]:
    """Days of the values of ALT, in order."""
    days = [m.time for m in case(text).measurements if m.analyte == "ALT"]
    return [(time.low, time.high) if time is not None else (None, None) for time in days]


def onset(text: str) -> tuple[float | None, float | None]:
    time = case(text).events[0].onset
    return (time.low, time.high) if time is not None else (None, None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # a further stretch counts from what was told before it, in the same clause too
        ("After 3 weeks he was jaundiced. It was continued for a further 2 weeks, when ALT was 900 U/L.", (29, 41)),
        ("He was jaundiced after 3 weeks, yet it was continued for two more weeks, when ALT was 900 U/L.", (29, 41)),
        # and a stretch that is not is the whole
        ("After 3 weeks he was jaundiced. Nefazodone was taken for 5 weeks, when ALT was 900 U/L.", (32, 38)),
    ],
)
def test_a_further_stretch(text: str, day: tuple[float, float]) -> None:
    assert alt(OPENING + text) == [day]


def test_a_further_stretch_of_nothing_told_is_not_the_length_of_the_whole() -> None:
    text = "Nefazodone was continued for a further 2 weeks. A 50-year-old man had ALT 900 U/L."
    assert alt(text) != [(11, 17)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # days of a stay count from the admission, wherever it is told, else from where the patient came
        ("He was admitted 2 days later. ALT peaked at 900 U/L one day after admission.", [(21, 27)]),
        ("He came to us. Nefazodone was stopped. ALT was 900 U/L on day 3 of hospitalization.", [(21, 27)]),
        # of a stay that nobody tells there is nothing to count from
        ("Nefazodone was stopped. ALT was 900 U/L on day 3 of hospitalization.", [(None, None)]),
    ],
)
def test_times_of_a_stay(text: str, days: list[tuple[float | None, float | None]]) -> None:
    assert alt(SICK + text) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # a day of the treatment counts from its start, whatever was told before; a day of the stay does not
        ("Nefazodone was stopped on day 25. ALT had been 30 U/L on day 12 of therapy.", [(12, 12)]),
        ("Nefazodone was stopped on day 25 and he was admitted. ALT was 300 U/L on hospital day 12.", [(36, 37)]),
        # what is told from before takes the story nowhere
        (
            "Two days later he came. ALT had been 20 U/L before nefazodone and was still normal on day 12 of therapy. "
            "ALT was now 900 U/L.",
            [(None, 0), (20, 26)],
        ),
        # unless something happened then: there the story starts anew
        (
            "He came. Tests had been normal before nefazodone and rose on day 12 of therapy. ALT was 300 U/L.",
            [(12, 12)],
        ),
        (
            "Three years earlier he had suffered a rash after 2 months of nefazodone. ALT was now 900 U/L.",
            [(18, 24)],
        ),
    ],
)
def test_times_that_look_back(text: str, days: list[tuple[float | None, float | None]]) -> None:
    assert alt(SICK + text) == days


def test_a_combination_counts_from_the_drug_that_was_added() -> None:
    text = (
        "A man was treated with methotrexate for 2 years. Leflunomide was added. "
        "He became jaundiced six months into {} therapy."
    )
    low, _ = onset(text.format("combination"))
    assert low == 730 - 90 + 180 - 15
    assert onset(text.format("methotrexate")) == (165, 195)


def test_what_was_normal_but_rose_shows_in_the_rise() -> None:
    text = "A man was started on nefazodone. Liver tests were normal {} rise three weeks later. He felt well."
    assert onset(text.format("at first, but began to")) == (18, 24)
    assert case(text.format("at first and did not")).events == ()
