"""Facts of the picture of a liver injury: whether it made the patient ill.

May import evidence, logic, the vocabulary and the view of a pair.
"""

from __future__ import annotations

from dechallenge.case.model import Finding
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import hepatitis as v
from dechallenge.logic import Fact

SYMPTOMS = (
    "fatigue",
    "weakness",
    "malaise",
    "nausea",
    "vomiting",
    "anorexia",
    "right upper quadrant pain",
    "abdominal pain",
    "pruritus",
)
"""Symptoms of a liver injury as LiverTox lists them, without jaundice and rash, which are signs."""


def facts(pair: Pair) -> list[Fact]:
    """Symptomatic hepatitis."""
    if not pair.is_liver:
        return []
    told = [f for f in pair.view.findings(*SYMPTOMS) if f.state == "present" and not f.history and _during(pair, f)]
    if told:
        evidence = tuple(item for f in told for item in f.evidence)
        because = f"{', '.join(dict.fromkeys(f.term for f in told))} with the injury"
        return [Fact.flag(v.symptomatic_hepatitis, True, because=because, evidence=evidence)]
    absent = [f for f in pair.view.findings("symptoms") if f.state == "absent" and not f.history]
    if absent:
        because = "said to be without symptoms"
        return [Fact.flag(v.symptomatic_hepatitis, False, because=because, evidence=absent[0].evidence)]
    return []


def _during(pair: Pair, finding: Finding) -> bool:
    """Dated, and not certainly before the onset; an undated symptom may be older."""
    if finding.time is None:
        return False
    time = finding.time.interval
    return time.low is not None and pair.onset.low is not None and time.hi >= pair.onset.lo
