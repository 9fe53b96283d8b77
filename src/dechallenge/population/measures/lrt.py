"""The likelihood-ratio test on a whole table of drugs and events, with its error held over all cells at once.

The statistic of a cell is the log-likelihood ratio of a Poisson count with a raised rate against the expected one; its
chance is that of the largest statistic of tables drawn without any association. Zero inflation, one share for each
drug, stands for cells that cannot have reports: only a cell without reports can be one of them, with its chance given
that it has none. Every drawn table is tested as the real one is, with the expected counts of its own margins; those
of a table with cells left out are not those it was drawn with. Imports errors only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from dechallenge.errors import InputError
from dechallenge.population.measures.cells import Floats

SOURCE = "Huang 2011, doi 10.1198/jasa.2011.ap10243; Chakraborty 2022 (pseudo-LRT), doi 10.1002/sim.9510"

_MULTINOMIAL = "largest statistic of all cells of multinomial tables, expected counts of their own margins"
_ZERO_INFLATED = (
    "largest statistic of all cells of Poisson tables, expected counts of their own margins; structural zeros drawn by"
    " their chance given the counts"
)


@dataclass(frozen=True, slots=True)
class Lrt:
    """The test of every cell.

    Attributes:
        statistic: Log-likelihood ratio; zero where no more was observed than expected; shape (drugs, events).
        chance: Share of drawn tables whose largest statistic reaches it, (1 + times)/(1 + draws).
        inflation: Estimated share of structural zeros of each drug; zeros where not asked for; shape (drugs,).
        draws: Tables drawn.
        seed: Of the generator: the same seed gives the same chances.
        convention: What was drawn and compared.
    """

    statistic: Floats
    chance: Floats
    inflation: Floats
    draws: int
    seed: int
    convention: str


def test(table: Floats, *, draws: int = 1000, seed: int = 1, zero_inflated: bool = False) -> Lrt:
    """Test a whole table.

    Args:
        table: Counts, drugs x events, with the row and column of all others where the table is a part of a database.
        draws: Tables to draw; the smallest chance that can come out is 1/(draws + 1).
        seed: Of the generator.
        zero_inflated: Estimate and draw structural zeros, one share for each drug.

    Raises:
        InputError: Counts that are negative or no whole numbers, or a table without reports.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or (counts < 0).any() or (counts != np.round(counts)).any() or counts.sum() <= 0:
        raise InputError(
            "the table is not one of counts", place="LRT", next_step="Give whole numbers, drugs x events, not all zero."
        )
    expected = _expected(counts)
    found = statistic(counts, expected)
    share = np.array([_inflation(row, e) for row, e in zip(counts, expected, strict=True)])
    share = share if zero_inflated else np.zeros(len(counts))
    rng = np.random.default_rng(seed)
    largest = np.empty(draws)
    total = float(counts.sum())
    empty = _structural(counts, expected, share)
    for draw in range(draws):
        if zero_inflated:
            drawn = rng.poisson(expected) * (rng.random(counts.shape) >= empty)
        else:
            drawn = rng.multinomial(int(total), (expected / expected.sum()).ravel()).reshape(counts.shape)
        values = drawn.astype(np.float64)
        largest[draw] = statistic(values, _expected(values, total)).max()
    reached = draws - np.searchsorted(np.sort(largest), found, side="left")
    return Lrt(
        found, (1 + reached) / (1 + draws), share, draws, seed, _ZERO_INFLATED if zero_inflated else _MULTINOMIAL
    )


def statistic(counts: Floats, expected: Floats) -> Floats:
    """n·log(n/E) - (n - E) where n > E, else zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = counts * np.log(counts / expected) - (counts - expected)
    return np.where((counts > expected) & (expected > 0), value, 0.0)


def _expected(counts: Floats, total: float | None = None) -> Floats:
    total = float(counts.sum()) if total is None else total
    both = np.multiply.outer(counts.sum(axis=1), counts.sum(axis=0))
    return np.asarray(both / (total if total else 1.0), dtype=np.float64)


def _structural(counts: Floats, expected: Floats, share: Floats) -> Floats:
    """The chance of every cell that its zero is structural, given what it holds: none where there are reports."""
    by_chance = (1.0 - share[:, None]) * np.exp(-expected)
    either = share[:, None] + by_chance
    given = np.divide(
        np.broadcast_to(share[:, None], counts.shape), either, out=np.zeros_like(either), where=either > 0
    )
    return np.asarray(np.where(counts == 0, given, 0.0), dtype=np.float64)


def _inflation(row: Floats, expected: Floats) -> float:
    """Likeliest share of structural zeros of a drug whose counts are otherwise Poisson with the expected means."""
    none = row == 0
    if not none.any():
        return 0.0
    chance = np.exp(-expected[none])

    def loss(w: float) -> float:
        return -float(np.log(w + (1 - w) * chance).sum() + (len(row) - none.sum()) * np.log1p(-w))

    found = optimize.minimize_scalar(loss, bounds=(0.0, 1.0 - 1e-12), method="bounded", options={"xatol": 1e-10})
    return float(found.x) if loss(float(found.x)) < loss(0.0) else 0.0
