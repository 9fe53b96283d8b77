"""Which fields of a form belong together: those of one report, and those of one drug of it.

May import the labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.texts.formlabels import Field

ITEM = re.compile(r"#?\s*\(?(?P<n>\d{1,2})\s*[).:]\s*|#\s*(?P<m>\d{1,2})\s+")
GOES_ON = re.compile(r"(?:ongoing|continu(?:ing|es|ed)|present|to\s+date)\b", re.IGNORECASE)


def told_apart(found: list[Field]) -> list[Field]:
    """The fields of each drug of a printed E2B report, from "characterization: suspect" on, with its name."""
    marks = [i for i, f in enumerate(found) if f.role == "character"]
    for i, at in enumerate(marks):
        stop = marks[i + 1] if i + 1 < len(marks) else len(found)
        block = range(at + 1, stop)
        name = next((_name(found[j].value) for j in block if found[j].role in ("drug", "suspect")), "")
        role = "suspect" if _BLAMED.match(found[at].value) else "concomitant"
        for j in block:
            field = found[j]
            known = "" if field.role not in _OF_A_DRUG else name
            found[j] = replace(field, role=role if field.role in ("drug", "suspect") else field.role, of=known)
    return found


_BLAMED = re.compile(r"\W*(?:(?:primary|secondary)\s+)?(?:suspect|interacting)", re.IGNORECASE)
_OF_A_DRUG = frozenset({"start", "stop", "both", "action", "dechallenge", "rechallenge", "indication"})


def stopped_of(form: Sequence[Field], drugs: list[str]) -> list[str]:
    """The drugs that an answer without numbers is about: not those whose dates of use go on."""
    if len(drugs) < _SEVERAL:
        return drugs
    on: set[str] = set()
    for field in form:
        items = list(ITEM.finditer(field.value)) if field.role == "both" else []
        ends = [*(m.start() for m in items[1:]), len(field.value)]
        for item, after in zip(items, ends, strict=False):
            number = int(item["n"] or item["m"])
            if 0 < number <= len(drugs) and GOES_ON.search(field.value, item.end(), after) is not None:
                on.add(drugs[number - 1])
    return [drug for drug in drugs if drug not in on] or drugs


_SEVERAL = 2


def of_one_form(raw: str, found: Sequence[Field], at: int) -> list[Field]:
    """The fields of the form that a field stands in, where a document holds a list of reports."""
    heads = [m.start() for m in _RECORD.finditer(raw)]
    if len(heads) < _SEVERAL and any(f.role == "character" for f in found):
        return list(found)
    if len(heads) < _SEVERAL:  # no numbers: a list names the suspect drug anew for each
        heads = [f.start for f in found if f.role == "suspect" and f.value]
        heads = [0, *heads[1:]]
    here = found[at].end
    first = max((h for h in heads if h <= here), default=0)
    last = min((h for h in heads if h > here), default=len(raw))
    return [f for f in found if first <= f.end <= last]


_RECORD = re.compile(
    r"(?:^|(?<=\n))[ \t]*(?:[|*#-]+[ \t]*)?(?:(?:safety|case|CARM|AEFI|ADR|AE|ICSR|AER|local|worldwide)[ \t]+)?"
    r"(?:report|case|CARM|ICSR|AER|record|notification|reference)[ \t]*"
    r"(?:ID|identifier|number|no\.?|ref\.?|#)[ \t]*[:#=]?[ \t]*[\w/-]*\d",
    re.IGNORECASE,
)
"""The number of a report."""


def drugs_of(form: Sequence[Field]) -> list[str]:
    """The names of the suspect drugs, in the order of their numbers."""
    named = [f for f in form if f.role == "suspect" and f.value] or [f for f in form if f.role == "drug" and f.value]
    for field in named:
        parts = [p for p in ITEM.split(field.value)[::3] if p.strip()] if ITEM.match(field.value) else []
        names = [_name(p) for p in parts or re.split(r"[;\n]|,\s+(?=[A-Z])", field.value)]
        if names := [n for n in names if n]:
            return names
    return []


def _name(words: str) -> str:
    words = re.sub(r"^suspect(?:ed)?\s+\w+\s*:\s*", "", words.strip(), flags=re.IGNORECASE)
    told = re.match(r"[^\W\d](?:[^\d(;,:|\n\[\s]|[ ](?![ -]))*", words.strip())
    return told.group().strip() if told is not None else ""
