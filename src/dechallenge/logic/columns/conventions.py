"""The convention in every row: what each item says on the stated facts, or by its rule for missing answers.

The same steps as `Compiled.read`: the first option known to hold; "otherwise" only when the rows above it are known to
fail or would give the same; the missing rule; and where rows were passed over as unknown, points moved into what the
completions can give. Imports `cells`, `proofs`, `ranges`, `truths` and the diagram.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dechallenge.logic.columns import cells, proofs
from dechallenge.logic.columns.cells import Bool, Cell, Part, Sheet, Whole
from dechallenge.logic.columns.ranges import Joint
from dechallenge.logic.columns.truths import Truths
from dechallenge.logic.compiled import Compiled
from dechallenge.logic.diagram import Leaf
from dechallenge.logic.instrument import Item


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One item in every row.

    Attributes:
        gives: The different things that it can give, by the convention or in some completion.
        outcome: Which of them it gives, as a place in `gives`; NULL when it gives nothing.
        points: What it gives where that is a number.
        forbidden: Without an answer here the instrument gives no score.
    """

    gives: tuple[int | str, ...]
    outcome: Part
    points: Part
    forbidden: Bool


def read(sheet: Sheet, machine: Compiled, truths: Truths, joint: Joint, place: int) -> ReadItem:
    """The convention of one item in every row."""
    leaf = machine.diagram.leaves[place]
    item = leaf.item
    assert item is not None
    gives = leaf.gives
    if item.missing.gives is not None and item.missing.rule != "forbids" and item.missing.gives not in gives:
        gives = (*gives, item.missing.gives)
    by_mask = proofs.points_by_mask(machine, place)
    if by_mask is not None:
        given, points = by_mask
        known = sheet.once(("outcome", place), lambda: _looked_up(truths.possible(given), points))
        return ReadItem(gives, known, known, False)
    halves = [truths.of(tree) for tree in leaf.trees]
    whole = all(isinstance(value, int) for value in gives)
    codes: list[Any] = list(gives) if whole else list(range(len(gives)))
    by_value = dict(zip(gives, codes, strict=True))
    outcomes = [codes[outcome] for outcome in leaf.outcome_of]
    possible = None
    if not proofs.never_moved(machine, place):
        possible = sheet.once(("possible", place), lambda: _possible(machine, joint, leaf, place))
    unclear = sheet.once(
        ("unclear", place), lambda: _unclear(item, leaf, halves, outcomes, by_value, possible, whole=whole)
    )
    rows: list[tuple[Bool, Part]] = []
    for (must, may), outcome in zip(halves, outcomes, strict=True):
        rows += [(must, outcome), (may, unclear)]
    found = sheet.once(("outcome", place), lambda: cells.cases(rows, unclear))
    forbidden: Bool = False
    if item.missing.rule == "forbids":
        forbidden = cells.null(found)
    return ReadItem(gives, found, found if whole else None, forbidden)


def _looked_up(mask: Whole, points: Sequence[int]) -> Part:
    """The points of a set of possible values (counted from 1): each bit of the points is read off one figure."""
    if isinstance(mask, int):
        return points[mask - 1]
    least = min(points)
    found: list[Whole] = []
    for power in range((max(points) - least).bit_length()):
        figure = sum(1 << number + 1 for number, value in enumerate(points) if value - least >> power & 1)
        # A figure holds 63 bits; where the set of all values needs the next one, its opposite is read.
        turned = figure >> 63 == 1
        held = ((1 << 64) - 1) ^ figure if turned else figure
        found.append(cells.combine(partial(_bit, figure=held, turned=turned, power=power), mask))
    total = cells.plus([least, *found])
    return cells.combine(lambda a: a.cast(cells.WHOLE), total) if isinstance(total, Cell) else total


def _bit(mask: Any, figure: int, turned: bool, power: int) -> Any:
    value = (cells.ibis().literal(figure, type="int64") >> mask) & 1
    answer = 1 - value if turned else value
    return answer * (1 << power) if power else answer


def _possible(machine: Compiled, joint: Joint, leaf: Leaf, place: int) -> Whole:
    """What the item can give over all completions that meet the entry conditions it has to do with."""
    if leaf.levels & machine.gate_levels:
        return joint.together(place, tuple(sorted(((place, leaf.root), *machine.gates))))
    return joint.outcomes(place, leaf.root)


def _unclear(
    item: Item,
    leaf: Leaf,
    halves: Sequence[tuple[Bool, Bool]],
    outcomes: Sequence[Any],
    by_value: dict[int | str, Any],
    possible: Whole | None,
    *,
    whole: bool,
) -> Part:
    """What the item gives where an option was passed over as unknown, or none is known to hold.

    `possible` is None where no state of knowledge moves the points.
    """
    taken: list[tuple[Bool, Part]] = []
    for number, (tree, (must, _)) in enumerate(zip(leaf.trees, halves, strict=True)):
        if tree is True:
            others = [
                cells.every([may, cells.no(before)])
                for (before, may), outcome in zip(halves[:number], outcomes[:number], strict=True)
                if outcome != outcomes[number]
            ]
            taken.append((cells.no(cells.some(others)), outcomes[number]))
        else:
            taken.append((must, outcomes[number]))
    rule = item.missing.rule
    numbers = [value for value in leaf.gives if isinstance(value, int)]
    rising = sorted(set(numbers))
    bit = {value: 1 << place for place, value in enumerate(leaf.gives)}
    if rule in ("forbids", "left out"):
        fallback: Part = None
    elif rule == "lowest":
        assert possible is not None
        fallback = cells.cases([(cells.has(possible, bit[value]), by_value[value]) for value in rising], None)
    else:
        fallback = None if item.missing.gives is None else by_value[item.missing.gives]
    wanted = cells.cases(taken, fallback)
    if possible is None:
        return wanted
    if not whole:
        return _only_one(leaf, wanted, by_value, bit, possible)
    if not rising:
        return wanted
    low = cells.cases([(cells.has(possible, bit[value]), value) for value in rising], None)
    high = cells.cases([(cells.has(possible, bit[value]), value) for value in reversed(rising)], None)
    if isinstance(wanted, int) and not isinstance(low, Cell) and not isinstance(high, Cell):
        return max(min(wanted, high), low) if isinstance(low, int) and isinstance(high, int) else wanted
    return _clamped(wanted, low, high)


def _clamped(wanted: Part, low: Part, high: Part) -> Part:
    """Points moved to the nearer end of what is possible; where nothing is possible they stay."""
    if wanted is None:
        return None
    below = cells.combine(lambda a, b: a < b, _value(wanted), low) if low is not None else False
    above = cells.combine(lambda a, b: a > b, _value(wanted), high) if high is not None else False
    return cells.cases([(below, low), (above, high)], wanted)


def _value(part: Part) -> Part:
    """A figure that stands on the left of a comparison has to be an Ibis value."""
    return part if isinstance(part, Cell) else Cell(lambda _: cells.ibis().literal(part, type=cells.WHOLE), 0)


def _only_one(
    leaf: Leaf, wanted: Part, by_value: dict[int | str, Any], bit: dict[int | str, int], possible: Whole
) -> Part:
    """A code that is not possible gives way to the only one that is."""
    if wanted is None:
        return None
    rows: list[tuple[Bool, Part]] = []
    for value in leaf.gives:
        only = _is(possible, bit[value])
        rows.append((cells.every([only, cells.no(cells.null(wanted))]), by_value[value]))
    return cells.cases(rows, wanted)


def _is(possible: Whole, mask: int) -> Bool:
    return cells.combine(lambda a: a == mask, possible) if isinstance(possible, Cell) else possible == mask
