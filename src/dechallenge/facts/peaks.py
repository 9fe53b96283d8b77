"""The highest of several printed values, where some print no more than a bound. May import values."""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.facts.values import Value


def height(value: Value) -> float:
    """One figure to compare values by: the printed one, else a bound."""
    known = [bound for bound in (value.point, value.low, value.high) if bound is not None]
    return known[0] if known else 0.0


def peak(numbers: Sequence[Value]) -> tuple[Value, float | None, float | None]:
    """The highest of the values with its point and its upper bound.

    "Never exceeded 2.0" is a bound alone: beside printed figures it leaves the peak open between them and itself.
    """
    top = max([x for x in numbers if x.low is not None] or numbers, key=height)
    bound = max((x.high for x in numbers if x.low is None and x.high is not None), default=None)
    if bound is None or top.high is None or bound <= top.high:
        return top, top.point, top.high
    return top, None, bound
