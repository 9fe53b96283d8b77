"""Terms of epidermal necrolysis: what ALDEN asks of a drug beside the delay. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

epidermal_necrolysis = Flag(
    "epidermal_necrolysis",
    "the reaction is Stevens-Johnson syndrome or toxic epidermal necrolysis",
    "Is the reaction Stevens-Johnson syndrome or toxic epidermal necrolysis?",
    supply="As diagnosed; False for another skin reaction (DRESS, pustulosis, erythroderma).",
)
half_life_days = Number(
    "half_life_days",
    "d",
    "elimination half-life of the drug in the patient, in days",
    "What is the elimination half-life of the drug (days)?",
    supply="The highest usual value of the sourced table; unknown for a drug without a row.",
    low=0,
    high=3650,
    label="half-life",
)
elimination_impaired = Flag(
    "elimination_impaired",
    "liver or kidney function is altered, or an interaction is suspected, so that the drug may have stayed longer",
    "Is liver or kidney function altered, or an interaction suspected, so that the drug may have stayed longer?",
    supply="Before the reaction; unknown unless stated.",
    label="impaired elimination",
)
necrolysis_before = Choice(
    "necrolysis_before",
    (
        "SJS/TEN, same drug",
        "other reaction, same drug",
        "SJS/TEN, similar drug",
        "other reaction, similar drug",
        "no known exposure",
        "tolerated",
    ),
    "what another exposure to the drug, or to one of its chemical subgroup, did; the first of the list that applies",
    "What happened on another exposure to this drug, or to a similar one?",
    supply="'tolerated' is an exposure to the drug itself without any reaction, before or after; 'similar' is the same "
    "chemical subgroup (ATC, 4th level; from memory, unverified). Unknown when nothing is told.",
    label="other exposures",
)
necrolysis_notoriety = Choice(
    "necrolysis_notoriety",
    ("high risk", "lower risk", "under surveillance", "unknown", "not suspected"),
    "how strongly the drug is linked with epidermal necrolysis: on the high-risk list of case-control studies; with a "
    "definite but lower risk there; in several reports with ambiguous epidemiology; none of these, also for a new "
    "drug; no association in a study with enough exposed controls",
    "How strongly is the drug linked with Stevens-Johnson syndrome and toxic epidermal necrolysis?",
    supply="From the lists of case-control studies; unknown for a drug that is on none of the lists at hand.",
    label="notoriety for epidermal necrolysis",
)
stronger_suspect = Flag(
    "stronger_suspect",
    "another drug of the patient has more than 3 points on items 1 to 5",
    "Does another drug of the patient have more than 3 points on items 1 to 5?",
    supply="Score every drug on items 1 to 5 first. False when no other drug was taken; unknown when the others were "
    "not scored.",
    label="other suspect above 3",
)

TERMS = (
    epidermal_necrolysis,
    half_life_days,
    elimination_impaired,
    necrolysis_before,
    necrolysis_notoriety,
    stronger_suspect,
)
