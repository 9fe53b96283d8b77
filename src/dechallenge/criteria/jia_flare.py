"""Flare of juvenile idiopathic arthritis by the core set of the ACR Pedi response.

Imports only the vocabulary of facts, the logic and `pedi`.
"""

from __future__ import annotations

from dechallenge.criteria.pedi import CORE, NEGATIVE_IS_BETTER, REFERENCE, SHOWN_WITH
from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, verdict
from dechallenge.logic.instrument import Category, Example, Given, Instrument
from dechallenge.logic.predicates import count_true

LIMIT = 30
FLARE = (count_true(tuple(term >= LIMIT for term in CORE)) >= 3) & (
    count_true(tuple(term <= -LIMIT for term in CORE)) < 2
)

WORSE: dict[str, Given] = {
    "physician_global_change": 30,
    "patient_global_change": 45,
    "active_joints_change": 60,
    "limited_joints_change": 0,
    "chaq_change": -30,
    "acute_phase_change": 10,
}

INSTRUMENT = Instrument(
    id="jia-flare",
    title="Flare of juvenile idiopathic arthritis",
    edition="core set of 1997",
    year=1997,
    kind="criteria",
    purpose="Whether juvenile idiopathic arthritis flared: three of six measures worse by 30 % or more, no more than "
    "one better by 30 % or more.",
    items=(
        verdict(
            "flare",
            "Three of six worse by 30 % or more, no more than one improved by 30 % or more",
            FLARE,
            "3 of 6 worse by ≥ 30 %, at most 1 improved by ≥ 30 %",
            "no flare by this definition",
            "Definition of flare in withdrawal trials, as read in a review of endpoints",
        ),
    ),
    result=Category("flare"),
    reference=REFERENCE,
    verification="Read in a review of endpoints; the original definition of flare was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=(NEGATIVE_IS_BETTER,),
    shown_with=SHOWN_WITH,
    examples=(
        Example("three worse by 30 % or more, one better by 30 %", WORSE, category="met", remark="by the rule"),
        Example(
            "two better by 30 %",
            {**WORSE, "limited_joints_change": -30},
            category="not met",
            remark="by the rule",
        ),
    ),
)
