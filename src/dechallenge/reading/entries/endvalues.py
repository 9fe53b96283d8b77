"""When a value told that a reaction was over: its own date in a list of values, else the moment of its clause.

May import laboratory values, the story and recovery; what the words of an ending say is in ``outcome``.
"""

from __future__ import annotations

from collections.abc import Sequence

from dechallenge.case import Time
from dechallenge.reading.entries.exposures import times
from dechallenge.reading.entries.recovery import When, since_stop, when
from dechallenge.reading.entries.values import moment_of
from dechallenge.reading.laboratory.labs import LabMention
from dechallenge.reading.laboratory.sizes import NEUTROPENIA_LIMIT, neutrophils
from dechallenge.reading.story.story import Story
from dechallenge.reading.texts.text import CleanText


def of_counts(
    text: CleanText, low: Sequence[LabMention], story: Story, axis: str
) -> tuple[tuple[int, int], Time | None, Time | None] | None:
    """The first neutrophil count above the limit after one below it: its words, its day and its time from the stop."""
    fallen = False
    for lab in low:
        count = neutrophils(lab.value, lab.unit or "") if lab.value is not None else None
        if count is not None and count < NEUTROPENIA_LIMIT:
            fallen = True
        elif count is not None and fallen:
            span = (lab.start, max(lab.end, lab.value_end))
            return span, *of_value(text, (lab,), story, axis, span)
    return None


def of_value(text: CleanText, labs: Sequence[LabMention], story: Story, axis: str, span: tuple[int, int]) -> When:
    """The moment of the value whose words these are: its own date in a list of values, else that of its clause."""
    for lab in labs:
        if (lab.start, max(lab.end, lab.value_end)) != span or lab.value is None:
            continue
        beat = moment_of(text, lab, story)
        if beat is not None and beat.explicit and beat.time is not None and beat.time.kind in ("date", "day", "offset"):
            return times(story, beat.node, axis), since_stop(story, beat.node, lab.start)
        span = (lab.value_start, max(lab.value_start + 1, lab.value_end))
        break
    return when(text.text, story, axis, span, change=False, abnormal=())
