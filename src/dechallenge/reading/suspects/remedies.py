"""What a drug is by itself: a usual remedy of a reaction, a growth factor, a rescue from collapse or poison.

May import the lexicon and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern

_ANY = frozenset(
    {
        "corticosteroid", "steroid", "glucocorticoid", "bile acid", "bile acid sequestrant", "acetylcysteine",
        "antihistamine", "colony-stimulating factor", "immunoglobulin",
    }
)  # fmt: skip
"""Given for an injured liver, an allergy or missing neutrophils."""
_MAS = frozenset({"il-1 blocker", "il-6 blocker", "etoposide", "janus kinase inhibitor", "calcineurin inhibitor"})
"""Given for a macrophage activation syndrome (Shakoory 2023)."""
_OF_A_KIND = {
    "hypoglycemia": frozenset({"glucose", "glucagon"}),
    "hyponatremia": frozenset({"sodium chloride", "tolvaptan"}),
    "hypokalemia": frozenset({"potassium", "potassium chloride"}),
    "hyperkalemia": frozenset({"calcium gluconate", "insulin", "calcium polystyrene sulfonate"}),
    "methemoglobinemia": frozenset({"methylene blue", "ascorbic acid"}),
    "neuroleptic malignant syndrome": frozenset({"dantrolene", "bromocriptine"}),
    "serotonin syndrome": frozenset({"cyproheptadine"}),
}
"""Given for a reaction of one kind; what the words around it say decides, as for every remedy."""
_RESCUES = frozenset({"inotrope or vasopressor", "antidote"})
_ANTIDOTES = frozenset(
    {"pralidoxime", "naloxone", "flumazenil", "sugammadex", "idarucizumab", "protamine", "glucarpidase"}
)
_FLUIDS = frozenset({"parenteral fluid", "sodium chloride", "sodium lactate"})
"""Fluids that fill the vessels; what is given with one (lipids, sugar, mannitol) may be a cause itself."""
_NO_RESCUES = frozenset({
    "sodium tetradecyl sulfate", "polidocanol", "ethanolamine oleate", "calcium polystyrene sulfonate", "amifostine",
    "dexrazoxane", "edetic acid",
})  # fmt: skip
"""Sclerosants, resins and protective drugs that stand with the antidotes: they are given before anything is wrong."""
_POISONED = Pattern(
    r"\b(?:organophosph\w+|carbamates?|pesticides?|insecticides?|nerve\s+agents?|cholinergic\s+(?:crisis|toxidrome|syndrome)|"
    r"cholinesterase)\b",
    re.IGNORECASE,
)
"""What atropine is the antidote of."""


def _names(drug: str) -> set[str]:
    return {drug, *load_drugs().classes_of(drug)}


def is_remedy(drug: str, kind: str) -> bool:
    """Whether a drug is one of the usual treatments of a reaction of this kind."""
    names = _names(drug)
    if kind == "hypersensitivity" and "epinephrine" in names:
        return True
    return bool(names & (_ANY | _OF_A_KIND.get(kind, frozenset()))) or (kind == "MAS" and bool(names & _MAS))


def is_growth_factor(drug: str) -> bool:
    """Whether a drug raises the neutrophils: named first after a reaction, it was given for it."""
    return "colony-stimulating factor" in _names(drug)


def is_rescue(drug: str, text: str) -> bool:
    """Whether a drug holds up the circulation, fluids among them, or undoes a poison.

    It is given because of what is told, it did not bring it about.

    Args:
        drug: Canonical name.
        text: Text of the case: atropine is an antidote where it tells of such a poison.
    """
    if drug == "atropine":
        return _POISONED.search(text) is not None
    if drug in _NO_RESCUES:
        return False
    return drug in _ANTIDOTES | _FLUIDS or bool(_RESCUES & _names(drug))
