"""Words and patterns of time: numbers, units, months, what times count from. May import nothing of the house.

Used by ``times`` alone; ``AMOUNT`` also by ``presentation``.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
    "half a": 0.5, "half an": 0.5, "a half": 0.5, "another": 1, "an additional": 1, "a further": 1,
}  # fmt: skip
VAGUE = {
    "several": (2.0, 9.0), "a few": (2.0, 5.0), "few": (2.0, 5.0), "a couple of": (2.0, 2.0), "a couple": (2.0, 2.0),
    "some": (2.0, 9.0), "many": (3.0, 30.0), "multiple": (2.0, 9.0), "": (1.0, 9.0),
}  # fmt: skip
MONTHS = {m: i + 1 for i, m in enumerate(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december"]
)}  # fmt: skip
MONTHS |= {m[:3]: n for m, n in list(MONTHS.items())} | {"sept": 9, "mars": 3}

W = "|".join(sorted((w for w in WORDS), key=len, reverse=True))
TENS = "twenty|thirty|forty|fifty|sixty"
NUMBER = (
    rf"(?:(?<![\d.,])\d{{1,6}}(?:[.,]\d{{1,6}})?(?!\d)(?:\s?[½¼¾])?|[½¼¾]|"
    rf"(?:{TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|"
    rf"(?:{W})(?:\s+and\s+(?:a|one)\s+half)?|"
    rf"the(?=\s+(?:day|week|month|year)\s+(?:after|before|following|prior\s+to)\b))"
)
UNIT = r"(?:minute|min|hour|hr|(?<![A-Za-z])h(?![A-Za-z])|day|night|week|wk|fortnight|month|mo|year|yr)s?"
ABOUT = (
    r"(?:about|approximately|approx\.?|around|roughly|some|nearly|almost|an estimated|estimated|~|circa|ca\.?|at least|"
    r"more than|over|up to|less than|fewer than|no more than|under|<|>|≥|≤|early|late|the (?:first|initial)|only|just|"
    r"barely|exactly|a maximum of|at most)"
)
BIG = (
    rf"(?<!for )(?P<big>\d{{1,3}}|{W})\s+(?:(?P<bigyear>years?)(?=\s+(?:and\s+)?\S{{1,9}}\s+months?)|"
    rf"(?P<bigmonth>months?)(?=\s+(?:and\s+)?\S{{1,9}}\s+(?:week|day)s?)|"
    rf"(?P<bigweek>weeks?)(?=\s+(?:and\s+)?\S{{1,9}}\s+days?))"
    r"\s+(?:and\s+)?"
)
"""The larger part of a length in two units: "1 year and 2 months"."""
AMOUNT = (
    rf"(?<![A-Za-z])(?:(?P<hedge>(?:{ABOUT}\s*){{1,4}}))?(?:the\s+)?"
    rf"(?P<more>(?:another|(?:an?\s+)?(?:additional|further))\s+)?"
    rf"(?:{BIG})?(?:(?P<low>{NUMBER})(?:\s*(?:-\s?)?(?:-|to|or|and)[\s-]*(?P<high>{NUMBER}))?|"
    rf"(?P<vague>several|a few|few|a couple of|"
    rf"a couple|many|multiple))"
    rf"\s*-?\s*(?:(?P<more2>more|additional|further|full|whole|consecutive|completed)\s+)?"
    rf"(?P<half>and a half\s+|and one half\s+)?(?P<unit>{UNIT})(?:'s?)?\b(?P<half2>\s+and a half)?"
)
BARE = r"(?P<bare>(?:days|weeks|months|years|hours|minutes))\b"

START = (
    r"(?:re-?)?(?:start|initiat|commenc|introduc|begin|began|begun|institut|switch|add|exposure|tak|prescri|receiv|"
    r"us(?:e|ing)\b|"
    r"ingest|consum|intake|overdos(?:e|ing)\b|first\s+(?:dose|injection|infusion|administration|exposure|cycle|course|intake|tablet|capsule|"
    r"pill|treatment)|"
    r"(?:single|one)\s+(?:\d[\d.,]{0,6}\s?(?:mg|g|mcg|ml)\s+)?(?:(?!re)\w+\s+)?(?:dose|injection|infusion|administration|tablet|capsule)|"
    r"going\s+on\b(?!\s+to\b)|initial\s+(?:dose|exposure|injection|infusion)|being\s+(?:on|treated|started)|"
    r"(?:the\s+)?(?:(?:mono)?therapy|treatment|administration)\b|having\s+(?:started|taken))\w*"
)
RESTART = (
    r"(?:re-?start|re-?introduc|re-?initiat|resum|re-?expos|re-?challeng|re-?administ|re-?institut|"
    r"second\s+(?:exposure|course))\w*"
)
STOP = (
    r"(?:stop|discontinu|withdraw|cessation|ceas|finish|complet|interrupt|ending|end\s+of|"
    r"(?:last|final)\s+(?:dose|course|cycle|injection|infusion|intake|tablet|capsule|pill|treatment|administration|"
    r"vial|exposure)|off\b|dechallenge|having\s+stopped|suspension\s+of|"
    r"(?:therapy|treatment|administration)\s+(?:was|had\s+been)\s+(?:stopp|discontinu|withdrawn|suspend|withheld|interrupt|ceas|halt))\w*"
)
ONSET = (
    r"(?:onset|presentation|presenting|symptom|first\s+symptom|"
    r"initial\s+(?:presentation|onset|symptom|evaluation)|diagnos|illness)\w*"
)
ADMIT = r"(?:admission|admitted|hospitali[sz])\w*"
OTHER = r"(?:discharge|deliver|transplant|surgery|operation|biopsy|birth|vaccinat|episode)\w*"

ANCHORED = Pattern(
    rf"(?:{AMOUNT}|{BARE})\s*(?P<adv>earlier\s+|later\s+|to\s+the\s+day\s+|or\s+so\s+)?\s*"
    rf"(?P<rel>(?:after|following|of|into|in\s+to|since|before|prior\s+to|from|post|preceding|on|off)\b)\s*"
    rf"(?P<gap>(?:(?:the|a|an|his|her|their|its|this|that|daily|initial|first|having|being|been|continuous|"
    rf"combination|oral|regular|"
    rf"starting|subcutaneous|intravenous|chronic|abrupt|sudden|\d+|\S{{1,14}}\s+(?=(?:(?:mono)?therapy|treatment|use|"
    rf"administration|introduction|withdrawal|"
    rf"discontinuation|cessation|initiation|interruption|reintroduction|exposure|intake|ingestion|"
    rf"course)\b))-?\s*){{0,4}})",
    re.IGNORECASE,
)
LATER = Pattern(
    rf"(?P<within>within\s+(?:the\s+(?:next|following|first|ensuing)\s+)?|over\s+the\s+(?:next|following|ensuing|"
    rf"subsequent|first)\s+|"
    rf"during\s+the\s+(?:next|following|ensuing|subsequent|first)\s+|in\s+the\s+(?:next|following|ensuing)\s+|"
    rf"by\s+(?=\S+\s+{UNIT})|over\s+(?:the|a|this)\s+(?=[\w-]+[\s-](?:day|week|month|year)[\s-]period\b))?"
    rf"{AMOUNT}\s*(?P<dir>later|afterwards?|thereafter|subsequently|hence|on\b(?=\s*,)|earlier|previously|before\b|"
    rf"ago|back\b(?!\s+(?:to|on|in|at|and|pain)\b)|prior\b|apart)?",
    re.IGNORECASE,
)
WITHIN_BARE = Pattern(
    r"\bwithin\s+(?P<unit>minutes|hours|days|weeks|months)\b|\b(?:over|during|in)\s+the\s+(?:next|following|ensuing|"
    r"subsequent)\s+"
    r"(?:(?:few|several)\s+)?(?P<unit2>hour|day|week|month|year)s?\b",
    re.IGNORECASE,
)
NEXT = Pattern(
    r"\b(?:the\s+|that\s+)?(?:(?P<next>next|following)\s+(?P<unit>day|week|month|morning|night|year)|"
    r"same\s+(?P<same>day|evening|night|morning|afternoon))\b(?!s)|"
    r"\b(?<!from )(?<!until )that\s+(?:very\s+)?(?P<that>day|evening|night|morning|afternoon)\b",
    re.IGNORECASE,
)
LAST = Pattern(
    r"(?<!\bthe\s)(?<!\bthis\s)(?<!\bhis\s)(?<!\bher\s)(?<!\bfor\s)\blast\s+(?P<unit>year|month|week)\b(?!['\u2019]|\s+(?:of|she|he|was|were)\b)",
    re.IGNORECASE,
)
""""QTc 448 ms last year": some time in the year before."""
ONE_TO_TEN = "one|two|three|four|five|six|seven|eight|nine|ten"
_LATER_CYCLE = (
    r"(?!\s+of\s+(?:(?:the|his|her|each|every|a)\s+)?(?:second|third|fourth|fifth|sixth|"
    r"[2-9](?:nd|rd|th)|each|every|next|last|"
    r"subsequent)?\s?(?:cycle|(?<=second )course|(?<=third )course|(?<=next )course)\b(?!\s+(?:1|one)\b))"
)
"""A day of a later cycle does not count from the first dose ("day 2 of the second cycle", "day 8 of cycle 3")."""
_OF = (
    r"(?P<of>\s+of\s+(?:(?:the|his|her|their)\s+)?"
    r"(?:hospitali[sz]ation|admission|hospital\s+stay|pregnancy|gestation|life|illness|therapy|treatment))?"
)
_MEASURED = (
    r"[\d.,]{0,8}(?:\s\d{3}){0,2}\s?(?:[x×]\s?(?:10|ULN)|I?U\b|%|/|[mµμ]?mol\b|[mµμnp]?g\b|mm(?:Hg)?\b|ms(?:ec)?\b|"
    r"cells\b|K/)"
)
"""The rest of a number that is a value: "on day 12, 128 U/L", but not "on days 1, 8 and 15"."""
_HAS_ITS_DAY = r"\d{0,6}(?:[.,]\d{1,4})?\s+(?:on|at|by|in)\s+(?:day|week|month|year)\b"
"""The rest of a number that has a day of its own: "182 on day 3, 96 on day 7"."""
DAYNO = Pattern(
    r"(?:\b|(?<=\bthe)(?=\d))(?P<by>by|until|before)?\s*(?:on\s+|at\s+|from\s+)?(?P<hosp>hospital\s+|postoperative\s+|"
    r"post-op\s+)?(?:(?P<what>day|week|month|year)s?\s*"
    rf"(?:#|no\.?\s*)?(?P<n>\d{{1,3}}|(?:(?<=on day )|(?<=at day )|(?<=by day )|(?<=from day )|(?<=until day )|"
    rf"(?<=hospital day )|(?<=on week )|(?<=at week )|(?<=by week )|(?<=in week )|(?<=in month ))(?:{ONE_TO_TEN}))"
    rf"(?:\s*(?:-|to|and)\s*(?P<m>\d{{1,3}})(?![\d.,]{{0,8}}\d)(?!{_MEASURED})(?!{_HAS_ITS_DAY}))?|"
    r"(?P<ord>\d{1,3})(?:st|nd|rd|th)\s+(?P<hosp2>hospital\s+)?(?P<what2>day|week|month))"
    rf"(?!\s*(?:%|mg|/|\.\d|,\s*\d(?!{_MEASURED})(?!{_HAS_ITS_DAY})))\b{_LATER_CYCLE}{_OF}",
    re.IGNORECASE,
)
SHORT_DAY = Pattern(
    r"(?<![\w/.,-])(?<![Vv]itamin )(?<![Vv]it )(?<![Vv]it\. )d(?P<n>\d{1,3})(?![\w/%-])"
    r"|(?<![\w/.,-])D(?P<n2>\d{1,3})(?=:\s)"
)
"""A day in the shorthand of notes: "d7", "D7:"."""
ORDWORD = Pattern(
    r"\b(?P<prep>on|by|at|after|during|in|within|over|until)\s+(?P<end>the\s+end\s+of\s+)?"
    r"(?:the|(?:his|her)(?=\s+\w+\s+(?:day|week|month|year)\s+(?:of|on)\b))\s+(?P<ord>first|second|third|"
    r"fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth)\s+(?P<hosp>hospital\s+)?(?P<what>day|night|week|month|year)\b"
    rf"{_LATER_CYCLE}{_OF}",
    re.IGNORECASE,
)
NTH_DOSE = Pattern(
    r"\b(?:after|following)\s+(?:(?:the|his|her|a)\s+)?"
    r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|[2-9](?:nd|rd|th))\s+(?:\w+\s+)?"
    r"(?P<dose>infusion|injection|dose|cycle|administration|vaccination)\b(?:\s+of\s+[\w-]+)?"
    rf"|\b(?:after|following)\s+(?:the\s+first\s+)?(?:\d{{1,2}}|{ONE_TO_TEN})\s+(?:\w+\s+)?"
    r"(?P<doses>infusions|injections|doses|cycles)\b(?:\s+of\s+[\w-]+)?",
    re.IGNORECASE,
)
"""After a counted dose: the schedule of the drug says when that was."""
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth"),
    *("sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
ORD = {word: number for number, word in enumerate(_ORDINALS, start=1)}
MON = "|".join(sorted(MONTHS, key=len, reverse=True))
_PART = (
    r"(?:the\s+)?(?:(?:early|mid|late)[- ]|(?:beginning|middle|end|spring|summer|autumn|fall)\s+of\s+|"
    r"(?:spring|summer|autumn)\s+)?"
)
"""A part of a year; the year is kept, so that nothing is claimed that depends on the country."""
DATE = Pattern(
    rf"\b(?P<pre>since|until|before|after|from|by|in|on|(?:(?<=\b19\d\d\s)|(?<=\b20\d\d\s))to)?\s*"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
    rf"(?:(?:the\s+)?(?P<part>early|mid|late|beginning\s+of|end\s+of|middle\s+of)[- ])?(?:(?P<d>\d{{1,2}})(?:st|nd|"
    rf"rd|th)?(?:\s+(?:of\s+)?|-|/(?=[A-Z]{{3}}[/])|(?=[A-Z]{{3}}(?:19|20)\d\d)))?"
    rf"(?P<m>{MON})(?:\b\.?(?:\s*-\s*|/(?=\d{{4}}\b)|\s*)|(?=(?:19|20)\d\d))(?:(?P<d2>\d{{1,2}})(?:(?:st|nd|rd|th)?,\s*|(?:st|nd|rd|th)?\s+))?(?P<y>(?:19|20)\d\d)\b"
    r"|\b(?:(?P<pre2>since|until|before|after|from|by|in|on)\s+)?\b(?P<y2>(?:19|20)\d\d)-(?P<m2>\d\d)-(?P<d3>\d\d)\b"
    r"|(?:\b(?P<pre4>since|until|before|after|from|by|in|on)\s+)?(?<![\d./])(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})(?P=sep)(?P<y4>(?:19|20)\d\d|(?:(?<=\d/\d\d/)|(?<=\d/\d/))\d\d(?!\d))(?![\d./]\d)"
    rf"|\b(?P<pre3>in|since|from|until|(?:(?<=\b19\d\d\s)|(?<=\b20\d\d\s))to)\s+{_PART}(?P<y3>(?:19|20)\d\d)\b(?!-\d\d-\d|\s*(?:mg|patients|cases|U/L|/))",
    re.IGNORECASE,
)
MONTH_DAY = Pattern(
    rf"(?:\b(?:on|at|by|of|since|from|until|till|through|after|before|to|and)\s+|(?<=[:;,]\s)(?=\d{{1,2}}(?:st|nd|rd|th)?\s+(?-i:[A-Z]))|"
    rf"(?:(?<=ed\s)|(?<=wn\s))(?=\d{{1,2}}\s+(?-i:[A-Z])\w+\s*(?:[.;]|$)))(?:the\s+)?"
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?\s+(?:of\s+)?(?P<m>{MON})\b(?!\.?,?\s*(?:19|20)\d\d)"
    rf"|(?P<m_>{MON})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*(?:19|20)\d\d)"
    r"|(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%]|\.\d)(?!\s*(?:of|patients?|cases?|mg|tablets?|strength)\b))"
    rf"|(?<=[a-z]\s)(?P<m_2>(?-i:[A-Z])(?<=[JFMASOND])(?:(?<=M)ay|[a-z]{{2,8}}))\.?\s+(?P<d3>\d{{1,2}})(?=\s*(?:[;.)]|$))",
    re.IGNORECASE,
)
"""A date without its year: the year of the date told before it."""
MONTH_ALONE = Pattern(
    r"\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Ii]n\s+(?:early|mid|late))\s+(?:(?:early|mid|late)[\s-])?(?P<m>(?-i:[A-Z])\w{2,8})"
    r"\b(?=\s*(?:[,.;:)]|(?:a|an|the|he|she|they|it|his|her|because|and|when|with|after|but|for|was|were|had)\b))"
)
"""A month without year or day ("In October she took two capsules")."""
AT = Pattern(
    r"(?:\b(?:at|on|upon|when\s+(?:she|he|the\s+patient)\s+was)\s+(?:the\s+(?:time|day)\s+of\s+)?(?:(?:her|his|initial|first|"
    r"hospital|the|later|re|current|present|this|index)[\s-]?)*|^(?:the\s+)?(?:current|present|index)\s+)"
    r"(?P<what>presentation|onset|diagnosis(?!\s+of\s+(?:(?:the|her|his)\s+)?(?:\w+\s+){0,2}(?:tuberculosis|cancer|carcinoma|"
    r"lymphoma|leuk(?:a)?emia|myeloma|melanoma|(?:rheumatoid|psoriatic)\s+arthritis|diabetes|HIV|epilepsy|depression|"
    r"schizophrenia|psoriasis|sclerosis|hypertension|hyperthyroidism|COVID))|evaluation|admission|admitted)\b",
    re.IGNORECASE,
)
SAME = Pattern(
    r"\b(?:from|on|since)\s+(?:that|this)\s+(?:day|date|time)(?:\s+on(?:wards?)?)?\b|\bat\s+(?:that|the|this|"
    r"which)\s+(?:same\s+)?(?:time|point|moment|stage)\b(?!\s+of)|"
    r"\bsimultaneously\b|\bconcurrently\b",
    re.IGNORECASE,
)
BEFORE = Pattern(
    r"\b(?:before|prior\s+to|preceding)\s+(?P<what>(?:the\s+|his\s+|her\s+)?(?:\S+\s+){0,2}?(?:start\w*|initiat\w*|"
    r"introduc\w*|(?:mono)?therapy|treatment|"
    r"administration|first\s+(?:infusion|dose|injection|cycle|administration)|begin\w*|tak\w+|receiv\w+|exposure|"
    r"being\s+started|was\s+started|were\s+started))\b|\b(?:before|"
    r"prior\s+to)\s+(?P<drug>[A-Z\w][\w-]+)\b|\bat\s+baseline\b|(?<!to )\bbaseline\b|"
    r"(?<!to )(?<!to the )(?<!his )(?<!her )\bpretreatment\b|"
    r"\b(?:shortly|immediately|just)\s+before\b(?!\s+(?:the\s+|his\s+|her\s+|hospital\s+|each\s+)?(?:(?:second|third|"
    r"fourth|fifth|sixth|seventh|eighth|next|last|final|[2-9](?:nd|rd|th))\b|admission|presentation|onset|discharge|death))",
    re.IGNORECASE,
)
SOON = Pattern(
    r"\b(?:shortly|soon|immediately|promptly)\s+(?:thereafter|afterwards?|after(?=\s*(?:[,.;:]|$)))\b|\bsubsequently\b|\bthereafter\b|"
    r"\beventually\b|\blater\b|"
    r"\bfinally\b|"
    r"(?<!there\sand\s)(?<!since\s)\bthen\b(?!\s+(?:\d|twice\b|once\b|daily\b|weekly\b|every\b|(?:two|three|four)\s+times\b))|"
    r"\bat\s+(?:last\s+)?follow[- ]up\b|\bin\s+(?:further\s+)?follow[- ]up\b|"
    r"\b(?:at|on|during)\s+(?:an?\s+|the\s+|his\s+|her\s+)(?:routine\s+|regular\s+|clinic\s+|outpatient\s+|next\s+|subsequent\s+){0,2}"
    r"(?:follow[- ]up(?:\s+(?:visit|appointment|examination|consultation|period))?|check-?up)\b|"
    r"\b(?:at|upon|on|by)\s+(?:the\s+time\s+of\s+|his\s+|her\s+|hospital\s+)*discharge\b(?!\s+(?:from\s+the\s+(?:ICU|intensive)|"
    r"summar|letter|diagnos|medication|prescription))",
    re.IGNORECASE,
)
HISTORY = Pattern(
    rf"(?:{AMOUNT})[\s-]+(?:history|course|cycles?|supply)\b|\bfor\s+(?:the\s+)?(?:past|last|previous|"
    rf"preceding)\s+{NUMBER}?\s*{UNIT}\b|"
    rf"\bfor\s+many\s+years\b|\blong[- ](?:standing|term)\b",
    re.IGNORECASE,
)


ANY = Pattern(
    r"\d|minute|hour|\bday|night|week|month|year|before|prior|baseline|pretreat|preced|\btime\b|moment|stage|\bpoint\b|"
    r"simultan|concurr|morning|afternoon|evening|trimester|"
    r"shortly|\bsoon|immediat|prompt|subsequent|thereafter|eventual|\blater|finally|\bthen\b|follow|presentation|discharge|"
    r"onset|diagnosis|evaluation|admi|operati|surg|\bpre-?op|\bpost-?op|infusion|injection|\bdose|cycle|vaccin|"
    r"(?:\b(?:in|of|until|till|by|from|through|during|since)\s|\b(?:early|mid|late)[\s-])(?:january|february|march|april|may|june|"
    r"july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
"""A sentence without any of these holds no time expression."""

ANCHOR = Pattern(
    rf"(?:(?:the|a|an|his|her|their|its|this|that|daily|initial|first|having|being|been|continuous|combination|"
    rf"combined|oral|regular|"
    rf"subcutaneous|intravenous|chronic|abrupt|sudden|taking|(?:mono)?therapy\s+with|treatment\s+with|\d+[\s-]+day|"
    rf"the\s+introduction\s+of|the\s+last|last|final|a\s+total\s+of)\s+){{0,4}}"
    rf"(?:(?P<restart>{RESTART})|(?P<stop>{STOP})|(?P<onset>{ONSET})|(?P<admit>{ADMIT})|(?P<start>{START})|"
    rf"(?P<other>{OTHER})|"
    rf"(?P<pre>(?:[\w®-]+\s+){{1,3}}?)(?:(?:was|were|had\s+been)\s+)?(?:(?P<restart2>{RESTART})|(?P<stop2>withdrawal|"
    rf"discontinuation|cessation|interruption|suspension|(?:(?:therapy|treatment|administration|use|infusions?)\s+)?(?:was|were|had\s+been)\s+"
    rf"(?:stopped|discontinued|withdrawn|suspended|withheld|interrupted|ceased|halted))"
    rf"|(?P<start2>(?:mono)?therapy|treatment|introduction|initiation|administration|use|intake|ingestion|exposure|(?:was|"
    rf"were|is)\s+(?:started|initiated|begun|added|introduced))))",
    re.IGNORECASE,
)
BEFORE_A_SIGN = Pattern(
    r"\s*(?:(?:she|he|they|it|the\s+(?:patient|man|woman|boy|girl)|(?:his|her)\s+\w+)\s+(?!was\s+(?:started|given)|started|began|took)|"
    r"developing|noticing|becoming|experiencing|symptoms|jaundice|onset|(?:an?\s+|the\s+|any\s+)?(?:[\w-]+\s+){1,3}?"
    r"(?:had\s+|first\s+)?(?:appeared|developed|occurred|emerged|manifested|(?:was|were)\s+(?:first\s+)?(?:noticed|noted|seen|observed))\b)",
    re.IGNORECASE,
)
"""Behind "took X for 3 months before": the sign that came at the end of that time."""
