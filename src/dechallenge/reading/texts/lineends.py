"""Line ends of every system read as one, with every offset and every quote as the text has them.

May import evidence and the case model.
"""

from __future__ import annotations

from typing import TypeVar

from dechallenge.evidence import Document, Frozen, TextEvidence

T = TypeVar("T")


def with_newlines(document: Document) -> Document:
    r"""The document with ``\n`` at the end of each line, character for character: ``\r\n`` is a blank and ``\n``."""
    if "\r" not in document.text:
        return document
    return document.model_copy(update={"text": document.text.replace("\r\n", " \n").replace("\r", "\n")})


def requoted(value: T, document: Document) -> T:
    """A value of the case model whose quotes are the words of this document.

    Args:
        value: What was read from the document as :func:`with_newlines` gave it.
    """
    if isinstance(value, TextEvidence):
        quote = document.text[value.start : value.end]
        return value if value.quote == quote else value.model_copy(update={"quote": quote})
    if isinstance(value, Frozen):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        changed = {name: new for name, old in fields.items() if (new := requoted(old, document)) is not old}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, tuple) and type(value) is tuple:
        parts = tuple(requoted(part, document) for part in value)
        return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value  # type: ignore[return-value]
    return value
