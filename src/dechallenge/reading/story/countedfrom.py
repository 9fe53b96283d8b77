"""What the days of a sentence count from where its first words name it: "After withdrawal of X, ALT was 87 on day 21".

May import the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_AFTER_THE_STOP = Pattern(
    r"\s*(?:After|Following|Upon)\s+(?:(?:the|its|his|her|drug|abrupt|immediate|prompt)\s+){0,2}"
    r"(?:withdrawal|withdrawing|discontinuation|discontinuing|cessation|stopping|stop)\b(?:(?!\bday\b)[^.,;\d(]){0,60},",
    re.IGNORECASE,
)


def opened_by_a_stop(text: str, start: int, at: int) -> bool:
    """Whether the sentence that begins at ``start`` opens with the stop of a drug, before its place ``at``.

    "After withdrawal of X, ALT was 87 U/L on day 21": the 21st day without it. A stop that is itself dated ("after
    withdrawal on day 14, …") says that the days count from something else.
    """
    opened = _AFTER_THE_STOP.match(text, start)
    return opened is not None and opened.end() <= start + at
