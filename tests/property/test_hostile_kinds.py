"""Every kind of hostile text: work grows no faster than its length, most is not looked at, and that is told.

The kinds are those that `benchmarks/hostile.py` measures in seconds. Here calls are counted, which are the same on
every machine, once no pattern is compiled or looked into any more.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.evidence import quotes
from benchmarks.hostile_files import FILES
from benchmarks.hostile_kinds import GROUPS, KINDS, REPORT, hostile
from dechallenge import Document
from dechallenge.case import Problem, Reading
from dechallenge.cli.output import failed
from dechallenge.formats.door import open_documents
from dechallenge.reading.cases.prose import ProseReader
from dechallenge.reading.texts.hollow import LEAST, hollow
from tests.steps import calls, examples

SHORT, LONG = 16_000, 48_000
PER_CHARACTER = 3.0
"""Calls for each character of a hostile text; of a report it takes some forty."""
READ = 0.2
"""The share of a hostile text, of the shorter length, that is read."""


def reading(text: str) -> Reading:
    return ProseReader().read([Document.from_text(text)])


def settled(text: str) -> int:
    """The calls of a reading once they are no longer fewer than those of the reading before."""
    document = Document.from_text(text)
    fewest = calls(lambda: ProseReader().read([document]))
    for _ in range(3):
        again = calls(lambda: ProseReader().read([document]))
        if again >= fewest:
            break
        fewest = again
    return fewest


def test_the_kinds_are_many_and_made_to_size() -> None:
    assert len(KINDS) == sum(len(kinds) for kinds in GROUPS.values()) >= 100
    for name, kind in KINDS.items():
        assert len(hostile(name, 5000)) == 5000
        assert kind(3000, 1) == kind(3000, 1)


@pytest.mark.parametrize("name", KINDS)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    short, long = settled(hostile(name, SHORT)), settled(hostile(name, LONG))
    assert long < PER_CHARACTER * LONG
    assert long < LONG / SHORT * max(short, SHORT)  # a text that is refused as a whole takes next to none


@pytest.mark.parametrize("name", KINDS)
def test_little_of_it_is_read_and_that_is_told(name: str) -> None:
    text = hostile(name, SHORT)
    left_out = hollow(text)
    assert sum(end - start for start, end in left_out) > (1 - READ) * SHORT
    assert all(0 <= a < b <= SHORT for a, b in left_out)
    found = reading(text)
    told = {problem.kind for problem in found.problems}
    assert told & {"repeats", "language"}
    assert all(problem.message and problem.next_step for problem in found.problems)
    assert all(quote.holds(text) for quote in quotes(found.model_dump(mode="json")))


@pytest.mark.parametrize("name", [name for name in KINDS if name not in GROUPS["Unicode"]])
def test_the_report_before_and_after_it_is_read(name: str) -> None:
    after = "\n\nShe was seen again in the autumn: her albumin was 41 g/L, and she had gone back to her garden.\n"
    text = hostile(name, SHORT) + after
    found = reading(text)
    if any(problem.kind == "language" for problem in found.problems):
        return
    assert not failed([p for p in found.problems if p.kind != "no patient"])
    if name in GROUPS["lines"]:
        return  # headings and patients of its own: whose the last words are is another question
    values = {m.value for case in found.cases for m in case.measurements}
    assert {870.0, 5.2, 52.0} <= values


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 10**6), st.integers(0, 30_000))
@settings(deadline=None, max_examples=examples(30))
def test_any_seed_and_size_is_read(name: str, seed: int, size: int) -> None:
    text = REPORT + KINDS[name](size, seed)
    found = reading(text)
    assert all(quote.holds(text) for quote in quotes(found.model_dump(mode="json")))
    assert all(a < b for a, b in hollow(text))
    if len(text) < LEAST:
        assert not hollow(text)


@pytest.mark.parametrize("kind", FILES)
def test_any_hostile_file_is_a_text_or_a_problem(kind: str, tmp_path: Path) -> None:
    name, make = FILES[kind]
    file = tmp_path / name
    file.write_bytes(make(60_000))
    found = list(open_documents([file]))
    assert found
    for one in found:
        if isinstance(one, Problem):
            assert one.kind == "input" and one.message and one.next_step
    read = ProseReader().read([one for one in found if isinstance(one, Document)])
    assert all(problem.message and problem.next_step for problem in read.problems)
