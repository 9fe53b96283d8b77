"""Two dates that are the first and the last day of one stretch of time: "from 1 March to 24 March 2021".

May import the mention of a time, patterns and the timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention, Yearless
from dechallenge.timeline import CalendarDate, Duration, Interval

_TO = Pattern(r"\s*,?\s*(?:to|until|till|through|thru|up\s+to|-|–|—)\s*(?:the\s+)?")
_LONGEST = 1500
"""Days of the longest stretch."""


def ranges(text: str, found: Sequence[TimeMention]) -> list[TimeMention]:
    """The mentions of a sentence, with the year of a first day that only the last one prints.

    The last day becomes the length of the stretch: what was taken from then to then lasted so long.

    Args:
        text: The sentence.
        found: Its time expressions, in order.
    """
    out = list(found)
    for i in range(len(out) - 1):
        first, last = out[i], out[i + 1]
        if first.kind != "date" or last.kind != "date":
            continue
        if last.yearless is not None and first.preposition == "from" and _to(text, first, last):
            out[i + 1] = replace(last, preposition="until")  # both days without their year
            continue
        if last.date is None or last.date.first != last.date.last:
            continue
        if not _to(text, first, last):
            continue
        begun = first.date if first.date is not None else _in_the_year_of(first.yearless, last.date)
        if begun is None or begun.first != begun.last:
            continue
        from_then = "from" if first.date is None else first.preposition
        out[i] = replace(first, date=begun, preposition=from_then, yearless=None)
        days = float((last.date.first - begun.first).days)
        if 0 < days <= _LONGEST:
            length = Duration(days, Interval(days, days + 1.0))
            out[i + 1] = TimeMention(last.start, last.end, "duration", length, preposition="dates")
    return out


def _to(text: str, first: TimeMention, last: TimeMention) -> bool:
    joined = _TO.match(text, first.end)
    return joined is not None and last.start <= joined.end() <= last.start + _PREPOSITION


_PREPOSITION = 9
"""Characters of the longest word that a date may begin with ("through ")."""


def _in_the_year_of(one: Yearless | None, last: CalendarDate) -> CalendarDate | None:
    """The day of a month that comes before a date, by at most a year."""
    if one is None or not one.day:
        return None
    (month, day), end = (one.month, one.day), last.first
    try:
        return CalendarDate.of(end.year - ((month, day) > (end.month, end.day)), month, day)
    except ValueError:
        return None
