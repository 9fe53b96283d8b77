"""Words of what is done with drugs: the verbs, and what may stand between a verb and its drug. May import triggers and
the grammar of regimens.

Used by ``actions``.
"""

from __future__ import annotations

import re

from dechallenge.reading.drugs.regimens import FREQUENCY
from dechallenge.reading.matching.triggers import Pattern

RESTART = (
    r"re-?start\w*|re-?introduc\w+|re-?initiat\w+|resum(?:ed?|es|ing|ption)|re-?challeng\w*|re-?expos\w+|re-?administ\w+|"
    r"re-?institut\w+|re-?treat(?:ed|ment)(?=\s+(?:with|by)\b)|"
    r"(?:(?<=\bwas\s)|(?<=\bwere\s))repeated(?!\s+(?:every|each|monthly|weekly|daily|twice|once|at|with|the\s+next))|"
    r"(?:further|another|new)\s+(?:course|cycle|infusion)s?\s+of(?=[^.;]{1,60}\b(?:months?|years?)\s+(?:later|afterwards|after)\b)|"
    r"(?:second|third|final|further|another)\s+challenge|second\s+(?:attempt(?!\s+(?:at|of|to|in)\s+(?!(?:the\s+|a\s+)?(?:re-?[a-z]{4}|treat|therap|giv|admin|tak|us(?:e|ing)|chemo|introduc|start|desensiti)))|course|exposure|trial|introduction)|challenge\s+(?:study|test)|"
    r"(?:oral\s+|drug\s+){0,2}provocation\s+(?:tests?|testing)|oral\s+challenge|graded\s+challenge|readminist\w+|"
    r"(?:added|given|put|brought)\s+back(?!\s+to\s+\d)|re-?us(?:age|e|ed|ing)(?=\s+(?:of\s+)?(?:the\s+|this\s+)?\w)|"
    r"renew(?:ed|ing|al\s+of)(?=\s+(?:(?:his|her|the|its)\s+)?(?:treatment|therapy|intake|use|course|medication)\b)|"
    r"re-?(?:over)?dos(?:ed|ing|age)|re-?medicat\w+|re-?tri(?:al|ed)|re-?attempt\w*|re-?commenc\w+|re-?started"
)
_HABIT = (
    r"(?:smoking|drinking(?!\s+(?:the|it|this|that|his|her)\b)|"
    r"(?:the\s+)?(?:recurrence|progression|spread|growth|bleeding|ha?emorrhage|deterioration|transmission)|"
    r"alcohol|cigarettes|tobacco|nursing|breast-?\s?feeding|working|work|school)\b"
)
"""What is stopped and is no drug ("to quit smoking")."""
STOP = (
    rf"stop(?:ped|ping|s)?(?!\s+{_HABIT})|discontinu(?:ed|ing|ation|ance|e|es)|with-?dr(?:e[wW]|awn|awal|awing|aw)|withheld|withholding|"
    r"ceas(?:ed|ing)(?!\s+to\b)|abandon(?:ed|ing)|"
    r"(?<!smoking\s)(?<!tobacco\s)(?<!nicotine\s)(?<!alcohol\s)(?<!cigarette\s)cessation(?!\s+of\s+(?:smoking|drinking|tobacco|alcohol|menses))|ran\s+out\s+of(?=\s+(?:the|his|her|it|this|that|[\w-]+\b))|interrupt(?:ed|ing|ion)|omitt(?:ed|ing)|paus(?:ed|ing)|held(?!\s+constant)|suspend(?:ed|ing)|suspend(?=\s+(?:the|this|his|her|its?|treatment|therapy)\b)|suspension|"
    rf"quit(?!\s+{_HABIT})|"
    r"(?:d/c(?:['’]?e?d)?|dc['’]e?d)(?!['’\w]|\s+(?:home|summary|to|from|instructions|planning))|"
    r"(?:completed|finished)(?=\s+on\s+\d)|"
    r"halt(?:ed|ing)|terminat(?:ed|ing|ion)(?!\s+(?:of\s+)?(?:the\s+|her\s+)?pregnan)|no\s+longer\s+(?:given|taken|administered|used|received)|"
    r"removed(?=\s+from\s+(?:his|her|the)\s+(?:\w+\s+)?(?:regimen|medications?|treatment|therapy|list))|"
    r"(?:c[ao]me|tapered|taken|"
    r"weaned)\s+off|(?:took|taken|taking|weaned|pulled|got)\s+(?:me|him|her|us|them|the\s+patient|mum|dad)\s+off(?!\s+(?:work|school|guard|balance))(?:\s+of)?|(?:took|received|had)\s+(?:the|his|her)\s+(?:last|final)\s+(?:dose|tablet|capsule|injection|infusion)|"
    r"(?:(?<=therapy\s)|(?<=treatment\s)|(?<=course\s)|(?<=\bwas\s)|(?<=\bwere\s))(?:ended|finished)|"
    r"(?:last|final)\s+(?:dose|injection|infusion)(?=\s+(?:of\s+[\w-]+\s+)?(?:was|were)\s+(?:given|taken|administered|received|on\b|in\b))|(?<=course\s)was\s+(?:completed|finished)|(?:replaced|substituted)\s+(?:by|with)|(?:exchanged|swapped|changed)\s+(?:for|to)|"
    r"(?:completed|finished|completing|finishing|completion\s+of)(?=\s+(?:a|an|the|his|her|\d+|"
    r"[a-z]+-day|(?:[a-z]+\s){1,2}(?:days|weeks|months)\s+of)\b[^.;,]{0,30}\b(?:course|treatment|therapy)\b)"
)
START = (
    r"start(?:ed(?!\s+(?:me|him|them|us|her)\s+on)|ing|(?!ed))|initiat(?:ed|ing|ion)|institut(?:ed|ing|ion\s+of)|beg[au]n|beginning|commenc(?:ed|ing|ement)|introduc(?:ed|ing|tion)|"
    r"add(?:ed(?!\s+to\s+(?:\w+\s+){0,3}allerg)|ing|ition)|"
    r"switch(?:ed|ing)|(?:(?<=was\s)|(?<=were\s))(?:turned|transitioned|converted|crossed|moved|shifted)(?=\s+(?:over\s+)?(?:from|to)\s)|changed(?=\s+from\s+(?!\d|an?\b|the\b)[^.;]{2,90}?\sto\s+(?!\d))|changed(?=\s+[A-Za-z]{5,24}\s+to\s+[A-Za-z]{5,24}\b)|treated|treatment\s+with|(?:mono)?therapy\s+with|treatment|(?:mono)?therapy|given|receiv(?:ed|ing)|placed\s+on|"
    r"(?:going|went|gone)\s+on(?!\s+(?:to|with|taking|using|receiving|drinking|for))|put\s+(?:(?:me|him|her|us|them|the\s+patient|mum|dad)\s+)?on|started\s+(?:me|him|them|us|her)\s+on|prescribed|"
    r"taking|took|taken|administered|administration|exposed\s+to|exposure\s+to|ingest(?:ed|ing)|swallow(?:ed|ing)|consum(?:ed|ing)|"
    r"used|using|use\s+of|substituted|(?:(?<=was\s)|(?<=were\s)|(?<=been\s)|(?<=then\s))tried|(?<=\bI\s)tried(?=\s+(?:(?:the|my|it|taking|to\s+take)\s+)?[\w-]+\s+(?:\w+\s+)?again\b)|trial\s+of|"
    r"induced\s+with|maintained\s+(?:on|with)|managed\s+(?:on|with)|controlled\s+(?:by|with)|course\s+of|had\s+been\s+on|while\s+on|"
    r"(?:was|were|been|being|now|currently)\s+on|chew(?:ed|ing)|infused|injected|instilled|applied|(?<!to\sthe\s)(?<!by\sthe\s)(?<!to\sa\s)combination\s+of|infusions?\s+of|"
    r"prompted\s+treatment\s+with|enrolled\s+in(?:to)?(?=\s+(?:an?|the)\s+(?:[\w-]+\s+){0,4}(?:study|trial)\s+of\b)"
)
CONTINUE = (
    r"continu(?:ed|e|es|ing)|(?:kept\s+(?:on\s+)?|(?:went|carried)\s+on\s+)(?:taking|using|receiving|drinking)|"
    r"remain(?:ed|s)\s+(?:on|under)|still\s+(?:administered|taking|receiving)|"
    r"(?:dose\s+)?(?:was\s+)?unchanged|dose\s+(?:was\s+)?not\s+changed|stayed\s+on|under(?=\s+IL)|"
    r"(?:was|is|were|are|remain(?:s|ed))\s+(?:still\s+)?ongoing(?=\s+at\b|\s*(?:[.;,]|$))"
)
REDUCE = (
    r"reduc(?:ed|ing|tion)|decreas(?:ed|ing)|lower(?:ed|ing)|taper(?:ed|ing(?!\s+(?:course|regimen|schedule)\b))|titrat(?:ed|ing)\s+down|"
    r"down-?\s?titrat(?:ed|ing|ion)|dialled\s+down|halv(?:ed|ing)|cut\s+(?:in\s+half|by\s+half)"
)
INCREASE = r"increas(?:ed|ing)|raised|escalat(?:ed|ing)|doubl(?:ed|ing)"
REFUSE = r"refus(?:ed|ing)|declined"
CUE = Pattern(
    rf"\b(?:(?P<restart>{RESTART})|(?P<stop>{STOP})|(?P<cont>{CONTINUE})|(?P<reduce>{REDUCE})|(?P<increase>{INCREASE})|"
    rf"(?P<refuse>{REFUSE})|(?P<start>{START}))\b",
    re.IGNORECASE,
)
KINDS = {
    "restart": "restarted", "stop": "stopped", "cont": "continued", "reduce": "reduced", "increase": "increased",
    "refuse": "refused", "start": "started",
}  # fmt: skip
NOT = Pattern(
    r"\b(?:(?:not|never|without|no)\s+(?:\w+\s+){0,2}|no\s+(?:more|further)\s+(?:[\w-]+\s+){1,3}(?:was|were)\s+)$",
    re.IGNORECASE,
)
NOT_ALONE = Pattern(
    r"repeated|(?:\w+\s+){0,2}provocation|oral\s+challenge|graded\s+challenge|halt|terminat|c[ao]me\s+off|removed|ended|"
    r"no\s+longer",
    re.IGNORECASE,
)
"""What is told of many things: of a drug only where one is named."""
THE_COURSE = Pattern(r"\b(?:the|this|that|his|her)\s+(?:\w+\s+)?course\s+$", re.IGNORECASE)
"""Before "ended": that of the drug that was told of."""
DECLINED = Pattern(
    r"\b(?:declined|refused|rejected|ruled\s+out|decided\s+against|against|avoid(?:ed)?|instead\s+of|rather\s+than)\s+"
    r"(?:(?:the|a|an|any|further|to\s+be|being|to|undergo|drug|formal|oral)\s+){0,3}$",
    re.IGNORECASE,
)
"""Before what was not done because somebody did not want it."""
NOT_STOPPED = Pattern(r"\b(?:was|were)\s+(?:therefore\s+|however\s+|deliberately\s+)?not\s+$", re.IGNORECASE)
"""Before a stop: the drug went on ("was not discontinued")."""
LATER_ON = Pattern(
    r"[\s,]*(?:until|till|before|when|immediately|at\s+once|because|due|owing|despite|completely|altogether|entirely|"
    r"abruptly)\b",
    re.IGNORECASE,
)
"""Behind it: it was stopped all the same, or the stop is not what is denied."""
NOT_DONE = Pattern(
    r"\s*(?:was|were|is|has\s+been)\s+(?:not|never)\s+(?:\w+\s+)?(?:considered|attempted|done|performed|tried|made|"
    r"undertaken|carried|felt|deemed)\b|\s*(?:was|were|is)\s+(?:\w+\s+)?(?:considered|deemed|judged|thought|felt)\s+(?:to\s+be\s+)?(?:too\s+)?"
    r"(?:un\w+|in\w+|danger\w+|risky|hazard\w+|contra\w+)\b|\s*(?:was|were|is|are)\s+(?:therefore\s+|strictly\s+)?(?:contraindicated|avoided|"
    r"refused|declined)\b|(?:\s+(?:with|of|to)\s+[\w-]+(?:\s+[\w-]+)?)?\s+(?:(?:should|must|may|might|will|would|cannot|can|could\s+not)\s|"
    r"(?:was|is|were)\s+(?:being\s+)?(?:planned|scheduled|discussed|advised\s+against|discouraged)\b)|\s*:\s*(?:not\s+(?:applicable|done|performed|attempted|given)|n/?a\b|no(?:ne|t)?\b|unknown)",
    re.IGNORECASE,
)
SYMPTOM_ENDS = Pattern(
    r"\b(?:fever|pain|symptoms?|bleeding|vomiting|nausea|itching|pruritus|rash|seizures?|diarrh\w+|headaches?|"
    r"jaundice|fall|rise|decline|increase)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
NO_DRUG_ENDS = Pattern(
    r"\b(?:surgery|operation|procedure|probe|catheter|tube|drain|examination|session|feeding|ventilation|dialysis|transfusion)\s+"
    r"(?:was|were|had\s+been)\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
"""Before "was suspended": what ended is no drug."""
EXCHANGE = Pattern(r"replaced|substituted|exchanged|swapped|changed", re.IGNORECASE)
DOSE_WORD = Pattern(r"\b(?:dos(?:e|es|age)|therapy|treatment)\b", re.IGNORECASE)
OF = Pattern(
    r"^\s*(?:(?:of|on|with|from|to|by|taking|the|her|his|its|their|a|an|all|both|oral|low|high|chronic|daily|"
    r"long[- ]term|therapy|treatment|"
    r"treatment\s+with|doses?|dosage|therapies|short|course|courses|second|infusions?|injections?|"
    r"the\s+combination|combination|combined|again|maintenance|"
    r"intravenous|subcutaneous|three|two|\d+|oral(?:ly)?|weekly|in|which|first|initial|IV|iv|pulse|"
    r"including|comprising|multidrug|triple|dual|quadruple|single|(?:first|initial|single|one)\s+cycle|"
    r"systemic|regular|an?\s+herbal|herbal|tea|single|dose|mg|mg/day|g|grams?|day|increasing|for|another|other|"
    r"any|further|drug|drugs|agent|over[- ]the[- ]counter|OTC|prescription|generic|"
    r"intramuscular|intrathecal|intradermal|intranasal|topical|rectal|inhaled|parenteral|one|four|five|six|few|some|several|"
    r"own|\w+['\u2019]s|empiric(?:al)?|broad[\s-]spectrum|antibiotics?|antimicrobials?|chemotherapy|"
    r"immunotherapy|anti-?tubercul\w+|anti-?epileptics?|prophylactic|standard|usual|full|loading|bolus|repeated|brief|prolonged|additional|"
    r"different|\w+-day|pulses?|"
    r"tablets?|capsules?|pills?|"
    r"home|immunosuppressive|initially|once|twice|receive|take|taking|use|using|drink|drinking|open|label|study|trial|clinical|randomi[sz]ed|controlled|therapeutic|doses|up|mouth|her|his|sc|po|im|"
    r"(?:for\s+(?:[\w-]+\s+){1,6}with))\b[\s,()\[\]/-]*)*$",
    re.IGNORECASE,
)
AMOUNTS = Pattern(
    r"[(\[]?\b\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:mg|g|grams?|mcg|μg|micrograms?|IU|mL|ml|units?|mmol|tablets?|capsules?)\b"
    r"(?:/\w+){0,2}[)\]]?"
    r"|\b(?:(?:before|after|with)\s+(?:meals?|food|breakfast|dinner)|nocte|mane|hs|by\s+mouth|"
    r"subcutaneously|intravenously|intramuscularly|transdermally|topically|rectally|sublingually|intranasally)\b"
    r"|\b(?:fumarate|hydrochloride|hydrobromide|succinate|maleate|(?:di)?mesylate|mesilate|tosylate|besylate|(?:bi)?tartrate|"
    r"phosphate|sul(?:f|ph)ate|acetate|citrate|sodium)\b"
    r"|(?:\b(?:one|two|three|four|six|half\s+a|an?|\d)|[½¼¾](?:\s+(?:de|of\s+an?))?)\s+(?:tablets?|capsules?|puffs?|drops|sachets?|vials?|ampoules?|patch(?:es)?)\b"
    r"|\bq\s?\d{1,2}\s?h(?:ourly)?\b|\b(?:i\.v|p\.o|s\.c|i\.m)\.|\b(?:od|bd|tds|qds|bid|tid|qid|qd|qhs|qam|qod|prn|BID|TID|QID|QD|QHS|"
    r"QOD|PO|SC|SQ|IM)\b"
    r"|\b(?:once|twice|daily|weekly|monthly|orally|iv|IV|sc|po|every|(?:\d+|two|three|four|six|eight|twelve)\s+(?:hours?|weeks?|days?|"
    r"months?|times))\b"
)


def without_amounts(gap: str) -> str:
    """Words between a drug and its verb, or between two drugs of a list, without salts, doses and frequencies."""
    return AMOUNTS.sub("", FREQUENCY.sub("", _BRACKET.sub(_without_its_dose, gap)))


_BRACKET = re.compile(r"\([^()]{1,60}\)")


def _without_its_dose(match: re.Match[str]) -> str:
    """ "(400 mg/day, oral)" goes as a whole, "(but not Y)" stays."""
    left = re.sub(
        r"[\s(),;/-]|\b(?:oral|intravenous|subcutaneous|topical|per|day|os|route|total|dose)\b",
        "",
        AMOUNTS.sub("", match.group()),
    )
    return "" if AMOUNTS.search(match.group()) and not FREQUENCY.sub("", left) else match.group()


ASIDE = Pattern(
    r"^\s*,\s*(?:against|despite|in\s+spite\s+of|without|on|upon|unknown\s+to|unaware)\s+[^,;.]{2,50},\s*",
    re.IGNORECASE,
)
"""Between a verb and its drug ("took, against advice, two capsules of X")."""
PASSIVE = Pattern(
    r"(?:\s|[)\]])*(?:supplementation\s+)?(?:\([^)]*\)|\[[^\]]*\])?[\s,]*(?:which\s+|that\s+)?(?:(?:was|were|had\s+been|has\s+been|is|are|"
    r"be|been|being|therapy|treatment|supplementation|supplements?|replacement|dose|dosage|doses|administration|injections?|infusions?|itself|level|daily|"
    r"thus|"
    r"promptly|then|subsequently|eventually|immediately|again|both|also|first|initially|still|all|"
    r"later|now|therefore|finally|ultimately|abruptly|"
    r"gradually|temporarily|permanently|to|with|without|change|capsules|tablets|tablet|product|nasal|sprays?|drops|ointment|cream|gel|"
    r"patch(?:es)?|suppositor(?:y|ies)|syrup|solution|inhaler|nebuli[sz]ers?|"
    r"herbal|teas?|had|could|course|the|a|in|at|that\s+time|and|on|for|given|not|slowly|had|"
    r"previously|taken|several\s+months\s+previously)\b[\s,]*)*[(\[]?$",
    re.IGNORECASE,
)
LATTER = Pattern(r"\bthe\s+latter\s+(?:(?:was|were|had\s+been|being)\s+)?$", re.IGNORECASE)
TAPERED_AND = Pattern(
    r"\s+(?:was|were|had\s+been)\s+(?:\w+\s+){1,4}and\s+(?:\w+ly\s+|then\s+|later\s+){0,2}", re.IGNORECASE
)
"""Between a drug and a second verb of the same subject ("X was tapered and eventually stopped")."""
SAME_SUBJECT = Pattern(
    r"\b(?:was|were|had\s+been)\s+(?:\w+ly\s+)?[a-z]+(?:ed|en|un)\b[^.;:]{0,90}?\b(?:and|but|then)\s+"
    r"(?:\w+ly\s+|then\s+|later\s+|again\s+){0,2}$",
    re.IGNORECASE,
)
"""Before the second participle of one subject ("X, 15 mg weekly, was added in March and stopped in May")."""
TO = Pattern(r"\s+to\s+(?!the\s+dose\b)", re.IGNORECASE)
_A_DOSE = r"(?:infusion|injection|dose|cycle|administration)s?"
NOT_GIVEN = Pattern(
    rf"\bno\s+(?:further|more|other)\s+{_A_DOSE}\s+(?:was|were)\s+(?:given|administered)\b"
    rf"|\bthe\s+(?:next|second|third|fourth|fifth|sixth|seventh|eighth|following|planned|scheduled)\s+{_A_DOSE}\s+(?:was|were)\s+"
    r"(?:therefore\s+)?(?:not\s+(?:given|administered)|cancel\w+|withheld|omitted)\b",
    re.IGNORECASE,
)
"""A counted dose that was not given."""
ANOTHER_DOSE = Pattern(rf"\b(?:a|another|one)\s+(?:second|third|further|new|single)?\s*{_A_DOSE}\b", re.IGNORECASE)
TOGETHER = Pattern(
    r"\b(?:together|along|in\s+combination|combined|in\s+addition|concomitantly)\s+with\s+", re.IGNORECASE
)
"""Between a drug that was begun and what was begun with it."""
TAKEN = Pattern(
    r"(?:took|taken|taking|takes|used|using|ingest|swallow|consum|received|given|prescribed)", re.IGNORECASE
)
A_SECOND_TIME = Pattern(r"\s+(?:(?:once\s+)?again|once\s+more|(?:for\s+)?a\s+second\s+time)\b", re.IGNORECASE)
TWICE = Pattern(
    r"\bin\s+(?:(?:early|late|mid)[\s-])?(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d\s*,?\s+(?P<cue>and\s+again)\s+(?:in|on|at)\b",
)
EACH = Pattern(
    r"\b(?P<cue>(?:each|every|all|both)\b(?:\s+(?:of\s+)?(?:the\s+|these\s+)?(?:episodes?|relapses?|attacks?|bouts?|them))?"
    r"\s+(?:began|started|occurred|appeared|developed|followed|came))\b[^.;]{0,80}?\b(?:of|after|following|with|dose|taking)\b",
    re.IGNORECASE,
)
THEN = Pattern(
    r"(?:\s+(?:first|initially|alone|on\s+(?:its|their)\s+own))?\s*,?\s*(?P<cue>followed\s+(?:(?:\w+\s+){1,3}later\s+|after\s+(?:\w+\s+){1,3})?by|and\s+(?:\w+\s+){1,3}later|then)\s+"
    r"(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
EARLIER = Pattern(r"\bhad\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
"""Before a verb that looks back ("had already received the same antibiotic")."""
IT_BEHIND = Pattern(r"\s+(?:taking\s+)?(?:it|them)\b", re.IGNORECASE)
"""The object of a verb, as a pronoun ("discontinued it herself")."""
ACTION = Pattern(r"\baction\s+(?:was\s+|were\s+)?$", re.IGNORECASE)
"""Before "taken": what was done with a drug, which is told behind its name."""
ACTION_TAKEN = Pattern(
    r"\baction\s+(?:was\s+)?taken\s+(?:with|for|regarding)\b[^.;]{0,60}?[:=-]?\s*(?:the\s+)?$", re.IGNORECASE
)
"""The field of a safety report ("Action taken with X: dose not changed")."""
THE_SAME = Pattern(
    r"\b(?P<cue>prescribed|given|gave|took|taken|received|administered)\s+(?:(?!not\b)\w+\s+){0,3}the\s+same\s+"
    r"(?:drug|antibiotic|medication|medicine|product|agent|substance)\b|\b(?:was|were)\s+(?P<cue2>given|tried|taken|used)\s+(?:once\s+)?"
    r"again\b(?!\s+(?:with|by)\b)|\b(?P<cue3>took|tried|used)\s+(?:it|them)\s+(?:once\s+)?again\b",
    re.IGNORECASE,
)
BY_MISTAKE = Pattern(
    r"\b(?P<cue>given|gave|took|taken|received|administered|swallowed|ingested|exposed)\b[^.;]{0,60}?\b(?:by\s+mistake|"
    r"accident(?:al)?ly|inadvertently|mistakenly|erroneously|unintentionally|unknowingly)\b"
    r"|\b(?:by\s+mistake|accidentally|inadvertently|mistakenly|erroneously|unintentionally|unknowingly)\s+"
    r"(?P<cue2>given|gave|took|taken|received|administered|swallowed|ingested|exposed)\b",
    re.IGNORECASE,
)
"""An intake that nobody meant; after a stop it is a re-exposure."""
LATE = Pattern(
    r"\b(?:eventual\w*|later|final\w*|ultimately|subsequent\w*|then|thereafter|until|after|before|when|once|at\s+which)\b",
    re.IGNORECASE,
)
"""Words by which a stop comes some time after what was told before it."""
AT_ONCE = Pattern(
    r"\b(?:at\s+once|immediately|straight\s?away|right\s+away|there\s+and\s+then|then\s+and\s+there|the\s+same\s+day|on\s+the\s+same\s+day)\b(?!\s+(?:after|before))",
    re.IGNORECASE,
)
"""Words by which a stop comes on the day of what was told before it, or the next."""
BY_FORM = Pattern(
    r"\s+(?:(?:about|up\s+to|\d{1,2}|one|two|three|four|five|six|some|these|the)\s+){0,3}(?:(?:capsules?|tablets?|pills?|drops|"
    r"sachets?|cups?)\b(?!\s+of\b)|(?:of\s+)?(?:it|them)\b)",
    re.IGNORECASE,
)
"""Behind "taken": the drug named before, by its form ("bought X and had taken two capsules daily since then")."""
