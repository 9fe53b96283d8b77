"""What stands in a report without being a fact of the patient."""

from __future__ import annotations

import pytest

from dechallenge import read

HEAD = "A 52-year-old man developed a rash 4 weeks after starting flucloxacillin. "


@pytest.mark.parametrize(
    "told",
    [
        "He was advised to report any jaundice.",
        "He was warned about jaundice.",
        "In contrast to the patient reported by Smith, who had jaundice, our patient was well.",
        "The possibility of vasculitis was raised but not confirmed.",
        "Flucloxacillin may lead to jaundice.",
        "If jaundice occurs, the drug should be stopped.",
        "In a series of 40 patients, 12 had jaundice.",
        "His brother developed anaphylaxis after penicillin.",
    ],
)
def test_no_reaction_comes_of_it(told: str) -> None:
    assert [e.term for e in read(HEAD + told).cases[0].events] == ["rash"]


def test_a_vaccine_is_no_infection() -> None:
    found = {f.term for f in read(HEAD + "He was vaccinated against hepatitis B.").cases[0].findings}
    assert "hepatitis B" not in found


def test_advice_ends_with_its_clause() -> None:
    told = "He was advised to report fever, but jaundice developed the next day."
    assert "liver injury" in {e.kind for e in read(HEAD + told).cases[0].events}


@pytest.mark.parametrize(
    ("told", "drinks"),
    [
        ("His alcohol history was not recorded.", None),
        ("Alcohol consumption was not documented.", None),
        ("He had stopped drinking 5 years before.", "absent"),
        ("He had a history of alcoholism but had been abstinent for 10 years.", "absent"),
        ("No alcohol use was reported.", "absent"),
    ],
)
def test_what_is_said_of_drinking(told: str, drinks: str | None) -> None:
    assert read(HEAD + told).cases[0].patient.alcohol == drinks


def test_at_most_so_many_drinks() -> None:
    amount = read(HEAD + "Alcohol consumption was less than 20 g per day.").cases[0].patient.drinks_per_day
    assert amount is not None
    assert (amount.low, amount.high) == (0.0, 2.0)
