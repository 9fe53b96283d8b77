"""A drug taken, and in the clause behind it when it was begun: "was taking X, which he had started 4 weeks earlier".

May import the action mentions and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

_WHO = r"(?:he|she|they|the\s+patient)\s+had(?:\s+been)?|(?:had\s+been|was|were)"
_WHICH = Pattern(rf"(?:\s*\([^()]*\))?\s*,?\s*(?:which|that)\s+(?:(?:{_WHO})\s+)?(?:\w+ly\s+|first\s+)?", re.IGNORECASE)
_BEGIN = Pattern(r"start|beg[au]n|initiat|commenc|introduc|prescribed", re.IGNORECASE)
_RUNNING = Pattern(r"(?:was\s+|were\s+|been\s+)*(?:tak|took|us(?:ing|ed)|receiv|on\b|treat)", re.IGNORECASE)


_WHO_ENDS = r"(?:he|she|they|(?:the|her|his)\s+(?:patient|physician|doctor|GP|parents?|mother|father))"
_WHICH_ENDS = Pattern(
    rf"(?:\s*\([^()]*\))?\s*,?\s*(?:which|that)\s+{_WHO_ENDS}\s+(?:had\s+|then\s+|later\s+|already\s+|subsequently\s+|"
    r"(?:him|her)self\s+)*",
    re.IGNORECASE,
)


def which_ended(text: str, drug_end: int, cue: tuple[int, int]) -> bool:
    """ "Was prescribed X, which she stopped a week later": the verb stands in the clause right behind the drug."""
    return _WHICH_ENDS.fullmatch(text, drug_end, cue[0]) is not None


def which_begun(text: str, drug_end: int, cue: tuple[int, int]) -> bool:
    """Whether a verb of beginning stands in the clause right behind the drug."""
    return _WHICH.fullmatch(text, drug_end, cue[0]) is not None and _BEGIN.match(text, *cue) is not None


def without_running(text: str, found: Sequence[ActionMention]) -> list[ActionMention]:
    """The actions without a "was taking X" behind which the clause tells when X was begun."""
    begun = [a for a in found if a.kind == "started" and a.drugs and which_begun(text, a.drugs[-1].end, a.cue)]
    return [
        a
        for a in found
        if a in begun
        or a.kind not in ("started", "continued")
        or _RUNNING.match(text, *a.cue) is None
        or not any(a.drugs == b.drugs and a.cue[1] <= b.drugs[0].start for b in begun)
    ]


_OWN_TIME = Pattern(
    r"[(\[](?:[^()\[\]]*[,;\s])?(?:for\s+(?:many\s+|several\s+|\d+\s+|\w+\s+)?(?:years|months|weeks|days)|since\b|long[\s-]term|chronic\w*|"
    r"started|begun|stopped|discontinued|last\s+(?:dose|taken))[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
""" "X (for years) and Y, started three weeks before": each has a time of its own."""


def without_own_times(text: str, target: tuple[DrugMention, ...]) -> tuple[DrugMention, ...]:
    """The drugs that a verb behind their list means: not those whose own time stands in brackets behind them."""
    told = [i for i, (a, b) in enumerate(pairwise(target)) if _OWN_TIME.search(text, a.end, b.start)]
    return target[told[-1] + 1 :] if told else target
