"""NAFLD fibrosis score (Angulo 2007).

Imports only the vocabulary of facts, the logic and the cautions of `fibrosis`.
"""

from __future__ import annotations

from dechallenge.criteria.fibrosis import CHRONIC, DURING, FLARE, NOT_COMPUTED, PLATELETS
from dechallenge.facts.vocabulary.liver_scores import fibrosis_albumin_g_dl, nafld_score
from dechallenge.facts.vocabulary.person import age
from dechallenge.logic.instrument import Computed, Example, Given, Instrument, Item, Option


def _values(years: float, bmi: float, ast: float, alt: float, platelets: float, albumin: float) -> dict[str, Given]:
    return {
        "age": years,
        "bmi": bmi,
        "diabetes": False,
        "fibrosis_ast_u_l": ast,
        "fibrosis_alt_u_l": alt,
        "fibrosis_platelets": platelets,
        "fibrosis_albumin_g_dl": albumin,
    }


def _seed(name: str, given: dict[str, Given], score: float, category: str, printed: str) -> Example:
    return Example(name, given, score=score, category=category, remark=f"derived, without diabetes: {printed}")


_TOCILIZUMAB = -1.675 + 0.037 * 46 + 0.094 * 25 + 0.99 * 22 / 18 - 0.013 * 178
_ANAKINRA = -1.675 + 0.037 * 49 + 0.094 * 31 + 0.99 * 16 / 16 - 0.013 * 221

INSTRUMENT = Instrument(
    id="nafld-fibrosis-score",
    title="NAFLD fibrosis score",
    edition="Angulo 2007",
    year=2007,
    kind="score",
    purpose="Likelihood of advanced fibrosis (F3-4) in non-alcoholic fatty liver disease.",
    applies_to=("liver injury",),
    items=(
        Item(
            "score",
            "Score and what it says about F3-4",
            (
                Option("advanced fibrosis", "> 0.676: F3-4 likely", nafld_score > 0.676),
                Option("low", "< −1.455: F3-4 ruled out", nafld_score < -1.455),
                Option(
                    "low",
                    "aged 65 or over: < 0.12",
                    (age >= 65) & (nafld_score < 0.12),
                    "the low cut for age 65 and over is quoted from memory",
                ),
                Option(
                    "indeterminate",
                    "−1.455 (aged 65 or over: 0.12) to 0.676",
                    (nafld_score <= 0.676) & (((age < 65) & (nafld_score >= -1.455)) | (nafld_score >= 0.12)),
                    "the low cut for age 65 and over is quoted from memory",
                ),
            ),
            missing=NOT_COMPUTED,
            quantity=nafld_score,
            source="Angulo 2007",
        ),
    ),
    result=Computed("score"),
    reference="Angulo P, Hui JM, Marchesini G, et al. The NAFLD fibrosis score: a noninvasive system that identifies "
    "liver fibrosis in patients with NAFLD. Hepatology 2007;45:846–54.",
    doi="10.1002/hep.21496",
    verification="Formula and cuts read in two sources; the paper was not read.",
    missing_rule="All inputs are needed; diabetes or impaired fasting glucose that is not told leaves a range of 1.13.",
    cautions=(DURING, FLARE, PLATELETS, CHRONIC),
    shown_with=(fibrosis_albumin_g_dl,),
    notes=(
        "Albumin in g/dL: 40 g/L is 4.0.",
        "0.675 and 0.676 are used interchangeably; 0.676 is used here. A table that only cuts at +0.675 has dropped "
        "the low cut of −1.455, so that “below” no longer rules anything out.",
    ),
    examples=(
        _seed(
            "tocilizumab, albumin 3.5",
            _values(46, 25, 22, 18, 178, 3.5),
            _TOCILIZUMAB - 2.31,
            "indeterminate",
            "−1.037",
        ),
        _seed(
            "tocilizumab, albumin 4.0", _values(46, 25, 22, 18, 178, 4), _TOCILIZUMAB - 2.64, "indeterminate", "−1.367"
        ),
        _seed("tocilizumab, albumin 4.5", _values(46, 25, 22, 18, 178, 4.5), _TOCILIZUMAB - 2.97, "low", "−1.697"),
        _seed("anakinra, albumin 3.5", _values(49, 31, 16, 16, 221, 3.5), _ANAKINRA - 2.31, "indeterminate", "−1.141"),
        _seed("anakinra, albumin 4.0", _values(49, 31, 16, 16, 221, 4), _ANAKINRA - 2.64, "low", "−1.471"),
        _seed("anakinra, albumin 4.5", _values(49, 31, 16, 16, 221, 4.5), _ANAKINRA - 2.97, "low", "−1.801"),
    ),
)
