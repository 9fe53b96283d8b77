"""Liver values below the threshold, with statements that contradict each other."""

from __future__ import annotations

from dechallenge.assessment import model as m
from tests.unit.report_builders import Days, lab, limit, said, simple


def steatosis() -> m.CaseOut:
    onset: Days = (32.0, 91.0)
    stop: Days = (63.0, 119.0)
    start: Days = (0.0, 0.0)
    return m.CaseOut(
        id="c2",
        title="Case 2",
        document="d1",
        patient=m.PatientOut(
            age={"low": 40, "high": 49, "unit": "year"},
            sex="female",
            bmi=31,
            alcohol="none",
            evidence=(said("49-year-old woman"),),
        ),
        events=(
            m.EventOut(
                id="e1",
                kind="liver injury",
                term="raised liver enzymes",
                primary=True,
                onset_days=onset,
                outcome="recovering",
            ),
        ),
        suspects=(
            m.SuspectOut(
                drug="anakinra",
                basis="blamed",
                event=m.EventRef(id="e1", kind="liver injury", term="raised liver enzymes"),
                key_points=m.KeyPoints(
                    medication="anakinra",
                    pattern=m.Pattern(
                        type="cholestatic",
                        r=0.893,
                        low=0.893,
                        high=0.893,
                        below_threshold=True,
                        because="ALT 1.25 × ULN, ALP 1.40 × ULN",
                        evidence=(said("GPT was 50 U/L"), said("ALP 161 U/L")),
                    ),
                    latency_days=onset,
                    recovery_days=(0.0, None),
                    dechallenge="positive",
                    dechallenge_because="the enzymes improved gradually after stopping",
                ),
                instruments=(
                    simple(
                        "rucam-2016",
                        "RUCAM",
                        edition="2016",
                        applicable=False,
                        reason="ALT 1.25 × ULN and ALP 1.40 × ULN are below the threshold of liver injury",
                    ),
                    simple(
                        "naranjo-1981",
                        "Naranjo",
                        edition="1981",
                        score=4,
                        low=1,
                        high=7,
                        category="possible",
                        categories=("possible", "probable"),
                    ),
                ),
            ),
        ),
        measurements=(
            lab("ALT", "ALT", 50, "U/L", onset, said("GPT was 50 U/L"), times_uln=1.25, limit=limit(40)),
            lab(
                "ALP",
                "alkaline phosphatase",
                161,
                "U/L",
                onset,
                said("ALP 161 U/L"),
                times_uln=1.4,
                limit=limit(115, "user"),
            ),
            lab("BILI_TOT", "bilirubin, total", None, "", onset, said("bilirubin was normal"), qualitative="normal"),
        ),
        exposures=(
            m.ExposureOut(
                drug="anakinra",
                as_written="anakinra",
                kind="substance",
                role="suspect",
                start_days=start,
                stop_days=stop,
                evidence=(said("anakinra from November 2009"),),
            ),
        ),
        actions=(
            m.ActionOut(
                kind="stopped", drug="anakinra", day=stop, evidence=(said("stopped after 2 months of administration"),)
            ),
        ),
        findings=(
            m.FindingOut(
                term="macrovesicular steatosis",
                kind="histology",
                state="present",
                day=stop,
                extent="80% of the biopsy volume",
                points_to=("fatty liver disease",),
                points_against=("autoimmune hepatitis",),
                evidence=(said("macrovesicular steatosis"),),
            ),
        ),
        conflicts=(
            m.ConflictOut(
                kind="contradiction",
                what="FibroTest A1/F1, A2/F2 and A1-2/F1-2",
                affects="histology",
                evidence=(said("A1/F1"), said("A2/F2"), said("A1-2/F1-2")),
            ),
            m.ConflictOut(
                kind="impossible order",
                what="a stop after 2 months cannot follow a biopsy in February 2010 (day 63–119)",
                affects="latency",
                evidence=(said("February 2010"), said("after 2 months")),
            ),
        ),
        competing_causes=(
            m.FindingOut(
                term="fatty liver disease",
                kind="diagnosis",
                state="present",
                history=True,
                evidence=(said("fatty liver"),),
            ),
        ),
        completeness=m.Completeness(numbers=12, numbers_read=12),
        notes=("ALT limit 45 U/L entered by the reader",),
    )
