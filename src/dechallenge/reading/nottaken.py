"""Drugs that a report names only to say that they were not taken, or measured. May import drugs and levels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.levels import FIGURE
from dechallenge.reading.triggers import Pattern

_DENIED = Pattern(
    r"\b(?:den(?:ied|ies|ying)|no|nor|neither|without|never|(?:did|had|has|was|were)\s+not)\b(?P<gap>[^.;:]{0,70})$",
    re.IGNORECASE,
)
_BREAKS = Pattern(
    r"\b(?:but|before|except|besides|other\s+than|apart|than|after|during|while|since|until|because|with|to|from|on|by|"
    r"despite|for|under|"
    r"response|improv\w+|effect|relief|change|benefit|when|then|he|she|was|were|given|restart\w*|again|resum\w*|"
    r"stopp\w*|discontinu\w*|longer)\b",
    re.IGNORECASE,
)
_MEASURED = Pattern(
    r"\s*(?:blood\s+|serum\s+|plasma\s+)?(?:levels?|concentrations?|screen(?:ing)?|assay)\b|\s+(?:was|"
    r"were)\s+(?:undetectable|not\s+detect\w+)",
    re.IGNORECASE,
)
_LEVEL = Pattern(FIGURE, re.IGNORECASE)
_NEVER = Pattern(
    r"\s*(?:was|were)\s+never\s+(?:tried|used|given|taken|started|prescribed)\b(?!\s+again)", re.IGNORECASE
)


def taken(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """Mentions without those of drugs that are named only as not taken or as a blood level.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
    """
    kept = [d for d in drugs if not (d.drug and _not_taken(text, spans[d.sentence], d))]
    named = {d.drug for d in kept}
    return [d for d in drugs if not d.drug or d.drug in named]


def _not_taken(text: str, span: tuple[int, int], mention: DrugMention) -> bool:
    after = text[mention.end : min(span[1], mention.end + 45)]
    if _MEASURED.match(after) or _LEVEL.match(after) or _NEVER.match(after):
        return True
    before = _DENIED.search(text, max(span[0], mention.start - 100), mention.start)
    return before is not None and _BREAKS.search(before["gap"]) is None
