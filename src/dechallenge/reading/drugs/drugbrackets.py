"""Second names in brackets: a drug in brackets right behind another is that drug's own name, not one more drug.

"Fluphenazine (Moditen)", "all four antituberculosis drugs (HRZE)", "X, a combination of Y and Z".
May import the mention of a drug and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, takewhile

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention


def without_second_names(text: str, mentions: Sequence[DrugMention]) -> list[DrugMention]:
    """Mentions without a brand name, or the short form of a regimen, in brackets behind what it is another name of.

    A brand name has a capital where the name in front of it has none.

    Args:
        text: Clean text.
        mentions: Mentions, in order.
    """
    out: list[DrugMention] = []
    for mention in mentions:
        last = out[-1] if out else None
        if last is not None and _in_brackets(text, last, mention) and _other_name(text, out, last, mention):
            continue
        if last is not None and _explains(text, out, mention):
            continue
        whole = _whole(text, out, mention)
        out.append(mention if whole is None else replace(whole, start=mention.start, end=mention.end))
    return out


_CONTAINS = Pattern(
    r"[\s,(]*(?:(?:which|that)\s+)?(?:is\s+|being\s+)?(?:an?\s+|the\s+)?(?:(?:fixed|dose|fixed-dose|oral)\s+)*"
    r"(?:combin\w+\s+(?:of|product\s+of)|contain\w+|consist\w+\s+of|compos\w+\s+of|compris\w+)[^.;]{0,80}$",
    re.IGNORECASE,
)


_NEAR = 8
"""Mentions before the part of a combination among which the combination is looked for."""


def _whole(text: str, named: Sequence[DrugMention], mention: DrugMention) -> DrugMention | None:
    """ "Tazocin, a combination of piperacillin and tazobactam": what it consists of is no further drug."""
    beside = takewhile(lambda d: d.sentence == mention.sentence, islice(reversed(named), _NEAR))
    whole = next((d for d in beside if len(d.ingredients) > 1), None)
    if whole is None or mention.drug not in whole.ingredients:
        return None
    return whole if _CONTAINS.match(text, whole.end, mention.start) else None


def _in_brackets(text: str, last: DrugMention, mention: DrugMention) -> bool:
    return text[last.end : mention.start].strip() == "(" and text[mention.end : mention.end + 1] == ")"


_GLOSS = Pattern(r"\s*\((?:[A-Z][\w®™-]{2,24}\s*(?:[-–,;:]|,?\s+which\s+is)\s*)?(?:an?|the)\s+(?:[\w-]+\s+){0,4}$")
_GLOSS_GOES_ON = Pattern(r"(?:\s+[\w-]+){0,4}\)")


def _explains(text: str, named: Sequence[DrugMention], mention: DrugMention) -> bool:
    """ "Terfenadine (Seldane, an antihistamine)": the class in the brackets is that of the drug in front of them."""
    if mention.kind != "class" or not _GLOSS_GOES_ON.match(text, mention.end):
        return False
    beside = [d for d in named[-3:] if d.kind == "substance" and d.sentence == mention.sentence]
    return any(_GLOSS.match(text, d.end, mention.start) for d in beside)


def _other_name(text: str, named: Sequence[DrugMention], last: DrugMention, mention: DrugMention) -> bool:
    if not mention.drug or mention.drug == last.drug or mention.kind != "substance":
        return False
    written = text[mention.start : mention.end]
    if len(mention.ingredients) > 1:
        told = {d.drug for d in named}
        return written.isupper() and set(mention.ingredients) <= told
    single = last.kind == "substance" and len(last.ingredients) == 1 and text[last.start].islower()
    return single and written.istitle()
