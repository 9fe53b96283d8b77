"""ACR20, ACR50, ACR70 and ACR90: improvement of rheumatoid arthritis (core set of 1995).

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, change
from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.rheumatology_response import (
    acute_phase_change,
    haq_change,
    patient_global_change,
    patient_pain_change,
    physician_global_change,
    swollen_joints_change,
    tender_joints_change,
)
from dechallenge.logic import Number
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument, Item, Option, left_out
from dechallenge.logic.predicates import Predicate, count_true

SOURCE = "Felson 1995, definition of improvement"
LEVELS = (20, 50, 70, 90)
FROM_MEMORY = "from memory; standard"

JOINTS: tuple[Number, ...] = (tender_joints_change, swollen_joints_change)
FIVE: tuple[Number, ...] = (
    patient_pain_change,
    patient_global_change,
    physician_global_change,
    haq_change,
    acute_phase_change,
)


def responds(level: int) -> Predicate:
    """Both joint counts and at least three of the other five improved by this many per cent or more."""
    tender, swollen = (term <= -level for term in JOINTS)
    return tender & swollen & (count_true(tuple(term <= -level for term in FIVE)) >= 3)


ALL_70: dict[str, Given] = {
    "tender_joints_change": -75,
    "swollen_joints_change": -70,
    "patient_pain_change": -72,
    "patient_global_change": -71,
    "physician_global_change": -70,
    "haq_change": 0,
    "acute_phase_change": 15,
}

INSTRUMENT = Instrument(
    id="acr-response",
    title="ACR response: ACR20, ACR50, ACR70, ACR90",
    edition="core set of 1995",
    year=1995,
    kind="criteria",
    purpose="How far rheumatoid arthritis improved under a treatment: both joint counts and three of five further "
    "measures.",
    items=(
        change("tender", tender_joints_change, LEVELS, SOURCE),
        change("swollen", swollen_joints_change, LEVELS, SOURCE),
        change("pain", patient_pain_change, LEVELS, SOURCE),
        change("patient", patient_global_change, LEVELS, SOURCE),
        change("physician", physician_global_change, LEVELS, SOURCE),
        change("disability", haq_change, LEVELS, SOURCE),
        change("acute phase", acute_phase_change, LEVELS, SOURCE),
        Item(
            "response",
            "The highest level that is reached",
            (
                *(
                    Option(f"ACR{level}", f"improved by {level} % or more", responds(level), FROM_MEMORY)
                    for level in reversed(LEVELS)
                ),
                Option("below ACR20", "not improved by 20 %", ~responds(20), FROM_MEMORY),
            ),
            missing=left_out("what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("response"),
    reference="Felson DT, Anderson JJ, Boers M, et al. American College of Rheumatology preliminary definition of "
    "improvement in rheumatoid arthritis. Arthritis Rheum 1995;38:727-35 (citation from memory).",
    doi="10.1002/art.1780380602",
    verification="Not verified: the definition is from memory; it is the standard one.",
    unverified=("the definition as a whole",),
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=(
        "A patient who reaches ACR70 has reached ACR50 and ACR20 too; the highest level is given.",
        "A change is negative when it is an improvement: -72 is 72 % better.",
    ),
    cautions=(
        Caution(
            "IL-6 blockade lowers CRP and ESR directly: the acute-phase reactant improves whatever the arthritis does.",
            il6_blockade,
            ("acute phase", "response"),
        ),
    ),
    shown_with=(tender_joints_change, swollen_joints_change),
    examples=(
        Example(
            "70 % in both joint counts and in three of five",
            ALL_70,
            {"tender": "70 %", "disability": "none", "acute phase": "none"},
            category="ACR70",
            remark="worked out from the rule",
        ),
        Example(
            "swollen joints improved by 60 % only",
            {**ALL_70, "swollen_joints_change": -60},
            {"swollen": "50 %"},
            category="ACR50",
            remark="worked out from the rule",
        ),
        Example(
            "two of five only",
            {**ALL_70, "physician_global_change": -10},
            category="below ACR20",
            remark="worked out from the rule",
        ),
    ),
)
