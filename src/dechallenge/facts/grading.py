"""Facts for gradings by worst value: extremes of the reaction, values before exposure, lower limits.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.facts import blood
from dechallenge.facts.liver import multiple
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair, from_onset
from dechallenge.facts.samples import day_words
from dechallenge.facts.thresholds import NEUTROPHILS_LLN
from dechallenge.facts.vocabulary import grading as v
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.logic import Fact

PEAKS = (
    ("ALT", v.alt_peak_xuln, v.alt_baseline_xuln),
    ("AST", v.ast_peak_xuln, v.ast_baseline_xuln),
    ("ALP", v.alp_peak_xuln, v.alp_baseline_xuln),
    ("GGT", v.ggt_peak_xuln, v.ggt_baseline_xuln),
    ("BILI_TOT", v.bili_peak_xuln, v.bili_baseline_xuln),
)


def facts(pair: Pair) -> list[Fact]:
    """Peaks, baselines, nadirs and limits."""
    made: list[Fact | None] = []
    for analyte, peak, baseline in PEAKS:
        made += [_peak(pair, analyte, peak), _baseline(pair, analyte, baseline)]
    made += [_neutrophils(pair), _lln(pair, "NEUT"), _platelets(pair), _lln(pair, "PLT"), _thrombocytopenia_fatal(pair)]
    return [fact for fact in made if fact is not None]


def _peak(pair: Pair, analyte: str, term: object) -> Fact | None:
    values = [x for x in pair.values(analyte) if from_onset(pair, x)]
    numbers = [x for x in values if x.has_number and (x.times_low is not None or x.times is not None)]
    if numbers:
        top = max(numbers, key=lambda x: x.times if x.times is not None else x.times_low or 0.0)
        because = f"{top.source}; {day_words(top.when, top.day)}"
        return multiple(term, top, because)  # type: ignore[arg-type]
    raised = [x for x in values if x.times_low is not None]
    words = raised or [x for x in values if x.times_high is not None]
    return multiple(term, words[0], words[0].told) if words else None  # type: ignore[arg-type]


def _baseline(pair: Pair, analyte: str, term: object) -> Fact | None:
    values = [x for s in pair.baseline for x in s.values if x.analyte == analyte and not x.doubtful]
    values = [x for x in values if x.times_low is not None or x.times_high is not None]
    if not values:
        return None
    last = values[-1]
    because = last.source
    if not last.has_number and last.times_low is not None:
        return number(term, low=1.01, because=because, evidence=last.evidence)  # type: ignore[arg-type]
    return multiple(term, last, because)  # type: ignore[arg-type]


def _neutrophils(pair: Pair) -> Fact | None:
    value = blood.nadir(pair)
    if value is None:
        return None
    because = f"{value.told}, {day_words(value.when, value.day)}"
    return number(
        v.neutrophils_nadir, value.point, low=value.low, high=value.high, because=because, evidence=value.evidence
    )


def _platelets(pair: Pair) -> Fact | None:
    values = [x for x in pair.values("PLT") if from_onset(pair, x) and not x.doubtful]
    values = [x for x in values if x.low is not None or x.high is not None]
    numbers = [x for x in values if x.has_number]
    if not values:
        return None
    value = min(numbers or values, key=lambda x: blood.height(x) or 0.0)
    because = f"{value.told}, {day_words(value.when, value.day)}"
    if value.has_number:
        return number(
            v.platelets_nadir, value.point, low=value.low, high=value.high, because=because, evidence=value.evidence
        )
    return number(v.platelets_nadir, low=value.low, because=because, evidence=value.evidence)


def _lln(pair: Pair, analyte: str) -> Fact | None:
    """The printed lower limit, else the limits in use, as an interval without a point."""
    term = v.neutrophils_lln if analyte == "NEUT" else v.platelets_lln
    for value in pair.view.of(analyte):
        if value.limit is not None and value.limit.source != "default" and value.limit.low is not None:
            return number(term, value.limit.low, because=value.limit.note, evidence=value.limit.evidence)
    if analyte == "NEUT":
        low, high = NEUTROPHILS_LLN
        because = f"no limit printed; laboratories use {low:g} to {high:g} × 10⁹/L"
        return number(term, low=low, high=high, because=because)
    default = load_analytes().default_limits(analyte).low
    because = f"no limit printed; default limit {default:g} × 10⁹/L" if default is not None else "no limit printed"
    return number(term, low=default, high=default, because=because)


def _thrombocytopenia_fatal(pair: Pair) -> Fact | None:
    if pair.event.outcome in ("recovered", "recovering", "recovered with sequelae"):
        because = f"survived ({pair.event.outcome})"
        return Fact.flag(v.thrombocytopenia_fatal, False, because=because, evidence=pair.event.outcome_evidence)
    return None
