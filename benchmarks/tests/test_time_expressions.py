"""Time expressions and times: the echo of the annotation scores everything, each defect is counted once."""

from __future__ import annotations

import pytest

from benchmarks import time_expressions
from benchmarks.intervals import Open, fits
from benchmarks.shared import Missing
from benchmarks.time_expressions import Expression, length, measure

TEXT = "She came in May 2009, stayed for two weeks and went home after surgery."
GOLD = [Expression(12, 20, "DATE", "2009-05"), Expression(33, 42, "DURATION", "P2W")]


def test_overlap_is_enough_and_counts_once() -> None:
    read = [Expression(9, 20, "date", "2009-05"), Expression(29, 42, "duration", "P14D")]
    counts = measure([("made up", TEXT, GOLD)], lambda text: read)
    assert (counts.true, counts.extra, counts.same_value, counts.with_value) == (2, 0, 1, 1)
    twice = [*read, Expression(33, 36, "duration", "P2W")]
    assert measure([("made up", TEXT, GOLD)], lambda text: twice).extra == 0  # inside what is annotated
    assert measure([("made up", TEXT, GOLD)], lambda text: [read[0], read[0]]).true == 1


def test_missed_extra_and_wrong_lengths() -> None:
    read = [Expression(29, 42, "duration", "P3W"), Expression(0, 3, "date", "")]
    counts = measure([("made up", TEXT, GOLD)], lambda text: read)
    assert (counts.true, counts.extra, counts.same_value, counts.with_value) == (1, 1, 0, 1)
    assert counts.missed == {"DATE": 1}
    assert len(counts.lines) == 3


def test_words_about_an_operation_are_left_out_on_both_sides() -> None:
    gold = [Expression(57, 70, "PREPOSTEXP", "")]
    assert measure([("made up", TEXT, gold)], lambda text: []).missed == {}
    assert measure([("made up", TEXT, gold)], lambda text: [Expression(57, 70, "offset", "")]).extra == 0


@pytest.mark.parametrize(
    ("value", "days"), [("P2W", 14), ("PT48H", 2), ("P48H", 2), ("R/P1D", 1), ("28MM", None), ("2009-05", None)]
)
def test_lengths(value: str, days: float | None) -> None:
    assert length(value) == days


@pytest.mark.parametrize(
    ("read", "gold", "ok"),
    [
        ((18, 24), (21, 21), True),
        ((14, 22), (21, 21), False),  # eight days wider
        ((45, 75), (59, 62), False),
        ((80, 140), (91, 141), True),  # ten days wider, less than 30 %
        ((22, 28), (21, 21), False),  # no overlap
        ((None, 0), (None, -1), True),  # open where the gold is open
        ((None, 9), (None, -1), False),
        ((None, 21), (21, 21), False),  # open where the gold knows
        ((21, None), (21, None), True),
        ((3, None), (21, None), False),
        ((30, 40), (21, None), True),
    ],
)
def test_times_that_fit(read: Open, gold: Open, ok: bool) -> None:
    assert fits(read, gold) is ok


def test_the_echo_scores_everything(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        documents = time_expressions.annotated()
    except Missing as error:
        pytest.skip(str(error))
    answers = {text: gold for _, text, gold in documents}
    counts = measure(documents, lambda text: answers[text])
    assert counts.true == 118 and not counts.missed and not counts.extra
    time_expressions.main(["--errors"], reader=lambda text: [])
    assert "spans, recall" in capsys.readouterr().out
