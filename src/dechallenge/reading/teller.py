"""Telling the story of a case: walks the narrative clause by clause and dates its moments.

An explicit time makes a moment bound to what it counts from; a clause without one speaks of the moment before it;
doses, stops and re-exposures are moments of their own. Nothing here reads a value. May import story, drugs, actions,
times, clauses and the other ``teller`` files.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions import ActionMention
from dechallenge.reading.clauses import clauses, whole
from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.presentation import PRESENTATION, complaint, named_first, opens_with_reaction
from dechallenge.reading.story import ADMISSION, LATER, ONSET, SAME, Beat, Story, start_node, stop_node
from dechallenge.reading.tellermoments import MORE, TellerMoments, printed_point
from dechallenge.reading.tellerstate import NAME, PLUPERFECT
from dechallenge.reading.timeanchors import FIRST_DOSE
from dechallenge.reading.times import TimeMention, read_times
from dechallenge.reading.triggers import Pattern
from dechallenge.timeline import Interval

_VERB = Pattern(
    r"\b(?:she|he|it|they|patient|was|were|had|has|developed|became|noted|rose|fell|showed|remained)\b", re.IGNORECASE
)
_WHEN_TESTED = Pattern(
    r"\s*when\s+(?:\w+\s+){0,4}(?:tested|retested|checked|rechecked|measured|seen|examined|evaluated|re-?evaluated|repeated)\b",
    re.IGNORECASE,
)
"""Words that date the clause before them ("tests were normal when she was seen 3 months later")."""
_DATES_THE_START = ("date", "sequence", "at")
"""Times that may date the start of the drug: what is told in the same breath came some time after it."""
_WHICH_HAD_BEEN = Pattern(r"\s*,?\s*(?:which|who)\s+had\s+(?:\w+\s+)?been\b", re.IGNORECASE)
"""A clause that looks back, with a time of its own; the story goes on from where it stood."""
_GERUNDS = Pattern(r"\s+(?:\w+ing,?\s+(?:and\s+|or\s+)?){1,2}", re.IGNORECASE)
_AGAIN_CUE = Pattern(r"(?P<later>and\s+again)|(?:each|all|both|every)\b", re.IGNORECASE)
_DOSE_STEP = Pattern(r"\b(?:later|then|subsequently)\s+(?:increas|reduc|rais|lower|taper)\w+", re.IGNORECASE)


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
    teller = _told(text, spans, drugs, actions, reactions, main, presenting=False)
    named = named_first(text, spans, drugs, teller.story, sorted(reactions)) if not teller.started else None
    if named is not None:
        teller = _told(text, spans, drugs, actions, reactions, main, presenting=False, named=named)
    if opens_with_reaction(text, spans, drugs, teller.story, sorted(reactions), started=teller.started):
        teller = _told(text, spans, drugs, actions, reactions, main, presenting=True)
    teller.settle()
    return teller.story


def _told(
    text: str,
    spans: list[tuple[int, int]],
    drugs: list[DrugMention],
    actions: list[ActionMention],
    reactions: list[int],
    main: tuple[str, ...],
    *,
    presenting: bool,
    named: int | None = None,
) -> _Teller:
    teller = _Teller(text, drugs, actions, sorted(reactions), main, presenting=presenting)
    teller.begun_at = named
    for index, span in enumerate(spans):
        teller.sentence(index, span)
    return teller


class _Teller(TellerMoments):
    """Walks the sentences of a case."""

    def sentence(self, index: int, span: tuple[int, int]) -> None:
        body = self.text[span[0] : span[1]]
        times = list(read_times(body))
        parts = whole(body, clauses(body), [(t.start, t.end) for t in times])
        owner = self._owners(body, parts, times)
        sentence_actions = self.acts_in.get(index, [])
        for i, (start, end) in enumerate(parts):
            clause = (span[0] + start, span[0] + end)
            mine = [t for t, o in zip(times, owner, strict=True) if o == i]
            acts = [a for a in sentence_actions if clause[0] <= a.cue[0] < clause[1]]
            self._clause(index, span, clause, mine, acts, first=i == 0)

    @staticmethod
    def _owners(body: str, parts: list[tuple[int, int]], times: list[TimeMention]) -> list[int]:
        """Which clause each time belongs to: "developed X, then Y 2 days later, 14 months after starting Z" is X's."""
        owner = [next((i for i, (a, b) in enumerate(parts) if a <= t.start < b), len(parts) - 1) for t in times]
        for k, part in enumerate(owner):
            if part and part - 1 not in owner and _WHEN_TESTED.match(body[parts[part][0] : parts[part][1]]):
                owner[k] = part - 1
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
        body = self.text[clause[0] : clause[1]]
        if self.begun_at is not None and clause[0] <= self.begun_at < clause[1]:
            self.started = True
            self.context = self._first_start()
        inside = {
            id(a)
            for a in acts
            for t in times
            if t.anchor_span and t.kind != "duration" and self._covers(t, a, sentence)
        }
        self.anchored |= {a.cue for a in acts if id(a) in inside}
        moments: list[tuple[TimeMention, str, bool]] = []
        for i, mention in enumerate(times):
            if i and self._dates_restart(times[i - 1], mention, sentence):
                continue
            if mention.kind == "soon" and self.within == index and not acts:
                continue  # "within 15 days fever, then rash": both within that time
            context = self.context
            if moments and (mention.kind == "same" or _follows(moments[-1][0], mention, body, clause[0] - sentence[0])):
                self.context = moments[-1][1]
            made = self.moment(mention, sentence, clause, acts)
            if self.context == (moments[-1][1] if moments else None):
                self.context = context
            if made is None:
                continue
            if moments and self._one_time(moments[-1][0], mention, sentence):
                self.story.bind(moments[-1][1], made[0], SAME, point=0.0)
            moments.append((mention, made[0], made[1] or self._looked_back(moments, made[0], body, index)))
            self.within = index if mention.within and mention.sign > 0 else -1
        self._dated_drug(moments, sentence)
        if any(a.kind in ("increased", "reduced") for a in acts) or _DOSE_STEP.search(body):
            moments = [m for m in moments if m[0].kind != "soon"]
            self.dose_steps |= {m[1] for m in moments if m[0].kind == "sequence"}
        bare = [m for m in moments if m[0].kind not in ("soon", "same")] or moments
        for action in acts:
            own = [m for m in bare if not m[2] or _nearest(m[0], acts, sentence) is action]
            cue = self.text[slice(*action.cue)]
            if action.kind == "restarted" and (again := _AGAIN_CUE.match(cue)):
                # "in 2010 and again in 2014" dates the second; "each began within 7 days of X" dates the reaction
                own = [m for m in own if again["later"] and sentence[0] + m[0].start >= action.cue[1]][:1]
            self._act(action, own, anchored=id(action) in inside, clause=clause)
        forward = [m for m in moments if not m[2]]
        pluperfect = bool(PLUPERFECT.search(body)) and not forward
        aside = {id(m): span for m in moments if m[2] and (span := self._aside(m[0], sentence, clause, acts))}
        told = [m for m in moments if id(m) not in aside]
        if told:
            for mention, node, back in told:
                self.story.beats.append(
                    Beat(clause[0], clause[1], index, node, True, mention_at(mention, sentence), back)
                )
        else:
            if pluperfect and self.started and not acts:
                node, back = self._past(), True
            elif self.flashback is not None and not acts:
                node, back = self.flashback, True
            else:
                node, back = self._now(), False
            self.story.beats.append(Beat(clause[0], clause[1], index, node, False, None, back))
        for moment in moments:
            if id(moment) in aside:
                span, time = aside[id(moment)], mention_at(moment[0], sentence)
                self.story.beats.append(Beat(*span, index, moment[1], True, time, True))
        if forward and not _WHICH_HAD_BEEN.match(body):
            self.context = forward[-1][1]
            self.flashback = None
        elif (
            moments
            and first
            and moments[0][0].kind == "before"
            and moments[0][0].start < 12
            and all(a.cue in self.anchored or _within(moments[0][0], a, sentence) for a in acts)
        ):
            self.flashback = moments[0][1]
        before_stay = any(m[0].anchor == "admission" and m[0].sign < 0 and m[0].kind == "offset" for m in moments)
        if before_stay and self.context is not None and self.story.network.between(self.context, ADMISSION).lo > 0:
            self.context = ADMISSION  # "for a week before admission he had …": what follows is told from there
        each = [m for m in forward if m[0].kind in ("sequence", "offset") and self._each(acts)]
        if each and self.story.main:
            self.story.onset_beat = self.story.onset_beat or self.story.beat_at(clause[0])
            self.story.bind(each[0][1], ONSET, SAME, point=0.0)
        self._onset(clause)

    def _each(self, acts: list[ActionMention]) -> bool:
        """ "Each episode began within a week of a dose": the time is that of every onset, so of the first."""
        cues = (_AGAIN_CUE.match(self.text[slice(*a.cue)]) for a in acts if a.kind == "restarted")
        return any(cue is not None and not cue["later"] for cue in cues)

    def _dated_drug(self, moments: list[tuple[TimeMention, str, bool]], sentence: tuple[int, int]) -> None:
        """ "X in 2002 was followed by …": a date right behind the drug in focus is that of its start."""
        for mention, node, back in moments:
            at = sentence[0] + mention.start
            named = [d for d in self.named_in(at - NAME, at) if d.drug in self.story.main and d.end < at]
            if not named or back or mention.kind != "date":
                continue
            drug, gap = named[-1], self.text[named[-1].end : at]
            told = mention.preposition == "in" and not gap.strip() and not self.started
            if FIRST_DOSE.fullmatch(gap) or told:
                self.started = True
                self.story.course.setdefault(drug.drug, 0)
                self.story.bind(node, start_node(drug.drug, 0), SAME, point=0.0)
                self._onset_before(node)

    def _dates_restart(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "Within hours of restarting X one week later": the second time dates the re-exposure itself."""
        if left.anchor != "restart" or right.kind != "sequence" or right.amount is None or self.context is None:
            return False
        gap = self.text[sentence[0] + left.end : sentence[0] + right.start]
        if len(gap.split()) > 3 or not self.story.main:
            return False
        drug = self.story.main[0]
        before = stop_node(drug, max(0, self.story.course.get(drug, 1) - 1))
        base = (
            before
            if before in self.story.network.names and self.story.network.between(self.context, before).known
            else self.context
        )
        self.story.bind(
            base, start_node(drug, self.story.course.get(drug, 1)), right.amount.interval, point=printed_point(right)
        )
        return True

    def _one_time(self, left: TimeMention, right: TimeMention, sentence: tuple[int, int]) -> bool:
        """ "In January 2010, 6 months after the final course": two expressions for one time."""
        first, last = sentence[0] + left.end, sentence[0] + right.start
        gap = self.text[first:last]
        for drug in self.named_in(first, last):
            if drug.end <= last:
                gap = gap.replace(self.text[drug.start : drug.end], "")
        return (
            gap.strip() in (",", "(", "", "and", ", and")
            and "soon" not in (left.kind, right.kind)
            and right.kind != "sequence"
        )

    def _covers(self, mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
        """The action is what the time counts from ("after starting X", "after stopping a three week course of X")."""
        begin, end = sentence[0] + mention.start, sentence[0] + mention.end
        if begin <= action.cue[0] < end + 1:
            return True
        if mention.anchor in ("start", "restart", "stop") and _GERUNDS.fullmatch(
            self.text, end, max(end, action.cue[0])
        ):
            return True  # "after he had begun injecting and taking X"
        of = self.text[action.cue[0] : action.cue[1]].lower().startswith("course")
        return of and mention.anchor == "stop" and end <= action.cue[0] < end + 45

    def _onset(self, clause: tuple[int, int]) -> None:
        if self.story.onset_beat is not None or not self.started:
            return
        for position in self.reactions:
            if not clause[0] <= position < clause[1]:
                continue
            beat = self.story.beat_at(position)
            if beat is None or beat.node == "past" or self._precedes_start(position, beat):
                continue
            if beat.flashback and not self._since_the_start(beat):
                continue
            self.story.onset_beat = beat
            since = complaint(self.text[clause[0] : clause[1]]) if beat.node == PRESENTATION else None
            if since is not None and since.interval.high is not None:
                back = -since.point if since.point is not None else None
                self.story.bind(beat.node, ONSET, Interval(-since.interval.high, 0.0), point=back)
                self.story.network.bound(start_node(self.story.main[0]), ONSET, LATER)
            elif self._with_the_start(beat):
                # "was treated with X and developed jaundice": some time after the start, nobody says when
                self.story.network.bound(beat.node, ONSET, LATER)
                if self.context == beat.node:
                    self.context = ONSET
                self.unbounded = position
            else:
                self.story.bind(beat.node, ONSET, SAME, point=0.0)
            return

    def _aside(
        self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int], acts: list[ActionMention]
    ) -> tuple[int, int] | None:
        """ "ALT 649 U/L (normal two months before)": a time in brackets that looks back is that of the brackets."""
        at = sentence[0] + mention.start
        begin, end = self.text.rfind("(", clause[0], at), self.text.find(")", at, clause[1])
        if begin < 0 or end < 0 or self.text.rfind(")", begin, at) >= 0:
            return None
        return None if any(begin <= a.cue[0] < end for a in acts) else (begin, end + 1)

    def _with_the_start(self, beat: Beat) -> bool:
        """No time is told since the start of the drug: the clause stands at the moment of the start itself."""
        if not self.story.main or (beat.time is not None and beat.time.kind not in _DATES_THE_START):
            return False
        start = start_node(self.story.main[0])
        return beat.node == start or self.story.network.between(start, beat.node) == SAME

    def _since_the_start(self, beat: Beat) -> bool:
        """ "For a week before admission he had noticed …": looked back upon, yet later than the start of the drug."""
        main = self.story.main
        after = beat.explicit and beat.time is not None and beat.time.anchor == "admission" and main
        return bool(after) and self.story.network.between(start_node(main[0]), beat.node).lo > 0

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
        """Close what the telling left open.

        An onset of unknown time is not later than the next sign with a time. A report that never says when the drug was
        begun: the first new sign is the onset all the same.
        """
        if self.story.onset_beat is not None:
            for position in self.reactions if self.unbounded is not None else ():
                beat = self.story.beat_at(position)
                if beat is None or position <= (self.unbounded or 0) or not beat.explicit or beat.flashback:
                    continue
                if not self._with_the_start(beat):
                    self.story.network.bound(ONSET, beat.node, LATER)
                    return
            return
        for position in self.reactions:
            beat = self.story.beat_at(position)
            if beat is not None and not beat.flashback and beat.node != "past":
                self.story.onset_beat = beat
                if self._with_the_start(beat):
                    self.story.network.bound(beat.node, ONSET, LATER)
                else:
                    self.story.bind(beat.node, ONSET, SAME, point=0.0)
                return


def _follows(left: TimeMention, right: TimeMention, body: str, shift: int) -> bool:
    """ "After 4 months, and jaundice 10 days later": the second counts from the first."""

    def later(t: TimeMention) -> bool:
        return body[t.start - shift : t.end - shift].rstrip().lower().endswith(("later", "afterwards", "thereafter"))

    if right.kind == "duration" and MORE.search(body, right.start - shift, right.end - shift):
        return left.sign > 0  # "and jaundice 10 days later, yet it was continued for a further 2 weeks"
    if right.kind != "sequence" or right.sign < 0 or left.sign < 0:
        return False
    return left.kind == "date" or right.within or (later(right) and not later(left) and left.amount is not None)


def _nearest(mention: TimeMention, acts: list[ActionMention], sentence: tuple[int, int]) -> ActionMention | None:
    """The action that a time going back belongs to ("started on X after Y had been stopped 3 months earlier": Y)."""
    start, end = sentence[0] + mention.start, sentence[0] + mention.end
    return min(acts, key=lambda a: max(a.cue[0] - end, start - a.cue[1], 0), default=None)


def _within(mention: TimeMention, action: ActionMention, sentence: tuple[int, int]) -> bool:
    return sentence[0] + mention.start <= action.cue[0] < sentence[0] + mention.end + 2


def mention_at(mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
    """The mention with its span in the clean text of the case."""
    return TimeMention(
        mention.start + sentence[0],
        mention.end + sentence[0],
        mention.kind,
        mention.amount,
        mention.anchor,
        mention.sign,
        mention.within,
        mention.date,
        mention.preposition,
        mention.anchor_span,
    )
