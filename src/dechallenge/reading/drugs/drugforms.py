"""A drug that is meant by the form it was given in: "thirteen days after the injection". May import the mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_FORM = Pattern(
    r"\b(?:after|since|following|of)\s+(?:(?:starting|beginning|using|applying|taking)\s+)?(?:the|this|that|each)\s+(?:\w+\s+)?(?P<form>injection|infusion|tablet|capsule|powder|tea|extract|gel|cream|ointment|patch|spray|suppository|syrup|inhaler|implant)s?\b",
    re.IGNORECASE,
)


def by_form(text: str, sentence: tuple[int, int], drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """The only drug that was told before to be given in the form that a sentence counts from.

    Args:
        text: Clean text.
        sentence: A sentence that names no drug.
        drugs: Mentions, in order.
    """
    found = _FORM.search(text, *sentence)
    if found is None:
        return []
    form = re.compile(rf"\b{found['form']}s?\b(?:\s+of\s+(?:\w+\s+)?$)?", re.IGNORECASE)
    given = []
    for drug in drugs:
        if not drug.drug or drug.end > sentence[0]:
            continue
        before = form.search(text, max(0, drug.start - 28), drug.start)
        behind = form.match(text, min(len(text), drug.end + 1), drug.end + 16)
        if (before is not None and before.end() == drug.start) or behind is not None:
            given.append(drug)
    return given[-1:] if len({d.drug for d in given}) == 1 else []
