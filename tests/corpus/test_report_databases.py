"""Loading and counting public reports: extracts of FAERS and AERS, a year of VAERS, CAERS, the example of openEBGM."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow as pa
import pytest

from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.counting import Counts, pairs
from dechallenge.population.loading import load, load_table
from dechallenge.population.store import Store
from dechallenge.population.tables import TableMapping
from tests.shared import shared_path

DATA = shared_path("signals", "data")
EXPECTED = shared_path("signals", "expected")
WRITTEN = Policy(names="as written")


@pytest.fixture(scope="module")
def faers(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load([DATA / "faers_ascii_extracts"], tmp_path_factory.mktemp("faers") / "store", threads=1)


def test_every_line_of_the_provenance_is_read(faers: Store) -> None:
    """Lines are counted there without the header; where the last line has no line break, it is one more row."""
    with (DATA / "PROVENANCE.csv").open(encoding="utf-8") as stream:
        lines = {row["file"]: row for row in csv.DictReader(stream)}
    read = {file.file: file for part in faers.parts() for file in part.files}
    names = [name for name in lines if name.startswith("faers_ascii_extracts/")]
    assert len(names) == 31
    for name in names:
        text = (DATA / name).read_bytes()
        rows = int(lines[name]["lines"]) - 1 + (not text.endswith(b"\n"))
        assert (read[name].rows, read[name].sha256, dict(read[name].aside)) == (rows, lines[name]["sha256"], {}), name
    assert faers.complete


def test_the_reports_of_the_four_extracts(faers: Store) -> None:
    found = {part.name: dict(part.rows) for part in faers.parts()}
    assert {name: rows["reports"] for name, rows in found.items()} == {
        "aers-2004Q1": 100,
        "faers-2017Q2": 100,
        "deleted-2021Q4": 0,
        "faers-2022Q4": 258,
        "faers-2026Q2": 25,
    }
    assert found["deleted-2021Q4"]["deleted"] == 7983
    assert found["faers-2022Q4"]["deleted"] == 3624


def test_the_extracts_can_be_counted(faers: Store, tmp_path: Path) -> None:
    analysis = clean(faers, tmp_path / "set", threads=1)
    counts = analysis.policy["counts"]
    assert counts["rows_of_reports"] == 483
    gone = counts["reports_without_a_counted_drug"] + counts["reports_without_an_event"]
    assert counts["reports"] == 483 - counts["superseded"] - counts["retracted"] - gone
    share = analysis.policy["names"]["resolved_share_of_rows"]
    assert share is not None and share > 0.9
    assert pairs(analysis, threads=1).total == counts["reports"]


def test_a_year_of_vaers(tmp_path: Path) -> None:
    files = [DATA / "vaers2014_vax.csv.gz", DATA / "vaers2014_symptom.csv.gz"]
    store = load(files, tmp_path / "store", threads=1)
    assert store.manifest()["rows"] == {"deleted": 0, "drugs": 47165, "events": 113353, "reports": 34339}
    analysis = clean(store, tmp_path / "set", threads=1)
    # One report has a vaccine and no symptom.
    assert analysis.total == 34338
    assert analysis.policy["counts"]["reports_without_an_event"] == 1
    vaccines: dict[str, set[str]] = {}
    symptoms: dict[str, set[str]] = {}
    for name, found, key in ((files[0], vaccines, "vax_name"), (files[1], symptoms, "symptom")):
        with gzip.open(name, "rt", encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                found.setdefault(row[key], set()).add(row["vaers_id"])
    both = set.union(*vaccines.values()) & set.union(*symptoms.values())
    counts = pairs(analysis, least=20, threads=1)
    rows = counts.named().to_pylist()
    assert len(rows) > 500
    for row in rows[:: max(1, len(rows) // 40)]:
        drug, event = vaccines[row["drug"]] & both, symptoms[row["event"]] & both
        assert (row["n"], row["n_drug"], row["n_event"]) == (len(drug & event), len(drug), len(event)), row


def caers(folder: Path) -> AnalysisSet:
    mapping = TableMapping("id", "var1", "var2", sex="strat1", source="CAERS")
    store = load_table(DATA / "openebgm_caers.csv.gz", folder / "store", mapping, threads=1)
    return clean(store, folder / "set", WRITTEN, threads=1)


def test_caers_has_the_counts_of_openebgm(tmp_path: Path) -> None:
    from pyarrow import parquet

    expected = json.loads((EXPECTED / "openebgm_caers.json").read_text(encoding="utf-8"))["counts"]
    analysis = caers(tmp_path)
    counts = pairs(analysis, threads=1)
    assert (counts.total, counts.table.num_rows) == (expected["unique_ids"], expected["pairs"])
    scores = parquet.read_table(EXPECTED / "openebgm_caers_scores.parquet").to_pylist()
    theirs = {(row["var1"], row["var2"]): (row["N"], row["E"]) for row in scores}
    for row in counts.named().to_pylist():
        n, e = theirs.pop((row["drug"], row["event"]))
        assert row["n"] == n
        assert row["n_drug"] * row["n_event"] / counts.total == pytest.approx(e, rel=1e-12)
    assert not theirs


def test_caers_by_stratum_has_the_expected_counts_of_openebgm(tmp_path: Path) -> None:
    from pyarrow import parquet

    counts = pairs(caers(tmp_path), strata=("sex",), threads=1)
    scores = parquet.read_table(EXPECTED / "openebgm_caers_scores_stratified.parquet").to_pylist()
    theirs = {(row["var1"], row["var2"]): (row["N"], row["E"]) for row in scores}
    ours = by_stratum(counts)
    assert ours.keys() == theirs.keys()
    for pair, (n, e) in theirs.items():
        assert ours[pair] == (n, pytest.approx(e, rel=1e-12))


def by_stratum(counts: Counts) -> dict[tuple[str, str], tuple[int, float]]:
    """Reports and expected reports of each pair, summed over the strata."""
    found: dict[tuple[str, str], tuple[int, float]] = {}
    for row in counts.named().to_pylist():
        n, e = found.get((row["drug"], row["event"]), (0, 0.0))
        here = row["n_drug"] * row["n_event"] / row["n_stratum"]
        found[row["drug"], row["event"]] = n + row["n"], e + here
    return found


def test_the_toy_of_openebgm_with_and_without_strata(tmp_path: Path) -> None:
    toy = json.loads((EXPECTED / "openebgm_toy.json").read_text(encoding="utf-8"))
    columns = dict(zip(toy["columns"], map(list, zip(*toy["rows"], strict=True)), strict=True))
    mapping = TableMapping("id", "var1", "var2", sex="strat1", age_band="strat2")
    store = load_table(pa.table(columns), tmp_path / "store", mapping, threads=1)
    counts = pairs(clean(store, tmp_path / "set", WRITTEN, threads=1), threads=1)
    found = [
        (r["drug"], r["event"], r["n"], pytest.approx(r["n_drug"] * r["n_event"] / counts.total, abs=5e-8))
        for r in counts.named().to_pylist()
    ]
    assert [tuple(row[:4]) for row in toy["unstratified"]["rows"]] == found
    strata = pairs(counts.analysis, strata=("sex", "age_band"), threads=1)
    ours = by_stratum(strata)
    for drug, event, n, e, *_ in toy["stratified_strat1_strat2"]["rows"]:
        assert ours.pop((drug, event)) == (n, pytest.approx(e, abs=5e-8))
    assert not ours
