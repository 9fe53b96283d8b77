"""Facts of epidermal necrolysis for ALDEN: the diagnosis, the half-life, other exposures, the notoriety of the drug.

May import evidence, knowledge, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.evidence import DerivedEvidence
from dechallenge.facts import concomitants, trials
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import skin as v
from dechallenge.knowledge import exposure_window_days
from dechallenge.knowledge.exposure import HALF_LIVES_TO_ELIMINATION
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.logic import Fact

KIND = "severe skin reaction"
NECROLYSIS = frozenset({"Stevens-Johnson syndrome", "toxic epidermal necrolysis"})
SLOWED_BY = ("renal failure", "chronic kidney disease", "cirrhosis")

READ_IN = "list of case-control studies, read in one source"
RECALLED = "from memory, unverified"
HIGH_RISK = frozenset(
    {
        "allopurinol",
        "carbamazepine",
        "phenytoin",
        "lamotrigine",
        "sulfamethoxazole",
        "nevirapine",
        "piroxicam",
        "tenoxicam",
        "meloxicam",
        "lornoxicam",
        "phenobarbital",
    }
)
"""High-risk drugs of the case-control studies (as listed beside ALDEN in PMC9124451): one source."""
HIGH_RISK_RECALLED = frozenset({"sulfasalazine", "sulfonamide antibiotic"})
LOWER_RISK_RECALLED = frozenset(
    {"diclofenac", "macrolide", "quinolone", "cephalosporin", "amoxicillin", "ampicillin", "tetracycline"}
)
"""Drugs and classes that are remembered as being on the lists and were not read there."""


DETACHMENT = "epidermal detachment"
"""A sign that leaves open whether the disease was one of the two."""


def facts(pair: Pair) -> list[Fact]:
    """What ALDEN asks for beside the delay."""
    if pair.kind != KIND:
        return []
    made: list[Fact | None] = [_necrolysis(pair)]
    if pair.drug is not None:
        made += [_half_life(pair.drug), _slowed(pair), _other_exposures(pair), _notoriety(pair), _alone(pair)]
    return [fact for fact in made if fact is not None]


def _necrolysis(pair: Pair) -> Fact | None:
    if pair.event.term in NECROLYSIS:
        return Fact.flag(v.epidermal_necrolysis, True, because=pair.event.term, evidence=pair.event.evidence)
    told = [f for f in pair.view.findings(*NECROLYSIS, DETACHMENT) if f.state != "absent" and not f.history]
    if told or pair.event.term == KIND:
        return None
    because = f"the reaction is {pair.event.term}"
    return Fact.flag(v.epidermal_necrolysis, False, because=because, evidence=pair.event.evidence)


def _half_life(drug: str) -> Fact | None:
    window = exposure_window_days(drug)
    if window is None:
        return None
    days = window.days / HALF_LIVES_TO_ELIMINATION
    mark = "" if window.mark == "verified" else ", unverified"
    because = f"{drug}: half-life up to {days:.3g} days ({window.source}{mark})"
    evidence = (DerivedEvidence(derived_from=(), how=f"table of what is known: {because}"),)
    return number(v.half_life_days, days, because=because, evidence=evidence)


def _slowed(pair: Pair) -> Fact | None:
    """Altered function of liver or kidney from before the reaction; never inferred from silence."""
    told = [f for f in pair.view.findings(*SLOWED_BY) if f.state == "present"]
    before = [f for f in told if f.history or (f.time is not None and f.time.interval.hi < pair.onset.lo)]
    if not before:
        return None
    evidence = tuple(item for f in before for item in f.evidence)
    because = f"{', '.join(dict.fromkeys(f.term for f in before))} before the reaction"
    return Fact.flag(v.elimination_impaired, True, because=because, evidence=evidence)


def _other_exposures(pair: Pair) -> Fact | None:
    """What other exposure to the drug did; that it was never given otherwise is not inferred."""
    results = [(c.restart.result, c.opened) for c in pair.re_exposures if c.restart is not None]
    for result, value in (("positive", "SJS/TEN, same drug"), ("negative", "tolerated")):
        same = [words for found, words in results if found == result]
        if same:
            because = f"re-exposure: {result}"
            return Fact.choice(v.necrolysis_before, value, because=because, evidence=same[0])
    told = trials.borne_before(pair)
    if told is None:
        return None
    value = "tolerated" if told.state == "negative" else "no known exposure"
    return Fact.choice(v.necrolysis_before, value, because=told.result, evidence=told.evidence)


def _notoriety(pair: Pair) -> Fact | None:
    """By the lists at hand; a drug on none of them is unknown, which the method counts like all other drugs."""
    assert pair.drug is not None
    parts = {pair.drug, *(part for e in pair.exposures for part in e.ingredients)}
    wider = parts | {name for part in parts for name in load_drugs().classes_of(part)}
    for names, listed, value, source in (
        (parts, HIGH_RISK, "high risk", READ_IN),
        (wider, HIGH_RISK_RECALLED, "high risk", RECALLED),
        (wider, LOWER_RISK_RECALLED, "lower risk", RECALLED),
    ):
        found = sorted(names & listed)
        if found:
            because = f"{found[0]}: {value} ({source})"
            evidence = (DerivedEvidence(derived_from=(), how=f"table of what is known: {because}"),)
            return Fact.choice(v.necrolysis_notoriety, value, because=because, evidence=evidence)
    return None


def _alone(pair: Pair) -> Fact | None:
    """No other drug: there is nothing to score beside it."""
    words = concomitants.none_taken(pair)
    if words is None:
        return None
    return Fact.flag(v.stronger_suspect, False, because="no other drug was taken", evidence=words)
