"""When a reaction was over: the moment of the words that tell it, counted from the stop, and joined with a table.

A recovery told without a time of its own is later than what was told before it, nobody says how much. May import the
story, times, the course of the values and the timeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dechallenge.case import Time
from dechallenge.reading.entries.endingsapart import own_time
from dechallenge.reading.entries.exposures import times
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.story.story import ONSET, Beat, Story, stop_node
from dechallenge.reading.times.times import read_times
from dechallenge.timeline import Duration, Interval

When = tuple[Time | None, Time | None]
"""Day on the axis of the case, and time from the stop."""

UNDATED: When = (None, None)
_STATE = Pattern(r"(?:were|was|are|is|had\s+been|within|in|normal|(?:\w+\s+){1,2}no)\b", re.IGNORECASE)
"""Words that tell how things stand at the moment spoken of, and not what became of them after it."""
_TAKEN = Pattern(
    r"(?:over|during|in)\s+the\s+(?:course\s+of\s+the\s+)?(?:next|following|ensuing|subsequent)\s+", re.IGNORECASE
)
"""Before the time that an improvement took: it was complete at its end."""


_AND_WAS = Pattern(
    r"(?:,\s*|;\s*)(?:and|but|while)\s+(?:(?:the|his|her)\s+)?[\w-]+\s+(?:was|were|had\s+been)\s+\w+ed\b|"
    r"(?:,\s*|;\s*)(?:and|but|while)\s+(?:(?:the|his|her)\s+)?[\w-]+\s+(?:was|were|had\s+been)\s+(?:withdrawn|begun|given)\b",
    re.IGNORECASE,
)


def became(words: str) -> bool:
    """Whether an ending tells a change ("recovered", "returned to normal") and not a state ("were normal")."""
    return _STATE.match(words) is None


_COUNTED_FROM = Pattern(
    r"\b(?:hours?|days?|weeks?|months?|years?)\s+(?:after|following)\s+(?:(?:she|he|they|the\s+patient|(?:his|her|the|their|full|complete|"
    r"clinical)\s+(?:\w+\s+)?)\s*(?:had\s+)?(?:\w+ly\s+)?)?$",
    re.IGNORECASE,
)


def when(text: str, story: Story, axis: str, span: tuple[int, int], *, change: bool, abnormal: Iterable[str]) -> When:
    """The moment of the words that tell an end.

    Args:
        text: Clean text of the case.
        span: The words.
        change: They tell a change, which comes after the moment spoken of.
        abnormal: Moments at which a value still showed the reaction.
    """
    start, end = span
    if "," not in text[start:end] and _COUNTED_FROM.search(text, max(0, start - 60), start):
        return UNDATED  # "three weeks after she recovered": the time counts from there
    beats = [b for b in story.beats if b.start <= start < b.end or b.start <= end - 1 < b.end]
    dated = [b for b in beats if b.explicit]
    behind = [b for b in dated if b.time is not None and b.time.kind != "soon" and b.time.start >= end - 1]
    if dated and behind and dated[-1].time is not None and dated[-1].time.kind == "soon":
        dated = behind  # "normal at 14 weeks and at all later visits"
    if len(behind) > 1 and behind == dated and _next_clause(text, behind[0], behind[1]):
        dated = behind[:1]  # "normal at 8 weeks, and prednisone was withdrawn at 4 months"
    timed = [b for b in dated if b.time is not None and b.start == dated[0].start]
    if len(timed) > 1 and len(timed) == len(dated):
        places = sorted((b.time.start, b.time.end) for b in timed if b.time is not None)
        own = own_time(text, span, places)
        dated = [b for b in timed if own is not None and b.time is not None and b.time.start == places[own][0]] or dated
    beat = next(reversed(dated), beats[-1] if beats else None)
    if beat is None:
        return UNDATED
    following = next((b for b in story.beats if b.start >= beat.end - 1 and b.sentence == beat.sentence), None)
    if not beat.explicit and following is not None and following.explicit:
        beat = following
    if not beat.explicit:
        beat = next((b for b in beat_of_sentence(story, beat) if b.explicit), beat)
    day, gap = times(story, beat.node, axis), since_stop(story, beat.node, start)
    if not beat.explicit:
        later = change or beat.node in set(abnormal) or not _of_a_visit(story, beat.node)
        return (_open(day), _open(gap)) if later else (day, gap)
    if beat.time is not None and any(
        p.match(text, end, max(end, beat.time.start)) is not None for p in (_AND_STAYED, _BUT_DIED)
    ):
        return _by_then(day), _by_then(gap)
    return _taken(text, story, beat, day, gap)


_AND_STAYED = Pattern(
    r"[^.;:]{0,60}?,?\s(?:and|but)\s+(?:(?:he|she|the\s+patient)\s+)?(?:has\s+|had\s+)?(?:remain\w*|stay\w*|continu\w*|(?:is|was|been)\s+(?:still\s+)?"
    r"(?:well|alive|asymptomatic|in\s+(?:\w+\s+)?remission|free|doing))\b",
    re.IGNORECASE,
)
"""Between an end and a time: "recovered and remained in remission five months after the withdrawal"."""


_BUT_DIED = Pattern(
    r"[^.;:]{0,60}?,?\s(?:and|but|although|though|however,?)\s+(?:(?:he|she|the\s+(?:patient|man|woman|child|infant))\s+)?(?:later\s+|then\s+)?"
    r"(?:died|succumbed|passed\s+away|expired|relapsed)\b",
    re.IGNORECASE,
)
"""Between an end and the time of a death ("the count returned to normal but he died four weeks later")."""


def _by_then(time: Time | None) -> Time | None:
    """Not later than the time."""
    return None if time is None else time.model_copy(update={"low": None, "point": None})


def _next_clause(text: str, first: Beat, second: Beat) -> bool:
    """Something else, with a verb of its own, is told between the times of two moments of one part of a sentence."""
    if first.time is None or second.time is None or first.start != second.start:
        return False
    return _AND_WAS.search(text, first.time.end, second.time.start) is not None


def beat_of_sentence(story: Story, beat: Beat) -> list[Beat]:
    """The clauses of the same sentence that speak of the same moment."""
    return [b for b in story.beats if b.sentence == beat.sentence and b.node == beat.node]


def _of_a_visit(story: Story, node: str) -> bool:
    """The moment has a time in the text; it is not that of a dose, of the stop or of the onset itself."""
    return any(b.node == node and b.explicit for b in story.beats)


def _open(time: Time | None) -> Time | None:
    if time is None or time.low is None:
        return None
    return time.model_copy(update={"high": None, "point": None})


def _taken(text: str, story: Story, beat: Beat, day: Time | None, gap: Time | None) -> When:
    """Narrow the moment of a clause with a time of its own.

    "Resolved over the following six weeks" tells when it was complete. "Normal six weeks later", after things that the
    text does not date, counts from the last moment that it does, at least from the stop.
    """
    mention = beat.time
    if mention is None or mention.kind != "sequence" or mention.sign < 0 or mention.amount is None:
        return day, gap
    took = _length(text[mention.start : mention.end])
    if took is not None:
        day, gap = _at_its_end(day, took), _at_its_end(gap, took)
    amount = took.interval if took is not None else mention.amount.interval
    if gap is None or gap.high is not None or gap.anchor != "stop" or amount.high is None:
        return day, gap
    counted = _last_known(story, beat).plus(amount).meet(gap.interval)
    if counted is None:
        return day, gap
    return day, gap.model_copy(update={"low": max(0.0, counted.lo), "high": counted.high})


def _last_known(story: Story, beat: Beat) -> Interval:
    """Time from the stop to the last moment told before a clause that the text dates from it; else the stop itself."""
    known = Interval(0.0, 0.0)
    for told in story.beats:
        if told.start >= beat.start:
            break
        gap = since_stop(story, told.node, told.start) if told.explicit and not told.flashback else None
        if gap is not None and gap.anchor == "stop" and gap.high is not None and gap.high >= (known.high or 0.0):
            known = gap.interval
    return known


def _length(words: str) -> Duration | None:
    """The whole time of "over the following six weeks", with the tolerance of its unit."""
    lead = _TAKEN.match(words)
    if lead is None:
        return None
    read = [m for m in read_times(f"{words[lead.end() :]} later") if m.kind == "sequence" and m.amount is not None]
    return read[0].amount if len(read) == 1 and read[0].sign > 0 else None


def _at_its_end(time: Time | None, took: Duration) -> Time | None:
    if time is None or time.low is None:
        return time
    low = time.low + max(0.0, took.interval.lo)
    return time if time.high is not None and low > time.high else time.model_copy(update={"low": low})


def restarts(story: Story) -> tuple[int, ...]:
    """Where re-exposures to a drug in focus are told."""
    return tuple(s.action.start for s in story.steps if s.kind == "restarted" and s.drug in story.main)


_CAME_BACK = Pattern(
    r"\b(?:recurred|reappeared|relapsed|came\s+back|returned)\b(?!\s+(?:to|home)\b)|"
    r"\b(?:the|a)\s+(?:same|similar|identical)\s+(?:\w+\s+){1,3}(?:began|started|developed|appeared|occurred)\b",
    re.IGNORECASE,
)


def before_another(
    body: str, spans: Sequence[tuple[int, int]], story: Story, ends: Sequence[re.Match[str]]
) -> list[re.Match[str]]:
    """The ends of the reaction before another drug brought it back.

    "… resolved. Three months later Y was tried; the same pain returned": what is told of its end is that of Y.
    """
    begun = [s.action for s in story.steps if s.kind == "started" and s.drug not in story.main]
    for action in begun if ends else ():
        start, stop = spans[action.sentence]
        back = _CAME_BACK.search(body, action.cue[1], stop)
        if back is not None:
            return [end for end in ends if end.end() <= start]
        later = spans[min(action.sentence + _SOON, len(spans) - 1)][1]
        again = any(stop < at < later for at in restarts(story))
        before = [] if again else [end for end in ends if end.end() <= start]
        if before and (_CAME_BACK.search(body, stop, later) or _ROSE_AGAIN.search(body, stop, later)):
            return before  # "Y was started instead. Ten days later, the rash reappeared"
    return list(ends)


_SOON = 2
"""Sentences behind the start of another drug in which the return of the reaction is told."""
_ROSE_AGAIN = Pattern(
    r"\b(?:ALT|AST|(?:liver\s+)?enzymes|aminotransferases|transaminases|bilirubin|creatinine|lipase|creatine\s+kinase|CK)\s+"
    r"(?:again\s+|then\s+|had\s+)?(?:rose|risen|increased|climbed)\b|\b(?:neutrophils?|platelets?)\s+(?:counts?\s+)?(?:again\s+)?"
    r"(?:fell|dropped)\b",
    re.IGNORECASE,
)


def course_at(story: Story, position: int) -> int:
    """The course of the drug in focus that the text has come to: 0 until a re-exposure is told."""
    again = [s for s in story.steps if s.kind == "restarted" and s.drug in story.main[:1]]
    return max((s.course for s in again if s.action.start < position), default=0)


def first_stop(story: Story) -> int | None:
    """Where the first stop of a drug in focus is told."""
    return min((s.action.start for s in story.steps if s.kind == "stopped" and s.drug in story.main), default=None)


def since_stop(story: Story, node: str, position: int) -> Time | None:
    """Time from the last stop of the drug in focus (from onset when it is not told to have been stopped).

    A stop that is told only after the position is that of a later course.
    """
    base = ONSET
    if story.main:
        drug = story.main[0]
        nodes = [stop_node(drug, course) for course in range(story.course.get(drug, 0), -1, -1)]
        later = {stop_node(drug, s.course) for s in story.steps if s.kind == "restarted" and s.action.cue[0] > position}
        told = [n for n in nodes if n in story.network.names and n not in later]
        base = next((n for n in told if story.network.between(n, node).hi > 0), base)
        if base == ONSET and any(story.network.between(n, node) == Interval(0.0, 0.0) for n in told):
            return Time(low=0.0, high=None, anchor="stop")  # told in one breath with the stop: later, nobody says when
    interval = story.network.between(base, node)
    if interval == Interval(None, None):
        return None
    low = max(0.0, interval.lo)
    high = None if interval.high is None else max(low, interval.high)
    return Time(low=low, high=high, anchor="stop" if base != ONSET else "onset")


def bounded(told: When) -> bool:
    """The time from the stop has an end."""
    return told[1] is not None and told[1].high is not None


def only_within(told: When) -> bool:
    """Only the longest time is told ("normal within a month")."""
    return told[1] is not None and told[1].low == 0.0 and bounded(told)


def agree(told: When, rows: When | None) -> bool:
    """The rows of a table can be the moment of the words, as far as the words tell it. To touch is not to agree."""
    if rows is None or rows[1] is None or told[1] is None:
        return rows is not None and told[1] is None
    both = told[1].interval.meet(rows[1].interval)
    return both is not None and (both.width > 0 or 0.0 in (told[1].interval.width, rows[1].interval.width))


def joined(told: When, rows: When | None, abnormal: Iterable[Time] = ()) -> When:
    """The moment by the words and by the rows of a table.

    Both together are narrower than each; rows that are normal before the words tell it show an earlier recovery; a row
    that is normal only later does not undo the words.

    Args:
        abnormal: Times from the stop of the rows that still show the injury; where no row shows its end, the recovery
            that the words tell came after them ("normal over the next few months", still abnormal in the fifth).
    """
    gap, row = told[1], rows[1] if rows is not None else None
    if rows is None or row is None:
        return told if gap is None or rows is not None else (told[0], _not_before(gap, abnormal))
    if gap is None or gap.high is None:
        return rows if row.high is not None else told
    if gap.anchor != (row.anchor if gap.anchor == "onset" else "stop"):
        return told
    both = gap.interval.meet(row.interval)
    if both is not None and agree(told, rows):
        narrow = gap.model_copy(update={"low": both.low, "high": both.high})
        return _narrowed(told[0], rows[0]), narrow
    return rows if row.interval.hi <= gap.interval.lo else told


def _not_before(gap: Time, abnormal: Iterable[Time]) -> Time:
    """The time from the stop, without what lies before the last row that shows the injury and can be earlier."""
    if gap.anchor != "stop" or gap.low is None or gap.high is None:
        return gap
    low = max((t.low for t in abnormal if t.low is not None and t.low < gap.high), default=gap.low)
    return gap.model_copy(update={"low": low}) if low > gap.low else gap


def _narrowed(day: Time | None, row: Time | None) -> Time | None:
    if day is None or row is None:
        return row if day is None else day
    both = day.interval.meet(row.interval)
    return day if both is None else day.model_copy(update={"low": both.low, "high": both.high})


def lasting(shown_at: Sequence[tuple[int, str]], story: Story) -> Sequence[tuple[int, str]]:
    """The values that show the reaction, without those of a time in which a re-exposure is told."""
    again = min(restarts(story), default=None)
    if again is None:
        return shown_at
    moment = next((b.node for b in story.beats if b.start <= again < b.end), None)
    return [(position, node) for position, node in shown_at if position < again and node != moment]
