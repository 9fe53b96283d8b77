"""Where the text of a patient ends without a heading: what is said of all patients, and the discussion of a letter.

May import the words for patients and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.layout.leadtitles import GENERAL, PATIENT
from dechallenge.reading.layout.others import numbered_patients
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE

SHARED = Pattern(
    r"\b(?:both|two|these|all)\s+(?:of\s+the\s+|our\s+|the\s+)?(?:(?:two|three|four|five|six)\s+)?(?:patients|cases|women|men|children)\b"
    r"|\bthe\s+both\s+patients\b|\beither (?:woman|man|patient|case)\b",
    re.IGNORECASE,
)
"""Words for all the patients of a report at once."""


def end_of_patient(body: str, start: int, end: int) -> int:
    """Where the talk is no longer of the patient: the first long paragraph without any word for a patient."""
    position, seen = start, False
    while position < end:
        stop = body.find("\n", position, end)
        stop = end if stop < 0 else stop
        paragraph = body[position:stop]
        if seen and _looks_back(body, position, stop):
            return position
        if PATIENT.search(paragraph) or AGE_PHRASE.search(paragraph):
            if seen and SHARED.search(paragraph) and len(paragraph) > 400:
                return position
            seen = True
        elif seen and len(paragraph) > 200 and GENERAL.search(paragraph) and not _results(paragraph):
            return position
        position = stop + 1
    return end


_FIGURE = re.compile(
    r"\d\s?(?:U/L|IU/L|mg/d[lL]|g/d[lL]|g/L|mmol/L|[µμu]mol/L|[µμu]kat/L|mEq/L|ng/m[lL]|×\s?10|x\s?10|/mm|/[µμu]L|ULN)",
    re.IGNORECASE,
)
_OF_MANY = Pattern(
    r"\b(?:literature|studies|study|incidence|patients|authors|cases|trials|et\s+al|mean|median|reported\s+(?:in|with|by))\b",
    re.IGNORECASE,
)
_MANY = 3


def _results(paragraph: str) -> bool:
    """A list of laboratory results, and nothing of other patients: it is the patient's without naming them."""
    return sum(1 for _ in _FIGURE.finditer(paragraph)) >= _MANY and _OF_MANY.search(paragraph) is None


def _looks_back(body: str, start: int, stop: int) -> bool:
    """A paragraph that begins with patients in general, and names several of the report: it tells of none of them."""
    first = body.find(". ", start, stop)
    opening = body[start : first if first >= 0 else stop]
    if not GENERAL.search(opening) or PATIENT.search(opening) or AGE_PHRASE.search(opening):
        return False
    return len(numbered_patients(body, (start, stop))) > 1
