"""DAS28 with ESR: activity of rheumatoid arthritis. Imports only the vocabulary of facts, the logic and `das28`."""

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
from dechallenge.facts.vocabulary.rheumatology_response import das28_esr
from dechallenge.logic.instrument import Computed, Example, Instrument

INSTRUMENT = Instrument(
    id="das28-esr",
    title="DAS28 with ESR",
    edition="four variables (1995)",
    year=1995,
    kind="score",
    purpose=f"{PURPOSE}, ESR and the patient's global assessment.",
    items=(activity("activity", "DAS28-ESR and its band", das28_esr, CUTS_ESR),),
    result=Computed("activity"),
    reference=REFERENCE,
    verification="Formula and cut-offs read in two or more secondary sources and in open-source code.",
    missing_rule=MISSING_RULE,
    notes=("ESR 0 counts as 1.", "Legal values: joints 0 to 28, ESR up to 300 mm/h, global assessment 0 to 100 mm."),
    cautions=(OVERSTATED, ESR_ZERO),
    shown_with=SHOWN_WITH,
    examples=(
        Example(
            "4 tender, 3 swollen, ESR 30, global 40",
            {"tender_joints_28": 4, "swollen_joints_28": 3, "visit_esr_mm_h": 30, "global_health_mm": 40},
            score=0.56 * 2 + 0.28 * 3**0.5 + 0.70 * 3.4011973816621555 + 0.56,
            category="moderate activity",
            remark="4.546 in the fact sheet",
        ),
        Example(
            "10 tender, 8 swollen, ESR 45, global 60",
            {"tender_joints_28": 10, "swollen_joints_28": 8, "visit_esr_mm_h": 45, "global_health_mm": 60},
            score=0.56 * 10**0.5 + 0.28 * 8**0.5 + 0.70 * 3.8066624897703196 + 0.84,
            category="high activity",
            remark="6.067 in the fact sheet",
        ),
        Example(
            "ESR 0 counts as 1",
            {"tender_joints_28": 0, "swollen_joints_28": 0, "visit_esr_mm_h": 0, "global_health_mm": 10},
            score=0.14,
            category="remission",
            remark="worked out from the formula",
        ),
    ),
)
