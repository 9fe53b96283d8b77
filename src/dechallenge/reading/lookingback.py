"""Clauses that look back: what was begun with what was told there, what was normal before, why a drug was stopped.

Imports the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.triggers import Pattern

_AND_THEN = Pattern(r"[\s,]*and\s+(?:(?:was|were|had\s+been)\s+(?P<being>being\s+)?|started\s|began\s)", re.IGNORECASE)
_PRESCRIBED = Pattern(r"prescri|start|beg[au]n|commenc|initiat|put|placed|given|treated", re.IGNORECASE)
_STAY = Pattern(r"\b(?:presentation|admission|hospitali[sz]ation|this\s+(?:illness|episode))\b", re.IGNORECASE)
_WAS_NORMAL = Pattern(
    r"\b(?:had|have|been|with|known|previously|were|was)\s+(?:\w+\s+){0,2}?normal\b[^.;]*$", re.IGNORECASE
)
_WHY_STOPPED = Pattern(
    r"\b(?:stopp|discontinu|withdr|withh[eo]ld|ceas|suspend|interrupt)\w*\s+(?:\w+ly\s+)?(?:because\s+of|due\s+to|"
    r"owing\s+to)\s+(?:[\w-]+\s+){0,4}$",
    re.IGNORECASE,
)


def begun_then(clause: str, verb: str) -> str:
    """ "(Six weeks prior she had been diagnosed with A) and was prescribed X": begun ``then``.

    "And was being treated with X": ``since``. Empty where the clause is not joined to the one before it.
    """
    joined = _AND_THEN.match(clause)
    if joined is None:
        return ""
    return "then" if _PRESCRIBED.match(verb) is not None and not joined["being"] else "since"


def normal_before_stay(text: str, begin: int, end: int) -> bool:
    """Whether ``text[begin:end]`` is the visit before which something "had been normal": no end of anything."""
    return (
        _STAY.search(text, begin, end) is not None and _WAS_NORMAL.search(text, max(0, begin - 80), begin) is not None
    )


def is_why_stopped(text: str, start: int, position: int) -> bool:
    """ "X was stopped because of neutropenia": what stands at the position had begun before the stop."""
    return _WHY_STOPPED.search(text, start, position) is not None
