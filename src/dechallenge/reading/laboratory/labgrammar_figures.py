"""Figures of a sentence: numbers with comparator, range and unit, and the reference limits printed beside them.

Every number becomes a figure of one of four kinds: with a laboratory unit, bare, transparent (a time, a label: a value
may stand behind it) or blocking (a dose: nothing is read across it). Names of analytes are passed in, because a number
may be glued to one ("8660leucocytes/mm3", "AST1438"). May import `quantity`, `lexicon.units`,
`labgrammar_days` and `labgrammar_multiples`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from dechallenge.lexicon.units import parse_unit, unit, unit_pattern
from dechallenge.quantity import (
    COMPARATOR_PATTERN,
    NUMBER_PATTERN,
    RANGE_PATTERN,
    Unit,
    parse_comparator,
    parse_number,
)
from dechallenge.reading.laboratory.labgrammar_days import behind_a_day
from dechallenge.reading.laboratory.labgrammar_multiples import (
    COUNTED,
    FOLD_LIST,
    MORE_ULN,
    TIMES_AS_WORD,
    multiple,
)
from dechallenge.reading.laboratory.labgrammar_twice import top_of_range
from dechallenge.reading.matching.triggers import Pattern

Kind = Literal["Q", "N", "o", "x"]
"""Q: with a laboratory unit; N: bare; o: transparent; x: blocking."""

_ULN = unit("{ULN}")
TIMES = "times"
"""Unit text of "70 times" whose limit is printed later: "ASAT was 70 times and ALAT 24 times the upper limit"."""

_UNFINISHED = frozenset({"U", "[IU]", "mmol", "meq"})
"""Units whose "/L" was left out ("ALT 120 IU"): the figure is kept, the unit stays open."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text: ``value``, or ``low`` and ``high`` of a printed range; ``start``..``end`` hold its unit."""

    kind: Kind
    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: str = "="
    unit: Unit | None = None
    unit_text: str = ""
    digits: str = ""

    @property
    def is_range(self) -> bool:
        return self.value is None and self.low is not None

    def with_unit(self, other: Figure) -> Figure:
        """The figure with the unit of another one of its list."""
        return replace(self, kind="Q", unit=other.unit, unit_text=other.unit_text)

    def united(self, printed: tuple[Unit, str, int]) -> Figure:
        """The figure with a unit that was printed further on."""
        return replace(self, kind="Q", unit=printed[0], unit_text=printed[1])

    def counted(self, text: str, printed: tuple[Unit, str, int]) -> Figure:
        """The figure with the unit that stands behind the name of the cells; its digits are read anew as a count."""
        other, unit_text, end = printed
        digits = _NUMBER.search(text, self.start, self.end)
        value = self.value
        if digits is not None and value is not None:
            value = parse_number(digits["first"], counts=other.is_plain_count)
        return replace(self, kind="Q", end=end, value=value, unit=other, unit_text=unit_text)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that a unit spelling may be by accident ("INR 1.2 in January").
_NOT_UNITS = frozenset({"in", "an", "m", "j", "a", "mo", "c", "y", "w"})
_LABEL = Pattern(
    r"(?:tables?|figures?|figs?\.?|cases?|patients?|grades?|stages?|types?|class|days?|weeks?|months?|years?|phase|"
    r"cycles?"
    r"|courses?|zones?|steps?|groups?|version|no\.?|nr\.?|n°|refs?\.?|references?|scores?|aged?|#|hepatitis|interleukin"
    r"|interferon|covid|vol(?:ume)?\.?|pages?|pp?\.|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[\s-]{0,2}$",
    re.IGNORECASE,
)
_YEAR_BEFORE = Pattern(r"(?:in|since|until|by|early|late|mid|year|from|to|and|,|of\s\w{3,9})[\s-]?$", re.IGNORECASE)
_YEAR_TO = Pattern(r"(?:19|20)\d\d\sto\s(?!(?:19|20)\d\d(?!\d))")
"""A date that ends one value of a series: "from 61 × 109/L in June 2007 to 8 × 109/L"."""
_SKIP = Pattern(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d)"  # a date
    r"|\d{1,2}:\d{2}(?:\s?[ap]\.?m)?(?![\d:])|1\s?:\s?\d[\d,]{0,8}|1/(?:\d{2,5})(?![\d/])"  # a clock, a titre
    r"|\d{1,3}(?:st|nd|rd|th)\b"
    r"|\d{1,3}[\s-]{1,3}(?:year|month|week|day|yr|mo|wk)s?[\s-]{0,2}(?:old|history|course|period)\b"
    r"|\d{2,7}-\d{2}-\d\b",  # a registry number
    re.IGNORECASE,
)
_FROM = Pattern(r"\bfrom\s(?:\w+\s)?$", re.IGNORECASE)
_SIGN_BEFORE = Pattern(rf"(?<!\w){COMPARATOR_PATTERN}\s{{0,2}}$|[<>≤≥~=]\s{{0,2}}$")
_NEXT_WORD = Pattern(r"[\s,]{0,2}([^\W\d_]+)")
_AFTER_BARE = _set(
    "and or to but with on at in by after before during while which then respectively from for day days when as within "
    "were was is that had has he she his her it the there these this a an without despite although however over per "
    "until initially upon also later following together despite plus alongside whereas followed only both versus vs "
    "direct indirect conjugated unconjugated total normal upper reference range ref uln"
)
_COUNT_LIST = Pattern(r"(?:(?:,\s?(?:and|or)?|\s(?:and|or|to))\s?\d{1,4}(?:\.\d{1,2})?){1,6}(?=[\s-]?[a-z])")
_GROUPED = Pattern(r"\d{1,3}(?: \d{3}){1,2}(?![\d.,]|\s\d{3})")
_GROUPED_ALONE = Pattern(
    r"\s?\((?:R[IR]|ref\w*|normal|n|range|reference|ULN|[<≤\d])|[.,;)]?(?:\s|$)(?!\d)", re.IGNORECASE
)
_IS = Pattern(r"\b(?:was|were|is|of|at|to|reached|showed)\s(?:[<>≤≥~]\s?)?$", re.IGNORECASE)
"""Before and behind thousands that no unit follows ("creatine kinase was 426 700 (reference range 9–168 IU/L)")."""
_BETWEEN = Pattern(r"\bbetween\s$", re.IGNORECASE)
_OF_NORMAL = Pattern(r"\s?(?:of|from)\s(?:the\s)?(?:normal|control|reference|predicted)(?:\svalues?)?", re.IGNORECASE)


@cache
def _unit_after() -> Pattern:
    return Pattern(r"[\s-]{0,2}(?P<unit>" + unit_pattern("lab", "vital", "dose", "time") + ")")


_START = re.compile(rf"\d|(?<![\d.,·])[.·]\d|\b(?:{COUNTED}|zero)\b", re.IGNORECASE)
_COUNT_OF = Pattern(r"\b(?:of|was|were|is|to|at|remained)\s+$", re.IGNORECASE)
_MORE_OF_IT = Pattern(r"[\s-]+(?:tolerance|order|time|grade|point|hours?|days?|weeks?|months?)\b|[.,]\d", re.IGNORECASE)
_NUMBER = Pattern(rf"(?P<first>{NUMBER_PATTERN})(?:(?P<dash>{RANGE_PATTERN})(?P<second>{NUMBER_PATTERN}))?")


_AND = Pattern(rf"(?P<first>{NUMBER_PATTERN})\sand\s(?P<second>{NUMBER_PATTERN})")


def figures(
    text: str,
    start: int,
    end: int,
    name_starts: Container[int],
    name_ends: Container[int],
    *,
    decimal_comma: bool = False,
) -> list[Figure]:
    """Every number of ``text[start:end]``, in order.

    Args:
        text: Normalised text.
        start, end: The sentence.
        name_starts, name_ends: Where names of analytes begin and end, for numbers glued to them.
        decimal_comma: The document writes decimals with a comma.
    """
    found: list[Figure] = []
    position = start
    while match := _START.search(text, position, end):
        at = match.start()
        figure = (
            (_zero(text, start, at, end, name_starts) or _worded(text, at, end))
            if text[at].isalpha()
            else _figure(text, start, at, end, name_starts, name_ends, decimal_comma)
        )
        if figure is not None:
            found.append(figure)
        position = max(figure.end if figure else 0, match.end())
    return found


def _worded(text: str, at: int, end: int) -> Figure | None:
    """ "twice normal", "three times the upper limit": a number in words counts only as a multiple of the limit."""
    found = multiple(text, at, end)
    if found is None:
        return None
    value, other, words, stop = found
    low, high = (value, other) if other is not None else (None, None)
    return Figure("Q", at, stop, None if low is not None else value, low, high, "=", _ULN, words)


def _zero(text: str, start: int, at: int, end: int, name_starts: Container[int]) -> Figure | None:
    """ "A platelet count of zero/µL", "zero neutrophils": none were seen."""
    stop = at + len("zero")
    if text[at:stop].lower() != "zero" or _MORE_OF_IT.match(text, stop, end):
        return None
    if not _COUNT_OF.search(text, max(start, at - 12), at) and stop + 1 not in name_starts:
        return None
    printed = unit_at(text, stop, end)
    if printed is None or not printed[0].kinds & {"lab", "vital"}:
        return Figure("N", at, stop, 0.0)
    return Figure("Q", at, printed[2], 0.0, None, None, "=", printed[0], printed[1])


def _figure(
    text: str,
    start: int,
    at: int,
    end: int,
    name_starts: Container[int],
    name_ends: Container[int],
    decimal_comma: bool,
) -> Figure | None:
    before = text[at - 1] if at > start else " "
    glued = before.isalpha() or before == "_"
    if glued and at not in name_ends:
        return Figure("o", at, _run_end(text, at, end))
    if before == "-" and at - 1 > start and text[at - 2].isalnum() and (at - 1) not in name_ends:
        return Figure("o", at, _run_end(text, at, end))
    skipped = _SKIP.match(text, at, end)
    if skipped:
        return Figure("o", at, skipped.end())
    grouped = _GROUPED.match(text, at, end)
    if grouped:
        printed = unit_at(text, grouped.end(), end)
        if printed and (printed[0].is_plain_count or printed[0].dimension in ("activity", "mass_conc")):
            number = parse_number(grouped.group(), counts=True)
            return Figure("Q", at, printed[2], number, None, None, _sign(text, start, at)[0], printed[0], printed[1])
        if (
            printed is None
            and _GROUPED_ALONE.match(text, grouped.end(), end)
            and _IS.search(text, max(start, at - 12), at)
        ):
            number = parse_number(grouped.group(), counts=True)
            return Figure("N", at, grouped.end(), number, None, None, _sign(text, start, at)[0], digits=grouped.group())
    match = _NUMBER.match(text, at, end)
    if match is None:
        return None
    label = _LABEL.search(text, max(start, at - 14), at)
    if label and behind_a_day(text, start, at, label, has_unit=unit_at(text, match.end(), end) is not None):
        label = None
    if label and not any(position in name_ends for position in range(label.start(), label.end() + 1)):
        return Figure("o", at, match.end("first") if _to_a_value(text, at, match, end) else match.end())
    first_end, second = match.end("first"), match["second"]
    if second is None and _BETWEEN.search(text, max(start, at - 9), at) and (pair := _AND.match(text, at, end)):
        low, high = parse_number(pair["first"]), parse_number(pair["second"])
        if low is not None and high is not None and low < high:
            figure = _classify(
                text, start, at, pair.end(), end, pair["first"], pair["second"], name_starts, decimal_comma
            )
            return figure
    worded_range = second is not None and match["dash"].strip().isalpha()
    if worded_range and _FROM.search(text, max(start, at - 24), at):
        second = None
    low = parse_number(match["first"], decimal_comma=decimal_comma)
    high = parse_number(second, decimal_comma=decimal_comma) if second else None
    if low is None:
        return None
    if high is None or high <= low:
        second, high = None, None
    stop = match.end() if second else first_end
    return _classify(text, start, at, stop, end, match["first"], second, name_starts, decimal_comma)


def _to_a_value(text: str, at: int, match: re.Match[str], end: int) -> bool:
    """ "20 U/L on day 1 to 97 U/L", "in 2007 to 8 × 10⁹/L": a number that ends a time, with a value behind "to"."""
    if _YEAR_TO.match(text, at, end) or (match["dash"] or "").strip() != "to":
        return _YEAR_TO.match(text, at, end) is not None
    grouped = _GROUPED.match(text, match.start("second"), end)
    printed = unit_at(text, (grouped or match).end(), end)
    return printed is not None and "lab" in printed[0].kinds


def _classify(
    text: str,
    start: int,
    at: int,
    stop: int,
    end: int,
    first: str,
    second: str | None,
    name_starts: Container[int],
    decimal_comma: bool,
) -> Figure | None:
    sign, sign_start = _sign(text, start, at)
    more = MORE_ULN.match(text, stop, end)
    printed = (_ULN, more.group().strip(), more.end()) if more else unit_at(text, stop, end)
    counts = printed is not None and printed[0].is_plain_count
    value = parse_number(first, counts=counts, decimal_comma=decimal_comma)
    high = parse_number(second, counts=counts, decimal_comma=decimal_comma) if second else None
    low, value = (value, None) if high is not None else (None, value)
    if text[at - 3 : at] == "10^" or (printed is None and text[at - 1 : at].isalpha()):  # "(x10^3/µL)", CK7, TAG3
        return Figure("o", at, stop)
    if printed is None and (times := TIMES_AS_WORD.match(text, stop, end)):
        return Figure("N", sign_start, times.end(), value, low, high, sign, None, TIMES)
    if printed is None:
        return _bare(
            text, start, at, stop, end, name_starts, Figure("N", sign_start, stop, value, low, high, sign, digits=first)
        )
    found, unit_text, unit_end = printed
    if found.code in _UNFINISHED:
        return Figure("N", sign_start, unit_end, value, low, high, sign, None, unit_text)
    if found.kinds & {"lab", "vital"} and found.code != "{fold}":
        if found.code == "%" and (tail := _OF_NORMAL.match(text, unit_end, end)):
            unit_end = tail.end()
        if value is not None and sign == "=" and (top := top_of_range(text, at, value, printed, end, unit_at)):
            value, low, high, unit_end = None, value, *top
        return Figure("Q", sign_start, unit_end, value, low, high, sign, found, unit_text)
    if found.code == "{fold}" and value is not None and FOLD_LIST.match(text, unit_end, end):
        return Figure("N", sign_start, unit_end, value, low, high, sign, None, TIMES)
    return Figure("o" if "time" in found.kinds or found.code == "{fold}" else "x", at, unit_end)


def _bare(text: str, start: int, at: int, stop: int, end: int, name_starts: Container[int], figure: Figure) -> Figure:
    follows = text[stop] if stop < end else " "
    if follows.isalpha() and stop not in name_starts:
        return Figure("o", at, _run_end(text, stop, end))
    if (
        figure.value is not None
        and 1900 <= figure.value < 2100
        and figure.value == int(figure.value)
        and "," not in text[at:stop]
        and _YEAR_BEFORE.search(text, max(start, at - 14), at)
    ):
        return Figure("o", at, stop)
    word = _NEXT_WORD.match(text, stop, end)
    between = text[stop : word.start(1)] if word else ""
    counted = word is not None and word.group(1).lower() == "cells" and (figure.value or 0.0) >= _CELLS
    if counted:
        return figure  # "dropped from 168,000 cells to 74,000"
    if word and "," not in between and word.start(1) not in name_starts and not _may_follow(word.group(1).lower()):
        return Figure("o", at, stop)
    if text[max(start, at - 3) : at].rstrip().endswith("["):  # a citation mark
        return Figure("o", at, stop)
    if tail := _COUNT_LIST.match(text, stop, end):  # "2 and 3 weeks", "20, 40 and 60 mg"
        printed = unit_at(text, tail.end(), end)
        if printed and not printed[0].kinds & {"lab", "vital"}:
            return Figure("o" if "time" in printed[0].kinds else "x", at, stop)
    return figure


_CELLS = 100.0
"""A number of cells from which they are counted per volume; fewer are those of a field or of a drop."""


def _may_follow(word: str) -> bool:
    """A word that does not make the number before it a count of something else."""
    return word in _AFTER_BARE or word.endswith(("ing", "ly"))


def unit_at(text: str, position: int, end: int) -> tuple[Unit, str, int] | None:
    match = _unit_after().match(text, position, end)
    if match is None:
        return None
    written = match["unit"]
    gap = match.start("unit") - position
    if gap and written.lower() in _NOT_UNITS:
        return None
    found = parse_unit(written)
    if found is None:
        return None
    if (
        gap
        and "-" in text[position : match.start("unit")]
        and not ("time" in found.kinds or found.code in ("{fold}", "{ULN}"))
    ):
        return None
    return found, written, match.end("unit")


def _sign(text: str, start: int, at: int) -> tuple[str, int]:
    match = _SIGN_BEFORE.search(text, max(start, at - 24), at)
    if match is None:
        return "=", at
    word = match.group().strip()
    sign = "=" if word.lower() == "maximum of" else parse_comparator(word)  # the peak of a value, not a bound
    return (sign, match.start()) if sign and sign != "=" else ("=", at)


def _run_end(text: str, position: int, end: int) -> int:
    while position < end and (text[position].isalnum() or text[position] in "-_"):
        position += 1
    return position
