"""What the codes and names of a message mean here: analytes, tests, drugs and findings by LOINC and by the lexicon.

A name that no table holds stays a text; nothing is guessed. May import the lexicon and the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from dechallenge.case import Code
from dechallenge.formats.fhir.systems import Meaning, loinc_table
from dechallenge.lexicon.analytes import fold_surface, load_analytes
from dechallenge.lexicon.drugs import DrugEntry, cut, load_drugs
from dechallenge.lexicon.findings import FindingTerm, load_findings
from dechallenge.lexicon.units import parse_unit
from dechallenge.lexicon.workup import load_tests

_TAG = re.compile(r"\s*\((?:disorder|finding|procedure|situation|observable entity|event|morphologic abnormality)\)$")
_LONG_NAME = re.compile(
    r"(?P<what>[^\[]{2,80}?)\s*(?:\[[^\]]{1,60}\])(?:\s+(?:in|of)\s+(?P<in>[^\[]{2,60}?))?(?:\s+by\s+.{2,80})?$"
)
_OF_BLOOD = re.compile(r"\b(?:blood|serum|plasma)\b", re.IGNORECASE)
_OTHER_FLUID = re.compile(
    r"\b(?:urine|urinary|stool|feces|faeces|cerebral spinal|cerebrospinal|csf|pleural|ascit\w*|peritoneal|synovial|"
    r"saliva|sweat|body fluid|dialysate|bile|amniotic|semen|24 ?h\w*)\b",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    r"\b\d+(?:[.,]\d+)?\s*(?:mg|mcg|ug|µg|g|ml|l|unt|units?|iu|meq|mmol|%|actuat|hr|h)"
    r"(?:\s*/\s*(?:\d+(?:\.\d+)?\s*)?(?:ml|mg|hr|h|actuat|g|l|d|day|dose|tab\w*))?(?![\w])|\b\d+\s*(?=ml\b)",
    re.IGNORECASE,
)
_TESTS_OF: Mapping[str, str] = MappingProxyType(
    {
        "HAV_IGM": "HAV IgM",
        "HBSAG": "HBsAg",
        "HBC_IGM": "anti-HBc IgM",
        "HBV_DNA": "HBV DNA",
        "HCV_AB": "anti-HCV",
        "HCV_RNA": "HCV RNA",
        "HEV_IGM": "HEV IgM",
        "EBV_IGM": "EBV IgM",
        "CMV_IGM": "CMV IgM",
        "HIV": "HIV",
        "ANA": "ANA",
        "ASMA": "SMA",
        "AMA": "AMA",
        "LKM": "LKM",
    }
)
"""Work-up test that an analyte of the lexicon is, where its result is a word or a titre."""


LONGEST = 400
"""Characters of a name that are looked up."""


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug as the case names it."""

    name: str
    ingredients: tuple[str, ...]
    kind: str
    known: bool


def bare(text: str) -> str:
    """A name without the tag of its terminology ("Acute bronchitis (disorder)") and outer spaces."""
    return _TAG.sub("", " ".join(text[:LONGEST].split()))


def meaning_of(codes: Iterable[Code]) -> Meaning | None:
    """What the first LOINC code of our own table stands for (analyte, test, field of the patient)."""
    table = loinc_table()
    return next((table[code.code] for code in codes if code.system == "LOINC" and code.code in table), None)


@cache
def _analyte_codes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for analyte in load_analytes():
        for code in analyte.loinc:
            found.setdefault(code.code, analyte.id)
    found.update({code: meaning.name for code, meaning in loinc_table().items() if meaning.of == "analyte"})
    return MappingProxyType(found)


@cache
def loinc_of_analyte() -> Mapping[str, str]:
    """The main LOINC code of each analyte, for writing."""
    return MappingProxyType({analyte.id: analyte.loinc[0].code for analyte in load_analytes() if analyte.loinc})


@cache
def loinc_of_test() -> Mapping[str, str]:
    """The LOINC code of each work-up test that has one here."""
    codes = loinc_of_analyte()
    found = {test: codes[analyte] for analyte, test in _TESTS_OF.items() if analyte in codes}
    found.update({m.name: code for code, m in loinc_table().items() if m.of == "test" and m.name not in found})
    return MappingProxyType(found)


@cache
def _analyte_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    lexicon = load_analytes()
    for analyte in lexicon:
        found.setdefault(fold_surface(analyte.display), analyte.id)
        found.setdefault(fold_surface(analyte.id), analyte.id)
    for surface in lexicon.surfaces():
        if not lexicon.is_group(surface.id):
            found.setdefault(fold_surface(surface.text), surface.id)
    return MappingProxyType(found)


def analyte_of(codes: Sequence[Code], names: Iterable[str], unit: str = "") -> str:
    """The analyte that codes or names stand for; empty where none does, or its unit is never used for it.

    Args:
        unit: Unit as written; empty for a result without one.
    """
    for code in codes:
        known = _analyte_codes().get(code.code, "") if code.system == "LOINC" else ""
        if known:
            return _fitting(known, unit)
    for name in names:
        what = _core(name)
        found = _analyte_names().get(fold_surface(what)) if what else None
        if found is not None and (fitting := _fitting(found, unit)):
            return fitting
    return ""


def _core(name: str) -> str:
    """The component of a LOINC name in blood, serum or plasma ("Leukocytes [#/volume] in Blood by Automated count")."""
    text = bare(name)
    long_name = _LONG_NAME.fullmatch(text)
    if long_name is not None:
        fluid = long_name["in"]
        return "" if fluid and not _OF_BLOOD.search(fluid) else long_name["what"]
    return "" if _OTHER_FLUID.search(text) else text


def _fitting(analyte: str, unit: str) -> str:
    lexicon = load_analytes()
    known = parse_unit(unit) if unit else None
    if known is None or lexicon.accepts(analyte, known):
        return analyte
    return lexicon.variant(analyte, known) or ""


@cache
def _test_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for form in load_tests().forms:
        found.setdefault(fold_surface(form.written), form.test)
    return MappingProxyType(found)


def test_of(codes: Sequence[Code], names: Iterable[str], analyte: str = "") -> str:
    """The work-up test that codes or names stand for; empty where none does."""
    names = tuple(names)
    meaning = meaning_of(codes)
    if meaning is not None and meaning.of == "test":
        return meaning.name
    if analyte in _TESTS_OF:
        return _TESTS_OF[analyte]
    for name in names:
        core = _core(name)
        for text in (bare(name), core, re.sub(r"\s+A[bg]$", "", core)):
            if text and (found := _test_names().get(fold_surface(text))):
                return found
    return next((found for name in names if (found := _picture_in(bare(name)))), "")


PICTURES = frozenset({"imaging", "biopsy"})


def is_picture(test: str) -> bool:
    """The test is an imaging or a biopsy, whose result is a description."""
    known = load_tests().get(test)
    return known is not None and known.kind in PICTURES


@lru_cache(maxsize=1024)
def _picture_in(name: str) -> str:
    """The imaging or biopsy named inside a longer name ("Ultrasound of abdomen"); the longest one."""
    words = re.findall(r"[^\W_]+", name)[:30]
    runs = ((i, j) for i in range(len(words)) for j in range(i + 1, min(len(words), i + 5) + 1))
    for i, j in sorted(runs, key=lambda run: run[0] - run[1]):
        found = _test_names().get(fold_surface("".join(words[i:j])))
        if found is not None and is_picture(found):
            return "" if _ELSEWHERE.search(" ".join((*words[:i], *words[j:]))) else found
    return ""


_ELSEWHERE = re.compile(
    r"\b(?:head|brain|cranial|skull|sinus\w*|neck|thyroid|chest|thora\w+|lungs?|pulmonary|heart|cardiac|coronary|breast|"
    r"spin\w+|lumbar|cervical|knee|hip|joints?|limb\w*|leg|arm|hand|foot|pelvi\w*|kidneys?|renal|bladder|prostate|"
    r"obstetric\w*|f(?:o?e)tal|skin|bones?|marrow|lymph|muscle|nerve|eye|orbit\w*|venous|carotid)\b",
    re.IGNORECASE,
)
"""Parts of the body whose pictures say nothing of the liver and the bile ducts."""


def is_presence(analyte: str) -> bool:
    """The result of this analyte is positive or negative, or a titre."""
    lexicon = load_analytes()
    return analyte in lexicon and lexicon.get(analyte).family in ("presence", "titre", "viral load", "serology")


def drug_of(*names: str) -> Drug:
    """The drug that the first name known stands for ("Acetaminophen 325 MG Oral Tablet" is paracetamol)."""
    return _drug_of(*(name[:LONGEST] for name in names[:10]))


@lru_cache(maxsize=4096)
def _drug_of(*names: str) -> Drug:
    for name in names:
        for text in dict.fromkeys((name, _STRENGTH.sub(" ", name))):
            entry = load_drugs().lookup(" ".join(text.split()))
            if entry is not None:
                return Drug(entry.inn, entry.ingredients, _kind(entry), True)
    for name in names:
        parts = _parts(_STRENGTH.sub(" ", name))
        if parts:
            return _joined(parts)
    written = " ".join((names[0] if names else "").split()).lower()
    return Drug(written, (written,) if written else (), "substance", False)


def _kind(entry: DrugEntry) -> str:
    """``class``, ``herb`` or ``substance``, whatever name it goes by."""
    own = entry if entry.kind in ("class", "herb") else load_drugs().lookup(entry.inn)
    return own.kind if own is not None and own.kind in ("class", "herb") else "substance"


def _parts(text: str) -> list[DrugEntry]:
    """The drugs named inside a product name, the longest names first, each once."""
    lexicon = load_drugs()
    tokens = list(cut(text))
    found: dict[str, DrugEntry] = {}
    i = 0
    while i < len(tokens):
        for size in range(min(lexicon.longest, len(tokens) - i), 0, -1):
            run = tokens[i : i + size]
            entry = lexicon.at(tuple(t for t, _, _ in run), text[run[0][1] : run[-1][2]])
            if entry is not None and entry.kind not in ("class", "abbreviation") and not (
                entry.ambiguous or entry.context
            ):  # fmt: skip
                found.setdefault(entry.inn, entry)
                i += size
                break
        else:
            i += 1
    return list(found.values())


def _joined(parts: list[DrugEntry]) -> Drug:
    if len(parts) == 1:
        return Drug(parts[0].inn, parts[0].ingredients, _kind(parts[0]), True)
    ingredients = tuple(dict.fromkeys(inn for part in parts for inn in part.ingredients or (part.inn,)))
    whole = next((p for p in parts if set(ingredients) <= set(p.ingredients)), None)
    name = whole.inn if whole is not None else "/".join(ingredients)
    return Drug(name, ingredients, "substance", True)


@cache
def _finding_names() -> Mapping[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for form in load_findings().forms:
        found.setdefault(fold_surface(form.written), (form.term, form.absent))
    return MappingProxyType(found)


def finding_of(names: Iterable[str]) -> tuple[FindingTerm, bool] | None:
    """The finding that a name stands for, and whether the name denies it ("afebrile")."""
    for name in names:
        known = _finding_names().get(fold_surface(bare(name)))
        if known is not None:
            return load_findings()[known[0]], known[1]
    return None


def event_kind_in(text: str) -> str:
    """The kind of reaction that the longest finding named in a text stands for; empty where none does."""
    words = re.findall(r"[^\W_]+", text[:2000].casefold())[:200]
    best, size = "", 0
    for i in range(len(words)):
        for j in range(min(len(words), i + 6), i, -1):
            known = _finding_names().get(fold_surface("".join(words[i:j])))
            if known is None or known[1] or j - i <= size:
                continue
            kind = load_findings()[known[0]].event_kind
            if kind:
                best, size = kind, j - i
    return best
