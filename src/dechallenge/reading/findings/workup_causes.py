"""A work-up told by the kinds of causes it looked for: "negative for autoimmune, infectious and vascular causes".

Which tests were done is not told: such words stand for tests whose markers are not stated. May import the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dechallenge.reading.matching.triggers import Pattern

_KIND = (
    r"(?:viral|virus(?:es)?|infectious|infective|infections?|bacterial?|auto-?immun(?:e|ity)|immunologic(?:al)?|metabolic|genetic|hereditary|"
    r"obstructive|biliary|vascular|toxic|ischa?emic|malignant|neoplastic|rheumatologic(?:al)?|endocrine|inherited|nutritional|parasitic)"
)
_LIST = rf"{_KIND}(?:\s*(?:,\s*(?:and|or)?|/|\band\b|\bor\b)\s*{_KIND})*"
_HEAD = (
    r"(?:causes?|a?etiolog(?:y|ies|ic)|work-?\s?ups?|screen(?:ing|s)?|panels?|tests?|testing|evaluations?|investigations?|studies|processes|"
    r"serolog(?:y|ies)|markers?|diseases?|disorders|hepatitis|liver\s+diseases?)"
)
_NAMED = Pattern(
    rf"\b(?P<behind>{_LIST})\s+(?:and\s+\w+\s+)?(?:(?:liver|hepatitis|potential|other)\s+)?{_HEAD}\b"
    rf"|\b(?:work-?\s?up|evaluation|investigations?|tests?|testing|screen(?:ing|s)?|serolog\w+|examinations?|panel)\s+(?:\w+\s+){{0,3}}?"
    rf"(?:for|of|including)\s+(?P<before>{_LIST})(?=\s*(?:[,.;)]|which|that|was|were|(?:hepatitis|liver\s+disease|causes|a?etiologies)\b|$))",
    re.IGNORECASE,
)
_TESTS = (
    ("viral hepatitis", re.compile(r"\b(?:viral|virus(?:es)?|infectious|infective|infections?)\b", re.IGNORECASE)),
    ("autoantibodies", re.compile(r"\bauto-?immun(?:e|ity)\b", re.IGNORECASE)),
)


def causes_looked_for(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Places and tests of the kinds of causes that a list of a work-up names."""
    for hit in _NAMED.finditer(sentence):
        group = "behind" if hit["behind"] else "before"
        if _SEVERAL.search(hit[group]) is None:
            continue
        for test, words in _TESTS:
            named = words.search(sentence, *hit.span(group))
            if named is not None:
                yield named.start(), named.end(), test


_SEVERAL = Pattern(r",|/|\b(?:and|or)\b", re.IGNORECASE)
"""Of one kind alone ("viral hepatitis") the lexicon of tests knows the names."""
