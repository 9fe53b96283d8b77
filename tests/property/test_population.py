"""What must hold for the counts, and for the links, of any set of reports."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dechallenge.population import linkage
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.counting import Counts, pairs, three
from dechallenge.population.loading import load_table
from dechallenge.population.tables import TableMapping

Row = tuple[int, str, str, str]
ROWS = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("FM")),
    min_size=1,
    max_size=30,
)
# Each example makes a store and a set of reports on the disk.
FEW = settings(max_examples=max(6, (settings.default.max_examples - 40) // 10 if settings.default else 6))


def counted(rows: Sequence[Row], **asked: Any) -> Counts:
    folder = Path(tempfile.mkdtemp())
    columns = dict(zip(("id", "drug", "event", "sex"), map(list, zip(*rows, strict=True)), strict=True))
    mapping = TableMapping("id", "drug", "event", sex="sex")
    store = load_table(pa.table(columns), folder / "store", mapping, threads=1)
    return pairs(clean(store, folder / "set", Policy(names="as written"), threads=1), threads=1, **asked)


def by_name(counts: Counts) -> dict[tuple[str, ...], tuple[int, int, int]]:
    return {
        (row["drug"], row["event"]): (row["n"], row["n_drug"], row["n_event"]) for row in counts.named().to_pylist()
    }


@FEW
@given(ROWS)
def test_counts_are_those_of_sets_of_reports(rows: list[Row]) -> None:
    counts = counted(rows)
    drugs = {d: {r for r, drug, _, _ in rows if drug == d} for d in "abc"}
    events = {e: {r for r, _, event, _ in rows if event == e} for e in "xyz"}
    expected = {
        (d, e): (len(drugs[d] & events[e]), len(drugs[d]), len(events[e]))
        for d in "abc"
        for e in "xyz"
        if drugs[d] & events[e]
    }
    assert by_name(counts) == expected
    assert counts.total == len({row[0] for row in rows})


@FEW
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_repeated_rows_do_not_matter(rows: list[Row], random: Any) -> None:
    shuffled = [*rows, *rows[:3]]
    random.shuffle(shuffled)
    assert by_name(counted(shuffled)) == by_name(counted(rows))


@FEW
@given(ROWS, st.integers(2, 4))
def test_every_report_several_times_scales_all_counts(rows: list[Row], times: int) -> None:
    one, many = counted(rows), counted([(r + 100 * k, d, e, s) for k in range(times) for r, d, e, s in rows])
    assert by_name(many) == {pair: (times * a, times * b, times * c) for pair, (a, b, c) in by_name(one).items()}
    assert many.total == times * one.total


@FEW
@given(ROWS)
def test_a_drug_on_every_report_has_ratio_one(rows: list[Row]) -> None:
    counts = counted([*rows, *((r, "everywhere", e, s) for r, _, e, s in rows)])
    found = by_name(counts)
    assert all(n * counts.total == a * b for (drug, _), (n, a, b) in found.items() if drug == "everywhere")


@FEW
@given(ROWS)
def test_one_stratum_is_the_crude_count_and_strata_add_up(rows: list[Row]) -> None:
    same = [(r, d, e, "F") for r, d, e, _ in rows]
    crude, one = counted(same), counted(same, strata=("sex",))
    assert one.table.drop_columns(["sex", "n_stratum"]).to_pylist() == crude.table.to_pylist()
    assert set(one.table.column("n_stratum").to_pylist()) == {crude.total}
    of_report = {r: s for r, _, _, s in rows}
    settled = [(r, d, e, of_report[r]) for r, d, e, _ in rows]
    strata = counted(settled, strata=("sex",)).named().to_pylist()
    summed: dict[tuple[str, str], int] = {}
    for row in strata:
        summed[row["drug"], row["event"]] = summed.get((row["drug"], row["event"]), 0) + row["n"]
    assert summed == {pair: n for pair, (n, _, _) in by_name(crude).items()}


@FEW
@given(ROWS)
def test_the_eight_cells_add_up_to_the_pairs(rows: list[Row]) -> None:
    counts = counted(rows)
    numbers = [counts.analysis.number("drug", name) for name in "ab"]
    event = counts.analysis.number("event", "x")
    if numbers[0] is None or numbers[1] is None or event is None:
        return
    cells = three(counts.analysis, numbers[0], numbers[1], event, threads=1)
    found = by_name(counts)
    assert cells.n111 + cells.n101 == found.get(("a", "x"), (0,))[0]
    assert cells.n111 + cells.n011 == found.get(("b", "x"), (0,))[0]
    total = sum(getattr(cells, f"n{a}{b}{c}") for a in (0, 1) for b in (0, 1) for c in (0, 1))
    assert total == counts.total


DAYS = st.sampled_from((None, "2020-01-05", "2020-01-06", "2020-02", "2021-03-09"))
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from("wxyz"),
        DAYS,
        st.sampled_from((None, "F", "M")),
        st.sampled_from((None, "30", "31", "64")),
        st.sampled_from((None, "US", "FR")),
    ),
    min_size=1,
    max_size=14,
)
Person = tuple[str, str, str | None, str | None, str | None, str | None]


def linked(
    people: Sequence[tuple[str, Person]], rule: linkage.Rule | None = None
) -> dict[tuple[str, str], dict[str, Any]]:
    """The links between reports that are given with their names."""
    from pyarrow import parquet

    folder = Path(tempfile.mkdtemp())
    names = ("drug", "event", "date", "sex", "age", "country")
    columns: dict[str, Any] = {"id": [name for name, _ in people]}
    columns |= {field: pa.array([one[i] for _, one in people], pa.string()) for i, field in enumerate(names)}
    mapping = TableMapping("id", "drug", "event", event_date="date", sex="sex", age_years="age", country="country")
    store = load_table(pa.table(columns), folder / "store", mapping, threads=1)
    analysis = clean(store, folder / "set", Policy(names="as written"), threads=1)
    ids = parquet.read_table(analysis.path("reports")).sort_by("report").column("report_id").to_pylist()
    found = {}
    for row in linkage.link(analysis, rule).pairs.to_pylist():
        first, second = ids[row.pop("first")], ids[row.pop("second")]
        found[min(first, second), max(first, second)] = row
    return found


@FEW
@given(PEOPLE, st.randoms(use_true_random=False))
def test_links_do_not_depend_on_the_order_of_rows(people: list[Person], random: Any) -> None:
    named = [(f"r{i}", one) for i, one in enumerate([*people, *people[:3]])]
    soon = linkage.Rule(share=0.9, certainty=0.1)
    shuffled = [*named]
    random.shuffle(shuffled)
    assert linked(shuffled, soon) == linked(named, soon)


@FEW
@given(PEOPLE, st.data())
def test_reports_that_are_the_same_and_whole_are_always_linked(people: list[Person], data: st.DataObject) -> None:
    whole = tuple(
        data.draw(st.sampled_from(values))
        for values in ("abcd", "wxyz", ("2020-01-05", "2021-03-09"), "FM", ("30", "64"), ("US", "FR"))
    )
    named = [*((f"r{i}", one) for i, one in enumerate(people)), ("own", whole), ("copy", whole)]
    row = linked(named)["copy", "own"]
    assert row["agree"] == ["event_date", "sex", "age", "country", "drugs", "events"]


@FEW
@given(PEOPLE)
def test_what_is_missing_weighs_nothing(people: list[Person]) -> None:
    for row in linked(
        [(f"r{i}", one) for i, one in enumerate(people)], linkage.Rule(share=0.9, certainty=0.1)
    ).values():
        assert all(row[f"weight_{name}"] == 0 for name in row["unknown"])
        assert row["weight"] == pytest.approx(sum(row[f"weight_{name}"] for name in linkage.FIELDS), abs=1e-5)


@FEW
@given(st.integers(2, 6), st.integers(1, 20))
def test_a_rare_agreement_outweighs_a_common_one(rare: int, more: int) -> None:
    """Two pairs that agree in everything; the drug of one has `rare` reports, that of the other `more` beside."""
    filler: Person = ("filler", "w", None, None, None, None)
    many = [("common", "x", None, None, None, None)] * (rare + more) + [("rare", "x", None, None, None, None)] * rare
    own: list[Person] = [("rare", "y", "2020-01-05", "F", "30", "US"), ("common", "z", "2020-01-05", "F", "30", "US")]
    named = [(f"f{i}", one) for i, one in enumerate([*[filler] * 30, *many])]
    named += [(f"{'rc'[i]}{k}", one) for i, one in enumerate(own) for k in (1, 2)]
    found = linked(named)
    assert found["r1", "r2"]["weight_drugs"] > found["c1", "c2"]["weight_drugs"]
