"""Yamaguchi criteria of 1992: classification of Still's disease of adult onset.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion, hidden, verdict
from dechallenge.facts.vocabulary.rheumatoid import rheumatoid_factor
from dechallenge.facts.vocabulary.rheumatology import (
    ana_positive,
    arthralgia,
    arthralgia_days,
    disease_fever_days,
    disease_leukocytes,
    disease_lymphadenopathy,
    disease_sore_throat,
    disease_splenomegaly,
    disease_temperature_c,
    granulocyte_percent,
    infection_explains,
    intermittent_fever,
    liver_tests_of_disease,
    malignancy_explains,
    other_rheumatic_explains,
    still_disease,
    typical_rash,
)
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument
from dechallenge.logic.predicates import Predicate, count_true

MAJOR_TABLE = "Yamaguchi 1992, major criteria"
MINOR_TABLE = "Yamaguchi 1992, minor criteria"
SIGNS = "secondary texts disagree on ≥ and > at 39 °C, 10 ×10⁹/L and 80 %; ≥ is used here"

LASTING = intermittent_fever & (disease_fever_days >= 7)
FEVER = (disease_temperature_c >= 39) & LASTING
JOINTS = arthralgia & (arthralgia_days >= 14)
LEUKOCYTOSIS = (disease_leukocytes >= 10) & (granulocyte_percent >= 80)
NODES_OR_SPLEEN = disease_lymphadenopathy | disease_splenomegaly
SERONEGATIVE = rheumatoid_factor.is_("negative") & ~ana_positive

MAJOR: tuple[Predicate, ...] = (FEVER, JOINTS, typical_rash, LEUKOCYTOSIS)
MINOR: tuple[Predicate, ...] = (disease_sore_throat, NODES_OR_SPLEEN, liver_tests_of_disease, SERONEGATIVE)
COUNTED = (count_true((*MAJOR, *MINOR)) >= 5) & (count_true(MAJOR) >= 2)

STRICT_MAJOR: tuple[Predicate, ...] = (
    (disease_temperature_c > 39) & LASTING,
    JOINTS,
    typical_rash,
    (disease_leukocytes > 10) & (granulocyte_percent > 80),
)
STRICT = (count_true((*STRICT_MAJOR, *MINOR)) >= 5) & (count_true(STRICT_MAJOR) >= 2)

EXCLUDED = infection_explains | malignancy_explains | other_rheumatic_explains

FEVER_39: dict[str, Given] = {"disease_temperature_c": 39.5, "disease_fever_days": 10, "intermittent_fever": True}
LEUKOCYTES: dict[str, Given] = {"disease_leukocytes": 18, "granulocyte_percent": 85}
NOTHING_ELSE: dict[str, Given] = {
    "infection_explains": False,
    "malignancy_explains": False,
    "other_rheumatic_explains": False,
}
NO_MINOR: dict[str, Given] = {
    "disease_sore_throat": False,
    "disease_lymphadenopathy": False,
    "disease_splenomegaly": False,
    "liver_tests_of_disease": False,
    "rheumatoid_factor": "negative",
    "ana_positive": False,
}
DRUG_CAUSED = "a drug as the cause of the liver tests must be excluded"

INSTRUMENT = Instrument(
    id="yamaguchi-1992",
    title="Yamaguchi criteria of adult-onset Still's disease",
    edition="1992 (cuts read as ≥)",
    year=1992,
    kind="criteria",
    purpose="Whether a disease is classified as Still's disease of adult onset: five criteria, two of them major, "
    "and no exclusion.",
    items=(
        criterion(
            "major 1",
            "Fever ≥ 39 °C, intermittent, for a week or longer",
            FEVER,
            "≥ 39 °C, intermittent, ≥ 7 days",
            "below 39 °C, not intermittent, or for less than 7 days",
            MAJOR_TABLE,
            unverified=SIGNS,
        ),
        criterion(
            "major 2",
            "Joint pain (or arthritis) for two weeks or longer",
            JOINTS,
            "≥ 14 days",
            "none, or for less than 14 days",
            MAJOR_TABLE,
        ),
        criterion("major 3", "Typical rash", typical_rash, "typical rash", "no typical rash", MAJOR_TABLE),
        criterion(
            "major 4",
            "Leukocytes ≥ 10 ×10⁹/L with ≥ 80 % granulocytes",
            LEUKOCYTOSIS,
            "≥ 10 ×10⁹/L with ≥ 80 % granulocytes",
            "fewer leukocytes, or a smaller share of granulocytes",
            MAJOR_TABLE,
            unverified=SIGNS,
        ),
        criterion("minor 1", "Sore throat", disease_sore_throat, "sore throat", "no sore throat", MINOR_TABLE),
        criterion(
            "minor 2",
            "Recent lymphadenopathy, enlarged spleen, or both",
            NODES_OR_SPLEEN,
            "enlarged lymph nodes or spleen",
            "neither",
            MINOR_TABLE,
            note="A table that counts an enlarged liver here is not the original item.",
        ),
        criterion(
            "minor 3",
            "Abnormal liver tests that no drug or other cause explains",
            liver_tests_of_disease,
            "raised aminotransferases or LDH of the disease",
            "normal, or explained by a drug or another cause",
            MINOR_TABLE,
            note="In the assessment of a liver injury by a drug this stays open: the same values are not counted "
            "twice.",
        ),
        criterion(
            "minor 4",
            "Rheumatoid factor (IgM) and antinuclear antibodies both negative",
            SERONEGATIVE,
            "both negative",
            "one is positive, or rheumatoid factor was not done",
            MINOR_TABLE,
        ),
        verdict(
            "count",
            "Five criteria, two of them major, exclusions aside",
            COUNTED,
            "at least 5 criteria with at least 2 major",
            "fewer than 5, or fewer than 2 major",
            "Yamaguchi 1992, rule",
        ),
        criterion(
            "exclusion",
            "Infection, malignancy or another rheumatic disease explains the picture",
            EXCLUDED,
            "another disease explains it",
            "all three are excluded",
            "Yamaguchi 1992, exclusions",
        ),
        verdict(
            "strict",
            "The rule with > in place of ≥ at 39 °C, 10 ×10⁹/L and 80 %",
            STRICT & ~EXCLUDED,
            "met with the strict reading too",
            "not met with the strict reading",
            "Secondary texts that print >",
            unverified=SIGNS,
        ),
        verdict(
            "verdict",
            "Five criteria, two of them major, and no exclusion",
            COUNTED & ~EXCLUDED,
            "at least 5 criteria with at least 2 major, and no exclusion",
            "too few criteria, or an exclusion",
            "Yamaguchi 1992, rule",
            unverified=SIGNS,
        ),
    ),
    result=Category("verdict"),
    reference="Yamaguchi M, Ohta A, Tsunematsu T, et al. Preliminary criteria for classification of adult Still's "
    "disease. J Rheumatol 1992;19:424-30. PMID 1578458 (identifier from memory).",
    verification="Read in two or more secondary tables; the paper was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO + " The exclusions have to be known for the verdict “met”.",
    notes=(
        "Sensitivity 96 %, specificity 92 % in the derivation; another text gives 80.6 % and 98.5 %.",
        "An enlarged liver does not count; the item is lymph nodes or spleen.",
        "Abnormal liver tests count only when a drug is not their cause.",
        "Criteria classify patients for studies; they do not replace the diagnosis that the report states.",
    ),
    cautions=(
        Caution(
            "The temperature lies exactly at 39 °C, where texts disagree on ≥ and >.",
            (disease_temperature_c >= 39) & ~(disease_temperature_c > 39),
            ("major 1", "strict", "verdict"),
        ),
        Caution(
            "The leukocytes lie exactly at 10 ×10⁹/L, where texts disagree on ≥ and >.",
            (disease_leukocytes >= 10) & ~(disease_leukocytes > 10),
            ("major 4", "strict", "verdict"),
        ),
        Caution(
            "The granulocytes lie exactly at 80 %, where texts disagree on ≥ and >.",
            (granulocyte_percent >= 80) & ~(granulocyte_percent > 80),
            ("major 4", "strict", "verdict"),
        ),
        *hidden("fever and leukocytosis", "major 1", "major 4", "verdict"),
    ),
    shown_with=(still_disease,),
    examples=(
        Example(
            "four major criteria and negative antibodies",
            {
                **FEVER_39,
                **LEUKOCYTES,
                **NOTHING_ELSE,
                **NO_MINOR,
                "arthralgia": True,
                "arthralgia_days": 21,
                "typical_rash": True,
            },
            {"count": "met", "strict": "met", "minor 4": "yes"},
            category="met",
            remark="worked out from the rule",
        ),
        Example(
            "five criteria, one of them major",
            {
                **FEVER_39,
                **NOTHING_ELSE,
                **NO_MINOR,
                "arthralgia": False,
                "typical_rash": False,
                "disease_leukocytes": 8,
                "disease_sore_throat": True,
                "disease_splenomegaly": True,
                "liver_tests_of_disease": True,
            },
            {"count": "not met", "minor 1": "yes", "minor 2": "yes", "minor 3": "yes", "minor 4": "yes"},
            category="not met",
            remark="worked out from the rule",
        ),
        Example(
            "exactly on the three cuts",
            {
                **NOTHING_ELSE,
                **NO_MINOR,
                "disease_temperature_c": 39,
                "disease_fever_days": 7,
                "intermittent_fever": True,
                "arthralgia": True,
                "arthralgia_days": 14,
                "typical_rash": True,
                "disease_leukocytes": 10,
                "granulocyte_percent": 80,
            },
            {"major 1": "yes", "major 4": "yes", "strict": "not met"},
            category="met",
            remark="the readings differ: 5 criteria with ≥, 3 with >",
        ),
        Example(
            "an enlarged liver alone is not minor 2",
            {"disease_lymphadenopathy": False, "disease_splenomegaly": False},
            {"minor 2": "no"},
            remark="a secondary table prints 'hepatomegaly or splenomegaly'",
        ),
        Example(
            "the tests explained by a drug",
            {"liver_tests_of_disease": False},
            {"minor 3": "no"},
            remark=DRUG_CAUSED,
        ),
        Example(
            "five criteria and a lymphoma",
            {
                **FEVER_39,
                **LEUKOCYTES,
                **NO_MINOR,
                "arthralgia": True,
                "arthralgia_days": 21,
                "typical_rash": True,
                "malignancy_explains": True,
            },
            {"count": "met", "exclusion": "yes"},
            category="not met",
            remark="worked out from the rule",
        ),
    ),
)
