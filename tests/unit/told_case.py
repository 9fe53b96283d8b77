"""A case that holds something in every field that a narrative tells, for the tests of the narrative and the CIOMS form.

All figures are different, so that a number in the prose tells where it comes from.
"""

from __future__ import annotations

from typing import Any

from dechallenge.case import (
    Action,
    Age,
    Case,
    Dose,
    DrugReaction,
    Event,
    Exposure,
    Finding,
    Flag,
    Limit,
    Measurement,
    Patient,
    Report,
    Statement,
    TestResult,
    Time,
)
from dechallenge.evidence import Evidence, PathEvidence
from dechallenge.timeline import Interval


def proof(path: str) -> tuple[Evidence, ...]:
    return (PathEvidence(document="d1", path=path, quote=path),)


def day(low: float | None, high: float | None = None, point: float | None = None, date: str = "") -> Time:
    """A moment; ``day(4)`` is exactly day 4."""
    if low is not None and high is None and point is None:
        point = high = low
    return Time(low=low, high=high, point=point, date=date, evidence=proof(f"time {low} {date}"))


def told_case(**changed: Any) -> Case:
    """The case; named parts are replaced."""
    parts: dict[str, Any] = {
        "id": "c1",
        "title": "Liver injury under flarizumab",
        "document": "d1",
        "report": Report(
            sender_id="XX-SENDER-7001", worldwide_id="XX-WORLD-7002", kind="spontaneous", created="2031-03-07",
            received="2031-02-05", latest="2031-02-28T08:30", reporter="other health professional", country="XX",
            literature=("Author A. Journal of Examples 2030; 77: 8801.",), evidence=proof("C.1.1"),
        ),
        "patient": Patient(
            age=Age(value=43, evidence=proof("D.2.2a")), sex="female", sex_evidence=proof("D.5"), weight_kg=61.25,
            weight_evidence=proof("D.3"), height_cm=171, bmi=20.9, bmi_evidence=proof("bmi"), pregnant=False,
            pregnant_evidence=proof("pregnant"), alcohol="present", drinks_per_day=Interval(1, 1),
            alcohol_evidence=proof("alcohol"),
        ),
        "events": (
            Event(id="e1", kind="liver injury", term="hepatitis", primary=True, onset=day(19, 25, 22, "2031-01-23"),
                  seriousness=("hospitalisation", "life-threatening"), outcome="recovered", recovery=day(95),
                  recovery_from_stop=day(64), evidence=proof("E.i.1"), outcome_evidence=proof("E.i.7")),
            Event(id="e2", kind="rash", term="rash", primary=False, onset=day(27), seriousness=(),
                  outcome="not recovered", evidence=proof("E.i.2"), outcome_evidence=proof("E.i.7.2")),
        ),
        "exposures": (
            Exposure(id="x1", drug="flarizumab", as_written="Flarix", role="suspect", indication="gout",
                     dose=Dose(value=162.5, unit="mg"), route="subcutaneous", frequency="once weekly",
                     start=day(0, date="2031-01-01"), stop=day(31), administrations=(day(0), day(7)),
                     evidence=proof("G.k.2.2")),
            Exposure(id="x2", drug="quilatrel", as_written="quilatrel", dose=Dose(text="3-5 mg/day"),
                     frequency="/day", start=day(None, -11), ongoing=True, evidence=proof("G.k.2.2b")),
            Exposure(id="x3", drug="oldamine", as_written="oldamine", role="previous", stop=day(-410),
                     evidence=proof("D.8.r.1")),
            Exposure(id="x4", drug="remedol", as_written="remedol", role="treatment", start=day(33), route="oral",
                     ongoing=False, evidence=proof("H.1")),
        ),
        "links": (
            DrugReaction(drug="flarizumab", event="e1", role="suspect", basis="blamed", because="blamed",
                         latency=day(18, 24, 21), stop_to_onset=day(-9), since_first_dose=day(40, 50)),
            DrugReaction(drug="flarizumab", event="e2", role="suspect", basis="blamed", because="blamed"),
            DrugReaction(drug="quilatrel", event="e1", role="concomitant", basis="blamed", because="taken then"),
        ),
        "actions": (
            Action(kind="stopped", drug="flarizumab", time=day(31), reason="raised enzymes", evidence=proof("G.k.8")),
            Action(kind="reduced", drug="quilatrel", time=day(36), evidence=proof("G.k.8b")),
            Action(kind="restarted", drug="flarizumab", event="e1", time=day(121), result="negative",
                   because="did not recur", recurrence_after=day(2, 9), evidence=proof("G.k.9.i.4")),
        ),
        "measurements": (
            Measurement(id="l1", analyte="ALT", value=846, unit="U/L", limit=Limit(high=41), time=day(22),
                        evidence=proof("F.r.3.2[1]")),
            Measurement(id="l2", analyte="BILI_TOT", value=2.35, comparator=">", unit="mg/dL",
                        limit=Limit(low=0.15, high=1.25, source="default"), time=day(22), evidence=proof("F.r.3.2[2]")),
            Measurement(id="l3", analyte="NEUT", value=5.4, unit="10*9/L", evidence=proof("F.r.3.2[3]")),
            Measurement(id="l4", analyte="AST", low=8, high=14, unit="xULN", time=day(40), since_stop=day(9),
                        flags=(Flag(kind="implausible", message="too high."),), evidence=proof("F.r.3.2[4]")),
            Measurement(id="l5", analyte="ALP", qualitative="normal", time=day(90, None), evidence=proof("F.r.3.4")),
        ),
        "tests": (
            TestResult(test="HAV", state="negative", time=day(24), evidence=proof("HAV")),
            TestResult(test="HBV", state="negative", time=day(24), evidence=proof("HBV")),
            TestResult(test="CMV", state="positive", result="IgG only", evidence=proof("CMV")),
            TestResult(test="HCV", state="not done", evidence=proof("HCV")),
            TestResult(test="EBV", state="not reported", evidence=proof("EBV")),
        ),
        "findings": (
            Finding(term="jaundice", kind="sign", state="present", time=day(23), evidence=proof("jaundice")),
            Finding(term="fever", kind="sign", state="absent", time=day(23), evidence=proof("fever")),
            Finding(term="psoriasis", kind="diagnosis", state="present", history=True, extent="mild",
                    evidence=proof("psoriasis")),
            Finding(term="liver disease", kind="history", state="absent", evidence=proof("none")),
            Finding(term="diabetes", kind="diagnosis", state="present", subject="family", evidence=proof("family")),
            Finding(term="necrosis", kind="histology", state="present", time=day(29), evidence=proof("biopsy")),
            Finding(term="jaundice", kind="sign", state="present", time=day(23), evidence=proof("jaundice again")),
        ),
        "statements": (
            Statement(kind="causality", by="reporter", method="WHO-UMC", result="probable", drug="flarizumab",
                      event="e1", source="Investigator", evidence=proof("G.k.9.i.2")),
            Statement(kind="comment", by="sender", result="Follow-up 9 is asked for.", evidence=proof("H.4")),
            Statement(kind="causality", by="dechallenge", method="RUCAM 2016", result="6 probable", drug="flarizumab",
                      event="e1", evidence=proof("ours")),
        ),
    }  # fmt: skip
    return Case.model_validate(parts | changed)
