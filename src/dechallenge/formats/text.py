"""Plain text files to documents, with a clear refusal of what is not plain text. Imports evidence and errors."""

from __future__ import annotations

from pathlib import Path

from dechallenge.errors import InputError
from dechallenge.evidence import Document

MAX_BYTES = 20_000_000
"""Documents over this size are refused, never truncated."""

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF file", "Save its text (for example with pdftotext) and give that; PDF is read from a later version on."),
    (b"PK\x03\x04", "a DOCX or other zipped file", "Save it as plain text (.txt, UTF-8) and give that."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as plain text (.txt, UTF-8) and give that."),
    (b"{\\rtf", "an RTF file", "Save it as plain text (.txt, UTF-8) and give that."),
    (b"\x89PNG", "a picture", "Recognise its text first (OCR) and give the text."),
    (b"\xff\xd8\xff", "a picture", "Recognise its text first (OCR) and give the text."),
    (b"GIF8", "a picture", "Recognise its text first (OCR) and give the text."),
)


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
    for magic, what, step in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"this is {what}, not plain text", place=name, next_step=step)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            if _binary(data):
                raise InputError(
                    "this is a binary file, not text", place=name, next_step="Give the report as plain text (UTF-8)."
                ) from None
            text = data.decode("cp1252", errors="replace")
    if _binary_text(text):
        raise InputError(
            "this is a binary file, not text", place=name, next_step="Give the report as plain text (UTF-8)."
        )
    if not text.strip():
        raise InputError("the file is empty", place=name, next_step="Give a file that holds the report's text.")
    return text


def too_large(size: int, name: str) -> InputError:
    """The refusal of a file over the limit."""
    return InputError(
        f"the file has {size:,} bytes; the limit is {MAX_BYTES:,}",
        place=name,
        next_step="Split it into its reports, or cut the parts that are no report.",
    )


def load(path: Path, id: str) -> Document:
    """The document in a file; its name is the file's base name.

    Raises:
        InputError: No such file, not readable, or not plain text.
    """
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InputError("this is a folder", place=name, next_step="Give the files in it.")
        if size > MAX_BYTES:
            raise too_large(size, name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", place=name, next_step="Check the path.") from None
    except OSError as error:
        raise InputError(f"the file cannot be read ({error.strerror})", place=name, next_step="Check its permissions.") from None
    return Document.from_text(decode(data, name), name, id)


def _binary(data: bytes) -> bool:
    head = data[:8192]
    return b"\x00" in head or sum(b < 9 or 13 < b < 32 for b in head) > len(head) * 0.02


def _binary_text(text: str) -> bool:
    head = text[:8192]
    return "\x00" in head or sum(ord(c) < 9 or 13 < ord(c) < 32 for c in head) > max(1, len(head) * 0.02)
