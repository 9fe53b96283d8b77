"""`python -m benchmarks.signals [--rounds N] [--reports N,…] [--full] [--no-peer] [--keep FOLDER]`: signals at scale.

The published CAERS extract by the product and by vigipy, in turns, each in a process of its own; then synthetic sets of
reports from Parquet to every measure, with the growth of time and memory; record linkage on reports with planted
copies, with precision and recall; with `--full` the counting of 20,640,000 reports. Seconds of the wall clock beside
seconds of all processors, and how busy the machine was: on a busy one only the second mean much. The peer lives in an
environment of its own under `build/`, made here from pinned versions.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.reading import ROOT, Failed
from benchmarks.scores import table, verdict
from benchmarks.shared import run_command, shared_path

WORKERS = Path(__file__).with_name("workers")
PEER = ROOT / "build" / "peer-vigipy"
PATIENCE = 3600
"""Seconds after which a process that does not end is given up."""
CAERS_SECONDS, CAERS_NLL = 0.3, 4162.1809
MILLION_SECONDS, MILLION_MIB = 15.0, 1536.0
FULL_REPORTS, FULL_SECONDS, FULL_MIB = 20_640_000, 45.0, 3072.0

Json = dict[str, Any]


def peer_python() -> Path:
    """The interpreter of the peer's environment, made when it is missing.

    Raises:
        Failed: It cannot be made here.
    """
    python = PEER / ("Scripts" if os.name == "nt" else "bin") / "python"
    ready, pins = PEER / ".installed", (WORKERS / "peer_vigipy.txt").read_text(encoding="utf-8")
    if ready.exists() and ready.read_text(encoding="utf-8") == pins:
        return python
    print("making the peer's environment in build/peer-vigipy (once) …", flush=True)
    shutil.rmtree(PEER, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(PEER)])
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]
    _run([str(python), *install, str(WORKERS / "peer_vigipy.txt")])
    ready.write_text(pins, encoding="utf-8")
    return python


def _run(command: Sequence[str], given: str = "") -> str:
    try:
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, timeout=PATIENCE, cwd=ROOT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(f"{type(error).__name__}: {error}") from error
    if done.returncode:
        raise Failed((done.stderr.strip().splitlines() or ["no message"])[-1][:300])
    return done.stdout


def work(task: Json) -> Json:
    """A task of the product in a process of its own.

    Raises:
        Failed: The process ended with an error.
    """
    told: Json = json.loads(
        _run([sys.executable, "-m", "benchmarks.workers.signals"], json.dumps(task)).splitlines()[-1]
    )
    return told


def ask_peer(task: Json) -> Json:
    """The same of vigipy.

    Raises:
        Failed: Its environment cannot be made, or the process ended with an error.
    """
    command = [str(peer_python()), str(WORKERS / "peer_vigipy.py")]
    told: Json = json.loads(_run(command, json.dumps(task)).splitlines()[-1])
    return told


def best_of(rounds: Sequence[Json]) -> Json:
    """The best of several processes, step by step; what was found is that of the last."""
    best = dict(rounds[-1])
    best["steps"] = {
        name: min((one["steps"][name] for one in rounds), key=lambda spent: spent[0]) for name in best["steps"]
    }
    best["peak_kb"] = min(one["peak_kb"] for one in rounds)
    return best


def caers(rounds: int, with_peer: bool) -> None:
    """CAERS side by side."""
    import gzip

    source = shared_path("signals", "data", "openebgm_caers.csv.gz")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "caers.csv"
        path.write_bytes(gzip.decompress(source.read_bytes()))
        task: Json = {"task": "caers", "path": str(path), "rounds": 2}
        ours, theirs, why = [], [], "left out"
        for _ in range(rounds):
            ours.append(work(task))
            if with_peer:
                try:
                    theirs.append(ask_peer({"path": str(path), "rounds": 2}))
                except Failed as error:
                    with_peer, why = False, str(error)
    own = best_of(ours)
    print(f"CAERS: {own['pairs']:,} pairs of {own['total']:,} reports; {_versions(own)}")
    rows = [_step("dechallenge", name, spent) for name, spent in own["steps"].items()]
    if theirs:
        other = best_of(theirs)
        rows += [_step("vigipy", name, spent) for name, spent in other["steps"].items()]
        rows.append(["vigipy", "import", f"{other['import']:.3f}", ""])
    print(table(("who", "step", "wall s", "CPU s"), rows))
    spent = own["steps"]["GPS prior, component"][0] + own["steps"]["EBGM, EB05, EB95"][0]
    prior = own["priors"]["component"]
    print(f"GPS, prior and scores: {spent:.3f} s, wanted {CAERS_SECONDS} {verdict(spent, CAERS_SECONDS, at_most=True)}")
    nll = prior["nll"]
    print(f"nll {nll:.4f}, wanted at most {CAERS_NLL} {verdict(nll, CAERS_NLL, at_most=True)}; of the starts: "
          + ", ".join(f"{value:.4f}" for value in prior["nll_of_starts"]) + " (published: 4162.4557)")  # fmt: skip
    flags = ", ".join(f"{name} {told['flagged']}" for name, told in own["priors"].items())
    print(
        f"EB05 of 2 or more: {flags}"
        + (f"; vigipy (mixture, margins of cell sums) {other['flagged']}" if theirs else "")
    )
    print(
        f"peak memory: {own['peak_kb'] / 1024:.0f} MiB"
        + (f"; vigipy {other['peak_kb'] / 1024:.0f} MiB" if theirs else "")
    )
    print(f"vigipy: {_versions(other)}\n" if theirs else f"vigipy was not measured: {why}\n")


def _step(who: str, name: str, spent: Sequence[float]) -> list[str]:
    return [who, name, f"{spent[0]:.3f}", f"{spent[1]:.3f}"]


def _versions(told: Json) -> str:
    return ", ".join(f"{name} {version}" for name, version in told["versions"].items())


def growth(sizes: Sequence[int], folder: Path, rounds: int) -> None:
    """Synthetic reports from Parquet to every measure, by size."""
    rows = []
    for size in sizes:
        made = _made(folder, size)
        told = best_of([work({"task": "reports", "folder": str(made), "memory": "1GB"}) for _ in range(rounds)])
        steps = told["steps"]
        wall, cpu = (sum(spent[i] for spent in steps.values()) for i in (0, 1))
        peak, prior = told["peak_kb"] / 1024, told["prior"]
        row = [f"{size:,}", f"{told['pairs']:,}", *(f"{spent[0]:.2f}" for spent in steps.values())]
        row += [
            f"{wall:.2f}",
            f"{cpu:.2f}",
            f"{peak:.0f}",
            f"{prior['points']:,}",
            ", ".join(prior["boundary"]) or "none",
        ]
        row.append(f"{told['flagged_planted']}/{told['flagged']}")
        met = verdict(wall, MILLION_SECONDS, at_most=True), verdict(peak, MILLION_MIB, at_most=True)
        rows.append([*row, ", ".join(met) if size == 1_000_000 else ""])
    head = ("reports", "pairs", "count s", "prior s", "measures s", "all s", "CPU s", "peak MiB", "points",
            "boundary", "EB05 >= 2 planted/all", f"{MILLION_SECONDS:.0f} s, {MILLION_MIB:.0f} MiB")  # fmt: skip
    print("Synthetic reports, from Parquet to every measure with GPS (component), memory of DuckDB 1 GB")
    print(table(head, rows) + "\n")


def duplicates(sizes: Sequence[int], folder: Path) -> None:
    """Record linkage where the truth is known."""
    rows = []
    for size in sizes:
        made = folder / f"copies-{size}"
        if not made.exists():
            print(f"making {size:,} reports and copies of some …", flush=True)
            work({"task": "plant", "folder": str(made), "reports": size})
        told = work({"task": "link", "folder": str(made), "memory": "1GB"})
        wall, cpu = told["steps"]["link"]
        row = [f"{told['reports_that_can_be_compared']:,}", f"{told['planted']:,}", f"{told['linked']:,}"]
        row += [f"{told['precision']:.4f}", f"{told['recall']:.3f}", f"{told['exact']['recall']:.3f}"]
        row += [f"{told['threshold_bits']:.1f}", f"{told['compared_pairs']:,}", f"{wall:.1f}", f"{cpu:.1f}"]
        rows.append([*row, f"{told['peak_kb'] / 1024:.0f}"])
    head = ("reports", "copies", "linked", "precision", "recall", "recall of exact agreement", "bits", "compared",
            "wall s", "CPU s", "peak MiB")  # fmt: skip
    print("Record linkage by weights, on synthetic reports with planted copies (gaps and mistakes are assumptions)")
    print(table(head, rows) + "\n")


def full(folder: Path) -> None:
    """Counting the shape of the whole of FAERS."""
    made = _made(folder, FULL_REPORTS)
    told = work({"task": "count", "folder": str(made), "memory": "2GB", "least": 3})
    wall, cpu = told["steps"]["count"]
    peak = told["peak_kb"] / 1024
    print(
        f"{FULL_REPORTS:,} reports, pairs of 3 or more: {told['pairs']:,} counted in {wall:.1f} s "
        f"{verdict(wall, FULL_SECONDS, at_most=True)} (CPU {cpu:.1f} s), peak {peak:.0f} MiB "
        f"{verdict(peak, FULL_MIB, at_most=True)}; wanted {FULL_SECONDS:.0f} s within {FULL_MIB:.0f} MiB"
    )


def _made(folder: Path, size: int) -> Path:
    made = folder / f"reports-{size}"
    if not made.exists():
        print(f"making {size:,} reports …", flush=True)
        work({"task": "make", "folder": str(made), "reports": size})
    return made


def main(arguments: list[str]) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="benchmarks.signals", description=__doc__)
    parser.add_argument("--rounds", type=int, default=2, help="processes of each; the best counts")
    parser.add_argument("--reports", default="10000,100000,1000000", help="sizes of the synthetic sets")
    parser.add_argument("--copies", default="100000,1000000", help="sizes of the sets with planted copies")
    parser.add_argument("--full", action="store_true", help="also count the shape of the whole of FAERS")
    parser.add_argument("--no-peer", action="store_true", help="without vigipy")
    parser.add_argument("--keep", type=Path, help="where synthetic sets are kept and found again")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"{os.cpu_count()} processors, load {load:.1f}\n")
    caers(given.rounds, not given.no_peer)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        growth([int(float(size)) for size in given.reports.split(",") if size], folder, given.rounds)
        duplicates([int(float(size)) for size in given.copies.split(",") if size], folder)
        if given.full:
            full(folder)


if __name__ == "__main__":
    run_command(main)
