"""Stays in hospital: whether an admission was for a planned procedure rather than for the state of the patient.

ICH E2A and E2D do not count a stay for an elective or diagnostic procedure as a serious outcome. Imports nothing of
the package.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_FOR_A_PROCEDURE = Pattern(
    r"(?:\s+(?:to|into)\s+(?:(?:the|a|our|another|hospital|local|tertiary|university|day)\s+){0,3}"
    r"(?:hospital|unit|ward|cent(?:er|re)|clinic))?(?:\s+electively)?\s+for\s+(?:[\w-]+,?\s+){0,4}?"
    r"(?:biops(?:y|ies)|surgery|operation|colonoscopy|endoscopy|arthroplasty|infusions?|chemotherapy|procedures?)\b",
    re.IGNORECASE,
)
_ELECTIVE = Pattern(r"\b(?:elective(?:ly)?|planned|scheduled)\s+$", re.IGNORECASE)


def for_a_procedure(text: str, start: int, end: int) -> bool:
    """Whether the words of an admission at ``text[start:end]`` give a procedure as its purpose."""
    return (
        _FOR_A_PROCEDURE.match(text, end) is not None or _ELECTIVE.search(text[max(0, start - 20) : start]) is not None
    )
