"""vigiGrade: all 3,072 reports against independently written penalties, unknown dimensions, what is always said."""

from __future__ import annotations

from itertools import product
from math import prod

import pytest

from dechallenge import instruments
from dechallenge.facts.vocabulary import TERMS
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import typed_fact
from tests.spec.rows_causality_blood import STATED

VIGIGRADE = instruments.vigigrade_2014

# Penalties in per cent (PMC9503115).
PENALTIES: dict[str, dict[Given, int]] = {
    "report_onset": {"stated": 0, "within a month": 10, "over a month": 30, "missing": 50},
    "report_age": {"stated": 0, "age group": 10, "missing": 30},
    "report_indication": {True: 0, False: 30},
    "report_outcome": {True: 0, False: 30},
    "report_sex": {True: 0, False: 30},
    "report_dose": {True: 0, False: 10},
    "report_country": {True: 0, False: 10},
    "report_reporter": {True: 0, False: 10},
    "report_type": {True: 0, False: 10},
    "report_comments": {True: 0, False: 10},
}


def test_every_report() -> None:
    count = 0
    for states in product(*(table.items() for table in PENALTIES.values())):
        given = {name: state for name, (state, _) in zip(PENALTIES, states, strict=True)}
        scoring = Scoring(VIGIGRADE, Facts(typed_fact(TERMS[name], state) for name, state in given.items()), None)
        # In whole numbers: no rounding decides on which side of 0.8 a report lies.
        share = prod(100 - loss for _, loss in states)
        whole = 100 ** len(states)
        assert scoring.number() == pytest.approx(share / whole)
        wanted = "well documented" if 10 * share > 8 * whole else "not well documented"
        assert scoring.category(scoring.number()) == (wanted, None), given
        count += 1
    assert count == 3072


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ({"report_sex": None}, 0.7, 1.0),
        ({"report_onset": None}, 0.5, 1.0),
        ({"report_age": None, "report_dose": None}, 0.63, 1.0),
    ],
)
def test_what_nobody_judged_is_a_range(given: dict[str, Given], low: float, high: float) -> None:
    known = {name: value for name, value in STATED.items() if name not in given}
    result = VIGIGRADE.score(**known)
    assert result.score is None
    assert (result.low, result.high) == (pytest.approx(low), pytest.approx(high))
    assert result.categories == ("well documented", "not well documented")
    assert {question.fact for question in result.open_questions} == set(given)


def test_that_prose_counts_as_stated_is_said() -> None:
    assert any("structured fields" in caution.text for caution in VIGIGRADE.score(**STATED).cautions)
