"""A measure as reports came in: cumulative counts by quarter, and the quarter in which a rule was first met.

Looking at every quarter is looking many times: the first crossing of a rule is told with how often it was looked at.
Imports `cells`, `information`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dechallenge.errors import InputError
from dechallenge.population.measures.cells import Cells, Floats
from dechallenge.population.measures.information import Information, ic


@dataclass(frozen=True, slots=True)
class Series:
    """One pair over time.

    Attributes:
        quarters: In order, such as ``2014Q1``.
        cells: Cumulative counts at the end of each.
        information: IC of the cumulative counts.
        first: The quarter in which the lower bound first rose above zero; empty if never.
        last_crossing: The quarter since which it has stayed above; empty where it is not above now.
    """

    quarters: tuple[str, ...]
    cells: Cells
    information: Information
    first: str
    last_crossing: str


def over_time(quarters: Sequence[str], n: Floats, n_drug: Floats, n_event: Floats, total: Floats) -> Series:
    """The cumulative series of one pair.

    Args:
        quarters: Names of the quarters, in order, those without reports of the pair included; shape (quarters,).
        n, n_drug, n_event, total: New distinct reports in each quarter.

    Raises:
        InputError: The quarters are not in order, or counts that fit no reports.
    """
    if list(quarters) != sorted(set(quarters)):
        raise InputError("the quarters are not in order", place="series", next_step="Sort them; each may occur once.")
    cells = Cells.of(*(np.cumsum(x) for x in (n, n_drug, n_event, total)))
    found = ic(cells.n, cells.expected)
    above = found.low > 0
    first = next((q for q, yes in zip(quarters, above, strict=True) if yes), "")
    since = ""
    for quarter, yes in zip(reversed(quarters), above[::-1], strict=True):
        if not yes:
            break
        since = quarter
    return Series(tuple(quarters), cells, found, first, since)
