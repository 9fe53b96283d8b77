"""Lists of times with one anchor behind the last: "1, 2 and 6 weeks after stopping, ALT was 157, 48 and 21 U/L".

May import amounts and the mention of a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.quantity import NUMBER_WORDS
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.timeline import duration

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_UNIT = r"(?:hour|day|week|month|year)s?"
_ONE = rf"(?:\d{{1,3}}|{_WORDS})(?:\s{_UNIT})?"
_SEP = r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)"
AFTER = Pattern(
    rf"(?<![\d.,/-])\b(?P<list>{_ONE}(?:{_SEP}{_ONE}){{1,7}})(?<=[a-z])\s+(?:after|following|since)\s+"
    r"(?P<anchor>(?:the\s|its\s|drug\s|treatment\s)?(?:stop\w*|withdraw\w*|discontinu\w*|cessation))\b",
    re.IGNORECASE,
)
"""The unit stands behind the last number at least; the anchor is the stop of the drug."""
_ITEM = re.compile(rf"(?P<n>\d{{1,3}}|\b(?:{_WORDS})\b)(?:\s(?P<unit>{_UNIT}))?", re.IGNORECASE)


def after_the_stop(match: re.Match[str]) -> Iterator[TimeMention]:
    """Each time of such a list, counted from the stop."""
    items = list(_ITEM.finditer(match.string, *match.span("list")))
    unit = ""
    units = [unit := (item["unit"] or unit).lower().rstrip("s") for item in reversed(items)][::-1]
    for item, unit in zip(items, units, strict=True):
        number = float(NUMBER_WORDS[item["n"].lower()]) if item["n"].isalpha() else float(item["n"])
        end = match.end() if item is items[-1] else item.end()
        yield TimeMention(
            item.start(), end, "offset", duration(number, number, unit), "stop", anchor_span=match.span("anchor")
        )


def how_many(match: re.Match[str]) -> int:
    """The number of times in such a list."""
    return len(_ITEM.findall(match["list"]))
