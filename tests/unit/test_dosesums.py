"""Sums of doses are done again: what adds up is no conflict, what does not is one with its words."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.evidence import Document
from dechallenge.reading.drugs.dosesums import dose_sums
from dechallenge.reading.texts.text import clean


def told(text: str, weight: float | None = None) -> list[tuple[str, str | None]]:
    body = clean(Document.from_text(text))
    return [(c.what, c.repair) for c in dose_sums(body, [(0, len(body.text))], weight)]


@pytest.mark.parametrize(
    ("text", "weight", "what"),
    [
        ("Given at 5 mg/kg × 62 kg = 410 mg.", None, "5 mg/kg × 62 kg is 310 mg, not 410 mg"),
        ("Given at 8 mg/kg (640 mg).", 60.0, "8 mg/kg at 60 kg is 480 mg, not 640 mg"),
        ("Given 250 mg three times daily (1 g/day).", None, "250 mg 3 times a day is 0.75 g, not 1 g"),
        ("Given 400 mg every 8 hours, total 1,600 mg daily.", None, "400 mg 3 times a day is 1200 mg, not 1,600 mg"),
        ("Given 500 mg bid (1500 mg/d).", None, "500 mg 2 times a day is 1000 mg, not 1500 mg"),
    ],
)
def test_a_sum_that_fails_is_a_conflict(text: str, weight: float | None, what: str) -> None:
    assert [one for one, _ in told(text, weight)] == [what]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Given at 5 mg/kg × 62 kg = 310 mg.", None),
        ("Given at 8 mg/kg (480 mg).", 62.0),  # whole vials: within 15 %
        ("Given at 8 mg/kg (640 mg).", None),  # no weight is told: nothing to check
        ("Given 250 mg four times daily (1 g/day).", None),
        ("Given 0,5 g twice a day (1000 mg daily).", None),
        ("Given 8 mg/kg (640 mg per day).", 60.0),  # per day, of a dose whose interval is not told
        ("Given 100 mg twice daily and 300 mg daily of another drug.", None),
    ],
)
def test_a_sum_that_holds_or_cannot_be_done_is_none(text: str, weight: float | None) -> None:
    assert told(text, weight) == []


def test_a_missing_per_kilogram_is_said_with_its_repair() -> None:
    assert told("She had 4 mg x 70 kg = 280 mg.") == [("4 mg × 70 kg: the dose lacks “/kg”", "4 mg/kg")]


def test_a_case_lists_the_sum_with_its_words() -> None:
    body = "A 40-year-old woman weighing 60 kg received infliximab 5 mg/kg (450 mg). After 3 weeks ALT was 900 U/L."
    (case,) = read(body).cases
    (conflict,) = [c for c in case.conflicts if c.affects == "dose"]
    assert "5 mg/kg at 60 kg is 300 mg, not 450 mg" in conflict.what
    (words,) = conflict.evidence
    assert body[words.start : words.end] == words.quote == "5 mg/kg (450 mg"
