"""The laboratory course of a case as a table: one row for each analyte, one column for each moment.

Shared by terminal, page and chart. Imports ``assessment.model`` and this folder's wording.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dechallenge.assessment.model import CaseOut, Days, EventOut, MeasurementOut
from dechallenge.report import wording

LIVER = ("ALT", "AST", "ALP", "GGT", "BILI_TOT", "BILI_DIR", "BILI_IND", "INR", "PT_SEC", "PT_PCT", "FACTOR_V", "ALB",
         "LDH", "AMMONIA")  # fmt: skip
BLOOD = ("NEUT", "WBC", "LYMPH", "MONO", "EOS", "MYELEMIA", "PLT", "HB", "RETIC")
INFLAMMATION = ("FERRITIN", "CRP", "ESR", "TG", "FIBRINOGEN")
LOW_MATTERS = frozenset({"NEUT", "WBC", "LYMPH", "PLT", "HB", "FIBRINOGEN", "PT_PCT", "FACTOR_V", "ALB"})
"""Analytes whose fall is the injury: their nadir is shown, not their peak."""

_NOT_LABORATORY = frozenset({"WEIGHT", "HEIGHT", "BMI"})
"""Measured, but shown with the patient."""

_BLOCKS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Column:
    """A moment: the interval of days, or the words where no day is known."""

    day: Days
    text: str

    @property
    def head(self) -> str:
        return wording.short_day(self.day, self.text)


UNIT_ASSUMED = "unit assumed"


def doubtful(item: MeasurementOut) -> bool:
    """The printed value can hardly be right."""
    return any(flag.get("kind") != UNIT_ASSUMED for flag in item.flags)


def unit_assumed(item: MeasurementOut) -> bool:
    """No unit was printed; the one shown fits the size of the value."""
    return any(flag.get("kind") == UNIT_ASSUMED for flag in item.flags)


@dataclass(frozen=True)
class Row:
    """One analyte: its values by column, its unit, its extreme and the shape of its course."""

    analyte: str
    name: str
    unit: str
    cells: tuple[tuple[MeasurementOut, ...], ...]

    @property
    def values(self) -> tuple[MeasurementOut, ...]:
        return tuple(v for cell in self.cells for v in cell)

    @property
    def peak(self) -> float | None:
        """Highest multiple of the upper limit of normal; ``None`` where no limit applies or a fall is what matters."""
        if self.analyte in LOW_MATTERS:
            return None
        known = [v.times_uln for v in self.values if v.times_uln is not None]
        return max(known, default=None)

    @property
    def flagged(self) -> bool:
        return any(doubtful(v) for v in self.values)

    @property
    def unit_assumed(self) -> bool:
        return any(unit_assumed(v) for v in self.values)

    def spark(self) -> str:
        """The course as block characters on a logarithmic scale; empty for fewer than three numbers."""
        numbers = [v for v in (size(m) for m in self.values) if v is not None and v > 0]
        return spark(numbers) if len(numbers) >= 3 and len(set(numbers)) > 1 else ""


@dataclass(frozen=True)
class Course:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def size(item: MeasurementOut) -> float | None:
    """The number to draw: canonical where there is one, else as printed; the middle of a printed range."""
    if item.canonical is not None:
        return item.canonical
    if item.value is not None:
        return item.value
    if item.low is not None and item.high is not None:
        return (item.low + item.high) / 2
    return None


def spark(numbers: Sequence[float]) -> str:
    """Positive numbers as block characters on a logarithmic scale."""
    logs = [math.log(n) for n in numbers]
    low, high = min(logs), max(logs)
    if high == low:
        return ""
    return "".join(_BLOCKS[round((v - low) / (high - low) * 7)] for v in logs)


def rank(event: EventOut | None) -> tuple[str, ...]:
    """Analytes in the order in which they matter for a reaction."""
    kind = (event.kind if event else "").lower()
    if any(word in kind for word in ("penia", "cyto", "agranulo", "blood", "anaemia", "anemia")):
        return (*BLOOD, *LIVER, *INFLAMMATION)
    if "mas" in kind.split() or "macrophage" in kind or "hlh" in kind:
        return ("FERRITIN", "PLT", "AST", "TG", "FIBRINOGEN", *BLOOD, *LIVER, *INFLAMMATION)
    return (*LIVER, *BLOOD, *INFLAMMATION)


def position(interval: Days) -> tuple[float, float]:
    """Where a moment stands in the order of columns: by its known bounds, unknown moments last."""
    low, high = interval
    if low is None and high is None:
        return (float("inf"), 0.0)
    if low is None:
        return ((high or 0.0) - 0.5, high or 0.0)
    return (low, float("inf") if high is None else high)


def course(case: CaseOut) -> Course:
    """All values of a case that have a number or a word, by analyte and moment."""
    primary = next((e for e in case.events if e.primary), case.events[0] if case.events else None)
    measured = [item for item in case.measurements if item.analyte not in _NOT_LABORATORY]
    by_column: dict[tuple[Days, str], Column] = {}
    for item in measured:
        key = _key(item)
        by_column.setdefault(key, Column(*key))
    columns = sorted(by_column.values(), key=lambda c: position(c.day))
    index = {(c.day, c.text): i for i, c in enumerate(columns)}
    first: dict[str, MeasurementOut] = {}
    cells: dict[str, list[list[MeasurementOut]]] = {}
    for item in measured:
        first.setdefault(item.analyte, item)
        row = cells.setdefault(item.analyte, [[] for _ in columns])
        row[index[_key(item)]].append(item)
    order = {analyte: i for i, analyte in enumerate(rank(primary))}
    names = sorted(cells, key=lambda a: order.get(a, len(order)))
    rows = [
        Row(a, wording.analyte(first[a]), _unit(cells[a]), tuple(tuple(_distinct(cell)) for cell in cells[a]))
        for a in names
    ]
    return Course(tuple(columns), tuple(rows))


def _key(item: MeasurementOut) -> tuple[Days, str]:
    return (item.day, item.day_text if item.day == (None, None) else "")


def _unit(cells: Iterable[Iterable[MeasurementOut]]) -> str:
    """The unit that all numbers of a row share; empty when they differ or none is printed."""
    units = {m.unit for cell in cells for m in cell if size(m) is not None}
    return units.pop() if len(units) == 1 else ""


def _distinct(cell: Iterable[MeasurementOut]) -> list[MeasurementOut]:
    seen: dict[str, MeasurementOut] = {}
    for item in cell:
        seen.setdefault(wording.value(item), item)
    return list(seen.values())


def choose(course: Course, sizes: Sequence[int], room: int) -> tuple[int, ...]:
    """Which columns to show where there is room for some: the first, the last dated, those with extremes.

    Args:
        course: The course.
        sizes: Characters that each column takes.
        room: Characters there are.
    """
    count = len(course.columns)
    dated = [i for i, column in enumerate(course.columns) if column.day != (None, None)]
    wanted = [0, *dated[-1:]]
    for row in course.rows:
        found = [(s, i) for i, cell in enumerate(row.cells) for s in map(size, cell) if s is not None]
        if found:
            pick = min if row.analyte in LOW_MATTERS else max
            wanted.append(pick(found, key=lambda pair: pair[0])[1])
    wanted.extend(range(count))
    chosen: list[int] = []
    for i in dict.fromkeys(wanted):
        if not chosen or sizes[i] <= room:
            chosen.append(i)
            room -= sizes[i]
    return tuple(sorted(chosen))
