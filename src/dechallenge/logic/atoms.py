"""Atoms: the smallest questions that predicates are made of, and predicates lowered to trees over them.

Numbers are asked in two forms only: a number against a figure (`latency ≥ 5`) and a number against a multiple of
another number (`ALT ≥ 5 × ALP`, which is R ≥ 5). Ratios and maxima are rewritten into these, so every engine deals with
the same few forms. Imports the language (`predicates`, `quantities`, `terms`) and the error family.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dechallenge.errors import DechallengeError
from dechallenge.logic.predicates import Always, And, AtLeast, Compare, Not, OneOf, Or, Predicate
from dechallenge.logic.quantities import Arithmetic, Maximum, Quantity
from dechallenge.logic.terms import Flag, Number, Term

TOLERANCE = 1e-9
"""Numbers closer than this (relative) are equal, so that 0.3 / 0.1 reaches a limit of 3."""


class DefinitionError(DechallengeError):
    """An instrument's definition that the engines cannot use."""


@dataclass(frozen=True, slots=True)
class Cut:
    """`number ≥ value`, or `number > value` when strict."""

    number: str
    strict: bool
    value: float


@dataclass(frozen=True, slots=True)
class Multiple:
    """`number ≥ factor × base`, or `>` when strict."""

    number: str
    strict: bool
    factor: float
    base: str


@dataclass(frozen=True, slots=True)
class Yes:
    """The flag is yes."""

    flag: str


@dataclass(frozen=True, slots=True)
class Among:
    """The choice has one of the values."""

    choice: str
    values: tuple[str, ...]


Atom = Cut | Multiple | Yes | Among

Tree = int | bool | tuple["str | int | Tree", ...]
"""An atom's index, a decided truth, ("!", tree), ("&", trees…), ("|", trees…) or ("#", count, trees…)."""


class Atoms:
    """The atoms and terms of one instrument, numbered in order of first appearance."""

    def __init__(self) -> None:
        self.atoms: list[Atom] = []
        self.terms: dict[str, Term] = {}
        self._index: dict[Atom, int] = {}

    def lower(self, predicate: Predicate) -> Tree:
        """The predicate as a tree over atoms.

        Raises:
            DefinitionError: A comparison that is not linear in at most two numbers.
        """
        match predicate:
            case Always():
                return True
            case Flag():
                return self._atom(Yes(predicate.name), predicate)
            case OneOf(term, values):
                return self._atom(Among(term.name, values), term)
            case Not(part):
                return negate(self.lower(part))
            case And(parts):
                return ("&", *(self.lower(part) for part in parts))
            case Or(parts):
                return ("|", *(self.lower(part) for part in parts))
            case AtLeast(count, parts):
                return ("#", count, *(self.lower(part) for part in parts))
            case Compare(left, operator, right):
                return self._compare(left, operator, right)
        raise DefinitionError(f"no engine knows the predicate {type(predicate).__name__}")

    def _compare(self, left: Quantity, operator: str, right: Quantity | float) -> Tree:
        if operator in ("<", "<="):
            return negate(self._compare(left, ">=" if operator == "<" else ">", right))
        strict = operator == ">"
        if isinstance(left, Maximum):
            return ("|", *(self._compare(part, operator, right) for part in left.parts))
        if isinstance(left, Arithmetic) and left.operator == "/" and isinstance(left.right, Number):
            if isinstance(right, Quantity):
                raise DefinitionError("a ratio is compared with a number only")
            return self._compare(left.left, operator, left.right * right)
        if not isinstance(left, Number):
            raise DefinitionError("the left side of a comparison is a number, a ratio of numbers or a maximum")
        if isinstance(right, float | int):
            return self._atom(Cut(left.name, strict, float(right)), left)
        factor, base = _multiple(right)
        index = self._atom(Multiple(left.name, strict, factor, base.name), left)
        self.terms[base.name] = base
        return index

    def _atom(self, atom: Atom, term: Term) -> int:
        self.terms[term.name] = term
        if atom not in self._index:
            self._index[atom] = len(self.atoms)
            self.atoms.append(atom)
        return self._index[atom]


def _multiple(right: Quantity) -> tuple[float, Number]:
    if isinstance(right, Number):
        return 1.0, right
    if isinstance(right, Arithmetic) and right.operator == "*":
        factor = right.right
        if isinstance(right.left, Number) and isinstance(factor, float | int) and factor > 0:
            return float(factor), right.left
    raise DefinitionError("the right side of a comparison is a figure, a number or a positive multiple of a number")


def negate(tree: Tree) -> Tree:
    """The opposite of a tree."""
    if isinstance(tree, bool):
        return not tree
    if isinstance(tree, tuple) and tree[0] == "!":
        inner = tree[1]
        assert not isinstance(inner, str)
        return inner
    return ("!", tree)


def branches(tree: tuple[str | int | Tree, ...]) -> tuple[Tree, ...]:
    """The sub-trees of an inner node."""
    rest = tree[2:] if tree[0] == "#" else tree[1:]
    return rest  # type: ignore[return-value]


def atoms_of(tree: Tree) -> Iterator[int]:
    """The indices of the atoms in a tree, in order, repeated where they repeat."""
    if isinstance(tree, tuple):
        for branch in branches(tree):
            yield from atoms_of(branch)
    elif not isinstance(tree, bool):
        yield tree


def assign(tree: Tree, values: Mapping[int, bool]) -> Tree:
    """The tree with the given atoms replaced by their truth, and simplified."""
    if isinstance(tree, bool):
        return tree
    if isinstance(tree, int):
        return values.get(tree, tree)
    head = tree[0]
    if head == "!":
        return negate(assign(branches(tree)[0], values))
    if head != "#":
        return _assign_all(branches(tree), values, decisive=head == "|")
    parts = [assign(branch, values) for branch in branches(tree)]
    open_parts = [part for part in parts if not isinstance(part, bool)]
    wanted = int(tree[1]) - sum(part is True for part in parts)  # type: ignore[arg-type]
    if wanted <= 0:
        return True
    if wanted > len(open_parts):
        return False
    if wanted == len(open_parts):
        return _join("&", open_parts, True)
    return _join("|", open_parts, False) if wanted == 1 else ("#", wanted, *open_parts)


def _assign_all(parts: Sequence[Tree], values: Mapping[int, bool], *, decisive: bool) -> Tree:
    """A "|" (decided by what is true) or "&" with the atoms replaced; the first part that decides it is enough."""
    open_parts: list[Tree] = []
    for branch in parts:
        part = values.get(branch, branch) if type(branch) is int else assign(branch, values)
        if part is decisive:
            return decisive
        if part is not (not decisive):
            open_parts.append(part)
    return _join("|" if decisive else "&", open_parts, not decisive)


def _join(head: str, parts: list[Tree], empty: bool) -> Tree:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else (head, *parts)


def edge(limit: float, strict: bool) -> float:
    """The limit moved by the package's tolerance: `value > edge` (strict) or `value >= edge` (not strict) decides."""
    margin = TOLERANCE * max(1.0, abs(limit))
    return limit + margin if strict else limit - margin


def reaches(value: float, limit: float, strict: bool) -> bool:
    """Whether the value is at least (strict: above) the limit, with the package's tolerance."""
    return value > edge(limit, strict) if strict else value >= edge(limit, strict)
