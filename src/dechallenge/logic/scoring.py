"""Scoring: the readings of all items, the range over all completions, and the verdict that follows from them.

Imports `compiled`, `explain`, `numeric` and the language.
"""

from __future__ import annotations

from collections.abc import Mapping

from dechallenge.logic import explain, numeric
from dechallenge.logic.compiled import Allowed, Compiled, Reading, Spread, compiled, settled_points
from dechallenge.logic.derived import with_derived
from dechallenge.logic.diagram import Walk
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Category, Computed, Instrument, Item, Sum
from dechallenge.logic.instrument import Highest as HighestResult
from dechallenge.logic.kleene import Truth
from dechallenge.logic.results import Outlook
from dechallenge.logic.terms import Term


class Scoring:
    """The working of one scoring: the readings of all items, the range, and what follows from them."""

    def __init__(
        self,
        instrument: Instrument,
        facts: Facts,
        kind: str | None,
        *,
        before: Scoring | None = None,
        level: int | None = None,
    ) -> None:
        """Work out readings and range; with `before`, only what the block `level` changes is worked out anew."""
        self.instrument = instrument
        self.kind = kind
        self.machine: Compiled = compiled(instrument)
        self.facts = with_derived(self.machine.derived, facts) if before is None else facts
        self.truths: list[Truth]
        self.allowed: Allowed
        self.active: tuple[int, ...]
        self.range: Walk
        machine = self.machine
        if before is None or level is None:
            self.truths = machine.truths(self.facts)
            self.allowed = machine.allowed(self.facts)
            self.active = machine.active(self.facts, kind)
            self.range = machine.walk(self.allowed, self.active)
            affected = (1 << len(self.allowed)) - 1
            kept: Mapping[int, Reading] = {}
        else:
            self.truths = machine.truths_after(before.truths, facts, level)
            self.allowed = machine.allowed_after(before.allowed, facts, level)
            self.active = before.active
            self.range = machine.walk(self.allowed, self.active, before.range)
            affected = 1 << level
            kept = before.readings
        self.gates = machine.gate_truths(self.truths)
        self.readings: dict[int, Reading] = {
            place: (
                machine.read(place, self.truths, self.allowed)
                if place not in kept or machine.diagram.leaves[place].levels & affected
                else kept[place]
            )
            for place in self.active
        }
        self.spread: Spread = machine.spread(self.range, self.active)

    @property
    def terms(self) -> dict[str, Term]:
        """Every term that the items ask about, with the formulas."""
        return {**self.machine.diagram.atoms.terms, **{term.name: term for term in self.machine.derived}}

    @property
    def refused(self) -> str:
        """Why the instrument does not apply; empty when it does or may."""
        for entry, met, gate in zip(self.instrument.entry, self.gates, self.machine.diagram.gates, strict=True):
            if met is False:
                names = explain.names_of(self.machine.diagram.atoms, explain.deciding(gate.trees[0], self.truths))
                why, _ = explain.because(
                    (n for n in names if n in self.facts), self.facts, self.machine.diagram.atoms.terms
                )
                return f"{entry.refusal} ({why})." if why else f"{entry.refusal}."
        if self.active and self.spread.empty:
            open_entries = [e for e, met in zip(self.instrument.entry, self.gates, strict=True) if met is not True]
            return f"{open_entries[0].refusal}." if open_entries else "No row of the instrument fits the facts."
        return ""

    def number(self) -> float | None:
        """The score by the convention."""
        result = self.instrument.result
        readings = list(self.readings.values())
        if isinstance(result, Computed):
            quantity = self.instrument.item(result.item).quantity
            return None if quantity is None else numeric.point(quantity, self.facts)
        points = [reading.gives for reading in readings if isinstance(reading.gives, int)]
        if any(reading.forbidden for reading in readings):
            return None
        if isinstance(result, Sum):
            return settled_points(result, points) if len(points) == len(readings) else None
        if not isinstance(result, HighestResult) or not points:
            return None
        return max(*points, *self.spread.numbers[:1])

    def limits(self) -> tuple[float | None, float | None]:
        """The lowest and highest score over all completions."""
        result = self.instrument.result
        if isinstance(result, Computed):
            quantity = self.instrument.item(result.item).quantity
            return (None, None) if quantity is None else numeric.limits(quantity, self.facts)
        numbers = self.spread.numbers
        return (numbers[0], numbers[-1]) if numbers else (None, None)

    def codes(self, *, assumed: bool = False) -> dict[str, str | None]:
        """The code of each item and table by the convention; with `assumed`, forbidden gaps are filled as told."""
        found: dict[str, str | None] = {}
        for place, reading in self.readings.items():
            item = self.leaf(place)
            usable = reading.gives is not None and (assumed or not reading.forbidden)
            found[item.id] = str(reading.gives) if usable else None
        return self.machine.resolver.one(found) if self.machine.resolver else found

    def outlook(self) -> Outlook:
        """Score, range and category without items."""
        if self.refused:
            return Outlook(applicable=False)
        low, high = self.limits()
        number = self.number()
        category, code = self.category(number)
        return Outlook(True, number, low, high, category, self.categories(), code)

    def category(self, number: float | None) -> tuple[str | None, str | None]:
        """Category and code by the convention."""
        result = self.instrument.result
        if isinstance(result, Sum | HighestResult):
            return (None if number is None else band(result, number)), None
        codes = self.codes()
        if isinstance(result, Category | Computed):
            return codes.get(result.item), None
        assert self.machine.resolver is not None
        if any(reading.forbidden for reading in self.readings.values()):
            return None, None
        return self.machine.resolver.category(codes), self.machine.resolver.written(codes)

    def categories(self) -> tuple[str, ...]:
        """The categories (or codes) that some completion reaches."""
        result = self.instrument.result
        if isinstance(result, Sum | HighestResult):
            reached = {band(result, number) for number in self.spread.numbers}
            return tuple(found.category for found in result.bands if found.category in reached)
        return self.spread.codes

    def leaf(self, place: int) -> Item:
        """The item (or part) at a place."""
        item = self.machine.diagram.leaves[place].item
        assert item is not None
        return item


def band(result: Sum | HighestResult, number: float) -> str:
    """The category of a total."""
    for found in result.bands:
        if (found.low is None or number >= found.low) and (found.high is None or number <= found.high):
            return found.category
    return ""
