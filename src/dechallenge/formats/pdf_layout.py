"""Words of a page to lines in reading order: columns side by side, rows of tables, running heads and feet.

Geometry only; nothing here knows what a word means. Imports `pdf_words` and `written`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dechallenge.formats.pdf_words import Page, Word
from dechallenge.formats.written import raised

_SAME_LINE = 0.3
"""Share of the font's height by which baselines of one line may differ."""
_GAP = 0.95
"""Gap, in heights of the font's box, from which two words stand in different cells or columns."""
_MARGIN = 0.09
"""Share of the page's height in which running heads and feet stand."""
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–|\s]*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–|\s]*", re.IGNORECASE)
_LABEL = re.compile(r"(?:[•▪●◦‣*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])")
_MAX_DEPTH = 4


@dataclass(slots=True)
class Segment:
    """Words of one line that stand close together."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    tail: bool = False
    """Its last word was raised."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0


@dataclass(slots=True)
class Row:
    """Segments on one baseline, from left to right."""

    y: float
    segments: list[Segment]

    @property
    def size(self) -> float:
        return max(s.size for s in self.segments)


@dataclass(slots=True)
class Region:
    """Rows of one column, or of the full width between columns, from top to bottom."""

    x0: float
    x1: float
    rows: list[Row]


def segments(words: Sequence[Word]) -> list[Segment]:
    """Words that follow one another on a line joined; a raised number becomes a power or is left out."""
    found: list[Segment] = []
    for word in words:
        last = found[-1] if found else None
        if last is None or not _follows(last, word):
            found.append(Segment(word.text, word.x0, word.x1, word.y, word.size, word.bold))
            continue
        high = word.y - last.y
        touches = last.tail and word.x0 - last.x1 < 0.12 * last.size
        last.tail = False
        if word.size < 0.9 * last.size and high > 0.1 * last.size:
            last.text += raised(last.text[-12:], word.text) if word.glued else _apart(last.text, word.text)
            last.tail = True
        elif word.glued or touches:
            last.text += word.text
        elif len(last.text) < 4 and last.size < 0.9 * word.size:
            last.text, last.y, last.size = f"{last.text} {word.text}", word.y, word.size
        else:
            last.text += " " + word.text
        last.x1 = max(last.x1, word.x1)
        last.bold = last.bold and word.bold
    return found


def _apart(before: str, text: str) -> str:
    """A raised word after a blank: a reference mark is left out, anything else stays."""
    written = raised(before[-12:], text)
    return f" {written}" if written else ""


def _follows(last: Segment, word: Word) -> bool:
    size = max(last.size, word.size)
    gap = word.x0 - last.x1
    if abs(word.y - last.y) <= _SAME_LINE * size:
        return -0.4 * size <= gap <= _GAP * size
    small = min(last.size, word.size) < 0.9 * size
    return small and abs(word.y - last.y) <= 0.65 * size and -0.4 * size <= gap <= 0.4 * size


def rows_of(parts: Sequence[Segment]) -> list[Row]:
    """Segments by baseline, from the top."""
    rows: list[Row] = []
    for one in sorted(parts, key=lambda s: (-s.y, s.x0)):
        if rows and rows[-1].y - one.y <= _SAME_LINE * min(one.size, rows[-1].segments[0].size):
            rows[-1].segments.append(one)
        else:
            rows.append(Row(one.y, [one]))
    for row in rows:
        row.segments.sort(key=lambda s: s.x0)
    return rows


def furniture(pages: Sequence[tuple[Page, list[Segment]]]) -> list[set[int]]:
    """For each page the indexes of the segments that are running heads, feet or page numbers."""
    keyed: list[list[tuple[int, str, bool]]] = []
    counts: Counter[str] = Counter()
    for page, parts in pages:
        edge = _at_edges(page, parts)
        keyed.append(edge)
        counts.update({key for _, key, _ in edge})
    enough = max(2, round(0.3 * len(pages)))
    return [{index for index, key, number in edge if counts[key] >= enough or number} for edge in keyed]


def _at_edges(page: Page, parts: list[Segment]) -> list[tuple[int, str, bool]]:
    """Segments of the first and last lines of a page: index, text without its numbers, whether a bare page number."""
    if not parts:
        return []
    position = {id(one): i for i, one in enumerate(parts)}
    rows = rows_of(parts)
    low, high = _MARGIN * page.height, (1 - _MARGIN) * page.height
    top = [row for row in rows[:3] if row.y > high]
    bottom = [row for row in rows[-3:] if row.y < low]
    usual = usual_size(parts)
    found: list[tuple[int, str, bool]] = []
    for row in [*top, *(row for row in bottom if row not in top)]:
        outer = row is rows[0] or row is rows[-1]
        small = outer and _stands_off(rows, row is rows[0]) and row.size < 0.9 * usual
        for one in row.segments:
            key = re.sub(r"\d+", "#", one.text).casefold()
            number = small or (outer and len(row.segments) < 3 and _PAGE_NUMBER.fullmatch(one.text) is not None)
            if len(row.segments) < 4 and len(key) > 1:
                found.append((position[id(one)], key, number))
            elif number:
                found.append((position[id(one)], f"{key}/number", True))
    return found


def usual_size(parts: Sequence[Segment]) -> float:
    """The size that most characters are set in."""
    sizes: Counter[float] = Counter()
    for one in parts:
        sizes[round(one.size, 1)] += len(one.text)
    return max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 0.0


def _stands_off(rows: Sequence[Row], first: bool) -> bool:
    """Whether the first or last line of a page stands well away from the rest."""
    if len(rows) < 5:
        return False
    gap = rows[0].y - rows[1].y if first else rows[-2].y - rows[-1].y
    return gap > 2 * median(a.y - b.y for a, b in pairwise(rows))


def regions(parts: Sequence[Segment], depth: int = 0) -> list[Region]:
    """The page in reading order: what spans the columns breaks them; columns are read from left to right."""
    if not parts:
        return []
    x0, x1 = min(s.x0 for s in parts), max(s.x1 for s in parts)
    rows = rows_of(parts)
    gutter = _gutter(parts, x0, x1) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [Region(x0, x1, rows)]
    spanning = _table_rows(rows, gutter, x0, x1)
    found: list[Region] = []
    left: list[Segment] = []
    right: list[Segment] = []
    across: list[Segment] = []
    for row in rows:
        whole = id(row) in spanning or any(s.x0 < gutter - 1 and s.x1 > gutter + 1 for s in row.segments)
        if whole:
            if left or right:
                found += regions(left, depth + 1) + regions(right, depth + 1)
                left, right = [], []
            across += row.segments
            continue
        if across:
            found += [Region(x0, x1, rows_of(across))]
            across = []
        left += [s for s in row.segments if s.x1 <= gutter + 1]
        right += [s for s in row.segments if s.x1 > gutter + 1]
    if left or right:
        found += regions(left, depth + 1) + regions(right, depth + 1)
    if across:
        found += [Region(x0, x1, rows_of(across))]
    return found


def _gutter(parts: Sequence[Segment], x0: float, x1: float) -> float | None:
    """Where the page divides into columns of running text; ``None`` where it does not."""
    width = x1 - x0
    if width < 100 or len(parts) < 10:
        return None
    starts = sorted(s.x0 for s in parts)
    ends = sorted(s.x1 for s in parts)
    step = 2.0
    best: tuple[float, float] | None = None
    places = [x0 + 0.15 * width + i * step for i in range(int(0.7 * width / step) + 1)]
    covered = [bisect_right(starts, x) - bisect_right(ends, x) for x in places]
    least = min(covered)
    i = 0
    while i < len(places):
        if covered[i] > least + 0.02 * len(parts):
            i += 1
            continue
        j = i
        while j + 1 < len(places) and covered[j + 1] <= least + 0.02 * len(parts):
            j += 1
        middle = (places[i] + places[j]) / 2
        if _divides(parts, middle, x0, x1):
            off = abs(middle - (x0 + x1) / 2)
            if best is None or off < best[0]:
                best = (off, middle)
        i = j + 1
    return None if best is None else best[1]


def _divides(parts: Sequence[Segment], x: float, x0: float, x1: float) -> bool:
    """Both sides hold lines of running text, at the same heights; one of them may be a few lines (a last column)."""
    left = [s for s in parts if s.x1 <= x + 1]
    right = [s for s in parts if s.x0 >= x - 1]
    many = 0
    for side, width in ((left, x - x0), (right, x1 - x)):
        full = [s for s in side if s.width > 0.55 * width and len(s.text) >= 15]
        if len(full) < 2 or len(full) < (0.3 if len(side) > 8 else 0.5) * len(side):
            return False
        many += len(full) >= 5
    if not many:
        return False
    top = min(max(s.y for s in left), max(s.y for s in right))
    bottom = max(min(s.y for s in left), min(s.y for s in right))
    sizes = median(s.size for s in parts)
    return top - bottom > sizes


def _table_rows(rows: Sequence[Row], gutter: float, x0: float, x1: float) -> set[int]:
    """Rows of a table that spans both columns: cells on both sides, running text on neither; at least two together."""
    flags = [_is_cells(row, gutter, x0, x1) for row in rows]
    found: set[int] = set()
    for i, flag in enumerate(flags):
        if flag and ((i and flags[i - 1]) or (i + 1 < len(flags) and flags[i + 1])):
            found.add(id(rows[i]))
    return found


def _is_cells(row: Row, gutter: float, x0: float, x1: float) -> bool:
    left = [s for s in row.segments if s.x0 < gutter]
    right = [s for s in row.segments if s.x0 >= gutter]
    if len(row.segments) < 3 or not left or not right:
        return False
    return all(s.width < 0.5 * w for side, w in ((left, gutter - x0), (right, x1 - gutter)) for s in side)


def joined(row: Row) -> Row:
    """The row with segments that stand close together made one, and the mark of a list put before its text."""
    out: list[Segment] = []
    for one in row.segments:
        near = bool(out) and one.x0 - out[-1].x1 <= _GAP * max(one.size, out[-1].size)
        if out and (near or (len(out) == 1 and _LABEL.fullmatch(out[0].text))):
            last = out[-1]
            out[-1] = Segment(
                f"{last.text} {one.text}", last.x0, one.x1, last.y, max(last.size, one.size), last.bold and one.bold
            )
        else:
            out.append(one)
    return Row(row.y, out)
