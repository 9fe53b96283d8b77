"""How a tag of E2B(R2) is put down as an element of E2B(R3): texts, dates, numbers with units, MedDRA codes.

What is worth telling is noted once. May import the code lists, the report and the tree.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dechallenge.formats.e2b import codes
from dechallenge.formats.e2b.icsr import At, Element
from dechallenge.formats.e2b.tree import Node

_CODE = re.compile(r"\d{8}")
_NULLS = frozenset({"MSK", "ASKU", "NASK", "UNK", "NI"})
_NOT_SENT = frozenset({"PRIVACY", "MASKED"})


class Translated:
    """The elements of one report, in the order in which they are put down, and what is worth telling."""

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.notes: list[str] = []
        self._known: set[tuple[str, At]] = set()

    def put(self, id: str, at: At, node: Node | None, value: str | None = None, null: str = "") -> None:
        """Put down an element; nothing where the tag is absent or empty, or where the element is known already."""
        if node is None or (id, at) in self._known:
            return
        raw = node.text
        said = raw if value is None else value
        if not null and value is None and raw.upper() in _NULLS:
            said, null = "", raw.upper()
        if not null and value is None and raw.upper() in _NOT_SENT:
            said, null = "", "MSK"
        if not said and not null:
            return
        self._known.add((id, at))
        self.elements.append(Element(id, at, said, null, raw if raw != said else "", node.path, node.line))

    def note(self, words: str) -> None:
        """Something met on the way, said once."""
        if words not in self.notes:
            self.notes.append(words)


def yes_no(node: Node | None) -> str | None:
    return {"1": "true", "2": "false"}.get(node.text) if node is not None else None


def date(out: Translated, id: str, at: At, parent: Node, tag: str) -> None:
    """A date with the precision that its format code gives."""
    node = parent.first(tag)
    if node is None:
        return
    digits = codes.R2_DATE_DIGITS.get(parent.value(f"{tag}format"))
    value = node.text
    if digits is not None and value.isdecimal() and len(value) > digits:
        out.note(f"{node.path}: {value} cut to the precision of its format")
        value = value[:digits]
    out.put(id, at, node, value if value.upper() not in _NULLS else None)


def number(out: Translated, id: str, at: At, parent: Node, tag: str, units: Mapping[str, str] | None = None) -> None:
    """A number (``…a``) with its unit (``…b``), the unit translated."""
    node = parent.first(tag)
    if node is None:
        return
    out.put(f"{id}a", at, node)
    unit = parent.first(f"{tag.removesuffix('numb')}unit")
    if unit is not None:
        known = units if units is not None else codes.R2_TIME_UNIT
        if unit.text in known:
            out.put(f"{id}b", at, unit, known[unit.text])
        else:
            out.put(f"{id}b", at, unit)
            out.note(f"{unit.path}: {unit.text!r} is no unit code of R2")


def meddra(out: Translated, prefix: str, at: At, node: Node | None, version: Node | None) -> bool:
    """A MedDRA code with its version; False where a text stands in its place."""
    if node is None:
        return True
    if _CODE.fullmatch(node.text) is None:
        return False
    out.put(f"{prefix}a", at, version)
    out.put(f"{prefix}b", at, node)
    return True
