"""Where a report tells that something came up, by its name; and whether a sentence looks back to when a drug was begun.

May import the words that tell of a reaction and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.anywords import AROSE, VERB


def looks_back(text: str, span: tuple[int, int]) -> bool:
    """Whether a sentence tells of a drug that had been begun before what was told above it."""
    return _HAD_BEEN.search(text, *span) is not None or _SOME_TIME_AGO.search(text, *span) is not None


def by_its_name(text: str, spans: Sequence[tuple[int, int]], term: str, first: int) -> tuple[int, int] | None:
    """Where it is told that the reaction came up, by its name: "she developed an acute left hemiparesis".

    Args:
        text: Clean text.
        spans: Its sentences.
        term: What the reaction is called.
        first: Clean position from which it is looked for.
    """
    last = term.lower().split()[-1]
    for start, end in spans:
        for pattern in (VERB, AROSE) if end > first else ():
            for here in pattern.finditer(text, max(start, first), end):
                if last in here["name"].lower().split():
                    return here.span("name")
        came = re.search(
            rf"\b{re.escape(last)}\s+(?:started|began|set\s+in)\b", text[max(start, first) : end], re.IGNORECASE
        )
        if end > first and came is not None:
            return max(start, first) + came.start(), max(start, first) + came.start() + len(last)
    return None


_HAD_BEEN = Pattern(
    r"\b(?:had|has)\s+(?:\w+ly\s+)?(?:been\s+(?:\w+ly\s+)?(?:on|taking|using|receiving|started|given|treated|prescribed|commenced)|"
    r"taken|received|started|begun|commenced|used)\b(?!\s+(?:as|for\s+(?:many|several|\d+)\s+years))",
    re.IGNORECASE,
)
"""Before the reaction that the sentences above told: "presented with a rash. He had started allopurinol"."""
_SOME_TIME_AGO = Pattern(
    r"\b(?:days?|weeks?|months?)\s+(?:ago|back|earlier|prior|previously|before(?!\s+that))\b|\bwas\s+(?:on|taking|receiving|using)\b"
    r"[^.;]{0,60}\b(?:for|since)\s+(?:the\s+)?(?:last\s+|past\s+)?(?:\d+|an?|one|two|three|four|five|six|several|few)\s+"
    r"(?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)
"""The same in other words: "was started 2 weeks back", "was on lamotrigine since 2 weeks"."""
