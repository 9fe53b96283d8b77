"""Reports that tell of the same case, by weights of evidence: what agrees and differs, and how rare it is.

The weights follow the hit-miss model of record linkage (Copas & Hilton 1990; for reports of adverse reactions Norén
2005 and 2007): a value that two reports share counts log2(c + (1 - c)/b), where b is its share among all reports and c
the chance that a true pair has it independently; a value that differs counts log2 c; a missing one nothing. Shares come
from the reports; the chances c are assumptions and stand in `FIELDS`. Drugs and events that go together count once: an
item's share is never taken lower than its share among the reports of a rarer item that the pair has in common.
Imports `linkage_pairs`, `analysis_set` and errors.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped,unused-ignore]
from numpy.typing import NDArray

from dechallenge.errors import InputError
from dechallenge.population import linkage_pairs
from dechallenge.population.analysis_set import AnalysisSet, engine, quoted
from dechallenge.population.linkage_pairs import Items, Reports

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

SOURCE = (
    "hit-miss model: Copas & Hilton 1990, J R Stat Soc A 153:287; Norén, Orre & Bate 2005 (KDD) and Norén 2007, "
    "Data Min Knowl Disc 14:305"
)


@dataclass(frozen=True, slots=True)
class Field:
    """How one field is weighed: assumptions, not estimates.

    Attributes:
        chance: Chance that a true pair has its values independently of one another.
        near: Share of the other true pairs whose values are neighbours: a year of age, a day of the same month.
    """

    chance: float
    near: float = 0.0


FIELDS: Mapping[str, Field] = {
    "event_date": Field(0.25, 0.1),
    "sex": Field(0.02),
    "age": Field(0.1, 0.1),
    "country": Field(0.05),
    "outcomes": Field(0.5),
    "drugs": Field(0.25),
    "events": Field(0.25),
}
"""The fields that are compared. Of drugs and events `chance` is that of one that only one report of a true pair has."""
ONE_VALUE = ("event_date", "sex", "age", "country", "outcomes")
"""The fields that have one value in a report."""
_EXACT = ("event_date", "sex", "age", "country")


@dataclass(frozen=True, slots=True)
class Rule:
    """From which weight on a pair is linked.

    Attributes:
        share: Share of reports that are assumed to repeat another: what a pair starts from.
        certainty: Chance of being a true pair from which on a pair is linked.
        fields: How each field is weighed.
        window: Reports of one block that each is compared with, in the order of their values.
    """

    share: float = 0.05
    certainty: float = 0.95
    fields: Mapping[str, Field] = field(default_factory=lambda: dict(FIELDS))
    window: int = 10

    def __post_init__(self) -> None:
        wrong = [n for n in ("share", "certainty") if not 0 < getattr(self, n) < 1]
        wrong += [n for n, f in self.fields.items() if not (0 < f.chance < 1 and 0 <= f.near < 1)]
        if wrong or set(self.fields) != set(FIELDS) or self.window < 1:
            raise InputError(
                f"{wrong[0]} is no chance between 0 and 1." if wrong else "fields are missing or the window is empty.",
                place="linkage",
                next_step=f"Give every one of {', '.join(FIELDS)}.",
            )

    def threshold(self, reports: int) -> float:
        """The weight, in bits, from which on a pair of so many reports is linked: the more pairs, the higher."""
        against = max(1.0, (reports - 1) / (2 * self.share))
        return math.log2(against) + math.log2(self.certainty / (1 - self.certainty))

    def told(self) -> dict[str, Any]:
        """The assumptions as plain values."""
        return {
            "share": self.share,
            "certainty": self.certainty,
            "window": self.window,
            "fields": {name: {"chance": f.chance, "near": f.near} for name, f in self.fields.items()},
            "source": SOURCE,
        }


RULE = (
    "by weight: what agrees counts by how rare it is, what differs against it, what is missing nothing (hit-miss "
    "model); linked from the stated weight on, and always where date, sex, age, country, drugs and events are known "
    "and the same; in each group of connected reports the one received last is kept"
)
"""How reports are linked, in the words that go with every result."""


@dataclass(frozen=True)
class Linked:
    """What was found.

    Attributes:
        pairs: first, second (numbers of reports, the smaller first), weight and weight of every field (bits), agree,
            in_part, differ, unknown (names of fields); the heaviest first.
        groups: report, group, kept: connected reports and the one of each group that would be kept.
        compared: Pairs that shared a block and were weighed.
        reports: Reports that were compared with one another.
        threshold: Weight from which on a pair is linked, in bits.
        rule: The assumptions.
    """

    pairs: pa.Table
    groups: pa.Table
    compared: int
    reports: int
    threshold: float
    rule: Rule

    def told(self) -> dict[str, Any]:
        """Counts and assumptions as plain values."""
        kept = self.groups.column("kept").to_pylist()
        return {
            "way": "weights",
            "reports_that_can_be_compared": self.reports,
            "compared_pairs": self.compared,
            "threshold_bits": round(self.threshold, 3),
            "pairs": self.pairs.num_rows,
            "groups": sum(kept),
            "redundant": len(kept) - sum(kept),
            "assumptions": self.rule.told(),
        }


def link(analysis: AnalysisSet, rule: Rule | None = None, *, memory_limit: str = "2GB") -> Linked:
    """Compare the reports of an analysis set; numbers are those of its reports.

    Args:
        analysis: The cleaned reports.
        rule: The assumptions.
        memory_limit: What DuckDB may hold.

    Raises:
        InputError: The memory limit is none.
    """
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory(prefix="dechallenge-") as spill:
        connection = engine(memory_limit, None, Path(spill))
        try:
            for name in ("reports", "report_drug", "report_event"):
                path = quoted(analysis.path(name))
                connection.execute(f"CREATE VIEW linkage_{name} AS SELECT * FROM read_parquet({path})")
            return compare(connection, rule)
        finally:
            connection.close()


def compare(connection: DuckDBPyConnection, rule: Rule | None = None) -> Linked:
    """Compare the reports of three tables or views of an engine.

    Args:
        connection: Has `linkage_reports` (report from 0 without gaps, event_date, sex, age_years, country, outcomes,
            received), `linkage_report_drug` (report, drug) and `linkage_report_event` (report, event).
        rule: The assumptions.
    """
    rule = rule or Rule()
    reports = linkage_pairs.reports_of(connection)
    drugs, events = (linkage_pairs.items_of(connection, of, reports.count) for of in ("drug", "event"))
    weigher = _Weigher(reports, drugs, events, rule)
    threshold = rule.threshold(reports.count)
    kept: list[tuple[Whole, Whole]] = []
    compared = 0
    for first, second in linkage_pairs.candidates(connection, reports.count, rule.window):
        compared += len(first)
        good = weigher.promising(first, second, threshold)
        if len(good):
            kept.append((first[good], second[good]))
    first, second = _distinct(kept, reports.count)
    pairs = pa.concat_tables(
        [weigher.table(first[at : at + _PIECE], second[at : at + _PIECE], threshold) for at in _places(len(first))]
    )
    pairs = pairs.sort_by([("weight", "descending"), ("first", "ascending"), ("second", "ascending")])
    first, second = (np.asarray(pairs.column(name).to_numpy(), dtype=np.int64) for name in ("first", "second"))
    groups = _groups(first, second, reports.received)
    return Linked(pairs, groups, compared, reports.count, threshold, rule)


_PIECE = 200_000
"""Pairs that are weighed at once."""


def _places(count: int) -> range:
    return range(0, max(1, count), _PIECE)


_UNKNOWN, _AGREE, _PART, _DIFFER = 0, 1, 2, 3


class _Weigher:
    """The weights of pairs of reports, field by field."""

    def __init__(self, reports: Reports, drugs: Items, events: Items, rule: Rule) -> None:
        self.reports, self.items, self.rule = reports, {"drugs": drugs, "events": events}, rule
        self.shares = {name: _shares(reports.values[name]) for name in ONE_VALUE}
        self.agree, self.near = {}, {}
        for name, shares in self.shares.items():
            assumed = rule.fields[name]
            other = 1 - assumed.chance
            self.agree[name] = np.log2(assumed.chance + other * (1 - assumed.near) / shares)
            around = _shares(reports.months) if name == "event_date" else shares
            self.near[name] = np.log2(np.maximum(assumed.chance + other * assumed.near / around, assumed.chance))
        self.most = {name: items.most(self._each(name)) for name, items in self.items.items()}

    def _each(self, name: str) -> Callable[[Floats], Floats]:
        """The weight of an item that both reports have, from its share."""
        miss = self.rule.fields[name].chance
        return lambda share: np.maximum(np.log2((1 - miss) / share), 0.0)

    def promising(self, first: Whole, second: Whole, threshold: float) -> NDArray[np.intp]:
        """The places of pairs that could reach the threshold: first by what they could have in common, then by it."""
        weights, states = self.fields(first, second)
        total = sum(weights.values(), np.zeros(len(first)))
        same = np.all([states[name] == _AGREE for name in _EXACT], axis=0)
        could = total + sum(np.minimum(most[first], most[second]) for most in self.most.values())
        places = np.flatnonzero((could >= threshold - 1e-6) | same)
        more, _ = self.lists(first[places], second[places], together=False)
        reached = total[places] + sum(more.values(), np.zeros(len(places))) >= threshold - 1e-6
        return np.asarray(places[reached | same[places]], dtype=np.intp)

    def table(self, first: Whole, second: Whole, threshold: float) -> pa.Table:
        """The linked ones of some pairs, with items that go together counted once."""
        weights, states = self.fields(first, second)
        more, how = self.lists(first, second, together=True)
        weights, states = {**weights, **more}, {**states, **how}
        total = np.round(sum(weights.values(), np.zeros(len(first))), 6)
        same = np.all([states[name] == _AGREE for name in (*_EXACT, "drugs", "events")], axis=0)
        good = np.flatnonzero((total >= threshold) | same)
        return _table(
            first[good],
            second[good],
            total[good],
            {name: weight[good] for name, weight in weights.items()},
            {name: state[good] for name, state in states.items()},
        )

    def fields(self, first: Whole, second: Whole) -> tuple[dict[str, Floats], dict[str, NDArray[np.int8]]]:
        """Weights and states of the fields that have one value."""
        weights: dict[str, Floats] = {}
        states: dict[str, NDArray[np.int8]] = {}
        for name, agree in self.agree.items():
            value, against = self.reports.values[name], math.log2(self.rule.fields[name].chance)
            a, b = value[first], value[second]
            known, equal = (a >= 0) & (b >= 0), a == b
            weight = np.where(known, np.where(equal, agree[np.maximum(a, 0)], against), 0.0)
            state = np.where(known, np.where(equal, _AGREE, _DIFFER), _UNKNOWN)
            if name == "age":
                beside = known & (np.abs(a - b) == 1)
                weight[beside], state[beside] = self.near[name][b[beside]], _PART
            elif name == "event_date":
                of, with_ = self.reports.months[first], self.reports.months[second]
                both = (of >= 0) & (with_ >= 0)
                # Two different days, or a day and a month, of the same month; or of different months.
                beside, apart = both & (of == with_) & ~(known & equal), both & (of != with_)
                weight[beside], state[beside] = self.near[name][of[beside]], _PART
                weight[apart], state[apart] = against, _DIFFER
            weights[name], states[name] = weight, state.astype(np.int8)
        return weights, states

    def lists(
        self, first: Whole, second: Whole, *, together: bool
    ) -> tuple[dict[str, Floats], dict[str, NDArray[np.int8]]]:
        """Weights and states of drugs and events."""
        shared = {name: items.common(first, second) for name, items in self.items.items()}
        shares = {name: self.items[name].share[item] for name, (_, item) in shared.items()}
        if together:
            shares = linkage_pairs.shares_together(shared, self.items)
        weights, states = {}, {}
        for name, items in self.items.items():
            pair, _ = shared[name]
            both = np.bincount(pair, minlength=len(first))
            alone = items.length[first] + items.length[second] - 2 * both
            gain = np.bincount(pair, weights=self._each(name)(shares[name]), minlength=len(first))
            weights[name] = gain + alone * math.log2(self.rule.fields[name].chance)
            states[name] = np.where(alone == 0, _AGREE, np.where(both > 0, _PART, _DIFFER)).astype(np.int8)
        return weights, states


def _shares(values: NDArray[np.int32]) -> Floats:
    """The share of every value among the reports that have one."""
    counts = np.bincount(values[values >= 0], minlength=1).astype(np.float64)
    return np.maximum(counts, 1.0) / max(1.0, float(counts.sum()))


def _distinct(found: list[tuple[Whole, Whole]], count: int) -> tuple[Whole, Whole]:
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    keys = np.unique(np.concatenate([first * count + second for first, second in found]))
    return keys // count, keys % count


def _table(
    first: Whole, second: Whole, total: Floats, weights: Mapping[str, Floats], states: Mapping[str, NDArray[np.int8]]
) -> pa.Table:
    columns: dict[str, Any] = {"first": first, "second": second, "weight": total}
    columns |= {f"weight_{name}": np.round(weight, 6) for name, weight in weights.items()}
    for word, state in (("agree", _AGREE), ("in_part", _PART), ("differ", _DIFFER), ("unknown", _UNKNOWN)):
        rows = zip(*((states[name] == state).tolist() for name in FIELDS), strict=True)
        named = [[name for name, there in zip(FIELDS, row, strict=True) if there] for row in rows]
        columns[word] = pa.array(named, pa.list_(pa.string()))
    return pa.table(columns)


def _groups(first: Whole, second: Whole, received: NDArray[np.int64]) -> pa.Table:
    """Connected reports: the one received last is kept, of several the one with the highest number."""
    leader: dict[int, int] = {}

    def of(report: int) -> int:
        while leader.setdefault(report, report) != report:
            leader[report] = leader[leader[report]]
            report = leader[report]
        return report

    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        one, other = sorted((of(a), of(b)))
        leader[other] = one
    members: dict[int, list[int]] = {}
    for report in sorted(leader):
        members.setdefault(of(report), []).append(report)
    rows: list[tuple[int, int, bool]] = []
    for number, (_, group) in enumerate(sorted(members.items())):
        last = max(group, key=lambda report: (int(received[report]), report))
        rows += [(report, number, report == last) for report in group]
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    kinds = (("report", pa.int64()), ("group", pa.int32()), ("kept", pa.bool_()))
    return pa.table({name: pa.array(list(c), kind) for (name, kind), c in zip(kinds, columns, strict=True)})
