"""Laboratory tables in the story of a case: rows as moments, events between rows, values with their limits.

The clock of a table counts from the start and from the stop of the course that its events open; rows become nodes of
the temporal network and are bound to those of the narrative. May import tables, story, values and the lexicon of drugs.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from dechallenge.case import Finding, Limit, Measurement, Time
from dechallenge.evidence import Document, TextEvidence
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.entries.exposures import moment
from dechallenge.reading.entries.values import measure
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import LIVER_SIGNS
from dechallenge.reading.story.presentation import PRESENTATION
from dechallenge.reading.story.story import ADMISSION, DISCHARGE, EPOCH, LATER, ONSET, Story, start_node, stop_node
from dechallenge.reading.story.tellerstays import date_admission
from dechallenge.reading.tables.patient_table import PatientTable
from dechallenge.reading.tables.tables import LabTable, TableCell, TableLimit, TableRow
from dechallenge.reading.texts.text import clean
from dechallenge.timeline import Interval

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
_Words = tuple[TextEvidence, ...]


def table_drugs(tables: Sequence[LabTable]) -> dict[str, str]:
    """Drugs that the events of the tables start or stop, or from which they count, with the words."""
    lexicon = load_drugs()
    found: dict[str, str] = {}
    for table in tables:
        clock = _clock(table)
        if clock is not None:
            found.setdefault(*clock)
        for event in table.events:
            if event.kind not in ("started", "stopped", "restarted", "switched") or not event.drug or event.in_row:
                continue
            for part in event.drug.replace(" and ", ",").split(","):
                entry = lexicon.lookup(part.strip())
                if entry is not None and entry.kind != "class":
                    found.setdefault(entry.inn, event.text)
    return found


def _clock(table: LabTable) -> tuple[str, str] | None:
    """The drug that a time column counts from by its name ("Days After Pegaspargase"), and the header."""
    for column in table.columns:
        entry = load_drugs().lookup(column.anchor) if column.kind == "anchor" and column.anchor else None
        if entry is not None and entry.kind != "class":
            return entry.inn, column.text
    return None


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
        clock = _clock(table)
        if any(row.place in ("admission", "presentation", "discharge") for row in table.rows):
            date_admission(story, body)
        since_start = clock is None and _from_day_0(table)
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
            if row.time_anchor is not None and clock is not None:
                story.bind(start_node(clock[0]), node, row.time_anchor.interval, point=row.time_anchor.point)
            if row.time_anchor is not None and since_start and not row.place:
                story.bind(start, node, row.time_anchor.interval, point=row.time_anchor.point)
            if row.time_anchor is not None and row.place:
                _from_a_place(row, node, story)
            if row.time_start is not None:
                story.bind(start, node, row.time_start.interval, point=row.time_start.point)
            if row.time_stop is not None:
                network.bound(start, stop, LATER)
                story.bind(stop, node, row.time_stop.interval, point=row.time_stop.point)
            if row.date is not None:
                network.bound(EPOCH, node, row.date.interval)
        _without_years(table, story)
        _in_order(table, story)
        _tie_onset(table, story, body)
        _tie_discharge(table, story, body)


def _from_a_place(row: TableRow, node: str, story: Story) -> None:
    """Bind a row that counts from the admission, the onset, the presentation or the discharge, where the story has it.

    A presentation that the story does not tell is on or after the onset.
    """
    time, names = row.time_anchor, story.network.names
    base = next((n for n in _PLACES.get(row.place, ()) if n in names), None)
    if time is None:
        return
    if base is not None:
        story.bind(base, node, time.interval, point=time.point)
    elif row.place == "presentation" and ONSET in names and time.interval.lo >= 0:
        story.network.bound(ONSET, node, Interval(time.interval.lo, None))


_PLACES = {
    "admission": (ADMISSION,),
    "onset": (ONSET,),
    "presentation": (PRESENTATION, ADMISSION),
    "discharge": (DISCHARGE,),
}


def _in_order(table: LabTable, story: Story) -> None:
    """A row that is placed by a word ("At presentation", "Discharge") stands between the rows around it."""
    rows = [row for row in table.rows if not row.course]
    if not any(row.place for row in rows):
        return
    network = story.network
    nodes = [row_node(table, row) for row in rows]
    if any(a in network.names and b in network.names and network.between(a, b).hi < 0 for a, b in pairwise(nodes)):
        return
    for before, after in pairwise(rows):
        if before.place or after.place:
            network.bound(row_node(table, before), row_node(table, after), LATER)


def _from_day_0(table: LabTable) -> bool:
    """Days or weeks without a word for what they count from, the first of them 0, or after a row before the drug: they
    count from the first dose, as in prose."""
    clocks = [c for c in table.columns if c.kind in ("start", "stop", "anchor", "date")]
    named = any(c.kind != "anchor" or c.anchor for c in clocks)
    first = next((r.time_anchor for r in table.rows if r.time_anchor is not None and not r.place), None)
    if not clocks or named or first is None:
        return False
    return first.point == 0.0 or table.rows[0].pre


def _without_years(table: LabTable, story: Story) -> None:
    """Rows dated without a year: the first is the such day nearest to the first dose, each next one on or after it."""
    first = story.network.between(EPOCH, start_node(story.main[0]))
    if first.low is None or first.low < _FIRST_YEAR:
        return
    begun = dt.date.fromordinal(int(first.low))
    last: dt.date | None = None
    for row in table.rows:
        if row.month_day is None or row.date is not None:
            continue
        days = [dt.date(begun.year + shift, *_possible(begun.year + shift, *row.month_day)) for shift in range(-1, 4)]
        later = days if last is None else [day for day in days if day >= last]
        last = min(later, key=lambda day: abs((day - begun).days)) if later else None
        if last is None:
            return
        node = row_node(table, row)
        story.network.bound(EPOCH, node, Interval(float(last.toordinal()), float(last.toordinal())))


_FIRST_YEAR = 365.0
"""Days of the calendar below which a moment has no date."""


def _possible(year: int, month: int, day: int) -> tuple[int, int]:
    return month, min(day, calendar.monthrange(year, month)[1])


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
    if len(rows) == 1 and DISCHARGE in story.network.names:
        story.bind(row_node(table, rows[0]), DISCHARGE, Interval(0.0, 0.0), point=0.0)
        return
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


def row_day(table: LabTable, row: TableRow, story: Story, axis: str, words: _Words = ()) -> Time | None:
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
            time = row_day(table, row, story, axis, spans)
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
                        time=row_day(table, row, story, axis),
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
