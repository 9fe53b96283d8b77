"""Units as printed in case reports: one table of UCUM codes with their spellings.

`parse_unit` reads a spelling, `unit_pattern` finds one in a text; both walk the same tree of atoms, so that whatever
the pattern matches has a meaning. Unit libraries misread clinical strings ("10*9/L" as 90/L, "K/uL" as kelvin), hence
our own table. May import `errors`, `quantity` and `lexicon.unit_atoms`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from dechallenge.errors import UnitError
from dechallenge.lexicon.unit_atoms import ATOMS, POWERS, power_regex
from dechallenge.quantity import Unit

_TABLE = Path(__file__).with_name("data") / "units.csv"
_GAP = r"\s{0,2}"
_NEGATIVE_POWER = r"\s?(?:\^|<sup>)?\s?[({]?(?:[-‐‑–−]\s?1|⁻¹)[)}]?(?:</sup>)?"
_INVERTIBLE = ("L", "dL", "mL", "uL", "kg", "d", "min", "h")
_END = r"(?![^\W_])"
_MAX_LENGTH = 80


@dataclass(slots=True)
class _Node:
    """A place in the tree of spellings: the unit that ends here and the atoms that may follow."""

    code: str = ""
    next: dict[str, _Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Table:
    units: Mapping[str, Unit]
    trees: Mapping[str, _Node]


@cache
def _load() -> _Table:
    units: dict[str, Unit] = {}
    trees = {kind: _Node() for kind in ("lab", "vital", "dose", "time", "")}
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kinds = frozenset(row["kind"].split())
            unit = Unit(
                row["code"], row["dimension"], float(row["factor"]), float(row["offset"]), kinds, row["display"]
            )
            units[unit.code] = unit
            for spelling in row["spellings"].split(";") if row["spellings"] else ():
                atoms = spelling.split()
                for kind in (*kinds, ""):  # "" holds every unit, named ones such as INR only there
                    _plant(trees[kind], atoms, unit.code)
                    if len(atoms) == 3 and atoms[1] == "/" and atoms[2] in _INVERTIBLE:
                        _plant(trees[kind], [atoms[0], f"{atoms[2]}-1"], unit.code)
    return _Table(MappingProxyType(units), MappingProxyType(trees))


def _plant(root: _Node, atoms: list[str], code: str) -> None:
    node = root
    for atom in atoms:
        node = node.next.setdefault(atom, _Node())
    node.code = node.code or code


def _atom_regex(name: str) -> str:
    if name.endswith("-1"):
        return rf"[·.*\s]?(?:{ATOMS[name.removesuffix('-1')]}){_NEGATIVE_POWER}"
    return ATOMS[name]


@cache
def _atom(name: str) -> re.Pattern[str]:
    return re.compile(_atom_regex(name), re.IGNORECASE)


_SPACE = re.compile(_GAP)


def _walk(node: _Node, text: str, position: int) -> str:
    """The code of the unit that spells text[position:] exactly, or "". Depth is bounded by the tree."""
    if position == len(text):
        return node.code
    after_gap = _SPACE.match(text, position)
    start = after_gap.end() if after_gap and position else position
    for name, child in node.next.items():
        for end in _ends(name, text, start):
            if code := _walk(child, text, end):
                return code
    return ""


def _ends(name: str, text: str, start: int) -> Iterator[int]:
    """Where an atom that starts here can end, the longest first."""
    pattern = _atom(name)
    if pattern.match(text, start):
        for stop in range(len(text), start, -1):
            if pattern.fullmatch(text, start, stop):
                yield stop


def units() -> Mapping[str, Unit]:
    """Every unit by its UCUM code, in the order of the table."""
    return _load().units


def unit(code: str) -> Unit:
    """The unit of a UCUM code.

    Raises:
        UnitError: the code is not in the table.
    """
    try:
        return _load().units[code]
    except KeyError:
        raise UnitError(f"{code!r} is no unit code known here.", next_step="See lexicon/data/units.csv.") from None


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """The unit that a text spells, exactly and as a whole; None where it spells none.

    Case matters only where it is the meaning: "G/L" is 10⁹/L, "g/L" grams per litre; "K-A", "Bodansky", "Karmen"
    units are known but convert to nothing. "x10^9" without a volume is its own unit ("10*9").
    """
    spelling = " ".join(text.split()).removesuffix(".") if not text.rstrip().endswith(("u.", "U.")) else text.strip()
    if not spelling or len(spelling) > _MAX_LENGTH or (spelling.isascii() and spelling.isdigit()):
        return None
    table = _load()
    if spelling in table.units:
        return table.units[spelling]
    code = _walk(table.trees[""], spelling, 0)
    return table.units[code] if code else None


@cache
def unit_pattern(*kinds: str) -> str:
    """A bounded regular expression that matches any unit spelling at a position, the longest first.

    It stands after a number (with optional space), holds its own case flag and no capturing group. Every match that
    ends where the pattern ends is read by `parse_unit`.

    Args:
        kinds: Of "lab", "vital", "dose", "time"; laboratory and vital signs where none is given.
    """
    wanted = kinds or ("lab", "vital")
    root = _Node()
    for kind in wanted:
        _merge(root, _load().trees[kind])
    return f"(?i:{_regex(root, root=True)}{_END})"


def _merge(into: _Node, tree: _Node) -> None:
    into.code = into.code or tree.code
    for name, child in tree.next.items():
        _merge(into.next.setdefault(name, _Node()), child)


def _regex(node: _Node, *, root: bool = False) -> str:
    # Atoms followed by more come first, so that "mg/dL" is tried before "mg"; the end guard corrects prefixes.
    branches: dict[str, list[str]] = {}
    for name, child in node.next.items():
        branches.setdefault(_regex(child) if child.next else "", []).append(name)
    ordered = sorted(branches.items(), key=lambda item: not item[0])
    gap = "" if root else _GAP
    parts = [f"{gap}(?:{'|'.join(_alternatives(names))}){tail}" for tail, names in ordered]
    body = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return body if root or not node.code else f"(?:{body})?"


def _alternatives(names: list[str]) -> list[str]:
    powers = [name for name in names if name in POWERS]
    others = [_atom_regex(name) for name in names if name not in POWERS]
    return [power_regex(powers), *others] if powers else others
