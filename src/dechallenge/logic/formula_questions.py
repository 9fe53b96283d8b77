"""Open questions about the inputs of formulas: where a number would move the verdict, found on the formula itself.

Imports `derived`, `scoring` and what they import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from dechallenge.logic.atoms import Cut, Multiple
from dechallenge.logic.derived import inputs, limits
from dechallenge.logic.facts import Fact
from dechallenge.logic.kleene import interval
from dechallenge.logic.results import Outlook
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term

STEPS = 24
"""Halvings of an input's interval: far more than the digits that are shown."""


def formula_outlooks(scoring: Scoring, term: Term) -> tuple[tuple[str, Outlook], ...]:
    """For each answer what the instrument would give; answers that give the same are one."""
    found: list[tuple[str, Outlook]] = []
    for label, fact in _answers(scoring, term):
        after = Scoring(scoring.instrument, scoring.facts.with_(fact), scoring.kind).outlook()
        found.append((label, after))
    return tuple(found)


def _answers(scoring: Scoring, term: Term) -> list[tuple[str, Fact]]:
    if isinstance(term, Flag):
        return [("yes", Fact.flag(term, True)), ("no", Fact.flag(term, False))]
    given = scoring.facts.get(term.name)
    if isinstance(term, Choice):
        return [(value, Fact.choice(term, value)) for value in (term.values if given is None else given.possible)]
    low, high = interval(scoring.facts, term, stated=False)
    if not (math.isfinite(low) and math.isfinite(high)):
        return []
    marks = _marks(scoring, term, low, high)
    unit = f" {term.unit}" if term.unit else ""
    answers = []
    for place, (start, end) in enumerate(pairwise([low, *marks, high])):
        first, last = place == 0, place == len(marks)
        label = f"{start:.3g} to {end:.3g}{unit}"
        if first and not last:
            label = f"up to {end:.3g}{unit}"
        elif last and not first:
            label = f"over {start:.3g}{unit}"
        margin = (end - start) * 1e-6
        answers.append((label, Fact(term, low=start if first else start + margin, high=end if last else end - margin)))
    return answers


def _marks(scoring: Scoring, term: Number, low: float, high: float) -> list[float]:
    """Where a limit of a formula, with all else as it is known, passes a cut point; ascending."""
    found: set[float] = set()
    cuts = scoring.machine.diagram.atoms.atoms
    for formula in scoring.machine.derived:
        if all(one.name != term.name for one in inputs(formula)):
            continue
        wanted = {atom.value for atom in cuts if isinstance(atom, Cut) and atom.number == formula.name}
        for end in (0, 1):
            found |= set(_crossings(_limit(scoring, formula, term, end), sorted(wanted), low, high))
    found |= {atom.value for atom in cuts if isinstance(atom, Cut) and atom.number == term.name}
    if any(isinstance(atom, Multiple) and term.name in (atom.number, atom.base) for atom in cuts):
        found |= {(low + high) / 2}
    kept: list[float] = []
    for mark in sorted(mark for mark in found if low < mark < high):
        if not kept or mark - kept[-1] > 1e-6 * max(1.0, abs(mark)):
            kept.append(mark)
    return kept


def _limit(scoring: Scoring, formula: Derived, term: Number, end: int) -> Callable[[float], float]:
    def at(value: float) -> float:
        limit = limits(formula, scoring.facts.with_(Fact.number(term, value)))[end]
        return (-math.inf, math.inf)[end] if limit is None else limit

    return at


def _crossings(limit: Callable[[float], float], wanted: list[float], low: float, high: float) -> Iterator[float]:
    """Where the function, rising or falling over the interval, passes the wanted heights."""
    first, last = limit(low), limit(high)
    for height in wanted:
        if (first < height) == (last < height):
            continue
        start, end = low, high
        for _ in range(STEPS):
            middle = (start + end) / 2
            if (limit(middle) < height) == (first < height):
                start = middle
            else:
                end = middle
        yield (start + end) / 2
