"""The same input gives the same bytes: in another process, hash seed, time zone, language and folder."""

from __future__ import annotations

from pathlib import Path

from tests.functional.command import EXAMPLES, spawn

FILES = [EXAMPLES / "anakinra-hepatitis.txt", EXAMPLES / "mas-methotrexate-boy.txt"]


def outputs(cwd: Path, page: Path, **environment: str) -> tuple[bytes, bytes, bytes]:
    json = spawn("assess", *FILES, "--json", "--html", page, cwd=cwd, **environment)
    view = spawn("assess", *FILES, cwd=cwd, **environment)
    assert (json.returncode, view.returncode) == (0, 0), json.stderr + view.stderr
    return json.stdout, page.read_bytes(), view.stdout


def test_the_same_bytes_everywhere(tmp_path: Path) -> None:
    here = outputs(EXAMPLES, tmp_path / "a.html", PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8", COLUMNS="70")
    there = outputs(
        tmp_path, tmp_path / "b.html", PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LC_ALL="C", COLUMNS="140"
    )
    for first, second in zip(here, there, strict=True):
        assert len(first) > 1000
        assert first == second
