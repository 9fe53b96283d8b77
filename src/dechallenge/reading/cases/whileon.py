"""A drug that was running when the reaction came is not said to have been taken further.

"He developed a rash while taking X" tells nothing of what was done with X afterwards. May import the story and the case
model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.case import Action, Exposure
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.story.story import Step, Story

_WHILE = Pattern(
    r"\b(?:while|whilst|when)\s+(?:(?:he|she|the\s+patient)\s+)?(?:was\s+|were\s+)?(?:on|taking|receiving)\b[^.;,]{0,44}$",
    re.IGNORECASE,
)
_BACK = 30
_WELL = Pattern(
    r"\b(?:resolv|improv|recover|disappear|subsid|normali|persist|continu|well\b|stable|better|remain)\w*",
    re.IGNORECASE,
)
"""What came of the reaction: it did so under the drug."""


def merely_running(text: str, spans: Sequence[tuple[int, int]], story: Story) -> frozenset[str]:
    """The drugs of which no more is said than that something happened while they were taken.

    Args:
        text: Clean text.
        spans: Its sentences.
        story: The story of the case.
    """
    told: dict[str, bool] = {}
    for step in story.steps:
        if step.kind == "continued":
            told[step.drug] = told.get(step.drug, True) and _is_mere(text, spans, step)
    return frozenset(drug for drug, mere in told.items() if mere)


def _is_mere(text: str, spans: Sequence[tuple[int, int]], step: Step) -> bool:
    cue = step.action.cue
    if _WHILE.search(text[max(0, cue[0] - _BACK) : cue[1]]) is None:
        return False
    return _WELL.search(text, *spans[step.action.sentence]) is None


def not_taken_further(
    drugs: frozenset[str], exposures: Sequence[Exposure], actions: Sequence[Action]
) -> tuple[list[Exposure], list[Action]]:
    """Exposures and actions of a case without a continuation that nobody tells."""
    taken = [e.model_copy(update={"ongoing": None}) if e.drug in drugs and e.ongoing else e for e in exposures]
    return taken, [a for a in actions if not (a.kind == "continued" and a.drug in drugs)]
