"""Sentences of a case that tell of other patients: a registry, a review of published cases, another patient.

Nothing in them is of the patient of the report. Imports nothing but the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.triggers import Pattern

_OTHERS = Pattern(
    r"\b(?:among|of|in)\s+(?:the\s+)?(?:\w+\s+)?(?:earlier|previous(?:ly)?|published|other|similar|reported|described)\s+"
    r"(?:\w+\s+)?(?:patients|cases|reports)\b"
    r"|\bliterature\s+(?:search|review)\b|\breview\s+of\s+the\s+literature\b"
    r"|\b(?:published|reported|earlier|previous|another)\s+(?:patients?|cases?|reports?)\s+(?:had|has|have|developed|died|with|"
    r"described|of|was|were)\b"
    r"|\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:similar|other|published|reported|comparable|previous)\s+"
    r"(?:\w+\s+)?(?:patients|cases|reports)\b"
    r"|\b(?:in|from|of)\s+(?:the|a|an)\s+(?:\w+\s+){0,2}(?:registry|register|cohort|database)\b"
    r"|\b(?:patients|cases)\s+(?:described|reported|reviewed)\s+by\b",
    re.IGNORECASE,
)
_OURS = Pattern(
    r"\b(?:he|she|his|her|hers|him|our|we|this\s+patient|the\s+patient|this\s+case|present\s+case)\b", re.IGNORECASE
)


def of_the_patient(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a case without those that tell only of other patients.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    return [span for span in spans if not _OTHERS.search(text, *span) or _OURS.search(text, *span)]
