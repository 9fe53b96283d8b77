"""Whether a part of a report tells of a patient.

May import people (the age phrase), the headings and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.layout.headings import Section
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE


def tells_of_a_patient(body: str, section: Section) -> bool:
    """Whether words for one patient stand in a section: an age, "the patient …", a reader's "my brother took …"."""
    if re.search("[A-Za-z]", body[section.start : section.end]) is None:
        return False
    match = AGE_PHRASE.search(body, section.start, section.end)
    return bool(match) or bool(
        re.search(
            r"\b(?:[Aa]|[Oo]ur|[Tt]he|[Tt]his|[Aa]n(?=\s+(?:elderly|older|adult|adolescent|otherwise|[A-Z]{2,})\b))\s+(?:\w+\s+){0,3}(?:patient|woman|man|boy|girl|infant|"
            r"child|neonate|newborn|teenager|adolescent|lady|gentleman|male|female)\b",
            body[section.start : section.end],
        )
        or _RELATIVE.search(body, section.start, section.end)
        or _BY_NAME.search(body, section.start, section.end)
    )


_BY_NAME = Pattern(
    r"\b(?:Mr|Mrs|Ms|Miss)\.?\s+(?:[A-Z]\.?\s)?[A-Z][\w'’-]*(?:\s+\([^()]{1,40}\))?,?\s+(?:(?:was|had|has|is)\s+(?:\w+\s+)?)?"
    r"(?:took|taken|taking|started|commenced|began|given|prescribed|put\s+on|on|developed|presented|received|admitted|"
    r"experienced|suffered|collapsed|complained)\b|"
    r"\bI\s+(?:(?:have|had)\s+been\s+|was\s+|have\s+|had\s+)?(?:recently\s+|first\s+|just\s+)?(?:started|began|begun|took|taken|taking|prescribed|"
    r"put\s+on|given|went\s+on)\b"
)
"""A patient who is called by name: "Mrs Porter was prescribed allopurinol"."""
_RELATIVE = Pattern(
    r"\b[Mm]y\s+(?:(?:late|dear|older|younger|elderly|\d{1,2}-year-old)\s+)?(?:mother|father|mom|mum|dad|brother|sister|husband|wife|"
    r"partner|son|daughter|grandmother|grandfather|aunt|uncle)(?:['’]s\s+\w+)?\s+(?:had\s+been\s+|had\s+|has\s+been\s+|was\s+|has\s+)?"
    r"(?:took|taken|taking|takes|given|prescribed|put\s+on|placed\s+on|started|starting|on|began|developed|experienced|suffered|died)\b"
)
"""Whose story a reader tells: "My brother took lisinopril for nearly three years"."""
