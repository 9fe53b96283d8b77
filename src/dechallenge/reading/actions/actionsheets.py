"""Drugs that a report only lists with the day from which they were taken, without a verb.

"Allopurinol 300 mg daily for gout from 05-Apr-2019", "amoxicillin 500 mg (5 April to 12 April 2019)", "amlodipine since
2010". May import drugs, the words of actions and the mention of an action.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dechallenge.reading.actions.actionwords import CUE
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    r"(?=(?:(?:early|mid|late|about|around|the)[\s-]+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[-/. ]\s?(?:{_MONTH}|\d{{1,2}})\b|{_MONTH}[-/. ,]+\d{{1,4}}|"
    r"\d{4}-\d\d\b|(?:19|20)\d\d\b))"
)
_REACH = 130
"""Characters of dose, way and illness between a drug and its first day."""
_FROM = Pattern(
    rf"(?:[^.;:()]|\.\d|\([^()]{{1,40}}\)){{0,{_REACH}}}?(?:\b(?P<from>from|since)\s+|(?P<open>\()(?:[^()]{{1,30}},\s)?(?:from\s+|since\s+)?){_DATE}",
    re.IGNORECASE,
)
_HEAD = Pattern(
    r"(?:[\s\d).*•-]|(?:suspect(?:ed)?|concomitant|co-?suspect|other|study|home|regular)\b|(?:drugs?|med(?:ication|icine)s?|meds|therapy|treatment)\b|:|"
    r"\b(?:oral|intravenous|iv|tab(?:let)?s?|cap(?:sule)?s?|inj(?:ection)?s?)\b)*",
    re.IGNORECASE,
)
"""What may stand in front of the first drug of such a list."""


def listed_from(
    text: str, span: tuple[int, int], sentence: int, drugs: Iterable[DrugMention], found: Iterable[ActionMention]
) -> list[ActionMention]:
    """The beginning of each drug that a sentence lists with its first day, where no verb tells of it.

    Args:
        text: Clean text.
        span: The sentence.
        sentence: Its index.
        drugs: Drugs named in it, in order.
        found: Actions that its verbs tell.
    """
    start, end = span
    named = [d for d in drugs if d.drug and d.kind not in ("bare", "dose", "pronoun", "all")]
    governed = {d.drug for a in found for d in a.drugs}
    more: list[ActionMention] = []
    at = start
    for i, drug in enumerate(named):
        until = named[i + 1].start if i + 1 < len(named) else end
        listed = _HEAD.fullmatch(text, at, drug.start) is not None or (
            i > 0 and _BETWEEN.match(text, at, drug.start) is not None
        )
        told = _FROM.match(text, drug.end, until) if listed and drug.drug not in governed else None
        if told is None:
            if CUE.search(text, at, until) is not None:
                break
            at = drug.end
            continue
        if CUE.search(text, drug.end, told.end()) is None:
            cue = told.span("from") if told["from"] else told.span("open")
            joined = named[i - 1 : i] if i and _AND.fullmatch(text, named[i - 1].end, drug.start) is not None else []
            group = (*(d for d in joined if d.drug not in governed), drug)
            more.append(ActionMention(group[0].start, cue[1], "started", group, cue, sentence))
        at = drug.end
    return more


_AND = Pattern(r"\s+and\s+")
"""Between two drugs that one day is told of ("bisoprolol and levothyroxine since 2014")."""


_BETWEEN = Pattern(r"[^.;]*?(?:[,;)]|\sand)\s+$", re.IGNORECASE)
