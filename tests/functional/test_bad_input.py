"""Files that are no report, and wrong usage: a clear message, the next step, the right exit code, one JSON object."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from pathlib import Path
from unittest import mock

import pytest
from jsonschema import Draft202012Validator

from dechallenge.assessment import assess as engine
from dechallenge.case import Case
from dechallenge.formats.text import MAX_BYTES
from dechallenge.reading.cases.prose import ProseReader
from tests.functional.command import HEPATITIS, Answer, once, run, spawn

FRENCH = (
    "Un homme de 45 ans a été hospitalisé pour une hépatite aiguë. Il prenait de l’anakinra depuis trois semaines. "
    "Les ALAT étaient à 3346 U/L et les phosphatases alcalines à 300 U/L. Le traitement a été arrêté et le bilan "
    "hépatique s’est normalisé en deux mois."
)
NO_PATIENT = (
    "The committee met on Monday and agreed on the minutes of the last meeting. The budget for the next year was "
    "presented and the members asked for more detail on the costs of travel."
)
NO_DRUG = (
    "A 45-year-old man was admitted with jaundice. ALT was 900 U/L and alkaline phosphatase was 120 U/L. "
    "An ultrasound of the abdomen was normal. He recovered within one month.\n"
)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


NOT_TEXT = {
    "empty": (b"", "empty"),
    "blanks": (b" \n\t\r\n", "empty"),
    "mark only": (b"\xef\xbb\xbf", "empty"),
    "binary": (random.Random(2).randbytes(5000), "binary"),
    "zeros": (b"A 45-year-old man took ibuprofen." + b"\x00" * 40, "binary"),
    "late zero": (b"A 45-year-old man took ibuprofen. " * 400 + b"\x00\x01\x02", "binary"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    "pdf after a line": (b"\n%PDF-1.4\n1 0 obj\n", "PDF"),
    "docx": (zipped(), "DOCX"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "Office"),
    "rtf": (b"{\\rtf1\\ansi A 45-year-old man}", "RTF"),
    "gzip": (b"\x1f\x8b\x08\x00abc", "compressed"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "picture"),
    "html": (b"<!DOCTYPE html>\n<html><body><script>ALT = 900</script></body></html>", "no text"),
    "xml": (b'\xef\xbb\xbf<?xml version="1.0"?><report>A 45-year-old man</report>', "XML"),
}


def check(answer: Answer, name: str, says: str, kind: str = "input") -> None:
    """One listed problem of this file, no case, exit 1, valid JSON."""
    assert answer.code == 1
    Draft202012Validator(once("schema", "assessment").json).validate(answer.json)
    assert answer.json["cases"] == []
    (problem,) = answer.problems
    assert (problem["document"], problem["kind"]) == (name, kind)
    assert says in problem["message"]
    assert problem["next_step"]


@pytest.mark.parametrize("what", NOT_TEXT)
def test_what_is_not_text(what: str, tmp_path: Path) -> None:
    data, says = NOT_TEXT[what]
    file = tmp_path / f"{what}.txt"
    file.write_bytes(data)
    check(run("assess", file, "--json"), file.name, says)
    shown = run("assess", file)
    assert shown.code == 1
    assert says in shown.out


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    check(run("assess", tmp_path / "none.txt", "--json"), "none.txt", "no such file")


def test_a_folder_without_a_report(tmp_path: Path) -> None:
    check(run("assess", tmp_path, "--json"), tmp_path.name, "folder")


def test_a_path_through_a_file() -> None:
    check(run("assess", HEPATITIS / "page", "--json"), "page", "cannot be read")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "closed.txt"
    file.write_text(NO_DRUG, encoding="utf-8")
    file.chmod(0)
    check(run("assess", file, "--json"), "closed.txt", "cannot be read")


@pytest.mark.skipif(sys.platform != "linux", reason="other file systems take no such name")
def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    file.write_text(NO_DRUG, encoding="utf-8")
    answer = run("assess", file, "--json")
    assert answer.code == 0
    assert [d["name"] for d in answer.json["documents"]] == ["caf\ufffd.txt"]
    file.unlink()
    check(run("assess", file, "--json"), "caf\ufffd.txt", "no such file")


def test_the_limit_of_size_is_kept_to_the_byte(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"x" * (MAX_BYTES + 1))
    check(run("assess", file, "--json"), "large.txt", "20,000,001 bytes; the limit is 20,000,000")
    file.write_bytes(b" " * MAX_BYTES)
    check(run("assess", file, "--json"), "large.txt", "empty")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no endless file here")
def test_a_file_without_end_is_refused() -> None:
    check(run("assess", "/dev/zero", "--json"), "zero", "the limit is 20,000,000")


def test_another_language(tmp_path: Path) -> None:
    file = tmp_path / "rapport.txt"
    file.write_text(FRENCH, encoding="utf-8")
    check(run("assess", file, "--json"), "rapport.txt", "English", "language")


def test_no_patient(tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text(NO_PATIENT, encoding="utf-8")
    check(run("assess", file, "--json"), "minutes.txt", "No patient", "no patient")


def test_no_drug_is_a_case_without_a_suspect(tmp_path: Path) -> None:
    file = tmp_path / "no_drug.txt"
    file.write_text(NO_DRUG, encoding="utf-8")
    answer = run("assess", file, "--json")
    assert (answer.code, answer.problems) == (0, [])
    assert answer.case["suspects"] == []
    assert {m["analyte"] for m in answer.case["measurements"]} == {"ALT", "ALP"}
    shown = run("assess", file)
    assert shown.code == 0
    assert "man, 45 years" in shown.out


def test_a_batch_goes_on(tmp_path: Path) -> None:
    pdf, french = tmp_path / "scan.pdf", tmp_path / "rapport.txt"
    pdf.write_bytes(b"%PDF-1.7\n")
    french.write_text(FRENCH, encoding="utf-8")
    arguments = ["assess", pdf, HEPATITIS, french, tmp_path / "none.txt"]
    answer = run(*arguments, "--json")
    assert answer.code == 1
    assert [p["document"] for p in answer.problems] == ["scan.pdf", "rapport.txt", "none.txt"]
    assert answer.case["suspects"][0]["drug"] == "anakinra"
    assert answer.case["document"] == "d2"
    assert [d["name"] for d in answer.json["documents"]] == ["anakinra-hepatitis.txt", "rapport.txt"]
    shown = run(*arguments)
    assert shown.code == 1
    for name in ("scan.pdf", "rapport.txt", "none.txt", "Acute hepatitis"):
        assert name in shown.out


def test_a_page_of_nothing_but_problems(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    answer = run("assess", tmp_path / "none.txt", "--html", page)
    assert answer.code == 1
    assert "no such file" in page.read_text(encoding="utf-8")


def test_a_defect_of_the_reader_stops_only_its_file() -> None:
    read = ProseReader.read

    def fails(self: ProseReader, documents: list) -> object:  # type: ignore[type-arg]
        if "Schnitzler" in documents[0].text:
            raise RuntimeError("a defect")
        return read(self, documents)

    other = HEPATITIS.with_name("anakinra-neutropenia-schnitzler.txt")
    with mock.patch.object(ProseReader, "read", fails):
        answer = run("assess", other, HEPATITIS, "--json")
    assert answer.code == 1
    assert [(p["document"], p["kind"]) for p in answer.problems] == [(other.name, "internal")]
    assert "RuntimeError: a defect" in answer.problems[0]["message"]
    assert answer.case["suspects"][0]["drug"] == "anakinra"


def test_a_defect_of_the_assessment_stops_only_its_case() -> None:
    assess_case = engine.assess_case

    def fails(case: Case, *rest: object) -> object:
        if "Schnitzler" in case.title:
            raise ZeroDivisionError("a defect")
        return assess_case(case, *rest)  # type: ignore[arg-type]

    other = HEPATITIS.with_name("anakinra-neutropenia-schnitzler.txt")
    with mock.patch.object(engine, "assess_case", fails):
        answer = run("assess", other, HEPATITIS, "--json")
    assert answer.code == 1
    assert [(p["document"], p["kind"]) for p in answer.problems] == [(other.name, "internal")]
    assert answer.case == once("assess", other, HEPATITIS, "--json").json["cases"][1]


def test_a_defect_of_the_command_is_said_in_json_too() -> None:
    with mock.patch("dechallenge.api.read_paths", side_effect=RuntimeError("a defect")):
        answer = run("assess", HEPATITIS, "--json")
    assert answer.code == 1
    assert [p["kind"] for p in answer.problems] == ["internal"]
    assert "RuntimeError: a defect" in answer.problems[0]["message"]


WRONG = [
    ["--json"],
    ["assess", "--json"],
    ["asses", "report.txt", "--json"],
    ["assess", "report.txt", "--json", "--no-such-option"],
    ["assess", "report.txt", "--json", "--onset-day", "soon"],
    ["assess", "report.txt", "--json", "--width", "3"],
    ["assess", "report.txt", "--json", "--limit"],
    ["assess", "report.txt", "--json", "--limit", "ALT:45"],
    ["read", "--json"],
    ["explain", "report.txt", "--json"],
    ["instruments", "nothing", "--json"],
    ["schema", "--json"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_exit_2_with_one_json_object(arguments: list[str]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert answer.err.strip()
    Draft202012Validator(once("schema", "assessment").json).validate(answer.json)
    assert [p["kind"] for p in answer.problems] == ["usage"]
    assert answer.problems[0]["next_step"]


def test_wrong_usage_without_json_prints_nothing_on_the_output() -> None:
    answer = run("assess")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "usage: Missing argument 'FILE'. See dechallenge assess --help.\n"


def test_a_process_gives_the_same_codes(tmp_path: Path) -> None:
    done = spawn("assess", tmp_path / "none.txt")
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"no such file" in done.stdout
    assert spawn("assess").returncode == 2
