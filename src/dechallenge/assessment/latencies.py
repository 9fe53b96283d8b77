"""Latencies besides the main one, as a monograph prints them: to jaundice, on re-exposure, from the very first dose.

May import the facts and the contract.
"""

from __future__ import annotations

from dechallenge.assessment.model import Days, Delay
from dechallenge.case import DrugReaction, Time
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.jaundice import begun
from dechallenge.facts.pair import Course, Pair
from dechallenge.facts.values import Value
from dechallenge.timeline import Interval


def further_latencies(pair: Pair) -> tuple[Delay, ...]:
    """Every other latency of a pair that is bounded on both sides, in the order of the course.

    A delay told from one moment to the other counts before the difference of two days that are dated apart.
    """
    link = next((k for k in pair.case.links if k.drug == pair.drug and k.event == pair.event.id), None)
    found = [_of_all(pair, link), _jaundice(pair)]
    for course in pair.re_exposures:
        if link is None or link.course != course.number:
            found.append(_again(pair, course))
    return tuple(delay for delay in found if delay is not None)


def _of_all(pair: Pair, link: DrugReaction | None) -> Delay | None:
    """From the first dose of all to an onset in a later course."""
    since = link.since_first_dose if link is not None else None
    days = _closed(since.interval) if since is not None else None
    if since is None or days is None:
        return None
    told = tuple(item for course in pair.courses for item in course.opened) + pair.onset_evidence
    evidence = (DerivedEvidence(derived_from=told, how="sum of the times told"),) if told else ()
    because = "the reaction began in a later course; counted from the first dose of the first"
    return Delay(
        since="first dose of all", course=0, until="onset", days=days, point=since.point, because=because,
        evidence=evidence,
    )  # fmt: skip


def _jaundice(pair: Pair) -> Delay | None:
    """To jaundice, where it came later than the first sign."""
    first = begun(pair) if pair.is_liver else None
    if first is None:
        return None
    words, when, point, evidence = first
    course = pair.onset_course
    if when.lo <= pair.onset.lo:
        return None
    days = _closed(when.minus(pair.start))
    if days is None:
        return None
    since = point - course.start_point if point is not None and course.start_point is not None else None
    return Delay(
        since="first dose", course=course.number, until="jaundice", days=days, point=since, because=words,
        evidence=evidence,
    )  # fmt: skip


def _again(pair: Pair, course: Course) -> Delay | None:
    """On a re-exposure: what the report tells, else the first value out of its limits."""
    action = course.restart
    told: Time | None = action.recurrence_after if action is not None else None
    if action is not None and told is not None and action.result != "negative":
        days = _closed(told.interval)
        if days is not None:
            came_back = action.result == "positive"
            return Delay(
                since="re-exposure", course=course.number, until="recurrence" if came_back else "first sign",
                days=days, point=told.point, because=f"“{told.text}”" if told.text else action.because,
                evidence=told.evidence or action.evidence,
            )  # fmt: skip
    value = _first_raised(pair, course)
    days = _closed(value.when.minus(course.start)) if value is not None else None
    if value is None or days is None:
        return None
    since = value.day - course.start_point if value.day is not None and course.start_point is not None else None
    return Delay(
        since="re-exposure", course=course.number, until="first sign", days=days, point=since,
        because=f"first value out of its limits: {value.told}", evidence=_both(course, value),
    )  # fmt: skip


def _first_raised(pair: Pair, course: Course) -> Value | None:
    """The first liver test above its limit in a re-exposure, where an earlier one of it was not."""
    if not pair.is_liver:
        return None
    values = [x for s in pair.view.samples for x in s.values if pair.episode_of(x) is course and not x.doubtful]
    raised = [x for x in values if x.times_low is not None and x.times_low > 1 and x.analyte in ("ALT", "AST", "ALP")]
    return raised[0] if raised and raised[0].when.lo > course.start.hi else None


def _both(course: Course, value: Value) -> tuple[Evidence, ...]:
    return (*course.opened, *value.evidence)


def _closed(gap: Interval) -> Days | None:
    """The interval from 0 on, where both ends are known and it is not empty."""
    if gap.low is None or gap.high is None or gap.high <= 0 or gap.low > gap.high:
        return None
    return (max(0.0, gap.low), gap.high)
