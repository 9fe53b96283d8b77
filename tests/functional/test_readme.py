"""What the README shows is what happens: its commands run, its Python runs, its screen is the screen of today."""

from __future__ import annotations

import doctest
import glob
import re
import shlex

import pytest

from docs import renew
from tests.functional.command import ROOT, run

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^dechallenge (.+)$", README, flags=re.MULTILINE)


def test_there_is_something_to_run() -> None:
    assert {command.split()[0] for command in COMMANDS} >= {"assess", "read", "explain", "instruments"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    words = [word for written in shlex.split(command) for word in (sorted(glob.glob(written)) or [written])]
    answer = run(*words)
    assert answer.code == 0
    assert len(answer.out) > 200


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (example,) = re.findall(r"^```python\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)
    found = doctest.DocTestParser().get_doctest(example, {}, "README", "README.md", 0)
    assert len(found.examples) > 8
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(found, out=report.append)
    assert runner.failures == 0, "".join(report)


def test_the_screen_of_the_readme_is_that_of_today() -> None:
    assert renew.readme(README) == README, "make docs renews it"


def test_the_screen_is_cut_at_whole_sections() -> None:
    shown = renew.screen()
    assert len(shown.splitlines()) <= 60
    for part in ("anakinra", "Verdicts", "Questions", "Decision support", "\n…\n"):
        assert part in shown


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:docs|examples|benchmarks|tests|requirements|src)/[\w./-]*)`", README)
    named += re.findall(r"`([A-Z]+(?:\.md)?)`", README)
    places = [name for name in named if name not in ("FILE", "ITEM", "ID")]
    assert len(places) > 8
    assert [name for name in places if not (ROOT / name).exists()] == []
