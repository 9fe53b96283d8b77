"""Drug names of reports to international names, through the lexicon. May import the lexicon.

Names are resolved once each. The active ingredients that a database gives go first; then the name as written; then the
name without what a reporter adds to it (strength, form, codes of a dictionary, signs of a blinded trial). What the
lexicon does not know keeps its own name in small letters: it is counted, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dechallenge.lexicon.drugs import DrugEntry, DrugLexicon, load_drugs

How = Literal["lexicon", "lexicon, in part", "lexicon, shortened", "own name", "as written"]
Combinations = Literal["ingredients", "whole"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a drug name stands for.

    Attributes:
        drugs: The canonical names; several for a combination that is counted by ingredient; none for an empty name.
        how: `lexicon`: known as it stands; `lexicon, shortened`: known without strength, form or code,
            or by what stands in brackets; `lexicon, in part`:
            some ingredients known, the others under their own name; `own name`: unknown; `as written`: not looked up.
    """

    drugs: tuple[str, ...]
    how: How


_BLANKS = re.compile(r"\s+")
# FAERS joins ingredients by a backslash; reporters by a plus sign or a semicolon.
_JOINED = re.compile(r"\s*[\\+;]\s*")
_CODES = re.compile(r"/\d{6,8}/|\(\s*\d{6,8}\s*\)")
_TRIAL = re.compile(r"^(?:blinded|unblinded|code broken|double[- ]blinded?|open[- ]label)\b[\s:.,-]*", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_STRENGTH = re.compile(
    r"\b\d+(?:[.,]\d+)*\s*(?:mg|mcg|µg|ug|g|ml|l|iu|ie|u|units?|%|mmol|meq)?(?:\s*/\s*\d*\s*(?:ml|mg|g|h|hr|day|actuation))?"
    r"(?![\w-])%?",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:tablets?|tabs?|capsules?|caps?|pens?|injections?|infusions?|solutions?|suspensions?|syrup|cream|ointment|gel|patch"
    r"(?:es)?|spray|drops?|powder|inhal\w*|diskus|hfa|oral|iv|extended|delayed|modified|sustained|release|prolonged|film|"
    r"coated|enteric|effervescent|er|xr|sr|xl|cr|dr|ec|usp|unknown|unspecified|nos|product|brand|formulation|for|vial|"
    r"prefilled|pre-filled|syringe|autoinjector)\b\.?",
    re.IGNORECASE,
)
# What may stand between drugs, where every one of them is known.
_LIST = re.compile(r"\s*,\s*|\s*/\s*|\s+w/\s*|\s+(?:and|with)\s+", re.IGNORECASE)
_INSIDE = re.compile(r"\(([^()]{3,})")
_EDGES = " .,;:/-*\"'"


class Names:
    """Resolves drug names; the same name gives the same answer.

    Args:
        lexicon: The names that are known; those of the package where None.
        combinations: Count a combination by its ingredients, or as a whole.
    """

    def __init__(self, lexicon: DrugLexicon | None = None, combinations: Combinations = "ingredients") -> None:
        self._lexicon = lexicon or _lexicon()
        self._combinations = combinations

    def resolve(self, name: str | None, ingredients: str | None = None) -> Resolved:
        """What a name stands for.

        Args:
            name: As the report writes it.
            ingredients: The active ingredients as the database gives them, joined by backslashes; None without them.
        """
        own = self._resolve(ingredients) if ingredients else None
        if own is not None and own.how != "own name":
            return own
        written = self._resolve(name) if name else None
        if written is not None and (written.how != "own name" or own is None):
            return written
        return own or Resolved((), "own name")

    def _resolve(self, text: str) -> Resolved | None:
        name = _BLANKS.sub(" ", text).strip(_EDGES)
        if not name:
            return None
        entry = self._lexicon.lookup(name, any_case=True)
        if entry is not None:
            return Resolved(self._parts(entry), "lexicon")
        pieces = [piece for piece in _JOINED.split(name) if piece]
        if len(pieces) > 1:
            return self._combined(pieces)
        for shorter in _shorter(name):
            entry = self._lexicon.lookup(shorter, any_case=True)
            if entry is not None:
                return Resolved(self._parts(entry), "lexicon, shortened")
        drugs = self._listed(name)
        return Resolved(drugs, "lexicon, shortened") if drugs else Resolved((name.lower(),), "own name")

    def _listed(self, name: str) -> tuple[str, ...]:
        """The drugs of a list, in the name or in its brackets, where the lexicon knows every one; else none."""
        for part in (name, *_INSIDE.findall(name)):
            pieces = [piece for piece in _LIST.split(part) if piece.strip(_EDGES)]
            entries = [self._known(piece) for piece in pieces]
            found = [entry for entry in entries if entry is not None]
            if found and len(found) == len(entries):
                drugs = tuple(sorted({drug for entry in found for drug in self._parts(entry)}))
                return drugs if self._combinations == "ingredients" else ("/".join(drugs),)
        return ()

    def _known(self, piece: str) -> DrugEntry | None:
        candidates = (piece.strip(_EDGES), *_shorter(piece))
        return next((e for c in candidates if (e := self._lexicon.lookup(c, any_case=True)) is not None), None)

    def _combined(self, pieces: list[str]) -> Resolved | None:
        found: dict[str, None] = {}
        ways = []
        for piece in pieces:
            one = self._resolve(piece)
            if one is not None:
                found.update((drug, None) for drug in one.drugs)
                ways.append(one.how)
        if not found:
            return None
        drugs = tuple(sorted(found))
        if self._combinations == "whole":
            drugs = ("/".join(drugs),)
        if all(way == "own name" for way in ways):
            return Resolved(drugs, "own name")
        if "own name" in ways or "lexicon, in part" in ways:
            return Resolved(drugs, "lexicon, in part")
        return Resolved(drugs, "lexicon" if set(ways) == {"lexicon"} else "lexicon, shortened")

    def _parts(self, entry: DrugEntry) -> tuple[str, ...]:
        if self._combinations == "whole" or len(entry.ingredients) < 2:
            return (entry.inn,)
        return tuple(sorted(set(entry.ingredients)))


def _shorter(name: str) -> Iterator[str]:
    """The name with less and less of what reporters add, each different from the one before."""
    before = name
    plain = _TRIAL.sub("", _CODES.sub(" ", name))
    bare = _BRACKETS.sub(" ", plain)
    for candidate in (plain, bare, _STRENGTH.sub(" ", bare), _FORM.sub(" ", _STRENGTH.sub(" ", bare))):
        short = _BLANKS.sub(" ", candidate).strip(_EDGES)
        if len(short) > 2 and short != before:
            yield short
            before = short


@cache
def _lexicon() -> DrugLexicon:
    return load_drugs()
