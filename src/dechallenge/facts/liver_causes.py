"""Facts of autoimmune hepatitis and Wilson disease: titres, IgG, ceruloplasmin, signs. Histology: `histology`.

May import case, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import re

from dechallenge.case.model import TestResult
from dechallenge.facts.liver import multiple
from dechallenge.facts.liver_scores import flag_of, has_figure, height, words
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import causality_more as m
from dechallenge.facts.vocabulary import liver_causes as c
from dechallenge.logic import Fact, Flag, Number

G_L_PER_MG_DL = 0.01
NORMAL_CERULOPLASMIN = 0.201
"""What "normal" stands for at least (g/L): above the limit of 0.2."""
TITRE = re.compile(r"(?P<sign>[<>≥≤]?)\s*1\s*[:/]\s*(?P<titre>\d{1,3}(?:,\d{3})+|\d+)")


def facts(pair: Pair) -> list[Fact]:
    """What the report tells of antibodies, IgG and copper."""
    made = [
        *(_titre(pair, *row) for row in TITRES),
        _sla(pair),
        _igg(pair),
        flag_of(pair, c.kf_rings, ("Kayser-Fleischer rings",)),
        _ceruloplasmin(pair),
        _coombs_negative(pair),
    ]
    return [fact for fact in made if fact is not None]


TITRES: tuple[tuple[Number, str, float, float], ...] = (
    (m.ana_titre, "ANA", 79.9, 20.0),
    (m.sma_titre, "SMA", 79.9, 20.0),
    (c.lkm_titre, "LKM", 39.9, 40.0),
)
"""Term, test, highest titre that is called negative, lowest that is called positive."""


def _tests(pair: Pair, name: str) -> list[TestResult]:
    return [x for x in pair.case.tests if x.test == name and x.evidence]


def _titre(pair: Pair, term: Number, test: str, negative: float, positive: float) -> Fact | None:
    """The highest printed titre; else what 'positive' or 'negative' leaves open."""
    results = _tests(pair, test)
    best: tuple[float, str, TestResult] | None = None
    for result in results:
        match = TITRE.search(result.result)
        if match is not None:
            titre = float(match["titre"].replace(",", ""))
            if best is None or titre > best[0]:
                best = (titre, match["sign"], result)
    if best is not None:
        titre, sign, result = best
        because, evidence = f"{test} {result.result}", result.evidence
        if sign in ("<", "≤"):
            high = titre - 0.1 if sign == "<" else titre
            return number(term, low=0, high=high, because=because, evidence=evidence)
        if sign in (">", "≥"):
            return number(term, low=titre, because=because, evidence=evidence)
        return number(term, titre, because=because, evidence=evidence)
    ill = [x for x in results if x.state == "positive"]
    if ill:
        return number(term, low=positive, because=f"{test} positive, without a titre", evidence=words(ill))
    well = [x for x in results if x.state == "negative"]
    if well:
        return number(term, low=0, high=negative, because=f"{test} negative", evidence=words(well))
    return None


def _sla(pair: Pair) -> Fact | None:
    results = [x for x in _tests(pair, "SLA") if x.state in ("positive", "negative")]
    if not results:
        return None
    positive = [x for x in results if x.state == "positive"]
    because = f"anti-SLA {'positive' if positive else 'negative'}"
    return Fact.flag(c.sla_antibody, bool(positive), because=because, evidence=words(positive or results))


def _igg(pair: Pair) -> Fact | None:
    values = [x for x in pair.values("IGG") if x.times_low is not None or x.times_high is not None]
    figures = [x for x in values if has_figure(x)]
    if figures:
        top = max(figures, key=lambda x: x.times if x.times is not None else x.times_low or 0.0)
        return multiple(m.igg_xuln, top, top.source)
    if values:
        return multiple(m.igg_xuln, values[0], values[0].told)
    for result in _tests(pair, "IgG"):
        if result.state == "negative":
            return number(m.igg_xuln, low=0, high=1, because="IgG normal", evidence=result.evidence)
        if result.state == "positive":
            return number(m.igg_xuln, low=1, because="IgG raised, without a figure", evidence=result.evidence)
    return None


def _ceruloplasmin(pair: Pair) -> Fact | None:
    values = [x for x in pair.view.of("CERULO") if has_figure(x) and (x.low is not None or x.high is not None)]
    if values:
        value = min(values, key=height)

        def g_l(figure: float | None) -> float | None:
            return None if figure is None else figure * G_L_PER_MG_DL

        low, high = g_l(value.low), g_l(value.high)
        because = value.told
        return number(
            c.ceruloplasmin_g_l, g_l(value.point), low=low, high=high, because=because, evidence=value.evidence
        )
    said = [x for x in pair.view.of("CERULO") if x.measurement.qualitative == "normal"]
    normal = [x for x in _tests(pair, "ceruloplasmin") if x.state == "negative"]
    evidence = (*(item for x in said for item in x.evidence), *words(normal))
    if evidence:
        because = "ceruloplasmin normal: above 0.2 g/L"
        return number(c.ceruloplasmin_g_l, low=NORMAL_CERULOPLASMIN, because=because, evidence=evidence)
    return None


def _coombs_negative(pair: Pair) -> Fact | None:
    """Haemolytic anaemia with a negative Coombs test; a haemolysis that is denied answers too."""
    told = [x for x in pair.view.findings("hemolytic anemia") if x.state != "uncertain" and not x.history]
    present = [x for x in told if x.state == "present"]
    coombs = [x for x in _tests(pair, "Coombs test") if x.state in ("positive", "negative")]
    term: Flag = c.coombs_negative_haemolysis
    if told and not present:
        return Fact.flag(term, False, because="haemolysis denied", evidence=words(told))
    if present and coombs:
        negative = all(x.state == "negative" for x in coombs)
        because = f"haemolytic anaemia, Coombs test {'negative' if negative else 'positive'}"
        return Fact.flag(term, negative, because=because, evidence=(*words(present), *words(coombs)))
    return None
