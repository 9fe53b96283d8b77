"""Chapters of a case that were closed before the drug in question: an earlier drug, and why that one was given up.

"Methotrexate was given from 2010 to 2017 and was stopped because of nausea. In March 2019 X was started …": the nausea
is no sign of what came under X. May import drugs, actions, events and the words of time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.reactions.events import Sign
from dechallenge.reading.texts.timedates import date_of
from dechallenge.reading.texts.timewords import DATE
from dechallenge.timeline import CalendarDate

_APART = dt.timedelta(days=28)
"""Between the end of the earlier drug and the start of the next one, at the least."""
_SIGN = 0.6
"""Weight from which something is a sign of its own (a fever alone is not)."""


def closed_chapters(
    text: str, spans: Sequence[tuple[int, int]], actions: Sequence[ActionMention], found: Sequence[Sign]
) -> frozenset[int]:
    """Sentences that tell how an earlier drug ended, weeks before another one was begun under which signs are told.

    A report that tells of signs before such a sentence tells of a reaction that had begun: then there are none.

    Args:
        text: Clean text.
        spans: Its sentences.
        actions: Action mentions.
        found: Signs of a reaction.
    """
    starting = [s.position for s in found if s.starts and s.weight >= _SIGN]
    first = min(starting, default=len(text))
    closed: set[int] = set()
    for action in actions:
        ended = {d.drug for d in action.drugs if d.drug} if action.kind == "stopped" and not action.negated else set()
        begin, end = spans[action.sentence]
        if not ended or min((p for p in starting if not begin <= p < end), default=end) < begin or first < begin:
            continue
        last = max((d.last for d in _dates(text, begin, end)), default=None)
        if last is None:
            continue
        for later in actions:
            if later.kind != "started" or later.negated or later.sentence <= action.sentence:
                continue
            if not any(d.drug and d.drug not in ended for d in later.drugs):
                continue
            begun = min((d.first for d in _dates(text, *spans[later.sentence])), default=None)
            if begun is not None and begun - last >= _APART and any(p > later.cue[0] for p in starting):
                closed.add(action.sentence)
                break
    return frozenset(closed)


def without_closed(spans: Sequence[tuple[int, int]], closed: frozenset[int], found: Sequence[Sign]) -> list[Sign]:
    """The signs, those of closed chapters as ones with which the reaction does not begin."""
    inside = [spans[i] for i in closed]
    return [replace(s, starts=False) if any(a <= s.position < b for a, b in inside) else s for s in found]


def _dates(text: str, start: int, end: int) -> list[CalendarDate]:
    found = (date_of(match) for match in DATE.finditer(text, start, end))
    return [date for date in found if date is not None]
