"""Calendar dates made moments of a story: of which year they are, and which of them are a first or a last day.

May import the lengths of exposure, the state of the telling, times and the timeline.
"""

from __future__ import annotations

import datetime as dt
import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention, Yearless
from dechallenge.reading.story.story import EPOCH, SAME, start_node, stop_node
from dechallenge.reading.story.tellerdurations import TellerDurations
from dechallenge.reading.story.tellerwords import HAD, PLUPERFECT
from dechallenge.reading.texts.timedates import in_order
from dechallenge.reading.texts.timewords import DATE
from dechallenge.reading.times.timelabels import LABEL_START, LABEL_STOP
from dechallenge.reading.times.timemonths import MONTH_OF_THE_STORY, PARTS
from dechallenge.reading.times.times import read_times
from dechallenge.timeline import CalendarDate

_TAKEN = Pattern(
    r"\b(?:ha(?:d|s|ve)\s+(?:\w+\s+){0,2}?(?:been\s+(?:on|taking|using|receiving|treated)|taken|used|received)|takes|uses)\b[^.;]*$",
    re.IGNORECASE,
)
"""Before the first day of a drug that is looked back on ("Y, which she had been taking since 2015")."""
_A_MONTH = 31
_MONTHS_AHEAD = 8
"""A month without a year is at most so many months on; else the report looks back."""
_SOME_WEEKS = 45
"""Days by which a date without its year may go back behind the one told before it."""
_NO_YEAR = 2001
"""Stands for a year that a report does not print; nothing is said of it but the days between its dates."""


class TellerDates(TellerDurations):
    """Makes moments of dates."""

    def _dated(
        self,
        mention: TimeMention,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        acts: list[ActionMention],
        node: str,
    ) -> tuple[str, bool] | None:
        at = sentence[0] + mention.start
        date = mention.date
        if mention.yearless is not None:
            back = (PLUPERFECT.search(self.text, *clause) or HAD.search(self.text, *clause)) is not None
            back = (back and mention.preposition != "by") or self._in_brackets(at, clause)
            date = self._this_year(mention.yearless, back=back) or self._year_behind(mention, sentence)
        if date is None:
            return None
        settled = in_order(self.text, at, sentence[0] + mention.end)
        date = settled or date
        if not self._aside_date(mention, date, at, clause) and not self._ahead(mention, acts):
            self.last_date = date
        if self.latest_date is None or date.first > self.latest_date.first:
            self.latest_date = date
        dated = any(a.kind in ("started", "restarted") and a.drugs for a in acts)
        ends = mention.preposition == "until" and not any(a.kind == "stopped" for a in acts)
        since = mention.preposition in ("since", "from") and not dated
        if (ends or since) and self._used(mention, sentence, date.interval):
            return None
        self.story.network.bound(EPOCH, node, date.interval)
        while self.so_far:
            self.story.network.bound(self.so_far.pop(), node, SAME)
        if mention.preposition in (LABEL_START, LABEL_STOP) and self.story.main and not acts:
            self._labelled(mention.preposition, node)
        taken = self.context is not None and mention.preposition == "since"
        return node, taken and _TAKEN.search(self.text, clause[0], at) is not None

    def _aside_date(self, mention: TimeMention, date: CalendarDate, at: int, clause: tuple[int, int]) -> bool:
        """ "On 5 June 2017 X was started; he also takes Y, which he has taken since 2011": the story is in 2017."""
        if self.last_date is None or date.last >= self.last_date.first:
            return False
        whole_year = (date.last - date.first).days > _A_MONTH
        return whole_year or mention.preposition == "since" or self._in_brackets(at, clause)

    def _ahead(self, mention: TimeMention, acts: list[ActionMention]) -> bool:
        """ "Tapered off by 22 December": looked ahead to; the story stays at the day told before."""
        ended = any(a.kind == "stopped" for a in acts)
        before = mention.preposition == "by" or (mention.preposition == "until" and not ended)
        return mention.yearless is not None and before

    def _this_year(self, day: Yearless, *, back: bool = False) -> CalendarDate | None:
        """A date without its year: the first such day on or after the date told before it, by at most a year.

        Where the words may look back ("had been 138 mmol/L on 10 March"), the nearest such day; so too where it lies
        but some weeks before the date told last ("a biopsy on 2 November … the drug was stopped on 30 October").
        """
        if self.last_date is None and (day.month == MONTH_OF_THE_STORY or DATE.search(self.text) is not None):
            return None
        # a report that prints no year at all: its days count from each other, in whatever year
        first = dt.date(_NO_YEAR, max(day.month, 1), min(day.day or 1, 28))
        last = self.last_date.first if self.last_date is not None else first
        if day.month == MONTH_OF_THE_STORY:
            return part_of(CalendarDate.of(last.year, last.month), day.part)
        if day.day == 0 and back and self.latest_date is not None:  # "had risen to 164 µmol/L in February"
            last = self.latest_date.first
        if day.day == 0:  # a month alone: the next such month, the one the story is in, or one shortly before it
            back = back or (day.month - last.month) % 12 > _MONTHS_AHEAD
            year = last.year - (day.month > last.month) if back else last.year + (day.month < last.month)
            return part_of(CalendarDate.of(year, day.month), day.part)
        earlier = (day.month, day.day) < (last.month, last.day)
        try:
            back = back or (earlier and (last - dt.date(last.year, day.month, day.day)).days <= _SOME_WEEKS)
            if back:
                near = (CalendarDate.of(last.year + shift, day.month, day.day) for shift in (0, -1, 1))
                return min(near, key=lambda date: abs(date.first.toordinal() - last.toordinal()))
            return CalendarDate.of(last.year + earlier, day.month, day.day)
        except ValueError:
            return None

    def _year_behind(self, mention: TimeMention, sentence: tuple[int, int]) -> CalendarDate | None:
        """ "On 2 February and 23 February 2022": the year stands with the second date."""
        one = mention.yearless
        rest = read_times(self.text[sentence[0] + mention.end : sentence[1]])
        behind = next((t.date.first for t in rest if t.kind == "date" and t.date is not None), None)
        if behind is None or one is None or not one.day:
            return None
        return CalendarDate.of(behind.year - ((one.month, one.day) > (behind.month, behind.day)), one.month, one.day)

    def _in_brackets(self, at: int, clause: tuple[int, int]) -> bool:
        """ "Creatinine was 2.9 mg/dL (0.9 mg/dL in January)"."""
        return self.text.rfind("(", clause[0], at) > self.text.rfind(")", clause[0], at)

    def _labelled(self, label: str, node: str) -> None:
        """The first or last day of the drug in focus, in a form that names it elsewhere."""
        drug = self.story.main[0]
        course = self.story.course.setdefault(drug, 0)
        point = start_node(drug, course) if label == LABEL_START else stop_node(drug, course)
        if label == LABEL_START or point not in self.story.network.names:
            self.story.bind(node, point, SAME, point=0.0)
        self.started = True


def part_of(month: CalendarDate, words: str) -> CalendarDate:
    """The days of a month that the words for a part of it allow ("end", "first week"); all of them without any."""
    if not words:
        return month
    first, last = PARTS[words]
    return CalendarDate(month.first.replace(day=first), month.last.replace(day=min(last, month.last.day)))
