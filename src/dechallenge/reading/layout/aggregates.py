"""Summaries of many reports, which tell of no single patient: "the centre received seven reports … In one case …".

May import people (the age phrase) and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[2-9]|[1-9]\d{1,3})"
_MANY = Pattern(
    rf"\b{_NUMBER}\s+(?:such\s+|further\s+|other\s+|additional\s+|(?:individual\s+|spontaneous\s+|domestic\s+|local\s+){{1,2}})?"
    r"(?:case\s+)?(?:reports|cases)\b",
    re.IGNORECASE,
)
_SOME = Pattern(
    rf"\b(?:in|for|of|with)\s+(?:the\s+)?(?:one|{_NUMBER}|all|both|most|some|(?:other|remaining|first|second|third|fourth))\s+"
    r"(?:of\s+(?:the(?:se|m)?|those)\s+)?(?:but\s+one\s+)?(?:(?:case|patient|report|individual|person)s?\b(?!\s+reports?\b))|"
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?:one|{_NUMBER}|all|both|most|(?:one|two|three|four)\s+of\s+the(?:se|m)?)\s+(?:of\s+the(?:se)?\s+)?"
    r"(?:cases|reports|patients)\b",
    re.IGNORECASE,
)
_LEAST = 3
"""Times that the text speaks of some of them."""


def of_many(body: str) -> bool:
    """Whether a text sums up several reports and introduces none of their patients.

    Args:
        body: Clean text.
    """
    if _MANY.search(body) is None or len(list(_SOME.finditer(body))) < _LEAST:
        return False
    return not any(
        (m["article"] or m["article7"] or "").lower() in ("a", "an") or m["title"] for m in AGE_PHRASE.finditer(body)
    )


_AGES_OF_SEVERAL = Pattern(
    rf"\b{_NUMBER}\s+(?:[\w-]+\s+){{0,3}}?(?:patients|women|men|children|cases|adults|boys|girls|individuals)\b[^.;\n]{{0,60}}?\b"
    r"(?:aged|ages?|age\s+range|between)\s*:?\s*(?:from\s+|of\s+|between\s+)?\d{1,3}(?:\s*(?:-|–|to|and)\s*)\d{1,3}\b",
    re.IGNORECASE,
)


def sums_up(body: str, parts: Sequence[tuple[int, int]]) -> bool:
    """The text of a case gives the ages of several patients, and of none: "six patients, aged 21 to 81 years".

    Args:
        body: Clean text.
        parts: Spans of the case.
    """
    if not any(_AGES_OF_SEVERAL.search(body, *part) for part in parts):
        return False
    return not any(
        (m["article"] or m["article7"] or "").lower() in ("a", "an")
        for part in parts
        for m in AGE_PHRASE.finditer(body, *part)
    )
