"""The bytes of plain text files to text, with a clear refusal of what is no report. Imports errors."""

from __future__ import annotations

import re
from pathlib import Path

from dechallenge.errors import InputError
from dechallenge.evidence import Document

MAX_BYTES = 20_000_000
"""Documents over this size are refused, never truncated."""

_AS_TEXT = "Save it as plain text (.txt, UTF-8) and give that."
_AS_DOCX = "Open it, save it as DOCX, PDF or plain text without a password, and give that."
_OCR = "Recognise its text first (OCR) and give the text."
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF file", "Save its text (for example with pdftotext) and give that."),
    (b"PK\x03\x04", "a DOCX or other zipped file", _AS_TEXT),
    (b"PK\x05\x06", "an empty zipped file", _AS_TEXT),
    (b"\x1f\x8b", "a compressed file", "Unpack it and give the text in it."),
    (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, XLS) or a locked one", _AS_DOCX),
    (b"{\\rtf", "an RTF file", _AS_DOCX),
    (b"\x89PNG", "a picture", _OCR),
    (b"\xff\xd8\xff", "a picture", _OCR),
    (b"GIF8", "a picture", _OCR),
    (b"II*\x00", "a picture", _OCR),
    (b"MM\x00*", "a picture", _OCR),
)
_MARKUP = re.compile(r"\s*(?:<\?xml\b|<!doctype\s|<html\b|<article\b)", re.IGNORECASE)
_BINARY = "this is a binary file, not text"
_GIVE_TEXT = "Give the report as plain text (UTF-8)."
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32)])
"""Control characters that no text holds; tab, line ends and form feed are left out."""
_CASES = frozenset({".yaml", ".yml", ".json"})


def is_case_file(path: Path) -> bool:
    """Whether a file is taken for a reading (:mod:`formats.caseyaml`), by its ending."""
    return path.suffix.lower() in _CASES


def decode(data: bytes, name: str) -> str:
    """The text of a file's bytes: UTF-8 (with or without mark), UTF-16 with mark, else Windows-1252.

    Args:
        data: The bytes.
        name: Base name, for messages.

    Raises:
        InputError: Too large, empty, binary, or of a format that is not plain text.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data), name)
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, what, step in _MAGIC:
        if start.startswith(magic):
            raise InputError(f"this is {what}, not plain text", place=name, next_step=step)
    text = _decoded(data)
    if not text.strip():
        raise InputError("the file is empty", place=name, next_step="Give a file that holds the report's text.")
    head = text[:8192]
    if "\x00" in text or len(head) - len(head.translate(_CONTROLS)) > max(1, len(head) * 0.02):
        raise InputError(_BINARY, place=name, next_step=_GIVE_TEXT)
    if _MARKUP.match(text):
        raise InputError("this is an HTML or XML file, not plain text", place=name, next_step=_AS_TEXT)
    return text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if (order := _unmarked(data)) is not None:
        return data.decode(order, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of its first part is zero, and hardly one of the others."""
    head = data[:4000]
    if len(head) < 8 or len(data) % 2 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0) / (len(head) // 2), head[1::2].count(0) / (len(head) // 2)
    return "utf-16-le" if odd > 0.7 and even < 0.02 else "utf-16-be" if even > 0.7 and odd < 0.02 else None


def too_large(size: int, name: str) -> InputError:
    """The refusal of a file over the limit."""
    return InputError(
        f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
        place=name,
        next_step="Split it into its reports, or cut the parts that are no report.",
    )


def base_name(path: Path) -> str:
    """The last part of a path as text that can be printed, whatever bytes the file system holds."""
    name = path.name or str(path)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def load(path: Path, id: str) -> Document:
    """The document in a file; its name is the file's base name (until the door of formats takes over).

    Raises:
        InputError: No such file, not readable, or not plain text.
    """
    name = base_name(path)
    try:
        if path.is_dir():
            raise InputError("this is a folder", place=name, next_step="Give the files in it.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", place=name, next_step="Check the path.") from None
    return Document.from_text(decode(data, name), name, id)
