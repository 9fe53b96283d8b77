"""PRR, ROR, RRR and chi-square with their intervals, and a stated rule for empty cells. Imports `cells`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from dechallenge.population.measures.cells import Cells, Floats

ZeroRule = Literal["undefined", "haldane"]
ZERO_RULES: dict[ZeroRule, str] = {
    "undefined": "no value and no interval where a cell that is divided by is empty",
    "haldane": "0.5 added to all four cells of a table with an empty cell (Haldane 1956, Anscombe 1956)",
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its 95 % interval; NaN where it is not defined.

    Attributes:
        name: Short name of the measure.
        convention: How it was computed, in words that belong beside the figure.
        source: Where it is defined.
        value, low, high: float64, shape (pairs,).
    """

    name: str
    convention: str
    source: str
    value: Floats
    low: Floats
    high: Floats


def prr(cells: Cells, zero: ZeroRule = "undefined", level: float = 0.95) -> Ratio:
    """Proportional reporting ratio: [a/(a+b)] / [c/(c+d)], with the Wald interval of its logarithm.

    Args:
        cells: Counts of distinct reports.
        zero: Rule for empty cells.
        level: Coverage of the interval.

    The Wald variance 1/a - 1/(a+b) + 1/c - 1/(c+d) falls to 1/c - 1/(c+d) where b = 0: a drug with one report then has
    an interval that is too narrow (README of the signals data, finding 8); read it together with a.
    """
    a, b, c, d = _four(cells, zero)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (a / (a + b)) / (c / (c + d))
        spread = np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return _ratio("PRR", value, spread, level, zero, "Evans 2001, doi 10.1002/pds.677", "distinct reports, Wald")


def ror(cells: Cells, zero: ZeroRule = "undefined", level: float = 0.95) -> Ratio:
    """Reporting odds ratio: (a·d)/(b·c), with the interval of Woolf. Arguments as :func:`prr`."""
    a, b, c, d = _four(cells, zero)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (a * d) / (b * c)
        spread = np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return _ratio(
        "ROR", value, spread, level, zero, "van Puijenbroek 2002, doi 10.1002/pds.668", "distinct reports, Woolf"
    )


def rrr(cells: Cells) -> Floats:
    """Relative reporting ratio: observed over expected, n·total/(n_drug·n_event); NaN where nothing is expected."""
    expected = cells.expected
    return np.divide(cells.n, expected, out=np.full_like(cells.n, np.nan), where=expected > 0)


def chi_square(cells: Cells, *, yates: bool = False) -> Floats:
    """Pearson's chi-square of the 2x2 table with one degree of freedom; NaN where a margin is empty.

    Args:
        cells: Counts of distinct reports.
        yates: With Yates' correction, as Evans 2001 uses it beside the PRR.
    """
    a, b, c, d = cells.n, cells.b, cells.c, cells.d
    gap = np.abs(a * d - b * c)
    if yates:
        gap = np.maximum(gap - cells.total / 2, 0)
    below = (a + b) * (c + d) * (a + c) * (b + d)
    out = np.full_like(a, np.nan)
    np.divide(cells.total * gap**2, below, out=out, where=below > 0)
    return out


def evans(cells: Cells) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The rule of Evans 2001: at least 3 reports, PRR at least 2, chi-square with Yates at least 4."""
    with np.errstate(invalid="ignore"):
        ratio = prr(cells, "haldane").value
        return np.asarray((cells.n >= 3) & (ratio >= 2) & (chi_square(cells, yates=True) >= 4))


def _four(cells: Cells, zero: ZeroRule) -> tuple[Floats, Floats, Floats, Floats]:
    a, b, c, d = cells.n, cells.b, cells.c, cells.d
    if zero == "undefined":
        return a, b, c, d
    half = np.where((a == 0) | (b == 0) | (c == 0) | (d == 0), 0.5, 0.0)
    return a + half, b + half, c + half, d + half


def _ratio(name: str, value: Floats, spread: Floats, level: float, zero: ZeroRule, source: str, how: str) -> Ratio:
    z = float(stats.norm.ppf(0.5 + level / 2))
    value = np.where(np.isfinite(value), value, np.nan)
    with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
        known = np.isfinite(spread) & (value > 0)
        low = np.where(known, np.exp(np.log(value) - z * spread), np.nan)
        high = np.where(known, np.exp(np.log(value) + z * spread), np.nan)
    return Ratio(name, f"{how} {level:.0%} interval; {ZERO_RULES[zero]}", source, value, low, high)
