"""Sentences that know where each of their statements stands in the case.

The smallest piece is a statement: words, the places of the values it says, and their evidence. Sentences, paragraphs
and the narrative are put together from them. May import the evidence only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dechallenge.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Told:
    """One statement.

    Attributes:
        text: Its words in the sentence.
        at: Places in the case of the values that it says: ``exposures.x1.dose``, ``measurements.l5.value``,
            ``findings.3``.
        evidence: Where those values come from.
    """

    text: str
    at: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its statements, in their order."""

    text: str
    told: tuple[Told, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of all statements, each piece once."""
        return tuple(dict.fromkeys(one for told in self.told for one in told.evidence))

    @property
    def at(self) -> tuple[str, ...]:
        """The places of all values that the sentence says."""
        return tuple(dict.fromkeys(place for told in self.told for place in told.at))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences on one subject under its heading."""

    title: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Narrative:
    """A narrative written from a case.

    Attributes:
        paragraphs: Those that have something to say, in the order of a case report.
        remarks: How to read it (what day 0 is); no statement on the patient.
    """

    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences with their evidence."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @property
    def text(self) -> str:
        """Plain text: each paragraph with its heading, parted by blank lines; ends with a line break."""
        parts = [f"{p.title}\n{p.text}" for p in self.paragraphs]
        return "\n\n".join((*parts, *self.remarks)) + "\n" if parts else ""


def said(text: str, *at: str, evidence: Iterable[Evidence] = ()) -> Told | None:
    """A statement; nothing without words."""
    return Told(text, at, tuple(evidence)) if text else None


def sentence(*parts: str | Told | None) -> Sentence | None:
    """A sentence of words and statements, with a capital and a full stop; nothing where it would state nothing."""
    told = tuple(part for part in parts if isinstance(part, Told))
    text = "".join(part if isinstance(part, str) else part.text for part in parts if part is not None).strip()
    if not told or not text:
        return None
    head = text[:1].upper() + text[1:]
    return Sentence(head if head.rstrip("”)")[-1:] in (".", "!", "?") and head[-1] != ")" else f"{head}.", told)


def joined(items: Sequence[Told], comma: str = ", ", last: str = " and ") -> list[str | Told]:
    """Statements in a row: ``a``, ``a and b``, ``a, b and c``."""
    out: list[str | Told] = []
    for number, item in enumerate(items):
        if number:
            out.append(last if number == len(items) - 1 else comma)
        out.append(item)
    return out


def paragraph(title: str, sentences: Iterable[Sentence | None]) -> list[Paragraph]:
    """A paragraph in a list; an empty list where it has no sentence."""
    kept = tuple(one for one in sentences if one is not None)
    return [Paragraph(title, kept)] if kept else []


def merged(items: Iterable[Told]) -> list[Told]:
    """Statements in the same words once, with all their places and evidence."""
    found: dict[str, Told] = {}
    for item in items:
        known = found.get(item.text)
        if known is None:
            found[item.text] = item
        else:
            evidence = tuple(dict.fromkeys((*known.evidence, *item.evidence)))
            found[item.text] = Told(item.text, (*known.at, *item.at), evidence)
    return list(found.values())
