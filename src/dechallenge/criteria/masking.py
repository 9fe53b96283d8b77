"""What IL-1 and IL-6 blockade do to the elements of criteria: cautions that name each masked element.

`masked(fever="1", ferritin=("2", "verdict"))` gives the cautions of an instrument. Two things happen to an element: the
drug hides it (fever, ferritin, CRP, ESR, leukocytosis), or produces it by itself (low platelets, low fibrinogen, low
neutrophils, raised transaminases, raised triglycerides). Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.facts.vocabulary.inflammation import before_blockade, il1_blockade, il6_blockade
from dechallenge.logic.instrument import Caution
from dechallenge.logic.predicates import Predicate

UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a blocked cytokine does to one element, in words, and where that is known from."""

    says: str
    source: str


_FROM_MEMORY = f"from memory, {UNVERIFIED}; Schulert 2018 is meant"

FEVER = "{0} blockade suppresses fever, so its absence does not speak against the disease"
LOWERED = "{0} blockade lowers {1}, so a value below the limit does not speak against the disease"
PRODUCED = "{0} blockade by itself {1}, so the element can be there without the disease"
IL6_ACUTE_PHASE = "tocilizumab and sarilumab suppress CRP and ESR directly"

EFFECTS: dict[str, dict[str, Effect]] = {
    "fever": {
        "IL-1": Effect(FEVER, _FROM_MEMORY),
        "IL-6": Effect(FEVER, _FROM_MEMORY),
    },
    "ferritin": {
        "IL-1": Effect(LOWERED.format("{0}", "ferritin"), _FROM_MEMORY),
        "IL-6": Effect(LOWERED.format("{0}", "ferritin"), _FROM_MEMORY),
    },
    "crp": {
        "IL-1": Effect(LOWERED.format("{0}", "CRP"), _FROM_MEMORY),
        "IL-6": Effect(LOWERED.format("{0}", "CRP"), IL6_ACUTE_PHASE),
    },
    "esr": {
        "IL-6": Effect(LOWERED.format("{0}", "the sedimentation rate"), IL6_ACUTE_PHASE),
    },
    "leukocytosis": {
        "IL-1": Effect(LOWERED.format("{0}", "the neutrophil count"), "product information of anakinra"),
        "IL-6": Effect(LOWERED.format("{0}", "the neutrophil count"), "product information of tocilizumab, sarilumab"),
    },
    "fibrinogen": {
        "IL-1": Effect(PRODUCED.format("{0}", "lowers fibrinogen"), _FROM_MEMORY),
        "IL-6": Effect(PRODUCED.format("{0}", "lowers fibrinogen"), _FROM_MEMORY),
    },
    "platelets": {
        "IL-1": Effect(PRODUCED.format("{0}", "lowers platelets"), "product information of anakinra: common"),
        "IL-6": Effect(
            PRODUCED.format("{0}", "lowers platelets"),
            "dose rules of the product information of tocilizumab and sarilumab",
        ),
    },
    "neutrophils": {
        "IL-1": Effect(PRODUCED.format("{0}", "lowers neutrophils"), "product information of anakinra: common"),
        "IL-6": Effect(
            PRODUCED.format("{0}", "lowers neutrophils"), "product information of tocilizumab and sarilumab"
        ),
    },
    "transaminases": {
        "IL-1": Effect(PRODUCED.format("{0}", "can raise transaminases"), "product information of anakinra: uncommon"),
        "IL-6": Effect(
            PRODUCED.format("{0}", "raises transaminases"),
            "product information of tocilizumab: ALT above ULN in most patients over time",
        ),
    },
    "triglycerides": {
        "IL-6": Effect(
            PRODUCED.format("{0}", "raises blood lipids"),
            f"product information asks for lipid checks; the size of the effect {UNVERIFIED}",
        ),
    },
}
"""By element and blocked cytokine. ESR and triglycerides under IL-1 blockade: nothing was found, so nothing is said."""

LABELS = {"crp": "CRP", "esr": "ESR"}
"""Names of elements that are not the word itself with a capital letter."""

BLOCKADES: tuple[tuple[str, Predicate], ...] = (("IL-1", il1_blockade), ("IL-6", il6_blockade))


def masked(**items: str | tuple[str, ...]) -> tuple[Caution, ...]:
    """Cautions for the elements of an instrument under IL-1 or IL-6 blockade.

    The first ones speak of the result as a whole, the others name one element each.

    Args:
        items: For each element (a key of `EFFECTS`) the short id, or ids, of the items that use it.

    Raises:
        KeyError: An element that `EFFECTS` does not know.
    """
    found: list[Caution] = []
    for cytokine, running in BLOCKADES:
        named = [_label(element) for element in items if cytokine in EFFECTS[element]]
        if named:
            found.append(
                Caution(
                    f"What was measured under {cytokine} blockade is masked ({_listed(named)}): “not met” or a low "
                    "score does not exclude the disease, as fewer treated patients meet such criteria "
                    f"({_FROM_MEMORY}).",
                    when=running,
                )
            )
    found.append(
        Caution(
            "The values of the episode were taken before the first dose of the IL-1 or IL-6 blocker: it masks none of "
            "them.",
            when=before_blockade,
        )
    )
    for element, ids in items.items():
        for cytokine, running in BLOCKADES:
            effect = EFFECTS[element].get(cytokine)
            if effect is not None:
                found.append(
                    Caution(
                        f"Masked where measured under the blocker: {_label(element)}. {effect.says.format(cytokine)} "
                        f"({effect.source}).",
                        when=running,
                        items=(ids,) if isinstance(ids, str) else ids,
                    )
                )
    return tuple(found)


def _label(element: str) -> str:
    return LABELS.get(element, element)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
