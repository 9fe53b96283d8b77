"""Which grids are laboratory tables, and tables with the analytes in rows turned round.

May import the ``table_`` files.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import column
from dechallenge.reading.tables.table_grid import Cell, Grid, Line, grids
from dechallenge.reading.tables.table_listed import listed_grids
from dechallenge.reading.tables.table_stacked import stacked_grids
from dechallenge.reading.tables.table_times import cell_date, cell_month_day, cell_time, time_header

LIMIT_ROW = Pattern(
    r"^(?:(?:lab(?:oratory)?\s)?(?:normals?|reference|ref\.?)\b(?!\s(?:at|since|after|by))|uln\b|(?:upper|lower)\slimit"
    r"|n\.?v\.?\b|n\.?r\.?\b|lln\b|limits?\b)",
    re.IGNORECASE,
)
UNIT_ROW = Pattern(r"^units?$", re.IGNORECASE)


def lab_grids(text: str) -> list[Grid]:
    """Grids with a time column and a column of an analyte, after turning those with analytes in rows."""
    found: list[Grid] = []
    for grid in grids(text, lambda line: _is_header(line) or _heads_times(line)):
        if _is_header(grid.header):
            found.append(grid)
        elif (turned := _turned(grid)) is not None:
            found.append(turned)
    for grid in (*stacked_grids(text), *listed_grids(text)):
        if not any(other.start < grid.end and grid.start < other.end for other in found):
            found.append(grid)
    return sorted(found, key=lambda grid: grid.start)


def _is_header(line: Line) -> bool:
    if not any(time_header(cell.text) for cell in line.cells):
        return False
    kinds = [column(cell, i).kind for i, cell in enumerate(line.cells)]
    return "analyte" in kinds and any(kind not in ("analyte", "note") for kind in kinds)


def _heads_times(line: Line) -> bool:
    """A header of times: "Test | Day 1 | Day 5 | Normal range"."""
    if line.delimiter not in ("tab", "pipe", "semicolon", "space", "flat") or len(line.cells[0].text) > 40:
        return False
    return sum(_is_moment(cell.text) for cell in line.cells[1:]) > 1 and not _is_moment(line.cells[0].text)


def _is_moment(text: str) -> bool:
    if not any(c.isalpha() for c in text):
        return cell_date(text) is not None
    if cell_month_day(text) is not None:
        return True
    time = cell_time(text)
    return cell_date(text) is not None or (time is not None and len(text) < 40)


def _turned(grid: Grid) -> Grid | None:
    """The grid with rows and columns exchanged; ``None`` where its rows do not begin with analytes."""
    rows = [line for line in grid.lines if len(line.cells) == len(grid.header.cells)]
    heads = [column(line.cells[0], i) for i, line in enumerate(rows, 1)]
    if sum(head.kind == "analyte" for head in heads) < 2 or 2 * sum(h.kind == "analyte" for h in heads) < len(heads):
        return None
    corner = grid.header.cells[0]
    header = replace(grid.header, cells=(_clock(corner, grid), *(line.cells[0] for line in rows)))
    lines = tuple(
        Line(head.start, head.end, (head, *(line.cells[i] for line in rows)), grid.header.delimiter)
        for i, head in enumerate(grid.header.cells)
        if i
    )
    return replace(grid, header=header, lines=lines)


def _clock(corner: Cell, grid: Grid) -> Cell:
    """Head of the time column: the corner where it names a clock, the kind of its cells otherwise."""
    if column(corner, 0).kind not in ("analyte", "note"):
        return corner
    dated = any(cell_date(cell.text) or cell_month_day(cell.text) for cell in grid.header.cells[1:])
    return Cell(corner.start, corner.end, "Date" if dated else "Time")
