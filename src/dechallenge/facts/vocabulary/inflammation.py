"""Terms of systemic inflammation and macrophage activation: values, signs and tissue of one febrile episode.

"Of the episode" means: of the macrophage activation syndrome, or of the days around the highest ferritin where the
reaction is another one; values from other times do not count together. Also what was running that changes these values
(IL-1 or IL-6 blockade). Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic import Derived, indicator
from dechallenge.logic.terms import Choice, Flag, Number

_WORST = "A figure in another unit is converted; a figure given only in words is the interval from the reference limit \
on ('raised' is not a figure); unknown when not told."


def _highest(name: str, label: str, unit: str, high: float, supply: str = _WORST, low: float = 0) -> Number:
    return Number(
        name,
        unit,
        f"highest {label} of the episode",
        f"What was the highest {label} of the episode ({unit})?",
        supply=supply,
        low=low,
        high=high,
        label=label,
    )


def _lowest(name: str, label: str, unit: str, high: float, supply: str = _WORST) -> Number:
    return Number(
        name,
        unit,
        f"lowest {label} of the episode",
        f"What was the lowest {label} of the episode ({unit})?",
        supply=supply,
        low=0,
        high=high,
        label=f"lowest {label}",
    )


def _flag(name: str, label: str, meaning: str, question: str, supply: str = "") -> Flag:
    return Flag(name, meaning, question, supply=supply or "As stated; unknown when not told.", label=label)


# --- fever and measured values -----------------------------------------------------------------------------------

fever = _flag(
    "fever",
    "fever",
    "fever during the episode",
    "Was there fever?",
    "True when fever is told or 38.0 °C or more is printed; False only when the patient is said to be afebrile.",
)
temperature_c = _highest(
    "temperature_c",
    "body temperature",
    "°C",
    45,
    "Highest of the episode; 'fever' without a figure is (37.5, None); a printed range is that interval.",
    low=25,
)
ferritin_ug_l = _highest("ferritin_ug_l", "ferritin", "µg/L", 10_000_000)
triglycerides_mg_dl = _highest("triglycerides_mg_dl", "triglycerides", "mg/dL", 20_000)
fibrinogen_g_l = _lowest(
    "fibrinogen_g_l",
    "fibrinogen",
    "g/L",
    10,
    "In g/L (360 mg/dL is 3.6 g/L, which is 10.58 µmol/L): above 10 g/L is a slip of the unit. 'Decreased' without a "
    "figure is below the upper limit of the reference, not below the lower one; unknown when not told.",
)
ast_u_l = _highest(
    "ast_u_l",
    "AST",
    "U/L",
    200_000,
    "In U/L, not a multiple of the limit; '70 × ULN' without the limit is (1400, None), as no limit in use is below "
    "20 U/L; unknown when not told.",
)
ldh_u_l = _highest("ldh_u_l", "LDH", "U/L", 200_000)
esr_mm_h = Number(
    "esr_mm_h",
    "mm/h",
    "erythrocyte sedimentation rate of the episode, from the sample of the ferritin where both are told",
    "What was the erythrocyte sedimentation rate (mm/h)?",
    supply="The rate told with the highest ferritin, else the last one of the episode; 0 is given as 1.",
    low=1,
    high=300,
    label="ESR",
)
platelets_lowest = _lowest(
    "platelets_lowest",
    "platelet count",
    "10⁹/L",
    5000,
    "Lowest of the episode (116,000/mm³ is 116). An impossible figure with one possible repair is given as repaired, "
    "which `because` says.",
)
wbc_lowest = _lowest("wbc_lowest", "white cell count", "10⁹/L", 1000)
neutrophils_lowest = _lowest("neutrophils_lowest", "neutrophil count of the episode", "10⁹/L", 200)
haemoglobin_lowest_g_l = _lowest("haemoglobin_lowest_g_l", "haemoglobin", "g/L", 300)
scd25_u_ml = _highest("scd25_u_ml", "soluble CD25 (sIL-2 receptor)", "U/mL", 1_000_000)

# --- signs and tissue --------------------------------------------------------------------------------------------

hepatomegaly = _flag("hepatomegaly", "hepatomegaly", "enlarged liver in the episode", "Was the liver enlarged?")
splenomegaly = _flag("splenomegaly", "splenomegaly", "enlarged spleen in the episode", "Was the spleen enlarged?")
liver_below_arch_cm = Number(
    "liver_below_arch_cm",
    "cm",
    "how far the liver reached below the costal arch",
    "How many centimetres below the costal arch did the liver reach?",
    supply="The printed figure; unknown when only 'hepatomegaly' is told.",
    low=0,
    high=40,
    label="liver below the costal arch",
)
haemophagocytosis = _flag(
    "haemophagocytosis",
    "haemophagocytosis",
    "haemophagocytosis seen in marrow, spleen, lymph node or liver, without malignancy there",
    "Was haemophagocytosis seen in the marrow or another tissue?",
    "True when it was seen, or the syndrome is called proven by tissue; False when tissue was examined without it and "
    "none is told elsewhere.",
)
cns_dysfunction = _flag(
    "cns_dysfunction",
    "CNS dysfunction",
    "dysfunction of the central nervous system (irritability, disorientation, lethargy, headache, seizures, coma)",
    "Was there dysfunction of the central nervous system?",
)
haemorrhage = _flag(
    "haemorrhage",
    "haemorrhage",
    "haemorrhages (purpura, easy bruising, mucosal bleeding)",
    "Were there haemorrhages?",
)
active_arthritis = _flag(
    "active_arthritis", "active arthritis", "active arthritis in the episode", "Was there active arthritis?"
)
nk_activity = Choice(
    "nk_activity",
    ("low or absent", "normal"),
    "activity of natural killer cells by the reference of the laboratory",
    "Was the activity of natural killer cells low or absent?",
    supply="As stated; unknown when not measured.",
    label="NK-cell activity",
)
molecular_hlh = _flag(
    "molecular_hlh",
    "molecular diagnosis of HLH",
    "molecular diagnosis consistent with haemophagocytic lymphohistiocytosis",
    "Is there a molecular diagnosis consistent with haemophagocytic lymphohistiocytosis?",
)

# --- who, and under what -----------------------------------------------------------------------------------------

sjia = _flag(
    "sjia",
    "systemic juvenile idiopathic arthritis",
    "known or suspected systemic juvenile idiopathic arthritis",
    "Does the patient have known or suspected systemic juvenile idiopathic arthritis?",
    "False when the disease is told to be another one (adult-onset Still's disease); unknown when none is told.",
)
immunosuppression = _flag(
    "immunosuppression",
    "known immunosuppression",
    "known underlying immunosuppression: HIV, or long-term immunosuppressive therapy (glucocorticoids, ciclosporin, "
    "azathioprine …)",
    "Was the patient immunosuppressed before (HIV, or long-term immunosuppressive therapy)?",
    "True for HIV or a long-term therapy told to run before the episode; drugs given only to treat the episode do not "
    "count; unknown when their duration is not told.",
)
il1_blockade = _flag(
    "il1_blockade",
    "IL-1 blockade",
    "a drug that blocks interleukin-1 was running, or within its action, when the values of the reaction were measured",
    "Was a drug that blocks interleukin-1 (anakinra, canakinumab, rilonacept) acting when the values were measured?",
    "True when such a drug was given before the reaction, and its action (five half-lives) was not over; False when "
    "the only such drug of the report was first given after the reaction, or its action was over; unknown otherwise.",
)
il6_blockade = _flag(
    "il6_blockade",
    "IL-6 blockade",
    "a drug that blocks interleukin-6 was running, or within its action, when the values of the reaction were measured",
    "Was a drug that blocks interleukin-6 (tocilizumab, sarilumab, siltuximab) acting when the values were measured?",
    "As il1_blockade.",
)
before_blockade = _flag(
    "before_blockade",
    "measured before the blocker",
    "the values of the episode were taken before the first dose of the drug that blocks IL-1 or IL-6",
    "Were the values of the episode taken before the first dose of the IL-1 or IL-6 blocker?",
    "True or False when both are dated against each other; unknown otherwise.",
)

# --- worked out by published formulas ----------------------------------------------------------------------------

MG_DL_PER_G_L = 100
"""Fibrinogen: 1 g/L is 100 mg/dL."""

ms_score = Derived(
    "ms_score",
    "",
    "MS score (Minoia 2019): 2.44 × CNS dysfunction + 1.54 × haemorrhage − 1.30 × active arthritis − 0.003 × platelets "
    "(10⁹/L) + 0.001 × LDH (U/L) − 0.004 × fibrinogen (mg/dL) + 0.0001 × ferritin (ng/mL)",
    "What is the MS score?",
    supply="Worked out from its seven inputs; bounds from the bounds of those that are not known.",
    low=-60,
    high=1500,
    label="MS score",
    formula=2.44 * indicator(cns_dysfunction)
    + 1.54 * indicator(haemorrhage)
    - 1.30 * indicator(active_arthritis)
    - 0.003 * platelets_lowest
    + 0.001 * ldh_u_l
    - (0.004 * MG_DL_PER_G_L) * fibrinogen_g_l
    + 0.0001 * ferritin_ug_l,
    rises=(cns_dysfunction, haemorrhage, ldh_u_l, ferritin_ug_l),
    falls=(active_arthritis, platelets_lowest, fibrinogen_g_l),
)
ferritin_esr = Derived(
    "ferritin_esr",
    "(µg/L)/(mm/h)",
    "ferritin (µg/L) ÷ erythrocyte sedimentation rate (mm/h)",
    "What is ferritin divided by the sedimentation rate?",
    supply="Worked out from ferritin and sedimentation rate.",
    low=0,
    high=10_000_000,
    label="ferritin ÷ ESR",
    formula=ferritin_ug_l / esr_mm_h,
    rises=(ferritin_ug_l,),
    falls=(esr_mm_h,),
)

TERMS = (
    fever,
    temperature_c,
    ferritin_ug_l,
    triglycerides_mg_dl,
    fibrinogen_g_l,
    ast_u_l,
    ldh_u_l,
    esr_mm_h,
    platelets_lowest,
    wbc_lowest,
    neutrophils_lowest,
    haemoglobin_lowest_g_l,
    scd25_u_ml,
    hepatomegaly,
    splenomegaly,
    liver_below_arch_cm,
    haemophagocytosis,
    cns_dysfunction,
    haemorrhage,
    active_arthritis,
    nk_activity,
    molecular_hlh,
    sjia,
    immunosuppression,
    il1_blockade,
    il6_blockade,
    before_blockade,
    ms_score,
    ferritin_esr,
)
