"""What the names in a message mean: reactions, drugs, tests, by the lexicon; a name it does not know stays as it is.

Codes stand beside the words and never in their place: no dictionary of MedDRA is shipped, so a term is known by its
text. May import the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dechallenge.lexicon.analytes import fold_surface, load_analytes
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import FindingTerm, load_findings
from dechallenge.lexicon.workup import load_tests

_WORD = re.compile(r"[^\W_]+")
_CHANGED = re.compile(
    r"(?:blood |serum |plasma )?(?P<what>.+?)(?: level| count| test)?s? (?P<way>increased|raised|elevated|high|"
    r"decreased|reduced|low|abnormal)",
    re.IGNORECASE,
)
_UP = frozenset({"increased", "raised", "elevated", "high"})
_LIVER_TESTS = frozenset({"ALT", "AST", "ALP", "GGT", "BILI_TOT", "BILI_DIR"})
"""Analytes whose rise is a liver injury (RUCAM; LiverTox)."""
_LIVER_WORDS = re.compile(
    r"(?:liver|hepatic) (?:function(?: test)?|enzymes?|injury)|transaminases?|hepatocellular (?:injury|damage)"
    r"|hepatotoxicity|hepatic (?:failure|necrosis|cytolysis)|cytolytic hepatitis",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"\(([^()]{3,60})\)")


@dataclass(frozen=True, slots=True)
class DrugName:
    """A medicine as the lexicon knows it: canonical name, ingredients, ``substance``, ``class`` or ``herb``."""

    drug: str
    ingredients: tuple[str, ...]
    kind: Literal["substance", "class", "herb"] = "substance"
    known: bool = True


def drug_name(product: str, substances: tuple[str, ...] = ()) -> DrugName:
    """The medicine behind a product name and the substances given with it; the name itself where both are unknown."""
    lexicon = load_drugs()
    inner = _PRODUCT.findall(product)
    for name in (product, *substances[:1], *inner) if len(substances) < 2 else (product, "/".join(substances), *inner):
        entry = lexicon.lookup(name, any_case=True) if name.strip() else None
        if entry is not None:
            kind: Literal["substance", "class", "herb"] = "substance"
            if entry.kind in ("class", "herb"):
                kind = "class" if entry.kind == "class" else "herb"
            elif not entry.ingredients:
                kind = "class"
            return DrugName(entry.inn, entry.ingredients or (entry.inn,), kind)
    parts = tuple(lexicon.inn_of(name) or name.strip().lower() for name in substances)
    if parts:
        return DrugName("/".join(sorted(parts)), parts, known=False)
    name = " ".join(product.split()).lower()
    return DrugName(name, (name,) if name else (), known=False)


@cache
def _terms() -> dict[str, str]:
    """Written forms of findings without regard to case, and once more without regard to the order of their words."""
    found: dict[str, str] = {}
    for form in load_findings().forms:
        if not form.absent:
            found.setdefault(form.written.casefold(), form.term)
    for written, term in tuple(found.items()):
        found.setdefault(_bag(written), term)
    return found


def _bag(text: str) -> str:
    return " ".join(sorted(word.casefold() for word in _WORD.findall(text)))


def finding_term(text: str) -> FindingTerm | None:
    """The finding that a term names, MedDRA's inverted order of words ("hepatitis acute") included."""
    plain = " ".join(text.split()).casefold()
    name = _terms().get(plain) or _terms().get(_bag(plain))
    return load_findings().get(name) if name is not None else None


@cache
def _surfaces() -> dict[str, str]:
    found: dict[str, str] = {}
    for surface in load_analytes().surfaces():
        found.setdefault(fold_surface(surface.text), surface.id)
    for analyte in load_analytes():
        found.setdefault(fold_surface(analyte.display), analyte.id)
        found.setdefault(fold_surface(analyte.id), analyte.id)
    return found


def analyte_id(name: str) -> str | None:
    """The analyte, or group of analytes, that a test name stands for."""
    plain = re.sub(r"^(?:blood|serum|plasma)\s+", "", " ".join(name.split()), flags=re.IGNORECASE)
    for written in (name, plain, re.sub(r"\s*[(\[].*$", "", plain), re.sub(r"\s+(?:level|count|test)s?$", "", plain)):
        found = _surfaces().get(fold_surface(written)) if written else None
        if found is not None:
            return found
    return None


@cache
def _tests() -> dict[str, str]:
    found: dict[str, str] = {}
    for form in load_tests().forms:
        found.setdefault(form.written.casefold(), form.test)
    for name in load_tests().tests:
        found.setdefault(name.casefold(), name)
    return found


def test_name(name: str) -> str | None:
    """The work-up test that a name stands for."""
    plain = " ".join(name.split()).casefold()
    return _tests().get(plain) or _tests().get(re.sub(r"\s+(?:test|result|screen)s?$", "", plain))


@cache
def _kinds() -> dict[tuple[str, str], str]:
    """The kind of reaction that a changed laboratory value names, by the findings lexicon."""
    found: dict[tuple[str, str], str] = {}
    for term in load_findings().terms.values():
        if term.event_kind and term.analyte and term.direction:
            found.setdefault((term.analyte, term.direction), term.event_kind)
    return found


def event_kind(text: str) -> str:
    """The kind of reaction that a term names; its own words in lower case where the lexicon knows none.

    "Alanine aminotransferase increased" is a liver injury, "neutrophil count decreased" a neutropenia.
    """
    term = finding_term(text)
    if term is not None and term.event_kind:
        return term.event_kind
    plain = " ".join(text.split())
    changed = _CHANGED.fullmatch(plain)
    if changed is not None:
        analyte = analyte_id(changed["what"])
        up = changed["way"].lower() in _UP
        members = load_analytes().members(analyte) if analyte is not None else ()
        if members and set(members) <= _LIVER_TESTS and (up or changed["way"].lower() == "abnormal"):
            return "liver injury"
        kinds = {_kinds().get((m, "elevated" if up else "decreased"), "") for m in members}
        if len(kinds) == 1 and (kind := kinds.pop()) and changed["way"].lower() != "abnormal":
            return kind
    if _LIVER_WORDS.search(plain):
        return "liver injury"
    return term.term if term is not None else plain.casefold()
