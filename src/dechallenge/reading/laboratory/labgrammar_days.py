"""Numbers that stand behind a day without being its number: "on the eighth day 5.1 × 10⁹/L", "4 October 38 G/L".

May import the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_TIMED = Pattern(r"(?:day|week|month|year)s?\b", re.IGNORECASE)
_ORDINAL = Pattern(r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\dth)\s$", re.IGNORECASE)
_DAY_OF_MONTH = Pattern(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?\s$")
_NUMBER = Pattern(r"(?P<year>(?:19|20)\d\d(?!\d))|\d+(?P<decimal>\.\d)?")


def behind_a_day(text: str, start: int, at: int, label: re.Match[str], *, has_unit: bool) -> bool:
    """Whether the word before a number has its own number already, or could not have this one.

    Args:
        text: Normalised text.
        start: Where the sentence begins.
        at: Where the number begins.
        label: The word before it ("day", "October").
        has_unit: Whether a laboratory unit follows the number.
    """
    number = _NUMBER.match(text, at)
    if _TIMED.match(label.group()):
        decimal = number is not None and number["decimal"] is not None
        return decimal or _ORDINAL.search(text, max(start, label.start() - 9), label.start()) is not None
    year = number is not None and number["year"] is not None
    return (
        has_unit and not year and _DAY_OF_MONTH.search(text, max(start, label.start() - 4), label.start()) is not None
    )
