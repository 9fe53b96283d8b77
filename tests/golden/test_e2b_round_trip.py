"""A report read from prose, written to E2B(R3), read back and assessed again: every instrument gives the same result.

The narrative carries the text and the comments its places, so that no fact is lost on the way; where one were, the test
names it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge import read
from dechallenge.api import assess_reading
from dechallenge.case.model import Case, Reading, Statement
from dechallenge.evidence import Document
from dechallenge.formats.e2b import case_from, case_to, r3_read, r3_write
from dechallenge.formats.e2b.lost import lost
from tests.shared import shared_path

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.txt"))
MESSAGE = Document.from_text("", name="message.xml", id="m1")


def results(reading: Reading) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Score, range, category and applicability of every instrument for every suspect and reaction."""
    found: dict[tuple[str, ...], tuple[object, ...]] = {}
    for case in assess_reading(reading).cases:
        groups = [((event.id,), event.instruments) for event in case.events]
        groups += [((s.drug, s.event.id), s.instruments) for s in case.suspects]  # type: ignore[misc]
        for key, instruments in groups:
            for i in instruments:
                told = (i.applicable, i.score, i.low, i.high, i.category, tuple(i.categories), i.code, i.entry)
                found[*key, i.id] = told
        for s in case.suspects:
            points = s.key_points
            found[s.drug, s.event.id, "key points"] = (
                points.latency_days, points.dechallenge, points.rechallenge, points.outcome, points.recovery_days,
            )  # fmt: skip
    return found


def way(case: Case, reading: Reading) -> tuple[Case, Reading]:
    """The case as it comes back from the message, and what to assess it with."""
    report = case_to.icsr(case, None, reading.documents)
    written = r3_write.write([report])
    (back,) = r3_read.read(written.data, "message.xml")
    made = case_from.case(back, MESSAGE)
    return made, Reading(documents=(MESSAGE, *case_from.narratives(back, MESSAGE)), cases=(made,))


def check(path: Path) -> None:
    """Every case of a text survives the way through a message."""
    reading = read(path)
    assert reading.cases
    for case in reading.cases:
        made, back = way(case, reading)
        missing = lost(case, made)
        before, after = results(Reading(documents=reading.documents, cases=(case,))), results(back)
        assert before
        keys = sorted({*before, *after})
        differ = {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}
        assert differ == {}, f"{case.id} lost on the way: {missing}"
        assert missing == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_keeps_every_result(path: Path) -> None:
    check(path)


@pytest.mark.parametrize("number", range(4))
def test_a_seed_keeps_every_result(number: int) -> None:
    check(sorted(shared_path("seeds").glob("*.txt"))[number])


def test_the_second_writing_has_the_same_bytes() -> None:
    reading = read(EXAMPLES[0])
    first = r3_write.write([case_to.icsr(reading.cases[0], None, reading.documents)])
    (report,) = r3_read.read(first.data, "message.xml")
    case = case_from.case(report, MESSAGE)
    assert case_to.icsr(case, report) is report
    assert r3_write.write([report]).data == first.data


def test_an_assessment_goes_out_and_comes_back_as_ours() -> None:
    reading = read(EXAMPLES[0])
    case = reading.cases[0]
    suspect = assess_reading(reading).cases[0].suspects[0]
    naranjo = next(i for i in suspect.instruments if i.id == "naranjo-1981")
    about = {"by": "dechallenge", "method": "Naranjo 1981", "drug": suspect.drug, "event": suspect.event.id}
    items = "; ".join(f"{item.id} {item.points}" for item in naranjo.items)
    said = (
        Statement(kind="score", result=f"{naranjo.category} ({naranjo.score:g})", **about),  # type: ignore[arg-type]
        Statement(kind="items", result=items, **about),  # type: ignore[arg-type]
    )
    made, back = way(case.model_copy(update={"statements": (*case.statements, *said)}), reading)
    ours = [(s.kind, s.method, s.result, s.drug, s.event) for s in made.statements if s.by == "dechallenge"]
    assert ours == [(s.kind, s.method, s.result, s.drug, s.event) for s in said]
    assert results(back) == results(Reading(documents=reading.documents, cases=(case,)))
