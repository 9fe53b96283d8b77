"""Which states of a block the facts of a row leave possible: a condition for every set of states that matters.

A flag or a choice has a state for each kind of answer. A number has one for each piece between its cuts: it is possible
when the number's interval meets the piece. Numbers compared with multiples of a base (ALT with 5 × ALP) have regions:
such a region is met by the box of intervals when every lower bound that region and box put on the base stays below
every upper bound, which is a list of comparisons of single ends. Imports `cells`, `grid`, `inputs`, `truths`, the
blocks and atoms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dechallenge.logic.atoms import Among, Atom, Cut, Multiple, edge, reaches
from dechallenge.logic.blocks import Block, State
from dechallenge.logic.columns import cells, grid, truths
from dechallenge.logic.columns.cells import Bool, Cell, Real, Sheet, Whole
from dechallenge.logic.columns.inputs import ChoiceInput, FlagInput, Input, NumberInput
from dechallenge.logic.terms import Choice, Flag, Number

NEAR_ZERO = 1e-7
"""A base whose interval begins at zero begins here: it divides, so it is above zero unless it is zero for certain."""


class States:
    """The possible states of an instrument's blocks in every row."""

    def __init__(self, sheet: Sheet, blocks: Sequence[Block], inputs: Mapping[str, Input]) -> None:
        self._sheet = sheet
        self._blocks = blocks
        self._inputs = inputs

    def open(self, level: int, states: Iterable[int]) -> Whole:
        """All bits where at least one of the states is possible in the row, else none."""
        wanted = tuple(sorted(set(states)))
        block = self._blocks[level]
        if len(wanted) == len(block.states):
            return -1
        return self._sheet.once(("open", level, wanted), lambda: cells.bits(self._any(level, wanted)))  # type: ignore[no-any-return]

    def _any(self, level: int, wanted: Sequence[int]) -> Bool:
        block = self._blocks[level]
        term = block.source.terms[block.terms[0]]
        if isinstance(term, Flag):
            answer = self._inputs[term.name]
            assert isinstance(answer, FlagInput)
            return cells.some([answer.may if block.states[i][0] else cells.no(answer.must) for i in wanted])
        if isinstance(term, Choice):
            return self._choice(block, term, wanted)
        if len(block.terms) == 1:
            return self._pieces(block, wanted)
        return cells.some([self._region(level, i) for i in wanted])

    def _choice(self, block: Block, term: Choice, wanted: Sequence[int]) -> Bool:
        asked = [block.source.atoms[i] for i in block.atoms]
        mask = 0
        for place, value in enumerate(term.values):
            state = tuple(isinstance(atom, Among) and value in atom.values for atom in asked)
            if block.index[state] in wanted:
                mask |= 1 << place
        given = self._inputs[term.name]
        assert isinstance(given, ChoiceInput)
        return cells.has(given.possible, mask)

    def _number(self, name: str) -> NumberInput:
        found = self._inputs[name]
        assert isinstance(found, NumberInput)
        return found

    def _at_least(self, name: str, end: str, limit: float, strict: bool) -> Bool:
        """Whether an end of a number's interval reaches a figure."""
        value = self._number(name)
        steps = value.grid
        if steps is not None:
            held = steps.low if end == "low" else steps.high
            return self._sheet.once((end, name, limit, strict), lambda: grid.reaches(held, limit, strict))  # type: ignore[no-any-return]
        return self._sheet.once(  # type: ignore[no-any-return]
            (end, name, limit, strict),
            lambda: truths.reaches(value.low if end == "low" else value.high, limit, strict, unlimited=end == "high"),
        )

    def _pieces(self, block: Block, wanted: Sequence[int]) -> Bool:
        """A number's pieces in order; neighbours among those wanted are one longer piece."""
        name = block.terms[0]
        cuts = [atom for i in block.atoms if isinstance(atom := block.source.atoms[i], Cut)]
        ordered = sorted(block.states, key=sum)
        found: list[Bool] = []
        run: list[State] = []
        for state in [*ordered, None]:
            if state is not None and block.index[state] in wanted:
                run.append(state)
            elif run:
                found.append(self._piece(name, cuts, run[0], run[-1], first=run[0] is ordered[0], last=state is None))
                run = []
        return cells.some(found)

    def _piece(self, name: str, cuts: Sequence[Cut], bottom: State, top: State, *, first: bool, last: bool) -> Bool:
        rules: list[Bool] = []
        if not first:
            begins = max((c for c, yes in zip(cuts, bottom, strict=True) if yes), key=lambda c: edge(c.value, c.strict))
            rules.append(self._at_least(name, "high", begins.value, begins.strict))
        if not last:
            ends = min((c for c, yes in zip(cuts, top, strict=True) if not yes), key=lambda c: edge(c.value, c.strict))
            rules.append(cells.no(self._at_least(name, "low", ends.value, ends.strict)))
        return cells.every(rules)

    def _region(self, level: int, number: int) -> Bool:
        block = self._blocks[level]
        return self._sheet.once(("region", level, number), lambda: self._meets(block, block.states[number]))  # type: ignore[no-any-return]

    def _meets(self, block: Block, state: State) -> Bool:
        base, *others = block.terms
        asked = [(block.source.atoms[i], yes) for i, yes in zip(block.atoms, state, strict=True)]
        legal = block.source.terms[base]
        assert isinstance(legal, Number)
        divides = legal.low is None or legal.low <= 0
        lower = [_Bound(base, "low", 1.0, closed=True, positive=divides)]
        upper = [_Bound(base, "high", 1.0, closed=True)]
        cut_low, cut_high = _cuts(asked, base)
        lower += cut_low
        upper += cut_high
        rules: list[Bool] = []
        for name in others:
            cut_low, cut_high = _cuts(asked, name)
            own_low = [_Bound(name, "low", 1.0, closed=True), *cut_low]
            own_high = [_Bound(name, "high", 1.0, closed=True), *cut_high]
            rules += [self._below(low, high) for low, high in product(own_low, own_high)]
            multiples = [(atom, yes) for atom, yes in asked if isinstance(atom, Multiple) and atom.number == name]
            # Of the multiples that are reached the largest says it all, of those that are not the smallest.
            reached = max((a for a, yes in multiples if yes), key=lambda a: (a.factor, a.strict), default=None)
            missed = min((a for a, yes in multiples if not yes), key=lambda a: (a.factor, a.strict), default=None)
            if reached is not None:
                upper += [high.divided(reached.factor, closed=not reached.strict) for high in own_high]
            if missed is not None:
                lower += [low.divided(missed.factor, closed=missed.strict) for low in own_low]
        rules += [self._below(low, high) for low, high in product(lower, upper)]
        return cells.every(list(dict.fromkeys(rules)))

    def _below(self, low: _Bound, high: _Bound) -> Bool:
        """Whether there is room between a lower and an upper bound."""
        if low.name == high.name and low.name:
            # The two ends of one interval; through two factors of it the state itself keeps the order.
            return True
        closed = low.closed and high.closed
        if not low.name and not high.name:
            return reaches(high.value / high.factor, low.value / low.factor, not closed)
        return self._sheet.once(("below", low, high, closed), lambda: self._compare(low, high, closed))  # type: ignore[no-any-return]

    def _compare(self, low: _Bound, high: _Bound, closed: bool) -> Bool:
        """low / factor ≤ high / factor, multiplied out on the side on which the one-case engine has its tolerance."""
        if not low.name:
            return self._at_least(high.name, "high", low.value / low.factor * high.factor, not closed)
        if not high.name:
            return cells.no(self._at_least(low.name, "low", high.value / high.factor * low.factor, closed))
        if low.factor == 1.0:
            compared = self._on_grid(high, high.factor, low, not closed)
            if compared is not None:
                return compared
            limit = truths.times(self._end(low), high.factor)
            return truths.reaches(self._end(high), limit, not closed, unlimited=True)
        compared = self._on_grid(low, low.factor / high.factor, high, closed)
        if compared is not None:
            return cells.no(compared)
        limit = truths.times(self._end(high), low.factor / high.factor)
        return cells.no(truths.reaches(self._end(low), limit, closed, unlimited=False))

    def _on_grid(self, value: _Bound, factor: float, base: _Bound, strict: bool) -> Bool | None:
        """Whether an end reaches a multiple of another, counted in steps; None where that cannot be counted."""
        number, under = self._number(value.name).grid, self._number(base.name).grid
        if number is None or under is None or not grid.counts(under, number, factor):
            return None
        return grid.reaches_multiple(self._steps(value, number), factor, self._steps(base, under), strict)

    def _steps(self, bound: _Bound, given: grid.Grid) -> Cell:
        if bound.end == "high":
            return given.high
        if not bound.positive:
            return given.low
        return self._sheet.once(  # type: ignore[no-any-return]
            ("base in steps", bound.name), lambda: grid.positive(given.low, given.high, NEAR_ZERO)
        )

    def _end(self, bound: _Bound) -> Real:
        given = self._number(bound.name)
        if bound.end == "high":
            return given.high
        return self._sheet.once(("base", bound.name), lambda: _positive(given)) if bound.positive else given.low


@dataclass(frozen=True, slots=True)
class _Bound:
    """A bound on the base (or on a number): the end of a number's interval or a figure, divided by a factor."""

    name: str
    end: str
    factor: float
    closed: bool
    value: float = 0.0
    positive: bool = False

    def divided(self, factor: float, *, closed: bool) -> _Bound:
        """The bound that it puts on the base through a multiple."""
        return _Bound(self.name, self.end, self.factor * factor, self.closed and closed, self.value)


def _positive(given: NumberInput) -> Real:
    """The low end of a base: zero only where the base is zero for certain."""
    if given.low is None:
        return NEAR_ZERO
    zero = truths.at_most(given.low, 0.0)
    open_above = cells.no(truths.at_most(given.high, 0.0)) if given.high is not None else True
    return cells.cases([(cells.every([zero, open_above]), NEAR_ZERO), (zero, 0.0)], given.low, cells.REAL)  # type: ignore[return-value]


def _cuts(asked: Iterable[tuple[Atom, bool]], name: str) -> tuple[list[_Bound], list[_Bound]]:
    """The nearest cuts below and above, of those that the state answers."""
    below = [a for a, yes in asked if isinstance(a, Cut) and a.number == name and yes]
    above = [a for a, yes in asked if isinstance(a, Cut) and a.number == name and not yes]
    low = max(below, key=lambda a: edge(a.value, a.strict), default=None)
    high = min(above, key=lambda a: edge(a.value, a.strict), default=None)
    return (
        [_Bound("", "low", 1.0, closed=not low.strict, value=low.value)] if low else [],
        [_Bound("", "high", 1.0, closed=high.strict, value=high.value)] if high else [],
    )
