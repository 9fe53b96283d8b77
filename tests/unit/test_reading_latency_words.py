"""The many ways in which reports tell how long after the start of a drug a reaction began."""

from __future__ import annotations

import pytest

from dechallenge import assess

ABOUT = (14, 28)
FORMS = {
    "A 50-year-old man developed {sign} 3 weeks after starting {drug}.": ABOUT,
    "A 50-year-old man who had been taking {drug} for 3 weeks presented with {sign}.": ABOUT,
    "A 50-year-old man had been receiving {drug} for the previous 3 weeks when he developed {sign}.": ABOUT,
    "A 50-year-old man had taken {drug} for 21 days before {sign} appeared.": (18, 24),
    "A 50-year-old man experienced {sign} following 3 weeks of exposure to {drug}.": ABOUT,
    "A 50-year-old man presented with a 2-day history of {sign}. He had been started on {drug} 3 weeks earlier.": (
        16,
        28,
    ),
    "A 50-year-old man was given {drug}. After a latency of 3 weeks {sign} developed.": ABOUT,
    "A 50-year-old man developed {sign} under {drug}. The time to onset was 21 days.": (18, 24),
    "A 50-year-old man developed {sign} under {drug}. The latency period was 3 weeks.": ABOUT,
    "A 50-year-old man received {drug} from 2021-05-01. On 2021-05-22 {sign} was noted.": (20, 22),
    "A 50-year-old man received {drug} from 01.05.2021. On 22.05.2021 {sign} was noted.": (20, 22),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("drug", "sign"), [("terbinafine", "jaundice"), ("lamotrigine", "a maculopapular rash")])
def test_the_latency(form: str, drug: str, sign: str) -> None:
    points = assess(form.format(drug=drug, sign=sign)).cases[0].suspects[0].key_points
    low, high = FORMS[form]
    assert points.latency_days is not None
    assert points.latency_days[1] is not None
    assert low - 3 <= (points.latency_days[0] or 0) <= points.latency_days[1] <= high + 3


def test_a_complaint_of_some_weeks_is_no_treatment_of_some_weeks() -> None:
    text = "A man had been tired for the past 3 weeks. Terbinafine was started. Five days later he developed jaundice."
    assert assess(text).cases[0].suspects[0].key_points.latency_days == (5.0, 5.0)


def test_jaundice_once_is_a_history_and_jaundice_for_two_days_is_not() -> None:
    once = assess("A 50-year-old man with a history of jaundice was treated with terbinafine and developed a rash.")
    now = assess("A 50-year-old man presented with a 2-day history of jaundice. He had taken terbinafine for 3 weeks.")
    assert [e.kind for e in once.cases[0].events] == ["skin reaction"]
    assert [e.kind for e in now.cases[0].events] == ["liver injury"]
    assert "liver disease in history" not in {f.term for f in now.cases[0].findings}


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        (
            "A woman received rituximab on days 1 and 15. Five days after the second infusion she developed a rash.",
            17,
            21,
        ),
        ("A man was treated with nivolumab 240 mg every 2 weeks. After 4 cycles he developed a rash.", 42, 56),
        (
            "A woman received infliximab at weeks 0, 2 and 6. Two weeks after the third infusion a rash developed.",
            53,
            59,
        ),
    ],
)
def test_the_latency_from_a_counted_dose(told: str, low: int, high: int) -> None:
    latency = assess(told).cases[0].suspects[0].key_points.latency_days
    assert latency is not None
    assert low <= (latency[0] or 0) <= (latency[1] or 1e9) <= high
