"""Names of analytes in a text: the lexicon's surfaces, what the document itself defines, diagnoses that imply a count.

"Inflammatory anemia (10.4 g/dL)" names haemoglobin; "prothrombin ratio [TP]" makes TP prothrombin activity in this
document; "Schnitzler syndrome (SS)" takes SS away from every analyte. May import `lexicon` and `reading.matcher`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, pairwise

from dechallenge.lexicon.analytes import load_analytes
from dechallenge.quantity import Unit
from dechallenge.reading.laboratory.labgrammar_shortlist import listed
from dechallenge.reading.matching.matcher import Matcher, Token, fold, tokens
from dechallenge.reading.matching.triggers import Pattern

_TESTS = frozenset({"presence", "titre"})
"""Families that are looked for, not measured: they belong to the work-up, not to the laboratory values."""


@dataclass(frozen=True, slots=True)
class Name:
    """An analyte named in the text.

    Attributes:
        ids: Analytes or groups that the words can mean, the likeliest first.
        weak: The words mean an analyte only next to a value with a unit that fits.
        implied: A diagnosis that implies the analyte: ``high`` or ``low``; empty otherwise.
    """

    start: int
    end: int
    ids: tuple[str, ...]
    weak: bool = False
    implied: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    ids: tuple[str, ...]
    weak: bool
    implied: str


# Two analytes in one phrase, in the order of their values; the lexicon knows them as one group.
_PAIRS: dict[str, tuple[str, str]] = {
    "total and direct bilirubin": ("BILI_TOT", "BILI_DIR"),
    "total/direct bilirubin": ("BILI_TOT", "BILI_DIR"),
    "bilirubin total/direct": ("BILI_TOT", "BILI_DIR"),
    "direct and indirect bilirubin": ("BILI_DIR", "BILI_IND"),
    "direct and total bilirubin": ("BILI_DIR", "BILI_TOT"),
    "alanine and aspartate aminotransferase": ("ALT", "AST"),
    "aspartate and alanine aminotransferase": ("AST", "ALT"),
    "alanine and aspartate transaminase": ("ALT", "AST"),
    "aspartate and alanine transaminase": ("AST", "ALT"),
}
# Words for the laboratory as a whole, which the lexicon does not list; they have states, never values.
_WHOLE: dict[str, tuple[str, ...]] = {
    "G_LABORATORY": (
        "laboratory tests", "laboratory test results", "laboratory results", "laboratory values", "laboratory findings",
        "laboratory data", "laboratory parameters", "laboratory test", "all tests", "blood tests", "blood test results",
        "blood analysis", "blood chemistry", "biochemical data", "biochemical tests", "biochemical parameters",
        "biochemical analysis", "biochemistry", "serum chemistry", "serum chemistries", "routine laboratory tests",
    ),
    "G_BLOOD_COUNT": ("hematological parameters", "haematological parameters", "hematologic parameters"),
    "G_COAGULATION": ("coagulation",),
}  # fmt: skip
_CHEMICAL = Pattern(r"-\d{1,2}[- ]phosph|-\d{1,2}-[a-z]|(?<=differential)\s+(?:diagnos|consider)", re.IGNORECASE)
"""Behind the beginning of another name: "glucose-6-phosphate dehydrogenase", "the differential diagnosis"."""
_LIST = Pattern(r"\s?\band\s|/")
_BILIRUBIN_PART = frozenset({"direct", "indirect", "conjugated", "unconjugated"})


@cache
def _matcher() -> Matcher[_Entry]:
    lexicon = load_analytes()
    forms: dict[tuple[str, bool], _Entry] = {}

    def add(text: str, ids: tuple[str, ...], sensitive: bool, weak: bool, implied: str = "") -> None:
        key = (text if sensitive else fold(text), sensitive)
        known = forms.get(key)
        if known is not None:
            ids = tuple(dict.fromkeys((*known.ids, *ids)))
            weak = weak and known.weak
        forms[key] = _Entry(ids, weak, implied)

    for text, pair in _PAIRS.items():
        add(text, pair, False, False, "pair")
    for surface in lexicon.surfaces():
        if fold(surface.text) in _PAIRS or fold(surface.text) in _BILIRUBIN_PART:
            continue
        group = surface.id in lexicon.groups
        if group and _LIST.search(surface.text):
            continue
        if not group and lexicon.get(surface.id).family in _TESTS:
            add(surface.text, ("",), surface.case_sensitive, surface.needs_context)
            continue
        add(surface.text, (surface.id,), surface.case_sensitive, surface.needs_context)
    for group_id, phrases in _WHOLE.items():
        for phrase in phrases:
            add(phrase, (group_id,), False, False)
    for implied in lexicon.implied():
        add(implied.text, (implied.id,), False, False, implied.direction)
    return Matcher((text, entry, sensitive) for (text, sensitive), entry in forms.items())


_DEFINITION = Pattern(r"\s?[(\[]([A-Za-z][A-Za-z0-9-]{1,9})[)\]]")
_SHORT = Pattern(r"[A-Z][A-Za-z0-9-]{1,7}")
_MAX_WORDS = 8
_NOT_SYSTEMIC = Pattern(
    r"\b(?:pulmonary|venous|wedge|portal|intracranial|sphincter)(?:\s\w{1,12}){0,2}\s$", re.IGNORECASE
)
"""Pressures that are no blood pressure."""
_N_TERMINAL = Pattern(r"\b(?:NT|N-terminal|pro)(?:[\s-]{1,3}(?:NT|pro|prohormone|of)){0,2}[\s-]{1,3}$", re.IGNORECASE)
"""The N-terminal fragment, in whatever order its words are put, is not BNP."""
_SPOKEN = frozenset({"HEART_RATE", "RESP_RATE", "SPO2"})
_NUMBER_NEAR = Pattern(r"(?:[\s,:(=]{1,3}[A-Za-z]{1,12}){0,3}[\s,:(=]{1,3}\d")
"""A pulse of methylprednisolone is not the pulse of the patient: everyday words need a number behind them."""
_CALCITRIOL = Pattern(r"(?<!\d)1\s?[αa]?,\s?$")
"""1,25-OH vitamin D is not 25-OH vitamin D."""
_CYTOKERATIN = Pattern(r"CK[\s-]?(?:[1-9]|1\d|20)(?![\d.,]*\d)(?!\s?(?:[UIµμ]|k?at))")
"""CK7 and CK 19 are cytokeratins of a tissue stain, not creatine kinase."""


_SHUT = Pattern(r"(?:[,;]\s?[A-Z][\w-]{1,7})?[)\]]")
"""The end of a bracket that a name opens: "prothrombin time (international normalized ratio, INR)"."""
_IONS = frozenset({"NA", "K", "CA", "MG"})
_CHARGE = Pattern(r"2?\+{1,2}(?=[\s),:;.=]|$)")
"""The charge behind the sign of an ion ("Na+ 112 mmol/L"), which adds nothing."""
_TOLD_OF = Pattern(
    r"\s+(?:(?:was|were|is|are|remained|became|had\s+been)\s+(?:all\s+|again\s+|\w+ly\s+)?(?:normal(?:i[sz]ed)?|low|high|"
    r"within\s+(?:the\s+)?(?:normal|reference)|back\s+to\s+normal|elevated|raised|decreased)\b|(?:had\s+)?(?:\w+ly\s+)?"
    r"(?:normali[sz]ed|returned\s+to\s+(?:the\s+)?(?:normal|baseline|reference)))",
    re.IGNORECASE,
)
"""Behind the bare name of an ion, which may be that of a salt: its state in the blood ("sodium was normal")."""


def names(text: str, words: Sequence[Token] | None = None) -> list[Name]:
    """Every analyte named in a normalised text, in order; what the document defines overrides the lexicon.

    Args:
        text: Normalised text.
        words: Its tokens, where they are known already.
    """
    words = tokens(text) if words is None else words
    found: list[Name] = []
    for match in _matcher().find(text, words):
        entry = match.entry
        if _CHEMICAL.match(text, match.end):
            continue
        if entry.implied == "pair":
            joint = _LIST.search(text, match.start, match.end)
            if joint is not None:
                found.append(Name(match.start, joint.start(), entry.ids[:1]))
                found.append(Name(joint.end(), match.end, entry.ids[1:]))
        elif entry.ids[0] == "VITD25" and (one := _CALCITRIOL.search(text, max(0, match.start - 4), match.start)):
            found.append(Name(one.start(), match.end, ("VITD125",)))
        elif entry.ids[0] == "BP_SYS" and _NOT_SYSTEMIC.search(text, max(0, match.start - 40), match.start):
            found.append(Name(match.start, match.end, ("",)))
        elif entry.ids[0] == "BNP" and _N_TERMINAL.search(text, max(0, match.start - 24), match.start):
            found.append(Name(match.start, match.end, ("NT_PROBNP",)))
        elif entry.weak and entry.ids[0] in _SPOKEN and not _NUMBER_NEAR.match(text, match.end):
            continue
        elif not _CYTOKERATIN.match(text, match.start):
            closing = text.find(")", match.start, match.end)
            opened = "(" in text[match.start : match.end]
            end = closing if closing > 0 and not opened else match.end
            if opened and closing < 0 and (shut := _SHUT.match(text, end)) is not None:
                end = shut.end()
            if entry.ids[0] in _IONS and (charge := _CHARGE.match(text, end)) is not None:
                end = charge.end()
            weak = entry.weak and not (entry.ids[0] in _IONS and _TOLD_OF.match(text, end) is not None)
            found.append(Name(match.start, end, entry.ids, weak, entry.implied))
    found = _specified(text, found)
    for i in set(listed(text, [(n.start, n.end, n.weak) for n in found])) if any(n.weak for n in found) else ():
        found[i] = replace(found[i], weak=False)
    own = _definitions(text, words, found)
    if own:
        found = _redefine(text, words, found, own)
    return [name for name in found if name.ids != ("",)]


def _specified(text: str, found: list[Name]) -> list[Name]:
    """ "transaminase (SGOT)": the bracket says which member of the group is meant."""
    groups = load_analytes().groups
    result = list(found)
    for i, (name, after) in enumerate(pairwise(found)):
        group = groups.get(name.ids[0])
        if (
            group is not None
            and after.ids[0] in group.members
            and text[name.end : after.start].strip(" ") in ("(", "[")
        ):
            result[i] = replace(name, ids=after.ids)
        elif (
            name.ids[0] in _CLOTTING and after.ids == ("INR",) and text[name.end : after.start].strip(" ") in ("(", "[")
        ):
            result[i] = replace(name, ids=(*after.ids, *name.ids))  # "prothrombin time (INR) 1.5"
    return result


_CLOTTING = ("PT_SEC", "PT_PCT")
"""What an INR is made of: the unit says which of the two is meant."""


def _definitions(text: str, words: Sequence[Token], found: list[Name]) -> dict[str, tuple[str, ...]]:
    """Abbreviations that the document defines: short form to analytes, or to nothing where it means something else."""
    ends = {name.end: name for name in found if not name.implied}
    own: dict[str, tuple[str, ...]] = {}
    index = {word.start: i for i, word in enumerate(words)}
    for match in _DEFINITION.finditer(text):
        short = match.group(1)
        if (
            short in own
            or not _SHORT.fullmatch(short)
            or sum(c.isupper() for c in short) < (1 if len(short) < 4 else 2)
        ):
            continue
        name = ends.get(match.start())
        if name is not None and name.ids != ("",):
            own[short] = name.ids
            continue
        i = index.get(match.start(1))
        if i is not None and _initials_match(short, words[max(0, i - _MAX_WORDS) : i]):
            own[short] = ()
    return own


def _initials_match(short: str, before: Sequence[Token]) -> bool:
    """The capitals of the short form are the initials of the words before it, in order, the first word included."""
    letters = [c.lower() for c in short if c.isalpha()]
    for size in range(1, len(before) + 1):
        part = before[-size:]
        if size > len(letters) + 3 or part[0].key[0] != letters[0]:
            continue
        rest = letters[1:]
        for word in part[1:]:
            if rest and word.key[0] == rest[0]:
                rest = rest[1:]
        if not rest and size >= 2:
            return True
    return False


def _redefine(text: str, words: Sequence[Token], found: list[Name], own: dict[str, tuple[str, ...]]) -> list[Name]:
    spans = {(name.start, name.end): i for i, name in enumerate(found)}
    kept: list[Name | None] = list(found)
    extra: list[Name] = []
    covered = sorted((name.start, name.end) for name in found)
    starts, ends = [a for a, _ in covered], list(accumulate((b for _, b in covered), max))
    for short, ids in own.items():
        for place in _places(text, short):
            at = spans.get(place)
            if at is not None:
                old = kept[at]
                if old is not None:
                    # A surprising long form makes the abbreviation doubtful: it then needs a value with a fitting unit.
                    kept[at] = Name(old.start, old.end, ids) if ids else None if old.weak else replace(old, weak=True)
            elif ids and not ((i := bisect_left(starts, place[1])) and place[0] < ends[i - 1]):
                extra.append(Name(*place, ids))
    return sorted([name for name in kept if name is not None] + extra, key=lambda name: name.start)


def _places(text: str, short: str) -> Iterator[tuple[int, int]]:
    """Where an abbreviation stands that is no part of a word."""
    at = text.find(short)
    while at >= 0:
        end = at + len(short)
        before, after = text[at - 1 : at] if at else "", text[end : end + 1]
        if not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalpha()):
            yield at, end
            at = text.find(short, end)
        else:
            at = text.find(short, at + 1)


def settle(ids: tuple[str, ...], unit: Unit | None, value: float | None) -> str:
    """The analyte that a name means next to a value; empty where the unit fits none.

    Args:
        ids: What the name can mean.
        unit: The printed unit, ``None`` where none was printed.
        value: The number, to judge a value without a unit.
    """
    lexicon = load_analytes()
    for identity in ids:
        if identity in _WHOLE:
            continue
        group = lexicon.groups.get(identity)
        if unit is None:
            if group is None and value is not None and lexicon.guess_unit(identity, value):
                return identity
        elif group is not None:
            if all(lexicon.accepts(member, unit) for member in group.members):
                return identity
        elif lexicon.accepts(other := lexicon.variant(identity, unit) or identity, unit) or any(
            unit == printed for printed, _ in lexicon.get(identity).slips
        ):
            return other
    return ""


def suits(ids: tuple[str, ...], unit: Unit, value: float | None) -> bool:
    """A bare value is plausible in a unit borrowed from its neighbour."""
    identity = settle(ids, unit, value)
    lexicon = load_analytes()
    if not identity or identity not in lexicon or value is None or unit.is_uln:
        return False
    return lexicon.check(identity, value, unit) is None
