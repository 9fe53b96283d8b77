"""What a text says about drinking: whether, and how much. May import the assertion.

One drink is taken as 10 g of ethanol (from memory, unverified) where only grams are printed; printed drinks are kept
as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from dechallenge.case.model import Presence
from dechallenge.reading.assertion.assertion import assert_mentions
from dechallenge.reading.assertion.scopes import pieces
from dechallenge.reading.matching.triggers import Pattern

GRAMS_PER_DRINK = 10.0
GRAMS_PER_UNIT = 8.0
"""A British unit of alcohol: 10 ml of ethanol, 8 g."""


@dataclass(frozen=True, slots=True)
class AlcoholMention:
    """A statement about drinking; offsets are those of the normalised text.

    Attributes:
        state: present, absent or uncertain.
        what: ``use``, or ``abuse`` where only heavy drinking is meant ("no alcohol abuse" does not exclude use).
        drinks_low, drinks_high: Drinks per day, where an amount is printed.
        little: "drank little", "occasional", "social": some, but no amount.
        history: It is said of the past.
        grams: The amount was printed in grams or units and converted.
        ev_start, ev_end: The words that prove it.
    """

    state: Presence
    what: Literal["use", "abuse"]
    start: int
    end: int
    ev_start: int
    ev_end: int
    sentence: int
    drinks_low: float | None = None
    drinks_high: float | None = None
    little: bool = False
    history: bool = False
    grams: bool = False


_MENTION = Pattern(
    r"\b(?:alcohol(?:ics?|ism)?|ethanol|teetotal\w*|non-?drinker|drinker"
    r"|drinking(?! (?:[\w-]+ ){0,4}?(?:teas?|coffee|water|juice|milk|fluids?|infusions?|decoctions?|soda|cola"
    r"|beverages?|smoothies?|shakes?|extracts?|kombucha|mixtures?|solutions?|syrup)\b)|(?:drinks?|drank"
    r"|consum\w+)(?= (?:about |approximately |up to |~)?"
    r"\d[\d-]* (?:beers?|glasses|bottles|drinks|cans|units|pints|cocktails|ml|g\b))|(?:beers?|wine|liquor|spirits"
    r"|whisk(?:e)?y|vodka)(?= (?:daily|per|a|each|every))"
    r"|(?:drinks?|drank|consum\w+)(?= (?:an?|the|some|one|only|about|approximately|few|several|occasional|odd|small"
    r"|large|\s){0,7}(?:(?:glass|bottle|can|pint|unit)(?:es|s)? of )?"
    r"(?:beers?|wine|liquor|spirits|whisk(?:e)?y|vodka)\b)"
    r"|(?:drinks?|drank)(?= (?:social|occasional|rare|heavi|regular|moderate|excessive|infrequent|dai)\w*ly\b)"
    r"|(?:did|does|do|had|has) not (?:\w+ (?:or|nor) )?(?:drink|drunk)"
    r"(?=\s*(?:[.,;)]|$|(?:and|or|nor|but|at all)\b))"
    r"|(?:never|nor|neither) (?:\w+ (?:or|nor) )?(?:drank|drinks|drunk)(?=\s*(?:[.,;)]|$|(?:and|or|nor|but)\b))"
    r"|abstinent|abstain\w*)\b",
    re.IGNORECASE,
)
_NOT_DRINK = Pattern(
    r"\b(?:alcohol (?:level|dehydrogenase|swab|wipe)s?|(?:cetyl|benzyl|isopropyl|stearyl"
    r"|wool) alcohol|alcohol[- ]free|alcoholic (?:extract|tincture)|"
    r"(?:non-?alcoholic|alcoholic) (?:fatty|steatohepatitis|liver|hepatitis|cirrhosis)"
    r"|drinking water)\b",
    re.IGNORECASE,
)
_ABUSE = Pattern(
    r"^(?:[- ]?(?:abuse|excess|dependen\w+|misuse|overuse|addiction|withdrawal|related)|\s+(?:use disorder|to excess"
    r"|in excess|excessively)|ism|ic\b)"
    r"|^\s*(?:use\s+)?(?:to excess|in excess)",
    re.IGNORECASE,
)
_HEAVY = Pattern(
    r"\b(?:heavy|excess(?:ive)?|binge|abuse of|abused|hazardous|harmful|immoderate|significant"
    r"|misus\w+|large amounts of)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_LITTLE = Pattern(
    r"\b(?:little|occasional(?:ly)?|social(?:ly)?|rare(?:ly)?|minimal(?:ly)?|moderate(?:ly)?|infrequent(?:ly)?"
    r"|small amounts? of|modest|limited|sporadic(?:ally)?|now and then|now and again|from time to time"
    r"|once in a while|on (?:rare |special |social )?occasions?|(?:at|on) weekends)\b",
    re.IGNORECASE,
)
_LATER_LITTLE = Pattern(rf"[^.;,()]{{0,40}}?{_LITTLE.pattern}", re.IGNORECASE)
_AMOUNT = Pattern(
    r"(?<![\d.])(\d{1,4}(?:\.\d+)?|one|two|three|four|five|six)(?:\s?(?:-|to|or)\s?(\d{1,4}(?:\.\d+)?|one|two|three"
    r"|four|five|six))?\s*(grams?|g|drinks?|units?|beers?|glasses|glass|"
    r"bottles?|cans?|pints?|cocktails?"
    r"|standard drinks?)\b(?:[^.;,()]{0,40}?(?:\(~?\s*(\d{1,2})(?:-(\d{1,2}))? drinks?\)\s*)?[^.;,()]{0,20}?"
    r"(daily|per day|a day|/day|each day|every day|/d\b|per week|every week(?:end)?"
    r"|(?:each|per|a) weekend|weekly|a week|/week|each week|per month|a month"
    r"|monthly))",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0}
_INVERSE = Pattern(
    r"(?:teetotal|non-?drinker|abstinent|abstain|(?:did|does|do|had|has) not\b|never\b|nor\b|neither\b)", re.IGNORECASE
)
_FORMER = Pattern(
    r"\W{0,3}(?:until|till|up to)\b[^.;]{0,40}\b(?:ago|before|earlier|previously|(?:19|20)\d\d)\b|\W{0,3}in the past\b",
    re.IGNORECASE,
)
"""Behind an amount: it is over ("60 g/day until 2 years ago")."""
_QUIT = Pattern(
    r"\b(?:stopped|quit|ceased|g[ai]ve[n]?\s+up|discontinued|abandoned|no\s+longer)\s+(?:\w+\s+)?$", re.IGNORECASE
)
"""Before drinking that is over."""
_UNTOLD = Pattern(
    r"[^.;,]{0,30}?\b(?:not\s+(?:been\s+)?(?:recorded|reported|known|documented|available|mentioned|stated|specified|given|"
    r"assessed|obtained)|unknown|unavailable|unclear)\b",
    re.IGNORECASE,
)
"""Behind what nobody told: it is no denial."""
NO_CHANGE = Pattern(
    r"\bno\s+(?:(?:recent|new|significant|known|other)\s+){0,2}changes?\s+(?:in|to|of)\s+(?:[\w-]+\s*(?:,|\bor\b|\band\b)\s*){0,3}(?:\w+\s+)?$",
    re.IGNORECASE,
)
"""Before what did not change, which tells neither that it was there nor that it was not."""
_OFTEN = Pattern(
    r"\s+(?:alcohol\s+)?(?:regularly|heavily|excessively|frequently|to\s+excess|on\s+a\s+(?:regular|daily)\s+basis)\b",
    re.IGNORECASE,
)
"""Behind drinking: how much of it is denied, and not all of it ("denied drinking regularly")."""
_AT_MOST = Pattern(
    r"(?:<|≤|less\s+than|fewer\s+than|under|up\s+to|at\s+most|not\s+more\s+than|no\s+more\s+than|below)\s*$", re.I
)
_DOES_NOT = Pattern(
    r"\b(?:did|does|do|had|has) not(?: \w+)? (?:drink|drank|drunk|consume[d]?|use)\b"
    r"|\bnever (?:drank|drinks|consumed)\b",
    re.IGNORECASE,
)


def read_alcohol(text: str, sentences: list[tuple[int, int]]) -> list[AlcoholMention]:
    """Statements about drinking, in order.

    Args:
        text: Normalised text.
        sentences: Spans of its sentences.
    """
    found: list[AlcoholMention] = []
    for index, (start, end) in enumerate(sentences):
        for first, last in pieces(text, start, end):
            if _MENTION.search(text, first, last):
                found += _in_sentence(text[first:last], first, index)
    return found


def _in_sentence(sentence: str, offset: int, index: int) -> list[AlcoholMention]:
    mentions = [m for m in _MENTION.finditer(sentence) if not _excluded(sentence, m)]
    said = assert_mentions(sentence, [m.span() for m in mentions])
    found: list[AlcoholMention] = []
    for match, assertion in zip(mentions, said, strict=True):
        if assertion.family or assertion.other_patient or _UNTOLD.match(sentence, match.end()):
            continue
        if NO_CHANGE.search(sentence, 0, match.start()):
            continue
        after, before = sentence[match.end() : match.end() + 30], sentence[max(0, match.start() - 40) : match.start()]
        abuse = (
            bool(_ABUSE.match(after))
            or _OFTEN.match(sentence, match.end()) is not None
            or bool(_HEAVY.search(before))
            or match.group().lower() in ("alcoholism", "alcoholic", "alcoholics")
        )
        state: Presence = assertion.state
        first, last = assertion.start, assertion.end
        inverse = _INVERSE.match(match.group()) is not None
        if inverse:
            state = "present" if assertion.state == "absent" else "absent"
        denied = _DOES_NOT.search(sentence[: match.start()])
        if denied and match.start() - denied.end() < 12:
            state, first = "absent", min(first, denied.start())
        low, high, grams, amount_end = (None, None, False, match.end()) if inverse else _amount(sentence, match)
        if (quit := _QUIT.search(before)) and low is None:
            state, first = "absent", min(first, match.start() - len(before) + quit.start())
        if low is not None:
            state = "present"
            if low == 0 == high:
                state = "absent"
            last = max(last, amount_end)
            first = min(first, amount_end - 1, first)
        before_little, after_little = _LITTLE.search(before), _LATER_LITTLE.match(sentence, match.end())
        little = bool(before_little or after_little) and low is None and state != "absent"
        if found and found[-1].ev_end >= offset + match.end() and found[-1].drinks_low is not None:
            continue
        if little and after_little:
            last = max(last, after_little.end())
        if little and before_little:
            first = min(first, match.start() - len(before) + _last(_LITTLE, before))
        end = match.end() + (len(hit.group()) if (hit := _ABUSE.match(after)) else 0)
        found.append(
            AlcoholMention(
                state,
                "abuse" if abuse else "use",
                offset + match.start(),
                offset + end,
                offset + first,
                offset + max(last, end),
                index,
                low,
                high,
                little,
                (assertion.history and not inverse)
                or _FORMER.match(sentence, max(match.end(), amount_end)) is not None,
                grams,
            )
        )
    return found


def _last(pattern: Pattern, text: str) -> int:
    return max(m.start() for m in pattern.finditer(text))


def _excluded(sentence: str, match: re.Match[str]) -> bool:
    return any(m.start() < match.end() and match.start() < m.end() for m in _NOT_DRINK.finditer(sentence))


def _amount(sentence: str, match: re.Match[str]) -> tuple[float | None, float | None, bool, int]:
    """Drinks per day printed near the mention: low, high, converted, and where the words end."""
    for hit in _AMOUNT.finditer(sentence, max(0, match.start() - 60), min(len(sentence), match.end() + 90)):
        low = _number(hit.group(1))
        high = _number(hit.group(2)) if hit.group(2) else low
        unit = hit.group(3).lower()
        gap = re.search(r"\(~?\s*(\d{1,2})(?:-(\d{1,2}))? drinks?\)", sentence[hit.start() : hit.end()])
        converted = False
        if gap:
            low, high = float(gap.group(1)), float(gap.group(2) or gap.group(1))
        elif unit in ("g", "gram", "grams"):
            low, high, converted = low / GRAMS_PER_DRINK, high / GRAMS_PER_DRINK, True
        elif unit.startswith("unit"):
            factor = GRAMS_PER_UNIT / GRAMS_PER_DRINK
            low, high, converted = low * factor, high * factor, True
        if _AT_MOST.search(sentence, max(0, hit.start() - 16), hit.start()):
            low = 0.0
        per = hit.group(6).lower()
        days = 7.0 if "week" in per else 30.0 if "month" in per else 1.0
        if hit.end() > match.start() - 5 or match.start() - hit.end() < 60:
            return low / days, high / days, converted, max(hit.end(), match.end())
    return None, None, False, match.end()


def _number(written: str) -> float:
    return _NUMBERS.get(written.lower()) or float(written)
