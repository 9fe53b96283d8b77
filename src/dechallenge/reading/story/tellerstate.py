"""Where a story stands while it is told: the drugs in focus, and the moment it is at.

May import story, drugs, actions and times.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.layout.records import NARRATIVE, is_form
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import exchanged_for
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.anchordrugs import not_named, of_the_treatment
from dechallenge.reading.story.announcing import told_once
from dechallenge.reading.story.nearness import begun_then
from dechallenge.reading.story.presentation import PRESENTATION
from dechallenge.reading.story.story import ADMISSION, LATER, ONSET, SAME, Story, start_node, stop_node
from dechallenge.reading.story.tellerwords import (
    A_REDUCED,
    ANEW,
    BEDSIDE,
    CAME_BACK,
    EVENT,
    HAD,
    PLUPERFECT,
    STOPPED,
    TREATMENT_WAS,
)
from dechallenge.timeline import CalendarDate, Interval


def looks_back(text: str, clause: tuple[int, int], asides: Iterable[tuple[int, int]]) -> bool:
    """Whether a clause tells of an earlier time; an aside in it ("(140 mmol/l two months previously)") says nothing."""
    found = (match.start() for match in PLUPERFECT.finditer(text, *clause))
    spans = list(asides)
    return any(not any(a <= place < b for a, b in spans) for place in found)


_MEDICATIONS = Pattern(
    r"\b(?:medications?|medicines|drugs|drug\s+(?:list|regimen)|supplements)\s+(?:were|was|are|included|consisted\s+of|on\s+admission|at\s+home)\b",
    re.IGNORECASE,
)
"""What heads a list of the drugs that somebody takes."""


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
        self._of_lists: list[DrugMention] | None = None
        self.came_at: int | None = None  # the time that dates the reaction from a start which was looked back upon
        self.came_in: dict[int, str] = {}  # its sentence, with the moment of the reaction
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
                known = [*self.running(), *(self._on_the_list(mention.start) if kind == "stopped" else ())]
                names.extend(d for d in known if not (others and d in self.story.main))
            else:
                names.extend(self.story.main[:1])
        if not mentions and kind in ("restarted", "stopped"):
            names.extend(self.story.main[:1])
        return list(dict.fromkeys(names))

    def _on_the_list(self, at: int) -> list[str]:
        """ "Her medications included X, Y and Z. … She stopped all her medications": each of them."""
        if self._of_lists is None:
            heads = {d.sentence: self.text.rfind(". ", 0, d.start) + 1 for d in reversed(self.drugs)}
            self._of_lists = [
                d for d in self.drugs if d.drug and _MEDICATIONS.search(self.text, heads[d.sentence], d.start)
            ]
        return [d.drug for d in self._of_lists if d.start < at]

    def meant(self, action: ActionMention) -> list[str]:
        """The drugs of an action; "treatment was changed to X" stops no X, but the one other drug that was begun."""
        names = self.named(action.drugs, action.kind)
        if action.kind == "reduced" and not action.drugs:  # "after a dose reduction": of the drug that was named last
            last = self.drugs[max(0, bisect_left(self._places, action.cue[0]) - 1) :][:1]
            adjective = A_REDUCED.search(self.text, max(0, action.cue[0] - 8), action.cue[1]) is not None
            mine = [d.drug for d in last if d.drug in self.story.main and d.start < action.cue[0]]
            return [] if adjective else mine
        begun = exchanged_for(action, self.acts_in.get(action.sentence, ())) if not action.drugs else set()
        if not begun.intersection(names):
            return self._with_its_list(action, names)
        others = [d for d in dict.fromkeys(self.story.begun) if d not in begun]
        return others if len(others) == 1 else []

    def _with_its_list(self, action: ActionMention, names: list[str]) -> list[str]:
        """ "Was started on X, Y and Z … Treatment was stopped": a treatment of three or more ends as a whole."""
        if any(d.drug for d in action.drugs) or action.kind != "stopped" or not names:
            return names
        at = action.cue[0]
        if not STOPPED.match(self.text, at) or TREATMENT_WAS.search(self.text, max(0, at - 80), at) is None:
            return names
        steps = [s for s in self.story.steps[:_STEPS] if s.kind == "started"]
        cue = next((s.action.cue for s in steps if s.drug == names[0]), None)
        together = [s.drug for s in steps if s.action.cue == cue]
        return list(dict.fromkeys([*names, *together])) if len(together) >= _LIST else names

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

    def _came_back(self) -> bool:
        """The story stands at a later visit ("Two months later she returned"), from which it looks back."""
        here = next((b for b in reversed(self.story.beats) if b.node == self.context and b.explicit), None)
        return here is not None and CAME_BACK.search(self.text, here.start, here.end) is not None

    def _at_start(self) -> bool:
        """The story has told nothing after the start of the drug in focus."""
        main = self.story.main[:1]
        return bool(main) and self.context in (None, start_node(main[0], self.story.course.get(main[0], 0)))

    def _of_follow_up(self, base: str) -> bool:
        """The moment is not before the reaction, nor before the stop of the drug where one is told."""
        network, main = self.story.network, self.story.main
        stops = [stop_node(d, self.story.course.get(d, 0)) for d in main if d in self.story.stopped]
        return base in network.names and all(network.between(n, base).lo >= 0 for n in (*stops, ONSET))

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

    def _told_first(self, mention: TimeMention, sentence: tuple[int, int], acts: list[ActionMention]) -> str:
        """What the first time of a story counts from: the start of the drug in focus, unless that is still to come.

        "RA was diagnosed. Three months later X was started": the diagnosis, or the start of a drug told before.
        """
        drug = self.story.main[0]
        course = self.story.course.get(drug)
        if mention.sign < 0 or course is not None or not begun_then(self.text, mention, sentence, acts, drug):
            return start_node(drug, course or 0)
        other = next((s for s in reversed(self.story.steps) if s.kind == "started"), None)
        return other.node if other is not None else self._now()

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


_STEPS = 40
_LIST = 3
"""Drugs that are begun in one breath, from which on they are one treatment."""
