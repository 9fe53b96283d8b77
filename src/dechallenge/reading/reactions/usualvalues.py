"""Values that were there before and stayed: "creatinine was 3.1 mg/dL, unchanged from last year" is no reaction.

May import the signs of ``events`` and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, Sign

_FIGURE = Pattern(r"\d")
_AS_EVER = Pattern(
    r"[^.;\d]{0,40}?\b(?:unchanged|stable|as\s+(?:before|usual|ever)|(?<!from\s)(?<!than\s)(?<!above\s)(?<!over\s)(?:his|her|the)\s+"
    r"(?:usual|baseline)|(?:same|similar)\s+(?:as|to)|known\s+(?:for|since))\b",
    re.IGNORECASE,
)
_AT_FIRST = Pattern(r"\b(?:usual|baseline|unchanged|stable|pre-?existing)\s+(?:serum\s+)?$", re.IGNORECASE)
_REMAINED = Pattern(r"\b(?:remained|stayed|was\s+(?:unchanged|stable)(?:\s+at)?)\b", re.IGNORECASE)
_BEFORE = 30


def is_usual(text: str, sign: Sign) -> bool:
    """A value that the report calls the patient's own, or tells to have stayed ("creatinine remained 2.1 mg/dL").

    Args:
        text: Clean text.
        sign: A sign.
    """
    start, end = sign.position, sign.end
    if _FIGURE.search(text, start, end) is None:
        return False
    return (
        _AS_EVER.match(text, end) is not None
        or _REMAINED.search(text, start, end) is not None
        or _AT_FIRST.search(text, max(0, start - _BEFORE), start) is not None
    )


def without_usual(text: str, found: Sequence[Sign]) -> list[Sign]:
    """The signs of a case; where every value of the kidneys is the patient's own, and nothing names an injury, none.

    Args:
        text: Clean text.
        found: Signs of the case.
    """
    own = [s for s in found if s.kind == KIDNEY]
    if not own or not all(is_usual(text, s) for s in own):
        return list(found)
    return [s for s in found if s.kind != KIDNEY]
