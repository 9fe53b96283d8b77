"""Drugs that ran before the one in focus: "added to long term therapy with X", "X, which she had taken for 6 years".

May import the story, mentions, triggers and the words of time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.story.story import ADMISSION, ONSET, Story, start_node
from dechallenge.reading.texts.amounts import number_of
from dechallenge.reading.texts.timewords import NUMBER
from dechallenge.timeline import Interval, duration

_TO_WHAT_RAN = Pattern(
    r"\b(?:added\s+to|in\s+addition\s+to|on\s+top\s+of|superimposed\s+on)\s+"
    r"(?:(?!\b(?:was|were|is|are|had|has|developed|started|given|began)\b)[^.;:]){0,90}$",
    re.IGNORECASE,
)
_AFTER_WHAT_WAS_OVER = Pattern(
    r"\b(?:after|following)\s+(?:(?:an?|the|her|his|one|two|three|\d|several|multiple)\s+)?(?:prior|previous|earlier|failed)\s+"
    r"(?:courses?|cycles?|treatment|therapy|trials?)\s+(?:of|with)\s+"
    r"(?:(?!\b(?:was|were|is|are|had|has|developed|started|given|began)\b)[^.;:]){0,90}$",
    re.IGNORECASE,
)
_TOOK = Pattern(r"(?:took|takes?|taken|taking)\b", re.IGNORECASE)
_SHORT = Pattern(r"\b(?:days?|hours?|weeks?|once|doses?|tablets?)\b", re.IGNORECASE)


def ran_before(text: str, clause: tuple[int, int], mention: DrugMention) -> str:
    """ "running" for X in "Y was added to X", "over" for X in "after a prior course of X", else empty.

    Args:
        text: Clean text.
        clause: The clause of an action.
        mention: A drug that the action may mean.
    """
    if _TO_WHAT_RAN.search(text, clause[0], mention.start):
        return "running"
    return "over" if _AFTER_WHAT_WAS_OVER.search(text, clause[0], mention.start) else ""


def only_taken(text: str, action: ActionMention, clause: tuple[int, int]) -> bool:
    """ "She took X and Y": said of what she takes, at no time of its own."""
    return _TOOK.match(text, *action.cue) is not None and not _SHORT.search(text, *clause)


_WITH = Pattern(r"\s*(?:again\s+)?(?:with|using)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_FOR = Pattern(r"(?:\s*\([^()]*\))?\s+(?:in\s+place\s+of|instead\s+of|replacing|substituted\s+for)\s+", re.IGNORECASE)


def in_place_of(text: str, action: ActionMention, behind: Sequence[DrugMention]) -> tuple[str, ...]:
    """X and Y in "the combination was resumed with X in place of Y": neither was taken anew, the others were."""
    if action.kind != "restarted" or len(action.drugs) < 1 or not action.drugs[0].drug:
        return ()
    new = action.drugs[0]
    if new.start < action.cue[1] or not _WITH.fullmatch(text, action.cue[1], new.start):
        return ()
    told = _FOR.match(text, new.end)
    old = [d.drug for d in behind if told is not None and 0 <= d.start - told.end() < len("the other ")]
    return (*(d.drug for d in action.drugs), old[0]) if old else ()


_SIZE = (
    r"(?P<least>at\s+least\s+|more\s+than\s+|over\s+(?:the\s+(?:past|last)\s+)?|greater\s+than\s+|>\s?)?"
    r"(?P<about>about\s+|approximately\s+|nearly\s+|almost\s+|~\s?|the\s+(?:past|last|previous)\s+)?"
    rf"(?:(?P<number>{NUMBER}|an?)\s+|(?P<vague>(?:many|several|some)\s+)?)(?P<unit>months?|years?)\b"
)
_BEHIND = Pattern(
    r"(?:\s+therapy)?(?:\s*\([^()]*\))?,?\s*\(?(?:(?P<each>both|all|each)\s+)?(?:of\s+)?(?:which|that|these)?\s*"
    r"(?:(?:she|he|they|the\s+patient)\s+)?(?:(?:had|has|have|was|were)\s+)?(?:been\s+)?(?:taken|used|received|taking|using)?\s*"
    rf"(?:(?:regularly|daily|chronically|continuously|intermittently)\s+)?(?:for|over)\s+{_SIZE}",
    re.IGNORECASE,
)
_BRACKETED = Pattern(rf"\s*\((?:for\s+|x\s?)?{_SIZE}\)", re.IGNORECASE)
_JOINED = Pattern(r"(?:\s*\([^()]*\))?\s*(?:,|,?\s+and|/)\s+(?:(?:also|oral|daily|a|an|the)\s+)?", re.IGNORECASE)
_VAGUE = {"month": Interval(30.0, None), "year": Interval(365.0, None)}


def taken_before(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], story: Story) -> None:
    """Date the drugs beside the one in focus that are told to have been taken for months or years by then.

    "Her other medications were X and Y, both taken for more than a year", "birth control pills for 6 years and X".
    """
    network = story.network
    by_then = next((node for node in (ADMISSION, ONSET) if node in network.names), None)
    if by_then is None or not story.main:
        return
    for i, mention in enumerate(drugs):
        if not mention.drug or mention.drug in story.main:
            continue
        end = spans[mention.sentence][1]
        size = _BEHIND.match(text, mention.end, end) or _BRACKETED.match(text, mention.end, end)
        if size is None:
            continue
        length = _length(size)
        each = size.re.groupindex.get("each") is not None and size["each"] is not None
        for drug in _listed(text, drugs, i, whole=each):
            node = start_node(drug)
            known = network.between(node, by_then) if node in network.names else Interval(None, None)
            if drug not in story.main and drug not in story.stopped and None in known:
                network.bound(node, by_then, length)


def _length(size: re.Match[str]) -> Interval:
    unit = size["unit"].lower().rstrip("s")
    if not size["number"]:
        return _VAGUE[unit]
    number = 1.0 if size["number"].lower() in ("a", "an") else float(number_of(size["number"]))
    if size["least"]:
        return Interval(duration(number, number, unit).interval.low, None)
    return duration(number, number, unit, about=bool(size["about"])).interval


def _listed(text: str, drugs: Sequence[DrugMention], last: int, *, whole: bool) -> list[str]:
    """The drug that a length stands behind, with those joined to it by "and"; with "both" or "all", the whole list."""
    found = [drugs[last].drug]
    begin = drugs[last].start
    for mention in reversed(drugs[:last]):
        gap = text[mention.end : begin]
        if mention.sentence != drugs[last].sentence or not _JOINED.fullmatch(gap):
            break
        if not whole and "and" not in gap and len(found) == 1:
            break
        found.append(mention.drug)
        begin = mention.start
    return [drug for drug in found if drug]
