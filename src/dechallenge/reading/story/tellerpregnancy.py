"""Pregnancies in a story: gestational ages, and the bare weeks that are told after them ("at 21 weeks").

May import the operations of the telling, the story and times.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.telleroperations import TellerOperations
from dechallenge.reading.times.timepregnancy import GESTATION, LONGEST, aged

_BEGUN = "other:gestation"
_BORN = Pattern(r"\b(?:born|birth|delivered|preterm|premature)\b", re.IGNORECASE)
_WEEKS = Pattern(r"\bweeks['’]?$", re.IGNORECASE)


class TellerPregnancy(TellerOperations):
    """Makes moments of gestational ages."""

    gestation: float | None = None
    """The youngest age told, in days."""

    def _of_pregnancy(self, mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
        """The time, counted from the beginning of the pregnancy where it is a gestational age."""
        words = sentence[0] + mention.start, sentence[0] + mention.end
        point = mention.amount.point if mention.amount is not None else None
        if (
            self.gestation is not None
            and mention.kind == "sequence"
            and mention.preposition in ("at", "by")
            and point is not None
            and self.gestation <= point <= 7 * LONGEST
            and _WEEKS.search(self.text, *words) is not None
        ):  # "at 14 weeks of gestation … at 21 weeks"
            return replace(mention, kind="day", anchor=GESTATION, amount=aged(point / 7))
        return mention

    def _gestational(self, mention: TimeMention, node: str, clause: tuple[int, int]) -> tuple[str, bool] | None:
        if mention.amount is None or (not self.story.beats and _BORN.search(self.text, *clause) is not None):
            return None  # "a boy born at 34 weeks of gestation": his birth, from which the report sets out
        youngest = mention.amount.interval.lo
        self.gestation = youngest if self.gestation is None else min(self.gestation, youngest)
        self.story.bind(_BEGUN, node, mention.amount.interval, point=mention.amount.point, label=mention)
        return node, self._is_before_now(node)
