"""Terms of the liver: enzymes when the injury was found, their course after stopping, how severe it became.

The values "when found" are those of the first test that meets the case definition (ALT ≥ 5×ULN, ALP ≥ 2×ULN, or
ALT ≥ 3×ULN with bilirubin > 2×ULN) after the first dose; when no test meets it, those of the first abnormal test, or
of the test at onset. All from the same sample, or as close as possible. Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic.terms import Flag, Number

_FOUND = "Value ÷ the laboratory's own limit at the first qualifying test; (None, 1) when said to be normal; (1, None) \
when said to be raised without a figure."


def _enzyme(name: str, label: str) -> Number:
    return Number(
        name,
        "×ULN",
        f"{label} at the first qualifying test, as a multiple of the upper limit of normal",
        f"How many times the upper limit of normal was {label} when the injury was found?",
        supply=_FOUND,
        low=0,
        high=10000,
        label=label,
    )


alt_xuln = _enzyme("alt_xuln", "ALT")
ast_xuln = _enzyme("ast_xuln", "AST")
alp_xuln = _enzyme("alp_xuln", "alkaline phosphatase")
bili_xuln = _enzyme("bili_xuln", "total bilirubin")

alt_half_days = Number(
    "alt_half_days",
    "d",
    "days from stopping the drug until the distance of ALT from its peak to the ULN had fallen by half",
    "How many days after stopping had ALT fallen by half (of the distance from peak to the upper limit)?",
    supply="(peak − value) ÷ (peak − ULN) ≥ 0.50 first holds between the last test before and the first test at "
    "which it does: give that interval; the point is the day of the test when printed. Not yet reached by day d: (d, "
    "None). Unknown without dated values after the stop, or when the drug was continued.",
    low=0,
    high=36500,
    label="time to half of the ALT peak",
)
alp_half_days = Number(
    "alp_half_days",
    "d",
    "days from stopping until the distance of alkaline phosphatase from its peak to the ULN had fallen by half",
    "How many days after stopping had alkaline phosphatase fallen by half (of the distance from peak to upper limit)?",
    supply="As alt_half_days.",
    low=0,
    high=36500,
    label="time to half of the alkaline phosphatase peak",
)
bili_half_days = Number(
    "bili_half_days",
    "d",
    "days from stopping until the distance of total bilirubin from its peak to the ULN had fallen by half",
    "How many days after stopping had bilirubin fallen by half (of the distance from peak to the upper limit)?",
    supply="As alt_half_days.",
    low=0,
    high=36500,
    label="time to half of the bilirubin peak",
)
alt_not_halved = Flag(
    "alt_not_halved",
    "ALT was followed beyond day 30 after stopping and had still not fallen by half",
    "Was ALT still above half of its peak (distance to the upper limit) more than 30 days after stopping?",
    supply="True only with a test after day 30 that shows it and none later that shows the half; then also give "
    "alt_half_days as (day of that test, None). False when the half was reached at any time.",
    label="ALT not halved after day 30",
)
alt_rose_again = Flag(
    "alt_rose_again",
    "ALT rose further or rose again after the drug was stopped",
    "Did ALT rise again after the drug was stopped?",
    supply="True for a further or renewed rise without re-exposure; False when the values after the stop only fall or "
    "are said to have normalised; unknown without values after the stop.",
    label="ALT rose again",
)
alp_fell_short = Flag(
    "alp_fell_short",
    "alkaline phosphatase (or bilirubin) fell within 180 days after stopping, but by less than half",
    "Did alkaline phosphatase fall by less than half within 180 days after stopping?",
    supply="True when a fall of less than half is documented and the half is not; False when it persisted, rose or "
    "reached the half.",
    label="alkaline phosphatase fell by less than half",
)

bili_peak_mg_dl = Number(
    "bili_peak_mg_dl",
    "mg/dL",
    "highest total bilirubin of the injury",
    "What was the highest total bilirubin (mg/dL)?",
    supply="Highest value after onset; with values missing the interval (highest read, None); 'normal' is (None, "
    "1.2) or the printed limit. Jaundice without a figure: (2.5, None).",
    low=0,
    high=200,
    label="highest bilirubin",
)
jaundice_beyond_3_months = Flag(
    "jaundice_beyond_3_months",
    "jaundice with symptoms more than 90 days after onset",
    "Was the patient still jaundiced more than three months after onset?",
    supply="True with bilirubin ≥ 2.5 mg/dL or jaundice told more than 90 days after onset; False when bilirubin was "
    "below that, or the recovery came, within 90 days.",
    label="jaundice beyond 3 months",
)
inr_peak = Number(
    "inr_peak",
    "",
    "highest INR of the injury that an anticoagulant does not explain",
    "What was the highest INR (without an anticoagulant)?",
    supply="Unknown when not reported, and when the patient takes an anticoagulant that raises it.",
    low=0,
    high=50,
    label="highest INR",
)
ascites = Flag(
    "ascites",
    "ascites because of the injury",
    "Was there ascites?",
    supply="Unknown unless stated present or absent.",
    label="ascites",
)
encephalopathy = Flag(
    "encephalopathy",
    "hepatic encephalopathy because of the injury",
    "Was there hepatic encephalopathy?",
    supply="Unknown unless stated present or absent.",
    label="encephalopathy",
)
other_organ_failure = Flag(
    "other_organ_failure",
    "failure of another organ because of the liver injury",
    "Did another organ fail because of the injury?",
    supply="Unknown unless stated; False when a full recovery is told without any.",
    label="other organ failure",
)
hospitalised = Flag(
    "hospitalised",
    "admitted, or kept longer in hospital, because of the reaction",
    "Was the patient admitted to hospital, or kept longer, because of the reaction?",
    supply="Only what is stated; never inferred from jaundice or a biopsy.",
    label="hospital stay for the reaction",
)
death_or_transplant = Flag(
    "death_or_transplant",
    "death or liver transplantation because of the injury",
    "Did the patient die or need a liver transplant because of the injury?",
    supply="False when recovery or survival at follow-up is told; unknown when the outcome is.",
    label="death or transplant",
)

TERMS = (
    alt_xuln,
    ast_xuln,
    alp_xuln,
    bili_xuln,
    alt_half_days,
    alp_half_days,
    bili_half_days,
    alt_not_halved,
    alt_rose_again,
    alp_fell_short,
    bili_peak_mg_dl,
    jaundice_beyond_3_months,
    inr_peak,
    ascites,
    encephalopathy,
    other_organ_failure,
    hospitalised,
    death_or_transplant,
)
