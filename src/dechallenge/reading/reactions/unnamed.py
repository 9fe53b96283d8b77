"""Reactions that a report tells without their name: a bleeding under an anticoagulant, an inflamed lung, a muscle.

"Passed black stools with an INR of 14" is a bleeding and no mere anaemia; "progressive dyspnoea with ground-glass
opacities", no infection and no failing heart named, is an interstitial lung disease. May import the lexicon, findings,
drugs and the signs of ``events``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.events import LIVER, MAS, MUSCLE, NEUTROPENIA, Sign
from dechallenge.reading.reactions.namedkinds import ATTRIBUTED

BLEEDING, GUT, LUNG, MYOSITIS = "bleeding", "gastrointestinal bleeding", "interstitial lung disease", "myositis"
_OF_THE_GUT = frozenset({"melena", "hematemesis", "hematochezia", GUT})
_HEMATOMA = "hematoma"
_BLEEDS = _OF_THE_GUT | {
    "bleeding", _HEMATOMA, "hematuria", "epistaxis", "gum bleeding", "hemoptysis", "bruising", "cerebral hemorrhage",
}  # fmt: skip
_MAKES_BLEED = frozenset({"anticoagulant", "antiplatelet agent", "thrombolytic", "nsaid"})
_BRINGS_BLEEDING = frozenset({
    "thrombocytopenia", "pancytopenia", "thrombotic microangiopathy", NEUTROPENIA, MAS, LIVER,
})  # fmt: skip
"""Reactions of which a bleeding is a sign."""
_SHOWS = 0.8
"""Weight from which a sign tells of such a reaction, and not of its symptoms."""
_OPAQUE = frozenset({"ground-glass opacities"})
_BREATHLESS = frozenset({"dyspnea", "cough", "hypoxemia"})
_OTHER_LUNG = frozenset({
    "pneumonia", "COVID-19", "pulmonary edema", "tuberculosis", "pulmonary embolism", "influenza", "sepsis",
    "Pneumocystis pneumonia", "alveolar hemorrhage",
})  # fmt: skip
"""What opacities of the lung come from, where the report finds it."""
_PICTURE = 3.0
"""Weight of a picture that leaves no other name (as that of a diagnosis which the report makes)."""
_MORE = 0.3


def unnamed(findings: Sequence[FindingMention], drugs: Sequence[DrugMention], found: Sequence[Sign]) -> list[Sign]:
    """The signs of a case, with those of what it tells without its name.

    Args:
        findings: Findings of the case.
        drugs: Drugs named in it.
        found: Signs so far.
    """
    now = [m for m in findings if m.state == "present" and not (m.history or m.family)]
    now = [m for m in now if not (m.hypothetical or m.other_patient)]
    return _muscle(now, _lung(now, _bled(now, drugs, found)))


def _bled(now: Sequence[FindingMention], drugs: Sequence[DrugMention], found: Sequence[Sign]) -> list[Sign]:
    """Bleeding under what makes bleed; a low haemoglobin belongs to it.

    Without such a drug a haematoma comes of an operation, a rupture or an injury, unless the report blames a drug.
    """
    classes = load_drugs().classes_of
    bled = [m for m in now if m.term in _BLEEDS]
    if not bled or any(s.kind in _BRINGS_BLEEDING and s.weight >= _SHOWS for s in found):
        return list(found)
    if not any(_MAKES_BLEED & {d.drug, *classes(d.drug)} for d in drugs if d.drug):
        return [s for s in found if s.term != _HEMATOMA or s.weight >= ATTRIBUTED]
    told = next((s.kind for s in found if s.term in _BLEEDS and s.kind == "cerebral hemorrhage"), "")
    kind = told or (GUT if any(m.term in _OF_THE_GUT for m in bled) else BLEEDING)
    first = min(bled, key=lambda m: m.term == "bleeding")  # the place of the bleeding before the mere word
    term = first.term if first.term not in _OF_THE_GUT else GUT
    kept = [replace(s, kind=kind, term=term, starts=False) if s.kind == "anemia" else s for s in found]
    kept = [s for s in kept if not (s.kind in (BLEEDING, GUT) and s.term in _BLEEDS and s.starts)]
    new = [Sign(m.start, m.end, kind, term, _MORE if i else _PICTURE, True) for i, m in enumerate(bled)]
    return [*kept, *new]


def _lung(now: Sequence[FindingMention], found: Sequence[Sign]) -> list[Sign]:
    terms = {m.term for m in now}
    opaque = [m for m in now if m.term in _OPAQUE]
    if not opaque or not terms & _BREATHLESS or terms & _OTHER_LUNG:
        return list(found)
    return [*found, Sign(opaque[0].start, opaque[0].end, LUNG, LUNG, _PICTURE, True)]


def _muscle(now: Sequence[FindingMention], found: Sequence[Sign]) -> list[Sign]:
    """Creatine kinase tells of the myositis that the report names, where it names no rhabdomyolysis."""
    named = any(s.kind == MYOSITIS for s in found)
    broken = any(m.term == MUSCLE for m in now) or any(s.kind == MUSCLE and not s.starts for s in found)
    if not named or broken:
        return list(found)
    return [replace(s, kind=MYOSITIS, term=MYOSITIS) if s.kind == MUSCLE else s for s in found]
