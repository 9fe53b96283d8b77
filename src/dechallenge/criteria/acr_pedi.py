"""ACR Pedi 30, 50, 70 and 90: improvement of juvenile arthritis with a worsening limit of 30 % at every level.

Imports only the vocabulary of facts, the logic and `pedi`.
"""

from __future__ import annotations

from dechallenge.criteria.pedi import (
    MEASURES,
    NEGATIVE_IS_BETTER,
    REFERENCE,
    SHOWN_WITH,
    SOURCE,
    VECTOR,
    WITH_CRP,
    WORSENING_LIMIT,
    blockade,
    response,
)
from dechallenge.criteria.rheumatic import UNKNOWN_IS_NOT_NO
from dechallenge.facts.vocabulary.rheumatology_response import acr_pedi_reported
from dechallenge.logic.instrument import Category, Example, Instrument, Item, Option, left_out

INSTRUMENT = Instrument(
    id="acr-pedi",
    title="ACR Pedi 30, 50, 70, 90",
    edition="1997, worsening limit 30 %",
    year=1997,
    kind="criteria",
    purpose="How far juvenile idiopathic arthritis improved under a treatment: three of six measures, with no more "
    "than one that became worse.",
    items=(
        *MEASURES,
        response("response", "The highest level that is reached", SOURCE),
        Item(
            "stated",
            "The level that the report states",
            tuple(
                Option(value, "as stated, not worked out", acr_pedi_reported.is_(value))
                for value in reversed(acr_pedi_reported.values)
            ),
            missing=left_out("not stated, or stated as a range"),
            source="The report",
            note="Told beside the level that the values give; never used for it.",
        ),
    ),
    result=Category("response"),
    reference=REFERENCE,
    verification="Core set, levels and worsening limit read in a review of endpoints; the paper was not read.",
    missing_rule=UNKNOWN_IS_NOT_NO,
    notes=(
        f"Worsening limit: no more than one measure worse by more than {WORSENING_LIMIT} %, for every level "
        "(canakinumab trials). A limit that grows with the level is “acr-pedi-scaled”, the forms for systemic "
        "disease are “acr-pedi-systemic”.",
        WITH_CRP,
        "A level that a report only states cannot be worked out again without the six measures.",
        NEGATIVE_IS_BETTER,
    ),
    cautions=(blockade("acute phase", "response"),),
    shown_with=(acr_pedi_reported, *SHOWN_WITH),
    examples=(
        Example(
            "-72, -75, -71, -20, +10, -40 %",
            VECTOR,
            {"physician": "70 %", "limited joints": "none", "acute phase": "30 %"},
            category="ACR Pedi 70",
            remark="vector of the fact sheet: 3 of 6 improved by 70 %, none worse by 30 %",
        ),
        Example(
            "the same with one measure +35 %",
            {**VECTOR, "chaq_change": 35},
            category="ACR Pedi 70",
            remark="vector of the fact sheet: only one worsened",
        ),
        Example(
            "the same with two measures +35 %",
            {**VECTOR, "chaq_change": 35, "limited_joints_change": 35},
            category="below ACR Pedi 30",
            remark="vector of the fact sheet: not met",
        ),
        Example(
            "“ACR70-90 %” stated without values",
            {"acr_pedi_reported": "not reported"},
            {"stated": None, "response": None},
            remark="a stated range is no level; the two ends stay possible for the item “stated” only",
        ),
    ),
)
