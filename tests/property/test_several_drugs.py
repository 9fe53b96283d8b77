"""Stories of two drugs and of two episodes, put together from parts: what is read of each drug is its own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import dechallenge

_PAIRS = (("carbamazepine", "allopurinol"), ("phenytoin", "amoxicillin"), ("lamotrigine", "hydrochlorothiazide"))
_WENT_ON = (
    "{a} was stopped, but the rash got worse over the next 5 days.",
    "{a} was discontinued first. However, the rash persisted.",
    "{a} was stopped. Over the next week, the rash spread further.",
)
_THEN = (
    " {b} was then withdrawn and two weeks later the rash had resolved.",
    " {b} was therefore stopped, and the skin was clear two weeks later.",
)
_LATER = (
    ("clozapine", "his neutrophil count fell to 0.4 × 10⁹/L", "neutrophils were 2.9 × 10⁹/L", "neutropenia"),
    ("labetalol", "he became jaundiced", "ALT was normal", "liver injury"),
    ("linezolid", "his platelet count fell to 12 × 10⁹/L", "platelets were 210 × 10⁹/L", "thrombocytopenia"),
)
_SINCE = ("Two years later", "Six months later", "In 2019")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(_PAIRS), st.sampled_from(_WENT_ON), st.sampled_from(_THEN), st.booleans())
def test_the_stop_that_helped_is_told_from_the_one_that_did_not(
    pair: tuple[str, str], went_on: str, then: str, turned: bool
) -> None:
    first, second = pair
    useless, helpful = (second, first) if turned else (first, second)
    text = (
        f"A 61-year-old man was started on {first}. Three weeks later {second} was added. Two weeks after that he "
        "developed a maculopapular rash. "
    ) + (went_on + then).format(a=useless.capitalize(), b=helpful.capitalize())
    told = {s.drug: s.key_points.dechallenge for s in dechallenge.assess(text).cases[0].suspects}
    assert told.get(helpful) == "positive"
    assert told.get(useless, "negative") == "negative"


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(_LATER), st.sampled_from(_SINCE), st.sampled_from((3, 5, 9)))
def test_two_episodes_keep_their_times(later: tuple[str, str, str, str], since: str, days: int) -> None:
    drug, came, well, kind = later
    text = (
        "A 28-year-old man was started on phenytoin for epilepsy. Ten days later a rash appeared. Phenytoin was "
        f"stopped and 2 weeks later the rash had resolved. {since} he was given {drug}. {days} days later {came}. "
        f"{drug.capitalize()} was withdrawn, and 2 weeks later {well}."
    )
    told = {s.drug: (s.event.kind, s.key_points.latency_days) for s in dechallenge.assess(text).cases[0].suspects}
    assert told == {drug: (kind, (float(days), float(days))), "phenytoin": ("skin reaction", (10.0, 10.0))}
