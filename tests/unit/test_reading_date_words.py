"""The many ways in which reports print the days of a course."""

from __future__ import annotations

import pytest

from dechallenge import assess

REPORTS = [
    "On 03/01/21 a man was started on terbinafine. On 03/22/21 he developed jaundice. Terbinafine was "
    "stopped on 03/24/21. "
    "Liver tests were normal on 04/21/21.",
    "On March 1, 2021 a man was started on terbinafine. On 3/22 he developed jaundice. Terbinafine was "
    "stopped on 3/24. "
    "Liver tests were normal on 4/21.",
    "01MAR2021: started terbinafine. 22MAR2021: jaundice. 24MAR2021: terbinafine stopped. 21APR2021: "
    "liver tests normal.",
    "A man took terbinafine from 1 March to 24 March 2021. Jaundice appeared on 22 March. Liver tests "
    "were normal on 21 "
    "April.",
    "A man received terbinafine from March 1 through March 24, 2021. He developed jaundice on March 22, 2021. He "
    "recovered on April 21, 2021.",
    "A man started terbinafine on Mar. 1, 2021; jaundice Mar. 22; terbinafine stopped Mar. 24; liver "
    "tests normal Apr. 21.",
    "Terbinafine start date: 2021-03-01. Stop date: 2021-03-24. Onset of jaundice: 2021-03-22. Resolution of jaundice: "
    "2021-04-21. A man.",
    "Day 1: terbinafine started in a man. Day 22: jaundice. Day 24: terbinafine stopped. Day 52: liver tests normal.",
    "A man began terbinafine on Monday 1 March 2021 and jaundice was noticed three weeks later, on 22 "
    "March. Terbinafine "
    "was stopped 2 days later; 4 weeks after that liver tests were normal.",
]


@pytest.mark.parametrize("report", REPORTS)
def test_latency_and_recovery(report: str) -> None:
    points = assess(report).cases[0].suspects[0].key_points
    assert points.latency_days is not None
    assert points.recovery_days is not None
    assert (points.latency_days[0] or 0) <= 21 <= (points.latency_days[1] or 0) <= 24
    assert 24 <= (points.recovery_days[0] or 0) <= 28 <= (points.recovery_days[1] or 0) <= 32


def test_the_part_of_a_month_narrows_it() -> None:
    text = "In early March 2021 a man started terbinafine. In late March 2021 he developed jaundice and stopped it."
    assert assess(text).cases[0].suspects[0].key_points.latency_days == (10.0, 30.0)


def test_figures_with_a_stroke_that_are_no_day() -> None:
    text = (
        "A man took terbinafine for 3 weeks and developed jaundice. On 5/18 visits ALT was raised; by 3/4 of "
        "them he was ill."
    )
    assert assess(text).cases[0].suspects[0].key_points.latency_days == (18.0, 24.0)


def test_a_shortened_month_ends_no_sentence_and_an_end_is_kept() -> None:
    text = "A man took terbinafine until Mar. 3 weeks later he developed jaundice."
    assert assess(text).cases[0].suspects[0].key_points.latency_days is not None
