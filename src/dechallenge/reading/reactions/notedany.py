"""A reaction that is only noted, or told in a patient's own words, without a verb of its own.

"5/3/2021: b/l gynecomastia", "Onset 28-Jun: headache, aseptic meningitis", "six weeks later my feet went numb; it was
peripheral neuropathy". Asked only where nothing else tells of a reaction. May import findings, drugs, the triggers and
what drugs are taken for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.events import RELIEVED, Sign
from dechallenge.reading.reactions.namedkinds import kind_of
from dechallenge.reading.reactions.takenfor import taken_for

_TOLD = 1.5
"""Weight of such a reaction, as of any that came up under a drug."""
_DAY = (
    r"(?:\d{1,4}[-/.](?:\d{1,2}|[A-Za-z]{3,9})(?:[-/.]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?(?:\s+\d{4})?|"
    r"[A-Za-z]{3,9}\.?\s+\d{1,2}(?:,?\s+\d{4})?)"
)
_NOTED = Pattern(
    rf"\s*(?:(?:onset|reaction|event|ADR|AE)\b(?:\s+(?:date|on))?[\s:]*)?(?:on\s+)?{_DAY}\s*:\s", re.IGNORECASE
)
"""A note with its day: "5/3/2021: …", "Onset 28-Jun-2019: …"."""
_PRESENTING = Pattern(r"\b(?:admitted|presented|presents)\s+with\s+(?:[\w-]+,?\s+){0,3}$", re.IGNORECASE)
"""Before it in the shorthand of a ward: "adm with gingival hyperplasia"."""
_NOW = Pattern(r"\b(?:adm(?:itted)?|present(?:ed|s|ing)|p/w)\s+(?:with|w/|for)\b", re.IGNORECASE)
"""Between a drug of the same sentence and what came up under it."""
_FIELD = Pattern(r"\s*(?:adverse\s+)?(?:reactions?|events?|ADRs?)\s*:\s", re.IGNORECASE)
_OWN_WORDS = Pattern(r"\b(?:I|my|me|myself|we)\b")
_LATER = Pattern(
    r"\b(?:later|after|afterwards|within|next\s+(?:day|morning|week)|since|then|following|started\s+to|began\s+to|suddenly)\b",
    re.IGNORECASE,
)
_CALLED = Pattern(
    r"\b(?:it\s+(?:was|is|turned\s+out\s+to\s+be)|which\s+(?:is|was)|(?:they|doctors?|hospital|clinic|dentist|[a-z]+ologist|GP|nurse|ER|A&E|scan|biopsy|"
    r"tests?|MRI|X-?rays?|film)\s+(?:\w+\s+){0,3}?(?:said|told|called|found|showed|diagnosed|thought)|and\s+my|had)\b|\(",
    re.IGNORECASE,
)
_OF_A_CASE = frozenset({"diagnosis", "symptom", "sign"})
_NO_REACTION = frozenset({"hospitalization", "recovery", "death", "discharge", "adverse event", "symptoms"})


def noted_reaction(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    aims: Sequence[tuple[int, int]],
) -> list[Sign]:
    """The reaction as signs: where it is first told, and what it is called in that sentence; empty without one.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        drugs: Drugs named in them.
        aims: Where it stands what drugs were given for.
    """
    given = min((d.start for d in drugs if d.drug), default=None)
    if given is None:
        return []
    told: dict[int, list[FindingMention]] = {}
    for mention in findings:
        if mention.start > given and _is_new(text, mention, aims):
            told.setdefault(mention.sentence, []).append(mention)
    for index, mine in sorted(told.items()):
        start, end = spans[index]
        noted = (
            _NOTED.match(text, start, end) is not None
            or _PRESENTING.search(text, start, mine[0].start) is not None
            or _FIELD.match(text, start, end) is not None
        )
        own = (
            _OWN_WORDS.search(text, start, end) and _LATER.search(text, start, end) and _CALLED.search(text, start, end)
        )
        if not (noted or own):
            continue
        behind = any(start <= d.start < mine[0].start for d in drugs if d.drug)
        if behind and not (own or _NOW.search(text, start, mine[0].start)):
            continue
        named = next((m for m in reversed(mine) if m.kind == "diagnosis"), mine[0])
        kind = kind_of(named.term) or named.term
        first = Sign(mine[0].start, mine[0].end, kind, named.term, _TOLD, True)
        return [first] if named is mine[0] else [first, Sign(named.start, named.end, kind, named.term, _TOLD, False)]
    return []


def _is_new(text: str, mention: FindingMention, aims: Sequence[tuple[int, int]]) -> bool:
    if mention.kind not in _OF_A_CASE or mention.state != "present" or mention.term in _NO_REACTION:
        return False
    if mention.history or mention.family or mention.hypothetical or mention.other_patient or mention.resolved:
        return False
    if any(a <= mention.start < b for a, b in aims) or taken_for(text, mention.start):
        return False
    return RELIEVED.search(text, max(0, mention.start - 45), mention.start) is None


def listed_diagnosis(
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[FindingMention], first: Sign
) -> Sign | None:
    """The diagnosis that a list of complaints ends with: "stocking numbness, peripheral neuropathy on NCS".

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        first: The complaint that is told first.
    """
    own = [m for m in findings if m.start <= first.position < m.end]
    if any(m.kind == "diagnosis" for m in own):
        return None
    index = next((i for i, (a, b) in enumerate(spans) if a <= first.position < b), -1)
    for mention in findings:
        if mention.sentence != index or mention.start < first.end or mention.kind != "diagnosis":
            continue
        listed = _IN_ONE_LIST.fullmatch(text, first.end, mention.start) is not None
        if listed and _is_new(text, mention, ()) and _SHOWN_ON.match(text, mention.end) is not None:
            return Sign(mention.start, mention.end, mention.term, mention.term, first.weight, False)
    return None


_IN_ONE_LIST = Pattern(
    r"(?:(?!\b(?:for|of|with|on|had|has|was|were|who|known|history|due|because|from|since|while|under|after|before)\b)[\w\s/°%-]|[,;:](?=\s)){1,60}",
    re.IGNORECASE,
)
"""Between the complaints of a list, and the diagnosis behind them."""
_SHOWN_ON = Pattern(
    r"\s+(?:(?:was\s+)?(?:seen|confirmed|found|diagnosed)\s+)?(?:on|by|per)\s+(?-i:[A-Z]{2,5}\b)|"
    r"\s+on\s+\w+(?:gra\w+|oscopy|metry|psy)\b",
    re.IGNORECASE,
)
"""Behind a diagnosis: the test that shows it ("on NCS", "by EMG")."""
