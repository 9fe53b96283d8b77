"""One suspect and one reaction seen on the time line of the case: courses of the drug, onset, stop, what came after.

`CaseView` holds what all pairs of a case share; `Pair` adds the drug and the reaction. The modules of this folder read
both and make facts. May import evidence, timeline, case, quantity and lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from dechallenge.case.model import Action, Case, Event, Exposure, Finding, Time
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.samples import Sample, group
from dechallenge.facts.thresholds import NEUTROPENIA
from dechallenge.facts.values import Value, read_values, told_before
from dechallenge.timeline import ANY, Interval

LIVER = "liver injury"
BLOOD = frozenset({"neutropenia", "agranulocytosis"})
MAS = "MAS"

REACTION_REASONS = ("reaction", "adverse", "toxic", "injury", "because of")


@dataclass(frozen=True)
class CaseView:
    """A case with its values read once."""

    case: Case

    @cached_property
    def values(self) -> tuple[Value, ...]:
        return read_values(self.case)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Values taken together, in order of time."""
        return group(self.values)

    def of(self, *analytes: str) -> tuple[Value, ...]:
        """All values of these analytes, as told."""
        return tuple(value for value in self.values if value.analyte in analytes)

    def findings(self, *terms: str) -> tuple[Finding, ...]:
        """The patient's findings of these terms."""
        return tuple(f for f in self.case.findings if f.term in terms and f.subject == "patient")

    def main_suspect(self, event: Event) -> str | None:
        """The first drug linked to the reaction as a suspect; the axis of the case counts from its first dose."""
        for link in self.case.links:
            if link.event == event.id and link.role in ("suspect", "interacting"):
                return link.drug
        return None

    def axis_drug(self, event: Event) -> str | None:
        """The drug whose first dose is day 0: the main suspect, unless a person entered it in place of another."""
        for link in self.case.links:
            if link.event == event.id and link.role in ("suspect", "interacting"):
                return None if link.basis == "entered" else link.drug
        return None


@dataclass(frozen=True)
class Course:
    """One course of a drug.

    Attributes:
        start, start_point, stop, stop_point: Days on the case's axis; `stop` None = no stop is told.
        number: 0 for the first course.
        continued, reduced: What was done instead of stopping.
        restart: The action that opened a later course.
        opened, closed: Evidence for start and stop.
        unhelped: The reaction went on after the stop, until another drug was stopped.
    """

    number: int
    start: Interval = ANY
    start_point: float | None = None
    stop: Interval | None = None
    stop_point: float | None = None
    stop_reason: str = ""
    stop_because: str = ""
    continued: bool = False
    reduced: bool = False
    restart: Action | None = None
    opened: tuple[Evidence, ...] = ()
    closed: tuple[Evidence, ...] = ()
    kept: tuple[Evidence, ...] = ()
    unhelped: bool = False


@dataclass(frozen=True)
class Pair:
    """A reaction, and the drug that is suspected of it (None for what judges the reaction alone)."""

    view: CaseView
    event: Event
    drug: str | None

    @property
    def case(self) -> Case:
        return self.view.case

    @property
    def kind(self) -> str:
        return self.event.kind

    @property
    def is_liver(self) -> bool:
        return self.kind == LIVER

    @property
    def is_blood(self) -> bool:
        return self.kind in BLOOD

    # --- courses ------------------------------------------------------------------------------------------------

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        return tuple(e for e in self.case.exposures if e.drug == self.drug)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return tuple(a for a in self.case.actions if a.drug == self.drug and a.event in ("", self.event.id))

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """The courses of the drug in order: the first, and one for each restart."""
        return courses_of(self)

    @cached_property
    def onset_course(self) -> Course:
        """The course in which the reaction began."""
        if self.event.onset is not None and self.event.onset.anchor.startswith("restart"):
            earlier = [c for c in self.courses[1:] if not self._after_event(c)]
            if earlier:
                return earlier[-1]
        links = (k for k in self.view.case.links if k.drug == self.drug and k.event == self.event.id)
        told = next((k.course for k in links if k.course), 0)  # the reader's network knows how courses and onset lie
        if 0 < told < len(self.courses) and not self._after_event(self.courses[told]):
            return self.courses[told] if not _came_back(self.courses[told]) else self.courses[told - 1]
        for course in reversed(self.courses[1:]):
            begun, onset = course.start.high, self.onset.low
            if begun is not None and onset is not None and begun <= onset and not _came_back(course):
                return course
        if self.event.onset is None or self.onset.high is None:
            later = [c for c in self.courses[1:] if self._told_before_event(c)]
            return later[-1] if later else self.courses[0]
        return self.courses[0]

    def _told_before_event(self, course: Course) -> bool:
        """Given again, and only then the first that is told of the reaction: it began in that course."""
        restart = course.restart
        if restart is None or restart.result is not None:
            return False
        return bool(told_before(restart.evidence, self.event.evidence))

    def _after_event(self, course: Course) -> bool:
        return bool(course.restart and told_before(self.event.evidence, course.restart.evidence))

    @cached_property
    def re_exposures(self) -> tuple[Course, ...]:
        """The courses after the one in which the reaction began."""
        return self.courses[self.onset_course.number + 1 :]

    @property
    def start(self) -> Interval:
        return self.onset_course.start

    @property
    def first_dose(self) -> Interval:
        """The first dose of the first course."""
        return self.courses[0].start

    # --- onset --------------------------------------------------------------------------------------------------

    @cached_property
    def onset(self) -> Interval:
        return self._onset[0]

    @cached_property
    def onset_point(self) -> float | None:
        return self._onset[1]

    @cached_property
    def onset_how(self) -> str:
        return self._onset[2]

    @cached_property
    def onset_evidence(self) -> tuple[Evidence, ...]:
        return self._onset[3]

    @cached_property
    def _onset(self) -> tuple[Interval, float | None, str, tuple[Evidence, ...]]:
        """When the reaction began: as told, else the first abnormal test after the first dose."""
        time = self.event.onset
        if time is not None and (time.low is not None or time.high is not None):
            words = f"“{time.text}”" if time.text else "the time told"
            return time.interval, time.point, words, time.evidence or self.event.evidence
        value = self._first_abnormal()
        if value is not None and (value.when.low is not None or value.when.high is not None):
            how = f"first abnormal test ({value.told})"
            derived = DerivedEvidence(derived_from=value.evidence, how="time of the first abnormal test")
            return value.when, value.day, how, (derived,)
        return ANY, None, "", self.event.evidence

    def _first_abnormal(self) -> Value | None:
        for sample in self.view.samples:
            if sample.before(Interval(0.0, 0.0)):
                continue
            for value in sample.values:
                low = value.high is not None and value.analyte == "NEUT" and value.high < NEUTROPENIA
                high = value.times_low is not None and value.times_low > 1 and value.analyte in ("ALT", "ALP", "AST")
                if (self.is_blood and low) or (self.is_liver and high):
                    return value
        return None

    # --- stop ---------------------------------------------------------------------------------------------------

    @cached_property
    def stop(self) -> Interval | None:
        """Stop of the course in which the reaction began; None where no stop is told."""
        return self.onset_course.stop

    @cached_property
    def continued(self) -> bool | None:
        """Whether the drug went on after onset; None where nothing is told."""
        course = self.onset_course
        if self.re_exposures or course.stop is not None:
            return False
        if course.continued or course.reduced:
            return True
        ongoing = [e.ongoing for e in self.exposures if e.ongoing is not None and e.role != "previous"]
        return True if ongoing and ongoing[-1] else None

    @cached_property
    def stopped_after_onset(self) -> bool | None:
        """Whether the drug was still given when the reaction began; None where it is not told."""
        stop = self.stop
        if stop is None:
            return True if self.continued else None
        onset = self.onset
        if stop.lo >= onset.hi:
            return True
        if stop.hi < onset.lo or self._counted_from_the_stop:
            return False
        reason = self.onset_course.stop_reason.lower()
        if reason and (self.kind in reason or any(word in reason for word in REACTION_REASONS)):
            return True
        told = told_before(self.event.evidence, self.onset_course.closed)
        return True if told and stop.hi >= onset.lo else None

    @property
    def _counted_from_the_stop(self) -> bool:
        """The reader's network knows that the reaction came after the last dose, however far both are undated."""
        links = (k for k in self.view.case.links if k.drug == self.drug and k.event == self.event.id)
        gap = next((k.stop_to_onset for k in links if k.course in (None, self.onset_course.number)), None)
        return gap is not None and gap.low is not None and gap.low > 0

    # --- values of the reaction -----------------------------------------------------------------------------------

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Samples of the reaction: after the first dose, re-exposures left out."""
        return tuple(s for s in self.view.samples if not self.is_baseline(s) and self.episode_of(s.first) is None)

    @cached_property
    def baseline(self) -> tuple[Sample, ...]:
        """Samples from before the first dose, in order of time."""
        return tuple(s for s in self.view.samples if self.is_baseline(s))

    def is_baseline(self, sample: Sample) -> bool:
        """Taken before the first dose (a sample of day 0 itself counts when the reaction came later)."""
        start = self.first_dose
        when = sample.when
        if sample.before(start):
            return True
        if when.high is not None and start.low is not None and when == start:
            return self.onset.lo > when.high
        return sample.anchor in ("before", "baseline", "before start")

    def values(self, *analytes: str) -> tuple[Value, ...]:
        """Values of the reaction in order of time; those flagged as implausible only where there are no others."""
        found = [v for s in self.samples for v in s.values if v.analyte in analytes]
        sound = [v for v in found if not v.doubtful]
        return tuple(sound or found)

    def episode_of(self, value: Value) -> Course | None:
        """The re-exposure that a value was measured in, None for the reaction itself."""
        return self._episodes.get(id(value.measurement))

    @cached_property
    def _episodes(self) -> dict[int, Course]:
        """Re-exposure of each measurement: by its anchor, else by its time, else by its place in the story."""
        found: dict[int, Course] = {}
        for value in self.view.values if self.re_exposures else ():
            course = self._episode(value)
            if course is not None:
                found[id(value.measurement)] = course
        return found

    def _episode(self, value: Value) -> Course | None:
        anchor = value.measurement.time.anchor if value.measurement.time else ""
        name, _, number = anchor.partition(":")
        if name == "restart":
            wanted = int(number) if number.isdigit() else self.re_exposures[0].number
            return next((c for c in self.re_exposures if c.number == wanted), None)
        if anchor in ("start", "before", "baseline", "stop"):
            return None
        placed = [c for c in self.re_exposures if c.start.high is not None and value.when.lo >= c.start.high]
        if placed:
            return placed[-1]
        first = self.re_exposures[0].start
        if value.when.high is not None and first.low is not None and value.when.high <= first.low:
            return None
        if value.measurement.section not in ("narrative", ""):
            return None
        told = [
            c for c in self.re_exposures if c.restart and told_before(c.restart.evidence, value.measurement.evidence)
        ]
        return told[-1] if told else None

    def after_stop(self, value: Value) -> bool:
        """The value was taken after the stop: by its time, else by its place in the story."""
        stop = self.stop
        if stop is None:
            return False
        told = self._told_since_stop(value)
        if told is not None and (told.lo > 0 or told.hi <= 0):
            return told.lo > 0
        if value.measurement.time is not None and value.measurement.time.anchor == "stop":
            return True
        when = value.when
        if when.low is not None and stop.high is not None and when.low > stop.high:
            return True
        if when.high is not None and stop.low is not None and when.high <= stop.low and when != stop:
            return False
        if value.measurement.section not in ("narrative", ""):
            return when.lo > stop.lo and when.hi > stop.hi
        return bool(told_before(self.onset_course.closed, value.measurement.evidence))

    def _told_since_stop(self, value: Value) -> Interval | None:
        """Days from the stop of the drug in focus, where the report counts from it."""
        since = value.measurement.since_stop
        if since is None or self.drug != self.view.axis_drug(self.event) or self.onset_course.number:
            return None
        return since.interval

    def days_after_stop(self, value: Value) -> tuple[Interval, float | None]:
        """Days from the stop to a value that was taken after it, and the figure where both are printed.

        Dates that leave one day only are as good as a printed number of days.
        """
        days, point = self._after_stop(value)
        return days, days.low if point is None and days.low is not None and days.low == days.high else point

    def _after_stop(self, value: Value) -> tuple[Interval, float | None]:
        stop = self.stop
        told = self._told_since_stop(value)
        if stop is not None and told is not None:
            since = value.measurement.since_stop
            return Interval(max(0.0, told.lo), told.high), since.point if since is not None else None
        if stop is None or (value.when.low is None and value.when.high is None):
            return Interval(0.0, None), None
        gap = value.when.minus(stop)
        low = max(0.0, gap.lo)
        point = None
        if value.day is not None and self.onset_course.stop_point is not None:
            point = value.day - self.onset_course.stop_point
            point = point if point >= 0 else None
        return Interval(low, gap.high), point


def from_onset(pair: Pair, value: Value) -> bool:
    """The value was not certainly taken before the reaction began."""
    return not (value.when.high is not None and pair.onset.low is not None and value.when.high < pair.onset.low)


def courses_of(pair: Pair) -> tuple[Course, ...]:
    """Courses of the drug of a pair, from its exposures and the order of its actions."""
    taken = [e for e in pair.exposures if e.role != "previous"] or list(pair.exposures)
    main = pair.drug is not None and pair.drug == pair.view.axis_drug(pair.event)
    start = next((e.start for e in taken if e.start is not None), None)
    evidence = next((e.start.evidence or e.evidence for e in taken if e.start is not None), ())
    if start is None:
        evidence = tuple(item for e in taken[:1] for item in e.evidence)
        start = Time(low=0.0, high=0.0, point=0.0) if main else None
    course = Course(0, opened=tuple(evidence))
    if start is not None:
        course = _with(course, start=start.interval, start_point=start.point)
    found: list[Course] = []
    for action in pair.actions:
        time = action.time.interval if action.time else None
        point = action.time.point if action.time else None
        if action.kind in ("stopped", "switched"):
            if course.stop is None or (time is not None and course.stop == ANY):
                course = _with(
                    course,
                    stop=time or ANY,
                    stop_point=point,
                    stop_reason=action.reason or course.stop_reason,
                    stop_because=action.because,
                    closed=course.closed or action.evidence,
                    unhelped=course.unhelped or action.result == "negative",
                )
        elif action.kind == "restarted":
            found.append(course)
            course = Course(len(found), time or ANY, point, restart=action, opened=action.evidence)
        elif action.kind == "continued":
            course = _with(course, continued=True, kept=course.kept + action.evidence)
        elif action.kind in ("reduced", "increased"):
            course = _with(
                course, reduced=course.reduced or action.kind == "reduced", kept=course.kept + action.evidence
            )
    found.append(course)
    return tuple(_dated(found, taken))


def _dated(courses: list[Course], exposures: Iterable[Exposure]) -> list[Course]:
    """The courses with the stops that only the exposures tell."""
    stops = [e for e in exposures if e.stop is not None]
    for exposure in stops:
        assert exposure.stop is not None
        first = courses[0]
        if first.stop is None or (first.stop == ANY and exposure.stop.interval != ANY):
            evidence = first.closed or exposure.stop.evidence or exposure.evidence
            courses[0] = _with(first, stop=exposure.stop.interval, stop_point=exposure.stop.point, closed=evidence)
        break
    for number in range(len(courses) - 1):
        if courses[number].stop is None:
            courses[number] = _with(courses[number], stop=ANY)
    return courses


def _came_back(course: Course) -> bool:
    """The reaction is told to have come back in the course: it had been there before."""
    told = course.restart
    return told is not None and told.result == "positive" and _AGAIN.search(told.because) is not None


_AGAIN = re.compile(r"again|recur|reappear|relaps|confirm|the same|came back", re.IGNORECASE)


def _with(course: Course, **changes: object) -> Course:
    return Course(**{**course.__dict__, **changes})
