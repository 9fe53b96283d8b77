"""Made-up spontaneous reports in the shape of a large database, with planted pairs: for tests and benchmarks.

The shape follows the public FAERS corpus: a median of one suspect drug and two events in a report, popularities by a
power law. Seeded, and written in pieces of a fixed size, so that the same figures give the same files and memory does
not grow with the number of reports. Imports `analysis_set` of this package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dechallenge.population.analysis_set import TABLES, AnalysisSet, being_written

Integers = npt.NDArray[np.int32]

SEXES = ("F", "M", None)
AGE_BANDS = ("2-11", "18-44", "45-64", "65-74", None)
_PIECE = 1_000_000
_FIRST_YEAR = 2004


@dataclass(frozen=True, slots=True)
class Shape:
    """What the made-up reports look like.

    Attributes:
        reports: How many.
        drugs, events: Different names of each.
        planted: Pairs that are reported together more often than chance.
        seed: Seed of everything drawn.
    """

    reports: int
    drugs: int = 4_000
    events: int = 9_000
    planted: int = 2_000
    seed: int = 20261122


@dataclass(frozen=True, slots=True)
class Planted:
    """A pair that was made more frequent: share of the reports with the drug that get the event in addition."""

    drug: int
    event: int
    share: float


def _popularity(count: int, slope: float, shift: float) -> npt.NDArray[np.float64]:
    weight = 1.0 / (np.arange(1, count + 1) + shift) ** slope
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def planted(shape: Shape) -> tuple[Planted, ...]:
    """The planted pairs of a shape, among the more frequent drugs and events."""
    rng = np.random.default_rng([shape.seed, 1])
    popular = _popularity(shape.events, 1.10, 15)
    drugs = rng.integers(0, max(1, shape.drugs // 2), shape.planted)
    events = rng.integers(0, max(1, shape.events // 3), shape.planted)
    ratio = np.exp(rng.uniform(np.log(1.5), np.log(30), shape.planted))
    share = np.minimum(0.5, popular[events] * 3.0 * (ratio - 1.0))
    found = {(int(d), int(e)): float(s) for d, e, s in zip(drugs, events, share, strict=True)}
    return tuple(Planted(d, e, s) for (d, e), s in sorted(found.items()))


def generate(shape: Shape, folder: Path) -> AnalysisSet:
    """Write an analysis set of made-up reports.

    Args:
        shape: How many of what.
        folder: Where to; must not exist.

    Raises:
        InputError: The folder exists, or cannot be written.
    """
    import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
    from pyarrow import parquet

    with being_written(folder) as new:
        writers = {name: parquet.ParquetWriter(new / f"{name}.parquet", TABLES[name]) for name in _PIECES}
        try:
            for piece in _pieces(shape):
                for name, columns in piece.items():
                    writers[name].write_table(pa.table(columns, schema=TABLES[name]))
        finally:
            for writer in writers.values():
                writer.close()
        for name, stem, count in (("drug_names", "drug", shape.drugs), ("event_names", "event", shape.events)):
            names = [f"{stem} {number:05d}" for number in range(count)]
            rows: dict[str, Any] = {stem: pa.array(np.arange(count, dtype=np.int32)), "name": names}
            if stem == "drug":
                rows["how"] = ["made up"] * count
            parquet.write_table(pa.table(rows, schema=TABLES[name]), new / f"{name}.parquet")
        policy = {"source": "made up", "seed": shape.seed, "counts": {"reports": shape.reports}}
        AnalysisSet.finish(new, policy)
    return AnalysisSet.open(folder)


_PIECES = ("reports", "report_drug", "report_event")


def _pieces(shape: Shape) -> Iterator[dict[str, dict[str, Any]]]:
    drugs = np.cumsum(_popularity(shape.drugs, 1.05, 12))
    events = np.cumsum(_popularity(shape.events, 1.10, 15))
    pairs = planted(shape)
    for number, first in enumerate(range(0, shape.reports, _PIECE)):
        size = min(_PIECE, shape.reports - first)
        yield _piece(np.random.default_rng([shape.seed, 2, number]), first, size, drugs, events, pairs)


def _piece(
    rng: np.random.Generator,
    first: int,
    size: int,
    drugs: npt.NDArray[np.float64],
    events: npt.NDArray[np.float64],
    pairs: tuple[Planted, ...],
) -> dict[str, dict[str, Any]]:
    import pyarrow as pa

    many_drugs = np.minimum(1 + rng.negative_binomial(0.55, 0.35, size), 60)
    many_events = np.minimum(1 + rng.negative_binomial(1.0, 0.333, size), 80)
    drug_of, drug = _drawn(rng, many_drugs, drugs)
    event_of, event = _drawn(rng, many_events, events)
    order = np.argsort(drug, kind="stable")
    start = np.searchsorted(drug[order], np.arange(len(drugs) + 1))
    more_of, more = [event_of], [event]
    for pair in pairs:
        with_drug = drug_of[order[start[pair.drug] : start[pair.drug + 1]]]
        chosen = with_drug[rng.random(with_drug.size) < pair.share]
        more_of.append(chosen)
        more.append(np.full(chosen.size, pair.event, dtype=np.int64))
    drugs_of, drug_rows = _distinct(drug_of, drug, len(drugs))
    events_of, event_rows = _distinct(np.concatenate(more_of), np.concatenate(more), len(events))
    quarter = rng.integers(0, 90, size)
    names = np.array([f"{_FIRST_YEAR + q // 4}Q{q % 4 + 1}" for q in range(90)])
    band = rng.choice(len(AGE_BANDS), size, p=[0.05, 0.15, 0.2, 0.2, 0.4])
    sex = rng.choice(len(SEXES), size, p=[0.55, 0.35, 0.10])
    report = np.arange(first, first + size, dtype=np.int32)
    blank = pa.nulls(size)
    return {
        "reports": {
            **{field.name: blank.cast(field.type) for field in TABLES["reports"]},
            "report": report,
            "key": report.astype(np.int64),
            "source": ["made up"] * size,
            "quarter": names[quarter],
            "sex": pa.array(np.array(SEXES, dtype=object)[sex]),
            "age_band": pa.array(np.array(AGE_BANDS, dtype=object)[band]),
        },
        "report_drug": {"report": (drugs_of + first).astype(np.int32), "drug": drug_rows},
        "report_event": {"report": (events_of + first).astype(np.int32), "event": event_rows},
    }


def _drawn(
    rng: np.random.Generator, many: npt.NDArray[np.int64], cumulated: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Owner and value of every row: `many[i]` values for report `i`."""
    owner = np.repeat(np.arange(len(many), dtype=np.int64), many)
    value = np.searchsorted(cumulated, rng.random(owner.size) * cumulated[-1])
    return owner, np.minimum(value, len(cumulated) - 1)


def _distinct(
    owner: npt.NDArray[np.int64], value: npt.NDArray[np.int64], count: int
) -> tuple[npt.NDArray[np.int64], Integers]:
    key = np.unique(owner * count + value)
    return key // count, (key % count).astype(np.int32)
