"""Drug-induced neutropenia (Bénichou & Solal-Céligny 1991): onset, recovery, and no other explanation.

Imports only the vocabulary of facts and the logic. The criteria of Andrès take the three from here.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.blood import (
    died_before_recovery,
    growth_factor,
    neutropenia_symptoms_gone,
    neutrophil_recovery_days,
)
from dechallenge.facts.vocabulary.causes import other_cause
from dechallenge.facts.vocabulary.response import rechallenge
from dechallenge.facts.vocabulary.timing import latency, slow_elimination, stop_to_onset
from dechallenge.logic import Predicate
from dechallenge.logic.instrument import Category, Caution, Example, Given, Instrument, Item, Option, left_out

ON_TIME = (latency >= 0) & (stop_to_onset <= 7)
CLOUDED = growth_factor | died_before_recovery
LATE = neutrophil_recovery_days > 30
RECOVERED = (neutrophil_recovery_days <= 30) & neutropenia_symptoms_gone
FAILED = LATE | ~neutropenia_symptoms_gone
NOTHING_ELSE = other_cause.one_of("ruled out", "unlikely")
OTHERS = ON_TIME & NOTHING_ELSE

SUMMARY = "Bénichou & Solal-Céligny 1991, as summarised by medicalalgorithms.com"
PROJECT = "categories and their rules are a choice of this project, not of the consensus"

ONSET = Item(
    "1",
    "Onset during treatment or within 7 days of stopping",
    (
        Option("yes", "onset during treatment, or at most 7 days after the last dose", ON_TIME),
        Option("no", "onset before the first dose, or more than 7 days after the last", ~ON_TIME),
    ),
    missing=left_out("the dates of the drug and of the onset are needed"),
    source=SUMMARY,
    note="7 days are included.",
)

RECOVERY = Item(
    "2",
    "Complete recovery within one month of stopping",
    (
        Option("no", "neutrophils above 1.5 × 10⁹/L only after 30 days, or symptoms left after a month", FAILED),
        Option(
            "not assessable",
            "the patient died before recovery, or a growth factor was given, which shortens it",
            CLOUDED,
        ),
        Option("yes", "no symptoms, and neutrophils above 1.5 × 10⁹/L within 30 days", RECOVERED),
    ),
    missing=left_out("the course after the stop is not known"),
    source=SUMMARY,
    note="The count has to be above 1.5, not 1.5. A month is read as 30 days. A growth factor that is not told is "
    "taken as not given; a recovery that fails even with one has failed.",
)

EXPLANATION = Item(
    "3",
    "No other explanation likely",
    (
        Option("yes", "other explanations ruled out, or unlikely", NOTHING_ELSE),
        Option("no", "another explanation is possible or probable", other_cause.one_of("possible", "probable")),
        Option("not excluded", "other explanations were not looked for", other_cause.is_("not sought")),
    ),
    missing=left_out("other explanations are not excluded"),
    source=SUMMARY,
    note="To be excluded: EBV, CMV, parvovirus B19, hepatitis B and C, HIV; congenital and immune neutropenia; recent "
    "chemotherapy or radiotherapy; disease of the blood (the last from memory).",
)

REEXPOSURE = Item(
    "rechallenge",
    "Supporting: recurrence on re-exposure",
    (
        Option("yes", "it came back on re-exposure", rechallenge.is_("positive")),
        Option("no", "it did not come back on a comparable re-exposure", rechallenge.is_("negative")),
        Option(
            "not done", "no re-exposure, or none that can be judged", rechallenge.one_of("not done", "not assessable")
        ),
    ),
    missing=left_out("no re-exposure is told"),
    source=SUMMARY,
    note="Not to be done on purpose.",
)


def verdict(others: Predicate, source: str) -> Item:
    """The rule: recovery, and all the other criteria."""
    return Item(
        "verdict",
        "All criteria",
        (
            Option(
                "not met",
                "one of the criteria is not met, or other explanations were not looked for",
                ~others | FAILED,
            ),
            Option(
                "recovery not assessable",
                "the others are met; recovery cannot be judged (death, growth factor)",
                others & CLOUDED,
            ),
            Option("met", "all criteria are met", others & RECOVERED),
        ),
        missing=left_out("what is needed is not known"),
        source=source,
    )


LIKELIHOOD = Item(
    "likelihood",
    "How likely the drug is the cause (categories of this project)",
    (
        Option(
            "unlikely",
            "onset outside the limits, or another explanation established",
            ~ON_TIME | other_cause.is_("probable"),
            PROJECT,
        ),
        Option(
            "possible", "recovery not assessable (death, growth factor): at most possible", ON_TIME & CLOUDED, PROJECT
        ),
        Option(
            "definite",
            "all criteria, and it came back",
            OTHERS & RECOVERED & rechallenge.is_("positive"),
            PROJECT,
        ),
        Option("probable", "all criteria, without a positive re-exposure", OTHERS & RECOVERED, PROJECT),
        Option("possible", "onset within the limits; recovery late or work-up incomplete", ON_TIME, PROJECT),
    ),
    missing=left_out("the dates of the drug and of the onset are needed"),
    source="project choice, modelled on common practice",
)


CAUTIONS = (
    Caution(
        "slowly eliminated drug: the limit of 7 days after the last dose does not suit it (late neutropenia after "
        "rituximab comes weeks to months later); which limit does is not published with the criteria",
        slow_elimination & (stop_to_onset > 7),
        ("1", "verdict", "likelihood"),
    ),
    Caution(
        "a growth factor shortens the recovery; some authors accept a recovery under it all the same",
        growth_factor,
        ("2", "verdict", "likelihood"),
    ),
    Caution(
        "the patient died: complete recovery, which the criteria ask for, cannot be shown",
        died_before_recovery,
        ("2", "verdict", "likelihood"),
    ),
)

ALL_THREE: dict[str, Given] = {
    "latency": 10,
    "stop_to_onset": (None, 0.0),
    "neutrophil_recovery_days": 10,
    "neutropenia_symptoms_gone": True,
    "growth_factor": False,
    "died_before_recovery": False,
    "other_cause": "ruled out",
    "rechallenge": "not done",
}

SHEET = "limit as in the published criteria, values made up"

INSTRUMENT = Instrument(
    id="neutropenia-1991",
    title="Drug-induced neutropenia, criteria of the international consensus",
    edition="Bénichou & Solal-Céligny 1991",
    year=1991,
    kind="causality",
    purpose="Whether a drug is to be held the cause of a neutropenia or agranulocytosis: three criteria, all needed.",
    applies_to=("neutropenia", "agranulocytosis"),
    items=(
        ONSET,
        RECOVERY,
        EXPLANATION,
        REEXPOSURE,
        LIKELIHOOD,
        verdict(OTHERS, SUMMARY),
    ),
    result=Category("verdict"),
    reference="Bénichou C, Solal-Céligny P. Standardization of definitions and criteria for causality assessment of "
    "adverse drug reactions. Drug-induced blood cytopenias: report of an international consensus meeting. Nouv Rev Fr "
    "Hematol 1991;33:257–62.",
    verification="The three criteria read in a summary of the paper and, apart from one month, again in papers that "
    "use them; the paper was not read.",
    missing_rule="A criterion whose facts are missing is not judged. Causes that were not looked for are not excluded. "
    "After death or with a growth factor, recovery is not assessable.",
    unverified=(
        "volume and pages of the reference are from memory",
        "the consensus also grades onset, course and rechallenge as suggestive, compatible or incompatible; these "
        "details were not found and are not used",
    ),
    notes=(
        "The number of published cases with the drug also counts as support.",
        "The categories definite to unlikely beside the criteria are a choice of this project.",
    ),
    cautions=CAUTIONS,
    examples=(
        Example("all three", ALL_THREE, {"1": "yes", "2": "yes", "3": "yes", "likelihood": "probable"}, category="met"),
        Example(
            "onset 7 days after the stop", {**ALL_THREE, "stop_to_onset": 7}, {"1": "yes"}, category="met", remark=SHEET
        ),
        Example(
            "onset 8 days after the stop",
            {**ALL_THREE, "stop_to_onset": 8},
            {"1": "no", "likelihood": "unlikely"},
            category="not met",
            remark=SHEET,
        ),
        Example(
            "1.5 × 10⁹/L on day 30",
            {**ALL_THREE, "neutrophil_recovery_days": (30.01, None)},
            {"2": "no", "likelihood": "possible"},
            category="not met",
            remark=f"{SHEET}; 1.5 is not above 1.5",
        ),
        Example(
            "1.51 × 10⁹/L on day 30",
            {**ALL_THREE, "neutrophil_recovery_days": 30},
            {"2": "yes"},
            category="met",
            remark=SHEET,
        ),
        Example(
            "recovered on day 31",
            {**ALL_THREE, "neutrophil_recovery_days": 31},
            {"2": "no"},
            category="not met",
            remark=SHEET,
        ),
        Example(
            "it came back",
            {**ALL_THREE, "rechallenge": "positive"},
            {"rechallenge": "yes", "likelihood": "definite"},
            category="met",
        ),
        Example(
            "a growth factor was given",
            {**ALL_THREE, "growth_factor": True},
            {"2": "not assessable", "likelihood": "possible"},
            category="recovery not assessable",
        ),
        Example(
            "rituximab, 60 days after the last dose",
            {**ALL_THREE, "stop_to_onset": 60, "slow_elimination": True},
            {"1": "no"},
            category="not met",
            remark="late-onset neutropenia fails criterion 1; a caution says so",
        ),
    ),
)
