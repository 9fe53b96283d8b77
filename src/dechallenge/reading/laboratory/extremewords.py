"""Words in brackets that call a value the highest or lowest of its course: "bilirubin 120 μmol/L (peak 614)".

One list for the values, the story's times and the grammar of laboratory values. May import triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

EXTREME = r"(?:peak|nadir|maximum|maximal|max\.?|highest|lowest|worst|minimum|minimal)"
LED = (
    rf"\(\s*(?:with\s+)?(?:(?:his|her|the|an?)\s+)?{EXTREME}(?:\s+(?:value|level|count))?"
    r"\s*(?:of\s+|was\s+|at\s+|[:=]\s*)?"
)
"""From the bracket to the figure."""
IN_BRACKETS = Pattern(rf"{LED}[<>~≤≥]?\s?\d", re.IGNORECASE)
"""A bracket that holds an extreme."""
BEHIND_A_VALUE = Pattern(rf"\d[^()]{{0,20}}{LED}$", re.IGNORECASE)
"""Before the figure of an extreme that stands in brackets behind another figure."""
