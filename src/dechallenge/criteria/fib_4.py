"""FIB-4: an index of liver fibrosis from age, AST, ALT and platelets.

Imports only the vocabulary of facts, the logic and the cautions of `fibrosis`.
"""

from __future__ import annotations

from dechallenge.criteria.fibrosis import CHRONIC, DURING, FLARE, NOT_COMPUTED, PLATELETS
from dechallenge.facts.vocabulary.liver_scores import fib4, fibrosis_platelets
from dechallenge.facts.vocabulary.person import age
from dechallenge.logic.instrument import Caution, Computed, Example, Given, Instrument, Item, Option


def _values(years: float, ast: float, alt: float, platelets: float) -> dict[str, Given]:
    return {"age": years, "fibrosis_ast_u_l": ast, "fibrosis_alt_u_l": alt, "fibrosis_platelets": platelets}


INSTRUMENT = Instrument(
    id="fib-4",
    title="FIB-4",
    edition="Sterling 2006, with the cuts for NAFLD",
    year=2006,
    kind="score",
    purpose="Likelihood of advanced liver fibrosis in chronic liver disease.",
    applies_to=("liver injury",),
    items=(
        Item(
            "fib4",
            "FIB-4 with the cuts of Sterling",
            (
                Option("low", "< 1.45: Ishak 0-1 likely", fib4 < 1.45),
                Option("indeterminate", "1.45 to 3.25: Ishak 2-3 possible", fib4.between(1.45, 3.25)),
                Option("advanced", "> 3.25: Ishak 4-6 likely", fib4 > 3.25),
            ),
            missing=NOT_COMPUTED,
            quantity=fib4,
            source="Sterling 2006",
        ),
        Item(
            "nafld",
            "The cuts for NAFLD",
            (
                Option("low", "< 1.30", fib4 < 1.30),
                Option("low", "aged 65 or over: < 2.0", (age >= 65) & (fib4 < 2.0)),
                Option(
                    "indeterminate",
                    "1.30 (aged 65 or over: 2.0) to 2.67",
                    (fib4 <= 2.67) & (((age < 65) & (fib4 >= 1.30)) | (fib4 >= 2.0)),
                ),
                Option("advanced", "> 2.67", fib4 > 2.67),
            ),
            missing=NOT_COMPUTED,
            source="cuts for NAFLD, read in two code sets",
        ),
    ),
    result=Computed("fib4"),
    reference="Sterling RK, Lissen E, Clumeck N, et al. Development of a simple noninvasive index to predict "
    "significant fibrosis in patients with HIV/HCV coinfection. Hepatology 2006;43:1317–25.",
    doi="10.1002/hep.21178",
    verification="Formula and cuts read in two sources; one published example of a public set of calculator cases "
    "recomputed; the paper was not read.",
    missing_rule="None of the four values may be assumed. ALT has to be above 0.",
    cautions=(
        DURING,
        FLARE,
        PLATELETS,
        Caution("Less reliable under 35 and over 65 years.", when=(age < 35) | (age > 65)),
        CHRONIC,
    ),
    shown_with=(fibrosis_platelets,),
    notes=("Platelets in 10⁹/L: 181,000/µL is 181.",),
    examples=(
        Example(
            "age 35, AST 107, ALT 104, platelets 181",
            _values(35, 107, 104, 181),
            {"nafld": "indeterminate"},
            35 * 107 / (181 * 104**0.5),
            "indeterminate",
            remark="published (calculator cases): 2.029",
        ),
        Example(
            "tocilizumab, before the drug: age 46, AST 22, ALT 18, platelets 178",
            _values(46, 22, 18, 178),
            {"nafld": "indeterminate"},
            46 * 22 / (178 * 18**0.5),
            "low",
            remark="derived: 1.340",
        ),
        Example(
            "anakinra, before the drug: age 49, AST 16, ALT 16, platelets 221",
            _values(49, 16, 16, 221),
            {"nafld": "low"},
            49 * 16 / (221 * 4),
            "low",
            remark="derived: 0.887",
        ),
        Example(
            "anakinra, at the event with the platelets of before: AST 30, ALT 50",
            {**_values(49, 30, 50, 221), "fibrosis_values": "from both times"},
            {"nafld": "low"},
            49 * 30 / (221 * 50**0.5),
            "low",
            remark="derived: 0.941; of no use, as the enzymes are those of the reaction",
        ),
    ),
)
