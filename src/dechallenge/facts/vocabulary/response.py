"""Terms of dechallenge, rechallenge and the other trials of cause and effect. Imports only `logic`."""

from __future__ import annotations

from dechallenge.logic.terms import Choice, Flag, Number

dechallenge = Choice(
    "dechallenge",
    (
        "positive",
        "positive with symptomatic treatment",
        "confounded",
        "negative",
        "recovered on drug",
        "not done",
        "not assessable",
    ),
    "what followed when the drug was stopped or reduced: the reaction regressed; it regressed under symptomatic "
    "treatment; it regressed late or under a treatment known to work on it; a reversible reaction did not regress; it "
    "regressed completely while the drug went on; the drug went on and the reaction persisted; irreversible, fatal, "
    "a single dose, or too short a follow-up",
    "What happened to the reaction after the drug was stopped or reduced?",
    supply="Unknown when the course after the stop is not told. A liver injury that has not fallen 30 days after the "
    "stop is 'negative'.",
)
rechallenge = Choice(
    "rechallenge",
    ("positive", "negative", "not done", "not assessable"),
    "whether the reaction came back on re-exposure; positive when it did in any episode",
    "Was the drug given again, and did the reaction come back?",
    supply="'negative' needs a re-exposure comparable in dose and duration; 'not done' when the text says that it "
    "was not given again; an equivocal episode is 'not assessable'; unknown when nothing is said.",
)
rechallenge_setting = Choice(
    "rechallenge_setting",
    ("not done", "drug alone", "same drugs", "other conditions"),
    "how the drug was given again: not at all; alone; with the drugs of the first reaction; in other conditions",
    "If the drug was given again: alone, with the same other drugs as before, or otherwise?",
    supply="'not done' together with rechallenge 'not done'.",
    label="conditions of re-exposure",
)


def _level(name: str, label: str, when: str) -> Number:
    return Number(
        name,
        "×ULN",
        f"{label} {when}, as a multiple of the upper limit of normal",
        f"How many times the upper limit of normal was {label} {when}?",
        supply="Of the clearest re-exposure; unknown when the figure is not given, (None, 1) when said to be normal.",
        low=0,
        high=10000,
        label=f"{label} {when}",
    )


rechallenge_alt_before = _level("rechallenge_alt_before", "ALT", "just before re-exposure")
rechallenge_alt_during = _level("rechallenge_alt_during", "ALT", "during re-exposure")
rechallenge_alp_before = _level("rechallenge_alp_before", "alkaline phosphatase", "just before re-exposure")
rechallenge_alp_during = _level("rechallenge_alp_during", "alkaline phosphatase", "during re-exposure")
rechallenge_bili_before = _level("rechallenge_bili_before", "total bilirubin", "just before re-exposure")
rechallenge_bili_during = _level("rechallenge_bili_during", "total bilirubin", "during re-exposure")

antidote_response = Flag(
    "antidote_response",
    "the reaction improved after a specific antagonist or antidote of the drug",
    "Did a specific antidote of the drug improve the reaction?",
    supply="Unknown unless an antidote was given; False when it was given without effect or none is said to exist.",
    label="response to an antidote",
)
placebo = Choice(
    "placebo",
    ("reappeared", "did not reappear", "not given"),
    "whether the reaction came back when a placebo was given",
    "Was a placebo given, and did the reaction come back?",
    supply="'not given' for a case told from ordinary care, where no placebo is mentioned; otherwise as stated.",
)
toxic_level = Flag(
    "toxic_level",
    "the drug was found in blood or another fluid at a concentration known to be toxic",
    "Was the drug found at a toxic concentration?",
    supply="False when a level was measured and not toxic; unknown when none is reported.",
    label="toxic concentration",
)
dose_response = Flag(
    "dose_response",
    "the reaction was more severe with a higher dose, or less severe with a lower dose",
    "Did the reaction change with the dose?",
    supply="Needs a dose change without stopping; unknown when there was none.",
    label="change with the dose",
)
similar_reaction = Flag(
    "similar_reaction",
    "a similar reaction to the same or a similar drug in an earlier exposure",
    "Did the patient have a similar reaction to this or a similar drug before?",
    supply="Earlier exposures only, not the re-exposure after this reaction; unknown unless stated.",
    label="similar reaction before",
)
objective_evidence = Flag(
    "objective_evidence",
    "the reaction was confirmed by objective evidence (laboratory, imaging, histology)",
    "Was the reaction confirmed by objective evidence?",
    supply="True when a measured value, an image or a biopsy shows the reaction.",
)
specific_test = Choice(
    "specific_test",
    ("positive", "negative", "not available"),
    "a specific and reliable test of the drug as the cause (not available: also inconclusive)",
    "Was there a specific test that shows the drug as the cause?",
    supply="Unknown unless stated.",
)

TERMS = (
    dechallenge,
    rechallenge,
    rechallenge_setting,
    rechallenge_alt_before,
    rechallenge_alt_during,
    rechallenge_alp_before,
    rechallenge_alp_during,
    rechallenge_bili_before,
    rechallenge_bili_during,
    antidote_response,
    placebo,
    toxic_level,
    dose_response,
    similar_reaction,
    objective_evidence,
    specific_test,
)
