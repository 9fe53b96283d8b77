"""The work-up tests that a sentence names: lists expanded ("hepatitis A, B and C"), shared markers given to each.

Their states are read by ``workup_tests``. May import the work-up lexicon and the matcher.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dechallenge.lexicon.workup import load_tests
from dechallenge.reading.findings.workup_causes import causes_looked_for
from dechallenge.reading.matching.matcher import Matcher, Token
from dechallenge.reading.matching.triggers import Pattern


@dataclass(frozen=True, slots=True)
class Found:
    """A test found in a sentence, before its state is known."""

    start: int
    end: int
    test: str


_HEPATITIS = Pattern(
    r"\b[Hh]epatitis(?: virus(?:es)?)?(?: types?)? ([A-E])((?:\s*(?:,\s*(?:and\s+|n?or\s+|as well as\s+)?|/|and\s+"
    r"|n?or\s+|&\s*|;\s*|as well as\s+)"
    r"(?:[Hh]epatitis\s+)?[A-E](?![\w'-]))+)(?:\s+virus(?:es)?)?(\s+IgM|\s+serolog\w+|\s+surface antigen)?",
)
_LETTERS = Pattern(r"\b[A-E](?![\w'-])")
_RANGE = Pattern(r"\b[Hh]epatitis ([A-D])(?:-| to )([B-E])(?![\w'-])")
_IN_BRACKETS = Pattern(
    r"\b[Hh]epatitis(?: virus(?:es)?| markers?| serolog\w+| panel| tests?"
    r"| infections?)?\s*\(\s*((?:types? )?[A-E](?:\s*(?:,\s*(?:and\s+|or\s+)?|/"
    r"|and\s+|or\s+|&\s*)\s*[A-E])+)\s*\)"
)
_ANY_HEPATITIS = Pattern(
    r"\b(?:tests?|tested|serolog\w+|markers?|screen\w*|antibodies)(?: \w+)? (?:for|of|to) (?:acute |chronic "
    r"|infectious |any )?hepatitis"
    r"(?! (?:virus(?:es)? |types? )?[A-E]\b)(?: virus(?:es)?)?",
    re.IGNORECASE,
)
_OWN_HEAD = Pattern(r"\b(?:serolog\w+|antibod\w+|antigens?|cultures?|titers?|titres?)\b", re.IGNORECASE)
"""The first of two tests has a word of its own for what was measured."""
_JOIN = Pattern(r"\s*(?:/|,?\s+and\s+|,?\s+or\s+|\s*&\s*)\s*(?:anti-?)?\s*", re.IGNORECASE)
_LEVEL = Pattern(
    r"\b(?:paracetamol|acetaminophen)(?= (?:was|were|had been|proved) (?:un|not )detect"
    r"|,? (?:undetectable|not detect))",
    re.IGNORECASE,
)
"""The drug named for its level: "paracetamol was undetectable"."""


@cache
def _matcher() -> Matcher[str]:
    return Matcher((form.written, form.test, form.case_sensitive) for form in load_tests().forms)


def find_tests(sentence: str, words: Sequence[Token]) -> list[Found]:
    """Tests of a sentence; lists of hepatitis viruses are expanded and markers shared along a list."""
    found = [Found(m.start, m.end, m.entry) for m in _matcher().find(sentence, words)]
    for hit in _HEPATITIS.finditer(sentence):
        suffix = (hit.group(3) or "").strip().lower()
        letters = [(hit.start(1), hit.start(1) + 1)] + [m.span() for m in _LETTERS.finditer(sentence, *hit.span(2))]
        found = [f for f in found if not (f.start < letters[-1][0] and hit.start() < f.end)]
        tail = next((f for f in found if f.start < letters[-1][1] and hit.start() <= f.start), None)
        for number, (first, last) in enumerate(letters):
            if tail is not None and number == len(letters) - 1 and tail.start <= first:
                continue
            name = f"H{sentence[first]}V"
            if suffix == "igm":
                name = {"HAV": "HAV IgM", "HBV": "anti-HBc IgM", "HEV": "HEV IgM"}.get(name, name)
            if suffix == "surface antigen" and number == len(letters) - 1:
                name = "HBsAg" if name == "HBV" else name
            found.append(Found(hit.start() if number == 0 else first, last, name))
    for hit in _IN_BRACKETS.finditer(sentence):
        for letter in _LETTERS.finditer(sentence, *hit.span(1)):
            found.append(Found(letter.start(), letter.end(), f"H{letter.group()}V"))
    for hit in _ANY_HEPATITIS.finditer(sentence):
        if not any(f.start < hit.end() and hit.start() < f.end for f in found):
            found.append(Found(hit.start(), hit.end(), "viral hepatitis"))
    for hit in _RANGE.finditer(sentence):
        found = [f for f in found if not (hit.start() <= f.start < hit.end())]
        for code in range(ord(hit.group(1)), ord(hit.group(2)) + 1):
            found.append(Found(hit.start(), hit.end(), f"H{chr(code)}V"))
    for hit in _LEVEL.finditer(sentence):
        found.append(Found(*hit.span(), "paracetamol level"))
    for start, end, test in causes_looked_for(sentence):
        if not any(f.start < end and start < f.end for f in found):
            found.append(Found(start, end, test))
    found = _without_classes(sentence, found)
    found = [_of_an_organ(sentence, f) for f in _without_headings(sentence, found)]
    found.sort(key=lambda f: (f.start, f.end, f.test))
    return _expand(_share(sentence, _own_markers(sentence, found)))


_OF_COOMBS = Pattern(r"\s*(?:and\s+\S+\s+)?(?:direct\s+)?(?:Coombs|DAT|antiglobulin)\b", re.IGNORECASE)
_COOMBS_WITH = Pattern(r"\b(?:Coombs|DAT|antiglobulin)\b[^.;]{0,60}\b(?:with|for)\s+(?:anti-)?$", re.IGNORECASE)


def _without_classes(sentence: str, found: list[Found]) -> list[Found]:
    """ "IgG Coombs test was negative", "DAT positive with IgG": the class of the antibody on the cells, no level."""
    return [
        f
        for f in found
        if not (
            f.test == "IgG"
            and (_OF_COOMBS.match(sentence, f.end) or _COOMBS_WITH.search(sentence, max(0, f.start - 90), f.start))
        )
    ]


_BOTH_OF = Pattern(
    r"\s*(?:and|or|/|,)\s*(?:MRI|MR\s+imaging|magnetic\s+resonance\s+imaging|angiography|CT)\s+(?:scans?\s+)?of\s+(?:the\s+|his\s+|her\s+)?"
    r"(?:(?P<brain>brain|head|skull)|(?P<chest>chest|thorax|lungs?))\b",
    re.IGNORECASE,
)


def _of_an_organ(sentence: str, found: Found) -> Found:
    """ "CT and MRI of the brain": both are of the brain."""
    both = _BOTH_OF.match(sentence, found.end) if found.test == "CT" else None
    if both is None:
        return found
    return Found(found.start, found.end, "CT of the brain" if both["brain"] else "CT of the chest")


_THEN = Pattern(
    r"\s*(?:\(|:|for\b|to\b|against\b|of\b|including\b|(?:was|were)\s+(?:all\s+)?negative\s+for\b)\s*(?:the\s+)?(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""Between words for many tests and the first of the list that says which ("viral serologies (HIV, CMV, EBV)")."""


def _without_headings(sentence: str, found: list[Found]) -> list[Found]:
    """The tests without "viral hepatitis" where that is but the heading of a list of viruses."""
    starts = sorted(f.start for f in found)
    kept = []
    for one in found:
        after = next((s for s in starts if s >= one.end), None)
        listed = after is not None and _THEN.fullmatch(sentence, one.end, after) is not None
        if not (one.test == "viral hepatitis" and listed):
            kept.append(one)
    return kept


_MARKER = Pattern(r"(?<![\w-])Ig(?P<class>[MG])\b(?!\s+(?:for|to|against|anti)\b)")


def _own_markers(sentence: str, found: list[Found]) -> list[Found]:
    """ "EBV IgG was positive and IgM negative": a marker alone is of the agent whose other marker stands before it.

    So is a viral load: "anti-HCV was positive, but the viral load was undetectable".
    """
    if not found:
        return found
    lexicon = load_tests()
    out = list(found)
    for hit in _MARKER.finditer(sentence):
        there = next((f for f in found if f.start <= hit.start() < f.end), None)
        before = max((f for f in out if f.end <= hit.start()), key=lambda f: f.end, default=None)
        if before is None or (there is not None and lexicon[there.test].family != there.test):
            continue
        test = lexicon[before.test]
        name = lexicon.markers.get((test.family, f"ig{hit['class'].lower()}"))
        if test.marker in ("igm", "igg") and name not in (None, before.test) and hit.start() - before.end < _NEAR:
            out = [f for f in out if f is not there]
            out.append(Found(*hit.span(), name or ""))
    for hit in _NUCLEIC.finditer(sentence):
        if any(f.start < hit.end() and hit.start() < f.end for f in out):
            continue
        before = max((f for f in out if f.end <= hit.start()), key=lambda f: f.end, default=None)
        if before is None or hit.start() - before.end >= _NEAR:
            continue
        name = lexicon.markers.get((lexicon[before.test].family, "nucleic"))
        if name not in (None, before.test):
            out.append(Found(*hit.span(), name or ""))
    return sorted(out, key=lambda f: (f.start, f.end, f.test))


_NUCLEIC = Pattern(
    r"\b(?:viral\s+load|vir(?:a?emia)|(?:viral\s+)?(?:RNA|DNA)(?:\s+PCR)?|PCR)\b(?!\s+(?:for|of|against)\b)"
)
_NEAR = 60
"""Characters up to which a marker alone belongs to the agent before it."""


def _share(sentence: str, found: list[Found]) -> list[Found]:
    """ "CMV and EBV IgM": the marker holds for both; "IgM for EBV/CMV" likewise."""
    lexicon = load_tests()
    shared = list(found)
    order = [(i, i + 1) for i in range(len(shared) - 2, -1, -1)] + [(i + 1, i) for i in range(len(shared) - 1)]
    for here, there in order:
        a, b = lexicon[shared[here].test], lexicon[shared[there].test]
        first, second = sorted((shared[here], shared[there]), key=lambda f: f.start)
        if a.marker != "base" or b.marker not in ("igm", "igg", "nucleic") or a.family == b.family:
            continue
        if here > there and not re.match(r"(?:IgM|immunoglobulin M|IgG|PCR)\b", sentence[shared[there].start :]):
            continue
        if b.marker == "nucleic" and not sentence[shared[there].start : shared[there].end].upper().endswith("PCR"):
            continue
        if here < there and _OWN_HEAD.search(sentence, first.start, second.start):
            continue  # "mycoplasma serology and HSV PCR"
        if _JOIN.fullmatch(sentence, first.end, second.start):
            name = lexicon.markers.get((a.family, b.marker))
            if name is not None:
                shared[here] = Found(shared[here].start, shared[here].end, name)
    return shared


def _expand(found: list[Found]) -> list[Found]:
    lexicon = load_tests()
    return [Found(f.start, f.end, part) for f in found for part in (lexicon[f.test].parts or (f.test,))]
