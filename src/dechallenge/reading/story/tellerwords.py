"""Words by which a telling goes on, looks back or only refers: "had been", "again", "during X therapy".

May import the triggers.
"""

from __future__ import annotations

import re

from dechallenge.reading.matching.triggers import Pattern

PLUPERFECT = Pattern(
    r"\b(?:had\s+(?:previously\s+)?been|had\s+(?:normal|never|previously)|have\s+had\s+normal|having\s+been\s+normal|"
    r"previously|in\s+the\s+past|formerly|as\s+a\s+child|\bprevious\s+(?:[\w-]+\s+){1,3}(?:was|were)\b|"
    r"(?:known|shown|found)\s+to\s+(?:be\s+normal|have\s+(?:had\s+)?normal)|when\s+(?:she|he)\s+(?:first|"
    r"initially)\s+presented|had\s+presented)\b",
    re.IGNORECASE,
)
EARLIER = Pattern(
    r"\bhad\s+(?:been|taken|received|used)\b|\bpreviously\b|\bin\s+the\s+past\b|\bearlier\b|"
    r"\b(?:recall|remember|recollect)\w*\s+(?:having|taking|that|a\b)",
    re.IGNORECASE,
)
AGAIN = Pattern(r"\b(?:again|once\s+more|second\s+time|re-?treat)\b", re.IGNORECASE)
BORNE = Pattern(
    r"\b(?:was|were)\s+(?:\w+\s+){0,3}(?:given|added|started|introduced|tried|commenced|begun)\b[^.;]{0,60}?\b(?:tolerated|uneventful\w*|"
    r"without\s+(?:any\s+|further\s+|a\s+)?(?:\w+\s+){0,2}?(?:problems?|reaction|recurrence|rise|increase|incident|difficult\w*|trouble|relapse|ill\s+effects?|harm))\b",
    re.IGNORECASE,
)
"""Of a drug that had been stopped: given once more, and borne ("rifampicin was given first without problems")."""

WHEN_BEGUN = Pattern(
    r"\b(?:when|at\s+the\s+time)\s+(?:the\s+)?(?:[\w-]+\s+){1,3}(?:was|were|had\s+been)\s+(?:\w+ly\s+)?"
    r"(?:started|begun|initiated|introduced|added)$",
    re.IGNORECASE,
)
BEGUN = Pattern(r"start|beg[au]n|commenc|initiat|introduc", re.IGNORECASE)
"""A word for the first day itself; what one is "taking" was begun on days of its own."""
SINCE_LONG = Pattern(
    r"\bha(?:d|s|ve)\s+(?:\w+\s+){0,3}(?:taken|been|used|received|taking)\b[^.;]*\b(?:since\s+(?!then\b|with\b|without\b|and\b)\w|for\s+(?:many|several|some|the\s+past|"
    r"over|more\s+than)|long[- ]term|regularly|always)\b",
    re.IGNORECASE,
)
""" "She had taken X since childhood": it was begun before what the story tells."""
HAVING = Pattern(r",\s*having\s+(?:\w+\s+)?(?:re)?\w+ed$", re.IGNORECASE)
""""She presented with confusion, having restarted X": the act came before what the story tells."""
REFERS = Pattern(
    r"\b(?:after|before|since|following|prior\s+to|with|upon|by)\s+(?:the\s+|his\s+|her\s+)?(?:start(?:ing)?|beginning|initiating|"
    r"initiation|commencing|introducing|addition)\b",
    re.IGNORECASE,
)
"""The first start of a drug, named again as what a time counts from."""
DURING = Pattern(
    r"\b(?:during|under|despite|throughout|in\s+the\s+(?:setting|context|course)\s+of|while\s+on|on)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
RUNNING = Pattern(r"\b(?:being\s+treated|(?:was|were|is)\s+(?:also\s+)?(?:taking|receiving))$", re.IGNORECASE)
"""A list of what ran ("was being treated with X, Y and Z"): what dates the start of one dates that of no other."""
WHOLE_STAY = Pattern(
    r"\s+(?:(?:for|during)\s+(?:the|his|her)\s+(?:whole|entire|full)\s+|throughout\s+(?:(?:the|his|her)\s+)?)(?:admission|hospitali[sz]ation|(?:hospital\s+)?stay)\b",
    re.IGNORECASE,
)
"""Behind a stop: the drug was not given from the admission on ("was held for the whole admission")."""
WHICH = Pattern(r"[\s,]*(?:(?:which|that)|and)\s+(?:was|were)\b", re.IGNORECASE)
NOUN = Pattern(r"(?:(?:mono)?therapy|treatment|use|exposure|administration)(?:\s+(?:with|of|to))?", re.IGNORECASE)
"""A noun for a treatment that is over: it tells of no new one by itself."""
CORRELATED = Pattern(
    r"\b(?:correlat\w+|consistent|coincid\w+|associat\w+|relat\w+|attribut\w+|link\w*|due|secondary|compatible|implicat\w+)\s+"
    r"(?:in\s+time\s+|temporally\s+)?(?:with|to)\s+(?:the\s+|his\s+|her\s+)?(?:\w+\s+)?$|"
    r"\b(?:given|considering|in\s+(?:view|light)\s+of)\s+(?:the\s+|his\s+|her\s+)(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before the noun of a treatment that is spoken of as the cause: nothing is begun there."""
IS_STOPPED = Pattern(
    r"\s+(?:was|were|had\s+been|is)\s+(?:(?:\w+ly|then|also|thus)\s+){0,2}(?:stopped|discontinued|withdrawn|withheld|held|ceased|suspended|"
    r"interrupted|terminated|halted|continued)\b",
    re.IGNORECASE,
)
"""Behind the noun of a treatment that was running ("her dapsone therapy was stopped")."""
EFFECT_OF = Pattern(
    r"\b(?:(?:adverse|side|toxic|harmful|unwanted)\s+(?:\w+\s+)?(?:effects?|reactions?)|complications?|toxicit\w+|risks?|hazards?)\s+"
    r"(?:of|to|with|from)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Before the noun of a treatment whose effect is spoken of ("awareness of this adverse effect of X treatment")."""
NAMED = Pattern(r"re-?challenge|re-?exposure|reintroduction|second\s+exposure", re.IGNORECASE)
"""A re-exposure called by its name, with no time of its own: the one that was told before."""
ONCE_RESUMED = Pattern(
    r"\b(?:after|following|since|upon|with)\s+(?:the\s+)?"
    r"(?:re-?start(?:ing)?|resum(?:ing|ption)|re-?introduc(?:ing|tion)|re-?initiat(?:ing|ion)|re-?commenc(?:ing|ement)|re-?institut\w+)\b",
    re.IGNORECASE,
)
""" "After resuming X she was well", behind "X was restarted": the same re-exposure."""
TRIAL = Pattern(r"(?:de|re)-?challenge", re.IGNORECASE)
"""A stop or a re-exposure called by its name: behind the reaction, in one clause with it, it came after that."""
TREATMENT_WAS = Pattern(
    r"(?:^|(?<=[.;,]\s)|\b(?:and|so|but)\s)(?:(?:the|this|his|her|all|drug|combination|antituberculous|antituberculosis|anti-?tubercul\w+|multidrug)\s+){0,3}(?:treatment|therapy|"
    r"regimen|chemotherapy|medication)\s+(?:was|were|had\s+to\s+be)\s+(?:\w+ly\s+|then\s+|therefore\s+|thus\s+)?$",
    re.IGNORECASE,
)
"""Before the stop of a treatment as a whole ("Treatment was stopped")."""
STOPPED = Pattern(r"stopp|discontinu|with-?dr|withh|interrupt|suspend|ceas|halt", re.IGNORECASE)
LONG_BEFORE = Pattern(
    r"\b(?:an?|the|his|her|one)\s+(?:earlier|previous|prior|former|past)\s+(?:\w+\s+)?(?:course|treatment|exposure|use|therapy|cycle)\b|"
    r"\b(?:recall\w*|remember\w*|reported|in\s+retrospect|retrospectively|on\s+(?:further\s+|direct\s+)?questioning|admitted)\b[^.]{0,120}?\b"
    r"years?\s+(?:before|earlier|previously|ago)\b",
    re.IGNORECASE,
)
"""A sentence that tells of another time with a drug: "an earlier course of X, four years before"."""
A_REDUCED = Pattern(r"\b(?:an?|the|at|with|on)\s+(?:reduced|lowered|decreased)$", re.IGNORECASE)
"""A dose that is called reduced ("a re-challenge with a reduced dose"): nothing is reduced there."""
EVENT = Pattern(r"\b(?:transplant|surg|operat|deliver|vaccinat|gastrectom|colectom|splenectom)", re.IGNORECASE)
BEDSIDE = Pattern(
    r"(?:the\s+|this\s+|his\s+|her\s+)?(?:hospital\s+|current\s+|present\s+|initial\s+){0,2}(?:presentation|admission|hospitali[sz]ation|"
    r"(?P<ill>(?:onset|illness|episode|event|reaction|symptoms?)))\b",
    re.IGNORECASE,
)
"""What something was before: "were normal prior to presentation"."""
MAINTAINED = Pattern(r"maintained\b|(?:(?:was|were|been|being|now|currently|while)\s+on)\b", re.IGNORECASE)
"""\"Was (maintained) on X\" tells that X was taken then: it had been started before, nobody says when."""
HAD = Pattern(r"\bhad\s+(?!(?:a|an|no|the)\b)(?:\w+\s+){0,2}?\w+(?:ed|en|wn)\b", re.IGNORECASE)
ANEW = Pattern(r"\b(?:rose|rise|increas\w+|elevat\w+|became|develop\w+|fell|dropped)\b", re.IGNORECASE)
"""Something happened: the story starts anew from there."""


NAME = 200
"""Characters of a drug's name, at the most."""
CAME_BACK = Pattern(
    r"\b(?:returned(?!\s+to\s+(?:the\s+)?(?:normal|baseline|work|school|his|her|usual))|re-?admitted|re-?presented|came\s+back|"
    r"presented\s+again|was\s+seen\s+again|second\s+(?:admission|visit|presentation))\b",
    re.IGNORECASE,
)
"""A later visit."""
REACTED_AGAIN = Pattern(
    r"\b(?:developed|had|became|experienced|suffered|noticed|presented\s+with|complained\s+of)\s+(?:[\w-]+\s+){1,3}again\s+"
    r"(?:after|on|during|under|with)\b",
    re.IGNORECASE,
)
""" "He developed jaundice again after 69 days of Y": the reaction, and not the drug, came again."""
