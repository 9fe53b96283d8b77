"""Words for a person's age and sex, anywhere in a sentence: ages in figures, age groups, nouns and pronouns.

``segments`` asks for the phrase that introduces a patient, ``patient`` decides which words tell of the patient. May
import amounts (numbers in words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dechallenge.reading.texts.amounts import number_of

Sexed = Literal["female", "male"]
AgeUnit = Literal["year", "month", "week", "day"]

_PERSON = r"(?i:woman|man|female|male|patient|boy|girl|lady|gentleman|infant|child|neonate)"
_AGE_UNIT = r"(?:year|yr|month|week|day)"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen"
)
_NOT_OF_MANY = r"(?!\s*,\s*\d{1,3}\s*,?\s*(?:and\s+|,\s*)?\d{1,3}\b|\s+and\s+\d{1,3}\s+years)"
"""Behind an age: no list of the ages of several patients ("aged 61, 26 and 48 years")."""
AGE_PHRASE = re.compile(
    r"(?:^|(?<=[\n:;(]\s)|(?<=\n)|(?<=\())(?P<letter5>[MF]),?\s+(?P<aged5>\d{1,3})\s?(?:y|yrs?|years?)\b\.?"
    r"|(?<!than)(?<!than\s)\b(?P<article>[Aa]n?|[Tt]he|[Tt]his|[Oo]ur)?\s*(?:(?P<from>\d{1,3})\s?(?:-|to)\s?(?=\d))?"
    r"(?P<age>\d{1,3}(?:\.\d)?)(?:\s*-\s*|\s+|)"
    rf"(?:(?P<unit>{_AGE_UNIT})s?(?:\s*-\s*|\s+)(?:old|of\s+age)\b|(?P<short>y\.?\s?/?o\b\.?(?:\s+[MF](?=[\s,;:](?!\.)))?)"
    rf"|(?P<bare>{_AGE_UNIT}|y)s?[\s,-]+(?={_PERSON}\b)|(?P<letter>[MF])(?=[\s,;]+(?:with|who|present|admitted|was|"
    rf"on|pt|started|commenced)\w*\b))"
    r"|\b(?P<article7>[Aa]n?|[Tt]he|[Tt]his|[Oo]ur)?\s*"
    rf"(?P<age7>(?i:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES}))[\s-]+(?P<unit7>{_AGE_UNIT})s?[\s-]+(?:old|of\s+age)\b"
    rf"|\b(?P<person>{_PERSON}),?\s+(?:aged|of(?=\s+\d{{2}}(?:[,;.]|\s+(?:who|with|was|is|had|presented|developed|took|"
    r"received|on)\b))|in\s+(?:her|his|their)\s+(?P<part>early|mid|late)?\s*-?"
    r"(?P<decade>teens|[2-9]0'?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))"
    rf"(?:\s+(?P<aged>\d{{1,3}})\b{_NOT_OF_MANY}(?:\s?(?:-|to)\s?(?P<aged_to>\d{{1,3}})\b)?(?:\s+(?P<aged_unit>{_AGE_UNIT})s?)?)?"
    rf"|\b(?P<person3>{_PERSON})[,;]?\s+\(?(?:of\s+)?(?P<aged3>\d{{1,3}})\s*-?(?P<aged3_unit>{_AGE_UNIT})s?\b"
    r"(?!\s+(?:after|later|before|prior|ago|earlier|previously|of\s+(?:treatment|therapy)))"
    rf"|\b(?:aged|[Aa]ge\s*[:=]?)\s*(?P<aged2>\d{{1,3}})\b{_NOT_OF_MANY}(?:\s?(?:-|to)\s?(?P<aged2_to>\d{{1,3}})\b)?"
    r"(?:\s+(?P<aged2_unit>(?:month|week|day))s?\b(?!\s+(?:after|later|before|prior|ago|earlier)))?"
    r"|(?:^|(?<=[.\n:]\s))(?:Man|Woman|Male|Female|Boy|Girl),\s+(?P<aged9>\d{1,3})\b(?=\s*[.,;])"
    r"|\bI(?:\s+am|['’]m)\s+(?:now\s+)?(?P<aged8>\d{2})\b(?=\s*(?:[.,;)]|and\b|$))"
    r"|(?:^|(?<=\n))(?P<aged6>\d{1,3})[ \t]?[MF]\b(?=[\s,;.])"
    r"|\b(?P<title>Mrs?|Ms|Miss|Mister|Madam)\.?\s+(?:[A-Z]\.\s?)?[A-Z][\w.]*,?\s+\(?(?:aged?\s+)?(?P<aged4>\d{1,3})\b(?!\s*(?:mg|"
    r"g\b|ml|%))",
)
"""The words that introduce a patient by age, in a sentence or in note form ("Woman, 40 years")."""

_UNIT = r"(?:years?|yrs?|months?|weeks?|days?)"
_FIGURE = re.compile(
    rf"\b(?:(?:{_TENS})(?:-(?:{_ONES}))?|{_ONES})[\s-]+{_UNIT}[\s-]+(?:old\b|of\s+age\b)|"
    rf"(?<![\w.])\d{{1,3}}(?:\.\d)?\s*(?:(?:-|–|to|and)\s*\d{{1,3}}\s*)?[\s-]*{_UNIT}[\s-]*(?:old\b|of\s+age\b)"
    rf"|(?<![\w.])\d{{1,3}}\s+{_UNIT}\s+to\s+\d{{1,3}}\s+{_UNIT}(?:\s+(?:old|of\s+age))?"
    rf"|\b(?:ages?|aged|mean\s+age|median\s+age)[\s:,]*(?:of\s+|was\s+|between\s+)?\d{{1,3}}"
    rf"\b{_NOT_OF_MANY}(?:\s*(?:-|–|to|and)\s*\d{{1,3}})?(?:\s*{_UNIT})?",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:(?P<neonate>neonates?|neonatal|newborns?)|(?P<infant>infants?|toddlers?|bab(?:y|ies)|"
    r"premature(?=\s+(?:infants?|bab|neonate|newborn))|fo?etus(?:es)?)|"
    r"(?P<child>child|children|childhood|schoolchild(?:ren)?|pa?ediatric)|(?P<adolescent>adolescen(?:ts?|ce)|"
    r"teen-?agers?|teenaged?|juvenile(?=\s+(?:patient|male|female)))|(?P<adult>adults?|adulthood|middle[\s-]aged)|"
    r"(?P<young>young(?:er)?(?!\s+onset))|(?P<elderly>elderly|octogenarians?|septuagenarians?|"
    r"older\s+(?:adults?|patients?|women|men|people|persons?)|geriatric|senile(?=\s+(?:patients?|wom[ae]n|m[ae]n))))\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?:(?P<f1>woman|girl|female|lady|housewife|schoolgirl|(?:primi|multi|nulli)gravida|post-?menopausal)|"
    r"(?P<m1>man|boy|male|gentleman|schoolboy)|(?P<f4>she|her|hers|herself)|"
    r"(?P<m4>he|his|him|himself)|(?P<f2>women|girls|females|ladies)|(?P<m2>men|boys|males|gentlemen)|"
    r"(?P<f3>mothers?)|(?P<m3>fathers?)|(?:(?<=sex:\s)|(?<=gender:\s))(?:(?P<f5>f)|(?P<m5>m)))\b",
    re.IGNORECASE,
)
_FEMALE = frozenset({"f1", "f2", "f3", "f4", "f5"})
_SEX_KINDS = {"1": "noun", "2": "plural", "3": "relative", "4": "pronoun", "5": "noun"}
_DECADES: dict[str, tuple[float, float]] = {"teens": (13.0, 19.0)} | {
    name: (10.0 * tens, 10.0 * tens)
    for tens, name in enumerate(
        ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"), start=2
    )
}
_PARTS = {"early": (0.0, 3.0), "mid": (4.0, 6.0), "late": (7.0, 9.0), "": (0.0, 9.0)}
_UNITS: dict[str, AgeUnit] = {"yr": "year", "y": "year", "year": "year", "month": "month", "week": "week", "day": "day"}
_LETTER = re.compile(r"\d{1,3}\s?(?P<letter>[MF])")
_LETTER_FIRST = re.compile(r"(?P<letter>[MF]),?\s+\d{1,3}\s?y")
_LETTER_LAST = re.compile(r"\d{1,3}\s?y\.?\s?/?o\.?\s+(?P<letter>[MF])")
_TITLE = re.compile(r"(?P<male>Mr|Mister)\b|(?P<female>Mrs|Ms|Miss|Madam)\b")
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d)?")
_AGE_UNITS = re.compile(r"(?P<unit>year|yr|month|week|day)s?\b", re.IGNORECASE)
_OF_MANY = re.compile(r"mean|median|ages\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a person: its span and what it says.

    Attributes:
        start, end: Span in the text.
        value: ``years`` for an age in figures, else an age group; ``female`` or ``male``.
        kind: ``figure``, ``many`` (the ages of a group) or ``group``; ``noun``, ``plural``, ``relative`` or
            ``pronoun``.
        low, high: The age in ``unit``; alike where one age is told, ``None`` for a group.
    """

    start: int
    end: int
    value: str
    kind: str = ""
    low: float | None = None
    high: float | None = None
    unit: AgeUnit = "year"


@dataclass(frozen=True, slots=True)
class Introduction:
    """The phrase that introduces a patient by age ("a 34-year-old", "Mrs. Y, 60").

    Attributes:
        start, end: Span of the phrase.
        age: Span of the words of the age; ``None`` where it holds no age after all.
        low, high: The age in ``unit``, alike where one age is told.
        sex: What a letter ("34F") or a title of the phrase says, with its span.
    """

    start: int
    end: int
    age: tuple[int, int] | None = None
    low: float | None = None
    high: float | None = None
    unit: AgeUnit = "year"
    sex: Sexed | None = None
    sex_span: tuple[int, int] | None = None


def introduction(text: str, start: int = 0, end: int | None = None) -> Introduction | None:
    """The first phrase of a span that introduces a patient by age."""
    match = AGE_PHRASE.search(text, start, len(text) if end is None else end)
    return _introduction(match) if match is not None else None


def _introduction(match: re.Match[str]) -> Introduction:
    start, end = match.span()
    low = high = None
    unit: AgeUnit = "year"
    if match["age"]:
        start = match.start("age")
        low = high = float(match["age"])
        low = float(match["from"]) if match["from"] and float(match["from"]) < high else high
        unit = _UNITS[(match["unit"] or match["bare"] or "year").lower()]
    elif match["age7"]:
        start = match.start("age7")
        low = high = number_of(re.sub(r"[\s-]+", "-", match["age7"]))
        unit = _UNITS[match["unit7"].lower()]
    elif (
        aged := match["aged"]
        or match["aged2"]
        or match["aged3"]
        or match["aged4"]
        or match["aged5"]
        or match["aged6"]
        or match["aged8"]
        or match["aged9"]
    ):
        low = high = float(aged)
        to = match["aged_to"] or match["aged2_to"]
        high = float(to) if to and low < float(to) < _OLDEST else low
        unit = _UNITS[(match["aged_unit"] or match["aged3_unit"] or match["aged2_unit"] or "year").lower()]
    elif match["decade"]:
        low, high = _decade(match["decade"].lower(), (match["part"] or "").lower())
    sex, where = _sex_within(match.string[start:end])
    return Introduction(
        start,
        end,
        (start, end) if low is not None else None,
        low,
        high,
        unit,
        sex,
        (start + where[0], start + where[1]) if where else None,
    )


_OLDEST = 120


def _decade(name: str, part: str) -> tuple[float, float]:
    """ "Early thirties" is 30 to 33."""
    low, high = _DECADES.get(name) or (float(name[0]) * 10, float(name[0]) * 10)
    if name == "teens":
        return low, high
    return low + _PARTS[part][0], high + _PARTS[part][1]


def _sex_within(phrase: str) -> tuple[Sexed | None, tuple[int, int] | None]:
    if letter := _LETTER.fullmatch(phrase) or _LETTER_FIRST.match(phrase) or _LETTER_LAST.search(phrase):
        return ("female" if letter["letter"] == "F" else "male"), letter.span()
    if title := _TITLE.match(phrase):
        return ("female" if title["female"] else "male"), title.span()
    return None, None


def ages(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Ages in figures and age groups, in order; of two that overlap the earlier and longer one stays.

    Args:
        text: Any normalised text.
        start, end: Part of it to look in.
    """
    stop = len(text) if end is None else end
    found = []
    for match in AGE_PHRASE.finditer(text, start, stop):
        if re.search(r"\d", match.group()):
            told = _introduction(match)
            found.append(Word(match.start(), match.end(), "years", "figure", told.low, told.high, told.unit))
    found += [_figure(match) for match in _FIGURE.finditer(text, start, stop)]
    found += [Word(m.start(), m.end(), str(m.lastgroup), "group") for m in _GROUP.finditer(text, start, stop)]
    out: list[Word] = []
    for word in sorted(found, key=lambda w: (w.start, -w.end)):
        if not out or word.start >= out[-1].end:
            out.append(word)
    return out


def _figure(match: re.Match[str]) -> Word:
    """The age that figures or number words print, a range with both its ends."""
    words = match.group()
    numbers = [float(n) for n in _NUMBERS.findall(words)]
    if not numbers:
        numbers = [number_of(_AGE_UNITS.split(words)[0].strip(" -\t\n"))]
    unit = _AGE_UNITS.search(words)
    return Word(
        match.start(),
        match.end(),
        "years",
        "many" if _OF_MANY.match(words) else "figure",
        min(numbers),
        max(numbers),
        _UNITS[unit["unit"].lower()] if unit else "year",
    )


def sexes(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Nouns and pronouns that tell a person's sex, in order.

    Args:
        text: Any normalised text.
        start, end: Part of it to look in.
    """
    stop = len(text) if end is None else end
    return [
        Word(m.start(), m.end(), "female" if m.lastgroup in _FEMALE else "male", _SEX_KINDS[str(m.lastgroup)[1:]])
        for m in _SEX.finditer(text, start, stop)
    ]
