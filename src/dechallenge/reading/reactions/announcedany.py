"""A reaction outside the known kinds that is announced before the one case: "We present a case of X-induced dystonia".

May import the announcing sentences, the reactions named in titles and the mention of a drug.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.anyreaction import titled_reaction
from dechallenge.reading.reactions.events import Sign
from dechallenge.reading.reactions.intoxications import INTOXICATION
from dechallenge.reading.reactions.namedkinds import announcing
from dechallenge.reading.texts.text import CleanText

_CAME_UP = Pattern(
    r"\b(?:who|which|that|and)\s+(?:then\s+)?(?:developed|experienced|suffered(?:\s+from)?|had|presented\s+with)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:toxicity|intoxication|poisoning|overdose)\b",
    re.IGNORECASE,
)
""" "A patient who developed lithium toxicity": the reaction, and no name of what it looked like."""


def announced_any(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    abbreviations: Mapping[str, str],
    drugs: Sequence[DrugMention],
    *,
    cases: int,
) -> tuple[Sign, ...]:
    """The reaction that the first such sentence names with its drug.

    Args:
        text: Clean text of the document.
        spans: Sentences outside the cases, in order.
        abbreviations: Abbreviations of the document.
        drugs: Drugs named in these sentences.
        cases: Number of cases; with several nothing is announced of each.
    """
    for span in announcing(text.text, spans, cases=cases)[:1]:
        named = [replace(d, sentence=0) for d in drugs if span[0] <= d.start < span[1]]
        found = titled_reaction(text, [span], abbreviations, named)
        came = _CAME_UP.search(text.text, *span) is not None
        return tuple(s for s in found if s.kind != INTOXICATION or came)  # "a case of X toxicity presenting as Y"
    return ()
