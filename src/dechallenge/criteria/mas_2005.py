"""Preliminary guidelines for macrophage activation syndrome in systemic juvenile arthritis (Ravelli 2005).

Wholly from memory, so every option is marked. Imports only the vocabulary of facts, the logic and the shared cautions
of IL-1 and IL-6 blockade.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import (
    ast_u_l,
    cns_dysfunction,
    ferritin_ug_l,
    fibrinogen_g_l,
    haemophagocytosis,
    haemorrhage,
    liver_below_arch_cm,
    platelets_lowest,
    sjia,
    wbc_lowest,
)
from dechallenge.logic import Predicate, count_true
from dechallenge.logic.instrument import Category, Caution, Example, Instrument, Item, Option, left_out

LABORATORY = (platelets_lowest <= 262, ast_u_l > 59, wbc_lowest <= 4, fibrinogen_g_l <= 2.5)
CLINICAL = (cns_dysfunction, haemorrhage, liver_below_arch_cm >= 3)
MET = (count_true(LABORATORY) >= 2) | (count_true((*LABORATORY, *CLINICAL)) >= 3)
TWO_OF_ANY = count_true((*LABORATORY, *CLINICAL)) >= 2

MARK = "from memory; the paper was not read"
SOURCE = "Ravelli 2005, preliminary diagnostic guidelines (from memory)"


def _criterion(id: str, title: str, holds: Predicate, fails: str) -> Item:
    options = (Option("yes", title, holds, MARK), Option("no", fails, ~holds, MARK))
    return Item(id, title, options, missing=left_out("not known"), source=SOURCE)


INSTRUMENT = Instrument(
    id="mas-2005",
    title="Macrophage activation syndrome in systemic juvenile arthritis, preliminary guidelines",
    edition="Ravelli 2005",
    year=2005,
    kind="criteria",
    purpose="The first guidelines for macrophage activation syndrome in systemic juvenile arthritis, kept for older "
    "reports; the set of 2016 has taken their place.",
    items=(
        _criterion("platelets", "Platelets ≤ 262 × 10⁹/L", LABORATORY[0], "platelets > 262 × 10⁹/L"),
        _criterion("ast", "AST > 59 U/L", LABORATORY[1], "AST ≤ 59 U/L"),
        _criterion("wbc", "White cells ≤ 4.0 × 10⁹/L", LABORATORY[2], "white cells > 4.0 × 10⁹/L"),
        _criterion("fibrinogen", "Fibrinogen ≤ 2.5 g/L", LABORATORY[3], "fibrinogen > 2.5 g/L"),
        _criterion("cns", "Dysfunction of the central nervous system", CLINICAL[0], "none"),
        _criterion("haemorrhage", "Haemorrhages", CLINICAL[1], "none"),
        _criterion(
            "hepatomegaly", "Liver ≥ 3 cm below the costal arch", CLINICAL[2], "liver < 3 cm below the costal arch"
        ),
        _criterion(
            "haemophagocytosis",
            "Haemophagocytosis in the marrow (needed only in doubtful cases)",
            haemophagocytosis,
            "no haemophagocytosis",
        ),
        Item(
            "verdict",
            "Two laboratory criteria, or two or three of all",
            (
                Option("met", "two laboratory criteria, or three of all", MET, MARK),
                Option(
                    "met by the looser reading",
                    "two of all, not both from the laboratory (the rule says “two or three or more”)",
                    TWO_OF_ANY,
                    MARK,
                ),
                Option("not met", "fewer than two of all", ~TWO_OF_ANY, MARK),
            ),
            missing=left_out("indeterminate: what is needed is not known"),
            source=SOURCE,
        ),
    ),
    result=Category("verdict"),
    reference="Ravelli A, Magni-Manzoni S, Pistorio A, et al. Preliminary diagnostic guidelines for macrophage "
    "activation syndrome complicating systemic juvenile idiopathic arthritis. J Pediatr 2005;146:598–604.",
    doi="10.1016/j.jpeds.2004.12.016",
    verification="Not verified: written from memory. The same figures stand in a table of one review "
    "(doi:10.1086/685112, table 3), which prints platelets < 262 and the rule as “≥ 2 clinical and/or laboratory”.",
    unverified=("the whole set, its signs, its rule and the DOI: from memory",),
    missing_rule="Three-valued: a verdict only when no answer to what is unknown could change it.",
    notes=(
        "Whether two or three criteria are needed when clinical ones are among them is left open by the rule; both "
        "readings are told apart in the verdict.",
        "Haemophagocytosis is not counted.",
    ),
    cautions=(
        Caution("The whole set is written from memory and is unverified."),
        Caution("Outside the population it was made for: systemic juvenile arthritis.", when=~sjia),
        *masked(platelets="platelets", transaminases="ast", neutrophils="wbc", fibrinogen="fibrinogen"),
    ),
    shown_with=(ferritin_ug_l,),
    examples=(
        Example(
            "Platelets and AST",
            {"platelets_lowest": 262, "ast_u_l": 60},
            {"platelets": "yes", "ast": "yes"},
            category="met",
            remark="derived from the rule; no published worked example is known",
        ),
        Example(
            "Platelets and haemorrhage",
            {
                "platelets_lowest": 100,
                "ast_u_l": 30,
                "wbc_lowest": 9,
                "fibrinogen_g_l": 4,
                "cns_dysfunction": False,
                "haemorrhage": True,
                "liver_below_arch_cm": 0,
            },
            category="met by the looser reading",
            remark="derived from the rule",
        ),
    ),
)
