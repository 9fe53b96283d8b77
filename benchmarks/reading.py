"""`python -m benchmarks.reading [--rounds N] [--every N] [--no-peer]`: speed and memory, side by side with a peer.

The LiverTox texts are read by the product and by medspaCy (target rules for the same analytes, ConText; default
pipeline, and with spaCy's sentencizer), in turns, each in a process of its own with its start-up left out: all of them
read other texts first (those of `tests/golden/synthetic`), and the product is measured without them too. CPU time of
one core, the best of the rounds. The peer lives in an environment of its own under `build/`, made here from pinned
versions when it is missing; where it cannot be made that is said, and the product is measured alone.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.run import Unavailable
from benchmarks.scores import table, verdict
from benchmarks.shared import read_text, run_command, shared_path

ROOT = Path(__file__).resolve().parents[1]
WORKERS = Path(__file__).with_name("workers")
PEER = ROOT / "build" / "peer-medspacy"
PATIENCE = 900
"""Seconds after which a process that does not end is given up."""
RATIOS = {"medspaCy default": 15.0, "medspaCy sentencizer": 2.5}
OTHER_TEXTS = ROOT / "tests" / "golden" / "synthetic"
"""Read before the clock starts: none of those that are measured."""
HELP, FIRST, MEMORY = 0.4, 1.5, 200.0

Json = dict[str, Any]
Worker = Callable[[str, Json], Json]


class Failed(Exception):
    """A process did not do what it was asked; the message says what it told."""


@dataclass
class Best:
    """The best of the rounds of one reader."""

    seconds: float
    peak_mb: float
    told: Json


def peer_python() -> Path:
    """The interpreter of the peer's environment, made when it is missing.

    Raises:
        Failed: It cannot be made here.
    """
    python = PEER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready = PEER / ".installed"
    pins = WORKERS / "peer_medspacy.txt"
    if ready.exists() and ready.read_text(encoding="utf-8") == pins.read_text(encoding="utf-8"):
        return python
    print("making the peer's environment in build/peer-medspacy (once, some minutes) …", flush=True)
    if PEER.exists():
        shutil.rmtree(PEER)
    _run([sys.executable, "-m", "venv", str(PEER)])
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(pins)])
    ready.write_text(pins.read_text(encoding="utf-8"), encoding="utf-8")
    return python


def _run(command: Sequence[str], given: str = "") -> str:
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=ROOT,
            env=environment(),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{type(error).__name__}: {error}") from error
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or ["no message"])[-1][:300])
    return done.stdout


def environment() -> dict[str, str]:
    """That of this process, with a place of its own for compiled files: nobody starts a program uncompiled."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(ROOT / "build" / "pycache")}


def work(reader: str, task: Json) -> Json:
    """Run one task in a process of its own.

    Raises:
        Failed: The process ended with an error.
    """
    command = [sys.executable, "-m", "benchmarks.workers.product"]
    if reader != "product":
        command = [str(peer_python()), str(WORKERS / "peer_medspacy.py")]
    told: Json = json.loads(_run(command, json.dumps(task)).splitlines()[-1])
    return told


def side_by_side(texts: list[str], tasks: dict[str, tuple[str, Json]], rounds: int, worker: Worker) -> dict[str, Best]:
    """The readers in turns, so that a busy machine is busy for all of them."""
    best: dict[str, Best] = {}
    for _ in range(rounds):
        for name, (reader, task) in tasks.items():
            told = worker(reader, {**task, "texts": texts})
            if name not in best or told["seconds"] < best[name].seconds:
                best[name] = Best(told["seconds"], told["peak_kb"] / 1024, told)
    return best


@dataclass
class Folder:
    """A folder of reports and `--jobs`: documents per second of the wall clock, and CPU seconds.

    What the first process needs is what more processes cannot share; the CPU seconds tell how the work is dealt out
    even where the machine is busy with other things.
    """

    rate: float
    wall: float
    own: float
    others: float


def processes(texts: list[str], worker: Worker, rounds: int, verb: str = "read") -> dict[int, Folder]:
    """A folder of the texts with one process and with two, their start-up included; the best of the rounds."""
    best: dict[int, Folder] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number:05d}.txt").write_text(text, encoding="utf-8")
        for _ in range(rounds):
            for number in (1, 2):
                told = worker("product", {"task": "folder", "verb": verb, "folder": folder, "jobs": number})
                if number not in best or told["wall"] < best[number].wall:
                    best[number] = Folder(len(texts) / told["wall"], told["wall"], told["seconds"], told["others"])
    return best


def report_processes(verb: str, best: dict[int, Folder]) -> str:
    """One line: both rates, their ratio, and where the CPU time went."""
    one, two = best[1], best[2]
    return (
        f"dechallenge {verb} FOLDER --jobs: 1 process {one.rate:.1f} docs/s, 2 processes {two.rate:.1f} docs/s "
        f"({two.rate / one.rate:.2f} times; wall clock, start-up included, {os.cpu_count()} cores); CPU "
        f"{one.own:.1f} s against {two.own:.1f} s in the first and {two.others / 2:.1f} s in each of the two"
    )


def started(arguments: Sequence[str], rounds: int) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in MB of a command of the product: the best of the rounds."""
    code = (
        "import resource, subprocess, sys, time\n"
        "at = time.perf_counter()\n"
        "code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "wall = time.perf_counter() - at\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
        "sys.exit(code)\n"
    )
    found = []
    for _ in range(rounds + 1):  # the first writes the compiled files, as an installation does
        told = _run([sys.executable, "-c", code, sys.executable, "-m", "dechallenge", *arguments])
        found.append(tuple(float(number) for number in told.split()))
    return min(f[0] for f in found), min(f[1] for f in found), min(f[2] for f in found)


def report_speed(texts: list[str], best: dict[str, Best]) -> str:
    """One row per reader: documents, MB, memory, what was extracted; the ratio to the product."""
    size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
    product = best["dechallenge read"]
    rows = []
    for name, one in best.items():
        ratio = one.seconds / product.seconds
        goal = RATIOS.get(name)
        found = one.told["found"]
        told = (
            f"{sum(found.values())} facts"
            if isinstance(found, dict)
            else f"{found} names, {one.told['negated']} negated"
        )
        rows.append(
            [
                name,
                f"{len(texts) / one.seconds:.1f}",
                f"{size / one.seconds:.3f}",
                f"{one.peak_mb:.0f}",
                "" if one is product else f"{ratio:.1f}",
                f">= {goal:g}" if goal else "",
                verdict(ratio, goal),
                told,
            ]
        )
    return table(["reader", "docs/s", "MB/s", "peak MB", "times as long", "target", "", "extracted"], rows)


def report_starts(rows: Sequence[tuple[str, tuple[float, float, float], float]]) -> str:
    """Commands with their wall and CPU seconds and their memory."""
    body = []
    for name, (wall, cpu, memory), goal in rows:
        body.append([name, f"{wall:.2f} s", f"{cpu:.2f} s", f"< {goal} s", verdict(wall, goal, at_most=True)])
        body.append(
            [f"{name}, memory", f"{memory:.0f} MB", "", f"< {MEMORY:.0f} MB", verdict(memory, MEMORY, at_most=True)]
        )
    return table(["command", "wall", "CPU", "target", ""], body)


def measure(texts: list[str], *, rounds: int, peer: bool, worker: Worker = work) -> tuple[dict[str, Best], str]:
    """The best of the rounds of every reader, and why the peer is missing where it is.

    Raises:
        Unavailable: The product cannot be run.
    """
    warm = [read_text(path) for path in sorted(OTHER_TEXTS.glob("*.txt"))]
    tasks: dict[str, tuple[str, Json]] = {"dechallenge read": ("product", {"task": "read", "warm": warm})}
    tasks["dechallenge read, first texts"] = ("product", {"task": "read"})
    tasks["dechallenge assess"] = ("product", {"task": "assess", "warm": warm})
    missing = "" if peer else "not asked for"
    try:
        terms = worker("product", {"task": "terms"})["terms"]
    except Failed as error:
        raise Unavailable(f"the product cannot be run: {error}") from error
    if peer:
        ready = {
            f"medspaCy {variant}": ("medspacy", {"variant": variant, "terms": terms, "warm": warm})
            for variant in ("default", "sentencizer")
        }
        try:
            for reader, task in ready.values():
                worker(reader, {**task, "texts": texts[:1]})
        except Failed as error:
            missing = str(error)
        else:
            tasks |= ready
    return side_by_side(texts, tasks, rounds, worker), missing


def main(arguments: list[str], worker: Worker = work) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="turns of every reader; the best counts")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every n-th text")
    parser.add_argument("--no-peer", action="store_true", help="the product alone")
    options = parser.parse_args(arguments)
    paths = sorted(shared_path("corpora", "livertox", "texts").glob("*.txt"))[:: max(1, options.every)]
    texts = [read_text(path) for path in paths]
    rounds = max(1, options.rounds)
    begun = time.perf_counter()
    best, missing = measure(texts, rounds=rounds, peer=not options.no_peer, worker=worker)
    print(f"LiverTox, {len(texts)} narratives with their table; CPU time of one core, best of {rounds}\n")
    print(report_speed(texts, best))
    if missing:
        print(f"medspaCy is not measured: {missing}")
    print()
    for verb, often in (("read", 12), ("assess", 3)):
        print(report_processes(verb, processes(texts * often, worker, rounds, verb)))
    print()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.txt"
        file.write_text(texts[0], encoding="utf-8")
        starts = [
            ("dechallenge --help", started(["--help"], 3), HELP),
            ("first assessment", started(["assess", str(file)], 3), FIRST),
        ]
    print(report_starts(starts))
    print(f"\nmeasured in {time.perf_counter() - begun:.0f} s; others on this machine make every figure worse")


if __name__ == "__main__":
    run_command(main)
