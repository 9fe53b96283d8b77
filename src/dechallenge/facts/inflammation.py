"""Facts of macrophage activation: worst values, signs and tissue of the episode, and what was blocking IL-1 or IL-6.

The episode is the reaction itself where that is the macrophage activation syndrome, with the week before it; in another
reaction (a neutropenia under the treatment of Still's disease) it is the days around the highest ferritin, so that
values of different times do not count together. A result in words is an interval from the reference limit that decides
nothing by itself.
May import evidence, timeline, case, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from dechallenge.case.model import Finding
from dechallenge.evidence import Evidence
from dechallenge.facts import blockade, blood, hlh_tests
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import MAS, Pair
from dechallenge.facts.samples import Sample, day_words
from dechallenge.facts.thresholds import SAME_SAMPLE_DAYS
from dechallenge.facts.values import LOWERED, RAISED, ULN_UNITS, Value, tell, to_canonical
from dechallenge.facts.vocabulary import inflammation as v
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact, Flag, Number
from dechallenge.timeline import ANY, Interval

Side = Literal["highest", "lowest"]

AST_ULN_AT_LEAST = 20.0
"""U/L: no upper limit in use is lower, so "70 × ULN" is at least 1400 U/L (sheet on macrophage activation)."""
FERRITIN_IN_QUESTION = 500.0
"""µg/L: from here on HLH-2004 counts ferritin, so the question is worth asking (Henter 2007)."""
FEVER_FROM = 38.0
"""°C: from here on a printed temperature is called fever (project choice; 38.0 °C = 100.4 °F)."""
G_DL_TO_G_L = 10.0
NORMAL_AT_THE_TIME = frozenset({"normal", "unremarkable", "within normal limits"})
"""Words of a normal result; "normalised" tells of another time."""

DISEASES = ("macrophage activation syndrome", "hemophagocytic lymphohistiocytosis", "hemophagocytosis")
STILL = "adult-onset Still disease"
SJIA = "systemic juvenile idiopathic arthritis"
CHILD = 16.0
"""Years: Still's disease that begins before is systemic juvenile arthritis (ILAR 2004)."""
CNS = (
    "CNS lesion",
    "seizure",
    "coma",
    "confusion",
    "delirium",
    "lethargy",
    "somnolence",
    "irritability",
    "headache",
    "encephalitis",
)
BLEEDING = (
    "bleeding",
    "purpura",
    "petechiae",
    "bruising",
    "epistaxis",
    "gum bleeding",
    "hematemesis",
    "melena",
    "gastrointestinal bleeding",
    "cerebral hemorrhage",
)
CENTIMETRES = re.compile(r"(\d+(?:[.,]\d+)?)\s*cm\b")
IMMUNOSUPPRESSANTS = frozenset({"glucocorticoid", "corticosteroid", "immunosuppressant"})
SHORT_COURSE = ("pulse", "bolus")
LONG_TERM_DAYS = 28.0
"""Project choice for "long-term": four weeks before the episode; the publication gives no number."""
CHRONIC_CAUSES = frozenset({"Still", "autoimmune"})
CHRONIC = frozenset(
    {
        "juvenile idiopathic arthritis",
        "rheumatoid arthritis",
        "inflammatory bowel disease",
        "Crohn disease",
        "ulcerative colitis",
        "kidney transplantation",
        "liver transplantation",
    }
)
"""Diseases for which such drugs are given for long, beside those that the lexicon calls Still's or autoimmune."""


@dataclass(frozen=True)
class Episode:
    """The febrile episode that the criteria are asked of."""

    pair: Pair

    @cached_property
    def asked(self) -> bool:
        """Whether macrophage activation is the reaction, or in question beside it."""
        told = (*DISEASES, STILL, SJIA)
        if self.pair.kind == MAS or any(f.state != "absent" for f in self.pair.view.findings(*told)):
            return True
        return any((_height(x) or 0.0) >= FERRITIN_IN_QUESTION for x in self.ferritin)

    @cached_property
    def ferritin(self) -> tuple[Value, ...]:
        """Every ferritin that was printed as a figure; of the reaction only, where that is the syndrome itself."""
        of_reaction = (x for s in self.pair.samples for x in s.values if x.analyte == "FERRITIN")
        values = of_reaction if self.pair.kind == MAS else self.pair.view.of("FERRITIN")
        return tuple(x for x in map(repaired, values) if x is not None and x.has_number)

    @cached_property
    def around(self) -> Interval:
        """When it was: the reaction with the week before its onset or its highest ferritin, or the time of the latter.

        The first sign that a report dates the syndrome by is often its biopsy, days after the first values.
        """
        top = max(self.ferritin, key=lambda x: _height(x) or 0.0).when if self.ferritin else None
        if self.pair.kind == MAS or top is None:
            early = min(self.pair.onset.lo, math.inf if top is None else top.lo)
            return Interval.of(early - SAME_SAMPLE_DAYS, math.inf)
        return Interval.of(top.lo - SAME_SAMPLE_DAYS, top.hi + SAME_SAMPLE_DAYS)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """The samples of the episode."""
        whole = self.pair.kind == MAS or not self.ferritin
        among = self.pair.samples if whole else self.pair.view.samples
        return tuple(sample for sample in among if self.covers(sample.when))

    def covers(self, when: Interval) -> bool:
        """It may have been in the episode."""
        return not (when.hi < self.around.lo or when.lo > self.around.hi)

    def values(self, analyte: str) -> list[Value]:
        """The values of an analyte, impossible ones as repaired or not at all."""
        found = (repaired(x) for s in self.samples for x in s.values if x.analyte == analyte)
        return [x for x in found if x is not None]

    def findings(self, *terms: str) -> list[Finding]:
        """Findings of these terms that may belong to the episode."""
        return [f for f in self.pair.view.findings(*terms) if self.covers(f.time.interval if f.time else ANY)]


def facts(pair: Pair) -> list[Fact]:
    """What is known of the episode; only the blockade where macrophage activation is not in question."""
    made: list[Fact | None] = list(blockade.facts(pair))
    episode = Episode(pair)
    if episode.asked:
        made += [*_measured(episode), *_signs(episode), *hlh_tests.facts(pair)]
        made += [blockade.before(pair, episode.around), _sjia(pair), _immunosuppression(pair)]
    return [fact for fact in made if fact is not None and (fact.evidence or not fact.empty)]


# --- measured values -----------------------------------------------------------------------------------------------


def _measured(episode: Episode) -> Iterable[Fact | None]:
    yield from _temperature(episode)
    yield _worst(episode, "FERRITIN", v.ferritin_ug_l, "highest")
    yield _worst(episode, "TG", v.triglycerides_mg_dl, "highest")
    yield _worst(episode, "FIBRINOGEN", v.fibrinogen_g_l, "lowest")
    yield _worst(episode, "AST", v.ast_u_l, "highest")
    yield _worst(episode, "LDH", v.ldh_u_l, "highest")
    yield _worst(episode, "PLT", v.platelets_lowest, "lowest")
    yield _worst(episode, "WBC", v.wbc_lowest, "lowest")
    yield _worst(episode, "HB", v.haemoglobin_lowest_g_l, "lowest", G_DL_TO_G_L)
    yield _worst(episode, "SIL2R", v.scd25_u_ml, "highest")
    yield _neutrophils(episode)
    yield _esr(episode)


def repaired(value: Value) -> Value | None:
    """A value that can be used: as printed, or with the one likely repair of an impossible figure; else None."""
    if not value.doubtful:
        return value
    for flag in value.measurement.flags:
        if flag.kind == "implausible" and flag.repair is not None:
            figure, unit = flag.repair.get("value"), flag.repair.get("unit")
            if isinstance(figure, int | float) and isinstance(unit, str):
                point = to_canonical(value.analyte, float(figure), unit)
                if point is None:
                    return None
                canonical = load_analytes().get(value.analyte).unit.code.replace("10*9", "× 10⁹")
                told = f"{tell(value.measurement, value.analyte)}, impossible, read as {point:g} {canonical}"
                return replace(value, low=point, high=point, point=point, doubtful=False, told=told)
    return None


def _height(value: Value) -> float | None:
    if value.point is not None:
        return value.point
    return value.low if value.low is not None else value.high


def _bounded(value: Value) -> Value:
    """AST as a multiple of an unknown limit, as the least that it can be in U/L."""
    if value.analyte == "AST" and value.measurement.unit in ULN_UNITS and value.times_low is not None:
        told = f"{value.told}: the limit is at least {AST_ULN_AT_LEAST:g} U/L"
        return replace(value, low=value.times_low * AST_ULN_AT_LEAST, told=told)
    return value


def _worst(episode: Episode, analyte: str, term: Number, side: Side, factor: float = 1.0) -> Fact | None:
    """The extreme figure of the episode; without a figure what the words allow."""
    values = [_bounded(x) for x in episode.values(analyte)]
    figures = [x for x in values if x.has_number and _height(x) is not None]
    if not figures:
        return _worded(values, analyte, term, side, factor)
    value = (max if side == "highest" else min)(figures, key=lambda x: _height(x) or 0.0)
    because = f"{value.told}, {day_words(value.when, value.day)}"
    return number(
        term,
        _times(value.point, factor),
        low=_times(value.low, factor),
        high=_times(value.high, factor),
        because=because,
        evidence=value.evidence,
    )


def _times(figure: float | None, factor: float) -> float | None:
    return None if figure is None else figure if factor == 1.0 else round(figure * factor, 1)


def _worded(values: list[Value], analyte: str, term: Number, side: Side, factor: float) -> Fact | None:
    """A result in words: from the reference limit on the other side, so that it is never counted as a figure."""
    limits = load_analytes().default_limits(analyte)
    worse = [x for x in values if x.measurement.qualitative in (RAISED if side == "highest" else LOWERED)]
    normal = [x for x in values if x.measurement.qualitative in NORMAL_AT_THE_TIME]
    if worse:
        value = worse[0]
        bound = limits.low if side == "highest" else limits.high
        low, high = (bound or term.low, None) if side == "highest" else (None, bound or term.high)
        because = f"{value.told}, without a figure: it decides no limit"
    elif normal:
        value = normal[0]
        low, high = (None, value.high) if side == "highest" else (value.low or limits.low, None)
        because = value.told
    else:
        return None
    if low is None and high is None:
        return None
    return number(term, low=_times(low, factor), high=_times(high, factor), because=because, evidence=value.evidence)


def _neutrophils(episode: Episode) -> Fact | None:
    counts = [x for s in episode.samples if (c := blood.count(s)) is not None and (x := repaired(c)) is not None]
    counts = [x for x in counts if x.has_number and _height(x) is not None]
    if not counts:
        return None
    value = min(counts, key=lambda x: _height(x) or 0.0)
    because = f"{value.told}, {day_words(value.when, value.day)}"
    evidence = value.evidence
    return number(v.neutrophils_lowest, value.point, low=value.low, high=value.high, because=because, evidence=evidence)


def _esr(episode: Episode) -> Fact | None:
    """The rate from the sample of the highest ferritin, else the last one of the episode."""
    values = [x for x in episode.values("ESR") if x.has_number and _height(x) is not None]
    if not values:
        return None
    value = values[-1]
    ferritins = [x for x in episode.values("FERRITIN") if x.has_number]
    if ferritins:
        top = max(ferritins, key=lambda x: _height(x) or 0.0)
        value = next((x for x in reversed(values) if x.when == top.when), value)

    def at_least_one(figure: float | None) -> float | None:
        return None if figure is None else max(figure, 1.0)

    because = f"{value.told}, {day_words(value.when, value.day)}"
    if (value.point if value.point is not None else 1.0) < 1.0:
        because += ", counted as 1"
    low, high, point = at_least_one(value.low), at_least_one(value.high), at_least_one(value.point)
    return number(v.esr_mm_h, point, low=low, high=high, because=because, evidence=value.evidence)


def _temperature(episode: Episode) -> Iterable[Fact | None]:
    told = episode.findings("fever")
    present = [f for f in told if f.state == "present"]
    absent = [f for f in told if f.state == "absent"]
    figures = [x for x in episode.values("BODY_TEMP") if x.has_number and _height(x) is not None]
    hot = [x for x in figures if x.low is not None and x.low >= FEVER_FROM]
    if hot:
        yield Fact.flag(v.fever, True, because=hot[0].told, evidence=hot[0].evidence)
    elif present:
        yield Fact.flag(v.fever, True, because="fever is told", evidence=_words(present))
    elif absent:
        yield Fact.flag(v.fever, False, because="no fever is told", evidence=_words(absent))
    if figures:
        yield _worst(episode, "BODY_TEMP", v.temperature_c, "highest")
    elif present:
        warm = load_analytes().default_limits("BODY_TEMP").high
        because = "fever, without a figure"
        yield number(v.temperature_c, low=warm, because=because, evidence=_words(present))


# --- signs, tissue, patient ------------------------------------------------------------------------------------------


def _signs(episode: Episode) -> Iterable[Fact | None]:
    both = "hepatosplenomegaly"
    yield _told(episode, v.hepatomegaly, ("hepatomegaly", both), ("hepatomegaly", both))
    yield _told(episode, v.splenomegaly, ("splenomegaly", both), ("splenomegaly", both))
    yield _below_arch(episode)
    yield _told(episode, v.haemophagocytosis, ("hemophagocytosis",), ("hemophagocytosis",))
    yield _told(episode, v.cns_dysfunction, CNS, ("CNS lesion",))
    yield _told(episode, v.haemorrhage, BLEEDING, ("bleeding",))
    yield _told(episode, v.active_arthritis, ("arthritis",), ("arthritis",))


def _told(episode: Episode, term: Flag, yes: tuple[str, ...], no: tuple[str, ...]) -> Fact | None:
    """Yes when one of the findings is told; no only when the whole is denied."""
    present = [f for f in episode.findings(*yes) if f.state == "present" and not f.history]
    absent = [f for f in episode.findings(*no) if f.state == "absent"]
    found = present or absent
    if not found:
        return None
    names = ", ".join(dict.fromkeys(f.term for f in found))
    because = names if present else f"no {names}"
    return Fact.flag(term, bool(present), because=because, evidence=_words(found))


def _below_arch(episode: Episode) -> Fact | None:
    for finding in episode.findings("hepatomegaly"):
        match = CENTIMETRES.search(finding.extent or "")
        if match and finding.state == "present":
            figure = float(match.group(1).replace(",", "."))
            because = f"liver {figure:g} cm"
            return number(v.liver_below_arch_cm, figure, because=because, evidence=finding.evidence)
    return None


def _sjia(pair: Pair) -> Fact | None:
    told = [f for f in pair.view.findings(SJIA) if f.state != "absent"]
    still = [f for f in pair.view.findings(STILL) if f.state != "absent"]
    if told:
        return Fact.flag(v.sjia, True, because=f"{SJIA} is told", evidence=_words(told))
    if not still:
        return None
    age = pair.case.patient.age
    if age is not None and age.years.hi < CHILD:
        because = f"Still's disease before the age of {CHILD:g}"
        return Fact.flag(v.sjia, True, because=because, evidence=(*_words(still), *age.evidence))
    if age is not None and age.years.lo >= CHILD:
        because = f"the disease is told to be {STILL}"
        return Fact.flag(v.sjia, False, because=because, evidence=_words(still))
    return None


def _immunosuppression(pair: Pair) -> Fact | None:
    term = v.immunosuppression
    told = [f for f in pair.view.findings("HIV infection", "immunosuppression") if f.state == "present"]
    if told:
        return Fact.flag(term, True, because=told[0].term, evidence=_words(told))
    denied = [f for f in pair.view.findings("immunosuppression") if f.state == "absent"]
    long, evidence = blockade.long_term(pair, IMMUNOSUPPRESSANTS, LONG_TERM_DAYS, SHORT_COURSE)
    if long:
        return Fact.flag(
            term, True, because=f"{', '.join(long)} for {LONG_TERM_DAYS:g} days or more", evidence=evidence
        )
    drugs, evidence = blockade.before_story(pair, IMMUNOSUPPRESSANTS, SHORT_COURSE)
    disease = _chronic(pair)
    if drugs and disease:
        because = f"{', '.join(drugs)} told before the episode, in a patient with {disease[0].term}"
        return Fact.flag(term, True, because=because, evidence=(*evidence, *_words(disease)))
    return Fact.flag(term, False, because="no immunosuppression", evidence=_words(denied)) if denied else None


def _chronic(pair: Pair) -> list[Finding]:
    """The patient's diseases from before that such drugs are given for."""
    lexicon = load_findings()
    found = []
    for finding in pair.case.findings:
        if finding.subject != "patient" or finding.state != "present" or not finding.history:
            continue
        term = lexicon.get(finding.term)
        if finding.term in CHRONIC or (term is not None and set(term.causes) & CHRONIC_CAUSES):
            found.append(finding)
    return found


def _words(findings: Iterable[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for finding in findings for item in finding.evidence))
