"""A dataset says the same whatever its layout; the order of rows and columns is nothing; no bytes make it fall over."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dechallenge.case import Case
from dechallenge.errors import InputError
from dechallenge.formats import datasets
from tests.trial import people
from tests.trial_tables import WRITERS, long_csv

SUBJECTS = people(60)
_QUOTED = ("evidence", "text", "document", "report")


def bare(value: Any) -> Any:
    """A case without what differs between files: cells, and words as they were written there."""
    if isinstance(value, dict):
        return {k: bare(v) for k, v in value.items() if not k.endswith("evidence") and k not in _QUOTED}
    return [bare(v) for v in value] if isinstance(value, list | tuple) else value


def cases(paths: list[Path]) -> dict[str, Any]:
    dataset = datasets.recognise(paths)
    assert dataset is not None
    reading = datasets.read(dataset, datasets.mapping(dataset))
    assert reading.problems == ()
    return {case.report.sender_id: bare(case.model_dump() | {"id": ""}) for case in reading.cases}


@pytest.fixture(scope="module")
def plainly(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    found = cases(long_csv(tmp_path_factory.mktemp("long"), SUBJECTS))
    assert len(found) == len(SUBJECTS)
    return found


@pytest.mark.parametrize("layout", [name for name in WRITERS if name != "long"])
def test_every_layout_gives_the_same_cases(layout: str, plainly: dict[str, Any], tmp_path: Path) -> None:
    if layout == "workbook":
        pytest.importorskip("openpyxl")
    if layout == "parquet":
        pytest.importorskip("pyarrow")
    assert cases(WRITERS[layout](tmp_path, SUBJECTS)) == plainly


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_and_columns_is_nothing(seed: int, plainly: dict[str, Any], tmp_path: Path) -> None:
    """Values of one day keep their order, as a file gives no other."""
    rng = random.Random(seed)
    made = []
    for path in long_csv(tmp_path, SUBJECTS):
        with path.open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file))
        if path.name == "labs.csv":
            days = sorted({(row[0], row[1]) for row in rows})
            rng.shuffle(days)
            rows = [row for day in days for row in rows if (row[0], row[1]) == day]
        else:
            rng.shuffle(rows)
        order = rng.sample(range(len(head)), len(head))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[row[i] for i in order] for row in (head, *rows)])
        made.append(path)
    assert cases(made) == plainly


def test_a_stream_gives_what_reading_gives(tmp_path: Path) -> None:
    dataset = datasets.recognise(long_csv(tmp_path, SUBJECTS))
    assert dataset is not None
    streamed = [one for one in datasets.stream(dataset) if isinstance(one, Case)]
    assert tuple(streamed) == datasets.read(dataset).cases


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=4, unique=True), file=NAMES)
def test_any_name_of_a_column_survives_the_mapping_file(names: list[str], file: str) -> None:
    """What is shown can be given back, whatever a file and its columns are called."""
    columns = tuple(datasets.Column(name, "subject" if i == 0 else "lab.value") for i, name in enumerate(names))
    unread = (*columns, datasets.Column(names[0] + "?"))
    shown = datasets.Mapping(
        (datasets.TableMapping(file, "sheet\n1", unread),),
        (datasets.Question(file, names[-1], names[0]),),
        {names[0]: 3},
    )
    (table,) = datasets.given(shown.yaml()).tables
    assert (table.file, table.sheet) == (file, "sheet\n1")
    assert {name: column.field for name, column in table.columns.items()} == {c.name: c.field for c in columns}


ROWS = (
    b"USUBJID,LBTESTCD,LBORRES,LBORRESU,LBORNRLO,LBORNRHI,LBDTC\nS1,ALT,200,U/L,5,40,2021-03-04\nS2,ALT,<5,U/L,5,40,\n"
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bytes_make_it_fall_over(data: st.DataObject, tmp_path: Path) -> None:
    """Cells cut, swapped and filled with anything: cases, problems, or an error that says what to do."""
    made = bytearray(ROWS)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(made)))
        size = data.draw(st.integers(0, 8))
        made[at : at + size] = data.draw(st.binary(max_size=8) | st.sampled_from([b"\n", b",", b'"', b"-1", b"1,5"]))
    path = tmp_path / "lb.csv"
    path.write_bytes(bytes(made))
    try:
        dataset = datasets.open_tables([path])
        reading = datasets.read(dataset)
    except InputError as error:
        assert error.cause and error.next_step
        return
    assert not [p for p in reading.problems if p.kind == "internal"]
    assert len({case.report.sender_id for case in reading.cases}) == len(reading.cases)
