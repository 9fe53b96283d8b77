"""What is told of a conversion is bounded: the first entries are kept, the rest counted, and no case hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge import readers
from dechallenge.case import Problem
from dechallenge.exchange import converting
from dechallenge.exchange.converting import Converted, convert
from dechallenge.formats.e2b import r3_write
from tests.e2b_messages import MEDDRA, batch, message


def test_losses_are_kept_by_case_and_then_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "MOST_TOLD", 3)
    told = Converted()
    for number in range(5):
        told.lose("Case 1" if number < 2 else f"Case {number}", [f"value {number}"])
    assert told.lost == {"Case 1": ("value 0",), "Case 1 (2)": ("value 1",), "Case 2": ("value 2",)}
    assert told.more == {"lost": 2}


def test_problems_are_bounded_for_each_file_and_every_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(converting, "MOST_TOLD", 2)
    told = Converted()
    for name in ("a", "b"):
        kept: list[Problem] = []
        for number in range(4):
            told.tell([Problem(document=name, kind="input", message=str(number), next_step="")], kept)
    assert [(p.document, p.message) for p in told.problems] == [("a", "0"), ("a", "1"), ("b", "0"), ("b", "1")]
    assert told.more == {"problems": 4}


def test_a_long_batch_without_codes_is_a_draft_whose_places_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(r3_write, "MOST_TOLD", 4)
    source = tmp_path / "batch.xml"
    text = batch(*(message(number) for number in range(5))).decode()
    coded = f'code="10067125" codeSystem="{MEDDRA}"'
    assert coded in text
    source.write_text(text.replace(coded, f'codeSystem="{MEDDRA}"'), "utf-8")
    told = convert([source], tmp_path / "out.xml", reader=readers.get("prose"))
    assert told.cases == 5
    assert told.draft
    assert told.missing_terms == tuple(f"DE-TEST-{number}: E.i.2.1b[1]" for number in range(4))
    assert told.more == {"missing_terms": 1}
