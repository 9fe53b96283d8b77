"""ACR Pedi 30, 50, 70 and 90 with a worsening limit that grows with the level.

Imports only the vocabulary of facts, the logic and `pedi`.
"""

from __future__ import annotations

from dechallenge.criteria.pedi import MEASURES, NEGATIVE_IS_BETTER, REFERENCE, SHOWN_WITH, VECTOR, blockade, response
from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO
from dechallenge.logic.instrument import Category, Example, Instrument

INSTRUMENT = Instrument(
    id="acr-pedi-scaled",
    title="ACR Pedi 30, 50, 70, 90, growing worsening limit",
    edition="worsening limit 30, 50, 70, 90 %",
    year=1997,
    kind="criteria",
    purpose="As “acr-pedi”, with a limit for worsening that grows with the level, as one review table has it.",
    items=(
        *MEASURES,
        response(
            "response", "The highest level that is reached", "Table of a review (doi:10.1111/bcp.12406)", scaled=True
        ),
    ),
    result=Category("response"),
    reference=REFERENCE,
    verification="Read in one review table; the trials use 30 % at every level.",
    unverified=("that the worsening limit grows with the level: one review table only",),
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=(NEGATIVE_IS_BETTER,),
    cautions=(blockade("acute phase", "response"),),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "-72, -75, -71, -20, +10, -40 %",
            VECTOR,
            category="ACR Pedi 70",
            remark="vector of the fact sheet; the same with either limit",
        ),
        Example(
            "the same with two measures +35 %",
            {**VECTOR, "chaq_change": 35, "limited_joints_change": 35},
            category="ACR Pedi 70",
            remark="not even ACR Pedi 30 with the limit of 30 % at every level",
        ),
    ),
)
