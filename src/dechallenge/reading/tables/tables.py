"""Laboratory tables: rows of times, columns of analytes, limits in the last row, events between the rows.

``find_tables`` finds them, ``read_table`` reads one. All offsets are raw: ``text[start:end]`` is the quote.
May import the ``table_`` and ``labgrammar`` files, `reading.labs`, `reading.text`, `lexicon`, `quantity`, `timeline`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dechallenge.evidence import Document
from dechallenge.lexicon.units import parse_unit
from dechallenge.reading.laboratory.labgrammar_limits import bounds
from dechallenge.reading.laboratory.labgrammar_names import settle
from dechallenge.reading.laboratory.labs import ULN, read_labs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_cells import Column, column, measured, read_value
from dechallenge.reading.tables.table_clocks import clocked, from_nought, row_clock
from dechallenge.reading.tables.table_courses import Entry, courses
from dechallenge.reading.tables.table_grid import Cell, Line
from dechallenge.reading.tables.table_layout import LIMIT_ROW, UNIT_ROW, lab_grids
from dechallenge.reading.tables.table_model import LabTable, TableBlock, TableCell, TableEvent, TableLimit, TableRow
from dechallenge.reading.tables.table_times import (
    CellTime,
    ColumnKind,
    cell_date,
    cell_month_day,
    cell_time,
    events,
    plus,
    time_header,
)
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import clean
from dechallenge.reading.texts.timedates import in_figures
from dechallenge.timeline import CalendarDate, Duration

__all__ = [
    "LabTable",
    "TableBlock",
    "TableCell",
    "TableEvent",
    "TableLimit",
    "TableRow",
    "find_tables",
    "read_table",
]

_LOWER = Pattern(r"^(?:lln|lower)", re.IGNORECASE)
_MARKS = "*†‡§¶#^"


def find_tables(document: Document) -> list[TableBlock]:
    """Every laboratory table of a document, in order: a header with a time column and a column of an analyte."""
    return [TableBlock(grid.start, grid.end, grid) for grid in lab_grids(document.text)]


def read_table(document: Document, block: TableBlock) -> LabTable:
    """Read a table that ``find_tables`` found."""
    return _Reader(document, block).read()


class _Reader:
    """Reads one table from top to bottom."""

    def __init__(self, document: Document, block: TableBlock) -> None:
        self.document = document
        self.grid = block.grid
        self.columns = [column(cell, i) for i, cell in enumerate(block.grid.header.cells)]
        self.units: dict[int, str] = {c.index: c.time_unit for c in self.columns}
        self.above: dict[int, Duration] = {}
        self.columns, self.place, self.first_day = clocked(document.text, block.grid, self.columns)
        self.limits: dict[str, TableLimit] = {}
        self.order = 0

    def read(self) -> LabTable:
        entries: list[Entry] = []
        again = any(c.again for c in self.columns)
        for line in self.grid.lines:
            if line.blank:
                continue
            entry = self._entry(line)
            if entry is not None:
                entries.append(entry)
                self.order += 1
        for item in self.columns:
            if item.limit is not None and item.analyte not in self.limits:
                self.limits[item.analyte] = TableLimit(*item.limit[:2], item.unit, item.start, item.end)
        rows, told = courses(entries, again)
        return LabTable(
            self.grid.start,
            self.grid.end,
            self.grid.caption,
            tuple(self.columns),
            rows,
            self.limits,
            told,
            tuple((line.start, line.end, line.text) for line in self.grid.footnotes),
        )

    def _entry(self, line: Line) -> Entry | None:
        filled = [cell for cell in line.cells if cell.text]
        lead = filled[0]
        if self._unit_row(line, filled):
            return None
        if LIMIT_ROW.match(lead.text) and (len(line.cells) > 1 or len(filled) > 1):
            self._limit_row(line, lead)
            return None
        if self._sub_header(line):
            told = [e for cell in filled for e in self._events(cell, in_row=False) if e.kind != "other"]
            return Entry(line, None, told) if told else None
        if len(filled) == 1 and not self._is_value_row(line, lead):
            told = self._events(lead, in_row=False)
            return Entry(line, None, told or [self._other(lead)])
        return self._row(line)

    def _is_value_row(self, line: Line, only: Cell) -> bool:
        """A row with one filled cell holds a result when that cell is a measurement under its analyte."""
        if len(line.cells) < 2:
            return False
        item = self.columns[line.cells.index(only)] if line.cells.index(only) < len(self.columns) else None
        if item is None or item.kind == "note":
            return False
        return item.kind != "analyte" or read_value(only, item) is not None

    def _unit_row(self, line: Line, filled: list[Cell]) -> bool:
        """A line of units under the header, or the column "Unit" of a table that was turned."""
        named = bool(UNIT_ROW.match(filled[0].text))
        cells = filled[1:] if named else filled
        if (
            not cells
            or not all(parse_unit(cell.text.strip("()[] ")) for cell in cells)
            or not (named or len(cells) > 1)
        ):
            return False
        for i, cell in enumerate(line.cells):
            found = parse_unit(cell.text.strip("()[] ")) if cell.text and i < len(self.columns) else None
            if found is not None and self.columns[i].kind == "analyte" and not self.columns[i].unit:
                code = ULN if found.is_uln else found.code
                known = settle(self.columns[i].ids, found, None)
                ids = (known, *(x for x in self.columns[i].ids if x != known)) if known else self.columns[i].ids
                self.columns[i] = replace(self.columns[i], ids=ids, unit=code, unit_text=cell.text.strip("()[] "))
        return True

    def _sub_header(self, line: Line) -> bool:
        """ "Time after restarting | Time after stopping | drug restarted" in the middle of a table."""
        headers = [time_header(cell.text) for cell in line.cells if cell.text]
        if (
            len(headers) < 2
            or sum(
                h is not None and not _is_time(c.text)
                for h, c in zip(headers, (cell for cell in line.cells if cell.text), strict=True)
            )
            < 2
        ):
            return False
        for item, cell in zip(self.columns, line.cells, strict=False):
            fresh = time_header(cell.text)
            if fresh is not None:
                self.columns[item.index] = replace(item, kind=fresh.kind, time_unit=fresh.unit, anchor=fresh.anchor)
                self.units[item.index] = fresh.unit
        self.above.clear()
        return True

    def _limit_row(self, line: Line, lead: Cell) -> None:
        for item, cell in zip(self.columns, line.cells, strict=False):
            if item.kind != "analyte" or not cell.text or cell is lead:
                continue
            found = read_value(cell, item)
            if found is None or (found.value is None and found.low is None):
                continue
            sign = found.comparator if found.comparator in ("<", "<=", ">", ">=") else None
            low, high = bounds(
                found.low if found.low is not None else found.value,
                found.high,
                sign,
                lower=bool(_LOWER.match(lead.text)),
            )
            analyte = settle(item.ids, found.unit, found.value) or item.analyte
            unit = "" if item.unit == ULN else measured(found, item)[0]
            known = self.limits.get(analyte)
            if known is not None:
                low, high = (known.low if low is None else low), (known.high if high is None else high)
            self.limits[analyte] = TableLimit(low, high, unit, cell.start, cell.end)

    def _row(self, line: Line) -> Entry:
        times: dict[ColumnKind, CellTime] = {}
        spans: list[tuple[ColumnKind, int, int]] = []
        date: CalendarDate | None = None
        month_day: tuple[int, int] | None = None
        cells: list[TableCell] = []
        notes: list[Cell] = []
        where = self.place
        for item, cell in zip(self.columns, line.cells, strict=False):
            if not cell.text:
                continue
            if item.kind == "date":
                date = cell_date(cell.text) or in_figures(self.document.text, cell.text) or date
                month_day = cell_month_day(cell.text) if date is None else None
                spans.append(("date", cell.start, cell.end))
                before = cell_time(cell.text) if date is None and month_day is None else None
                if before is not None and before.pre:  # "Baseline" over dates
                    times.setdefault("start", before)
            elif item.kind in ("start", "stop", "anchor") and (clock := row_clock(cell.text)) is not None:
                times.setdefault(clock.kind, clock.time)
                if clock.kind == item.kind and clock.time.time is not None:
                    self.above[item.index] = clock.time.time
                spans.append((clock.kind, cell.start, cell.end))
                where = clock.place or where
            elif item.kind in ("start", "stop", "anchor"):
                date = date or cell_date(cell.text)
                time = self._time(item, replace(cell, text=_without_bracket(cell.text)))
                if time is not None:
                    times.setdefault(item.kind, time)
                    spans.append((item.kind, cell.start, cell.end))
                else:
                    notes.append(cell)
            elif item.kind == "analyte":
                read = list(self._cells(item, cell))
                cells += read
                if not read and any(c.isalpha() for c in cell.text) and len(cell.text) > 8:
                    notes.append(cell)
            else:
                notes.append(cell)
        told = [e for cell in notes for e in self._events(cell, in_row=True)]
        cells += [extra for cell in notes for extra in self._noted(cell)]
        start, stop = times.get("start"), times.get("stop")
        own = None if start is None else start.inner or start.time
        row = TableRow(
            self.order,
            line.start,
            line.end,
            own,
            None if stop is None else stop.inner or stop.time,
            start.time if start is not None and start.inner is not None and start.time != start.inner else None,
            times["anchor"].time if "anchor" in times else None,
            date,
            _is_pre(times, own),
            0,
            tuple(spans),
            "; ".join(cell.text for cell in notes),
            (notes[0].start, notes[-1].end) if notes else None,
            tuple(cells),
            month_day,
            where if "anchor" in times else "",
        )
        return Entry(line, row, told)

    def _time(self, item: Column, cell: Cell) -> CellTime | None:
        unit = self.units.get(item.index, "") or next((u for u in self.units.values() if u), "")
        found = cell_time(cell.text.strip(_MARKS + " "), unit)
        if found is None:
            return None
        if found.unit and not found.pre:
            self.units[item.index] = self.columns[item.index].time_unit or found.unit
        if self.first_day and found.time is not None and found.time.interval.lo >= self.first_day:
            found = replace(found, time=from_nought(found.time, self.first_day, found.unit or unit))
        if found.relative and found.time is not None and item.index in self.above:
            return replace(found, time=plus(self.above[item.index], found.time))
        if found.time is not None:
            self.above[item.index] = found.time
        return found

    def _cells(self, item: Column, cell: Cell) -> Iterator[TableCell]:
        for one, part in _pair(item, cell):
            found = read_value(part, one)
            if found is None:
                continue
            unit, unit_text = measured(found, one)
            analyte = settle(one.ids, found.unit, found.value) if found.unit is not None else one.analyte
            yield TableCell(
                analyte or one.analyte, found.value, found.low, found.high, found.comparator, unit, unit_text,
                found.qualitative, found.start, found.end, item.index,
            )  # fmt: skip

    def _noted(self, cell: Cell) -> Iterator[TableCell]:
        """Results told in a note, read with the prose grammar; its offsets are moved to the cell's place."""
        text = clean(Document.from_text(cell.text))
        index = next((c.index for c in self.columns if c.kind == "note"), len(self.columns))
        for lab in read_labs(text, sentences(text.text)):
            quote = text.quote(lab.start, lab.end)
            limit = None
            if lab.limit is not None:
                words = text.quote(lab.limit.start, lab.limit.end)
                unit = lab.limit.unit or lab.unit
                limit = TableLimit(
                    lab.limit.low, lab.limit.high, unit, cell.start + words.start, cell.start + words.end
                )
            yield TableCell(
                lab.analyte, lab.value, lab.low, lab.high, lab.comparator, lab.unit, lab.unit_text, lab.qualitative,
                cell.start + quote.start, cell.start + quote.end, index, lab.rule, limit,
            )  # fmt: skip

    def _events(self, cell: Cell, *, in_row: bool) -> list[TableEvent]:
        return [
            TableEvent(self.order, cell.start, cell.end, cell.text, e.kind, e.drug, e.duration, e.date, in_row)
            for e in events(cell.text)
        ]

    def _other(self, cell: Cell) -> TableEvent:
        return TableEvent(self.order, cell.start, cell.end, cell.text, "other", "", None, cell_date(cell.text), False)


_BRACKET = Pattern(r"\s*\((?=[^()]*[A-Za-z/-])[^()]{3,40}\)$")


def _without_bracket(text: str) -> str:
    """ "Day 21 (3 May 2019)": the day; a figure alone in brackets is a second clock."""
    return _BRACKET.sub("", text)


def _is_time(text: str) -> bool:
    return cell_time(text, "day") is not None


def _is_pre(times: dict[ColumnKind, CellTime], own: Duration | None) -> bool:
    start = times.get("start") or times.get("anchor")
    if start is not None:
        return start.pre or (own is not None and own.interval.hi < 0)
    stop = times.get("stop")
    return stop is not None and stop.pre


def _pair(item: Column, cell: Cell) -> list[tuple[Column, Cell]]:
    """ "30/50" under "AST/ALT" holds two results."""
    if len(item.pair) != 2 or cell.text.count("/") != 1:
        return [(item, cell)]
    cut = cell.start + cell.text.index("/")
    left, right = cell.text.split("/")
    parts = (
        Cell(cell.start, cut - (len(left) - len(left.rstrip())), left.strip()),
        Cell(cut + 1 + (len(right) - len(right.lstrip())), cell.end, right.strip()),
    )
    return [(replace(item, ids=(one,), pair=()), part) for one, part in zip(item.pair, parts, strict=True)]
