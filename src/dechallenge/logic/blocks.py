"""Blocks: unknown terms as finitely many states, so that every completion of what is unknown can be counted.

A block is a flag, a choice, a number, or several numbers that are compared with multiples of one of them (ALT, AST and
ALP in R and nR). Two completions in which all atoms of the block have the same truth are the same state, so a number
has as many states as its cut points make. Numbers are real numbers in closed intervals; the states found are exactly
those that some completion reaches. Imports `atoms`, `facts`, `kleene` and `terms`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product

from dechallenge.logic.atoms import Among, Atom, Atoms, Cut, DefinitionError, Multiple, Yes, edge
from dechallenge.logic.facts import Facts
from dechallenge.logic.kleene import Interval, interval
from dechallenge.logic.terms import Choice, Flag, Number

State = tuple[bool, ...]
Question = tuple[int, bool, float, float]
"""Which atom asks, whether it is strict, its figure, and its multiple of the base (one of the two is zero)."""

SEEN_AT_MOST = 4096
NEXT_TO_NOTHING = 1e-6
"""A base of multiples that is told to be nought: below what can be measured, never a divisor."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Terms that are completed together.

    Attributes:
        terms: Their names; of linked numbers the common base first.
        atoms: Indices of the atoms that ask about them.
        states: The states that a completion can reach when nothing is known.
        seen: Open states already worked out, by what is known of the terms (a cache, never part of the meaning).
    """

    terms: tuple[str, ...]
    atoms: tuple[int, ...]
    states: tuple[State, ...]
    index: dict[State, int]
    source: Atoms
    seen: dict[tuple[object, ...], tuple[int, ...]] = field(default_factory=dict)

    def open_states(self, facts: Facts) -> tuple[int, ...]:
        """The states that the facts leave possible, as indices into `states`, ascending."""
        if not any(name in facts for name in self.terms):
            return tuple(range(len(self.states)))
        key = tuple(_known(facts, name) for name in self.terms)
        found = self.seen.get(key)
        if found is None:
            reached = _states(self.terms, [self.source.atoms[i] for i in self.atoms], self.source, facts)
            found = tuple(sorted({self.index[state] for state in reached}))
            if len(self.seen) >= SEEN_AT_MOST:
                self.seen.clear()
            self.seen[key] = found
        return found


def make_blocks(atoms: Atoms) -> tuple[Block, ...]:
    """The blocks of an instrument's atoms.

    Raises:
        DefinitionError: Numbers compared in a chain or with two different bases.
    """
    base_of: dict[str, str] = {}
    for atom in atoms.atoms:
        if isinstance(atom, Multiple) and base_of.setdefault(atom.number, atom.base) != atom.base:
            raise DefinitionError(f"{atom.number} is compared with multiples of two numbers")
    for base in base_of.values():
        if base in base_of:
            raise DefinitionError(f"{base} is compared with a multiple and is itself the base of one")
    groups: dict[str, list[str]] = {}
    for name in atoms.terms:
        root = base_of.get(name, name)
        groups.setdefault(root, [root])
        if name != root:
            groups[root].append(name)
    places: dict[str, list[int]] = {}
    for i, atom in enumerate(atoms.atoms):
        places.setdefault(_name(atom), []).append(i)
    blocks = []
    for names in groups.values():
        indices = tuple(sorted(i for name in names for i in places.get(name, ())))
        states = tuple(dict.fromkeys(_states(tuple(names), [atoms.atoms[i] for i in indices], atoms, Facts())))
        index = {state: number for number, state in enumerate(states)}
        blocks.append(Block(tuple(names), indices, states, index, atoms))
    return tuple(blocks)


def _name(atom: Atom) -> str:
    match atom:
        case Yes(name) | Among(name, _) | Cut(name, _, _) | Multiple(name, _, _, _):
            return name


def _states(names: tuple[str, ...], asked: Sequence[Atom], atoms: Atoms, facts: Facts) -> Iterable[State]:
    term = atoms.terms[names[0]]
    fact = facts.get(names[0])
    if isinstance(term, Flag):
        answers = (True, False) if fact is None or fact.value is None else (fact.value,)
        return [(answer,) * len(asked) for answer in answers]
    if isinstance(term, Choice):
        values = term.values if fact is None else fact.possible
        return [tuple(isinstance(atom, Among) and value in atom.values for atom in asked) for value in values]
    return _number_states(names, asked, atoms, facts)


def _number_states(names: tuple[str, ...], asked: Sequence[Atom], atoms: Atoms, facts: Facts) -> Sequence[State]:
    asking: dict[str, list[Question]] = {name: [] for name in names}
    for i, atom in enumerate(asked):
        asking[_name(atom)].append((i, *_question(atom)))
    return _reached(tuple([tuple(mine) for mine in asking.values()]), tuple([_span(atoms, facts, n) for n in names]))


@lru_cache(maxsize=SEEN_AT_MOST)
def _reached(asking: tuple[tuple[Question, ...], ...], spans: tuple[Interval, ...]) -> tuple[State, ...]:
    """The states of numbers in intervals, the common base first; enzymes that are asked alike share what is found."""
    size = sum(len(mine) for mine in asking)
    own = [(i, edge(limit, strict), strict) for i, strict, limit, _ in asking[0]]
    found: dict[State, None] = {}
    state = [False] * size
    for value in _witnesses(_base_breaks(asking, spans), spans[0], positive=len(asking) > 1):
        for i, e, strict in own:
            state[i] = value > e if strict else value >= e
        columns: list[list[tuple[bool, ...]]] = []
        for mine, span in zip(asking[1:], spans[1:], strict=True):
            limits = [limit + factor * value for _, _, limit, factor in mine]
            edges = [(edge(limit, strict), strict) for limit, (_, strict, _, _) in zip(limits, mine, strict=True)]
            witnesses = _witnesses(limits, span, positive=False)
            columns.append(sorted({tuple([w > e if strict else w >= e for e, strict in edges]) for w in witnesses}))
        for combination in product(*columns):
            for mine, truths in zip(asking[1:], combination, strict=True):
                for (i, *_), answer in zip(mine, truths, strict=True):
                    state[i] = answer
            found[tuple(state)] = None
    return tuple(found)


def _question(atom: Atom) -> tuple[bool, float, float]:
    """Whether an atom is strict, its figure, and its multiple of the base (one of the two is zero)."""
    assert isinstance(atom, Cut | Multiple)
    return (atom.strict, atom.value, 0.0) if isinstance(atom, Cut) else (atom.strict, 0.0, atom.factor)


def _base_breaks(asking: Sequence[Sequence[Question]], spans: Sequence[Interval]) -> list[float]:
    """Where the set of reachable states can change as the base grows: its own cuts, and where a multiple of it passes a
    cut or an end of the number compared with it."""
    breaks = [limit for _, _, limit, _ in asking[0]]
    for mine, span in zip(asking[1:], spans[1:], strict=True):
        marks = [limit for _, _, limit, factor in mine if not factor]
        marks += [end for end in span if math.isfinite(end)]
        factors = sorted({factor for *_, factor in mine if factor})
        breaks += [mark / factor for mark in marks for factor in factors]
    return breaks


def _witnesses(breaks: Iterable[float], span: Interval, *, positive: bool) -> list[float]:
    """One value in each piece into which the breaks cut the interval: each break, each gap, each end."""
    low, high = span
    if positive:
        low = max(low, 0.0)
    ends = [end for end in (low, high) if math.isfinite(end)]
    points: list[float] = []
    for value in sorted({*(b for b in breaks if low <= b <= high), *ends}):
        if not points or value - points[-1] > 1e-8 * max(1.0, abs(value)):
            points.append(value)
    if not points:
        points = [0.0]
    found: list[float] = [points[0] - 1.0] if low == -math.inf else []
    for here, following in pairwise(points):
        found += [here, (here + following) / 2]
    found.append(points[-1])
    if high == math.inf:
        found.append(points[-1] + 1.0)
    if positive and found[0] == 0.0:
        return found[1:] or [NEXT_TO_NOTHING]
    return found


def _known(facts: Facts, name: str) -> object:
    fact = facts.get(name)
    if fact is None:
        return None
    if isinstance(fact.term, Number):
        return fact.low, fact.high
    return fact.value if isinstance(fact.term, Flag) else fact.possible


def _span(atoms: Atoms, facts: Facts, name: str) -> Interval:
    term = atoms.terms[name]
    assert isinstance(term, Number)
    return interval(facts, term, stated=False)
