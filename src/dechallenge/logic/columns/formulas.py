"""Formulas in every row: derived numbers, and the number that an item reports, at the points and between the limits.

The same rules as `derived.py` and `numeric.py`: an input that raises or lowers the result is tried at the end that
matters, any other at both ends, a choice at each possible value. A result that is not a number is NULL here.
Imports `cells`, `inputs`, `derived` and the language.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from dechallenge.errors import DechallengeError
from dechallenge.logic import derived, numeric
from dechallenge.logic.columns import cells
from dechallenge.logic.columns.cells import Bool, Cell, Part, Real, Sheet
from dechallenge.logic.columns.inputs import LARGEST, ChoiceInput, FlagInput, Input, NumberInput
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

Values = Mapping[str, Part]
"""For each input of a formula its value: a number, an answer, or the name of a choice's value."""
CORNERS_AT_MOST = 4096


def read_derived(sheet: Sheet, term: Derived, inputs: Mapping[str, Input]) -> NumberInput:
    """A derived number of every row, from its inputs."""
    asked = derived.inputs(term)
    key = ("derived", term.name)
    known = sheet.once((*key, "known"), lambda: cells.some([cells.no(inputs[one.name].empty) for one in asked]))
    point = sheet.once((*key, "point"), lambda: _point(sheet, term, asked, inputs))
    low = sheet.once((*key, "least"), lambda: _limit(sheet, term, asked, inputs, -1))
    high = sheet.once((*key, "most"), lambda: _limit(sheet, term, asked, inputs, 1))
    # A limit that is no number leaves both ends open, as in the one-case engine; a point keeps its place between them.
    broken = sheet.once((*key, "broken"), lambda: cells.some([cells.null(low), cells.null(high)]))
    low = sheet.once((*key, "low end"), lambda: _end(known, broken, low, point, cells.least))
    high = sheet.once((*key, "high end"), lambda: _end(known, broken, high, point, cells.greatest))
    bottom = sheet.once((*key, "low"), lambda: cells.first_known([low, term.low]))
    top = sheet.once((*key, "high"), lambda: cells.first_known([high, term.high]))
    stated = (
        sheet.once((*key, "stated low"), lambda: cells.first_known([point, bottom])),
        sheet.once((*key, "stated high"), lambda: cells.first_known([point, top])),
    )
    empty = sheet.once((*key, "empty"), lambda: cells.every([cells.null(part) for part in (point, low, high)]))
    return NumberInput(point, bottom, top, stated, empty, True)


def _end(known: Bool, broken: Bool, end: Part, point: Part, choose: Any) -> Part:
    """An end of the interval: open where it is infinite or no number, and never inside the point."""
    usable = cells.every([known, cells.no(broken), _finite(end)])
    within = cells.cases(
        [(cells.no(cells.null(point)), choose([part for part in (end, point) if part is not None]))], end, cells.REAL
    )
    outside = cells.cases([(known, point)], None, cells.REAL)
    return cells.cases([(usable, within)], outside, cells.REAL)


def _finite(part: Part) -> Bool:
    if isinstance(part, Cell):
        return cells.combine(lambda a: (a.abs() <= LARGEST).fill_null(False), part)
    return isinstance(part, float | int) and math.isfinite(part)


def _point(sheet: Sheet, term: Derived, asked: Sequence[Term], inputs: Mapping[str, Input]) -> Part:
    rows: list[tuple[Bool, Part]] = []
    for guards, values in _each_choice(asked, inputs, lambda choice, place: _alone(inputs, choice, place)):
        stated: list[Bool] = []
        points: dict[str, Part] = dict(values)
        for one in asked:
            given = inputs[one.name]
            if isinstance(given, NumberInput):
                points[one.name] = given.point
                stated.append(cells.no(cells.null(given.point)))
            elif isinstance(given, FlagInput):
                points[one.name] = given.must
                stated.append(cells.no(given.empty))
        if any(points[one.name] is None for one in asked):
            return None
        found = _kept(sheet, _worth(term, points))
        rows.append((cells.every([*guards, *stated, _finite(found)]), found))
    return cells.cases(rows, None, cells.REAL)


def _limit(sheet: Sheet, term: Derived, asked: Sequence[Term], inputs: Mapping[str, Input], side: int) -> Part:
    """The lowest (side −1) or highest value; NULL where some corner has none."""
    found: list[Part] = []
    wrong: list[Bool] = []
    for guards, values in _each_choice(asked, inputs, lambda choice, place: _possible(inputs, choice, place)):
        ends = [_ends(term, one, inputs[one.name], side) for one in asked if one.name not in values]
        names = [one.name for one in asked if one.name not in values]
        for corner in product(*ends):
            worth = _kept(sheet, _worth(term, {**values, **dict(zip(names, corner, strict=True))}))
            allowed = cells.every(guards)
            bad = cells.some([cells.null(worth), _not_a_number(worth)])
            wrong.append(cells.every([allowed, bad]))
            nothing = -side * math.inf
            found.append(cells.cases([(cells.every([allowed, cells.no(bad)]), worth)], nothing, cells.REAL))
    extreme = cells.least(found) if side < 0 else cells.greatest(found)
    return cells.cases([(cells.some(wrong), None)], extreme, cells.REAL)


def _not_a_number(part: Part) -> Bool:
    if isinstance(part, Cell):
        return cells.combine(lambda a: a.isnan().fill_null(False), part)
    return isinstance(part, float) and math.isnan(part)


def _kept(sheet: Sheet, part: Part) -> Part:
    return sheet.keep(part)  # type: ignore[no-any-return]


def _ends(term: Derived, one: Term, given: Input, side: int) -> tuple[Part, ...]:
    sign = derived.direction(term, one.name)
    if isinstance(given, NumberInput):
        ends: tuple[Part, Part] = (
            -math.inf if given.low is None else given.low,
            math.inf if given.high is None else given.high,
        )
    else:
        assert isinstance(given, FlagInput)
        ends = (given.must, given.may)
    if sign == 0:
        return ends
    return (ends[0 if sign * side < 0 else 1],)


def _each_choice(
    asked: Sequence[Term], inputs: Mapping[str, Input], guard: Any
) -> list[tuple[list[Bool], dict[str, Part]]]:
    """Every combination of values of the choices, each with the conditions under which it counts."""
    choices = [one for one in asked if isinstance(one, Choice)]
    found: list[tuple[list[Bool], dict[str, Part]]] = []
    for places in product(*(range(len(choice.values)) for choice in choices)):
        chosen = list(zip(choices, places, strict=True))
        guards = [guard(choice, place) for choice, place in chosen]
        found.append((guards, {choice.name: choice.values[place] for choice, place in chosen}))
    if len(found) > CORNERS_AT_MOST:
        raise DechallengeError("the formula has too many choices for columns")
    return found


def _possible(inputs: Mapping[str, Input], choice: Choice, place: int) -> Bool:
    given = inputs[choice.name]
    assert isinstance(given, ChoiceInput)
    return cells.has(given.possible, 1 << place)


def _alone(inputs: Mapping[str, Input], choice: Choice, place: int) -> Bool:
    given = inputs[choice.name]
    assert isinstance(given, ChoiceInput)
    if isinstance(given.possible, int):
        return given.possible == 1 << place
    return cells.combine(lambda a: a == 1 << place, given.possible)


def _worth(quantity: Quantity | float, values: Values) -> Part:
    """The value of a quantity on values of its inputs; NULL or not a number where it has none."""
    if not isinstance(quantity, Quantity):
        return float(quantity)
    match quantity:
        case Constant(value):
            return value
        case Derived():
            assert quantity.formula is not None
            return _rounded(_worth(quantity.formula, values), quantity.rounds)
        case Number():
            return values[quantity.name]
        case Maximum(parts):
            return cells.greatest([_worth(part, values) for part in parts])  # type: ignore[no-any-return]
        case Minimum(parts):
            return cells.least([_worth(part, values) for part in parts])  # type: ignore[no-any-return]
        case Indicator(when):
            return cells.cases([(_holds(when, values), 1.0)], 0.0, cells.REAL)
        case Picked(choice, numbers):
            return dict(numbers)[str(values[choice.name])]
        case Function(name, part):
            return _function(name, _worth(part, values))
        case Arithmetic(operator, left, right):
            tame = not (_may_be_infinite(left) or _may_be_infinite(right))
            return _arithmetic(operator, _worth(left, values), _worth(right, values), tame=tame)
    raise DechallengeError(f"no engine knows the quantity {type(quantity).__name__}")


def _holds(predicate: Predicate, values: Values) -> Bool:
    match predicate:
        case Always():
            return True
        case Flag():
            return values[predicate.name]  # type: ignore[return-value]
        case OneOf(term, wanted):
            return values[term.name] in wanted
        case Not(part):
            return cells.no(_holds(part, values))
        case And(parts):
            return cells.every([_holds(part, values) for part in parts])
        case Or(parts):
            return cells.some([_holds(part, values) for part in parts])
        case AtLeast(count, parts):
            total = cells.plus([cells.number(_holds(part, values)) for part in parts])
            return cells.combine(lambda a: a >= count, total) if isinstance(total, Cell) else total >= count  # type: ignore[operator]
        case Compare(left, operator, right):
            return _compare(_worth(left, values), operator, _worth(right, values))
    raise DechallengeError(f"no engine knows the predicate {type(predicate).__name__}")


def _compare(left: Part, operator: str, right: Part) -> Bool:
    tests: dict[str, Any] = {
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
    }
    if not isinstance(left, Cell) and not isinstance(right, Cell):
        return bool(tests[operator](left, right))
    return cells.combine(lambda a, b: tests[operator](a, b).fill_null(False), _real(left), right)


def _real(part: Part) -> Cell:
    """A part as an Ibis value, so that it can stand on the left."""
    return part if isinstance(part, Cell) else Cell(lambda _: cells.ibis().literal(part, type=cells.REAL), 0)


def _rounded(part: Part, decimals: int | None) -> Part:
    if decimals is None:
        return part
    if not isinstance(part, Cell):
        return derived.rounded(part, decimals) if isinstance(part, float | int) else None
    factor = 10.0**decimals

    def make(value: Any) -> Any:
        # Large and infinite numbers are left as they are: rounding them would leave the whole numbers of the backend.
        plain = cells.ibis().ifelse(value.abs() < 1e12, value, None)
        return cells.ibis().coalesce((plain * factor + (0.5 + 1e-9)).floor().cast(cells.REAL) / factor, value)

    return combine_real(make, part)


def combine_real(make: Any, *parts: Part) -> Cell:
    """An expression of real numbers; plain figures become Ibis values first."""
    return cells.combine(lambda *values: make(*values).cast(cells.REAL), *(_real(part) for part in parts))


def _function(name: str, part: Part) -> Part:
    if not isinstance(part, Cell):
        return derived._function(name, float(part)) if isinstance(part, float | int) else None

    def make(value: Any) -> Any:
        ibis = cells.ibis()
        if name == "exp":
            small = ibis.ifelse(value <= 700, value, None)
            return ibis.ifelse(value > 700, math.inf, small.exp())
        if name == "sqrt":
            return ibis.ifelse(value >= 0, value, None).sqrt()
        positive = ibis.ifelse(value > 0, value, None)
        return ibis.ifelse(value == 0, -math.inf, positive.ln() if name == "ln" else positive.log10())

    return combine_real(make, part)


def _may_be_infinite(quantity: Quantity | float) -> bool:
    """Whether the quantity holds a number (its ends may be open), a logarithm or a division."""
    match quantity:
        case Number() | Function():
            return True
        case Maximum(parts) | Minimum(parts):
            return any(_may_be_infinite(part) for part in parts)
        case Arithmetic(operator, left, right):
            return operator == "/" or _may_be_infinite(left) or _may_be_infinite(right)
    return False


def _arithmetic(operator: str, left: Part, right: Part, *, tame: bool = False) -> Part:
    """The result column; `tame` = no side can be infinite, so that nought times it needs no rule of its own."""
    if left is None or right is None:
        return None
    if not isinstance(left, Cell) and not isinstance(right, Cell):
        return derived._arithmetic(operator, float(left), float(right))

    def make(a: Any, b: Any) -> Any:
        ibis = cells.ibis()
        if operator == "+":
            return a + b
        if operator == "-":
            return a - b
        if operator == "*" and tame:
            return a * b
        if operator == "*":
            return ibis.ifelse((a == 0) | (b == 0), 0.0, a * b)
        infinite = ibis.cases((a > 0, math.inf), (a < 0, -math.inf), else_=ibis.null(cells.REAL))
        return ibis.ifelse(b == 0, infinite, a / ibis.ifelse(b == 0, None, b))

    return combine_real(make, left, right)


def reported_point(sheet: Sheet, quantity: Quantity, inputs: Mapping[str, Input]) -> Part:
    """The number that an item reports, on the printed points; NULL when one is missing, or for a division by zero."""
    points = {term.name: _numbers(inputs, term).point for term in numeric.terms_of(quantity)}
    if any(point is None for point in points.values()):
        return None
    low, high = _spread(quantity, {name: (point, point) for name, point in points.items()})
    low, high = sheet.keep(low), sheet.keep(high)
    known = [cells.no(cells.null(point)) for point in points.values()]
    equal = _compare(low, ">=", high)
    return cells.cases([(cells.every([*known, _finite(low), equal]), low)], None, cells.REAL)


def reported_limits(sheet: Sheet, quantity: Quantity, inputs: Mapping[str, Input]) -> tuple[Part, Part]:
    """Between which limits it can lie; NULL = no limit, or one of the numbers is unknown."""
    terms = tuple(numeric.terms_of(quantity))
    spans: dict[str, tuple[Part, Part]] = {}
    for term in terms:
        given = _numbers(inputs, term)
        spans[term.name] = (
            -math.inf if given.low is None else given.low,
            math.inf if given.high is None else given.high,
        )
    low, high = _spread(quantity, spans)
    low, high = sheet.keep(low), sheet.keep(high)
    known = [cells.no(_numbers(inputs, term).empty) for term in terms]
    return (
        cells.cases([(cells.every([*known, _finite(low)]), low)], None, cells.REAL),
        cells.cases([(cells.every([*known, _finite(high)]), high)], None, cells.REAL),
    )


def _numbers(inputs: Mapping[str, Input], term: Number) -> NumberInput:
    found = inputs[term.name]
    assert isinstance(found, NumberInput)
    return found


def _spread(quantity: Quantity | float, spans: Mapping[str, tuple[Part, Part]]) -> tuple[Part, Part]:
    """Interval arithmetic, as in `numeric.py`; a division by zero gives infinity."""
    if not isinstance(quantity, Quantity):
        return float(quantity), float(quantity)
    if isinstance(quantity, Number):
        return spans[quantity.name]
    if isinstance(quantity, Maximum):
        parts = [_spread(part, spans) for part in quantity.parts]
        return cells.greatest([low for low, _ in parts]), cells.greatest([high for _, high in parts])
    if not isinstance(quantity, Arithmetic):
        raise DechallengeError(f"no engine reports the quantity {type(quantity).__name__}")
    left, right = _spread(quantity.left, spans), _spread(quantity.right, spans)
    if quantity.operator == "+":
        return _arithmetic("+", left[0], right[0]), _arithmetic("+", left[1], right[1])
    if quantity.operator == "-":
        return _arithmetic("-", left[0], right[1]), _arithmetic("-", left[1], right[0])
    corners = [_corner(quantity.operator, a, b) for a in dict.fromkeys(left) for b in dict.fromkeys(right)]
    return cells.least(corners), cells.greatest(corners)


def _corner(operator: str, left: Part, right: Part) -> Part:
    if operator == "*":
        return _arithmetic("*", left, right)
    if not isinstance(left, Cell) and not isinstance(right, Cell):
        assert isinstance(left, float | int) and isinstance(right, float | int)
        return numeric._corner(operator, float(left), float(right))

    def make(a: Real, b: Any) -> Any:
        ibis = cells.ibis()
        divided = a / ibis.ifelse(b == 0, None, b)
        return ibis.cases((b == 0, ibis.literal(math.inf)), (b.abs() > LARGEST, ibis.literal(0.0)), else_=divided)

    return combine_real(make, left, right)
