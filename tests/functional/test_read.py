"""`dechallenge read`: what was read, with its words; nothing is scored."""

from __future__ import annotations

from pathlib import Path

from jsonschema import Draft202012Validator

from dechallenge import Document, Reading
from tests.functional.command import BOY, HEPATITIS, objects, once, run, spawn


def test_the_view_shows_values_with_their_words_and_no_score() -> None:
    answer = once("read", HEPATITIS)
    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 100
    assert "ALT 3346 U/L" in answer.out
    assert "“ALT was 3346 U/L”" in answer.out
    assert "RUCAM" not in answer.out
    assert "Naranjo" not in answer.out


def test_the_json_holds_cases_of_the_published_schema() -> None:
    schema = once("schema", "case").json
    answer = once("read", HEPATITIS, BOY, "--json")
    assert answer.code == 0
    assert len(answer.json["cases"]) == 2
    for case in answer.json["cases"]:
        Draft202012Validator(schema).validate(case)


def test_the_json_goes_back_into_the_same_values() -> None:
    answer = once("read", HEPATITIS, "--json", "--text")
    reading = Reading.model_validate_json(answer.out)
    assert reading.documents[0] == Document.from_text(HEPATITIS.read_text(encoding="utf-8"), HEPATITIS.name)
    for found in objects(answer.json["cases"]):
        if "quote" in found:
            assert reading.documents[0].text[found["start"] : found["end"]] == found["quote"]


def test_without_text_the_json_leaves_the_text_out() -> None:
    assert [d["text"] for d in once("read", HEPATITIS, "--json").json["documents"]] == [""]


def test_the_text_is_what_offsets_count_in(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    text = "A 30-year-old woman took ibuprofen.\r\nBilirubin was 34 µmol/L."
    report.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert spawn("read", "--text", report).stdout == text.encode()


def test_other_encodings_are_decoded(tmp_path: Path) -> None:
    text = "A 30-year-old woman took ibuprofen. Bilirubin was 34 µmol/L – high."
    for encoding in ("utf-16", "cp1252"):
        report = tmp_path / f"{encoding}.txt"
        report.write_bytes(text.encode(encoding))
        assert run("read", "--text", report).out == text


def test_a_file_that_cannot_be_read_beside_one_that_can(tmp_path: Path) -> None:
    answer = run("read", tmp_path / "none.txt", HEPATITIS)
    assert answer.code == 1
    assert "ALT 3346 U/L" in answer.out
    assert answer.err == "none.txt: there is no such file. Check the path.\n"
