"""The words around the name of a reaction of any kind: what a drug caused, what came up, what was diagnosed.

Imports the triggers only.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

_NOT = (
    r"and|or|but|with|without|after|while|whilst|during|on|in|within|following|which|that|who|when|because|due|"
    r"from|by|at|"
    r"as|to|was|were|is|are|had|has|have|been|being|requiring|necessitating|leading|resulting|secondary|"
    r"associated|related|"
    r"induced|caused|attributed|attributable|including|despite|under|over|for|since|until|before|approximately|about|"
    r"shortly|soon|immediately|several|two|three|four|five|six|seven|eight|nine|ten|twelve|one|together|accompanied|"
    r"complicated|responsive|refractory|manifesting|manifested|characteri[sz]ed|consisting|presenting|presented|"
    r"mrs?|ms|dr|mimicking|resembling|simulating|masquerading|confused|misdiagnosed|"
    r"lasting|no|not|none|nor|then|be|any|if|so|possibly|probably|presumably|likely|"
    r"occurring|occurred|developed|developing|may|can|could|must|should|using|under|upon|early|late|he|she|they|we|it"
)
"""Words at which the name of a reaction ends."""
_WORD = rf"(?<![\w-])(?!(?:{_NOT})\b)[A-Za-z][\w'\u2019-]*"
_FIRST = rf"(?:{_WORD}(?<=ed|al|ic|ve|ry|us|te|le|nt|ar|ld|ng|nd),\s+(?:and\s+)?){{0,2}}"
"""Describing words with commas between them: "severe, bilateral hearing loss"."""
_NAME = rf"(?P<name>{_FIRST}{_WORD}(?:\s+(?:of\s+the\s+|of\s+)?{_WORD}){{0,5}})"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,?\s+\d{4}\b,?)?"
INDUCED = Pattern(
    rf"(?:\s+(?:therapy|treatment|exposure))?(?:[\s-]+|\s*\(\w{{2,8}}\)[\s-]*)(?:induced|related|associated|"
    rf"caused)\s+{_NAME}",
    re.IGNORECASE,
)
"""Right behind a drug: "lithium-induced tremor"."""
LIKELY = Pattern(
    r"\b(?:likely|probable|probably|possible|possibly|suspected|presumed|query)\s+(?:an?\s+)?$|\?\s?$", re.IGNORECASE
)
OF_ITS_KIND = Pattern(rf"\s+{_NAME}", re.IGNORECASE)
"""Around a drug whose reaction is named behind it: "likely ACE inhibitor cough"."""
OF_DRUG = Pattern(
    r"[\s-]+(?P<name>(?:intoxication|toxicity|poisoning|overdose|hypersensitivity|allergy))\b", re.IGNORECASE
)
ACTIVE = Pattern(
    r"(?::(?=\s+an?\s+(?:[\w-]+\s+){0,3}?(?:cause|trigger)\s+of\s))?\s+(?:an?\s+(?:[\w-]+\s+){0,3}?(?=(?:cause|trigger)\s+of\s))?(?:(?:therapy|treatment)\s+)?(?:(?:was|is|were|had\s+been|to\s+be|as)\s+)?(?:(?:probably|likely|"
    r"most\s+likely|considered|thought|believed|"
    r"held)\s+)?(?:to\s+be\s+|to\s+have\s+)?(?:responsible\s+for|the\s+(?:likely\s+|probable\s+|"
    r"most\s+likely\s+)?cause\s+of|caused|had\s+caused|"
    rf"provoked|triggered|produced|precipitated|(?:cause|trigger)\s+of)\s+(?:the\s+|an?\s+|this\s+|his\s+|her\s+)?{_NAME}",
    re.IGNORECASE,
)
"""Right behind a drug: "mefloquine was responsible for the psychosis"."""
ASCRIBED = Pattern(
    rf"\b(?:attribut(?:e|ed)|ascribed?|relate[ds]?|link(?:ed)?)\s+(?:the\s+|this\s+|his\s+|her\s+|"
    rf"their\s+)?{_NAME}\s+to\s+(?:(?:the|his|her|use\s+of)\s+)?$",
    re.IGNORECASE,
)
"""Right before a drug: "we attribute the ulcers to doxycycline"."""
NOTED = Pattern(
    rf"\b(?:day\s+\d+|(?:hours?|days?|weeks?|months?)\s+(?:after|later|into|of|"
    rf"on))\b[^.:;]{{0,40}}:\s+(?:(?:an?|the)\s+)?{_NAME}",
    re.IGNORECASE,
)
"""In notes: "six hours after dexamethasone: hiccups"."""
BARE = Pattern(rf"\b(?:hours?|days?|weeks?|months?)\s+later,?\s+(?:(?:an?|the)\s+)?{_NAME}(?=[.,;])", re.IGNORECASE)
"""In notes, without a verb: "a week later vivid nightmares"; only beside a blamed reaction outside the known kinds."""
DIAGNOSIS = Pattern(
    rf"\b(?:diagnos[ei]s\s+of|diagnosed\s+(?:with|as(?:\s+having)?|to\s+have)|in\s+keeping\s+with|(?:consistent|"
    rf"compatible)\s+with|"
    rf"indicative\s+of|suggestive\s+of|typical\s+of|confirmed|revealed|diagnosis\s*(?::|was)|"
    rf"assessment\s*:)\s+(?:(?:an?|the|one|two|three|several|multiple)\s+)?{_NAME}"
    rf"|(?:^|(?<=[.!?]\s)|(?<=\n)|[,;:]\s+|\b(?:and|an?|"
    rf"the)\s+)(?P<told>{_NAME.replace('(?P<name>', '(?:')})(?:\s+with\s+[^.;,]{{1,40}}?)?"
    r"\s+(?:was|were)\s+(?:therefore\s+|then\s+|finally\s+)?"
    r"(?:diagnosed|suspected|confirmed|established)\b",
    re.IGNORECASE,
)
"""What a report calls the complaint that it told before."""
CLASS_IN_FRONT = (
    r"(?:[\w-]+\s+){0,4}(?:inhibitors?|blockers?|antagonists?|agonists?|antibiotics?|statins?|diuretics?|antidepressants?|"
    r"antipsychotics?|NSAIDs?|SSRIs?|SGLT-?2i|drug|medication|medicine|agent)\s*\(\s?"
)
"""The class of a drug whose name follows in brackets: "due to an SGLT2 inhibitor (dapagliflozin)"."""
BY = Pattern(
    rf"{_NAME}(?:\s*\([^()]{{1,20}}\))?,?\s+(?:(?:which|that)\s+)?(?:(?:was|were|is|are|has\s+been|"
    rf"had\s+been)\s+)?(?:(?:\w+ly\s+)?(?:suspected|believed|thought)\s+)?(?:(?:most\s+|therefore\s+|very\s+)?"
    r"(?:likely|probably|possibly|presumably|presumed|potentially|thought\s+to\s+be|considered|"
    r"suspected\s+to\s+be)\s+(?:to\s+be\s+)?)?"
    r"(?:due\s+to|caused\s+by|induced\s+by|secondary\s+to|attribut(?:ed|able)\s+to|resulting\s+from|"
    r"provoked\s+by|triggered\s+by|"
    r"precipitated\s+by|related\s+to|associated\s+with|as\s+(?:an?\s+)?(?:adverse|side)\s+(?:effect|"
    r"reaction)\s+of|from)\s+"
    r"(?:(?:the|an?|use\s+of|therapy\s+with|treatment\s+with|administration\s+of|exposure\s+to|oral|intravenous|"
    r"intrathecal|topical|"
    r"chronic|long-term|low-dose|high-dose|concomitant|combined|concurrent)\s+){0,3}"
    rf"(?:{CLASS_IN_FRONT})?$",
    re.IGNORECASE,
)
"""Right before a drug: "parotitis due to enalaprilat"."""
UNDER = Pattern(
    rf"{_NAME}(?:\s*\([^()]{{1,20}}\))?,?\s+(?:(?:that\s+|which\s+)?(?:developed|occurr(?:ed|ing)|appeared|seen|"
    rf"observed|beginning)\s+)?"
    r"(?:(?:\w+\s+){0,3}(?:minutes?|hours?|days?|weeks?|months?|years?)\s+)?(?:shortly\s+|soon\s+|immediately\s+)?"
    r"(?:after|following|during|under|while\s+(?:on|taking|receiving)|with)\s+(?:(?:the|an?|his|her|first|"
    r"second|starting|initiation\s+of|"
    r"introduction\s+of|initiating|beginning|receiving|taking|use\s+of|therapy\s+with|treatment\s+with|"
    r"administration\s+of|"
    r"ingestion\s+of|exposure\s+to|injection\s+of|infusion\s+of|addition\s+of|oral|intravenous|intrathecal|"
    r"topical|long-term|"
    r"low-dose|high-dose|standard-dose|dose\s+of)\s+){0,4}$",
    re.IGNORECASE,
)
"""Right before a drug, in a title: "psychosis after mefloquine"."""
VERB = Pattern(
    r"\b(?:(?:develop(?:ed|s|ing)?|experienc(?:ed|es|ing)|exhibited|manifested|displayed|suffered(?:\s+from)?|noticed|"
    r"noted|present(?:ed|ing)\s+(?:(?:to|at|in)\s+(?:[\w'-]+\s+){1,7}?)?with|complained\s+of|complaining\s+of|(?:awoke|woke)(?:\s+up)?\s+with|"
    r"reported|revealed|observed|"
    r"(?:began|started)\s+to\s+(?:have|experience|notice|develop)|began\s+with|had|(?:broke|came|come|broken)\s+out\s+in(?!\s+(?:handfuls|clumps|tufts|patches))|"
    r"(?<=\bI\s)got(?!\s+(?:better|worse|up|out|over|off|to|the|my|back|rid|well|home|an?\s+(?:prescription|appointment|call))\b)|"
    r"(?:(?<!there\s)|(?=was\s+an?\s+(?:\w+\s+){0,2}?(?:deterioration|worsening|exacerbation|onset)\s))(?:was|were|came\s+to\s+us)\s+(?:(?:admitted|hospitali[sz]ed|referred|seen|brought|"
    r"evaluated)\s+)?(?:(?!(?:normal|stable|unremarkable|unchanged|intact)\b)\w+\s+){0,5}?"
    r"(?:with|for|because\s+of)|(?:was|were)\s+diagnosed\s+(?:with|as(?:\s+having)?)|(?:was|were)\s+found\s+to\s+have)|"
    r"(?:onset|development|appearance|occurrence|emergence|induction|cases?|instances?|recurrence|relapse)\s+of|"
    r"toxicity\s+(?:characteri[sz]ed\s+by|consisting\s+of|in\s+the\s+form\s+of|manifest\w+\s+(?:as|by)))\s+"
    r"(?:(?:an?\s+)?\S{1,12}[\s-](?:hour|day|week|month|year)s?[\s-]history\s+of\s+|(?:(?:the|an?|some|clinical|"
    r"several|two|three|"
    r"repeated|recurrent|similar|same)\s+){0,3}(?:signs|symptoms|features|manifestations|episodes?|attacks?|history|"
    r"cases?)(?:\s+and\s+(?:signs|"
    r"symptoms))?\s+(?:of|suggestive\s+of|consistent\s+with)\s+)?"
    rf"{_NAME}",
    re.IGNORECASE,
)
IN_PATIENT = Pattern(
    rf"(?:^|[.:;]\s+|\bdescribe\s+|\breport\s+){_NAME}(?:\s*\([^()]{{1,20}}\))?\s+(?:(?:occurring|developing|"
    rf"seen|observed|"
    r"(?:was|were)\s+(?:seen|observed|noted|found|diagnosed))\s+)?in\s+(?:an?|our|the|this|one|two|three|four|"
    r"five|six)\s+"
    r"(?:[\w-]+\s+){0,5}?(?:patients?|wom[ae]n|m[ae]n|girls?|boys?|child(?:ren)?|infants?|males?|females?|"
    r"adults?|newborns?)\b",
    re.IGNORECASE,
)
"""A title: "Thymic enlargement in a patient with …"."""
BECAME = Pattern(
    r"\b(?:became|become|turned|felt|grew)\s+(?:(?:increasingly|very|progressively|severely|acutely|suddenly|"
    r"more|markedly)\s+)?"
    r"(?P<name>[a-z]{3,20}(?:ed|ous|ic|al|ive|ent|ant|ated|less|ful|otic|emic|uric|tic|y))\b",
    re.IGNORECASE,
)
FELL = Pattern(
    r"\b(?:he|she|they|patient|woman|man)\b[^.;]{0,80}?\b(?P<name>fell)\b"
    r"(?!\s+(?:asleep|ill|sick|pregnant|short|to\s+(?:\d|normal|the\s+normal|within)|below|from|by|into|under|within|behind|silent|unconscious))",
    re.IGNORECASE,
)
"""A fall of the patient ("she got up, was confused and fell"), and of no value."""
AROSE = Pattern(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n)|[,;:]\s+|\b(?:and|when|an?|the|his|her|later|{_MONTH})\s+){_NAME}\s+(?:(?:suddenly|"
    rf"subsequently|then|gradually|acutely|rapidly)\s+)?"
    r"(?:developed|occurred|appeared|ensued|arose|began|had\s+(?:begun|appeared|developed)|set\s+in|was\s+(?:noted|noticed|observed|diagnosed|found|"
    r"detected|suspected)|"
    r"were\s+(?:noted|noticed|observed|found|detected))\b",
    re.IGNORECASE,
)
CAME_TOGETHER = Pattern(
    rf"(?:^|(?<=[.!?]\s)|(?<=\n))(?:After|Following|During|Within|On)\s+[^.;,]{{3,70}},\s+{_NAME}(?=,\s|\s+and\s)[^.;]{{0,160}}?"
    r"\s(?:developed|occurred|appeared|ensued|arose|emerged)(?=\s*(?:[.;]|$))",
    re.IGNORECASE,
)
"""Several complaints at one time: "after 64 days of X, severe dysarthria, ataxia and paraesthesia developed"."""
TIMED = Pattern(
    r"\b(?:after|following|while|during|within|since|upon|on|under|later|hours?|days?|weeks?|months?|years?|when|dose|"
    r"treated\s+with|taking|receiving|started|given|received|therapy|rechallenge)\b",
    re.IGNORECASE,
)
_ORGAN = r"(?:lungs?|liver|kidneys?|heart|skin|muscles?|nerves?|bowels?|bone\s+marrow|brain|eyes?)"
HALF_AN_ORGAN = Pattern(
    rf"{_ORGAN}(?:,\s+{_ORGAN})*,?\s+(?:and|or)\s+{_ORGAN}\s+(?:disease|injury|toxicity|damage|failure|dysfunction|"
    r"involvement|lesions|reactions?)\b",
    re.IGNORECASE,
)
"""The end of a name that is cut off: "X-induced immune-mediated lung and liver disease"."""


_ADJECTIVE = r"[\w-]+(?:al|ic|ory|ary|ar|ous|ile)"
TWO_SORTS = Pattern(rf"{_ADJECTIVE}\s+(?:and|or)\s+{_ADJECTIVE}\s+[a-z][a-z-]{{3,}}")
"""A reaction of two sorts: "visual and auditory hallucinations"."""
A_PLACE = re.compile(
    r"(?:(?:abnormal|unusual|involuntary|strange|odd|jerky|repetitive|rhythmic|bilateral|left|right|upper|lower|both|facial|increased|severe)\s+){0,3}"
    r"(?:head|face|neck|trunk|hands?|foot|feet|limbs?|extremit(?:y|ies)|mouth|lips?|tongue|fingers?|shoulders?|chest|back|abdomen|jaw)",
    re.IGNORECASE,
)
"""A place of the body, and nothing that ails it."""
AND_MORE = Pattern(
    r"\s*(?:,|and|or|/)\s+(?:[\w-]+\s+){0,3}?(?:movements?|pains?|swelling|weakness|numbness|stiffness|tremors?|jerks|jerking|o?edema|"
    r"spasms?|twitch\w*|tics?|rash|pruritus|itching|discomfort|tightness)\b",
    re.IGNORECASE,
)
"""Behind a place: the other place, and what ails both ("unusual head and upper limb movements")."""
