"""CTCAE version 6.0: grades of blood counts, liver tests, clotting, chemistry, and of reactions by their course.

Imports only the vocabulary of facts, the logic and the terms of CTCAE in this folder.
"""

from __future__ import annotations

from dechallenge.criteria import ctcae_blood as blood
from dechallenge.criteria import ctcae_chemistry as chemistry
from dechallenge.criteria import ctcae_clinical as clinical
from dechallenge.criteria.grades import GRADES, kinds_of
from dechallenge.logic.instrument import Example, Highest, Instrument

ITEMS = (
    blood.NEUTROPHILS_6,
    blood.THROMBOCYTOPENIA_6,
    blood.WHITE_CELLS_DECREASED,
    blood.LYMPHOPENIA_6,
    blood.ANEMIA,
    blood.FEBRILE_NEUTROPENIA,
    *chemistry.LIVER_TESTS_6,
    chemistry.INR,
    chemistry.INR_ON_ANTICOAGULANT,
    chemistry.APTT,
    chemistry.FIBRINOGEN_DECREASED,
    chemistry.LDH,
    chemistry.TRIGLYCERIDES_INCREASED,
    chemistry.ALBUMIN,
    chemistry.CREATININE_6,
    blood.LYMPHOCYTES_INCREASED,
    blood.LEUKOCYTOSIS,
    blood.EOSINOPHILIA,
    blood.NEUTROPHILS_INCREASED_6,
    blood.THROMBOCYTOSIS_6,
    clinical.FEVER,
    clinical.CRS_6,
    clinical.HEPATIC_FAILURE,
    clinical.SERUM_SICKNESS_TERM,
    clinical.HEPATITIS_6,
    clinical.HLH_6,
)

INSTRUMENT = Instrument(
    id="ctcae-6",
    title="CTCAE grades",
    edition="6.0 (10 Jul 2025, errata Jan 2026)",
    year=2025,
    kind="severity",
    purpose="Grade of the worst value of the event, term by term, and the highest among the terms about its kind: "
    "blood counts, liver tests, clotting, chemistry, fever, cytokine release, hepatitis, haemophagocytic syndrome.",
    applies_to=kinds_of(ITEMS),
    items=ITEMS,
    result=Highest(GRADES),
    reference="National Cancer Institute, CTEP. Common Terminology Criteria for Adverse Events (CTCAE) version 6.0. "
    "10 July 2025; errata January 2026.",
    verification="Read in a third-party copy of the official workbook with its errata; agrees with the tables of an "
    "independent package apart from the errata. Terms for which the comparison of versions lists no change (aPTT, "
    "albumin, lymphocytes increased, hepatic failure, serum sickness) are those of version 5.0.",
    missing_rule="A value that was not measured is not graded and not in the range. ALP cannot be graded above ULN "
    "without a baseline; elsewhere a baseline that is not known counts as normal. What a value led to (transfusion, "
    "bleeding, death) counts only when it is told; until then it is in the range.",
    notes=(
        "Every neutrophil grade is one step more lenient than in version 5.0: always say the version with the grade.",
        "A value equal to an abnormal baseline is grade 1 by the printed range '1.0–1.5× baseline'.",
        "Grade 0 is not a CTCAE grade: it stands for measured and not abnormal.",
        "Lymphopenia has grade 1 only; the term 'CPK increased' was deleted.",
        "Febrile neutropenia still asks for neutrophils below 1.0 ×10⁹/L.",
        "Hepatic failure: the words 'drug-induced liver injury' alone are not counted as grade 3.",
        "The new term 'aplastic anemia' is not graded here: the text of its grades was not available.",
    ),
    examples=(
        Example(
            "anakinra, neutropenia 1: 750/mm³",
            {"neutrophils_nadir": 0.75},
            {"neutrophils": 2},
            score=2,
            category="grade 2",
            kind="neutropenia",
        ),
        Example(
            "the same, first rechallenge: 1120/mm³",
            {"neutrophils_nadir": 1.12},
            {"neutrophils": 1},
            score=1,
            kind="neutropenia",
        ),
        Example(
            "the same, second rechallenge: 1500/mm³",
            {"neutrophils_nadir": 1.5},
            {"neutrophils": 0},
            score=0,
            kind="neutropenia",
        ),
        Example(
            "anakinra, neutropenia 2: 320/mm³",
            {"neutrophils_nadir": 0.32},
            {"neutrophils": 3},
            score=3,
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
            {"alt": 4, "ast": 4, "alp": None, "bilirubin": 3},
            score=4,
            kind="liver injury",
            remark="baseline taken as normal, except for ALP",
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
            "tocilizumab, hepatitis: ALT 50, ALP 161",
            {"alt_peak_xuln": 50 / 40, "alp_peak_xuln": 161 / 115},
            {"alt": 1, "alp": None},
            score=1,
            kind="liver injury",
            remark="limits not printed: 40 and 115 U/L assumed; ALP is grade 1 if its baseline is taken as normal",
        ),
    ),
    cautions=chemistry.CAUTIONS,
)
