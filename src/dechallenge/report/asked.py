"""The open questions as a page shows them: the few that matter most, the others folded by the instrument that asks.

Imports the contract and this folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dechallenge.assessment.model import EventOut, SuspectOut
from dechallenge.report.view import Question, questions

FIRST = 5
"""Questions that are shown at once."""


@dataclass(frozen=True)
class Fold:
    """Questions under one heading; of a kind of instruments, folded once more by instrument."""

    title: str
    questions: tuple[Question, ...]
    folds: tuple[Fold, ...] = ()

    @property
    def decisive(self) -> int:
        """How many of them would change a result; the others only narrow a range."""
        return sum(bool(question.effects) for question in self.questions)


@dataclass(frozen=True)
class Asked:
    """The first questions, and the others folded: causality, then grading and criteria."""

    first: tuple[Question, ...]
    folds: tuple[Fold, ...]


def open_questions(suspects: Sequence[SuspectOut], events: Sequence[EventOut] = ()) -> Asked:
    """The open questions of a case, most decisive first, all but the first folded by instrument."""
    asked = questions(suspects, events)
    rest = asked[FIRST:]
    kinds = (("Causality", False), ("Grading and criteria", True))
    found = (_kind(title, [q for q in rest if q.grades is grades]) for title, grades in kinds)
    return Asked(tuple(asked[:FIRST]), tuple(fold for fold in found if fold.questions))


def _kind(title: str, asked: Sequence[Question]) -> Fold:
    """One fold for each instrument, in the order of its most decisive question."""
    owners = dict.fromkeys(question.owner for question in asked)
    folds = tuple(Fold(owner, tuple(q for q in asked if q.owner == owner)) for owner in owners)
    return Fold(title, tuple(asked), folds)
