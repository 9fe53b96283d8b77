"""A complaint whose cause only a laboratory table shows: fever above a column of neutrophils of 0.07 is a neutropenia.

May import tables, signs, the sizes of values and the analytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.laboratory.sizes import (
    KIDNEY_RISE,
    MUSCLE_RISE,
    NEUTROPENIA_LIMIT,
    PANCREATIC_RISE,
    canonical,
)
from dechallenge.reading.reactions.events import KIDNEY, MUSCLE, NEUTROPENIA, PANCREAS, Sign
from dechallenge.reading.tables.tables import LabTable, TableCell

_PLATELETS = "thrombocytopenia"
_FEW_PLATELETS = 100.0
_LOW = {"NEUT": (NEUTROPENIA, NEUTROPENIA_LIMIT), "PLT": (_PLATELETS, _FEW_PLATELETS)}
"""Counts that show a reaction by being low: its kind, and the count below which."""
_HIGH = {
    "CK": (MUSCLE, MUSCLE_RISE),
    "LIPASE": (PANCREAS, PANCREATIC_RISE),
    "AMYLASE": (PANCREAS, PANCREATIC_RISE),
    "CREAT": (KIDNEY, KIDNEY_RISE),
}
"""Values that show a reaction by being high: its kind, and the multiple of the upper limit from which on."""
_COMPLAINTS = {
    NEUTROPENIA: frozenset({"fever", "sore throat", "chills", "malaise", "stomatitis", "mouth ulcers", "pharyngitis"}),
    _PLATELETS: frozenset({"petechiae", "purpura", "bleeding", "epistaxis", "bruising", "ecchymosis", "hemorrhage"}),
    MUSCLE: frozenset({"myalgia", "weakness", "muscle weakness", "muscle pain", "fatigue"}),
    PANCREAS: frozenset({"abdominal pain", "epigastric pain", "nausea", "vomiting"}),
    KIDNEY: frozenset({"nausea", "vomiting", "malaise", "fatigue", "oliguria", "edema", "weakness"}),
}
"""Complaints that each of them gives; they name no reaction of their own beside it."""


def shown_by_table(found: Sequence[Sign], tables: Sequence[LabTable]) -> list[Sign]:
    """The signs, complaints as those of the reaction that a table of the case shows.

    Where a sign names any other kind, or the tables show none or several that give the complaint, nothing changes.
    """
    told = {sign.kind for sign in found if sign.kind}
    if not told:
        return list(found)
    shown = {kind for table in tables for kind in _kinds(table) if told <= _COMPLAINTS[kind]}
    if len(shown) != 1:
        return list(found)
    kind = shown.pop()
    return [replace(sign, kind=kind, term=kind) if sign.kind else sign for sign in found]


def _kinds(table: LabTable) -> set[str]:
    """What the rows after the first dose show; a value that was so before the drug shows nothing."""
    kinds: set[str] = set()
    before: set[str] = set()
    for row in table.rows:
        for cell in row.cells:
            kind = _kind(table, cell)
            if kind:
                (before if row.pre else kinds).add(kind)
    return kinds - before


def _kind(table: LabTable, cell: TableCell) -> str:
    if cell.value is None or cell.rule != "cell":
        return ""
    limit = cell.limit or table.limits.get(cell.analyte)
    if cell.unit == "xULN":
        kind, rise = _HIGH.get(cell.analyte, ("", 0.0))
        return kind if kind and cell.value >= rise else ""
    size = canonical(cell.analyte, cell.value, cell.unit)
    if size is None:
        return ""
    if cell.analyte in _LOW:
        kind, least = _LOW[cell.analyte]
        return kind if size < least and cell.unit else ""
    if cell.analyte not in _HIGH:
        return ""
    kind, rise = _HIGH[cell.analyte]
    high = canonical(cell.analyte, limit.high, limit.unit or cell.unit) if limit is not None and limit.high else None
    usual = high or load_analytes().default_limits(cell.analyte).high
    return kind if usual and size >= rise * usual else ""
