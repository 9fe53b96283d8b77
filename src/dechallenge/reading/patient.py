"""Who the patient is: age, sex, weight, height, BMI, pregnancy.

May import text, segments (the age phrase) and the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.case import Age
from dechallenge.evidence import Evidence
from dechallenge.reading.segments import AGE_PHRASE
from dechallenge.reading.text import CleanText

_FEMALE = re.compile(r"\b(?:woman|girl|female|lady|mother|she|her|pregnant|pregnancy)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:man|boy|male|gentleman|father|he|his|him)\b", re.IGNORECASE)
_NOUN = re.compile(r"\b(?P<f>woman|girl|female|lady)\b|\b(?P<m>man|boy|male|gentleman)\b", re.IGNORECASE)
_WEIGHT = re.compile(
    r"\b(?:weigh(?:ed|ing|s|t)?(?:\s+(?:of|was|is))?\s*(?:about\s+|"
    r"approximately\s+)?(?P<w>\d{1,3}(?:\.\d+)?)\s*kg\b(?!\s*/))"
    r"|\b\d+(?:\.\d+)?\s*mg\s*[×x*]\s*(?P<w2>\d{2,3}(?:\.\d+)?)\s*kg\s*=",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"\b(?:height|tall)\s*(?:of|was|is|:)?\s*(?P<h>\d(?:\.\d+)|\d{2,3})\s*(?P<u>cm|m)\b", re.IGNORECASE
)
_BMI = re.compile(
    r"\b(?:body\s+mass\s+index|BMI)\b[\s(,:=]*(?:was|is|of|at)?\s*(?:about\s+|"
    r"approximately\s+)?(?P<b>\d{2}(?:\.\d+)?)",
    re.IGNORECASE,
)
_PREGNANT = re.compile(
    r"(?P<no>\bnot\s+)?\b(?P<yes>pregnant|during\s+(?:a|her|the)?\s*(?:first\s+|second\s+|"
    r"third\s+)?(?:\w+\s+)?pregnancy|weeks?\s+(?:of\s+)?gestation|gravidarum)\b",
    re.IGNORECASE,
)
_DECADES = {"teens": (13.0, 19.0)}
_TENS = {"twenties": 20.0, "thirties": 30.0, "forties": 40.0, "fifties": 50.0, "sixties": 60.0, "seventies": 70.0,
         "eighties": 80.0, "nineties": 90.0}  # fmt: skip
_PARTS = {"early": (0.0, 3.0), "mid": (4.0, 6.0), "late": (7.0, 9.0), "": (0.0, 9.0)}
_UNITS = {"year": "year", "yr": "year", "month": "month", "week": "week", "day": "day", "y": "year"}


@dataclass(frozen=True, slots=True)
class Who:
    """What a text says about the patient; every value with its words."""

    age: Age | None = None
    sex: str | None = None
    sex_evidence: tuple[Evidence, ...] = ()
    weight_kg: float | None = None
    weight_evidence: tuple[Evidence, ...] = ()
    height_cm: float | None = None
    bmi: float | None = None
    bmi_evidence: tuple[Evidence, ...] = ()
    pregnant: bool | None = None
    pregnant_evidence: tuple[Evidence, ...] = ()


def read_patient(text: CleanText, parts: tuple[tuple[int, int], ...]) -> Who:
    """The patient of the given clean spans: the first age phrase, the noun for sex beside it, else pronouns."""
    body = text.text
    age, phrase = _age(text, parts)
    sex, sex_span = _sex(body, parts, phrase)
    weight = _first(_WEIGHT, body, parts)
    height = _first(_HEIGHT, body, parts)
    bmi = _first(_BMI, body, parts)
    pregnant = _first(_PREGNANT, body, parts)
    return Who(
        age=age,
        sex=sex,
        sex_evidence=(text.quote(*sex_span),) if sex_span else (),
        weight_kg=float(weight["w"] or weight["w2"]) if weight else None,
        weight_evidence=(text.quote(*weight.span()),) if weight else (),
        height_cm=_height(height) if height else None,
        bmi=float(bmi["b"]) if bmi else None,
        bmi_evidence=(text.quote(*bmi.span()),) if bmi else (),
        pregnant=(not pregnant["no"]) if pregnant and sex != "male" else None,
        pregnant_evidence=(text.quote(*pregnant.span()),) if pregnant and sex != "male" else (),
    )


def _first(pattern: re.Pattern[str], body: str, parts: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    for start, end in parts:
        if found := pattern.search(body, start, end):
            return found
    return None


def _age(text: CleanText, parts: tuple[tuple[int, int], ...]) -> tuple[Age | None, tuple[int, int] | None]:
    found = _first(AGE_PHRASE, text.text, parts)
    if found is None:
        return None, None
    start, end = found.span()
    if found["age"]:
        start = found.start("age")
        evidence = (text.quote(start, end),)
        unit = _UNITS[(found["unit"] or found["bare"] or "year").lower()]
        return Age.model_validate({"value": float(found["age"]), "unit": unit, "evidence": evidence}), (start, end)
    evidence = (text.quote(start, end),)
    aged = found["aged"] or found["aged2"] or found["aged3"] or found["aged4"]
    if aged:
        unit = _UNITS[(found["aged_unit"] or found["aged3_unit"] or "year").lower()]
        return Age.model_validate({"value": float(aged), "unit": unit, "evidence": evidence}), (start, end)
    if found["decade"]:
        decade = found["decade"].lower()
        if decade in _DECADES:
            low, high = _DECADES[decade]
        else:
            first = _TENS.get(decade) or float(decade[0]) * 10
            part = _PARTS[(found["part"] or "").lower()]
            low, high = first + part[0], first + part[1]
        return Age(low=low, high=high, evidence=evidence), (start, end)
    return None, (start, end)


def _sex(
    body: str, parts: tuple[tuple[int, int], ...], phrase: tuple[int, int] | None
) -> tuple[str | None, tuple[int, int] | None]:
    if phrase is not None:
        letter = re.fullmatch(r"\d{1,3}\s?(?P<letter>[MF])", body[phrase[0] : phrase[1]])
        if letter is not None:
            return ("female" if letter["letter"] == "F" else "male"), phrase
        title = re.match(r"(?P<m>Mr\b|Mister)|(?P<f>Mrs|Ms|Miss|Madam)\b", body[phrase[0] : phrase[1]])
        if title is not None:
            return ("female" if title["f"] else "male"), (phrase[0], phrase[0] + title.end())
        near = _NOUN.search(body, max(0, phrase[0] - 25), min(len(body), phrase[1] + 45))
        if near is not None:
            return ("female" if near["f"] else "male"), near.span()
    female = male = 0
    first: dict[str, tuple[int, int]] = {}
    for start, end in parts:
        for found in _FEMALE.finditer(body, start, end):
            female += 1
            first.setdefault("female", found.span())
        for found in _MALE.finditer(body, start, end):
            male += 1
            first.setdefault("male", found.span())
    if female == male:
        return None, None
    sex = "female" if female > male else "male"
    if min(female, male) > max(female, male) / 3:
        return None, None
    return sex, first[sex]


def _height(found: re.Match[str]) -> float:
    value = float(found["h"])
    return value * 100 if found["u"].lower() == "m" else value
