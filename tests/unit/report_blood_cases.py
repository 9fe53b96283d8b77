"""A neutropenia with re-exposures, and a syndrome with suspects by timing and implausible values."""

from __future__ import annotations

from typing import Any

from dechallenge.assessment import model as m
from tests.unit.report_builders import Days, Evidence, blood, lab, limit, simple


def neutropenia() -> m.CaseOut:
    later: Days = (36.0, None)

    def pmn(value: float, day: Days, evidence: Evidence, **more: Any) -> m.MeasurementOut:
        return lab(
            "NEUT", "neutrophils", value, "/mm3", day, evidence, canonical=value / 1000, canonical_unit="10*9/L", **more
        )

    ref = m.EventRef(id="e1", kind="neutropenia", term="neutropenia")
    return m.CaseOut(
        id="c3",
        title="Anakinra neutropenia",
        document="d2",
        patient=m.PatientOut(age={"value": 68, "unit": "year"}, sex="male", evidence=(blood("68-year-old man"),)),
        events=(
            m.EventOut(
                id="e1",
                kind="neutropenia",
                term="neutropenia",
                primary=True,
                onset_days=(4.0, 4.0),
                outcome="recovered",
                evidence=(blood("neutropenia of 750/mm3"),),
                instruments=(
                    simple(
                        "ctcae-5",
                        "CTCAE, neutrophil count decreased",
                        "severity",
                        edition="v5.0",
                        score=3,
                        low=3,
                        high=3,
                        category="grade 3",
                        categories=("grade 3",),
                    ),
                    simple(
                        "ctcae-6",
                        "CTCAE, neutrophil count decreased",
                        "severity",
                        edition="v6.0",
                        score=2,
                        low=2,
                        high=2,
                        category="grade 2",
                        categories=("grade 2",),
                    ),
                ),
            ),
        ),
        suspects=(
            m.SuspectOut(
                drug="anakinra",
                basis="blamed",
                event=ref,
                key_points=m.KeyPoints(
                    medication="anakinra 100 mg/day",
                    latency_days=(4.0, 4.0),
                    latency_point=4,
                    severity=m.Severity(scale="CTCAE v5.0", grade=3, low=3, high=3),
                    recovery_days=(0.0, 2.0),
                    dechallenge="positive",
                    dechallenge_because="the count was normal within 2 days",
                    rechallenge="positive",
                    rechallenge_because="it fell to 1120/mm³ at the first of two re-exposures",
                    outcome="recovered",
                ),
                instruments=(
                    simple(
                        "naranjo-1981",
                        "Naranjo",
                        edition="1981",
                        score=8,
                        low=7,
                        high=10,
                        category="probable",
                        categories=("probable", "definite"),
                    ),
                    simple(
                        "french-1985",
                        "French imputability",
                        edition="1985",
                        code="C3S2B3",
                        category="I3",
                        categories=("C3S2B3",),
                    ),
                ),
            ),
        ),
        measurements=(
            lab(
                "WBC",
                "leukocytes",
                8660,
                "/mm3",
                (None, 0.0),
                blood("leukocytes were 8660/mm3"),
                canonical=8.66,
                canonical_unit="10*9/L",
                day_text="before",
            ),
            lab("CRP", "CRP", 103, "mg/L", (None, 0.0), blood("CRP 103 mg/L"), times_uln=20.6, limit=limit(5)),
            pmn(6190, (None, 0.0), blood("neutrophils 6190/mm3"), day_text="before"),
            pmn(750, (4.0, 4.0), blood("neutropenia of 750/mm3")),
            pmn(1120, (7.0, None), blood("1120/mm3")),
            pmn(3800, later, blood("3800")),
            pmn(1500, later, blood("1500/mm3")),
            pmn(3000, later, blood("3000/mm3")),
        ),
        exposures=(
            m.ExposureOut(
                drug="anakinra",
                as_written="Anakinra",
                kind="substance",
                role="suspect",
                dose="100",
                unit="mg/d",
                dose_text="100 mg/day",
                indication="Schnitzler syndrome",
                start_days=(0.0, 0.0),
                stop_days=(4.0, 4.0),
                administrations=tuple((float(d), float(d)) for d in range(5)),
                evidence=(blood("Anakinra was started at 100 mg/day"),),
            ),
        ),
        actions=(
            m.ActionOut(kind="started", drug="anakinra", day=(0.0, 0.0), evidence=(blood("Anakinra was started"),)),
            m.ActionOut(
                kind="stopped",
                drug="anakinra",
                day=(4.0, 4.0),
                reason="neutropenia",
                evidence=(blood("anakinra was stopped"),),
            ),
            m.ActionOut(
                kind="restarted",
                drug="anakinra",
                day=(7.0, None),
                result="positive",
                because="neutrophils fell to 1120/mm³",
                evidence=(blood("Anakinra was reintroduced"),),
            ),
            m.ActionOut(
                kind="restarted",
                drug="anakinra",
                day=later,
                result="negative",
                because="3800 to 1500/mm³, back at 3000/mm³ within 5 days",
                evidence=(blood("second reintroduction"),),
            ),
        ),
        statements=(
            m.StatementOut(
                kind="causality", by="author", method="French method", result="C3S2B3", evidence=(blood("C3S2B3"),)
            ),
        ),
        completeness=m.Completeness(numbers=14, numbers_read=14),
    )


def boy() -> m.CaseOut:
    ref = m.EventRef(id="e1", kind="MAS", term="macrophage activation syndrome")

    def by_timing(drug: str, score: float) -> m.SuspectOut:
        return m.SuspectOut(
            drug=drug,
            basis="timing",
            event=ref,
            because="running at onset; the report blames no drug",
            key_points=m.KeyPoints(medication=drug, latency_days=(0.0, None)),
            instruments=(
                simple(
                    "naranjo-1981",
                    "Naranjo",
                    edition="1981",
                    score=score,
                    low=score - 2,
                    high=score + 5,
                    category="possible",
                    categories=("doubtful", "possible", "probable"),
                ),
                simple("who-umc", "WHO-UMC", category="possible", categories=("unlikely", "possible")),
                simple("mas-2016", "MAS", "criteria", edition="2016", applicable=False, reason="judges the event"),
            ),
        )

    return m.CaseOut(
        id="c4",
        title="A 10-year-old boy",
        document="d2",
        patient=m.PatientOut(age={"value": 10, "unit": "year"}, sex="male", evidence=(blood("10-year-old boy"),)),
        events=(
            m.EventOut(id="e1", kind="MAS", term="macrophage activation syndrome", primary=True, outcome="recovered"),
        ),
        suspects=(by_timing("methotrexate", 3), by_timing("ciclosporin", 2), by_timing("naproxen", 1)),
        measurements=(
            lab(
                "PLT",
                "platelets",
                116,
                "10*12/L",
                (None, None),
                blood("Platelets were 116×10^12/L"),
                canonical=116000,
                canonical_unit="10*9/L",
                flags=({"kind": "implausible", "repair": {"value": 116, "unit": "10*9/L"}},),
            ),
            lab(
                "CRP",
                "CRP",
                120,
                "g/L",
                (None, None),
                blood("CRP 120 g/L"),
                flags=({"kind": "implausible", "repair": {"value": 120, "unit": "mg/L"}},),
            ),
            lab(
                "FERRITIN",
                "ferritin",
                10000,
                "ug/L",
                (None, None),
                blood("ferritin >10000 µg/L"),
                comparator=">",
                times_uln=33.3,
                limit=limit(300),
            ),
        ),
        exposures=(
            m.ExposureOut(
                drug="methotrexate",
                as_written="methotrexate",
                kind="substance",
                role="suspect",
                dose_text="30 mg",
                route="intravenous",
                start_days=(0.0, 0.0),
                evidence=(blood("intravenous methotrexate 30 mg"),),
            ),
            m.ExposureOut(
                drug="tocilizumab",
                as_written="Tocilizumab",
                kind="substance",
                role="treatment",
                evidence=(blood("Tocilizumab"),),
            ),
        ),
        conflicts=(
            m.ConflictOut(
                kind="implausible", what="platelets 116×10^12/L", repair="116×10⁹/L", evidence=(blood("116×10^12/L"),)
            ),
            m.ConflictOut(kind="implausible", what="CRP 120 g/L", repair="120 mg/L", evidence=(blood("120 g/L"),)),
            m.ConflictOut(
                kind="contradiction",
                what="tocilizumab every 12 weeks, and every 2 weeks",
                evidence=(blood("every 12 weeks"), blood("every 2 weeks")),
            ),
        ),
        completeness=m.Completeness(numbers=8, numbers_read=6, unread=(blood("30 mg"),)),
    )
