"""Facts of the work-up: which causes were looked for, and what was found.

A cause is negative when a test that looks for it, or the cause as a whole, is reported negative; unreported is unknown.
May import evidence, case, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.case.model import Case, Finding, TestResult
from dechallenge.evidence import Evidence, words
from dechallenge.facts import disease
from dechallenge.facts.liver import Found
from dechallenge.facts.pair import Pair
from dechallenge.facts.vocabulary import causes as v
from dechallenge.lexicon.findings import load_findings
from dechallenge.lexicon.workup import WorkupTest, load_tests
from dechallenge.logic import Choice, Fact

VIRUSES = {
    "HAV": v.hav,
    "HBV": v.hbv,
    "HCV": v.hcv,
    "HEV": v.hev,
    "CMV": v.cmv,
    "EBV": v.ebv,
    "HSV": v.hsv,
    "VZV": v.vzv,
}
OBSTRUCTION = frozenset(
    {
        "biliary obstruction",
        "biliary dilatation",
        "bile duct stones",
        "cholangitis",
        "cholangiocarcinoma",
        "pancreatic cancer",
        "Budd-Chiari syndrome",
        "portal vein thrombosis",
        "hepatic artery thrombosis",
    }
)
"""What imaging has to show to be positive for an obstruction or a disease of the vessels."""
LOW_PRESSURE = ("hypotension", "shock", "hemodynamic instability", "septic shock", "cardiac arrest")
ISCHAEMIC = ("ischemic hepatitis", "congestive hepatopathy")
OWN_DISEASE = frozenset({"underlying", "autoimmune", "genetic", "Still", "MAS", "sepsis", "malignancy", "immune"})
ALCOHOL_RATIO = 2.0
"""AST/ALT of alcoholic liver disease (RUCAM item 5)."""


def facts(pair: Pair, found: Found | None) -> list[Fact]:
    """One fact for each cause that the report says something about."""
    made = [_virus(pair, cause, term) for cause, term in VIRUSES.items()]
    made += [_imaging(pair), _alcohol(pair, found), _pressure(pair), _underlying(pair)]
    return [fact for fact in made if fact is not None]


def looked_for_causes(case: Case) -> list[TestResult]:
    """The tests of a case without the trials of the drug itself."""
    lexicon = load_tests()
    return [t for t in case.tests if (test := lexicon.get(t.test)) is None or test.kind != "trial"]


def looked_for(pair: Pair, cause: str) -> list[tuple[TestResult, WorkupTest]]:
    """The tests of the case that look for a cause, with their entry in the lexicon."""
    lexicon = load_tests()
    found = []
    for result in pair.case.tests:
        test = lexicon.get(result.test)
        if test is not None and cause in test.causes:
            found.append((result, test))
    return found


def _told(pair: Pair, cause: str) -> list[Finding]:
    """Findings that name the cause itself ("no hepatitis A"), past illness left out."""
    lexicon = load_findings()
    return [
        f
        for f in pair.case.findings
        if f.subject == "patient"
        and not f.history
        and f.state != "uncertain"
        and (term := lexicon.get(f.term)) is not None
        and cause in term.causes
    ]


def _virus(pair: Pair, cause: str, term: Choice) -> Fact | None:
    results = [(result, test) for result, test in looked_for(pair, cause) if test.standing != "none"]
    findings = _told(pair, cause)
    positive = [(r, t) for r, t in results if r.state == "positive"]
    negative = [(r, t) for r, t in results if r.state == "negative"]
    ill = [f for f in findings if f.state == "present"]
    well = [f for f in findings if f.state == "absent"]
    both = [*positive, *negative]
    if positive and _nucleic(negative) and not _nucleic(positive):
        return Fact.choice(term, "not interpretable", because=f"{_names(both)} disagree", evidence=_evidence(both))
    if positive or ill:
        told = [r.test for r, _ in positive] + [f.term for f in ill]
        evidence = (*_evidence(positive), *_words(ill))
        return Fact.choice(term, "positive", because=f"{', '.join(told)} positive", evidence=evidence)
    if negative or well:
        told = [_with_validity(r, t) for r, t in negative] + [f"{f.term} absent" for f in well]
        evidence = (*_evidence(negative), *_words(well))
        return Fact.choice(term, "negative", because="; ".join(dict.fromkeys(told)), evidence=evidence)
    return _rest(term, results)


def _rest(term: Choice, results: list[tuple[TestResult, WorkupTest]]) -> Fact | None:
    """Only tests that were not done, or not interpretable."""
    for state in ("not interpretable", "not done"):
        same = [(r, t) for r, t in results if r.state == state]
        if same:
            return Fact.choice(term, state, because=f"{_names(same)}: {state}", evidence=_evidence(same))
    return None


def _names(results: list[tuple[TestResult, WorkupTest]]) -> str:
    return ", ".join(dict.fromkeys(result.test for result, _ in results))


def _nucleic(results: list[tuple[TestResult, WorkupTest]]) -> bool:
    """Whether the virus itself was looked for, which outweighs antibodies."""
    return any(test.marker == "nucleic" for _, test in results)


def _words(findings: list[Finding]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for finding in findings for item in finding.evidence))


def _with_validity(result: TestResult, test: WorkupTest) -> str:
    return f"{result.test} negative" + (f" ({test.validity})" if test.validity else "")


def _evidence(results: list[tuple[TestResult, WorkupTest]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for result, _ in results for item in result.evidence))


def _imaging(pair: Pair) -> Fact | None:
    results = [
        (result, test)
        for cause in ("biliary", "vascular")
        for result, test in looked_for(pair, cause)
        if test.kind == "imaging"
    ]
    told = [f for f in pair.case.findings if f.term in OBSTRUCTION and f.subject == "patient" and not f.history]
    blocked = [f for f in told if f.state == "present"]
    free = [f for f in told if f.state == "absent"]
    if blocked:
        because = f"{', '.join(f.term for f in blocked)} found"
        return Fact.choice(v.biliary_imaging, "positive", because=because, evidence=_words(blocked))
    negative = [(r, t) for r, t in results if r.state == "negative"]
    if negative or free:
        told_words = [f"{r.test} shows no obstruction" for r, _ in negative] + [f"no {f.term}" for f in free]
        evidence = (*_evidence(negative), *_words(free))
        return Fact.choice(
            v.biliary_imaging, "negative", because="; ".join(dict.fromkeys(told_words)), evidence=evidence
        )
    shown = [(r, t) for r, t in results if r.state in ("positive", "not interpretable")]
    if shown:
        because = f"{_names(shown)} reported, and no obstruction or disease of the vessels told"
        best: str | None = "negative"
        if not all(understood(pair, result) for result, _ in shown):
            because, best = f"{_names(shown)} reported in words of which no finding was read", None
        return Fact.choice(
            v.biliary_imaging, "negative", "positive", best=best, because=because, evidence=_evidence(shown)
        )
    return _rest(v.biliary_imaging, results)


def understood(pair: Pair, result: TestResult) -> bool:
    """Whether a finding was read in the words of a result; a result in unread words may have shown anything."""
    places = [(w.document, w.start, w.end) for w in words(result.evidence)]
    if result.state != "not interpretable" or not places:
        return True
    return any(
        w.document == document and start <= w.start and w.end <= end
        for finding in pair.case.findings
        for w in words(finding.evidence)
        for document, start, end in places
    )


def _alcohol(pair: Pair, found: Found | None) -> Fact | None:
    patient = pair.case.patient
    ratio = None
    if found is not None and found.ast is not None and found.alt is not None and found.alt.point and found.ast.point:
        ratio = found.ast.point / found.alt.point
    abuse = [f for f in pair.view.findings("alcohol abuse", "alcoholic liver disease") if f.state != "uncertain"]
    heavy = [f for f in abuse if f.state == "present"]
    term = v.alcoholic_hepatitis
    if heavy or patient.alcohol == "present":
        evidence = [e for f in heavy for e in f.evidence] or list(patient.alcohol_evidence)
        if heavy and ratio is not None and ratio >= ALCOHOL_RATIO:
            because = f"alcohol abuse with AST/ALT {ratio:.2g}"
            return Fact.choice(term, "positive", because=because, evidence=evidence)
        because = "alcohol is taken" + (f"; AST/ALT {ratio:.2g}" if ratio is not None else "; AST/ALT not told")
        return Fact.choice(term, "not interpretable", because=because, evidence=evidence)
    if patient.alcohol == "absent" or abuse:
        evidence = list(patient.alcohol_evidence) + [e for f in abuse for e in f.evidence]
        because = "no alcohol" if patient.alcohol == "absent" else "alcohol abuse denied"
        return Fact.choice(term, "negative", because=because, evidence=evidence)
    results = [(r, t) for r, t in looked_for(pair, "alcohol") if r.state == "negative"]
    if results:
        return Fact.choice(term, "negative", because=f"{_names(results)} negative", evidence=_evidence(results))
    return None


def _pressure(pair: Pair) -> Fact | None:
    told = [
        f
        for f in pair.view.findings(*LOW_PRESSURE, *ISCHAEMIC)
        if f.state == "absent" or (f.state == "present" and not f.history)
    ]
    present = [f for f in told if f.state == "present"]
    ischaemic = [f for f in present if f.term in ISCHAEMIC]
    before = [f for f in present if f.time is None or f.time.interval.lo <= pair.onset.hi]
    for chosen, state, word in ((ischaemic, "positive", "told"), (before, "not interpretable", "told")):
        if chosen:
            because = f"{', '.join(f.term for f in chosen)} {word}"
            return Fact.choice(v.hypotension, state, because=because, evidence=_words(chosen))
    absent = [f for f in told if f.state == "absent"]
    if absent:
        because = f"no {absent[0].term}"
        return Fact.choice(v.hypotension, "negative", because=because, evidence=_words(absent))
    return None


def _underlying(pair: Pair) -> Fact | None:
    """The patient's own diseases: open while one is active; excluded when autoimmunity is and none is told."""
    term = v.underlying_disease
    own = tuple(c for c in disease.competitors(pair) if set(c.term.causes) & OWN_DISEASE)
    positive = [
        (r, t)
        for cause in ("autoimmune", "genetic", "sepsis")
        for r, t in looked_for(pair, cause)
        if r.state == "positive" and t.standing == "specific"
    ]
    if own:
        because = f"{disease.names(own)} could also explain the reaction"
        return Fact.choice(term, "not interpretable", because=because, evidence=_words([c.finding for c in own]))
    if positive:
        because = f"{_names(positive)} positive"
        return Fact.choice(term, "not interpretable", because=because, evidence=_evidence(positive))
    negative = [(r, t) for r, t in looked_for(pair, "autoimmune") if r.state == "negative" and t.standing != "none"]
    excluded = [f for f in pair.view.findings("autoimmune hepatitis") if f.state == "absent"]
    if negative or excluded:
        because = "; ".join(
            [*dict.fromkeys(f"{r.test} negative" for r, _ in negative), *(f"no {f.term}" for f in excluded)]
        )
        evidence = (*_evidence(negative), *_words(excluded))
        return Fact.choice(term, "negative", because=f"{because}; no disease of the liver told", evidence=evidence)
    return None
