"""Where a report goes on to another patient, and where it only speaks of one."""

from __future__ import annotations

import pytest

from dechallenge import read

FIRST = (
    "A 45-year-old woman took terbinafine for 3 weeks and developed jaundice. ALT was 900 U/L. Terbinafine was stopped "
    "and she recovered within 4 weeks."
)
SECOND = (
    "60-year-old man took terbinafine for 5 weeks and developed cholestatic hepatitis. ALT was 300 U/L. He recovered "
    "in 3 months after terbinafine was stopped."
)


@pytest.mark.parametrize(
    "text",
    [
        f"Case I\n{FIRST}\n\nCase II\nA {SECOND}",
        f"{FIRST}\n\nOur second patient was a {SECOND}",
        f"{FIRST}\n\nAnother patient, a {SECOND}",
        f"{FIRST} A {SECOND}",
        f"1. {FIRST}\n2. A {SECOND}",
        f"(1) {FIRST}\n\n(2) A {SECOND}",
        f"First case: {FIRST}\nSecond case: A {SECOND}",
        f"{FIRST}\n\nA similar case: a {SECOND}",
        f"P1: {FIRST}\n\nP2: A {SECOND}",
        f"{FIRST} In addition, we observed a {SECOND}",
    ],
)
def test_two_patients_stay_two(text: str) -> None:
    cases = read(text).cases
    assert [c.patient.age.value for c in cases if c.patient.age] == [45.0, 60.0]
    assert [[m.value for m in c.measurements] for c in cases] == [[900.0], [300.0]]


@pytest.mark.parametrize(
    "told",
    [
        "A 60-year-old man with terbinafine hepatitis was reported by Smith in 1999; his ALT was 300 U/L.",
        "A 60-year-old man who took terbinafine and developed hepatitis has been described in the literature.",
    ],
)
def test_somebody_whose_story_stands_elsewhere_is_no_patient(told: str) -> None:
    (case,) = read(f"{FIRST} {told}").cases
    assert [m.value for m in case.measurements] == [900.0]


def test_a_relative_is_no_patient() -> None:
    (case,) = read(f"{FIRST} A 20-year-old son was admitted and treated elsewhere.").cases
    assert case.patient.sex == "female"
