"""Reference limits that a report states apart from its values: "Normal values: ALT < 45 U/L; ALP 40-120 U/L".

They stand in the methods, in a legend, or behind the course. What such a list prints is no value of the patient; it is
the limit of the values of the same analyte and unit that have none of their own. May import the readers of values and
the case model.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from dechallenge.case import Case, Limit, Measurement
from dechallenge.evidence import Document
from dechallenge.reading.laboratory.labs import LabMention, read_labs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText, clean

_OURS = (
    r"(?:\s+(?:in|at|of)\s+our\s+(?:laboratory|hospital|cent(?:er|re)))?(?:\s+(?:are|were|is|was))?(?:\s+as\s+follows)?"
)
_HEAD = Pattern(
    rf"\b(?:normal|reference)\s+(?:laboratory\s+)?(?:(?:ranges?|values?|limits?|intervals?|levels?){_OURS}\s*[:=]\s*"
    rf"|(?:ranges?|limits?|intervals?)\s+(?:are|were)\s+(?:as\s+follows[:,]?\s*)?(?=[A-Za-z])"
    rf"|(?:ranges?|limits?|intervals?){_OURS}\s+(?:for|of)\s+(?:the\s+)?(?=[A-Za-z]))",
    re.IGNORECASE,
)
_NO_LIST = Pattern(
    r"\b(?:within|to|in|into|above|below|outside|exceed\w*|than|half|times)\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
_UPPER = Pattern(
    r"\bupper\s+limits?(?:\s+of\s+(?:the\s+)?(?:normal|reference)(?:\s+range)?)?\s+(?:was|were|are|is)\s+"
    r"(?P<list>[^.;]{5,200}?)(?=;|\.\s|\.?$)",
    re.IGNORECASE,
)
_FOR = Pattern(
    r"(?P<value>\d[\d.,]*)\s?(?P<unit>[^\s,;()]{1,12})?\s+for\s+"
    r"(?P<name>[A-Za-z][\w -]{1,40}?)(?=\s*(?:,|;|\band\b|$))",
    re.IGNORECASE,
)
_LEGEND = Pattern(
    r"\b(?P<name>[A-Z][\w-]{1,12}),\s[^;:()\n]{3,60}\(upper\s+limit(?:\s+of\s+normal)?[:,]?\s*"
    r"(?P<value>\d[\d.,]*)\s?(?P<unit>[^\s()]{1,10})?\)"
)


@dataclass(frozen=True, slots=True)
class StatedLimit:
    """Limits of an analyte, in a unit (empty where none is printed), and the clean span of their words."""

    low: float | None
    high: float | None
    unit: str
    start: int
    end: int


def limit_lists(body: str) -> list[tuple[int, int]]:
    """Clean spans of the lists of limits of a text, from the words that head them to the end of the sentence."""
    found: list[tuple[int, int]] = []
    for head in _HEAD.finditer(body):
        if _NO_LIST.search(body, max(0, head.start() - 24), head.start()):
            continue
        bracket = body[max(0, head.start() - 1) : head.start()] in ("(", "[")
        stop = re.compile(r"[)\]]|\n" if bracket else r"\.(?=\s|$)|\n").search(body, head.end(), head.end() + _LONGEST)
        found.append((head.start(), stop.start() if stop is not None else min(len(body), head.end() + _LONGEST)))
    return found


_LONGEST = 600


def without_limits(body: str, labs: Sequence[LabMention]) -> list[LabMention]:
    """The values of a case without what a list of limits prints."""
    lists = limit_lists(body)
    return [lab for lab in labs if not (_is_limit(lab) and _inside(lists, lab.start))] if lists else list(labs)


def _is_limit(lab: LabMention) -> bool:
    return (lab.low is not None and lab.high is not None) or (lab.value is not None and lab.comparator in ("<", "<="))


def _inside(lists: Sequence[tuple[int, int]], at: int) -> bool:
    index = bisect_right(lists, at, key=itemgetter(0)) - 1
    return index >= 0 and at < lists[index][1]


def stated_limits(text: CleanText) -> dict[str, StatedLimit]:
    """The limits that a text states apart from its values, by analyte; of two different ones none."""
    body = text.text
    found: dict[str, StatedLimit] = {}
    twice: set[str] = set()

    def add(analyte: str, limit: StatedLimit) -> None:
        known = found.setdefault(analyte, limit)
        if (known.low, known.high, known.unit) != (limit.low, limit.high, limit.unit):
            twice.add(analyte)

    for start, end in limit_lists(body):
        for lab in read_labs(text, [(start, end)]):
            if _is_limit(lab) and lab.unit != "xULN":
                low, high = (lab.low, lab.high) if lab.value is None else (None, lab.value)
                add(lab.analyte, StatedLimit(low, high, lab.unit, lab.start, lab.end))
    for match in _UPPER.finditer(body):
        for one in _FOR.finditer(body, *match.span("list")):
            if (named := _named(one)) is not None:
                add(named[0], StatedLimit(None, named[1], named[2], *one.span()))
    for one in _LEGEND.finditer(body):
        if (named := _named(one)) is not None:
            add(named[0], StatedLimit(None, named[1], named[2], *one.span()))
    return {analyte: limit for analyte, limit in found.items() if analyte not in twice}


def _named(match: re.Match[str]) -> tuple[str, float, str] | None:
    line = clean(Document.from_text(f"{match['name']} {match['value']} {match['unit'] or ''}".strip()))
    read = [lab for lab in read_labs(line, [(0, len(line.text))]) if lab.value is not None]
    return (read[0].analyte, float(read[0].value or 0.0), read[0].unit) if len(read) == 1 else None


def with_limits(text: CleanText, case: Case, limits: Mapping[str, StatedLimit]) -> Case:
    """A case whose values without limits of their own have those that the report states for their analyte."""
    if not limits:
        return case
    changed = tuple(_limited(text, m, limits.get(m.analyte)) for m in case.measurements)
    return case.model_copy(update={"measurements": changed})


def _limited(text: CleanText, value: Measurement, limit: StatedLimit | None) -> Measurement:
    if limit is None or value.limit is not None or value.unit == "xULN" or (limit.unit and limit.unit != value.unit):
        return value
    words = (text.quote(limit.start, limit.end),)
    printed = Limit(low=limit.low, high=limit.high, source="printed", evidence=words)
    return value.model_copy(update={"limit": printed})
