"""The outcome as a safety report states it in so many words: "the outcome of the hepatitis was recovered/resolved".

It counts before what else is told of the end. The words are those of ICH E2B (E.i.7). May import the outcome, the story
and the moments of a recovery.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.case.model import Outcome
from dechallenge.reading.assertion.untold import untold
from dechallenge.reading.entries.outcome import Ending
from dechallenge.reading.entries.recovery import UNDATED, when
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import Sign
from dechallenge.reading.story.story import Story
from dechallenge.reading.texts.text import CleanText

_STATED = Pattern(
    r"\b(?:event\s+)?outcomes?\b(?P<of>[^.;\n]{0,90}?)(?:[:=]|\b(?:was|were|is|as)\b)\s*"
    r"(?:(?:also\s+)?(?:reported|considered|assessed|noted|stated)\s+(?:as\s+|to\s+be\s+)?)?[“\"'(\s]*"
    r"(?:(?P<not>not\s+(?:yet\s+)?(?:been\s+)?(?:recovered|resolved)|unresolved|ongoing|persist\w*|unchanged|worsen\w+)"
    r"|(?P<left>(?:recovered|resolved)(?:\s*/\s*(?:recovered|resolved))?\s+with\s+sequel\w+)"
    r"|(?P<better>recovering|resolving|improv(?:ed|ing))|(?P<fatal>fatal|death)\b"
    r"|(?P<over>(?:(?:complete|full)(?:ly)?\s+)?(?:recovered|resolved|recovery|resolution))\b)",
    re.IGNORECASE,
)
_WITH_SEQUELAE = Pattern(
    r"\b(?:recover(?:ed|y)|resolved)\s+(?:(?:\w+ly\s+)?(?:but\s+)?with|w/)\s+(?!(?:no|out)\b)(?:\w+\s+){0,2}?sequel\w+|"
    r"\brecovered,?\s+but\s+(?:(?:he|she|they|the\s+patient)\s+)?(?:was|were|has\s+been)?\s*left\s+with\s+(?!no\b)[^.;]{3,60}",
    re.IGNORECASE,
)
""" "Recovered with sequelae": true of a reaction of any kind, whatever its values do."""
_MEANS: tuple[tuple[str, Outcome], ...] = (
    ("not", "not recovered"),
    ("left", "recovered with sequelae"),
    ("better", "recovering"),
    ("fatal", "fatal"),
    ("over", "recovered"),
)
_OVER = ("recovered", "recovered with sequelae")
_WORD = re.compile(r"[a-z]{5,}", re.IGNORECASE)


def stated(
    text: CleanText, spans: Sequence[tuple[int, int]], own: Sequence[Sign], story: Story, axis: str, end: Ending
) -> Ending:
    """The ending that is stated of the reaction by the word "outcome", else the one found.

    Args:
        text: Clean text of the case.
        spans: Its sentences.
        own: Signs of the reaction, whose words choose among several statements.
        story: Its story.
        axis: Node of day 0.
        end: The ending found by the words of any ending.
    """
    body = text.text
    found = [match for a, b in spans for match in _STATED.finditer(body, a, b)]
    if not found:
        left = [m for a, b in spans for m in _WITH_SEQUELAE.finditer(body, a, b) if not untold(body, a, m.end(), b)]
        if left and end.result in ("recovered", "unknown", "recovering"):
            return replace(end, result="recovered with sequelae", evidence=(text.quote(*left[-1].span()),))
        return end
    stems = {w.lower()[:6] for s in own for w in _WORD.findall(f"{s.term} {body[s.position : s.end]}")}
    mine = [m for m in found if any(stem in m["of"].lower() for stem in stems)]
    match = (mine or found)[-1]
    result = next(meaning for group, meaning in _MEANS if match[group] is not None)
    words = text.quote(*match.span())
    if result == end.result:
        return end
    if result not in _OVER:
        return Ending(result, None, None, (words,))
    if end.result in _OVER:
        return Ending(result, end.day, end.from_stop, (*end.evidence, words))
    beat = story.beat_at(match.start())
    dated = beat is not None and beat.explicit and not beat.flashback
    day, from_stop = when(body, story, axis, match.span(), change=False, abnormal=()) if dated else UNDATED
    return Ending(result, day, from_stop, (words,))
