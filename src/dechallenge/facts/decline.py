"""Facts of the course after the stop: when a value had fallen by half, whether it rose again or fell short.

The fall is that of the distance between peak and ULN: (peak − value) ÷ (peak − ULN), compared with one half. A liver
transplantation ends the course: what is measured after it is that of the graft.
May import the case model, evidence, timeline, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dechallenge.case.model import Finding
from dechallenge.evidence import DerivedEvidence
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.thresholds import FALL_DAYS_CHOLESTATIC, FALL_DAYS_HEPATOCELLULAR, HALF, RISE_FACTOR
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import liver as v
from dechallenge.logic import Fact
from dechallenge.timeline import ANY, Interval


@dataclass(frozen=True)
class After:
    """A value after the stop, with the days since then."""

    value: Value
    days: Interval
    point: float | None
    halved: bool | None


@dataclass(frozen=True)
class Decline:
    """The course of one analyte after the stop.

    Attributes:
        peak: The highest value of the reaction.
        before: The last value at or before the stop.
        after: Values after the stop, in order.
        half: Days until the half was reached, with the printed figure; None while it was not shown.
    """

    analyte: str
    peak: Value | None
    before: Value | None
    after: tuple[After, ...]
    half: tuple[Interval, float | None] | None
    halved_at: After | None

    @property
    def dated(self) -> tuple[After, ...]:
        return tuple(a for a in self.after if a.value.when.low is not None or a.value.when.high is not None)


def decline(pair: Pair, analyte: str) -> Decline:
    """Read the course of one analyte after the stop of the drug."""
    graft = transplantation(pair)
    values = [x for x in pair.values(analyte) if graft is None or not _of_the_graft(graft, x)]
    numbers = [x for x in values if x.times is not None]
    peak = max(numbers, key=lambda x: x.times or 0.0) if numbers else None
    later = [x for x in values if pair.after_stop(x)]
    earlier = [x for x in numbers if not pair.after_stop(x)]
    after = tuple(After(x, *pair.days_after_stop(x), _halved(peak, x)) for x in later)
    half, halved_at = _half(after, peak)
    return Decline(analyte, peak, earlier[-1] if earlier else None, after, half, halved_at)


def transplantation(pair: Pair) -> Finding | None:
    """The liver transplantation with which the follow-up of a liver injury ends; none that came before the injury."""
    if not pair.is_liver:
        return None
    for found in pair.view.findings("liver transplantation"):
        if found.state != "present" or found.history:
            continue
        if found.time is not None and found.time.high is not None:
            earlier = found.time.high < pair.onset.lo
        else:
            open_start = found.time is None or found.time.low is None
            earlier = open_start and told_before(found.evidence, pair.event.evidence) is True
        if not earlier:
            return found
    return None


def _of_the_graft(graft: Finding, value: Value) -> bool:
    """The value was measured after the transplantation: by its time, else by its place in the story."""
    when = graft.time.interval if graft.time is not None else ANY
    if value.when.hi < when.lo or value.when.lo > when.hi:
        return value.when.lo > when.hi
    return told_before(graft.evidence, value.measurement.evidence) is True


def _halved(peak: Value | None, value: Value) -> bool | None:
    """Whether the value shows the fall by half; None when it cannot be told."""
    if value.times_high is not None and value.times_high <= 1.0:
        return True
    if peak is None or peak.times is None or peak.times <= 1.0:
        return None
    middle = peak.times - HALF * (peak.times - 1.0)
    if value.times_high is not None and value.times_high <= middle * (1 + 1e-9):
        return True
    return False if value.times_low is not None and value.times_low > middle else None


def _half(after: tuple[After, ...], peak: Value | None) -> tuple[tuple[Interval, float | None] | None, After | None]:
    last = 0.0
    passed_peak = peak is None or all(a.value is not peak for a in after)
    for item in after:
        if item.value is peak:
            passed_peak = True
        if item.halved and passed_peak:
            point = item.point if item.point is not None and item.point >= last else None
            high = item.days.high
            low = min(last, point if point is not None else last, high if high is not None else last)
            return (Interval(low, high), point), item
        if item.halved is False:
            last = max(last, item.days.lo)
    return None, None


_TERMS = {"ALT": v.alt_half_days, "ALP": v.alp_half_days, "BILI_TOT": v.bili_half_days}
_NAMES = {"ALT": "ALT", "ALP": "alkaline phosphatase", "BILI_TOT": "bilirubin"}


def facts(pair: Pair) -> list[Fact]:
    """Facts of the course after the stop; none while the drug went on.

    Of a drug that had been stopped before the reaction began, the fall is counted from the peak at the earliest and
    from the stop at the latest: the methods do not say which.
    """
    if pair.continued or pair.stop is None:
        return []
    declines = {analyte: decline(pair, analyte) for analyte in _TERMS}
    if pair.stopped_after_onset is False:
        before = [_from_the_peak(pair, item) for item in declines.values()]
        before += [_fell_since_the_peak(declines["ALT"]), _fell_short(declines["ALP"], declines["BILI_TOT"])]
        return [fact for fact in before if fact is not None]
    made = [_half_fact(pair, item) for item in declines.values()]
    made += [
        _not_halved(pair, declines["ALT"]),
        _rose_again(declines["ALT"]),
        _fell_short(declines["ALP"], declines["BILI_TOT"]),
    ]
    return [fact for fact in made if fact is not None]


def _evidence(pair: Pair, item: Decline, how: str) -> tuple[DerivedEvidence, ...]:
    parts = [*(item.peak.evidence if item.peak else ())]
    shown = item.halved_at or (item.after[-1] if item.after else None)
    if shown is not None and (item.peak is None or shown.value is not item.peak):
        parts += shown.value.evidence
    parts += pair.onset_course.closed
    return (DerivedEvidence(derived_from=tuple(parts), how=how),) if parts else ()


def _half_fact(pair: Pair, item: Decline) -> Fact | None:
    term, name = _TERMS[item.analyte], _NAMES[item.analyte]
    if item.half is not None and item.halved_at is not None:
        days, point = item.half
        if days.high is None and point is None and not days.low:
            return None
        shown = item.halved_at.value
        peak = item.peak
        if peak is not None and peak.times is not None and peak.times > 1 and shown.times is not None:
            share = (peak.times - shown.times) / (peak.times - 1.0)
            how = f"{peak.told} to {shown.told}: a fall by {share:.0%} of the distance to the limit"
        else:
            how = f"{shown.told} after the stop"
        how += f", {_day(days, point)}"
        return number(term, point, low=days.low, high=days.high, because=how, evidence=_evidence(pair, item, how))
    recovery = pair.event.recovery_from_stop
    if (
        item.analyte == "ALT"
        and recovery is not None
        and recovery.high is not None
        and pair.event.outcome == "recovered"
    ):
        how = f"recovery told within {recovery.high:g} days of the stop; no value of {name} shows the day"
        return number(term, low=0.0, high=recovery.high, because=how, evidence=recovery.evidence)
    shown_not = [a for a in item.dated if a.halved is False and a.days.low is not None]
    if shown_not:
        last = shown_not[-1]
        if last.days.lo <= 0:
            return None
        how = f"{last.value.told}, {_day(last.days, last.point)}: not yet fallen by half"
        return number(term, low=last.days.low, because=how, evidence=_evidence(pair, item, how))
    return None


def _from_the_peak(pair: Pair, item: Decline) -> Fact | None:
    """The half was reached between the peak and the day of the test that shows it, counted from the stop."""
    if item.half is None or item.halved_at is None or item.half[0].high is None or item.peak is None:
        return None
    shown, high = item.halved_at.value, item.half[0].high
    how = f"{item.peak.told} to {shown.told}; counted from the peak at the earliest, from the stop at the latest"
    return number(_TERMS[item.analyte], low=0.0, high=high, because=how, evidence=_evidence(pair, item, how))


def _fell_since_the_peak(item: Decline) -> Fact | None:
    """No renewed rise among the values from the peak on."""
    numbers = [a.value for a in item.after if a.value.times is not None]
    if item.peak is None or not any(x is item.peak for x in numbers):
        return None
    since = numbers[next(i for i, x in enumerate(numbers) if x is item.peak) :]
    if len(since) < 2 or any((b.times or 0.0) > (a.times or 0.0) for a, b in pairwise(since)):
        return None
    evidence = tuple(e for x in since for e in x.evidence)
    return Fact.flag(v.alt_rose_again, False, because="the values fall from the peak on", evidence=evidence)


def _day(days: Interval, point: float | None) -> str:
    if point is not None:
        return f"{point:g} days after the stop"
    if days.high is None:
        return f"{days.low or 0:g} days or more after the stop"
    return f"{days.low or 0:g} to {days.high:g} days after the stop"


def _not_halved(pair: Pair, item: Decline) -> Fact | None:
    if item.half is not None:
        return Fact.flag(
            v.alt_not_halved, False, because="ALT fell by half", evidence=_evidence(pair, item, "fall of ALT")
        )
    late = [a for a in item.dated if a.days.lo > FALL_DAYS_HEPATOCELLULAR]
    if late and late[-1].halved is False:
        how = f"{late[-1].value.told} {_day(late[-1].days, late[-1].point)}"
        return Fact.flag(v.alt_not_halved, True, because=how, evidence=_evidence(pair, item, how))
    if pair.event.outcome == "recovered":
        because = "a recovery is told"
        return Fact.flag(v.alt_not_halved, False, because=because, evidence=pair.event.outcome_evidence)
    return None


def _rose_again(item: Decline) -> Fact | None:
    """A rise that lasts beyond a month, or a renewed one after a fall (project reading of "recurrent increase")."""
    numbers = [a for a in item.after if a.value.times is not None]
    words = [a for a in item.after if a.value.times is None and a.halved]
    if not numbers and not words:
        return None
    evidence = tuple(e for a in (*numbers, *words) for e in a.value.evidence)
    lowest = item.before.times if item.before is not None else None
    fallen = False
    for after in numbers:
        times = after.value.times or 0.0
        if lowest is not None and times >= RISE_FACTOR * lowest and times > 1:
            reached = _reached(item)
            late = reached is None or reached > FALL_DAYS_HEPATOCELLULAR
            if fallen or late:
                how = f"{after.value.told} after the stop, up from {lowest:.3g} × ULN"
                return Fact.flag(v.alt_rose_again, True, because=how, evidence=evidence)
        if lowest is None or times < lowest:
            fallen = fallen or (lowest is not None)
            lowest = times
    return Fact.flag(v.alt_rose_again, False, because="the values after the stop do not rise again", evidence=evidence)


def _reached(item: Decline) -> float | None:
    """The day by which the half was reached: the printed one, else the latest that its interval allows."""
    if item.half is None:
        return None
    days, point = item.half
    return point if point is not None else days.hi


def _fell_short(alp: Decline, bilirubin: Decline) -> Fact | None:
    for item in (alp, bilirubin):
        if item.half is not None:
            because = f"{_NAMES[item.analyte]} fell by half"
            evidence = item.halved_at.value.evidence if item.halved_at else ()
            return Fact.flag(v.alp_fell_short, False, because=because, evidence=evidence)
    for item in (alp, bilirubin):
        early = [a for a in item.dated if a.days.hi <= FALL_DAYS_CHOLESTATIC and a.value.times is not None]
        if not early or item.peak is None or item.peak.times is None:
            continue
        last = early[-1]
        fell = last.halved is False and (last.value.times or 0.0) < item.peak.times
        how = f"{item.peak.told} to {last.value.told}, {_day(last.days, last.point)}"
        return Fact.flag(v.alp_fell_short, fell, because=how, evidence=last.value.evidence)
    return None
