"""The command as a whole: arguments in, an exit code out, every error a message with its next step.

Imports the application and the errors.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import typer

from dechallenge.cli.app import app
from dechallenge.cli.output import say
from dechallenge.errors import DechallengeError, InputError

COLLECTED = 200_000
"""New objects after which garbage is looked for: nearly all that starting makes stays, and looking takes its time."""
PLUGINS = "PYDANTIC_DISABLE_PLUGINS"
"""What pydantic asks for before it looks through every installed package for plugins; nothing here needs any."""


def main(argv: Sequence[str] | None = None) -> NoReturn:
    """Run the command; every error ends in a message that says the next step, and in an exit code.

    Args:
        argv: The arguments; those of the process when not given.

    Raises:
        SystemExit: Always: 0 done, 1 some inputs failed, 2 wrong usage.
    """
    gc.set_threshold(COLLECTED, 20, 20)
    os.environ.setdefault(PLUGINS, "__all__")
    atexit.register(gc.freeze)  # everything goes with the process; nobody need look through it for garbage first
    args = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    as_json = "--json" in args
    try:
        code = app(args=args or ["--help"], prog_name="dechallenge", standalone_mode=False)
        raise SystemExit((code or 0) if args else 2)
    except typer.Exit as stop:
        raise SystemExit(stop.exit_code) from None
    except (typer.Abort, KeyboardInterrupt):
        raise SystemExit(130) from None
    except InputError as error:
        problem, code = ("input", error.place or "input", error.cause, error.next_step), 1
    except DechallengeError as error:
        problem, code = ("usage", error.place or "usage", error.cause, error.next_step), 2
    except Exception as error:
        problem, code = _usage(error) or _internal(error)
    _fail(*problem, as_json=as_json)
    raise SystemExit(code)


def _usage(error: Exception) -> tuple[tuple[str, str, str, str], int] | None:
    """The problem of a command line that does not parse; typer's errors share no importable base over its versions."""
    format_message = getattr(error, "format_message", None)
    if format_message is None:
        return None
    context = getattr(error, "ctx", None)
    verb = f" {context.info_name}" if context is not None and context.parent is not None else ""
    return ("usage", "usage", str(format_message()), f"See dechallenge{verb} --help."), 2


def _internal(error: Exception) -> tuple[tuple[str, str, str, str], int]:
    """A defect of this program; ``DECHALLENGE_DEBUG`` shows where."""
    if os.environ.get("DECHALLENGE_DEBUG"):
        raise error
    step = "This is a defect of Dechallenge: please report it. DECHALLENGE_DEBUG=1 shows where it happened."
    return ("internal", "dechallenge", f"failed with {type(error).__name__}: {error}", step), 1


def _fail(kind: str, place: str, cause: str, step: str, *, as_json: bool) -> None:
    say(place, cause, step)
    if as_json:
        from dechallenge.assessment.model import Assessment, ProblemOut

        problem = ProblemOut(document=place, kind=kind, message=cause, next_step=step)
        sys.stdout.write(Assessment(problems=(problem,)).to_json() + "\n")
        sys.stdout.flush()
