"""Values of several names that moved on together: "AST and ALT were 659 and 415 U/L, falling to 120 and 98 U/L".

As many figures as there were names before, in the same order. Runs right behind the rule that links the first ones. May
import the other ``labgrammar`` files below the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dechallenge.reading.laboratory.labgrammar_take import Link, filled, take
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.matching.triggers import Pattern

_MOVED = (
    r"(?:f[ae]ll\w*|decreas\w+|declin\w+|dropp\w+|improv\w+|ris(?:e|es|en|ing)|rose|increas\w+|climb\w+|went|reduc\w+|c[ao]m(?:e|ing)\s+down|"
    r"peak\w+|trend\w+|chang\w+|down|up)"
)
_ON_TO = Pattern(
    rf"[^.;\d]{{0,40}}?\b{_MOVED}\b[^.;\d]{{0,40}}?\s(?:to|at)\s+(?:values\s+of\s+)?(?:(?:about|approximately)\s+)?",
    re.IGNORECASE,
)
_TO = Pattern(r"\s*,?\s*(?:respectively)?,?\s*to\s+", re.IGNORECASE)
_FROM = Pattern(r"\bfrom\s+$", re.IGNORECASE)
_JOINED = Pattern(r"\s*(?:,\s*and|,|/|and)\s*", re.IGNORECASE)
_NAMES_BETWEEN = Pattern(r"[^.;\d]{0,40}")
_MOST = 4
"""Names that are followed together."""


def moved_on(row: Row, found: Sequence[Link]) -> Iterator[Link]:
    """Links of the figures that a group of names came to, one for each name.

    Args:
        row: The sentence.
        found: What the rules before linked.
    """
    links = sorted((link for link in found if link.name is not None), key=lambda link: link.figure.start)
    for last in range(1, len(links)):
        for size in range(min(_MOST, last + 1), 1, -1):
            group = links[last - size + 1 : last + 1]
            if not _together(row.text, group):
                continue
            if taken := list(_after(row, group)):
                yield from taken
                break


def _together(text: str, group: Sequence[Link]) -> bool:
    """Different names whose figures stand in one list."""
    if len({link.analyte for link in group}) < len(group):
        return False
    return all(_NAMES_BETWEEN.fullmatch(text, a.figure.end, b.figure.start) for a, b in pairwise(group))


def _after(row: Row, group: Sequence[Link]) -> Iterator[Link]:
    end = group[-1].figure.end
    first = next((i for i, t in enumerate(row.tokens) if t.figure is not None and t.figure.start >= end), None)
    if first is None:
        return
    stop = first
    while stop < len(row.tokens) and (row.tokens[stop].figure is not None or row.tags[stop] in ",&"):
        stop += 1
    values = filled(row, first, stop)
    starts = [figure.start for _, figure in values]
    if len(values) != len(group) or not starts or row.tokens[first].figure is None or values[-1][1].unit is None:
        return
    came_from = _FROM.search(row.text, max(0, group[0].figure.start - 8), group[0].figure.start)
    if not (_ON_TO.fullmatch(row.text, end, starts[0]) or (came_from and _TO.fullmatch(row.text, end, starts[0]))):
        return
    ends = [t.figure.end for t in row.tokens[first:stop] if t.figure is not None]
    if not all(_JOINED.fullmatch(row.text, a, b) for a, b in zip(ends, starts[1:], strict=False)):
        return
    for link, (index, figure) in zip(group, values, strict=True):
        if link.name is not None and (made := take(row, index, link.name, figure, "moved")):
            yield made
