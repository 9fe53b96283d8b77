"""How long a change took, and how long the drug took: lengths that are told by a word for them.

"Resolved over a period of 3 weeks", "took 3 weeks to clear", "persisted for 3 weeks before resolving": the change was
complete at the end of that time, which counts from what was told last. "After a latency of 3 weeks", "the time to
onset was 21 days": that counts from the first dose.

Imports amounts and the words of time only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import amount_of
from dechallenge.reading.texts.timewords import AMOUNT

_ENDED = (
    r"resol\w+|clear\w*|subsid\w+|disappear\w*|normali[sz]\w+|recover\w*|abat(?:e[ds]?|ing|ement)|settl\w+|fad\w+|"
    r"remi\w+|heal\w*"
)
_CHANGED = Pattern(
    rf"\b(?:fell|dropped|declined|decreased|improved|improvement|rose|increased|doubled|halved|returned|c[ao]me\s+down|"
    rf"{_ENDED})\b(?:[^.;]|(?<=\d)\.(?=\d)){{0,50}}\s$",
    re.IGNORECASE,
)
_NEXT_VALUE = Pattern(
    r"\s*(?:,\s*(?:and\s+)?|and\s+)(?:then\s+)?(?:to\s+)?[<>~]?\d[\d.,]*(?:\s?[^\s\d;]\S{0,12}(?:\s\S{1,9})?)?\s+",
    re.IGNORECASE,
)
""" "Rose to 2.7 G/L in 5 days, 3.8 G/L in 12 days and 6.6 G/L in 40 days": the values of one change."""
_TOOK = Pattern(
    r"\b(?P<took>took\s+)|\b(?P<stayed>(?:lasted|persisted|continued|remained)\s+(?:for\s+)?)"
    r"|\b(?P<time>(?:time\s+to\s+(?:\w+\s+)?(?:recovery|resolution|normali[sz]ation)|(?:recovery|resolution)\s+time)"
    r"\s*(?:was|:|=|of)\s*)"
    r"|(?<!after )(?<!for )(?<!by )\b(?:in|(?:over|during)(?:\s+(?:a|the)\s+(?:period|course|space|span)\s+of)?)\s+",
    re.IGNORECASE,
)
"""What stands before the length; "over" and "in" only behind a change."""
_LENGTH = Pattern(AMOUNT, re.IGNORECASE)
_THE_END = Pattern(r"\b(?:recovery|resolution|normali[sz]ation|it|remission|healing)\s+$", re.IGNORECASE)
_TO_END = Pattern(
    rf"\s*(?:for\s+[^.;,]{{1,60}}?\s+to|to)\s+(?:\w+ly\s+)?(?:{_ENDED}|return|reach|become\s+normal|go\s+away)\b",
    re.IGNORECASE,
)
_THEN = Pattern(
    rf"\s*,?\s*(?:(?:and|but|then|before|they|it|was|were|had|finally|slowly|gradually|completely)\s+){{1,5}}"
    rf"(?:{_ENDED})\b",
    re.IGNORECASE,
)
_ELSE = Pattern(
    r"\s*(?:ago|later|earlier|before|prior|old|of|after\w*|following|from|since|post|into|on|off)\b|-", re.IGNORECASE
)
"""Behind a length that counts from something else."""


_LATENCY = Pattern(
    r"\b(?:(?:latency|latent|induction|incubation)(?:\s+(?:period|interval|time))?|(?:time|interval|delay)\s+"
    r"(?:to\s+(?:the\s+)?onset|(?:from|between)\s+[^.;\d]{3,60}?\s(?:to|and)\s+(?:the\s+)?(?:onset|first\s+symptoms?)))\b"
    r"(?:[^.;,\d]{0,40}?\s|\s*)(?:of|was|is|:|=)\s*",
    re.IGNORECASE,
)
LATENCY = "latency"
"""Preposition of a length that is that of the onset from the first dose."""


_COMPLETED = Pattern(r"\b(?:complet\w+|finish\w+)\s+(?:a\s+total\s+of\s+|the\s+|his\s+|her\s+)?", re.IGNORECASE)
_OF_IT = Pattern(r"\s+of\s+[a-z]", re.IGNORECASE)


def took(text: str) -> Iterator[TimeMention]:
    """Lengths of changes and latencies in a sentence."""
    for match in _LATENCY.finditer(text):
        length = _LENGTH.match(text, match.end())
        if length is not None:
            yield TimeMention(match.start(), length.end(), "offset", amount_of(length), "start", preposition=LATENCY)
    for match in _COMPLETED.finditer(text):
        length = _LENGTH.match(text, match.end())
        if length is not None and _OF_IT.match(text, length.end()) is not None:  # "completed ten days of treatment"
            yield TimeMention(match.end(), length.end(), "duration", amount_of(length), preposition="course")
    last = -1
    for match in _TOOK.finditer(text):
        length = _LENGTH.match(text, match.end())
        again = last >= 0 and _NEXT_VALUE.fullmatch(text, last, match.start()) is not None
        if length is not None and (again or _is_told(text, match, length.end())):
            last = length.end()
            start = match.start() if match["took"] or match["time"] else match.end()
            yield TimeMention(start, length.end(), "sequence", amount_of(length))


def _is_told(text: str, match: re.Match[str], end: int) -> bool:
    before = max(0, match.start() - 80), match.start()
    if match["took"]:
        return _TO_END.match(text, end) is not None or _THE_END.search(text, *before) is not None
    if match["stayed"]:
        return _THEN.match(text, end) is not None
    if match["time"]:
        return True
    return _ELSE.match(text, end) is None and _CHANGED.search(text, *before) is not None
