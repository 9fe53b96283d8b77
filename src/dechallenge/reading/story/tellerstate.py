"""Where a story stands while it is told: the drugs in focus, the moment it is at, and what actions do to both.

May import story, drugs, actions and times.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.actions.actionwords import AT_ONCE
from dechallenge.reading.layout.lookingback import begun_then
from dechallenge.reading.layout.records import NARRATIVE, is_form
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.anchordrugs import not_named, of_the_treatment
from dechallenge.reading.story.announcing import told_once
from dechallenge.reading.story.presentation import PRESENTATION, RETROSPECTIVE
from dechallenge.reading.story.retold import says_why, then_stopped
from dechallenge.reading.story.soonafter import SAME_DAY_OR_NEXT, SOON_AFTER, in_one_breath
from dechallenge.reading.story.story import ADMISSION, LATER, ONSET, SAME, Step, Story, start_node, stop_node
from dechallenge.reading.story.tellerwords import (
    AGAIN,
    ANEW,
    BEDSIDE,
    BEGUN,
    CORRELATED,
    DURING,
    EARLIER,
    EFFECT_OF,
    EVENT,
    HAD,
    HAVING,
    IS_STOPPED,
    MAINTAINED,
    NAMED,
    NOUN,
    PLUPERFECT,
    REFERS,
    RUNNING,
    SINCE_LONG,
    WHEN_BEGUN,
    WHICH,
    WHOLE_STAY,
)
from dechallenge.timeline import CalendarDate, Interval


def looks_back(text: str, clause: tuple[int, int], asides: Iterable[tuple[int, int]]) -> bool:
    """Whether a clause tells of an earlier time; an aside in it ("(140 mmol/l two months previously)") says nothing."""
    found = (match.start() for match in PLUPERFECT.finditer(text, *clause))
    spans = list(asides)
    return any(not any(a <= place < b for a, b in spans) for place in found)


class TellerState:
    """The text of a case, its mentions, and the moment that the story has come to."""

    def __init__(
        self,
        text: str,
        drugs: list[DrugMention],
        actions: list[ActionMention],
        reactions: list[int],
        main: tuple[str, ...],
        *,
        presenting: bool = False,
    ) -> None:
        self.text = text
        self.drugs = drugs
        actions, reactions = told_once(text, actions, reactions)
        self._places = [d.start for d in drugs]
        self.actions = actions
        self._narrative: int | None = None
        self.acts_in: dict[int, list[ActionMention]] = {}
        for action in actions:
            self.acts_in.setdefault(action.sentence, []).append(action)
        self.reactions = reactions
        self.story = Story(main=main)
        if main:
            self.story.points[start_node(main[0])] = 0.0
        self.context: str | None = None
        self.while_on = ""
        self.flashback: str | None = None
        self.started = False
        self.begun_at: int | None = None
        self.within = self.at_sentence = -1
        self.until = 0
        self.anchored: set[tuple[int, int]] = set()
        self.unbounded: int | None = None
        self.next_dose: dict[str, float] = {}
        self.last_date: CalendarDate | None = None
        self.so_far: list[str] = []  # ends of lengths that last until the first day told
        self.latest_date: CalendarDate | None = None
        self.at_base = self.at_node = self.clock = ""
        self.counted: dict[str, tuple[str, Interval]] = {}
        self.dose_steps: set[str] = set()
        self.lengths: dict[str, str] = {}
        self.dated_before: list[tuple[TimeMention, str, bool]] = []
        self.length_words: dict[str, tuple[int, int]] = {}
        self.first_step: Interval | None = None  # length of the first dose ("100 mg for 2 weeks, then 200 mg")
        self.presenting = presenting
        if presenting and main:
            self.context = PRESENTATION
            self.started = True
            self.story.network.bound(start_node(main[0]), PRESENTATION, LATER)
            self.story.network.bound(PRESENTATION, ADMISSION, SAME)

    def named(self, mentions: tuple[DrugMention, ...], kind: str) -> list[str]:
        """Names of the drugs an action governs; a pronoun means the drugs in focus."""
        names: list[str] = []
        for mention in mentions:
            if mention.drug:
                names.append(mention.drug)
            elif mention.kind == "all":
                others = "other" in self.text[mention.start : mention.end].lower()
                names.extend(d for d in self.running() if not (others and d in self.story.main))
            else:
                names.extend(self.story.main[:1])
        if not mentions and kind in ("restarted", "stopped"):
            names.extend(self.story.main[:1])
        return list(dict.fromkeys(names))

    def named_in(self, begin: int, end: int) -> list[DrugMention]:
        """The drug mentions that begin in a part of the text."""
        return self.drugs[bisect_left(self._places, begin) : bisect_left(self._places, end)]

    def _is_retold(self, position: int) -> bool:
        """The place is below the heading of a narrative, and what stands above it is the form of the same case."""
        if self._narrative is None:
            found = NARRATIVE.search(self.text)
            self._narrative = (
                found.end() if found is not None and is_form(self.text, 0, found.start()) else len(self.text)
            )
        return position >= self._narrative

    def running(self) -> list[str]:
        return list(dict.fromkeys([*self.story.main, *self.story.begun]))

    def anchor_drug(self, mention: TimeMention, sentence: tuple[int, int]) -> str | None:
        """The drug that "after starting …" counts from."""
        begin = sentence[0] + (mention.anchor_span[0] if mention.anchor_span else mention.end)
        stop = min(sentence[1], sentence[0] + mention.end + 110)
        near = [d for d in self.named_in(begin, stop) if d.drug]
        phrase = self.text[begin:stop]
        switch = re.search(r"switch\w*", phrase)
        if switch and near:
            to = [
                d for d in near if re.search(r"\bto\s+(?:\w+\s+){0,2}$", self.text[max(begin, d.start - 25) : d.start])
            ]
            if to:
                return to[0].drug
        if near and near[0].start - (sentence[0] + mention.end) < 60:
            main = [d.drug for d in near if d.drug in self.story.main]
            gap = self.text[sentence[0] + mention.end : near[0].start]
            if (
                main
                and near[0].drug not in self.story.main
                and re.search(r"[,;(]", gap) is None
                and near[0].drug != main[0]
            ):
                return near[0].drug
            if not re.search(r"[.;]|\b(?:she|he|the patient|was|were)\b", gap):
                return near[0].drug
        other = of_the_treatment(self.text, sentence, self.drugs, self.story, mention)
        return other or not_named(self.text, sentence, self.drugs, self.story) or (near[0].drug if near else None)

    def _past(self) -> str:
        if self.story.main:
            self.story.network.bound("past", start_node(self.story.main[0]), LATER)
        return "past"

    def _now(self) -> str:
        if self.context is not None:
            return self.context
        node = "baseline"
        if self.story.main and self.story.main[0] in self.story.course:  # "had been on X for years": it is running
            self.while_on = node = self.story.fresh()
            self.story.network.bound(start_node(self.story.main[0]), node, LATER)
        elif self.story.main:
            self.story.network.bound(node, start_node(self.story.main[0]), LATER)
        return node

    def _looked_back(self, moments: list[tuple[TimeMention, str, bool]], node: str, clause: str, sentence: int) -> bool:
        """A further time of what is told from before ("normal before X and on day 5", "3 years earlier … had")."""
        last = self.story.beats[-1] if self.story.beats else None
        if moments and moments[-1][0].kind == "sequence":
            return moments[-1][2] and HAD.search(clause) is not None
        back = moments[-1][2] if moments else last is not None and last.flashback and last.sentence == sentence
        return back and not ANEW.search(clause) and self._is_before_now(node)

    def _is_before_now(self, node: str) -> bool:
        """A moment is certainly earlier than what was told last."""
        return self.context is not None and self.story.network.between(self.context, node).hi < 0

    def _before_event(self, node: str, begin: int, end: int) -> tuple[str, bool] | None:
        """ "Were normal before transplantation": a look back, where the report told of that event before."""
        if (bedside := BEDSIDE.match(self.text, begin, begin + 60)) is not None:
            came = PRESENTATION if PRESENTATION in self.story.network.names else ADMISSION
            base = ONSET if bedside["ill"] else came
            if base in self.story.network.names:
                self.story.network.bound(node, base, LATER)
                return node, True
            return None
        event = EVENT.search(self.text, begin, end)
        told = self.text.lower().rfind(event[0].lower(), 0, begin) if event is not None else -1
        beat = self.story.beat_at(told) if told >= 0 else None
        if beat is None:
            return None
        self.story.network.bound(node, beat.node, LATER)
        return node, True

    def _onset_before(self, start: str) -> None:
        """The reaction was told first and the date of the first dose after it: it began at the moment told then."""
        for position in self.reactions if self.story.onset_beat is None else ():
            beat = self.story.beat_at(position)
            if beat is not None and not beat.flashback and self.story.network.between(start, beat.node).lo > 0:
                self.story.onset_beat = beat
                self.story.bind(beat.node, ONSET, SAME, point=0.0)
                self.context = beat.node
                return

    def _first_start(self) -> str:
        """The start of the drug in focus, which a telegram only names ("vancomycin for cellulitis. After 9 days …")."""
        drug = self.story.main[0]
        self.story.course.setdefault(drug, 0)
        return start_node(drug, 0)

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
            and not any(self._is_start(drug, last.node) for drug in self.named(action.drugs, action.kind))
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
        for drug in self.named(action.drugs, action.kind) if action.drugs else ():
            told = [
                a for a in self.actions if a.kind == "stopped" and not a.negated and drug in self.named(a.drugs, a.kind)
            ]
            if told or drug not in story.course or drug in story.stopped:
                continue
            course = story.course[drug]
            node = stop_node(drug, course)
            story.network.bound(start_node(drug, course), node, LATER)
            if self.context is not None and self.context != start_node(drug, course):
                story.network.bound(node, self.context, LATER)
            story.step(Step("stopped", drug, course, node, action))

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
        for drug in self.named(action.drugs, action.kind):
            course = story.course.get(drug, 0)
            kind = action.kind
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
            known = start_node(drug, course) in network.names and drug in story.main
            behind = bool(self.reactions) and self.reactions[0] < action.cue[0]
            if known and behind and kind == "started" and not (stopped or moments) and says_why(self.text, action):
                continue
            again = AGAIN.search(body) is not None or (stopped and drug in story.main)
            if told_before and again and not EARLIER.search(body):
                kind = "restarted"
            named_anew = kind == "restarted" and course > 0 and not moments and NAMED.fullmatch(self.text, *action.cue)
            if kind == "restarted" and not anchored and not named_anew:
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
            elif self.context is not None and self.context != node and not PLUPERFECT.search(body):
                gap = self._how_soon(action, body)
                if network.bound(self.context, node, gap) and gap == SOON_AFTER:
                    story.supposed.add(node)
            moves = drug in story.main or kind in ("stopped", "restarted")
            if moves and not PLUPERFECT.search(body) and kind != "continued":
                self.context = node
                self.flashback = None
