"""Which drugs a case is about: the drugs that the report blames, by what it says of them, and where it says so.

Every sign of blame is a rule with a weight; the words behind it are kept as the reason. A drug given for the reaction,
or first given after it, is never blamed. May import drugs, actions, times and sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.actions.actions import ActionMention
from dechallenge.reading.actions.actionwords import INCLUDING, IT_BEHIND
from dechallenge.reading.drugs.drugforms import by_form
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.mentions.suspicion import BLAMED, STOPPED_FOR_IT, Suspicion
from dechallenge.reading.reactions.recurrence import result_of
from dechallenge.reading.suspects.blameorder import came_after
from dechallenge.reading.suspects.blamewords import (
    ALL,
    ALLERGY_TEST,
    ATTRIBUTES,
    AVOIDED,
    BECAUSE,
    BETTER,
    BETTER_WITH,
    BLAME_AFTER,
    BLAME_BEFORE,
    DURING,
    FOR_IT,
    GOT_BETTER,
    HAD_BEGUN,
    HARMLESS,
    INEFFECTIVE,
    LONG_STOPPED,
    NEWLY,
    NOT_BLAME,
    OF_HIS_OWN,
    OTHERS,
    PAST,
    PRECAUTION,
    REACTION,
    SOME_TIME_AGO,
    SUSPECTED_IT,
    SWITCHED,
    TEST_RESULT,
    WENT_ON,
    Words,
    ruled_out,
    to_comma,
)
from dechallenge.reading.suspects.focusdays import day_of_a_drug
from dechallenge.reading.suspects.focusforms import (
    anchored_before,
    beside_a_co_suspect,
    looked_back_on,
    of_the_medicines,
    one_so_far,
    running_then,
    switched_to,
    timed_from_a_start,
)
from dechallenge.reading.suspects.focusstops import cleared
from dechallenge.reading.suspects.givenafter import MERE, is_rescue
from dechallenge.reading.suspects.remedies import for_symptom, is_growth_factor
from dechallenge.reading.times.times import read_times


def suspicions(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    reactions: Sequence[int],
    blamed_elsewhere: dict[str, str],
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
    counts: dict[str, int] = {}
    words: Words | None = None
    for mention in drugs:
        if mention.drug:
            counts[mention.drug] = counts.get(mention.drug, 0) + 1
            if words is None or words.index != mention.sentence:
                words = Words(mention.sentence, text[slice(*spans[mention.sentence])])
            _by_words(text, spans[mention.sentence], mention, found[mention.drug], words)
    _by_times(text, spans, drugs, found)
    for first, told in came_after(text, spans, drugs, sorted({*reactions, *called})):
        for drug in listed_with(text, first, drugs):
            found[drug].add(3.0, "the reaction is told as coming after it", told)
    if (beside := beside_a_co_suspect(text, drugs)) is not None:
        found[beside[0]].add(3.5, "the report names another drug as suspect beside it", beside[1])
    timed = timed_from_a_start(text, spans, drugs, actions, onset)
    if timed is not None:
        found[timed[0]].add(2.5, f"the reaction is timed from its start: “{text[slice(*timed[1])]}”", timed[1])
    counted = day_of_a_drug(text, spans, drugs, onset)
    if counted is not None:
        found[counted[0]].add(1.5, f"the reaction is timed from it: “{text[slice(*counted[1])]}”", counted[1])
    lead = _lead(found, actions)
    named = [a for a in actions if any(d.drug for d in a.drugs)]
    for action in named:
        _by_action(text, spans[action.sentence], action, found, lead, onset)
    lead = _lead(found, actions)
    for action in actions:
        if not any(d.drug for d in action.drugs):
            action = replace(action, drugs=_it(text, action, drugs) or action.drugs)
            _by_action(text, spans[action.sentence], action, found, lead, onset)
    for name, words_of in cleared(text, named, onset if onset < len(text) else 0).items():
        found[name].add(-4.0, "", words_of)
    _by_re_exposures(text, spans, [a for a in actions if a.kind == "restarted" and a.cue[0] > onset], found)
    for drug, reason in blamed_elsewhere.items():
        if drug in found:
            place = (found[drug].first, found[drug].first + 1)
            found[drug].add(4.0, f"blamed in the title or abstract: “{reason}”", place)
    of_onset = [(a, b) for a, b in spans if a <= onset < b]
    started: dict[str, ActionMention] = {}
    for action in actions:
        for given in action.drugs if action.kind == "started" else ():
            started.setdefault(given.drug, action)
    for entry in found.values():
        entry.weight += min(1.5, 0.3 * counts[entry.drug])
        begun = started.get(entry.drug)
        if for_symptom(text, spans, drugs, entry.drug, onset) or (entry.first > onset and is_growth_factor(entry.drug)):
            entry.weight = min(entry.weight, 0.0)
        if MERE.issuperset(entry.reasons) and is_rescue(entry.drug, text):
            entry.weight = min(entry.weight, 0.0)
        if (
            entry.first > onset
            and (not any(a <= entry.first < b for a, b in of_onset) or switched_to(text, onset, begun))
            and begun is not None
            and begun.cue[0] > onset
            and entry.drug not in blamed_elsewhere
            and not (anchored_before(text, spans, entry.drug, drugs) or looked_back_on(text, spans, begun))
        ):
            if STOPPED_FOR_IT in entry.reasons or (
                running_then(text, spans, begun) and any(r.startswith("the report ") for r in entry.reasons)
            ):
                entry.weight = max(entry.weight, BLAMED)
            else:
                entry.weight -= 6.0
    _class_after_members(drugs, found)
    ranked = sorted(found.values(), key=lambda s: (-s.weight, s.first))
    top = ranked[0].weight if ranked else 0.0
    level = [s for s in ranked if top > 0 and s.weight >= 0.85 * top]
    chosen = {s.drug for s in level}
    return sorted(level, key=lambda s: (not _attributed(s), s.first)) + [s for s in ranked if s.drug not in chosen]


def _attributed(entry: Suspicion) -> bool:
    return any(reason.startswith(("the report blames", "the report attributes")) for reason in entry.reasons)


def _class_after_members(drugs: Sequence[DrugMention], found: dict[str, Suspicion]) -> None:
    """A class is never suspected before the drugs of it that are named."""
    lexicon = load_drugs()
    for name in dict.fromkeys(d.drug for d in drugs if d.kind == "class" and d.drug):
        members = [s.weight for s in found.values() if s.drug != name and name in lexicon.classes_of(s.drug)]
        if members:
            _blame_members(
                found[name],
                [s for s in found.values() if s.drug != name and name in lexicon.classes_of(s.drug)],
                max(members),
            )
            found[name].weight = min(found[name].weight, max(members) - 1.0, BLAMED if max(members) < BLAMED else 0.0)


def _blame_members(group: Suspicion, members: Sequence[Suspicion], best: float) -> None:
    """ "Statin-induced rhabdomyolysis" in a patient on simvastatin blames it, if something else does."""
    if group.weight < BLAMED or not 0 < best < BLAMED or not _blamed(group):
        return
    for entry in members:
        if entry.reasons and entry.weight >= _AS_MUCH * best:
            reason = f"a drug of the class that is blamed ({group.drug})"
            entry.add(BLAMED - entry.weight, reason, (group.first, group.first + 1))


_AS_MUCH = 0.6


def _blamed(entry: Suspicion) -> bool:
    return _attributed(entry) or any(reason.startswith("blamed in") for reason in entry.reasons)


def _lead(found: dict[str, Suspicion], actions: Sequence[ActionMention]) -> list[str]:
    """The drug against which most speaks, with those begun together with it of which as much is said."""
    best = max(found.values(), key=lambda s: (s.weight, -s.first), default=None)
    if best is None:
        return []
    if best.weight <= 0:
        return [min(found.values(), key=lambda s: s.first).drug]
    begun = [a.drugs for a in actions if a.kind == "started" and any(d.drug == best.drug for d in a.drugs)]
    level = [d.drug for d in (begun[0] if begun else ()) if d.drug and found[d.drug].weight == best.weight]
    return list(dict.fromkeys([best.drug, *level]))


def _by_words(text: str, sentence: tuple[int, int], mention: DrugMention, entry: Suspicion, words: Words) -> None:
    before, after = (
        text[max(sentence[0], mention.start - 60) : mention.start],
        text[mention.end : min(sentence[1], mention.end + 60)],
    )
    span = (mention.start, mention.end)
    general = words.general or bool(NOT_BLAME.search(before[-25:])) or ruled_out(text, mention, sentence)
    if not general and BLAME_AFTER.match(after):
        entry.add(4.0, "the report blames it", (mention.start, min(sentence[1], mention.end + 20)))
    joined = words.blamed is not None and _coordinated(text, words.blamed, mention)
    if (
        not general
        and (joined or BLAME_BEFORE.search(before))
        and not re.search(r"\b(?:stopped|discontinued|withdrawn|anemia|anaemia|believed)\b[^.]*$", before)
    ):
        entry.add(3.5, "the report attributes the reaction to it", (max(sentence[0], mention.start - 30), mention.end))
        words.blamed = mention
    if not general and ATTRIBUTES.search(before):
        entry.add(3.5, "the report attributes the reaction to it", (max(sentence[0], mention.start - 30), mention.end))
    _by_allergy_test(text, sentence, mention, entry)
    avoided = AVOIDED.search(after) if len(after.split(",")[0]) else None
    if avoided is not None and "," not in after[: avoided.start()]:
        entry.add(3.5, "it was avoided or blamed after the reaction", (mention.start, mention.end + avoided.end()))
    if words.reaction and DURING.search(before):
        entry.add(1.0, "the reaction began while it was taken", (max(sentence[0], mention.start - 20), mention.end))
        why = FOR_IT.match(text, mention.end, sentence[1])
        if why is not None and not words.general and not BETTER.search(text, *sentence):
            entry.add(3.5, STOPPED_FOR_IT, (max(sentence[0], mention.start - 20), why.end()))
    if entry.weight < 2:
        here = mention.start - sentence[0]
        if words.hold(OTHERS, words.last(NEWLY, here), here):
            entry.add(-2.0, "", span)
    if not words.again and words.hold(PAST, 0, min(sentence[1], mention.end + 40) - sentence[0]):
        entry.add(-1.0, "", span)


def _by_allergy_test(text: str, sentence: tuple[int, int], mention: DrugMention, entry: Suspicion) -> None:
    """ "Skin tests were positive to X and negative to Y and Z"."""
    lead = text[max(sentence[0], mention.start - 260) : mention.start]
    if not ALLERGY_TEST.search(lead):
        return
    told = list(TEST_RESULT.finditer(lead))
    if not told or re.search(r"[.;]", lead[told[-1].end() :]):
        return
    if told[-1]["yes"]:
        entry.add(3.5, "a test for allergy to it was positive", (mention.start, mention.end))
    else:
        entry.add(-3.0, "", (mention.start, mention.end))


def _by_times(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], found: dict[str, Suspicion]
) -> None:
    named_in: dict[int, list[DrugMention]] = {}
    for drug in drugs:
        if drug.drug:
            named_in.setdefault(drug.sentence, []).append(drug)
    only, second = one_so_far(drugs)
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        mine = named_in.get(index, [])
        if not mine:
            mine = only if start <= second else []
            mine = mine if mine and mine[0].start < start else by_form(text, (start, end), drugs)
        for time in read_times(sentence):
            if (time.kind not in ("offset", "duration") or time.sign < 0) or (
                time.anchor not in ("start", "stop", "restart", "other") and time.kind == "offset"
            ):
                continue
            if mine and mine[0].sentence != index:
                if time.kind == "offset" and time.anchor != "restart" and REACTION.search(sentence):
                    span = (start + time.start, start + time.end)
                    found[mine[0].drug].add(
                        3.5, f"the reaction is timed from it: “{sentence[time.start : time.end].strip()}”", span
                    )
                continue
            if time.anchor == "start" and GOT_BETTER.match(text, start + time.end, end):
                continue  # "after three days of corticosteroids the patient experienced resolution"
            after = [
                d
                for d in mine
                if 0 <= d.start - (start + time.end) < 70 or start + time.start <= d.start < start + time.end
            ]
            if time.kind == "duration":
                after = [d for d in mine if d.end <= start + time.start and start + time.start - d.end < 70][-1:]
                if not REACTION.search(sentence) or OTHERS.search(sentence):
                    continue
            weight = 3.5 if REACTION.search(sentence) and time.kind == "offset" else 0.5
            if time.anchor == "stop" and len({d.drug for d in mine}) > 1 and not REACTION.search(sentence):
                continue
            if re.search(r"\bswitch", text[start + time.start : start + time.end + 12]):
                reach = [d for d in mine if start + time.end <= d.start < start + time.end + 130]
                to = [
                    d for d in reach if re.search(r"\bto\s+(?:\w+\s+){0,2}$", text[max(start, d.start - 20) : d.start])
                ]
                after = to or after
            for i, drug in enumerate(after):
                if i and not _coordinated(text, after[i - 1], drug):
                    break
                found[drug.drug].add(
                    weight,
                    f"the reaction is timed from it: “{sentence[time.start : time.end].strip()}”",
                    (start + time.start, start + time.end),
                )


def _it(text: str, action: ActionMention, drugs: Sequence[DrugMention]) -> tuple[DrugMention, ...]:
    """ "She discontinued it": the drug that was named last."""
    before = [d for d in drugs if d.drug and d.end <= action.cue[0]] if IT_BEHIND.match(text, action.cue[1]) else []
    return tuple(before[-1:])


def listed_with(text: str, drug: DrugMention, drugs: Sequence[DrugMention]) -> list[str]:
    """The names of a list from one of its drugs on ("isoniazid, rifampicin and pyrazinamide")."""
    names, last = [drug.drug], drug
    for other in drugs[bisect_right(drugs, drug.start, key=lambda d: d.start) :]:
        if other.sentence != drug.sentence or not _coordinated(text, last, other):
            break
        if other.drug and other.drug not in names:
            names.append(other.drug)
        last = other
    return names


def _coordinated(text: str, left: DrugMention, right: DrugMention) -> bool:
    gap = re.sub(r"\([^()]*\)", "", text[left.end : right.start])
    if left.kind == "class" and INCLUDING.fullmatch(gap):
        return True
    return bool(re.fullmatch(r"[\s®,]*(?:and|or|plus|with|/|\+)?[\s,]*", gap)) or left.drug == right.drug


def _by_action(
    text: str,
    sentence: tuple[int, int],
    action: ActionMention,
    found: dict[str, Suspicion],
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
            entry.add(*((3.0, "it was stopped after the reaction") if better else (-3.0, "")), span)
        elif action.kind == "stopped" and LONG_STOPPED.search(text, max(sentence[0], action.cue[0] - 40), sentence[1]):
            continue
        elif action.kind == "stopped" and WENT_ON.search(text, action.end, sentence[1]):
            entry.add(-5.0, "", span)
        elif action.kind == "stopped" and (PRECAUTION.search(text, *rest) or OF_HIS_OWN.match(text, *rest)):
            continue
        elif action.kind == "stopped" and not INEFFECTIVE.search(body):
            if SUSPECTED_IT.match(text, *rest):
                entry.add(3.5, "it was stopped because it was suspected", span)
            elif first_course and (action.cue[0] > onset or onset == 10**9):
                entry.add(3.0, "it was stopped after the reaction", span)
            elif action.cue[0] > onset and of_the_medicines(text, entry.first):
                entry.add(1.0, "it was stopped after the reaction", span)
            elif BECAUSE.match(text, *rest):
                entry.add(2.0, "it was stopped because of the reaction", span)
        elif (
            action.kind == "restarted"
            and (several or name not in lead or _stopped_as_well(found, name))
            and HARMLESS.match(text, action.end, sentence[1])
        ):
            entry.add(-3.0, "", span)
        elif action.kind == "restarted" and first_course and action.cue[0] > min(onset, entry.first):
            entry.add(2.0, "it was given again", span)
        elif action.kind == "started" and entry.first < sentence[1] and action.cue[0] < onset + 200:
            after = text[action.end : sentence[1]]
            if REACTION.search(after) and not PAST.search(body):
                entry.add(2.0, "the reaction followed it in the report", span)
            elif action.cue[0] < onset and not PAST.search(text, sentence[0], to_comma(text, action.end, sentence[1])):
                entry.add(0.8, "it was started before the reaction", span)


def _stopped_as_well(found: dict[str, Suspicion], name: str) -> bool:
    """Another drug was stopped after the reaction too: of two, the one that was borne again is not the cause."""
    return any(e.drug != name and "it was stopped after the reaction" in e.reasons for e in found.values())


def _by_re_exposures(
    text: str, spans: Sequence[tuple[int, int]], again: Sequence[ActionMention], found: dict[str, Suspicion]
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
        found[name].add(2.0, "the reaction came back when it was given again", words)
    for name in good:
        twice = not bad and "it was stopped after the reaction" in found[name].reasons  # held against it already
        if name not in bad and not twice:  # it was given again because it was not blamed
            found[name].add(-4.0 if bad else -3.0, "", good[name])
