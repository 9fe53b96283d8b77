"""What the first assessment of a fresh process loads and makes: nothing that a short report does not need."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "anakinra-hepatitis.txt"
UNUSED = (
    "concurrent.futures",
    "dechallenge.exchange.converting",
    "dechallenge.formats.caseyaml",
    "dechallenge.formats.e2b",
    "dechallenge.formats.meddra",
    "duckdb",
    "jinja2",
    "lxml",
    "multiprocessing",
    "narwhals",
    "numpy",
    "pandas",
    "pyarrow",
    "pypdfium2",
    "scipy",
    "yaml",
)
"""Modules for other verbs, other formats and several processes."""
SCRIPT = (
    "import atexit, gc, sys\n"
    "atexit.register(lambda: print('left alone:', gc.get_freeze_count(), file=sys.stderr))\n"
    "from dechallenge.cli import main\n"
    "try:\n"
    "    main(['assess', sys.argv[1]])\n"
    "finally:\n"
    "    print('loaded:', *sorted(name for name in sys.argv[2:] if name in sys.modules), file=sys.stderr)\n"
    "    from dechallenge.logic import blocks\n"
    "    told = blocks._reached.cache_info()\n"
    "    print(f'states made: {told.misses}, found: {told.hits}', file=sys.stderr)\n"
)


@pytest.fixture(scope="module")
def loaded() -> str:
    environment = {name: value for name, value in os.environ.items() if name != "DECHALLENGE_DEBUG"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(EXAMPLE), *UNUSED],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "anakinra" in done.stdout
    return done.stderr


def test_a_first_assessment_loads_no_module_that_it_does_not_use(loaded: str) -> None:
    assert "loaded:\n" in loaded


def test_the_end_of_the_command_is_no_search_for_garbage(loaded: str) -> None:
    """The last callback of the process finds all that was made set aside, which Python would look through otherwise."""
    (count,) = re.findall(r"left alone: (\d+)", loaded)
    assert int(count) > 50_000


def test_numbers_that_are_asked_alike_share_their_states(loaded: str) -> None:
    """ALT, AST and GGT have the same cut points: what is worked out for one serves the others."""
    made, found = map(int, re.findall(r"states made: (\d+), found: (\d+)", loaded)[0])
    assert made
    assert made < 0.75 * (made + found)
