"""MS score (Minoia 2019): macrophage activation syndrome against active systemic juvenile arthritis.

Imports only the vocabulary of facts, the logic and the shared cautions of IL-1 and IL-6 blockade.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import (
    ferritin_ug_l,
    ms_score,
    sjia,
)
from dechallenge.logic.instrument import Caution, Computed, Example, Instrument, Item, Option, left_out

MISSING = left_out("not computed: all seven inputs are needed; the bounds are those of what is not known")

INSTRUMENT = Instrument(
    id="ms-score",
    title="MS score",
    edition="Minoia 2019",
    year=2019,
    kind="score",
    purpose="Tells macrophage activation syndrome from active systemic juvenile arthritis in a febrile child: a "
    "weighted sum of three signs and four values.",
    items=(
        Item(
            "score",
            "MS score",
            (
                Option("consider MAS", "MS score ≥ −2.1", ms_score >= -2.1),
                Option("below the cut-off", "MS score < −2.1", ms_score < -2.1),
            ),
            missing=MISSING,
            quantity=ms_score,
            source="Minoia 2019, table 4",
        ),
        Item(
            "danish",
            "With the cut-off of a small Danish cohort",
            (
                Option("consider MAS", "MS score ≥ −1.5", ms_score >= -1.5),
                Option("below the cut-off", "MS score < −1.5", ms_score < -1.5),
            ),
            missing=MISSING,
            source="Int J Rheumatol 2022:1784529: sensitivity 71 %, specificity 92 %",
        ),
    ),
    result=Computed("score"),
    reference="Minoia F, Bovis F, Davì S, et al. Development and initial validation of the MS score for diagnosis of "
    "macrophage activation syndrome in systemic juvenile idiopathic arthritis. Ann Rheum Dis 2019;78:1357–62.",
    doi="10.1136/annrheumdis-2019-215211",
    verification="Coefficients, their confidence intervals and the cut-off read in the paper's table 4 and a second "
    "source.",
    missing_rule="No score while an input is unknown; the bounds tell whether the missing ones could change the side.",
    notes=(
        "The cut-off is ≥ −2.1. One page prints “if the MS score is -2.1”, with the sign lost.",
        "95 % confidence intervals: CNS 1.26 to 3.65; haemorrhage 0.00 to 3.05; arthritis −2.05 to 0.00; platelets "
        "−0.005 to −0.001; LDH 0.0002 to 0.002; fibrinogen −0.006 to −0.002; ferritin 0.00 to 0.0002.",
        "From 362 with macrophage activation syndrome and 404 with active systemic juvenile arthritis; scores from "
        "−8.4 to 41.8; area under the curve 0.95.",
        "Fibrinogen enters in mg/dL (100 × g/L), ferritin in ng/mL (= µg/L), platelets in 10⁹/L.",
        "Where fibrinogen is only “low”, bracket it, for example from 0.5 to 3.6 g/L, and see whether the side "
        "changes.",
    ),
    cautions=(
        Caution("Outside the validated population: made for systemic juvenile arthritis.", when=~sjia),
        *masked(ferritin=("score", "danish"), platelets=("score", "danish"), fibrinogen=("score", "danish")),
    ),
    shown_with=(ferritin_ug_l,),
    examples=(
        Example(
            "CNS dysfunction, ferritin 10,000",
            {
                "cns_dysfunction": True,
                "haemorrhage": False,
                "active_arthritis": False,
                "platelets_lowest": 100,
                "ldh_u_l": 1000,
                "fibrinogen_g_l": 1.5,
                "ferritin_ug_l": 10000,
            },
            score=3.54,
            category="consider MAS",
        ),
        Example(
            "Active arthritis only",
            {
                "cns_dysfunction": False,
                "haemorrhage": False,
                "active_arthritis": True,
                "platelets_lowest": 350,
                "ldh_u_l": 400,
                "fibrinogen_g_l": 5,
                "ferritin_ug_l": 300,
            },
            score=-3.92,
            category="below the cut-off",
        ),
        *(
            Example(
                f"Boy of 10 years, fibrinogen {fibrinogen:g} g/L assumed",
                {
                    "cns_dysfunction": False,
                    "haemorrhage": False,
                    "active_arthritis": True,
                    "platelets_lowest": 116,
                    "ldh_u_l": 723,
                    "ferritin_ug_l": 905,
                    "fibrinogen_g_l": fibrinogen,
                },
                score=score,
                category=category,
                remark="Rodionovskaya, patient 1: the side depends on the fibrinogen that is not told",
            )
            for fibrinogen, score, category in ((2, -1.6345, "consider MAS"), (3.6, -2.2745, "below the cut-off"))
        ),
        *(
            Example(
                f"Girl of 3 years, fibrinogen {fibrinogen:g} g/L assumed",
                {
                    "cns_dysfunction": True,
                    "haemorrhage": False,
                    "active_arthritis": True,
                    "platelets_lowest": 115,
                    "ldh_u_l": 1702,
                    "ferritin_ug_l": 10000,
                    "fibrinogen_g_l": fibrinogen,
                },
                score=score,
                category="consider MAS",
                remark="Rodionovskaya, patient 2: whatever the fibrinogen",
            )
            for fibrinogen, score in ((1, 3.097), (2, 2.697), (3.6, 2.057), (5, 1.497))
        ),
    ),
)
