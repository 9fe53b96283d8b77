"""Reads the tables of `knowledge/data` and resolves their source keys.

May import the standard library, `errors` and `lexicon`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Literal, cast

from dechallenge.errors import DechallengeError
from dechallenge.lexicon.drugs import load_drugs

Answer = Literal["yes", "no", "unknown"]
Mark = Literal["verified", "unverified"]


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of one table, each as column name -> cell."""
    text = resources.files("dechallenge.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@lru_cache(maxsize=1)
def _sources() -> Mapping[str, tuple[str, str]]:
    return {row["key"]: (row["citation"], row["as_of"]) for row in read_table("sources.csv")}


def cite(keys: str) -> tuple[str, str]:
    """The citations behind source keys joined by "|", and the latest of their dates.

    Raises:
        DechallengeError: When a key has no row in `sources.csv`.
    """
    found = []
    for key in keys.split("|"):
        if key not in _sources():
            raise DechallengeError(
                f"the source {key!r} has no citation.", place="knowledge/data/sources.csv", next_step="Add its row."
            )
        found.append(_sources()[key])
    return "; ".join(citation for citation, _ in found), max(date for _, date in found)


def mark_of(cell: str) -> Mark:
    """A cell of the column `mark`; anything but "verified" counts as unverified."""
    return "verified" if cell == "verified" else "unverified"


def answer_of(cell: str) -> Answer:
    """A cell that says yes or no; anything else is unknown."""
    return cast(Answer, cell) if cell in ("yes", "no") else "unknown"


def parts_of(drug: str) -> tuple[str, tuple[str, ...]]:
    """The canonical name of a drug given in any spelling, and the canonical names of its ingredients."""
    entry = load_drugs().lookup(drug, any_case=True)
    if entry is None:
        name = drug.strip().lower()
        return name, (name,)
    return entry.inn, entry.ingredients or (entry.inn,)
