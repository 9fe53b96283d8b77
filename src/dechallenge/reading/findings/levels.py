"""Blood levels of paracetamol and alcohol: a level is a test, neither a drug that was taken nor a habit.

May import the mentions of tests.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.findings.workup_tests import TestMention
from dechallenge.reading.matching.triggers import Pattern

FIGURE = (
    r"\s{0,3}(?:(?:levels?|concentrations?)\s{0,3})?(?:was|were|is|of|at|:)?\s{0,3}"
    r"(?:(?P<below>[<≤]|less\s+than|below|under)\s*\d{1,5}(?:[.,]\d{1,4})?\s*"
    r"(?:mg|mcg|ug|[μµ]g|ng|g|mmol|[μµu]mol|nmol|units?|IU)\s*/\s*d?[lL]\b"
    r"|(?P<low>[<≤]\s*\d{1,5}(?:[.,]\d{1,4})?\s*(?:mg|mcg|ug|[μµ]g|ng)\s*/\s*m[lL]\b)"
    r"|\d{1,5}(?:[.,]\d{1,4})?\s*(?:(?:mcg|ug|[μµ]g|ng)\s*/\s*m[lL]|(?:mg|mcg|ug|[μµ]g|ng|mmol|[μµu]mol|nmol)\s*/\s*d?[lL])\b"
    r"|(?:was\s+|were\s+)?(?P<none>undetect\w+|not\s+detect\w+))"
)
"""A figure with the unit of a level, behind the name of what was measured. A strength in mg/mL is none."""
_LEVEL = Pattern(
    rf"\b(?:(?P<paracetamol>paracetamol|acetaminophen)|(?P<alcohol>ethanol|alcohol)){FIGURE}", re.IGNORECASE
)


def levels(text: str, spans: Sequence[tuple[int, int]]) -> list[TestMention]:
    """Levels of paracetamol and alcohol as tests: below a figure or not detected is negative, a bare figure is not
    interpretable without its limit.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    found = []
    for index, (start, end) in enumerate(spans):
        for match in _LEVEL.finditer(text, start, end):
            name = "paracetamol level" if match["paracetamol"] else "alcohol level"
            negative = match["below"] or match["low"] or match["none"]
            state, result = ("negative" if negative else "not interpretable"), " ".join(match.group().split())
            span = match.span()
            found.append(TestMention(name, state, result, *span, *span, index, "level"))  # type: ignore[arg-type]
    return found


def measured(start: int, found: Sequence[TestMention]) -> bool:
    """Whether what stands at a position is the name of a level."""
    return any(t.start <= start < t.end for t in found)
