"""Actions that a sentence tells without a verb of their own: given again, and begun together with another drug.

May import drugs and the words of actions.
"""

from __future__ import annotations

import re

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.actions.actionwords import (
    ANOTHER_DOSE,
    BY_MISTAKE,
    EACH,
    EARLIER,
    NOT_GIVEN,
    OF,
    THE_SAME,
    THEN,
    TOGETHER,
    TWICE,
    without_amounts,
)
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention


def again(
    text: str, span: tuple[int, int], sentence: int, named: list[DrugMention], found: list[ActionMention]
) -> list[ActionMention]:
    """Re-exposures without a verb of their own.

    "X in 2010 and again in 2014"; "each episode began within a week of a dose of X"; "X was restarted, followed one
    week later by Y".
    """
    more: list[ActionMention] = []
    same = THE_SAME.search(text, *span)
    if same is not None and EARLIER.search(text, max(span[0], same.start() - 40), same.start()):
        same = None  # "had already received the same antibiotic": an earlier course
    if same is not None and not any(
        a.cue[0] < same.end() and same.start() < a.end for a in found if a.kind == "restarted"
    ):
        whose = tuple(d for d in named if d.drug and text[d.end : same.start()].isspace())
        cue = same.span(str(same.lastgroup))
        more.append(ActionMention(same.start(), same.end(), "restarted", whose, cue, sentence))
    by_mistake = BY_MISTAKE.search(text, *span)
    if by_mistake is not None and not named and ANOTHER_DOSE.search(text, *span):
        cue = by_mistake.span("cue" if by_mistake["cue"] else "cue2")
        more.append(ActionMention(by_mistake.start(), by_mistake.end(), "restarted", (), cue, sentence))
    elif by_mistake is not None and not any(a.kind in ("started", "restarted") for a in found):
        near = [d for d in named if d.drug and abs(d.start - by_mistake.start()) < 90]
        if near:
            cue = by_mistake.span("cue" if by_mistake["cue"] else "cue2")
            more.append(
                ActionMention(
                    min(near[0].start, cue[0]), max(near[0].end, cue[1]), "started", (near[0],), cue, sentence
                )
            )
    twice, each = TWICE.search(text, *span), EACH.search(text, *span)
    if twice is not None:
        before = [d for d in named if d.end <= twice.start() and d.drug]
        if before:
            cue = twice.span("cue")
            more.append(ActionMention(before[-1].start, cue[1], "restarted", (before[-1],), cue, sentence))
    if each is not None:
        after = [d for d in named if each.end() <= d.start < each.end() + 60 and d.drug]
        if after:
            more.append(ActionMention(each.start(), after[0].end, "restarted", (after[0],), each.span("cue"), sentence))
    for first in [a for a in found if a.kind == "restarted" and a.drugs and not a.negated]:
        later = next((d for d in named if d.start >= first.end and d.drug), None)
        if later is None or any(later in a.drugs for a in found) or later.drug in {d.drug for d in first.drugs}:
            continue
        then = THEN.match(text, first.end, later.start) if later.start - first.end < 60 else None
        if then is not None and then.end() == later.start:
            more.append(ActionMention(then.start("cue"), later.end, "restarted", (later,), then.span("cue"), sentence))
    return more


_CHALLENGE = Pattern(r"\b(?:re-?)?challenge|\bprovocation\b", re.IGNORECASE)
_RESPONDED = Pattern(
    r"(?P<cue>\s+(?:showed|gave|produced|yielded|elicited|had)\s+(?:an?\s+)?)(?:positive|negative)\s+(?:responses?|reactions?|results?)\b",
    re.IGNORECASE,
)
_BACK = 260
"""Characters within which a challenge is told before its results."""


def told_with_results(text: str) -> bool:
    """ "A challenge test was done. X showed a positive response": its drugs are named with its results."""
    return _RESPONDED.search(text) is not None


def challenged(
    text: str, span: tuple[int, int], sentence: int, groups: list[tuple[DrugMention, ...]]
) -> list[ActionMention]:
    """ "X and Y showed positive responses, and Z showed a negative response", behind a challenge test."""
    out: list[ActionMention] = []
    for group in groups if _CHALLENGE.search(text, max(0, span[0] - _BACK), span[1]) else ():
        told = _RESPONDED.match(text, group[-1].end, span[1])
        if told is not None and all(d.drug for d in group):
            out.append(ActionMention(group[0].start, told.end(), "restarted", group, told.span("cue"), sentence))
    return out


_PROVEN = Pattern(
    r"[^.;,]{0,60}?\b(?:confirmed|proven|proved|verified|established|supported|demonstrated)\s+(?:by|with|on|upon|through|after)\s+(?:\w+\s+){0,3}",
    re.IGNORECASE,
)


def proven_by(text: str, end: int, start: int) -> bool:
    """ "The causative effect of X was confirmed by performing a re-challenge": that is one of X."""
    return _PROVEN.fullmatch(text, end, start) is not None


def not_given(
    text: str, span: tuple[int, int], sentence: int, named: list[DrugMention], found: list[ActionMention]
) -> list[ActionMention]:
    """ "The fourth infusion was not given", "no further injection was given": a stop of the drug in focus."""
    told = NOT_GIVEN.search(text, *span)
    if told is None or any(d.drug and d.start < told.start() for d in named):
        return []
    if any(a.kind == "stopped" and not a.negated for a in found):
        return []
    return [ActionMention(told.start(), told.end(), "stopped", (), told.span(), sentence)]


def given_with(
    text: str,
    span: tuple[int, int],
    sentence: int,
    groups: list[tuple[DrugMention, ...]],
    found: list[ActionMention],
) -> list[ActionMention]:
    """ "X 1 g was given for three days, followed by 1 mg/kg/day, together with Y and Z": Y and Z were begun as well."""
    more: list[ActionMention] = []
    governed = {d for a in found for d in a.drugs}
    for match in TOGETHER.finditer(text, *span):
        last = max((a for a in found if a.end <= match.start()), key=lambda a: a.cue, default=None)
        if last is None or last.kind != "started" or last.negated or not any(d.drug for d in last.drugs):
            continue
        with_it = next((g for g in groups if g[0].start >= match.end()), None)
        if with_it is None or governed & set(with_it) or ";" in text[last.end : match.start()]:
            continue
        if OF.match(without_amounts(text[match.end() : with_it[0].start])):
            more.append(ActionMention(match.start(), with_it[-1].end, "started", with_it, last.cue, sentence))
    return more


_THE_DRUG_AND = Pattern(
    r"\s+(?:of\s+)?(?:the|this|that|these|both)\s+(?:\w+\s+)?(?:drugs?|agents?|medications?|medicines?|antibiotics?|treatments?|products?)\s+"
    r"(?:and|plus|together\s+with|along\s+with|combined\s+with|in\s+combination\s+with)\s+"
    r"(?:(?:systemic|oral|topical|intravenous|local|high-dose|low-dose|short-term|an?|the|course|of)\s+)*",
    re.IGNORECASE,
)
_BETTER = Pattern(
    r"\b(?:resol|improv|recover|clear|subsid|heal|normali|disappear|remi|regress|settl)\w*", re.IGNORECASE
)
_AND_STEROID = Pattern(
    r"\s*,?\s+(?:and|plus|with)\s+(?:(?:systemic|oral|topical|intravenous|high-dose|a\s+course\s+of)\s+)*"
)
_ITS_USE = Pattern(r"\s+(?:treatment|therapy|administration|use)\b", re.IGNORECASE)
_STEROID = "corticosteroid"


def remedy_beside(
    text: str, start: int, match: re.Match[str], target: tuple[DrugMention, ...]
) -> tuple[DrugMention, ...]:
    """ "Resolved after discontinuing the drug and systemic corticosteroid treatment": what was given, and not stopped.

    Args:
        text: Clean text.
        start: Where the sentence begins.
        match: The word of the stop.
        target: Drugs that seem to be stopped.
    """
    if not target or _BETTER.search(text, start, match.start()) is None:
        return ()
    if _THE_DRUG_AND.fullmatch(text, match.end(), target[0].start) is not None:
        return target
    last, classes = target[-1], load_drugs().classes_of
    steroid = last.drug == _STEROID or _STEROID in classes(last.drug)
    if len(target) > 1 and steroid and _AND_STEROID.fullmatch(text, target[-2].end, last.start):
        others = any(d.drug == _STEROID or _STEROID in classes(d.drug) for d in target[:-1])
        return (last,) if not others and _ITS_USE.match(text, last.end) is not None else ()
    return ()


_AND_RECEIVING = Pattern(
    r"(?:\s+\w+ly)?,?\s+(?:and|while|with|by)\s+(?P<cue>receiving|giving|starting|administering|instituting|initiating|beginning)\s",
    re.IGNORECASE,
)
_IN_THE_LIST = Pattern(
    r"(?:(?!\b(?:was|were|had|has|he|she|it|they|who|which|that|but|after|before|for|due|because)\b)[\w\s,%./-])*",
    re.IGNORECASE,
)


def received_then(
    text: str,
    span: tuple[int, int],
    sentence: int,
    groups: list[tuple[DrugMention, ...]],
    found: list[ActionMention],
) -> list[ActionMention]:
    """ "Resolved on discontinuing X and receiving hypertonic saline and Y": Y was begun when X was stopped."""
    more: list[ActionMention] = []
    governed = {d for a in found for d in a.drugs}
    for stop in [a for a in found if a.kind == "stopped" and not a.negated and a.drugs]:
        told = _AND_RECEIVING.match(text, stop.end, span[1])
        if told is None:
            continue
        for group in groups:
            if group[0].start < told.end() or governed & set(group):
                continue
            if _IN_THE_LIST.fullmatch(text, told.end(), group[0].start) is not None:
                more.append(ActionMention(told.start(), group[-1].end, "started", group, told.span("cue"), sentence))
    return more
