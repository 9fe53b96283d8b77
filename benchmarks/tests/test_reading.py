"""Speed side by side: the best of the rounds counts, and a peer that cannot be had is told, not failed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import reading
from benchmarks.run import Unavailable

Json = dict[str, Any]


class Fake:
    """Workers that take the seconds they are told to, and remember what they were asked."""

    def __init__(self, *, peer: bool = True) -> None:
        self.peer = peer
        self.calls = 0

    def __call__(self, reader: str, task: Json) -> Json:
        self.calls += 1
        if reader != "product":
            if not self.peer:
                raise reading.Failed("no network here")
            seconds = 40.0 if task["variant"] == "default" else 4.0
            return {"seconds": seconds, "peak_kb": 122880, "found": 7, "negated": 2}
        if task["task"] == "terms":
            return {"terms": [["ALT", "ALT"]]}
        if task["task"] == "folder":
            number = len(list(Path(task["folder"]).iterdir()))
            cpu = {"seconds": 4.0 / task["jobs"] ** 2, "others": 5.0 * (task["jobs"] - 1)}
            return cpu | {"wall": number / 10 / task["jobs"] + 1 / self.calls}
        seconds = 2.0 + 1.0 / self.calls
        return {"seconds": seconds, "wall": len(task["texts"]) / 10, "peak_kb": 61440, "found": {"measurements": 9}}


def test_the_ratio_is_that_of_the_best_rounds() -> None:
    worker = Fake()
    best, missing = reading.measure(["a", "b"], rounds=3, peer=True, worker=worker)
    assert not missing
    assert best["dechallenge read"].seconds < 2.2
    told = reading.report_speed(["a", "b"], best)
    default, sentencizer = (line for line in told.splitlines() if line.startswith("medspaCy"))
    assert " ok " in default and "below" in sentencizer  # 40 s and 4 s against 2.1 s
    assert "7 names, 2 negated" in default


def test_without_the_peer_the_product_is_measured_alone() -> None:
    best, missing = reading.measure(["a"], rounds=1, peer=True, worker=Fake(peer=False))
    assert missing == "no network here"
    assert list(best) == ["dechallenge read", "dechallenge read, first texts", "dechallenge assess"]


def test_a_product_that_cannot_be_run_is_said() -> None:
    def broken(reader: str, task: Json) -> Json:
        raise reading.Failed("no module")

    with pytest.raises(Unavailable, match="no module"):
        reading.measure(["a"], rounds=1, peer=False, worker=broken)


def test_two_processes_share_the_texts() -> None:
    best = reading.processes(["a"] * 10, Fake(), rounds=3)
    assert best[1].wall == pytest.approx(1.0 + 1 / 5)  # the fifth call, and the sixth
    assert best[2].rate == pytest.approx(10 / (0.5 + 1 / 6))
    told = reading.report_processes("read", best)
    assert "1.80 times" in told and "CPU 4.0 s against 1.0 s in the first and 2.5 s in each" in told
