"""Time expressions made moments of a story: which node each counts from, and what interval it allows.

May import the state of the telling, story, times and the timeline.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dechallenge.reading.actions import ActionMention
from dechallenge.reading.doseplan import counted_dose, day_of_dose, given_at_operation
from dechallenge.reading.presentation import PRESENTATION
from dechallenge.reading.story import ADMISSION, EPOCH, LATER, ONSET, SAME, start_node, stop_node
from dechallenge.reading.tellerstate import HAD, NAME, PLUPERFECT, TellerState
from dechallenge.reading.timedates import in_order
from dechallenge.reading.times import TimeMention
from dechallenge.reading.triggers import Pattern
from dechallenge.timeline import ANY, Interval

_PLANNED = Pattern(r"\b(?:planned|scheduled|intended|meant|due|prescribed)\s+(?:for\s+|to\s+last\s+)?$", re.IGNORECASE)
_THAT_WAS_TAKEN = Pattern(
    r"\b(?:that|which|both\s+of\s+which|all\s+of\s+which)\s+(?:she|he|they|had|was|were|the)\b", re.IGNORECASE
)
_NEXT_VERB = Pattern(
    r"\b(?:and|then|she|he|it)\b[^.;]{0,60}$|\b(?:develop\w*|noted|complain\w*|experienc\w*|found|became|presented|"
    r"began)\b",
    re.IGNORECASE,
)
_OF_DRUG = Pattern(
    r"\s*(?:of|on)\s+(?:(?:a|an|the|his|her|single|one|first|high|low|full|oral|intravenous|daily|weekly|combined|"
    r"dose|doses|course|of|\d[\d.,]{0,8}|mg|g|mcg)\b[\s-]*){0,7}",
    re.IGNORECASE,
)
_NO_EXPOSURE = Pattern(
    r"\b(?:history|known|elevated|suffer\w+|had had|ill|jaundice deepened|worsen\w*)\b", re.IGNORECASE
)
_ONLY_DOSE = Pattern(
    r"(?:[\s,(]*(?:\d[\d.,/-]*|mg|g|ug|mcg|ml|kg|iu|units?|tablets?|capsules?|supplements?|daily|twice|once|per|a|"
    r"day|weekly|bid|tid|od|qd|"
    r"oral(?:ly)?|intravenous(?:ly)?|iv|po|every|hours?|use|therapy|treatment|"
    r"-?containing)\b[\s,/).-]*)*\s*(?:for\s+)?(?:about\s+|approximately\s+)?",
    re.IGNORECASE,
)
_INDICATION = Pattern(r"^\s+for\s+(?:[a-z][\w-]{1,20}\s+){1,3}(?=for\s*$)", re.IGNORECASE)
_WITH = Pattern(
    r"(?:[\s,(]{0,3}(?:\d[\d.,]{0,8}|mg|g|ug|mcg|ml|kg|iu|units?|daily|twice|once|per|day|weekly|bid|tid|oral(?:ly)?|"
    r"intravenous(?:ly)?|iv|po)\b[/)]{0,2}){0,8}\s{0,3}(?:,|and|plus|with|/|\+)\s{0,3}",
    re.IGNORECASE,
)
_ON_IT = Pattern(
    r"\b(?:on|of|with)\s+(?:the\s+|oral\s+|long[- ]term\s+)?(?:drug|therapy|treatment|medication)\b|\b(?:having|"
    r"had)\s+been\s+(?:on|treated)\b|\bwhich\s+(?:she|he)\s+took\b"
    r"|\b(?:taken|took|used|received)\s+(?:the\s+same\s+(?:dose|drug|medicine|product|treatment)|the\s+(?:drug|"
    r"medicine|product|supplement|capsules|tablets))\b",
    re.IGNORECASE,
)

_COMBINED = Pattern(r"\bcombin(?:ation|ed)\b", re.IGNORECASE)
_BOTH = Pattern(r"\b(?:both|the\s+two)\s+(?:drugs|medications|medicines|agents)\b|\bcombination\b", re.IGNORECASE)
MORE = Pattern(r"\b(?:another|additional|further|more(?!\s+than))\b", re.IGNORECASE)
"""A time that goes on from the one told before it ("continued for a further 2 weeks")."""


def printed_point(mention: TimeMention) -> float | None:
    """The printed amount in days, signed; ``None`` for a bound or where no number was printed."""
    if mention.amount is None or mention.amount.point is None or mention.within:
        return None
    return mention.sign * mention.amount.point


class TellerMoments(TellerState):
    """Makes a node of every time expression. Returns the node and whether it goes back before the drug."""

    def moment(
        self, mention: TimeMention, sentence: tuple[int, int], clause: tuple[int, int], acts: list[ActionMention]
    ) -> tuple[str, bool] | None:
        network = self.story.network
        amount = mention.amount.interval if mention.amount else ANY
        if mention.sign < 0:
            amount = Interval.of(-amount.hi, -amount.lo)
        node = self.story.fresh()
        mention = self._on_the_drug(mention, sentence)
        if mention.kind == "date" and mention.preposition.startswith("month-day"):
            back = (PLUPERFECT.search(self.text, *clause) or HAD.search(self.text, *clause)) is not None
            mention = replace(mention, date=self._this_year(mention.preposition, back=back), preposition="")
            if mention.date is None:
                return None
        if mention.kind == "date" and mention.date is not None:
            settled = in_order(self.text, sentence[0] + mention.start, sentence[0] + mention.end)
            self.last_date = dated_on = settled or mention.date
            dated = any(a.kind in ("started", "restarted") and a.drugs for a in acts)
            if mention.preposition == "until" or (mention.preposition in ("since", "from") and not dated):
                return None
            network.bound(EPOCH, node, dated_on.interval)
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
            if base == ADMISSION:
                self._stay()
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
        if mention.preposition in ("at", "by"):
            base_node = self._at_base(base_node)
        base_node = self._beyond_step(mention, sentence, base_node, amount)
        self.counted[node] = (base_node, amount)
        at = sentence[0] + mention.start
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
        if self.presenting and mention.sign < 0 and self.flashback is None:
            base_node = PRESENTATION
        if mention.preposition in ("at", "by"):
            self.at_base, self.at_node = base_node, node
        self.story.bind(base_node, node, amount, point=printed_point(mention), label=mention)
        return node, mention.sign < 0

    def _beside(self, begin: int, at: int) -> list[str]:
        """The drugs that a duration stands beside: the last named and those joined to it ("X and Y for 3 weeks")."""
        found: list[str] = []
        last = at
        for drug in reversed([d for d in self.named_in(begin, at) if d.drug and d.end <= at]):
            gap = self.text[drug.end : last]
            fits = _WITH.fullmatch(gap) if found else _ONLY_DOSE.fullmatch(_INDICATION.sub(" ", gap))
            if len(gap) > 80 or not fits:
                break
            found.insert(0, drug.drug)
            last = drug.start
        return found

    def _of_another(self, clause: tuple[int, int], at: int) -> bool:
        """ "X was begun in addition to Y, which she had used for years": the length is that of the drug named last."""
        last = next((d for d in reversed(self.named_in(clause[0], at)) if d.drug and d.end <= at), None)
        return (
            last is not None
            and last.drug not in self.story.main
            and _THAT_WAS_TAKEN.search(self.text, last.end, at) is not None
        )

    def _on_the_drug(self, mention: TimeMention, sentence: tuple[int, int]) -> TimeMention:
        """ "After four days of high-dose X", "on day 9 of X": the time counts from the start of that drug."""
        if mention.sign < 0 or mention.kind not in ("sequence", "day") or mention.amount is None:
            return mention
        end = sentence[0] + mention.end
        drug = next((d for d in self.named_in(end + 1, end + 60) if d.drug and d.kind != "dose"), None)
        if drug is None or not _OF_DRUG.fullmatch(self.text[end : drug.start]):
            return mention
        span = (mention.end, drug.end - sentence[0])
        return replace(mention, kind="offset", anchor="start", end=span[1], anchor_span=span)

    def _at_base(self, base: str) -> str:
        """ "At 7 weeks" counts from where "at 4 weeks" did; before any stop that is the start of the drug."""
        if self.at_base and self.context == self.at_node:
            return self.at_base
        main = self.story.main
        if main and not self.presenting and not any(drug in self.story.stopped for drug in main):
            return start_node(main[0], self.story.course.get(main[0], 0))
        return base

    def _beyond_step(self, mention: TimeMention, sentence: tuple[int, int], base: str, amount: Interval) -> str:
        """ "Raised after a week. After seven weeks he …": both count from where the first does."""
        words = self.text[sentence[0] + mention.start : sentence[0] + mention.end].lower()
        if base not in self.dose_steps or base not in self.counted or not words.startswith("after"):
            return base
        before, first = self.counted[base]
        return before if amount.lo > first.hi and not MORE.search(words) else base

    def _before(self, mention: TimeMention, sentence: tuple[int, int], node: str) -> tuple[str, bool] | None:
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
                return self._before_event(node, begin, end)
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
            if base == ADMISSION:
                self._stay()
            if base == ONSET and story.onset_beat is None and self.context is not None:
                story.bind(self.context, ONSET, SAME, point=0.0)
            story.bind(base, node, amount, point=printed_point(mention), label=mention)
            return node, mention.sign < 0
        dose = counted_dose(self.text[sentence[0] + mention.start : sentence[0] + mention.end + 24])
        if mention.anchor == "other" and dose is None:
            base = self.context or ""
            first = sentence[0] + (mention.anchor_span or (0, 0))[0]
            anchor = self.text[first : sentence[0] + mention.end]
            named = [d.drug for d in self.named_in(first, sentence[0] + mention.end) if d.drug]
            drug = named[0] if named else given_at_operation(self.text, first, self.drugs, story.main[:1])
            if drug is not None:
                base = start_node(drug, story.course.get(drug, 0))
                self.started = self.started or drug in story.main
            elif re.search(r"discharge|deliver|transplant|surg|biops|operat", anchor, re.I):
                base = "other:" + re.sub(r"\W+", " ", anchor).strip().lower()[:20]
            if base:
                story.bind(base, node, amount, point=printed_point(mention), label=mention)
            return node, mention.sign < 0
        drug = self.anchor_drug(mention, sentence)
        if mention.kind == "day" and mention.anchor_span is None and self.story.main:
            drug = self.story.main[0]
            course = self.story.course.get(drug, 0)
            late = self.context is not None and network.between(start_node(drug, course), self.context).lo > amount.hi
            if mention.preposition != "of":
                self.clock = self.clock or ("stay" if late else "start")
            if self.context is not None and self.clock == "stay" and mention.preposition != "of":
                base = ADMISSION if ADMISSION in network.names else stop_node(drug, course)
                if base not in network.names:
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
            story.bind(stop_node(drug, course), node, amount, point=printed_point(mention), label=mention)
            network.bound(start_node(drug, course), stop_node(drug, course), LATER)
        else:
            if drug in story.main:
                self.started = True
            story.course.setdefault(drug, 0)
            words = self.text[sentence[0] + mention.start : sentence[0] + mention.end + 24]
            base = self._combined(drug, course) if _COMBINED.search(words) else self._given(drug, course, words)
            if amount.high is None and self.next_dose.get(base):  # "after the sixth injection": before the next one
                amount = Interval(amount.low, self.next_dose[base])
            story.bind(base, node, amount, point=printed_point(mention), label=mention)
        return node, mention.sign < 0

    def _combined(self, drug: str, course: int) -> str:
        """The start of a combination is that of the drug that was told last to be added."""
        start = start_node(drug, course)
        added = [
            s.node
            for s in self.story.steps
            if s.kind == "started" and s.drug != drug and self.story.network.between(start, s.node).lo > 0
        ]
        return added[-1] if added else start

    def _given(self, drug: str, course: int, words: str) -> str:
        """The administration that a time counts from: the start, or "the third infusion" on its own day."""
        number = counted_dose(words)
        if number is None:
            return start_node(drug, course)
        node = f"dose:{drug}:{course}:{number}"
        if node not in self.story.network.names:
            plan = day_of_dose(self.text, number, [d.end for d in self.drugs if d.drug == drug])
            if plan is not None:
                self.story.bind(start_node(drug, course), node, Interval.of(plan[0], plan[0]), point=plan[0])
                self.next_dose[node] = plan[1]
            else:
                self.story.network.bound(start_node(drug, course), node, LATER)
        return node

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
        if mention.preposition == "dates" and not any(a.kind in ("started", "continued", "restarted") for a in acts):
            return None  # the days of a stay
        at = sentence[0] + mention.start
        if _PLANNED.search(self.text, max(clause[0], at - 30), at) or self._of_another(clause, at):
            return None
        if MORE.search(self.text, at, sentence[0] + mention.end):
            if self.context is None:  # not the length of the whole
                return None
            story.bind(self.context, node, amount, point=printed_point(mention), label=mention)
            return node, False
        beside = [
            d
            for d in self.named_in(at - 45 - NAME, at)
            if d.drug
            and d.end <= at
            and at - d.end < 45
            and "(" in self.text[d.end : at]
            and ")" not in self.text[d.end : at]
        ]
        if beside:
            drug = beside[-1].drug
            moment = self.context or node
            if self.context is None:
                self.context = node
            story.bind(start_node(drug, story.course.get(drug, 0)), moment, amount, point=printed_point(mention))
            story.course.setdefault(drug, 0)
            self.started = self.started or drug in story.main
            return (node, False) if moment == node else None
        stops = [n for a in acts if a.kind == "stopped" for n in self.named(a.drugs, a.kind) if n in story.main]
        if stops and re.search(
            r"\bstopp\w+\s+(?:\w+\s+){0,4}for\s*$", self.text[max(clause[0], at - 50) : at], re.IGNORECASE
        ):
            for action in [a for a in acts if a.kind == "stopped"]:
                self._act(action, [], anchored=False, clause=clause)
                acts.remove(action)
            story.bind(stop_node(stops[0], story.course.get(stops[0], 0)), node, amount, point=printed_point(mention))
            return node, False
        last_stop = max((a.cue[1] for a in acts if a.kind == "stopped" and a.cue[1] <= at), default=at)
        if any(d.drug and d.drug not in story.main for d in self.named_in(last_stop, at)):
            stops = []
        if mention.preposition in ("course", "dates") or (stops and not any(a.kind == "started" for a in acts)):
            near = [d.drug for d in self.named_in(clause[0], sentence[1]) if d.drug in story.main]
            named = (stops or near or list(story.main))[:1]
            if named:
                course = story.course.get(named[0], 0)
                story.bind(
                    start_node(named[0], course), stop_node(named[0], course), amount, point=printed_point(mention)
                )
                story.course.setdefault(named[0], 0)
                self.started = True
            return None
        drugs = [
            n for a in acts if a.kind in ("started", "continued", "restarted") for n in self.named(a.drugs, a.kind)
        ]
        if not drugs and _ON_IT.search(text):
            drugs = list(story.main[:1])
        if not drugs:
            drugs = self._beside(clause[0], at)
        drug = next((d for d in drugs if d in story.main), "")
        if not drug:
            return None
        untold = drug not in story.course
        for action in [a for a in acts if a.kind in ("started", "restarted")]:
            self._act(action, [], anchored=False, clause=clause)
            acts.remove(action)
        if self.presenting and untold:
            story.course[drug] = 0
            story.bind(start_node(drug, 0), PRESENTATION, amount, point=printed_point(mention))
            return PRESENTATION, True
        course = story.course.get(drug, 0)
        base = self._combined(drug, course) if _BOTH.search(text) else start_node(drug, course)
        story.bind(base, node, amount, point=printed_point(mention))
        self.lengths[drug] = node
        self.started = True
        story.course.setdefault(drug, 0)
        return node, False
