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
from dechallenge.population import counting, scoring, synthetic
from dechallenge.population.counting import Counts
from dechallenge.population.measures import ebgm, gps, information


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
    wanted = [name for names in scoring.COLUMNS.values() for name in names]
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
