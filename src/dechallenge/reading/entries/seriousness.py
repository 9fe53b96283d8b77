"""Why a reaction counts as serious (ICH E2A), as far as the report says so.

May import the endings, the outcome and what is said to be unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.assertion.untold import field_untold, untold
from dechallenge.reading.entries.outcome import ending_told
from dechallenge.reading.findings.admissions import for_a_procedure
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.deaths import OF_SOMETHING_ELSE
from dechallenge.reading.reactions.endings import FATAL

_HOSPITAL = Pattern(
    r"(?P<not>\b(?:not|never|without)\s+(?:been\s+|being\s+|require\s+)?)?\b(?:hospitali[sz](?:ed|ation)|(?:was|were|"
    r"been|is|and)\s+(?:re-?)?admitted|"
    r"(?:on|at|after|of|upon|before|hospital|since|following|days?\s+(?:after|of))\s+(?:hospital\s+)?admission|"
    r"admitted\s+(?:to|for|with)|(?<![^.;:,\n]\s)(?<![^\s])admitted(?=\s*[.;,])|(?:re-?)?admitted\s+(?:on|that|the\s+same)\s+(?:\d|day|night)|"
    r"(?:requir\w+|need(?:ed|ing)|necessitat\w+|prompt\w+|led\s+to|result\w+\s+in|advised)\s+(?:an?\s+|her\s+|his\s+|urgent\s+|emergency\s+|immediate\s+)*"
    r"(?:hospital\s+(?:admission|treatment|care)|admission|in-?patient\s+(?:care|treatment))|"
    r"(?:taken|rushed|brought|sent|transported)\s+(?:in)?to\s+(?:the\s+|a\s+)?hospital|to\s+be\s+(?:admitted|hospitali[sz]ed)|(?:week|days?)\s+in\s+the\s+hospital|in\s+hospital|"
    r"hospital\s+(?:day|stay)|\d(?:st|nd|rd|th)\s+day\s+in\s+hospital|left\s+(?:the\s+)?hospital|"
    r"(?:was|were|been|and)\s+discharged(?!\s+from\s+(?:the\s+|our\s+|further\s+)?(?:clinic|follow|care|outpatient))|"
    r"(?:kept|observed)\s+in\s+(?:the\s+)?hospital|transferred\s+to|intensive\s+care|ICU)\b",
    re.IGNORECASE,
)
_PREPOSITION = Pattern(r"\s+(?:to|for|with)$")
_BEFORE_A_STUDY = Pattern(r"\bbefore admission to (?:the )?(?:study|trial)\b")
_TRANSPLANTED = Pattern(
    r"\b(?:underwent|required|received|emergency|successful)\s+(?:\w+\s+){0,5}(?:transplant|graft\b)|"
    r"\btransplantation\b(?=.*\b(?:underwent|was performed)\b)"
)
_THREATENING = Pattern(r"\b(?:life[- ]threatening|intensive\s+care|ventilat\w+|coma\b)", re.IGNORECASE)
_IN_GENERAL = Pattern(
    r"\b(?:(?:this|these|such)\s+(?:[\w-]+,?\s+){0,2}?(?:but\s+)?|potentially\s+|possibly\s+|(?:can|may|might|could)\s+(?:\w+\s+)?be\s+(?:\w+\s+)?)$",
    re.IGNORECASE,
)
"""Before a threat to life that is one of the illness as such ("this life-threatening syndrome")."""
_DISABLED = Pattern(
    r"\b(?:(?:persist\w+|permanent|significant|lasting|severe|residual)\s+(?:\w+\s+)?(?:disabilit\w+|incapacit\w+)|"
    r"(?:permanently|severely|persistently)\s+(?:disabled|incapacitated))\b",
    re.IGNORECASE,
)
_MALFORMED = Pattern(r"\b(?:congenital\s+(?:anomal\w+|malformation\w*)|birth\s+defects?)\b", re.IGNORECASE)


def seriousness(body: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Criteria of seriousness that the text states (ICH E2A): hospital stay, death, disability …"""
    found: list[str] = []
    elsewhere = False
    for start, end in spans:
        sentence = body[start:end]
        match = _HOSPITAL.search(sentence)
        if (
            match
            and not (match["not"] or _BEFORE_A_STUDY.search(sentence) or _planned(sentence, match))
            and not untold(body, start, start + match.end(), end)
            and not field_untold(body, start, start + match.start(), start + match.end(), end)
        ):
            found.append("hospitalisation")
        elsewhere = elsewhere or bool(OF_SOMETHING_ELSE.search(sentence))
        if ending_told(FATAL, body, start, end) and not elsewhere:
            found.append("death")
        if _TRANSPLANTED.search(sentence) and re.search(r"liver", sentence, re.IGNORECASE):
            found.append("liver transplantation")
        threat = _THREATENING.search(sentence)
        general = threat is not None and _IN_GENERAL.search(sentence, 0, threat.start()) is not None
        if threat is not None and not general and not untold(body, start, start + threat.end(), end):
            found.append("life-threatening")
        for pattern, criterion in ((_DISABLED, "disabling"), (_MALFORMED, "congenital anomaly")):
            if ending_told(pattern, body, start, end):
                found.append(criterion)
    return tuple(dict.fromkeys(found))


def _planned(sentence: str, match: re.Match[str]) -> bool:
    """Whether the stay was for a procedure; the pattern may have taken the preposition with it."""
    end = match.start() + len(_PREPOSITION.sub("", match[0]))
    return for_a_procedure(sentence, match.start(), end)
