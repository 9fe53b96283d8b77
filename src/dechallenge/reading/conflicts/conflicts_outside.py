"""What abstract and discussion say of a patient against what the case itself says.

Compared are findings (an organ more than the case has, another degree), how fast the recovery was, raised enzymes in a
case whose enzymes stayed normal, and a recurrence on re-exposure that is denied. Nothing is decided: both quotations
are kept. May import the case model, drugs, work-up, the layout and sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from dechallenge.case import Case, Conflict, Finding, Measurement
from dechallenge.evidence import Evidence, words
from dechallenge.lexicon.analytes import load_analytes
from dechallenge.reading.conflicts.conflicts_values import values_outside
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.findings.findings import FindingMention
from dechallenge.reading.findings.workup import read_findings
from dechallenge.reading.layout.headings import Section
from dechallenge.reading.layout.segments import Layout
from dechallenge.reading.matching.triggers import Pattern
from dechallenge.reading.texts.sentences import sentences
from dechallenge.reading.texts.text import CleanText

Span = tuple[int, int]

COMPOSITES: Mapping[str, tuple[str, ...]] = {
    "hepatosplenomegaly": ("hepatomegaly", "splenomegaly"),
    "pancytopenia": ("anemia", "leukopenia", "thrombocytopenia"),
}
"""Findings made of several, any one of which is less than the whole."""
_NOT_PROSE = ("references", "tables", "key points")
_LIVER_ENZYMES = ("ALT", "AST")
_MANY = Pattern(
    r"\[\d|\bet\s+al\b|\b(?:reported|described|literature|studies|trials?|series|usually|often|common(?:ly)?|rare(?:ly)?|"
    r"patients\s+with|in\s+mice|in\s+general|recommended)\b",
    re.IGNORECASE,
)
"""Words of a sentence about other patients, or about patients in general."""
_ALL = Pattern(
    r"\b(?:both|all|these|our|the)\s+(?:(?:two|three|of\s+the|of\s+our|reported|present)\s+)?"
    r"(?:cases|patients|women|men|children)\b|\bherein\b|\b(?:both|these|our|the\s+two)\s+(?:wom[ae]n|m[ae]n|patients|cases)\b",
    re.IGNORECASE,
)
_THIS = Pattern(
    r"\b(?:this|our|the|the\s+present|the\s+reported)\s+(?:case|patient|woman|man|girl|boy|child)\b|\b(?:he|she)\b",
    re.IGNORECASE,
)
_NUMBERED = Pattern(r"\b(?:case|patient)\s+(?:no\.?\s*)?(\d{1,2})\b", re.IGNORECASE)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_NTH = Pattern(
    r"\b(?:in|of|for)\s+(?:the|our)\s+(first|second|third|fourth|fifth)\s+(?:patient|case|woman|man|girl|boy|child)\b",
    re.IGNORECASE,
)
_TURN = Pattern(r"\s*(?:;|,?\s+\b(?:but\s+not|whereas|while|and\s+not)\b)\s*", re.IGNORECASE)
_PERSON_ON = Pattern(
    r"\b(?:patient|case|woman|man|girl|boy|child|the\s+other)\b[^.;]{0,40}?\b(?:receiving|treated\s+with|given|on|"
    r"taking)\s+$",
    re.IGNORECASE,
)
_STOP_OF = Pattern(
    r"\b(?:discontinuation|discontinuing|withdrawal|withdrawing|cessation|stopping)\s+(?:of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_BY_DRUG = Pattern(
    r"\b(?:receiving|treated|given|on|taking|discontinu\w+|withdraw\w+|cessation|stopping)\b", re.IGNORECASE
)
"""Words without which no patient is named by a drug."""
_TREATED = Pattern(r"-treated\s+(?:patient|case|woman|man|girl|boy|child)\b", re.IGNORECASE)

_STRONG = r"(?:prominent|marked|severe|massive|extensive|profound|intense|abundant|dense)"
_WEAK = r"(?:mild|minimal|slight|scant|little|minor|sparse|trace|insignificant)"
_WAS = Pattern(rf"\s+(?:was|were)\s+(?:\w+ly\s+)?(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))\b", re.IGNORECASE)
_TELLING = Pattern(rf"\b(?:{_STRONG}|{_WEAK}|{'|'.join(COMPOSITES)})", re.IGNORECASE)
"""Words without which a finding is not compared."""
_IS_STRONG, _IS_WEAK = Pattern(rf"\b{_STRONG}", re.IGNORECASE), Pattern(rf"\b{_WEAK}", re.IGNORECASE)

_BETTER = r"(?:normali[sz](?:ation|ed)|improve(?:ment|d)|recover(?:y|ed)|resolution|resolved|fell|fall|decline[ds]?)"
_QUICK, _SLOW = r"(?:rapid|prompt|quick|swift|immediate)(?:ly)?", r"(?:gradual|slow|protracted|delayed)(?:ly)?"
_ENZYMES = (
    r"(?:liver|hepatic|transaminase|aminotransferase|enzyme|biochemical|biochemistry|laboratory|ALT|AST|bilirubin)"
    r"[\w-]*"
)
_PACE = Pattern(
    rf"\b(?:(?P<q1>{_QUICK})|(?P<s1>{_SLOW}))\s+{_BETTER}\s+(?:of|in)\s+(?:\w+\s+){{0,3}}?{_ENZYMES}"
    rf"|\b{_ENZYMES}(?:\s+\w+){{0,3}}?\s+{_BETTER}\s+(?:(?P<q2>{_QUICK})|(?P<s2>{_SLOW}))\b"
    rf"|\b{_ENZYMES}(?:\s+\w+){{0,3}}?\s+(?:(?P<q3>{_QUICK})|(?P<s3>{_SLOW}))\s+{_BETTER}\b",
    re.IGNORECASE,
)
_RAISED = Pattern(
    r"\b(?:(?:alanine\s+|aspartate\s+)?(?:amino)?transaminases?|aminotransferases?|ALT|AST|liver\s+enzymes?)\s+"
    r"(?:elevations?|increases?|rises?)\b|\b(?:elevat(?:ion|ed)|increased?|raised|rise)\s+(?:(?:in|of|the|serum)\s+){0,3}"
    r"(?:transaminases?|aminotransferases?|ALT|AST|liver\s+enzymes?)\b",
    re.IGNORECASE,
)
_NO_RECURRENCE = Pattern(
    r"\b(?:no|lack\s+of|without|absence\s+of)\s+(?:(?:any|further|a)\s+)?(?:recurrence|relapse)\b[^.;]{0,60}?\b"
    r"(?:re-?introduc\w+|re-?challeng\w+|re-?exposures?|re-?administ\w+|re-?start\w*|resum\w+)",
    re.IGNORECASE,
)


def outside(
    plan: Layout, parts: Sequence[Span], case: Case, number: int, abbreviations: Mapping[str, str]
) -> list[Conflict]:
    """Contradictions between the shared text of a report and one of its cases.

    Args:
        plan: The layout of the report.
        parts: Spans of the case.
        case: The case as read so far.
        number: Its number in the document, from 1.
        abbreviations: Abbreviations of the document.
    """
    text = plan.text
    shared = _around(text.text, tuple(sorted(part for c in plan.cases for part in c.parts)), plan.sections)
    suspects = {e.drug for e in case.exposures if e.role == "suspect"}
    alone = len(plan.cases) == 1
    clauses = list(_about(text.text, shared, suspects, number, alone))
    if not alone:  # a comment between two cases is about the first of them
        last = max((b for _, b in parts), default=0)
        after = min((c.parts[0][0] for c in plan.cases if c.parts and c.parts[0][0] > last), default=0)
        between = [s for s in shared if last <= s[0] < after]
        clauses += [c for c in _about(text.text, between, suspects, number, True) if c not in clauses]
    if not clauses:
        return []
    inside = [(start + a, start + b) for start, end in parts for a, b in sentences(text.text[start:end])]
    own = _own_findings(text, parts, case)
    mentions = _mentions(text, shared, clauses, abbreviations)
    found: list[Conflict] = []
    for start, end in clauses:
        for mention in mentions:
            if start <= mention.start and mention.end <= end:
                found += _finding(text, mention, own)
        found += _pace(text, (start, end), inside)
        found += _enzymes(text, (start, end), case, own)
        found += _recurrence(text, (start, end), case)
        if not any(s.kind == "introduction" and s.start <= start < s.end for s in plan.sections):
            found += values_outside(text, (start, end), case)
    return _once(found)


@lru_cache(maxsize=2)
def _around(body: str, inside: tuple[Span, ...], sections: tuple[Section, ...]) -> list[Span]:
    """The sentences of a report that belong to no case, references and summary blocks left out."""
    found: list[Span] = []
    for section in sections:
        if section.kind in _NOT_PROSE:
            continue
        start = section.start
        for first, last in [*inside, (section.end, section.end)]:
            stop = min(first, section.end)
            if start < stop:
                found += [(start + a, start + b) for a, b in sentences(body[start:stop])]
            if first < section.end:
                start = max(start, last)
    return found


def _mentions(
    text: CleanText, shared: Sequence[Span], clauses: Sequence[Span], abbreviations: Mapping[str, str]
) -> list[FindingMention]:
    """Findings that the clauses say to be there; the sentence before each is read for what it says of a biopsy."""
    telling = [(a, b) for a, b in clauses if _TELLING.search(text.text, a, b)]
    if not telling:
        return []
    wanted = [i for i, (a, b) in enumerate(shared) if any(a <= start < b for start, _ in telling)]
    chosen = sorted({j for i in wanted for j in (i - 1, i) if j >= 0})
    found, _ = read_findings(text, [shared[j] for j in chosen], abbreviations)
    return [m for m in found if m.state == "present" and not (m.hypothetical or m.other_patient or m.family)]


def _about(body: str, shared: Sequence[Span], suspects: set[str], number: int, alone: bool) -> Iterator[Span]:
    """The clauses of the shared text that speak of the case, or of all cases."""
    for start, end in shared:
        sentence = body[start:end]
        everyone, others = _of_whom(sentence)
        if others:
            continue
        if alone:
            if everyone or _THIS.search(sentence) or _named(body, start, end, suspects):
                yield start, end
            continue
        pieces = _clauses(sentence)
        telling = [(a, b) for a, b in pieces if _of_one(body, start + a, start + b, suspects, number)]
        if telling:
            for a, b in telling:
                yield start + a, start + b
        elif everyone and not _NUMBERED.search(sentence):
            yield start, end


@lru_cache(maxsize=1024)
def _of_whom(sentence: str) -> tuple[bool, bool]:
    """Whether a sentence speaks of all cases, and whether it speaks of other patients."""
    everyone = _ALL.search(sentence) is not None
    return everyone, _MANY.search(sentence) is not None and (not everyone or re.search(r"\[\d", sentence) is not None)


@lru_cache(maxsize=1024)
def _clauses(sentence: str) -> list[Span]:
    cuts = [m.span() for m in _TURN.finditer(sentence)]
    starts = [0, *(b for _, b in cuts)]
    ends = [*(a for a, _ in cuts), len(sentence)]
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]


def _of_one(body: str, start: int, end: int, suspects: set[str], number: int) -> bool:
    numbers = {int(m[1]) for m in _NUMBERED.finditer(body, start, end)}
    numbers |= {_ORDINALS[m[1].lower()] for m in _NTH.finditer(body, start, end)}
    if numbers:
        return numbers == {number}
    return _named(body, start, end, suspects)


def _named(body: str, start: int, end: int, suspects: set[str]) -> bool:
    """Whether a clause names the patient by the suspect drug, and by no other drug."""
    if not _BY_DRUG.search(body, start, end):
        return False
    named = set()
    for drug in read_drugs(body, [(start, end)]):
        before = body[max(start, drug.start - 80) : drug.start]
        if _PERSON_ON.search(before) or _STOP_OF.search(before) or _TREATED.match(body, drug.end):
            named.add(drug.drug)
    return bool(named) and named <= suspects


def _own_findings(text: CleanText, parts: Sequence[Span], case: Case) -> list[Finding]:
    raw = [(q.start, q.end) for q in (text.quote(a, b) for a, b in parts)]
    return [
        f
        for f in case.findings
        if f.subject == "patient" and any(a <= w.start < b for w in words(f.evidence) for a, b in raw)
    ]


def _finding(text: CleanText, mention: FindingMention, own: Sequence[Finding]) -> Iterator[Conflict]:
    quote = text.quote(mention.start, mention.end)
    same = [f for f in own if f.term == mention.term and f.state == "present"]
    needed = COMPOSITES.get(mention.term, ())
    some = [f for f in own if f.term in needed and f.state == "present"]
    if needed and not same and some and {f.term for f in some} < set(needed):
        told = " and ".join(sorted({f.term for f in some}))
        yield _conflict(f"{mention.term} outside the case, only {told} in it", "the findings of the case", quote, some)
    degree = _degree(text.text, mention)
    others = [(f, _rank(f.extent or "")) for f in same]
    if degree and any(rank == -degree for _, rank in others) and not any(rank == degree for _, rank in others):
        against = [f for f, rank in others if rank == -degree]
        size = text.quote(mention.start, _degree_end(text.text, mention))
        yield _conflict(
            f"{mention.term}: another degree outside the case than in it", "the findings of the case", size, against
        )


def _degree_end(body: str, mention: FindingMention) -> int:
    after = _WAS.match(body, mention.end)
    return after.end() if after else mention.end


def _degree(body: str, mention: FindingMention) -> int:
    """1 for a strong degree, -1 for a weak one, 0 for none."""
    after = _WAS.match(body, mention.end)
    if after is not None:
        return 1 if after["strong"] else -1
    return _rank(mention.extent)


def _rank(extent: str) -> int:
    return 1 if _IS_STRONG.search(extent) else -1 if _IS_WEAK.search(extent) else 0


def _pace(text: CleanText, span: Span, inside: Sequence[Span]) -> Iterator[Conflict]:
    """Liver tests that came down fast in one place, slowly in the other."""
    here = _PACE.search(text.text, *span)
    if here is None:
        return
    for start, end in inside:
        there = _PACE.search(text.text, start, end)
        if there is not None and _quick(here) != _quick(there):
            yield Conflict(
                kind="contradiction",
                what="the liver tests came down fast in one place, slowly in the other",
                affects="dechallenge; the values decide, where there are any",
                evidence=(text.quote(*there.span()), text.quote(*here.span())),
            )


def _quick(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("q1", "q2", "q3"))


def _enzymes(text: CleanText, span: Span, case: Case, own: Sequence[Finding]) -> Iterator[Conflict]:
    """Raised enzymes are told of a case whose enzymes were always normal."""
    here = _RAISED.search(text.text, *span)
    if here is None or any(f.term == "elevated liver enzymes" and f.state == "present" for f in own):
        return
    values = [m for m in case.measurements if m.analyte in _LIVER_ENZYMES]
    if not values or not all(_is_normal(m) for m in values):
        return
    yield Conflict(
        kind="contradiction",
        what="raised enzymes are told of the patients, the values of this case are all normal",
        affects="pattern and thresholds; the values of the case are used",
        evidence=(text.quote(*here.span()), *(w for m in values[:4] for w in m.evidence)),
    )


def _is_normal(value: Measurement) -> bool:
    if value.qualitative is not None:
        return value.qualitative in ("normal", "unchanged", "normalised")
    high = value.limit.high if value.limit and value.limit.high else load_analytes().default_limits(value.analyte).high
    return value.canonical is not None and high is not None and value.canonical <= high


def _recurrence(text: CleanText, span: Span, case: Case) -> Iterator[Conflict]:
    """No recurrence on re-exposure is claimed, and a re-exposure of the case was positive."""
    here = _NO_RECURRENCE.search(text.text, *span)
    positive = [a for a in case.actions if a.kind == "restarted" and a.result == "positive"]
    if here is not None and positive:
        evidence: list[Evidence] = [text.quote(*here.span())]
        yield Conflict(
            kind="contradiction",
            what="no recurrence on re-exposure outside the case, a recurrence in it",
            affects="rechallenge; the course of the case is used",
            evidence=(*evidence, *(w for a in positive for w in a.evidence)),
        )


def _conflict(what: str, affects: str, quote: Evidence, against: Sequence[Finding]) -> Conflict:
    return Conflict(
        kind="contradiction",
        what=what,
        affects=affects,
        evidence=(quote, *dict.fromkeys(w for f in against for w in f.evidence)),
    )


def _once(found: Sequence[Conflict]) -> list[Conflict]:
    """One conflict for each thing, with the quotations of all places."""
    merged: dict[tuple[str, str], Conflict] = {}
    for conflict in found:
        key = (conflict.kind, conflict.what)
        if key in merged:
            both = (*merged[key].evidence, *conflict.evidence)
            conflict = merged[key].model_copy(update={"evidence": tuple(dict.fromkeys(both))})
        merged[key] = conflict
    return list(merged.values())
