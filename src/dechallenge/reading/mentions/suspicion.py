"""What speaks for a drug as the suspect: a weight, the reasons and their words. Imports nothing of the package."""

from __future__ import annotations

from dataclasses import dataclass, field

SAME_PLACE = 80
"""Characters within which the same sign of blame counts once ("stopped and replaced")."""
STOPPED_FOR_IT = "the report stopped it for what came under it"
BLAMED = 3.0
"""Weight from which a drug counts as blamed by the report."""


@dataclass(slots=True)
class Suspicion:
    """What speaks for a drug as the suspect, with the clean spans of the words."""

    drug: str
    weight: float = 0.0
    first: int = 10**9
    reasons: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)

    def add(self, weight: float, reason: str, span: tuple[int, int]) -> None:
        told = self.told.get(reason)
        if weight > 0 and told is not None and abs(told - span[0]) < SAME_PLACE:
            return
        self.weight += weight
        if weight > 0 and told is None:
            self.told[reason] = span[0]
            self.reasons.append(reason)
            self.spans.append(span)
