"""Lists of times beside lists of values: "on days 1, 5 and 10 it was 0.1, 1.4 and 5.0", "on 18, 22 and 30 March".

The first value is of the first time, and so on. Days on which doses were given are left alone. May import amounts, the
words of time and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention, Yearless
from dechallenge.reading.texts.timewords import MON, MONTHS
from dechallenge.reading.times.timelistsafter import AFTER, after_the_stop, how_many
from dechallenge.timeline import CalendarDate, duration

Timed = tuple[tuple[int, int], TimeMention]
"""A value, by its place in the sentence, and its time."""
_SEP = r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)"
_NUMBERS = rf"\d{{1,3}}(?:{_SEP}\d{{1,3}}){{1,7}}"
_DAYS = Pattern(
    rf"\b(?:on\s+|at\s+)?(?P<hosp>hospital\s+)?(?P<post>post-?\s?operative\s+)?(?P<unit>day|week|month)s\s+(?P<list>{_NUMBERS})(?![\d.,]*\d|\s?%|\s*[-/])\b",
    re.IGNORECASE,
)
_LATER = Pattern(
    rf"(?<![\d.,/-])(?P<list>{_NUMBERS})\s+(?P<unit>hour|day|week|month|year)s\s+(?:later|afterwards|thereafter)\b",
    re.IGNORECASE,
)
_OF_MONTH = Pattern(
    rf"\b(?:on\s+)?(?P<list>\d{{1,2}}(?:{_SEP}\d{{1,2}}){{1,7}})\s+(?P<m>{MON})\b(?:\s+(?P<y>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_NUMBER = Pattern(r"\d{1,3}")
_VALUE = (
    r"[<>~]?\s?\d{1,7}(?:[.,]\d{1,6}){0,2}(?!\d)"
    r"(?:(?:\s(?!and\b)[^\s,;.()]{1,12}|(?<=\d)[^\s\d,;.()][^\s,;.()]{0,11})(?:\s(?!and\b)[^\s,;.()]{1,12}){0,2}?)??"
)
_VALUES = Pattern(
    rf"(?:\b(?:was|were|of|at|to|and|then)\b|[:=])\s+(?P<list>{_VALUE}(?:{_SEP}{_VALUE}){{1,7}})(?P<end>\s+(?:[^\s,;.]+)?|\s*[,.;)]|$)",
    re.IGNORECASE,
)
_DOSE = Pattern(r"\s*(?:m?g|mcg|[µμ]g|mL|IU|units?|tablets?|capsules?|doses?)\b(?!\s?/)", re.IGNORECASE)
_SEVERAL = Pattern(r",\s|/|\band\b", re.IGNORECASE)
_VERB = Pattern(r"\b(?:was|were|had|is|are|fell|rose|dropped|declined|increased|decreased|of|at)\b|[:=]", re.IGNORECASE)
_BESIDE = Pattern(r"\s*(?:,\s*)?(?:and\s+|&\s*)?", re.IGNORECASE)
_AND = Pattern(r"\s*(?:,|and\b|&)", re.IGNORECASE)
_PARTS = Pattern(r"(?<=[\d\s])(?:,\s*(?:and\s+)?|\band\s+|&\s*)(?=[<>~]?\s?\d)")
_THOUSANDS = Pattern(r"(?<=\d),(?=\d{3}(?!\d))")


def in_lists(text: str) -> Iterator[TimeMention]:
    """Each time of a list that stands beside a list of as many values, in order."""
    told = [(len(places), places[0][0]) for places in values_listed(text)]
    if not told:
        return
    for pattern, times in ((_DAYS, _days), (_LATER, _later), (_OF_MONTH, _dates)):
        for match in pattern.finditer(text):
            if any(_of_one(text, match, size, first) for size, first in told):
                yield from times(text, match)
    for match in AFTER.finditer(text):
        if any(how_many(match) == size and _one_thing(text, match.start(), match.end(), first) for size, first in told):
            yield from after_the_stop(match)


def _of_one(text: str, match: re.Match[str], size: int, first: int) -> bool:
    """As many times as values, which are of one thing ("ALT and AST were 300 and 200 on days 3 and 4" are of two)."""
    return len(list(_items(text, match))) == size and _one_thing(text, match.start(), match.end(), first)


def _one_thing(text: str, start: int, end: int, first: int) -> bool:
    """The words before the values, those of the times apart, name one thing."""
    begin = max(0, text.rfind(". ", 0, first), text.rfind("; ", 0, first))
    subject = text[begin:first]
    if begin <= start < first:
        subject = text[begin:start] + text[end:first].lstrip(" ,")
    verb = _VERB.search(subject)
    return _SEVERAL.search(subject, 0, verb.start() if verb is not None else len(subject)) is None


def _days(text: str, match: re.Match[str]) -> Iterator[TimeMention]:
    anchor = "admission" if match["hosp"] else "operation" if match["post"] else "start"
    for number, start, end in _items(text, match):
        yield TimeMention(start, end, "day", duration(number, number, match["unit"].lower()), anchor)


def _later(text: str, match: re.Match[str]) -> Iterator[TimeMention]:
    for number, start, end in _items(text, match):
        stop = match.end() if end == match.end("list") else end
        yield TimeMention(start, stop, "sequence", duration(number, number, match["unit"].lower()))


def _dates(text: str, match: re.Match[str]) -> Iterator[TimeMention]:
    month, items = MONTHS[match["m"].lower()], list(_items(text, match))
    if any(not _exists(month, number) for number, _, _ in items):
        return
    for number, start, end in items:
        date = CalendarDate.of(int(match["y"]), month, number) if match["y"] else None
        stop = match.end() if end == match.end("list") else end
        one = None if date is not None else Yearless(month, number)
        yield TimeMention(start, stop, "date", date=date, anchor="date", yearless=one)


def _exists(month: int, day: int) -> bool:
    return 1 <= day <= (28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)


def _items(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    for found in _NUMBER.finditer(text, *match.span("list")):
        yield int(found.group()), found.start(), found.end()


def values_listed(text: str) -> Iterator[list[tuple[int, int]]]:
    """The lists of values in a sentence, each with the places of its values; doses are none."""
    for match in _VALUES.finditer(text):
        if _DOSE.match(text, match.end("list"), match.end("list") + 12) is not None:
            continue
        words, first = _THOUSANDS.sub("_", match["list"]), match.start("list")
        joints = [*_PARTS.finditer(words)]
        begins = [0, *(joint.end() for joint in joints)]
        ends = [*(joint.start() for joint in joints), len(words)]
        yield [(first + a, first + b) for a, b in zip(begins, ends, strict=True)]


def each_its_time(text: str, times: Sequence[TimeMention]) -> Iterator[list[Timed]]:
    """The values of a list, each with its time, where as many times stand side by side.

    Args:
        text: The sentence.
        times: Its time expressions, in order.
    """
    runs: list[list[TimeMention]] = []
    for mention in times:
        if mention.kind not in ("date", "day", "sequence", "offset"):
            continue
        beside = runs and _BESIDE.fullmatch(text, runs[-1][-1].end, mention.start) is not None
        if beside and _AND.match(text, runs[-1][-1].end, mention.end) is not None:
            runs[-1].append(mention)
        else:
            runs.append([mention])
    for values in values_listed(text):
        fitting = [run for run in runs if len(run) == len(values) > 1]
        if len(fitting) == 1 and _one_thing(text, fitting[0][0].start, fitting[0][-1].end, values[0][0]):
            yield list(zip(values, fitting[0], strict=True))
