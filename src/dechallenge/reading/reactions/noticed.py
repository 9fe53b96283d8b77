"""How a reaction is first noticed, before it has its name: the first signs of each kind, and an unnamed anaphylaxis.

May import the signs of ``events``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.course import SHOWN_BY
from dechallenge.reading.reactions.events import (
    KIDNEY,
    MAS,
    MUSCLE,
    NEUTROPENIA,
    NEW,
    PANCREAS,
    RELIEVED,
    Sign,
    place_of,
    stands_behind,
)
from dechallenge.reading.times.times import read_times

_INFECTED = frozenset(
    {"fever", "chills", "sore throat", "pharyngitis", "tonsillitis", "oral ulcers", "mucositis", "sepsis"}
)
_BLEEDS = frozenset(
    {"petechiae", "purpura", "bruising", "epistaxis", "gum bleeding", "bleeding", "hematuria", "melena"}
)
_SKIN = frozenset({
    "rash", "maculopapular rash", "urticaria", "erythema", "pruritus", "facial edema", "skin blisters",
    "epidermal detachment", "pustules", "oral ulcers", "mucositis", "conjunctivitis",
})  # fmt: skip
_PALE = frozenset(
    {"fatigue", "dyspnea", "pallor", "jaundice", "dark urine", "cyanosis", "dizziness", "back pain", "weakness"}
)
_NERVES = frozenset({"agitation", "clonus", "tremor", "confusion", "delirium", "sweating", "fever", "tachycardia"})
_BREATH = frozenset({"dyspnea", "cough", "fever", "hypoxemia", "chest tightness"})
PRESENTING: dict[str, frozenset[str]] = {
    NEUTROPENIA: _INFECTED,
    "pancytopenia": _INFECTED | _BLEEDS,
    "leukopenia": _INFECTED,
    "thrombocytopenia": _BLEEDS,
    "anemia": _PALE,
    "methemoglobinemia": _PALE,
    MAS: _INFECTED | {"rash", "lymphadenopathy", "epistaxis", "malaise"},
    "severe skin reaction": _SKIN | {"fever", "facial edema", "lymphadenopathy", "sore throat"},
    "skin reaction": _SKIN,
    "hypersensitivity": _SKIN
    | {"angioedema", "dyspnea", "hypotension", "wheezing", "fever", "syncope", "chest tightness"},
    "drug fever": frozenset({"fever", "chills"}),
    "interstitial lung disease": _BREATH,
    PANCREAS: frozenset({"abdominal pain", "vomiting", "nausea"}),
    MUSCLE: frozenset({"myalgia", "weakness", "dark urine"}),
    KIDNEY: frozenset({"oliguria", "anuria", "edema", "hematuria"}),
    "hyponatremia": frozenset({"confusion", "seizure", "nausea", "vomiting", "lethargy", "somnolence"}),
    "serotonin syndrome": _NERVES | {"muscle rigidity", "diarrhea"},
    "neuroleptic malignant syndrome": _NERVES | {"muscle rigidity", "mutism"},
    "arrhythmia": frozenset({"syncope", "palpitations", "dizziness", "cardiac arrest"}),
    "vasculitis": frozenset({"purpura", "rash", "arthralgia", "hematuria", "fever"}),
    "drug-induced lupus": frozenset({"arthralgia", "rash", "fever", "pleural effusion", "arthritis"}),
    "intoxication": _NERVES
    | {
        "unsteady gait", "somnolence", "lethargy", "nausea", "vomiting", "diarrhea", "weakness", "slurred speech",
        "seizure", "bradycardia", "dizziness", "vertigo", "visual disturbance", "coma",
    },
    "bleeding": _BLEEDS,
    "cardiomyopathy": frozenset({"chest pain", "dyspnea", "palpitations"}),
    "colitis": frozenset({"diarrhea", "hematochezia", "abdominal pain"}),
    "myocarditis": frozenset({"chest pain", "chest tightness", "dyspnea", "palpitations", "tachycardia", "fever"}),
    "hypoglycemia": frozenset({"confusion", "sweating", "seizure", "coma", "tremor", "somnolence"}),
}  # fmt: skip
"""Signs with which a reaction is first noticed, before it has its name (general medical knowledge)."""


def of_their_cause(titled: Sequence[Sign], found: Sequence[Sign]) -> list[Sign]:
    """Signs; those with which the reaction of the title shows itself are no reaction of their own.

    A seizure is a sign of the hyponatraemia that the title names, where the case itself tells of hyponatraemia; the
    rash of a patient under a title of Stevens-Johnson syndrome is that reaction.
    """
    if any(sign.kind == _SEVERE for sign in titled):
        found = [
            replace(sign, kind=_SEVERE, weight=max(sign.weight, 1.0))
            if sign.kind in ("", "skin reaction") and sign.term in _SKIN
            else sign
            for sign in found
        ]
    kinds = {sign.kind for sign in titled if any(other.kind == sign.kind for other in found)}
    showing = {term for kind in kinds for term in PRESENTING.get(kind, ())}
    return [
        replace(sign, weight=min(sign.weight, _SHOWS)) if sign.term in showing and sign.kind not in kinds else sign
        for sign in found
    ]


_SHOWS = 0.2
_SEVERE = "severe skin reaction"
_OPINION = Pattern(
    r"\b(?:diagnos\w+|impression|assessment|attribut\w+|considered|concluded|due\s+to|caused\s+by)\b|-(?:induced|related)\b",
    re.IGNORECASE,
)
"""A sentence that names the reaction in looking back at all that was told of it."""
_ENTRY = Pattern(
    r"On \d{1,2} [A-Z][a-z]{2,8}(?: (?:19|20)\d\d)?(?::|\s(?!(?:he|she|it|we|they|the|an?|his|her)\b)[a-z])"
)
"""An entry of notes: what it tells is of its day ("On 29 January: fever, sore throat", "On 8 June fever")."""
_HEAD = 2
"""Sentences of a narrative that may say beforehand, and without a time, what will be told."""
_WITHIN = 5
"""Sentences before a reaction has its name in which it may be first noticed."""


_WENT = Pattern(
    r"\s+(?:(?:had|has|have|then|soon|\w+ly)\s+){0,2}(?:improved|resolved|disappeared|cleared|subsided|healed|faded|regressed)\b",
    re.IGNORECASE,
)
"""Behind a sign: it is told as over ("the pustular lesions had improved 2 weeks later, without recurrence")."""


def named_first(text: str, spans: Sequence[tuple[int, int]], own: Sequence[int]) -> int:
    """Where the reaction gets its name, the head of a narrative left out: "… concerns a woman who experienced X".

    Args:
        own: Clean positions of its names, in order; not empty.
    """
    head = next((span for span in spans[:_HEAD] if span[0] <= own[0] < span[1]), None)
    if head is None or any(time.kind != "duration" for time in read_times(text[slice(*head)])):
        return own[0]
    return next((place for place in own if place >= head[1]), own[0])


def presenting(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[object],
    labs: Sequence[Sign],
    kind: str,
    first: int,
    *,
    headed: bool = False,
) -> list[int]:
    """Where a reaction is first noticed: new signs of its kind in the sentences before it is named.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Finding mentions.
        labs: Signs, of which a measured fever is looked at.
        kind: Kind of the reaction.
        first: Clean position where the reaction is first named or measured.
        headed: The head of the narrative named it beforehand: all that follows is told of it.
    """
    wanted = PRESENTING.get(kind, frozenset())
    named = next((i for i, (a, b) in enumerate(spans) if a <= first < b), len(spans))
    opinion = named >= len(spans) or _OPINION.search(text, *spans[named]) is not None
    near = spans[0 if opinion or headed else max(0, named - _WITHIN) : named + 1]
    found: list[int] = []
    for m in findings:
        start = int(getattr(m, "start", 0))
        span = spans[int(getattr(m, "sentence", 0))]
        told = getattr(m, "state", "") == "present" and not (
            getattr(m, "history", False) or getattr(m, "family", False)
        )
        if (
            told
            and getattr(m, "term", "") in wanted
            and start < first
            and span in near
            and not (getattr(m, "hypothetical", False) or getattr(m, "other_patient", False))
            and (NEW.search(text, *span) or _ENTRY.match(text, *span))
            and not RELIEVED.search(text[max(span[0], start - 45) : start])
            and not _WENT.match(text, int(getattr(m, "end", 0)), span[1])
        ):
            found.append(start)
    if "fever" in wanted:
        found += [
            s.position for s in labs if s.term == "fever" and s.starts and near and near[0][0] <= s.position < first
        ]
    return sorted(set(found))


_LOOKS_BACK = Pattern(
    r"\b(?:had\s+been|previous\w*|earlier|before|prior|ago|baseline|usual|in\s+(?:19|20)\d\d)\b", re.IGNORECASE
)


def not_yet(
    text: str,
    spans: Sequence[tuple[int, int]],
    labs: Sequence[object],
    noticed: Sequence[int],
    own: Sequence[int],
    kind: str,
) -> list[int]:
    """First signs, without those behind which the value of the reaction is told as still undisturbed.

    "Admitted with somnolence. Sodium was 146. Twenty days later it was 125": the somnolence is another illness.

    Args:
        text: Clean text.
        spans: Its sentences.
        labs: Laboratory mentions.
        noticed: Clean positions of the first signs.
        own: Clean positions of the names and values of the reaction.
        kind: Its kind.
    """
    shown = SHOWN_BY.get(kind, ())
    if len(shown) != 1 or not own or not noticed:
        return list(noticed)
    first = min(own)
    for lab in labs:
        at = int(getattr(lab, "value_start", 0))
        if (
            getattr(lab, "analyte", "") not in shown
            or getattr(lab, "value", None) is None
            or not noticed[0] < at < first
        ):
            continue
        sentence = spans[int(getattr(lab, "sentence", 0))]
        if _LOOKS_BACK.search(text, *sentence) is None:
            noticed = [position for position in noticed if position > at]
            if not noticed:
                break
    return list(noticed)


_ALLERGIC = frozenset({"urticaria", "angioedema", "pruritus", "erythema", "facial edema", "rash", "hot flashes"})
_SYSTEMIC = frozenset({"wheezing", "bronchospasm", "dyspnea", "hypotension", "syncope", "hemodynamic instability"})
_SEEN = Pattern(
    r"\b(?:was|were)\s+(?:\w+ly\s+)?(?:confirmed|observed|seen|detected|recogni[sz]ed|evident)\b", re.IGNORECASE
)
_SHOCK = 90.0
"""Systolic blood pressure, mmHg, below which it is low (anaphylaxis criteria, World Allergy Organization 2020)."""


def anaphylaxis(
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[object], labs: Sequence[object]
) -> list[Sign]:
    """Skin and airway or circulation in one sentence, told as new: an acute hypersensitivity that need not be named."""
    skin: dict[int, tuple[int, int]] = {}
    systemic: set[int] = set()
    for m in findings:
        if getattr(m, "state", "") != "present" or getattr(m, "history", False) or getattr(m, "family", False):
            continue
        index, term = int(getattr(m, "sentence", 0)), getattr(m, "term", "")
        if term in _ALLERGIC:
            skin.setdefault(index, (int(getattr(m, "start", 0)), int(getattr(m, "end", 0))))
        if term in _SYSTEMIC:
            systemic.add(index)
    for lab in labs:
        value = getattr(lab, "value", None)
        if getattr(lab, "analyte", "") == "BP_SYS" and value is not None and value < _SHOCK:
            systemic.add(int(getattr(lab, "sentence", 0)))
    return [
        Sign(*place, "hypersensitivity", "hypersensitivity", 3.0, True)
        for index, place in skin.items()
        if index in systemic and (NEW.search(text, *spans[index]) or _SEEN.search(text, *spans[index]))
    ]


def values_behind(labs: Sequence[object], found: Sequence[Sign], kind: str) -> list[int]:
    """Where the values of signs stand: a name and its value may lie in two clauses ("was falling, and reached 18").

    Args:
        labs: Laboratory mentions.
        found: Signs.
        kind: Kind of the reaction.
    """
    own = {(s.position, s.end) for s in found if s.kind == kind and s.starts}
    shown = [lab for lab in labs if getattr(lab, "value", None) is not None and not stands_behind(lab)]
    return [int(getattr(lab, "value_start", 0)) for lab in shown if place_of(lab) in own]
