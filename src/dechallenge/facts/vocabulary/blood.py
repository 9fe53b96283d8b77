"""Terms of neutropenia: its depth confirmed, its course after stopping, what clouds the recovery.

The lowest count itself is `neutrophils_nadir` (module `grading`). Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Flag, Number

neutrophils_second = Number(
    "neutrophils_second",
    "10⁹/L",
    "lowest neutrophil count of the event but one: a second count that confirms the first",
    "What was the second lowest neutrophil count of the event (10⁹/L)?",
    supply="Another sample than that of the lowest count, from onset to recovery; unknown with a single count.",
    low=0,
    high=200,
    label="second lowest neutrophil count",
)
neutropenia_infection = Flag(
    "neutropenia_infection",
    "fever, clinical infection or signs of septic shock with the low neutrophils",
    "Was there fever, infection or septic shock with the low neutrophils?",
    supply="During the event; False only when fever and infection are said to be absent.",
    label="fever or infection",
)
neutrophil_recovery_days = Number(
    "neutrophil_recovery_days",
    "d",
    "days from stopping the drug until the neutrophil count was above 1.5 × 10⁹/L",
    "How many days after stopping was the neutrophil count above 1.5 × 10⁹/L?",
    supply="Between the last count at or below 1.5 and the first above it: give that interval; the point is the day of "
    "the first count above when printed. Not yet above on day d: (d + 0.01, None). Unknown when the drug went on.",
    low=0,
    high=36500,
    label="time to recovery of the neutrophils",
)
neutropenia_symptoms_gone = Flag(
    "neutropenia_symptoms_gone",
    "no symptoms of the low neutrophils were left within a month of stopping, or there never were any",
    "Were all symptoms of the low neutrophils gone within a month of stopping?",
    supply="True when a full recovery is told, or that there were no symptoms; False when they persisted; unknown "
    "otherwise, and after death.",
    label="symptoms gone",
)
growth_factor = Flag(
    "growth_factor",
    "a granulocyte growth factor (G-CSF) was given for the low neutrophils",
    "Was a granulocyte growth factor (G-CSF) given?",
    supply="True when one is told as given during the event; False only when it is said not to have been given.",
    label="growth factor",
)
died_before_recovery = Flag(
    "died_before_recovery",
    "the patient died before the neutrophils recovered",
    "Did the patient die before the neutrophils recovered?",
    supply="False when a recovery is told; unknown when the outcome is.",
)

TERMS = (
    neutrophils_second,
    neutropenia_infection,
    neutrophil_recovery_days,
    neutropenia_symptoms_gone,
    growth_factor,
    died_before_recovery,
)
