"""Drugs that are given for the reaction: a usual remedy that is first named after it, without a word that looks back.

May import the lexicon and drugs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.suspects.blamewords import GOT_BETTER

_ANY = frozenset(
    {
        "corticosteroid", "steroid", "glucocorticoid", "bile acid", "bile acid sequestrant", "acetylcysteine",
        "antihistamine", "colony-stimulating factor", "immunoglobulin",
    }
)  # fmt: skip
"""Given for an injured liver, an allergy or missing neutrophils."""
_MAS = frozenset({"il-1 blocker", "il-6 blocker", "etoposide", "janus kinase inhibitor", "calcineurin inhibitor"})
"""Given for a macrophage activation syndrome (Shakoory 2023)."""
_BACK = Pattern(
    r"\b(?:after|since|following|during|under|while|whilst|on(?!\s+(?:day|admission|\d))|with|taking|took|takes|taken|using|used|had|has|prior|"
    r"before|previous\w*|earlier|history|chronic|long[\s-]+term|regular\w*|usual|concomitant|other|medications?|"
    r"medicines?|drugs?|years?|restart\w*|due\s+to|because\s+of|attributed|caused\s+by)\b",
    re.IGNORECASE,
)
_FROM_DAY = Pattern(
    r"[^.;,]{0,40}?\b(?:(?:from|on|since|started|begun|given)\s+)?(?:hospital\s+)?day\s+\d{1,3}\b", re.IGNORECASE
)
_AFTERWARDS = Pattern(
    r"\b(?:later|then|thereafter|now|subsequently)\s+(?:on|with|under)\s+(?:[\w-]{2,30}\s+(?:and|plus)\s+)?$",
    re.IGNORECASE,
)
_WITH = Pattern(r"\s*(?:with|under)\s+(?:[\w-]{2,30}\s+(?:and|plus)\s+)?", re.IGNORECASE)
"""Begins the sentence of what a remedy did ("With G-CSF the count rose")."""
_TREATED = Pattern(r"\b(?:treat\w*|given|gave|start\w*|initiat\w*|improv\w+|therap\w+|manag\w+)\b", re.IGNORECASE)


def is_remedy(drug: str, kind: str) -> bool:
    """Whether a drug is one of the usual treatments of a reaction of this kind."""
    names = {drug, *load_drugs().classes_of(drug)}
    if kind == "hypersensitivity" and "epinephrine" in names:
        return True
    return bool(names & _ANY) or (kind == "MAS" and bool(names & _MAS))


def is_growth_factor(drug: str) -> bool:
    """Whether a drug raises the neutrophils: named first after a reaction, it was given for it."""
    return "colony-stimulating factor" in {drug, *load_drugs().classes_of(drug)}


_RELIEF = Pattern(
    r"\b(?:(?:not|partly|partially|poorly|somewhat|only)\s+(?:\w+ly\s+)?(?:relieved|alleviated|helped|controlled|improved|eased)\s+(?:with|by)|"
    r"(?:no|little|minimal|partial|some|without)\s+(?:relief|response|improvement|benefit)\s+(?:with|from|to|after)|"
    r"(?:unresponsive|refractory|resistant)\s+to|did\s+not\s+(?:respond\s+to|improve\s+(?:with|on|after)))\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a drug that was taken for a complaint ("itching, which was not relieved with …")."""
_SYMPTOM = Pattern(
    r"(?:\s*\([^()]{0,60}\))?[^.;,()]{0,60}?\bfor\s+(?:the|this|these|that|his|her|their)\s+(?:\w+\s+){0,2}?"
    r"(?:fever|temperature|itch\w*|pruritus|pains?|aches?|headaches?|nausea|vomiting|rash|malaise|myalgias?|arthralgias?|"
    r"symptoms?|complaints?|sore\s+throat|chills|urticaria|hives|jaundice)\b",
    re.IGNORECASE,
)


def for_symptom(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], drug: str, onset: int
) -> bool:
    """Whether a drug is first named after the reaction, as taken for a symptom of it ("paracetamol for the fever")."""
    first = next((d for d in drugs if d.drug == drug and d.kind != "dose"), None)
    if first is None or first.start < onset:
        return False
    if _RELIEF.search(text, max(spans[first.sentence][0], first.start - 70), first.start) is not None:
        return True
    return _SYMPTOM.match(text, first.end, spans[first.sentence][1]) is not None


def for_reaction(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], drug: str, onset: int, kind: str
) -> bool:
    """Whether a drug is named only after the reaction, as its treatment.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions.
        drug: The drug in question.
        onset: Clean position of the first sign of the reaction.
        kind: Kind of the reaction.
    """
    first = next((d for d in drugs if d.drug == drug and d.kind != "dose"), None)
    if first is None or first.start < onset:
        return False
    if for_symptom(text, spans, drugs, drug, onset) or is_growth_factor(drug):
        return True
    start, end = spans[first.sentence]
    lead = re.split(r"[;:]", text[start : first.start])[-1]
    behind = re.split(r"[.;]", text[first.end : min(end, first.end + 80)])[0]
    if (_FROM_DAY.match(behind) and not _BACK.search(lead[-40:])) or _AFTERWARDS.search(lead):
        return True
    if is_remedy(drug, kind) and _WITH.fullmatch(lead):
        return True
    if is_remedy(drug, kind) and GOT_BETTER.match(text, first.end, end):
        return True  # "after three days of corticosteroids the patient experienced resolution"
    return is_remedy(drug, kind) and (_TREATED.search(lead) is not None or not _BACK.search(lead))
