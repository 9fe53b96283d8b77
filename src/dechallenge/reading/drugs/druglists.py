"""Lists of drugs in a sentence: "isoniazid, rifampicin and pyrazinamide". May import the mentions and the triggers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

INCLUDING = Pattern(
    r"\s*[,(]?\s*(?:including|among\s+them|such\s+as|namely|mainly|mostly|chiefly|specifically|e\.g\.|i\.e\.)[\s,]+",
    re.IGNORECASE,
)
"""Between a class and the member of it that was taken."""


def listed_with(text: str, drug: DrugMention, drugs: Sequence[DrugMention]) -> list[str]:
    """The names of a list from one of its drugs on ("isoniazid, rifampicin and pyrazinamide")."""
    names, last = [drug.drug], drug
    for other in drugs[bisect_right(drugs, drug.start, key=lambda d: d.start) :]:
        if other.sentence != drug.sentence or not coordinated(text, last, other):
            break
        if other.drug and other.drug not in names:
            names.append(other.drug)
        last = other
    return names


def coordinated(text: str, left: DrugMention, right: DrugMention) -> bool:
    """Two drugs with nothing between them but what joins a list; or the same drug, or a class and what it includes."""
    gap = re.sub(r"\([^()]*\)", "", text[left.end : right.start])
    if left.kind == "class" and INCLUDING.fullmatch(gap):
        return True
    return bool(re.fullmatch(r"[\s®,]*(?:and|or|plus|with|/|\+)?[\s,]*", gap)) or left.drug == right.drug
