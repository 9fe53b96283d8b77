"""Seconds per MB: every kind is measured at every size, the worst come first, and the limit judges the worst."""

from __future__ import annotations

import pytest

from benchmarks import hostile
from benchmarks.hostile import LIMIT, Measured
from benchmarks.hostile_files import FILES
from benchmarks.hostile_kinds import KINDS


def test_every_kind_is_read_at_every_size() -> None:
    seen: list[int] = []
    measured = list(hostile.texts((400, 900), lambda text: seen.append(len(text))))
    assert [one.kind for one in measured] == list(KINDS)
    assert seen == [400, 400, 900, 900] * len(KINDS)
    assert all(len(one.seconds) == 2 and min(one.seconds) >= 0 for one in measured)


def test_every_file_is_opened_by_its_name() -> None:
    seen: list[str] = []
    measured = list(hostile.files(3000, lambda name, data: seen.append(name) if data else None))
    assert [one.kind for one in measured] == list(FILES)
    assert seen == [name for name, _ in FILES.values() for _ in range(2)]


def test_only_some() -> None:
    assert [one.kind for one in hostile.texts((400,), len, "DNA")] == ["DNA", "DNA, lines"]
    assert len(list(hostile.texts((400,), len, "brackets"))) > 5


def test_the_worst_come_first_and_are_judged() -> None:
    found = [
        Measured("g", "good", (0.1, 0.2)),
        Measured("g", "bad", (0.3, LIMIT + 1)),
        Measured("g", "fair", (1.0, 0.9)),
    ]
    lines = hostile.shown(found, ["20", "100"], 2).splitlines()
    assert [line.split()[0] for line in lines[2:4]] == ["bad", "fair"]
    assert lines[2].endswith("above") and lines[3].endswith("ok")
    assert lines[-1] == "2 of 3 kinds within 2 s/MB"


def test_seconds_are_those_of_a_million(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 3.0, 10.0, 11.0])
    monkeypatch.setattr("time.process_time", lambda: next(clock))
    assert hostile.taken(lambda: None, 500_000) == 2.0


def test_the_product_is_measured_through_its_own_doors(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hostile, "KINDS", {"DNA": KINDS["DNA"]})
    hostile.main(["--sizes", "500", "--files", "3000", "--only", "cut off"])
    told = capsys.readouterr().out
    assert "files of 3,000 bytes" in told
    assert told.count("cut off") == sum("cut off" in kind for kind in FILES)
