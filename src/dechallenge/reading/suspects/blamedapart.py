"""Which of several drugs that a title blames are meant for one of the patients: "injury under X and Y: two cases".

A title names the drugs of all patients. Of a patient it does not mean a drug that is only named, where another of them
was taken, nor one that was given after another of them and tolerated. May import drugs, actions and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dechallenge.reading.actions.actions import read_actions
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.sentences import sentences

_STOPPED = Pattern(r"\b(?:stopped|withdrawn|discontinued|ceased|withheld|replaced|switched)\b", re.IGNORECASE)
_TOLERATED = Pattern(
    r"\b(?:tolerat\w+|remain(?:ed|s)\s+(?:\w+\s+)?(?:normal|well|stable)|without\s+(?:any\s+|further\s+)?(?:problems?|recurrence|"
    r"relapse|complications?)|no\s+(?:recurrence|relapse))\b",
    re.IGNORECASE,
)
_BEHIND = 260
"""Characters behind a drug within which it is told to have been tolerated."""


def blamed_of(
    body: str, parts: Sequence[tuple[int, int]], blamed: Mapping[str, str], local: Mapping[str, str]
) -> dict[str, str]:
    """The drugs that the title blames, without those that it does not mean for the patient of these parts.

    Args:
        body: Clean text.
        parts: The text of the patient.
        blamed: Drugs that the title or the abstract blames, with the words.
        local: Abbreviations of the document.
    """
    spans = [(a + x, a + y) for a, b in parts for x, y in sentences(body[a:b])]
    drugs = [d for d in read_drugs(body, spans, dict(local)) if d.drug in blamed]
    first: dict[str, int] = {}
    for i, span in enumerate(spans):
        mine = [d for d in drugs if d.sentence == i]
        taken = {d.drug for action in read_actions(body, span, i, mine) for d in action.drugs} if mine else set()
        for mention in mine:
            if mention.drug in taken:
                first.setdefault(mention.drug, mention.start)
    if not first:
        return dict(blamed)
    earliest = min(first.values())
    return {drug: words for drug, words in blamed.items() if drug in first and not _later(body, earliest, first[drug])}


def _later(body: str, earliest: int, at: int) -> bool:
    """Begun after the other one had been stopped, and tolerated."""
    return (
        at > earliest and _STOPPED.search(body, earliest, at) is not None
        and _TOLERATED.search(body, at, at + _BEHIND) is not None
    )  # fmt: skip
