"""Quantities: the number half of the language (terms, arithmetic, largest and smallest, logarithms, roots, indicators).

A quantity is an immutable expression tree; comparing it with a number or another quantity makes a predicate. Ratios and
maxima of plain numbers may be compared as they are; every other formula belongs into a `Derived` term.
Imports only `predicates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dechallenge.logic.predicates import Compare, Predicate

if TYPE_CHECKING:
    from dechallenge.logic.terms import Choice

FUNCTIONS = ("ln", "log10", "sqrt", "exp")


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

    def __radd__(self, other: float) -> Quantity:
        return Arithmetic("+", self, _number(other))

    def __sub__(self, other: Quantity | float) -> Quantity:
        return Arithmetic("-", self, _number(other))

    def __rsub__(self, other: float) -> Quantity:
        return Arithmetic("-", Constant(float(other)), self)

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


@dataclass(frozen=True, slots=True)
class Minimum(Quantity):
    """The smallest of the parts."""

    parts: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Constant(Quantity):
    """A figure that stands alone."""

    value: float


@dataclass(frozen=True, slots=True)
class Function(Quantity):
    """A function of one quantity: one of `ln`, `log10`, `sqrt`, `exp`, each of which rises."""

    name: str
    part: Quantity

    def __post_init__(self) -> None:
        if self.name not in FUNCTIONS:
            raise ValueError(f"function {self.name!r} is not one of {', '.join(FUNCTIONS)}")


@dataclass(frozen=True, slots=True)
class Indicator(Quantity):
    """1 when the predicate holds, 0 when it does not."""

    when: Predicate


@dataclass(frozen=True, slots=True)
class Picked(Quantity):
    """The number that belongs to the value of a choice."""

    choice: Choice
    numbers: tuple[tuple[str, float], ...]


def maximum(*parts: Quantity | float) -> Quantity:
    """The largest of the quantities."""
    return Maximum(tuple(_quantity(part) for part in parts))


def minimum(*parts: Quantity | float) -> Quantity:
    """The smallest of the quantities."""
    return Minimum(tuple(_quantity(part) for part in parts))


def ln(part: Quantity) -> Quantity:
    """The natural logarithm."""
    return Function("ln", part)


def log10(part: Quantity) -> Quantity:
    """The logarithm to the base of ten."""
    return Function("log10", part)


def sqrt(part: Quantity) -> Quantity:
    """The square root."""
    return Function("sqrt", part)


def exp(part: Quantity) -> Quantity:
    """The exponential."""
    return Function("exp", part)


def indicator(when: Predicate) -> Quantity:
    """1 when the predicate holds, 0 when it does not."""
    return Indicator(when)


def picked(choice: Choice, numbers: Mapping[str, float]) -> Quantity:
    """The number that belongs to the value of the choice.

    Raises:
        ValueError: The numbers are not for exactly the values of the choice (a slip in a definition).
    """
    if set(numbers) != set(choice.values):
        raise ValueError(f"{choice.name}: numbers for {sorted(numbers)}, values {sorted(choice.values)}")
    return Picked(choice, tuple((value, float(numbers[value])) for value in choice.values))


def _quantity(value: Quantity | float) -> Quantity:
    return value if isinstance(value, Quantity) else Constant(float(value))


def _number(value: Quantity | float) -> Quantity | float:
    return value if isinstance(value, Quantity) else float(value)
