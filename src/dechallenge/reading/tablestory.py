"""Laboratory tables in the story of a case: rows as moments, events between rows, values with their limits.

The clock of a table counts from the start and from the stop of the course that its events open; rows become nodes of
the temporal network and are bound to those of the narrative. May import tables, story, values and the lexicon of drugs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case import Finding, Limit, Measurement, Time
from dechallenge.evidence import Document, TextEvidence
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.events import LIVER, LIVER_SIGNS
from dechallenge.reading.exposures import moment
from dechallenge.reading.patient_table import PatientTable
from dechallenge.reading.story import EPOCH, LATER, ONSET, Story, start_node, stop_node
from dechallenge.reading.tables import LabTable, TableCell, TableLimit, TableRow
from dechallenge.reading.text import clean
from dechallenge.reading.triggers import Pattern
from dechallenge.reading.values import measure
from dechallenge.reading.workup import read_findings
from dechallenge.timeline import Interval

_ALT_CASE, _ALP_CASE, _ALT_WITH_BILI, _BILI = 5.0, 2.0, 3.0, 2.0
"""Multiples of ULN from which a row speaks of a liver injury (Aithal 2011; the instrument holds the rule itself)."""
_DEFAULT = {"ALT": 40.0, "AST": 40.0, "ALP": 115.0, "BILI_TOT": 1.2, "BILI_DIR": 0.3}
_NORMAL_WORD = 0.99
"""A result that is called normal: anywhere below the limit."""
_NEARLY = 1.5
"""A value up to half above its limit is not the injury."""
_STAY = Pattern(r"\b(?:re-?)?(?:admission|admitted|hospitali[sz](?:ed|ation)|discharged?)\b", re.IGNORECASE)
_DISCHARGE = Pattern(r"\bdischarged?\b", re.IGNORECASE)
_WORD = Pattern(r"[a-z]{5,}")
_SIGN_WORDS = frozenset(w for sign in LIVER_SIGNS for w in sign.split() if len(w) > 4) - {
    "loss",
    "tests",
    "liver",
    "enzymes",
    "elevated",
    "right",
    "upper",
}
_LIVER_TESTS = ("ALT", "AST", "ALP", "BILI_TOT")
_Words = tuple[TextEvidence, ...]


def table_drugs(tables: Sequence[LabTable]) -> dict[str, str]:
    """Drugs that the events of the tables start or stop, with the words: what a table is kept for."""
    lexicon = load_drugs()
    found: dict[str, str] = {}
    for table in tables:
        for event in table.events:
            if event.kind not in ("started", "stopped", "restarted", "switched") or not event.drug or event.in_row:
                continue
            for part in event.drug.replace(" and ", ",").split(","):
                entry = lexicon.lookup(part.strip())
                if entry is not None and entry.kind != "class":
                    found.setdefault(entry.inn, event.text)
    return found


def row_node(table: LabTable, row: TableRow) -> str:
    return f"row:{table.start}:{row.order}"


def link_tables(tables: Sequence[LabTable], story: Story, body: str) -> None:
    """Bind every row to the start, the stop or the calendar that its time cells count from.

    A row whose note tells of the signs that the narrative begins with is the row of the onset.
    """
    if not story.main:
        return
    drug, network = story.main[0], story.network
    for table in tables:
        for row in table.rows:
            course = row_course(table, row, story)
            node = row_node(table, row)
            start, stop = start_node(drug, course), stop_node(drug, course)
            if course > 0 and start not in network.names:
                network.bound(stop_node(drug, course - 1), start, LATER)
                network.bound(start_node(drug, course - 1), stop_node(drug, course - 1), LATER)
            if row.pre:
                network.bound(node, start, LATER)
                continue
            if row.time_first is not None:
                story.bind(start_node(drug, 0), node, row.time_first.interval, point=row.time_first.point)
            if row.time_start is not None:
                story.bind(start, node, row.time_start.interval, point=row.time_start.point)
            if row.time_stop is not None:
                network.bound(start, stop, LATER)
                story.bind(stop, node, row.time_stop.interval, point=row.time_stop.point)
            if row.date is not None:
                network.bound(EPOCH, node, row.date.interval)
        _tie_onset(table, story, body)
        _tie_discharge(table, story, body)


def row_course(table: LabTable, row: TableRow, story: Story) -> int:
    """The course of the drug in focus that a row belongs to, counted as the narrative counts."""
    told = story.course.get(story.main[0], 0) if story.main else 0
    courses = table.courses
    if told and not courses:
        return _only_course(table, story, told)
    shift = max(0, told - courses) if courses else 0
    return min(row.course + (shift if row.course else 0), max(told, row.course))


def _only_course(table: LabTable, story: Story, told: int) -> int:
    """The course that a table of one course shows: the first, unless its length is that of one other course alone."""
    lengths = [r.time_start.interval.minus(r.time_stop.interval) for r in table.rows if r.time_start and r.time_stop]
    if not lengths:
        return 0
    drug, known = story.main[0], story.network.between
    fitting = [
        course
        for course in range(told + 1)
        if known(start_node(drug, course), stop_node(drug, course)).overlaps(lengths[0])
    ]
    return fitting[0] if len(fitting) == 1 else 0


def _tie_discharge(table: LabTable, story: Story, body: str) -> None:
    """A row that notes the discharge has the time of the only discharge that the narrative dates."""
    rows = [row for row in table.rows if not row.pre and _DISCHARGE.search(row.note)]
    told = [b for b in story.beats if not b.flashback and _DISCHARGE.search(body, b.start, b.end)]
    dated = {(b.sentence, b.node) for b in story.beats if b.explicit}
    if len(rows) == 1 and len({b.node for b in told}) == 1 and (told[0].sentence, told[0].node) in dated:
        story.bind(row_node(table, rows[0]), told[0].node, Interval(0.0, 0.0), point=0.0)


def _tie_onset(table: LabTable, story: Story, body: str) -> None:
    beat = story.onset_beat
    if beat is None:
        return
    told = {w for w in _WORD.findall(body[beat.start : beat.end].lower()) if w in _SIGN_WORDS}
    for row in table.rows:
        if not row.pre and told & set(_WORD.findall(row.note.lower())) and not _touches(table, row, story):
            story.bind(row_node(table, row), ONSET, Interval(0.0, 0.0), point=0.0)
            return


def _touches(table: LabTable, row: TableRow, story: Story) -> bool:
    """The row can be at the onset only on the last day of one interval and the first of the other: an earlier sign."""
    start = start_node(story.main[0], row_course(table, row, story))
    days, onset = (story.network.between(start, node) for node in (row_node(table, row), ONSET))
    both = days.meet(onset)
    return both is not None and both.width == 0 and min(days.width, onset.width) > 0


def _row_day(table: LabTable, row: TableRow, story: Story, axis: str, words: _Words = ()) -> Time | None:
    """The day of a row; with the words of its time cells where these are given."""
    node = row_node(table, row)
    if node not in story.network.names:
        return None
    found = moment(story, node, axis)
    if found is None:
        return None
    interval, point = found
    printed = row.time_start
    if printed is not None and not row.pre and axis == start_node(story.main[0]) and not row_course(table, row, story):
        known = interval.meet(printed.interval)
        if known is not None:
            interval, point = known, printed.point or point
    text = " / ".join(word.quote for word in words)
    return Time(low=interval.low, high=interval.high, point=point, text=text, anchor="table", evidence=words)


def from_tables(
    document: Document,
    tables: Sequence[LabTable],
    patient_tables: Sequence[PatientTable],
    case_number: int,
    story: Story,
    axis: str,
) -> list[Measurement]:
    """Measurements of laboratory tables and of patient tables (baseline values, one column per patient)."""
    out: list[Measurement] = []
    limits: dict[TableLimit, Limit] = {}
    for table in tables:
        for row in table.rows:
            spans = tuple(document.quote(a, b) for _, a, b in row.time_spans if b > a)
            time = _row_day(table, row, story, axis, spans)
            for cell in row.cells:
                out.append(
                    measure(
                        cell,
                        time,
                        (document.quote(cell.start, cell.end),),
                        limit=_limit(document, cell, table, limits),
                        section="table",
                        rule=cell.rule,
                    )
                )
    before = Time(low=None, high=0.0, anchor="baseline")
    for columns in patient_tables:
        for lab in columns.labs[case_number - 1] if case_number <= len(columns.labs) else ():
            evidence = (document.quote(lab.start, lab.end),)
            out.append(measure(lab.lab, before, evidence, section="patient table", rule="patient table"))
    return out


def note_findings(document: Document, tables: Sequence[LabTable], story: Story, axis: str) -> tuple[Finding, ...]:
    """Findings told in the notes of rows ("Admission", "Asterixis and ascites", "Liver biopsy"), with the row's day."""
    out: list[Finding] = []
    for table in tables:
        for row in table.rows:
            if row.note_span is None:
                continue
            text = clean(document, *row.note_span)
            found, _ = read_findings(text, [(0, len(text.text))], {})
            for mention in found:
                out.append(
                    Finding(
                        term=mention.term,
                        kind=mention.kind,
                        state=mention.state,
                        time=_row_day(table, row, story, axis),
                        extent=mention.extent or None,
                        evidence=(text.quote(mention.start, mention.end),),
                    )
                )
    return tuple(out)


def stay_in_notes(tables: Sequence[LabTable]) -> bool:
    """Whether a table tells of a stay in hospital."""
    notes = [row.note for table in tables for row in table.rows if not row.pre]
    notes += [event.text for table in tables for event in table.events]
    return any(_STAY.search(note) for note in notes)


def _limit(document: Document, cell: TableCell, table: LabTable, made: dict[TableLimit, Limit]) -> Limit | None:
    """The limits of a cell; those of a column are made once."""
    limit: TableLimit | None = cell.limit or table.limits.get(cell.analyte)
    if limit is None:
        return None
    if limit not in made:
        words = (document.quote(limit.start, limit.end),)
        made[limit] = Limit(low=limit.low, high=limit.high, source="printed", evidence=words)
    return made[limit]


def _multiple(cell: TableCell, table: LabTable) -> float | None:
    if cell.value is None:
        return _NORMAL_WORD if cell.qualitative in ("normal", "normalised") else None
    if cell.unit == "xULN":
        return cell.value
    limit = cell.limit or table.limits.get(cell.analyte)
    high = limit.high if limit is not None else _DEFAULT.get(cell.analyte)
    return cell.value / high if high else None


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
            time = _row_day(table, row, story, axis)
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
            return _row_day(table, ends[-1], story, axis), _row_since_stop(table, ends[-1], story)
    return None


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


def _row_since_stop(table: LabTable, row: TableRow, story: Story) -> Time | None:
    """Time from the stop of the row's course: as printed, and no wider than the other clocks of the row allow."""
    printed = row.time_stop
    interval = printed.interval if printed is not None else Interval(None, None)
    if story.main:
        stop = stop_node(story.main[0], row_course(table, row, story))
        if stop in story.network.names:
            known = story.network.between(stop, row_node(table, row))
            interval = interval.meet(known) or interval
    if interval == Interval(None, None) or interval.hi < 0:
        return None
    point = printed.point if printed is not None else None
    if point is not None and not interval.lo <= point <= interval.hi:
        point = None
    return Time(low=max(0.0, interval.lo), high=interval.high, point=point, anchor="stop")
