"""Terms of grading by worst value: clotting, chemistry, and what was assumed about values before exposure.

Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number


def _peak(name: str, label: str) -> Number:
    return Number(
        name,
        "×ULN",
        f"highest {label} of the event, as a multiple of the upper limit of normal",
        f"What was the highest {label} of the event (× upper limit of normal)?",
        supply="Highest value after the first dose and from onset on; unknown when not measured or without a limit.",
        low=0,
        high=10000,
        label=f"highest {label}",
    )


inr_on_anticoagulant_xbl = Number(
    "inr_on_anticoagulant_xbl",
    "× baseline",
    "highest INR of a patient on an anticoagulant, as a multiple of the INR before the suspected drug",
    "On an anticoagulant: what was the highest INR as a multiple of the INR before the drug?",
    supply="Only when an anticoagulant is recorded and the INR before the drug is known; unknown otherwise.",
    low=0,
    high=50,
    label="INR on an anticoagulant",
)
inr_consequence = Choice(
    "inr_consequence",
    ("none of these", "monitoring only", "anticoagulant dose changed", "bleeding"),
    "what the raised INR led to; the last of the list that applies",
    "What did the raised INR lead to: monitoring, a change of the anticoagulant's dose, bleeding?",
    supply="Unknown unless stated; bleeding only when the INR explains it.",
    label="consequence of the INR",
)
aptt_peak_xuln = _peak("aptt_peak_xuln", "aPTT")
aptt_bleeding = Flag(
    "aptt_bleeding",
    "bleeding because of the prolonged aPTT",
    "Was there bleeding because of the prolonged aPTT?",
    supply="Unknown unless stated.",
)
fibrinogen_nadir_g_l = Number(
    "fibrinogen_nadir_g_l",
    "g/L",
    "lowest fibrinogen of the event",
    "What was the lowest fibrinogen (g/L)?",
    supply="Lowest value of the event in g/L (100 mg/dL is 1).",
    low=0,
    high=30,
    label="lowest fibrinogen",
)
fibrinogen_lln_g_l = Number(
    "fibrinogen_lln_g_l",
    "g/L",
    "the laboratory's lower limit of normal for fibrinogen",
    "What is the laboratory's lower limit of normal for fibrinogen (g/L)?",
    supply="The printed limit; a default limit is marked as such in `because`.",
    low=0,
    high=10,
    label="lower limit for fibrinogen",
)
fibrinogen_fall_pct = Number(
    "fibrinogen_fall_pct",
    "%",
    "fall of fibrinogen from the last value before the drug to the lowest of the event",
    "By how many per cent did fibrinogen fall from its value before the drug?",
    supply="100 × (before − lowest) / before; negative after a rise; unknown without a value before the drug.",
    low=-3000,
    high=100,
    label="fall of fibrinogen",
)
fibrinogen_baseline_low = Flag(
    "fibrinogen_baseline_low",
    "fibrinogen was below its lower limit before the drug",
    "Was fibrinogen already low before the drug?",
    supply="From the last value before the first dose; unknown without one.",
)
ldh_peak_xuln = _peak("ldh_peak_xuln", "LDH")
albumin_nadir_g_l = Number(
    "albumin_nadir_g_l",
    "g/L",
    "lowest albumin of the event",
    "What was the lowest albumin (g/L)?",
    supply="Lowest value of the event in g/L (3.1 g/dL is 31).",
    low=0,
    high=100,
    label="lowest albumin",
)
albumin_lln_g_l = Number(
    "albumin_lln_g_l",
    "g/L",
    "the laboratory's lower limit of normal for albumin",
    "What is the laboratory's lower limit of normal for albumin (g/L)?",
    supply="The printed limit; a default limit is marked as such in `because`.",
    low=0,
    high=70,
    label="lower limit for albumin",
)
albumin_consequence = Choice(
    "albumin_consequence",
    ("none of these", "life-threatening", "death"),
    "what the low albumin led to",
    "Was the low albumin life-threatening (urgent intervention), or did the patient die of it?",
    supply="Unknown unless stated; not 'death' when the patient survived.",
    label="consequence of the low albumin",
)
creatinine_peak_xuln = _peak("creatinine_peak_xuln", "creatinine")
creatinine_baseline_xuln = Number(
    "creatinine_baseline_xuln",
    "×ULN",
    "last creatinine before the first dose, as a multiple of the upper limit of normal at that time",
    "What was creatinine before the drug (× upper limit of normal)?",
    supply="Last value before the first dose; (None, 1) when said to be normal; unknown when not told.",
    low=0.01,
    high=10000,
    label="creatinine before the drug",
)
creatinine_baseline_low = Flag(
    "creatinine_baseline_low",
    "creatinine was below the laboratory's lower limit before the drug",
    "Was creatinine below the lower limit of normal before the drug?",
    supply="From the last value before the first dose and its lower limit; unknown without them.",
)
triglycerides_peak_mg_dl = Number(
    "triglycerides_peak_mg_dl",
    "mg/dL",
    "highest triglycerides of the event",
    "What was the highest triglyceride level (mg/dL)?",
    supply="Highest value of the event in mg/dL (mmol/L × 88.57; 3.42, 5.7 and 11.4 mmol/L are handed in as 300, 500 "
    "and 1000, as the grading prints them).",
    low=0,
    high=30000,
    label="highest triglycerides",
)
triglycerides_consequence = Choice(
    "triglycerides_consequence",
    ("none of these", "life-threatening", "death"),
    "what the high triglycerides led to",
    "Were the high triglycerides life-threatening, or did the patient die of them?",
    supply="Unknown unless stated; not 'death' when the patient survived.",
    label="consequence of the triglycerides",
)
ck_peak_xuln = _peak("ck_peak_xuln", "creatine kinase")

baseline_assumed_normal = Flag(
    "baseline_assumed_normal",
    "a raised value is graded although nothing is known of it before the drug",
    "Is a raised value graded without a value from before the drug?",
    supply="Set by whoever makes the facts: true when a value above its limit has no value before the first dose.",
    label="baseline taken as normal",
)
baseline_raised_unquantified = Flag(
    "baseline_raised_unquantified",
    "a value is said to have been raised before the drug, without a figure",
    "Is a value said to have been raised before the drug, without a figure?",
    supply="Set by whoever makes the facts: true when a word such as 'elevated' is all that is told.",
    label="baseline raised without a figure",
)

TERMS = (
    inr_on_anticoagulant_xbl,
    inr_consequence,
    aptt_peak_xuln,
    aptt_bleeding,
    fibrinogen_nadir_g_l,
    fibrinogen_lln_g_l,
    fibrinogen_fall_pct,
    fibrinogen_baseline_low,
    ldh_peak_xuln,
    albumin_nadir_g_l,
    albumin_lln_g_l,
    albumin_consequence,
    creatinine_peak_xuln,
    creatinine_baseline_xuln,
    creatinine_baseline_low,
    triglycerides_peak_mg_dl,
    triglycerides_consequence,
    ck_peak_xuln,
    baseline_assumed_normal,
    baseline_raised_unquantified,
)
