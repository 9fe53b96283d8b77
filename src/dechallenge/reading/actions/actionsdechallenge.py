"""A dechallenge told by that word: "dechallenge was positive", "with a positive dechallenge".

It says that the drug was stopped, and what followed. May import drugs and the mention of an action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

_RESULT = r"(?P<{0}>positive|successful|negative|unsuccessful|inconclusive)"
_TOLD = Pattern(
    rf"\b{_RESULT.format('before')}\s+(?:\w+\s+)?(?P<noun>de-?challenge)\b"
    r"|\b(?P<noun2>de-?challenge)\b(?:\s+and\s+(?:subsequent\s+)?re-?challenge)?"
    r"(?:\s+(?:of|with|to|from|for)\s+(?:the\s+)?[\w-]+(?:\s+and\s+[\w-]+)?)?(?:\s+(?:test|tests|result|results|outcome))?"
    r"(?:\s*[:=]\s*|\s+(?:both\s+)?(?:was|were|is|proved|turned\s+out|being)\s+(?:to\s+be\s+)?(?:also\s+|both\s+|clearly\s+|reported\s+as\s+|considered\s+"
    rf"(?:to\s+be\s+)?|judged\s+(?:as\s+)?){{0,2}}){_RESULT.format('behind')}\b(?!\s+(?:if|when|only)\b)",
    re.IGNORECASE,
)
_GOOD = ("positive", "successful")
_BAD = ("negative", "unsuccessful")


@dataclass(frozen=True, slots=True)
class DechallengeMention:
    """A dechallenge and its result; offsets are clean.

    Attributes:
        start, end: The words.
        cue: The word itself.
        improved: The reaction got better; None where the words leave it open.
        sentence: Index of the sentence.
    """

    start: int
    end: int
    cue: tuple[int, int]
    improved: bool | None
    sentence: int


def dechallenges(text: str, spans: Sequence[tuple[int, int]]) -> list[DechallengeMention]:
    """The dechallenges of a case with their results, in order.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    found = []
    for index, span in enumerate(spans):
        for match in _TOLD.finditer(text, *span):
            result = (match["before"] or match["behind"]).lower()
            improved = True if result in _GOOD else False if result in _BAD else None
            cue = match.span("noun") if match["noun"] else match.span("noun2")
            found.append(DechallengeMention(match.start(), match.end(), cue, improved, index))
    return found


def with_dechallenges(
    text: str, spans: Sequence[tuple[int, int]], actions: list[ActionMention], drugs: Sequence[DrugMention]
) -> list[ActionMention]:
    """The actions, with a stop where only a dechallenge tells of one ("a rash with positive dechallenge").

    Args:
        text: Clean text.
        spans: Its sentences.
        actions: Actions of the case, in order.
        drugs: Drugs of the case.
    """
    if any(a.kind in ("stopped", "reduced") and not a.negated for a in actions):
        return actions
    told = next(iter(dechallenges(text, spans)), None)
    if told is None:
        return actions
    named = tuple(d for d in drugs if d.sentence == told.sentence and told.start <= d.start < told.end and d.drug)
    more = ActionMention(told.cue[0], told.cue[1], "stopped", named, told.cue, told.sentence)
    return sorted([*actions, more], key=lambda a: a.cue)
