"""One drug exchanged for another: "switched from X to Y", "X was converted to Y", "was on X and was turned to Y".

May import the mentions of drugs and actions, and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

SWITCHES = ("switch", "changed", "turned", "transitioned", "converted", "crossed", "moved", "shifted")
_SWITCHED = Pattern(r"\s+(?:(?:therapy|treatment)\s+)?(?:was|were|had\s+been)\s+(?:(?:then|therefore|later)\s+)?", re.I)
_ON_IT = Pattern(
    r"\b(?:on|taking|took|receiving|received|using|used|treated\s+with)\s+(?:(?:oral|the|his|her|daily)\s+)*$", re.I
)
_WAS = Pattern(
    r"(?:\s+\d[\d.,]*\s?(?:mg|g|mcg)(?:/\w+)*)?(?:\s+(?:daily|therapy|treatment|for\s+[\w\s]{3,30}))?\s*,?\s*(?:and|but|then|until\s+(?:he|she))\s+"
    r"(?:(?:he|she|the\s+patient)\s+)?(?:was|had\s+been)\s+(?:then\s+|recently\s+|later\s+)?",
    re.IGNORECASE,
)
"""Between a drug that somebody is on and the exchange ("was on X and was switched to Y")."""
_TO_IT = Pattern(r"\s+(?:over\s+)?to\s+(?!(?:a|an|the|intravenous|oral)\b|\d)", re.IGNORECASE)
"""What a drug is exchanged for, not its new dose or form."""


def switched(text: str, match: re.Match[str], sentence: int, end: int, drugs: list[DrugMention]) -> list[ActionMention]:
    """ "Switched from X to Y", "X was switched to Y": X stopped, Y started."""
    found: list[ActionMention] = []
    subject = [d for d in drugs if d.drug and d.end <= match.start()][-1:]
    if (
        subject and _SWITCHED.fullmatch(text, subject[0].end, match.start()) and _TO_IT.match(text, match.end(), end)
    ) or (
        subject
        and _ON_IT.search(text, max(0, subject[0].start - 40), subject[0].start)
        and _WAS.fullmatch(text, subject[0].end, match.start())
        and _TO_IT.match(text, match.end(), end)
    ):
        found.append(ActionMention(subject[0].start, match.end(), "stopped", (subject[0],), match.span(), sentence))
    for drug in drugs:
        if not match.end() <= drug.start < min(end, match.end() + 140):
            continue
        before = text[max(match.end() - 1, drug.start - 22) : drug.start]
        at_once = drug.start == match.end() + 1 and _TO_IT.match(text, drug.end, end)  # "changed X to Y"
        left = at_once or re.search(r"\bfrom\s+(?:[\w-]+\s+){0,2}$", before)
        if left and not any(a.kind == "stopped" for a in found):
            found.append(ActionMention(match.start(), drug.end, "stopped", (drug,), match.span(), sentence))
        elif re.search(r"\bto\s+(?:[\w-]+\s+){0,2}$", before) and not any(a.kind == "started" for a in found):
            found.append(ActionMention(match.start(), drug.end, "started", (drug,), match.span(), sentence))
    return found


_SUBSTITUTED = Pattern(r"substituted\s+for\s+(?:the\s+|his\s+|her\s+)?", re.IGNORECASE)
""" "Y was substituted for X": what stands before is begun, what stands behind is stopped."""


def substituted(
    text: str,
    match: re.Match[str],
    sentence: int,
    before: tuple[DrugMention, ...],
    after: tuple[DrugMention, ...],
) -> list[ActionMention]:
    """ "Y was substituted for X": Y started, X stopped; nothing for another verb."""
    if _SUBSTITUTED.fullmatch(text, match.start(), after[0].start) is None:
        return []
    return [
        ActionMention(before[0].start, match.end(), "started", before, match.span(), sentence),
        ActionMention(match.start(), after[-1].end, "stopped", after, match.span(), sentence),
    ]
