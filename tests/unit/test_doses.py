"""A dose is an amount of drug; a concentration in a laboratory value is none."""

from __future__ import annotations

import pytest

from dechallenge.reading.drugs import read_drugs
from dechallenge.reading.sentences import sentences


def doses(text: str) -> list[str]:
    spans = sentences(text)
    return [text[m.start : m.end] for m in read_drugs(text, spans) if m.kind == "dose"]


@pytest.mark.parametrize("value", ["10.4 g/dL", "4 g/dl", "104 g/L"])
def test_a_concentration_is_no_dose(value: str) -> None:
    assert doses(f"Anakinra was started. Hemoglobin was {value} after the dose.") == []


def test_a_dose_told_alone_belongs_to_the_drug_named_last() -> None:
    assert doses("Anakinra was started. The dose was raised to 200 mg/day.") == ["200 mg/day"]
