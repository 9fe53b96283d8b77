"""Complaints that a drug was taken for: they were there before it. May import the triggers only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dechallenge.reading.triggers import Pattern

if TYPE_CHECKING:
    from dechallenge.reading.events import Sign

_FOR = Pattern(
    r"\b(?:took|taking|taken|given|received|treated\s+with|prescribed|started|added|begun|using|used)\b[^.;]{0,140}?\b(?:for|because\s+of|on\s+account\s+of|owing\s+to|to\s+(?:treat|control))\s+(?:(?:the|his|her|relief|"
    r"treatment|management|prevention|of|severe|chronic|recurrent|mild)\s+){0,4}$",
    re.IGNORECASE,
)


_UPON = Pattern(
    r"\b(?:start|initiat|beg[au]n|commenc|given|treat|prescrib|receiv)\w*\b[^.;]{0,60}\b(?:upon|after|following|on)\s+(?:the\s+|a\s+)?"
    r"diagnosis\s+of\s+(?:[\w-]+\s+){0,4}\(?$",
    re.IGNORECASE,
)
"""Before what a drug was given for ("heparin was started upon diagnosis of a deep vein thrombosis")."""


def without_reasons(text: str, found: Sequence[Sign]) -> list[Sign]:
    """The signs without those that a drug was taken for ("ibuprofen was added for back pain"), where others remain."""
    rest = [sign for sign in found if not taken_for(text, sign.position)]
    return rest if any(sign.kind for sign in rest) else list(found)


def taken_for(text: str, position: int) -> bool:
    """ "Took green tea extract for weight loss": what stands at the position is why it was taken.

    Args:
        text: Clean text.
        position: Where the complaint begins.
    """
    return _FOR.search(text, max(0, position - 200), position) is not None or upon_diagnosis(text, position)


def upon_diagnosis(text: str, position: int) -> bool:
    """ "Heparin was started upon diagnosis of a thrombosis": what stands at the position is why it was given."""
    return _UPON.search(text, max(0, position - 200), position) is not None
