"""Drugs in prose: names and what they stand for.

A class or a pronoun ("the medication", "the daily injections") is a mention too; what it stands for is resolved by the
story of the case. May import the lexicon, matcher and times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dechallenge.lexicon.drugs import DrugEntry, cut, load_drugs
from dechallenge.reading.matcher import Token, fold, tokens

_PRONOUN = re.compile(
    r"\b(?P<all>(?:all|both)\s+(?:(?:of\s+)?(?:the\s+|her\s+|his\s+|these\s+)?(?:other\s+)?(?:medications?|drugs?|"
    r"agents?|medicines?|products?|supplements?|therap(?:y|ies)|antibiotics?|oral\s+\w+\s+agents)))\b"
    r"|\b(?P<it>(?:the|this|that|each|study|offending|suspected|culprit)\s+(?:(?:study|suspected|offending|culprit|"
    r"daily|herbal|weight\s+loss|combination|IL-?1\s?Ra)\s+){0,2}"
    r"(?:medications?|drugs?|agents?|medicines?|antibiotics?|treatment|therapy|injections?|infusions?|capsules?|"
    r"tablets?|pills?|product|supplements?|teas?|herbal\s+teas?|herbs?))\b"
    r"|\b(?P<bare>therapy|treatment|medication)\b",
    re.IGNORECASE,
)

_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_MASS = r"(?:mg|g|gm|mcg|μg|ug|ng|IU|MIU|U|units?|million\s+units?|mL|ml|mmol|mEq)"
_PER = (
    r"(?:\s*/\s*(?:kg|m2|m\^2|m²|\d+(?:\.\d+)?\s*mL))?(?:\s*(?:/|per|a|each|every)\s*(?:day|d|week|wk|month|hour|h|"
    r"dose|kg(?:\s*/\s*day)?|"
    r"body\s+weight|injection|infusion))?"
)
DOSE = re.compile(
    rf"(?<![\w.])(?P<low>{_NUM})(?:\s*(?:-|to|→|"
    rf"and)\s*(?P<high>{_NUM}))?\s*(?P<unit>{_MASS}\b{_PER})(?![A-Za-z])(?!\s*/\s*(?:d?L|d?l|m[Ll]|mm3|cmm|[uμ]L)\b)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"\s+(?:was|were)\s+(?:\w+\s+)?(?:started|added|given|initiated|begun|introduced|administered|restarted)\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"\b(?:received|administered|given|dose|doses|infusions?|injections?|maintenance)\b", re.IGNORECASE
)
_GIVEN = re.compile(
    r"\b(?:treat|start|given|receiv|tak|took|prescri|dose|mg|therapy|discontinu|stopp|withdr|administ|supplement|"
    r"infus|inject|on|medication)\w*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a sentence.

    Attributes:
        start, end: Clean span.
        drug: Canonical name (INN, class or herb), lower case; empty for a pronoun.
        ingredients: INNs of a combination product.
        kind: ``substance``, ``class``, ``herb`` or ``pronoun``; ``all`` for "all medications"; ``dose`` for a dose that
            stands alone, of the drug named last.
        sentence: Index of the sentence.
    """

    start: int
    end: int
    drug: str
    ingredients: tuple[str, ...]
    kind: str
    sentence: int


@lru_cache(maxsize=1)
def _reach() -> dict[str, int]:
    """The longest name that begins with each token."""
    reach: dict[str, int] = {}
    for surface in load_drugs().surfaces():
        first = surface.tokens[0]
        if len(surface.tokens) == 1 and len(first) < 2:
            continue
        reach[first] = max(reach.get(first, 0), len(surface.tokens))
    return reach


def _find(sentence: str) -> Iterator[tuple[int, int, DrugEntry]]:
    """Names of the lexicon in a sentence, the longest first, none overlapping."""
    lexicon, reach = load_drugs(), _reach()
    words = list(cut(sentence))
    i = 0
    while i < len(words):
        for size in range(min(reach.get(words[i][0], 0), len(words) - i), 0, -1):
            start, end = words[i][1], words[i + size - 1][2]
            entry = lexicon.at(tuple(w[0] for w in words[i : i + size]), sentence[start:end])
            if entry is not None:
                yield start, end, entry
                i += size - 1
                break
        i += 1


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
_NEVER = frozenset({"ethanol", "alcohol", "oxygen", "water", "placebo"})
"""Read elsewhere (alcohol as a habit), or never a drug under assessment."""
_NOT_DRUG = frozenset(["transmab", "statin", "statins", "azole", "azoles"])


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
    for index, (start, end) in enumerate(spans):
        sentence = text[start:end]
        words = tokens(sentence)
        taken: list[tuple[int, int]] = []
        for first, last, entry in _find(sentence):
            written = sentence[first:last]
            if written in local:
                defined = lexicon.lookup(local[written])
                if defined is None:
                    continue
                entry = defined
            if (entry.ambiguous or entry.context) and not _in_context(sentence, first, last):
                continue
            if entry.inn in _NEVER or _part_of_analyte(sentence, first, last):
                continue
            kind = _kind(entry.inn, entry.kind)
            if kind == "class" and _DENIED.search(sentence[max(0, first - 70) : first]):
                continue
            mentions.append(
                DrugMention(start + first, start + last, entry.inn, entry.ingredients or (entry.inn,), kind, index)
            )
            taken.append((first, last))
        for short, long in local.items():
            defined = lexicon.lookup(long)
            if defined is None or len(short) < 2:
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
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            kind = "all" if found["all"] else "pronoun" if found["it"] else "bare"
            mentions.append(DrugMention(start + found.start(), start + found.end(), "", (), kind, index))
    resolved = _resolve_classes(text, sorted(mentions, key=lambda m: (m.start, -m.end)))
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


def _resolve_classes(text: str, mentions: list[DrugMention]) -> list[DrugMention]:
    """ "The antibiotic", "the herbal teas": a class that a drug named before belongs to means that drug."""
    lexicon = load_drugs()
    seen: list[DrugMention] = []
    out: list[DrugMention] = []
    for mention in mentions:
        if mention.kind == "class":
            members = [d for d in seen if mention.drug in lexicon.classes_of(d.drug)]
            near = [d for d in members if mention.start - d.end < 3]
            if near:  # "rooibos herbal tea": an apposition
                continue
            if several := _several(text, mention, members):
                out.extend(several)
                continue
            if members and re.search(
                r"\b(?:the|this|that|The|This)\s+(?:\w+\s+)?$", text[max(0, mention.start - 24) : mention.start]
            ):
                names = [d.drug for d in members]
                meant = max(members, key=lambda d: (names.count(d.drug), -names.index(d.drug)))
                mention = DrugMention(
                    mention.start, mention.end, meant.drug, meant.ingredients, meant.kind, mention.sentence
                )
        elif mention.drug and mention.kind != "pronoun":
            seen.append(mention)
        out.append(mention)
    return out


_THESE = re.compile(
    r"\b(?P<both>both|the\s+two)\s+(?:of\s+)?(?:the\s+|these\s+|his\s+|her\s+)?(?:\w+\s+)?$"
    r"|\b(?:all|these|those|the|his|her)\s+(?:(?:of\s+)?(?:the|these|three|four)\s+)?$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\s*(?:therapy\s+|treatment\s+)?(?:(?:was|were|had\s+been)\s+)?(?:\w+ly\s+|all\s+|both\s+|also\s+|then\s+|still\s+)?"
    r"(?:stopped|discontinued|withdrawn|withheld|held|ceased|suspended|tapered|off)\b",
    re.IGNORECASE,
)


def _several(text: str, mention: DrugMention, members: Sequence[DrugMention]) -> list[DrugMention]:
    """ "Both antibiotics", "these antibiotics", "antibiotics were stopped": the drugs of the class that were named."""
    other = text[max(0, mention.start - 30) : mention.start].rstrip().lower().endswith(("other", "further", "new"))
    if other or text[mention.end - 1 : mention.end].lower() != "s":
        return []
    lead = _THESE.search(text, max(0, mention.start - 30), mention.start)
    if lead is None and not _ENDED.match(text, mention.end):
        return []
    named = list({d.drug: d for d in members}.values())
    if lead is not None and lead["both"]:
        named = named[-2:]
    return [DrugMention(mention.start, mention.end, d.drug, d.ingredients, d.kind, mention.sentence) for d in named]


def _unknown_names(
    sentence: str, words: list[Token], offset: int, index: int, taken: list[tuple[int, int]], out: list[DrugMention]
) -> None:
    """A word with the ending of an INN stem (WHO) that no table knows is kept as a drug of that name."""
    for word in words:
        key = word.key
        if len(key) < 8 or key in _NOT_DRUG or not key.endswith(_ENDINGS):
            continue
        if any(a < word.end and word.start < b for a, b in taken):
            continue
        out.append(DrugMention(offset + word.start, offset + word.end, fold(key), (fold(key),), "substance", index))
        taken.append((word.start, word.end))


def _in_context(sentence: str, start: int, end: int) -> bool:
    """An everyday word counts as a drug only beside a dose or a verb of treatment."""
    around = sentence[max(0, start - 40) : end + 30]
    if re.match(
        r"\s*(?:level|concentration|deficien|saturation|overload|metabol|was\s+(?:normal|low|high)|of\s+\d)",
        sentence[end : end + 25],
    ):
        return False
    return bool(DOSE.search(sentence, end, min(len(sentence), end + 25))) or bool(
        re.search(
            r"\b(?:treated\s+with|started\s+on|given|receiv\w+|taking|took|prescribed|supplement\w*|included|"
            r"including|therapy|medications?)\b",
            around,
            re.I,
        )
    )


_DENIED = re.compile(
    r"\b(?:no|not|never|denied|denies|nor|any)\s+(?:history\s+of\s+)?(?:\w+\s+){0,2}(?:other|taking|taken|use\s+of|"
    r"exposure\s+to|medications?|drugs?)\b[^.;:]*$"
    r"|\btook\s+no\b[^.;:]*$",
    re.IGNORECASE,
)
_AFTER_ANALYTE = re.compile(
    r"[\s-]*(?:[AGMED]\b(?!\s*mg)|sparing|saring|parameters?|markers?|abuse|consumption|intake|use(?=\s+disorder)|"
    r"levels?|concentrations?|antibod\w+|receptors?\s+(?:negative|positive)|deficiency|allerg\w+)\b",
    re.I,
)
_BEFORE_ANALYTE = re.compile(r"\b(?:anti|serum|plasma|allerg\w+\s+to|no\s+known)[\s-]+$", re.I)


def _part_of_analyte(sentence: str, start: int, end: int) -> bool:
    return bool(_AFTER_ANALYTE.match(sentence, end)) or bool(
        _BEFORE_ANALYTE.search(sentence[max(0, start - 14) : start])
    )
