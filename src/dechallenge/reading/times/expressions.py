"""Every time expression of a text with its normal form: what ``times`` reads for the story, and what only names time.

Durations without an anchor, sets ("every six weeks", "twice a day"), deictic words ("currently") and ages as points of
time stand here too, so that the grammar can be measured on annotated texts. Normal forms are written as TIMEX3 writes
them (``P3W``, ``2010-02``, ``R/P1D``, ``PXM``). May import sentences, times and their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import bigger, number_of, size_of, unit_of
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.timewords import AMOUNT, MONTHS, ONE_TO_TEN, ORD, UNIT, W
from dechallenge.reading.times.timepregnancy import GESTATION
from dechallenge.reading.times.times import read_times

_AMOUNT = re.compile(AMOUNT, re.IGNORECASE)
_SHARED = re.compile(
    rf"(?<![\w.,-])(?<!between )(?P<low>\d{{1,4}}|{W})\s*,?\s*and\s+(?!(?:a|one)\s+half\b)"
    rf"(?=(?:\d{{1,4}}|{W})\s*-?\s*(?P<unit>{UNIT})\b)",
    re.IGNORECASE,
)
"""The first of two numbers that share a unit ("after 12 and 84 hours"): two times, not a range."""
_SHORT = re.compile(r"(?<![\w.,/])(?P<low>\d{1,3})\s*(?P<unit>d|h|wks|mos|yrs)(?![\w/])(?=\s+(?:\w+\s+){0,2}?\w)")
_SHORT_CONTEXT = re.compile(
    r"\s+(?:history|prior|before|after|later|ago|earlier|of|following|period|duration|and|or)\b"
)
_TIMES_A = r"(?:once|twice|thrice|(?:\d{1,2}|two|three|four|five|six)\s*(?:times|x))"
_SET = re.compile(
    rf"(?<![\w-])(?:(?:{_TIMES_A}\s+)?(?:every|each)\s+"
    rf"(?:other\s+|(?P<n>\d{{1,3}}|{W})\s*(?:(?:-|to\s)\s*\d{{1,3}}\s*|-)?)?"
    rf"(?P<unit>{UNIT}|morning|evening|night)\b|{_TIMES_A}\s+(?:(?:in\s+)?an?|per)\s+(?P<unit2>day|week|month|year)\b"
    rf"|(?:{_TIMES_A}\s+)?(?P<adverb>hourly|daily|nightly|weekly|biweekly|fortnightly|monthly|yearly|annually|"
    r"(?P<n3>\d{1,2})[\s-]?(?:hourly|weekly|monthly)))(?![\w-])",
    re.IGNORECASE,
)
_ADVERBS = {"hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "", "fortnightly": "P2W",
            "monthly": "P1M", "yearly": "P1Y", "annually": "P1Y"}  # fmt: skip
_NOW = re.compile(
    r"(?<![\w-])(?:(?P<now>now|nowadays|currently|at present|presently|today|at the present time)|(?P<past>recently|in "
    r"the (?:recent )?past|previously in life|lately|soon after(?:wards?)?)|(?P<then>at (?:the|that|this) time(?! of))"
    r"|(?:at|during the) (?P<night>night))(?![\w-])",
    re.IGNORECASE,
)
_POINT_AGE = re.compile(
    rf"(?<![\w-])(?:since|until|from|at|by)\s+(?:the\s+)?(?:(?:age|an age)\s+of\s+)?(?P<age>(?:\d{{1,3}}|{W})\s+{UNIT})"
    r"\s+(?:old|of age)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?<![\w-])(?i:in|by|since|until|during)\s+(?:the\s+)?(?:(?:early|mid|late|(?:beginning|middle|end)\s+of)[ -])?"
    r"(?P<month>"
    + "|".join(sorted((m.capitalize() for m in MONTHS if len(m) > 3 or m == "may"), key=len, reverse=True))
    + r")"
    r"(?!['’]|\s+(?:[A-Z\d]|and\s+[A-Z]))\b"
)
"""A month without its year."""
_DAY_OF = re.compile(
    r"(?<![\w-])(?:(?:hospital|post-?operative|post-?op|postpartum|postnatal|post-?transplant)\s+days?\s*#?"
    r"(?P<n>\d{1,3})(?:\s*(?:-|to|and)\s*\d{1,3})?|(?P<ord>\d{1,3})(?:st|nd|rd|th)\s+"
    r"(?:hospital|post-?operative|post-?op|postpartum|postnatal|post-?transplant)\s+day)\b",
    re.IGNORECASE,
)
"""Days that count from an operation or a birth: they name a time, but no point of the drug's story."""
_CLOCK = re.compile(
    r"(?<![\d:.,])(?:[01]?\d|2[0-3])[:.][0-5]\d\s*(?:a\.?m\b\.?|p\.?m\b\.?|hours\b|hrs\b|h\b)"
    r"|\b(?:at|by|until|from)\s+(?:(?:[01]?\d|2[0-3]):[0-5]\d\b|(?:1[0-2]|[1-9])\s*(?:a\.?m\b\.?|p\.?m\b\.?))",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+|\b(?:" + "|".join((*ORD, ONE_TO_TEN)) + r")\b", re.IGNORECASE)
_NEXT = re.compile(r"\b(?:next|following)\s+(?P<unit>day|week|month|year)\b", re.IGNORECASE)
_THE_UNITS = re.compile(
    r"(?<=\bover )the (?P<unit>hours|days|weeks|months|years)\b(?!\s+(?:of|after|that))", re.IGNORECASE
)
_AGE_AFTER = re.compile(r"[\s-]*(?:old\b|of\s+age\b|y/?o\b)", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged?|age of|ages of|age:)\s*$", re.IGNORECASE)
_RATE_BEFORE = re.compile(r"(?:/|\bper|\bevery|\beach)\s*$", re.IGNORECASE)
_PERSON_AFTER = re.compile(
    r"[\s-]+(?:(?!(?:the|an?|this|that|his|her|our)\b)\w+\s+){0,2}?"
    r"(?:woman|man|male|female|boy|girl|patient|lady|gentleman|infant|child|neonate|baby)\b",
    re.IGNORECASE,
)
_LETTERS = {"minute": ("PT", "M"), "hour": ("PT", "H"), "day": ("P", "D"), "week": ("P", "W"), "month": ("P", "M"),
            "year": ("P", "Y")}  # fmt: skip
_SHORT_UNITS = {"d": "day", "h": "hour", "wks": "week", "mos": "month", "yrs": "year"}
_TOLD = frozenset({"offset", "sequence", "duration", "day", "date", "same"})
"""What of the story names a time; "before treatment" and "then" name none."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """One time expression of a text.

    Attributes:
        start, end: Its span in the text.
        kind: ``date``, ``day`` (a numbered day), ``offset`` (an amount and what it counts from), ``sequence`` (an
            amount later or earlier), ``duration``, ``set`` (recurring), ``same`` (anaphoric), ``deictic``, ``age`` or
            ``clock``.
        value: The normal form in TIMEX3 notation; empty where the words give none.
    """

    start: int
    end: int
    kind: str
    value: str


def expressions(text: str) -> tuple[TimeExpression, ...]:
    """All time expressions of a text, in order, none overlapping.

    Args:
        text: Normalised text of any length.
    """
    found: list[TimeExpression] = []
    for start, end in sentences(text):
        body = text[start:end]
        taken = bytearray(len(body))
        for expression in _candidates(body):
            if any(taken[expression.start : expression.end]):
                continue
            taken[expression.start : expression.end] = b"\1" * (expression.end - expression.start)
            found.append(
                TimeExpression(expression.start + start, expression.end + start, expression.kind, expression.value)
            )
    return tuple(sorted(found, key=lambda e: (e.start, e.end)))


def _candidates(body: str) -> Iterator[TimeExpression]:
    """Expressions of one sentence; an earlier one takes the place of a later one that overlaps it."""
    for match in _POINT_AGE.finditer(body):
        amount = _AMOUNT.search(body, match.start("age"))
        yield TimeExpression(match.start(), match.end(), "age", _amount(amount) if amount else "")
    for match in _SET.finditer(body):
        yield TimeExpression(match.start(), match.end(), "set", _set(match))
    for match in _CLOCK.finditer(body):
        yield TimeExpression(match.start(), match.end(), "clock", "")
    for match in _DAY_OF.finditer(body):
        yield TimeExpression(match.start(), match.end(), "day", f"D{match['n'] or match['ord']}")
    for match in _SHARED.finditer(body):
        second = _AMOUNT.match(body, match.end())
        if second and not _is_age(body, match.start(), second.end()):
            value = _written(number_of(match["low"]), unit_of(match["unit"]))
            yield TimeExpression(match.start(), match.end("low"), "duration", value)
            yield TimeExpression(second.start(), second.end(), "duration", _amount(second))
    for mention in read_times(body):
        alone = mention.kind == "same" and " " not in body[mention.start : mention.end]  # "simultaneously"
        if mention.kind in _TOLD and not alone and not _is_age(body, mention.start, mention.end):
            yield TimeExpression(mention.start, mention.end, mention.kind, _value(body, mention))
    for match in _MONTH.finditer(body):
        yield TimeExpression(match.start(), match.end(), "date", f"XXXX-{MONTHS[match['month'].lower()]:02d}")
    for match in _AMOUNT.finditer(body):
        if not _is_age(body, match.start(), match.end()) and not _RATE_BEFORE.search(
            body[max(0, match.start() - 8) : match.start()]
        ):
            yield TimeExpression(match.start(), match.end(), "duration", _amount(match))
    for match in _SHORT.finditer(body):
        if _SHORT_CONTEXT.match(body, match.end()):
            value = _written(float(match["low"]), _SHORT_UNITS[match["unit"]])
            yield TimeExpression(match.start(), match.end(), "duration", value)
    for match in _THE_UNITS.finditer(body):
        prefix, letter = _LETTERS[unit_of(match["unit"])]
        yield TimeExpression(match.start(), match.end(), "duration", f"{prefix}X{letter}")
    for match in _NOW.finditer(body):
        value = "PRESENT_REF" if match["now"] else "PAST_REF" if match["past"] else "TNI" if match["night"] else ""
        yield TimeExpression(match.start(), match.end(), "same" if match["then"] else "deictic", value)


def _is_age(body: str, start: int, end: int) -> bool:
    """Whether an amount is how old somebody is ("a 38-year-old man", "aged 5 months")."""
    if _AGE_AFTER.match(body, end) or _AGE_BEFORE.search(body[max(0, start - 12) : start]):
        return True
    year = re.search(r"years?$|months?$", body[start:end], re.IGNORECASE)
    return year is not None and _PERSON_AFTER.match(body, end) is not None


def _written(size: float, unit: str) -> str:
    size, unit = size_of(size, unit)
    prefix, letter = _LETTERS[unit]
    return f"{prefix}{size:g}{letter}"


def _amount(match: re.Match[str]) -> str:
    """A printed length; a range as its two ends."""
    unit = unit_of(match["unit"])
    if match["vague"]:
        prefix, letter = _LETTERS[size_of(1, unit)[1]]
        couple = match["vague"].lower().startswith("a couple")
        return f"{prefix}{'2' if couple else 'X'}{letter}"
    half = 0.5 if match["half"] or match["half2"] else 0.0
    low = number_of(match["low"]) + half
    if not match["high"]:
        more = bigger(match)
        return _written(low, unit) if more is None else _written(*more) + _written(low, unit)[1:]
    return f"{_written(low, unit)}/{_written(number_of(match['high']) + half, unit)}"


def _set(match: re.Match[str]) -> str:
    if match["adverb"]:
        word = match["adverb"].lower()
        if match["n3"]:
            unit = {"h": "hour", "w": "week", "m": "month"}[word.lstrip("0123456789 -")[0]]
            return f"R/{_written(float(match['n3']), unit)}"
        return f"R/{_ADVERBS[word]}" if _ADVERBS[word] else ""
    unit = unit_of(match["unit"] or match["unit2"])
    if unit not in _LETTERS:
        return "R/P1D"
    other = re.search(r"\bother\b", match.group(), re.IGNORECASE) is not None
    size = number_of(match["n"]) if match["n"] else 2.0 if other else 1.0
    return f"R/{_written(size, unit)}"


def _value(body: str, mention: TimeMention) -> str:
    """Normal form of what ``times`` read."""
    if mention.date is not None:
        first, last = mention.date.first, mention.date.last
        if first == last:
            return first.isoformat()
        if first.month == last.month:
            return f"{first:%Y-%m}"
        whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
        return f"{first:%Y}" if whole else f"{first.isoformat()}/{last.isoformat()}"
    if mention.kind == "date" and (one := mention.yearless) is not None:
        month = f"XXXX-{one.month:02d}" if one.month else ""
        return f"{month}-{one.day:02d}" if one.day else month
    words = body[mention.start : mention.end]
    if mention.kind == "day" and mention.anchor != GESTATION:  # "at 24 weeks of gestation" is a length
        number = _NUMBER.search(words)
        unit = re.search(r"day|week|month|year", words, re.IGNORECASE)
        if number is None or unit is None:
            return ""
        size = ORD.get(number.group().lower()) or number_of(number.group())
        return f"{unit.group()[0].upper()}{size:g}"
    if (following := _NEXT.search(words)) is not None:
        return _written(1, unit_of(following["unit"]))
    amount = _AMOUNT.search(body, mention.start, mention.end)
    return _amount(amount) if amount else ""
