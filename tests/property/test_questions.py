"""What an open question promises is what scoring with that answer gives: the short way and the long way agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from dechallenge import instruments
from dechallenge.logic import Facts
from dechallenge.logic.questions import answers_of, open_questions
from dechallenge.logic.scoring import Scoring
from tests.property.test_logic_instruments import sparse


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sparse())
def test_an_answer_gives_what_it_promises(drawn: tuple[str, Facts]) -> None:
    instrument, facts = instruments.get(drawn[0]), drawn[1]
    scoring = Scoring(instrument, facts, None)
    if scoring.refused:
        return
    promised = {question.fact: dict(question.would_give) for question in open_questions(scoring)}
    for name, label, fact in answers_of(scoring):
        if name in promised:
            assert promised[name][label] == Scoring(instrument, facts.with_(fact), None).outlook(), (name, label)
