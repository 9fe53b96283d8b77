"""Complaints that a drug was taken for: they were there before it. May import the triggers only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dechallenge.reading.matching.triggers import Pattern

if TYPE_CHECKING:
    from dechallenge.reading.reactions.events import Sign

_FOR = Pattern(
    r"\b(?:took|taking|taken|given|received|treated\s+with|prescribed|started|starting|added|begun|beginning|initiated|put\s+(?:me\s+|him\s+|her\s+)?on|initiating|introduced|commenced|instituted|"
    r"using|used)\b[^.;]{0,140}?\b(?:for|because\s+of|on\s+account\s+of|owing\s+to|to\s+(?:treat|control))\s+(?:(?:the|his|her|my|relief|"
    r"treatment|management|prevention|of|severe|chronic|recurrent|mild|moderate|acute|subacute|(?:newly|recently)|diagnosed|known|long-?standing|"
    r"persistent|intermittent|refractory|(?:new|recent)[\s-]onset|idiopathic|essential|primary|secondary|focal|partial|complex|simple|absence|"
    r"tonic-clonic|generali[sz]ed|post-?\w+|left|right|bilateral)\s+){0,4}$",
    re.IGNORECASE,
)


_UPON = Pattern(
    r"\b(?:start|initiat|beg[au]n|commenc|given|treat|prescrib|receiv)\w*\b[^.;]{0,60}\b(?:upon|after|following|on)\s+(?:the\s+|a\s+)?"
    r"diagnosis\s+of\s+(?:[\w-]+\s+){0,4}\(?$",
    re.IGNORECASE,
)
"""Before what a drug was given for ("heparin was started upon diagnosis of a deep vein thrombosis")."""
_FOR_WHICH = Pattern(
    r"[^.;]{2,60}?,?\s+for\s+which\s+(?:(?:the\s+|this\s+)?(?:patient|she|he|they|wom[ae]n|man|boy|girl|child)\s+)?(?:had\s+|has\s+|regularly\s+)?"
    r"(?:(?:was|were|been)\s+(?:given|prescribed|taking|started|treated|on|receiving|using)|took|taken|takes|received|used|self-medicated)\b",
    re.IGNORECASE,
)
"""Behind a complaint: "hip pain, for which she took aspirin"."""


_BECAUSE_OF = Pattern(
    r"(?:^|(?<=[.;]\s)|(?<=\n))\s*(?:because\s+of|due\s+to|owing\s+to|in\s+view\s+of|on\s+account\s+of|for)\s+(?:(?:the|his|her|these|persistent|persisting|recurrent|severe|"
    r"worsening|uncontrolled|refractory|frequent|continuing|focal|partial|generali[sz]ed|chronic|known|new|acute)\s+){0,3}$",
    re.IGNORECASE,
)
_WAS_PUT_ON = Pattern(
    r"[\w-]+(?:\s+[\w-]+)?,[^.;]{0,60}?\b(?:was|were)\s+(?:\w+ly\s+|then\s+)?(?:turned|switched|started|changed|put|placed|given|prescribed|treated|commenced|added|introduced|begun|initiated)\b",
    re.IGNORECASE,
)
"""Behind a complaint that a sentence opens with: "Because of persistent seizures, she was switched to X"."""


_BROUGHT_FOR = Pattern(
    r"\b(?:hospitali[sz]ed|admitted|seen|operated|referred)\s+(?:\w+\s+){0,2}?(?:for|with|because\s+of)\s+(?:(?:an?|the|his|her|acute|severe)\s+){0,2}$",
    re.IGNORECASE,
)
_AND_GIVEN = Pattern(
    r"[\w-]+(?:\s+[\w-]+){0,2},?\s+and\s+(?:was\s+)?(?:given|treated\s+with|started\s+on|put\s+on|prescribed|received|"
    r"begun\s+on)\s",
    re.IGNORECASE,
)
"""Around an illness for which a drug was then given: "was hospitalised for sarcoma and given ifosfamide"."""
_OF_AN_ILLNESS = Pattern(
    r"[\w-]+(?:\s+[\w-]+){0,2}\s+(?:\([A-Z]{2,5}\)\s+)?secondary\s+to\s+(?:(?:an?|the|his|her|underlying|known|acute|chronic|active|severe)\s+){0,2}"
    r"(?!\w+-(?:induced|related))(?:[\w-]+\s+){0,2}?(?:nephritis|glomerulonephritis|sepsis|pneumonia|dehydration|infection|obstruction|"
    r"lymphoma|leuk(?:a)?emia|carcinoma|cancer|cirrhosis|heart\s+failure|trauma|lupus|diabetes|hypertension|nephropathy)\b",
    re.IGNORECASE,
)
"""A complaint with the illness that it came of: "acute kidney injury secondary to lupus nephritis"."""


_WITH_IT = Pattern(
    r"\b(?:wom[ae]n|man|girl|boy|child|infant|patient|male|female|lady|gentleman|years?|who\s+(?:had|suffered|has|suffers))"
    r"(?:\s+(?:of|aged)\s+\d+(?:\s+years)?)?,?\s+(?:with|from|suffering\s+from)\s+(?:(?:an?|the|history|of|known)\s+){0,4}(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before an illness of the patient: "a woman with focal seizures"."""
_THEN_BEGAN = Pattern(
    r"[\w-]+(?:\s+[\w-]+)?,?\s+(?:(?:was|had\s+been)\s+(?:\w+ly\s+)?(?:started\s+on|treated\s+with|put\s+on|placed\s+on|prescribed|given|"
    r"commenced\s+on)|began\s+(?:taking|treatment|therapy)|started\s+(?:taking|treatment|therapy)|received|took)\s",
    re.IGNORECASE,
)
"""Behind it: "… was started on phenytoin"."""


def _came_with(text: str, sign: Sign, found: Sequence[Sign]) -> bool:
    """ "A woman with seizures was started on X", where no seizures are told again: the illness of the patient."""
    return (
        not any(other.kind == sign.kind and other.position != sign.position for other in found)
        and _WITH_IT.search(text, max(0, sign.position - 100), sign.position) is not None
        and _THEN_BEGAN.match(text, sign.position, sign.position + 100) is not None
    )


def without_reasons(text: str, found: Sequence[Sign]) -> list[Sign]:
    """The signs without those that a drug was taken for ("ibuprofen was added for back pain"), where others remain."""
    rest = [sign for sign in found if not (taken_for(text, sign.position) or _came_with(text, sign, found))]
    return rest if any(sign.kind for sign in rest) else list(found)


def taken_for(text: str, position: int) -> bool:
    """ "Took green tea extract for weight loss": what stands at the position is why it was taken.

    Args:
        text: Clean text.
        position: Where the complaint begins.
    """
    return (
        _FOR.search(text, max(0, position - 200), position) is not None
        or upon_diagnosis(text, position)
        or (
            _BECAUSE_OF.search(text, max(0, position - 80), position) is not None
            and _WAS_PUT_ON.match(text, position, position + 160) is not None
        )
        or _FOR_WHICH.match(text, position, position + 140) is not None
        or (
            _BROUGHT_FOR.search(text, max(0, position - 60), position) is not None
            and _AND_GIVEN.match(text, position, position + 120) is not None
        )
        or _OF_AN_ILLNESS.match(text, position, position + 120) is not None
    )


def upon_diagnosis(text: str, position: int) -> bool:
    """ "Heparin was started upon diagnosis of a thrombosis": what stands at the position is why it was given."""
    return _UPON.search(text, max(0, position - 200), position) is not None
