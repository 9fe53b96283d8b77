"""What the forms of the ACR Pedi response share: the core set, the rule with its worsening limit, the references.

Imports only the vocabulary of facts, the logic and `rheumatic`.
"""

from __future__ import annotations

from dechallenge.criteria.rheumatic import change
from dechallenge.facts.vocabulary.inflammation import il6_blockade
from dechallenge.facts.vocabulary.rheumatology_response import (
    active_joints_change,
    acute_phase_change,
    chaq_change,
    limited_joints_change,
    patient_global_change,
    physician_global_change,
)
from dechallenge.logic import Number
from dechallenge.logic.instrument import Caution, Given, Item, Option, left_out
from dechallenge.logic.predicates import OTHERWISE, Predicate, count_true

SOURCE = "Giannini 1997, definition of improvement"
REFERENCE = (
    "Giannini EH, Ruperto N, Ravelli A, et al. Preliminary definition of improvement in juvenile arthritis. Arthritis "
    "Rheum 1997;40:1202-9 (citation from memory). Endpoints of trials: Br J Clin Pharmacol 2015;79:379-94, "
    "doi:10.1111/bcp.12406."
)
NEGATIVE_IS_BETTER = "A change is negative when it is an improvement: -72 is 72 % better."
WITH_CRP = "Several trials put CRP in place of ESR; the acute-phase reactant is the one that the trial used."

LEVELS = (30, 50, 70, 90)
WORSENING_LIMIT = 30
"""More than one measure that worsens by more than this many per cent forbids a response."""

CORE: tuple[Number, ...] = (
    physician_global_change,
    patient_global_change,
    active_joints_change,
    limited_joints_change,
    chaq_change,
    acute_phase_change,
)
SHOWN_WITH = (active_joints_change, limited_joints_change, chaq_change)

MEASURES: tuple[Item, ...] = tuple(
    change(id, term, LEVELS, SOURCE)
    for id, term in zip(
        ("physician", "parent", "active joints", "limited joints", "disability", "acute phase"), CORE, strict=True
    )
)


def responds(level: int, worsening_limit: int = WORSENING_LIMIT) -> Predicate:
    """At least three of six improved by the level, and no more than one worsened by more than the limit."""
    improved = count_true(tuple(term <= -level for term in CORE)) >= 3
    return improved & (count_true(tuple(term > worsening_limit for term in CORE)) < 2)


def response(
    id: str,
    title: str,
    source: str,
    *,
    scaled: bool = False,
    only_if: Predicate = OTHERWISE,
    fever: str = "",
    unverified: str = "",
) -> Item:
    """The highest level that is reached.

    Args:
        scaled: The worsening limit grows with the level.
        only_if: A further condition for every level, and `fever` its words.
    """
    limits = {level: max(level, WORSENING_LIMIT) if scaled else WORSENING_LIMIT for level in LEVELS}
    rules = {level: responds(level, limits[level]) & only_if for level in LEVELS}
    least = min(LEVELS)
    reached = tuple(
        Option(
            f"ACR Pedi {level}",
            f"3 of 6 improved by {level} % or more, at most 1 worse by more than {limits[level]} %{fever}",
            rules[level],
            unverified,
        )
        for level in reversed(LEVELS)
    )
    none = Option(f"below ACR Pedi {least}", f"ACR Pedi {least} is not reached", ~rules[least], unverified)
    return Item(id, title, (*reached, none), missing=left_out("what is needed is not known"), source=source)


def blockade(*items: str) -> Caution:
    """What IL-6 blockade does to the core set."""
    return Caution(
        "IL-6 blockade lowers CRP and ESR and suppresses fever directly: both improve whatever the arthritis does.",
        il6_blockade,
        items,
    )


VECTOR: dict[str, Given] = {
    "physician_global_change": -72,
    "patient_global_change": -75,
    "active_joints_change": -71,
    "limited_joints_change": -20,
    "chaq_change": 10,
    "acute_phase_change": -40,
}
"""Changes of the worked example of the fact sheet, in the order of the core set."""
