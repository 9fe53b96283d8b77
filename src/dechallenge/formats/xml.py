"""XML parsed safely: no entities declared, no outside reference followed, no network, bounded depth. Imports errors."""

from __future__ import annotations

import re

from lxml import etree

from dechallenge.errors import InputError

_SUBSET = re.compile(rb"<!DOCTYPE[^<>\[]{0,2000}\[", re.IGNORECASE)
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def parse(data: bytes, name: str, *, what: str = "XML file") -> etree._Element:
    """The root element of an XML file.

    Raises:
        InputError: It declares entities, or is not well-formed (truncated, damaged, nested too deep).
    """
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:200] else data
    subset = _SUBSET.search(plain[:100_000])
    if subset is not None and _ENTITY.search(plain, subset.end()):
        raise _hostile(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_pis=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        place = f" at line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise InputError(
            f"this {what} is damaged or cut off{place}",
            place=name,
            next_step="Get the file again, or give the report as plain text.",
        ) from None
    if root is None:
        raise InputError(f"this {what} holds nothing", place=name, next_step="Get the file again.")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in getattr(declared, "iterentities", tuple)()):
        raise _hostile(name)
    return root


def _hostile(name: str) -> InputError:
    return InputError(
        "this XML file declares entities, which is refused because they can hide files and floods of text",
        place=name,
        next_step="Save the report without them (plain text, PDF or HTML) and give that.",
    )
