"""Rows of generated facts: the same facts as columns of a table and as facts of the one-case engine.

Numbers stand at the cuts of the instrument, between and beyond them, and at multiples of each other; about a third of
all facts is unknown, and known ones may be intervals or several possible values.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dechallenge.logic import Choice, Fact, Facts, Flag, Number
from dechallenge.logic.atoms import Cut, Multiple
from dechallenge.logic.compiled import compiled
from dechallenge.logic.instrument import Instrument
from dechallenge.logic.terms import Term
from dechallenge.logic.typed import asked_terms

Cell = float | bool | str | None
Row = dict[str, Cell]


@dataclass(frozen=True)
class Case:
    """One generated case, for both engines."""

    row: Row
    facts: Facts


def grid(instrument: Instrument) -> dict[str, list[float]]:
    """For each number the values worth trying, within its legal ones."""
    atoms = compiled(instrument).diagram.atoms.atoms
    marks: dict[str, set[float]] = {}
    for atom in atoms:
        if isinstance(atom, Cut):
            marks.setdefault(atom.number, set()).add(atom.value)
    for atom in atoms:
        if isinstance(atom, Multiple):
            own = marks.setdefault(atom.number, set())
            base = marks.setdefault(atom.base, set())
            own |= {atom.factor * value for value in (1.0, 2.0, *base)}
            base |= {value / atom.factor for value in (1.0, *own)} | {1.0, 2.0}
    bases = {atom.base for atom in atoms if isinstance(atom, Multiple)}
    found = {}
    for name, term in asked_terms(instrument).items():
        if isinstance(term, Number):
            found[name] = _values(term, sorted(marks.get(name, ())), divides=name in bases)
    return found


def _values(term: Number, marks: list[float], *, divides: bool) -> list[float]:
    low = term.low if term.low is not None else -1e6
    if divides:
        # A number that others are compared with multiples of is above zero.
        low = max(low, 1e-3)
    high = term.high if term.high is not None else 1e6
    values = {low, high, *marks, *((a + b) / 2 for a, b in pairwise(marks))}
    for mark in marks[:1] + marks[-1:]:
        values |= {mark - 1, mark + 1, mark * 3 + 10, mark / 2}
    values |= {low + (high - low) * share for share in (0.001, 0.01, 0.1, 0.3, 0.5)}
    return sorted(value for value in values if low <= value <= high)


def case(instrument: Instrument, chance: random.Random, numbers: dict[str, list[float]], unknown: float = 0.3) -> Case:
    """One case with about this share of its facts unknown."""
    row: Row = {}
    facts: list[Fact] = []
    for name, term in asked_terms(instrument).items():
        row.update(_empty(term))
        if chance.random() >= unknown:
            facts.append(_known(term, chance, numbers.get(name, []), row))
    return Case(row, Facts(facts))


def cases(instrument: Instrument, seed: int, count: int) -> list[Case]:
    """Cases from nothing known to all but known."""
    chance = random.Random(seed)
    numbers = grid(instrument)
    return [case(instrument, chance, numbers, chance.choice([0.0, 0.1, 0.3, 0.3, 0.6, 0.9])) for _ in range(count)]


def schema(instrument: Instrument) -> Any:
    """The types of the columns of a table of cases."""
    import ibis

    kinds = {"id": "int64"}
    for term in asked_terms(instrument).values():
        kind = "float64" if isinstance(term, Number) else "boolean" if isinstance(term, Flag) else "string"
        kinds |= dict.fromkeys(_empty(term), kind)
    return ibis.schema(kinds)


def _empty(term: Term) -> Row:
    if isinstance(term, Number):
        return {term.name: None, f"{term.name}_low": None, f"{term.name}_high": None}
    return {term.name: None}


def _known(term: Term, chance: random.Random, values: list[float], row: Row) -> Fact:
    if isinstance(term, Flag):
        answer = chance.random() < 0.5
        row[term.name] = answer
        return Fact.flag(term, answer)
    if isinstance(term, Choice):
        count = chance.choice([1, 1, 1, 1, 2, 3])
        words = [chance.choice((*term.values, *term.unknowns)) if chance.random() < 0.2 else chance.choice(term.values)]
        words += chance.sample(term.values, min(count - 1, len(term.values)))
        words = list(dict.fromkeys(words))
        row[term.name] = "|".join(words)
        return Fact.choice(term, *words)
    low, high = sorted((chance.choice(values), chance.choice(values)))
    how = chance.choice(["point", "point", "point", "interval", "above", "below", "inside", "end"])
    if how == "point":
        row[term.name] = low
        return Fact.number(term, low)
    if how == "interval":
        row.update({f"{term.name}_low": low, f"{term.name}_high": high})
        return Fact.number(term, low=low, high=high)
    if how == "above":
        row[f"{term.name}_low"] = low
        return Fact.number(term, low=low)
    if how == "below":
        row[f"{term.name}_high"] = high
        return Fact.number(term, high=high)
    if how == "inside":
        row.update({term.name: low, f"{term.name}_low": low, f"{term.name}_high": high})
        return Fact.number(term, low, low=low, high=high)
    row.update({term.name: high, f"{term.name}_high": high})
    return Fact.number(term, high, high=high)
