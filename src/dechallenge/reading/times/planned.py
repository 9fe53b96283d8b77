"""Doses at printed visits: "at weeks 0, 2 and 6", "on days 1, 8 and 15", as days since the start of the drug.

Which words belong to which drug is decided by ``doses``. May import the case model, triggers and the timeline.
"""

from __future__ import annotations

import re

from dechallenge.case import Time
from dechallenge.evidence import TextEvidence
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.timeline import Interval, duration

_LIST = r"\d{1,3}(?:\s*,\s*\d{1,3}){0,8}(?:,?\s+and\s+\d{1,3})?"
_VISITS = Pattern(
    rf"(?:\b(?:at|on)\s+)?(?:(?P<unit>week|day|month)s?\s+(?P<list>{_LIST})(?:\s*(?:-|–|to)\s*(?P<to>\d{{1,2}}))?|"
    rf"(?P<list2>{_LIST})\s+(?P<unit2>week|day|month)s)",
    re.IGNORECASE,
)
_ONLY_PLANNED = Pattern(r"\b(?:planned|scheduled|intended|supposed|would|to\s+be|due)\b", re.IGNORECASE)
_CYCLE = Pattern(
    r"\s*,?\s*(?:of\s+(?:a|an|each|every|the|\d)|every\s+\d|each\s+(?:cycle|month|course)|q\s?\d|per\s+cycle|repeated)",
    re.IGNORECASE,
)
"""Behind days that come round again: how often they did is not told with them."""
_MOST = 31
"""A longer list is no list of visits."""


def visits(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[Interval, ...]:
    """Time from the start of a drug to each of the printed visits; empty where the words tell none.

    Weeks and days of visits are exact; a month is as long as the timeline says. The count begins with week, day or
    month 0, or with day 1; any other beginning does not tell what it counts from.

    Args:
        text: Clean text.
        start, end: The words of the frequency.
        sentence: Their sentence.
    """
    found = _VISITS.fullmatch(text, start, end)
    if found is None or _CYCLE.match(text, end, sentence[1]) or _ONLY_PLANNED.search(text, sentence[0], start):
        return ()
    unit = (found["unit"] or found["unit2"]).lower()
    numbers = [int(n) for n in re.findall(r"\d+", found["list"] or found["list2"])]
    if found["to"]:
        numbers += range(numbers[-1] + 1, min(int(found["to"]), numbers[-1] + _MOST) + 1)
    first = numbers[0]
    if first > (unit == "day") or len(numbers) < 2 or len(numbers) > _MOST or numbers != sorted(set(numbers)):
        return ()
    days = {"day": 1.0, "week": 7.0}.get(unit)
    if days is None:
        return tuple(duration(n, n, "month").interval if n else Interval(0.0, 0.0) for n in numbers)
    return tuple(Interval(days * (n - first), days * (n - first)) for n in numbers)


def administrations(
    planned: tuple[Interval, ...], words: TextEvidence, start: Time | None, last: Interval
) -> tuple[Time, ...]:
    """The visits as moments on the axis of the case, without those after the drug was stopped.

    Args:
        planned: Time from the start of the drug to each visit.
        words: Where they are printed.
        start: Start of the drug; without one the visits have no place on the axis.
        last: When the drug was given last at the latest.
    """
    if start is None or (start.low is None and start.high is None):
        return ()
    out = []
    for gap in planned:
        day = start.interval.plus(gap)
        if day.lo > last.hi:
            break
        point = day.low if day.low == day.high else None
        out.append(Time(low=day.low, high=day.high, point=point, text=words.quote, anchor="start", evidence=(words,)))
    return tuple(out) if len(out) > 1 else ()
