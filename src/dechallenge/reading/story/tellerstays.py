"""Stays in hospital in a story: the day of admission, the day of discharge, how long the patient stayed.

May import the state of the telling, the story, amounts and the words of time.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.presentation import PRESENTATION
from dechallenge.reading.story.story import ADMISSION, DISCHARGE, EPOCH, SAME, Story, start_node
from dechallenge.reading.story.telleracts import TellerActs
from dechallenge.reading.texts.amounts import amount_of
from dechallenge.reading.texts.timewords import AMOUNT
from dechallenge.timeline import Interval

_ADMITTED = Pattern(
    r"(?<=:\s)admitted\b(?!\s+to\s+(?:hav|tak|us|drink|smok))|\b(?:was|were|been|be|and)\s+(?:\w+\s+)?(?:admitted|hospitali[sz]ed)\b|"
    r"\b(?:sent|referred|transferred|taken|brought)\s+(?:(?:her|him|the\s+patient)\s+)?to\s+(?:(?:the|a|our)\s+)?hospital\b|"
    r"\brequired\s+(?:\w+\s+)?hospitali[sz]ation\b|\b(?:for|of)\s+admitting\b|\bAdmitted\s*:|\bwas\s+an?\s+in-?patient\b|\bdate\s+of\s+admission\b",
    re.IGNORECASE,
)
_MOVED = Pattern(
    r"\b(?:was|were|been|and)\s+(?:then\s+|later\s+|therefore\s+|\w+ly\s+){0,2}(?:transferred|re-?admitted|moved)\s+(?:again\s+)?to\s+"
    r"(?:the\s+|our\s+|an?\s+|another\s+)?(?:[\w'-]+\s+){0,5}?(?:hospitals?|cent(?:re|er)|institut\w+|university|clinic)\b",
    re.IGNORECASE,
)
"""To another hospital, or to hospital once more: what is then told as found on admission was found there."""
_CAME = Pattern(
    r"\b(?:(?:she|he|patient|(?:wo)?man|girl|boy|child|(?:fe)?male|who|and)\s+(?:came|presented|attended|reported)|was\s+(?:seen|brought|referred|"
    r"transferred))\b",
    re.IGNORECASE,
)
_DISCHARGED = Pattern(
    r"\b(?:(?:was|were|been|and|be)\s+(?:\w+\s+){0,3}?(?:discharged|sent\s+home)|(?:went|returned)\s+home|left\s+(?:the\s+)?hospital)\b",
    re.IGNORECASE,
)
_AFTER_IT = Pattern(r"\b(?:after|following|since|before|until|at|on)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_STAYED = Pattern(
    r"\b(?:(?:where\s+(?:she|he|the\s+patient)\s+(?:had\s+)?(?:stayed|remained|spent|been|was\s+(?:kept|observed)))|"
    r"(?:she|he|the\s+patient|and)\s+(?:had\s+)?(?:stayed|remained|spent|was\s+(?:kept|observed))\s+in\s+(?:the\s+)?hospital|"
    rf"(?:was|were)\s+hospitali[sz]ed)\s+(?:for\s+)?{AMOUNT}",
    re.IGNORECASE,
)
"""How long a stay was; what follows may not be what it was for."""
_HAD_DONE = Pattern(r"\bhad\s+(?:\w+\s+){0,2}?(?:\w+(?:ed|en|wn)|begun|bought|put|been)\b", re.IGNORECASE)
"""Words that look back."""
_SINCE_THEN = Pattern(r"\b(?:ever\s+since|since\s+then|from\s+then\s+on|from\s+that\s+day(?:\s+on)?)\b", re.IGNORECASE)
"""A drug taken from the day on that was told before it."""


_UNTIL_THEN = Pattern(
    r"\b(?:un)?til\s+(?:(?:the|his|her|their|this|current)\s+){0,2}(?:presentation|admission|hospitali[sz]ation)\b",
    re.IGNORECASE,
)
""" "Took X from July 2003 until her presentation with neutropenia in March 2009"."""


class TellerStays(TellerActs):
    """Dates admission and discharge from what was told of them before."""

    present: str | None = None

    def _stay(self) -> None:
        """Times of a stay count from where the patient is told to have been admitted, else from where they came."""
        date_admission(self.story, self.text)

    def _newest_admission(self, at: int) -> str | None:
        """ "Was admitted to A. Four days later he was transferred to hospital B. On admission …": the day of B."""
        network = self.story.network
        for beat in reversed(self.story.beats):
            if beat.start >= at or beat.flashback or beat.node in ("past", "baseline"):
                continue
            if _MOVED.search(self.text, beat.start, beat.end) is None:
                continue
            apart = ADMISSION not in network.names or network.between(ADMISSION, beat.node).hi > 0
            return beat.node if beat.explicit and apart else None
        return None

    def _before_admission(self) -> str:
        """Day 0 of the days that are called hospital days: the day before the admission, for some that of it."""
        node = "other:hospital day 0"
        if node not in self.story.network.names:
            self.story.bind(ADMISSION, node, Interval(-1.0, 0.0), point=-1.0)
        return node

    def _dates_the_visit(self, node: str, clause: tuple[int, int]) -> None:
        """ "A 49-year-old woman presented on 12 October 2021 …": the day of the visit that the report begins with."""
        known = self.story.network.between(EPOCH, PRESENTATION) if PRESENTATION in self.story.network.names else None
        if known is None:
            return
        came = _CAME.search(self.text, *clause) or _ADMITTED.search(self.text, *clause)
        if (came and (known.low is None or known.low <= 0)) or _UNTIL_THEN.search(self.text, *clause):
            self.story.bind(node, PRESENTATION, SAME, point=0.0)

    def _left(self) -> None:
        """Times after the discharge count from where it was told, or from the admission by the length of the stay."""
        story = self.story
        if DISCHARGE in story.network.names:
            return
        for beat in story.beats:
            told = _DISCHARGED.search(self.text, beat.start, beat.end)
            if told is not None and not beat.flashback and not _AFTER_IT.search(self.text, beat.start, told.start()):
                story.bind(beat.node, DISCHARGE, SAME, point=0.0)
                return
        self._stay()
        stayed = _STAYED.search(self.text) if ADMISSION in story.network.names else None
        if stayed is not None:
            length = amount_of(stayed)
            story.bind(ADMISSION, DISCHARGE, length.interval, point=length.point)

    def _keep_present(self, moment: tuple[TimeMention, str, bool], body: str, now: str | None) -> None:
        """ "Presented on 12 October. She had started X on 6 September.": the story may go on from 12 October."""
        if moment[0].kind != "date" or now is None or _HAD_DONE.search(body) is None:
            return
        if self.story.network.between(now, moment[1]).hi < 0:
            self.present = now

    def _resume(self, body: str, times: list[TimeMention], acts: list[ActionMention]) -> None:
        """Back to the present that was left for a dated look back, where nothing counts on from there."""
        if self.present is None or _HAD_DONE.search(body) is not None:
            return
        begun = any(a.kind in ("started", "restarted", "increased") for a in acts)
        if not begun and all(t.kind in ("at", "same", "before") for t in times):
            self.context = self.present
        self.present = None

    def _since_then(self, now: str | None, body: str, acts: list[ActionMention]) -> None:
        """ "On 6 September she had bought X and had taken two capsules daily since then": begun on that day."""
        if now is None or _SINCE_THEN.search(body) is None:
            return
        for step in self.story.steps:
            if step.kind == "started" and any(step.action is a for a in acts):
                self.story.bind(now, step.node, SAME, point=0.0)


def date_admission(story: Story, text: str) -> None:
    """The admission is where the patient is told to have been admitted, else where they came."""
    for told in (_ADMITTED, _CAME) if ADMISSION not in story.network.names else ():
        node = ""
        for beat in story.beats:
            node = node if beat.flashback else beat.node
            known = node not in ("", "past", "baseline") and not (told is _CAME and _before_the_drug(story, node))
            if known and told.search(text, beat.start, beat.end):
                story.bind(node, ADMISSION, SAME, point=0.0)
                return


def _before_the_drug(story: Story, node: str) -> bool:
    """A moment is certainly earlier than the first dose of the drug in focus, which the story has told."""
    start = start_node(story.main[0]) if story.main else ""
    return start in story.network.names and story.network.between(start, node).hi < 0
