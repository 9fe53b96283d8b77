"""Counting distinct reports from tables of users: margins, strata, two drugs, quarters, frames of three libraries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dechallenge.errors import InputError
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.counting import Three, by_quarter, pairs, three
from dechallenge.population.loading import load_table
from dechallenge.population.synthetic import Shape, generate, planted
from dechallenge.population.tables import TableMapping

# report, drug, event, sex, quarter: six reports; r1 names a twice and x twice, r5 has no event.
ROWS = [
    ("r1", "a", "x", "F", "2020Q1"),
    ("r1", "a", "x", "F", "2020Q1"),
    ("r1", "a", "y", "F", "2020Q1"),
    ("r1", "b", "x", "F", "2020Q1"),
    ("r2", "a", "x", "M", "2020Q2"),
    ("r3", "b", "y", "F", "2020Q2"),
    ("r4", "b", "x", None, "2021Q1"),
    ("r5", "a", None, "F", "2021Q1"),
    ("r6", "c", "y", "M", None),
]
MAPPING = TableMapping("id", "drug", "event", sex="sex", quarter="quarter")


def table_of(rows: list[tuple[Any, ...]]) -> Any:
    columns = list(zip(*rows, strict=True))
    return pa.table(dict(zip(("id", "drug", "event", "sex", "quarter"), map(list, columns), strict=True)))


def analysed(folder: Path, rows: list[tuple[Any, ...]], mapping: TableMapping = MAPPING) -> AnalysisSet:
    store = load_table(table_of(rows), folder / "store", mapping, threads=1)
    return clean(store, folder / "set", Policy(names="as written"), threads=1)


@pytest.fixture
def small(tmp_path: Path) -> AnalysisSet:
    return analysed(tmp_path, ROWS)


def test_reports_are_counted_not_rows(small: AnalysisSet) -> None:
    counts = pairs(small, threads=1)
    assert counts.total == 5
    assert counts.named().to_pylist() == [
        {"drug": "a", "event": "x", "n": 2, "n_drug": 2, "n_event": 3},
        {"drug": "a", "event": "y", "n": 1, "n_drug": 2, "n_event": 3},
        {"drug": "b", "event": "x", "n": 2, "n_drug": 3, "n_event": 3},
        {"drug": "b", "event": "y", "n": 2, "n_drug": 3, "n_event": 3},
        {"drug": "c", "event": "y", "n": 1, "n_drug": 1, "n_event": 3},
    ]
    assert counts.drugs.to_pydict() == {"drug": [0, 1, 2], "n": [2, 3, 1]}
    assert counts.policy["counts"]["reports_without_an_event"] == 1


def test_least_and_chosen_pairs_keep_the_margins(small: AnalysisSet) -> None:
    assert pairs(small, least=2, threads=1).table.column("n").to_pylist() == [2, 2, 2]
    chosen = pairs(small, drugs=[1], events=[0], threads=1)
    assert chosen.table.to_pylist() == [{"drug": 1, "event": 0, "n": 2, "n_drug": 3, "n_event": 3}]
    assert chosen.total == 5


def test_strata_have_margins_of_their_own(small: AnalysisSet) -> None:
    found = pairs(small, strata=("sex",), threads=1).named().to_pylist()
    assert found[0] == {"drug": "a", "event": "x", "sex": "F", "n": 1, "n_drug": 1, "n_event": 1, "n_stratum": 2}
    unknown = [row for row in found if row["sex"] == "unknown"]
    assert unknown == [{"drug": "b", "event": "x", "sex": "unknown", "n": 1, "n_drug": 1, "n_event": 1, "n_stratum": 1}]
    # `least` looks at a pair as a whole, so that no stratum of a kept pair is lost.
    assert [row["n"] for row in pairs(small, strata=("sex",), least=2, threads=1).table.to_pylist()] == [1, 1, 1, 1, 2]
    years = pairs(small, strata=("year", "sex"), threads=1).table
    assert sum(years.column("n").to_pylist()) == 8


def test_a_stratum_without_the_pair_has_a_row_where_it_has_both(tmp_path: Path) -> None:
    rows = [("r1", "a", "x", "F", "2020Q1"), ("r2", "a", "y", "M", "2020Q1"), ("r3", "b", "x", "M", "2020Q1")]
    found = pairs(analysed(tmp_path, rows), strata=("sex",), threads=1).named().to_pylist()
    assert [row for row in found if (row["drug"], row["event"]) == ("a", "x")] == [
        {"drug": "a", "event": "x", "sex": "F", "n": 1, "n_drug": 1, "n_event": 1, "n_stratum": 1},
        {"drug": "a", "event": "x", "sex": "M", "n": 0, "n_drug": 1, "n_event": 1, "n_stratum": 2},
    ]


def test_a_wrong_stratum(small: AnalysisSet) -> None:
    with pytest.raises(InputError, match="'colour' is not a stratum"):
        pairs(small, strata=("colour",))
    with pytest.raises(InputError, match="there twice"):
        pairs(small, strata=("sex", "sex"))
    with pytest.raises(InputError, match="not a memory limit"):
        pairs(small, memory_limit="much")
    with pytest.raises(InputError, match="too small"):
        pairs(small, memory_limit="100KB")
    with pytest.raises(InputError, match="at least one report"):
        pairs(small, least=0)


def test_two_drugs_and_an_event(small: AnalysisSet) -> None:
    assert three(small, 0, 1, 0, threads=1) == Three(1, 0, 1, 0, 1, 1, 0, 1)
    with pytest.raises(InputError, match="both drugs are the same"):
        three(small, 0, 0, 0)


def test_quarters(small: AnalysisSet) -> None:
    assert by_quarter(small, 1, 0, threads=1).to_pylist() == [
        {"quarter": "2020Q1", "n": 1, "n_drug": 1, "n_event": 1, "n_quarter": 1},
        {"quarter": "2020Q2", "n": 0, "n_drug": 1, "n_event": 1, "n_quarter": 2},
        {"quarter": "2021Q1", "n": 1, "n_drug": 1, "n_event": 1, "n_quarter": 1},
        {"quarter": "unknown", "n": 0, "n_drug": 0, "n_event": 0, "n_quarter": 1},
    ]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_other_libraries(tmp_path: Path, small: AnalysisSet, library: str) -> None:
    module = pytest.importorskip(library)
    table = table_of(ROWS)
    frame = table.to_pandas() if library == "pandas" else module.from_arrow(table)
    store = load_table(frame, tmp_path / "frame", MAPPING, threads=1)
    other = clean(store, tmp_path / "frame-set", Policy(names="as written"), threads=1)
    assert pairs(other, threads=1).table.equals(pairs(small, threads=1).table)


def test_a_csv_with_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        'id;drug;event\n1;a;x\n2;"a;b\nc";y\n3;a\n4;a;x;;\n;a;x\n5;a;"not closed\n6;a;x\n', encoding="utf-8"
    )
    store = load_table(path, tmp_path / "store", TableMapping("id", "drug", "event"), threads=1)
    assert [(row.line, row.reason) for row in store.set_aside()] == [
        (5, "too few fields"),
        (8, "a quotation mark that is not closed"),
        (0, "no report in the row"),
    ]
    assert store.manifest()["repaired"] == {"empty fields behind the last one dropped": 1}
    assert store.manifest()["rows"] == {"deleted": 0, "drugs": 4, "events": 4, "reports": 4}


def test_several_events_in_one_field(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text('id,drug,events\n1,a,"x, y"\n2,"a, or b",x\n', encoding="utf-8")
    mapping = TableMapping("id", "drug", "events", event_separator=",")
    store = load_table(path, tmp_path / "store", mapping, threads=1)
    analysis = clean(store, tmp_path / "set", Policy(names="as written"), threads=1)
    assert [(r["drug"], r["event"]) for r in pairs(analysis, threads=1).named().to_pylist()] == [
        ("a", "x"),
        ("a", "y"),
        ("a, or b", "x"),
    ]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("id,drug,event\n1,a,x\n2,a", "ends in the middle of a row"),
        ("id,drug,reaction\n1,a,x\n", "has no column event"),
        ("", "the file is empty"),
        ("id\n1\n", "names one column only"),
    ],
)
def test_a_table_that_cannot_be_read(tmp_path: Path, text: str, cause: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=cause):
        load_table(path, tmp_path / "store", TableMapping("id", "drug", "event"), threads=1)
    assert not (tmp_path / "store").exists()


def test_a_parquet_file_that_is_cut_off(tmp_path: Path) -> None:
    from pyarrow import parquet

    path = tmp_path / "mine.parquet"
    parquet.write_table(table_of(ROWS), path)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(InputError, match="the Parquet file cannot be read"):
        load_table(path, tmp_path / "store", MAPPING, threads=1)


def test_what_is_not_a_table(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a int is not a table"):
        load_table(7, tmp_path / "store", MAPPING)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="neither a drug nor an event"):
        load_table(table_of(ROWS), tmp_path / "store", TableMapping("id"))


def test_planted_pairs_stand_out(tmp_path: Path) -> None:
    shape = Shape(reports=20_000, drugs=50, events=80, planted=5, seed=3)
    analysis = generate(shape, tmp_path / "made")
    table = pairs(analysis, threads=1).table.to_pydict()
    ratio = {
        (d, e): n * analysis.total / (a * b)
        for d, e, n, a, b in zip(*(table[k] for k in ("drug", "event", "n", "n_drug", "n_event")), strict=True)
    }
    strongest = max(planted(shape), key=lambda pair: pair.share)
    assert ratio[strongest.drug, strongest.event] > 1.5
    again = generate(shape, tmp_path / "again")
    assert again.path("report_event").read_bytes() == analysis.path("report_event").read_bytes()
    assert analysis.total == 20_000


def test_an_analysis_set_that_is_not_whole(tmp_path: Path) -> None:
    analysis = generate(Shape(reports=100, drugs=5, events=5, planted=1), tmp_path / "made")
    analysis.path("report_event").unlink()
    with pytest.raises(InputError, match="not whole: report_event"):
        AnalysisSet.open(tmp_path / "made")
    with pytest.raises(InputError, match="the folder exists"):
        generate(Shape(reports=100), tmp_path / "made")
    with pytest.raises(InputError, match=r"policy\.json is missing"):
        AnalysisSet.open(tmp_path)
