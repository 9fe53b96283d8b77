"""Runs the command: inside this process (fast, one answer for the same arguments) or as a process of its own."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dechallenge.cli import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
HEPATITIS = EXAMPLES / "anakinra-hepatitis.txt"
STEATOSIS = EXAMPLES / "anakinra-liver-steatosis.txt"
HISTOLOGY = EXAMPLES / "tocilizumab-liver-histology.txt"
NEUTROPENIA = EXAMPLES / "anakinra-neutropenia-schnitzler.txt"
BOY = EXAMPLES / "mas-methotrexate-boy.txt"


@dataclass(frozen=True)
class Answer:
    """What the command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as JSON; fails where anything but one value was printed."""
        return json.loads(self.out)

    @property
    def case(self) -> dict[str, Any]:
        """The only case of the output."""
        (case,) = self.json["cases"]
        result: dict[str, Any] = case
        return result

    @property
    def problems(self) -> list[dict[str, str]]:
        result: list[dict[str, str]] = self.json["problems"]
        return result


def run(*args: object) -> Answer:
    """The command in this process; its output is no terminal."""
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(arg) for arg in args])
        except SystemExit as stop:
            code = stop.code
    assert isinstance(code, int)
    return Answer(code, out.getvalue(), err.getvalue())


@functools.cache
def once(*args: object) -> Answer:
    """The same, kept: for files that no test changes."""
    return run(*args)


def environment(**extra: str) -> dict[str, str]:
    """The environment of a process that finds the package, from whatever folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), **extra}


def spawn(*args: object, cwd: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "dechallenge", *map(str, args)]
    return subprocess.run(command, cwd=cwd, env=environment(**extra), capture_output=True, timeout=120, check=False)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object anywhere in a JSON value."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def entries(value: Any) -> set[str]:
    """What a person entered, by the places in a JSON value that say so."""
    return {found["at"] for found in objects(value) if found.get("entered_by") == "user"}


def instrument(case: dict[str, Any], id: str) -> dict[str, Any]:
    """The result of an instrument for the first suspect, or for the primary reaction."""
    results = [*case["suspects"][0]["instruments"], *case["events"][0]["instruments"]]
    found: dict[str, Any] = next(result for result in results if result["id"] == id)
    return found
