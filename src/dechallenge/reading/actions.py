"""What was done with drugs: started, stopped, continued, reduced, increased, restarted; and which drug each verb means.

May import drugs and clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.triggers import Pattern

RESTART = (
    r"re-?start\w*|re-?introduc\w+|re-?initiat\w+|resum(?:ed|ing|ption)|re-?challeng\w*|re-?expos\w+|re-?administ\w+|"
    r"re-?institut\w+|"
    r"second\s+(?:attempt|course|exposure|trial|introduction)|challenge\s+(?:study|test)|readminist\w+"
)
STOP = (
    r"stop(?:ped|ping|s)?|discontinu(?:ed|ing|ation|e|es)|with-?dr(?:e[wW]|awn|awal|awing|aw)|withheld|withholding|"
    r"ceas(?:ed|ing)(?!\s+to\b)|"
    r"cessation|interrupt(?:ed|ing|ion)|held(?!\s+constant)|suspend(?:ed|ing)|suspension|quit|(?:tapered|taken|"
    r"weaned)\s+off|(?:replaced|substituted)\s+(?:by|with)|(?:exchanged|swapped|changed)\s+(?:for|to)|"
    r"(?:completed|finished|completing|finishing|completion\s+of)(?=\s+(?:a|an|the|his|her|\d+|"
    r"[a-z]+-day)\b[^.;,]{0,30}\b(?:course|treatment|therapy)\b)"
)
START = (
    r"start(?:ed|ing)?|initiat(?:ed|ing|ion)|beg[au]n|beginning|commenc(?:ed|ing|ement)|introduc(?:ed|ing|tion)|"
    r"add(?:ed|ing|ition)|"
    r"switch(?:ed|ing)|treated|treatment\s+with|therapy\s+with|treatment|therapy|given|receiv(?:ed|ing)|placed\s+on|"
    r"put\s+on|prescribed|"
    r"taking|took|taken|administered|administration|exposed\s+to|exposure\s+to|ingest(?:ed|ing)|consum(?:ed|ing)|"
    r"used|use\s+of|substituted|"
    r"maintained\s+(?:on|with)|managed\s+(?:on|with)|controlled\s+(?:by|with)|course\s+of|had\s+been\s+on|while\s+on|"
    r"(?:was|were|been|being|now|currently)\s+on|chew(?:ed|ing)|infused|combination\s+of|infusions?\s+of|"
    r"prompted\s+treatment\s+with"
)
CONTINUE = (
    r"continu(?:ed|e|es|ing)|remain(?:ed|s)\s+(?:on|under)|still\s+(?:administered|taking|receiving)|"
    r"(?:dose\s+)?(?:was\s+)?unchanged|stayed\s+on|under(?=\s+IL)"
)
REDUCE = r"reduc(?:ed|ing|tion)|decreas(?:ed|ing)|lower(?:ed|ing)|taper(?:ed|ing)"
INCREASE = r"increas(?:ed|ing)|raised|escalat(?:ed|ing)|doubl(?:ed|ing)"
REFUSE = r"refus(?:ed|ing)|declined"
_CUE = Pattern(
    rf"\b(?:(?P<restart>{RESTART})|(?P<stop>{STOP})|(?P<cont>{CONTINUE})|(?P<reduce>{REDUCE})|(?P<increase>{INCREASE})|"
    rf"(?P<refuse>{REFUSE})|(?P<start>{START}))\b",
    re.IGNORECASE,
)
_KINDS = {
    "restart": "restarted", "stop": "stopped", "cont": "continued", "reduce": "reduced", "increase": "increased",
    "refuse": "refused", "start": "started",
}  # fmt: skip
_NOT = Pattern(r"\b(?:not|never|without|no)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_NOT_DONE = Pattern(
    r"\s*(?:was|were|is|has\s+been)\s+(?:not|never)\s+(?:\w+\s+)?(?:considered|attempted|done|performed|tried|made|"
    r"undertaken|carried|felt|deemed)\b",
    re.IGNORECASE,
)
_SYMPTOM_ENDS = Pattern(
    r"\b(?:fever|pain|symptoms?|bleeding|vomiting|nausea|itching|pruritus|rash|seizures?|diarrh\w+|headaches?|"
    r"jaundice|fall|rise|decline|increase)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_EXCHANGE = Pattern(r"replaced|substituted|exchanged|swapped|changed", re.IGNORECASE)
_DOSE_WORD = Pattern(r"\b(?:dos(?:e|es|age)|therapy|treatment)\b", re.IGNORECASE)
_OF = Pattern(
    r"^\s*(?:(?:of|on|with|from|to|by|taking|the|her|his|its|their|a|an|all|both|oral|low|high|chronic|daily|"
    r"long[- ]term|therapy|treatment|"
    r"treatment\s+with|doses?|dosage|therapies|short|course|courses|second|infusions?|injections?|"
    r"the\s+combination|combination|combined|again|maintenance|"
    r"intravenous|subcutaneous|three|two|\d+|oral(?:ly)?|weekly|in|which|first|initial|IV|iv|pulse|"
    r"systemic|regular|an?\s+herbal|herbal|tea|single|dose|mg|mg/day|g|day|increasing|for|another|other|"
    r"any|further|drug|drugs|agent|"
    r"immunosuppressive|initially|once|twice|receive|take|taking|doses|up|mouth|her|his|sc|po|im|"
    r"(?:for\s+(?:[\w-]+\s+){1,6}with))\b[\s,()\[\]/-]*)*$",
    re.IGNORECASE,
)
_AMOUNTS = Pattern(
    r"[(\[]?\b\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:mg|g|mcg|μg|IU|mL|ml|units?|tablets?|capsules?)\b(?:/\w+){0,2}[)\]]?"
    r"|\b(?:once|twice|daily|weekly|monthly|orally|iv|IV|sc|po|every|(?:\d+|two|three|four)\s+(?:weeks?|days?|"
    r"months?|times))\b"
)
_PASSIVE = Pattern(
    r"(?:\s|[)\]])*(?:\([^)]*\)|\[[^\]]*\])?[\s,]*(?:which\s+|that\s+)?(?:(?:was|were|had\s+been|has\s+been|is|are|"
    r"be|been|being|therapy|treatment|dose|dosage|doses|administration|injections?|infusions?|itself|level|daily|"
    r"thus|"
    r"promptly|then|subsequently|eventually|immediately|again|both|also|first|initially|still|all|"
    r"later|now|therefore|finally|ultimately|abruptly|"
    r"gradually|temporarily|permanently|to|with|without|change|capsules|tablets|tablet|product|"
    r"herbal|teas?|had|could|course|the|a|in|at|that\s+time|and|on|for|given|not|slowly|had|"
    r"previously|taken|several\s+months\s+previously)\b[\s,]*)*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ActionMention:
    """A verb of exposure and the drugs that it means.

    Attributes:
        start, end: Clean span of verb and drugs.
        kind: ``started``, ``stopped``, ``continued``, ``reduced``, ``increased``, ``restarted`` or ``refused``.
        drugs: The drug mentions it governs; a pronoun mention, or none ("Rechallenge led to …").
        cue: Clean span of the verb.
        again: "again", "restarted": a further course.
    """

    start: int
    end: int
    kind: str
    drugs: tuple[DrugMention, ...]
    cue: tuple[int, int]
    sentence: int
    negated: bool = False


def read_actions(text: str, span: tuple[int, int], sentence: int, drugs: list[DrugMention]) -> list[ActionMention]:
    """Actions of one sentence, in order.

    Args:
        text: Clean text.
        span: Clean span of the sentence.
        sentence: Its index.
        drugs: Drug mentions of this sentence.
    """
    start, end = span
    named = [d for d in drugs if d.kind not in ("bare", "dose")]
    groups = _groups(text, named)
    found: list[ActionMention] = []
    cues = list(_CUE.finditer(text, start, end))
    for i, match in enumerate(cues):
        kind = _KINDS[str(match.lastgroup)]
        if kind == "started" and _WHILE.search(text[max(start, match.start() - 30) : match.end()]):
            kind = "continued"
        after = next((g for g in groups if g[0].start >= match.end()), None)
        before = next((g for g in reversed(groups) if g[-1].end <= match.start()), None)
        target: tuple[DrugMention, ...] = ()
        gap_after = text[match.end() : after[0].start] if after else ""
        of_subject = "," in gap_after and before is not None and _was(text, before, match.start())
        gap_after = _AMOUNTS.sub("", gap_after) if len(gap_after) < 120 else gap_after
        if of_subject and before is not None and kind != "started":
            target = before
        elif (
            after is not None and len(gap_after) < 70 and _OF.match(gap_after) and not _crosses(cues, i, after[0].start)
        ):
            target = after
        elif before is not None and _is_governed(text, before, match.start()) and kind != "started":
            target = before
        elif (
            before is not None
            and kind == "started"
            and _is_governed(text, before, match.start())
            and match.group().lower()
            in (
                "started",
                "initiated",
                "begun",
                "introduced",
                "added",
                "administered",
                "given",
                "infused",
                "taken",
                "substituted",
                "commenced",
                "therapy",
                "treatment",
                "administration",
                "introduction",
                "initiation",
                "prescribed",
                "used",
                "resumed",
            )
        ):
            if match.group().lower() in ("therapy", "treatment") and before[-1].end + 1 < match.start():
                continue
            target = before
        if (
            not target
            and kind in ("stopped", "restarted", "reduced", "increased")
            and _PASSIVE_VERB.search(text[start : match.start()])
        ):
            target = _it(text, start, match.start(), groups) or _subject(text, start, match.start(), groups)
        if _EXCHANGE.match(match.group()):
            target = before if before is not None and _is_governed(text, before, match.start()) else ()
            if after is not None and len(gap_after) < 70 and _OF.match(gap_after):
                found.append(ActionMention(match.start(), after[-1].end, "started", after, match.span(), sentence))
        if (
            kind == "stopped"
            and not target
            and _SYMPTOM_ENDS.search(text[max(start, match.start() - 40) : match.start()])
        ):
            continue
        if kind == "started" and match.group().lower().startswith("switch"):
            found.extend(_switch(text, match, sentence, end, named))
            continue
        if kind == "started" and not target:
            continue
        if kind in ("reduced", "increased") and not _dose_change(text, match, start, end, target):
            continue
        if kind == "continued" and not target:
            continue
        if kind == "started" and any(a.kind == "refused" and 0 <= match.start() - a.cue[1] < 30 for a in found):
            continue
        if kind == "started" and target and any(_overlap(a, target, match) for a in found):
            continue
        first = min(match.start(), target[0].start) if target else match.start()
        last = max(match.end(), target[-1].end) if target else match.end()
        if kind == "started" and _ANEW.match(text, match.end(), end) and not _ANEW_PLAIN.match(match.group()):
            kind = "restarted"
        negated = bool(_NOT.search(text[max(start, match.start() - 22) : match.start()]))
        if kind in ("restarted", "started") and _NOT_DONE.match(text[last : min(end, last + 40)]):
            negated = True
        found.append(ActionMention(first, last, kind, target, match.span(), sentence, negated))
    found.extend(_again(text, span, sentence, named, found))
    return _without_doubles(sorted(found, key=lambda a: a.cue))


_ANEW = Pattern(r"\s+(?:once\s+)?again\b(?!\s+(?:with|by|in\s+(?:hospital|clinic)))", re.IGNORECASE)
_ANEW_PLAIN = Pattern(r"treat|therapy|exposed|on\b|was|were", re.IGNORECASE)
"""Verbs whose "again" may speak of another drug."""
_TWICE = Pattern(
    r"\bin\s+(?:(?:early|late|mid)[\s-])?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\s*,?\s+(?P<cue>and\s+again)\s+(?:in|on|at)\b",
)
_EACH = Pattern(
    r"\b(?P<cue>(?:each|every|all|both)\b(?:\s+(?:of\s+)?(?:the\s+|these\s+)?(?:episodes?|relapses?|attacks?|bouts?|them))?"
    r"\s+(?:began|started|occurred|appeared|developed|followed|came))\b[^.;]{0,80}?\b(?:of|after|following|with|dose|taking)\b",
    re.IGNORECASE,
)
_THEN = Pattern(
    r"\s*,?\s*(?P<cue>followed\s+(?:(?:\w+\s+){1,3}later\s+|after\s+(?:\w+\s+){1,3})?by|and\s+(?:\w+\s+){1,3}later|then)\s+"
    r"(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)


def _again(
    text: str, span: tuple[int, int], sentence: int, named: list[DrugMention], found: list[ActionMention]
) -> list[ActionMention]:
    """Re-exposures without a verb of their own.

    "X in 2010 and again in 2014"; "each episode began within a week of a dose of X"; "X was restarted, followed one
    week later by Y".
    """
    more: list[ActionMention] = []
    twice, each = _TWICE.search(text, *span), _EACH.search(text, *span)
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
        then = _THEN.match(text, first.end, later.start) if later.start - first.end < 60 else None
        if then is not None and then.end() == later.start:
            more.append(ActionMention(then.start("cue"), later.end, "restarted", (later,), then.span("cue"), sentence))
    return more


_WHILE = Pattern(
    r"\b(?:while|whilst|when)\s+(?:(?:he|she|the\s+patient)\s+)?(?:was\s+|were\s+)?(?:still\s+)?(?:on|taking|"
    r"receiving)\b[^.;,]{0,44}$",
    re.IGNORECASE,
)
_PASSIVE_VERB = Pattern(r"\b(?:was|were|had\s+been|been)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def _it(text: str, start: int, cue: int, groups: list[tuple[DrugMention, ...]]) -> tuple[DrugMention, ...]:
    """ "She had taken X for years; it was stopped": the drug named last before the pronoun, in the same sentence."""
    if not re.search(
        r"\b(?:it|they|which)\s+(?:was|were|had\s+been)\s+(?:\w+\s+){0,2}$", text[start:cue], re.IGNORECASE
    ):
        return ()
    before = [g for g in groups if g[-1].end <= cue and g[-1].drug]
    return before[-1] if before else ()


def _subject(text: str, start: int, cue: int, groups: list[tuple[DrugMention, ...]]) -> tuple[DrugMention, ...]:
    """The drug that a sentence begins with is the subject of its later passives ("X had no effect and was stopped")."""
    before = [g for g in groups if g[-1].end <= cue]
    head = text[start : before[0][0].start].split() if before else []
    if before and (len(head) <= 1 or " ".join(head).lower() in ("the dose of", "the dosage of")) and before[0][0].drug:
        others = [g for g in before[1:] if g[0].kind != "class" and g[0].drug]
        if not others and not re.search(r"[;:]|,\s+(?:and|but)\s+(?:she|he|the)\b", text[before[0][-1].end : cue]):
            return before[0]
    return ()


def _switch(text: str, match: re.Match[str], sentence: int, end: int, drugs: list[DrugMention]) -> list[ActionMention]:
    """ "Switched from X to Y": X stopped, Y started."""
    found: list[ActionMention] = []
    for drug in drugs:
        if not match.end() <= drug.start < min(end, match.end() + 140):
            continue
        before = text[max(match.end() - 1, drug.start - 22) : drug.start]
        if re.search(r"\bfrom\s+(?:[\w-]+\s+){0,2}$", before) and not any(a.kind == "stopped" for a in found):
            found.append(ActionMention(match.start(), drug.end, "stopped", (drug,), match.span(), sentence))
        elif re.search(r"\bto\s+(?:[\w-]+\s+){0,2}$", before) and not any(a.kind == "started" for a in found):
            found.append(ActionMention(match.start(), drug.end, "started", (drug,), match.span(), sentence))
    return found


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
            plain = re.sub(
                r"\([^()]*\)|\[[^\[\]]*\]|\d[\d.,]*\s*(?:mg|g|mcg|μg)\b(?:/\w+)*|\b(?:daily|weekly|twice|once|oral|"
                r"both|high|low|dose|doses|of|the|mg|intravenous)\b",
                "",
                gap,
            )
            if len(gap) < 80 and re.fullmatch(
                r"[\s®]*(?:,|and|or|plus|with|/|\+|&|,\s*and|as\s+well\s+as|combined\s+with|"
                r"in\s+combination\s+with)?[\s,]*(?:the\s+)?",
                plain,
            ):
                groups[-1].append(drug)
                continue
        groups.append([drug])
    return [tuple(part) for group in groups for part in _lists(text, group)]


def _lists(text: str, group: list[DrugMention]) -> list[list[DrugMention]]:
    """Two names that only a comma joins are no list ("after stopping X, Y was started")."""
    if len(group) == 2 and text[group[0].end : group[1].start].strip() == ",":
        return [[group[0]], [group[1]]]
    return [group]


def _was(text: str, group: tuple[DrugMention, ...], position: int) -> bool:
    """ "X was stopped on day 20, Y …": a passive right behind its drug is that of its drug."""
    return bool(_PASSIVE_VERB.search(text, group[-1].end, position)) and _is_governed(text, group, position)


def _is_governed(text: str, group: tuple[DrugMention, ...], position: int) -> bool:
    gap = text[group[-1].end : position]
    gap = _AMOUNTS.sub("", gap) if len(gap) < 160 else gap
    return len(gap) < 90 and bool(_PASSIVE.fullmatch(gap))


def _dose_change(text: str, match: re.Match[str], start: int, end: int, target: tuple[DrugMention, ...]) -> bool:
    around = text[max(start, match.start() - 45) : min(end, match.end() + 60)]
    if not _DOSE_WORD.search(around) and not (
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
