"""Courses of a drug and its role for a reaction, from the calendar: what ran, what had ended, what came after.

For messages of others; what we wrote ourselves says it. May import the case, knowledge, and what medication and event
hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.case import Action, Time
from dechallenge.case.model import ActionKind, Basis, Role
from dechallenge.evidence import Evidence
from dechallenge.formats.dates import Axis
from dechallenge.formats.fhir.event import Reported, Suspect
from dechallenge.formats.fhir.medication import Taken, whole_span
from dechallenge.formats.fhir.values import Coded, Moment, Span, amount, first_coded
from dechallenge.knowledge.exposure import exposure_window_days
from dechallenge.timeline import ANY, Interval, duration

LONG_GAP = 14.0
"""Days without a dose between two administrations, the reaction among them, that make the later one a re-exposure
(project's choice; MedicationAdministration says nothing of courses)."""
WINDOW = 15.0
"""Days after the last dose during which a drug without a known half-life may still be the cause (RUCAM 1993)."""


@dataclass(frozen=True)
class Course:
    """One course of a drug: the resources that tell of it, from its first to its last dose."""

    parts: tuple[Taken, ...]
    span: Span

    @property
    def start(self) -> Interval:
        return self.span.start.days if self.span.start is not None else ANY

    @property
    def stop(self) -> Interval:
        return self.span.stop.days if self.span.stop is not None else ANY

    @property
    def ended(self) -> bool:
        """An end is told, with or without its date."""
        return self.span.stop is not None or any(p.stopped or p.ongoing is False for p in self.parts)


def courses(taken: Sequence[Taken], onsets: Iterable[Interval]) -> list[Course]:
    """The courses of one drug in order of time; what has no date belongs to the first.

    A period that begins more than a day after the end of the one before opens a new course, and so does an
    administration after a long gap within which a reaction began.
    """
    dated = sorted((t for t in taken if t.start is not None and t.start.days != ANY), key=_begin)
    rest = tuple(t for t in taken if t not in dated)
    begun = list(onsets)
    groups: list[list[Taken]] = []
    for one in dated:
        if groups and not _new_course(groups[-1], one, begun):
            groups[-1].append(one)
        else:
            groups.append([one])
    if not groups:
        return [Course(rest, _span(rest))] if rest else []
    found = [Course(tuple(group), _span(group)) for group in groups]
    return [Course((*found[0].parts, *rest), found[0].span), *found[1:]]


def _begin(one: Taken) -> tuple[float, float]:
    assert one.start is not None
    return one.start.days.lo, one.start.days.hi


def _new_course(group: Sequence[Taken], one: Taken, onsets: Iterable[Interval]) -> bool:
    if any(part.stop is None and not part.stopped for part in group) or one.start is None:
        return False
    ends = [part.stop.days.hi for part in group if part.stop is not None]
    if not ends:
        return True  # it was stopped, and here it begins again
    last, begin = max(ends), one.start.days.lo
    if one.point and all(part.point for part in group):
        return begin - last > LONG_GAP and any(last - WINDOW <= onset.lo <= begin for onset in onsets)
    return begin > last + 1


def _span(parts: Sequence[Taken]) -> Span:
    """First start and last stop; no stop where one of the parts goes on."""
    if parts and all(p.point for p in parts):
        return whole_span(parts)
    starts = [p.start for p in parts if p.start is not None]
    open_end = any(p.stop is None for p in parts if p.start is not None)
    stops = [p.stop for p in parts if p.stop is not None]
    start = min(starts, key=lambda m: m.days.lo) if starts else None
    stop = max(stops, key=lambda m: m.days.hi) if stops and not open_end else None
    return Span(start, stop)


_TAKEN: dict[str, ActionKind] = {"1": "stopped", "2": "reduced", "3": "increased", "4": "continued"}
_WORDS: dict[str, ActionKind] = {
    "withdrawn": "stopped",
    "reduced": "reduced",
    "increased": "increased",
    "not changed": "continued",
    "unchanged": "continued",
}
_AGAIN: dict[str, Literal["positive", "negative", "not assessable"]] = {
    "1": "positive",
    "2": "negative",
    "3": "not assessable",
}


def actions(drug: str, found: Sequence[Course], blamed: Sequence[tuple[str, Suspect]], axis: Axis) -> list[Action]:
    """What was done with a drug, from its courses and from what the report says of it as a suspect."""
    made: list[Action] = []
    several = len(found) > 1
    for number, course in enumerate(found):
        if number:
            start = course.span.start
            time = start.time(axis, anchor="restart") if start is not None else None
            evidence = start.evidence if start is not None else ()
            made.append(Action(kind="restarted", drug=drug, time=time, evidence=evidence or _of(course)))
        why = next((p.why for p in course.parts if p.why), None)
        said = any(p.stopped for p in course.parts)
        given = all(p.point for p in course.parts)
        if said or (course.span.stop is not None and (why or (several and number < len(found) - 1) or number)):
            if given and not said and number == len(found) - 1:
                continue  # the last of several administrations is no stop that anybody tells
            stop = course.span.stop
            time = stop.time(axis, least=_least(course, axis), anchor="stop") if stop is not None else None
            evidence = tuple(e for p in course.parts for e in p.stop_evidence) or _of(course)
            made.append(Action(kind="stopped", drug=drug, time=time, reason=why, evidence=evidence))
    return [*made, *_said(drug, blamed, made)]


def _least(course: Course, axis: Axis) -> float | None:
    start = course.span.start
    time = start.time(axis) if start is not None else None
    return time.low if time is not None else None


def _of(course: Course) -> tuple[Evidence, ...]:
    return tuple(e for p in course.parts for e in p.evidence)


def _said(drug: str, blamed: Sequence[tuple[str, Suspect]], known: Sequence[Action]) -> list[Action]:
    """Action taken and re-administration as the safety-report guides extend a suspect with them."""
    made: list[Action] = []
    for event, suspect in blamed:
        for extension in suspect.node.extensions("actionTaken"):
            code = first_coded(extension, "valueCodeableConcept", "valueCoding", "valueCode")
            kind = _kind(code)
            if code is not None and kind and not any(a.kind == kind for a in (*known, *made)):
                made.append(Action(kind=kind, drug=drug, evidence=(code.evidence,)))
        for extension in suspect.node.extensions("reoccurOnReadministration"):
            code = first_coded(extension, "valueCodeableConcept", "valueCoding", "valueCode")
            result = next((_AGAIN[k] for k in code.keys if k in _AGAIN), None) if code is not None else None
            if (
                code is not None
                and result is not None
                and not any(a.kind == "restarted" and a.event in ("", event) for a in (*known, *made))
            ):
                because = "re-administration as the report codes it"
                evidence = (code.evidence,)
                made.append(
                    Action(kind="restarted", drug=drug, result=result, event=event, because=because, evidence=evidence)
                )
    return made


def _kind(code: Coded | None) -> ActionKind | None:
    if code is None:
        return None
    for key in code.keys:
        if key in _TAKEN:
            return _TAKEN[key]
        for words, kind in _WORDS.items():
            if words in key:
                return kind
    return None


_UNITS = {"min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_DELAYS = {
    "latency": ("timeBetweenAdministrationStartAndReaction", "timeBetweenAdminstrationStartAndReaction"),
    "stop_to_onset": ("timeBetweenLastDoseAndReaction",),
}
"""Delays of a pair in the safety-report guides; the field table of one spells the first with a typing error."""


def delays(suspect: Suspect) -> dict[str, Time]:
    """Delay from the first and from the last dose to the reaction, as the safety-report guides extend a suspect."""
    found: dict[str, Time] = {}
    for name, urls in _DELAYS.items():
        for extension in (e for url in urls for e in suspect.node.extensions(url)):
            value = extension.first("valueDuration", "valueQuantity")
            made = amount(value) if value is not None else None
            unit = _UNITS.get(made.unit or made.unit_text) if made is not None else None
            if made is None or made.value is None or value is None or unit is None or made.comparator != "=":
                extension.log.warn(extension.path, "the delay has no number and unit of time that can be read")
                continue
            told = duration(made.value, made.value, unit)
            evidence = (value.quote(words=made.words),)
            found[name] = Time(
                low=told.interval.low, high=told.interval.high, point=told.point, text=made.words, evidence=evidence
            )
    return found


@dataclass(frozen=True)
class Part:
    """The role of a drug for one reaction, on what it rests, and why."""

    role: Role
    basis: Basis
    because: str


def role_of(found: Sequence[Course], reaction: Reported, main: Interval, *, blamed: bool, any_blamed: bool) -> Part:
    """The role of a drug for a reaction.

    Args:
        found: Its courses.
        main: When the main suspect was first given.
        blamed: The report names it as a suspect of this reaction.
        any_blamed: It names some suspect.
    """
    if blamed:
        return Part("suspect", "blamed", "named as a suspect in AdverseEvent")
    onset = reaction.onset.days if reaction.onset is not None else ANY
    start = Interval.of(min((c.start.lo for c in found), default=-1e18), max((c.start.hi for c in found), default=1e18))
    first = found[0] if found else None
    if first is not None and first.start.low is not None and onset.high is not None and first.start.lo > onset.hi:
        return Part("treatment", "timing", "first given after onset")
    last = found[-1] if found else None
    ended = last.stop if last is not None and last.span.stop is not None else None
    if any_blamed:
        if ended is not None and main.low is not None and ended.hi < main.lo:
            return Part("previous", "timing", "stopped before the suspect was started")
        return Part("concomitant", "timing", "recorded as taken at the time of the reaction")
    if ended is not None and onset.low is not None and onset.lo - ended.hi > _window(found):
        return Part("previous", "timing", "stopped long before onset")
    if last is not None and ended is None and last.ended and start.high is None:
        return Part("concomitant", "timing", "ended at an unknown time")
    return Part("suspect", "timing", "the report blames no drug; this one was running at onset")


def _window(found: Sequence[Course]) -> float:
    names = {p.drug.name for c in found for p in c.parts}
    windows = [w.days for n in sorted(names) if (w := exposure_window_days(n)) is not None]
    return max([WINDOW, *windows])


def first_dose(found: Sequence[Course]) -> Moment | None:
    """When the drug was first given."""
    return next((c.span.start for c in found if c.span.start is not None), None)
