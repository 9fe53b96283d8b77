"""DAS28 with CRP and three variables. Imports only the vocabulary of facts, the logic and `das28`."""

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
from dechallenge.facts.vocabulary.rheumatology_response import das28_crp_3
from dechallenge.logic.instrument import Computed, Example, Instrument

FROM_MEMORY = "formula from memory"

INSTRUMENT = Instrument(
    id="das28-crp-3",
    title="DAS28 with CRP, three variables",
    edition="three variables (unverified)",
    year=2004,
    kind="score",
    purpose=f"{PURPOSE} and CRP, where there is no global assessment.",
    items=(
        activity(
            "activity",
            "DAS28-CRP (three variables) and its band with the cut-offs of DAS28-ESR",
            das28_crp_3,
            CUTS_ESR,
            FROM_MEMORY,
        ),
        activity("adjusted", "The band with the cut-offs adjusted to CRP", das28_crp_3, CUTS_CRP, FROM_MEMORY),
    ),
    result=Computed("activity"),
    reference=REFERENCE,
    verification="Not verified: the formula is from memory.",
    unverified=("the formula: factor 1.10 and constant 1.15", "the year and the publication of the form with CRP"),
    missing_rule=MISSING_RULE,
    cautions=(OVERSTATED, CRP_UNIT),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "4 tender, 3 swollen, CRP 20 mg/L",
            {"tender_joints_28": 4, "swollen_joints_28": 3, "visit_crp_mg_l": 20},
            score=(0.56 * 2 + 0.28 * 3**0.5 + 0.36 * 3.044522437723423) * 1.10 + 1.15,
            category="moderate activity",
            remark="worked out from the formula",
        ),
    ),
)
