"""The drug that a time counts from where it is not named: "ten days after starting the gel".

May import the story, drugs, the forms of ``focusforms`` and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.drugs.drugforms import by_form
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import Story

_BEGUN = ("started", "restarted")
_FIRST_DOSE = Pattern(
    r"\bafter\s+(?:the|his|her)\s+(?:very\s+)?(?:first|only|single)\s+(?:dose|tablet|capsule|pill|injection|infusion|"
    r"administration|application)\b(?!\s+of\b)",
    re.IGNORECASE,
)
"""Of the drug that the sentence has just told to be begun ("Y was tried; 36 hours after the first tablet …")."""


def not_named(text: str, sentence: tuple[int, int], drugs: Sequence[DrugMention], story: Story) -> str | None:
    """By its form, else of several drugs in focus the one that was told last to be begun, if the first was running.

    Args:
        text: Clean text.
        sentence: The sentence with the time.
        drugs: Mentions, in order.
        story: The story so far.
    """
    if not story.main:
        return None
    here = [s.drug for s in story.steps if s.kind in _BEGUN and sentence[0] <= s.action.cue[0] < sentence[1]]
    if here and _FIRST_DOSE.search(text, *sentence) is not None:
        return here[-1]
    formed = by_form(text, sentence, drugs) if not any(sentence[0] <= d.start < sentence[1] for d in drugs) else []
    if formed and formed[0].drug in story.main:
        return formed[0].drug
    begun = [s.drug for s in story.steps if s.kind == "started" and s.drug in story.main]
    return story.main[0] if not begun or story.main[0] in begun else begun[-1]


_BARE = Pattern(r"\b(?:treatment|therapy)\s*$", re.IGNORECASE)
_THEN_BARE = Pattern(r"\s+(?:the\s+|this\s+)?(?:treatment|therapy)\b(?!\s+(?:with|of|for)\b)", re.IGNORECASE)
_WITH = Pattern(r"\b(?:treatment|therapy|course)\s+(?:with|of)\s+(?:\w+\s+)?$", re.IGNORECASE)


def of_the_treatment(
    text: str, sentence: tuple[int, int], drugs: Sequence[DrugMention], story: Story, mention: TimeMention
) -> str | None:
    """The drug of a bare "treatment" that is not the one in focus: named just before, or begun when that was stopped.

    "X was changed to Y. After two weeks of treatment …" counts from the start of Y; "fell during treatment with Y, and
    rose 5 weeks after therapy" as well.

    Args:
        text: Clean text.
        sentence: The sentence with the time.
        drugs: Mentions, in order.
        story: The story so far.
        mention: The time.
    """
    start, end = sentence[0] + mention.start, sentence[0] + mention.end
    if mention.anchor != "start" or not story.main:
        return None
    if _BARE.search(text, start, end) is None and _THEN_BARE.match(text, end, sentence[1]) is None:
        return None
    here = {d.drug: d for d in drugs if sentence[0] <= d.start < start and d.drug and d.kind != "dose"}
    if here:
        name, named = next(iter(here.items()))
        alone = len(here) == 1 and name not in story.main
        return name if alone and _WITH.search(text, sentence[0], named.start) is not None else None
    steps = [s for s in story.steps if s.kind in ("started", "restarted", "stopped")]
    ended = next((i for i, s in enumerate(steps) if s.kind == "stopped" and s.drug == story.main[0]), None)
    if ended is None or any(s.kind == "restarted" and s.drug in story.main for s in steps[ended:]):
        return None
    cue = steps[ended].action.cue[0]
    new = [s.drug for s in steps if s.kind == "started" and s.drug not in story.main and s.action.cue[0] >= cue]
    return new[-1] if new else None
