"""Times and events in the cells of a laboratory table: "6 weeks", "+7 days", "Pre", "21 (7) days", "drug restarted".

May import `timeline` and `quantity`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from dechallenge.quantity import NUMBER_WORDS
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.timeline import CalendarDate, Duration, Interval, duration

ColumnKind = Literal["start", "stop", "anchor", "date", "analyte", "note"]
EventKind = Literal["started", "stopped", "restarted", "switched", "other"]

_UNITS = {
    "min": "minute", "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "d": "day", "week": "week", "wk": "week",
    "w": "week", "month": "month", "mo": "month", "m": "month", "mth": "month", "year": "year", "yr": "year",
    "y": "year",
}  # fmt: skip
_UNIT = r"(?P<unit>minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mths?|mos?|years?|yrs?|y)\b\.?"
_NUM = r"\d{1,5}(?:[.,]\d{1,3})?"
_HALF = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_WORDS = "|".join(sorted((w for w in NUMBER_WORDS if w not in ("once", "twice")), key=len, reverse=True))
_TIME = Pattern(
    r"^(?:(?:at|on|after)\s)?(?P<sign>[+\-–−])?\s?(?P<about>[~≈]|about\s|approx(?:\.|imately)?\s|ca\.?\s|around\s)?"
    r"(?P<cmp><=?|>=?|≤|≥|within\s|up to\s)?\s?"
    rf"(?:(?P<a>{_NUM})\s?(?P<half>[½¼¾])?|(?P<only>[½¼¾])|(?P<word>{_WORDS})(?=\s))?"
    rf"(?:\s?(?:-|–|to)\s?(?P<b>{_NUM}))?\s?(?P<more>\+)?\s?(?:\((?P<paren>{_NUM})\))?[\s-]?(?:{_UNIT})?"
    r"(?P<tail>\s.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = Pattern(
    rf"^(?:study\s|treatment\s)?(?P<unit>day|d|week|wk|w|month|mo|m|year|hour|"
    rf"h)s?\.?\s?(?P<sign>[+\-–−])?\s?(?P<a>{_NUM})(?:\s?[-–]\s?(?P<b>{_NUM}))?$",
    re.IGNORECASE,
)
_PRE = Pattern(r"^(?:pre\b|pre-|prior|before|baseline|none before)", re.IGNORECASE)
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: i for i, name in enumerate(_MONTH_NAMES, 1)}
_MONTH = rf"(?P<month>{'|'.join(_MONTH_NAMES)})[a-z]*\.?"
_DATES = (
    Pattern(rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b", re.IGNORECASE),
    Pattern(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH},?[\s-](?P<year>\d{{4}})\b", re.IGNORECASE),
    Pattern(rf"^(?P<day>\d{{1,2}})[\s-]{_MONTH}[\s-]'?(?P<year>\d{{2}})$", re.IGNORECASE),
    Pattern(rf"\b{_MONTH},?\s(?P<year>\d{{4}})\b", re.IGNORECASE),
    Pattern(r"\b(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})\b"),
    Pattern(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"),
)
_CENTURY = 2000
"""Of a year of two figures ("17 Sep 18")."""
_SHORTEST_DATE = len("1.1.2010")


@dataclass(frozen=True, slots=True)
class CellTime:
    """Time in a cell.

    Attributes:
        time: The time on the clock of its column; ``None`` for "Pre".
        inner: The second clock in brackets ("21 (7) days"), counted from the re-exposure.
        pre: Before the drug.
        relative: Counted from the time above it ("+7 days").
        unit: Unit printed or taken over.
    """

    time: Duration | None
    inner: Duration | None = None
    pre: bool = False
    relative: bool = False
    unit: str = ""


def cell_time(text: str, unit: str = "") -> CellTime | None:
    """Read a time cell; ``None`` where it holds no time.

    Args:
        text: The cell.
        unit: Unit of a bare number, from the header or the cell above.
    """
    words = " ".join(text.split())
    if not words:
        return None
    if _PRE.match(words):
        return CellTime(None, pre=True)
    label = _LABEL.match(words)
    if label:
        name = _unit(label["unit"])
        low = _number(label["a"])
        return CellTime(_signed(low, _number(label["b"] or label["a"]), name, label["sign"]), unit=name)
    match = _TIME.match(words)
    if match is None or not (match["a"] or match["only"] or match["word"] or match["paren"]):
        return None
    if match["tail"] and not match["unit"]:
        return None
    name = _unit(match["unit"]) if match["unit"] else unit
    inner = _made(match["paren"], match["paren"], name, match) if match["paren"] else None
    if not (match["a"] or match["only"] or match["word"]):
        return CellTime(inner, inner, unit=name)
    low = _amount(match)
    high = _number(match["b"]) if match["b"] else low
    if not name and low:
        return None
    relative = match["sign"] == "+"
    return CellTime(
        _signed(low, max(low, high), name or "day", match["sign"], match), inner, relative=relative, unit=name
    )


def _amount(match: re.Match[str]) -> float:
    if match["word"]:
        return float(NUMBER_WORDS[match["word"].lower()])
    if match["only"]:
        return _HALF[match["only"]]
    return _number(match["a"]) + _HALF.get(match["half"] or "", 0.0)


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _unit(text: str) -> str:
    word = text.lower().rstrip(".")
    return _UNITS.get(word) or _UNITS.get(word.rstrip("s"), "day")


def _made(low: str, high: str, unit: str, match: re.Match[str] | None = None) -> Duration:
    return _signed(_number(low), _number(high), unit or "day", None, match)


def _signed(low: float, high: float, unit: str, sign: str | None, match: re.Match[str] | None = None) -> Duration:
    if high == 0:
        return Duration(0.0, Interval(0.0, 0.0))
    about = bool(match and match.groupdict().get("about"))
    comparator = (match.groupdict().get("cmp") or "").strip() if match else ""
    more = bool(match and match.groupdict().get("more"))
    if comparator in ("<", "<=", "≤", "within", "up to"):
        return duration(low, high, unit, within=True)
    made = duration(low, high, unit, about=about)
    if comparator in (">", ">=", "≥") or more:
        return Duration(None, Interval(duration(low, low, unit).point, None))
    if sign and sign != "+":
        point = None if made.point is None else -made.point
        return Duration(point, Interval(-made.interval.hi, -made.interval.lo))
    return made


def plus(base: Duration, step: Duration) -> Duration:
    """A time counted from the one above it: "2 years", then "+7 days"."""
    point = None if base.point is None or step.point is None else base.point + step.point
    return Duration(point, base.interval.plus(step.interval))


def cell_date(text: str) -> CalendarDate | None:
    """A calendar date of day or month precision in a cell; ``None`` where there is none or it does not exist."""
    if len(text) < _SHORTEST_DATE:
        return None
    for pattern in _DATES:
        match = pattern.search(text)
        if match is None:
            continue
        month = match["month"].lower()
        number = _MONTHS.get(month[:3]) or (int(month) if month.isdigit() else 0)
        day = match.groupdict().get("day")
        year = int(match["year"]) + (0 if len(match["year"]) == 4 else _CENTURY)
        try:
            dt.date(year, number, int(day or 1))
        except ValueError:
            continue
        return CalendarDate.of(year, number, int(day) if day else None)
    return None


_MONTH_DAY = Pattern(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]{_MONTH}"
    rf"|{_MONTH.replace('month', 'month2')}\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)",
    re.IGNORECASE,
)


def cell_month_day(text: str) -> tuple[int, int] | None:
    """Month and day of a cell that prints no year ("3 March"); ``None`` for anything else."""
    match = _MONTH_DAY.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    month = _MONTHS[(match["month"] or match["month2"]).lower()[:3]]
    day = int(match["day"] or match["day2"])
    return (month, day) if 1 <= day <= calendar.monthrange(2000, month)[1] else None


# --- headers ------------------------------------------------------------------------------------------------------

_ONE_DOSE = r"(?:dose|intake|exposure|infusion|injection|tablet|capsule|administration|course|cycle|treatment)"
_STOP = Pattern(
    r"stop|discontinu|withdraw|cessation|dechallenge|ending|(?:off|post)\s?(?:drug|therapy|treatment)"
    rf"|(?:last|final)\s{_ONE_DOSE}",
    re.IGNORECASE,
)
_START = Pattern(
    rf"start|initiat|begin|began|(?:first|initial)\s{_ONE_DOSE}"
    r"|(?:of|on|in|duration)\s?(?:the\s)?(?:drug|therapy|treatment|medication|exposure)"
    r"|duration|exposure|after\s(?:drug|dose|therapy|treatment)|rechallenge|re-?exposure|(?:treatment|therapy|study)\s(?:day|week|month)",
    re.IGNORECASE,
)
_AGAIN = Pattern(r"re-?start|rechallenge|re-?exposure|reintroduc", re.IGNORECASE)
_CLOCK = Pattern(
    r"^(?:time|days?|weeks?|months?|years?|hours?|hospital day|(?:treatment|therapy|study) (?:day|week|month)s?"
    r"|time points?|visit|follow-?up|duration|interval"
    r"|point in time)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = Pattern(r"\b(?:after|since|from|post|following|of|on)\s(?:the\s)?(?P<anchor>.+)$", re.IGNORECASE | re.DOTALL)
_WITH_A_VALUE = Pattern(r"(?:days?|weeks?|months?)\s?[+−-]?\d{1,4}\s?[,:=]\s?\S", re.IGNORECASE)
"""A time with what was found then ("day 58, 4.6"): no head."""
_SINCE_HEAD = Pattern(
    r"(?:after|since|from|following|post)[\s-](?:the\s)?(?:onset|admission|presentation|discharge|start\w*|stop\w*|initiation"
    r"|discontinuation|withdrawal|cessation|(?:first|last)\sdose|treatment)\b(?:\s[^\W\d]\S*){0,3}$",
    re.IGNORECASE,
)
_DATED = Pattern(r"(?:the\s)?dates?(?:\s.{0,30})?", re.IGNORECASE)
_HEADER_UNIT = Pattern(r"\b(?P<unit>hour|day|week|month|year)s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeHeader:
    """What a time column counts from: ``start``, ``stop``, a ``date`` or another ``anchor`` (in words)."""

    kind: ColumnKind
    unit: str = ""
    anchor: str = ""
    again: bool = False


def time_header(text: str) -> TimeHeader | None:
    """Read the header of a time column; ``None`` where it is none."""
    words = " ".join(text.replace("*", " ").split())
    if not words[:1].isalpha() or len(words) > 60:
        return None
    if _DATED.fullmatch(words):
        return TimeHeader("date")
    if _WITH_A_VALUE.match(words):
        return None
    if not _CLOCK.match(words) and not _SINCE_HEAD.match(words):
        return None
    named = _HEADER_UNIT.search(words)
    unit = _unit(named["unit"]) if named else ""
    if _STOP.search(words):
        return TimeHeader("stop", unit, again=bool(_AGAIN.search(words)))
    if _START.search(words):
        return TimeHeader("start", unit, again=bool(_AGAIN.search(words)))
    after = _AFTER.search(words)
    anchor = "hospital" if "hospital" in words.lower() else ""
    return TimeHeader("anchor", unit, after["anchor"].strip(" ()") if after else anchor)


def counts_from(words: str) -> ColumnKind | None:
    """What words count from: "stopping", "the first dose", "the first day of isoniazid"; ``None`` for anything else."""
    if _STOP.search(words):
        return "stop"
    return "start" if _START.search(words) or _FIRST_DAY.search(words) else None


_FIRST_DAY = Pattern(
    r"\bfirst\sday\s(?:of|on|with)\s(?!(?:the\s)?(?:admission|hospital|illness|symptom|fever))", re.IGNORECASE
)


# --- events -------------------------------------------------------------------------------------------------------

_RESTARTED = (
    r"re-?start\w*|re-?challenge\w*|resum(?:ed|ption)|re-?introduc\w*|re-?administ\w*|re-?exposed"
    r"|(?:given|taken)\sagain"
)
_STOPPED = r"stopp\w*|discontinu\w*|withdr[ae]w\w*|ceased|cessation|halted|completed|withheld"
_STARTED = (
    r"start\w*|began|begun|initiat\w*|given|taken|received|treated\swith|single\sdose\sof|administered|added|placed\son"
)
_SWITCHED = r"switch\w*|changed\sto|replaced\s(?:by|with)|substituted"
_VERB = Pattern(
    rf"\b(?:(?P<restarted>{_RESTARTED})|(?P<stopped>{_STOPPED})|(?P<switched>{_SWITCHED})|(?P<started>{_STARTED}))\b",
    re.IGNORECASE,
)
_ACTS: tuple[EventKind, ...] = ("restarted", "stopped", "switched", "started")
_CLAUSE = Pattern(r"[;.](?=\s|$)|,(?=\s)|(?<=ed)\s(?=and\s\w+\s(?:re)?(?:start|stop)\w*\b)")
_DOSED = Pattern(
    r"^(?:long[\s-]term\s)?(?:(?:therapy|treatment)\swith\s)?(?P<drug>[^\W\d_][^\d(,;]{2,40}?)\s\(?\d[\d.,]*\s?(?:mg|"
    r"mcg|μg|µg|g)(?:/(?!d?l)|\b(?!/))",
    re.IGNORECASE,
)
_TAKEN = Pattern(
    rf"^(?P<drug>[^\W\d_][^\W\d_-]{{4,30}})\s(?:(?:once|again|given|taken)\s)?for\s(?:{_NUM}|{_WORDS})\s(?:days?|weeks?)$",
    re.IGNORECASE,
)
_NO_DRUG = Pattern(
    r"(?:hospital\w*|admitted|fever|jaundice\w*|pruritus|rash|vomiting|symptoms?|follow|treated|icteric)", re.IGNORECASE
)
_FOR = Pattern(
    rf"\b(?P<prep>for|after|within|over)\s(?:the\s|another\s|a\s)?(?P<time>(?:~\s?|about\s|"
    rf"approximately\s)?(?:{_NUM}|(?:{_WORDS}))\s?[-–]?\s?"
    r"(?:\d{1,3}\s)?(?:hours?|days?|weeks?|months?|years?))\b",
    re.IGNORECASE,
)
_HEAD_NOISE = Pattern(
    r"^(?:\s?(?:and|then|long[\s-]term|re-?challenge|therapy\swith|treatment\swith)\s)+|\s(?:was|were|had\sbeen|is|"
    r"has\sbeen|therapy|treatment|course|"
    r"which|intermittently|again|by)\b.*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event told in a cell: what was done with which drug (as written), for how long, on which date."""

    kind: EventKind
    drug: str
    duration: Duration | None
    date: CalendarDate | None


def events(text: str) -> list[EventWords]:
    """What a note or an event row tells of starting, stopping, restarting or switching drugs; mostly nothing."""
    words = " ".join(text.split())
    found: list[EventWords] = []
    clauses = [part.strip() for part in _CLAUSE.split(words) if part and part.strip()]
    for clause in clauses:
        verb = _VERB.search(clause)
        if verb is None or verb.group().lower().endswith("ing"):
            continue
        kind: EventKind = next((act for act in _ACTS if verb[act]), "other")
        taken = _FOR.search(words, words.find(clause))
        length = (
            cell_time(re.sub(r"^(?:~\s?)", "~", taken["time"])) if taken and taken["prep"].lower() != "within" else None
        )
        found.append(
            EventWords(
                kind,
                _drug(clause, verb, clauses[0]),
                length.time if length else None,
                cell_date(clause) or cell_date(words),
            )
        )
    dosed = None if found else _DOSED.match(words) or _TAKEN.match(words)
    if dosed and _NO_DRUG.fullmatch(dosed["drug"]):
        dosed = None
    if dosed and dosed["drug"].lower() != "dose":
        taken = _FOR.search(words)
        length = (
            cell_time(re.sub(r"^(?:~\s?)", "~", taken["time"])) if taken and taken["prep"].lower() == "for" else None
        )
        found.append(EventWords("started", dosed["drug"].strip(), length.time if length else None, cell_date(words)))
    return found


def _drug(clause: str, verb: re.Match[str], first: str) -> str:
    head = _HEAD_NOISE.sub("", " " + re.sub(r"\([^)]*\)", " ", clause[: verb.start()]) + " ").strip(" ,:")
    head = re.sub(r"\s\d.*$", "", head)
    tail = clause[verb.end() :].strip()
    switched = verb["switched"] is not None
    if (switched or not head) and (
        after := re.match(r"(?:on|to|of|with|oral|iv|the|from)?\s*(?:oral\s|iv\s)?([^(,;.\d]+)", tail, re.IGNORECASE)
    ):
        name = re.split(r"\s(?:for|in|at|after|because|due|on|during|by|again)\b", after.group(1))[0].strip()
        if name and not re.match(r"(?:for|in|at|after|because|due|during|again)\b", name):
            return name
    if not head and first != clause:
        return _HEAD_NOISE.sub("", first + " ").strip(" ,:")
    return " ".join(head.split())
