"""Terms of MELD, Child-Pugh and the criteria of acute liver failure, with the formulas of MELD.

The values are the worst of the injury; from different days they make a score too high rather than too low.
Imports only `logic` and the vocabulary.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import bili_peak_mg_dl, inr_peak
from dechallenge.facts.vocabulary.person import sex
from dechallenge.logic import Derived, indicator, ln, maximum, minimum, picked
from dechallenge.logic.terms import Choice, Flag, Number

_WORST = "Of the injury, from onset on; converted from the printed unit; unknown when not told."


def _number(
    name: str, unit: str, low: float, high: float, meaning: str, question: str, supply: str, label: str
) -> Number:
    return Number(name, unit, meaning, question, supply=supply, low=low, high=high, label=label)


def _flag(name: str, label: str, meaning: str, question: str, supply: str = "") -> Flag:
    return Flag(name, meaning, question, supply=supply or "As stated; unknown when not told.", label=label)


# --- values and signs ---------------------------------------------------------------------------

meld_creatinine_mg_dl = _number(
    "meld_creatinine_mg_dl",
    "mg/dL",
    0.1,
    25,
    "serum creatinine for MELD; 4.0 for a patient dialysed twice in the week, or 24 h of haemodiafiltration",
    "What was serum creatinine (mg/dL; 4.0 on dialysis twice a week or more)?",
    f"{_WORST} On dialysis from the measured value up to 4.0, and 4.0 when twice in a week is told. 90 µmol/L is 1.02.",
    "creatinine for MELD",
)
creatinine_peak_umol_l = _number(
    "creatinine_peak_umol_l",
    "µmol/L",
    5,
    3_000,
    "highest serum creatinine of the injury",
    "What was the highest creatinine (µmol/L)?",
    f"{_WORST} 1 mg/dL is 88.42 µmol/L.",
    "highest creatinine",
)
sodium_mmol_l = _number(
    "sodium_mmol_l",
    "mmol/L",
    95,
    190,
    "lowest serum sodium of the injury",
    "What was the lowest sodium (mmol/L)?",
    _WORST,
    "lowest sodium",
)
albumin_lowest_g_dl = _number(
    "albumin_lowest_g_dl",
    "g/dL",
    0.5,
    7,
    "lowest serum albumin of the injury",
    "What was the lowest albumin (g/dL)?",
    f"{_WORST} 30 g/L is 3.0.",
    "lowest albumin",
)
ascites_grade = Choice(
    "ascites_grade",
    ("none", "slight", "moderate or more"),
    "amount of ascites",
    "How much ascites was there?",
    supply="'none' when denied; without an amount slight and moderate are both possible; unknown when not told.",
    label="amount of ascites",
)
encephalopathy_grade = Choice(
    "encephalopathy_grade",
    ("none", "grade 1-2", "grade 3-4"),
    "highest grade of hepatic encephalopathy",
    "What was the highest grade of hepatic encephalopathy?",
    supply="'none' when denied; without a grade both are possible; unknown when not told.",
    label="grade of encephalopathy",
)
arterial_ph = _number(
    "arterial_ph",
    "",
    6.5,
    8,
    "arterial pH after fluids",
    "What was the arterial pH after fluids?",
    "As printed, after fluid resuscitation.",
    "arterial pH",
)
lactate_early_mmol_l = _number(
    "lactate_early_mmol_l",
    "mmol/L",
    0,
    40,
    "arterial lactate early after admission",
    "What was arterial lactate early after admission (mmol/L)?",
    _WORST,
    "early lactate",
)
lactate_after_fluids_mmol_l = _number(
    "lactate_after_fluids_mmol_l",
    "mmol/L",
    0,
    40,
    "arterial lactate after fluid resuscitation",
    "What was arterial lactate after fluid resuscitation (mmol/L)?",
    _WORST,
    "lactate after fluids",
)
jaundice_to_encephalopathy_days = _number(
    "jaundice_to_encephalopathy_days",
    "d",
    0,
    1_000,
    "days from jaundice to encephalopathy",
    "How many days passed from jaundice to encephalopathy?",
    "Between the first day of each; unknown unless both are dated or the interval is told.",
    "jaundice to encephalopathy",
)
liver_failure_cause = Choice(
    "liver_failure_cause",
    ("paracetamol", "seronegative hepatitis", "drug reaction", "Wilson disease", "other cause"),
    "cause of the acute liver failure",
    "What is the cause of the acute liver failure?",
    supply="'paracetamol' when it is the suspect; 'drug reaction' as the one stated when another drug is suspected, "
    "with the others but paracetamol still possible, as the causality is what is being judged.",
    label="cause of the failure",
)

# --- published formulas ----------------------------------------------------------------------------------------------

_BILIRUBIN = maximum(bili_peak_mg_dl, 1.0)
_INR = maximum(inr_peak, 1.0)
_SODIUM = minimum(maximum(sodium_mmol_l, 125.0), 137.0)
_ALBUMIN = minimum(maximum(albumin_lowest_g_dl, 1.5), 3.5)

meld_uncapped = Derived(
    "meld_uncapped",
    "",
    "10 × (0.957 ln creatinine + 0.378 ln bilirubin + 1.120 ln INR + 0.643), mg/dL; each value at least 1.0 and "
    "creatinine at most 4.0; rounded to a whole number, not yet capped at 40",
    "What is MELD before the cap?",
    low=6,
    high=100,
    label="MELD before the cap",
    formula=9.57 * ln(minimum(maximum(meld_creatinine_mg_dl, 1.0), 4.0))
    + 3.78 * ln(_BILIRUBIN)
    + 11.2 * ln(_INR)
    + 6.43,
    rises=(meld_creatinine_mg_dl, bili_peak_mg_dl, inr_peak),
    rounds=0,
)
meld = Derived(
    "meld",
    "",
    "MELD (2001), from 6 to 40",
    "What is MELD?",
    low=6,
    high=40,
    label="MELD",
    formula=minimum(meld_uncapped, 40.0),
    rises=(meld_uncapped,),
)
meld_na = Derived(
    "meld_na",
    "",
    "MELD-Na (2016): MELD + 1.32 (137 − Na) − 0.033 MELD (137 − Na) where MELD is above 11; Na from 125 to 137; at "
    "most 40",
    "What is MELD-Na?",
    low=6,
    high=40,
    label="MELD-Na",
    formula=minimum(
        meld_uncapped + indicator(meld_uncapped > 11) * ((137.0 - _SODIUM) * (1.32 - 0.033 * meld_uncapped)), 40.0
    ),
    rises=(meld_uncapped,),
    falls=(sodium_mmol_l,),
    rounds=0,
)
meld_3 = Derived(
    "meld_3_0",
    "",
    "MELD 3.0: 1.33 (female) + 4.56 ln bilirubin + 0.82 (137 − Na) − 0.24 (137 − Na) ln bilirubin + 9.09 ln INR + "
    "11.14 ln creatinine + 1.85 (3.5 − albumin) − 1.83 (3.5 − albumin) ln creatinine + 6; creatinine from 1.0 to 3.0, "
    "Na from 125 to 137, albumin from 1.5 to 3.5 g/dL",
    "What is MELD 3.0?",
    low=6,
    high=40,
    label="MELD 3.0",
    formula=minimum(
        maximum(
            picked(sex, {"female": 1.33, "male": 0.0})
            + 4.56 * ln(_BILIRUBIN)
            + 0.82 * (137.0 - _SODIUM)
            - 0.24 * ((137.0 - _SODIUM) * ln(_BILIRUBIN))
            + 9.09 * ln(_INR)
            + 11.14 * ln(minimum(maximum(meld_creatinine_mg_dl, 1.0), 3.0))
            + 1.85 * (3.5 - _ALBUMIN)
            - 1.83 * ((3.5 - _ALBUMIN) * ln(minimum(maximum(meld_creatinine_mg_dl, 1.0), 3.0)))
            + 6.0,
            6.0,
        ),
        40.0,
    ),
    rises=(bili_peak_mg_dl, inr_peak, meld_creatinine_mg_dl),
    rounds=0,
)
"""Sodium and albumin may go either way: their coefficients change sign at a bilirubin of 30 mg/dL and a creatinine of
2.75 mg/dL. Bilirubin keeps a coefficient of at least 4.56 − 0.24 × 12, creatinine of at least 11.14 − 1.83 × 2."""

TERMS = (
    meld_creatinine_mg_dl,
    creatinine_peak_umol_l,
    sodium_mmol_l,
    albumin_lowest_g_dl,
    ascites_grade,
    encephalopathy_grade,
    arterial_ph,
    lactate_early_mmol_l,
    lactate_after_fluids_mmol_l,
    jaundice_to_encephalopathy_days,
    liver_failure_cause,
    meld_uncapped,
    meld,
    meld_na,
    meld_3,
)
