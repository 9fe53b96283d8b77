"""Of what a patient died: of the reaction, of what it ends in, or of another cause.

May import the kinds of ``events``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, LIVER, NEUTROPENIA

_SOMEBODY = (
    r"(?:(?:an?|the|this|our|his|her)\s+)?(?:[\w-]+\s+){0,4}?(?:patients?|wom[ae]n|m[ae]n|girl|boy|child|infant|neonate|"
    r"(?:fe)?male|person|case|father|mother)\b"
)
"""Who died: "the sudden death of a young woman" names no cause."""
OF_SOMETHING_ELSE = Pattern(
    rf"(?:died|death|dead)\s+(?:(?:\w+\s+){{0,2}}?|(?:\w+\s+){{1,3}}(?:later|afterwards)\s+)(?:of|from|due\s+to|because\s+of)\s+(?!{_SOMEBODY})(?![^.;]{{0,80}}\b(?:liver|hepat\w+|"
    r"multi\w*|organ|cerebral\s+o?edema|brain|herniation|coma|encephalopath\w+|neutropeni\w*|seps\w+|septic\w*|infection|drug|adverse|aspergill\w+|macrophage))"
    r"[\w\s]{3,60}",
    re.IGNORECASE,
)
"""Death of a cause that the text names and that is neither the reaction nor what follows from it."""
_LUNG = r"respiratory|lungs?|pulmonary|pneumonitis|hypox\w+"
_HEART = r"card\w+|heart|arrhythmia|fibrillation|myocarditis"
_BLED = r"bleeding|h(?:a)?emorrh\w+|shock|exsanguination"
_ENDS_IN = {
    kind: Pattern(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "interstitial lung disease": _LUNG,
        "arrhythmia": _HEART,
        "myocarditis": _HEART,
        "bleeding": _BLED,
        "gastrointestinal bleeding": _BLED,
        "cerebral hemorrhage": rf"{_BLED}|h(?:a)?ematoma|brain|herniation",
        KIDNEY: r"renal|kidney|ur(?:a)?emia",
        LIVER: r"liver|hepat\w+",
        NEUTROPENIA: r"neutropeni\w*|seps\w+|septic\w*",
    }.items()
}
"""What is died of where a reaction of this kind was fatal."""
_DIED_OF = Pattern(
    r"\b(?:died|death|dead|succumbed)\s+(?:\w+\s+){0,2}?(?:of|from|to|due\s+to|because\s+of)\s+(?P<what>[^.;]{3,60})",
    re.IGNORECASE,
)


_CANCER = r"(?:cancers?|\w*carcinomas?|lymphomas?|leuk(?:a)?emias?|\w*sarcomas?|tumou?rs?|melanomas?)"
_OF_A_CANCER = Pattern(
    rf"\b(?:diagnosed\s+with|found\s+to\s+have|developed)\s+(?P<what>[^.;,]{{0,60}}\b{_CANCER}\b[^.;,]{{0,40}}),?\s+(?:and|of\s+which|from\s+which)\s+"
    r"(?:(?:he|she|the\s+patient)\s+)?(?:\w+ly\s+|later\s+)?(?:died|passed\s+away|succumbed|expired)\b",
    re.IGNORECASE,
)
"""A death told behind a cancer ("was diagnosed with carcinoma of the bowel, and passed away")."""


def died_otherwise(body: str, start: int, end: int, kind: str) -> bool:
    """The death of a sentence had a cause that is neither the reaction nor what it ends in.

    Args:
        body: Clean text.
        start, end: The sentence.
        kind: Kind of the reaction.
    """
    cancer = _OF_A_CANCER.search(body, start, end)
    if cancer is not None and not any(
        word in cancer["what"].lower() for word in kind.lower().split() if word != "cancer"
    ):
        return True
    other = OF_SOMETHING_ELSE.search(body, start, end)
    own = _ENDS_IN.get(kind)
    return other is not None and (own is None or own.search(other.group()) is None)


_INFECTION = Pattern(
    r"\w+\s+(?:\w+\s+){0,2}?(?:of|from|to|due\s+to|because\s+of)\s+(?:[\w-]+\s+){0,3}?"
    r"(?:seps\w+|septic\w*|bacter\w+|pneumonia|infections?|aspergill\w+)\b",
    re.IGNORECASE,
)


def of_an_infection(death: re.Match[str]) -> bool:
    """The words of a death go on with an infection ("died of septic shock")."""
    return _INFECTION.match(death.string, death.start()) is not None


def died_of(body: str, spans: Sequence[tuple[int, int]], kind: str) -> bool:
    """The report says that the patient died of a reaction of this kind ("died of liver failure").

    Args:
        body: Clean text.
        spans: Its sentences.
        kind: Kind of the reaction.
    """
    own = _ENDS_IN.get(kind)
    told = [m for a, b in spans for m in _DIED_OF.finditer(body, a, b)]
    return own is not None and any(own.search(m["what"]) is not None for m in told)


_TITLED = Pattern(
    r"(?<!potentially\s)(?<!near\s)(?<!near-)(?<!nearly\s)(?<!almost\s)(?<!non-)(?<!non\s)(?<!not\s)(?<!probably\s)(?<!possibly\s)"
    r"\bfatal\b(?!\s+(?:or|if|unless|attraction|mistake|error|combination|interaction)\b)",
    re.IGNORECASE,
)
_OF_SEVERAL = Pattern(
    r"\b(?:cases|patients|two|three|four|five|six|several|series|review|potential\w*|near\w*|may|can|could|was|is|were|are)\b|\?",
    re.IGNORECASE,
)


def titled_fatal(title: str) -> re.Match[str] | None:
    """The word of a title that says the reaction of its one patient was fatal ("X-induced fatal liver failure").

    Args:
        title: Clean text above the case.
    """
    found = _TITLED.search(title)
    return found if found is not None and _OF_SEVERAL.search(title) is None else None
