"""Reports of a list one under the other, each with a number of its own: "Report ID: 155224 Age: 54 Gender: Female …".

So agencies and databases print what they received. May import the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.triggers import Pattern

_LABEL = Pattern(
    r"(?<!\S)[|*#-]*(?P<record>(?:(?:safety|case|CARM|AEFI|ADR|AE|ICSR|AER|local|worldwide|unique)[ \t]+)?"
    r"(?:report|case|CARM|ICSR|AER|record|notification|reference|MFR|database|safety)[ \t]*"
    r"(?:ID|identifier|number|no\.?|num|ref(?:erence)?\.?|control[ \t]+(?:number|no\.?)|#)[ \t]*[:#=]?[ \t]*"
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


def record_label(text: str, start: int, end: int) -> str:
    """The number that a report begins with ("Report ID: 155224"), else nothing."""
    found = _LABEL.match(text, start, end)
    return " ".join(found["record"].split()) if found is not None else ""
