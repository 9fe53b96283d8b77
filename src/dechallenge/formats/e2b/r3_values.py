"""Values of data elements as they stand in E2B(R3): codes, texts, intervals, amounts, files; null flavours beside them.

Imports `places`.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from dechallenge.formats.e2b.places import Step, type_of

NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
QUALIFIED: Final = re.compile(r"(<=|>=|<|>)?\s*(" + NUMBER.pattern + ")")
BETWEEN: Final = re.compile(rf"([\[\]])({NUMBER.pattern});({NUMBER.pattern})([\[\]])")
"""An interval with two ends in the notation of HL7: ``[5;10]`` with both, ``]5;10]`` without its lower end."""
CODED: Final = re.compile(r"([A-Za-z0-9.\-]*):(\S+)")
"""A code with its system as it is kept in `Element.raw`: ``2.16.840.1.113883.6.69:0071-0220``."""

_SILENT = frozenset(["unit", "language", "codeSystemVersion", "assigningAuthorityName", "interval_unit"])
"""Accessors that say nothing when the element is null: its first part says it."""

Value = tuple[str, str, str, str]
"""Value, null flavour, raw text where it differs, and what is worth noting."""


def text_of(element: etree._Element) -> str:
    """The text directly in an element, without that of its children."""
    parts = [element.text or ""]
    parts += [child.tail or "" for child in element]
    return "".join(parts).strip()


def value_of(element: etree._Element, accessor: str, step: Step) -> Value:
    """What an element holds for a data element.

    Args:
        element: The last element of the place.
        accessor: What is read from it: an attribute, or one of text, file, open, coded, result, amount, interval and
            interval_unit.
        step: The last step of the place, for the unit that it must have and the prefix that is no part of the value.
    """
    special = _SPECIAL.get(accessor)
    if special is not None:
        value, raw = special(element)
        note = ""
    else:
        value, raw, note = _attribute(element, accessor, step)
    null = "" if value or accessor in _SILENT else element.get("nullFlavor") or ""
    if accessor == "interval" and not value and not null:
        null = next((c.get("nullFlavor") or "" for c in element.iterchildren("{*}center")), "")
    return value, null, raw, note


def _attribute(element: etree._Element, accessor: str, step: Step) -> tuple[str, str, str]:
    value = (element.get(accessor) or "").strip()
    if step.prefix and accessor == "value":
        return value[len(step.prefix) :].strip(), "", ""
    if value and accessor == "value":
        for need in step.needs:
            unit = element.get("unit")
            if need.written_only and need.attribute == "unit" and not need.path and unit not in (None, need.value):
                return value, f"{value} {unit}", f"given in {unit}, not in {need.value}"
    return value, "", ""


def _open(element: etree._Element) -> tuple[str, str]:
    code = (element.get("code") or "").strip()
    return code, f"{element.get('codeSystem') or ''}:{code}" if code else ""


def _coded(element: etree._Element) -> tuple[str, str]:
    """A concept that is free text or a code: the text if there is one; a code beside it is kept."""
    code, raw = _open(element)
    texts = [text_of(child) for child in element.iterchildren("{*}originalText")]
    return next((text for text in texts if text), "") or code, raw


def _result(element: etree._Element) -> tuple[str, str]:
    """A result that is a text (ST, as ICH has it) or a code (CE, as some regions have it)."""
    kind = type_of(element)
    if kind in ("ST", "ED") or (not kind and not element.get("code")):
        return text_of(element), ""
    return _coded(element)


def _amount(element: etree._Element) -> tuple[str, str]:
    value = (element.get("value") or "").strip() or text_of(element)
    unit = element.get("unit")
    return value, f"{value} {unit}" if value and unit else ""


def _file(element: etree._Element) -> tuple[str, str]:
    length = sum(len(part or "") for part in (element.text, *(child.tail for child in element)))
    name = next((r.get("value") or "" for r in element.iterchildren("{*}reference")), "")
    media = element.get("mediaType") or "text/plain"
    if not length and not name:
        return "", ""
    return name or media, f"{media}, {length} characters"


def interval(element: etree._Element) -> tuple[str, str]:
    """The value of a test as text, and its unit.

    Returns:
        ``10``, ``<10``, ``<=10``, ``>10``, ``>=10`` or, with two ends, ``[5;10]``; the unit.
    """
    ends: dict[str, etree._Element] = {}
    for child in element:
        if isinstance(child.tag, str):
            ends.setdefault(str(etree.QName(child).localname), child)
    for one in (ends.get("center"), element):
        if one is not None and one.get("value"):
            return (one.get("value") or "").strip(), one.get("unit") or ""
    low, high = ends.get("low"), ends.get("high")
    bottom = (low.get("value") or "").strip() if low is not None else ""
    top = (high.get("value") or "").strip() if high is not None else ""
    unit = next((e.get("unit") or "" for e in (low, high) if e is not None and e.get("value")), "")
    if not bottom and not top and ends.get("center") is not None:
        unit = ends["center"].get("unit") or ""
    closed_low = low is None or low.get("inclusive") != "false"
    closed_high = high is None or high.get("inclusive") != "false"
    if bottom and top:
        return f"{'[' if closed_low else ']'}{bottom};{top}{']' if closed_high else '['}", unit
    if top:
        return f"<{'=' if closed_high else ''}{top}", unit
    if bottom:
        return f">{'=' if closed_low else ''}{bottom}", unit
    return "", unit


def _interval(element: etree._Element) -> tuple[str, str]:
    value, unit = interval(element)
    return value, f"{value} {unit}" if unit and value else ""


def _interval_unit(element: etree._Element) -> tuple[str, str]:
    return interval(element)[1], ""


def _text(element: etree._Element) -> tuple[str, str]:
    return text_of(element), ""


_SPECIAL = {
    "text": _text,
    "file": _file,
    "open": _open,
    "coded": _coded,
    "result": _result,
    "amount": _amount,
    "interval": _interval,
    "interval_unit": _interval_unit,
}
