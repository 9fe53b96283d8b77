"""What an electrocardiogram shows of an arrhythmia. May import evidence, logic, the vocabulary and the pair."""

from __future__ import annotations

from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import response
from dechallenge.logic import Fact

ARRHYTHMIA = "arrhythmia"
_INTERVALS = ("QTC", "QT")
_RISE = 60.0
"""Milliseconds above the patient's own QT interval that are a notable rise (ICH E14)."""
_TRACED = (
    "torsade de pointes", "ventricular tachycardia", "ventricular fibrillation", "heart block", "QT prolongation",
)  # fmt: skip
"""Diagnoses that are made from a tracing."""


def objective(pair: Pair) -> Fact | None:
    """An interval beyond its printed limit or far above the patient's own one, or a diagnosis made from a tracing."""
    if pair.kind != ARRHYTHMIA:
        return None
    term = response.objective_evidence
    for name in _INTERVALS:
        shown = [v for v in pair.values(name) if v.has_number]
        highest = max(shown, key=lambda v: v.low or 0.0, default=None)
        if highest is None or highest.low is None:
            continue
        if highest.times_low is not None and highest.times_low > 1:
            return Fact.flag(term, True, because=highest.multiple, evidence=highest.evidence)
        others = [v for v in pair.view.of(name) if v.high is not None and v.has_number]
        least = min(others, key=lambda v: v.high or 0.0)
        if least.high is not None and highest.low - least.high >= _RISE:
            because = f"{highest.told}, {least.told} at another time"
            return Fact.flag(term, True, because=because, evidence=highest.evidence + least.evidence)
    for finding in pair.view.findings(*_TRACED):
        if finding.state == "present" and not finding.history:
            because = f"{finding.term}: a diagnosis made from an electrocardiogram"
            return Fact.flag(term, True, because=because, evidence=finding.evidence)
    return None
