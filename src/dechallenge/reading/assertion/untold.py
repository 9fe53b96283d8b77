"""What a report says that it does not know: "it was not reported whether X was stopped", "if she had fever is unknown".

What stands there is no fact, neither present nor absent. Imports triggers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from dechallenge.reading.matching.triggers import Pattern

_NOT_KNOWN = (
    r"(?:un(?:known|clear|certain|reported|specified)|(?:not|never)\s+(?:\w+\s+)?(?:known|reported|stated|specified|provided|"
    r"mentioned|know|recall|remember|say|clear|documented|recorded|available|told|established|determined|ascertained|learned|learnt|certain|sure))"
)
_STILL = (
    r"(?:(?!\b(?:but|however|although|nevertheless)\b|,\s*(?:and\s+|so\s+|then\s+|yet\s+)?(?:she|he|they|it|the)\b|"
    r"\band\s+(?:admitted|confirmed|reported|answered|said)\b)[^.;])"
)
"""The rest of what is not known: a new main clause is something else."""
_UNTOLD = Pattern(
    rf"\b(?:{_NOT_KNOWN}|ask(?:ed|ing)|wondered|discussed|considered|debated|"
    r"no\s+(?:further\s+|other\s+)?(?:information|data|details)\b[^.;]{0,30}?)\s*"
    rf"(?:on|about|as\s+to|regarding|concerning|of)?\s*(?:whether|if)\b{_STILL}{{0,160}}$",
    re.IGNORECASE,
)
_WHETHER = Pattern(rf"\bwhether\b{_STILL}{{0,120}}$", re.IGNORECASE)
_WAS_NOT_KNOWN = Pattern(
    rf"[^.;]{{0,100}}?\b(?:is|was|were|remain(?:s|ed)|has\s+been|had\s+been)\s+{_NOT_KNOWN}\b", re.IGNORECASE
)
_ASKED = Pattern(r"\b(?:whether|if)\b", re.IGNORECASE)
_TO_DECIDE = Pattern(
    r"\b(?:decisions?|questions?|discussions?|advisability|choice|debate)\s+(?:about|regarding|concerning|over|around|as\s+to|on)\s+"
    r"(?:[\w-]+\s+){0,6}$",
    re.IGNORECASE,
)
""" "The decision about X rechallenge or withdrawal": what somebody has to decide, and nothing that was done."""

_OF_A_FIELD = Pattern(
    r"(?:^|[.;,:(\n\]])\s*(?:(?:the|any|further|no)\s+)?(?:information\s+(?:on|about|regarding|concerning)\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_FIELD = Pattern(
    r"(?:\s+(?:information|status|details|results?|data|dates?|performed|criteria))?\s*(?:[:=]|\b(?:was|were|is|are|has\s+been|have\s+been)\b)\s*"
    r"(?:un(?:known|specified|reported|confirmed)\b|unk\b|n/a\b|(?:does\s+not|doesn['’]t)\s+apply\b|not\s+(?:known|provided|available|specified|stated|"
    r"applicable|reported|asked)\b)",
    re.IGNORECASE,
)
"""What stands alone before its field, and a field without a value ("Rechallenge: unknown", "X was not provided")."""


REAPPEARED = Pattern(
    r"(?:(?:event|reaction|adverse\s+(?:event|reaction))s?\s+)?(?:re-?appear(?:ed|ance)?|re-?occur(?:red|rence)?|recur(?:red|rence)?)\s+(?:after|on|upon|"
    r"following|with)\s+(?:the\s+)?(?:re-?\w+|drug\s+re-?\w+)\s*\??\s*[:=-]\s*(?P<answer>[^\n.;]{0,40})",
    re.IGNORECASE,
)
"""The question of a form ("Event reappeared after reintroduction: does not apply") with its answer."""
_NO_ANSWER = Pattern(
    r"(?:does\s+not|doesn['’]t|did\s+not)\s+apply|not\s+|n/?a\b|un(?:known|k\b)|none\b|-|\?|$", re.IGNORECASE
)


def unanswered(text: str, start: int, at: int, end: int) -> bool:
    """Whether a place stands in a question of a form about a re-exposure, which is not answered by yes or no.

    Args:
        text: Clean text.
        start, end: The sentence.
        at: The place.
    """
    asked = next((m for m in REAPPEARED.finditer(text, start, end) if m.start() <= at < m.end()), None)
    return asked is not None and _NO_ANSWER.match(asked["answer"].strip()) is not None


class _Mention(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def sentence(self) -> int: ...


M = TypeVar("M", bound=_Mention)


def untold(text: str, start: int, at: int, end: int) -> bool:
    """Whether a report says that it does not know what stands at a place.

    Args:
        text: Clean text.
        start, end: The sentence.
        at: The place.
    """
    if _TO_DECIDE.search(text, max(start, at - 120), at) is not None:
        return True
    if _ASKED.search(text, start, at) is None:
        return False
    if _UNTOLD.search(text, start, at) is not None:
        return True
    return _WHETHER.search(text, start, at) is not None and _WAS_NOT_KNOWN.match(text, at, end) is not None


def field_untold(text: str, start: int, at: int, behind: int, end: int) -> bool:
    """Whether the words at a place are the name of a field that is said to hold nothing.

    Args:
        text: Clean text.
        start, end: The sentence.
        at, behind: The words.
    """
    if _FIELD.match(text, behind, end) is None:
        return False
    return _OF_A_FIELD.search(text[max(start, at - 60) : at]) is not None


_ASKED_FOR = Pattern(
    r"\b(?:medications?|medicines?|drugs?|history)\s+and\s+(?:\w+\s+)?allerg(?:y|ies)(?:\s*\([^()\n]{0,80}\)|(?=\s*(?:\n|:|$)))|"
    r"\ballergies\s*\((?:include|list|incl\.?|if)\b[^()\n]{0,80}\)",
    re.IGNORECASE,
)
"""A heading that asks for allergies ("Current medication and drug allergies")."""


def _asked_for(text: str, at: int) -> bool:
    asked = next((m for m in _ASKED_FOR.finditer(text, max(0, at - 160), at + 160) if m.start() <= at < m.end()), None)
    return asked is not None


def known(text: str, spans: Sequence[tuple[int, int]], mentions: Iterable[M]) -> list[M]:
    """The mentions without those that nobody knows anything of."""
    return [
        m
        for m in mentions
        if not _asked_for(text, m.start)
        and not untold(text, spans[m.sentence][0], m.start, spans[m.sentence][1])
        and not field_untold(text, spans[m.sentence][0], m.start, m.end, spans[m.sentence][1])
    ]
