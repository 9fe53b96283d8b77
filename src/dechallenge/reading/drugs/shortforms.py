"""Short forms of drugs: one that several share, in a report that names one of them; one in brackets behind its name.

"Carbimazole … 20 mg CBZ", "methimazole (MMI)". May import the lexicon of drugs and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from dechallenge.lexicon.drugs import DrugEntry, load_drugs
from dechallenge.reading.matching.triggers import Pattern

_LONGEST = 5
"""Letters of a short form, at the most."""


@lru_cache(maxsize=64)
def named_instead(text: str, written: str, inn: str) -> DrugEntry | None:
    """The drug that a short form stands for by the names of the report; None where the lexicon's own holds.

    Args:
        text: Clean text of the whole report.
        written: The short form, in capitals.
        inn: The drug that the lexicon knows it for.
    """
    body = text.lower()
    if not (written.isalpha() and written.isupper() and 1 < len(written) <= _LONGEST) or inn in body:
        return None
    letters = r"[a-z]*".join(re.escape(letter) for letter in written.lower())
    lexicon = load_drugs()
    found: dict[str, DrugEntry] = {}
    for word in set(re.findall(rf"(?<![\w-]){letters}[a-z]*(?![\w-])", body)):
        entry = lexicon.lookup(word) if len(word) > _LONGEST else None
        if entry is not None and entry.kind == "substance":
            found[entry.inn] = entry
    return next(iter(found.values())) if len(found) == 1 and inn not in found else None


_IN_BRACKETS = Pattern(r"(?<![\w-])(?P<name>[A-Za-z][A-Za-z-]{4,24})\s?[(\[]\s?(?P<short>[A-Z]{2,5})\s?[)\]]")


def bracketed(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """Short forms behind the name of a drug whose letters do not spell them ("methimazole (MMI)"), with that name.

    Args:
        text: Clean text of the whole report.
        known: The abbreviations that the report spells; they hold.
    """
    found: dict[str, str] = {}
    for match in _IN_BRACKETS.finditer(text):
        name, short = match["name"], match["short"]
        if short in known or name[0].lower() != short[0].lower():
            continue
        entry = load_drugs().lookup(name)
        if entry is not None and entry.kind == "substance":
            found.setdefault(short, name)
    return found
