"""Re-exposures that follow one another: "re-exposure began with X", "Y followed after one week".

May import drugs and the mention of an action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

_BEGAN_WITH = Pattern(
    r"\s+(?:was\s+)?(?:began|begun|started|commenced|initiated)\s+(?:again\s+)?(?:with|by)\s+", re.IGNORECASE
)
_FOLLOWED = Pattern(
    r"\s+(?P<cue>followed|came\s+next|was\s+next)\b(?!\s+(?:by|up)\b)(?=\s*(?:[.,;]|(?:after|within|on|in|at|a|an|one|two|three|\d+)\b))",
    re.IGNORECASE,
)
_NEAR = 2
"""Sentences behind a re-exposure in which another may follow."""


def in_their_order(
    text: str, spans: Sequence[tuple[int, int]], actions: Sequence[ActionMention], drugs: Sequence[DrugMention]
) -> list[ActionMention]:
    """The actions, with the drugs that a stepwise re-exposure began with and went on with.

    Args:
        text: Clean text.
        spans: Its sentences.
        actions: Actions of the case, in order.
        drugs: Drugs of the case, in order.
    """
    if not any(a.kind == "restarted" for a in actions):
        return list(actions)
    out: list[ActionMention] = []
    for action in actions:
        last = out[-1] if out else None
        if (
            last is not None
            and action.kind == "started"
            and action.drugs
            and last.kind == "restarted"
            and not any(d.drug for d in last.drugs)
            and last.sentence == action.sentence
            and _BEGAN_WITH.fullmatch(text, last.cue[1], action.drugs[0].start) is not None
        ):
            out[-1] = replace(last, end=action.end, drugs=action.drugs)
            continue
        out.append(action)
    again = sorted({a.sentence for a in out if a.kind == "restarted" and not a.negated})
    reach = {i + n for i in again for n in range(1, _NEAR + 1)}
    for drug in drugs:
        start, end = spans[drug.sentence]
        if drug.sentence not in reach or not drug.drug or text[start : drug.start].strip():
            continue
        told = _FOLLOWED.match(text, drug.end, end)
        if told is not None:
            out.append(ActionMention(drug.start, told.end(), "restarted", (drug,), told.span("cue"), drug.sentence))
    return sorted(out, key=lambda a: a.cue)
