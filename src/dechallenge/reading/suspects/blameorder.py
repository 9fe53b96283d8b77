"""Drugs after which a reaction is told in one breath: "developed pneumonitis after bleomycin".

May import drugs and the triggers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_GOVERNS = Pattern(
    r"\b(?:after|following|during|while|upon|since|within\s+[^.;,]{1,25}?\s+(?:of|after))\s+"
    r"(?:(?!(?:was|were|is|are|had|he|she|they|we|which|who|whom|then|and|but|when|admission|surgery|transplant\w*|resolution|"
    r"resolved|improv\w+|stopp\w+|discontinu\w+|withdr\w+|cessation|ceas\w+|recover\w+|failure|presentation|diagnosis|onset|"
    r"responding|despite|for|to|with(?!\s+(?:\S+\s+){0,2}$))\b)[^\s.;:]+\s+){0,9}$"
    r"|\bafter\s+(?:he|she|they|the\s+patient)\s+(?:had\s+)?(?:received|taken|took|ingested|started|begun|(?:was|been)\s+given)\s+"
    r"(?:(?!(?:and|but|then|for)\b)[^\s.;:]+\s+){0,6}$",
    re.IGNORECASE,
)
"""From the word that puts the reaction after the drug up to the drug, nothing that begins another thought."""
_ENDED = Pattern(
    r"\b(?:resol\w+|improv\w+|recover\w+|subsid\w+|clear\w*|disappear\w*|respond\w*|abat(?:e[ds]?|ing|ement)|settled|normali[sz]\w+|fell|"
    r"decreas\w+|treated|given|received|healed|regress\w+|persist\w*|refractory|unresponsive|unchanged|still)\b",
    re.IGNORECASE,
)
"""Between the reaction and "after": what came after the drug is its end."""
_TREATED_FOR = Pattern(
    r"\s+(?:\S+\s+){0,3}(?:relieved|improved|resolved|controlled|helped|was\s+effective)\b", re.IGNORECASE
)
_BEGUN = Pattern(
    r"\b(?:prescribed|started|commenced|begun|given|received|took|taken|treated|added|switched|placed|put)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
"""Before a drug that is begun."""
_CAME = (
    r"(?:presented|developed|returned|re-?presented|came|noticed|experienced|complained|was\s+(?:re-?)?admitted|became|"
    r"was\s+found)"
)
_LATER = (
    r"(?:(?:minutes?|hours?|days?|weeks?|months?)\s+(?:later|afterwards?|thereafter)|"
    r"\b(?:after|within)\s+[^.;:,]{1,25})"
)
_AND_CAME = Pattern(
    r"[^.;]*?\b(?:and|but|who|which|she|he)\s+(?:(?:then|subsequently|had)\s+)?"
    rf"(?:{_CAME}\b[^.;]*|{_LATER},?\s+{_CAME}\b[^.;]*)",
    re.IGNORECASE,
)
"""From the drug to the reaction: the patient comes back."""
_SOME_TIME_LATER = Pattern(rf"{_LATER}", re.IGNORECASE)
_LED_TO = Pattern(
    r"(?:\s*\([^()]{0,60}\))?(?:,?\s+(?:(?:and|plus|or)\s+)?(?!(?:was|were|is|with|for|then|but)\b)[\w-]+(?:\s*\([^()]{0,60}\))?){0,4}?,?\s+"
    r"(?:(?:which|that)\s+)?(?:(?:was|were|had\s+been)\s+)?(?:(?:soon|shortly|immediately|then)\s+)?"
    r"(?:(?:followed|complicated)\s+by|leading\s+to|led\s+to|resulting\s+in|resulted\s+in)\s+(?:the\s+(?:development|onset|occurrence)\s+of\s+)?"
    r"(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
"""From a drug to the reaction that came of it: "one cycle of X and Y followed by severe pancytopenia"."""
_REACH = 200


def came_after(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], reactions: Sequence[int]
) -> Iterator[tuple[DrugMention, tuple[int, int]]]:
    """Drugs after which a reaction of the same sentence is told, with the words.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Drug mentions.
        reactions: Clean positions where the reaction shows.
    """
    for drug in drugs:
        if not drug.drug:
            continue
        start, end = spans[drug.sentence]
        if (came := _came_back(text, (start, end), drug, drugs, reactions)) is not None:
            yield drug, came
            continue
        behind = bisect_right(reactions, drug.end)
        if behind < len(reactions) and reactions[behind] < end and _LED_TO.fullmatch(text, drug.end, reactions[behind]):
            yield drug, (drug.start, reactions[behind])
            continue
        before = [at for at in reactions if start <= at < drug.start]
        if not before or drug.start - before[-1] > _REACH:
            continue
        here = _GOVERNS.search(text, before[-1], drug.start)
        if here is None or _ENDED.search(text, before[-1], here.start()):
            continue
        if _TREATED_FOR.match(text, drug.end, end) is None:
            yield drug, (here.start(), drug.end)


def _came_back(
    text: str, sentence: tuple[int, int], drug: DrugMention, drugs: Sequence[DrugMention], reactions: Sequence[int]
) -> tuple[int, int] | None:
    """ "Was prescribed X for a cough and presented a week later with jaundice": the last drug before the reaction."""
    shown = next((at for at in reactions if drug.end <= at < sentence[1]), None)
    if shown is None or shown - drug.end > _REACH or any(d.drug and drug.end <= d.start < shown for d in drugs):
        return None
    if _BEGUN.search(text, sentence[0], drug.start) is None or _AND_CAME.fullmatch(text, drug.end, shown) is None:
        return None
    if _ENDED.search(text, drug.end, shown) or _SOME_TIME_LATER.search(text, drug.end, sentence[1]) is None:
        return None
    return drug.start, shown


_HEAD = 3
"""Sentences at the head of a case that may sum it up."""


def told_at_the_head(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], position: int) -> bool:
    """A sentence at the head says all of it at once: "A woman of 76 developed X during treatment with Y"."""
    if not any(a <= position < b for a, b in spans[:_HEAD]):
        return False
    return next(came_after(text, spans, drugs, [position]), None) is not None
