"""FibroTest: the fibrosis stage of a reported score. The score itself is never computed (patented algorithm).

Imports only the vocabulary of facts, the logic and the table of `reported_cells`.
"""

from __future__ import annotations

from dechallenge.criteria.reported_cells import Cells
from dechallenge.facts.vocabulary.causes import biliary_imaging
from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln, ast_xuln, bili_xuln
from dechallenge.facts.vocabulary.liver_scores import (
    acute_phase,
    fibrotest_score,
    fibrotest_stage,
    gilbert,
    haemolysis,
)
from dechallenge.logic.instrument import Caution, Computed, Example, Instrument

CELLS = Cells(
    fibrotest_score,
    fibrotest_stage,
    (
        ("F0", 0.21),
        ("F0-F1", 0.27),
        ("F1", 0.31),
        ("F1-F2", 0.48),
        ("F2", 0.58),
        ("F3", 0.72),
        ("F3-F4", 0.74),
        ("F4", 1.0),
    ),
)

NOT_APPLICABLE = (
    Caution(
        "Not applicable in acute hepatitis, drug-induced hepatitis included (ALT or AST of 5×ULN or more).",
        when=(alt_xuln >= 5) | (ast_xuln >= 5),
    ),
    Caution("Not applicable in extrahepatic cholestasis.", when=biliary_imaging.is_("positive")),
    Caution(
        "Cholestasis raises GGT and bilirubin, which enter the score (ALP of 2×ULN or more with raised bilirubin).",
        when=(alp_xuln >= 2) & (bili_xuln > 1),
    ),
    Caution("Not applicable in haemolysis, which consumes haptoglobin.", when=haemolysis),
    Caution("Not applicable in Gilbert syndrome, which raises bilirubin.", when=gilbert),
    Caution(
        "Acute-phase states (Still's disease, macrophage activation, a flare of arthritis) raise haptoglobin and "
        "change apolipoprotein A1: the stage may be too low.",
        when=acute_phase,
    ),
    Caution("IL-6 blockade lowers haptoglobin: score and stage may be too high.", when=il6_blockade),
    Caution("Accepted as reported; neither score nor stage is computed here."),
)
"""When a FibroTest or ActiTest does not hold."""

REFERENCE = (
    "Imbert-Bismut F, Ratziu V, Pieroni L, et al. Biochemical markers of liver fibrosis in patients with hepatitis C "
    "virus infection: a prospective study. Lancet 2001;357:1069–75."
)
DOI = "10.1016/S0140-6736(00)04258-6"
VERIFICATION = "Table of cells read in the vendor's table and a university laboratory handbook, identical."
RULE = "A score that is not reported is not computed. Different stages in one report leave all of them open."

INSTRUMENT = Instrument(
    id="fibrotest-stage",
    title="FibroTest stage",
    edition="conversion table of the vendor",
    year=2001,
    kind="score",
    purpose="Turns a reported FibroTest score into its stage, and checks a reported stage against the score.",
    applies_to=("liver injury",),
    items=(CELLS.conversion, CELLS.told, CELLS.agreement),
    result=Computed("stage"),
    reference=REFERENCE,
    doi=DOI,
    verification=VERIFICATION,
    unverified=("the DOI is quoted from memory",),
    missing_rule=RULE,
    cautions=(CELLS.mismatch, *NOT_APPLICABLE),
    shown_with=(fibrotest_score, fibrotest_stage),
    notes=(
        "Order for comparison: F0 < F0-F1 < F1 < F1-F2 < F2 < F3 < F3-F4 < F4.",
        "At a boundary the unrounded score decides: 0.305 and 0.314 both print as 0.31, and are F1 and F1-F2.",
    ),
    examples=(
        Example("0.305", {"fibrotest_score": 0.305}, score=0.305, category="F1", remark="handbook: rounds to 0.31, F1"),
        Example(
            "0.314",
            {"fibrotest_score": 0.314},
            score=0.314,
            category="F1-F2",
            remark="handbook: rounds to 0.31, reported F1-F2",
        ),
        Example(
            "0.31 with its rounding, reported as F1-F2",
            {"fibrotest_score": 0.31, "fibrotest_stage": "F1-F2"},
            {"agreement": "within rounding"},
            0.31,
            "F1",
            remark="no contradiction: the unrounded score may be 0.314",
        ),
        Example(
            "0.40 reported as F2",
            {"fibrotest_score": 0.40, "fibrotest_stage": "F2"},
            {"agreement": "another cell"},
            0.40,
            "F1-F2",
            remark="derived: a contradiction",
        ),
    ),
)
