"""The house stands: a lower floor never imports a higher one, and every file says what lives in it.

The floors are those of the README. A new folder needs its place in `FLOORS` before its first import.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "dechallenge"

FLOORS = {
    "errors": 0,
    "evidence": 1,
    "timeline": 1,
    "quantity": 1,
    "lexicon": 2,
    "knowledge": 2,
    "case": 2,
    "logic": 2,
    "reading": 3,
    "reading_llm": 3,
    "formats": 3,
    "facts": 3,
    "readers": 4,
    "joining": 4,
    "instruments": 4,
    "criteria": 4,
    "assessment": 5,
    "management": 6,
    "series": 6,
    "population": 6,
    "batch": 6,
    "report": 7,
    "api": 7,
    "exchange": 8,
    "explanation": 8,
    "tabular": 8,
    "store": 7,
    "web": 8,
    "cli": 8,
    # The public face may offer anything; nobody inside imports it.
    "__init__": 9,
    "__main__": 9,
}
# The stages of the reading: each folder imports only those before it.
STAGES = (
    *("matching", "mentions", "texts", "assertion", "times", "layout", "drugs", "actions", "laboratory"),
    *("findings", "tables", "claims", "story", "reactions", "suspects", "entries", "conflicts", "cases"),
)
# An instrument is data over declared facts: it sees the vocabulary and the language, never a case or a reader.
INSTRUMENTS_MAY_SEE = {"errors", "logic", "facts", "instruments", "criteria"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


def room(path: Path) -> str:
    """The top-level folder or module that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of every import of the package, seen from the package (`reading.text`)."""
    found = []
    here = path.relative_to(PACKAGE.parent).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else ()
            stem = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{stem}.{alias.name}" for alias in node.names]
        else:
            continue
        found += [(node.lineno, name) for name in names if name.split(".")[0] == "dechallenge"]
    return [(line, name.removeprefix("dechallenge").lstrip(".")) for line, name in found]


def target(name: str) -> str:
    """The room that an imported name belongs to; the public face for `from dechallenge import read`."""
    first = name.split(".")[0]
    return first if first in FLOORS or (PACKAGE / first).exists() else "__init__"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_goes_up(path: Path) -> None:
    assert room(path) in FLOORS, f"{room(path)} has no floor yet"
    upward = [
        f"line {line}: {name}" for line, name in imported(path) if FLOORS.get(target(name), 99) > FLOORS[room(path)]
    ]
    assert upward == []


READING = [path for path in MODULES if room(path) == "reading"]


def test_every_stage_of_the_reading_stands() -> None:
    assert {path.parent.name for path in READING} == {"reading", *STAGES}


@pytest.mark.parametrize("path", READING, ids=name_of)
def test_a_stage_of_the_reading_imports_only_earlier_ones(path: Path) -> None:
    if path.parent.name == "reading":
        assert imported(path) == []
        return
    mine = STAGES.index(path.parent.name)
    later = [
        f"line {line}: {name}"
        for line, name in imported(path)
        if target(name) == "reading" and STAGES.index(name.split(".")[1]) > mine
    ]
    assert later == []


DEFINITIONS = [path for path in MODULES if room(path) in ("instruments", "criteria")]


def test_there_are_instruments_to_look_at() -> None:
    assert {room(path) for path in DEFINITIONS} == {"instruments", "criteria"}


@pytest.mark.parametrize("path", DEFINITIONS, ids=name_of)
def test_an_instrument_sees_only_the_vocabulary_and_the_language(path: Path) -> None:
    seen = [(line, name) for line, name in imported(path) if target(name) not in INSTRUMENTS_MAY_SEE]
    seen += [(line, n) for line, n in imported(path) if target(n) == "facts" and not n.startswith("facts.vocabulary")]
    assert seen == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_says_what_lives_in_it_and_stays_readable(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)) or not source.strip()
    assert source.count("\n") <= 450
