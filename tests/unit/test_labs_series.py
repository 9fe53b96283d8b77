"""Laboratory values that stand away from their name: in a series with times, behind "counts", before the name."""

from __future__ import annotations

import pytest

from dechallenge.evidence import Document
from dechallenge.reading.laboratory.labs import read_labs
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean


def values(text: str) -> list[tuple[str, object, str]]:
    """Analyte, value (or range) and comparator of every number read."""
    cleaned = clean(Document.from_text(text))
    return [
        (m.analyte, m.value if m.value is not None else (m.low, m.high), m.comparator)
        for m in read_labs(cleaned, sentences(cleaned.text))
        if m.value is not None or m.low is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "AST was 900 U/L on day 2, 410 U/L on day 6 and 38 U/L six weeks later.",
            [("AST", 900, "="), ("AST", 410, "="), ("AST", 38, "=")],
        ),
        ("INR was 2.1 on admission; bilirubin was 9 mg/dL.", [("INR", 2.1, "="), ("BILI_TOT", 9, "=")]),
        (
            "At week 4 ALP was 510 U/L; at week 9, 160 U/L; GGT was normal.",
            [("ALP", 510, "="), ("ALP", 160, "=")],
        ),
        (
            "Platelets were 22,000/µL. Subsequent counts were 60,000/µL and 155,000/µL.",
            [("PLT", 22000, "="), ("PLT", 60000, "="), ("PLT", 155000, "=")],
        ),
        ("Monocytes accounted for 14% of the leukocytes.", [("MONO_PCT", 14, "=")]),
        ("WBC was 1.1 x 10^9/L, of which 3% were neutrophils.", [("WBC", 1.1, "="), ("NEUT_PCT", 3, "=")]),
        ("Platelets exceeded 100,000/µL a week later.", [("PLT", 100000, ">")]),
        ("ALT did not exceed 60 U/L.", [("ALT", 60, "<=")]),
        ("Platelets before the second dose: 240,000/µL.", [("PLT", 240000, "=")]),
        ("ALP was 1.4 times the upper limit and ALT 6 times the upper limit.", [("ALP", 1.4, "="), ("ALT", 6, "=")]),
    ],
)
def test_series_and_counts(text: str, expected: list[tuple[str, object, str]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ALT was 900 U/L on day 2, 410 U/L of enzyme was added.",
        "ALT was 900 U/L on day 2 and 40 mg/day of prednisone was given after a week.",
        "Haemoglobin was 8.1 g/dL on day 3, 20 g/L in another patient after a week.",
        "ALT was 900 U/L. Weekly counts were 3,000/µL.",
    ],
)
def test_a_second_figure_needs_the_same_unit_and_its_own_time(text: str) -> None:
    assert len(values(text)) == 1


def test_limit_with_a_word_for_whom_it_holds() -> None:
    cleaned = clean(Document.from_text("ALP was 290 U/L (age-specific upper limit 320)."))
    (mention,) = read_labs(cleaned, sentences(cleaned.text))
    assert mention.limit is not None
    assert (mention.value, mention.limit.high) == (290, 320)
