"""Facts of the underlying rheumatic disease, where the report names one: signs, counts and tests from before the drug.

A sign counts for the disease when it is told as history, dated not after the first dose, or undated and told before the
reaction; what comes later may be the reaction itself. Joint counts, durations and scales are not read from prose.
May import evidence, case, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dechallenge.case.model import Finding, Statement
from dechallenge.evidence import Evidence, TextEvidence
from dechallenge.facts import blockade, blood
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.samples import Sample
from dechallenge.facts.values import Value, told_before
from dechallenge.facts.vocabulary import rheumatoid as ra
from dechallenge.facts.vocabulary import rheumatology as v
from dechallenge.facts.vocabulary import rheumatology_response as rr
from dechallenge.logic import Choice, Fact, Flag

ADULT = ("adult-onset Still disease",)
JUVENILE = ("systemic juvenile idiopathic arthritis", "juvenile idiopathic arthritis")
SCHNITZLER = ("Schnitzler syndrome",)
RHEUMATOID = ("rheumatoid arthritis",)
DISEASES: tuple[tuple[Flag, tuple[str, ...]], ...] = (
    (v.still_disease, ADULT),
    (v.juvenile_arthritis, JUVENILE),
    (v.schnitzler_syndrome, SCHNITZLER),
    (ra.rheumatoid_arthritis, RHEUMATOID),
)
SIGNS: tuple[tuple[Flag, tuple[str, ...]], ...] = (
    (v.arthralgia, ("arthralgia", "arthritis")),
    (v.disease_arthritis, ("arthritis",)),
    (v.maculopapular_rash, ("maculopapular rash",)),
    (v.chronic_urticaria, ("urticaria",)),
    (v.disease_sore_throat, ("sore throat", "pharyngitis")),
    (v.disease_lymphadenopathy, ("lymphadenopathy",)),
    (v.disease_splenomegaly, ("splenomegaly", "hepatosplenomegaly")),
    (v.disease_hepatomegaly, ("hepatomegaly", "hepatosplenomegaly")),
    (v.disease_serositis, ("serositis", "pericarditis")),
)
DESCRIBED: tuple[tuple[Flag, tuple[str, ...], tuple[str, ...]], ...] = (
    (v.typical_rash, ("rash", "maculopapular rash"), ("evanescent", "salmon")),
    (v.evanescent_rash, ("rash", "maculopapular rash"), ("evanescent", "transient")),
    (v.generalised_lymphadenopathy, ("lymphadenopathy",), ("generalized", "generalised", "poly")),
)
"""Signs that count only when the words themselves describe them so."""
INFECTIONS = ("infection", "sepsis", "bacterial infection")
EXCLUDED: tuple[tuple[Flag, tuple[str, ...]], ...] = (
    (v.infection_explains, ("infection",)),
    (v.malignancy_explains, ("malignancy",)),
)
LIVER_TESTS = ("ALT", "AST", "LDH")
FEVER_OF_SCHNITZLER = 38.0
HIGH_TITRE = 3.0
"""Rheumatoid factor above three times its limit is high positive (criteria of 2010)."""
_NUMBERS = re.compile(r"\d+")


def facts(pair: Pair) -> list[Fact]:
    """What is told of the disease; nothing where the report names none of them."""
    named = [(term, told) for term, names in DISEASES if (told := _named(pair, names))]
    if not named:
        return []
    of = {term.name for term, _ in named}
    made: list[Fact | None] = [
        Fact.flag(term, True, because=f"{told[0].term} is told", evidence=_words(told)) for term, told in named
    ]
    made += [_sign(pair, term, names) for term, names in SIGNS]
    made += [_described(pair, term, names, words) for term, names, words in DESCRIBED]
    made += [_denied(pair, term, names) for term, names in EXCLUDED]
    made += [_temperature(pair), _leukocytes(pair), _granulocytes(pair), _neutrophils(pair), _crp(pair)]
    made += [_liver_tests(pair), _ana(pair), _factor(pair), _antibody(pair, ra.acpa, "anti-CCP"), _monoclonal(pair)]
    if v.schnitzler_syndrome.name in of:
        made.append(_unexplained_fever(pair))
    if v.juvenile_arthritis.name in of:
        made += [_onset_age(pair), _factor_twice(pair), _family(pair), _stated_response(pair)]
    return [fact for fact in made if fact is not None]


# --- findings ----------------------------------------------------------------------------------------------------


def _named(pair: Pair, names: tuple[str, ...]) -> list[Finding]:
    """The diagnosis, certain or suspected."""
    return [f for f in pair.view.findings(*names) if f.state != "absent"]


def _of_disease(pair: Pair, finding: Finding) -> bool:
    """The finding belongs to the time before the drug."""
    if finding.history:
        return True
    when = finding.time.interval if finding.time is not None else None
    if when is None or (when.low is None and when.high is None):
        return bool(told_before(finding.evidence, pair.event.evidence))
    start = pair.first_dose.low if pair.first_dose.low is not None else 0.0
    return when.high is not None and when.high <= start


def _told(pair: Pair, names: tuple[str, ...]) -> list[Finding]:
    return [f for f in pair.view.findings(*names) if f.state != "uncertain" and _of_disease(pair, f)]


def _sign(pair: Pair, term: Flag, names: tuple[str, ...]) -> Fact | None:
    told = _told(pair, names)
    present = [f for f in told if f.state == "present"]
    if present:
        because = f"{', '.join(dict.fromkeys(f.term for f in present))} before the drug"
        return Fact.flag(term, True, because=because, evidence=_words(present))
    absent = [f for f in told if f.state == "absent"]
    if names[0] in {f.term for f in absent}:
        return Fact.flag(term, False, because=f"no {names[0]} before the drug", evidence=_words(absent))
    return None


def _described(pair: Pair, term: Flag, names: tuple[str, ...], words: tuple[str, ...]) -> Fact | None:
    """A sign of which the quoted words say that it is of this sort; an absent one is of no sort."""
    told = _told(pair, names)
    fitting = [f for f in told if f.state == "present" and any(word in _quoted(f) for word in words)]
    if fitting:
        return Fact.flag(term, True, because=f"“{_quoted(fitting[0])}” before the drug", evidence=_words(fitting))
    absent = [f for f in told if f.term == names[0] and f.state == "absent"]
    if absent and not any(f.state == "present" for f in told):
        return Fact.flag(term, False, because=f"no {names[0]} before the drug", evidence=_words(absent))
    return None


def _denied(pair: Pair, term: Flag, names: tuple[str, ...]) -> Fact | None:
    """Another explanation is no explanation only when it is said to be absent; whether it explains is not judged."""
    told = [f for f in pair.view.findings(*names) if f.state != "uncertain"]
    if told and all(f.state == "absent" for f in told):
        return Fact.flag(term, False, because=f"no {told[0].term}", evidence=_words(told))
    return None


def _unexplained_fever(pair: Pair) -> Fact | None:
    told = [f for f in _told(pair, ("fever",)) if f.state == "present"]
    top = _highest(pair, "BODY_TEMP")
    if top is not None and top.high is not None and top.high <= FEVER_OF_SCHNITZLER:
        return Fact.flag(v.unexplained_fever, False, because=f"{top.told}: not above 38 °C", evidence=top.evidence)
    infected = [f for f in pair.view.findings(*INFECTIONS) if f.state != "absent" and _of_disease(pair, f)]
    if infected:
        because = f"{infected[0].term} may explain the fever"
        return Fact.flag(v.unexplained_fever, None, because=because, evidence=_words(infected))
    if top is not None and top.low is not None and top.low > FEVER_OF_SCHNITZLER:
        return Fact.flag(v.unexplained_fever, True, because=f"{top.told} before the drug", evidence=top.evidence)
    if told:
        because = "fever of the disease is told, and no infection"
        return Fact.flag(v.unexplained_fever, True, because=because, evidence=_words(told))
    return None


def _family(pair: Pair) -> Fact | None:
    told = [f for f in pair.case.findings if f.term == "psoriasis" and f.state == "present"]
    if not told:
        return None
    because = f"psoriasis of the {'patient' if told[0].subject == 'patient' else 'family'}"
    return Fact.flag(v.psoriasis_in_family, True, because=because, evidence=_words(told))


# --- values ------------------------------------------------------------------------------------------------------


def _highest(pair: Pair, *analytes: str) -> Value | None:
    """The highest printed figure from before the drug."""
    found = [x for s in pair.baseline for x in s.values if x.analyte in analytes and x.has_number and not x.doubtful]
    found = [x for x in found if x.low is not None or x.high is not None]
    return max(found, key=lambda x: blood.height(x) or 0.0) if found else None


def _temperature(pair: Pair) -> Fact | None:
    top = _highest(pair, "BODY_TEMP")
    if top is None:
        return None
    because = f"{top.told} before the drug"
    return number(
        v.disease_temperature_c, top.point, low=top.low, high=top.high, because=because, evidence=top.evidence
    )


def _leukocytes(pair: Pair) -> Fact | None:
    top = _highest(pair, "WBC")
    if top is None:
        return None
    because = f"{top.told} before the drug"
    return number(v.disease_leukocytes, top.point, low=top.low, high=top.high, because=because, evidence=top.evidence)


def _granulocytes(pair: Pair) -> Fact | None:
    """The share in the sample with the highest leukocyte count, as printed or worked out."""
    top = _highest(pair, "WBC")
    sample = next((s for s in pair.baseline if top is not None and top in s.values), None)
    if sample is None or top is None:
        return None
    share = sample.get("NEUT_PCT")
    if share is None and (value := sample.get("NEUT")) is not None and value.measurement.unit == "%":
        percent = value.measurement.value
        return number(v.granulocyte_percent, percent, because=value.told, evidence=value.evidence)
    if share is not None and share.has_number and not share.doubtful:
        return number(
            v.granulocyte_percent,
            share.point,
            low=share.low,
            high=share.high,
            because=share.told,
            evidence=share.evidence,
        )
    neutrophils = sample.get("NEUT")
    if neutrophils is None or neutrophils.doubtful or neutrophils.point is None or not top.point:
        return None
    because = f"{neutrophils.told} of {top.told}"
    evidence = (*neutrophils.evidence, *top.evidence)
    return number(v.granulocyte_percent, 100 * neutrophils.point / top.point, because=because, evidence=evidence)


def _neutrophils(pair: Pair) -> Fact | None:
    counts = [x for s in pair.baseline if (x := _count(s)) is not None]
    if not counts:
        return None
    top = max(counts, key=lambda x: blood.height(x) or 0.0)
    because = f"{top.told} before the drug"
    return number(v.disease_neutrophils, top.point, low=top.low, high=top.high, because=because, evidence=top.evidence)


def _count(sample: Sample) -> Value | None:
    value = blood.count(sample)
    return value if value is not None and value.has_number and not value.doubtful else None


def _crp(pair: Pair) -> Fact | None:
    """Left out where another drug that blocks IL-1 or IL-6 was given earlier: the value may be masked."""
    top = _highest(pair, "CRP")
    if top is None:
        return None
    blockers = blockade.exposures(pair, frozenset({blockade.IL1, blockade.IL6}))
    earlier = [e for e in blockers if e.drug != pair.drug and (e.start is None or e.start.interval.lo <= 0)]
    if earlier:
        because = f"{top.told}, but {earlier[0].drug} was given before"
        return Fact.number(v.disease_crp_mg_l, because=because, evidence=(*top.evidence, *earlier[0].evidence))
    because = f"{top.told} before the drug"
    return number(v.disease_crp_mg_l, top.point, low=top.low, high=top.high, because=because, evidence=top.evidence)


def _liver_tests(pair: Pair) -> Fact | None:
    """Never counted for the disease while a liver injury is under assessment."""
    term = v.liver_tests_of_disease
    if any(event.kind == "liver injury" for event in pair.case.events):
        because = "a liver injury is under assessment: its tests are not counted for the disease"
        evidence = [e for event in pair.case.events if event.kind == "liver injury" for e in event.evidence]
        return Fact.flag(term, None, because=because, evidence=evidence)
    values = [x for s in pair.baseline for x in s.values if x.analyte in LIVER_TESTS and not x.doubtful]
    normal = [x for x in values if x.times_high is not None and x.times_high <= 1]
    if len(normal) == len(values) and {x.analyte for x in normal} == set(LIVER_TESTS):
        evidence = [e for x in normal for e in x.evidence]
        return Fact.flag(term, False, because="ALT, AST and LDH normal before the drug", evidence=evidence)
    return None


# --- tests -------------------------------------------------------------------------------------------------------


def _states(pair: Pair, name: str) -> tuple[set[str], tuple[Evidence, ...]]:
    results = [r for r in pair.case.tests if r.test == name]
    return {r.state for r in results}, tuple(dict.fromkeys(e for r in results for e in r.evidence))


def _ana(pair: Pair) -> Fact | None:
    states, evidence = _states(pair, "ANA")
    if states in ({"positive"}, {"negative"}):
        state = states.pop()
        return Fact.flag(v.ana_positive, state == "positive", because=f"ANA {state}", evidence=evidence)
    return None


def _antibody(pair: Pair, term: Choice, name: str) -> Fact | None:
    states, evidence = _states(pair, name)
    for state in ("positive", "negative", "not done"):
        if states == {state}:
            return Fact.choice(term, state, because=f"{name} {state}", evidence=evidence)
    return None


def _factor(pair: Pair) -> Fact | None:
    """Rheumatoid factor by its titre where one is printed, else by the word."""
    titres = [x for x in pair.view.of("RF") if x.has_number and not x.doubtful and x.times is not None]
    if not titres:
        return _antibody(pair, ra.rheumatoid_factor, "rheumatoid factor")
    top = max(titres, key=lambda x: x.times or 0.0)
    times = top.times or 0.0
    level = "negative" if times <= 1 else "low positive" if times <= HIGH_TITRE else "high positive"
    return Fact.choice(ra.rheumatoid_factor, level, because=top.multiple, evidence=top.evidence)


def _factor_twice(pair: Pair) -> Fact | None:
    states, evidence = _states(pair, "rheumatoid factor")
    if states == {"negative"}:
        return Fact.flag(v.rf_positive_twice, False, because="rheumatoid factor negative", evidence=evidence)
    return None


def _monoclonal(pair: Pair) -> Fact | None:
    """A monoclonal protein by the class that its words name; without a class it is unknown."""
    told = [f for f in pair.view.findings("monoclonal gammopathy") if f.state != "uncertain"]
    present = [f for f in told if f.state == "present"]
    for name in ("igm", "igg"):
        fitting = [f for f in present if name in _quoted(f)]
        if fitting:
            value = "IgM" if name == "igm" else "IgG"
            because = f"monoclonal {value} is told"
            return Fact.choice(v.monoclonal_protein, value, because=because, evidence=_words(fitting))
    if present:
        because = "a monoclonal protein is told, its class is not"
        return Fact.choice(v.monoclonal_protein, "IgM", "IgG", "other", because=because, evidence=_words(present))
    if told:
        return Fact.choice(v.monoclonal_protein, "none", because="no monoclonal protein", evidence=_words(told))
    return None


# --- juvenile disease --------------------------------------------------------------------------------------------


def _onset_age(pair: Pair) -> Fact | None:
    age = pair.case.patient.age
    if age is None or age.years.high is None:
        return None
    because = f"at most the age at the reaction, {age.years.high:g} years"
    return number(v.disease_onset_age, low=0.0, high=age.years.high, because=because, evidence=age.evidence)


def _stated_response(pair: Pair) -> Fact | None:
    """The level of response that the report states, also as a range ("ACR70-90 %")."""
    for statement in pair.case.statements:
        levels = _levels(statement)
        if levels:
            because = f"the report states {statement.result}; the measures are not told"
            return Fact.choice(rr.acr_pedi_reported, *levels, because=because, evidence=statement.evidence)
    return None


def _levels(statement: Statement) -> tuple[str, ...]:
    if statement.kind != "response" or not statement.method.upper().startswith("ACR"):
        return ()
    figures = [int(figure) for figure in _NUMBERS.findall(statement.result)]
    if not 1 <= len(figures) <= 2:
        return ()
    low, high = min(figures), max(figures)
    return tuple(x for x in rr.acr_pedi_reported.values if x.isdigit() and low <= int(x) <= high)


def _quoted(finding: Finding) -> str:
    return " ".join(e.quote for e in finding.evidence if isinstance(e, TextEvidence)).lower()


def _words(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(e for f in findings for e in f.evidence))
