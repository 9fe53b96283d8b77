"""MELD-Na in the edition that allocation has used since 2016.

Imports only the vocabulary of facts, the logic and `meld_bands`.
"""

from __future__ import annotations

from dechallenge.criteria.meld_bands import CAUTIONS, MISSING, bands
from dechallenge.facts.vocabulary.liver_failure import meld_na, sodium_mmol_l
from dechallenge.logic.instrument import Computed, Example, Instrument

INSTRUMENT = Instrument(
    id="meld-na-2016",
    title="MELD-Na",
    edition="OPTN 2016",
    year=2016,
    kind="score",
    purpose="Severity of liver disease: MELD with sodium.",
    applies_to=("liver injury",),
    items=(bands("meld_na", "MELD-Na", meld_na, "OPTN 2016"),),
    result=Computed("meld_na"),
    reference="Kim WR, Biggins SW, Kremers WK, et al. Hyponatremia and mortality among patients on the "
    "liver-transplant waiting list. N Engl J Med 2008;359:1018–26; in the form of the OPTN policy of 2016.",
    verification="Formula read in two sources; published and derived vectors recomputed.",
    missing_rule=MISSING,
    cautions=CAUTIONS,
    shown_with=(sodium_mmol_l,),
    notes=("Sodium counts only where MELD is above 11.",),
    examples=(
        Example(
            "creatinine 7.78, bilirubin 36.1, INR 2.2, Na 133",
            {"meld_creatinine_mg_dl": 7.78, "bili_peak_mg_dl": 36.1, "inr_peak": 2.2, "sodium_mmol_l": 133},
            score=40,
            category="40",
            remark="published: 41.7 before the cap",
        ),
        Example(
            "creatinine 1.5, bilirubin 2.0, INR 1.5, Na 137",
            {"meld_creatinine_mg_dl": 1.5, "bili_peak_mg_dl": 2.0, "inr_peak": 1.5, "sodium_mmol_l": 137},
            score=17,
            category="10-19",
            remark="published as 17; the page prints 19 as its header, which a sodium of 137 cannot give",
        ),
        Example(
            "creatinine 1.9, bilirubin 4.0, INR 1.8, Na 128",
            {"meld_creatinine_mg_dl": 1.9, "bili_peak_mg_dl": 4.0, "inr_peak": 1.8, "sodium_mmol_l": 128},
            score=29,
            category="20-29",
            remark="derived",
        ),
        Example(
            "MELD 9 with Na 120",
            {"meld_creatinine_mg_dl": 1.0, "bili_peak_mg_dl": 2.0, "inr_peak": 1.0, "sodium_mmol_l": 120},
            score=9,
            category="9 or less",
            remark="derived: MELD of 11 or less takes no sodium",
        ),
    ),
)
