"""All sheets of ALDEN against an independently written table of points, its range, its categories, its cautions."""

from __future__ import annotations

from itertools import product

import pytest

from dechallenge import instruments
from dechallenge.facts.vocabulary import TERMS
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import typed_fact

ALDEN = instruments.alden_2010

# Day of onset → points of a first exposure, and after an earlier reaction to the same drug (PMC9124451, Table 1).
DELAYS = {0: (-3, -3), 2: (1, 3), 20: (3, 1), 40: (2, 1), 80: (-1, -1)}
PRESENT: dict[str, tuple[dict[str, Given], int]] = {
    "running": ({"stop_to_onset": 0}, 0),
    "within 5 half-lives": ({"stop_to_onset": 4, "half_life_days": 1}, 0),
    "impaired": ({"stop_to_onset": 6, "half_life_days": 1, "elimination_impaired": True}, -1),
    "gone": ({"stop_to_onset": 6, "half_life_days": 1, "elimination_impaired": False}, -3),
}
BEFORE = {
    "SJS/TEN, same drug": 4,
    "other reaction, same drug": 2,
    "SJS/TEN, similar drug": 2,
    "other reaction, similar drug": 1,
    "no known exposure": 0,
    "tolerated": -2,
}
ON_DRUG = {"recovered on drug": -2, "positive": 0, "not done": 0}
NOTORIETY = {"high risk": 3, "lower risk": 2, "under surveillance": 1, "unknown": 0, "not suspected": -1}
OTHER = {True: -1, False: 0}


def category(total: int) -> str:
    if total < 0:
        return "very unlikely"
    if total <= 1:
        return "unlikely"
    if total <= 3:
        return "possible"
    return "probable" if total <= 5 else "very probable"


def test_every_sheet() -> None:
    totals = set()
    count = 0
    for day, present, before, course, notoriety, other in product(DELAYS, PRESENT, BEFORE, ON_DRUG, NOTORIETY, OTHER):
        given: dict[str, Given] = {
            "epidermal_necrolysis": True,
            "latency": day,
            **PRESENT[present][0],
            "necrolysis_before": before,
            "dechallenge": course,
            "necrolysis_notoriety": notoriety,
            "stronger_suspect": other,
        }
        facts = Facts(typed_fact(TERMS[name], value) for name, value in given.items())
        scoring = Scoring(ALDEN, facts, None)
        delay = DELAYS[day][1 if before in ("SJS/TEN, same drug", "other reaction, same drug") else 0]
        total = delay + PRESENT[present][1] + BEFORE[before] + ON_DRUG[course] + NOTORIETY[notoriety] + OTHER[other]
        assert scoring.number() == total, given
        assert scoring.category(total) == (category(total), None), given
        totals.add(total)
        count += 1
    assert count == 5 * 4 * 6 * 3 * 5 * 2
    assert min(totals) == -12
    assert max(totals) == 10


def test_without_the_delay_there_is_no_score() -> None:
    result = ALDEN.score(epidermal_necrolysis=True, stop_to_onset=0, necrolysis_notoriety="high risk")
    assert result.score is None
    assert "delay" in result.reason


def test_stopped_without_a_half_life_is_not_scorable() -> None:
    result = ALDEN.score(epidermal_necrolysis=True, latency=14, stop_to_onset=3)
    assert result.score is None
    assert result.item("2").points is None
    assert ALDEN.score(epidermal_necrolysis=True, latency=14, stop_to_onset=3, half_life_days=2).score == 3


def test_another_skin_reaction_is_not_scored() -> None:
    result = ALDEN.score(epidermal_necrolysis=False, latency=14, stop_to_onset=0)
    assert not result.applicable
    assert "Stevens-Johnson" in result.reason


@pytest.mark.parametrize(("stop", "said"), [(10, True), (9.9, False), (10.1, False)])
def test_exactly_five_half_lives_is_said(stop: float, said: bool) -> None:
    result = ALDEN.score(epidermal_necrolysis=True, latency=20, stop_to_onset=stop, half_life_days=2)
    assert any("exactly 5 half-lives" in caution.text for caution in result.cautions) is said


def test_study_34_cannot_be_both_printed_items() -> None:
    """A delay of 1 to 4 days is suggestive only after a reaction to the same drug, which would be 2 or 4, not 1."""
    given: dict[str, Given] = {
        "epidermal_necrolysis": True,
        "latency": 3,
        "stop_to_onset": 0,
        "necrolysis_before": "other reaction, similar drug",
        "necrolysis_notoriety": "high risk",
        "stronger_suspect": False,
    }
    result = ALDEN.score(**given)
    assert (result.item("1").points, result.score) == (1, 5)
    assert any("same drug" in caution.text for caution in result.cautions)


@pytest.mark.parametrize("days", [(3, 10), (20, 40), (50, 70), (0, 3)])
def test_a_delay_across_a_limit_is_not_scored(days: tuple[float, float]) -> None:
    result = ALDEN.score(epidermal_necrolysis=True, latency=days, stop_to_onset=0)
    assert result.score is None
    assert result.item("1").points is None
