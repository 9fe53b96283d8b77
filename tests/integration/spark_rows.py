"""Scores generated cases with PySpark; `spark_session` calls it."""

from __future__ import annotations

from typing import Any

from dechallenge import instruments
from dechallenge.logic.columns import COLUMNS, score_table, staged
from tests.property.columns_rows import cases, schema

SEED, COUNT = 7, 25
TYPES = {"float64": "double", "boolean": "boolean", "string": "string", "int64": "bigint"}


def scored(spark: Any, connection: Any, id: str) -> list[dict[str, Any]]:
    """The results of the generated cases of one instrument, in their order."""
    instrument = instruments.get(id)
    kinds = schema(instrument)
    rows = [{"id": number, **case.row} for number, case in enumerate(cases(instrument, SEED, COUNT))]
    structure = ", ".join(f"`{name}` {TYPES[str(kind)]}" for name, kind in kinds.items())
    numbers = {name for name, kind in kinds.items() if str(kind) == "float64"}
    values = [tuple(_real(row[name]) if name in numbers else row[name] for name in kinds) for row in rows]
    frame = spark.createDataFrame(values, schema=structure)
    frame.createOrReplaceTempView("facts")
    with staged():
        query = connection.compile(score_table(instrument, connection.table("facts")))
    found = sorted((row.asDict() for row in spark.sql(query).collect()), key=lambda row: row["id"])
    return [{name: row[name] for name in COLUMNS} for row in found]


def _real(value: Any) -> float | None:
    return None if value is None else float(value)
