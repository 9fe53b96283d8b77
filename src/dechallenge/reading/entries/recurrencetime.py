"""How long after a re-exposure the reaction came back: the first sign that is told behind it with a time of its own.

May import recurrence and the story.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dechallenge.case import Time
from dechallenge.reading.reactions.recurrence import REACH
from dechallenge.reading.story.story import Beat, Step, Story
from dechallenge.reading.texts.text import CleanText
from dechallenge.timeline import Interval


def recurrence_time(
    text: CleanText, story: Story, step: Step, words: tuple[int, int] | None, signs: Sequence[int], until: int
) -> Time | None:
    """Days from the first dose of a re-exposure to what came back.

    Args:
        story: The story, told to its end.
        step: The re-exposure.
        words: Clean span of the words that tell its result, where there are any.
        signs: Clean positions of what belongs to the reaction, in order.
        until: Clean position of the next re-exposure.

    Returns:
        The delay with the words of its time; ``None`` where no time bounds it on both sides.
    """
    if words is not None:
        middle = next((p for p in signs if words[0] <= p < words[1]), words[0])
        for position in (middle, words[0], words[1] - 1):
            told = _delay(text, story, step, story.beat_at(position))
            if told is not None:
                return told
    behind = bisect_right(signs, step.action.cue[1])
    for position in signs[behind:]:
        beat = story.beat_at(position)
        if beat is None:
            continue
        if position >= until or beat.sentence > step.action.sentence + REACH:
            break
        if beat.explicit and not beat.flashback:
            told = _delay(text, story, step, beat)
            if told is not None:
                return told
    return None


def _delay(text: CleanText, story: Story, step: Step, beat: Beat | None) -> Time | None:
    if beat is None or beat.node == step.node or (beat.time is None and beat.start <= step.action.cue[0] < beat.end):
        return None
    gap = story.network.between(step.node, beat.node)
    if gap.low is None or gap.high is None or gap.high <= 0:
        return None
    amount = beat.time.amount.interval if beat.time is not None and beat.time.amount is not None else None
    if beat.start < step.action.cue[0] and amount is not None and gap.high > amount.hi + 1:
        return None  # "within a week, having restarted X": the week counts from something else
    timed = beat.time if beat.time is not None else beat  # without a time of its own, the clause that its place dates
    evidence = (text.quote(timed.start, timed.end),)
    gap = Interval(max(0.0, gap.low), gap.high)
    point = None
    if step.node in story.points and beat.node in story.points:
        point = story.points[beat.node] - story.points[step.node]
        point = point if gap.lo - 0.5 <= point <= gap.hi + 0.5 else None
    words = evidence[0].quote if beat.time is not None else ""
    return Time(low=gap.low, high=gap.high, point=point, text=words, anchor="restart", evidence=evidence)
