"""Other drugs and herbs: which ran at onset, which had been stopped, which were hepatotoxins; other explanations.

May import evidence, timeline, case, knowledge, lexicon, logic, the vocabulary and the modules that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dechallenge.case.model import Exposure
from dechallenge.evidence import Evidence
from dechallenge.facts import disease, known
from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.values import told_before
from dechallenge.facts.vocabulary import causes as v
from dechallenge.facts.workup import looked_for_causes
from dechallenge.knowledge import is_hepatotoxin, known_reaction
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.logic import Fact, Facts
from dechallenge.timeline import ANY, Interval

Timing = Literal["compatible", "incompatible", "unknown", "after"]
GROUP_I = ("hav", "hbv", "hcv", "hev", "biliary_imaging", "alcoholic_hepatitis", "hypotension")
GROUP_II = ("underlying_disease", "cmv", "ebv", "hsv", "vzv")
CORE = ("hav", "hbv", "hcv", "biliary_imaging")
"""The least that makes another cause of a liver injury unlikely (project choice; ACG 2014 first line)."""


@dataclass(frozen=True)
class Other:
    """Another drug of the case, and how its time fits the onset of the reaction.

    Attributes:
        timing: `compatible` (running at onset, or within its window), `incompatible` (stopped before), `unknown`, or
            `after` (first given after onset, or for the reaction: it never counts).
        hepatotoxin: None = unknown.
    """

    drug: str
    timing: Timing
    hepatotoxin: bool | None
    because: str
    role: str
    evidence: tuple[Evidence, ...] = ()


def others(pair: Pair) -> tuple[Other, ...]:
    """The other drugs of the case, each once, in the order in which they are told."""
    found: dict[str, Other] = {}
    own = set(_parts(pair))
    for exposure in pair.case.exposures:
        if exposure.drug == pair.drug or exposure.drug in own:
            continue
        timing, because = _timing(pair, exposure)
        made = Other(exposure.drug, timing, is_hepatotoxin(exposure.drug), because, exposure.role, exposure.evidence)
        before = found.get(exposure.drug)
        if before is None or _WORSE[timing] > _WORSE[before.timing]:
            found[exposure.drug] = made
    return tuple(found.values())


_WORSE = {"after": 0, "incompatible": 1, "unknown": 2, "compatible": 3}


def _parts(pair: Pair) -> tuple[str, ...]:
    return tuple(part for e in pair.exposures for part in e.ingredients)


def _timing(pair: Pair, exposure: Exposure) -> tuple[Timing, str]:
    """How the time of an exposure fits the onset, and why."""
    start = exposure.start.interval if exposure.start else ANY
    stop = _stop(pair, exposure)
    onset = pair.onset
    if start.low is not None and onset.high is not None and start.low > onset.high:
        return "after", f"first given {day_words(start)}, after onset"
    if exposure.role == "treatment" and not (start.high is not None and start.high < onset.lo):
        return "after", "given for the reaction"
    window = known.window_days(exposure.drug)
    if stop is not None and onset.minus(stop).lo > window:
        return "incompatible", f"stopped more than {window:.3g} days before onset"
    if exposure.role == "previous" and _went_on(pair, exposure):
        return "compatible", "told as going on"
    if exposure.role == "previous":
        if stop is not None and stop.low is not None and onset.low is not None and onset.minus(stop).hi <= window:
            return "compatible", f"stopped within {window:.3g} days before onset"
        return "incompatible", "stopped before the suspect"
    if stop is not None and stop != ANY and onset.minus(stop).hi > window:
        return "unknown", "when it was stopped is not clear"
    if exposure.ongoing or (start.high is not None and start.high <= onset.lo):
        return "compatible", "running at onset"
    if exposure.role in ("concomitant", "suspect", "interacting"):
        if start == ANY and told_before(pair.event.evidence, exposure.evidence) and not exposure.ongoing:
            return "unknown", "told after the reaction, without a date"
        return "compatible", "told as taken at the time of onset"
    return "unknown", "dates not told"


def _went_on(pair: Pair, exposure: Exposure) -> bool:
    """The drug is told to go on, and no stop is told."""
    kinds = [a.kind for a in pair.case.actions if a.drug == exposure.drug]
    return bool(exposure.ongoing) or ("continued" in kinds and "stopped" not in kinds)


def _stop(pair: Pair, exposure: Exposure) -> Interval | None:
    if exposure.stop is not None:
        return exposure.stop.interval
    for action in pair.case.actions:
        if action.drug == exposure.drug and action.kind == "stopped" and action.time is not None:
            return action.time.interval
    return None


def none_taken(pair: Pair) -> tuple[Evidence, ...] | None:
    """The words with which the report says that no other drug was taken; None where it does not."""
    for finding in pair.view.findings("other medication", "exposure to hepatotoxins"):
        if finding.state == "absent" and finding.term == "other medication":
            return finding.evidence
    return None


def concomitant(pair: Pair, found: tuple[Other, ...]) -> Fact | None:
    """The other drug that fits worst."""
    term = v.concomitant
    counted = [other for other in found if other.timing != "after"]
    said = none_taken(pair)
    if not counted:
        if said is None:
            return None
        return Fact.choice(term, "none", because="no other drug was taken", evidence=said)
    order = term.values
    sets = [(other, _values(other)) for other in counted]
    floor = max(min(order.index(value) for value in values) for _, values in sets)
    open_values = {value for _, values in sets for value in values}
    possible = tuple(value for value in order if value in open_values and order.index(value) >= floor)
    worst = [other for other, values in sets if possible[0] in values or possible[-1] in values]
    because = "; ".join(f"{other.drug}: {_tell(other)}" for other in worst)
    evidence = tuple(dict.fromkeys(item for other in worst for item in other.evidence))
    if possible == ("incompatible",) and said is None:
        return Fact.choice(
            term,
            *order,
            best="incompatible",
            because=f"{because}; medication at onset is not told",
            evidence=evidence,
        )
    best = possible[0] if len(possible) > 1 else None
    return Fact.choice(term, *possible, best=best, because=because, evidence=evidence)


def _values(other: Other) -> tuple[str, ...]:
    if other.timing == "incompatible":
        return ("incompatible",)
    toxic = {True: ("hepatotoxin",), False: ("compatible",), None: ("compatible", "hepatotoxin")}[other.hepatotoxin]
    return ("incompatible", *toxic) if other.timing == "unknown" else toxic


def _tell(other: Other) -> str:
    toxic = {True: ", known hepatotoxin", False: "", None: ", hepatotoxicity unknown"}[other.hepatotoxin]
    return other.because + (toxic if other.timing != "incompatible" else "")


def may_be_hepatotoxin(drug: str) -> bool:
    """Known as a hepatotoxin, or a class with a member that is ("steroids")."""
    known_one = is_hepatotoxin(drug)
    if known_one is not None:
        return known_one
    entry = load_drugs().lookup(drug, any_case=True)
    if entry is None or entry.kind != "class":
        return False
    return any(is_hepatotoxin(member) for member in load_drugs().members(entry.inn))


def running(found: tuple[Other, ...]) -> tuple[Other, ...]:
    """The drugs that may have been running at onset."""
    return tuple(other for other in found if other.timing in ("compatible", "unknown"))


def able(pair: Pair, found: tuple[Other, ...]) -> tuple[Other, ...]:
    """Drugs running at onset that are known to do this: labelled or published for this kind of reaction."""
    result = []
    for other in found:
        if other.timing != "compatible":
            continue
        row = known_reaction(other.drug, pair.kind)
        if row is not None and (row.labelled == "yes" or row.published == "yes"):
            result.append(other)
    return tuple(result)


def other_cause(pair: Pair, made: Facts, found: tuple[Other, ...]) -> Fact | None:
    """Another explanation for the reaction: found, possible, unlikely or ruled out; unknown when nothing is told."""
    term = v.other_cause
    positive = [name for name in (*GROUP_I, *GROUP_II) if _is(made, name, "positive")]
    if positive:
        evidence = tuple(item for name in positive for item in made[name].evidence)
        because = "; ".join(made[name].because for name in positive)
        return Fact.choice(term, "probable", because=because, evidence=evidence)
    sick = disease.competitors(pair)
    drugs = able(pair, found)
    if sick or drugs:
        parts = [disease.names(sick)] if sick else []
        parts += [f"{other.drug} ({other.because})" for other in drugs]
        evidence = (*(e for c in sick for e in c.finding.evidence), *(e for o in drugs for e in o.evidence))
        return Fact.choice(term, "possible", because=f"could also explain it: {'; '.join(parts)}", evidence=evidence)
    if pair.is_liver:
        return _liver_work_up(made)
    return _other_work_up(pair)


def _liver_work_up(made: Facts) -> Fact | None:
    negative = [name for name in (*GROUP_I, *GROUP_II) if _is(made, name, "negative")]
    if not negative:
        return None
    evidence = tuple(dict.fromkeys(item for name in negative for item in made[name].evidence))
    because = f"{len(negative)} of {len(GROUP_I) + len(GROUP_II)} causes of the RUCAM list excluded"
    if len(negative) == len(GROUP_I) + len(GROUP_II):
        return Fact.choice(v.other_cause, "ruled out", because=because, evidence=evidence)
    if all(name in negative for name in CORE):
        return Fact.choice(v.other_cause, "unlikely", because=because, evidence=evidence)
    because += "; the first-line work-up is not complete"
    return Fact.choice(v.other_cause, "unlikely", "possible", "probable", because=because, evidence=evidence)


def _other_work_up(pair: Pair) -> Fact | None:
    negative = [t for t in looked_for_causes(pair.case) if t.state == "negative"]
    if not negative:
        return None
    names = ", ".join(dict.fromkeys(t.test for t in negative))
    because = f"{names} negative; whether the work-up is complete is not told"
    evidence = tuple(dict.fromkeys(item for t in negative for item in t.evidence))
    return Fact.choice(v.other_cause, "unlikely", "possible", "probable", because=because, evidence=evidence)


def _is(made: Facts, name: str, value: str) -> bool:
    fact = made.get(name)
    return fact is not None and fact.stated == value
