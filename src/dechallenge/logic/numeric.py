"""Arithmetic on intervals: the value of a quantity from the stated facts, and between which limits it can lie.

Exact for quantities in which each number stands once (R, nR). Other formulas are `Derived` terms (`derived.py`).
Imports `facts`, `kleene`, `quantities` and `terms`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from dechallenge.logic.facts import Facts
from dechallenge.logic.kleene import Interval, interval
from dechallenge.logic.quantities import Arithmetic, Maximum, Quantity
from dechallenge.logic.terms import Number


def terms_of(quantity: Quantity) -> Iterator[Number]:
    """The number terms in a quantity, in order."""
    if isinstance(quantity, Number):
        yield quantity
    elif isinstance(quantity, Maximum):
        for part in quantity.parts:
            yield from terms_of(part)
    elif isinstance(quantity, Arithmetic):
        for side in (quantity.left, quantity.right):
            if isinstance(side, Quantity):
                yield from terms_of(side)


def point(quantity: Quantity, facts: Facts) -> float | None:
    """The value on the printed points; None when one of them is missing, or for a division by zero."""
    if any((fact := facts.get(term.name)) is None or fact.point is None for term in terms_of(quantity)):
        return None
    low, high = _evaluate(quantity, facts, stated=True)
    return low if math.isfinite(low) and low == high else None


def limits(quantity: Quantity, facts: Facts) -> tuple[float | None, float | None]:
    """The lowest and highest value over all completions; None = no limit, or one of the numbers is unknown."""
    if any((fact := facts.get(term.name)) is None or fact.empty for term in terms_of(quantity)):
        return None, None
    low, high = _evaluate(quantity, facts, stated=False)
    return (low if math.isfinite(low) else None), (high if math.isfinite(high) else None)


def _evaluate(quantity: Quantity | float, facts: Facts, *, stated: bool) -> Interval:
    if isinstance(quantity, float | int):
        return float(quantity), float(quantity)
    if isinstance(quantity, Number):
        return interval(facts, quantity, stated=stated)
    if isinstance(quantity, Maximum):
        parts = [_evaluate(part, facts, stated=stated) for part in quantity.parts]
        return max(low for low, _ in parts), max(high for _, high in parts)
    assert isinstance(quantity, Arithmetic)
    left = _evaluate(quantity.left, facts, stated=stated)
    right = _evaluate(quantity.right, facts, stated=stated)
    if quantity.operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if quantity.operator == "-":
        return left[0] - right[1], left[1] - right[0]
    corners = [_corner(quantity.operator, a, b) for a in left for b in right]
    return min(corners), max(corners)


def _corner(operator: str, left: float, right: float) -> float:
    if operator == "*":
        return 0.0 if 0.0 in (left, right) else left * right
    if right == 0.0:
        return math.inf
    return 0.0 if math.isinf(right) else left / right
