"""Reports that begin with the reaction: "presented with jaundice … she had started the drug six weeks earlier".

Most case reports open at the bedside and look back; their first moment is the presentation, and what is told of the
drug
dates its start from there. May import story, actions, drugs, times and the timeline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.story.story import Step, Story
from dechallenge.reading.texts.amounts import amount_of
from dechallenge.reading.texts.timewords import AMOUNT
from dechallenge.timeline import Duration

PRESENTATION = "presentation"
"""Node of the moment at which such a report opens."""

RETROSPECTIVE = Pattern(
    r"\b(?:(?:had|has|having)\s+(?:\w+\s+){0,3}(?:been|started|begun|taken|received|completed|finished|commenced|"
    r"initiated|used|ingested|"
    r"consumed|stopped|discontinued)|earlier|before|prior|ago|previously|recently|since|recent|(?:was|"
    r"were)\s+(?:\w+\s+)?(?:on|taking|receiving|using|being\s+(?:treated|given))|"
    r"medications?|medicines|drug\s+history|on\s+admission|while\s+(?:on|taking)|history|"
    r"(?:reported|recalled|admitted|endorsed|disclosed|revealed|acknowledged|mentioned|stated)\s+(?:\w+\s+){0,2}?(?:taking|using|use|having|drinking|eating|chewing|"
    r"starting|receiving|ingest\w+|consum\w+|intake)|questioning|enquiry|inquiry)\b",
    re.IGNORECASE,
)
"""Words that look back from where the story stands."""

_TELLS = Pattern(
    r"\b(?:was|were|is|are|had|has|have|did|presented|admitted|developed|stopped|discontinued|underwent|operated|"
    r"transferred|discharged|later|then|since)\b",
    re.IGNORECASE,
)
_LED = Pattern(
    r"\b(?:on|off|taking|took|history|chronic|long[- ]term|medications?|previous\w*|past|allerg\w*|before|until|"
    r"after)\b",
    re.IGNORECASE,
)
_COMPLAINT = Pattern(
    rf"{AMOUNT}[\s-]*(?:history\s+)?of\s+(?!(?:treatment|therapy|use|age|intake|\S+\s+(?:treatment|therapy))\b)",
    re.IGNORECASE,
)
_COMPLAINT_FOR = Pattern(rf"\bfor\s+(?:the\s+(?:past|last|previous)\s+)?{AMOUNT}", re.IGNORECASE)


def opens_with_reaction(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    story: Story,
    reactions: Sequence[int],
    *,
    started: bool,
) -> bool:
    """Whether the report begins with the reaction, or never says when the drug was begun.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs: Mentions.
        story: The story told as if it began before the drug.
        reactions: Clean positions of the reaction, in order.
        started: Whether that telling found the start of a drug in focus.
    """
    if not story.main or not reactions:
        return False
    if not started:
        return True
    if any(_told_backwards(step, story) or _had_been_begun(text, step, story) for step in story.steps):
        return True
    first = next(
        (p for p in reactions if (b := story.beat_at(p)) is not None and not b.flashback and b.node == "baseline"), None
    )
    named = next((d for d in drugs if d.drug == story.main[0] and d.kind != "dose"), None)
    if first is None or named is None or named.start < first or _later(text, named, story, reactions):
        return False
    start, end = spans[named.sentence]
    head = text[max(start, first) : named.start]
    cut = max((m.end() for m in re.finditer(r"[,;:]|\band\b", head)), default=0)
    if cut and _SOME_TIME_BEFORE.search(head[:cut]) and _AND_WAS.match(head[cut:]):
        cut = 0  # "six weeks prior she had been diagnosed with A and was prescribed X"
    elif (
        RETROSPECTIVE.search(head[cut:]) is None
        and cut
        and RETROSPECTIVE.search(head[:cut])
        and not re.search(r"\b(?:was|were)\b", head[cut:])
    ):
        cut = 0
    if _STARTED_THEN.search(head[cut:]):
        return False
    return bool(RETROSPECTIVE.search(head[cut:] + text[named.start : min(end, named.end + 70)]))


_STARTED_THEN = Pattern(
    r"\b(?:(?:the\s+)?patient|he|she)\s+was\s+(?:\w+ly\s+|then\s+)?(?:started|commenced|put|placed)\s+on\b[^.;]*$",
    re.IGNORECASE,
)
"""The drug is begun where the story has come to: "and she was started on A with X"."""
_SOME_TIME_BEFORE = Pattern(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:earlier|before|prior|previously|ago)\b[^.;]{0,60}?\bhad\s+(?:\w+ly\s+)?been\s+"
    r"(?:[^.;]{0,80}\band)?$|\bhad\s+(?:\w+ly\s+)?been\b[^.;]{0,80}\b(?:days?|weeks?|months?|years?)\s+"
    r"(?:earlier|before|prior|previously|ago)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_AND_WAS = Pattern(r"\s*(?:was|were)\s", re.IGNORECASE)
_STARTED_ON = Pattern(
    r"(?<!had )(?<!been )\b(?:was|were)\s+(?:then\s+)?(?:started|put|placed|commenced|begun|initiated)\s+on\s+$",
    re.IGNORECASE,
)


def _later(text: str, named: DrugMention, story: Story, reactions: Sequence[int]) -> bool:
    """ "Presented with X. She was started on Y. Eight months later she had Z": the second is the reaction."""
    if _STARTED_ON.search(text, max(0, named.start - 40), named.start) is None:
        return False
    beats = [story.beat_at(p) for p in reactions if p > named.end]
    return any(b is not None and b.time is not None and b.time.kind == "sequence" and b.time.sign > 0 for b in beats)


def named_first(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    story: Story,
    reactions: Sequence[int],
) -> int | None:
    """Where a telegram names the drug that the time of its first sign counts from ("X for cystitis. After 9 days …").

    Between the drug and that time nothing else is told: no verb, no stay, no operation.
    """
    drug = next((d for d in drugs if story.main and d.drug in story.main and d.kind != "dose"), None)
    beat = story.beat_at(reactions[0]) if reactions else None
    if beat is not None and beat.time is None:  # a later clause of the sentence that the time begins
        beat = next((b for b in story.beats if b.sentence == beat.sentence and b.node == beat.node), beat)
    if drug is None or beat is None or beat.time is None or beat.flashback or drug.start > reactions[0]:
        return None
    if beat.time.sign < 0 or beat.time.kind not in ("sequence", "day") or beat.time.start < drug.end:
        return None
    start = spans[drug.sentence][0]
    lead = text[max(start, drug.start - 60) : drug.start]
    told = text[drug.end : min(beat.time.start, reactions[0]) if reactions[0] > drug.end else drug.end]
    if len(told) > 160 or _TELLS.search(told) or _LED.search(re.split(r"[;:]", lead)[-1]):
        return None
    return drug.start


def _told_backwards(step: Step, story: Story) -> bool:
    """The first start of the drug in focus is dated back from where the story stands ("begun five weeks earlier")."""
    if step.kind != "started" or step.drug != story.main[0] or step.course:
        return False
    beat = story.beat_at(step.action.cue[0])
    if beat is None or not beat.flashback or beat.time is None:
        return False
    if beat.time.kind != "sequence" and beat.time.anchor not in ("onset", "admission"):
        return False
    time = beat.time
    near = [s.action.cue for s in story.steps if beat.start <= s.action.cue[0] < beat.end]
    return min(near, key=lambda cue: max(cue[0] - time.end, time.start - cue[1], 0)) == step.action.cue


_HAD_BEEN = Pattern(
    r"\bhad\s+(?:(?:also|just|recently|newly)\s+){0,2}(?:been\s+(?:(?:recently|newly)\s+)?)?$", re.IGNORECASE
)
_NEWLY = Pattern(r"start|initiat|beg[au]n|commenc|prescribed|put\s+on|placed\s+on", re.IGNORECASE)
_CAME = Pattern(r"\b(?:presented|presenting|admitted|referred|brought|attended|came)\b", re.IGNORECASE)


def _had_been_begun(text: str, step: Step, story: Story) -> bool:
    """ "Presented with malaise. Her medications included X, and she had been started on Y": begun before that visit."""
    if step.kind != "started" or step.drug != story.main[0] or step.course:
        return False
    at, beat = step.action.cue[0], story.beat_at(step.action.cue[0])
    if beat is None or beat.time is not None or _NEWLY.match(text, at) is None:
        return False
    told = any(b.time is not None for b in story.beats if b.start < beat.start)
    return not told and _HAD_BEEN.search(text, max(0, at - 40), at) is not None and bool(_CAME.search(text, 0, at))


def complaint(text: str) -> Duration | None:
    """How long the sign had been there at presentation ("a one-week history of", "4 days of jaundice")."""
    found = _COMPLAINT.search(text) or _COMPLAINT_FOR.search(text)
    return amount_of(found) if found is not None else None


_SINCE = Pattern(rf"{AMOUNT}[\s-]*(?:long\s+)?history\s+of\s+", re.IGNORECASE)
_LIST = re.compile(
    r"(?:(?!\b(?:was|were|is|are|had|has|have|did|who|which|that|when|while|after|since|but)\b)[^.;:()])*"
)
"""Names of complaints without a verb of their own."""


def lasted(text: str, clause: tuple[int, int], position: int) -> Duration | None:
    """How long a sign had been there that stands in the list of a history ("a 2-week history of fatigue and jaundice").

    Args:
        text: Clean text.
        clause: Span of the clause.
        position: Where the sign stands.
    """
    for found in _SINCE.finditer(text, clause[0], position + 1):
        if found.end() <= position and _LIST.fullmatch(text, found.end(), position):
            return amount_of(found)
    return None
