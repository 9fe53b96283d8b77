"""Facts for gradings by worst value: liver tests and blood counts; the other subjects are put together here.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from collections.abc import Iterable

from dechallenge.facts import blood, grading_chemistry, grading_clinical
from dechallenge.facts.grading_worst import (
    UNQUANTIFIED,
    Printed,
    baseline_multiple,
    fact_of,
    highest,
    lower_limit,
    lowest,
    worst_multiple,
)
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import LIVER, MAS, Pair
from dechallenge.facts.samples import day_words
from dechallenge.facts.thresholds import NEUTROPHILS_LLN
from dechallenge.facts.vocabulary import grading as v
from dechallenge.facts.vocabulary import grading_chemistry as chemistry
from dechallenge.logic import Fact, Facts

PEAKS = (
    ("ALT", v.alt_peak_xuln, v.alt_baseline_xuln),
    ("AST", v.ast_peak_xuln, v.ast_baseline_xuln),
    ("ALP", v.alp_peak_xuln, v.alp_baseline_xuln),
    ("GGT", v.ggt_peak_xuln, v.ggt_baseline_xuln),
    ("BILI_TOT", v.bili_peak_xuln, v.bili_baseline_xuln),
)
G_DL = 10.0
"""From g/dL to g/L."""
HAEMOGLOBIN_MMOL = Printed("mmol/L", at_least=((4.9, 80), (6.2, 100)))
"""CTCAE 5.0 and 6.0, Anemia: 100 and 80 g/L are printed as 6.2 and 4.9 mmol/L, which are 99.9 and 79.0 g/L."""


def facts(pair: Pair) -> list[Fact]:
    """Peaks, baselines, nadirs and limits, and what they led to."""
    made: list[Fact | None] = []
    tests: list[tuple[str, Fact | None, Fact | None]] = []
    for analyte, peak, baseline in PEAKS:
        tests.append((analyte, worst_multiple(pair, analyte, peak), baseline_multiple(pair, analyte, baseline)))
    made += [fact for _, peak_fact, baseline_fact in tests for fact in (peak_fact, baseline_fact)]
    if pair.kind in (LIVER, MAS):
        made += _assumed(tests)
    made += _counts(pair)
    made += grading_chemistry.facts(pair)
    found = Facts(fact for fact in made if fact is not None)
    return [*found.values(), *grading_clinical.facts(pair, found)]


def _assumed(tests: Iterable[tuple[str, Fact | None, Fact | None]]) -> list[Fact]:
    """What has to be said of the values before the drug."""
    graded = [(a, peak, base) for a, peak, base in tests if peak is not None and (peak.low or 0) > 1]
    missing = [(analyte, peak) for analyte, peak, base in graded if base is None]
    wordy = [(a, base) for a, _, base in graded if base is not None and base.point is None and base.low == UNQUANTIFIED]
    made = []
    for term, chosen, words in (
        (chemistry.baseline_assumed_normal, missing, "no value before the drug"),
        (chemistry.baseline_raised_unquantified, wordy, "raised before the drug without a figure"),
    ):
        if chosen:
            because = f"{words}: {', '.join(analyte for analyte, _ in chosen)}"
            made.append(
                Fact.flag(term, True, because=because, evidence=[e for _, fact in chosen for e in fact.evidence])
            )
    return made


def _counts(pair: Pair) -> list[Fact | None]:
    made = [
        _neutrophils(pair),
        _neutrophils_lln(pair),
        worst_multiple(pair, "NEUT", v.neutrophils_peak_xuln),
        fact_of(v.platelets_nadir, lowest(pair, "PLT")),
        lower_limit(pair, "PLT", v.platelets_lln),
        worst_multiple(pair, "PLT", v.platelets_peak_xuln),
        worst_multiple(pair, "EOS", v.eosinophils_peak_xuln),
        baseline_multiple(pair, "EOS", v.eosinophils_baseline_xuln),
        fact_of(v.wbc_peak, highest(pair, "WBC")),
        fact_of(v.lymphocytes_peak, highest(pair, "LYMPH")),
    ]
    for analyte, nadir, limit, factor, printed in (
        ("WBC", v.wbc_nadir, v.wbc_lln, 1.0, None),
        ("LYMPH", v.lymphocytes_nadir, v.lymphocytes_lln, 1.0, None),
        ("HB", v.hemoglobin_nadir_g_l, v.hemoglobin_lln_g_l, G_DL, HAEMOGLOBIN_MMOL),
    ):
        fact = fact_of(nadir, lowest(pair, analyte), factor=factor, printed=printed)
        if fact is not None:
            made += [fact, lower_limit(pair, analyte, limit, factor=factor)]
    return made


def _neutrophils(pair: Pair) -> Fact | None:
    value = blood.nadir(pair)
    if value is None:
        return None
    because = f"{value.told}, {day_words(value.when, value.day)}"
    return number(
        v.neutrophils_nadir, value.point, low=value.low, high=value.high, because=because, evidence=value.evidence
    )


def _neutrophils_lln(pair: Pair) -> Fact | None:
    """The printed lower limit, else the limits in use, as an interval without a point."""
    printed = lower_limit(pair, "NEUT", v.neutrophils_lln)
    if printed is not None and printed.evidence:
        return printed
    low, high = NEUTROPHILS_LLN
    because = f"no limit printed; laboratories use {low:g} to {high:g} × 10⁹/L"
    return number(v.neutrophils_lln, low=low, high=high, because=because)
