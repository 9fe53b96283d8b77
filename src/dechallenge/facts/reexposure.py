"""Facts of re-exposure: each later course of the drug judged by itself, and the case by all of them.

Liver: ALT before < 5×ULN and at least doubled is positive (Teschke 2016, table 13; alkaline phosphatase < 2×ULN).
Blood: a project rule, for want of a published one; every result says so. Words count where there are no figures.
May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dechallenge.case import Finding
from dechallenge.evidence import DerivedEvidence, Evidence, TextEvidence
from dechallenge.facts import blood, trials
from dechallenge.facts.liver import Found
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Course, Pair
from dechallenge.facts.reexposure_values import analytes_of, judged
from dechallenge.facts.thresholds import (
    BLOOD_FALL,
    NEUTROPENIA,
    NEUTROPHILS_DEEP,
    RECHALLENGE_ALP_BEFORE,
    RECHALLENGE_ALT_BEFORE,
    RECHALLENGE_FACTOR,
)
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import response as v
from dechallenge.logic import Fact, Number

Result = Literal["positive", "negative", "not assessable"]
RISEN = ("leukocytosis", "neutrophilia")
PROJECT = "project rule for blood"


@dataclass(frozen=True)
class Episode:
    """One re-exposure and what followed.

    Attributes:
        before, during: The values that were compared, where there were any.
    """

    course: Course
    result: Result
    because: str
    evidence: tuple[Evidence, ...] = ()
    before: Value | None = None
    during: Value | None = None
    alp_before: Value | None = None
    alp_during: Value | None = None


def episodes(pair: Pair, found: Found | None = None) -> tuple[Episode, ...]:
    """Every re-exposure after the reaction, in order."""
    return tuple(_judge(pair, course, found) for course in pair.re_exposures)


def _judge(pair: Pair, course: Course, found: Found | None) -> Episode:
    measured = None
    if pair.is_blood:
        measured = _blood(pair, course)
    elif pair.is_liver:
        measured = _liver(pair, course, found)
    elif analytes := analytes_of(pair.kind):
        measured = _organ(pair, course, analytes)
    told = course.restart.result if course.restart else None
    words = course.restart.because if course.restart else ""
    if measured is not None and measured.result != "not assessable":
        return measured
    if told is not None:
        because = words or f"told as {told}"
        extra = f"; {measured.because}" if measured is not None and measured.because else ""
        return Episode(course, told, because + extra, course.opened + (measured.evidence if measured else ()))
    if measured is not None:
        return measured
    return Episode(course, "not assessable", "what followed is not told", course.opened)


def _organ(pair: Pair, course: Course, analytes: tuple[str, ...]) -> Episode | None:
    """A reaction that one value makes: the figures told behind the re-exposure."""
    values = [x for x in _within(pair, course, *analytes) if told_before(course.opened, x.evidence)]
    found = judged(pair.kind, values)
    return None if found is None else Episode(course, found[0], found[1], _chain(course, found[2]), during=found[2])


def _within(pair: Pair, course: Course, *analytes: str) -> list[Value]:
    """The values of an episode in the order of its story."""
    values = [x for s in pair.view.samples for x in s.values if x.analyte in analytes and pair.episode_of(x) is course]
    return [
        x
        for x in values
        if not (x.doubtful or _ends_behind(course.closed, x.evidence) or _of_another_drug(pair, course, x))
    ]


def _of_another_drug(pair: Pair, course: Course, value: Value) -> bool:
    """ "X was tolerated. When Y was given again, ALT rose to 640 U/L": told behind the return of another drug."""
    restart = course.restart
    if restart is None or restart.result != "negative":
        return False
    others = [a for a in pair.case.actions if a.kind == "restarted" and a.drug != pair.drug]
    return any(
        told_before(restart.evidence, a.evidence) and told_before(a.evidence, value.evidence) for a in others[:_MOST]
    )


_MOST = 20
"""Re-exposures to other drugs that are looked at."""


def _ends_behind(stop: Iterable[Evidence], value: Iterable[Evidence]) -> bool:
    """The figure stands behind the words of the stop: "refractory until the drug was stopped, with recovery to 71"."""
    stopped = [(e.document, e.end) for e in stop if isinstance(e, TextEvidence)]
    told = [(e.document, e.end) for e in value if isinstance(e, TextEvidence)]
    return bool(stopped and told) and max(told)[0] == min(stopped)[0] and max(told) > min(stopped)


def _blood(pair: Pair, course: Course) -> Episode | None:
    counts = [
        value
        for sample in pair.view.samples
        if pair.episode_of(sample.first) is course and (value := blood.count(sample)) is not None and not value.doubtful
        if not (
            _of_another_drug(pair, course, value)
            or (_told_positive(course) and _ends_behind(course.closed, value.evidence))
        )
    ]
    counts.sort(key=lambda value: value.place)
    numbers = [x for x in counts if x.has_number and blood.height(x) is not None]
    if not numbers:
        return _blood_in_words(pair, course, counts)
    low_at = min(range(len(numbers)), key=lambda i: blood.height(numbers[i]) or 0.0)
    lowest = numbers[low_at]
    before = max(numbers[:low_at], key=lambda x: blood.height(x) or 0.0) if low_at else None
    reached = blood.height(lowest) or 0.0
    fall = None
    if before is not None and (blood.height(before) or 0.0) > 0:
        fall = 1 - reached / (blood.height(before) or 1.0)
    evidence = _chain(course, before, lowest)
    change = blood.shown(before, lowest) if before is not None else blood.shown(lowest)
    share = f", a fall by {fall:.0%}" if fall is not None else ""
    said = f"{change}{share} ({PROJECT})"
    first = blood.nadir(pair)
    deepest = blood.height(first) if first is not None else None
    if reached < NEUTROPHILS_DEEP or (deepest is not None and reached <= deepest and reached < NEUTROPENIA):
        return Episode(course, "positive", f"full recurrence: {said}", evidence, before, lowest)
    if reached < NEUTROPENIA:
        if fall is None or fall >= BLOOD_FALL or _told_positive(course):
            return Episode(course, "positive", f"partial recurrence: {said}", evidence, before, lowest)
        return Episode(course, "not assessable", f"below 1.5 without a clear fall: {said}", evidence, before, lowest)
    if fall is None or fall < BLOOD_FALL:
        return Episode(course, "negative", f"no recurrence: {said}", evidence, before, lowest)
    later = [x for x in numbers[low_at + 1 :] if x.low is not None and x.low >= NEUTROPENIA]
    rose = [x for x in later if (blood.height(x) or 0.0) > reached]
    tolerated = course.restart is not None and course.restart.result == "negative"
    if (rose and course.stop is None) or tolerated:
        back = f", back to {blood.height(rose[0]):.3g} on the drug" if rose else ""
        because = f"tolerated, never below 1.5: {change}{share}{back} ({PROJECT})"
        return Episode(course, "negative", because, _chain(course, before, lowest, *rose[:1]), before, lowest)
    return Episode(course, "not assessable", f"equivocal, never below 1.5: {said}", evidence, before, lowest)


def _told_positive(course: Course) -> bool:
    return course.restart is not None and course.restart.result == "positive"


def _blood_in_words(pair: Pair, course: Course, counts: list[Value]) -> Episode | None:
    """A leucocytosis, or neutrophils said to be normal, is a negative re-exposure told in words."""
    for value in counts:
        if value.low is not None and not value.has_number:
            because = f"{value.told} on re-exposure (in words; {PROJECT})"
            return Episode(course, "negative", because, _chain(course, value))
    risen = [f for f in pair.view.findings(*RISEN) if f.state == "present" and told_before(course.opened, f.evidence)]
    risen = [f for f in risen if not _later_course(pair, course, f.evidence)]
    high = [
        x for x in _within(pair, course, "WBC") if x.low is not None and x.limit and x.low >= (x.limit.high or 10.0)
    ]
    if risen:
        evidence = (DerivedEvidence(derived_from=course.opened + risen[0].evidence, how="what followed re-exposure"),)
        because = f"{risen[0].term} instead of a fall (in words; {PROJECT})"
        return Episode(course, "negative", because, evidence)
    if high:
        because = f"{high[0].told} instead of a fall ({PROJECT})"
        return Episode(course, "negative", because, _chain(course, high[0]))
    low = [f for f in pair.view.findings("neutropenia", "agranulocytosis") if told_before(course.opened, f.evidence)]
    low = [f for f in low if not _later_course(pair, course, f.evidence) and not f.history and _of_its_own_time(f)]
    if low and course.restart is not None and course.restart.result is None and low[0].state != "uncertain":
        result: Result = "positive" if low[0].state == "present" else "negative"
        said = f"{low[0].term} {'came back' if result == 'positive' else 'did not come back'} (in words)"
        evidence = (DerivedEvidence(derived_from=course.opened + low[0].evidence, how="what followed re-exposure"),)
        return Episode(course, result, said, evidence)
    return None


def _of_its_own_time(finding: Finding) -> bool:
    """Told with a time, or as absent: "the neutropenia may have had other causes" tells of no second one."""
    return finding.state != "present" or (finding.time is not None and finding.time.anchor != "context")


def _later_course(pair: Pair, course: Course, evidence: tuple[Evidence, ...]) -> bool:
    later = [c for c in pair.re_exposures if c.number > course.number]
    return any(told_before(c.opened, evidence) for c in later)


def _chain(course: Course, *values: Value | None) -> tuple[Evidence, ...]:
    parts = course.opened + tuple(item for value in values if value is not None for item in value.evidence)
    return (DerivedEvidence(derived_from=parts, how="value before and on re-exposure"),) if parts else ()


def _liver(pair: Pair, course: Course, found: Found | None) -> Episode | None:
    alt = _before_during(pair, course, "ALT")
    alp = _before_during(pair, course, "ALP")
    if not any((*alt, *alp)):
        return None
    cholestatic = found is not None and found.alt is not None and found.alp is not None and _mixed(found)
    before, during = alp if cholestatic and alp[1] is not None else alt
    name = "alkaline phosphatase" if before is not None and before.analyte == "ALP" else "ALT"
    limit = RECHALLENGE_ALP_BEFORE if name == "alkaline phosphatase" else RECHALLENGE_ALT_BEFORE
    evidence = _chain(course, before, during)
    values = {"before": alt[0], "during": alt[1], "alp_before": alp[0], "alp_during": alp[1]}
    if before is None or during is None or before.times_high is None or during.times_low is None:
        what = "before" if before is None or before.times_high is None else "during"
        because = f"{name} {what} re-exposure is not told"
        return Episode(course, "not assessable", because, evidence, **values)
    said = f"{before.multiple} before, {during.multiple} on re-exposure"
    if before.times_high >= limit:
        because = f"{said}: {limit:g} × ULN or more before, not interpretable"
        return Episode(course, "not assessable", because, evidence, **values)
    if during.times_low >= RECHALLENGE_FACTOR * before.times_high and during.times_low > 1:
        return Episode(course, "positive", f"doubled: {said}", evidence, **values)
    before_low, during_high = before.times_low, during.times_high
    if during_high is not None and (during_high <= 1 or (before_low is not None and during_high < 2 * before_low)):
        return Episode(course, "negative", f"not doubled: {said}", evidence, **values)
    return Episode(course, "not assessable", f"not clear whether it doubled: {said}", evidence, **values)


def _mixed(found: Found) -> bool:
    alt, alp = found.alt, found.alp
    if alt is None or alp is None or alt.times is None or not alp.times:
        return False
    return alt.times / alp.times < 5


def _before_during(pair: Pair, course: Course, analyte: str) -> tuple[Value | None, Value | None]:
    """The last value before a re-exposure and the highest during it."""
    inside = [x for x in _within(pair, course, analyte) if x.times_low is not None or x.times_high is not None]
    during = max(inside, key=lambda x: x.times if x.times is not None else x.times_low or 0.0) if inside else None
    anchored = [x for x in inside if x.measurement.time is not None and x.measurement.time.anchor == "before restart"]
    earlier = anchored or [
        x
        for s in pair.samples
        for x in s.values
        if x.analyte == analyte and pair.after_stop(x) and (x.times_low is not None or x.times_high is not None)
    ]
    previous = [c for c in pair.re_exposures if c.number < course.number]
    if not earlier and previous:
        earlier = [x for c in previous for x in _within(pair, c, analyte)]
    before = earlier[-1] if earlier else None
    if before is None and during is not None and during is not inside[0]:
        before = inside[0]
    return before, during


# --- facts --------------------------------------------------------------------------------------------------------


def facts(pair: Pair, found: tuple[Episode, ...]) -> list[Fact]:
    """Rechallenge of the case, its setting, and the levels of the clearest episode."""
    if pair.drug is None:
        return []
    if not found:
        return _none(pair)
    results = [episode.result for episode in found]
    overall: Result = "not assessable"
    if "positive" in results:
        overall = "positive"
    elif "negative" in results:
        overall = "negative"
    because = "; ".join(f"re-exposure {e.course.number}: {e.result} ({e.because})" for e in found)
    evidence = tuple(dict.fromkeys(item for e in found for item in e.evidence))
    made: list[Fact | None] = [Fact.choice(v.rechallenge, overall, because=because, evidence=evidence)]
    clearest = next(e for e in found if e.result == overall)
    made += [_setting(pair, clearest), *_levels(clearest)]
    return [fact for fact in made if fact is not None]


def _none(pair: Pair) -> list[Fact]:
    """No re-exposure is told: not done where the drug went on or was refused, else only likely not done."""
    told = trials.not_again(pair)
    if pair.continued or told is not None or any(a.kind == "refused" for a in pair.actions):
        because = "the drug went on, there was no re-exposure" if pair.continued else "the drug was not given again"
        evidence = pair.onset_course.kept + tuple(e for a in pair.actions if a.kind == "refused" for e in a.evidence)
        evidence += told.evidence if told is not None else ()
        return [
            Fact.choice(v.rechallenge, "not done", because=because, evidence=evidence),
            Fact.choice(v.rechallenge_setting, "not done", because=because, evidence=evidence),
        ]
    because = "given again only before the reaction" if pair.onset_course.number else "no re-exposure is told"
    return [
        Fact.choice(v.rechallenge, best="not done", because=because),
        Fact.choice(v.rechallenge_setting, best="not done", because=because),
    ]


def _setting(pair: Pair, episode: Episode) -> Fact | None:
    """With which other drugs it was given again; unknown unless nothing else was ever taken."""
    if pair.view.findings("other medication") and all(
        f.state == "absent" for f in pair.view.findings("other medication")
    ):
        because = "no other drug was taken"
        return Fact.choice(v.rechallenge_setting, "drug alone", because=because, evidence=episode.course.opened)
    because = "which other drugs were taken on re-exposure is not told"
    return Fact.choice(
        v.rechallenge_setting,
        "drug alone",
        "same drugs",
        "other conditions",
        because=because,
        evidence=episode.course.opened,
    )


def _levels(episode: Episode) -> list[Fact | None]:
    pairs: tuple[tuple[Number, Value | None], ...] = (
        (v.rechallenge_alt_before, episode.before),
        (v.rechallenge_alt_during, episode.during),
        (v.rechallenge_alp_before, episode.alp_before),
        (v.rechallenge_alp_during, episode.alp_during),
    )
    made: list[Fact | None] = []
    for term, value in pairs:
        if (
            value is None
            or value.analyte not in ("ALT", "ALP")
            or (value.times_low is None and value.times_high is None)
        ):
            continue
        made.append(
            number(
                term,
                value.times,
                low=value.times_low,
                high=value.times_high,
                because=value.multiple,
                evidence=value.evidence,
            )
        )
    return made
