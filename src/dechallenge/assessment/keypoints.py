"""The case at a glance: pattern, severity, latency, recovery, dechallenge, rechallenge of one drug and one reaction.

Read from facts and from the results of instruments, never from statements. May import the facts and the contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, cast

from dechallenge.assessment.latencies import further_latencies
from dechallenge.assessment.model import (
    Days,
    InstrumentOut,
    ItemOut,
    KeyPoints,
    Pattern,
    PatternAt,
    Severity,
)
from dechallenge.assessment.parts import dose_text
from dechallenge.facts import blood, jaundice, timing
from dechallenge.facts.concomitants import may_be_hepatotoxin, running
from dechallenge.facts.make import Made
from dechallenge.facts.pair import Pair, from_onset
from dechallenge.facts.values import Value
from dechallenge.timeline import Interval

Four = Literal["positive", "negative", "not done", "not assessable"]
Type = Literal["hepatocellular", "mixed", "cholestatic"]

DECHALLENGE: Mapping[str, Four] = {
    "positive": "positive",
    "positive with symptomatic treatment": "positive",
    "negative": "negative",
    "recovered on drug": "not done",
    "not done": "not done",
    "confounded": "not assessable",
    "not assessable": "not assessable",
}
"""The contract knows four words: not done = the drug went on; not assessable = course unknown or confounded."""


def key_points(made: Made, instruments: Mapping[str, InstrumentOut]) -> KeyPoints:
    """The key points of a pair.

    Args:
        instruments: Results by id, those of the reaction and those of the pair.
    """
    pair, facts = made.pair, made.facts
    gap, point = timing.interval_of(pair)
    dechallenge = facts.get("dechallenge")
    rechallenge = facts.get("rechallenge")
    stopped = dechallenge.stated if dechallenge is not None else None
    again = rechallenge.stated if rechallenge is not None else "not done"
    return KeyPoints(
        medication=medication(pair),
        pattern=pattern(made, instruments.get("r-value")) if pair.is_liver else None,
        severity=severity(pair, instruments),
        latency_days=_interval(gap),
        latency_point=point,
        further_latencies=further_latencies(pair),
        recovery_days=recovery(pair),
        dechallenge=DECHALLENGE.get(str(stopped), "not assessable"),
        dechallenge_because=dechallenge.because if dechallenge is not None else "",
        rechallenge=cast(Four, again if again is not None else "not assessable"),
        rechallenge_because=rechallenge.because if rechallenge is not None else "",
        outcome=pair.event.outcome,
        other_medications=tuple(other.drug for other in running(made.others)),
        earlier_hepatotoxins=tuple(
            other.drug for other in made.others if other.timing == "incompatible" and may_be_hepatotoxin(other.drug)
        ),
    )


def _interval(interval: Interval) -> Days | None:
    if (interval.low is None and interval.high is None) or interval.lo > interval.hi:
        return None
    return (interval.low, interval.high)


def medication(pair: Pair) -> str:
    """The drug with its first regimen ("anakinra 100 mg daily, subcutaneous")."""
    for exposure in pair.exposures:
        dose = dose_text(exposure.dose)
        if dose or exposure.route or exposure.frequency:
            often = exposure.frequency or ""
            head = " ".join(part for part in (exposure.drug, dose, "" if often in dose else often) if part)
            return f"{head}, {exposure.route}" if exposure.route else head
    return pair.drug or ""


def pattern(made: Made, result: InstrumentOut | None) -> Pattern:
    """R and its type at the first qualifying test, whether the case definition is reached, and R of the other days."""
    found = made.found
    if found is None or found.alt is None or found.alp is None:
        missing = (
            "ALT and alkaline phosphatase" if found is None else "ALT" if found.alt is None else "alkaline phosphatase"
        )
        below = found.below if found is not None else None
        return Pattern(below_threshold=below, because=f"{missing} not told")
    item = _item(result, "R")
    other = _item(result, "nR")
    words = found.alt.has_number and found.alp.has_number
    because = f"{_short(found.alt)}, {_short(found.alp)}" + (
        f", {_short(found.bili)}" if found.bili is not None else ""
    )
    if not found.below:
        because = f"{because}; {found.how}"
    return Pattern(
        type=cast(Type, item.code) if item is not None and item.code and words else None,
        r=item.points if item is not None and words else None,
        low=item.low if item is not None and words else None,
        high=item.high if item is not None and words else None,
        n_r=other.points if other is not None and words else None,
        below_threshold=found.below,
        because=because,
        days=_days(made),
        evidence=(*found.alt.evidence, *found.alp.evidence),
    )


def _short(value: Value) -> str:
    """ "ALT 83.7 × ULN", "alkaline phosphatase normal"."""
    if value.times is None:
        return value.told
    name = value.told.rsplit(" ", 2)[0] if value.measurement.unit else value.told.rsplit(" ", 1)[0]
    return f"{name} {value.times:.3g} × ULN"


def _item(result: InstrumentOut | None, short: str) -> ItemOut | None:
    if result is None:
        return None
    return next((item for item in result.items if item.id == f"{result.id}.{short}"), None)


def _days(made: Made) -> tuple[PatternAt, ...]:
    """R of every sample with both enzymes, from the first dose on."""
    out = []
    for sample in made.pair.samples:
        alt, alp = sample.get("ALT"), sample.get("ALP")
        if alt is None or alp is None or alt.times is None or not alp.times:
            continue
        r = float(f"{alt.times / alp.times:.10g}")
        kind: Type = "hepatocellular" if r >= 5 else "cholestatic" if r <= 2 else "mixed"
        chosen = made.found is not None and alt is made.found.alt
        words = f"{alt.told}, {alp.told}"
        out.append(PatternAt(day=(sample.when.low, sample.when.high), type=kind, r=r, chosen=chosen, because=words))
    return tuple(out)


def severity(pair: Pair, instruments: Mapping[str, InstrumentOut]) -> Severity | None:
    """LiverTox grade of a liver injury, CTCAE grade of a low neutrophil count; None for other reactions."""
    scale, id = ("LiverTox", "livertox-severity") if pair.is_liver else ("CTCAE v5", "ctcae-5")
    result = instruments.get(id)
    if result is None or not (pair.is_liver or pair.is_blood):
        return None
    if not result.applicable:
        return Severity(scale=scale, because=result.reason)
    because = "; ".join(item.because for item in result.items if item.because) or result.reason
    titles = [f"{item.title}: " for item in result.items]
    marks = "; ".join(next((n.removeprefix(t) for t in titles if n.startswith(t)), n) for n in result.unverified_notes)
    because += f" [unverified: {marks}]" if marks else ""
    if result.score is None and result.low is None:
        return Severity(scale=scale, because=because)
    return Severity(scale=scale, grade=result.score, low=result.low, high=result.high, because=because)


def recovery(pair: Pair) -> Days | None:
    """Days from the stop (from onset when the drug went on) to normal values or the recovery told; None without one."""
    told = pair.event.recovery_from_stop
    recovered = pair.event.outcome in ("recovered", "recovered with sequelae")
    if recovered and told is not None and (told.low is not None or told.high is not None):
        return _interval(told.interval)
    if pair.event.outcome in ("not recovered", "fatal"):
        return None
    base = pair.onset if pair.continued or pair.stop is None else pair.stop
    measured = _normal(pair)
    if measured is not None and pair.after_stop(measured):
        gap, _ = pair.days_after_stop(measured)
        return _interval(gap)
    when = pair.event.recovery.interval if recovered and pair.event.recovery is not None else None
    if when is None and measured is not None and recovered:
        when = measured.when
    if when is None:
        return None
    gap = when.minus(base)
    return _interval(Interval(max(0.0, gap.lo), gap.high))


def _normal(pair: Pair) -> Value | None:
    """The first value that shows recovery: neutrophils above 1.5 × 10⁹/L, ALT (or ALP) at or below its limit."""
    if pair.is_blood:
        low = blood.nadir(pair)
        counts = [value for value in blood.counts(pair) if from_onset(pair, value)]
        if low is not None and blood.recovered(low):  # the fall is told without a count
            return next((value for value in counts if blood.recovered(value) and pair.after_stop(value)), None)
        later = counts[counts.index(low) + 1 :] if low is not None and low in counts else []
        return next((value for value in later if blood.recovered(value)), None)
    if pair.is_liver:
        for analyte in ("ALT", "ALP"):
            values = [value for value in pair.values(analyte) if from_onset(pair, value)]
            raised = [i for i, x in enumerate(values) if x.times_low is not None and x.times_low > 1]
            if raised:
                later = values[raised[-1] + 1 :]
                return next((x for x in later if x.times_high is not None and x.times_high <= 1), None)
        return jaundice.cleared(pair)
    return None
