"""Terms: the named facts that instruments ask for. Each is declared once, in `facts/vocabulary`.

Imports `predicates` and `quantities`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.logic.predicates import OneOf, Predicate
from dechallenge.logic.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Number(Quantity):
    """A numeric fact.

    Args:
        name: Identifier, also the keyword of the Python API.
        unit: Unit of every value of this term ("d", "×ULN", "mg/dL" …).
        meaning: What the number is.
        question: The plain question that asks for it.
        supply: What the maker of the fact has to hand in, and when it is unknown.
        low, high: Legal values (closed); None = no limit.
        label: Short name for people; empty = the name with spaces.
    """

    name: str
    unit: str
    meaning: str
    question: str
    supply: str = ""
    low: float | None = None
    high: float | None = None
    label: str = ""

    @property
    def title(self) -> str:
        """The short name for people."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Flag(Predicate):
    """A yes/no fact; without a value it is unknown. Used directly as a predicate."""

    name: str
    meaning: str
    question: str
    supply: str = ""
    label: str = ""

    @property
    def title(self) -> str:
        """The short name for people."""
        return self.label or self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact with named values.

    Args:
        values: The values a complete answer can take ("positive", "negative", "not done").
        unknowns: Words that may be handed in and mean that the answer is unknown ("not reported", "not interpretable").
    """

    name: str
    values: tuple[str, ...]
    meaning: str
    question: str
    supply: str = ""
    unknowns: tuple[str, ...] = ()
    label: str = ""

    @property
    def title(self) -> str:
        """The short name for people."""
        return self.label or self.name.replace("_", " ")

    def is_(self, value: str) -> Predicate:
        """The fact has this value."""
        return self.one_of(value)

    def one_of(self, *values: str) -> Predicate:
        """The fact has one of these values.

        Raises:
            ValueError: A value that the term does not have (a slip in a definition).
        """
        illegal = [value for value in values if value not in self.values]
        if illegal:
            raise ValueError(f"{self.name} has no value {illegal[0]!r}; legal: {', '.join(self.values)}")
        return OneOf(self, tuple(value for value in self.values if value in values))


@dataclass(frozen=True, slots=True)
class Derived(Number):
    """A number that a published formula gives from other facts. The engines work it out; nobody types it.

    Args:
        formula: The formula.
        rises: The numbers (and flags, choices) with which it rises, or stays, whatever the others are.
        falls: Those with which it falls, or stays. Inputs in neither may go either way: both their ends are tried,
            which is exact as long as the formula has no turning point in that input.
        rounds: Decimals to which the publication rounds; None = not rounded.
    """

    formula: Quantity | None = None
    rises: tuple[Term, ...] = ()
    falls: tuple[Term, ...] = ()
    rounds: int | None = None

    def __post_init__(self) -> None:
        if self.formula is None:
            raise ValueError(f"{self.name} has no formula")

    def __hash__(self) -> int:
        """By name: the formula would be walked on every look-up."""
        return hash(self.name)


Term = Number | Flag | Choice
