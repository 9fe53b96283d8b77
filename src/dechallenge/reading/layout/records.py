"""Reports of a list one under the other, each with a number of its own: "Report ID: 155224 Age: 54 Gender: Female …".

So agencies and databases print what they received. May import the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.layout.leadtitles import PATIENT
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

_LABEL = Pattern(
    r"(?<!\S)[|*#-]*(?P<record>(?:(?:safety|case|CARM|AEFI|ADR|AE|ICSR|AER|local|worldwide|unique)[ \t]+)?"
    r"(?:report|case|CARM|ICSR|AER|ADR|AEFI|record|notification|reference|MFR|database|safety)[ \t]{0,4}"
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
    return found if len(numbers) >= _FEW else _bare_heads(text)


_BARE = Pattern(r"[ \t]*[|:.]?[ \t]*(?:\n|$)")


def _bare_heads(text: str) -> list[re.Match[str]]:
    """Numbers of reports that fill a line each, with the story of a patient below: "CARM ID: 147932" and a sentence."""
    lines = [m for m in _LABEL.finditer(text) if _BARE.match(text, m.end()) and _opens_a_line(text, m.start())]
    ends = [*(m.start() for m in lines[1:]), len(text)]
    told = [m for m, end in zip(lines, ends, strict=False) if PATIENT.search(text, m.end(), min(end, m.end() + _REACH))]
    return told if len({" ".join(m["record"].lower().split()) for m in told}) >= _FEW else []


def _opens_a_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" \t|*#-")


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


_IN_CASE = Pattern(
    r"(?:^|(?<=\n)|(?<=[.!?]\s))(?P<record>In\s+(?:(?:case|patient)\s+(?P<n>[1-9])|the\s+(?P<nth>first|second|third|fourth)\s+"
    r"(?:case|patient|incident)))\s*,\s+",
    re.IGNORECASE,
)
_NTH = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


def heads_in_sentences(body: str) -> list[re.Match[str]]:
    """ "In case 1, a patient who had started X … In case 2, …", in a text that tells no patient by age before.

    Args:
        body: Clean text.
    """
    found = list(_IN_CASE.finditer(body))
    counted = [m["n"] or _NTH[m["nth"].lower()] for m in found] == [str(i) for i in range(1, len(found) + 1)]
    if len(found) < _FEW or not counted or AGE_PHRASE.search(body, 0, found[0].start()) is not None:
        return []
    return found


_HISTORY = Pattern(
    r"(?:^|(?<=\n))[ \t]*(?P<record>[A-Z][^\n.:]{3,60})[ \t]*\n[ \t]*"
    r"(?:(?:Case|Clinical)[ \t]+)?History[ \t]*:?[ \t]*\n"
)


def heads_of_histories(body: str) -> list[re.Match[str]]:
    """Where each patient of a collection begins that has a diagnosis for a title, and "History" below each.

    Args:
        body: Clean text.
    """
    found = list(_HISTORY.finditer(body))
    return found if len({m["record"].strip().lower() for m in found}) == len(found) >= _FEW else []


def listed_heads(body: str) -> list[re.Match[str]]:
    """Where each patient of a list without headings begins: by the number of a report, a letter, a sentence, a title.

    Args:
        body: Clean text.
    """
    return (
        record_heads(body)
        or lettered_heads(body)
        or heads_in_sentences(body)
        or heads_of_histories(body)
        or _titled_heads(body)
    )


_TITLED = Pattern(
    r"(?:^|(?<=\n))(?=[ \t]*(?P<record>(?:Mrs?|Ms|Miss)\.?[ \t]+(?:[A-Z]\.?[ \t]?){0,2}[A-Z][\w'’-]*)[ \t]*"
    r"(?:,[ \t]*|\()(?:aged?[ \t]+|an?[ \t]+)?"
    r"\d{1,3}\b)"
)


def _titled_heads(body: str) -> list[re.Match[str]]:
    """Where each patient of a letter begins that has a paragraph and a name: "Mrs B, aged 82, …", "Mr T (76) …"."""
    found = list(_TITLED.finditer(body))
    return found if len({m["record"] for m in found}) == len(found) >= _FEW else []


_OF_THE_LABEL = Pattern(
    r"\b(?:data\s*sheets?|SmPC|(?:summary|summaries)\s+of\s+product\s+characteristics|product\s+(?:information|monograph)|"
    r"prescribing\s+information|package\s+(?:insert|leaflet))\b",
    re.IGNORECASE,
)


def end_of_record(body: str, start: int, end: int) -> int:
    """Where a report of a list goes over to what the product information says of such reactions, else its end.

    Args:
        body: Clean text.
        start, end: The report.
    """
    told = _OF_THE_LABEL.search(body, start, end)
    if told is None:
        return end
    first = max(body.rfind("\n", start, told.start()), body.rfind(". ", start, told.start()) + 1)
    return first if first > start else end


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
