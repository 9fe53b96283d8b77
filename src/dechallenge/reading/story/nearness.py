"""Which action a time belongs to, by where both stand in their sentence. May import actions, times and the words."""

from __future__ import annotations

from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.tellerwords import NOUN


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
    act = nearest(mention, acts, sentence)
    if act is None or act.kind != "started" or NOUN.fullmatch(text, *act.cue) is not None:
        return False
    return any(d.drug == drug for d in act.drugs)
