"""The likelihood-ratio test on counted pairs: the table it needs, its limit, and where its values belong.

The test looks at a table as a whole and draws it many times, so that it is computed on request only, for tables of a
sensible size; drugs and events that were not chosen stand in it as one row and one column of all others. Imports
`counting`, `measures.lrt` and errors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dechallenge.errors import InputError
from dechallenge.population.counting import Counts
from dechallenge.population.measures import lrt
from dechallenge.population.measures.cells import Floats

MOST_CELLS = 1_000_000
"""Cells of the largest table that is tested: a thousand draws of it take some minutes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is tested, and how.

    Attributes:
        drugs, events: Numbers of those that get a row and a column of their own; all where None.
        draws: Tables drawn; the smallest chance that can come out is 1/(draws + 1).
        seed: Of the generator: the same seed gives the same chances.
    """

    drugs: tuple[int, ...] | None = None
    events: tuple[int, ...] | None = None
    draws: int = 1000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Tested:
    """The values of every pair; NaN for one whose drug or event was not chosen.

    Attributes:
        statistic: Log-likelihood ratio, shape (pairs,).
        chance: Chance of the largest statistic of a drawn table reaching it, shape (pairs,).
        inflation: Estimated share of structural zeros of the drug, shape (pairs,); zeros without zero inflation.
        convention: What was drawn and compared, and what the table was made of, in words.
        told: The same as plain values: draws, seed, drugs, events, cells, zero_inflated.
    """

    statistic: Floats
    chance: Floats
    inflation: Floats
    convention: str
    told: Mapping[str, Any]


def tested(counts: Counts, choice: Choice | None = None, *, zero_inflated: bool = False) -> Tested:
    """Test the pairs of a whole set of reports.

    Args:
        counts: Every pair with a report, without strata.
        choice: What is tested; everything where None.
        zero_inflated: Estimate and draw structural zeros, one share for each drug.

    Raises:
        InputError: Pairs were left out of the counts, nothing or something unknown was chosen, or the table has more
            than `MOST_CELLS` cells.
    """
    choice = choice or Choice()
    (drug, drugs, more_drugs), (event, events, more_events) = _sides(counts, choice)
    shape = drugs + more_drugs, events + more_events
    n = np.asarray(counts.table.column("n").to_numpy(), dtype=np.float64)
    cell = drug * shape[1] + event
    table = np.bincount(cell, weights=n, minlength=shape[0] * shape[1]).astype(np.float64).reshape(shape)
    found = lrt.test(table, draws=choice.draws, seed=choice.seed, zero_inflated=zero_inflated)
    own = (drug < drugs) & (event < events)
    others = " and ".join(word for word, more in (("drugs", more_drugs), ("events", more_events)) if more)
    words = (
        f"{found.convention}; {drugs:,} drugs x {events:,} events"
        f"{f', with all other {others} put together' if others else ''}; a cell is the reports of a pair and a margin "
        f"the sum of its cells; {choice.draws:,} tables drawn, seed {choice.seed}"
    )
    told = {
        "draws": choice.draws,
        "seed": choice.seed,
        "drugs": drugs,
        "events": events,
        "cells": shape[0] * shape[1],
        "zero_inflated": zero_inflated,
    }
    return Tested(
        np.where(own, found.statistic.ravel()[cell], np.nan),
        np.where(own, found.chance.ravel()[cell], np.nan),
        np.where(own, found.inflation[drug], np.nan),
        words,
        told,
    )


def check(counts: Counts, choice: Choice, measures: Iterable[str]) -> None:
    """Refuse a test that cannot be done before anything else is computed.

    Raises:
        InputError: As `tested`.
    """
    if {"LRT", "LRT-ZI"} & set(measures):
        _sides(counts, choice)


def _sides(counts: Counts, choice: Choice) -> tuple[tuple[NDArray[np.int64], int, int], ...]:
    """The rows and the columns of the table: place of every pair, how many, whether one of all others follows."""
    _whole(counts)
    sides = tuple(_side(counts, of, chosen) for of, chosen in (("drug", choice.drugs), ("event", choice.events)))
    rows, columns = (own + more for _, own, more in sides)
    if rows * columns > MOST_CELLS:
        raise InputError(
            f"the table has {rows:,} drugs x {columns:,} events; the likelihood-ratio test draws all of it "
            f"{choice.draws:,} times and is done for at most {MOST_CELLS:,} cells.",
            place="LRT",
            next_step="Choose drugs (--drug) or events (--event-term): all others are put together as one.",
        )
    return sides


def _whole(counts: Counts) -> None:
    """Every drug of the set has a pair: where one is missing, pairs were left out and margins would be wrong."""
    missing = any(
        len(np.unique(counts.table.column(of).to_numpy())) < margins.num_rows
        for of, margins in (("drug", counts.drugs), ("event", counts.events))
    )
    if counts.strata or counts.least > 1 or missing:
        raise InputError(
            "the likelihood-ratio test needs every pair of the set, and these counts are of some.",
            place="LRT",
            next_step="Count all pairs without strata (counting.pairs) and choose drugs or events with lrt=Choice(…).",
        )


def _side(counts: Counts, of: str, chosen: Sequence[int] | None) -> tuple[NDArray[np.int64], int, int]:
    """The row or column of every pair, how many there are, and whether one of all others follows."""
    numbers = np.asarray(counts.table.column(of).to_numpy(), dtype=np.int64)
    known = np.unique(numbers)
    own = known if chosen is None else np.unique(np.asarray(chosen, dtype=np.int64))
    unknown = own[~np.isin(own, known)]
    if not len(own) or len(unknown):
        raise InputError(
            f"no report has the {of} number {unknown[0]}." if len(unknown) else f"no {of} was chosen.",
            place="LRT",
            next_step=f"Choose among the {of}s of the counts.",
        )
    place = np.searchsorted(own, numbers)
    outside = own[np.minimum(place, len(own) - 1)] != numbers
    return np.where(outside, len(own), place), len(own), int(outside.any())
