"""Headings of a page that has lost its lines: "… remains unknown. Case Presentation A 65-year-old woman …".

A page copied from a browser may come as one line. The spaces around a heading that stands inside a very long line, and
before which a sentence has ended, become line breaks; nothing moves. Imports the triggers and the phrase of an age.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_LONG = 1500
"""Characters of a line from which it is no paragraph any more."""
_CASE = Pattern(
    r"(?<=[.!?)\]:;*\d])\s(?P<name>(?:CASES?|Cases?)\s+(?:REPORTS?|Reports?|reports?|PRESENTATIONS?|Presentations?|presentations?|"
    r"DESCRIPTIONS?|Descriptions?|description|SERIES|Series|HISTORY|History|STUDY|Study|SUMMARY|Summary))\s(?=[A-Z])"
)
_NUMBERED = Pattern(
    r"(?<=[.!?)\]:;*\dTtSsNnYy])\s(?P<name>(?:CASE|Case|PATIENT|Patient)\s+(?:[1-9]\d?|one|two|three|four|five|[A-F]))[.:]?\s"
    r"(?=(?:An?|This|The|Our|In|On)\s)"
)
_OTHER = Pattern(
    r"(?:(?<=[.!?)\]*\d])|(?<=separate window)|(?<=new tab))\s"
    r"(?P<name>ABSTRACT|Abstract|INTRODUCTION|Introduction|BACKGROUND|Background|DISCUSSION|Discussion|"
    r"CONCLUSIONS?|Conclusions?|REFERENCES|References|ACKNOWLEDGE?MENTS?|Acknowledge?ments?|Footnotes|FOOTNOTES|"
    r"Competing interests|COMPETING INTERESTS|Conflicts? of interest)\s(?=[A-Z0-9(])"
)
_NEAR = 160
"""Characters behind the heading of a case within which its patient is introduced."""
_PERSON = re.compile(r"\b(?:patient|woman|man|boy|girl|infant|child|male|female|he|she)\b", re.IGNORECASE)


_FIELD = Pattern(r"\s\|\s(?=[A-Z][\w ()/-]{1,28}:\s)")
"""Between two fields of a form on one line: "Start: 2021-02-02 | Stop: 2021-03-20"."""


_LINE_OF_FIELDS = Pattern(
    r"(?<=\S)\s(?=(?:(?:Suspect|Concomitant|Adverse)\s)?(?:[Rr]eactions?|[Ee]vents?|[Pp]atient|[Oo]utcome|[Dd]rugs?|[Mm]edications?|Onset):\s)"
)
"""Where a line of such fields began before its break became a space."""


def with_lines(body: str) -> str:
    """The text with its inner headings and the fields of a form on lines of their own; of the same length.

    Args:
        body: Clean text of a document.
    """
    if "|" in body and _FIELD.search(body):
        body = _LINE_OF_FIELDS.sub("\n", _FIELD.sub(" \n ", body))
    if len(body) < _LONG:
        return body
    found: list[tuple[int, int]] = []
    for pattern in (_CASE, _NUMBERED, _OTHER):
        for match in pattern.finditer(body):
            start = match.start("name")
            if pattern is not _OTHER and not _told_of(body, match.end()):
                continue
            if _in_long_line(body, start):
                found.append((start - 1, match.end() - 1))
    if not found:
        return body
    letters = list(body)
    for before, behind in found:
        letters[before] = letters[behind] = "\n"
    return "".join(letters)


def _told_of(body: str, at: int) -> bool:
    return AGE_PHRASE.search(body, at, at + _NEAR) is not None or _PERSON.search(body, at, at + _NEAR) is not None


def _in_long_line(body: str, at: int) -> bool:
    end = body.find("\n", at)
    return (len(body) if end < 0 else end) - (body.rfind("\n", 0, at) + 1) > _LONG
