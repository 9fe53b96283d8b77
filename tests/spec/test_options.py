"""Every option of every item by table; the test fails for an option without a row or a limit without both its sides."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.logic.instrument import Instrument, Item
from dechallenge.logic.predicates import And, AtLeast, Compare, Not, Or, Predicate
from dechallenge.logic.terms import Number
from tests.spec import rows_ctcae, rows_other
from tests.spec.rows_rucam import RUCAM_1993, RUCAM_2016
from tests.spec.table import Row, check, option_taken

TABLES: dict[str, list[Row]] = {
    "rucam-1993": RUCAM_1993,
    "rucam-2016": RUCAM_2016,
    **rows_other.ALL,
    **rows_ctcae.ALL,
}

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
        for name, limit in _limits(leaf):
            values = given.get(name, set())
            beside = any(0 < abs(value - limit) <= max(0.1 * abs(limit), 1) for value in values)
            if not (any(abs(value - limit) < 1e-9 for value in values) and beside):
                lacking.append(f"{leaf.id}: {name} at {limit:g}")
    assert not lacking


def _limits(leaf: Item) -> set[tuple[str, float]]:
    found: set[tuple[str, float]] = set()
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
            found.add((predicate.left.name, predicate.right))
    return found


def _is_leaf(instrument: Instrument, line: Row) -> bool:
    return any(leaf.id == line.item for leaf in instrument.leaves)


def _always_answers(leaf: Item) -> bool:
    """Gradings of one number always answer when the number is exact."""
    return leaf.measured is not None
