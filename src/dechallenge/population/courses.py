"""What single reports of a drug and a reaction say: time to onset, challenges, outcomes.

Imports `answer`, `details` and `measures`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.answer import Tally, TimeToOnset
from dechallenge.population.details import details
from dechallenge.population.layouts import CHALLENGES, OUTCOMES, RECOVERY
from dechallenge.population.measures import onset
from dechallenge.population.store import Store

NOT_STATED = "not stated"
_SEXES = {"F": "female", "M": "male"}
_BOTH = "positive and negative"


@dataclass(frozen=True, slots=True)
class Courses:
    """Times and tallies."""

    onset: TimeToOnset
    tallies: tuple[Tally, ...]


def courses(
    analysis: AnalysisSet, store: Store, drug: int, event: int, latency: tuple[float, float] | None = None
) -> Courses:
    """Times and tallies of the reports of one drug and one event.

    Args:
        analysis: The cleaned reports.
        store: The store they were made from.
        drug, event: Their numbers.
        latency: Lowest and highest latency of the case, in days, to be placed among them.

    Raises:
        InputError: The reports are not in the store.
    """
    rows = details(analysis, store, drug, event).to_pylist()
    recovered = [_recovery(row["outcomes"]) for row in rows]
    told = any(word != NOT_STATED for word in recovered)
    return Courses(
        time_to_onset([row["onset_days"] for row in rows], latency),
        (
            _tally("dechallenge", (_challenge(row["dechallenge"]) for row in rows)),
            _tally("rechallenge", (_challenge(row["rechallenge"]) for row in rows)),
            _tally("recurrence on re-administration", ("stated" if row["recurred"] else NOT_STATED for row in rows)),
            _tally("outcome", *_outcomes(rows)),
            *([_tally("recovery", recovered)] if told else []),
            _tally("sex", (_SEXES.get(row["sex"] or "", NOT_STATED) for row in rows)),
        ),
    )


def time_to_onset(days: Sequence[int | None], latency: tuple[float, float] | None) -> TimeToOnset:
    """The times of reports, and the place of a case among them.

    Args:
        days: Days from first dose to event of each report; None where it does not give both dates in full.
        latency: Lowest and highest latency of the case.
    """
    known = sorted(day for day in days if day is not None and day >= 0)
    times = np.array(known, dtype=np.float64)
    share = None
    if latency is not None and known:
        share = (float((times <= latency[0]).mean()), float((times <= latency[1]).mean()))
    return TimeToOnset(
        days=tuple(known),
        undated=sum(day is None for day in days),
        negative=sum(day is not None and day < 0 for day in days),
        fit=onset.weibull(times),
        case=latency,
        share=share,
    )


def _challenge(codes: Sequence[str] | None) -> str:
    """One word for a report that may give a code on each row of the drug: what was found goes before what was not."""
    given = set(codes or ())
    if {"Y", "N"} <= given:
        return _BOTH
    return next((CHALLENGES[code] for code in ("Y", "N", "D", "U") if code in given), NOT_STATED)


def _outcomes(rows: Sequence[Mapping[str, Any]]) -> tuple[Iterable[str], int]:
    """Every outcome of every report; one report may have several."""
    given = [[code for code in (row["outcomes"] or "").split("|") if code not in RECOVERY] for row in rows]
    words = [OUTCOMES.get(code, code) for codes in given for code in (codes or [""])]
    return (word or NOT_STATED for word in words), len(rows)


def _recovery(outcomes: str | None) -> str:
    """Whether a report says that the patient recovered; one that says both says neither."""
    given = [code for code in (outcomes or "").split("|") if code in RECOVERY]
    return RECOVERY[given[0]] if len(given) == 1 else NOT_STATED


def _tally(name: str, words: Iterable[str], of: int | None = None) -> Tally:
    counted = Counter(words)
    ordered = tuple(sorted(counted.items(), key=lambda item: (item[0] == NOT_STATED, -item[1], item[0])))
    return Tally(name, ordered, sum(counted.values()) if of is None else of)
