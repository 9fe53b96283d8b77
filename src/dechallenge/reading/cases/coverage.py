"""How many numbers of a case's text ended in some fact: the cheapest guard against silent misses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate

from pydantic import BaseModel

from dechallenge.case import Case, Coverage
from dechallenge.evidence import Evidence, TextEvidence, words
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

_NUMBER = Pattern(r"(?<![\w.])\d+(?:[.,]\d+)*")
_CITATION = Pattern(
    r"\[\s*\d+(?:\s*[,-]\s*\d+)*\s*\]|\((?:Fig(?:ure)?|Table)\.?\s*\d+\)|\b(?:Figure|Table|Case)\s+\d+", re.IGNORECASE
)


def coverage(
    text: CleanText, parts: tuple[tuple[int, int], ...], case: Case, left: Sequence[tuple[int, int]] = ()
) -> Coverage:
    """Numbers of the narrative, how many lie within the evidence of a fact, and the unread ones with their words.

    Args:
        left: Sentences that were not read at all (:mod:`reading.repeats`): their numbers count, without their words.
    """
    read = sorted(set(_all(case)))
    starts, ends = [a for a, _ in read], list(accumulate((b for _, b in read), max))
    numbers = 0
    unread: list[Evidence] = []
    for start, end in _apart(parts, sorted(left)):
        skip = [m.span() for m in _CITATION.finditer(text.text, start, end)]
        skipped = [a for a, _ in skip]
        for match in _NUMBER.finditer(text.text, start, end):
            cited = bisect_right(skipped, match.start())
            if cited and match.start() < skip[cited - 1][1]:
                continue
            numbers += 1
            before = bisect_right(starts, text.raw_start(match.start()))
            if not before or ends[before - 1] < text.raw_end(match.end()):
                context = text.quote(
                    max(start, _word(text.text, match.start(), -1)), min(end, _word(text.text, match.end(), 1))
                )
                unread.append(context)
    missed = len(_NUMBER.findall("\n".join([text.text[start:end] for start, end in left])))
    return Coverage(numbers=numbers + missed, read=numbers - len(unread), unread=tuple(unread))


def _apart(parts: Iterable[tuple[int, int]], left: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts without the sentences in them that are left."""
    for start, end in parts:
        for first, last in left[bisect_left(left, (start, 0)) :]:
            if first >= end:
                break
            if start < first:
                yield start, first
            start = last
        if start < end:
            yield start, end


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


@cache
def _dated(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a kind of fact that have evidence of their own."""
    names = ("time", "start", "stop", "onset", "recovery", "limit")
    return tuple(name for name in names if name in kind.model_fields)


def _all(case: Case) -> Iterator[tuple[int, int]]:
    """The spans of the words behind every fact of a case."""
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
            for name in _dated(type(item)):
                moment = getattr(item, name)
                if moment is not None:
                    groups.append(moment.evidence)
    for group in groups:
        for one in group:
            if isinstance(one, TextEvidence):
                yield one.start, one.end
            else:
                yield from ((w.start, w.end) for w in words((one,)))
