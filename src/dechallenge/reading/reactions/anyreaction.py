"""A reaction of any kind, in the words of the report: what it says that a drug caused, or that came up under a drug.

The lexicon names the reactions that have rules of their own. A report may be about any other: it is then called as the
lexicon calls the finding, or by the report's own words, and every method that asks for no kind of reaction applies.
May import the signs of ``events``, findings, drugs and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.layout.generaltalk import announcements
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.anywords import (
    A_PLACE,
    ACTIVE,
    AND_MORE,
    AROSE,
    ASCRIBED,
    BARE,
    BECAME,
    BY,
    CAME_TOGETHER,
    DIAGNOSIS,
    FELL,
    HALF_AN_ORGAN,
    IN_PATIENT,
    INDUCED,
    LIKELY,
    NOTED,
    OF_DRUG,
    OF_ITS_KIND,
    TIMED,
    TWO_SORTS,
    UNDER,
    VERB,
)
from dechallenge.reading.reactions.cameup import looks_back
from dechallenge.reading.reactions.events import RELIEVED, Sign
from dechallenge.reading.reactions.intoxications import intoxication
from dechallenge.reading.reactions.namedkinds import FIELD, NAMED, TITLE, kind_of
from dechallenge.reading.reactions.takenfor import taken_for
from dechallenge.reading.texts.text import CleanText

_BLAMED = 3.0
"""Weight of a reaction that the report says a drug caused."""
_TOLD = 1.5
"""Weight of one that came up while a drug was given."""
_LONG = 60
"""Characters of the words that name a reaction, at the most."""

_WITHIN = 8
"""Sentences after the first complaint in which its diagnosis is looked for."""
_LEAD = re.compile(
    r"(?:(?:an?|the|his|her|our|some|new|new-onset|acute|subacute|severe|marked|mild|moderate|progressive|"
    r"sudden|several|"
    r"symptomatic|possible|probable|suspected|case|cases|report|episode|episodes|attack|attacks|symptoms|signs|of|"
    r"and|features|manifestations|suggestive|consistent|development|onset|occurrence|life-threatening|fatal|"
    r"recurrent|first|reported|rare|unusual|profound|significant|intense|"
    r"persistent|transient|provocation|induction|acutely|suddenly|this|these|describe|we|present|patient|"
    r"patients|with|two|three|"
    r"increasing|worsening)\s+)+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r".*\s(?:of|in|on|with)|(?:diagnosis|suspicion|impression)\s+of\b.*|.*\bejection\s+fraction\b.*|(?:normal|negative|unremarkable|stable|good|complete|full|little|further|same|high|low|raised|elevated|"
    r"trend\w*|diet|food|exercise|persistent|continued|man|woman|patient|boy|girl|child|case|male|female|infant|use|man|association|"
    r"toxicity|(?:drug|dose|its|such|some|any|no|severe|fatal)\s+toxicity|"
    r"combination|treatment|here|begun|started|occurred|appeared|only|merely|such)\b.*|(?:with)?drawn|begun|held|\w+(?:ly|ed|en)"
    r"(?:\s+\w+(?:ed|en))?|(?:.*\s)?(?:symptoms?|signs?|complications?|reactions?|adverse|effects?|events?|"
    r"improvement|remission|recovery|relief|"
    r"benefit|response|therapy|treatment|course|patients?|tolerance|problems?|changes?|conditions?|disorders?|"
    r"disease|illness|"
    r"results?|levels?|concentrations?(?:\s+of)?|findings?|interactions?|same|it|them|this|these|following|history|cases?|drug|dose|medication|overlap|"
    r"discontinuation|withdrawal|resolution|evidence|cause|diagnosis|suspicion|years?|old|well|better|normal|stable|"
    r"a?etiolog(?:y|ies)|mechanisms?|pathogenesis|causality|association|"
    r"asymptomatic|negative|positive|pregnant|independent|regular|able|free|available|effective|studies|experience|use|"
    r"activity|"
    r"attention|emergency|department|hospital|clinic|day|week|month|time|care|rise|increase|decrease|value|"
    r"count|test|tests|"
    r"nothing|anything|something|none|another|one|first|second|man|woman|boy|girl|infant|child|mother|he|she|"
    r"infusions?|injections?|cycles?|visits?|antibod(?:y|ies)|panels?|assays?|they|we|never|ever|already|also|only|still|yet|just|since|been|aware|afebrile|healthy|tired|eyes?|arms?|legs?|"
    r"sides?|lesions?|areas?|ova|attacks?|episodes?|difficult(?:y|ies))",
    re.IGNORECASE,
)
"""Words that name no reaction by themselves."""
_OF_A_PLACE = re.compile(
    r"\w{4,}.{0,40}\sof\s(?:(?:the|both|his|her)\s+)?(?:(?:left|right)\s+)?(?:eyes?|arms?|legs?|sides?|areas?)",
    re.IGNORECASE,
)
"""Words that name a reaction by its place: "deviation of the eyes"."""
_MEASURED = re.compile(
    r"(?:.*\s)?(?:counts?|levels?|concentrations?|values?|titres?|titers?|scores?|temperatures?|saturations?|rates?)\s+of"
    r"(?:\s.*)?",
    re.IGNORECASE,
)
"""Words that begin a value: "presented with a white cell count of 3.2"."""
_KNOWN_AS = frozenset({"hepatitis", "symptoms", "hospitalization", "adverse event", "other cause", "recovery", "death"})


_SAYS = ("diagnosis", "symptom", "sign", "histology", "imaging")
_MOST = 0.6
"""Share of the words that a mere symptom has to fill to stand for them: "painful swelling of the chest" is no pain."""
_PAST = Pattern(r"\b(?:history\s+of|previous(?:ly)?|past|earlier|years\s+ago|known)\b", re.IGNORECASE)


def blamed_reactions(
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[FindingMention], drugs: Sequence[DrugMention]
) -> list[Sign]:
    """Reactions outside the known kinds that the text says a drug caused ("lithium-induced tremor"), each once.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        drugs: Drugs named in them.
    """
    out: dict[str, Sign] = {}
    for drug in drugs:
        start, end = spans[drug.sentence]
        here = (
            INDUCED.match(text, drug.end, end)
            or (OF_DRUG.match(text, drug.end, end) if drug.drug else None)
            or _last(BY, text, start, drug.start)
            or _last(ASCRIBED, text, start, drug.start)
            or (ACTIVE.match(text, drug.end, end) if drug.drug else None)
            or _of_its_kind(text, drug, start, end, findings)
        )
        if here is None or _general(text, start, end):
            continue
        sign = intoxication(text, drug, here, _BLAMED) or _sign(text, here, findings, drugs, _BLAMED)
        if sign is not None:
            out.setdefault(sign.term, sign)
    for start, end in spans:
        sign = _of_a_field(text, start, end, findings, drugs)
        if sign is not None:
            out.setdefault(sign.term, sign)
    return list(out.values())


def _of_its_kind(
    text: str, drug: DrugMention, start: int, end: int, findings: Sequence[FindingMention]
) -> re.Match[str] | None:
    """ "Likely ACE inhibitor cough": a finding right behind the drug that is thought to be its cause."""
    if not drug.drug or LIKELY.search(text, max(start, drug.start - 20), drug.start) is None:
        return None
    named = OF_ITS_KIND.match(text, drug.end, end)
    if named is None or not any(m.start <= named.start("name") < m.end for m in findings):
        return None
    return named


def _of_a_field(
    text: str, start: int, end: int, findings: Sequence[FindingMention], drugs: Sequence[DrugMention]
) -> Sign | None:
    """The first reaction that a field of a form names ("Reaction(s): dyskinesia"), where it is of no known kind."""
    label = FIELD.search(text, max(0, start - 1), end)
    items = list(_ITEM.finditer(text, label.end(), end)) if label is not None else []
    if items and any(kind_of(m.term) for m in findings if m.start < items[-1].end() and items[0].start() < m.end):
        return None
    for here in items:
        sign = None if _NOT_ONE.match(here["name"]) else _sign(text, here, findings, drugs, NAMED)
        if sign is not None:
            return replace(sign, starts=False)
    return None


_ITEM = re.compile(r"\s*(?P<name>[A-Za-z][^,;.:()\[\]|\n]{2,60})[^,;.|\n]*(?:[,;]|(?=[.|\n]|$))")
_NOT_ONE = re.compile(
    r"(?:drug\s+interaction|medication\s+error|off[\s-]label|product\s|lack\s+of|none|unknown|yes|no)\b", re.IGNORECASE
)
"""What such a field may hold that is no reaction of the body."""


def titled_reaction(
    text: CleanText, spans: Sequence[tuple[int, int]], abbreviations: Mapping[str, str], drugs: Sequence[DrugMention]
) -> tuple[Sign, ...]:
    """The reaction outside the known kinds that a title names with its drug ("Psychosis after mefloquine").

    Args:
        text: Clean text of the document.
        spans: Sentences outside the cases, in order; the first is the title where it is short enough.
        abbreviations: Abbreviations of the document.
        drugs: Drugs named in these sentences.
    """
    if not spans or spans[0][1] - spans[0][0] > TITLE:
        return ()
    start, end = spans[0]
    findings, _ = read_findings(text, [spans[0]], abbreviations)
    for drug in drugs:
        if drug.sentence:
            break
        poisoned = OF_DRUG.match(text.text, drug.end, end)
        if poisoned is not None and (named := intoxication(text.text, drug, poisoned, NAMED)) is not None:
            return (replace(named, starts=False),)
        here = INDUCED.match(text.text, drug.end, end) or _last(BY, text.text, start, drug.start)
        here = here or (ACTIVE.match(text.text, drug.end, end) if drug.drug else None)
        here = here or _last(UNDER, text.text, start, drug.start)
        sign = _sign(text.text, here, findings, drugs, NAMED) if here is not None else None
        if sign is not None:
            return (replace(sign, starts=False),)
    return ()


def told_reactions(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    *,
    blamed: bool = False,
) -> list[Sign]:
    """What came up under a drug, where nothing tells of a known kind of reaction; in order.

    A sentence counts when it tells of something new ("developed", "complained of") at or after the first drug.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        drugs: Drugs named in them.
        blamed: The report blames a drug for a reaction outside the known kinds: known kinds are not looked for, and
            the complaint may be told before a drug that "had been started five weeks earlier".
    """
    named = [d.start for d in drugs if d.drug]
    told = announcements(text, spans)  # "we present a case of Y under X": the story begins behind it
    first = min((at for at in named if not any(a <= at < b for a, b in told)), default=min(named, default=None))
    if first is None:
        return []
    lead = next(((a, b) for a, b in spans if a <= first < b), spans[0])
    if blamed:
        begun = spans[0][0] if _EARLIER.search(text, *lead) else first
        return _complaints(text, spans, findings, drugs, begun, first, blamed=True)
    out = _complaints(text, spans, findings, drugs, first, first, blamed=False)
    if not out and any(looks_back(text, s) for s in _opening(spans, lead, drugs)):
        before = [s for s in spans if s[1] <= lead[0]]
        out = _complaints(text, before, findings, drugs, 0, first, blamed=False, lexicon=True)
    return out


def _opening(
    spans: Sequence[tuple[int, int]], lead: tuple[int, int], drugs: Sequence[DrugMention]
) -> list[tuple[int, int]]:
    """The first sentence with a drug, and the one behind it where it names another drug."""
    at = spans.index(lead)
    named = [s for s in spans[at + 1 : at + 2] if any(s[0] <= d.start < s[1] for d in drugs if d.drug)]
    return [lead, *named]


def _complaints(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    first: int,
    given: int,
    *,
    blamed: bool,
    lexicon: bool = False,
) -> list[Sign]:
    """The complaints of the first sentence from ``first`` on that tells of one; ``given`` is the first drug.

    With ``lexicon`` only what the lexicon knows counts.
    """
    out: list[Sign] = []
    announced = announcements(text, spans)
    for start, end in spans:
        if end < first or _general(text, start, end) or (start, end) in announced:
            continue
        named = any(start <= d.start < end for d in drugs)
        if not named and start < first:
            continue
        if named and not blamed and not TIMED.search(text, start, end):
            continue
        for pattern in (VERB, BECAME, AROSE, IN_PATIENT, NOTED, CAME_TOGETHER, *((BARE,) if blamed else ())):
            for here in pattern.finditer(text, start, end):
                place = here.start("name")
                if _GIVEN.search(text, here.start(), place) or (
                    pattern not in (NOTED, CAME_TOGETHER) and any(here.start() < d.start < place for d in drugs)
                ):
                    continue  # "was given nifedipine for angina"
                sign = _sign(text, here, findings, drugs, _TOLD, any_kind=not blamed)
                if sign is not None and not blamed and taken_for(text, sign.position):
                    continue
                if (
                    lexicon
                    and sign is not None
                    and not any(m.start < sign.end and sign.position < m.end for m in findings)
                ):
                    continue
                if sign is not None and (blamed or not _TREATED_FIRST.fullmatch(text, sign.end, max(sign.end, given))):
                    out.append(sign)
        if not out and (fall := FELL.search(text, start, end)) is not None:
            out.append(Sign(*fall.span("name"), FALL, FALL, _TOLD, True))
        if out:
            break
    return sorted(out, key=lambda sign: sign.position)[:3]


FALL = "accidental fall"
_EARLIER = Pattern(
    r"\b(?:had\s+(?:been|taken|received|started|begun)|earlier|before|previously|ago|prior)\b", re.IGNORECASE
)
_TREATED_FIRST = Pattern(
    r"(?:(?!\b(?:after|follow\w+|due|while|during|on)\b)[^.;]){0,50}?\b(?:treated|managed|treatment|therapy|management|"
    r"given|prescribed|received|started|put|placed|required|requiring|needed|needing|took|taking|takes|used|using)\b(?:\s+(?:on|with|by|of))?"
    r"(?:(?!\b(?:after|follow\w+|due|while|during)\b)[^.;,]){0,40}",
    re.IGNORECASE,
)
"""Between an illness and the first drug of all: "cellulitis and was treated with" cefazolin."""
_GIVEN = Pattern(
    r"\b(?:given|treated|prescribed|started|used|taken|taking|indicated|received|operated|screened|tested|followed)\b",
    re.IGNORECASE,
)


def diagnosed_reaction(
    text: str,
    spans: Sequence[tuple[int, int]],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    first: int,
) -> Sign | None:
    """The diagnosis outside the known kinds that the report makes of a complaint, of the lexicon; ``None`` without.

    Args:
        text: Clean text.
        spans: Its sentences.
        findings: Findings of these sentences.
        drugs: Drugs named in them.
        first: Clean position of the complaint.
    """
    at = next((i for i, (a, b) in enumerate(spans) if a <= first < b), len(spans))
    for start, end in spans[at : at + _WITHIN]:
        for here in DIAGNOSIS.finditer(text, max(start, first), end):
            group = "name" if here["name"] else "told"
            sign = _sign(text, here, findings, drugs, _TOLD, group=group)
            if sign is not None and _is_diagnosis(sign, findings):
                return sign
    return None


_ENDS_ILL = re.compile(
    r"\w*(?:itis|osis|pathy|emia|aemia|uria|plegia|paresis|trophy|algia|mania|ism|mastia|rrh(?:o)?ea|plasia|lithiasis|"
    r"necrosis|edema|dystonia|kinesia|delirium|syndrome|stenosis|spasms?|ulcers?|fibrosis|penia|megaly|opia|"
    r"cusis|tension)\b|\b(?:effusions?|detachment|occlusion|thrombosis|infarction|palsy|glaucoma|failure|block|perforation|rupture|"
    r"abscess|bleeding|nodules?|gangrene|priapism|psychosis)\b",
    re.IGNORECASE,
)
"""Words that name an illness by their form."""


def _is_diagnosis(sign: Sign, findings: Sequence[FindingMention]) -> bool:
    inside = [m for m in findings if m.start < sign.end and sign.position < m.end]
    return any(m.kind == "diagnosis" for m in inside) or _ENDS_ILL.search(sign.term) is not None


_MAY = Pattern(r"\b(?:(?<!\d\s)may(?!\s+\d)|might|can|could|should|risk\s+of|known\s+to|incidence)\b", re.IGNORECASE)
_SOMEBODY = Pattern(
    r"\b(?:he|she|his|her|patient|wom[ae]n|m[ae]n|girl|boy|male|female|child|infant|year-old|years?\s+old|"
    r"we\s+(?:report|describe|"
    r"present|suspected|believe))\b",
    re.IGNORECASE,
)


def _general(text: str, start: int, end: int) -> bool:
    """A sentence that speaks of what drugs do, not of what happened to somebody."""
    return _MAY.search(text, start, end) is not None and _SOMEBODY.search(text, start, end) is None


def _last(pattern: Pattern, text: str, start: int, end: int) -> re.Match[str] | None:
    """A match that ends right before a drug; all of them end in one of few words, and a list of drugs has none."""
    begin = max(start, end - 160)
    return pattern.search(text, begin, end) if _JOINED.search(text, begin, end) is not None else None


_JOINED = re.compile(r"\b(?:to|by|from|of|with|after|following|during|under|on|taking|receiving)\s", re.IGNORECASE)


def _sign(
    text: str,
    here: re.Match[str],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    weight: float,
    *,
    any_kind: bool = False,
    group: str = "name",
) -> Sign | None:
    """The words as a sign: a finding of the lexicon where they hold one, else as they are written."""
    start, end = here.span(group)
    lead = _LEAD.match(text, start, end)
    if lead is not None and lead.end() < end:
        start = lead.end()
    both = TWO_SORTS.match(text, start)
    end = both.end() if both is not None and start < end < both.end() else end
    inside = [m for m in findings if m.start < end and start < m.end]
    for mention in inside:
        if mention.state == "absent" or mention.family or mention.other_patient:
            return None
        if mention.state != "present" and weight < _BLAMED:  # a suspicion is what blame is made of
            return None
        if mention.history and (weight < _BLAMED or _PAST.search(text, max(0, start - 60), start)):
            return None
    if RELIEVED.search(text, max(0, start - 45), start):
        return None
    for mention in inside:
        kind = kind_of(mention.term)
        if kind and not any_kind:
            return None  # it has rules of its own
        if kind:
            return Sign(mention.start, mention.end, kind, mention.term, weight, True)
        if mention.kind == "procedure" and mention.start <= start and end <= mention.end:
            return None  # "after induction of anesthesia"
        if mention.kind not in _SAYS or mention.term in _KNOWN_AS:
            continue
        if mention.kind == "diagnosis" or mention.end - mention.start >= _MOST * (end - start) or mention.end == end:
            return Sign(mention.start, mention.end, mention.term, mention.term, weight, True)
    if any(d.start < end and start < d.end for d in drugs):
        return None
    name = " ".join(text[start:end].split())
    if A_PLACE.fullmatch(name) is not None:
        more = AND_MORE.match(text, end)
        if more is None:
            return None
        end = more.end()
        name = " ".join(text[start:end].split())
    if HALF_AN_ORGAN.match(text, max(start, text.rfind(" ", start, end) + 1)) is not None:
        return None
    short = re.fullmatch(r"(?:[a-z]-)?[A-Z][A-Za-z]{0,4}[A-Z]", name) is not None  # an abbreviation
    if short:
        return Sign(start, end, name, name, weight, True)
    if not 4 <= len(name) <= _LONG or not re.search(r"[a-z]", name):
        return None
    if _MEASURED.fullmatch(name) is not None:
        return None
    if _NO_NAME.fullmatch(name) and not _OF_A_PLACE.fullmatch(name):
        return None
    term = name if re.match(r"[A-Z]{2}", name) else name[0].lower() + name[1:]
    return Sign(start, end, term, term, weight, True)
