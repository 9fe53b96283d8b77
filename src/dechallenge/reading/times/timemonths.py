"""Days and months that are printed without their year: "until 10 March", "in mid-June", "at the end of April".

Which year they are of follows from the date told before them (see ``tellerdates``). May import dates, the words of time
and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention, Yearless
from dechallenge.reading.texts.timedates import course_to, month_and_day
from dechallenge.reading.texts.timewords import MONTH_ALONE, MONTH_DAY, MONTHS

PARTS = {
    "early": (1, 10), "beginning": (1, 10), "start": (1, 10), "mid": (10, 20), "middle": (10, 20), "late": (20, 31),
    "end": (20, 31), "first days": (1, 10), "last days": (20, 31), "first week": (1, 7), "second week": (8, 14),
    "third week": (15, 21), "fourth week": (22, 28), "last week": (21, 31), "first half": (1, 15),
    "second half": (15, 31),
}  # fmt: skip
"""Days of a month that the words for its parts allow."""
MONTH_OF_THE_STORY = 0
""" "The end of the month": that of the date told before."""

_PRE = (
    r"(?P<pre>since|until|till|before|after|from|by|in|on|at|around|about|towards?|during|over|through)\s+(?:about\s+)?"
)
_PART = Pattern(
    rf"\b(?:{_PRE})?(?:the\s+)?(?:very\s+)?(?:(?P<part>early|mid|late)(?:\s*-\s*|\s+)|"
    r"(?P<part2>beginning|start|middle|end|(?:first|second|third|fourth|last)\s+week|(?:first|second)\s+half|"
    r"(?:first|last)\s+(?:few\s+)?days)\s+of\s+(?:(?:the\s+)?month\s+of\s+)?)"
    r"(?:(?P<m>(?-i:[A-Z])\w{2,8})\b|(?P<the>(?:the|that)\s+(?:same\s+)?month)\b(?!\s+of\b))"
    r"(?!\.?,?\s*(?:19|20)\d\d)(?!\s+\d{1,2}\s*(?:[,.;)]|$))",
    re.IGNORECASE,
)
_ALONE = Pattern(
    r"\b(?P<pre>until|till|from|by|through)\s+(?P<m>(?-i:[A-Z])\w{2,8})\b"
    r"(?=\s*(?:[,.;)]|$|(?:because|and|when|with|but|for|she|he|without|onwards?)\b))(?!\s+(?:[A-Z]|and\s+[A-Z]))",
)
"""A month alone behind a word that a name could follow too; what is no month is left."""
_BOUNDS = {"until": "until", "till": "until", "through": "until", "since": "since", "from": "from", "by": "by"}
""""To" is the end of a stretch only where its beginning stands before it (see ``timeranges``)."""


def yearless(text: str) -> Iterator[TimeMention]:
    """The dates of a sentence without their year, and the lengths of courses that two days of a month tell."""
    for match in MONTH_DAY.finditer(text):
        if (of_year := month_and_day(match)) is None:
            continue
        length = _course(match)
        yield _mention(match, match.start("d" if length else 0), Yearless(*of_year), match.group().split()[0])
        if length is not None:
            yield length
    for match in _PART.finditer(text):
        month = MONTH_OF_THE_STORY if match["the"] else MONTHS.get(match["m"].lower())
        if month is not None:
            part = " ".join((match["part"] or match["part2"]).lower().replace("few ", "").split())
            yield _mention(match, match.start(), Yearless(month, part=part), match["pre"])
    for found in (MONTH_ALONE, _ALONE):
        for match in found.finditer(text):
            if (month := MONTHS.get(match["m"].lower())) is not None:
                yield _mention(match, match.start(), Yearless(month), match.group().split()[0])


def _mention(match: re.Match[str], start: int, day: Yearless, word: str | None) -> TimeMention:
    bound = _BOUNDS.get((word or "").lower(), "")
    return TimeMention(start, match.end(), "date", anchor="date", preposition=bound, yearless=day)


def _course(match: re.Match[str]) -> TimeMention | None:
    course = course_to(match)
    return None if course is None else TimeMention(course[0], course[1], "duration", course[2], preposition="dates")
