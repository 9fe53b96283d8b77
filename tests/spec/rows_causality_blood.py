"""Spec tables of neutropenia, ALDEN, LiverTox likelihood, expert opinion, Aithal severity, eDISH and vigiGrade."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

# --- neutropenia: onset, recovery, other explanations ---------------------------------------------------------------

ON_DRUG: dict[str, Given] = {"latency": 10, "stop_to_onset": (None, 0.0)}
RECOVERED: dict[str, Given] = {"neutrophil_recovery_days": 10, "neutropenia_symptoms_gone": True}
NOTHING_ELSE: dict[str, Given] = {"other_cause": "ruled out"}
CLEAR: dict[str, Given] = {"growth_factor": False, "died_before_recovery": False}
ALL_THREE: dict[str, Given] = {**ON_DRUG, **RECOVERED, **NOTHING_ELSE, **CLEAR}

NEUTROPENIA_PARTS = [
    row("1", "yes", latency=0, stop_to_onset=(None, 0.0)),
    row("1", "yes", latency=20, stop_to_onset=7),
    row("1", "no", latency=20, stop_to_onset=7.1),
    row("1", "no", latency=20, stop_to_onset=8),
    row("1", "no", latency=-0.1, stop_to_onset=(None, 0.0)),
    row("1", "yes", latency=(0, None), stop_to_onset=(None, 0.0)),  # the order is known, the days are not
    row("1", None, latency=10),
    row("1", None, stop_to_onset=3),
    row("2", "yes", RECOVERED, neutrophil_recovery_days=30),
    row("2", "no", RECOVERED, neutrophil_recovery_days=30.1),
    row("2", "no", RECOVERED, neutrophil_recovery_days=31),
    row("2", "no", neutrophil_recovery_days=(30.01, None)),  # 1.5 × 10⁹/L on day 30 is not above 1.5
    row("2", "no", RECOVERED, neutropenia_symptoms_gone=False),
    row("2", "no", neutrophil_recovery_days=40, growth_factor=True),  # late in spite of a growth factor
    row("2", "not assessable", RECOVERED, growth_factor=True),
    row("2", "not assessable", died_before_recovery=True),
    row("2", None, neutrophil_recovery_days=10),
    row("2", None, neutropenia_symptoms_gone=True, neutrophil_recovery_days=(10, None)),
    row("3", "yes", other_cause="ruled out"),
    row("3", "yes", other_cause="unlikely"),
    row("3", "no", other_cause="possible"),
    row("3", "no", other_cause="probable"),
    row("3", "not excluded", other_cause="not sought"),
    row("3", None),
    row("rechallenge", "yes", rechallenge="positive"),
    row("rechallenge", "no", rechallenge="negative"),
    row("rechallenge", "not done", rechallenge="not done"),
    row("rechallenge", "not done", rechallenge="not assessable"),
    row("rechallenge", None),
]

NEUTROPENIA_VERDICT = [
    row("verdict", "met", ALL_THREE),
    row("verdict", "met", ALL_THREE, latency=0, stop_to_onset=7, neutrophil_recovery_days=30),
    row("verdict", "met", ON_DRUG, RECOVERED, NOTHING_ELSE),  # growth factor not told
    row("verdict", "met", ALL_THREE, other_cause="unlikely"),
    row("verdict", "recovery not assessable", ALL_THREE, growth_factor=True),
    row("verdict", "recovery not assessable", ON_DRUG, NOTHING_ELSE, died_before_recovery=True),
    row("verdict", "not met", ALL_THREE, latency=-0.1),
    row("verdict", "not met", ALL_THREE, stop_to_onset=7.1),
    row("verdict", "not met", ALL_THREE, neutrophil_recovery_days=30.1),
    row("verdict", "not met", ALL_THREE, neutropenia_symptoms_gone=False),
    row("verdict", "not met", stop_to_onset=9),
    *[row("verdict", "not met", ALL_THREE, other_cause=value) for value in ("possible", "probable", "not sought")],
    row("verdict", None, ON_DRUG, RECOVERED),
    row("verdict", None, RECOVERED, NOTHING_ELSE),
    row("verdict", None, ON_DRUG, NOTHING_ELSE),
    row("verdict", None),
]

NEUTROPENIA_1991 = [
    *NEUTROPENIA_PARTS,
    *NEUTROPENIA_VERDICT,
    row("likelihood", "definite", ALL_THREE, rechallenge="positive"),
    row("likelihood", "definite", ALL_THREE, rechallenge="positive", latency=0, stop_to_onset=7),
    row("likelihood", "definite", ALL_THREE, rechallenge="positive", neutrophil_recovery_days=30),
    row("likelihood", "probable", ALL_THREE, rechallenge="not done"),
    row("likelihood", "probable", ALL_THREE, rechallenge="negative"),
    row("likelihood", "probable", ALL_THREE),
    row("likelihood", "possible", ALL_THREE, growth_factor=True, rechallenge="positive"),  # at most possible
    row("likelihood", "possible", ON_DRUG, died_before_recovery=True),
    row("likelihood", "possible", ALL_THREE, neutrophil_recovery_days=30.1),
    row("likelihood", "possible", ALL_THREE, other_cause="not sought"),
    row("likelihood", "possible", ALL_THREE, other_cause="possible"),
    row("likelihood", "possible", ON_DRUG),
    row("likelihood", "unlikely", ALL_THREE, stop_to_onset=7.1),
    row("likelihood", "unlikely", ALL_THREE, latency=-0.1),
    row("likelihood", "unlikely", ALL_THREE, other_cause="probable"),
    row("likelihood", None, RECOVERED, NOTHING_ELSE),
]

DEEP: dict[str, Given] = {"neutrophils_nadir": 0.49}

ANDRES_2017 = [
    *NEUTROPENIA_PARTS,
    row("count", "yes", neutrophils_nadir=0.49),
    row("count", "no", neutrophils_nadir=0.5),
    row("count", None),
    *[Row(line.item, {**DEEP, **line.given}, line.gives) for line in NEUTROPENIA_VERDICT],
    row("verdict", "not met", ALL_THREE, neutrophils_nadir=0.5),
    row("verdict", None, ALL_THREE),
]

NEUTROPENIA_DEFINITION = [
    row("depth", "profound", neutrophils_nadir=0.09),
    row("depth", "severe", neutrophils_nadir=0.1),
    row("depth", "severe", neutrophils_nadir=0.49),
    row("depth", "moderate", neutrophils_nadir=0.5),
    row("depth", "moderate", neutrophils_nadir=0.99),
    row("depth", "mild", neutrophils_nadir=1.0),
    row("depth", "mild", neutrophils_nadir=1.49),
    row("depth", "none", neutrophils_nadir=1.5),
    row("depth", None),
    row("iaaas", "yes", neutrophils_nadir=0.3, neutrophils_second=0.49, neutropenia_infection=True),
    row("iaaas", "yes", neutrophils_nadir=0.49, neutrophils_second=0.49, neutropenia_infection=True),
    row("iaaas", "no", neutrophils_nadir=0.3, neutrophils_second=0.5, neutropenia_infection=True),
    row("iaaas", "no", neutrophils_nadir=0.5),
    row("iaaas", "no", neutrophils_nadir=0.3, neutrophils_second=0.4, neutropenia_infection=False),
    row("iaaas", None, neutrophils_nadir=0.3, neutropenia_infection=True),
    row("iaaas", None, neutrophils_nadir=0.3, neutrophils_second=0.4),
    row("verdict", "agranulocytosis", neutrophils_nadir=0.49),
    row("verdict", "neutropenia", neutrophils_nadir=0.5),
    row("verdict", "neutropenia", neutrophils_nadir=1.49),
    row("verdict", "neutropenia", neutrophils_nadir=(0.5, 1.4)),
    row("verdict", "no neutropenia", neutrophils_nadir=1.5),
    row("verdict", None),
    row("verdict", None, neutrophils_nadir=(0.4, 0.6)),
]

# --- ALDEN (all sheets are in test_alden) ---------------------------------------------------------------------------

SJS: dict[str, Given] = {"epidermal_necrolysis": True}
STOPPED: dict[str, Given] = {**SJS, "stop_to_onset": 11, "half_life_days": 2}
SAME_DRUG = ("SJS/TEN, same drug", "other reaction, same drug")

ALDEN_2010 = [
    *[row("1", -3, SJS, latency=days) for days in (-3, 0, 0.9)],
    *[row("1", 1, SJS, latency=days) for days in (1, 4, 4.9)],
    *[row("1", 3, SJS, latency=days) for days in (5, 14, 28)],
    *[row("1", 2, SJS, latency=days) for days in (28.1, 29, 56)],
    *[row("1", -1, SJS, latency=days) for days in (56.1, 57, 400)],
    *[
        row("1", gives, SJS, latency=days, necrolysis_before=value)
        for value in SAME_DRUG
        for days, gives in ((0.9, -3), (1, 3), (4.9, 3), (5, 1), (28, 1), (56, 1), (56.1, -1))
    ],
    *[
        row("1", gives, SJS, latency=days, necrolysis_before=value)
        for value in ("SJS/TEN, similar drug", "other reaction, similar drug", "no known exposure", "tolerated")
        for days, gives in ((4.9, 1), (5, 3), (56, 2))
    ],
    row("1", None, SJS),
    row("1", None, SJS, latency=(3, 10)),
    row("2", 0, SJS, stop_to_onset=(None, 0.0)),
    row("2", 0, SJS, stop_to_onset=0),
    row("2", None, SJS, stop_to_onset=0.1),
    row("2", 0, STOPPED, stop_to_onset=10),  # exactly five half-lives: read as still there
    row("2", 0, STOPPED, stop_to_onset=9.9),
    row("2", -3, STOPPED, stop_to_onset=10.1, elimination_impaired=False),
    row("2", -3, STOPPED),
    row("2", -1, STOPPED, elimination_impaired=True),
    row("2", 0, STOPPED, stop_to_onset=10, elimination_impaired=True),
    row("2", None, SJS, stop_to_onset=11),
    row("2", None, SJS),
    row("3", 4, SJS, necrolysis_before="SJS/TEN, same drug"),
    row("3", 2, SJS, necrolysis_before="SJS/TEN, similar drug"),
    row("3", 2, SJS, necrolysis_before="other reaction, same drug"),
    row("3", 1, SJS, necrolysis_before="other reaction, similar drug"),
    row("3", 0, SJS, necrolysis_before="no known exposure"),
    row("3", -2, SJS, necrolysis_before="tolerated"),
    row("3", 0, SJS),
    row("4", -2, SJS, dechallenge="recovered on drug"),
    *[
        row("4", 0, SJS, dechallenge=value)
        for value in (
            "positive",
            "positive with symptomatic treatment",
            "confounded",
            "negative",
            "not done",
            "not assessable",
        )
    ],
    row("4", 0, SJS),
    row("5", 3, SJS, necrolysis_notoriety="high risk"),
    row("5", 2, SJS, necrolysis_notoriety="lower risk"),
    row("5", 1, SJS, necrolysis_notoriety="under surveillance"),
    row("5", 0, SJS, necrolysis_notoriety="unknown"),
    row("5", -1, SJS, necrolysis_notoriety="not suspected"),
    row("5", 0, SJS),
    row("6", -1, SJS, stronger_suspect=True),
    row("6", 0, SJS, stronger_suspect=False),
    row("6", 0, SJS),
]

# --- LiverTox likelihood, opinion -----------------------------------------------------------------------------------

NO_CASE: dict[str, Given] = {"convincing_cases": 0}

LIVERTOX = [
    row("likelihood", "A", convincing_cases=51),
    row("likelihood", "B", convincing_cases=50),
    row("likelihood", "B", convincing_cases=12),
    row("likelihood", "C", convincing_cases=11),
    row("likelihood", "C", convincing_cases=3),
    row("likelihood", "D", convincing_cases=2),
    row("likelihood", "D", convincing_cases=1),
    row("likelihood", "X", NO_CASE, little_known_drug=True),
    row("likelihood", "X", NO_CASE, little_known_drug=True, liver_reports=True),
    row("likelihood", "E*", NO_CASE, little_known_drug=False, liver_reports=True),
    row("likelihood", "E*", NO_CASE, liver_reports=True),
    row("likelihood", "E", NO_CASE, little_known_drug=False, liver_reports=False),
    row("likelihood", None, NO_CASE),
    row("likelihood", None, NO_CASE, liver_reports=False),
    row("likelihood", "D", convincing_cases=1, liver_reports=True),
    row("likelihood", None, convincing_cases=(12, 60)),
    row("likelihood", None, little_known_drug=True),
    row("likelihood", None),
]

LIVERTOX_2016 = [
    row("likelihood", "T", convincing_cases=60, high_dose_hepatotoxin=True),
    row("likelihood", "A", convincing_cases=50, high_dose_hepatotoxin=False),
    row("likelihood", "A", convincing_cases=51),
    row("likelihood", "B", convincing_cases=49),
    row("likelihood", "B", convincing_cases=12),
    row("likelihood", "C", convincing_cases=11),
    row("likelihood", "C", convincing_cases=4),
    row("likelihood", "D", convincing_cases=3),
    row("likelihood", "D", convincing_cases=1),
    row("likelihood", "E", convincing_cases=0),
    row("likelihood", None),
]

LIVERTOX_2010 = [
    row("likelihood", "A", convincing_cases=50),
    row("likelihood", "B", convincing_cases=49),
    row("likelihood", "B", convincing_cases=10),
    row("likelihood", "C", convincing_cases=9),
    row("likelihood", "C", convincing_cases=3),
    row("likelihood", "D", convincing_cases=2),
    row("likelihood", "D", convincing_cases=1),
    row("likelihood", "X", NO_CASE, little_known_drug=True),
    row("likelihood", "E", NO_CASE, little_known_drug=False),
    row("likelihood", None, NO_CASE),
    row("likelihood", None),
]

OPINIONS = ("definite", "highly likely", "probable", "possible", "unlikely", "insufficient data")

DILIN_OPINION = [
    *[row("opinion", value, opinion_category=value) for value in OPINIONS],
    row("opinion", "probable", opinion_category="probable", opinion_percent=99),  # what was entered stands
    *[
        row("opinion", value, opinion_percent=percent)
        for percent, value in (
            (100, "definite"),
            (95, "definite"),
            (94.9, "highly likely"),
            (75, "highly likely"),
            (74.9, "probable"),
            (50, "probable"),
            (49.9, "possible"),
            (25, "possible"),
            (24.9, "unlikely"),
            (0, "unlikely"),
        )
    ],
    row("opinion", None),
]

# --- severity and quadrants of the liver ----------------------------------------------------------------------------

INJURY: dict[str, Given] = {"alt_xuln": 12.5, "alp_xuln": 1}
ALIVE: dict[str, Given] = {**INJURY, "death_or_transplant": False}

AITHAL_SEVERITY = [
    row("1", 4, INJURY, death_or_transplant=True, bili_peak_xuln=1),
    row("1", 3, ALIVE, bili_peak_xuln=2, inr_peak=1.5),
    row("1", 3, ALIVE, bili_peak_xuln=2, ascites=True),
    row("1", 3, ALIVE, bili_peak_xuln=2, encephalopathy=True),
    row("1", 3, ALIVE, bili_peak_xuln=2, other_organ_failure=True),
    row("1", 2, ALIVE, bili_peak_xuln=2, inr_peak=1.49),
    row("1", 2, ALIVE, bili_peak_xuln=2),
    row("1", 2, ALIVE, bili_peak_xuln=1.99, symptomatic_hepatitis=True),
    row("1", 2, ALIVE, bili_peak_xuln=1.99, inr_peak=3, symptomatic_hepatitis=True),  # without jaundice not severe
    row("1", 1, ALIVE, bili_peak_xuln=1.99, symptomatic_hepatitis=False),
    row("1", 1, ALIVE, bili_peak_xuln=1.99),
    row("1", 1, INJURY),
]

EDISH = [
    row("quadrant", "Hy's law range", alt_peak_xuln=3, bili_peak_xuln=2),
    row("quadrant", "Temple's corollary range", alt_peak_xuln=3, bili_peak_xuln=1.99),
    row("quadrant", "bilirubin alone", alt_peak_xuln=2.99, bili_peak_xuln=2),
    row("quadrant", "neither", alt_peak_xuln=2.99, bili_peak_xuln=1.99),
    row("quadrant", None, alt_peak_xuln=9),
    row("quadrant", None, bili_peak_xuln=9),
]

# --- vigiGrade (the values of the sheet; the product over all reports is in test_vigigrade) -------------------------

FLAGS = ("indication", "outcome", "sex", "dose", "country", "reporter", "type", "comments")
STATED: dict[str, Given] = {
    "report_onset": "stated",
    "report_age": "stated",
    **{f"report_{name}": True for name in FLAGS},
}

VIGIGRADE = [
    *[row("onset", value, report_onset=value) for value in ("stated", "within a month", "over a month", "missing")],
    row("onset", None),
    *[row("age", value, report_age=value) for value in ("stated", "age group", "missing")],
    row("age", None),
    *[
        row(name, "stated" if answer else "missing", **{f"report_{name}": answer})
        for name in FLAGS
        for answer in (True, False)
    ],
    *[row(name, None) for name in FLAGS],
    row("informative", "yes", STATED),
    row("informative", "yes", STATED, report_dose=False),  # exactly 0.9
    row("informative", "no", STATED, report_dose=False, report_age="age group"),
    row("informative", None),
    row("completeness", "well documented", STATED),
    row("completeness", "well documented", STATED, report_dose=False, report_age="age group"),  # 0.81
    row("completeness", "not well documented", STATED, report_dose=False, report_type=False, report_age="age group"),
    row("completeness", "not well documented", STATED, report_sex=False),
    row("completeness", None),
    row("completeness", None, report_dose=True),
]

ALL: dict[str, list[Row]] = {
    "neutropenia-1991": NEUTROPENIA_1991,
    "andres-2017": ANDRES_2017,
    "neutropenia-definition": NEUTROPENIA_DEFINITION,
    "alden-2010": ALDEN_2010,
    "livertox-likelihood": LIVERTOX,
    "livertox-likelihood-2016": LIVERTOX_2016,
    "livertox-likelihood-2010": LIVERTOX_2010,
    "dilin-opinion": DILIN_OPINION,
    "aithal-severity-2011": AITHAL_SEVERITY,
    "edish": EDISH,
    "vigigrade-2014": VIGIGRADE,
}
