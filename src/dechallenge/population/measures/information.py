"""The information component in its three published variants, which differ by as much as 0.8 bit on one table.

The default is the shrunken observed-to-expected ratio with exact gamma bounds. Imports `cells`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from dechallenge.population.measures.cells import Cells, Floats

SHRINK = 0.5
"""Added to observed and expected; Norén 2013, doi 10.1177/0962280211403604."""


@dataclass(frozen=True, slots=True)
class Information:
    """An information component in bits with its interval.

    Attributes:
        convention: Which variant.
        source: Where it is defined.
        value, low, high: float64, shape (pairs,), in bits.
    """

    convention: str
    source: str
    value: Floats
    low: Floats
    high: Floats


def ic(observed: Floats, expected: Floats, level: float = 0.95) -> Information:
    """IC = log2((n + 0.5)/(E + 0.5)), bounds from the gamma posterior with shape n + 0.5 and rate E + 0.5.

    Args:
        observed: Reports observed.
        expected: Reports expected; of the margins, of strata, or of two drugs together.
        level: Coverage of the interval.
    """
    tail = (1 - level) / 2
    shape, rate = observed + SHRINK, expected + SHRINK
    low = np.log2(special.gammaincinv(shape, tail) / rate)
    high = np.log2(special.gammaincinv(shape, 1 - tail) / rate)
    told = f"shrunken observed-to-expected, exact gamma {level:.0%} bounds"
    return Information(told, "Norén 2013, doi 10.1177/0962280211403604", np.log2(shape / rate), low, high)


def ic_approximate(observed: Floats, expected: Floats) -> Information:
    """IC with the closed approximation of its 95 % bounds: - 3.3 (n+0.5)^-1/2 - 2 (n+0.5)^-3/2, + 2.4 … - 0.5 ….

    The source gives it for use where no gamma quantile is at hand; it is offered under its own name only.
    """
    value = np.log2((observed + SHRINK) / (expected + SHRINK))
    root = (observed + SHRINK) ** -0.5
    low = value - 3.3 * root - 2.0 * root**3
    high = value + 2.4 * root - 0.5 * root**3
    told = "shrunken observed-to-expected, approximate 95 % bounds (3.3/2.4)"
    return Information(told, "Norén 2013, doi 10.1177/0962280211403604", value, low, high)


def ic_gould(cells: Cells, level: float = 0.95) -> Information:
    """BCPNN after Gould 2003 (the form of Bate 1998 with its Dirichlet priors), normal interval.

    Args:
        cells: Counts of distinct reports.
        level: Coverage of the interval.
    """
    n11, n1, m1, total = cells.n, cells.n_drug, cells.n_event, cells.total
    p1, p2 = 1 + n1, 1 + total - n1
    q1, q2 = 1 + m1, 1 + total - m1
    r1 = 1 + n11
    gamma = (total + 2) ** 2 / (q1 * p1)
    r2b = total - n11 - 1 + gamma
    digamma, trigamma = special.digamma, _trigamma
    value = (
        digamma(r1) - digamma(r1 + r2b) - (digamma(p1) - digamma(p1 + p2) + digamma(q1) - digamma(q1 + q2))
    ) / np.log(2)
    variance = (
        trigamma(r1) - trigamma(r1 + r2b) + trigamma(p1) - trigamma(p1 + p2) + trigamma(q1) - trigamma(q1 + q2)
    ) / np.log(2) ** 2
    z = float(stats.norm.ppf(0.5 + level / 2))
    spread = z * np.sqrt(variance)
    told = f"BCPNN, Gould's normal {level:.0%} interval"
    return Information(told, "Gould 2003, doi 10.1002/pds.848", value, value - spread, value + spread)


def _trigamma(x: Floats) -> Floats:
    return np.asarray(special.polygamma(1, x), dtype=np.float64)
