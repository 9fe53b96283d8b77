"""Words with which authors say that they report something: "we describe", "this letter presents". Imports nothing."""

from __future__ import annotations

WE_REPORT = (
    r"\b(?:we|I|authors?|this\s+(?:report|paper|article|letter|case(?:\s+report)?))\s+(?:\w+\s+){0,2}?"
    r"(?:report|describe|present|discuss|illustrate|document|encountered)(?:s|ed)?\b"
)
"""A fragment of an expression: who reports, and that he does; what is reported stands behind it."""
