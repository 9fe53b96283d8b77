"""One report in every format is one case: same suspects, scores, key points, values; folders, archives, pipes too."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests import samples
from tests.functional.command import EXAMPLES, ROOT, environment, objects, run, spawn

REPORTS = {
    "table": samples.TABLED,
    "hepatitis": (EXAMPLES / "anakinra-hepatitis.txt").read_text(encoding="utf-8"),
    "two cases": (EXAMPLES / "anakinra-neutropenia-still-mas.txt").read_text(encoding="utf-8"),
}


def bare(value: Any) -> Any:
    """A value without its evidence: offsets differ from format to format."""
    if isinstance(value, dict):
        return {key: bare(part) for key, part in value.items() if key not in ("evidence", "items", "facts")}
    return [bare(part) for part in value] if isinstance(value, list) else value


def told(case: dict[str, Any]) -> dict[str, Any]:
    """What is compared: suspects with key points and every score, and the values."""
    suspects = [
        (s["drug"], s["event"]["term"], bare(s["key_points"]), [bare(i) for i in s["instruments"]])
        for s in case["suspects"]
    ]
    values = [(m["analyte"], m["value"], m["unit"], m["day"]) for m in case["measurements"]]
    return {"patient": bare(case["patient"]), "suspects": suspects, "values": sorted(values, key=repr)}


def assessed(folder: Path, name: str, report: str) -> list[dict[str, Any]]:
    file = folder / name
    file.write_bytes(samples.FORMATS[name](report))
    answer = run("assess", file, "--json")
    assert (answer.code, answer.problems) == (0, [])
    return [told(case) for case in answer.json["cases"]]


@pytest.mark.parametrize("which", REPORTS)
def test_every_format_gives_the_same_cases(which: str, tmp_path: Path) -> None:
    wanted = assessed(tmp_path, "report.txt", REPORTS[which])
    assert wanted and any(case["values"] and case["suspects"] for case in wanted)
    for name in samples.FORMATS:
        assert assessed(tmp_path, name, REPORTS[which]) == wanted, name


@pytest.mark.parametrize("name", samples.FORMATS)
def test_offsets_count_in_the_text_that_read_prints(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(samples.FORMATS[name](samples.TABLED))
    text = run("read", "--text", file).out
    answer = run("read", "--json", "--text", file)
    (document,) = answer.json["documents"]
    assert document["text"] == text
    quotes = [one for one in objects(answer.json["cases"]) if "quote" in one]
    assert len(quotes) > 10
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in quotes)
    places = document["places"]
    assert bool(places) == (name != "report.txt")
    assert all(start < len(text) and label for start, label in places)
    assert [start for start, _ in places] == sorted({start for start, _ in places})


def test_explain_names_the_page(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(samples.pdf(REPORTS["hepatitis"], 2, size=24))
    shown = run("explain", file, "r-value").out
    assert "report.pdf, page 2, line" in shown


def test_nothing_around_the_article_is_read(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(samples.page(samples.TABLED))
    text = run("read", "--text", file).out
    for furniture in ("9999", "99-year-old", "cookies", "12-year-old", "7-year-old", "publisher", "color"):
        assert furniture not in text


def test_a_folder_and_an_archive_are_read_in_order_beside_a_bad_file(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "b").mkdir(parents=True)
    (folder / "page_files").mkdir()
    (folder / "page_files" / "other.html").write_bytes(samples.page(samples.TABLED))
    (folder / "page.html").write_bytes(samples.page(samples.TABLED))
    (folder / ".hidden.txt").write_bytes(samples.TABLED.encode())
    (folder / "b" / "one.pdf").write_bytes(samples.pdf(samples.TABLED))
    (folder / "a.pdf").write_bytes(samples.pdf(samples.TABLED)[:700])
    with zipfile.ZipFile(folder / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__MACOSX/._report.docx", b"x")
        archive.writestr("in/report.docx", samples.docx(samples.TABLED))
        archive.writestr("in/scan.pdf", samples.scanned())
    answer = run("assess", folder, "--json")
    assert answer.code == 1
    assert [d["name"] for d in answer.json["documents"]] == ["one.pdf", "page.html", "report.docx"]
    assert [p["document"] for p in answer.problems] == ["a.pdf", "scan.pdf"]
    assert "scanned" in answer.problems[1]["message"] and "OCR" in answer.problems[1]["next_step"]
    cases = [told(case) for case in answer.json["cases"]]
    assert len(cases) == 3 and cases[0] == cases[1] == cases[2]


def test_the_standard_input_of_a_process() -> None:
    data = samples.FORMATS["two.pdf"](samples.TABLED)
    command = [sys.executable, "-m", "dechallenge", "read", "--json", "-"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), input=data, capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"standard input"' in done.stdout and b"diclofenac" in done.stdout


@pytest.mark.parametrize("name", ["report.txt", "two.pdf", "report.docx"])
def test_the_standard_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = samples.FORMATS[name](samples.TABLED)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), "utf-8"))
    answer = run("read", "--json", "-")
    assert (answer.code, answer.err) == (0, "")
    assert '"standard input"' in answer.out and "diclofenac" in answer.out


def test_the_same_bytes_twice_give_the_same_output(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(samples.pdf(samples.TABLED, 2))
    assert spawn("read", "--json", "--text", file).stdout == run("read", "--json", "--text", file).out.encode()


def test_one_name_twice_in_a_folder_is_told_apart(tmp_path: Path) -> None:
    for part in ("a", "b"):
        (tmp_path / part).mkdir()
        (tmp_path / part / "report.txt").write_text(samples.TABLED, encoding="utf-8")
    assert [d["name"] for d in run("read", tmp_path, "--json").json["documents"]] == ["a/report.txt", "b/report.txt"]


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    data, name = samples.TABLED.encode(), "report.txt"
    for depth in range(4):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        data, name = out.getvalue(), f"{depth}.zip"
        file = tmp_path / name
        file.write_bytes(data)
    assert run("read", tmp_path / "1.zip").code == 0
    answer = run("assess", tmp_path / "3.zip", "--json")
    assert answer.code == 1
    assert ["deep" in p["message"] for p in answer.problems] == [True]
