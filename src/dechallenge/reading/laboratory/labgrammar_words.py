"""Words of the laboratory grammar: what joins a name to its value, and what says normal, elevated, decreased.

Each word has a one-letter tag; the linking rules are patterns over these letters. Imports nothing of the package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.reading.matching.triggers import Pattern

_TAGGED = {
    "V": """était étaient est sont war waren ist lag was were is are be been being had have has remained remain
        remains measured found stayed becoming became reads reading determined reported noted averaged made accounted
        constituted comprised formed""",
    "h": "displayed showed shows showing revealed reveals demonstrated disclosed",
    "v": """came rose rise rises risen rising increased increase increases increasing fell fall falls fallen felt
        falling decreased decrease decreases decreasing dropped drop drops declined decline declining reached
        reaching reaches peaked peak peaking peaks climb climbs climbed
        climbing went improved improving worsened worsening
        jumped soared ranged ranging returned recovered normalized normalised reduced reduction nadir
        deteriorated doubled plummeted surged shortened lengthened prolonged stabilized stabilised back recovery""",
    "m": """level levels count counts value values concentration concentrations activity activities serum plasma
        blood test tests result results number numbers cell cells measurement measurements maximum max maximal
        mean initial baseline deficit the a an his her its their this these both all absolute fasting titer index total
        enzyme enzymes time respective overall peripheral whole venous arterial""",
    "=": "of at equal à bei auf",
    "t": "to into",
    "f": "from",
    "&": "and or plus und et",
    "w": "with",
    "T": "on during over within after before until since throughout under in upon following",
    "b": "for but however while whereas although though because when if unless",
    "n": "no not without never",
    "r": "respectively",
    "p": "it they",
    "x": "by per ratio",
    "Z": "abnormality abnormalities derangement derangements disturbance disturbances",
}
TAGS: dict[str, str] = {word: tag for tag, words in _TAGGED.items() for word in words.split()}
"""Tag of a word: V be-verb · h show · v verb of change · m part of a name · = "of" · t to · f from · & and · w with ·
T time preposition · b clause boundary · n negation · r respectively · s part of bilirubin · p pronoun ·
Z abnormality · x stop. `COUNTS` are tagged P."""

_LIGHT = """which that who then also still again only now once later may might could would can will did does do kept
    seems began even just thus both each soon here there twice not so further first one two three four five six seven
    eight nine ten several"""
LIGHT = frozenset(_LIGHT.split())
"""Words that may stand between a name and its verb without making another thing of the name."""

ABNORMAL = Pattern("|".join(_TAGGED["Z"].split()), re.IGNORECASE)
"""A word for something abnormal, of which there may be none."""

PUNCTUATION = {
    ",": ",", "/": ",", "&": "&", "+": "&", "=": "=", ":": "=", "(": "(", ")": ")", "[": "(", "]": ")", ";": ";",
    ".": ".", "?": ".", "!": ".", "\n": ".", "→": ",",
}  # fmt: skip

BILIRUBIN_PARTS = {
    "direct": "BILI_DIR",
    "conjugated": "BILI_DIR",
    "indirect": "BILI_IND",
    "unconjugated": "BILI_IND",
    "total": "BILI_TOT",
}
"""Fractions named without repeating the word bilirubin: "6.8 mg/dL (6.6 direct)"."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Words that give a result without a number.

    Attributes:
        kind: ``normal``, ``elevated``, ``decreased``, ``unchanged`` or ``normalised``.
        noun: They announce the analyte ("increase in …", "normalization of …").
        verb: They tell a movement ("fell", "rose"), not a state.
    """

    start: int
    end: int
    kind: str
    noun: bool
    verb: bool


_ADVERB = r"(?:\s\w{3,14}ly|\swell|\sall|\ssignificantly|\sagain|\salso|\snot)?"
_LIMITS = r"(?:limits?|ranges?|values?|levels?|intervals?)"
_TO_NORMAL = (
    r"(?:to|into|toward|towards)\s(?:the\s|its\s|their\s|within\s(?:the\s)?)?(?:normal|baseline|reference)"
    rf"(?:\s{_LIMITS})?"
)
_MOVED = (
    r"(?:returned|returning|return|came\sback|fell|fallen|falling|fall|dropped|decreased|declined|rose|risen|recovered"
    r"|improved|reverted|back|went|decreasing)"
)
_SLIGHT = r"(?:significant\s|marked\s|apparent\s|relevant\s|major\s)?(?:\w+\s)?"
_BEGAN = r"(?:began|started|continued|begun)\sto\s"
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("normalised", "noun", r"normali[sz]ation(?=\s(?:of|in))|return\sto\snormal(?=\s(?:of|in))"),
    ("normalised", "", rf"normali[sz](?:ed|es|ing)|{_MOVED}{_ADVERB}\s{_TO_NORMAL}"),
    ("unchanged", "noun", rf"no\s{_SLIGHT}(?:changes?|alterations?)(?=\s(?:in|of)|\s?\()"),
    ("unchanged", "", r"unchanged|did\snot\s(?:significantly\s)?change|remained\sstable|stable"),
    (
        "normal",
        "",
        rf"(?:with)?in\s(?:the\s|its\s|their\s)?(?:normal|reference)\s(?:laboratory\s)?{_LIMITS}"
        rf"|(?:with)?in\s(?:the\s)?{_LIMITS}\sof\s(?:the\s)?(?:normal|reference)(?:\s{_LIMITS})?",
    ),
    (
        "normal",
        "",
        r"not\s(?:\w{3,14}ly\s)?(?:elevated|increased|raised|decreased|reduced|low|high|prolonged|abnormal)"
        r"|(?<!near\s)(?<!nearly\s)(?<!of\s)(?<!of the\s)normal|unremarkable",
    ),
    ("normal", "noun", r"no\s(?:\w+\s)?(?:elevations?|abnormalit(?:y|ies))(?=\s(?:in|of))"),
    ("unchanged", "noun", r"no\s(?:\w+\s)?(?:increases?|rises?|decreases?|falls?|drops?)(?=\s(?:in|of))"),
    ("elevated", "noun", r"(?:elevations?|increases?|rises?|increment)(?=\s(?:in|of)\b)"),
    ("decreased", "noun", r"(?:decreases?|falls?|drops?|reductions?|declines?)(?=\s(?:in|of)\b)"),
    (
        "elevated",
        "",
        r"elevated|raised|high(?!\s(?:dose|grade|fever|risk|tit|school))|elevations?|prolonged|increased|increases",
    ),
    ("decreased", "", r"lowered|low(?!\s(?:dose|grade|back|risk|molec|tit))|depressed|decreased|reduced|diminished"),
    ("elevated", "verb", rf"rose|rising|risen|{_BEGAN}(?:rise|increase)"),
    ("decreased", "verb", rf"fell|fallen|falling|dropped|declin(?:ed|ing)|{_BEGAN}(?:fall|decrease|decline|drop)"),
)
_QUALITY = Pattern(
    r"\b(?:" + "|".join(f"(?P<q{i}>{pattern})" for i, (_, _, pattern) in enumerate(_FORMS)) + r")\b", re.IGNORECASE
)


def qualities(text: str, start: int, end: int) -> list[Quality]:
    """Qualitative results in ``text[start:end]``, in order; "near normal" and "abnormal" are none."""
    found: list[Quality] = []
    for match in _QUALITY.finditer(text, start, end):
        kind, sort, _ = _FORMS[int((match.lastgroup or "q0")[1:])]
        found.append(Quality(match.start(), match.end(), kind, sort == "noun", sort == "verb"))
    return found


COUNTS = Pattern(
    r"\b(?:(?:weekly|daily|monthly|subsequent|further|repeat(?:ed)?|serial|later|follow-up)\scounts?\b(?! of\b)"
    r"|(?<=\ba\s)count\sof\b|(?<=\bthe\s)counts?\s(?:was|were|is|fell|rose|dropped|had|has|reached|increased|decreased|recovered|returned|declined)\b)",
    re.IGNORECASE,
)
"""A noun that stands for the analyte named before ("weekly counts stayed between 2,100 and 3,500/µL")."""

WORD = Pattern(r"[^\W\d_]+(?:'[a-z]{1,2})?|[,;:=/&+()\[\].?!\n→]|(?<=\s)-(?=\s)|as\swell\sas", re.IGNORECASE)
