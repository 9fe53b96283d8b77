"""Two patients told side by side: "Two men, aged 61 and 65 years, … The younger man … The older man … He died."

May import the sections, the sentences and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dechallenge.reading.layout.headings import Section
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.sentences import sentences

_TWO = Pattern(
    r"\b(?:two|2)\s+(?:\w+\s+)?(?:m[ae]n|wom[ae]n|patients|boys|girls|children|brothers|sisters|males|females)\b[^.;]{0,40}?\b"
    r"aged\s+\d{1,3}(?:\s+(?:years|months))?\s+and\s+\d{1,3}\b",
    re.IGNORECASE,
)
_NOUN = r"(?:\s+(?:m[ae]n|wom[ae]n|patient|boy|girl|child|brother|sister|male|female|one)\b|['’]s\b)"
_WHO = Pattern(rf"\bthe\s+(?:(?P<first>younger)|(?P<second>older|elder)){_NOUN}", re.IGNORECASE)
_BOTH = Pattern(
    r"\b(?:both|they|their|them|the\s+(?:two\s+)?(?:men|women|patients|boys|girls|children))\b", re.IGNORECASE
)
_ONE = Pattern(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_NEXT = Pattern(r"[;,]\s+(?:and\s+|but\s+|while\s+|whereas\s+)?(?=the\s+(?:younger|older|elder)\b)", re.IGNORECASE)

Spans = tuple[tuple[int, int], ...]


def two_apart(body: str, sections: Sequence[Section]) -> dict[str, Spans]:
    """The sentences about each of two patients who are told side by side, by a title; nothing without such two.

    Args:
        body: Clean text.
        sections: Its sections.
    """
    for zone in sections:
        if zone.kind in ("start", "cases", "abstract") and (both := younger_and_older(body, zone.start, zone.end)):
            return dict(zip(("The younger patient", "The older patient"), both, strict=True))
    return {}


def younger_and_older(body: str, start: int, end: int) -> tuple[Spans, Spans] | None:
    """What is told of the younger and of the older of two patients; ``None`` where a text does not tell them so.

    A sentence without a word for either is of both, but "he" is the one who was named last.

    Args:
        body: Clean text.
        start, end: The part that tells of patients.
    """
    if _TWO.search(body, start, end) is None:
        return None
    told = {("first" if m["first"] else "second") for m in _WHO.finditer(body, start, end)}
    if told != {"first", "second"}:
        return None
    parts: dict[str, list[tuple[int, int]]] = {"first": [], "second": []}
    last = ""
    for a, b in sentences(body[start:end]):
        edges = [start + a, *(m.end() for m in _NEXT.finditer(body, start + a, start + b)), start + b]
        for i, (x, y) in enumerate(pairwise(edges)):
            named = {("first" if m["first"] else "second") for m in _WHO.finditer(body, x, y)}
            last = next(iter(named)) if len(named) == 1 else last
            if len(named) > 1:
                continue  # "600 mg in the younger man and 450 mg in the older man"
            goes_on = last and (i or (_ONE.search(body, x, y) and _BOTH.search(body, x, y) is None))
            for who in [last] if goes_on or (last and _WHO.search(body, x, y)) else ["first", "second"]:
                parts[who].append((x, y))
            if not goes_on and _WHO.search(body, x, y) is None:
                last = ""
    return tuple(parts["first"]), tuple(parts["second"])
