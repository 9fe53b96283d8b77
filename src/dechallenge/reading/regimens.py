"""The grammar of a regimen: dose, route, frequency and length of a treatment as they are printed, drug or no drug.

Every function takes a sentence (or any normalised text) and returns slots: span, kind and normal form. Which drug a
slot belongs to is decided by ``drugs`` and ``exposures``. Tables of words, no guesses: an "injection" has a route that
is not said. May import expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dechallenge.reading.expressions import TimeExpression, expressions

NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,6})?)"
MASS = (
    r"(?:mg|gm?s?|grams?|milligrams?|micrograms?|microg|mcgs?|[μµu]g|ng|[kM]?IU|UI|MU|MIU|U|units?|"
    r"million\s+(?:international\s+)?"
    r"units?|m[lL]|mmol|mEq|MBq|mCi|milliequivalents?)"
)
_AREA = r"(?:kg|m\s?2|m\^2|m²|m\(2\)|m\b|\d{1,4}(?:\.\d{1,3})?\s*m[lL])"
PER = (
    rf"(?:\s*(?:/|\bper\b)\s*{_AREA}|\s+(?:kg|m)\s?-[12]\b)?"
    r"(?:\s*(?:/|\bper\b|\ba\b|\beach\b|\bevery\b)\s*(?:24\s*h(?:ours?|rs?)?|day|d|week|wk|month|hour|h|min(?:ute)?|"
    r"dose|"
    r"kg(?:\s*/\s*day)?|body\s+weight|injection|infusion)\b)?"
)
_NOT_A_LEVEL = r"(?![A-Za-z])(?!\s*(?:/|\bper\s)\s*(?:d?L|d?l|m[Ll]|mm3|cmm|[uμµ]L|lit(?:er|re)|\d{0,3}\s*g\b)\b)"
DOSE = re.compile(
    rf"(?<![\w.])(?P<low>{NUMBER})(?:\s*(?:-|–|to|→|and)\s*(?P<high>{NUMBER}))?[\s-]*(?P<unit>{MASS}(?![A-Za-z]){PER})"
    rf"{_NOT_A_LEVEL}",
    re.IGNORECASE,
)
"""A quantity of a drug, with what it is given per; concentrations in blood ("6 mg/dL") are none."""

_FEW = r"\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|half\s+a"
COUNT = re.compile(
    rf"(?<![\w.])(?P<low>{_FEW})(?:\s*(?:-|–|to)\s*(?P<high>\d{{1,2}}))?\s*"
    r"(?P<unit>tablets?|capsules?|puffs?|drops?|pills?|cups?|sachets?|vials?|ampoules?|suppositor(?:y|ies)|"
    r"patch(?:es)?)\b",
    re.IGNORECASE,
)
"""A number of pieces: "three tablets"."""

_DOSE_NOUN = r"(?:dos(?:e|es|ages?|ing)|overdos(?:e|es|age))"
_SIZE = (
    r"(?:high(?:er|est)?|low(?:er|est)?|moderate|intermediate|small(?:er)?|large(?:r)?|massive|excessive|conventional|"
    r"standard|regular|prophylactic|full|therapeutic|supratherapeutic|subtherapeutic|toxic|usual|normal|recommended|"
    r"equivalent|maximum|maximal|"
    r"minimal|total|cumulative|pulsed?|increasing|increased|decreasing|reduced|escalating|incremental|divided|"
    r"different|"
    r"various|loading|maintenance|test|booster|double|stable|constant|fixed|adequate)"
)
_TIMES = (
    r"(?:single|first|second|third|fourth|fifth|sixth|last|one|two|three|four|five|six|seven|eight|nine|ten|multiple|"
    r"several|"
    r"repeated|few|\d{1,2})"
)
DOSE_WORDS = re.compile(
    rf"\b(?:{_SIZE}['\"]?(?:[\s-]+(?:single|oral|daily|weekly|intravenous|cumulative))?[\s,-]+{_DOSE_NOUN}"
    rf"|(?:(?:a|one)\s+)?{_TIMES}(?:[\s-]+(?:single|oral|daily|intravenous|high|low|small))?"
    rf"[\s-]+{_DOSE_NOUN}"
    rf"|{_DOSE_NOUN}\s+(?:increase|increment|escalation|reduction|decrease|adjustment|titration)s?"
    rf"|(?:increas\w{{1,3}}|reduc\w{{1,4}}|decreas\w{{1,3}}|adjustment)\s+(?:in|of)\s+(?:the\s+|its\s+)?{_DOSE_NOUN}"
    r"|(?:large|small|massive|excessive)\s+(?:amounts?|quantit(?:y|ies))(?=\s+of)|(?:over|under)-?dos(?:e|es|ed|age|"
    r"ing)"
    r"|over-?us(?:e|ed|ing))\b",
    re.IGNORECASE,
)
"""A dose told without a quantity: "low-dose", "a single dose", "overdose", "dose reduction"."""

_SMALL = r"\d{1,2}|one|two|three|four|five|six|eight|ten|twelve"
_SPAN = r"(?:day|d|week|wk|month|night|hour|h|morning|evening|year)"
FREQUENCY = re.compile(
    rf"\b(?:(?:(?:once|twice|thrice|(?:{_SMALL})(?:\s*(?:-|–|to)\s*(?:{_SMALL}))?[\s-]+times)[\s-]*(?:a|an|per|every|"
    rf"each|in\s+a)?"
    r"[\s-]*(?:daily|day|weekly|week|monthly|month|nightly|night|yearly|year)|"
    r"(?:once[\s-]+)?(?:daily|weekly|monthly|nightly|fortnightly|biweekly|bimonthly|bid|b\.i\.d\.|tid|t\.i\.d\.|tds|"
    r"qid|"
    r"q\.i\.d\.|qd|q\.d\.|qod|q\.o\.d\.|qhs|q\.h\.s\.|tiw|t\.i\.w\.|biw|prn|p\.r\.n\.|as\s+needed|as\s+required|"
    r"on\s+demand|"
    r"at\s+(?:night|bedtime)|hourly)|"
    rf"(?:{_SMALL})[\s-](?:hourly|weekly|monthly)|(?:on\s+)?alternate[\s-]+(?:days?|weeks?)|"
    rf"every\s+(?:other\s+(?:day|week|month)|(?:second|third|fourth)\s+(?:day|week|month)|(?:{_SMALL})\s*(?:(?:-|–|"
    rf"to)\s*\d{{1,2}}\s*)?"
    r"-?\s*(?:hours?|hrs?|h|days?|weeks?|wks?|months?)|day|week|month|morning|night|evening)|"
    r"q\s?\d{1,2}\s?(?:hours?|hrs?|hr|h|d|wks?|w|weeks?)|(?:a|per)[\s-]+(?:day|week|month)|"
    r"at\s+weeks\s+\d{1,3}(?:\s*,\s*\d{1,3}){0,8},?\s+and\s+\d{1,3}|"
    r"on\s+days\s+\d{1,2}(?:\s*,\s*\d{1,2}){0,8}(?:,?\s*(?:and|to|-|–)\s*\d{1,2})?)(?!\w)"
    r")|(?<=[\w)²])\s?/\s?(?:day|week|month|d|wk|24\s?h)\b",
    re.IGNORECASE,
)
"""How often a drug is given, as the sheet or the prescription writes it."""
MANNER = re.compile(
    r"\b(?:continuous|intermittent|frequent|occasional|regular|repeated|sporadic)(?:ly)?\b(?!\s+(?:ambulatory|"
    r"monitoring|positive|variable))",
    re.IGNORECASE,
)
"""How often in a word that gives no interval."""

_ANATOMY = (
    r"(?![\s-]+(?:facial|ulcer|mucos|cavity|candid|lesion|thrush|health|hygiene|temperature|aphth|bleed|haemorrh|"
    r"hemorrh|cancer|"
    r"carcinoma|mass|exam|mucositis|burning|pain|discharge|congestion|septum))"
)
_ROUTE_WORDS: tuple[tuple[str, str, str], ...] = (
    ("sc", "subcutaneous", r"sub-?cutaneous(?:ly)?|s\.?c\b\.?|sub-?cut"),
    ("iv", "intravenous", r"intravenous(?:ly)?|i\.?v\b\.?|infusions?|infused|infusing|infusional"),
    ("im", "intramuscular", r"intramuscular(?:ly)?|i\.m\b\.?"),
    (
        "po",
        "oral",
        rf"oral(?:ly)?{_ANATOMY}|by\s+mouth|p\.?o\.|per\s+os|tablets?|capsules?|pills?|sachets?|syrup|ingest(?:ion|ed|"
        r"ing)|swallowed",
    ),
    ("top", "topical", r"topical(?:ly)?|ointments?|creams?|lotions?"),
    (
        "eye",
        "ophthalmic",
        r"eye[\s-]?drops?|ophthalmic\s+(?:solution|drops|ointment)|(?:peri|intra)ocular(?:ly)?(?=\s+(?:inj|adm))",
    ),
    ("ear", "otic", r"ear[\s-]?drops?"),
    (
        "inh",
        "inhalation",
        r"inhal(?:ed|ers?|ations?|ing)|nebuli[sz](?:ed|ers?|ation)|aerosoli?[sz]ed|smok(?:ed|"
        r"ing)(?=\s+(?:of\s+)?(?:crack|cocaine|cannabis|heroin|marijuana|opium))",
    ),
    ("nas", "nasal", r"intra-?nasal(?:ly)?|nasal\s+(?:spray|drops|insulin|administration)|nasally"),
    ("rec", "rectal", rf"rectal(?:ly)?{_ANATOMY}|suppositor(?:y|ies)|enemas?"),
    ("vag", "vaginal", r"intra-?vaginal(?:ly)?|vaginally|pessar(?:y|ies)"),
    ("it", "intrathecal", r"intra-?thecal(?:ly)?"),
    (
        "icv",
        "intraventricular",
        r"intra-?(?:cerebro-?)?ventricular(?:ly)?(?!\s+(?:h[ae]|bleed|conduct|block|septa|pressure|thromb))",
    ),
    ("muc", "submucosal", r"sub-?mucosal(?:ly)?(?=\s+(?:inject|infiltrat|administ))"),
    ("pla", "transplacental", r"in\s+utero(?=\s+exposure)|transplacental(?:ly)?"),
    ("epi", "epidural", r"epidural(?:ly)?(?!\s+(?:abscess|h[ae]))"),
    ("ves", "intravesical", r"intra-?vesical(?:ly)?"),
    ("per", "intraperitoneal", r"intra-?peritoneal(?:ly)?(?!\s+(?:h[ae]|bleed|abscess|fluid|air))"),
    ("vit", "intravitreal", r"intra-?vitreal(?:ly)?"),
    ("cam", "intracameral", r"intra-?cameral(?:ly)?"),
    ("art", "intra-articular", r"intra-?articular(?:ly)?"),
    ("ia", "intra-arterial", r"intra-?arterial(?:ly)?"),
    ("der", "intradermal", r"intra-?dermal(?:ly)?"),
    ("les", "intralesional", r"intra-?lesional(?:ly)?"),
    ("ple", "intrapleural", r"intra-?pleural(?:ly)?(?!\s+fluid)"),
    ("sl", "sublingual", r"sub-?lingual(?:ly)?"),
    ("buc", "buccal", r"buccal(?:ly)?(?!\s+mucosa)"),
    ("td", "transdermal", r"transdermal(?:ly)?|patch(?:es)?(?!\s+test)"),
    ("ent", "enteral", r"(?:via|by|through)\s+(?:a\s+|the\s+)?(?:nasogastric|gastrostomy|feeding|nasojejunal)\s+tube"),
    ("imp", "implant", r"implantation(?=\s+of)|(?:subdermal|contraceptive|drug|hormonal)\s+implants?"),
)
ROUTES = {key: name for key, name, _ in _ROUTE_WORDS}
ROUTE = re.compile(
    "|".join(rf"(?<![\w-])(?P<{key}>(?:{words}))(?!\w)" for key, _, words in _ROUTE_WORDS), re.IGNORECASE
)
"""A way into the body, by its adjective or by the form that has only one; the name of the group tells which."""
FORM = re.compile(
    r"(?<!conjunctival )(?<!scleral )\b(?:injections?(?![\s-]+site)|injected|injecting|parenteral(?:ly)?|bolus(?:es)?|"
    r"chemotherapy|systemic(?=\s+(?:\S+\s+)?(?:administration|treatment|therapy|chemo|steroid|corticosteroid))|intake|"
    r"instillations?|sprays?|implants?)\b",
    re.IGNORECASE,
)
"""That a drug was given, or in which form, without the way into the body."""

_LONG_USE = re.compile(
    r"\b(?:(?:long|short)[\s-]+(?:term|standing|lasting)|chronic(?:ally)?|prolonged|brief|short|life-?long|protracted)"
    r"(?:[\s-]+(?:\w+[\s-]+){0,2}?)(?:us(?:e|age|er|ers)|therap(?:y|ies)|treatments?|treated|courses?|administration|"
    r"exposure|ingestion|intake|prophylaxis|infusion|dosing)\b",
    re.IGNORECASE,
)
_COURSE = re.compile(
    r"\b(?:(?:the|her|his|a)\s+)?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|eighth|\d{1,2}(?:st|nd|rd|"
    r"th))\s+"
    r"(?:\w+\s+)?(?P<what>course|cycle|infusion|injection|dose|administration|day|week|month|year)\b",
    re.IGNORECASE,
)
_COURSES = re.compile(
    r"\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several)\s+(?:courses|cycles)\b",
    re.IGNORECASE,
)
_NOT_OF_TREATMENT = re.compile(r"[\s-]*(?:history|old\b|of\s+age|pregnan|gestation)", re.IGNORECASE)
_AT_ONCE = re.compile(
    r"\b(?:immediate(?:ly)?|within\s+(?:seconds|minutes|hours|days|weeks|months)|shortly|soon|rapidly|promptly)"
    r"(?:\s+(?:after|following|upon))?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One piece of a regimen.

    Attributes:
        start, end: Span in the text.
        kind: ``dose``, ``route``, ``frequency``, ``duration`` or ``elapsed``.
        value: Normal form: the words in lower case for doses and frequencies, the name of the route, TIMEX3 notation
            for lengths; empty where the words do not say it.
    """

    start: int
    end: int
    kind: str
    value: str = ""


def doses(text: str) -> list[Slot]:
    """Quantities with their unit, numbers of pieces, and doses told in words, in order, none overlapping."""
    return _apart(
        "dose", ((m.start(), m.end(), _plain(m)) for p in (DOSE, COUNT, DOSE_WORDS) for m in p.finditer(text))
    )


def routes(text: str) -> list[Slot]:
    """Words of the way of giving; ``value`` is empty where the way into the body is not said ("injection")."""
    named = ((m.start(), m.end(), ROUTES[str(m.lastgroup)]) for m in ROUTE.finditer(text))
    formed = ((m.start(), m.end(), "") for m in FORM.finditer(text))
    return _apart("route", (*named, *formed))


def frequencies(text: str) -> list[Slot]:
    """How often: intervals and times a day; ``value`` is empty for a word without an interval ("continuous")."""
    told = ((m.start(), m.end(), _plain(m).lstrip("/ ")) for m in FREQUENCY.finditer(text))
    vague = ((m.start(), m.end(), "") for m in MANNER.finditer(text))
    return _apart("frequency", (*told, *vague))


def durations(text: str) -> list[Slot]:
    """How long a treatment had lasted: lengths, days and courses counted from its start, long and short use."""
    return _apart(
        "duration", (*_lengths(text), *_spans(text, _COURSE), *_spans(text, _COURSES), *_spans(text, _LONG_USE))
    )


def elapsed(text: str) -> list[Slot]:
    """How much time lay between a treatment and what followed it."""
    return _apart("elapsed", (*_lengths(text), *_spans(text, _COURSE), *_spans(text, _AT_ONCE)))


def _lengths(text: str) -> Iterator[tuple[int, int, str]]:
    for expression in expressions(text):
        if _of_treatment(text, expression):
            yield expression.start, expression.end, expression.value


def _of_treatment(text: str, expression: TimeExpression) -> bool:
    """Whether an expression can tell the length of a treatment: an amount or a day, no age and no history."""
    if expression.kind not in ("duration", "offset", "sequence", "day"):
        return False
    return _NOT_OF_TREATMENT.match(text, expression.end) is None


def _spans(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str]]:
    return ((m.start(), m.end(), "") for m in pattern.finditer(text))


def _plain(match: re.Match[str]) -> str:
    return " ".join(match.group().split()).lower()


def _apart(kind: str, found: Iterable[tuple[int, int, str]]) -> list[Slot]:
    """Slots in order; of two that overlap the earlier and longer one stays."""
    out: list[Slot] = []
    for start, end, value in sorted(found, key=lambda item: (item[0], -item[1])):
        if not out or start >= out[-1].end:
            out.append(Slot(start, end, kind, value))
    return out
