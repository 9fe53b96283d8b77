"""Facts of what is known of drug and reaction, and of what the picture points to.

May import evidence, lexicon, logic, the vocabulary and the modules of this folder that read a pair.
"""

from __future__ import annotations

from dechallenge.evidence import Evidence, words
from dechallenge.facts import blood, disease, known, tracing
from dechallenge.facts.pair import MAS, Pair
from dechallenge.facts.thresholds import NEUTROPENIA
from dechallenge.facts.vocabulary import judgement as v
from dechallenge.facts.vocabulary import response
from dechallenge.lexicon.findings import load_findings
from dechallenge.logic import Fact

OTHER_LINES = ("PLT", "HB")
WIDER = ("pancytopenia", "aplastic anemia", "thrombocytopenia")
PROJECT = "project reading for cytopenias"
RAISED_BY = {
    "acute kidney injury": ("CREAT", "UREA", "BUN"),
    "pancreatitis": ("LIPASE", "AMYLASE"),
    "rhabdomyolysis": ("CK", "MYOGLOBIN"),
    "myositis": ("CK", "MYOGLOBIN", "ALDOLASE"),
    "hyperkalemia": ("K",),
    "hyperglycemia": ("GLU",),
    "hyperammonemia": ("AMMONIA",),
    "lactic acidosis": ("LACTATE",),
    "thyrotoxicosis": ("FT4", "FT3", "T4", "T3"),
    "eosinophilia": ("EOS", "EOS_PCT"),
    "myocarditis": ("TROPONIN", "CKMB"),
    "myocardial infarction": ("TROPONIN", "CKMB"),
    "hypercalcemia": ("CA", "CA_ION"),
    "hypersensitivity": ("TRYPTASE",),
    "DRESS": ("EOS", "EOS_PCT", "ALT", "ALP", "CREAT"),
}
LOWERED_BY = {
    "hyponatremia": ("NA",),
    "hypokalemia": ("K",),
    "hypoglycemia": ("GLU",),
    "thrombocytopenia": ("PLT",),
    "anemia": ("HB", "HCT"),
    "leukopenia": ("WBC",),
    "lymphopenia": ("LYMPH",),
    "pancytopenia": ("PLT", "HB", "WBC", "NEUT"),
    "hypocalcemia": ("CA", "CA_ION"),
    "hypomagnesemia": ("MG",),
    "thrombotic microangiopathy": ("PLT",),
}
"""Values that show a kind of reaction, or the reaction of this name, by lying beyond their limit (printed, else the
default of the lexicon)."""


def facts(pair: Pair) -> list[Fact]:
    """Known reaction, semiology, and whether the report can be judged."""
    made: list[Fact | None] = [Fact.flag(v.cannot_be_assessed, False, because="the report was read")]
    if pair.drug is not None:
        made += [known.reaction(pair.drug, pair.kind), _semiology(pair)]
    made.append(objective(pair))
    return [fact for fact in made if fact is not None]


def _semiology(pair: Pair) -> Fact | None:
    """Only for cytopenias is there a rule (French sheet, section 11); else the picture is left to the reader."""
    if not pair.is_blood or pair.drug is None:
        return None
    active = disease.lowering(pair)
    if active:
        because = f"active {disease.names(active)} lowers the same line ({PROJECT})"
        words_of = [e for c in active for e in c.finding.evidence]
        return Fact.choice(v.semiology, "other", because=because, evidence=words_of)
    explained = known.explanation(pair.drug, pair.kind)
    listed = known.labelled(pair.drug, pair.kind)
    if explained is None and not listed:
        return None
    isolated, why, evidence = _isolated(pair)
    cause = f"pharmacology: {explained[0]}" if explained is not None else "the product information lists it"
    from_table: tuple[Evidence, ...] = explained[1] if explained is not None else ()
    if isolated:
        because = f"{why}; {cause} ({PROJECT})"
        return Fact.choice(v.semiology, "evocative", because=because, evidence=(*evidence, *from_table))
    if isolated is False:
        return Fact.choice(v.semiology, "other", because=f"{why} ({PROJECT})", evidence=evidence)
    because = f"{cause}, but whether the other blood lines are normal is not told ({PROJECT})"
    return Fact.choice(v.semiology, because=because, evidence=from_table)


def _isolated(pair: Pair) -> tuple[bool | None, str, tuple[Evidence, ...]]:
    """Whether only the neutrophils are low: stated, or shown by platelets and haemoglobin."""
    told = [f for f in pair.case.findings if f.extent and "isolated" in f.extent.lower()]
    for finding in told:
        return True, "isolated as told", finding.evidence
    if "isolated" in pair.event.term.lower():
        return True, "isolated as told", pair.event.evidence
    for quote in words(pair.event.evidence):
        if "isolated" in quote.quote.lower():
            return True, "isolated as told", (quote,)
    others = [f for f in pair.view.findings(*WIDER) if f.state == "present" and not f.history]
    if others:
        return False, f"not isolated: {others[0].term}", others[0].evidence
    shown: list[tuple[bool, str, tuple[Evidence, ...]]] = []
    for analyte in OTHER_LINES:
        line = _line(pair, analyte)
        if line is not None:
            shown.append(line)
    if any(not kept for kept, _, _ in shown):
        worst = next(item for item in shown if not item[0])
        return False, worst[1], worst[2]
    if len(shown) == len(OTHER_LINES):
        return True, "; ".join(text for _, text, _ in shown), tuple(e for _, _, part in shown for e in part)
    return None, "", ()


def _line(pair: Pair, analyte: str) -> tuple[bool, str, tuple[Evidence, ...]] | None:
    """Whether another blood line is normal at the reaction, or unchanged by the drug."""
    at = [x for x in pair.values(analyte) if not x.doubtful]
    before = [x for s in pair.baseline for x in s.values if x.analyte == analyte and not x.doubtful]
    unchanged = [x for x in at if x.measurement.qualitative == "unchanged"]
    if unchanged:
        return True, f"{unchanged[0].told}", unchanged[0].evidence
    lowest = min((x for x in at if x.low is not None), key=lambda x: x.low or 0.0, default=None)
    if lowest is None:
        return None
    limit = lowest.limit.low if lowest.limit else None
    if not lowest.has_number or (limit is not None and (lowest.low or 0.0) >= limit):
        return True, f"{lowest.told} normal", lowest.evidence
    first = min((x for x in before if x.low is not None), key=lambda x: x.low or 0.0, default=None)
    if first is not None and (lowest.low or 0.0) >= 0.9 * (first.low or 0.0):
        return True, f"{lowest.told}, {first.told} before", lowest.evidence + first.evidence
    return False, f"{lowest.told} low as well", lowest.evidence


def objective(pair: Pair) -> Fact | None:
    """Confirmed by a measured value, an image or a biopsy."""
    term = response.objective_evidence
    if pair.is_blood:
        value = blood.nadir(pair)
        if value is not None and value.high is not None and value.high < NEUTROPENIA:
            return Fact.flag(term, True, because=blood.shown(value), evidence=value.evidence)
    if pair.is_liver:
        for value in pair.values("ALT", "ALP", "AST", "BILI_TOT"):
            if value.has_number and value.times_low is not None and value.times_low > 1:
                return Fact.flag(term, True, because=value.multiple, evidence=value.evidence)
    if (traced := tracing.objective(pair)) is not None:
        return traced
    lexicon = load_findings()
    named = RAISED_BY.get(pair.event.term, ()) if pair.kind != pair.event.term else ()
    for value in pair.values(*RAISED_BY.get(pair.kind, ()), *named):
        if value.has_number and value.times_low is not None and value.times_low > 1:
            return Fact.flag(term, True, because=value.multiple, evidence=value.evidence)
    for value in pair.values(*LOWERED_BY.get(pair.kind, ())):
        limit = value.limit.low if value.limit else None
        if value.has_number and value.high is not None and limit is not None and value.high < limit:
            return Fact.flag(term, True, because=f"{value.told} low", evidence=value.evidence)
    for finding in pair.case.findings:
        if finding.kind not in ("histology", "imaging") or finding.state != "present" or finding.history:
            continue
        entry = lexicon.get(finding.term)
        own = entry is not None and disease.lexicon_kind(entry.event_kind) == disease.lexicon_kind(pair.kind)
        liver_biopsy = pair.is_liver and finding.kind == "histology"
        if own or liver_biopsy or (pair.kind == MAS and finding.term == "hemophagocytosis"):
            return Fact.flag(term, True, because=f"{finding.kind}: {finding.term}", evidence=finding.evidence)
    if pair.kind == MAS:
        for value in pair.values("FERRITIN", "PLT"):
            if value.has_number:
                return Fact.flag(term, True, because=value.told, evidence=value.evidence)
    return None
