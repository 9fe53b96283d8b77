"""A title that stands in the line of the text, in front of the patient: "X-induced Y. A 30-year-old woman …".

May import people (the age phrase) and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_LONGEST_LEAD = 170
_LEAD = Pattern(r"\s*[A-Z][^\n]{20,170}?(?:[a-z)][.:])\s+(?=(?:[A-Z]|\d))")
FINITE = Pattern(
    r"\b(?:was|were|is|are|has|have|had|did|does|presented|developed|received|started|complained|noticed|report|describe|"
    r"came|took|underwent|became|we|he|she)\b",
    re.IGNORECASE,
)


_MASTHEAD = Pattern(
    r"\s*(?:article\s+text|letters?(?:\s+to\s+the\s+editor)?|to\s+the\s+editor|correspondence|(?:clinical\s+)?case\s+(?:report|"
    r"series)s?|(?:original|research)\s+article|brief\s+(?:report|communication)|short\s+communication|open\s+access|"
    r"(?:volume|vol\.?|pages?|doi|received|accepted|published)\b[^\n]{0,160}|https?://\S{1,160})\W*",
    re.IGNORECASE,
)
"""A line above the title."""


def without_masthead(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentences outside the cases without what stands above the title of the paper."""
    first = next((i for i, span in enumerate(spans[:8]) if not _MASTHEAD.fullmatch(text, *span)), 0)
    return spans[first:]


_INTRODUCED = Pattern(r"\b(?:man|woman|boy|girl|male|female|patient)\s*,", re.IGNORECASE)
_CAUSES = Pattern(
    r"\b(?:due\s+to|caused\s+by|after|from|by|following|during|under|associated|induced|related|with)\b|-induced\b",
    re.IGNORECASE,
)


def leading_title(body: str, end: int) -> int:
    """End of a title that stands in the line of the text: no verb, no patient, and the patient right behind it."""
    match = _LEAD.match(body, 0, min(end, _LONGEST_LEAD + 20))
    if match is None or FINITE.search(body, 0, match.end()):
        return 0
    if "," in match.group() and _INTRODUCED.search(body, 0, match.end()):
        return 0
    if AGE_PHRASE.search(body, 0, match.end()) or not _CAUSES.search(body, 0, match.end()):
        return 0
    follows = AGE_PHRASE.search(body, match.end(), min(end, match.end() + 120))
    return match.end() if follows is not None else 0


PATIENT = Pattern(
    r"\b(?:he|she|his|her|him|hers|patient|boy|girl|man|woman|infant|child|neonate|male|female|Mrs?|Ms|"
    r"(?:the|this)\s+(?:subject|participant|consumer|reporter|vaccinee))\b",
    re.IGNORECASE,
)
GENERAL = Pattern(
    r"\[\d{1,3}(?:\s*[,-]\s*\d{1,3})*\]|\b(?:literature|studies|incidence|mechanisms?|pathogenesis|patients|authors|"
    r"reports|cases|trials|"
    r"in\s+(?:mice|rats|vitro)|et\s+al|reported\s+(?:in|with|by)|recommend\w*|unknown)\b",
    re.IGNORECASE,
)
"""Words of a text that speaks of a drug or a disease in general."""

_BLOCK = 600
"""Characters of what a letter tells of a patient's other illnesses, at the most."""
_STATES = Pattern(r"\b(?:is|are|has|have|can|may|cause[sd]?|known|associated)\b", re.IGNORECASE)
"""Verbs of a statement about a drug or a disease ("X is a frequent cause of liver injury")."""


def of_a_person(text: str, start: int, *, inline: bool) -> bool:
    """Whether what stands below "Background" tells of a patient ("hypothyroidism, gout.") and introduces no paper.

    Args:
        text: Clean text.
        start: Where the words behind the heading begin.
        inline: They stand on the line of the heading: its first sentence is looked at, else the paragraph.
    """
    block = re.split(r"\n|\.\s" if inline else r"\n\n", text[start : start + _BLOCK + 1], maxsplit=1)[0]
    if not block.strip() or len(block) > _BLOCK or GENERAL.search(block):
        return False
    return _STATES.search(block) is None or PATIENT.search(block) is not None
