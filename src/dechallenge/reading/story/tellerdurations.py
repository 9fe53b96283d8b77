"""Lengths of exposure in a story: "took X for N weeks", "a ten day course", "X (for N years)".

The end of such a time is the moment that the story goes on from, or the stop of the drug. May import the state of the
telling, story, times and actions.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.timemention import TimeMention
from dechallenge.reading.story.presentation import PRESENTATION
from dechallenge.reading.story.story import EPOCH, LATER, ONSET, SAME, start_node, stop_node
from dechallenge.reading.story.tellerstays import TellerStays
from dechallenge.reading.story.tellerwords import HAD, NAME, PLUPERFECT
from dechallenge.timeline import Interval

_OVER_BY_THEN = Pattern(
    r"\b(?:since|after)\s+(?:he|she|they|the\s+patient)\s+had\s+(?:\w+ly\s+)?(?:used|taken|received|ingested)\b[^.;]*$",
    re.IGNORECASE,
)
"""A course that was over by the time that is told ("21 days since he had used X for 7 days")."""
_OF_IT = Pattern(r"\s+(?:course\s+)?of\s+(?:[\w-]+\s+){0,4}", re.IGNORECASE)
_OF_A_SIGN = Pattern(
    r"(?<!treatment\s)(?<!therapy\s)(?<!course\s)(?<!exposure\s)(?<!use\s)\blasting\s+(?:for\s+)?(?:about\s+|almost\s+|over\s+)?$",
    re.IGNORECASE,
)
"""Before the length of what came up ("a seizure lasting two minutes")."""
_NEAR_SIGN = 30
"""Characters before "lasting" in which a drug would be what lasted."""
_PLANNED = Pattern(r"\b(?:planned|scheduled|intended|meant|due|prescribed)\s+(?:for\s+|to\s+last\s+)?$", re.IGNORECASE)
_UNDER_WAY = Pattern(r"\binto\s+(?:an?|the|his|her|their)\s+(?:\w+\s+)?$", re.IGNORECASE)
"""Before the length of a course that was not over then ("4 months into a 6-month course")."""
_COURSE_OF = Pattern(
    r"[\s-]*(?:(?:course|cycle|regimen|treatment|therapy|prescription)s?\s+)?(?:(?:of|with)\s+)?(?:(?:oral|intravenous|topical|"
    r"empirical?|high-dose|low-dose|generic|IV|PO|"
    r"recombinant|human|subcutaneous|intramuscular|daily|pegylated|systemic)\s+){0,3}",
    re.IGNORECASE,
)
"""Between a length and the drug that it is of."""
_LASTED = Pattern(
    r"\b(?:remained|stayed|continued\s+to\s+be|was\s+still)\s+(?:\w+\s+)?(?:jaundiced|icteric)\s+for\s+(?:about\s+|almost\s+)?$|"
    r"\b(?:jaundice|icterus)\s+(?:persisted|lasted|continued)\s+(?:for\s+)?(?:about\s+|almost\s+)?$|"
    r"\b(?:continued|kept)\s+(?:to\s+)?(?:drop|fall|declin|decreas|ris|increas|climb|deteriorat|worsen)\w*\s+for\s+(?:about\s+|almost\s+)?$",
    re.IGNORECASE,
)
"""Before the time that a sign of the reaction lasted: the story is at its end."""
_THEN_MORE = Pattern(
    r"\s*,?\s*(?:and\s+|but\s+)?(?:then|followed\s+by|thereafter|afterwards)\s+(?:(?:at|by|with)\s+)?(?:\d|twice|once|daily|"
    r"(?:two|three|four)\s+times|weekly|every)",
    re.IGNORECASE,
)
"""Behind the length of a first dose step ("100 mg daily for 3 days, then 20 mg daily"): the drug went on."""
_STEP_LENGTH = Pattern(r"[^.;]{0,40}?\bfor\s+(?:another|an?\s+(?:additional|further))\s", re.IGNORECASE)
"""Behind a dose step: it has a length of its own, that goes on from the one before."""
_THAT_WAS_TAKEN = Pattern(
    r"\b(?:that|which|both\s+of\s+which|all\s+of\s+which)\s+(?:she|he|they|had|was|were|the)\b", re.IGNORECASE
)
_COMPLETED = Pattern(r"complet|finish", re.IGNORECASE)
"""Stops that a course ends with."""
_NO_EXPOSURE = Pattern(
    r"\b(?:history|known|elevated|suffer\w+|had had|ill|jaundice deepened|worsen\w*)\b", re.IGNORECASE
)
_EDITED = Pattern(r"\[[^\[\]\d]{3,60}\]")
_AWAY = Pattern(
    r"\b(?:avoid(?:ance|ing|ed)|abstinen\w+|abstain\w*|omission|(?<!\w)off)\s+(?:(?:of|from|the|all|this|that)\s+)*(?:[\w-]+\s+){0,2}(?:for\s+)?$",
    re.IGNORECASE,
)
"""Before a time without the drug ("avoidance of X for one week")."""
_ONLY_DOSE = Pattern(
    r"(?:\s{0,2}\([A-Z]{1,5}\))?(?:[\s,(]*(?:\d[\d.,/-]*(?:\s+to\s+\d[\d.,]*)?|mg|g|ug|mcg|ml|kg|m2|iu|units?|tablets?|capsules?|supplements?|daily|twice|once|per|a|"
    r"day|d|weeks?|wk|months?|years?|weekly|monthly|nightly|bid|tid|qid|od|qd|qhs|qam|q\d{1,2}h|q\w{1,4}|prn|u|sq|im|tabs?|ds|for(?=\s+\d)|"
    r"oral(?:ly)?|by\s+mouth|intravenous(?:ly)?|subcutaneous(?:ly)?|iv|po|sc|every|hours?|use|therapy|treatment|"
    r"-?containing)\b[\s,/).-]*)*\s*\(?(?:for\s+)?(?:(?:the\s+)?(?:past|last|previous)\s+)?(?:about\s+|approximately\s+)?",
    re.IGNORECASE,
)
_INDICATION = Pattern(r"^\s+for\s+(?:[a-z][\w-]{1,20}\s+){1,3}(?=for\s*$)", re.IGNORECASE)
_WAS_GIVEN = Pattern(
    r"\s(?:was|were|had\s+been)\s+(?:given|taken|used|administered|prescribed|continued)"
    r"(?:\s+from\s+(?:\w+\s+)?(?:19|20)\d\d)?\s+$",
    re.IGNORECASE,
)
"""Between a drug and its last day ("was given from 2010 to 2017")."""
_FROM_A_DAY = Pattern(
    r"(?:\s+from\s+|\s*,?\s*\((?:[^()]{1,30},\s)?(?:from\s+)?)(?:\d{1,2}(?:st|nd|rd|th)?(?:\s+of\s+|[\s/.-]+))?(?:\d{1,2}|[A-Z][a-z]{2,8}\.?)"
    r"(?:\s+\d{1,2}(?:st|nd|rd|th)?)?(?:(?:,?\s+|[/.-])\d{2,4})?\s+(?:to\s+)?$"
)
"""The first day of a drug, before its last ("took X from 2 February to 10 February")."""
_WITH = Pattern(
    r"(?:[\s,(]{0,3}(?:\d[\d.,]{0,8}|mg|g|ug|mcg|ml|kg|iu|units?|daily|twice|once|per|day|weekly|bid|tid|oral(?:ly)?|"
    r"by\s+mouth|intravenous(?:ly)?|iv|po)\b[/)]{0,2}){0,8}\s{0,3}(?:\([\w-]{1,12}\)\s{0,3})?(?:,\s{0,3}and\b|,|and|plus|with|/|\+)\s{0,3}",
    re.IGNORECASE,
)
_TAKEN_UNTIL = Pattern(
    r"\b(?:took|taken|used|received|given|administered|lasted|continued|went\s+on)\s+(?:(?:it|them|this|the\s+(?:[\w-]+\s+)?(?:drug|medicine|"
    r"medication|product|antibiotics?|tablets?|capsules?|treatment|therapy|course|supplement))\s+)?(?:for\s+[\w\s-]{2,20},?\s*)?(?:until|till|through)?\s*$",
    re.IGNORECASE,
)
"""Before the last day of the drug in focus, which the sentence does not name ("she took the antibiotic until …")."""
_STAY = Pattern(r"\b(?:hospital\w*|admi\w+|stay\w*|inpatient|ICU|ward)\b", re.IGNORECASE)
_ON_IT = Pattern(
    r"\b(?:on|of|with)\s+(?:the\s+|oral\s+|long[- ]term\s+)?(?:drug|therapy|treatment|medication)\b|\b(?:having|"
    r"had)\s+been\s+(?:on|treated)\b|\bwhich\s+(?:she|he)\s+took\b"
    r"|\b(?:taking|using|drinking|chewing|ingesting|took|taken|used|received)\s+(?:it|them|this|these|the\s+latter)\b"
    r"|\b(?:taken|took|used|received)\s+(?:the\s+same\s+(?:dose|drug|medicine|product|treatment)|the\s+(?:drug|"
    r"medicine|product|supplement|capsules|tablets|antibiotics?|pills|medication))\b",
    re.IGNORECASE,
)
_BOTH = Pattern(r"\b(?:both|the\s+two)\s+(?:drugs|medications|medicines|agents)\b|\bcombination\b", re.IGNORECASE)
_SHORT = 31.0
"""Days of a month: what a list of medicines gives for longer ("simvastatin 80 mg x 2 yrs") was taken until then."""
_VERB = Pattern(
    r"\b(?:ha[ds]|have|was|were|been|is|took|tak(?:es|ing|en)|receiv\w+|treated|us(?:ed|ing)|given|started|completed)\b",
    re.IGNORECASE,
)
_ILL_SINCE = Pattern(
    r"\b(?:with|suffering\s+from|known\s+(?:for|to\s+have)|history\s+of|diagnosed\s+(?:with|as))\s+[^.;]{3,120}$",
    re.IGNORECASE,
)
"""Before a length of time: an illness, which may be treated."""
_SUBJECT = Pattern(r"\b(?:he|she|they|it|I|patient|woman|man|girl|boy|child)\b|[;:]", re.IGNORECASE)
"""Between a length and a verb: a subject, with which the length may belong to that verb."""
MORE = Pattern(r"\b(?:another|additional|further|more(?!\s+than))\b", re.IGNORECASE)
"""A time that goes on from the one told before it ("continued for a further 2 weeks")."""


def printed_point(mention: TimeMention) -> float | None:
    """The printed amount in days, signed; ``None`` for a bound or where no number was printed."""
    if mention.amount is None or mention.amount.point is None or mention.within:
        return None
    return mention.sign * mention.amount.point


_EACH_ROUND = Pattern(
    r"\)?,?\s*(?:(?:in|of|during)\s+)?(?:every|each)\s+(?:[\w-]+\s+)?(?:cycles?|courses?|weeks?|months?|\d)\b",
    re.IGNORECASE,
)
"""Behind the days of one round ("daily for 5 days every 4 weeks"), which is not how long the drug was taken."""


class TellerDurations(TellerStays):
    """Makes moments of the lengths of exposure."""

    def _beside(self, begin: int, at: int) -> list[str]:
        """The drugs that a duration stands beside: the last named and those joined to it ("X and Y for 3 weeks")."""
        found: list[str] = []
        last = at
        for drug in reversed([d for d in self.named_in(begin, at) if d.drug and d.end <= at]):
            gap = _EDITED.sub(" ", self.text[drug.end : last])  # "lithium [dosage not stated] for over 10 years"
            told = _WAS_GIVEN.sub(" ", _FROM_A_DAY.sub(" ", _INDICATION.sub(" ", gap)))
            fits = _WITH.fullmatch(gap) if found else _ONLY_DOSE.fullmatch(told)
            listed = len(found) == 1 and gap.strip() == ","  # "aspirin, vancomycin from 6 to 8 March": that of the last
            if len(gap) > 80 or not fits or listed:
                break
            found.insert(0, drug.drug)
            last = drug.start
        return found

    def _used(self, mention: TimeMention, sentence: tuple[int, int], date: Interval) -> bool:
        """ "X 30 mg/day from 2 February", "treated with X and Y until July 2016": their first or last day.

        False where the date stands beside no drug.
        """
        story, ends = self.story, mention.preposition == "until"
        at = sentence[0] + mention.start
        drugs = self._beside(sentence[0], at)
        if ends and not drugs and story.main and _TAKEN_UNTIL.search(self.text, sentence[0], at):
            drugs = [story.main[0]] if self._last_named(sentence[0], at) in ("", story.main[0]) else []
        told_later = False
        for drug in drugs:
            course = story.course.get(drug, 0)
            node = stop_node(drug, course) if ends else start_node(drug, course)
            if ends and (node in story.network.names or self._cut_short(drug, 0)):
                told_later |= _PLANNED.search(self.text, max(sentence[0], at - 60), at) is None
                continue
            story.network.bound(EPOCH, node, date)
            if ends:
                story.network.bound(start_node(drug, course), node, LATER)
                story.ends[node] = (at, sentence[0] + mention.end)
                if (
                    drug in story.main
                    and self.context is not None
                    and story.network.between(self.context, node).lo >= 0
                ):
                    self.context = node
            else:
                story.course.setdefault(drug, 0)
                self.started = self.started or drug in story.main
        return bool(drugs) and not told_later

    def _taken_so_far(self, drugs: list[str], node: str, amount: Interval, mention: TimeMention) -> None:
        """ "On X x 4 yrs, was given Y on 3/2": so long had X been taken when Y was given, or on the first day told."""
        dated = self.dated_before[-1][1] if self.dated_before else ""
        if dated:
            self.story.network.bound(dated, node, SAME)
        else:
            self.so_far.append(node)
        for drug in drugs:
            self.story.course.setdefault(drug, 0)
            self.story.bind(start_node(drug, 0), node, amount, point=printed_point(mention))

    def _of_another(self, clause: tuple[int, int], at: int) -> bool:
        """ "X was begun in addition to Y, which she had used for years": the length is that of the drug named last."""
        last = next((d for d in reversed(self.named_in(clause[0], at)) if d.drug and d.end <= at), None)
        return (
            last is not None
            and last.drug not in self.story.main
            and _THAT_WAS_TAKEN.search(self.text, last.end, at) is not None
        )

    def _of_the_illness(self, clause: tuple[int, int], at: int, end: int, acts: list[ActionMention]) -> bool:
        """ "A woman with epilepsy for 6 years began lamotrigine": so long had she been ill when the drug was begun."""
        begun = [a.cue[0] for a in acts if a.kind == "started" and any(d.drug in self.story.main for d in a.drugs)]
        if not begun or min(begun) < end or _ILL_SINCE.search(self.text, clause[0], at) is None:
            return False
        return _SUBJECT.search(self.text, end, min(begun)) is None

    def _of_other(
        self, drug: str, mention: TimeMention, sentence: tuple[int, int], amount: Interval, acts: list[ActionMention]
    ) -> None:
        """The last day of a drug beside the one in focus, from the two days between which it was given."""
        story, course = self.story, self.story.course.get(drug, 0)
        begun = any(a.kind in ("started", "restarted") and any(d.drug == drug for d in a.drugs) for a in acts)
        if begun and stop_node(drug, course) not in story.network.names and not self._cut_short(drug, 0):
            story.bind(start_node(drug, course), stop_node(drug, course), amount, point=printed_point(mention))
            story.ends[stop_node(drug, course)] = (sentence[0] + mention.start, sentence[0] + mention.end)

    def close_lengths(self) -> None:
        """ "Took X for 10 days. Two weeks later …": the length, and so the drug, was over before the reaction began."""
        story = self.story
        for drug, node in self.lengths.items():
            told = {step.kind for step in story.told.get(drug, ())}
            stop = stop_node(drug, 0)
            if told & {"stopped", "continued", "increased", "reduced", "restarted"} or story.course.get(drug) != 0:
                continue
            over = ONSET in story.network.names and story.network.between(node, ONSET).lo > 0
            if over and stop not in story.ends and story.network.between(start_node(drug), node).lo > 0:
                story.bind(node, stop, SAME, point=0.0)
                story.ends[stop] = self.length_words[node]

    def _last_named(self, begin: int, at: int) -> str:
        return next((d.drug for d in reversed(self.named_in(begin, at)) if d.drug and d.end <= at), "")

    def _combined(self, drug: str, course: int) -> str:
        """The start of a combination is that of the drug that was told last to be added."""
        start = start_node(drug, course)
        added = [
            s.node
            for s in self.story.steps
            if s.kind == "started" and s.drug != drug and self.story.network.between(start, s.node).lo > 0
        ]
        return added[-1] if added else start

    def _course_of(self, mention: TimeMention, sentence: tuple[int, int]) -> str:
        """The drug right behind a course of so many days ("a 7-day course of oral clarithromycin")."""
        end = sentence[0] + mention.end
        if mention.preposition != "course":
            return ""
        for drug in self.named_in(end, end + 60 + NAME):
            if drug.drug and drug.start >= end and drug.start - end < 60:
                return drug.drug if _COURSE_OF.fullmatch(self.text, end, drug.start) else ""
        return ""

    def _begun_together(self, others: list[str], drug: str, course: int) -> None:
        """ "4 months into a 6-month course of X and Y": Y was begun with X."""
        for other in others:
            self.story.course.setdefault(other, 0)
            self.story.network.bound(start_node(drug, course), start_node(other, 0), SAME)

    def _cut_short(self, drug: str, position: int) -> bool:
        """A course of so many days is what was ordered, where the report tells later that the drug was stopped."""
        return any(
            a.kind == "stopped"
            and not a.negated
            and a.cue[0] >= position
            and not _COMPLETED.match(self.text, *a.cue)
            and (not any(d.drug for d in a.drugs) or drug in self.meant(a))
            for a in self.actions
        )

    def _of_the_next(self, end: int) -> bool:
        """ "Three days of G-CSF": the length is that of the drug behind it, which is not the one in focus."""
        behind = next((d for d in self.named_in(end, end + 40) if d.drug), None)
        if behind is None or behind.drug in self.story.main:
            return False
        return _OF_IT.fullmatch(self.text, end, behind.start) is not None

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
        if _NO_EXPOSURE.search(text) and not self._beside(clause[0], sentence[0] + mention.start):
            return None
        if _AWAY.search(self.text, clause[0], sentence[0] + mention.start):
            return None
        if _EACH_ROUND.match(self.text, sentence[0] + mention.end, sentence[1]):
            return None
        given = any(a.kind in ("started", "continued", "restarted") for a in acts)
        if mention.preposition == "dates" and not given:
            named_before = self.named_in(clause[0], sentence[0] + mention.start)
            if _STAY.search(text) or not any(d.drug in story.main for d in named_before):
                return None  # the days of a stay
        at = sentence[0] + mention.start
        if mention.preposition == "dates" and (other := self._last_named(clause[0], at)) not in ("", *story.main):
            self._of_other(other, mention, sentence, amount, acts)
            return None  # "X was stopped, and Y was given from 13 to 18 March"
        of_a_sign = _OF_A_SIGN.search(self.text, max(clause[0], at - 30), at) is not None
        if of_a_sign and not any(d.drug for d in self.named_in(at - _NEAR_SIGN, at)):
            return None  # "developed priapism lasting ten hours"
        step = _THEN_MORE.match(self.text, sentence[0] + mention.end, sentence[1])
        if step is not None and not _STEP_LENGTH.match(self.text, step.end(), sentence[1]):
            self.first_step = self.first_step or amount
            return None
        if _LASTED.search(self.text, clause[0], at):
            for action in [a for a in acts if a.kind == "stopped" and a.cue[1] <= at]:
                self._act(action, [], anchored=False, clause=clause)  # "X was stopped and the count fell for 9 days"
                acts.remove(action)
            if self.context is None:
                return None
            story.bind(self.context, node, amount, point=printed_point(mention), label=mention)
            return node, False
        if _PLANNED.search(self.text, max(clause[0], at - 30), at) or self._of_another(clause, at):
            return None
        if self._of_the_illness(clause, at, sentence[0] + mention.end, acts):
            return None
        if MORE.search(self.text, at, sentence[0] + mention.end):
            base = self.context or next(reversed(self.lengths.values()), None)
            if base is None:  # not the length of the whole
                return None
            story.bind(base, node, amount, point=printed_point(mention), label=mention)
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
        if beside and mention.preposition != "dates":  # the two days of a bracket are the first and the last
            drug = beside[-1].drug
            moment = self.context or node
            if self.context is None:
                self.context = node
            story.bind(start_node(drug, story.course.get(drug, 0)), moment, amount, point=printed_point(mention))
            story.course.setdefault(drug, 0)
            self.started = self.started or drug in story.main
            return (node, False) if moment == node else None
        stops = [n for a in acts if a.kind == "stopped" for n in self.meant(a) if n in story.main]
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
        if self._of_the_next(sentence[0] + mention.end):
            return None
        if mention.preposition in ("course", "dates") or (stops and not any(a.kind == "started" for a in acts)):
            near = [d.drug for d in self.named_in(clause[0], sentence[1]) if d.drug in story.main]
            behind = self._course_of(mention, sentence)
            named = ([behind] if behind else stops or near or list(story.main))[:1]
            if behind and behind not in story.main and behind not in story.course:
                return None
            if named:
                course = story.course.get(named[0], 0)
                if mention.preposition == "course" and not near and course in story.stopped.get(named[0], ()):
                    acts[:] = [a for a in acts if a.kind != "stopped" or any(d.drug for d in a.drugs)]
                    return None  # "X was stopped … he completed nine months of treatment": that of the other drugs
                point = printed_point(mention)
                under_way = _UNDER_WAY.search(self.text, max(clause[0], at - 40), at) is not None
                open_end = under_way or self._cut_short(named[0], clause[1])
                if mention.preposition == "course" and not stops and open_end:
                    amount, point = Interval(0.0, amount.hi), None
                story.bind(start_node(named[0], course), stop_node(named[0], course), amount, point=point)
                if under_way:
                    self._begun_together(near[1:], named[0], course)
                if not stops and point is not None:
                    story.ends.setdefault(stop_node(named[0], course), (at, sentence[0] + mention.end))
                story.course.setdefault(named[0], 0)
                self.started = True
            return None
        drugs = [n for a in acts if a.kind in ("started", "continued", "restarted") for n in self.meant(a)]
        own = self._beside(clause[0], at)
        given_then = drugs and all(a.cue[0] > at for a in acts)
        if given_then and own and not set(own) & set(drugs):
            self._taken_so_far(own, node, amount, mention)
            return None
        if not drugs and _ON_IT.search(text) and (not own or set(own) & set(story.main)):
            drugs = list(story.main[:1])
        if not drugs:
            drugs = own
        drug = next((d for d in drugs if d in story.main), "")
        if not drug:
            return None
        untold = drug not in story.course
        together = [d for d in own if d != drug and d not in story.course] if drug in own and untold else []
        fronted = self.text[clause[0] : at].strip().lower() in ("", "for", "over")  # "For 14 months she had taken Y"
        told = (clause[0], clause[1] if fronted else at)
        looked_back = HAD.search(self.text, *told) or PLUPERFECT.search(self.text, *told)
        if untold and looked_back and self.context is not None and not self.presenting:
            story.course[drug] = 0  # "X was started. She had taken Y for five years. Twelve days later …"
            for action in [a for a in acts if a.kind == "started" and drug in self.meant(a)]:
                self._act(action, [], anchored=True, clause=clause)
                acts.remove(action)
            story.bind(start_node(drug), self.context, amount, point=printed_point(mention), label=mention)
            return None
        for action in [a for a in acts if a.kind in ("started", "restarted")]:
            self._act(action, self.dated_before, anchored=False, clause=clause)
            acts.remove(action)
        if _OVER_BY_THEN.search(self.text, clause[0], at) is not None:
            story.bind(start_node(drug, 0), stop_node(drug, 0), amount, point=printed_point(mention))
            story.ends.setdefault(stop_node(drug, 0), (at, sentence[0] + mention.end))
            story.course.setdefault(drug, 0)
            self.started = True
            return None
        if self.presenting and untold:
            story.course[drug] = 0
            story.bind(start_node(drug, 0), PRESENTATION, amount, point=printed_point(mention))
            self._begun_together(together, drug, 0)
            return PRESENTATION, True
        if untold and self.context is None and amount.lo > _SHORT and not _VERB.search(text):
            self.so_far.append(node)
        course = story.course.get(drug, 0)
        base = self._combined(drug, course) if _BOTH.search(text) else start_node(drug, course)
        story.bind(base, node, amount, point=printed_point(mention))
        self._begun_together(together, drug, course)
        self.lengths[drug] = node
        self.length_words[node] = (at, sentence[0] + mention.end)
        self.started = True
        story.course.setdefault(drug, 0)
        return node, False
