"""Scores generated cases with PySpark in local mode and prints the results as JSON.

A process of its own: Spark talks to its Java part over a local socket, which the tests do not allow themselves.
Run from the root: `python -m tests.integration.spark_rows naranjo-1981 …`.
"""

from __future__ import annotations

import json
import sys
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


def main(ids: list[str]) -> None:
    """Score the instruments and print the results."""
    import ibis
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.codegen.wholeStage", "false")
        .getOrCreate()
    )
    connection = ibis.pyspark.connect(spark)
    found = {id: scored(spark, connection, id) for id in ids}
    sys.stdout.write(json.dumps(found) + "\n")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
