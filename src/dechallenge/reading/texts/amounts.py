"""Amounts of time as printed: the number, the unit, and the interval that the wording allows.

"1½ weeks", "two or three months", "a fortnight", "another week", "several days", "at least 3 years". May import the
words of time and timeline.
"""

from __future__ import annotations

import re

from dechallenge.reading.texts.timewords import VAGUE, WORDS
from dechallenge.timeline import DAYS, Duration, Interval, duration, named_length


def number_of(text: str) -> float:
    """The number that digits or words print ("1½", "twenty-one", "two and a half")."""
    text = " ".join(text.lower().split())
    extra = 0.0
    for sign, part in (("½", 0.5), ("¼", 0.25), ("¾", 0.75)):
        if sign in text:
            extra, text = part, text.replace(sign, "").strip()
    if re.search(r"and (?:a|one) half$", text):
        extra, text = 0.5, re.sub(r"\s*and (?:a|one) half$", "", text)
    if not text:
        return extra
    if "-" in text:
        tens, ones = text.split("-", 1)
        return WORDS[tens] + WORDS[ones] + extra
    return (WORDS[text] if text in WORDS else 1.0 if text == "the" else float(text.replace(",", "."))) + extra


_UNITS = {"min": "minute", "hr": "hour", "h": "hour", "night": "day", "wk": "week", "mo": "month", "yr": "year"}


def unit_of(text: str) -> str:
    """The unit of time in the singular, shortenings written out."""
    word = text.lower().rstrip("s")
    return _UNITS.get(word, word)


def size_of(number: float, unit: str) -> tuple[float, str]:
    """A number of units that ``timeline`` knows: a fortnight is two weeks."""
    return (2 * number, "week") if unit == "fortnight" else (number, unit)


def is_more(match: re.Match[str]) -> bool:
    """Whether the amount adds to a time told before ("another week", "two more weeks")."""
    added = (match["more"] or match["low"] or "").lower().split()
    return (match["more2"] or "").lower() in ("more", "additional", "further") or bool(
        {"another", "additional", "further"} & set(added)
    )


def bigger(match: re.Match[str]) -> tuple[float, str] | None:
    """The larger part of a length in two units."""
    if not match["big"]:
        return None
    unit = "year" if match["bigyear"] else "month" if match["bigmonth"] else "week"
    return number_of(match["big"]), unit


def amount_of(match: re.Match[str], *, within: bool = False) -> Duration:
    """The length that a match of :data:`AMOUNT` prints."""
    groups = match.groupdict()
    if groups.get("bare"):
        unit = unit_of(groups["bare"])
        low, high = (1.0, 24.0) if unit == "hour" else (1.0, 7.0)
        return Duration(
            None,
            Interval(
                duration(low, low, unit).interval.low if unit != "month" else 15.0,
                duration(high, high, unit).interval.high,
            ),
        )
    unit = unit_of(groups["unit"])
    if groups["vague"]:
        low, high = VAGUE[" ".join(groups["vague"].lower().split())]
        if unit == "hour":
            high = 24.0
        return Duration(None, Interval(duration(low, low, unit).interval.low, duration(high, high, unit).interval.high))
    low = number_of(groups["low"])
    high = number_of(groups["high"]) if groups["high"] else low
    if groups["half"] or groups["half2"]:
        low, high = low + 0.5, high + 0.5
    (low, _), (high, unit) = size_of(low, unit), size_of(high, unit)
    hedge = (groups["hedge"] or "").lower()
    about = any(
        h in hedge
        for h in ("about", "approx", "around", "roughly", "some", "nearly", "almost", "estimated", "~", "ca", "circa")
    )
    if any(h in hedge for h in ("less than", "fewer than", "up to", "no more", "under", "<", "≤")):
        within = True
    size = duration(low, max(low, high), unit, about=about, within=within)
    if (more := bigger(match)) is not None:
        size = _added(size, more[0] * DAYS[more[1]])
    if any(h in hedge for h in ("at least", "more than", "over", ">", "≥")):
        return Duration(size.point, Interval(duration(low, low, unit).interval.low, None))
    return size


def course_of(match: re.Match[str]) -> Duration:
    """The length by which a course is called ("2-month therapy"); a hedged, vague or added one as of any time."""
    unit = unit_of(match["unit"])
    if match["vague"] or match["hedge"] or match["high"] or match["half"] or match["half2"] or match["big"]:
        return amount_of(match)
    return amount_of(match) if is_more(match) else named_length(*size_of(number_of(match["low"]), unit))


def _added(size: Duration, days: float) -> Duration:
    point = None if size.point is None else size.point + days
    low, high = size.interval
    return Duration(point, Interval(None if low is None else low + days, None if high is None else high + days))
