"""The product's side of `python -m benchmarks.reading`, each task in a fresh process so that memory is its own.

Reads {"task": "read" | "assess" | "terms", "texts": […], "warm": […]} or {"task": "folder", "verb", "folder", "jobs"}
from standard input and prints one JSON object.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

WARM = "A 40-year-old woman took ibuprofen 400 mg daily. ALT was 80 U/L. Tests for hepatitis A, B and C were negative."
KINDS = ("measurements", "exposures", "actions", "tests", "findings", "events")


def run(task: dict[str, Any]) -> dict[str, Any]:
    """The figures of one task: CPU and wall seconds over all texts, peak memory, what was found."""
    if task["task"] == "terms":
        lexicon = importlib.import_module("dechallenge.lexicon.analytes").load_analytes()
        return {"terms": sorted({(s.text, s.id) for s in lexicon.surfaces()})}
    if task["task"] == "folder":
        return folder(task)
    package = importlib.import_module("dechallenge")
    call = package.read if task["task"] == "read" else package.assess
    for text in (WARM, *task.get("warm", ())):  # tables are loaded at the first call, patterns compiled when needed
        call(text)
    found: dict[str, int] = dict.fromkeys(KINDS, 0)
    wall, started = time.perf_counter(), time.process_time()
    for text in task["texts"]:
        result = call(text)
        for case in result.cases:
            for kind in KINDS:
                found[kind] += len(getattr(case, kind, ()))
    seconds, wall = time.process_time() - started, time.perf_counter() - wall
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "wall": wall, "peak_kb": peak, "found": found}


def folder(task: dict[str, Any]) -> dict[str, Any]:
    """A folder read or assessed by so many processes: wall seconds, CPU seconds of this one and of the others."""
    package = importlib.import_module("dechallenge")
    call = package.read_paths if task["verb"] == "read" else package.assess_paths
    if task["jobs"] == 1:
        (package.read if task["verb"] == "read" else package.assess)(WARM)
    wall, started = time.perf_counter(), time.process_time()
    result = call([Path(task["folder"])], jobs=task["jobs"])
    seconds, wall = time.process_time() - started, time.perf_counter() - wall
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    others = used.ru_utime + used.ru_stime
    return {"seconds": seconds, "others": others, "wall": wall, "found": {"cases": len(result.cases)}}


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin))))
