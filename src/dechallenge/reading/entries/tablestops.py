"""The stop of a drug by its laboratory table: "13 weeks | 0" under "Time After Starting | Time After Stopping".

May import tables, the story and its teller, and the case model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dechallenge.case import Exposure, Time
from dechallenge.evidence import Document
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.story.story import LATER, Story, start_node, stop_node
from dechallenge.reading.story.teller import tell
from dechallenge.reading.tables.tables import LabTable, TableEvent, TableRow
from dechallenge.timeline import Interval

_LAST_DOSE = Pattern(r"\b(?:last|final)\s", re.IGNORECASE)


class Lasted(NamedTuple):
    """How long the first course was by a table.

    Attributes:
        days, point: The length, and the day as printed.
        cells: Raw spans of the cells that tell it.
        to_dose: To the last of its doses, which may be long before it is "stopped".
    """

    days: Interval
    point: float | None
    cells: tuple[tuple[int, int], ...]
    to_dose: bool = False


_Parts = tuple[str, list[tuple[int, int]], list[DrugMention], list[ActionMention], list[int]]


def first_course(tables: Sequence[LabTable], actions: Sequence[ActionMention], drug: str) -> Lasted | None:
    """The length of the first course of a drug by the one table that counts from its start and from its stop.

    A row that notes the stop ("22 days | 0 | X stopped") tells it before all others; of doses that were given one by
    one ("2 | 0", "6 | 0") the later row does. A report of several courses is asked only where its table tells them
    apart, and no table that prints the length itself or that counts from another drug.
    """
    clocked = [t for t in tables if {"start", "stop"} <= {c.kind for c in t.columns}]
    if len(clocked) != 1:
        return None
    table = clocked[0]
    others = [a for a in actions if a.drugs and all(d.drug != drug for d in a.drugs)]
    again = any(a.kind == "restarted" and not a.negated and a not in others for a in actions)
    if again and not table.courses:
        return None
    if any(not e.in_row and (e.duration or _of_another(e, drug)) for e in table.events):
        return None
    noted = next((e.order for e in table.events if e.in_row and e.kind == "stopped" and _inn(e) == drug), None)
    at = next((r for r in table.rows if r.order == noted and not r.course and r.time_start is not None), None)
    if at is not None and at.time_start is not None and at.time_start.interval.known:
        return Lasted(at.time_start.interval, at.time_start.point, _clocks(at, "start"))
    zero = {r.order for r in table.rows if r.time_stop is not None and r.time_stop.point == 0.0}
    if any(e.in_row and e.kind == "stopped" and e.order in zero and _of_another(e, drug) for e in table.events):
        return None
    found: Lasted | None = None
    for row in table.rows:
        one = None if row.pre or row.course else _length(row)
        if one is None:
            continue
        both = found.days.meet(one.days) if found is not None else None
        dose = row.time_stop is not None and row.time_stop.point == 0.0
        if found is None or (dose and both is None and one.days.lo > found.days.hi):
            found = one
        elif both is not None:
            found = found._replace(days=both)
    dosed = any(c.kind == "stop" and _LAST_DOSE.search(c.text) for c in table.columns)
    return found._replace(to_dose=dosed) if found is not None else None


def _length(row: TableRow) -> Lasted | None:
    begun, ended = row.time_start, row.time_stop
    if begun is None or ended is None or not begun.interval.known or not ended.interval.known or ended.interval.lo < 0:
        return None
    days = begun.interval.minus(ended.interval)
    if days.hi < 0:
        return None
    point = begun.point - ended.point if begun.point is not None and ended.point is not None else None
    point = point if point is not None and point >= 0 else None
    return Lasted(Interval(max(0.0, days.lo), days.high), point, _clocks(row, "start", "stop"))


def _clocks(row: TableRow, *kinds: str) -> tuple[tuple[int, int], ...]:
    return tuple((a, b) for kind, a, b in row.time_spans if kind in kinds)


def _inn(event: TableEvent) -> str:
    entry = load_drugs().lookup(event.drug) if event.drug else None
    return entry.inn if entry is not None else ""


def _of_another(event: TableEvent, drug: str) -> bool:
    """ "Ezetimibe started", "furosemide stopped": what a table with another drug in focus may count from."""
    return event.kind != "other" and _inn(event) not in ("", drug)


def as_tabled(tables: Sequence[LabTable], story: Story, parts: _Parts, main: tuple[str, ...]) -> Story:
    """The story told anew with the stop of the table, where the text dates the stop by nothing but its place in it.

    "Dose doubled after one week. … X was stopped", and a row "6.5 weeks | 4 days": not stopped in the second week.
    """
    lasted = first_course(tables, parts[3], main[0]) if main else None
    if lasted is None:
        return story
    stop = stop_node(main[0])
    known = story.network.between(start_node(main[0]), stop) if stop in story.network.names else Interval(None, None)
    if lasted.to_dose or stop not in story.supposed:
        if known.overlaps(lasted.days):
            story.network.bound(start_node(main[0]), stop, LATER)
            story.bind(start_node(main[0]), stop, lasted.days, point=lasted.point)
            return story
        if (
            lasted.to_dose
            or stop in story.ends
            or any(
                next(story.dating(s.node, s.action.sentence), None) is not None for s in story.steps if s.node == stop
            )
        ):
            return story  # told in words
    return tell(*parts, main, lasted=(lasted.days, lasted.point))


def stopped_by_table(
    exposures: list[Exposure], document: Document, tables: Sequence[LabTable], story: Story
) -> list[Exposure]:
    """The exposures, that of the drug in focus with the stop which only a table tells."""
    drug = story.main[0] if story.main else ""
    told = any(s.kind == "stopped" and s.drug == drug for s in story.steps) or stop_node(drug) in story.ends
    lasted = None if told or not drug else first_course(tables, [s.action for s in story.steps], drug)
    if lasted is None:
        return exposures
    days = story.network.between(start_node(drug), stop_node(drug)).meet(lasted.days) or lasted.days
    words = tuple(document.quote(a, b) for a, b in lasted.cells if b > a)
    stop = Time(
        low=days.low,
        high=days.high,
        point=lasted.point if lasted.point is not None and days.lo <= lasted.point <= days.hi else None,
        text=" / ".join(word.quote for word in words),
        anchor="table",
        evidence=words,
    )
    return [
        e.model_copy(update={"stop": stop, "ongoing": False}) if e.drug == drug and e.role == "suspect" else e
        for e in exposures
    ]
