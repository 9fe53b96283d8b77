"""Time to onset in reports: quantiles, and a Weibull distribution whose shape tells when the risk is greatest.

Reports tell only of reactions that came and were reported: times are truncated at the end of the data and short ones
are reported best. The fit says which times it took and how; it is a description of reports, not a hazard of patients.
Imports errors only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from dechallenge.errors import InputError
from dechallenge.population.measures.cells import Floats

LEAST = 5
"""Times that a fit needs; with fewer only the quantiles are told."""
SAME_DAY = 0.5
"""Days that a reaction on the day of the first dose counts as: a Weibull distribution has no mass at zero."""
SOURCE = "Weibull parameters in spontaneous reports: Sauzet 2013, doi 10.1007/s40264-013-0069-2"


@dataclass(frozen=True, slots=True)
class Onset:
    """Times to onset of the reports of a pair.

    Attributes:
        n: Reports with a time.
        censored: Of these, those that are only known to be longer.
        quartiles: 25th, 50th and 75th percentile of the times that are known, in days; NaN without any.
        shape, scale: Weibull parameters with 95 % intervals (value, low, high); NaN with too few times.
        pattern: What the shape means: ``early``, ``constant``, ``late`` or ``too few``.
        convention: Which times were taken and how.
    """

    n: int
    censored: int
    quartiles: tuple[float, float, float]
    shape: tuple[float, float, float]
    scale: tuple[float, float, float]
    pattern: str
    convention: str

    @property
    def meaning(self) -> str:
        """The pattern in words."""
        return {
            "early": "reports cluster soon after the first dose (shape below 1)",
            "constant": "reports come at a steady rate (the interval of the shape holds 1)",
            "late": "reports gather with time on the drug (shape above 1)",
        }.get(self.pattern, f"fewer than {LEAST} times: no shape is told")


def weibull(days: Floats, censored: Floats | None = None, level: float = 0.95) -> Onset:
    """Fit by maximum likelihood, with right-censored times where there are any.

    Args:
        days: Days from first dose to onset, zero or more; shape (reports,).
        censored: True where the time is only known to be longer; none when not given.
        level: Coverage of the intervals (Wald, on the logarithm).

    Raises:
        InputError: A negative or missing time.
    """
    times = np.asarray(days, dtype=np.float64)
    late = np.zeros(len(times), dtype=bool) if censored is None else np.asarray(censored, dtype=bool)
    if not np.isfinite(times).all() or (times < 0).any():
        raise InputError(
            "a time to onset is negative or missing",
            place="time to onset",
            next_step="Leave such reports out, counted.",
        )
    exact = times[~late]
    told = f"maximum likelihood, {int(late.sum())} of {len(times)} times right-censored; day 0 taken as {SAME_DAY} days"
    quartiles = tuple(float(q) for q in np.quantile(exact, (0.25, 0.5, 0.75))) if len(exact) else (float("nan"),) * 3
    three = (quartiles[0], quartiles[1], quartiles[2])
    none = (float("nan"),) * 3
    moved = np.where(times == 0, SAME_DAY, times)
    if len(exact) < LEAST or len(np.unique(moved[~late])) < 2:
        return Onset(len(times), int(late.sum()), three, none, none, "too few", told)
    logs = np.log(moved)
    found = optimize.minimize(
        _loss, _begin(logs[~late]), args=(logs, ~late), jac=True, method="BFGS", options={"gtol": 1e-8}
    )
    x = np.asarray(found.x, dtype=np.float64)
    spread = np.sqrt(np.diag(np.linalg.inv(_curvature(x, logs, ~late)))) * float(stats.norm.ppf(0.5 + level / 2))
    shape, scale = (
        (float(np.exp(v)), float(np.exp(v - s)), float(np.exp(v + s))) for v, s in zip(x, spread, strict=True)
    )
    pattern = "early" if shape[2] < 1 else "late" if shape[1] > 1 else "constant"
    return Onset(len(times), int(late.sum()), three, shape, scale, pattern, told)


def _begin(logs: Floats) -> Floats:
    """Shape from the spread of the logarithms (Gumbel), scale from their mean."""
    shape = np.pi / np.sqrt(6) / max(float(logs.std()), 1e-3)
    return np.array([np.log(shape), float(logs.mean()) + 0.5772 / shape])


def _loss(x: Floats, logs: Floats, known: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[float, Floats]:
    """Mean negative log-likelihood over log shape and log scale, with its gradient."""
    shape = np.exp(x[0])
    z = shape * (logs - x[1])
    with np.errstate(over="ignore"):
        grown = np.exp(np.minimum(z, 700.0))
    value = np.where(known, x[0] + z - logs, 0.0).sum() - grown.sum()
    by_shape = np.where(known, 1 + z, 0.0).sum() - (z * grown).sum()
    by_scale = shape * (grown.sum() - known.sum())
    return -float(value) / len(logs), -np.array([by_shape, by_scale]) / len(logs)


def _curvature(x: Floats, logs: Floats, known: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    width = 1e-5
    rows = []
    for place in range(2):
        step = np.zeros(2)
        step[place] = width
        rows.append((_loss(x + step, logs, known)[1] - _loss(x - step, logs, known)[1]) / (2 * width))
    both = np.array(rows) * len(logs)
    return np.asarray((both + both.T) / 2, dtype=np.float64)
