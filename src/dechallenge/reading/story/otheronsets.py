"""The onset of something else: "23 days after the onset of pneumonia", told of a neutropenia.

Imports the triggers alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern

_OF = Pattern(
    r"[^.;,]{0,24}?\b(?:onset|beginning|start)\s+of\s+(?:(?:the|his|her|an?|this|these|acute|severe|aspiration|bacterial|viral)\s+){0,3}"
    r"(?P<what>[a-z][\w-]{3,})",
    re.IGNORECASE,
)
_OTHER_ILLNESS = Pattern(
    r"pneumonia|sepsis|bacter(?:a)?emia|infections?|influenza|COVID\S*|cellulitis|pyelonephritis|meningitis|endocarditis|"
    r"pregnancy|labou?r|menses|menopause|diabetes|schizophrenia|epilepsy|arthritis|psoriasis|colitis|cancer|leuk(?:a)?emia",
    re.IGNORECASE,
)
"""Illnesses that a drug is given beside or for; complaints and diagnoses of a reaction are none of them."""


def another_illness(text: str, first: int, end: int, reactions: Sequence[int]) -> tuple[int, int] | None:
    """Place of the illness whose onset a time counts from, where it is not the reaction; None where it may be.

    Args:
        text: Clean text.
        first: Where the words of the anchor begin.
        end: Where their sentence ends.
        reactions: Positions of the signs of the reaction.
    """
    found = _OF.match(text, first, end)
    if found is None or _OTHER_ILLNESS.fullmatch(found["what"]) is None:
        return None
    at = found.span("what")
    return None if any(first <= place < at[1] for place in reactions) else at


def told_earlier(text: str, at: tuple[int, int], before: int) -> int | None:
    """The last place before where the same illness is named."""
    place = text.lower().rfind(text[slice(*at)].lower(), 0, before)
    return place if place >= 0 else None
