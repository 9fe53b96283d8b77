"""Words for an intake that tell of no new start: "her treatment with X was stopped", "X was prescribed for cystitis".

May import the actions and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern

_FOR_WHAT = Pattern(
    r"\s+(?:to\s+(?:him|her)\s+)?for\s+(?:an?\s+|the\s+)?(?!\d|(?:one|two|three|four|five|six|several)\b)[a-z]",
    re.IGNORECASE,
)

_AND_CAME = Pattern(
    r"[^.;]*?\b(?:and|who|then|but)\b[^.;]{0,60}?\b(?:developed|experienced|noticed|presented|complained|suffered)\b",
    re.IGNORECASE,
)
"""What came of it is told behind it ("X was prescribed for cystitis, and three days later she developed a rash")."""
_REACH = 160


def then_stopped(actions: Sequence[ActionMention], action: ActionMention, clause: tuple[int, int]) -> bool:
    """Whether a stop of the same drug stands behind a noun for its intake ("her treatment with X was stopped").

    Args:
        actions: Actions of the case.
        action: The intake.
        clause: Its clause.
    """
    return any(
        a.kind == "stopped" and not a.negated and action.cue[1] <= a.cue[0] < clause[1] and a.drugs == action.drugs
        for a in actions
    )


def says_why(text: str, action: ActionMention) -> bool:
    """Whether behind a reaction to X it is but said what X was for ("X was prescribed for cystitis").

    Args:
        text: Clean text.
        action: The start.
    """
    if _AND_CAME.match(text, action.cue[1], action.cue[1] + _REACH) is not None:
        return False
    return _FOR_WHAT.match(text, action.cue[1], action.cue[1] + 40) is not None
