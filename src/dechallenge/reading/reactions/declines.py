"""What is no improvement: the fall of what is good when high ("his mental status declined"), the end of something else.

May import the triggers alone.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_FALL = Pattern(r"(?:decreas|fell|fall|declin|drop|regress|c[ao]me\s+down)", re.IGNORECASE)
_GOOD = (
    r"(?:mental|cognit\w+|conscious\w*|neurolog\w+|clinical(?:ly)?|general|visual|vision|acuity|hearing|strength|saturation|"
    r"SpO2|ejection|LVEF|function|performance|condition|status|state|h(?:a)?emoglobin|h(?:a)?ematocrit|haptoglobin|platelets?|neutrophils?|albumin|sodium|potassium|"
    r"calcium|glucose|eGFR|GFR|clearance|output|pressure|weight|alert\w*|mobility|oxygenation|intake|appetite)"
)
_BEFORE = Pattern(rf"\b{_GOOD}\b(?:(?!\b(?:and|but|while|enzymes?|levels?\s+of)\b)[^.;,]){{0,40}}$", re.IGNORECASE)
_BEHIND = Pattern(rf"\w*\s+(?:in|of)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+){{0,2}}?{_GOOD}\b", re.IGNORECASE)


_IT = Pattern(r"\bit\s+(?:(?:has|had|have)\s+)?(?:\w+ly\s+)?$", re.IGNORECASE)
_ANY_GOOD = Pattern(rf"\b{_GOOD}\b", re.IGNORECASE)
_ROSE = Pattern(r"(?:increas|ros[e]|risen)", re.IGNORECASE)
_DOSE = Pattern(
    r"\b(?:dos(?:e|es|age|ing)|titrat\w+|infusion\s+rate)\s+(?:(?:was|were|had|been|then|\w+ly)\s+){0,4}$",
    re.IGNORECASE,
)
_AMOUNT = Pattern(
    r"\s+(?:to\s+)?\d[\d.,]*\s*(?:mg|g|mcg|[µμ]g|IU|units?|ml|tablets?|capsules?)\b(?!\s*/\s*(?:d?l|ml)\b)",
    re.IGNORECASE,
)
"""A dose that is raised is no count that rises ("the dose was increased to 400 mg")."""


def for_the_worse(body: str, start: int, match: re.Match[str]) -> bool:
    """Whether the words of an improvement tell the fall of something that should be high.

    Args:
        body: Clean text.
        start: The sentence.
        match: The words ("declined").
    """
    if _ROSE.match(match.group()) is not None:
        return _DOSE.search(body, max(start, match.start() - 60), match.start()) is not None or (
            _AMOUNT.match(body, match.end()) is not None
        )
    if _FALL.match(match.group()) is None:
        return False
    if _IT.search(body, max(start, match.start() - 20), match.start()) and _ANY_GOOD.search(body, start, match.start()):
        return True  # "the sodium had been normal, but after two weeks it had decreased"
    lead = _BEFORE.search(body, max(start, match.start() - 60), match.start())
    return lead is not None or _BEHIND.match(body, match.end()) is not None


_SALTS = {
    "sodium": Pattern(r"\b(?:sodium|Na\+?|natr(?:a)?emia)\b", re.IGNORECASE),
    "potassium": Pattern(r"\b(?:potassium|K\+?|kal(?:a)?emia)\b", re.IGNORECASE),
    "calcium": Pattern(r"\bcalcium\b", re.IGNORECASE),
    "magnesium": Pattern(r"\bmagnesium\b", re.IGNORECASE),
    "": Pattern(r"\b(?:cortisol|TSH|thyroid|creatinine|urea|glucose|renal|kidney)\b", re.IGNORECASE),
}
_OF = {
    "natremia": "sodium",
    "natraemia": "sodium",
    "kalemia": "potassium",
    "kalaemia": "potassium",
    "calcemia": "calcium",
}


def of_another_salt(kind: str, words: str) -> bool:
    """Whether the words tell the end of another disturbance ("potassium returned to normal", of a hyponatremia)."""
    own = next((salt for ending, salt in _OF.items() if kind.lower().endswith(ending)), None)
    if own is None or _SALTS[own].search(words) is not None:
        return False
    return any(pattern.search(words) is not None for pattern in _SALTS.values())


_RELATIVE = Pattern(
    r"\b(?:his|her|patient's|whose|an?|one|two)\s+(?:\w+\s+)?(?:mother|father|parents?|brothers?|sisters?|twin|siblings?|sons?|"
    r"daughters?|husband|wife|partner|aunts?|uncles?|cousins?|grand(?:mother|father|parents?))\b"
    r"(?:(?!\b(?:he|she|patient|but|gave|brought|reported|noticed|found|said)\b)[^.;:]){0,60}$",
    re.IGNORECASE,
)


def of_a_relative(body: str, start: int, at: int) -> bool:
    """Whether the words at ``at`` tell of a relative ("her mother had died")."""
    return _RELATIVE.search(body, max(start, at - 110), at) is not None


CAME_UP = Pattern(r"\b(?:experienced|developed|noticed|noted|presented\s+with|complained\s+of)\b", re.IGNORECASE)
"""Before a worsening that was how it began: "she experienced progressive worsening of a sore"."""
_ANOTHER_STATE = Pattern(r"\s+(?:(?:hyper|hypo)thyroid\w*|infection|disease|(?:[\w-]+\s+)?state)\b", re.IGNORECASE)


def no_loss_of_it(body: str, loss: re.Match[str], end: int, *, liver: bool) -> bool:
    """ "Cirrhosis" says nothing of a rash, nor does "a persistent hyperthyroid state" of a vasculitis."""
    said = loss.group().lower()
    if said == "cirrhosis":
        return not liver
    return said.startswith("persist") and _ANOTHER_STATE.match(body, loss.end(), end) is not None


_IF = Pattern(r"\b(?:if|unless|whether|in\s+case|should)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
_IN_ORDER_TO = Pattern(
    r"\b(?:in\s+order|so\s+as|aim(?:ed|ing)?|intended|used|taken|took|given|prescribed|designed|attempt(?:ed|ing)?)\s+to\s+(?:\w+ly\s+)?$|"
    r"\b(?:taken|took|taking|given|used|using|prescribed|started|drinking|ingesting)\s(?:(?!\b(?:began|begun|started|continued|seemed|appeared|tended)\s+to\b)"
    r"[^.;,]){3,60}\bto\s+$|\bto\s+[\"“'‘]\s?$",
    re.IGNORECASE,
)
_QUOTED = Pattern(r"\bto\s+[\"“'‘]\s?improve\b", re.IGNORECASE)
""" "To 'improve immunity'", whatever stands before it."""
_IMPROVES = Pattern(r"improve\b|relieve\b|resolve\b|normali[sz]e\b|recover\b", re.IGNORECASE)


def only_meant(body: str, start: int, match: re.Match[str]) -> bool:
    """ "If her symptoms persist", "in order to improve his sleep": it did not happen."""
    lead = max(start, match.start() - 90)
    if _IF.search(body, lead, match.start()) is not None:
        return True
    if _QUOTED.search(body, match.start(), match.end()) is not None:
        return True
    return (
        _IMPROVES.match(body, match.start()) is not None and _IN_ORDER_TO.search(body, lead, match.start()) is not None
    )
