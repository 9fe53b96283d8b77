"""Facts of time and exposure. May import evidence, timeline, logic, the vocabulary and the view of a pair."""

from __future__ import annotations

from dechallenge.case import DrugReaction
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts import known
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.vocabulary import timing as v
from dechallenge.logic import Fact
from dechallenge.timeline import Interval

SHOCK_KINDS = frozenset({"anaphylaxis", "anaphylactic shock"})
SHOCK_DAYS = 1 / 24
"""Onset within an hour of the dose points to the drug by itself (French method, definition of very suggestive)."""


def facts(pair: Pair) -> list[Fact]:
    """Latency, stop to onset, course, elimination, the onset class of the French method, what the report states."""
    if pair.drug is None:
        return []
    latency = interval_of(pair)
    made = [
        _latency(pair, latency),
        _stop_to_onset(pair),
        _exposure(pair),
        known.slow(pair.drug),
        _onset_timing(pair, latency),
        _continued(pair),
        _onset_stated(pair, latency),
        _action_stated(pair),
    ]
    return [fact for fact in made if fact is not None]


def interval_of(pair: Pair) -> tuple[Interval, float | None]:
    """Days from the first dose of the course in which the reaction began to its onset, and the printed figure.

    Where only the order is known (the reaction came on the drug) the interval is [0, open).
    """
    told = _told(pair)
    if told is not None and told.latency is not None:
        gap, point = told.latency.interval, told.latency.point
        if gap.low is None and on_drug(pair):
            gap = _from_the_start(gap)
        return gap, point
    gap = pair.onset.minus(pair.start)
    point = None
    if pair.onset_point is not None and pair.onset_course.start_point is not None:
        point = pair.onset_point - pair.onset_course.start_point
    if gap.low is None and on_drug(pair):
        gap = _from_the_start(gap)
    if point is not None and not gap.lo <= point <= gap.hi:
        point = None
    return gap, point


def _from_the_start(gap: Interval) -> Interval:
    """The delay of a reaction that came on the drug; one that is said to precede it leaves the delay open."""
    return Interval(0.0, gap.high if gap.high is None or gap.high > 0 else None)


def _told(pair: Pair) -> DrugReaction | None:
    """The link of drug and reaction, which holds the delay as the reader's temporal network knows it."""
    links = pair.view.case.links
    return next((k for k in links if k.drug == pair.drug and k.event == pair.event.id), None)


def on_drug(pair: Pair) -> bool | None:
    """Whether the reaction came while the drug was given, as far as the order of things tells."""
    if pair.onset.hi < pair.start.lo:
        return False
    if pair.stopped_after_onset is False:
        return None
    running = [e for e in pair.exposures if e.role in ("suspect", "interacting", "concomitant")]
    return True if pair.stopped_after_onset or pair.continued or running else None


def _evidence(pair: Pair, *parts: tuple[Evidence, ...], how: str) -> tuple[Evidence, ...]:
    found = tuple(item for part in parts for item in part)
    return (DerivedEvidence(derived_from=found, how=how),) if found else ()


def _latency(pair: Pair, latency: tuple[Interval, float | None]) -> Fact | None:
    gap, point = latency
    if gap.low is None and gap.high is None:
        return None
    course = f" of course {pair.onset_course.number + 1}" if pair.onset_course.number else ""
    if pair.onset.low is None and pair.onset.high is None:
        because = "the reaction came while the drug was given; the days are not told"
    else:
        first = f", first dose{course} {day_words(pair.start, pair.onset_course.start_point)}"
        because = f"onset {day_words(pair.onset, pair.onset_point)} ({pair.onset_how}){first}"
    evidence = _evidence(pair, pair.onset_evidence, pair.onset_course.opened, how="onset minus first dose")
    return number(v.latency, point, low=gap.low, high=gap.high, because=because, evidence=evidence)


def _stop_to_onset(pair: Pair) -> Fact | None:
    term = v.stop_to_onset
    evidence = _evidence(pair, pair.onset_evidence, pair.onset_course.closed, how="onset minus last dose")
    if pair.continued:
        kept = pair.onset_course.kept or evidence
        return number(term, high=0.0, because="the drug went on", evidence=kept)
    if pair.stop is None:
        return None
    gap = pair.onset.minus(pair.stop)
    if pair.stopped_after_onset:
        high = min(0.0, gap.hi)
        point = _stop_point(pair)
        because = f"onset before the stop ({day_words(pair.stop, pair.onset_course.stop_point)})"
        low = gap.low if gap.low is not None and gap.low <= high else None
        if (point is not None and not (low is None or low <= point)) or (point is not None and point > high):
            point = None
        return number(term, point, low=low, high=high, because=because, evidence=evidence)
    if gap.low is None and gap.high is None:
        return None
    point = _stop_point(pair)
    if point is not None and not gap.lo <= point <= gap.hi:
        point = None
    last = day_words(pair.stop, pair.onset_course.stop_point)
    because = f"last dose {last}, onset {day_words(pair.onset, pair.onset_point)}"
    return number(term, point, low=gap.low, high=gap.high, because=because, evidence=evidence)


def _stop_point(pair: Pair) -> float | None:
    if pair.onset_point is None or pair.onset_course.stop_point is None:
        return None
    return pair.onset_point - pair.onset_course.stop_point


def _exposure(pair: Pair) -> Fact | None:
    earlier = [e for e in pair.exposures if e.role == "previous"]
    course = pair.onset_course
    if course.number:
        because = f"the reaction came with course {course.number + 1}"
        return Fact.choice(v.exposure, "subsequent", because=because, evidence=course.opened)
    if earlier and len(pair.exposures) > len(earlier):
        return Fact.choice(v.exposure, "subsequent", because="an earlier course is told", evidence=earlier[0].evidence)
    told = any(e.start is not None for e in pair.exposures) or any(a.kind == "started" for a in pair.actions)
    if told:
        evidence = course.opened or tuple(item for e in pair.exposures[:1] for item in e.evidence)
        return Fact.choice(v.exposure, "initial", because="the first course is told", evidence=evidence)
    return None


def _onset_timing(pair: Pair, latency: tuple[Interval, float | None]) -> Fact | None:
    assert pair.drug is not None
    gap, point = latency
    evidence = _evidence(pair, pair.onset_evidence, pair.onset_course.opened, how="delay from first dose to onset")
    if gap.low is None and gap.high is None:
        return None
    if gap.hi < 0:
        because = "the reaction began before the first dose"
        return Fact.choice(v.onset_timing, "incompatible", because=because, evidence=evidence)
    window = known.window_days(pair.drug)
    since_stop = pair.onset.minus(pair.stop) if pair.stop is not None and not pair.stopped_after_onset else None
    if since_stop is not None and since_stop.lo > window:
        because = f"onset more than {window:.3g} days after the last dose"
        return Fact.choice(v.onset_timing, "incompatible", because=because, evidence=evidence)
    if pair.kind in SHOCK_KINDS and gap.lo >= 0 and gap.hi <= SHOCK_DAYS:
        because = "shock within an hour of the dose"
        return Fact.choice(v.onset_timing, "very suggestive", because=because, evidence=evidence)
    if gap.lo < 0:
        if point is not None and point >= 0:
            return Fact.choice(
                v.onset_timing, "compatible", "incompatible", best="compatible", because="delay fits", evidence=evidence
            )
        because = "not known whether the first dose or the reaction came first"
        return Fact.choice(v.onset_timing, "compatible", "incompatible", because=because, evidence=evidence)
    return Fact.choice(v.onset_timing, "compatible", because="onset after the first dose", evidence=evidence)


def _continued(pair: Pair) -> Fact | None:
    course = pair.onset_course
    if pair.continued is None:
        return None
    if pair.continued:
        because = "the dose was changed and the drug went on" if course.reduced else "the drug went on"
        evidence = course.kept or tuple(item for e in pair.exposures for item in e.evidence)
        return Fact.flag(v.drug_continued, True, because=because, evidence=evidence)
    when = course.stop if course.stop is not None else Interval(None, None)
    because = "; ".join(filter(None, (f"stopped, {day_words(when, course.stop_point)}", course.stop_because)))
    return Fact.flag(v.drug_continued, False, because=because, evidence=course.closed)


def _onset_stated(pair: Pair, latency: tuple[Interval, float | None]) -> Fact:
    gap, _ = latency
    stated = gap.low is not None and gap.high is not None
    because = "the delay is told" if stated else "the delay is not told"
    return Fact.flag(v.onset_time_stated, stated, because=because, evidence=pair.onset_evidence)


def _action_stated(pair: Pair) -> Fact:
    stated = pair.continued is not None
    because = "what was done with the drug is told" if stated else "what was done with the drug is not told"
    return Fact.flag(
        v.action_stated, stated, because=because, evidence=pair.onset_course.closed + pair.onset_course.kept
    )
