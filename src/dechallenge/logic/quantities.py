"""Quantities: the number half of the language (terms, their ratios, products, sums and maxima).

A quantity is an immutable expression tree; comparing it with a number or another quantity makes a predicate.
Imports only `predicates`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.logic.predicates import Compare, Predicate


class Quantity:
    """Something with a numeric value: a number term or arithmetic over number terms."""

    __slots__ = ()

    def __lt__(self, other: Quantity | float) -> Predicate:
        return Compare(self, "<", _number(other))

    def __le__(self, other: Quantity | float) -> Predicate:
        return Compare(self, "<=", _number(other))

    def __gt__(self, other: Quantity | float) -> Predicate:
        return Compare(self, ">", _number(other))

    def __ge__(self, other: Quantity | float) -> Predicate:
        return Compare(self, ">=", _number(other))

    def between(self, low: float, high: float) -> Predicate:
        """In the closed interval: both ends count."""
        return (self >= low) & (self <= high)

    def outside(self, low: float, high: float) -> Predicate:
        """Below `low` or above `high`: neither end counts."""
        return (self < low) | (self > high)

    def __add__(self, other: Quantity | float) -> Quantity:
        return Arithmetic("+", self, _number(other))

    def __sub__(self, other: Quantity | float) -> Quantity:
        return Arithmetic("-", self, _number(other))

    def __mul__(self, other: Quantity | float) -> Quantity:
        return Arithmetic("*", self, _number(other))

    def __rmul__(self, other: float) -> Quantity:
        return Arithmetic("*", self, _number(other))

    def __truediv__(self, other: Quantity | float) -> Quantity:
        return Arithmetic("/", self, _number(other))


@dataclass(frozen=True, slots=True)
class Arithmetic(Quantity):
    """`left operator right`, with operator one of `+`, `-`, `*`, `/`. A divisor is a positive quantity."""

    operator: str
    left: Quantity
    right: Quantity | float


@dataclass(frozen=True, slots=True)
class Maximum(Quantity):
    """The largest of the parts."""

    parts: tuple[Quantity, ...]


def maximum(*parts: Quantity) -> Quantity:
    """The largest of the quantities."""
    return Maximum(parts)


def _number(value: Quantity | float) -> Quantity | float:
    return value if isinstance(value, Quantity) else float(value)
