"""Floor 1: time as closed intervals of days, and the network of a case's time points.

A moment is an interval on the case's own axis (day 0 = first dose of the suspect), open where an end is unknown.
Statements bound differences of time points; closing the network gives every point its tightest honest bounds and finds
contradictions instead of hiding them (Dechter, Meiri, Pearl: Temporal constraint networks, Artif Intell 1991;49:61-95).
Imports nothing of the package.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

INF = math.inf

DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
"""Length of a unit in days, as LiverTox and this project count them."""

TOLERANCE = {"minute": 0.0, "hour": 0.0, "day": 0.0, "week": 3.0, "month": 15.0, "year": 90.0}
"""Days that the wording allows on either side of "N units" (design section 5)."""

ONE_MONTH = 7.0
"""The same for one month, which is told beside weeks.

Under the tolerance of a month it would reach down to day 15, which is two weeks, and up to day 45, which is six. What
lies more than a week off has names of its own (three, five weeks).
"""


class Interval(NamedTuple):
    """A closed interval of days; ``None`` is an open end."""

    low: float | None
    high: float | None

    @property
    def lo(self) -> float:
        return -INF if self.low is None else self.low

    @property
    def hi(self) -> float:
        return INF if self.high is None else self.high

    @property
    def known(self) -> bool:
        """Both ends are known."""
        return self.low is not None and self.high is not None

    @property
    def width(self) -> float:
        return self.hi - self.lo

    @classmethod
    def of(cls, low: float, high: float) -> Interval:
        """An interval from floats, infinite ends becoming open ones."""
        return cls(None if low == -INF else low + 0.0, None if high == INF else high + 0.0)  # no negative zero

    def plus(self, other: Interval) -> Interval:
        return Interval.of(self.lo + other.lo, self.hi + other.hi)

    def minus(self, other: Interval) -> Interval:
        return Interval.of(self.lo - other.hi, self.hi - other.lo)

    def meet(self, other: Interval) -> Interval | None:
        """What both allow, or ``None`` when they contradict each other."""
        low, high = max(self.lo, other.lo), min(self.hi, other.hi)
        return Interval.of(low, high) if low <= high else None

    def overlaps(self, other: Interval) -> bool:
        return self.meet(other) is not None


ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as printed: its point, and the interval that the wording allows.

    Attributes:
        point: The printed length in days (21 for "three weeks"), ``None`` where no number was printed.
        interval: The days that the wording allows.
    """

    point: float | None
    interval: Interval


_FOUR_YEARS = [calendar.monthrange(year, month)[1] for year in range(2001, 2005) for month in range(1, 13)] * 2
"""Lengths of the months of four years, one of them a leap year, twice over."""


def named_length(number: float, unit: str) -> Duration:
    """The length that a course is called by ("a two-month course"): no tolerance but that of the calendar.

    Months and years are as long as so many of the calendar (two months: 59 to 62 days), or as this project counts them.

    Args:
        number: Of units; a fraction of a month or year has the length that the project counts by.
        unit: As for :func:`duration`.
    """
    point = number * DAYS[unit]
    if unit not in ("month", "year") or number != int(number):
        return Duration(point, Interval(point, point))
    rounds, rest = divmod(int(number) * (12 if unit == "year" else 1), 48)
    lengths = [1461 * rounds + sum(_FOUR_YEARS[i : i + rest]) for i in range(48)]
    return Duration(point, Interval(min(point, *lengths), max(point, *lengths)))


def duration(low: float, high: float, unit: str, *, about: bool = False, within: bool = False) -> Duration:
    """The interval that "low to high units" allows; the project's rule for time words stands here and nowhere else.

    A number of days is exact; weeks ±3 days, one month ±7, months ±15, years ±90 (design section 5; `ONE_MONTH`).

    Args:
        low: Smaller printed number.
        high: Larger printed number; equal to ``low`` for a single number.
        unit: ``minute``, ``hour``, ``day``, ``week``, ``month`` or ``year``.
        about: The text hedges ("about three weeks"): the tolerance doubles.
        within: The text gives an upper bound ("within three weeks"): [0, N].
    """
    size, slack = DAYS[unit], TOLERANCE[unit] * (2 if about else 1)
    if within:
        return Duration(None, Interval(0.0, high * size))
    if about and unit == "day":
        slack = max(1.0, 0.2 * high)
    if unit in ("month", "year") and low < 1:
        slack = min(slack, low * size)
    point = low * size if low == high else None
    before, after = (slack * ONE_MONTH / TOLERANCE[unit] if unit == "month" and n == 1 else slack for n in (low, high))
    return Duration(point, Interval(max(0.0, low * size - before), high * size + after))


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A calendar date with its precision: every day that the wording allows."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> CalendarDate:
        """A year, a month or a day.

        Raises:
            ValueError: The date does not exist.
        """
        if month is None:
            return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))
        if day is None:
            return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]))
        return cls(dt.date(year, month, day), dt.date(year, month, day))

    @property
    def interval(self) -> Interval:
        """Days of the proleptic Gregorian calendar (``date.toordinal``)."""
        return Interval(float(self.first.toordinal()), float(self.last.toordinal()))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A statement that the statements before it make impossible."""

    earlier: str
    later: str
    stated: Interval
    allowed: Interval
    label: object


MOST = 250
"""Time points of a network; a report has some tens, one of 90,000 characters about a hundred."""


_ROUNDED = 1e-6
"""Days by which two bounds of one moment may cross by rounding."""


@dataclass(slots=True)
class Network:
    """A simple temporal network over named time points.

    ``bound(a, b, interval)`` says that b - a lies in the interval. A bound that contradicts those already there is set
    aside and kept in ``contradictions``. Closure is incremental: O(n²) for each bound, O(n) for a new leaf. A point
    beyond the first ``MOST`` is not taken, so that no text, however long, outgrows memory.
    """

    names: dict[str, int] = field(default_factory=dict)
    high: list[list[float]] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)

    def _index(self, name: str) -> int:
        if name not in self.names:
            self.names[name] = len(self.names)
            for row in self.high:
                row.append(INF)
            self.high.append([INF] * len(self.names))
            self.high[-1][-1] = 0.0
        return self.names[name]

    def between(self, earlier: str, later: str) -> Interval:
        """What is known of ``later - earlier``, in days."""
        a, b = self.names.get(earlier), self.names.get(later)
        if a is None or b is None:
            return Interval(0.0, 0.0) if earlier == later else ANY
        low, high = -self.high[b][a], self.high[a][b]
        if 0.0 < low - high < _ROUNDED:  # sums of fractions of a day
            low = high
        return Interval.of(low, high)

    def bound(self, earlier: str, later: str, interval: Interval, label: object = None) -> bool:
        """Add ``later - earlier`` in ``interval``; False when it contradicts what is known, or the network is full."""
        if len(self.names) >= MOST and (earlier not in self.names or later not in self.names):
            return False
        a, b = self._index(earlier), self._index(later)
        known = self.between(earlier, later)
        if not known.overlaps(interval):
            self.contradictions.append(Contradiction(earlier, later, interval, known, label))
            return False
        if a == b:
            return True
        if interval.hi < self.high[a][b]:
            self._tighten(a, b, interval.hi)
        if -interval.lo < self.high[b][a]:
            self._tighten(b, a, -interval.lo)
        return True

    def _tighten(self, a: int, b: int, value: float) -> None:
        onward = [(j, far) for j, far in enumerate(self.high[b]) if far != INF]
        for row in self.high:
            to_b = row[a] + value
            if to_b >= row[b]:  # nothing is nearer by way of b: the matrix is closed
                continue
            for j, far in onward:
                if to_b + far < row[j]:
                    row[j] = to_b + far


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval that holds all of them; open for none."""
    items = list(intervals)
    if not items:
        return ANY
    return Interval.of(min(i.lo for i in items), max(i.hi for i in items))
