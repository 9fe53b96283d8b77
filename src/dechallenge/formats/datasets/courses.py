"""Courses of a drug from the rows of a table of exposures, and the part that a drug has in a reaction.

A row is a period, or one administration. May import the case, knowledge, the names of drugs and the records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dechallenge.case.model import Basis, Role
from dechallenge.formats.datasets.records import Subject, Taken
from dechallenge.formats.dates import Dated
from dechallenge.formats.fhir.names import Drug, drug_of
from dechallenge.knowledge.exposure import exposure_window_days
from dechallenge.timeline import Interval

LONG_GAP: Final = 14.0
"""Days between two single administrations, a reaction among them, from which the later one is a re-exposure (project
choice, as for single administrations of messages)."""
WINDOW: Final = 15.0
"""Days after the last dose in which a drug without a known half-life may still be the cause (RUCAM 1993)."""


@dataclass(frozen=True, slots=True)
class Period:
    """A row on the calendar of the subject."""

    row: Taken
    start: Dated | None
    stop: Dated | None

    @property
    def is_point(self) -> bool:
        """One administration: it ends on the day it begins."""
        return self.start is not None and self.stop is not None and self.start.days == self.stop.days

    @property
    def end(self) -> float | None:
        last = self.stop
        return last.days.high if last is not None else None


@dataclass(frozen=True, slots=True)
class Course:
    """One course: periods that follow one another without a gap."""

    periods: tuple[Period, ...]

    @property
    def start(self) -> Dated | None:
        return self.periods[0].start

    @property
    def opened(self) -> Period:
        return self.periods[0]

    @property
    def closed(self) -> Period | None:
        """The period with the last dose; none where one of them has no end."""
        if any(p.end is None for p in self.periods):
            return None
        return max(self.periods, key=lambda p: p.end or 0.0)

    @property
    def stop(self) -> Dated | None:
        return self.closed.stop if self.closed is not None else None


@dataclass(frozen=True, slots=True)
class Given:
    """A drug with its courses in order of time."""

    drug: Drug
    courses: tuple[Course, ...]
    concomitant: bool

    @property
    def start(self) -> Interval:
        first = next((c.start for c in self.courses if c.start is not None), None)
        return first.days if first is not None else Interval(None, None)


def given(subject: Subject, onsets: Sequence[Interval]) -> list[Given]:
    """The drugs of a subject in the order of the rows; what stands beside values or demography is left out where a
    table of exposures tells of the subject."""
    rows = [t for t in subject.taken if not t.not_given]
    if any(t.own and not t.concomitant for t in rows):
        rows = [t for t in rows if t.own or t.concomitant]
    groups: dict[tuple[str, bool], list[Period]] = {}
    drugs: dict[str, Drug] = {}
    for row in rows:
        drug = drug_of(row.drug)
        drugs.setdefault(drug.name, drug)
        period = Period(row, subject.place(row.start), subject.place(row.stop))
        groups.setdefault((drug.name, row.concomitant), []).append(period)
    studied = {name for name, concomitant in groups if not concomitant}
    return [
        Given(drugs[name], tuple(_courses(periods, onsets)), concomitant)
        for (name, concomitant), periods in groups.items()
        if not (concomitant and name in studied)
    ]


def _courses(periods: Iterable[Period], onsets: Sequence[Interval]) -> list[Course]:
    dated = sorted((p for p in periods if p.start is not None and p.start.days.known), key=_order)
    rest = tuple(p for p in periods if p not in dated)
    groups: list[list[Period]] = []
    for one in dated:
        if groups and not _new(groups[-1], one, onsets):
            groups[-1].append(one)
        else:
            groups.append([one])
    if not groups:
        return [Course(rest)] if rest else []
    return [Course((*groups[0], *rest)), *(Course(tuple(g)) for g in groups[1:])]


def _order(one: Period) -> tuple[float, float]:
    assert one.start is not None
    return one.start.days.lo, one.start.days.hi


def _new(group: Sequence[Period], one: Period, onsets: Sequence[Interval]) -> bool:
    """A period opens a course when more than a day lies between; single doses, when a reaction lies in a long gap."""
    if any(p.end is None for p in group) or one.start is None:
        return False
    last = max(p.end or 0.0 for p in group)
    begin = one.start.days.lo
    if one.is_point and all(p.is_point for p in group):
        return begin - last > LONG_GAP and any(last - WINDOW <= onset.lo <= begin for onset in onsets if onset.known)
    return begin > last + 1


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a drug in a reaction, on what it rests, and why."""

    role: Role
    basis: Basis
    because: str


def part_of(one: Given, onset: Interval, main: Interval, related: str, place: Callable[[Course], Interval]) -> Part:
    """The part of a drug in a reaction.

    Args:
        onset: Calendar days of the onset.
        main: Of the first dose of the drug under study.
        related: What the table says of its causality; empty where nothing, "yes" or "no" otherwise.
        place: Last day of a course.
    """
    if one.start.low is not None and onset.high is not None and one.start.lo > onset.hi:
        return Part("treatment", "timing", "first given after onset")
    last = one.courses[-1] if one.courses else None
    ended = place(last) if last is not None and last.stop is not None else None
    if one.concomitant:
        if ended is not None and main.low is not None and ended.hi < main.lo:
            return Part("previous", "timing", "stopped before the drug under study was started")
        return Part("concomitant", "timing", "recorded as concomitant medication")
    if ended is not None and onset.low is not None and onset.lo - ended.hi > _window(one.drug.name):
        return Part("previous", "timing", "stopped long before onset")
    if related == "yes":
        return Part("suspect", "blamed", "the table calls the reaction related to the treatment")
    if related == "no":
        return Part("suspect", "timing", "running at onset; the table calls the reaction not related")
    return Part("suspect", "timing", "running at onset, or within its window of exposure; the table blames no drug")


def _window(drug: str) -> float:
    known = exposure_window_days(drug)
    return max(WINDOW, known.days if known is not None else 0.0)
