"""Terms of grading by worst value: the extreme of the event, the value before exposure, the laboratory's limits.

Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Flag, Number


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
platelet_transfusion = Flag(
    "platelet_transfusion",
    "a platelet transfusion was indicated",
    "Was a platelet transfusion indicated?",
    supply="Unknown unless stated.",
)
thrombocytopenia_life_threatening = Flag(
    "thrombocytopenia_life_threatening",
    "life-threatening consequences of the low platelets, or urgent intervention for them",
    "Were the low platelets life-threatening, or was urgent intervention needed?",
    supply="Unknown unless stated.",
)
thrombocytopenia_fatal = Flag(
    "thrombocytopenia_fatal",
    "death because of the low platelets",
    "Did the patient die of the low platelets?",
    supply="False when survival is told; unknown when the outcome is.",
)

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
    platelets_nadir,
    platelets_lln,
    platelet_transfusion,
    thrombocytopenia_life_threatening,
    thrombocytopenia_fatal,
)
