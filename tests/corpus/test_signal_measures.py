"""The measures of disproportionate reporting against published and recomputed outputs of other software.

Where a tolerance is loose, the reason stands beside it: the figure was printed rounded, is a simulation, or the other
software ends where its own optimiser stopped.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from tests.shared import shared_path

pytest.importorskip("scipy", reason="the extra `population` is not installed")
ibis = pytest.importorskip("ibis", reason="the extra `population` is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="the extra `population` is not installed")
csv = pytest.importorskip("pyarrow.csv", reason="the extra `population` is not installed")

from dechallenge.population.measures import (  # noqa: E402
    disproportionality,
    ebgm,
    gps,
    information,
    interaction,
    lrt,
)
from dechallenge.population.measures.cells import Cells  # noqa: E402


def _json(name: str) -> Any:
    return json.loads(shared_path("signals", "expected", name).read_text("utf-8"))


def _expected(name: str) -> dict[str, Any]:
    table = parquet.read_table(shared_path("signals", "expected", name))
    return {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}


def _data(name: str) -> dict[str, Any]:
    table = csv.read_csv(shared_path("signals", "data", name))
    return {name: table[name].to_numpy(zero_copy_only=False) for name in table.column_names}


@cache
def _counted(id: str, drug: str, event: str, name: str) -> tuple[Any, Any, Any, float, Any, Any]:
    """Distinct reports: n, n_drug, n_event of each pair, their total, and the margins of each drug and event."""
    table = csv.read_csv(shared_path("signals", "data", name))
    report, d, e = (_codes(table[column]) for column in (id, drug, event))
    many = int(e.max()) + 1
    pairs, n = np.unique(
        np.unique((report * (d.max() + 1) + d) * many + e) % ((d.max() + 1) * many), return_counts=True
    )
    drugs = np.bincount(np.unique(report * (d.max() + 1) + d) % (d.max() + 1))
    events = np.bincount(np.unique(report * many + e) % many)
    as_floats = (n, drugs[pairs // many], events[pairs % many], drugs, events)
    a, nd, ne, dm, em = (x.astype(np.float64) for x in as_floats)
    return a, nd, ne, float(report.max() + 1), dm, em


def _codes(column: Any) -> Any:
    return column.combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)


@cache
def _caers() -> tuple[Any, Any, Any, float, Any, Any]:
    return _counted("id", "var1", "var2", "openebgm_caers.csv.gz")


def _far(found: Any, wanted: Any) -> float:
    """Largest relative difference; both must be missing in the same places, and what is infinite there is undefined."""
    wanted = np.asarray(wanted, dtype=np.float64)
    wanted = np.where(np.isinf(wanted) | (wanted == 0), np.nan, wanted)
    assert (np.isnan(found) == np.isnan(wanted)).all()
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.nanmax(np.abs(found / wanted - 1)))


def test_hand_computed_tables() -> None:
    for pair in _json("hand_computed_2x2_goldens.json")["pairs"].values():
        a, b, c, d = (pair[k] for k in "abcd")
        cells = Cells.of(a, a + b, a + c, a + b + c + d)
        prr, ror = disproportionality.prr(cells), disproportionality.ror(cells)
        found = [prr.value, prr.low, prr.high, ror.value, ror.low, ror.high, disproportionality.chi_square(cells)]
        keys = ["prr", "prr_ci_low", "prr_ci_high", "ror", "ror_ci_low", "ror_ci_high", "chi_square"]
        for value, key in zip(found, keys, strict=True):
            assert float(value[0]) == pytest.approx(pair[key], abs=6e-7)  # printed with six decimals


def test_table_iii_of_noren_2006() -> None:
    found = _json("noren2006_table3.json")
    c, wanted = found["cells"], found["computed"]
    cells = Cells.of(c["a"], c["n1."], c["n.1"], c["n"])
    for name, got in (
        ("ror", disproportionality.ror(cells)),
        ("prr", disproportionality.prr(cells)),
        ("bcpnn_norm_ic(Gould 2003)", information.ic_gould(cells)),
        # Labelled "exact gamma" there; pharmsignal computes the 3.3/2.4 approximation, and so does the figure.
        ("obsexp_shrink_ic(exact gamma)", information.ic_approximate(cells.n, cells.expected)),
    ):
        assert [float(x[0]) for x in (got.value, got.low, got.high)] == pytest.approx(wanted[name], rel=1e-9), name


@pytest.mark.parametrize("name", ["pvda_caers", "pvda_drug_event_df", "pvda_tiny"])
def test_pvda(name: str) -> None:
    want = _expected(f"{name}.parquet")
    cells = Cells.of(want["obs"], want["n_drug"], want["n_event"], want["n_tot"])
    ic = information.ic(cells.n, cells.expected)
    for key, got in (("ic", ic.value), ("ic2.5", ic.low), ("ic97.5", ic.high)):
        assert np.abs(got - want[key]).max() < 1e-10  # ten decimals
    told = want["obs"] >= 3  # it leaves out the ratios of fewer
    for key, ratio in (("prr", disproportionality.prr(cells)), ("ror", disproportionality.ror(cells))):
        for column, got in ((key, ratio.value), (f"{key}2.5", ratio.low), (f"{key}97.5", ratio.high)):
            assert np.isnan(want[column][~told]).all()
            assert _far(got[told], want[column][told]) < 1e-8


def test_pvda_counts_257_pairs_of_caers_above_zero() -> None:
    n, drug, event, total, _, _ = _caers()
    cells = Cells.of(n, drug, event, total)
    assert int((information.ic(cells.n, cells.expected).low > 0).sum()) == 257


@pytest.mark.parametrize(
    ("name", "theta"),
    [
        ("openebgm_caers_scores", "theta_full"),
        ("openebgm_caers_scores_stratified", "theta_stratified_squashed"),
    ],
)
def test_scores_under_the_parameters_of_openebgm(name: str, theta: str) -> None:
    want = _expected(f"{name}.parquet")
    found = ebgm.scores(want["N"].astype(float), want["E"], _json("openebgm_caers.json")["reproduced_here"][theta])
    assert _far(found.ebgm, want["ebgm"]) < 1e-9
    assert _far(found.low, want["eb05"]) < 1e-7  # written there with eight decimals
    if "eb95" in want:
        assert _far(found.high, want["eb95"]) < 1e-8
        assert int((found.low >= 2).sum()) == 131


@pytest.mark.parametrize(("name", "key"), [("phvid_gps_trunc", "component"), ("phvid_gps_full", "zero")])
def test_scores_under_the_parameters_of_phvid(name: str, key: str) -> None:
    want = _expected(f"{name}.parquet")
    themes = _json("phvid_frame.json")["theta"]
    theta = next(value for told, value in themes.items() if key in told)
    found = ebgm.scores(want["count"].astype(float), want["expected"], theta)
    assert np.abs(found.no_excess - want["post_h0"]).max() < 1e-11
    assert _far(found.low, want["eb05"]) < 2e-3  # its search for the quantile stops there


@pytest.mark.parametrize("convention", ["component", "mixture", "whole table"])
def test_caers_reaches_the_better_optimum_in_each_convention(convention: gps.Convention) -> None:
    n, drug, event, total, drugs, events = _caers()
    whole = convention == "whole table"
    data = gps.whole_table(n, drug, event, total, drugs, events) if whole else gps.points(n, drug, event, total)
    if whole:
        assert (len(data.n), data.cells) == (2981, 3_816_672)
    prior = gps.fit(data, convention)
    wanted = _json("gps_fits_three_conventions.json")["caers"]["zero" if whole else convention]
    assert prior.nll <= wanted["nll"] + 1e-6
    assert prior.converged
    assert prior.boundary == ()
    assert prior.nll == pytest.approx(gps.nll(data, wanted["theta"], convention), abs=1e-5)


def test_the_published_optimum_of_caers_is_local_and_both_are_shown() -> None:
    n, drug, event, total, _, _ = _caers()
    data = gps.points(n, drug, event, total)
    published = _json("openebgm_caers.json")["reproduced_here"]
    assert gps.nll(data, published["theta_full"]) == pytest.approx(published["nll_full"], abs=1e-8)
    prior = gps.fit(data)
    assert prior.nll <= 4162.1809
    assert min(abs(one - 4162.4557) for one in prior.starts) < 1e-3
    best = ebgm.scores(n, drug * event / total, prior.theta)
    assert int((best.low >= 2).sum()) == 128


@pytest.mark.parametrize(("convention", "key"), [("component", "component"), ("mixture", "mixture")])
def test_the_quarter_on_which_others_fail_converges_on_its_boundary(convention: gps.Convention, key: str) -> None:
    n, drug, event, total, _, _ = _counted("case_id", "drug", "event", "pvlrt_faers22q3raw.csv.gz")
    wanted = _json("gps_fits_three_conventions.json")[f"faers22q3:{key}"]
    data = gps.points(n, drug, event, total)
    assert (int(total), int(data.cells)) == (wanted["reports"], wanted["pairs"])
    prior = gps.fit(data, convention)
    assert prior.nll <= wanted["nll"] + 1e-3
    assert prior.converged
    assert prior.boundary == ("alpha2",)
    if convention == "component":
        found = ebgm.scores(n, drug * event / total, prior.theta)
        assert int((found.low >= 2).sum()) == pytest.approx(wanted["eb05_ge2"], abs=2)


@pytest.mark.parametrize("convention", ["component", "mixture", "whole table"])
def test_phvid_frame_of_counts_alone(convention: gps.Convention) -> None:
    data = _data("phvid_frame.csv.gz")
    n = data["n11"].astype(np.float64)
    _, d = np.unique(data["drug"].astype(str), return_inverse=True)
    _, e = np.unique(data["event"].astype(str), return_inverse=True)
    drugs, events = np.bincount(d, weights=n), np.bincount(e, weights=n)
    total = float(n.sum())
    assert total == 1_196_487
    whole = convention == "whole table"
    given = (n, drugs[d], events[e], total)
    points = gps.whole_table(*given, drugs, events) if whole else gps.points(*given)
    wanted = _json("gps_fits_three_conventions.json")["phvid_frame"]["zero" if whole else convention]
    assert gps.fit(points, convention).nll <= wanted["nll"] + 1e-3


@pytest.mark.parametrize(
    ("data", "name", "inflated", "significant", "slack"),
    [
        ("pvlrt_statin46.csv", "statin46_poisson", False, 110, 1),
        ("pvlrt_statin46.csv", "statin46_zip", True, 110, 1),
        ("pvlrt_lovastatin.csv", "lovastatin_vanilla", False, 31, 1),
        ("pvlrt_statin1491.csv", "statin1491_zip", True, 705, 20),
    ],
)
def test_likelihood_ratio(data: str, name: str, inflated: bool, significant: int, slack: int) -> None:
    counts = _data(data)
    drugs, d = np.unique(counts["drug"].astype(str), return_inverse=True)
    events, e = np.unique(counts["event"].astype(str), return_inverse=True)
    table = np.zeros((len(drugs), len(events)))
    table[d, e] = counts["n"]
    found = lrt.test(table, draws=400, zero_inflated=inflated)
    wanted = _json("pvlrt.json")
    assert found.statistic.max() == pytest.approx(wanted["results"][name]["max_lr"], rel=1e-12)
    listed = _expected(f"pvlrt_{name}.parquet")
    tested = np.zeros(table.shape, dtype=bool)  # the column of all other drugs is drawn, but has no chance there
    chance = np.ma.filled(listed["p"], np.nan)
    tested[
        np.searchsorted(drugs, listed["drug"].astype(str)), np.searchsorted(events, listed["event"].astype(str))
    ] = ~np.isnan(chance)
    assert int((found.chance < 0.05)[tested].sum()) == pytest.approx(significant, abs=slack)  # simulated on both sides
    if name == "statin46_zip":
        order = ["Atorvastatin", "Fluvastatin", "Lovastatin", "Pravastatin", "Rosuvastatin", "Simvastatin", "Other"]
        share = dict(zip(drugs, found.inflation, strict=True))
        assert sorted(share[x] for x in order) == pytest.approx(sorted(wanted["zi_statin46"]), abs=1e-4)


def test_omega_on_crescenddi_reproduces_the_published_baseline() -> None:
    data = _data("crescenddi_faers_counts.csv.gz")
    x = {k: v.astype(np.float64) for k, v in data.items() if k.startswith(("n_", "d1", "not"))}
    label = data["label"] == 1
    with np.errstate(divide="ignore", invalid="ignore"):
        found = interaction.omega(
            x["n_111"],
            x["d1_d2_counter"] - x["n_111"],
            x["n_101"],
            x["d1_not_d2_counter"] - x["n_101"],
            x["n_011"],
            x["not_d1_d2_counter"] - x["n_011"],
            x["n_001"],
            x["not_d1_not_d2_counter"] - x["n_001"],
        )
    wanted = _json("crescenddi_ddi_baseline.json")
    above = found.low > 0
    assert above[label].mean() == pytest.approx(wanted["omega025_gt_0"]["sensitivity"], abs=1e-4)
    assert (~above[~label]).mean() == pytest.approx(wanted["omega025_gt_0"]["specificity"], abs=1e-4)
    enough = x["n_111"] >= 3
    areas = wanted["auc_n111_ge_3"]
    assert _area(found.value[enough], label[enough]) == pytest.approx(areas["omega (Noren 2008)"], abs=1e-3)
    assert _area(found.low[enough], label[enough]) == pytest.approx(areas["omega025"], abs=1e-3)


def _area(score: Any, label: Any) -> float:
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(score[label], score[~label]).statistic / (label.sum() * (~label).sum()))


def test_three_together_as_vigicaen_prints_it() -> None:
    """Its counts with both, and its expected count of 7.88: IC 1.14, lower bound 0.40."""
    rows = _json("vigicaen_interaction_snapshot.json")["rows"]
    for _, _, _, observed, expected, value, low, _ in rows:
        found = information.ic(np.array([float(observed)]), np.array([float(expected)]))
        assert float(found.value[0]) == pytest.approx(value, abs=0.011)
        assert float(found.low[0]) == pytest.approx(low, abs=0.06)
