"""Sums that a report prints with its doses, done again: mg/kg times kilograms, one dose times doses a day.

"5 mg/kg × 62 kg = 410 mg" and "250 mg three times daily (1 g/day)" do not add up; "5 mg × 80 kg = 400 mg" lacks its
"/kg". The figures stay as printed; each sum that fails is a conflict with its words. May import the case model,
regimens and text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dechallenge.case import Conflict
from dechallenge.evidence import Evidence
from dechallenge.reading.drugs.regimens import NUMBER, figure
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.text import CleanText

_MASS = r"(?:mg|g|mcg|[μµu]g|grams?|milligrams?|micrograms?)"
_NEXT = (
    r"\s{0,3}(?:=|\(\s?=?|,?\s?(?:i\.?e\.?,?|that\s+is,?|equal\s+to|or|for\s+a\s+total\s+of|total(?:\s+of)?))\s{0,3}"
)
_BY_WEIGHT = Pattern(
    rf"(?<![\w.,])(?P<dose>{NUMBER})\s?(?P<unit>{_MASS})(?P<per>\s?(?:/|per\s)\s?kg)?\b(?:\s?(?:/|per\s)\s?(?:d|day)\b)?"
    rf"\s?[×x*]\s?(?P<weight>{NUMBER})\s?kg\s?=\s?(?P<sum>{NUMBER})\s?(?P<sum_unit>{_MASS})\b",
    re.IGNORECASE,
)
_GIVEN_BY_WEIGHT = Pattern(
    rf"(?<![\w.,-])(?P<dose>{NUMBER})\s?(?P<unit>{_MASS})\s?(?:/|per\s)\s?kg\b(?!\s?(?:/|per\b))"
    rf"(?:\s(?:body\s?weight|bw))?{_NEXT}(?P<sum>{NUMBER})\s?(?P<sum_unit>{_MASS})\b"
    r"(?!\s?(?:/|per\b(?!\s(?:infusion|dose|injection|administration)\b)|a\b|daily|each))",
    re.IGNORECASE,
)
_TIMES = r"once|twice|thrice|(?:two|three|four|five|six|[1-6])\s+times"
_A_DAY = Pattern(
    rf"(?<![\w.,-])(?P<dose>{NUMBER})\s?(?P<unit>{_MASS})\s+(?:orally\s+|intravenously\s+|po\s+|iv\s+)?"
    rf"(?:(?P<times>{_TIMES})\s+(?:daily|(?:a|per|each|every)\s+day)|(?P<code>bid|b\.i\.d\.|tid|t\.i\.d\.|qid|q\.i\.d\.)|"
    r"every\s+(?P<hours>4|6|8|12|four|six|eight|twelve)\s+h(?:ours|rs?)?\b)"
    rf"{_NEXT}(?P<sum>{NUMBER})\s?(?P<sum_unit>{_MASS})(?:\s?/\s?(?:d|day|24\s?h)\b|\s+(?:per|a)\s+day\b|\s+(?:daily|"
    r"in\s+total))",
    re.IGNORECASE,
)
_NUMBERS = {"once": 1, "twice": 2, "thrice": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CODES = {"b": 2, "t": 3, "q": 4}
_HOURS = {"four": 4, "six": 6, "eight": 8, "twelve": 12}
_MILLIGRAMS = {"g": 1000.0, "gram": 1000.0, "mg": 1.0, "milligram": 1.0}
"""Milligrams in one unit; every other unit of a mass here is a microgram."""
_EXACT, _ROUNDED = 0.02, 0.15
"""How far a printed sum may lie off: rounded figures; doses that are rounded to whole vials."""


def dose_sums(text: CleanText, spans: Sequence[tuple[int, int]], weight_kg: float | None) -> tuple[Conflict, ...]:
    """The sums of doses in a case that do not add up, or that lack their unit.

    Args:
        text: Clean text.
        spans: Its sentences.
        weight_kg: Weight of the patient in kilograms, where it is told.
    """
    out: list[Conflict] = []
    for start, end in spans:
        out += _by_weight(text, start, end)
        if weight_kg:
            out += _given_by_weight(text, start, end, weight_kg)
        out += _a_day(text, start, end)
    return tuple(out)


def _by_weight(text: CleanText, start: int, end: int) -> Iterator[Conflict]:
    for match in _BY_WEIGHT.finditer(text.text, start, end):
        weight = figure(match["weight"])
        due, told = figure(match["dose"]) * weight * _mg(match["unit"]), _sum(match)
        words = (text.quote(*match.span()),)
        if abs(due - told) > _EXACT * due:
            yield _wrong(f"{_said(match)}{'/kg' if match['per'] else ''} × {weight:g} kg", due, match, words)
        elif not match["per"]:
            yield Conflict(
                kind="implausible value",
                what=f"{_said(match)} × {weight:g} kg: the dose lacks “/kg”",
                affects="dose",
                repair=f"{_said(match)}/kg",
                evidence=words,
            )


def _given_by_weight(text: CleanText, start: int, end: int, weight_kg: float) -> Iterator[Conflict]:
    for match in _GIVEN_BY_WEIGHT.finditer(text.text, start, end):
        due, told = figure(match["dose"]) * weight_kg * _mg(match["unit"]), _sum(match)
        if abs(due - told) > _ROUNDED * due:
            yield _wrong(f"{_said(match)}/kg at {weight_kg:g} kg", due, match, (text.quote(*match.span()),))


def _a_day(text: CleanText, start: int, end: int) -> Iterator[Conflict]:
    for match in _A_DAY.finditer(text.text, start, end):
        times = _times(match)
        due, told = figure(match["dose"]) * times * _mg(match["unit"]), _sum(match)
        if abs(due - told) > _EXACT * due:
            yield _wrong(f"{_said(match)} {times} times a day", due, match, (text.quote(*match.span()),))


def _times(match: re.Match[str]) -> int:
    if match["times"]:
        word = match["times"].lower().split()[0]
        return _NUMBERS[word] if word in _NUMBERS else int(word)
    if match["code"]:
        return _CODES[match["code"][0].lower()]
    hours = match["hours"].lower()
    return 24 // (_HOURS[hours] if hours in _HOURS else int(hours))


def _wrong(sum_told: str, due_mg: float, match: re.Match[str], words: tuple[Evidence, ...]) -> Conflict:
    unit = match["sum_unit"]
    return Conflict(
        kind="contradiction",
        what=f"{sum_told} is {due_mg / _mg(unit):.4g} {unit}, not {match['sum']} {unit}",
        affects="dose",
        evidence=words,
    )


def _said(match: re.Match[str]) -> str:
    return f"{match['dose']} {match['unit']}"


def _sum(match: re.Match[str]) -> float:
    """The printed sum in mg."""
    return figure(match["sum"]) * _mg(match["sum_unit"])


def _mg(unit: str) -> float:
    return _MILLIGRAMS.get(unit.lower().removesuffix("s"), 0.001)
