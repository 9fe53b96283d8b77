"""Derived numbers: published formulas worked out from the facts, at the stated values and between their limits.

The limits are exact for formulas without a turning point inside the limits of an input: an input that is declared to
raise or lower the result is tried at the end that matters, any other at both ends. Imports `facts`, `kleene`,
`explain` and the language.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import product

from dechallenge.logic import explain
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.kleene import interval
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
from dechallenge.logic.terms import Choice, Derived, Flag, Number, Term

Given = float | bool | str
Values = Mapping[str, Given]


@cache
def inputs(term: Derived) -> tuple[Term, ...]:
    """The facts that a formula starts from, each once, in order; formulas inside it are opened up."""
    assert term.formula is not None
    return tuple({found.name: found for found in _in_quantity(term.formula)}.values())


def base_terms(quantity: Quantity) -> tuple[Term, ...]:
    """The facts that any quantity starts from, each once, in order."""
    return tuple({found.name: found for found in _in_quantity(quantity)}.values())


def predicate_terms(predicate: Predicate) -> tuple[Term, ...]:
    """The facts that a predicate asks about, each once, in order; formulas are opened up."""
    return tuple({found.name: found for found in _in_predicate(predicate)}.values())


def with_derived(terms: Iterable[Derived], facts: Facts) -> Facts:
    """The facts with every derived number that something is known of; what was there of them is replaced."""
    made = [(term, derive(term, facts)) for term in terms]
    if not made:
        return facts
    kept = facts.without(*(term.name for term, _ in made))
    return kept.with_(*(fact for _, fact in made if fact is not None))


def derive(term: Derived, facts: Facts) -> Fact | None:
    """The value of a formula: its point when every input has one, and the limits over what is unknown.

    None when nothing is known of any input.
    """
    asked = inputs(term)
    known = [fact for one in asked if (fact := facts.get(one.name)) is not None and not fact.empty]
    if not known:
        return None
    point = _point(term, asked, facts)
    low, high = limits(term, facts)
    if point is not None:
        low = point if low is None else min(low, point)
        high = point if high is None else max(high, point)
    because, evidence = explain.because((one.name for one in asked), facts, {one.name: one for one in asked})
    return Fact(term, point=point, low=low, high=high, because=f"from {because}", evidence=evidence)


def worth(quantity: Quantity | float, values: Values) -> float:
    """The value of a quantity on complete values of its inputs; not a number where it has none.

    Args:
        values: The value of each input by its name.
    """
    return _program(quantity)(values)


def holds(predicate: Predicate, values: Values) -> bool:
    """Whether a predicate holds on complete values of its inputs."""
    return _test(predicate)(values)


Program = Callable[[Values], float]
Test = Callable[[Values], bool]


def _program(quantity: Quantity | float) -> Program:
    """The quantity as one function; that of a formula is made once."""
    if not isinstance(quantity, Quantity):
        figure = float(quantity)
        return lambda values: figure
    match quantity:
        case Constant(value):
            return lambda values: value
        case Derived():
            return _formula(quantity)
        case Number():
            name = quantity.name
            return lambda values: float(values[name])
        case Maximum(parts):
            inner = [_program(part) for part in parts]
            return lambda values: max([part(values) for part in inner])
        case Minimum(parts):
            inner = [_program(part) for part in parts]
            return lambda values: min([part(values) for part in inner])
        case Indicator(when):
            test = _test(when)
            return lambda values: 1.0 if test(values) else 0.0
        case Picked(choice, numbers):
            by_value, chosen = dict(numbers), choice.name
            return lambda values: by_value[str(values[chosen])]
        case Function(function, part):
            argument = _program(part)
            return lambda values: _function(function, argument(values))
        case Arithmetic(sign, left, right):
            one, other = _program(left), _program(right)
            return lambda values: _arithmetic(sign, one(values), other(values))
    raise TypeError(f"no engine knows the quantity {type(quantity).__name__}")


@cache
def _formula(term: Derived) -> Program:
    assert term.formula is not None
    program = _program(term.formula)
    return program if term.rounds is None else lambda values: rounded(program(values), term.rounds)


def _test(predicate: Predicate) -> Test:
    match predicate:
        case Always():
            return lambda values: True
        case Flag():
            name = predicate.name
            return lambda values: values[name] is True
        case OneOf(term, wanted):
            chosen = term.name
            return lambda values: values[chosen] in wanted
        case Not(part):
            inner = _test(part)
            return lambda values: not inner(values)
        case And(parts):
            tests = [_test(part) for part in parts]
            return lambda values: all(test(values) for test in tests)
        case Or(parts):
            tests = [_test(part) for part in parts]
            return lambda values: any(test(values) for test in tests)
        case AtLeast(count, parts):
            tests = [_test(part) for part in parts]
            return lambda values: sum(test(values) for test in tests) >= count
        case Compare(left, sign, right):
            one, other = _program(left), _program(right)
            compare = COMPARISONS[sign]
            return lambda values: compare(one(values), other(values))
    raise TypeError(f"no engine knows the predicate {type(predicate).__name__}")


COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def rounded(value: float, decimals: int | None) -> float:
    """Rounded as publications do (half up); the same in every engine."""
    if decimals is None or not math.isfinite(value):
        return value
    factor = 10.0**decimals
    return math.floor(value * factor + 0.5 + 1e-9) / factor


@cache
def direction(term: Derived, name: str) -> int:
    """+1 when the formula rises with this input, −1 when it falls, 0 when it may do either."""
    ways = set()
    for sign, listed in ((1, term.rises), (-1, term.falls)):
        for one in listed:
            if isinstance(one, Derived):
                if any(found.name == name for found in inputs(one)):
                    ways.add(sign * direction(one, name))
            elif one.name == name:
                ways.add(sign)
    return ways.pop() if len(ways) == 1 else 0


def _point(term: Derived, asked: tuple[Term, ...], facts: Facts) -> float | None:
    values: dict[str, Given] = {}
    for one in asked:
        fact = facts.get(one.name)
        stated = None if fact is None else fact.stated
        if stated is None:
            return None
        values[one.name] = stated
    found = worth(term, values)
    return found if math.isfinite(found) else None


def limits(term: Derived, facts: Facts) -> tuple[float | None, float | None]:
    """The lowest and highest value of a formula over all completions; None = no limit."""
    asked = inputs(term)
    least: dict[str, tuple[Given, ...]] = {}
    most: dict[str, tuple[Given, ...]] = {}
    for one in asked:
        ends = _ends(one, facts)
        sign = direction(term, one.name)
        if sign and isinstance(one, Choice):
            numbers = _picked(term, one.name)
            ends = tuple(sorted(ends, key=lambda value: numbers[str(value)]))
        least[one.name] = ends if sign == 0 else (ends[0] if sign > 0 else ends[-1],)
        most[one.name] = ends if sign == 0 else (ends[-1] if sign > 0 else ends[0],)
    lows = [worth(term, values) for values in _combinations(least)]
    highs = [worth(term, values) for values in _combinations(most)]
    low, high = min(lows), max(highs)
    if any(math.isnan(value) for value in (*lows, *highs)):
        return None, None
    return (low if math.isfinite(low) else None), (high if math.isfinite(high) else None)


def _ends(term: Term, facts: Facts) -> tuple[Given, ...]:
    """The values of an input that have to be tried, the lowest first."""
    fact = facts.get(term.name)
    if isinstance(term, Number):
        return tuple(dict.fromkeys(interval(facts, term, stated=False)))
    if isinstance(term, Flag):
        return (False, True) if fact is None or fact.value is None else (fact.value,)
    return term.values if fact is None else fact.possible


@cache
def _picked(term: Derived, name: str) -> dict[str, float]:
    """The numbers that the values of a choice stand for in a formula."""
    stack: list[Quantity | float | None] = [term.formula]
    while stack:
        match stack.pop():
            case Picked(choice, numbers) if choice.name == name:
                return dict(numbers)
            case Derived() as inner:
                stack.append(inner.formula)
            case Maximum(parts) | Minimum(parts):
                stack.extend(parts)
            case Function(_, part):
                stack.append(part)
            case Arithmetic(_, left, right):
                stack += [left, right]
    raise ValueError(f"{term.name}: {name} has a direction, but no numbers are picked by it")


def _combinations(ends: Mapping[str, tuple[Given, ...]]) -> Iterator[Values]:
    for chosen in product(*ends.values()):
        yield dict(zip(ends, chosen, strict=True))


def _in_quantity(quantity: Quantity | float) -> Iterator[Term]:
    match quantity:
        case Derived():
            yield from inputs(quantity)
        case Number():
            yield quantity
        case Maximum(parts) | Minimum(parts):
            for part in parts:
                yield from _in_quantity(part)
        case Function(_, part):
            yield from _in_quantity(part)
        case Indicator(when):
            yield from _in_predicate(when)
        case Picked(choice, _):
            yield choice
        case Arithmetic(_, left, right):
            yield from _in_quantity(left)
            yield from _in_quantity(right)


def _in_predicate(predicate: Predicate) -> Iterator[Term]:
    match predicate:
        case Flag():
            yield predicate
        case OneOf(term, _):
            yield term
        case Not(part):
            yield from _in_predicate(part)
        case And(parts) | Or(parts) | AtLeast(_, parts):
            for part in parts:
                yield from _in_predicate(part)
        case Compare(left, _, right):
            yield from _in_quantity(left)
            yield from _in_quantity(right)


def _function(name: str, value: float) -> float:
    if math.isnan(value):
        return value
    if name == "exp":
        return math.inf if value > 700 else math.exp(value)
    if value < 0:
        return math.nan
    if name == "sqrt":
        return math.sqrt(value)
    if value == 0:
        return -math.inf
    if math.isinf(value):
        return math.inf
    return math.log(value) if name == "ln" else math.log10(value)


def _arithmetic(operator: str, left: float, right: float) -> float:
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return 0.0 if 0.0 in (left, right) else left * right
    if right == 0:
        return math.nan if left == 0 else math.copysign(math.inf, left)
    return left / right
