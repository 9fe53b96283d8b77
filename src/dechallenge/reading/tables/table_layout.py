"""Which grids are laboratory tables, and tables with the analytes in rows turned round.

May import the ``table_`` files.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import column
from dechallenge.reading.tables.table_clocks import row_clock
from dechallenge.reading.tables.table_grid import Cell, Grid, Line, grids
from dechallenge.reading.tables.table_listed import listed_grids
from dechallenge.reading.tables.table_stacked import stacked_grids
from dechallenge.reading.tables.table_times import cell_date, cell_month_day, cell_time, time_header
from dechallenge.reading.texts.timedates import is_in_figures

LIMIT_ROW = Pattern(
    r"^[(\[]?(?:(?:lab(?:oratory)?\s)?(?:normals?|reference|ref\.?)\b(?!\s(?:at|since|after|by))|uln\b|(?:upper|lower)\slimit"
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
    unheaded = (timed for grid in grids(text, _heads_analytes) if (timed := _timed(grid)) is not None)
    for grid in (*unheaded, *stacked_grids(text), *listed_grids(text)):
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


def _heads_analytes(line: Line) -> bool:
    """A header of analytes over a column of times that has no head, or one that says nothing: " | ALT | ALP"."""
    first = line.cells[0].text
    if line.delimiter not in ("tab", "pipe", "semicolon", "space") or len(first) > 30 or time_header(first) is not None:
        return False
    kinds = [column(cell, i).kind for i, cell in enumerate(line.cells) if cell.text]
    named = kinds.count("analyte") - (column(line.cells[0], 0).kind == "analyte")
    return named > (line.delimiter not in ("tab", "pipe")) and named >= len(kinds) - 2 and _is_no_analyte(first)


_BRACKET = Pattern(r"\s*\((?=[^()]*[A-Za-z])[^()]{3,40}\)$")
_SAYS_NOTHING = Pattern(
    r"(?:laboratory\s)?(?:parameters?|tests?|variables?|analytes?|values?|investigations?|labs?|laboratory|phase|stage"
    r"|period|point|when|occasion|sample|event)",
    re.IGNORECASE,
)


def _is_no_analyte(first: str) -> bool:
    return not first or column(Cell(0, len(first), first), 0).kind != "analyte"


def _timed(grid: Grid) -> Grid | None:
    """The grid with a head over its first column of times; ``None`` where most of its rows begin otherwise."""
    leads = [line.cells[0].text for line in grid.lines if len(line.cells) > 1 and line.cells[0].text]
    leads = [lead for lead in leads if not LIMIT_ROW.match(lead) and not UNIT_ROW.match(lead)]
    moments = [lead for lead in leads if _is_moment(lead)]
    if len(moments) < 2 or 2 * len(moments) < len(leads):
        return None
    corner = grid.header.cells[0]
    dated = any(cell_date(lead) or cell_month_day(lead) or is_in_figures(lead) for lead in moments)
    said = "" if not corner.text or _SAYS_NOTHING.fullmatch(corner.text) else f" {corner.text}"
    head = Cell(corner.start, corner.end, "Date" if dated else f"Time{said}")
    return replace(grid, header=replace(grid.header, cells=(head, *grid.header.cells[1:])))


def _is_moment(text: str) -> bool:
    if not any(c.isalpha() for c in text):
        return cell_date(text) is not None or is_in_figures(text)
    text = _BRACKET.sub("", text)
    if cell_month_day(text) is not None or row_clock(text) is not None:
        return True
    time = cell_time(text)
    return cell_date(text) is not None or (time is not None and len(text) < 40)


def _turned(grid: Grid) -> Grid | None:
    """The grid with rows and columns exchanged; ``None`` where its rows do not begin with analytes."""
    rows = [line for line in grid.lines if len(line.cells) == len(grid.header.cells)]
    heads = [column(line.cells[0], i) for i, line in enumerate(rows, 1)]
    named = sum(head.kind == "analyte" for head in heads)
    if named < (1 if grid.header.delimiter in ("tab", "pipe") else 2) or 2 * named < len(heads):
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
    dated = any(
        cell_date(cell.text) or cell_month_day(cell.text) or is_in_figures(cell.text) for cell in grid.header.cells[1:]
    )
    return Cell(corner.start, corner.end, "Date" if dated else "Time")
