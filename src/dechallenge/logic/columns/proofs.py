"""Items whose convention never needs what the completions can give: found out once, when an instrument is compiled.

The convention moves points into what the completions can give. For many items no state of knowledge exists in which
that changes anything; then no row has to work it out. Every state of knowledge is gone through: each block leaves some
of its states open, and remainders that are equal are followed once. Imports `compiled`, the diagram and the language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

from dechallenge.logic.atoms import Tree, assign, branches
from dechallenge.logic.blocks import Block
from dechallenge.logic.compiled import Compiled
from dechallenge.logic.diagram import Leaf
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.terms import Choice, Number

STATES_AT_MOST = 6
VALUES_AT_MOST = 6
"""Of a choice: every set of them is one place of a 64-bit number."""
STEPS_AT_MOST = 8_000
UNKNOWN = -1
"""Stands in a tree for every atom that is not known."""

Remainder = tuple[tuple[Tree, ...], frozenset[int]]
"""What is left of an item's options, and the nodes of its diagram that the completions reach."""


@cache
def never_moved(machine: Compiled, place: int) -> bool:
    """Whether the convention of an item is always within what the completions can give.

    False where it is not, or where that was not worked out: items that share a block with an entry condition, with
    numbers compared with each other, or with too many states of knowledge.
    """
    leaf = machine.diagram.leaves[place]
    if leaf.levels & machine.gate_levels:
        return False
    here: set[Remainder] = {(tuple(_marked(tree) for tree in leaf.trees), frozenset((leaf.root,)))}
    steps = 0
    for level, block in enumerate(machine.diagram.blocks):
        if not leaf.levels >> level & 1:
            continue
        ways = _knowledge(block)
        if ways is None:
            return False
        steps += len(here) * len(ways)
        if steps > STEPS_AT_MOST:
            return False
        here = {_after(machine, remainder, level, opened, known) for remainder in here for opened, known in ways}
    return all(_within(leaf, trees, nodes) for trees, nodes in here)


@cache
def points_by_mask(machine: Compiled, place: int) -> tuple[str, tuple[int, ...]] | None:
    """The choice that alone decides the points of an item, and its points for every set of possible values.

    The sets are counted as bits, from 1. None where the item is not of this kind, or gives nothing for some set.
    """
    leaf = machine.diagram.leaves[place]
    blocks = [block for level, block in enumerate(machine.diagram.blocks) if leaf.levels >> level & 1]
    if len(blocks) != 1 or len(blocks[0].terms) != 1 or leaf.levels & machine.gate_levels:
        return None
    term = blocks[0].source.terms[blocks[0].terms[0]]
    if not isinstance(term, Choice) or len(term.values) > VALUES_AT_MOST:
        return None
    found: list[int] = []
    for mask in range(1, 1 << len(term.values)):
        values = [value for number, value in enumerate(term.values) if mask >> number & 1]
        facts = Facts([Fact.choice(term, *values)])
        reading = machine.read(place, machine.truths(facts), machine.allowed(facts))
        if reading.forbidden or not isinstance(reading.gives, int):
            return None
        found.append(reading.gives)
    return term.name, tuple(found)


def _knowledge(block: Block) -> list[tuple[tuple[int, ...], Mapping[int, Tree]]] | None:
    """What can be known of a block: the states left open, and the truth of its atoms."""
    if len(block.terms) > 1 or len(block.states) > STATES_AT_MOST:
        return None
    places = range(len(block.states))
    found: Iterable[tuple[int, ...]]
    if isinstance(block.source.terms[block.terms[0]], Number):
        rising = sorted(places, key=lambda place: sum(block.states[place]))
        found = [tuple(rising[a:b]) for a in places for b in range(a + 1, len(rising) + 1)]
    else:
        found = [some for size in range(1, len(places) + 1) for some in combinations(places, size)]
    return [(opened, _truths(block, opened)) for opened in found]


def _truths(block: Block, opened: tuple[int, ...]) -> Mapping[int, Tree]:
    known: dict[int, Tree] = {}
    for number, atom in enumerate(block.atoms):
        answers = {block.states[place][number] for place in opened}
        known[atom] = answers.pop() if len(answers) == 1 else UNKNOWN
    return known


def _after(
    machine: Compiled, remainder: Remainder, level: int, opened: tuple[int, ...], known: Mapping[int, Tree]
) -> Remainder:
    trees, nodes = remainder
    diagram = machine.diagram
    following: set[int] = set()
    for node in nodes:
        if node >= 0 and diagram.level[node] == level:
            following.update(diagram.children[node][place] for place in opened)
        else:
            following.add(node)
    return tuple(_marked(_told(tree, known)) for tree in trees), frozenset(following)


def _told(tree: Tree, known: Mapping[int, Tree]) -> Tree:
    """The tree after a block is known as far as it is; equal unknown parts are one where that changes nothing."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        return known.get(tree, tree)
    head = tree[0]
    parts = [_told(branch, known) for branch in branches(tree)]
    if head == "#":
        return assign(("#", tree[1], *sorted(parts, key=repr)), {})
    if head == "!":
        return UNKNOWN if isinstance(parts[0], int) and parts[0] == UNKNOWN else assign(("!", parts[0]), {})
    if (head == "|") in [part for part in parts if isinstance(part, bool)]:
        return head == "|"
    return assign((head, *dict.fromkeys(part for part in parts if not isinstance(part, bool))), {})


def _marked(tree: Tree) -> Tree:
    """A decided tree as an empty one: a truth is equal to the number of an atom, and remainders are compared."""
    return ("&" if tree else "|",) if isinstance(tree, bool) else tree


def _truth(tree: Tree) -> bool | None:
    """The truth of a tree in which only unknown atoms are left."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        return None
    parts = [_truth(branch) for branch in branches(tree)]
    if tree[0] == "!":
        return None if parts[0] is None else not parts[0]
    if tree[0] == "&":
        return False if False in parts else (None if None in parts else True)
    if tree[0] == "|":
        return True if True in parts else (None if None in parts else False)
    wanted = int(tree[1])  # type: ignore[arg-type]
    sure = sum(part is True for part in parts)
    return True if sure >= wanted else (None if sure + parts.count(None) >= wanted else False)


def _within(leaf: Leaf, trees: tuple[Tree, ...], nodes: frozenset[int]) -> bool:
    """Whether the convention takes, in this state of knowledge, something that the completions can give."""
    item = leaf.item
    assert item is not None
    possible = [leaf.gives[-2 - node] for node in nodes if node < -1]
    passed: set[int | str] = set()
    for tree, printed, option in zip(trees, leaf.trees, item.options, strict=True):
        answer = _truth(tree)
        if answer and not (printed is True and passed - {option.gives}):
            return not passed or _stays(option.gives, possible)
        if answer is None:
            passed.add(option.gives)
    rule = item.missing.rule
    return rule in ("forbids", "left out") or (rule != "lowest" and _stays(item.missing.gives, possible))


def _stays(wanted: int | str | None, possible: list[int | str]) -> bool:
    points = [value for value in possible if isinstance(value, int)]
    if isinstance(wanted, int) and points:
        return min(points) <= wanted <= max(points)
    return wanted is None or wanted in possible
