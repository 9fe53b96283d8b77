"""One measure over strata: Mantel-Haenszel odds ratio, the test of its homogeneity, expected counts by stratum.

Imports `cells`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from dechallenge.errors import InputError
from dechallenge.population.measures.cells import Cells, Floats


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled odds ratio of one pair.

    Attributes:
        value, low, high: Mantel-Haenszel odds ratio, interval of Robins, Breslow and Greenland; NaN if undefined.
        chi_square: Mantel-Haenszel test of no association, without correction; NaN where undefined.
        homogeneity: Breslow-Day statistic with Tarone's correction; NaN with fewer than two informative strata.
        freedom: Its degrees of freedom.
        chance: Its p-value: small where the strata differ, and one ratio for all misleads.
        strata: Strata that say anything.
    """

    value: float
    low: float
    high: float
    chi_square: float
    homogeneity: float
    freedom: int
    chance: float
    strata: int


SOURCE = (
    "Mantel & Haenszel 1959; Robins 1986, doi 10.2307/2531052; Breslow & Day 1980; Tarone 1985, doi 10.2307/2336344"
)


def mantel_haenszel(cells: Cells, level: float = 0.95) -> Pooled:
    """The pooled odds ratio of one pair over its strata.

    Args:
        cells: The 2x2 table of each stratum; shape (strata,).
        level: Coverage of the interval.

    Raises:
        InputError: There are no strata.
    """
    if not len(cells.n):
        raise InputError("there are no strata", place="Mantel-Haenszel", next_step="Give one table for each stratum.")
    keep = (cells.total > 0) & (cells.n_drug > 0) & (cells.n_event > 0)
    keep &= (cells.n_drug < cells.total) & (cells.n_event < cells.total)
    a, b, c, d, t = (x[keep] for x in (cells.n, cells.b, cells.c, cells.d, cells.total))
    nan = float("nan")
    if not len(a):
        return Pooled(nan, nan, nan, nan, nan, 0, nan, 0)
    r, s = a * d / t, b * c / t
    chi = _chi_square(a, b, c, d, t)
    if r.sum() == 0 or s.sum() == 0:
        value = nan if r.sum() == 0 and s.sum() == 0 else (0.0 if r.sum() == 0 else float("inf"))
        return Pooled(value, nan, nan, chi, nan, 0, nan, len(a))
    value = float(r.sum() / s.sum())
    p, q = (a + d) / t, (b + c) / t
    variance = (
        (p * r).sum() / (2 * r.sum() ** 2)
        + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
        + (q * s).sum() / (2 * s.sum() ** 2)
    )
    z = float(stats.norm.ppf(0.5 + level / 2)) * float(np.sqrt(variance))
    homogeneity, freedom, chance = _breslow_day(a, b, c, d, value)
    bounds = float(np.exp(np.log(value) - z)), float(np.exp(np.log(value) + z))
    return Pooled(value, *bounds, chi, homogeneity, freedom, chance, len(a))


def expected(cells: Cells, pair: Floats, pairs: int) -> Floats:
    """Expected reports of each pair summed over its strata, for RRR, IC and EBGM adjusted for them.

    Args:
        cells: Margins of every pair in every stratum where both occur; shape (rows,).
        pair: Place of the pair of each row, from 0.
        pairs: How many pairs there are.
    """
    return np.bincount(pair.astype(np.intp), weights=cells.expected, minlength=pairs).astype(np.float64)


def _chi_square(a: Floats, b: Floats, c: Floats, d: Floats, t: Floats) -> float:
    mean = (a + b) * (a + c) / t
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(t > 1, (a + b) * (c + d) * (a + c) * (b + d) / (t**2 * (t - 1)), 0.0)
    below = float(variance.sum())
    return float((a - mean).sum() ** 2 / below) if below > 0 else float("nan")


def _breslow_day(a: Floats, b: Floats, c: Floats, d: Floats, ratio: float) -> tuple[float, int, float]:
    """Breslow-Day with Tarone's correction: the count of each stratum that would have the pooled ratio."""
    n1, m1, t = a + b, a + c, a + b + c + d
    # ratio = A(t - n1 - m1 + A)/((n1 - A)(m1 - A)), solved for A.
    k2 = 1 - ratio
    k1 = t - n1 - m1 + ratio * (n1 + m1)
    k0 = -ratio * n1 * m1
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(k1**2 - 4 * k2 * k0, 0))
        fitted = np.where(abs(k2) < 1e-12, -k0 / k1, 2 * -k0 / (k1 + root))
        variance = 1 / (1 / fitted + 1 / (n1 - fitted) + 1 / (m1 - fitted) + 1 / (t - n1 - m1 + fitted))
    good = np.isfinite(variance) & (variance > 0)
    strata = int(good.sum())
    if strata < 2:
        return float("nan"), 0, float("nan")
    gap = (a - fitted)[good]
    value = float((gap**2 / variance[good]).sum() - gap.sum() ** 2 / variance[good].sum())
    return value, strata - 1, float(stats.chi2.sf(value, strata - 1))
