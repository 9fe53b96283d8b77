"""Counted doses in a story: the day of "the third infusion", and the times that count from it or from a whole course.

May import the pregnancies of the telling, the story, times and the plan of doses.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import LATER, SAME, start_node
from dechallenge.reading.story.tellerdurations import MORE, printed_point
from dechallenge.reading.story.tellerpregnancy import TellerPregnancy
from dechallenge.reading.times.doseplan import counted_dose, day_of_dose, last_counted
from dechallenge.timeline import Interval

_GIVEN = Pattern(
    r"\s*(?:of\s+[\w-]+\s*)?[,(]?\s*(?:which\s+)?(?:(?:was|were|had\s+been)\s+)?(?:(?:given|administered|received|infused|injected)\s+)?$",
)
"""Between a counted dose and its date."""
_REACH = 80


_BEFORE_IT_BEGAN = Pattern(
    r"\b(?:before|(?:prior|previous)\s+to)\s+(?:(?:the|his|her)\s+)?(?:(?:onset|start|beginning|initiation|commencement|institution)\s+of\s+(?:the\s+|this\s+)?)?"
    r"(?:treatment|therapy|medication)\b[^.;]*\b(?:but|and|while|whereas)\s+$",
    re.IGNORECASE,
)
""" "Was normal before treatment but after two weeks …": that time counts from the treatment."""


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

    def _after_a_course(
        self, mention: TimeMention, sentence: tuple[int, int], acts: list[ActionMention], base: str
    ) -> bool:
        """ "On day 2 he had anxiety. X was discontinued after 5 days": of X, or of the anxiety; nobody says which."""
        main, at = self.story.main[:1], sentence[0] + mention.start
        words = self.text[at : sentence[0] + mention.end].lower()
        if not main or main[0] not in self.story.course or not words.startswith("after") or MORE.search(words):
            return False
        start = start_node(main[0], self.story.course[main[0]])
        late = base != start and self.story.network.between(start, base).lo > 0
        return late and any(
            a.kind == "stopped"
            and not a.negated
            and a.drugs
            and a.cue[1] <= at <= a.cue[1] + 2
            and main[0] in self.meant(a)
            for a in acts
        )

    def _before_it_began(self, words: str, base: str, sentence: tuple[int, int], mention: TimeMention) -> bool:
        """Whether a sentence tells of the time before the treatment, and then "after two weeks …" of it."""
        if not words.startswith("after") or MORE.search(words) or not self.story.main or base not in self.counted:
            return False
        return _BEFORE_IT_BEGAN.search(self.text, sentence[0], sentence[0] + mention.start) is not None

    def _first_given(self, drug: str, sentence: tuple[int, int], at: int) -> str:
        """ "X was started. On the third day of treatment X was replaced by Y": they are days of X."""
        begun = {d.drug for d in self.named_in(at, sentence[1]) if d.drug in self.story.course}
        return begun.pop() if drug not in self.story.course and len(begun) == 1 else drug
