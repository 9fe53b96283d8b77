"""Cells and the sheet they stand in: expressions of a table, computed once each, stage by stage.

A cell is an expression over columns of earlier stages, or a plain Python value where it is the same in every row.
What is used more than once is kept: it becomes a column of the next stage, so that no backend computes it twice.
Imports only the error family; Ibis itself is imported when the first sheet is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from dechallenge.errors import DechallengeError

Table = Any
"""An Ibis table."""
Expression = Any
"""An Ibis value."""

WHOLE = "int32"
REAL = "float64"


def ibis() -> Any:
    """The Ibis library.

    Raises:
        DechallengeError: It is not installed.
    """
    try:
        import ibis  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise DechallengeError(
            "scoring tables needs Ibis and DuckDB",
            place="dechallenge[population]",
            next_step="Install them with: pip install 'dechallenge[population]'.",
        ) from None
    return ibis


@contextmanager
def staged() -> Iterator[None]:
    """Inside, Ibis leaves the stages of a table as they are; merging them would make the query longer and slower."""
    options = ibis().options.sql
    before = options.fuse_selects
    options.fuse_selects = False
    try:
        yield
    finally:
        options.fuse_selects = before


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """An expression that may differ from row to row.

    Attributes:
        make: The expression on a table that has the columns of all earlier stages.
        depth: How many stages it needs below it.
        uses: The columns that it reads.
        name: The column that it is, when it is one.
    """

    make: Callable[[Table], Expression]
    depth: int
    uses: frozenset[str] = frozenset()
    name: str = ""


Part = Cell | bool | int | float | str | None
"""A cell, or a value that is the same in every row."""
Bool = Cell | bool
Whole = Cell | int
Real = Cell | float | None


def on(part: Part, table: Table) -> Any:
    """The part as something that Ibis takes."""
    return part.make(table) if isinstance(part, Cell) else part


def combine(make: Callable[..., Expression], *parts: Part) -> Cell:
    """An expression of several parts."""
    cells = [part for part in parts if isinstance(part, Cell)]
    depth = max((cell.depth for cell in cells), default=0)
    return Cell(lambda table: make(*(on(part, table) for part in parts)), depth, _uses(cells))


def _uses(cells: Iterable[Cell]) -> frozenset[str]:
    return frozenset().union(*(cell.uses for cell in cells))


@dataclass(slots=True)
class Sheet:
    """The columns worked out for one table, in stages."""

    source: Table
    stages: list[dict[str, Cell]] = field(default_factory=list)
    kept: dict[object, Part] = field(default_factory=dict)
    _mark: str = field(init=False)

    def __post_init__(self) -> None:
        self._mark = "_d"
        while any(name.startswith(self._mark) for name in self.source.columns):
            self._mark += "_"

    def column(self, name: str, kind: str | None = None) -> Cell:
        """A column of the source, as another type if `kind` is given."""
        uses = frozenset({name})
        if kind is None or str(self.source.schema()[name]) == kind:
            return Cell(lambda table: table[name], 0, uses, name)
        return Cell(lambda table: table[name].cast(kind), 0, uses)

    def keep(self, part: Part, key: object = None) -> Any:
        """The part as a column of its own; under a key it is made once."""
        if isinstance(part, Cell) and not part.name:
            while len(self.stages) <= part.depth:
                self.stages.append({})
            name = f"{self._mark}{sum(len(stage) for stage in self.stages)}"
            self.stages[part.depth][name] = part
            part = Cell(lambda table: table[name], part.depth + 1, frozenset({name}), name)
        if key is not None:
            self.kept[key] = part
        return part

    def once(self, key: object, build: Callable[[], Part]) -> Any:
        """What is kept under the key; built and kept when it is asked for first."""
        if key in self.kept:
            return self.kept[key]
        return self.keep(build(), key)

    def table(self, results: Mapping[str, tuple[Part, str]]) -> Table:
        """The source with the results, each with its type, added as columns.

        A stage has the columns of the source, and of those worked out only the ones that are read later.
        """
        source = list(self.source.columns)
        wanted = _uses(part for part, _ in results.values() if isinstance(part, Cell))
        plan: list[tuple[list[str], dict[str, Cell]]] = []
        for stage in reversed(self.stages):
            mine = {name: cell for name, cell in stage.items() if name in wanted}
            carried = sorted(wanted.difference(mine, source))
            wanted = wanted.difference(mine) | _uses(mine.values())
            plan.append((carried, mine))
        found = self.source
        for carried, mine in reversed(plan):
            if mine:
                kept = {name: found[name] for name in (*source, *carried)}
                found = found.select(**kept, **{name: cell.make(found) for name, cell in mine.items()})
        columns = {name: found[name] for name in source}
        return found.select(
            **columns, **{name: _result(part, kind).make(found).cast(kind) for name, (part, kind) in results.items()}
        )


def _result(part: Part, kind: str) -> Cell:
    return part if isinstance(part, Cell) else _constant(part, kind)


def _constant(part: Part, kind: str) -> Cell:
    return Cell(lambda _: ibis().literal(part, type=kind) if part is not None else ibis().null(kind), 0)


# Truth. A question has two halves: it must hold, it may hold.


def every(parts: Sequence[Bool]) -> Bool:
    """All of the parts hold."""
    if any(part is False for part in parts):
        return False
    return _chain([part for part in parts if part is not True], lambda a, b: a & b, True)


def some(parts: Sequence[Bool]) -> Bool:
    """At least one of the parts holds."""
    if any(part is True for part in parts):
        return True
    return _chain([part for part in parts if part is not False], lambda a, b: a | b, False)


def no(part: Bool) -> Bool:
    """The part does not hold."""
    return combine(lambda value: ~value, part) if isinstance(part, Cell) else not part


def _chain(parts: Sequence[Bool], operator: Callable[[Any, Any], Any], empty: bool) -> Bool:
    if not parts:
        return empty
    found = parts[0]
    for part in parts[1:]:
        found = combine(operator, found, part)
    return found


def number(part: Bool) -> Whole:
    """1 where it holds, else 0."""
    return combine(lambda value: value.cast(WHOLE), part) if isinstance(part, Cell) else int(part)


# Bits: sets of states or outcomes, all of them set (-1) or none (0) for a condition.


def bits(part: Bool) -> Whole:
    """All bits where it holds, else none."""
    return combine(lambda value: -value.cast(WHOLE), part) if isinstance(part, Cell) else -int(part)


def shared(one: Whole, other: Whole) -> Whole:
    """The bits that both have."""
    if 0 in (one, other) or -1 in (one, other):
        return 0 if 0 in (one, other) else (other if one == -1 else one)
    if isinstance(one, int) and isinstance(other, int):
        return one & other
    return combine(lambda a, b: a & b, one, other) if isinstance(one, Cell) else combine(lambda a, b: a & b, other, one)


def joined(parts: Sequence[Whole]) -> Whole:
    """The bits that any has."""
    fixed = 0
    cells = []
    for part in parts:
        if isinstance(part, int):
            fixed |= part
        else:
            cells.append(part)
    if fixed == -1 or not cells:
        return fixed
    found = cells[0]
    for cell in cells[1:]:
        found = combine(lambda a, b: a | b, found, cell)
    return combine(lambda a: a | fixed, found) if fixed else found


def has(part: Whole, mask: int) -> Bool:
    """Any of the bits of the mask is set."""
    if isinstance(part, Cell):
        return combine(lambda value: (value & mask) != 0, part)
    return bool(part & mask)


# Choosing and counting.


def cases(rows: Sequence[tuple[Bool, Part]], otherwise: Part, kind: str = WHOLE) -> Part:
    """The value of the first row whose condition holds."""
    kept: list[tuple[Cell, Part]] = []
    for condition, value in rows:
        if condition is True:
            otherwise = value
            break
        if isinstance(condition, Cell):
            kept.append((condition, value))
    while kept and not isinstance(otherwise, Cell) and not isinstance(kept[-1][1], Cell) and kept[-1][1] == otherwise:
        kept.pop()
    if not kept:
        return otherwise

    def make(*parts: Any) -> Expression:
        lib = ibis()
        typed = [lib.null(kind) if part is None else part for part in parts]
        last = typed.pop()
        return lib.cases(*zip(typed[::2], typed[1::2], strict=True), else_=last).cast(kind)

    flat: list[Part] = [part for row in kept for part in row]
    return combine(make, *flat, otherwise)


def plus(parts: Sequence[Whole | None]) -> Part:
    """The sum; unknown where a part is."""
    if any(part is None for part in parts):
        return None
    fixed = sum(part for part in parts if isinstance(part, int))
    cells = [part for part in parts if isinstance(part, Cell)]
    if not cells:
        return fixed
    found = cells[0]
    for cell in cells[1:]:
        found = combine(lambda a, b: a + b, found, cell)
    return combine(lambda a: a + fixed, found) if fixed else found


def least(parts: Sequence[Part]) -> Any:
    """The smallest."""
    return _extreme(parts, min, "least")


def greatest(parts: Sequence[Part]) -> Any:
    """The largest."""
    return _extreme(parts, max, "greatest")


def _extreme(parts: Sequence[Any], fixed: Callable[..., Any], name: str) -> Any:
    constants = [part for part in parts if not isinstance(part, Cell)]
    cells: list[Any] = list(dict.fromkeys(part for part in parts if isinstance(part, Cell)))
    if constants:
        cells.append(fixed(constants))
    if len(cells) == 1:
        return cells[0]
    return combine(lambda *values: getattr(ibis(), name)(*values), *cells)


def null(part: Part) -> Bool:
    """It is not known."""
    return combine(lambda value: value.isnull(), part) if isinstance(part, Cell) else part is None


def first_known(parts: Sequence[Part]) -> Any:
    """The first part that is known."""
    found: list[Part] = []
    for part in parts:
        if part is None:
            continue
        found.append(part)
        if not isinstance(part, Cell):
            break
    if not found:
        return None
    return found[0] if len(found) == 1 else combine(lambda *values: ibis().coalesce(*values), *found)
