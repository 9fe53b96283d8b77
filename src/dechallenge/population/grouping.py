"""Several event terms as one event: an analysis set in which a report with any of them has it once.

The counts of a reaction are then counts of distinct reports and not sums over its terms. The set shares the files of
the one it was made from. Imports `analysis_set`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]

from dechallenge.population.analysis_set import TABLES, AnalysisSet, engine, quoted

EVENT = 0
"""The number of the event in a grouped set."""
_SHARED = ("reports", "report_drug", "drug_names", "resolved")


def grouped(analysis: AnalysisSet, events: Sequence[int], folder: Path, *, memory_limit: str = "2GB") -> AnalysisSet:
    """The same reports with one event that stands for several.

    Args:
        analysis: The cleaned reports.
        events: The numbers of the terms.
        folder: Where to; must not exist. It can be removed as soon as the counts are taken.
        memory_limit: What DuckDB may hold.
    """
    from pyarrow import parquet

    folder.mkdir(parents=True)
    for name in _SHARED:
        if analysis.path(name).exists():
            _share(analysis.path(name).resolve(), folder / f"{name}.parquet")
    chosen = ", ".join(str(int(number)) for number in sorted(set(events))) or "-1"
    source, target = quoted(analysis.path("report_event")), quoted(folder / "report_event.parquet")
    connection = engine(memory_limit, None, folder)
    try:
        connection.execute(
            f"COPY (SELECT DISTINCT report, CAST({EVENT} AS INTEGER) AS event FROM read_parquet({source}) "
            f"WHERE event IN ({chosen}) ORDER BY report) TO {target} (FORMAT parquet)"
        )
    finally:
        connection.close()
    names = analysis.names("event")
    # One number with several names: what looks a term up by its name meets every one of them.
    rows = {"event": [EVENT] * len(set(events)), "name": [names[number] for number in sorted(set(events))]}
    parquet.write_table(pa.table(rows, schema=TABLES["event_names"]), folder / "event_names.parquet")
    content = json.loads((analysis.folder / "policy.json").read_text(encoding="utf-8"))
    AnalysisSet.finish(folder, {name: value for name, value in content.items() if name != "schema"})
    return AnalysisSet.open(folder)


def _share(source: Path, target: Path) -> None:
    """The same file under another name; a copy where the file system has no links."""
    for way in (os.symlink, os.link):
        try:
            way(source, target)
        except OSError:
            continue
        return
    shutil.copyfile(source, target)
