"""The labels of report forms (CIOMS I, MedWatch, Yellow Card and their like), and what the field behind each tells.

A label stands at the head of a line, or inside one behind a gap, a bar or a semicolon; the number of its box and a
bracket may stand around it. May import the boxes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dechallenge.reading.texts.formboxes import chosen

_DRUG = r"(?:drug|medicinal\s+product|medicine|medication|product|vaccine|agent|therapy|treatment|administration)"
_REACTION = r"(?:suspected\s+)?(?:adverse\s+)?(?:drug\s+)?(?:reaction|event|ADR|AE)"
_S = r"(?:s|\(s\))?"
_ROLES: tuple[tuple[str, str], ...] = (
    (
        "dechallenge",
        rf"did\s+(?:the\s+)?{_REACTION}{_S}\s+(?:abate|subside|stop|improve|disappear)\s+after\b[^?:\n]{{0,50}}|"
        rf"{_REACTION}{_S}\s+abated\s+after\s+use\s+(?:was\s+)?stopped(?:\s+or\s+(?:the\s+)?dose\s+(?:was\s+)?reduced)?|"
        r"de-?challenge(?:\s+(?:results?|outcome|information))?",
    ),
    (
        "rechallenge",
        rf"did\s+(?:the\s+)?{_REACTION}{_S}\s+(?:reappear|recur|return)\b[^?:\n]{{0,60}}|"
        rf"{_REACTION}{_S}\s+(?:reappeared|recurred)\s+(?:after|on|upon)\s+(?:reintroduction|re-?challenge)|"
        r"re-?challenge(?:\s+(?:results?|outcome|information))?",
    ),
    (
        "onset",
        rf"{_REACTION}{_S}\s+(?:onset|start(?:ed)?|began)(?:\s+(?:date|on))?|"
        rf"date\s+(?:of\s+)?(?:the\s+)?{_REACTION}{_S}(?:\s+(?:onset|start(?:ed)?|began))?|"
        rf"(?:date\s+of\s+)?onset(?:\s+date)?(?:\s+of\s+(?:the\s+)?{_REACTION}{_S})?",
    ),
    (
        "recovery",
        rf"{_REACTION}{_S}\s+(?:stop(?:ped)?|end(?:ed)?|resol(?:ved|ution)|recovery)(?:\s+(?:date|on))?|"
        rf"date\s+(?:of\s+)?(?:the\s+)?{_REACTION}{_S}\s+(?:stop(?:ped)?|end(?:ed)?|resol(?:ved|ution))|"
        r"date\s+of\s+(?:recovery|resolution)|(?:recovery|resolution)\s+date",
    ),
    (
        "both",
        rf"{_DRUG}\s+dates?|dates?\s+of\s+(?:use|{_DRUG})|(?:{_DRUG}\s+)?from\s*/\s*to",
    ),
    (
        "start",
        rf"date\s+of\s+(?:vaccination|immuni[sz]ation)|date\s+(?:of\s+)?(?:start(?:ed)?|first\s+(?:dose|administration|intake)|{_DRUG}\s+(?:was\s+)?started)|"
        rf"(?:{_DRUG}\s+)?start(?:ed)?\s+date|{_DRUG}\s+start(?:ed)?|(?:date\s+of\s+)?start\s+of\s+{_DRUG}|started(?:\s+on)?",
    ),
    (
        "stop",
        rf"date\s+(?:of\s+)?(?:stop(?:ped)?|end(?:ed)?|last\s+(?:dose|administration|intake)|withdrawal|"
        rf"{_DRUG}\s+(?:was\s+)?(?:stopped|ended|withdrawn))|(?:{_DRUG}\s+)?(?:stop(?:ped)?|end)\s+date|"
        rf"{_DRUG}\s+(?:stop(?:ped)?|end(?:ed)?)|(?:date\s+of\s+)?end\s+of\s+{_DRUG}|stopped(?:\s+on)?",
    ),
    ("action", rf"action{_S}\s+taken(?:\s+(?:with|regarding)\s+(?:the\s+)?(?:suspect(?:ed)?\s+)?{_DRUG})?"),
    (
        "concomitant",
        rf"other\s+\(concomitant\)\s+(?:medical\s+)?{_DRUG}{_S}|"
        rf"(?:other|concomitant)\s+(?:medical\s+)?{_DRUG}{_S}[^:?\n|;]{{0,60}}|(?:co-?|concomitant\s+)medications?",
    ),
    (
        "indication",
        r"prescribed\s+for|indications?(?:\(s\))?(?:\s+for\s+use)?|(?:diagnosis\s+(?:or\s+reason\s+)?|reason\s+)for\s+use",
    ),
    ("seriousness", r"outcomes?\s+attributed\s+to\s+(?:the\s+)?adverse\s+event|seriousness(?:\s+criteria)?"),
    ("remedy", rf"treatment\s+(?:of|for)\s+(?:the\s+)?{_REACTION}{_S}|treatment\s+given"),
    ("outcome", rf"(?:{_REACTION}\s+)?outcome(?:\s+of\s+(?:the\s+)?{_REACTION}{_S})?"),
    ("history", r"(?:other\s+)?relevant\s+(?:medical\s+)?history"),
    (
        "suspect",
        rf"(?:name\s+of\s+(?:the\s+)?)?(?:suspect(?:ed)?|causative)\s+{_DRUG}{_S}(?:/{_DRUG}{_S})?(?:\s+name)?(?:\s+(?:no\.?\s*)?\d)?|"
        r"name(?=\s*\((?:give|include)\b)|name,\s*(?:manufacturer,?\s*)?(?:and\s+)?strength",
    ),
    (
        "character",
        rf"(?:{_DRUG}\s+(?:no\.?\s*|#\s*)?\d{{0,2}}\s*)?(?:characteri[sz]ation|drug\s+role|role\s+of\s+(?:the\s+)?drug)",
    ),
    (
        "drug",
        r"drugs?(?:\(s\))?(?:\s+name)?|medicinal\s+products?(?:\s+name)?|medicines?(?:\(s\))?|medications?|products?|vaccines?",
    ),
    ("story", r"(?:case\s+)?(?:description|narrative)|course(?:\s+of\s+(?:the\s+)?(?:reaction|event))?"),
    (
        "reaction",
        rf"(?:please\s+)?describe\s+(?:the\s+)?(?:reaction{_S}|event(?:{_S})?(?:\s+or\s+problem)?)"
        rf"(?:\s+and\s+any\s+treatment\s+given)?|description\s+of\s+(?:the\s+)?{_REACTION}{_S}|"
        rf"{_REACTION}{_S}(?:\s+(?:no\.?\s*|#\s*)?\d{{1,2}})?(?:\s+(?:terms?|verbatim|description))?",
    ),
)
_NUMBER = r"(?:[A-H]\.[ \t]+|(?:[A-H]\.?)?\d{1,2}(?:[a-z]|[-+]\d{1,2})?[.)]?[ \t]+)?"
_ASIDE = r"(?:\s*(?:\([^()\n]{0,60}\)|\[[^\[\]\n]{0,40}\]))?"
_LABEL = re.compile(
    rf"(?P<edge>(?:^|(?<=\n))[ \t]*(?:[|•*#>-]+[ \t]*)?|(?<=\S)(?:[ \t]{{2,}}|\t|[ \t]+\|[ \t]+|;[ \t]+)){_NUMBER}(?:"
    + "|".join(f"(?P<{role}>{words})" for role, words in _ROLES)
    + rf"){_ASIDE}(?P<end>[ \t]*(?:\?:|:|\?|=|\|)[ \t]*|[ \t]*(?=\n)\n)",
    re.IGNORECASE,
)
_LEAST = 3
"""Kinds of fields from which a text is taken for a form."""
_TIMED = frozenset({"both", "start", "stop", "onset", "recovery", "action", "dechallenge", "rechallenge", "indication"})
"""Fields that prose has no labels for."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        role: What it tells ("start" of the drug, "onset" of the reaction, …).
        start, end: Raw span of its label with the white space and the number before it, up to what is filled in.
        stop: Raw end of what is filled in.
        value: What is filled in, without the boxes.
        of: The drug that it is about, where the form tells its drugs apart.
    """

    role: str
    start: int
    end: int
    stop: int
    value: str
    of: str = ""


def fields(raw: str) -> list[Field]:
    """The fields of a form in order; none where the text is no form about a drug and a reaction.

    Args:
        raw: The document.
    """
    found = list(_LABEL.finditer(raw))
    roles = {_role(m) for m in found}
    if (
        len(roles) < _LEAST
        or not roles & _TIMED
        or not roles & {"suspect", "drug"}
        or not roles & {"reaction", "story"}
    ):
        return []
    out: list[Field] = []
    for i, match in enumerate(found):
        field = _field(raw, match, found[i + 1].start() if i + 1 < len(found) else len(raw))
        if out and out[-1].role == "suspect" and not out[-1].value and field.role == "drug":
            field = replace(field, role="suspect", start=out.pop().start)  # a heading, and its first field
        out.append(field)
    return out


def _field(raw: str, match: re.Match[str], limit: int) -> Field:
    stop = raw.find("\n", match.end(), limit)
    if stop >= 0 and not raw[match.end() : stop].strip(" \t|"):  # filled in on the next line
        stop = raw.find("\n", stop + 1, limit)
    while stop >= 0 and (more := _NEXT_ITEM.match(raw, stop, limit)) is not None:  # "#1 …" and below it "#2 …"
        stop = raw.find("\n", more.end(), limit)
    stop = limit if stop < 0 else stop
    filled = raw[match.end() : stop]
    value = chosen(filled).strip(" \t\n|;")
    start = match.start() + len(match["edge"]) - len(match["edge"].lstrip())
    end = match.end() + len(filled) - len(filled.lstrip()) if value else len(raw[: match.end()].rstrip())
    return Field(_role(match), len(raw[:start].rstrip()), end, stop, value)


_NEXT_ITEM = re.compile(r"\n[ \t]*#[ \t]?\d\b")


def fields_of_a_list(raw: str) -> list[Field]:
    """The drugs and reactions of a list of reports that has no other fields: "Medicine(s): X … Reaction(s): Y"."""
    found = list(_LABEL.finditer(raw))
    roles = {_role(m) for m in found}
    if not {"drug", "reaction"} <= roles or "suspect" in roles:
        return _in_one_line(raw)
    return [
        _field(raw, m, found[i + 1].start() if i + 1 < len(found) else len(raw))
        for i, m in enumerate(found)
        if m["reaction"] or (m["drug"] and _ONE.match(m["drug"]))
    ]


_INLINE = re.compile(
    r"(?<=[ \t])(?:(?P<drug>(?:drug|medicine|medication)\(s\))|(?P<reaction>(?:adverse[ \t]+)?(?:reaction|event)\(s\)))"
    r"[ \t]*:[ \t]*",
    re.IGNORECASE,
)
"""Labels of a list whose reports have a line each: "Age: 51 Medicine(s): X Reaction(s): Y | …"."""
_CELL = re.compile(r"[^|\n]*")


def _in_one_line(raw: str) -> list[Field]:
    """The drug and the reaction of each report of a list that prints its fields in one line."""
    found = list(_INLINE.finditer(raw))
    if len(found) < _LEAST or {m.lastgroup for m in found} != {"drug", "reaction"}:
        return []
    out = []
    for i, match in enumerate(found):
        limit = found[i + 1].start() if i + 1 < len(found) else len(raw)
        filled = _CELL.match(raw, match.end(), limit)
        stop = filled.end() if filled is not None else match.end()
        value = raw[match.end() : stop].strip()
        stop = match.end() + len(raw[match.end() : stop].rstrip())
        out.append(Field(str(match.lastgroup), match.start(), match.end(), stop, value))
    return out


_ONE = re.compile(r"(?:drug|medicine)(?:\(s\))?$|medicines?$", re.IGNORECASE)


def _role(match: re.Match[str]) -> str:
    return next(role for role, _ in _ROLES if match[role] is not None)
