"""Whether a time counts from a drug that stands right behind it: "after four days of high-dose X", "on day 9 of X".

May import drugs.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_OF_DRUG = Pattern(
    r"\s*(?:of|on)\s+(?:(?:a|an|the|his|her|single|one|first|high|low|full|oral|intravenous|daily|weekly|combined|"
    r"dose|doses|course|of|\d[\d.,]{0,8}|mg|g|mcg)\b[\s-]*){0,7}",
    re.IGNORECASE,
)
_REST_OF_LIST = Pattern(r"^(?:\s*(?:,\s*(?:and\s+)?|and\s+)\d{1,3}){1,7}(?=\s)")
""" "On days 1, 5 and 10 of X": each of them."""


CONTEXT = Pattern(
    r"\b(?:context|setting|background)\s+of\s+(?:(?:about|approximately|almost|over|some)\s+)?$", re.IGNORECASE
)
"""Before how long a drug had been taken ("in the context of 18 months of X"); of anything else it is no time."""


def counts_from(text: str, end: int, drug: DrugMention) -> bool:
    """Whether only words of dose and route stand between the end of a time and the drug that it is a time of."""
    return _OF_DRUG.fullmatch(_REST_OF_LIST.sub("", text[end : drug.start])) is not None


_COURSE = Pattern(r"[\s-]*(?:therapy|course|treatment|regimen|trial|(?P<free>exposure))\b")
_HAS_ITS_VERB = Pattern(
    r"(?:\s+(?:with|of)\s+[\w-]+)?(?:\s+\d\S*(?:\s+\S+){0,2}?)?\s+(?:was|were|had\s+been)\s+(?:\w+ly\s+|then\s+|therefore\s+)?"
    r"(?:initiated|begun|started|commenced|instituted|introduced|changed|switched|replaced|modified|intensified|stopped|resumed)\b",
    re.IGNORECASE,
)
""" "After two months treatment with X was begun": the noun is the subject of a verb, and no part of the time."""


_PLURAL = re.compile(r"s\s+\S?$|s\s$")


def treatment_noun(text: str, end: int, after: str) -> re.Match[str] | None:
    """The noun of a treatment right behind a time, where it has no verb of its own ("six weeks' therapy").

    Args:
        text: Clean text.
        end: End of the time.
        after: The text behind it, without the mark of a possessive.
    """
    course = _COURSE.match(after)
    if course is None:
        return None
    parted = _PLURAL.search(text, max(0, end - 3), end + 1) is not None  # "a three-week regimen was begun" is one
    return None if parted and _HAS_ITS_VERB.match(text, end + course.end()) is not None else course
