"""Times that count from the beginning of a pregnancy: "at 14 weeks of gestation", "in the second trimester".

A gestational age is printed in completed weeks: 14 weeks are 14 weeks and 0 to 6 days. May import amounts, the words of
time and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import amount_of, number_of
from dechallenge.reading.texts.timewords import AMOUNT, TENS, W
from dechallenge.timeline import Duration, Interval

GESTATION = "gestation"
"""Anchor of these times."""
LONGEST = 43.0
"""Weeks of a pregnancy; what is older is none."""
_NUMBER = rf"(?:\d{{1,2}}|(?:{TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|{W})"
_AGE = Pattern(
    rf"\b(?:(?:at|by|until|from|in|around|about)\s+)?(?:(?:about|around|approximately)\s+)?"
    rf"(?:gestational\s+age\s+(?:of\s+)?(?P<after>{_NUMBER})(?:\s?\+\s?(?P<d0>[0-6])\b)?[\s-]+weeks?\b|"
    rf"(?P<n>{_NUMBER})(?:\s?\+\s?(?P<d>[0-6])|\s+(?P<d2>[0-6])/7)?[\s-]+(?:completed\s+)?weeks?['’]?"
    rf"(?:\s+(?:and\s+)?(?P<d3>[1-6])\s+days)?\s*(?:of\s+)?(?:(?:her|the|his\s+mother's)\s+)?(?:gestation(?:al\s+age)?|pregnancy|"
    rf"pregnant|amenorrh\w+)\b(?!\s+(?:loss|diabetes))|(?P<n2>\d{{1,2}})\s?\+\s?(?P<d4>[0-6])\s+weeks\b)",
    re.IGNORECASE,
)
_NOT_AN_AGE = Pattern(
    r"\b(?:for|over|during|after|within|first|last|next)\s+(?:the\s+(?:first\s+|last\s+)?)?$", re.IGNORECASE
)
""""For 6 weeks of her pregnancy" is a length."""
_TRIMESTERS = {"first": (0.0, 97.0), "second": (98.0, 195.0), "third": (196.0, 294.0)}
_TRIMESTER = Pattern(
    r"\b(?:in|during|at|since|from)\s+(?:the\s+(?:(?P<part>beginning|start|end)\s+of\s+)?(?:the\s+|her\s+)?|her\s+)"
    r"(?P<n>first|second|third)\s+trimester\b",
    re.IGNORECASE,
)
_NTH_WEEK = Pattern(
    r"\b(?:in|during|at|by|from|since|until|after)\s+(?:the\s+|her\s+)?(?P<n>\d{1,2})(?:st|nd|rd|th)\s+week\s+of\s+(?:(?:the|her)\s+)?(?:gestation|pregnancy)\b",
    re.IGNORECASE,
)


def of_pregnancy(text: str) -> Iterator[TimeMention]:
    """The gestational ages of a sentence."""
    for match in _AGE.finditer(text):
        weeks = number_of(match["n"] or match["n2"] or match["after"])
        if weeks > LONGEST or _NOT_AN_AGE.search(text, max(0, match.start() - 24), match.start()) is not None:
            continue
        days = match["d"] or match["d2"] or match["d3"] or match["d4"] or match["d0"]
        yield _mention(match, aged(weeks, float(days) if days else None))
    for match in _NTH_WEEK.finditer(text):
        last = float(match["n"])
        if 1 <= last <= LONGEST:
            yield _mention(match, Duration(None, Interval(7 * (last - 1), 7 * last - 1)))
    for match in _TRIMESTER.finditer(text):
        low, high = _TRIMESTERS[match["n"].lower()]
        yield _mention(match, Duration(None, Interval(low, high)))


_POSTPARTUM = Pattern(
    rf"\b(?:at\s+|on\s+)?{AMOUNT}\s+(?P<after>post-?\s?partum|post-?\s?deliver\w*)\b(?!\s+(?:day|week|month|period|follow-up))",
    re.IGNORECASE,
)


def after_birth(text: str) -> Iterator[TimeMention]:
    """The times of a sentence that count from a delivery by one word: "4 weeks postpartum"."""
    for match in _POSTPARTUM.finditer(text):
        span = match.span("after")
        yield TimeMention(match.start(), match.end(), "offset", amount_of(match), "other", anchor_span=span)


def aged(weeks: float, days: float | None = None) -> Duration:
    """A gestational age in days: 14 weeks are 14 weeks and 0 to 6 days."""
    whole = 7 * weeks
    return (
        Duration(whole, Interval(whole, whole + 6))
        if days is None
        else Duration(whole + days, Interval(whole + days, whole + days))
    )


def _mention(match: re.Match[str], amount: Duration) -> TimeMention:
    return TimeMention(match.start(), match.end(), "day", amount, GESTATION)
