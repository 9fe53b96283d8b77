"""Lists in which each value stands before its name: "146 mEq/L sodium, 5.4 mEq/L potassium and 58 mg/dL urea".

Also a value of an earlier time in a clause of its own: "Ferritin, which had been 128 before treatment, was 9023".

May import the tokens of a row and how a figure is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.laboratory.labgrammar_take import Link, take, token_at
from dechallenge.reading.laboratory.labgrammar_tokens import Row, Token
from dechallenge.reading.matching.triggers import Pattern

_LIST = Pattern(r"QA(?:(?:,&?|&|;)QA){1,11}(?![=VvhtfoqTrp,(]{0,4}[QN])")
_FOR = Pattern(r"QbA(?:(?:,&?|&|;)QbA){1,11}")
""" "161 U/L for ALT and 555 U/L for ALP"."""
_HAD_BEEN = Pattern(r"A(?P<limits>L?),o[Vh]{1,3}(?P<first>[QN])L?[To]{0,5},V[oqTVt=v]{0,5}(?P<second>[QN])")
_LIMITS = Pattern(r"\b(?:limits?|normal|reference|ranges?|cut-?offs?|thresholds?)\b", re.IGNORECASE)
_WHICH = ("which", "that")
_NAMED = Pattern(r"A[^.;]*$")
"""A name before the first value, of which that value could be."""


def values_before(row: Row) -> Iterator[Link]:
    """The values of a list that is certain to put them before their names."""
    for match in (*_LIST.finditer(row.string), *_FOR.finditer(row.string)):
        spread = "b" in match.group()
        if spread and any(
            row.text[t.start : t.end].lower() != "for" for t in _between(row, match.span()) if t.tag == "b"
        ):
            continue
        if _NAMED.search(row.string[: match.start()]) is not None:
            continue
        first = row.tokens[match.start()].start
        if spread and _LIMITS.search(row.text, max(0, first - 60), first) is not None:
            continue  # "the upper limits of normal were 45 U/L for ALT and 120 U/L for ALP"
        pairs = [
            (i, token_at(row, i)[1], row.tokens[i + 1 + spread].name)
            for i in range(match.start(), match.end())
            if row.tags[i] == "Q"
        ]
        for index, figure, name in pairs:
            if name is not None and (link := take(row, index, name, figure, "before")):
                yield link


def had_been(row: Row) -> Iterator[Link]:
    """The two values of a name with a clause between them that says what it had been before."""
    for match in _HAD_BEEN.finditer(row.string):
        name = row.tokens[match.start()].name
        which = row.tokens[row.string.index("o", match.start())]
        if name is None or row.text[which.start : which.end].lower() not in _WHICH:
            continue
        for place in (match.start("first"), match.start("second")):
            if link := take(row, place, name, token_at(row, place)[1], "had been"):
                yield link


def _between(row: Row, span: tuple[int, int]) -> list[Token]:
    return row.tokens[span[0] : span[1]]
