"""Dechallenge: from the report of a suspected adverse drug reaction to an assessed case.

``read`` gives the cases of a report with the words behind every value; ``assess`` scores them with every instrument,
with ranges, reasons and open questions. ``instruments`` scores typed facts without any narrative. Decision support for
professionals: it gives reasons, not decisions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dechallenge import instruments
    from dechallenge.api import assess, assess_paths, read, read_paths
    from dechallenge.assessment.corrections import Corrections
    from dechallenge.assessment.model import Assessment
    from dechallenge.case import Case, Reading
    from dechallenge.errors import DechallengeError
    from dechallenge.evidence import Document
    from dechallenge.tabular import score_table

__version__ = "0.1.0"

_WHERE = {
    "read": "dechallenge.api",
    "assess": "dechallenge.api",
    "read_paths": "dechallenge.api",
    "assess_paths": "dechallenge.api",
    "Corrections": "dechallenge.assessment.corrections",
    "Assessment": "dechallenge.assessment.model",
    "Case": "dechallenge.case",
    "Reading": "dechallenge.case",
    "Document": "dechallenge.evidence",
    "DechallengeError": "dechallenge.errors",
    "score_table": "dechallenge.tabular",
}

__all__ = [
    "Assessment",
    "Case",
    "Corrections",
    "DechallengeError",
    "Document",
    "Reading",
    "__version__",
    "assess",
    "assess_paths",
    "instruments",
    "read",
    "read_paths",
    "score_table",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that the command starts at once."""
    if name == "instruments":
        return import_module("dechallenge.instruments")
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'dechallenge' has no attribute {name!r}")
