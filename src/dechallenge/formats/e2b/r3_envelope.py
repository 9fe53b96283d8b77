"""The batch around E2B(R3) reports: read as a stream, taken apart and put together again byte for byte.

The file is run over twice: once for what stands around the reports (sender and receiver of a batch come last), once
for the reports, of which only one is held at a time. Imports errors, `safe_xml` and the hardened parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

from dechallenge.errors import InputError
from dechallenge.formats.e2b.safe_xml import (
    HL7,
    MESSAGE,
    MOST_BYTES,
    Kind,
    damaged,
    parse,
    recognise,
    refuse,
    refuse_untrusted,
    too_large,
)
from dechallenge.formats.xml import hardened_stream, refuse_declared, refuse_entities

_CHUNK: Final = 256 * 1024
_PIECE: Final = 8 * 1024
_NOTHING: Final = b"\x00\t\r\n \xef\xbb\xbf"
_TAG: Final = f"{{{HL7}}}{MESSAGE}"
_MARK: Final = "reports-stand-here"
_MARKED: Final = etree.tostring(etree.ProcessingInstruction(_MARK))
_AGAIN: Final = "Ask the sender for the file again."


@dataclass(frozen=True, slots=True)
class Batch:
    """What stands around the reports.

    Attributes:
        root: The root element without its reports; nothing where the file is one bare report.
        head: The bytes before the first report.
        tail: The bytes after the last one.
        scope: Namespace declarations of the root, that a report need not repeat.
    """

    root: etree._Element | None
    head: bytes
    tail: bytes
    scope: bytes


def batches(source: bytes | Path, name: str) -> Iterator[tuple[Batch, etree._Element]]:
    """The reports of a file, each with what stands around all of them.

    The element of a report is cleared when the next one is asked for.

    Raises:
        InputError: No E2B(R3) message, hostile, damaged or too large.
    """
    batch = _around(source, name)
    if batch.root is None:
        yield batch, parse(b"".join(_chunks(source)), name, comments=True)
        return
    for message in _messages(source, name):
        refuse_untrusted(message, name)
        yield batch, message


def envelope(root: etree._Element, name: str) -> Batch:
    """What stands around the reports of a parsed batch; the reports are taken out of it."""
    placed = False
    for message in list(root.iterchildren(_TAG)):
        if not placed:
            mark = etree.ProcessingInstruction(_MARK)
            mark.tail = message.tail
            root.replace(message, mark)
            placed = True
        else:
            root.remove(message)
    if not placed:
        root.append(etree.ProcessingInstruction(_MARK))
    return _taken_apart(root, name)


def join(batch: Batch, *messages: etree._Element) -> bytes:
    """A batch with these reports."""
    return batch.head + b"\n".join(serialised(message, batch.scope) for message in messages) + batch.tail


def kind_of(source: bytes | Path, name: str) -> Kind:
    """What kind of message a file is, from its first elements.

    Raises:
        InputError: It is no XML, or hostile from the start.
    """
    return recognise(_root(source, name))


def scope_of(root: etree._Element) -> bytes:
    """The namespace declarations of a batch, which its reports need not repeat."""
    return " ".join(
        f'xmlns:{prefix}="{uri}"' if prefix else f'xmlns="{uri}"' for prefix, uri in root.nsmap.items()
    ).encode()


def serialised(message: etree._Element, scope: bytes) -> bytes:
    """One report as bytes, without the namespace declarations that the batch has already.

    Args:
        message: The report, within its batch or alone.
        scope: The declarations of the batch that it is written into.
    """
    data = etree.tostring(message, encoding="UTF-8", with_tail=False)
    if data.startswith(b"<?xml"):
        data = data.partition(b"?>")[2].lstrip()
    end = data.index(b">")
    start = data[:end]
    for declaration in scope.split():
        start = start.replace(b" " + declaration, b"", 1)
    return start + data[end:]


def _taken_apart(root: etree._Element, name: str) -> Batch:
    data = etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)
    declaration, _, body = data.partition(b"?>")
    if body.count(_MARKED) != 1:
        raise InputError("this message has foreign processing instructions", place=name, next_step=_AGAIN)
    head, _, tail = body.partition(_MARKED)
    return Batch(root, declaration.replace(b"'", b'"') + b"?>" + head, tail, scope_of(root))


def _around(source: bytes | Path, name: str) -> Batch:
    """The first run: everything but the reports. Where the file is cut off, what stands after them is missing."""
    kind = kind_of(source, name)
    if kind != "E2B(R3)":
        refuse(kind, name)
    stream = _Stream(source, name)
    mark: etree._Element | None = None
    try:
        for message in stream.messages():
            if message.getparent() is None:
                return Batch(None, b"", b"", b"")
            tail = message.tail
            message.clear()
            message.tail = tail
            if mark is None:
                mark = message
            else:
                _drop_between(mark, message)
    except InputError:
        parent = mark.getparent() if mark is not None else None
        if mark is None or parent is None:
            raise
        _drop_between(mark, None)
        return envelope(parent, name)
    root = stream.root
    if root is None:
        raise InputError("this file is empty", place=name, next_step=_AGAIN)
    if recognise(root) != "E2B(R3)":
        refuse(recognise(root), name)
    refuse_declared(root, name)
    if mark is not None:
        last = root.findall(_TAG)[-1]
        if last is not mark:
            _drop_between(mark, last)
            mark.tail = last.tail
            root.remove(last)
    refuse_untrusted(root, name)
    return envelope(root, name)


def _root(source: bytes | Path, name: str) -> etree._Element:
    """The root with as much below it as the first piece of the file has."""
    parser = hardened_stream(None)
    fed = False
    try:
        for chunk in _chunks(source):
            refuse_entities(chunk, name)
            for start in range(0, len(chunk), _PIECE):
                fed = fed or bool(chunk[start : start + _PIECE].strip(_NOTHING))
                if fed:
                    parser.feed(chunk[start : start + _PIECE])
                for _, element in parser.read_events():
                    if isinstance(element, etree._Element):
                        return element
        if fed:
            parser.close()
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise damaged(error, name) from None
    raise InputError("this file is empty", place=name, next_step=_AGAIN)


def _drop_between(first: etree._Element, end: etree._Element | None) -> None:
    """Take out what stands between two elements, or after the first one."""
    while (following := first.getnext()) is not None and following is not end:
        parent = following.getparent()
        if parent is None:
            return
        following.tail = None
        parent.remove(following)


def _messages(source: bytes | Path, name: str) -> Iterator[etree._Element]:
    """The second run: one report after the other, each forgotten afterwards."""
    for message in _Stream(source, name).messages():
        yield message
        message.clear()
        parent = message.getparent()
        while parent is not None and message.getprevious() is not None:
            del parent[0]


class _Stream:
    """A file fed to the parser piece by piece."""

    def __init__(self, source: bytes | Path, name: str) -> None:
        self.source, self.name = source, name
        self.root: etree._Element | None = None

    def messages(self) -> Iterator[etree._Element]:
        """The reports, each as soon as it is complete; the root is known at the end."""
        parser = hardened_stream(_TAG, comments=True)
        since = 0
        try:
            for chunk in _chunks(self.source):
                parser.feed(chunk)
                since += len(chunk)
                for _, message in parser.read_events():
                    since = 0
                    if isinstance(message, etree._Element):
                        yield message
                if since > MOST_BYTES:
                    raise too_large(self.name)
            self.root = parser.close()
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise damaged(error, self.name) from None


def _chunks(source: bytes | Path) -> Iterator[bytes]:
    if isinstance(source, bytes):
        for start in range(0, len(source), _CHUNK):
            yield source[start : start + _CHUNK]
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
