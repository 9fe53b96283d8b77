"""How fast tables are scored: RUCAM 2016 on synthetic facts, columnar and case by case.

`python -m benchmarks.scoring [--rows N]`: rows per second and peak memory of the columnar engine (convention alone, and
with ranges), of the one-case engine (a sample, extrapolated), and of a query of the convention score alone that was
written by hand for DuckDB. Each way runs in a process of its own, on the same Parquet file.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.scores import table
from benchmarks.scoring_query import CONVENTION
from dechallenge import instruments
from dechallenge.logic import Choice, Fact, Facts, Flag, Number
from dechallenge.logic.columns import score_table, staged
from dechallenge.logic.engine import score
from dechallenge.logic.scoring import Scoring
from dechallenge.logic.typed import asked_terms

INSTRUMENT = instruments.rucam_2016
WAYS = ("columnar, convention", "columnar, with ranges", "one case at a time", "written by hand, convention")
SAMPLE = 2_000
HEAD = ("way", "rows", "seconds", "rows/s", "peak memory, MB")
# Where generated numbers lie: the part of the legal values that cases are in.
USUAL = {"latency": 150, "stop_to_onset": 40, "alt_half_days": 60, "alp_half_days": 250, "alcohol_drinks": 5, "age": 90}


def generate(path: Path, rows: int) -> None:
    """Synthetic facts: of each fact about 30 % unknown or, for numbers, an interval; the same for the same row."""
    import duckdb

    inner, outer = ["i"], []
    for place, (name, term) in enumerate(asked_terms(INSTRUMENT).items()):
        draw = f"(hash(i * 101 + {place}) % 100000) / 100000.0"
        other = f"(hash(i * 211 + {place} + 7) % 100000) / 100000.0"
        inner += [f"{draw} AS {name}_a", f"{other} AS {name}_b"]
        if isinstance(term, Number):
            top = USUAL.get(name, 20)
            value = f"{name}_b * {top}"
            outer += [
                f"CASE WHEN {name}_a >= 0.3 THEN {value} END AS {name}",
                f"CASE WHEN {name}_a < 0.15 THEN {value} * 0.7 END AS {name}_low",
                f"CASE WHEN {name}_a < 0.15 THEN {value} * 0.7 + 0.2 * {top} END AS {name}_high",
            ]
        elif isinstance(term, Flag):
            outer.append(f"CASE WHEN {name}_a >= 0.3 THEN {name}_b < 0.3 END AS {name}")
        else:
            assert isinstance(term, Choice)
            words = ", ".join(f"'{value}'" for value in term.values)
            pick = f"[{words}][1 + CAST(floor({name}_b * {len(term.values)}) AS INTEGER)]"
            outer.append(f"CASE WHEN {name}_a >= 0.3 THEN {pick} END AS {name}")
    query = f"SELECT i AS id, {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM range({rows}) AS t(i))"
    duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def measure(way: str, path: Path, rows: int) -> dict[str, Any]:
    """Seconds and peak memory of one way, in this process."""
    import ibis

    connection = ibis.duckdb.connect()
    facts = connection.read_parquet(path)
    target = path.with_name("scored.parquet")
    done = rows
    start = time.perf_counter()
    if way == WAYS[2]:
        done = min(SAMPLE, rows)
        given = [facts_of(row) for row in connection.to_pyarrow(facts.limit(done)).to_pylist()]
        start = time.perf_counter()
        for each in given:
            Scoring(INSTRUMENT, each, None).outlook()
    elif way == WAYS[3]:
        connection.raw_sql(f"COPY ({CONVENTION.format(facts=path)}) TO '{target}' (FORMAT parquet)")
    else:
        scored = score_table(INSTRUMENT, facts, ranges=way == WAYS[1])
        names = [name for name in scored.columns if name == "id" or name not in facts.columns]
        with staged():
            query = connection.compile(scored.select(*names))
        connection.raw_sql(f"COPY ({query}) TO '{target}' (FORMAT parquet)")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rows": done, "seconds": seconds, "peak": peak}


def facts_of(row: dict[str, Any]) -> Facts:
    """One row as facts of the one-case engine."""
    found = []
    for name, term in asked_terms(INSTRUMENT).items():
        value = row[name]
        if isinstance(term, Number):
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            if not value == low == high is None:
                found.append(Fact.number(term, value, low=low, high=high))
        elif value is not None:
            found.append(Fact.flag(term, value) if isinstance(term, Flag) else Fact.choice(term, value))
    return Facts(found)


def agreement(path: Path) -> str:
    """Whether the ways agree on the first rows: columnar against one case at a time, by hand against columnar."""
    import ibis

    connection = ibis.duckdb.connect()
    few = path.with_name("few.parquet")
    connection.raw_sql(f"COPY (SELECT * FROM '{path}' LIMIT 1000) TO '{few}' (FORMAT parquet)")
    facts = connection.read_parquet(few)
    with staged():
        got = connection.to_pyarrow(score_table(INSTRUMENT, facts).order_by("id")).to_pylist()
    hand = connection.raw_sql(f"SELECT score FROM ({CONVENTION.format(facts=few)}) ORDER BY id").fetchall()
    wrong, different = 0, 0
    for row, (by_hand,) in zip(got, hand, strict=True):
        expected = score(INSTRUMENT, facts_of(row), questions=False)
        names = ("score", "low", "high", "category", "applicable")
        wrong += any(row[name] != getattr(expected, name) for name in names)
        different += row["score"] != by_hand
    return (
        f"first {len(got)} rows: columnar unlike one case at a time in {wrong}; by hand unlike columnar in {different} "
        "(the query by hand leaves out what is known of intervals and of the other items)"
    )


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scoring", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="N", help="rows of the table (1,000,000)")
    parser.add_argument("--way", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--facts", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.way is not None:
        print(json.dumps(measure(WAYS[options.way], options.facts, options.rows)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        generate(path, options.rows)
        rows = []
        for number, way in enumerate(WAYS):
            command = [sys.executable, "-m", "benchmarks.scoring", "--rows", str(options.rows)]
            command += ["--way", str(number), "--facts", str(path)]
            found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            speed = found["rows"] / found["seconds"]
            said = f"{way} (sample)" if found["rows"] < options.rows else way
            rows.append(
                [said, f"{found['rows']:,}", f"{found['seconds']:.1f}", f"{speed:,.0f}", f"{found['peak']:,.0f}"]
            )
        print(table(HEAD, rows))
        print(agreement(path))
    names = ", ".join(f"{name} {version(name)}" for name in ("dechallenge", "ibis-framework", "duckdb"))
    print(f"Python {platform.python_version()}, {names}; {platform.machine()}, from Parquet to Parquet")


if __name__ == "__main__":
    main(sys.argv[1:])
