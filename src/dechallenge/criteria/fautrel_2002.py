"""Fautrel criteria of 2002: classification of Still's disease of adult onset with glycosylated ferritin.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion, hidden, verdict
from dechallenge.facts.vocabulary.rheumatology import (
    arthralgia,
    disease_leukocytes,
    disease_sore_throat,
    disease_temperature_c,
    evanescent_rash,
    glycosylated_ferritin_percent,
    granulocyte_percent,
    intermittent_fever,
    maculopapular_rash,
    still_disease,
)
from dechallenge.logic.instrument import Category, Example, Given, Instrument
from dechallenge.logic.predicates import Predicate, count_true

MAJOR_TABLE = "Fautrel 2002, major criteria"
MINOR_TABLE = "Fautrel 2002, minor criteria"

SPIKES = intermittent_fever & (disease_temperature_c >= 39)
NEUTROPHILIA = granulocyte_percent >= 80
LOW_GLYCOSYLATION = glycosylated_ferritin_percent <= 20
LEUKOCYTOSIS = disease_leukocytes >= 10

MAJOR: tuple[Predicate, ...] = (
    SPIKES,
    arthralgia,
    evanescent_rash,
    disease_sore_throat,
    NEUTROPHILIA,
    LOW_GLYCOSYLATION,
)
MINOR: tuple[Predicate, ...] = (maculopapular_rash, LEUKOCYTOSIS)
RULE = (count_true(MAJOR) >= 4) | ((count_true(MAJOR) >= 3) & (count_true(MINOR) >= 2))

THREE_MAJOR: dict[str, Given] = {
    "disease_temperature_c": 39.2,
    "intermittent_fever": True,
    "arthralgia": True,
    "evanescent_rash": False,
    "disease_sore_throat": True,
    "granulocyte_percent": 70,
    "glycosylated_ferritin_percent": 45,
}

INSTRUMENT = Instrument(
    id="fautrel-2002",
    title="Fautrel criteria of adult-onset Still's disease",
    edition="2002",
    year=2002,
    kind="criteria",
    purpose="Whether a disease is classified as Still's disease of adult onset: four major criteria, or three major "
    "and two minor; no list of exclusions.",
    items=(
        criterion(
            "major 1",
            "Spiking fever ≥ 39 °C",
            SPIKES,
            "spikes of 39 °C or more",
            "below 39 °C, or not spiking",
            MAJOR_TABLE,
        ),
        criterion("major 2", "Joint pain", arthralgia, "joint pain", "no joint pain", MAJOR_TABLE),
        criterion(
            "major 3", "Transient erythema", evanescent_rash, "transient erythema", "no transient erythema", MAJOR_TABLE
        ),
        criterion("major 4", "Pharyngitis", disease_sore_throat, "pharyngitis", "no pharyngitis", MAJOR_TABLE),
        criterion("major 5", "Granulocytes ≥ 80 %", NEUTROPHILIA, "80 % or more", "less than 80 %", MAJOR_TABLE),
        criterion(
            "major 6",
            "Glycosylated ferritin ≤ 20 %",
            LOW_GLYCOSYLATION,
            "20 % or less",
            "more than 20 %",
            MAJOR_TABLE,
        ),
        criterion("minor 1", "Maculopapular rash", maculopapular_rash, "maculopapular rash", "none", MINOR_TABLE),
        criterion(
            "minor 2",
            "Leukocytes ≥ 10 ×10⁹/L",
            LEUKOCYTOSIS,
            "10 ×10⁹/L or more",
            "fewer than 10 ×10⁹/L",
            MINOR_TABLE,
        ),
        verdict(
            "verdict",
            "Four major criteria, or three major and two minor",
            RULE,
            "at least 4 major, or 3 major and 2 minor",
            "fewer",
            "Fautrel 2002, rule",
        ),
    ),
    result=Category("verdict"),
    reference="Fautrel B, Zing E, Golmard JL, et al. Proposal for a new set of classification criteria for adult-onset "
    "Still disease. Medicine 2002;81:194-200 (citation from memory). Validation: Lebrun D, et al. Semin Arthritis "
    "Rheum 2018;47:578-85 (from memory).",
    verification="Read in two or more secondary tables; the paper was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO + " A ferritin whose glycosylation was not measured leaves that criterion open.",
    notes=(
        "A table in a case report gives 'four or more criteria with minimum three major': wrong, as three major and "
        "one minor do not meet the rule.",
        "The original has no list of exclusions.",
    ),
    cautions=hidden("fever and leukocytosis", "major 1", "major 5", "minor 2", "verdict"),
    shown_with=(still_disease,),
    examples=(
        Example(
            "three major and one minor",
            {**THREE_MAJOR, "maculopapular_rash": True, "disease_leukocytes": 9},
            category="not met",
            remark="'four criteria with three major' (a published table) would call it met",
        ),
        Example(
            "three major and two minor",
            {**THREE_MAJOR, "maculopapular_rash": True, "disease_leukocytes": 10},
            {"minor 2": "yes"},
            category="met",
            remark="worked out from the rule",
        ),
        Example(
            "four major, glycosylated ferritin exactly 20 %",
            {**THREE_MAJOR, "glycosylated_ferritin_percent": 20, "maculopapular_rash": False, "disease_leukocytes": 5},
            {"major 6": "yes"},
            category="met",
            remark="worked out from the rule",
        ),
    ),
)
