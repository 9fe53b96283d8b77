"""APRI: AST to platelet ratio index.

Imports only the vocabulary of facts, the logic and the cautions of `fibrosis`.
"""

from __future__ import annotations

from dechallenge.criteria.fibrosis import CHRONIC, DURING, FLARE_OF_MULTIPLES, NOT_COMPUTED, PLATELETS
from dechallenge.facts.vocabulary.liver_scores import apri, fibrosis_platelets
from dechallenge.logic.instrument import Computed, Example, Instrument, Item, Option

INSTRUMENT = Instrument(
    id="apri",
    title="APRI",
    edition="Wai 2003",
    year=2003,
    kind="score",
    purpose="Likelihood of significant fibrosis and of cirrhosis in chronic liver disease.",
    applies_to=("liver injury",),
    items=(
        Item(
            "apri",
            "APRI with the cuts for significant fibrosis",
            (
                Option("low", "< 0.5: significant fibrosis unlikely", apri < 0.5),
                Option("indeterminate", "0.5 to 1.5", apri.between(0.5, 1.5)),
                Option("significant fibrosis", "> 1.5", apri > 1.5),
            ),
            missing=NOT_COMPUTED,
            quantity=apri,
            source="Wai 2003",
        ),
        Item(
            "cirrhosis",
            "The cuts for cirrhosis",
            (
                Option("low", "< 1.0: cirrhosis unlikely", apri < 1.0),
                Option("indeterminate", "1.0 to 2.0", apri.between(1.0, 2.0)),
                Option("cirrhosis", "> 2.0", apri > 2.0),
            ),
            missing=NOT_COMPUTED,
            source="Wai 2003",
        ),
    ),
    result=Computed("apri"),
    reference="Wai CT, Greenson JK, Fontana RJ, et al. A simple noninvasive index can predict both significant "
    "fibrosis and cirrhosis in patients with chronic hepatitis C. Hepatology 2003;38:518–26.",
    doi="10.1053/jhep.2003.50346",
    verification="Cuts read in a source; the formula read in four public calculator pages, one of which cites the "
    "paper (gihep.com, handlebar-online.com, mdapp.co, readycalculator.com); the paper was not read.",
    missing_rule="AST with the laboratory's limit and platelets are needed; a default limit is said to be one.",
    cautions=(DURING, FLARE_OF_MULTIPLES, PLATELETS, CHRONIC),
    shown_with=(fibrosis_platelets,),
    unverified=("the DOI is quoted from memory",),
    examples=(
        Example(
            "tocilizumab, before the drug: AST 22 with a limit of 40, platelets 178",
            {"fibrosis_ast_xuln": 22 / 40, "fibrosis_platelets": 178},
            {"cirrhosis": "low"},
            55 / 178,
            "low",
            remark="derived: 0.309",
        ),
    ),
)
