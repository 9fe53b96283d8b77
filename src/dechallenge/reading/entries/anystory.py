"""The story of a reaction outside the known kinds in a whole report: what it is called, how it began and ended.

A report tells the first complaint, then its diagnosis, then what it blames: one reaction, not three. What was there
before the drug is none of them. May import ``anyreaction``, the signs of ``events``, the endings and recovery.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from dechallenge.evidence import TextEvidence
from dechallenge.lexicon.findings import load_findings
from dechallenge.reading.assertion.untold import untold
from dechallenge.reading.entries.endingsapart import SYMPTOMS_OF_A_PART
from dechallenge.reading.entries.outcome import KINDS_WORDS, Ending
from dechallenge.reading.entries.recovery import became, when
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.anyreaction import diagnosed_reaction, told_reactions
from dechallenge.reading.reactions.cameup import by_its_name, looks_back
from dechallenge.reading.reactions.course import SHOWN_BY
from dechallenge.reading.reactions.declines import for_the_worse
from dechallenge.reading.reactions.endings import DENIED, HALF, MAY_BE
from dechallenge.reading.reactions.events import KIND_OF, LIVER, MAS, NEUTROPENIA, Sign
from dechallenge.reading.reactions.notedany import listed_diagnosis
from dechallenge.reading.reactions.organwords import LASTING, ORGANS
from dechallenge.reading.reactions.whileon import while_on
from dechallenge.reading.story.story import Story
from dechallenge.reading.texts.text import CleanText

_BEFORE = Pattern(
    r"\b(?:chronic|long-?standing|pre-?existing|underlying|known|stable|unchanged|as\s+expected|expected|history\s+of|"
    r"background\s+of|for\s+(?:many|several|the\s+(?:last|past)|\d{1,2}|two|three|four|five|six|seven|eight|"
    r"ten)\s+(?:or\s+more\s+)?years|"
    r"since\s+(?:childhood|birth|adolescence)|at\s+baseline|before\s+(?:treatment|therapy)|usual)\b",
    re.IGNORECASE,
)
"""Of a sentence: what it tells was there before, or came as it was to come."""
_MADE = (
    r"(?:resol\w+|disappear\w*|vanish\w*|ceas\w+|subsid\w+|clear(?:ed|ing)|heal(?:ed|ing)|abolished|gone|"
    r"settled|recovered|remitted|regressed)"
)
_STILL = Pattern(
    r"\b(?:persist(?:s|ed|ing)?|(?:had|has|have|did|was|were)\s+(?:still\s+)?not\s+(?:yet\s+)?(?:improv\w+|"
    r"resol\w+|recover\w*|disappear\w*|"
    r"regress\w*|abate\w*|chang\w+)|(?:was|were|is|are|remain(?:s|ed)?|became|"
    r"proved)\s+(?:\w+ly\s+)?(?:(?:considered|judged|thought)\s+)?(?:to\s+be\s+)?(?:unchanged|irreversible|permanent)|"
    r"(?:failed|never)\s+(?:to\s+)?(?:improve|resolve|recover|disappear)\w*|(?:still|remains?|remained)\s+present|"
    r"no\s+(?:improvement|recovery|change)|without\s+(?:any\s+)?improvement)\b",
    re.IGNORECASE,
)
_OVER = Pattern(
    rf"\b(?:{_MADE}|(?:had\s+)?returned\s+to\s+(?:(?:an?|its|their|the)\s+)?(?:normal|baseline|usual)|(?:was|"
    rf"were|became)\s+"
    r"(?:\w+ly\s+)?(?:normal|unremarkable)|(?<!international\s)normali[sz]ed|passed\s+spontaneously|grown\s+back|grew\s+(?:back|"
    r"again)|regr[eo]wn?|no\s+longer\s+(?:present|visible|seen|"
    r"palpable|felt)|(?<=was\s)quiet|(?<=was\s)clear(?:\s+again)?|"
    r"(?<=skin\s)clear|(?:diarrho?ea|vomiting|bleeding|hiccups|seizures|itching|movements|spasms|jerks|palpitations|cough|attacks|"
    r"tremors?|twitching)\s+(?:(?:had|has|have|then|also)\s+){0,2}(?:stopped|gone))\b",
    re.IGNORECASE,
)
_GETS_LESS = (
    r"reced\w+|slowly\s+improv\w+|improv\w+|decreas(?!ed\s+(?:muscle|strength|appetite|urine|consciousness|vision|hearing|sensation|mobility|oral|breath|tone|reflexes|sleep|power|sensory))\w+|lessen\w+|diminish\w+|better|began\s+to\s+(?:\w+ly\s+)?(?:improve|recover|"
    r"recede|resolve|subside|fall|decrease|decline|settle|fade|clear|disappear|heal|abate|diminish|lessen|regress|shrink|dry|normali[sz]e|"
    r"rise|wane|ease|feel\s+better)"
)
_LESS = Pattern(rf"\b(?:partly|partially|incompletely|almost|largely|mostly|{_GETS_LESS})\b", re.IGNORECASE)
_BETTER = Pattern(
    rf"\b(?:(?:partly|partially|incompletely|almost)\s+(?:improv\w+|better)|successfully\s+(?:treated|managed|controlled)|{_GETS_LESS})\b",
    re.IGNORECASE,
)
"""An improvement by itself; "partly in patches" is none."""
_OF_ANYTHING = Pattern(
    r"\b(?!(?:drug|dose|fever|infection|disease|disorder|psoriasis|arthritis|tumou?r|he|she|they|it|"
    r"patient)\b)[a-z]{4,}\s+(?:(?:had|has|have)\s+)?"
    r"(?:(?:completely|fully|all|since)\s+)?(?:not\s+improved|persisted|healed|resolved|disappeared|subsided|"
    r"vanished|ceased)\b",
    re.IGNORECASE,
)
"""What is over, or stayed, where nothing is told of the reaction by its words: "the mucosa had healed"."""
_SUBJECT = Pattern(
    r"\b(?:symptoms?|complaints?|reaction|episodes?|attacks?|movements?|spasms?|lesions?|swelling|pain|tenderness|"
    r"numbness)\b",
    re.IGNORECASE,
)
_NO_MORE = Pattern(r"\b(?:no|without)\s+(?:further\s+|more\s+|new\s+|any\s+)?(?P<what>[a-z]{4,})\b", re.IGNORECASE)
_STEM = 5
"""Letters by which a word of the reaction is known again ("numbness", "numb")."""
_COMMON = frozenset(
    {
        "acute", "severe", "bilateral", "unilateral", "marked", "right", "chronic", "sudden", "progressive", "loss",
        "with", "both", "left", "painful", "patient", "blood", "upper", "lower", "diffuse", "generalized",
        "generalised", "chest", "cardiac", "renal", "hepatic", "pulmonary", "abdominal", "abdomen", "epigastric",
    }
)  # fmt: skip


@cache
def _own_rules() -> frozenset[str]:
    kinds = {KIND_OF.get(t.event_kind, t.event_kind) for t in load_findings().terms.values() if t.event_kind}
    return frozenset({LIVER, NEUTROPENIA, MAS, *kinds})


def is_any(kind: str) -> bool:
    """A reaction outside the known kinds."""
    return bool(kind) and kind not in _own_rules()


def without_background(text: str, spans: Sequence[tuple[int, int]], found: Sequence[Sign]) -> list[Sign]:
    """Signs; where the report blames a drug for a reaction outside the known kinds, none that were there before."""
    if not any(is_any(sign.kind) for sign in found):
        return list(found)
    told = [(a, b) for a, b in spans if _BEFORE.search(text, a, b)]
    old = {s for s in found if not is_any(s.kind) and any(a <= s.position < b for a, b in told)}
    if old and all(s in old or is_any(s.kind) or s.weight < 1.0 for s in found):
        return [s for s in found if s not in old]
    kinds = {s.kind for s in old}
    lasting = {k for k in kinds if all(s.starts for s in old if s.kind == k)}
    return [s for s in found if s not in old or s.kind not in lasting]


def one_story(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    found: Sequence[Sign],
    kind: str,
) -> list[Sign]:
    """Signs with the first complaint, the diagnosis and the blamed reaction as one, where no known kind is told.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        drugs: Drugs named in them.
        found: Signs so far.
        kind: The kind they speak for; empty where they speak for none.
    """
    if kind and not is_any(kind):
        return list(found)
    told = told_reactions(text, spans, findings, drugs, blamed=bool(kind))
    told = [s for s in told if not (_DEVELOPED.match(text, s.end) and any(o.position > s.end for o in told))]
    if not kind:
        given = min((d.start for d in drugs if d.drug), default=0)
        if any(a <= given < b and looks_back(text, (a, b)) for a, b in spans):
            given = 0  # "She mentioned a cough. X had been started a month before"
        told = [
            s
            for s in told
            if not is_any(s.kind)
            or (
                (_came_up(text, spans, s, drugs) or _right_behind(text, spans, drugs, s))
                and not _told_before(text, spans, s, given)
            )
        ]
        if not told or not is_any(told[0].kind):
            return [*found, *told]
        named = diagnosed_reaction(text, spans, findings, drugs, told[0].position)
        named = named or listed_diagnosis(text, spans, findings, told[0])
        if named is None:
            return [*found, *told]
        same = [replace(s, kind=named.kind, term=named.term) for s in told if is_any(s.kind)]
        return [*found, replace(named, starts=False), *same]
    own = [s for s in found if s.kind == kind]
    began = [s for s in told if is_any(s.kind)]
    if not began:
        seen = _seen(text, spans, drugs)
        return (
            [*found, replace(own[0], position=seen[0], end=seen[1], weight=0.5, starts=True)] if seen else list(found)
        )
    first = began[0]
    called = by_its_name(text, spans, own[0].term, first.end)
    if called is not None and own[0].term.lower().split()[-1] not in text[first.position : first.end].lower():
        first = replace(first, position=called[0], end=called[1])
    sentence = next(((a, b) for a, b in spans if a <= first.position < b), (0, 0))
    late = [s for s in own if s.starts and not sentence[0] <= s.position < sentence[1]]
    kept = [replace(s, starts=False) if s in late else s for s in found]
    known = [s for s in own if s.starts and s not in late]
    begins = [] if known else [replace(first, kind=kind, term=own[0].term, weight=0.5)]
    return [*kept, *begins]


_CAME_UP = Pattern(
    r"\b(?:develop\w*|complain\w*|experienc\w*|bec[ao]m\w*|began|begun|start(?:ed|ing)\s+to|onset|appear\w*|occurr\w*|arose|ensued|"
    r"notic\w+|suffer\w*|present(?:s|ed|ing)\b|report(?:s|ed|ing)\b|admitted|recur\w*|relaps\w*|awoke|woke|fell|felt|turned|"
    r"and\s+(?:then\s+)?had|after|following|later|within|since|while|during\s+(?:\w+\s+){0,3}?(?:treatment|therapy|infusion|administration|course|use|"
    r"admission|hospital\w*|follow-up|the\s+night)|days?|weeks?|months?|hours?|minutes?)\b",
    re.IGNORECASE,
)
_EXAMINED = Pattern(
    r"\b(?:x-?rays?|radiogra\w+|CT|MRI|scans?|tomogra\w+|ultraso\w+|imaging|examination|exam|biops\w+|histolog\w+|\w+metry|\w+graphy|\w+oscopy|"
    r"angiogram|echocardiogram|electro\w+)\b[^.;]{0,80}?\b(?:reveal\w*|show\w*|demonstrat\w+|confirm\w*|noted|found|seen)\b",
    re.IGNORECASE,
)


_SEEN_THEN = Pattern(
    r"\b(?:examination|exam)\s+(?:was|were)\s+(?:only\s+)?(?:significant|remarkable|notable)\s+(?:only\s+)?for\b",
    re.IGNORECASE,
)
_COMPLAINED = Pattern(
    r"\b(?:days?|hours?|minutes?|weeks?|after)\b[^.;]*\b(?:complain\w*|developed|experienced|noticed|noted)\b[^.;]*[.;]\s*$",
    re.IGNORECASE,
)
_SENTENCE = 160
"""Characters before a sentence in which the complaint is looked for."""


def _came_up(text: str, spans: Sequence[tuple[int, int]], sign: Sign, drugs: Sequence[DrugMention]) -> bool:
    """ "Developed hiccups" tells of something new; "x-ray revealed dilated loops" does not."""
    start, end = next(((a, b) for a, b in spans if a <= sign.position < b), (0, 0))
    if _EXAMINED.search(text, start, sign.position) is not None:
        return False
    seen = _SEEN_THEN.search(text, start, sign.position) is not None
    before = max((b for _, b in spans if b <= start), default=0) if seen else 0
    if seen and _COMPLAINED.search(text, max(0, before - _SENTENCE), before) is not None:
        return True  # "He complained of trouble with his tongue. Examination was significant for a palsy"
    return _CAME_UP.search(text, start, end) is not None or while_on(text, (start, end), sign.position, drugs)


_BEGUN = Pattern(r"\b(?:start|prescri|given|beg[au]n|took|commenc|initiat|receiv|treat)\w*", re.IGNORECASE)
_HAD = Pattern(
    r"\s*(?:he|she|they|the\s+(?:patient|man|woman|boy|girl|child))\s+(?:then\s+)?had\b(?!\s+been)", re.IGNORECASE
)


def _right_behind(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], sign: Sign) -> bool:
    """ "She was started on X. She had amenorrhoea": what a patient had, told right behind the beginning of a drug, or
    right before it is said that the drug had been begun earlier."""
    index = next((i for i, (a, b) in enumerate(spans) if a <= sign.position < b), 0)
    following = spans[index + 1 : index + 2]
    if any(looks_back(text, s) and any(d.drug and d.sentence == index + 1 for d in drugs) for s in following):
        return True  # "She had a cough. X had been started three months before"
    if not index or _HAD.match(text, *spans[index]) is None:
        return False
    return _BEGUN.search(text, *spans[index - 1]) is not None and any(d.drug and d.sentence == index - 1 for d in drugs)


def _told_before(text: str, spans: Sequence[tuple[int, int]], sign: Sign, given: int) -> bool:
    """The same complaint is told as there before the first drug: it was treated, and not brought about."""
    words = text[sign.position : sign.end].lower()
    for start, end in spans:
        if text[start:end].rstrip()[-1:] not in ".!?;:":
            continue  # a heading
        at = text[start : min(end, given)].lower().find(words) if start < given and sign.position >= end else -1
        if at >= 0 and DENIED.search(text, max(start, start + at - 60), start + at) is None:
            return True
    return False


_DEVELOPED = Pattern(r"\s+(?:developed|experienced|suffered|presented\s+with|began\s+to)\b", re.IGNORECASE)
"""Behind what a patient had before ("a man with a hip prosthesis developed shocks")."""
_NOTICED = Pattern(
    r"\b(?:noticed|noted|observed|reported|found|complained)\s+that\s+(?P<what>(?:he|she|they|the\s+patient|his|"
    r"her|the)\s+[^.;,]{4,60})",
    re.IGNORECASE,
)


def _seen(text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention]) -> tuple[int, int] | None:
    """The first change that somebody noticed after the first drug: "her husband noticed that she hardly slept"."""
    first = min((d.start for d in drugs if d.drug), default=None)
    for start, end in spans:
        if first is None or end <= first:
            continue
        here = _NOTICED.search(text, max(start, first), end)
        if here is not None and not DENIED.search(text, max(start, here.start() - 20), here.start()):
            return here.span("what")
    return None


def own_ending(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    story: Story,
    axis: str,
    end: Ending,
    own: Sequence[Sign],
) -> Ending:
    """The ending that is told of the reaction by its own words ("the hearing loss persisted"), else the one found.

    Args:
        text: Clean text of the case.
        spans: Its sentences.
        findings: Its findings: where the reaction has no ending by its name, that of a complaint is one.
        story: Its story.
        axis: Node of day 0.
        end: The ending found by the words of any ending.
        own: Signs of the reaction.
    """
    kind = next((s.kind for s in own if s.kind), "")  # the first complaint may have none ("flu-like symptoms")
    if not own or end.result == "fatal" or not (is_any(kind) or kind in LASTING or _left_open(kind, end)):
        return end
    body = text.text
    stems = _stems(body, own)
    complaints = [
        m.start for m in findings if m.kind in ("symptom", "sign", "diagnosis") and not (m.history or m.family)
    ]
    begun = story.onset_beat.start if story.onset_beat is not None else min(s.position for s in own)
    best: Ending | None = None
    for start, stop in spans:
        if stop <= begun:
            continue
        for a, b in _clauses(body, start, stop):
            at = _about(body, a, b, stems, kind)
            if at is None and best is None and end.result == "unknown":
                at = next((p for p in complaints if a <= p < b), None)
            if at is None and best is None and end.result == "unknown" and (said := _OF_ANYTHING.search(body, a, b)):
                at = said.start()
            if at is None or untold(body, start, at, stop):
                continue
            gone = _no_more(body, a, b, stems)
            if gone is not None and best is None:
                best = Ending("recovered", None, None, (text.quote(*gone),))
                continue
            still = _STILL.search(body, at, b)
            over = _OVER.search(body, at, b)
            if still is not None:
                best = Ending("not recovered", None, None, (text.quote(at, still.end()),))
            elif over is not None and not DENIED.search(body, max(a, over.start() - 40), over.start()):
                last = max(at, body.rfind(" and ", at, over.start()))  # "began to recede and had gone after 20 hours"
                partly = _LESS.search(body, last, over.start()) or HALF.match(body, over.end(), b)
                result = "recovering" if partly else "recovered"
                words = (at, over.end())
                day, gap = when(body, story, axis, words, change=became(over.group()), abnormal=())
                best = Ending(result, day, gap, (text.quote(*words),))  # type: ignore[arg-type]
            elif (
                best is None
                and (less := _BETTER.search(body, at, b)) is not None
                and not for_the_worse(body, a, less)
                and not MAY_BE.search(body, max(a, less.start() - 24), less.start())
            ):
                best = Ending("recovering", None, None, (text.quote(at, less.end()),))
    if best is None or (best.result == "recovering" and end.result != "unknown"):
        return end
    if best.result == "not recovered" and not (is_any(kind) or kind in LASTING):
        return end  # "stopped because the rash persisted": of a known kind the words of any ending tell it
    over_by = max((e.end for e in end.evidence if isinstance(e, TextEvidence)), default=None)
    mine = max((e.end for e in best.evidence if isinstance(e, TextEvidence)), default=0)
    if best.result == end.result == "recovered" and end.day is not None and best.day is None:
        return end
    if best.result == "not recovered" and end.result.startswith("recovered") and over_by is not None and over_by > mine:
        return end
    return best


def _left_open(kind: str, end: Ending) -> bool:
    """A known kind that is followed by no value and no words of its own, and whose end was not found."""
    undated = end.result == "recovered" and end.day is None and end.from_stop is None
    open_yet = kind in ORGANS and (end.result == "unknown" or kind not in KINDS_WORDS)
    followed = (kind in KINDS_WORDS or kind in SHOWN_BY) and not open_yet
    return (undated or end.result in ("unknown", "recovering")) and not followed


def _no_more(body: str, start: int, stop: int, stems: Sequence[str]) -> tuple[int, int] | None:
    """The reaction did not show any more: "no hiccups", "without further stones"."""
    here = _NO_MORE.search(body, start, stop)
    return here.span() if here is not None and here["what"][:_STEM].lower() in stems else None


def _clauses(body: str, start: int, stop: int) -> list[tuple[int, int]]:
    """The sentence in pieces that each say one thing: at semicolons and before "but"."""
    cuts = [start, *(m.end() for m in re.finditer(r";\s|,?\s(?=but\s)", body[start:stop])), stop]
    places = [cuts[0], *(start + c for c in cuts[1:-1]), cuts[-1]]
    return list(pairwise(places))


def _about(body: str, start: int, stop: int, stems: Sequence[str], kind: str) -> int | None:
    """Where a clause begins to speak of the reaction."""
    told = body[start:stop].lower()
    places = [start + p for stem in stems if (p := told.find(stem)) >= 0]
    general = _SUBJECT.search(body, start, stop) or _organ(kind, body, start, stop)
    part = SYMPTOMS_OF_A_PART.search(body, start, stop)
    if general is not None and not (part is not None and part.start() <= general.start() < part.end()):
        places.append(general.start())
    return min(places, default=None)


def _organ(kind: str, body: str, start: int, stop: int) -> re.Match[str] | None:
    pattern = ORGANS.get(kind)
    return pattern.search(body, start, stop) if pattern is not None else None


def _stems(body: str, own: Sequence[Sign]) -> list[str]:
    words = {w for s in own for w in re.findall(r"[a-z]{4,}", f"{body[s.position : s.end]} {s.term} {s.kind}".lower())}
    return sorted({w[:_STEM] for w in words - _COMMON})
