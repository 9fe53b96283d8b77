"""Which action a time belongs to, by where both stand in their sentence. May import actions, times and the words."""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.tellerwords import NOUN

_IS_BEGUN = Pattern(
    r"(?:\s+\([^()]{1,40}\)|\s+at)?(?:\s+\d[\w./]*\s*(?:mg|g|mcg|ml|units?)?[^.;,]{0,30}?)?\s+(?:was|were|had\s+been)\s+(?:then\s+|also\s+)?"
    r"(?:initiated|begun|started|commenced|instituted|introduced|added|resumed)\b",
    re.IGNORECASE,
)
""" "Treatment with X was initiated": the noun has a verb of beginning."""


def noun_is_begun(text: str, action: ActionMention, end: int) -> bool:
    """ "Treatment with X was initiated"."""
    return NOUN.fullmatch(text, *action.cue) is not None and _IS_BEGUN.match(text, action.end, end) is not None


def nearest(mention: TimeMention, acts: list[ActionMention], sentence: tuple[int, int]) -> ActionMention | None:
    """The action that a time going back belongs to ("started on X after Y had been stopped 3 months earlier": Y)."""
    start, end = sentence[0] + mention.start, sentence[0] + mention.end
    return min(acts, key=lambda a: max(a.cue[0] - end, start - a.cue[1], 0), default=None)


def within(mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
    return sentence[0] + mention.start <= action.cue[0] < sentence[0] + mention.end + 2


def mention_at(mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
    """The mention with its span in the clean text of the case."""
    return replace(mention, start=mention.start + sentence[0], end=mention.end + sentence[0])


def begun_then(
    text: str, mention: TimeMention, sentence: tuple[int, int], acts: list[ActionMention], drug: str
) -> bool:
    """ "Three months later X was started": the time is that of the start of this drug, and of nothing beside it."""
    near = nearest(mention, acts, sentence)
    act = next((a for a in acts if near is not None and a.cue == near.cue and a.kind == "started"), None)
    if act is None:
        return False
    if NOUN.fullmatch(text, *act.cue) is not None and not noun_is_begun(text, act, sentence[1]):
        return False
    return any(d.drug == drug for d in act.drugs)
