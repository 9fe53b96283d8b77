"""Cleaning: what is left out and why, with its count; names; the reports behind a pair."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dechallenge.errors import InputError
from dechallenge.population.analysis_set import AnalysisSet
from dechallenge.population.cleaning import Policy, clean
from dechallenge.population.counting import pairs
from dechallenge.population.details import details
from dechallenge.population.loading import load
from dechallenge.population.names import Names
from dechallenge.population.store import Store
from tests.unit.population_files import AERS, DELETED, FAERS, write_quarter


@pytest.fixture
def store(tmp_path: Path) -> Store:
    write_quarter(tmp_path / "in", "2009Q2", AERS)
    write_quarter(tmp_path / "in", "2014Q1", FAERS)
    return load([tmp_path / "in"], tmp_path / "store", threads=1)


def named(analysis: AnalysisSet) -> dict[tuple[str, str], int]:
    table = pairs(analysis, threads=1).named().to_pydict()
    return {(d, e): n for d, e, n in zip(table["drug"], table["event"], table["n"], strict=True)}


def test_the_usual_policy(store: Store, tmp_path: Path) -> None:
    analysis = clean(store, tmp_path / "set", threads=1)
    assert named(analysis) == {
        ("anakinra", "Hepatitis"): 1,
        ("anakinra", "Pyrexia"): 1,
        ("amoxicillin", "RASH"): 1,
        ("clavulanic acid", "RASH"): 1,
        ("zzunknownol", "Hepatitis"): 1,
        ("methotrexate", "Neutropenia"): 1,
        ("canakinumab", "Neutropenia"): 1,
        ("paracetamol", "Neutropenia"): 1,
        ("paracetamol", "Nausea"): 2,
        ("hydrocodone", "Nausea"): 2,
    }
    counts = analysis.policy["counts"]
    assert counts["rows_of_reports"] == 10
    # One case in both layouts, one with two versions: two reports are superseded.
    assert (counts["superseded"], counts["cases_in_both_layouts"], counts["without_a_case_number"]) == (2, 1, 2)
    # The last report names a concomitant drug only.
    assert (counts["reports_without_a_counted_drug"], counts["reports"], analysis.total) == (1, 7, 7)
    assert analysis.policy["names"]["rows"] == {"lexicon": 6, "lexicon, shortened": 1, "own name": 1}
    assert analysis.policy["names"]["resolved_share_of_rows"] == 0.875


def test_every_report_is_accounted_for(store: Store, tmp_path: Path) -> None:
    for number, policy in enumerate((Policy(), Policy(roles=("PS",)), Policy(versions="all"), Policy(linked="remove"))):
        analysis = clean(store, tmp_path / f"set{number}", policy, threads=1)
        counts = analysis.policy["counts"]
        gone = ("of_other_sources", "same_report_twice", "superseded", "reports_without_a_counted_drug")
        left = counts["rows_of_reports"] - sum(counts[key] for key in gone) - counts["reports_without_an_event"]
        assert left - counts["retracted"] - analysis.policy["linked"]["removed"] == counts["reports"] == analysis.total


def test_reports_without_a_case_number_are_never_one_case(tmp_path: Path) -> None:
    blank = AERS["DEMO"].replace("$7000001$", "$$").replace("$7000002$", "$$")
    write_quarter(tmp_path / "in", "2009Q2", {**AERS, "DEMO": blank})
    analysis = clean(load([tmp_path / "in"], tmp_path / "store", threads=1), tmp_path / "set", threads=1)
    assert analysis.policy["counts"]["superseded"] == 0
    assert analysis.total == 4


def test_retracted_cases(tmp_path: Path) -> None:
    write_quarter(tmp_path / "in", "2014Q1", FAERS, deleted=DELETED)
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    removed = clean(store, tmp_path / "removed", threads=1)
    kept = clean(store, tmp_path / "kept", Policy(retracted="keep"), threads=1)
    for analysis in (removed, kept):
        counts = analysis.policy["counts"]
        assert (counts["retracted"], counts["retracted_cases"]) == (2, 1)
    assert ("canakinumab", "Neutropenia") not in named(removed)
    assert ("canakinumab", "Neutropenia") in named(kept)


def test_a_report_in_two_quarters_is_one(tmp_path: Path) -> None:
    write_quarter(tmp_path / "in", "2014Q1", FAERS)
    later = {name: text.replace("Nausea", "Vomiting") for name, text in FAERS.items()}
    write_quarter(tmp_path / "in", "2014Q2", later)
    analysis = clean(load([tmp_path / "in"], tmp_path / "store", threads=1), tmp_path / "set", threads=1)
    assert analysis.policy["counts"]["same_report_twice"] == 6
    found = named(analysis)
    assert found["paracetamol", "Vomiting"] == 2
    assert ("paracetamol", "Nausea") not in found


def test_reports_that_look_the_same_are_reported_and_removed_on_request(store: Store, tmp_path: Path) -> None:
    kept = clean(store, tmp_path / "kept", threads=1)
    assert kept.policy["linked"] == {"reports_that_can_be_compared": 4, "groups": 1, "redundant": 1, "removed": 0}
    removed = clean(store, tmp_path / "removed", Policy(linked="remove"), threads=1)
    assert removed.policy["linked"]["removed"] == 1
    assert named(removed)["paracetamol", "Nausea"] == 1


def test_roles(store: Store, tmp_path: Path) -> None:
    only = clean(store, tmp_path / "only", Policy(roles=("PS",)), threads=1)
    assert ("paracetamol", "Neutropenia") not in named(only)
    everything = clean(store, tmp_path / "all", Policy(roles=("PS", "SS", "I", "C")), threads=1)
    assert named(everything)["acetylsalicylic acid", "Nausea"] == 1
    assert everything.policy["counts"]["drug_rows_in_other_roles"] == 0
    with pytest.raises(InputError, match="'XX' is not a role"):
        Policy(roles=("XX",))


def test_names_as_written_and_combinations_as_a_whole(store: Store, tmp_path: Path) -> None:
    written = named(clean(store, tmp_path / "written", Policy(names="as written"), threads=1))
    assert written["Lortab", "Nausea"] == 2
    whole = named(clean(store, tmp_path / "whole", Policy(combinations="whole"), threads=1))
    assert whole["amoxicillin/clavulanic acid", "RASH"] == 1


def test_an_incomplete_store_is_refused_unless_accepted(tmp_path: Path) -> None:
    write_quarter(tmp_path / "in", "2009Q2", {**AERS, "REAC": ""})
    write_quarter(tmp_path / "in", "2014Q1", FAERS)
    store = load([tmp_path / "in"], tmp_path / "store", threads=1)
    with pytest.raises(InputError, match=r"the store is incomplete: .*the file is empty"):
        clean(store, tmp_path / "set", threads=1)
    assert not (tmp_path / "set").exists()
    analysis = clean(store, tmp_path / "set", Policy(accept_incomplete=True), threads=1)
    assert analysis.policy["loaded"]["state"] == "incomplete"
    assert analysis.policy["loaded"]["problems"][0]["message"] == "the file is empty."


def test_nothing_left_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no report has a counted drug and an event") as caught:
        clean(store, tmp_path / "set", Policy(sources=("VAERS",)), threads=1)
    assert "of_other_sources 10" in caught.value.next_step
    assert list(tmp_path.glob("*set*")) == []


def test_the_same_store_gives_the_same_bytes(store: Store, tmp_path: Path) -> None:
    one, two = (clean(store, tmp_path / name, threads=2) for name in ("one", "two"))
    for file in sorted(path.name for path in one.folder.iterdir()):
        assert (one.folder / file).read_bytes() == (two.folder / file).read_bytes(), file


def test_the_reports_behind_a_pair(store: Store, tmp_path: Path) -> None:
    analysis = clean(store, tmp_path / "set", threads=1)
    drug, event = analysis.number("drug", "canakinumab"), analysis.number("event", "NEUTROPENIA")
    assert drug is not None and event is not None
    (row,) = details(analysis, store, drug, event, threads=1).to_pylist()
    expected: dict[str, Any] = {
        "report_id": "80000012",
        "event_date": "2014-01-05",
        "names": ["ILARIS"],
        "roles": ["PS"],
        "dechallenge": ["U"],
        "start": "2013-12-01",
        "stop": "2014-01",
        "onset_days": 35,
        "recurred": "Y",
    }
    assert {key: row[key] for key in expected} == expected
    assert [analysis.names("drug")[number] for number in row["others"]] == ["paracetamol"]


def test_an_onset_needs_both_days(store: Store, tmp_path: Path) -> None:
    analysis = clean(store, tmp_path / "set", threads=1)
    drug, event = analysis.number("drug", "anakinra"), analysis.number("event", "hepatitis")
    assert drug is not None and event is not None
    (row,) = details(analysis, store, drug, event, threads=1).to_pylist()
    # The later version of the case, which has no therapy dates.
    assert (row["report_id"], row["onset_days"], row["dechallenge"], row["outcomes"]) == ("70000012", None, ["Y"], "HO")


@pytest.mark.parametrize(
    ("name", "ingredients", "drugs", "how"),
    [
        ("KINERET", None, ("anakinra",), "lexicon"),
        ("HUMIRA 40 MG PEN", None, ("adalimumab",), "lexicon, shortened"),
        ("METHOTREXATE /00113801/", None, ("methotrexate",), "lexicon, shortened"),
        ("KALETRA CONTINUING (LOPINAVIR/RITONAVIR)", None, ("lopinavir", "ritonavir"), "lexicon, shortened"),
        ("ZZUNKNOWNOL (ASPIRIN)", None, ("acetylsalicylic acid",), "lexicon, shortened"),
        ("whatever", "ACETAMINOPHEN\\HYDROCODONE BITARTRATE", ("hydrocodone", "paracetamol"), "lexicon"),
        ("KINERET", "ZZNEWINGREDIENT", ("anakinra",), "lexicon"),
        ("whatever", "ZZNEWINGREDIENT", ("zznewingredient",), "own name"),
        ("whatever", "ASPIRIN\\ZZNEWINGREDIENT", ("acetylsalicylic acid", "zznewingredient"), "lexicon, in part"),
        ("ZzUnknownol  Forte", None, ("zzunknownol forte",), "own name"),
        (" . ", None, (), "own name"),
        (None, None, (), "own name"),
    ],
)
def test_drug_names(name: str | None, ingredients: str | None, drugs: tuple[str, ...], how: str) -> None:
    found = Names().resolve(name, ingredients)
    assert (found.drugs, found.how) == (drugs, how)
