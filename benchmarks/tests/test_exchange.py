"""Rates against the floor, memory against the shortest batch; and the files of the benchmark are what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import exchange
from benchmarks.reading import ROOT, Failed, environment
from benchmarks.run import Unavailable
from dechallenge.formats import messages
from dechallenge.formats.e2b.r3_read import attachments

Json = dict[str, Any]


class Fake:
    """A worker whose floor takes 1 ms and everything else 20 ms, and whose memory grows by so much for each case."""

    def __init__(self, grows: float = 0.0, missing: str = "") -> None:
        self.grows, self.missing = grows, missing

    def __call__(self, task: Json) -> Json:
        if task["task"] == "make":
            names = ["one.xml", "one.json", "large.xml", *(f"batch-{n}.xml" for n in task["batches"])]
            return {"sizes": dict.fromkeys(names, 10_000)}
        if task["task"] == "rate":
            if task["call"] == self.missing:
                raise Failed("no such module")
            return {"seconds": 0.001 if task["call"] in exchange.FLOORS.values() else 0.02, "calls": 9}
        name = Path(task["path"]).stem
        cases = int(name.removeprefix("batch-")) if name.startswith("batch-") else 1
        return {"seconds": cases / 40, "peak_kb": 61_440 + int(self.grows * cases), "cases": cases}


def measured(worker: exchange.Worker, batches: tuple[int, ...] = (10,)) -> str:
    return "\n".join(exchange.measure(1.0, batches, (5,), worker))


def lines(told: str, head: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith(head)]


def test_rates_stand_beside_their_floor() -> None:
    told = measured(Fake())
    (floor,) = lines(told, "lxml parse")
    (read,) = lines(told, "E2B(R3) to cases")
    assert floor.split()[-2:] == ["1000", "10.00"]
    assert read.split()[-3:] == ["50", "0.50", "20"]


def test_memory_that_grows_with_the_cases_is_above_the_target() -> None:
    for grows, verdict in ((0.0, "ok"), (3.0, "above")):
        told = measured(Fake(grows), (500, 5000))
        short, long = lines(told, "batch, convert")
        assert short.split()[-1] == f"{60 + grows * 500 / 1024:.0f}"
        assert long.split()[-1] == verdict
        assert lines(told, "batch, assess")[0].split()[2] == "5"


def test_a_peer_that_is_not_there_is_told_and_the_rest_measured() -> None:
    told = measured(Fake(missing="fhir.resources R4B models"))
    assert "fhir.resources R4B models is not measured: no such module" in told
    assert lines(told, "cases to FHIR")


def test_a_product_that_cannot_be_run_is_said() -> None:
    def broken(task: Json) -> Json:
        raise Failed("no module")

    with pytest.raises(Unavailable, match="no module"):
        measured(broken)


def test_the_files_are_what_they_say(tmp_path: Path) -> None:
    task = {"task": "make", "folder": str(tmp_path), "attachment": 30_000, "batches": [3]}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.workers.exchange"], input=json.dumps(task), capture_output=True, text=True,
        cwd=ROOT, env=environment(), check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["sizes"].keys() == {"one.xml", "one.json", "large.xml", "batch-3.xml"}
    (large,) = messages.reports(tmp_path / "large.xml")
    assert large.base is not None
    assert [len(file.data) for file in attachments(large.base)] == [30_000]
    found = list(messages.reports(tmp_path / "batch-3.xml"))
    assert [m.base.value("C.1.1") for m in found if m.base] == ["CASE-0000000", "CASE-0000001", "CASE-0000002"]
    first = [next(v.value for v in m.case.measurements if v.analyte == "ALT") for m in found]
    assert len(set(first)) == 3
    (bundle,) = messages.reports(tmp_path / "one.json")
    assert bundle.case.events[0].kind == found[0].case.events[0].kind == "liver injury"
