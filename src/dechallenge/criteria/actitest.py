"""ActiTest: the activity grade of a reported score. The score itself is never computed (its coefficients are secret).

Imports only the vocabulary of facts, the logic, the table of `reported_cells` and the cautions of `fibrotest`.
"""

from __future__ import annotations

from dechallenge.criteria.fibrotest import DOI, NOT_APPLICABLE, REFERENCE, RULE, VERIFICATION
from dechallenge.criteria.reported_cells import Cells
from dechallenge.facts.vocabulary.liver_scores import actitest_grade, actitest_score
from dechallenge.logic.instrument import Computed, Example, Instrument

CELLS = Cells(
    actitest_score,
    actitest_grade,
    (("A0", 0.17), ("A0-A1", 0.29), ("A1", 0.36), ("A1-A2", 0.52), ("A2", 0.60), ("A2-A3", 0.62), ("A3", 1.0)),
)

INSTRUMENT = Instrument(
    id="actitest-grade",
    title="ActiTest grade",
    edition="conversion table of the vendor",
    year=2001,
    kind="score",
    purpose="Turns a reported ActiTest score into its grade, and checks a reported grade against the score.",
    applies_to=("liver injury",),
    items=(CELLS.conversion, CELLS.told, CELLS.agreement),
    result=Computed("stage"),
    reference=REFERENCE,
    doi=DOI,
    verification=VERIFICATION,
    unverified=("the DOI is quoted from memory",),
    missing_rule=RULE,
    cautions=(CELLS.mismatch, *NOT_APPLICABLE),
    shown_with=(actitest_score, actitest_grade),
    notes=("Order for comparison: A0 < A0-A1 < A1 < A1-A2 < A2 < A2-A3 < A3.",),
    examples=(
        Example("0.17", {"actitest_score": 0.17}, score=0.17, category="A0", remark="upper end of the cell"),
        Example("0.36", {"actitest_score": 0.36}, score=0.36, category="A1", remark="upper end of the cell"),
        Example(
            "0.55 reported as A2",
            {"actitest_score": 0.55, "actitest_grade": "A2"},
            {"agreement": "same cell"},
            0.55,
            "A2",
        ),
    ),
)
