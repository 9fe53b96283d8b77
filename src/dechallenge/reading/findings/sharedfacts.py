"""Negative findings that the abstract or the discussion states of the patients ("in both cases … was not seen").

Only what is said to be absent, only in sentences that speak of the reported patients, and only as findings with their
words: values, events and drugs of a case are read from the case itself. May import work-up and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dechallenge.case import Finding
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

_OURS = Pattern(
    r"\b(?:in|of|for)\s+(?:this|our|the\s+present|the\s+reported)\s+(?:case|patient)s?\b|\bthis\s+patient\b|"
    r"\b(?:both|either|these|the\s+two|our\s+two|all\s+our)\s+(?:of\s+(?:the|our)\s+)?(?:reported\s+)?(?:cases?|"
    r"patients?|wom[ae]n|m[ae]n|children|girls|boys)\b",
    re.IGNORECASE,
)
_OTHERS = Pattern(
    r"\[\d|\b(?:reported|described|literature|studies|study|trials?|series|other\s+reports|usually|often|can|may|"
    r"might|could\s+be\s+a|"
    r"patients\s+with|in\s+mice|in\s+general)\b",
    re.IGNORECASE,
)
_ONE = Pattern(
    r"\b(?:one|the\s+other)\s+(?:case|patient|woman|man)\b|\bcase\s+\d\b|\b\w+-treated\b|\btreated\s+with\b|"
    r"\bthe\s+patient\s+receiving\b",
    re.IGNORECASE,
)
_CARRY = 3
"""Sentences that a reference to the reported patients is taken to reach over."""
_CONTRAST = 2
"""Patients named in a sentence that sets one against the other: it is still about all of them, and so is what follows.

A sentence that names one of them turns to that one.
"""


def shared_negatives(
    text: CleanText, spans: Sequence[tuple[int, int]], abbreviations: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Findings said to be absent in all patients of a report, from its abstract and discussion.

    Args:
        text: Clean text of the document.
        spans: Sentences outside the cases, in order.
        abbreviations: Abbreviations of the document.
    """
    chosen: list[tuple[int, int]] = []
    reach = 0
    for start, end in spans:
        sentence = text.text[start:end]
        if _OURS.search(sentence):
            reach = _CARRY
        elif _OTHERS.search(sentence):
            reach = max(0, reach - 1)
            continue
        named = sum(1 for _ in _ONE.finditer(sentence))
        if reach and not named:
            chosen.append((start, end))
        if named < _CONTRAST:
            reach = max(0, reach - 1)
    found, _ = read_findings(text, chosen, abbreviations)
    return tuple(
        Finding(term=m.term, kind=m.kind, state="absent", evidence=(text.quote(m.ev_start, m.ev_end),))
        for m in found
        if m.state == "absent" and not (m.history or m.family or m.hypothetical or m.other_patient or m.extent)
    )
