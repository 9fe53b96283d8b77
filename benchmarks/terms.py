"""Normal forms for comparing: analyte names, units and drug names as they may stand in the JSON or in a reference.

Kept apart from the product's own lexicon on purpose: a benchmark that reads names and units with the table under test
could not see that table's mistakes. Factors are those of common laboratory practice.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

_ALIASES = {
    "ALT": "alt|alat|gpt|sgpt|alt sgpt|gpt alt|alat alt|alanine aminotransferase|alanine transaminase",
    "AST": "ast|asat|got|sgot|ast sgot|got ast|asat ast|aspartate aminotransferase|aspartate transaminase",
    "ALP": "alp|alk p|alkaline phosphatase",
    "GGT": "ggt|gamma glutamyl transferase|gamma glutamyl transpeptidase",
    "BILI_TOT": "bili tot|bilirubin|total bilirubin|serum bilirubin|bilirubin total|tbil",
    "BILI_DIR": "bili dir|direct bilirubin|conjugated bilirubin|bilirubin direct",
    "LDH": "ldh|lactate dehydrogenase",
    "ALB": "alb|albumin",
    "INR": "inr|international normalized ratio|international normalised ratio",
    "PT_PCT": "pt pct|protime|prothrombin ratio|prothrombin ratio tp|prothrombin activity|prothrombin index|tp",
    "WBC": "wbc|white blood cell count|white blood cells|leukocytes|leucocytes|leukocyte count|white cell count",
    "NEUT": "neut|neut pct|neut abs|anc|neutrophils|neutrophil count|neutrophils pmn|neutrophils fraction|pmn"
    "|neutrophil percentage|neutrophils pct",
    "MONO": "mono|monocytes",
    "MYELEMIA": "myelemia|immature granulocytes|myelemia immature myeloid cells",
    "PLT": "plt|platelets|platelet count|thrombocytes",
    "HB": "hb|hgb|hemoglobin|haemoglobin",
    "ESR": "esr|erythrocyte sedimentation rate",
    "CRP": "crp|c reactive protein",
    "FERRITIN": "ferritin",
    "CERULO": "cerulo|ceruloplasmin|caeruloplasmin",
    "TSH": "tsh|thyroid stimulating hormone|thyrotropin",
    "HBA1C": "hba1c|glycated hemoglobin|glycated haemoglobin",
    "AMYLASE": "amylase",
    "TG": "tg|triglycerides|triglyceride",
    "FIBRINOGEN": "fibrinogen",
    "CK": "ck|cpk|creatine kinase|creatine phosphokinase",
    "AMMONIA": "ammonia",
    "CREAT": "creat|creatinine",
    "BODY_TEMP": "body temp|body temperature|temperature",
    "AMINOTRANSFERASES": "aminotransferases|transaminases|aminotransferase|transaminase|g transaminases",
}
_ANALYTES = {alias: analyte for analyte, aliases in _ALIASES.items() for alias in aliases.split("|")}
_COUNTS = frozenset({"WBC", "NEUT", "MONO", "PLT", "LYMPH", "EOS"})

# Grams per litre times 1000, so that every mass concentration is compared in mg/L.
_MASS = {
    "g/dl": 1e4,
    "g/l": 1e3,
    "mg/dl": 10.0,
    "mg%": 10.0,
    "mg/l": 1.0,
    "ug/ml": 1.0,
    "ug/dl": 1e-2,
    "ug/l": 1e-3,
    "ng/ml": 1e-3,
    "ng/dl": 1e-5,
}
_MOLAR = {"BILI_TOT": 17.104, "BILI_DIR": 17.104, "CREAT": 88.42}  # umol/L per mg/dL
_PER_MICROLITRE = frozenset({"/mm3", "/cmm", "/ul", "perul", "cells/ul", "cells/mm3", "{cells}/ul"})
_GIGA = frozenset(
    {"10*9/l", "109/l", "10*9", "109", "giga/l", "g/l", "k/ul", "10*3/ul", "103/ul", "1000/ul", "10*3/mm3"}
)
_TERA = frozenset({"10*12/l", "1012/l", "10*12", "1012", "t/l", "10*6/ul"})
_ULN = frozenset({"xuln", "timesuln", "uln", "unl", "xunl", "{uln}", "{xuln}", "[uln]", "multipleofuln"})


def plain(name: Any) -> str:
    """A name in lower case without accents, marks and doubled spaces."""
    text = unicodedata.normalize("NFKD", str(name or "")).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9%+]+", " ", text).split())


def analyte_id(name: Any) -> str:
    """The analyte's id for comparison; an unknown name stands for itself, so that panels match by their words."""
    words = plain(name)
    for prefix in ("serum ", "total "):
        if words not in _ANALYTES and words.startswith(prefix):
            words = words.removeprefix(prefix)
    return _ANALYTES.get(words, words)


def plain_unit(unit: Any) -> str:
    """A unit as one lower-case string: micro as u, powers as 10*n, no spaces, no multiplication sign."""
    text = str(unit or "").lower().replace("µ", "u").replace("μ", "u").replace("mcg", "ug").replace("³", "3")
    text = text.replace("10^", "10*").replace("10e", "10*").replace("²", "2").replace("per", "/") if text else ""
    text = re.sub(r"\s+", "", text)
    text = re.sub(r"^[x×](?=10)", "", text)
    return text.replace("iu/l", "u/l").replace("[u]/l", "u/l").replace("ui/l", "u/l")


def canonical(analyte: str, value: float, unit: Any) -> tuple[float, str]:
    """The value in the unit in which values of this analyte are compared."""
    short = plain_unit(unit)
    if short in _ULN:
        return value, "xULN"
    if analyte in _COUNTS and short != "%":
        if short in _TERA:
            return value * 1000, "10*9/L"
        if short in _GIGA:
            return value, "10*9/L"
        # A count printed without a unit ("WBC = 7000") is a count per microlitre; nobody prints 7000 x 10*9/L.
        return (value / 1000, "10*9/L") if short in _PER_MICROLITRE or not short else (value, short)
    if short in _MASS and not (analyte == "GGT" and short == "mg/dl"):
        return value * _MASS[short], "mg/L"
    if short in {"umol/l"} and analyte in _MOLAR:
        return value / _MOLAR[analyte] * 10, "mg/L"
    if short == "ukat/l":
        return value * 60, "u/l"
    if "k-a" in short or "king" in short:
        return value, "king-armstrong"
    if analyte == "INR":
        return value, "INR"
    if short in {"mm/hr", "mm/1h", "mm/h"}:
        return value, "mm/h"
    if short in {"°c", "c", "cel", "degc"}:
        return value, "Cel"
    return value, short


def same_number(left: float, right: float) -> bool:
    """Equal to three significant figures (conversions round)."""
    return abs(left - right) <= 2e-3 * max(abs(left), abs(right), 1e-9)


_LEVELS = {
    "normal": "normal|normalised|normalized|in normal range|within normal limits|within normal range|unremarkable"
    "|negative",
    "high": "elevated|mildly elevated|increased|raised|high|above normal|markedly elevated|rose|increase",
    "low": "decreased|low|reduced|sharp decrease|below normal|fell|fallen|decrease|mildly decreased",
    "abnormal": "abnormal|disordered|prolonged|deranged|impaired",
    "unchanged": "unchanged|stable|no change|no significant change|no abnormality",
    "improved": "improved|improving|improved gradually|decreasing|falling|near normal",
}
_LEVEL_OF = {word: level for level, words in _LEVELS.items() for word in words.split("|")}


def level(word: Any) -> str:
    """The level that a qualitative result states: normal, high, low, abnormal, unchanged or improved."""
    text = plain(word)
    return _LEVEL_OF.get(text, text)


@dataclass(frozen=True)
class Lab:
    """The normal form of one laboratory fact: a number, a range or a level, in a comparable unit."""

    analyte: str
    numbers: tuple[float, ...]
    unit: str
    level: str = ""

    def same(self, other: Lab) -> bool:
        """Same analyte, same unit, same number or numbers, or the same level where neither has a number."""
        if self.analyte != other.analyte or len(self.numbers) != len(other.numbers):
            return False
        if not self.numbers:
            return bool(self.level) and self.level == other.level
        return self.unit == other.unit and all(map(same_number, self.numbers, other.numbers))

    def __str__(self) -> str:
        return f"{self.analyte} {'-'.join(f'{n:g}' for n in self.numbers)} {self.unit} {self.level}".strip()


def lab_of(measurement: dict[str, Any]) -> Lab:
    """The normal form of one entry of `measurements`."""
    analyte = analyte_id(measurement.get("analyte"))
    value, unit = measurement.get("value"), measurement.get("unit")
    low, high = measurement.get("low"), measurement.get("high")
    times = measurement.get("times_uln")
    numbers: tuple[Any, ...] = ()
    if value is not None:
        numbers = tuple(value) if isinstance(value, list) else (value,)
    elif low is not None and high is not None:
        numbers = (low, high)
    elif times is not None:
        numbers, unit = (tuple(times) if isinstance(times, list) else (times,)), "xULN"
    if not numbers or not all(isinstance(number, int | float) for number in numbers):
        return Lab(analyte, (), "", level(measurement.get("qualitative") or measurement.get("text")))
    pairs = [canonical(analyte, float(number), unit) for number in numbers]
    return Lab(analyte, tuple(pair[0] for pair in pairs), pairs[0][1], level(measurement.get("qualitative")))


_DRUGS = {
    "anakinra": "il 1ra|il1 ra|il1ra|il 1 receptor antagonist|interleukin 1 receptor antagonist",
    "ciclosporin": "ciclosporine|cyclosporine|cyclosporin|cyclosporine a|ciclosporin a|cyclosporin a",
    "methotrexate": "mtx",
    "pefloxacin": "pefloxacine",
    "folic acid": "folate|folacin",
    "nsaid": "nsaids|non steroidal anti inflammatory drug|non steroidal anti inflammatory drugs"
    "|nonsteroidal anti inflammatory drug|nonsteroidal anti inflammatory drugs|nonsteroidal anti inflammatory agents",
    "corticosteroid": "gcs|corticosteroids pulse",
    "immunoglobulin": "intravenous immunoglobulin|ivig|immunoglobulins|normal immunoglobulin|human immunoglobulin"
    "|human normal immunoglobulin|immune globulin|immunoglobulin human normal|immunoglobulin intravenous",
    "khat": "catha edulis|qat|kat",
    "moringa": "moringa oleifera",
    "buchu": "agathosma betulina|barosma betulina|agathosma",
    "mistletoe": "viscum album|european mistletoe",
    "paracetamol": "acetaminophen",
}
_DRUG_OF = {alias: drug for drug, aliases in _DRUGS.items() for alias in aliases.split("|")}


def drug_id(name: Any) -> str:
    """One drug or class name for comparison: spellings and class words joined."""
    words = plain(name)
    if re.search(r"\b(?:gluco)?(?:cortico)?(?:steroids?|corticoids?)$", words) and "anabolic" not in words:
        return "corticosteroid"  # "pulse corticosteroids", "high dose steroids": the class, however it was given
    return _DRUG_OF.get(words, words)


def drug_parts(name: Any) -> frozenset[str]:
    """The active substances of a name, a fixed combination split into its parts."""
    text = re.sub(r"\([^)]*\)", " ", str(name or ""))
    parts = re.split(r"[/,;+]|\band\b|\bwith\b|(?<=[a-z])-(?=clavul)", text.lower())
    return frozenset(drug_id(part) for part in parts if plain(part))


def same_drug(expected: Any, got: Any) -> bool:
    """Whether the names share an active substance; a salt or a botanical epithet after the name is allowed."""
    left, right = drug_parts(expected), drug_parts(got)
    if left & right:
        return True
    return any(a in b.split() for a in left for b in right)
