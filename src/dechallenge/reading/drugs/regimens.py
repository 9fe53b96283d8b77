"""The grammar of a regimen: dose, frequency and length of a treatment as they are printed, drug or no drug.

Every function takes a sentence (or any normalised text) and returns slots: span, kind, normal form and, for a quantity,
its figures. ``routes`` holds the ways into the body; which drug a slot belongs to is decided by ``doses``. Tables of
words, no guesses. May import amounts and expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dechallenge.reading.texts.amounts import number_of
from dechallenge.reading.times.expressions import TimeExpression, expressions

NUMBER = r"(?:[1-9]\d{0,2}(?:,\d{3}){1,3}(?!\d)|\d{1,9}(?:[.,]\d{1,6})?)"
"""Digits; a comma groups thousands ("1,250") unless what follows is no group of three ("2,5", "0,125"): a decimal."""
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,3}")
MASS = (
    r"(?:mg|gm?s?|grams?|milligrams?|micrograms?|microg|mcgs?|[μµu]g|ng|[kM]?IU|UI|MU|MIU|U|units?|"
    r"million\s+(?:international\s+)?"
    r"units?|m[lL]|mmol|mEq|MBq|mCi|milliequivalents?)"
)
_AREA = r"(?:kg|m\s?2|m\^2|m²|m\(2\)|m\b|\d{1,4}(?:\.\d{1,3})?\s*m[lL])"
PER = (
    rf"(?:\s*(?:/|\bper\b)\s*{_AREA}|\s+(?:kg|m)\s?-[12]\b)?"
    r"(?:\s*(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*(?:24\s*h(?:ours?|rs?)?|day|d|week|wk|month|hour|h|min(?:ute)?|"
    r"dose|"
    r"kg(?:\s*/\s*day)?|body\s+weight|injection|infusion)\b)?"
)
_NOT_A_LEVEL = r"(?![A-Za-z])(?!\s*(?:/|\bper\s)\s*(?:d?L|d?l|m[Ll]|mm3|cmm|[uμµ]L|lit(?:er|re)|\d{0,3}\s*g\b)\b)"
DOSE = re.compile(
    rf"(?<![\w.])(?<!\d,)(?:(?P<times>[1-9]\d?)\s?[x×*]\s?)?"
    rf"(?P<parts>(?:{NUMBER}\s?/\s?){{1,2}}(?=\d)|(?:{NUMBER}\s?mg\s?/\s?){{1,2}}(?={NUMBER}\s?mg\b))?(?P<low>{NUMBER})(?:\s*(?:-|–|to|→|and)\s*(?P<high>{NUMBER}))?[\s-]*(?P<unit>{MASS}(?![A-Za-z]){PER})"
    rf"{_NOT_A_LEVEL}",
    re.IGNORECASE,
)
"""A quantity of a drug, with what it is given per; concentrations in blood ("6 mg/dL") are none."""

_FEW = r"\d{1,3}|[½¼¾]|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half\s+a"
COUNT = re.compile(
    rf"(?<![\w.])(?P<low>{_FEW})(?:\s*(?:-|–|to)\s*(?P<high>\d{{1,2}}))?\s*"
    r"(?P<unit>tablets?|capsules?|puffs?|drops?|pills?|cups?|sachets?|vials?|ampoules?|suppositor(?:y|ies)|"
    r"patch(?:es)?)\b",
    re.IGNORECASE,
)
"""A number of pieces: "three tablets"."""

_DOSE_NOUN = r"(?:dos(?:e|es|ages?|ing)|overdos(?:e|es|age))"
_SIZE = (
    r"(?:high(?:er|est)?|low(?:er|est)?|moderate|intermediate|small(?:er)?|large(?:r)?|massive|excessive|conventional|"
    r"standard|regular|prophylactic|full|therapeutic|supratherapeutic|subtherapeutic|toxic|usual|normal|recommended|"
    r"equivalent|maximum|maximal|"
    r"minimal|total|cumulative|pulsed?|increasing|increased|decreasing|reduced|escalating|incremental|divided|"
    r"different|"
    r"various|loading|maintenance|test|booster|double|stable|constant|fixed|adequate)"
)
_TIMES = (
    r"(?:single|first|second|third|fourth|fifth|sixth|last|one|two|three|four|five|six|seven|eight|nine|ten|multiple|"
    r"several|"
    r"repeated|few|\d{1,2})"
)
DOSE_WORDS = re.compile(
    rf"\b(?:{_SIZE}['\"]?(?:[\s-]+(?:single|oral|daily|weekly|intravenous|cumulative))?[\s,-]+{_DOSE_NOUN}"
    rf"|(?:(?:a|one)\s+)?{_TIMES}(?:[\s-]+(?:single|oral|daily|intravenous|high|low|small))?"
    rf"[\s-]+{_DOSE_NOUN}"
    rf"|{_DOSE_NOUN}\s+(?:increase|increment|escalation|reduction|decrease|adjustment|titration)s?"
    rf"|(?:increas\w{{1,3}}|reduc\w{{1,4}}|decreas\w{{1,3}}|adjustment)\s+(?:in|of)\s+(?:the\s+|its\s+)?{_DOSE_NOUN}"
    r"|(?:large|small|massive|excessive)\s+(?:amounts?|quantit(?:y|ies))(?=\s+of)|(?:over|under)-?dos(?:e|es|ed|age|"
    r"ing)"
    r"|over-?us(?:e|ed|ing))\b",
    re.IGNORECASE,
)
"""A dose told without a quantity: "low-dose", "a single dose", "overdose", "dose reduction"."""

_SMALL = r"\d{1,2}|one|two|three|four|five|six|eight|ten|twelve"
FREQUENCY = re.compile(
    rf"\b(?:(?:(?:once|twice|thrice|(?:{_SMALL})(?:\s*(?:-|–|to)\s*(?:{_SMALL}))?[\s-]+times)[\s-]*(?:a|an|per|every|"
    rf"each|in\s+a)?"
    r"[\s-]*(?:daily|day|weekly|week|monthly|month|nightly|night|yearly|year)|"
    r"(?:once[\s-]+)?(?:daily|weekly|monthly|nightly|fortnightly|biweekly|bimonthly|bid|b\.i\.d\.|tid|t\.i\.d\.|tds|"
    r"qid|"
    r"q\.i\.d\.|qd|q\.d\.|qod|q\.o\.d\.|qhs|q\.h\.s\.|tiw|t\.i\.w\.|biw|prn|p\.r\.n\.|as\s+needed|as\s+required|"
    r"on\s+demand|"
    r"(?:in\s+the\s+)?morning\s+and\s+(?:at\s+|in\s+the\s+)?(?:evening|night|bedtime)|in\s+the\s+(?:morning|evening)|"
    r"at\s+(?:night|bedtime)|hourly)|"
    rf"(?:{_SMALL})[\s-](?:hourly|weekly|monthly)|(?:on\s+)?alternate[\s-]+(?:days?|weeks?)|"
    rf"every\s+(?:other\s+(?:day|week|month)|(?:second|third|fourth)\s+(?:day|week|month)|(?:{_SMALL})\s*(?:(?:-|–|"
    rf"to)\s*\d{{1,2}}\s*)?"
    r"-?\s*(?:hours?|hrs?|h|days?|weeks?|wks?|months?)|day|week|month|morning|night|evening)|"
    r"q\s?(?:wk|week|mo|month|am|pm|w)|q\s?\d{1,2}\s?(?:mo(?:nths?)?|hours?|hrs?|hr|h|d|wks?|w|weeks?)|(?<!over\s)(?<!after\s)(?<!within\s)(?<!than\s)(?<!about\s)(?<!in\s)(?<!for\s)(?<!half\s)(?:a|per)[\s-]+(?:day|week|month)(?!\s+(?:of|after|before|later|ago|earlier)\b)|"
    r"at\s+weeks\s+\d{1,3}(?:\s*,\s*\d{1,3}){0,8},?\s+and\s+\d{1,3}|"
    r"(?:at\s+)?(?:weeks?|months?)\s+0(?:\s*,\s*\d{1,3}){0,8},?\s+and\s+\d{1,3}|"
    r"at\s+0(?:\s*,\s*\d{1,3}){0,8},?\s+and\s+\d{1,3}\s+(?:weeks|months)|"
    r"on\s+days\s+\d{1,2}(?:\s*,\s*\d{1,2}){0,8}(?:,?\s*(?:and|to|-|–)\s*\d{1,2})?)(?!\w)"
    r")|(?<=[\w)²])\s?/\s?(?:day|week|month|d|wk|24\s?h)\b",
    re.IGNORECASE,
)
"""How often a drug is given, as the sheet or the prescription writes it."""
MANNER = re.compile(
    r"\b(?:continuous|intermittent|frequent|occasional|regular|repeated|sporadic)(?:ly)?\b(?!\s+(?:ambulatory|"
    r"monitoring|positive|variable))",
    re.IGNORECASE,
)
"""How often in a word that gives no interval."""

_LONG_USE = re.compile(
    r"\b(?:(?:long|short)[\s-]+(?:term|standing|lasting)|chronic(?:ally)?|prolonged|brief|short|life-?long|protracted)"
    r"(?:[\s-]+(?:\w+[\s-]+){0,2}?)(?:us(?:e|age|er|ers)|therap(?:y|ies)|treatments?|treated|courses?|administration|"
    r"exposure|ingestion|intake|prophylaxis|infusion|dosing)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:(?:the|her|his|a)\s+)?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|\d{1,2}(?:st|nd|rd|"
    r"th))\s+"
    r"(?:\w+\s+)?(?P<what>course|cycle|infusion|injection|dose|administration|day|week|month|year)\b",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several)\s+(?:courses|cycles)\b",
    re.IGNORECASE,
)
_NOT_OF_TREATMENT = re.compile(r"[\s-]*(?:history|old\b|of\s+age|pregnan|gestation)", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"\b(?:immediate(?:ly)?|within\s+(?:seconds|minutes|hours|days|weeks|months)|shortly|soon|rapidly|promptly)"
    r"(?:\s+(?:after|following|upon))?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One piece of a regimen.

    Attributes:
        start, end: Span in the text.
        kind: ``dose``, ``route``, ``frequency``, ``duration`` or ``elapsed``.
        value: Normal form: the words in lower case for doses and frequencies, the name of the route, TIMEX3 notation
            for lengths; empty where the words do not say it.
        low, high: Figures of a quantity, the smaller first; ``high`` only of a range. ``None`` for a dose in words.
        unit: The unit as printed, with what it is given per ("mg/kg", "mg/0.67 mL"); a kind of piece for a count.
        times: How many such quantities are given ("3 x 400 mg"); 1 where nothing is said.
    """

    start: int
    end: int
    kind: str
    value: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    times: int = 1


def doses(text: str, start: int = 0, end: int | None = None) -> list[Slot]:
    """Quantities with their unit, numbers of pieces, and doses told in words, in order, none overlapping.

    Args:
        text: Any normalised text.
        start, end: Part of it to look in.
    """
    stop = len(text) if end is None else end
    found = [_quantity(m) for p in (DOSE, COUNT) for m in p.finditer(text, start, stop)]
    found += [Slot(m.start(), m.end(), "dose", _plain(m)) for m in DOSE_WORDS.finditer(text, start, stop)]
    return _first(found)


def _quantity(match: re.Match[str]) -> Slot:
    groups = match.groupdict()
    low = figure(match["low"])
    high = figure(match["high"]) if match["high"] else None
    if high is not None and high < low:
        low, high = high, low
    unit, times = " ".join(match["unit"].split()), int(groups.get("times") or 1)
    if groups.get("parts"):  # "875/125 mg": one figure for each ingredient, none for the product
        return Slot(match.start(), match.end(), "dose", _plain(match), None, None, unit, times)
    return Slot(match.start(), match.end(), "dose", _plain(match), low, high, unit, times)


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def figure(text: str) -> float:
    """The number that a dose prints: digits with either decimal sign and grouped thousands, or a word.

    Raises:
        ValueError, KeyError: No number.
    """
    text = " ".join(text.split()).lower()
    if text.startswith("half"):
        return 0.5
    if text in _FRACTIONS:
        return _FRACTIONS[text]
    if not text[:1].isdigit():
        return number_of(text)
    if _GROUPED.fullmatch(text):
        return float(text.replace(",", ""))
    return float(text.replace(",", "."))


def frequencies(text: str, start: int = 0, end: int | None = None) -> list[Slot]:
    """How often: intervals and times a day; ``value`` is empty for a word without an interval ("continuous").

    Args:
        text: Any normalised text.
        start, end: Part of it to look in.
    """
    stop = len(text) if end is None else end
    told = ((m.start(), m.end(), _plain(m)) for m in FREQUENCY.finditer(text, start, stop))
    vague = ((m.start(), m.end(), "") for m in MANNER.finditer(text, start, stop))
    return apart("frequency", (*told, *vague))


def durations(text: str) -> list[Slot]:
    """How long a treatment had lasted: lengths, days and courses counted from its start, long and short use."""
    return apart(
        "duration", (*_lengths(text), *_spans(text, _COURSE), *_spans(text, _COURSES), *_spans(text, _LONG_USE))
    )


def elapsed(text: str) -> list[Slot]:
    """How much time lay between a treatment and what followed it."""
    return apart("elapsed", (*_lengths(text), *_spans(text, _COURSE), *_spans(text, _AT_ONCE)))


def _lengths(text: str) -> Iterator[tuple[int, int, str]]:
    for expression in expressions(text):
        if _of_treatment(text, expression):
            yield expression.start, expression.end, expression.value


def _of_treatment(text: str, expression: TimeExpression) -> bool:
    """Whether an expression can tell the length of a treatment: an amount or a day, no age and no history."""
    if expression.kind not in ("duration", "offset", "sequence", "day"):
        return False
    return _NOT_OF_TREATMENT.match(text, expression.end) is None


def _spans(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    return ((m.start(), m.end(), "") for m in pattern.finditer(text))


def _plain(match: re.Match[str]) -> str:
    return " ".join(match.group().split()).lower()


def apart(kind: str, found: Iterable[tuple[int, int, str]]) -> list[Slot]:
    """Slots of one kind in order; of two that overlap the earlier and longer one stays."""
    return _first(Slot(start, end, kind, value) for start, end, value in found)


def _first(found: Iterable[Slot]) -> list[Slot]:
    out: list[Slot] = []
    for slot in sorted(found, key=lambda s: (s.start, -s.end)):
        if not out or slot.start >= out[-1].end:
            out.append(slot)
    return out
