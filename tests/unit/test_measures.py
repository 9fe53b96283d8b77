"""Measures of disproportionate reporting: worked by hand, at their edges, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("scipy", reason="the extra `population` is not installed")

from dechallenge.errors import InputError
from dechallenge.population.measures import (
    disproportionality,
    ebgm,
    fdr,
    gps,
    information,
    interaction,
    lrt,
    onset,
    sequential,
    stratified,
)
from dechallenge.population.measures.cells import Cells


def cells(a: float, b: float, c: float, d: float) -> Cells:
    return Cells.of(a, a + b, a + c, a + b + c + d)


def test_cells_give_back_the_four_counts() -> None:
    one = cells(7, 2, 4, 7)
    assert [float(x[0]) for x in (one.n, one.b, one.c, one.d)] == [7, 2, 4, 7]
    assert float(one.expected[0]) == pytest.approx(9 * 11 / 20)


@pytest.mark.parametrize(
    ("n", "drug", "event", "total"),
    [(3, 2, 5, 10), (3, 5, 2, 10), (-1, 2, 2, 10), (1, 11, 2, 10), (1, 8, 8, 10), (float("nan"), 2, 2, 10)],
)
def test_counts_that_no_reports_have_are_refused(n: float, drug: float, event: float, total: float) -> None:
    with pytest.raises(InputError, match="distinct reports"):
        Cells.of(n, drug, event, total)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InputError, match="length"):
        Cells.of([1, 2], [2], [2], 10)


@pytest.mark.parametrize("rule", ["undefined", "haldane"])
def test_empty_cells_follow_the_rule_that_is_named(rule: disproportionality.ZeroRule) -> None:
    no_others = cells(3, 5, 0, 92)
    ratio = disproportionality.ror(no_others, rule)
    assert disproportionality.ZERO_RULES[rule] in ratio.convention
    if rule == "haldane":
        assert float(ratio.value[0]) == pytest.approx(3.5 * 92.5 / (5.5 * 0.5))
        assert float(ratio.low[0]) > 1
    else:
        assert np.isnan(ratio.value[0])
        assert np.isnan(ratio.low[0])


def test_a_drug_with_this_event_only_has_a_prr_but_no_odds_ratio() -> None:
    only = cells(2, 0, 4, 94)
    assert float(disproportionality.prr(only).value[0]) == pytest.approx(98 / 4)
    assert np.isnan(disproportionality.ror(only).value[0])


def test_chi_square_with_and_without_yates() -> None:
    one = cells(10, 20, 30, 140)
    plain = 200 * (10 * 140 - 20 * 30) ** 2 / (30 * 170 * 40 * 160)
    assert float(disproportionality.chi_square(one)[0]) == pytest.approx(plain)
    corrected = 200 * (10 * 140 - 20 * 30 - 100) ** 2 / (30 * 170 * 40 * 160)
    assert float(disproportionality.chi_square(one, yates=True)[0]) == pytest.approx(corrected)


def test_the_rule_of_evans_needs_three_reports() -> None:
    assert not disproportionality.evans(cells(2, 1, 3, 994))[0]
    assert disproportionality.evans(cells(3, 1, 3, 993))[0]


def test_nothing_observed_and_nothing_expected_is_no_information() -> None:
    found = information.ic(np.array([0.0]), np.array([0.0]))
    assert float(found.value[0]) == 0.0
    assert float(found.low[0]) < -9
    assert float(found.high[0]) > 2


def test_the_approximate_bounds_are_named_and_near_for_many_reports() -> None:
    n, e = np.array([400.0]), np.array([100.0])
    exact, near = information.ic(n, e), information.ic_approximate(n, e)
    assert "3.3/2.4" in near.convention
    assert "exact gamma" in exact.convention
    assert float(near.low[0]) == pytest.approx(float(exact.low[0]), abs=0.03)


# --- the shrinker ---------------------------------------------------------------------------------------------------


def _drawn(seed: int = 3, pairs: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    expected = np.exp(rng.normal(0, 1, pairs))
    rate = np.where(rng.random(pairs) < 0.2, rng.gamma(4.0, 1.0, pairs), rng.gamma(3.0, 1 / 3, pairs))
    return rng.poisson(rate * expected).astype(np.float64), expected


@pytest.mark.parametrize("convention", ["component", "mixture", "whole table"])
def test_the_gradient_is_the_slope_of_the_likelihood(convention: gps.Convention) -> None:
    n, expected = _drawn()
    kept = n > 0 if convention != "whole table" else np.ones(len(n), dtype=bool)
    function = gps._Likelihood(gps.with_expected(n[kept], expected[kept]), convention)
    x = np.array([0.3, -0.5, 0.6, 0.2, -1.0])
    slope = function(x)[1]
    for place in range(5):
        step = np.zeros(5)
        step[place] = 1e-5
        near = (function(x + step)[0] - function(x - step)[0]) / 2e-5
        assert slope[place] == pytest.approx(near, rel=1e-5, abs=1e-3)


def test_distinct_points_lose_nothing() -> None:
    n, expected = _drawn()
    n, expected = np.tile(n[n > 0], 3), np.tile(expected[n > 0], 3)
    drawn = gps.with_expected(n, expected)
    assert drawn.cells == len(n)
    assert len(drawn.n) * 3 <= len(n)
    theta = (0.5, 0.4, 2.0, 2.5, 0.3)
    lone = gps.Points(n, expected, np.ones(len(n)))
    assert gps.nll(drawn, theta) == pytest.approx(gps.nll(lone, theta), rel=1e-12)


def test_the_fit_finds_the_distribution_that_was_drawn_from() -> None:
    n, expected = _drawn(pairs=40_000)
    prior = gps.fit(gps.with_expected(n, expected), "whole table")
    a1, b1, a2, b2, p = prior.theta
    assert prior.converged
    assert prior.boundary == ()
    assert (a1 / b1, a2 / b2, p) == pytest.approx((4.0, 1.0, 0.2), rel=0.2)


def test_the_larger_mean_stands_first_whatever_the_start() -> None:
    n, expected = _drawn()
    data = gps.with_expected(n[n > 0], expected[n > 0])
    one = gps.fit(data, starts=[(3.0, 1.0, 2.0, 2.0, 0.2)])
    other = gps.fit(data, starts=[(2.0, 2.0, 3.0, 1.0, 0.8)])
    assert one.theta == pytest.approx(other.theta, rel=1e-3)
    assert one.theta[0] / one.theta[1] > one.theta[2] / one.theta[3]


def test_points_without_reports_need_the_convention_that_has_them() -> None:
    data = gps.with_expected(np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    with pytest.raises(InputError, match="whole table"):
        gps.fit(data, "component")
    with pytest.raises(InputError, match="no start"):
        gps.fit(data, "whole table", starts=[])
    with pytest.raises(InputError, match="no pairs"):
        gps.points(np.array([]), np.array([]), np.array([]), 10)


def test_scores_lie_in_order_and_approach_the_ratio_with_more_reports() -> None:
    theta = (0.2, 0.1, 2.0, 4.0, 1 / 3)
    n = np.array([1.0, 10.0, 100.0, 10_000.0])
    found = ebgm.scores(n, n / 5, theta)
    assert (found.low < found.ebgm).all()
    assert (found.ebgm < found.high).all()
    assert (np.diff(found.ebgm) > 0).all()
    assert float(found.ebgm[-1]) == pytest.approx(5, rel=0.01)
    assert float(found.no_excess[-1]) < 1e-10


def test_a_quantile_cuts_off_its_share_of_the_posterior() -> None:
    from scipy.special import gammainc

    theta = (0.2, 0.1, 2.0, 4.0, 1 / 3)
    rng = np.random.default_rng(5)
    n = rng.integers(0, 50, 500).astype(np.float64)
    expected = np.exp(rng.normal(0, 2, 500))
    found = ebgm.scores(n, expected, theta, tails=(0.05, 0.95))
    for bound, share in ((found.low, 0.05), (found.high, 0.95)):
        one = gammainc(0.2 + n, bound * (0.1 + expected))
        two = gammainc(2.0 + n, bound * (4.0 + expected))
        assert found.weight * one + (1 - found.weight) * two == pytest.approx(np.full(500, share), abs=1e-12)


# --- strata, series, tests, two drugs -----------------------------------------------------------------------------


def test_one_stratum_gives_the_crude_odds_ratio() -> None:
    one = cells(10, 20, 30, 140)
    pooled = stratified.mantel_haenszel(one)
    assert pooled.value == pytest.approx(10 * 140 / (20 * 30))
    assert pooled.strata == 1
    assert np.isnan(pooled.homogeneity)


def test_mantel_haenszel_removes_a_confounder() -> None:
    """Within each stratum the odds ratio is 1; the crude one is 2.6."""
    first, second = (50, 50, 50, 50), (10, 90, 100, 900)
    both = Cells.of(*(np.array(x, dtype=float) for x in zip(*(_margins(*s) for s in (first, second)), strict=True)))
    pooled = stratified.mantel_haenszel(both)
    assert pooled.value == pytest.approx(1.0)
    assert pooled.low < 1 < pooled.high
    crude = disproportionality.ror(cells(60, 140, 150, 950))
    assert float(crude.value[0]) > 2.5
    assert stratified.expected(both, np.array([0, 0]), 1) == pytest.approx([50.0 + 10.0])


def test_breslow_day_sees_strata_that_differ() -> None:
    same = [_margins(20, 80, 10, 90), _margins(20, 80, 10, 90)]
    differ = [_margins(40, 60, 10, 90), _margins(10, 90, 40, 60)]
    chance = []
    for strata in (same, differ):
        both = Cells.of(*(np.array(x, dtype=float) for x in zip(*strata, strict=True)))
        chance.append(stratified.mantel_haenszel(both).chance)
    assert chance[0] == pytest.approx(1.0, abs=1e-6)
    assert chance[1] < 1e-6


def test_strata_without_information_are_left_out() -> None:
    both = Cells.of(*(np.array(x, dtype=float) for x in zip(_margins(10, 20, 30, 140), (0, 0, 5, 50), strict=True)))
    assert stratified.mantel_haenszel(both).strata == 1
    with pytest.raises(InputError, match="no strata"):
        stratified.mantel_haenszel(Cells.of([], [], [], 0))


def _margins(a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
    return a, a + b, a + c, a + b + c + d


def test_a_series_tells_the_first_crossing_and_whether_it_held() -> None:
    quarters = ["2020Q1", "2020Q2", "2020Q3", "2020Q4"]
    found = sequential.over_time(
        quarters,
        np.array([0.0, 8.0, 0.0, 0.0]),
        np.array([10.0, 12.0, 400.0, 4000.0]),
        np.array([20.0, 20.0, 200.0, 2000.0]),
        np.array([1000.0, 1000.0, 5000.0, 50_000.0]),
    )
    assert found.first == "2020Q2"
    assert found.last_crossing == ""
    assert found.cells.n.tolist() == [0, 8, 8, 8]
    with pytest.raises(InputError, match="order"):
        sequential.over_time(["2020Q2", "2020Q1"], *(np.ones(2) for _ in range(4)))


def test_benjamini_hochberg_by_hand() -> None:
    found = fdr.benjamini_hochberg(np.array([0.01, 0.04, 0.03, np.nan, 0.5]))
    assert found[[0, 1, 2, 4]] == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    assert np.isnan(found[3])
    assert fdr.bayesian(np.array([0.4, 0.0, 0.2])) == pytest.approx([0.2, 0.0, 0.1])


def test_likelihood_ratio_by_hand_and_by_seed() -> None:
    table = np.array([[30.0, 70.0], [70.0, 830.0]])
    found = lrt.test(table, draws=200, seed=7)
    assert float(found.statistic[0, 0]) == pytest.approx(30 * np.log(30 / 10) - 20)
    assert float(found.statistic[0, 1]) == 0.0
    assert float(found.chance[0, 0]) == pytest.approx(1 / 201)
    assert (found.chance == lrt.test(table, draws=200, seed=7).chance).all()
    assert not (found.chance == lrt.test(table, draws=200, seed=8).chance).all() or float(found.chance[1, 1]) == 1.0
    with pytest.raises(InputError, match="counts"):
        lrt.test(np.array([[0.5]]))


def test_two_drugs_that_only_add_are_no_interaction() -> None:
    """Odds 0.01 with neither, 0.03 and 0.02 with one: 0.04 with both is additive."""
    found = interaction.omega(
        *(np.array([x]) for x in (400.0, 10_000.0, 300.0, 10_000.0, 200.0, 10_000.0, 1000.0, 100_000.0))
    )
    assert float(found.value[0]) == pytest.approx(0.0, abs=0.01)
    more = interaction.omega(
        *(np.array([x]) for x in (1600.0, 10_000.0, 300.0, 10_000.0, 200.0, 10_000.0, 1000.0, 100_000.0))
    )
    assert float(more.low[0]) > 1.5


def test_a_drug_that_protects_counts_as_one_without_effect() -> None:
    base = [np.array([x]) for x in (100.0, 10_000.0, 50.0, 10_000.0, 100.0, 10_000.0, 100.0, 10_000.0)]
    found = interaction.omega(*base)
    assert float(found.value[0]) == pytest.approx(0.0, abs=1e-9)


def test_three_things_that_pairs_explain() -> None:
    one = np.array([10.0])
    found = interaction.ic_of_three(one, (one * 10, one * 10, one * 10), (one * 100, one * 100, one * 100), 10_000.0)
    assert float(found.value[0]) == pytest.approx(0.0)


# --- time to onset --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shape", "pattern"), [(0.6, "early"), (1.0, "constant"), (2.5, "late")])
def test_the_shape_that_times_were_drawn_with_comes_back(shape: float, pattern: str) -> None:
    times = 30 * np.random.default_rng(11).weibull(shape, 1500)
    found = onset.weibull(times)
    assert found.pattern == pattern
    assert found.shape[1] < shape < found.shape[2]
    assert found.scale[1] < 30 < found.scale[2]
    assert "0 of 1500" in found.convention


def test_the_fit_is_that_of_scipy_where_nothing_is_censored() -> None:
    from scipy.stats import weibull_min

    times = 12 * np.random.default_rng(2).weibull(1.4, 300)
    shape, _, scale = weibull_min.fit(times, floc=0)
    found = onset.weibull(times)
    assert (found.shape[0], found.scale[0]) == pytest.approx((shape, scale), rel=1e-3)


def test_censored_times_lengthen_the_scale() -> None:
    rng = np.random.default_rng(4)
    whole = 20 * rng.weibull(1.2, 2000)
    late = whole > 25
    found = onset.weibull(np.minimum(whole, 25.0), late)
    assert found.censored == int(late.sum())
    assert found.scale[1] < 20 < found.scale[2]
    assert onset.weibull(whole[~late]).scale[0] < found.scale[0]


def test_few_times_tell_no_shape_and_day_zero_is_kept() -> None:
    few = onset.weibull(np.array([1.0, 2.0, 3.0]))
    assert few.pattern == "too few"
    assert few.quartiles[1] == 2.0
    assert np.isnan(few.shape[0])
    same = onset.weibull(np.zeros(10))
    assert same.pattern == "too few"
    mixed = onset.weibull(np.array([0.0, 0, 1, 2, 3, 5, 8]))
    assert np.isfinite(mixed.shape[0])
    with pytest.raises(InputError, match="negative"):
        onset.weibull(np.array([-1.0, 2.0]))
