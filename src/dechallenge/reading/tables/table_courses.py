"""The courses of a laboratory table: its rows and events, numbered by exposure and re-exposure.

May import the ``table_`` files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dechallenge.reading.tables.table_grid import Line
from dechallenge.reading.tables.table_model import TableEvent, TableRow


@dataclass(slots=True)
class Entry:
    """A row or an event line before courses are counted."""

    line: Line
    row: TableRow | None
    events: list[TableEvent]


def courses(entries: list[Entry], again: bool) -> tuple[tuple[TableRow, ...], tuple[TableEvent, ...]]:
    """Number the courses: a re-exposure is a restart, or a start at which the clock begins anew."""
    course = 1 if again else 0
    rows: list[TableRow] = []
    told: list[TableEvent] = []
    on = False
    for i, entry in enumerate(entries):
        told += entry.events
        renewed = any(e.kind in ("restarted", "started", "switched") for e in entry.events) and _renewed(entries, i)
        row = entry.row
        if row is None:
            course += renewed
            continue
        at_zero = row.time_start is not None and row.time_start.interval.hi <= 0
        if renewed and at_zero:
            course, renewed = course + 1, False
        if course and rows and rows[-1].course != course:
            on = _goes_on(rows, row)
        if on and row.time_first is None:
            row = replace(row, time_first=row.time_start, time_start=None)
        rows.append(replace(row, course=course) if course else row)
        course += renewed
    return tuple(rows), tuple(told)


def _goes_on(rows: list[TableRow], row: TableRow) -> bool:
    """The clock that counts from the start goes on in another course: it still counts from the first one."""
    last = next((t for r in reversed(rows) if (t := r.time_first or r.time_start) is not None), None)
    return row.time_start is not None and last is not None and row.time_start.interval.lo >= last.interval.lo


def _renewed(entries: list[Entry], at: int) -> bool:
    """The clock that counts from the start jumps back behind this event; without a clock, a restart is enough."""
    kinds = {e.kind for e in entries[at].events}
    own = entries[at].row
    before = [e.row for e in entries[:at] if e.row is not None]
    behind = [e.row for e in entries[at + 1 :] if e.row is not None]
    zero = own is not None and own.time_start is not None and own.time_start.interval.hi <= 0
    if own is not None:
        (behind.insert(0, own) if zero else before.append(own))
    last = next((r.time_start for r in reversed(before) if r.time_start is not None), None)
    following = next((r.time_start for r in behind if r.time_start is not None), None)
    over = next((r.time_stop for r in reversed(before) if r.time_stop is not None), None)
    ended = next((r.time_stop for r in behind if r.time_stop is not None), None)
    if over is not None and ended is not None and ended.interval.lo < over.interval.lo:
        return True  # the clock that counts from the stop does
    if last is not None and following is not None:
        return following.interval.lo < last.interval.lo
    if "restarted" not in kinds or own is not None:
        return False
    return bool(behind)
