"""Floor 8: the command ``dechallenge``, one module for each group of verbs. Mirrors the Python API.

Exit codes: 0 done, 1 some inputs failed, 2 wrong usage. ``--json`` prints one valid object whatever happened.
May import everything; does so inside the verbs, so that ``--help`` answers at once.
"""

from dechallenge.cli import definitions, exchange, reports, signals  # noqa: F401 -- they register their verbs
from dechallenge.cli.app import app
from dechallenge.cli.run import main

__all__ = ["app", "main"]
