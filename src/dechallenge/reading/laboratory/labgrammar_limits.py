"""Reference limits that a word announces: "(normal <13)", "reference range, 7-56 U/L", "ULN 40".

May import `quantity`, the units and the figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.quantity import COMPARATOR_PATTERN, NUMBER_PATTERN, RANGE_PATTERN, Unit, parse_comparator, parse_number
from dechallenge.reading.laboratory.labgrammar_figures import unit_at
from dechallenge.reading.laboratory.labgrammar_multiples import UPPER
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class LimitMark:
    """A reference limit as printed: "(normal <13)", "(7–56 U/L)", "ULN 40"."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: Unit | None = None
    unit_text: str = ""


_RANGE_WORDS = r"(?:\s(?:range|values?|limits?|interval|levels?|is|was|at|being)){0,3}"
_DIGIT = Pattern(r"\d")
_LIMIT = Pattern(
    r"(?P<open>[(\[])?\s?(?:(?:age|sex|gender|pregnancy|trimester|p(?:a)?ediatric|local|laboratory|hospital|"
    r"institutional)"
    r"(?:[-\s](?:and|or)[-\s]sex)?(?:[-\s]?(?:specific|adjusted|related|matched|"
    r"dependent))?\s)?(?:(?P<word>(?:lab(?:oratory)?\s)?(?:reference|normal|ref\.?|nl\.?|n\.?r\.?)"
    r"(?:(?:\s[a-z][\w-]{1,16}){1,3}?(?=\s(?:range|limits?|interval)\b))?"
    + _RANGE_WORDS
    + r"(?:\s?[(\[](?-i:RR|RI)[)\]])?"
    r"|(?-i:RR|RI)(?=[\s,:=]{1,2}\d[\d.,]{0,6}\s?(?:-|–|to\s)\s?\d|[\s,:=]{0,2}[<≤]))"
    rf"|(?P<uln>ULN|UNL|NUL|{UPPER})|(?P<lln>LLN|lower\slimit(?:\sof)?(?:\snormal)?)"
    r"|(?-i:N)(?=\s?[:=<>≤≥])|(?P<n>(?-i:N))(?=\s\d[\d.,]*\s?(?:-|–|to\s)\s?\d))"
    r"\s?(?:is\s|was\s|of\s|at\s|[:=,])?\s?(?P<sign>" + COMPARATOR_PATTERN + r")?\s?"
    rf"(?P<first>{NUMBER_PATTERN})(?:(?:\s?%)?{RANGE_PATTERN}(?P<second>{NUMBER_PATTERN}))?",
    re.IGNORECASE,
)


_OF_SEVERAL = Pattern(
    rf"(?:,\s?{NUMBER_PATTERN})*\s?,?\sand\s{NUMBER_PATTERN}(?:\s?[A-Za-zµ/%]{{1,12}})?,?\s(?:and\s)?respectively\b",
    re.IGNORECASE,
)
"""Limits of several analytes in one bracket ("ULN 300 and 110 U/L respectively")."""


def limit_marks(text: str, start: int, end: int, *, decimal_comma: bool = False) -> list[LimitMark]:
    """Reference limits announced by a word ("normal", "reference range", "ULN") in ``text[start:end]``."""
    found: list[LimitMark] = []
    if not _DIGIT.search(text, start, end):
        return found
    for match in _LIMIT.finditer(text, start, end):
        if match.start() > start and text[match.start() - 1].isalnum():
            continue
        printed = unit_at(text, match.end(), end)
        if printed and not printed[0].kinds & {"lab", "vital"}:
            continue
        if printed and printed[0].is_uln:
            continue
        if match["n"] and not match["open"]:
            continue
        if match["word"] and not (match["open"] or match["sign"] or match["second"]):
            continue
        if of_several := _OF_SEVERAL.match(text, printed[2] if printed else match.end(), end):
            found.append(LimitMark(match.start(), of_several.end(), None, None))  # which is whose stands before it
            continue
        counts = printed is not None and printed[0].is_plain_count
        first = parse_number(match["first"], counts=counts, decimal_comma=decimal_comma)
        second = parse_number(match["second"], counts=counts, decimal_comma=decimal_comma) if match["second"] else None
        low, high = bounds(first, second, match["sign"], lower=bool(match["lln"]))
        stop = printed[2] if printed else match.end()
        if match["open"] and text[stop : stop + 1] in (")", "]"):
            stop += 1
        elif match["open"]:
            stop = match.end() if printed is None else stop
        found.append(LimitMark(match.start(), stop, low, high, *(printed[:2] if printed else ())))
    return found


def bounds(
    first: float | None, second: float | None, sign: str | None, *, lower: bool = False
) -> tuple[float | None, float | None]:
    """Low and high limit of a printed reference: "30-120", "<42", ">3.5"; a single figure is the upper limit."""
    if second is not None:
        return first, second
    comparator = parse_comparator(sign) if sign else None
    if comparator in (">", ">=") or lower:
        return first, None
    return None, first
