"""Values set into, changed in and taken out of the elements of an E2B(R3) message. Imports `places`, `r3_values`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from dechallenge.formats.e2b.icsr import Element
from dechallenge.formats.e2b.places import ICH, XSI_TYPE, Step
from dechallenge.formats.e2b.r3_make import REQUIRED, insert
from dechallenge.formats.e2b.r3_values import BETWEEN, CODED, NUMBER, QUALIFIED

_SYSTEMS: Final[Mapping[str, str]] = {
    "G.k.4.r.9.2b": "0.4.0.127.0.16.1.1.2.1",
    "G.k.4.r.10.2b": "0.4.0.127.0.16.1.1.2.6",
    "G.k.4.r.11.2b": "0.4.0.127.0.16.1.1.2.6",
    "G.k.2.3.r.2b": "TBD-Substance",
}
"""Code systems of term ids where the element does not say its own: EDQM dose forms and routes, ISO substances."""

_STRUCTURE = frozenset(
    ["classCode", "moodCode", "typeCode", "determinerCode", "codeSystem", "root", "displayName", "operator", XSI_TYPE]
)
_SKELETON = frozenset(
    (
        "code",
        "performer",
        "author",
        "interpretationCode",
        "denominator",
        "actReference",
        "outboundRelationship1",
        "subject1",
        "subject2",
    )
)
"""Children that an element has for its own sense, not for a value."""
_REQUIRED = frozenset(["code", "id"])
_OPTIONAL_CODES = frozenset(["asQualifiedEntity", "location", "locatedPlace", "territory", "governingPlace", "act"])


def without(element: etree._Element, *attributes: str) -> None:
    """Take attributes out, where they are there."""
    for attribute in attributes:
        if attribute in element.attrib:
            del element.attrib[attribute]


def put(element: etree._Element, accessor: str, step: Step, value: Element) -> None:
    """Set a value, or its null flavour, where an accessor reads it."""
    if value.null:
        _null(element, accessor, value.null)
        return
    without(element, "nullFlavor")
    if accessor == "text":
        _text(element, value.value)
    elif accessor == "open":
        element.set("code", value.value)
        element.set("codeSystem", _system(value))
    elif accessor == "coded":
        _coded(element, value)
    elif accessor == "result":
        _result(element, value)
    elif accessor == "amount":
        _amount(element, value)
    else:
        element.set(accessor, f"{step.prefix}{value.value}" if accessor == "value" else value.value)
        if accessor == "code" and step.system:
            element.set("codeSystem", step.system)


def _null(element: etree._Element, accessor: str, null: str) -> None:
    if accessor in ("text", "coded", "result", "amount"):
        _text(element, "")
    without(element, "value", "code", "extension", "displayName")
    element.set("nullFlavor", null)


def _text(element: etree._Element, text: str) -> None:
    for child in element:
        child.tail = None
    element.text = text or None


def _system(value: Element) -> str:
    found = CODED.fullmatch(value.raw)
    if found and found[1] and found[2] == value.value:
        return found[1]
    if value.id in ("G.k.4.r.10.2b", "G.k.4.r.11.2b") and value.value.isdigit() and len(value.value) == 3:
        return f"{ICH}.1.1.14"
    if value.id in _SYSTEMS:
        return _SYSTEMS[value.id]
    return "TBD-PhPID" if value.id in ("D.8.r.3b", "D.10.8.r.3b", "G.k.2.1.2b") else "TBD-MPID"


def _coded(element: etree._Element, value: Element) -> None:
    found = CODED.fullmatch(value.raw)
    if found:
        element.set("code", found[2])
        if found[1]:
            element.set("codeSystem", found[1])
        if found[2] == value.value:
            return
    else:
        without(element, "code", "codeSystem", "displayName")
    text = next(element.iterchildren("{*}originalText"), None)
    _text(text if text is not None else insert(element, "originalText"), value.value)


def _result(element: etree._Element, value: Element) -> None:
    if CODED.fullmatch(value.raw):
        element.set(XSI_TYPE, "CE")
        element.text = None
        _coded(element, value)
        return
    for child in list(element):
        element.remove(child)
    without(element, "code", "codeSystem", "codeSystemVersion", "displayName")
    element.set(XSI_TYPE, "ST")
    element.text = value.value


def _amount(element: etree._Element, value: Element) -> None:
    element.text = None
    if NUMBER.fullmatch(value.value):
        element.set(XSI_TYPE, "PQ")
        element.set("value", value.value)
        unit = value.raw.removeprefix(value.value).strip()
        if unit:
            element.set("unit", unit)
        return
    without(element, "value", "unit")
    element.set(XSI_TYPE, "ST")
    element.text = value.value


def interval(element: etree._Element, value: str, unit: str, null: str) -> bool:
    """Set the value of a test as an interval of quantities.

    Args:
        element: The ``value`` of the observation.
        value: ``10``, ``<10``, ``<=10``, ``>10``, ``>=10`` or ``[5;10]``; empty with a null flavour.
        unit: UCUM unit, empty where there is none.
        null: Null flavour.

    Returns:
        Whether it is a quantity at all.
    """
    for child in list(element):
        element.remove(child)
    without(element, "value", "unit", "nullFlavor")
    element.set(XSI_TYPE, "IVL_PQ")
    element.text = None
    if null:
        center = insert(element, "center")
        center.set("nullFlavor", null)
        if unit:
            center.set("unit", unit)
        return True
    both = BETWEEN.fullmatch(value)
    if both:
        _end(element, "low", both[2], unit, closed=both[1] == "[")
        _end(element, "high", both[3], unit, closed=both[4] == "]")
        return True
    one = QUALIFIED.fullmatch(value)
    if one is None:
        return False
    sign, number = one[1], one[2]
    if not sign:
        _end(element, "center", number, unit, closed=None)
    elif sign.startswith("<"):
        insert(element, "low").set("nullFlavor", "NINF")
        _end(element, "high", number, unit, closed=sign == "<=")
    else:
        _end(element, "low", number, unit, closed=sign == ">=")
        insert(element, "high").set("nullFlavor", "PINF")
    return True


def _end(element: etree._Element, name: str, value: str, unit: str, *, closed: bool | None) -> None:
    end = insert(element, name)
    end.set("value", value)
    if unit:
        end.set("unit", unit)
    if closed is not None:
        end.set("inclusive", "true" if closed else "false")


def clear(element: etree._Element, accessor: str, step: Step) -> None:
    """Take a value out, and with it the elements around it that were there for it alone."""
    without(element, "nullFlavor")
    if accessor in ("text", "coded", "result", "amount"):
        _text(element, "")
        for child in list(element.iterchildren("{*}originalText")):
            element.remove(child)
    if accessor in ("open", "coded", "result"):
        without(element, "code")
    if accessor == "amount":
        without(element, "value")
        without(element, "unit")
    without(element, accessor)
    if not (step.index and next(element.itersiblings(element.tag), None) is not None):
        _prune(element)


def _prune(element: etree._Element) -> None:
    while True:
        parent = element.getparent()
        name = etree.QName(element).localname
        if parent is None or (element.text or "").strip() or any(key not in _STRUCTURE for key in element.attrib):
            return
        children = list(element.iterchildren("{*}*"))
        if any(etree.QName(child).localname not in _SKELETON for child in children):
            return
        owner = etree.QName(parent).localname
        if name in REQUIRED.get(owner, ()) or (name in _REQUIRED and owner not in _OPTIONAL_CODES):
            return
        remove(element)
        element = parent


def remove(element: etree._Element) -> None:
    """Take an element out; the white space after it goes with it."""
    parent = element.getparent()
    if parent is not None:
        element.tail = None
        parent.remove(element)
