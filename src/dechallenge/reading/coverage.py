"""How many numbers of a case's text ended in some fact: the cheapest guard against silent misses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.case import Case, Coverage
from dechallenge.evidence import Evidence, TextEvidence, words
from dechallenge.reading.text import CleanText

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_CITATION = re.compile(
    r"\[\s*\d+(?:\s*[,-]\s*\d+)*\s*\]|\((?:Fig(?:ure)?|Table)\.?\s*\d+\)|\b(?:Figure|Table|Case)\s+\d+", re.IGNORECASE
)


def coverage(text: CleanText, parts: tuple[tuple[int, int], ...], case: Case) -> Coverage:
    """Numbers of the narrative, how many lie within the evidence of a fact, and the unread ones with their words."""
    read = sorted({(w.start, w.end) for w in _all(case)})
    numbers = 0
    unread: list[Evidence] = []
    for start, end in parts:
        skip = [m.span() for m in _CITATION.finditer(text.text, start, end)]
        for match in _NUMBER.finditer(text.text, start, end):
            if any(a <= match.start() < b for a, b in skip):
                continue
            numbers += 1
            quote = text.quote(match.start(), match.end())
            if not any(a <= quote.start and quote.end <= b for a, b in read):
                context = text.quote(
                    max(start, _word(text.text, match.start(), -1)), min(end, _word(text.text, match.end(), 1))
                )
                unread.append(context)
    return Coverage(numbers=numbers, read=numbers - len(unread), unread=tuple(unread))


LONGEST = 80
"""Characters of context at the most, on each side."""


def _word(body: str, position: int, step: int) -> int:
    """The edge of the third word before or after a position."""
    spaces = 0
    limit = position + step * LONGEST
    while 0 < position < len(body) and position != limit and spaces < 3:
        position += step
        if position < len(body) and body[position] == " ":
            spaces += 1
        if position < len(body) and body[position] == "\n":
            break
    return position + (1 if step < 0 and position else 0)


def _all(case: Case) -> Iterator[TextEvidence]:
    patient = case.patient
    groups: list[tuple[Evidence, ...]] = [
        patient.age.evidence if patient.age else (),
        patient.sex_evidence, patient.weight_evidence, patient.bmi_evidence,
        patient.alcohol_evidence, patient.pregnant_evidence,
    ]  # fmt: skip
    for items in (
        case.events,
        case.exposures,
        case.actions,
        case.measurements,
        case.tests,
        case.findings,
        case.statements,
    ):
        for item in items:
            groups.append(item.evidence)
            for name in ("time", "start", "stop", "onset", "recovery"):
                moment = getattr(item, name, None)
                if moment is not None:
                    groups.append(moment.evidence)
            limit = getattr(item, "limit", None)
            if limit is not None:
                groups.append(limit.evidence)
    for group in groups:
        yield from words(group)
