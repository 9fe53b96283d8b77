"""The product's side of `python -m benchmarks.signals`, each task in a fresh process so that memory is its own.

Reads {"task": "caers", "path", "rounds"}, {"task": "make", "folder", "reports"}, {"task": "reports", "folder",
"memory"}, {"task": "count", "folder", "memory", "least"}, {"task": "plant", "folder", "reports"} or {"task": "link",
"folder", "memory"} from standard input and prints one JSON object: seconds of the wall clock and of all processors for
each step, peak memory in kB, and what was found.
"""

from __future__ import annotations

import importlib.metadata
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

Json = dict[str, Any]
T = TypeVar("T")
MODULES = ("dechallenge", "duckdb", "ibis-framework", "numpy", "scipy", "pyarrow")


class Clock:
    """Seconds of each step: the best of its calls."""

    def __init__(self) -> None:
        self.steps: dict[str, list[float]] = {}

    def __call__(self, name: str, call: Callable[[], T]) -> T:
        """Run a step."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = call()
        spent = [time.perf_counter() - wall, time.process_time() - cpu]
        self.steps[name] = min(self.steps.get(name, spent), spent)
        return found


def run(task: Json) -> Json:
    """The figures of one task."""
    clock = Clock()
    tasks = {"caers": caers, "make": make, "reports": reports, "count": count, "plant": plant, "link": link}
    found = tasks[task["task"]](task, clock)
    return {
        **found,
        "steps": clock.steps,
        "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        "versions": {name: importlib.metadata.version(name) for name in MODULES},
    }


def caers(task: Json, clock: Clock) -> Json:
    """The published CAERS extract, from the file to every measure; GPS in its three conventions."""
    from dechallenge.population import counting, scoring
    from dechallenge.population.cleaning import Policy, clean
    from dechallenge.population.loading import load_table
    from dechallenge.population.measures import gps
    from dechallenge.population.tables import TableMapping

    told: Json = {"priors": {}}
    for _ in range(int(task.get("rounds", 1))):
        with tempfile.TemporaryDirectory() as folder:
            mapping = TableMapping(report="id", drug="var1", event="var2")
            store = clock("load", lambda f=folder, m=mapping: load_table(task["path"], Path(f) / "store", m))
            policy = Policy(names="as written")
            analysis = clock("clean", lambda s=store, f=folder, p=policy: clean(s, Path(f) / "set", p))
            counts = clock("count", lambda a=analysis: counting.pairs(a))
            for name in gps.CONVENTIONS:
                prior = clock(f"GPS prior, {name}", lambda c=counts, n=name: scoring.fit_prior(c, n))
                table = clock("EBGM, EB05, EB95", lambda c=counts, p=prior: scoring.measure(c, ["EBGM"], prior=p)).table
                low = table.column("eb05").to_numpy()
                told["priors"][name] = {**scoring.prior_told(prior), "flagged": int((low >= 2).sum())}
            clock("RRR, PRR, ROR, chi-square, IC, p, q", lambda c=counts: scoring.measure(c, _OTHERS))
    return {**told, "pairs": counts.table.num_rows, "total": counts.total}


_OTHERS = ["RRR", "PRR", "ROR", "chi-square", "IC", "p"]


def make(task: Json, clock: Clock) -> Json:
    """Synthetic reports as Parquet."""
    from dechallenge.population import synthetic

    clock("make", lambda: synthetic.generate(synthetic.Shape(reports=task["reports"]), Path(task["folder"])))
    return {}


def reports(task: Json, clock: Clock) -> Json:
    """An analysis set in Parquet, to all measures and GPS."""
    from dechallenge.population import counting, scoring, synthetic
    from dechallenge.population.analysis_set import AnalysisSet

    analysis = AnalysisSet.open(task["folder"])
    counts = clock("count", lambda: counting.pairs(analysis, memory_limit=task["memory"]))
    prior = clock("GPS prior", lambda: scoring.fit_prior(counts))
    measured = clock("all measures", lambda: scoring.measure(counts, prior=prior))
    low = measured.table.column("eb05").to_numpy()
    flagged = set(zip(*(counts.table.filter(low >= 2).column(n).to_pylist() for n in ("drug", "event")), strict=True))
    planted = {(pair.drug, pair.event) for pair in synthetic.planted(synthetic.Shape(reports=analysis.total))}
    return {
        "pairs": counts.table.num_rows,
        "prior": scoring.prior_told(prior),
        "flagged": len(flagged),
        "planted": len(planted),
        "flagged_planted": len(flagged & planted),
    }


def count(task: Json, clock: Clock) -> Json:
    """Counting alone."""
    from dechallenge.population import counting
    from dechallenge.population.analysis_set import AnalysisSet

    analysis = AnalysisSet.open(task["folder"])
    counts = clock("count", lambda: counting.pairs(analysis, least=task["least"], memory_limit=task["memory"]))
    return {"pairs": counts.table.num_rows}


def plant(task: Json, clock: Clock) -> Json:
    """Synthetic reports of which some are copied with mistakes; the truth beside them."""
    import numpy as np

    from benchmarks.workers import duplicates

    made = Path(task["folder"])
    _, truth = clock("plant", lambda: duplicates.plant(task["reports"], made.with_name(f".{made.name}.new")))
    np.save(made.with_name(f".{made.name}.new") / "truth.npy", truth)
    made.with_name(f".{made.name}.new").rename(made)
    return {}


def link(task: Json, clock: Clock) -> Json:
    """Record linkage by weights, judged by the copies that were planted; and what exact agreement would find."""
    import numpy as np

    from benchmarks.workers import duplicates
    from dechallenge.population import linkage
    from dechallenge.population.analysis_set import AnalysisSet

    analysis = AnalysisSet.open(task["folder"])
    found = clock("link", lambda: linkage.link(analysis, memory_limit=task["memory"]))
    truth = np.load(Path(task["folder"]) / "truth.npy")
    told = {key: value for key, value in found.told().items() if key != "assumptions"}
    # All of date, sex, age, country, drugs and events known and the same: no more than the outcomes differ or miss.
    rows = found.pairs.column("agree").to_pylist()
    exact = [len(set(names) - {"outcomes"}) == 6 for names in rows]
    return {
        **told,
        **duplicates.judged(found.pairs, truth, analysis.total),
        "exact": duplicates.judged(found.pairs.filter(exact), truth, analysis.total),
    }


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin))))
