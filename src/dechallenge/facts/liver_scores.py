"""Facts of liver scores: fibrosis indices, FibroTest as reported, MELD and Child-Pugh, acute failure.

The indices take the values from before the drug where AST and ALT are told from then, because they were made for
chronic disease; MELD and Child-Pugh take the worst of the injury. May import evidence, case, lexicon, logic, the
vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from dechallenge.case.model import Finding, TestResult
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.histology import reported
from dechallenge.facts.liver import ENCEPHALOPATHY, Found, multiple
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair, from_onset
from dechallenge.facts.values import ULN_UNITS, Value
from dechallenge.facts.vocabulary import liver_failure as f
from dechallenge.facts.vocabulary import liver_scores as v
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact, Flag, Number

CREATININE_UMOL_L = 88.42
"""µmol/L of 1 mg/dL creatinine."""
DIALYSIS_CREATININE = 4.0
"""What a dialysed patient counts with in MELD (mg/dL)."""
CRP_RAISED = 10.0
"""mg/L above which an acute phase is taken for granted."""
INFLAMED = frozenset({"Still", "MAS", "sepsis"})
"""Causes, in the words of the findings lexicon, that are states of systemic inflammation."""
OBESE = 30.0

SLIGHT = re.compile(r"mild|slight|minimal|small|trace|minor", re.IGNORECASE)
LARGE = re.compile(r"moderate|marked|severe|massive|large|gross|tense|significant", re.IGNORECASE)
DEEP = re.compile(r"(?:grade|stage)\s*(?:III|IV|3|4)\b", re.IGNORECASE)
SHALLOW = re.compile(r"(?:grade|stage)\s*(?:II|I|1|2)\b", re.IGNORECASE)
SCORE = re.compile(r"(?<![\d.])(?:0\.\d{1,3}|1\.0{1,3})(?![\d.])")


def facts(pair: Pair, found: Found | None) -> list[Fact]:
    """Everything that the scores of this subject ask for and the report tells."""
    made = [
        *_indices(pair, found),
        _bmi(pair),
        flag_of(pair, v.diabetes, ("diabetes mellitus",), with_history=True),
        *_reported_tests(pair),
        flag_of(pair, v.haemolysis, ("hemolytic anemia",)),
        flag_of(pair, v.gilbert, ("Gilbert syndrome",), with_history=True),
        _acute_phase(pair),
        *_creatinine(pair),
        _worst(pair, f.sodium_mmol_l, "NA", min),
        _worst(pair, f.albumin_lowest_g_dl, "ALB", min),
        _ascites(pair),
        *_encephalopathy(pair),
    ]
    return [fact for fact in made if fact is not None]


# --- fibrosis indices ------------------------------------------------------------------------------------------------


def _indices(pair: Pair, found: Found | None) -> list[Fact | None]:
    """AST and ALT of one time, with the platelets and albumin of that time where there are any."""
    before = {name: _before(pair, name) for name in ("AST", "ALT", "PLT", "ALB")}
    during = {name: _during(pair, name) for name in ("PLT", "ALB")}
    if has_figure(before["AST"]) and has_figure(before["ALT"]):
        ast, alt, first, second, when = before["AST"], before["ALT"], before, during, "before the drug"
    elif found is not None and has_figure(found.ast) and has_figure(found.alt):
        ast, alt, first, second, when = found.ast, found.alt, during, before, "during the reaction"
    else:
        return []
    assert ast is not None and alt is not None
    platelets, albumin = first["PLT"] or second["PLT"], first["ALB"] or second["ALB"]
    mixed = any(x is not None and first[name] is None for name, x in (("PLT", platelets), ("ALB", albumin)))
    when = "from both times" if mixed else when
    taken = [x for x in (ast, alt, platelets, albumin) if x is not None]
    evidence = tuple(dict.fromkeys(item for value in taken for item in value.evidence))
    return [
        _units(pair, v.fibrosis_ast_u_l, ast, when),
        _units(pair, v.fibrosis_alt_u_l, alt, when),
        multiple(v.fibrosis_ast_xuln, ast, f"{ast.source}; {when}"),
        _plain(v.fibrosis_platelets, platelets, when),
        _plain(v.fibrosis_albumin_g_dl, albumin, when),
        Fact.choice(v.fibrosis_values, when, because=f"the values are {when}", evidence=evidence),
    ]


def has_figure(value: Value | None) -> bool:
    return value is not None and value.has_number and not value.doubtful


def _before(pair: Pair, analyte: str) -> Value | None:
    """The last figure from before the first dose."""
    values = [x for s in pair.baseline for x in s.values if x.analyte == analyte and has_figure(x)]
    return values[-1] if values else None


def _during(pair: Pair, analyte: str) -> Value | None:
    """The first figure of the reaction."""
    values = [x for x in pair.values(analyte) if has_figure(x)]
    return values[0] if values else None


def _plain(term: Number, value: Value | None, when: str) -> Fact | None:
    if value is None or (value.low is None and value.high is None):
        return None
    because = f"{value.told}; {when}"
    return number(term, value.point, low=value.low, high=value.high, because=because, evidence=value.evidence)


def _units(pair: Pair, term: Number, value: Value, when: str) -> Fact | None:
    """An enzyme in U/L; a multiple counts only with a printed limit of the same analyte."""
    if value.measurement.unit not in ULN_UNITS:
        return _plain(term, value, when)
    limits = [
        other.limit
        for other in pair.view.of(value.analyte)
        if other.limit is not None and other.limit.source != "default" and other.limit.high is not None
    ]
    if not limits or limits[0].high is None:
        return None
    limit = limits[0].high
    evidence = (DerivedEvidence(derived_from=(*value.evidence, *limits[0].evidence), how=f"× limit of {limit:g} U/L"),)

    def scaled(times: float | None) -> float | None:
        return None if times is None else times * limit

    return number(
        term,
        scaled(value.times),
        low=scaled(value.times_low),
        high=scaled(value.times_high),
        because=f"{value.told}, printed limit {limit:g} U/L; {when}",
        evidence=evidence,
    )


def _bmi(pair: Pair) -> Fact | None:
    patient = pair.case.patient
    if patient.bmi is not None and patient.bmi_evidence:
        because = f"body mass index {patient.bmi:g} kg/m²"
        return number(v.bmi, patient.bmi, because=because, evidence=patient.bmi_evidence)
    if patient.weight_kg and patient.height_cm and patient.weight_evidence:
        found = patient.weight_kg / (patient.height_cm / 100) ** 2
        because = f"{patient.weight_kg:g} kg and {patient.height_cm:g} cm"
        derived = DerivedEvidence(derived_from=patient.weight_evidence, how="weight ÷ height²")
        return number(v.bmi, round(found, 1), because=because, evidence=(derived,))
    obese = [x for x in pair.view.findings("obesity") if x.state == "present"]
    if obese:
        because = "obesity without a figure: 30 kg/m² or more"
        return number(v.bmi, low=OBESE, because=because, evidence=obese[0].evidence)
    return None


def flag_of(pair: Pair, term: Flag, names: tuple[str, ...], *, with_history: bool = False) -> Fact | None:
    told = [x for x in pair.view.findings(*names) if x.state != "uncertain" and (with_history or not x.history)]
    present = [x for x in told if x.state == "present"]
    chosen = present or told
    if not chosen:
        return None
    because = f"{chosen[0].term} {'told' if present else 'denied'}"
    return Fact.flag(term, bool(present), because=because, evidence=words(chosen))


def words(found: Iterable[Finding | TestResult]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for one in found for item in one.evidence))


# --- FibroTest and ActiTest, as reported -----------------------------------------------------------------------------


def _reported_tests(pair: Pair) -> list[Fact | None]:
    told = [s for s in pair.case.statements if s.method == "FibroTest"]
    return [
        reported(v.fibrotest_stage, told, "F", "FibroTest"),
        reported(v.actitest_grade, told, "A", "ActiTest"),
        _score(pair, v.fibrotest_score, "FibroTest"),
        _score(pair, v.actitest_score, "ActiTest"),
    ]


def _score(pair: Pair, term: Number, test: str) -> Fact | None:
    """A score between 0 and 1 that the report prints for the test, with the rounding of its last decimal."""
    for result in pair.case.tests:
        figure = SCORE.search(result.result) if result.test == test else None
        if figure is not None and result.evidence:
            score = float(figure.group())
            half = 0.5 * 10 ** -len(figure.group().partition(".")[2])
            because = f"{test} {figure.group()}"
            return number(term, score, low=score - half, high=score + half, because=because, evidence=result.evidence)
    return None


def _acute_phase(pair: Pair) -> Fact | None:
    """Systemic inflammation is known to be active: a disease that is told, or a raised CRP of the reaction."""
    lexicon = load_findings()
    active = [
        x
        for x in pair.case.findings
        if x.subject == "patient"
        and x.state == "present"
        and not x.history
        and (entry := lexicon.get(x.term)) is not None
        and INFLAMED & set(entry.causes)
    ]
    if active:
        return Fact.flag(v.acute_phase, True, because=f"{active[0].term} told", evidence=words(active))
    raised = [x for x in pair.values("CRP") if has_figure(x) and x.low is not None and x.low > CRP_RAISED]
    if raised:
        return Fact.flag(v.acute_phase, True, because=raised[0].told, evidence=raised[0].evidence)
    return None


# --- MELD, Child-Pugh, acute liver failure ---------------------------------------------------------------------------


def height(value: Value) -> float:
    known = [bound for bound in (value.point, value.low, value.high) if bound is not None]
    return known[0]


def _extreme(pair: Pair, analyte: str, worst: Callable[..., Value]) -> Value | None:
    values = [x for x in pair.values(analyte) if has_figure(x) and from_onset(pair, x)]
    values = [x for x in values if x.low is not None or x.high is not None]
    return worst(values, key=height) if values else None


def _worst(pair: Pair, term: Number, analyte: str, worst: Callable[..., Value]) -> Fact | None:
    return _plain(term, _extreme(pair, analyte, worst), "worst of the injury")


def _creatinine(pair: Pair) -> list[Fact | None]:
    """Creatinine in µmol/L as measured, and in mg/dL for MELD, where dialysis raises it."""
    value = _extreme(pair, "CREAT", max)
    if value is None:
        return []

    def umol(figure: float | None) -> float | None:
        return None if figure is None else figure * CREATININE_UMOL_L

    measured = number(
        f.creatinine_peak_umol_l,
        umol(value.point),
        low=umol(value.low),
        high=umol(value.high),
        because=value.told,
        evidence=value.evidence,
    )
    dialysis = [x for x in pair.view.findings("hemodialysis") if x.state == "present" and not x.history]
    if dialysis and height(value) < DIALYSIS_CREATININE:
        because = f"{value.told}; on dialysis, which counts as 4.0 mg/dL when done twice in the week"
        evidence = (*value.evidence, *words(dialysis))
        for_meld = number(
            f.meld_creatinine_mg_dl, low=height(value), high=DIALYSIS_CREATININE, because=because, evidence=evidence
        )
        return [measured, for_meld]
    return [measured, _plain(f.meld_creatinine_mg_dl, value, "no dialysis told")]


def _ascites(pair: Pair) -> Fact | None:
    told = [x for x in pair.view.findings("ascites") if x.state != "uncertain" and not x.history]
    present = [x for x in told if x.state == "present"]
    if not told:
        return None
    if not present:
        return Fact.choice(f.ascites_grade, "none", because="ascites denied", evidence=words(told))
    extents = " ".join(x.extent or "" for x in present)
    values: tuple[str, ...] = ("slight", "moderate or more")
    if LARGE.search(extents):
        values = values[1:]
    elif SLIGHT.search(extents):
        values = values[:1]
    because = "ascites told" + (f" ({extents.strip()})" if extents.strip() else ", the amount is not")
    return Fact.choice(f.ascites_grade, *values, because=because, evidence=words(present))


def _encephalopathy(pair: Pair) -> list[Fact | None]:
    """Grade of encephalopathy, days from jaundice to it, and the cause of the failure that it marks."""
    told = [x for x in pair.view.findings(*ENCEPHALOPATHY) if x.state != "uncertain" and not x.history]
    failure = [x for x in pair.view.findings("acute liver failure") if x.state == "present" and not x.history]
    present = [x for x in told if x.state == "present"]
    if told and not present and not failure:
        none = Fact.choice(f.encephalopathy_grade, "none", because="encephalopathy denied", evidence=words(told))
        return [none]
    if not present and not failure:
        return []
    graded = [s for s in pair.case.statements if s.kind == "grade" and "encephalopathy" in s.method]
    degrees = [x.extent or "" for x in present] + [f"grade {s.result}" for s in graded]
    deep, shallow = any(DEEP.search(w) for w in degrees), any(SHALLOW.search(w) for w in degrees)
    values: tuple[str, ...] = ("grade 1-2", "grade 3-4")
    if deep:
        values = ("grade 3-4",)
    elif shallow:
        values = ("grade 1-2",)
    evidence = (*words([*present, *failure]), *(item for s in graded for item in s.evidence))
    name = "hepatic encephalopathy" if present else "acute liver failure, which is encephalopathy by definition,"
    because = f"{name} told" + ("" if len(values) == 1 else "; the grade is not")
    return [
        Fact.choice(f.encephalopathy_grade, *values, because=because, evidence=evidence),
        _interval(pair, present),
        _failure_cause(pair, evidence),
    ]


def _interval(pair: Pair, encephalopathy: list[Finding]) -> Fact | None:
    jaundice = [x for x in pair.view.findings("jaundice") if x.state == "present" and not x.history]
    for deep in encephalopathy:
        for yellow in jaundice:
            if deep.time is None or yellow.time is None or not (deep.time.known and yellow.time.known):
                continue
            gap = deep.time.interval.minus(yellow.time.interval)
            points = (deep.time.point, yellow.time.point)
            point = None if points[0] is None or points[1] is None else points[0] - points[1]
            evidence = words([yellow, deep])
            because = "from jaundice to encephalopathy"
            return number(
                f.jaundice_to_encephalopathy_days, point, low=gap.low, high=gap.high, because=because, evidence=evidence
            )
    return None


def _failure_cause(pair: Pair, evidence: tuple[Evidence, ...]) -> Fact | None:
    term = f.liver_failure_cause
    if pair.drug is None:
        return None
    if pair.drug == "paracetamol":
        return Fact.choice(term, "paracetamol", because="paracetamol is the suspect", evidence=evidence)
    others = [value for value in term.values if value != "paracetamol"]
    because = f"{pair.drug} is suspected; its causality is what is being judged"
    return Fact.choice(term, *others, best="drug reaction", because=because, evidence=evidence)
