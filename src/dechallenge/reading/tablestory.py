"""Laboratory tables in the story of a case: rows as moments, events between rows, values with their limits.

The clock of a table counts from the start and from the stop of the course that its events open; rows become nodes of
the temporal network and are bound to those of the narrative. May import tables, story, values and the lexicon of drugs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case import Finding, Limit, Measurement, Time
from dechallenge.evidence import Document, Evidence
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.events import LIVER, LIVER_SIGNS
from dechallenge.reading.exposures import times
from dechallenge.reading.patient_table import PatientTable
from dechallenge.reading.story import EPOCH, LATER, ONSET, Story, start_node, stop_node
from dechallenge.reading.tables import LabTable, TableCell, TableLimit, TableRow
from dechallenge.reading.text import clean
from dechallenge.reading.values import measure
from dechallenge.reading.workup import read_findings
from dechallenge.timeline import Duration, Interval

_ALT_CASE, _ALP_CASE, _ALT_WITH_BILI, _BILI = 5.0, 2.0, 3.0, 2.0
"""Multiples of ULN from which a row speaks of a liver injury (Aithal 2011; the instrument holds the rule itself)."""
_DEFAULT = {"ALT": 40.0, "AST": 40.0, "ALP": 115.0, "BILI_TOT": 1.2, "BILI_DIR": 0.3}
_STAY = re.compile(r"\b(?:re-?)?(?:admission|admitted|hospitali[sz](?:ed|ation)|discharged?)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{5,}")
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
    told = story.course.get(drug, 0)
    for table in tables:
        courses = max((row.course for row in table.rows), default=0)
        shift = max(0, told - courses) if courses else 0
        for row in table.rows:
            course = min(row.course + (shift if row.course else 0), max(told, row.course))
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


def _tie_onset(table: LabTable, story: Story, body: str) -> None:
    beat = story.onset_beat
    if beat is None:
        return
    told = {w for w in _WORD.findall(body[beat.start : beat.end].lower()) if w in _SIGN_WORDS}
    for row in table.rows:
        if not row.pre and told & set(_WORD.findall(row.note.lower())):
            story.bind(row_node(table, row), ONSET, Interval(0.0, 0.0), point=0.0)
            return


def _row_day(table: LabTable, row: TableRow, story: Story, axis: str) -> Time | None:
    node = row_node(table, row)
    if node not in story.network.names:
        return None
    time = times(story, node, axis, anchor="table")
    printed = row.time_start if row.course == 0 else None
    if time is not None and printed is not None and not row.pre and axis == start_node(story.main[0]):
        known = Interval(time.low, time.high).meet(printed.interval)
        if known is not None:
            return time.model_copy(update={"low": known.low, "high": known.high, "point": printed.point or time.point})
    return time


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
    for table in tables:
        for row in table.rows:
            time = _row_day(table, row, story, axis)
            if time is not None and row.time_spans:
                spans = tuple(document.quote(a, b) for _, a, b in row.time_spans if b > a)
                time = time.model_copy(update={"text": " / ".join(s.quote for s in spans), "evidence": spans})
            for cell in row.cells:
                out.append(
                    measure(
                        cell,
                        time,
                        (document.quote(cell.start, cell.end),),
                        limit=_limit(document, cell, table),
                        section="table",
                        rule=cell.rule,
                    )
                )
    before = Time(low=None, high=0.0, anchor="baseline")
    for columns in patient_tables:
        for lab in columns.labs[case_number - 1] if case_number <= len(columns.labs) else ():
            evidence: tuple[Evidence, ...] = (document.quote(lab.start, lab.end),)
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


def _limit(document: Document, cell: TableCell, table: LabTable) -> Limit | None:
    limit: TableLimit | None = cell.limit or table.limits.get(cell.analyte)
    if limit is None:
        return None
    return Limit(low=limit.low, high=limit.high, source="printed", evidence=(document.quote(limit.start, limit.end),))


def _multiple(cell: TableCell, table: LabTable) -> float | None:
    if cell.value is None:
        return 1.0 if cell.qualitative in ("normal", "normalised") else None
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
                return time.model_copy(update={"anchor": "first qualifying row"})
            return told
    return told


def table_recovery(tables: Sequence[LabTable], story: Story, axis: str) -> tuple[Time | None, Time | None] | None:
    """First row after the injury from which every liver test stays within its limit: time from the stop, and day."""
    for table in tables:
        worst = False
        first: TableRow | None = None
        for row in table.rows:
            size = _times_uln(table, row)
            if not size or row.pre:
                continue
            if any(v > 1.5 for v in size.values()):
                worst, first = True, None
            elif worst and first is None and all(v <= 1.05 for v in size.values()) and len(size) >= 1:
                first = row
            elif any(v > 1.05 for v in size.values()):
                first = None
        if worst and first is not None:
            stop = first.time_stop
            return (_time(stop) if stop is not None else None), _row_day(table, first, story, axis)
    return None


def _time(amount: Duration) -> Time:
    return Time(low=amount.interval.low, high=amount.interval.high, point=amount.point, anchor="stop")
