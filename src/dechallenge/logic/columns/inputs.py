"""What a table says of each term: the columns of a fact, read as bounds, sets of values or answers.

A number has up to three columns (`name` the point, `name_low`, `name_high`), a flag and a choice have one. A missing
column is an unknown fact, NULL an unknown value; a point alone is exact; several possible values of a choice are
separated by `|`. Imports `cells`, `grid`, the terms and the error family.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from dechallenge.errors import FactError
from dechallenge.logic.columns import cells, grid
from dechallenge.logic.columns.cells import Bool, Cell, Part, Real, Sheet, Whole
from dechallenge.logic.terms import Choice, Flag, Number, Term

BETWEEN = "|"
"""Stands between the values that are all possible."""

LARGEST = 1.7976931348623157e308
"""Beyond it a number is infinite, or none (backends count that as larger still)."""


@dataclass(frozen=True, slots=True)
class NumberInput:
    """A number of every row.

    Attributes:
        point: As printed; None where there is none.
        low, high: The closed interval within the legal values; None = no limit.
        stated: The interval, or the point where there is one.
        empty: Nothing is known.
        legal: What is given can be true of the term.
        grid: The same ends as whole numbers of steps, where there is such a grid for the term.
    """

    point: Real
    low: Real
    high: Real
    stated: tuple[Real, Real]
    empty: Bool
    legal: Bool
    grid: grid.Grid | None = None


@dataclass(frozen=True, slots=True)
class FlagInput:
    """A flag of every row: it must be yes, it may be yes."""

    must: Bool
    may: Bool
    empty: Bool
    legal: Bool = True


@dataclass(frozen=True, slots=True)
class ChoiceInput:
    """A choice of every row: bit n is set where the n-th value is possible."""

    possible: Whole
    empty: Bool
    legal: Bool


Input = NumberInput | FlagInput | ChoiceInput


def names_of(term: Term) -> tuple[str, ...]:
    """The columns in which a fact can stand."""
    return (term.name, f"{term.name}_low", f"{term.name}_high") if isinstance(term, Number) else (term.name,)


def read(sheet: Sheet, term: Term) -> Input:
    """What the table says of a term.

    Raises:
        FactError: A column of a type that cannot hold the fact.
    """
    if isinstance(term, Number):
        return _number(sheet, term)
    return _flag(sheet, term) if isinstance(term, Flag) else _choice(sheet, term)


def _number(sheet: Sheet, term: Number) -> NumberInput:
    point, low, high = (_real(sheet, name) for name in names_of(term))
    if point is None and low is None and high is None:
        return NumberInput(None, term.low, term.high, (term.low, term.high), True, True)
    alone_low = point if high is None else cells.cases([(cells.null(high), point)], None, cells.REAL)
    alone_high = point if low is None else cells.cases([(cells.null(low), point)], None, cells.REAL)
    key = ("number", term.name)
    bottom = sheet.once((*key, "low"), lambda: cells.first_known([low, alone_low, term.low]))
    top = sheet.once((*key, "high"), lambda: cells.first_known([high, alone_high, term.high]))
    stated = (bottom, top)
    if point is not None and (low is not None or high is not None):
        stated = (
            sheet.once((*key, "stated low"), lambda: cells.first_known([point, low, term.low])),
            sheet.once((*key, "stated high"), lambda: cells.first_known([point, high, term.high])),
        )
    single: Part = None
    if low is not None and high is not None:
        same = cells.combine(lambda a, b: a == b, low, high)
        single = cells.cases([(same, low)], None, cells.REAL)
    empty = sheet.once((*key, "empty"), lambda: cells.every([cells.null(part) for part in (point, low, high)]))
    steps = grid.read(sheet, term, point, low, high)
    legal = (
        sheet.once((*key, "legal"), lambda: _legal_number(term, (point, low, high), (bottom, top), stated))
        if steps is None
        else steps.legal
    )
    place = sheet.once((*key, "point"), lambda: cells.first_known([point, single]))
    return NumberInput(place, bottom, top, stated, empty, legal, steps)


def _real(sheet: Sheet, name: str) -> Cell | None:
    if name not in sheet.source.columns:
        return None
    kind = sheet.source.schema()[name]
    if kind.is_null():
        return None
    if not kind.is_numeric():
        raise FactError(f"the column holds {kind}, not numbers", place=name, next_step="Give numbers, NULL = unknown.")
    return sheet.column(name, cells.REAL)


def _legal_number(
    term: Number, given: Sequence[Cell | None], ends: tuple[Real, Real], stated: tuple[Real, Real]
) -> Bool:
    """The ends within the legal values and in order, the point between them (a wrong end puts another out of order)."""
    wrong: list[Bool] = []
    (bottom, top), (low, high) = ends, stated
    if term.low is not None:
        wrong.append(cells.combine(lambda a, b=term.low: a < b, bottom))
    if term.high is not None:
        wrong.append(cells.combine(lambda a, b=term.high: a > b, top))
    if sum(part is not None for part in given) > 1:
        wrong += [
            cells.combine(lambda a, b: a > b, one, other) for one, other in ((bottom, top), (bottom, low), (high, top))
        ]
    if term.low is None or term.high is None:
        wrong += [cells.combine(lambda a: ~(a.abs() <= LARGEST), part) for part in given if part is not None]
    # A comparison with an unknown value is unknown; only what is known to be wrong counts.
    return cells.no(cells.combine(lambda a: a.fill_null(False), cells.some(wrong)))


def _flag(sheet: Sheet, term: Flag) -> FlagInput:
    if term.name not in sheet.source.columns or sheet.source.schema()[term.name].is_null():
        return FlagInput(False, True, True)
    kind = sheet.source.schema()[term.name]
    if not kind.is_boolean():
        raise FactError(
            f"the column holds {kind}, not yes or no", place=term.name, next_step="Give booleans, NULL = unknown."
        )
    value = sheet.column(term.name)
    key = ("flag", term.name)
    return FlagInput(
        sheet.once((*key, "must"), lambda: cells.combine(lambda a: a.fill_null(False), value)),
        sheet.once((*key, "may"), lambda: cells.combine(lambda a: a.fill_null(True), value)),
        cells.null(value),
    )


def _choice(sheet: Sheet, term: Choice) -> ChoiceInput:
    anything = (1 << len(term.values)) - 1
    if term.name not in sheet.source.columns or sheet.source.schema()[term.name].is_null():
        return ChoiceInput(anything, True, True)
    kind = sheet.source.schema()[term.name]
    if not kind.is_string():
        raise FactError(
            f"the column holds {kind}, not words",
            place=term.name,
            next_step=f"Legal values: {', '.join((*term.values, *term.unknowns))}; NULL = unknown.",
        )
    given = sheet.column(term.name)
    read = sheet.once(("choice", term.name), lambda: cells.combine(lambda a: _possible(a, term), given))
    legal = sheet.once(("choice", term.name, "legal"), lambda: cells.combine(lambda a: a != 0, read))
    empty = sheet.once(("choice", term.name, "empty"), lambda: cells.combine(lambda a: a == anything, read))
    return ChoiceInput(read, empty, legal)


def _possible(given: Any, term: Choice) -> Any:
    """The set of values as bits; 0 for a word that the term does not have (such a row has no result)."""
    ibis = cells.ibis()
    anything = (1 << len(term.values)) - 1
    words: dict[str, int] = {value: 1 << place for place, value in enumerate(term.values)}
    words |= {word: anything for word in term.unknowns if word not in words}
    # Several words are rare: they are taken apart only in the rows that no single word fits.
    one = "|".join(re.escape(word) for word in words)
    wrapped = ibis.literal(BETWEEN) + given + ibis.literal(BETWEEN)
    found = ibis.literal(0, type=cells.WHOLE)
    for mask in dict.fromkeys(words.values()):
        marked = [wrapped.contains(f"{BETWEEN}{word}{BETWEEN}") for word, bits in words.items() if bits == mask]
        found = found | ibis.ifelse(reduce(operator.or_, marked), mask, 0)
    several = ibis.ifelse(given.re_search(f"^({one})(\\|({one}))*$"), found, 0)
    rows = [(given.isnull(), anything), *((given == word, mask) for word, mask in words.items())]
    return ibis.cases(*rows, else_=several).cast(cells.WHOLE)


def read_all(sheet: Sheet, terms: Mapping[str, Term]) -> dict[str, Input]:
    """What the table says of every term."""
    return {name: read(sheet, term) for name, term in terms.items()}
