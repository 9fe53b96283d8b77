"""The expected facts and the example texts agree: each fact has its words, each printed value is expected."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
EXPECTED = sorted((Path(__file__).parent / "expected").glob("*.json"))

LAB_VALUE = re.compile(
    r"[>\d][\d.,]*(?:[-–]\d+)?(?:×10\^\d+/L|/mm3|\s(?:U/L|mg/dL|g/dL|mg/L|g/L|µg/L|mm/h|times the upper limit))"
)


def load(path: Path) -> tuple[dict[str, Any], str]:
    expected = json.loads(path.read_text(encoding="utf-8"))
    text = (EXAMPLES / expected["example"]).read_text(encoding="utf-8")
    return expected, " ".join(text.split())


def quotes(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "quote":
                yield inner
            elif key == "quotes":
                yield from inner
            else:
                yield from quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes(inner)


def number(words: str) -> float:
    found = re.search(r"\d[\d,]*(?:\.\d+)?", words)
    assert found, words
    return float(found.group().replace(",", ""))


def test_every_example_has_its_expected_facts_and_the_other_way_round() -> None:
    assert {path.stem for path in EXPECTED} == {path.stem for path in EXAMPLES.glob("*.txt")}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_expected_fact_has_its_words_in_the_text(path: Path) -> None:
    expected, text = load(path)
    assert [quote for quote in quotes(expected) if quote not in text] == []


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_an_expected_number_is_the_number_of_its_words(path: Path) -> None:
    expected, _ = load(path)
    for fact in [*expected["measurements"], *expected["doses"]]:
        first = fact["value"] if fact.get("value") is not None else fact["low"]
        assert number(fact["quote"]) == first, fact


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_no_laboratory_value_of_the_text_is_forgotten(path: Path) -> None:
    expected, text = load(path)
    wanted = [fact["quote"] for fact in expected["measurements"]]
    printed = LAB_VALUE.findall(text)
    assert len(printed) >= 5
    assert [value for value in printed if not any(quote in value or value in quote for quote in wanted)] == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_an_example_ends_with_its_source(path: Path) -> None:
    last = path.read_text(encoding="utf-8").strip().split("\n\n")[-1]
    assert last.startswith("Facts from: ")
    assert last.endswith("Retold in our own words.")
