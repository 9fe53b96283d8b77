"""Counting and printing: single checks, counts with a target, and the plain tables they are shown in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One question asked of one record: did the product say what the reference says?"""

    measure: str
    record: str
    ok: bool
    expected: str
    got: str


@dataclass(frozen=True)
class Share:
    """A numerator and a denominator."""

    hits: int
    total: int

    @property
    def percent(self) -> float | None:
        return 100 * self.hits / self.total if self.total else None

    def __str__(self) -> str:
        return f"{self.hits}/{self.total} {self.percent:.1f} %" if self.total else "-"


def share(checks: Iterable[Check], measure: str) -> Share:
    """The share of checks of one measure that came out right."""
    mine = [check.ok for check in checks if check.measure == measure]
    return Share(sum(mine), len(mine))


def f_score(true: int, wrong: int, missed: int) -> float:
    """F1 from facts found, facts read that are in no reference, and facts not found."""
    return 2 * true / (2 * true + wrong + missed) if true else 0.0


def verdict(value: float | None, target: float | None, *, at_most: bool = False) -> str:
    """`ok` or `below` (or `above`) against the target; empty where there is nothing to compare."""
    if value is None or target is None:
        return ""
    if at_most:
        return "ok" if value <= target else "above"
    return "ok" if value >= target else "below"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain text table: the first column to the left, the others to the right."""
    widths = [max(len(str(row[i])) for row in (head, *rows)) for i in range(len(head))]
    lines = ["  ".join(_cell(text, widths[i], i) for i, text in enumerate(row)).rstrip() for row in (head, *rows)]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _cell(text: str, width: int, column: int) -> str:
    return str(text).ljust(width) if column == 0 else str(text).rjust(width)


def misses(checks: Iterable[Check], *, title: str = "") -> str:
    """One line per check that failed, sorted by measure as asked, with what was expected and what came."""
    lines = [
        f"  {check.measure:<34} {check.record:<26} expected {check.expected} | got {check.got}"
        for check in checks
        if not check.ok
    ]
    return "\n".join(([title] if title else []) + lines)
