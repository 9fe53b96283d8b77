"""The many ways in which reports tell what a re-exposure brought, and that there was none."""

from __future__ import annotations

import pytest

from dechallenge import assess

STORY = (
    "Two weeks after starting terbinafine, a 45-year-old woman developed hepatitis with ALT 900 U/L. Terbinafine was "
    "stopped and her liver tests normalized within 4 weeks. "
)


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Hepatitis relapsed when terbinafine was resumed.", "positive"),
        ("A positive rechallenge confirmed the diagnosis.", "positive"),
        ("When terbinafine was tried again, hepatitis came back.", "positive"),
        ("A second course of terbinafine a year later caused the same reaction.", "positive"),
        ("She was successfully rechallenged with terbinafine.", "negative"),
        ("Terbinafine was successfully reintroduced.", "negative"),
        ("Terbinafine could be resumed 3 months later with no further episodes of hepatitis.", "negative"),
        ("Six months later she took terbinafine again without any problem.", "negative"),
        ("Rechallenge was considered unethical.", "not done"),
        ("Rechallenge was felt to be too dangerous.", "not done"),
        ("The patient declined rechallenge.", "not done"),
        ("It was decided against a rechallenge.", "not done"),
    ],
)
def test_the_result_of_a_rechallenge(told: str, result: str) -> None:
    points = assess(STORY + told).cases[0].suspects[0].key_points
    assert points.rechallenge == result
    assert points.latency_days == (11.0, 17.0)
    assert points.recovery_days == (0.0, 28.0)
