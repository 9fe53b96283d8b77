"""Facts of single tests: markers of hepatitis and herpes viruses, autoimmune markers, AST when found, imaging.

A virus reported negative without its marker leaves "negative" and "not done" open for each marker; the antibody is then
read as negative, the nucleic acid as not known. May import evidence, case, lexicon, logic, the vocabulary and the
modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.case.model import Finding, TestResult
from dechallenge.evidence import DerivedEvidence, Evidence
from dechallenge.facts.liver import Found
from dechallenge.facts.numbers import number
from dechallenge.facts.pair import Pair
from dechallenge.facts.values import Value
from dechallenge.facts.vocabulary import causality_more as v
from dechallenge.facts.workup import looked_for, understood
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Choice, Fact, Facts

MARKERS: tuple[tuple[Choice, str, tuple[str, ...], bool], ...] = (
    (v.hbc_igm, "HBV", ("anti-HBc IgM",), True),
    (v.hbsag, "HBV", ("HBsAg",), True),
    (v.anti_hcv, "HCV", ("anti-HCV",), True),
    (v.hcv_rna, "HCV", ("HCV RNA",), False),
    (v.cmv_igm, "CMV", ("CMV IgM",), True),
    (v.cmv_dna, "CMV", ("CMV PCR",), False),
    (v.ebv_igm, "EBV", ("EBV IgM",), True),
    (v.ebv_dna, "EBV", ("EBV PCR",), False),
    (v.hsv_igm, "HSV", ("HSV IgM",), True),
    (v.hsv_dna, "HSV", ("HSV PCR",), False),
)
"""Term, cause, names of its test, and whether a negative report without a marker is read as this marker."""
TOTAL_FOR_IGM = {"hbc_igm": "anti-HBc"}
"""All antibodies negative means that IgM is (RECAM, domain 4)."""
NOT_POSITIVE_TITRE = 79.9
GENERAL = ("autoantibodies", "viral and autoimmune serology")
STRICTURES = ("biliary obstruction", "biliary stricture", "bile duct stricture")
DILATED = ("biliary dilatation", "bile duct stones", "cholangiocarcinoma", "pancreatic cancer")
INFILTRATION = ("liver metastases", "malignant infiltration", "liver mass")


def facts(pair: Pair, found: Found | None) -> list[Fact]:
    """Facts of single tests for a liver injury."""
    if not pair.is_liver:
        return []
    made: list[Fact | None] = [_marker(pair, *marker) for marker in MARKERS]
    made += [_imaging(pair), *_ast(found), _no_exposure(pair)]
    return [fact for fact in made if fact is not None]


def _evidence(results: list[TestResult]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(item for result in results for item in result.evidence))


def _marker(pair: Pair, term: Choice, cause: str, names: tuple[str, ...], read_as: bool) -> Fact | None:
    own = [r for r in pair.case.tests if r.test in names and r.state != "not reported"]
    states = dict.fromkeys(r.state for r in own)
    if "positive" in states and "negative" in states:
        because = f"{', '.join(names)}: positive and negative"
        return Fact.choice(term, "not interpretable", because=because, evidence=_evidence(own))
    for state in ("positive", "negative", "not done", "not interpretable"):
        if state in states:
            same = [r for r in own if r.state == state]
            return Fact.choice(term, state, because=f"{same[0].test} {state}", evidence=_evidence(same))
    total = [r for r in pair.case.tests if r.test == TOTAL_FOR_IGM.get(term.name) and r.state == "negative"]
    if total:
        because = f"{total[0].test} negative, so IgM is"
        return Fact.choice(term, "negative", because=because, evidence=_evidence(total))
    return _without_marker(pair, term, cause, read_as)


def _without_marker(pair: Pair, term: Choice, cause: str, read_as: bool) -> Fact | None:
    """The virus is reported negative, the marker is not told."""
    told = [r for r, test in looked_for(pair, cause) if r.state == "negative" and test.marker not in ("igg", "nucleic")]
    told = [r for r in told if r.test not in _named(cause)]
    lexicon = load_findings()
    absent = [
        f
        for f in pair.case.findings
        if f.subject == "patient"
        and f.state == "absent"
        and not f.history
        and (entry := lexicon.get(f.term)) is not None
        and cause in entry.causes
    ]
    if not told and not absent:
        return None
    names = ", ".join(dict.fromkeys([r.test for r in told] + [f.term for f in absent]))
    evidence = (*_evidence(told), *(item for f in absent for item in f.evidence))
    because = f"{names} negative; the marker is not told"
    best = "negative" if read_as else None
    return Fact.choice(term, "negative", "not done", best=best, because=because, evidence=evidence)


def _named(cause: str) -> frozenset[str]:
    """Tests of a cause that are one marker; their result says nothing of another marker."""
    own = {name for _, of, names, _ in MARKERS if of == cause for name in names}
    return frozenset(own | {"anti-HBc", "anti-HBs", "HBeAg", "HBV DNA", "HSV culture"})


def autoimmune(pair: Pair, made: Facts) -> list[Fact | None]:
    """Whether any autoimmune marker was measured; autoantibodies negative as a whole stand for ANA and SMA."""
    known = [made[term.name] for term in (v.ana_titre, v.sma_titre, v.igg_xuln) if term.name in made]
    if known:
        because, evidence = known[0].because, known[0].evidence
        return [Fact.flag(v.autoimmune_tested, True, because=because, evidence=evidence)]
    general = [r for r in pair.case.tests if r.test in GENERAL and r.state == "negative"]
    if not general:
        return []
    because = f"{general[0].test} negative, which are not told one by one"
    words_of = _evidence(general)
    return [
        Fact.flag(v.autoimmune_tested, True, because=because, evidence=words_of),
        number(v.ana_titre, low=0.0, high=NOT_POSITIVE_TITRE, because=because, evidence=words_of),
        number(v.sma_titre, low=0.0, high=NOT_POSITIVE_TITRE, because=because, evidence=words_of),
    ]


def _seen(pair: Pair, terms: tuple[str, ...]) -> list[Finding]:
    return [f for f in pair.view.findings(*terms) if f.state == "present" and not f.history]


def _imaging(pair: Pair) -> Fact | None:
    term = v.liver_imaging
    blocked = _seen(pair, STRICTURES)
    if blocked:
        evidence = tuple(item for f in blocked for item in f.evidence)
        return Fact.choice(term, "obstruction", because=f"{blocked[0].term} found", evidence=evidence)
    for terms, value in ((DILATED, "obstruction"), (INFILTRATION, "infiltration")):
        open_ones = _seen(pair, terms)
        if open_ones:
            because = f"{open_ones[0].term} found; whether it meets the criterion is not told"
            evidence = tuple(item for f in open_ones for item in f.evidence)
            return Fact.choice(term, "neither", value, because=because, evidence=evidence)
    results = [r for r, test in looked_for(pair, "biliary") if test.kind == "imaging"]
    negative = [r for r in results if r.state == "negative"]
    free = [f for f in pair.view.findings(*STRICTURES, *DILATED) if f.state == "absent"]
    if negative or free:
        told = [f"{r.test} shows no obstruction" for r in negative] + [f"no {f.term}" for f in free]
        evidence = (*_evidence(negative), *(item for f in free for item in f.evidence))
        return Fact.choice(term, "neither", because="; ".join(dict.fromkeys(told)), evidence=evidence)
    shown = [r for r in results if r.state in ("positive", "not interpretable")]
    if shown:
        because = f"{shown[0].test} reported, and neither obstruction nor infiltration told"
        values = ("neither", "obstruction", "infiltration")
        if not all(understood(pair, result) for result in shown):
            because = f"{shown[0].test} reported in words of which no finding was read"
            return Fact.choice(term, *values, because=because, evidence=_evidence(shown))
        return Fact.choice(term, *values, best="neither", because=because, evidence=_evidence(shown))
    missing = [r for r in results if r.state == "not done"]
    if missing:
        return Fact.choice(term, "not done", because=f"{missing[0].test} not done", evidence=_evidence(missing))
    return None


def _ast(found: Found | None) -> list[Fact | None]:
    """AST and AST/ALT of the first qualifying sample."""
    ast = found.ast if found is not None else None
    if ast is None or not _measured(ast):
        return []
    made = [number(v.ast_found_u_l, ast.point, low=ast.low, high=ast.high, because=ast.told, evidence=ast.evidence)]
    alt = found.alt if found is not None else None
    if alt is None or not _measured(alt) or not alt.point or ast.point is None:
        return [*made]
    ratio = ast.point / alt.point
    how = f"{ast.told} ÷ {alt.told} = {ratio:.3g}"
    evidence = (DerivedEvidence(derived_from=(*ast.evidence, *alt.evidence), how=how),)
    return [*made, number(v.ast_alt_ratio, ratio, because=how, evidence=evidence)]


def _measured(value: Value) -> bool:
    return value.has_number and (value.low is not None or value.high is not None)


def _no_exposure(pair: Pair) -> Fact | None:
    """Exposure to hepatitis C is known only when it is denied."""
    told = pair.view.findings("risk factors for viral hepatitis", "exposure to viral hepatitis")
    if not told or any(f.state != "absent" for f in told):
        return None
    return Fact.flag(v.hcv_exposure, False, because=f"no {told[0].term}", evidence=told[0].evidence)
