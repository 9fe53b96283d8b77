"""Dechallenges told by that word, how long a drug had been taken, what a drug was begun for, and how it ended."""

from __future__ import annotations

import pytest

from dechallenge import assess
from dechallenge.assessment.model import KeyPoints

STORY = "A 60-year-old woman was started on labetalol for hypertension. Six weeks later she developed a rash"


def points(text: str) -> KeyPoints:
    return assess(text).cases[0].suspects[0].key_points


@pytest.mark.parametrize(
    ("told", "dechallenge", "rechallenge"),
    [
        (". Labetalol was stopped. Dechallenge was positive.", "positive", "not done"),
        (". Labetalol was stopped. The dechallenge was negative.", "negative", "not done"),
        (". Dechallenge and rechallenge were positive.", "positive", "positive"),
        (" with positive dechallenge and positive rechallenge.", "positive", "positive"),
        (". There was a positive dechallenge. Rechallenge was not attempted.", "positive", "not done"),
        (". Labetalol was withdrawn with a negative dechallenge.", "negative", "not done"),
        (". The dechallenge with labetalol was reported as positive.", "positive", "not done"),
        (". Labetalol was stopped. The dechallenge was inconclusive.", "not assessable", "not done"),
        (". Labetalol was stopped. A dechallenge is positive if the reaction abates.", "not assessable", "not done"),
        (". Labetalol was stopped. Dechallenge was positive. The rash persisted.", "negative", "not done"),
    ],
)
def test_a_dechallenge_by_its_word(told: str, dechallenge: str, rechallenge: str) -> None:
    found = points(STORY + told)
    assert (found.dechallenge, found.rechallenge) == (dechallenge, rechallenge)
    assert found.latency_days == (39.0, 45.0)


@pytest.mark.parametrize(
    ("how_long", "days"),
    [
        ("in the context of 18 months of valproate for epilepsy", (525.0, 555.0)),
        ("in the setting of about 3 years of valproate treatment", (915.0, 1275.0)),
        ("on a background of 18 months of valproate", (525.0, 555.0)),
    ],
)
def test_how_long_a_drug_had_been_taken(how_long: str, days: tuple[float, float]) -> None:
    text = f"A 25-year-old man developed hepatitis {how_long}. It resolved 2 weeks after valproate was stopped."
    assert points(text).latency_days == days
    assert points(text).recovery_days == (11.0, 17.0)


def test_how_long_he_had_been_ill_is_no_time_of_the_drug() -> None:
    told = "A 25-year-old man on valproate developed hepatitis in the setting of 3 months of fatigue. "
    text = told + "Valproate was stopped."
    latency = points(text).latency_days
    assert latency is None or latency[1] is None


@pytest.mark.parametrize(
    "begun",
    [
        "Phenytoin was prescribed to a 45-year-old woman for focal seizures.",
        "A 45-year-old woman with focal seizures was started on phenytoin.",
        "A woman of 45 years with newly diagnosed seizures began taking phenytoin.",
        "Because of focal seizures, phenytoin was added in a 45-year-old woman.",
    ],
)
def test_what_a_drug_was_begun_for_is_not_its_reaction(begun: str) -> None:
    case = assess(begun + " Ten days later she developed a maculopapular rash. Phenytoin was stopped.").cases[0]
    assert [event.kind for event in case.events] == ["skin reaction"]
    assert case.suspects[0].key_points.latency_days == (10.0, 10.0)


@pytest.mark.parametrize(
    "begun",
    [
        "A 45-year-old woman with jaundice was treated with ursodiol. She had taken terbinafine for five weeks.",
        "A 45-year-old woman on bupropion developed seizures. Bupropion was stopped.",
    ],
)
def test_what_is_told_of_nothing_else_stays_the_reaction(begun: str) -> None:
    assert [event.kind for event in assess(begun).cases[0].events] in (["liver injury"], ["seizure"])


@pytest.mark.parametrize(
    ("drug", "came", "well"),
    [
        ("baclofen", "became confused", "she was fully oriented"),
        ("baclofen", "became confused", "her mental status normalised"),
        ("baclofen", "became confused", "she was back to her usual self"),
        ("allopurinol", "developed a rash", "the skin was clear"),
        ("allopurinol", "developed a rash", "her skin was completely clear"),
        ("apixaban", "developed epistaxis", "the bleeding had stopped"),
    ],
)
def test_it_was_over(drug: str, came: str, well: str) -> None:
    begun = f"A 70-year-old woman was started on {drug}. Three weeks later she {came}. "
    text = begun + f"{drug.capitalize()} was stopped and 2 weeks later {well}."
    assert points(text).outcome == "recovered"
    assert points(text).recovery_days == (11.0, 17.0)


def test_a_state_told_before_the_stop_is_no_end() -> None:
    text = (
        "A 70-year-old woman was started on apixaban. Three weeks later she developed epistaxis. She was fully "
        "oriented and "
        "the skin was normal. Apixaban was stopped."
    )
    assert points(text).outcome == "unknown"
