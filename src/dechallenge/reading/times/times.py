"""Time expressions: what they say (an amount of time, a date, a day number) and what they count from.

Recognises offsets ("two weeks after stopping"), sequence ("one week later"), day numbers ("by day 4"), calendar dates
with their precision, durations ("for 10 years") and anaphora ("at that time"). Nothing is resolved against a clock.
May import amounts, the words and anchors of time and timeline.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.texts.amounts import amount_of, course_of, is_more, number_of
from dechallenge.reading.texts.timedates import course_to, date_of, of_the_report
from dechallenge.reading.texts.timewords import (
    ANCHORED,
    ANY,
    AT,
    BEFORE,
    BEFORE_A_SIGN,
    DATE,
    DAYNO,
    HISTORY,
    LAST,
    LATER,
    NEXT,
    NTH_DOSE,
    ORD,
    ORDWORD,
    SAME,
    SHORT_DAY,
    SOON,
    WITHIN_BARE,
)
from dechallenge.reading.times.timeanchors import DOSE_CHANGE, anchor_after, of_a_course, the_first
from dechallenge.reading.times.timedoses import of_doses
from dechallenge.reading.times.timelabels import labelled
from dechallenge.reading.times.timelists import in_lists
from dechallenge.reading.times.timemonths import yearless
from dechallenge.reading.times.timeofdrug import CONTEXT, treatment_noun
from dechallenge.reading.times.timeoperations import of_operations
from dechallenge.reading.times.timepregnancy import after_birth, of_pregnancy
from dechallenge.reading.times.timeranges import ranges
from dechallenge.reading.times.timesellipsis import shared_anchors
from dechallenge.reading.times.timetook import took
from dechallenge.timeline import DAYS, Duration, Interval, duration

_THAT = Pattern(
    r"\s*(?:(?:that|this)(?=\s*(?:[.,;:)]|$|(?:he|she|they|it|the|his|her|was|were|there|all)\b))|(?=[.,;:)]|$))",
    re.IGNORECASE,
)
"""An amount "after that", or "after" and nothing: it counts from what was told last."""
_STAY = Pattern(r"hospital|admission", re.IGNORECASE)
_ON_DRUG = Pattern(r"therapy|treatment", re.IGNORECASE)
_OFF = Pattern(
    r"\s*(?:(?:the|all|this|that|his|her|its)\s+){0,2}(?:drugs?|medications?|medicines?|therapy|treatment|agents?|it)\b",
    re.IGNORECASE,
)


_NO_TIME = Pattern(
    r"'?[\s-]*(?:old\b|of\s+age\b|of\s+(?:gestation|pregnancy|amenorrh\w+)|pregnant|post-?\s?partum|/|gestation|intervals?\b)",
    re.IGNORECASE,
)
"""What follows an amount that is an age, a time of pregnancy or a rate."""
_INTAKE = Pattern(
    r"\b(?:tak(?:ing|en)|took|receiv(?:ing|ed)|us(?:ing|ed|e\s+of)|ingest(?:ing|ed|ion\s+of)|consum(?:ing|ed|ption\s+of)|intake\s+of|"
    r"drink(?:ing)?|drank|inject(?:ing|ed)|appl(?:ying|ied)|(?<=,\s)on(?=\s+(?:[\w-]+\s+){1,3}$)|"
    r"treated\s+with|(?:been|was)\s+on)\s"
    r"(?:(?!\b(?:for|present\w+|complain\w*|develop\w*|notic\w*|had|has|who|and\s+(?:was|were|he|she))\b)(?:[^.;]|\.(?=\d))){0,150}$",
    re.IGNORECASE,
)
"""Before "for the past 3 weeks" where that is the time of a treatment, not of a complaint."""
_VISIT = Pattern(r"\b(?:an?|her|his|the|first|(?P<left>(?:post-?|after\s+)discharge))$", re.IGNORECASE)
"""Before "3-week follow-up": a visit at the end of that time."""
_THE_ILLNESS = Pattern(
    r"\s*(?:this|the(?:\s+(?:current|present|index))?|current|present)\s+(?:acute\s+)?(?:event|episode|illness|reaction|presentation)\b"
    r"(?!\s+(?:of|with|due)\b)",
    re.IGNORECASE,
)
"""What a start is dated back from: "6 weeks before this event"."""
_SOME_TIME_IN = Pattern(r"\b(?:with)?in\s+the\s+(?:last|past|previous|preceding|prior)\s+$", re.IGNORECASE)
"""Before an amount within which something was: "started X within the previous two weeks"."""
_RATE = Pattern(r"\b(?:every|each|per|once|twice|times|aged)$", re.IGNORECASE)
_EVERY = Pattern(r"\b(?:every|each)\s+(?:\S+\s+)?(?:days?|weeks?|months?|years?)\s+$", re.IGNORECASE)
"""Before "thereafter": a rate, and no later moment."""
_COUNTED = Pattern(r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|following)(?:\s+\w+){0,3}\s*$", re.IGNORECASE)
"""An amount stands before: what follows "after" is a course that had ended, and not the time itself."""


_RESPECTIVELY = re.compile(
    r"(?P<first>\b\d+)(?P<gap>\s+(?P<unit>hour|day|week|month)s?)(?P<second>\s+and\s+\d+\s+(?P=unit)s?)(?P<aside>,\s+respectively,)"
    r"(?=\s+(?:after|from|following|before|since)\b)",
    re.IGNORECASE,
)
"""Two amounts that share what they count from: "at 92 days and 118 days, respectively, from discontinuation"."""


def _one_amount(both: re.Match[str]) -> str:
    return both["first"] + " " * len(both["gap"]) + both["second"] + " " * len(both["aside"])


_ROUND = Pattern(
    r"\s+(?:of\s+)?(?:an?|each|every)\s+(?:[\w-]+\s+){0,2}(?:cycles?|courses?|days?|weeks?|months?)\b", re.IGNORECASE
)
"""Behind days that come round again ("on days 1 to 14 of a 21 day cycle"): a plan, and no moment."""


@lru_cache(maxsize=256)
def read_times(text: str) -> tuple[TimeMention, ...]:
    """All time expressions of a sentence, in order, none overlapping."""
    if not ANY.search(text):
        return ()
    text = _RESPECTIVELY.sub(_one_amount, text)
    found: list[TimeMention] = []
    taken = bytearray(len(text))

    def take(mention: TimeMention | None) -> None:
        if mention is None:
            return
        mention = _trimmed(text, mention)
        if any(taken[mention.start : mention.end]):
            return
        found.append(mention)
        for i in range(mention.start, mention.end):
            taken[i] = 1

    for mention in in_lists(text):
        take(mention)
    for match in DATE.finditer(text):
        if of_the_report(text, match.start()):
            continue
        take(_date(match))
        take(_course(match))
    for mention in yearless(text):
        take(mention)
    for mention in took(text):
        take(mention)
    for mention in (*of_operations(text), *of_pregnancy(text), *after_birth(text), *of_doses(text)):
        take(mention)
    for match in ANCHORED.finditer(text):
        take(_anchored(text, match))
    for match in HISTORY.finditer(text):
        if match.group().lower().endswith(("course", "cycle", "cycles")):
            continue
        if _INTAKE.search(text, max(0, match.start() - 170), match.start()):
            continue
        for i in range(match.start(), match.end()):
            taken[i] = 1
    for match in ORDWORD.finditer(text):
        take(_day_after(text, _ordinal(match)))
    for match in DAYNO.finditer(text):
        if match.group().lower().lstrip("on ").startswith("days") and _ROUND.match(text, match.end()):
            continue
        take(_day_after(text, _day(match)))
    for match in SHORT_DAY.finditer(text):
        size = float(match["n"] or match["n2"])
        take(TimeMention(match.start(), match.end(), "day", duration(size, size, "day"), "start"))
    for match in NTH_DOSE.finditer(text):
        open_end = Duration(None, Interval(0.0, None))
        take(TimeMention(match.start(), match.end(), "offset", open_end, "other", anchor_span=match.span()))
    for match in LATER.finditer(text):
        take(_later(text, match))
    for match in NEXT.finditer(text):
        if match["same"] or match["that"]:
            take(TimeMention(match.start(), match.end(), "same"))
        else:
            unit = match["unit"].lower().replace("morning", "day").replace("night", "day")
            take(TimeMention(match.start(), match.end(), "sequence", duration(1, 1, unit)))
    for match in LAST.finditer(text):
        days = 2 * DAYS[match["unit"].lower()]
        take(TimeMention(match.start(), match.end(), "sequence", Duration(None, Interval(0.0, days)), sign=-1))
    for match in WITHIN_BARE.finditer(text):
        unit = (match["unit"] or match["unit2"]).lower().rstrip("s")
        amount = Duration(None, Interval(0.0, duration(7, 7, unit).interval.hi if unit != "hour" else 1.0))
        if match["unit"]:
            after = anchor_after(text, match.end(), r"\s+(?:of|after)\s+")
            if after is not None:
                take(
                    TimeMention(
                        match.start(),
                        after[1],
                        "offset",
                        amount,
                        after[0],
                        within=True,
                        anchor_span=(match.end(), after[1]),
                    )
                )
                continue
        take(TimeMention(match.start(), match.end(), "sequence", amount, within=True))
    for match in AT.finditer(text):
        anchor = "admission" if match["what"].lower().startswith("admi") else "onset"
        take(TimeMention(match.start(), match.end(), "at", Duration(0.0, Interval(0.0, 0.0)), anchor))
    for match in SAME.finditer(text):
        take(TimeMention(match.start(), match.end(), "same"))
    for match in BEFORE.finditer(text):
        name = match.span("drug") if match["drug"] else match.span("what") if match["what"] else None
        take(TimeMention(match.start(), match.end(), "before", anchor="start", sign=-1, anchor_span=name))
    for match in SOON.finditer(text):
        if not _EVERY.search(text, max(0, match.start() - 40), match.start()):
            take(TimeMention(match.start(), match.end(), "soon"))
    found += shared_anchors(text, found)
    if any(m.kind == "day" and m.anchor == "admission" for m in found):
        found = [replace(m, anchor="admission") if m.kind == "day" else m for m in found]
    return tuple(labelled(text, ranges(text, sorted(found, key=lambda m: m.start))))


def _anchored(text: str, match: re.Match[str]) -> TimeMention | None:
    rel = " ".join(match["rel"].lower().split())
    if match["bare"] and rel in ("of", "on", "from", "into", "in to"):
        return None
    begin = match.start()
    within = bool(re.search(r"\b(?:within|in under)\s+$", text[max(0, begin - 12) : begin], re.IGNORECASE))
    prefix = text[max(0, begin - 8) : begin].lower()
    if rel in ("after", "following") and (that := _THAT.match(text, match.end("rel"))) is not None:
        return TimeMention(begin, that.end(), "sequence", amount_of(match, within=within), within=within)
    if rel in ("after", "following") or (rel == "of" and prefix.rstrip().endswith(("after", "llowing"))):
        change = DOSE_CHANGE.match(text, match.end("rel"))
        if change is not None and not match["bare"]:
            amount = amount_of(match, within=within)
            return TimeMention(begin, change.end(), "offset", amount, "other", within=within, anchor_span=change.span())
    course = rel in ("into", "in to")
    if rel in ("after", "following") and not match["bare"]:
        after = match.end("rel")
        if of_a_course(text, after) and not re.match(r"\s*(?:\w+\s+){0,3}second\b", text[after:]):
            amount = amount_of(match, within=within)
            return TimeMention(begin, after, "offset", amount, "stop", within=within, anchor_span=(after, after))
        if (first := the_first(text, after)) is not None:
            amount = amount_of(match, within=within)
            return TimeMention(begin, first, "offset", amount, "start", within=within, anchor_span=(after, first))
    anchor = anchor_after(text, match.end("rel"), r"\s*")
    if rel in ("before", "prior to") and (ill := _THE_ILLNESS.match(text, match.end("rel"))) is not None:
        anchor = ("onset", ill.end())
    if rel == "of":
        if anchor is None or anchor[0] not in ("start", "onset", "stop", "admission", "restart"):
            return None
        if anchor[0] == "stop" and not within:
            return None
        if not (prefix.rstrip().endswith(("after", "llowing", "by", "at", "for", "within")) or within):
            return None
        if prefix.rstrip().endswith("for"):
            return TimeMention(
                begin,
                anchor[1],
                "duration",
                amount_of(match),
                "start",
                preposition="for",
                anchor_span=(match.end("rel"), anchor[1]),
            )
    if rel == "off":
        drug = _OFF.match(text, match.end("rel"))
        if drug is None or match["bare"]:
            return None
        return TimeMention(
            begin, drug.end(), "offset", amount_of(match), "stop", anchor_span=(match.end("rel"), drug.end())
        )
    if rel == "on" and (anchor is None or prefix.rstrip().endswith("for") or anchor[0] != "start"):
        return None
    lasted = prefix.rstrip().endswith("for") and not match["bare"]
    ended = rel in ("before", "prior to") and BEFORE_A_SIGN.match(text, match.end("rel")) is not None
    if lasted and (ended or (anchor is None and rel in ("after", "following"))):
        return TimeMention(begin, match.start("rel"), "duration", amount_of(match), preposition="for")
    if anchor is None:
        if rel in ("before", "prior to") and re.match(
            r"\s*(?:[.,;:)\d]|$|(?:for|with|because|due|at|in|on|by|as)\b|\w+\s+(?:days?|weeks?|months?)\b)",
            text[match.end("rel") :],
        ):
            return None
        if rel in ("after", "following", "since", "before", "prior to", "post") and not match["bare"]:
            name = re.match(r"\s*(?:the\s+|a\s+|an\s+|her\s+|his\s+|its\s+)?([\w'-]+)", text[match.end("rel") :])
            end = match.end("rel") + (name.end() if name else 0)
            sign = -1 if rel in ("before", "prior to") else 1
            return TimeMention(
                begin,
                end,
                "offset",
                amount_of(match, within=within),
                "other",
                sign,
                within,
                anchor_span=(match.end("rel"), end),
            )
        if course:
            return TimeMention(
                begin,
                match.end("rel"),
                "offset",
                amount_of(match),
                "start",
                anchor_span=(match.end("rel"), match.end("rel")),
            )
        return None
    sign = -1 if rel in ("before", "prior to", "preceding") else 1
    if course:
        anchor = ("start", anchor[1])
    if not match["bare"] and is_more(match) and rel == "of":
        span = (match.end("rel"), anchor[1])
        return TimeMention(
            begin, anchor[1], "sequence", amount_of(match, within=within), within=within, anchor_span=span
        )
    return TimeMention(
        begin,
        anchor[1],
        "offset",
        amount_of(match, within=within),
        anchor[0],
        sign,
        within,
        anchor_span=(match.end("rel"), anchor[1]),
    )


def _later(text: str, match: re.Match[str]) -> TimeMention | None:
    before = text[max(0, match.start() - 16) : match.start()].lower().rstrip()
    direction = (match["dir"] or "").lower()
    lead = (match["within"] or "").lower()
    after = text[match.end() : match.end() + 24].lower()
    if _NO_TIME.match(after):
        return None
    if _RATE.search(before) and direction in ("", "thereafter", "afterwards", "afterward", "subsequently"):
        return None
    within = bool(lead) and not lead.startswith("by")
    amount = amount_of(match, within=within and "within" in lead)
    if direction in ("later", "afterwards", "afterward", "thereafter", "subsequently", "hence", "on"):
        return TimeMention(match.start(), match.end(), "sequence", amount)
    if direction in ("earlier", "previously", "before", "ago", "back", "prior"):
        return TimeMention(match.start(), match.end(), "sequence", amount, sign=-1)
    if direction == "apart":
        return None
    if lead.startswith(("within", "over", "during", "in")):
        if not lead.startswith("within"):
            amount = Duration(None, Interval(0.0, amount.interval.high))
        return TimeMention(match.start(), match.end(), "sequence", amount, within=True)
    if course := treatment_noun(text, match.end(), after):
        amount = amount if course["free"] or within else course_of(match)
        if re.search(r"\b(?:following|after)(?:\s+(?:a|an|the))?$", before) and not _COUNTED.search(
            text, max(0, match.start() - 40), match.start()
        ):
            return TimeMention(
                match.start(), match.end(), "offset", amount, "start", anchor_span=(match.end(), match.end())
            )
        return TimeMention(match.start(), match.end(), "duration", amount, preposition="course")
    if (visit := _VISIT.search(before)) is not None and re.match(r"[\s-]*follow[\s-]?up\b", after):
        if visit["left"]:  # nobody says how long the stay was
            amount = Duration(None, Interval(amount.interval.lo, None))
        return TimeMention(match.start(), match.end(), "sequence", amount)
    if lead.startswith("by"):
        return TimeMention(match.start(), match.end(), "sequence", amount, preposition="by")
    if re.search(r"\bafter$|\bafter\s+(?:a|another|the)$|\bat$|\bby$", before):
        start = (
            match.start() - (len(text[: match.start()]) - len(text[: match.start()].rstrip())) - len(before.split()[-1])
        )
        word = before.split()[-1]
        return TimeMention(
            max(0, start), match.end(), "sequence", amount, preposition=word if word in ("at", "by") else ""
        )
    if CONTEXT.search(text, max(0, match.start() - 24), match.start()):
        return TimeMention(match.start(), match.end(), "sequence", amount, preposition="context")
    if _SOME_TIME_IN.search(text, max(0, match.start() - 30), match.start()):
        amount = Duration(None, Interval(0.0, amount.interval.high))
        return TimeMention(match.start(), match.end(), "sequence", amount, sign=-1, within=True)
    if re.search(
        r"\b(?:for|since|lasting|over|during|total of|(?:for|since) (?:last|past)|the (?:first|last|next|previous|past|"
        r"preceding|prior))$",
        before,
    ):
        return TimeMention(match.start(), match.end(), "duration", amount, preposition="for")
    return None


def _day(match: re.Match[str]) -> TimeMention | None:
    stay = bool(match["hosp2"]) or _STAY.search(match["of"] or "") is not None
    drug = bool(_ON_DRUG.search(match["of"] or ""))
    if match["of"] and not stay and not drug and not re.search(r"illness", match["of"]):
        return None
    what = (match["what"] or match["what2"]).lower()
    low = number_of(match["n"] or match["ord"])
    high = float(match["m"]) if match["m"] else low
    anchor = "admission" if match["hosp"] or stay else "start"
    if match["hosp"] and not match["hosp"].lower().startswith("hospital"):
        return None
    if what == "day" and (match["by"] or "").lower() == "by":
        return TimeMention(match.start(), match.end(), "day", Duration(low, Interval(1.0, low)), anchor)
    if what == "year" and low > 40:
        return None
    of = "of" if drug else ""
    return TimeMention(match.start(), match.end(), "day", duration(low, high, what), anchor, preposition=of)


def _ordinal(match: re.Match[str]) -> TimeMention | None:
    """A day, week or month by its ordinal: the third week is days 14 to 21, its end is day 21."""
    stay = bool(match["hosp"]) or _STAY.search(match["of"] or "") is not None
    if match["of"] and not stay and not _ON_DRUG.search(match["of"]) and "illness" not in match["of"].lower():
        return None
    size, prep = float(ORD[match["ord"].lower()]), match["prep"].lower()
    what = match["what"].lower().replace("night", "day")
    amount = duration(size, size, what)
    if match["end"]:
        amount = Duration(None, Interval(0.0, size * DAYS[what])) if prep in ("by", "within", "until") else amount
    elif what == "day":
        amount = Duration(size, Interval(1.0, size)) if prep in ("by", "within", "over") else amount
    elif prep in ("in", "during", "within", "over", "by"):
        first = 0.0 if prep == "by" else (size - 1) * DAYS[what]
        amount = Duration(None, Interval(first, size * DAYS[what]))
    return TimeMention(match.start(), match.end(), "day", amount, "admission" if stay else "start")


def _day_after(text: str, mention: TimeMention | None) -> TimeMention | None:
    """ "On day 8 after cessation", "on the second day of cessation": the day counts from what is named."""
    if mention is None or mention.anchor != "start":
        return mention
    after = anchor_after(text, mention.end, r"\s+(?:after|following|since|from)\s+")
    if after is None:
        ended = anchor_after(text, mention.end, r"\s+of\s+")
        after = ended if ended is not None and ended[0] == "stop" else None
    if after is None or after[0] == "other":
        return mention
    return replace(mention, kind="offset", end=after[1], anchor=after[0], anchor_span=(mention.end, after[1]))


def _trimmed(text: str, mention: TimeMention) -> TimeMention:
    """The mention without white space at its ends."""
    start, end = mention.start, mention.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return mention if (start, end) == (mention.start, mention.end) else replace(mention, start=start, end=end)


def _course(match: re.Match[str]) -> TimeMention | None:
    """ "From 3 to 14 April": the length of the course."""
    course = course_to(match)
    return None if course is None else TimeMention(course[0], course[1], "duration", course[2], preposition="dates")


def _date(match: re.Match[str]) -> TimeMention | None:
    if (date := date_of(match)) is None:
        return None
    pre = (match["pre"] or match["pre2"] or match["pre3"] or match["pre4"] or "").lower()
    start = match.start() + (len(match.group()) - len(match.group().lstrip()))
    until = "until" if pre == "to" else pre  # "from 2010 to 2017"
    return TimeMention(start, match.end(), "date", date=date, anchor="date", preposition=until)
