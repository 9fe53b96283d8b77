"""What the header of a column means: names of CDISC variables and usual words (`data/headers.csv`), and analytes.

May import the lexicon, and how messages name analytes (formats.fhir.names).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from dechallenge.formats.fhir.names import analyte_of, test_of
from dechallenge.lexicon.analytes import fold_surface
from dechallenge.lexicon.units import parse_unit

_DATA = Path(__file__).with_name("data")
_UNIT_IN_BRACKETS = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]{1,30})[)\]]\s*(?P<rest>.*)$")
_PARTS: Final = (
    ("lab.high", r"uln|upper limit(?: of normal)?|upper|ref(?:erence)? high|high|obergrenze"),
    ("lab.low", r"lln|lower limit(?: of normal)?|lower|ref(?:erence)? low|low|untergrenze"),
    ("lab.unit", r"units?|einheit"),
    ("lab.date", r"date|dtc|datum"),
    ("lab.value", r"value|result|wert|aval|lborres"),
)
_UNITS_OF: Final = {"weight": ("kg",), "height": ("cm",), "age": ("a", "y", "yr", "yrs", "year", "years", "jahre")}
"""Units in brackets that a field of the person may have; one in pounds is not that field."""
_RATIOS: Final = frozenset({"ratio", "{ratio}", "1", "fraction of 1", "index"})
_UNIT_WORDS: Final = {"gi/l": "10*9/L", "ti/l": "10*12/L", "fraction of 1": "{ratio}"}
"""Units of laboratories and of CDISC that the unit table does not spell: giga and tera per litre; a ratio."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header stands for: a field, the rank of the name among the names for it, and where the name is from."""

    field: str
    rank: float
    source: str


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column that belongs to one analyte: ``lab.value``, ``lab.low``, ``lab.high``, ``lab.unit`` or ``lab.date``."""

    field: str
    analyte: str
    unit: str


@cache
def _table() -> Mapping[str, Meaning]:
    found: dict[str, Meaning] = {}
    with (_DATA / "headers.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            ranked = row["source"].startswith("CDISC")
            for place, header in enumerate(row["headers"].split(";")):
                rank = int(row["set"]) + (place / 1000 if ranked else 0.5)
                found.setdefault(fold_surface(header), Meaning(row["field"], rank, row["source"]))
    return MappingProxyType(found)


@cache
def fields() -> frozenset[str]:
    """Every field that a column can be, without those that only the context decides ("start")."""
    by_context = ("date", "start", "stop", "day", "unit", "start_day", "stop_day", "known")
    return frozenset(m.field for m in _table().values() if m.field not in by_context)


def meaning_of(header: str) -> Meaning | None:
    """The field that a header names; "Weight (kg)" is "weight"."""
    found = _table().get(fold_surface(header))
    bare = _UNIT_IN_BRACKETS.match(header)
    if found is None and bare is not None and not bare["rest"]:
        found = _table().get(fold_surface(bare["name"]))
        if found is not None and bare["unit"].strip().casefold() not in _UNITS_OF.get(
            found.field, (bare["unit"].strip().casefold(),)
        ):
            return None
    return found


def is_cdisc(header: str) -> bool:
    """The header is a variable name of SDTM or ADaM, whose days have no day 0."""
    found = _table().get(fold_surface(header))
    return found is not None and found.source.startswith("CDISC")


@lru_cache(maxsize=4096)
def wide_column(header: str) -> WideColumn | None:
    """The analyte that a column holds, or a part of it: "ALT", "ALT (U/L)", "ALT_ULN", "ULN ALT", "ALT unit"."""
    unit, text = "", " ".join(header.replace("_", " ").split())
    bracketed = _UNIT_IN_BRACKETS.match(header.replace("_", " "))
    if bracketed is not None and unit_of(bracketed["unit"]):
        unit, text = bracketed["unit"].strip(), f"{bracketed['name']} {bracketed['rest']}".strip()
    for field, words in _PARTS:
        part = re.fullmatch(rf"(?:(?:{words})\s+(?P<a>.+)|(?P<b>.+?)[\s.,:-]+(?:{words}))", text, re.IGNORECASE)
        if part is not None:
            name = test_name_of((part["a"] or part["b"]).strip(), unit)
            return WideColumn(field, name, unit) if name else None
    name = test_name_of(text, unit)
    if name:
        return WideColumn("lab.value", name, unit)
    cut = re.fullmatch(r"(?P<name>.+?)[\s,;:]+(?P<unit>\S+)", text)
    if cut is not None and unit_of(cut["unit"]) and (name := test_name_of(cut["name"], cut["unit"])):
        return WideColumn("lab.value", name, cut["unit"])
    return None


def unit_of(written: str) -> str:
    """UCUM code of a unit as a table spells it; empty where it is not known."""
    text = " ".join(written.split())
    known = parse_unit(_UNIT_WORDS.get(text.casefold(), text)) if text else None
    return known.code if known is not None else ""


@cache
def _codes() -> Mapping[str, str]:
    with (_DATA / "test_codes.csv").open(encoding="utf-8", newline="") as lines:
        return MappingProxyType({row["code"]: row["analyte"] for row in csv.DictReader(lines)})


@lru_cache(maxsize=8192)
def analyte_named(code: str, name: str, unit: str) -> str:
    """The analyte of a row by its code ("ALT", "BILDIR") or name ("Alanine aminotransferase (U/L)"); empty for none.

    Args:
        unit: UCUM code, or the spelling of the unit; a unit that the analyte never has makes it another or none.
    """
    known = _codes().get(code.strip().upper(), "")
    bare = _UNIT_IN_BRACKETS.match(name)
    names = [n for n in (known, code, name, bare["name"] if bare is not None else "") if n.strip()]
    return analyte_of((), names, unit)


def unit_as_meant(unit: str, code: str, name: str) -> str:
    """The unit of a row; none where it says no more than that an INR is a ratio."""
    ratio = unit.strip().casefold() in _RATIOS and analyte_named(code, name, "") == "INR"
    return "" if ratio else unit


@lru_cache(maxsize=8192)
def test_named(code: str, name: str) -> str:
    """The work-up test of a row ("HBSAG"); empty for none."""
    return test_of((), [n for n in (code, name) if n.strip()], analyte_named(code, name, ""))


def test_name_of(name: str, unit: str) -> str:
    """The analyte of a name, else the work-up test; empty for neither."""
    return analyte_named(name, "", unit_of(unit)) or test_named(name, "")


def unit_in(name: str) -> str:
    """The unit within the brackets of a parameter ("Alanine Aminotransferase (U/L)"); empty where there is none."""
    found = _UNIT_IN_BRACKETS.match(name)
    return found["unit"].strip() if found is not None and unit_of(found["unit"]) else ""
