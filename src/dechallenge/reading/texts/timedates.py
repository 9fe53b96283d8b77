"""Calendar dates as printed, and two days of a month ("from 3 to 14 April"): the date and the length of the course.

A date in figures (03/04/2020) may be day first or month first: the other dates of the report settle which, else both
readings are kept. May import the words of time and timeline.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.notedates import short_dates
from dechallenge.reading.texts.timewords import DATE, MONTHS
from dechallenge.timeline import CalendarDate, Duration, Interval

_FROM_DAY = Pattern(
    r"\b(?:from|between)\s+(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\s*(?:to|until|through|and|-|–)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
"""The first of two days of a month: "from 3 to 14 April 2022" begins on the 3rd."""


def date_of(match: re.Match[str]) -> CalendarDate | None:
    """The date that a match of ``DATE`` prints, with its precision; ``None`` where there is no such day."""
    try:
        if match["y2"]:
            return CalendarDate.of(int(match["y2"]), int(match["m2"]), int(match["d3"]))
        if match["y4"]:
            return _numeric(match)
        if match["y3"]:
            return CalendarDate.of(int(match["y3"]))
        day = match["d"] or match["d2"]
        first = _first_of_two(match, "d")
        day = first["d"] if first else day
        date = CalendarDate.of(int(match["y"]), MONTHS[match["m"].lower()], int(day) if day else None)
        return _part_of_month(date, match["part"]) if match["part"] and not day else date
    except ValueError:
        return None


_PARTS = {
    "early": (1, 10),
    "beginning": (1, 10),
    "mid": (10, 20),
    "middle": (10, 20),
    "late": (20, 31),
    "end": (20, 31),
}
"""Days of a month that the words for its parts allow."""


def _part_of_month(month: CalendarDate, words: str) -> CalendarDate:
    first, last = _PARTS[words.lower().split()[0]]
    return CalendarDate(month.first.replace(day=first), month.last.replace(day=min(last, month.last.day)))


def _year(printed: str) -> int:
    """A year of two figures is one of 1950 to 2049."""
    return int(printed) if len(printed) == 4 else 2000 + int(printed) - 100 * (int(printed) >= 50)


def month_and_day(match: re.Match[str]) -> tuple[int, int] | None:
    """Month and day that a match of ``MONTH_DAY`` prints; of two days the first."""
    if match["a"]:
        return _in_strokes(int(match["a"]), int(match["b"]))
    first = _first_of_two(match, "d")
    day = int(first["d"] if first else match["d"] or match["d2"] or match["d3"])
    month = MONTHS.get((match["m"] or match["m_"] or match["m_2"]).lower())
    return (month, day) if month is not None and 1 <= day <= 31 else None


def _in_strokes(first: int, second: int) -> tuple[int, int] | None:
    """ "On 3/29", "on 29/3": the part above 12 is the day; where there is none, it is not told which."""
    month, day = sorted((first, second))
    return (month, day) if 1 <= month <= 12 < day <= 31 else None


def course_to(match: re.Match[str]) -> tuple[int, int, Duration] | None:
    """The words "from 3 to" before a date and the time between both days; ``None`` where only one day is printed."""
    first = _first_of_two(match, "d")
    size = int(match["d"]) - int(first["d"]) if first else 0
    if first is None or size <= 0:
        return None
    return first.start(), first.end("d"), Duration(float(size), Interval(float(size), size + 1.0))


def _first_of_two(match: re.Match[str], group: str) -> re.Match[str] | None:
    return _FROM_DAY.search(match.string, max(0, match.start(group) - 30), match.start(group)) if match[group] else None


def _numeric(match: re.Match[str]) -> CalendarDate:
    """A date in figures: with points the day comes first; with strokes either may, and both readings are allowed."""
    dates = [CalendarDate.of(year, month, day) for year, month, day in _readings(match).values()]
    return CalendarDate(min(d.first for d in dates), max(d.last for d in dates))


DAY_FIRST, MONTH_FIRST = "day first", "month first"


@dataclass(frozen=True, slots=True)
class DateOrder:
    """In which order a report writes the days and months of its dates in figures.

    Attributes:
        order: ``day first`` or ``month first``; empty where nothing settles it, and both readings are kept.
        example: Clean span of the first date that could be read either way.
        because: Clean span of the date that settles it; ``None`` where the order of the story does.
    """

    order: str
    example: tuple[int, int]
    because: tuple[int, int] | None = None


@lru_cache(maxsize=16)
def date_order(text: str) -> DateOrder | None:
    """The order of day and month in a report; ``None`` where no date of it could be read either way.

    A part above 12 is a day, also in a date without its year ("3/24"). Without one, three dates or more that go
    forward in one reading and not in the other.
    """
    read = _read(text)
    open_ = [m for m, r in read if len(r) == 2 and r[DAY_FIRST] != r[MONTH_FIRST]]
    if not open_:
        return None
    example = open_[0].span("a")[0], open_[0].end()
    order, because = settled_order(text)
    return DateOrder(order, example, because)


def _read(text: str) -> list[tuple[re.Match[str], dict[str, tuple[int, int, int]]]]:
    """The dates of a text in figures that have their year, and how each may be read."""
    dates = [m for m in DATE.finditer(text) if m["y4"] and m["sep"] == "/"]
    return [(m, r) for m in dates if (r := _readings(m))]


@lru_cache(maxsize=16)
def settled_order(text: str) -> tuple[str, tuple[int, int] | None]:
    """The order in which a text writes day and month, and the clean span of the date that shows it.

    Where no date with its year does, one without it shows it too ("D/c home 3/24").
    """
    read = _read(text)
    settled = {next(iter(r)): (m.start("a"), m.end()) for m, r in reversed(read) if len(r) == 1}
    by_short: dict[str, tuple[int, int]] = {}
    for sure in (True, False):
        for short in reversed(short_dates(text)) if not settled and (sure or read) else ():
            for first, second in (short.parts, short.last or short.parts):
                if short.sure == sure and max(first, second) > _MONTHS_OF_A_YEAR:
                    by_short[MONTH_FIRST if second > first else DAY_FIRST] = short.start, short.end
        settled = settled or by_short
    if settled:
        [(order, because), *others] = settled.items()
        return ("", None) if others else (order, because)
    if (printed := _of_the_form(text)) is not None:
        return printed
    forward = [order for order in (DAY_FIRST, MONTH_FIRST) if _goes_forward([r[order] for _, r in read])]
    return (forward[0] if len(forward) == 1 and len(read) > _FEW else ""), None


_MONTHS_OF_A_YEAR = 12
_PRINTED = Pattern(
    r"\b(?P<day>dd?[/. -]mm?[/. -]yy(?:yy)?)\b|\b(?P<month>mm?[/. -]dd?[/. -]yy(?:yy)?)\b|"
    r"\b(?P<british>Yellow\s+Card|Medicines\s+and\s+Healthcare\s+products\s+Regulatory\s+Agency|MHRA|Medsafe|"
    r"Therapeutic\s+Goods\s+Administration)\b|\b(?P<american>MedWatch|FORM\s+FDA|VAERS)\b",
    re.IGNORECASE,
)
"""How a form asks for its dates ("mm/dd/yyyy"), and forms whose country writes them in one order."""


def _of_the_form(text: str) -> tuple[str, tuple[int, int]] | None:
    """The order that the form itself names; its own letters go before the country."""
    marks = list(_PRINTED.finditer(text))
    for groups in (("day", "month"), ("british", "american")):
        orders = {DAY_FIRST if m[groups[0]] else MONTH_FIRST: m.span() for m in marks if m[groups[0]] or m[groups[1]]}
        if len(orders) == 1:
            return next(iter(orders.items()))
        if orders:
            return None
    return None


def unsettled_without_short(text: str, order: str) -> list[tuple[int, int, tuple[int, int, int]]]:
    """Spans of the dates with their year that could be read either way, had the short ones not told the order."""
    read = _read(text)
    if any(len(r) == 1 for _, r in read):
        return []
    return [(m.start("a"), m.end(), r[order]) for m, r in read]


_FEW = 2
"""So many dates may stand in the order of the story by chance."""


def order_notes(text: str) -> tuple[str, ...]:
    """What is to be said of the dates of a report that could be read day first or month first."""
    order = date_order(text)
    if order is None:
        return ()
    example = text[slice(*order.example)]
    if not order.order:
        return (
            f"“{example}” may be day first or month first; nothing in the report settles it, and both were allowed.",
        )
    because = f"“{text[slice(*order.because)]}” shows it" if order.because else "only so do the dates go forward"
    return (f"“{example}” and the like were read {order.order}: {because}.",)


def _goes_forward(days: list[tuple[int, int, int]]) -> bool:
    return all(a <= b for a, b in itertools.pairwise(days))


def in_order(text: str, start: int, end: int) -> CalendarDate | None:
    """The date that words of a text print, in the order of the report; ``None`` where nothing has to be settled."""
    match = DATE.search(text, start, end)
    if match is None or not match["y4"] or len(read := _readings(match)) < 2:
        return None
    order = date_order(text)
    try:
        return CalendarDate.of(*read[order.order]) if order is not None and order.order else None
    except ValueError:
        return None


_DASHES = Pattern(r"(?<=\d)-(?=\d{1,2}-\d{4}$)|(?<=\d)-(?=\d{4}$)")
""" "14-03-2018" in a cell: the dashes of a date."""


def in_figures(text: str, words: str) -> CalendarDate | None:
    """The date that a cell prints in figures ("14/09/2021"), in the order of the report; ``None`` where it is open."""
    match = DATE.fullmatch(_DASHES.sub("/", words.strip()))
    if match is None or not match["y4"]:
        return None
    read = _readings(match)
    order = date_order(text)
    chosen = read.get(order.order) if order is not None and order.order else None
    if chosen is None and len(read) > 1 and "-" in words:
        chosen = read.get(_order_of_dashes(text))
    if chosen is None and len(read) == 1:
        chosen = next(iter(read.values()))
    try:
        return CalendarDate.of(*chosen) if chosen is not None else None
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _order_of_dashes(text: str) -> str:
    """The order that other dates with dashes show ("14-03-2018"); empty where none or both do."""
    shown = {(int(m["a"]) > _MONTHS_OF_A_YEAR, int(m["b"]) > _MONTHS_OF_A_YEAR) for m in _DASHED.finditer(text)}
    orders = {DAY_FIRST if first else MONTH_FIRST for first, second in shown if first != second}
    return orders.pop() if len(orders) == 1 else ""


_DASHED = Pattern(r"(?<![\d-])(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?:19|20)\d\d(?![\d-])")


def is_in_figures(words: str) -> bool:
    """A cell holds a date in figures with its year, whichever order it is written in: "03/04/2021"."""
    match = DATE.fullmatch(_DASHES.sub("/", words.strip()))
    return match is not None and bool(match["y4"]) and bool(_readings(match))


def _readings(match: re.Match[str]) -> dict[str, tuple[int, int, int]]:
    """Year, month and day of a date in figures, by the order in which it is read; with points the day comes first."""
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y4"])
    both = {DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)}
    if match["sep"] == ".":
        both = {DAY_FIRST: both[DAY_FIRST]}
    return {order: date for order, date in both.items() if 1 <= date[1] <= 12 and 1 <= date[2] <= 31}


_OF_THE_REPORT = Pattern(
    r"(?:\b(?:report|information|notification|narrative|questionnaire|icsr)s?\b"
    r"(?:(?!\b(?:patient|who|she|he|woman|man|and|but)\b)[^.;]){0,100}?\b(?:received|submitted|forwarded|sent|obtained|"
    r"transmitted|notified|dated)\b|\bcases?\s+(?:was|were|has\s+been)\s+(?:reported|notified|received)\b|"
    r"\bfollow-?up\s+(?:(?:information|report|data|was)\s+){0,2}received\b|\b(?:received|receipt)\s+date\b|"
    r"\bdate\s+of\s+(?:this\s+)?(?:report|receipt|birth)\b|\bborn\b|\bDOB\b)"
    r"(?:(?!\b(?:patient|who|she|he|and|but)\b)[^.;,]){0,60}?$",
    re.IGNORECASE,
)
"""Before a date: when the report came in, or the patient into the world; no day of the story."""


def of_the_report(sentence: str, at: int) -> bool:
    """Whether the date that begins at a place of a sentence is that of the report itself, or of a birth."""
    return _OF_THE_REPORT.search(sentence, max(0, at - 240), at) is not None
