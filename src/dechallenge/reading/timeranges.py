"""Two dates that are the first and the last day of one stretch of time: "from 1 March to 24 March 2021".

May import the mention of a time, patterns and the timeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.timemention import TimeMention
from dechallenge.reading.triggers import Pattern
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
        if first.kind == last.kind == "date" and first.date is None and last.date is None:
            if (lasting := _without_year(text, first, last)) is not None:
                out[i + 1] = lasting
            continue
        if first.kind != "date" or last.kind != "date" or last.date is None or last.date.first != last.date.last:
            continue
        joined = _TO.match(text, first.end)
        if joined is None or not last.start <= joined.end() <= last.start + _PREPOSITION:
            continue
        begun = first.date if first.date is not None else _in_the_year_of(first.preposition, last.date)
        if begun is None or begun.first != begun.last:
            continue
        out[i] = replace(first, date=begun, preposition="from" if first.date is None else first.preposition)
        days = float((last.date.first - begun.first).days)
        if 0 < days <= _LONGEST:
            length = Duration(days, Interval(days, days + 1.0))
            out[i + 1] = TimeMention(last.start, last.end, "duration", length, preposition="dates")
    return out


def _without_year(text: str, first: TimeMention, last: TimeMention) -> TimeMention | None:
    """ "Heparin from 5 March to 14 March": the year is that of the story, and the length is known without it."""
    joined = _TO.match(text, first.end)
    end = _in_the_year(last.preposition, _SOME_YEAR)
    if joined is None or end is None or not last.start <= joined.end() <= last.start + _PREPOSITION:
        return None
    begun = _in_the_year_of(first.preposition, end)
    if begun is None or not text[first.start : first.end].lower().startswith("from"):
        return None
    days = float((end.first - begun.first).days)
    leap = 1.0 if begun.first.month <= _FEBRUARY < end.first.month or begun.first.year < end.first.year else 0.0
    length = Duration(days, Interval(days, days + 1.0 + leap))
    return TimeMention(last.start, last.end, "duration", length, preposition="dates") if days > 0 else None


def _in_the_year(words: str, year: int) -> CalendarDate | None:
    month, day = (int(part) for part in words.split()[1].split("-")) if words.startswith("month-day") else (0, 0)
    try:
        return CalendarDate.of(year, month, day) if day else None
    except ValueError:
        return None


_SOME_YEAR, _FEBRUARY = 2001, 2
_PREPOSITION = 9
"""Characters of the longest word that a date may begin with ("through ")."""


def _in_the_year_of(words: str, last: CalendarDate) -> CalendarDate | None:
    """The day of a month that comes before a date, by at most a year."""
    if not words.startswith("month-day"):
        return None
    month, day = (int(part) for part in words.split()[1].split("-"))
    end = last.first
    try:
        return CalendarDate.of(end.year - ((month, day) > (end.month, end.day)), month, day)
    except ValueError:
        return None
