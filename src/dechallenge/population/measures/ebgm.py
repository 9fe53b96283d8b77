"""Scores under a fitted prior: EBGM with EB05 and EB95, the posterior weight, and the chance of no association.

The posterior of λ given n and E is again a mixture of two gammas; EBGM is its geometric mean, EB05 its 5th percentile
(DuMouchel 1999). Imports `cells`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from dechallenge.population.measures.cells import Floats

SOURCE = "DuMouchel 1999, doi 10.1080/00031305.1999.10474456"


@dataclass(frozen=True, slots=True)
class Shrunk:
    """Scores; float64, shape (pairs,).

    Attributes:
        ebgm: Geometric mean of the posterior of the reporting ratio.
        low, high: Its quantiles; 5 % and 95 % unless others were asked for.
        weight: Posterior weight of the first component.
        no_excess: Posterior probability that the ratio is at most 1.
    """

    ebgm: Floats
    low: Floats
    high: Floats
    weight: Floats
    no_excess: Floats


def scores(n: Floats, expected: Floats, theta: Sequence[float], *, tails: tuple[float, float] = (0.05, 0.95)) -> Shrunk:
    """Scores of pairs under a prior.

    Args:
        n: Reports observed; shape (pairs,).
        expected: Reports expected.
        theta: alpha1, beta1, alpha2, beta2, P.
        tails: The two quantiles.

    Pairs with the same n and E have the same scores and are computed once.
    """
    key = np.empty(len(n), dtype=[("n", np.float64), ("e", np.float64)])
    key["n"], key["e"] = n, expected
    distinct, back = np.unique(key, return_inverse=True)
    found = _posterior(distinct["n"], distinct["e"], theta)
    low, high = (_quantile(found, tail) for tail in tails)
    one, two = (special.gammainc(shape, rate) for shape, rate in found.components)
    none = found.weight * one + (1 - found.weight) * two
    return Shrunk(found.mean[back], low[back], high[back], found.weight[back], none[back])


@dataclass(frozen=True, slots=True)
class _Posterior:
    weight: Floats
    components: tuple[tuple[Floats, Floats], tuple[Floats, Floats]]
    mean: Floats


def _posterior(n: Floats, e: Floats, theta: Sequence[float]) -> _Posterior:
    a1, b1, a2, b2, p = (float(v) for v in theta)
    with np.errstate(divide="ignore"):
        top = np.log(p) + _log_nb(n, e, a1, b1)
        bottom = np.log1p(-p) + _log_nb(n, e, a2, b2)
    weight = special.expit(top - bottom)
    s1, r1, s2, r2 = a1 + n, b1 + e, a2 + n, b2 + e
    log_mean = weight * (special.digamma(s1) - np.log(r1)) + (1 - weight) * (special.digamma(s2) - np.log(r2))
    return _Posterior(weight, ((s1, r1), (s2, r2)), np.exp(log_mean))


def _log_nb(n: Floats, e: Floats, a: float, b: float) -> Floats:
    """Negative binomial without what both components share."""
    return np.asarray(
        special.gammaln(a + n) - special.gammaln(a) - a * np.log1p(e / b) - n * np.log(b + e), dtype=np.float64
    )


def _quantile(found: _Posterior, tail: float) -> Floats:
    """Newton's steps on the logarithm, kept within a bracket that each step narrows."""
    (s1, r1), (s2, r2) = found.components
    q = found.weight
    one, two = special.gammaincinv(s1, tail) / r1, special.gammaincinv(s2, tail) / r2
    out = np.where(q > 0.5, one, two)
    low, high = np.minimum(one, two), np.maximum(one, two)
    out = np.clip(out, np.maximum(low, 1e-300), high)
    # Where one component has all the weight, or both agree, the quantile is known.
    open_: NDArray[np.intp] = np.flatnonzero((q > 1e-14) & (q < 1 - 1e-14) & (high > low * (1 + 1e-13)))
    x, lo, hi = out[open_], np.maximum(low[open_], 1e-300), high[open_]
    logs = [(s[open_], r[open_], special.gammaln(s[open_])) for s, r in found.components]
    weights = (q[open_], 1 - q[open_])
    for _ in range(100):
        if not len(open_):
            break
        below = np.zeros(len(open_))
        slope = np.zeros(len(open_))
        for w, (s, r, g) in zip(weights, logs, strict=True):
            below += w * special.gammainc(s, r * x)
            with np.errstate(divide="ignore"):  # a quantile below the smallest number: its density is zero there
                slope += w * np.exp(s * np.log(r * x) - r * x - g)
        gap = below - tail
        lo, hi = np.where(gap < 0, x, lo), np.where(gap > 0, x, hi)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            step = x * np.exp(-gap / slope)
        safe = np.isfinite(step) & (step >= lo) & (step <= hi)
        new = np.where(safe, step, np.sqrt(lo * hi))
        done = (np.abs(new - x) <= 4e-15 * x) | (np.abs(gap) < 1e-15) | (hi <= lo * (1 + 1e-14))
        out[open_] = new
        left = ~done
        open_, x, lo, hi = open_[left], new[left], lo[left], hi[left]
        weights = (weights[0][left], weights[1][left])
        logs = [(s[left], r[left], g[left]) for s, r, g in logs]
    return out
