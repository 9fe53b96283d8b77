"""Amounts of time that share what they count from: "0.6 one month and 1.1 three months after withdrawal".

May import the words and amounts of time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import amount_of
from dechallenge.reading.texts.timewords import AMOUNT

_SHARED = Pattern(rf"{AMOUNT}(?=\s*,?\s+and\s+(?:[\w×x^/.,-]+\s+){{0,6}}$)", re.IGNORECASE)
_LENGTH = Pattern(
    r"\b(?:for|over|during|every|each|within|aged?|of|last|next|per|in|lasting|after|at|by|since)\s+(?:the\s+|a\s+)?$",
    re.IGNORECASE,
)
"""Before an amount that is a length or counts from something of its own."""


def shared_anchors(text: str, found: Sequence[TimeMention]) -> list[TimeMention]:
    """The amounts without words for what they count from, before one that has them.

    Args:
        text: The sentence.
        found: Times found in it.
    """
    more: list[TimeMention] = []
    for mention in found:
        if mention.kind != "offset" or mention.sign < 0 or mention.within:
            continue
        begin = max(0, mention.start - 90)
        match = _SHARED.search(text, begin, mention.start)
        if match is None or _LENGTH.search(text, max(0, match.start() - 14), match.start()):
            continue
        if not any(c.isdigit() for c in text[match.end() : mention.start]):
            continue  # "one month and three months after": no value between them
        if any(m.start < match.end() and match.start() < m.end for m in found):
            continue
        more.append(replace(mention, start=match.start(), end=match.end(), amount=amount_of(match)))
    return more
