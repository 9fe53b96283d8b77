"""A hepatitis with unknowns, and its RUCAM."""

from __future__ import annotations

from dechallenge.assessment import model as m
from dechallenge.evidence import DerivedEvidence
from tests.unit.report_builders import Days, item, lab, limit, said, simple


def rucam() -> m.InstrumentOut:
    """RUCAM 2016 of the hepatitis, as a reader would expect to see it."""
    onset, stopped = said("Three weeks after starting"), said("Anakinra was stopped")
    fall = DerivedEvidence(derived_from=(said("ALT 3346 U/L"), said("1204 U/L after one week")), how="fall of ALT")
    negative = said("Tests for hepatitis A, B and C were negative")
    return m.InstrumentOut(
        id="rucam-2016",
        title="RUCAM, hepatocellular scale",
        edition="2016",
        kind="causality",
        applicable=True,
        entry="met: ALT 83.7 × ULN",
        score=6,
        low=3,
        high=9,
        category="probable",
        categories=("possible", "probable", "highly probable"),
        unverified=True,
        unverified_notes=("The entry limit is printed as > 5 and as ≥ 5; the tool uses ≥ 5.",),
        items=(
            item(
                "rucam-2016.1",
                "Time to onset",
                2,
                2,
                2,
                option="5 to 90 days from the first dose",
                because="latency 21 days (18–24)",
                evidence=(onset,),
            ),
            item(
                "rucam-2016.2",
                "Course after cessation",
                3,
                2,
                3,
                option="ALT falls by ≥ 50 % within 8 days",
                because="ALT fell by 65 % in 7 days",
                evidence=(stopped, fall),
            ),
            item(
                "rucam-2016.3",
                "Risk factors",
                0,
                0,
                1,
                option="no alcohol, under 55 years",
                because="age 22; alcohol not reported",
                missing=("alcohol",),
                evidence=(said("22-year-old"),),
            ),
            item(
                "rucam-2016.4",
                "Concomitant drugs",
                0,
                -2,
                0,
                option="none with suggestive time",
                because="times of prednisone are not stated",
                missing=("concomitant_hepatotoxin",),
                evidence=(said("prednisone"),),
            ),
            item(
                "rucam-2016.5",
                "Alternative causes",
                0,
                -2,
                2,
                option="5 or 6 of 7 group I causes ruled out",
                because="HAV, HBV, HCV and ultrasound ruled out; HEV not done",
                missing=("hev", "hypotension"),
                evidence=(negative, said("HEV was not tested")),
            ),
            item(
                "rucam-2016.6",
                "Previous hepatotoxicity",
                1,
                1,
                1,
                option="published but not labelled",
                because="published: LiverTox category C",
            ),
            item("rucam-2016.7", "Unintentional re-exposure", 0, 0, 0, option="not done", because="no re-exposure"),
        ),
        open_questions=(
            m.OpenQuestion(
                fact="hev",
                question="Was hepatitis E looked for (anti-HEV IgM or HEV RNA)?",
                would_give={"negative": "7 probable", "positive": "3 possible"},
            ),
            m.OpenQuestion(
                fact="concomitant_hepatotoxin",
                question="When were prednisone and methylprednisolone started and stopped?",
                would_give={"suggestive time": "4 possible", "incompatible time": "6 probable"},
            ),
        ),
    )


def hepatitis() -> m.CaseOut:
    onset: Days = (18.0, 24.0)
    event = m.EventOut(
        id="e1",
        kind="liver injury",
        term="acute hepatitis",
        primary=True,
        onset_days=onset,
        outcome="recovering",
        evidence=(said("tired and jaundiced"),),
        instruments=(
            simple(
                "dilin-severity",
                "DILIN severity",
                "severity",
                score=2,
                low=2,
                high=5,
                category="moderate",
                categories=("moderate", "severe", "fatal"),
            ),
            simple("hys-law", "Hy's law", "criteria", category="met", categories=("met",)),
            simple(
                "ctcae-5",
                "CTCAE, ALT increased",
                "severity",
                edition="v5.0",
                score=4,
                low=4,
                high=4,
                category="grade 4",
            ),
        ),
    )
    unknown = (
        "HEV IgM",
        "CMV IgM",
        "EBV IgM",
        "HSV IgM",
        "VZV IgM",
        "ANA",
        "Smooth muscle antibodies",
        "IgG",
        "Ceruloplasmin",
    )
    hepatitis_words = said("Tests for hepatitis A, B and C were negative")
    return m.CaseOut(
        id="c1",
        title="Case 1",
        document="d1",
        patient=m.PatientOut(age={"value": 22, "unit": "year"}, sex="female", evidence=(said("22-year-old woman"),)),
        events=(event,),
        suspects=(
            m.SuspectOut(
                drug="anakinra",
                basis="blamed",
                because="the title names it as the cause",
                event=m.EventRef(id="e1", kind="liver injury", term="acute hepatitis"),
                key_points=m.KeyPoints(
                    medication="anakinra 100 mg daily",
                    pattern=m.Pattern(
                        type="hepatocellular",
                        r=32.07,
                        low=32.07,
                        high=32.07,
                        below_threshold=False,
                        because="(3346/40) ÷ (300/115)",
                        evidence=(said("ALT 3346 U/L"), said("alkaline phosphatase 300 U/L")),
                    ),
                    severity=m.Severity(
                        scale="LiverTox",
                        grade=2,
                        low=2,
                        high=5,
                        because="bilirubin raised; INR and hospital stay are not stated",
                    ),
                    latency_days=onset,
                    latency_point=21,
                    recovery_days=None,
                    dechallenge="positive",
                    dechallenge_because="ALT fell by 65 % within 7 days of stopping",
                    rechallenge="not done",
                    rechallenge_because="no re-exposure is reported",
                    outcome="recovering",
                    other_medications=("prednisone", "methylprednisolone", "folate"),
                ),
                instruments=(
                    rucam(),
                    simple(
                        "naranjo-1981",
                        "Naranjo",
                        edition="1981",
                        score=5,
                        low=2,
                        high=9,
                        category="probable",
                        categories=("possible", "probable", "definite"),
                        items=(
                            item(
                                "naranjo-1981.5",
                                "Alternative causes",
                                2,
                                -1,
                                2,
                                option="no",
                                because="the tests reported exclude them",
                                evidence=(hepatitis_words,),
                            ),
                        ),
                        open_questions=(
                            m.OpenQuestion(
                                fact="hev",
                                question="Was hepatitis E looked for (anti-HEV IgM or HEV RNA)?",
                                would_give={"positive": "2 possible"},
                            ),
                        ),
                    ),
                    simple("who-umc", "WHO-UMC", category="probable", categories=("possible", "probable")),
                    simple(
                        "french-1985",
                        "French imputability",
                        edition="1985",
                        code="C2S1B2",
                        category="I1",
                        categories=("C2S1B2", "C2S2B2"),
                    ),
                    simple(
                        "mas-2016",
                        "MAS in systemic arthritis",
                        "criteria",
                        edition="2016",
                        applicable=False,
                        reason="the reaction is a liver injury, not MAS",
                    ),
                ),
                facts=(
                    m.FactOut(
                        name="latency",
                        meaning="days from the first dose to onset",
                        value="21 (18–24)",
                        because="three weeks after starting",
                        evidence=(said("Three weeks after starting"),),
                    ),
                    m.FactOut(
                        name="hev", meaning="hepatitis E", value="not done", evidence=(said("HEV was not tested"),)
                    ),
                ),
                evidence=(said("Anakinra 100 mg daily"),),
            ),
        ),
        measurements=(
            lab(
                "ALT",
                "ALT",
                None,
                "",
                (None, 0.0),
                said("mildly elevated"),
                qualitative="elevated",
                day_text="at presentation",
            ),
            lab(
                "BILI_TOT",
                "bilirubin, total",
                6.8,
                "mg/dL",
                onset,
                said("Bilirubin was 6.8 mg/dL"),
                times_uln=5.667,
                limit=limit(1.2),
            ),
            lab("ALT", "ALT", 3346, "U/L", onset, said("ALT 3346 U/L"), times_uln=83.65, limit=limit(40)),
            lab("AST", "AST", 2386, "U/L", onset, said("AST 2386 U/L"), times_uln=59.65, limit=limit(40)),
            lab("GGT", "GGT", 538, "U/L", onset, said("GGT 538 U/L"), times_uln=10.76, limit=limit(50)),
            lab(
                "ALP",
                "alkaline phosphatase",
                300,
                "U/L",
                onset,
                said("alkaline phosphatase 300 U/L"),
                times_uln=2.609,
                limit=limit(115),
            ),
            lab(
                "ALT",
                "ALT",
                1204,
                "U/L",
                (25.0, 31.0),
                said("1204 U/L after one week"),
                times_uln=30.1,
                limit=limit(40),
            ),
            lab("ALT", "ALT", 96, "U/L", (32.0, 38.0), said("96 U/L after two weeks"), times_uln=2.4, limit=limit(40)),
        ),
        exposures=(
            m.ExposureOut(
                drug="anakinra",
                as_written="Anakinra",
                kind="substance",
                role="suspect",
                dose="100",
                unit="mg",
                dose_text="100 mg daily",
                route="subcutaneous",
                frequency="daily",
                start_days=(0.0, 0.0),
                stop_days=onset,
                administrations=((0.0, 0.0),),
                evidence=(said("Anakinra 100 mg daily"),),
            ),
            m.ExposureOut(
                drug="prednisone",
                as_written="prednisone",
                kind="substance",
                role="concomitant",
                dose="1",
                unit="mg/kg",
                dose_text="1 mg/kg",
                indication="adult-onset Still disease",
                start_days=(None, 0.0),
                evidence=(said("prednisone (1 mg/kg)"),),
            ),
            m.ExposureOut(
                drug="folate",
                as_written="<b>folate</b>",
                kind="substance",
                role="concomitant",
                evidence=(said("<b>folate</b>"),),
            ),
        ),
        actions=(
            m.ActionOut(kind="started", drug="anakinra", day=(0.0, 0.0), evidence=(said("was added"),)),
            m.ActionOut(
                kind="stopped",
                drug="anakinra",
                day=onset,
                reason="liver injury",
                evidence=(said("Anakinra was stopped"),),
            ),
        ),
        tests=(
            *(
                m.TestOut(test=t, name=n, state="negative", evidence=(hepatitis_words,))
                for t, n in (("HAV", "Hepatitis A"), ("HBV", "Hepatitis B"), ("HCV", "Hepatitis C"))
            ),
            m.TestOut(
                test="US",
                name="Ultrasound",
                state="negative",
                result="normal",
                evidence=(said("ultrasound was normal"),),
            ),
            m.TestOut(test="HEV", name="Hepatitis E", state="not done", evidence=(said("HEV was not tested"),)),
            *(m.TestOut(test=n, name=n, state="not reported") for n in unknown[1:]),
        ),
        findings=(
            m.FindingOut(term="jaundice", kind="sign", state="present", day=onset, evidence=(said("jaundiced"),)),
            m.FindingOut(
                term="acute hepatitis",
                kind="histology",
                state="present",
                points_to=("drug-induced liver injury", "viral hepatitis"),
                evidence=(said("acute hepatitis with marked inflammation"),),
            ),
            m.FindingOut(
                term="fibrosis",
                kind="histology",
                state="absent",
                points_against=("chronic liver disease",),
                evidence=(said("without fibrosis"),),
            ),
        ),
        statements=(
            m.StatementOut(kind="severity", by="author", result="3+", evidence=(said("severity as 3+"),)),
            m.StatementOut(
                kind="causality",
                by="author",
                method="LiverTox likelihood",
                result="C",
                evidence=(said("likelihood score C"),),
            ),
        ),
        competing_causes=(
            m.FindingOut(
                term="adult-onset Still disease",
                kind="diagnosis",
                state="uncertain",
                history=True,
                evidence=(said("adult-onset Still disease"),),
            ),
        ),
        completeness=m.Completeness(
            stated=("age", "sex", "dose", "latency"),
            not_stated=("alcohol", "hospital stay"),
            numbers=24,
            numbers_read=23,
            unread=(said("Case 1"),),
        ),
    )
