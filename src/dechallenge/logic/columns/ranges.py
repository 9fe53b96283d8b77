"""The range in every row: the one-case engine's walk over the diagram, done once for all rows when compiling.

A node's value in a row is made of the values of its children under the states that the row leaves open. For one item
it is the set of its outcomes, as bits; for items that depend on each other it is the lowest and highest total. Nodes
that the walk meets twice are one column. Imports `cells`, `states` and the diagram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dechallenge.errors import DechallengeError
from dechallenge.logic.columns import cells
from dechallenge.logic.columns.cells import Bool, Cell, Sheet, Whole
from dechallenge.logic.columns.states import States
from dechallenge.logic.diagram import NONE_HOLDS, Diagram, Places

FAR = 100_000
"""Stands for "no completion": farther than any total."""
NODES_AT_MOST = 20_000

Active = Mapping[int, Bool]
"""For items that are judged in some rows only: where they are."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lowest and highest total; beyond half of `FAR` where no completion can be scored."""

    low: Whole
    high: Whole


class Joint:
    """Walks that the items of one instrument take together."""

    def __init__(self, sheet: Sheet, diagram: Diagram, states: States) -> None:
        self._sheet = sheet
        self._diagram = diagram
        self._states = states
        self._visited = 0

    def outcomes(self, place: int, node: int) -> Whole:
        """What one item can give from a node on, as bits (an entry condition: all bits where it can be met)."""
        if node == NONE_HOLDS:
            return 0
        if node < 0:
            return -1 if place >= len(self._diagram.leaves) else 1 << (-2 - node)
        return self._sheet.once(("outcomes", place, node), lambda: self._union(place, node))  # type: ignore[no-any-return]

    def _union(self, place: int, node: int) -> Whole:
        ways: dict[int, list[int]] = {}
        for state, child in enumerate(self._diagram.children[node]):
            ways.setdefault(child, []).append(state)
        level = self._diagram.level[node]
        return cells.joined(
            [cells.shared(self._states.open(level, mine), self.outcomes(place, child)) for child, mine in ways.items()]
        )

    def together(self, target: int | None, places: Places) -> Whole:
        """What the item `target` can give (all bits where it is None) over the completions in which every place can be
        given something."""
        whole: Whole = -1
        for part in self._parts(places):
            whole = cells.shared(whole, self._bits(target, part))
        return whole

    def _bits(self, target: int | None, places: Places) -> Whole:
        if len(places) == 1:
            place, node = places[0]
            found = self.outcomes(place, node)
            if place == target or place >= len(self._diagram.leaves):
                return found
            return self._sheet.once(  # type: ignore[no-any-return]
                ("given", place, node), lambda: cells.bits(_any_bit(found))
            )
        mine = target if any(place == target for place, _ in places) else None
        return self._sheet.once(  # type: ignore[no-any-return]
            ("together", mine, places),
            lambda: cells.joined(
                [
                    cells.shared(self._states.open(level, states), self.together(mine, following))
                    for level, states, following in self._branches(places)
                ]
            ),
        )

    def totals(self, points: Mapping[int, Sequence[int | None]], places: Places, *, highest: bool, name: str) -> Span:
        """The lowest and highest total (or highest grade) of items.

        Args:
            points: For each item the points of its outcomes; None rules a completion out.
            highest: Take the highest of the grades instead of their sum.
            name: Tells walks with different points apart.
        """
        spans = [self._span(points, part, highest, name) for part in self._parts(places)]
        return _both(spans, highest)

    def _span(self, points: Mapping[int, Sequence[int | None]], places: Places, highest: bool, name: str) -> Span:
        key = ("span", name, places)
        low = self._sheet.kept.get((*key, "low"))
        if low is None:
            found = (
                self._single(points, *places[0], highest)
                if len(places) == 1
                else self._branching(points, places, highest, name)
            )
            low = self._sheet.keep(found.low, (*key, "low"))
            self._sheet.keep(found.high, (*key, "high"))
        return Span(low, self._sheet.kept[(*key, "high")])  # type: ignore[arg-type]

    def _single(self, points: Mapping[int, Sequence[int | None]], place: int, node: int, highest: bool) -> Span:
        found = self.outcomes(place, node)
        neutral = -1 if highest else 0
        if place not in points:
            met = _any_bit(found)
            return Span(_choose([(met, neutral)], FAR), _choose([(met, neutral)], -FAR))
        marks: dict[int, int] = {}
        for outcome, value in enumerate(points[place]):
            if value is not None:
                marks[value] = marks.get(value, 0) | 1 << outcome
        rising = sorted(marks)
        return Span(
            _choose([(cells.has(found, marks[value]), value) for value in rising], FAR),
            _choose([(cells.has(found, marks[value]), value) for value in reversed(rising)], -FAR),
        )

    def _branching(self, points: Mapping[int, Sequence[int | None]], places: Places, highest: bool, name: str) -> Span:
        lows: list[Whole] = []
        highs: list[Whole] = []
        for level, states, following in self._branches(places):
            span = self.totals(points, following, highest=highest, name=name)
            penalty = self._penalty(level, states)
            lows.append(_sum([span.low, penalty]))
            highs.append(
                cells.combine(lambda a, b: a - b, span.high, penalty) if isinstance(penalty, Cell) else span.high
            )
        return Span(cells.least(lows), cells.greatest(highs))

    def _penalty(self, level: int, states: Sequence[int]) -> Whole:
        """0 where one of the states is possible, else far away."""
        opened = self._states.open(level, states)
        if isinstance(opened, int):
            return 0 if opened else FAR
        return self._sheet.once(  # type: ignore[no-any-return]
            ("penalty", level, tuple(states)), lambda: cells.combine(lambda a: (a + 1) * FAR, opened)
        )

    def _branches(self, places: Places) -> list[tuple[int, tuple[int, ...], Places]]:
        """The block that is asked first, and for each set of its states what is left of the items."""
        self._visited += 1
        if self._visited > NODES_AT_MOST:
            raise DechallengeError(
                "its items depend on each other in too many ways for the columnar range",
                place=self._diagram.instrument.id,
                next_step="Score without ranges, or case by case.",
            )
        diagram = self._diagram
        level = min(diagram.level[node] for _, node in places)
        ways: dict[Places, list[int]] = {}
        for state in range(len(diagram.blocks[level].states)):
            following = tuple(
                (place, diagram.children[node][state] if diagram.level[node] == level else node)
                for place, node in places
            )
            ways.setdefault(following, []).append(state)
        return [(level, tuple(states), following) for following, states in ways.items()]

    def _parts(self, places: Iterable[tuple[int, int]]) -> list[Places]:
        """The parts that share no block."""
        grouped: list[tuple[int, list[tuple[int, int]]]] = []
        for place, node in places:
            support = self._diagram.support[node] if node >= 0 else 0
            members = [(place, node)]
            apart = []
            for other, others in grouped:
                if other & support:
                    support |= other
                    members = others + members
                else:
                    apart.append((other, others))
            grouped = [*apart, (support, members)]
        return [tuple(sorted(members)) for _, members in grouped]

    def by_activity(
        self, places: Places, active: Active, evaluate: Callable[[Places], Any], choose: Callable[[Bool, Any, Any], Any]
    ) -> list[Any]:
        """The values of the independent parts; items that are judged in some rows only are in or out, row by row."""
        found = []
        for part in self._parts(places):
            found.append(self._with_or_without(part, active, evaluate, choose))
        return found

    def _with_or_without(
        self, part: Places, active: Active, evaluate: Callable[[Places], Any], choose: Callable[[Bool, Any, Any], Any]
    ) -> Any:
        for index, (place, _) in enumerate(part):
            judged = active.get(place, True)
            if judged is True:
                continue
            rest = {other: state for other, state in active.items() if other != place}
            without = part[:index] + part[index + 1 :]
            inside = self._with_or_without(part, rest, evaluate, choose) if judged is not False else None
            outside = self._with_or_without(without, rest, evaluate, choose)
            return outside if judged is False else choose(judged, inside, outside)
        return evaluate(part)


def _any_bit(found: Whole) -> Bool:
    return cells.combine(lambda a: a != 0, found) if isinstance(found, Cell) else found != 0


def _choose(rows: Sequence[tuple[Bool, int]], otherwise: int) -> Whole:
    return cells.cases(rows, otherwise)  # type: ignore[return-value]


def _both(spans: Sequence[Span], highest: bool) -> Span:
    """Spans of parts that do not depend on each other; far away as soon as one of them is."""
    if highest:
        low: Any = cells.greatest([span.low for span in spans]) if spans else -1
        high: Any = cells.greatest([span.high for span in spans]) if spans else -1
        if not isinstance(low, Cell):
            return Span(low, -FAR if low >= FAR else high)
        far = cells.combine(lambda a: a >= FAR, low)
        return Span(low, cells.cases([(far, -FAR)], high))  # type: ignore[arg-type]
    low, high = _sum([span.low for span in spans]), _sum([span.high for span in spans])
    if sum(isinstance(span.low, Cell) for span in spans) > 1:
        return Span(cells.least([low, FAR]), cells.greatest([high, -FAR]))
    return Span(low, high)


def _sum(parts: Sequence[Whole]) -> Whole:
    return cells.plus(parts)  # type: ignore[return-value]


def both(spans: Sequence[Span], *, highest: bool) -> Span:
    """Spans of parts that do not depend on each other."""
    return _both(spans, highest)


def feasible(span: Span) -> Bool:
    """Whether some completion can be scored."""
    half = FAR // 2
    return cells.combine(lambda a: a < half, span.low) if isinstance(span.low, Cell) else span.low < half
