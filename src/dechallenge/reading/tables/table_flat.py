"""Lines of a table whose columns only single spaces hold apart, as copied from a PDF: "Day 12 0.4 181".

May import the cells of a line and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_lines import Line, cell

_FLAT_HEAD = Pattern(
    r"[ \t]*(?P<time>date|day|days|week|weeks|month|months|time|time\s?point|visit)"
    r"(?:\s\((?:days?|weeks?|months?|hours?)\))?(?=\s)",
    re.IGNORECASE,
)
_FLAT_NAME = Pattern(
    r"\s+(?P<name>[^\W\d_][^\s()]{0,24}(?:\s[^\W\d_][^\s()]{1,20}){0,2}?\s?\([^()\n]{1,24}\)|[^\W\d_][^\s()]{1,20})(?=\s|$)"
)
_FLAT_TIME = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\s[A-Z][a-z]{2,8}(?:\s\d{4})?|[A-Z][a-z]{2,8}\s\d{1,2}(?:,?\s\d{4})?|"
    r"(?:[Dd]ay|[Ww]eek|[Mm]onth|D|W)\s?[+−-]?\d{1,3}|[+−-]?\d{1,3}(?:\s(?:hours?|days?|weeks?|months?))?|[Bb]aseline|[Aa]dmission|"
    r"(?:[Nn]ormal|[Rr]eference)(?:\s[a-z]{4,9})?|[Uu]pper\s(?:normal\s)?limit|ULN)"
)
_FLAT_CORNER = Pattern(
    r"[ \t]*(?:laboratory\s+)?"
    r"(?:parameters?|tests?|variables?|analytes?|values?|investigations?|examinations?|labs?)(?=\s)",
    re.IGNORECASE,
)
_FLAT_MOMENT = Pattern(rf"\s+(?P<time>{_FLAT_TIME})(?=\s|$)")
_FLAT_VALUE = r"(?:[<>≤≥~]\s?)?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?[*†‡§¶#]?|[-–—]|n\.?d\.?|N\.?D\.?|N/?A"
_WORD_HEAD = Pattern(r"\s+(?P<name>treatment|therapy|event|phase|medication|status)\s", re.IGNORECASE)
_FLAT_WORD = r"[A-Za-z][\w-]{1,24}"
_FLAT_LIMIT = Pattern(r"[ \t]*(?:[Nn]ormal|[Rr]eference|[Uu]pper|ULN)")
"""Parts of a table whose columns only single spaces hold apart, as copied from a PDF."""


def flat_header(text: str, line: Line) -> Line | None:
    """ "Date Platelets (10^9/L) Haemoglobin (g/dL) Event": a header whose columns single spaces hold apart."""
    head = _FLAT_HEAD.match(text, line.start, line.end)
    if head is None:
        return _flat_times(text, line)
    cells = [cell(text, line.start, head.end())]
    position = head.end()
    while position < line.end:
        if (word := _WORD_HEAD.match(text, position, line.end)) is not None:
            cells.append(cell(text, *word.span("name")))
            position = word.end("name")
        name = _FLAT_NAME.match(text, position, line.end)
        if name is None:
            break
        cells.append(cell(text, *name.span("name")))
        position = name.end()
    return Line(line.start, line.end, tuple(cells), "flat") if not text[position : line.end].strip() else None


def _flat_times(text: str, line: Line) -> Line | None:
    """ "Parameter Day 0 Day 34 Day 60 Normal": a header of times, the analytes stand in the rows."""
    head = _FLAT_CORNER.match(text, line.start, line.end)
    if head is None:
        return None
    cells = [cell(text, line.start, head.end())]
    position = head.end()
    while (moment := _FLAT_MOMENT.match(text, position, line.end)) is not None:
        cells.append(cell(text, *moment.span("time")))
        position = moment.end()
    return Line(line.start, line.end, tuple(cells), "flat") if not text[position : line.end].strip() else None


def flat_row(text: str, line: Line, header: Line) -> Line | None:
    """A line under such a header: a time, a value for every column, and what is left as a note."""
    columns = len(header.cells) - 1
    if _FLAT_CORNER.match(header.cells[0].text + " "):
        label = r"[ \t]*(?P<label>[^\W\d_][^\n]{1,60}?)"
        values_of = "".join(rf"\s+(?P<v{i}>{_FLAT_VALUE})" for i in range(columns))
        found = re.compile(label + values_of + r"[ \t]*$").match(text[: line.end], line.start)
        if found is None or columns < 1:
            return None
        spans = [found.span("label"), *(found.span(f"v{i}") for i in range(columns))]
        return Line(line.start, line.end, tuple(cell(text, *span) for span in spans), "flat")
    worded = _worded(header)
    limits = worded and _FLAT_LIMIT.match(text, line.start, line.end) is not None
    for values in (columns, columns - 1):
        row = re.compile(
            rf"[ \t]*(?P<time>{_FLAT_TIME})"
            + "".join(
                rf"\s+(?P<v{i}>{_FLAT_VALUE})"
                if i + 1 not in worded
                else rf"(?P<v{i}>)"
                if limits
                else rf"\s+(?P<v{i}>{_FLAT_VALUE}|{_FLAT_WORD})"
                for i in range(values)
            )
            + r"(?P<note>\s.*|)$"
        ).match(text[: line.end], line.start)
        if row is None or values < 1 or (values == columns and row["note"].strip()):
            continue
        spans = [row.span("time"), *(row.span(f"v{i}") for i in range(values))]
        if values < columns:
            spans.append(row.span("note"))
        return Line(line.start, line.end, tuple(cell(text, *span) for span in spans), "flat")
    return None


def _worded(header: Line) -> frozenset[int]:
    """Columns of words ("Treatment") among those whose heads print a unit."""
    bare = [i for i, one in enumerate(header.cells) if i and not one.text.endswith(")")]
    few = len(bare) < len(header.cells) - 2 and all(
        _WORD_HEAD.fullmatch(" " + header.cells[i].text + " ") for i in bare
    )
    return frozenset(bare) if few else frozenset()
