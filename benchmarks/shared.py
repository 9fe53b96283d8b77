"""Where the reference texts lie: the folder `shared` beside the repository, or DECHALLENGE_SHARED.

They are read in place; nothing of them is copied into the project.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.run import Unavailable


class Missing(Exception):
    """A reference file is not there; the message says which."""


def shared_path(*parts: str) -> Path:
    """The path of a reference file or folder.

    Raises:
        Missing: It does not exist on this machine.
    """
    root = Path(os.environ.get("DECHALLENGE_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    path = root.joinpath(*parts)
    if not path.exists():
        raise Missing(f"{'/'.join(('shared', *parts))} is not here; set DECHALLENGE_SHARED to the folder that holds it")
    return path


def read_text(path: Path) -> str:
    """The decoded text with its newlines untouched (text mode would translate them and move every offset)."""
    return path.read_bytes().decode("utf-8")


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in read_text(path).splitlines() if line.strip()]


def run_command(main: Callable[[list[str]], None]) -> None:
    """Run a benchmark; what cannot be measured here is skipped with the reason, and the exit code is 0."""
    try:
        main(sys.argv[1:])
    except (Missing, Unavailable) as error:
        print(f"skipped: {error}")
