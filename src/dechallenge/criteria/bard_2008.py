"""BARD score (Harrison 2008): body mass index, AST/ALT ratio and diabetes.

Imports only the vocabulary of facts, the logic and the cautions of `fibrosis`.
"""

from __future__ import annotations

from dechallenge.criteria.fibrosis import CHRONIC, DURING, FLARE
from dechallenge.facts.vocabulary.liver_scores import bmi, diabetes, fibrosis_ratio
from dechallenge.logic.instrument import (
    Band,
    Example,
    Instrument,
    Item,
    Option,
    Sum,
    counts_as,
    forbids,
)

INSTRUMENT = Instrument(
    id="bard",
    title="BARD score",
    edition="Harrison 2008",
    year=2008,
    kind="score",
    purpose="Risk of advanced fibrosis in non-alcoholic fatty liver disease.",
    applies_to=("liver injury",),
    items=(
        Item(
            "bmi",
            "Body mass index",
            (Option(1, "28 kg/m² or more", bmi >= 28), Option(0, "below 28 kg/m²", bmi < 28)),
            missing=forbids("the body mass index is needed"),
            source="Harrison 2008",
        ),
        Item(
            "ratio",
            "AST ÷ ALT",
            (Option(2, "0.8 or more", fibrosis_ratio >= 0.8), Option(0, "below 0.8", fibrosis_ratio < 0.8)),
            missing=forbids("AST and ALT are needed"),
            source="Harrison 2008",
        ),
        Item(
            "diabetes",
            "Diabetes",
            (Option(1, "diabetes", diabetes), Option(0, "no diabetes", ~diabetes)),
            missing=counts_as(0, "not told: no point; the range has it"),
            source="Harrison 2008",
        ),
    ),
    result=Sum(
        (
            Band(0, 1, "low risk of advanced fibrosis"),
            Band(2, 4, "high risk of advanced fibrosis"),
        ),
        published_range="0 to 4",
    ),
    reference="Harrison SA, Oliver D, Arnold HL, et al. Development and validation of a simple NAFLD clinical scoring "
    "system for identifying patients without advanced disease. Gut 2008;57:1441–7.",
    doi="10.1136/gut.2007.146019",
    verification="Points and bands read in a source; the paper was not read.",
    unverified=("the DOI is quoted from memory",),
    missing_rule="Without body mass index, AST or ALT no score. Diabetes that is not told gives no point.",
    cautions=(DURING, FLARE, CHRONIC),
    shown_with=(bmi,),
    notes=("A normal AST with a lower normal ALT gives 2 points: low values of both enzymes say little.",),
    examples=(
        Example(
            "tocilizumab: BMI 25, AST 22, ALT 18",
            {"bmi": 25, "fibrosis_ast_u_l": 22, "fibrosis_alt_u_l": 18},
            {"bmi": 0, "ratio": 2, "diabetes": 0},
            2,
            "high risk of advanced fibrosis",
            remark="derived; diabetes not told, glycated haemoglobin normal",
        ),
        Example(
            "anakinra: BMI 31, AST 16, ALT 16",
            {"bmi": 31, "fibrosis_ast_u_l": 16, "fibrosis_alt_u_l": 16},
            {"bmi": 1, "ratio": 2, "diabetes": 0},
            3,
            "high risk of advanced fibrosis",
            remark="derived; diabetes not told",
        ),
    ),
)
