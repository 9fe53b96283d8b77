"""All 59,049 sheets of the Naranjo scale against an independently written table of points."""

from __future__ import annotations

from itertools import product

from dechallenge import instruments
from dechallenge.facts.vocabulary import TERMS
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.instrument import Given
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import typed_fact

# Points for yes, no, don't know, as printed.
POINTS = {
    1: (+1, 0, 0),
    2: (+2, -1, 0),
    3: (+1, 0, 0),
    4: (+2, -1, 0),
    5: (-1, +2, 0),
    6: (-1, +1, 0),
    7: (+1, 0, 0),
    8: (+1, 0, 0),
    9: (+1, 0, 0),
    10: (+1, 0, 0),
}

# The fact that stands for yes, no and don't know in each question; None = unknown.
ANSWERS: dict[int, tuple[str, tuple[Given | None, Given | None, Given | None]]] = {
    1: ("known_reaction", ("labelled", "not described", None)),
    2: ("latency", (3, -3, None)),
    3: ("dechallenge", ("positive", "negative", None)),
    4: ("rechallenge", ("positive", "negative", "not done")),
    5: ("other_cause", ("possible", "ruled out", "not sought")),
    6: ("placebo", ("reappeared", "did not reappear", "not given")),
    7: ("toxic_level", (True, False, None)),
    8: ("dose_response", (True, False, None)),
    9: ("similar_reaction", (True, False, None)),
    10: ("objective_evidence", (True, False, None)),
}


def category(total: int) -> str:
    if total >= 9:
        return "definite"
    if total >= 5:
        return "probable"
    return "possible" if total >= 1 else "doubtful"


def test_every_sheet() -> None:
    facts: dict[tuple[int, int], Fact | None] = {}
    for question, (name, answers) in ANSWERS.items():
        for place, answer in enumerate(answers):
            facts[question, place] = None if answer is None else typed_fact(TERMS[name], answer)
    count = 0
    for sheet in product(range(3), repeat=10):
        given = [facts[question, answer] for question, answer in enumerate(sheet, start=1)]
        scoring = Scoring(instruments.naranjo_1981, Facts(fact for fact in given if fact is not None), None)
        total = sum(POINTS[question][answer] for question, answer in enumerate(sheet, start=1))
        assert scoring.number() == total, sheet
        assert scoring.category(total) == (category(total), None), sheet
        count += 1
    assert count == 59_049


def test_the_limits_of_the_scale() -> None:
    totals = [sum(POINTS[q][a] for q, a in enumerate(sheet, start=1)) for sheet in product(range(3), repeat=10)]
    assert (min(totals), max(totals)) == (-4, 13)


def test_an_unknown_answer_ranges_over_yes_and_no() -> None:
    result = instruments.naranjo_1981.score(
        known_reaction="labelled",
        latency=4,
        dechallenge="positive",
        antidote_response=False,
        other_cause="possible",
        placebo="not given",
        toxic_level=False,
        dose_response=False,
        similar_reaction=False,
        objective_evidence=True,
    )
    assert (result.score, result.low, result.high) == (4, 3, 6)
    assert result.categories == ("possible", "probable")
    (question,) = result.open_questions
    assert question.fact == "rechallenge"
    assert {answer: outlook.score for answer, outlook in question.would_give} == {
        "positive": 6,
        "negative": 3,
        "not done or not assessable": 4,
    }
