"""Reports of a list one under the other, each with a number of its own: "Report ID: 155224 Age: 54 Gender: Female …".

So agencies and databases print what they received. May import the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_LABEL = Pattern(
    r"(?<!\S)[|*#-]*(?P<record>(?:(?:safety|case|CARM|AEFI|ADR|AE|ICSR|AER|local|worldwide|unique)[ \t]+)?"
    r"(?:report|case|CARM|ICSR|AER|record|notification|reference|MFR|database|safety)[ \t]{0,4}"
    r"(?:ID|identifier|number|no\.?|num|ref(?:erence)?\.?|control[ \t]+(?:number|no\.?)|#)[ \t]{0,4}[:#=]?[ \t]{0,4}"
    r"(?=[\w/-]*\d)[\w/-]{2,30})",
    re.IGNORECASE,
)
_FIELDS = Pattern(
    r"\b(?:age|sex|gender|medicines?(?:\(s\))?|drugs?(?:\(s\))?|suspect\w*(?:[ \t]+(?:drugs?|products?|medicines?))?"
    r"(?:\(s\))?|reactions?(?:\(s\))?|(?:adverse[ \t]+)?events?(?:\(s\))?|patient)[ \t]*[:=]",
    re.IGNORECASE,
)
_REACH = 300
"""Characters behind the number in which the first fields stand."""
_FEW = 2


def record_heads(text: str) -> list[re.Match[str]]:
    """Where each report of a list begins; nothing where fewer than two stand one under the other.

    Args:
        text: Clean text.
    """
    found = [m for m in _LABEL.finditer(text) if len(list(_FIELDS.finditer(text, m.end(), m.end() + _REACH))) >= _FEW]
    numbers = {" ".join(m["record"].lower().split()) for m in found}
    return found if len(numbers) >= _FEW else []


_LETTER = Pattern(
    r"(?:^|(?<=\n))[ \t]*(?:(?:patient|case)[ \t]+)?(?P<record>[A-H])[ \t]{0,4}[:.)]?[ \t]{0,4}"
    r"(?=\(?(?:(?:fe)?male|man|woman|boy|girl|M|F)\b[ ,;]{1,3}(?:aged[ \t]+)?\d)"
)
"""A patient of a bulletin: "A (male, 70 years or older) was prescribed …"."""


def lettered_heads(text: str) -> list[re.Match[str]]:
    """Where each patient of a list by letters begins, A first; nothing for fewer than two.

    Args:
        text: Clean text.
    """
    found = list(_LETTER.finditer(text))
    letters = "".join(m["record"] for m in found)
    return found if len(found) >= _FEW and "ABCDEFGH".startswith(letters) else []


def record_label(text: str, start: int, end: int) -> str:
    """The number that a report begins with ("Report ID: 155224"), else nothing."""
    found = _LABEL.match(text, start, end)
    return " ".join(found["record"].split()) if found is not None else ""


NARRATIVE = Pattern(
    r"(?:^|(?<=\n))[ \t]*(?:case[ \t]+)?(?:narrative|(?:event[ \t]+|case[ \t]+)?description(?:[ \t]+of[ \t]+"
    r"(?:the[ \t]+)?(?:adverse[ \t]+)?(?:events?|case|reactions?))?|summary|history)[ \t]*:",
    re.IGNORECASE,
)
"""The heading of what a form tells in sentences."""
_FIELD = Pattern(r"[ \t]*[A-Za-z][\w ()/'’.-]{1,40}[ \t]*:[ \t]*\S")
_MOST = 0.6
"""Share of the lines of a form that are fields."""
_FIELDS_OF_A_FORM = 3


def is_form(text: str, start: int, end: int) -> bool:
    """Whether a part of a text is a form, most of whose lines are a label and what stands in it.

    Args:
        text: Clean text.
        start, end: The part.
    """
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    fields = sum(_FIELD.match(line) is not None for line in lines)
    return fields >= _FIELDS_OF_A_FORM and fields >= _MOST * len(lines)
