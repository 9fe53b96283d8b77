"""MELD (2001): model for end-stage liver disease.

Imports only the vocabulary of facts, the logic and `meld_bands`.
"""

from __future__ import annotations

from dechallenge.criteria.meld_bands import CAUTIONS, MISSING, bands
from dechallenge.facts.vocabulary.liver import inr_peak
from dechallenge.facts.vocabulary.liver_failure import meld
from dechallenge.logic.instrument import Computed, Example, Instrument

INSTRUMENT = Instrument(
    id="meld-2001",
    title="MELD",
    edition="2001, as allocation used it",
    year=2001,
    kind="score",
    purpose="Severity of liver disease: bilirubin, INR and creatinine.",
    applies_to=("liver injury",),
    items=(bands("meld", "MELD", meld, "Kamath 2001; OPTN"),),
    result=Computed("meld"),
    reference="Kamath PS, Wiesner RH, Malinchoc M, et al. A model to predict survival in patients with end-stage liver "
    "disease. Hepatology 2001;33:464–70.",
    verification="Formula, floors and caps read in two sources; published and derived vectors recomputed.",
    missing_rule=MISSING,
    cautions=CAUTIONS,
    shown_with=(inr_peak,),
    notes=(
        "Rounded once, to a whole number (MELD(i) to one decimal, times ten). A variant that rounds MELD(i) to two "
        "decimals can differ by one point.",
        "Bilirubin has a floor of 1.0 mg/dL and no cap: a public table with a cap of 4 for bilirubin has mixed it up "
        "with creatinine.",
    ),
    examples=(
        Example(
            "creatinine 7.78, bilirubin 36.1, INR 2.2",
            {"meld_creatinine_mg_dl": 7.78, "bili_peak_mg_dl": 36.1, "inr_peak": 2.2},
            score=40,
            category="40",
            remark="published: MELD(i) 4.208, 42 before the cap",
        ),
        Example(
            "creatinine 1.5, bilirubin 2.0, INR 1.5",
            {"meld_creatinine_mg_dl": 1.5, "bili_peak_mg_dl": 2.0, "inr_peak": 1.5},
            score=17,
            category="10-19",
            remark="published",
        ),
        Example(
            "creatinine 1.9, bilirubin 4.0, INR 1.8",
            {"meld_creatinine_mg_dl": 1.9, "bili_peak_mg_dl": 4.0, "inr_peak": 1.8},
            score=24,
            category="20-29",
            remark="derived; a public page calls this “high teens”, which is wrong",
        ),
    ),
)
