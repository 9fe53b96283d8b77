"""The reaction told on a day of a drug: "on day 9 of nafcillin the neutrophils were 822".

May import drug mentions and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_DAY_OF = Pattern(
    r"\b(?:on|by|at|from)\s+(?:the\s+)?(?:(?:day|week|month)\s+\d{1,3}|\d{1,3}(?:st|nd|rd|th)\s+(?:day|week|month)|"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+(?:day|week|month))\s+of\s+"
    r"(?:(?:the|his|her|their|treatment|therapy|taking|receiving|with|oral|intravenous|iv)\s+){0,4}$",
    re.IGNORECASE,
)


def day_of_a_drug(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], onset: int
) -> tuple[str, tuple[int, int]] | None:
    """The drug by whose days the sentence of the first sign counts, with the words.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Drugs named in it.
        onset: Clean position of the first sign.
    """
    here = next(((a, b) for a, b in spans if a <= onset < b), None)
    if here is None:
        return None
    for drug in drugs:
        if drug.drug and drug.kind == "substance" and here[0] <= drug.start < here[1]:
            told = _DAY_OF.search(text, max(here[0], drug.start - 60), drug.start)
            if told is not None:
                return drug.drug, (told.start(), drug.end)
    return None
