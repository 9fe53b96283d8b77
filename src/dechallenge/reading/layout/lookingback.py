"""Clauses that look back: what was begun with what was told there, and why a drug was stopped.

Imports the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_AND_THEN = Pattern(r"[\s,]*and\s+(?:(?:was|were|had\s+been)\s+(?P<being>being\s+)?|started\s|began\s)", re.IGNORECASE)
_PRESCRIBED = Pattern(r"prescri|start|beg[au]n|commenc|initiat|put|placed|given|treated", re.IGNORECASE)
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


def is_why_stopped(text: str, start: int, position: int) -> bool:
    """ "X was stopped because of neutropenia": what stands at the position had begun before the stop."""
    return _WHY_STOPPED.search(text, start, position) is not None
