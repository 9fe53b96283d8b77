"""Times that count from an operation: "on postoperative day 8", "on the evening of surgery", "5 days postoperatively".

May import amounts, the words of time and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import amount_of, number_of
from dechallenge.reading.texts.timewords import AMOUNT, ONE_TO_TEN, ORD
from dechallenge.timeline import Duration, Interval, duration

OPERATION = "operation"
"""Anchor of these times."""
NAMED = (
    r"(?:surg(?:ery|ical\s+(?:procedure|intervention|repair))|operations?|(?:hip|knee|joint|valve|shoulder)\s+replacement|"
    r"arthroplast(?:y|ies)|(?:gastric|artery|cardiopulmonary|aortocoronary)\s+bypass|bypass\s+(?:surgery|graft\w*)|"
    r"(?:hernia|fracture|aneurysm|valve|surgical)\s+repair|resections?|(?:internal\s+)?fixation|osteosynthesis|c(?:a|ae)?esarean(?:\s+(?:section|delivery))?|transplantation|"
    r"(?:kidney|renal|liver|heart|lung|stem\s+cell|bone\s+marrow|allograft)\s+transplant|craniotomy|laparotomy|amputation|"
    r"\w{3,20}(?:ectomy|plasty|desis|ostomy|otomy))"
)
"""What is an operation by its name; endoscopies are none."""
_AFTER = (
    r"(?:post-?\s?operative(?:ly)?|post-?\s?op\b\.?|post-?surgical(?:ly)?|post-?\s?transplant(?:ation)?|"
    r"post-?\s?(?:allo-?|auto-?)?(?:HSCT|HCT|BMT|SCT|ASCT|OLT))"
)
_FROM = rf"(?:after|following)\s+(?:the\s+|her\s+|his\s+)?(?:[\w-]+\s+){{0,3}}?(?:{NAMED}|procedure)"
_DAY = Pattern(
    rf"\b(?:(?P<by>by|until)\s+|(?:on|at|from)\s+)?(?:the\s+)?(?:(?:{_AFTER}\s+(?P<what>day|week|month)|POD)s?\s*(?:#|no\.?\s*)?"
    rf"(?P<n>\d{{1,3}}|{ONE_TO_TEN})(?![\d.,]{{0,4}}\d|\s*%)(?:\s*(?:-|to|–)\s*(?P<m>\d{{1,3}})(?!\d|\.\d))?"
    rf"|(?P<ord>{'|'.join(ORD)}|\d{{1,2}}(?:st|nd|rd|th))\s+(?:{_AFTER}\s+(?P<what2>day|night|week|month)|"
    rf"(?P<what3>day|week)\s+(?:{_AFTER}|{_FROM}))|(?P<what4>day|week)\s+\+?(?P<n2>\d{{1,3}}|{ONE_TO_TEN})\s+(?:{_FROM}|{_AFTER}))\b",
    re.IGNORECASE,
)
_ITS_DAY = Pattern(
    rf"\b(?:on|at|since|from)\s+(?:the\s+)?(?:(?:very\s+)?(?:(?:same\s+)?day|evening|morning|afternoon|night|date|time)|end)\s+of\s+"
    rf"(?:the\s+|her\s+|his\s+)?(?:[\w-]+\s+){{0,2}}?(?:{NAMED}|procedure|intervention)\b"
    r"|\b(?:intra-?operatively|peri-?operatively|at\s+(?:the\s+)?induction(?:\s+of\s+(?:an(?:a)?esthesia|the\s+an(?:a)?esthetic)|"
    r"(?!\s+(?:of\b|chemo|therap|treatment|dose|phase)))|"
    r"on\s+the\s+operating\s+table|during\s+(?:the\s+)?(?:surgery|operation))\b",
    re.IGNORECASE,
)
_BEFORE = Pattern(
    r"\b(?:pre-?operative(?:ly)?|pre-?op\b|before\s+(?:the\s+|her\s+|his\s+)?(?:surgery|operation))(?!\s+(?:diagnos|assess|"
    r"medication|prophyla|antibiotic|period))",
    re.IGNORECASE,
)
_LATER = Pattern(
    rf"{AMOUNT}\s+(?:(?P<behind>{_AFTER})(?!\s+day)|(?P<rel>after|following|post|before|prior\s+to)\s+(?:the\s+|her\s+|his\s+|this\s+)?"
    rf"(?:[\w-]+\s+){{0,3}}?(?:{NAMED}|procedure))\b",
    re.IGNORECASE,
)
_AND_START = Pattern(
    r"\s+and\s+(?P<start>(?:the\s+)?(?:start(?:ing)?|beginning|initiati(?:on|ng)|introduc(?:tion|ing)|commenc(?:ement|ing))\b(?:\s+of\b)?)",
    re.IGNORECASE,
)
"""Behind an operation: the time counts from the drug that was begun then."""
_THEREAFTER = Pattern(r"\bpost-?\s?(?:operatively|surgically)\b|\bpost-?op\b(?=\s*[,.;)])", re.IGNORECASE)
_NO_TIME = Pattern(r"\b(?:for|aged|every|each)\s+$", re.IGNORECASE)


def of_operations(text: str) -> Iterator[TimeMention]:
    """The times of a sentence that an operation is the day 0 of."""
    for match in _DAY.finditer(text):
        what = (
            (match["what"] or match["what2"] or match["what3"] or match["what4"] or "day")
            .lower()
            .replace("night", "day")
        )
        ordinal = (match["ord"] or "").lower()
        number = match["n"] or match["n2"] or "".join(c for c in ordinal if c.isdigit())
        low = number_of(number) if number else float(ORD[ordinal])
        amount = duration(low, float(match["m"]) if match["m"] else low, what)
        if match["by"] is not None and what == "day":
            amount = Duration(low, Interval(0.0, low))
        yield TimeMention(match.start(), match.end(), "day", amount, OPERATION)
    for match in _LATER.finditer(text):
        if _NO_TIME.search(text, max(0, match.start() - 8), match.start()) is None:
            sign = -1 if (match["rel"] or "").lower().startswith(("before", "prior")) else 1
            if (drug := _AND_START.match(text, match.end())) is not None:  # "2 years after surgery and the start of X"
                span = drug.span("start")
                yield TimeMention(match.start(), span[1], "offset", amount_of(match), "start", sign, anchor_span=span)
                continue
            yield TimeMention(match.start(), match.end(), "offset", amount_of(match), OPERATION, sign)
    for match in _ITS_DAY.finditer(text):
        yield TimeMention(match.start(), match.end(), "at", Duration(0.0, Interval(0.0, 0.0)), OPERATION)
    for match in _BEFORE.finditer(text):
        yield TimeMention(match.start(), match.end(), "before", anchor=OPERATION, sign=-1)
    for match in _THEREAFTER.finditer(text):
        yield TimeMention(match.start(), match.end(), "offset", Duration(None, Interval(0.0, None)), OPERATION)
