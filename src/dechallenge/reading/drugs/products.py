"""Products of unknown name: one drug, the ingredient that the report gives ("a slimming product containing green tea").

May import drugs and the lexicon.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_CONTAINS = Pattern(
    r"(?:\s+for\s+\w{3,20})?[\s,(]*(?:that\s+|which\s+)?"
    r"(?:(?:(?:was|were|is)\s+(?:\w+\s+)?)?(?:said|reported|labell?ed|found|claimed|declared)\s+(?:as\s+|to\s+)?)?"
    r"(?:contain(?:s|ed|ing)?|made\s+(?:of|from)|based\s+on|consisting\s+of|(?:be\s+|was\s+)?a\s+(?:mixture|blend)\s+of)"
    r"\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_AND = Pattern(r"\s*(?:,|,?\s+and)\s+", re.IGNORECASE)
_UNNAMED = frozenset({"herbal product", "dietary supplement", "weight loss supplement"})
"""Classes by which a report speaks of a product before it says what it was."""
_FIRST = Pattern(r"\ban?\s+(?:\w+\s+)?$", re.IGNORECASE)
_OTHER = Pattern(r"\b(?:an)?other\s+(?:\w+\s+)?$", re.IGNORECASE)


def by_ingredient(text: str, drugs: Sequence[DrugMention], title: Iterable[str] = ()) -> list[DrugMention]:
    """Mentions in which a product of unknown name bears the name of the one ingredient that the report gives.

    The ingredient is told with it, or in a later sentence as the only drug of that class in the whole report ("an
    herbal tablet" of a woman who is later told to have taken kava, and no other herb), or in the title.

    Args:
        text: Clean text.
        drugs: Mentions, in order.
        title: Drugs that the title or the abstract names.
    """
    names: dict[str, DrugMention] = {}
    mixed: set[str] = set()
    seen: set[str] = set()
    for i, (left, right) in enumerate(itertools.pairwise(drugs)):
        two = left.kind == "class" and left.drug and right.drug and left.drug != right.drug
        if two and left.sentence == right.sentence and _CONTAINS.fullmatch(text[left.end : right.start]):
            names.setdefault(left.drug, right)
            mixed.update(_listed(text, drugs[i + 1 :]))
    for mention in drugs:
        if mention.drug in _UNNAMED and mention.kind == "class" and mention.drug not in {*names, *seen}:
            seen.add(mention.drug)
            only = _only_one(text, mention, drugs, title)
            if only is not None:
                names[mention.drug] = only
    called = {(d.start, d.end) for d in drugs if any(d.drug == one.drug for one in names.values())}
    return [
        replace(d, drug=names[d.drug].drug, ingredients=names[d.drug].ingredients) if d.drug in names else d
        for d in drugs
        if not (d.drug in mixed and (d.start, d.end) in called)  # "the herbal tablets": the product, told once
    ]


def _listed(text: str, drugs: Sequence[DrugMention]) -> Iterator[str]:
    """The further ingredients of a product, in a list behind the first."""
    for left, right in itertools.pairwise(drugs):
        if left.sentence != right.sentence or not _AND.fullmatch(text[left.end : right.start]):
            return
        yield right.drug


def _only_one(
    text: str, product: DrugMention, drugs: Sequence[DrugMention], title: Iterable[str]
) -> DrugMention | None:
    """The only drug of a class that the report names, told after the product and in no sentence that names both."""
    lead = text[max(0, product.start - 24) : product.start]
    again = [d for d in drugs if d.drug == product.drug and d.kind == "class"]
    if (
        product is not again[0]
        or not _FIRST.search(lead)
        or any(_OTHER.search(text[max(0, d.start - 24) : d.start]) for d in again)
    ):
        return None
    classes = load_drugs().classes_of
    named = [d for d in drugs if d.drug and d.kind != "class" and product.drug in classes(d.drug)]
    if not named:
        above = [drug for drug in title if product.drug in classes(drug)]
        return replace(product, drug=above[0], ingredients=(above[0],), kind="herb") if len(above) == 1 else None
    if len({d.drug for d in named}) != 1 or named[0].sentence <= product.sentence:
        return None
    return None if {d.sentence for d in again} & {d.sentence for d in named} else named[0]
