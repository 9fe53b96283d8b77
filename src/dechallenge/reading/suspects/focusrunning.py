"""The drug in focus where a report blames none. And that it was begun before the reaction.

May import focus, the story and the knowledge of drugs.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.knowledge import known_reaction
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Suspicion
from dechallenge.reading.story.story import LATER, ONSET, Story, start_node


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


def begun_before(story: Story, drugs: Sequence[DrugMention]) -> None:
    """A drug in focus that is named before the reaction, and not told to be begun after it, was begun before it.

    Args:
        story: The story of the case; its network learns it.
        drugs: Mentions.
    """
    if story.onset_beat is None or ONSET not in story.network.names:
        return
    began = story.onset_beat.start
    for drug in story.main:
        first, node = min((d.start for d in drugs if d.drug == drug), default=began), start_node(drug)
        late = any(s.drug == drug and s.kind == "started" and s.action.cue[0] > began for s in story.steps)
        if first >= began or late or node not in story.network.names:
            continue
        if story.network.between(node, ONSET).hi >= 0:
            story.network.bound(node, ONSET, LATER)
