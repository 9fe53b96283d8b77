"""Facts: what is known of each term for one case (or one suspect and one reaction).

A fact keeps what is printed (the point), what it may be (the interval or the possible values), why, and the
evidence. Evidence is opaque here: whoever makes the fact puts it in, results carry it on.
Imports `terms` and the error family.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dechallenge.errors import FactError
from dechallenge.logic.terms import Choice, Flag, Number, Term


@dataclass(frozen=True, slots=True)
class Fact:
    """One term with what is known of it. Build it with `Fact.number`, `Fact.flag` or `Fact.choice`.

    Attributes:
        term: The term.
        point: A number's printed value; None when only the interval is known.
        low, high: A number's closed interval; None = open end.
        value: A flag's answer; None = unknown.
        possible: The values that a choice may have, in the term's order.
        best: The value of a choice that the text states, when `possible` leaves more than one open.
        because: How the fact was found, in plain words.
        evidence: What it rests on, passed through untouched.
    """

    term: Term
    point: float | None = None
    low: float | None = None
    high: float | None = None
    value: bool | None = None
    possible: tuple[str, ...] = ()
    best: str | None = None
    because: str = ""
    evidence: tuple[object, ...] = ()

    @classmethod
    def number(
        cls,
        term: Number,
        point: float | None = None,
        *,
        low: float | None = None,
        high: float | None = None,
        because: str = "",
        evidence: Iterable[object] = (),
    ) -> Fact:
        """A number: a point alone (exact), a point within an interval, or an interval alone (None = open end).

        Raises:
            FactError: Not a finite number, outside the term's legal values, ends in the wrong order,
                or a point outside its interval.
        """
        if point is not None and low is None and high is None:
            low = high = point
        elif point is None and low is not None and low == high:
            point = low
        for bound in (point, low, high):
            _check_number(term, bound)
        if low is not None and high is not None and low > high:
            raise FactError(
                f"the interval ends in the wrong order: {low:g} to {high:g} {term.unit}",
                place=term.name,
                next_step="Give the lower end first.",
            )
        if point is not None and ((low is not None and point < low) or (high is not None and point > high)):
            raise FactError(
                f"the point {point:g} lies outside its interval",
                place=term.name,
                next_step="Widen the interval or drop the point.",
            )
        return cls(term, point=point, low=low, high=high, because=because, evidence=tuple(evidence))

    @classmethod
    def flag(cls, term: Flag, value: bool | None, *, because: str = "", evidence: Iterable[object] = ()) -> Fact:
        """A yes/no answer; None is unknown (with a reason why, if `because` is given)."""
        if value is not None and not isinstance(value, bool):
            raise FactError(
                f"{value!r} is not a yes/no answer", place=term.name, next_step="Legal values: True, False, None."
            )
        return cls(term, value=value, because=because, evidence=tuple(evidence))

    @classmethod
    def choice(
        cls,
        term: Choice,
        *values: str,
        best: str | None = None,
        because: str = "",
        evidence: Iterable[object] = (),
    ) -> Fact:
        """One value, or the several values that are still possible; a word of `term.unknowns` means any value.

        Raises:
            FactError: A value that the term does not have.
        """
        for value in (*values, *([best] if best else [])):
            if value not in term.values and value not in term.unknowns:
                raise FactError(
                    f"{value!r} is not a legal value",
                    place=term.name,
                    next_step=f"Legal values: {', '.join((*term.values, *term.unknowns))}.",
                )
        anything = not values or any(value in term.unknowns for value in values)
        possible = term.values if anything else tuple(value for value in term.values if value in values)
        if best is not None and best not in possible:
            raise FactError(f"{best!r} is not among the possible values", place=term.name)
        return cls(term, possible=possible, best=best, because=because, evidence=tuple(evidence))

    @property
    def name(self) -> str:
        """The name of the term."""
        return self.term.name

    @property
    def known(self) -> bool:
        """True when nothing is left open: one value, or an interval of one point."""
        if isinstance(self.term, Number):
            return self.point is not None and self.low == self.high
        if isinstance(self.term, Flag):
            return self.value is not None
        return len(self.possible) == 1

    @property
    def stated(self) -> str | bool | float | None:
        """What the convention reads: the point, the answer, the one value; None when there is none."""
        if isinstance(self.term, Number):
            return self.point
        if isinstance(self.term, Flag):
            return self.value
        return self.possible[0] if len(self.possible) == 1 else self.best

    @property
    def empty(self) -> bool:
        """True when the fact says nothing about the value."""
        if isinstance(self.term, Number):
            return self.point is None and self.low is None and self.high is None
        if isinstance(self.term, Flag):
            return self.value is None
        return self.best is None and len(self.possible) == len(self.term.values)


class Facts(Mapping[str, Fact]):
    """Facts by the name of their term; a term without a fact is unknown."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        found: dict[str, Fact] = {}
        for fact in facts:
            if fact.name in found:
                raise FactError("the fact is given twice", place=fact.name, next_step="Give each fact once.")
            found[fact.name] = fact
        self._facts = found

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __repr__(self) -> str:
        return f"Facts({', '.join(f'{name}={_short(fact)}' for name, fact in sorted(self._facts.items()))})"

    def with_(self, *facts: Fact) -> Facts:
        """These facts with the given ones added, or put in the place of those of the same name."""
        return Facts._of({**self._facts, **{fact.name: fact for fact in facts}})

    def without(self, *names: str) -> Facts:
        """These facts without the named ones."""
        return Facts._of({name: fact for name, fact in self._facts.items() if name not in names})

    @classmethod
    def _of(cls, facts: dict[str, Fact]) -> Facts:
        """Facts that are known to be given once each."""
        made = cls()
        made._facts = facts
        return made


def _short(fact: Fact) -> str:
    if isinstance(fact.term, Number):
        return f"{fact.point}[{fact.low}..{fact.high}]"
    return str(fact.value) if isinstance(fact.term, Flag) else "/".join(fact.possible)


def _check_number(term: Number, value: object) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FactError(f"{value!r} is not a number", place=term.name, next_step=f"Give a number in {term.unit}.")
    if (term.low is not None and value < term.low) or (term.high is not None and value > term.high):
        low = "" if term.low is None else f" from {term.low:g}"
        high = "" if term.high is None else f" up to {term.high:g}"
        raise FactError(f"{value:g} is not a legal value", place=term.name, next_step=f"Legal:{low}{high} {term.unit}.")
