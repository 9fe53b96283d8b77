"""A short form that several drugs share, in a report that names one of them in full: "carbimazole … 20 mg CBZ".

May import the lexicon of drugs.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dechallenge.lexicon.drugs import DrugEntry, load_drugs

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
