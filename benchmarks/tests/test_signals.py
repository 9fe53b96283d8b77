"""The benchmark of signals: best steps are taken, targets are judged, and a peer that cannot be made is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import signals
from benchmarks.reading import Failed
from benchmarks.workers import duplicates


def _told(seconds: float, peak: int) -> signals.Json:
    prior = {"nll": 4162.1808, "nll_of_starts": [4162.4557, 4162.1808], "flagged": 128}
    steps = {"GPS prior, component": [seconds, seconds / 2], "EBGM, EB05, EB95": [0.1, 0.1]}
    return {
        "steps": steps,
        "peak_kb": peak,
        "priors": {"component": prior},
        "pairs": 10,
        "total": 5,
        "versions": {"dechallenge": "0"},
    }


def test_the_best_of_the_rounds_is_taken_step_by_step() -> None:
    best = signals.best_of([_told(0.4, 2048), _told(0.15, 4096)])
    assert best["steps"]["GPS prior, component"] == [0.15, 0.075]
    assert best["peak_kb"] == 2048


def test_linked_pairs_are_judged_by_the_planted_ones(tmp_path: Path) -> None:
    analysis, truth = duplicates.plant(2_000, tmp_path / "set")
    assert analysis.total == 2_000 + len(truth) and len(truth) > 50
    from dechallenge.population import linkage

    found = linkage.link(analysis).pairs
    judged = duplicates.judged(found, truth, analysis.total)
    assert judged["precision"] > 0.95 and judged["recall"] > 0.6
    wrong = duplicates.judged(found, truth[::-1] + 1, analysis.total)
    assert wrong["right"] < judged["right"] / 10
    again, same = duplicates.plant(2_000, tmp_path / "again")
    assert (same == truth).all() and again.path("reports").read_bytes() == analysis.path("reports").read_bytes()


@pytest.mark.parametrize(("seconds", "word"), [(0.15, "ok"), (0.25, "above")])
def test_targets_are_judged_and_a_missing_peer_is_said(
    seconds: float, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import gzip

    def no_peer(task: signals.Json) -> signals.Json:
        raise Failed("no environment here")

    monkeypatch.setattr(signals, "work", lambda task: _told(seconds, 1024))
    monkeypatch.setattr(signals, "ask_peer", no_peer)
    monkeypatch.setattr(Path, "read_bytes", lambda self: gzip.compress(b"id,var1,var2\n"))
    monkeypatch.setattr(signals, "shared_path", lambda *parts: Path(*parts))
    signals.caers(1, with_peer=True)
    shown = capsys.readouterr().out
    assert f"{seconds + 0.1:.3f} s, wanted 0.3 {word}" in shown
    assert "vigipy was not measured: no environment here" in shown
    assert "4162.4557, 4162.1808" in shown
