"""Terms of time and exposure: when the reaction came after the drug. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

latency = Number(
    "latency",
    "d",
    "days from the first dose of the suspect to the onset of the reaction (first symptom or first abnormal test)",
    "How many days after the first dose did the reaction begin?",
    supply="The printed point and the interval of the wording; negative when the reaction began before the first dose; "
    "(0, None) when only the order is known. With a subsequent exposure: from the first dose of that exposure.",
    low=-36500,
    high=36500,
    label="time to onset",
)
stop_to_onset = Number(
    "stop_to_onset",
    "d",
    "days from the last dose of the suspect to the onset; zero or negative while the drug was still given",
    "How many days after the last dose did the reaction begin (zero or less: while still on the drug)?",
    supply="(None, 0) when onset came during treatment or the drug went on; a positive number when it came afterwards; "
    "unknown when the stop is not dated against the onset.",
    low=-36500,
    high=36500,
    label="time from stop to onset",
)
exposure = Choice(
    "exposure",
    ("initial", "subsequent"),
    "whether the reaction came with the first course of the drug or with a later one",
    "Was this the first course of the drug?",
    supply="'subsequent' when an earlier course is reported; 'initial' when the report says first course or tells the "
    "first course; otherwise unknown.",
    label="first or later course",
)
slow_elimination = Flag(
    "slow_elimination",
    "the drug is eliminated so slowly that a reaction long after the last dose still fits",
    "Is the drug slowly metabolised or eliminated?",
    supply="From the sourced half-life of the drug; unknown for a drug without a row.",
    label="slow elimination",
)
onset_timing = Choice(
    "onset_timing",
    ("very suggestive", "compatible", "incompatible"),
    "how well the delay fits: the delay alone points to the drug; it fits; it is too short, or the reaction came first",
    "Does the delay itself point to the drug, merely fit, or not fit?",
    supply="'incompatible' when onset came before the first dose or the delay is too short or far too long for the "
    "reaction; 'very suggestive' only for delays that point to the drug by themselves (shock within minutes of an "
    "injection); 'compatible' is every other known delay; unknown when the delay is.",
    label="plausibility of the delay",
)
drug_continued = Flag(
    "drug_continued",
    "the suspect was continued after the onset of the reaction",
    "Was the drug continued after the reaction began?",
    supply="True when the text says continued or unchanged through recovery; False when it was stopped, withheld or "
    "finished; a dose reduction is True.",
    label="drug continued",
)
onset_time_stated = Flag(
    "onset_time_stated",
    "the report states the time of onset in relation to the exposure",
    "Does the report state when the reaction began in relation to the drug?",
    supply="A fact about the report, so always known when a report is read.",
    label="time of onset stated",
)
action_stated = Flag(
    "action_stated",
    "the report states whether the drug was continued, stopped or changed in dose",
    "Does the report state what was done with the drug?",
    supply="A fact about the report, so always known when a report is read.",
    label="action taken stated",
)

TERMS = (
    latency,
    stop_to_onset,
    exposure,
    slow_elimination,
    onset_timing,
    drug_continued,
    onset_time_stated,
    action_stated,
)
