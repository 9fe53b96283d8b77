"""Sentences about a case that tell none of it: the one that sums it up before it is told, and the lesson behind it.

"We present a patient who was successfully rechallenged with X": told again in its place; counted twice it would turn
the story over. "This case suggests that neutrophils should be monitored throughout the course of treatment with X":
nothing is begun. Imports actions and people (the age phrase).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE
from dechallenge.reading.texts.reporting import WE_REPORT

_ANNOUNCES = re.compile(WE_REPORT, re.IGNORECASE)
_LESSON = re.compile(
    r"\b(?:this|our|the\s+present|these)\s+(?:\w+\s+)?(?:case|report|observation|experience)s?(?:\s+report)?\s+(?:\w+ly\s+)?"
    r"(?:suggest|highlight|emphasi[sz]e|illustrate|underline|underscore|remind|stress|aim|raise|serve|add|reinforce|strengthen|"
    r"demonstrate|teache)s?\b|"
    r"\b(?:this|our|the\s+present)\s+(?:case|patient|report)\s+is\s+(?:\w+ly\s+)?(?:the\s+|only\s+the\s+)?(?:first|second|third|fourth|fifth|only)\b",
    re.IGNORECASE,
)
_NARRATIVE = re.compile(
    r"\b(?:was|were|had|did|led|recurred|resolved|recovered|improved|developed|occurred)\b", re.IGNORECASE
)
"""Verbs of a story: a lesson that tells what happened is kept."""
_STOP = re.compile(r"[.;]\s")
_TOLD_AGAIN = ("restarted", "stopped")


def told_once(text: str, actions: list[ActionMention], reactions: list[int]) -> tuple[list[ActionMention], list[int]]:
    """Actions and signs without those that are announced before the patient is introduced, and told later.

    Args:
        text: Clean text.
        actions: Actions in the order of the text.
        reactions: Positions of the signs of the reaction.
    """
    lessons = [(m.start(), _sentence_end(text, m.end())) for m in _LESSON.finditer(text)]
    lessons = [span for span in lessons if _NARRATIVE.search(text, *span) is None]
    if lessons:
        actions = [a for a in actions if not any(b <= a.cue[0] < e for b, e in lessons)]
    for said in _ANNOUNCES.finditer(text):
        end = _sentence_end(text, said.end())
        if AGE_PHRASE.search(text, said.end(), end) or AGE_PHRASE.search(text, 0, said.start()):
            break
        patient = AGE_PHRASE.search(text, end)
        if patient is None:
            break
        early = [a for a in actions if a.cue[0] < patient.start() and a.kind in _TOLD_AGAIN]
        retold = {(a.kind, d.drug) for a in actions if a.cue[0] > patient.end() for d in a.drugs}
        unnamed = {a.kind for a in actions if a.cue[0] > patient.end() and not a.drugs}
        dropped = [a for a in early if a.kind in unnamed or all((a.kind, d.drug) in retold for d in a.drugs)]
        if any(a.kind == "restarted" for a in dropped):
            shown = [r for r in reactions if r >= patient.start()]
            return [a for a in actions if a not in dropped], shown or reactions
        break
    return actions, reactions


_UNDER = Pattern(
    r"\b(?:developed|experienced|exhibited|had|presented\s+with|died)\b[^.]{3,200}?\b(?:during|following|after|while\s+(?:receiving|on|taking)|under|"
    r"secondary\s+to|due\s+to)\s+(?:(?:the|his|her|an?|treatment|therapy|administration|use|with|of)\s+){0,4}[A-Za-z\[]",
    re.IGNORECASE,
)
_TOLD_NOW = Pattern(
    r"\s*(?:the|this)\s+(?:man|woman|girl|boy|patient|child|infant|neonate|newborn|baby|toddler|male|female|gentleman|lady)\b",
    re.IGNORECASE,
)
_AMOUNT_OF_TIME = Pattern(r"\b(?:days?|weeks?|months?|years?|hours?|later)\b", re.IGNORECASE)
_A_STORY = 4
"""Sentences that a story told behind its summary has, at least."""


def summed_up(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The sentence that sums a report up before it is told, as the summaries of published reports begin.

    "A 4-month-old girl developed urticaria during treatment with paracetamol [dosage not stated]. The girl was …": the
    first sentence has no time of its own.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    for (start, end), (following, until) in pairwise(spans[: _A_STORY + 1]):
        who = AGE_PHRASE.search(text, start, end)
        if who is None:
            continue
        if len(spans) < _A_STORY or _UNDER.search(text, who.end(), end) is None:
            return None
        dated = _AMOUNT_OF_TIME.search(text, who.end(), end) is not None
        return None if dated or _TOLD_NOW.match(text, following, until) is None else (start, end)
    return None


def _sentence_end(text: str, start: int) -> int:
    stop = _STOP.search(text, start)
    return stop.start() if stop is not None else len(text)
