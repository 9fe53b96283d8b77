"""XML parsed safely: no entities declared, no outside reference followed, no network, bounded depth. Imports errors."""

from __future__ import annotations

import re

from lxml import etree

from dechallenge.errors import InputError

_SUBSET = re.compile(rb"<!DOCTYPE[^<>\[]{0,2000}\[", re.IGNORECASE)
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)


def hardened(*, comments: bool = False) -> etree.XMLParser:
    """A parser for files from outside, with the parser's own bounds kept (256 levels, 10 MB of text in one place).

    Args:
        comments: Keep comments and processing instructions in the tree.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_pis=not comments,
        remove_comments=not comments,
    )


def hardened_stream(tag: str | None, *, comments: bool = False) -> etree.XMLPullParser:
    """A parser for files from outside that is fed piece by piece, with the same bounds as `hardened`.

    Args:
        tag: Elements whose end is an event; nothing for the start of every element.
        comments: Keep comments and processing instructions in the tree.
    """
    return etree.XMLPullParser(
        events=("end",) if tag else ("start",),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_pis=not comments,
        remove_comments=not comments,
    )


def refuse_entities(data: bytes, name: str) -> None:
    """Look for declared entities before anything is parsed.

    Args:
        data: The file, or its first part with the whole of its document type.
        name: Name of the file, for the message.

    Raises:
        InputError: The document type declares entities.
    """
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:200] else data
    subset = _SUBSET.search(plain[:100_000])
    if subset is not None and _ENTITY.search(plain, subset.end()):
        raise hostile(name)


def parse(data: bytes, name: str, *, what: str = "XML file") -> etree._Element:
    """The root element of an XML file.

    Raises:
        InputError: It declares entities, or is not well-formed (truncated, damaged, nested too deep).
    """
    refuse_entities(data, name)
    try:
        root = etree.fromstring(data, hardened())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        place = f" at line {error.lineno}" if isinstance(error, etree.XMLSyntaxError) and error.lineno else ""
        raise InputError(
            f"this {what} is damaged or cut off{place}",
            place=name,
            next_step="Get the file again, or give the report as plain text.",
        ) from None
    if root is None:
        raise InputError(f"this {what} holds nothing", place=name, next_step="Get the file again.")
    refuse_declared(root, name)
    return root


def refuse_declared(root: etree._Element, name: str) -> None:
    """Look for declared entities in what was parsed, however they were written.

    Raises:
        InputError: The document type declares entities.
    """
    declared = root.getroottree().docinfo.internalDTD
    if any(True for _ in getattr(declared, "iterentities", tuple)()):
        raise hostile(name)


def hostile(name: str) -> InputError:
    """The error for a file that declares entities."""
    return InputError(
        "this XML file declares entities, which is refused because they can hide files and floods of text",
        place=name,
        next_step="Save the report without them (plain text, PDF or HTML) and give that.",
    )
