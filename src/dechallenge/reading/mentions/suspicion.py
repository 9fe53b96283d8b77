"""What speaks for a drug as the suspect: the one table of grounds, and those that a report gives, with their words.

Imports nothing of the package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

SAME_PLACE = 80
"""Characters within which the same sign of blame counts once ("stopped and replaced")."""
BLAMED = 3.0
"""Weight from which a drug counts as blamed by the report."""


class Ground(Enum):
    """A reason for or against a drug as the cause: how the user is told, and what it weighs where no rule says else.

    The weights order the drugs of one report; they are our own and no instrument's. From ``BLAMED`` on one is enough.
    """

    NAMED = ("the report blames it", 4.0)
    ATTRIBUTED = ("the report attributes the reaction to it", 3.5)
    HEADED = ("blamed in the title or abstract", 4.0)
    NAMES_ANOTHER = ("the report names another drug as suspect beside it", 3.5)
    STOPPED_FOR_IT = ("the report stopped it for what came under it", 3.5)
    SUSPECTED = ("it was stopped because it was suspected", 3.5)
    AVOIDED = ("it was avoided or blamed after the reaction", 3.5)
    ALLERGY_TEST = ("a test for allergy to it was positive", 3.5)
    INTOXICATION = ("the reaction is an intoxication with it", 0.5)
    CAME_BACK = ("the reaction came back when it was given again", 2.0)
    MEMBER = ("a drug of the class that is blamed", 0.0)
    CAME_AFTER = ("the reaction is told as coming after it", 3.0)
    TIMED = ("the reaction is timed from it", 3.5)
    TIMED_FROM_START = ("the reaction is timed from its start", 2.5)
    STOPPED_BECAUSE = ("it was stopped because of the reaction", 2.0)
    # What happened to a drug, without a word of blame.
    STOPPED = ("it was stopped after the reaction", 3.0)
    STARTED = ("it was started before the reaction", 0.8)
    AGAIN = ("it was given again", 2.0)
    FOLLOWED = ("the reaction followed it in the report", 2.0)
    DURING = ("the reaction began while it was taken", 1.0)
    # What spares a drug.
    BESIDE = ("it is one of the other medicines", -2.0)
    PAST = ("it is told of the past", -1.0)
    NO_ALLERGY = ("a test for allergy to it was negative", -3.0)
    SWITCHED_BEFORE = ("it was changed for another drug", -3.0)
    WENT_ON = ("the reaction went on after it was stopped", -5.0)
    CLEARED = ("the reaction went on until another drug was stopped", -4.0)
    TOLERATED = ("it was given again without the reaction", -3.0)
    BEGUN_AFTER = ("it was begun after the reaction", -6.0)

    def __init__(self, words: str, weight: float) -> None:
        self.words = words
        self.weight = weight


MERE = frozenset({Ground.STOPPED, Ground.STARTED, Ground.AGAIN, Ground.FOLLOWED, Ground.DURING})
"""Grounds that tell what happened to a drug, without a word of blame."""


@dataclass(frozen=True, slots=True)
class Told:
    """A ground as one report gives it: where it first stands, and the words that are quoted with it."""

    ground: Ground
    start: int
    end: int
    quote: str = ""

    @property
    def reason(self) -> str:
        """The ground in words, with what is quoted: "the reaction is timed from it: “after two weeks of X”"."""
        if self.ground is Ground.MEMBER:
            return f"{self.ground.words} ({self.quote})"
        return f"{self.ground.words}: “{self.quote}”" if self.quote else self.ground.words


@dataclass(slots=True)
class Suspicion:
    """What speaks for a drug as the suspect, with the clean spans of the words.

    ``told`` holds the grounds that speak for it, in the order in which they were found, ``spared`` those against it.
    """

    drug: str
    weight: float = 0.0
    first: int = 10**9
    told: list[Told] = field(default_factory=list)
    spared: set[Ground] = field(default_factory=set)

    def add(self, ground: Ground, span: tuple[int, int], *, weight: float | None = None, quote: str = "") -> None:
        """Count a ground, unless the same was counted close by."""
        size = ground.weight if weight is None else weight
        known = next((t for t in self.told if t.ground is ground and t.quote == quote), None)
        if size > 0 and known is not None and abs(known.start - span[0]) < SAME_PLACE:
            return
        self.weight += size
        if size < 0:
            self.spared.add(ground)
        if size > 0 and known is None:
            self.told.append(Told(ground, *span, quote))

    def has(self, *grounds: Ground) -> bool:
        """Whether one of the grounds speaks for it."""
        return any(t.ground in grounds for t in self.told)

    def only(self, *grounds: Ground) -> bool:
        """Whether nothing but these grounds speaks for it, or nothing at all."""
        return all(t.ground in grounds for t in self.told)

    def place(self, ground: Ground) -> int | None:
        """Where a ground first stands."""
        return next((t.start for t in self.told if t.ground is ground), None)

    @property
    def because(self) -> str:
        """Every ground that speaks for it, in words."""
        return "; ".join(t.reason for t in self.told) or "named with the reaction"
