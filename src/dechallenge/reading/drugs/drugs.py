"""Drugs in prose: names and what they stand for.

A class or a pronoun ("the medication", "the daily injections") is a mention too; what it stands for is resolved by the
story of the case. May import the lexicon, matcher, the contexts of names and regimens (the quantity of a drug).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dechallenge.lexicon.drugs import DrugEntry, cut, load_drugs, normal_token
from dechallenge.reading.drugs.drugbrackets import without_second_names
from dechallenge.reading.drugs.drugclasses import resolve_classes, resolve_this
from dechallenge.reading.drugs.drugcontexts import (
    DENIED,
    INTAKE,
    IS_MEASURED,
    LAST_OF_A_LIST,
    PURPOSE,
    part_of_analyte,
)
from dechallenge.reading.drugs.latter import latter
from dechallenge.reading.drugs.regimens import DOSE
from dechallenge.reading.drugs.shortforms import named_instead
from dechallenge.reading.matching.matcher import Token, fold, tokens
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.mentions.drugmention import DrugMention

_PRONOUN = Pattern(
    r"\b(?P<all>(?:(?:all|both)(?:\s+(?:two|three|four|five|six))?|the\s+(?:two|three|four|five|six))\s+"
    r"(?:(?:of\s+)?(?:the\s+|her\s+|his\s+|these\s+)?(?:(?:other|herbal|oral|regular|suspected)\s+)?(?:medications?|drugs?|"
    r"agents?|medicines?|products?|supplements?|therap(?:y|ies)|antibiotics?|oral\s+\w+\s+agents))"
    r"|(?:the|these|those|his|her)\s+(?:medications|drugs|medicines|agents))\b"
    r"|\b(?P<it>(?:the|this|that|each|study|offending|suspected|culprit)\s+(?:(?:study|suspected|offending|causative|incriminated|culprit|"
    r"daily|herbal|same|weight\s+loss|combination|IL-?1\s?Ra)\s+){0,2}"
    r"(?:medications?|drugs?|agents?|medicines?|antibiotics?|treatment|therapy|injections?|infusions?|capsules?|"
    r"tablets?|pills?|product|supplements?|teas?|herbal\s+teas?|herbs?))\b"
    r"|\b(?P<bare>therapy|treatment|medication)\b",
    re.IGNORECASE,
)

_BEGUN = Pattern(
    r"\s+(?:was|were)\s+(?:\w+\s+)?(?:started|added|given|initiated|begun|introduced|administered|restarted)\b",
    re.IGNORECASE,
)
_RECEIVED = Pattern(r"\b(?:received|administered|given|dose|doses|infusions?|injections?|maintenance)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _reach() -> dict[str, int]:
    """The longest name that begins with each token; a single letter is none."""
    return {first: size for first, size in load_drugs().reach().items() if size > 1 or len(first) > 1}


def _find(sentence: str) -> Iterator[tuple[int, int, DrugEntry]]:
    """Names of the lexicon in a sentence, the longest first, none overlapping."""
    lexicon, reach = load_drugs(), _reach()
    if sentence.isascii():
        words = [(word.start, word.end) for word in tokens(sentence)]
        keys = [normal_token(word.key) for word in tokens(sentence)]
    else:
        cuts = list(cut(sentence))
        words, keys = [(first, last) for _, first, last in cuts], [key for key, _, _ in cuts]
    past = 0
    for i, key in enumerate(keys):
        longest = reach.get(key)
        if longest is None or i < past:
            continue
        for size in range(min(longest, len(words) - i), 0, -1):
            start, end = words[i][0], words[i + size - 1][1]
            entry = lexicon.at(tuple(keys[i : i + size]), sentence[start:end])
            if entry is not None:
                yield start, end, entry
                past = i + size
                break


_PREFIX = Pattern(r"(?<![\w-])[A-Za-z]{2,12}-$")


def _hyphened(sentence: str, first: int, last: int) -> tuple[int, DrugEntry] | None:
    """ "Hydro-chlorothiazide": a name that a hyphen divides is the name of the whole."""
    lead = _PREFIX.search(sentence, max(0, first - 14), first)
    if lead is None:
        return None
    entry = load_drugs().lookup(lead.group()[:-1] + sentence[first:last])
    return (lead.start(), entry) if entry is not None else None


@lru_cache(maxsize=4096)
def _kind(inn: str, kind: str) -> str:
    if kind in ("class", "herb"):
        return kind
    entry = load_drugs().lookup(inn, any_case=True)
    return "herb" if entry is not None and entry.kind == "herb" else "substance"


_ENDINGS = (
    "mab", "tinib", "ciclib", "prazole", "sartan", "statin", "oxacin", "cillin", "mycin", "azole", "vir", "gliptin",
        "gliflozin",
    "glutide", "parib", "zomib", "setron", "triptan", "olol", "dipine", "cept", "kinra", "afil", "lukast", "dronate",
        "floxacin",
    "conazole", "cycline", "barbital", "azepam", "azolam", "fibrate", "glitazone", "thiazide", "semide", "coxib",
        "profen",
)  # fmt: skip
_PLACEHOLDER = Pattern(r"\b(?:[Dd]rug|[Mm]edicine|[Mm]edication|[Pp]roduct)\s+(?P<letter>[A-Z])(?![\w'’-]|\.\w)")
"""A name held back ("started Drug X on 11 February")."""
_CEPHALOSPORIN = re.compile(r"cef[a-z]+(?:one|ime|ole|in|me|il|en|id)")
_NEVER = frozenset({"ethanol", "alcohol", "oxygen", "water", "placebo"})
"""Read elsewhere (alcohol as a habit), or never a drug under assessment."""
_CONTRACEPTIVE = Pattern(
    r"(?:(?<=\bon\s)|(?<=birth\scontrol:\s)|(?<=contraception:\s))the\s+pill\b|"
    r"(?:(?<=take\s)|(?<=taken\s)|(?<=taking\s)|(?<=took\s)|(?<=used\s))the\s+pill\b(?=\s+(?:for|since)\s+[^.;,]{0,25}?(?:years?|months?|(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
"""The contraceptive: "she was on the pill", "I have taken the pill for six years"."""
_SALTS = frozenset({
    "fumarate", "phosphate", "citrate", "nitrate", "acetate", "bromide", "iodide", "calcium", "magnesium", "potassium",
    "sodium", "zinc", "salicylate", "benzoate", "tartrate", "gluconate", "lactate", "chloride", "sulfate", "sulphate",
})  # fmt: skip
"""Names that behind a drug are of its salt."""
_NOT_DRUG = frozenset(["transmab", "statin", "statins", "azole", "azoles"])


_INITIALS = Pattern(r"\b(?P<who>[A-Z]{2,3})(?:\s+is|\s+was|,)\s+an?\s+\d{1,3}[\s-]*(?:years?|yrs?|y/?o|months?)\b")
"""The initials of a patient, who is no drug ("MP is a 77-year-old man")."""
_TELLING = 3
"""Letters from which an abbreviation means the drug that the report named before ("methimazole … MMI stopped")."""


def read_drugs(
    text: str, spans: list[tuple[int, int]], abbreviations: Mapping[str, str] | None = None
) -> list[DrugMention]:
    """Drug mentions of a text, in order.

    Args:
        text: Clean text.
        spans: Its sentences.
        abbreviations: Abbreviations that the document itself defines (short form to long form); they come first.
    """
    lexicon = load_drugs()
    local = abbreviations or {}
    mentions: list[DrugMention] = []
    patients = {m["who"] for m in _INITIALS.finditer(text)}
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        words = tokens(sentence)
        taken: list[tuple[int, int]] = []
        for first, last, entry in _find(sentence):
            if first > 1 and sentence[first - 1] == "-" and (whole := _hyphened(sentence, first, last)) is not None:
                first, entry = whole
            written = sentence[first:last]
            if written in local:
                defined = lexicon.lookup(local[written])
                if defined is None:
                    continue
                entry = defined
            elif (instead := named_instead(text, written, entry.inn)) is not None:
                entry = instead
            if (entry.ambiguous or entry.context) and not (
                _in_context(sentence, first, last)
                or _listed(sentence, taken, first)
                or (last - first >= _TELLING and any(m.drug == entry.inn for m in mentions))
            ):
                continue
            if entry.inn in _NEVER or part_of_analyte(sentence, first, last) or written in patients:
                continue
            if (entry.ambiguous or entry.context) and INTAKE.match(sentence, last):
                continue
            if written.lower() in _SALTS and taken and sentence[taken[-1][1] : first] == " ":
                continue  # "quetiapine fumarate"
            kind = _kind(entry.inn, entry.kind)
            if kind == "class" and PURPOSE.match(sentence, last):
                continue
            if kind == "class" and DENIED.search(sentence[max(0, first - 70) : first]):
                continue
            mentions.append(
                DrugMention(start + first, start + last, entry.inn, entry.ingredients or (entry.inn,), kind, index)
            )
            taken.append((first, last))
        for short, long in local.items():
            if len(short) < 2 or short not in sentence:
                continue
            defined = lexicon.lookup(long)
            if defined is None:
                continue
            for found in re.finditer(rf"(?<![\w]){re.escape(short)}(?:s)?(?![\w])", sentence):
                if any(a < found.end() and found.start() < b for a, b in taken):
                    continue
                kind = _kind(defined.inn, defined.kind)
                mentions.append(
                    DrugMention(
                        start + found.start(),
                        start + found.end(),
                        defined.inn,
                        defined.ingredients or (defined.inn,),
                        kind,
                        index,
                    )
                )
                taken.append(found.span())
        _unknown_names(sentence, words, start, index, taken, mentions)
        for found in _PRONOUN.finditer(sentence):
            if _CONTRACEPTIVE.match(sentence, found.start()):
                name = "hormonal contraceptive"
                mentions.append(DrugMention(start + found.start(), start + found.end(), name, (name,), "class", index))
                taken.append(found.span())
                continue
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            kind = "all" if found["all"] else "pronoun" if found["it"] else "bare"
            mentions.append(DrugMention(start + found.start(), start + found.end(), "", (), kind, index))
    resolved = without_second_names(text, resolve_classes(text, sorted(mentions, key=lambda m: (m.start, -m.end))))
    resolved = sorted([*resolved, *latter(text, spans, resolved)], key=lambda m: (m.start, -m.end))
    resolved = resolve_this(text, resolved)
    return sorted(resolved + _doses_alone(text, spans, resolved), key=lambda m: (m.start, -m.end))


def _doses_alone(text: str, spans: list[tuple[int, int]], mentions: list[DrugMention]) -> list[DrugMention]:
    """ "She received 8 mg/kg twice": a dose in a sentence without a drug is one of the drug named last."""
    out: list[DrugMention] = []
    last: DrugMention | None = None
    by_sentence: dict[int, list[DrugMention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for index, (start, end) in enumerate(spans):
        named = [m for m in by_sentence.get(index, []) if m.drug and m.kind != "class"]
        if named:
            begun = [m for m in named if _BEGUN.match(text, m.end)]
            last = (begun or named)[-1]
            continue
        if last is None or last.sentence < index - 2:
            continue
        if _RECEIVED.search(text, start, end):
            for dose in DOSE.finditer(text, start, end):
                out.append(DrugMention(dose.start(), dose.end(), last.drug, last.ingredients, "dose", index))
    return out


def _unknown_names(
    sentence: str, words: Sequence[Token], offset: int, index: int, taken: list[tuple[int, int]], out: list[DrugMention]
) -> None:
    """A word with the ending of an INN stem (WHO) that no table knows is kept as a drug of that name."""
    for hidden in _PLACEHOLDER.finditer(sentence):
        name = f"drug {hidden['letter'].lower()}"
        out.append(DrugMention(offset + hidden.start(), offset + hidden.end(), name, (name,), "substance", index))
        taken.append(hidden.span())
    covered: bytearray | None = None
    for word in words:
        key = word.key
        if len(key) < 8 or key in _NOT_DRUG or not (key.endswith(_ENDINGS) or _CEPHALOSPORIN.fullmatch(key)):
            continue
        if covered is None:
            covered = bytearray(len(sentence))
            for first, last in taken:
                covered[first:last] = b"\1" * (last - first)
        if 1 in covered[word.start : word.end] or part_of_analyte(sentence, word.start, word.end):
            continue
        out.append(DrugMention(offset + word.start, offset + word.end, fold(key), (fold(key),), "substance", index))
        taken.append((word.start, word.end))


_GIVEN_NEXT = Pattern(
    r"\s+(?:was|were)\s+(?:then\s+|also\s+)?(?:begun|started|given|added|administered|prescribed|taken)\b",
    re.IGNORECASE,
)
"""Behind an everyday word that is a drug here ("intravenous carnitine was begun")."""


_DOSE_BEFORE = Pattern(r"\d\s?(?:mg|mcg|[µμ]g)\s+(?:of\s+)?$", re.IGNORECASE)
_INDUCED = Pattern(r"-(?:induced|related|associated)\b", re.IGNORECASE)
"""Around a short form that is a drug: "40 mg of MMI", "MMI-induced agranulocytosis"."""
_GIVEN_IN_A_LIST = Pattern(
    r"(?:\s+\d[\d.,]{0,6}\s?m?c?g)?(?:,\s+(?:and\s+)?[\w-]{2,25}){0,3}(?:,?\s+and\s+[\w-]{2,25})\s+(?:was|were)\s+"
    r"(?:then\s+|also\s+|both\s+|all\s+)?(?:given|administered|infused|injected|replaced|substituted)\b",
    re.IGNORECASE,
)
"""Behind the head of a list of what was given ("adrenaline, fluids and prednisolone were given")."""


def _in_context(sentence: str, start: int, end: int) -> bool:
    """An everyday word counts as a drug only beside a dose or a verb of treatment."""
    around = sentence[max(0, start - 40) : end + 30]
    if re.match(
        r"\s*(?:level|concentration|deficien|saturation|overload|metabol|of\s+\d|"
        r"(?:was|were)\s+(?:normal|low|high|elevated|raised|reduced|decreased|measured|\d))",
        sentence[end : end + 25],
    ):
        return False
    if _GIVEN_NEXT.match(sentence, end) or _GIVEN_IN_A_LIST.match(sentence, end):
        return True
    if _DOSE_BEFORE.search(sentence, max(0, start - 20), start) or _INDUCED.match(sentence, end):
        return True
    if LAST_OF_A_LIST.search(sentence, max(0, start - 150), start) and not IS_MEASURED.match(sentence, end):
        return True
    return bool(DOSE.search(sentence, end, min(len(sentence), end + 25))) or bool(
        re.search(
            r"\b(?:treated\s+with|started\s+on|given|regular\s+drugs|in\s+spite\s+of|despite|prophylaxis|resuscitat\w+|receiv\w+|taking|took|prescribed|supplement\w*|included|"
            r"including|therapy|medications?)\b",
            around,
            re.I,
        )
    )


_JOINED = Pattern(
    r"(?:\s*\([^()]{1,40}\)|(?:\s+\d[\d.,]{0,6}\s?(?:[mµu]?g|mcg|micrograms?|units?|IU))(?:\s+(?:once|twice|daily|weekly|a|per|"
    r"day|week)){0,3})?\s*(?:,\s*(?:and\s+)?|\s+and\s+|,?\s+as\s+well\s+as\s+|\s+(?:with|plus)\s+)",
    re.I,
)
_WERE_GIVEN = Pattern(
    r"[^.;:()]{1,80}?\s(?:was|were)\s+(?:then\s+|also\s+|all\s+|both\s+)?(?:started|given|added|administered|prescribed|"
    r"initiated|begun|introduced|stopped|discontinued|withdrawn)\b",
    re.IGNORECASE,
)
_TAKEN = Pattern(
    r"\b(?:took|takes|taken|taking|used|uses|using|given|received|receiving|prescribed|treated\s+with|medications?|"
    r"supplements?|(?:begun|started|put|placed|home|discharged|maintained|was|were|is|been)\s+on)\b|\b(?:meds|drugs)\s*:",
    re.I,
)


def _listed(sentence: str, taken: Sequence[tuple[int, int]], start: int) -> bool:
    """An everyday word after a drug in a list of what was taken ("had taken levothyroxine and calcium") or begun."""
    if not taken or not sentence[start : start + 1].islower():
        return False
    if _JOINED.fullmatch(sentence, taken[-1][1], start) is None:
        return False
    return bool(_TAKEN.search(sentence, 0, start)) or _WERE_GIVEN.match(sentence, start) is not None
