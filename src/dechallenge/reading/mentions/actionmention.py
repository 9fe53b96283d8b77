"""A verb of exposure in a text and the drugs that it means. May import drugs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dechallenge.reading.mentions.drugmention import DrugMention


@dataclass(frozen=True, slots=True)
class ActionMention:
    """A verb of exposure and the drugs that it means.

    Attributes:
        start, end: Clean span of verb and drugs.
        kind: ``started``, ``stopped``, ``continued``, ``reduced``, ``increased``, ``restarted`` or ``refused``.
        drugs: The drug mentions it governs; a pronoun mention, or none ("Rechallenge led to …").
        cue: Clean span of the verb.
        again: "again", "restarted": a further course.
    """

    start: int
    end: int
    kind: str
    drugs: tuple[DrugMention, ...]
    cue: tuple[int, int]
    sentence: int
    negated: bool = False


def exchanged_for(action: ActionMention, actions: Iterable[ActionMention]) -> set[str]:
    """ "Treatment was changed to X": the drugs that the verb of a stop begins, so it cannot mean them."""
    return {d.drug for a in actions if a.kind == "started" and a.cue == action.cue for d in a.drugs}
