"""What a report states of the ten dimensions of vigiGrade, taken from the case that was read from it.

A dimension is about the report: what the case does not hold was not stated. May import evidence, timeline, case,
lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.case.model import Finding
from dechallenge.evidence import Evidence
from dechallenge.facts import timing
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import documentation as v
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact, Flag
from dechallenge.timeline import Interval

MONTH_DAYS = 30.0
"""Uncertainty of the order of drug and reaction up to which the smaller penalty applies (one month)."""


def facts(pair: Pair) -> list[Fact]:
    """All ten dimensions for one suspect and one reaction; none without a suspect."""
    if pair.drug is None:
        return []
    patient, event, report = pair.case.patient, pair.event, pair.case.report
    outcome_told = event.outcome != "unknown"
    return [
        _onset(pair),
        _indication(pair),
        _stated(v.report_outcome, outcome_told, event.outcome if outcome_told else "", event.outcome_evidence),
        _stated(v.report_sex, patient.sex is not None, patient.sex or "", patient.sex_evidence),
        _age(pair),
        _dose(pair),
        _stated(v.report_country, bool(report.country), report.country, report.evidence),
        _stated(v.report_reporter, bool(report.reporter), report.reporter, report.evidence),
        _stated(v.report_type, report.kind not in ("", "unknown"), report.kind, report.evidence),
        _comments(pair),
    ]


def _stated(term: Flag, told: bool, because: str, evidence: tuple[Evidence, ...] = ()) -> Fact:
    said = because or f"no {term.title.removesuffix(' in the report')} was read in the report"
    return Fact.flag(term, told, because=said, evidence=evidence if told else ())


def _comments(pair: Pair) -> Fact:
    """A message may come without a narrative; a case that was read from a text is one."""
    if pair.case.report.narrative is False:
        return _stated(v.report_comments, False, "")
    return _stated(v.report_comments, True, "the case is told in words", pair.event.evidence)


def _onset(pair: Pair) -> Fact:
    """Whether the delay is told, and whether it leaves open which came first."""
    gap, point = timing.interval_of(pair)
    value, because = _precision(gap, point)
    evidence = (*pair.onset_evidence, *pair.onset_course.opened) if value != "missing" else ()
    return Fact.choice(v.report_onset, value, because=because, evidence=evidence)


def _precision(gap: Interval, point: float | None) -> tuple[str, str]:
    if point is not None:
        return "stated", f"{point:g} days from the first dose to the onset"
    if gap.low is None or gap.high is None:
        # A limit above zero dates the onset; "on the drug" only orders it.
        if gap.low is not None and gap.low > 0:
            return "stated", f"{gap.low:g} days or more from the first dose to the onset"
        return "missing", "the time from the first dose to the onset is not told"
    days = f"{gap.low:g} to {gap.high:g} days from the first dose to the onset"
    if gap.low >= 0 or gap.high < 0:
        return "stated", days
    width = gap.high - gap.low
    if width <= MONTH_DAYS:
        return "within a month", f"{days}: which came first is open, by a month at most"
    return "over a month", f"{days}: which came first is open, by more than a month"


def _indication(pair: Pair) -> Fact:
    """Told for the drug; else open where another disease is told that it may have been given for."""
    told = [e for e in pair.exposures if e.indication]
    if told:
        return _stated(v.report_indication, True, f"given for {told[0].indication}", told[0].evidence)
    diseases = [f for f in pair.case.findings if _may_be_treated(pair, f)]
    if not diseases:
        return _stated(v.report_indication, False, "")
    names = ", ".join(dict.fromkeys(f.term for f in diseases))
    because = f"{names} told beside the reaction; whether the drug was given for that is not read"
    evidence = tuple(item for f in diseases for item in f.evidence)
    return Fact.flag(v.report_indication, None, because=because, evidence=evidence)


def _may_be_treated(pair: Pair, finding: Finding) -> bool:
    """A disease of the patient that is not the reaction and did not come after it."""
    if finding.kind != "diagnosis" or finding.state == "absent" or finding.subject != "patient":
        return False
    term = load_findings().get(finding.term)
    if not finding.history and term is not None and term.event_kind == pair.kind:
        return False
    return finding.history or finding.time is None or finding.time.interval.lo <= pair.onset.hi


def _age(pair: Pair) -> Fact:
    age = pair.case.patient.age
    if age is not None and age.value is not None:
        return Fact.choice(v.report_age, "stated", because=f"{age.value:g} {age.unit}s", evidence=age.evidence)
    if age is not None and (age.low is not None or age.high is not None):
        return Fact.choice(v.report_age, "age group", because="an age group is told", evidence=age.evidence)
    return Fact.choice(v.report_age, "missing", because="no age was read in the report")


def _dose(pair: Pair) -> Fact:
    told = [
        e
        for e in pair.exposures
        if e.dose is not None and any(x is not None for x in (e.dose.value, e.dose.low, e.dose.high))
    ]
    if told and told[0].dose is not None:
        because = told[0].dose.text or "a dose is told"
        return _stated(v.report_dose, True, because, told[0].evidence)
    return _stated(v.report_dose, False, "")
