"""Assertion of marked mentions: an oracle scores everything, a reader that denies nothing or everything does not."""

from __future__ import annotations

import pytest

from benchmarks import negation
from benchmarks.negation import Found, Mention
from benchmarks.shared import Missing


@pytest.fixture(scope="module")
def mentions() -> list[Mention]:
    try:
        return negation.negex()
    except Missing as error:
        pytest.skip(str(error))


def test_the_oracle_scores_everything(mentions: list[Mention]) -> None:
    counts, lines = negation.measure(mentions, lambda mention: Found(mention.says))
    assert all(count.f1 == 1.0 for count in counts.values())
    assert counts["negated"].true == 246
    assert not lines


def test_readers_that_look_at_nothing_score_low(mentions: list[Mention]) -> None:
    never, lines = negation.measure(mentions, lambda mention: Found(frozenset()))
    assert never["negated"].f1 == 0.0 and never["negated"].missed == 246
    assert sum("negated" in line[:10] for line in lines) == 246
    always, _ = negation.measure(mentions, lambda mention: Found(frozenset(["negated"])))
    assert always["negated"].wrong == len(mentions) - 246
    assert always["negated"].f1 < 0.4


def test_mentions_stand_where_they_are_said_to_stand() -> None:
    try:
        targets = negation.seeds()
    except Missing as error:
        pytest.skip(str(error))
    assert sum("negated" in target.says for target in targets) == 41
    assert len(targets) == 116
    for target in targets:
        assert 0 <= target.start < target.end <= len(target.sentence)
        assert target.sentence[target.start : target.end].strip()


def test_one_wrong_answer_is_one_line() -> None:
    sentence = "There was no rash."
    mention = Mention("made up", sentence, 13, 17, frozenset(["negated"]))
    counts, lines = negation.measure([mention], lambda _: Found(frozenset(["historical"]), "because"))
    assert (counts["negated"].missed, counts["historical"].wrong) == (1, 1)
    assert len(lines) == 2 and "[[rash]]" in lines[0]


def test_command_prints(capsys: pytest.CaptureFixture[str], mentions: list[Mention]) -> None:
    negation.main(["--errors", "--only", "negated"], reader=lambda mention: Found(frozenset()))
    printed = capsys.readouterr().out
    assert "NegEx dev: negated" in printed and "below" in printed
