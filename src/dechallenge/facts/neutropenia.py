"""Facts of a neutropenia: a second count, infection, recovery after the stop and what clouds it.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from functools import lru_cache

from dechallenge.case.model import Exposure, Finding
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts import blood
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.thresholds import NEUTROPENIA
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import blood as v
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact

GROWTH_FACTOR = "colony-stimulating factor"
INFECTIOUS = frozenset({"infection", "sepsis"})
"""Causes of the findings lexicon that are an infection."""
WITH_FEVER = frozenset({"fever", "febrile neutropenia", "tonsillitis", "cellulitis", "urinary tract infection"})
"""Signs and infections that the lexicon lists under no cause."""
LATER_DAYS = 0.01
"""What "not yet on day d" adds to the day: the recovery came after it (a quarter of an hour, for a closed limit)."""
MONTH_DAYS = 30.0


def facts(pair: Pair) -> list[Fact]:
    """Everything that is known of the course of a neutropenia."""
    if not pair.is_blood:
        return []
    recovery = _recovery(pair)
    made = [
        _second(pair),
        _infection(pair),
        recovery,
        _symptoms(pair, recovery),
        _growth_factor(pair),
        _died(pair, recovery),
    ]
    return [fact for fact in made if fact is not None]


def _second(pair: Pair) -> Fact | None:
    """The second lowest of the counts that are low; a single low count has none."""
    low = [x for x in blood.counts(pair) if x.has_number and x.high is not None and x.high < NEUTROPENIA]
    if len(low) < 2:
        return None
    value = sorted(low, key=lambda x: blood.height(x) or 0.0)[1]
    because = f"{value.told}, {day_words(value.when, value.day)}"
    return number(
        v.neutrophils_second, value.point, low=value.low, high=value.high, because=because, evidence=value.evidence
    )


# --- fever and infection --------------------------------------------------------------------------------------------


def _infectious(finding: Finding) -> bool:
    term = load_findings().get(finding.term)
    return finding.term in WITH_FEVER or (term is not None and bool(INFECTIOUS & set(term.causes)))


def _infection(pair: Pair) -> Fact | None:
    """Told at or after the onset; absent only when both fever and infection are said to be."""
    told = [f for f in pair.case.findings if f.subject == "patient" and not f.history and _infectious(f)]
    present = [f for f in told if f.state == "present" and _during(pair, f)]
    if present:
        because = f"{', '.join(dict.fromkeys(f.term for f in present))} with the low neutrophils"
        return Fact.flag(v.neutropenia_infection, True, because=because, evidence=_words(present))
    if any(f.state != "absent" for f in told):
        return None
    fever = [f for f in told if f.term == "fever"]
    other = [f for f in told if f.term in ("infection", "sepsis")]
    if fever and other:
        because = "fever and infection are said to be absent"
        return Fact.flag(v.neutropenia_infection, False, because=because, evidence=_words([*fever, *other]))
    return None


def _during(pair: Pair, finding: Finding) -> bool:
    """Dated from onset on; undated, only what names the neutropenia itself (other fever may be older)."""
    if finding.term == "febrile neutropenia":
        return True
    time = finding.time.interval if finding.time else None
    return time is not None and time.low is not None and pair.onset.low is not None and time.low >= pair.onset.low


def _words(findings: list[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for finding in findings for item in finding.evidence))


# --- recovery -------------------------------------------------------------------------------------------------------


def _recovery(pair: Pair) -> Fact | None:
    """Between the last count at or below 1.5 after the stop and the first above it; a recovery told narrows it."""
    if pair.continued or pair.stop is None:
        return None
    after = [x for x in blood.counts(pair) if pair.after_stop(x)]
    place = next((n for n, x in enumerate(after) if blood.recovered(x)), None)
    risen = after[place] if place is not None else None
    earlier = after if place is None else after[:place]
    low = [x for x in earlier if x.has_number and x.high is not None and x.high <= NEUTROPENIA]
    latest = max(low, key=lambda x: pair.days_after_stop(x)[0].lo, default=None)
    least = None if latest is None else pair.days_after_stop(latest)[0].lo + LATER_DAYS
    most, point = (
        (None, None) if risen is None else (pair.days_after_stop(risen)[0].high, pair.days_after_stop(risen)[1])
    )
    told = pair.event.recovery_from_stop if pair.event.outcome == "recovered" else None
    if told is not None and told.high is not None and (most is None or told.high < most):
        most, point = told.high, told.point
    if most is None and least is None:
        return None
    if most is not None and least is not None and least > most:
        least = None
    if point is not None and least is not None and point < least:
        point = None
    return number(
        v.neutrophil_recovery_days,
        point,
        low=0.0 if least is None else least,
        high=most,
        because=_told(pair, latest, risen, most),
        evidence=_chain(pair, latest, risen, told.evidence if told is not None else ()),
    )


def _told(pair: Pair, latest: Value | None, risen: Value | None, most: float | None) -> str:
    parts = []
    if latest is not None:
        days, point = pair.days_after_stop(latest)
        parts.append(f"{blood.shown(latest)} {_days(days.lo, days.high, point)} after the stop")
    if risen is not None:
        days, point = pair.days_after_stop(risen)
        parts.append(f"{blood.shown(risen)} {_days(days.lo, days.high, point)} after the stop")
    elif most is not None:
        parts.append(f"recovery told within {most:g} days of the stop")
    else:
        parts.append("no later count told")
    return "; ".join(parts)


def _days(low: float, high: float | None, point: float | None) -> str:
    if point is not None:
        return f"{point:g} days"
    if high is None:
        return f"{low:g} days or more" if low else "some time"
    return f"{low:g} days" if low == high else f"{low:g} to {high:g} days"


def _chain(pair: Pair, latest: Value | None, risen: Value | None, told: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    counts = tuple(item for value in (latest, risen) if value is not None for item in value.evidence)
    found = (*pair.onset_course.closed, *counts, *(told or (pair.event.outcome_evidence if not counts else ())))
    return (
        (DerivedEvidence(derived_from=found, how="days from the stop to the recovery of the count"),) if found else ()
    )


def _symptoms(pair: Pair, recovery: Fact | None) -> Fact | None:
    """A full recovery within a month, or no symptoms at all; a recovery that came later or is partial says nothing."""
    absent = [f for f in pair.view.findings("symptoms") if f.state == "absent" and not f.history]
    if absent:
        because = "said to be without symptoms"
        return Fact.flag(v.neutropenia_symptoms_gone, True, because=because, evidence=_words(absent))
    late = recovery is not None and recovery.low is not None and recovery.low > MONTH_DAYS
    if pair.event.outcome == "recovered" and not late:
        because = "a recovery is told, and no symptoms that were left"
        evidence = pair.event.outcome_evidence
        return Fact.flag(v.neutropenia_symptoms_gone, True, because=because, evidence=evidence)
    return None


@lru_cache(maxsize=512)
def _stimulates(drug: str) -> bool:
    return drug == GROWTH_FACTOR or GROWTH_FACTOR in load_drugs().classes_of(drug)


def _growth_factor(pair: Pair) -> Fact | None:
    """Given from the onset on; unknown unless one is told."""
    given = [e for e in pair.case.exposures if e.drug != pair.drug and _stimulates(e.drug) and _given(pair, e)]
    if not given:
        return None
    because = f"{', '.join(dict.fromkeys(e.drug for e in given))} was given"
    evidence = tuple(item for exposure in given for item in exposure.evidence)
    return Fact.flag(v.growth_factor, True, because=because, evidence=evidence)


def _given(pair: Pair, exposure: Exposure) -> bool:
    if exposure.role == "previous":
        return False
    stop = exposure.stop.interval if exposure.stop else None
    if stop is not None and stop.hi < pair.onset.lo:
        return False
    start = exposure.start.interval if exposure.start else None
    if exposure.role == "treatment" or (start is not None and start.lo >= pair.onset.lo > float("-inf")):
        return True
    return bool(told_before(pair.event.evidence, exposure.evidence))


def _died(pair: Pair, recovery: Fact | None) -> Fact | None:
    outcome, evidence = pair.event.outcome, pair.event.outcome_evidence
    risen = recovery is not None and recovery.high is not None
    if outcome == "fatal" and not risen:
        because = "fatal outcome, no recovery of the count told"
        return Fact.flag(v.died_before_recovery, True, because=because, evidence=evidence)
    if risen and recovery is not None:
        return Fact.flag(
            v.died_before_recovery, False, because="the count recovered", evidence=recovery.evidence or evidence
        )
    if outcome in ("recovered", "recovering", "recovered with sequelae"):
        return Fact.flag(v.died_before_recovery, False, because=f"survived ({outcome})", evidence=evidence)
    return None
