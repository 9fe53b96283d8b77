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
_CAPTION = re.compile(r"(?:Table|Tab\.)\s*(?:\d|[IVX]+\b)", re.IGNORECASE)
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
    blanks: tuple[tuple[int, float, float], ...] = ()
    """Where its words may be cut: place of the blank in the text, and where the words around it end and begin."""

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
    last: Segment | None = None
    for word in words:
        if last is None or not _follows(last, word):
            last = Segment(word.text, word.x0, word.x1, word.y, word.size, word.bold)
            found.append(last)
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
            last.blanks += ((len(last.text), last.x1, word.x0),)
            last.text += " " + word.text
        last.x1 = max(last.x1, word.x1)
        last.bold = last.bold and word.bold
    return found


def _apart(before: str, text: str) -> str:
    """A raised word after a blank: a reference mark is left out, anything else stays."""
    written = raised(before[-12:], text)
    return f" {written}" if written else ""


def _follows(last: Segment, word: Word) -> bool:
    size, other = last.size, word.size
    if other > size:
        size, other = other, size
    gap = word.x0 - last.x1
    if abs(word.y - last.y) <= _SAME_LINE * size:
        return -0.4 * size <= gap <= _GAP * size
    small = other < 0.9 * size
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
        paged = outer and len(row.segments) < 4 and any(_PAGE_NUMBER.fullmatch(s.text) for s in row.segments)
        small = small or (paged and len(row.segments) > 1 and _stands_off(rows, row is rows[0]))
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
    low = max((s.x1 for s in parts if s.x1 <= gutter), default=gutter)
    high = min((s.x0 for s in parts if s.x0 >= gutter), default=gutter)
    found: list[Region] = []
    left: list[Segment] = []
    right: list[Segment] = []
    across: list[Segment] = []
    for row in rows:
        whole = id(row) in spanning or any(s.x0 < low - 1 and s.x1 > high + 1 for s in row.segments)
        if whole:
            if left or right:
                found += regions(left, depth + 1) + regions(right, depth + 1)
                left, right = [], []
            across += row.segments
            continue
        if across:
            found += [Region(x0, x1, rows_of(across))]
            across = []
        left += [s for s in row.segments if s.x0 + s.x1 <= 2 * gutter]
        right += [s for s in row.segments if s.x0 + s.x1 > 2 * gutter]
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
    """Both sides hold lines of running text, at the same heights; one of them may be a few lines (a last column).

    A side that is mostly a table is one as well, where its rows stand at other heights than the lines beside it.
    """
    cells = {id(s) for row in rows_of(parts) if _is_cells(row, x, x0, x1) for s in row.segments}  # of a wide table
    told = [s for s in parts if id(s) not in cells]
    sides = [
        (rows_of([s for s in told if s.x1 <= x + 1]), x - x0),
        (rows_of([s for s in told if s.x0 >= x - 1]), x1 - x),
    ]
    if not all(rows for rows, _ in sides):
        return False
    full = [sum(_is_full(row, width) for row in rows) for rows, width in sides]
    run = [
        n >= 2 and n >= (0.3 if len(rows) > 8 else 0.5) * len(rows) for n, (rows, _) in zip(full, sides, strict=True)
    ]
    (left, _), (right, _) = sides
    if max(full) < 5 or not any(run) or (not all(run) and _level(left, right)):
        return False
    top = min(left[0].y, right[0].y)
    bottom = max(left[-1].y, right[-1].y)
    return top - bottom > median(s.size for s in parts)


def _is_full(row: Row, width: float) -> bool:
    """Whether a line of one side is a line of running text."""
    return any(s.width > 0.55 * width and len(s.text) >= 15 for s in row.segments)


def _level(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether the lines of the shorter side stand on lines of the other, as the cells of one table do."""
    few, many = sorted((left, right), key=len)
    heights = sorted(row.y for row in many)
    same = 0
    for row in few:
        at = bisect_right(heights, row.y)
        near = min((abs(heights[k] - row.y) for k in (at - 1, at) if 0 <= k < len(heights)), default=1e9)
        same += near < 0.15 * row.size
    return same > 0.5 * len(few)


def _table_rows(rows: Sequence[Row], gutter: float, x0: float, x1: float) -> set[int]:
    """Rows of a table that spans both columns: cells on both sides, running text on neither; at least two together.

    Its caption above and rows with few cells inside it belong to it.
    """
    flags = [_is_cells(row, gutter, x0, x1) for row in rows]
    for i in [i for i, flag in enumerate(flags) if flag]:
        ahead = next((j for j in range(i + 2, min(i + 5, len(rows))) if flags[j]), None)
        if ahead is not None and not flags[i + 1] and all(_is_short(rows[k], gutter, x0, x1) for k in range(i, ahead)):
            flags[i + 1 : ahead] = [True] * (ahead - i - 1)
    found: set[int] = set()
    for i, flag in enumerate(flags):
        if not flag or not ((i and flags[i - 1]) or (i + 1 < len(flags) and flags[i + 1])):
            continue
        found.add(id(rows[i]))
        above = i - 1
        while above >= max(0, i - 4) and not flags[above]:
            aside = all(s.x1 <= gutter + 1 for s in rows[above].segments)
            if aside and _CAPTION.match(rows[above].segments[0].text):
                found.update(id(row) for row in rows[above:i])
                break
            if not aside and not _is_short(rows[above], gutter, x0, x1):
                break
            above -= 1
    return found


def _is_cells(row: Row, gutter: float, x0: float, x1: float) -> bool:
    left = any(s.x0 < gutter for s in row.segments)
    right = any(s.x0 >= gutter for s in row.segments)
    alike = min(s.size for s in row.segments) > 0.88 * row.size  # no heading beside the cells of the other column
    return len(row.segments) > 2 and left and right and alike and _is_short(row, gutter, x0, x1)


def _is_short(row: Row, gutter: float, x0: float, x1: float) -> bool:
    return all(s.width < 0.5 * (gutter - x0 if s.x0 < gutter else x1 - gutter) for s in row.segments)


def joined(row: Row) -> Row:
    """The row with segments that stand close together made one, and the mark of a list put before its text."""
    out: list[Segment] = []
    for one in row.segments:
        near = bool(out) and one.x0 - out[-1].x1 <= _GAP * max(one.size, out[-1].size)
        if out and (near or (len(out) == 1 and _LABEL.fullmatch(out[0].text))):
            last = out[-1]
            size, far = max(last.size, one.size), len(last.text)
            blanks = (*last.blanks, (far, last.x1, one.x0), *((at + far + 1, a, b) for at, a, b in one.blanks))
            out[-1] = Segment(
                f"{last.text} {one.text}", last.x0, one.x1, last.y, size, last.bold and one.bold, blanks=blanks
            )
        else:
            out.append(one)
    return Row(row.y, out)
