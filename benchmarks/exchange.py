"""`python -m benchmarks.exchange [--seconds S] [--batches N,…] [--assess N,…]`: E2B(R3) and FHIR in and out.

Every message is made by the benchmark itself from one report in prose: as E2B(R3), as FHIR, with an attachment of
2,000,000 bytes, and as batches. Rates are of CPU time of one core; parsing the same bytes with lxml, or json, is the
floor under them, and the models of `fhir.resources` a peer that checks FHIR without understanding it. No maintained
Python library that reads E2B(R3) is known. Each measurement has a process of its own; its peak memory is that of the
process, and the line of one report shows how much of it is the package and its tables.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.reading import ROOT, Failed, environment
from benchmarks.run import Unavailable
from benchmarks.scores import table, verdict
from benchmarks.shared import run_command

PATIENCE = 3600
"""Seconds after which a process that does not end is given up."""
GROWTH = 1.1
"""How much more memory the longest batch may take than the shortest: nothing but the noise of the allocator."""
ATTACHMENT = 2_000_000 * 3 // 4
"""Bytes of the attachment; in base64 they are the 2 MB of the largest published sample."""
FLOORS = {"xml": "lxml parse", "json": "json.loads"}
RATES = {
    "xml": (
        "lxml parse",
        "E2B(R3) to elements",
        "E2B(R3) to cases",
        "elements to E2B(R3), changed in place",
        "elements to E2B(R3), built whole",
        "cases to E2B(R3), built whole",
    ),
    "json": ("json.loads", "fhir.resources R4B models", "FHIR to cases", "cases to FHIR"),
}

Json = dict[str, Any]
Worker = Callable[[Json], Json]


@dataclass(frozen=True)
class Rate:
    """What one call costs."""

    name: str
    seconds: float
    size: int
    floor: float


@dataclass(frozen=True)
class Stream:
    """A message that went through from beginning to end."""

    name: str
    way: str
    cases: int
    seconds: float
    peak_mb: float
    size: int


def work(task: Json) -> Json:
    """Run one task in a process of its own.

    Raises:
        Failed: The process ended with an error, or not at all.
    """
    command = [sys.executable, "-m", "benchmarks.workers.exchange"]
    try:
        done = subprocess.run(
            command, input=json.dumps(task), capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT,
            env=environment(), check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{type(error).__name__}: {error}") from error
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or ["no message"])[-1][:300])
    told: Json = json.loads(done.stdout.splitlines()[-1])
    return told


def rates(folder: Path, sizes: dict[str, int], seconds: float, worker: Worker) -> tuple[list[Rate], list[str]]:
    """The rate of every call, and what could not be measured with the reason."""
    found: list[Rate] = []
    missing: list[str] = []
    for kind, calls in RATES.items():
        file = f"one.{kind}"
        floor = 0.0
        for call in calls:
            task = {"task": "rate", "call": call, "path": str(folder / file), "seconds": seconds}
            try:
                told = worker(task)
            except Failed as error:
                missing.append(f"{call} is not measured: {error}")
                continue
            floor = told["seconds"] if call == FLOORS[kind] else floor
            found.append(Rate(call, told["seconds"], sizes[file], floor))
    return found, missing


def streams(folder: Path, sizes: dict[str, int], plan: Sequence[tuple[str, str, str]], worker: Worker) -> list[Stream]:
    """Files that go through from beginning to end.

    Args:
        plan: Name, way (``read``, ``convert``, ``assess``) and file of each.
    """
    found = []
    for name, way, file in plan:
        told = worker({"task": "stream", "way": way, "path": str(folder / file)})
        found.append(Stream(name, way, told["cases"], told["seconds"], told["peak_kb"] / 1024, sizes[file]))
    return found


def report_rates(found: Sequence[Rate]) -> str:
    """One row per call: cases and MB per second, and how much longer it takes than the floor."""
    rows = []
    for one in found:
        ratio = "" if one.name in FLOORS.values() or not one.floor else f"{one.seconds / one.floor:.0f}"
        rows.append([one.name, f"{1 / one.seconds:.0f}", f"{one.size / one.seconds / 1e6:.2f}", ratio])
    return table(["one report", "cases/s", "MB/s", "times the floor"], rows)


def report_streams(found: Sequence[Stream]) -> str:
    """One row per file, and for each way whether its memory grew with the number of cases."""
    rows = []
    for one in found:
        shortest = next(s for s in found if (s.way, s.name) == (one.way, one.name))
        longest = [s for s in found if (s.way, s.name) == (one.way, one.name)][-1]
        grown = one.peak_mb / shortest.peak_mb
        compared = one is longest and one is not shortest
        goal = verdict(grown, GROWTH, at_most=True) if compared else ""
        rows.append(
            [
                f"{one.name}, {one.way}",
                f"{one.cases:,}",
                f"{one.size / 1e6:.1f}",
                f"{one.seconds:.2f}",
                f"{one.cases / one.seconds:.0f}",
                f"{one.peak_mb:.0f}",
                f"{grown:.2f}" if compared else "",
                f"<= {GROWTH}" if compared else "",
                goal,
            ]
        )
    return table(["file", "cases", "MB", "CPU s", "cases/s", "peak MB", "times the shortest", "target", ""], rows)


def measure(seconds: float, batches: Sequence[int], assessed: Sequence[int], worker: Worker = work) -> Iterator[str]:
    """Everything, as the texts that are printed, each as soon as it is known.

    Raises:
        Unavailable: The product cannot be run.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        numbers = sorted({*batches, *assessed})
        try:
            sizes = worker({"task": "make", "folder": name, "attachment": ATTACHMENT, "batches": numbers})["sizes"]
            size = f"{sizes['one.xml'] / 1000:.0f} kB as E2B(R3), {sizes['one.json'] / 1000:.0f} kB as FHIR"
            found, missing = rates(folder, sizes, seconds, worker)
            yield "\n".join([f"one report: {size}", "", report_rates(found), *missing])
            for way in ("read", "convert", "assess"):
                numbers = sorted(assessed if way == "assess" else batches)
                plan = [("one report", way, "one.xml"), ("2 MB attachment", way, "large.xml")]
                plan += [("batch", way, f"batch-{n}.xml") for n in numbers]
                yield report_streams(streams(folder, sizes, plan, worker))
        except Failed as error:
            raise Unavailable(f"the product cannot be run: {error}") from error


def main(arguments: list[str], worker: Worker = work) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchange", description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0, metavar="S", help="CPU seconds for each rate")
    parser.add_argument(
        "--batches", type=_numbers, default=(500, 5000, 10000), metavar="N,…", help="lengths of batches"
    )
    parser.add_argument("--assess", type=_numbers, default=(100, 400), metavar="N,…", help="of those that are assessed")
    options = parser.parse_args(arguments)
    for part in measure(options.seconds, options.batches, options.assess, worker):
        print(part, end="\n\n", flush=True)
    print("CPU time of one core; others on this machine make every figure worse")


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(",") if part)


if __name__ == "__main__":
    run_command(main)
