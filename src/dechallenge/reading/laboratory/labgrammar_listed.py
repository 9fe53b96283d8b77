"""Values in a list whose times stand in a list too: "on days 1, 5 and 10 it was 0.1, 1.4 and 5.0 × 10⁹/L".

Runs before the other linking rules; the numbers of the times are no values. May import the other ``labgrammar`` files
below the rules, and times.
"""

from __future__ import annotations

from collections.abc import Iterator

from dechallenge.reading.laboratory.labgrammar_names import Name
from dechallenge.reading.laboratory.labgrammar_take import Link, filled, take
from dechallenge.reading.laboratory.labgrammar_tokens import Row
from dechallenge.reading.times.timelists import each_its_time, values_listed
from dechallenge.reading.times.times import read_times


def listed(row: Row, start: int, end: int, carried: Name | None) -> Iterator[Link]:
    """Links of the values of a list to the one analyte that is named in the sentence, or carried into it.

    Args:
        row: The sentence ``row.text[start:end]``.
        carried: The analyte of the sentence before.
    """
    body = row.text[start:end]
    if next(values_listed(body), None) is None:
        return
    for pairs in each_its_time(body, read_times(body)):
        first, last = start + pairs[0][0][0], start + pairs[-1][0][1]
        for index, token in enumerate(row.tokens):
            if row.tags[index] in "QN" and any(m.start <= token.start - start < m.end for _, m in pairs):
                row.used(index)
        names = {t.name.ids: t.name for t in row.every if t.tag in "AD" and t.name is not None and t.start < first}
        behind = any(t.tag in "AD" and first < t.start < last for t in row.every)
        name = next(iter(names.values())) if len(names) == 1 else carried if not names else None
        inside = [i for i, t in enumerate(row.tokens) if first <= t.start < last]
        values = filled(row, inside[0], inside[-1] + 1) if inside else []
        if name is None or behind or len(values) != len(pairs) or any(figure.unit is None for _, figure in values):
            continue
        for index, figure in values:
            if link := take(row, index, name, figure, "listed"):
                yield link
