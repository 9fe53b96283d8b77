"""Lists in which each value stands before its name: "146 mEq/L sodium, 5.4 mEq/L potassium and 58 mg/dL urea".

May import the tokens of a row and how a figure is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from dechallenge.reading.laboratory.labgrammar_take import Link, take, token_at
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.matching.triggers import Pattern

_LIST = Pattern(r"QA(?:(?:,&?|&|;)QA){1,11}(?![=VvhtfoqTrp,(]{0,4}[QN])")
_NAMED = Pattern(r"A[^.;]*$")
"""A name before the first value, of which that value could be."""


def values_before(row: Row) -> Iterator[Link]:
    """The values of a list that is certain to put them before their names."""
    for match in _LIST.finditer(row.string):
        if _NAMED.search(row.string[: match.start()]) is not None:
            continue
        pairs = [
            (i, token_at(row, i)[1], row.tokens[i + 1].name)
            for i in range(match.start(), match.end())
            if row.tags[i] == "Q"
        ]
        for index, figure, name in pairs:
            if name is not None and (link := take(row, index, name, figure, "before")):
                yield link
