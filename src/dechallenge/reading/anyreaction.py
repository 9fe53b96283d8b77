"""A reaction of any kind, in the words of the report: what it says that a drug caused, or that came up under a drug.

The lexicon names the reactions that have rules of their own. A report may be about any other: it is then called as the
lexicon calls the finding, or by the report's own words, and every method that asks for no kind of reaction applies.
May import the signs of ``events``, findings, drugs and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dechallenge.reading.drugs import DrugMention
from dechallenge.reading.events import RELIEVED, Sign
from dechallenge.reading.findings import FindingMention
from dechallenge.reading.namedkinds import NAMED, TITLE, kind_of
from dechallenge.reading.text import CleanText
from dechallenge.reading.triggers import Pattern
from dechallenge.reading.workup import read_findings

_BLAMED = 3.0
"""Weight of a reaction that the report says a drug caused."""
_TOLD = 1.5
"""Weight of one that came up while a drug was given."""
_LONG = 60
"""Characters of the words that name a reaction, at the most."""

_NOT = (
    r"and|or|but|with|without|after|while|whilst|during|on|in|within|following|which|that|who|when|because|due|from|by|at|"
    r"as|to|was|were|is|are|had|has|have|been|being|requiring|necessitating|leading|resulting|secondary|associated|related|"
    r"induced|caused|attributed|attributable|including|despite|under|over|for|since|until|before|approximately|about|"
    r"shortly|soon|immediately|several|two|three|four|five|six|seven|eight|nine|ten|twelve|one|together|accompanied|"
    r"complicated|responsive|refractory|manifesting|manifested|characteri[sz]ed|consisting|presenting|presented|"
    r"no|not|none|nor|then|be|any|if|so|"
    r"occurring|occurred|developed|developing|may|can|could|must|should|using|under|upon|early|late|he|she|they|we|it"
)
"""Words at which the name of a reaction ends."""
_WORD = rf"(?<![\w-])(?!(?:{_NOT})\b)[A-Za-z][\w'\u2019-]*"
_FIRST = rf"(?:{_WORD}(?<=ed|al|ic|ve|ry|us|te|le|nt|ar|ld|ng|nd),\s+(?:and\s+)?){{0,2}}"
"""Describing words with commas between them: "severe, bilateral hearing loss"."""
_NAME = rf"(?P<name>{_FIRST}{_WORD}(?:\s+(?:of\s+the\s+|of\s+)?{_WORD}){{0,5}})"
_INDUCED = Pattern(
    rf"(?:\s+(?:therapy|treatment|exposure))?(?:[\s-]+|\s*\(\w{{2,8}}\)[\s-]*)(?:induced|related|associated|caused)\s+{_NAME}",
    re.IGNORECASE,
)
"""Right behind a drug: "lithium-induced tremor"."""
_OF_DRUG = Pattern(
    r"[\s-]+(?P<name>(?:intoxication|toxicity|poisoning|overdose|hypersensitivity|allergy))\b", re.IGNORECASE
)
_BY = Pattern(
    rf"{_NAME}(?:\s*\([^()]{{1,20}}\))?,?\s+(?:(?:was|were|is|are|has\s+been|had\s+been)\s+)?(?:(?:\w+ly\s+)?(?:suspected|believed|thought)\s+)?(?:(?:most\s+|therefore\s+|very\s+)?"
    r"(?:likely|probably|possibly|presumably|presumed|potentially|thought\s+to\s+be|considered|suspected\s+to\s+be)\s+(?:to\s+be\s+)?)?"
    r"(?:due\s+to|caused\s+by|induced\s+by|secondary\s+to|attribut(?:ed|able)\s+to|resulting\s+from|provoked\s+by|triggered\s+by|"
    r"precipitated\s+by|related\s+to|associated\s+with|as\s+(?:an?\s+)?(?:adverse|side)\s+(?:effect|reaction)\s+of|from)\s+"
    r"(?:(?:the|an?|use\s+of|therapy\s+with|treatment\s+with|administration\s+of|exposure\s+to|oral|intravenous|intrathecal|topical|"
    r"chronic|long-term|low-dose|high-dose|concomitant|combined|concurrent)\s+){0,3}$",
    re.IGNORECASE,
)
"""Right before a drug: "parotitis due to enalaprilat"."""
_UNDER = Pattern(
    rf"{_NAME}(?:\s*\([^()]{{1,20}}\))?,?\s+(?:(?:that\s+|which\s+)?(?:developed|occurr(?:ed|ing)|appeared|seen|observed|beginning)\s+)?"
    r"(?:(?:\w+\s+){0,3}(?:minutes?|hours?|days?|weeks?|months?|years?)\s+)?(?:shortly\s+|soon\s+|immediately\s+)?"
    r"(?:after|following|during|under|while\s+(?:on|taking|receiving)|with)\s+(?:(?:the|an?|his|her|first|second|starting|initiation\s+of|"
    r"introduction\s+of|initiating|beginning|receiving|taking|use\s+of|therapy\s+with|treatment\s+with|administration\s+of|"
    r"ingestion\s+of|exposure\s+to|injection\s+of|infusion\s+of|addition\s+of|oral|intravenous|intrathecal|topical|long-term|"
    r"low-dose|high-dose|standard-dose|dose\s+of)\s+){0,4}$",
    re.IGNORECASE,
)
"""Right before a drug, in a title: "psychosis after mefloquine"."""
_VERB = Pattern(
    r"\b(?:(?:develop(?:ed|s|ing)?|experienc(?:ed|ing)|exhibited|manifested|displayed|suffered(?:\s+from)?|noticed|"
    r"noted|presented\s+with|presenting\s+with|complained\s+of|complaining\s+of|reported|revealed|"
    r"(?:began|started)\s+to\s+(?:have|experience|notice|develop)|had|"
    r"(?:was|were|came\s+to\s+us)\s+(?:(?:admitted|hospitali[sz]ed|referred|seen|brought|evaluated)\s+)?(?:\w+\s+){0,5}?"
    r"(?:with|for|because\s+of)|(?:was|were)\s+diagnosed\s+(?:with|as(?:\s+having)?)|(?:was|were)\s+found\s+to\s+have)|"
    r"(?:onset|development|appearance|occurrence|emergence|induction|cases?|instances?|recurrence|relapse)\s+of)\s+"
    r"(?:(?:an?\s+)?\S{1,12}[\s-](?:hour|day|week|month|year)s?[\s-]history\s+of\s+|(?:(?:the|an?|some|clinical|several|two|three|"
    r"repeated|recurrent)\s+){0,3}(?:signs|symptoms|features|manifestations|episodes?|attacks?|history|cases?)(?:\s+and\s+(?:signs|"
    r"symptoms))?\s+(?:of|suggestive\s+of|consistent\s+with)\s+)?"
    rf"{_NAME}",
    re.IGNORECASE,
)
_IN_PATIENT = Pattern(
    rf"(?:^|[.:;]\s+|\bdescribe\s+|\breport\s+){_NAME}(?:\s*\([^()]{{1,20}}\))?\s+(?:(?:occurring|developing|seen|observed|"
    r"(?:was|were)\s+(?:seen|observed|noted|found|diagnosed))\s+)?in\s+(?:an?|our|the|this|one|two|three|four|five|six)\s+"
    r"(?:[\w-]+\s+){0,5}?(?:patients?|wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|infants?|males?|females?|adults?|newborns?)\b",
    re.IGNORECASE,
)
"""A title: "Thymic enlargement in a patient with …"."""
_BECAME = Pattern(
    r"\b(?:became|become|turned|felt|grew)\s+(?:(?:increasingly|very|progressively|severely|acutely|suddenly|more|markedly)\s+)?"
    r"(?P<name>[a-z]{3,20}(?:ed|ous|ic|al|ive|ent|ant|ated|less|ful|otic|emic|uric|tic|y))\b",
    re.IGNORECASE,
)
_AROSE = Pattern(
    rf"(?:^|[,;:]\s+|\b(?:and|an?|the|his|her)\s+){_NAME}\s+(?:(?:suddenly|subsequently|then|gradually|acutely|rapidly)\s+)?"
    r"(?:developed|occurred|appeared|ensued|arose|set\s+in|was\s+(?:noted|noticed|observed|diagnosed|found|detected|suspected)|"
    r"were\s+(?:noted|noticed|observed|found|detected))\b",
    re.IGNORECASE,
)
_TIMED = Pattern(
    r"\b(?:after|following|while|during|within|since|upon|on|under|later|hours?|days?|weeks?|months?|years?|when|dose|"
    r"treated\s+with|taking|receiving|started|given|received|therapy|rechallenge)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:an?|the|his|her|our|some|new|new-onset|acute|subacute|severe|marked|mild|moderate|progressive|sudden|several|"
    r"symptomatic|possible|probable|suspected|case|cases|report|episode|episodes|attack|attacks|symptoms|signs|of|"
    r"and|features|manifestations|suggestive|consistent|development|onset|occurrence|life-threatening|fatal|recurrent|first|reported|rare|unusual|profound|significant|intense|"
    r"persistent|transient|provocation|induction|acutely|suddenly|this|these|describe|we|present|patient|patients|with|two|three|"
    r"increasing|worsening)\s+)+",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:normal|negative|unremarkable|stable|good|complete|full|little|further|same|high|low|raised|elevated|persistent|continued|man|woman|patient|boy|girl|child|case|male|female|infant|use|man|association|combination|treatment|here)\b.*|\w+(?:ly|ed|en)"
    r"(?:\s+\w+(?:ed|en))?|(?:.*\s)?(?:symptoms?|signs?|complications?|reactions?|adverse|effects?|events?|improvement|remission|recovery|relief|"
    r"benefit|response|therapy|treatment|course|patients?|tolerance|problems?|changes?|conditions?|disorders?|disease|illness|"
    r"results?|levels?|findings?|interactions?|same|it|them|this|these|following|history|cases?|drug|dose|medication|"
    r"discontinuation|withdrawal|resolution|evidence|cause|diagnosis|suspicion|years?|old|well|better|normal|stable|"
    r"asymptomatic|negative|positive|pregnant|independent|able|free|available|effective|studies|experience|use|activity|"
    r"attention|emergency|department|hospital|clinic|day|week|month|time|care|rise|increase|decrease|value|count|test|tests|"
    r"another|one|first|second|man|woman|boy|girl|infant|child|mother|he|she|they|we|aware|afebrile|healthy|tired|eyes?|arms?|legs?|"
    r"sides?|lesions?|areas?|ova)",
    re.IGNORECASE,
)
"""Words that name no reaction by themselves."""
_KNOWN_AS = frozenset({"hepatitis", "symptoms", "hospitalization", "adverse event", "other cause", "recovery", "death"})


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
            _INDUCED.match(text, drug.end, end)
            or (_OF_DRUG.match(text, drug.end, end) if drug.drug else None)
            or _last(_BY, text, start, drug.start)
        )
        if here is None or _general(text, start, end):
            continue
        sign = _sign(text, here, findings, drugs, _BLAMED)
        if sign is not None:
            out.setdefault(sign.term, sign)
    return list(out.values())


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
        here = _INDUCED.match(text.text, drug.end, end) or _last(_BY, text.text, start, drug.start)
        here = here or _last(_UNDER, text.text, start, drug.start)
        sign = _sign(text.text, here, findings, drugs, NAMED) if here is not None else None
        if sign is not None:
            return (replace(sign, starts=False),)
    return ()


def told_reactions(
    text: str, spans: Sequence[tuple[int, int]], findings: Sequence[FindingMention], drugs: Sequence[DrugMention]
) -> list[Sign]:
    """What came up under a drug, where nothing tells of a known kind of reaction; in order.

    A sentence counts when it tells of something new ("developed", "complained of") at or after the first drug.
    """
    first = min((d.start for d in drugs if d.drug), default=None)
    if first is None:
        return []
    out: list[Sign] = []
    for start, end in spans:
        if end < first or _general(text, start, end):
            continue
        named = any(start <= d.start < end for d in drugs)
        if not named and start < first:
            continue
        if named and not _TIMED.search(text, start, end):
            continue
        for pattern in (_VERB, _BECAME, _AROSE, _IN_PATIENT):
            for here in pattern.finditer(text, start, end):
                sign = _sign(text, here, findings, drugs, _TOLD, any_kind=True)
                if sign is not None:
                    out.append(sign)
        if out:
            break
    return sorted(out, key=lambda sign: sign.position)[:3]


_MAY = Pattern(r"\b(?:may|might|can|could|should|risk\s+of|known\s+to|incidence)\b", re.IGNORECASE)
_SOMEBODY = Pattern(
    r"\b(?:he|she|his|her|patient|wom[ae]n|m[ae]n|girl|boy|male|female|child|infant|year-old|years?\s+old|we\s+(?:report|describe|"
    r"present|suspected|believe))\b",
    re.IGNORECASE,
)


def _general(text: str, start: int, end: int) -> bool:
    """A sentence that speaks of what drugs do, not of what happened to somebody."""
    return _MAY.search(text, start, end) is not None and _SOMEBODY.search(text, start, end) is None


def _last(pattern: Pattern, text: str, start: int, end: int) -> re.Match[str] | None:
    """A match that ends right before a drug."""
    return pattern.search(text, max(start, end - 160), end)


def _sign(
    text: str,
    here: re.Match[str],
    findings: Sequence[FindingMention],
    drugs: Sequence[DrugMention],
    weight: float,
    *,
    any_kind: bool = False,
) -> Sign | None:
    """The words as a sign: a finding of the lexicon where they hold one, else as they are written."""
    start, end = here.span("name")
    lead = _LEAD.match(text, start, end)
    if lead is not None and lead.end() < end:
        start = lead.end()
    inside = [m for m in findings if m.start < end and start < m.end]
    for mention in inside:
        if mention.state != "present" or mention.history or mention.family or mention.other_patient:
            return None
    if RELIEVED.search(text, max(0, start - 45), start):
        return None
    for mention in inside:
        kind = kind_of(mention.term)
        if kind and not any_kind:
            return None  # it has rules of its own
        if kind:
            return Sign(mention.start, mention.end, kind, mention.term, weight, True)
        if mention.kind in ("diagnosis", "symptom", "sign", "histology", "imaging") and mention.term not in _KNOWN_AS:
            return Sign(mention.start, mention.end, mention.term, mention.term, weight, True)
    if any(d.start < end and start < d.end for d in drugs):
        return None
    name = " ".join(text[start:end].split())
    short = re.fullmatch(r"(?:[a-z]-)?[A-Z][A-Za-z]{0,4}[A-Z]", name) is not None  # an abbreviation
    if short:
        return Sign(start, end, name, name, weight, True)
    if not 4 <= len(name) <= _LONG or _NO_NAME.fullmatch(name) or not re.search(r"[a-z]", name):
        return None
    term = name if re.match(r"[A-Z]{2}", name) else name[0].lower() + name[1:]
    return Sign(start, end, term, term, weight, True)
