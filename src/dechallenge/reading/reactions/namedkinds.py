"""Which reaction a report itself names: in its title, or where it attributes a diagnosis to a drug.

A case report says what it is about; what is named so outweighs values that are merely abnormal. May import the lexicon,
the signs of ``events``, the work-up and text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dechallenge.lexicon.findings import load_findings
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.layout.generaltalk import announcements
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIND_OF, Sign
from dechallenge.reading.reactions.takenfor import upon_diagnosis
from dechallenge.reading.texts.reporting import WE_REPORT
from dechallenge.reading.texts.text import CleanText

TITLE = 240
"""Characters of a title at the most."""
NAMED = 5.0
"""Weight of the reaction that the title names."""
_SECOND = 1.0
"""Weight of a further one: "acute kidney injury and rhabdomyolysis"."""
ATTRIBUTED = 3.0
"""Weight of a diagnosis that the case attributes to a drug, or that is said to be the diagnosis."""
_BACKGROUND = Pattern(
    r"\b(?:(?:in|of)\s+(?:an?|the|two|three|four|five|\d+|some|several)?\s?(?:[\w-]+\s+){0,4}(?:patients?|wom[ae]n|m[ae]n|"
    r"boys?|girls?|child(?:ren)?|infants?|adults?|cases?)\s+(?:\w+\s+)?(?:with|treated\s+for|receiving|after|on)"
    r"|(?:treatment|therapy|prevention|prophylaxis|management|treated)\s+(?:of|for)|\bto\s+(?:treat|prevent|control)(?:\s+and\s+(?:treat|prevent|control))?"
    r"|\bfor|\bpatients?\s+with|without|mimicking|misdiagnosed\s+as|complicating|superimposed\s+(?:up)?on|"
    r"(?:precipitated|triggered|unmasked|aggravated|worsened|facilitated)\s+by)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_CAUSED = Pattern(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:\band\s+(?!(?:he|she|it|they|was|were|had|the)\b)(?:[\w-]+\s+){1,3}?)?,?\s*(?:(?:most\s+)?(?:probably|possibly|likely|presumably)\s+)?(?:(?:was|were|is)\s+"
    r"(?:therefore\s+|thus\s+|most\s+)?(?:likely\s+|probably\s+)?)?(?:due\s+to|caused\s+by|induced\s+by|secondary\s+to|"
    r"(?:causally\s+)?related\s+to|attribut(?:ed|able)\s+to|resulting\s+from|from|to|by(?!\s+(?:the|his|her|day|week|month|hospital|\d|an?\b))|"
    r"(?:developing|occurring)\s+(?:after|during|following|under)|associated\s+with\s+(?:[\w-]+\s+){1,3}(?:therapy|treatment|use|administration|intake|exposure))\b",
    re.IGNORECASE,
)
_DIAGNOSED = Pattern(
    r"(?:\b(?<!pre-)(?<!preliminary\s)(?<!provisional\s)(?<!tentative\s)(?<!referral\s)(?:diagnos[ei]s|impression|assessment|conclusion)\b[^.;]{0,40}|\b(?:diagnosed|hospitali[sz]ed|admitted)\s+(?:with|for|as|"
    r"because\s+of|due\s+to)\s+(?:\w+\s+){0,2}|\b(?:admitted|transferred|referred|hospitali[sz]ed)\b[^.;]{0,60}?\bfor\s+(?:the\s+|further\s+)?(?:management|treatment|"
    r"evaluation|work-?up)\s+of\s+(?:an?\s+)?(?:acute|severe|suspected|sudden|new|worsening|fulminant)\s+(?:\w+\s+){0,1}|\boutcome\s+of\s+(?:the\s+)?|"
    r"\b(?:stopped|discontinued|withdrawn|withheld|held|ceased|suspended)\s+(?:in\s+view\s+of|because\s+of|due\s+to|for|given|on|with)\s+(?:an?\s+|the\s+)?"
    r"(?:suspected|suspicion\s+of|possible|probable|presumed|presumptive|concerns?\s+(?:for|of|about))\s+|"
    r"\battribut\w+\s+(?:the\s+|this\s+)|"
    r"[\w-]{4,}-(?:induced|related|associated)\s+(?:\w+\s+){0,2})$",
    re.IGNORECASE,
)
_FIELD = (
    r"(?:^|(?<=\n)|(?<=\s\s))\s*(?:suspected\s+)?(?:adverse\s+(?:drug\s+)?)?"
    r"(?:reactions?|events?)\s*(?:\((?:s|es)\)|terms?|\(PT\))?\s*:\s*"
)
FIELD = Pattern(_FIELD, re.IGNORECASE)
_LABEL = Pattern(rf"{_FIELD}(?:drug\s+interaction,\s*)?$", re.IGNORECASE)
"""The field of a form that names the reaction ("Reaction(s): pancreatitis")."""
_WITH_IT = Pattern(
    r"\A\s*(?:,\s*)?(?:with|complicated\s+by|leading\s+to|resulting\s+in)\s+(?:\w+\s+){0,2}\Z", re.IGNORECASE
)
"""Between a diagnosis and what came of it: "rhabdomyolysis with acute kidney injury"."""
_LONG_AGO = Pattern(r"\b(?:years?|months?)\s+(?:ago|earlier|before|previously)\b|\bhad\s+had\b", re.IGNORECASE)
_ENTERTAINED = Pattern(
    r"[^.;]{0,140}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:entertained|considered|contemplated|discussed)\b", re.IGNORECASE
)
"""Behind a diagnosis that was thought of, and no more ("diagnoses of HIT and DIC were entertained")."""
_INDUCED = Pattern(r"[\w/-]{4,}-(?:induced|related|associated)\b", re.IGNORECASE)
_INDUCED_BEFORE = Pattern(r"[\w/-]{4,}-(?:induced|related|associated)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SUSPECTED = Pattern(r"\s*(?:\([^()]{0,40}\)\s*)?(?:was|were)\s+(?:\w+ly\s+|then\s+)?suspected\b", re.IGNORECASE)
_UNDER_IT = Pattern(
    r"\s+(?:(?:was|were)\s+(?:noted|observed|seen|found)|occurred|developed|appeared|arose|emerged|ensued)\s+(?:during|under|on|while\s+on|shortly\s+after)\s+"
    r"(?:the\s+|her\s+|his\s+)?(?:\S+\s+){1,3}?(?:treatment|therapy|administration|infusion|use)\b",
    re.IGNORECASE,
)
"""Behind a reaction: "occurred during voriconazole treatment"."""
_SAID = Pattern(
    r"\s*(?:was|were)\s+(?:therefore\s+|finally\s+|then\s+)?(?:diagnosed|related|attributed|confirmed)\b", re.IGNORECASE
)


def titled(
    text: CleanText, spans: Sequence[tuple[int, int]], abbreviations: Mapping[str, str], *, cases: int
) -> tuple[Sign, ...]:
    """The reaction that the title of a document names, as a sign without a time.

    Args:
        text: Clean text of the document.
        spans: Sentences outside the cases, in order; the first is the title where it is short enough.
        abbreviations: Abbreviations of the document.
        cases: Number of cases; the title of a document with several need not be true of each.
    """
    spans = first_line(text.text, spans)
    if not spans or spans[0][1] - spans[0][0] > TITLE:
        return ()
    if _ANY_REACTION.fullmatch(text.text[slice(*spans[0])].strip()):
        return ()
    found, _ = read_findings(text, [spans[0]], abbreviations)
    return tuple(_weighed(text.text, spans[0], [m for m in found if m.state != "absent"], cases))


def first_line(body: str, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Sentences; a first line of two sentences is one title ("Fire and flood. X-induced hyponatraemia")."""
    for i in range(1, min(3, len(spans))):
        line = (spans[0][0], spans[i][1])
        if line[1] - line[0] > TITLE or "\n" in body[slice(*line)].strip():
            return spans
        if body[line[1] : line[1] + 1] == "\n" or body[line[1] : line[1] + 2].strip(" ") == "\n":
            return [line, *spans[i + 1 :]]
    return spans


_ANY_REACTION = Pattern(
    r"(?:adverse\s+)?drug\s+(?:reactions?|eruptions?|allerg(?:y|ies)|hypersensitivity)\W*", re.IGNORECASE
)
"""The title of a collection ("Drug reactions")."""
_ANNOUNCES = Pattern(
    rf"{WE_REPORT}|\bcases?\s+(?:study\s+|report\s+)?(?:is|are|was|of|describes?|where|in\s+which)\b",
    re.IGNORECASE,
)
_OF_A_DRUG = Pattern(r"[\w)]-(?:induced|related|associated)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)

_CAME_UNDER = Pattern(
    r"\s*(?:\([^()]{1,20}\)\s*)?(?:(?:that|which)\s+)?(?:(?:occurr|develop|appear|aris)\w*\s+)?(?:after|during|following|under|due\s+to|caused\s+by|"
    r"induced\s+by|secondary\s+to)\s+(?:(?:the|an?|concomitant|combined|short[\s-]term|long[\s-]term|prolonged|single|first)\s+){0,2}"
    r"(?:treatment|therapy|use|administration|intake|ingestion|exposure|initiation|introduction|dose|course)\s+(?:with|of|to)\b",
    re.IGNORECASE,
)
"""Behind a reaction that is announced: "TEN that occurred after concomitant treatment with X"."""


def is_diagnosis(sign: Sign) -> bool:
    """The name of an illness, and no value or complaint."""
    known = load_findings().terms.get(sign.term)
    return known is not None and known.kind == "diagnosis"


def announcing(body: str, spans: Sequence[tuple[int, int]], *, cases: int) -> list[tuple[int, int]]:
    """The sentences before a single case that say what is reported of it ("We present a case of X-induced Y")."""
    return [s for s in spans if _ANNOUNCES.search(body, *s)] if cases == 1 else []


def announced(
    text: CleanText, spans: Sequence[tuple[int, int]], abbreviations: Mapping[str, str], *, cases: int
) -> tuple[Sign, ...]:
    """The reaction to a drug that a sentence before the case announces ("This is a case of X-induced Y").

    Args:
        text: Clean text of the document.
        spans: Sentences outside the cases, in order.
        abbreviations: Abbreviations of the document.
        cases: Number of cases; with several nothing is announced of each.
    """
    body = text.text
    told = announcing(body, spans, cases=cases)
    found, _ = read_findings(text, told, abbreviations) if told else ([], ())
    for mention in found:
        kind, start = kind_of(mention.term), told[mention.sentence][0]
        if (
            kind
            and mention.state != "absent"
            and (
                _OF_A_DRUG.search(body, max(start, mention.start - 60), mention.start)
                or _CAME_UNDER.match(body, mention.end, told[mention.sentence][1])
            )
        ):
            return (Sign(mention.start, mention.end, kind, mention.term, _SECOND, False),)
    return ()


def _weighed(body: str, span: tuple[int, int], found: Sequence[FindingMention], cases: int) -> list[Sign]:
    out: list[Sign] = []
    for mention in found:
        kind = kind_of(mention.term)
        if not kind or any(sign.kind == kind for sign in out):
            continue
        of_a_drug = _OF_A_DRUG.search(body, span[0], mention.start) is not None  # "treatment of X-induced Y"
        of_a_drug = of_a_drug or _INDUCED.search(body, mention.start, mention.end) is not None
        if not of_a_drug and _BACKGROUND.search(body, span[0], mention.start):
            continue
        if out and _TREATED.search(body, span[0], mention.start):
            continue
        weight = _SECOND if out else NAMED if cases < 2 else NAMED / 2
        out.append(Sign(mention.start, mention.end, kind, mention.term, weight, False))
    return out


_TREATED = Pattern(
    r"\b(?:(?:therapy|treatment|used|given|prescribed|taken|administered|infusions?|injections?|prophylaxis)\s+(?:\w+\s+)?for|"
    r"(?:during|after|under|following|in)\s+(?:the\s+)?(?:\w+\s+)?(?:treatment|therapy)\s+of)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
"""Before what a drug was given for ("liver damage after X therapy for rheumatoid vasculitis")."""


def attributed(text: str, spans: Sequence[tuple[int, int]], found: Sequence[FindingMention]) -> list[Sign]:
    """Diagnoses of a case that are said to be caused by something, or to be the diagnosis; each kind once.

    Args:
        text: Clean text.
        spans: Sentences of the case.
        found: Its findings.
    """
    out: dict[str, Sign] = {}
    for mention in found:
        kind = kind_of(mention.term)
        if not kind or kind in out or mention.state == "absent" or mention.history or mention.family:
            continue
        if mention.hypothetical or mention.other_patient:
            continue
        start, end = spans[mention.sentence]
        if mention.state == "uncertain" and _ENTERTAINED.match(text, mention.end, end):
            continue
        if _LONG_AGO.search(text, start, end) or upon_diagnosis(text, mention.start):
            continue
        labelled = not out and _IN_FIELD.search(text, max(start, mention.start - _LIST), mention.start) is not None
        if labelled or _LABEL.search(text, max(0, mention.start - 60), mention.start):
            out[kind] = Sign(mention.start, mention.end, kind, mention.term, NAMED, False)
        elif (
            _CAUSED.match(text, mention.end, end)
            or _SAID.match(text, mention.end, end)
            or (_INDUCED.search(text, mention.start, mention.end) and _SUSPECTED.match(text, mention.end, end))
            or _UNDER_IT.match(text, mention.end, end)
            or _DIAGNOSED.search(text, max(start, mention.start - 80), mention.start)
        ):
            second = any(_WITH_IT.search(text, other.end, mention.start) for other in out.values())
            out[kind] = Sign(
                mention.start, mention.end, kind, mention.term, ATTRIBUTED / 2 if second else ATTRIBUTED, False
            )
    return list(out.values())


def outside_the_story(text: str, spans: Sequence[tuple[int, int]], signs: Sequence[Sign]) -> list[Sign]:
    """Signs; where a form or the first sentence only names the reaction is no moment of its story.

    "Reaction(s): X", "We describe a case of X" before the patient is introduced; unless X shows nowhere else.

    Args:
        text: Clean text.
        spans: Sentences of the case.
        signs: Its signs.
    """
    named = announcements(text, spans)
    again = {s.kind for s in signs if s.starts and not any(a <= s.position < b for a, b in named)}
    return [
        replace(s, starts=False)
        if s.starts
        and (
            (s.kind in again and any(a <= s.position < b for a, b in named))
            or _OF_A_FIELD.search(text, max(0, s.position - _LIST), s.position) is not None
        )
        else s
        for s in signs
    ]


_IN_FIELD = Pattern(rf"{_FIELD}[^.|\n]*[,;]\s*(?:\w+\s+)?$", re.IGNORECASE)
"""The same of what stands later in its list ("Reaction: headache, aseptic meningitis")."""
_OF_A_FIELD = Pattern(rf"{_FIELD}[^.|\n]*$", re.IGNORECASE)
_LIST = 200
"""Characters of such a field at the most."""


def is_induced(text: str, position: int) -> bool:
    """ "Carbamazepine-induced DRESS": what stands there is the reaction, whatever time its sentence speaks of."""
    return _INDUCED_BEFORE.search(text, max(0, position - 60), position) is not None


def kind_of(term: str) -> str:
    """The kind of reaction that a finding names; empty for a mere symptom."""
    known = load_findings().terms.get(term)
    return "" if known is None else KIND_OF.get(known.event_kind, known.event_kind)
