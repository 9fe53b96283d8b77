"""What followed a re-exposure, as the report words it: the reaction came back, or the drug was tolerated.

May import actions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.assertion.untold import REAPPEARED
from dechallenge.reading.matching.triggers import Pattern

Result = Literal["positive", "negative", "not assessable"]
REACH = 2
"""Sentences after the one of the re-exposure in which its result is looked for."""

_REACTION = (
    r"(?:symptoms?|reaction|eruption|lesions?|pustules|exanthema?|hepatitis|jaundice|nausea|vomiting|pain|fever|rash|prurit\w+|itching|eosinophilia|"
    r"enzymes?|aminotransferases?|thrombocytopeni\w*|angio-?o?edema|swelling|urticaria|arrhythmia|cough|dyspn\w+|seizures?|"
    r"h(?:a)?emoly\w+|hyponatr\w+|"
    r"transaminases?|ALT|AST|liver\s+tests?|injury|neutropeni\w*|agranulocytosis|leu[ck]openia|pancreatitis|illness|"
    r"abnormalit\w+|(?:toxic\s+)?hepatitis|hepatotoxicity|episodes?|it|this)"
)
_TEST = (
    r"(?:ALT|AST|ALAT|ASAT|(?:liver\s+)?enzymes?|aminotransferases?|transaminases?|bilirubin|"
    r"liver\s+(?:function\s+)?tests?)"
)
_FIGURE = (
    r"(?:lipase|amylase|creatinine|C(?:P)?K|creatine\s+(?:phospho)?kinase|(?:platelet|neutrophil|leu[ck]ocyte|granulocyte|"
    r"eosinophil)s?(?:\s+counts?)?|platelets|neutrophils|eosinophils|sodium|potassium|QTc?(?:\s+interval)?)"
)
"""Values that come back ("lipase rose again")."""
_AGAIN = (
    r"(?:recurr\w*|returned|reappear\w*|came\s+back|relaps\w*|rose\s+again|increased\s+again|fell\s+again|rebound\w*)"
)
_ANYTHING = (
    r"(?<![\w-])(?!(?:patient|woman|man|boy|girl|child|infant|he|she|they|who|and|which|that|then|never|not|it|counts?|levels?|values?|"
    r"tests?|results?|appetite|strength|function|consciousness|menses|disease|arthritis|psoriasis|tumou?r|lymphoma|leuk\w+|cancer|"
    r"activity|work|school|home|clinic|hospital)\b)[a-z][\w-]{3,}\s+(?:(?:had|has|have|again|soon|promptly|rapidly|immediately|also)\s+){0,2}"
    r"(?:recurred|reappeared|relapsed|came\s+back|returned(?!\s+(?:to|home|for|from|with)\b))"
    r"|\b(?:led\s+to|caused|produced|provoked|triggered|induced|reproduced|resulted\s+in)\s+(?:the\s+(?:same\s+)?|an?\s+)?"
    r"(?:[\w-]+\s+){1,4}?(?:again|once\s+more|anew)\b|\breproduced\s+(?:the|his|her|all|these)\b"
    r"|\b(?:the\s+same|an?\s+(?:similar|identical))\s+(?:[\w-]+\s+){1,3}?(?:re)?(?:appeared|occurred|developed|set\s+in)\b"
)
"""Whatever came back: words for a reaction of any kind, and what is said of a re-exposure that brought it back."""
_POSITIVE = Pattern(
    rf"{_ANYTHING}|"
    rf"\b(?:{_REACTION}|{_FIGURE})\b[^.;]{{0,40}}?\b{_AGAIN}\b|\b{_AGAIN}\s+(?:of|in)\s+(?:\w+\s+){{0,3}}{_REACTION}\b|"
    rf"\brecurrence\s+of\s+(?:the\s+)?{_REACTION}\b"
    r"|\b(?:similar|same|second|another|further)\s+(?:episode|attack|bout|reaction|illness|symptoms)\b"
    r"|\bre-?(?:developed|experienced|manifested)\b"
    r"|\bwithin\s+(?:\d+|an?|a\s+few|several|one|two|three|four|five|six)\s+(?:hours?|hrs?|h|minutes?|mins?|days?|weeks?|months?)\b[^.;]{0,60}\b"
    r"(?:fever|rash|pain|chills|symptoms|jaundiced?|icteric|dark\s+urine|prurit\w+|itching|vomit\w+|nausea\w*)\b"
    rf"|\b{_TEST}\b[^.;]{{0,30}}?\b(?:had\s+|has\s+)?(?:rose|risen|increased|climbed|went\s+up|gone\s+up)\b"
    rf"|\b{_TEST}\b[^.;]{{0,20}}?\b(?:was|were)\s+(?:again\s+|once\s+more\s+)?(?:elevated|raised)\b"
    r"|\btemperature\b[^.;]{0,30}?\b(?:reached|rose|spiked|climbed)\b"
    r"|\b(?:ALT|AST)\s+(?:\w+\s+){0,3}?(?:1[2-9]\d|[2-9]\d\d|\d,?\d{3})\b(?!\s*(?:mg|days))"
    r"|\b(?:became|got|turned)\s+(?!(?:\w+ly\s+)?(?:well|normal|better|asymptomatic|afebrile|pregnant|oriented|able|stable|negative)\b)"
    r"(?:[\w-]+\s+){1,3}?(?:again|once\s+more)\b"
    r"|\bbecame\s+(?:again\s+)?(?:jaundiced|icteric|neutropenic|febrile|symptomatic)\b|\bagain\s+(?:became\s+|was\s+|were\s+)?(?:jaundiced|icteric|elevated|raised|abnormal|ill|unwell)\b",
    re.IGNORECASE,
)
_NEGATIVE = Pattern(
    r"\bwithout\s+(?:return\s+of\s+)?(?:any\s+|further\s+|a\s+)?(?:\w+\s+){0,2}?(?:recurren\w*|reaction|problems?|incident|difficult\w*|"
    r"adverse|complication\w*|side\s+effects?|"
    r"dysfunction|symptoms?|bleeding|events?|trouble|toxicity|ill\s+effects?|harm|consequences|"
    r"rise|increase|fall|drop|decrease|elevation|relapse\s+of\s+(?:the\s+)?(?:hepatitis|neutropenia)|liver|hepat\w*|"
    r"neutropenia)"
    r"|\b(?:caused|produced|gave\s+rise\s+to|led\s+to|brought|had)\s+no\s+(?:\w+\s+){0,2}?(?:problems?|reactions?|recurrence|ill\s+effects?|harm|"
    r"relapse|trouble)\b"
    rf"|\b(?:no|not|never)\s+(?:further\s+|any\s+|evidence\s+of\s+)?(?:{_AGAIN}|recurrences?)\b|"
    r"\bno\s+(?:further|more|new|subsequent)\s+(?:[\w-]+\s+)?(?:episodes?|attacks?|events?|symptoms?|reactions?|"
    r"complaints?|problems?)\b|\bsuccessful(?:ly)?\b|"
    r"\bwith(?:\s+\w+)?\s+no\s+(?:\w+\s+){0,2}?(?:rise|increase|fall|drop|decrease|elevation|change|deterioration)\b|"
    rf"\bdid\s+not\s+(?:recur|return|reappear|rise|exceed|fall|drop|decrease|increase)\b"
    rf"|\bno\s+(?:\w+\s+){{0,2}}?{_REACTION}\b[^.;]{{0,20}}?\b(?:occurred|developed|seen|observed|noted|appeared|followed)\b"
    r"|\b(?:well\s+)?tolerated\b(?!\s+(?:an?\s+|the\s+|full\s+|clear\s+|solid\s+)*(?:oral|diet|food|feed\w*|intake|liquids|fluids|meals?|"
    r"surgery|procedure))|\buneventful\w*\b"
    r"|\b(?:remain(?:ed|s)|stayed|were|was|is|are|(?:has|have)\s+been|continued)\s+(?:\w+\s+)?(?:normal|stable|unchanged|"
    r"within\s+(?:the\s+)?(?:normal|reference))\b"
    r"|\b(?:remained|stayed)\s+(?:below|above|between|under|over)\b",
    re.IGNORECASE,
)
_BEFORE = Pattern(
    rf"(?:\b{_AGAIN}(?:\s+(?:episodes?|attacks?|bouts?|symptoms))?|\b(?:again|another|second|new|further|similar)\b[^.;]{{0,60}}?)\s*,?"
    r"(?:\s+(?:within\s+)?[\w-]+\s+(?:hours?|days?|weeks?|months?)\s+(?:of|after|following)|\s+(?:on|upon|after|with|following|when|during))"
    r"\s+(?:(?:the|a|an|its|his|her|being|was|were|single|accidental|inadvertent|unintentional)\s+){0,3}"
    r"(?:[\w-]+\s+(?:was|were|is|had\s+been)\s+(?:\w+ly\s+)?)?$"
    rf"|\b(?:{_TEST}|{_FIGURE})\s+(?:again\s+|then\s+)?(?:rose|increased|climbed|fell|dropped)\b[^.;]{{0,30}}?\s(?:within\s+)?[\w-]+\s+"
    r"(?:hours?|days?|weeks?|months?)\s+(?:of|after|following)\s+(?:the\s+|its\s+)?$"
    r"|\b(?:causative|causal\w*|causality|effect|role|diagnosis|association|relationship|suspicion)\b[^.;]{0,60}?\b(?:was|were|been)\s+(?:\w+ly\s+)?"
    r"(?:confirmed|proven|proved|verified|established)\s+(?:by|with|on|upon|through|after)\s+(?:\w+\s+){0,3}$"
    rf"|\b(?:another|second|new|further|similar)\b[^.;]{{0,30}}?\b(?:{_REACTION}|bouts?|attacks?)\b[^.;]{{0,50}}?,?"
    r"\s+having\s+$",
    re.IGNORECASE,
)
"""The recurrence stands before the re-exposure ("rose again on rechallenge", "again jaundiced after restarting")."""
_CALLED = Pattern(
    r"\b(?:(?P<positive>positive)|negative|successful(?:ly)?|safely|uneventful(?:ly)?)\s+$"
    r"|(?<!not\s)(?<!poorly\s)\b(?:tolerated|bore)\s+(?:an?\s+|the\s+|this\s+|full-dose\s+){0,2}$",
    re.IGNORECASE,
)
"""Before a re-exposure that is called by its result ("a positive rechallenge", "successfully reintroduced")."""
_WITHIN_OF = Pattern(
    r"\bwithin\s+(?:\w+\s+)?(?:\d+|an?|a\s+few|several|one|two|three|four|five|six|seven|eight|ten|twelve)\s+(?:hours?|hrs?|h|"
    r"minutes?|mins?|days?|weeks?)\s+(?:of|after|from|following)\s+(?:the\s+|its\s+|this\s+)?[\w-]+$",
    re.IGNORECASE,
)
_DEVELOPED = Pattern(
    r"[^.;]{0,40}?\b(?:developed|experienced|complained|presented|suffered|noticed|had)\b(?!\s+(?:no|not|neither|only)\b)"
    rf"[^.;]{{0,60}}?\b{_REACTION}\b",
    re.IGNORECASE,
)
"""Behind a re-exposure that words of time stand before ("within 6 h of the re-administration he developed pain")."""
_IS_POSITIVE = Pattern(
    r"\s*(?:tests?\s+)?(?:(?:with|of|to)\s+[\w-]+\s+)?(?:[\w-]+\s+(?:days?|weeks?|months?|years?)\s+(?:later|after\w*)\s+)?(?:was|were|is|proved)?\s*(?P<result>positive|negative)\b",
    re.IGNORECASE,
)
SAYS_AGAIN = Pattern(
    r"again|recurr|reappear|return|relaps|rebound|came\s+back|second|another|further|similar|same|with\s+a\s+result|confirm|"
    r"re-?(?:challeng|expos|introduc|administ|start)",
    re.IGNORECASE,
)
"""In the words of a result: the reaction had been there before, whether or not it was told."""
_EACH = Pattern(
    r"(?:each|all|both|every)\b(?:\s+(?:of\s+)?(?:the\s+|these\s+)?(?:episodes?|relapses?|attacks?|bouts?|them))?\s+"
    r"(?:began|started|occurred|appeared|developed|followed|came)\b",
    re.IGNORECASE,
)
_DENIED = Pattern(r"\b(?:no|not|without|never)\b[^.;,]{0,30}$", re.IGNORECASE)
_WITHOUT = Pattern(r"\b(?:no|not|never|without)\b", re.IGNORECASE)
_ANEW = Pattern(r"and\s+again|again", re.IGNORECASE)
_REACTED = Pattern(
    rf"\b{_REACTION}\b[^.;]{{0,30}}?\b(?:after|following|with|on|from|due\s+to)\b[^.;]{{0,90}}$", re.IGNORECASE
)
_TURN = Pattern(r"\b(?:but|however|until|then|thereafter|(?:at\s+)?first|initially|later|after)\b", re.IGNORECASE)
_NOT_TOLERATED = Pattern(r"\b(?:not|poorly)\s+(?:well\s+)?tolerated\b", re.IGNORECASE)


_TO_ANOTHER = Pattern(r"[,;]\s+(?:but|whereas|while|however|although)\b", re.IGNORECASE)
""" "Re-exposure to X was uneventful, but 2 days after Y had been resumed …": what follows is of the other."""


def _without_gaps(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with blanks for what stands between the sentences: what they leave out is of another patient."""
    for (_, end), (start, _) in pairwise(spans):
        if start - end > _SPACE:
            text = text[:end] + " " * (start - end) + text[start:]
    return text


_SPACE = 4
"""Characters that may stand between two sentences that follow each other."""


def result_of(
    text: str, spans: Sequence[tuple[int, int]], action: ActionMention, until: int
) -> tuple[Result | None, tuple[int, int] | None]:
    """Result of a re-exposure in the report's own words.

    Args:
        text: Clean text.
        spans: Its sentences.
        action: The re-exposure.
        until: Clean position of the next re-exposure or stop of another course.

    Returns:
        ``positive``, ``negative`` or ``None``, and the clean span of the words.
    """
    last = min(action.sentence + REACH, len(spans) - 1)
    own = spans[action.sentence][1]
    turned_to = _TO_ANOTHER.search(text, action.cue[1], until) if until < own else None
    end = min(spans[last][1], max(until, own)) if turned_to is None else turned_to.start()
    text = _without_gaps(text, spans[action.sentence : last + 1])
    start = action.cue[1]
    if _EACH.fullmatch(text, *action.cue):
        return "positive", action.cue
    head = max(spans[action.sentence][0], action.cue[0] - 160)
    head = max((m.end() for m in _TO_ANOTHER.finditer(text, head, action.cue[0])), default=head)
    for asked in REAPPEARED.finditer(text, head, end):
        if asked.start() <= action.cue[0] < asked.end():
            return ("negative" if asked["answer"].strip().lower().startswith("no") else "positive"), asked.span()
    if (before := _BEFORE.search(text[head : action.cue[0]])) and not _DENIED.search(
        text[head : head + before.start()]
    ):
        return "positive", (head + before.start(), action.cue[1])
    if called := _CALLED.search(text, head, action.cue[0]):
        return "positive" if called["positive"] else "negative", called.span()
    if _WITHIN_OF.search(text, head, start) and (soon := _DEVELOPED.match(text, start, end)):
        return "positive", (head, soon.end())
    if said := _IS_POSITIVE.match(text, start):
        return ("positive" if said["result"].lower() == "positive" else "negative"), said.span("result")
    if _ANEW.fullmatch(text, *action.cue) and (both := _REACTED.search(text, head, action.cue[0])):
        return "positive", both.span()
    bad = _POSITIVE.search(text, start, end)
    good = _NEGATIVE.search(text, start, end)
    if good is not None and _NOT_TOLERATED.search(text, max(start, good.start() - 12), good.end()):
        good = None
    if bad is not None and good is not None and good.start() <= bad.start() < good.end():
        bad = None
    if bad is not None and re.search(
        r"\b(?:no|not|without|never)\b[^.;,]{0,30}$", text[start : bad.start()], re.IGNORECASE
    ):
        bad = None
    if bad is not None and _WITHOUT.search(bad.group()):
        bad = None
    turned = bad is not None and good is not None and _TURN.search(text, good.end(), max(bad.end(), good.end()))
    if bad is not None and (good is None or bad.start() < good.start() or turned):
        return "positive", bad.span()
    if good is not None:
        return "negative", good.span()
    return _told_before(text, spans, action)


_HAD = Pattern(r"\bhad\s+(?:\w+ly\s+|again\s+|also\s+|been\s+|then\s+){0,2}$", re.IGNORECASE)
_RETURNED_WITH = Pattern(
    r"\b(?:returned|re-?admitted|re-?presented|came\s+back|presented\s+again|was\s+seen\s+again)\s+"
    rf"(?:\w+\s+)?(?:with|because\s+of|for)\b[^.;]{{0,60}}?\b{_REACTION}\b",
    re.IGNORECASE,
)
_LOOK_BACK = 4
"""Sentences before a re-exposure that is looked back upon, in which what had come of it may stand."""


def _told_before(
    text: str, spans: Sequence[tuple[int, int]], action: ActionMention
) -> tuple[Result | None, tuple[int, int] | None]:
    """ "Two months later she returned with jaundice. … She had restarted X three weeks before": it had come back."""
    start = spans[action.sentence][0]
    if _HAD.search(text, start, action.cue[0]) is None:
        return None, None
    first = spans[max(0, action.sentence - _LOOK_BACK)][0]
    came = list(_RETURNED_WITH.finditer(text, first, action.cue[0]))
    return ("positive", came[-1].span()) if came else (None, None)
