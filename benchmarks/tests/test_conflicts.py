"""The conflict measurement: every defect declared once, words count in quotations only, an empty reader finds none."""

from __future__ import annotations

import re
from typing import Any

import pytest

from benchmarks import conflicts
from benchmarks.conflicts_defects import DEFECTS, FILES, Defect
from benchmarks.shared import Missing, read_text, shared_path

TWO = Defect("D-03", "two intervals", (r"12 weeks", r"\b2 weeks"))


def conflict(*quoted: str, what: str = "") -> dict[str, Any]:
    evidence = [{"start": 5 * i, "end": 5 * i + len(q), "quote": q} for i, q in enumerate(quoted)]
    return {"kind": "contradiction", "what": what, "evidence": evidence}


def test_every_defect_of_the_sheet_is_declared_once_with_words_or_a_reason() -> None:
    try:
        sheet = read_text(shared_path("criteria", "seed_facts.md"))
    except Missing as error:
        pytest.skip(str(error))
    listed = re.findall(r"^\| ([A-D]-\d\d) \|", sheet, re.MULTILINE)
    assert [defect.id for defect in DEFECTS] == listed
    assert all(bool(defect.words) != bool(defect.unseen) for defect in DEFECTS)
    assert {defect.id[0] for defect in DEFECTS} == set(FILES)


def test_words_count_in_the_quotations_of_one_conflict_only() -> None:
    both = conflict("every 12 weeks", "every 2 weeks")
    assert conflicts.reported(TWO, [conflict("a rash"), both]) is both
    assert conflicts.reported(TWO, [conflict("every 12 weeks"), conflict("every 2 weeks")]) is None
    assert conflicts.reported(TWO, [conflict("every", what="12 weeks against 2 weeks")]) is None
    assert conflicts.reported(TWO, [conflict()]) is None


def test_a_reader_without_conflicts_finds_nothing_and_alarms_nobody() -> None:
    def silent(text: str, name: str) -> dict[str, Any]:
        return {"cases": [{"conflicts": []}]}

    seen = conflicts.measure_seeds(silent, lambda name: "text")
    assert len(seen) == sum(bool(defect.words) for defect in DEFECTS) > 20
    assert all(found is None for _, found in seen)
    assert conflicts.alarms(silent, [("one", "text")]) == []


def test_every_conflict_of_every_case_is_an_alarm() -> None:
    loud = {"cases": [{"conflicts": [conflict("a"), conflict("b")]}, {"conflicts": [conflict("c")]}]}
    assert len(conflicts.alarms(lambda text, name: loud, [("one", "text"), ("two", "text")])) == 6
