"""RUCAM 1993 (CIOMS scale): causality of liver injury, for one drug, on two scales chosen by R.

Imports only the vocabulary of facts, the logic, the patterns of `r_value` and the thresholds of `aithal_2011`.
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
    hsv,
    hypotension,
    underlying_disease,
)
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.liver import (
    alp_fell_short,
    alp_half_days,
    alt_half_days,
    alt_not_halved,
    alt_rose_again,
    bili_half_days,
)
from dechallenge.facts.vocabulary.person import age, alcohol_drinks, pregnancy
from dechallenge.facts.vocabulary.response import (
    rechallenge_alp_before,
    rechallenge_alp_during,
    rechallenge_alt_before,
    rechallenge_alt_during,
    rechallenge_bili_before,
    rechallenge_bili_during,
    rechallenge_setting,
)
from dechallenge.facts.vocabulary.timing import drug_continued, exposure, latency, slow_elimination, stop_to_onset
from dechallenge.instruments.aithal_2011 import LIVER_INJURY
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
            "onset after the stop: within 15 days (hepatocellular) or 30 days (cholestatic or mixed), or later with "
            "a slowly metabolised drug",
            AFTER_STOP & ((stop_to_onset <= 15) | slow_elimination | (CHOLESTATIC_OR_MIXED & (stop_to_onset <= 30))),
        ),
        Option(
            +2,
            "subsequent treatment: 1 to 15 days (hepatocellular) or 1 to 90 days (cholestatic or mixed) from the start",
            SUBSEQUENT & (latency.between(1, 15) | (CHOLESTATIC_OR_MIXED & latency.between(1, 90))),
        ),
        Option(
            +1,
            "subsequent treatment: over 15 days (hepatocellular) or over 90 days (cholestatic or mixed) from the start",
            SUBSEQUENT & ((latency > 90) | (HEPATOCELLULAR & (latency > 15))),
        ),
        Option(+2, "5 to 90 days from the start", latency.between(5, 90)),
        Option(+1, "under 5 or over 90 days from the start", latency.outside(5, 90)),
    ),
    missing=forbids("the dates of the drug and of the onset are needed"),
    source="Danan & Benichou 1993; LiverTox worksheet, item 1",
    note="A treatment not told to be a later one is initial; onset not told to follow the stop counts from the start.",
)

ITEM_2 = Item(
    "2",
    "Course after stopping the drug",
    (
        Option(0, "drug continued: any course", drug_continued),
        Option(-2, "hepatocellular: ALT rose again", HEPATOCELLULAR & alt_rose_again),
        Option(+3, "hepatocellular: ALT fell by at least 50 % within 8 days", HEPATOCELLULAR & (alt_half_days <= 8)),
        Option(+2, "hepatocellular: ALT fell by at least 50 % within 30 days", HEPATOCELLULAR & (alt_half_days <= 30)),
        Option(-2, "hepatocellular: ALT fell by less than 50 % after day 30", HEPATOCELLULAR & alt_not_halved),
        Option(0, "hepatocellular: ALT fell by 50 % only after day 30", HEPATOCELLULAR & (alt_half_days > 30)),
        Option(
            +2,
            "cholestatic or mixed: ALP or bilirubin fell by at least 50 % within 180 days",
            CHOLESTATIC_OR_MIXED & ((alp_half_days <= 180) | (bili_half_days <= 180)),
        ),
        Option(
            +1,
            "cholestatic or mixed: ALP or bilirubin fell by less than 50 % within 180 days",
            CHOLESTATIC_OR_MIXED & alp_fell_short,
        ),
        Option(0, "persistence, increase or no information", OTHERWISE),
    ),
    missing=counts_as(0, "no information"),
    source="Danan & Benichou 1993; LiverTox worksheet, item 2 (fall of the difference between peak and upper limit)",
)

ALCOHOL_OR_PREGNANCY = Item(
    "3a",
    "Alcohol; in cholestatic or mixed injury alcohol or pregnancy",
    (
        Option(+1, "alcohol present", alcohol_drinks > 0),
        Option(+1, "cholestatic or mixed: pregnancy present", CHOLESTATIC_OR_MIXED & pregnancy),
        Option(0, "absent", OTHERWISE),
    ),
    missing=counts_as(0, "no information, counted as absent"),
    source="LiverTox worksheet, item 3",
    note="1993 gives no amount of alcohol: any current drinking counts. One point at most for alcohol or pregnancy.",
)

AGE = Item(
    "3b",
    "Age",
    (Option(+1, "55 years or older", age >= 55), Option(0, "under 55 years", age < 55)),
    missing=counts_as(0, "age not known"),
    source="LiverTox worksheet, item 3",
)

ITEM_3 = Item(
    "3",
    "Risk factors",
    (),
    missing=counts_as(0, "no information"),
    parts=(ALCOHOL_OR_PREGNANCY, AGE),
    source="Danan & Benichou 1993, item 3",
)

ITEM_4 = Item(
    "4",
    "Concomitant drugs (the worst)",
    (
        Option(-3, "clear evidence of its role in this case", concomitant.is_("proven")),
        Option(-2, "known hepatotoxin with compatible or suggestive time to onset", concomitant.is_("hepatotoxin")),
        Option(-1, "compatible or suggestive time to onset", concomitant.is_("compatible")),
        Option(0, "none, no information, or incompatible time to onset", OTHERWISE),
    ),
    missing=counts_as(0, "no information"),
    source="Danan & Benichou 1993; LiverTox worksheet, item 4",
)

GROUP_1 = (hav, hbv, hcv, biliary_imaging, alcoholic_hepatitis, hypotension)
GROUP_2 = (underlying_disease, cmv, ebv, hsv)
GROUP_1_EXCLUDED = count_true(cause.is_("negative") for cause in GROUP_1)

ITEM_5 = Item(
    "5",
    "Causes other than drugs",
    (
        Option(
            -3, "a cause other than drugs is highly probable", any_of(c.is_("positive") for c in (*GROUP_1, *GROUP_2))
        ),
        Option(
            +2,
            "all causes of groups I and II reasonably ruled out",
            all_of(c.is_("negative") for c in (*GROUP_1, *GROUP_2)),
        ),
        Option(+1, "all 6 causes of group I ruled out", GROUP_1_EXCLUDED >= 6),
        Option(0, "5 or 4 causes of group I ruled out", GROUP_1_EXCLUDED >= 4),
        Option(-2, "fewer than 4 causes of group I ruled out", GROUP_1_EXCLUDED < 4),
    ),
    missing=counts_as(
        -2, "fewer than 4 causes of group I are known to be ruled out; what was not tested is not ruled out"
    ),
    source="Danan & Benichou 1993; LiverTox worksheet, item 5",
    note="Group I: hepatitis A, B, C, biliary obstruction, alcoholism, recent hypotension. Group II: complications "
    "of an underlying disease; CMV, EBV or herpes simplex infection.",
)

ITEM_6 = Item(
    "6",
    "Previous information on hepatotoxicity of the drug",
    (
        Option(+2, "reaction labelled in the product characteristics", known_reaction.is_("labelled")),
        Option(+1, "reaction published but not labelled", known_reaction.one_of("published", "few reports")),
        Option(0, "reaction unknown", OTHERWISE),
    ),
    missing=counts_as(0, "not known whether the reaction is known"),
    source="Danan & Benichou 1993; LiverTox worksheet, item 6",
)

ALT_DOUBLES = HEPATOCELLULAR & (rechallenge_alt_during >= 2 * rechallenge_alt_before)
ALP_OR_BILI_DOUBLES = CHOLESTATIC_OR_MIXED & (
    (rechallenge_alp_during >= 2 * rechallenge_alp_before) | (rechallenge_bili_during >= 2 * rechallenge_bili_before)
)
STAYS_BELOW_ULN = (
    HEPATOCELLULAR & (rechallenge_alt_during > rechallenge_alt_before) & (rechallenge_alt_during < 1)
) | (CHOLESTATIC_OR_MIXED & (rechallenge_alp_during > rechallenge_alp_before) & (rechallenge_alp_during < 1))

ITEM_7 = Item(
    "7",
    "Response to readministration",
    (
        Option(0, "not done", rechallenge_setting.is_("not done")),
        Option(
            -2,
            "negative: ALT (ALP) rises but stays below the upper limit in the conditions of the first reaction",
            rechallenge_setting.one_of("drug alone", "same drugs") & STAYS_BELOW_ULN,
        ),
        Option(
            +3,
            "positive: ALT (ALP or bilirubin) at least doubles with the drug alone",
            rechallenge_setting.is_("drug alone") & (ALT_DOUBLES | ALP_OR_BILI_DOUBLES),
        ),
        Option(
            +1,
            "compatible: ALT (ALP or bilirubin) at least doubles with the drugs given at the first reaction",
            rechallenge_setting.is_("same drugs") & (ALT_DOUBLES | ALP_OR_BILI_DOUBLES),
        ),
        Option(0, "not interpretable, or other situations", OTHERWISE),
    ),
    missing=counts_as(0, "not done or not interpretable"),
    source="Danan & Benichou 1993; LiverTox worksheet, item 7",
    note="Negative is 'less than N' (the upper limit); some secondary tables print '5N'. A doubling below the upper "
    "limit is read as negative.",
)

STARTED = Entry(
    "the reaction began after the first dose", latency >= 0, "Unrelated: the reaction began before the drug was started"
)
NOT_TOO_LATE = Entry(
    "the reaction did not begin too long after the last dose",
    (stop_to_onset <= 15) | (CHOLESTATIC_OR_MIXED & (stop_to_onset <= 30)) | slow_elimination,
    "Unrelated: the reaction began more than 15 days (hepatocellular) or 30 days (cholestatic or mixed) after the "
    "last dose of a drug that is not slowly metabolised",
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
    id="rucam-1993",
    title="RUCAM (CIOMS scale)",
    edition="1993",
    year=1993,
    kind="causality",
    purpose="How likely one drug caused an acute liver injury. Each suspect drug is scored on its own; "
    "hepatocellular injury and cholestatic or mixed injury have their own scale, chosen by R.",
    applies_to=("liver injury",),
    entry=(LIVER_INJURY, STARTED, NOT_TOO_LATE),
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5, ITEM_6, ITEM_7),
    result=Sum(BANDS, "hepatocellular −9 to +14; cholestatic or mixed −7 to +13"),
    reference="Danan G, Benichou C. Causality assessment of adverse reactions to drugs – I. A novel method based on "
    "the conclusions of international consensus meetings: application to drug-induced liver injuries. J Clin Epidemiol "
    "1993;46:1323–30.",
    doi="10.1016/0895-4356(93)90101-6",
    verification="The paper was not read. Checked against the LiverTox worksheet, two published CIOMS tables and two "
    "case reports; the course on the cholestatic scale (ALP or bilirubin) in one source; reference from memory.",
    missing_rule="Item 1 cannot be missing. Elsewhere no information is 0; in item 5 a cause that was not tested is "
    "not ruled out.",
    unverified=(
        "the virus markers of group I in item 5 come from later tables",
        "entry: the 1993 sheet prints no threshold; those of Aithal 2011 are used",
    ),
    notes=(
        "Onset is the first symptom or the first abnormal test, whichever came first.",
        "Published deviations that are not followed: 'subsequent' 1 to 15 days on the cholestatic scale, item 7 "
        "'compatible' +2, negative below 5N, age over 55.",
    ),
    examples=(
        Example(
            "BMJ Case Rep 2018 bcr-2018-224611 (PMC6144106)",
            {
                **INJURY,
                **NOTHING_ELSE,
                "latency": 120,
                "alt_half_days": (9, 30),
                "alt_rose_again": False,
                "drug_continued": False,
                "alcohol_drinks": 0,
                "age": 60,
                "concomitant": "incompatible",
                "known_reaction": "published",
                "rechallenge_setting": "not done",
            },
            {"1": 1, "2": 2, "3": 1, "4": 0, "5": 2, "6": 1, "7": 0},
            score=7,
            category="probable",
            remark="The table gives the items; day 120 and age 60 stand for 'over 90 days' and '55 or older'.",
        ),
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
            remark="Course not available. The paper cites seven causes of group I; the items add up on either edition.",
        ),
        Example(
            "Front Oncol 2016;6:204 (PMC5053977)",
            {
                **INJURY,
                "latency": 6,
                "alt_half_days": 8,
                "alt_rose_again": False,
                "drug_continued": False,
                "alcohol_drinks": 0,
                "age": 40,
                "hav": "negative",
                "hbv": "negative",
                "hcv": "negative",
                "biliary_imaging": "negative",
                "known_reaction": "published",
            },
            {"1": 2, "2": 3, "3": 0, "4": 0, "5": 0, "6": 1, "7": 0},
            score=6,
            category="probable",
            remark="Arithmetic only: the narrative (fall under 50 % in 30 days, serologies missing) does not agree "
            "with the points that the authors gave.",
        ),
    ),
)
