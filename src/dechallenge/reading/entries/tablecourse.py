"""The course of a liver injury in a laboratory table: the rows that show its onset, and from which on all is normal.

May import tables, what binds them to the story, the story and the lexicon of drugs.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.case import Time
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.entries.tablestory import row_course, row_day, row_node
from dechallenge.reading.laboratory.sizes import canonical
from dechallenge.reading.reactions.events import LIVER
from dechallenge.reading.story.story import ONSET, Story, stop_node
from dechallenge.reading.tables.tables import LabTable, TableCell, TableLimit, TableRow
from dechallenge.timeline import Interval

_ALT_CASE, _ALP_CASE, _ALT_WITH_BILI, _BILI = 5.0, 2.0, 3.0, 2.0
"""Multiples of ULN from which a row speaks of a liver injury (Aithal 2011; the instrument holds the rule itself)."""
_DEFAULT = {"ALT": 40.0, "AST": 40.0, "ALP": 115.0, "BILI_TOT": 1.2, "BILI_DIR": 0.3}
_NORMAL_WORD = 0.99
"""A result that is called normal: anywhere below the limit."""
_NEARLY = 1.5
"""A value up to half above its limit is not the injury."""
_LIVER_TESTS = ("ALT", "AST", "ALP", "BILI_TOT")


def _multiple(cell: TableCell, table: LabTable) -> float | None:
    if cell.value is None:
        return _NORMAL_WORD if cell.qualitative in ("normal", "normalised") else None
    if cell.unit == "xULN":
        return cell.value
    limit = cell.limit or table.limits.get(cell.analyte)
    if limit is not None and limit.high:
        value = cell.value if cell.unit == limit.unit else canonical(cell.analyte, cell.value, cell.unit)
        high = limit.high if cell.unit == limit.unit else canonical(cell.analyte, limit.high, limit.unit)
        return value / high if value is not None and high else cell.value / limit.high
    usual = _DEFAULT.get(cell.analyte)
    value = canonical(cell.analyte, cell.value, cell.unit) if cell.unit else cell.value
    return value / usual if usual and value is not None else None


def _times_uln(table: LabTable, row: TableRow) -> dict[str, float]:
    found: dict[str, float] = {}
    for cell in row.cells:
        if cell.analyte in _LIVER_TESTS and cell.rule == "cell":
            size = _multiple(cell, table)
            if size is not None:
                found.setdefault(cell.analyte, size)
    return found


def _qualifies(size: dict[str, float]) -> bool:
    alt = max(size.get("ALT", 0.0), size.get("AST", 0.0))
    return (
        alt >= _ALT_CASE
        or size.get("ALP", 0.0) >= _ALP_CASE
        or (alt >= _ALT_WITH_BILI and size.get("BILI_TOT", 0.0) > _BILI)
    )


def table_onset(tables: Sequence[LabTable], story: Story, axis: str, told: Time | None, kind: str) -> Time | None:
    """Onset by the first qualifying row, where the narrative does not date it, or dates it later."""
    if kind != LIVER or not story.main:
        return told
    for table in tables:
        for row in table.rows:
            if row.pre or not _qualifies(_times_uln(table, row)):
                continue
            time = row_day(table, row, story, axis)
            if time is None or not time.known or (time.high or 0) < 0:
                return told
            if told is None or told.low is None or told.high is None:
                story.bind(row_node(table, row), ONSET, Interval(0.0, 0.0), point=0.0)
                return time.model_copy(update={"anchor": "first qualifying row"})
            wide = told.high - told.low > 14 and told.high - told.low > (told.high + told.low) / 4
            if wide and told.interval.overlaps(time.interval):
                story.bind(row_node(table, row), ONSET, Interval(0.0, 0.0), point=0.0)
                return time.model_copy(update={"anchor": "first qualifying row"})
            return told
    return told


def table_recovery(
    tables: Sequence[LabTable], story: Story, axis: str, *, course: int | None = None, nearly: bool = False
) -> tuple[Time | None, Time | None] | None:
    """First row after the injury from which every liver test stays within its limit: day, and time from the stop.

    A re-exposure, or the start of another drug, begins a new stretch of rows. The last stretch that shows a recovery
    tells it.

    Args:
        course: Take the rows of this course alone, where the table tells them apart.
        nearly: Take a value up to half above its limit for normal, as the words of a report may.
    """
    for table in tables:
        rows = _stretches(table, story)
        if course is not None and any(row_course(table, row, story) for row in table.rows):
            rows = [stretch for stretch in rows if row_course(table, stretch[0], story) == course]
        ends = [end for stretch in rows if (end := _normal_again(table, stretch, nearly=nearly)) is not None]
        if ends:
            return row_day(table, ends[-1], story, axis), since_stop(table, ends[-1], story)
    return None


def still_abnormal(tables: Sequence[LabTable], story: Story, *, course: int | None = None) -> list[Time]:
    """Times from the stop of the rows that show the injury, by a value more than half above its limit.

    Args:
        course: Take the rows of this course alone, where the table tells them apart.
    """
    found: list[Time] = []
    for table in tables:
        apart = any(row_course(table, row, story) for row in table.rows)
        for row in table.rows:
            if row.pre or (course is not None and apart and row_course(table, row, story) != course):
                continue
            since = since_stop(table, row, story)
            if since is not None and any(size > _NEARLY for size in _times_uln(table, row).values()):
                found.append(since)
    return found


def _stretches(table: LabTable, story: Story) -> list[list[TableRow]]:
    """The rows of each course, cut where another drug is started as well."""
    lexicon = load_drugs()
    cuts = []
    for event in table.events:
        entry = lexicon.lookup(event.drug) if event.kind in ("started", "switched") and event.drug else None
        if entry is not None and entry.inn not in story.main and not event.in_row:
            cuts.append(event.order)
    found: dict[tuple[int, int], list[TableRow]] = {}
    for row in table.rows:
        found.setdefault((row.course, sum(cut < row.order for cut in cuts)), []).append(row)
    return list(found.values())


def _normal_again(table: LabTable, rows: Sequence[TableRow], *, nearly: bool) -> TableRow | None:
    """The first row from which on every liver test is normal, after one that was not."""
    worst = False
    first: TableRow | None = None
    for row in rows:
        size = _times_uln(table, row)
        if not size or row.pre:
            continue
        if any(v > _NEARLY for v in size.values()):
            worst, first = True, None
        elif not nearly and any(not _normal(v, table.limits.get(analyte)) for analyte, v in size.items()):
            first = None
        elif worst and first is None:
            first = row
    return first


def _normal(size: float, limit: TableLimit | None) -> bool:
    """Within the limit: below one that is printed as "<45", a little above one that the table does not print."""
    if limit is None or limit.high is None:
        return size <= 1.05
    return size < 1.0 or (size == 1.0 and limit.low is not None)


def _since_onset(interval: Interval) -> Time | None:
    if interval == Interval(None, None) or interval.hi < 0:
        return None
    return Time(low=max(0.0, interval.lo), high=interval.high, anchor="onset")


def since_stop(table: LabTable, row: TableRow, story: Story) -> Time | None:
    """Time from the stop of the row's course: as printed, and no wider than the other clocks of the row allow."""
    printed = row.time_stop
    interval = printed.interval if printed is not None else Interval(None, None)
    if story.main:
        stop = stop_node(story.main[0], row_course(table, row, story))
        if stop in story.network.names:
            known = story.network.between(stop, row_node(table, row))
            interval = interval.meet(known) or interval
        elif printed is None and ONSET in story.network.names:  # the drug went on
            return _since_onset(story.network.between(ONSET, row_node(table, row)))
    if interval == Interval(None, None) or interval.hi < 0:
        return None
    point = printed.point if printed is not None else None
    if point is not None and not interval.lo <= point <= interval.hi:
        point = None
    return Time(low=max(0.0, interval.lo), high=interval.high, point=point, anchor="stop")
