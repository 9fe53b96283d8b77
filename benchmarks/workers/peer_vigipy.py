"""The peer of `python -m benchmarks.signals`, run as a script in its own environment; imports nothing of this project.

Reads from standard input {"path": a CSV file with columns id, var1, var2, "rounds": N} and prints one JSON object:
seconds of the wall clock and of one core for each step (the best of the rounds), peak memory, versions, and how many
pairs its GPS puts at EB05 of 2 or more.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Count, convert, measure; print the figures."""
    warnings.filterwarnings("ignore")
    started = time.perf_counter()
    import numpy
    import pandas
    import scipy
    import vigipy

    imported = time.perf_counter() - started
    task = json.load(sys.stdin)
    steps: dict[str, list[float]] = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:
        wall, cpu = time.perf_counter(), time.process_time()
        found = call()
        spent = [time.perf_counter() - wall, time.process_time() - cpu]
        steps[name] = min(steps.get(name, spent), spent)
        return found

    flagged = 0
    for _ in range(int(task.get("rounds", 1))):
        rows = pandas.read_csv(task["path"])
        counted = timed("count", lambda rows=rows: _counted(rows))
        data = timed("convert", lambda counted=counted: vigipy.convert(counted))
        for name, call in (("PRR", vigipy.prr), ("ROR", vigipy.ror), ("BCPNN", vigipy.bcpnn)):
            timed(name, lambda call=call, data=data: call(data, min_events=1))
        result = timed(
            "GPS",
            lambda data=data: vigipy.gps(
                data, min_events=1, decision_metric="rank", decision_thres=2, ranking_statistic="quantile"
            ),
        )
        flagged = int((_bounds(result) >= 2).sum())
    print(
        json.dumps(
            {
                "steps": steps,
                "import": imported,
                "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
                "flagged": flagged,
                "pairs": len(counted),
                "versions": {m.__name__: m.__version__ for m in (vigipy, numpy, scipy, pandas)},
            }
        )
    )


def _counted(rows: Any) -> Any:
    distinct = rows.drop_duplicates(["id", "var1", "var2"])
    counted = distinct.groupby(["var1", "var2"]).size().reset_index(name="count")
    return counted.rename(columns={"var1": "name", "var2": "AE"})


def _bounds(result: Any) -> Any:
    table = result.all_signals
    name = next(c for c in table.columns if "quantile" in c.lower() or "05" in c or "lower" in c.lower())
    return table[name].astype(float)


if __name__ == "__main__":
    main()
