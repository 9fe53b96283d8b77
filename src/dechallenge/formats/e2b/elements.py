"""The data elements of ICH E2B(R3): what each may hold and where it stands in a message.

The facts lie in `data/elements.csv`: number, our short name, data type (AN text, A letters, N number, BL boolean, TS
date), greatest length or, for a date, the least number of digits, conformance (M mandatory, C conditional, O optional),
allowed codes, allowed null flavours, and the place in the notation of `places`. Imports nothing of the package.

Source: ICH E2B(R3) core data elements (table of the Implementation Guide, version 1.10/1.11) for types, lengths,
conformance, codes and null flavours; the element-to-XPath table that MFDS publishes, checked against the sample
instances of FDA (set v1.2, 2024), for the places. Our wording; places and groups in our own notation.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

Type = Literal["AN", "A", "N", "BL", "TS", ""]
Conformance = Literal["M", "C", "O"]


@dataclass(frozen=True, slots=True)
class Definition:
    """A data element.

    Attributes:
        id: ICH number with its repetition marks (``G.k.4.r.1a``).
        name: What it is, in our words.
        type: AN text, A letters, N number, BL boolean, TS date or time, empty for an attached file.
        length: Greatest number of characters, 0 where there is none; for a date the least number of digits of its
            precision, 0 where a year alone is legal.
        conformance: M mandatory (within its group), C conditional, O optional.
        codes: Values that are allowed; empty where there is no closed list.
        nulls: Null flavours that are allowed.
        places: Where it stands, in the notation of `places`; the first is the one that is written.
    """

    id: str
    name: str
    type: Type
    length: int
    conformance: Conformance
    codes: tuple[str, ...]
    nulls: tuple[str, ...]
    places: tuple[str, ...]


@cache
def elements() -> Mapping[str, Definition]:
    """All data elements by number, in the order of the standard."""
    text = resources.files("dechallenge.formats.e2b").joinpath("data/elements.csv").read_text(encoding="utf-8")
    found: dict[str, Definition] = {}
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines):
        kind: Type = row["type"]  # type: ignore[assignment]
        conformance: Conformance = row["conformance"]  # type: ignore[assignment]
        found[row["id"]] = Definition(
            id=row["id"],
            name=row["name"],
            type=kind,
            length=int(row["length"] or 0),
            conformance=conformance,
            codes=tuple(row["codes"].split()),
            nulls=tuple(row["nulls"].split()),
            places=tuple(row["location"].split()),
        )
    return MappingProxyType(found)
