"""The reader's choices corrected on the command line: recorded as entered, and changing what they should."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.command import BOY, HEPATITIS, NEUTROPENIA, STEATOSIS, entries, instrument, once, run


def read_case() -> dict[str, object]:
    return once("assess", HEPATITIS, "--json").case


def test_nothing_is_entered_unless_a_person_did() -> None:
    assert entries(read_case()) == set()


def test_a_limit() -> None:
    case = run("assess", HEPATITIS, "--json", "--limit", "ALT=100").case
    assert "--limit ALT=100" in entries(case)
    alt = next(m for m in case["measurements"] if m["analyte"] == "ALT")
    assert alt["limit"]["high"] == 100
    assert alt["limit"]["source"] == "user"
    assert alt["times_uln"] == pytest.approx(33.46)
    # R = (3346/100) / (300/115)
    assert case["suspects"][0]["key_points"]["pattern"]["r"] == pytest.approx(12.83, abs=0.01)
    assert next(m for m in case["measurements"] if m["analyte"] == "AST")["limit"]["source"] == "default"


def test_two_limits_and_a_synonym() -> None:
    case = run("assess", HEPATITIS, "--json", "--limit", "SGPT=100", "--limit", "alkaline phosphatase=100").case
    assert case["suspects"][0]["key_points"]["pattern"]["r"] == pytest.approx(33.46 / 3, abs=0.01)


def test_a_limit_can_bring_an_injury_over_the_threshold() -> None:
    assert not instrument(once("assess", STEATOSIS, "--json").case, "rucam-2016")["applicable"]
    case = run("assess", STEATOSIS, "--json", "--limit", "ALP=80").case
    assert instrument(case, "rucam-2016")["applicable"]


def test_a_day_of_onset() -> None:
    case = run("assess", HEPATITIS, "--json", "--onset-day", 2).case
    points = case["suspects"][0]["key_points"]
    assert "--onset-day 2" in entries(case["suspects"][0])
    assert (points["latency_days"], points["latency_point"]) == ([2, 2], 2)
    first = instrument(case, "rucam-2016")["items"][0]
    before = instrument(once("assess", HEPATITIS, "--json").case, "rucam-2016")["items"][0]
    assert (before["points"], first["points"]) == (2, 1)
    assert "--onset-day 2" in entries(first)


def test_a_suspect() -> None:
    case = run("assess", HEPATITIS, "--json", "--suspect", "Prednisone").case
    assert [(s["drug"], s["basis"]) for s in case["suspects"]] == [("prednisone", "entered")]
    assert entries(case["suspects"][0]) == {"--suspect Prednisone"}


def test_a_suspect_by_its_abbreviation() -> None:
    case = run("assess", BOY, "--json", "--suspect", "mtx").case
    assert [(s["drug"], s["basis"]) for s in case["suspects"]] == [("methotrexate", "entered")]


@pytest.mark.parametrize(
    ("written", "kind"), [("neutropenia", "neutropenia"), ("Neutropenia", "neutropenia"), ("mas", "MAS")]
)
def test_a_kind_of_reaction(written: str, kind: str) -> None:
    case = run("assess", HEPATITIS, "--json", "--event", written).case
    assert [(e["kind"], e["primary"]) for e in case["events"]] == [(kind, True)]
    assert case["suspects"][0]["event"]["kind"] == kind
    assert any(at.startswith("--event ") for at in entries(case["events"]))
    assert not instrument(case, "rucam-2016")["applicable"]
    assert instrument(case, "naranjo-1981")["applicable"]


def test_all_at_once_are_all_recorded() -> None:
    options = ["--limit", "ALT=45", "--onset-day", "21", "--suspect", "anakinra", "--event", "liver injury"]
    case = run("assess", HEPATITIS, "--json", *options).case
    assert entries(case) == {"--limit ALT=45", "--onset-day 21", "--suspect anakinra", "--event liver injury"}


def test_the_terminal_says_what_was_entered() -> None:
    out = run("assess", HEPATITIS, "--suspect", "prednisone").out
    assert "entered" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--limit", "ALT"], "ALT=45"),
        (["--limit", "ALT=0"], "not a limit"),
        (["--limit", "ALT=nan"], "not a limit"),
        (["--limit", "FOO=3"], "FOO"),
        (["--limit", "NEUT=1.5"], "no value of NEUT was read"),
        (["--onset-day", "soon"], "--onset-day"),
        (["--onset-day", "inf"], "not a day"),
        (["--suspect", "zzz"], "prednisone"),
    ],
)
def test_what_fits_nothing_is_an_error_that_names_what_would(options: list[str], message: str) -> None:
    answer = run("assess", HEPATITIS, "--json", *options)
    assert answer.code == 2
    assert message in answer.err
    assert answer.json["cases"] == []
    assert message in answer.problems[0]["document"] + answer.problems[0]["message"] + answer.problems[0]["next_step"]


def test_in_a_batch_a_correction_counts_where_it_fits(tmp_path: Path) -> None:
    quiet = tmp_path / "quiet.txt"
    quiet.write_text(
        "A 30-year-old woman took ibuprofen for two days. She was well. ALT was 20 U/L.\n", encoding="utf-8"
    )
    answer = run("assess", HEPATITIS, quiet, "--json", "--onset-day", 5)
    assert answer.code == 1
    assert [p["kind"] for p in answer.problems] == ["correction"]
    assert answer.problems[0]["document"] == "quiet.txt"
    assert answer.json["cases"][0]["suspects"][0]["key_points"]["latency_point"] == 5
    assert len(answer.json["cases"]) == 2


def test_a_limit_counts_in_every_case_that_has_the_value() -> None:
    answer = run("assess", HEPATITIS, NEUTROPENIA, "--json", "--limit", "ALT=50")
    assert answer.code == 0
    assert "--limit ALT=50" in entries(answer.json["cases"][0])
