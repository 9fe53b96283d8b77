"""Shorthand of notes written out: "w/", "f/u 6/28", "x 10 d", "skin bx", "D/c home", and short dates ("on 5/26").

What a sign stands for must be plain from the words beside it; what has two meanings stays as it is. Nothing that
changes a number is written. May import the short dates and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.formwords import written_fields
from dechallenge.reading.texts.notedates import ShortDate, short_dates
from dechallenge.reading.texts.timedates import MONTH_FIRST, settled_order, unsettled_without_short
from dechallenge.reading.texts.timewords import MONTHS

_WORDS = {
    "w/": "with", "c/": "with", "w/o": "without", "c/o": "complaining of", "h/o": "history of", "s/p": "status post",
    "d/t": "due to", "b/c": "because", "c/w": "consistent with", "e/o": "evidence of", "p/w": "presented with",
    "f/u": "follow-up", "w/u": "work-up", "b/l": "baseline",
}  # fmt: skip
_UNITS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year"}
_COUNT = r"\d{1,3}(?:\.\d)?(?:\s?-\s?\d{1,3})?"
_DATE = r"(?:on\s+)?(?:0?[1-9]|[12]\d|3[01])/\d{1,2}(?:/\d{2,4})?(?![\d/])"
_HOME = r"(?:home|to\s+(?:home|rehab\w*|SNF|hospice|nursing)|in\s+(?:good|stable|improved)|on\s+(?:day|HD|POD)\b)"
_OPENS = r"(?:^|(?<=\n)|(?<=[.;:]\s)|(?<=[.;:]\s\s))"
"""At the beginning of a sentence."""


def _same_case(words: str, printed: str) -> str:
    return words[0].upper() + words[1:] if printed[:1].isupper() else words


def _word(match: re.Match[str]) -> str:
    return _same_case(_WORDS[match.group().lower()], match.group())


def _lasting(match: re.Match[str]) -> str:
    """ "x 10 d", "×4 yrs": for so long."""
    count = match["n"]
    return f"for {count} {_UNITS[match['unit'][0].lower()]}{'' if count == '1' else 's'}"


def _ago(match: re.Match[str]) -> str:
    """ "2/7 ago", "3/52 later", "6/12 history": days, weeks and months."""
    unit = {"7": "day", "52": "week", "12": "month"}[match["unit"]]
    return f"{match['n']} {unit}{'' if match['n'] == '1' else 's'}"


def _fixed(words: str) -> Callable[[re.Match[str]], str]:
    return lambda match: _same_case(words, match.group())


_PEOPLE = {"W": "white ", "B": "black ", "H": "Hispanic ", "C": "Caucasian ", "AA": "African American ", "": ""}
_GROUP = r"(?:(?P<group>AA|Caucasian|[WBHC]|white|black|Hispanic|Asian)[ \t]?)?"
_HEAD = r"(?=[\s,;.)])(?!\s?[-/])"


def _person(match: re.Match[str]) -> str:
    """ "66M", "47 YOF", "44-yo WF": age and sex of the patient."""
    group = _PEOPLE.get(match["group"] or "", f"{match['group']} ")
    return f"{match['age']}-year-old {group}{'female' if match['sex'] == 'F' else 'male'}"


_UNIT = (
    r"I?U/[lL]|iu/[lL]|(?:m|g|µ|μ|u|n|p|mc)?g/d?[lL]|(?:m|µ|μ|u|n|p)mol/[lL]|mEq/[lL]|ng/m[lL]|pg/m[lL]|"
    r"(?:x|×|\*)\s?10\^?9/[lL]|G/[lL]|/mm3|/[µμu][lL]"
)


def _unit_behind(match: re.Match[str]) -> str:
    """ "AST U/L 2450": the unit stands before the figure."""
    return f" {match['value']} {match['unit']}"


_FORMS: tuple[tuple[Pattern, Callable[[re.Match[str]], str]], ...] = (
    (
        Pattern(
            r"(?<![\w/.-])(?:w/o?|c/|[ch]/o|s/p|d/t|b/c)(?=[ \t]+[A-Za-z(\d])|"
            r"(?<![\w/.-])(?:c/w|e/o|p/w|f/u|w/u)(?![\w/])|(?<![\w/.-])b/l(?=[ \t]+\d)",
            re.IGNORECASE,
        ),
        _word,
    ),
    (Pattern(rf"(?<![\w.,-])(?P<age>\d{{1,3}})[ \t-]?(?:Y/?O|y/?o)[ \t-]?{_GROUP}(?P<sex>[MF]){_HEAD}"
             r"(?<!yo\s[MF])(?<!y/o\s[MF])"), _person),
    (Pattern(rf"(?:{_OPENS}|(?<=[Pp]t\s)|(?<=patient\s)|(?<=\ba\s))(?P<age>\d{{2,3}})[ \t]?(?P<group>AA|[WBHC])?"
             r"(?P<sex>[MF])(?=(?:,|\s+(?:w/|c/|s/p|h/o|c/o|p/w|hx|PMH|adm|with|who|on|admitted|presented|known|"
             r"smoker)))"), _person),
    (Pattern(r"(?:(?<=[A-Za-z)]\s)|(?<=\b(?:19|20)\d\d\s))2/2(?=[ \t]+(?!(?:to|with|w/|for|and|at|on|by|from|in|of|he|"
             r"she|pt|the|bottles?|sets?|cultures?|bcx|samples?|specimens?|pulses?)\b)[A-Za-z])"),
     _fixed("secondary to")),
    (Pattern(rf"(?:(?<=[A-Za-z)%(]\s)|(?<=\()|(?<=\d\.\d\s))[x×]\s?(?P<n>{_COUNT})\s?-?(?P<unit>h(?:ou)?rs?|h|"
             r"d(?:ays?)?|w(?:ee)?ks?|mos?|months?|y(?:ea)?rs?)\b(?!/)", re.IGNORECASE), _lasting),
    (Pattern(r"(?<=neg)\s?[x×]\s?\d(?!\d|\s?(?:d|h|wk|mo|yr))|(?<=negative)\s?[x×]\s?\d(?!\d|\s?(?:d|h|wk|mo|yr))",
             re.IGNORECASE), lambda _: ""),
    (Pattern(rf"{_OPENS}(?:[Dd]/?[Cc]|D/C)['’]?(?:e?d)?(?=\s+(?:{_DATE}|{_HOME}))|"
             rf"(?<=\b[Pp]t\s)d/?c['’]?e?d(?=\s+(?:{_DATE}|{_HOME})|\s*[.;])|"
             rf"\bd/c['’]?(?:e?d)?(?=\s+{_HOME})|(?<=,\s)d/c(?=\s+{_DATE})", re.IGNORECASE), _fixed("discharged")),
    (Pattern(r"(?<=\bat\s)d/c\b(?!['’]|\s+of)|(?<=\bprior\sto\s)d/c\b(?!['’]|\s+of)|\bd/c(?=\s+(?:summary|meds|instructions|"
             r"planning)\b)", re.IGNORECASE), _fixed("discharge")),
    (Pattern(rf"\b(?:d/c['’]?e?d|dc['’]e?d)(?!['’\w]|\s+{_HOME})", re.IGNORECASE), _fixed("discontinued")),
    (Pattern(rf"{_OPENS}(?:Rx|Tx)(?:['’]d)?\s?:?(?=\s+[A-Za-z])"), _fixed("Treated with")),
    (Pattern(r"(?<![\w/.-])(?P<n>[1-9]\d?)/(?P<unit>7|52|12)(?=\s+(?:ago|later|history|hx|course)\b)"), _ago),
    (Pattern(r"\b[rt]x['’]?d(?=\s+with\b)|\b[rt]x['’]d(?=\s+w/)", re.IGNORECASE), _fixed("treated")),
    (Pattern(r"\b(?:BM\s?Bx|BM\s+biopsy)\b", re.IGNORECASE), _fixed("bone marrow biopsy")),
    (Pattern(r"\b[Bb]x(?:['’]s)?\b(?!['’]?d)"), _fixed("biopsy")),
    (Pattern(r"\b(?:[Bb]lood\s+cx|BCx|Bcx)(?:['’]?s)?\b"), _fixed("blood cultures")),
    (Pattern(r"\b(?:[Uu]rine\s+cx|UCx|Ucx)(?:['’]?s)?\b"), _fixed("urine culture")),
    (Pattern(r"(?<=[a-z]\s)cx(?:['’]?s)?\b"), _fixed("culture")),
    (Pattern(r"\bincr(?:['’]?d)?(?=\.?\s)", re.IGNORECASE), _fixed("increased")),
    (Pattern(r"\bdecr(?:['’]?d)?(?=\.?\s)", re.IGNORECASE), _fixed("decreased")),
    (Pattern(r"\belev\b(?!\.?\s?\d)", re.IGNORECASE), _fixed("elevated")),
    (Pattern(r"\bcont(?:['’]?d)?(?=[.;,]|\s+(?:on|at|for|with)\b)", re.IGNORECASE), _fixed("continued")),
    (Pattern(r"(?<=\b(?:on|at|of)\s)adm\b", re.IGNORECASE), _fixed("admission")),
    (Pattern(rf"\badm(?:['’]?d)?(?=\s+(?:{_DATE}|to|for|with|w/|from|in)\b)", re.IGNORECASE), _fixed("admitted")),
    (Pattern(r"(?<=[a-z'’]\s)dz\b"), _fixed("disease")),
    (Pattern(r"\brec['’]d\b", re.IGNORECASE), _fixed("received")),
    (Pattern(r"\bN/V/D\b"), _fixed("nausea, vomiting and diarrhoea")),
    (Pattern(r"\bN/V\b(?!/)"), _fixed("nausea and vomiting")),
    (Pattern(r"(?<=[A-Za-z)]\s)nl\b(?!\s?/)|(?<=\n)nl\b"), _fixed("normal")),
    (Pattern(r"\basx\b"), _fixed("asymptomatic")),
    (Pattern(r"(?<=[A-Za-z]\s)\+(?=[,.;]|\s*$)"), _fixed("positive")),
    (Pattern(r"\btrop(?=\s+(?:I|T|neg\w*|pos\w*)\b)", re.IGNORECASE), _fixed("troponin")),
    (Pattern(r"\b1st\s+dose(?:\s+of)?(?=\s+[A-Za-z])"), _fixed("the first dose of")),
    (Pattern(r"\b[Hh]ep(?=\s(?:[A-E]\b|panel|serolog))"), _fixed("hepatitis")),
    (Pattern(r"\btox(?=\s*(?:[.;,]|$))"), _fixed("toxicity")),
    (Pattern(r"\bFHx\b"), _fixed("family history")),
    (Pattern(r"(?<=\d%\s)RA\b"), _fixed("room air")),
    (Pattern(r"\bhigh[\s-]resolution(?=\s+(?:\w+\s+){0,2}(?:CT|computed|computeri[sz]ed|imaging|scan|tomograph\w+)\b)",
             re.IGNORECASE), _fixed("thin-section")),
    (Pattern(r"\breached\s+(?:the\s+|a\s+)?normal(?:\s+(?:values?|levels?|limits?|ranges?|concentrations?))?(?![\w-])",
             re.IGNORECASE), _fixed("returned to normal")),
    (Pattern(r"\babx\b", re.IGNORECASE), _fixed("antibiotics")),
    (Pattern(rf"(?<=[A-Za-z)])(?<!\bin)(?<!\bof)(?<!\bper)[ \t]\(?(?P<unit>{_UNIT})\)?[ \t]*[:=]?[ \t]+"
             r"(?P<value>[<>]?[ \t]?\d[\d.,]*\d|\d)"
             r"(?=[ \t]*(?:[,;]|\.?(?:[ \t]*\n|\s+[A-Z]|$)|\(|and\b))"), _unit_behind),
    (Pattern(r"\b(?:once|until|till|when|if|unless|as\s+soon\s+as|provided(?:\s+that)?)\s+(?:(?:the|his|her|your|all|these)\s+)?"
             r"(?:(?!(?:who|was|were|had|did|took)\b)[\w/-]+\s+){1,4}?(?:(?:is|are|has|have)\s+(?:\w+ly\s+)?(?:back\s+to\s+|returned\s+to\s+|been\s+)?"
             r"(?:normal(?:i[sz]ed)?|resolved|recovered|settled|improved|stable|negative)|(?:returns?|comes?\s+back)\s+to\s+normal|normali[sz]es?|"
             r"resolves?|recovers?|settles?|improves?)\b", re.IGNORECASE), _fixed("in due course")),
)  # fmt: skip
"""Shorthand of notes, with what it stands for."""

Piece = tuple[int, int, str]
"""Raw start and end of what is written out, and the words it stands for."""


_CELL = 200
"""Characters up to which a text is one of many cells: kept, they would drive out the document."""


def written_out(raw: str, *, dates: bool = True) -> tuple[Piece, ...]:
    """What the shorthand of a document stands for, in order, none overlapping.

    Args:
        raw: The document.
        dates: Whether short dates are written out too (not in the cells of a table).
    """
    return _apart(raw, dates) if len(raw) <= _CELL else _kept(raw, dates)


@lru_cache(maxsize=8)
def _kept(raw: str, dates: bool) -> tuple[Piece, ...]:
    return _apart(raw, dates)


def _apart(raw: str, dates: bool) -> tuple[Piece, ...]:
    found = sorted(_pieces(raw, dates), key=lambda piece: piece[:2])
    out: list[Piece] = []
    for piece in found:
        if not out or piece[0] >= out[-1][1]:
            out.append(piece)
    return tuple(out)


def _pieces(raw: str, dates: bool) -> Iterator[Piece]:
    for form, words in _FORMS:
        for match in form.finditer(raw):
            yield match.start(), match.end(), words(match)
    if dates:
        for stay in _STAY.finditer(raw):
            yield stay.start("in"), stay.start("first"), "Date of admission: "
            yield stay.start("out"), stay.start("last"), ".\nDate of discharge: "
        yield from written_fields(raw)
        yield from _dates(raw)


_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d\d|\d\d)|"
    r"\d{1,2}(?:st|nd|rd|th)?[ \t]+[A-Z][a-z]{2,9},?[ \t]+(?:19|20)\d\d)"
)
_STAY = Pattern(
    rf"(?:^|(?<=\n))[ \t]*(?P<in>(?:date[ \t]+of[ \t]+)?(?:admitted|admission)[ \t]*:?[ \t]*(?:on[ \t]+)?)"
    rf"(?P<first>{_DAY})"
    rf"(?P<out>[ \t]*[,;/–-]?[ \t]*(?:and[ \t]+)?(?:date[ \t]+of[ \t]+)?discharged?[ \t]*:?[ \t]*(?:on[ \t]+)?)"
    rf"(?P<last>{_DAY})"
    r"(?=[ \t]*\.?(?:\n|$))",
    re.IGNORECASE,
)
"""The stay in the head of a letter, on a line of its own: "Admitted 3.2.2021, discharged 12.2.2021"."""
_NAMES = {number: name.capitalize() for name, number in reversed(MONTHS.items()) if len(name) > 3 or name == "may"}
_LED = Pattern(
    r"\b(?:on|by|of|since|from|until|till|to|through|thru|and|after|before|around|in|at|dated)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = Pattern(
    r"(?<![\w./,-])(?<!no\s)(?<!no\.\s)(?P<m>0?[1-9]|1[0-2])/(?P<y>(?:19|20)\d\d)(?![\w/]|[.,]\d)", re.IGNORECASE
)


_FULL = r"(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|[12]\d|3[01])[/.](?:(?:19|20)\d\d|\d\d)(?![\d/])"
_OF_THE_NOTE = Pattern(
    r"(?:^|(?<=\n))[ \t]*(?:(?:[A-Z][A-Za-z/&]*[ \t]+(?:[A-Za-z/&]+[ \t]+){0,3})?(?i:notes?|clinic|visit|consult|"
    r"ward|round|E[DR]|ICU|date|office|encounter|follow-?up|F/U|review)[ \t,:-]+)?"
    rf"(?P<date>{_FULL})(?=[ \t]*[.:\n-])"
)
"""The date in the heading of a note: "RHEUM CLINIC 8/22/2019", "ED note 10/21/15."."""
_TODAY = Pattern(r"(?<![\w-])today(?!['’\w-])", re.IGNORECASE)


def _today(raw: str) -> Iterator[Piece]:
    """ "Today ALT 214 U/L" under the heading "RHEUM CLINIC 8/22/2019": that day."""
    notes = [(m.end(), m["date"]) for m in _OF_THE_NOTE.finditer(raw)]
    for match in _TODAY.finditer(raw) if notes else ():
        date = next((date for end, date in reversed(notes) if end <= match.start()), None)
        if date is not None:
            yield match.start(), match.end(), _same_case(f"on {date}", match.group())


def _dates(raw: str) -> Iterator[Piece]:
    """The dates of a document in figures, in words: short ones where their order is settled, months with their year."""
    for match in _MONTH_AND_YEAR.finditer(raw):
        yield match.start(), match.end(), f"{_NAMES[int(match['m'])]} {match['y']}"
    yield from _today(raw)
    shorts = short_dates(raw)
    order, _ = settled_order(raw) if shorts else ("", None)
    if not order:
        return
    for short in shorts:
        words = _in_words(short, order)
        if words:
            opens = raw[: short.start].rstrip(" \t")[-1:] in ("", "\n", ".")
            led = _LED.search(raw, max(0, short.start - 16), short.start) is not None
            lead = "" if led else "On " if opens else "on "
            if short.last is not None:
                lead = "" if raw[: short.start].rstrip().endswith("from") else "from "
            bracket = raw[short.start - 2 : short.start] == " (" and raw[short.end : short.end + 1] == ")"
            yield short.start - bracket, short.end + bracket, lead + words  # "plt 66 (3/16), 120 (3/19)"
    for start, end, (year, month, day) in unsettled_without_short(raw, order):
        yield start, end, f"{day} {_NAMES[month]} {year}"


def _in_words(short: ShortDate, order: str) -> str:
    """ "26 May", "5 March to 14 March"; nothing where the order of the report makes no date of the figures."""
    days = [parts if order != MONTH_FIRST else parts[::-1] for parts in (short.parts, short.last) if parts]
    return " to ".join(f"{day} {_NAMES[month]}" for day, month in days) if all(m <= 12 for _, m in days) else ""
