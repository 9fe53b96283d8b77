"""A stop told in one breath with a dated sign: some days after it, at the most.

May import story, actions and triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.actions.actionwords import LATE
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.story.story import Beat
from dechallenge.timeline import Interval

SOON_AFTER = Interval(0.0, 7.0)
BECAUSE = "supposed: within 7 days of the sign before it"
"""Said beside every such stop: the figure is a rule of this software, without a source."""
SAME_DAY_OR_NEXT = Interval(0.0, 1.0)
_SENTENCES = 6
"""Sentences, of findings and tests without a time, between a dated sign and the stop that it led to."""
_MEANWHILE = Pattern(
    r"\b(?:continu\w*|persist\w*|worsen\w*|deteriorat\w*|progress\w*|despite|repeat\w*|monitor\w*|follow\w*|"
    r"rise|rose|rising|increas\w*|fell|fall\w*|declin\w*|dropp\w*|improv\w*|remain\w*|treated|given|started|received)\b",
    re.IGNORECASE,
)
"""Words by which time went by between them."""


def in_one_breath(text: str, sign: Beat, action: ActionMention, clause: str) -> bool:
    """ "After 3 months ALT was high. Tests were negative. X was stopped".

    Args:
        text: Clean text.
        sign: The last moment with a time of its own.
        action: The stop.
        clause: The words of its clause.
    """
    return (
        sign.sentence >= action.sentence - _SENTENCES
        and _MEANWHILE.search(text, sign.end, action.cue[0]) is None
        and sign.time is not None
        and sign.time.kind in ("sequence", "offset", "date", "day")
        and not sign.time.within
        and LATE.search(clause) is None
    )
