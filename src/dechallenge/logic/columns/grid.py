"""Numbers on a fine grid: the ends of a row's interval as whole numbers of steps, made once from the columns.

Databases compare whole numbers many times faster than real ones, and an instrument asks each end many questions. A step
is 2^-40 (about 1e-12), a thousandth of the tolerance within which the engines take two numbers for equal. Terms whose
legal values reach too far for 64 bits stay real numbers. Imports `cells` and the atoms.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from typing import Any

from dechallenge.logic.atoms import TOLERANCE, edge
from dechallenge.logic.columns import cells
from dechallenge.logic.columns.cells import Bool, Cell, Sheet
from dechallenge.logic.terms import Number

STEPS = 1 << 40
"""Steps to one."""
KIND = "int64"
ILLEGAL = -(1 << 62)
NOTHING = ILLEGAL + 1
FARTHEST = 1 << 61
LARGEST_FACTOR = 64
# The tolerance as a product of whole numbers: x * 1e-9 = (x >> 20) * MARGIN >> 30.
MARGIN = round(TOLERANCE * (1 << 50))


@dataclass(frozen=True, slots=True)
class Grid:
    """A number of every row, in steps; an end that is not told lies one step beyond the legal values.

    Attributes:
        low, high: The ends of the closed interval.
        stated: The same, or the point where there is one.
        legal: What is given can be true of the term.
        least, most: The legal values.
    """

    low: Cell
    high: Cell
    stated: tuple[Cell, Cell]
    legal: Bool
    least: float
    most: float


def read(sheet: Sheet, term: Number, point: Cell | None, low: Cell | None, high: Cell | None) -> Grid | None:
    """The columns of a number on the grid; None where the grid is too short for the term."""
    if term.low is None or term.high is None or max(-term.low, term.high) * STEPS >= FARTHEST:
        return None
    key = ("grid", term.name)
    bottom, top = math.floor(term.low * STEPS) - 1, math.floor(term.high * STEPS) + 1
    given = [part for part in (low, point, high) if part is not None]
    on_grid: dict[Cell, Cell] = {}
    for part, name, missing in ((point, "point", NOTHING), (low, "least", bottom), (high, "most", top)):
        if part is not None:
            on_grid[part] = sheet.once((*key, name), partial(_steps, part, term, missing))
    legal = sheet.once((*key, "legal"), lambda: cells.combine(_legal, *given, *(on_grid[part] for part in given)))
    least = bottom if low is None else on_grid[low]
    most = top if high is None else on_grid[high]
    if point is None:
        ends = (_cell(least), _cell(most))
        return Grid(*ends, ends, legal, term.low, term.high)
    at = on_grid[point]
    known = sheet.once((*key, "known"), lambda: cells.combine(lambda a: _all_bits(a > NOTHING), at))
    stated = (
        sheet.once((*key, "stated low"), lambda: cells.combine(_chosen, known, at, _cell(least))),
        sheet.once((*key, "stated high"), lambda: cells.combine(_chosen, known, at, _cell(most))),
    )
    if low is None and high is None:
        return Grid(*stated, stated, legal, term.low, term.high)
    # A point alone is exact; beside an end it is only what is printed.
    alone: list[Bool] = []
    alone += [cells.combine(lambda a: a == bottom, least)] if isinstance(least, Cell) else []
    alone += [cells.combine(lambda a: a == top, most)] if isinstance(most, Cell) else []
    exact = sheet.once((*key, "exact"), lambda: cells.combine(lambda a, b: a & _all_bits(b), known, cells.every(alone)))
    ends = (
        sheet.once((*key, "low"), lambda: cells.combine(_chosen, exact, at, _cell(least))),
        sheet.once((*key, "high"), lambda: cells.combine(_chosen, exact, at, _cell(most))),
    )
    return Grid(*ends, stated, legal, term.low, term.high)


def _cell(part: Cell | int) -> Cell:
    return part if isinstance(part, Cell) else Cell(lambda _: cells.ibis().literal(part, type=KIND), 0)


def _steps(part: Cell, term: Number, missing: int) -> Cell:
    """The steps of a column; nothing beyond the legal values is ever counted, so that nothing overflows."""

    def make(value: Any) -> Any:
        ibis = cells.ibis()
        steps = (value * float(STEPS)).floor().cast(KIND)
        rows = ((value.between(term.low, term.high), steps), (value.isnull(), ibis.literal(missing, type=KIND)))
        return ibis.cases(*rows, else_=ibis.literal(ILLEGAL, type=KIND))

    return cells.combine(make, part)


def _legal(*parts: Any) -> Any:
    """The given ones ascend as far as they are told (an unknown value violates nothing), and none is illegal."""
    given, on_grid = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    wrong = [one > other for place, one in enumerate(given) for other in given[place + 1 :]]
    wrong += [part == ILLEGAL for part in on_grid]
    return cells.ibis().cases((reduce(operator.or_, wrong), False), else_=True)


def _all_bits(condition: Any) -> Any:
    return -condition.cast(KIND)


def _chosen(bits: Any, one: Any, other: Any) -> Any:
    """`one` where all bits are set, `other` where none is; several times faster than asking for each row."""
    return other ^ ((other ^ one) & bits)


def reaches(value: Cell, limit: float, strict: bool) -> Bool:
    """Whether an end is at least (strict: above) a figure, with the package's tolerance."""
    border = math.ceil(edge(limit, strict) * STEPS)
    return cells.combine(lambda a: a >= border, value)


def counts(base: Grid, number: Grid, factor: float) -> bool:
    """Whether the grid can compare the number with this multiple of the base."""
    share = Fraction(factor).limit_denominator(LARGEST_FACTOR)
    farthest = max(share.numerator * base.most, share.denominator * max(number.most, -number.least))
    return (
        base.least >= 0
        and float(share) == factor
        and 0 < share.numerator <= LARGEST_FACTOR
        and farthest * STEPS < FARTHEST
    )


def reaches_multiple(value: Cell, factor: float, base: Cell, strict: bool) -> Bool:
    """Whether an end is at least (strict: above) a multiple of the end of a base, with the package's tolerance."""
    share = Fraction(factor).limit_denominator(LARGEST_FACTOR)
    one = share.denominator * STEPS

    def make(value: Any, base: Any) -> Any:
        ibis = cells.ibis()
        limit = base * share.numerator if share.numerator != 1 else base
        size = ibis.ifelse(limit > one, limit, one)
        margin = ((size >> 20) * MARGIN) >> 30
        held = value * share.denominator if share.denominator != 1 else value
        return held > limit + margin if strict else held >= limit - margin

    return cells.combine(make, value, base)


def positive(low: Cell, high: Cell, nearly: float) -> Cell:
    """The low end of a base: nought only where the base is nought for certain, else `nearly` at least."""

    def make(low: Any, high: Any) -> Any:
        ibis = cells.ibis()
        least = ibis.ifelse(high > 0, math.floor(nearly * STEPS), 0)
        return ibis.ifelse(low > 0, low, least).cast(KIND)

    return cells.combine(make, low, high)
