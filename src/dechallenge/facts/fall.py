"""Facts of the fall after the peak as RECAM and Maria & Victorino ask for it: half of the peak itself, below 2×ULN.

`decline` measures another thing: half of the distance between the peak and the limit, from the stop.
May import evidence, timeline, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.liver import Found
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.values import Value
from dechallenge.facts.vocabulary import causality_more as v
from dechallenge.logic import Fact, Flag, Number
from dechallenge.timeline import Interval

HEPATOCELLULAR_R = 5.0
HALF_OF_PEAK = 0.5
STILL_HIGH = 0.9
LATE_DAYS = 182.0
NEAR_NORMAL = 2.0
"""Figures of RECAM 2022 (domain 2) and of Maria & Victorino 1997 (item I.C), as in the instruments' own files."""

MARKERS: tuple[tuple[str, Number, Flag], ...] = (
    ("ALT", v.alt_fall_days, v.alt_halved_on_drug),
    ("ALP", v.alp_fall_days, v.alp_halved_on_drug),
    ("BILI_TOT", v.bili_fall_days, v.bili_halved_on_drug),
)


@dataclass(frozen=True)
class Fall:
    """The values of one marker from its peak on."""

    peak: Value
    later: tuple[Value, ...]
    below: Value | None
    kept: Value | None

    def days(self, value: Value) -> Interval:
        """Days from the peak to a value."""
        gap = value.when.minus(self.peak.when)
        return Interval(max(0.0, gap.lo), gap.high)

    def point(self, value: Value) -> float | None:
        """The printed days, where both are printed."""
        if value.day is None or self.peak.day is None or value.day < self.peak.day:
            return None
        return value.day - self.peak.day


def read(pair: Pair, analyte: str) -> Fall | None:
    """The fall of one marker; None without a raised peak.

    The last value that is not below half comes before the first one that is.
    """
    values = [x for x in pair.values(analyte) if x.times_low is not None or x.times_high is not None]
    numbers = [x for x in values if x.times is not None]
    peak = max(numbers, key=lambda x: x.times or 0.0) if numbers else None
    if peak is None or (peak.times or 0.0) <= 1.0:
        return None
    later = tuple(values[values.index(peak) + 1 :])
    half = HALF_OF_PEAK * (peak.times or 0.0)
    below = next((x for x in later if x.times_high is not None and x.times_high < half), None)
    before = later if below is None else later[: later.index(below)]
    kept = next((x for x in reversed(before) if x.times_low is not None and x.times_low >= half), None)
    return Fall(peak, later, below, kept)


def facts(pair: Pair, found: Found | None) -> list[Fact]:
    """The fall of each marker, whether it came on the drug, and whether the marker stayed high."""
    if pair.drug is None or not pair.is_liver:
        return []
    made: list[Fact | None] = []
    for analyte, days, on_drug in MARKERS:
        fall = read(pair, analyte)
        if fall is not None:
            made += _fallen(pair, fall, days, on_drug)
    marker = marker_of(found)
    if marker is not None:
        made += [_stayed_high(read(pair, marker)), _near_normal(pair, marker)]
    return [fact for fact in made if fact is not None]


def marker_of(found: Found | None) -> str | None:
    """ALT when R ≥ 5, else alkaline phosphatase; None while R is not known."""
    if found is None or found.alt is None or found.alp is None or found.alt.times is None or not found.alp.times:
        return None
    return "ALT" if found.alt.times / found.alp.times >= HEPATOCELLULAR_R else "ALP"


def _evidence(how: str, *parts: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    found = tuple(item for part in parts for item in part)
    return (DerivedEvidence(derived_from=found, how=how),) if found else ()


def _fallen(pair: Pair, fall: Fall, days: Number, on_drug: Flag) -> list[Fact | None]:
    """When half of the peak was passed, and whether the drug was still given."""
    below = fall.below
    if below is None:
        return [_not_yet(pair, fall, days)]
    how = f"{fall.peak.told} to {below.told}: below half of the peak"
    evidence = _evidence(how, fall.peak.evidence, below.evidence, pair.onset_course.closed, pair.onset_course.kept)
    if pair.continued:
        return [Fact.flag(on_drug, True, because=f"{how}, while the drug went on", evidence=evidence)]
    stop = pair.stop
    if stop is None:
        return []
    if not pair.after_stop(below):
        certain = below.when.high is not None and stop.low is not None and below.when.high <= stop.low
        return [Fact.flag(on_drug, True, because=f"{how}, before the stop", evidence=evidence)] if certain else []
    gap, point = fall.days(below), fall.point(below)
    last = fall.days(fall.kept).lo if fall.kept is not None else 0.0
    low = min(last, gap.hi, point if point is not None else gap.hi)
    made: list[Fact | None] = [Fact.flag(on_drug, False, because=f"{how}, after the stop", evidence=evidence)]
    if gap.high is not None or low:
        made.append(number(days, point, low=low, high=gap.high, because=how, evidence=evidence))
    return made


def _not_yet(pair: Pair, fall: Fall, days: Number) -> Fact | None:
    last = fall.kept
    if last is None or pair.continued or not pair.after_stop(last) or fall.days(last).lo <= 0:
        return None
    how = f"{fall.peak.told} to {last.told}: not yet below half of the peak"
    return number(days, low=fall.days(last).lo, because=how, evidence=_evidence(how, fall.peak.evidence, last.evidence))


def _stayed_high(fall: Fall | None) -> Fact | None:
    """Above 90 % of the peak more than 182 days after it."""
    if fall is None:
        return None
    peak = fall.peak.times or 0.0
    late = [x for x in fall.later if fall.days(x).lo > LATE_DAYS]
    for value in late:
        if value.times_low is not None and value.times_low > STILL_HIGH * peak:
            how = f"{fall.peak.told}, still {value.told} more than 182 days later"
            evidence = _evidence(how, fall.peak.evidence, value.evidence)
            return Fact.flag(v.stayed_high, True, because=how, evidence=evidence)
    lower = fall.below or next((x for x in late if x.times_high is not None), None)
    if lower is None:
        return None
    how = f"{fall.peak.told} to {lower.told}"
    return Fact.flag(v.stayed_high, False, because=how, evidence=_evidence(how, fall.peak.evidence, lower.evidence))


def _near_normal(pair: Pair, marker: str) -> Fact | None:
    """Days from the stop to the first value below 2×ULN."""
    term = v.below_2uln_days
    if pair.continued or pair.stop is None or pair.stopped_after_onset is False:
        return None
    values = pair.values(marker)
    if not any(x.times is not None and x.times >= NEAR_NORMAL for x in values):
        return None
    after = [x for x in values if pair.after_stop(x)]
    last = 0.0
    for value in after:
        days, point = pair.days_after_stop(value)
        if value.times_high is not None and value.times_high < NEAR_NORMAL:
            if days.high is None and point is None and not last:
                break
            low = min(last, days.hi, point if point is not None else days.hi)
            how = f"{value.told} after the stop, below 2×ULN"
            evidence = _evidence(how, value.evidence, pair.onset_course.closed)
            return number(term, point, low=low, high=days.high, because=how, evidence=evidence)
        if value.times_low is not None and value.times_low >= NEAR_NORMAL:
            last = max(last, days.lo)
    told = pair.event.recovery_from_stop
    if told is not None and told.high is not None and pair.event.outcome == "recovered":
        how = f"recovery told within {told.high:g} days of the stop"
        return number(term, told.point, low=min(last, told.high), high=told.high, because=how, evidence=told.evidence)
    if last:
        how = f"not below 2×ULN {last:g} days after the stop"
        return number(term, low=last, because=how, evidence=_evidence(how, after[-1].evidence))
    return None
