"""A figure with its analyte, and how a linking rule takes one out of a row of laboratory tokens.

May import the other ``labgrammar`` files below the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dechallenge.reading.laboratory.labgrammar_figures import TIMES, Figure
from dechallenge.reading.laboratory.labgrammar_limits import LimitMark
from dechallenge.reading.laboratory.labgrammar_names import Name, settle
from dechallenge.reading.laboratory.labgrammar_tokens import Row, Token
from dechallenge.reading.matching.triggers import Pattern

NEGATIVE = frozenset({"BASE_EXCESS", "ANION_GAP"})
"""Analytes whose values can lie below zero."""
FIGURE = r"[QN]"
"""Tags of a figure that no rule has taken yet."""


@dataclass(frozen=True, slots=True)
class Link:
    """A figure with its analyte. ``anchor`` is the word that names the analyte, or stands for it."""

    analyte: str
    figure: Figure
    rule: str
    anchor: tuple[int, int]
    name: Name | None
    limit: LimitMark | None = None
    implied: str = ""


def token_at(row: Row, index: int) -> tuple[Token, Figure]:
    token = row.tokens[index]
    assert token.figure is not None
    return token, token.figure


def take(row: Row, index: int, name: Name, figure: Figure, rule: str) -> Link | None:
    """Link one figure if the analyte accepts its unit, and take it out of the row."""
    value = figure.value if figure.value is not None else figure.low
    if figure.unit is None and (name.weak or figure.unit_text == TIMES):
        return None
    analyte = settle(name.ids, figure.unit, value)
    if not analyte:
        return None
    row.used(index)
    figure = _below_zero(row.text, analyte, figure)
    return Link(analyte, figure, rule, (name.start, name.end), name, row.tokens[index].limit, name.implied)


_MINUS = Pattern(r"(?<![\d,;]\s)(?<!\d)[-\u2212\u2013]\s?$")


def _below_zero(text: str, analyte: str, figure: Figure) -> Figure:
    """ "base excess -5.1 mmol/L": a dash is a minus where the analyte can be negative."""
    if analyte not in NEGATIVE or figure.value is None:
        return figure
    minus = _MINUS.search(text, max(0, figure.start - 2), figure.start)
    return replace(figure, value=-figure.value, start=minus.start()) if minus else figure


def filled(row: Row, start: int, end: int) -> list[tuple[int, Figure]]:
    """The figures of a list; one without a unit takes that of the next figure that has one."""
    items = [
        (i, figure) for i in range(start, end) if (figure := row.tokens[i].figure) is not None and row.tags[i] in "QN"
    ]
    filled: list[tuple[int, Figure]] = []
    lender: Figure | None = None
    for index, figure in reversed(items):
        if figure.unit is not None:
            lender = figure
        elif lender is not None and (not figure.unit_text or (figure.unit_text == TIMES and is_uln(lender))):
            figure = figure.with_unit(lender)
        filled.append((index, figure))
    return filled[::-1]


def is_uln(figure: Figure) -> bool:
    return figure.unit is not None and figure.unit.is_uln
