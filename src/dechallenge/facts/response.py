"""Facts of dechallenge and the other trials of cause and effect. Re-exposure: `reexposure`.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dechallenge.case.model import Exposure, Finding
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts import blood, jaundice, trials
from dechallenge.facts.decline import decline, transplantation
from dechallenge.facts.pair import MAS, REACTION_REASONS, Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.thresholds import AT_ONCE_DAYS, FALL_DAYS_HEPATOCELLULAR, NEUTROPENIA
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import response as v
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact
from dechallenge.timeline import ANY

REMEDIES = {
    MAS: frozenset(
        {
            "corticosteroid",
            "calcineurin inhibitor",
            "il-1 blocker",
            "il-6 blocker",
            "immunoglobulin",
            "janus kinase inhibitor",
            "etoposide",
        }
    ),
    "neutropenia": frozenset({"colony-stimulating factor", "filgrastim", "lenograstim", "pegfilgrastim", "G-CSF"}),
    "agranulocytosis": frozenset({"colony-stimulating factor", "filgrastim", "lenograstim", "pegfilgrastim", "G-CSF"}),
}
"""Treatments known to work on the reaction itself (MAS: Shakoory 2023; neutropenia: growth factors, Andrès 2019).

A growth factor shortens the recovery of the counts and is no other cause of it: the dechallenge stays positive, with
symptomatic treatment. The criteria of neutropenia that ask for a recovery without one have a fact of their own.
"""
RELIEF = frozenset({"corticosteroid", "bile acid", "bile acid sequestrant", "acetylcysteine"})
"""Treatments often given for a liver injury, without proof that they shorten it."""


@dataclass(frozen=True)
class Course:
    """What followed the stop.

    Attributes:
        improved: True, False, or None where it is not told.
    """

    improved: bool | None
    because: str
    evidence: tuple[Evidence, ...] = ()
    late: bool = False


def facts(pair: Pair) -> list[Fact]:
    """Dechallenge and the smaller trials."""
    if pair.drug is None:
        return []
    made = [dechallenge(pair), *trials.facts(pair)]
    told = {fact.name for fact in made}
    made += [fact for fact in (_dose_response(pair), _similar(pair)) if fact is not None and fact.name not in told]
    return made


def dechallenge(pair: Pair) -> Fact:
    """What followed when the drug was stopped or reduced."""
    term = v.dechallenge
    course = pair.onset_course
    outcome = pair.event.outcome
    if pair.continued:
        kept = course.kept or tuple(e for x in pair.exposures for e in x.evidence)
        evidence = (*kept, *pair.event.outcome_evidence)
        if course.reduced and outcome in ("recovered", "recovering", "recovered with sequelae"):
            return Fact.choice(term, "positive", because="improved after the dose was reduced", evidence=evidence)
        if course.reduced and outcome == "not recovered":
            return Fact.choice(term, "negative", because="not recovered after the dose was reduced", evidence=evidence)
        if outcome == "recovered":
            return Fact.choice(term, "recovered on drug", because="recovered while the drug went on", evidence=evidence)
        if outcome in ("not recovered", "fatal"):
            return Fact.choice(term, "not done", because="the drug went on", evidence=evidence)
        because = "the drug went on"
        return Fact.choice(term, "not done", "recovered on drug", best="not done", because=because, evidence=evidence)
    if pair.continued is None:
        return Fact.choice(term, because="what was done with the drug is not told", evidence=course.opened)
    if pair.stopped_after_onset is False:
        because = "the drug had been stopped before the reaction began"
        return Fact.choice(term, "not assessable", because=because, evidence=course.closed)
    if outcome == "fatal":
        evidence = (*course.closed, *pair.event.outcome_evidence)
        return Fact.choice(term, "not assessable", because="fatal outcome", evidence=evidence)
    graft = transplantation(pair)
    if graft is not None and _soon_after_stop(pair, graft):
        evidence = _chain(course.closed, graft.evidence, how="liver transplantation after the stop")
        return Fact.choice(term, "not assessable", because="liver transplantation", evidence=evidence)
    if course.stop == ANY and not course.closed:
        because = "given again; when and why it had been stopped is not told"
        return Fact.choice(term, because=because, evidence=pair.re_exposures[0].opened if pair.re_exposures else ())
    if course.unhelped:
        because = "the reaction went on after the stop, until another drug was stopped"
        return Fact.choice(term, "negative", because=because, evidence=course.closed)
    found = after_stop(pair)
    evidence = _chain(course.closed, found.evidence, how="what followed the stop")
    if found.improved is None:
        return Fact.choice(term, because=found.because, evidence=course.closed)
    if not found.improved:
        return Fact.choice(term, "negative", because=found.because, evidence=evidence)
    helped = remedies(pair)
    others, partners = stopped_together(pair), stopped_with_partner(pair)
    words = tuple(item for exposure in helped for item in exposure.evidence)
    words += tuple(item for other in (*others, *partners) for item in other.onset_course.closed)
    if words:
        evidence = _chain(course.closed, found.evidence, words, how="what followed the stop")
    because = found.because
    if partners:
        because += f"; stopped with {_drugs(partners)}, with which it interacts: judged as one stop"
    if helped:
        because += f"; {', '.join(dict.fromkeys(exposure.drug for exposure in helped))} given at the same time"
    if found.late:
        because += ": late"
    if others:
        because += f"; stopped together with {_drugs(others)}: which of the stops helped is not told"
        return Fact.choice(term, "confounded", because=because, evidence=evidence)
    if helped:
        value = "positive with symptomatic treatment" if pair.is_liver or pair.is_blood else "confounded"
        return Fact.choice(term, value, because=because, evidence=evidence)
    return Fact.choice(term, "confounded" if found.late else "positive", because=because, evidence=evidence)


def _drugs(pairs: tuple[Pair, ...]) -> str:
    return " and ".join(str(pair.drug) for pair in pairs)


def _soon_after_stop(pair: Pair, graft: Finding) -> bool:
    """The transplantation left no time to see whether the stop helped; an undated stop is near the onset."""
    if graft.time is None:
        return True
    base = pair.stop if pair.stop is not None and pair.stop.high is not None else pair.onset
    return graft.time.interval.minus(base).lo <= FALL_DAYS_HEPATOCELLULAR


def _chain(*parts: tuple[Evidence, ...], how: str) -> tuple[Evidence, ...]:
    found = tuple(item for part in parts for item in part)
    return (DerivedEvidence(derived_from=found, how=how),) if found else ()


def after_stop(pair: Pair) -> Course:
    """What the values, and then the words, tell of the time after the stop."""
    if pair.is_liver:
        measured = _liver(pair)
    elif pair.is_blood:
        measured = _blood(pair)
    else:
        measured = None
    if measured is not None and measured.improved is not None:
        return measured
    return _told(pair)


def _liver(pair: Pair) -> Course | None:
    item = decline(pair, "ALT")
    if item.peak is None or (item.peak.times or 0.0) <= 1.0:
        item = decline(pair, "ALP")
    if item.half is not None and item.halved_at is not None and item.peak is not None:
        days, point = item.half
        late = days.lo > FALL_DAYS_HEPATOCELLULAR and item.analyte == "ALT"  # shown late, not only tested late
        shown = item.halved_at.value
        when = f" {point:g} days" if point is not None else f" by {day_words(shown.when)}"
        because = f"{item.peak.told} to {shown.told}{when} after the stop"
        return Course(True, because, (*item.peak.evidence, *shown.evidence), late)
    numbers = [a for a in item.after if a.value.times is not None]
    if not numbers or item.peak is None:
        normal = jaundice.cleared(pair)
        if normal is None:
            return None
        return Course(True, f"jaundice; {normal.told} {_when(pair, normal)} after the stop", normal.evidence)
    last = numbers[-1]
    before = item.before.times if item.before is not None else item.peak.times
    evidence = (*item.peak.evidence, *last.value.evidence)
    fell = (last.value.times or 0.0) < (before or 0.0)
    if last.days.lo > FALL_DAYS_HEPATOCELLULAR and item.analyte == "ALT":
        return Course(False, f"{last.value.told} more than 30 days after the stop: not fallen by half", evidence)
    if fell:
        return Course(True, f"falling after the stop ({item.peak.told} to {last.value.told})", evidence)
    return None


def _blood(pair: Pair) -> Course | None:
    low = blood.nadir(pair)
    after = [x for x in blood.counts(pair) if pair.after_stop(x)]
    risen = next((x for x in after if blood.recovered(x)), None)
    if risen is not None:
        when = _when(pair, risen)
        told = blood.shown(low, risen) if low is not None and low is not risen else blood.shown(risen)
        evidence = (*(low.evidence if low is not None else ()), *risen.evidence)
        return Course(True, f"{told} {when} after the stop", evidence)
    numbers = [x for x in after if x.has_number]
    if numbers and numbers[-1].high is not None and numbers[-1].high < NEUTROPENIA:
        days, _ = pair.days_after_stop(numbers[-1])
        if days.lo > FALL_DAYS_HEPATOCELLULAR:
            return Course(False, f"{blood.shown(numbers[-1])} more than 30 days after the stop", numbers[-1].evidence)
    return None


def _when(pair: Pair, value: Value) -> str:
    """Days from the stop to a value, in words; a recovery told against the stop is the closer measure."""
    days, point = pair.days_after_stop(value)
    told = pair.event.recovery_from_stop
    if told is not None and told.high is not None and (days.high is None or told.high < days.high):
        days, point = told.interval, told.point
    if point is not None:
        return f"{point:g} days"
    if days.high is None:
        return "some time"
    return f"{days.low:g} days" if days.low == days.high else f"within {days.high:g} days"


def _told(pair: Pair) -> Course:
    """The outcome in words."""
    outcome = pair.event.outcome
    evidence = pair.event.outcome_evidence
    if outcome in ("recovered", "recovering", "recovered with sequelae") and _over_before_stop(pair):
        return Course(None, "the reaction was over before the stop", evidence)
    if outcome in ("recovered", "recovering", "recovered with sequelae"):
        recovery = pair.event.recovery_from_stop
        days = f", within {recovery.high:g} days" if recovery is not None and recovery.high is not None else ""
        return Course(True, f"{outcome} after the stop{days}", evidence)
    if outcome == "not recovered":
        return Course(False, "not recovered after the stop", evidence)
    words = [f for f in pair.view.findings("recovery", "improvement") if f.state == "present" and not f.history]
    later = [f for f in words if told_before(pair.onset_course.closed, f.evidence) and f.term != "remission"]
    if later:
        return Course(True, f"{later[0].term} told after the stop", later[0].evidence)
    return Course(None, "the course after the stop is not told")


def _over_before_stop(pair: Pair) -> bool:
    """The recovery is dated, and certainly before the stop."""
    day, stop = pair.event.recovery, pair.stop
    return day is not None and stop is not None and day.interval.hi < stop.lo


def stopped_together(pair: Pair) -> tuple[Pair, ...]:
    """The other suspects of the reaction that were stopped with this one: which of the stops helped is not told.

    Within days of each other where both stops are dated; without dates where both were stopped because of the reaction.
    A drug and the one that interacts with it are judged as one: to stop both is the dechallenge of the interaction.
    A drug that no word blames does not stand in the way of the one that the report blames, nor one that was given again
    without harm.
    """
    found = _stopped_with(pair, interacting=False)
    return tuple(o for o in found if not (_blamed_before(pair, o.drug) or _borne_again(o)))


def _borne_again(other: Pair) -> bool:
    """The drug was given again, and the reaction did not come back."""
    told = [a.result for a in other.actions if a.kind == "restarted" and a.result is not None]
    return bool(told) and all(result == "negative" for result in told)


def _blamed_before(pair: Pair, other: str | None) -> bool:
    """The report blames the drug, and the other one is suspected by its time alone."""
    bases: dict[str | None, str] = {link.drug: link.basis for link in pair.case.links if link.event == pair.event.id}
    return bases.get(pair.drug) == "blamed" and bases.get(other) == "timing"


def stopped_with_partner(pair: Pair) -> tuple[Pair, ...]:
    """The drugs that interact with this one, or with which it interacts, and that were stopped with it."""
    return _stopped_with(pair, interacting=True)


def _stopped_with(pair: Pair, *, interacting: bool) -> tuple[Pair, ...]:
    found = []
    role = next((k.role for k in pair.case.links if k.event == pair.event.id and k.drug == pair.drug), "suspect")
    for link in pair.case.links:
        if link.event != pair.event.id or link.role not in ("suspect", "interacting") or link.drug == pair.drug:
            continue
        if ("interacting" in (link.role, role)) is not interacting:
            continue
        other = Pair(pair.view, pair.event, link.drug)
        if other.stop is None or pair.stop is None or other.stopped_after_onset is False:
            continue
        if other.onset_course.unhelped:
            continue  # that stop had not helped
        dated = all(x.low is not None or x.high is not None for x in (pair.stop, other.stop))
        near = pair.stop.lo <= other.stop.hi + AT_ONCE_DAYS and other.stop.lo <= pair.stop.hi + AT_ONCE_DAYS
        if (dated and near) or (not dated and _for_reaction(pair) and _for_reaction(other)):
            found.append(other)
    return tuple(found)


def _for_reaction(pair: Pair) -> bool:
    """The drug is told to have been stopped because of the reaction."""
    return any(word in pair.onset_course.stop_reason.lower() for word in REACTION_REASONS)


@lru_cache(maxsize=1024)
def _names_of(drug: str) -> frozenset[str]:
    return frozenset((drug, *load_drugs().classes_of(drug)))


def remedies(pair: Pair) -> tuple[Exposure, ...]:
    """Treatments that work on the reaction and were begun about when the drug was stopped."""
    wanted = REMEDIES.get(pair.kind, frozenset()) | (RELIEF if pair.is_liver else frozenset())
    stop = pair.stop
    found = []
    for exposure in pair.case.exposures:
        if exposure.drug == pair.drug or not wanted & _names_of(exposure.drug):
            continue
        if exposure.role not in ("treatment", "concomitant"):
            continue
        start = exposure.start.interval if exposure.start else None
        if start is not None and (start.low is not None or start.high is not None):
            if start.hi < pair.onset.lo or (stop is not None and start.lo > stop.hi + AT_ONCE_DAYS):
                continue
            if exposure.role != "treatment" and start.lo < pair.onset.lo:
                continue
        elif exposure.role != "treatment":
            continue
        found.append(exposure)
    return tuple(found)


def _similar(pair: Pair) -> Fact | None:
    """An earlier exposure to the drug, or to one of its class, that was followed by a reaction of this kind."""
    for past in pair.case.exposures:
        if past.role != "previous" or not past.reaction or not _alike(past.drug, pair.drug or ""):
            continue
        known = load_findings().get(past.reaction.lower())
        named = {f"{code.system} {code.code}" for code in pair.event.codes} | {pair.event.term, pair.kind}
        if past.reaction in named or (known is not None and known.event_kind == pair.kind):
            because = f"{past.reaction} after {past.drug} before"
            return Fact.flag(v.similar_reaction, True, because=because, evidence=past.evidence)
    return None


def _alike(one: str, other: str) -> bool:
    """The same drug, or two of one most specific class."""
    lexicon = load_drugs()
    mine, theirs = lexicon.classes_of(one)[:1], lexicon.classes_of(other)[:1]
    return one == other or bool(mine and mine == theirs)


def _dose_response(pair: Pair) -> Fact | None:
    course = pair.onset_course
    if course.reduced and course.stop is None and pair.event.outcome in ("recovered", "recovering"):
        because = "milder after the dose was reduced, without a stop"
        return Fact.flag(v.dose_response, True, because=because, evidence=(*course.kept, *pair.event.outcome_evidence))
    return None
