"""A drug as it is named in a text. Imports nothing of the package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a sentence.

    Attributes:
        start, end: Clean span.
        drug: Canonical name (INN, class or herb), lower case; empty for a pronoun.
        ingredients: INNs of a combination product.
        kind: ``substance``, ``class``, ``herb`` or ``pronoun``; ``all`` for "all medications"; ``dose`` for a dose that
            stands alone, of the drug named last.
        sentence: Index of the sentence.
    """

    start: int
    end: int
    drug: str
    ingredients: tuple[str, ...]
    kind: str
    sentence: int
