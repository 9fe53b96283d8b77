"""The sentence that sums a case up before it is told: "We present a patient who was successfully rechallenged with X".

Its re-exposures and stops are told again in their place; counted twice they would turn the story over. Imports actions,
people (the age phrase) and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.texts.people import AGE_PHRASE

_ANNOUNCES = re.compile(
    r"\b(?:we|this\s+(?:report|paper|letter|article|case(?:\s+report)?))\s+(?:here(?:in|by)?\s+|also\s+)?"
    r"(?:present|report|describe|discuss)s?\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.;]\s")
_TOLD_AGAIN = ("restarted", "stopped")


def told_once(text: str, actions: list[ActionMention], reactions: list[int]) -> tuple[list[ActionMention], list[int]]:
    """Actions and signs without those that are announced before the patient is introduced, and told later.

    Args:
        text: Clean text.
        actions: Actions in the order of the text.
        reactions: Positions of the signs of the reaction.
    """
    for said in _ANNOUNCES.finditer(text):
        stop = _STOP.search(text, said.end())
        end = stop.start() if stop is not None else len(text)
        if AGE_PHRASE.search(text, said.end(), end) or AGE_PHRASE.search(text, 0, said.start()):
            break
        patient = AGE_PHRASE.search(text, end)
        if patient is None:
            break
        early = [a for a in actions if a.cue[0] < patient.start() and a.kind in _TOLD_AGAIN]
        retold = {(a.kind, d.drug) for a in actions if a.cue[0] > patient.end() for d in a.drugs}
        dropped = [a for a in early if all((a.kind, d.drug) in retold for d in a.drugs)]
        if any(a.kind == "restarted" for a in dropped):
            shown = [r for r in reactions if r >= patient.start()]
            return [a for a in actions if a not in dropped], shown or reactions
        break
    return actions, reactions
