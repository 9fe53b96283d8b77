"""Terms of grading by worst value: the extreme of the event, the value before exposure, the laboratory's limits.

Liver tests and blood counts; clotting, chemistry and the clinical terms are in `grading_chemistry` and
`grading_clinical`, and `TERMS` holds all of them. Imports `logic` and these two.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary import grading_chemistry, grading_clinical
from dechallenge.logic.terms import Number


def _peak(name: str, label: str) -> Number:
    return Number(
        name,
        "×ULN",
        f"highest {label} of the event, as a multiple of the upper limit of normal",
        f"What was the highest {label} of the event (× upper limit of normal)?",
        supply="Highest value after the first dose and from onset on; unknown when not measured.",
        low=0,
        high=10000,
        label=f"highest {label}",
    )


def _baseline(name: str, label: str) -> Number:
    return Number(
        name,
        "×ULN",
        f"last {label} before the first dose, as a multiple of the upper limit of normal at that time",
        f"What was {label} before the drug (× upper limit of normal)?",
        supply="Last value before the first dose; (None, 1) when said to be normal; (1.01, None) when said to be "
        "raised without a figure; unknown when not told.",
        low=0,
        high=10000,
        label=f"{label} before the drug",
    )


alt_peak_xuln = _peak("alt_peak_xuln", "ALT")
ast_peak_xuln = _peak("ast_peak_xuln", "AST")
alp_peak_xuln = _peak("alp_peak_xuln", "alkaline phosphatase")
ggt_peak_xuln = _peak("ggt_peak_xuln", "GGT")
bili_peak_xuln = _peak("bili_peak_xuln", "total bilirubin")
alt_baseline_xuln = _baseline("alt_baseline_xuln", "ALT")
ast_baseline_xuln = _baseline("ast_baseline_xuln", "AST")
alp_baseline_xuln = _baseline("alp_baseline_xuln", "alkaline phosphatase")
ggt_baseline_xuln = _baseline("ggt_baseline_xuln", "GGT")
bili_baseline_xuln = _baseline("bili_baseline_xuln", "total bilirubin")


def _count(name: str, label: str, meaning: str, question: str, supply: str, high: float) -> Number:
    return Number(name, "10⁹/L", meaning, question, supply=supply, low=0, high=high, label=label)


neutrophils_nadir = _count(
    "neutrophils_nadir",
    "lowest neutrophil count",
    "lowest absolute neutrophil count of the event",
    "What was the lowest neutrophil count (10⁹/L)?",
    "Lowest count of the event, from onset to recovery, in 10⁹/L (750/mm³ is 0.75). Re-exposures not included.",
    200,
)
neutrophils_lln = _count(
    "neutrophils_lln",
    "lower limit for neutrophils",
    "the laboratory's lower limit of normal for neutrophils",
    "What is the laboratory's lower limit of normal for neutrophils (10⁹/L)?",
    "The printed limit; a default limit only as an interval, marked as such in `because`.",
    20,
)
platelets_nadir = _count(
    "platelets_nadir",
    "lowest platelet count",
    "lowest platelet count of the event",
    "What was the lowest platelet count (10⁹/L)?",
    "Lowest count of the event in 10⁹/L (116,000/mm³ is 116); an implausible value is left out.",
    5000,
)
platelets_lln = _count(
    "platelets_lln",
    "lower limit for platelets",
    "the laboratory's lower limit of normal for platelets",
    "What is the laboratory's lower limit of normal for platelets (10⁹/L)?",
    "The printed limit; a default limit only as an interval, marked as such in `because`.",
    1000,
)
wbc_nadir = _count(
    "wbc_nadir",
    "lowest white cell count",
    "lowest white blood cell count of the event",
    "What was the lowest white cell count (10⁹/L)?",
    "Lowest count of the event in 10⁹/L (3200/mm³ is 3.2).",
    1000,
)
wbc_lln = _count(
    "wbc_lln",
    "lower limit for white cells",
    "the laboratory's lower limit of normal for white blood cells",
    "What is the laboratory's lower limit of normal for white cells (10⁹/L)?",
    "The printed limit; a default limit is marked as such in `because`.",
    50,
)
wbc_peak = _count(
    "wbc_peak",
    "highest white cell count",
    "highest white blood cell count of the event",
    "What was the highest white cell count (10⁹/L)?",
    "Highest count of the event in 10⁹/L.",
    1000,
)
lymphocytes_nadir = _count(
    "lymphocytes_nadir",
    "lowest lymphocyte count",
    "lowest absolute lymphocyte count of the event",
    "What was the lowest lymphocyte count (10⁹/L)?",
    "Lowest absolute count of the event in 10⁹/L.",
    1000,
)
lymphocytes_lln = _count(
    "lymphocytes_lln",
    "lower limit for lymphocytes",
    "the laboratory's lower limit of normal for lymphocytes",
    "What is the laboratory's lower limit of normal for lymphocytes (10⁹/L)?",
    "The printed limit; a default limit is marked as such in `because`.",
    50,
)
lymphocytes_peak = _count(
    "lymphocytes_peak",
    "highest lymphocyte count",
    "highest absolute lymphocyte count of the event",
    "What was the highest lymphocyte count (10⁹/L)?",
    "Highest absolute count of the event in 10⁹/L.",
    1000,
)
hemoglobin_nadir_g_l = Number(
    "hemoglobin_nadir_g_l",
    "g/L",
    "lowest haemoglobin of the event",
    "What was the lowest haemoglobin (g/L)?",
    supply="Lowest value of the event in g/L (9.0 g/dL is 90; 5.59 mmol/L is 90). 6.2 and 4.9 mmol/L are handed in as "
    "100 and 80, as the grading prints them.",
    low=0,
    high=300,
    label="lowest haemoglobin",
)
hemoglobin_lln_g_l = Number(
    "hemoglobin_lln_g_l",
    "g/L",
    "the laboratory's lower limit of normal for haemoglobin",
    "What is the laboratory's lower limit of normal for haemoglobin (g/L)?",
    supply="The printed limit; a default limit of the sex is marked as such in `because`.",
    low=0,
    high=250,
    label="lower limit for haemoglobin",
)
eosinophils_peak_xuln = _peak("eosinophils_peak_xuln", "eosinophil count")
eosinophils_baseline_xuln = _baseline("eosinophils_baseline_xuln", "eosinophil count")
neutrophils_peak_xuln = _peak("neutrophils_peak_xuln", "neutrophil count")
platelets_peak_xuln = _peak("platelets_peak_xuln", "platelet count")

TERMS = (
    alt_peak_xuln,
    ast_peak_xuln,
    alp_peak_xuln,
    ggt_peak_xuln,
    bili_peak_xuln,
    alt_baseline_xuln,
    ast_baseline_xuln,
    alp_baseline_xuln,
    ggt_baseline_xuln,
    bili_baseline_xuln,
    neutrophils_nadir,
    neutrophils_lln,
    neutrophils_peak_xuln,
    platelets_nadir,
    platelets_lln,
    platelets_peak_xuln,
    wbc_nadir,
    wbc_lln,
    wbc_peak,
    lymphocytes_nadir,
    lymphocytes_lln,
    lymphocytes_peak,
    hemoglobin_nadir_g_l,
    hemoglobin_lln_g_l,
    eosinophils_peak_xuln,
    eosinophils_baseline_xuln,
    *grading_chemistry.TERMS,
    *grading_clinical.TERMS,
)
