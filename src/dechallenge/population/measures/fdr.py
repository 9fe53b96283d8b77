"""Control of the false-discovery rate over many tests. Imports nothing of the package."""

from __future__ import annotations

import numpy as np
from scipy import stats

from dechallenge.population.measures.cells import Floats

SOURCE = "Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x"


def benjamini_hochberg(chances: Floats) -> Floats:
    """Adjusted p-values: rejecting those at most q holds the false-discovery rate at q for independent tests.

    Args:
        chances: P-values; NaN is left out and stays NaN; shape (tests,).
    """
    out = np.full(len(chances), np.nan)
    known = np.flatnonzero(~np.isnan(chances))
    if not len(known):
        return out
    out[known] = stats.false_discovery_control(np.clip(chances[known], 0.0, 1.0), method="bh")
    return out


def bayesian(no_excess: Floats) -> Floats:
    """Expected share of false signals among a pair and all that rank above it (Ahmed 2009, doi 10.1002/sim.3577).

    Args:
        no_excess: Posterior probability of each pair that there is no excess (`ebgm.Shrunk.no_excess`).
    """
    order = np.argsort(no_excess, kind="stable")
    mean = np.cumsum(no_excess[order]) / np.arange(1, len(no_excess) + 1)
    out = np.empty(len(no_excess))
    out[order] = mean
    return out
