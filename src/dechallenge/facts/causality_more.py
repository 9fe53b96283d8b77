"""Facts that RECAM, Maria & Victorino, DDW-J 2004 and the Liverpool tool ask for beyond those of RUCAM.

Single tests are made in `markers`, the fall of the peak in `fall`. What the report does not tell stays unknown.
May import evidence, lexicon, knowledge, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dechallenge.case.model import Finding
from dechallenge.evidence import DerivedEvidence, Evidence, words
from dechallenge.facts import disease, fall, known, markers
from dechallenge.facts.liver import Found
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import LIVER, Pair
from dechallenge.facts.reexposure import Episode
from dechallenge.facts.values import told_before
from dechallenge.facts.vocabulary import causality_more as v
from dechallenge.facts.workup import ISCHAEMIC, LOW_PRESSURE
from dechallenge.knowledge import known_reaction
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.logic import Choice, Fact, Facts, Flag

AIH_LIKE = frozenset({"minocycline", "nitrofurantoin"})
CATEGORY = re.compile(r"E\*|[A-EX]")
SEVERE_SKIN = ("DRESS", "Stevens-Johnson syndrome", "toxic epidermal necrolysis")
SEPSIS = ("sepsis", "septic shock")
LOW_FLOW = (*LOW_PRESSURE, *ISCHAEMIC, "hypoxemia")
WEEK = 7.0
OUTSIDE: tuple[tuple[Flag, tuple[str, ...]], ...] = (
    (v.rash_with_injury, ("rash", "maculopapular rash", "urticaria", *SEVERE_SKIN)),
    (v.fever_with_injury, ("fever",)),
    (v.arthralgia_with_injury, ("arthralgia", "arthritis")),
    (
        v.cytopenia_with_injury,
        ("neutropenia", "agranulocytosis", "leukopenia", "thrombocytopenia", "pancytopenia", "cytopenia"),
    ),
)
CAUSES = ("hav", "hbv", "hcv", "hev", "cmv", "ebv", "hsv", "vzv", "biliary_imaging", "alcoholic_hepatitis")
CHRONIC = re.compile(r"\bchronic", re.IGNORECASE)
STIMULATION = re.compile(r"lymphocyte|DLST|DDLST|\bLTT\b|\bLST\b", re.IGNORECASE)


def facts(pair: Pair, found: Found | None, made: Facts, episodes: tuple[Episode, ...]) -> list[Fact]:
    """Everything beyond the facts already made, which are read for other causes."""
    new: list[Fact | None] = [_could_explain(pair, made), *_liverpool(pair)]
    if pair.is_liver:
        new += [*markers.facts(pair, found), *fall.facts(pair, found), *_picture(pair), *_rechallenge(pair, episodes)]
        new += [_eosinophils(pair), _not_done(pair, v.aih_histology), _not_done(pair, v.liver_biopsy), _dlst(pair)]
        new.append(_chronic_c(pair))
        new += markers.autoimmune(pair, made)
        if pair.drug is not None:
            new += [_livertox(pair.drug), _aih_like(pair)]
    return [fact for fact in new if fact is not None and fact.name not in made]


def _words(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for finding in findings for item in finding.evidence))


# --- other causes -------------------------------------------------------------------------------------------------


def _could_explain(pair: Pair, made: Facts) -> Fact | None:
    """A disease at onset that could explain the reaction; no only when the patient's own diseases are ruled out."""
    term = v.disease_could_explain
    positive = [made[name] for name in CAUSES if name in made and made[name].possible == ("positive",)]
    if positive:
        evidence = tuple(item for fact in positive for item in fact.evidence)
        return Fact.flag(term, True, because="; ".join(fact.because for fact in positive), evidence=evidence)
    sick = disease.competitors(pair)
    certain = tuple(c for c in sick if c.certain)
    if certain:
        because = f"{disease.names(certain)} could also explain it"
        return Fact.flag(term, True, because=because, evidence=_words(c.finding for c in certain))
    own = made.get("underlying_disease")
    if own is not None and own.possible == ("negative",) and not sick:
        return Fact.flag(term, False, because=own.because, evidence=own.evidence)
    return None


def _picture(pair: Pair) -> list[Fact | None]:
    """Ischaemia, sepsis, severe skin reactions, manifestations outside the liver."""
    made = [_ischaemia(pair), _sepsis(pair), _skin(pair)]
    return [*made, *(_outside(pair, term, names) for term, names in OUTSIDE)]


def _of_now(finding: Finding) -> bool:
    """Present now; or absent, also in looking back ("there had been no hypotension")."""
    return finding.state == "absent" or (finding.state == "present" and not finding.history)


def _ischaemia(pair: Pair) -> Fact | None:
    told = [f for f in pair.view.findings(*LOW_FLOW) if _of_now(f)]
    onset = pair.onset
    for finding in told:
        if finding.state != "present" or finding.time is None or onset.low is None or onset.high is None:
            continue
        when = finding.time.interval
        if when.lo <= onset.high and when.hi >= onset.low - WEEK and when.hi <= onset.high:
            because = f"{finding.term} in the week before onset"
            return Fact.flag(v.ischaemia_before, True, because=because, evidence=finding.evidence)
    if told and all(f.state == "absent" for f in told):
        return Fact.flag(v.ischaemia_before, False, because=f"no {told[0].term}", evidence=_words(told))
    return None


def _sepsis(pair: Pair) -> Fact | None:
    told = [f for f in pair.view.findings(*SEPSIS) if _of_now(f)]
    at_onset = [f for f in told if f.state == "present" and (f.time is None or f.time.interval.lo <= pair.onset.hi)]
    if at_onset:
        return Fact.flag(v.sepsis_present, True, because=f"{at_onset[0].term} told", evidence=_words(at_onset))
    absent = [f for f in told if f.state == "absent"]
    if absent:
        return Fact.flag(v.sepsis_present, False, because=f"no {absent[0].term}", evidence=_words(absent))
    cultures = [r for r in pair.case.tests if r.test == "blood cultures" and r.state == "negative"]
    if cultures and not told:
        because = "blood cultures negative, no sepsis told"
        return Fact.flag(v.sepsis_present, False, because=because, evidence=cultures[0].evidence)
    return None


def _skin(pair: Pair) -> Fact | None:
    told = [f for f in pair.view.findings(*SEVERE_SKIN) if not f.history and f.state != "uncertain"]
    if not told:
        return None
    present = [f for f in told if f.state == "present"]
    chosen = present or told
    because = f"{'' if present else 'no '}{chosen[0].term}"
    return Fact.flag(v.dress_or_sjs, bool(present), because=because, evidence=_words(chosen))


def _outside(pair: Pair, term: Flag, names: tuple[str, ...]) -> Fact | None:
    """A sign of the reaction: dated about its onset, or told after the first dose; not one that was there before."""
    told = [f for f in pair.view.findings(*names) if f.state != "uncertain"]
    if any(f.history or _before_drug(pair, f) for f in told):
        return None
    present = [f for f in told if f.state == "present" and _with_reaction(pair, f)]
    if present:
        return Fact.flag(term, True, because=f"{present[0].term} told", evidence=_words(present))
    if told and all(f.state == "absent" for f in told):
        return Fact.flag(term, False, because=f"no {told[0].term}", evidence=_words(told))
    return None


def _before_drug(pair: Pair, finding: Finding) -> bool:
    when = finding.time.interval if finding.time is not None else None
    return finding.state == "present" and when is not None and when.hi < pair.start.lo


def _with_reaction(pair: Pair, finding: Finding) -> bool:
    if finding.time is not None and (finding.time.low is not None or finding.time.high is not None):
        return finding.time.interval.hi >= pair.onset.lo - WEEK
    return bool(told_before(pair.onset_course.opened, finding.evidence))


# --- tests, histology, drug ---------------------------------------------------------------------------------------


def _eosinophils(pair: Pair) -> Fact | None:
    """The highest share of eosinophils: printed, or count ÷ leucocytes of one sample."""
    shares = [
        (x.point, x.told, x.evidence)
        for x in pair.values("EOS_PCT")
        if x.has_number and x.point is not None and not x.doubtful
    ]
    for sample in pair.samples:
        count, white = sample.get("EOS"), sample.get("WBC")
        if count is None or white is None or count.point is None or not white.point or count.point > white.point:
            continue
        how = f"{count.told} of {white.told}"
        shares.append((100 * count.point / white.point, how, (*count.evidence, *white.evidence)))
    if not shares:
        return None
    share, how, evidence = max(shares, key=lambda item: item[0])
    derived = (DerivedEvidence(derived_from=evidence, how=how),) if evidence else ()
    return number(v.eosinophils_pct, share, because=f"{how} = {share:.3g} %", evidence=derived)


def _not_done(pair: Pair, term: Choice) -> Fact | None:
    """Only that no biopsy was done: what one points to is the pathologist's judgement."""
    missing = [r for r in pair.case.tests if r.test == "liver biopsy" and r.state == "not done"]
    if not missing:
        return None
    return Fact.choice(term, "not done", because="liver biopsy not done", evidence=missing[0].evidence)


def _chronic_c(pair: Pair) -> Fact | None:
    """Only a hepatitis C that is called chronic and was known before."""
    for finding in pair.view.findings("hepatitis C"):
        called = any(CHRONIC.search(quote.quote) for quote in words(finding.evidence))
        if finding.state == "present" and finding.history and called:
            return Fact.flag(v.hcv_chronic, True, because="chronic hepatitis C before", evidence=finding.evidence)
    return None


_OF_LYMPHOCYTES = ("lymphocyte transformation test", "drug-dependent antibodies")


def _dlst(pair: Pair) -> Fact | None:
    for result in pair.case.tests:
        if result.test not in _OF_LYMPHOCYTES or result.state not in ("positive", "negative", "not done"):
            continue
        if STIMULATION.search(result.test) or any(STIMULATION.search(quote.quote) for quote in words(result.evidence)):
            because = f"lymphocyte stimulation test {result.state}"
            return Fact.choice(v.dlst, result.state, because=because, evidence=result.evidence)
    return None


def _livertox(drug: str) -> Fact | None:
    row = known_reaction(drug, LIVER)
    match = CATEGORY.match(row.livertox) if row is not None else None
    if row is None or match is None:
        return None
    because = known.tell(row)
    table = DerivedEvidence(derived_from=(), how=f"table of what is known: {because}")
    return Fact.choice(v.livertox_category, match.group(), because=because, evidence=(table,))


def _aih_like(pair: Pair) -> Fact:
    names = {pair.drug, *(part for e in pair.exposures for part in e.ingredients)}
    like = bool(names & AIH_LIKE)
    evidence = tuple(item for e in pair.exposures[:1] for item in e.evidence)
    because = f"the suspect is {pair.drug}"
    return Fact.flag(v.aih_like_drug, like, because=because, evidence=evidence)


# --- re-exposure and the flow chart -------------------------------------------------------------------------------


def _rechallenge(pair: Pair, episodes: tuple[Episode, ...]) -> list[Fact | None]:
    """AST of the clearest re-exposure, and the days from its first dose to the rise."""
    order = ("positive", "negative", "not assessable")
    if not episodes:
        return []
    clearest = min(episodes, key=lambda episode: order.index(episode.result))
    made: list[Fact | None] = []
    ast = [x for x in pair.view.of("AST") if pair.episode_of(x) is clearest.course and x.times is not None]
    if ast:
        top = max(ast, key=lambda x: x.times or 0.0)
        made.append(number(v.rechallenge_ast_during, top.times, because=top.multiple, evidence=top.evidence))
    during = clearest.during
    if during is not None and clearest.result == "positive":
        gap = during.when.minus(clearest.course.start)
        if gap.high is not None and gap.high >= 0:
            because = f"{during.told}, from the first dose of the re-exposure"
            evidence = (DerivedEvidence(derived_from=(*during.evidence, *clearest.course.opened), how=because),)
            low = max(0.0, gap.lo)
            made.append(number(v.rechallenge_days, low=low, high=gap.high, because=because, evidence=evidence))
    return made


def _liverpool(pair: Pair) -> list[Fact | None]:
    """Whether a reaction is suspected, whether stopping can be judged, whether harm remained."""
    if pair.drug is None:
        return []
    return [_suspected(pair), _cannot_stop(pair), _lasting(pair)]


def _suspected(pair: Pair) -> Fact | None:
    for link in pair.case.links:
        if link.drug == pair.drug and link.event == pair.event.id and link.role in ("suspect", "interacting"):
            return Fact.flag(v.reaction_suspected, True, because=link.because, evidence=link.evidence)
    return None


def _cannot_stop(pair: Pair) -> Fact | None:
    if pair.drug is None or "vaccine" not in (pair.drug, *load_drugs().classes_of(pair.drug)):
        return None
    evidence = tuple(item for e in pair.exposures[:1] for item in e.evidence)
    return Fact.flag(v.stop_not_possible, True, because=f"{pair.drug}: a single administration", evidence=evidence)


def _lasting(pair: Pair) -> Fact | None:
    outcome, evidence = pair.event.outcome, pair.event.outcome_evidence
    if outcome == "recovered with sequelae":
        return Fact.flag(v.lasting_disability, True, because="recovered with sequelae", evidence=evidence)
    if any("disab" in word for word in pair.event.seriousness):
        return Fact.flag(v.lasting_disability, True, because="disability told", evidence=pair.event.evidence)
    if outcome == "recovered":
        return Fact.flag(v.lasting_disability, False, because="recovered", evidence=evidence)
    return None
