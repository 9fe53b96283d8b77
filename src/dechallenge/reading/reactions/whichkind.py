"""Which of several reactions a case is about: the kind for which its signs weigh most.

What is part of a reaction adds to it: raised enzymes to DRESS or to a macrophage activation, jaundice to a haemolysis.
May import the signs of ``events`` and the reactions that a report names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from dechallenge.lexicon.findings import load_findings
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.reactions.events import KIDNEY, LIVER, LIVER_SIGNS, MAS, NEUTROPENIA, PANCREAS, Sign
from dechallenge.reading.reactions.namedkinds import NAMED

_OF_THE_TABLE = 5.0
"""Weight of a table of liver values that shows an injury."""
_ALL_LINES = "pancytopenia"
_OF_ALL_LINES = frozenset({"aplastic anemia", "pancytopenia"})
"""Diagnoses of which the counts of every line are part."""
_PARTS = {"posterior reversible encephalopathy syndrome": "seizure", "aseptic meningitis": "meningitis"}
"""A diagnosis, and the reaction that is one of its signs."""
_OF_BLOOD = frozenset({NEUTROPENIA, "leukopenia", "lymphopenia", "thrombocytopenia", "anemia"})
"""Low counts that are part of the pancytopenia which the report diagnoses, unless it names one of them itself."""
_FEW = 4.0
"""Weight of a count, or a name, that shows missing neutrophils."""
_BELLY = frozenset({"abdominal pain", "nausea", "vomiting"})
"""Complaints of a pancreatitis as much as of a liver injury."""
_SEVERE_SKIN = "severe skin reaction"
_SEVERE = frozenset({
    "DRESS", "Stevens-Johnson syndrome", "toxic epidermal necrolysis", "acute generalized exanthematous pustulosis",
})  # fmt: skip
"""Reactions of skin and inner organs: injured organs and falling counts are part of them."""
_PLATELETS, _CLOTS = "thrombocytopenia", "heparin-induced thrombocytopenia"
"""Thrombosis is part of it (the fourth T of the 4Ts)."""
_WITH_HEPATITIS = "DRESS"
"""Where the report calls it the reaction, a hepatitis is one of its signs, unless the title names that too."""
_MERE_LIVER = LIVER_SIGNS | {"jaundice", "abnormal liver tests", "elevated liver enzymes", "hyperbilirubinemia"}
"""Signs of a liver injury, and what is said of its values: no diagnosis of its own beside such a reaction."""


def which_kind(text: str, found: Sequence[Sign], counts: Callable[[Sign], bool], *, tabled: bool) -> str:
    """The kind that the signs speak for; empty where they speak for none.

    Args:
        text: Clean text.
        found: Signs of the case.
        counts: Which of them count.
        tabled: A table of the case shows an injured liver.
    """
    told = [sign for sign in found if counts(sign)]
    weights: dict[str, float] = {}
    for sign in told:
        if sign.kind:
            weights[sign.kind] = weights.get(sign.kind, 0.0) + sign.weight
    belly = sum(s.weight for s in told if s.kind == LIVER and s.term in _BELLY)
    if belly and weights.get(PANCREAS, 0.0) >= _apart_from(_BELLY, told):  # the pain is of the organ that shows more
        weights[PANCREAS] += belly
        weights[LIVER] -= belly
    if tabled:
        weights[LIVER] = weights.get(LIVER, 0.0) + _OF_THE_TABLE
    if not weights:
        return ""
    hemolysis = any(sign.term == "hemolytic anemia" for sign in found)
    if hemolysis and not any(sign.kind == LIVER and sign.term in ("ALT", "AST") for sign in found):
        yellow = ("jaundice", "dark urine", "BILI_TOT", "scleral icterus")
        weights["anemia"] = weights.get("anemia", 0.0) + sum(s.weight for s in found if s.term in yellow)
    if any(s.term in _SEVERE for s in told):
        _of_the_skin(weights, told, tabled=tabled)
    if any(s.kind == _ALL_LINES and (not s.starts or s.term in _OF_ALL_LINES) for s in told):
        named = {s.kind for s in told if not s.starts or s.weight >= NAMED}
        lines = _OF_BLOOD & weights.keys() - named
        weights[_ALL_LINES] += sum(weights[k] for k in lines)
    low = next((k for k in (NEUTROPENIA, _ALL_LINES) if weights.get(k, 0.0) >= _FEW), "")
    if low and "sepsis" in weights:  # the infection that came of it
        weights[low] += weights.pop("sepsis")
    if any(s.term == _CLOTS for s in told):
        weights[_PLATELETS] = weights.get(_PLATELETS, 0.0) + weights.get("thromboembolism", 0.0)
    for whole, part in (*_PARTS.items(), *_complications(text, told)):
        if {whole, part} <= weights.keys():
            weights[whole] += weights[part]
    if MAS in weights:  # raised enzymes and falling counts are part of it
        weights[MAS] += weights.get(LIVER, 0.0)
    induced = {
        s.kind for s in told if not s.starts and s.kind and _OF_A_DRUG.search(text, max(0, s.position - 60), s.position)
    }
    if len(induced) == 1 and induced <= weights.keys():
        return induced.pop()
    heaviest = [k for k in sorted(weights) if weights[k] == max(weights.values())]
    return _told_first(text, [s for s in told if s.kind in heaviest]) or heaviest[0]


def _apart_from(terms: Collection[str], told: Sequence[Sign]) -> float:
    """What the liver shows beside some signs; what the same words show twice counts once."""
    shown: dict[int, float] = {}
    for sign in told:
        if sign.kind == LIVER and sign.term not in terms:
            shown[sign.position] = max(shown.get(sign.position, 0.0), sign.weight)
    return sum(shown.values())


_COMPLICATED_BY = Pattern(
    r"\s+(?:\([^()]{1,30}\)\s+)?(?:was\s+)?complicated\s+(?:by|with)\s+(?:[\w-]+\s+){0,2}", re.IGNORECASE
)


def _complications(text: str, told: Sequence[Sign]) -> set[tuple[str, str]]:
    """ "Severe hyponatraemia complicated by seizure": the first is the reaction, the second came of it."""
    if _COMPLICATED_BY.search(text) is None:
        return set()
    return {
        (whole.kind, part.kind)
        for whole in told
        for part in told
        if whole.kind and part.kind and whole.kind != part.kind and whole.end < part.position < whole.end + _FAR
        if _COMPLICATED_BY.fullmatch(text, whole.end, part.position) is not None
    }


_FAR = 120


def _of_the_skin(weights: dict[str, float], told: Sequence[Sign], *, tabled: bool) -> None:
    """Organs and counts that only their values show are part of a severe reaction of the skin."""
    mere = _MERE_LIVER | {"hepatitis"} if any(s.term == _WITH_HEPATITIS and not s.starts for s in told) else _MERE_LIVER
    named = any(s.kind == LIVER and s.term.islower() and (s.term not in mere or s.weight >= NAMED) for s in told)
    parts = [] if named or tabled else [LIVER]
    parts += [KIDNEY] if weights.get(KIDNEY, 0.0) < NAMED else []
    if not any(s.kind == NEUTROPENIA and not s.starts for s in told):
        parts.append(NEUTROPENIA)
    weights[_SEVERE_SKIN] += sum(weights.get(part, 0.0) for part in parts)


def first_of_title(text: str, kind: str, titled: Sequence[Sign], told: Sequence[Sign]) -> str:
    """The diagnosis that a title names first, where the signs weigh for one that it names after it.

    An illness of the patient that stands before the reaction is none ("a patient with X who developed Y").

    Args:
        text: Clean text.
        kind: The kind for which the signs weigh most.
        titled: The reactions that the title names, in order.
        told: Signs that count.
    """
    known = load_findings().terms
    if len(titled) < _TWO or kind not in {s.kind for s in titled[1:]} or titled[0].kind == kind:
        return kind
    first, second = titled[0], next(s for s in titled if s.kind == kind)
    if _is_ailment(text, first, second):
        return kind
    named = first.term in known and known[first.term].kind == "diagnosis"
    return first.kind if named and any(s.kind == first.kind and s.starts for s in told) else kind


def _told_first(text: str, told: Sequence[Sign]) -> str:
    """Of kinds that weigh the same the one told first, and none that the patient had before."""
    order = sorted(told, key=lambda sign: sign.position)
    for sign in order:
        after = next((s for s in order if s.position > sign.position and s.kind != sign.kind), None)
        if after is None or not _is_ailment(text, sign, after):
            return sign.kind
    return ""


def _is_ailment(text: str, sign: Sign, after: Sign) -> bool:
    """ "A patient with X who developed Y": X is what the patient had before."""
    begin = max(text.rfind(". ", 0, sign.position), text.rfind("\n", 0, sign.position)) + 1
    if _CAME.search(text, begin, max(begin, sign.position)) is not None:
        return False
    came = _CAME.search(text, sign.end, max(sign.end, after.position))
    told = came is not None and _PERSON.search(text, begin, came.start()) is not None
    return told and came is not None and re.search(r"[.;](?:\s|$)", text[sign.end : came.start()]) is None


_OF_A_DRUG = Pattern(
    r"\b(?:drug|medication|medicine|chemotherapy)[\s-](?:induced|related)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
"""Before the reaction that the report itself ascribes to a drug, whatever else it names."""
_TWO = 2
_CAME = Pattern(
    r"\b(?:who|develop(?:s|ed|ing)?|present(?:s|ed|ing)|experienc(?:es|ed|ing)|suffer(?:s|ed|ing)|complain\w*|"
    r"admitted)\b",
    re.IGNORECASE,
)
"""Between an illness of the patient and the reaction to what was given for it."""
_PERSON = Pattern(
    r"\b(?:patients?|(?:wo)?m[ae]n|boy|girl|child|infant|neonate|(?:fe)?male|individual|adult|case|person|lady)\b",
    re.IGNORECASE,
)
"""Whose illness it is."""
