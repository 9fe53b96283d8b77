"""Open questions: for each unknown fact that matters, what each answer would give.

Ordered by how much knowing the fact narrows the verdict: fewest categories left on average over its answers, then the
narrowest range left, then the order in which the instrument asks. Imports `formula_questions`, `scoring` and what they
import.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dechallenge.logic.atoms import Cut, Multiple
from dechallenge.logic.blocks import Block
from dechallenge.logic.derived import inputs
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.formula_questions import formula_outlooks
from dechallenge.logic.kleene import interval
from dechallenge.logic.results import OpenQuestion, Outlook
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term


def open_questions(scoring: Scoring) -> tuple[OpenQuestion, ...]:
    """The unknown facts that matter for a scoring, the most informative first."""
    machine = scoring.machine
    diagram = machine.diagram
    places = (*((place, diagram.leaves[place].root) for place in machine.deciding(scoring.active)), *machine.gates)
    mask = machine.relevant(places, scoring.allowed)
    found: list[tuple[tuple[float, float, int], OpenQuestion]] = []
    seen: set[str] = set()
    for level, block in enumerate(diagram.blocks):
        if not mask >> level & 1:
            continue
        items = tuple(
            f"{scoring.instrument.id}.{item.id}"
            for place in scoring.active
            if diagram.leaves[place].levels >> level & 1 and (item := diagram.leaves[place].item) is not None
        )
        for name in block.terms:
            fact = scoring.facts.get(name)
            if fact is not None and fact.known:
                continue
            for term in _asked(diagram.atoms.terms[name], scoring, seen):
                outlooks = _outlooks(scoring, term, block, level)
                if len(outlooks) < 2:
                    continue
                question = OpenQuestion(term.name, term.question, outlooks, items)
                found.append(((*_left([outlook for _, outlook in outlooks]), len(found)), question))
    return tuple(question for _, question in sorted(found, key=lambda pair: pair[0]))


def _asked(term: Term, scoring: Scoring, seen: set[str]) -> list[Term]:
    """The facts that a person can be asked for: the term itself, or the unknown inputs of its formula; each once."""
    found = []
    for one in inputs(term) if isinstance(term, Derived) else (term,):
        fact = scoring.facts.get(one.name)
        if one.name not in seen and (fact is None or not fact.known):
            seen.add(one.name)
            found.append(one)
    return found


def _outlooks(scoring: Scoring, term: Term, block: Block, level: int) -> tuple[tuple[str, Outlook], ...]:
    if term.name in scoring.machine.derived_inputs:
        return formula_outlooks(scoring, term)
    found = []
    for label, fact in _answers(term, block, scoring.facts):
        after = Scoring(
            scoring.instrument, scoring.facts.with_(fact), scoring.kind, before=scoring, level=level
        ).outlook()
        found.append((label, after))
    return tuple(found)


def answers_of(scoring: Scoring) -> Iterator[tuple[str, str, Fact]]:
    """Every answer that can be given to a question about one block: name of the fact, label, and the fact itself."""
    for block in scoring.machine.diagram.blocks:
        for name in block.terms:
            term, known = scoring.machine.diagram.atoms.terms[name], scoring.facts.get(name)
            if not isinstance(term, Derived) and (known is None or not known.known):
                for label, fact in _answers(term, block, scoring.facts):
                    yield name, label, fact


def _left(outlooks: list[Outlook]) -> tuple[float, float]:
    categories = sum(len(outlook.categories) for outlook in outlooks) / len(outlooks)
    widths = [
        outlook.high - outlook.low if outlook.high is not None and outlook.low is not None else 0.0
        for outlook in outlooks
    ]
    return categories, sum(widths) / len(outlooks)


def _answers(term: Term, block: Block, facts: Facts) -> list[tuple[str, Fact]]:
    if isinstance(term, Flag):
        return [("yes", Fact.flag(term, True)), ("no", Fact.flag(term, False))]
    if isinstance(term, Choice):
        given = facts.get(term.name)
        groups: dict[tuple[int, ...], list[str]] = {}
        for value in term.values if given is None else given.possible:
            groups.setdefault(block.open_states(facts.with_(Fact.choice(term, value))), []).append(value)
        return [(" or ".join(values), Fact.choice(term, *values)) for values in groups.values()]
    return [(piece.label(term), piece.fact(term)) for piece in _pieces(term, block, facts)]


@dataclass(slots=True)
class _Piece:
    """A piece of a number's interval: ends (infinite when open-ended) and whether they belong to it."""

    low: float
    low_in: bool
    high: float
    high_in: bool

    def fact(self, term: Number) -> Fact:
        low = self.low if self.low_in else self.low + 1e-6 * max(1.0, abs(self.low))
        high = self.high if self.high_in else self.high - 1e-6 * max(1.0, abs(self.high))
        return Fact(term, low=low if math.isfinite(low) else None, high=high if math.isfinite(high) else None)

    def label(self, term: Number) -> str:
        """The piece in words; the ends of a term's legal values are not worth telling."""
        unit = f" {term.unit}" if term.unit else ""
        low, high = f"{self.low:g}", f"{self.high:g}"
        if self.low == self.high:
            return f"{low}{unit}"
        if math.isinf(self.low) or self.low == term.low:
            return f"{'up to' if self.high_in else 'under'} {high}{unit}"
        if math.isinf(self.high) or self.high == term.high:
            return f"{low}{unit} or more" if self.low_in else f"over {low}{unit}"
        if self.low_in:
            return f"{low} to {'' if self.high_in else 'under '}{high}{unit}"
        return f"over {low} to {'' if self.high_in else 'under '}{high}{unit}"


def _pieces(term: Number, block: Block, facts: Facts) -> list[_Piece]:
    low, high = interval(facts, term, stated=False)
    breaks = sorted({value for value in _breaks(term.name, block, facts) if low < value < high})
    edges = [low, *breaks, high]
    pieces = []
    for place, (start, end) in enumerate(pairwise(edges)):
        if place:
            pieces.append(_Piece(start, True, start, True))
        pieces.append(_Piece(start, place == 0 and math.isfinite(start), end, end == high and math.isfinite(end)))
    if low in _breaks(term.name, block, facts) and len(pieces) and low < high:
        pieces[0] = _Piece(low, False, pieces[0].high, pieces[0].high_in)
        pieces.insert(0, _Piece(low, True, low, True))
    if high in _breaks(term.name, block, facts) and low < high:
        pieces[-1] = _Piece(pieces[-1].low, pieces[-1].low_in, high, False)
        pieces.append(_Piece(high, True, high, True))
    merged: list[_Piece] = []
    states: tuple[int, ...] = ()
    for piece in pieces:
        reached = block.open_states(facts.with_(piece.fact(term)))
        if merged and reached == states:
            merged[-1] = _Piece(merged[-1].low, merged[-1].low_in, piece.high, piece.high_in)
        else:
            merged.append(piece)
        states = reached
    return merged


def _breaks(name: str, block: Block, facts: Facts) -> list[float]:
    """Where the answer changes something: cut points, and multiples of a linked number whose point is known."""
    found: list[float] = []
    for index in block.atoms:
        atom = block.source.atoms[index]
        if isinstance(atom, Cut) and atom.number == name:
            found.append(atom.value)
        elif isinstance(atom, Multiple):
            other = facts.get(atom.base if atom.number == name else atom.number)
            if other is None or other.point is None:
                continue
            if atom.number == name:
                found.append(other.point * atom.factor)
            elif atom.base == name:
                found.append(other.point / atom.factor)
    return found
