"""Counted doses in a story: the day of "the third infusion", and the times that count from it.

May import the pregnancies of the telling, the story, times and the plan of doses.
"""

from __future__ import annotations

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import LATER, SAME, start_node
from dechallenge.reading.story.tellerdurations import printed_point
from dechallenge.reading.story.tellerpregnancy import TellerPregnancy
from dechallenge.reading.times.doseplan import counted_dose, day_of_dose, last_counted
from dechallenge.timeline import Interval

_GIVEN = Pattern(
    r"\s*(?:of\s+[\w-]+\s*)?[,(]?\s*(?:which\s+)?(?:(?:was|were|had\s+been)\s+)?(?:(?:given|administered|received|infused|injected)\s+)?$",
)
"""Between a counted dose and its date."""
_REACH = 80


class TellerDoses(TellerPregnancy):
    """Makes moments of counted doses."""

    last_dose = ""

    def _given(self, drug: str, course: int, words: str) -> str:
        """The administration that a time counts from: the start, or "the third infusion" on its own day."""
        number = counted_dose(words)
        return start_node(drug, course) if number is None else self._dose(drug, course, number)

    def _dose(self, drug: str, course: int, number: int) -> str:
        """The moment of a counted dose; the plan of the drug, where one is printed, says when that was."""
        if number == 1:
            return start_node(drug, course)
        node = f"dose:{drug}:{course}:{number}"
        if node not in self.story.network.names:
            plan = day_of_dose(self.text, number, [d.end for d in self.drugs if d.drug == drug])
            if plan is not None:
                self.story.bind(start_node(drug, course), node, Interval.of(plan[0], plan[0]), point=plan[0])
                self.next_dose[node] = plan[1]
            else:
                self.story.network.bound(start_node(drug, course), node, LATER)
        self.last_dose = node
        return node

    def _of_dose(self, mention: TimeMention, node: str) -> tuple[str, bool] | None:
        """ "On day 8 of the second cycle", "before the fourth infusion"."""
        story = self.story
        if not story.main or mention.amount is None:
            return None
        drug, number = story.main[0], int(mention.preposition)
        course = story.course.setdefault(drug, 0)
        if not number and not self.last_dose:
            return None
        base = self._dose(drug, course, number) if number else self.last_dose
        self.started = True
        if mention.sign < 0:
            story.network.bound(self._dose(drug, course, number - 1), node, LATER)
            story.network.bound(node, base, LATER)
            return node, False
        amount = mention.amount.interval
        if amount.high is None and self.next_dose.get(base):
            amount = Interval(amount.low, self.next_dose[base])
        story.bind(base, node, amount, point=printed_point(mention), label=mention)
        return node, False

    def _dates_a_dose(self, mention: TimeMention, node: str, sentence: tuple[int, int]) -> None:
        """ "The third infusion was given on 14 June", "cycle 12, given on 3 March"."""
        story, at = self.story, sentence[0] + mention.start
        begin = max(sentence[0], at - _REACH)
        told = last_counted(self.text[begin:at]) if story.main and mention.kind == "date" else None
        if told is not None and _GIVEN.fullmatch(self.text, begin + told[1], at) is not None:
            drug = story.main[0]
            story.bind(self._dose(drug, story.course.setdefault(drug, 0), told[0]), node, SAME, point=0.0)
            self.started = True
