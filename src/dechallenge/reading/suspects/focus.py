"""Which drugs a case is about: every named drug with what speaks for and against it, heaviest first.

The grounds and their weights stand in one table (``mentions.suspicion``); what is found in words, times and actions is
counted by ``groundwords``, ``groundtimes`` and ``groundactions``. A drug given for the reaction, or first given after
it, is never blamed. May import drugs, actions, times and sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.drugs.druglists import listed_with
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import BLAMED, MERE, Ground, Suspicion
from dechallenge.reading.suspects.blameorder import came_after
from dechallenge.reading.suspects.focusdays import day_of_a_drug
from dechallenge.reading.suspects.focusforms import (
    anchored_before,
    beside_a_co_suspect,
    looked_back_on,
    running_then,
    switched_to,
    timed_from_a_start,
)
from dechallenge.reading.suspects.givenforit import for_symptom
from dechallenge.reading.suspects.groundactions import by_actions
from dechallenge.reading.suspects.groundtimes import by_times
from dechallenge.reading.suspects.groundwords import by_words
from dechallenge.reading.suspects.remedies import is_growth_factor, is_rescue

_DAY_OF = 1.5
"""Weight of a day counted by a drug: others may run beside it."""
_EACH, _MOST = 0.3, 1.5
"""Weight of every time that a drug is named, and of all of them."""
_LEVEL = 0.85
"""Part of the greatest weight from which drugs stand level: of these the one that is blamed in words leads."""
_AS_MUCH = 0.6
"""Part of the greatest weight among its members from which a drug is meant where its class is blamed."""
_CLEARED = frozenset({Ground.BEGUN_AFTER, Ground.WENT_ON, Ground.CLEARED, Ground.TOLERATED, Ground.NO_ALLERGY})
"""Grounds by which the drug of a blamed class is not the one that is meant."""
_BY_THE_REPORT = (Ground.NAMED, Ground.ATTRIBUTED, Ground.NAMES_ANOTHER, Ground.STOPPED_FOR_IT)
"""Grounds that the report itself words as blame."""


def suspicions(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    reactions: Sequence[int],
    blamed_elsewhere: Mapping[str, str],
    closed: frozenset[int] = frozenset(),
    called: Sequence[int] = (),
) -> list[Suspicion]:
    """Every named drug of a case with the weight of what is said against it, heaviest first.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions.
        reactions: Clean positions where the reaction is present.
        blamed_elsewhere: Drugs that the title or the abstract blames, with the words.
        closed: Sentences that tell how an earlier drug ended; what was done there blames nobody.
        called: Where the reaction is called by its name, be it before it is told.
    """
    actions = [a for a in actions if a.sentence not in closed]
    found: dict[str, Suspicion] = {}
    for mention in drugs:
        if mention.drug:
            entry = found.setdefault(mention.drug, Suspicion(mention.drug))
            entry.first = min(entry.first, mention.start)
    onset = min(reactions, default=10**9)
    by_words(text, spans, drugs, found)
    by_times(text, spans, drugs, found)
    for first, words in came_after(text, spans, drugs, sorted({*reactions, *called})):
        for drug in listed_with(text, first, drugs):
            found[drug].add(Ground.CAME_AFTER, words)
    if (beside := beside_a_co_suspect(text, drugs)) is not None:
        found[beside[0]].add(Ground.NAMES_ANOTHER, beside[1])
    if (timed := timed_from_a_start(text, spans, drugs, actions, onset)) is not None:
        found[timed[0]].add(Ground.TIMED_FROM_START, timed[1], quote=text[slice(*timed[1])])
    if (counted := day_of_a_drug(text, spans, drugs, onset)) is not None:
        found[counted[0]].add(Ground.TIMED, counted[1], weight=_DAY_OF, quote=text[slice(*counted[1])])
    by_actions(text, spans, drugs, actions, found, onset)
    for drug, told in blamed_elsewhere.items():
        if drug in found:
            found[drug].add(Ground.HEADED, (found[drug].first, found[drug].first + 1), quote=told)
    named = Counter(d.drug for d in drugs if d.drug)
    for entry in found.values():
        entry.weight += min(_MOST, _EACH * named[entry.drug])
        if _given_for_it(text, spans, drugs, entry, onset):
            entry.weight = min(entry.weight, 0.0)
    for entry, begun in _begun_after(text, spans, drugs, actions, found, onset):
        if entry.drug in blamed_elsewhere:
            continue
        if entry.has(Ground.STOPPED_FOR_IT) or (running_then(text, spans, begun) and entry.has(*_BY_THE_REPORT)):
            entry.weight = max(entry.weight, BLAMED)
        else:
            entry.add(Ground.BEGUN_AFTER, begun.cue)
    _class_after_members(drugs, found)
    return _ranked(found)


def _ranked(found: Mapping[str, Suspicion]) -> list[Suspicion]:
    """Heaviest first; of those that stand level, the one that the report blames in words, then the one named first."""
    ranked = sorted(found.values(), key=lambda s: (-s.weight, s.first))
    top = ranked[0].weight if ranked else 0.0
    level = [s for s in ranked if top > 0 and s.weight >= _LEVEL * top]
    chosen = {s.drug for s in level}
    in_words = (Ground.NAMED, Ground.ATTRIBUTED)
    return sorted(level, key=lambda s: (not s.has(*in_words), s.first)) + [s for s in ranked if s.drug not in chosen]


def _given_for_it(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], entry: Suspicion, onset: int
) -> bool:
    """Its place, or what it is, says that it was given for the reaction, whatever else was done with it."""
    if for_symptom(text, spans, drugs, entry.drug, onset) or (entry.first > onset and is_growth_factor(entry.drug)):
        return True
    return entry.only(*MERE) and is_rescue(entry.drug, text)


def _begun_after(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    found: Mapping[str, Suspicion],
    onset: int,
) -> Iterator[tuple[Suspicion, ActionMention]]:
    """Drugs that are named and begun after the reaction, in words that do not look back, with their beginning."""
    of_onset = [(a, b) for a, b in spans if a <= onset < b]
    started: dict[str, ActionMention] = {}
    for action in actions:
        for given in action.drugs if action.kind == "started" else ():
            started.setdefault(given.drug, action)
    for entry in found.values():
        begun = started.get(entry.drug)
        if begun is None or entry.first <= onset or begun.cue[0] <= onset:
            continue
        beside = any(a <= entry.first < b for a, b in of_onset)
        if beside and not switched_to(text, onset, begun):
            continue
        if not (anchored_before(text, spans, entry.drug, drugs) or looked_back_on(text, spans, begun)):
            yield entry, begun


def _class_after_members(drugs: Sequence[DrugMention], found: Mapping[str, Suspicion]) -> None:
    """A class is never suspected before the drugs of it that are named."""
    lexicon = load_drugs()
    for name in dict.fromkeys(d.drug for d in drugs if d.kind == "class" and d.drug):
        members = [s for s in found.values() if s.drug != name and name in lexicon.classes_of(s.drug)]
        if members:
            best = max(s.weight for s in members)
            _blame_members(found[name], members, best)
            found[name].weight = min(found[name].weight, best - 1.0, BLAMED if best < BLAMED else 0.0)


def _blame_members(group: Suspicion, members: Sequence[Suspicion], best: float) -> None:
    """ "Statin-induced rhabdomyolysis" in a patient on simvastatin blames it; of several, those suspected anyway."""
    blamed = group.has(Ground.NAMED, Ground.ATTRIBUTED, Ground.HEADED)
    if group.weight < BLAMED or best >= BLAMED or not blamed:
        return
    for entry in members:
        alone = len(members) == 1 and not entry.spared & _CLEARED
        if alone or (entry.told and 0 < _AS_MUCH * best <= entry.weight):
            place = (group.first, group.first + 1)
            entry.add(Ground.MEMBER, place, weight=BLAMED - entry.weight, quote=group.drug)
