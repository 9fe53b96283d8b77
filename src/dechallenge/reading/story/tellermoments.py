"""Time expressions made moments of a story: which node each counts from, and what interval it allows.

May import the state of the telling, story, times and the timeline.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.countedfrom import opened_by_a_stop
from dechallenge.reading.story.otheronsets import another_illness, told_earlier
from dechallenge.reading.story.presentation import PRESENTATION
from dechallenge.reading.story.story import ADMISSION, DISCHARGE, LATER, ONSET, SAME, start_node, stop_node
from dechallenge.reading.story.tellerdoses import TellerDoses
from dechallenge.reading.story.tellerdurations import MORE, printed_point
from dechallenge.reading.times.doseplan import counted_dose, given_at_operation
from dechallenge.reading.times.timedoses import DOSE
from dechallenge.reading.times.timeofdrug import counts_from
from dechallenge.reading.times.timeoperations import OPERATION
from dechallenge.reading.times.timepregnancy import GESTATION
from dechallenge.timeline import ANY, Interval

_NEXT_VERB = Pattern(
    r"\b(?:and|then|she|he|it)\b[^.;]{0,60}$|\b(?:develop\w*|noted|complain\w*|experienc\w*|found|became|presented|"
    r"began)\b",
    re.IGNORECASE,
)
HOSPITAL_DAY = Pattern(r"\bhospital\s+days?\b|^\d{1,3}$", re.IGNORECASE)
"""Also one of "hospital days 4, 6 and 8"."""
_DELIVERY = Pattern(r"\b(?:deliver|birth|partum)", re.IGNORECASE)
_DELIVERED = Pattern(r"\b(?:delivered|gave\s+birth|gave\s+vaginal\s+birth|(?:was|were)\s+born)\b", re.IGNORECASE)
_OF_DISCHARGE = Pattern(r"discharge", re.IGNORECASE)
_FOR_GOOD = Pattern(
    r"\b(?:stop\w*|discontinu\w+|withdr\w+|cessation|ceas\w+|last|complet\w+|finish\w+|end\w*)\b", re.IGNORECASE
)
"""An end of the treatment, not of one of its cycles."""
_WEEKS = Pattern(r"\b(?:week|month)s?\b", re.IGNORECASE)
_COMBINED = Pattern(r"\bcombin(?:ation|ed)\b", re.IGNORECASE)

_BEFORE_THE_STOP = Pattern(
    r"(?:(?:shortly|immediately|just)\s+)?(?:before|prior\s+to)\s+(?:the\s+|his\s+|her\s+|its\s+)?(?:final\s+|complete\s+)?"
    r"(?:stopp\w+|discontinu\w+|withdraw\w+|cessation|ceasing|complet(?:ing|ion))\b",
    re.IGNORECASE,
)
PROTOCOL = "protocol"
"""Node of the day 0 of a plan of treatment, where the drug in focus was given on a later day of it."""
_INCREASE = Pattern(r"\b(?:increase|dose\s?$|higher\s+dose|dose\s+(?:was|had))", re.IGNORECASE)
_CHANGED = Pattern(
    r"\b(?:doubl|tripl|increas|rais|escalat|up-?titrat|lower|reduc|halv|taper)\w*[^.;]*\bdos|\bdos\w+[^.;]*\b(?:doubl|tripl|increas|rais|"
    r"escalat|up-?titrat|lower|reduc|halv)",
    re.IGNORECASE,
)
_GIVEN_ON = Pattern(r"\s*(?:\([^()]{0,60}\)\s*)?(?:on\s*)?")
_DOSE_OF = Pattern(r"\b(?:dose|injection|infusion)\s+of\s+(?:\w+\s+)?$", re.IGNORECASE)
_THE_SWITCH = Pattern(r"\bthe\s+(?:switch|change|exchange)\b(?!\s+(?:to|from|of))", re.IGNORECASE)
"""From the drug in focus to another one: its stop."""
_THAT_HAD_BEEN = Pattern(
    r"\b(?:that|which)\s+had\s+(?:\w+\s+){0,2}(?:been|shown)\s+(?:\w+\s+){1,3}(?:(?:on|in|at|by)\s+)?$", re.IGNORECASE
)
_AFTER_THE = Pattern(r"\b(?:after|following|upon)\s+(?:the\s+|its\s+|his\s+|her\s+)?$", re.IGNORECASE)
_WHICH_HAD_BEEN_TOLD = Pattern(r"\b(?:that|which)\s+had\s+(?:\w+\s+){0,2}been\s+\w[^.;,]{0,80}$", re.IGNORECASE)

_PRESENTED = Pattern(r"\bpresent(?:ation|ing|ed)\b", re.IGNORECASE)
THAT_BEGAN = Pattern(
    r"\b(?:(?:that|which)\s+(?:had\s+|have\s+|has\s+)?(?:started|began|begun|appeared|developed)|starting|beginning)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before the time at which a complaint began."""


_WHEN_ADMITTED = Pattern(
    r",?\s*when\s+(?:(?:s?he|they|the\s+patient)\s+)?(?:was|were)\s+\w*\s?admitted\b", re.IGNORECASE
)
""" "Had taken X for 7 months when she was admitted": then, and not some time after it."""


class TellerMoments(TellerDoses):
    """Makes a node of every time expression. Returns the node and whether it goes back before the drug."""

    hospital_days = False

    def moment(
        self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int], acts: list[ActionMention]
    ) -> tuple[str, bool] | None:
        network = self.story.network
        amount = mention.amount.interval if mention.amount else ANY
        if mention.sign < 0:
            amount = Interval.of(-amount.hi, -amount.lo)
        node = self.story.fresh()
        mention = self._of_pregnancy(self._on_the_drug(mention, sentence), sentence)
        if mention.kind == "sequence" and mention.preposition == "context":
            return None  # "in the setting of three months of fatigue"
        if mention.anchor == GESTATION:
            return self._gestational(mention, node, clause)
        if mention.anchor == DOSE:
            return self._of_dose(mention, node)
        if mention.kind == "date":
            return self._dated(mention, sentence, clause, acts, node)
        if mention.anchor == OPERATION:
            return self._of_operation(mention, sentence, clause, node, amount, acts)
        if mention.kind == "before":
            return self._before(mention, sentence, node)
        if mention.kind == "same":
            return self._now(), False
        if mention.kind == "soon":
            if self.context is not None:
                network.bound(self.context, node, LATER)
            return node, False
        if mention.kind == "at":
            base = ONSET if mention.anchor == "onset" else ADMISSION
            if base == ADMISSION:
                self._stay()
                if (newest := self._newest_admission(sentence[0])) is not None:
                    return newest, False
            if base not in network.names and self._that_had_been(mention, sentence, clause) is not None:
                return node, True
            if base == ADMISSION and self.context is not None and base not in network.names:
                if self.operated:  # "on admission", where days count from the operation
                    network.bound(base, self.operated, LATER)
                else:
                    last = self.story.beats[-1] if self.story.beats else None
                    taken = last is not None and last.node == self.context and last.time is not None
                    then = taken and _WHEN_ADMITTED.match(self.text, *clause) is not None
                    network.bound(self.context, base, SAME if then else LATER)
            if base == ONSET and self.story.onset_beat is None:
                return (self._now(), False) if self.context is not None else None
            return base, False
        if self._of_protocol(mention, sentence, acts):
            self.story.bind(PROTOCOL, node, amount, point=printed_point(mention), label=mention)
            if self.clock != PROTOCOL:
                self.clock, self.started = PROTOCOL, True
                self.story.course[self.story.main[0]] = 0
                self.story.bind(node, start_node(self.story.main[0]), SAME, point=0.0)
            return node, False
        if mention.kind in ("offset", "day"):
            return self._anchored(mention, sentence, node, amount)
        if mention.kind == "duration":
            return self._duration(mention, sentence, clause, node, amount, acts)
        if sentence[0] + mention.start == self.came_at:
            self.story.bind(start_node(self.story.main[0]), node, amount, point=printed_point(mention), label=mention)
            self.came_in[self.at_sentence] = node
            return node, True
        base_node = self.context
        if base_node is None:
            if not self.story.main:
                return None
            base_node = self._told_first(mention, sentence, acts)
        halted = self._stopped_before(sentence[0] + mention.start)
        if mention.preposition in ("at", "by"):
            base_node = halted or self._at_base(base_node, amount)
        base_node = self._beyond_step(mention, sentence, base_node, amount)
        self.counted[node] = (base_node, amount)
        at = sentence[0] + mention.start
        if self._after_a_course(mention, sentence, acts, base_node):
            start = start_node(self.story.main[0], self.story.course.get(self.story.main[0], 0))
            network.bound(start, node, Interval(amount.lo, None))
            network.bound(base_node, node, Interval(0.0, amount.high))
            return node, False
        same_clause = [
            a
            for a in acts
            if a.kind in ("started", "restarted", "stopped")
            and a.cue not in self.anchored
            and _NEXT_VERB.search(self.text[a.cue[1] : max(a.cue[1], at)])
        ]
        if same_clause and mention.sign > 0:
            self._act(same_clause[-1], [], anchored=False, clause=clause)
            acts.remove(same_clause[-1])
            base_node = self.context or base_node
        if self.presenting and mention.sign < 0 and self.flashback is None and not self._came_back():
            base_node = PRESENTATION
        if mention.preposition in ("at", "by"):
            self.at_base, self.at_node = base_node, node
        self.story.bind(base_node, node, amount, point=printed_point(mention), label=mention)
        return node, mention.sign < 0

    def _on_the_drug(self, mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
        """ "After four days of high-dose X", "on day 9 of X": the time counts from the start of that drug."""
        if mention.sign < 0 or mention.kind not in ("sequence", "day") or mention.amount is None:
            return mention
        end = sentence[0] + mention.end
        drug = next((d for d in self.named_in(end + 1, end + 60) if d.drug and d.kind != "dose"), None)
        if drug is None or not counts_from(self.text, end, drug):
            return mention
        span = (mention.end, drug.end - sentence[0])
        return replace(mention, kind="offset", anchor="start", end=span[1], anchor_span=span)

    def _stopped_before(self, at: int) -> str:
        """ "After discontinuation of X the enzymes fell by 10 weeks": the time counts from that stop."""
        main = self.story.main[:1]
        acts = [a for a in self.acts_in.get(self.at_sentence, []) if a.kind == "stopped" and not a.negated]
        told = [a for a in acts if a.cue[1] <= at and _AFTER_THE.search(self.text, max(0, a.cue[0] - 24), a.cue[0])]
        if not told or not main or main[0] not in self.meant(told[-1]):
            return ""
        return stop_node(main[0], self.story.course.get(main[0], 0))

    def _at_base(self, base: str, amount: Interval) -> str:
        """ "At 7 weeks" counts from where "at 4 weeks" did; before any stop that is the start of the drug.

        "Six weeks after the stop …; at 12 weeks" counts both from the stop.
        """
        if self.at_base and self.context == self.at_node:
            return self.at_base
        main = self.story.main
        counted = self.counted.get(base)
        if counted is not None and counted[1].hi < amount.lo and self._of_follow_up(counted[0]):
            return counted[0]
        if main and not self.presenting and not any(drug in self.story.stopped for drug in main):
            return start_node(main[0], self.story.course.get(main[0], 0))
        return base

    def _of_protocol(self, mention: TimeMention, sentence: tuple[int, int], acts: list[ActionMention]) -> bool:
        """ "A single injection of X on day 4": that day, and those told after it, count from an earlier day 0."""
        if mention.kind != "day" or mention.anchor_span is not None or mention.anchor != "start":
            return False
        if self.clock or self.context is not None or mention.preposition == "of" or not self.story.main:
            return self.clock == PROTOCOL and mention.preposition != "of"
        drug, at = self.story.main[0], sentence[0] + mention.start
        told = [d for d in self.named_in(sentence[0], at) if d.drug == drug and d.end <= at]
        day = mention.amount.point if mention.amount is not None else None
        if day == 1 and drug not in self.story.course:  # "day 1: X started": the days count from the day before
            return any(a.kind == "started" and any(d.drug == drug for d in a.drugs) for a in acts)
        late = day is not None and day > 1
        if not late or drug in self.story.course or not told or not _GIVEN_ON.fullmatch(self.text, told[-1].end, at):
            return False
        begun = any(a.kind == "started" and told[-1] in a.drugs for a in acts)
        return begun or _DOSE_OF.search(self.text, max(sentence[0], told[-1].start - 40), told[-1].start) is not None

    @staticmethod
    def _words_of(mention: TimeMention, sentence: tuple[int, int]) -> tuple[int, int]:
        """The words of a time and what it counts from, with a little of what follows."""
        return sentence[0] + mention.start, min(sentence[1], sentence[0] + mention.end + 4)

    def _that_had_been(self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int]) -> int | None:
        """Where the looking back begins in "tests that had been normal on the day of admission were raised"."""
        if mention.kind not in ("at", "day", "date", "offset"):
            return None
        words = _WHICH_HAD_BEEN_TOLD if mention.kind == "offset" else _THAT_HAD_BEEN
        found = words.search(self.text, clause[0], sentence[0] + mention.start)
        return found.start() if found is not None else None

    def _beyond_step(self, mention: TimeMention, sentence: tuple[int, int], base: str, amount: Interval) -> str:
        """ "Raised after a week. After seven weeks he …": both count from where the first does."""
        words = self.text[sentence[0] + mention.start : sentence[0] + mention.end].lower()
        taken = next((drug for drug, node in self.lengths.items() if node == base), "")
        course = self.story.course.get(taken, 0)
        ended = course in self.story.stopped.get(taken, ())
        if taken and not ended and words.startswith(("after", "within")) and not MORE.search(words):
            start = start_node(taken, course)
            return start if self.story.network.between(start, base).lo > amount.hi else base
        told = self.story.beats[-1] if self.story.beats else None
        if base in self.counted and told is not None and told.sentence == self.at_sentence and told.node == base:
            before, first = self.counted[base]
            if (
                words.startswith("after")
                and not MORE.search(words)
                and before.startswith("stop:")
                and amount.lo > first.hi
            ):
                return before  # "140 U/L two weeks after withdrawal, and was 41 U/L after four weeks"
        if self._before_it_began(words, base, sentence, mention):
            return start_node(self.story.main[0], self.story.course.get(self.story.main[0], 0))
        if base not in self.dose_steps or base not in self.counted or not words.startswith("after"):
            return base
        before, first = self.counted[base]
        return before if amount.lo > first.hi and not MORE.search(words) else base

    def _before(self, mention: TimeMention, sentence: tuple[int, int], node: str) -> tuple[str, bool] | None:
        if _BEFORE_THE_STOP.match(self.text, sentence[0] + mention.start, sentence[1]):
            return self._before_the_stop(mention, sentence, node)
        drug = None
        if mention.anchor_span:
            begin, end = sentence[0] + mention.anchor_span[0], sentence[0] + mention.anchor_span[1]
            inside = self.named_in(begin, min(sentence[1], end + 40))
            drug = next((d.drug for d in inside if d.drug), None)
            if (
                drug is None
                and not inside
                and not re.search(
                    r"start|therap|treat|initia|tak|admini|begin|introd|first", self.text[begin:end], re.I
                )
            ):
                if "admi" in self.text[begin : end + 12].lower():
                    self._stay()
                return self._before_event(node, begin, end)
        drug = drug or (self.story.main[0] if self.story.main else None)
        if drug is None:
            return None
        self.story.network.bound(node, start_node(drug, 0), LATER)
        return node, True

    def _before_the_stop(self, mention: TimeMention, sentence: tuple[int, int], node: str) -> tuple[str, bool] | None:
        """ "Were normal before stopping X": at some time while it was taken; of another drug, a moment of the story."""
        at = sentence[0] + mention.start
        named = next((d.drug for d in self.named_in(at, min(sentence[1], at + 80)) if d.drug), None)
        drug = named or (self.story.main[0] if self.story.main else None)
        if drug is None or drug not in self.story.main:
            return None
        course = self.story.course.get(drug, 0)
        self.story.network.bound(start_node(drug, course), node, LATER)
        self.story.network.bound(node, stop_node(drug, course), LATER)
        return node, False

    def _dose_changed(self) -> str:
        """When the dose was last changed: as it was told, else some time after the first dose."""
        told = [s for s in self.story.steps if s.kind in ("increased", "reduced")]
        if told:
            return told[-1].node
        beats = [b for b in self.story.beats if b.explicit and _CHANGED.search(self.text, b.start, b.end)]
        if beats:
            return beats[-1].node
        base = self.story.fresh()
        for drug in self.story.main[:1]:
            self.story.network.bound(start_node(drug, self.story.course.get(drug, 0)), base, LATER)
        return base

    def _other_onset(self, mention: TimeMention, sentence: tuple[int, int]) -> str | None:
        """The moment of another illness whose onset is counted from, empty where it is not dated; else None."""
        first = sentence[0] + (mention.anchor_span or (mention.end, 0))[0]
        at = another_illness(self.text, first, sentence[1], self.reactions)
        if at is None:
            return None
        place = told_earlier(self.text, at, sentence[0])
        beat = self.story.beat_at(place) if place is not None else None
        return self.context or "" if beat is None or beat.flashback else beat.node

    def _anchored(
        self, mention: TimeMention, sentence: tuple[int, int], node: str, amount: Interval
    ) -> tuple[str, bool] | None:
        story, network = self.story, self.story.network
        if (
            mention.kind == "day"
            and self.clock == OPERATION
            and mention.anchor_span is None
            and mention.preposition != "of"
        ):
            return self._of_operation(mention, sentence, sentence, node, amount, [])
        if mention.anchor == "onset" and (other := self._other_onset(mention, sentence)) is not None:
            if other:  # the illness came at the moment it is told at, or some time after it
                network.bound(other, node, Interval(max(amount.lo, 0.0), None) if mention.sign > 0 else ANY)
            return node, mention.sign < 0
        if mention.anchor in ("onset", "admission"):
            base = ONSET if mention.anchor == "onset" else ADMISSION
            if base == ADMISSION:
                self._stay()
                base = self._newest_admission(sentence[0]) or base
            at = sentence[0] + mention.start
            if self.presenting and mention.sign < 0 and THAT_BEGAN.search(self.text, max(sentence[0], at - 60), at):
                base = PRESENTATION  # "a rash that had started a week before presentation": that is the onset
            words = self.text[at : sentence[0] + mention.end]
            if base == ONSET and self.presenting and mention.sign < 0 and _PRESENTED.search(words):
                base = PRESENTATION  # "for 3 months prior to presentation": the complaint may be older
            if base == ONSET and story.onset_beat is None and self.context is not None:
                story.bind(self.context, ONSET, SAME, point=0.0)
            if mention.kind == "day" and (
                self.hospital_days or HOSPITAL_DAY.search(self.text[at : sentence[0] + mention.end])
            ):
                base = self._before_admission()
            story.bind(base, node, amount, point=printed_point(mention), label=mention)
            self.counted[node] = (base, amount)
            return node, mention.sign < 0
        behind = 0 if mention.kind == "day" and mention.anchor_span is None else 24  # "Day 28: second infusion"
        dose = counted_dose(self.text[sentence[0] + mention.start : sentence[0] + mention.end + behind])
        if mention.anchor == "other" and dose is None:
            base = self.context or ""
            first = sentence[0] + (mention.anchor_span or (0, 0))[0]
            anchor = self.text[first : sentence[0] + mention.end]
            named = [d.drug for d in self.named_in(first, sentence[0] + mention.end) if d.drug]
            drug = named[0] if named else given_at_operation(self.text, first, self.drugs, story.main[:1])
            if _CHANGED.search(anchor) and self.first_step is None:
                base = self._dose_changed()
            elif drug is not None:
                base = start_node(drug, story.course.get(drug, 0))
                self.started = self.started or drug in story.main
            elif _OF_DISCHARGE.search(anchor):
                base = DISCHARGE
                self._left()
            elif _DELIVERY.search(anchor) and (told := self._told_event(_DELIVERED, first)):
                base = told
            elif re.search(r"deliver|transplant|surg|biops|operat", anchor, re.I):
                base = "other:" + re.sub(r"\W+", " ", anchor).strip().lower()[:20]
            elif self.first_step is not None and self._at_start() and _INCREASE.search(anchor):
                base = story.fresh()  # "100 mg for two weeks, then 200 mg. Eight days after the increase"
                story.bind(start_node(story.main[0]), base, self.first_step)
            if base:
                story.bind(base, node, amount, point=printed_point(mention), label=mention)
            return node, mention.sign < 0
        drug = self.anchor_drug(mention, sentence)
        if drug in story.stopped and _THE_SWITCH.search(self.text, *self._words_of(mention, sentence)):
            mention = replace(mention, anchor="stop")
        if mention.kind == "day" and mention.anchor_span is None and self.story.main:
            drug = self._first_given(self.story.main[0], sentence, sentence[0] + mention.end)
            course = self.story.course.get(drug, 0)
            late = self.context is not None and network.between(start_node(drug, course), self.context).lo > amount.hi
            if stop_node(drug, course) in network.names and opened_by_a_stop(self.text, sentence[0], mention.start):
                story.bind(stop_node(drug, course), node, amount, point=printed_point(mention), label=mention)
                return node, False
            if mention.preposition != "of":
                self.clock = self.clock or ("stay" if late else "start")
            if self.context is not None and self.clock == "stay" and mention.preposition != "of":
                base = ADMISSION if ADMISSION in network.names else stop_node(drug, course)
                if base not in network.names:
                    if _WEEKS.search(self.text, sentence[0] + mention.start, sentence[0] + mention.end):
                        story.bind(start_node(drug, course), node, amount, point=printed_point(mention), label=mention)
                        return node, True
                    base = self.context
                story.bind(base, node, amount, point=printed_point(mention), label=mention)
                return node, False
        if drug is None:
            if self.context is not None:
                network.bound(self.context, node, LATER)
            return node, False
        course = story.course.get(drug, 0)
        if mention.anchor == "restart":
            course = max(course, 1) if drug in story.course and course == 0 else course
            if course > story.course.get(drug, 0):
                self._open_course(drug, course)
            if drug in story.main:
                self.started = True
            story.bind(start_node(drug, course), node, amount, point=printed_point(mention), label=mention)
        elif mention.anchor == "stop":
            if self.context is not None and self.lengths.get(drug) == self.context and drug not in story.stopped:
                # "for 14 days. Ten days after the last dose"
                story.bind(self.context, stop_node(drug, course), SAME, point=0.0)
                story.ends[stop_node(drug, course)] = self.length_words[self.context]
            story.bind(stop_node(drug, course), node, amount, point=printed_point(mention), label=mention)
            self.counted[node] = (stop_node(drug, course), amount)
            here = (sentence[0] + mention.start, sentence[0] + mention.end)
            if _FOR_GOOD.search(self.text, *here):
                story.ends.setdefault(stop_node(drug, course), here)
            network.bound(start_node(drug, course), stop_node(drug, course), LATER)
        else:
            if drug in story.main:
                self.started = True
            story.course.setdefault(drug, 0)
            words = self.text[sentence[0] + mention.start : sentence[0] + mention.end + behind]
            base = self._combined(drug, course) if _COMBINED.search(words) else self._given(drug, course, words)
            if amount.high is None and self.next_dose.get(base):  # "after the sixth injection": before the next one
                amount = Interval(amount.low, self.next_dose[base])
            story.bind(base, node, amount, point=printed_point(mention), label=mention)
        return node, mention.sign < 0
