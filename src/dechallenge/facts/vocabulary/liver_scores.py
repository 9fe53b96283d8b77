"""Terms of the fibrosis indices and of blood tests of fibrosis, with the formulas of the indices.

The values are those from before the drug where they are told, because the indices were made for chronic disease.
Imports only `logic` and the vocabulary.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.person import age
from dechallenge.logic import Derived, indicator, sqrt
from dechallenge.logic.terms import Choice, Flag, Number

_STABLE = "The value from before the first dose where AST and ALT are told from then; otherwise that of the reaction, \
which `fibrosis_values` says. Unknown when not told; never a value of another patient or a mean."


def _number(
    name: str, unit: str, low: float, high: float, meaning: str, question: str, supply: str, label: str
) -> Number:
    return Number(name, unit, meaning, question, supply=supply, low=low, high=high, label=label)


def _flag(name: str, label: str, meaning: str, question: str, supply: str = "") -> Flag:
    return Flag(name, meaning, question, supply=supply or "As stated; unknown when not told.", label=label)


# --- fibrosis indices ------------------------------------------------------------------------------------------------

fibrosis_ast_u_l = _number(
    "fibrosis_ast_u_l",
    "U/L",
    1,
    30_000,
    "AST for a fibrosis index",
    "What was AST (U/L), before the drug if possible?",
    f"In U/L; a multiple of the limit counts only where the limit is printed. {_STABLE}",
    "AST for the fibrosis index",
)
fibrosis_alt_u_l = _number(
    "fibrosis_alt_u_l",
    "U/L",
    1,
    30_000,
    "ALT for a fibrosis index",
    "What was ALT (U/L), before the drug if possible?",
    f"As fibrosis_ast_u_l, from the same sample. {_STABLE}",
    "ALT for the fibrosis index",
)
fibrosis_ast_xuln = _number(
    "fibrosis_ast_xuln",
    "×ULN",
    0.01,
    1_000,
    "AST for a fibrosis index, as a multiple of the upper limit of normal",
    "How many times the upper limit of normal was AST, before the drug if possible?",
    f"With the printed limit, else the default limit, which `because` says. {_STABLE}",
    "AST for the fibrosis index",
)
fibrosis_platelets = _number(
    "fibrosis_platelets",
    "10⁹/L",
    1,
    3_000,
    "platelet count for a fibrosis index",
    "What was the platelet count (10⁹/L), before the drug if possible?",
    f"In 10⁹/L (181,000/µL is 181); an implausible value is left out. {_STABLE}",
    "platelets for the fibrosis index",
)
fibrosis_albumin_g_dl = _number(
    "fibrosis_albumin_g_dl",
    "g/dL",
    0.5,
    7,
    "serum albumin for the NAFLD fibrosis score",
    "What was serum albumin (g/dL), before the drug if possible?",
    f"In g/dL (40 g/L is 4.0). {_STABLE}",
    "albumin for the fibrosis score",
)
fibrosis_values = Choice(
    "fibrosis_values",
    ("before the drug", "during the reaction", "from both times"),
    "when the values of the fibrosis indices were taken",
    "Were the values of the fibrosis indices taken before the drug or during the reaction?",
    supply="'from both times' when one of them had to be taken from the other time.",
    label="time of the values",
)
bmi = _number(
    "bmi",
    "kg/m²",
    8,
    100,
    "body mass index",
    "What is the body mass index (kg/m²)?",
    "As printed, or from weight and height where both are printed; 'obese' without a figure is (30, None).",
    "body mass index",
)
diabetes = _flag(
    "diabetes",
    "diabetes",
    "diabetes mellitus or impaired fasting glucose",
    "Does the patient have diabetes or impaired fasting glucose?",
    "Told in the history; False only when denied; a normal glycated haemoglobin alone is not told as 'no diabetes'.",
)
# --- blood tests of fibrosis, as reported ----------------------------------------------------------------------------

FIBROTEST_STAGES = ("F0", "F0-F1", "F1", "F1-F2", "F2", "F3", "F3-F4", "F4")
ACTITEST_GRADES = ("A0", "A0-A1", "A1", "A1-A2", "A2", "A2-A3", "A3")

fibrotest_score = _number(
    "fibrotest_score",
    "",
    0,
    1,
    "FibroTest score as reported",
    "What FibroTest score was reported (0 to 1)?",
    "Only a reported score; the score is never computed from its components. Two decimals: with the half unit of the "
    "last one on both sides.",
    "FibroTest score",
)
fibrotest_stage = Choice(
    "fibrotest_stage",
    FIBROTEST_STAGES,
    "fibrosis stage that the report gives for FibroTest",
    "Which fibrosis stage did the report give for FibroTest?",
    supply="As reported; where a report gives different stages in different places all of them stay possible.",
    label="reported FibroTest stage",
)
actitest_score = _number(
    "actitest_score",
    "",
    0,
    1,
    "ActiTest score as reported",
    "What ActiTest score was reported (0 to 1)?",
    "As fibrotest_score.",
    "ActiTest score",
)
actitest_grade = Choice(
    "actitest_grade",
    ACTITEST_GRADES,
    "activity grade that the report gives for ActiTest",
    "Which activity grade did the report give for ActiTest?",
    supply="As fibrotest_stage.",
    label="reported ActiTest grade",
)
haemolysis = _flag("haemolysis", "haemolysis", "haemolysis at the time of the test", "Was there haemolysis?")
gilbert = _flag(
    "gilbert", "Gilbert syndrome", "Gilbert syndrome", "Does the patient have Gilbert syndrome?", "As stated."
)
acute_phase = _flag(
    "acute_phase",
    "acute-phase state",
    "active systemic inflammation (Still's disease, macrophage activation, a flare of arthritis, sepsis)",
    "Was there active systemic inflammation at the time of the test?",
    "True when such a disease is told to be active or CRP is above 10 mg/L at that time; unknown otherwise.",
)

# --- published formulas ----------------------------------------------------------------------------------------------

fib4 = Derived(
    "fib4",
    "",
    "FIB-4 = age (years) × AST (U/L) ÷ (platelets (10⁹/L) × √ALT (U/L))",
    "What is FIB-4?",
    low=0,
    high=4_000_000,
    label="FIB-4",
    formula=age * fibrosis_ast_u_l / (fibrosis_platelets * sqrt(fibrosis_alt_u_l)),
    rises=(age, fibrosis_ast_u_l),
    falls=(fibrosis_platelets, fibrosis_alt_u_l),
)
fibrosis_ratio = Derived(
    "fibrosis_ratio",
    "",
    "AST ÷ ALT of the values of a fibrosis index",
    "What was AST ÷ ALT?",
    low=0,
    high=30_000,
    label="AST/ALT",
    formula=fibrosis_ast_u_l / fibrosis_alt_u_l,
    rises=(fibrosis_ast_u_l,),
    falls=(fibrosis_alt_u_l,),
)
apri = Derived(
    "apri",
    "",
    "APRI = (AST ÷ upper limit of normal) × 100 ÷ platelets (10⁹/L)",
    "What is APRI?",
    low=0,
    high=200_000,
    label="APRI",
    formula=100.0 * fibrosis_ast_xuln / fibrosis_platelets,
    rises=(fibrosis_ast_xuln,),
    falls=(fibrosis_platelets,),
)
nafld_score = Derived(
    "nafld_score",
    "",
    "NAFLD fibrosis score = −1.675 + 0.037 age + 0.094 BMI + 1.13 (diabetes or impaired fasting glucose) + 0.99 "
    "AST/ALT − 0.013 platelets (10⁹/L) − 0.66 albumin (g/dL)",
    "What is the NAFLD fibrosis score?",
    low=-100,
    high=40_000,
    label="NAFLD fibrosis score",
    formula=0.037 * age
    + 0.094 * bmi
    + 1.13 * indicator(diabetes)
    + 0.99 * fibrosis_ratio
    - 0.013 * fibrosis_platelets
    - 0.66 * fibrosis_albumin_g_dl
    - 1.675,
    rises=(age, bmi, diabetes, fibrosis_ratio),
    falls=(fibrosis_platelets, fibrosis_albumin_g_dl),
)

TERMS = (
    fibrosis_ast_u_l,
    fibrosis_alt_u_l,
    fibrosis_ast_xuln,
    fibrosis_platelets,
    fibrosis_albumin_g_dl,
    fibrosis_values,
    bmi,
    diabetes,
    fibrotest_score,
    fibrotest_stage,
    actitest_score,
    actitest_grade,
    haemolysis,
    gilbert,
    acute_phase,
    fib4,
    fibrosis_ratio,
    apri,
    nafld_score,
)
