"""The truth of atoms and trees in every row, as two plain halves: it must hold, it may hold.

Known to hold is (yes, yes), known to fail (no, no), unknown (no, yes); so three-valued logic becomes columns of two
values. Imports `cells`, `grid`, `inputs` and the atoms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dechallenge.logic.atoms import TOLERANCE, Among, Atom, Atoms, Cut, Multiple, Tree, Yes, branches, edge
from dechallenge.logic.columns import cells, grid
from dechallenge.logic.columns.cells import Bool, Real, Sheet, Whole
from dechallenge.logic.columns.inputs import ChoiceInput, FlagInput, Input, NumberInput
from dechallenge.logic.terms import Choice

Halves = tuple[Bool, Bool]


def reaches(value: Real, limit: Real, strict: bool, *, unlimited: bool) -> Bool:
    """Whether the value is at least (strict: above) the limit, with the package's tolerance.

    Args:
        unlimited: The answer where the value or the limit has no end.
    """
    if value is None or limit is None:
        return unlimited
    if isinstance(limit, float | int):
        border: Any = edge(limit, strict)
    else:
        border = cells.combine(lambda x: _edge(x, strict), limit)
    if not isinstance(value, cells.Cell) and not isinstance(border, cells.Cell):
        return bool(value > border if strict else value >= border)
    return cells.combine((lambda a, b: a > b) if strict else (lambda a, b: a >= b), _literal(value), _literal(border))


def _edge(limit: Any, strict: bool) -> Any:
    size = limit.abs()
    margin = TOLERANCE * cells.ibis().ifelse(size > 1.0, size, 1.0)
    return limit + margin if strict else limit - margin


def _literal(value: Any) -> Any:
    """A number that stands on the left of a comparison has to be an Ibis value."""
    if isinstance(value, cells.Cell):
        return value
    return cells.Cell(lambda _: cells.ibis().literal(float(value), type=cells.REAL), 0)


def at_most(value: Real, limit: float) -> Bool:
    """Whether a number is at most a figure, without tolerance."""
    if value is None:
        return False
    return cells.combine(lambda a: a <= limit, value) if isinstance(value, cells.Cell) else value <= limit


def times(value: Real, factor: float) -> Real:
    """A multiple of a number."""
    if isinstance(value, cells.Cell):
        return value if factor == 1.0 else cells.combine(lambda a: a * factor, value)
    return None if value is None else value * factor


class Truths:
    """The halves of an instrument's atoms and trees on the stated facts."""

    def __init__(self, sheet: Sheet, atoms: Atoms, inputs: Mapping[str, Input]) -> None:
        self._sheet = sheet
        self._atoms = atoms
        self._inputs = inputs

    def possible(self, choice: str) -> Whole:
        """The possible values of a choice, as bits."""
        answer = self._inputs[choice]
        assert isinstance(answer, ChoiceInput)
        return answer.possible

    def of(self, tree: Tree) -> Halves:
        """The halves of a tree, kept."""
        must = self._sheet.once(("must", tree), lambda: self._half(tree, 0))
        may = self._sheet.once(("may", tree), lambda: self._half(tree, 1))
        return must, may

    def _half(self, tree: Tree, half: int) -> Bool:
        if isinstance(tree, bool):
            return tree
        if isinstance(tree, int):
            return self._atom(self._atoms.atoms[tree])[half]
        head = tree[0]
        parts = branches(tree)
        if head == "!":
            return cells.no(self.of(parts[0])[1 - half])
        found = [self.of(part)[half] for part in parts]
        if head == "#":
            wanted = int(tree[1])  # type: ignore[arg-type]
            total = self._sheet.once(
                ("count", tree[2:], half), lambda: cells.plus([cells.number(part) for part in found])
            )
            return (
                cells.combine(lambda a: a >= wanted, total) if isinstance(total, cells.Cell) else bool(total >= wanted)
            )
        return cells.every(found) if head == "&" else cells.some(found)

    def _atom(self, atom: Atom) -> Halves:
        match atom:
            case Yes(flag):
                answer = self._inputs[flag]
                assert isinstance(answer, FlagInput)
                return answer.must, answer.may
            case Among(choice, values):
                return self._among(choice, values)
            case Cut(number, strict, value):
                steps = self._grid(number)
                if steps is not None:
                    least, most = steps.stated
                    return grid.reaches(least, value, strict), grid.reaches(most, value, strict)
                low, high = self._stated(number)
                return (
                    reaches(low, value, strict, unlimited=False),
                    reaches(high, value, strict, unlimited=True),
                )
            case Multiple(number, strict, factor, base):
                steps, under = self._grid(number), self._grid(base)
                if steps is not None and under is not None and grid.counts(under, steps, factor):
                    (least, most), (base_least, base_most) = steps.stated, under.stated
                    return (
                        grid.reaches_multiple(least, factor, base_most, strict),
                        grid.reaches_multiple(most, factor, base_least, strict),
                    )
                low, high = self._stated(number)
                base_low, base_high = self._stated(base)
                return (
                    reaches(low, times(base_high, factor), strict, unlimited=False),
                    reaches(high, times(base_low, factor), strict, unlimited=True),
                )

    def _among(self, choice: str, values: tuple[str, ...]) -> Halves:
        answer = self._inputs[choice]
        term = self._atoms.terms[choice]
        assert isinstance(answer, ChoiceInput) and isinstance(term, Choice)
        inside = sum(1 << place for place, value in enumerate(term.values) if value in values)
        outside = ((1 << len(term.values)) - 1) & ~inside
        return cells.no(cells.has(answer.possible, outside)), cells.has(answer.possible, inside)

    def _grid(self, name: str) -> grid.Grid | None:
        number = self._inputs[name]
        assert isinstance(number, NumberInput)
        return number.grid

    def _stated(self, name: str) -> tuple[Real, Real]:
        number = self._inputs[name]
        assert isinstance(number, NumberInput)
        return number.stated
