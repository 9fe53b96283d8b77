"""Stays in hospital in a story: the day of admission, the day of discharge, how long the patient stayed.

May import the state of the telling, the story, amounts and the words of time.
"""

from __future__ import annotations

import re

from dechallenge.reading.amounts import amount_of
from dechallenge.reading.story import ADMISSION, DISCHARGE, SAME, start_node
from dechallenge.reading.tellerstate import TellerState
from dechallenge.reading.timewords import AMOUNT
from dechallenge.reading.triggers import Pattern

_ADMITTED = Pattern(
    r"(?<=:\s)admitted\b(?!\s+to\s+(?:hav|tak|us|drink|smok))|\b(?:was|were|been|be|and)\s+(?:\w+\s+)?(?:admitted|hospitali[sz]ed)\b|"
    r"\b(?:sent|referred|transferred|taken|brought)\s+(?:(?:her|him|the\s+patient)\s+)?to\s+(?:(?:the|a|our)\s+)?hospital\b|"
    r"\brequired\s+(?:\w+\s+)?hospitali[sz]ation\b|\b(?:for|of)\s+admitting\b|\bAdmitted\s*:|\bwas\s+an?\s+in-?patient\b|\bdate\s+of\s+admission\b",
    re.IGNORECASE,
)
_CAME = Pattern(
    r"\b(?:(?:she|he|patient|who|and)\s+(?:came|presented|attended|reported)|was\s+(?:seen|brought|referred|"
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


class TellerStays(TellerState):
    """Dates admission and discharge from what was told of them before."""

    def _stay(self) -> None:
        """Times of a stay count from where the patient is told to have been admitted, else from where they came."""
        story = self.story
        for told in (_ADMITTED, _CAME) if ADMISSION not in story.network.names else ():
            node = ""
            for beat in story.beats:
                node = node if beat.flashback else beat.node
                known = node not in ("", "past", "baseline") and not (told is _CAME and self._before_the_drug(node))
                if known and told.search(self.text, beat.start, beat.end):
                    story.bind(node, ADMISSION, SAME, point=0.0)
                    return

    def _before_the_drug(self, node: str) -> bool:
        """A moment is certainly earlier than the first dose of the drug in focus, which the story has told."""
        start = start_node(self.story.main[0]) if self.story.main else ""
        return start in self.story.network.names and self.story.network.between(start, node).hi < 0

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
