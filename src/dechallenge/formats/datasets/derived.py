"""A reaction that only the values tell of, and how the values of a reaction ended; both by published definitions.

May import the case, evidence, and the facts layer's view of values with its thresholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dechallenge.case import Case, Measurement
from dechallenge.case.model import Outcome
from dechallenge.evidence import DerivedEvidence
from dechallenge.facts.samples import Sample, group
from dechallenge.facts.thresholds import (
    ALP_ALONE,
    ALT_ALONE,
    ALT_WITH_BILIRUBIN,
    BILIRUBIN_WITH_ALT,
    HALF,
    NEUTROPENIA,
)
from dechallenge.facts.values import Value, read_values

LIVER: Final = "liver injury"
BLOOD: Final = "neutropenia"
SHOWN_BY: Final = {
    LIVER: ("ALT", "AST", "ALP", "BILI_TOT"),
    BLOOD: ("NEUT",),
    "agranulocytosis": ("NEUT",),
}
"""Values that a kind of reaction is followed by."""
_ABNORMAL: Final = 1.5
"""Multiple of the limit from which a value shows the injury of the liver."""
_CHRONIC_DAYS: Final = 183.0
"""Still abnormal half a year after onset: not recovered (LiverTox: chronic beyond 6 months)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reaction that values show: its kind, the first value that does, and by which definition."""

    kind: str
    value: Value
    evidence: DerivedEvidence


@dataclass(frozen=True, slots=True)
class Ended:
    """How the values of a reaction ended, and the value that shows it."""

    outcome: Outcome
    value: Value


def shown(measurements: Sequence[Measurement], *, exposed: bool) -> tuple[list[Shown], list[str]]:
    """Reactions that the values of a subject show from the first dose on, and notes on what was there before it.

    Liver injury: ALT at least 5 × ULN, or alkaline phosphatase at least 2 × ULN, or ALT at least 3 × ULN with bilirubin
    above 2 × ULN in one sample (Aithal 2011). Neutropenia: neutrophils below 1.5 × 10⁹/L (Bénichou 1991).

    Args:
        exposed: The days count from a first dose; without one every sample counts.
    """
    found: list[Shown] = []
    notes: list[str] = []
    samples = group(_values(measurements))
    for kind, rule in ((LIVER, _liver), (BLOOD, _blood)):
        before = [s for s in samples if exposed and _day(s) is not None and (_day(s) or 0.0) < 0]
        after = [s for s in samples if s not in before and (not exposed or _day(s) is not None)]
        met = next((m for s in after if (m := rule(s)) is not None), None)
        if met is None:
            continue
        if before and rule(before[-1]) is not None:
            notes.append(
                f"The values meet the definition of {kind} already before the first dose; no reaction is made of them."
            )
            continue
        values, how = met
        evidence = DerivedEvidence(derived_from=tuple(e for v in values for e in v.evidence), how=how)
        found.append(Shown(kind, values[0], evidence))
    return found, notes


def _values(measurements: Sequence[Measurement]) -> tuple[Value, ...]:
    return read_values(Case(id="", title="", document="", measurements=tuple(measurements)))


def _day(sample: Sample) -> float | None:
    return sample.when.high


def _liver(sample: Sample) -> tuple[tuple[Value, ...], str] | None:
    alt, alp, bili = (sample.get(name) for name in ("ALT", "ALP", "BILI_TOT"))
    if alt is not None and (alt.times_low or 0) >= ALT_ALONE:
        return (alt,), f"ALT at least {ALT_ALONE:g} × ULN (Aithal 2011)"
    if alp is not None and (alp.times_low or 0) >= ALP_ALONE:
        return (alp,), f"alkaline phosphatase at least {ALP_ALONE:g} × ULN (Aithal 2011)"
    if alt is None or bili is None:
        return None
    if (alt.times_low or 0) < ALT_WITH_BILIRUBIN or (bili.times_low or 0) <= BILIRUBIN_WITH_ALT:
        return None
    with_bilirubin = f"bilirubin above {BILIRUBIN_WITH_ALT:g} × ULN"
    return (alt, bili), f"ALT at least {ALT_WITH_BILIRUBIN:g} × ULN with {with_bilirubin} (Aithal 2011)"


def _blood(sample: Sample) -> tuple[tuple[Value, ...], str] | None:
    count = sample.get("NEUT")
    if count is None or count.high is None or count.high >= NEUTROPENIA:
        return None
    return (count,), f"neutrophils below {NEUTROPENIA:g} × 10⁹/L (Bénichou 1991)"


def ended(kind: str, measurements: Iterable[Measurement], onset: float | None) -> Ended | None:
    """How a reaction ended by its values, from the first abnormal one on; none where they do not show it.

    Recovered: every value that was abnormal is within its limits at the last, and the worst of them was followed.
    Recovering: the leading one has come down by half of the way to its limit. Not recovered: still abnormal half a year
    after onset.
    """
    lines = _lines(kind, measurements)
    if not lines:
        return None
    worst = {name: max(points, key=lambda v: _ratio(kind, v)) for name, points in lines.items()}
    leading = max(lines, key=lambda name: _ratio(kind, worst[name]))
    later = {name: points[points.index(worst[name]) + 1 :] for name, points in lines.items()}
    followed = {name: points for name, points in later.items() if points}
    if not followed:
        return None
    last = max((points[-1] for points in followed.values()), key=_when)
    if leading in followed and all(_normal(kind, points[-1]) for points in followed.values()):
        return Ended("recovered", max((_normal_again(kind, p) for p in followed.values()), key=_when))
    high = [name for name, points in followed.items() if not _normal(kind, points[-1])]
    chronic = onset is not None and _when(last) - onset >= _CHRONIC_DAYS
    if chronic and any(_ratio(kind, followed[name][-1]) >= _ABNORMAL for name in high):
        return Ended("not recovered", last)
    name = leading if leading in followed else max(followed, key=lambda n: _ratio(kind, worst[n]))
    way = _ratio(kind, worst[name]) - 1.0
    if way > 0 and _ratio(kind, worst[name]) - _ratio(kind, followed[name][-1]) >= HALF * way:
        return Ended("recovering", last)
    return None


def _lines(kind: str, measurements: Iterable[Measurement]) -> dict[str, list[Value]]:
    wanted = SHOWN_BY.get(kind, ())
    values = [v for v in _values(tuple(measurements)) if v.analyte in wanted and v.when.low is not None]
    lines: dict[str, list[Value]] = {}
    threshold = 1.0 + 1e-9 if "NEUT" in wanted else _ABNORMAL
    for value in sorted(values, key=_when):
        if value.when.lo < 0 or (value.times is None and value.point is None):
            continue
        if value.analyte in lines or _ratio(kind, value) >= threshold:
            lines.setdefault(value.analyte, []).append(value)
    return lines


def _when(value: Value) -> float:
    return value.when.lo


def _ratio(kind: str, value: Value) -> float:
    """A multiple of the limit; of a neutrophil count, the limit as a multiple of the count."""
    if value.analyte == "NEUT":
        return NEUTROPENIA / max(value.point or 0.0, 0.01)
    return value.times or 0.0


def _normal(kind: str, value: Value) -> bool:
    return (value.point or 0.0) >= NEUTROPENIA if value.analyte == "NEUT" else _ratio(kind, value) <= 1.0


def _normal_again(kind: str, points: Sequence[Value]) -> Value:
    first = points[-1]
    for point in reversed(points):
        if not _normal(kind, point):
            break
        first = point
    return first
