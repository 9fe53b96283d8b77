"""The verb `measure`: a table of every measure from counts, with the words that must go with it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")
pytest.importorskip("ibis", reason="the extra `population` is not installed")

import numpy as np

from dechallenge.errors import DechallengeError, InputError
from dechallenge.population import counting, lrt_table, scoring, synthetic
from dechallenge.population.counting import Counts
from dechallenge.population.measures import ebgm, gps, information, lrt


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> Counts:
    shape = synthetic.Shape(reports=3_000, drugs=60, events=90, planted=20)
    return counting.pairs(synthetic.generate(shape, tmp_path_factory.mktemp("made") / "set"))


@pytest.fixture(scope="module")
def measured(counts: Counts) -> scoring.Measured:
    return scoring.measure(counts)


def _column(measured: scoring.Measured, name: str) -> Any:
    return np.asarray(measured.table.column(name).to_numpy())


def test_every_pair_has_every_measure_and_every_measure_its_words(counts: Counts, measured: scoring.Measured) -> None:
    assert measured.table.num_rows == counts.table.num_rows > 500
    wanted = [name for measure in scoring.MEASURES for name in scoring.COLUMNS[measure]]
    assert measured.table.column_names == ["drug", "event", "n", "n_drug", "n_event", "expected", *wanted]
    assert set(measured.about) == set(scoring.MEASURES)
    assert all(how and source for how, source in measured.about.values())


def test_scores_on_distinct_points_are_those_of_every_pair(measured: scoring.Measured) -> None:
    n, expected = _column(measured, "n").astype(float), _column(measured, "expected")
    assert measured.prior is not None
    own = ebgm.scores(n, expected, measured.prior.theta)
    assert np.allclose(_column(measured, "eb05"), own.low, rtol=1e-12)
    assert np.allclose(_column(measured, "ic_low"), information.ic(n, expected).low, rtol=1e-12)
    assert np.allclose(_column(measured, "rrr"), n / expected, rtol=1e-12)


def test_pieces_change_nothing(counts: Counts, measured: scoring.Measured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "_PIECE", 37)
    assert scoring.measure(counts, prior=measured.prior).table.equals(measured.table)


def test_the_measures_of_one_table_by_hand() -> None:
    # 15 of 40 reports of the drug have the event, 22 of 250 in all.
    from dechallenge.population.measures.cells import Cells

    found = scoring.cells_measured(Cells.of([15], [40], [22], 250), None)
    assert found["prr"][0] == pytest.approx((15 / 40) / (7 / 210))
    assert found["ror"][0] == pytest.approx((15 * 203) / (25 * 7))
    assert found["rrr"][0] == pytest.approx(15 * 250 / (40 * 22))
    assert found["ic"][0] == pytest.approx(np.log2(15.5 / (3.52 + 0.5)))
    chance = 1 - sum(np.exp(-3.52) * 3.52**k / float(np.prod(np.arange(1, k + 1))) for k in range(15))
    assert found["p"][0] == pytest.approx(chance, rel=1e-9)
    assert "ebgm" not in found


def test_a_measure_alone_costs_nothing_else(counts: Counts) -> None:
    found = scoring.measure(counts, ["IC"])
    assert found.table.column_names[6:] == ["ic", "ic_low", "ic_high"]
    assert found.prior is None


@pytest.mark.parametrize("convention", list(gps.CONVENTIONS))
def test_the_convention_of_the_prior_is_told(counts: Counts, convention: gps.Convention) -> None:
    found = scoring.measure(counts, ["EBGM"], convention=convention)
    assert found.prior is not None and found.prior.convention == convention
    assert gps.CONVENTIONS[convention] in found.about["EBGM"][0]
    told = found.told()["prior"]
    assert told["convention"] == convention
    assert min(told["nll_of_starts"]) >= told["nll"] - 1e-6  # every optimum is shown, the best is taken


def test_a_prior_is_not_fitted_to_a_selection(counts: Counts) -> None:
    few = replace(counts, least=3)
    with pytest.raises(InputError, match="too high"):
        scoring.measure(few)
    prior = scoring.fit_prior(counts)
    assert scoring.measure(few, prior=prior).prior is prior


def test_unknown_measures_and_strata_are_refused(counts: Counts) -> None:
    with pytest.raises(InputError, match="'odds' is not a measure"):
        scoring.measure(counts, ["odds"])  # type: ignore[list-item]
    with pytest.raises(InputError, match="strata"):
        scoring.measure(replace(counts, strata=("sex",)))


def test_files_carry_the_conventions(measured: scoring.Measured, tmp_path: Path) -> None:
    from pyarrow import csv, parquet

    (one,) = measured.write(tmp_path / "table.parquet")
    about = json.loads(parquet.read_schema(one).metadata[b"dechallenge"])
    assert about["reports"] == 3_000
    assert set(about["measures"]) == set(scoring.MEASURES)
    assert about["prior"]["theta"].keys() == set(gps.NAMES)
    table, beside = measured.write(tmp_path / "table.csv")
    assert csv.read_csv(table).num_rows == measured.table.num_rows
    assert json.loads(beside.read_text("utf-8")) == about
    assert sorted(path.name for path in tmp_path.iterdir()) == ["table.about.json", "table.csv", "table.parquet"]


@pytest.mark.parametrize("name", ["table.xlsx", "table", "nowhere/table.csv"])
def test_a_file_that_cannot_be_written_is_told(measured: scoring.Measured, tmp_path: Path, name: str) -> None:
    with pytest.raises(DechallengeError) as told:
        measured.write(tmp_path / name)
    assert told.value.next_step
    assert list(tmp_path.iterdir()) == []


def test_the_likelihood_ratio_test_on_request_is_that_of_the_whole_table(counts: Counts) -> None:
    found = scoring.measure(counts, ["LRT", "LRT-ZI"], chosen=lrt_table.Choice(draws=40, seed=3))
    assert found.table.column_names[6:] == ["lr", "lr_p", "lr_zi_p", "structural_zeros"]
    table = np.zeros((60, 90))
    numbers = [counts.table.column(name).to_numpy() for name in ("drug", "event", "n")]
    table[numbers[0], numbers[1]] = numbers[2]
    for name, inflated in (("lr_p", False), ("lr_zi_p", True)):
        own = lrt.test(table, draws=40, seed=3, zero_inflated=inflated)
        assert np.array_equal(_column(found, "lr"), own.statistic[numbers[0], numbers[1]])
        assert np.array_equal(_column(found, name), own.chance[numbers[0], numbers[1]])
    told = json.loads(json.dumps(found.told()))
    assert told["lrt"]["LRT"] == {
        "draws": 40,
        "seed": 3,
        "drugs": 60,
        "events": 90,
        "cells": 5400,
        "zero_inflated": False,
    }
    assert "seed 3" in told["measures"]["LRT"]["convention"] and "Huang" in told["measures"]["LRT"]["source"]
    assert "lrt" not in scoring.measure(counts, ["IC"]).told()


def test_what_was_not_chosen_stands_as_one_row_and_column(counts: Counts) -> None:
    choice = lrt_table.Choice(drugs=(3, 1), events=(0, 2, 5), draws=20)
    found = scoring.measure(counts, ["LRT"], chosen=choice)
    n, drug, event = (counts.table.column(name).to_numpy() for name in ("n", "drug", "event"))
    rows, columns = [1, 3], [0, 2, 5]
    table = np.zeros((3, 4))
    for count, d, e in zip(n, drug, event, strict=True):
        table[rows.index(d) if d in rows else 2, columns.index(e) if e in columns else 3] += count
    own = lrt.test(table, draws=20)
    for row, d, e in zip(range(len(n)), drug, event, strict=True):
        if d in rows and e in columns:
            assert _column(found, "lr_p")[row] == own.chance[rows.index(d), columns.index(e)]
        else:
            assert np.isnan(_column(found, "lr_p")[row])
    assert "all other drugs and events put together" in found.about["LRT"][0]


def test_a_table_that_is_no_whole_or_too_large_is_refused(counts: Counts, monkeypatch: pytest.MonkeyPatch) -> None:
    some = counting.pairs(counts.analysis, drugs=[0, 1])
    with pytest.raises(InputError, match="these counts are of some"):
        scoring.measure(some, ["LRT"])
    with pytest.raises(InputError, match="no report has the drug number 999"):
        scoring.measure(counts, ["LRT"], chosen=lrt_table.Choice(drugs=(999,)))
    monkeypatch.setattr(lrt_table, "MOST_CELLS", 5399)
    with pytest.raises(InputError, match=r"60 drugs x 90 events.*at most 5,399 cells") as told:
        scoring.measure(counts, ["LRT"])
    assert "--drug" in told.value.next_step
    few = scoring.measure(counts, ["LRT"], chosen=lrt_table.Choice(drugs=(0,), draws=5))
    assert np.isfinite(_column(few, "lr")).sum() == np.sum(counts.table.column("drug").to_numpy() == 0)
