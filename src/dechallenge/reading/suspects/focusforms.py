"""Which drug a report means without its name: by the form it was given in, or by the time that it counts from.

"Thirteen days after the injection …"; "he was started on X. About 7 weeks later he …". May import drugs, actions,
times and the words of blame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.story.nearness import noun_is_begun
from dechallenge.reading.suspects.blamewords import ALL, OTHERS, PAST
from dechallenge.reading.times.times import read_times

_BEGUN = Pattern(
    r"increas|raised|escalat|doubl|start|initiat|beg[au]n|commenc|introduc|add(?:ed|ing)|put\b|placed|prescri|switch|"
    r"replac|chang|substitut|exchang|convert",
    re.IGNORECASE,
)
"""Verbs that tell when a drug was begun, or given more of; others ("receiving", "took") may speak of one running."""


_CO_SUSPECT = Pattern(r"\bco-?suspect(?:ed)?\b", re.IGNORECASE)


def beside_a_co_suspect(text: str, drugs: Sequence[DrugMention]) -> tuple[str, tuple[int, int]] | None:
    """The suspect that a report names before its co-suspect ("X … Co-suspect: Y"), and the words."""
    label = _CO_SUSPECT.search(text)
    behind = label is not None and any(d.drug and 0 <= d.start - label.end() < 60 for d in drugs)
    first = (
        next((d for d in drugs if d.drug and label is not None and d.end <= label.start()), None) if behind else None
    )
    return None if first is None or label is None else (first.drug, label.span())


def one_so_far(drugs: Sequence[DrugMention]) -> tuple[list[DrugMention], int]:
    """The drug that is named first, and up to where it is the only one: what "the last tablet" was of."""
    first = next((d for d in drugs if d.drug), None)
    if first is None:
        return [], 0
    return [first], next((d.start for d in drugs if d.drug and d.drug != first.drug), 10**9)


_FIRST_DOSE = Pattern(r"\bfirst\s+(?:dose|injection|infusion|tablet|capsule|cycle|administration)\b", re.IGNORECASE)


def _tells_the_start(text: str, action: ActionMention) -> bool:
    """ "X was given", "was given the first dose of X": a plain verb that tells of a beginning."""
    before = bool(action.drugs) and action.drugs[0].end <= action.cue[0]
    return before or _FIRST_DOSE.search(text, action.start, action.end) is not None


_BEFORE_THAT = Pattern(r"\s+(?:before|earlier|previously)\b(?!\s+\w+ing\b)[^.;]{0,30}", re.IGNORECASE)
"""Behind "had been taken": an earlier drug, and not what time is counted from."""


def timed_from_a_start(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    onset: int,
) -> tuple[str, tuple[int, int]] | None:
    """The drug begun last before a reaction that is told by the time since, and the words of that time.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions, in order.
        onset: Clean position of the first sign of the reaction.
    """
    start, end = next(((a, b) for a, b in spans if a <= onset < b), (0, 0))
    start = max(start, text.rfind(";", start, min(onset, end)) + 1)
    begun = [a for a in actions if a.kind in ("started", "increased") and not a.negated and a.end <= start]
    begun = [a for a in begun if _BEFORE_THAT.match(text, a.cue[1], a.cue[1] + 40) is None]
    several = len({d.drug for d in drugs if d.drug and d.end <= start}) > 1
    if several:
        begun = [
            a
            for a in begun
            if _BEGUN.match(text, *a.cue) or _tells_the_start(text, a) or noun_is_begun(text, a, spans[a.sentence][1])
        ]
        over = {d.drug: a.cue[0] for a in actions if a.kind == "stopped" and a.end <= start for d in a.drugs}
        begun = [a for a in begun if any(over.get(d.drug, -1) < a.cue[0] for d in a.drugs)] or begun
    if not begun or any(start <= d.start < onset for d in drugs if d.drug):
        return None
    last = begun[-1]
    names = {d.drug for d in last.drugs if d.drug}
    told = spans[last.sentence]
    lead = text[told[0] : last.drugs[0].start if last.drugs else last.cue[0]].rsplit(",", 1)[-1]
    if len(names) != 1 or PAST.search(lead) or OTHERS.search(lead) or ALL.search(lead):
        return None
    for time in read_times(text[start:end]):
        since = time.kind == "sequence" or (time.kind == "offset" and time.anchor in ("start", "stop"))
        words = text[start + time.start : start + time.end].lower()
        of_it = not several or words.endswith(("treatment", "therapy"))  # "on day 24" is of the drug begun first
        since = since or (time.kind == "day" and time.anchor == "start" and of_it)
        if since and time.sign > 0 and time.amount is not None and start + time.start <= onset:
            return names.pop(), (start + time.start, start + time.end)
    return None


def looked_back_on(text: str, spans: Sequence[tuple[int, int]], action: ActionMention) -> bool:
    """The start is told in words that look back ("had started X six weeks earlier", "X begun two months before")."""
    start, end = spans[action.sentence]
    return bool(
        re.search(r"\b(?:had|has|have)\s+(?:\w+\s+){0,2}$|\b(?:recently|newly)\s+$", text[start : action.cue[0]] + " ")
        or re.search(
            r"\b(?:earlier|before|prior|ago|previously|(?:days?|weeks?|months?) back)\b", text[action.cue[1] : end]
        )
        or re.search(
            r"\b(?:weeks?|months?|days?|years?)\s+(?:earlier|before|prior|ago|back|previously)\b",
            text[start : action.cue[0]],
        )
    )


def anchored_before(text: str, spans: Sequence[tuple[int, int]], drug: str, drugs: Sequence[DrugMention]) -> bool:
    """The drug is first named after the reaction, but in words that put its start before ("weeks after starting X")."""
    first = next(d for d in drugs if d.drug == drug)
    start, _end = spans[first.sentence]
    head = text[start : first.start]
    return bool(re.search(r"\b(?:after|since|following|into|during|while|on|of)\b[^.;]{0,60}$", head)) and bool(
        re.search(
            r"\b(?:starting|beginning|initiat\w+|switching|therapy|course|taking|dose|use|adding|combination|"
            r"treatment|weeks?|months?|days?|years?)\b",
            head,
        )
    )


_SWITCH = Pattern(r"(?:switch|chang|replac|substitut|convert)\w*", re.IGNORECASE)
_AFTER_THAT = Pattern(r"\b(?:after|following|since|when|upon|because|due|once|while|had)\b", re.IGNORECASE)


def switched_to(text: str, onset: int, begun: ActionMention | None) -> bool:
    """ "… followed by pancytopenia, and treatment was switched to X": X came after the reaction of its own sentence."""
    if begun is None or begun.cue[0] <= onset or _SWITCH.match(text, *begun.cue) is None:
        return False
    return _AFTER_THAT.search(text, onset, begun.cue[0]) is None


_RUNNING = Pattern(
    r"\b(?:was|were|is|had\s+been)\s+(?:\w+ly\s+|also\s+|already\s+|still\s+)?(?:taking|using|receiving|on|being\s+treated|treated)$",
    re.IGNORECASE,
)


def running_then(text: str, spans: Sequence[tuple[int, int]], action: ActionMention) -> bool:
    """ "She was taking X": told after the complaint, of a drug that was running when it came."""
    return _RUNNING.search(text, spans[action.sentence][0], action.cue[1]) is not None


_MEDICINES = Pattern(
    r"\b(?:(?:current|home|regular|usual|daily|outpatient|maintenance|chronic|long[-\s]term|routine|only|prescribed)\s+){1,2}"
    r"(?:medications?|medicines|drugs?|meds|treatments?)\b[^.;]*$|"
    r"\b(?:medications?|medicines|drugs)\s+(?:(?:on|at|before|prior\s+to)\s+(?:hospital\s+)?(?:admission|presentation)\s+)?(?:included?|were|was|"
    r"consisted)\b[^.;]*$|\b(?:drug|medication)\s+history\b[^.;]*$",
    re.IGNORECASE,
)


def of_the_medicines(text: str, at: int) -> bool:
    """ "Her current medications included X and Y": what is named late in a report was taken before the reaction."""
    return _MEDICINES.search(text, max(0, at - 160), at) is not None
