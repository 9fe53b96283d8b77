"""Values as printed: numbers, comparators, ranges, units and multiples of a limit.

Knows how to read a number ("178,000", "83,4", "1.234,5"), a comparator and a range, and how to convert between units.
Which unit spellings exist, what factor joins mg/dL and µmol/L for an analyte, and which limits apply is passed in
(`lexicon.units`, `lexicon.analytes`). May import `errors` only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from dechallenge.errors import UnitError

Comparator = Literal["=", "<", "<=", ">", ">=", "~"]
BridgeScale = Literal["linear", "log10"]

ULN_CODE: Final = "{ULN}"
_LARGEST_EXPONENT: Final = 308
PER_VOLUME_COUNT: Final = "number_conc"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure, known by its UCUM code.

    Args:
        code: UCUM code, or a UCUM annotation where UCUM has no unit ("{ULN}" for a multiple of the upper limit).
        dimension: Units of one dimension convert into each other; an arbitrary unit has a dimension of its own.
        factor: value × factor + offset is the value in the base unit of the dimension.
        offset: In the base unit; non-zero only for temperature.
        kinds: Where the unit is used: "lab", "vital", "dose", "time".
        display: Spelling for people.
    """

    code: str
    dimension: str
    factor: float = 1.0
    offset: float = 0.0
    kinds: frozenset[str] = frozenset()
    display: str = ""

    def __str__(self) -> str:
        return self.display or self.code

    @property
    def is_uln(self) -> bool:
        return self.code == ULN_CODE

    @property
    def is_plain_count(self) -> bool:
        """Cells per mm³ or µL: the numbers are thousands, so "8,040" and "178,000" carry a thousands separator."""
        return self.dimension == PER_VOLUME_COUNT and self.factor <= 1e-3


@dataclass(frozen=True, slots=True)
class Bridge:
    """A conversion between two dimensions that holds for one analyte only (molar mass, assay, NGSP line).

    linear: target = factor × source + offset; log10: target = factor × 10**source + offset. Both units are stated.
    """

    source: Unit
    target: Unit
    factor: float
    offset: float = 0.0
    scale: BridgeScale = "linear"
    mark: str = ""
    note: str = ""

    def forward(self, value: float) -> float:
        if self.scale == "log10":
            value = 10.0**value if value < _LARGEST_EXPONENT else math.inf
        return self.factor * value + self.offset

    def backward(self, value: float) -> float:
        linear = (value - self.offset) / self.factor
        if self.scale == "linear":
            return linear
        if linear <= 0:
            raise UnitError(
                f"{value:g} {self.target} has no logarithm.", next_step=f"Give a positive value in {self.target}."
            )
        return math.log10(linear)


def tidy(value: float) -> float:
    """Drop the binary dust of a conversion: 12 significant digits."""
    return float(f"{value:.12g}")


def _within(value: float, unit: Unit, to: Unit) -> float:
    if unit.code == to.code:
        return value
    return (value * unit.factor + unit.offset - to.offset) / to.factor


def convert(value: float, unit: Unit, to: Unit, bridges: Iterable[Bridge] = ()) -> float:
    """Convert a value; `bridges` are the analyte's own factors, tried where the dimensions differ.

    Raises:
        UnitError: no conversion joins the two units.
    """
    if unit.dimension == to.dimension:
        return tidy(_within(value, unit, to))
    for bridge in bridges:
        if bridge.source.dimension == unit.dimension and bridge.target.dimension == to.dimension:
            return tidy(_within(bridge.forward(_within(value, unit, bridge.source)), bridge.target, to))
        if bridge.target.dimension == unit.dimension and bridge.source.dimension == to.dimension:
            return tidy(_within(bridge.backward(_within(value, unit, bridge.target)), bridge.source, to))
    raise UnitError(
        f"{unit} cannot be converted to {to}.", next_step=f"Give the value in {to}, or in a unit of the same kind."
    )


def times_uln(value: float, high_limit: float) -> float:
    """A value as a multiple of the upper limit of normal, both in one unit.

    Raises:
        UnitError: the limit is not positive.
    """
    _positive_limit(high_limit)
    return tidy(value / high_limit)


def from_uln(multiple: float, high_limit: float) -> float:
    """The value, in the limit's unit, that a multiple of the upper limit of normal stands for.

    Raises:
        UnitError: the limit is not positive.
    """
    _positive_limit(high_limit)
    return tidy(multiple * high_limit)


def _positive_limit(limit: float) -> None:
    if not (math.isfinite(limit) and limit > 0):
        raise UnitError(f"An upper limit of {limit} is not usable.", next_step="Give a positive upper limit of normal.")


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed from others, with the arithmetic written out. The caller adds the evidence of the inputs."""

    value: float
    unit: Unit
    how: str


def absolute_count(total: float, percent: float, unit: Unit) -> Derived:
    """Absolute count of a cell type from the total count and its percentage (7000/mm³ with 77 % is 5390/mm³).

    Raises:
        UnitError: `unit` is not a cell count, or the percentage is outside 0 to 100.
    """
    if unit.dimension not in (PER_VOLUME_COUNT, "number"):
        raise UnitError(f"{unit} is not a cell count.", next_step="Give the total count per volume.")
    if not 0 <= percent <= 100:
        raise UnitError(f"{percent:g} % is not a share of the cells.", next_step="Give a percentage from 0 to 100.")
    value = tidy(total * percent / 100)
    return Derived(value, unit, f"{total:.12g} × {percent:.12g} % = {value:.12g} {unit}")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed value.

    Args:
        value: The figure as printed, the bound where a comparator stands before it; None for a range.
        low, high: What the true value can be, in the same unit; None is open. Equal for an exact value and for
            "about" (where the comparator says so). With "<" or ">" the bound itself is excluded.
        comparator: Comparator as printed; "~" is about.
        unit_text: The unit as written, empty where none was printed.
        unit: The unit understood, None where there is none or it is unknown.
    """

    value: float | None
    low: float | None
    high: float | None
    comparator: Comparator = "="
    unit_text: str = ""
    unit: Unit | None = None

    def __post_init__(self) -> None:
        if self.comparator not in get_args(Comparator):
            raise UnitError(f"{self.comparator!r} is not a comparator.", next_step="Use one of = < <= > >= ~.")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise UnitError(f"The range {self.low:g} to {self.high:g} is upside down.", next_step="Swap its ends.")

    @classmethod
    def of(
        cls, value: float, unit: Unit | None = None, comparator: Comparator = "=", unit_text: str | None = None
    ) -> Quantity:
        """A single figure with its comparator; the bounds follow from it."""
        low = None if comparator in ("<", "<=") else value
        high = None if comparator in (">", ">=") else value
        return cls(value, low, high, comparator, str(unit or "") if unit_text is None else unit_text, unit)

    @classmethod
    def range(cls, low: float, high: float, unit: Unit | None = None, unit_text: str | None = None) -> Quantity:
        return cls(None, low, high, "=", str(unit or "") if unit_text is None else unit_text, unit)

    @property
    def is_range(self) -> bool:
        return self.value is None

    @property
    def is_censored(self) -> bool:
        """Only one bound is known, as in ">10000"."""
        return self.comparator not in ("=", "~")

    @property
    def middle(self) -> float | None:
        """The printed figure, or the middle of a range."""
        if self.value is not None:
            return self.value
        if self.low is None or self.high is None:
            return None
        return tidy((self.low + self.high) / 2)

    def with_unit(self, unit: Unit | None, unit_text: str | None = None) -> Quantity:
        """The same figures with another unit: for a unit printed elsewhere (a table head, the end of a list)."""
        return replace(self, unit=unit, unit_text=str(unit or "") if unit_text is None else unit_text)

    def map(self, function: Callable[[float], float], unit: Unit) -> Quantity:
        """Apply a rising function (a conversion) to every figure."""

        def apply(figure: float | None) -> float | None:
            return None if figure is None else function(figure)

        return replace(
            self,
            value=apply(self.value),
            low=apply(self.low),
            high=apply(self.high),
            unit=unit,
            unit_text=str(unit),
        )

    def to(self, unit: Unit, bridges: Iterable[Bridge] = ()) -> Quantity:
        """The quantity in another unit.

        Raises:
            UnitError: there is no unit to convert from, or no conversion.
        """
        own = self.unit
        if own is None:
            raise UnitError(
                f"A value without a known unit ({self.unit_text or 'none printed'}) cannot be converted.",
                next_step=f"State its unit, for example {unit}.",
            )
        fixed = tuple(bridges)
        return self.map(lambda figure: convert(figure, own, unit, fixed), unit)

    def __str__(self) -> str:
        figures = f"{self.low:.12g}-{self.high:.12g}" if self.value is None else f"{self.value:.12g}"
        sign = "" if self.comparator == "=" else self.comparator
        return f"{sign}{figures} {self.unit or self.unit_text}".rstrip()


# --- reading ------------------------------------------------------------------------------------------------------

_THIN: Final = "\u2009\u202f\u00a0\u2005\u2006\u2008"

# A point before a power of ten multiplies: "22.10^9/L" is 22 × 10⁹/L.
_POWER_AHEAD: Final = r"(?!10\s?(?:[\^*]{1,2}\s?\d|[³⁴⁵⁶⁹]|¹²|\(\d|e\d))"

# One number at a position. Bounded, no nested repetition. A sign is never part of it: "ESR - 2 mm/hr" is 2.
NUMBER_PATTERN: Final = (
    r"(?:\d{1,2}(?:,\d\d){1,3},\d{3}(?![\d.,]?\d)"  # "1,68,000": lakhs
    r"(?!\s?(?:I?U/|[mµμun]?mol|[mµμunp]?g\b|[mµμ]?kat|mEq|%|sec))|"
    rf"\d{{1,3}}(?:[,'’{_THIN}]\d{{3}}){{1,4}}(?:[.·]\d{{1,6}})?(?![\d'’{_THIN}]?\d)(?!,\d)"
    r"|\d{1,3}(?:\.\d{3}){2,4}(?:,\d{1,6})?(?!\d)"
    r"|\d{1,3}(?:\.\d{3}){1,4},\d{1,6}(?!\d)"
    rf"|\d{{1,12}}[.·]{_POWER_AHEAD}\d{{1,9}}"
    r"|(?<!\d,)\d{1,12},\d{1,9}(?!,?\d)"
    r"|\d{1,12}"
    r"|(?<![\d.·])[.·]\d{1,9}"
    r")"
)

_GROUPED_BY_SPACE = re.compile(rf"\d{{1,3}}(?:[ '’{_THIN}]\d{{3}})+(?:[.,·]\d+)?")
_PLAIN = re.compile(r"\d+(?:[.·]\d+)?|[.·]\d+")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_COMMA_GROUPS_POINT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+[.·]\d+")
_LAKHS = re.compile(r"[1-9]\d?(?:,\d\d){1,3},\d{3}")
_COMMA_DECIMAL = re.compile(r"\d+,\d+")
_POINT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_POINT_GROUPS_COMMA = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+")

NUMBER_WORDS: Final = {
    "half": 0.5, "one": 1, "once": 1, "two": 2, "twice": 2, "double": 2, "three": 3, "thrice": 3, "triple": 3,
    "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip


def parse_number(text: str, *, counts: bool = False, decimal_comma: bool = False) -> float | None:
    """Read one number, with thousands separators or a decimal comma. None where the text is no number.

    "178,000" and "8,040" are thousands (three digits after the comma, no leading zero), "83,4" and "0,234" are
    decimal, "1,68,000" is 168,000 (groups of two, as in India), "1.234" stays decimal, "1.234.567" and "1.234,5" are
    European. A space, a thin space or an apostrophe between groups of three separates thousands.

    Args:
        counts: The number counts cells per mm³ or µL, so one group of three is thousands in any notation.
        decimal_comma: The document writes decimals with a comma: "1,234" is then 1.234 unless `counts`.
    """
    number = text.strip()
    if number.isdecimal() and number.isascii():
        return float(number)
    if _GROUPED_BY_SPACE.fullmatch(number):
        number = re.sub(rf"[ '’{_THIN}]", "", number)
        if "," in number:
            return float(number.replace(",", "."))
    if _POINT_GROUPS.fullmatch(number) and (number.count(".") > 1 or (counts and decimal_comma)):
        return float(number.replace(".", ""))
    if _POINT_GROUPS_COMMA.fullmatch(number):
        return float(number.replace(".", "").replace(",", "."))
    if _COMMA_GROUPS.fullmatch(number) and (number.count(",") > 1 or counts or not decimal_comma):
        return float(number.replace(",", ""))
    if _LAKHS.fullmatch(number):
        return float(number.replace(",", ""))
    if _COMMA_GROUPS_POINT.fullmatch(number):
        return float(number.replace(",", "").replace("·", "."))
    if _COMMA_DECIMAL.fullmatch(number):
        return float(number.replace(",", "."))
    if _PLAIN.fullmatch(number):
        return float(number.replace("·", "."))
    return None


_COMPARATORS: Final[tuple[tuple[str, str, Comparator], ...]] = (  # symbols, words, meaning; "≤" before "<"
    (r"<\s?=|=\s?<|≤|⩽|&le;", r"up to|at most|not? (?:more|greater|higher) than|not exceed(?:ed|ing)?"
     r"|never exceed(?:ed|ing)|maximum of|jusqu['’]à|bis zu", "<="),
    (r">\s?=|=\s?>|≥|⩾|&ge;", r"at least|not? (?:less|lower) than|minimum of|au moins|mindestens", ">="),
    (r"<{1,2}|＜|&lt;", r"(?:less|lower|fewer|smaller) than|below|under|inférieure?s? à|unter|weniger als", "<"),
    (r">{1,2}|＞|&gt;", r"(?:greater|more|higher|larger) than|above|over|exceed(?:s|ed|ing)|in excess of"
     r"|supérieure?s? à|plus de|über|mehr als", ">"),
    (r"[~≈∼≅]", r"about|approximately|approx\.?|around|roughly|circa|ca\.?|nearly|almost|close to|environ|etwa", "~"),
)  # fmt: skip

# Every comparator at a position: symbols and words (in any case; a word ends at a word boundary).
COMPARATOR_PATTERN: Final = (
    "(?i:" + "|".join(rf"{symbols}|\b(?:{words})(?!\w)" for symbols, words, _ in _COMPARATORS) + ")"
)
RANGE_PATTERN: Final = r"(?:\s?[-‐‑‒–—−~]\s?|\s(?:to|à|bis)\s)"


def parse_comparator(text: str) -> Comparator | None:
    """The comparator that a symbol or a word stands for; None for any other text."""
    folded = " ".join(text.split())
    for symbols, words, sign in _COMPARATORS:
        if re.fullmatch(f"(?i:{symbols}|{words})", folded):
            return sign
    return "=" if folded == "=" else None


_WORDED = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_QUANTITY: Final = (
    rf"(?P<sign>{COMPARATOR_PATTERN}|=)?\s*"
    rf"(?:(?i:between)\s(?P<low>{NUMBER_PATTERN})\s(?i:and)\s(?P<high>{NUMBER_PATTERN})"
    rf"|1\s?[:/]\s?(?P<titre>\d{{1,7}}|\d{{1,3}}(?:,\d{{3}})+)(?!\s?[\w/%])"
    rf"|(?P<first>{NUMBER_PATTERN})(?:{RANGE_PATTERN}(?P<second>{NUMBER_PATTERN}))?"
    rf"|(?i:(?P<word>{_WORDED}))(?=\W|$))"
    r"(?:[-‐‑\s]{0,3}(?P<unit>\D.*))?"
)


def parse_quantity(
    text: str, parse_unit: Callable[[str], Unit | None], *, decimal_comma: bool = False
) -> Quantity | None:
    """Read a whole text as one quantity: comparator, number or range or titre ("1:80"), unit.

    Args:
        text: The words of one value and nothing else, such as ">10000 µg/L", "39–40 °C", "1-2 UNL", "178,000/cmm".
        parse_unit: Gives the unit of a spelling (`lexicon.units.parse_unit`).
        decimal_comma: As in `parse_number`.

    Returns:
        None where the text is not a single quantity. A unit that is not known stays in `unit_text`.
    """
    found = re.fullmatch(_QUANTITY, text.strip(), re.DOTALL)
    if found is None:
        return None
    unit_text = (found["unit"] or "").strip()
    unit = parse_unit(unit_text) if unit_text else None
    counts = unit is not None and unit.is_plain_count
    sign = parse_comparator(found["sign"]) if found["sign"] else "="
    if sign is None:
        return None

    def number(figure: str) -> float | None:
        return parse_number(figure, counts=counts, decimal_comma=decimal_comma)

    if found["titre"]:
        value = number(found["titre"].replace(",", ""))
        return None if value is None else Quantity.of(value, parse_unit("titer"), sign, unit_text)
    if found["word"]:
        return Quantity.of(float(NUMBER_WORDS[found["word"].lower()]), unit, sign, unit_text)
    first, second = found["low"] or found["first"], found["high"] or found["second"]
    if second is None:
        value = number(first)
        return None if value is None else Quantity.of(value, unit, sign, unit_text)
    low, high = number(first), number(second)
    if low is None or high is None or low > high or sign not in ("=", "~"):
        return None
    return replace(Quantity.range(low, high, unit, unit_text), comparator=sign)
