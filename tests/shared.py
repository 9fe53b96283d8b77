"""Finds the texts and tables that tests read in place and that are not part of the project.

They lie in a folder ``shared`` beside the checkout; the variable ``DECHALLENGE_SHARED`` names another place. Where the
folder is absent the test that asks for it is skipped, with the reason. Imports nothing of the package.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

VARIABLE = "DECHALLENGE_SHARED"
ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder with the shared texts, whether or not it exists."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else ROOT.parent / "shared"


def shared_path(*parts: str) -> Path:
    """The path of a shared file or folder; skips the running test, or module, where it is absent.

    Args:
        parts: The path inside the shared folder, as in ``shared_path("corpora", "seed_gold.json")``.
    """
    path = shared_folder().joinpath(*parts)
    if not path.exists():
        inside = "/".join(parts) or "."
        pytest.skip(
            f"{inside} is not in the shared folder beside the checkout (set {VARIABLE} to its place)",
            allow_module_level=True,
        )
    return path
