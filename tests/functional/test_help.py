"""`--help` answers at once, and the page of the command names every verb and option there is."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer.main

from dechallenge.cli import app
from tests.functional.command import ROOT, environment, once, run

VERBS = (
    *("assess", "read", "convert", "validate", "signals", "load-reports"),
    *("score", "explain", "instruments", "schema"),
)
HEAVY = (
    "dechallenge.evidence",
    "dechallenge.reading",
    "dechallenge.instruments",
    "dechallenge.report",
    "rich",
    "jinja2",
)


def options(verb: str) -> list[str]:
    command = typer.main.get_command(app)
    return [name for parameter in command.commands[verb].params for name in parameter.opts if name.startswith("--")]  # type: ignore[attr-defined]


def test_help_names_the_verbs() -> None:
    answer = once("--help")
    assert answer.code == 0
    assert answer.out.startswith("Usage: dechallenge ")
    assert all(f"  {verb} " in answer.out for verb in VERBS)
    assert "Decision support" in answer.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_explained_and_documented(verb: str) -> None:
    page = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
    section = page.split(f"\n## dechallenge {verb}\n")[1].split("\n## ")[0]
    shown = once(verb, "--help")
    assert shown.code == 0
    for option in options(verb):
        assert option in shown.out
        assert f"`{option}" in section


def test_without_arguments_it_shows_the_help_and_says_that_this_was_no_command() -> None:
    answer = run()
    assert answer.code == 2
    assert "assess" in answer.out


def test_help_loads_nothing_that_reads_or_draws() -> None:
    """Import of the package's own parts takes seconds of a cold start; the number of modules stands for the time."""
    script = (
        "import sys\nfrom dechallenge.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True, timeout=60
    )
    assert done.stderr.split() == []
