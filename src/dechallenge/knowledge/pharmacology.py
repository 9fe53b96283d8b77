"""Reactions that the pharmacology of a drug explains, and triggers of the macrophage activation syndrome.

Tables: `data/pharmacology.csv` (drugs and classes), `data/mas_triggers.csv`. May import `lexicon` and the tables of
this folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from dechallenge.knowledge.tables import Mark, cite, mark_of, parts_of, read_table
from dechallenge.lexicon.drugs import load_drugs


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the pharmacology of a drug explains a reaction; `basis` is the drug or class whose row says so."""

    drug: str
    kind: str
    basis: str
    text: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Trigger:
    """One known trigger of the macrophage activation syndrome."""

    name: str
    kind: Literal["disease", "infection", "drug"]
    note: str
    source: str
    mark: Mark


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[str, str], tuple[str, str, Mark]]:
    return {
        (row["name"], row["reaction"].lower()): (row["explanation"], cite(row["sources"])[0], mark_of(row["mark"]))
        for row in read_table("pharmacology.csv")
    }


def pharmacology_explains(drug: str, kind: str) -> Explanation | None:
    """The explanation for a drug and a kind of reaction, from its own row or that of one of its classes; else None.

    Args:
        drug: Any name of the drug, case-insensitive.
        kind: The kind of reaction, case-insensitive.
    """
    inn, ingredients = parts_of(drug)
    names = dict.fromkeys((inn, *ingredients, *load_drugs().classes_of(drug)))
    for name in names:
        row = _table().get((name, kind.lower()))
        if row is not None:
            return Explanation(drug=inn, kind=kind, basis=name, text=row[0], source=row[1], mark=row[2])
    return None


@lru_cache(maxsize=1)
def mas_triggers() -> tuple[Trigger, ...]:
    """All known triggers, in the order of the table."""
    return tuple(
        Trigger(
            name=row["name"],
            kind=cast(Literal["disease", "infection", "drug"], row["trigger_kind"]),
            note=row["note"],
            source=cite(row["sources"])[0],
            mark=mark_of(row["mark"]),
        )
        for row in read_table("mas_triggers.csv")
    )
