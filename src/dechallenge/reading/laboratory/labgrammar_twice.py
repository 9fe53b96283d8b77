"""A range whose unit is printed with both of its figures: "42%-75%", "between 2,800/mm3 and 5,000/mm3".

May import the quantities and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dechallenge.quantity import NUMBER_PATTERN, Unit, parse_number
from dechallenge.reading.matching.triggers import Pattern

_BETWEEN = Pattern(r"\bbetween\s$", re.IGNORECASE)
_DASH = Pattern(rf"\s?[-‐‑‒–—−~]\s?(?P<second>{NUMBER_PATTERN})")
_WORD = Pattern(rf"\s(?:and|to)\s(?P<second>{NUMBER_PATTERN})", re.IGNORECASE)

UnitAt = Callable[[str, int, int], tuple[Unit, str, int] | None]


def top_of_range(
    text: str, at: int, first: float, printed: tuple[Unit, str, int], end: int, unit_at: UnitAt
) -> tuple[float, int] | None:
    """The upper figure of a range, with the end of its unit; None where the figure before stands alone.

    Args:
        text: Normalised text.
        at: Where the first figure begins.
        first: Its value.
        printed: Its unit, as `unit_at` gives it.
        end: The end of the sentence.
        unit_at: Reads the unit behind a place.
    """
    behind = printed[2]
    match = _DASH.match(text, behind, end)
    if match is None and _BETWEEN.search(text, max(0, at - 9), at):
        match = _WORD.match(text, behind, end)
    again = unit_at(text, match.end(), end) if match is not None else None
    if match is None or again is None or again[0].code != printed[0].code:
        return None
    high = parse_number(match["second"], counts=again[0].is_plain_count)
    return (high, again[2]) if high is not None and high > first else None
