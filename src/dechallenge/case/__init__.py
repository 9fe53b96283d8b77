"""Floor 2: the case model, what is known of a patient and a suspected reaction, with the evidence for each value.

May import evidence, timeline, quantity and errors; never a reader, an instrument or a report.
"""

from dechallenge.case.model import (
    Action,
    Age,
    Case,
    Code,
    Conflict,
    Coverage,
    Dose,
    DrugReaction,
    Event,
    Exposure,
    Finding,
    Flag,
    Limit,
    Measurement,
    Patient,
    Problem,
    Reading,
    Report,
    Statement,
    TestResult,
    Time,
)

__all__ = [
    "Action",
    "Age",
    "Case",
    "Code",
    "Conflict",
    "Coverage",
    "Dose",
    "DrugReaction",
    "Event",
    "Exposure",
    "Finding",
    "Flag",
    "Limit",
    "Measurement",
    "Patient",
    "Problem",
    "Reading",
    "Report",
    "Statement",
    "TestResult",
    "Time",
]
