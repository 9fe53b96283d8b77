"""`dechallenge score`: a table of typed facts in, the scored table out; what cannot be used is named."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import dechallenge
from dechallenge import DechallengeError, instruments
from dechallenge.logic.typed import asked_terms
from tests.functional.command import run

pytest.importorskip("ibis", reason="Ibis is not installed")

HEAD = "id,latency,latency_low,latency_high,rechallenge,toxic_level\n"
GOOD = HEAD + "a,4,,,positive,\nb,,3,9,positive|negative,yes\nc,,,,,\n"


def table(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_every_row_comes_back_with_its_result(tmp_path: Path) -> None:
    answer = run("score", "naranjo-1981", table(tmp_path / "facts.csv", GOOD))
    assert (answer.code, answer.err) == (0, "")
    first, second, third = rows(answer.out)
    expected = instruments.naranjo_1981.score(latency=4, rechallenge="positive")
    assert (first["score"], first["low"], first["high"]) == (str(expected.score), str(expected.low), str(expected.high))
    assert (first["id"], first["category"], first["applicable"], first["entry"]) == ("a", "possible", "true", "met")
    expected = instruments.naranjo_1981.score(latency=(3, 9), toxic_level=True)
    assert (second["score"], second["category"]) == (str(expected.score), expected.category)
    expected = instruments.naranjo_1981.score()
    assert (third["low"], third["high"]) == (str(expected.low), str(expected.high))


def test_what_cannot_be_used_is_named_and_the_rest_scored(tmp_path: Path) -> None:
    text = (
        "id,latncy,latency,rechallenge,latency_low,latency_high\n1,3,4,positive,,\n2,3,x,positive,,\n"
        "3,,,perhaps,,\n4,,,,9,3\n5,,99999,,,\n"
    )
    facts = table(tmp_path / "facts.csv", text)
    answer = run("score", "naranjo-1981", facts)
    assert answer.code == 1
    assert "latncy" in answer.err and "Did you mean 'latency'?" in answer.err
    for row, field in ((2, "latency"), (3, "rechallenge"), (4, "latency"), (5, "latency")):
        assert f"{facts}, row {row}: {field}: " in answer.err
    assert "row 1:" not in answer.err
    found = rows(answer.out)
    assert [row["score"] != "" for row in found] == [True, False, False, False, False]
    assert [row["problem"] == "" for row in found] == [True, False, False, False, False]
    assert "not done" in found[2]["problem"]


@pytest.mark.parametrize("ending", [".csv", ".json", ".parquet"])
def test_every_kind_of_file_can_be_written_and_read(tmp_path: Path, ending: str) -> None:
    facts = table(tmp_path / "facts.csv", GOOD)
    first = tmp_path / f"scored{ending}"
    answer = run("score", "naranjo-1981", facts, "-o", first)
    assert (answer.code, answer.out, answer.err) == (0, "", "")
    expected = dechallenge.score_table("naranjo-1981", facts).to_dicts()
    # The scored table is a table of facts again, for another instrument, once the results have other names.
    assert [row["score"] for row in expected] == [4.0, 3.0, 0.0]
    again = dechallenge.score_table("who-umc", first_columns(first, tmp_path / f"again{ending}"))
    assert [row["id"] for row in again.to_dicts()] == ["a", "b", "c"]


def first_columns(source: Path, target: Path) -> Path:
    """The facts of a scored file alone, in the same kind of file."""
    import ibis

    connection = ibis.duckdb.connect()
    read = {".csv": connection.read_csv, ".json": connection.read_json, ".parquet": connection.read_parquet}
    found = read[source.suffix](source).select("id", "latency", "rechallenge")
    if target.suffix == ".json":
        target.write_text(json.dumps(connection.to_pyarrow(found).to_pylist()), encoding="utf-8")
    elif target.suffix == ".csv":
        connection.to_csv(found, target)
    else:
        connection.to_parquet(found, target)
    return target


def test_json_in_and_out(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps([{"latency": [3, 9], "toxic_level": True}, {"latency": 4}]), encoding="utf-8")
    answer = run("score", "naranjo-1981", facts, "--json")
    assert answer.code == 0
    expected = instruments.naranjo_1981.score(latency=(3, 9), toxic_level=True)
    assert answer.json[0]["score"] == expected.score
    assert (answer.json[0]["low"], answer.json[0]["high"]) == (expected.low, expected.high)


def test_without_ranges_there_are_none(tmp_path: Path) -> None:
    answer = run("score", "naranjo-1981", table(tmp_path / "facts.csv", GOOD), "--no-ranges")
    assert "low" not in rows(answer.out)[0] and rows(answer.out)[0]["score"] == "4"


@pytest.mark.parametrize("name", ["rucam-2016", "naranjo-1981", "ctcae-6"])
def test_the_template_names_every_fact_and_is_itself_a_table(tmp_path: Path, name: str) -> None:
    answer = run("score", name, "--template")
    assert answer.code == 0
    for term in asked_terms(instruments.get(name)):
        assert f"# {term}: " in answer.out
    scored = run("score", name, table(tmp_path / "facts.csv", answer.out))
    assert (scored.code, scored.err) == (0, "")
    described = run("score", name, "--template", "--json").json
    assert [fact["name"] for fact in described["facts"]] == list(asked_terms(instruments.get(name)))
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(described), encoding="utf-8")
    empty = run("score", name, facts, "--json")
    assert (empty.code, len(empty.json)) == (0, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "there is no such file"), ("", "has no header"), ("id,score\n1,2\n", "already has a column of this name")],
)
def test_a_table_that_cannot_be_read_is_told(tmp_path: Path, text: str | None, said: str) -> None:
    facts = tmp_path / "facts.csv"
    if text is not None:
        table(facts, text)
    answer = run("score", "naranjo-1981", facts)
    assert answer.code in (1, 2) and said in answer.err and "internal" not in answer.err


def test_wrong_usage(tmp_path: Path) -> None:
    assert run("score", "naranjo-1981").code == 2
    assert "Did you mean" in run("score", "naranjo", tmp_path / "x.csv").err
    facts = table(tmp_path / "facts.csv", GOOD)
    assert run("score", "naranjo-1981", facts, "-o", facts).code == 2
    assert run("score", "naranjo-1981", facts, "-o", tmp_path / "out.docx").code == 2


FACTS: list[dict[str, Any]] = [{"id": 1, "latency": 4.0, "rechallenge": "positive"}, {"id": 2, "latency": None}]


def test_python_takes_rows_frames_and_arrow_tables() -> None:
    import pandas as pd
    import pyarrow as pa

    for facts in (FACTS, pd.DataFrame(FACTS), pa.Table.from_pylist(FACTS)):
        scored = dechallenge.score_table(instruments.naranjo_1981, facts)
        assert [row["score"] for row in scored.to_dicts()] == [4.0, 0.0]
        assert scored.problems() == []
        assert list(scored.to_pandas()["category"]) == ["possible", "doubtful"]
    with pytest.raises(DechallengeError, match="this is no table"):
        dechallenge.score_table("naranjo-1981", object())
