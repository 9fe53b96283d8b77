"""How long a patient stays exposed after the last dose: five half-lives.

Table: `data/half_lives.csv` (terminal half-life in hours, lowest and highest usual value). The window takes the
highest value, so that an onset after the last dose is not called too late by accident. May import the tables of this
folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from dechallenge.knowledge.tables import Mark, cite, mark_of, parts_of, read_table

HALF_LIVES_TO_ELIMINATION = 5
HOURS_PER_DAY = 24
# RUCAM accepts an onset up to 15 days after the stop, except for slowly metabolised drugs (Danan & Benichou 1993).
# A drug whose window is longer than that is slow in this sense (project reading).
SLOW_FROM_DAYS = 15


class ExposureWindow(NamedTuple):
    """Days after the last dose during which the patient still counts as exposed, with the source and its mark."""

    days: float
    source: str
    mark: Mark


@lru_cache(maxsize=1)
def _table() -> Mapping[str, ExposureWindow]:
    return {
        row["name"]: ExposureWindow(
            days=float(row["half_life_high_h"]) * HALF_LIVES_TO_ELIMINATION / HOURS_PER_DAY,
            source=cite(row["sources"])[0],
            mark=mark_of(row["mark"]),
        )
        for row in read_table("half_lives.csv")
    }


def exposure_window_days(drug: str) -> ExposureWindow | None:
    """Five half-lives in days; of a combination the longest of its ingredients; None when one of them is unknown."""
    inn, ingredients = parts_of(drug)
    if inn in _table():
        return _table()[inn]
    windows = [_table().get(part) for part in ingredients]
    known = [window for window in windows if window is not None]
    return max(known, key=lambda window: window.days) if known and len(known) == len(windows) else None


def slow_elimination(drug: str) -> bool | None:
    """Whether five half-lives exceed 15 days, so that a 15-day limit after the stop does not apply; None: unknown."""
    window = exposure_window_days(drug)
    return None if window is None else window.days > SLOW_FROM_DAYS
