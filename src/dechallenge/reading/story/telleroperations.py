"""Operations in a story: the day on which the patient was operated on, and the times that count from it.

May import the dates and lengths of the telling, its state, the story, times and the plan of doses.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.story import LATER, start_node
from dechallenge.reading.story.tellerdates import TellerDates
from dechallenge.reading.story.tellerdurations import printed_point
from dechallenge.reading.story.tellerwords import HAD
from dechallenge.reading.times.doseplan import given_at_operation
from dechallenge.reading.times.timeoperations import NAMED, OPERATION
from dechallenge.timeline import Interval

_DONE = Pattern(
    rf"\b(?:underw(?:ent|ay)|undergo(?:ne|ing)?|had|received)\s+(?:[\w-]+,?\s+){{0,6}}?(?:{NAMED}|transplant)\b|\b(?:was|were)\s+operated\b|"
    rf"\b(?:{NAMED}|procedure)\b[^.;]{{0,60}}?\b(?P<verb>(?:was|were)\s+(?:\w+ly\s+)?(?:performed|carried\s+out|done|undertaken))\b",
    re.IGNORECASE,
)
"""An operation that is told with its day."""
_AFTER_IT = Pattern(
    rf"\b(?:after|following)\s+(?!the\s+(?:operation|surgery)\b)(?:[\w-]+\s+){{0,5}}?(?:{NAMED})\b", re.IGNORECASE
)
"""An operation that is only named ("thrombosis prophylaxis after hip replacement on 4 October")."""
_THE_SAME = Pattern(r"(?:surgery|operation|procedure)\b", re.IGNORECASE)
_INDUCTION = Pattern(r"\binduction$", re.IGNORECASE)
_UNDATED = "other:operation"


class TellerOperations(TellerDates):
    """Makes moments of the times that count from an operation."""

    operated = ""

    def _of_operation(
        self,
        mention: TimeMention,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        node: str,
        amount: Interval,
        acts: list[ActionMention],
    ) -> tuple[str, bool] | None:
        network, at = self.story.network, sentence[0] + mention.start
        base = self._operation(at)
        untold = base == _UNDATED and base not in network.names and self.context is not None and not self.presenting
        goes_on = untold and mention.sign > 0 and HAD.search(self.text, *clause) is None
        if mention.kind == "before":
            network.bound(node, base, LATER)
            return node, True
        if mention.kind == "at":
            if goes_on:  # as told, after what was told before it
                network.bound(self.context or base, base, LATER)
            if base == _UNDATED and _INDUCTION.search(self.text, at, sentence[0] + mention.end) is not None:
                return None  # no operation is told
            return base, self._is_before_now(base)
        if amount.high is None and not acts:  # "postoperatively", and nothing was begun then
            return None
        if mention.kind == "day":
            self.clock, self.operated = self.clock or OPERATION, base
        self.story.bind(base, node, amount, point=printed_point(mention), label=mention)
        if goes_on:
            network.bound(self.context or node, node, LATER)
        return node, mention.sign < 0

    def _told_event(self, words: Pattern, at: int) -> str:
        """The dated moment at which an event was told last before a place; empty without one."""
        begin = self.story.beats[0].start if self.story.beats else at
        for match in reversed(list(words.finditer(self.text, begin, at))):
            beat = self.story.beat_at(match.start())
            if beat is not None and beat.explicit and beat.end <= at:
                return beat.node
        return ""

    def _operation(self, at: int) -> str:
        """The moment of the operation told last before a place; of one without a day only that it came then."""
        story, main = self.story, self.story.main[:1]
        begin = story.beats[0].start if story.beats else at
        undated = False
        for match in reversed(list(_DONE.finditer(self.text, begin, at))):
            beat = story.beat_at(match.start("verb") if match["verb"] else match.start())
            if beat is None or (beat.time is not None and beat.time.anchor == OPERATION):
                continue
            if beat.time is not None and not (beat.flashback and undated):
                return beat.node
            undated = undated or beat.time is None
            if undated and _THE_SAME.match(match.group()) is None:
                break  # an operation of its own, whose day is not told
        named = () if undated else _AFTER_IT.finditer(self.text, begin, at)
        for match in reversed(list(named)):
            beat = story.beat_at(match.start())
            if beat is not None and beat.time is not None and beat.time.kind == "date":
                return beat.node
        if self.operated:
            return self.operated
        given = given_at_operation(self.text, at, self.drugs, main)
        return start_node(given, story.course.get(given, 0)) if given is not None else _UNDATED
