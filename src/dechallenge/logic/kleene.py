"""Three-valued truth: what is known of atoms and trees on the stated facts (the *convention*).

A number is read at its printed point; without one its interval decides, or leaves the question open. A choice is read
at its stated value, or at the values still possible. Imports `atoms`, `facts` and `terms`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dechallenge.logic.atoms import Among, Atom, Atoms, Cut, Multiple, Tree, Yes, branches, reaches
from dechallenge.logic.facts import Facts
from dechallenge.logic.terms import Number

Truth = bool | None
Interval = tuple[float, float]


def interval(facts: Facts, term: Number, *, stated: bool) -> Interval:
    """The closed interval of a number, open ends as infinities, within the term's legal values.

    Args:
        stated: Read a printed point as the value; otherwise the whole interval.
    """
    low, high = term.low, term.high
    fact = facts.get(term.name)
    if fact is not None:
        if stated and fact.point is not None:
            return fact.point, fact.point
        low = low if fact.low is None else fact.low
        high = high if fact.high is None else fact.high
    return (-math.inf if low is None else low), (math.inf if high is None else high)


def stated_truths(atoms: Atoms, facts: Facts) -> list[Truth]:
    """The truth of each atom on the stated facts; None = unknown."""
    return [_stated(atom, atoms, facts) for atom in atoms.atoms]


def stated_truth(atoms: Atoms, index: int, facts: Facts) -> Truth:
    """The truth of one atom on the stated facts."""
    return _stated(atoms.atoms[index], atoms, facts)


def _stated(atom: Atom, atoms: Atoms, facts: Facts) -> Truth:
    match atom:
        case Yes(flag):
            fact = facts.get(flag)
            return None if fact is None else fact.value
        case Among(choice, values):
            fact = facts.get(choice)
            if fact is None:
                return None
            if fact.best is not None:
                return fact.best in values
            hits = sum(value in values for value in fact.possible)
            return None if 0 < hits < len(fact.possible) else hits > 0
        case Cut(number, strict, value):
            low, high = _bounds(atoms, facts, number)
            return _between(low, high, value, value, strict)
        case Multiple(number, strict, factor, base):
            low, high = _bounds(atoms, facts, number)
            base_low, base_high = _bounds(atoms, facts, base)
            return _between(low, high, factor * base_low, factor * base_high, strict)


def _bounds(atoms: Atoms, facts: Facts, name: str) -> Interval:
    term = atoms.terms[name]
    assert isinstance(term, Number)
    return interval(facts, term, stated=True)


def _between(low: float, high: float, limit_low: float, limit_high: float, strict: bool) -> Truth:
    if low > -math.inf and limit_high < math.inf and reaches(low, limit_high, strict):
        return True
    if high < math.inf and limit_low > -math.inf and not reaches(high, limit_low, strict):
        return False
    return None


def truth(tree: Tree, truths: Sequence[Truth]) -> Truth:
    """The truth of a tree when that of its atoms is known, or not."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        return truths[tree]
    head = tree[0]
    parts = branches(tree)
    if head == "!":
        inner = truth(parts[0], truths)
        return None if inner is None else not inner
    if head == "#":
        wanted = int(tree[1])  # type: ignore[arg-type]
        found = [truth(part, truths) for part in parts]
        if sum(value is True for value in found) >= wanted:
            return True
        return False if sum(value is not False for value in found) < wanted else None
    decisive = head == "|"
    unknown = False
    for part in parts:
        value = truth(part, truths)
        if value is decisive:
            return decisive
        unknown = unknown or value is None
    return None if unknown else not decisive
