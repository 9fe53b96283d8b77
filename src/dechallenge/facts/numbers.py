"""Numeric facts from what a report prints, which need not agree with itself: such a figure is left out, never an error.

May import logic.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from dechallenge.logic import Fact, Number


def number(
    term: Number,
    point: float | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    because: str = "",
    evidence: Iterable[object] = (),
) -> Fact | None:
    """A numeric fact, kept within the term's legal values.

    A point alone is exact. A point outside its interval is dropped, an end outside the legal values becomes that
    limit.

    Returns:
        None when nothing legal is left: an interval wholly outside the legal values, or ends in the wrong order.
    """
    if point is not None and low is None and high is None:
        low = high = point
    floor = -math.inf if term.low is None else term.low
    ceiling = math.inf if term.high is None else term.high
    lower = floor if low is None or math.isnan(low) else max(low, floor)
    upper = ceiling if high is None or math.isnan(high) else min(high, ceiling)
    if lower > upper or (low is not None and low > ceiling) or (high is not None and high < floor):
        return None
    if point is not None and not lower <= point <= upper:
        point = None
    kept_low = None if low is None or math.isinf(lower) else lower
    kept_high = None if high is None or math.isinf(upper) else upper
    return Fact.number(
        term,
        None if point is None else point + 0.0,
        low=None if kept_low is None else kept_low + 0.0,
        high=None if kept_high is None else kept_high + 0.0,
        because=because,
        evidence=evidence,
    )
