"""What actions do to a story: a start, a stop, a course anew, each at its moment.

May import the state of a telling, story, drugs, actions and times.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.actions.actionwords import AT_ONCE
from dechallenge.reading.layout.lookingback import begun_then
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.presentation import PRESENTATION, RETROSPECTIVE
from dechallenge.reading.story.retold import says_why, then_stopped
from dechallenge.reading.story.runningbefore import in_place_of, only_taken, ran_before
from dechallenge.reading.story.soonafter import SAME_DAY_OR_NEXT, SOON_AFTER, in_one_breath
from dechallenge.reading.story.story import ADMISSION, LATER, ONSET, SAME, Step, start_node, stop_node
from dechallenge.reading.story.tellerstate import TellerState
from dechallenge.reading.story.tellerwords import (
    AGAIN,
    ANEW,
    BEGUN,
    BORNE,
    CORRELATED,
    DURING,
    EARLIER,
    EFFECT_OF,
    HAD,
    HAVING,
    IS_STOPPED,
    LONG_BEFORE,
    MAINTAINED,
    NAME,
    NAMED,
    NOUN,
    ONCE_RESUMED,
    PLUPERFECT,
    REACTED_AGAIN,
    REFERS,
    RUNNING,
    SINCE_LONG,
    TRIAL,
    WHEN_BEGUN,
    WHICH,
    WHOLE_STAY,
)
from dechallenge.timeline import Interval


class TellerActs(TellerState):
    """Tells what was done with the drugs."""

    def _looks_back(self, kind: str, course: int, drug: str, clause: str) -> bool:
        """In a report that opens with the reaction: a first start that is told of from there."""
        if not self.presenting or kind not in ("started", "continued") or course:
            return False
        if drug in self.story.stopped:
            return False
        return drug in self.story.main or RETROSPECTIVE.search(clause) is not None

    def _at_that_time(self, action: ActionMention, node: str, clause: str) -> None:
        """ "Six weeks prior she had been diagnosed with A and was prescribed X": begun then."""
        last = self.story.beats[-1] if self.story.beats else None
        if last is None or last.sentence != action.sentence or not (last.flashback and last.explicit):
            return
        when = begun_then(clause, self.text[slice(*action.cue)])
        if when and last.time is not None and last.time.kind in ("sequence", "offset", "date"):
            self.story.network.bound(last.node, node, SAME if when == "then" else LATER)

    def _in_that_past(self, action: ActionMention, node: str, clause: str) -> bool:
        """ "He had had a swelling four years earlier and was switched to X": between then and now."""
        last = self.story.beats[-1] if self.story.beats else None
        if last is None or last.sentence != action.sentence or not (last.flashback and last.explicit):
            return False
        if not begun_then(clause, self.text[slice(*action.cue)]):
            return False
        self.story.network.bound(last.node, node, LATER)
        if self.context is not None:
            self.story.network.bound(node, self.context, LATER)
        return True

    def _running_then(self, action: ActionMention, clause: tuple[int, int]) -> bool:
        """ "During X therapy": words before a drug that say that it was running."""
        return DURING.search(self.text, clause[0], max(clause[0], min(action.start, action.cue[0]))) is not None

    def _of_what_had_been(self, clause: str) -> bool:
        """ "Had been treated with X, which was replaced by Y": the clause looks back as far as its sentence."""
        told = [b for b in self.story.beats if b.sentence == self.at_sentence]
        if not told or WHICH.match(clause) is None or PLUPERFECT.search(self.text, told[0].start, told[0].end) is None:
            return False
        return ", which" in self.text[told[0].start : told[-1].end + 8]

    def _how_soon(self, action: ActionMention, clause: str) -> Interval:
        """ "After 3 months ALT was high. Tests were negative. X was stopped": a stop in the breath of a dated sign."""
        last = next((b for b in reversed(self.story.beats) if b.explicit and not b.flashback), None)
        of_main = any(d.drug in self.story.main for d in action.drugs)
        if action.kind == "stopped" and AT_ONCE.search(clause):
            return SAME_DAY_OR_NEXT
        soon = (
            (action.kind == "stopped" or (action.kind == "reduced" and of_main))
            and last is not None
            and last.node == self.context
            and in_one_breath(self.text, last, action, clause)
            and not any(self._is_start(drug, last.node) for drug in self.meant(action))
        )
        return SOON_AFTER if soon else LATER

    def _is_start(self, drug: str, node: str) -> bool:
        """A moment is the first day of the drug, and no sign."""
        start = start_node(drug)
        return start in self.story.network.names and self.story.network.between(start, node) == Interval(0.0, 0.0)

    def _behind_the_stop(
        self, drug: str, course: int, moments: Sequence[tuple[TimeMention, str, bool]], at: int
    ) -> bool:
        """ "X was stopped in June. In November she was given X": a new course, though no word tells of the first start.

        The reaction told before it is that of the first course.
        """
        story = self.story
        if not any(story.network.between(stop_node(drug, course), node).lo >= 0 for _, node, _ in moments):
            return False
        told = (story.beat_at(position) for position in self.reactions if position < at)
        first = next((beat for beat in told if beat is not None and not beat.flashback and beat.node != "past"), None)
        if first is not None and story.onset_beat is None and drug in story.main:
            story.onset_beat = first
            story.bind(first.node, ONSET, SAME, point=0.0)
        return True

    def _open_course(self, drug: str, course: int) -> None:
        story = self.story
        before = story.course.get(drug, 0)
        story.course[drug] = course
        story.network.bound(start_node(drug, before), stop_node(drug, before), LATER)
        story.network.bound(stop_node(drug, before), start_node(drug, course), LATER)

    def _not_again(self, action: ActionMention) -> None:
        """ "X was not given again", and no stop is told: the dose before was the last."""
        story = self.story
        for drug in self.meant(action) if action.drugs else ():
            told = [a for a in self.actions if a.kind == "stopped" and not a.negated and drug in self.meant(a)]
            if told or drug not in story.course or drug in story.stopped:
                continue
            course = story.course[drug]
            node = stop_node(drug, course)
            story.network.bound(start_node(drug, course), node, LATER)
            if self.context is not None and self.context != start_node(drug, course):
                story.network.bound(node, self.context, LATER)
            story.step(Step("stopped", drug, course, node, action))

    def _ran_before(self, action: ActionMention, drug: str, clause: tuple[int, int]) -> bool:
        """ "Y was added to X", "after a prior course of X": X was begun, or over, before the drug in focus."""
        mention = next((d for d in action.drugs if d.drug == drug), None)
        if mention is None or not any(d.drug in self.story.main for d in self.named_in(clause[0], mention.start)):
            return False
        told = ran_before(self.text, clause, mention) if drug not in self.story.main else ""
        if told:
            focus = start_node(self.story.main[0])
            self.story.network.bound(start_node(drug), focus, LATER)
            if told == "over":
                self.story.network.bound(start_node(drug), stop_node(drug), LATER)
                self.story.network.bound(stop_node(drug), focus, LATER)
        return bool(told)

    def _dated_already(self, drug: str, course: int, action: ActionMention) -> bool:
        """It is told how long after the start of the drug the reaction came: what follows is of another time."""
        start, network = start_node(drug, course), self.story.network
        if start not in network.names or ONSET not in network.names or not self._shown_in(0, action.cue[0]):
            return False
        if LONG_BEFORE.search(self.text, max(0, action.cue[0] - 160), max(self.until, action.cue[1])) is None:
            return False
        gap = network.between(start, ONSET)
        return gap.low is not None and gap.high is not None and gap.lo >= 0

    def _shown_in(self, start: int, end: int) -> bool:
        """A sign of the reaction stands between two places."""
        first = bisect.bisect_left(self.reactions, start)
        return first < len(self.reactions) and self.reactions[first] < end

    def _act(
        self,
        action: ActionMention,
        moments: list[tuple[TimeMention, str, bool]],
        *,
        anchored: bool,
        clause: tuple[int, int],
    ) -> None:
        if action.negated:
            if action.kind == "restarted":
                self._not_again(action)
            return
        story, network = self.story, self.story.network
        back = [m for m in moments if m[2]]
        forward = [m for m in moments if not m[2]]
        body = self.text[clause[0] : clause[1]]
        if TRIAL.fullmatch(self.text, *action.cue) and self._shown_in(clause[0], action.cue[0]):
            forward = []  # "developed a rash after two weeks, with positive dechallenge": that came later
        swapped = in_place_of(self.text, action, self.named_in(action.end, action.end + 2 * NAME))
        resumed = [d for d in story.main if d not in swapped and d in story.course]
        for drug in resumed if swapped and resumed else self.meant(action):
            course = story.course.get(drug, 0)
            kind = action.kind
            if kind == "started" and self._ran_before(action, drug, clause):
                continue
            stopped = course in story.stopped.get(drug, ())
            if kind == "started" and not stopped and MAINTAINED.match(self.text, *action.cue):
                kind = "continued"
            if kind == "started" and stopped and REFERS.search(self.text, max(0, action.cue[0] - 24), action.cue[1]):
                continue  # "counts taken two and three weeks after starting X"
            if kind == "started" and stopped and NOUN.fullmatch(self.text, *action.cue) and not ANEW.search(body):
                continue  # "a probable association of X therapy with the event", "the count during therapy with X"
            noun = kind == "started" and NOUN.fullmatch(self.text, *action.cue) is not None
            if noun and drug in story.course and IS_STOPPED.match(self.text, action.cue[1]):
                continue
            if noun and EFFECT_OF.search(self.text, max(clause[0], action.cue[0] - 90), action.cue[0]):
                continue  # "awareness of this adverse effect of X treatment": nothing is begun
            if noun and drug in story.course and not moments and self._running_then(action, clause):
                continue  # "troponin was measured during X therapy": that X is running was told before
            if (
                noun
                and start_node(drug, course) in network.names
                and not moments
                and then_stopped(self.actions, action, clause)
            ):
                continue  # "her treatment with X was discontinued": what is told is the stop
            told_before = kind == "started" and drug in story.course and not anchored and not back
            if kind == "started" and stopped and not back and not anchored:
                told_before = told_before or self._behind_the_stop(drug, course, forward, action.cue[0])
            if told_before and stopped and not AGAIN.search(body) and self._is_retold(action.cue[0]):
                continue  # the narrative below a form, which had told of the stop before
            if told_before and not forward and CORRELATED.search(self.text, clause[0], action.cue[0]):
                continue  # "the time course correlated with the use of X": told before
            if told_before and not stopped and not forward and WHEN_BEGUN.search(self.text, clause[0], action.end):
                continue  # "both were continued when X was started": told before
            if kind == "started" and back and not forward and self._dated_already(drug, course, action):
                continue  # "an earlier course of X, four years before, had caused no problems"
            known = start_node(drug, course) in network.names and drug in story.main
            behind = bool(self.reactions) and self.reactions[0] < action.cue[0]
            if known and behind and kind == "started" and not (stopped or moments) and says_why(self.text, action):
                continue
            borne = BORNE.search(self.text, clause[0], action.cue[1] + _NEAR) is not None
            again = AGAIN.search(body) is not None or (stopped and (drug in story.main or borne))
            if again and not stopped and REACTED_AGAIN.search(body):
                again = False  # the reaction came again, under a drug that was begun once
            each = kind == "started" and course > 0 and not stopped and borne
            if each or (told_before and again and not EARLIER.search(body)):
                kind = "restarted"  # "reintroduced one by one: X was added and borne" tells the restart of X once more
            named_anew = kind == "restarted" and course > 0 and not moments and NAMED.fullmatch(self.text, *action.cue)
            if kind == "restarted" and course > 0 and not moments and not stopped and not named_anew:
                named_anew = ONCE_RESUMED.search(self.text, max(clause[0], action.cue[0] - 16), action.cue[1])
            if kind == "restarted" and not anchored and not (named_anew or each):
                if (
                    drug not in story.course
                    and drug in story.main
                    and action.cue[0] < (self.reactions[0] if self.reactions else 0)
                ):
                    story.course[drug] = 0
                self._open_course(drug, course + 1 if drug in story.course else 1)
                course = story.course[drug]
            if kind == "stopped":
                node = stop_node(drug, course)
                network.bound(start_node(drug, course), node, LATER)
            elif kind in ("started", "restarted"):
                node = start_node(drug, course)
                story.course.setdefault(drug, course)
                if drug in story.main:
                    self.started = True
            else:
                node = story.fresh()
                if drug in story.main and kind == "continued":
                    self.started = True
                    story.course.setdefault(drug, 0)
                    if self.context is None:
                        self.context = node
                    network.bound(start_node(drug, course), self.context, LATER)
            same = list(itertools.takewhile(lambda s: s.action is action, reversed(story.steps)))
            for step in story.steps[-2:]:  # "X was replaced by Y": one ends and the other begins
                if step.action.cue == action.cue and {step.kind, kind} == {"started", "stopped"} and step.drug != drug:
                    network.bound(step.node, node, SAME)
            story.step(Step(kind, drug, course, node, action))
            if kind == "started" and drug in story.main and not moments and BEGUN.match(self.text, *action.cue):
                for step in same:  # "Y and X were started", X being in focus
                    network.bound(step.node, node, SAME)
            together = kind == "stopped" or (kind == "started" and anchored)
            in_list = kind == "started" and not RUNNING.search(self.text, max(0, action.cue[0] - 12), action.cue[1])
            with_it = [s for s in same if s.kind == kind and (together or (in_list and s.drug in story.main))]
            if with_it and (anchored or not moments):  # "X and Y were started", "both were stopped": at the same time
                network.bound(with_it[-1].node, node, SAME)
                continue
            if self._looks_back(kind, course, drug, body) and not moments:
                network.bound(node, PRESENTATION, LATER)
                self._at_that_time(action, node, body)
                continue
            if kind == "started" and not in_list and drug not in story.main and not moments:
                continue
            if kind == "stopped" and WHOLE_STAY.match(self.text, action.cue[1]) and ADMISSION in network.names:
                story.bind(ADMISSION, node, SAME, point=0.0)
                continue
            if not moments and self.context is not None and self._of_what_had_been(body):
                network.bound(node, self.context, LATER)
                continue
            if anchored:
                if kind == "stopped" and not stopped and self.context is not None and self.context != node:
                    network.bound(self.context, node, LATER)
                continue
            if self.flashback is not None and drug not in story.main and not forward:
                network.bound(node, start_node(story.main[0]) if story.main else node, LATER)
                continue
            if kind == "started" and not moments and drug not in story.main and self._in_that_past(action, node, body):
                continue
            if forward and kind not in ("continued",):
                nearest = min(forward, key=lambda m: abs(m[0].start - (action.cue[0] - clause[0])))
                story.bind(nearest[1], node, SAME, point=0.0, label=action)
            elif back and not forward:
                story.bind(back[0][1], node, SAME, point=0.0, label=action)
                continue
            elif kind == "started" and drug not in story.main and not moments and SINCE_LONG.search(body):
                network.bound(node, self.context or node, LATER)
                continue
            elif self.context is not None and (
                HAVING.search(self.text, max(0, clause[0] - 2), action.cue[1])
                or (kind == "started" and not stopped and HAD.search(self.text, clause[0], action.cue[1]))
            ):
                network.bound(node, self.context, LATER)
                continue
            elif kind == "started" and drug not in story.main and not moments and only_taken(self.text, action, clause):
                continue
            elif self.context is not None and self.context != node and not PLUPERFECT.search(body):
                gap = self._how_soon(action, body)
                if network.bound(self.context, node, gap) and gap == SOON_AFTER:
                    story.supposed.add(node)
            moves = drug in story.main or kind in ("stopped", "restarted")
            if moves and not PLUPERFECT.search(body) and kind != "continued":
                self.context = node
                self.flashback = None


_NEAR = 80
"""Characters behind a verb in which it may be told how the drug was borne."""
