"""Normalised text with an exact map back to the original offsets.

Line-end hyphens are joined, white space is folded, dashes, quotes and both micro signs are unified; nothing that changes
a number is repaired. Paragraph breaks stay as one newline. Imports evidence only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from dechallenge.evidence import Document, TextEvidence

_SAME = {
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\ufe63": "-",
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "\u201c": '"', "\u201d": '"',
    "\u00b5": "\u03bc", "\u2265": "≥", "\u2a7e": "≥", "\u2264": "≤", "\u2a7d": "≤",
    "\ufb01": "fi", "\ufb02": "fl", "\ufb00": "ff", "\ufb03": "ffi", "\ufb04": "ffl",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u2060": "",
}  # fmt: skip

_SPECIAL = re.compile("[^\\S\\n]*\\n\\s*|[^\\S\\n]+|[" + "".join(_SAME) + "]")


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
        i = bisect_right(self.starts, position) - 1
        return min(self.raw[i] + position - self.starts[i], self.ends[i])

    def raw_end(self, position: int) -> int:
        """Raw end of the clean span that ends at ``position`` (exclusive)."""
        i = bisect_right(self.starts, position - 1) - 1
        step = position - self.starts[i]
        length = (self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)) - self.starts[i]
        if step >= length:
            return self.ends[i]
        return min(self.raw[i] + step, self.ends[i])

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


def clean(document: Document, start: int = 0, end: int | None = None, *, keep_lines: bool = False) -> CleanText:
    """Normalise a part of a document.

    Args:
        document: The document.
        start, end: Part of it, in raw offsets.
        keep_lines: Keep every newline and tab (tables); otherwise only blank lines end a paragraph.
    """
    raw = document.text
    stop = len(raw) if end is None else end
    out: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    ends: list[int] = []
    length = 0

    def emit(piece: str, first: int, last: int) -> None:
        nonlocal length
        if piece:
            starts.append(length)
            origins.append(first)
            ends.append(last)
            out.append(piece)
            length += len(piece)

    position = start
    for match in _SPECIAL.finditer(raw, start, stop):
        first, last = match.span()
        piece = match.group()
        if keep_lines and piece.isspace() and piece != "\u00a0":
            continue
        joined = "\n" in piece and _split_word(raw, first, last)
        emit(raw[position : first - joined], position, first - joined)
        position = last
        if piece in _SAME:
            emit(_SAME[piece], first, last)
        elif "\n" not in piece:
            emit(" ", first, last)
        elif not joined:
            emit(_line_break(raw, first, last), first, last)
    emit(raw[position:stop], position, stop)
    if not starts:
        starts, origins, ends = [0], [start], [stop]
    return CleanText(document, "".join(out), tuple(starts), tuple(origins), tuple(ends))


def _split_word(raw: str, first: int, last: int) -> bool:
    """A word divided by a hyphen at the end of a line ("admin-" / "istered")."""
    return (
        first > 2
        and raw[first - 1] in "-\u2010\u00ad"
        and raw[first - 2].isalpha()
        and last < len(raw)
        and raw[last].islower()
    )


_LONG_LINE = 45
"""Characters from which a line is taken to be wrapped by its width, not ended by its author."""


def _line_break(raw: str, first: int, last: int) -> str:
    """What a line break stands for: nothing after a hyphen or slash, a space inside a sentence, else a new paragraph."""
    before = raw[first - 1] if first else ""
    after = raw[last] if last < len(raw) else ""
    if not before or not after:
        return ""
    if before in "-\u2010/" and after.isalnum():
        return ""
    if after.islower() or after in "),;%":
        return " "
    wrapped = first - raw.rfind("\n", 0, first) > _LONG_LINE
    if wrapped and (before not in ".:!?" or raw.count("\n", first, last) == 1):
        return " "
    return "\n"
