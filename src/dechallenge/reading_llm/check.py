"""What a model claims, held against the text by the rules' own grammar: number, unit, name and assertion.

Each check gives the value with its words, or refuses the claim with a reason. May import reading, the lexicon, the case
and evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dechallenge.case import Event, Exposure, Finding, Measurement, TestResult
from dechallenge.case.model import FindingKind
from dechallenge.evidence import DerivedEvidence, TextEvidence
from dechallenge.lexicon.analytes import fold_surface, load_analytes
from dechallenge.lexicon.drugs import load_drugs
from dechallenge.lexicon.findings import load_findings
from dechallenge.lexicon.units import parse_unit
from dechallenge.lexicon.workup import load_tests
from dechallenge.reading.assertion.assertion import Assertion, assert_mentions
from dechallenge.reading.entries.values import measure
from dechallenge.reading.findings.findings import find_findings
from dechallenge.reading.findings.workup_names import find_tests
from dechallenge.reading.laboratory.labgrammar_figures import Figure, figures
from dechallenge.reading.laboratory.labgrammar_limits import limit_marks
from dechallenge.reading.laboratory.labgrammar_names import Name
from dechallenge.reading.laboratory.labs import ULN
from dechallenge.reading.matching.matcher import tokens
from dechallenge.reading_llm.claims import (
    DrugClaim,
    EventClaim,
    FindingClaim,
    MeasurementClaim,
    OutcomeClaim,
    TestClaim,
)
from dechallenge.reading_llm.place import Place, Refused, Span

_ULN_WORDS = frozenset({ULN.lower(), "uln", "x uln", "× uln", "times uln", "{uln}"})
_OUTCOMES = {
    "recovered": r"recover|resol|normali[sz]|returned?\s+to\s+(?:normal|baseline)|cured|symptom-free|subsided",
    "recovering": r"improv|recovering|declin|decreas|falling|fell",
    "not recovered": r"persist|ongoing|not\s+(?:recover|resol|improv)|remained|unchanged|chronic",
    "recovered with sequelae": r"sequel|residual|scar",
    "fatal": r"\bdied\b|death|fatal|deceased|succumb",
    "unknown": r"unknown|lost\s+to\s+follow|not\s+(?:known|reported)",
}
_STATES = {
    "positive": r"positiv|\breactive|detect|present|raised|elevated|abnormal",
    "negative": r"negativ|non-?reactive|not\s+detect|undetect|normal|unremarkable|absent|exclud|ruled\s+out|\bno\b",
    "not done": r"not\s+(?:done|performed|tested|carried|available|measured|checked|sent)",
    "not interpretable": r"indeterminate|equivocal|inconclusive|not\s+interpretable|borderline|invalid",
}


@dataclass(frozen=True)
class Words:
    """The words of a claim: evidence, clean span, and the sentence around it."""

    place: Place
    quote: TextEvidence
    span: Span
    sentence: Span
    reader: str

    @property
    def body(self) -> str:
        return self.place.text.text

    @property
    def evidence(self) -> tuple[DerivedEvidence, ...]:
        """The words, and which reader found them."""
        how = f"found by the reader {self.reader}; words, names, number and unit were checked"
        return (DerivedEvidence(derived_from=(self.quote,), how=how),)

    def said(self, span: Span) -> Assertion:
        """What the sentence says of a clean span."""
        start, end = self.sentence
        return assert_mentions(self.body[start:end], [(span[0] - start, span[1] - start)])[0]

    def about_the_patient(self, span: Span) -> Assertion:
        """The assertion of a mention.

        Raises:
            Refused: It is said of somebody else, or of nobody.
        """
        found = self.said(span)
        if found.family or found.other_patient or found.hypothetical:
            raise Refused("it is not said of this patient")
        return found


def measurement(claim: MeasurementClaim, words: Words) -> tuple[Measurement, Figure]:
    """The measurement of a claim, without its time, and the figure in the text."""
    lexicon = load_analytes()
    analyte = _analyte(claim.analyte)
    start, end = words.sentence
    named = [n for n in words.place.names if start <= n.start and n.end <= end and _means(n, analyte)]
    if not named:
        raise Refused(f"{claim.analyte} is not named there")
    figure = _figure(claim, words)
    unit = figure.unit
    if unit is not None and not unit.is_uln:
        analyte = lexicon.variant(analyte, unit) or analyte
        if not lexicon.accepts(analyte, unit):
            raise Refused(f"{analyte} is not measured in {figure.unit_text}")
    code = "" if unit is None else ULN if unit.is_uln else unit.code
    value = _Value(analyte, figure, code)
    return measure(value, None, words.evidence, rule=words.reader), figure


class _Value:
    """A figure under the name of its analyte, as the rules see a value."""

    def __init__(self, analyte: str, figure: Figure, unit: str) -> None:
        self.analyte, self.unit, self.unit_text = analyte, unit, figure.unit_text
        self.value, self.low, self.high = figure.value, figure.low, figure.high
        self.comparator: str = figure.comparator
        self.qualitative: str | None = None


def _analyte(written: str) -> str:
    """The analyte of a claim, by id or by a name that means only one."""
    lexicon = load_analytes()
    if written in lexicon and not lexicon.is_group(written):
        return written
    wanted = fold_surface(written)
    found = dict.fromkeys(s.id for s in lexicon.surfaces() if fold_surface(s.text) == wanted)
    ids = [one for one in found if not lexicon.is_group(one)]
    if not ids:
        raise Refused(f"no analyte is called {written!r}")
    return ids[0]


def _means(name: Name, analyte: str) -> bool:
    """Whether a name in the text can mean the analyte: itself, its group, or its percentage beside its count."""
    lexicon = load_analytes()
    bare = analyte.removesuffix("_PCT")
    return any(
        one == analyte
        or one.removesuffix("_PCT") == bare
        or (lexicon.is_group(one) and analyte in lexicon.members(one))
        for one in name.ids
    )


def _figure(claim: MeasurementClaim, words: Words) -> Figure:
    """The figure of the quotation that has the number, the sign and the unit of the claim."""
    start, end = words.sentence
    near = [n for n in words.place.names if start <= n.start < end]
    comma = words.place.decimal_comma
    limits = limit_marks(words.body, start, end, decimal_comma=comma)
    every = figures(words.body, start, end, {n.start for n in near}, {n.end for n in near}, decimal_comma=comma)
    first, last = words.span
    inside = [f for f in every if f.kind in "QN" and first <= f.start and f.end <= last]
    if not inside:
        raise Refused("the quotation holds no value")
    same = [f for f in inside if f.value is not None and f.value == claim.value]
    if not same:
        raise Refused("another number stands there")
    if any(mark.start <= f.start < mark.end for mark in limits for f in same):
        raise Refused("the number is a reference limit")
    signed = [f for f in same if f.comparator == claim.comparator]
    if not signed:
        raise Refused("the sign before the number is another one")
    right = [f for f in signed if _same_unit(claim.unit, f)]
    if not right:
        raise Refused("another unit stands there")
    if len(right) > 1:
        raise Refused("the quotation holds this value more than once")
    return right[0]


def _same_unit(claimed: str, figure: Figure) -> bool:
    text = " ".join(claimed.split())
    if figure.unit is None:
        return not text
    if figure.unit.is_uln:
        return text.lower() in _ULN_WORDS or " ".join(figure.unit_text.split()).lower() == text.lower()
    unit = parse_unit(text)
    return unit is not None and unit.code == figure.unit.code


def drug(claim: DrugClaim, words: Words) -> Exposure:
    """The drug of a claim as another drug of the case; roles are given by the rules alone."""
    lexicon = load_drugs()
    entry = lexicon.lookup(claim.drug, any_case=True)
    wanted = entry.inn if entry is not None else " ".join(claim.drug.lower().split())
    first, last = words.span
    mention = next((d for d in words.place.drugs if d.drug == wanted and d.start < last and first < d.end), None)
    span = (mention.start, mention.end) if mention is not None else _literal(claim.drug, words)
    if words.about_the_patient(span).state != "present":
        raise Refused("it is not said to have been taken")
    kind = mention.kind if mention is not None else "substance"
    return Exposure(
        id="",
        drug=wanted,
        as_written=words.body[span[0] : span[1]],
        ingredients=mention.ingredients if mention is not None else (wanted,),
        kind=kind,
        role="concomitant",
        reason=f"named by the reader {words.reader}",
        evidence=words.evidence,
    )


def finding(claim: FindingClaim, words: Words) -> Finding:
    """The finding of a claim, with the state that the rules give it, too."""
    lexicon = load_findings()
    term, span, denied = _term(claim.term, words)
    state = words.about_the_patient(span).state
    if denied:
        state = "absent" if state == "present" else state
    if state != claim.state:
        raise Refused(f"the text says {state}, not {claim.state}")
    entry = lexicon.get(term)
    known = entry.kind if entry is not None else "symptom"
    allowed = ("symptom", "sign", "diagnosis", "histology", "imaging", "history", "procedure")
    kind: FindingKind = known if known in allowed else "sign"
    return Finding(term=term, kind=kind, state=state, history=words.said(span).history, evidence=words.evidence)


def _term(written: str, words: Words) -> tuple[str, Span, bool]:
    """The lexicon's term and where it stands in the quotation; the words themselves where the lexicon has none."""
    start, end = words.sentence
    sentence = words.body[start:end]
    wanted = " ".join(written.lower().split())
    forms = {f.term for f in load_findings().forms if f.written.lower() == wanted}
    first, last = words.span
    for match in find_findings(sentence, tokens(sentence), words.place.abbreviations):
        span = (start + match.start, start + match.end)
        if first <= span[0] and span[1] <= last and (match.entry.term.lower() == wanted or match.entry.term in forms):
            return match.entry.term, span, match.entry.absent
    if forms or load_findings().get(wanted) is not None:
        raise Refused(f"{written} is not named there")
    return wanted, _literal(written, words), False


def test(claim: TestClaim, words: Words) -> TestResult:
    """The test of a claim: named in the quotation, with words for its state there."""
    if claim.state == "not reported":
        raise Refused("what is not reported has no words")
    wanted = next((t for t in load_tests().tests if t.lower() == claim.test.lower()), None)
    wanted = wanted or next((f.test for f in load_tests().forms if f.written.lower() == claim.test.lower()), None)
    if wanted is None:
        raise Refused(f"no test is called {claim.test!r}")
    start, end = words.sentence
    sentence = words.body[start:end]
    first, last = words.span
    hits = [(start + t.start, start + t.end) for t in find_tests(sentence, tokens(sentence)) if t.test == wanted]
    hit = next((s for s in hits if s[0] < last and first < s[1]), None)
    if hit is None:
        raise Refused(f"{wanted} is not named there")
    words.about_the_patient(hit)
    quoted = words.body[first:last]
    told = {state for state, cue in _STATES.items() if re.search(cue, quoted, re.IGNORECASE)}
    if "not done" in told or "negative" in told:
        told.discard("positive")
    if claim.state not in told:
        raise Refused(f"the quotation does not say {claim.state}")
    return TestResult(test=wanted, state=claim.state, evidence=words.evidence)


def event(claim: EventClaim, words: Words) -> Event:
    """The reaction of a claim: named in the quotation, and said to be there."""
    lexicon = load_findings()
    wanted = " ".join(claim.kind.lower().split())
    start, end = words.sentence
    first, last = words.span
    sentence = words.body[start:end]
    for match in find_findings(sentence, tokens(sentence), words.place.abbreviations):
        span = (start + match.start, start + match.end)
        term = lexicon[match.entry.term]
        if first <= span[0] and span[1] <= last and wanted in (term.event_kind.lower(), term.term.lower()):
            if words.about_the_patient(span).state != "present" or match.entry.absent:
                raise Refused("it is not said to be present")
            kind = term.event_kind or term.term
            return Event(id="", kind=kind, term=term.term, primary=True, evidence=words.evidence)
    raise Refused(f"{claim.kind} is not named there")


def outcome(claim: OutcomeClaim, words: Words) -> None:
    """Hold an outcome against the words of the quotation.

    Raises:
        Refused: They do not say so.
    """
    match = re.search(_OUTCOMES[claim.outcome], words.body[slice(*words.span)], re.IGNORECASE)
    if match is None:
        raise Refused(f"the quotation does not say {claim.outcome}")
    if claim.outcome in ("recovered", "recovering", "fatal"):
        span = (words.span[0] + match.start(), words.span[0] + match.end())
        if words.about_the_patient(span).state != "present":
            raise Refused(f"the text does not say {claim.outcome}")


def _literal(written: str, words: Words) -> Span:
    """Where the very words stand in the quotation."""
    parts = [re.escape(part) for part in written.split()]
    pattern = r"(?<!\w)" + r"\s{1,3}".join(parts) + r"(?!\w)"
    match = re.compile(pattern, re.IGNORECASE).search(words.body, *words.span)
    if match is None:
        raise Refused(f"{written} is not named there")
    return match.span()
