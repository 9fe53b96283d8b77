"""ALDEN (2010): causality of Stevens-Johnson syndrome and toxic epidermal necrolysis, one score for each drug.

Imports only the vocabulary of facts and the logic.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.response import dechallenge
from dechallenge.facts.vocabulary.skin import (
    elimination_impaired,
    epidermal_necrolysis,
    half_life_days,
    necrolysis_before,
    necrolysis_notoriety,
    stronger_suspect,
)
from dechallenge.facts.vocabulary.timing import latency, stop_to_onset
from dechallenge.logic import OTHERWISE
from dechallenge.logic.instrument import (
    Band,
    Caution,
    Entry,
    Example,
    Given,
    Instrument,
    Item,
    Option,
    Sum,
    counts_as,
    forbids,
)

TABLE = "Sassolas 2010, as tabulated in PMC9124451, Table 1"

REACTED_BEFORE = necrolysis_before.one_of("SJS/TEN, same drug", "other reaction, same drug")
HALF_LIVES_5 = 5 * half_life_days
DAYS_1_TO_4 = (latency >= 1) & (latency < 5)

ITEM_1 = Item(
    "1",
    "Delay from the first dose to the index day",
    (
        Option(-3, "excluded: started on or after the index day", latency < 1),
        Option(
            +3,
            "suggestive, after an earlier reaction to the same drug: 1 to 4 days",
            REACTED_BEFORE & DAYS_1_TO_4,
        ),
        Option(
            +1,
            "likely, after an earlier reaction to the same drug: 5 to 56 days",
            REACTED_BEFORE & latency.between(5, 56),
        ),
        Option(+1, "likely: 1 to 4 days", DAYS_1_TO_4),
        Option(+3, "suggestive: 5 to 28 days", latency.between(5, 28)),
        Option(+2, "compatible: 29 to 56 days", (latency > 28) & (latency <= 56)),
        Option(-1, "unlikely: more than 56 days", latency > 56),
    ),
    missing=forbids("the delay is needed; published tables write N/A"),
    source=TABLE,
    note="Days from the first dose of the current continuous course. The index day is the day of probable onset. No "
    "earlier reaction to the drug is taken as none.",
)

ITEM_2 = Item(
    "2",
    "Drug in the body on the index day",
    (
        Option(
            0,
            "definite: continued up to the index day, or stopped no more than 5 half-lives before",
            (stop_to_onset <= 0) | (stop_to_onset <= HALF_LIVES_5),
        ),
        Option(
            -1,
            "doubtful: stopped more than 5 half-lives before, with altered liver or kidney function or a suspected "
            "interaction",
            (stop_to_onset > HALF_LIVES_5) & elimination_impaired,
        ),
        Option(-3, "excluded: stopped more than 5 half-lives before, without these", stop_to_onset > HALF_LIVES_5),
    ),
    missing=forbids("not scorable: whether the drug was stopped before the index day, or its half-life, is not known"),
    source=TABLE,
    note="Altered liver or kidney function that is not told is taken as absent; the range covers it.",
)

ITEM_3 = Item(
    "3",
    "Prechallenge and rechallenge",
    (
        Option(
            +4,
            "positive, specific for disease and drug: SJS/TEN after the same drug",
            necrolysis_before.is_("SJS/TEN, same drug"),
        ),
        Option(
            +2,
            "positive, specific for disease or drug: SJS/TEN after a similar drug, or another reaction after the same",
            necrolysis_before.one_of("SJS/TEN, similar drug", "other reaction, same drug"),
        ),
        Option(
            +1,
            "positive, unspecific: another reaction after a similar drug",
            necrolysis_before.is_("other reaction, similar drug"),
        ),
        Option(0, "not done or unknown: no other exposure known", necrolysis_before.is_("no known exposure")),
        Option(
            -2,
            "negative: exposure to the drug without any reaction, before or after",
            necrolysis_before.is_("tolerated"),
        ),
    ),
    missing=counts_as(0, "no other exposure known"),
    source=TABLE,
)

ITEM_4 = Item(
    "4",
    "Dechallenge",
    (
        Option(-2, "negative: continued without harm", dechallenge.is_("recovered on drug")),
        Option(0, "neutral: stopped, or not known to have been continued without harm", OTHERWISE),
    ),
    missing=counts_as(0, "not known whether it was stopped"),
    source=TABLE,
    note="One implementation gives −2 for unknown, against the published tables.",
)

ITEM_5 = Item(
    "5",
    "Type of drug (notoriety)",
    (
        Option(
            +3,
            "strongly associated: on the high-risk list of case-control studies",
            necrolysis_notoriety.is_("high risk"),
        ),
        Option(
            +2,
            "associated: definite but lower risk in case-control studies",
            necrolysis_notoriety.is_("lower risk"),
        ),
        Option(
            +1,
            "suspected: several reports, ambiguous epidemiology (under surveillance)",
            necrolysis_notoriety.is_("under surveillance"),
        ),
        Option(0, "unknown: all other drugs, also newly released ones", necrolysis_notoriety.is_("unknown")),
        Option(
            -1,
            "not suspected: no association in an epidemiological study with enough exposed controls",
            necrolysis_notoriety.is_("not suspected"),
            unverified="the range from −1 to +3 was read, the wording of this row is from memory",
        ),
    ),
    missing=counts_as(0, "counts as unknown, like every drug on no list"),
    source=TABLE,
)

ITEM_6 = Item(
    "6",
    "Other cause",
    (
        Option(
            -1,
            "another drug of the patient has more than 3 points on items 1 to 5",
            stronger_suspect,
            unverified="the rule is from memory; only the range (−1 or 0) follows from the published totals",
        ),
        Option(0, "no other drug has more than 3 points on items 1 to 5", ~stronger_suspect),
    ),
    missing=counts_as(0, "the other drugs were not scored"),
    source="Sassolas 2010, other cause",
    note="Two drugs that both have more than 3 points each lose one: each is another cause for the other.",
)

SJS = Entry(
    "the reaction is Stevens-Johnson syndrome or toxic epidermal necrolysis",
    epidermal_necrolysis,
    "ALDEN was made for Stevens-Johnson syndrome and toxic epidermal necrolysis only",
)

PRINTED = "Items and total as printed; the days stand for the class of delay that is printed."
FIRST: dict[str, Given] = {
    "epidermal_necrolysis": True,
    "stop_to_onset": (None, 0.0),
    "necrolysis_before": "no known exposure",
    "necrolysis_notoriety": "high risk",
    "stronger_suspect": False,
}


def _case(number: int, delay: int, points: int, category: str, name: str = "") -> Example:
    """A row of the review whose other items are 0, with notoriety +3."""
    return Example(
        f"photodistributed SJS/TEN, study {number}{name}",
        {**FIRST, "latency": delay},
        {"1": points, "2": 0, "3": 0, "4": 0, "5": 3, "6": 0},
        score=points + 3,
        category=category,
        remark=PRINTED,
    )


INSTRUMENT = Instrument(
    id="alden-2010",
    title="ALDEN",
    edition="Sassolas 2010",
    year=2010,
    kind="causality",
    purpose="How likely a drug caused Stevens-Johnson syndrome or toxic epidermal necrolysis. Every drug taken before "
    "the index day is scored on its own.",
    applies_to=("severe skin reaction",),
    entry=(SJS,),
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5, ITEM_6),
    result=Sum(
        (
            Band(None, -1, "very unlikely"),
            Band(0, 1, "unlikely"),
            Band(2, 3, "possible"),
            Band(4, 5, "probable"),
            Band(6, None, "very probable"),
        ),
        "−12 to +10",
    ),
    reference="Sassolas B, Haddad C, Mockenhaupt M, et al. ALDEN, an algorithm for assessment of drug causality in "
    "Stevens-Johnson syndrome and toxic epidermal necrolysis. Clin Pharmacol Ther 2010;88:60–8.",
    doi="10.1038/clpt.2009.252",
    verification="Items 1 to 5 read in two reproduced tables (PMC9124451, Table 1; footnotes of Eur J Med Res 2023, "
    "Table 3); the categories in one implementation; the range re-added. The paper was not read.",
    missing_rule="Item 1 cannot be missing; item 2 not without the half-life when the drug was stopped before the "
    "index day. No known exposure, unknown dechallenge and unknown notoriety are 0.",
    unverified=(
        "the definition of the index day, and of a similar drug (same ATC code to the 4th level), is from memory",
        "the cut-offs of the categories were read in one implementation only",
    ),
    notes=(
        "High-risk drugs read in one source: allopurinol, carbamazepine, phenytoin, lamotrigine, sulfamethoxazole, "
        "nevirapine, oxicam NSAIDs, phenobarbital. Longer lists, and all lists of lower risk, are from memory.",
        "One implementation gives 0 to a drug that was eliminated before the index day; the tables give −3.",
        "A fraction of a day belongs to the class whose first day it has not reached; under one day is the index day.",
    ),
    cautions=(
        Caution(
            "stopped exactly 5 half-lives before the index day: the tables print less than 5 and more than 5; it is "
            "read as still present",
            (stop_to_onset > 0) & (stop_to_onset <= HALF_LIVES_5) & ~(stop_to_onset < HALF_LIVES_5),
            ("2",),
        ),
        Caution(
            "the shorter delay of 1 to 4 days counts as suggestive only after a reaction to the same drug, not to a "
            "similar one",
            necrolysis_before.one_of("SJS/TEN, similar drug", "other reaction, similar drug") & latency.between(1, 4),
            ("1",),
        ),
    ),
    examples=(
        _case(28, 14, 3, "very probable"),
        _case(22, 14, 3, "very probable"),
        _case(29, 14, 3, "very probable"),
        _case(30, 90, -1, "possible"),
        Example(
            "photodistributed SJS/TEN, study 31",
            {**FIRST, "latency": 3, "necrolysis_before": "SJS/TEN, same drug"},
            {"1": 3, "2": 0, "3": 4, "4": 0, "5": 3, "6": 0},
            score=10,
            category="very probable",
            remark=f"{PRINTED} The delay of 1 to 4 days is suggestive after an earlier reaction to the drug.",
        ),
        _case(32, 90, -1, "possible"),
        _case(33, 14, 3, "very probable"),
        Example(
            "photodistributed SJS/TEN, study 34",
            {**FIRST, "latency": 14, "necrolysis_before": "other reaction, similar drug"},
            {"1": 3, "2": 0, "3": 1, "4": 0, "5": 3, "6": 0},
            score=7,
            category="very probable",
            remark="Items and total as printed. The table marks the delay as one after an earlier reaction to the same "
            "drug, but gives +1, a reaction to a similar drug. Both cannot hold: with a delay of 1 to 4 days the rules "
            "give +1 for item 1 and 5 in all. Here the delay is 5 to 28 days.",
        ),
        _case(35, 14, 3, "very probable"),
        _case(36, 3, 1, "probable"),
        Example(
            "photodistributed SJS/TEN, study 37",
            {"epidermal_necrolysis": True, "stop_to_onset": (None, 0.0), "necrolysis_notoriety": "high risk"},
            {"1": None, "2": 0, "3": 0, "4": 0, "5": 3, "6": 0},
            remark="Delay, exposure and total are printed as N/A: without the delay there is no score. An unknown "
            "exposure counts 0 by the rules.",
        ),
        _case(38, 14, 3, "very probable"),
        Example(
            "photodistributed SJS/TEN, study 39",
            {
                **FIRST,
                "latency": 14,
                "stop_to_onset": 6,
                "half_life_days": 1,
                "elimination_impaired": False,
                "necrolysis_notoriety": "lower risk",
            },
            {"1": 3, "2": -3, "3": 0, "4": 0, "5": 2, "6": 0},
            score=2,
            category="possible",
            remark=f"{PRINTED} 6 days and a half-life of 1 day stand for 'more than 5 half-lives'.",
        ),
    ),
)
