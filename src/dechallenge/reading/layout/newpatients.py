"""Where a report goes on to another patient without a heading: "Our second patient was a 60-year-old man …".

May import the words for people.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_WHICH = r"(?:first|second|third|fourth|fifth|sixth|next|other|another|further|similar|last|1st|2nd|3rd|4th)"
_LEAD = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?]\s)|(?<=\d\s:\s)|(?<=\d:\s))(?P<lead>\(?\d{{1,2}}[.):]\s*|(?:Mrs?|Ms|Miss)\.?\s+[A-Z]{{1,2}}\.?,?\s+(?:was|is)\s+|P\d{{1,2}}\s*[:.)]\s*"
    rf"|(?:case|patient)\s+[A-F1-9](?=\s*[,:]|\s+(?:was|is)\b)\s*(?:(?:was|is|:|,)\s*)"
    r"(?:(?:the\s+patient|(?:Mrs?|Ms|Miss)\.?\s+[A-Z]{1,2}\.?),?\s+(?:was|is)\s+)?"
    rf"|(?:(?:The|Our|A|An|One)\s+)?{_WHICH}(?:\s+(?:case|patient|woman|man|child|girl|boy|subject|victim|consumer))?(?:\s+of\s+ours|\s+(?:in|of)\s+(?:the|these|this)\s+(?:\w+\s+){{1,3}}?)?\s*"
    r"(?:(?:was|is|concern(?:s|ed)|involv(?:es|ed)|:|,|-|–)\s*){1,2}(?:that\s+of\s+)?"
    r"|(?:In\s+addition|Moreover|Similarly|Recently|Later|Subsequently|Also),?\s+(?:we\s+(?:also\s+)?(?:observed|saw|treated|"
    r"encountered|had|have\s+seen)\s+)?|(?:At|In)\s+(?:our|the)\s+(?:same\s+)?(?:facility|institution|hospital|cent(?:er|re)|clinic|unit),?\s+|We\s+(?:also|recently|then)?\s*(?:observed|saw|treated|encountered|report)\s+)?$",
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
_NAMED = re.compile(
    rf"(?:(?:The|Our)\s+{_WHICH}\s+(?:case|patient|victim|consumer)|(?:case|patient)\s+[A-F1-9])\b", re.IGNORECASE
)
"""Words that name a patient of the report by place: whatever follows tells of that patient."""
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
    places: set[str] = set()
    for match in AGE_PHRASE.finditer(body, start, end):
        article, at = _article(body, start, match)
        named = _IN_BRACKETS.search(body, max(start, match.start() - 50), match.start())
        if named is None and article.lower() not in ("a", "an"):
            continue
        lead = named or _LEAD.search(body, max(start, at - 120), at)
        if lead is None or (not lead["lead"] and article[0].islower()):
            continue
        stop = min(end, match.end() + _REACH)
        sentence_end = body.find(". ", match.end(), stop)
        sentence = match.start(), sentence_end if sentence_end >= 0 else stop
        if _ELSEWHERE.search(body, *sentence) or _RELATIVE.match(body, match.end(), stop):
            continue
        if found and (lead.start("lead") if lead["lead"] else at) <= found[-1]:
            continue
        age = match["age"] or match["aged"] or match["aged3"] or match["decade"] or (match["age7"] or "").lower()
        place = place_named(lead["lead"] or "")
        another = bool(place) and place not in places  # "the second patient", of the age of the first
        if not found or (
            (age not in ages or another)
            and (named or _NAMED.match(lead["lead"] or "") or _IS_A_CASE.search(body, *sentence))
        ):
            found.append(lead.start("lead") if lead["lead"] else at)
            ages.append(age)
            places |= {place} - {"another", "further", "next", "other"}
    return found if len(found) > 1 else _also(body, start, end, found, ages)


_BY_PLACE = re.compile(
    r"(?:(?:The|Our|A)\s+)?(?P<which>first|second|third|fourth|fifth|sixth|another|next|further)\s+(?:case|patient|victim|consumer)\b"
    r"|\(?(?P<number>\d{1,2})[.):]|P(?P<number2>\d{1,2})\s*[:.)]",
    re.IGNORECASE,
)


def place_named(text: str, start: int = 0) -> str:
    """Which patient of the report the words at a place name: "second", "another", "3"; empty where they do not."""
    told = _BY_PLACE.match(text, start)
    return "" if told is None else (told["which"] or told["number"] or told["number2"]).lower()


def _also(body: str, start: int, end: int, found: list[int], ages: list[str]) -> list[int]:
    """ "… after a woman in her 50s had X. A man in his 70s also had Y": two, the first inside a sentence."""
    if len(found) != 1:
        return []
    first = AGE_PHRASE.search(body, start, found[0])
    stop = min((at for at in (body.find(". ", found[0], end), body.find("\n", found[0], end)) if at >= 0), default=end)
    if first is None or _ALSO.search(body, found[0], stop) is None:
        return []
    age = first["age"] or first["aged"] or first["aged3"] or first["decade"] or (first["age7"] or "").lower()
    return [first.start(), found[0]] if age and age not in ages else []


_ALSO = Pattern(
    r"\balso\s+(?:experienced|developed|had|suffered|presented|reported|complained|died|was\s+(?:admitted|hospitali[sz]ed))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Together:
    """Patients whose stories share a paragraph: where it begins, the labels, and where each of them is introduced."""

    start: int
    labels: tuple[str, ...]
    starts: tuple[int, ...]


_TOGETHER = Pattern(
    r"(?:^|(?<=\n))[ \t#*]*(?P<noun>Case|Patient)s\s+(?P<first>\d{1,2}|[A-F])\s*"
    r"(?:and|&|,)\s*(?P<second>\d{1,2}|[A-F])\b[.:]?"
)


def together(body: str, end: int) -> list[Together]:
    """ "Cases 2 and 3 were brothers. The elder, 13 years old, …": the paragraphs that tell of two patients.

    Args:
        body: Clean text.
        end: Where the cases end.
    """
    found = []
    marks = list(_TOGETHER.finditer(body, 0, end))
    for i, mark in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else end
        ages: list[str] = []
        starts: list[int] = []
        for match in AGE_PHRASE.finditer(body, mark.end(), stop):
            age = match["age"] or match["aged"] or match["aged2"] or match["aged3"] or (match["age7"] or "").lower()
            if age and age not in ages:
                ages.append(age)
                starts.append(
                    max(
                        body.rfind(". ", mark.end(), match.start()) + 2,
                        body.rfind("\n", mark.end(), match.start()) + 1,
                        mark.end(),
                    )
                )
        labels = tuple(f"{mark['noun']} {mark[name]}" for name in ("first", "second"))
        apart = len(set(starts)) == len(labels)
        found.append(
            Together(
                mark.start(),
                labels if apart else (mark.group().strip(" .:#*"),),
                tuple(starts) if apart else (mark.end(),),
            )
        )
    return found


def opens_with_a_patient(paragraph: str) -> bool:
    """Whether a paragraph begins by introducing a patient of the report ("Our first patient, a 60-year-old man …")."""
    for match in AGE_PHRASE.finditer(paragraph, 0, _OPENING):
        article, at = _article(paragraph, 0, match)
        if article.lower() not in ("a", "an"):
            continue
        lead = _LEAD.search(paragraph, 0, at)
        stop = paragraph.find(". ", match.end())
        sentence = match.start(), min(match.end() + _REACH, stop if stop >= 0 else len(paragraph))
        first = (
            lead is not None
            and (lead.start("lead") if lead["lead"] else at) == 0
            and (lead["lead"] or article[:1].isupper())
        )
        return bool(first) and not _ELSEWHERE.search(paragraph, *sentence)
    return False


_OPENING = 90
_IN_BRACKETS = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<lead>(?:The|Our)\s+{_WHICH}\s+(?:case|patient|woman|man|child|girl|boy)\s*)\($"
)
"""A patient by place whose age stands in brackets: "The third child (female, 3 years)"."""
_BARE = re.compile(r"(?P<article>[Aa]n?)\s+(?:[^\W\d][\w-]*\s+){0,3}$")
"""Before a person whose age follows: "a previously healthy man aged 61", "a healthy 30-year-old woman"."""


def _article(body: str, start: int, match: re.Match[str]) -> tuple[str, int]:
    """The article before a person, and where it stands."""
    if match["aged"] or match["decade"] or (match["aged3"] and match["aged3_unit"].lower().startswith("y")):
        before = _BARE.search(body, max(start, match.start() - 40), match.start())
        if before is not None:
            return before["article"], before.start()
    if match["age"] and not match["article"]:
        before = _BARE.search(body, max(start, match.start("age") - 40), match.start("age"))
        if before is not None:
            return before["article"], before.start()
    return match["article"] or match["article7"] or "", match.start()


_INITIALS = Pattern(
    r"(?:^|(?<=\n))[ \t#*]*(?P<number>(?:Mrs?|Ms|Miss)\.?[ \t]+[A-Z]{1,2})\b\.?[ \t]*"
    r"(?:[*]*[:,-]?[ \t]*\n\s*|[:,][ \t]+)"
    r"(?=(?:This|An?)\s+(?:\w+\s+){0,3}?\d{1,3}[\s-]+(?:year|month))"
)


def initials(body: str) -> list[re.Match[str]]:
    """ "Mrs A." over a paragraph, "Mr B." over the next: headings of patients by their initials, two or more.

    Args:
        body: Clean text.
    """
    found: dict[str, re.Match[str]] = {}
    for match in _INITIALS.finditer(body):
        found.setdefault(match["number"].split()[-1], match)
    return list(found.values()) if len(found) > 1 else []


def told_elsewhere(body: str, start: int, end: int) -> bool:
    """Whether a sentence introduces somebody whose story stands elsewhere ("A 60-year-old man was reported by …")."""
    match = AGE_PHRASE.match(body, start, end)
    aged = match is not None and (match["article"] or match["article7"] or "").lower() in ("a", "an")
    return aged and _ELSEWHERE.search(body, start, end) is not None
