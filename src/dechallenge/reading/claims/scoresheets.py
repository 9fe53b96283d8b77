"""Sheets on which a report adds up a score: lines of "label: category (points)" under a line that names the score.

What stands there are the categories of the sheet ("Ferritin: > 6000 µg/L (50)"), not values of the patient. May import
the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_HEAD = Pattern(r"\b(?:h-?score|scores?|scoring|rucam|recam|naranjo|criteria|points?|scale)\b", re.IGNORECASE)
_ITEM = Pattern(
    r"[ \t|*•-]*[^\W\d][^:\n|]{2,60}[:|\t][^\n]{1,80}?[(|\t ]\s*[+−-]?\d{1,3}\s*(?:points?|pts?)?\s*[)|]?[ \t]*",
    re.IGNORECASE,
)
_SUM = Pattern(r"[ \t|*•-]*(?:sum|total|score)\b[^\n]{0,40}\d{1,3}[^\n]{0,12}", re.IGNORECASE)
_COMPARED = Pattern(r"[<>≤≥]|\b(?:yes|no|present|absent|lineages?|positive|negative)\b", re.IGNORECASE)
_FEWEST = 4
_LONGEST = 160


def score_sheets(text: str) -> list[tuple[int, int]]:
    """Raw spans of the sheets of a text, in order, the line that names the score left out.

    Args:
        text: The document.
    """
    if _HEAD.search(text) is None:
        return []
    found: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    compared = 0
    head = False
    position = 0
    for line in text.splitlines(keepends=True):
        start, position = position, position + len(line)
        bare = line.strip()
        if not bare:
            continue
        short = len(bare) <= _LONGEST
        if short and run and _SUM.fullmatch(bare):
            run.append((start, position))
        elif short and head and _ITEM.fullmatch(bare):
            run.append((start, position))
            compared += _COMPARED.search(bare) is not None
        else:
            if len(run) >= _FEWEST and 2 * compared >= len(run):
                found.append((run[0][0], run[-1][1]))
            run, compared = [], 0
            head = short and _HEAD.search(bare) is not None and not bare.endswith(".")
    if len(run) >= _FEWEST and 2 * compared >= len(run):
        found.append((run[0][0], run[-1][1]))
    return found
