"""Decision diagrams: each item of an instrument as a graph of its blocks' states, built once per instrument.

Walking the diagrams with the states that the facts leave open visits every completion of what is unknown, jointly over
all items and exactly, without listing the completions one by one: equal remainders are one node (twelve untested
causes are counted, not enumerated), and parts that share nothing are worked out apart. Imports `atoms`, `blocks` and
`instrument`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dechallenge.logic.atoms import Atoms, Tree, assign, atoms_of
from dechallenge.logic.blocks import Block, make_blocks
from dechallenge.logic.instrument import Instrument, Item

NONE_HOLDS = -1
"""The outcome of an item when no option holds (or of an entry that is refused)."""


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """A compiled item (or part), or an entry condition (`item` is None).

    Attributes:
        trees: One tree for each option, over the instrument's atoms.
        gives: The different values that its options give, in order; an outcome is an index into it.
        outcome_of: For each option its outcome.
        root: Node of the diagram.
        levels: Bit mask of the blocks that it asks about.
    """

    item: Item | None
    trees: tuple[Tree, ...]
    gives: tuple[int | str, ...]
    outcome_of: tuple[int, ...]
    root: int
    levels: int


Residual = tuple[tuple[tuple[Tree, int], ...], int]
"""Options still open, each with its outcome, and the outcome when none of them holds."""


class Diagram:
    """All items and entry conditions of an instrument as one shared graph.

    Node numbers ≥ 0 are inner nodes; a terminal with outcome k is `-2 - k` (so that `-1` is NONE_HOLDS).
    """

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.atoms = Atoms()
        lowered = [
            (leaf, tuple(assign(self.atoms.lower(option.when), {}) for option in leaf.options))
            for leaf in instrument.leaves
        ]
        entries = [(None, (assign(self.atoms.lower(entry.when), {}),)) for entry in instrument.entry]
        self.blocks = _ordered(self.atoms, [trees for _, trees in [*entries, *lowered]])
        self.level_of_atom = {atom: level for level, block in enumerate(self.blocks) for atom in block.atoms}
        self.level_of_term = {name: level for level, block in enumerate(self.blocks) for name in block.terms}
        self.level: list[int] = []
        self.children: list[tuple[int, ...]] = []
        self.support: list[int] = []
        self._nodes: dict[tuple[int, tuple[int, ...]], int] = {}
        self._memo: dict[Residual, int] = {}
        self._values = [[dict(zip(block.atoms, state, strict=True)) for state in block.states] for block in self.blocks]
        self.leaves = tuple(self._leaf(item, trees) for item, trees in lowered)
        self.gates = tuple(self._leaf(None, trees) for _, trees in entries)

    def _leaf(self, item: Item | None, trees: tuple[Tree, ...]) -> Leaf:
        given: tuple[int | str, ...] = tuple(option.gives for option in item.options) if item else (1,)
        gives = tuple(dict.fromkeys(given))
        outcome_of = tuple(gives.index(value) for value in given)
        root = self._build(_settle(zip(trees, outcome_of, strict=True), NONE_HOLDS))
        levels = 0
        for tree in trees:
            for atom in atoms_of(tree):
                levels |= 1 << self.level_of_atom[atom]
        return Leaf(item, trees, gives, outcome_of, root, levels)

    def _build(self, residual: Residual) -> int:
        options, default = residual
        if not options:
            return -2 - default if default != NONE_HOLDS else NONE_HOLDS
        known = self._memo.get(residual)
        if known is not None:
            return known
        level = min(self.level_of_atom[atom] for tree, _ in options for atom in atoms_of(tree))
        children = tuple(
            self._build(_settle(((assign(tree, values), outcome) for tree, outcome in options), default))
            for values in self._values[level]
        )
        node = self._node(level, children)
        self._memo[residual] = node
        return node

    def _node(self, level: int, children: tuple[int, ...]) -> int:
        if len(set(children)) == 1:
            return children[0]
        key = (level, children)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = len(self.level)
            support = 1 << level
            for child in children:
                if child >= 0:
                    support |= self.support[child]
            self.level.append(level)
            self.children.append(children)
            self.support.append(support)
        return node


def _settle(options: Iterable[tuple[Tree, int]], default: int) -> Residual:
    """Drop what cannot hold, stop at what must hold, forget trailing options that change nothing."""
    kept: list[tuple[Tree, int]] = []
    for tree, outcome in options:
        if tree is False:
            continue
        if tree is True:
            default = outcome
            break
        kept.append((tree, outcome))
    while kept and kept[-1][1] == default:
        kept.pop()
    return tuple(kept), default


def _ordered(atoms: Atoms, all_trees: Sequence[tuple[Tree, ...]]) -> tuple[Block, ...]:
    """Blocks shared by most items first, then in order of appearance."""
    blocks = make_blocks(atoms)
    home = {atom: number for number, block in enumerate(blocks) for atom in block.atoms}
    used = [0] * len(blocks)
    first = [len(all_trees)] * len(blocks)
    for place, trees in enumerate(all_trees):
        for number in sorted({home[atom] for tree in trees for atom in atoms_of(tree)}):
            used[number] += 1
            first[number] = min(first[number], place)
    order = sorted(range(len(blocks)), key=lambda number: (-used[number], first[number], number))
    return tuple(blocks[number] for number in order)


Value = Any
"""A set of attainable results, written as its algebra writes it."""


class Algebra(Protocol):
    """How the outcomes of several items are put together; every value is a set of attainable results."""

    unit: Value
    empty: Value

    def leaf(self, place: int, outcome: int) -> Value:
        """The results of one item with this outcome."""
        ...

    def both(self, one: Value, other: Value) -> Value:
        """The results of two parts that do not depend on each other."""
        ...

    def either(self, one: Value, other: Value) -> Value:
        """The results of either of two completions."""
        ...


Places = tuple[tuple[int, int], ...]
"""(place of the item, node) pairs, ascending."""


@dataclass(slots=True)
class Part:
    """Items that depend on each other: their blocks, where the walk begins, and what they can give."""

    support: int
    places: Places
    value: Value


class Walk:
    """One walk over a diagram with the states that the facts leave open."""

    def __init__(
        self,
        diagram: Diagram,
        allowed: Sequence[tuple[int, ...]],
        algebra: Algebra,
        parent: Walk | None = None,
    ) -> None:
        self.diagram = diagram
        self.allowed = allowed
        self.algebra = algebra
        self.parent = parent
        self._open = sum(1 << level for level, ways in enumerate(allowed) if len(ways) > 1)
        self.changed = 0
        if parent is not None:
            for level, (mine, before) in enumerate(zip(allowed, parent.allowed, strict=True)):
                if mine != before:
                    self.changed |= 1 << level
        self._memo: dict[Places, Value] = {}
        self._singles: dict[tuple[int, int], Value] = {}
        self._known: tuple[Places, list[Part]] | None = None

    def parts(self, places: Places) -> list[Part]:
        """The independent parts that make up the given items; fixed outcomes form parts without support.

        A walk that comes after another one for the same items works out only the parts that the change touches.
        """
        before = None if self.parent is None else self.parent._known
        if before is not None and self._follows(before[0], places):
            kept = [part for part in before[1] if not part.support & self.changed]
            touched = [part for part in before[1] if part.support & self.changed]
            return [*kept, *(new for part in touched for new in self._parts(part.places))]
        if self._known is not None:
            return self._parts(places)
        self._known = ((), [])  # what is asked within belongs to smaller questions
        self._known = (places, self._parts(places))
        return self._known[1]

    def _follows(self, before: Places, places: Places) -> bool:
        """The items are those of the walk before, and only blocks that it left open have changed."""
        return self.parent is not None and before == places and not self.changed & ~self.parent._open

    def _parts(self, places: Places) -> list[Part]:
        found: list[Part] = []
        grouped: list[tuple[int, list[tuple[int, int]]]] = []
        for place, start in places:
            node = self._advance(start)
            if node < 0:
                found.append(Part(0, (), self._terminal(place, node)))
                continue
            support = self.diagram.support[node] & self._open
            members = [(place, node)]
            apart = []
            for other, other_members in grouped:
                if other & support:
                    support |= other
                    members = other_members + members
                else:
                    apart.append((other, other_members))
            grouped = [*apart, (support, members)]
        for support, members in grouped:
            key = tuple(sorted(members))
            found.append(Part(support, key, self._branch(key) if len(key) > 1 else self._single(*key[0])))
        return found

    def value(self, places: Places) -> Value:
        """What the given items can give together."""
        if len(places) == 1:
            return self._single(*places[0])
        result = self.algebra.unit
        for part in self.parts(places):
            if not part.value:
                return self.algebra.empty
            result = self.algebra.both(result, part.value)
        return result

    def _single(self, place: int, node: int) -> Value:
        """What one item alone can give."""
        node = self._advance(node)
        if node < 0:
            return self._terminal(place, node)
        if self.parent is not None and not self.diagram.support[node] & self.changed:
            return self.parent._single(place, node)
        key = (place, node)
        known = self._singles.get(key)
        if known is None:
            children = self.diagram.children[node]
            known = self.algebra.empty
            for child in {children[state] for state in self.allowed[self.diagram.level[node]]}:
                known = self.algebra.either(known, self._single(place, child))
            self._singles[key] = known
        return known

    def _branch(self, places: Places) -> Value:
        support = 0
        for _, node in places:
            support |= self.diagram.support[node]
        if self.parent is not None and not support & self.changed:
            return self.parent._branch(places)
        known = self._memo.get(places)
        if known is not None:
            return known
        level = min(self.diagram.level[node] for _, node in places)
        result = self.algebra.empty
        seen: set[Places] = set()
        for state in self.allowed[level]:
            following = tuple(
                (place, self.diagram.children[node][state] if self.diagram.level[node] == level else node)
                for place, node in places
            )
            if following not in seen:
                seen.add(following)
                result = self.algebra.either(result, self.value(following))
        self._memo[places] = result
        return result

    def _advance(self, node: int) -> int:
        """Past every block that leaves only one way to go."""
        while node >= 0:
            children = self.diagram.children[node]
            ways = self.allowed[self.diagram.level[node]]
            first = children[ways[0]]
            if len(ways) > 1 and any(children[way] != first for way in ways):
                return node
            node = first
        return node

    def _terminal(self, place: int, node: int) -> Value:
        return self.algebra.empty if node == NONE_HOLDS else self.algebra.leaf(place, -2 - node)
