"""Counts the pairs of a small made-up analysis set with PySpark in local mode and prints them as JSON.

A process of its own, as `spark_rows` is. Run from the root: `python -m tests.integration.spark_counts FOLDER`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.counting import pairs_expression

ASKED: dict[str, tuple[tuple[str, ...], int]] = {"all": ((), 1), "least": ((), 3), "strata": (("sex", "age_band"), 3)}


def main(folder: str) -> None:
    """Count every form and print the rows in order."""
    import ibis
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.warehouse.dir", str(Path(folder) / "warehouse"))
        .getOrCreate()
    )
    connection = ibis.pyspark.connect(spark)
    analysis = AnalysisSet.open(Path(folder) / "set")
    for name in ("report_drug", "report_event", "reports"):
        spark.read.parquet(str(analysis.path(name))).createOrReplaceTempView(name)
    tables = [connection.table(name) for name in ("report_drug", "report_event", "reports")]
    found = {}
    for form, (strata, least) in ASKED.items():
        query = connection.compile(pairs_expression(*tables, strata=strata, least=least))
        rows = [list(row) for row in spark.sql(query).collect()]
        found[form] = sorted(rows, key=lambda row: [str(value) for value in row])
    sys.stdout.write(json.dumps(found) + "\n")
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
