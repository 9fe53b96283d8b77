"""Dates behind the labels of a form: "Start date: 02-Feb-2021", "Onset date: 18-Mar-2021".

Imports the mention of a time and patterns only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.times.timetook import LATENCY

LABEL_START, LABEL_STOP = "start date", "end date"
"""Prepositions of the first and last day of the drug in focus, told by a label and not by a sentence."""
_END = r"\s*(?:[:=|]|-\s)\s*$"
_LABELS = (
    (LATENCY, Pattern(rf"\bonset(?:\s+date)?(?:{_END}|\s+$)|\bdate\s+of\s+(?:the\s+)?onset{_END}", re.IGNORECASE)),
    (
        LABEL_START,
        Pattern(
            rf"\b(?:start(?:ing)?(?:\s+date)?|date\s+(?:of\s+)?(?:start|first\s+(?:dose|administration|intake))|"
            rf"first\s+(?:dose|administration)\s+date){_END}",
            re.IGNORECASE,
        ),
    ),
    (
        LABEL_STOP,
        Pattern(
            rf"\b(?:end(?:\s+date)?|date\s+(?:of\s+)?(?:end|last\s+(?:dose|administration|intake))|"
            rf"last\s+(?:dose|administration)\s+date){_END}",
            re.IGNORECASE,
        ),
    ),
)
_ONSET_DATE = Pattern(
    r"\bonset(?:\s+date)?\s*(?:[:=|]|-\s)\s*(?:\d|[A-Z][a-z]{2})|\bdate\s+of\s+onset\s*[:=|]\s*\d", re.IGNORECASE
)
_UNTIL = Pattern(r"\buntil\s+(?:the\s+)?(?:day|date|morning|evening)\s+of\s+[^,;.]{2,50},\s*(?:on\s+)?$", re.IGNORECASE)
_REACH = 40


def labelled(text: str, found: Iterable[TimeMention]) -> list[TimeMention]:
    """The mentions of a sentence; a date behind a label carries what the label says of it as its preposition."""
    return [
        _until(text, replace(m, preposition=_said(text, m) or m.preposition)) if m.kind == "date" else m for m in found
    ]


def _until(text: str, one: TimeMention) -> TimeMention:
    """ "Continued until the day of the biopsy, 17 March"."""
    told = None if one.preposition else _UNTIL.search(text, max(0, one.start - 2 * _REACH), one.start)
    return one if told is None else replace(one, start=told.start(), preposition="until")


def tells_onset(text: str) -> bool:
    """Whether a label of the text is that of the onset, with a date behind it."""
    return _ONSET_DATE.search(text) is not None


def _said(text: str, one: TimeMention) -> str:
    if one.date is None:
        return ""
    lead = max(0, one.start - _REACH)
    return next((said for said, label in _LABELS if label.search(text, lead, one.start)), "")
