"""Sentences that speak of a drug or a disease in general: what opens an abstract, what closes it, a teaching remark.

"X is a rare complication of Y", "several drugs have been implicated", "clinicians should monitor …": nothing in them is
of the patient. Imports people (the age phrase) and the triggers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.people import AGE_PHRASE
from dechallenge.reading.texts.reporting import WE_REPORT

_PERSON = (
    r"(?:patients?|man|woman|boy|girl|infant|baby|child|neonate|newborn|adolescent|teenager|male|female|lady|gentleman|"
    r"case|event|episode|reaction|mother|father|family|subject|participant|consumer|vaccinee|adult)"
)
_OF_THE_CASE = Pattern(
    r"\b(?:he|she|his|hers?|him|himself|herself|we|our|ours|here|herein|Mrs?|Ms|(?:on|at)\s+(?:admission|examination|presentation|follow-up)|"
    rf"(?:the|this|that|these|present|current)\s+(?:[\w-]+\s+){{0,2}}?{_PERSON})\b",
    re.IGNORECASE,
)
"""Words of a sentence about the patient of the report, or about the report."""
_TOLD = Pattern(
    r"\b(?:was|were|had|did|became|began|developed|presented|received|underwent|took|showed|revealed|started|demonstrated|displayed|disclosed|complained|felt)\b",
    re.IGNORECASE,
)
"""Verbs of a narrative."""
_STATES = Pattern(
    r"\b(?:is|are|has|have|can|may|should|must|includes?|causes?|occurs?|remains?|continues?|accounts?|leads?|seems?|appears?|"
    r"involves?|ranges?|requires?|represents?)\b",
    re.IGNORECASE,
)
"""Verbs of a statement; before the patient is introduced they tell nothing of the patient."""
_DEGREE = (
    r"(?:(?:very|widely|most|more|less|quite|extremely|relatively|rather|well|usually|often|frequently|commonly|rarely|"
    r"generally|typically|mainly|mostly|also|still|only)\s+)"
)
_GENERAL = Pattern(
    rf"\b(?:is|are)\s+{_DEGREE}{{0,2}}(?:an?\s+(?:\w+[\s-]+){{0,3}}?(?:cause|complication|disease|disorder|condition|"
    r"syndrome|reaction|effect|occurrence|finding|phenomenon|drug|agent|antibiotic|medication|entity|event|manifestation|diagnosis|analog(?:ue)?|derivative|"
    r"inhibitor|antagonist|agonist|antibody)\b|"
    r"one\s+of\s+the\b|the\s+(?:most|commonest|main|leading|mainstay|treatment\s+of\s+choice|first-line|cornerstone|key)\b|"
    r"(?:rare|uncommon|common|unusual|popular|frequent|infrequent|prescribed|used|characteri[sz]ed\s+by|defined\s+(?:as|by)|"
    r"classified|known\s+(?:to|as|for|with|in)|listed|labelled|mediated|recommended|discouraged|contraindicated|reported|described|estimated|implicated|associated\s+with|triggered|"
    r"indicated\s+(?:for|in)|metaboli[sz]ed|thought\s+to\s+(?:be\s+)?(?:involve|occur|mediat\w+))\b)"
    rf"|\bha(?:s|ve)\s+(?:also\s+|{_DEGREE}|previously\s+|already\s+|\w+ly\s+){{0,2}}(?:been\s+(?:\w+ly\s+)?)?(?:reported|described|"
    r"implicated|associated|linked|documented|published|proposed|suggested|incriminated|demonstrated|recommended|advocated)\b"
    r"|\b(?:other|several|many|various)\s+(?:[\w-]+\s+){0,2}?(?:agents|drugs|medications|medicines)\s+(?:have|has)\s+(?:also\s+)?caused\b"
    r"|\b(?:can|may|might|could)\s+(?:also\s+|\w+ly\s+)?(?:occur|cause|lead|induce|result|develop|persist|happen|present|range|"
    r"appear|vary|produce|manifest|mimic|affect|progress|"
    r"be\s+(?:\w+ly\s+)?(?:severe|fatal|life-?threatening|difficult|useful|used|challenging|caused|induced|triggered|associated|"
    r"asymptomatic|delayed|misdiagnosed|seen|observed|found|encountered|beneficial|helpful|classified))\b"
    r"|\b(?:clinicians?|physicians?|prescribers?|practitioners?|providers?|pharmacists?|doctors?|nurses)\s+(?:\w+\s+)?"
    r"(?:should|must|need|ought|have)\b"
    r"|\b(?:should|must)\s+(?:always\s+|also\s+|\w+ly\s+)?(?:be\s+(?:\w+ly\s+)?(?:aware|monitored|considered|suspected|kept|avoided|"
    r"cautious|alert|warned|informed|included|used|performed|excluded|recogni[sz]ed|discontinued|stopped|withdrawn)|consider|keep|monitor)\b"
    r"|\b(?:mortality|incidence|prevalence|pathogenesis|mechanisms?|a?etiolog(?:y|ies)|prognosis|causes|(?:offending|causative|"
    r"culprit|implicated)\s+(?:agents|drugs))\s+(?:\w+\s+){0,3}?(?:is|are|includes?|remains?|ranges?|varies|vary)\b"
    r"|\b(?:previous|prior|earlier|published|most|several|many|other|numerous)\s+(?:publications|reports|authors|studies|cases)\s+"
    r"(?:of\s+(?:[\w-]+\s+){1,4})?(?:have|has)\b"
    r"|\b(?:An?|The|One|Another)\s+(?:\w+\s+)?(?:key|clue|feature|point|step|consideration|challenge|hallmark)\s+(?:to|of|in|for)\b[^.;]{2,60}?\b(?:is|are)\b"
    r"|\b(?:other|alternative|differential)\s+(?:\w+\s+){0,2}(?:diseases?|processes|entities|conditions|disorders|diagnos[ei]s|causes)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:include|are|can\s+be)\b"
    r"|\b(?:data\s*sheets?|SmPC|SPC|product\s+(?:characteristics|information|monograph|labell?ing)|package\s+(?:insert|leaflet)|"
    r"prescribing\s+information|label)\s+(?:\w+\s+){0,2}?(?:lists?|states?|describes?|includes?|contains?|mentions?|warns?|recommends?)\b"
    r"|\bthere\s+(?:is|are)\s+(?:an?\s+)?(?:boxed\s+)?warnings?\s+(?:about|for|in|on|of)\b"
    r"|\b(?:usually|typically|commonly|often|generally)\s+(?:shows?|presents?|reveals?|includes?|manifests?|occurs?|develops?)\b"
    r"|\b(?:is|are)\s+(?:also\s+|then\s+|briefly\s+)?(?:discussed|reviewed|summari[sz]ed|highlighted)\b"
    r"|^given\s+the\s+(?:increas\w+|widespread|wide|growing|common|frequent)\s+(?:\w+\s+)?use\s+of\b"
    r"|\bsymptoms\s+should\s+(?:\w+ly\s+)?(?:resolve|improve|disappear|subside|abate|settle)\b"
    r"|\b(?:some|many|most|several|few|other|certain)\s+(?:\w+\s+)?patients\s+(?:will|may|can|also|have|develop|experience|present)\b"
    r"|\bit\s+(?:presents|manifests)\s+(?:\w+ly\s+)?(?:with|as|in)\b"
    r"|\bit\s+is\s+(?:\w+ly\s+)?(?:crucial|essential|important|imperative|vital|advisable|prudent|mandatory|necessary|"
    r"difficult|hard|impossible|easy)\s+(?:to|that|for)\b"
    r"|\brisk\s+factors?\s+(?:[\w-]+\s+){0,4}?(?:includes?|are|is)\b"
    r"|\b(?:anyone|anybody|people|those|patients)\s+(?:who|taking|using|on|with)\b[^.;]{1,120}?\b(?:should|must|need\s+to)\b"
    r"|(?:^|[,;:]\s*)consider\s+(?:an?|the)\b|\b(?:if|when|in|whenever)\s+(?:an?|any)\s+patient\b",
    re.IGNORECASE,
)
"""Statements that hold for anybody."""
_OVER_THE_YEARS = Pattern(
    r"\b(?:over|in|during|within)\s+the\s+(?:past|last)\s+(?:\d+|two|three|four|five|several|few)\s+(?:years|decades)\b[^.;]*"
    r"\b(?:reported|described|published|linked|implicated|documented)\b",
    re.IGNORECASE,
)
"""What was published in a span of years."""
_BLAMES = Pattern(
    r"\b(?:(?<!\bif\s)(?<!\bwhen\s)suspect(?:ed)?|attribut\w+|caused\s+by\s+the|related\s+to\s+(?:the|this)|"
    r"(?<!when\s)(?<!before\s)(?<!\bof\s)rechalleng\w+|causality|causal)\b",
    re.IGNORECASE,
)
"""A sentence that gives a verdict is kept, whatever its words."""
_AGAIN_IN_OTHERS = Pattern(
    r"\b(?:cases|reports|instances)\s+of\s+(?:[\w-]+\s+){0,3}?(?:rechallenge|re-exposure|reintroduction)\b",
    re.IGNORECASE,
)
"""Re-exposures of others: "very few cases of X rechallenge have been reported"."""
_INTRODUCES = Pattern(
    rf"{WE_REPORT}|\b(?:here|herein|hereby)\b|\b(?:is|was)\s+(?:reported|described|presented)\b",
    re.IGNORECASE,
)


def of_this_case(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a case without those that speak of a drug or a disease in general.

    Args:
        text: Clean text.
        spans: Its sentences.
    """
    first = next((i for i, span in enumerate(spans) if _introduces(text, span)), 0)
    defined = _definition(text, spans)
    return [s for i, s in enumerate(spans) if i not in defined and not _general(text, s, before=i < first)]


_SERIOUS_IS = Pattern(
    r"\b(?:event|reaction)s?\s+(?:is|are)\s+(?:considered\s+)?serious\b[^.]{0,120}\b(?:defin|criteri|when|if)",
    re.IGNORECASE,
)
_LAST_CRITERION = Pattern(
    r"\b(?:medically\s+(?:important|significant)|congenital\s+anomal\w+|disabilit\w+|requires\s+intervention)\b",
    re.IGNORECASE,
)
_CRITERIA = 12
"""Lines of such a list, at the most."""


def _definition(text: str, spans: Sequence[tuple[int, int]]) -> range:
    """The definition of a serious event with its criteria ("An event is serious when the outcome is: death …")."""
    begin = next((i for i, span in enumerate(spans) if _SERIOUS_IS.search(text, *span)), None)
    if begin is None:
        return range(0)
    last = [i for i in range(begin, min(begin + _CRITERIA, len(spans))) if _LAST_CRITERION.search(text, *spans[i])]
    return range(begin, (last[-1] if last else begin) + 1)


def _introduces(text: str, span: tuple[int, int]) -> bool:
    age = AGE_PHRASE.search(text, *span)
    if age is not None and (age["article"] or age["article7"] or "").lower() in ("a", "an"):
        return True
    return _INTRODUCES.search(text, *span) is not None


def _tells(text: str, span: tuple[int, int]) -> bool:
    """Whether a verb of a narrative stands in a sentence, but for one in a clause like "when X was given alone"."""
    asides = [m.span() for m in _WHEN_GIVEN.finditer(text, *span)]
    return any(not any(a <= m.start() < b for a, b in asides) for m in _TOLD.finditer(text, *span))


_WHEN_GIVEN = Pattern(
    r"\b(?:when|if|where|whether)\s+(?:[\w-]+\s+){1,5}?(?:was|were)\s+(?:\w+ly\s+)?(?:given|taken|used|administered|"
    r"prescribed|combined|co-?administered)\b",
    re.IGNORECASE,
)


_CAN_CAUSE = Pattern(
    r"\b(?:drugs|medicines|medications|inhibitors|antibiotics|agents|blockers)\b[^.;]{0,160}?\b(?:can|may|might|could)\s+"
    r"(?:also\s+|\w+ly\s+)?(?:trigger|cause|induce|produce|provoke|bring\s+on)\b",
    re.IGNORECASE,
)
"""What a class of drugs can do ("drugs called X (a, b, c) can trigger this reaction")."""
_THE_PATIENT = Pattern(r"\b(?:he|she|his|hers?|him|the\s+patient|our\s+patient)\b", re.IGNORECASE)


def _general(text: str, span: tuple[int, int], *, before: bool) -> bool:
    if _CAN_CAUSE.search(text, *span) and not _THE_PATIENT.search(text, *span) and not _tells(text, span):
        return True
    if _ADVICE.search(text, *span) and not _tells(text, span) and not _BLAMES.search(text, *span):
        return True
    if _OF_THE_CASE.search(text, *span) or AGE_PHRASE.search(text, *span):
        return False
    if before and _STATES.search(text, *span) and not _tells(text, span):
        return True
    if _OVER_THE_YEARS.search(text, *span):
        return True
    if _GENERAL.search(text, *span) is None or _tells(text, span):
        return False
    return _AGAIN_IN_OTHERS.search(text, *span) is not None or _BLAMES.search(text, *span) is None


_ADVICE = Pattern(
    r"\b(?:clinicians?|physicians?|prescribers?|practitioners?|(?:health\s?care\s+)?(?:providers?|professionals?)|pharmacists?|doctors?|nurses)\s+"
    r"(?:\w+\s+)?(?:should|must|need\s+to|ought\s+to|have\s+to)\b"
    r"|\b(?:this|the|our)\s+(?:case|report)\s+(?:also\s+)?(?:highlights|underscores|underlines|emphasi[sz]es|stresses|reinforces|illustrates|shows|demonstrates)\s+"
    r"(?:the\s+)?(?:(?:importance|necessity)\s+of|need\s+(?:for|to))\s+(?:\w+ly\s+)?(?:recogni[sz]\w+|considering|awareness|monitoring|vigilan\w+|early|careful|"
    r"prompt|close|regular|be|consider|recogni[sz]e|monitor|clinicians|physicians)\b",
    re.IGNORECASE,
)
"""What professionals should do, "considering the patient's comorbidities": advice, whatever patient it names."""


def announcements(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences before the patient is introduced that only say what is reported: "We describe a case of X".

    Args:
        text: Clean text.
        spans: The sentences of a case.
    """
    who = next((a for a, b in spans if AGE_PHRASE.search(text, a, b) is not None), 0)
    return [
        (a, b)
        for a, b in spans
        if (_CASES_OF if a >= who else _CASE_OF).search(text, a, b) and _STORY.search(text, a, b) is None
    ]


_CASE_OF = Pattern(
    r"\b(?:report|describe|present)s?\s+(?:here\s+)?(?:an?|the|\d{1,2}|two|three|four|five|six)\s+(?:\w+\s+){0,3}?(?:cases?|episodes?)\s+of\b",
    re.IGNORECASE,
)
_CASES_OF = Pattern(
    r"\b(?:report|describe|present)s?\s+(?:here\s+)?(?:\d{1,2}|two|three|four|five|six)\s+(?:\w+\s+){0,2}?cases\s+of\b",
    re.IGNORECASE,
)
_STORY = Pattern(r"\b(?:who|whose|developed|presented|presenting|experienced|admitted)\b", re.IGNORECASE)
