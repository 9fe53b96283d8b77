"""DAS28 with CRP: activity of rheumatoid arthritis. Imports only the vocabulary of facts, the logic and `das28`."""

from __future__ import annotations

from dechallenge.criteria.das28 import (
    CRP_UNIT,
    CUTS_CRP,
    CUTS_ESR,
    MISSING_RULE,
    OVERSTATED,
    PURPOSE,
    REFERENCE,
    SHOWN_WITH,
    activity,
)
from dechallenge.facts.vocabulary.rheumatology_response import das28_crp
from dechallenge.logic.instrument import Computed, Example, Given, Instrument

VECTOR: dict[str, Given] = {"tender_joints_28": 4, "swollen_joints_28": 3, "global_health_mm": 40}

INSTRUMENT = Instrument(
    id="das28-crp",
    title="DAS28 with CRP",
    edition="four variables, CRP in mg/L",
    year=2004,
    kind="score",
    purpose=f"{PURPOSE}, CRP and the patient's global assessment.",
    items=(
        activity("activity", "DAS28-CRP and its band with the cut-offs of DAS28-ESR", das28_crp, CUTS_ESR),
        activity("adjusted", "The band with the cut-offs adjusted to CRP", das28_crp, CUTS_CRP),
    ),
    result=Computed("activity"),
    reference=REFERENCE,
    verification="Formula and both sets of cut-offs read in two or more secondary sources and in open-source code.",
    missing_rule=MISSING_RULE,
    unverified=("the year and the publication of the form with CRP (the reference is that of DAS28)",),
    notes=(
        "CRP is in mg/L. A figure in mg/dL taken for mg/L makes the score far too low.",
        "The cut-offs of DAS28-ESR are often used; the adjusted ones (2.4, 2.9, 4.6) stand beside them, as DAS28-CRP "
        "is lower in the same patient.",
        "Legal values: joints 0 to 28, CRP up to 300 mg/L, global assessment 0 to 100 mm.",
    ),
    cautions=(OVERSTATED, CRP_UNIT),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "4 tender, 3 swollen, CRP 20 mg/L, global 40",
            {**VECTOR, "visit_crp_mg_l": 20},
            {"adjusted": "moderate activity"},
            score=0.56 * 2 + 0.28 * 3**0.5 + 0.36 * 3.044522437723423 + 0.56 + 0.96,
            category="moderate activity",
            remark="4.221 in the fact sheet",
        ),
        Example(
            "the same with CRP 2 mg/dL typed as 2",
            {**VECTOR, "visit_crp_mg_l": 2},
            score=0.56 * 2 + 0.28 * 3**0.5 + 0.36 * 1.0986122886681098 + 0.56 + 0.96,
            category="moderate activity",
            remark="3.520 instead of 4.221: the error of a unit",
        ),
    ),
)
