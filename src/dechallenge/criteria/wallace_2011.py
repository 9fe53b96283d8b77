"""Clinically inactive disease and remission in juvenile idiopathic arthritis (Wallace 2011).

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO, criterion
from dechallenge.facts.vocabulary.inflammation import il1_blockade, il6_blockade
from dechallenge.facts.vocabulary.rheumatoid import morning_stiffness_minutes
from dechallenge.facts.vocabulary.rheumatology_response import (
    active_joints_now,
    crp_abnormal,
    esr_abnormal,
    fever_now,
    inactive_months_off,
    inactive_months_on,
    lymphadenopathy_now,
    physician_global_best,
    rash_now,
    serositis_now,
    splenomegaly_now,
    uveitis_now,
)
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument, Item, Option, left_out
from dechallenge.logic.predicates import all_of, any_of

SOURCE = "Wallace 2011, clinically inactive disease"

SYSTEMIC = any_of((fever_now, rash_now, serositis_now, splenomegaly_now, lymphadenopathy_now))
NORMAL_TEST = ~esr_abnormal | ~crp_abnormal
SHORT_STIFFNESS = morning_stiffness_minutes <= 15
INACTIVE = all_of((~active_joints_now, ~SYSTEMIC, ~uveitis_now, NORMAL_TEST, physician_global_best, SHORT_STIFFNESS))

QUIET: dict[str, Given] = {
    "active_joints_now": False,
    "fever_now": False,
    "rash_now": False,
    "serositis_now": False,
    "splenomegaly_now": False,
    "lymphadenopathy_now": False,
    "uveitis_now": False,
    "esr_abnormal": False,
    "crp_abnormal": False,
    "physician_global_best": True,
    "morning_stiffness_minutes": 15,
    "inactive_months_on": 0,
    "inactive_months_off": 0,
}

INSTRUMENT = Instrument(
    id="wallace-2011",
    title="Clinically inactive disease and remission in juvenile idiopathic arthritis",
    edition="2011",
    year=2011,
    kind="criteria",
    purpose="Whether juvenile idiopathic arthritis is clinically inactive, and for long enough to be called remission.",
    items=(
        criterion("joints", "No active arthritis", ~active_joints_now, "no active joint", "an active joint", SOURCE),
        criterion(
            "systemic",
            "No fever, rash, serositis, splenomegaly or lymphadenopathy because of the arthritis",
            ~SYSTEMIC,
            "none of them",
            "at least one of them",
            SOURCE,
        ),
        criterion("uveitis", "No active uveitis", ~uveitis_now, "no active uveitis", "active uveitis", SOURCE),
        criterion(
            "acute phase",
            "Normal ESR or CRP",
            NORMAL_TEST,
            "ESR or CRP normal",
            "ESR and CRP abnormal",
            SOURCE,
        ),
        criterion(
            "physician",
            "Best possible global assessment by the physician",
            physician_global_best,
            "best possible",
            "not the best possible",
            SOURCE,
        ),
        criterion(
            "stiffness",
            "Morning stiffness of 15 minutes or less",
            SHORT_STIFFNESS,
            "15 min or less",
            "longer than 15 min",
            SOURCE,
        ),
        Item(
            "verdict",
            "Inactive disease; remission after 6 months on or 12 months off medication",
            (
                Option(
                    "remission off medication",
                    "inactive for 12 months or longer off medication",
                    INACTIVE & (inactive_months_off >= 12),
                ),
                Option(
                    "remission on medication",
                    "inactive for 6 months or longer on medication",
                    INACTIVE & (inactive_months_on >= 6),
                ),
                Option("inactive disease", "all six criteria are met", INACTIVE),
                Option("active disease", "a criterion is not met", ~INACTIVE),
            ),
            missing=left_out("what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Wallace CA, Giannini EH, Huang B, et al. American College of Rheumatology provisional criteria for "
    "defining clinical inactive disease in select categories of juvenile idiopathic arthritis. Arthritis Care Res "
    "2011;63:929-36 (citation from memory).",
    verification="Read in one review of endpoints (doi:10.1111/bcp.12406); the paper was not read.",
    unverified=("the citation",),
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=("One normal test of ESR and CRP is enough, as the source has it; the other may be abnormal.",),
    cautions=tuple(
        Caution(
            f"{cytokine} blockade suppresses {hidden} directly: these criteria can be met although the disease is "
            "active.",
            running,
            items,
        )
        for cytokine, running, hidden, items in (
            ("IL-1", il1_blockade, "fever and CRP", ("systemic", "acute phase", "verdict")),
            ("IL-6", il6_blockade, "fever, CRP and ESR", ("systemic", "acute phase", "verdict")),
        )
    ),
    shown_with=(active_joints_now, physician_global_best, inactive_months_on, inactive_months_off),
    examples=(
        Example("all six, stiffness exactly 15 minutes", QUIET, {"stiffness": "yes"}, category="inactive disease"),
        Example(
            "inactive for six months on medication",
            {**QUIET, "inactive_months_on": 6},
            category="remission on medication",
            remark="limit of the fact sheet",
        ),
        Example(
            "inactive for twelve months off medication",
            {**QUIET, "inactive_months_off": 12},
            category="remission off medication",
            remark="limit of the fact sheet",
        ),
        Example(
            "a rash",
            {**QUIET, "rash_now": True},
            {"systemic": "no"},
            category="active disease",
            remark="worked out from the rule",
        ),
    ),
)
