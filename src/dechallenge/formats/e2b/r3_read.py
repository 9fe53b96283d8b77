"""E2B(R3) messages to reports: every ICH data element with its repetition, path and line. Streams batches.

`read` yields one report at a time and forgets its part of the message; memory does not grow with their number. What no
data element holds stays in `Icsr.native`. Attached files are named, not decoded (`attachments` does that when asked).
May import the case's report, the table of elements and the hardened parser.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.icsr import At, Element, Icsr
from dechallenge.formats.e2b.places import Node, Step, group_place, places_of, tree
from dechallenge.formats.e2b.r3_envelope import batches, join
from dechallenge.formats.e2b.r3_find import matches, resolved
from dechallenge.formats.e2b.r3_values import text_of, value_of
from dechallenge.formats.e2b.safe_xml import MESSAGE

_WHOLE = frozenset(["text", "result", "coded", "amount", "interval", "interval_unit", "file"])
"""Accessors that read more than one attribute; the path is that of the element."""
_MOST_NOTES: Final = 100
"""Notes kept of one report; a message that has more is beyond repair by notes."""


def read(source: bytes | Path, name: str = "") -> Iterator[Icsr]:
    """The reports of a message, one at a time.

    Args:
        source: The file: its bytes, or its path (a large batch is then never held as a whole).
        name: Name for messages; that of the path by default.

    Yields:
        Reports in the order of the message, each with its own part of it as `native`. Header elements: ``N.1.…`` of
        the batch and ``N.2.r.…`` of its own message, without repetition numbers.

    Raises:
        InputError: The file is no E2B(R3) message, holds no case, is hostile, damaged or too large. Reports before
            the damage have been yielded by then.
    """
    name = name or (source.name if isinstance(source, Path) else "message")
    number = 0
    for batch, message in batches(source, name):
        number += 1
        yield report_of(message, batch.root, number, native=join(batch, message))
    if number == 0:
        raise InputError(
            "this E2B(R3) message holds no case", place=name, next_step="Ask the sender for the complete message."
        )


def report_of(message: etree._Element, batch: etree._Element | None, number: int, *, native: bytes) -> Icsr:
    """One report from its message element.

    Args:
        message: The element ``PORR_IN049016UV``.
        batch: The element around it, for the header; nothing where the message stands alone.
        number: Place in the batch, from 1.
        native: The report's own part of the batch.
    """
    walk = Walk(message)
    if batch is not None:
        walk.visit(batch, tree("BATCH"), (), "/" + str(etree.QName(batch).localname))
    walk.visit(message, tree("MSG"), (), f"//{MESSAGE}[{number}]" if number > 1 else f"//{MESSAGE}")
    elements = tuple(walk.elements.values())
    return Icsr("E2B(R3)", number, elements, tuple(walk.notes), native)


@dataclass(slots=True)
class Walk:
    """The walk through one message along the tree of places."""

    message: etree._Element
    elements: dict[tuple[str, At], Element] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, At]] = field(default_factory=Counter)
    links: dict[Literal["k", "i"], dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.links = {"k": self._numbers("G.k", "drug"), "i": self._numbers("E.i", "reaction")}

    def _note(self, text: str) -> None:
        if len(self.notes) < _MOST_NOTES and text not in self.notes:
            self.notes.append(text)

    def _numbers(self, group: str, what: str) -> dict[str, int]:
        """The number of each drug or reaction by its identifier."""
        found: dict[str, int] = {}
        for number, element in enumerate(matches(self.message, group_place(group).steps), 1):
            for child in element.iterchildren("{*}id"):
                root = (child.get("root") or "").lower()
                if root in found:
                    self._note(f"{what}s {found[root]} and {number} have the same identifier")
                elif root:
                    found[root] = number
        return found

    def visit(self, element: etree._Element, node: Node, at: At, path: str) -> None:
        """Read what a node of the tree asks for from an element, and go on to its children."""
        for id, accessor, step in node.leaves:
            self._take(element, id, accessor, step, at, path)
        if not node.edges:
            return
        relevant = [child for child in element if child.tag in node.edges]
        total = Counter(str(child.tag) for child in relevant)
        seen: Counter[str] = Counter()
        for child in relevant:
            tag = str(child.tag)
            seen[tag] += 1
            local = tag.rpartition("}")[2]
            below = f"{path}/{local}[{seen[tag]}]" if total[tag] > 1 else f"{path}/{local}"
            entered: dict[str, At] = {}
            for step, edge in node.edges[tag]:
                if (step.index and step.index != seen[tag]) or not step.admits(child):
                    continue
                inside = self._numbered(child, step, at, below, entered)
                if inside is not None:
                    self.visit(child, edge, inside, below)

    def _numbered(self, child: etree._Element, step: Step, at: At, path: str, entered: dict[str, At]) -> At | None:
        """The repetition numbers below a step; nothing where it points at a drug or reaction that is not there."""
        linked = resolved(child, step, self.links)
        if linked is None:
            self._note(f"{path} points at a drug or reaction that is not in the report")
            return None
        at = (*at, *linked)
        if not step.group:
            return at
        if step.group not in entered:
            self.counts[step.group, at] += 1
            entered[step.group] = (*at, self.counts[step.group, at])
        return entered[step.group]

    def _take(self, element: etree._Element, id: str, accessor: str, step: Step, at: At, path: str) -> None:
        value, null, raw, note = value_of(element, accessor, step)
        if note:
            self._note(f"{id}: {note}")
        if not (value or null):
            return
        known = self.elements.get((id, at))
        if known is None:
            ending = "" if accessor in _WHOLE else "/@code" if accessor == "open" else f"/@{accessor}"
            self.elements[id, at] = Element(id, at, value, null, raw, path + ending, line_of(element))
        elif (known.value, known.null) != (value, null):
            self._note(f"{id} is given more than once, the first is read (line {line_of(element)})")


def line_of(element: etree._Element) -> int:
    """Line of an element in the file, 0 where the parser does not know it."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a report.

    Attributes:
        id: Its data element: C.1.6.1.r.2 (held by the sender) or C.4.r.2 (a publication).
        at: Its repetition.
        name: Its name where one is given.
        media: Its media type as stated, ``text/plain`` where none is.
        data: Its bytes, decoded and decompressed.
    """

    id: str
    at: At
    name: str
    media: str
    data: bytes


def attachments(report: Icsr, *, most: int = 64 * 1024 * 1024) -> Iterator[Attachment]:
    """The files within a report, decoded.

    Args:
        report: A report with its `native` part.
        most: Largest file in bytes after decompression.

    Raises:
        InputError: One cannot be decoded, or is larger than that.
    """
    if report.form != "E2B(R3)" or not report.native:
        return
    _, message = next(batches(report.native, "report"))
    for id in ("C.1.6.1.r.2", "C.4.r.2"):
        place = places_of(id)[0]
        for number, document in enumerate(matches(message, place.steps[:-1]), 1):
            for text in matches(document, place.steps[-1:]):
                yield Attachment(
                    id,
                    (number,),
                    next((r.get("value") or "" for r in text.iterchildren("{*}reference")), ""),
                    text.get("mediaType") or "text/plain",
                    _decoded(text, f"{id}[{number}]", most),
                )


def _decoded(element: etree._Element, place: str, most: int) -> bytes:
    text = text_of(element)
    if element.get("representation") != "B64":
        return text.encode("utf-8")
    try:
        data = base64.b64decode(text)  # foreign characters are ignored, as RFC 2045 asks
        compression = element.get("compression")
        if compression in ("DF", "ZL", "GZ"):
            bits = {"DF": -15, "ZL": 15, "GZ": 31}[compression]
            if compression == "DF" and data[:1] == b"\x78":  # the bare stream of DF, in a zlib header
                bits = 15
            data = zlib.decompressobj(bits).decompress(data, most + 1)
        elif compression:
            raise InputError(
                f"its compression {compression} is not known", place=place, next_step="Unpack it yourself."
            )
    except (binascii.Error, zlib.error, ValueError) as error:
        raise InputError(f"this file cannot be decoded ({error})", place=place, next_step="Ask the sender.") from None
    if len(data) > most:
        raise InputError(f"this file is larger than {most // 1024**2} MB", place=place, next_step="Allow more.")
    return data
