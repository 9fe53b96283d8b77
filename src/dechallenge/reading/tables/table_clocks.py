"""What the rows of a laboratory table count from, where the head of their column does not say it.

A label may name its own clock ("Hospital day 5", "At admission", "2 weeks after stopping"), and the words beside a
table may name that of all its rows ("Day 0 was the first day of isoniazid"). May import the ``table_`` files below it
and `timeline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import Column
from dechallenge.reading.tables.table_grid import Grid
from dechallenge.reading.tables.table_times import (
    CellTime,
    ColumnKind,
    cell_date,
    cell_month_day,
    cell_time,
    counts_from,
)
from dechallenge.timeline import Duration, Interval

ADMISSION, ONSET, PRESENTATION, DISCHARGE = "admission", "onset", "presentation", "discharge"
"""Moments of a case that a row can count from."""

_PLACES = (
    (DISCHARGE, Pattern(r"\bdischarged?\b", re.IGNORECASE)),
    (ADMISSION, Pattern(r"\b(?:admission|admitted|hospital\w*)\b", re.IGNORECASE)),
    (PRESENTATION, Pattern(r"\b(?:presentation|presenting|presented|referral)\b", re.IGNORECASE)),
    (ONSET, Pattern(r"\b(?:onset|symptoms?)\b|\bfirst\s(?:sign|symptom)s?\b", re.IGNORECASE)),
)
_STAY_DAY = Pattern(
    r"(?:(?:hospital|admission|inpatient)\sday|HD)\s?#?(?P<a>\d{1,3})\b"
    r"|day\s(?P<b>\d{1,3})\s(?:of|in)\s(?:the\s)?(?:admission|hospital\w*)"
    r"|(?:discharge|admission|(?:at|on)\s(?:discharge|admission))\s?\(?,?\s?(?:hospital\s)?day\s(?P<c>\d{1,3})\)?",
    re.IGNORECASE,
)
_AT = Pattern(
    r"(?:(?:at|on|day\sof|time\sof|values?\s(?:at|on))\s)?(?:the\s)?(?:time\sof\s)?"
    r"(?:(?P<place>(?:hospital\s|initial\s|first\s)?(?:admission|presentation|onset(?:\sof\s\w+)?|discharge|referral))"
    r"|(?P<stop>(?:drug\s|treatment\s)?(?:stop(?:ping|page)?|discontinuation|withdrawal|cessation)|drug\sstopped|last\sdose)"
    r"|(?P<later>(?:(?:first|second|third|last|latest|final)\s)?(?:follow[\s-]?up|visit|control|re-?check)(?:\svisit)?"
    r"(?:\s\d{1,2})?)|(?P<some>(?:peak|maximum|max\.?|nadir|worst|highest|lowest)(?:\svalues?)?))",
    re.IGNORECASE,
)
_SINCE = Pattern(
    r"^(?P<time>.{1,24}?)[\s,](?P<how>after|since|from|post|following|before|prior\sto|pre|off|on|into|of)[\s-]"
    r"(?:the\s|its\s)?(?P<what>.{3,48})$",
    re.IGNORECASE,
)
_BACK = ("before", "prior to", "pre")
_GOING_ON = Pattern(r"(?:drug|therapy|treatment|medication)\b", re.IGNORECASE)
LATER = "later"
"""Of a row that comes after the one above it, nobody says when."""


@dataclass(frozen=True, slots=True)
class RowClock:
    """The time of a row on a clock that its own label names.

    Attributes:
        kind: ``start``, ``stop`` or ``anchor``.
        time: The time on that clock.
        place: What an ``anchor`` counts from: one of the moments above.
    """

    kind: ColumnKind
    time: CellTime
    place: str = ""


def place(words: str) -> str:
    """The moment that words count from: "onset of symptoms", "hospital"; empty where they name none of them."""
    return next((name for name, pattern in _PLACES if pattern.search(words)), "")


def row_clock(text: str) -> RowClock | None:
    """The clock of a label that names one: "Hospital day 5", "At admission", "2 weeks after stopping"."""
    words = " ".join(text.split()).rstrip(":")
    if not words[:1].isalnum() and words[:1] not in "+-−~":
        return None
    if len(words) > 60:
        return None
    stay = _STAY_DAY.fullmatch(words)
    if stay is not None:
        return RowClock("anchor", hospital_day(float(stay["a"] or stay["b"] or stay["c"])), ADMISSION)
    at = _AT.fullmatch(words)
    if at is not None:
        if at["stop"]:
            return RowClock("stop", _ZERO)
        if at["place"]:
            return RowClock("anchor", _ZERO, place(at["place"]))
        return RowClock("anchor", CellTime(None), LATER if at["later"] else "")
    since = _SINCE.match(words)
    if since is None or (time := cell_time(since["time"])) is None or time.time is None:
        return None
    how = since["how"].lower()
    if how in _BACK:
        time = replace(time, time=_back(time.time))
    if how in ("off", "on", "into", "of"):  # "7 d off drug", "week 3 on treatment"
        going = _GOING_ON.match(since["what"]) is not None or (how == "off" and since["what"].isalpha())
        return RowClock("stop" if how == "off" else "start", time) if going else None
    kind = counts_from(since["what"])
    if kind in ("start", "stop"):
        return RowClock(kind, time)
    where = place(since["what"])
    return RowClock("anchor", time, where) if where else None


_ZERO = CellTime(Duration(0.0, Interval(0.0, 0.0)), unit="day")


def hospital_day(number: float) -> CellTime:
    """Days since admission of a day of the stay: day 1 is that of admission."""
    days = max(0.0, number - 1)
    return CellTime(Duration(days, Interval(days, days)), unit="day")


def _back(time: Duration) -> Duration:
    point = None if time.point is None else -time.point
    return Duration(point, Interval(-time.interval.hi, -time.interval.lo))


# --- the words beside a table --------------------------------------------------------------------------------------

_REACH = 700
"""Characters before and after a table in which its clock is told."""
_DAY_NOUGHT = Pattern(
    r"\b(?:day|week|time|d)\s?(?P<nought>0|1|zero|one)\b(?:\sin\sthe\stable)?[\s(,]{0,2}"
    r"(?:=|:|–|is|was|being|denotes|means|marks|indicates|represents|corresponds\sto|refers\sto|taken\sas|defined\sas|\()"
    r"\s?(?P<what>[^.;)\n]{3,80})",
    re.IGNORECASE,
)
_COUNTED = Pattern(
    r"\b(?:times?|days?|weeks?|time\spoints)\b(?:\sin\sthe\s(?:table|first\scolumn|first\srow|header))?\s"
    r"(?:(?:is|are|was|were)\s)?(?:(?:counted|calculated|given|expressed|measured|numbered|shown|indicated)\s(?:as\s\w+\s)?"
    r"(?:after|since|from|relative\sto|following|with\srespect\sto)|(?:days|weeks)\s(?:after|since|from|of))\s"
    r"(?P<what>[^.;)\n]{3,80})",
    re.IGNORECASE,
)
_OF_STAY = Pattern(
    r"\b(?:times?|days?)\b(?:\sin\sthe\stable)?\s(?:is|are|was|were|refer\sto)\s(?:the\s)?(?:hospital\sdays?|days?\sof\s"
    r"(?:the\s)?(?:admission|hospital\w*))",
    re.IGNORECASE,
)
_CAPTIONED = Pattern(r"\b(?:days?|weeks?)\s(?:after|since|from|of)\s(?P<what>[^.;,)\n]{3,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedClock:
    """What the words beside a table say that its rows count from; ``first`` is the number of the day it begins with."""

    kind: ColumnKind
    place: str
    first: float


def stated_clock(text: str, start: int, end: int, caption: str = "") -> StatedClock | None:
    """The clock that the words beside a table name; ``None`` where they name none, or one that is unknown here."""
    for begin, stop in ((max(0, start - _REACH), start), (end, min(len(text), end + _REACH)), (start, end)):
        found = _DAY_NOUGHT.search(text, begin, stop)
        if found is not None and (made := _made(found["what"])) is not None:
            one = found["nought"].lower() in ("1", "one")
            return replace(made, first=1.0 if one else 0.0)
        if _OF_STAY.search(text, begin, stop):
            return StatedClock("anchor", ADMISSION, 1.0)
        counted = _COUNTED.search(text, begin, stop)
        if counted is not None and (made := _made(counted["what"])) is not None:
            return made
    told = _CAPTIONED.search(caption)
    return _made(told["what"]) if told is not None else None


_DEFINED = Pattern(
    r"(?:^|(?<=[.!?:)]\s)|(?<=\n))\(?(?:Day|Week|D)\s?(?:0|1|zero|one)\s?(?:(?P<log>[:–])|=|is|was|being|denotes|means|marks"
    r"|indicates|represents|corresponds\sto|refers\sto)\s(?P<what>[^.;()\d\n]{3,80})[.;)]{1,2}",
    re.IGNORECASE,
)


def definitions(text: str) -> list[tuple[int, int]]:
    """Sentences that only define the clock of a table ("Day 0 was the first day of isoniazid."): they tell no event.

    "Day 0: first dose of isoniazid." does so only behind a text that has told the start: else it is the line of a log.
    """
    found = [m for m in _DEFINED.finditer(text) if counts_from(m["what"]) == "start"]
    counted = [m.span() for m in _COUNTED_SENTENCE.finditer(text) if counts_from(m["what"]) in ("start", "stop")]
    return counted + [
        m.span() for m in found if not m["log"] or _TOLD_BEFORE.search(text, max(0, m.start() - _REACH), m.start())
    ]


_COUNTED_SENTENCE = Pattern(
    r"(?:^|(?<=[.!?:)]\s)|(?<=\n))(?:(?:All|The)\s)?(?:times?|days?|weeks?|time\spoints)\s(?:in\sthe\s(?:table|first\scolumn"
    r"|header)\s)?(?:is|are|was|were)\s(?:counted|calculated|given|expressed|measured|numbered|shown|indicated)\s"
    r"(?:as\s\w+\s)?(?:after|since|from|relative\sto)\s(?P<what>[^.;()\d\n]{3,80})\.",
    re.IGNORECASE,
)
_TOLD_BEFORE = Pattern(
    r"\b(?:was|were|been|had|has)\s(?:\w+\s)?(?:started|begun|given|prescribed|commenced|initiated)\b|\breceived\b",
    re.IGNORECASE,
)


def clocked(text: str, grid: Grid, columns: list[Column]) -> tuple[list[Column], str, float]:
    """The columns with the clock of their time column, the moment it counts from, and the number of its first day."""
    columns = [replace(c, kind="anchor") if c.kind == "date" and _holds_times(grid, c) else c for c in columns]
    item = next((c for c in columns if c.kind == "anchor"), None)
    if item is None:
        return columns, "", 0.0
    where = place(item.anchor)
    if item.anchor or any(c.kind in ("start", "stop", "date") for c in columns):
        return columns, where, 1.0 if where == ADMISSION and _STAY_HEAD.search(item.text) else 0.0
    said = stated_clock(text, grid.start, grid.end, grid.caption)
    if said is None:
        return columns, where, 0.0
    made = [replace(c, kind=said.kind) if c.index == item.index else c for c in columns]
    return made, said.place, said.first


def _holds_times(grid: Grid, item: Column) -> bool:
    """A column that is called "Date" and holds "Day 14"."""
    cells = [line.cells[item.index].text for line in grid.lines if item.index < len(line.cells)]
    times = [c for c in cells if any(map(str.isdigit, c)) and cell_time(c) is not None]
    return len(times) > 1 and not any(cell_date(c) or cell_month_day(c) for c in cells)


_STAY_HEAD = Pattern(r"hospital\sday|days?\sof\s(?:the\s)?(?:admission|hospital)|day\sin\shospital", re.IGNORECASE)


def from_nought(time: Duration, first: float, unit: str) -> Duration:
    """A time of a clock that begins with day 1, counted from that day."""
    if unit not in ("", "day"):
        return time
    point = None if time.point is None else time.point - first
    return Duration(point, time.interval.plus(Interval(-first, -first)))


def _made(what: str) -> StatedClock | None:
    kind = counts_from(what)
    if kind in ("start", "stop"):
        return StatedClock(kind, "", 0.0)
    where = place(what)
    return StatedClock("anchor", where, 0.0) if where else None
