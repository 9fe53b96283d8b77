"""The stories in a message: sections of a Composition, attached texts, conclusions. Each is a document of its own.

Generated narratives (``text.status`` = generated) repeat the data and are left out, except in a Composition. May import
the data types and documents.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dechallenge.formats.fhir.extensions import has
from dechallenge.formats.fhir.node import Log, Node
from dechallenge.formats.fhir.resources import Resource
from dechallenge.formats.fhir.values import first_coded, text_of_div

_TEXTUAL = ("text/plain", "text/html", "text/xhtml", "application/xhtml+xml", "text/markdown", "text/rtf")
_NOT_OPENED = ("application/pdf",)


@dataclass(frozen=True)
class Narrative:
    """A text of a patient.

    Attributes:
        title: Of its section or document.
        path: Where it stands in the message.
        text: Its words, marks removed.
    """

    title: str
    path: str
    text: str


def narratives(resources: Iterable[Resource], log: Log) -> list[Narrative]:
    """The texts of one patient, in the order of the file, each once."""
    found: dict[str, Narrative] = {}
    for one in resources:
        for made in _of(one, log):
            if made.text:
                found.setdefault(made.text, made)
    return list(found.values())


def _of(one: Resource, log: Log) -> Iterator[Narrative]:
    node = one.node
    if one.type == "Composition":
        if not has(node, "case"):
            yield from _sections(node, node.text("title"), 0)
    elif one.type == "DocumentReference" and not has(node, "source"):
        title = node.text("description") or _title(node, "type")
        for content in node.nodes("content"):
            attached = content.node("attachment")
            if attached is not None:
                yield from _attachment(attached, title, log)
    elif one.type == "DiagnosticReport":
        title = _title(node, "code")
        if text := node.text("conclusion"):
            yield Narrative(title, node.at("conclusion"), text)
        for attached in node.nodes("presentedForm"):
            yield from _attachment(attached, title, log)
    elif one.type == "ClinicalImpression":
        for key in ("summary", "description"):
            if text := node.text(key):
                yield Narrative("Clinical impression", node.at(key), text)
    elif one.type == "AdverseEvent":
        for note in node.nodes("note"):
            if text := note.text("text"):
                yield Narrative("Note on the adverse event", note.at("text"), text)
        if ("event" in node or "code" in node) and (text := node.text("description")):
            yield Narrative("Adverse event", node.at("description"), text)


def _title(node: Node, key: str) -> str:
    found = first_coded(node, key)
    return found.text if found is not None else ""


def _sections(node: Node, title: str, depth: int) -> Iterator[Narrative]:
    for section in node.nodes("section"):
        own = section.text("title") or _title(section, "code") or title
        text = section.node("text")
        div = text.text("div") if text is not None else ""
        if text is not None and div:
            yield Narrative(own, text.at("div"), text_of_div(div))
        if depth < 6:
            yield from _sections(section, own, depth + 1)


def _attachment(node: Node, title: str, log: Log) -> Iterator[Narrative]:
    kind = node.text("contentType").split(";")[0].strip().lower()
    name = node.text("title") or title
    if "data" not in node:
        if "url" in node:
            log.warn(node.at("url"), "the text is not in the file, and nothing is fetched", "Give that text as a file.")
        return
    if kind and kind not in _TEXTUAL:
        log.warn(
            node.at("data"), f"an attachment of type {kind} is not opened here", "Save it as a file and give that."
        )
        return
    try:
        data = base64.b64decode("".join(node.text("data").split()), validate=True)
    except (binascii.Error, ValueError):
        log.warn(node.at("data"), "the attachment is no valid base64")
        return
    text = data.decode("utf-8", "replace").replace("\x00", "")
    if text.startswith("{\\rtf"):
        log.warn(node.at("data"), "an attachment in RTF is not opened here", "Save it as a file and give that.")
        return
    yield Narrative(name, node.at("data"), text_of_div(text) if "html" in kind else text.strip())
