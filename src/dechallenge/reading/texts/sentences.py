"""Sentences of a normalised text: abbreviation-aware, a bracket keeps a sentence whole.

May import nothing of the house.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern

_END = Pattern(
    r"(?<=[A-Za-z)\]])[.!?](?:[\"')\]]|\(\d{1,2}\))*\[?\d{1,2}(?:[,-]\d{1,2})*\]?(?=\s|$)|[.!?](?:[\"')\]]|"
    r"\(\d{1,2}\))*(?=\s|$)|\n|(?<=[A-Za-z)\]])[.](?=(?:Objectives?|Purpose|Background|Introduction|Summary|Cases?|Case\s(?:report|"
    r"presentation|description|summary)|Methods?|Results|Discussion|Conclusions?):)"
)
"""The end of a sentence: a stop, perhaps with closing quotes or the number of a reference; a new paragraph; a stop to
which the next heading is glued ("… for an infection.Summary:A 47-year-old woman")."""
_ABBREVIATIONS = frozenset(
    [
        "approx",
        "ca",
        "cf",
        "dr",
        "e.g",
        "eg",
        "etc",
        "et",
        "al",
        "fig",
        "figs",
        "i.e",
        "ie",
        "inc",
        "ltd",
        "max",
        "min",
        "mr",
        "mrs",
        "ms",
        "no",
        "nos",
        "prof",
        "ref",
        "refs",
        "st",
        "vs",
        "vol",
        "i.v",
        "i.m",
        "s.c",
        "p.o",
        "b.i.d",
        "t.i.d",
        "q.d",
        "u.s",
        "u.k",
        "wt",
        "tab",
        "tabs",
        "dept",
        "lb",
        "lbs",
    ]
)
_UNIT = Pattern(r"(?:\d\s?(?:ms|min|lbs?)|/\s?min)$")
"""A figure with its unit, before the stop: "a QTc of 436 ms."; no short title ("Ms. Smith")."""
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"])
_DAY = Pattern(r"\s+\d{1,2}(?:st|nd|rd|th)?\b(?!\s+(?:hours?|days?|weeks?|months?|years?)\b)")
"""Behind a shortened month: "on Mar. 1, 2021"."""
_NEXT = Pattern(r"\s+[\"'(\[]?(?:[A-Z0-9α-ωΑ-Ω]|d\d{1,3}\b)")
_LETTERED = Pattern(
    r"\b(?:hepatitis|vitamin|amphotericin|polymyxin|virus(?:es)?|types?|groups?|class|grade|stage|factor|protein|Child(?:-Pugh)?)\s+"
    r"(?:[A-Z](?:\s*,\s*|\s+)(?:(?:and|or|nor|to)\s+)?){0,5}[A-Z]$",
    re.IGNORECASE,
)
"""A name that ends in a letter, which is no initial: "tests were positive for hepatitis B. The drug …"."""
_MAX_BRACKET = 400
LONGEST = 2000
"""Characters of a sentence at the most: a longer one is read in pieces, so that no text takes time without bound."""
_PART = 500
"""Characters before the limit in which a place to part is looked for."""


_ENTRY = Pattern(
    r"(?<=\S)\s(?=(?:(?:Day|Week|Month)\s?[+-]?\d{1,3}|\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December)(?:\s(?:19|20)\d\d)?)(?:\s?\([^()]{1,40}\))?\s?:\s)"
)
"""Before an entry of a listed course, whose lines end without a stop ("Day 28: second infusion")."""
_GOVERNED = Pattern(
    r"(?:\b(?:on|at|by|until|till|from|to|since|after|before|and|or|of|in|the|between|through|with)|[,(–-])$",
    re.IGNORECASE,
)
"""Before a day that belongs to the sentence."""


def _entries(text: str, start: int, end: int) -> Iterator[int]:
    """Where the entries of a listed course begin inside a sentence."""
    for match in _ENTRY.finditer(text, start, end):
        if _GOVERNED.search(text, max(start, match.start() - 12), match.start()) is None:
            yield match.end()


def sentences(text: str, parted: list[tuple[int, int]] | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text``, in order, without outer white space.

    One over ``LONGEST`` characters comes in pieces, parted at a semicolon, a comma or a space.

    Args:
        text: Normalised text.
        parted: Takes the whole spans of the sentences that come in pieces.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        at, end = match.start(), match.end()
        if match.group() != "\n":
            if end < len(text) and text[end] != "\n" and text[end : end + 1].isspace() and not _NEXT.match(text, end):
                continue
            word = text[max(0, at - 12) : at].split()[-1:] or [""]
            last = word[0].lstrip("(['\"").lower()
            letter = len(last) == 1 and last.isalpha() and text[at - 1].isupper()
            if last in _MONTHS and _DAY.match(text, end):
                continue
            if last in _ABBREVIATIONS and not _UNIT.search(text, max(start, at - 12), at):
                continue
            if letter and not (
                text.endswith(("per L", "per l"), 0, at) or _LETTERED.search(text, max(start, at - 50), at)
            ):
                continue
            if _open_bracket(text, start, at):
                continue
        _add(spans, text, start, end, parted)
        start = end
    _add(spans, text, start, len(text), parted)
    if _ENTRY.search(text) is None:
        return spans
    listed: list[tuple[int, int]] = []
    for begin, stop in spans:
        for entry in _entries(text, begin, stop):
            _add(listed, text, begin, entry, None)
            begin = entry
        listed.append((begin, stop))
    return listed


def _open_bracket(text: str, start: int, at: int) -> bool:
    depth, first = 0, max(start, at - _MAX_BRACKET)
    if text.find("(", first, at) < 0 and text.find("[", first, at) < 0:
        return False
    for position in range(first, at):
        if text[position] in "([":
            depth += 1
        elif text[position] in ")]" and depth:
            depth -= 1
    if not depth:
        return False
    rest = text[at : at + _MAX_BRACKET]
    closing = min((p for p in (rest.find(")"), rest.find("]")) if p >= 0), default=-1)
    opening = min((p for p in (rest.find("("), rest.find("[")) if p >= 0), default=len(rest))
    return 0 <= closing < opening


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int, parted: list[tuple[int, int]] | None) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end - start > LONGEST:
        spans.extend(_pieces(text, start, end))
        if parted is not None:
            parted.append((start, end))
    elif start < end:
        spans.append((start, end))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        stop = start + LONGEST
        parted = (text.rfind(sign, stop - _PART, stop) + 1 for sign in (";", ",", " "))
        cut = next((at for at in parted if at), stop)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end
