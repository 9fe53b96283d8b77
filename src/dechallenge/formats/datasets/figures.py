"""Figures and dates of cells: decimal sign and order of a date are known for the table, never guessed for one cell.

May import quantity, the dates of formats and the headers of this folder.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from dechallenge.formats.datasets.columns import Decimal, Order
from dechallenge.formats.datasets.headers import unit_of
from dechallenge.formats.datasets.sources import Cell, written
from dechallenge.formats.dates import Dated, parse
from dechallenge.lexicon.units import parse_unit
from dechallenge.quantity import Quantity, parse_quantity, tidy

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_THREE: Final = (re.compile(r"[1-9]\d{0,2},\d{3}"), re.compile(r"[1-9]\d{0,2}\.\d{3}"))
_COMMA = re.compile(r"\d+,\d{1,2}|\d+,\d{4,}|0,\d+|[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}|\d{4,},\d+")
_POINT = re.compile(
    r"\d+\.\d{1,2}|\d+\.\d{4,}|0\.\d+|[1-9]\d{0,2}(?:,\d{3})+\.\d+|[1-9]\d{0,2}(?:,\d{3}){2,}|\d{4,}\.\d+"
)
_GROUPS: Final = {
    "point": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"),
    "comma": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"),
}
_SPACED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[ '’\u00a0\u2009\u202f]\d{3})+(?!\d)")
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE][+-]?\d{1,2}")
_SLASHES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}:\d{2}(?::\d{2})?))?")
_NAMED = re.compile(r"(\d{1,2})[ -]?([A-Za-z]{3})[A-Za-z]{0,6}[ -]?(\d{4})(?:[: T](\d{2}:\d{2}(?::\d{2})?))?")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SAS_ZERO: Final = date(1960, 1, 1)
_SECONDS_A_DAY: Final = 86_400
MISSING: Final = frozenset({"", ".", "-", "na", "n/a", "nan", "null", "none", "missing", "nd", "not done", "unk", "--"})
"""Cells that say that nothing is there (SAS writes a missing number as a point)."""


def is_missing(cell: Cell) -> bool:
    """The cell holds no value."""
    return isinstance(cell, str) and cell.strip().casefold() in MISSING


# --- figures ---------------------------------------------------------------------------------------------------------


@dataclass
class Signs:
    """What the figures of a table show of its decimal sign."""

    comma: str = ""
    point: str = ""
    open: str = ""

    def see(self, cell: Cell) -> None:
        """Look at a cell; the first figure that shows a sign, or could be read in two ways, is kept."""
        if not isinstance(cell, str) or ("," not in cell and "." not in cell):
            return
        for figure in _FIGURE.findall(cell):
            if _COMMA.fullmatch(figure):
                self.comma = self.comma or figure
            elif _POINT.fullmatch(figure):
                self.point = self.point or figure
            elif any(three.fullmatch(figure) for three in _THREE):
                self.open = self.open or figure


def number(cell: Cell, decimal: Decimal) -> float | None:
    """A plain figure; nothing where the cell is none, or is written with the other decimal sign."""
    if not isinstance(cell, str):
        return cell if math.isfinite(cell) else None
    found = quantity(cell, decimal, "")
    return found.value if found is not None and found.comparator == "=" and not found.unit_text else None


def quantity(cell: Cell, decimal: Decimal, unit: str) -> Quantity | None:
    """A figure with its comparator, a range or a titre, in the unit of its column or the one that stands with it.

    Args:
        unit: Unit of the column or row, as written; empty where there is none.
    """
    if not isinstance(cell, str):
        known = parse_unit(unit_of(unit)) if unit else None
        return Quantity.of(tidy(cell), known, unit_text=unit) if math.isfinite(cell) and cell >= 0 else None
    return _quantity(cell.strip(), decimal, unit)


@lru_cache(maxsize=16_384)
def _quantity(cell: str, decimal: Decimal, unit: str) -> Quantity | None:
    text = _plain(cell, decimal)
    if text is None:
        return None
    found = parse_quantity(text, lambda spelling: parse_unit(unit_of(spelling) or spelling))
    if found is None:
        return None
    if found.unit is not None or found.unit_text:
        return found if found.unit is not None else None
    return found.with_unit(parse_unit(unit_of(unit)) if unit else None, unit)


def _plain(text: str, decimal: Decimal) -> str | None:
    """The text with its figures in one notation: a decimal point, nothing between thousands."""
    if not text or not any(c.isdigit() for c in text):
        return None
    if _EXPONENT.fullmatch(text):
        return written(float(text.replace(",", ".")))
    wrong = False

    def one(found: re.Match[str]) -> str:
        nonlocal wrong
        figure = found.group()
        if not _GROUPS[decimal].fullmatch(figure):
            wrong = True
        group, sign = (",", ".") if decimal == "point" else (".", ",")
        return figure.replace(group, "").replace(sign, ".")

    head, unit = text, ""
    cut = re.match(r"^[^A-Za-zµμ%]*", text)  # a unit behind the figure keeps its own signs
    if cut is not None:
        head, unit = cut.group(), text[cut.end() :]
    made = _FIGURE.sub(one, _SPACED.sub(lambda found: re.sub(r"\D", "", found.group()), head)) + unit
    return None if wrong else made


# --- dates -----------------------------------------------------------------------------------------------------------


def has_slashes(cell: Cell) -> tuple[int, int] | None:
    """The first two figures of a date with slashes or hyphens ("03/04/2022"), whose order the table has to tell."""
    found = _SLASHES.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return (int(found[1]), int(found[3])) if found is not None and found[2] != "." else None


def dated(cell: Cell, order: Order | None, *, sas: bool) -> Dated | None:
    """A date as tables write it: ISO 8601, HL7, 14JUN2021, 14.06.2021, with slashes in the order of the table.

    Args:
        sas: The column may hold SAS dates: days, or seconds, since 1 January 1960.
    """
    text = written(cell).strip()
    if sas and re.fullmatch(r"-?\d{5}(?:\.0*)?|\d{9,11}(?:\.\d*)?", text):
        figure = float(text)
        days = figure if abs(figure) < 1e6 else figure // _SECONDS_A_DAY
        return _of(_SAS_ZERO + timedelta(days=int(days)), "", text)
    found = parse(text)
    if found is not None:
        return found
    named = _NAMED.fullmatch(text)
    if named is not None and named[2].lower() in _MONTHS:
        return _ymd(int(named[3]), _MONTHS.index(named[2].lower()) + 1, int(named[1]), named[4], text)
    cut = _SLASHES.fullmatch(text)
    if cut is None or (order is None and cut[2] != "."):
        return None
    first, second = int(cut[1]), int(cut[3])
    day, month = (second, first) if order == "month first" and cut[2] != "." else (first, second)
    return _ymd(int(cut[4]), month, day, cut[5], text)


def _ymd(year: int, month: int, day: int, clock: str | None, text: str) -> Dated | None:
    try:
        return _of(date(year, month, day), clock or "", text)
    except ValueError:
        return None


def _of(day: date, clock: str, text: str) -> Dated | None:
    found = parse(day.isoformat() + (f"T{clock.zfill(5)}" if clock else ""))
    return None if found is None else Dated(found.iso, found.days, text)
