"""What a sentence says of the things it mentions: there, absent or uncertain, now or before, of whom.

``scopes`` finds the cues and what they rule over; here they are put together for each mention. Imports the scopes and
the vocabulary of the case model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dechallenge.case.model import Presence
from dechallenge.reading.assertion.scopes import Scope, scopes
from dechallenge.reading.matching.triggers import Pattern

_NEGATING = frozenset({"negated", "negative"})
_SOUGHT = Pattern(
    r"\b(?:work-?up|screen(?:ing)?|search|investigations?|tests?|testing|evaluation|serolog\w+|studies)\b[^.;]{0,60}?"
    r"\b(?:for|of|including)\b",
    re.IGNORECASE,
)
"""A search: when it came out normal, what was sought is absent."""
_PRESUPPOSED = Pattern(
    r"\b(?:(?:treatment|treated|therapy|medications?|drugs?|operation|intervention|improvement|response|reduction)"
    r" (?:of|for|in|to) (?:(?:the|her|his|their|acute|chronic|this|drug-induced) ){0,2}"
    r"|(?:radiotherapy|chemotherapy|surgery|operated on|transplantation) for (?:the|her|his|their) (?:\w+ ){0,2})$",
    re.IGNORECASE,
)
_CAUSE = Pattern(
    r"\b(?:causes?|(?:a?etiolog|reason|explanation|trigger)(?:y|ies|s)?)\s+(?:of|for)\s+(?:(?:the|her|his|their"
    r"|acute|chronic|and|or|such|"
    r"this|liver|hepatic)\s+){0,4}(?:[\w-]+\s+(?:and|or)\s+)?$",
    re.IGNORECASE,
)

_NEW_CLAUSE = Pattern(r"[,;]\s+(?:and|but|yet)\s+$", re.IGNORECASE)
_CAUSE_OF_IT = Pattern(
    r"\b(?:causes?|reasons?|explanations?|(?:other|obvious|alternative|clear|apparent)\s+sources?)\s+(?:of|for)\s+"
    r"(?:the|her|his|their|this|these)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What is said of one mention.

    Attributes:
        state: ``present``, ``absent`` or ``uncertain``.
        history: It was there before (also a background disease).
        family, other_patient: It is said of a relative, or of other patients.
        hypothetical: It is not said of anybody ("can cause", "risk factors for").
        resolved: It was there and went away.
        cue, rule: The words that decided the state, and the rule.
        start, end: The words that prove the state, in offsets of the sentence.
    """

    state: Presence
    history: bool = False
    family: bool = False
    hypothetical: bool = False
    other_patient: bool = False
    resolved: bool = False
    background: bool = False
    cue: str = ""
    rule: str = "no cue"
    start: int = 0
    end: int = 0


def assert_mentions(sentence_text: str, spans: Sequence[tuple[int, int]]) -> list[Assertion]:
    """Assertion of each mention of a sentence.

    Args:
        sentence_text: The sentence, normalised.
        spans: Mentions as half-open spans of the sentence.

    Returns:
        One assertion for each span, in the same order.
    """
    if not spans:
        return []
    found = scopes(sentence_text)
    return [_decide(sentence_text, found, start, end) for start, end in spans]


def ruling(found: Sequence[Scope], start: int, end: int) -> list[Scope]:
    """The scopes that hold a span, the nearest cue first."""
    held = [s for s in found if s.start <= start and (end <= s.end or (start < s.end and _cut_inside(s, start, end)))]
    return sorted(held, key=lambda s: (min(abs(s.cue_end - start), abs(s.cue_start - end)), s.cue_start))


def _cut_inside(scope: Scope, start: int, end: int) -> bool:
    """A scope before the mention may end within it ("denied bleeding other than spotting" as one mention)."""
    return end <= scope.end + 1 or (scope.side == "pre" and scope.end > start + 3)


def _decide(text: str, found: Sequence[Scope], start: int, end: int) -> Assertion:
    held = ruling(found, start, end)
    kinds = {s.kind for s in held}
    state: Presence = "present"
    by: Scope | None = None
    denied = next((s for s in held if s.kind in _NEGATING), None)
    doubted = next((s for s in held if s.kind == "uncertain" or (s.kind == "not reported" and s.side == "post")), None)
    if "affirmed" in kinds:
        by = next(s for s in held if s.kind == "affirmed")
    elif denied is not None and not (
        _presupposed(text, denied.cue_end, start) if denied.side == "pre" else asks_for_cause(text, start)
    ):
        state, by = "absent", denied
    elif (undone := _undone(text, held, end)) is not None:
        state, by = "absent", undone
    elif (fruitless := _fruitless(text, held, start)) is not None:
        state, by = "absent", fruitless
    elif doubted is not None:
        state, by = "uncertain", doubted
    first, last = start, end
    if by is not None:
        first = by.cue_start if by.side == "pre" else (by.start if by.side == "post" else start)
        last = max(end, by.cue_end if by.side == "post" else end)
    while first < start and text[first] in " ,;":
        first += 1
    return Assertion(
        state=state,
        history="history" in kinds or "background" in kinds,
        family="family" in kinds,
        hypothetical="hypothetical" in kinds and not _came_out(text, by),
        other_patient="other" in kinds,
        resolved="resolved" in kinds,
        background="background" in kinds and "history" not in kinds,
        cue=text[by.cue_start : by.cue_end].strip(" ,") if by else "",
        rule=f"{by.side}-{by.kind}" if by else "no cue",
        start=min(first, start),
        end=last,
    )


def _presupposed(text: str, cue_end: int, start: int) -> bool:
    """ "No treatment for gout" and "no other cause of the hepatitis" deny the treatment, the cause, not the disease."""
    between = text[cue_end:start]
    return _PRESUPPOSED.search(between) is not None or _CAUSE_OF_IT.search(between) is not None


_DID = Pattern(r"\b(?:needed|required|necessary|unnecessary|performed|done|carried\s+out|undertaken)$", re.IGNORECASE)


def _undone(text: str, held: Sequence[Scope], end: int) -> Scope | None:
    """The scope of a procedure that was not done, or not needed, right behind it ("dialysis was not required")."""
    told = next((s for s in held if s.kind == "not done" and s.side == "post"), None)
    if told is None or text[end : told.cue_start].strip():
        return None
    return told if _DID.search(text, told.cue_start, told.cue_end) is not None else None


def _fruitless(text: str, held: Sequence[Scope], start: int) -> Scope | None:
    """The scope of a search for the mention that came out normal ("work-up for infection was unremarkable")."""
    normal = next((s for s in held if s.kind == "normal" and s.side == "post"), None)
    return normal if normal is not None and _SOUGHT.search(text, max(0, start - 160), start) else None


def _came_out(text: str, by: Scope | None) -> bool:
    """Whether the denial opens a clause of its own: "a search for a cause was made, and no such cause was found"."""
    if by is None or by.kind not in _NEGATING or by.side != "pre":
        return False
    return _NEW_CLAUSE.search(text[max(0, by.cue_start - 12) : by.cue_start]) is not None


def asks_for_cause(text: str, start: int) -> bool:
    """Whether the mention is what a cause is sought for ("other causes of liver injury"): it is taken for granted."""
    return _CAUSE.search(text[max(0, start - 80) : start]) is not None
