"""`read -o` writes a case file, `assess` takes it back; `--mask` hides what the authors claim and changes no score."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.functional.command import HEPATITIS, STEATOSIS, entries, instrument, once, run


@pytest.mark.parametrize("name", ["case.yaml", "case.yml", "case.json"])
def test_an_unedited_case_file_is_assessed_as_the_report(name: str, tmp_path: Path) -> None:
    written = run("read", HEPATITIS, "-o", tmp_path / name)
    assert written.code == 0
    assert written.out == f"Case file written to {tmp_path / name}\n"
    assert run("assess", tmp_path / name, "--json").out == once("assess", HEPATITIS, "--json").out


def test_a_correction_counts_and_says_where_it_was_made(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    run("read", HEPATITIS, "--output", file)
    text = file.read_text(encoding="utf-8")
    assert "value: 3346" in text
    file.write_text(text.replace("value: 3346", "value: 60", 1), encoding="utf-8")
    before, after = once("assess", HEPATITIS, "--json").case, run("assess", file, "--json").case
    assert instrument(after, "r-value")["score"] < instrument(before, "r-value")["score"]
    where = next(i for i, m in enumerate(before["measurements"]) if m["value"] == 3346)
    assert entries(after) == {f"case.yaml: cases[0].measurements[{where}]"}
    assert not entries(before)


def test_the_page_and_the_explanation_take_a_case_file_even_without_its_text(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    run("read", HEPATITIS, "-o", file)
    text = file.read_text(encoding="utf-8")
    start, end = text.index("  text: |"), text.index("as_read:")
    file.write_text(text[:start] + text[end:], encoding="utf-8")
    assert run("assess", file, "--html", tmp_path / "page.html").code == 0
    assert "anakinra" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert run("explain", file, "rucam-2016.1").code == 0


def test_a_case_file_never_takes_the_place_of_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    shutil.copy(HEPATITIS, report)
    for target in (report, tmp_path, tmp_path / "none" / "case.yaml"):
        refused = run("read", report, "-o", target)
        assert refused.code == 2
        assert "case file" in refused.err
    assert report.read_bytes() == HEPATITIS.read_bytes()


def test_an_error_in_a_case_file_is_one_problem_among_the_reports(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    run("read", HEPATITIS, "-o", file)
    file.write_text(file.read_text(encoding="utf-8").replace("sex: female", "sex: woman"), encoding="utf-8")
    answer = run("assess", file, STEATOSIS, "--json")
    assert answer.code == 1
    (problem,) = answer.problems
    assert problem["document"] == "case.yaml"
    assert "cases[0].patient.sex" in problem["message"]
    assert len(answer.json["cases"]) == 1


def test_masked_and_unmasked_give_the_same_results(tmp_path: Path) -> None:
    plain, masked = once("assess", HEPATITIS, "--json"), run("assess", HEPATITIS, "--mask", "--json")
    assert masked.code == 0
    assert plain.case["statements"] != []
    assert masked.case["statements"] == []
    for before, after in zip(plain.case["suspects"], masked.case["suspects"], strict=True):
        assert [(i["id"], i["score"], i["category"]) for i in before["instruments"]] == [
            (i["id"], i["score"], i["category"]) for i in after["instruments"]
        ]
    text = once("read", HEPATITIS, "--text").out
    blank = run("read", HEPATITIS, "--mask", "--text").out
    assert len(blank) == len(text)
    assert "likelihood score" in text
    assert "likelihood score" not in blank
