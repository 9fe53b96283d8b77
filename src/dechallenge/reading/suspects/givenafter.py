"""Drugs that were given when the reaction was there already, or to keep the patient alive, where no word blames them.

A report that blames nobody leaves every drug that was running at onset a suspect; a drug that it first names behind the
last new sign, in words of giving and none that looks back, was not running then. May import the lexicon, drugs and the
signs of ``events``.
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

_RESCUES = frozenset({"inotrope or vasopressor", "antidote"})
_ANTIDOTES = frozenset(
    {"pralidoxime", "naloxone", "flumazenil", "sugammadex", "idarucizumab", "protamine", "glucarpidase"}
)
_NO_RESCUES = frozenset({
    "sodium tetradecyl sulfate", "polidocanol", "ethanolamine oleate", "calcium polystyrene sulfonate", "amifostine",
    "dexrazoxane", "edetic acid",
})  # fmt: skip
"""Sclerosants, resins and protective drugs that stand with the antidotes: they are given before anything is wrong."""
_POISONED = Pattern(
    r"\b(?:organophosph\w+|carbamates?|pesticides?|insecticides?|nerve\s+agents?|cholinergic\s+(?:crisis|toxidrome|syndrome)|"
    r"cholinesterase)\b",
    re.IGNORECASE,
)
""" What atropine is the antidote of."""
MERE = frozenset({
    "it was stopped after the reaction", "it was started before the reaction", "it was given again",
    "the reaction followed it in the report", "the reaction began while it was taken",
})  # fmt: skip
"""Reasons that tell what happened to a drug, without a word of blame."""
_GIVES = Pattern(
    r"\b(?:gave|given|giving|administ\w+|receiv\w+|treat\w+|therap(?:y|ies)|start\w*|initiat\w*|commenc\w*|beg[au]n|put\s+on|placed\s+on|covered\s+with|"
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


def is_rescue(drug: str, text: str) -> bool:
    """Whether a drug holds up the circulation or undoes a poison: it is given because of what is told, it did not bring
    it about.

    Args:
        drug: Canonical name.
        text: Text of the case: atropine is an antidote where it tells of such a poison.
    """
    if drug == "atropine":
        return _POISONED.search(text) is not None
    if drug in _NO_RESCUES:
        return False
    return drug in _ANTIDOTES or bool(_RESCUES & {drug, *load_drugs().classes_of(drug)})


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
