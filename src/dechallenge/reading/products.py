"""Products named by what they contain ("a slimming product containing green tea extract"): one drug, the ingredient.

May import drugs.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.triggers import Pattern

_CONTAINS = Pattern(
    r"[\s,(]*(?:that\s+|which\s+)?(?:contain(?:s|ed|ing)|made\s+(?:of|from)|based\s+on|"
    r"consisting\s+of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def by_ingredient(text: str, drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """Mentions in which a product of unknown name bears the name of the one ingredient that the report gives."""
    names: dict[str, DrugMention] = {}
    for left, right in itertools.pairwise(drugs):
        two = left.kind == "class" and left.drug and right.drug and left.drug != right.drug
        if two and left.sentence == right.sentence and _CONTAINS.fullmatch(text[left.end : right.start]):
            names.setdefault(left.drug, right)
    return [
        replace(d, drug=names[d.drug].drug, ingredients=names[d.drug].ingredients) if d.drug in names else d
        for d in drugs
    ]
