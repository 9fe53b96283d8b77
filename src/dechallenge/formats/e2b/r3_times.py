"""Times of E2B(R3) that are written as one element: interval, start, end and duration of a dosage or a reaction.

The schema has no interval with start, end and duration, so up to three parts are intersected (SXPR_TS). Imports
`r3_make`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from dechallenge.formats.e2b.icsr import Element
from dechallenge.formats.e2b.places import XSI_TYPE
from dechallenge.formats.e2b.r3_make import insert
from dechallenge.formats.e2b.r3_set import remove
from dechallenge.formats.e2b.safe_xml import HL7

PARTS: Final[Mapping[str, Mapping[str, str]]] = {
    "E.i": {"E.i.4": "low", "E.i.5": "high", "E.i.6a": "width", "E.i.6b": "width unit"},
    "G.k.4.r": {
        "G.k.4.r.2": "period",
        "G.k.4.r.3": "period unit",
        "G.k.4.r.4": "low",
        "G.k.4.r.5": "high",
        "G.k.4.r.6a": "width",
        "G.k.4.r.6b": "width unit",
    },
    "D.7.1.r": {"D.7.1.r.2": "low", "D.7.1.r.4": "high"},
    "D.8.r": {"D.8.r.4": "low", "D.8.r.5": "high"},
    "D.10.7.1.r": {"D.10.7.1.r.2": "low", "D.10.7.1.r.4": "high"},
    "D.10.8.r": {"D.10.8.r.4": "low", "D.10.8.r.5": "high"},
}
"""The data elements of each group that stand in its ``effectiveTime``."""

GROUP_OF: Final[Mapping[str, str]] = {id: group for group, parts in PARTS.items() for id in parts}


def write(owner: etree._Element, group: str, values: Mapping[str, Element]) -> None:
    """Write the times of one instance of a group anew.

    Args:
        owner: Its element.
        group: The group.
        values: Its data elements by number; those of other things are ignored.
    """
    for old in list(owner.iterchildren(f"{{{HL7}}}effectiveTime")):
        remove(old)
    parts = {role: values[id] for id, role in PARTS[group].items() if id in values}
    pieces: list[list[str]] = []
    if "period" in parts or "period unit" in parts:
        pieces.append(["period"])
    ends: list[str] = [end for end in ("low", "high") if end in parts]
    lasting = "width" in parts or "width unit" in parts
    if lasting and len(ends) < 2:
        ends, lasting = [*ends, "width"], False
    if ends:
        pieces.append(ends)
    if lasting:
        pieces.append(["width"])
    if not pieces:
        return
    top = insert(owner, "effectiveTime")
    if len(pieces) == 1:
        _piece(top, pieces[0], parts)
        return
    top.set(XSI_TYPE, "SXPR_TS")
    for number, piece in enumerate(pieces):
        part = insert(top, "comp")
        _piece(part, piece, parts)
        if number:
            part.set("operator", "A")


def _piece(element: etree._Element, roles: list[str], parts: Mapping[str, Element]) -> None:
    element.set(XSI_TYPE, "PIVL_TS" if roles == ["period"] else "IVL_TS")
    for role in roles:
        end = insert(element, role)
        value, unit = parts.get(role), parts.get(f"{role} unit")
        if value is not None and value.null:
            end.set("nullFlavor", value.null)
        elif value is not None:
            end.set("value", value.value)
        if unit is not None and unit.value:
            end.set("unit", unit.value)
