"""Facts for gradings by the course of a reaction: fever, cytokine release, failure of the liver, what values led to.

Only what is told: a survival rules death out, a transfusion counts where the reaction is the cytopenia, and a silence
says nothing. May import evidence, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from collections.abc import Iterable

from dechallenge.case.model import Finding
from dechallenge.evidence import Evidence
from dechallenge.facts import blood
from dechallenge.facts.grading_worst import fact_of, highest, survived
from dechallenge.facts.liver import ENCEPHALOPATHY, hospitalised
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import BLOOD, MAS, Pair
from dechallenge.facts.vocabulary import grading as values
from dechallenge.facts.vocabulary import grading_chemistry as chemistry
from dechallenge.facts.vocabulary import grading_clinical as v
from dechallenge.logic import Choice, Fact, Facts, Number

FEVER = 38.0
"""Fever in °C where no figure is told (CTCAE: fever begins at 38.0 °C)."""
ANC = 1.0
"""Neutrophils (10⁹/L) below which fever is febrile neutropenia in both editions of CTCAE."""
CYTOPENIA = BLOOD | {"leukopenia", "pancytopenia"}

CONSEQUENCES: tuple[tuple[Number, Choice], ...] = (
    (values.hemoglobin_nadir_g_l, v.anemia_consequence),
    (values.platelets_nadir, v.thrombocytopenia_consequence),
    (values.wbc_peak, v.leukocytosis_consequence),
    (chemistry.albumin_nadir_g_l, chemistry.albumin_consequence),
    (chemistry.triglycerides_peak_mg_dl, chemistry.triglycerides_consequence),
)
"""What is measured, and the term of what it led to."""
TRANSFUSED = {"anemia": v.anemia_consequence, "thrombocytopenia": v.thrombocytopenia_consequence}
THREATS = ("multiorgan failure", "mechanical ventilation", "shock", "septic shock", "coma")


def facts(pair: Pair, made: Facts) -> list[Fact]:
    """The clinical facts of a reaction.

    Args:
        made: The values that were made for it.
    """
    found = [*_fever(pair), *_consequences(pair, made)]
    if pair.kind in CYTOPENIA:
        found += _neutropenic_fever(pair)
    if pair.kind == "cytokine release syndrome":
        found += _cytokines(pair)
    if pair.is_liver:
        found += [_hepatic_failure(pair), _hepatitis(pair)]
    if pair.kind == MAS:
        found.append(_haemophagocytic(pair))
    found.append(_serum_sickness(pair))
    return [fact for fact in found if fact is not None]


def _told(pair: Pair, *terms: str) -> list[Finding]:
    """Findings of the patient that are present and were not there before the reaction."""
    return [f for f in pair.view.findings(*terms) if f.state == "present" and not f.history and _not_earlier(pair, f)]


def _not_earlier(pair: Pair, finding: Finding) -> bool:
    when = finding.time.interval if finding.time else None
    return not (
        when is not None and when.high is not None and pair.onset.low is not None and when.high < pair.onset.low
    )


def _evidence(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    return tuple(item for finding in findings for item in finding.evidence)


def _from(pair: Pair, term: Choice, least: str, because: str, evidence: Iterable[object], *, told: bool = True) -> Fact:
    """This rung of a course or a later one; not death when the patient lived, death alone when it was fatal.

    Args:
        told: The least rung is what the report tells; otherwise only that it is no lower.
    """
    rungs = term.values[term.values.index(least) :]
    if survived(pair):
        rungs = tuple(rung for rung in rungs if rung != "death")
    if pair.event.outcome == "fatal":
        rungs = ("death",)
        because, evidence = "fatal outcome", (*pair.event.outcome_evidence, *evidence)
    best = rungs[0] if told or len(rungs) == 1 else None
    return Fact.choice(term, *rungs, best=best, because=because, evidence=evidence)


def _threat(pair: Pair) -> tuple[str, tuple[Evidence, ...]] | None:
    """A threat to life that is told of the reaction, and its words."""
    threats = _told(pair, *THREATS)
    if threats:
        return f"{threats[0].term} is told", threats[0].evidence
    if "life-threatening" in pair.event.seriousness:
        return "the reaction is told to have threatened life", pair.event.evidence
    return None


def _fever(pair: Pair) -> list[Fact | None]:
    fact = fact_of(v.fever_peak_c, highest(pair, "BODY_TEMP"))
    fevers = _told(pair, "fever")
    if fact is None and fevers:
        because = f"fever without a figure: at least {FEVER:.1f} °C"
        fact = number(v.fever_peak_c, low=FEVER, because=because, evidence=_evidence(fevers))
    if fact is None or not survived(pair):
        return [fact]
    because = f"survived ({pair.event.outcome})"
    return [fact, Fact.flag(v.fever_fatal, False, because=because, evidence=pair.event.outcome_evidence)]


def _consequences(pair: Pair, made: Facts) -> list[Fact]:
    """What low or high values led to: a transfusion that is told, else survival, which leaves out death."""
    found = []
    for value, term in CONSEQUENCES:
        if value.name not in made:
            continue
        given = _told(pair, "blood transfusion") if TRANSFUSED.get(pair.kind) is term else []
        if given:
            found.append(_from(pair, term, "transfusion indicated", "a transfusion is told", _evidence(given)))
        elif survived(pair):
            found.append(_lived(pair, term))
    return found


def _lived(pair: Pair, term: Choice) -> Fact:
    rungs = tuple(rung for rung in term.values if rung != "death")
    because = f"survived ({pair.event.outcome})"
    return Fact.choice(term, *rungs, because=because, evidence=pair.event.outcome_evidence)


def _neutropenic_fever(pair: Pair) -> list[Fact | None]:
    """Temperatures taken together with a low neutrophil count, or the diagnosis of febrile neutropenia."""
    hot = []
    for sample in pair.samples:
        count, temperature = blood.count(sample), sample.get("BODY_TEMP")
        if count is not None and temperature is not None and (count.high if count.high is not None else ANC) < ANC:
            hot.append(temperature)
    diagnosed = _told(pair, "febrile neutropenia")
    named = "febrile neutropenia" in pair.event.term.lower()
    evidence = _evidence(diagnosed) or (pair.event.evidence if named else ())
    told = bool(diagnosed) or named
    fact = fact_of(v.neutropenic_temperature_c, max(hot, key=lambda x: blood.height(x) or 0.0, default=None))
    if fact is None and told:
        because = "febrile neutropenia is told, which is this fever by definition"
        fact = number(v.neutropenic_temperature_c, low=FEVER, because=because, evidence=evidence)
    if fact is None:
        return []
    found: list[Fact | None] = [fact]
    if told:
        because = "febrile neutropenia is told, which is this fever by definition"
        found.append(Fact.flag(v.neutropenic_fever_sustained, True, because=because, evidence=evidence))
    if survived(pair):
        found.append(_lived(pair, v.febrile_neutropenia_consequence))
    return found


def _cytokines(pair: Pair) -> list[Fact | None]:
    found: list[Fact | None] = [
        Fact.choice(v.crs, "present", because="the reaction that is reported", evidence=pair.event.evidence)
    ]
    low = _told(pair, "hypotension")
    absent = [f for f in pair.view.findings("hypotension") if f.state == "absent"]
    if low:
        rungs = ("answered to fluids", "one vasopressor")
        because = "hypotension is told, not what it needed"
        found.append(Fact.choice(v.crs_hypotension, *rungs, because=because, evidence=_evidence(low)))
    elif absent:
        because = "said not to have had hypotension"
        found.append(Fact.choice(v.crs_hypotension, "none", because=because, evidence=_evidence(absent)))
    threat = _threat(pair)
    if threat is not None or pair.event.outcome == "fatal":
        found.append(_from(pair, v.crs_consequence, "life-threatening", *(threat or ("", ()))))
    elif survived(pair):
        found.append(_lived(pair, v.crs_consequence))
    return found


def _of_the_liver(pair: Pair) -> tuple[str, ...]:
    """Terms of a hepatic encephalopathy; one that is not called so counts in a liver injury only."""
    return ENCEPHALOPATHY if pair.is_liver else ENCEPHALOPATHY[:1]


def _hepatic_failure(pair: Pair) -> Fact | None:
    """From encephalopathy, asterixis, coma or death; never from the words "liver injury" alone."""
    term = v.hepatic_failure
    coma = _told(pair, "coma")
    liver = _told(pair, *_of_the_liver(pair), "acute liver failure", "asterixis")
    if coma and liver:
        because = f"{coma[0].term} with {liver[0].term}"
        return _from(pair, term, "moderate encephalopathy or worse", because, _evidence((coma[0], liver[0])))
    if liver:
        return _from(pair, term, "asterixis or mild encephalopathy", f"{liver[0].term} is told", liver[0].evidence)
    if pair.event.outcome == "fatal":
        return _from(pair, term, "death", "", ())
    return None


def _hepatitis(pair: Pair) -> Fact | None:
    """Only where the report calls the reaction a hepatitis."""
    named = "hepatitis" in pair.event.term.lower()
    told = [] if named else _told(pair, "hepatitis", "cholestatic hepatitis", "drug-induced autoimmune hepatitis")
    if not named and not told:
        return None
    name = pair.event.evidence if named else told[0].evidence
    term = v.hepatitis_severity
    worse = _told(pair, *_of_the_liver(pair), "acute liver failure", "coma")
    if worse:
        return _from(pair, term, "decompensated", f"{worse[0].term} is told", (*name, *worse[0].evidence))
    admitted = hospitalised(pair)
    if admitted is not None and admitted.value:
        evidence = (*name, *admitted.evidence)
        return _from(pair, term, "symptomatic dysfunction", f"hepatitis, {admitted.because}", evidence)
    if pair.event.outcome == "fatal":
        return _from(pair, term, "death", "", name)
    return None


def _haemophagocytic(pair: Pair) -> Fact | None:
    term = v.hlh_severity
    threat = _threat(pair)
    if threat is not None:
        return _from(pair, term, "life-threatening", *threat)
    admitted = hospitalised(pair)
    if admitted is not None and admitted.value:
        return _from(pair, term, "severe", admitted.because, admitted.evidence)
    because = "macrophage activation is told, not what it needed"
    return _from(pair, term, "mild", because, pair.event.evidence, told=False)


def _serum_sickness(pair: Pair) -> Fact | None:
    told = _told(pair, "serum sickness")
    if not told:
        return None
    because = "serum sickness is told, not how severe it was"
    return _from(pair, v.serum_sickness, "asymptomatic", because, _evidence(told), told=False)
