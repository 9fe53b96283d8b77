"""What a careful report states, stated or not, and how much of the text ended in facts.

The list follows what the instruments ask for, and Agarwal's minimum elements of a DILI report (Agarwal VK, McHutchison
JG, Hoofnagle JH. Clin Gastroenterol Hepatol 2010;8:463-70). May import the facts and the contract.
"""

from __future__ import annotations

from dechallenge.assessment.model import Completeness
from dechallenge.facts.concomitants import none_taken
from dechallenge.facts.make import Made
from dechallenge.facts.pair import CaseView
from dechallenge.facts.workup import looked_for_causes

LIVER_FACTS = (
    ("hepatitis A", "hav"),
    ("hepatitis B", "hbv"),
    ("hepatitis C", "hcv"),
    ("hepatitis E", "hev"),
    ("CMV", "cmv"),
    ("EBV", "ebv"),
    ("HSV", "hsv"),
    ("imaging of liver and bile ducts", "biliary_imaging"),
    ("autoimmune markers", "underlying_disease"),
    ("hypotension", "hypotension"),
    ("INR", "inr_peak"),
    ("hospital stay", "hospitalised"),
)


def completeness(view: CaseView, made: Made | None) -> Completeness:
    """What is stated of the primary reaction and its first suspect.

    Args:
        made: Facts of the first suspect, or of the reaction where there is none; None without a reaction.
    """
    checks = _patient(view)
    if made is not None:
        checks += _pair(made)
    coverage = view.case.coverage
    return Completeness(
        stated=tuple(name for name, told in checks if told),
        not_stated=tuple(name for name, told in checks if not told),
        numbers=coverage.numbers,
        numbers_read=coverage.read,
        unread=coverage.unread,
    )


def _patient(view: CaseView) -> list[tuple[str, bool]]:
    who = view.case.patient
    return [("age", who.age is not None), ("sex", who.sex is not None)]


def _pair(made: Made) -> list[tuple[str, bool]]:
    pair, facts = made.pair, made.facts
    others = bool(made.others) or none_taken(pair) is not None
    alcohol = pair.case.patient.alcohol is not None or "alcoholic_hepatitis" in facts
    checks: list[tuple[str, bool]] = []
    if pair.is_liver:
        checks.append(("alcohol", alcohol))
    if pair.drug is not None:
        latency = facts.get("latency")
        checks += [
            ("dose", any(e.dose is not None for e in pair.exposures)),
            ("start of the drug", any(e.start is not None for e in pair.exposures)),
            ("latency", latency is not None and latency.low is not None and latency.high is not None),
            ("what was done with the drug", pair.continued is not None),
            ("course after the stop", (d := facts.get("dechallenge")) is not None and not d.empty),
            ("re-exposure", bool(made.episodes) or bool((r := facts.get("rechallenge")) and r.known)),
        ]
    checks += [("outcome", pair.event.outcome != "unknown"), ("other medication", others)]
    if pair.is_liver:
        found = made.found
        checks += [
            ("ALT", found is not None and found.alt is not None),
            ("alkaline phosphatase", found is not None and found.alp is not None),
            ("bilirubin", "bili_peak_mg_dl" in facts),
            ("laboratory limits", any(v.limit and v.limit.source != "default" for v in pair.view.of("ALT", "ALP"))),
            *((label, name in facts) for label, name in LIVER_FACTS),
        ]
    if pair.is_blood:
        checks += [
            ("lowest neutrophil count", "neutrophils_nadir" in facts),
            ("count before the drug", any(s.get("NEUT") or s.get("NEUT_PCT") for s in pair.baseline)),
            ("other blood lines", bool(pair.values("PLT", "HB"))),
            ("work-up of other causes", bool(looked_for_causes(pair.case))),
        ]
    return checks
