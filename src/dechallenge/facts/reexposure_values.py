"""Re-exposure judged by the value that makes the reaction, for organs without a published rule of their own.

A project rule, for want of a published one: the figure on the drug again is as far out as the reaction asks for
(positive) or within its usual limits (negative); between the two nothing is said. Every result says so. May import
the modules of this folder that read a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dechallenge.facts.values import Value

PROJECT = "project rule"


@dataclass(frozen=True, slots=True)
class _Rule:
    """Analyte; the figure from which on the reaction is there again, and the one at which it is not.

    Attributes:
        multiple: Figures are multiples of the upper limit of normal.
        low: The reaction is a fall.
    """

    analyte: str
    again: float
    absent: float
    low: bool = False
    multiple: bool = False


_RULES: dict[str, tuple[_Rule, ...]] = {
    "hyponatremia": (_Rule("NA", 130.0, 135.0, low=True),),
    "hyperkalemia": (_Rule("K", 5.5, 5.0),),
    "thrombocytopenia": (_Rule("PLT", 100.0, 150.0, low=True),),
    "rhabdomyolysis": (_Rule("CK", 5.0, 1.0, multiple=True),),
    "pancreatitis": (_Rule("LIPASE", 3.0, 1.0, multiple=True), _Rule("AMYLASE", 3.0, 1.0, multiple=True)),
}
"""Limits of the definitions by which the reader knows these reactions, and of normal."""


def analytes_of(kind: str) -> tuple[str, ...]:
    """The analytes that make a reaction; none where no rule is known."""
    return tuple(rule.analyte for rule in _RULES.get(kind, ()))


def judged(kind: str, values: Sequence[Value]) -> tuple[Literal["positive", "negative"], str, Value] | None:
    """Result, reason and the value that decides; ``None`` where no figure does.

    Args:
        kind: Kind of the reaction.
        values: What was measured in the episode, in the order of the story.
    """
    normal: Value | None = None
    for rule in _RULES.get(kind, ()):
        for value in values:
            low, high = (value.times_low, value.times_high) if rule.multiple else (value.low, value.high)
            if value.analyte != rule.analyte or not value.has_number or low is None or high is None:
                continue
            if (high < rule.again) if rule.low else (low >= rule.again):
                return "positive", f"{value.source} on re-exposure ({PROJECT})", value
            if (low >= rule.absent) if rule.low else (high <= rule.absent):
                normal = normal or value
    return None if normal is None else ("negative", f"{normal.source} on re-exposure ({PROJECT})", normal)
