"""What was done with a drug as a ground for or against it: stopped, begun, given again, and what is said of that.

May import drugs, actions and the words of blame.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.actions.actionwords import IT_BEHIND
from dechallenge.reading.mentions.actionmention import exchanged_for
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import Ground, Suspicion
from dechallenge.reading.reactions.recurrence import result_of
from dechallenge.reading.suspects.blamewords import (
    ALL,
    BECAUSE,
    BETTER_WITH,
    HAD_BEGUN,
    HARMLESS,
    INEFFECTIVE,
    LONG_STOPPED,
    OF_HIS_OWN,
    PAST,
    PRECAUTION,
    REACTION,
    SOME_TIME_AGO,
    SUSPECTED_IT,
    SWITCHED,
    WENT_ON,
    to_comma,
)
from dechallenge.reading.suspects.focusforms import of_the_medicines
from dechallenge.reading.suspects.focusstops import cleared

_LATE = 1.0
"""Weight of the stop of a drug that is first named late, in a list of the medicines."""
_OTHER_CAME_BACK = -4.0
"""Weight of a drug that was borne again, where the reaction came back with another."""


def by_actions(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    found: Mapping[str, Suspicion],
    onset: int,
) -> None:
    """Count what was done with every drug: first by those verbs that name it, then by those that mean the leading one.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions, in order.
        found: What speaks for each drug; grounds are added.
        onset: Clean position of the first sign of the reaction; beyond the text where there is none.
    """
    lead = _lead(found, actions, onset)
    named = [a for a in actions if any(d.drug for d in a.drugs)]
    for action in named:
        lead = _lead(found, actions, onset) if action.kind == "restarted" else lead  # its stop has been counted
        _by_action(text, spans[action.sentence], action, found, lead, onset)
    lead = _lead(found, actions, onset)
    for action in actions:
        if not any(d.drug for d in action.drugs):
            action = replace(action, drugs=_it(text, action, drugs) or action.drugs)
            begun = exchanged_for(action, named)
            _by_action(text, spans[action.sentence], action, found, [d for d in lead if d not in begun], onset)
    for name, words in cleared(text, named, onset if onset < len(text) else 0).items():
        found[name].add(Ground.CLEARED, words)
    _by_re_exposures(text, spans, [a for a in actions if a.kind == "restarted" and a.cue[0] > onset], found)


def _lead(found: Mapping[str, Suspicion], actions: Sequence[ActionMention], onset: int) -> list[str]:
    """The drug against which most speaks, with those begun together with it of which as much is said.

    Where as much speaks against several that were begun before the reaction, the one begun last.
    """
    order = {d.drug: a.cue[0] for a in actions if a.kind == "started" and a.cue[0] < onset for d in reversed(a.drugs)}
    best = max(found.values(), key=lambda s: (s.weight, order.get(s.drug, 0), -s.first), default=None)
    if best is None:
        return []
    if best.weight <= 0:
        return [min(found.values(), key=lambda s: s.first).drug]
    begun = [a.drugs for a in actions if a.kind == "started" and any(d.drug == best.drug for d in a.drugs)]
    level = [d.drug for d in (begun[0] if begun else ()) if d.drug and found[d.drug].weight == best.weight]
    return list(dict.fromkeys([best.drug, *level]))


def _it(text: str, action: ActionMention, drugs: Sequence[DrugMention]) -> tuple[DrugMention, ...]:
    """ "She discontinued it": the drug that was named last."""
    before = [d for d in drugs if d.drug and d.end <= action.cue[0]] if IT_BEHIND.match(text, action.cue[1]) else []
    return tuple(before[-1:])


def _by_action(
    text: str,
    sentence: tuple[int, int],
    action: ActionMention,
    found: Mapping[str, Suspicion],
    lead: list[str],
    onset: int,
) -> None:
    body = text[sentence[0] : sentence[1]]
    names = [d.drug for d in action.drugs if d.drug]
    several = len(set(names)) > 1
    if names and (several or action.drugs[0].kind != "class") and ALL.search(text[sentence[0] : action.drugs[0].start]):
        return  # "all antidiabetic agents were stopped": that blames none of them
    if (
        not names
        and action.kind in ("stopped", "restarted")
        and lead
        and not any(d.kind == "all" for d in action.drugs)
    ):
        names = lead
    if action.negated:
        return
    span, rest = (action.start, action.end), (action.end, sentence[1])
    for name in dict.fromkeys(names):
        entry = found[name]
        first_course = entry.first <= onset + 250 or HAD_BEGUN.match(text, entry.first, entry.first + 90) is not None
        switched = SWITCHED.match(text, *action.cue) is not None and SOME_TIME_AGO.search(
            text, sentence[0], action.cue[0]
        )
        if action.kind == "stopped" and (switched or text[action.cue[0] : action.cue[1]].lower().startswith("switch")):
            better = action.cue[0] > onset and BETTER_WITH.search(text, *rest)
            entry.add(Ground.STOPPED if better else Ground.SWITCHED_BEFORE, span)
        elif action.kind == "stopped" and LONG_STOPPED.search(text, max(sentence[0], action.cue[0] - 40), sentence[1]):
            continue
        elif action.kind == "stopped" and WENT_ON.search(text, action.end, sentence[1]):
            entry.add(Ground.WENT_ON, span)
        elif action.kind == "stopped" and (PRECAUTION.search(text, *rest) or OF_HIS_OWN.match(text, *rest)):
            continue
        elif action.kind == "stopped" and not INEFFECTIVE.search(body):
            if SUSPECTED_IT.match(text, *rest):
                entry.add(Ground.SUSPECTED, span)
            elif first_course and (action.cue[0] > onset or onset == 10**9):
                entry.add(Ground.STOPPED, span)
            elif action.cue[0] > onset and of_the_medicines(text, entry.first):
                entry.add(Ground.STOPPED, span, weight=_LATE)
            elif BECAUSE.match(text, *rest):
                entry.add(Ground.STOPPED_BECAUSE, span)
        elif (
            action.kind == "restarted"
            and (several or name not in lead or _stopped_as_well(found, name))
            and HARMLESS.match(text, action.end, sentence[1])
        ):
            entry.add(Ground.TOLERATED, span)
        elif action.kind == "restarted" and first_course and action.cue[0] > min(onset, entry.first):
            entry.add(Ground.AGAIN, span)
        elif action.kind == "started" and entry.first < sentence[1] and action.cue[0] < onset + 200:
            after = text[action.end : sentence[1]]
            if REACTION.search(after) and not PAST.search(body):
                entry.add(Ground.FOLLOWED, span)
            elif action.cue[0] < onset and not PAST.search(text, sentence[0], to_comma(text, action.end, sentence[1])):
                entry.add(Ground.STARTED, span)


def _stopped_as_well(found: Mapping[str, Suspicion], name: str) -> bool:
    """Another drug was stopped after the reaction too: of two, the one that was borne again is not the cause."""
    return any(e.drug != name and e.has(Ground.STOPPED) for e in found.values())


def _by_re_exposures(
    text: str, spans: Sequence[tuple[int, int]], again: Sequence[ActionMention], found: Mapping[str, Suspicion]
) -> None:
    """Of several drugs that were given again, the one with which the reaction came back, and not those without."""
    bad: dict[str, tuple[int, int]] = {}
    good: dict[str, tuple[int, int]] = {}
    for action in again:
        until = min((a.cue[0] for a in again if a.cue[0] > action.cue[0]), default=len(text))
        said, words = result_of(text, spans, action, until)
        for drug in action.drugs if words is not None and not action.negated else ():
            if drug.drug and words is not None:
                (bad if said == "positive" else good).setdefault(drug.drug, words)
    for name, words in bad.items() if set(good) - set(bad) else ():
        found[name].add(Ground.CAME_BACK, words)
    for name in good:
        twice = not bad and found[name].has(Ground.STOPPED)  # held against it already
        if name not in bad and not twice:  # it was given again because it was not blamed
            found[name].add(Ground.TOLERATED, good[name], weight=_OTHER_CAME_BACK if bad else None)
