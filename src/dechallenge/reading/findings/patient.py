"""Who the patient is: age, sex, weight, height, BMI, pregnancy.

Which of the words for people (``people``) tell of the patient. May import text, people and the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.case import Age
from dechallenge.evidence import Evidence
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AgeUnit, Introduction, Sexed, ages, introduction, sexes
from dechallenge.reading.texts.text import CleanText

_WITH_CHILD = Pattern(r"\b(?:pregnant|pregnancy)\b", re.IGNORECASE)
_EARLIER = Pattern(
    r"\b(?:at|since|from|until|till|by|before|after|when)\s+(?:the\s+|an?\s+)?(?:age\s+of\s+)?\Z|\b(?:diagnosed|son|daughter|"
    r"brother|sister|mother|father|child|children)\b[^.]{0,40}\Z",
    re.IGNORECASE,
)
"""What makes an age one of another time or person."""
_WEIGHT = Pattern(
    r"\b(?:(?:weigh(?:ed|ing|s|t)?|[Ww]t\.?:?)(?:\s+(?:of|was|is))?\s*(?:about\s+|"
    r"approximately\s+)?(?P<w>\d{1,3}(?:\.\d+)?)\s*kg\b(?!\s*/))"
    r"|\b(?<!birth\s)(?:body\s+)?weight\s*[:=]\s*(?P<w5>\d{1,3}(?:\.\d+)?)\s*kg\b(?!\s*/)"
    r"|\b\d+(?:\.\d+)?\s*mg\s*[×x*]\s*(?P<w2>\d{2,3}(?:\.\d+)?)\s*kg\s*="
    r"|\b(?:man|woman|boy|girl|male|female|infant|neonate|newborn|patient|lady|gentleman)\s*[,(]\s*(?:(?:body\s+)?weight[:,]?\s*)?"
    r"(?P<w3>\d{1,3}(?:\.\d+)?)\s*kg\b(?!\s*/)"
    r"|(?<![\d.])(?P<w4>\d{1,3}(?:\.\d+)?)[\s-]?(?:kg|kilograms?)[\s,-]+(?:(?:\w+[\s-]){0,4}?)(?:man|woman|boy|girl|male|female|infant|neonate|newborn)\b",
    re.IGNORECASE,
)
_HEIGHT = Pattern(
    r"(?:\b(?:height|tall)\s*(?:of|was|is|:)?|\bkg\s*[,;/])\s*(?P<h>\d(?:\.\d+)|\d{2,3})\s*(?P<u>cm|m)\b", re.IGNORECASE
)
_BMI = Pattern(
    r"\b(?:body\s+mass\s+index|BMI)\b[\s(,:=]*(?:was|is|of|at)?\s*(?:about\s+|"
    r"approximately\s+)?(?P<b>\d{2}(?:\.\d+)?)",
    re.IGNORECASE,
)
_PREGNANT = Pattern(
    r"(?P<no>\b(?:not|neither|nor|never)\s+(?:\w+\s+)?)?\b(?P<yes>pregnant|during\s+(?:a|her|the)?\s*(?:first\s+|second\s+|"
    r"third\s+)?(?:\w+\s+)?pregnancy|weeks?\s+(?:of\s+)?gestation|gravidarum|(?:primi|multi)gravida)\b"
    r"|\bpregnancy\s+test\s+(?:was\s+|is\s+)?(?P<negative>negative)\b|\bnegative\s+(?:\w+\s+){0,2}(?P<negative2>pregnancy)\s+test\b",
    re.IGNORECASE,
)


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
    phrase = _introduced(body, parts)
    sex, sex_span = _sex(body, parts, phrase)
    weight = _first(_WEIGHT, body, parts)
    height = _first(_HEIGHT, body, parts)
    bmi = _first(_BMI, body, parts)
    pregnant = _first(_PREGNANT, body, parts)
    return Who(
        age=_age(text, parts, phrase),
        sex=sex,
        sex_evidence=(text.quote(*sex_span),) if sex_span else (),
        weight_kg=float(next(w for w in weight.groups() if w)) if weight else None,
        weight_evidence=(text.quote(*weight.span()),) if weight else (),
        height_cm=_height(height) if height else None,
        bmi=float(bmi["b"]) if bmi else None,
        bmi_evidence=(text.quote(*bmi.span()),) if bmi else (),
        pregnant=(pregnant["yes"] is not None and not pregnant["no"]) if pregnant and sex != "male" else None,
        pregnant_evidence=(text.quote(*pregnant.span()),) if pregnant and sex != "male" else (),
    )


_SEVERAL = r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s+(?:\w+\s+)?"
_SOME_OF_BOTH = Pattern(
    rf"\b{_SEVERAL}(?:males|men|boys)\s+(?:and|,)\s+(?:an?|one|{_SEVERAL})\s*(?:fe?males?|wom[ae]n|girls?)\b|"
    rf"\b{_SEVERAL}(?:females|women|girls)\s+(?:and|,)\s+(?:an?|one|{_SEVERAL})\s*(?:males?|m[ae]n|boys?)\b",
    re.IGNORECASE,
)


def _first(pattern: Pattern, body: str, parts: tuple[tuple[int, int], ...]) -> re.Match[str] | None:
    for start, end in parts:
        if found := pattern.search(body, start, end):
            return found
    return None


def _introduced(body: str, parts: tuple[tuple[int, int], ...]) -> Introduction | None:
    """The first phrase that introduces a patient by age, and not who sold it ("by a woman in her 60s")."""
    for start, end in parts:
        while (found := introduction(body, start, end)) is not None:
            if _SOLD_BY.search(body, max(start, found.start - 40), found.start) is None:
                return found
            start = found.end
    return None


_SOLD_BY = Pattern(
    r"\b(?:sold|supplied|bought|purchased|provided|obtained|prepared|imported)\s+(?:\w+\s+){0,2}?(?:by|from)\s+(?:an?\s+)?$",
    re.IGNORECASE,
)


def _age(text: CleanText, parts: tuple[tuple[int, int], ...], phrase: Introduction | None) -> Age | None:
    """The age of the phrase that introduces the patient, else the first age that is told of nobody else."""
    if phrase is not None and phrase.age is not None:
        return _told(phrase.low, phrase.high, phrase.unit, text.quote(*phrase.age))
    for start, end in parts:
        for word in ages(text.text, start, end):
            before = text.text[max(start, word.start - 60) : word.start]
            if word.kind == "figure" and word.low is not None and not _EARLIER.search(before):
                return _told(word.low, word.high, word.unit, text.quote(word.start, word.end))
    return None


def _told(low: float | None, high: float | None, unit: AgeUnit, evidence: Evidence) -> Age:
    if low == high:
        return Age(value=low, unit=unit, evidence=(evidence,))
    return Age(low=low, high=high, unit=unit, evidence=(evidence,))


def _sex(
    body: str, parts: tuple[tuple[int, int], ...], phrase: Introduction | None
) -> tuple[Sexed | None, tuple[int, int] | None]:
    """The sex that the introducing phrase or the noun beside it says, else the one that most words say."""
    if any(_SOME_OF_BOTH.search(body, start, end) for start, end in parts):
        return None, None  # "two men and a woman": of several patients
    if phrase is not None:
        if phrase.sex is not None:
            return phrase.sex, phrase.sex_span
        around = sexes(body, max(0, phrase.start - 25), min(len(body), phrase.end + 45))
        near = next((word for word in around if word.kind == "noun"), None)
        if near is not None:
            return _SEXES[near.value], (near.start, near.end)
    told: dict[Sexed, list[tuple[int, int]]] = {"female": [], "male": []}
    for start, end in parts:
        for word in sexes(body, start, end):
            if word.kind != "plural" and not (word.kind == "pronoun" and _of_staff(body, start, word.start)):
                told[_SEXES[word.value]].append((word.start, word.end))
        told["female"] += [match.span() for match in _WITH_CHILD.finditer(body, start, end)]
    few, most = sorted((len(spans), name) for name, spans in told.items())
    if few[0] == most[0] or few[0] > most[0] / 3:
        return None, None
    return _SEXES[most[1]], min(told[_SEXES[most[1]]])


_STAFF = Pattern(
    r"\s*(?:The|A|One)\s+(?:\w+\s+)?(?:nurse|LPN|pharmacist|doctor|physician|midwife|beautician|peddler)\b"
)


def _of_staff(body: str, start: int, at: int) -> bool:
    """ "The nurse said that she …": a pronoun in a sentence about somebody who treats the patient."""
    begin = max(body.rfind(". ", start, at) + 1, body.rfind("\n", start, at) + 1, start)
    return _STAFF.match(body, begin, at) is not None


_SEXES: dict[str, Sexed] = {"female": "female", "male": "male"}


def _height(found: re.Match[str]) -> float:
    value = float(found["h"])
    return value * 100 if found["u"].lower() == "m" else value
