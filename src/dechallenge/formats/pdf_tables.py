"""Rows of a page that stand in columns of cells to tab-separated lines. Imports `pdf_layout` only."""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.formats.pdf_layout import Row

_TIGHT = 1.3
"""Distance of baselines, in heights of the font's box, up to which a line may go on a cell of the line above."""
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
        j = end
        while j < len(rows) and j - end <= _BETWEEN:
            if rows[j - 1].y - rows[j].y > 4 * rows[j].size or rows[j].size > 1.12 * rows[j - 1].size:
                break  # far below, or larger letters: the running text goes on
            if len(rows[j].segments) > 1:
                end = j + 1
            elif rows[j].segments[0].x1 - rows[j].segments[0].x0 > 0.7 * width:
                break
            j += 1
        if sum(len(row.segments) > 1 for row in rows[i:end]) > 1 and len(_columns(rows[i:end])) > 1:
            found.append((i, end))
        i = end
    return found


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Where the columns of cells stand: what few rows reach across is no column."""
    several = [row for row in rows if len(row.segments) > 1]
    most = max(len(row.segments) for row in several)
    told = [row for row in several if len(row.segments) >= max(2, most - 1)]
    edges = sorted(
        [(s.x0, 1) for row in told for s in row.segments] + [(s.x1, -1) for row in told for s in row.segments]
    )
    allowed = 0.15 * len(told)
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
    return merged


def table_lines(rows: Sequence[Row]) -> list[str]:
    """The rows of a table as lines of tab-separated cells; a row of one cell is a line of its own."""
    columns = _columns(rows)
    cells = [_cells(row, columns) for row in rows]
    merged: list[list[str]] = []
    wraps = _wraps(rows, cells)
    for i, row in enumerate(cells):
        if merged and wraps[i]:
            merged[-1] = [" ".join(p for p in pair if p) for pair in zip(merged[-1], row, strict=True)]
        else:
            merged.append(row)
    return ["\t".join(row) if sum(map(bool, row)) > 1 else "".join(row) for row in merged]


def _cells(row: Row, columns: Sequence[tuple[float, float]]) -> list[str]:
    """The texts of a row under its columns; what reaches over several stands under the first of them."""
    out = [""] * len(columns)
    for one in row.segments:

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
    for i in range(1, len(rows)):
        both = any(
            any(c.isdigit() for c in a) and any(c.isdigit() for c in b)
            for a, b in zip(cells[i - 1][1:], cells[i][1:], strict=True)
        )
        wraps[i] = gaps[i - 1] <= 1.15 * small and not both
    return wraps
