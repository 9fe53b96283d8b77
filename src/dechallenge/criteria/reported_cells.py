"""Scores that a laboratory reports, turned into stages by the published table of cells, and checked against them.

A cell is closed at its upper end: "> 0.27 to 0.31" has 0.31 and not 0.27. Imports only the logic.
"""

from __future__ import annotations

from dataclasses import dataclass

from dechallenge.logic import all_of, any_of
from dechallenge.logic.instrument import Caution, Item, Option, left_out
from dechallenge.logic.predicates import Predicate
from dechallenge.logic.terms import Choice, Number

HALF_UNIT = 0.005
"""Scores are printed with two decimals: the true value lies within half a unit of the last one."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of cells: for each stage its upper end, in order; the first begins at 0."""

    score: Number
    reported: Choice
    ends: tuple[tuple[str, float], ...]

    def cell(self, stage: str, margin: float = 0.0) -> Predicate:
        """The score lies in the cell of this stage, widened by a margin on both sides."""
        place = [name for name, _ in self.ends].index(stage)
        last = len(self.ends) - 1
        above = None if place == 0 else self.score > round(self.ends[place - 1][1] - margin, 6)
        within = None if place == last else self.score <= round(self.ends[place][1] + margin, 6)
        return all_of(part for part in (above, within) if part is not None)

    @property
    def another(self) -> Predicate:
        """The reported stage is not that of the reported score, even with the score's rounding."""
        return any_of(self.reported.is_(stage) & ~self.cell(stage, HALF_UNIT) for stage, _ in self.ends)

    @property
    def conversion(self) -> Item:
        """The score turned into a stage."""
        lows = ("0.00", *(f"> {end:.2f}" for _, end in self.ends))
        return Item(
            "stage",
            f"Stage of the reported score ({self.score.title})",
            tuple(
                Option(stage, f"{low} to {end:.2f}", self.cell(stage))
                for low, (stage, end) in zip(lows, self.ends, strict=False)
            ),
            missing=left_out("no score is reported, and none is computed"),
            quantity=self.score,
            source="table of the vendor and of a university laboratory handbook, identical",
        )

    @property
    def told(self) -> Item:
        """The stage that the report gives itself."""
        return Item(
            "reported",
            f"Stage as reported ({self.reported.title})",
            tuple(Option(stage, f"reported as {stage}", self.reported.is_(stage)) for stage, _ in self.ends),
            missing=left_out("no stage is reported, or different ones"),
            source="the report",
        )

    @property
    def agreement(self) -> Item:
        """Whether score and stage belong together."""
        same = any_of(self.reported.is_(stage) & self.cell(stage) for stage, _ in self.ends)
        near = any_of(self.reported.is_(stage) & self.cell(stage, HALF_UNIT) for stage, _ in self.ends)
        return Item(
            "agreement",
            "Does the reported stage belong to the reported score?",
            (
                Option("same cell", "the stage is that of the score", same),
                Option("within rounding", "the stage is that of the score within its rounding (0.005)", near),
                Option("another cell", "the stage is not that of the score", self.another),
            ),
            missing=left_out("needs both a score and a stage"),
            source="project check on the table of cells",
        )

    @property
    def mismatch(self) -> Caution:
        """Said when score and stage contradict each other."""
        return Caution(
            "The reported stage is not that of the reported score in the published table: one of the two is wrong.",
            when=self.another,
            items=("agreement",),
        )
