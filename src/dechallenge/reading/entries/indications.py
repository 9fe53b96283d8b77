"""What a drug was given for: "allopurinol 300 mg daily for gout", "epilepsy treated with carbamazepine".

Only words that stand with the drug in one clause; what a drug was stopped for, or how long it was taken ("for two
weeks"), is no indication. May import the case model, drugs, findings and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dechallenge.case import Exposure
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.events import Sign
from dechallenge.reading.texts.text import CleanText

_GLUE = 110
"""Characters between a drug and the words that say what it was for, at the most; dose and dates stand there."""
_LONG = 90
"""Characters of an indication, at the most."""
_OTHER_MATTER = (
    r"stop\w*|discontinu\w*|withdr\w+|withh\w+|ceas\w+|d/c|held|admi(?:t|ss)\w*|hospital\w*|present\w*|develop\w*|referr\w*|"
    r"improv\w*|recover\w*|resol\w*|caus\w*|respons\w*|account\w*|blam\w*|suspect\w*|test\w*|screen\w*|search\w*|"
    r"evaluat\w*|follow\w*|monitor\w*|wait\w*|known|look\w*|except|but|because(?!\s+of)|which|who|when|then|while|after|before|"
    r"negative|positive|need\w*|reason\w*|evidence|allerg\w*|sought|seen|observ\w*|without|"
    r"substitut\w*|consult\w*|adjust\w*|dosing|suitable|factor|cycles?|offered|cardiover\w+|hypothesis|since|exchang\w*|swapp\w*|was\s+(?:not|never)|had\s+(?:not|never)|replac\w*|surgery"
)
_FOR = Pattern(
    rf"(?:(?!\b(?:{_OTHER_MATTER})\b|[;:]|\.(?!\d)|,\s*(?:and|he|she|the|his|her|they|but|who|which)\b)[\s\S]){{0,{_GLUE}}}?"
    r"(?<![\w-])(?:for|(?P<why>because\s+of|on\s+account\s+of)|to\s+(?:treat|control|relieve|prevent)|(?:indication|reason\s+for\s+use)\s*[:=])\s+",
    re.IGNORECASE,
)
_WAS_BEGUN = Pattern(
    r"\b(?:started|begun|given|prescribed|added|introduced|commenced|initiated|instituted|administered)\b",
    re.IGNORECASE,
)
"""Between a drug and "because of": what follows is why it was given, not why it was changed."""
_LEAD = re.compile(
    r"(?:(?:the|an?|his|her|my|their|its|our|this|these|that|some|of|primary|in\s+order|to)\s+|"
    r"(?:the\s+)?(?:treatment|management|therapy|control|relief|symptomatic\s+(?:treatment|relief))\s+(?:of|for)\s+|"
    r"an?\s+(?:\w+\s+)?(?:diagnosis|episode|attack|bout|flare|case|history)\s+of\s+)*",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:hours?|days?|nights?|weeks?|wks?|months?|mths?|years?|yrs?|decades?|minutes?|cycles?|courses?|doses?|times?|"
    r"long|ever|life|now|moments?|periods?)"
)
_NO_AIM = re.compile(
    rf"(?:(?!(?:for|and|after|then|from|on|in)\b)[^\s;,.]+\s+){{0,4}}?{_UNIT}\b|\d|(?:it|him|her|them|us|you|me|this|that|these|those|which|whom|what|both|all|each|every|"
    r"many|several|more|most|less|about|approximately|nearly|almost|over|at|up|only|just|as|an?\s+(?:\w+\s+)?(?:total|mean|"
    r"further|while|duration|few|number|maximum)|the\s+(?:\w+\s+)?(?:first|second|third|last|past|next|previous|same|rest|"
    r"remainder|duration|purpose|benefit|time|sake|following|patient|moment|reaction|event)|another|example|instance|unknown|unspecified|unclear|various|"
    r"no|not|other|safety|further|evaluation|investigation|observation|admission|patients?|wom[ae]n|m[ae]n|children|adults|use|"
    r"he|she|they|we|i|sale|free|good|sure|certain|comparison|analysis|review|discussion|consultation|measurement|"
    r"duration|course|length|determination|detection|degree|extent|covering|estimated|assessment|confirmation|support|help|treatment|therapy|oral|intravenous|home|discharge|"
    r"weeks?|days?|months?|years?)\b",
    re.IGNORECASE,
)
"""Behind "for": a length, a person, or words that name no illness."""
_ENDS = re.compile(
    r"[;:()\[\]\n]|\.(?:\s|$)|,(?!\s*(?:stage|grade|type|WHO)\b)|\s[-–—]\s|\s(?:and|or|plus|but)\s+(?=(?:was|were|had|has|developed|then|later|"
    r"subsequently|did|does|felt|takes|he|she|they|his|her|the|i|is|presented|noticed|became|started|took|received|also|after|within|\d|on|had)\b)|"
    r"\s(?:on|from|since|after|at|in|with|by|who|whom|which|that|when|where|while|whilst|started|starting|begun|beginning|"
    r"commenc\w+|initiat\w+|was|were|is|had|has|have|presented|developed|experienced|noticed|because|but|before|until|till|during|following|under|"
    r"without|despite|as|for|two|three|four|five|six|seven|eight|nine|ten|within|if|so|along|together|over|approximately|"
    r"about|several|now|later|prior|via|per|then|about|than|beginning|it|he|she|they|we|i)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,.;:–-]|\s(?:and|or|plus|also|immediately|presenting|initially|then|only|again))+$", re.IGNORECASE
)
_STOPPED = Pattern(
    r"\b(?:stop\w*|discontinu\w*|withdr\w+|withh\w+|ceas\w+|held|d/c(?:['’]?d)?|avoid\w*|refus\w*|declin\w*|intoleran\w+|"
    r"test\w*|desensiti\w+|allerg\w+|blam\w+)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
"""Before a drug that is not given here: what follows is why it was stopped."""
_PUT_ON = (
    r"(?:\s*\([^()]{1,40}\))?,?\s+(?:(?:and(?=\s+(?:was|were|is|had|has)\b)|who|which|that|for\s+which|she|he|they|the\s+patient|was|were|is|had\s+been|has\s+been|being)\s+){0,3}"
    r"(?:(?:successfully|initially|first|chronically|currently|then|regularly|well|also|empirically)\s+){0,2}"
)
_TREATED_WITH = Pattern(
    _PUT_ON + r"(?:treated|managed|controlled|treatment|therapy)\s+(?:with|by)\s+(?:(?:oral|intravenous|iv|an?|the|"
    r"low[\s-]dose|"
    r"high[\s-]dose|topical|subcutaneous|daily|weekly|dose\s+of|tablets?|course\s+of|\d[\d.,]*\s?(?:mg|g|µg|mcg)(?:\s+of)?)\s+){0,4}",
    re.IGNORECASE,
)
"""Between an illness and its drug: "epilepsy treated with", "gout, for which he was treated with"."""
_FOR_WHICH = Pattern(
    r"(?:\s*\([^()]{1,40}\))?,?\s+for\s+which\s+[^.;,]{1,60}?\s",
    re.IGNORECASE,
)
_DIAGNOSED = Pattern(
    r"\b(?:diagnos(?:ed\s+(?:with|as(?:\s+having)?)|is\s+of))\s+(?P<name>(?:[\w’'-]+\s+){0,4})$",
    re.IGNORECASE,
)
_THEN_PUT_ON = Pattern(
    r"(?:\s*\([^()]{1,40}\))?[^.;]{0,60}?\b(?:start(?:ed)?|began|begun|prescribed|given|placed|put|treated|treatment|therapy|commenced|"
    r"initiated|received)\b[^.;]{0,40}",
    re.IGNORECASE,
)
"""Between a diagnosis and the drug that is begun for it: "was diagnosed with gout and started on"."""
_AN_ILLNESS = frozenset({"diagnosis", "symptom", "sign"})
_OF_ANOTHER = Pattern(
    r"\b(?:and|secondary\s+to|due\s+to|caused\s+by|complicat\w+)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
"""Before an illness that came of another, or is the last of several: the drug need not be for this one."""


def with_indications(
    text: CleanText,
    spans: Sequence[tuple[int, int]],
    drugs: Sequence[DrugMention],
    findings: Sequence[FindingMention],
    exposures: Iterable[Exposure],
) -> list[Exposure]:
    """Exposures, each with what its drug was first said to be given for.

    Args:
        text: Clean text of the case.
        spans: Its sentences.
        drugs: Drugs named in them.
        findings: Findings named in them.
        exposures: Exposures of the case.
    """
    told = aims(text.text, spans, drugs, findings)
    out: list[Exposure] = []
    for item in exposures:
        span = told.get(item.drug)
        if item.indication is None and span is not None:
            words = text.quote(*span)
            update = {"indication": " ".join(text.text[slice(*span)].split()), "evidence": (*item.evidence, words)}
            item = item.model_copy(update=update)
        out.append(item)
    return out


def without_aims(found: Sequence[Sign], told: Mapping[str, tuple[int, int]]) -> list[Sign]:
    """Signs without what a drug was given for ("heparin for deep vein thrombosis"), where others remain.

    Not where the same is told before: "rhabdomyolysis … treated with fluids for rhabdomyolysis".

    Args:
        found: Signs of a reaction.
        told: What each drug was given for.
    """
    spans = tuple(told.values())
    first: dict[str, int] = {}
    for sign in found:
        first[sign.kind] = min(first.get(sign.kind, sign.position), sign.position)
    rest = [s for s in found if first[s.kind] < s.position or not any(a <= s.position < b for a, b in spans)]
    return rest if any(s.kind for s in rest) else list(found)


def aims(
    body: str, spans: Sequence[tuple[int, int]], drugs: Sequence[DrugMention], findings: Sequence[FindingMention]
) -> Mapping[str, tuple[int, int]]:
    """Where it stands what each drug was first said to be given for.

    Args:
        body: Clean text.
        spans: Its sentences.
        drugs: Drugs named in them.
        findings: Findings named in them.
    """
    named = [d for d in drugs if d.drug and d.kind not in ("dose", "pronoun", "bare", "all")]
    ill: dict[int, list[FindingMention]] = {}
    for mention in findings:
        mine = mention.kind in _AN_ILLNESS and mention.state == "present" and not mention.family
        if mine and not (mention.hypothetical or mention.other_patient):
            ill.setdefault(mention.sentence, []).append(mention)
    found: dict[str, tuple[int, int]] = dict(_in_fields(body, spans, named))
    for index, drug in enumerate(named):
        if drug.drug in found:
            continue
        start, end = spans[drug.sentence]
        after = named[index + 1] if index + 1 < len(named) else None
        until = min(end, after.start) if after is not None and after.drug != drug.drug else end
        before = named[index - 1].end if index and named[index - 1].sentence == drug.sentence else start
        if _STOPPED.search(body, max(before, drug.start - 60), drug.start) is not None:
            continue
        span = _behind(body, drug.end, until) or _in_front(body, before, drug.start, ill.get(drug.sentence, ()))
        if span is not None:
            found[drug.drug] = span
    return found


def _in_fields(
    body: str, spans: Sequence[tuple[int, int]], named: Sequence[DrugMention]
) -> Iterable[tuple[str, tuple[int, int]]]:
    """Fields of a form that hold the aim of the drug whose field stands above ("Indication: hypertension")."""
    labels = [_FIELD.match(body, *span) for span in spans] if _FIELD.search(body) is not None else []
    for index, label in enumerate(labels):
        if label is None or any(d.sentence == index for d in named):
            continue
        above = [d for d in named if 0 < index - d.sentence <= _ABOVE]
        if above and _NO_AIM.match(body, label.start("name")) is None:
            drug = next(d for d in above if d.sentence == above[-1].sentence)
            yield drug.drug, label.span("name")


_FIELD = Pattern(
    r"\s*(?:(?:drug\s+)?indications?(?:\s+for\s+use)?|reason\s+for\s+(?:use|prescription)|prescribed\s+for|used\s+for)\s*[:=]\s*"
    r"(?!(?:unknown|unk|n/?a|none|not)\b)(?P<name>[A-Za-z][^.;:\n|]{2,80}?)\s*(?=[.;|\n]|$)",
    re.IGNORECASE,
)
_ABOVE = 3
"""Sentences above an indication in which its drug is named."""


def _behind(body: str, begin: int, until: int) -> tuple[int, int] | None:
    """What stands behind "for": "300 mg daily for gout"."""
    at = begin
    while (match := _FOR.match(body, at, until)) is not None:
        lead = _LEAD.match(body, match.end(), until)
        start = lead.end() if lead is not None else match.end()
        begun = not match["why"] or _WAS_BEGUN.search(body, begin, match.start("why")) is not None
        if begun and _NO_AIM.match(body, start, until) is None:
            stop = _ENDS.search(body, start, min(until, start + _LONG))
            end = stop.start() if stop is not None else min(until, start + _LONG)
            words = _TAIL.sub("", body[start:end])
            whole = stop is not None or until - start <= _LONG
            return (start, start + len(words)) if whole and re.search(r"[A-Za-z]{3}|\b[A-Z]{2,}\b", words) else None
        at = match.end()
        if at - begin > _GLUE:
            return None
    return None


def _in_front(body: str, before: int, place: int, ill: Iterable[FindingMention]) -> tuple[int, int] | None:
    """An illness in front of the drug that treats it: "epilepsy treated with", "for gout she was given"."""
    for mention in reversed([m for m in ill if before <= m.start and m.end <= place]):
        if place - mention.end > _GLUE:
            return None
        several = _OF_ANOTHER.search(body, max(before, mention.start - 40), mention.start) is not None
        for pattern in () if several else (_TREATED_WITH, _FOR_WHICH):
            if pattern.fullmatch(body, mention.end, place) is not None:
                return mention.start, mention.end
        for lead, between in ((_DIAGNOSED, _THEN_PUT_ON), (_AIM, _WAS_GIVEN)):
            opened = lead.search(body, max(before, mention.start - 60), mention.start)
            if opened is not None and between.fullmatch(body, mention.end, place) is not None:
                start = opened.start("name")
                if _NO_AIM.match(body, start, mention.start) is not None:
                    return None
                skipped = _LEAD.match(body, start, mention.start)
                return (skipped.end() if skipped is not None else start), mention.end
    return None


_AIM = Pattern(
    r"\b(?:(?:treated|started|prescribed|therapy|treatment)\s+(?:\w+\s+)?for|(?:^|(?<=[.;]\s))\s*(?:for|because\s+of|due\s+to)|treatment\s+of|to\s+treat|therapy\s+of)\s+(?P<name>(?:[\w’'-]+\s+){0,4})$",
    re.IGNORECASE,
)
_WAS_GIVEN = Pattern(
    r",?\s+(?:with|by|(?:(?:he|she|the\s+patient|was|were|i|had\s+been|been|doctor|gp|his|her|my)\s+){0,4}(?:given|started|put|placed|prescribed|took|"
    r"received|treated|commenced|begun)(?:\s+(?:on|with|taking|treatment\s+with))?)\s+(?:[\w-]+\s+){0,3}",
    re.IGNORECASE,
)
"""Between what a sentence opens with and the drug: "for gout she was given"."""
