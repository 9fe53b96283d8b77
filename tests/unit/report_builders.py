"""Texts and small builders for hand-made assessments: a report must be able to show all that a case can hold.

The texts are invented or retold; scores are written down, not computed, so that views are tested without the engine.
"""

from __future__ import annotations

from typing import Any

from dechallenge.assessment import model as m
from dechallenge.evidence import Document, Evidence, TextEvidence

LIVER_TEXT = """Acute hepatitis during treatment with anakinra

Case 1

A 22-year-old woman was treated with methylprednisolone and prednisone (1 mg/kg) for suspected adult-onset
Still disease. Aminotransferases were mildly elevated. Anakinra 100 mg daily by subcutaneous injection was
added. Three weeks after starting she became tired and jaundiced. Bilirubin was 6.8 mg/dL, ALT 3346 U/L, AST
2386 U/L, GGT 538 U/L and alkaline phosphatase 300 U/L. Tests for hepatitis A, B and C were negative and an
ultrasound was normal. HEV was not tested. Biopsy showed acute hepatitis with marked inflammation and
necrosis without fibrosis. She took <b>folate</b> & vitamins. Anakinra was stopped; ALT was 1204 U/L after one
week and 96 U/L after two weeks.

Authors' assessment

The authors graded the severity as 3+ and gave the likelihood score C.

Case 2

A 49-year-old woman with obesity and fatty liver received anakinra from November 2009. In January 2010 GPT was
50 U/L and ALP 161 U/L; bilirubin was normal. Liver biopsy in February 2010 showed macrovesicular steatosis in
80% of the biopsy volume. FibroTest was A1/F1. Anakinra was stopped after 2 months of administration and the
enzymes improved gradually. In the abstract the FibroTest is A2/F2, and in the discussion it is A1-2/F1-2.
"""

BLOOD_TEXT = """Early neutropenia under anakinra

A 68-year-old man had Schnitzler syndrome. Anakinra was started at 100 mg/day. Before the first injection
leukocytes were 8660/mm3, neutrophils 6190/mm3 and CRP 103 mg/L. On day 4 a neutropenia of 750/mm3 was
found and anakinra was stopped. Within 2 days the count was normal. Anakinra was reintroduced and neutrophils
fell to 1120/mm3. Several months later a second reintroduction was tolerated: 3800 to 1500/mm3, back at
3000/mm3 within 5 days. The causality score was C3S2B3.

A 10-year-old boy with systemic arthritis had fever on intravenous methotrexate 30 mg with ciclosporin and
naproxen. Platelets were 116×10^12/L, CRP 120 g/L and ferritin >10000 µg/L. Tocilizumab every 12 weeks
led to resolution; both children received it every 2 weeks.
"""

LIVER = Document.from_text(LIVER_TEXT, name="anakinra-liver.txt", id="d1")
BLOOD = Document.from_text(BLOOD_TEXT, name="anakinra-blood.txt", id="d2")
TEXTS = {LIVER.id: LIVER.text, BLOOD.id: BLOOD.text}

Days = m.Days


def said(words: str, document: Document = LIVER, nth: int = 0) -> TextEvidence:
    """The evidence for the nth occurrence of ``words``; a line break of the text may stand for a space."""
    flat = document.text.replace("\n", " ")
    start = -1
    for _ in range(nth + 1):
        start = flat.index(words, start + 1)
    return document.quote(start, start + len(words))


def blood(words: str, nth: int = 0) -> TextEvidence:
    return said(words, BLOOD, nth)


def item(id: str, title: str, points: float | None, low: float | None, high: float | None, **more: Any) -> m.ItemOut:
    return m.ItemOut(id=id, title=title, points=points, low=low, high=high, **more)


def lab(
    analyte: str, name: str, value: float | None, unit: str, day: Days, evidence: Evidence, **more: Any
) -> m.MeasurementOut:
    return m.MeasurementOut(analyte=analyte, name=name, value=value, unit=unit, day=day, evidence=(evidence,), **more)


def limit(high: float, source: str = "default") -> dict[str, Any]:
    return {"low": None, "high": high, "source": source}


def simple(id: str, title: str, kind: str = "causality", **more: Any) -> m.InstrumentOut:
    return m.InstrumentOut(
        id=id, title=title, edition=more.pop("edition", ""), kind=kind, applicable=more.pop("applicable", True), **more
    )
