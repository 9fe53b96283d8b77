"""What followed a re-exposure in the report's own words: it came back, it was tolerated, or nothing is said."""

from __future__ import annotations

import pytest

from dechallenge.reading.actions.actions import read_actions
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.reactions.recurrence import Result, result_of
from dechallenge.reading.texts.sentences import sentences


def result(text: str, until: int | None = None) -> tuple[Result | None, str]:
    """Result of the first re-exposure of the text, and the words that say it."""
    spans = sentences(text)
    drugs = read_drugs(text, spans)
    action = next(
        action
        for number, span in enumerate(spans)
        for action in read_actions(text, span, number, [d for d in drugs if d.sentence == number])
        if action.kind == "restarted"
    )
    said, words = result_of(text, spans, action, len(text) if until is None else until)
    return said, text[slice(*words)] if words else ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ibuprofen was restarted and the rash recurred.", "rash recurred"),
        ("Clozapine was restarted. The neutropenia returned within a week.", "neutropenia returned"),
        ("Ibuprofen was restarted and ALT rose again.", "ALT rose again"),
        ("Ibuprofen was restarted. A similar episode followed.", "similar episode"),
        ("Ibuprofen was restarted. Recurrence of jaundice led to admission.", "Recurrence of jaundice"),
        ("Ibuprofen was restarted. Within two days he had a rash.", "Within two days he had a rash"),
        ("Ibuprofen was restarted. He felt well. Then the pain came back.", "pain came back"),
        (
            "He had another bout of jaundice within a week, having restarted ibuprofen.",
            "another bout of jaundice within a week, having restarted",
        ),
    ],
)
def test_it_came_back(text: str, words: str) -> None:
    assert result(text) == ("positive", words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ibuprofen was restarted without recurrence.", "without recurrence"),
        ("Ibuprofen was restarted and was well tolerated.", "well tolerated"),
        ("He was well for another week, having restarted ibuprofen without problems.", "without problems"),
        ("Ibuprofen was restarted. There was no recurrence of the rash.", "no recurrence"),
        ("Ibuprofen was restarted and symptoms did not recur.", "did not recur"),
        ("Ibuprofen was restarted, and liver tests remained normal.", "remained normal"),
        ("Clozapine was restarted and the neutrophil count remained above 2000/mm3.", "remained above"),
        ("Ibuprofen was restarted and the course was uneventful.", "uneventful"),
    ],
)
def test_it_was_tolerated(text: str, words: str) -> None:
    assert result(text) == ("negative", words)


@pytest.mark.parametrize(
    "text",
    [
        "Ibuprofen was restarted three months later.",
        "Ibuprofen was restarted but was not tolerated.",
        "Ibuprofen was restarted and poorly tolerated.",
        "The rash recurred in spring. In summer, ibuprofen was restarted.",
        "Ibuprofen was restarted. He slept well. He ate well. He walked. The rash recurred.",
    ],
)
def test_nothing_is_said(text: str) -> None:
    assert result(text) == (None, "")


def test_the_next_re_exposure_keeps_its_own_result() -> None:
    text = "Ibuprofen was restarted. In May, ibuprofen was given again and the rash recurred."
    assert result(text)[0] == "positive"
    assert result(text, until=text.index("In May")) == (None, "")


def test_tolerated_at_first() -> None:
    assert result("Ibuprofen was restarted. He tolerated it well at first, but jaundice recurred.")[0] != "negative"
