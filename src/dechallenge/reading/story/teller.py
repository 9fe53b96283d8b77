"""Telling the story of a case: walks the narrative clause by clause and dates its moments.

An explicit time makes a moment bound to what it counts from; a clause without one speaks of the moment before it;
doses, stops and re-exposures are moments of their own. Nothing here reads a value. May import story, drugs, actions,
times, clauses and the other ``teller`` files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.laboratory.extremewords import IN_BRACKETS
from dechallenge.reading.layout.generaltalk import announcements
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.announcing import summed_up
from dechallenge.reading.story.cameafter import came_after
from dechallenge.reading.story.nearness import mention_at, nearest, within
from dechallenge.reading.story.presentation import named_first, opens_with_reaction
from dechallenge.reading.story.runningbefore import taken_before
from dechallenge.reading.story.story import ADMISSION, LATER, ONSET, SAME, Beat, Story, start_node, stop_node
from dechallenge.reading.story.tellerjoins import (
    day_first,
    follows,
    of_history,
    recalled,
    side_by_side,
)
from dechallenge.reading.story.tellermoments import HOSPITAL_DAY
from dechallenge.reading.story.telleronset import TellerOnset
from dechallenge.reading.story.tellerstate import looks_back
from dechallenge.reading.texts.clauses import clauses, unbroken, whole
from dechallenge.reading.times.timelists import each_its_time
from dechallenge.reading.times.timepregnancy import GESTATION
from dechallenge.reading.times.times import read_times
from dechallenge.reading.times.timetook import LATENCY
from dechallenge.timeline import Interval

_VERB = Pattern(
    r"\b(?:she|he|it|they|patient|was|were|had|has|developed|became|noted|rose|fell|showed|remained)\b", re.IGNORECASE
)
_WHEN_TESTED = Pattern(
    r"\s*when\s+(?:\w+\s+){0,4}(?:tested|retested|checked|rechecked|measured|seen|examined|evaluated|re-?evaluated|repeated)\b",
    re.IGNORECASE,
)
"""Words that date the clause before them ("tests were normal when she was seen 3 months later")."""
_WHICH_HAD_BEEN = Pattern(r"\s*,?\s*(?:which|who)\s+had\s+(?:\w+\s+)?been\b", re.IGNORECASE)
"""A clause that looks back, with a time of its own; the story goes on from where it stood."""
_OF_TESTS = Pattern(r"(?:baseline|pre-?treatment)\s+(?!visit\b)[a-z]", re.IGNORECASE)
""" "Baseline liver tests were normal": an aside of one sentence; the story goes on from where it stood."""
_SPREAD = Pattern(r"\bdays\s+\d+\s*(?:to|through|-|–)\s*\d", re.IGNORECASE)
"""Days of one drug, not of the stop of another that is told beside it."""
_ONWARDS = ("from", "since")
_BARE_ORDINAL = Pattern(r"\bthe\s+(?:second|third|fourth|fifth|sixth|last)$", re.IGNORECASE)
"""A dose that is only counted: it adds nothing where the same moment is dated beside it."""
_AGAIN_CUE = Pattern(r"(?P<later>and\s+again)|(?:each|all|both|every)\b", re.IGNORECASE)
_CLOSE = 3
"""Characters between a drug and a bracket right behind it."""
_DOSE_STEP = Pattern(r"\b(?:later|then|subsequently)\s+(?:increas|reduc|rais|lower|taper)\w+", re.IGNORECASE)


def tell(
    text: str,
    spans: list[tuple[int, int]],
    drugs: list[DrugMention],
    actions: list[ActionMention],
    reactions: list[int],
    main: tuple[str, ...],
    *,
    lasted: tuple[Interval, float | None] | None = None,
) -> Story:
    """Walk the narrative and date its moments.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions, in order.
        reactions: Clean positions where the reaction is said to be present (not history, not negated).
        main: Drugs in focus.
        lasted: Days from the first start to the first stop of the drug in focus, and the point, known from elsewhere.
    """
    told = partial(_tell_in_passes, lasted=lasted)
    brief = summed_up(text, spans) if main else None
    if brief is not None:  # the story begins behind the sentence that sums it up, if it dates the reaction there
        rest = [p for p in reactions if not brief[0] <= p < brief[1]]
        teller = told(text, spans, drugs, [a for a in actions if a.cue[0] >= brief[1]], rest, main, brief=brief)
        if teller.story.onset_beat is not None and _is_dated(teller.story):
            return _settled(teller, text, spans, drugs)
    return _settled(told(text, spans, drugs, actions, reactions, main), text, spans, drugs)


def _is_dated(story: Story) -> bool:
    """The reaction has a time after the start of the drug in focus."""
    delay = story.network.between(start_node(story.main[0]), ONSET)
    return delay.low is not None and delay.low >= 0 and delay.high is not None


def _settled(teller: _Teller, text: str, spans: list[tuple[int, int]], drugs: list[DrugMention]) -> Story:
    teller.settle()
    teller.close_lengths()
    taken_before(text, spans, drugs, teller.story)
    return teller.story


def _tell_in_passes(
    text: str,
    spans: list[tuple[int, int]],
    drugs: list[DrugMention],
    actions: list[ActionMention],
    reactions: list[int],
    main: tuple[str, ...],
    *,
    lasted: tuple[Interval, float | None] | None = None,
    brief: tuple[int, int] | None = None,
) -> _Teller:
    told = partial(_tell_once, lasted=lasted, brief=brief)
    teller = told(text, spans, drugs, actions, reactions, main, presenting=False)
    named = named_first(text, spans, drugs, teller.story, sorted(reactions)) if not teller.started else None
    if named is not None:
        teller = told(text, spans, drugs, actions, reactions, main, presenting=False, named=named)
    if opens_with_reaction(text, spans, drugs, teller.story, sorted(reactions), started=teller.started):
        teller = told(text, spans, drugs, actions, reactions, main, presenting=True)
        came = came_after(text, teller.story, reactions)
        if came is not None:
            teller = told(text, spans, drugs, actions, reactions, main, presenting=True, came=came)
    return teller


def _only_counted(mention: TimeMention) -> bool:
    """A time that is but the number of a dose: some time from it on."""
    amount = mention.amount
    return amount is not None and amount.point is None and amount.interval.low == 0.0 and amount.interval.high is None


def _tell_once(
    text: str,
    spans: list[tuple[int, int]],
    drugs: list[DrugMention],
    actions: list[ActionMention],
    reactions: list[int],
    main: tuple[str, ...],
    *,
    presenting: bool,
    named: int | None = None,
    lasted: tuple[Interval, float | None] | None = None,
    came: int | None = None,
    brief: tuple[int, int] | None = None,
) -> _Teller:
    teller = _Teller(text, drugs, actions, sorted(reactions), main, presenting=presenting)
    teller.came_at = came
    if lasted is not None:
        teller.story.bind(start_node(main[0]), stop_node(main[0]), lasted[0], point=lasted[1])
    teller.begun_at = named
    teller.announced = announcements(text, spans)
    for index, span in enumerate(spans):
        if span == brief:
            teller.story.beats.append(Beat(*span, index, ONSET, False, None, False))
            continue
        teller.sentence(index, span)
    return teller


_LATER_ON = Pattern(r"\b(?:later|earlier|before|afterwards)\b", re.IGNORECASE)
_OF_IT = Pattern(r"\s+(?:of|after|into|on|since)\b", re.IGNORECASE)
"""Behind a day that says what it counts from."""
_COMPARED = Pattern(
    r"(?:\b(?:compared|comparison|relative)\s+(?:to|with)|\b(?:versus|vs\.?|against|from))\s+(?:(?!\b(?:to|was|were)\b)[\w-]+\s+){0,4}?"
    r"[<>≤≥~]?\d[\d.,]*(?:\s?(?:[%×]|[^\W\d]{1,8}(?:[/^]\S{1,12})?|x\s?10\S{1,10}))?(?:\s(?:and|to)\s\d[\d.,]*)?,?\s+(?:(?!\b(?:to|was|were|and|but)\b)[\w-]+\s+){0,5}$",
    re.IGNORECASE,
)
"""Before a time that looks back: a value set beside today's ("320 µmol/L, compared with 80 µmol/L a month earlier")."""


class _Teller(TellerOnset):
    """Walks the sentences of a case."""

    stay_days = False
    announced: Sequence[tuple[int, int]] = ()

    def sentence(self, index: int, span: tuple[int, int]) -> None:
        self.at_sentence, self.until = index, span[1]
        body = self.text[span[0] : span[1]]
        times = self._of_the_stay(body, list(read_times(body)))
        if span in self.announced:  # "a case of X on one side, and on the other 1 year later": told again below
            times = [t for t in times if not _LATER_ON.search(body, t.start, t.end + 10)]
        listed = list(each_its_time(body, times))
        kept = [(pairs[0][1].start, pairs[-1][1].end) for pairs in listed]
        parts = whole(body, unbroken(clauses(body), kept), [(t.start, t.end) for t in times])
        owner = self._owners(body, parts, times)
        sentence_actions = self.acts_in.get(index, [])
        for i, (start, end) in enumerate(parts):
            clause = (span[0] + start, span[0] + end)
            mine = [t for t, o in zip(times, owner, strict=True) if o == i]
            acts = [a for a in sentence_actions if clause[0] <= a.cue[0] < clause[1]]
            self._clause(index, span, clause, mine, acts, first=i == 0)
        self._listed(index, span, listed)

    def _of_the_stay(self, body: str, times: list[TimeMention]) -> list[TimeMention]:
        """ "On hospital day 2 …; on day 8": where the days are those of the stay, a bare day is one of them."""
        if any(t.kind == "day" and t.anchor == "admission" for t in times):
            self.stay_days = True
            self.hospital_days = self.hospital_days or any(HOSPITAL_DAY.search(body[t.start : t.end]) for t in times)
        if not self.stay_days:
            return times
        return [
            replace(t, anchor="admission")
            if t.kind == "day" and t.anchor == "start" and t.anchor_span is None and not _OF_IT.match(body, t.end)
            else t
            for t in times
        ]

    @staticmethod
    def _owners(body: str, parts: list[tuple[int, int]], times: list[TimeMention]) -> list[int]:
        """Which clause each time belongs to: "developed X, then Y 2 days later, 14 months after starting Z" is X's."""
        owner = [next((i for i, (a, b) in enumerate(parts) if a <= t.start < b), len(parts) - 1) for t in times]
        own = set(owner)
        for k, part in enumerate(owner):
            if part and part - 1 not in own and _WHEN_TESTED.match(body[parts[part][0] : parts[part][1]]):
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
        self._resume(body, times, acts)
        now = self.context
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
        times = day_first(times, acts, sentence)
        for i, mention in enumerate(times):
            if i and self._dates_restart(times[i - 1], mention, sentence):
                continue
            if mention.kind == "soon" and self.within == index and not acts:
                continue  # "within 15 days fever, then rash": both within that time
            if moments and mention.anchor == "other" and _only_counted(mention):
                continue  # "Day 28: second infusion"
            if (
                moments
                and mention.anchor == "other"
                and _BARE_ORDINAL.search(self.text, sentence[0] + mention.start, sentence[0] + mention.end)
            ):
                continue  # "on 3 May, 21 days after the first dose and a week after the second"
            context = self.context
            if moments and (mention.kind == "same" or follows(moments[-1][0], mention, body, clause[0] - sentence[0])):
                self.context = moments[-1][1]
            elif moments and side_by_side(moments[-1][0], mention, body, clause[0] - sentence[0]):
                self.context = self.counted.get(moments[-1][1], (context, None))[0]
            before = self.context
            self.dated_before = [m for m in moments if m[0].kind == "date" and not m[2]][-1:]
            made = self.moment(mention, sentence, clause, acts)
            if self.context == before:
                self.context = context
            if made is None:
                continue
            if moments and self._one_time(moments[-1][0], mention, sentence):
                self.story.bind(moments[-1][1], made[0], SAME, point=0.0)
            had_been = self._that_had_been(mention, sentence, clause) is not None
            back = made[1] or (had_been and (mention.kind != "offset" or self._is_before_now(made[0])))
            back = back or self._looked_back(moments, made[0], body, index)
            now_told = next((m[1] for m in reversed(moments) if not m[2]), self.context)
            moments.append(
                (mention, made[0], back or self._bracketed(mention, made[0], now_told, sentence, clause, acts))
            )
            self.within = index if mention.within and mention.sign > 0 else -1
        moments = of_history(self.text, moments, acts, sentence)
        for mention, node, _ in moments:
            self._dates_a_dose(mention, node, sentence)
        self._dated_drug(moments, sentence)
        if any(a.kind in ("increased", "reduced") for a in acts) or _DOSE_STEP.search(body):
            moments = [m for m in moments if m[0].kind != "soon"]
            self.dose_steps |= {m[1] for m in moments if m[0].kind == "sequence"}
        bare = [m for m in moments if m[0].kind not in ("soon", "same")] or moments
        for action in acts:
            own = [
                m
                for m in bare
                if not (
                    m[2]
                    or m[0].preposition in _ONWARDS
                    or _SPREAD.search(self.text, sentence[0] + m[0].start, sentence[0] + m[0].end)
                )
                or ((near := nearest(m[0], acts, sentence)) is not None and near.cue == action.cue)
            ]
            if (telling := recalled(self.text, clause[0], action)) is not None:  # the time of the telling is not its
                own = [m for m in moments if sentence[0] + m[0].start > telling]
            that_day = [m for m in moments if m[0].kind == "same" and nearest(m[0], acts, sentence) is action]
            if (
                that_day
                and len(acts) > 1
                and not any(nearest(m[0], acts, sentence) is action for m in bare if m not in that_day)
            ):
                own = that_day  # "X was stopped the same day and Y was given from 13 March"
            cue = self.text[slice(*action.cue)]
            if action.kind == "restarted" and (again := _AGAIN_CUE.match(cue)):
                # "in 2010 and again in 2014" dates the second; "each began within 7 days of X" dates the reaction
                own = [m for m in own if again["later"] and sentence[0] + m[0].start >= action.cue[1]][:1]
            self._act(action, own, anchored=id(action) in inside, clause=clause)
        if all(m[0].kind == "soon" for m in moments):
            self._since_then(now, body, acts)
        forward = [m for m in moments if not m[2]]
        aside = {id(m): span for m in moments if m[2] and (span := self._aside(m[0], sentence, clause, acts))}
        pluperfect = not forward and looks_back(self.text, clause, aside.values())
        told = [m for m in moments if id(m) not in aside]
        if told:
            for mention, node, back in told:
                self.story.beats.append(
                    Beat(clause[0], clause[1], index, node, True, mention_at(mention, sentence), back)
                )
        else:
            if pluperfect and self.started and not acts:
                node, back = self._past(), True
            elif (then := self.came_in.get(index, self.flashback)) is not None and not acts:
                node, back = then, True
            else:
                node, back = self._now(), False
            self.story.beats.append(Beat(clause[0], clause[1], index, node, False, None, back))
        for moment in moments:
            if id(moment) in aside:
                span, time = aside[id(moment)], mention_at(moment[0], sentence)
                self.story.beats.append(Beat(*span, index, moment[1], True, time, True))
        if forward and (forward[-1][0].kind == "duration" or not _WHICH_HAD_BEEN.match(body)):
            self._keep_present(forward[-1], body, now)
            if self.presenting and (forward[0][0].kind == "date" or forward[0][0].anchor == GESTATION):
                self._dates_the_visit(forward[0][1], clause)
            if acts or not self._before_the_start(forward[-1]):
                self.context = forward[-1][1]
            self.flashback = None
        elif (
            moments
            and first
            and moments[0][0].kind == "before"
            and moments[0][0].start < 12
            and not _OF_TESTS.match(self.text, sentence[0] + moments[0][0].start)
            and all(a.cue in self.anchored or within(moments[0][0], a, sentence) for a in acts)
        ):
            self.flashback = moments[0][1]
        before_stay = any(m[0].anchor == "admission" and m[0].sign < 0 and m[0].kind == "offset" for m in moments)
        if before_stay and self.context is not None and self.story.network.between(self.context, ADMISSION).lo > 0:
            self.context = ADMISSION  # "for a week before admission he had …": what follows is told from there
        each = [
            m
            for m in forward
            if m[0].preposition == LATENCY or (m[0].kind in ("sequence", "offset") and self._each(acts))
        ]
        if each and self.story.main:
            self.story.onset_beat = self.story.onset_beat or self.story.beat_at(clause[0])
            self.story.bind(each[0][1], ONSET, SAME, point=0.0)
        if self._which_came(sentence, clause, moments) and now is not None:
            self.context = now
        self._onset(clause)

    def _each(self, acts: list[ActionMention]) -> bool:
        """ "Each episode began within a week of a dose": the time is that of every onset, so of the first."""
        cues = (_AGAIN_CUE.match(self.text[slice(*a.cue)]) for a in acts if a.kind == "restarted")
        return any(cue is not None and not cue["later"] for cue in cues)

    def _aside(
        self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int], acts: list[ActionMention]
    ) -> tuple[int, int] | None:
        """ "ALT 649 U/L (normal two months before)": a time in brackets that looks back is that of the brackets."""
        at = sentence[0] + mention.start
        if (relative := self._that_had_been(mention, sentence, clause)) is not None:
            return relative, sentence[0] + mention.end
        if mention.sign < 0 and (told := _COMPARED.search(self.text, clause[0], at)) is not None:
            return told.start(), sentence[0] + mention.end
        begin, end = self.text.rfind("(", clause[0], at), self.text.find(")", at, clause[1])
        if begin < 0 or end < 0 or self.text.rfind(")", begin, at) >= 0:
            return None
        begun = any(a.kind == "started" and a.drugs and 0 <= begin - a.drugs[-1].end < _CLOSE for a in acts)
        if begun or any(begin <= a.cue[0] < end for a in acts):
            return None  # "was started on X (6 weeks back)": the time is that of the start
        return begin, end + 1

    def _bracketed(
        self,
        mention: TimeMention,
        node: str,
        now: str | None,
        sentence: tuple[int, int],
        clause: tuple[int, int],
        acts: list[ActionMention],
    ) -> bool:
        """ "Creatinine 512 µmol/L (88 µmol/L in December 2018)": an earlier date in brackets; the story stays.

        So does it for the time of an extreme: "ALT 312 U/L (maximum 900 U/L on 25 March)".
        """
        place = self._aside(mention, sentence, clause, acts)
        if place is None:
            return False
        if IN_BRACKETS.match(self.text, place[0], sentence[0] + mention.start):
            return re.search(r"\d", self.text[clause[0] : place[0]]) is not None
        if mention.kind != "date" or now is None or self.story.network.between(now, node).hi >= 0:
            return False
        return re.search(r"\d", self.text[place[0] : sentence[0] + mention.start]) is not None

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
