"""Doses of combination products, and ways and times in the shorthand of notes."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.case.model import Exposure


def exposure(words: str) -> Exposure:
    return read(f"A man received {words}. Three weeks later he developed a rash.").cases[0].exposures[0]


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("amoxicillin-clavulanate 875/125 mg twice daily", "875/125 mg"),
        ("trimethoprim-sulfamethoxazole 160/800 mg twice daily", "160/800 mg"),
        ("levodopa/carbidopa 100 mg/25 mg three times daily", "100 mg/25 mg"),
    ],
)
def test_a_figure_for_each_ingredient_is_no_dose_of_one(words: str, printed: str) -> None:
    dose = exposure(words).dose
    assert dose is not None
    assert (dose.text, dose.value) == (printed, None)


@pytest.mark.parametrize(
    ("words", "route", "frequency"),
    [
        ("methotrexate (15 mg, once a week, po)", "oral", "once a week"),
        ("ceftriaxone 2 g IM", "intramuscular", None),
        ("valproate 500 mg morning and evening", None, "morning and evening"),
        ("carbamazepine 200 mg in the morning and 400 mg at night", None, "in the morning"),
    ],
)
def test_the_way_and_the_time_of_a_dose(words: str, route: str | None, frequency: str | None) -> None:
    given = exposure(words)
    assert (given.route, given.frequency) == (route, frequency)


def test_a_dose_per_volume_is_still_one_dose() -> None:
    dose = exposure("anakinra 100 mg/0.67 mL daily").dose
    assert dose is not None
    assert dose.value == 100
