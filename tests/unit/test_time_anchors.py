"""What times count from: clauses, courses, counted doses, dates of notes; and amounts that are no times."""

from __future__ import annotations

import pytest

from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.times.doseplan import counted_dose, day_of_dose
from dechallenge.reading.times.times import read_times


def only(text: str) -> TimeMention:
    (mention,) = read_times(text)
    return mention


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Jaundice came 2 months after she had begun taking X.", "start"),
        ("It cleared 3 weeks after it had been withdrawn.", "stop"),
        ("It was normal 7 months after he had swallowed the last tablet.", "stop"),
        ("Nine weeks after the first capsule she felt ill.", "start"),
        ("She felt ill 14 weeks after the first, and was pale.", "start"),
        ("It rose 9 days after the drug was restarted.", "restart"),
        ("It rose 6 weeks after a 10 day course of X.", "stop"),
    ],
)
def test_an_amount_counts_from_a_clause(text: str, anchor: str) -> None:
    first = read_times(text)[0]
    assert (first.kind, first.anchor) == ("offset", anchor)


def test_a_course_of_which_nothing_stands_before_is_itself_the_time() -> None:
    first = only("Jaundice came after a 10 day course of X.")
    assert (first.anchor, first.amount and first.amount.interval.high) == ("start", 10)


def test_an_anchor_that_is_no_exposure_stays_open() -> None:
    assert only("She fell ill two weeks after she returned home.").anchor == "other"


@pytest.mark.parametrize(
    "text",
    ["It was given at three week intervals.", "It was given every 8 weeks thereafter."],
)
def test_a_rate_is_no_time(text: str) -> None:
    assert read_times(text) == ()


def test_thereafter_without_a_rate_is_a_later_moment() -> None:
    assert only("The enzymes rose thereafter.").kind == "soon"


def test_by_so_many_weeks_is_a_time() -> None:
    found = only("By ten weeks it was normal.")
    assert (found.kind, found.preposition) == ("sequence", "by")
    assert found.amount is not None
    assert found.amount.point == 70


@pytest.mark.parametrize("written", ["20-AUG-2015", "20AUG2015", "20 August 2015", "20-Aug-2015"])
def test_dates_of_safety_reports(written: str) -> None:
    date = only(f"On {written} ALT was high.").date
    assert date is not None
    assert (date.first.isoformat(), date.last.isoformat()) == ("2015-08-20", "2015-08-20")


def test_two_days_of_a_month_are_a_start_and_a_length() -> None:
    length, start = read_times("She took X from 3 to 14 April 2022.")
    assert (length.kind, length.preposition, length.amount and length.amount.point) == ("duration", "dates", 11)
    assert start.date is not None
    assert start.date.first.isoformat() == "2022-04-03"


def test_an_ordinal_beyond_the_tenth() -> None:
    found = only("On the twelfth day of treatment he was ill.")
    assert (found.kind, found.amount and found.amount.point) == ("day", 12)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Blood was taken just before the fourth infusion.", False),
        ("Blood was taken just before the drug was started.", True),
        ("He was well shortly before admission.", False),
    ],
)
def test_just_before_a_later_dose_is_not_before_the_drug(text: str, before: bool) -> None:
    found = [m for m in read_times(text) if text[m.start : m.end].startswith(("just", "shortly"))]
    assert bool(found) is before


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Xmab 5 mg/kg was given at weeks 0, 2 and 6.", 3, (42.0, 0.0)),
        ("Xmab 162 mg weekly was given.", 6, (35.0, 7.0)),
        ("Xmab was given every other week.", 3, (28.0, 14.0)),
        ("Xmab was given at three-week intervals.", 4, (63.0, 21.0)),
        ("Xmab was given three times weekly.", 4, None),
        ("Xmab was given. Blood was drawn weekly.", 4, None),
    ],
)
def test_the_day_of_a_counted_dose(text: str, number: int, day: tuple[float, float] | None) -> None:
    assert day_of_dose(text, number, [len("Xmab")]) == day


def test_a_counted_dose() -> None:
    assert counted_dose("after the sixth injection") == 6
    assert counted_dose("after the injection") is None
