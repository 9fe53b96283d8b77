"""Every option of every item by table; the test fails for an option without a row or a limit without both its sides."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from dechallenge import instruments
from dechallenge.logic.derived import derive
from dechallenge.logic.instrument import Instrument, Item
from dechallenge.logic.predicates import And, AtLeast, Compare, Not, Or, Predicate
from dechallenge.logic.terms import Derived, Number
from tests.spec.table import Row, check, facts_of, option_taken


def _tables() -> Iterator[tuple[str, list[Row]]]:
    """The tables of every module `rows_*` of this folder."""
    for file in sorted(Path(__file__).parent.glob("rows_*.py")):
        yield from import_module(f"tests.spec.{file.stem}").ALL.items()


TABLES: dict[str, list[Row]] = {}
for _id, _lines in _tables():
    assert _id not in TABLES, f"two tables for {_id}"
    TABLES[_id] = _lines

LINES = [pytest.param(id, line, id=f"{id} {line}") for id, lines in TABLES.items() for line in lines]


@pytest.mark.parametrize(("id", "line"), LINES)
def test_row(id: str, line: Row) -> None:
    check(instruments.get(id), line)


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_every_option_has_a_row(instrument: Instrument) -> None:
    taken = {
        (line.item, option_taken(instrument, line)) for line in TABLES[instrument.id] if _is_leaf(instrument, line)
    }
    wanted = {(leaf.id, place) for leaf in instrument.leaves for place in range(len(leaf.options))}
    assert not {f"{item} option {place}" for item, place in wanted - taken}


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_every_missing_rule_has_a_row(instrument: Instrument) -> None:
    by_missing = {line.item for line in TABLES[instrument.id] if _is_leaf(instrument, line)}
    lacking = {
        leaf.id
        for leaf in instrument.leaves
        if leaf.id in by_missing
        and not any(line.item == leaf.id and option_taken(instrument, line) is None for line in TABLES[instrument.id])
        and not _always_answers(leaf)
    }
    assert not lacking


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
def test_every_limit_has_a_row_on_it_and_beside_it(instrument: Instrument) -> None:
    lacking = []
    for leaf in instrument.leaves:
        given: dict[str, set[float]] = {}
        for line in TABLES[instrument.id]:
            if line.item == leaf.id:
                for name, value in line.given.items():
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        given.setdefault(name, set()).add(float(value))
        for term, limit in _limits(leaf):
            if isinstance(term, Derived):
                near = max(0.1 * abs(limit), 0.02)
                worked_out = _worked_out(instrument, leaf, term)
                below = any(limit - near <= value <= limit for value in worked_out)
                if not (below and any(limit <= value <= limit + near for value in worked_out)):
                    lacking.append(f"{leaf.id}: {term.name} just below and just above {limit:g}")
                continue
            values = given.get(term.name, set())
            beside = any(0 < abs(value - limit) <= max(0.1 * abs(limit), 1) for value in values)
            if not (any(abs(value - limit) < 1e-9 for value in values) and beside):
                lacking.append(f"{leaf.id}: {term.name} at {limit:g}")
    assert not lacking


def _worked_out(instrument: Instrument, leaf: Item, term: Derived) -> list[float]:
    """The values of a formula on the rows of an item."""
    rows = [line for line in TABLES[instrument.id] if line.item == leaf.id]
    facts = [derive(term, facts_of(instrument, line)) for line in rows]
    return [fact.point for fact in facts if fact is not None and fact.point is not None]


def _limits(leaf: Item) -> set[tuple[Number, float]]:
    found: set[tuple[Number, float]] = set()
    stack: list[Predicate] = [option.when for option in leaf.options]
    while stack:
        predicate = stack.pop()
        if isinstance(predicate, And | Or | AtLeast):
            stack.extend(predicate.parts)
        elif isinstance(predicate, Not):
            stack.append(predicate.part)
        elif (
            isinstance(predicate, Compare) and isinstance(predicate.left, Number) and isinstance(predicate.right, float)
        ):
            found.add((predicate.left, predicate.right))
    return found


def _is_leaf(instrument: Instrument, line: Row) -> bool:
    return any(leaf.id == line.item for leaf in instrument.leaves)


def _always_answers(leaf: Item) -> bool:
    """Gradings of one number always answer when the number is exact."""
    return leaf.measured is not None
