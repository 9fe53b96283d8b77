"""What the four forms of DAS28 share: the bands of activity, references, notes and cautions.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.rheumatology_response import (
    swollen_joints_28,
    tender_joints_28,
    visit_crp_mg_l,
    visit_esr_mm_h,
)
from dechallenge.logic import Derived
from dechallenge.logic.instrument import Caution, Item, Option, left_out

REFERENCE = (
    "Prevoo MLL, van 't Hof MA, Kuper HH, et al. Modified disease activity scores that include twenty-eight-joint "
    "counts. Arthritis Rheum 1995;38:44-8. PMID 7818570."
)
MISSING_RULE = "Needs all of its values; with intervals the range is given. Nothing is put in place of a missing value."
PURPOSE = "Activity of rheumatoid arthritis from 28 joints"
SHOWN_WITH = (tender_joints_28, swollen_joints_28)

CUTS_ESR = (2.6, 3.2, 5.1)
CUTS_CRP = (2.4, 2.9, 4.6)


def activity(id: str, title: str, score: Derived, cuts: tuple[float, float, float], unverified: str = "") -> Item:
    """The band of a DAS28: remission below the first cut, low and moderate up to the next two, high above."""
    remission, low, moderate = cuts
    return Item(
        id,
        title,
        (
            Option("remission", f"below {remission:g}", score < remission, unverified),
            Option("low activity", f"{remission:g} to {low:g}", score.between(remission, low), unverified),
            Option(
                "moderate activity",
                f"above {low:g} to {moderate:g}",
                (score > low) & (score <= moderate),
                unverified,
            ),
            Option("high activity", f"above {moderate:g}", score > moderate, unverified),
        ),
        missing=left_out("not computed: needs all of its values"),
        quantity=score,
        source="Cut-offs as read in two or more secondary sources",
    )


OVERSTATED = Caution(
    "IL-6 blockade lowers CRP and ESR directly (tocilizumab, sarilumab): DAS28 overstates the response; judge joints "
    "and global assessment apart.",
    il6_blockade,
)
ESR_ZERO = Caution("An ESR below 1 mm/h is counted as 1, as its logarithm would not exist.", visit_esr_mm_h < 1)
CRP_UNIT = Caution(
    "CRP is below 1 mg/L: make sure that the figure is in mg/L and not in mg/dL (2 mg/dL is 20 mg/L). Project check, "
    "not part of the publication.",
    visit_crp_mg_l < 1,
)
