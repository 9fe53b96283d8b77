"""CTCAE version 5.0: grades of blood counts, liver tests, clotting, chemistry, and of reactions by their course.

Imports only the vocabulary of facts, the logic and the terms of CTCAE in this folder.
"""

from __future__ import annotations

from dechallenge.criteria import ctcae_blood as blood
from dechallenge.criteria import ctcae_chemistry as chemistry
from dechallenge.criteria import ctcae_clinical as clinical
from dechallenge.criteria.grades import GRADES, kinds_of
from dechallenge.logic.instrument import Example, Highest, Instrument

ITEMS = (
    blood.NEUTROPHILS_5,
    blood.PLATELETS_5,
    blood.WHITE_CELLS_DECREASED,
    blood.LYMPHOCYTES_5,
    blood.ANEMIA,
    blood.FEBRILE_NEUTROPENIA,
    *chemistry.LIVER_TESTS_5,
    chemistry.INR,
    chemistry.INR_ON_ANTICOAGULANT,
    chemistry.APTT,
    chemistry.FIBRINOGEN_DECREASED,
    chemistry.LDH,
    chemistry.TRIGLYCERIDES_INCREASED,
    chemistry.ALBUMIN,
    chemistry.CREATININE_5,
    chemistry.CPK_5,
    blood.LYMPHOCYTES_INCREASED,
    blood.LEUKOCYTOSIS,
    blood.EOSINOPHILIA,
    clinical.FEVER,
    clinical.CRS_5,
    clinical.HEPATIC_FAILURE,
    clinical.SERUM_SICKNESS_TERM,
)

INSTRUMENT = Instrument(
    id="ctcae-5",
    title="CTCAE grades",
    edition="5.0 (27 Nov 2017)",
    year=2017,
    kind="severity",
    purpose="Grade of the worst value of the event, term by term, and the highest among the terms about its kind: "
    "blood counts, liver tests, clotting, chemistry, fever, cytokine release, hepatic failure, serum sickness.",
    applies_to=kinds_of(ITEMS),
    items=ITEMS,
    result=Highest(GRADES),
    reference="US Department of Health and Human Services, National Cancer Institute. Common Terminology Criteria "
    "for Adverse Events (CTCAE) version 5.0. 27 November 2017.",
    verification="Wording read in the comparison of versions inside a third-party copy of the version 6.0 workbook and "
    "in a second transcription (github.com/oncohub/CTCAE5); agrees with the tables and unit tests of an independent "
    "package. The version 5.0 document itself was not opened.",
    missing_rule="A value that was not measured is not graded and not in the range. Without the lower limit, a count "
    "can be graded only below its first absolute cut. An unknown baseline counts as normal. What a value led to "
    "(transfusion, bleeding, death) counts only when it is told; until then it is in the range.",
    notes=(
        "A value equal to a cut belongs to the milder grade.",
        "A semicolon inside a grade means 'or'.",
        "Grade 0 is not a CTCAE grade: it stands for measured and not abnormal.",
        "On an abnormal baseline a value below 1.5 (ALT, AST) or 2 times (ALP, GGT) the baseline has no grade.",
        "Counts (neutrophils, white cells, lymphocytes, platelets, haemoglobin) have no rule for the baseline.",
        "Hepatic failure: the words 'drug-induced liver injury' alone are not counted as grade 3.",
        "There is no term for ferritin, C-reactive protein, sedimentation rate or macrophage activation.",
    ),
    examples=(
        Example(
            "anakinra, neutropenia 1: 750/mm³",
            {"neutrophils_nadir": 0.75},
            {"neutrophils": 3},
            score=3,
            category="grade 3",
            kind="neutropenia",
        ),
        Example(
            "the same, first rechallenge: 1120/mm³",
            {"neutrophils_nadir": 1.12},
            {"neutrophils": 2},
            score=2,
            kind="neutropenia",
        ),
        Example(
            "the same, second rechallenge: 1500/mm³",
            {"neutrophils_nadir": 1.5, "neutrophils_lln": (1.5, 2.0)},
            {"neutrophils": None},
            kind="neutropenia",
            remark="grade 1 if the lower limit is above 1.5, never grade 2",
        ),
        Example(
            "anakinra, neutropenia 2: 320/mm³",
            {"neutrophils_nadir": 0.32},
            {"neutrophils": 4},
            score=4,
            kind="neutropenia",
        ),
        Example(
            "the same patient: AST 70 × ULN, ALT 24 × ULN",
            {"ast_peak_xuln": 70, "alt_peak_xuln": 24, "baseline_raised_unquantified": True},
            {"ast": 4, "alt": 4},
            score=4,
            kind="MAS",
            remark="raised from macrophage activation before the drug, without a figure",
        ),
        Example(
            "LiverTox anakinra",
            {
                "alt_peak_xuln": 83.65,
                "ast_peak_xuln": 59.65,
                "alp_peak_xuln": 2.61,
                "bili_peak_xuln": 5.67,
                "baseline_assumed_normal": True,
            },
            {"alt": 4, "ast": 4, "alp": 2, "bilirubin": 3, "hepatic-failure": None},
            score=4,
            category="grade 4",
            kind="liver injury",
            remark="baseline taken as normal; drug-induced liver injury, yet no hepatic failure of grade 3",
        ),
        Example(
            "anakinra, macrophage activation: haemoglobin 90 g/L, platelets 116",
            {"hemoglobin_nadir_g_l": 89, "platelets_nadir": 115, "platelets_lln": 150},
            {"anemia": 2, "platelets": 1},
            score=2,
            kind="MAS",
            remark="the lowest of two values each; platelets printed as 115 × 10¹²/L",
        ),
        Example(
            "tocilizumab, hepatitis: ALT 50, GGT 85, ALP 161",
            {"alt_peak_xuln": 50 / 40, "ggt_peak_xuln": 85 / 50, "alp_peak_xuln": 161 / 115},
            {"alt": 1, "ggt": 1, "alp": 1, "ldh": None},
            score=1,
            kind="liver injury",
            remark="limits not printed: 40, 50 and 115 U/L assumed; the limit for LDH 584 is not known",
        ),
        Example(
            "neutrophils 1.5 with a lower limit of 2.0",
            {"neutrophils_nadir": 1.5, "neutrophils_lln": 2.0},
            {"neutrophils": 1},
            score=1,
        ),
        Example(
            "platelets 75 without a lower limit", {"platelets_nadir": 75}, {"platelets": None}, remark="not gradable"
        ),
        Example(
            "INR 2.51 on an anticoagulant, 2.6 before",
            {"inr_peak": 2.51, "inr_on_anticoagulant_xbl": 2.51 / 2.6},
            {"inr": 3, "inr-on-anticoagulant": 0},
            score=3,
            remark="published test: the absolute cut counts beside the multiple of the baseline. In a case, an INR "
            "that an anticoagulant explains is handed in as the multiple only",
        ),
        Example(
            "INR 2.5 on an anticoagulant, 1 before",
            {"inr_peak": 2.5, "inr_on_anticoagulant_xbl": 2.5},
            {"inr": 2, "inr-on-anticoagulant": 2},
            score=2,
        ),
        Example(
            "fibrinogen 1.0 g/L, lower limit 2.0, fall by 50%",
            {"fibrinogen_nadir_g_l": 1.0, "fibrinogen_lln_g_l": 2.0, "fibrinogen_fall_pct": 50},
            {"fibrinogen": 3},
            score=3,
        ),
        Example(
            "fibrinogen 0.49 g/L without a lower limit", {"fibrinogen_nadir_g_l": 0.49}, {"fibrinogen": 4}, score=4
        ),
    ),
    cautions=chemistry.CAUTIONS,
)
