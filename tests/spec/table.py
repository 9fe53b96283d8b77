"""The shape of a spec table: one row says which facts go in and what an item must give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dechallenge.logic.engine import score
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Given, Instrument
from dechallenge.logic.results import InstrumentResult, ItemResult
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import typed_facts


@dataclass(frozen=True)
class Row:
    """One line of a spec table: item id, facts, and the points or the code that must come out."""

    item: str
    given: Mapping[str, Given]
    gives: int | str | None

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.given.items())
        return f"{self.item}: {facts} → {self.gives}"


def row(item: str, gives: int | str | None, *bases: Mapping[str, Given], **given: Given) -> Row:
    """A row with the facts of the bases and its own."""
    facts: dict[str, Given] = {}
    for base in bases:
        facts.update(base)
    return Row(item, {**facts, **given}, gives)


def run(instrument: Instrument, line: Row) -> tuple[InstrumentResult, ItemResult]:
    """The result of a row, and its item."""
    result = score(instrument, facts_of(instrument, line), questions=False)
    assert result.applicable, result.reason
    return result, result.item(line.item)


def check(instrument: Instrument, line: Row) -> None:
    """The row's item gives what the row says."""
    _, item = run(instrument, line)
    if line.gives is None:
        assert item.code is None, item
    assert (item.code if isinstance(line.gives, str) else item.points) == line.gives, item


def option_taken(instrument: Instrument, line: Row) -> int | None:
    """The place of the option that the row's item takes; None for its missing rule."""
    scoring = Scoring(instrument, facts_of(instrument, line), None)
    place = next(place for place, leaf in enumerate(instrument.leaves) if leaf.id == line.item)
    return scoring.readings[place].option


def facts_of(instrument: Instrument, line: Row) -> Facts:
    """The facts of a row."""
    return Facts(typed_facts(instrument, line.given))
