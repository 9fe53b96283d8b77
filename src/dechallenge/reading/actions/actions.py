"""What was done with drugs: started, stopped, continued, reduced, increased, restarted; and which drug each verb means.

May import drugs and the words of actions.
"""

from __future__ import annotations

import re

from dechallenge.reading.actions.actionsaside import (
    advised,
    alone_in_a_list,
    begun_in_brackets,
    ended_by,
    ends_no_drug,
    governed_by_another,
    had_it_done,
    of_an_old_illness,
    of_no_named_drug,
    of_the_body,
    told_to_run,
    went_on_taking,
)
from dechallenge.reading.actions.actionsbeside import (
    again,
    challenged,
    given_with,
    not_given,
    proven_by,
    received_then,
    remedy_beside,
    told_with_results,
)
from dechallenge.reading.actions.actionsheets import listed_from
from dechallenge.reading.actions.actionsswitch import SWITCHES, substituted, switched
from dechallenge.reading.actions.actionswhich import which_begun, which_ended, without_own_times, without_running
from dechallenge.reading.actions.actionwords import (
    A_SECOND_TIME,
    ACTION,
    ACTION_TAKEN,
    ASIDE,
    BY_FORM,
    CUE,
    DECLINED,
    DOSE_WORD,
    EARLIER,
    EXCHANGE,
    KINDS,
    LATER_ON,
    LATTER,
    NOT,
    NOT_ALONE,
    NOT_DONE,
    NOT_STOPPED,
    OF,
    PASSIVE,
    SAME_SUBJECT,
    TAKEN,
    TAPERED_AND,
    THE_COURSE,
    TO,
    without_amounts,
)
from dechallenge.reading.assertion.untold import field_untold, unanswered, untold
from dechallenge.reading.drugs.druglists import INCLUDING
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.actionmention import ActionMention
from dechallenge.reading.mentions.drugmention import DrugMention

__all__ = ["ActionMention", "read_actions"]

_EXCEPT = Pattern(
    r"\b(?:except(?:ing)?(?:\s+for)?|apart\s+from|aside\s+from|other\s+than|with\s+the\s+exception\s+of)\s+(?:the\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
""" "Except for X, all the other drugs had been used for years": X was not."""
_BEGUN = frozenset({
    "started", "initiated", "instituted", "begun", "introduced", "added", "administered", "given", "infused", "taken",
    "substituted",
    "commenced", "therapy", "monotherapy", "treatment", "administration", "introduction", "initiation",
    "prescribed", "used", "tried", "resumed",
})  # fmt: skip
"""Words of a start that may stand behind their drug."""
_BRACKETS = Pattern(r"\([^()]*\)|\[[^\[\]]*\]")


def read_actions(text: str, span: tuple[int, int], sentence: int, drugs: list[DrugMention]) -> list[ActionMention]:
    """Actions of one sentence, in order.

    Args:
        text: Clean text.
        span: Clean span of the sentence.
        sentence: Its index.
        drugs: Drug mentions of this sentence.
    """
    start, end = span
    named = [d for d in drugs if d.kind not in ("bare", "dose") and not _EXCEPT.search(text, start, d.start)]
    groups = _groups(text, named)
    found: list[ActionMention] = []
    cues = list(CUE.finditer(text, start, end))
    for i, match in enumerate(cues):
        kind = KINDS[str(match.lastgroup)]
        if match.group().lower() == "suspension" and not ended_by(text, start, match):
            continue
        if kind == "started" and (told_to_run(text, start, match) or ACTION.search(text, start, match.start())):
            continue  # "since she was taking X", "action taken with X: withdrawn"
        if kind == "started" and (of_an_old_illness(text, start, match, end) or governed_by_another(text, cues, i)):
            continue
        if kind == "started" and _WHILE.search(text[max(start, match.start() - 30) : match.end()]):
            kind = "continued"
        after = next((g for g in groups if g[0].start >= match.end()), None)
        before = next((g for g in reversed(groups) if g[-1].end <= match.start()), None)
        target: tuple[DrugMention, ...] = ()
        gap_after = ASIDE.sub(" ", text[match.end() : after[0].start]) if after else ""
        to_another = match.group().lower() == "added" and TO.match(text, match.end()) is not None
        of_subject = "," in gap_after and before is not None and _was(text, before, match.start())
        between = gap_after
        gap_after = without_amounts(gap_after) if len(gap_after) < 120 else gap_after
        if kind == "started" and before is not None and begun_in_brackets(text, before[-1], match, end):
            target = before[-1:]
        elif to_another:  # "X was added to Y": X is what was begun
            target = before if before is not None and _is_governed(text, before, match.start()) else ()
        elif of_subject and before is not None and kind != "started":
            target = before
        elif kind == "reduced" and before is not None and _DOSE.fullmatch(text, before[-1].end, match.start()):
            target = before  # "treatment included X dose reduction to 6 mg, and Y"
        elif kind == "restarted" and before is not None and _was(text, before, match.start()):
            target = before  # "X and Y were restarted with Z"
        elif before is not None and "," in between and not text[before[-1].end : match.start()].strip():
            target = before  # "X stopped 5/11/2022, Y started": notes put the verb right behind its drug
        elif (
            after is not None and len(gap_after) < 70 and OF.match(gap_after) and not _crosses(cues, i, after[0].start)
        ):
            target = after
        elif (
            before is not None
            and kind != "started"
            and (_is_governed(text, before, match.start()) or _AND_MORE.fullmatch(text, before[-1].end, match.start()))
        ):
            target = before
        elif (
            before is not None
            and kind == "started"
            and _is_governed(text, before, match.start())
            and match.group().lower() in _BEGUN
        ):
            if match.group().lower() in ("therapy", "monotherapy", "treatment") and before[-1].end + 1 < match.start():
                continue
            target = before
        if (
            not target
            and kind in ("stopped", "restarted", "reduced", "increased")
            and (_PASSIVE_VERB.search(text[start : match.start()]) or SAME_SUBJECT.search(text, start, match.start()))
        ):
            target = _it(text, start, match.start(), groups) or _subject(text, start, match.start(), groups)
        if not target and kind == "continued":
            target = _it(text, start, match.start(), groups)
        if not target and kind == "started" and before is not None and which_begun(text, before[-1].end, match.span()):
            target = before
        if not target and kind == "stopped" and before is not None and which_ended(text, before[-1].end, match.span()):
            target = before
        if not target and kind == "started" and before is not None and BY_FORM.match(text, match.end(), end):
            target = before[-1:] if before[-1].drug and TAKEN.fullmatch(match.group()) else ()
        if not target and kind == "restarted" and found:
            target = _same_as_stopped(text, found[-1], match.start(), groups)
        taken = ACTION_TAKEN.search(text, start, match.start()) if before is not None and kind != "started" else None
        if not target and taken is not None and before is not None and before[0].start >= taken.start():
            target = before
        if not target and kind == "restarted" and before is not None and proven_by(text, before[-1].end, match.start()):
            target = before[-1:]
        if not target and before is not None and LATTER.search(text, max(start, match.start() - 30), match.start()):
            target = before[-1:]
        if not target and before is not None and had_it_done(text, start, before, match.start()):
            target = before
        if not target and kind == "stopped" and before is not None and before[-1].drug:
            joined = TAPERED_AND.fullmatch(text[before[-1].end : match.start()])
            target = before if joined else ()
        if kind == "started" and match.group().lower().startswith(SWITCHES):
            found.extend(switched(text, match, sentence, end, named))
            continue
        if before and after and (exchanged := substituted(text, match, sentence, before, after)):
            found.extend(exchanged)
            continue
        if EXCHANGE.match(match.group()):
            target = before if before is not None and _is_governed(text, before, match.start()) else ()
            if after is not None and len(gap_after) < 70 and OF.match(gap_after):
                found.append(ActionMention(match.start(), after[-1].end, "started", after, match.span(), sentence))
        if target is before and target:
            target = without_own_times(text, target)
        target = alone_in_a_list(text, target, match.start()) if target is before else target
        if kind == "restarted" and advised(text, start, match):
            continue
        if kind == "stopped" and not target and ends_no_drug(text[max(start, match.start() - 40) : match.start()]):
            continue
        if kind == "stopped" and not target and of_no_named_drug(text, start, match, end, named=bool(named)):
            continue
        course = kind == "stopped" and THE_COURSE.search(text, start, match.start()) is not None
        if not target and not course and (kind == "started" or NOT_ALONE.match(match.group())):
            continue  # "blood tests were repeated", "the progression was halted"
        if kind in ("reduced", "increased") and not target and before is not None:
            target = _whose_dose(text, start, match.start(), groups)
        if kind in ("reduced", "increased") and not _dose_change(text, match, start, end, target):
            continue
        if kind == "restarted" and (of_the_body(text, start, match, end) or (not target and told_with_results(text))):
            continue
        if kind == "continued" and not target:
            continue
        if kind == "started" and any(a.kind == "refused" and 0 <= match.start() - a.cue[1] < 30 for a in found):
            continue
        doubled = kind == "started" and target and any(_overlap(a, target, match) for a in found)
        if doubled and not which_begun(text, target[-1].end, match.span()):
            continue
        first = min(match.start(), target[0].start) if target else match.start()
        last = max(match.end(), target[-1].end) if target else match.end()
        if (kind == "started" and _ANEW.match(text, match.end(), end) and not _ANEW_PLAIN.match(match.group())) or (
            kind == "started"
            and target
            and TAKEN.match(match.group())
            and _same_again(text, match.start(), target, end)
        ):
            kind = "restarted"
        if kind == "started" and target and went_on_taking(text, match, target, end):
            continue
        negated = bool(NOT.search(text[max(start, match.start() - 22) : match.start()]))
        went_on = negated and kind == "stopped" and target and NOT_STOPPED.search(text, start, match.start())
        if went_on and LATER_ON.match(text, match.end(), end) is None:
            kind, negated = "continued", False
        if kind in ("restarted", "started") and NOT_DONE.match(text[last : min(end, last + 60)]):
            negated = True
        if kind == "restarted" and DECLINED.search(text, max(start, match.start() - 40), match.start()):
            negated = True
        if kind == "stopped" and not negated and (given := remedy_beside(text, start, match, target)):
            found.append(ActionMention(given[0].start, given[-1].end, "started", given, match.span(), sentence))
            target = tuple(d for d in target if d not in given)
            last = max(match.end(), target[-1].end) if target else match.end()
        found.append(ActionMention(first, last, kind, target, match.span(), sentence, negated))
    found.extend(again(text, span, sentence, named, found))
    found.extend(not_given(text, span, sentence, named, found))
    found.extend(given_with(text, span, sentence, groups, found))
    found.extend(received_then(text, span, sentence, groups, found))
    found.extend(challenged(text, span, sentence, groups))
    found.extend(listed_from(text, span, sentence, named, found))
    told = [a for a in found if not (untold(text, start, a.cue[0], end) or field_untold(text, start, *a.cue, end))]
    told = [a for a in told if a.kind != "restarted" or not unanswered(text, start, a.cue[0], end)]
    return _without_doubles(without_running(text, sorted(told, key=lambda a: a.cue)))


_AND_MORE = Pattern(
    r"(?:\s*\([^()]{0,30}\))?\s+and\s+(?!(?:he|she|they|it|the\s+patient)\b)(?:(?:her|his|the|all|other)\s+){0,2}(?:[a-z-]+\s+){1,3}"
    r"(?:were|had\s+been)\s+(?:\w+ly\s+|then\s+|all\s+|both\s+){0,2}",
    re.IGNORECASE,
)
"""Between a drug and what was done to it and to something else ("minocycline and birth control were held")."""


def _same_again(text: str, verb: int, target: tuple[DrugMention, ...], end: int) -> bool:
    """ "Took the same capsules", "took X again": a further course."""
    if EARLIER.search(text, max(0, verb - 40), verb):
        return False
    named = text[target[0].start : target[-1].end].lower()
    return named.startswith("the same ") or A_SECOND_TIME.match(text, target[-1].end, end) is not None


_DOSE = Pattern(r"\s+dos(?:e|age)\s+", re.IGNORECASE)
_ANEW = Pattern(r"\s+(?:once\s+)?again\b(?!\s+(?:with|by|in\s+(?:hospital|clinic)))", re.IGNORECASE)
_ANEW_PLAIN = Pattern(r"treat|therapy|exposed|on\b|was|were", re.IGNORECASE)
"""Verbs whose "again" may speak of another drug."""


_WHILE = Pattern(
    r"\b(?:while|whilst|when)\s+(?:(?:he|she|the\s+patient)\s+)?(?:was\s+|were\s+)?(?:still\s+)?(?:on|taking|"
    r"receiving)\b[^.;,]{0,44}$",
    re.IGNORECASE,
)
_PASSIVE_VERB = Pattern(r"\b(?:was|were|had\s+been|been)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


_RESUMED_GAP = 60


def _same_as_stopped(
    text: str, last: ActionMention, cue: int, groups: list[tuple[DrugMention, ...]]
) -> tuple[DrugMention, ...]:
    """ "X was withheld for two weeks and then resumed": what was stopped in the same breath is what is given again."""
    if last.kind != "stopped" or not last.drugs or not 0 <= cue - last.cue[1] < _RESUMED_GAP:
        return ()
    if any(last.cue[1] <= g[0].start < cue for g in groups) or re.search(r"[.;]", text[last.cue[1] : cue]):
        return ()
    return last.drugs


def _it(text: str, start: int, cue: int, groups: list[tuple[DrugMention, ...]]) -> tuple[DrugMention, ...]:
    """ "She had taken X for years; it was stopped": the drug named last before the pronoun, in the same sentence."""
    if not re.search(
        r"\b(?:it|they|which)\s+(?:was|were|had\s+been)\s+(?:\w+\s+){0,2}$", text[start:cue], re.IGNORECASE
    ):
        return ()
    before = [g for g in groups if g[-1].end <= cue and g[-1].drug]
    return before[-1] if before else ()


def _whose_dose(text: str, start: int, cue: int, groups: list[tuple[DrugMention, ...]]) -> tuple[DrugMention, ...]:
    """ "As X was the only drug that helped, it was not stopped, but the dose was reduced": the dose of X."""
    before = [g for g in groups if g[-1].end <= cue and start <= g[0].start]
    names = {d.drug for g in before for d in g if d.drug}
    told = _THE_DOSE.search(text, before[-1][-1].end, cue) if len(names) == 1 else None
    return before[-1] if told is not None else ()


_THE_DOSE = Pattern(r"\b(?:the|its)\s+dose\s+(?:was|had\s+been)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _subject(text: str, start: int, cue: int, groups: list[tuple[DrugMention, ...]]) -> tuple[DrugMention, ...]:
    """The drug that a sentence begins with is the subject of its later passives ("X had no effect and was stopped")."""
    before = [g for g in groups if g[-1].end <= cue]
    head = text[start : before[0][0].start].split() if before else []
    if before and (len(head) <= 1 or " ".join(head).lower() in ("the dose of", "the dosage of")) and before[0][0].drug:
        others = [g for g in before[1:] if g[0].kind != "class" and g[0].drug]
        if not others and not re.search(r"[;:]|,\s+(?:and|but)\s+(?:she|he|the)\b", text[before[0][-1].end : cue]):
            return before[0]
    return ()


def _overlap(action: ActionMention, target: tuple[DrugMention, ...], match: re.Match[str]) -> bool:
    return (
        action.drugs == target
        and abs(action.cue[1] - match.start()) < 25
        and action.kind in ("restarted", "stopped", "started")
    )


def _crosses(cues: list[re.Match[str]], i: int, position: int) -> bool:
    """Another verb of a different kind stands between this verb and the drug."""
    return any(
        c.start() < position and str(c.lastgroup) not in ("start",) and c.start() > cues[i].end()
        for c in cues[i + 1 : i + 3]
    )


def _groups(text: str, drugs: list[DrugMention]) -> list[tuple[DrugMention, ...]]:
    """Coordinated lists ("X (10 mg daily), Y and Z") as one target."""
    groups: list[list[DrugMention]] = []
    for drug in drugs:
        if groups:
            gap = text[groups[-1][-1].end : drug.start]
            if drug.drug == groups[-1][-1].drug and gap.strip() == "(":
                continue  # "rifampicin (RIF)"
            plain = re.sub(
                r"\d[\d.,]*\s*(?:mg|g|mcg|μg)\b(?:/\w+)*|\bq\s?\d{1,2}\s?h\b|\b(?:bid|tid|bd|tds|daily|weekly|twice|once|oral|"
                r"both|high|low|dose|doses|of|the|mg|intravenous)\b",
                "",
                without_amounts(_BRACKETS.sub("", gap)),
            )
            if len(gap) < 80 and re.fullmatch(
                r"[\s®]*(?:,|and|or|plus|with|/|-|\+|&|,\s*and|as\s+well\s+as|combined\s+with|"
                r"in\s+combination\s+with)?[\s,]*(?:the\s+)?",
                plain,
            ):
                groups[-1].append(drug)
                continue
            if _EACH_IN_BRACKETS.fullmatch(gap) is not None:
                groups[-1].append(drug)
                continue
            if groups[-1][-1].kind == "class" and (
                gap.strip() == "(" or INCLUDING.fullmatch(gap)
            ):  # "anabolic steroids, among them X"
                groups[-1].append(drug)
                continue
        groups.append([drug])
    return [tuple(part) for group in groups for part in _lists(text, group)]


_EACH_IN_BRACKETS = Pattern(
    r"\s*\)\s*(?:,|and|,\s*and|as\s+well\s+as)\s+(?:(?:an?|the)\s+)?[\w-]+(?:\s+(?:therapy|treatment|agents?|drugs?|medications?|prophylaxis))?\s*\(\s*",
    re.IGNORECASE,
)
"""Between two drugs that each explain a word ("antibiotics (X) and antifungal treatment (Y) were introduced")."""
_BEGUN_BEFORE = Pattern(
    r"\b(?:started|placed|put|commenced|initiated|begun|treated|given|prescribed|received|receiving)\s+"
    r"(?:(?:on|with|oral|intravenous|iv|high-dose|low-dose|pulse|systemic|empirical|prophylactic)\s+){0,3}$",
    re.IGNORECASE,
)
_OF_ITS_OWN = Pattern(
    r"(?:\s+(?:therapy|treatment))?\s+(?:was|is|had\s+been|has\s+been)\s+(?:\w+ly\s+|then\s+|also\s+){0,2}$",
    re.IGNORECASE,
)


def _lists(text: str, group: list[DrugMention]) -> list[list[DrugMention]]:
    """Two names that only a comma joins are no list ("after stopping X, Y was started").

    Nor is "was started on X 1 mg/kg and Y was stopped": the second has a verb of its own, in the singular.
    """
    if len(group) == 2 and text[group[0].end : group[1].start].strip() == ",":
        return [[group[0]], [group[1]]]
    if len(group) > 1 and _BEGUN_BEFORE.search(text, max(0, group[0].start - 60), group[0].start):
        verb = CUE.search(text, group[-1].end, group[-1].end + 50)
        joined = text[group[-2].end : group[-1].start].rstrip().endswith("and")
        if joined and verb is not None and _OF_ITS_OWN.fullmatch(text, group[-1].end, verb.start()):
            return [group[:-1], group[-1:]]
    return [group]


def _was(text: str, group: tuple[DrugMention, ...], position: int) -> bool:
    """ "X was stopped on day 20, Y …": a passive right behind its drug is that of its drug."""
    return bool(_PASSIVE_VERB.search(text, group[-1].end, position)) and _is_governed(text, group, position)


def _is_governed(text: str, group: tuple[DrugMention, ...], position: int) -> bool:
    gap = text[group[-1].end : position]
    gap = without_amounts(gap) if len(gap) < 160 else gap
    beside = _AND_ANOTHER.match(gap)
    return len(gap) < 90 and bool(PASSIVE.fullmatch(gap[beside.end() :] if beside else gap))


_AND_ANOTHER = re.compile(
    r"\s+and\s+(?:(?:the|his|her|their|other|an?)\s+)?(?!(?:was|were|he|she|they|it)\b)[a-z-]+(?:\s+(?!(?:was|were)\b)[a-z-]+){0,2}"
    r"(?=\s+were\s)"
)
"""A second thing that was stopped with the drug, which the lexicon does not know ("X and birth control were held")."""


_DOWN = Pattern(r"taper|titrat|down|dialled", re.IGNORECASE)
"""Verbs that are said of nothing but a dose, so that the word itself need not stand."""


def _dose_change(text: str, match: re.Match[str], start: int, end: int, target: tuple[DrugMention, ...]) -> bool:
    if target and target[0].drug and _DOWN.match(text, match.start()):
        return True
    around = text[max(start, match.start() - 45) : min(end, match.end() + 60)]
    if not DOSE_WORD.search(around) and not (
        target and re.search(r"\bto\s+\d+(?:\.\d+)?\s*(?:mg|g|mcg)", text[match.end() : match.end() + 40])
    ):
        return False
    return bool(target) or bool(re.search(r"\bdos(?:e|age)\b", around))


def _without_doubles(found: list[ActionMention]) -> list[ActionMention]:
    kept: list[ActionMention] = []
    for action in found:
        twin = next((a for a in kept if a.kind == action.kind and a.drugs == action.drugs and a.drugs), None)
        if twin is None:
            kept.append(action)
    return kept
