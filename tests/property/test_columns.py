"""Two engines, one definition: the columnar engine gives what the one-case engine gives, row by row.

For every instrument hundreds of generated cases go through DuckDB in one query and through the one-case engine. What
the columnar engine leaves out because it was proven to change nothing is held against the one-case engine as well.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dechallenge import instruments
from dechallenge.logic.columns import COLUMNS, proofs, score_table, staged
from dechallenge.logic.compiled import compiled
from dechallenge.logic.engine import score
from dechallenge.logic.facts import Facts
from dechallenge.logic.instrument import Instrument
from tests.property.columns_rows import Case, cases, schema

ibis = pytest.importorskip("ibis", reason="Ibis is not installed")

ROWS = 150


@functools.cache
def connection() -> Any:
    return ibis.duckdb.connect(threads=1)


def by_columns(instrument: Instrument, found: list[Case], **options: Any) -> list[dict[str, Any]]:
    import pyarrow as pa

    rows = [{"id": number, **case.row} for number, case in enumerate(found)]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=schema(instrument).to_pyarrow()))
    with staged():
        result = connection().to_pyarrow(score_table(instrument, table, **options).order_by("id"))
    return [{name: value for name, value in row.items() if name in COLUMNS} for row in result.to_pylist()]


def by_case(instrument: Instrument, case: Case) -> dict[str, Any]:
    result = score(instrument, case.facts, questions=False)
    return {name: getattr(result, name) for name in COLUMNS}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1))
def test_both_engines_agree(instrument: Instrument, seed: int) -> None:
    found = cases(instrument, seed, ROWS)
    for case, got in zip(found, by_columns(instrument, found), strict=True):
        expected = by_case(instrument, case)
        differing = {n: (got[n], expected[n]) for n in COLUMNS if not same(got[n], expected[n])}
        assert not differing, f"{instrument.id}: {differing}\n{case.facts}"


@pytest.mark.parametrize("instrument", instruments.all(), ids=lambda instrument: str(instrument.id))
@settings(max_examples=1, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32 - 1))
def test_items_proven_never_to_be_moved_are_not(instrument: Instrument, seed: int) -> None:
    machine = compiled(instrument)
    proven = [place for place in range(len(machine.diagram.leaves)) if proofs.never_moved(machine, place)]
    anything = machine.allowed(Facts())
    for case in cases(instrument, seed, ROWS if proven else 0):
        truths, allowed = machine.truths(case.facts), machine.allowed(case.facts)
        for place in proven:
            moved, stated = machine.read(place, truths, allowed), machine.read(place, truths, anything)
            assert moved.gives == stated.gives, (machine.diagram.leaves[place].item, case.facts)


def test_what_is_proven_of_rucam() -> None:
    machine = compiled(instruments.rucam_2016)
    places = {leaf.item.id: place for place, leaf in enumerate(machine.diagram.leaves) if leaf.item is not None}
    assert proofs.never_moved(machine, places["5"])
    # A drug that is compatible or a known hepatotoxin is never "none": there the points are moved.
    assert not proofs.never_moved(machine, places["4"])
    found = proofs.points_by_mask(machine, places["4"])
    assert found is not None and found[0] == "concomitant"
    points = found[1]
    assert (points[0b00100 - 1], points[0b01100 - 1], points[0b11111 - 1]) == (-1, -1, 0)


@pytest.mark.parametrize("wrong", [1e300, -1e300, math.inf, -math.inf, math.nan, 36500.5])
@pytest.mark.parametrize("column", ["latency", "latency_low", "latency_high"])
def test_a_number_beyond_the_legal_values_spoils_its_row_only(column: str, wrong: float) -> None:
    import pyarrow as pa

    columns = ("latency", "latency_low", "latency_high")
    rows = [{"id": 0, "latency": 30.0}, {"id": 1, column: wrong}, {"id": 2, "latency_low": 40.0, "latency_high": 20.0}]
    kinds = pa.schema([("id", pa.int64()), *((name, pa.float64()) for name in columns)])
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=kinds))
    with staged():
        found = connection().to_pyarrow(score_table(instruments.rucam_2016, table).order_by("id")).to_pylist()
    assert [row["applicable"] for row in found] == [True, None, None]
    assert found[0]["score"] is not None and found[1]["score"] is None and found[2]["low"] is None
