"""Stretches that tell nothing are left out and told; what tells something is read, however long, however dry."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.hostile_kinds import KINDS, REPORT
from dechallenge import Document
from dechallenge.case import Reading
from dechallenge.cli.output import failed
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.texts import hollow as module
from dechallenge.reading.texts.hollow import LEAST, hollow
from tests.samples import TABLED
from tests.steps import calls

AFTER = "\n\nFour weeks after the stop her ALT was 52 U/L, and she went back to work in the kitchen of the school.\n"


def reading(text: str) -> Reading:
    return ProseReader().read([Document.from_text(text)])


def left(text: str) -> int:
    return sum(end - start for start, end in hollow(text))


def figures(size: int) -> str:
    random = Random(4)
    return "\n".join("\t".join(str(random.randint(1, 9999)) for _ in range(8)) for _ in range(size // 40))


def test_a_stretch_is_left_out_but_for_its_beginning_and_its_end() -> None:
    rows = figures(40_000)
    spans = hollow(REPORT + rows + AFTER)
    assert len(spans) == 1
    start, end = spans[0]
    assert len(REPORT) < start < len(REPORT) + 600
    assert len(REPORT + rows) - 600 < end <= len(REPORT + rows)


def test_a_stretch_below_the_limit_is_read() -> None:
    rows = figures(LEAST)[: LEAST - 1200]
    assert not hollow(REPORT + rows + AFTER)
    assert not hollow(figures(LEAST)[: LEAST - 1])


@pytest.mark.parametrize("name", ["numbers, tabs", "base64, lines", "drugs, commas", "words, one line", "DNA"])
def test_what_stands_around_it_is_read_and_the_rest_is_told(name: str) -> None:
    found = reading(REPORT + KINDS[name](30_000, 5) + AFTER)
    (case,) = found.cases
    assert {870.0, 52.0} <= {m.value for m in case.measurements}
    (problem,) = found.problems
    assert problem.kind == "repeats"
    assert "were not read" in problem.message
    assert not failed(found.problems)


def test_it_is_told_where_no_patient_is_found() -> None:
    found = reading(figures(30_000))
    assert not found.cases
    assert [problem.kind for problem in found.problems] == ["no patient", "repeats"]


def test_a_sentence_among_figures_is_read() -> None:
    told = "\nThe patient then went home with her sister, and nobody thought of the tablets until after Easter.\n"
    text = REPORT + figures(20_000) + told + figures(20_000)
    at = text.index("home with her sister")
    assert not any(start <= at < end for start, end in hollow(text))
    assert left(text) > 38_000


def test_a_long_report_is_read_whole() -> None:
    """Some of the words of every chapter are its own, as in any text that goes on telling."""
    random = Random(9)
    plain = ["the", "of", "and", "to", "in", "was", "with", "for", "were", "on", "by", "had", "after", "which", "she"]
    story = []
    for chapter in range(60):
        own = ["".join(random.choices("abdeiklmnoprstu", k=6)) for _ in range(25)]
        words = (random.choice(own if random.random() < 0.6 else plain) for _ in range(90))
        story.append(" ".join(words) + f" ({chapter}).")
    text = "\n\n".join(story)
    assert len(text) > 2 * LEAST
    assert not hollow(text)
    assert not hollow("\n\n".join(TABLED.replace("diclofenac", name) for name in ("ibuprofen", "naproxen")))


def test_many_patients_in_the_same_words_are_read() -> None:
    """Cases made to one form: each presents its patient, and tells of it."""
    cases = "\n\n".join(
        f"A {20 + n % 60}-year-old man took ibuprofen for {n} weeks. ALT was {300 + n} U/L (normal < 40 U/L). "
        f"Ibuprofen was stopped and ALT fell to {30 + n} U/L within {n + 2} weeks."
        for n in range(1, 150)
    )
    assert len(cases) > LEAST
    assert not hollow(cases)
    assert hollow("".join(f"a {20 + n % 60}-year-old man, " for n in range(1000)))


def test_blanks_are_no_work() -> None:
    """A text that ends in blanks is gone through once."""

    def work(size: int) -> int:
        steps = 0
        for found in module._PIECE.finditer(REPORT + " " * size + "x" + " " * size):
            steps += found.end() - found.start()
        return steps

    assert work(100_000) <= 250_000
    assert calls(lambda: hollow(REPORT + " " * 400_000)) < 1000
    assert not hollow(REPORT + " " * 400_000 + AFTER)
