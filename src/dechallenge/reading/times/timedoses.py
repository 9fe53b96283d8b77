"""Times that count from a counted dose: "on day 8 of the second cycle", "during cycle 3", "before the fourth infusion".

May import the plan of doses, the mention of a time and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.times.doseplan import counted_dose
from dechallenge.timeline import Duration, Interval

DOSE = "dose"
"""Anchor of these times; the preposition is the number of the dose, 0 for the one told last."""
_ORDINAL = r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[2-9](?:nd|rd|th)|1[0-2]th)"
_CYCLE = rf"(?:{_ORDINAL}\s+(?:\w+\s+)?cycle|cycle\s+(?:[2-9]|1\d))"
_DAY_OF = Pattern(
    rf"\b(?:on\s+|at\s+|by\s+)?day\s+(?P<d>\d{{1,2}})\s+of\s+(?:(?:the|his|her)\s+)?(?:(?P<which>{_CYCLE})|(?P<same>(?:this|that|the\s+same|"
    rf"the)\s*cycle))\b|\b(?P<which2>cycle\s+(?:[2-9]|1\d)),?\s+(?:on\s+)?day\s+(?P<d2>\d{{1,2}})\b",
    re.IGNORECASE,
)
_DURING = Pattern(
    rf"\b(?:during|with|in|at)\s+(?:(?:the|his|her)\s+)?(?:(?P<cycle>{_CYCLE})|(?P<dose>{_ORDINAL}\s+(?:infusion|injection|dose|administration)))\b",
    re.IGNORECASE,
)
_BEFORE = Pattern(
    rf"\b(?:before|prior\s+to)\s+(?:(?:the|his|her)\s+)?(?P<which>{_CYCLE}|{_ORDINAL}\s+(?:infusion|injection|dose|administration))\b",
    re.IGNORECASE,
)


def of_doses(text: str) -> Iterator[TimeMention]:
    """The times of a sentence that a counted dose is the anchor of; the first day of a cycle is day 1."""
    for match in _DAY_OF.finditer(text):
        day = float(match["d"] or match["d2"])
        which = match["which"] or match["which2"]
        number = counted_dose(which) if which else 0
        if number is not None and day >= 1:
            yield _mention(match, number, Duration(day - 1, Interval(day - 1, day)))
    for match in _DURING.finditer(text):
        number = counted_dose(match["cycle"] or match["dose"])
        if number is not None:
            yield _mention(match, number, Duration(None, Interval(0.0, 1.0 if match["dose"] else None)))
    for match in _BEFORE.finditer(text):
        number = counted_dose(match["which"])
        if number is not None:
            yield _mention(match, number, Duration(None, Interval(0.0, None)), -1)


def _mention(match: re.Match[str], number: int, amount: Duration, sign: int = 1) -> TimeMention:
    return TimeMention(match.start(), match.end(), "day", amount, DOSE, sign, preposition=str(number))
