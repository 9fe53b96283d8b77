"""Doses at printed visits become administrations on the axis of the case. Each report is our own."""

from __future__ import annotations

import pytest

from dechallenge.case import Exposure
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader

END = " {when} after the first dose he became jaundiced; ALT was 800 U/L and bilirubin 5 mg/dL. Infliximab was stopped."


def exposure(text: str, drug: str = "infliximab") -> Exposure:
    (case,) = ProseReader().read([Document.from_text(text)]).cases
    return next(x for x in case.exposures if x.drug == drug)


def days(words: str, when: str = "Twenty weeks") -> list[tuple[float | None, float | None]]:
    text = f"A 40-year-old man was started on infliximab 5 mg/kg {words}." + END.format(when=when)
    return [(t.low, t.high) for t in exposure(text).administrations]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("at weeks 0, 2 and 6", [(0, 0), (14, 14), (42, 42)]),
        ("at weeks 0, 2, and 6 and then every 8 weeks", [(0, 0), (14, 14), (42, 42)]),
        ("(weeks 0, 2 and 6)", [(0, 0), (14, 14), (42, 42)]),
        ("at 0, 2 and 6 weeks", [(0, 0), (14, 14), (42, 42)]),
        ("on days 1, 8 and 15", [(0, 0), (7, 7), (14, 14)]),
        ("on days 1 to 3", [(0, 0), (1, 1), (2, 2)]),
        ("at months 0, 1 and 3", [(0, 0), (23, 37), (75, 105)]),
    ],
)
def test_visits_are_administrations(words: str, expected: list[tuple[float, float]]) -> None:
    assert days(words) == expected


@pytest.mark.parametrize("words", ["every 8 weeks", "at weeks 2 and 6", "on days 1 and 8 of each cycle", "twice daily"])
def test_what_tells_no_visits_gives_no_administrations(words: str) -> None:
    assert days(words) == []


def test_a_visit_after_the_reaction_that_ended_the_treatment_was_not_kept() -> None:
    assert days("at weeks 0, 2 and 6", "Three weeks") == [(0, 0), (14, 14)]


def test_visits_that_were_only_planned_are_none() -> None:
    text = "A 40-year-old man was to be given infliximab 5 mg/kg at weeks 0, 2 and 6." + END.format(when="Twenty weeks")
    assert exposure(text).administrations == ()


def test_the_words_and_the_frequency_stay() -> None:
    text = "A 40-year-old man was started on infliximab 5 mg/kg at weeks 0, 2 and 6." + END.format(when="Twenty weeks")
    read = exposure(text)
    assert read.frequency == "at weeks 0, 2 and 6"
    assert {e.quote for t in read.administrations for e in t.evidence if hasattr(e, "quote")} == {"at weeks 0, 2 and 6"}
