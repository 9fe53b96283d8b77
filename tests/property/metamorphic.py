"""What every instrument says to a text, in a form that can be compared; and one report of our own for the tests."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dechallenge import Document, assess
from tests.unasked import unasked

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    path
    for folder in (ROOT / "examples", ROOT / "tests" / "golden" / "synthetic")
    for path in sorted(folder.glob("*.txt"))
]
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in FILES}
Key = tuple[int, str, str, str]
Verdicts = dict[Key, tuple[Any, ...]]
Items = dict[Key, tuple[Any, ...]]


@dataclass(frozen=True)
class Said:
    """What every instrument says: (case, drug, reaction, id) of the instrument or of its item."""

    verdicts: Verdicts
    items: Items


@functools.cache
def said(text: str) -> Said:
    verdicts: Verdicts = {}
    items: Items = {}
    with unasked():
        assessed = assess(Document.from_text(text))
    for number, case in enumerate(assessed.cases):
        owners = [(suspect.drug, suspect.event.kind, suspect.instruments) for suspect in case.suspects]
        owners += [("", event.kind, event.instruments) for event in case.events]
        for drug, kind, instruments in owners:
            for one in instruments:
                numbers = (one.score, one.low, one.high)
                verdicts[number, drug, kind, one.id] = (
                    one.applicable,
                    *numbers,
                    one.category,
                    one.categories,
                    one.code,
                )
                for item in one.items:
                    items[number, drug, kind, item.id] = (item.points, item.low, item.high, item.code)
    return Said(verdicts, items)


def alike(left: Any, right: Any) -> bool:
    """Equal, or numbers that differ by the rounding of a conversion."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(map(alike, left, right))
    if isinstance(left, float) and isinstance(right, float):
        return left == pytest.approx(right, rel=0.005, abs=1e-9)
    return bool(left == right)


def apart(before: dict[Key, Any], after: dict[Key, Any]) -> dict[Key, tuple[Any, Any]]:
    """What is not alike, with both values."""
    keys = [*before, *(key for key in after if key not in before)]
    return {key: (before.get(key), after.get(key)) for key in keys if not alike(before.get(key), after.get(key))}


def unchanged(before: str, after: str) -> None:
    """Every instrument gives the same score, range, category and code, item by item."""
    assert before != after
    one, other = said(before), said(after)
    verdicts, items = apart(one.verdicts, other.verdicts), apart(one.items, other.items)
    assert not verdicts, verdicts
    assert not items, items


def one_line(text: str) -> str:
    """The paragraphs without the line breaks inside them."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text) if text.count("\n\n") > 2 else text


# One report of our own, in which every item of RUCAM has its sentence. Nothing of it was published.
OPENING = "A 40-year-old woman was started on diclofenac 150 mg daily for back pain."
OTHERS = "She took no other medicines."
ALCOHOL = "She did not drink alcohol."
ONSET = "Six weeks later she developed nausea and jaundice."
VALUES = (
    "Serum ALT was 900 U/L (normal less than 40 U/L), AST 700 U/L, alkaline phosphatase 180 U/L (normal less than 120 "
    "U/L), bilirubin 6.0 mg/dL and INR 1.1."
)
VIRUSES = "Tests for hepatitis A, B, C and E were negative."
IMAGING = "Ultrasound of the liver was normal."
PRESSURE = "She had not been hypotensive."
COURSE = "Diclofenac was stopped. Three weeks after stopping, ALT was 60 U/L."
END = "She recovered fully."
FULL = " ".join((OPENING, OTHERS, ALCOHOL, ONSET, VALUES, VIRUSES, IMAGING, PRESSURE, COURSE, END))
