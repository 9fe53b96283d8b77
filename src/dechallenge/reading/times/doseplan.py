"""On which day a counted dose was given: "the third infusion" of a list of weeks, "the sixth injection" of weekly ones.

May import drugs, the words of time and triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.texts.amounts import number_of
from dechallenge.reading.texts.timewords import ONE_TO_TEN

_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "11th": 11, "12th": 12,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
}  # fmt: skip
_NTH = Pattern(
    r"\b(?:(?P<nth>"
    + "|".join(_ORDINALS)
    + r")\s+(?:\w+\s+)?(?:infusion|injection|dose|cycle|administration)\b"
    + r"|\bcycle\s+(?P<cycle>[2-9]|1\d)\b(?!\s+of\s+\d)"
    + rf"|(?:after|following)\s+(?:the\s+first\s+)?(?P<count>\d{{1,2}}|{ONE_TO_TEN})\s+(?:\w+\s+)?"
    + r"(?:infusions|injections|doses|cycles|administrations)\b)",
    re.IGNORECASE,
)
_LIST = r"[01](?:\s*,\s*\d{1,3}){0,8}(?:\s*,?\s*and\s+\d{1,3})?"
_SCHEDULE = Pattern(
    rf"\b(?:(?P<unit>week|day)s?\s+(?P<list>{_LIST})\b|(?P<list2>{_LIST})\s+(?P<unit2>week|day)s\b)", re.IGNORECASE
)
_COUNT = r"\d{1,2}|two|three|four|six|eight|twelve"
_RATE = Pattern(
    rf"\b(?:(?P<weekly>(?<!three\s)(?<!times\s)(?<!twice\s)(?:once\s+)?weekly|(?:once\s+)?(?:every|each|a)\s+week|"
    rf"once\s+per\s+week|\d\s?m?c?g/week)|"
    rf"every\s+(?:(?P<n>{_COUNT})|(?P<other>other|second))\s+(?P<unit>week|day)s?|"
    rf"(?P<n2>{_COUNT})[\s-](?P<unit2>week|day)(?:ly)?\s+intervals?|"
    rf"every\s+(?P<fortnight>fortnight)|(?P<times>twice|(?:two|three|four)\s+times|thrice|[234]\s?[x×])\s+(?:daily|a\s+day|per\s+day)|"
    rf"(?P<daily>(?:once\s+)?daily|every\s+day|each\s+day))\b",
    re.IGNORECASE,
)
_CALLED = Pattern(
    r"\b(?:(?P<weekly>(?<!-)(?:once[\s-])?weekly)|(?P<n>two|three|four|[2-8])-(?P<unit>week)ly|(?P<fortnight>fortnightly)|"
    r"(?P<daily>daily))\s+(?:[\w-]+\s+)?[\w/-]+$",
    re.IGNORECASE,
)
"""A rate before the name ("weekly paclitaxel")."""
_A_DAY = {"tw": 2, "th": 3, "fo": 4, "2x": 2, "3x": 3, "4x": 4, "2 ": 2, "3 ": 3, "4 ": 4, "2×": 2, "3×": 3, "4×": 4}
_REACH = 90
"""Characters behind the name of a drug in which its rate is printed."""


def counted_dose(words: str) -> int | None:
    """The number of the dose that the words tell of; ``None`` where they tell of none."""
    found = _NTH.search(words)
    return _number(found) if found is not None else None


def last_counted(words: str) -> tuple[int, int] | None:
    """The number of the dose that the words tell of last, and where its words end."""
    found = list(_NTH.finditer(words))
    return (_number(found[-1]), found[-1].end()) if found else None


def _number(found: re.Match[str]) -> int:
    if found["nth"]:
        return _ORDINALS[found["nth"].lower()]
    return int(number_of(found["cycle"] or found["count"]))


def day_of_dose(text: str, number: int, named: list[int]) -> tuple[float, float] | None:
    """Days from the first dose to a counted one, and from it to the next; ``None`` where no plan is printed.

    Args:
        text: Clean text.
        number: Of the dose, from 1.
        named: Where the names of the drug end.
    """
    planned = _SCHEDULE.search(text)
    if planned is not None:
        size = 7.0 if (planned["unit"] or planned["unit2"]).lower() == "week" else 1.0
        printed = [int(n) for n in re.findall(r"\d+", planned["list"] or planned["list2"])]
        days = [size * (n - printed[0]) for n in printed]  # "days 1 and 15": the first is the day of the start
        if len(days) >= number and days == sorted(set(days)):
            return days[number - 1], 0.0
        stop = text.find(". ", planned.end(), planned.end() + _REACH)
        rate = _RATE.search(text, planned.end(), stop if stop >= 0 else planned.end() + _REACH)
        if rate is not None and days == sorted(set(days)):  # "at weeks 0, 2 and 6 and every 8 weeks thereafter"
            return days[-1] + (number - len(days)) * _gap(rate), _gap(rate)
    for end in named:
        stop = text.find(". ", end, end + _REACH)
        rate = _RATE.search(text, end, stop if stop >= 0 else end + _REACH)
        rate = rate if rate is not None else _CALLED.search(text, max(0, end - _REACH), end)
        if rate is not None:
            gap = _gap(rate)
            return (number - 1) * gap, gap
    return None


def _gap(rate: re.Match[str]) -> float:
    told = {name: words for name, words in rate.groupdict().items() if words}
    if "weekly" in told:
        return 7.0
    if "times" in told:
        return 1.0 / _A_DAY[told["times"].lower()[:2]]
    if "daily" in told:
        return 1.0
    if "fortnight" in told:
        return 14.0
    size = 7.0 if (told.get("unit") or told["unit2"]).lower() == "week" else 1.0
    return size * (2.0 if "other" in told else number_of(told.get("n") or told["n2"]))


_OPERATION = (
    r"\b(?:surg\w+|operat\w+|procedure|intervention|replacement|arthroplasty|endoscopy|colonoscopy|extraction|implantation|"
    r"transplantation|repair|c(?:a|ae)?esarean|\w{3,20}(?:ectomy|oscopy|otomy|ostomy|plasty))\b"
)
_AFTER_OPERATION = Pattern(rf"[^.;]{{0,40}}?{_OPERATION}", re.IGNORECASE)
_AT_OPERATION = Pattern(
    r"\b(?:single|one|prophyla\w+|pre-?operativ\w*|peri-?operativ\w*|intra-?operativ\w*|induction|before|during)\b",
    re.IGNORECASE,
)
_WITH_OPERATION = Pattern(_OPERATION, re.IGNORECASE)


def given_at_operation(text: str, anchor: int, drugs: Sequence[DrugMention], main: tuple[str, ...]) -> str | None:
    """The drug whose dose a time that counts from an operation counts from: it was given for it, on its day.

    "A single dose of X as prophylaxis before a hip replacement. … Three weeks after the operation …"

    Args:
        text: Clean text.
        anchor: Where the words begin that the time counts from.
        drugs: Mentions, in order.
        main: The drug in focus.
    """
    if _AFTER_OPERATION.match(text, anchor, anchor + 60) is None:
        return None
    told = [d.start for d in drugs if d.drug in main and d.start < anchor]
    if not told or (len(told) > 1 and _AGAIN_GIVEN.search(text, told[0], anchor)):
        return None
    begin = max(text.rfind(". ", 0, told[0]), text.rfind("\n", 0, told[0])) + 1
    end = text.find(". ", told[0])
    end = len(text) if end < 0 else end
    given = (
        _AT_OPERATION.search(text, begin, end) is not None
        and _WITH_OPERATION.search(text, begin, end) is not None
        and _COURSE_LENGTH.search(text, told[0], end) is None
    )
    return main[0] if given else None


_AGAIN_GIVEN = Pattern(r"\b(?:again|second\s+dose|further\s+doses?|continued|daily|twice)\b", re.IGNORECASE)
_COURSE_LENGTH = Pattern(
    r"\b(?:for|since)\s+(?:\w+\s+){1,2}(?:days?|weeks?|months?|years?)\b|\bdaily\b|\b(?:days?|weeks?|months?)\s+before\b",
    re.IGNORECASE,
)
"""The drug was taken for longer than the day of the operation."""
