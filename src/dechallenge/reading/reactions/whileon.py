"""A reaction and its drug told in one sentence: "a case of encephalopathy in a girl undergoing treatment with X".

Such a sentence has no word of a beginning ("developed"), and yet tells what came up under a drug. May import drug
mentions and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.texts.reporting import WE_REPORT

_A_CASE = Pattern(
    rf"{WE_REPORT}|\b(?:we|authors)\s+observed\b|"
    r"\b(?:study|paper|article|report)\s+(?:\w+ly\s+|here\s+|now\s+){0,2}(?:reports?|describes?|presents?|observed)\b|"
    r"\bis\s+(?:described|reported|presented)\b|\bcases?\s+of\b|\b(?:induction|occurrence|appearance|emergence)\s+of\b",
    re.IGNORECASE,
)
"""What the text is about is the reaction."""
_WHILE_ON = Pattern(
    r"\b(?:receiving|taking|undergoing|(?:treated|medicated)\s+(?:\w+ly\s+)?with|exposed\s+to|exposure\s+to|during|under|"
    r"while\s+(?:on|using)|who\s+(?:was|is|were)\s+(?:\w+\s+)?on|(?:man|woman|patient|boy|girl|child|infant|male|female)\s+on)\b",
    re.IGNORECASE,
)
_EXPOSED = Pattern(r"\bexposed\s+to\b", re.IGNORECASE)
_NEAR = 90
"""Characters between such words and the drug."""
_ANOTHER_REASON = Pattern(
    r"\b(?:for|because\s+of|due\s+to|secondary\s+to|following|after)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE
)


def while_on(text: str, span: tuple[int, int], position: int, drugs: Sequence[DrugMention]) -> bool:
    """Whether what stands at a position is told, in one sentence, of somebody under a drug.

    Args:
        text: Clean text.
        span: The sentence.
        position: Where the complaint begins.
        drugs: Drugs named in the text.
    """
    start, end = span
    here = [d for d in drugs if d.drug and start <= d.start < end]
    if not here or _ANOTHER_REASON.search(text, start, position) is not None:
        return False
    told = _A_CASE.search(text, start, end) is not None
    for words in (_WHILE_ON if told else _EXPOSED).finditer(text, start, end):
        if told and words.start() < position:
            continue
        if any(0 <= d.start - words.end() <= _NEAR for d in here):
            return True
    return False
