"""Scales of the chart: days with breaks over long silent stretches, and logarithms.

Pure arithmetic; imports nothing of the package.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_STEPS = (1, 2, 5, 7, 14, 28, 60, 90, 180, 365, 730, 1825, 3650)


@dataclass(frozen=True)
class DayScale:
    """Days to pixels: linear between knots; a stretch where nothing happens may be compressed.

    Attributes:
        knots: Days, ascending.
        at: Pixel of each knot.
        breaks: Stretches (low, high, in days) that are compressed.
    """

    knots: tuple[float, ...]
    at: tuple[float, ...]
    breaks: tuple[tuple[float, float], ...]

    def __call__(self, day: float) -> float:
        if day <= self.knots[0]:
            return self.at[0]
        if day >= self.knots[-1]:
            return self.at[-1]
        i = bisect_right(self.knots, day) - 1
        share = (day - self.knots[i]) / (self.knots[i + 1] - self.knots[i])
        return self.at[i] + share * (self.at[i + 1] - self.at[i])

    def ticks(self, room: float = 56) -> list[float]:
        """Round days, at least ``room`` pixels apart, none inside a break; and the day on which a break ends."""
        low, high = self.knots[0], self.knots[-1]
        plain = [(a, b) for a, b in pairwise(self.knots) if (a, b) not in self.breaks]
        density = max(((self(b) - self(a)) / (b - a) for a, b in plain), default=1.0)
        step = next((s for s in _STEPS if s * density >= room), _STEPS[-1])
        out: list[float] = []
        day = math.ceil(low / step) * step
        while day <= high:
            hidden = any(a < day < b for a, b in self.breaks)
            if not hidden and (not out or self(day) - self(out[-1]) >= room * 0.6):
                out.append(float(day))
            day += step
        return sorted({*out, *(b for _, b in self.breaks if all(abs(self(b) - self(t)) >= room * 0.6 for t in out))})


def day_scale(days: Iterable[float], left: float, right: float) -> DayScale:
    """A scale over the days where something happens, drawn from ``left`` to ``right`` pixels.

    A gap far longer than the usual one, nearly a third of all, and at least three weeks, is compressed to a seventh.
    """
    knots = sorted(set(days)) or [0.0]
    if len(knots) == 1:
        knots = [knots[0], knots[0] + 1]
    gaps = [b - a for a, b in pairwise(knots)]
    width = list(gaps)
    breaks: list[tuple[float, float]] = []
    usual = sorted(gaps)[len(gaps) // 2]
    for i in sorted(range(len(gaps)), key=lambda k: (-gaps[k], k))[:2]:
        if len(gaps) > 2 and gaps[i] >= 21 and gaps[i] > 3 * usual and gaps[i] > 0.3 * sum(width):
            width[i] = (sum(width) - width[i]) / 6
            breaks.append((knots[i], knots[i + 1]))
    total = sum(width)
    at = [left]
    for gap in width:
        at.append(at[-1] + gap / total * (right - left))
    return DayScale(tuple(knots), tuple(at), tuple(breaks))


@dataclass(frozen=True)
class LogScale:
    """Positive amounts to pixels, larger amounts higher up."""

    low: float
    high: float
    top: float
    bottom: float

    def __call__(self, amount: float) -> float:
        share = (math.log(max(amount, self.low)) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        return self.bottom - min(share, 1.0) * (self.bottom - self.top)

    def ticks(self) -> list[float]:
        """1, 2, 5, 10 … or only the powers of ten where the scale is long."""
        decades = math.log10(self.high / self.low)
        steps: Sequence[float] = (1, 2, 5) if decades <= 2.4 else (1, 3) if decades <= 3.4 else (1,)
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        out = [round(s * 10.0**p, 6) for p in range(first, last + 1) for s in steps]
        return [t for t in out if self.low * 0.999 <= t <= self.high * 1.001]


def log_scale(amounts: Iterable[float], top: float, bottom: float, include: Iterable[float] = ()) -> LogScale:
    """A logarithmic scale that holds every amount with some air, and the amounts of ``include``."""
    positive = [a for a in (*amounts, *include) if a > 0] or [1.0]
    low, high = min(positive), max(positive)
    return LogScale(low / 1.35, max(high * 1.35, low * 4), top, bottom)


def spread(wanted: Sequence[float], room: float, low: float, high: float) -> list[float]:
    """Positions as near to ``wanted`` as possible, at least ``room`` apart, within the bounds."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    out = [0.0] * len(wanted)
    last = low - room
    for i in order:
        last = out[i] = max(wanted[i], last + room)
    limit = high
    for i in reversed(order):
        out[i] = min(out[i], limit)
        limit = out[i] - room
    return out
