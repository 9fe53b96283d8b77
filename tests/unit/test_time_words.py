"""What the words of a length allow: one rule for all units, hedges and the names of courses (timeline)."""

from __future__ import annotations

import pytest

from dechallenge.reading.times.times import read_times
from dechallenge.timeline import duration, named_length


@pytest.mark.parametrize(
    ("number", "unit", "interval"),
    [
        (5, "day", (5, 5)),
        (4, "week", (25, 31)),
        (1, "month", (23, 37)),
        (2, "month", (45, 75)),
        (3, "month", (75, 105)),
        (4, "month", (105, 135)),
        (12, "month", (345, 375)),
        (1, "year", (275, 455)),
    ],
)
def test_a_number_of_units(number: float, unit: str, interval: tuple[float, float]) -> None:
    assert duration(number, number, unit).interval == interval


def test_a_hedge_doubles_and_each_end_of_a_range_has_its_own_tolerance() -> None:
    assert duration(2, 2, "month", about=True).interval == (30, 90)
    assert duration(2, 4, "month").interval == (45, 135)
    assert duration(2, 2, "month", within=True).interval == (0, 60)


def test_no_length_is_negative() -> None:
    assert duration(0.5, 0.5, "month", about=True).interval == (0, 30)
    assert duration(0.25, 0.25, "month", about=True).interval == (0, 15)


@pytest.mark.parametrize(
    ("number", "unit", "interval"),
    [
        (10, "day", (10, 10)),
        (6, "week", (42, 42)),
        (1, "month", (28, 31)),
        (2, "month", (59, 62)),
        (6, "month", (180, 184)),  # 180 as the project counts, 181 to 184 by the calendar
        (2, "year", (730, 731)),
        (8, "year", (2920, 2922)),
        (1.5, "month", (45, 45)),
    ],
)
def test_a_course_is_as_long_as_it_is_called(number: float, unit: str, interval: tuple[float, float]) -> None:
    assert named_length(number, unit).interval == interval


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("She took a 2-month course of it.", (59, 62)),
        ("A three-week regimen was begun.", (21, 21)),
        ("He had about 2 months treatment.", (30, 90)),  # hedged
        ("A 2- to 3-month course was planned.", (45, 105)),  # a range is nobody's name for a course
        ("After 2-month exposure to it she fell ill.", (45, 75)),  # nobody plans an exposure
        ("He had it for 2 months.", (45, 75)),
        ("He had it for a couple of months.", (45, 75)),
    ],
)
def test_what_a_text_calls_a_course(text: str, interval: tuple[float, float]) -> None:
    (time,) = (t for t in read_times(text) if t.amount is not None)
    assert time.amount is not None
    assert tuple(time.amount.interval) == interval
