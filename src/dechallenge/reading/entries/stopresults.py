"""Stops after which the reaction is told to have gone on, until another drug was stopped.

"Carbamazepine was stopped, but the rash got worse. Allopurinol was then withdrawn and it cleared": the first stop did
not help. May import the endings and the story.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.endings import DENIED, IMPROVED, WORSE, before_the_stop
from dechallenge.reading.story.story import Step, Story

_FURTHER = Pattern(
    r"\b(?:rose|increased|climbed|fell|dropped|declined|spread|deteriorated|progressed)\s+(?:even\s+|still\s+)?further\b|\b(?:got|became|grew)\s+(?:even\s+|still\s+)?"
    r"worse\b|\bcontinued\s+to\s+(?:rise|fall|drop|decline|increase|spread|worsen|progress|deteriorate|climb)\b|"
    r"\b(?:remained|was|were)\s+(?:unchanged|the\s+same|elevated|just\s+as\s+high)\b|\bno\s+(?:change|effect|better)\b|\bwithout\s+(?:any\s+)?(?:effect|change)\b",
    re.IGNORECASE,
)
_FAR = 500
"""Characters behind a stop in which what followed it is told."""


def other_stops(story: Story) -> list[tuple[int, str]]:
    """Where the stops of a case are told, and of which drug, in order."""
    return sorted((s.action.cue[0], s.drug) for s in story.steps if s.kind == "stopped")


def went_on(
    body: str, spans: Sequence[tuple[int, int]], step: Step, stops: Sequence[tuple[int, str]]
) -> tuple[int, int] | None:
    """The words by which the reaction went on after a stop, before the next stop of another drug; None without.

    Args:
        body: Clean text.
        spans: Its sentences.
        step: The stop of a drug.
        stops: All stops, as :func:`other_stops` gives them.
    """
    at = step.action.cue[1]
    later = bisect_right(stops, (at, ""))
    if any(drug != step.drug and place == step.action.cue[0] for place, drug in stops[max(0, later - _FEW) : later]):
        return None  # "X and Y were stopped": two at once
    following = next((place for place, drug in stops[later : later + _FEW] if drug != step.drug), None)
    if following is None or following > at + _FAR:
        return None
    start = spans[step.action.sentence][0]
    found = [m for p in (WORSE, _FURTHER) for m in p.finditer(body, at, following)]
    told = [m for m in found if _told(body, start, m, step.action.cue[0])]
    if not told or any(not _denied(body, m) for m in IMPROVED.finditer(body, max(m.end() for m in told), following)):
        return None
    return min(m.span() for m in told)


def _told(body: str, start: int, match: re.Match[str], stopped: int) -> bool:
    return not (_denied(body, match) or before_the_stop(body, start, match, stopped))


def _denied(body: str, match: re.Match[str]) -> bool:
    return DENIED.search(body, max(0, match.start() - 40), match.start()) is not None


_FEW = 8
"""Drugs of one list, at the most."""
