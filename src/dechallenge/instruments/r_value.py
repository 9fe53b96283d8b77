"""R and nR: the pattern of a liver injury from its first qualifying tests.

Imports only the vocabulary of facts and the logic. RUCAM and Hy's law take R and the patterns from here.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, ast_xuln
from dechallenge.logic import maximum
from dechallenge.logic.instrument import Computed, Example, Instrument, Item, Option, left_out

R = alt_xuln / alp_xuln
NR = maximum(alt_xuln, ast_xuln) / alp_xuln

HEPATOCELLULAR = R >= 5
MIXED = (R > 2) & (R < 5)
CHOLESTATIC = R <= 2
CHOLESTATIC_OR_MIXED = R < 5

NOT_COMPUTED = left_out("not computed: needs both values")

INSTRUMENT = Instrument(
    id="r-value",
    title="R value",
    edition="consensus cut-offs (≥ 5 / ≤ 2)",
    year=1990,
    kind="score",
    purpose="Pattern of a liver injury: R = (ALT ÷ ULN) ÷ (ALP ÷ ULN) at the first qualifying test.",
    applies_to=("liver injury",),
    items=(
        Item(
            "R",
            "R and the pattern it gives",
            (
                Option("hepatocellular", "R ≥ 5", HEPATOCELLULAR),
                Option("mixed", "2 < R < 5", MIXED),
                Option("cholestatic", "R ≤ 2", CHOLESTATIC),
            ),
            missing=NOT_COMPUTED,
            quantity=R,
            source="Consensus meeting 1990, as used by RUCAM 1993 and 2016 and by Aithal 2011",
        ),
        Item(
            "nR",
            "nR (the higher of ALT and AST) and the pattern it gives",
            (
                Option("hepatocellular", "nR ≥ 5", NR >= 5),
                Option("mixed", "2 < nR < 5", (NR > 2) & (NR < 5)),
                Option("cholestatic", "nR ≤ 2", NR <= 2),
            ),
            missing=left_out("not computed: needs ALT, AST and ALP; without AST it is R"),
            quantity=NR,
            source="Robles-Díaz 2014",
        ),
        Item(
            "worksheet",
            "The pattern with the limits that the LiverTox worksheet prints",
            (
                Option("hepatocellular", "R > 5", R > 5),
                Option("mixed", "2 ≤ R ≤ 5", R.between(2, 5)),
                Option("cholestatic", "R < 2", R < 2),
            ),
            missing=NOT_COMPUTED,
            source="LiverTox RUCAM worksheet; differs only at exactly 2 and 5",
        ),
    ),
    result=Computed("R"),
    reference="Bénichou C. Criteria of drug-induced liver disorders: international consensus meeting. J Hepatol "
    "1990;11:272–6. nR: Robles-Díaz M, et al. Gastroenterology 2014;147:109–118.",
    doi="10.1053/j.gastro.2014.03.050",
    verification="R, its cut-offs and nR read in two or more sources; the 1990 reference is quoted from memory.",
    missing_rule="R needs ALT and ALP with their limits; nR needs AST as well, and without AST is reported as R.",
    notes=(
        "Both values come from the same sample, or as close as possible, at the first test that meets the case "
        "definition; not at the peak.",
        "With an abnormal baseline the mean baseline takes the place of the limit.",
    ),
    examples=(
        Example(
            "ALT 400/40, ALP 120/120", {"alt_xuln": 10, "ast_xuln": 5, "alp_xuln": 1}, {"nR": 10}, 10, "hepatocellular"
        ),
        Example(
            "ALT 160/40, AST 480/40, ALP 180/120",
            {"alt_xuln": 4, "ast_xuln": 12, "alp_xuln": 1.5},
            {"nR": 8},
            4 / 1.5,
            "mixed",
            remark="nR makes it hepatocellular",
        ),
        Example(
            "ALT 200/40, ALP 600/120", {"alt_xuln": 5, "ast_xuln": 3.75, "alp_xuln": 5}, {"nR": 1}, 1, "cholestatic"
        ),
        Example(
            "R exactly 5",
            {"alt_xuln": 5, "alp_xuln": 1},
            {"worksheet": "mixed"},
            5,
            "hepatocellular",
            remark="mixed with the limits of the LiverTox worksheet",
        ),
        Example(
            "R exactly 2",
            {"alt_xuln": 3, "ast_xuln": 2.5, "alp_xuln": 1.5},
            {"nR": 2, "worksheet": "mixed"},
            2,
            "cholestatic",
            remark="mixed with the limits of the LiverTox worksheet",
        ),
    ),
)
