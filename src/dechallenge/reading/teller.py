"""Telling the story of a case: walks the narrative clause by clause and dates its moments.

An explicit time makes a moment bound to what it counts from; a clause without one speaks of the moment before it; doses,
stops and re-exposures are moments of their own. Nothing here reads a value. May import story, drugs, actions, times,
clauses and the timeline.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions import ActionMention
from dechallenge.reading.clauses import clauses
from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.story import ADMISSION, EPOCH, LATER, ONSET, SAME, Beat, Step, Story, start_node, stop_node
from dechallenge.reading.times import TimeMention, read_times
from dechallenge.timeline import ANY, Interval

_PLUPERFECT = re.compile(
    r"\b(?:had\s+(?:previously\s+)?been|had\s+(?:normal|never|previously)|have\s+had\s+normal|having\s+been\s+normal|previously|in\s+the\s+past|formerly|as\s+a\s+child|"
    r"(?:known|shown|found)\s+to\s+(?:be\s+normal|have\s+(?:had\s+)?normal)|when\s+(?:she|he)\s+(?:first|initially)\s+presented|had\s+presented)\b",
    re.IGNORECASE,
)
_NEXT_VERB = re.compile(
    r"\b(?:and|then|she|he|it)\b[^.;]{0,60}$|\b(?:develop\w*|noted|complain\w*|experienc\w*|found|became|presented|began)\b", re.IGNORECASE
)
_VERB = re.compile(r"\b(?:she|he|it|they|patient|was|were|had|has|developed|became|noted|rose|fell|showed|remained)\b", re.IGNORECASE)
_NO_EXPOSURE = re.compile(
    r"\b(?:history|known|elevated|suffer\w+|had had|ill|jaundice deepened|worsen\w*)\b", re.IGNORECASE
)
_ON_IT = re.compile(
    r"\b(?:on|of|with)\s+(?:the\s+|oral\s+|long[- ]term\s+)?(?:drug|therapy|treatment|medication)\b|\b(?:having|had)\s+been\s+(?:on|treated)\b|\bwhich\s+(?:she|he)\s+took\b", re.IGNORECASE
)
_DOSE_STEP = re.compile(r"\b(?:later|then|subsequently)\s+(?:increas|reduc|rais|lower|taper)\w+", re.IGNORECASE)
_EARLIER = re.compile(r"\bhad\s+(?:been|taken|received|used)\b|\bpreviously\b|\bin\s+the\s+past\b|\bearlier\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:again|once\s+more|second\s+time|re-?treat)\b", re.IGNORECASE)



def tell(
    text: str,
    spans: list[tuple[int, int]],
    drugs: list[DrugMention],
    actions: list[ActionMention],
    reactions: list[int],
    main: tuple[str, ...],
) -> Story:
    """Walk the narrative and date its moments.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions, in order.
        reactions: Clean positions where the reaction is said to be present (not history, not negated).
        main: Drugs in focus.
    """
    teller = _Teller(text, drugs, actions, sorted(reactions), main)
    for index, span in enumerate(spans):
        teller.sentence(index, span)
    teller.settle()
    return teller.story


class _Teller:
    def __init__(
        self, text: str, drugs: list[DrugMention], actions: list[ActionMention], reactions: list[int], main: tuple[str, ...]
    ) -> None:
        self.text = text
        self.drugs = drugs
        self.actions = actions
        self.reactions = reactions
        self.story = Story(main=main)
        if main:
            self.story.points[start_node(main[0])] = 0.0
        self.context: str | None = None
        self.flashback: str | None = None
        self.started = False
        self.anchored: set[tuple[int, int]] = set()

    # --- which drug -------------------------------------------------------------------------------------------

    def named(self, mentions: tuple[DrugMention, ...], kind: str) -> list[str]:
        """Names of the drugs an action governs; a pronoun means the drugs in focus."""
        names: list[str] = []
        for mention in mentions:
            if mention.drug:
                names.append(mention.drug)
            elif mention.kind == "all":
                names.extend(self.running())
            else:
                names.extend(self.story.main[:1])
        if not mentions and kind in ("restarted", "stopped"):
            names.extend(self.story.main[:1])
        return list(dict.fromkeys(names))

    def running(self) -> list[str]:
        seen = [s.drug for s in self.story.steps if s.kind in ("started", "restarted")]
        return list(dict.fromkeys([*self.story.main, *seen]))

    def anchor_drug(self, mention: TimeMention, sentence: tuple[int, int]) -> str | None:
        """The drug that "after starting …" counts from."""
        begin = sentence[0] + (mention.anchor_span[0] if mention.anchor_span else mention.end)
        stop = min(sentence[1], sentence[0] + mention.end + 110)
        near = [d for d in self.drugs if begin <= d.start < stop and d.drug]
        phrase = self.text[begin:stop]
        switch = re.search(r"switch\w*", phrase)
        if switch and near:
            to = [d for d in near if re.search(r"\bto\s+(?:\w+\s+){0,2}$", self.text[max(begin, d.start - 25) : d.start])]
            if to:
                return to[0].drug
        if near and near[0].start - (sentence[0] + mention.end) < 60:
            main = [d.drug for d in near if d.drug in self.story.main]
            gap = self.text[sentence[0] + mention.end : near[0].start]
            if main and near[0].drug not in self.story.main and re.search(r"[,;(]", gap) is None and near[0].drug != main[0]:
                return near[0].drug
            if not re.search(r"[.;]|\b(?:she|he|the patient|was|were)\b", gap):
                return near[0].drug
        return self.story.main[0] if self.story.main else (near[0].drug if near else None)

    # --- walking ----------------------------------------------------------------------------------------------

    def sentence(self, index: int, span: tuple[int, int]) -> None:
        body = self.text[span[0] : span[1]]
        times = list(read_times(body))
        parts = _whole(body, clauses(body), times)
        owner = self._owners(body, parts, times)
        sentence_actions = [a for a in self.actions if a.sentence == index]
        for i, (start, end) in enumerate(parts):
            clause = (span[0] + start, span[0] + end)
            mine = [t for t, o in zip(times, owner, strict=True) if o == i]
            acts = [a for a in sentence_actions if clause[0] <= a.cue[0] < clause[1]]
            self._clause(index, span, clause, mine, acts, first=i == 0)

    @staticmethod
    def _owners(body: str, parts: list[tuple[int, int]], times: list[TimeMention]) -> list[int]:
        """Which clause each time belongs to. "developed X, followed 2 days later by Y, 14 months after starting Z" dates X."""
        owner = [next((i for i, (a, b) in enumerate(parts) if a <= t.start < b), len(parts) - 1) for t in times]
        if len(parts) > 1 and 0 not in owner:
            for k, mention in enumerate(times):
                alone = not any(o == owner[k] and t.kind == "sequence" for t, o in zip(times, owner, strict=True))
                lead = parts[owner[k]][0]
                rest = body[mention.end : parts[owner[k]][1]]
                leads = mention.start - lead < 3 and body[lead - 1 : lead + 1].strip() == "," and not _VERB.search(rest)
                if mention.kind == "offset" and mention.anchor in ("start", "restart", "stop") and (not alone or leads):
                    owner[k] = 0
                    break
        return owner

    def _clause(
        self,
        index: int,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        times: list[TimeMention],
        acts: list[ActionMention],
        *,
        first: bool,
    ) -> None:
        network = self.story.network
        body = self.text[clause[0] : clause[1]]
        inside = {
            id(a) for a in acts for t in times if t.anchor_span and t.kind != "duration" and self._covers(t, a, sentence)
        }
        self.anchored |= {a.cue for a in acts if id(a) in inside}
        moments: list[tuple[TimeMention, str, bool]] = []
        for i, mention in enumerate(times):
            if i and self._dates_restart(times[i - 1], mention, sentence):
                continue
            made = self._moment(mention, sentence, clause, acts)
            if made is None:
                continue
            if moments and self._one_time(moments[-1][0], mention, sentence):
                self.story.bind(moments[-1][1], made[0], SAME, point=0.0)
            moments.append((mention, *made))
        if any(a.kind in ("increased", "reduced") for a in acts) or _DOSE_STEP.search(body):
            moments = [m for m in moments if m[0].kind != "soon"]
        bare = [m for m in moments if m[0].kind not in ("soon", "same")] or moments
        for action in acts:
            self._act(action, bare, anchored=id(action) in inside, clause=clause)
        forward = [m for m in moments if not m[2]]
        pluperfect = bool(_PLUPERFECT.search(body)) and not forward
        if moments:
            for mention, node, back in moments:
                self.story.beats.append(Beat(clause[0], clause[1], index, node, True, mention_at(mention, sentence), back))
        else:
            if pluperfect and self.started and not acts:
                node, back = self._past(), True
            elif self.flashback is not None and not acts:
                node, back = self.flashback, True
            else:
                node, back = self._now(), False
            self.story.beats.append(Beat(clause[0], clause[1], index, node, False, None, back))
        if forward:
            self.context = forward[-1][1]
            self.flashback = None
        elif moments and first and moments[0][0].kind == "before" and moments[0][0].start < 12:
            if all(a.cue in self.anchored or _within(moments[0][0], a, sentence) for a in acts):
                self.flashback = moments[0][1]
        self._onset(clause)

    def _dates_restart(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "Within hours of restarting X one week later": the second time dates the re-exposure itself."""
        if left.anchor != "restart" or right.kind != "sequence" or right.amount is None or self.context is None:
            return False
        gap = self.text[sentence[0] + left.end : sentence[0] + right.start]
        if len(gap.split()) > 3 or not self.story.main:
            return False
        drug = self.story.main[0]
        before = stop_node(drug, max(0, self.story.course.get(drug, 1) - 1))
        base = before if before in self.story.network.names and self.story.network.between(self.context, before).known else self.context
        self.story.bind(base, start_node(drug, self.story.course.get(drug, 1)), right.amount.interval, point=_point(right))
        return True

    def _one_time(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "In January 2010, 6 months after the final course": two expressions for one time."""
        first, last = sentence[0] + left.end, sentence[0] + right.start
        gap = self.text[first:last]
        for drug in self.drugs:
            if first <= drug.start and drug.end <= last:
                gap = gap.replace(self.text[drug.start : drug.end], "")
        return gap.strip() in (",", "(", "", "and", ", and") and "soon" not in (left.kind, right.kind) and right.kind != "sequence"

    def _covers(self, mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
        """The action is what the time counts from ("after starting X", "after stopping a three week course of X")."""
        begin, end = sentence[0] + mention.start, sentence[0] + mention.end
        if begin <= action.cue[0] < end + 1:
            return True
        of = self.text[action.cue[0] : action.cue[1]].lower().startswith("course")
        return of and mention.anchor == "stop" and end <= action.cue[0] < end + 45

    def _onset(self, clause: tuple[int, int]) -> None:
        if self.story.onset_beat is not None or not self.started:
            return
        for position in self.reactions:
            if not clause[0] <= position < clause[1]:
                continue
            beat = self.story.beat_at(position)
            if beat is None or beat.flashback or beat.node == "past" or self._precedes_start(position, beat):
                continue
            self.story.onset_beat = beat
            self.story.bind(beat.node, ONSET, SAME, point=0.0)
            return

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

    def settle(self) -> None:
        """A report that never says when the drug was begun: the first new sign is the onset all the same."""
        if self.story.onset_beat is not None:
            return
        for position in self.reactions:
            beat = self.story.beat_at(position)
            if beat is not None and not beat.flashback and beat.node != "past":
                self.story.onset_beat = beat
                self.story.bind(beat.node, ONSET, SAME, point=0.0)
                return

    def _past(self) -> str:
        if self.story.main:
            self.story.network.bound("past", start_node(self.story.main[0]), LATER)
        return "past"

    def _now(self) -> str:
        if self.context is not None:
            return self.context
        node = "baseline"
        if self.story.main:
            self.story.network.bound(node, start_node(self.story.main[0]), LATER)
        return node

    # --- times ------------------------------------------------------------------------------------------------

    def _moment(
        self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int], acts: list[ActionMention]
    ) -> tuple[str, bool] | None:
        network = self.story.network
        amount = mention.amount.interval if mention.amount else ANY
        if mention.sign < 0:
            amount = Interval.of(-amount.hi, -amount.lo)
        node = self.story.fresh()
        if mention.kind == "date" and mention.date is not None:
            dated = any(a.kind in ("started", "restarted") and a.drugs for a in acts)
            if mention.preposition == "until" or (mention.preposition in ("since", "from") and not dated):
                return None
            network.bound(EPOCH, node, mention.date.interval)
            return node, False
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
            if base == ADMISSION and self.context is not None and base not in network.names:
                network.bound(self.context, base, LATER)
            if base == ONSET and self.story.onset_beat is None:
                return (self._now(), False) if self.context is not None else None
            return base, False
        if mention.kind in ("offset", "day"):
            return self._anchored(mention, sentence, node, amount)
        if mention.kind == "duration":
            return self._duration(mention, sentence, clause, node, amount, acts)
        base_node = self.context
        if base_node is None:
            if not self.story.main:
                return None
            base_node = start_node(self.story.main[0], self.story.course.get(self.story.main[0], 0))
        at = sentence[0] + mention.start
        same_clause = [
            a
            for a in acts
            if a.kind in ("started", "restarted") and a.cue not in self.anchored and _NEXT_VERB.search(self.text[a.cue[1] : max(a.cue[1], at)])
        ]
        if same_clause and mention.sign > 0:
            self._act(same_clause[-1], [], anchored=False, clause=clause)
            acts.remove(same_clause[-1])
            base_node = self.context or base_node
        self.story.bind(base_node, node, amount, point=_point(mention), label=mention)
        return node, mention.sign < 0

    def _before(self, mention: TimeMention, sentence: tuple[int, int], node: str) -> tuple[str, bool] | None:
        drug = None
        if mention.anchor_span:
            begin, end = sentence[0] + mention.anchor_span[0], sentence[0] + mention.anchor_span[1]
            inside = [d for d in self.drugs if begin <= d.start < min(sentence[1], end + 40)]
            drug = next((d.drug for d in inside if d.drug), None)
            if drug is None and not inside and not re.search(r"start|therap|treat|initia|tak|admini|begin|introd", self.text[begin:end], re.I):
                return None
        drug = drug or (self.story.main[0] if self.story.main else None)
        if drug is None:
            return None
        self.story.network.bound(node, start_node(drug, 0), LATER)
        return node, True

    def _anchored(
        self, mention: TimeMention, sentence: tuple[int, int], node: str, amount: Interval
    ) -> tuple[str, bool] | None:
        story, network = self.story, self.story.network
        if mention.anchor in ("onset", "admission"):
            base = ONSET if mention.anchor == "onset" else ADMISSION
            if base == ONSET and story.onset_beat is None and self.context is not None:
                story.bind(self.context, ONSET, SAME, point=0.0)
            story.bind(base, node, amount, point=_point(mention), label=mention)
            return node, mention.sign < 0
        if mention.anchor == "other":
            base = self.context or ""
            anchor = self.text[sentence[0] + (mention.anchor_span or (0, 0))[0] : sentence[0] + mention.end]
            drug = next((d.drug for d in self.drugs if d.drug and sentence[0] + (mention.anchor_span or (0, 0))[0] <= d.start < sentence[0] + mention.end), None)
            if drug is not None:
                base = start_node(drug, story.course.get(drug, 0))
                self.started = self.started or drug in story.main
            elif re.search(r"discharge|deliver|transplant|surg|biops|operat", anchor, re.I):
                base = "other:" + re.sub(r"\W+", " ", anchor).strip().lower()[:20]
            if base:
                story.bind(base, node, amount, point=_point(mention), label=mention)
            return node, mention.sign < 0
        drug = self.anchor_drug(mention, sentence)
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
            story.bind(start_node(drug, course), node, amount, point=_point(mention), label=mention)
        elif mention.anchor == "stop":
            story.bind(stop_node(drug, course), node, amount, point=_point(mention), label=mention)
            network.bound(start_node(drug, course), stop_node(drug, course), LATER)
        else:
            if drug in story.main:
                self.started = True
            story.course.setdefault(drug, 0)
            story.bind(start_node(drug, course), node, amount, point=_point(mention), label=mention)
        return node, mention.sign < 0

    def _duration(
        self,
        mention: TimeMention,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        node: str,
        amount: Interval,
        acts: list[ActionMention],
    ) -> tuple[str, bool] | None:
        """ "Took X for N weeks": the end of that time is the moment that the story goes on from."""
        story = self.story
        text = self.text[clause[0] : clause[1]]
        if _NO_EXPOSURE.search(text):
            return None
        at = sentence[0] + mention.start
        beside = [d for d in self.drugs if d.drug and d.end <= at and at - d.end < 45 and "(" in self.text[d.end : at] and ")" not in self.text[d.end : at]]
        if beside:
            drug = beside[-1].drug
            moment = self.context or node
            if self.context is None:
                self.context = node
            story.bind(start_node(drug, story.course.get(drug, 0)), moment, amount, point=_point(mention))
            story.course.setdefault(drug, 0)
            self.started = self.started or drug in story.main
            return (node, False) if moment == node else None
        stops = [n for a in acts if a.kind == "stopped" for n in self.named(a.drugs, a.kind) if n in story.main]
        if stops and re.search(r"\bstopp\w+\s+(?:\w+\s+){0,4}for\s*$", self.text[max(clause[0], at - 50) : at], re.IGNORECASE):
            for action in [a for a in acts if a.kind == "stopped"]:
                self._act(action, [], anchored=False, clause=clause)
                acts.remove(action)
            story.bind(stop_node(stops[0], story.course.get(stops[0], 0)), node, amount, point=_point(mention))
            return node, False
        if mention.preposition == "course" or (stops and not any(a.kind == "started" for a in acts)):
            near = [d.drug for d in self.drugs if clause[0] <= d.start < sentence[1] and d.drug in story.main]
            named = (stops or near or list(story.main))[:1]
            if named:
                course = story.course.get(named[0], 0)
                story.bind(start_node(named[0], course), stop_node(named[0], course), amount, point=_point(mention))
                story.course.setdefault(named[0], 0)
                self.started = True
            return None
        drugs = [n for a in acts if a.kind in ("started", "continued", "restarted") for n in self.named(a.drugs, a.kind)]
        if not drugs and _ON_IT.search(text):
            drugs = list(story.main[:1])
        drug = next((d for d in drugs if d in story.main), "")
        if not drug:
            return None
        for action in [a for a in acts if a.kind in ("started", "restarted")]:
            self._act(action, [], anchored=False, clause=clause)
            acts.remove(action)
        story.bind(start_node(drug, story.course.get(drug, 0)), node, amount, point=_point(mention))
        self.started = True
        story.course.setdefault(drug, 0)
        return node, False

    # --- actions ----------------------------------------------------------------------------------------------

    def _open_course(self, drug: str, course: int) -> None:
        story = self.story
        before = story.course.get(drug, 0)
        story.course[drug] = course
        story.network.bound(start_node(drug, before), stop_node(drug, before), LATER)
        story.network.bound(stop_node(drug, before), start_node(drug, course), LATER)

    def _act(
        self, action: ActionMention, moments: list[tuple[TimeMention, str, bool]], *, anchored: bool, clause: tuple[int, int]
    ) -> None:
        if action.negated:
            return
        story, network = self.story, self.story.network
        back = [m for m in moments if m[2]]
        forward = [m for m in moments if not m[2]]
        body = self.text[clause[0] : clause[1]]
        for drug in self.named(action.drugs, action.kind):
            course = story.course.get(drug, 0)
            kind = action.kind
            stopped = any(s.drug == drug and s.kind == "stopped" and s.course == course for s in story.steps)
            if kind == "started" and drug in story.course and not anchored and not back and not _EARLIER.search(body):
                if _AGAIN.search(body) or (stopped and drug in story.main):
                    kind = "restarted"
            if kind == "restarted" and not anchored:
                if drug not in story.course and drug in story.main and action.cue[0] < (self.reactions[0] if self.reactions else 0):
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
            story.steps.append(Step(kind, drug, course, node, action))
            if anchored:
                if kind == "stopped" and self.context is not None and self.context != node:
                    network.bound(self.context, node, LATER)
                continue
            if self.flashback is not None and drug not in story.main and not forward:
                network.bound(node, start_node(story.main[0]) if story.main else node, LATER)
                continue
            if forward and kind not in ("continued",):
                nearest = min(forward, key=lambda m: abs(m[0].start - (action.cue[0] - clause[0])))
                story.bind(nearest[1], node, SAME, point=0.0, label=action)
            elif back and not forward:
                network.bound(node, back[0][1], SAME, action)
                continue
            elif self.context is not None and self.context != node and not _PLUPERFECT.search(body):
                network.bound(self.context, node, LATER)
            if drug in story.main or kind in ("stopped", "restarted"):
                if not _PLUPERFECT.search(body) and not (kind == "continued"):
                    self.context = node
                    self.flashback = None


def _within(mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
    return sentence[0] + mention.start <= action.cue[0] < sentence[0] + mention.end + 2


def _point(mention: TimeMention) -> float | None:
    if mention.amount is None or mention.amount.point is None or mention.within:
        return None
    return mention.sign * mention.amount.point


def _whole(body: str, parts: list[tuple[int, int]], times: list[TimeMention]) -> list[tuple[int, int]]:
    """Clauses, those that hold nothing but a time joined to the next ("In January 2010, six months after the last …")."""
    joined: list[tuple[int, int]] = []
    carry: int | None = None
    for start, end in parts:
        begin = start if carry is None else carry
        rest = "".join(
            c for i, c in enumerate(body[begin:end], begin) if not any(t.start <= i < t.end for t in times)
        )
        if not any(c.isalpha() for c in rest) and (start, end) != parts[-1]:
            carry = begin
            continue
        joined.append((begin, end))
        carry = None
    return joined


def _within(mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
    return sentence[0] + mention.start <= action.cue[0] < sentence[0] + mention.end + 2


def _point(mention: TimeMention) -> float | None:
    if mention.amount is None or mention.amount.point is None or mention.within:
        return None
    return mention.sign * mention.amount.point


def _whole(body: str, parts: list[tuple[int, int]], times: list[TimeMention]) -> list[tuple[int, int]]:
    """Clauses, those that hold nothing but a time joined to the next ("In January 2010, six months after the last …")."""
    joined: list[tuple[int, int]] = []
    carry: int | None = None
    for start, end in parts:
        begin = start if carry is None else carry
        rest = "".join(
            c for i, c in enumerate(body[begin:end], begin) if not any(t.start <= i < t.end for t in times)
        )
        if not any(c.isalpha() for c in rest) and (start, end) != parts[-1]:
            carry = begin
            continue
        joined.append((begin, end))
        carry = None
    return joined


def _covers(mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
    """The action is what the time counts from ("after starting X", "after stopping a three week course of X")."""
    begin, end = sentence[0] + mention.start, sentence[0] + mention.end
    if begin <= action.cue[0] < end + 1:
        return True
    return mention.anchor == "stop" and action.kind == "started" and end <= action.cue[0] < end + 45


def mention_at(mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
    """The mention with its span in the clean text of the case."""
    return TimeMention(
        mention.start + sentence[0], mention.end + sentence[0], mention.kind, mention.amount, mention.anchor, mention.sign,
        mention.within, mention.date, mention.preposition, mention.anchor_span,
    )
