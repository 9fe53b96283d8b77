"""E2B messages in XML, parsed without trust, and told apart by their root. Imports errors and the hardened parser.

A DOCTYPE is legal (E2B(R2) has one) as long as it declares no entities; it is never fetched. Nothing outside the file
is followed. What is too large, too deep or in another encoding than it says ends in an `InputError`.
"""

from __future__ import annotations

from typing import Final, Literal, NoReturn

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.xml import hardened, refuse_declared, refuse_entities

Kind = Literal["E2B(R3)", "E2B(R2)", "acknowledgement", "hybrid", ""]

HL7: Final = "urn:hl7-org:v3"
BATCH: Final = "MCCI_IN200100UV01"
MESSAGE: Final = "PORR_IN049016UV"
MOST_BYTES: Final = 128 * 1024 * 1024
"""Largest message parsed in one piece; a batch is read as a stream, with this bound on each of its reports."""
MOST_ATTRIBUTE: Final = 65_536
"""Longest attribute, in characters: the longest of ICH is 2000."""

_ACKNOWLEDGEMENTS = frozenset(["MCCI_IN200101UV01", "MCCI_IN000002UV01", "ichicsrack"])
_R2_NAMES = frozenset(["ichicsr", "safetyreport", "ichicsrmessageheader"])
_LONG = etree.XPath(f"descendant-or-self::*/@*[string-length() > {MOST_ATTRIBUTE}]")
_INCLUDE = etree.XPath("descendant-or-self::xi:*", namespaces={"xi": "http://www.w3.org/2001/XInclude"})
_AGAIN = "Ask the sender for the file again."
_REFUSED: Final = {
    "acknowledgement": (
        "this is an acknowledgement: it says whether a message was accepted, there is no case in it",
        "Give the message that it acknowledges.",
    ),
    "hybrid": (
        "this is neither E2B(R3) nor E2B(R2): it has the element names of one in the namespace of the other",
        "Ask the sender for a message that validates against the ICH schema of one of them.",
    ),
    "E2B(R3)": ("this is an E2B(R3) message, another kind was expected", "Let the format be recognised by itself."),
    "E2B(R2)": ("this is an E2B(R2) message, another kind was expected", "Let the format be recognised by itself."),
    "": (
        "this XML file is no E2B message: its root is of neither E2B(R3) (MCCI_IN200100UV01) nor E2B(R2) (ichicsr)",
        "Give an E2B message, or the report as text, PDF, HTML or DOCX.",
    ),
}


def parse(data: bytes, name: str, *, comments: bool = False) -> etree._Element:
    """The root element of a message.

    Args:
        data: The file.
        name: Its name, for messages.
        comments: Keep comments and processing instructions in the tree (they are children whose tag is no text).

    Raises:
        InputError: Empty, too large, nested too deep, not well-formed, not in the encoding that it declares, or it
            declares entities or includes other files.
    """
    if len(data) > MOST_BYTES:
        raise too_large(name)
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise InputError("this file is empty", place=name, next_step=_AGAIN)
    refuse_entities(data, name)
    try:
        root = etree.fromstring(data, hardened(comments=comments))
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged(error, name) from None
    if root is None:
        raise InputError("this file holds no XML", place=name, next_step=_AGAIN)
    refuse_declared(root, name)
    refuse_untrusted(root, name)
    return root


def recognise(root: etree._Element) -> Kind:
    """What kind of message this is, by the root element first and the namespace second.

    Returns:
        The kind; ``hybrid`` for names of one standard in the namespace of the other, empty for no message of E2B.
    """
    name = etree.QName(root)
    if name.localname in _ACKNOWLEDGEMENTS:
        return "acknowledgement"
    if name.localname in (BATCH, MESSAGE):
        if name.namespace != HL7:
            return "hybrid"
        inside = {etree.QName(child).localname for child in root.iterchildren("{*}*")}
        return "hybrid" if inside & _R2_NAMES else "E2B(R3)"
    if name.localname in _R2_NAMES:
        return "hybrid" if name.namespace else "E2B(R2)"
    return ""


def refuse(kind: Kind, name: str) -> NoReturn:
    """Say why a message of this kind is not read here.

    Raises:
        InputError: Always.
    """
    cause, next_step = _REFUSED[kind]
    raise InputError(cause, place=name, next_step=next_step)


def refuse_untrusted(root: etree._Element, name: str) -> None:
    """Refuse attributes beyond all measure, references to other files and entities whose text is not known.

    Raises:
        InputError: There is one.
    """
    if _LONG(root):
        raise InputError(
            f"this message has an attribute of more than {MOST_ATTRIBUTE} characters, which no data element has",
            place=name,
            next_step=_AGAIN,
        )
    if _INCLUDE(root):
        raise InputError("this message includes other files (XInclude), which is refused", place=name, next_step=_AGAIN)
    for entity in root.iter(etree.Entity):
        raise InputError(
            f"this message uses the entity {entity.text} without saying what it is (line {entity.sourceline})",
            place=name,
            next_step="Write the character itself in its place.",
        )


def too_large(name: str) -> InputError:
    """The error for a message, or a report of a batch, beyond the bound."""
    return InputError(
        f"one report of this message has more than {MOST_BYTES // 1024**2} MB",
        place=name,
        next_step="Leave out the attached documents.",
    )


def damaged(error: Exception, name: str) -> InputError:
    """The error for what the parser could not read: where, and whether depth, size or encoding was the reason."""
    line = error.lineno if isinstance(error, etree.XMLSyntaxError) else None
    place = f" (line {line})" if line else ""
    said = str(error)
    if "xcessive depth" in said:
        return InputError(f"this message is nested deeper than 256 elements{place}", place=name, next_step=_AGAIN)
    if "limit exceeded" in said or "too long" in said:
        return InputError(
            f"this message holds a text or attribute of more than 10 MB{place}",
            place=name,
            next_step="Leave out the attached documents.",
        )
    if "ncoding" in said or "not proper UTF" in said or "nvalid bytes in character" in said:
        return InputError(
            f"this message is not in the encoding that it declares (UTF-8 where it declares none){place}",
            place=name,
            next_step="Save it as UTF-8, or declare its encoding in its first line.",
        )
    return InputError(f"this message is damaged or cut off{place}", place=name, next_step=_AGAIN)
