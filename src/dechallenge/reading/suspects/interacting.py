"""Suspects that brought the reaction together: "attributed to an interaction between simvastatin and clarithromycin".

The heaviest of them stays the suspect, the others interact with it. May import drugs and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_INTERACTION = Pattern(
    r"\b(?:drug[-\s]drug\s+)?interact(?:ions?|ed|s|ing)\b|\binhibit(?:ion|ed|s|ing)\b[^.;]{0,60}\b(?:metabolism|clearance|"
    r"elimination|excretion|secretion|CYP\w*|P-glycoprotein)\b|\b(?:metabolism|clearance|elimination|excretion)\b[^.;]{0,60}"
    r"\binhibit(?:ion|ed)\s+by\b|\b(?:potentiat|enhanc)\w+\s+(?:the\s+(?:effects?|action|anticoagulant\s+effect)\s+of\b|by\b)",
    re.IGNORECASE,
)
_DENIED = Pattern(
    r"\b(?:no|not|without|never|unlikely|excluded|ruled\s+out|rather\s+than|nor|any|risk\s+of|potential\s+for|checked\s+for|"
    r"can|may|might|could|known\s+to|lacks?|absence\s+of)\b",
    re.IGNORECASE,
)
"""What is denied or only general knowledge."""


def of_an_interaction(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], suspects: Sequence[str]
) -> Mapping[str, tuple[int, int]]:
    """The suspects that interact with the first one of them, each with the words that say so.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Drugs named in it.
        suspects: The suspects, heaviest first.
    """
    found: dict[str, tuple[int, int]] = {}
    for index, span in enumerate(spans):
        told = _INTERACTION.search(text, *span)
        if told is None or _DENIED.search(text, *span):
            continue
        named = {d.drug for d in drugs if d.sentence == index}
        together = [drug for drug in suspects if drug in named]
        if len(together) == _TWO:
            found.setdefault(together[1], span)
    return found


_CAUSED_BY_ONE = Pattern(
    r"\b(?:caused\s+by|due\s+to|result(?:ing|ed)\s+from|because\s+of|attributed\s+to|secondary\s+to|as\s+a\s+result\s+of)\s+"
    r"(?:an?\s+|the\s+)?(?:\w+\s+)?(?:drug[-\s])?(?:drug\s+)?interaction\b",
    re.IGNORECASE,
)

_SUSPECTED = Pattern(
    r"\binteractions?\s+(?:between|of|with)\b[^.;]{0,120}\b(?:was|were|is)\s+(?:\w+ly\s+|therefore\s+|then\s+)?(?:suspected|assumed|presumed|diagnosed|"
    r"considered|thought|held|blamed|made)\b|\b(?:suspected|presumed|probable|likely|attributed\s+(?:\w+\s+){0,3}?to|ascribed\s+to|due\s+to|"
    r"explained\s+by|consistent\s+with)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:drug[-\s])?(?:drug\s+)?interaction\s+(?:between|of|with)\b",
    re.IGNORECASE,
)


def other_of_two(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], suspects: Sequence[str]
) -> str:
    """The drug beside the one suspect, in "caused by a drug interaction in a woman taking X after she was given Y".

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Drugs named in it.
        suspects: The suspects.
    """
    for index, span in enumerate(spans if len(suspects) == 1 else ()):
        told = _CAUSED_BY_ONE.search(text, *span) or _SUSPECTED.search(text, *span)
        if told is None or _DENIED.search(text, *span):
            continue
        named = {d.drug for d in drugs if d.sentence == index and d.drug and d.kind == "substance"}
        if len(named) == _TWO and suspects[0] in named:
            return (named - {suspects[0]}).pop()
    return ""


_TWO = 2
