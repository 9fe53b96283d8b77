"""Reports that begin at the bedside, told from those that begin with the drug; and how long a complaint had lasted."""

from __future__ import annotations

import pytest

from dechallenge.reading.actions.actions import read_actions
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.story.presentation import PRESENTATION, complaint
from dechallenge.reading.story.story import Story
from dechallenge.reading.story.teller import tell
from dechallenge.reading.texts.sentences import sentences


def story(text: str) -> Story:
    """The story of a report whose reaction is jaundice, with its first drug in focus."""
    spans = sentences(text)
    drugs = read_drugs(text, spans)
    actions = [
        action
        for number, span in enumerate(spans)
        for action in read_actions(text, span, number, [d for d in drugs if d.sentence == number])
    ]
    return tell(text, spans, drugs, actions, [text.index("jaundice")], tuple(d.drug for d in drugs[:1]))


def opens_at_the_bedside(text: str) -> bool:
    return any(beat.node == PRESENTATION for beat in story(text).beats)


@pytest.mark.parametrize(
    "text",
    [
        "A 50 year old man presented with jaundice. He had started terbinafine five weeks earlier.",
        "A 50 year old man presented with jaundice. His medications included terbinafine.",
        "A 50 year old man presented with jaundice while taking terbinafine.",
        "A 50 year old man presented with jaundice. Terbinafine had been prescribed in March.",
        "A 50 year old man presented with jaundice. He recalled using terbinafine recently.",
    ],
)
def test_begins_with_the_reaction(text: str) -> None:
    assert opens_at_the_bedside(text)


@pytest.mark.parametrize(
    "text",
    [
        "A 50 year old man started terbinafine. Five weeks later he developed jaundice.",
        "A 50 year old man was given terbinafine and developed jaundice 5 weeks later.",
        "A 50 year old man developed jaundice five weeks after starting terbinafine.",
        "A 50 year old man presented with jaundice. He was treated with prednisone.",
        "A 50 year old man presented with jaundice. No cause was found.",
    ],
)
def test_begins_with_the_drug_or_has_none(text: str) -> None:
    assert not opens_at_the_bedside(text)


def test_the_start_is_dated_back_from_the_presentation() -> None:
    text = "A 50 year old man presented with jaundice. He had started terbinafine five weeks earlier."
    latency = story(text).day(PRESENTATION, "start:terbinafine:0")
    assert latency.low is not None and latency.high is not None
    assert latency.low <= 35 <= latency.high


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("with a one-week history of jaundice", 7),
        ("a 3-day history of fever", 3),
        ("after 4 days of jaundice", 4),
        ("jaundice for the past two weeks", 14),
        ("itching for 10 days", 10),
    ],
)
def test_how_long_the_complaint_had_lasted(text: str, days: float) -> None:
    found = complaint(text)
    assert found is not None and found.point == days


@pytest.mark.parametrize(
    "text",
    [
        "three weeks of treatment",
        "6 months of terbinafine therapy",
        "after 2 weeks of use",
        "two months of age",
        "with a history of gout",
        "jaundice for months",
    ],
)
def test_no_length_of_a_complaint(text: str) -> None:
    assert complaint(text) is None
