"""The end of a reaction by the values of a table: from which row on the counts, or the enzymes, are normal again.

May import tables, what binds them to the story, the sizes of values and the kinds of reactions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dechallenge.evidence import Document
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.entries.outcome import Ending
from dechallenge.reading.entries.tablecourse import since_stop
from dechallenge.reading.entries.tablestory import row_day, row_node
from dechallenge.reading.laboratory.sizes import NEUTROPENIA_LIMIT, canonical
from dechallenge.reading.reactions.course import FALLING, SHOWN_BY
from dechallenge.reading.story.story import Story, start_node
from dechallenge.reading.tables.tables import LabTable, TableCell, TableRow

_RISING = frozenset({"CREAT", "CK", "LIPASE", "AMYLASE"})
"""Values that rise with the reaction that they show."""
_SPEAKS = 1.5
"""Multiple of the limit from which such a value speaks of the reaction."""
_ROUNDING = 1.1
"""Up to a tenth above a limit that the table does not print counts as normal."""
_LEAST = {"NEUT": NEUTROPENIA_LIMIT}
"""Counts from which on the reaction is over, where that is not the lower limit of the laboratory."""


def by_counts(
    document: Document, tables: Sequence[LabTable], story: Story, axis: str, end: Ending, kind: str
) -> Ending:
    """The ending, by the counts of a table where the words leave it open.

    Args:
        document: The document.
        tables: Laboratory tables of the case.
        story: Its story.
        axis: Node of day 0.
        end: The ending as the words tell it.
        kind: Kind of the reaction.
    """
    shown = [a for a in SHOWN_BY.get(kind, ()) if a in FALLING or a in _LEAST]
    if end.result not in ("unknown", "recovering"):
        return end
    if rising := [a for a in SHOWN_BY.get(kind, ()) if a in _RISING]:
        return _fallen(document, tables, story, axis, end, rising)
    if len(shown) != 1:
        return end
    for table in tables:
        found = _normal_again(_counts(table, story, shown[0]), _limit(table, shown[0]), shown[0])
        if found is not None:
            row, cell = found
            words = (document.quote(cell.start, cell.end),)
            day, stopped = row_day(table, row, story, axis), since_stop(table, row, story)
            return replace(end, result="recovered", day=day, from_stop=stopped, evidence=words)
    return end


def _fallen(
    document: Document, tables: Sequence[LabTable], story: Story, axis: str, end: Ending, rising: Sequence[str]
) -> Ending:
    """The ending, by values that rose with the reaction: the row from which on all of them are normal."""
    for table in tables:
        ends: list[tuple[TableRow, TableCell]] = []
        for analyte in rising:
            values = _counts(table, story, analyte)
            limit = _upper(table, analyte)
            if limit is None or not any(size >= _SPEAKS * limit for _, _, size in values):
                continue
            worst = max(range(len(values)), key=lambda i: values[i][2])
            normal = [i for i in range(worst + 1, len(values)) if all(v[2] <= limit for v in values[i:])]
            if not normal:
                return end
            ends.append(values[normal[0]][:2])
        if ends:
            row, cell = max(ends, key=lambda found: found[0].order)
            day, stopped = row_day(table, row, story, axis), since_stop(table, row, story)
            words = (document.quote(cell.start, cell.end),)
            return replace(end, result="recovered", day=day, from_stop=stopped, evidence=words)
    return end


def _upper(table: LabTable, analyte: str) -> float | None:
    printed = table.limits.get(analyte)
    if printed is not None and printed.high is not None:
        return canonical(analyte, printed.high, printed.unit)
    usual = load_analytes().default_limits(analyte).high
    return None if usual is None else usual * _ROUNDING


_Count = tuple[TableRow, TableCell, float]


def _counts(table: LabTable, story: Story, analyte: str) -> list[_Count]:
    """The counts of the rows from the first dose up to a re-exposure."""
    again = start_node(story.main[0], 1) if story.main else ""
    found: list[_Count] = []
    for row in table.rows:
        node = row_node(table, row)
        if row.course or (again in story.network.names and story.network.between(again, node).lo >= 0):
            break
        cell = next((c for c in row.cells if c.analyte == analyte and c.value is not None and c.rule == "cell"), None)
        size = canonical(analyte, cell.value, cell.unit) if cell is not None and cell.value is not None else None
        if cell is not None and size is not None and not row.pre:
            found.append((row, cell, size))
    return found


def _limit(table: LabTable, analyte: str) -> float | None:
    printed = table.limits.get(analyte)
    if printed is not None and printed.low is not None:
        return canonical(analyte, printed.low, printed.unit)
    return _LEAST.get(analyte) or load_analytes().default_limits(analyte).low


def _normal_again(counts: Sequence[_Count], limit: float | None, analyte: str) -> tuple[TableRow, TableCell] | None:
    """The first row from which on all counts are normal, after the lowest one, which speaks of the reaction."""
    if limit is None or not counts:
        return None
    worst = min(range(len(counts)), key=lambda i: counts[i][2])
    if counts[worst][2] * FALLING.get(analyte, 1.0) >= limit:
        return None
    first: tuple[TableRow, TableCell] | None = None
    for row, cell, size in counts[worst + 1 :]:
        if size < limit:
            first = None
        elif first is None:
            first = (row, cell)
    return first
