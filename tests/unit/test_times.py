"""Time expressions: amount, interval, anchor (design section 5)."""

from __future__ import annotations

import pytest

from dechallenge.reading.times.times import read_times

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
    ("Following 2-month therapy with it", "start", 60, (59, 62)),
    ("Following about 2-month therapy with it", "start", 60, (30, 90)),
    ("After 2 months of therapy with it", "start", 60, (45, 75)),
    ("2 weeks after switching to it", "start", 14, (11, 17)),
    ("After only 2 days of therapy", "start", 2, (2, 2)),
    ("The day after starting it she was febrile", "start", 1, (1, 1)),
    ("The day before admission he was febrile", "admission", 1, (1, 1)),
    ("a fortnight after the first dose", "start", 14, (11, 17)),
    ("Five weeks to the day after starting it", "start", 35, (32, 38)),
    ("Two weeks off the drug, she was well", "stop", 14, (11, 17)),
    ("1 year and 2 months after starting it", "start", 425, (410, 440)),
    ("48 h after starting it", "start", 2, (2, 2)),
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
    ("Another week later he was icteric", (4, 10), 1),
    ("Two more weeks later ALT had doubled", (11, 17), 1),
    ("Two weeks after that, she was well", (11, 17), 1),
    ("Three days after, he was icteric", (3, 3), 1),
    ("Two nights later the fever rose", (2, 2), 1),
    ("Two and a half weeks later she was well", (14.5, 20.5), 1),
    ("She took it for 2 weeks and 3 days later felt ill", (3, 3), 1),
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


ORDINALS = [
    ("By the fourth day the count had fallen.", (1, 4), "start"),
    ("During the third week a rash appeared.", (14, 21), "start"),
    ("Within the first week she wheezed.", (0, 7), "start"),
    ("By the end of the second week she was well.", (0, 14), "start"),
    ("On the third hospital day he was intubated.", (3, 3), "admission"),
    ("On day three the rash faded.", (3, 3), "start"),
    ("On day 8 of cycle 1 the rash faded.", (8, 8), "start"),
]


@pytest.mark.parametrize(("text", "interval", "anchor"), ORDINALS)
def test_counted_days_and_weeks(text: str, interval: tuple[float, float], anchor: str) -> None:
    (time,) = [t for t in read_times(text) if t.kind == "day"]
    assert time.amount is not None
    assert tuple(time.amount.interval) == interval
    assert time.anchor == anchor


@pytest.mark.parametrize(
    "text",
    [
        "On day 2 of the second cycle she had fever.",
        "On day 8 of cycle 3 she had fever.",
        "She took two tablets each day two hours before meals.",
        "On the first day of life he was well.",
    ],
)
def test_days_that_count_from_elsewhere_are_no_days_of_the_drug(text: str) -> None:
    assert not [t for t in read_times(text) if t.kind == "day" and t.anchor == "start"]


DATES = [
    ("It began on May 27th 2011.", "2011-05-27", "2011-05-27"),
    ("It began on 12.05.2014.", "2014-05-12", "2014-05-12"),
    ("It began on 25/12/2014.", "2014-12-25", "2014-12-25"),
    ("It began on 12/05/2014.", "2014-05-12", "2014-12-05"),
    ("In early 2010 she fell ill.", "2010-01-01", "2010-12-31"),
]


@pytest.mark.parametrize(("text", "first", "last"), DATES)
def test_dates_keep_what_the_wording_allows(text: str, first: str, last: str) -> None:
    (time,) = [t for t in read_times(text) if t.kind == "date"]
    assert time.date is not None
    assert (time.date.first.isoformat(), time.date.last.isoformat()) == (first, last)


def test_figures_that_are_no_dates() -> None:
    assert not [t for t in read_times("The ratio was 12/45/2014 and the lot 1.2.3.2014.") if t.kind == "date"]


def test_a_counted_dose_is_an_anchor_without_an_amount() -> None:
    (time,) = [t for t in read_times("Fever began after the third infusion of it.") if t.kind == "offset"]
    assert time.amount is not None
    assert tuple(time.amount.interval) == (0, None)
    assert not [t for t in read_times("She refused the third infusion.") if t.kind == "offset"]


def test_a_number_after_a_day_is_its_value_or_the_next_of_a_list() -> None:
    def day(text: str) -> list[str]:
        return [text[t.start : t.end] for t in read_times(text) if t.kind == "day"]

    assert day("ALT fell to 300 U/L on day 8; on day 12, 128 U/L") == ["on day 8", "on day 12"]
    assert day("It was 380/µL on day 6 and 2,700/µL on day 9") == ["on day 6", "on day 9"]
    assert day("It was given on day 1, 8 and 15") == []
    assert day("It was given on day 3 and 5") == ["on day 3 and 5"]


def test_the_time_that_a_change_took() -> None:
    (time,) = read_times("ALT dropped to 80 U/L in two weeks")
    assert (time.kind, time.amount and time.amount.interval) == ("sequence", (11, 17))
    assert read_times("He had three doses in two weeks") == ()
