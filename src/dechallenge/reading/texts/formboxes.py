"""Boxes to tick in report forms: which options are chosen, whether the box stands before its option or behind it.

"[X] Life threatening  [ ] Death" chooses the first; so does "Life threatening [X]  Died [ ]". A box without a tick says
nothing, and its option goes. May import the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dechallenge.reading.matching.triggers import Pattern

_EMPTY = r"\[[ \t_]{0,3}\]|☐|□|◻"
_FULL = r"\[[ \t]?[xX✓√][ \t]?\]|☒|☑|✓"
_BOX = Pattern(rf"(?P<empty>{_EMPTY})|(?P<full>{_FULL})")
_UNTICKED = Pattern(
    rf"(?:{_EMPTY})[ \t]*(?P<option>[^\n\[\]☐□◻☒☑✓]{{1,60}}?)(?=[ \t]*(?:{_EMPTY}|{_FULL}|#\d|[ \t]{{3,}}\S|\n|$))"
)
"""A box without a tick, with what it would say."""
_TICKED = Pattern(rf"(?:{_FULL})[ \t]*")
_LABELLED = re.compile(r"[:?][ \t]*$|[:?][ \t]+")
_WORDS = Pattern(r"[^\W\d_]{2}")


def boxes(raw: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, str]]:
    """What goes from a text with boxes: empty boxes with their options, and the ticks behind the chosen ones.

    Args:
        raw: The document.
        start, end: Part of it to look in.
    """
    stop = len(raw) if end is None else end
    behind = list(_lines_of_options(raw, start, stop))
    for match in _UNTICKED.finditer(raw, start, stop):
        if match["option"].strip() and not any(a <= match.start() < b for a, b, _ in behind):
            yield match.start(), match.end(), " "
    for first, _, marks in behind:
        edges = [_first_label(raw, first, marks[0].start()), *(m.end() for m in marks)]
        for (a, _), mark in zip(pairwise(edges), marks, strict=True):
            if mark["full"]:
                yield mark.start(), mark.end(), ";"
            else:
                yield _option(raw, a, mark.start()), mark.end(), " "


def _option(raw: str, start: int, stop: int) -> int:
    """Where the words begin that stand before a box: behind a gap, or behind a label with words after it."""
    said = raw[start:stop].rstrip()
    begin = start + max((m.end() for m in _GAP.finditer(said)), default=0)
    label = max((m.end() for m in _LABELLED.finditer(raw, begin, stop)), default=begin)
    return label if _WORDS.search(raw, label, stop) else begin


_GAP = re.compile(r"[ \t]{2,}(?=\S)")


def _lines_of_options(raw: str, start: int, stop: int) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """Lines whose boxes stand behind their options: the last one ends the line, and words lead to the first."""
    found: dict[tuple[int, int], list[re.Match[str]]] = {}
    for mark in _BOX.finditer(raw, start, stop):
        first = max(start, raw.rfind("\n", 0, mark.start()) + 1)
        last = raw.find("\n", mark.end(), stop)
        found.setdefault((first, stop if last < 0 else last), []).append(mark)
    for (first, last), marks in found.items():
        lead = _first_label(raw, first, marks[0].start())
        rest = raw[marks[-1].end() : last].strip(" \t.;|")
        if (not rest or rest.startswith("(")) and raw[lead : marks[0].start()].strip():
            yield first, last, marks


def _first_label(raw: str, start: int, stop: int) -> int:
    """Behind the first label of a line ("Outcome: Recovered [X]"), else where its words begin."""
    label = _LABELLED.search(raw, start, stop)
    if label is not None:
        return label.end()
    word = _WORDS.search(raw, start, stop)
    return word.start() if word is not None else stop


def chosen(words: str) -> str:
    """What a field says without its boxes: "[X] Yes  [ ] No" and "Yes [X]  No [ ]" are "Yes".

    Args:
        words: What is filled in.
    """
    out, position = [], 0
    for start, end, _ in sorted(boxes(words)):
        if start >= position:
            out.append(words[position:start])
            position = end
    return _TICKED.sub("", "".join([*out, words[position:]]))
