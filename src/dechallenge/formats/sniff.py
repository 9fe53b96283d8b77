"""What kind of file some bytes are: by what they hold, and by the name's ending only where that does not say it.

Imports `text`, `zips` and errors.
"""

from __future__ import annotations

import re
from typing import Literal

from dechallenge.errors import InputError
from dechallenge.formats.zips import opened

Kind = Literal["text", "markdown", "pdf", "docx", "html", "mhtml", "mail", "xml", "zip"]

_COMMENTS = re.compile(r"(?:\s+|<!--.{0,4000}?-->|<\?[^>]{0,2000}\?>|\ufeff)+", re.DOTALL)
_HTML = re.compile(r"<(?:!doctype\s+html\b|html\b|head\b|body\b)", re.IGNORECASE)
_XML = re.compile(r"<(?:!doctype\b|\w+:?\w*[\s>/])", re.IGNORECASE)
_TAG = re.compile(r"<(?:!--|/?[a-z][a-z0-9]{0,15}[\s>/])", re.IGNORECASE)
_ARTICLE = re.compile(r"<(?:!doctype\s+)?art(?:icle)?\b", re.IGNORECASE)
_JATS = re.compile(r"<(?:front|article-meta|body|sec|fm|bdy|ui)\b|article-type=|dtd-version=|//NLM//", re.IGNORECASE)
_SAVED = re.compile(rb"^(?:From: <Saved by |MIME-Version:|Snapshot-Content-Location:)", re.MULTILINE)
_HEADER = re.compile(r"\s{0,64}[A-Za-z][A-Za-z-]{1,40}:\s")
_OFFICE = (
    ("xl/", "a spreadsheet (XLSX)", "Save the sheet as text (CSV or tab-separated) and give that."),
    ("ppt/", "a presentation (PPTX)", "Save it as PDF or plain text and give that."),
)
_AS_DOCX = "Save it as DOCX, PDF or plain text and give that."


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file.

    Args:
        data: Its bytes.
        name: Its name, for the ending and for messages.

    Raises:
        InputError: A zipped file that is damaged or of a kind that is not read.
    """
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"%PDF") or (b"%PDF-" in data[:1024] and not start[:1].isalnum()):
        return "pdf"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    ending = name.lower().rpartition(".")[2]
    head = _head(data)
    if ending in ("mht", "mhtml") or (data.startswith(b"From: <Saved by ") and _SAVED.search(data[:2000])):
        return "mhtml"
    if ending == "eml" and _HEADER.match(head):
        return "mail"
    marked = _marked(head, ending)
    if marked is not None:
        return marked
    return "markdown" if ending in ("md", "markdown") else "text"


def _head(data: bytes) -> str:
    """The first characters, whatever their encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[:20_000].decode("utf-16", errors="ignore")
    return data[:20_000].removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _marked(head: str, ending: str) -> Kind | None:
    """HTML or XML; ``None`` for what only holds a sign that looks like a tag."""
    declared = head.lstrip().startswith("<?xml")
    first = _COMMENTS.match(head)
    body = head[first.end() :] if first else head
    if _HTML.match(body):
        return "html"
    if ending in ("html", "htm", "xhtml", "xht") and _TAG.search(body):
        return "html"
    if declared or (ending in ("xml", "nxml", "jats") and body.startswith("<")):
        return "xml"
    if _ARTICLE.match(body):
        return "xml" if _JATS.search(body) else "html"
    return "xml" if re.match(r"<!doctype\b", body, re.IGNORECASE) and _XML.match(body) else None


def _zipped(data: bytes, name: str) -> Kind:
    members = [info.filename for info in opened(data, name, _what(name)).infolist()]
    if "word/document.xml" in members:
        return "docx"
    if "[Content_Types].xml" in members:
        for folder, what, step in _OFFICE:
            if any(one.startswith(folder) for one in members):
                raise InputError(f"this is {what}", place=name, next_step=step)
    if members[:1] == ["mimetype"] or "META-INF/container.xml" in members or "META-INF/manifest.xml" in members:
        raise InputError("this is an OpenDocument or EPUB file", place=name, next_step=_AS_DOCX)
    return "zip"


def _what(name: str) -> str:
    return "DOCX file" if name.lower().endswith((".docx", ".docm", ".dotx")) else "zip file"
