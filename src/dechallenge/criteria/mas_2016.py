"""Classification of macrophage activation syndrome in systemic juvenile arthritis, EULAR/ACR/PRINTO 2016.

Imports only the vocabulary of facts, the logic and the shared cautions of IL-1 and IL-6 blockade.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import (
    ast_u_l,
    ferritin_ug_l,
    fever,
    fibrinogen_g_l,
    platelets_lowest,
    sjia,
    triglycerides_mg_dl,
)
from dechallenge.logic import OTHERWISE, Predicate, count_true
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

FERRITIN = ferritin_ug_l > 684
PLATELETS = platelets_lowest <= 181
AST = ast_u_l > 48
TRIGLYCERIDES = triglycerides_mg_dl > 156
FIBRINOGEN = fibrinogen_g_l <= 3.6
TWO_OF_FOUR = count_true((PLATELETS, AST, TRIGLYCERIDES, FIBRINOGEN)) >= 2
MET = fever & FERRITIN & TWO_OF_FOUR

SOURCE = "Ravelli 2016, classification criteria"


def _criterion(id: str, title: str, holds: Predicate, fails: str) -> Item:
    options = (Option("yes", title, holds), Option("no", fails, ~holds))
    return Item(id, title, options, missing=left_out("not known"), source=SOURCE)


INSTRUMENT = Instrument(
    id="mas-2016",
    title="Macrophage activation syndrome in systemic juvenile arthritis",
    edition="EULAR/ACR/PRINTO 2016",
    year=2016,
    kind="criteria",
    purpose="Whether a febrile patient with known or suspected systemic juvenile arthritis is classified as having "
    "macrophage activation syndrome: ferritin, and two of four further values.",
    items=(
        _criterion("fever", "Fever", fever, "no fever"),
        _criterion("ferritin", "Ferritin > 684 µg/L", FERRITIN, "ferritin ≤ 684 µg/L"),
        _criterion("platelets", "Platelets ≤ 181 × 10⁹/L", PLATELETS, "platelets > 181 × 10⁹/L"),
        _criterion("ast", "AST > 48 U/L", AST, "AST ≤ 48 U/L"),
        _criterion("triglycerides", "Triglycerides > 156 mg/dL", TRIGLYCERIDES, "triglycerides ≤ 156 mg/dL"),
        _criterion("fibrinogen", "Fibrinogen ≤ 3.6 g/L", FIBRINOGEN, "fibrinogen > 3.6 g/L"),
        Item(
            "verdict",
            "Fever, ferritin and two of the four",
            (
                Option("met", "fever, ferritin > 684 µg/L and at least two of the four other values", MET),
                Option("not met", "no fever, ferritin ≤ 684 µg/L, or fewer than two of the four", ~MET),
            ),
            missing=left_out("indeterminate: what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Ravelli A, Minoia F, Davì S, et al. 2016 classification criteria for macrophage activation syndrome "
    "complicating systemic juvenile idiopathic arthritis. Ann Rheum Dis 2016;75:481–9; Arthritis Rheumatol "
    "2016;68:566–76, doi:10.1002/art.39332.",
    doi="10.1136/annrheumdis-2015-208982",
    verification="Criteria and limits read in two or more sources; the paper itself was not opened.",
    unverified=(
        "sensitivity 0.73 and specificity 0.99 in validation",
        "the remark that the abnormal values must not be explained otherwise, and its list of examples",
        "how IL-1 and IL-6 blockade change fever, ferritin and fibrinogen",
    ),
    missing_rule="Three-valued: met or not met only when no answer to what is unknown could change it. A value told "
    "only in words (“triglycerides increased”) is not counted; the attainable categories show what accepting it would "
    "give.",
    notes=(
        "Ferritin, AST and triglycerides are strict (>), platelets and fibrinogen are inclusive (≤).",
        "Fibrinogen is 360 mg/dL = 3.6 g/L = 10.58 µmol/L. A widely used manual prints 10.58 g/L, which is the figure "
        "in µmol/L; fibrinogen above 10 g/L is not accepted.",
        "Triglycerides 156 mg/dL is 1.76 mmol/L. AST is in U/L: a multiple of an unknown limit counts as a lower "
        "bound, with a limit of at least 20 U/L.",
        "The values must not be explained otherwise: immune thrombocytopenia, infectious hepatitis, visceral "
        "leishmaniasis, familial hyperlipidaemia (unverified).",
        "From 428 profiles, 161 with macrophage activation syndrome and 267 mimics, rated by 28 experts.",
        "Fulfilled criteria say nothing of the cause: active disease, an infection and the drug compete.",
    ),
    cautions=(
        Caution(
            "Outside the validated population: the criteria were made for systemic juvenile arthritis. Their use in "
            "adult-onset Still's disease is common, and is an extrapolation.",
            when=~sjia,
        ),
        Caution(
            "Values that something else explains do not count (immune thrombocytopenia, infectious hepatitis, visceral "
            "leishmaniasis, familial hyperlipidaemia); this has to be judged by a person (list unverified).",
            when=OTHERWISE,
        ),
        *masked(
            fever=("fever", "verdict"),
            ferritin=("ferritin", "verdict"),
            platelets="platelets",
            transaminases="ast",
            triglycerides="triglycerides",
            fibrinogen="fibrinogen",
        ),
    ),
    shown_with=(ferritin_ug_l,),
    examples=(
        Example(
            "Ferritin exactly 684",
            {"fever": True, "sjia": True, "ferritin_ug_l": 684, "platelets_lowest": 100, "ast_u_l": 100},
            {"ferritin": "no", "platelets": "yes", "ast": "yes"},
            category="not met",
            remark="684 is not above 684",
        ),
        Example(
            "Only the platelets",
            {
                "fever": True,
                "ferritin_ug_l": 685,
                "platelets_lowest": 181,
                "ast_u_l": 48,
                "triglycerides_mg_dl": 156,
                "fibrinogen_g_l": 3.61,
            },
            {"platelets": "yes", "ast": "no", "triglycerides": "no", "fibrinogen": "no"},
            category="not met",
        ),
        Example(
            "Platelets and fibrinogen on their limits",
            {"fever": True, "ferritin_ug_l": 685, "platelets_lowest": 181, "fibrinogen_g_l": 3.6},
            category="met",
        ),
        Example(
            "No word of fever",
            {
                "ferritin_ug_l": 685,
                "platelets_lowest": 100,
                "ast_u_l": 100,
                "triglycerides_mg_dl": 300,
                "fibrinogen_g_l": 1,
            },
            {"fever": None, "verdict": None},
            remark="indeterminate: silence is not the absence of fever",
        ),
        Example(
            "Boy of 10 years: figures only",
            {"fever": True, "sjia": True, "ferritin_ug_l": 905, "platelets_lowest": 116},
            {"platelets": "yes", "ast": None, "triglycerides": None, "fibrinogen": None, "verdict": None},
            remark="Rodionovskaya, patient 1: triglycerides up and fibrinogen down without figures; one of four is "
            "sure",
        ),
        Example(
            "Boy of 10 years: words accepted",
            {
                "fever": True,
                "sjia": True,
                "ferritin_ug_l": 905,
                "platelets_lowest": 116,
                "triglycerides_mg_dl": (157, None),
                "fibrinogen_g_l": (None, 3.6),
            },
            category="met",
            remark="three of four",
        ),
        Example(
            "Girl of 3 years: figures only",
            {"fever": True, "sjia": True, "ferritin_ug_l": (10001, None), "platelets_lowest": 115},
            {"ferritin": "yes", "platelets": "yes", "verdict": None},
            remark="Rodionovskaya, patient 2, under anakinra",
        ),
        Example(
            "Girl of 3 years: raised triglycerides accepted",
            {
                "fever": True,
                "sjia": True,
                "ferritin_ug_l": (10001, None),
                "platelets_lowest": 115,
                "triglycerides_mg_dl": (157, None),
            },
            category="met",
            remark="two of four",
        ),
        Example(
            "Adult-onset Still's disease, AST 70 × ULN",
            {
                "fever": True,
                "sjia": False,
                "ferritin_ug_l": 278500,
                "platelets_lowest": 122,
                "ast_u_l": (1400, None),
            },
            {"ast": "yes"},
            category="met",
            remark="Perrin, case 2: met by the numbers, outside the validated population",
        ),
    ),
)
