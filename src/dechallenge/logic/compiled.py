"""A compiled instrument: its diagram, and the readings and ranges that the engine and the open questions both need.

Imports the rest of `logic` except `scoring`, `engine` and `questions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dechallenge.logic import derived, numeric
from dechallenge.logic.algebra import Assignment, DecidedTotals, Highest, SideBySide, Totals
from dechallenge.logic.atoms import Tree, atoms_of
from dechallenge.logic.diagram import NONE_HOLDS, Algebra, Diagram, Leaf, Places, Walk
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Category, Computed, Instrument, Item, Sum, Tables
from dechallenge.logic.instrument import Highest as HighestResult
from dechallenge.logic.kleene import Truth, stated_truth, stated_truths, truth
from dechallenge.logic.tables import Relation, Resolver
from dechallenge.logic.terms import Derived

Allowed = tuple[tuple[int, ...], ...]

REMEMBERED_AT_MOST = 4096
"""Results kept per instrument because cases repeat them (never part of the meaning)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one item (or part) says by the convention: the option taken, or the missing rule, or nothing at all."""

    option: int | None
    gives: int | str | None
    missing: bool
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """What all completions give: numbers (points or grades) or codes; nothing when no completion can be scored."""

    numbers: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """No completion can be scored."""
        return not self.numbers and not self.codes


class Compiled:
    """One instrument, ready to score."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.diagram = Diagram(instrument)
        self.resolver = Resolver(instrument) if isinstance(instrument.result, Tables) else None
        self.derived = self._derived_terms()
        self.derived_inputs = frozenset(one.name for term in self.derived for one in derived.inputs(term))
        self._written: dict[tuple[Relation, ...], tuple[str, ...]] = {}
        self._gated: dict[tuple[object, ...], tuple[int | str, ...]] = {}
        self.gates: Places = tuple(
            (len(self.diagram.leaves) + i, gate.root) for i, gate in enumerate(self.diagram.gates)
        )
        self._failing = frozenset(place for place, leaf in enumerate(self.diagram.leaves) if self._can_fail(leaf.root))
        self.gate_levels = 0
        for gate in self.diagram.gates:
            self.gate_levels |= gate.levels

    def _derived_terms(self) -> tuple[Derived, ...]:
        found = dict(self.diagram.atoms.terms)
        for leaf in self.instrument.leaves:
            if leaf.quantity is not None:
                found.update({term.name: term for term in numeric.terms_of(leaf.quantity)})
            if leaf.measured is not None:
                found[leaf.measured.name] = leaf.measured
        return tuple(term for term in found.values() if isinstance(term, Derived))

    def allowed(self, facts: Facts) -> Allowed:
        """The open states of each block."""
        return tuple(block.open_states(facts) for block in self.diagram.blocks)

    def truths(self, facts: Facts) -> list[Truth]:
        """The truth of each atom on the stated facts."""
        return stated_truths(self.diagram.atoms, facts)

    def truths_after(self, before: Sequence[Truth], facts: Facts, level: int) -> list[Truth]:
        """The truths when only the facts of one block have changed."""
        truths = list(before)
        for index in self.diagram.blocks[level].atoms:
            truths[index] = stated_truth(self.diagram.atoms, index, facts)
        return truths

    def allowed_after(self, before: Allowed, facts: Facts, level: int) -> Allowed:
        """The open states when only the facts of one block have changed."""
        return (*before[:level], self.diagram.blocks[level].open_states(facts), *before[level + 1 :])

    def atoms_in(self, tree: Tree) -> tuple[int, ...]:
        """The atoms of a tree."""
        return tuple(atoms_of(tree))

    def active(self, facts: Facts, kind: str | None) -> tuple[int, ...]:
        """The places of the items that are judged for this kind of reaction and these facts."""
        return tuple(place for place, leaf in enumerate(self.diagram.leaves) if self._judged(leaf, facts, kind))

    def _judged(self, leaf: Leaf, facts: Facts, kind: str | None) -> bool:
        item = leaf.item
        assert item is not None
        if kind is not None and item.kinds and kind not in item.kinds:
            return False
        if item.measured is None:
            return True
        fact = facts.get(item.measured.name)
        return fact is not None and not fact.empty

    def gate_truths(self, truths: Sequence[Truth]) -> list[Truth]:
        """Whether each entry condition holds."""
        return [truth(gate.trees[0], truths) for gate in self.diagram.gates]

    def read(self, place: int, truths: Sequence[Truth], allowed: Allowed) -> Reading:
        """The convention of one item: the first option known to hold; otherwise the item's rule for missing answers.

        The last row "otherwise" holds only when the rows above it are known to fail, or would give the same. Where rows
        were passed over because they are unknown, points outside what the completions can give are moved to the nearer
        end (another drug with fitting time, toxic or not, is never "none").
        """
        item = self._item(place)
        unknown: set[int | str] = set()
        taken: int | None = None
        for number, tree in enumerate(self.diagram.leaves[place].trees):
            answer = truth(tree, truths)
            gives = item.options[number].gives
            if answer and not (tree is True and unknown - {gives}):
                taken = number
                break
            if answer is None:
                unknown.add(gives)
        if taken is not None and not unknown:
            return Reading(taken, item.options[taken].gives, missing=False)
        rule = item.missing.rule
        if taken is None and rule == "forbids":
            return Reading(None, item.missing.gives, missing=True, forbidden=True)
        if taken is None and rule == "left out":
            return Reading(None, None, missing=True)
        possible = self._possible(place, allowed)
        if taken is not None:
            wanted: int | str | None = item.options[taken].gives
        elif rule == "lowest":
            wanted = min((value for value in possible if isinstance(value, int)), default=None)
        else:
            wanted = item.missing.gives
        if wanted is None or wanted in possible or not possible:
            return Reading(taken, wanted, missing=taken is None)
        nearest = _within(wanted, possible)
        option = next((n for n, option in enumerate(item.options) if option.gives == nearest), None)
        return Reading(option, nearest, missing=True) if nearest != wanted else Reading(taken, wanted, taken is None)

    def _possible(self, place: int, allowed: Allowed) -> tuple[int | str, ...]:
        """What one item can give over all completions that meet the entry conditions."""
        leaf = self.diagram.leaves[place]
        if leaf.levels & self.gate_levels:
            mask = leaf.levels | self.gate_levels
            key = (place, *(ways for level, ways in enumerate(allowed) if mask >> level & 1))
            known = self._gated.get(key)
            if known is None:
                if len(self._gated) >= REMEMBERED_AT_MOST:
                    self._gated.clear()
                known = self._gated[key] = self.outcomes(place, allowed, ())
            return known
        found: set[int] = set()
        seen: set[int] = set()
        stack = [leaf.root]
        while stack:
            node = stack.pop()
            if node < 0:
                found.add(node)
            elif node not in seen:
                seen.add(node)
                children = self.diagram.children[node]
                stack.extend(children[state] for state in allowed[self.diagram.level[node]])
        return tuple(value for number, value in enumerate(leaf.gives) if -2 - number in found)

    def outcomes(self, place: int, allowed: Allowed, active: Sequence[int]) -> tuple[int | str, ...]:
        """What one item can give over all completions that can be scored, in the order of its options.

        Args:
            active: The other items whose failure to give anything rules a completion out, besides the entry conditions.
        """
        leaf = self.diagram.leaves[place]
        conditions = [(other, self.diagram.leaves[other].root) for other in active if other != place]
        walk: Walk = Walk(self.diagram, allowed, Totals({place: range(len(leaf.gives))}))
        bits = walk.value(tuple(sorted(((place, leaf.root), *conditions, *self.gates))))
        return tuple(value for number, value in enumerate(leaf.gives) if bits >> number & 1)

    def totals(self, places: Sequence[int], allowed: Allowed, active: Sequence[int]) -> tuple[int, ...]:
        """The sums of points that several items (the parts of one) can reach together, ascending."""
        leaves = self.diagram.leaves
        algebra = Totals({place: [int(value) for value in leaves[place].gives] for place in places})
        chosen = {*places, *active}
        walk = Walk(self.diagram, allowed, algebra)
        return tuple(algebra.numbers(walk.value(tuple(sorted([*((p, leaves[p].root) for p in chosen), *self.gates])))))

    def conditional(self, active: Sequence[int]) -> tuple[int, ...]:
        """Those of the items in which it can happen that no option holds."""
        return tuple(place for place in active if place in self._failing)

    def _can_fail(self, node: int) -> bool:
        if node < 0:
            return node == NONE_HOLDS
        seen: set[int] = set()
        stack = [node]
        while stack:
            here = stack.pop()
            if here == NONE_HOLDS:
                return True
            if here >= 0 and here not in seen:
                seen.add(here)
                stack.extend(self.diagram.children[here])
        return False

    def walk(self, allowed: Allowed, active: Sequence[int], parent: Walk | None = None) -> Walk:
        """A walk that yields totals, grades or codes side by side, as the instrument's result asks."""
        algebra = self._algebra(active) if parent is None else parent.algebra
        return Walk(self.diagram, allowed, algebra, parent)

    def _algebra(self, active: Sequence[int]) -> Algebra:
        result = self.instrument.result
        if isinstance(result, Sum | HighestResult):
            points = {place: [int(value) for value in self.diagram.leaves[place].gives] for place in active}
            if isinstance(result, Sum) and result.knockout is not None:
                return DecidedTotals(points, result.knockout)
            return Totals(points) if isinstance(result, Sum) else Highest(points)
        if isinstance(result, Category | Computed):
            return SideBySide(frozenset(place for place in active if self._item(place).id == result.item))
        return SideBySide(frozenset(active))

    def _item(self, place: int) -> Item:
        item = self.diagram.leaves[place].item
        assert item is not None
        return item

    def deciding(self, active: Sequence[int]) -> tuple[int, ...]:
        """Those of the items that the result rests on: where it is the code of one item, that item, and those in which
        it can happen that no option holds (such a completion cannot be scored)."""
        result = self.instrument.result
        if not isinstance(result, Category | Computed):
            return tuple(active)
        return tuple(place for place in active if self._item(place).id == result.item or place in self._failing)

    def spread(self, walk: Walk, active: Sequence[int]) -> Spread:
        """What all completions give."""
        chosen = self.deciding(active)
        places = tuple(sorted([*((place, self.diagram.leaves[place].root) for place in chosen), *self.gates]))
        algebra = walk.algebra
        if isinstance(algebra, Totals | DecidedTotals | Highest):
            numbers = algebra.numbers(walk.value(places))
            result = self.instrument.result
            return Spread(numbers=settled(result, numbers) if isinstance(result, Sum) else tuple(numbers))
        parts = walk.parts(places)
        if any(not part.value for part in parts):
            return Spread()
        relations = []
        for part in parts:
            if part.value != SideBySide.unit:
                relations.append(self._relation(part.value))
        if self.resolver is None:
            codes = {row[0] for _, rows in relations for row in rows}
            result = self.instrument.result
            assert isinstance(result, Category | Computed)
            order = self.instrument.item(result.item).options
            return Spread(codes=tuple(dict.fromkeys(str(o.gives) for o in order if str(o.gives) in codes)))
        key = tuple(sorted(relations, key=lambda relation: relation[0]))
        if key not in self._written:
            if len(self._written) >= REMEMBERED_AT_MOST:
                self._written.clear()
            self._written[key] = self.resolver.attainable(key)
        return Spread(codes=self._written[key])

    def _relation(self, assignments: frozenset[Assignment]) -> Relation:
        names = tuple(self._item(place).id for place, _ in next(iter(assignments)))
        rows = frozenset(
            tuple(str(self.diagram.leaves[place].gives[outcome]) for place, outcome in assignment)
            for assignment in assignments
        )
        return names, rows

    def relevant(self, places: Places, allowed: Allowed) -> int:
        """Bit mask of the blocks that can still change the given items."""
        found = 0
        seen: set[int] = set()
        stack = [node for _, node in places]
        while stack:
            node = stack.pop()
            if node < 0 or node in seen:
                continue
            seen.add(node)
            level = self.diagram.level[node]
            following = {self.diagram.children[node][state] for state in allowed[level]}
            if len(following) > 1:
                found |= 1 << level
            stack.extend(following)
        return found


def settled(result: Sum, totals: Sequence[int]) -> tuple[int, ...]:
    """Totals after the instrument's own floor; ascending, each once."""
    return tuple(sorted({total if result.least is None else max(total, result.least) for total in totals}))


def settled_points(result: Sum, points: Sequence[int]) -> int:
    """The total of the points of all items by the instrument's rules: points that decide, and the floor."""
    total = result.knockout if result.knockout is not None and result.knockout in points else sum(points)
    return settled(result, (total,))[0]


@cache
def compiled(instrument: Instrument) -> Compiled:
    """The compiled form of an instrument, built once."""
    return Compiled(instrument)


def _within(wanted: int | str, possible: Sequence[int | str]) -> int | str:
    """Points moved to the nearer end of the possible ones when outside; a code to the only one possible, if it is."""
    points = [value for value in possible if isinstance(value, int)]
    if isinstance(wanted, int) and points:
        return max(min(wanted, max(points)), min(points))
    return possible[0] if len(possible) == 1 else wanted
