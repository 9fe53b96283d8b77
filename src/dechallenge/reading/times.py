"""Time expressions: what they say (an amount of time, a date, a day number) and what they count from.

Recognises offsets ("two weeks after stopping"), sequence ("one week later"), day numbers ("by day 4"), calendar dates with
their precision, durations ("for 10 years") and anaphora ("at that time"). Nothing is resolved against a clock.
May import timeline only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from dechallenge.timeline import CalendarDate, Duration, Interval, duration

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "half a": 0.5, "half an": 0.5, "a half": 0.5,
}  # fmt: skip
_VAGUE = {
    "several": (2.0, 9.0), "a few": (2.0, 5.0), "few": (2.0, 5.0), "a couple of": (2.0, 2.0), "a couple": (2.0, 2.0),
    "some": (2.0, 9.0), "many": (3.0, 30.0), "multiple": (2.0, 9.0), "": (1.0, 9.0),
}  # fmt: skip
_MONTHS = {m: i + 1 for i, m in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)}  # fmt: skip
_MONTHS |= {m[:3]: n for m, n in list(_MONTHS.items())} | {"sept": 9, "mars": 3}

_W = "|".join(sorted((w for w in _WORDS), key=len, reverse=True))
_TENS = "twenty|thirty|forty|fifty|sixty"
_NUMBER = (
    rf"(?:\d+(?:[.,]\d+)?(?:\s?[½¼¾])?|[½¼¾]|(?:{_TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|"
    rf"(?:{_W})(?:\s+and\s+(?:a|one)\s+half)?)"
)
_UNIT = r"(?:minute|min|hour|hr|day|week|wk|month|mo|year|yr)s?"
_ABOUT = (
    r"(?:about|approximately|approx\.?|around|roughly|some|nearly|almost|an estimated|estimated|~|circa|ca\.?|at least|"
    r"more than|over|up to|less than|fewer than|no more than|under|<|>|≥|≤|early|late|the (?:first|initial))"
)
AMOUNT = (
    rf"(?<![A-Za-z])(?:(?P<hedge>(?:{_ABOUT}\s*)+))?(?:the\s+)?(?P<more>another\s+|additional\s+|further\s+)?"
    rf"(?:(?P<low>{_NUMBER})(?:\s*(?:-|to|or|and)\s*(?P<high>{_NUMBER}))?|(?P<vague>several|a few|few|a couple of|a couple|many|multiple))"
    rf"\s*-?\s*(?P<half>and a half\s+|and one half\s+)?(?P<unit>{_UNIT})(?:'s?)?\b(?P<half2>\s+and a half)?"
)
_BARE = r"(?P<bare>(?:days|weeks|months|years|hours|minutes))\b"

_START = (
    r"(?:re-?)?(?:start|initiat|commenc|introduc|begin|began|begun|institut|switch|add|exposure|tak|prescri|receiv|us(?:e|ing)\b|"
    r"ingest|consum|intake|first\s+(?:dose|injection|infusion|administration|exposure|cycle|course|intake)|"
    r"initial\s+(?:dose|exposure|injection|infusion)|being\s+(?:on|treated|started)|"
    r"(?:the\s+)?(?:therapy|treatment|administration)\b|having\s+(?:started|taken))\w*"
)
_RESTART = (
    r"(?:re-?start|re-?introduc|re-?initiat|resum|re-?expos|re-?challeng|re-?administ|re-?institut|second\s+(?:exposure|course))\w*"
)
_STOP = (
    r"(?:stop|discontinu|withdraw|cessation|ceas|finish|complet|interrupt|ending|end\s+of|last\s+(?:dose|injection|infusion|intake)|"
    r"final\s+(?:dose|course|injection|infusion)|off\b|dechallenge|having\s+stopped)\w*"
)
_ONSET = r"(?:onset|presentation|presenting|symptom|first\s+symptom|initial\s+(?:presentation|onset|symptom|evaluation)|diagnos|illness)\w*"
_ADMIT = r"(?:admission|admitted|hospitali[sz])\w*"
_OTHER = r"(?:discharge|deliver|transplant|surgery|operation|biopsy|birth|vaccinat|episode)\w*"

_ANCHORED = re.compile(
    rf"(?:{AMOUNT}|{_BARE})\s*(?P<adv>earlier\s+|later\s+)?\s*(?P<rel>(?:after|following|of|into|in\s+to|since|before|prior\s+to|from|post|preceding|on)\b)\s*"
    rf"(?P<gap>(?:(?:the|a|an|his|her|their|its|this|that|daily|initial|first|having|being|been|continuous|combination|oral|regular|"
    rf"starting|subcutaneous|intravenous|chronic|abrupt|sudden|\d+|\S{{1,14}}\s+(?=(?:therapy|treatment|use|administration|introduction|withdrawal|"
    rf"discontinuation|cessation|initiation|interruption|reintroduction|exposure|intake|ingestion|course)\b))-?\s*){{0,4}})",
    re.IGNORECASE,
)
_LATER = re.compile(
    rf"(?P<within>within\s+(?:the\s+(?:next|following|first|ensuing)\s+)?|over\s+the\s+(?:next|following|ensuing|subsequent|first)\s+|"
    rf"during\s+the\s+(?:next|following|ensuing|subsequent|first)\s+|in\s+the\s+(?:next|following|ensuing)\s+|by\s+(?=\S+\s+{_UNIT}))?"
    rf"{AMOUNT}\s*(?P<dir>later|afterwards?|thereafter|subsequently|hence|on\b(?=\s*,)|earlier|previously|before\b|ago|prior\b|apart)?",
    re.IGNORECASE,
)
_WITHIN_BARE = re.compile(
    r"\bwithin\s+(?P<unit>minutes|hours|days|weeks|months)\b|\b(?:over|during|in)\s+the\s+(?:next|following|ensuing|subsequent)\s+"
    r"(?:(?:few|several)\s+)?(?P<unit2>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\b(?:the\s+|that\s+)?(?:(?P<next>next|following)\s+(?P<unit>day|week|month|morning|year)|same\s+(?P<same>day))\b(?!s)", re.IGNORECASE
)
_DAYNO = re.compile(
    r"\b(?P<by>by|until|before)?\s*(?:on\s+|at\s+|from\s+)?(?P<hosp>hospital\s+|postoperative\s+|post-op\s+)?(?:(?P<what>day|week|month|year)s?\s*"
    r"(?:#|no\.?\s*)?(?P<n>\d{1,3})(?:\s*(?:-|to|and)\s*(?P<m>\d{1,3}))?|(?P<ord>\d{1,3})(?:st|nd|rd|th)\s+(?P<what2>day|week|month))"
    r"(?!\s*(?:%|mg|/|\.\d|,\s*\d))\b(?P<of>\s+of\s+(?:hospitali[sz]ation|admission|pregnancy|gestation|life|illness))?",
    re.IGNORECASE,
)
_ORDWORD = re.compile(
    r"\b(?:on|by|at|after|during)\s+the\s+(?P<ord>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s+(?P<what>day|week|month)\b",
    re.IGNORECASE,
)
_ORD = dict(zip(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], range(1, 11), strict=True))
_MON = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?P<pre>since|until|before|after|from|by|in|on)?\s*(?:(?:early|mid|late)[- ])?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<m>{_MON})\b\.?\s*(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,\s*)?(?P<y>(?:19|20)\d\d)\b"
    r"|\b(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d3>\d\d)\b"
    r"|\b(?P<pre3>in|since|from|until)\s+(?P<y3>(?:19|20)\d\d)\b(?!\s*(?:mg|patients|cases|U/L|/))",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b(?:on|by|of|since|from|until|to|and)\s+(?:the\s+)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m>{_MON})\b(?!\.?,?\s*(?:19|20)\d\d)"
    rf"|(?P<m_>{_MON})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*(?:19|20)\d\d))",
    re.IGNORECASE,
)
"""A date without its year: the year of the date told before it."""
_AT = re.compile(
    r"\b(?:at|on|upon|when\s+(?:she|he|the\s+patient)\s+was)\s+(?:the\s+time\s+of\s+)?(?:(?:her|his|initial|first|hospital|the|later|re)[\s-]?)*"
    r"(?P<what>presentation|onset|diagnosis|evaluation|admission|admitted)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:from|on|since)\s+(?:that|this)\s+(?:day|date|time)(?:\s+on(?:wards?)?)?\b|\bat\s+(?:that|the|this|which)\s+(?:same\s+)?(?:time|point|moment|stage)\b(?!\s+of)|"
    r"\bsimultaneously\b|\bconcurrently\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:before|prior\s+to|preceding)\s+(?P<what>(?:the\s+|his\s+|her\s+)?(?:\S+\s+){0,2}?(?:start\w*|initiat\w*|introduc\w*|therapy|treatment|"
    r"administration|begin\w*|tak\w+|receiv\w+|exposure|being\s+started|was\s+started|were\s+started))\b|\b(?:before|prior\s+to)\s+(?P<drug>[A-Z\w][\w-]+)\b|\bat\s+baseline\b|(?<!to )\bbaseline\b|\bpretreatment\b|"
    r"\b(?:shortly|immediately|just)\s+before\b",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:shortly|soon|immediately|promptly)\s+(?:thereafter|after(?:wards?)?)\b|\bsubsequently\b|\bthereafter\b|\beventually\b|\blater\b|"
    r"\bfinally\b|\bthen\b|\bat\s+(?:last\s+)?follow[- ]up\b|\bin\s+(?:further\s+)?follow[- ]up\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    rf"(?:{AMOUNT})[\s-]+(?:history|course|cycles?|supply)\b|\bfor\s+(?:the\s+)?(?:past|last|previous|preceding)\s+{_NUMBER}?\s*{_UNIT}\b|"
    rf"\bfor\s+many\s+years\b|\blong[- ](?:standing|term)\b",
    re.IGNORECASE,
)


_ANY = re.compile(
    r"\d|minute|hour|\bday|week|month|year|before|prior|baseline|pretreat|preced|\btime\b|moment|stage|\bpoint\b|simultan|concurr|"
    r"shortly|\bsoon|immediat|prompt|subsequent|thereafter|eventual|\blater|finally|\bthen\b|follow|presentation|onset|diagnosis|evaluation|admi",
    re.IGNORECASE,
)
"""A sentence without any of these holds no time expression."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression in a text.

    Attributes:
        start, end: Span in the text it was found in.
        kind: ``offset`` (amount and anchor), ``sequence`` (amount later or earlier), ``duration``, ``day``, ``date``,
            ``same``, ``before`` (before the drug), ``soon`` (later, no amount).
        amount: The length, for offsets, sequences and durations.
        anchor: ``start``, ``restart``, ``stop``, ``onset``, ``admission``, ``other`` or ``context``.
        sign: 1 after the anchor, -1 before it.
        within: The amount is an upper bound.
        date: For ``date``.
        preposition: ``since``, ``until`` … of a date; ``for`` of a duration.
    """

    start: int
    end: int
    kind: str
    amount: Duration | None = None
    anchor: str = "context"
    sign: int = 1
    within: bool = False
    date: CalendarDate | None = None
    preposition: str = ""
    anchor_span: tuple[int, int] | None = None


@lru_cache(maxsize=256)
def read_times(text: str) -> tuple[TimeMention, ...]:
    """All time expressions of a sentence, in order, none overlapping."""
    if not _ANY.search(text):
        return ()
    found: list[TimeMention] = []
    taken = bytearray(len(text))

    def take(mention: TimeMention | None) -> None:
        if mention is None or any(taken[mention.start : mention.end]):
            return
        found.append(mention)
        for i in range(mention.start, mention.end):
            taken[i] = 1

    for match in _DATE.finditer(text):
        take(_date(match))
    for match in _MONTH_DAY.finditer(text):
        day = int(match["d"] or match["d2"])
        if 1 <= day <= 31:
            month = f"{_MONTHS[(match['m'] or match['m_']).lower()]}-{day}"
            take(TimeMention(match.start(), match.end(), "date", anchor="date", preposition=f"month-day {month}"))
    for match in _ANCHORED.finditer(text):
        take(_anchored(text, match))
    for match in _HISTORY.finditer(text):
        if match.group().lower().endswith(("course", "cycle", "cycles")):
            continue
        for i in range(match.start(), match.end()):
            taken[i] = 1
    for match in _ORDWORD.finditer(text):
        size = float(_ORD[match["ord"].lower()])
        amount = _amount_of(size, size, match["what"].lower(), about=False)
        take(TimeMention(match.start(), match.end(), "day", amount, "start"))
    for match in _DAYNO.finditer(text):
        take(_day(match))
    for match in _LATER.finditer(text):
        take(_later(text, match))
    for match in _NEXT.finditer(text):
        if match["same"]:
            take(TimeMention(match.start(), match.end(), "same"))
        else:
            unit = match["unit"].lower().replace("morning", "day")
            take(TimeMention(match.start(), match.end(), "sequence", _amount_of(1, 1, unit, about=False)))
    for match in _WITHIN_BARE.finditer(text):
        unit = (match["unit"] or match["unit2"]).lower().rstrip("s")
        amount = Duration(None, Interval(0.0, duration(7, 7, unit).interval.hi if unit != "hour" else 1.0))
        if match["unit"]:
            after = _anchor_after(text, match.end(), r"\s+(?:of|after)\s+")
            if after is not None:
                take(TimeMention(match.start(), after[1], "offset", amount, after[0], within=True, anchor_span=(match.end(), after[1])))
                continue
        take(TimeMention(match.start(), match.end(), "sequence", amount, within=True))
    for match in _AT.finditer(text):
        anchor = "admission" if match["what"].lower().startswith("admi") else "onset"
        take(TimeMention(match.start(), match.end(), "at", Duration(0.0, Interval(0.0, 0.0)), anchor))
    for match in _SAME.finditer(text):
        take(TimeMention(match.start(), match.end(), "same"))
    for match in _BEFORE.finditer(text):
        name = match.span("drug") if match["drug"] else match.span("what") if match["what"] else None
        take(TimeMention(match.start(), match.end(), "before", anchor="start", sign=-1, anchor_span=name))
    for match in _SOON.finditer(text):
        take(TimeMention(match.start(), match.end(), "soon"))
    if any(m.kind == "day" and m.anchor == "admission" for m in found):
        found = [replace(m, anchor="admission") if m.kind == "day" else m for m in found]
    return tuple(sorted(found, key=lambda m: m.start))


def _value(text: str) -> float:
    text = " ".join(text.lower().split())
    extra = 0.0
    for sign, part in (("½", 0.5), ("¼", 0.25), ("¾", 0.75)):
        if sign in text:
            extra, text = part, text.replace(sign, "").strip()
    if re.search(r"and (?:a|one) half$", text):
        extra, text = 0.5, re.sub(r"\s*and (?:a|one) half$", "", text)
    if not text:
        return extra
    if "-" in text:
        tens, ones = text.split("-", 1)
        return _WORDS[tens] + _WORDS[ones] + extra
    return (_WORDS[text] if text in _WORDS else float(text.replace(",", "."))) + extra


_UNITS = {"min": "minute", "hr": "hour", "wk": "week", "mo": "month", "yr": "year"}


def _unit(text: str) -> str:
    word = text.lower().rstrip("s") if text.lower() not in ("s",) else text
    return _UNITS.get(word, word)


def _amount_of(low: float, high: float, unit: str, *, about: bool, within: bool = False) -> Duration:
    return duration(low, high, unit, about=about, within=within)


def amount_of(match: re.Match[str], *, within: bool = False) -> Duration:
    """The length that a match of :data:`AMOUNT` prints."""
    groups = match.groupdict()
    if groups.get("bare"):
        unit = _unit(groups["bare"])
        low, high = (1.0, 24.0) if unit == "hour" else (1.0, 7.0)
        return Duration(None, Interval(duration(low, low, unit).interval.low if unit != "month" else 15.0, duration(high, high, unit).interval.high))
    unit = _unit(groups["unit"])
    if groups["vague"]:
        low, high = _VAGUE[" ".join(groups["vague"].lower().split())]
        if unit == "hour":
            high = 24.0
        return Duration(None, Interval(duration(low, low, unit).interval.low, duration(high, high, unit).interval.high))
    low = _value(groups["low"])
    high = _value(groups["high"]) if groups["high"] else low
    if groups["half"] or groups["half2"]:
        low, high = low + 0.5, high + 0.5
    hedge = (groups["hedge"] or "").lower()
    about = any(h in hedge for h in ("about", "approx", "around", "roughly", "some", "nearly", "almost", "estimated", "~", "ca", "circa"))
    if any(h in hedge for h in ("less than", "fewer than", "up to", "no more", "under", "<", "≤")):
        within = True
    size = duration(low, max(low, high), unit, about=about, within=within)
    if any(h in hedge for h in ("at least", "more than", "over", ">", "≥")):
        return Duration(size.point, Interval(duration(low, low, unit).interval.low, None))
    return size


def _anchored(text: str, match: re.Match[str]) -> TimeMention | None:
    rel = " ".join(match["rel"].lower().split())
    if match["bare"] and rel in ("of", "on", "from", "into", "in to"):
        return None
    begin = match.start()
    within = bool(re.search(r"\b(?:within|in under)\s+$", text[max(0, begin - 12) : begin], re.IGNORECASE))
    prefix = text[max(0, begin - 8) : begin].lower()
    course = rel in ("into", "in to")
    anchor = _anchor_after(text, match.end("rel"), r"\s*")
    if rel == "of":
        if anchor is None or anchor[0] not in ("start", "onset", "stop", "admission", "restart"):
            return None
        if anchor[0] == "stop" and not within:
            return None
        if not (prefix.rstrip().endswith(("after", "by", "at", "for", "within")) or within):
            return None
        if prefix.rstrip().endswith("for"):
            return TimeMention(begin, anchor[1], "duration", amount_of(match), "start", preposition="for", anchor_span=(match.end("rel"), anchor[1]))
    if rel == "on" and (anchor is None or prefix.rstrip().endswith("for") or anchor[0] != "start"):
        return None
    if anchor is None:
        if rel in ("before", "prior to") and re.match(r"\s*(?:[.,;:)\d]|$|(?:for|with|because|due)\b|\w+\s+(?:days?|weeks?|months?)\b)", text[match.end("rel") :]):
            return None
        if rel in ("after", "following", "since", "before", "prior to", "post") and not match["bare"]:
            name = re.match(r"\s*(?:the\s+|a\s+|an\s+|her\s+|his\s+|its\s+)?([\w'-]+)", text[match.end("rel") :])
            end = match.end("rel") + (name.end() if name else 0)
            sign = -1 if rel in ("before", "prior to") else 1
            return TimeMention(begin, end, "offset", amount_of(match, within=within), "other", sign, within, anchor_span=(match.end("rel"), end))
        if course:
            return TimeMention(begin, match.end("rel"), "offset", amount_of(match), "start", anchor_span=(match.end("rel"), match.end("rel")))
        return None
    sign = -1 if rel in ("before", "prior to", "preceding") else 1
    if course:
        anchor = ("start", anchor[1])
    if match.groupdict().get("more") and rel == "of":
        span = (match.end("rel"), anchor[1])
        return TimeMention(begin, anchor[1], "sequence", amount_of(match, within=within), within=within, anchor_span=span)
    return TimeMention(
        begin, anchor[1], "offset", amount_of(match, within=within), anchor[0], sign, within, anchor_span=(match.end("rel"), anchor[1])
    )


_ANCHOR = re.compile(
    rf"(?:(?:the|a|an|his|her|their|its|this|that|daily|initial|first|having|being|been|continuous|combination|combined|oral|regular|"
    rf"subcutaneous|intravenous|chronic|abrupt|sudden|taking|therapy\s+with|treatment\s+with|\d+[\s-]+day|the\s+introduction\s+of|the\s+last|last|final|a\s+total\s+of)\s+){{0,4}}"
    rf"(?:(?P<restart>{_RESTART})|(?P<stop>{_STOP})|(?P<onset>{_ONSET})|(?P<admit>{_ADMIT})|(?P<start>{_START})|(?P<other>{_OTHER})|"
    rf"(?P<pre>(?:[\w®-]+\s+){{1,3}}?)(?:(?:was|were|had\s+been)\s+)?(?:(?P<restart2>{_RESTART})|(?P<stop2>withdrawal|discontinuation|cessation|interruption|was\s+stopped|was\s+discontinued|was\s+withdrawn|were\s+stopped)"
    rf"|(?P<start2>therapy|treatment|introduction|initiation|administration|use|intake|ingestion|exposure|(?:was|were|is)\s+(?:started|initiated|begun|added|introduced))))",
    re.IGNORECASE,
)


def _anchor_after(text: str, position: int, gap: str) -> tuple[str, int] | None:
    lead = re.compile(gap).match(text, position)
    if lead is None:
        return None
    match = _ANCHOR.match(text, lead.end())
    if match is None:
        return None
    end = match.end()
    pre = match["pre"] or ""
    if re.search(r"\b(?:and|but|she|he|which|who|was|were|that)\b", pre, re.IGNORECASE):
        return None
    if match["restart"] or match["restart2"]:
        kind = "restart"
    elif match["stop"] or match["stop2"]:
        kind = "stop"
    elif match["onset"]:
        kind = "onset"
    elif match["admit"]:
        kind = "admission"
    elif match["start"] or match["start2"]:
        kind = "start"
    else:
        kind = "other"
    return kind, end


def _later(text: str, match: re.Match[str]) -> TimeMention | None:
    before = text[max(0, match.start() - 16) : match.start()].lower().rstrip()
    direction = (match["dir"] or "").lower()
    lead = (match["within"] or "").lower()
    after = text[match.end() : match.end() + 24].lower()
    if re.match(r"[\s-]*old\b|[\s-]*of\s+age\b|\s*pregnant|\s*postpartum|\s*/|\s*gestation", after):
        return None
    if re.search(r"\b(?:every|each|per|once|twice|times|aged)$", before) and not direction:
        return None
    within = bool(lead) and not lead.startswith("by")
    amount = amount_of(match, within=within and "within" in lead)
    if direction in ("later", "afterwards", "afterward", "thereafter", "subsequently", "hence"):
        return TimeMention(match.start(), match.end(), "sequence", amount)
    if direction in ("earlier", "previously", "before", "ago", "prior"):
        return TimeMention(match.start(), match.end(), "sequence", amount, sign=-1)
    if direction == "apart":
        return None
    if lead.startswith(("within", "over", "during", "in")):
        if not lead.startswith("within"):
            amount = Duration(None, Interval(0.0, amount.interval.high))
        return TimeMention(match.start(), match.end(), "sequence", amount, within=True)
    if re.match(r"[\s-]*(?:therapy|course|treatment|regimen|trial|exposure)\b", after):
        if re.search(r"\b(?:following|after)(?:\s+(?:a|an|the))?$", before):
            return TimeMention(match.start(), match.end(), "offset", amount, "start", anchor_span=(match.end(), match.end()))
        return TimeMention(match.start(), match.end(), "duration", amount, preposition="course")
    if re.search(r"\bafter$|\bafter\s+(?:a|another|the)$|\bat$|\bby$", before):
        start = match.start() - (len(text[: match.start()]) - len(text[: match.start()].rstrip())) - len(before.split()[-1])
        word = before.split()[-1]
        return TimeMention(max(0, start), match.end(), "sequence", amount, preposition=word if word in ("at", "by") else "")
    if re.search(r"\b(?:for|lasting|over|during|total of|the (?:first|last|next))$", before):
        return TimeMention(match.start(), match.end(), "duration", amount, preposition="for")
    return None


def _day(match: re.Match[str]) -> TimeMention | None:
    stay = bool(match["of"]) and re.search(r"hospital|admission", match["of"]) is not None
    if match["of"] and not stay and not re.search(r"illness", match["of"]):
        return None
    what = (match["what"] or match["what2"]).lower()
    low = float(match["n"] or match["ord"])
    high = float(match["m"]) if match["m"] else low
    anchor = "admission" if match["hosp"] or stay else "start"
    if match["hosp"] and not match["hosp"].lower().startswith("hospital"):
        return None
    if what == "day" and (match["by"] or "").lower() == "by":
        return TimeMention(match.start(), match.end(), "day", Duration(low, Interval(1.0, low)), anchor)
    if what == "year" and low > 40:
        return None
    return TimeMention(match.start(), match.end(), "day", _amount_of(low, high, what, about=False), anchor)


def _date(match: re.Match[str]) -> TimeMention | None:
    try:
        if match["y2"]:
            date = CalendarDate.of(int(match["y2"]), int(match["m2"]), int(match["d3"]))
        elif match["y3"]:
            date = CalendarDate.of(int(match["y3"]))
        else:
            day = match["d"] or match["d2"]
            date = CalendarDate.of(int(match["y"]), _MONTHS[match["m"].lower()], int(day) if day else None)
    except ValueError:
        return None
    pre = (match["pre"] or match["pre3"] or "").lower()
    start = match.start() + (len(match.group()) - len(match.group().lstrip()))
    return TimeMention(start, match.end(), "date", date=date, anchor="date", preposition=pre)
