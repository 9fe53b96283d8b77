"""Time expressions: amount, interval, anchor (design section 5)."""

from __future__ import annotations

import pytest

from dechallenge.reading.times import read_times

OFFSETS = [
    ("jaundice 3 weeks after starting the daily injections", "start", 21, (18, 24)),
    ("Ten days after stopping the antibiotic", "stop", 10, (10, 10)),
    ("within 2days after its withdrawal", "stop", None, (0, 2)),
    ("approximately 14 months after starting it", "start", 420, (390, 450)),
    ("5 days into a 10 day course", "start", 5, (5, 5)),
    ("after 8 months of therapy", "start", 240, (225, 255)),
    ("Six weeks after onset, she was well", "onset", 42, (39, 45)),
    ("died 2 weeks after admission", "admission", 14, (11, 17)),
    ("7 days after it was restarted", "restart", 7, (7, 7)),
    ("Twenty-four hours after IL1-Ra introduction", "start", 1, (1, 1)),
    ("Following 2-month therapy with it", "start", 60, (45, 75)),
    ("2 weeks after switching to it", "start", 14, (11, 17)),
]


@pytest.mark.parametrize(("text", "anchor", "point", "interval"), OFFSETS)
def test_offsets(text: str, anchor: str, point: float | None, interval: tuple[float, float]) -> None:
    (time,) = [t for t in read_times(text) if t.kind == "offset"]
    assert time.anchor == anchor
    assert time.amount is not None
    assert time.amount.point == (pytest.approx(point) if point is not None else None)
    assert tuple(time.amount.interval) == pytest.approx(interval)


SEQUENCES = [
    ("and one week later she was jaundiced", (4, 10), 1),
    ("Within 12 days, she redeveloped jaundice", (0, 12), 1),
    ("3½ weeks later", (21.5, 27.5), 1),
    ("having been normal 3 weeks earlier", (18, 24), -1),
    ("over the next few weeks", (0, 38), 1),
    ("The following day, she came", (1, 1), 1),
    ("After another two weeks, he presented", (11, 17), 1),
]


@pytest.mark.parametrize(("text", "interval", "sign"), SEQUENCES)
def test_sequences(text: str, interval: tuple[float, float], sign: int) -> None:
    time = next(t for t in read_times(text) if t.kind == "sequence")
    assert time.amount is not None
    assert tuple(time.amount.interval) == pytest.approx(interval)
    assert time.sign == sign


def test_day_numbers() -> None:
    (by,) = read_times("was stopped by day 4 because")
    assert by.kind == "day"
    assert by.amount is not None
    assert tuple(by.amount.interval) == (1, 4)
    (on,) = read_times("on day 3, fever had decreased")
    assert on.amount is not None
    assert tuple(on.amount.interval) == (3, 3)


def test_dates_keep_their_precision() -> None:
    (time,) = read_times("In January 2010 she complained")
    assert time.date is not None
    assert (time.date.first.isoformat(), time.date.last.isoformat()) == ("2010-01-01", "2010-01-31")


@pytest.mark.parametrize(
    "text",
    [
        "A 46-year-old female",
        "12.5 mg once weekly",
        "a 12-year history of arthritis",
        "given every 2 weeks",
        "at weeks 0, 2, and 6",
    ],
)
def test_what_is_no_time_of_an_event(text: str) -> None:
    assert read_times(text) == ()
