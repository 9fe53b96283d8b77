"""Counts the pairs of an analysis set with PySpark; `spark_session` calls it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.counting import pairs_expression

ASKED: dict[str, tuple[tuple[str, ...], int]] = {"all": ((), 1), "least": ((), 3), "strata": (("sex", "age_band"), 3)}


def counted(spark: Any, connection: Any, folder: Path) -> dict[str, list[list[Any]]]:
    """The rows of every form that is asked for, in order."""
    analysis = AnalysisSet.open(folder)
    for name in ("report_drug", "report_event", "reports"):
        spark.read.parquet(str(analysis.path(name))).createOrReplaceTempView(name)
    tables = [connection.table(name) for name in ("report_drug", "report_event", "reports")]
    found = {}
    for form, (strata, least) in ASKED.items():
        query = connection.compile(pairs_expression(*tables, strata=strata, least=least))
        rows = [list(row) for row in spark.sql(query).collect()]
        found[form] = sorted(rows, key=lambda row: [str(value) for value in row])
    return found
