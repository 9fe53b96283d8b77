"""DDW-J 2004 scale: the Japanese scale for drug-induced liver injury, made from RUCAM 1993.

Adds eosinophilia and the lymphocyte stimulation test, drops age and other drugs; a late onset scores 0 and stops
nothing. Imports only the vocabulary, the logic, the patterns of `r_value` and items of `rucam_1993`.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge.facts.vocabulary.causality_more import dlst, eosinophils_pct
from dechallenge.facts.vocabulary.causes import (
    alcoholic_hepatitis,
    biliary_imaging,
    cmv,
    ebv,
    hav,
    hbv,
    hcv,
    hypotension,
)
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.timing import exposure, latency, stop_to_onset
from dechallenge.instruments.r_value import CHOLESTATIC_OR_MIXED, HEPATOCELLULAR
from dechallenge.instruments.rucam_1993 import ALCOHOL_OR_PREGNANCY
from dechallenge.instruments.rucam_1993 import ITEM_2 as COURSE
from dechallenge.instruments.rucam_1993 import ITEM_7 as READMINISTERED
from dechallenge.logic import OTHERWISE, all_of, any_of, count_true
from dechallenge.logic.instrument import (
    Band,
    Caution,
    Example,
    Given,
    Instrument,
    Item,
    Option,
    Sum,
    counts_as,
    forbids,
)

AFTER_STOP = stop_to_onset > 0
SUBSEQUENT = exposure.is_("subsequent")
TABLE_1 = "Mediators Inflamm 2015;913793, Table 1"

ITEM_1 = Item(
    "1",
    "Time to onset",
    (
        Option(
            +1,
            "from the stop: within 15 days (hepatocellular) or 30 days (cholestatic or mixed)",
            AFTER_STOP & ((stop_to_onset <= 15) | (CHOLESTATIC_OR_MIXED & (stop_to_onset <= 30))),
        ),
        Option(
            0,
            "from the stop: over 15 days (hepatocellular) or over 30 days (cholestatic or mixed)",
            (stop_to_onset > 30) | (HEPATOCELLULAR & (stop_to_onset > 15)),
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
    source=TABLE_1,
    note="A treatment not told to be a later one is initial; onset not told to follow the stop counts from the start.",
)

STEPS = "steps of RUCAM 1993; the range −2 to +3, and +2, +1, 0 of the cholestatic scale, were read, the rest was not"

ITEM_2 = replace(
    COURSE,
    options=tuple(replace(option, unverified=STEPS) for option in COURSE.options),
    source=TABLE_1 + " and PMC4260426, Table 2; steps as in RUCAM 1993",
)

ITEM_3 = replace(
    ALCOHOL_OR_PREGNANCY,
    id="3",
    source=TABLE_1 + "; World J Gastroenterol 2008;14:6774, Table 3",
    note="No point for age. As in RUCAM 1993 any current drinking counts; one point at most.",
)

GROUP_1 = (hav, hbv, hcv, biliary_imaging, alcoholic_hepatitis, hypotension)
GROUP_2 = (cmv, ebv)
EXCLUDED = count_true(cause.is_("negative") for cause in GROUP_1)

ITEM_4 = Item(
    "4",
    "Causes other than drugs",
    (
        Option(-3, "another cause is highly probable", any_of(c.is_("positive") for c in (*GROUP_1, *GROUP_2))),
        Option(
            +2,
            "all causes of groups I and II ruled out",
            all_of(cause.is_("negative") for cause in (*GROUP_1, *GROUP_2)),
        ),
        Option(+1, "all 6 causes of group I ruled out", EXCLUDED >= 6),
        Option(0, "5 or 4 causes of group I ruled out", EXCLUDED >= 4),
        Option(
            -1,
            "3 causes of group I ruled out",
            EXCLUDED >= 3,
            "printed as 'fewer than 4', and −2 as 'fewer than 3': read as exactly 3, and 0 to 2",
        ),
        Option(-2, "fewer than 3 causes of group I ruled out", EXCLUDED < 3),
    ),
    missing=counts_as(
        -2, "fewer than 3 causes of group I are known to be ruled out; what was not tested is not ruled out"
    ),
    source=TABLE_1,
    note="Group I: hepatitis A, B, C, biliary obstruction, alcoholism, recent hypotension or shock. Group II: CMV, "
    "EBV.",
)

ITEM_5 = Item(
    "5",
    "Previous information on hepatotoxicity",
    (
        Option(+1, "known", known_reaction.one_of("labelled", "published", "few reports")),
        Option(0, "unknown", OTHERWISE),
    ),
    missing=counts_as(0, "not known whether the reaction is known"),
    source=TABLE_1 + "; World J Gastroenterol 2008;14:6774, Table 3",
)

ITEM_6 = Item(
    "6",
    "Eosinophilia",
    (Option(+1, "6 % or more", eosinophils_pct >= 6), Option(0, "under 6 %", eosinophils_pct < 6)),
    missing=counts_as(0, "no differential count told"),
    source="PMC4260426, Table 2",
)

SPLIT = "the range 0 to +2 was read in two tables; the split is from memory"

ITEM_7 = Item(
    "7",
    "Drug lymphocyte stimulation test",
    (
        Option(+2, "positive", dlst.is_("positive"), SPLIT),
        Option(+1, "semi-positive", dlst.is_("semi-positive"), SPLIT),
        Option(0, "negative or not done", dlst.one_of("negative", "not done")),
    ),
    missing=counts_as(0, "not told, counted as not done"),
    source=TABLE_1 + "; World J Gastroenterol 2008;14:6774, Table 3 (range)",
)

READMINISTRATION = "the range is −2 to +3 in one source and 0 to +3 in another; the steps are those of RUCAM 1993"

ITEM_8 = replace(
    READMINISTERED,
    id="8",
    options=tuple(replace(option, unverified=READMINISTRATION) for option in READMINISTERED.options),
    source=TABLE_1 + "; World J Gastroenterol 2008;14:6774, Table 3 (ranges); steps as in RUCAM 1993",
)

BANDS = (Band(None, 2, "unlikely"), Band(3, 4, "possible"), Band(5, None, "high possibility"))

NOTHING_ELSE: dict[str, Given] = {cause.name: "negative" for cause in (*GROUP_1, *GROUP_2)}

INSTRUMENT = Instrument(
    id="ddw-j-2004",
    title="DDW-J 2004 scale",
    edition="2004",
    year=2004,
    kind="causality",
    purpose="How likely one drug caused a liver injury; the scale used in Japan from 2004 until RECAM-J 2023. "
    "Hepatocellular injury and cholestatic or mixed injury have their own columns, chosen by R.",
    applies_to=("liver injury",),
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5, ITEM_6, ITEM_7, ITEM_8),
    result=Sum(BANDS, "hepatocellular −7 to +15 (derived)"),
    reference="Takikawa H, et al. DDW-J 2004 workshop: proposal of diagnostic criteria for drug-induced liver injury "
    "(in Japanese). Kanzo 2005;46:85–90. First version: Takikawa H, Takamori Y, Kumagi T, et al. Hepatol Res "
    "2003;27:192–5.",
    doi="10.1016/s1386-6346(03)00232-8",
    verification="The paper was not read. Times, other causes, ranges and cut-offs checked in three reproduced tables "
    "(Mediators Inflamm 2015;913793; World J Gastroenterol 2008;14:6774; PMC4260426).",
    missing_rule="Item 1 cannot be missing. Everything else that was not done is 0; in item 4 a cause that was not "
    "tested is not ruled out.",
    notes=(
        "The names of the categories differ: one table prints definitive (≥ 5) and probable (3 to 4), another probable "
        "and possible; the Japanese wording is 'high possibility', 'possibility', 'low possibility'.",
        "PMC4260426 gives +2 for '5–90 d/1–90 days' and +1 for '<5 or >90 days/>15 days', mixing the two columns.",
        "The lymphocyte stimulation test gives false results in both directions.",
    ),
    cautions=(
        Caution(
            "The lymphocyte stimulation test has false positive and false negative results.",
            dlst.one_of("positive", "semi-positive"),
            items=("7",),
        ),
    ),
    examples=(
        Example(
            "The highest total, hepatocellular",
            {
                **NOTHING_ELSE,
                "alt_xuln": 10,
                "alp_xuln": 1,
                "latency": 30,
                "stop_to_onset": (None, 0),
                "exposure": "initial",
                "drug_continued": False,
                "alt_rose_again": False,
                "alt_half_days": 6,
                "alcohol_drinks": 1,
                "known_reaction": "labelled",
                "eosinophils_pct": 6,
                "dlst": "positive",
                "rechallenge_setting": "drug alone",
                "rechallenge_alt_before": 1,
                "rechallenge_alt_during": 4,
            },
            {"1": 2, "2": 3, "3": 1, "4": 2, "5": 1, "6": 1, "7": 2, "8": 3},
            score=15,
            category="high possibility",
            remark="Made up: the derived maximum. No published case with the points of its items was found.",
        ),
        Example(
            "The lowest total, hepatocellular",
            {
                "alt_xuln": 10,
                "alp_xuln": 1,
                "stop_to_onset": 16,
                "drug_continued": False,
                "alt_rose_again": True,
                "alcohol_drinks": 0,
                "hav": "positive",
                "known_reaction": "not described",
                "eosinophils_pct": 5.9,
                "dlst": "negative",
                "rechallenge_setting": "drug alone",
                "rechallenge_alt_before": 0.2,
                "rechallenge_alt_during": 0.9,
            },
            {"1": 0, "2": -2, "3": 0, "4": -3, "5": 0, "6": 0, "7": 0, "8": -2},
            score=-7,
            category="unlikely",
            remark="Made up: the derived minimum.",
        ),
    ),
)
