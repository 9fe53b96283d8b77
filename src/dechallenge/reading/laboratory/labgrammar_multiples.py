"""Multiples of the upper limit in words: "twice normal", "three to four times the upper limit of normal".

May import `quantity`.
"""

from __future__ import annotations

import re

from dechallenge.quantity import NUMBER_WORDS
from dechallenge.reading.matching.triggers import Pattern

_ALONE = frozenset({"twice", "double", "thrice", "triple"})
_COUNT_WORDS = [word for word, count in NUMBER_WORDS.items() if count >= 2]
COUNTED = "|".join(sorted(_COUNT_WORDS, key=len, reverse=True))
UPPER = r"upper\s(?:normal\s)?limits?(?:\sof)?(?:\sthe)?(?:\snormal)?(?:\srange)?"
_LIMIT = rf"{UPPER}|ULN|UNL|normal(?:\s(?:limit|range|value)s?)?"
_TWICE = Pattern(
    rf"(?P<word>{COUNTED})(?:[\s-]{{0,2}}(?:to|or)[\s-](?P<other>{COUNTED}))?(?P<times>[\s-]{{0,2}}(?:times|"
    rf"fold))?\s?"
    r"(?:(?:the|above|over|as high as|higher than|greater than|elevated|elevation)\s?){0,3}"
    rf"(?P<limit>{_LIMIT})",
    re.IGNORECASE,
)
MORE_ULN = Pattern(
    r"(?:-?\s?fold|\stimes|\s?[x×])\s(?:higher|greater|larger|more|elevated)\s?(?:than|above|over)?\s(?:the\s)?"
    rf"(?:{_LIMIT})",
    re.IGNORECASE,
)
TIMES_AS_WORD = Pattern(r"(?:-?\s?fold|\stimes)\b(?!\s(?:daily|weekly|a|an|per|in|during|over)\b)", re.IGNORECASE)

FOLD_LIST = Pattern(
    rf"(?:\s?(?:,|;|\band\b)[^.;\d]{{2,40}}\d[\d.]*[\s-]?(?:fold|times|[x×])){{1,4}}\s(?:the\s|above\s|over\s)*(?:{UPPER}|ULN|UNL)",
    re.IGNORECASE,
)
"""Further multiples of one list, the last of them with its limit."""


def multiple(text: str, at: int, end: int) -> tuple[float, float | None, str, int] | None:
    """The multiple that ``text[at:end]`` begins with: number, end of a range, words of the unit, where it ends."""
    match = _TWICE.match(text, at, end)
    if match is None or not (match["times"] or match["word"].lower() in _ALONE):
        return None
    value = float(NUMBER_WORDS[match["word"].lower()])
    other = float(NUMBER_WORDS[match["other"].lower()]) if match["other"] else 0.0
    return value, other if other > value else None, "times " + match["limit"], match.end()
