"""Where a report goes on to another patient without a heading: "Our second patient was a 60-year-old man …".

May import the words for people.
"""

from __future__ import annotations

import re

from dechallenge.reading.people import AGE_PHRASE
from dechallenge.reading.triggers import Pattern

_WHICH = r"(?:first|second|third|fourth|fifth|sixth|next|other|another|further|similar|last|1st|2nd|3rd|4th)"
_LEAD = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<lead>\(?\d{{1,2}}[.):]\s*|P\d{{1,2}}\s*[:.)]\s*"
    rf"|(?:(?:The|Our|A|An)\s+)?{_WHICH}(?:\s+(?:case|patient|woman|man|child|girl|boy|subject))?(?:\s+of\s+ours)?\s*"
    r"(?:(?:was|is|concern(?:s|ed)|involv(?:es|ed)|:|,|-|–)\s*){1,2}(?:that\s+of\s+)?"
    r"|(?:In\s+addition|Moreover|Similarly|Recently|Later|Subsequently|Also),?\s+(?:we\s+(?:also\s+)?(?:observed|saw|treated|"
    r"encountered|had|have\s+seen)\s+)?|We\s+(?:also|recently|then)?\s*(?:observed|saw|treated|encountered|report)\s+)?$",
    re.IGNORECASE,
)
"""What may stand between the end of a sentence and the words that introduce somebody."""
_ELSEWHERE = Pattern(
    r"\b(?:reported|described|published|presented|documented)\s+(?:by|in|from)\b|\bet\s+al\b|\bliterature\b|"
    r"\b(?:has|have|had)\s+(?:also\s+|previously\s+)?been\s+(?:reported|described|published)\b|\bcase\s+reports?\b|"
    r"\breported\s+(?:an?|the)\b|\[\d{1,3}\]",
    re.IGNORECASE,
)
"""Somebody whose story stands elsewhere."""
_IS_A_CASE = Pattern(
    r"\b(?:took|taking|taken|receiv\w+|treated|treatment|started|begun|given|prescribed|developed|presented|presenting|"
    r"admitted|referred|complained|noticed|experienced|on\s+[a-z]{5,})\b",
    re.IGNORECASE,
)
_RELATIVE = Pattern(
    r"\s*(?:\w+\s+){0,2}?(?:brother|sister|mother|father|son|daughter|cousin|wife|husband|donor|relative)\b"
)
_REACH = 260


def begins(body: str, start: int, end: int) -> list[int]:
    """Clean positions at which the patients of a zone are introduced, each with an age of its own.

    Args:
        body: Clean text.
        start, end: The zone.

    Returns:
        In order, the first included; none where fewer than two are introduced.
    """
    found: list[int] = []
    ages: list[str] = []
    for match in AGE_PHRASE.finditer(body, start, end):
        article = match["article"] or match["article7"] or ""
        if article.lower() not in ("a", "an"):
            continue
        lead = _LEAD.search(body, max(start, match.start() - 120), match.start())
        if lead is None or (not lead["lead"] and article[0].islower()):
            continue
        stop = min(end, match.end() + _REACH)
        sentence_end = body.find(". ", match.end(), stop)
        sentence = match.start(), sentence_end if sentence_end >= 0 else stop
        if _ELSEWHERE.search(body, *sentence) or _RELATIVE.match(body, match.end(), stop):
            continue
        age = match["age"] or (match["age7"] or "").lower()
        if not found or (age not in ages and _IS_A_CASE.search(body, *sentence)):
            found.append(lead.start("lead") if lead["lead"] else match.start())
            ages.append(age)
    return found if len(found) > 1 else []


def told_elsewhere(body: str, start: int, end: int) -> bool:
    """Whether a sentence introduces somebody whose story stands elsewhere ("A 60-year-old man was reported by …")."""
    match = AGE_PHRASE.match(body, start, end)
    aged = match is not None and (match["article"] or match["article7"] or "").lower() in ("a", "an")
    return aged and _ELSEWHERE.search(body, start, end) is not None
