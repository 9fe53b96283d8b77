"""The words by which a report blames a drug, spares it, or tells that something happened while it was taken.

Used by ``focus`` and ``blamed``. May import drugs and the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention
from dechallenge.reading.reactions.anywords import CLASS_IN_FRONT

INEFFECTIVE = Pattern(
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
    r"^\s*(?:®|\*)*[\s-]*(?:(?::|,|as|is|was)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,3}?(?:cause|culprit|trigger)\b(?!\s+of\s+(?:death|concern))|(?:-|\s)?(?:induced|related|associated(?!\s+with\b)|caused)\b|"
    r"associated\s+with\s+(?:[\w-]+\s+){0,3}?(?:jaundice|\w*(?:itis|toxicity|injury|failure|penia|a?emia|osis|syndrome|reactions?|rash|lysis|"
    r"pathy|o?edema|seizures?|block|arrest))\b|-?dependent\s+(?:\w+\s+)?antibod|"
    r"identified\s+(?:by|as)\b|(?:the\s+)?(?:most|very)\s+likely\b(?!\s+(?:not|to))|(?:(?:pulmonary|lung|liver|hepatic|renal|cardiac|bone\s+marrow|skin)\s+)?(?:hepato)?toxicity\b|"
    r"hypersensitivity\b|overdose\b|poisoning\b"
    r"|(?:\s*,\s*(?:and\s+|or\s+)?[\w-]{4,}|\s+and\s+[\w-]{4,}){1,5}\s+were\s+(?:all\s+|both\s+|\w+ly\s+)?(?:suspected|implicated|blamed)\b"
    r"|(?:appears?|appeared|seems?|seemed|is\s+(?:likely|thought|believed))\s+to\s+have\s+(?:triggered|caused|induced|produced|precipitated)\b"
    r"|(?:drug[\s-])?interactions?\b(?!\s+(?:checker|stud(?:y|ies)|database|screen\w*|(?:was|were|is)\s+(?:excluded|unlikely|ruled)))"
    r"|(?:was|were|is)\s+(?:an?|the)\s+(?:major|main|likely|probable|principal|contributing|precipitating|causative)\s+(?:factor|cause|culprit|"
    r"contributor|agent)\b"
    r"|(?:was|were|is)\s+(?:\w+\s+){0,3}(?:implicated|suspected|blamed|"
    r"considered\s+(?:to\s+be\s+)?(?:the\s+)?(?:cause|responsible|culprit)|thought\s+to\s+be(?!\s+an?\s+(?:interact|precipitat|contribut|aggravat))|"
    r"the\s+(?:most\s+)?(?:likely|probable)\s+(?:cause|culprit)|"
    r"(?:identified|recogni[sz]ed|regarded|implicated|named|considered|deemed|thought|believed|felt|determined)\s+(?:as|to\s+be)\s+"
    r"(?:the\s+)?(?:(?:most|sole|only)\s+)?(?:(?:likely|probable|possible|presumed|potential)\s+)?"
    r"(?:offending|causative|culprit|responsible|inciting|precipitating|a?etiologic\w*|cause)\b))",
    re.IGNORECASE,
)
BLAME_BEFORE = Pattern(
    r"\b(?:due\s+to|caused\s+by|secondary\s+to|induced\s+by|(?:triggered|provoked|precipitated)\s+by|attribut(?:ed|able)\s+to|related\s+to|associated\s+with|"
    r"because\s+of|result(?:ing)?\s+(?:of|from)|consequence\s+of|"
    r"reaction\s+to|toxicity\s+(?:of|due\s+to|from)|injury\s+(?:from|by|due\s+to)|role\s+(?:of|for)|implicat\w+|"
    r"interactions?\s+(?:between|of|with)(?:\s+[\w-]{4,}\s+(?:and|with))?|(?<!no\s)(?<!any\s)(?<!without\s)causal(?:ity)?\s+(?:relationship|association|link|role)\s+(?:between|of|with|to)|"
    r"suspect\w*|suspicion\s+(?:on|of|for|about)|culprit|adverse\s+(?:effect|reaction|event)s?\s+(?:of|to))\s+"
    r"(?:the\s+|an?\s+|(?:(?:dose|dosage)\s+(?:increase|escalation)|increas\w*\s+(?:(?:in|of)\s+)?(?:the\s+)?dos(?:e|age))\s+of\s+|(?:simultaneous\s+|concomitant\s+|concurrent\s+|combined\s+)?use\s+of\s+|"
    r"(?:simultaneous|concomitant|concurrent|combined|consecutive|sequential|successive)\s+(?:administration|intake|treatment|therapy)\s+(?:of|with)\s+|therapy\s+with\s+|treatment\s+with\s+|administration\s+of\s+|"
    r"(?:(?:low|high|standard|full)[\s-]dose|weekly|oral|intravenous|long[\s-]term|short[\s-]term|chronic|prolonged)\s+|"
    rf"(?:combination|co-?administration)\s+of\s+|both\s+)*(?:{CLASS_IN_FRONT})?$"
    r"|\bculprit\s+(?:was|is|turned\s+out\s+to\s+be|proved\s+to\s+be)\s+(?:\w+ly\s+)?(?:(?:the|his|her|an?)\s+)?(?:[\w-]+\s+){0,4}?$"
    r"|\b(?:a?etiology|cause|culprit|trigger)\s+(?:was|is)\s+(?:the\s+|his\s+|her\s+)?(?:usage|use|intake|ingestion|consumption)\s+of\s+(?:the\s+)?$"
    r"|\b(?:a?etiology|cause|culprit|trigger|(?:offending|causative)\s+(?:agent|drug))\s+(?:was|is)\s+(?:\w+ly\s+)?(?:thought|felt|believed|"
    r"considered|presumed|suspected|determined|deemed)\s+to\s+(?:be|have\s+been)\s+(?:(?:the|his|her|likely)\s+)*$"
    r"|\bsuspect(?:ed)?(?:\s+(?:drugs?|medications?|medicines?|products?|agents?))?(?:\s?\([^()]{0,12}\))?\s*"
    r"(?:[:=]|\b(?:was|were|is|are|included)\b)\s*$"
    r"|\bsuspect(?:ed)?\s+(?:drugs?|medications?|medicines?|products?)\s*:\s*"
    r"(?:[\w(/][\w /()-]{2,30}(?:[,;+]|\band\b)\s*){1,5}$",
    re.IGNORECASE,
)
_CAUSED_IT = r"\s*[-\s](?:induced|related|associated)\s+(?:[\w-]+\s+){0,3}?[\w-]+\s*(?:\([^()]{1,12}\)\s*)?"
RULED_OUT = Pattern(
    rf"{_CAUSED_IT}(?:(?:antibod\w+|panel|screen\w*|assay|work-?up|tests?)\s*(?:,[^.;]{{0,80}}?)?\s+(?:was|were)\s+(?:\w+ly\s+)?(?:negative|unremarkable|normal)\b|(?:(?:was|were|had\s+been|is|could\s+be)\s+"
    r"(?:also\s+|then\s+|\w+ly\s+){0,2}(?:considered\s+|thought\s+to\s+be\s+|deemed\s+)?(?:excluded|ruled\s+out|unlikely|dismissed)|"
    r"seemed\s+unlikely)\b)",
    re.IGNORECASE,
)
"""Behind a drug: what is said not to have been caused by it, or was tested for ("heparin-induced … was excluded")."""
RULING_OUT = Pattern(
    r"\b(?:exclu(?:ded?|ding)|rul(?:ed?|ing)\s+out|exclusion\s+of|no\s+evidence\s+of|negative\s+for|tested\s+for)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""The same in front of it; counts before "-induced"."""
AVOIDED = Pattern(
    r"\b(?:was|were|is|be|been)\s+(?:not|never)\s+(?:be\s+)?(?:given|taken|used|restarted|resumed|reintroduced|"
    r"re-?administered|re-?challenged)(?:\s+again)?\b|"
    r"\b(?:added|entered|put)\s+(?:to|in|into|on)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+)?allerg(?:y|ies)\b|"
    r"\b(?:listed|recorded|documented|entered)\s+as\s+(?:an?\s+)?(?:\w+\s+)?(?:allergy|intolerance)|"
    r"\b(?:regarded|considered|seen|thought\s+of)\s+as\s+(?:the\s+)?(?:\w+\s+)?(?:cause|culprit|responsible)",
    re.IGNORECASE,
)
NEWLY = Pattern(
    r"\b(?:was|were|had\s+(?:just\s+|recently\s+)?been)\s+(?:then\s+|newly\s+|recently\s+)?(?:given|started|begun|treated|prescribed|put|placed)\b",
    re.IGNORECASE,
)
LONG_STOPPED = Pattern(
    r"\bhad\s+(?:been\s+)?(?:stopp|discontinu|withdr|ceas)\w*\b[^.;,]{0,50}\b(?:months?|years?)\s+(?:earlier|before|previously|ago|prior)\b",
    re.IGNORECASE,
)
SWITCHED = Pattern(r"(?:switch|chang|replac|convert|substitut)\w*", re.IGNORECASE)
SOME_TIME_AGO = Pattern(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:ago|back|earlier|before|previously|prior)\b", re.IGNORECASE
)
"""Before a switch that is told of the time before the reaction ("6 weeks ago X was changed to Y")."""
BETTER_WITH = Pattern(
    r"\b(?:with|after|upon|following)\s+which\b[^.;]{0,60}?\b(?:improv|recover|resol|normali|subsid|disappear|rose|settl)\w*",
    re.IGNORECASE,
)
"""Behind a switch: it did the patient good."""
GOT_BETTER = Pattern(
    r"(?:\s+(?:of|on|with)\s+[\w\s-]{3,40}?)?,?\s+(?:the\s+|his\s+|her\s+|all\s+|both\s+)?(?:[\w'’-]+\s+){0,5}?"
    r"(?:(?:experienced|showed|had|achieved)\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:resolution|improvement|recovery|remission)|"
    r"(?:\w+ly\s+)?(?:improved|resolved|recovered|normali[sz]ed|subsided|settled|cleared|disappeared|stabili[sz]ed|were\s+stable))\b",
    re.IGNORECASE,
)
"""Behind a time of treatment: it did the patient good."""
HAD_BEGUN = Pattern(
    r"[\w®/-]+(?:\s+[\w-]+){0,3}?\s+(?:had\s+been\s+(?:\w+ly\s+)?(?:started|initiated|begun|commenced|introduced|prescribed|taken|given)\b|"
    r"(?:was|were)\s+(?:\w+ly\s+)?(?:started|initiated|begun|commenced|introduced|prescribed)\b[^.;]{0,40}?\b(?:days?|weeks?|months?)\s+"
    r"(?:ago|earlier|before|previously|prior)\b)",
    re.IGNORECASE,
)
"""From a drug on: its start is looked back on ("carbamazepine had been initiated five weeks prior to admission")."""
SUSPECTED_IT = Pattern(
    r"[^.;]{0,60}?\b(?:as|because|since|when)\s+(?:s?he|they|(?:the|her|his)\s+(?:patient|parents?|mother|physician|doctor|GP))\s+"
    r"(?:had\s+)?(?:suspected|thought|felt|believed|feared|noticed)\s+(?:that\s+)?(?:it|this|they|these)\b(?!\s+(?:was|were)\s+(?:not|no)\b)"
    r"(?=[^.;]{0,40}\b(?:exacerbat|caus|worsen|mak|made|responsib|aggravat|upset|trigger|produc|to\s+blame|culprit)\w*)",
    re.IGNORECASE,
)
"""Behind a stop: "as she suspected it was exacerbating the nausea"."""
PRECAUTION = Pattern(
    r"[^.;]{0,30}?\b(?:as\s+(?:an?\s+)?(?:precaution\b|precautionary\s+measure)|by\s+way\s+of\s+precaution|precautionarily)",
    re.IGNORECASE,
)
"""Behind a stop that blames nothing ("were also withdrawn as a precautionary measure")."""
OF_HIS_OWN = Pattern(
    r"[^.;]{0,40}?\b(?:due\s+to|because\s+of|owing\s+to|for|for\s+reasons\s+of)\s+(?:(?:his|her|their|poor|patient|financial|the|a)\s+){0,2}?"
    r"(?:non-?\s?compliance|non-?\s?adherence|(?:poor\s+)?(?:compliance|adherence)|cost|expense|personal\s+reasons|financial\s+reasons|"
    r"(?:lack\s+of\s+)?(?:insurance|funds|supply|shortage))\b",
    re.IGNORECASE,
)
"""Behind a stop that has nothing to do with a reaction ("discontinued after a year due to non-compliance")."""
ALL = Pattern(r"\ball\s+(?:of\s+)?(?:(?:the|these|three|four|his|her|oral)\s+){0,2}$", re.IGNORECASE)
NOT_BLAME = Pattern(r"\b(?:can|may|might|could|not|no|without|unlikely|risk|incidence|frequen\w*)\b", re.IGNORECASE)
OTHERS = Pattern(
    r"\b(?:other|only\s+other|concomitant|concurrent|additional|chronic)\s+(?:medications?|products?|meds|medicines?)\b|"
    r"\b(?:concomitant|concurrent)\s+(?:drugs?|treatments?|therap(?:y|ies))\b|"
    r"\bmedications?\s+(?:included|taken\s+chronically)|"
    r"\b(?:was|were)\s+(?:also\s+)?taking\b|\bother\s+(?:drugs?|medications?|medicines?)\b|"
    r"\balso\s+(?:took|taking|on)\b|\bfor\s+(?:many\s+|several\s+)?years\b",
    re.IGNORECASE,
)
PAST = Pattern(
    r"\b(?:had\s+(?:previously\s+)?been\s+treated|previously|in\s+the\s+past|years?\s+(?:earlier|before|previously)|"
    r"formerly|prior\s+to|tolerated|had\s+been\s+(?:tried|given)|was\s+tried|had\s+received)\b",
    re.IGNORECASE,
)
BEGUN_LATELY = Pattern(
    r"(?:\s*\([^()]{1,40}\))?(?:\s+\d[^,.;()]{0,30})?,?\s+(?:(?:which|that)\s+(?:was|had\s+been)\s+|newly\s+|recently\s+|just\s+)?"
    r"(?:started|begun|initiated|added|commenced|introduced|prescribed)\s+(?:[\w-]+\s+){0,3}?(?:days?|weeks?|months?)\s+"
    r"(?:ago|earlier|before|prior|previously|back)\b",
    re.IGNORECASE,
)
""" "His medications included X and Y, started three weeks ago": Y is no old medicine among others."""
GENERAL = Pattern(r"\b(?:can|may|might|reported|literature|studies|trials)\b")
RESTARTED = Pattern(r"\brestart|reintroduc|again\b")
DURING = Pattern(
    r"\b(?:while|whilst)\s+(?:\w+\s+){0,3}(?:on|taking|receiving|with)\b[^.;,]{0,40}$|\b(?:during|"
    r"under)\s+[^.;,]{0,40}$",
    re.IGNORECASE,
)
FOR_IT = Pattern(
    r"[^.;]{0,120}?\b(?:therefore|thus|so|hence|consequently|accordingly|which\s+(?:led|prompted))\b[^.;]{0,60}?"
    r"\b(?:stopp|discontinu|withdr[ae]|ceas|chang|switch|replac|held\b|suspend|halt|terminat)\w*",
    re.IGNORECASE,
)
"""Behind a drug under which something happened: why it was stopped ("during X enzymes rose, so it was stopped")."""
BETTER = Pattern(
    r"\b(?:resol\w+|improv\w+|recover\w+|subsid\w+|respon[ds]\w+|cured|remission|completed)\b", re.IGNORECASE
)
REACTION = Pattern(
    r"\b(?:develop\w*|jaundice\w*|hepatitis(?!\s+(?:(?-i:[A-EG])\b|virus|serolog))|icter\w+|elevat\w+|abnormal\w*|rise|rose|neutropeni\w*|agranulocyt\w*|"
    r"symptom\w*|reaction|"
    r"collapsed|anaphyla\w+|angio-?o?edema|swelling|bronchospasm|hypotens\w+|blood\s+pressure|unresponsive|seizures?|convuls\w+|"
    r"letharg\w*|disorient\w*|drows\w*|somnolen\w*|unconscious\w*|syncop\w*|weakness|palpitations?|dyspn\w+|bleed\w*|"
    r"purpura|petechiae|fever|itching|blister\w*|confus\w+|agitat\w+|h(?:a)?emoly\w+|"
    r"fatigue|nausea|yellow\w*|dark\s+urine|rash|pruritus|injury|worsen\w*|complain\w*|presented|MAS|biopsy|enzymes?|steatosis|"
    r"thrombocytopeni\w*|toxicity)\b",
    re.IGNORECASE,
)
ATTRIBUTES = Pattern(r"\battribut\w+\s+[^.;]{1,60}?\s+to\s+(?:the\s+)?$", re.IGNORECASE)
ALLERGY_TEST = Pattern(
    r"\b(?:skin|prick|patch|intradermal|scratch|lymphocyte\s+(?:stimulation|transformation)|basophil\s+activation|"
    r"specific\s+IgE)\b",
    re.IGNORECASE,
)
TEST_RESULT = Pattern(
    r"\b(?:(?P<yes>positive|reacted)|negative)\b(?:\s+(?:results?|reactions?|responses?|tests?))?\s+(?:to|for|with|against)\b",
    re.IGNORECASE,
)
WENT_ON = Pattern(
    r"\b(?:but|yet|however|although|though)\b[^.;]{0,50}\b(?:continued\s+to|kept)\s+(?:rise|rising|climb\w*|increas\w+|fall\w*|"
    r"worsen\w*|drop\w*|deteriorat\w+|declin\w+)\b|\bwithout\s+(?:any\s+)?(?:effect|improvement|change|benefit)\b|"
    r"\b(?:had|brought|with)\s+no\s+(?:effect|improvement|change)\b",
    re.IGNORECASE,
)
"""What a stop did not change: it speaks for another cause."""
HARMLESS = Pattern(
    r"[^.;]{0,60}\b(?:without\s+(?!benefit)|(?:well\s+)?tolerated|uneventful\w*|no\s+(?:recurrence|problems?|relapse|reaction))",
    re.IGNORECASE,
)
"""What followed another drug given again."""


BECAUSE = Pattern(
    r"[^.;]{0,24}?\b(?:because\s+of|due\s+to|based\s+on|in\s+view\s+of|owing\s+to|on\s+account\s+of)\b|[^.;]{0,60}?\b(?:because\s+of|due\s+to)\s+[^.;]{0,30}?"
    r"\b(?:jaundice|icterus|hepatitis|rash|fever|itching|pruritus|nausea|vomiting|fatigue|malaise|side\s+effects?|"
    r"dark\s+urine|abnormal|elevated|raised|reactions?)\b",
    re.IGNORECASE,
)
"""Behind a stop: the reaction was why ("discontinued it herself on the 17th day because of nausea")."""


_INDUCED = Pattern(r"\s*[-\s](?:induced|related|associated)\b", re.IGNORECASE)


_ENTERTAINED = Pattern(r"\b(?:diagnos[ei]s|differential|possibilit(?:y|ies))\b[^.;]{0,120}$", re.IGNORECASE)
_WERE_ENTERTAINED = Pattern(
    rf"{_CAUSED_IT}[^.;]{{0,160}}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:entertained|considered|contemplated|discussed)\b",
    re.IGNORECASE,
)
""""Diagnoses of heparin-induced thrombocytopenia and others were entertained": thought of, and no more."""


def ruled_out(text: str, mention: DrugMention, sentence: tuple[int, int]) -> bool:
    """ "Heparin-induced thrombocytopenia was excluded": it is not said to have caused it, nor to have been taken."""
    if _INDUCED.match(text, mention.end, sentence[1]) is None:
        return False
    lead = text[max(sentence[0], mention.start - 130) : mention.start]
    if _ENTERTAINED.search(lead) and _WERE_ENTERTAINED.match(text, mention.end, sentence[1]):
        return True
    before = RULING_OUT.search(text, max(sentence[0], mention.start - 60), mention.start)
    return before is not None or RULED_OUT.match(text, mention.end, sentence[1]) is not None


def to_comma(text: str, start: int, end: int) -> int:
    """The end of a clause: the next comma, else the end of the sentence."""
    comma = text.find(",", start, end)
    return end if comma < 0 else comma


_TAIL = 200
"""Characters that no match of what is looked for in parts of a sentence reaches."""


class Words:
    """What a sentence as a whole says, looked up once for all of its drugs."""

    def __init__(self, index: int, sentence: str) -> None:
        self.index = index
        self._sentence = sentence
        self._found: dict[Pattern, list[tuple[int, int]]] = {}
        self.general = GENERAL.search(sentence) is not None
        self.reaction = REACTION.search(sentence) is not None
        self.again = RESTARTED.search(sentence) is not None
        self.blamed: DrugMention | None = None

    def _spans(self, pattern: Pattern) -> list[tuple[int, int]]:
        """Where a pattern matches in the whole sentence."""
        if pattern not in self._found:
            self._found[pattern] = [m.span() for m in pattern.finditer(self._sentence)]
        return self._found[pattern]

    def last(self, pattern: Pattern, end: int) -> int:
        """Where the last match in the sentence up to ``end`` begins; 0 without one.

        Args:
            pattern: A pattern that looks at nothing outside its match but the edges of words.
            end: Counted from the beginning of the sentence, and the edge of a word.
        """
        spans = self._spans(pattern)
        if any(a < end < b for a, b in spans):
            return max((m.start() for m in pattern.finditer(self._sentence, 0, end)), default=0)
        return max((a for a, b in spans if b <= end), default=0)

    def hold(self, pattern: Pattern, start: int, end: int) -> bool:
        """Whether a part of the sentence holds a match: what :meth:`last` asks for, and nothing longer than `_TAIL`."""
        spans = self._spans(pattern)
        if any(start <= a and b <= end for a, b in spans):
            return True
        if any(a < end and start < b for a, b in spans):
            return pattern.search(self._sentence[start:end]) is not None
        cut = self._sentence[end - 1 : end + 1]
        parted = len(cut) > 1 and cut.replace("_", "a").isalnum()
        return parted and pattern.search(self._sentence, max(start, end - _TAIL), end) is not None
