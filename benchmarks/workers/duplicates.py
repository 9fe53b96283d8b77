"""Made-up reports of which some tell of the same case: for measuring record linkage where the truth is known.

The drugs and events are those of `population.synthetic`; dates, ages, sex and countries are added with the gaps that
public reports have, then some reports are copied with the mistakes that senders make. One report in a hundred belongs
to a look-alike: a cluster with the same drug and events, as a lawsuit or an outbreak makes them, that are different
people. The figures of gaps and mistakes are assumptions.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from dechallenge.population import synthetic
from dechallenge.population.analysis_set import TABLES, AnalysisSet

COPIES = 0.05
"""Share of reports that get a copy."""
_COUNTRIES = ("US", "GB", "FR", "DE", "JP", "CA", "IT", "ES", "BR", "IN")
_COUNTRY_SHARES = (0.66, 0.06, 0.05, 0.05, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02)
_OUTCOMES = ("", "HO", "OT", "DE", "HO|OT", "LT")
_EPOCH = np.datetime64("2004-01-01")


def plant(reports: int, folder: Path, *, seed: int = 7) -> tuple[AnalysisSet, np.ndarray[Any, Any]]:
    """An analysis set with copies among its reports.

    Args:
        reports: Before the copies.
        folder: Where to; must not exist.
        seed: Of everything drawn.

    Returns:
        The set, and the pairs of an original and its copy: their numbers, shape (copies, 2).
    """
    from pyarrow import parquet

    folder.mkdir(parents=True)
    base = synthetic.generate(synthetic.Shape(reports=reports, planted=2_000), folder / "plain")
    rng = np.random.default_rng([seed, reports])
    lists = {of: _lists(base, of) for of in ("drug", "event")}
    _look_alikes(lists, reports, rng)
    chosen = np.flatnonzero(rng.random(reports) < COPIES)
    values = _values(reports, rng)
    copied = {name: column[chosen].copy() for name, column in values.items()}
    _mistakes(copied, rng)
    # New numbers for all, so that a copy stands anywhere.
    number = rng.permutation(reports + len(chosen))
    for of, (owner, item) in lists.items():
        size = len(base.names(of))
        rows = np.concatenate((owner * size + item, _copied(owner, item, chosen, reports, size, rng)))
        rows = np.unique(number[rows // size] * size + rows % size)
        columns = {"report": (rows // size).astype(np.int32), of: (rows % size).astype(np.int32)}
        parquet.write_table(pa.table(columns, schema=TABLES[f"report_{of}"]), folder / f"report_{of}.parquet")
        (folder / "plain" / f"{of}_names.parquet").rename(folder / f"{of}_names.parquet")
    everything = {name: np.concatenate((column, copied[name])) for name, column in values.items()}
    parquet.write_table(_reports(everything, number), folder / "reports.parquet")
    AnalysisSet.finish(folder, {"source": "made up, with copies", "seed": seed, "counts": {"copies": len(chosen)}})
    pairs = np.sort(np.column_stack((number[chosen], number[reports:])), axis=1)
    return AnalysisSet.open(folder), pairs


def _lists(base: AnalysisSet, of: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    from pyarrow import parquet

    table = parquet.read_table(base.path(f"report_{of}"))
    return table.column("report").to_numpy().astype(np.int64), table.column(of).to_numpy().astype(np.int64)


def _look_alikes(lists: dict[str, Any], reports: int, rng: np.random.Generator) -> None:
    """Clusters of up to 200 reports that share one drug and two events."""
    clusters = max(1, reports // 20_000)
    for _ in range(clusters):
        members = rng.choice(reports, min(200, reports // 50), replace=False)
        drug, events = rng.integers(100, 3_000), rng.integers(100, 6_000, 2)
        for of, items in (("drug", [drug]), ("event", events)):
            owner, item = lists[of]
            more = np.repeat(members, len(items)), np.tile(np.asarray(items), len(members))
            lists[of] = np.concatenate((owner, more[0])), np.concatenate((item, more[1]))


def _values(count: int, rng: np.random.Generator) -> dict[str, np.ndarray[Any, Any]]:
    """Days since 2004 (-1 none; precision 2 day, 1 month, 0 none), age, sex, country, outcome as numbers."""
    year = rng.beta(2.2, 1.2, count)
    precision = rng.choice(3, count, p=[0.4, 0.08, 0.52])
    age = np.clip(rng.normal(56, 20, count), 0, 100).astype(np.int64)
    return {
        "day": np.where(precision > 0, (year * 365.25 * 22.5).astype(np.int64), -1),
        "precision": precision,
        "age": np.where(rng.random(count) < 0.62, age, -1),
        "sex": rng.choice(3, count, p=[0.09, 0.55, 0.36]),
        "country": np.where(rng.random(count) < 0.95, rng.choice(10, count, p=_COUNTRY_SHARES), -1),
        "outcomes": rng.choice(6, count, p=[0.35, 0.2, 0.25, 0.08, 0.08, 0.04]),
    }


def _mistakes(values: dict[str, np.ndarray[Any, Any]], rng: np.random.Generator) -> None:
    """What a second sender tells otherwise, or not at all."""
    count = len(values["day"])

    def some(share: float) -> np.ndarray[Any, Any]:
        return np.asarray(rng.random(count) < share)

    day = values["day"]
    moved = some(0.12) & (day >= 0)
    values["day"] = np.where(moved, np.maximum(0, day + rng.integers(-40, 41, count)), day)
    values["precision"] = np.where(some(0.12), np.maximum(values["precision"] - 1, 0), values["precision"])
    age = values["age"]
    age = np.where(some(0.05) & (age > 1), age + rng.choice((-1, 1), count), age)
    age = np.where(some(0.02) & (age >= 0), rng.integers(0, 100, count), age)
    values["age"] = np.where(some(0.08), -1, age)
    values["sex"] = np.where(some(0.005), 3 - values["sex"], values["sex"]) % 3
    values["sex"] = np.where(some(0.03), 0, values["sex"])
    values["country"] = np.where(some(0.03), -1, values["country"])
    values["outcomes"] = np.where(some(0.3), rng.integers(0, 6, count), values["outcomes"])


def _copied(
    owner: np.ndarray[Any, Any],
    item: np.ndarray[Any, Any],
    chosen: np.ndarray[Any, Any],
    reports: int,
    size: int,
    rng: np.random.Generator,
) -> np.ndarray[Any, Any]:
    """The list of every copy: 15 % of the items left out, one other added in 20 %; never empty."""
    place = np.full(reports, -1, dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    own = place[owner] >= 0
    to, what = place[owner[own]], item[own]
    keep = rng.random(len(to)) >= 0.15
    first = np.concatenate(([True], to[1:] != to[:-1])) if len(to) else keep
    keep |= first
    more = np.flatnonzero(rng.random(len(chosen)) < 0.2)
    other = item[rng.integers(0, len(item), len(more))]
    return np.concatenate(((to[keep] + reports) * size + what[keep], (more + reports) * size + other))


def _reports(values: dict[str, np.ndarray[Any, Any]], number: np.ndarray[Any, Any]) -> pa.Table:
    order = np.argsort(number)
    values = {name: column[order] for name, column in values.items()}
    count = len(order)
    dates = np.datetime_as_string(_EPOCH + np.maximum(values["day"], 0).astype("timedelta64[D]"), unit="D")
    cut = [d if p == 2 else d[:7] if p == 1 else None for d, p in zip(dates.tolist(), values["precision"], strict=True)]
    columns: dict[str, Any] = {field.name: pa.nulls(count, field.type) for field in TABLES["reports"]}
    columns |= {
        "report": np.arange(count, dtype=np.int32),
        "key": np.arange(count, dtype=np.int64),
        "source": pa.array(["made up"] * count),
        "event_date": pa.array(cut, pa.string()),
        "sex": pa.array(np.array([None, "F", "M"], dtype=object)[values["sex"]]),
        "age_years": pa.array(values["age"].astype(np.float64), mask=values["age"] < 0),
        "country": pa.array(np.array([*_COUNTRIES, None], dtype=object)[values["country"]]),
        "outcomes": pa.array(np.array([*_OUTCOMES[1:], None], dtype=object)[values["outcomes"] - 1]),
    }
    return pa.table(columns, schema=TABLES["reports"])


def judged(found: pa.Table, truth: np.ndarray[Any, Any], reports: int) -> dict[str, float]:
    """Precision and recall of linked pairs."""
    linked = found.column("first").to_numpy() * reports + found.column("second").to_numpy()
    right = int(np.isin(linked, truth[:, 0] * reports + truth[:, 1]).sum())
    return {
        "linked": len(linked),
        "planted": len(truth),
        "right": right,
        "precision": right / len(linked) if len(linked) else float("nan"),
        "recall": right / len(truth) if len(truth) else float("nan"),
    }
