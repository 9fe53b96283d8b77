""" "Both drugs were stopped": what was done to two drugs is done to those that were named last. Imports actions' words.

May import drugs and the mention of an action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

_BOTH_DRUGS = Pattern(r"(?:both|all\s+two|(?:the|these)\s+two)\b", re.IGNORECASE)
_BOTH = Pattern(
    r"\b(?:both|(?:the|these)\s+two)(?:\s+of\s+(?:them|these|which)|(?:\s+new)?\s+(?:drugs|medicines|medications|agents|antibiotics|products))?\s+(?:were|had\s+been)\s+(?:\w+ly\s+|then\s+)?$",
    re.IGNORECASE,
)
_TWO = 2
_REACH = 2
"""Sentences before the action in which the two drugs are looked for."""


def of_both(text: str, actions: Sequence[ActionMention], drugs: Sequence[DrugMention]) -> list[ActionMention]:
    """The actions, with the two drugs that stand for "both".

    Args:
        text: Clean text.
        actions: Mentions.
        drugs: Mentions, in order.
    """
    return [
        replace(action, drugs=pair) if _is_of_both(text, action) and (pair := _named_last(action, drugs)) else action
        for action in actions
    ]


def _is_of_both(text: str, action: ActionMention) -> bool:
    if not action.drugs:
        return _BOTH.search(text, max(0, action.cue[0] - 40), action.cue[0]) is not None
    one = action.drugs[0]
    return len(action.drugs) == 1 and one.kind == "all" and _BOTH_DRUGS.match(text, one.start) is not None


def _named_last(action: ActionMention, drugs: Sequence[DrugMention]) -> tuple[DrugMention, ...]:
    """The last two drugs before the action, in the order of the text; nothing where there are no two near it.

    Where the report has named but two, they need not be near.
    """
    found: dict[str, DrugMention] = {}
    before = [d for d in drugs if d.start < action.start and d.drug and d.kind not in ("class", "dose")]
    several = len({d.drug for d in before}) > _TWO
    for drug in reversed(before):
        if several and drug.sentence < action.sentence - _REACH:
            break
        found.setdefault(drug.drug, drug)
        if len(found) == _TWO:
            return tuple(sorted(found.values(), key=lambda d: d.start))
    return ()


_THIS = Pattern(r"this\s+(?:drug|medication|medicine|agent|antibiotic)\b", re.IGNORECASE)


def of_this(text: str, actions: Sequence[ActionMention], drugs: Sequence[DrugMention]) -> list[ActionMention]:
    """The actions, with the drug that stands for "this drug": the only one named in its sentence or the one before.

    Args:
        text: Clean text.
        actions: Mentions.
        drugs: Mentions, in order.
    """
    out = []
    for action in actions:
        one = action.drugs[0] if len(action.drugs) == 1 else None
        if one is not None and one.kind == "pronoun" and _THIS.match(text, one.start, one.end):
            near = [d for d in drugs if d.drug and d.kind != "dose" and d.end <= one.start]
            near = [d for d in near if d.sentence >= one.sentence - 1]
            if len({d.drug for d in near}) == 1:
                action = replace(action, drugs=(near[-1],))
        out.append(action)
    return out
