"""`dechallenge assess`: the terminal, the JSON, the page, and a batch."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.functional.command import BOY, EXAMPLES, HEPATITIS, HISTOLOGY, ROOT, environment, objects, once, run

EXAMPLE_FILES = sorted(EXAMPLES.glob("*.txt"))
each_example = pytest.mark.parametrize("file", EXAMPLE_FILES, ids=lambda path: path.stem)


@each_example
def test_the_view_fits_a_hundred_columns_and_is_plain_where_no_terminal_is(file: Path) -> None:
    answer = once("assess", file)
    assert answer.code == 0
    assert answer.err == ""
    assert max(map(len, answer.out.splitlines())) <= 100
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", answer.out)
    assert file.name in answer.out
    assert "Decision support" in answer.out


@pytest.mark.parametrize("width", [60, 140])
def test_the_width_that_was_asked_for(width: int) -> None:
    answer = run("assess", HEPATITIS, "--width", width)
    longest = max(map(len, answer.out.splitlines()))
    assert width - 20 < longest <= width


def test_the_view_answers_at_a_glance() -> None:
    out = once("assess", HEPATITIS).out
    for part in (
        "woman, 22 years",
        "anakinra",
        "liver injury",
        "hepatocellular",
        "Severity",
        "RUCAM 2016",
        "Dechallenge",
    ):
        assert part in out


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_a_terminal_gets_colours_and_its_own_width() -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dechallenge", "assess", str(HEPATITIS)],
        stdout=follower,
        env=environment(TERM="xterm-256color", COLUMNS="80", NO_COLOR=""),
        cwd=ROOT,
    )
    os.close(follower)
    data = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        data += part
    os.close(leader)
    assert process.wait(60) == 0
    shown = data.decode().replace("\r\n", "\n")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert "\x1b[" in shown
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 80


def test_the_json_is_valid_for_the_published_schema() -> None:
    schema = once("schema", "assessment").json
    answer = once("assess", *EXAMPLE_FILES, "--json")
    assert answer.code == 0
    assert [d["name"] for d in answer.json["documents"]] == [file.name for file in EXAMPLE_FILES]
    assert answer.json["schema"] == "dechallenge/assessment/1"
    Draft202012Validator(schema).validate(answer.json)


def test_every_quotation_is_what_the_text_holds() -> None:
    answer = once("assess", *EXAMPLE_FILES, "--json").json
    names = {d["id"]: d["name"] for d in answer["documents"]}
    texts = {id: (EXAMPLES / name).read_text(encoding="utf-8") for id, name in names.items()}
    quotes = [found for found in objects(answer) if "start" in found]
    assert len(quotes) > 1000
    assert [q for q in quotes if texts[q["document"]][q["start"] : q["end"]] != q["quote"]] == []


def test_a_case_of_a_batch_is_the_case_of_its_file_alone() -> None:
    batch = once("assess", *EXAMPLE_FILES, "--json").json
    alone = once("assess", HISTOLOGY, "--json").case
    number = EXAMPLE_FILES.index(HISTOLOGY)
    document = next(d["id"] for d in batch["documents"] if d["name"] == HISTOLOGY.name)
    same = next(case for case in batch["cases"] if case["document"] == document)
    assert same["id"] == f"c{number + 1}"
    text = json.dumps({**same, "id": "c1"}).replace(f'"document": "{document}"', '"document": "d1"')
    assert json.loads(text) == alone


class _Links(HTMLParser):
    """Collects what a page would load or run from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in ("src", "srcset", "data", "action") or (name == "href" and not (value or "").startswith("#")):
                self.loads.append(f"{tag} {name}={value}")


def test_the_page_is_one_file_that_loads_nothing(tmp_path: Path) -> None:
    page = tmp_path / "case.html"
    answer = run("assess", HEPATITIS, BOY, "--html", page)
    assert answer.code == 0
    assert f"Page written to {page}" in answer.out
    assert [file.name for file in tmp_path.iterdir()] == ["case.html"]
    html = page.read_text(encoding="utf-8")
    parser = _Links()
    parser.feed(html)
    assert parser.loads == []
    assert {"svg", "style", "a"} <= parser.tags
    assert not re.search(r"url\(\s*['\"]?(?!data:|#)|@import", html)
    assert "Three weeks after the first injection of anakinra" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_page_and_json_together(tmp_path: Path) -> None:
    page = tmp_path / "case.html"
    answer = run("assess", HEPATITIS, "--json", "--html", page)
    assert answer.json == once("assess", HEPATITIS, "--json").json
    assert page.stat().st_size > 10_000


def test_a_page_never_replaces_a_report(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_bytes(HEPATITIS.read_bytes())
    answer = run("assess", report, "--html", report)
    assert answer.code == 2
    assert "one of the reports" in answer.err
    assert report.read_bytes() == HEPATITIS.read_bytes()


@pytest.mark.parametrize("where", ["absent/page.html", "."])
def test_a_page_that_cannot_be_written(tmp_path: Path, where: str) -> None:
    answer = run("assess", HEPATITIS, "--html", tmp_path / where, "--json")
    assert answer.code == 2
    assert answer.problems[0]["next_step"]


def test_a_reader_that_has_seen_enough_ends_the_command_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dechallenge", "assess", str(HEPATITIS), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd=ROOT,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), error) == (0, b"")
