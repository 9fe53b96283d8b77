"""Terms of the picture of a liver injury that only severity scales ask for. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Flag

symptomatic_hepatitis = Flag(
    "symptomatic_hepatitis",
    "symptomatic hepatitis: the injury made the patient ill (fatigue, nausea, vomiting, anorexia, pain, itching …)",
    "Did the injury make the patient ill (symptomatic hepatitis)?",
    supply="True when a symptom of hepatitis is told at the time of the injury; False only when the patient is said to "
    "have had no symptoms.",
)

TERMS = (symptomatic_hepatitis,)
