"""Which drugs a case is about: the drugs that the report blames, by what it says of them, and where it says so.

Every sign of blame is a rule with a weight; the words behind it are kept as the reason. A drug given for the reaction,
or first given after it, is never blamed. May import drugs, actions, times and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from dechallenge.knowledge import known_reaction
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.reading.actions import ActionMention
from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.times import read_times
from dechallenge.reading.triggers import Pattern

_INEFFECTIVE = Pattern(
    r"\b(?:lack\s+of\s+(?:efficacy|effect|response)|ineffective|not\s+effective|no\s+(?:effect|improvement|response|"
    r"steroid)|"
    r"no\s+longer\s+(?:work\w*|help\w*|effective)|(?:stopped|ceased)\s+working|not\s+(?:help\w*|work\w*|control\w*|"
    r"spare)|neither\s+worked|"
    r"ceased\s+to\s+(?:be|become)\s+effective|failed|failure\s+(?:of|to\s+respond)|inadequate\w*|poor\s+(?:response|"
    r"tolerance)|unsuccessful|"
    r"did\s+not\s+(?:respond|improve|achieve)|without\s+(?:benefit|improvement|effect)|completed\s+(?:his|her|"
    r"the)\s+course)\b",
    re.IGNORECASE,
)
BLAME_AFTER = Pattern(
    r"^\s*(?:®|\*)*[\s-]*(?:(?:-|\s)?(?:induced|related|associated|caused)\b|(?:hepato)?toxicity\b|"
    r"hypersensitivity\b|overdose\b|poisoning\b"
    r"|(?:was|were|is)\s+(?:\w+\s+){0,3}(?:implicated|suspected|blamed|"
    r"considered\s+(?:to\s+be\s+)?(?:the\s+)?(?:cause|responsible|culprit)|thought\s+to\s+be|"
    r"the\s+(?:most\s+)?(?:likely|probable)\s+(?:cause|culprit)))",
    re.IGNORECASE,
)
BLAME_BEFORE = Pattern(
    r"\b(?:due\s+to|caused\s+by|secondary\s+to|induced\s+by|attribut(?:ed|able)\s+to|related\s+to|associated\s+with|"
    r"because\s+of|result\s+of|"
    r"reaction\s+to|toxicity\s+(?:of|due\s+to|from)|injury\s+(?:from|by|due\s+to)|role\s+(?:of|for)|implicat\w+|"
    r"suspect\w*|culprit|adverse\s+(?:effect|reaction|event)s?\s+(?:of|to))\s+"
    r"(?:the\s+|use\s+of\s+|therapy\s+with\s+|treatment\s+with\s+|administration\s+of\s+|both\s+)*$",
    re.IGNORECASE,
)
_AVOIDED = Pattern(
    r"\b(?:was|were|is|be|been)\s+(?:not|never)\s+(?:be\s+)?(?:given|taken|used|restarted|resumed|reintroduced|"
    r"re-?administered|re-?challenged)(?:\s+again)?\b|"
    r"\b(?:listed|recorded|documented|entered)\s+as\s+(?:an?\s+)?(?:\w+\s+)?(?:allergy|intolerance)|"
    r"\b(?:regarded|considered|seen|thought\s+of)\s+as\s+(?:the\s+)?(?:\w+\s+)?(?:cause|culprit|responsible)",
    re.IGNORECASE,
)
_NEWLY = Pattern(
    r"\b(?:was|were)\s+(?:then\s+|newly\s+)?(?:given|started|begun|treated|prescribed|put|placed)\b", re.IGNORECASE
)
_ALL = Pattern(r"\ball\s+(?:of\s+)?(?:(?:the|these|three|four|his|her|oral)\s+){0,2}$", re.IGNORECASE)
_NOT_BLAME = Pattern(r"\b(?:can|may|might|could|not|no|without|unlikely|risk|incidence|frequen\w*)\b", re.IGNORECASE)
_OTHERS = Pattern(
    r"\b(?:other|only\s+other|concomitant|concurrent|additional|chronic)\s+medications?\b|"
    r"\bmedications?\s+(?:included|taken\s+chronically)|"
    r"\b(?:was|were)\s+(?:also\s+)?taking\b|\bother\s+(?:drugs?|medications?|medicines?)\b|"
    r"\balso\s+(?:took|taking|on)\b|\bfor\s+(?:many\s+|several\s+)?years\b",
    re.IGNORECASE,
)
_PAST = Pattern(
    r"\b(?:had\s+(?:previously\s+)?been\s+treated|previously|in\s+the\s+past|years?\s+(?:earlier|before|previously)|"
    r"formerly|prior\s+to|tolerated|had\s+been\s+(?:tried|given)|was\s+tried|had\s+received)\b",
    re.IGNORECASE,
)
_GENERAL = Pattern(r"\b(?:can|may|might|reported|literature|studies|trials)\b")
_RESTARTED = Pattern(r"\brestart|reintroduc|again\b")
_DURING = Pattern(
    r"\b(?:while|whilst)\s+(?:\w+\s+){0,3}(?:on|taking|receiving|with)\b[^.;,]{0,40}$|\b(?:during|"
    r"under)\s+[^.;,]{0,40}$",
    re.IGNORECASE,
)
REACTION = Pattern(
    r"\b(?:develop\w*|jaundice\w*|hepatitis|icter\w+|elevat\w+|abnormal\w*|rise|rose|neutropeni\w*|agranulocyt\w*|"
    r"symptom\w*|reaction|"
    r"fatigue|nausea|rash|pruritus|injury|worsen\w*|complain\w*|presented|MAS|biopsy|enzymes?|steatosis|"
    r"thrombocytopeni\w*|toxicity)\b",
    re.IGNORECASE,
)
SAME_PLACE = 80
"""Characters within which the same sign of blame counts once ("stopped and replaced")."""
BLAMED = 3.0
"""Weight from which a drug counts as blamed by the report."""


@dataclass(slots=True)
class Suspicion:
    """What speaks for a drug as the suspect, with the clean spans of the words."""

    drug: str
    weight: float = 0.0
    first: int = 10**9
    reasons: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)

    def add(self, weight: float, reason: str, span: tuple[int, int]) -> None:
        told = self.told.get(reason)
        if weight > 0 and told is not None and abs(told - span[0]) < SAME_PLACE:
            return
        self.weight += weight
        if weight > 0 and told is None:
            self.told[reason] = span[0]
            self.reasons.append(reason)
            self.spans.append(span)


def suspicions(
    text: str,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    actions: Sequence[ActionMention],
    reactions: Sequence[int],
    blamed_elsewhere: dict[str, str],
) -> list[Suspicion]:
    """Every named drug of a case with the weight of what is said against it, heaviest first.

    Args:
        text: Clean text.
        spans: Its sentences.
        drugs, actions: Mentions.
        reactions: Clean positions where the reaction is present.
        blamed_elsewhere: Drugs that the title or the abstract blames, with the words.
    """
    found: dict[str, Suspicion] = {}
    for mention in drugs:
        if mention.drug:
            entry = found.setdefault(mention.drug, Suspicion(mention.drug))
            entry.first = min(entry.first, mention.start)
    onset = min(reactions, default=10**9)
    counts: dict[str, int] = {}
    words: _Words | None = None
    for mention in drugs:
        if mention.drug:
            counts[mention.drug] = counts.get(mention.drug, 0) + 1
            if words is None or words.index != mention.sentence:
                words = _Words(mention.sentence, text[slice(*spans[mention.sentence])])
            _by_words(text, spans[mention.sentence], mention, found[mention.drug], words)
    _by_times(text, spans, drugs, found)
    lead = _lead(found)
    for action in actions:
        _by_action(text, spans[action.sentence], action, found, lead, onset)
    for drug, reason in blamed_elsewhere.items():
        if drug in found:
            found[drug].add(
                4.0, f"blamed in the title or abstract: “{reason}”", (found[drug].first, found[drug].first + 1)
            )
    of_onset = [(a, b) for a, b in spans if a <= onset < b]
    started: dict[str, ActionMention] = {}
    for action in actions:
        for given in action.drugs if action.kind == "started" else ():
            started.setdefault(given.drug, action)
    for entry in found.values():
        entry.weight += min(1.5, 0.3 * counts[entry.drug])
        begun = started.get(entry.drug)
        if (
            entry.first > onset
            and not any(a <= entry.first < b for a, b in of_onset)
            and begun is not None
            and begun.cue[0] > onset
            and not (_anchored_before(text, spans, entry.drug, drugs) or _looked_back_on(text, spans, begun))
        ):
            entry.weight -= 6.0
    _class_after_members(drugs, found)
    ranked = sorted(found.values(), key=lambda s: (-s.weight, s.first))
    top = ranked[0].weight if ranked else 0.0
    level = [s for s in ranked if top > 0 and s.weight >= 0.85 * top]
    chosen = {s.drug for s in level}
    return sorted(level, key=lambda s: s.first) + [s for s in ranked if s.drug not in chosen]


def _class_after_members(drugs: Sequence[DrugMention], found: dict[str, Suspicion]) -> None:
    """A class is never suspected before the drugs of it that are named."""
    lexicon = load_drugs()
    for name in dict.fromkeys(d.drug for d in drugs if d.kind == "class" and d.drug):
        members = [s.weight for s in found.values() if s.drug != name and name in lexicon.classes_of(s.drug)]
        if members:
            found[name].weight = min(found[name].weight, max(members) - 1.0)


def _lead(found: dict[str, Suspicion]) -> str | None:
    best = max(found.values(), key=lambda s: (s.weight, -s.first), default=None)
    return (
        best.drug
        if best is not None and best.weight > 0
        else min(found.values(), key=lambda s: s.first).drug
        if found
        else None
    )


class _Words:
    """What a sentence as a whole says, looked up once for all of its drugs."""

    def __init__(self, index: int, sentence: str) -> None:
        self.index = index
        self.general = _GENERAL.search(sentence) is not None
        self.reaction = REACTION.search(sentence) is not None
        self.again = _RESTARTED.search(sentence) is not None


def _by_words(text: str, sentence: tuple[int, int], mention: DrugMention, entry: Suspicion, words: _Words) -> None:
    before, after = (
        text[max(sentence[0], mention.start - 60) : mention.start],
        text[mention.end : min(sentence[1], mention.end + 60)],
    )
    span = (mention.start, mention.end)
    general = words.general or bool(_NOT_BLAME.search(before[-25:]))
    if not general and BLAME_AFTER.match(after):
        entry.add(4.0, "the report blames it", (mention.start, min(sentence[1], mention.end + 20)))
    if (
        not general
        and BLAME_BEFORE.search(before)
        and not re.search(r"\b(?:stopped|discontinued|withdrawn|anemia|anaemia|believed)\b[^.]*$", before)
    ):
        entry.add(3.5, "the report attributes the reaction to it", (max(sentence[0], mention.start - 30), mention.end))
    avoided = _AVOIDED.search(after) if len(after.split(",")[0]) else None
    if avoided is not None and "," not in after[: avoided.start()]:
        entry.add(3.5, "it was avoided or blamed after the reaction", (mention.start, mention.end + avoided.end()))
    if words.reaction and _DURING.search(before):
        entry.add(1.0, "the reaction began while it was taken", (max(sentence[0], mention.start - 20), mention.end))
    if entry.weight < 2:
        lead = text[sentence[0] : mention.start]
        lead = lead[max((m.start() for m in _NEWLY.finditer(lead)), default=0) :]
        if _OTHERS.search(lead):
            entry.add(-2.0, "", span)
    if not words.again and _PAST.search(text[sentence[0] : min(sentence[1], mention.end + 40)]):
        entry.add(-1.0, "", span)


def _by_times(
    text: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], found: dict[str, Suspicion]
) -> None:
    named_in: dict[int, list[DrugMention]] = {}
    for drug in drugs:
        if drug.drug:
            named_in.setdefault(drug.sentence, []).append(drug)
    only, second = _one_so_far(drugs)
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        mine = named_in.get(index, [])
        if not mine:
            mine = only if start <= second else []
            mine = mine if mine and mine[0].start < start else []
        for time in read_times(sentence):
            if time.kind not in ("offset", "duration") or (
                time.anchor not in ("start", "stop", "restart", "other") and time.kind == "offset"
            ):
                continue
            if time.sign < 0:
                continue
            if mine and mine[0].sentence != index:
                if time.kind == "offset" and time.anchor in ("start", "stop") and REACTION.search(sentence):
                    span = (start + time.start, start + time.end)
                    found[mine[0].drug].add(
                        3.5, f"the reaction is timed from it: “{sentence[time.start : time.end].strip()}”", span
                    )
                continue
            after = [
                d
                for d in mine
                if 0 <= d.start - (start + time.end) < 70 or start + time.start <= d.start < start + time.end
            ]
            if time.kind == "duration":
                after = [d for d in mine if d.end <= start + time.start and start + time.start - d.end < 70][-1:]
                if not REACTION.search(sentence) or _OTHERS.search(sentence):
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


def _one_so_far(drugs: Sequence[DrugMention]) -> tuple[list[DrugMention], int]:
    """The drug that is named first, and up to where it is the only one: what "the last tablet" was of."""
    first = next((d for d in drugs if d.drug), None)
    if first is None:
        return [], 0
    return [first], next((d.start for d in drugs if d.drug and d.drug != first.drug), 10**9)


def _coordinated(text: str, left: DrugMention, right: DrugMention) -> bool:
    gap = re.sub(r"\([^()]*\)", "", text[left.end : right.start])
    return bool(re.fullmatch(r"[\s®,]*(?:and|or|plus|with|/|\+)?[\s,]*", gap)) or left.drug == right.drug


def _by_action(
    text: str,
    sentence: tuple[int, int],
    action: ActionMention,
    found: dict[str, Suspicion],
    lead: str | None,
    onset: int,
) -> None:
    body = text[sentence[0] : sentence[1]]
    names = [d.drug for d in action.drugs if d.drug]
    if names and action.drugs[0].kind != "class" and _ALL.search(text[sentence[0] : action.drugs[0].start]):
        return  # "all antidiabetic agents were stopped": that blames none of them
    if (
        not names
        and action.kind in ("stopped", "restarted")
        and lead
        and not any(d.kind == "all" for d in action.drugs)
    ):
        names = [lead]
    if action.negated:
        return
    span = (action.start, action.end)
    for name in dict.fromkeys(names):
        entry = found[name]
        first_course = entry.first <= onset + 250
        if text[action.cue[0] : action.cue[1]].lower().startswith("switch") and action.kind == "stopped":
            entry.add(-3.0, "", span)
        elif action.kind == "stopped" and not _INEFFECTIVE.search(body):
            if first_course and (action.cue[0] > onset or onset == 10**9):
                entry.add(3.0, "it was stopped after the reaction", span)
            elif re.search(r"\bbecause\s+of\b|\bdue\s+to\b", text[action.end : action.end + 25]):
                entry.add(2.0, "it was stopped because of the reaction", span)
        elif action.kind == "restarted" and first_course and action.cue[0] > min(onset, entry.first):
            entry.add(2.0, "it was given again", span)
        elif action.kind == "started" and entry.first < sentence[1] and action.cue[0] < onset + 200:
            after = text[action.end : sentence[1]]
            if REACTION.search(after) and not _PAST.search(body):
                entry.add(2.0, "the reaction followed it in the report", span)
            elif not _PAST.search(body) and action.cue[0] < onset:
                entry.add(0.8, "it was started before the reaction", span)


def _looked_back_on(text: str, spans: Sequence[tuple[int, int]], action: ActionMention) -> bool:
    """The start is told in words that look back ("had started X six weeks earlier", "X begun two months before")."""
    start, end = spans[action.sentence]
    return bool(
        re.search(r"\b(?:had|has|have)\s+(?:\w+\s+){0,2}$", text[start : action.cue[0]] + " ")
        or re.search(r"\b(?:earlier|before|prior|ago|previously)\b", text[action.cue[1] : end])
        or re.search(
            r"\b(?:weeks?|months?|days?|years?)\s+(?:earlier|before|prior|ago|previously)\b",
            text[start : action.cue[0]],
        )
    )


def _anchored_before(text: str, spans: Sequence[tuple[int, int]], drug: str, drugs: Sequence[DrugMention]) -> bool:
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


def running(suspected: Sequence[Suspicion], onset: int, kind: str) -> tuple[str, ...]:
    """Where the report blames no drug: the drug in focus is the likeliest of those named before the reaction.

    Among drugs that the text says equally much of, one known to cause this kind of reaction comes first.
    """
    before = [s for s in suspected if s.first <= onset + 60] or list(suspected)
    level = [s for s in before if s.weight >= before[0].weight - 0.5]
    known = [
        s for s in level if (row := known_reaction(s.drug, kind)) is not None and "yes" in (row.labelled, row.published)
    ]
    return tuple(s.drug for s in (known or before)[:1])
