"""How the times of a clause stand to each other, and to the drugs and actions beside them.

May import the moments of a story, its state, actions, times and the timeline.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import SAME, Beat, start_node, stop_node
from dechallenge.reading.story.tellerdurations import MORE, printed_point
from dechallenge.reading.story.tellermoments import TellerMoments
from dechallenge.reading.story.tellerwords import NAME
from dechallenge.reading.times.timeanchors import FIRST_DOSE
from dechallenge.reading.times.timelists import Timed
from dechallenge.reading.times.timepregnancy import GESTATION

_GERUNDS = Pattern(r"\s+(?:\w+ing,?\s+(?:and\s+|or\s+)?){1,2}", re.IGNORECASE)
_PARTED = Pattern(r"[;:]|\b(?:and|then|but|had)\b", re.IGNORECASE)
_BOUND = Pattern(r"within\s+(?!the\b|another\b|an?\s+(?:further|additional)\b)", re.IGNORECASE)
"""A bound that does not count from the time told before it, as "within the next month" does."""


class TellerJoins(TellerMoments):
    """Tells which times are one, which date a drug or a re-exposure, and which count from an action."""

    def _dated_drug(self, moments: list[tuple[TimeMention, str, bool]], sentence: tuple[int, int]) -> None:
        """ "X in 2002 was followed by …": a date right behind the drug in focus is that of its start."""
        for mention, node, back in moments:
            at = sentence[0] + mention.start
            named = [d for d in self.named_in(at - NAME, at) if d.drug in self.story.main and d.end < at]
            if not named or back or mention.kind != "date":
                continue
            drug, gap = named[-1], self.text[named[-1].end : at]
            told = mention.preposition == "in" and not gap.strip() and not self.started
            if FIRST_DOSE.fullmatch(gap) or told:
                self.started = True
                self.story.course.setdefault(drug.drug, 0)
                self.story.bind(node, start_node(drug.drug, 0), SAME, point=0.0)
                self._onset_before(node)

    def _before_the_start(self, moment: tuple[TimeMention, str, bool]) -> bool:
        """ "Plt 231 on 8/2/21", told of a drug begun in September: what is told next is not of that earlier day."""
        mention, node, _ = moment
        if mention.kind != "date" or self.context is None or not self.story.main:
            return False
        network, start = self.story.network, start_node(self.story.main[0])
        if start not in network.names or self.context not in network.names:
            return False
        return network.between(start, node).hi < 0 <= network.between(start, self.context).lo

    def _listed(self, index: int, span: tuple[int, int], listed: list[list[Timed]]) -> None:
        """ "On days 1 and 5 it was 0.1 and 1.4": each value is of its own time."""
        told = {b.time.start - span[0]: b for b in self.story.beats if b.sentence == index and b.time is not None}
        for (first, last), mention in (pair for pairs in listed for pair in pairs):
            beat = told.get(mention.start)
            if beat is not None:
                place = (span[0] + first, span[0] + last)
                self.story.beats.append(Beat(*place, index, beat.node, True, beat.time, beat.flashback, own=True))

    def _dates_restart(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "Within hours of restarting X one week later": the second time dates the re-exposure itself."""
        if left.anchor != "restart" or right.kind != "sequence" or right.amount is None or self.context is None:
            return False
        gap = self.text[sentence[0] + left.end : sentence[0] + right.start]
        if len(gap.split()) > 3 or not self.story.main:
            return False
        drug = self.story.main[0]
        before = stop_node(drug, max(0, self.story.course.get(drug, 1) - 1))
        base = (
            before
            if before in self.story.network.names and self.story.network.between(self.context, before).known
            else self.context
        )
        self.story.bind(
            base, start_node(drug, self.story.course.get(drug, 1)), right.amount.interval, point=printed_point(right)
        )
        return True

    def _one_time(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "In January 2010, 6 months after the final course": two expressions for one time."""
        first, last = sentence[0] + left.end, sentence[0] + right.start
        if self.text[sentence[0] + left.start : first].isdigit():
            return False  # "on days 4, 6 and 8"
        gap = self.text[first:last]
        for drug in self.named_in(first, last):
            if drug.end <= last:
                gap = gap.replace(self.text[drug.start : drug.end], "")
        if GESTATION in (left.anchor, right.anchor) and "date" in (left.kind, right.kind):
            return _PARTED.search(gap) is None  # "at 24 weeks of gestation was referred on 12 May 2021"
        return (
            gap.strip() in (",", "(", "", "and", ", and")
            and "soon" not in (left.kind, right.kind)
            and right.kind != "sequence"
            and not (left.kind == "sequence" and right.kind == "date" and "and" in gap)
        )

    def _covers(self, mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
        """The action is what the time counts from ("after starting X", "after stopping a three week course of X")."""
        begin, end = sentence[0] + mention.start, sentence[0] + mention.end
        if begin <= action.cue[0] < end + 1:
            return True
        if mention.anchor in ("start", "restart", "stop") and _GERUNDS.fullmatch(
            self.text, end, max(end, action.cue[0])
        ):
            return True  # "after he had begun injecting and taking X"
        cue = self.text[action.cue[0] : action.cue[1]].lower()
        if mention.anchor == "stop" and cue.endswith(("therapy with", "treatment with")):
            return _WHICH_THERAPY.fullmatch(self.text, end, max(end, action.cue[0])) is not None
        return cue.startswith("course") and mention.anchor == "stop" and end <= action.cue[0] < end + 45


_WHICH_THERAPY = Pattern(
    r"\s+(?:(?:the|a|an|his|her|initial|adjuvant|induction|combination|oral|intravenous|long-term|[\w-]+-line)\s+){0,3}",
    re.IGNORECASE,
)
"""Between what a time counts from and the noun of the treatment ("after completing first-line therapy with X")."""


def follows(left: TimeMention, right: TimeMention, body: str, shift: int) -> bool:
    """ "After 4 months, and jaundice 10 days later": the second counts from the first."""

    def later(t: TimeMention) -> bool:
        return (
            body[t.start - shift : t.end - shift]
            .rstrip()
            .lower()
            .endswith(("later", "afterwards", "thereafter", "after that"))
        )

    if body[left.start - shift : left.end - shift].isdigit():
        return False  # "1, 2 and 4 weeks later": all count from the same moment
    if right.kind == "duration" and MORE.search(body, right.start - shift, right.end - shift):
        return left.sign > 0  # "and jaundice 10 days later, yet it was continued for a further 2 weeks"
    if right.kind == "sequence" and right.sign < 0 and left.kind == "date":
        return left.sign > 0  # "stopped on 1 April for a fever that had begun the day before"
    if right.kind != "sequence" or right.sign < 0 or left.sign < 0 or side_by_side(left, right, body, shift):
        return False
    if MORE.search(body, right.start - shift, right.end - shift):
        return True  # "61 U/L a week later and normal after another week"
    return left.kind == "date" or right.within or (later(right) and not later(left) and left.amount is not None)


def side_by_side(left: TimeMention, right: TimeMention, body: str, shift: int) -> bool:
    """ "Bilirubin was normal within two weeks, enzymes within five weeks": both count from the same moment."""
    return left.within and left.kind == "sequence" and _BOUND.match(body, right.start - shift) is not None


def day_first(times: list[TimeMention], acts: list[ActionMention], sentence: tuple[int, int]) -> list[TimeMention]:
    """ "Started X for 10 days for sinusitis on 2 May": the day of the start is known before its length."""
    length = next((i for i, t in enumerate(times) if t.kind == "duration" and t.preposition == "for"), None)
    begun = length is not None and any(
        a.kind in ("started", "restarted") and a.cue[0] < sentence[0] + times[length].start for a in acts
    )
    if length is None or not begun or any(t.kind == "date" for t in times[:length]):
        return times
    day = next((t for t in times[length:] if t.kind == "date" and t.preposition not in ("until", "since")), None)
    return [day, *(t for t in times if t is not day)] if day is not None else times


def of_history(
    text: str, moments: list[tuple[TimeMention, str, bool]], acts: list[ActionMention], sentence: tuple[int, int]
) -> list[tuple[TimeMention, str, bool]]:
    """ "A man with a stroke in 2018 was started on X on 9 January 2023": the year before the verb is of the stroke."""
    if len(moments) < 2 or not acts:
        return moments
    verb = min(a.cue[0] for a in acts)
    dates = [m for m, _, _ in moments if m.kind == "date" and m.date is not None]
    later = [m.date.first for m in dates if m.date is not None and sentence[0] + m.start > verb]
    if not later:
        return moments

    def past(m: TimeMention) -> bool:
        if m.date is None or m.date.first == m.date.last or sentence[0] + m.end > verb:
            return False  # a day
        told_of = text[sentence[0] : sentence[0] + m.start].split()
        return len(told_of) >= _SUBJECT and m.date.last < min(later)

    return [(m, node, back or past(m)) for m, node, back in moments]


_SUBJECT = 3
"""Words at the least of what a year before the verb belongs to; a sentence may also open with the time of its verb."""


_TELLS = Pattern(
    r"\b(?:recall(?:ed|s)|remember(?:ed|s)|admitted\s+(?:to|that|having)|confess\w+|disclosed|revealed|reported|acknowledged|recollected|"
    r"mentioned|stated|said|told\s+us)\s+(?:(?:to\s+)?(?:also\s+)?(?:having\s+)?(?:taking|using|taken|used|ingest\w+|consum\w+|received|"
    r"receiving|started|starting|begun)|(?:that\s+)?(?:he|she|they)\s+had)\b",
    re.IGNORECASE,
)
"""What a patient tells later of having taken."""


def recalled(text: str, start: int, action: ActionMention) -> int | None:
    """Where the patient tells of a drug taken before ("on day 7 she recalled taking X 5 days before admission").

    Args:
        text: Clean text.
        start: Where the clause begins.
        action: What was done with the drug.

    Returns:
        The place of the telling, else None.
    """
    if action.kind not in ("started", "continued"):
        return None
    found = list(_TELLS.finditer(text, start, action.cue[1]))
    return found[-1].start() if found else None
