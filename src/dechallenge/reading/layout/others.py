"""Sentences of a case that tell of other patients: a registry, a review of published cases, another patient.

Nothing in them is of the patient of the report. Imports the words for patients only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.layout.newpatients import told_elsewhere
from dechallenge.reading.matching.triggers import Pattern

_OTHERS = Pattern(
    r"\b(?:among|of|in)\s+(?:the\s+)?(?:\w+\s+)?(?:earlier|previous(?:ly)?|published|other|similar|reported|described)\s+"
    r"(?:\w+\s+)?(?:patients|cases|reports)\b"
    r"|\b(?:another|one\s+other|a\s+(?:second|further|similar))\s+(?:patient|woman|man|child)\b(?:\s+(?:on|in|at|from)\s+[^.;,]{1,40}?)?\s+"
    r"(?:also\s+)?(?:had|has|developed|died|was|presented)\b"
    r"|\bliterature\s+(?:search|review)\b|\breview\s+of\s+the\s+literature\b"
    r"|\b(?:published|reported|earlier|previous|another)\s+(?:patients?|cases?|reports?)\s+(?:had|has|have|developed|died|with|"
    r"described|of|was|were)\b"
    r"|\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:similar|other|published|reported|comparable|previous)\s+"
    r"(?:\w+\s+)?(?:patients|cases|reports)\b"
    r"|\b(?:in|from|of)\s+(?:the|a|an)\s+(?:\w+\s+){0,2}(?:registry|register|cohort|database|trials?|meta-analys[ie]s|survey|"
    r"(?:case-control|cohort|retrospective|prospective)\s+study)\b"
    r"|\b(?:in|from|of)\s+an?\s+(?:\w+\s+){0,2}(?:series|study|review|trial|analysis)\s+of\s+\d"
    r"|\b(?:\d{1,4}|one|two|three|four|five)\s+of\s+(?:the\s+)?\d{1,4}\s+(?:\w+\s+)?(?:patients|cases|reports)\b"
    r"|\b(?:patient|case|report)s?\s+(?:of|by|from)\s+(?:[\w'-]+\s+){1,2}(?:and\s+(?:co-?workers|colleagues|associates)|et\s+al)\b"
    r"|\b\w+\s+(?:and\s+(?:co-?workers|colleagues|associates)|et\s+al\.?),?\s+(?:\[[\d, -]{1,12}\]\s*)?(?:\w+\s+)?"
    r"(?:reported|describ\w+|published|found|observed|saw|collected)\b"
    r"|\b(?:patients|cases)\s+(?:described|reported|reviewed)\s+by\b",
    re.IGNORECASE,
)
_OURS = Pattern(
    r"\b(?:he|she|his|her|hers|him|our|we|this\s+patient|the\s+patient(?!\s+(?:of|by|described|reported)\b)|this\s+case|present\s+case)\b",
    re.IGNORECASE,
)
_OPENS = Pattern(r"\s*(?:an?|the)\s+\d{1,3}[\s-]+(?:years?|months?)[\s-]+old\b", re.IGNORECASE)
"""The sentence that introduces the patient, whatever it was treated in ("20 days after X in a trial")."""


_READ = Pattern(
    r"\bread\s+(?:with\s+(?:\w+\s+)?(?:interest|attention)\b|the\s+(?:\w+\s+){0,3}(?:article|report|paper|letter|case)\b)",
    re.IGNORECASE,
)
"""What a letter says of the paper that it answers."""


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_NUMBERED = Pattern(
    r"(?P<like>\b(?:as|like|unlike|than|similar(?:ly)?\s+to|compared\s+(?:to|with)|contrast\s+to|resembl\w+|from)\s+(?:in\s+)?)?"
    r"\b(?:(?:the|our)\s+(?P<nth>first|second|third|fourth|fifth|sixth)\s+(?:patient|case|child|woman|man|girl|boy|infant)\b"
    r"(?!\s+(?:visit|admission|presentation|infusion|dose))|(?:patient|case)\s+(?P<n>\d{1,2}|[A-F])\b(?!\s*(?:years?|months?|of|/)))",
    re.IGNORECASE,
)
"""A patient of the report by number; "as in case 1" only compares."""


def of_this_one(text: str, spans: Sequence[tuple[int, int]], number: int, of: int) -> list[tuple[int, int]]:
    """The sentences of a case without those that tell only of another patient of the same report.

    Args:
        text: Clean text.
        spans: Its sentences.
        number: Number of the patient, from 1.
        of: How many patients the report has.
    """
    if of < 2:
        return list(spans)
    kept = []
    for span in spans:
        told = [m for m in _NUMBERED.finditer(text, *span) if not m["like"]]
        if not told or number in {_number(m) for m in told}:
            kept.append(span)
    return kept


_INTRODUCES = Pattern(
    r"\b(?:report|case|paper|letter|authors|colleagues|co-?workers|al\.?,?)s?\s+(?:\[[\d, -]{1,12}\]\s*)?(?:\w+ly\s+)?"
    r"(?:describ\w+|reported|published|observed|concern\w+)\s+(?:(?:the\s+)?case\s+of\s+)?an?\s+(?:\w+\s+){0,3}?\d{1,3}[\s-]",
    re.IGNORECASE,
)
"""A report of somebody else, with an age: "a previous report described a 51-year-old man … on his second exposure"."""


def numbered_patients(text: str, span: tuple[int, int]) -> set[int]:
    """The patients of the report that a stretch names by number or letter."""
    return {_number(match) for match in _NUMBERED.finditer(text, *span)}


def names_one(text: str, span: tuple[int, int]) -> bool:
    """Whether a sentence names single patients of the report by number."""
    return _NUMBERED.search(text, *span) is not None


def _number(match: re.Match[str]) -> int:
    if match["nth"]:
        return _ORDINALS[match["nth"].lower()]
    return int(match["n"]) if match["n"].isdigit() else ord(match["n"].upper()) - ord("A") + 1


def of_the_patient(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a case without those that tell only of other patients.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    first = spans[0] if spans and _OPENS.match(text, *spans[0]) else None
    kept = [
        s
        for s in spans
        if s == first or not _OTHERS.search(text, *s) or (_OURS.search(text, *s) and not _INTRODUCES.search(text, *s))
    ]
    kept = [s for s in kept if s == spans[0] or not told_elsewhere(text, *s)]
    return [s for s in kept if not _READ.search(text, *s)]
