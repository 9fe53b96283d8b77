"""A text laid out for reading, with the words that were used marked in it.

The characters are never changed; only where lines and paragraphs break is decided for display, because texts come
hard-wrapped or with blank lines between all lines. Imports nothing of the package.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

FOLD = 900
"""Characters without any mark after which a stretch of text is folded away (it stays on the page)."""

WRAPPED = 200
"""The longest line that a typesetter wraps; longer ones are paragraphs of their own."""

CONTEXT = 4_000
"""The longest block that is shown only because it stands beside one with marks."""

LONGEST = 60_000
"""Characters of a folded stretch that are kept on the page; of a longer one only its length is told."""

_SENTENCE_END = re.compile(r"[.!?:;\"”)\]]$")


@dataclass(frozen=True)
class Run:
    """Characters under the same marks; ``starts`` are the words that begin here."""

    text: str
    words: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or the lines of a table."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def rows(self) -> list[list[list[Run]]]:
        """The cells of a table whose columns are parted by tabs; empty for everything else."""
        if self.kind != "table" or not any("\t" in run.text for run in self.runs):
            return []
        rows: list[list[list[Run]]] = [[[]]]
        for run in self.runs:
            starts = run.starts
            for part in re.split(r"([\t\n])", run.text):
                if part == "\n":
                    rows.append([[]])
                elif part == "\t":
                    rows[-1].append([])
                elif part:
                    rows[-1][-1].append(Run(part, run.words, starts))
                    starts = ()
        return rows


@dataclass(frozen=True)
class Passage:
    """Blocks in a row, shown or folded."""

    folded: bool
    blocks: tuple[Block, ...]
    size: int

    @property
    def left_out(self) -> bool:
        return self.folded and self.size > LONGEST


def layout(text: str) -> list[tuple[str, list[tuple[int, int, bool]]]]:
    """Paragraphs as ``(kind, lines)``; kinds: text, head, table.

    A line is its offsets, and whether it goes on from the line before: a line break is soft when the next word would
    not have fitted on the line.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]*\n?", text) if m.group()]
    lines = [(a, _trim(text, a, b)) for a, b in lines]
    filled = sorted(b - a for a, b in lines if b > a)
    if not filled:
        return []
    width = filled[min(len(filled) - 1, int(len(filled) * 0.9))]
    blanks = sum(1 for a, b in lines if b == a)
    spaced = len(filled) > 6 and blanks > 0.6 * len(filled) and width <= WRAPPED
    groups: list[list[tuple[int, int]]] = []
    gap = True
    for a, b in lines:
        if b == a:
            gap = True
            continue
        joined = bool(groups) and (not gap or (spaced and _continues(text, groups[-1][-1], (a, b), width)))
        if joined:
            groups[-1].append((a, b))
        else:
            groups.append([(a, b)])
        gap = False
    return [_block(text, group, width) for group in groups]


def _block(text: str, group: Sequence[tuple[int, int]], width: int) -> tuple[str, list[tuple[int, int, bool]]]:
    kind = _kind(text, group, width)
    lines = [(*group[0], False)]
    for number, ((a, b), (c, d)) in enumerate(pairwise(group)):
        near = max(width * 0.5, *(y - x for x, y in group[max(0, number - 3) : number + 5]))
        word = len((text[c:d].split(None, 1) or [""])[0])
        lines.append((c, d, kind == "text" and b - a + 1 + word > 0.8 * near))
    return kind, lines


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    return end


def _continues(text: str, before: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Whether a blank line between two lines is only spacing."""
    last, first = text[before[0] : before[1]], text[after[0] : after[1]]
    if not first.lstrip()[:1].islower() and _SENTENCE_END.search(last):
        return len(last) > 0.82 * width
    return len(last) > 0.6 * width or first.lstrip()[:1].islower()


def _kind(text: str, group: Sequence[tuple[int, int]], width: int) -> str:
    rows = [text[a:b] for a, b in group]
    if sum(1 for r in rows if "\t" in r or "|" in r or re.search(r"\S {3,}\S", r)) >= max(1, len(rows) // 2):
        return "table"
    if len(rows) == 1 and len(rows[0]) < min(64, 0.8 * width) and not re.search(r"[.;,:]$", rows[0]):
        return "head"
    return "text"


def passages(text: str, marks: Mapping[Span, str]) -> list[Passage]:
    """The text in passages, each block cut into runs under the same marks.

    Args:
        text: The document.
        marks: Offsets of words, and their name on the page.
    """
    ordered = sorted(marks)
    cuts = sorted({offset for span in ordered for offset in span})
    started: set[str] = set()
    out: list[tuple[bool, Block, int]] = []
    for kind, lines in layout(text):
        runs: list[Run] = []
        end = lines[0][0]
        spans = [s for s in ordered[: bisect_left(ordered, (lines[-1][1], 0))] if s[1] > end]
        for number, (a, b, soft) in enumerate(lines):
            if number:
                runs.append(Run(" " if soft else "\n", _covering(spans, marks, end, a)))
            runs += _cut(text, a, b, cuts, spans, marks, started)
            end = b
        block = Block(kind, tuple(runs))
        out.append((any(r.words for r in runs), block, lines[-1][1] - lines[0][0]))
    return _fold(out)


def _cut(
    text: str,
    start: int,
    end: int,
    cuts: Sequence[int],
    spans: Sequence[Span],
    marks: Mapping[Span, str],
    started: set[str],
) -> list[Run]:
    edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
    runs: list[Run] = []
    for a, b in pairwise(edges):
        if a == b:
            continue
        names = _covering(spans, marks, a, b)
        fresh = tuple(n for n in names if n not in started)
        started.update(fresh)
        runs.append(Run(text[a:b], names, fresh))
    return runs


def _covering(spans: Sequence[Span], marks: Mapping[Span, str], start: int, end: int) -> tuple[str, ...]:
    """Names of the words that cover these characters, the shortest first."""
    covering = [s for s in spans[: bisect_right(spans, (start, sys.maxsize))] if end <= s[1]]
    covering.sort(key=lambda s: (s[1] - s[0], s))
    return tuple(dict.fromkeys(marks[s] for s in covering))


def _fold(blocks: Sequence[tuple[bool, Block, int]]) -> list[Passage]:
    """Long stretches without a mark are folded; one block of context stays on either side."""
    used = [False, *(u for u, _, _ in blocks), False]
    near = [used[i] or used[i + 2] for i in range(len(blocks))]
    keep = [u or (near[i] and size <= CONTEXT) for i, (u, _, size) in enumerate(blocks)]
    out: list[Passage] = []
    i = 0
    while i < len(blocks):
        j = i
        while j < len(blocks) and keep[j] == keep[i]:
            j += 1
        size = sum(n for _, _, n in blocks[i:j])
        out.append(Passage(not keep[i] and size > FOLD, tuple(b for _, b, _ in blocks[i:j]), size))
        i = j
    return _merge(out)


def _merge(passages: Sequence[Passage]) -> list[Passage]:
    out: list[Passage] = []
    for passage in passages:
        if out and out[-1].folded == passage.folded:
            out[-1] = Passage(passage.folded, out[-1].blocks + passage.blocks, out[-1].size + passage.size)
        else:
            out.append(passage)
    return out
