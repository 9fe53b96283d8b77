"""E2B(R2) XML and the SGML of the FAERS quarterly files, read into `Icsr`, one report after the other.

Tags are told apart by name without regard to case; what a tag means stands in `r2_elements`. May import the guarded
parser, errors and the modules of this folder that hold no case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b import safe_xml
from dechallenge.formats.e2b.icsr import Icsr
from dechallenge.formats.e2b.r2_elements import translate
from dechallenge.formats.e2b.tree import Node

_LEAF = re.compile(rb"<([a-zA-Z]+)>([^<>\r\n]*)(?=\r?\n\s*<(?!/\1>))")
_BARE = re.compile(rb"&(?!(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_KNOWN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_NAMED = re.compile(rb"&([a-zA-Z]{2,8});")
_HEAD = re.compile(rb"\s*<(?:!DOCTYPE[^>]*>\s*<)?ichicsr", re.IGNORECASE)


def is_sgml(data: bytes) -> bool:
    """Begins as a FAERS file without an XML declaration."""
    return _HEAD.match(data[:2000]) is not None


def read(data: bytes, name: str) -> Iterator[Icsr]:
    """The reports of a message.

    Args:
        data: The file: XML, or SGML (leaf tags may stay open, ampersands bare, the encoding Latin-1 and undeclared).
        name: Its name, for messages.

    Raises:
        InputError: Not readable, or no message of E2B(R2).
    """
    root = _root(data, name)
    kind = safe_xml.recognise(root)
    if kind != "E2B(R2)":
        safe_xml.refuse(kind, name)
    reports = [e for e in root.iter() if _name(e) == "safetyreport"]
    if not reports:
        raise InputError(
            "this E2B(R2) message holds no report", place=name, next_step="Ask the sender for the message again."
        )
    for number, report in enumerate(reports, start=1):
        made = translate(tree(report, f"safetyreport[{number}]"))
        native = etree.tostring(report, encoding="utf-8", with_tail=False)
        yield Icsr("E2B(R2)", number, tuple(made.elements), tuple(made.notes), native)


def tree(element: etree._Element, path: str = "") -> Node:
    """An XML element as a node; repeated tags are numbered in the path."""
    line: object = element.sourceline
    node = Node(_name(element), (element.text or "").strip(), path, line if isinstance(line, int) else 0)
    inside = [child for child in element if _name(child)]
    names = [_name(child) for child in inside]
    counted: dict[str, int] = {}
    for child, name in zip(inside, names, strict=True):
        counted[name] = counted.get(name, 0) + 1
        mark = f"[{counted[name]}]" if names.count(name) > 1 else ""
        node.add(tree(child, f"{path}/{name}{mark}"))
    return node


def _name(element: etree._Element) -> str:
    """The tag without regard to case; empty for a comment."""
    tag: object = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def _root(data: bytes, name: str) -> etree._Element:
    """The parsed message; SGML is mended first where it does not parse as it stands."""
    try:
        return safe_xml.parse(data, name)
    except InputError:
        if not is_sgml(data):
            raise
        return safe_xml.parse(mended(data), name)


def mended(data: bytes) -> bytes:
    """SGML as XML: open leaf tags closed, bare ampersands and unknown entities escaped, Latin-1 where no UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data = data.decode("latin-1").encode("utf-8")
    data = _BARE.sub(b"&amp;", data)
    data = _NAMED.sub(lambda m: m[0] if m[1] in _KNOWN else b"&amp;" + m[1] + b";", data)
    return _LEAF.sub(lambda m: b"<" + m[1] + b">" + m[2] + b"</" + m[1] + b">" if m[2].strip() else m[0], data)
