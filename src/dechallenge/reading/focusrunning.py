"""The drug in focus where a report blames none. May import focus and the knowledge of drugs."""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.knowledge import known_reaction
from dechallenge.reading.focus import Suspicion


def running(suspected: Sequence[Suspicion], onset: int, kind: str) -> tuple[str, ...]:
    """Where the report blames no drug: the drug in focus is the likeliest of those named before the reaction.

    Among drugs that the text says equally much of, one known to cause this kind of reaction comes first.
    """
    before = [s for s in suspected if s.first <= onset + 60] or list(suspected)
    level = [s for s in before if s.weight >= before[0].weight - 0.5]
    known = [
        s for s in level if (row := known_reaction(s.drug, kind)) is not None and "yes" in (row.labelled, row.published)
    ]
    return tuple(s.drug for s in (known or before)[:1])
