"""Drugs that were given for the reaction, or when it was there already, by the words around their first name.

A report that blames nobody leaves every drug that was running at onset a suspect; a drug that it first names behind the
last new sign, in words of giving and none that looks back, was not running then. May import the lexicon, drugs, the
signs of ``events`` and ``remedies``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from operator import itemgetter

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.events import NEW
from dechallenge.reading.suspects.blamewords import GOT_BETTER
from dechallenge.reading.suspects.remedies import is_growth_factor, is_remedy

_LOOKS_BACK = Pattern(
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
_GIVES = Pattern(
    r"\b(?:gave|given|giving|administ\w+|receiv\w+|treat\w+|therap(?:y|ies)|start\w*|initiat\w*|institut\w*|commenc\w*|beg[au]n|put\s+on|placed\s+on|covered\s+with|"
    r"infus\w+|inject\w+|prescri\w+|add(?:ed|ing)|requir\w+|needed|resuscitat\w+|support\w*|manag\w+|underwent|undergo\w*|maintained\s+on|"
    r"discharged\s+(?:home\s+)?on|offered|course\s+of|adjuvant|empiric\w*|prophyla\w+)\b",
    re.IGNORECASE,
)
_BACK = Pattern(
    r"\b(?:had|has|have|having)\s+(?:\w+\s+){0,3}(?:been|started|begun|taken|received|completed|finished|commenced|initiated|used|"
    r"ingested|consumed|stopped|discontinued)|\b(?:earlier|before|prior|ago|previous\w*|recent\w*|since|former\w*|regular\w*|usual|chronic\w*|"
    r"long[\s-]+term|past|last|back|history|medications?|medicines|drugs|already|home|taking|took|takes|using|used|intake|ingest\w+|exposure|"
    r"while|during|following|under|concomitant\w*|concurrent\w*|time\s+of|day\s+of)\b|\bafter\s+(?!(?:admission|that|this|which|surgery|discharge|"
    r"consultation|the\s+(?:diagnosis|operation|procedure|biopsy|result\w*|failure))\b)|\b(?:was|were)\s+(?:\w+\s+)?(?:receiving|getting)\b|"
    r"\b(?:was|were|is|been)\s+(?:(?:still|also|currently|then|stable|well|only)\s+){0,2}on\b",
    re.IGNORECASE,
)
"""Words that put a drug, or may put it, before what was told so far."""


_NAMED_AFTER = {
    "neuroleptic malignant syndrome": frozenset({"antipsychotic"}),
    "serotonin syndrome": frozenset({"antidepressant", "oxazolidinone"}),
}
"""Reactions that bear the name of the drugs that cause them."""
_IMPROVED_UNDER = Pattern(
    r"\b(?:improv|resol|respon|recover|subsid)\w*[^.;]{0,40}?\b(?:during|under|with|after|on)\s+(?:\w+\s+)?(?:therapy|treatment)\b",
    re.IGNORECASE,
)
"""The words of a remedy: "symptoms improved during therapy, which consisted of X"."""
_BACK_IN_TIME = Pattern(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:prior|before|earlier|ago|back|previously)\b", re.IGNORECASE
)
"""In the sentence before: the story has gone back, and what follows may be told from there."""


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

_OF_NO_HELP = Pattern(
    r"[^.;:]{0,90}?\b(?:gave|provided|brought|produced|offered|led\s+to|resulted\s+in|had|(?:was|were)\s+of)\s+(?:(?:only|very)\s+)?"
    r"(?:little|no|minimal|minor|partial|some|limited)\s+(?:\w+\s+)?(?:relief|benefit|effect|response|improvement|help)\b",
    re.IGNORECASE,
)
""" "Ursodiol, cholestyramine and X gave little relief": taken for the complaint."""


def for_symptom(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], drug: str, onset: int
) -> bool:
    """Whether a drug is first named after the reaction, as taken for a symptom of it ("paracetamol for the fever")."""
    first = next((d for d in drugs if d.drug == drug and d.kind != "dose"), None)
    if first is None or first.start < onset:
        return False
    if _RELIEF.search(text, max(spans[first.sentence][0], first.start - 70), first.start) is not None:
        return True
    behind = (first.end, spans[first.sentence][1])
    return _SYMPTOM.match(text, *behind) is not None or _OF_NO_HELP.match(text, *behind) is not None


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
    if (_FROM_DAY.match(behind) and not _LOOKS_BACK.search(lead[-40:])) or _AFTERWARDS.search(lead):
        return True
    if is_remedy(drug, kind) and _WITH.fullmatch(lead):
        return True
    if is_remedy(drug, kind) and GOT_BETTER.match(text, first.end, end):
        return True  # "after three days of corticosteroids the patient experienced resolution"
    return is_remedy(drug, kind) and (_TREATED.search(lead) is not None or not _LOOKS_BACK.search(lead))


def given_after(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    drug: str,
    signs: Collection[int],
    kind: str = "",
) -> bool:
    """Whether a drug is first named behind the last new sign of the reaction, as given ("is now receiving X").

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
        drug: The drug in question.
        signs: Clean positions where the reaction shows.
        kind: The reaction: a drug of the class that it is named after is no treatment of it.
    """
    if _NAMED_AFTER.get(kind, frozenset()) & {drug, *load_drugs().classes_of(drug)}:
        return False
    first = next((d for d in drugs if d.drug == drug and d.kind != "dose"), None)
    if first is None or not signs:
        return False
    start, end = spans[first.sentence]
    if min(signs) >= start or _GIVES.search(text, start, end) is None:
        return False
    if _BACK.search(text, start, end) is not None and _IMPROVED_UNDER.search(text, start, end) is None:
        return False
    if first.sentence and _BACK_IN_TIME.search(text, *spans[first.sentence - 1]) is not None:
        return False
    further = {d.sentence for d in drugs if d.drug == drug} - {first.sentence}
    if any(_BACK.search(text, *spans[index]) is not None for index in further):
        return False
    later = {bisect_right(spans, at, key=itemgetter(0)) - 1 for at in signs if at > first.start}
    return not any(NEW.search(text, *spans[index]) is not None for index in later)
