"""Clauses of a sentence: the stretches that share one time. Imports nothing of the package."""

from __future__ import annotations

import re

from dechallenge.reading.triggers import Pattern

_SUBJECT = (
    r"(?:she|he|it|they|the\s+(?:patient|drug|medication|symptoms|jaundice|neutrophil|fever|dose)|"
    r"(?:was|were|had|has|became|developed|noted|noticed|presented|underwent|died|complained|discontinued|stopped|"
    r"restarted|improved|"
    r"resolved|recovered|returned|remained|continued|began|rose|fell|required|received|completed|redeveloped|"
    r"reappeared|"
    r"appearance)\b|"
    r"(?:then|subsequently|later|eventually|finally|thereafter|shortly|within|after|when|again|once|at\s+which)\b|"
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|a\s+few|a)\s+(?:hours?|days?|weeks?|months?|"
    r"years?)\s+(?:later|after)|"
    r"(?:all|her|his|serum|liver|laboratory)\b)"
)
_SPLIT = Pattern(
    r";\s+"
    r"|:\s+(?=on\s+day|\d)"
    r"|,?\s+(?:but|whereas|although|while(?!\s+on\b)|though|despite\s+this)\s+"
    r"|,\s+(?:which|who|when|after\s+which|at\s+which|during\s+which|in\s+whom|followed|having|progress\w+|becoming|"
    r"allowing|necessitating|therefore)\b"
    r"|\s+(?:during\s+which|after\s+which|at\s+which\s+(?:time|point)|followed\s+(?:by|shortly|(?:\d+|one|two|three|"
    r"a\s+few|several)\s+\w+\s+later)|when\s+(?:she|he|it|they|tested|seen|the)|until)\s+"
    rf"|,?\s+and\s+(?={_SUBJECT})"
    rf"|,\s+(?={_SUBJECT}(?<!all)(?<!her)(?<!his)(?<!serum)(?<!liver))"
    r"|,\s+(?=fever\s+and\s+hypox)",
    re.IGNORECASE,
)


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence; brackets are not divided."""
    depth = 0
    closed = bytearray(len(sentence) + 1)
    for i, char in enumerate(sentence if "(" in sentence or "[" in sentence else ""):
        if char in "([":
            depth += 1
        closed[i] = depth > 0
        if char in ")]" and depth:
            depth -= 1
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _SPLIT.finditer(sentence):
        if closed[match.start()] or match.start() - start < 4:
            continue
        spans.append((start, match.start()))
        start = match.start() + (1 if sentence[match.start()] in ",;:" else 0)
    spans.append((start, len(sentence)))
    return spans
