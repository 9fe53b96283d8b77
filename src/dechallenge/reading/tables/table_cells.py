"""Headers and values of laboratory tables: "Bilirubin* (mg/dL)", "Platelets (1000/µL)", "<42", "31-36", "Normal".

May import `lexicon`, `quantity`, and the ``labgrammar`` and ``table_`` files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.lexicon.units import parse_unit
from dechallenge.quantity import Unit, parse_quantity
from dechallenge.reading.laboratory.labgrammar_limits import bounds
from dechallenge.reading.laboratory.labgrammar_names import Name, names, settle
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.tables.table_grid import Cell
from dechallenge.reading.tables.table_times import ColumnKind, time_header

ULN = "xULN"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        index: Position, from 0.
        start, end: Raw span of the header.
        text: The header as printed.
        kind: ``start``, ``stop``, ``anchor`` (another clock), ``date``, ``analyte`` or ``note``.
        ids: Analytes that the header can mean, the likeliest first.
        pair: Two analytes of one column ("AST/ALT").
        unit: UCUM code, ``xULN``, or empty where none is printed; ``unit_text`` as printed.
        time_unit: Unit of bare numbers in a time column.
        anchor: What another clock counts from, in the header's words.
        again: The clock counts from a re-exposure.
        limit: Reference limits printed in the header.
    """

    index: int
    start: int
    end: int
    text: str
    kind: ColumnKind
    ids: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    unit: str = ""
    unit_text: str = ""
    time_unit: str = ""
    anchor: str = ""
    again: bool = False
    limit: tuple[float | None, float | None] | None = None

    @property
    def analyte(self) -> str:
        return self.ids[0] if self.ids else ""


class _Heading(NamedTuple):
    """What a header says, wherever it stands: the fields of :class:`Column` from ``kind`` on."""

    kind: ColumnKind
    ids: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    unit: str = ""
    unit_text: str = ""
    time_unit: str = ""
    anchor: str = ""
    again: bool = False
    limit: tuple[float | None, float | None] | None = None


@dataclass(frozen=True, slots=True)
class CellValue:
    """A result in a cell, with its raw span; ``unit`` only where the cell prints one."""

    value: float | None
    low: float | None
    high: float | None
    comparator: str
    unit: Unit | None
    unit_text: str
    qualitative: str | None
    start: int
    end: int


_BRACKET = Pattern(r"[(\[]([^()\[\]]{1,40})[)\]]")
_MARK = Pattern(r"[†‡§¶#]+|(?<!10)[*^]+|(?<=[A-Za-z)])\d?[ª]")
_PER = Pattern(r"^(?:in|per|x|×)\s", re.IGNORECASE)
_MODIFIER = Pattern(
    r"serum|plasma|blood|total|levels?|peak|values?|counts?|s|p|of|the|and|absolute|activity|mean|median|liver|"
    r"enzymes|tests"
    r"|hepatic|time"
)
_WORD = Pattern(r"[^\W\d_]+")
_REFERENCE = Pattern(
    r"^(?:normal|nl|ref(?:erence)?|uln|nr|n)?\.?\s?(?:range|values?|limits?)?\s?[:=]?\s?(?P<sign>[<>≤≥]=?|up to)?\s?"
    r"(?P<first>\d[\d.,]*)(?:\s?[-–]\s?(?P<second>\d[\d.,]*))?\s?(?P<unit>.*)$",
    re.IGNORECASE,
)


def column(cell: Cell, index: int) -> Column:
    """What a header cell says of its column."""
    said = _heading(cell.text)
    return Column(index, cell.start, cell.end, cell.text, *said)


@lru_cache(maxsize=512)
def _heading(words: str) -> _Heading:
    """What the words of a header say: the fields of its column from ``kind`` on."""
    text = _MARK.sub("", words).strip()
    if not text:
        return _Heading("note")
    clock = time_header(text)
    unit, unit_text, limit, bare = _unit_of(text)
    found = _analytes(bare)
    if found and not (clock is not None and clock.kind in ("start", "stop", "date")):
        pair = (found[0].ids[0], found[1].ids[0]) if len(found) == 2 else ()
        ids = found[0].ids
        if unit is not None and (settled := settle(ids, unit, None)) and not settled.startswith("G_"):
            ids = (settled, *(i for i in ids if i != settled))  # "Eosinophils (%)"
        return _Heading("analyte", ids, pair, _code(unit), unit_text, limit=limit)
    if clock is not None:
        return _Heading(clock.kind, time_unit=clock.unit, anchor=clock.anchor, again=clock.again)
    return _Heading("note")


def _code(unit: Unit | None) -> str:
    return "" if unit is None else ULN if unit.is_uln else unit.code


def _unit_of(text: str) -> tuple[Unit | None, str, tuple[float | None, float | None] | None, str]:
    """Unit, unit as printed, limits, and the header without them."""
    unit: Unit | None = None
    unit_text = ""
    limit: tuple[float | None, float | None] | None = None
    bare = text
    for match in _BRACKET.finditer(text):
        for part in _PARTED.split(match.group(1)):
            known = _unit(part)
            reference = _REFERENCE.match(part.strip())
            if known is not None and unit is None:
                unit, unit_text = known, part.strip()
                bare = bare.replace(match.group(), " ")
            elif reference is not None and limit is None:
                limit = _limit(reference)
                if unit is None and (known := _unit(reference["unit"])) is not None:
                    unit, unit_text = known, reference["unit"].strip()
                bare = bare.replace(match.group(), " ")
    if unit is None:
        words = _BEFORE_UNIT.split(bare)
        for i in range(1, len(words)):
            tail = bare[bare.find(words[i], len(words[0])) :]
            if (known := _unit(tail)) is not None:
                return known, tail.strip(), limit, bare[: len(bare) - len(tail)]
    return unit, unit_text, limit, bare


def _unit(text: str) -> Unit | None:
    words = text.strip()
    if not words:
        return None
    return parse_unit(words) or parse_unit(_PER.sub("", words)) or parse_unit(words.removesuffix("."))


def _limit(match: re.Match[str]) -> tuple[float | None, float | None]:
    def number(text: str | None) -> float | None:
        found = parse_quantity(text, parse_unit) if text else None
        return None if found is None else found.value

    return bounds(number(match["first"]), number(match["second"]), match["sign"])


def _analytes(text: str) -> list[Name]:
    """Analytes of a header: nothing else of weight may stand in it."""
    lexicon = load_analytes()
    found = [n for n in names(text) if not n.implied and any(identity in lexicon for identity in n.ids)]
    if not found:
        return []
    kept = [replace(n, ids=tuple(identity for identity in n.ids if identity in lexicon)) for n in found]
    rest = "".join(c if not any(n.start <= i < n.end for n in found) else " " for i, c in enumerate(text))
    words = [w for w in _WORD.findall(rest) if not _MODIFIER.fullmatch(w.lower())]
    if len(words) > 2:
        return []
    if len(kept) == 2 and kept[0].ids == kept[1].ids:
        kept = kept[:1]
    return kept[:2] if len(kept) == 1 or _JOINED.search(text) else kept[:1]


_STATES = {
    "normal": "normal", "nl": "normal", "nml": "normal", "wnl": "normal", "within normal limits": "normal",
    "elevated": "elevated", "high": "elevated", "raised": "elevated", "increased": "elevated", "abnormal": "elevated",
    "low": "decreased", "decreased": "decreased", "reduced": "decreased", "unchanged": "unchanged",
}  # fmt: skip
_TRAILING = Pattern(
    r"\s?(?:[*†‡§¶#^↑↓⇑⇓▲▼]+|\((?:H|L|HH|LL|N|high|low|peak|nadir|normal|max|min)\)|(?<!/)\b[HL]\b|\+)$|(?<=\d)\s?[a-d]$"
)
_MULTIPLE = Pattern(
    r"(?<=\d)(?P<unit>\s?[^\s()]{1,10})?\s?\(\s?\d[\d.,]*\s?(?:[x×]|times|-?fold)\s?(?:the\s)?(?:ULN|UNL|upper[^()]{0,30})?\s?\)$",
    re.IGNORECASE,
)
"""A multiple behind its value: "812 (20.3× ULN)"."""
_LEAD = Pattern(r"[*†‡§¶#^↑↓⇑⇓▲▼\s]*")
_THOUSANDS = Pattern(r"(?<=\d)[\s ](?=\d{3}(?!\d))")
_PARTED = Pattern(r"[;,]\s")
_BEFORE_UNIT = Pattern(
    r",\s|\s(?=(?:[x×]|times|multiples?\sof)\s?(?:the\s)?(?:ULN|UNL|upper)\b)|\s(?=\S*[/%×µμ])|\s(?=U\b|g\b|s\b|sec)"
)
_JOINED = Pattern(r"[/,&]|\band\b")


def read_value(cell: Cell, item: Column) -> CellValue | None:
    """The result in a cell; ``None`` for a blank, "not done", a dash or other words.

    Args:
        cell: The cell.
        item: Its column: whether numbers are counts decides how "181,000" is read.
    """
    text = _MULTIPLE.sub(lambda m: m["unit"] or "", cell.text)
    state = _STATES.get(text.lower().strip(" .*"))
    if state is not None:
        return CellValue(None, None, None, "=", None, "", state, cell.start, cell.end)
    start, end = cell.start, cell.end
    while (tail := _TRAILING.search(text)) and tail.end() > tail.start():
        text = text[: tail.start()]
        end = start + len(text)
    lead = _LEAD.match(text)
    shift = lead.end() if lead else 0
    text, start = text[shift:], start + shift
    if not text or not any(map(str.isdecimal, text)):
        return None
    quantity = parse_quantity(_counts(text, item), parse_unit)
    if quantity is None:
        return None
    if quantity.unit is None and quantity.unit_text:
        return None
    unit = quantity.unit
    if unit is not None and unit.kinds and not unit.kinds & {"lab", "vital"}:
        return None
    ranged = quantity.value is None
    return CellValue(
        quantity.value,
        quantity.low if ranged else None,
        quantity.high if ranged else None,
        quantity.comparator,
        unit,
        quantity.unit_text,
        None,
        start,
        end,
    )


def _counts(text: str, item: Column) -> str:
    """ "181 000" under a count: the space separates thousands."""
    return _THOUSANDS.sub(",", text) if item.unit or item.ids else text


def measured(found: CellValue, item: Column) -> tuple[str, str]:
    """Unit code and unit as printed: the cell's own, else the header's."""
    if found.qualitative is not None and found.value is None and found.low is None:
        return "", ""
    if found.unit is not None:
        return _code(found.unit), found.unit_text
    return item.unit, item.unit_text
