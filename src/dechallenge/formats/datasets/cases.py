"""One subject to a case: the axis of days, exposures and actions, reactions, values, roles.

May import the modules of this folder, the case, dates and reading's measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal, cast

from dechallenge.case import (
    Action,
    Age,
    Case,
    Dose,
    DrugReaction,
    Event,
    Exposure,
    Measurement,
    Patient,
    Report,
    Statement,
    TestResult,
)
from dechallenge.evidence import State
from dechallenge.formats.datasets import courses, derived, reactions
from dechallenge.formats.datasets.courses import Course, Given, Part
from dechallenge.formats.datasets.reactions import Days, Reaction, gap
from dechallenge.formats.datasets.records import Lab, Subject
from dechallenge.formats.dates import Axis, Dated
from dechallenge.reading.entries.values import measure
from dechallenge.timeline import ANY, Interval

_AGE_UNITS = {"year": "year", "yr": "year", "y": "year", "month": "month", "mo": "month", "week": "week", "wk": "week",
              "day": "day", "d": "day"}  # fmt: skip
_SEXES: dict[str, Literal["female", "male"]] = {
    "f": "female", "female": "female", "w": "female", "weiblich": "female", "woman": "female", "femme": "female",
    "m": "male", "male": "male", "maennlich": "male", "männlich": "male", "man": "male", "homme": "male",
}  # fmt: skip


def build(subject: Subject, number: int, *, from_values: bool) -> Case:
    """The case of a subject.

    Args:
        number: Place of the case in the dataset.
        from_values: Derive reactions that only the values show.
    """
    return _Built(subject, from_values).case(number)


class _Built:
    """One subject on the way to a case; the parts are worked out in the order that they need each other."""

    def __init__(self, subject: Subject, from_values: bool) -> None:
        self.subject = subject
        self.notes: list[str] = []
        self._moments: dict[str, Dated | None] = {}
        self._last: tuple[Axis, list[Measurement]] | None = None
        self.reactions = reactions.reported(subject)
        first = courses.given(subject, [])
        studied = [g.start for g in first if not g.concomitant and g.start.low is not None]
        if from_values:
            self._derive(min(studied, key=lambda days: days.lo) if studied else None)
        self.drugs = courses.given(subject, [r.days for r in self.reactions])
        self.main = self._main()
        self.axis = Days(self.main.start if self.main is not None else ANY)
        self.events = [r.event(i, self.axis) for i, r in enumerate(self.reactions, start=1)]
        self.measurements = self._measured(self.axis)

    def _derive(self, start: Interval | None) -> None:
        """Reactions that the values show and no row tells of; the first of them goes before other kinds."""
        axis = Days(start if start is not None else Interval(0.0, 0.0))
        found, self.notes = derived.shown(self._measured(axis), exposed=start is not None)
        told = {"neutropenia" if r.kind == "agranulocytosis" else r.kind for r in self.reactions}
        made = []
        for one in (f for f in found if f.kind not in told):
            time = one.value.measurement.time
            onset = self._dated(one.value.measurement)
            evidence = (one.evidence,)
            made.append(Reaction(one.kind, one.kind, onset, time.evidence if time is not None else (), evidence))
            self.notes.append(f"No table tells of {one.kind}; it is derived from the values: {one.evidence.how}.")
        known = [r for r in self.reactions if r.kind in derived.SHOWN_BY]
        self.reactions = [*known, *made, *(r for r in self.reactions if r not in known)]

    def _dated(self, measurement: Measurement) -> Dated | None:
        """The moment of a value, as its row gives it."""
        return self._moments.get(measurement.id)

    def _main(self) -> Given | None:
        """The drug whose first dose is day 0: of those under study the last begun before the first reaction."""
        studied = [g for g in self.drugs if not g.concomitant and g.start.low is not None]
        studied = studied or [g for g in self.drugs if g.start.low is not None]
        onset = self.reactions[0].days if self.reactions else ANY
        before = [g for g in studied if onset.high is None or g.start.lo <= onset.hi]
        ranked = before or studied
        return max(ranked, key=lambda g: g.start.lo) if before else ranked[0] if ranked else None

    # --- values -----------------------------------------------------------------------------------------------------

    def _measured(self, axis: Axis) -> list[Measurement]:
        """The values in order of time; one that stands twice is one with both cells."""
        if self._last is not None and self._last[0] == axis:
            return self._last[1]
        placed: dict[tuple[Any, ...], tuple[Lab, Dated | None]] = {}
        for lab in self.subject.labs:
            at = self.subject.place(lab.when)
            key = (lab.analyte, lab.value, lab.low, lab.high, lab.comparator, lab.unit, lab.unit_text, lab.qualitative,
                   at.iso if at is not None else "", at.days if at is not None else None)  # fmt: skip
            if key in placed:
                lab = replace(placed[key][0], evidence=(*placed[key][0].evidence, *lab.evidence))
            placed[key] = (lab, at)
        ordered = sorted(placed.values(), key=lambda pair: _moment(pair[1]))
        made = []
        for i, (lab, at) in enumerate(ordered, start=1):
            time = axis.time(at, lab.when.evidence if lab.when is not None else ())
            one = measure(lab, time, lab.evidence, limit=lab.limit, section="table", rule="dataset")
            made.append(one.model_copy(update={"id": f"l{i}"}))
            self._moments[f"l{i}"] = at
        self._last = (axis, made)
        return made

    def _tests(self) -> tuple[TestResult, ...]:
        return tuple(
            TestResult(
                test=one.test,
                state=cast(State, one.state),
                result=one.result,
                time=self.axis.time(self.subject.place(one.when), one.when.evidence if one.when is not None else ()),
                evidence=one.evidence,
            )
            for one in self.subject.looked
        )

    # --- drugs ------------------------------------------------------------------------------------------------------

    def _went_on(self, course: Course) -> bool:
        """The table says that the drug was not stopped because of the reaction, and its last dose came later."""
        first = self.reactions[0] if self.reactions else None
        if first is None or first.action not in ("continued", "reduced", "increased") or course.stop is None:
            return False
        return first.onset is None or course.stop.days.hi >= first.days.lo

    def _part(self, one: Given, reaction: Reaction) -> Part:
        main = self.main.start if self.main is not None else ANY
        return courses.part_of(
            one, reaction.days, main, reaction.related, lambda c: c.stop.days if c.stop is not None else ANY
        )

    def _exposures(self) -> tuple[Exposure, ...]:
        made: list[Exposure] = []
        for one in self.drugs:
            part = self._part(one, self.reactions[0]) if self.reactions else None
            for number, course in enumerate(one.courses):
                closed, row = course.closed, course.opened.row
                first = one is self.main and number == 0
                start = self.axis.time(
                    course.start, row.start.evidence if row.start else (), anchor="start", first=first
                )
                kept = not one.concomitant and self._went_on(course)
                stop = None
                if closed is not None and not kept:
                    least = start.low if start is not None else None
                    evidence = closed.row.stop.evidence if closed.row.stop is not None else ()
                    stop = self.axis.time(closed.stop, evidence, least=least, anchor="stop")
                points = [p for p in course.periods if p.is_point] if len(course.periods) > 1 else []
                times = [self.axis.time(p.start, p.row.start.evidence if p.row.start else ()) for p in points]
                role = (
                    "previous" if part is not None and part.role == "previous" else part.role if part else "concomitant"
                )
                dose = Dose(value=row.dose, unit=row.unit, text=f"{row.dose_text} {row.unit}".strip())
                made.append(
                    Exposure(
                        id=f"x{len(made) + 1}",
                        drug=one.drug.name,
                        as_written=row.drug,
                        ingredients=one.drug.ingredients,
                        kind=one.drug.kind,
                        role=role,
                        reason=part.because if part is not None else "",
                        indication=row.indication or None,
                        dose=dose if row.dose_text else None,
                        route=row.route.lower() or None,
                        frequency=row.frequency or None,
                        start=start,
                        stop=stop,
                        ongoing=True if kept else False if stop is not None else None,
                        administrations=tuple(t for t in times if t is not None),
                        evidence=tuple(dict.fromkeys(e for p in course.periods[:2] for e in p.row.evidence)),
                    )
                )
        return tuple(made)

    def _actions(self) -> tuple[Action, ...]:
        made: list[Action] = []
        for one in self.drugs:
            for number, course in enumerate(one.courses):
                made += self._course(one, course, number)
            if not one.concomitant:
                made += self._said(one, made)
        return tuple(made)

    def _course(self, one: Given, course: Course, number: int) -> list[Action]:
        row, drug = course.opened.row, one.drug.name
        begun = self.axis.time(course.start, row.start.evidence if row.start else (), anchor="start")
        first = one is self.main and number == 0
        if first:
            begun = self.axis.time(course.start, row.start.evidence if row.start else (), anchor="start", first=True)
        elif number:
            begun = begun.model_copy(update={"anchor": "restart"}) if begun is not None else None
        made = []
        if begun is not None or number:
            kind: Literal["restarted", "started"] = "restarted" if number else "started"
            made.append(Action(kind=kind, drug=drug, time=begun, evidence=begun.evidence if begun else row.evidence))
        for before, after in zip(course.periods, course.periods[1:], strict=False):
            a, b = before.row.dose, after.row.dose
            if a is not None and b is not None and a != b and before.row.unit == after.row.unit:
                at = self.axis.time(after.start, after.row.start.evidence if after.row.start else ())
                because = f"{before.row.dose_text} to {after.row.dose_text} {after.row.unit}".strip()
                change: Literal["reduced", "increased"] = "reduced" if b < a else "increased"
                made.append(Action(kind=change, drug=drug, time=at, because=because, evidence=after.row.evidence))
        closed = course.closed
        if closed is not None and (one.concomitant or not self._went_on(course)):
            evidence = closed.row.stop.evidence if closed.row.stop is not None else ()
            stop = self.axis.time(closed.stop, evidence, least=begun.low if begun else None, anchor="stop")
            reaction = next((r for r in self.reactions if r.action == "stopped"), None)
            fits = reaction is not None and not one.concomitant and closed.stop is not None
            why = "adverse reaction" if fits and reaction is not None and _at_or_after(closed.stop, reaction) else None
            made.append(Action(kind="stopped", drug=drug, time=stop, reason=why, evidence=evidence or row.evidence))
        return made

    def _said(self, one: Given, known: Sequence[Action]) -> list[Action]:
        """What the table of events says was done, where the doses do not tell it themselves."""
        made: list[Action] = []
        for number, reaction in enumerate(self.reactions, start=1):
            kind = reaction.action
            if kind is None or self._part(one, reaction).role != "suspect":
                continue
            if any(a.drug == one.drug.name and a.kind == kind for a in (*known, *made)):
                continue
            evidence = reaction.row.cell("action") if reaction.row is not None else ()
            because = f"action taken: {reaction.text('action').lower()}"
            event = f"e{number}" if kind == "continued" and len(self.reactions) > 1 else ""
            made.append(Action(kind=kind, drug=one.drug.name, event=event, because=because, evidence=evidence))
        return made

    # --- reactions --------------------------------------------------------------------------------------------------

    def _links(self) -> tuple[DrugReaction, ...]:
        made: list[DrugReaction] = []
        for reaction, event in zip(self.reactions, self.events, strict=True):
            for one in sorted(self.drugs, key=lambda g: g is not self.main):
                part = self._part(one, reaction)
                begun = [
                    (i, c)
                    for i, c in enumerate(one.courses)
                    if c.start is not None and c.start.days.lo <= reaction.days.hi
                ]
                number, course = begun[-1] if begun else (0, one.courses[0] if one.courses else None)
                start = course.start if course is not None else None
                ended = course is not None and not self._went_on(course)
                stop = course.stop if ended and course is not None else None
                blamed = reaction.row.cell("related") if part.basis == "blamed" and reaction.row is not None else ()
                made.append(
                    DrugReaction(
                        drug=one.drug.name,
                        event=event.id,
                        role=part.role,
                        basis=part.basis,
                        because=part.because,
                        latency=gap(reaction.onset, start, "start"),
                        stop_to_onset=gap(reaction.onset, stop, "stop"),
                        course=number if start is not None and start.days.known else None,
                        evidence=blamed or tuple(e for c in one.courses[:1] for e in c.opened.row.evidence),
                    )
                )
        return tuple(sorted(made, key=lambda k: (int(k.event[1:]), k.role != "suspect")))

    def _ended(self, event: Event) -> Event:
        """Outcome and recovery by the values where no table gives them."""
        reaction = self.reactions[int(event.id[1:]) - 1]
        stop = next((c.stop for c in reversed(self.main.courses) if c.stop is not None), None) if self.main else None
        if self.main is not None and any(self._went_on(c) for c in self.main.courses):
            stop = None
        end = reaction.recovery if event.recovery is not None else None
        if event.outcome == "unknown" and not reaction.text("outcome"):
            onset = event.onset.low if event.onset is not None else None
            shown = derived.ended(event.kind, self.measurements, onset)
            if shown is not None:
                recovered = shown.outcome == "recovered"
                end = self._dated(shown.value.measurement) if recovered else None
                event = event.model_copy(
                    update={
                        "outcome": shown.outcome,
                        "outcome_evidence": shown.value.evidence,
                        "recovery": shown.value.measurement.time if recovered else None,
                    }
                )
        if end is None or stop is None:
            return event
        return event.model_copy(update={"recovery_from_stop": _not_before(gap(end, stop, "stop"))})

    def _statements(self) -> tuple[Statement, ...]:
        made: list[Statement] = []
        suspects = [g.drug.name for g in self.drugs if not g.concomitant]
        for reaction, event in zip(self.reactions, self.events, strict=True):
            for kind, name in (("causality", "related"), ("severity", "grade")):
                text = reaction.text(name)
                if text and reaction.row is not None:
                    drug = suspects[0] if kind == "causality" and len(suspects) == 1 else ""
                    evidence = reaction.row.cell(name)
                    made.append(
                        Statement(kind=kind, by="reporter", result=text, drug=drug, event=event.id, evidence=evidence)
                    )
        return tuple(made)

    # --- the whole --------------------------------------------------------------------------------------------------

    def _patient(self) -> Patient:
        person = self.subject.person
        made: dict[str, Any] = {}
        if "sex" in person:
            told = str(person["sex"][0])
            sex = _SEXES.get(told.casefold())
            if sex is not None:
                made |= {"sex": sex, "sex_evidence": person["sex"][1]}
            elif told.casefold() not in ("u", "unk", "unknown", "undifferentiated"):
                self.notes.append(f"The sex {told!r} is not known; it was left out.")
        if "age" in person:
            written = str(person["age_unit"][0]) if "age_unit" in person else "years"
            unit = _AGE_UNITS.get(written.casefold().rstrip("s"))
            if unit is None:
                self.notes.append(f"The unit of age {written!r} is not known; the age was left out.")
            else:
                made["age"] = Age(value=person["age"][0], unit=unit, evidence=person["age"][1])
        if "weight" in person:
            made |= {"weight_kg": person["weight"][0], "weight_evidence": person["weight"][1]}
        if "height" in person:
            made["height_cm"] = person["height"][0]
        if "bmi" in person:
            made |= {"bmi": person["bmi"][0], "bmi_evidence": person["bmi"][1]}
        return Patient(**made)

    def case(self, number: int) -> Case:
        """The case."""
        events = tuple(self._ended(event) for event in self.events)
        subject, patient, notes = self.subject, self._patient(), self.notes
        if not events:
            notes.append("No table tells of a reaction and the values show none; enter the event to assess one.")
        if self.main is None and subject.taken:
            notes.append("The first dose has no date, so no day is counted; dates are kept as they came.")
        title = f"{events[0].term}, subject {subject.id}" if events else f"subject {subject.id}"
        country, evidence = subject.person.get("country", ("", ()))
        return Case(
            id=f"c{number}",
            title=title[:1].upper() + title[1:],
            document=subject.document,
            report=Report(sender_id=subject.id, country=str(country), evidence=evidence),
            patient=patient,
            events=events,
            exposures=self._exposures(),
            links=self._links(),
            actions=self._actions(),
            measurements=tuple(self.measurements),
            tests=self._tests(),
            statements=self._statements(),
            notes=tuple(notes),
        )


def _moment(at: Dated | None) -> tuple[float, str]:
    return (float("inf"), "") if at is None or at.days.low is None else (at.days.lo, at.iso)


def _at_or_after(stop: Dated | None, reaction: Reaction) -> bool:
    return stop is not None and (reaction.onset is None or stop.days.hi >= reaction.days.lo)


def _not_before(since: Any) -> Any:
    """Time from the stop never lies before it: recovered before the stop is no time after it."""
    if since is None or since.high < 0:
        return None
    return since.model_copy(update={"low": max(0.0, since.low)})
