"""Abbreviations that a document defines itself; they override the lexicons (SS is Schnitzler syndrome here).

Three styles: "long form (LF)" in the manner of Schwartz and Hearst (2003), the same in square brackets, and legends
such as "MTX, methotrexate; ALP, alkaline phosphatase". Imports nothing of the package.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_BRACKET = Pattern(r"[(\[]\s*([A-Za-z][A-Za-z0-9α-ωΑ-Ω/+.-]{0,11}(?: [A-Z]{1,3})?)\s*(?:[;,][^()\[\]]{0,60})?[)\]]")
_REVERSED = Pattern(r"(?<![\w-])([A-Z][A-Za-z0-9-]{1,9})\s*[(\[]([a-z][^()\[\]]{4,80})[)\]]")
_LEGEND = Pattern(
    r"(?<![\w-])([A-Za-z][A-Za-z0-9/+-]{1,11})\s*(?:,|="
    r"|:)\s+([A-Za-zα-ω][^;.=:\n]{3,80}?)(?=\s*[;.\n]|$)"
)
_LEGEND_LINE = Pattern(r"(?:abbreviations?|notes?|legend|key)\s*:", re.IGNORECASE)
_WORD = Pattern(r"[\wα-ω]+(?:['’][a-z]+)?")
_LONGEST = 10
"""Words that a long form may have more than the abbreviation has letters."""
_WINDOW = 160


def local_abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that the text defines, with their long forms; the first definition holds.

    Args:
        text: Normalised text.
    """
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        short = match.group(1).strip(" .")
        if not _is_short(short):
            continue
        long = _long_form(short, text[max(0, match.start() - _WINDOW) : match.start()])
        if long:
            found.setdefault(short, long)
    for match in _REVERSED.finditer(text):
        short, long = match.group(1), match.group(2).strip()
        if _is_short(short) and _matches(short, long) == 0 and len(long.split()) <= len(short) + 3:
            found.setdefault(short, long)
    for short, long in _legends(text):
        found.setdefault(short, long)
    return found


def _is_short(short: str) -> bool:
    return (
        2 <= len(short) <= 12
        and any(c.isupper() for c in short)
        and not short[1:].islower()
        and len(short.split()) <= 2
    )


def _long_form(short: str, before: str) -> str:
    """The shortest run of words before the bracket that spells the abbreviation (Schwartz and Hearst)."""
    boundary = max(before.rfind(c) for c in ".;:([\n")
    before = before[boundary + 1 :].rstrip()
    words = [m.start() for m in _WORD.finditer(before)]
    letters = sum(c.isalnum() for c in short)
    words = words[-min(letters + 5, letters * 2) :][-_LONGEST:]
    if not words:
        return ""
    spelt = [c.lower() for c in short if c.isalnum()]
    last = words[-letters:]
    if [before[at].lower() for at in last] == spelt:  # "Proton pump inhibitor (PPI)": the first letters of its words
        return before[last[0] :].strip(" ,")
    start = _matches(short, before)
    if start is None:
        return _plural(short, before, words)
    if start < words[0]:
        return ""
    long = before[start:].strip(" ,")
    return long if len(long) > len(short) and short.lower() not in long.lower().split() else ""


def _plural(short: str, before: str, words: list[int]) -> str:
    if short.endswith("s") and len(short) > 2:
        start = _matches(short[:-1], before)
        if start is not None and start >= words[0]:
            return before[start:].strip(" ,")
    return ""


def _matches(short: str, long: str) -> int | None:
    """Where in ``long`` the letters of ``short`` begin, read from the end; its first letter must begin a word."""
    position = len(long) - 1
    for index in range(len(short) - 1, -1, -1):
        letter = short[index].lower()
        if not letter.isalnum():
            continue
        while position >= 0 and (
            long[position].lower() != letter or (index == 0 and position > 0 and long[position - 1].isalnum())
        ):
            position -= 1
        if position < 0:
            return None
        position -= 1
    return position + 1


def _legends(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in _LEGEND_LINE.finditer(text):
        end = text.find("\n", line.end())
        part = text[line.end() : end if end >= 0 else len(text)][:4000]
        found += [(m.group(1), m.group(2).strip()) for m in _LEGEND.finditer(part) if _is_short(m.group(1))]
    return found
