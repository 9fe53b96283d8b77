"""Two engines, one definition: the columnar engine gives what the one-case engine gives, row by row.

For every instrument hundreds of generated cases go through DuckDB in one query and through the one-case engine.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dechallenge import instruments
from dechallenge.logic.columns import COLUMNS, score_table, staged
from dechallenge.logic.engine import score
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
