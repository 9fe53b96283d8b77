"""Rows of a page that stand in columns of cells to tab-separated lines. Imports `pdf_layout` only."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise
from statistics import median

from dechallenge.formats.pdf_layout import Row, Segment

_TIGHT = 1.3
"""Distance of baselines, in heights of the font's box, up to which a line may go on a cell of the line above."""
_WIDE = 0.38
"""Gap, in heights of the font's box, from which two words may stand in different cells where others do."""
_GOES_ON = re.compile(r"[a-z(×)]")
"""How a line begins that goes on the first cell of the row above it."""
_MANY = 200
"""Rows of a table that are looked at where it goes on."""
_BETWEEN = 2
"""Lines of one cell that may stand between two rows of a table."""


def table_spans(rows: Sequence[Row], width: float) -> list[tuple[int, int]]:
    """Runs of rows (first, behind the last) that make a table: at least two rows whose cells stand in columns."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(rows):
        if len(rows[i].segments) < 2:
            i += 1
            continue
        end = i + 1
        starts = {round(x) for x in _starts(rows[i])}
        j = end
        while j < len(rows) and j - end <= _BETWEEN:
            if rows[j - 1].y - rows[j].y > 4 * rows[j].size or rows[j].size > 1.12 * rows[j - 1].size:
                break  # far below, or larger letters: the running text goes on
            if len(rows[j].segments) > 1 or (_stands_in(rows[j], starts) and _near(rows, i, j)):
                end = j + 1
                starts.update(round(x) for x in _starts(rows[j]))
            elif rows[j].segments[0].x1 - rows[j].segments[0].x0 > 0.7 * width:
                break
            j += 1
        first = found[-1][1] if found else 0
        if sum(len(row.segments) > 1 for row in rows[i:end]) > 1 and len(_columns(rows[i:end])) > 1:
            columns = _columns(rows[i:end])
            while i > first and (lines := _head_lines(rows, i, first, columns)):
                i -= lines
            end = _last(rows, i, end, columns)
            found.append((i, end))
        i = end
    return found


def _starts(row: Row) -> list[float]:
    """Where the cells of a row begin, those behind a blank that is a little wide included."""
    return [one.x0 for segment in row.segments for one in finely(segment)]


def _stands_in(row: Row, starts: Set[int]) -> bool:
    """Whether a row without a gap has words behind wider blanks that begin where cells of other rows begin."""
    begun = _starts(row)[1:]
    return 2 * sum(not starts.isdisjoint((round(x) - 1, round(x), round(x) + 1)) for x in begun) > len(begun)


def _near(rows: Sequence[Row], first: int, j: int) -> bool:
    """Whether a row stands as close below the one before as the rows above it do to one another."""
    gaps = [a.y - b.y for a, b in pairwise(rows[max(first, j - _MANY) : j])]
    return not gaps or rows[j - 1].y - rows[j].y <= 1.2 * max(median(gaps), rows[j].size)


def _heads(row: Row, below: Row, columns: Sequence[tuple[float, float]]) -> bool:
    """Whether a row above a table is a line of its head: its words begin where most columns do."""
    if row.y - below.y > 2 * row.size or abs(row.size - below.size) > 0.05 * row.size:
        return False
    begun = {x for one in row.segments for x in (one.x0, *(x0 for _, _, x0 in one.blanks))}
    told = sum(any(abs(x - low) < 1.5 for x in begun) for low, _ in columns[1:])
    return told > 0.6 * (len(columns) - 1) and len(begun) < 4 * len(columns)


def _head_lines(rows: Sequence[Row], i: int, first: int, columns: Sequence[tuple[float, float]]) -> int:
    """How many lines above a table are its head: one, or one with a second line below one of its cells."""
    if _heads(rows[i - 1], rows[i], columns):
        return 1
    one = rows[i - 1].segments[0]
    second = len(rows[i - 1].segments) == 1 and any(abs(one.x0 - low) < 1.5 for low, _ in columns[1:])
    if second and i - 1 > first and _heads(rows[i - 2], rows[i - 1], columns):
        return 2
    low = rows[i].segments[0]
    close = rows[i - 1].y - rows[i].y < _TIGHT * one.size and abs(one.size - low.size) < 0.05 * one.size
    return int(second and close and one.bold == low.bold)  # the first line of one cell, the others at the bottom


def _last(rows: Sequence[Row], first: int, end: int, columns: Sequence[tuple[float, float]]) -> int:
    """The end of a table with the lines that go on a cell of its last row: close below, and inside one column."""
    gaps = [a.y - b.y for a, b in pairwise(rows[first:end])]
    while end < len(rows) and len(rows[end].segments) == 1:
        one, gap = rows[end].segments[0], rows[end - 1].y - rows[end].y
        goes_on = _GOES_ON.match(one.text) is not None or (len(one.text) < 4 and one.text.isdigit())
        tight = 1.2 * gap < median(gaps) or (gap < 1.15 * median(gaps) and goes_on)
        inside = any(low <= one.x0 and one.x1 <= high for low, high in _room(columns))
        if not (tight and inside and abs(one.size - rows[end - 1].size) < 0.05 * one.size and gap < _TIGHT * one.size):
            break
        end += 1
    return end


def _room(columns: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """How far the cells of each column may reach: to the next column."""
    ends = [*(low - 1 for low, _ in columns[1:]), columns[-1][1] + 40]
    return [(low - 3, end) for (low, _), end in zip(columns, ends, strict=True)]


def finely(one: Segment) -> list[Segment]:
    """A segment cut at its wider blanks."""
    return _cut(one, [blank for blank in one.blanks if blank[2] - blank[1] > _WIDE * one.size])


def _cut(one: Segment, places: Sequence[tuple[int, float, float]]) -> list[Segment]:
    """A segment cut at some of its blanks."""
    if not places:
        return [one]
    out: list[Segment] = []
    begin, x0 = 0, one.x0
    for place, x1, following in [*places, (len(one.text), one.x1, one.x1)]:
        inside = tuple((at - begin, a, b) for at, a, b in one.blanks if begin < at < place)
        out.append(Segment(one.text[begin:place], x0, x1, one.y, one.size, one.bold, blanks=inside))
        begin, x0 = place + 1, following
    return out


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns of cells stand: what few rows reach across is no column."""
    cut = [[one for segment in row.segments for one in finely(segment)] for row in rows]
    several = [row for row in cut if len(row) > 1]
    most = max((len(row) for row in several), default=0)
    told = [row for row in several if len(row) >= max(2, 0.6 * most)]
    edges = sorted([(s.x0, 1) for row in told for s in row] + [(s.x1, -1) for row in told for s in row])
    allowed = 0.2 * len(told)
    columns: list[tuple[float, float]] = []
    depth, start = 0, 0.0
    for x, step in edges:
        before = depth
        depth += step
        if before <= allowed < depth:
            start = x
        elif depth <= allowed < before:
            columns.append((start, x))
    merged: list[tuple[float, float]] = []
    for low, high in columns:
        if merged and low - merged[-1][1] < 2:
            merged[-1] = (merged[-1][0], high)
        else:
            merged.append((low, high))
    aside = [one for row in cut for one in row[:1] if merged and one.x1 < merged[0][0] - 2]
    if len(aside) > 1:  # first cells beside the middle of whose lines the values stand
        merged.insert(0, (min(one.x0 for one in aside), max(one.x1 for one in aside)))
    return merged


def table_lines(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """The rows of a table as lines of tab-separated cells, each with the index of the row it begins with.

    A row of one cell is a line of its own.
    """
    columns = _columns(rows)
    cells = [_cells(row, columns) for row in rows]
    merged: list[tuple[list[str], int]] = []
    wraps = _wraps(rows, cells)
    level = _level(rows, cells)
    for i, row in enumerate(cells):
        gap = rows[i - 1].y - rows[i].y if i else 0.0
        above = merged[-1][0] if merged else []
        if merged and (
            wraps[i]
            or level[i]
            or (len(merged) == 1 and _second_line(rows, i, above, row))
            or _goes_on(above, row, gap, rows[i].size)
            or _label_first(above, row, gap, rows[i].size)
        ):
            merged[-1] = [_went_on(*pair) for pair in zip(above, row, strict=True)], merged[-1][1]
        else:
            merged.append((row, i))
    return [("\t".join(row) if sum(map(bool, row)) > 1 else "".join(row), i) for row, i in merged]


def _level(rows: Sequence[Row], cells: Sequence[list[str]]) -> list[bool]:
    """Which lines stand beside the line above, not below it: cells of one row that are set at its middle."""
    found = [False] * len(rows)
    gaps = [a.y - b.y for a, b in pairwise(rows)]
    if not gaps or max(gaps) < 0.95 * max(row.size for row in rows):
        return found
    start = 0
    for i in range(1, len(rows) + 1):
        if i < len(rows) and gaps[i - 1] < 0.8 * rows[i].size:
            continue
        if i - start > 1:
            held = [sum(any(c.isdigit() for c in line[k]) for line in cells[start:i]) for k in range(1, len(cells[0]))]
            one = max(held, default=0) < 2 or start == 0
            for k in range(start + 1, i):
                found[k] = one or not any(cells[k][1:])
        start = i
    return found


def _second_line(rows: Sequence[Row], i: int, head: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a line is the second of a head without merged cells: no first cell, words below words, close below."""
    if (
        (row[0] and not _GOES_ON.match(row[0]))
        or not all(head[1:])
        or rows[i - 1].y - rows[i].y > _TIGHT * rows[i].size
    ):
        return False
    if any(cell.count("(") > cell.count(")") for cell in head):
        return True
    told = [(up, low) for up, low in zip(head, row, strict=True) if low]
    if len(told) >= len(row) - 1 and any(low.replace(".", "").replace(",", "").isdigit() for _, low in told):
        return False  # the first row of values, under a first cell that reaches down
    if all(one.bold for one in rows[i].segments) or any(any(c.isalpha() for c in low) for _, low in told):
        return True
    return not any(c.isdigit() for up, _ in told for c in up)


def _goes_on(above: Sequence[str], row: Sequence[str], gap: float, size: float) -> bool:
    """Whether a line with nothing but a word in small letters or a unit in its first cell goes on the row above."""
    if any(row[1:]) or sum(map(bool, above)) < 2 or not above[0] or gap >= _TIGHT * size:
        return False
    number = len(row[0]) < 4 and row[0].isdigit() and not any(c.isdigit() for c in above[0])  # "Week" / "12"
    return number or _GOES_ON.match(row[0]) is not None


def _label_first(above: Sequence[str], row: Sequence[str], gap: float, size: float) -> bool:
    """Whether the line above holds nothing but the first line of this row's first cell."""
    label = bool(above[0]) and not any(above[1:])
    return label and bool(row[0]) and gap < _TIGHT * size and _GOES_ON.match(row[0]) is not None


def going_on(rows: Sequence[Row], held: Sequence[Row]) -> int:
    """How many rows at the top of a column or page go on a table: their cells stand in its columns."""
    columns = _columns(held[-_MANY:])
    edges = [(high, low) for (_, high), (low, _) in pairwise(columns)]
    room = _room(columns)
    count = 0
    for i, row in enumerate(rows):
        parts = [piece for segment in row.segments for piece in _parted(segment, edges)]
        inside = all(any(low <= one.x0 and one.x1 <= high for low, high in room) for one in parts)
        if not inside or abs(row.size - held[-1].size) > 0.08 * row.size:
            break
        if len(parts) > 1 or (count == i and count and _GOES_ON.match(parts[0].text)):
            count = i + 1
        if not i and len(parts) == 1 and _GOES_ON.match(parts[0].text):
            rest = rows[1].size if len(rows) > 1 else 0.0
            count = int(abs(rest - row.size) > 0.05 * row.size)  # the last line of a cell, and the text goes on
    return count


def below(rows: Sequence[Row], held: Sequence[Row], across: float) -> list[Row]:
    """Rows as they would stand right below a table, in its columns.

    Args:
        across: How far their column stands to the right of that of the table.
    """
    gaps = [a.y - b.y for a, b in pairwise(held[-_MANY:]) if a.y > b.y]
    goes_on = _GOES_ON.match(rows[0].segments[0].text) is not None
    gap = (min(gaps) if goes_on else max(gaps)) if gaps else 1.2 * rows[0].size
    down = held[-1].y - gap - rows[0].y
    return [
        Row(
            row.y + down,
            [
                replace(
                    one,
                    x0=one.x0 - across,
                    x1=one.x1 - across,
                    y=one.y + down,
                    blanks=tuple((at, a - across, b - across) for at, a, b in one.blanks),
                )
                for one in row.segments
            ],
        )
        for row in rows
    ]


def _went_on(cell: str, line: str) -> str:
    """A cell with its next line: nothing between the halves of a range or unit."""
    if cell.endswith(("/", "–")) and line[:1].isalnum():
        return cell + line
    return " ".join(part for part in (cell, line) if part)


def _cells(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    """The texts of a row under its columns; what reaches over several stands under the first of them."""
    out = [""] * len(columns)
    edges = [(high, low) for (_, high), (low, _) in pairwise(columns)]
    for one in (piece for segment in row.segments for piece in _parted(segment, edges)):

        def share(k: int, x0: float = one.x0, x1: float = one.x1) -> float:
            low, high = columns[k]
            inside = min(high, x1) - max(low, x0)
            return inside if inside > 0 else -min(abs(low - x1), abs(high - x0))

        best = max(range(len(columns)), key=share)
        if share(best) > 0:
            best = next(
                k for k in range(len(columns)) if share(k) > 0.5 * min(share(best), columns[k][1] - columns[k][0])
            )
        out[best] = f"{out[best]} {one.text}".strip()
    return out


def _parted(one: Segment, edges: Sequence[tuple[float, float]]) -> list[Segment]:
    """A segment cut at its wider blanks, and at those between two columns before a word that begins the second."""
    places = [
        blank
        for blank in one.blanks
        if blank[2] - blank[1] > _WIDE * one.size
        or any(low - 1.5 < blank[2] < low + 1.5 and blank[1] > high - 40 for high, low in edges)
    ]
    return _cut(one, places)


def _wraps(rows: Sequence[Row], cells: Sequence[list[str]]) -> list[bool]:
    """Which lines go on the cells of the line above: they stand closer to it than rows stand to one another."""
    gaps = [rows[i - 1].y - rows[i].y for i in range(1, len(rows))]
    if not gaps:
        return [False] * len(rows)
    small = min(gaps)
    apart = [gap for gap in gaps if gap > 1.3 * small]
    wraps = [False] * len(rows)
    if not apart or small > _TIGHT * max(row.size for row in rows):
        return wraps
    usual = 2 * sum(gap > 1.2 * small for gap in gaps) > len(gaps)  # most rows are one line: close ones go on a row
    for i in range(1, len(rows)):
        both = not usual and any(
            any(c.isdigit() for c in a) and any(c.isdigit() for c in b) and not a.endswith(("–", "-", "/"))
            for a, b in zip(cells[i - 1][1:], cells[i][1:], strict=True)
        )
        under = bool(cells[i][0]) or all(a for a, b in zip(cells[i - 1], cells[i], strict=True) if b)
        wraps[i] = gaps[i - 1] <= 1.15 * small and under and not both
    return wraps
