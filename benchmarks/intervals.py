"""Closed intervals of days and the rules by which a read interval counts against a printed span or a gold interval."""

from __future__ import annotations

from typing import Any

Span = tuple[float, float]
Open = tuple[float | None, float | None]


def interval(value: Any) -> Open | None:
    """`[low, high]` of the JSON contract as a pair; None where nothing is stated."""
    if not isinstance(value, list) or len(value) != 2:
        return None
    low, high = (float(end) if isinstance(end, int | float) else None for end in value)
    return low, high


def known(value: Any) -> Span | None:
    """The interval when both ends are known."""
    pair = interval(value)
    if pair is None or pair[0] is None or pair[1] is None:
        return None
    return pair[0], pair[1]


def narrow(span: Span) -> bool:
    """At most 14 days wide, or half its midpoint."""
    low, high = span
    return high - low <= max(14.0, (low + high) / 4)


def meets(read: Span, printed: Span) -> bool:
    """The read interval overlaps the printed span within 2 days or a quarter of the span's midpoint."""
    slack = max(2.0, (printed[0] + printed[1]) / 8)
    return read[0] <= printed[1] + slack and read[1] >= printed[0] - slack


def counts(value: Any, printed: list[Span]) -> bool:
    """Whether an interval of the JSON counts: both ends known, narrow, and meeting any printed span."""
    read = known(value)
    return read is not None and narrow(read) and any(meets(read, span) for span in printed)


def fits(read: Open, gold: Open) -> bool:
    """The read interval overlaps the gold one and is at most seven days, or 30 %, wider.

    An open end of the gold sets no limit on its side; an end that the gold knows must be known.
    """
    low, high = gold
    first, last = read
    if (low is not None and first is None) or (high is not None and last is None):
        return False
    if low is not None and last is not None and last < low:
        return False
    if high is not None and first is not None and first > high:
        return False
    if low is not None and high is not None:
        width = high - low
        return (last or 0.0) - (first or 0.0) - width <= max(7.0, 0.3 * width)
    if low is not None:
        return low - (first or 0.0) <= 7.0
    return high is None or (last or 0.0) - high <= 7.0
