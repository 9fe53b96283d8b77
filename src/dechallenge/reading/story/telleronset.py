"""When a reaction began, by the clause that tells of it: at its moment, some time after the start, or long before.

May import the joins of a story's times, its moments, state and presentation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.reading.layout.lookingback import is_why_stopped
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.presentation import PRESENTATION, complaint, lasted
from dechallenge.reading.story.story import LATER, ONSET, SAME, Beat, start_node, stop_node
from dechallenge.reading.story.tellerjoins import TellerJoins
from dechallenge.reading.story.tellermoments import THAT_BEGAN
from dechallenge.reading.times.timelabels import tells_onset
from dechallenge.timeline import Interval

_DATES_THE_START = ("date", "sequence", "at")
"""Times that may date the start of the drug: what is told in the same breath came some time after it."""


_WHICH_CAME = (
    r"(?:that|which)\s+(?:(?:had|first|only|then)\s+){0,2}(?:occurred|developed|began|begun|started|appeared|arose|emerged|commenced|"
    r"(?:was|were)\s+(?:first\s+)?(?:noted|noticed|observed))\s+"
)
_CAME_THEN = Pattern(rf"\b{_WHICH_CAME}(?:\w+\s+){{0,3}}$", re.IGNORECASE)
"""Before a time that dates what stands before it: "angioedema, which occurred after two years of X use"."""
_FIRST_SIGN = Pattern(
    r"\b(?:first\s+|initial\s+|earliest\s+)?(?:symptoms?|signs?|complaints?|manifestations?|illness|reaction|onset)\s+(?:had\s+|of\s+symptoms\s+)?(?:first\s+)?"
    r"(?:appeared|began|begun|started|developed|occurred|arose|emerged|commenced|was|were\s+noted)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before the time of the first sign of what was told before it."""
_DATED_BEHIND = Pattern(
    rf"[^.;]{{0,120}}?\b{_WHICH_CAME}[^.;,]{{0,40}}?\b(?:after|following|into|since)\b", re.IGNORECASE
)


_BETTER = Pattern(
    r"\b(?:improved|resolved|recovered|subsided|disappeared|abated|cleared|normali[sz]ed|returned\s+to\s+(?:baseline|normal)|discharged)\b",
    re.IGNORECASE,
)
_NEW_OR_AGAIN = Pattern(
    r"\b(?:develop\w*|again|recur\w*|relaps\w*|new|later|then|subsequent\w*|presented|readmitted|re-?admitted|days?|weeks?|months?|"
    r"(?:after|following)\s+(?:the\s+|her\s+|his\s+)?(?:discharge|that|this|recovery|stopp\w+|discontinu\w+|withdraw\w+|cessation))\b",
    re.IGNORECASE,
)
"""Words of something that came after the stop."""


class TellerOnset(TellerJoins):
    """Binds the onset of the reaction to the moment at which it is told."""

    def _which_came(
        self, sentence: tuple[int, int], clause: tuple[int, int], moments: Sequence[tuple[TimeMention, str, bool]]
    ) -> bool:
        """Date the reaction by the words behind it that say when it came; whether there are any.

        The story goes on from where it stood ("had fatigue, which began four weeks after starting X. She was …").
        """
        own = next((m for m in moments if m[0].kind == "offset" and m[0].sign > 0 and not m[2]), None)
        if own is None or own[0].anchor != "start":
            return False
        if self._first_sign(clause, sentence[0] + own[0].start, own[1]):
            return False
        came = _CAME_THEN.search(self.text, clause[0], sentence[0] + own[0].start)
        if came is None:
            return False
        if self.story.onset_beat is None and any(sentence[0] <= at < came.start() for at in self.reactions):
            self.story.onset_beat = self.story.beat_at(clause[0])
            self.story.bind(own[1], ONSET, SAME, point=0.0)
        return True

    def _first_sign(self, clause: tuple[int, int], at: int, node: str) -> bool:
        """ "Had hepatitis. Symptoms first appeared 3 months after she began X": a later clause dates the onset."""
        if _FIRST_SIGN.search(self.text, clause[0], at) is None or not self.story.main:
            return False
        start, network = start_node(self.story.main[0]), self.story.network
        if ONSET in network.names:
            held, told = network.between(start, ONSET), network.between(start, node)
            inside = held.lo <= told.lo and told.hi <= held.hi
            if told.high is None or told.high < held.lo or not (held.high is None or inside):
                return False
        elif not any(position < clause[0] for position in self.reactions):
            return False
        self.story.onset_beat = self.story.onset_beat or self.story.beat_at(clause[0])
        self.story.bind(node, ONSET, SAME, point=0.0)
        return True

    def _onset(self, clause: tuple[int, int]) -> None:
        if self.story.onset_beat is not None or not self.started:
            return
        if self.came_at is not None:
            self._came_after(clause, self.came_at)
            return
        for position in self.reactions:
            if not clause[0] <= position < clause[1] or _DATED_BEHIND.match(self.text, position, self.until):
                continue
            beat = self.story.beat_at(position)
            if beat is None or beat.node == "past" or self._precedes_start(position, beat):
                continue
            if beat.flashback and not self._since_the_start(beat) and not self._began_then(beat):
                continue
            self.story.onset_beat = beat
            if not beat.explicit and tells_onset(self.text):
                return  # a form: the reaction by its name, and its day behind a label of its own
            exact = lasted(self.text, clause, position)
            since = exact or (complaint(self.text[clause[0] : clause[1]]) if beat.node == PRESENTATION else None)
            if since is not None and since.interval.high is not None and not self._with_the_start(beat):
                back = -since.point if since.point is not None else None
                late = -since.interval.lo if exact is not None else 0.0
                self.story.bind(beat.node, ONSET, Interval(-since.interval.high, late), point=back)
                self.story.network.bound(start_node(self.story.main[0]), ONSET, LATER)
            elif self._with_the_start(beat):
                # "was treated with X and developed jaundice": some time after the start, nobody says when
                self.story.network.bound(beat.node, ONSET, LATER)
                if self.context == beat.node:
                    self.context = ONSET
                self.unbounded = position
                self._not_of_the_start(beat, clause)
            elif (
                stop := self._why_stopped(clause[0], position) or self._over_by_then(beat, position)
            ) and beat.node != stop:
                self.story.network.bound(ONSET, stop, LATER)
                self.story.network.bound(start_node(self.story.main[0]), ONSET, LATER)
            else:
                self.story.bind(beat.node, ONSET, SAME, point=0.0)
                if self.context is None and beat.node == self.while_on:
                    self.context = beat.node
            return

    def _came_after(self, clause: tuple[int, int], at: int) -> None:
        """The reaction began where the look back on the start of the drug says so, before the visit."""
        beat = self.story.beat_at(at) if clause[0] <= at < clause[1] else None
        if beat is not None:
            self.story.onset_beat = beat
            self.story.bind(beat.node, ONSET, SAME, point=0.0)
            self.story.network.bound(ONSET, PRESENTATION, LATER)

    def _why_stopped(self, start: int, position: int) -> str:
        """ "X was stopped because of neutropenia and the count fell for 9 days": that had begun before the stop."""
        main = self.story.main[0]
        told = main in self.story.stopped and is_why_stopped(self.text, start, position)
        return stop_node(main, self.story.course.get(main, 0)) if told else ""

    def _over_by_then(self, beat: Beat, position: int) -> str:
        """ "Both were stopped. Within 24 h she improved. Serotonin syndrome was diagnosed": it was there before."""
        main = self.story.main[0]
        told = [s for s in self.story.steps if s.kind == "stopped" and s.drug == main and s.action.cue[1] < position]
        if beat.explicit or not told or _BETTER.search(self.text, told[0].action.cue[1], position) is None:
            return ""
        words = self.text[max(0, position - 60) : min(len(self.text), position + 60)]
        return "" if _NEW_OR_AGAIN.search(words) is not None else told[0].node

    def _not_of_the_start(self, beat: Beat, clause: tuple[int, int]) -> None:
        """ "Was started on X. CK was 41,000 U/L": the clause tells of the reaction, not of the first dose."""
        given = any(clause[0] <= a.cue[0] < clause[1] for a in self.actions)
        if beat.explicit or given or beat not in self.story.beats:
            return
        later = replace(beat, node=ONSET)
        self.story.beats[self.story.beats.index(beat)] = later
        self.story.onset_beat = later

    def _with_the_start(self, beat: Beat) -> bool:
        """No time is told since the start of the drug: the clause stands at the moment of the start itself."""
        if not self.story.main or (beat.time is not None and beat.time.kind not in _DATES_THE_START):
            return False
        start = start_node(self.story.main[0])
        again = start_node(self.story.main[0], self.story.course.get(self.story.main[0], 0))
        return beat.node in (start, again) or self.story.network.between(start, beat.node) == SAME

    def _since_the_start(self, beat: Beat) -> bool:
        """ "For a week before admission he had noticed …": looked back upon, yet later than the start of the drug."""
        main = self.story.main
        after = beat.explicit and beat.time is not None and beat.time.anchor == "admission" and main
        return bool(after) and self.story.network.between(start_node(main[0]), beat.node).lo > 0

    def _began_then(self, beat: Beat) -> bool:
        """ "Presented with a rash that had started a week before": the report opens with the reaction and dates it."""
        if not self.presenting or beat.time is None or beat.time.sign > 0 or beat.node == "baseline":
            return False
        return THAT_BEGAN.search(self.text, beat.start, beat.time.start) is not None

    def _precedes_start(self, position: int, beat: Beat) -> bool:
        """ "A man with raised enzymes was treated with X": the sign stands before the drug in the same sentence."""
        return any(
            s.kind == "started"
            and s.drug in self.story.main
            and s.action.sentence == beat.sentence
            and s.action.cue[0] > position
            and s.action.cue not in self.anchored
            and (beat.time is None or beat.node == s.node)
            for s in self.story.steps
        )
