"""MELD 3.0: with sex, sodium and albumin.

Imports only the vocabulary of facts, the logic and `meld_bands`.
"""

from __future__ import annotations

from dechallenge.criteria.meld_bands import CAUTIONS, MISSING, bands
from dechallenge.facts.vocabulary.liver_failure import meld_3, sodium_mmol_l
from dechallenge.logic.instrument import Computed, Example, Instrument

INSTRUMENT = Instrument(
    id="meld-3",
    title="MELD 3.0",
    edition="3.0 (2021)",
    year=2021,
    kind="score",
    purpose="Severity of liver disease: MELD with sex, sodium and albumin.",
    applies_to=("liver injury",),
    items=(bands("meld_3", "MELD 3.0", meld_3, "Kim 2021"),),
    result=Computed("meld_3"),
    reference="Kim WR, Mannalithara A, Heimbach JK, et al. MELD 3.0: the model for end-stage liver disease updated for "
    "the modern era. Gastroenterology 2021;161:1887–95.",
    doi="10.1053/j.gastro.2021.08.050",
    verification="Formula and limits read in one source; its published example recomputed.",
    unverified=("the DOI is quoted from memory",),
    missing_rule=MISSING,
    cautions=CAUTIONS,
    shown_with=(sodium_mmol_l,),
    notes=("Creatinine is capped at 3.0 here, at 4.0 in the earlier editions.",),
    examples=(
        Example(
            "male, bilirubin 2.0, creatinine 1.5, INR 1.5, Na 137, albumin 3.0",
            {
                "sex": "male",
                "bili_peak_mg_dl": 2.0,
                "meld_creatinine_mg_dl": 1.5,
                "inr_peak": 1.5,
                "sodium_mmol_l": 137,
                "albumin_lowest_g_dl": 3.0,
            },
            score=18,
            category="10-19",
            remark="published: 17.92, that is 18",
        ),
        Example(
            "the same in a woman",
            {
                "sex": "female",
                "bili_peak_mg_dl": 2.0,
                "meld_creatinine_mg_dl": 1.5,
                "inr_peak": 1.5,
                "sodium_mmol_l": 137,
                "albumin_lowest_g_dl": 3.0,
            },
            score=19,
            category="10-19",
            remark="derived: 19.25",
        ),
    ),
)
