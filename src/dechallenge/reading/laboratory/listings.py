"""Long listings of dated laboratory values, as a hospital's system prints them: few words, and every line is a fact.

What looks empty by its words (``hollow``) is read nevertheless where it is such a listing. May import the names of
analytes and the words of time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from dechallenge.reading.laboratory.labgrammar_names import names
from dechallenge.reading.matching.triggers import Pattern

MOST = 100_000
"""Characters up to which a listing is read as a whole, some 2,000 to 3,000 lines."""
_SAMPLE = 60
_SHARE = 0.7
"""Lines that are looked at, and the share of them that must hold a figure with its date or day."""
_COLUMNS = 2
"""Analytes that the head of a table of figures names at the least."""
_NEAR = 1000
_SEPARATOR = Pattern(r"[\t|;]")
_CELLS = Pattern(r"^[^\t|;]{1,40}[\t|;][^A-Za-z]*$")
_TALK = Pattern(r"\b(?:the|was|were|had|she|he|and|with|of|to|after|before|later)\b", re.IGNORECASE)
_DATED = Pattern(
    r"^[^\n]{0,40}?(?:\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\b\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}\b|"
    r"\b(?:day|week|month|year)s?\s*\d|"
    r"\b\d{1,3}\s*(?:days?|weeks?|months?|years?|d|wk)\b)[^\n]{0,120}?[\s\t|;,:]\d"
)


def is_listing(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text lists laboratory values line by line, each with its date or day."""
    if end - start > MOST:
        return False
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    step = max(1, len(lines) // _SAMPLE)
    sample = lines[::step]
    if len(sample) < _SAMPLE // 2 or max(map(len, sample)) > 400:
        return False
    dated = sum(1 for line in sample if _DATED.search(line.lower()) is not None)
    if dated < _SHARE * len(sample):
        return False
    named = names("\n".join(sample))
    ends = list(accumulate(len(line) + 1 for line in sample))
    with_name = len({bisect_right(ends, name.start) for name in named})
    if with_name >= _SHARE * len(sample):
        return sum(1 for line in sample if _TALK.search(line)) < 0.1 * len(sample)
    if sum(1 for line in sample if _CELLS.search(line)) < _SHARE * len(sample):
        return False
    near = [line for line in text[max(0, start - _NEAR) : start + _NEAR].split("\n") if _SEPARATOR.search(line)]
    return any(len({name.ids for name in names(line)}) >= _COLUMNS for line in near)
