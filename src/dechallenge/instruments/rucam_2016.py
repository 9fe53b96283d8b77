"""Updated RUCAM (2016): causality of liver injury by drugs and herbs, on two scales chosen by R.

Imports only the vocabulary of facts, the logic and the patterns of `r_value`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causes import (
    alcoholic_hepatitis,
    biliary_imaging,
    cmv,
    concomitant,
    ebv,
    hav,
    hbv,
    hcv,
    hev,
    hsv,
    hypotension,
    underlying_disease,
    vzv,
)
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.liver import (
    alp_fell_short,
    alp_half_days,
    alp_xuln,
    alt_half_days,
    alt_not_halved,
    alt_rose_again,
    alt_xuln,
)
from dechallenge.facts.vocabulary.person import age, alcohol_drinks, pregnancy, sex
from dechallenge.facts.vocabulary.response import (
    rechallenge_alp_before,
    rechallenge_alp_during,
    rechallenge_alt_before,
    rechallenge_alt_during,
    rechallenge_setting,
)
from dechallenge.facts.vocabulary.timing import drug_continued, exposure, latency, slow_elimination, stop_to_onset
from dechallenge.instruments.r_value import CHOLESTATIC_OR_MIXED, HEPATOCELLULAR
from dechallenge.logic import OTHERWISE, all_of, any_of, count_true
from dechallenge.logic.instrument import Band, Entry, Example, Given, Instrument, Item, Option, Sum, counts_as, forbids

SUBSEQUENT = exposure.is_("subsequent")
AFTER_STOP = stop_to_onset > 0

ITEM_1 = Item(
    "1",
    "Time to onset",
    (
        Option(
            +1,
            "from the stop: within 15 days (hepatocellular) or 30 days (cholestatic or mixed), or later with slowly "
            "metabolised substances",
            AFTER_STOP & ((stop_to_onset <= 15) | slow_elimination | (CHOLESTATIC_OR_MIXED & (stop_to_onset <= 30))),
        ),
        Option(
            +2,
            "re-exposure: 1 to 15 days (hepatocellular) or 1 to 90 days (cholestatic or mixed) from the start",
            SUBSEQUENT & (latency.between(1, 15) | (CHOLESTATIC_OR_MIXED & latency.between(1, 90))),
        ),
        Option(
            +1,
            "re-exposure: over 15 days (hepatocellular) or over 90 days (cholestatic or mixed) from the start",
            SUBSEQUENT & ((latency > 90) | (HEPATOCELLULAR & (latency > 15))),
        ),
        Option(+2, "5 to 90 days from the start", latency.between(5, 90)),
        Option(+1, "under 5 or over 90 days from the start", latency.outside(5, 90)),
    ),
    missing=forbids("the dates of the drug and of the onset are needed"),
    source="Danan & Teschke 2016, item 1 of both tables",
    note="An exposure not told to be a later one counts as the first; onset not told to follow the stop counts from "
    "the start.",
)

ITEM_2 = Item(
    "2",
    "Course after cessation",
    (
        Option(0, "continued use", drug_continued),
        Option(-2, "hepatocellular: recurrent increase of ALT", HEPATOCELLULAR & alt_rose_again),
        Option(+3, "hepatocellular: ALT fell by at least 50 % within 8 days", HEPATOCELLULAR & (alt_half_days <= 8)),
        Option(+2, "hepatocellular: ALT fell by at least 50 % within 30 days", HEPATOCELLULAR & (alt_half_days <= 30)),
        Option(-2, "hepatocellular: ALT fell by less than 50 % after day 30", HEPATOCELLULAR & alt_not_halved),
        Option(0, "hepatocellular: ALT fell by at least 50 % after day 30", HEPATOCELLULAR & (alt_half_days > 30)),
        Option(
            +2,
            "cholestatic or mixed: ALP fell by at least 50 % within 180 days",
            CHOLESTATIC_OR_MIXED & (alp_half_days <= 180),
        ),
        Option(
            +1,
            "cholestatic or mixed: ALP fell by less than 50 % within 180 days",
            CHOLESTATIC_OR_MIXED & alp_fell_short,
        ),
        Option(0, "no information, persistence or increase", OTHERWISE),
    ),
    missing=counts_as(0, "no information"),
    source="Danan & Teschke 2016, item 2 of both tables (fall of the difference between peak and upper limit)",
)

ALCOHOL = Item(
    "3a",
    "Alcohol, drinks a day at present",
    (
        Option(
            +1,
            "more than 2 (women) or 3 (men)",
            (sex.is_("female") & (alcohol_drinks > 2)) | (alcohol_drinks > 3),
        ),
        Option(0, "at most 2 (women) or 3 (men)", OTHERWISE),
    ),
    missing=counts_as(0, "no information, counted as within the limit"),
    source="Danan & Teschke 2016, item 3",
)

PREGNANCY = Item(
    "3b",
    "Pregnancy (cholestatic or mixed injury only)",
    (
        Option(
            +1,
            "cholestatic or mixed: pregnant",
            CHOLESTATIC_OR_MIXED & pregnancy,
            unverified="one reproduced table has pregnancy as its own line, two implementations merge it with alcohol",
        ),
        Option(0, "not pregnant, or hepatocellular injury", OTHERWISE),
    ),
    missing=counts_as(0, "no information, counted as not pregnant"),
    source="Danan & Teschke 2016, item 3 of the cholestatic table (PMC6969320)",
    note="Not an item of the hepatocellular scale.",
)

AGE = Item(
    "3c",
    "Age",
    (Option(+1, "55 years or older", age >= 55), Option(0, "under 55 years", age < 55)),
    missing=counts_as(0, "age not known"),
    source="Danan & Teschke 2016, item 3",
)

ITEM_3 = Item(
    "3",
    "Risk factors",
    (),
    missing=counts_as(0, "no information"),
    parts=(ALCOHOL, PREGNANCY, AGE),
    source="Danan & Teschke 2016, item 3",
)

ITEM_4 = Item(
    "4",
    "Concomitant drugs and herbs (the worst)",
    (
        Option(
            -3, "evidence for its role in this case (positive re-exposure or validated test)", concomitant.is_("proven")
        ),
        Option(-2, "known hepatotoxin with compatible or suggestive time to onset", concomitant.is_("hepatotoxin")),
        Option(-1, "compatible or suggestive time to onset", concomitant.is_("compatible")),
        Option(0, "none, no information, or incompatible time to onset", OTHERWISE),
    ),
    missing=counts_as(0, "no information"),
    source="Danan & Teschke 2016, item 4",
)

GROUP_1 = (hav, hbv, hcv, hev, biliary_imaging, alcoholic_hepatitis, hypotension)
GROUP_2 = (underlying_disease, cmv, ebv, hsv, vzv)
GROUP_1_EXCLUDED = count_true(cause.is_("negative") for cause in GROUP_1)

ITEM_5 = Item(
    "5",
    "Alternative causes",
    (
        Option(-3, "alternative cause highly probable", any_of(c.is_("positive") for c in (*GROUP_1, *GROUP_2))),
        Option(
            +2,
            "all causes of groups I and II reasonably ruled out",
            all_of(c.is_("negative") for c in (*GROUP_1, *GROUP_2)),
        ),
        Option(+1, "the 7 causes of group I ruled out", GROUP_1_EXCLUDED >= 7),
        Option(0, "6 or 5 causes of group I ruled out", GROUP_1_EXCLUDED >= 5),
        Option(-2, "fewer than 5 causes of group I ruled out", GROUP_1_EXCLUDED < 5),
    ),
    missing=counts_as(
        -2, "fewer than 5 causes of group I are known to be ruled out; what was not tested is not ruled out"
    ),
    source="Danan & Teschke 2016, item 5",
    note="Group I: hepatitis A, B, C, E, imaging of liver and bile ducts, alcoholism, recent hypotension. Group II: "
    "complications of an underlying disease, CMV, EBV, HSV, VZV.",
)

ITEM_6 = Item(
    "6",
    "Previous hepatotoxicity of the drug or herb",
    (
        Option(+2, "reaction labelled in the product characteristics", known_reaction.is_("labelled")),
        Option(+1, "reaction published but unlabelled", known_reaction.one_of("published", "few reports")),
        Option(0, "reaction unknown", OTHERWISE),
    ),
    missing=counts_as(0, "not known whether the reaction is known"),
    source="Danan & Teschke 2016, item 6",
)

ALT_DOUBLES = HEPATOCELLULAR & (rechallenge_alt_during >= 2 * rechallenge_alt_before)
ALP_DOUBLES = CHOLESTATIC_OR_MIXED & (rechallenge_alp_during >= 2 * rechallenge_alp_before)
LOW_BEFORE = (HEPATOCELLULAR & (rechallenge_alt_before < 5)) | (CHOLESTATIC_OR_MIXED & (rechallenge_alp_before < 2))
STAYS_BELOW_ULN = (
    HEPATOCELLULAR & (rechallenge_alt_during > rechallenge_alt_before) & (rechallenge_alt_during < 1)
) | (CHOLESTATIC_OR_MIXED & (rechallenge_alp_during > rechallenge_alp_before) & (rechallenge_alp_during < 1))

ITEM_7 = Item(
    "7",
    "Response to unintentional re-exposure",
    (
        Option(0, "no re-exposure", rechallenge_setting.is_("not done")),
        Option(
            -2,
            "ALT (ALP) rose but stayed below the upper limit in the conditions of the first administration",
            rechallenge_setting.one_of("drug alone", "same drugs") & STAYS_BELOW_ULN,
        ),
        Option(
            +3,
            "ALT (ALP) doubled with the product alone, from below 5×ULN (ALP: 2×ULN) before re-exposure",
            rechallenge_setting.is_("drug alone") & LOW_BEFORE & (ALT_DOUBLES | ALP_DOUBLES),
        ),
        Option(
            +1,
            "ALT (ALP) doubled with the products already given at the first reaction",
            rechallenge_setting.is_("same drugs") & (ALT_DOUBLES | ALP_DOUBLES),
        ),
        Option(0, "other situations", OTHERWISE),
    ),
    missing=counts_as(0, "not interpretable: no re-exposure told, or a value is missing"),
    source="Danan & Teschke 2016, item 7; conditions in Medicines 2016;3:18, Table 13 (PMC5456249)",
    note="The 'negative' of the table of conditions (no doubling) is not the −2 of this item and scores 0. A "
    "doubling below the upper limit is read as −2.",
)

THRESHOLD = Entry(
    "the liver tests reach the entry of RUCAM (ALT ≥ 5×ULN or ALP ≥ 2×ULN)",
    (alt_xuln >= 5) | (alp_xuln >= 2),
    "The liver tests do not reach the entry of RUCAM: ALT ≥ 5×ULN or ALP ≥ 2×ULN",
    unverified="sources print > 5 and > 2; ≥ is from memory",
)
STARTED = Entry(
    "the reaction began after the first dose", latency >= 0, "Unrelated: the reaction began before the drug was started"
)
NOT_TOO_LATE = Entry(
    "the reaction did not begin too long after the last dose",
    (stop_to_onset <= 15) | (CHOLESTATIC_OR_MIXED & (stop_to_onset <= 30)) | slow_elimination,
    "Unrelated: the reaction began more than 15 days (hepatocellular) or 30 days (cholestatic or mixed) after the "
    "last dose of a substance that is not slowly metabolised",
)

BANDS = (
    Band(None, 0, "excluded"),
    Band(1, 2, "unlikely"),
    Band(3, 5, "possible"),
    Band(6, 8, "probable"),
    Band(9, None, "highly probable"),
)

INJURY: dict[str, Given] = {"alt_xuln": 10.0, "alp_xuln": 1.0, "stop_to_onset": (None, 0.0), "exposure": "initial"}
NOTHING_ELSE: dict[str, Given] = {cause.name: "negative" for cause in (*GROUP_1, *GROUP_2)}

INSTRUMENT = Instrument(
    id="rucam-2016",
    title="Updated RUCAM",
    edition="2016",
    year=2016,
    kind="causality",
    purpose="How likely one drug or herb caused a liver injury. Each suspect is scored on its own; hepatocellular "
    "injury and cholestatic or mixed injury have their own scale, chosen by R.",
    applies_to=("liver injury",),
    entry=(THRESHOLD, STARTED, NOT_TOO_LATE),
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5, ITEM_6, ITEM_7),
    result=Sum(BANDS, "−9 to +14"),
    reference="Danan G, Teschke R. RUCAM in drug and herb induced liver injury: the update. Int J Mol Sci 2016;17:14.",
    doi="10.3390/ijms17010014",
    verification="The paper's own tables were not read; every item was checked in reproduced tables of published "
    "case reports or in two independent implementations.",
    missing_rule="Item 1 cannot be missing. Items 2, 3, 4, 6 and 7 without information are 0; in item 5 a cause that "
    "was not tested is not ruled out.",
    unverified=("one drink is about 10 g of ethanol (from memory)",),
    notes=(
        "R at first presentation, not at the peak. Alcohol at present, not in the past.",
        "Imaging counts as one cause, although it covers biliary obstruction and vascular disease.",
        "Alcohol and pregnancy are separate lines here, at most one point each; 1993 merges them.",
    ),
    examples=(
        Example(
            "BMJ Case Rep (PMC6887447)",
            {
                **INJURY,
                **NOTHING_ELSE,
                "latency": 100,
                "alcohol_drinks": 0,
                "age": 60,
                "concomitant": "none",
                "known_reaction": "not described",
                "rechallenge_setting": "not done",
            },
            {"1": 1, "2": 0, "3": 1, "4": 0, "5": 2, "6": 0, "7": 0},
            score=4,
            category="possible",
            remark="Items as printed; day 100 and age 60 stand for 'over 90 days' and 'over 55'.",
        ),
    ),
)
