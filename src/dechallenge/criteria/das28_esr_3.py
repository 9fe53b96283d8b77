"""DAS28 with ESR and three variables. Imports only the vocabulary of facts, the logic and `das28`."""

from __future__ import annotations

from dechallenge.criteria.das28 import (
    CUTS_ESR,
    ESR_ZERO,
    MISSING_RULE,
    OVERSTATED,
    PURPOSE,
    REFERENCE,
    SHOWN_WITH,
    activity,
)
from dechallenge.facts.vocabulary.rheumatology_response import das28_esr_3
from dechallenge.logic.instrument import Computed, Example, Instrument

FROM_MEMORY = "formula from memory"

INSTRUMENT = Instrument(
    id="das28-esr-3",
    title="DAS28 with ESR, three variables",
    edition="three variables (unverified)",
    year=1995,
    kind="score",
    purpose=f"{PURPOSE} and ESR, where there is no global assessment.",
    items=(activity("activity", "DAS28-ESR (three variables) and its band", das28_esr_3, CUTS_ESR, FROM_MEMORY),),
    result=Computed("activity"),
    reference=REFERENCE,
    verification="Not verified: the formula is from memory.",
    unverified=("the formula: factor 1.08 and constant 0.16",),
    missing_rule=MISSING_RULE,
    cautions=(OVERSTATED, ESR_ZERO),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "4 tender, 3 swollen, ESR 30",
            {"tender_joints_28": 4, "swollen_joints_28": 3, "visit_esr_mm_h": 30},
            score=(0.56 * 2 + 0.28 * 3**0.5 + 0.70 * 3.4011973816621555) * 1.08 + 0.16,
            category="moderate activity",
            remark="worked out from the formula",
        ),
    ),
)
