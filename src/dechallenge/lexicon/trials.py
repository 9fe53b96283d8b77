"""Names of the trials of cause and effect among the work-up tests, and what each antidote undoes. Imports nothing."""

from __future__ import annotations

from typing import Final

LEVEL: Final = "drug level"
DOSE: Final = "response to a change of dose"
PLACEBO: Final = "placebo"
ANTIDOTE: Final = "response to an antidote"
EARLIER: Final = "earlier exposure"
AGAIN: Final = "re-exposure"

ANTIDOTES: Final = {
    "naloxone": ("opioid",),
    "flumazenil": ("benzodiazepine",),
    "physostigmine": ("antimuscarinic", "antispasmodic"),
    "sugammadex": ("muscle relaxant",),
    "idarucizumab": ("dabigatran",),
    "protamine": ("heparin", "low molecular weight heparin"),
    "digoxin immune fab": ("cardiac glycoside",),
    "acetylcysteine": ("paracetamol",),
    "glucarpidase": ("methotrexate",),
}
"""Antagonists by the classes or names of what they undo (general knowledge, not in the fact sheets: unverified)."""
OF_THE_BODY: Final = frozenset({
    "mineral supplement", "vitamin", "iron preparation", "parenteral fluid", "inotrope or vasopressor",
    "thyroid hormone",
    "insulin therapy", "sex hormone", "glucocorticoid", "androgen", "oestrogen",
})  # fmt: skip
"""Classes of what the body has anyhow: a level of it is a laboratory value."""
