"""A naive scorer: complete facts only, straight from the definitions, sharing no code with the engine.

It walks the predicate trees as written, takes the first option that holds and adds up. Ranges are found by trying
completions one by one, numbers on a grid fine enough for the cut points in use.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from dechallenge.logic.instrument import Category, Computed, Highest, Instrument, Item, Sum, Tables
from dechallenge.logic.predicates import Always, And, AtLeast, Compare, Not, OneOf, Or, Predicate
from dechallenge.logic.quantities import (
    Arithmetic,
    Constant,
    Function,
    Indicator,
    Maximum,
    Minimum,
    Picked,
    Quantity,
)
from dechallenge.logic.terms import Derived, Flag, Number

Value = Fraction | bool | str
Complete = Mapping[str, Value]
Outcome = int | str | None


def holds(predicate: Predicate, facts: Complete) -> bool:
    """Whether a predicate holds on complete facts."""
    if isinstance(predicate, Always):
        return True
    if isinstance(predicate, Flag):
        return facts[predicate.name] is True
    if isinstance(predicate, OneOf):
        return facts[predicate.term.name] in predicate.values
    if isinstance(predicate, Not):
        return not holds(predicate.part, facts)
    if isinstance(predicate, And):
        return all(holds(part, facts) for part in predicate.parts)
    if isinstance(predicate, Or):
        return any(holds(part, facts) for part in predicate.parts)
    if isinstance(predicate, AtLeast):
        return sum(holds(part, facts) for part in predicate.parts) >= predicate.count
    assert isinstance(predicate, Compare)
    left, right = worth(predicate.left, facts), worth(predicate.right, facts)
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[predicate.operator]


def worth(quantity: Quantity | float, facts: Complete) -> Fraction:
    """The value of a quantity on complete facts."""
    if isinstance(quantity, int | float):
        return Fraction(str(quantity))
    if isinstance(quantity, Derived):
        assert quantity.formula is not None
        value = worth(quantity.formula, facts)
        if quantity.rounds is not None:
            scale = 10**quantity.rounds
            value = Fraction(math.floor(value * scale + Fraction(1, 2)), scale)
        return value
    if isinstance(quantity, Number):
        given = facts[quantity.name]
        assert isinstance(given, Fraction)
        return given
    if isinstance(quantity, Maximum | Minimum):
        choose = max if isinstance(quantity, Maximum) else min
        return choose(worth(part, facts) for part in quantity.parts)
    if isinstance(quantity, Constant):
        return Fraction(str(quantity.value))
    if isinstance(quantity, Indicator):
        return Fraction(int(holds(quantity.when, facts)))
    if isinstance(quantity, Picked):
        return next(Fraction(str(n)) for value, n in quantity.numbers if value == facts[quantity.choice.name])
    if isinstance(quantity, Function):
        functions = {"ln": math.log, "log10": math.log10, "sqrt": math.sqrt, "exp": math.exp}
        return Fraction(functions[quantity.name](float(worth(quantity.part, facts))))
    assert isinstance(quantity, Arithmetic)
    left, right = worth(quantity.left, facts), worth(quantity.right, facts)
    if quantity.operator == "/":
        return left / right
    return {"+": left + right, "-": left - right, "*": left * right}[quantity.operator]


def outcome(item: Item, facts: Complete) -> Outcome:
    """What an item gives on complete facts; None when no option holds."""
    return next((option.gives for option in item.options if holds(option.when, facts)), None)


def verdict(instrument: Instrument, facts: Complete, active: list[Item] | None = None) -> int | str | None:
    """Total, grade, category or code on complete facts; None when it does not apply."""
    if not all(holds(entry.when, facts) for entry in instrument.entry):
        return None
    leaves = list(instrument.leaves) if active is None else active
    found = {leaf.id: outcome(leaf, facts) for leaf in leaves}
    if any(value is None for value in found.values()):
        return None
    result = instrument.result
    if isinstance(result, Sum):
        points = [int(value) for value in found.values() if value is not None]
        if result.knockout is not None and result.knockout in points:
            return result.knockout
        return sum(points) if result.least is None else max(sum(points), result.least)
    if isinstance(result, Highest):
        return max((int(value) for value in found.values() if value is not None), default=None)
    if isinstance(result, Category | Computed):
        return found[result.item]
    assert isinstance(result, Tables)
    codes = {name: str(value) for name, value in found.items()}
    for table in result.tables:
        for row, cells in table.lines:
            for header, cell in zip(table.header, cells, strict=True):
                wanted = zip(table.columns, header, strict=True)
                if codes[table.rows] == row and all(value in ("*", codes[name]) for name, value in wanted):
                    codes[table.gives] = cell
    return result.template.format_map(codes)


def comparisons(predicate: Predicate) -> Iterator[Compare]:
    """Every comparison in a predicate."""
    if isinstance(predicate, Compare):
        yield predicate
    elif isinstance(predicate, Not):
        yield from comparisons(predicate.part)
    elif isinstance(predicate, And | Or | AtLeast):
        for part in predicate.parts:
            yield from comparisons(part)


def names_in(predicate: Predicate) -> Iterator[str]:
    """The names of the terms in a predicate."""
    if isinstance(predicate, Flag):
        yield predicate.name
    elif isinstance(predicate, OneOf):
        yield predicate.term.name
    elif isinstance(predicate, Compare):
        yield from numbers_in(predicate.left)
        yield from numbers_in(predicate.right)
    elif isinstance(predicate, Not):
        yield from names_in(predicate.part)
    elif isinstance(predicate, And | Or | AtLeast):
        for part in predicate.parts:
            yield from names_in(part)


def numbers_in(quantity: Quantity | float) -> Iterator[str]:
    """The names of the terms in a quantity."""
    if isinstance(quantity, Derived):
        assert quantity.formula is not None
        yield from numbers_in(quantity.formula)
    elif isinstance(quantity, Number):
        yield quantity.name
    elif isinstance(quantity, Maximum | Minimum):
        for part in quantity.parts:
            yield from numbers_in(part)
    elif isinstance(quantity, Function):
        yield from numbers_in(quantity.part)
    elif isinstance(quantity, Indicator):
        yield from names_in(quantity.when)
    elif isinstance(quantity, Picked):
        yield quantity.choice.name
    elif isinstance(quantity, Arithmetic):
        yield from numbers_in(quantity.left)
        yield from numbers_in(quantity.right)


def predicates(instrument: Instrument) -> list[Predicate]:
    """Every predicate of an instrument."""
    return [e.when for e in instrument.entry] + [o.when for leaf in instrument.leaves for o in leaf.options]


def completions(instrument: Instrument, candidates: Mapping[str, list[Value]]) -> Iterator[Complete]:
    """Completions of the facts: every combination of the candidates, those of linked numbers thinned to one for each
    pattern of answers to the comparisons."""
    asked = [c for predicate in predicates(instrument) for c in comparisons(predicate)]
    groups: list[set[str]] = [{name} for name in candidates]
    for comparison in asked:
        linked = {name for side in (comparison.left, comparison.right) for name in numbers_in(side)}
        touched = [group for group in groups if group & linked]
        groups = [group for group in groups if not group & linked] + [set().union(*touched)]
    pools: list[list[dict[str, Value]]] = []
    for group in groups:
        names = sorted(group)
        mine = [c for c in asked if set(numbers_in(c.left)) | set(numbers_in(c.right)) <= group]
        seen: dict[tuple[object, ...], dict[str, Value]] = {}
        for values in product(*(candidates[name] for name in names)):
            facts = dict(zip(names, values, strict=True))
            pattern = tuple(holds(c, facts) for c in mine) if mine else values
            seen.setdefault(pattern, facts)
        pools.append(list(seen.values()))
    for parts in product(*pools):
        yield {name: value for part in parts for name, value in part.items()}
