"""Facts for gradings by worst value: clotting, triglycerides, albumin, creatinine, creatine kinase, LDH.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.facts.grading_worst import (
    Printed,
    baseline_multiple,
    fact_of,
    highest,
    last_before,
    lower_limit,
    lowest,
    worst_multiple,
)
from dechallenge.facts.liver import anticoagulant
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.values import Value
from dechallenge.facts.vocabulary import grading_chemistry as v
from dechallenge.facts.vocabulary.liver import inr_peak
from dechallenge.logic import Fact

G_DL = 10.0
"""From g/dL to g/L."""
TRIGLYCERIDES_MMOL = Printed("mmol/L", at_least=((1.71, 150),), above=((3.42, 300), (5.7, 500), (11.4, 1000)))
"""CTCAE 5.0 and 6.0, Hypertriglyceridemia: the cuts in mg/dL and, rounded, in mmol/L (3.42 mmol/L is 303 mg/dL)."""


def facts(pair: Pair) -> list[Fact | None]:
    """Worst values with their limits and what they were before the drug."""
    made: list[Fact | None] = [
        worst_multiple(pair, "LDH", v.ldh_peak_xuln),
        worst_multiple(pair, "aPTT", v.aptt_peak_xuln),
        worst_multiple(pair, "CK", v.ck_peak_xuln),
        worst_multiple(pair, "CREAT", v.creatinine_peak_xuln),
        baseline_multiple(pair, "CREAT", v.creatinine_baseline_xuln),
        _creatinine_low(pair),
        fact_of(v.triglycerides_peak_mg_dl, highest(pair, "TG"), printed=TRIGLYCERIDES_MMOL),
        *_inr(pair),
    ]
    albumin = fact_of(v.albumin_nadir_g_l, lowest(pair, "ALB"), factor=G_DL)
    if albumin is not None:
        made += [albumin, lower_limit(pair, "ALB", v.albumin_lln_g_l, factor=G_DL)]
    fibrinogen = fact_of(v.fibrinogen_nadir_g_l, lowest(pair, "FIBRINOGEN"))
    if fibrinogen is not None:
        limit = lower_limit(pair, "FIBRINOGEN", v.fibrinogen_lln_g_l)
        made += [fibrinogen, limit, *_fibrinogen_before(pair, fibrinogen, limit)]
    return made


def _fibrinogen_before(pair: Pair, nadir: Fact, limit: Fact | None) -> list[Fact | None]:
    """Whether fibrinogen was low before the drug, and by how much it fell."""
    before = last_before(pair, "FIBRINOGEN")
    if before is None:
        return []
    made: list[Fact | None] = []
    if limit is not None and limit.point is not None:
        low = _is_below(before, limit.point)
        if low is not None:
            because = f"{before.told} before the drug"
            made.append(Fact.flag(v.fibrinogen_baseline_low, low, because=because, evidence=before.evidence))
    if before.point is not None and before.point > 0 and nadir.point is not None:
        fall = float(f"{100 * (before.point - nadir.point) / before.point:.10g}")
        because = f"from {before.told} before the drug to {nadir.because}"
        made.append(number(v.fibrinogen_fall_pct, fall, because=because, evidence=(*before.evidence, *nadir.evidence)))
    return made


def _is_below(value: Value, limit: float) -> bool | None:
    if value.high is not None and value.high < limit:
        return True
    return False if value.low is not None and value.low >= limit else None


def _creatinine_low(pair: Pair) -> Fact | None:
    before = last_before(pair, "CREAT")
    if before is None or before.limit is None or before.limit.low is None:
        return None
    low = _is_below(before, before.limit.low)
    if low is None:
        return None
    because = f"{before.told} before the drug; lower limit {before.limit.low:g} ({before.limit.source})"
    return Fact.flag(v.creatinine_baseline_low, low, because=because, evidence=before.evidence)


def _inr(pair: Pair) -> list[Fact | None]:
    """The INR as it is; on an anticoagulant only as a multiple of what it was before the suspected drug."""
    value = highest(pair, "INR")
    if value is None:
        return []
    taken = [e for e in pair.case.exposures if e.role != "previous" and anticoagulant(e.drug)]
    if not taken:
        return [] if pair.is_liver else [fact_of(inr_peak, value)]
    evidence = (*taken[0].evidence, *value.evidence)
    because = f"takes {taken[0].drug}, which raises the INR itself"
    made: list[Fact | None] = []
    if not pair.is_liver:
        made.append(number(inr_peak, because=because, evidence=evidence))
    before = last_before(pair, "INR")
    if before is not None and before.point and value.point is not None:
        share = float(f"{value.point / before.point:.10g}")
        because = f"takes {taken[0].drug}; {before.told} before the drug, then {value.told}"
        evidence = (*evidence, *before.evidence)
        made.append(number(v.inr_on_anticoagulant_xbl, share, because=because, evidence=evidence))
    return made
