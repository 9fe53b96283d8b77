"""Ferritin ÷ erythrocyte sedimentation rate: a screen for macrophage activation in systemic juvenile arthritis.

Imports only the vocabulary of facts, the logic and the shared cautions of IL-1 and IL-6 blockade.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import esr_mm_h, ferritin_esr, sjia
from dechallenge.logic.instrument import Caution, Computed, Example, Instrument, Item, Option, left_out

MISSING = left_out("not computed: needs ferritin and sedimentation rate")
SIGN = "whether 21.5 itself counts: the abstract gives the figure without a sign"

INSTRUMENT = Instrument(
    id="ferritin-esr-ratio",
    title="Ferritin ÷ ESR",
    edition="Eloseily 2019",
    year=2019,
    kind="score",
    purpose="Screens for macrophage activation syndrome in systemic juvenile arthritis: ferritin rises while the "
    "sedimentation rate falls.",
    items=(
        Item(
            "ratio",
            "Ferritin (µg/L) ÷ ESR (mm/h)",
            (
                Option("suggests MAS", "ratio > 21.5", ferritin_esr > 21.5, SIGN),
                Option("does not", "ratio ≤ 21.5", ferritin_esr <= 21.5, SIGN),
            ),
            missing=MISSING,
            quantity=ferritin_esr,
            source="Eloseily 2019, abstract: 21.5 is 82 % sensitive and 78 % specific against active disease",
        ),
        Item(
            "danish",
            "With the cut-off of a small Danish cohort",
            (
                Option("suggests MAS", "ratio ≥ 19.4", ferritin_esr >= 19.4),
                Option("does not", "ratio < 19.4", ferritin_esr < 19.4),
            ),
            missing=MISSING,
            source="Int J Rheumatol 2022:1784529: sensitivity 100 %, specificity 72 %",
        ),
    ),
    result=Computed("ratio"),
    reference="Eloseily EMA, Minoia F, Crayne CB, et al. Ferritin to erythrocyte sedimentation rate ratio: simple "
    "measure to identify macrophage activation syndrome in systemic juvenile idiopathic arthritis. ACR Open Rheumatol "
    "2019;1:345–9.",
    doi="10.1002/acr2.11048",
    verification="The cut-off 21.5 with its sensitivity and specificity read in the abstract (PMID 31777812); that of "
    "the Danish cohort in its paper.",
    missing_rule="Both values are needed, from the same time; a bound of one gives a bound of the ratio.",
    notes=(
        "A screen, not a diagnosis. A sedimentation rate that falls while CRP and ferritin are high is itself a sign "
        "of macrophage activation.",
    ),
    cautions=(
        Caution("Outside the validated population: made for systemic juvenile arthritis.", when=~sjia),
        *masked(ferritin=("ratio", "danish"), esr=("ratio", "danish")),
    ),
    shown_with=(esr_mm_h,),
    examples=(
        Example(
            "Boy of 10 years",
            {"ferritin_ug_l": 905, "esr_mm_h": 2},
            {"danish": "suggests MAS"},
            452.5,
            "suggests MAS",
            remark="Rodionovskaya, patient 1",
        ),
        Example(
            "Girl of 3 years",
            {"ferritin_ug_l": (10000, None), "esr_mm_h": 10},
            {"danish": "suggests MAS"},
            category="suggests MAS",
            remark="Rodionovskaya, patient 2: above 1000",
        ),
        Example(
            "Between the two cut-offs",
            {"ferritin_ug_l": 1000, "esr_mm_h": 50},
            {"danish": "suggests MAS"},
            20,
            "does not",
        ),
    ),
)
