"""What record linkage reads of the reports: their values as numbers, their drugs and events, and which to compare.

Reports are compared where they share a block (a day and a drug; a rare drug and a rare event; …). Within a block of
many, each is compared with those that follow it in the order of their values, so that the work grows with the reports
and not with their square. All depends on values alone, never on the order of rows. Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Codes = NDArray[np.int32]

_RAREST = 2
"""Drugs and events of a report, the rarest first, that name a block where the whole list would be too many."""
_BATCH = 500_000
_SAMPLE = 128
"""Reports of an item, at even distances, that tell how often another stands beside it."""
_LOOKED_AT_ONCE = 20_000
_SHRINK = 5.0
"""Reports' worth of the overall share that is mixed into the share beside another item."""
_MOST, _RARER = 12, 4
"""Common items of a pair that count, the rarest first, and how many of these the others are looked at beside."""
_COMMON = 0.2
"""Share from which on an item says so little that it does not matter what it stands beside."""


@dataclass(frozen=True)
class Reports:
    """The values of all reports as numbers; -1 where one is not known.

    Attributes:
        count: How many reports.
        values: event_date (a whole day), sex, age (years, below two in months), country, outcomes; int32, (reports,).
        months: The month of the event, known also where the day is not.
        received: Day of receipt; -1 where it is not known.
    """

    count: int
    values: Mapping[str, Codes]
    months: Codes
    received: NDArray[np.int64]


@dataclass(frozen=True)
class Items:
    """The drugs, or the events, of all reports.

    Attributes:
        keys: report * size + item of every row, in order.
        start: Where the rows of a report begin; int64, (reports + 1,).
        item: The item of every row.
        length: Items of each report.
        share: Share of all reports that have each item.
        size: Items there are.
        by_item: The reports of every item, in order, and where those of each begin.
    """

    keys: Whole
    start: Whole
    item: Codes
    length: Whole
    share: Floats
    size: int
    by_item: tuple[Codes, Whole]

    def most(self, weight: Callable[[Floats], Floats]) -> Floats:
        """The most that each report could have in common with another, by the weight of an item from its share."""
        report = np.repeat(np.arange(len(self.length)), self.length)
        found = np.bincount(report, weights=weight(self.share)[self.item], minlength=len(self.length))
        return np.asarray(found, dtype=np.float64)

    def common(self, first: Whole, second: Whole) -> tuple[Whole, Whole]:
        """The items that both reports of each pair have: place of the pair and item, in the order of both."""
        # The shorter list is looked up in the longer one.
        swap = self.length[first] > self.length[second]
        short, long = np.where(swap, second, first), np.where(swap, first, second)
        many = self.length[short]
        pair = np.repeat(np.arange(len(first)), many)
        place = np.repeat(self.start[short] - np.concatenate(([0], np.cumsum(many)[:-1])), many) + np.arange(len(pair))
        item = self.item[place].astype(np.int64)
        found = self.has(long[pair], item)
        return pair[found], item[found]

    def has(self, report: Whole, item: Whole) -> NDArray[np.bool_]:
        """Whether each report has the item beside it."""
        wanted = report * self.size + item
        if not len(self.keys):
            return np.zeros(len(wanted), dtype=bool)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.asarray(self.keys[at] == wanted)


def reports_of(connection: DuckDBPyConnection) -> Reports:
    """The values of `linkage_reports`, in the order of their numbers."""
    # Ages below two years by month, those above by year; the codes of neighbours differ by one.
    age = "CAST(CASE WHEN age_years < 2 THEN floor(age_years * 12) ELSE floor(age_years) + 22 END AS INTEGER)"
    day = "CASE WHEN length({0}) = 10 THEN date_diff('day', DATE '1800-01-01', try_cast({0} AS DATE)) END"
    month = (
        "CASE WHEN length(event_date) >= 7 THEN "
        "try_cast(event_date[1:4] AS INTEGER) * 12 + try_cast(event_date[6:7] AS INTEGER) - 21600 END"
    )
    words = ", ".join(
        f"CASE WHEN {name} IS NULL THEN -1 "
        f"ELSE CAST(dense_rank() OVER (ORDER BY {name} NULLS LAST) - 1 AS INTEGER) END AS {name}"
        for name in ("sex", "country", "outcomes")
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE linkage_values AS SELECT report, "
        f"CAST(coalesce({day.format('event_date')}, -1) AS INTEGER) AS event_date, "
        f"CAST(coalesce({month}, -1) AS INTEGER) AS month, coalesce({age}, -1) AS age, {words}, "
        f"coalesce({day.format('received')}, -1) AS received FROM linkage_reports"
    )
    columns = connection.execute("SELECT * FROM linkage_values ORDER BY report").fetchnumpy()
    names = ("event_date", "sex", "age", "country", "outcomes")
    values = {name: np.asarray(columns[name], dtype=np.int32) for name in names}
    months, received = np.asarray(columns["month"], np.int32), np.asarray(columns["received"], np.int64)
    return Reports(len(months), values, months, received)


def items_of(connection: DuckDBPyConnection, of: str, reports: int) -> Items:
    """The rows of `linkage_report_drug` or `linkage_report_event`."""
    found = connection.execute(
        f"SELECT report, {of} AS item FROM linkage_report_{of} ORDER BY report, {of}"
    ).fetchnumpy()
    report, item = np.asarray(found["report"], dtype=np.int64), np.asarray(found["item"], dtype=np.int32)
    size = int(item.max()) + 1 if len(item) else 1
    length = np.bincount(report, minlength=reports).astype(np.int64)
    counts = np.bincount(item, minlength=size)
    order = np.argsort(item, kind="stable")
    return Items(
        keys=report * size + item,
        start=np.concatenate(([0], np.cumsum(length))),
        item=item,
        length=length,
        share=np.maximum(counts, 1) / max(1, reports),
        size=size,
        by_item=(report[order].astype(np.int32), np.concatenate(([0], np.cumsum(counts)))),
    )


def candidates(connection: DuckDBPyConnection, reports: int, window: int) -> Iterator[tuple[Whole, Whole]]:
    """The pairs to compare, the smaller number first, a batch at a time; a pair may come again in a later batch."""
    for statement in _BLOCKS:
        connection.execute(statement)
    query = connection.execute(
        "SELECT b.block, b.report FROM linkage_blocks b SEMI JOIN (SELECT block FROM linkage_blocks GROUP BY block "
        "HAVING count(*) > 1) m ON m.block = b.block JOIN linkage_order o ON o.report = b.report "
        "ORDER BY b.block, o.place"
    )
    block, report = np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    for batch in query.to_arrow_reader(_BATCH):
        old = len(block)
        block = np.concatenate((block, batch.column("block").to_numpy(zero_copy_only=False)))
        report = np.concatenate((report, batch.column("report").to_numpy(zero_copy_only=False).astype(np.int64)))
        found = []
        for step in range(1, min(window, len(block) - 1) + 1):
            at = np.flatnonzero(block[step:] == block[:-step])
            if not len(at):
                break
            at = at[at + step >= old]
            a, b = report[at], report[at + step]
            found.append(np.minimum(a, b) * reports + np.maximum(a, b))
        keys = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
        for start in range(0, len(keys), _BATCH):
            piece = keys[start : start + _BATCH]
            yield piece // reports, piece % reports
        block, report = block[-window:], report[-window:]


Shared = Mapping[str, tuple[Whole, Whole]]
"""By list: place of the pair and item, as `Items.common` gives them."""


def shares_together(shared: Shared, items: Mapping[str, Items]) -> dict[str, Floats]:
    """The shares of common items, none lower than among the reports of a rarer common item of the pair.

    A reaction that half of the reports of a drug have says little of two reports that both have the drug. Two reports
    are left out of those that were looked at: the pair itself. Of many common items the rarest count and the others
    get a share of 1.
    """
    names = list(shared)
    pair = np.concatenate([shared[name][0] for name in names])
    item = np.concatenate([shared[name][1] for name in names])
    share = np.concatenate([items[name].share[shared[name][1]] for name in names])
    kind = np.repeat(np.arange(len(names)), [len(shared[name][0]) for name in names])
    order = np.lexsort((item, kind, share, pair))
    pair, item, share, kind = pair[order], item[order], share[order], kind[order]
    first = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else np.empty(0, np.intp)
    rank = np.arange(len(pair)) - np.repeat(first, np.diff(np.concatenate((first, [len(pair)]))))
    highest = np.where(rank < _MOST, share, 1.0)
    one, two = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for step in range(1, _MOST):
        same = (pair[step:] == pair[:-step]) & (rank[:-step] < _RARER) & (rank[step:] < _MOST)
        at = np.flatnonzero(same & (share[step:] < _COMMON))
        one.append(at)
        two.append(at + step)
    rare, other = np.concatenate(one), np.concatenate(two)
    for a, of in enumerate(names):
        for b, with_ in enumerate(names):
            at = np.flatnonzero((kind[rare] == a) & (kind[other] == b))
            beside = _beside(items[of], item[rare[at]], items[with_], item[other[at]])
            np.maximum.at(highest, other[at], beside)
    back = np.empty_like(highest)
    back[order] = highest
    ends = np.cumsum([len(shared[name][0]) for name in names])
    return dict(zip(names, np.split(back, ends[:-1]), strict=True))


def _beside(of: Items, rare: Whole, with_: Items, other: Whole) -> Floats:
    """The share of the reports of each rarer item that have the other one too, drawn towards its share in all."""
    keys, back = np.unique(rare * with_.size + other, return_inverse=True)
    rare, other = keys // with_.size, keys % with_.size
    reports, begin = of.by_item
    many = begin[rare + 1] - begin[rare]
    looked = np.minimum(many, _SAMPLE)
    hits = np.zeros(len(keys))
    for start in range(0, len(keys), _LOOKED_AT_ONCE):
        part = slice(start, start + _LOOKED_AT_ONCE)
        count = looked[part]
        which = np.repeat(np.arange(len(count)), count)
        place = np.arange(len(which)) - np.repeat(np.concatenate(([0], np.cumsum(count)[:-1])), count)
        at = begin[rare[part]][which] + place * many[part][which] // count[which]
        found = with_.has(reports[at].astype(np.int64), other[part][which])
        hits[part] = np.bincount(which, weights=found, minlength=len(count))
    share = with_.share[other]
    shrunk = (np.maximum(hits - 2, 0.0) + _SHRINK * share) / (np.maximum(looked - 2, 0) + _SHRINK)
    return np.asarray(np.minimum(shrunk, 1.0)[back.ravel()], dtype=np.float64)


def _rarest(of: str) -> str:
    """The rarest items of each report."""
    return (
        f"CREATE OR REPLACE TEMP TABLE linkage_rare_{of} AS SELECT r.report, r.{of} FROM linkage_report_{of} r JOIN "
        f"(SELECT {of}, count(*) AS n FROM linkage_report_{of} GROUP BY {of}) c ON c.{of} = r.{of} "
        f"QUALIFY row_number() OVER (PARTITION BY r.report ORDER BY c.n, r.{of}) <= {_RAREST}"
    )


def _set(of: str) -> str:
    """One number for all items of a report."""
    return f"SELECT report, bit_xor(hash({of})) AS {of}s FROM linkage_report_{of} GROUP BY report"


_BLOCKS = (
    _rarest("drug"),
    _rarest("event"),
    # Reports that are the same in everything stand next to one another.
    "CREATE OR REPLACE TEMP TABLE linkage_order AS SELECT v.report, d.drugs, e.events, row_number() OVER (ORDER BY "
    "v.event_date, v.month, v.age, v.sex, v.country, d.drugs, e.events, v.outcomes, v.report) AS place "
    f"FROM linkage_values v LEFT JOIN ({_set('drug')}) d ON d.report = v.report "
    f"LEFT JOIN ({_set('event')}) e ON e.report = v.report",
    "CREATE OR REPLACE TEMP TABLE linkage_blocks AS "
    # The same day and drug.
    "SELECT hash(1, v.event_date, d.drug) AS block, v.report FROM linkage_values v JOIN linkage_report_drug d "
    "ON d.report = v.report WHERE v.event_date >= 0 UNION ALL "
    # The same day and event.
    "SELECT hash(2, v.event_date, v.sex, e.event), v.report FROM linkage_values v JOIN linkage_rare_event e "
    "ON e.report = v.report WHERE v.event_date >= 0 UNION ALL "
    # The same day and person, whatever was written of drugs and events.
    "SELECT hash(3, v.event_date, v.age, v.sex, v.country), v.report FROM linkage_values v "
    "WHERE v.event_date >= 0 AND v.age >= 0 UNION ALL "
    # The same drug and event, rare in their reports; of the same person where there are many of them.
    "SELECT unnest([hash(4, d.drug, e.event), hash(5, d.drug, e.event, v.age, v.sex)]), v.report FROM linkage_values v "
    "JOIN linkage_rare_drug d ON d.report = v.report JOIN linkage_rare_event e ON e.report = v.report UNION ALL "
    # The same two events, rare in their reports, whatever was written of drugs.
    "SELECT hash(6, min(event), max(event)), report FROM linkage_rare_event GROUP BY report HAVING count(*) > 1 "
    "UNION ALL "
    # The same drugs and events.
    "SELECT hash(7, drugs, events), report FROM linkage_order",
)
