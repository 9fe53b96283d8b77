"""Reports with several reactions: which came beside the one that the case is about.

A further reaction is one that the report itself sets beside it: named in the title, ascribed to a drug, told in one
breath with it ("rhabdomyolysis and acute kidney injury"), or an organ that a reaction of the whole body has injured,
shown by its values. What is but a sign of the first reaction is none. May import the signs and how reactions are
noticed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dechallenge.case import DrugReaction, Event, Time
from dechallenge.reading.entries.anystory import is_any
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, LIVER, MAS, MUSCLE, NEUTROPENIA, PANCREAS, Sign
from dechallenge.reading.reactions.intoxications import INTOXICATION
from dechallenge.reading.reactions.namedkinds import ATTRIBUTED, is_diagnosis
from dechallenge.reading.reactions.noticed import PRESENTING
from dechallenge.reading.reactions.usualvalues import is_usual

_SEVERE_SKIN = "severe skin reaction"
_ORGANS = frozenset({LIVER, KIDNEY, PANCREAS, MUSCLE, "myocarditis"})

_BLEEDINGS = frozenset({"bleeding", "gastrointestinal bleeding", "cerebral hemorrhage"})
_FOLLOWS: dict[str, frozenset[str]] = {
    _SEVERE_SKIN: _ORGANS | {NEUTROPENIA},
    INTOXICATION: _ORGANS | {"arrhythmia", "seizure"},
    "thrombocytopenia": _BLEEDINGS | {"thromboembolism"},
    MUSCLE: frozenset({KIDNEY}),
    PANCREAS: frozenset({KIDNEY}),
    "lactic acidosis": frozenset({KIDNEY}),
    "myocarditis": frozenset({"arrhythmia", "myositis", MUSCLE}),
    "thrombotic microangiopathy": frozenset({KIDNEY}),
}
"""What may come of a reaction, or is injured with it, and is assessed as well where the case tells of it."""
_BLOOD = {NEUTROPENIA, "leukopenia", "lymphopenia", "thrombocytopenia", "anemia"}
_PART_OF: dict[str, frozenset[str]] = {
    MAS: frozenset({LIVER, *_BLOOD, "pancytopenia", "skin reaction"}),
    "pancytopenia": frozenset(_BLOOD),
    NEUTROPENIA: frozenset({"leukopenia", "lymphopenia", "drug fever"}),
    "leukopenia": frozenset({"lymphopenia"}),
    "thrombotic microangiopathy": frozenset({"thrombocytopenia", "anemia"}),
    "hypersensitivity": frozenset({"skin reaction", "drug fever"}),
    "drug-induced lupus": frozenset({"skin reaction", "drug fever"}),
    "vasculitis": frozenset({"skin reaction"}),
    "serotonin syndrome": frozenset({"drug fever", "seizure"}),
    LIVER: frozenset({"hyperammonemia", "drug fever"}),
    "bleeding": frozenset({"anemia"}),
    "gastrointestinal bleeding": frozenset({"anemia", "bleeding"}),
    "hyponatremia": frozenset({"seizure"}),
    "hypoglycemia": frozenset({"seizure"}),
    _SEVERE_SKIN: frozenset({"skin reaction", "drug fever", "hypersensitivity"}),
    INTOXICATION: frozenset({"drug overdose"}),
    "myocardial infarction": frozenset({"arrhythmia"}),
    MUSCLE: frozenset({"myositis"}),
    "myositis": frozenset({MUSCLE}),
}
"""Kinds that are part of another: no reaction of their own beside it."""
_BESIDE = Pattern(
    r"\s*(?:\([^()]{0,60}\)\s*)?,?\s*(?:and|with|plus|complicated\s+by|leading\s+to|resulting\s+in|followed\s+by|accompanied\s+by|"
    r"together\s+with|as\s+well\s+as|associated\s+with)\s+(?:[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
"""Between the names of two reactions that are told in one breath."""


def further_kinds(
    text: str, found: Sequence[Sign], titled: Sequence[Sign], kind: str, new: Callable[[Sign], bool]
) -> list[str]:
    """The kinds of the further reactions, in the order in which the case tells them.

    Args:
        text: Clean text.
        found: Signs of the case, with those of its title.
        titled: The reactions that the title names.
        kind: Kind of the reaction that the case is about.
        new: Whether a sign is not told of the time before the drug.
    """
    if not kind:
        return []
    apart = _PART_OF.get(kind, frozenset())
    out: dict[str, int] = {}
    for sign in sorted(found, key=lambda s: s.position):
        if sign.kind in ("", kind, *apart) or sign.kind in out or is_any(sign.kind) or not sign.starts:
            continue
        if any(sign.kind in _PART_OF.get(other, ()) for other in out) or not new(sign):
            continue
        if sign.term in PRESENTING.get(kind, ()) and sign.term not in (s.term for s in titled):
            continue
        own = [s for s in found if s.kind == sign.kind]
        if not any(s in titled for s in own) and any(_was_there(text, s) for s in own):
            continue
        if _named(own, titled) or _in_one_breath(text, found, kind, own) or _follows(text, kind, own):
            out[sign.kind] = sign.position
    return list(out)


def _named(own: Sequence[Sign], titled: Sequence[Sign]) -> bool:
    """The title names it, or the report ascribes it to a drug or calls it the diagnosis."""
    return any(s in titled or (not s.starts and s.weight >= ATTRIBUTED / 2 and is_diagnosis(s)) for s in own)


def _in_one_breath(text: str, found: Sequence[Sign], kind: str, own: Sequence[Sign]) -> bool:
    """ "Developed rhabdomyolysis and acute kidney injury": the name of one stands right beside that of the other."""
    first = [s for s in found if s.kind == kind and is_diagnosis(s)]
    return any(
        _BESIDE.fullmatch(text, a.end, b.position) is not None
        for one in first
        for other in own
        if is_diagnosis(other)
        for a, b in ((one, other), (other, one))
        if a.end < b.position
    )


def _follows(text: str, kind: str, own: Sequence[Sign]) -> bool:
    """It is known to come of the first reaction, and the case names it, or shows it by its values."""
    if own[0].kind not in _FOLLOWS.get(kind, ()):
        return False
    return any(
        s.starts
        and not is_usual(text, s)
        and (is_diagnosis(s) or s.term in _YELLOW or s.weight >= _BY_VALUES.get(s.kind, _NEVER))
        for s in own
    )


_YELLOW = ("jaundice", "scleral icterus")
"""Signs that tell of the liver as its name does."""


def _was_there(text: str, sign: Sign) -> bool:
    """An illness that the patient is told to have had: "known to have hypertrophic cardiomyopathy"."""
    called = text[sign.position : sign.end].lower()
    places = [m.start() for m in re.finditer(re.escape(called), text.lower())] if _WORD.fullmatch(called) else []
    if any(_FOR_WHICH.match(text, at + len(called)) for at in places):
        return True
    return any(_KNOWN.search(text, max(0, at - _NEAR), at) is not None for at in places)


_FOR_WHICH = Pattern(
    r"\s*(?:\([^()]{1,20}\)\s*)?,?\s*(?:for\s+which\s+(?:he|she|they)|and\s+(?:he\s+|she\s+)?(?:then\s+|subsequently\s+)?)\s*"
    r"(?:received|was\s+(?:started|put|placed|commenced)\s+on|began|took)\s+"
    r"(?!(?:\w+\s+){0,3}(?:steroids?|corticosteroids?|predniso\w+|methylpredniso\w+|supportive|fluids|treatment\s+for|immunoglobulins?)\b)",
    re.IGNORECASE,
)
"""Behind an illness for which a drug was then begun ("was diagnosed with vasculitis and received …")."""
_NEAR = 60
_WORD = re.compile(r"[a-z][a-z -]+")
_KNOWN = Pattern(
    r"\b(?:known\s+(?:to\s+have|for|with)|known|history\s+of|pre-?existing|underlying|long-?standing|complicating|"
    r"background\s+of|continued\s+to\s+(?:have|experience|suffer(?:\s+from)?))\s+"
    r"(?:an?\s+|the\s+|his\s+|her\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)


_NEVER = 1e9
_BY_VALUES = {LIVER: 2.0, KIDNEY: 1.0, PANCREAS: 2.0, MUSCLE: 1.5, "myositis": 1.5, NEUTROPENIA: 4.0}
"""Weight of the values that by themselves show an organ to be injured (ALT of five times its limit, a creatinine …)."""


def organ_of(sign: Sign, kind: str) -> bool:
    """A sign of an organ that an intoxication has injured: the intoxication had begun.

    Args:
        sign: A sign.
        kind: Kind of the reaction that the case is about.
    """
    return kind == INTOXICATION and sign.kind in _FOLLOWS[INTOXICATION] and sign.weight >= _CLEAR


def clear_signs(found: Sequence[Sign], kind: str) -> list[Sign]:
    """The signs by which a further reaction is dated: its name and its values, no symptom that others bring as well.

    Args:
        found: Signs of the case.
        kind: Kind of the further reaction.
    """
    return [s for s in found if s.kind == kind and s.weight >= _CLEAR]


_CLEAR = 0.8
"""Weight of what is more than a symptom."""


def not_before_seen(
    first: Event, its: Sequence[DrugReaction], more: Event, linked: Sequence[DrugReaction], own: Sequence[Sign]
) -> tuple[Event, list[DrugReaction]]:
    """An organ injured with the first reaction, and first measured after that began: begun at some time between.

    Args:
        first: The reaction that the case is about.
        its: Its drugs.
        more: A further reaction.
        linked: The drugs of the further one.
        own: Its signs; a name of its own dates it as told.
    """
    if more.kind not in _FOLLOWS.get(first.kind, ()) or any(is_diagnosis(s) and s.starts for s in own):
        return more, list(linked)
    earlier = {link.drug: link for link in its}
    out = []
    for link in linked:
        known = earlier.get(link.drug)
        changed = {name: _since(getattr(known, name, None), getattr(link, name)) for name in _TIMES}
        out.append(link.model_copy(update=changed) if known is not None else link)
    return more.model_copy(update={"onset": _since(first.onset, more.onset)}), out


_TIMES = ("latency", "stop_to_onset", "since_first_dose")


def _since(began: Time | None, seen: Time | None) -> Time | None:
    """The time from when the first reaction began to when the other was seen."""
    if began is None or seen is None or began.low is None or seen.low is None or seen.low <= began.low:
        return seen
    return seen.model_copy(update={"low": began.low, "point": None})
