"""Normalised text with an exact map back to the original offsets.

Line-end hyphens are joined, white space is folded, dashes, quotes and both micro signs are unified, the shorthand of
notes ("w/") is written out; nothing that changes a number is repaired. Paragraph breaks stay as one newline. Imports
evidence and the shorthand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from operator import itemgetter

from dechallenge.evidence import Document, TextEvidence
from dechallenge.reading.texts.shorthand import written_out

_SAME = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\ufe63": "-",
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"',
    "\u00b5": "\u03bc", "\u2265": "≥", "\u2a7e": "≥", "\u2264": "≤", "\u2a7d": "≤",
    "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "",
}  # fmt: skip

_SPECIAL = re.compile("[\u2010\u2011]?[^\\S\\n]*\\n\\s*|[^\\S\\n]+|[" + "".join(_SAME) + "]")
_CHANGED = re.compile("[\u2010\u2011]?[^\\S\\n]*\\n\\s*|[^\\S\\n]{2,}|[^\\S\\n ]|[" + "".join(_SAME) + "]")
"""The same without the single space, which stays what it is."""


_LONGEST = 400
"""Characters of what is written out in just as many, at the most; longer pieces are the document's own."""


@dataclass(frozen=True, slots=True)
class CleanText:
    """A normalised text and where each of its characters stands in the document.

    Attributes:
        document: The document it was made of.
        text: Normalised characters.
        starts, raw: Parallel arrays of anchors: clean position ``starts[i]`` stands at ``raw[i]``; between two anchors
            positions advance together.
    """

    document: Document
    text: str
    starts: tuple[int, ...]
    raw: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_start(self, position: int) -> int:
        """Raw start of the clean span that begins at ``position``; of what was written out, that of all of it."""
        i = bisect_right(self.starts, position) - 1
        step = position - self.starts[i]
        if step and self._written_out(i):
            return self.raw[i]
        return min(self.raw[i] + step, self.ends[i])

    def raw_end(self, position: int) -> int:
        """Raw end of the clean span that ends at ``position`` (exclusive); of what was written out, that of all."""
        i = bisect_right(self.starts, position - 1) - 1
        step = position - self.starts[i]
        if step >= self._length(i) or self._written_out(i):
            return self.ends[i]
        return min(self.raw[i] + step, self.ends[i])

    def _length(self, i: int) -> int:
        """Clean characters of a piece."""
        return (self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)) - self.starts[i]

    def _written_out(self, i: int) -> bool:
        """Whether a piece stands for other words of the document ("w/" is "with")."""
        first, last, length = self.raw[i], self.ends[i], self._length(i)
        if last - first != length or length > _LONGEST:
            return last - first != length
        start = self.starts[i]
        raw, clean = self.document.text[first:last], self.text[start : start + length]
        return raw != clean and 2 * sum(a != b for a, b in zip(raw, clean, strict=True)) > length

    def quote(self, start: int, end: int) -> TextEvidence:
        """The exact words of the document behind the clean span ``[start, end)``; outer white space is left out."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        raw = self.document.text
        first, last = self.raw_start(start), self.raw_end(end)
        while first < last and raw[first].isspace():
            first += 1
        while last > first and raw[last - 1].isspace():
            last -= 1
        return self.document.quote(first, max(last, first + 1))


def clean(
    document: Document,
    start: int = 0,
    end: int | None = None,
    *,
    keep_lines: bool = False,
    without: Sequence[tuple[int, int]] = (),
) -> CleanText:
    """Normalise a part of a document.

    Args:
        document: The document.
        start, end: Part of it, in raw offsets.
        keep_lines: Keep every newline and tab (tables); otherwise only blank lines end a paragraph.
        without: Raw spans that are cut out (tables lifted into a sentence); the halves around them are joined.
    """
    raw = document.text
    stop = len(raw) if end is None else end
    spaced = _double_spaced(raw)
    builder = _Builder()
    cuts = sorted((_edge(raw, max(a, start), start), min(b, stop)) for a, b in without if a < stop and b > start)
    position = start
    noted = [p for p in written_out(raw, dates=not keep_lines) if start <= p[0] and p[1] <= stop]
    for first, last, words in _in_order((_SPECIAL if cuts else _CHANGED).finditer(raw, start, stop), noted):
        while cuts and cuts[0][0] < last:
            position = _cut_out(builder, raw, position, *cuts.pop(0))
        if first < position:
            continue
        if words is not None:
            builder.emit(raw[position:first], position, first)
            builder.emit(words, first, last)
            position = last
            continue
        piece = raw[first:last]
        if len(piece) > 1 and piece[0] in "\u2010\u2011":  # a hyphen sign of its own at the end of a line
            divided = not keep_lines and _split_word(raw, first + 1, last)
            builder.emit(raw[position:first], position, first)
            builder.emit("" if divided else "-", first, first + 1)
            position, first, piece = first + 1, first + 1, piece[1:]
            if divided:
                position = last
                continue
        if keep_lines and piece.isspace() and piece != "\u00a0":
            continue
        hyphen = "\n" in piece and _split_word(raw, first, last)
        joined = _line_break(raw, first, last, spaced) if "\n" in piece and not hyphen else ""
        if joined == piece:  # it stays what it is
            continue
        builder.emit(raw[position : first - hyphen], position, first - hyphen)
        position = last
        if piece in _SAME:
            builder.emit(_SAME[piece], first, last)
        elif "\n" not in piece:
            builder.emit(" ", first, last)
        elif not hyphen:
            builder.emit(joined, first, last)
    for before, after in cuts:
        position = _cut_out(builder, raw, position, before, after)
    builder.emit(raw[position:stop], position, stop)
    return builder.finish(document, start, stop)


def _in_order(
    changes: Iterable[re.Match[str]], noted: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str | None]]:
    """Spans of the characters that change and of the shorthand, with what it stands for."""
    spans = [(*m.regs[0], None) for m in changes]
    return merge(noted, spans, key=itemgetter(0)) if noted else iter(spans)


def _cut_out(builder: _Builder, raw: str, position: int, before: int, after: int) -> int:
    """Take in what stands before a cut, and how its halves are joined; where the text goes on."""
    joined = _halves(raw, before, after)
    cut = max(position, before - 1 if joined == "" else before)
    builder.emit(raw[position:cut], position, cut)
    if joined:
        builder.emit(joined, before, before)
    return after


def _edge(raw: str, position: int, start: int) -> int:
    """The end of the word before a cut."""
    while position > start and raw[position - 1].isspace():
        position -= 1
    return position


class _Builder:
    """Collects pieces of clean text with the raw span of each."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []
        self.length = 0

    def emit(self, piece: str, first: int, last: int) -> None:
        if piece:
            self.starts.append(self.length)
            self.origins.append(first)
            self.ends.append(last)
            self.out.append(piece)
            self.length += len(piece)

    def finish(self, document: Document, start: int, stop: int) -> CleanText:
        if not self.starts:
            return CleanText(document, "", (0,), (start,), (stop,))
        return CleanText(document, "".join(self.out), tuple(self.starts), tuple(self.origins), tuple(self.ends))


def _halves(raw: str, before: int, after: int) -> str:
    """How the halves around a cut are joined: nothing inside a divided word, else a space or a paragraph."""
    left, right = raw[:before].rstrip()[-1:], raw[after : after + 200].lstrip()[:1]
    if left in "-\u2010\u00ad" and left and right.islower() and raw[before - 1 : before] == left:
        return ""
    return " " if right.islower() else "\n"


def _split_word(raw: str, first: int, last: int) -> bool:
    """A word divided by a hyphen at the end of a line ("admin-" / "istered"), not a compound ("drug-" / "induced")."""
    if not (
        first > 2
        and raw[first - 1] in _HYPHENS
        and raw[first - 2].isalpha()
        and last < len(raw)
        and raw[last].islower()
    ):
        return False
    left, right = _LEFT.search(raw, max(0, first - 26), first - 1), _RIGHT.match(raw, last, last + 26)
    if left is None or right is None:
        return False
    return right.group() not in _TAILS and f"{left.group()}-{right.group()}".lower() not in _compounds(raw)


_HYPHENS = "-\u2010\u2011\u00ad"
_LEFT = re.compile(r"[^\W\d_]{2,25}$")
_RIGHT = re.compile(r"[^\W\d_]{1,25}")
_TAILS = frozenset(
    ["old", "induced", "related", "associated", "dependent", "threatening", "negative", "positive", "day", "week",
     "month", "year", "term", "like", "free", "fold"]
)  # fmt: skip
"""Words that a compound ends in: behind these a hyphen at the end of a line stays."""
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,25}[-\u2010\u2011][^\W\d_]{2,25}(?![^\W\d_])")


@lru_cache(maxsize=4)
def _compounds(raw: str) -> frozenset[str]:
    """The compounds that the text writes with a hyphen inside a line; at the end of a line they keep it."""
    found = _COMPOUND.findall(raw)
    return frozenset(one.replace("\u2010", "-").replace("\u2011", "-").lower() for one in found)


_CONTINUED = re.compile(r"[a-z,]\s*\n\s*\n\s*[a-z]")
_LONG_LINE = 45
"""Characters from which a line is taken to be wrapped by its width, not ended by its author."""


_EVEN = 0.7
"""Share of lines of nearly one length from which a narrow column is taken to be wrapped by its width."""


@lru_cache(maxsize=4)
def _wrap_from(raw: str) -> float:
    """Characters from which a line counts as wrapped: fewer in a narrow column, whose lines are all nearly as long."""
    lengths = sorted(len(line.rstrip()) for line in raw.splitlines() if line.strip() and "\t" not in line)
    if len(lengths) < 6:
        return _LONG_LINE
    width = lengths[int(0.9 * (len(lengths) - 1))]
    even = sum(0.65 * width <= n for n in lengths) / len(lengths)
    return 0.6 * width if 20 <= width <= 1.3 * _LONG_LINE and even >= _EVEN else _LONG_LINE


_PARAGRAPH = 200
"""Characters that no line of a page has: a line as long as this is a paragraph."""


_NEXT_SENTENCE = re.compile(r"[.?!]\s+(?=[A-Z])")


@lru_cache(maxsize=4)
def _unwrapped(raw: str) -> bool:
    """Whether every line is a paragraph of its own: there are very long ones, and most of them end with a sentence."""
    lines = [line.rstrip() for line in raw.splitlines() if "\t" not in line]
    told = [line for line in lines if len(line) > _LONG_LINE]
    ended = sum(line.endswith((".", "?", "!", ":", ".)", '."')) for line in told)
    inner = sum(len(_NEXT_SENTENCE.findall(line)) for line in told)
    paragraphs = max(map(len, lines), default=0) > _PARAGRAPH and ended >= 0.6 * len(told)
    return paragraphs and inner >= 0.8 * len(told)  # not one sentence to a line


@lru_cache(maxsize=4)
def _double_spaced(raw: str) -> bool:
    """Whether blank lines stand between the lines of a paragraph (texts copied out of a page)."""
    return len(_CONTINUED.findall(raw)) >= 5


def _line_break(raw: str, first: int, last: int, spaced: bool) -> str:
    """What a line break stands for: nothing after a hyphen or slash, a space inside a sentence, else a new paragraph.

    Args:
        spaced: Blank lines stand between the lines of a paragraph.
    """
    before = raw[first - 1] if first else ""
    after = raw[last] if last < len(raw) else ""
    if not before or not after:
        return ""
    if before in "-\u2010\u2011/" and after.isalnum():
        return ""
    if before in "\u2013\u2212" and after.isalnum() and first > 1 and raw[first - 2].isalnum():
        return ""
    if after == ":" and raw[last + 1 : last + 2].isspace():  # "Gender / : Female": no line begins with a colon
        return ""
    if after.islower() or after in "),;%×±°":
        return " "
    if raw.count("\n", first, last) > 1 and not spaced:
        return "\n"
    wrapped = first - raw.rfind("\n", 0, first) > _wrap_from(raw)
    ended = before in ".:!?" or (before in ")]\"'" and "." in raw[max(0, first - 6) : first])
    if wrapped and (not ended or (raw.count("\n", first, last) == 1 and not _unwrapped(raw))):
        return " "
    return "\n"
