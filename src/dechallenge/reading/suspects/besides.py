"""The role of a drug that nothing blames: former, running beside the reaction, or given for it, with the reason.

``RULES`` are asked in their order; the first that knows an answer gives it. May import the story, drugs and the case
model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Suspicion
from dechallenge.reading.story.story import ONSET, Step, Story, start_node, stop_node
from dechallenge.reading.suspects.drugrole import AT_ONSET, DrugRole

_PAST = Pattern(
    r"\b(?:had\s+(?:previously\s+)?been\s+(?:treated|stopped|tried)|had\s+(?:brought|had|given|shown)\s+(?:no|little)\b|previously|in\s+the\s+past|years?\s+(?:earlier|"
    r"before|previously)|formerly|"
    r"was\s+tried|tolerated|ineffective|not\s+effective|partially\s+effective|"
    r"had\s+received(?!\s+(?:an?\s+|his\s+|her\s+)?(?:\w+\s+){0,2}(?:transplant\w*|graft)\b)|refractory\s+to|failed|"
    r"previous\s+treatment)\b",
    re.IGNORECASE,
)
_AFTER_FAILURE = Pattern(
    r"\b(?:failure\s+of|(?:failed|inadequate|insufficient|poor|no)\s+response\s+to|"
    r"unresponsive\s+to|(?:not|never|failed\s+to|without)\s+respon(?:d|ded|ding|se)\s+to|(?:had|has|having)\s+failed|"
    r"(?:refractory|resistant)\s+to|intoleran(?:t|ce)\s+(?:of|to))\s+"
    r"(?:[\w-]{1,30}(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+|\s+)){0,5}$",
    re.IGNORECASE,
)
_FAILED_THEN = Pattern(
    r"\bdid\s+not\s+(?:respond|improve|resolve|subside)\w*\s+(?:to|with|under|on)\s+(?:[\w-]{1,30}(?:,\s+(?:and\s+)?|\s+and\s+|\s+or\s+|\s+)){0,5}$",
    re.IGNORECASE,
)
"""Told behind the reaction, of its treatment: "the colitis did not respond to steroids and infliximab"."""
_BEEN = Pattern(r"\bhad\s+(?:previously\s+)?been\b", re.IGNORECASE)
_LONG_AGO = Pattern(
    r"\bhad\s+(?:previously\s+)?been\s+(?:treated|tried)\b|\b(?:weeks?|months?|years?)\s+(?:earlier|before|"
    r"previously)\b|\bin\s+the\s+past\b|\bformerly\b",
    re.IGNORECASE,
)
_AGO = Pattern(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:earlier|before|previously)\b|\bhad\s+(?:also\s+)?been\s+(?=started|put|placed)",
    re.IGNORECASE,
)
_BEGUN = Pattern(r"start|initiat|beg[au]n|commenc|introduc|add|put\s+on|placed\s+on|prescri", re.IGNORECASE)
"""Verbs of a beginning that says no end: what was begun before goes on unless a stop is told."""
_LEAD = 30
"""Characters before a verb in which its "previously" stands."""
_NOW = Pattern(
    r"\band\s+(?:took|takes|used|uses|continued|(?:was|is)\s+(?:still\s+)?on)\b|\b(?:was|is)\s+(?:still\s+|"
    r"currently\s+|also\s+)?(?:taking|using|receiving)\b"
    r"|(?:(?<=earlier\s)|(?<=before\s)|(?<=previously\s)|(?<=ago\s)|(?<=prior\s)|(?<=[a-z\d],\s))"
    r"(?:developed|presented|(?:was|were)\s+(?:admitted|hospitali[sz]ed|found))\b",
    re.IGNORECASE,
)
"""Where a sentence comes back from what is past: "who had undergone A three years earlier developed B on X"."""
_FOR_REACTION = Pattern(
    r"\b(?:infused|(?:had\s+)?no\s+effect|without\s+(?:effect|benefit|success)|treated\s+with|(?<!stopping\s)(?<!discontinuing\s)treatment\s+with|"
    r"was\s+treated|were\s+treated|given|started\s+on|received|placed\s+on|managed|substituted|"
    r"administ\w+|resumed|required|therapy\s+(?:for|with|included)|therapies|maintained|controlled|started|"
    r"in\s+spite\s+of|despite|treatment\s+(?:included|consisted|comprised|was)|applied|respond\w+\s+to|used\s+instead|(?:was|were)\s+used|chosen|exchanged|"
    r"course\s+of|use\s+of|provided|discharged\s+(?:home\s+)?(?:with|on)|prompted|initiated|replaced|brought|with\s+(?:anti\w+|dialysis))\b|\b(?:treatment|tx|rx)(?:\s+given)?\s*:",
    re.IGNORECASE,
)
_UNTIL_NOW = Pattern(
    r"[^.;]*?\b(?:(?:un)?til|up\s+to)\s+(?:(?:the|his|her|their|this|time\s+of|day\s+of|current)\s+){0,3}"
    r"(?:presentation|admission|hospitali[sz]ation|diagnosis|now|onset)\b",
    re.IGNORECASE,
)
_REGULAR = Pattern(
    r"\b(?:regular|usual|home|long-term|long-?standing|permanent|established|daily)\s+(?:medications?|medicines|drugs|treatment)\s+(?:was|were|consisted\s+of|included|"
    r"comprised)\b",
    re.IGNORECASE,
)
_OLDER = Pattern(
    r"\bfor\s+longer\s+than\b|\b(?:was|were)\s+(?:all\s+|both\s+)?(?:not\s+(?:changed|interrupted|altered)|kept|left\s+unchanged|"
    r"continued\s+(?:unchanged|throughout|as\s+before))\b|\bunchanged\b|\bthroughout\b",
    re.IGNORECASE,
)
"""A drug that went on as before was there before."""

_THEN = Pattern(r"\s*(?:,\s*)?(?:followed\s+by|then|replaced\s+by)\b", re.IGNORECASE)
_SWITCH = Pattern(r"\bswitch")


@dataclass(frozen=True)
class Taken:
    """What a case tells of one drug that nothing blames.

    Attributes:
        body: Clean text.
        spans: Its sentences.
        drugs: Mentions, in order.
        story: The story.
        entry: What speaks for the drug.
        onset: Clean position of the first sign of the reaction.
    """

    body: str
    spans: Sequence[tuple[int, int]]
    drugs: Sequence[DrugMention]
    story: Story
    entry: Suspicion
    onset: int

    @cached_property
    def first(self) -> DrugMention:
        """Where it is first named."""
        return next(d for d in self.drugs if d.drug == self.entry.drug and d.kind != "dose")

    @cached_property
    def span(self) -> tuple[int, int]:
        """The sentence that names it first."""
        return self.spans[self.first.sentence]

    @cached_property
    def sentence(self) -> str:
        """Its words."""
        return self.body[slice(*self.span)]

    @cached_property
    def steps(self) -> list[Step]:
        """What was done with it."""
        return [s for s in self.story.steps if s.drug == self.entry.drug]

    @cached_property
    def began(self) -> Step | None:
        """Its first beginning."""
        return next((s for s in self.steps if s.kind in ("started", "restarted")), None)

    @cached_property
    def stopped(self) -> Step | None:
        """Its first stop."""
        return next((s for s in self.steps if s.kind == "stopped"), None)

    @property
    def main(self) -> str | None:
        """The drug in focus."""
        return self.story.main[0] if self.story.main else None

    @property
    def over(self) -> bool:
        """It is told to be stopped before the reaction is told."""
        return self.stopped is not None and self.stopped.action.cue[0] < self.onset

    def kept(self, since: int) -> bool:
        """It is never stopped, and said to be continued behind a place."""
        return self.stopped is None and any(s.kind == "continued" and s.action.cue[0] > since for s in self.steps)

    @cached_property
    def beside(self) -> bool:
        """It was begun together with the drug in focus, and not stopped since."""
        return self.began is not None and not self.over and _begun_with_main(self.story, self.began)

    @cached_property
    def told(self) -> str:
        """The words around its first name that may put it in the past: those behind the last word of the present."""
        start, end = self.span
        began, behind = self.began, min(end, self.first.end + 60)
        apart = self.body.find(";", self.first.end, behind)
        behind = apart if apart >= 0 else behind  # what follows tells of something else
        now = max((m.start() for m in _NOW.finditer(self.body, start, self.first.start)), default=start)
        words = self.body[now:behind]
        begun = began is not None and not self.over and began.action.sentence == self.first.sentence
        if begun and began is not None and _BEGUN.match(self.body, began.action.cue[0]):
            # begun so long ago, never said to be stopped: it was running ("refractory to Y, started on X" tells of Y)
            words = _AGO.sub(" ", self.body[max(now, began.action.cue[0] - _LEAD) : behind])
        if began is not None and self.stopped is not None and _just_stopped(self.story, self.stopped):
            words = _AGO.sub(" ", words)
        return words

    def previous(self) -> DrugRole:
        """It was taken earlier, in the words of its sentence."""
        return DrugRole("previous", reason=f"taken earlier: “{short(self.sentence)}”")

    def given(self, when: str) -> DrugRole:
        """It was given for the reaction, in the words of its sentence."""
        return DrugRole("treatment", reason=f"{when}: “{short(self.sentence)}”")


_STOPPED_BEFORE = DrugRole("previous", reason="stopped before the suspect was started")


def _replaced(it: Taken) -> DrugRole | None:
    """ "… received Y followed by X": another drug came in its place before the suspect."""
    if early(it.story, it.first) and _THEN.match(it.body, it.first.end, it.first.end + 24):
        return DrugRole("previous", reason=f"replaced by another drug before the suspect: “{short(it.sentence)}”")
    return None


def _stopped_in_time(it: Taken) -> DrugRole | None:
    """Its stop lies before the start of the drug in focus, or is told before it."""
    if it.main is None:
        return None
    network, start = it.story.network, start_node(it.main)
    if it.stopped is None:
        ended = stop_node(it.entry.drug)
        known = ended in network.names and network.between(ended, start).lo > 0
        return _STOPPED_BEFORE if known else None
    gap = network.between(stop_node(it.entry.drug, it.stopped.course), start)
    if it.main != it.entry.drug and gap.lo >= 0 and network.between(start, ONSET).lo > 0:
        return _STOPPED_BEFORE  # "his therapy had been changed from Y to X"
    if it.stopped.action.cue[0] < it.onset:
        named = next((d.start for d in it.drugs if d.drug == it.main), 10**9)
        before = it.first.start < named and it.stopped.action.cue[0] < named
        if gap.lo > 0 or before or _SWITCH.search(it.sentence):
            return _STOPPED_BEFORE
    return None


def _continued(it: Taken) -> DrugRole | None:
    """It is named before the reaction, and said to be continued behind it."""
    return AT_ONSET if it.kept(it.onset) and it.first.start < it.onset else None


def _failed(it: Taken) -> DrugRole | None:
    """ "The colitis did not respond to Y", "after failure of Y": for the reaction, or for what came before it."""
    if it.began is not None:
        return None
    lead = max(it.span[0], it.first.start - 80)
    if it.first.start > it.onset and _FAILED_THEN.search(it.body, lead, it.first.start):
        return it.given("given after onset")
    return it.previous() if _AFTER_FAILURE.search(it.body, lead, it.first.start) else None


def _until_now(it: Taken) -> DrugRole | None:
    """ "Had been treated with X until her presentation"."""
    others = (d.start for d in it.drugs if d.start > it.first.end and d.drug != it.entry.drug)
    end = it.span[1]
    if it.stopped is not None and it.stopped.action.cue[0] <= it.onset:
        return None
    reach = min(end, next(others, end), it.first.end + 90)
    return AT_ONSET if _UNTIL_NOW.match(it.body, it.first.end, reach) else None


def _kept(it: Taken) -> DrugRole | None:
    """ "Had been treated with X …, and it was continued"; "had received X; Y 15 mg weekly was unchanged"."""
    if not it.kept(it.first.start):
        return None
    long_ago = _LONG_AGO.search(it.told) and _BEEN.search(it.told)
    older = _OLDER.search(it.body, it.first.end, min(it.span[1], it.first.end + 60))
    return AT_ONSET if long_ago or older else None


def _stopped_after(it: Taken) -> DrugRole | None:
    """ "Had received X …": it was stopped after the reaction."""
    after = it.stopped is not None and it.stopped.action.cue[0] > it.onset
    return AT_ONSET if after and it.first.start < it.onset and it.entry.told else None


def _long_ago(it: Taken) -> DrugRole | None:
    """ "Had been treated with X three years earlier"."""
    again = it.began is not None and it.began.kind == "restarted"
    return it.previous() if _LONG_AGO.search(it.told) and not it.beside and not again else None


def _of_the_past(it: Taken) -> DrugRole | None:
    """ "Had received X", "X was tried": former, unless it stands behind the reaction or is begun there."""
    if it.beside or not _PAST.search(it.told) or it.first.start >= it.onset + _SOON:
        return None
    late = it.began is not None and it.began.action.cue[0] > it.onset
    return it.previous() if it.first.start < it.onset or not late else None


def _regular(it: Taken) -> DrugRole | None:
    """ "His regular medication was …", "kept unchanged"."""
    if it.stopped is not None:
        return None
    place = it.first.start - it.span[0]
    regular = _REGULAR.search(it.sentence, 0, place) or _OLDER.search(it.sentence, max(0, place - 20))
    return AT_ONSET if regular else None


def _as_long_as_main(it: Taken) -> DrugRole | None:
    """It was begun together with the drug in focus, or is said to be resumed."""
    if it.began is None:
        return None
    stopped = it.stopped is not None and it.stopped.action.cue[0] < it.began.action.cue[0]
    if stopped and it.began.kind == "restarted":
        return AT_ONSET  # "she stopped all her medications", and took this one again
    runs = _IS_ON.search(it.body, it.span[0], it.first.start) is not None
    before = it.first.start < it.onset or (runs and it.first.sentence < it.began.action.sentence)
    return AT_ONSET if _as_long(it.story, it.began, before) else None


_IS_ON = Pattern(r"\b(?:he|she|patient|which)\s+(?:is|was|takes|has\s+been)\s+(?:on\s+|taking\s+)?$", re.IGNORECASE)
""" "Ankylosing spondylitis, for which he is on X": it runs, and is not first given when it is resumed."""


def _begun_after(it: Taken) -> DrugRole | None:
    """It was begun after the reaction, in the story or in the text; or is told there in words of giving."""
    late = it.first.start > it.onset
    if it.began is None or it.began.action.negated:
        place = part(it.sentence, it.first.start - it.span[0])
        words = _FOR_REACTION.search(place) or _only_drugs(it)
        given = late and words and not (ongoing(it.sentence) or early(it.story, it.first))
        return it.given("given after onset") if given else None
    after = it.story.network.between(ONSET, it.began.node)
    told_late = it.began.action.cue[0] > it.onset and not ongoing(it.sentence)
    if after.lo > 0 or (told_late and (after.hi > 0 or (late and after.lo >= 0))):
        return it.given("first given after onset")
    return None


def _only_drugs(it: Taken) -> bool:
    """ "IVF, morphine 4 mg IV.": a note of nothing but drugs and doses, behind the reaction: what was given."""
    start, end = it.span
    rest, at = [], start
    for drug in (d for d in it.drugs if d.sentence == it.first.sentence):
        rest.append(it.body[at : drug.start] if drug.start > at else "")
        at = max(at, drug.end)
    return _OF_AN_ORDER.fullmatch(" ".join([*rest, it.body[at:end]])) is not None


_OF_AN_ORDER = Pattern(
    r"(?:[\s\d.,;+/×x%*&-]|(?<=\d)u\b|\b(?:IV|PO|IM|SC|SQ|INH|neb(?:s|uli[sz]ed)?|topical(?:ly)?|oral(?:ly)?|empiric(?:al|ally)?|pulsed?|high[\s-]dose|low[\s-]dose|stat|gtt|drip|bolus|"
    r"mg|g|mcg|µg|ug|mL|L|kg|units?|u|IU|mEq|mmol|q\d{1,2}h|q(?:wk|d|hs|am|pm)|bid|tid|qid|od|bd|tds|qds|daily|once|twice|prn|times?|and|plus|with|then|"
    r"for|days?|tx(?:'d)?|rx|treatment|treated|therapy|given|gave|management|IVF|IVIG|fluids?|saline|abx|antibiotics?|PRBCs?|plts?|platelets?|transfus\w+|FFP|O2|"
    r"oxygen|HD|dialysis|supportive|care|course|taper|tabs?|caps?|D5W?|D50|bicarb\w*|hydration|support|tried|instead|switched|to|on)\b|[:'])*",
    re.IGNORECASE,
)
"""What such a note holds beside its drugs."""


RULES: tuple[Callable[[Taken], DrugRole | None], ...] = (
    _replaced,
    _stopped_in_time,
    _continued,
    _failed,
    _until_now,
    _kept,
    _stopped_after,
    _long_ago,
    _of_the_past,
    _regular,
    _as_long_as_main,
    _begun_after,
)


def beside(it: Taken) -> DrugRole:
    """The role of a drug that nothing blames, by the first rule that knows one; else it was running at the onset."""
    return next((role for rule in RULES if (role := rule(it)) is not None), AT_ONSET)


_SOON = 400
"""Characters behind the first sign within which the past of a drug may still be told."""
_LATELY = 30.0
"""Days since the stop within which a reaction may still be due to a drug (RUCAM, cholestatic type)."""


def _just_stopped(story: Story, stopped: Step) -> bool:
    """ "Three weeks before admission she was given X, and a week before it she stopped": no drug of former times."""
    return 0 <= story.network.between(stop_node(stopped.drug, stopped.course), ONSET).hi <= _LATELY


def _begun_with_main(story: Story, began: Step) -> bool:
    """ "Had been treated with X, Y and Z for 26 months when …": what is told of the drug in focus is told of all."""
    return any(
        s.drug in story.main[:1] and s.kind == "started" and s.action.cue == began.action.cue for s in story.steps
    )


def _as_long(story: Story, began: Step, named: bool) -> bool:
    """The drug was begun together with the one in focus, or was named before the reaction and is said to be resumed."""
    late = story.network.between(ONSET, began.node).lo > 0
    together = [
        s for s in story.steps if s.drug in story.main[:1] and s.kind == "started" and s.action.cue == began.action.cue
    ]
    if together:
        return not late or story.network.between(ONSET, together[0].node).lo > 0
    return began.kind == "restarted" and (named or began.drug in story.main)


def taken_before(
    body: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], story: Story, drug: str
) -> bool:
    """Something says that the drug was taken before the reaction: a list of medicines, or its place in the story."""
    node = start_node(drug)
    if story.main and node in story.network.names and story.network.between(start_node(story.main[0]), node).hi <= 0:
        return True
    mine = [d for d in drugs if d.drug == drug]
    return any(early(story, d) or ongoing(body[slice(*spans[d.sentence])]) for d in mine)


def part(sentence: str, position: int) -> str:
    """The part of a sentence between semicolons that a position stands in."""
    end = sentence.find(";", position)
    return sentence[sentence.rfind(";", 0, position) + 1 : end if end >= 0 else len(sentence)]


def early(story: Story, mention: DrugMention) -> bool:
    """The drug is told of in a part of the story that goes back to the time before the suspect."""
    beat = story.beat_at(mention.start)
    return beat is not None and (beat.flashback or beat.node in ("baseline", "past"))


def ongoing(sentence: str) -> bool:
    return bool(
        re.search(
            r"\b(?:other\s+medications?|medications?\s+(?:included|taken|list|history)|had\s+(?:also\s+)?been\s+given|was\s+(?:also\s+)?taking|was\s+also\s+(?:on|receiving|using)\b|"
            r"had\s+(?:also\s+)?(?:been\s+)?tak(?:en|ing)|also\s+taking|(?:had|has|have|she|he|patient)\s+recently\b|for\s+years|chronic\w*|(?:long-?standing|regular|permanent|established|usual)\s+(?:treatment|therapy|medications?|medicines)\b|long[\s-]+term(?!\s+(?:sequelae|complications?|consequences?|follow))|"
            r"only\s+other|concomitant|still\s+administered|took\b|(?:endorsed|reported|admitted|disclosed|acknowledged|recalled)\s+"
            r"(?:to\s+)?(?:\w+\s+){0,2}?(?:use|using|taking|intake|ingest\w+|consum\w+)\b)",
            sentence,
            re.IGNORECASE,
        )
    )


def short(sentence: str, size: int = 110) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= size else words[: size - 1].rsplit(" ", 1)[0] + " …"
