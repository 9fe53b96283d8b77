"""Two episodes of one patient: a reaction to one drug that was over, and later another reaction to another drug.

"Phenytoin was started; ten days later a rash appeared. It was stopped and the rash cleared. Two years later she was
given clozapine. Five days later her neutrophils fell": each reaction has its own drug. May import actions, drugs and
the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_OVER = Pattern(
    r"\b(?<!not\s)(?<!no\s)(?:resol\w+|clear(?:ed|ance)?|recover\w+|disappeared|subsided|settled|healed|normali[sz]\w+|vanished|abated|"
    r"(?:was|were|had)\s+(?:again\s+|back\s+to\s+)?(?:normal|gone)|fully\s+oriented|well\s+again|symptom-free|to\s+normal)\b|"
    r"\b(?:platelets?|neutrophils?|counts?|ALT|creatinine|lipase|sodium|potassium|CK|enzymes)\s+(?:\w+\s+){0,2}?(?:was|were)\s+\d",
    re.IGNORECASE,
)
_SINCE = Pattern(
    r"\b(?:months?|years?)\s+(?:later|after|afterwards|thereafter)\b|\b(?:after|following)\s+(?:[\w-]+\s+){1,3}(?:months|years)\b|"
    r"\bthe\s+(?:following|next)\s+year\b|\b(?:in|since)\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\b|\bon\s+another\s+occasion\b|"
    r"\b(?:a|the|this)\s+second\s+(?:episode|reaction)\b|\b(?:years?|months?)\s+passed\b",
    re.IGNORECASE,
)
"""Time that went by between the two ("Two years later", "In 2019")."""
_MOST = 3
"""Places that are looked at."""


def partings(
    text: str, spans: Sequence[tuple[int, int]], actions: Sequence[ActionMention], drugs: Sequence[DrugMention]
) -> list[int]:
    """Where a second episode may begin: the sentences that begin a new drug, long after an earlier one was stopped.

    The earlier drug is not named again from there on, and what came under it is told to be over.

    Args:
        text: Clean text.
        spans: Its sentences.
        actions: Actions of the case, in order.
        drugs: Drugs of the case.
    """
    first, last = _places(drugs, 1), _places(drugs, -1)
    stops = [a for a in actions if a.kind == "stopped" and not a.negated]
    found: list[int] = []
    for action in actions:
        cut, end = spans[action.sentence]
        begun = [d.drug for d in action.drugs if d.drug and d.kind == "substance" and first[d.drug] >= cut]
        if action.kind != "started" or action.negated or not begun or cut in found or not _SINCE.search(text, cut, end):
            continue
        ended = [a for a in stops if a.cue[1] <= cut]
        gone = [a for a in ended if any(last[name] < cut for name in _meant(a, drugs))]
        if gone and _OVER.search(text, gone[0].cue[1], cut) and any(a.cue[0] > action.cue[1] for a in stops):
            found.append(cut)
        if len(found) >= _MOST:
            break
    return found


def _places(drugs: Sequence[DrugMention], sign: int) -> dict[str, int]:
    """Where each drug is named first (1) or last (-1)."""
    return {d.drug: d.start for d in sorted(drugs, key=lambda d: -sign * d.start)}


def _meant(action: ActionMention, drugs: Sequence[DrugMention]) -> list[str]:
    """The drugs of a stop; "the drug was withdrawn" means the one that was named last before it."""
    named = [d.drug for d in action.drugs if d.drug]
    before = [d.drug for d in drugs if d.drug and d.end <= action.cue[0]] if not named else []
    return named or before[-1:]


def of_the_one(
    actions: Sequence[ActionMention], drugs: Sequence[DrugMention], main: Sequence[str]
) -> list[ActionMention]:
    """The actions of an episode; what is done to "the drug" is done to the one that the episode is about.

    Args:
        actions: Actions of the episode.
        drugs: Its drugs.
        main: The drugs that it is about.
    """
    first = next((d for d in drugs if main and d.drug == main[0]), None)
    if first is None or len(main) > 1:
        return list(actions)
    return [
        a
        if a.kind == "started" or any(d.drug for d in a.drugs) or first.start > a.cue[0]
        else replace(a, drugs=(first,))
        for a in actions
    ]
