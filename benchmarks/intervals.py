"""Closed intervals of days and the rule by which a read interval counts against a printed span (issue 2)."""

from __future__ import annotations

from typing import Any

Span = tuple[float, float]


def interval(value: Any) -> tuple[float | None, float | None] | None:
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
