"""Floor 1: documents, and the evidence that every value carries.

A value read from a text points at the exact words; one from a table or a message at its cell or path; a derived value
lists what it came from; an entered value says who entered it. Imports nothing of the package but the errors.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

from dechallenge.errors import InputError


class Frozen(BaseModel):
    """Base of every published value: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Frozen):
    """A text with an identity. Offsets count code points of ``text``, newlines untouched.

    Attributes:
        places: Where the parts of the text stand in the original, for formats that are not text: the offset at which a
            part begins, and its page ("page 3"), paragraph or element path. Empty for plain text.
    """

    id: str
    name: str
    text: str
    sha256: str
    places: tuple[tuple[int, str], ...] = ()

    @classmethod
    def from_text(
        cls, text: str, name: str = "text", id: str = "d1", places: tuple[tuple[int, str], ...] = ()
    ) -> Document:
        """Make a document of a decoded text.

        Args:
            text: The decoded text.
            name: Base name of the file it came from.
            id: Identity within one run.
            places: Where its parts stand in the original, by offset.
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(id=id, name=name, text=text, sha256=digest, places=places)

    def place(self, offset: int) -> str:
        """Where the character at an offset stands in the original; empty where the text is the original."""
        index = bisect_right(self.places, offset, key=lambda one: one[0]) - 1
        return self.places[index][1] if index >= 0 else ""

    def quote(self, start: int, end: int) -> TextEvidence:
        """Evidence for ``text[start:end]``.

        Raises:
            InputError: The span lies outside the text or is empty.
        """
        if not 0 <= start < end <= len(self.text):
            raise InputError(f"span {start}-{end} is outside the text", place=self.name)
        return TextEvidence(document=self.id, start=start, end=end, quote=self.text[start:end])


class TextEvidence(Frozen):
    """Words of a text: ``text[start:end] == quote``, always."""

    document: str
    start: int
    end: int
    quote: str


class PathEvidence(Frozen):
    """A place in a message (an XML or JSON path)."""

    document: str
    path: str
    quote: str


class CellEvidence(Frozen):
    """A cell of a sheet."""

    document: str
    sheet: str
    row: int
    column: str
    quote: str


class EnteredEvidence(Frozen):
    """A value entered by a person, with the place where it was entered (never a clock)."""

    entered_by: str
    at: str


class DerivedEvidence(Frozen):
    """A value computed from others: what it came from, and how."""

    derived_from: tuple[Evidence, ...]
    how: str


def _kind(value: object) -> str:
    tag = _TAGS.get(type(value))
    if tag is not None:
        return tag
    if isinstance(value, dict):
        return _tag(value)
    tag = _TAGS[type(value)] = _tag(getattr(type(value), "model_fields", {}))
    return tag


_TAGS: dict[type, str] = {}
"""What each kind of evidence is called."""


def _tag(keys: Mapping[str, object]) -> str:
    for key, tag in (("start", "text"), ("path", "path"), ("sheet", "cell"), ("entered_by", "entered")):
        if key in keys:
            return tag
    return "derived"


Evidence = Annotated[
    Annotated[TextEvidence, Tag("text")]
    | Annotated[PathEvidence, Tag("path")]
    | Annotated[CellEvidence, Tag("cell")]
    | Annotated[EnteredEvidence, Tag("entered")]
    | Annotated[DerivedEvidence, Tag("derived")],
    Discriminator(_kind),
]

DerivedEvidence.model_rebuild()

State = Literal["positive", "negative", "not done", "not reported", "not interpretable"]
"""The five states of a test (rule 2 of the design): unknown is not no."""


def words(evidence: tuple[Evidence, ...]) -> tuple[TextEvidence, ...]:
    """All quotations that a chain of evidence rests on, in order of appearance, each once."""
    found: dict[tuple[str, int, int], TextEvidence] = {}
    for item in evidence:
        if isinstance(item, TextEvidence):
            found.setdefault((item.document, item.start, item.end), item)
        elif isinstance(item, DerivedEvidence):
            for quote in words(item.derived_from):
                found.setdefault((quote.document, quote.start, quote.end), quote)
    return tuple(found.values())
