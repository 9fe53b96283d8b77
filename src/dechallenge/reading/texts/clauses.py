"""Clauses of a sentence: the stretches that share one time. Imports nothing of the package."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern

_SUBJECT = (
    r"(?:(?:she|he|it|they)\b|the\s+(?:patient|drug|medication|symptoms|jaundice|neutrophil|fever|dose)|"
    r"(?:was|were|had|has|became|developed|noted|noticed|presented|underwent|died|complained|discontinued|stopped|"
    r"restarted|improved|"
    r"resolved|recovered|returned|remained|continued|began|rose|fell|required|received|completed|redeveloped|"
    r"reappeared|"
    r"appearance)\b|"
    r"(?:then|subsequently|later|eventually|finally|thereafter|shortly|within|after|when|again|once|at\s+which)\b|"
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|a\s+few|a)\s+(?:hours?|days?|weeks?|months?|"
    r"years?)\s+(?:later|after)|"
    r"(?:at|on)\s+(?:the\s+)?(?:follow[- ]?up|review|re-?examination)\b|"
    r"(?:an?\s+|the\s+)?(?:(?:subsequent|later|further|next)\s+)?(?:follow[- ]?up|repeat(?:ed)?|control)\s+"
    r"(?:[\w-]+\s+){0,3}?"
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several)\s+(?:days?|weeks?|months?|years?)\s+(?:later|after)|"
    r"an?\s+(?:repeat(?:ed)?|follow-?up|control)\s+(?:[\w-]+\s+){0,2}?(?:levels?|tests?|MRI|CT|scan|biopsy|echocardio\w+|ECG|EKG|"
    r"examination|measurement|X-?ray)\b|"
    r"(?:over|during|in)\s+the\s+(?:next|following|ensuing|subsequent)\b|on\s+(?-i:[A-Z])[a-z]{2,8}\.?\s+\d|"
    r"(?:by|on|at)\s+(?:about\s+)?(?:(?:post-?operative\s+)?(?:day|week|month)\s+\d|POD\s?\d|(?:\d+|two|three|four|five|six|seven|eight)\s+(?:days|weeks|months))|"
    r"(?:jaundice|icterus|dark\s+urine|fever|itching|pruritus|rash)\s+(?:then\s+|soon\s+)?(?:appeared|developed|followed|occurred|"
    r"ensued|began|resolved|disappeared|cleared|was\s+(?:first\s+)?(?:noticed|noted|seen|observed|diagnosed|found))\b|"
    r"the\s+(?:\w+\s+){0,2}(?:counts?|levels?|platelets|values?|enzymes|concentration)\s+(?:rose|fell|was|were|had|increased|decreased|"
    r"returned|recovered|normali[sz]ed|dropped|improved|declined|reached)\b|"
    r"(?:all|her|his|serum|liver|laboratory)\b)"
)
_SPLIT = Pattern(
    r";\s+"
    r"|:\s+(?=(?:on|after|within|by|at)\s+(?:the\s+)?(?:\w+\s+)?(?:hours?|days?|weeks?|months?)\b|\d)"
    r"|,?\s+(?:but|whereas|although|while(?!\s+on\b)|though|despite\s+this)\s+"
    r"|,\s+(?:which|who|when|after\s+which|at\s+which|during\s+which|in\s+whom|followed|having|progress\w+|becoming|"
    r"allowing|necessitating|therefore)\b"
    r"|\s+(?:during\s+which|after\s+which|at\s+which\s+(?:time|point)|followed\s+(?:by|shortly|(?:\d+|one|two|three|"
    r"a\s+few|several)\s+\w+\s+later)|when\s+(?:she|he|it|they|tested|seen|the)|until)\s+"
    r"|,?\s+with\s+(?=(?:[a-z]+\s+){0,3}?(?:resolution|recovery|normali[sz]ation|disappearance|remission|clearing|"
    r"improvement|recurrence)\b[^,;.]{0,60}?\s(?:within|in|after|over|by|on|during)\s+(?:the\s+)?"
    r"(?:\w+\s+){0,2}?(?:\d|hours?|days?|weeks?|months?))"
    r"|\s+when\s+(?=[\w,\s-]{3,60}?\b(?:was|were)\s+(?:started|begun|added|introduced|prescribed|initiated)\b)"
    rf"|(?<!\bthere),?\s+and\s+(?={_SUBJECT})"
    rf"|,\s+(?={_SUBJECT}(?<!all)(?<!her)(?<!his)(?<!serum)(?<!liver))"
    r"|,\s+(?=fever\s+and\s+hypox)",
    re.IGNORECASE,
)
_RELATIVE = Pattern(
    r"\bwho\s+had\s+(?:\w+ly\s+)?(?:been|taken|started|begun|received|used|completed|undergone)\b[^.;]{5,160}?(?P<main>\s+)"
    r"(?=(?:was|were)\s+(?:\w+ly\s+)?(?:admitted|hospitali[sz]ed|referred|brought|seen|transferred|found|noted)\b|"
    r"(?:presented|developed|came|complained|noticed|experienced)\b)",
    re.IGNORECASE,
)
"""A clause that looks back within another: "a woman who had been started on X two months earlier was admitted"."""
_ONLY_WHEN = Pattern(
    r",\s+(?:about\s+|approximately\s+|only\s+|some\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|a\s+few|an?)\s+"
    r"(?:hours?|days?|weeks?|months?|years?)\s+after\s+(?:the\s+)?(?:start\w*|initiat\w+|commenc\w+|beginning|introduc\w+|first\s+dose)"
    r"(?:\s+(?!(?:was|were|had|has|is|he|she|they)\b|\w+ed\b)[\w/-]+){0,9}\s*\.?\s*",
    re.IGNORECASE,
)
"""The end of a sentence that only dates it: "he had fever, without a rash, 2 weeks after starting X"."""
_BRACKET = Pattern(r"[()\[\]]")


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence; brackets are not divided."""
    spans: list[tuple[int, int]] = []
    start, closed = 0, _bracketed(sentence)
    back = [m.start("main") for m in _RELATIVE.finditer(sentence)]
    for border in sorted({*back, *(m.start() for m in _SPLIT.finditer(sentence))}):
        if border - start < 4 or any(a <= border < b for a, b in closed) or _ONLY_WHEN.fullmatch(sentence, border):
            continue
        spans.append((start, border))
        start = border + (1 if sentence[border] in ",;:" else 0)
    spans.append((start, len(sentence)))
    return spans


def _bracketed(sentence: str) -> list[tuple[int, int]]:
    """The outermost brackets of a sentence; one that is never closed reaches to its end."""
    spans: list[tuple[int, int]] = []
    depth = begun = 0
    for found in _BRACKET.finditer(sentence):
        if found.group() in "([":
            begun = begun if depth else found.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append((begun, found.end()))
    return [*spans, (begun, len(sentence))] if depth else spans


def unbroken(parts: Sequence[tuple[int, int]], kept: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clauses without the borders inside stretches that belong together, as a list of times does."""
    joined: list[tuple[int, int]] = []
    for start, end in parts:
        if joined and any(a < start < b for a, b in kept):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def whole(body: str, parts: Sequence[tuple[int, int]], times: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Clauses; one that holds nothing but a time is joined to the next ("In January 2010, six months after …").

    One that only says of the time before it what else it was counted from is joined to that.

    Args:
        body: The sentence.
        parts: Its clauses.
        times: Spans of its time expressions, in order, none overlapping.
    """
    joined: list[tuple[int, int]] = []
    carry: int | None = None
    for start, end in parts:
        begin = start if carry is None else carry
        if (start, end) != parts[-1] and not _says_more(body, start, end, times):
            carry = begin
            continue
        last = joined[-1] if joined else (0, 0)
        if joined and carry is None and not _says_more(body, start, end, times):  # "onset of jaundice: 2021-03-22"
            joined[-1] = (last[0], end)
            continue
        told = _dates_what_was_told(body, last, (start, end), times) or _dates_the_value(body, (start, end), times)
        if carry is None and joined and told:
            joined[-1] = (last[0], end)
            continue
        joined.append((begin, end))
        carry = None
    return joined


_MORE = Pattern(r"\s*(?:[\w-]+\s*){0,4}[.]?\s*")
_VERBAL = Pattern(r"\b(?:was|were|is|had|has|have|did|\w+ed)\b", re.IGNORECASE)


def _dates_what_was_told(
    body: str, told: tuple[int, int], part: tuple[int, int], times: Sequence[tuple[int, int]]
) -> bool:
    """ "Was started in June 2015, four weeks after the last infusion": the second time is of the same moment."""
    first = next((t for t in times if part[0] <= t[0] <= part[0] + 2), None)
    if first is None or not any(told[0] <= t[0] and told[1] - 1 <= t[1] <= told[1] for t in times):
        return False
    return _MORE.fullmatch(body, first[1], part[1]) is not None and _VERBAL.search(body, *part) is None


_WAS_ON = Pattern(
    r"[,\s]*(?:was|were|came|occurred)\s+(?:(?:reached|recorded|seen|found|noted|observed|measured)\s+)?", re.IGNORECASE
)


def _dates_the_value(body: str, part: tuple[int, int], times: Sequence[tuple[int, int]]) -> bool:
    """ "The lowest count, 0.4 × 10⁹/L, was on 3 May": the part behind the value says when, and nothing else."""
    inside = [t for t in times if part[0] <= t[0] < part[1]]
    if len(inside) != 1 or _WAS_ON.fullmatch(body, part[0], inside[0][0]) is None:
        return False
    return not any(map(str.isalpha, body[inside[0][1] : part[1]]))


def _says_more(sentence: str, start: int, end: int, times: Sequence[tuple[int, int]]) -> bool:
    """Whether a part of a sentence has letters outside its times."""
    for first, last in times:
        if start < last and first < end:
            if any(map(str.isalpha, sentence[start:first])):
                return True
            start = last
    return any(map(str.isalpha, sentence[start:end]))
