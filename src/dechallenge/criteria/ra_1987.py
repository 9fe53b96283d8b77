"""Criteria of the American Rheumatism Association of 1987: rheumatoid arthritis.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion, verdict
from dechallenge.facts.vocabulary.rheumatoid import (
    hand_arthritis,
    hand_erosions,
    morning_stiffness_minutes,
    rheumatoid_arthritis,
    rheumatoid_factor,
    rheumatoid_nodules,
    swollen_joint_areas,
    symmetric_arthritis,
)
from dechallenge.facts.vocabulary.rheumatology import disease_weeks
from dechallenge.logic.instrument import Category, Example, Given, Instrument
from dechallenge.logic.predicates import Predicate, count_true

SOURCE = "Arnett 1988, table of the revised criteria"

LASTING = disease_weeks >= 6
STIFFNESS = LASTING & (morning_stiffness_minutes >= 60)
THREE_AREAS = LASTING & (swollen_joint_areas >= 3)
HANDS = LASTING & hand_arthritis
SYMMETRY = LASTING & symmetric_arthritis
FACTOR = rheumatoid_factor.one_of("positive", "low positive", "high positive")

CRITERIA: tuple[Predicate, ...] = (
    STIFFNESS,
    THREE_AREAS,
    HANDS,
    SYMMETRY,
    rheumatoid_nodules,
    FACTOR,
    hand_erosions,
)
RULE = count_true(CRITERIA) >= 4

FOUR: dict[str, Given] = {
    "disease_weeks": 6,
    "morning_stiffness_minutes": 60,
    "swollen_joint_areas": 3,
    "hand_arthritis": True,
    "symmetric_arthritis": True,
    "rheumatoid_nodules": False,
    "rheumatoid_factor": "negative",
    "hand_erosions": False,
}

INSTRUMENT = Instrument(
    id="ra-1987",
    title="Criteria of rheumatoid arthritis, American Rheumatism Association",
    edition="1987 revision",
    year=1987,
    kind="criteria",
    purpose="Whether an arthritis is classified as rheumatoid arthritis: four of seven criteria.",
    items=(
        criterion(
            "1",
            "Morning stiffness of an hour or longer, for six weeks",
            STIFFNESS,
            "≥ 60 min before maximal improvement, ≥ 6 weeks",
            "shorter than 60 min, or for less than 6 weeks",
            SOURCE,
        ),
        criterion(
            "2",
            "Arthritis of three or more joint areas at once, for six weeks",
            THREE_AREAS,
            "≥ 3 areas swollen as seen by a physician, ≥ 6 weeks",
            "fewer than 3 areas, or for less than 6 weeks",
            SOURCE,
        ),
        criterion(
            "3",
            "Arthritis of hand joints, for six weeks",
            HANDS,
            "wrist, MCP or PIP swollen, ≥ 6 weeks",
            "none swollen, or for less than 6 weeks",
            SOURCE,
        ),
        criterion(
            "4",
            "Symmetric arthritis, for six weeks",
            SYMMETRY,
            "symmetric, ≥ 6 weeks",
            "not symmetric, or for less than 6 weeks",
            SOURCE,
        ),
        criterion("5", "Rheumatoid nodules", rheumatoid_nodules, "nodules", "no nodules", SOURCE),
        criterion("6", "Rheumatoid factor in abnormal amount", FACTOR, "positive", "negative, or not done", SOURCE),
        criterion(
            "7",
            "Radiographic changes of hand and wrist",
            hand_erosions,
            "erosions or periarticular osteopenia",
            "none",
            SOURCE,
        ),
        verdict(
            "verdict",
            "Four or more of the seven",
            RULE,
            "at least 4 of 7",
            "fewer than 4 of 7",
            SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Arnett FC, et al. The American Rheumatism Association 1987 revised criteria for the classification of "
    "rheumatoid arthritis. Arthritis Rheum 1988;31:315-24 (citation from memory).",
    doi="10.1002/art.1780310302",
    verification="Read in two or more secondary tables; the paper was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=("A report that says “American Rheumatism Association criteria” means this set.",),
    shown_with=(rheumatoid_arthritis,),
    examples=(
        Example("criteria 1 to 4 at their limits", FOUR, category="met", remark="worked out from the rule"),
        Example(
            "the same for five weeks",
            {**FOUR, "disease_weeks": 5},
            {"1": "no", "2": "no", "3": "no", "4": "no"},
            category="not met",
            remark="worked out from the rule",
        ),
        Example(
            "nodules, rheumatoid factor and erosions only",
            {
                **FOUR,
                "disease_weeks": 5,
                "rheumatoid_nodules": True,
                "rheumatoid_factor": "positive",
                "hand_erosions": True,
            },
            {"5": "yes", "6": "yes", "7": "yes"},
            category="not met",
            remark="three of seven",
        ),
    ),
)
