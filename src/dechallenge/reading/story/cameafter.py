"""When a report that opens at the bedside looks back on the start of the drug and then tells when the reaction began.

"He presented with jaundice. Six weeks before admission X was started. Four weeks later he noticed dark urine": the
reaction began four weeks after X, and not with the visit. May import the story and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.story.story import SAME, Beat, Story, start_node

_CAME = Pattern(
    r"\b(?:develop\w*|onset|complain\w*|notic\w+|noted|began|became|appear\w*|occurr\w*|experienc\w+|suffer\w*|fell\s+ill)\b",
    re.IGNORECASE,
)
"""Something new, which the visit then found."""
_BACK = ("onset", "admission", "context")


def came_after(text: str, story: Story, reactions: Sequence[int]) -> int | None:
    """Where the time stands that dates the reaction from a start on which the report had looked back.

    Args:
        text: Clean text.
        story: The story, told from the presentation.
        reactions: Clean positions of the reaction.

    Returns:
        Clean position of the time, None where nothing is told in this way.
    """
    timed = [beat for beat in story.beats if beat.explicit and beat.time is not None and not beat.own]
    for back, then in pairwise(timed):
        if _looks_back_on_the_start(story, back) and _goes_on(text, story, back, then, reactions):
            return then.time.start if then.time is not None else None
    return None


def _looks_back_on_the_start(story: Story, beat: Beat) -> bool:
    time = beat.time
    if not story.main or time is None or not beat.flashback or time.sign > 0 or time.anchor not in _BACK:
        return False
    return time.amount is not None and story.network.between(start_node(story.main[0]), beat.node) == SAME


def _goes_on(text: str, story: Story, back: Beat, then: Beat, reactions: Sequence[int]) -> bool:
    """The next time told is shorter than the way back, and that of something new, which is a sign of the reaction."""
    first, second = back.time, then.time
    if first is None or second is None or first.amount is None or second.amount is None:
        return False
    if second.kind != "sequence" or second.sign < 0 or second.preposition or then.sentence - back.sentence > 1:
        return False
    if second.amount.interval.hi > first.amount.interval.hi:
        return False
    if any(s.kind == "stopped" and back.start <= s.action.cue[0] < then.start for s in story.steps):
        return False
    end = max(beat.end for beat in story.beats if beat.sentence == then.sentence)
    if _CAME.search(text, then.start, end) is None:
        return False
    return any(then.start <= at < end for at in reactions)
