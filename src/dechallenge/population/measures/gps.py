"""The prior of the gamma-Poisson shrinker: points, likelihood in its three conventions with gradients, and the fit.

A pair with n reports where E were expected has n ~ Poisson(λE); λ comes from a mixture of two gamma distributions whose
five parameters are fitted to all pairs (DuMouchel 1999, doi 10.1080/00031305.1999.10474456; DuMouchel & Pregibon 2001,
doi 10.1145/502512.502526). Three likelihoods share that name and give different priors, so each carries its own.
Imports errors only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special
from threadpoolctl import threadpool_limits

from dechallenge.errors import InputError
from dechallenge.population.measures.cells import Floats

Convention = Literal["component", "mixture", "whole table"]
CONVENTIONS: dict[Convention, str] = {
    "component": "pairs with n >= 1, each component truncated at zero on its own (DuMouchel & Pregibon 2001)",
    "mixture": "pairs with n >= 1, the mixture truncated at zero as a whole",
    "whole table": "all cells of drugs x events, those without a report included (DuMouchel 1999)",
}
NAMES = ("alpha1", "beta1", "alpha2", "beta2", "P")
"""Shape and rate of the first component, of the second, and the weight of the first."""
LOW, HIGH = -14.0, 9.0
"""Bounds of the logarithms of shapes and rates; a fit that ends on one is accepted and said to lie there."""
MIDDLE = 50_000
"""More points than this are drawn together while the floor is neared; only the last steps are on all of them."""
WEIGHT = 16.0
"""Bound of the logit of the weight on either side."""
STARTS: tuple[tuple[float, float, float, float, float], ...] = (
    (0.2, 0.1, 2.0, 4.0, 1 / 3),
    (2.0, 1.0, 2.0, 2.0, 0.1),
    (20.0, 1.5, 1.8, 1.6, 0.04),
    (0.01, 0.05, 1.0, 1.0, 0.2),
    (0.3, 0.2, 2.3, 1.7, 0.4),
    (0.01, 0.02, 0.8, 0.9, 0.95),
)
"""Where fits begin; the first is DuMouchel's. Several, because the surface is flat and has more than one hollow."""


@dataclass(frozen=True, slots=True)
class Points:
    """Distinct pairs of an observed and an expected count with how many cells have them; nothing is lost by it.

    Attributes:
        n: Observed; float64, shape (points,).
        expected: Expected.
        weight: Cells.
    """

    n: Floats
    expected: Floats
    weight: Floats

    @property
    def cells(self) -> float:
        """All cells behind the points."""
        return float(self.weight.sum())


@dataclass(frozen=True, slots=True)
class Prior:
    """A fitted prior.

    Attributes:
        theta: alpha1, beta1, alpha2, beta2, P.
        convention: Which likelihood.
        nll: Negative log-likelihood at theta, over all cells, constants included.
        boundary: Parameters that lie on their bound, by name.
        starts: Negative log-likelihood that each start ended with, in their order.
        points: Distinct points that it was fitted to.
        cells: Cells behind them.
        converged: The best start met the criterion of the optimiser.
    """

    theta: tuple[float, float, float, float, float]
    convention: Convention
    nll: float
    boundary: tuple[str, ...]
    starts: tuple[float, ...]
    points: int
    cells: float
    converged: bool

    @property
    def told(self) -> str:
        """The convention and what is to be known of the fit, in words that belong beside a result."""
        where = f"; on the boundary: {', '.join(self.boundary)}" if self.boundary else ""
        return f"GPS, {CONVENTIONS[self.convention]}; best of {len(self.starts)} starts{where}"


def points(n: Floats, n_drug: Floats, n_event: Floats, total: float) -> Points:
    """The distinct points of pairs with reports: the expected count depends on n_drug · n_event alone.

    Args:
        n, n_drug, n_event: Counts of distinct reports of pairs with n >= 1; shape (pairs,).
        total: All reports.

    Raises:
        InputError: No pair, or a total that is not positive.
    """
    if len(n) == 0 or total <= 0:
        raise InputError("there are no pairs to fit a prior to", place="GPS", next_step="Give pairs with reports.")
    return _distinct(n, n_drug * n_event, np.ones(len(n)), float(total))


def with_expected(n: Floats, expected: Floats) -> Points:
    """The points of pairs whose expected count is given, as strata give it."""
    return _distinct(n, expected, np.ones(len(n)), 1.0)


def whole_table(n: Floats, n_drug: Floats, n_event: Floats, total: float, drugs: Floats, events: Floats) -> Points:
    """The points of all cells of drugs x events, those without reports included.

    Args:
        n, n_drug, n_event, total: As :func:`points`.
        drugs: Reports with each drug, one entry for a drug; shape (drugs,).
        events: Reports with each event.
    """
    d, d_times = np.unique(drugs, return_counts=True)
    e, e_times = np.unique(events, return_counts=True)
    product = np.multiply.outer(d, e).ravel()
    times = np.multiply.outer(d_times, e_times).ravel().astype(np.float64)
    empty = _distinct(np.zeros(len(product)), product, times, 1.0)
    full = _distinct(np.zeros(len(n)), n_drug * n_event, np.ones(len(n)), 1.0)
    left = empty.weight.copy()
    left[np.searchsorted(empty.expected, full.expected)] -= full.weight
    kept = left > 0
    seen = points(n, n_drug, n_event, total)
    return Points(
        np.concatenate([np.zeros(int(kept.sum())), seen.n]),
        np.concatenate([empty.expected[kept] / total, seen.expected]),
        np.concatenate([left[kept], seen.weight]),
    )


def _distinct(n: Floats, product: Floats, weight: Floats, total: float) -> Points:
    order = np.lexsort((product, n))
    n, product, weight = n[order], product[order], weight[order]
    first = np.ones(len(n), dtype=bool)
    first[1:] = (n[1:] != n[:-1]) | (product[1:] != product[:-1])
    at = np.flatnonzero(first)
    return Points(n[at].astype(np.float64), product[at] / total, np.add.reduceat(weight, at))


def binned(all_: Points, width: float) -> Points:
    """Points whose expected counts are drawn together on a logarithmic grid, for a quick search before the exact fit.

    Args:
        all_: The points.
        width: Relative width of a bin, such as 0.01.
    """
    place = np.round(np.log(all_.expected) / np.log1p(width))
    drawn = _distinct(all_.n, place, all_.weight, 1.0)
    return Points(drawn.n, np.exp(drawn.expected * np.log1p(width)), drawn.weight)


class _Likelihood:
    """Negative log-likelihood and its gradient over log alpha1, log beta1, log alpha2, log beta2, logit P."""

    def __init__(self, data: Points, convention: Convention) -> None:
        self.data, self.convention = data, convention
        self.counts, self.place = np.unique(data.n, return_inverse=True)
        with np.errstate(divide="ignore", invalid="ignore"):
            powers = np.where(data.n > 0, data.n * np.log(data.expected), 0.0)
        self.constant = float(np.dot(data.weight, powers - special.gammaln(data.n + 1)))

    def __call__(self, x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        a1, b1, a2, b2 = np.exp(x[:4])
        p = special.expit(x[4])
        one, two = self._component(a1, b1), self._component(a2, b2)
        log_p, log_q = -np.log1p(np.exp(-x[4])), -np.log1p(np.exp(x[4]))
        top, bottom = log_p + one.log_f, log_q + two.log_f
        joint = np.logaddexp(top, bottom)
        r1 = np.exp(top - joint)
        r2 = 1 - r1
        w = self.data.weight
        total = float(np.dot(w, joint))
        grad = np.array(
            [
                np.dot(w * r1, one.by_a) * a1,
                np.dot(w * r1, one.by_b) * b1,
                np.dot(w * r2, two.by_a) * a2,
                np.dot(w * r2, two.by_b) * b2,
                np.dot(w, r1 - p),
            ]
        )
        if self.convention == "mixture":
            kept = p * one.kept + (1 - p) * two.kept
            total -= float(np.dot(w, np.log(kept)))
            share = w / kept
            grad -= np.array(
                [
                    np.dot(share, one.kept_a) * p * a1,
                    np.dot(share, one.kept_b) * p * b1,
                    np.dot(share, two.kept_a) * (1 - p) * a2,
                    np.dot(share, two.kept_b) * (1 - p) * b2,
                    np.dot(share, one.kept - two.kept) * p * (1 - p),
                ]
            )
        return -(total + self.constant), np.asarray(-grad, dtype=np.float64)

    def _component(self, a: float, b: float) -> _Component:
        """One negative binomial at every point: its logarithm without constants, and derivatives by a and b."""
        n, e = self.data.n, self.data.expected
        reach = np.log1p(e / b)
        sizes = special.gammaln(a + self.counts) - special.gammaln(a)
        slopes = special.digamma(a + self.counts) - special.digamma(a)
        far = b + e
        log_f = sizes[self.place] - a * reach - n * np.log(far)
        by_a = slopes[self.place] - reach
        by_b = a / b - (a + n) / far
        kept = kept_a = kept_b = np.empty(0)
        if self.convention != "whole table":
            none = np.exp(-a * reach)
            kept = -np.expm1(-a * reach)
            kept_a = reach * none
            kept_b = -a * e / (b * far) * none
            if self.convention == "component":
                log_f = log_f - np.log(kept)
                by_a = by_a - kept_a / kept
                by_b = by_b - kept_b / kept
        return _Component(log_f, by_a, by_b, kept, kept_a, kept_b)


@dataclass(frozen=True, slots=True)
class _Component:
    log_f: Floats
    by_a: Floats
    by_b: Floats
    kept: Floats
    kept_a: Floats
    kept_b: Floats


def nll(data: Points, theta: Sequence[float], convention: Convention = "component") -> float:
    """The negative log-likelihood of a prior over all cells.

    Args:
        data: The points.
        theta: alpha1, beta1, alpha2, beta2, P.
        convention: Which likelihood.
    """
    return _Likelihood(data, convention)(_inner(theta))[0]


def fit(
    data: Points,
    convention: Convention = "component",
    starts: Sequence[Sequence[float]] = STARTS,
    *,
    search: int = 5_000,
) -> Prior:
    """The prior that makes the counts likeliest, from several starts.

    Args:
        data: The points; with those without reports for the convention ``whole table``.
        convention: Which likelihood.
        starts: Where to begin; each alpha1, beta1, alpha2, beta2, P.
        search: More points than this are drawn together while searching; the best ends are then refined on all.

    Raises:
        InputError: Points without reports under a truncated convention, or no start.
    """
    if convention != "whole table" and (data.n < 1).any():
        raise InputError(
            f"the convention {convention!r} is for pairs with reports; there are points with none",
            place="GPS",
            next_step="Leave them out, or use the convention 'whole table'.",
        )
    if not starts:
        raise InputError("there is no start for the fit", place="GPS", next_step="Give at least one.")
    exact = _Likelihood(data, convention)
    rough = _Likelihood(_coarse(data, search), convention) if len(data.n) > search else exact
    with threadpool_limits(1, "blas"):  # the matrices of the optimiser are 5 x 5: threads only wait for each other
        ends = [_descend(rough, _inner(start)) for start in starts]
        if len(data.n) > MIDDLE:
            middle = _Likelihood(_coarse(data, MIDDLE), convention)
            refined = [_refine(exact, _refine(middle, end), middle) for end in _apart(ends)]
        else:
            refined = [_refine(exact, end) for end in _apart(ends)]
    result = min(refined, key=lambda end: end.nll)
    x = _ordered(result.x)
    theta = (*(float(v) for v in np.exp(x[:4])), float(special.expit(x[4])))
    edge = [abs(v - bound) < 1e-6 for v, bound in zip(x, (LOW,) * 4 + (-WEIGHT,), strict=True)]
    edge = [low or abs(v - bound) < 1e-6 for low, v, bound in zip(edge, x, (HIGH,) * 4 + (WEIGHT,), strict=True)]
    return Prior(
        theta=(theta[0], theta[1], theta[2], theta[3], theta[4]),
        convention=convention,
        nll=result.nll,
        boundary=tuple(name for name, on in zip(NAMES, edge, strict=True) if on),
        starts=tuple(end.nll for end in ends),
        points=len(data.n),
        cells=data.cells,
        converged=result.settled,
    )


def _coarse(data: Points, most: int) -> Points:
    width = 0.001
    while len((drawn := binned(data, width)).n) > most and width < 0.1:
        width *= 2
    return drawn


def _inner(theta: Sequence[float]) -> NDArray[np.float64]:
    a1, b1, a2, b2, p = (float(v) for v in theta)
    with np.errstate(divide="ignore"):
        logs = np.log([a1, b1, a2, b2])
        weight = np.log(p) - np.log1p(-p) if 0 < p < 1 else (WEIGHT if p >= 1 else -WEIGHT)
    return np.array([*np.maximum(logs, -60.0), weight])


@dataclass(frozen=True, slots=True)
class _End:
    """Where a descent ended, and whether it settled there."""

    x: NDArray[np.float64]
    nll: float
    settled: bool


_BOUNDS = [(LOW, HIGH)] * 4 + [(-WEIGHT, WEIGHT)]
_LOWEST, _HIGHEST = (np.array(side) for side in zip(*_BOUNDS, strict=True))


def _descend(function: _Likelihood, start: NDArray[np.float64]) -> _End:
    """A quick descent that finds the hollow; the floor of it is for :func:`_refine`."""
    scale = max(1.0, function.data.cells)

    def scaled(x: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = function(x)
        return value / scale, slope / scale

    found = optimize.minimize(
        scaled,
        np.clip(start, _LOWEST, _HIGHEST),
        jac=True,
        method="L-BFGS-B",
        bounds=_BOUNDS,
        options={"maxiter": 1000, "maxfun": 2000, "maxcor": 20, "ftol": 1e-10, "gtol": 1e-9},
    )
    return _End(np.asarray(found.x, dtype=np.float64), float(found.fun) * scale, bool(found.success))


def _apart(ends: Sequence[_End]) -> list[_End]:
    """The two best ends that lie in different hollows."""
    ranked = sorted(ends, key=lambda end: end.nll)
    others = [end for end in ranked[1:] if end.nll - ranked[0].nll > 1e-3]
    return [ranked[0], *others[:1]]


def _refine(function: _Likelihood, end: _End, curved: _Likelihood | None = None) -> _End:
    """Newton's steps to the floor; the curvature is taken from differences of the gradient.

    A parameter on its bound that the slope would push beyond it stays there. With `curved`, the same cells drawn
    together to fewer points, the curvature is taken from there: the floor is still that of `function`.
    """
    x = np.clip(end.x, _LOWEST, _HIGHEST)
    value, slope = function(x)
    settled = False
    for _ in range(30):
        free = ~(((x <= _LOWEST) & (slope > 0)) | ((x >= _HIGHEST) & (slope < 0)))
        if not free.any() or np.abs(slope[free]).max() < 1e-9 * max(1.0, function.data.cells):
            settled = True
            break
        step = _newton_step(curved or function, x, slope, np.flatnonzero(free), exact=curved is None)
        size = 1.0
        while True:
            moved = np.clip(x + size * step, _LOWEST, _HIGHEST)
            new, new_slope = function(moved)
            if new < value or size < 1e-4:
                break
            size /= 4
        if not new < value:
            settled = True  # no step along it gains anything that the arithmetic can show
            break
        x, value, slope = moved, new, new_slope
    return _End(x, value, settled)


def _newton_step(
    function: _Likelihood, x: NDArray[np.float64], slope: NDArray[np.float64], free: NDArray[np.intp], *, exact: bool
) -> NDArray[np.float64]:
    width = 1e-5
    rows = []
    here = slope if exact else function(x)[1]
    for place in free:
        ahead = x.copy()
        ahead[place] += width
        rows.append((function(ahead)[1][free] - here[free]) / width)
    curvature = (np.array(rows) + np.array(rows).T) / 2
    sizes, axes = np.linalg.eigh(curvature)
    least = max(1e-9, 1e-9 * float(np.abs(sizes).max()))
    step = np.zeros(5)
    step[free] = np.clip(-axes @ ((axes.T @ slope[free]) / np.maximum(np.abs(sizes), least)), -2.0, 2.0)
    return step


def _ordered(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The component of the larger mean first: swapping both and the weight changes nothing."""
    if x[0] - x[1] >= x[2] - x[3]:
        return x
    return np.array([x[2], x[3], x[0], x[1], -x[4]])
