"""Dates of notes without their year: "on 5/26", "5/29: ALT 412", "3/5-3/14", "plt 66 (3/16)".

A fraction ("strength 4/5", "8/10 patients", "reduced by 1/2") is no date. What comes first, the day or the month, says
the report as a whole (``timedates``). May import patterns only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dechallenge.reading.matching.triggers import Pattern

_PAIR = Pattern(
    r"(?<![\w./,\d-])(?P<a>0?[1-9]|[12]\d|3[01])/(?P<b>0?[1-9]|[12]\d|3[01])"
    r"(?:\s?[-–]\s?(?P<a2>0?[1-9]|[12]\d|3[01])/(?P<b2>0?[1-9]|[12]\d|3[01]))?"
    r"(?![\w/%]|[.,-]\d)(?!\s*(?:of|patients?|pts?|cases?|tabs?|tablets?|strength|bottles?|sets?|samples?|cultures?|doses?|NS|"
    r"normal\s+saline|half|systolic|murmur|criteria|points|hpf|cores?|nodes|mg|ml|cups?|packs?|ppd|subjects|eyes?|limbs?)\b)",
)
_SAYS_WHEN = Pattern(
    r"\b(?:on|since|until|till|from|through|thru|before|after|as\s+of|around|dated)\s+(?:the\s+)?$", re.IGNORECASE
)
"""Before what can hardly be anything but a date."""
_OPENS = Pattern(r"(?:^|\n|[.;]\s+)$")
_LABEL = Pattern(r"\s?:")
_BEFORE = Pattern(
    r"\b(?:by|and|or|\w{2,}ed|d/?c['’]?(?:e?d)?|held|begun|began|seen|given|taken|home|ED|ER|labs?|bx|biopsy|cx|culture|CT|MRI|US|"
    r"ECG|EKG|CXR|TTE|echo|f/u|follow-?up|visit|onset|peak|nadir|repeat|baseline|adm|discharge|admission|surgery|date|level|"
    r"re-?start|start|stop|well|off|up|again)\s+$|\d\s?(?:%|[A-Za-zµμ/]{1,9})?\s?\($",
    re.IGNORECASE,
)
_FRACTION = Pattern(
    r"\b(?:strength|power|motor|muscles?|GCS|Apgar|pain|scor\w+|scale|grade|stage|titers?|titres?|ratio|BP|criteria|reflexes|"
    r"pulses|murmur|vision|acuity|severity|edema|oedema|ECOG|VAS|NRS)\b[^.;:]{0,25}$|"
    r"\b(?:reduced|decreased|fell|dropped|increased|cut|lowered|raised)\s+(?:by|to)\s+$",
    re.IGNORECASE,
)
"""Before two numbers that are a share or a score."""
_PARTS = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4)})
_AFTER_LABEL = Pattern(r"\s?(?:[:,;)\]-]|$)|\s+[A-Za-z(→]")


@dataclass(frozen=True, slots=True)
class ShortDate:
    """Two figures that are a day and a month, in either order.

    Attributes:
        start, end: Their span.
        parts: The two figures.
        sure: The words beside them leave no doubt that they are a date.
        last: The two figures of the last day where a stretch of days is printed ("3/5-3/14").
        opens: An entry begins with it ("11/8 SCr 1.1, 11/10 SCr 2.9").
    """

    start: int
    end: int
    parts: tuple[int, int]
    sure: bool
    last: tuple[int, int] | None = None
    opens: bool = False


@lru_cache(maxsize=16)
def short_dates(text: str) -> tuple[ShortDate, ...]:
    """All dates of a text that stand there without their year, in order."""
    found: list[ShortDate] = []
    for match in _PAIR.finditer(text):
        parts = int(match["a"]), int(match["b"])
        last = (int(match["a2"]), int(match["b2"])) if match["a2"] else None
        if min(parts) > _MONTHS or (last is not None and min(last) > _MONTHS):
            continue
        lead = max(0, match.start() - 40)
        opens = _OPENS.search(text, lead, match.start()) is not None
        label = _LABEL.match(text, match.end()) is not None
        sure = _SAYS_WHEN.search(text, lead, match.start()) is not None or last is not None or (label and opens)
        if not (label and opens) and _FRACTION.search(text, lead, match.start()) is not None:
            continue
        if not sure:
            if parts in _PARTS and not opens:
                continue
            entry = bool(found) and found[-1].opens and _ENTRY.fullmatch(text, found[-1].end, match.start()) is not None
            chained = entry or (bool(found) and text[found[-1].end : match.start()].strip() in (",", "and", "&"))
            told = _BEFORE.search(text, lead, match.start()) is not None or chained or label
            told = told or (
                _denominator(parts)
                and _WORD.search(text, lead, match.start()) is not None
                and _AT_THE_END.match(text, match.end()) is not None
            )
            if not (told or (opens and _AFTER_LABEL.match(text, match.end()) is not None)):
                continue
        opens = opens or (not sure and entry)
        found.append(ShortDate(match.start(), match.end(), parts, sure, last, opens))
    return tuple(found)


_ENTRY = Pattern(r"\s[A-Za-z](?:[^.;()]|\.(?=\d)){2,60},\s")
"""Between the days of two entries of one sentence."""


def _denominator(parts: tuple[int, int]) -> bool:
    """The second figure is not what a score is out of."""
    return parts[0] > parts[1] or parts[1] not in _SCALES


_MONTHS = 12
_SCALES = frozenset({2, 3, 4, 5, 6, 8, 10, 12, 15, 30})
_WORD = Pattern(r"[A-Za-z]\s$")
_AT_THE_END = Pattern(r"\s*(?:[.;]|$|->|→)|\s+(?:visit|appt|appointment|clinic)\b")
