"""Laboratory tables that come with one cell to a line, as a copy out of a PDF or a browser may give them.

The heads first ("Time After / Starting", "ALT / (U/L)"), then the cells of row after row. A row begins with a time; it
is kept only where its cells can be told apart: one number for every analyte. May import the ``table_`` files.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import column
from dechallenge.reading.tables.table_grid import Cell, Grid, Line
from dechallenge.reading.tables.table_times import cell_date, cell_month_day, cell_time, events, time_header

_LONGEST = 48
_LEAST = 12
"""Characters of a cell at the most; lines of such a table at the least."""
_LIMITS = Pattern(r"(?:normals?|reference|upper|uln\b|limits?\b)", re.IGNORECASE)
_OPEN = Pattern(r".*\b(?:after|since|from|of|to|before|time|the)$", re.IGNORECASE)
_UNIT_ONLY = Pattern(r"[(\[][^()\[\]]{1,24}[)\]][*†‡§]?")
_FIGURE = Pattern(r"(?:[<>≤≥~]\s?)?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?(?:\s?[*†‡§¶#])?")
_BLANK = Pattern(r"[-–—]|n\.?\s?[ad]\.?|not\s+done", re.IGNORECASE)
_DATA = re.compile(r"\d|pre\b|baseline\b|before\b|admission\b|day\b|week\b|month\b", re.IGNORECASE)


def stacked_grids(text: str) -> list[Grid]:
    """Every such table of a text, in order."""
    found: list[Grid] = []
    run: list[Cell] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        words = raw.strip()
        if words and len(words) <= _LONGEST and "|" not in words and "\t" not in words:
            first = start + raw.find(words)
            run.append(Cell(first, first + len(words), words))
        elif words or len(run) < 2:
            found += _of_run(run)
            run = []
    return found + _of_run(run)


def _of_run(run: list[Cell]) -> list[Grid]:
    if len(run) < _LEAST:
        return []
    for at, cell in enumerate(run[:-_LEAST]):
        if time_header(cell.text) is not None and (grid := _read(run, at)) is not None:
            return [grid]
    return []


def _read(run: list[Cell], at: int) -> Grid | None:
    heads, body = _heads(run, at)
    kinds = [column(head, i).kind for i, head in enumerate(heads)]
    clocks = next((i for i, kind in enumerate(kinds) if kind in ("analyte", "note")), len(kinds))
    values = kinds[clocks:].count("analyte")
    if not clocks or clocks > 2 or values < 2 or any(k == "analyte" for k in kinds[clocks + values :]):
        return None
    lines: list[Line] = []
    end = run[body - 1].end
    while body < len(run):
        size = _row_size(run, body, clocks, values)
        if not size:
            break
        line = _row(run[body : body + size], len(heads), clocks, values)
        if line is not None:
            lines.append(line)
        body += size
        end = run[body - 1].end
    told = sum(len([c for c in line.cells if c.text]) > values for line in lines)
    if told < 2:
        return None
    header = Line(heads[0].start, heads[-1].end, tuple(heads), "tab")
    return Grid(heads[0].start, end, header, tuple(lines), (), "")


def _heads(run: list[Cell], at: int) -> tuple[list[Cell], int]:
    """The heads of the columns, those of two lines joined, and where the cells begin."""
    heads: list[Cell] = []
    i = at
    while i < len(run) and len(heads) < 16:
        cell = run[i]
        if heads and (_UNIT_ONLY.fullmatch(cell.text) or _OPEN.match(heads[-1].text)):
            heads[-1] = Cell(heads[-1].start, cell.end, f"{heads[-1].text} {cell.text}")
        elif heads and _begins(cell):
            break
        else:
            heads.append(cell)
        i += 1
    return heads, i


def _begins(cell: Cell) -> bool:
    """Whether a cell can be the first one of a row."""
    if not _DATA.match(cell.text) and cell_month_day(cell.text) is None and cell_date(cell.text) is None:
        return _LIMITS.match(cell.text) is not None
    if time_header(cell.text) is not None and not any(map(str.isdigit, cell.text)):
        return False
    return _is_time(cell, "day")


def _is_time(cell: Cell, unit: str = "") -> bool:
    if cell_date(cell.text) is not None or cell_month_day(cell.text) is not None:
        return True
    time = cell_time(cell.text, unit)
    return time is not None and (time.pre or bool(time.unit) or bool(unit))


def _row_size(run: list[Cell], at: int, clocks: int, values: int) -> int:
    """How many lines the row that begins here has; 0 where none begins."""
    first = run[at]
    if _LIMITS.match(first.text) is None and not _begins(first):
        return 0
    size = 1
    figures = 0
    while at + size < len(run):
        cell = run[at + size]
        if _LIMITS.match(cell.text):
            break
        if _FIGURE.fullmatch(cell.text) or _BLANK.fullmatch(cell.text):
            if figures >= values + (clocks - 1):
                break  # the number of another row
            figures += 1
        elif (_begins(cell) and _is_time(cell) and (figures or size >= clocks)) or (
            figures and len(cell.text) > _LONGEST
        ):
            break
        size += 1
    return size


def _row(cells: list[Cell], columns: int, clocks: int, values: int) -> Line | None:
    """One row with each of its cells under its head; ``None`` where they cannot be told apart."""
    blank = Cell(cells[-1].end, cells[-1].end, "")
    figures = [c for c in cells[1:] if _FIGURE.fullmatch(c.text) or _BLANK.fullmatch(c.text)]
    others = [c for c in cells[1:] if c not in figures]
    limits = _LIMITS.match(cells[0].text) is not None
    second = blank
    if clocks == 2 and not limits:
        if others and cells[1] is others[0] and _is_time(others[0]):
            second = others.pop(0)
        elif len(figures) == values + 1:
            second = figures.pop(0)
    if len(figures) != values:
        told = next((c for c in others if events(c.text)), None)
        if figures or told is None:
            return None
        if columns == clocks + values:
            return Line(cells[0].start, cells[-1].end, (told,), "")
        spare = (blank,) * (columns - 2)
        return Line(cells[0].start, cells[-1].end, (cells[0], *spare, told), "tab")
    lead = [cells[0], second][:clocks]
    rest = [*lead, *figures]
    note = others[0] if others and len(rest) < columns else blank
    rest += [note] * (columns > len(rest))
    rest += [blank] * (columns - len(rest))
    return Line(cells[0].start, cells[-1].end, tuple(rest), "tab")
