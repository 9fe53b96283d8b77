"""Neutrophil counts: absolute counts, also those worked out from a percentage, and the nadir.

May import evidence, timeline, quantity, lexicon and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import Sample
from dechallenge.facts.thresholds import NEUTROPENIA
from dechallenge.facts.values import Value
from dechallenge.lexicon.units import unit as unit_of
from dechallenge.quantity import absolute_count


def count(sample: Sample) -> Value | None:
    """The absolute neutrophil count of a sample: as printed, else white cells × share of neutrophils."""
    value = sample.get("NEUT")
    if value is not None and (value.low is not None or value.high is not None):
        return value
    total = sample.get("WBC")
    share = sample.get("NEUT_PCT")
    percent = share.point if share is not None else None
    if value is not None and value.measurement.unit == "%":
        share, percent = value, value.measurement.value
    if total is None or share is None or total.point is None or percent is None or not 0 <= percent <= 100:
        return None
    derived = absolute_count(total.point, percent, unit_of("10*9/L"))
    evidence = (*total.measurement.evidence, *share.measurement.evidence)
    measurement = share.measurement.model_copy(update={"evidence": evidence})
    return replace(
        share,
        analyte="NEUT",
        measurement=measurement,
        low=derived.value,
        high=derived.value,
        point=derived.value,
        doubtful=total.doubtful or share.doubtful,
        told=f"neutrophils {derived.value:g} × 10⁹/L",
        how=derived.how,
    )


def counts(pair: Pair) -> tuple[Value, ...]:
    """Neutrophil counts of the reaction in order of time; implausible ones only where there are no others."""
    found = [value for sample in pair.samples if (value := count(sample)) is not None]
    sound = [value for value in found if not value.doubtful]
    return tuple(sound or found)


def nadir(pair: Pair) -> Value | None:
    """The lowest neutrophil count of the reaction."""
    found = [value for value in counts(pair) if value.has_number and height(value) is not None]
    return min(found, key=lambda value: height(value) or 0.0) if found else None


def height(value: Value) -> float | None:
    """One figure to compare counts by: the printed one, the middle of a range, or the one bound."""
    if value.point is not None:
        return value.point
    if value.low is not None and value.high is not None:
        return (value.low + value.high) / 2
    return value.low if value.low is not None else value.high


def recovered(value: Value) -> bool:
    """Whether a count shows recovery: above 1.5 × 10⁹/L, or said to be normal."""
    return value.low is not None and (value.low > NEUTROPENIA or not value.has_number)


def shown(*values: Value) -> str:
    """Counts in words, one after the other: "neutrophils 3.8 to 1.5 × 10⁹/L", "neutrophils normal"."""
    parts = [_figure(value) for value in values]
    unit = " × 10⁹/L" if any(value.has_number for value in values) else ""
    return f"neutrophils {' to '.join(parts)}{unit}"


def _figure(value: Value) -> str:
    if not value.has_number:
        return value.measurement.qualitative or "not given"
    if value.point is None and value.low is not None and value.high is not None:
        return f"{value.low:.3g}-{value.high:.3g}"
    level = height(value)
    return "not given" if level is None else f"{level:.3g}"
