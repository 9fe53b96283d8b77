"""Mails saved as files (EML) to text: subject and message, without the other headers and without attachments.

Imports `html`, `written` and errors.
"""

from __future__ import annotations

import email
import email.message
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header

from dechallenge.errors import InputError
from dechallenge.formats.written import Writer, Written

_MAX_PARTS = 200
_STEP = "Save the attachments and give them as files."


def read_mail(data: bytes, name: str) -> Written:
    """The text of a mail: its plain text where it has one, else its HTML.

    Raises:
        InputError: It holds no text.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
    except RecursionError:
        raise InputError("the parts of this mail are nested too deeply", place=name, next_step=_STEP) from None
    plain, page, attached = "", b"", 0
    for part in _parts(message):
        if part.get_content_disposition() == "attachment":
            attached += 1
        elif part.get_content_type() == "text/plain" and not plain.strip():
            plain = _text(part)
        elif part.get_content_type() == "text/html" and not page:
            body = part.get_payload(decode=True)
            page = body if isinstance(body, bytes) else b""
    said = (
        f"{attached} attachment{'s' if attached > 1 else ''} of this mail {'were' if attached > 1 else 'was'} not read"
    )
    notes = ((said, _STEP),) if attached else ()
    if plain.strip():
        writer = Writer()
        writer.block(_subject(message), "subject")
        writer.block(plain.replace("\r\n", "\n").replace("\r", "\n").strip("\n"), "message")
        written = writer.finish()
        return Written(written.text, written.places, notes)
    if page.strip():
        from dechallenge.formats.html import read_html

        written = read_html(page, name)
        return Written(written.text, written.places, notes)
    step = _STEP if attached else "Give the report as a file."
    raise InputError("this mail holds no text", place=name, next_step=step)


def _parts(message: email.message.Message) -> Iterator[email.message.Message]:
    for number, part in enumerate(message.walk()):
        if number >= _MAX_PARTS:
            return
        if not part.is_multipart():
            yield part


def _text(part: email.message.Message) -> str:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes):
        return ""
    try:
        return body.decode(str(part.get_content_charset() or "utf-8"))
    except (LookupError, ValueError):
        return body.decode("cp1252", errors="replace")


def _subject(message: email.message.Message) -> str:
    try:
        return " ".join(str(make_header(decode_header(str(message.get("Subject", ""))))).split())
    except (ValueError, LookupError, MessageError):  # a damaged header
        return ""
