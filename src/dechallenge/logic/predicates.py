"""Predicates: the yes/no half of the language that instruments are written in.

A predicate is an immutable expression tree over terms. It says *what* is asked of the facts; how it is
answered belongs to the engines (`kleene.py` for one case; a columnar engine compiles the same trees).
Imports only the error family.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from dechallenge.logic.quantities import Quantity
    from dechallenge.logic.terms import Choice

OPERATORS = ("<", "<=", ">", ">=")


class Predicate:
    """A question about the facts with the answers yes, no and unknown.

    Combine with `&`, `|` and `~`; Python's `and`, `or`, `not` and chained comparisons raise TypeError, because they
    would silently throw one half of the question away.
    """

    __slots__ = ()

    def __and__(self, other: Predicate) -> Predicate:
        return And(_flatten(And, (self, other)))

    def __or__(self, other: Predicate) -> Predicate:
        return Or(_flatten(Or, (self, other)))

    def __invert__(self) -> Predicate:
        return self.part if isinstance(self, Not) else Not(self)

    def __bool__(self) -> NoReturn:
        raise TypeError("a predicate has no truth value without facts; combine predicates with &, | and ~")


@dataclass(frozen=True, slots=True)
class And(Predicate):
    """Every part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Or(Predicate):
    """At least one part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not(Predicate):
    """The part does not hold."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class AtLeast(Predicate):
    """At least `count` of the parts hold."""

    count: int
    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Compare(Predicate):
    """`left operator right`, with operator one of `<`, `<=`, `>`, `>=`."""

    left: Quantity
    operator: str
    right: Quantity | float

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise ValueError(f"comparison {self.operator!r} is not one of {', '.join(OPERATORS)}")


@dataclass(frozen=True, slots=True)
class OneOf(Predicate):
    """The choice takes one of the values."""

    term: Choice
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Always(Predicate):
    """Holds whatever the facts: the last row of a table ("other situations")."""


OTHERWISE = Always()


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the parts hold; compare it with `>=` or `<`."""

    parts: tuple[Predicate, ...]

    def __ge__(self, count: int) -> Predicate:
        return AtLeast(count, self.parts)

    def __lt__(self, count: int) -> Predicate:
        return Not(AtLeast(count, self.parts))


def count_true(parts: Iterable[Predicate]) -> Count:
    """How many of the predicates hold: `count_true(causes_ruled_out) >= 5`."""
    return Count(tuple(parts))


def any_of(parts: Iterable[Predicate]) -> Predicate:
    """At least one of the predicates holds."""
    return Or(tuple(parts))


def all_of(parts: Iterable[Predicate]) -> Predicate:
    """Every one of the predicates holds."""
    return And(tuple(parts))


def _flatten(kind: type[And] | type[Or], parts: Iterable[Predicate]) -> tuple[Predicate, ...]:
    flat: list[Predicate] = []
    for part in parts:
        if isinstance(part, And | Or) and type(part) is kind:
            flat.extend(part.parts)
        else:
            flat.append(part)
    return tuple(flat)
