"""A case of a message joined with what its narrative tells: the message leads, the narrative fills what it leaves open.

Nothing that the message states is overwritten; what differs is a conflict. Moments of the narrative count from the
first dose of its own suspect and are taken only where that is the suspect of the message too. May import the case,
evidence and the timeline.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from dechallenge.case import Action, Case, Conflict, DrugReaction, Event, Exposure, Measurement, Patient, Time
from dechallenge.evidence import Evidence, Frozen
from dechallenge.timeline import Interval

T = TypeVar("T", bound=Frozen)
_OF_A_PAIR = ("latency", "stop_to_onset", "course", "since_first_dose")
_TIMES = (
    "time", "start", "stop", "onset", "recovery", "latency", "stop_to_onset", "since_first_dose", "since_stop",
    "recovery_from_stop", "recurrence_after",
)  # fmt: skip


def joined(case: Case, told: Case) -> Case:
    """The case with what its narrative adds.

    Args:
        case: The case of the message.
        told: The one case that was read from the narrative.
    """
    if _focus(case) != _focus(told) or _focus(case) == "":
        told = _untimed(told)
    kinds = {e.id: e.kind for e in told.events}
    ids = {e.kind: e.id for e in reversed(case.events)}
    links = [one.model_copy(update={"event": ids.get(kinds.get(one.event, ""), "")}) for one in told.links]
    patient, conflicts = _patient(case.patient, told.patient)
    return case.model_copy(
        update={
            "patient": patient,
            "events": tuple(_event(e, told.events) for e in case.events),
            "exposures": _exposures(case.exposures, told.exposures),
            "links": tuple(_filled(one, _like(one, links, _pair), _OF_A_PAIR) for one in case.links),
            "actions": _actions(case.actions, told.actions),
            "measurements": _measurements(case.measurements, told.measurements),
            "tests": _more(case.tests, told.tests, lambda one: one.test),
            "findings": _more(case.findings, told.findings, lambda one: (one.term, one.state)),
            "statements": (*case.statements, *told.statements),
            "conflicts": (*case.conflicts, *told.conflicts, *conflicts),
            "coverage": told.coverage,
            "notes": (*case.notes, *told.notes, "What the message leaves open was read from its narrative."),
        }
    )


def _focus(case: Case) -> str:
    """The drug that day 0 is taken from: the first suspect of the first reaction."""
    primary = next((e.id for e in case.events if e.primary), None)
    named = next((one.drug for one in case.links if one.event == primary and one.role == "suspect"), None)
    return named or next((x.drug for x in case.exposures if x.role == "suspect"), "")


def _pair(one: DrugReaction) -> Hashable:
    return one.drug, one.event


def _like(one: T, others: Iterable[T], key: Callable[[T], Hashable]) -> T | None:
    return next((other for other in others if key(other) == key(one)), None)


def _more(ours: tuple[T, ...], theirs: tuple[T, ...], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """What stands in the message, and of the narrative what is about something else."""
    known = {key(one) for one in ours}
    return (*ours, *(one for one in theirs if key(one) not in known))


def _filled(one: T, other: T | None, names: Iterable[str]) -> T:
    """A value whose open fields are filled from another; where that happens it rests on the other's words too."""
    if other is None:
        return one
    update: dict[str, Any] = {}
    for name in names:
        mine, theirs = getattr(one, name), getattr(other, name)
        if _open(mine) and not _open(theirs):
            update[name] = theirs
    if update and hasattr(one, "evidence"):
        update["evidence"] = (*one.evidence, *getattr(other, "evidence", ()))
    return one.model_copy(update=update) if update else one


def _open(value: object) -> bool:
    """Not stated: nothing at all, or a moment of which no day is known."""
    if isinstance(value, Time):
        return value.low is None and value.high is None and not value.date
    return value in (None, "", (), "unknown")


def _event(event: Event, told: tuple[Event, ...]) -> Event:
    same = next((one for one in told if one.kind == event.kind), None)
    if same is None:
        return event
    outcome = event.outcome == "unknown" and same.outcome != "unknown"
    filled = _filled(event, same, ("onset", "recovery", "recovery_from_stop", "outcome"))
    return filled.model_copy(update={"outcome_evidence": same.outcome_evidence}) if outcome else filled


def _exposures(ours: tuple[Exposure, ...], theirs: tuple[Exposure, ...]) -> tuple[Exposure, ...]:
    fields = ("indication", "dose", "route", "frequency", "start", "stop", "ongoing", "administrations")
    first = {x.drug: x for x in reversed(theirs)}
    seen: set[str] = set()
    found: list[Exposure] = []
    for one in ours:
        found.append(one if one.drug in seen else _filled(one, first.get(one.drug), fields))
        seen.add(one.drug)
    for number, one in enumerate(x for x in theirs if x.drug not in seen):
        suspect = one.role in ("suspect", "interacting")
        update: dict[str, Any] = {"id": f"{one.id}-n{number + 1}"}
        if suspect:  # the sender lists the suspects; a drug that only the narrative names is not made one
            update |= {"role": "concomitant", "reason": "named in the narrative only"}
        found.append(one.model_copy(update=update))
    return tuple(found)


def _actions(ours: tuple[Action, ...], theirs: tuple[Action, ...]) -> tuple[Action, ...]:
    def key(one: Action) -> Hashable:
        return one.kind, one.drug

    kept = tuple(
        _filled(one, _like(one, theirs, key), ("time", "reason", "result", "recurrence_after")) for one in ours
    )
    return _more(kept, theirs, key)


def _measurements(ours: tuple[Measurement, ...], theirs: tuple[Measurement, ...]) -> tuple[Measurement, ...]:
    """A value that stands in both is one; its time is that of the message, or the narrative's where it has none."""

    def key(one: Measurement) -> Hashable:
        number = one.canonical if one.canonical is not None else one.value
        return one.analyte, None if number is None else float(f"{number:.4g}"), one.qualitative

    kept = tuple(_filled(one, _like(one, theirs, key), ("time", "since_stop", "limit")) for one in ours)
    known = {key(one) for one in ours}
    more = (one for one in theirs if key(one) not in known)
    return (*kept, *(one.model_copy(update={"id": f"n-{one.id}"}) for one in more))


def _patient(ours: Patient, theirs: Patient) -> tuple[Patient, tuple[Conflict, ...]]:
    update: dict[str, Any] = {}
    pairs = {"sex": "sex_evidence", "weight_kg": "weight_evidence", "bmi": "bmi_evidence"}
    pairs |= {"pregnant": "pregnant_evidence", "alcohol": "alcohol_evidence"}
    for name, words in pairs.items():
        if getattr(ours, name) is None and getattr(theirs, name) is not None:
            update |= {name: getattr(theirs, name), words: getattr(theirs, words)}
    for name in ("age", "height_cm", "drinks_per_day"):
        if getattr(ours, name) is None and getattr(theirs, name) is not None:
            update[name] = getattr(theirs, name)
    conflicts: list[Conflict] = []
    if ours.sex is not None and theirs.sex not in (None, ours.sex):
        words_of: tuple[Evidence, ...] = (*ours.sex_evidence, *theirs.sex_evidence)
        conflicts.append(_conflict("sex", f"{ours.sex} in the message, {theirs.sex} in its narrative", words_of))
    if ours.age is not None and theirs.age is not None and not _near(ours.age.years, theirs.age.years):
        told = (*ours.age.evidence, *theirs.age.evidence)
        conflicts.append(_conflict("age", "the message and its narrative give different ages", told))
    return ours.model_copy(update=update), tuple(conflicts)


def _near(a: Interval, b: Interval) -> bool:
    """Ages within a year: a completed year and an exact age are the same."""
    return Interval.of(a.lo - 1, a.hi + 1).overlaps(b)


def _conflict(what: str, message: str, evidence: tuple[Evidence, ...]) -> Conflict:
    return Conflict(kind="value", what=f"{what}: {message}", affects=what, evidence=evidence)


def _untimed(case: Case) -> Case:
    """A case without its days: they count from another drug's first dose."""

    def plain(one: T) -> T:
        fields = type(one).model_fields
        update: dict[str, Any] = {name: None for name in _TIMES if name in fields}
        if "administrations" in fields:
            update["administrations"] = ()
        return one.model_copy(update=update)

    parts = ("events", "exposures", "links", "actions", "measurements", "tests", "findings")
    return case.model_copy(update={name: tuple(plain(one) for one in getattr(case, name)) for name in parts})
