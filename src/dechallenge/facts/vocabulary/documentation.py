"""Terms of documentation: what a report states (vigiGrade), counts of published cases, an expert's opinion.

Imports only `logic`.
"""

from __future__ import annotations

from dechallenge.logic import Derived, Quantity, indicator, picked
from dechallenge.logic.terms import Choice, Flag, Number, Term

# --- what the report states -------------------------------------------------------------------------------------

report_onset = Choice(
    "report_onset",
    ("stated", "within a month", "over a month", "missing"),
    "how precisely the report gives the time from the start of the drug to the onset: well enough to know which came "
    "first; so that it is unclear which came first, by a month at most, or by more; not at all",
    "Does the report give the time from the start of the drug to the onset, and is it clear which came first?",
    supply="'stated' when both dates or an interval are told and the order is clear; 'within a month' and 'over a "
    "month' only where the imprecision leaves the order open; the start of the reaction alone is 'missing'.",
    label="time to onset in the report",
)
report_age = Choice(
    "report_age",
    ("stated", "age group", "missing"),
    "whether the report gives the age at onset, or only an age group",
    "Does the report give the age at onset, or only an age group?",
    supply="An age said to be unknown is 'missing'.",
    label="age in the report",
)


def _stated(name: str, what: str, supply: str = "", label: str = "") -> Flag:
    return Flag(
        name,
        f"the report states {what}",
        f"Does the report state {what}?",
        supply=supply or "What is entered as unknown is not stated.",
        label=label or f"{what.removeprefix('the ')} in the report",
    )


report_indication = _stated(
    "report_indication",
    "what the drug was given for",
    "False also for an indication that no standard terminology (ICD, MedDRA) has a term for.",
    "indication in the report",
)
report_outcome = _stated("report_outcome", "the outcome of the reaction", label="outcome in the report")
report_sex = _stated("report_sex", "the sex of the patient", label="sex in the report")
report_dose = _stated("report_dose", "the dose of the drug", label="dose in the report")
report_country = _stated("report_country", "the country of origin", label="country in the report")
report_reporter = _stated("report_reporter", "the profession of the primary reporter", label="reporter in the report")
report_type = _stated(
    "report_type", "the type of the report (spontaneous, from a study, other)", label="type of the report"
)
report_comments = _stated(
    "report_comments",
    "free-text comments",
    'Uninformative words ("none provided") do not count.',
    "comments in the report",
)

ONSET_PENALTIES = {"stated": 0.0, "within a month": 0.1, "over a month": 0.3, "missing": 0.5}
AGE_PENALTIES = {"stated": 0.0, "age group": 0.1, "missing": 0.3}
PENALTIES: dict[Flag, float] = {
    report_indication: 0.3,
    report_outcome: 0.3,
    report_sex: 0.3,
    report_dose: 0.1,
    report_country: 0.1,
    report_reporter: 0.1,
    report_type: 0.1,
    report_comments: 0.1,
}
"""Share of the score that is lost for what is missing (Bergvall 2014, as tabulated in PMC9503115)."""


def _kept(penalties: dict[str, float]) -> dict[str, float]:
    return {value: 1.0 - penalty for value, penalty in penalties.items()}


def _completeness() -> Quantity:
    """The product of what each dimension leaves."""
    product: Quantity = picked(report_onset, _kept(ONSET_PENALTIES)) * picked(report_age, _kept(AGE_PENALTIES))
    for flag, penalty in PENALTIES.items():
        product = product * ((1.0 - penalty) + penalty * indicator(flag))
    return product


completeness = Derived(
    "completeness",
    "",
    "share of the information that a report gives of what causality assessment needs (vigiGrade)",
    "What is the vigiGrade completeness score?",
    low=0,
    high=1,
    label="completeness",
    formula=_completeness(),
    rises=tuple(PENALTIES),
)

# --- published cases of a drug ------------------------------------------------------------------------------------

convincing_cases = Number(
    "convincing_cases",
    "cases",
    "published convincing cases of liver injury by the drug",
    "How many convincing cases of liver injury by this drug are published?",
    supply="A count from a review of the literature, never from the case at hand; 0 when a search found none.",
    low=0,
    high=1_000_000,
    label="published convincing cases",
)
liver_reports = Flag(
    "liver_reports",
    "liver injury by the drug was reported to regulators or in large trials, without details",
    "Was liver injury by this drug reported to regulators or in large trials, without details?",
    supply="From a review of the drug; unknown unless looked for.",
    label="reports without detail",
)
little_known_drug = Flag(
    "little_known_drug",
    "the drug is new or rarely used, so that too little is known of it",
    "Is the drug new or so rarely used that too little is known of it?",
    supply="From a review of the drug; unknown unless stated.",
    label="little known drug",
)
high_dose_hepatotoxin = Flag(
    "high_dose_hepatotoxin",
    "the drug injures the liver directly, and only in high doses",
    "Does the drug injure the liver only in high doses (direct toxicity)?",
    supply="From a review of the drug; unknown unless stated.",
    label="toxic in high doses only",
)
liver_signature = Flag(
    "liver_signature",
    "the liver injury by the drug has a characteristic clinical signature",
    "Does liver injury by this drug have a characteristic signature?",
    supply="From a review of the drug; unknown unless stated.",
    label="characteristic signature",
)

# --- an expert's opinion --------------------------------------------------------------------------------------------

opinion_category = Choice(
    "opinion_category",
    ("definite", "highly likely", "probable", "possible", "unlikely", "insufficient data"),
    "the category in which a person who judged the case puts it",
    "In which category does the reviewer put the case?",
    supply="Entered by a person; never worked out.",
    label="category of the reviewer",
)
opinion_percent = Number(
    "opinion_percent",
    "%",
    "the likelihood, in percent, that a person who judged the case gives the drug as its cause",
    "How likely, in percent, does the reviewer think that the drug was the cause?",
    supply="Entered by a person; never worked out.",
    low=0,
    high=100,
    label="likelihood of the reviewer",
)

TERMS: tuple[Term, ...] = (
    report_onset,
    report_age,
    *PENALTIES,
    completeness,
    convincing_cases,
    liver_reports,
    little_known_drug,
    high_dose_hepatotoxin,
    liver_signature,
    opinion_category,
    opinion_percent,
)
