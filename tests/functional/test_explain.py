"""`dechallenge explain`: from a point back to the option, the facts and the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from dechallenge import instruments
from tests.functional.command import BOY, HEPATITIS, HISTOLOGY, NEUTROPENIA, instrument, once, run

TWO_CASES = """Case 1

A 40-year-old man took isoniazid. Three weeks later he became jaundiced. ALT was 900 U/L and alkaline phosphatase
120 U/L. Isoniazid was stopped and he recovered.

Case 2

A 50-year-old woman took phenytoin. Two months later she became jaundiced. ALT was 700 U/L and alkaline phosphatase
150 U/L. Phenytoin was stopped and she recovered.
"""


def test_a_point_goes_back_to_the_words() -> None:
    answer = once("explain", HEPATITIS, "rucam-2016.5")
    item = next(
        i for i in instrument(once("assess", HEPATITIS, "--json").case, "rucam-2016")["items"] if i["id"].endswith(".5")
    )
    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 100
    assert "rucam-2016.5" in answer.out
    assert item["option"] in answer.out
    assert "anakinra-hepatitis.txt, line 18" in answer.out
    assert "Serology for hepatitis A, B and C was negative" in answer.out


def test_every_option_of_the_item_is_shown_beside_the_one_taken() -> None:
    squeezed = " ".join(once("explain", HEPATITIS, "rucam-2016.1").out.split())
    for option in instruments.rucam_2016.item("1").options:
        assert option.wording in squeezed
    assert squeezed.count("▸") == 1


def test_the_latency_goes_back_to_its_words() -> None:
    out = once("explain", HEPATITIS, "RUCAM-2016.1").out
    assert "Three weeks after the first injection" in " ".join(out.split())


def test_a_whole_instrument_is_every_item() -> None:
    out = once("explain", HEPATITIS, "naranjo-1981").out
    assert [number for number in range(1, 11) if f"naranjo-1981.{number} " in out] == list(range(1, 11))


@pytest.mark.parametrize("case", [HEPATITIS, NEUTROPENIA], ids=lambda path: path.stem)
def test_every_item_that_was_scored_can_be_explained(case: Path) -> None:
    found = once("assess", case, "--json").case
    for result in (*found["suspects"][0]["instruments"], *found["events"][0]["instruments"]):
        answer = run("explain", case, result["id"])
        assert answer.code == (0 if result["items"] or not result["applicable"] else 2), answer.err
        for item in result["items"]:
            assert f"{item['id']} " in answer.out


def test_an_instrument_that_judges_the_reaction() -> None:
    grade = instrument(once("assess", HEPATITIS, "--json").case, "dilin-severity")["items"][0]
    squeezed = " ".join(once("explain", HEPATITIS, "dilin-severity").out.split())
    assert grade["option"] in squeezed
    assert "total bilirubin 6.8 mg/dL" in squeezed


def test_an_instrument_that_does_not_apply_says_why() -> None:
    answer = once("explain", HISTOLOGY, "rucam-2016.5")
    assert answer.code == 0
    assert "no liver-injury threshold met" in answer.out


def test_a_suspect_that_was_read_is_explained_as_it_was_assessed() -> None:
    assessed = once("assess", BOY, "--json").case["suspects"]
    assert len(assessed) > 1
    last = assessed[-1]
    naranjo = next(i for i in last["instruments"] if i["id"] == "naranjo-1981")
    answer = run("explain", BOY, "naranjo-1981.5", "--suspect", last["drug"].upper())
    assert answer.code == 0
    assert f"{last['drug']} · " in answer.out
    assert next(i for i in naranjo["items"] if i["id"] == "naranjo-1981.5")["option"] in answer.out


def test_another_drug_is_put_in_as_the_suspect() -> None:
    answer = run("explain", HEPATITIS, "naranjo-1981.3", "--suspect", "prednisone")
    assert answer.code == 0
    assert "prednisone · " in answer.out


def test_the_case_that_was_asked_for(tmp_path: Path) -> None:
    report = tmp_path / "two.txt"
    report.write_text(TWO_CASES, encoding="utf-8")
    first, second = (run("explain", report, "rucam-2016.1", "--case", n) for n in (1, 2))
    assert (first.code, second.code) == (0, 0)
    assert "isoniazid · " in first.out and "phenytoin" not in first.out
    assert "phenytoin · " in second.out and "isoniazid" not in second.out
    assert "Two months later" in second.out


def test_a_correction_is_part_of_the_explanation() -> None:
    answer = run("explain", HEPATITIS, "rucam-2016.1", "--onset-day", 2)
    assert answer.code == 0
    assert "--onset-day 2" in answer.out


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["foo"], ["rucam-2016", "naranjo-1981", "french-1985"]),
        (["rucam-2015.5"], ["Did you mean", "rucam-2016"]),
        (["rucam-2016.99"], ["rucam-2016.1", "rucam-2016.7"]),
        (["rucam-2016.5", "--case", "2"], ["there is no case 2"]),
        (["rucam-2016.5", "--case", "0"], ["--case"]),
        (["rucam-2016.5", "--suspect", "zzz"], ["zzz", "prednisone"]),
    ],
)
def test_what_is_not_there_is_an_error_that_names_what_is(arguments: list[str], names: list[str]) -> None:
    answer = run("explain", HEPATITIS, *arguments)
    assert (answer.code, answer.out) == (2, "")
    for name in names:
        assert name in answer.err


def test_a_case_without_a_suspect(tmp_path: Path) -> None:
    report = tmp_path / "no_drug.txt"
    report.write_text("A 45-year-old man became jaundiced. ALT was 900 U/L.\n", encoding="utf-8")
    answer = run("explain", report, "rucam-2016.1")
    assert answer.code == 2
    assert "--suspect" in answer.err


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    answer = run("explain", tmp_path / "none.txt", "rucam-2016.1")
    assert (answer.code, answer.err) == (1, "none.txt: there is no such file. Check the path.\n")
