"""Drugs that are named by their place in the list before: "X and Y … the latter medication for two years".

May import drug mentions and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_LATTER = Pattern(
    r"\bthe\s+(?P<which>latter|former|last-named)\b(?:\s+(?:medications?|medicine|drug|agent|product|treatment|compound|antibiotic|one))?"
    r"(?!\s+(?:patient|case|two|three|group|finding|hypothesis|diagnosis|condition|symptom|explanation|test|value|result)s?\b)",
    re.IGNORECASE,
)


def latter(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> list[DrugMention]:
    """Mentions that stand for the last, or the one before the last, of the drugs named shortly before.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Drugs named, in order.
    """
    found: list[DrugMention] = []
    for index, (start, end) in enumerate(spans):
        for match in _LATTER.finditer(text, start, end):
            named: list[DrugMention] = []
            for back in range(_SENTENCES):
                near = [d for d in drugs if d.drug and d.kind != "dose" and index - back <= d.sentence <= index]
                named = list({d.drug: d for d in near if d.end <= match.start()}.values())
                if len(named) >= _TWO:
                    break
            else:
                continue
            meant = named[-2] if match["which"].lower() == "former" else named[-1]
            found.append(replace(meant, start=match.start(), end=match.end(), sentence=index))
    return found


_TWO = 2
"""Drugs named, without which there is no latter one."""
_SENTENCES = 4
"""Sentences in which the two are looked for, this one first."""
