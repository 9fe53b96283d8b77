"""A hand-made assessment of four cases in two documents, and one document that failed."""

from __future__ import annotations

from dechallenge.assessment import model as m
from dechallenge.evidence import EnteredEvidence
from tests.unit.report_blood_cases import boy, neutropenia
from tests.unit.report_builders import BLOOD, LIVER, LIVER_TEXT, TEXTS, blood, lab, limit, said
from tests.unit.report_liver_cases import hepatitis, rucam
from tests.unit.report_steatosis_case import steatosis

__all__ = [
    "BLOOD", "ENTERED", "LIVER", "LIVER_TEXT", "TEXTS", "assessment", "blood", "boy", "hepatitis", "lab", "limit",
    "neutropenia", "rucam", "said", "steatosis",
]  # fmt: skip

ENTERED = EnteredEvidence(entered_by="reader", at="--limit ALT=45")


def assessment(*cases: m.CaseOut) -> m.Assessment:
    """The cases given, or all four of them, with one document that failed."""
    refs = tuple(m.DocumentRef(id=d.id, name=d.name, sha256=d.sha256) for d in (LIVER, BLOOD))
    if cases:
        return m.Assessment(documents=refs, cases=cases)
    broken = m.ProblemOut(
        document="scan.pdf", kind="format", message="PDF cannot be read yet", next_step="Save the text as a .txt file."
    )
    return m.Assessment(documents=refs, cases=(hepatitis(), steatosis(), neutropenia(), boy()), problems=(broken,))
