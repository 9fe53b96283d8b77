"""What the verbs print and how: the output, problems on the error stream, width and colour; options as values.

Imports the errors; everything else inside the functions.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dechallenge.errors import InputError

if TYPE_CHECKING:
    from dechallenge.assessment.corrections import Corrections
    from dechallenge.assessment.model import ProblemOut
    from dechallenge.case import Problem
    from dechallenge.readers import Reader

WIDEST = 100
"""Columns of the view where there is no terminal to ask, and at most in one."""


def corrections_of(
    limit: list[str] | None, onset_day: float | None, suspect: str | None, event: str | None
) -> Corrections:
    from dechallenge.assessment.corrections import corrections_from_options

    return corrections_from_options(limit or [], onset_day, suspect, event)


def reader_of(name: str, options: list[str] | None) -> Reader:
    from dechallenge import readers

    return readers.get(name, readers.options_from(options or []))


def mapping_of(path: Path | None, files: Iterable[Path]) -> str | None:
    """The text of the mapping file that was given; where there is none, tells on the error stream how columns are read.

    Raises:
        InputError: The mapping file cannot be read.
    """
    from dechallenge.batch import holds_tables

    if path is not None:
        from dechallenge.formats.text import decode

        try:
            return decode(path.read_bytes(), path.name)
        except OSError as error:
            cause = f"the mapping cannot be read ({error.strerror})"
            raise InputError(cause, place=str(path), next_step="Check the path.") from None
    tables = [one for one in files if holds_tables(one)]
    if tables:
        from dechallenge.formats import datasets

        found = datasets.recognise(tables)
        if found is not None:
            sys.stderr.write("Columns are read as follows; give another reading with --mapping FILE.\n")
            sys.stderr.write(datasets.mapping(found).yaml())
    return None


def failed(problems: Iterable[Problem | ProblemOut]) -> bool:
    """Whether an input failed; what a reader dropped is told, and is no failure."""
    return any(problem.kind not in ("dropped", "pieces", "repeats") for problem in problems)


def dump(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        say(problem.document, problem.message, problem.next_step)


def say(place: str, cause: str, step: str) -> None:
    """One problem on the error stream: place, cause, next step."""
    head = f"{place}: {cause}".rstrip()
    end = "" if head.endswith((".", "?", "!", "…")) or not step else "."
    sys.stderr.write(f"{head}{end} {step}".rstrip() + "\n")


def show(text: str, *, ends_line: bool = True) -> None:
    """Write to the output; a reader that has seen enough (``| head``) ends the command quietly."""
    try:
        sys.stdout.write(text + "\n" if ends_line and not text.endswith("\n") else text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of(asked: int | None) -> int:
    """The width asked for; else that of the terminal; where the output is not one, always the same."""
    if asked is not None:
        return asked
    return min(WIDEST, max(60, shutil.get_terminal_size((WIDEST, 24)).columns)) if sys.stdout.isatty() else WIDEST
