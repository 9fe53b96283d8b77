"""Tables of a plain text as grids of cells: tab-separated, pipes, CSV, or columns held apart by spaces.

Every cell keeps its raw offsets. A grid is found by its header line; which header lines make a laboratory table is
decided by the caller. May import `evidence` only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_flat import flat_header, flat_row
from dechallenge.reading.tables.table_lines import Cell, Delimiter, Line, cell

__all__ = ["Cell", "Delimiter", "Grid", "Line", "cell", "grids", "lines", "split"]


_TAB, _PIPE, _SEMICOLON = Pattern("\t"), Pattern(r"\|"), Pattern(r";(?![^()\[\];\n]{0,40}[)\]])")
_COMMA = Pattern(r',(?=(?:[^"]{0,400}"[^"]{0,400}"){0,40}[^"]*$)')
_ANY_COMMA = Pattern(",")
_SIGNS: dict[Delimiter, str] = {"semicolon": ";", "comma": ","}
_DECIMAL = Pattern(r"\d,\d")
"""A decimal comma: such a line is no header of CSV."""
_GAP = Pattern(r"[ \u00a0\u2002\u2003\u2009]{2,}")
_RULE_LINE = Pattern(r"^[\s|:+=\-–—_]*$")
_FOOTNOTE = Pattern(
    r"^(?:[*†‡§¶#^]|note|abbreviation|\d\)|[a-d]\)|source|values? (?:in|are|were|estimated))", re.IGNORECASE
)
_CAPTION = Pattern(r"^(?:table\s*\w{0,4}\b|laborator|lab\b|results of|course of|liver tests)", re.IGNORECASE)
_NUMBERED = Pattern(r"^table\s*\w{1,4}[.:]", re.IGNORECASE)
"""A caption that may go on over several lines."""
_MAX_EVENT = 200
_MAX_LINE = 4000


@dataclass(frozen=True, slots=True)
class Grid:
    """A header line and the lines under it.

    Attributes:
        start, end: Raw span, with caption and footnotes.
        header: The header line.
        lines: Data lines (cells aligned with the header) and lines of one cell (events), in order.
        footnotes: Lines under the table.
    """

    start: int
    end: int
    header: Line
    lines: tuple[Line, ...]
    footnotes: tuple[Line, ...]
    caption: str = ""


def lines(text: str) -> list[Line]:
    """All lines of a text, with tabs and pipes split; other delimiters are tried only under a header."""
    found: list[Line] = []
    position = 0
    for raw in text.splitlines(keepends=True):
        body = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        end = position + len(body)
        whole = "\t" not in body and "|" not in body
        found.append(Line(position, end, (cell(text, position, end),), "") if whole else split(text, position, end))
        position += len(raw)
    return found


def split(text: str, start: int, end: int, delimiter: Delimiter | None = None) -> Line:
    """One line, split at its own delimiter or at the one given."""
    body = text[start:end]
    if len(body) > _MAX_LINE:
        return Line(start, end, (cell(text, start, end),), "")
    kind = delimiter or ("tab" if "\t" in body else "pipe" if body.count("|") > 1 else "")
    if kind == "tab":
        return Line(start, end, _parts(text, start, end, _TAB), "tab")
    if kind == "pipe":
        first, last = start + (len(body) - len(body.lstrip())), start + len(body.rstrip())
        first += text[first : first + 1] == "|"
        last -= last > first and text[last - 1] == "|"
        return Line(start, end, _parts(text, first, last, _PIPE), "pipe")
    if kind == "semicolon":
        return Line(start, end, _parts(text, start, end, _SEMICOLON), "semicolon")
    if kind == "comma":
        return Line(start, end, _parts(text, start, end, _COMMA if '"' in body else _ANY_COMMA), "comma")
    if kind == "space":
        return Line(start, end, _parts(text, start, end, _GAP), "space")
    return Line(start, end, (cell(text, start, end),), "")


def _parts(text: str, start: int, end: int, pattern: Pattern) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    position = start
    for match in pattern.finditer(text, start, end):
        if match.start() == start and match.group().strip() == "" and "\t" not in match.group():
            position = match.end()
            continue
        cells.append(cell(text, position, match.start()))
        position = match.end()
    cells.append(cell(text, position, end))
    return tuple(cells)


def grids(text: str, is_header: Callable[[Line], bool]) -> list[Grid]:
    """Every table whose header line satisfies ``is_header``, in order, none overlapping."""
    rows = lines(text)
    found: list[Grid] = []
    i = 0
    while i < len(rows):
        header = _header(text, rows[i], is_header, rows[i + 1] if i + 1 < len(rows) else None)
        if header is None:
            i += 1
            continue
        grid, i = _grid(text, rows, i, header, is_header)
        if grid.lines:
            found.append(grid)
    return found


_HEADS = re.compile(r"[^\W\d_]|\d[-.]\d")
"""A header names something, or holds dates."""


def _header(text: str, line: Line, is_header: Callable[[Line], bool], below: Line | None = None) -> Line | None:
    if _HEADS.search(text, line.start, line.end) is None or len(line.text) > 400:
        return None
    kinds: tuple[Delimiter, ...] = (line.delimiter,) if line.delimiter else ("semicolon", "space", "comma")
    for kind in kinds:
        fewest = 1 if kind == "semicolon" else 2
        if not line.delimiter and kind in _SIGNS and text.count(_SIGNS[kind], line.start, line.end) < fewest:
            continue
        if kind == "comma" and not line.delimiter and _DECIMAL.search(text, line.start, line.end):
            continue
        tried = line if line.delimiter else split(text, line.start, line.end, kind)
        if kind == "space" and below is not None:
            tried = _indented(text, tried, below)
        if (len(tried.cells) > 2 or _of_two(text, tried, below)) and is_header(tried):
            return tried
    flat = flat_header(text, line) if not line.delimiter and below is not None and not below.delimiter else None
    if flat is None or below is None or not is_header(flat) or flat_row(text, below, flat) is None:
        return None
    return flat


def _of_two(text: str, header: Line, below: Line | None) -> bool:
    """A header of two columns: ruled by tabs or bars, or with a figure (or a unit) in the second column below it."""
    if len(header.cells) != 2 or header.delimiter in ("tab", "pipe"):
        return len(header.cells) == 2
    if below is None or below.blank or below.delimiter or header.delimiter == "comma":
        return False
    under = split(text, below.start, below.end, header.delimiter)
    if len(under.cells) == 1:
        return len(under.text) < _UNIT_LENGTH and not under.text[:1].isupper()
    return len(under.cells) == 2 and (_FIGURE.match(under.cells[1].text) is not None or not under.cells[0].text)


_UNIT_LENGTH = 14
_FIGURE = Pattern(r"[<>≤≥~]?\s?\d")


def _indented(text: str, header: Line, below: Line) -> Line:
    """A header of columns held apart by spaces with blank cells in front where the rows below begin further left."""
    if header.cells[0].start - header.start < 4 or below.blank or below.delimiter:
        return header
    under = split(text, below.start, below.end, "space")
    more = len(under.cells) - len(header.cells)
    if not 0 < more < 4 or under.cells[0].start - under.start > header.cells[0].start - header.start - 3:
        return header
    blank = Cell(header.start, header.start, "")
    return Line(header.start, header.end, (blank,) * more + header.cells, header.delimiter)


def _two_lines(text: str, rows: list[Line], at: int, header: Line) -> tuple[Line, int]:
    """The header with its blank cells filled from the line above it, where that is the upper line of the header."""
    above = rows[at - 1] if at else None
    if above is not None and header.delimiter == "space" and not above.delimiter and not above.blank:
        above = split(text, above.start, above.end, "space")
        blanks = sum(not one.text for one in header.cells)
        lead = above.cells[:blanks] if len(above.cells) > blanks else ()
        if above.cells[0].start > above.start + 3:
            return header, at
        above = replace(above, cells=(*lead, *(Cell(above.end, above.end, ""),) * (len(header.cells) - len(lead))))
    if above is not None and above.delimiter in ("tab", "pipe") and 2 < len(above.cells) < len(header.cells):
        more = len(header.cells) - len(above.cells)  # blank cells at the end of a line are often not written
        above = replace(above, cells=above.cells + (Cell(above.end, above.end, ""),) * more)
    if (
        above is None
        or not header.delimiter
        or above.delimiter != header.delimiter
        or len(above.cells) != len(header.cells)
        or not any(up.text and not low.text for up, low in zip(above.cells, header.cells, strict=True))
        or any(len(up.text) > 40 or up.text[:1].isdigit() for up in above.cells)
    ):
        return header, at
    cells = tuple(low if low.text else up for up, low in zip(above.cells, header.cells, strict=True))
    return Line(header.start, header.end, cells, header.delimiter), at - 1


def _grid(text: str, rows: list[Line], at: int, header: Line, is_header: Callable[[Line], bool]) -> tuple[Grid, int]:
    data: list[Line] = []
    notes: list[Line] = []
    end, i = header.end, at + 1
    while i < len(rows):
        line = rows[i]
        if line.blank and not line.delimiter:
            following = _next(rows, i)
            if following is None or notes or not _is_data(text, rows[following], header):
                break
            if _header(text, rows[following], is_header) is not None:
                break
            i = following
            continue
        if _RULE_LINE.match(text[line.start : line.end]) and not line.blank:
            i += 1
            continue
        if header.delimiter == "flat" and not notes and (row := flat_row(text, line, header)) is not None:
            data.append(row)
        elif _is_data(text, line, header) and not notes:
            data.append(_aligned(split(text, line.start, line.end, header.delimiter), header))
        elif _FOOTNOTE.match(line.text):
            notes.append(line)
        elif notes or len(line.text) > _MAX_EVENT or not _event_line(rows, i, header, text):
            break
        else:
            data.append(Line(line.start, line.end, (cell(text, line.start, line.end),), ""))
        end = line.end
        i += 1
    header, at = _two_lines(text, rows, at, header)
    start, caption = _caption(rows, at, rows[at])
    return Grid(start, end, header, tuple(data), tuple(notes), caption), i


def _next(rows: list[Line], i: int) -> int | None:
    """The next line with text, at most two blank lines further."""
    for j in range(i + 1, min(len(rows), i + 3)):
        if not (rows[j].blank and not rows[j].delimiter):
            return j
    return None


def _is_data(text: str, line: Line, header: Line) -> bool:
    if header.delimiter == "flat":
        return not line.delimiter and flat_row(text, line, header) is not None
    if line.delimiter or header.delimiter in ("tab", "pipe"):
        return line.delimiter == header.delimiter
    parts = split(text, line.start, line.end, header.delimiter)
    if len(parts.cells) < 2 or len(parts.cells) > len(header.cells):
        return False
    most = 25 if len(parts.cells) < 4 else 45
    return all(any(c.isdigit() for c in part.text) or len(part.text) < most for part in parts.cells)


def _event_line(rows: list[Line], i: int, header: Line, text: str) -> bool:
    """A line without cells belongs to the table when a data line follows at once, or when it ends it."""
    if any(_is_data(text, rows[j], header) for j in range(i + 1, min(len(rows), i + 5)) if not rows[j].blank):
        return all(not (rows[j].blank and not rows[j].delimiter) for j in range(i, min(len(rows), i + 2)))
    return False


def _aligned(line: Line, header: Line) -> Line:
    """Cells of a line put under the header's: by count, or for space-held columns by where they stand."""
    size = len(header.cells)
    cells = list(line.cells)
    if header.delimiter != "space" or len(cells) == size:
        while len(cells) < size:
            cells.append(Cell(line.end, line.end, ""))
        return Line(line.start, line.end, tuple(cells), line.delimiter)
    placed = [Cell(line.end, line.end, "")] * size
    for part in cells:
        first, last = part.start - line.start, part.end - line.start
        best = min(range(size), key=lambda k: _apart(header, k, first, last))
        while best < size - 1 and placed[best].text:
            best += 1
        placed[best] = part
    return Line(line.start, line.end, tuple(placed), line.delimiter)


def _apart(header: Line, k: int, first: int, last: int) -> tuple[float, float]:
    """How far a cell stands from a head, by its left or right edge or by its middle, whichever is nearest."""
    left, right = header.cells[k].start - header.start, header.cells[k].end - header.start
    middle = abs(left + right - first - last) / 2
    return min(abs(left - first), abs(right - last), middle), middle


def _caption(rows: list[Line], at: int, header: Line) -> tuple[int, str]:
    """The caption right above the header, if there is one."""
    below = at
    while below and at - below < 2 and rows[below - 1].blank:
        below -= 1
    for j in range(below - 1, max(-1, below - 4), -1):
        line = rows[j]
        if line.blank or line.delimiter or len(line.text) >= _MAX_EVENT:
            break
        if _CAPTION.match(line.text) and (j == below - 1 or _NUMBERED.match(line.text)):
            return line.start, " ".join(row.text for row in rows[j:below])
    return header.start, ""
