"""Clinical Diagnostic Scale of Maria and Victorino (1997) for drug-induced hepatitis.

Imports only the vocabulary, the logic and the patterns of `r_value`.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causality_more import (
    arthralgia_with_injury,
    below_2uln_days,
    cytopenia_with_injury,
    disease_could_explain,
    eosinophils_pct,
    fever_with_injury,
    rash_with_injury,
    years_marketed,
)
from dechallenge.facts.vocabulary.causes import (
    alcoholic_hepatitis,
    biliary_imaging,
    cmv,
    ebv,
    hav,
    hbv,
    hcv,
    hypotension,
    underlying_disease,
)
from dechallenge.facts.vocabulary.judgement import known_reaction
from dechallenge.facts.vocabulary.response import rechallenge
from dechallenge.facts.vocabulary.timing import exposure, latency, slow_elimination, stop_to_onset
from dechallenge.instruments.r_value import CHOLESTATIC_OR_MIXED, HEPATOCELLULAR
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

TABLE_2 = "PMC4260426, Table 2"
RANGES = "World J Gastroenterol 2007;13:329, Table 6; 2008;14:6774, Table 3 (range)"

FROM_START = Item(
    "1a",
    "From the first dose to onset",
    (
        Option(+3, "under 4 days, on re-exposure", exposure.is_("subsequent") & (latency < 4)),
        Option(+3, "4 days to 8 weeks", latency.between(4, 56)),
        Option(+1, "under 4 days, or over 8 weeks", latency.outside(4, 56)),
    ),
    missing=forbids("the dates of the drug and of the onset are needed"),
    source=TABLE_2,
    note="The sheet counts 4 days to 8 weeks alike on re-exposure; a calculator page gives +1 there.",
)

FROM_STOP = Item(
    "1b",
    "From the stop to onset",
    (
        Option(+3, "0 to 7 days, or while still on the drug", stop_to_onset <= 7),
        Option(0, "8 to 15 days", stop_to_onset <= 15),
        Option(
            0,
            "over 15 days, with a drug that persists in the body",
            slow_elimination,
            "the exception is printed without points; 0 as on a calculator page (medicalalgorithms.com)",
        ),
        Option(-3, "over 15 days", stop_to_onset > 15),
    ),
    missing=counts_as(0, "not told"),
    source=TABLE_2 + "; " + RANGES,
    note="Onset on treatment counts as 0 to 7 days (project reading).",
)

MONTHS = "2 and 6 months are 60 and 180 days here; tables print '<', a calculator page '≤'"

TO_NORMAL = Item(
    "1c",
    "From the stop to below 2×ULN",
    (
        Option(
            +3,
            "within 2 months (hepatocellular) or 6 months (cholestatic or mixed)",
            (below_2uln_days <= 60) | (CHOLESTATIC_OR_MIXED & (below_2uln_days <= 180)),
            MONTHS,
        ),
        Option(0, "longer", (below_2uln_days > 180) | (HEPATOCELLULAR & (below_2uln_days > 60)), MONTHS),
    ),
    missing=counts_as(0, "not told"),
    source=TABLE_2,
)

CAUSES = (hav, hbv, hcv, cmv, ebv, alcoholic_hepatitis, biliary_imaging, underlying_disease, hypotension)
READ = "the extremes +3 and −3 were read in two tables; this step is from memory"

ITEM_2 = Item(
    "2",
    "Exclusion of other causes",
    (
        Option(-3, "another cause is probable", any_of(cause.is_("positive") for cause in CAUSES)),
        Option(+3, "all excluded", all_of(cause.is_("negative") for cause in CAUSES) & ~disease_could_explain),
        Option(-1, "another cause is possible", disease_could_explain, READ),
        Option(0, "partly excluded", OTHERWISE, READ),
    ),
    missing=counts_as(0, "not fully investigated, counted as partly excluded"),
    source=RANGES,
    note="Viral hepatitis (A, B, C; CMV and EBV as on a calculator page), alcohol, biliary obstruction, a liver "
    "disease of the patient, ischaemia. Other drugs are not asked about.",
)

MANIFESTATIONS = count_true(
    (
        rash_with_injury,
        fever_with_injury,
        arthralgia_with_injury,
        eosinophils_pct > 6,
        cytopenia_with_injury,
    )
)

ITEM_3 = Item(
    "3",
    "Manifestations outside the liver",
    (
        Option(+3, "4 or more", MANIFESTATIONS >= 4),
        Option(+2, "2 or 3", MANIFESTATIONS >= 2),
        Option(+1, "1", MANIFESTATIONS >= 1),
        Option(0, "none", MANIFESTATIONS < 1),
    ),
    missing=counts_as(0, "none told"),
    source=TABLE_2,
    note="Rash, fever, arthralgia, eosinophilia over 6 %, cytopenia.",
)

ITEM_4 = Item(
    "4",
    "Re-exposure",
    (
        Option(+3, "positive", rechallenge.is_("positive")),
        Option(0, "negative, not assessable, or none", rechallenge.one_of("negative", "not done", "not assessable")),
    ),
    missing=counts_as(0, "none told"),
    source=RANGES,
)

REPORTED = known_reaction.one_of("labelled", "published", "few reports")

ITEM_5 = Item(
    "5",
    "Previous reports of hepatotoxicity with the drug",
    (
        Option(+2, "yes", REPORTED),
        Option(
            0,
            "no, marketed for up to 5 years",
            ~REPORTED & (years_marketed <= 5),
            "wording read in a textbook; the points between the verified extremes are from memory",
        ),
        Option(-3, "no, marketed for more than 5 years", ~REPORTED & (years_marketed > 5)),
    ),
    missing=counts_as(0, "not told"),
    source=RANGES + "; wording: a textbook's Table 37.3",
)

BANDS = (
    Band(None, 5, "excluded"),
    Band(6, 9, "unlikely"),
    Band(10, 13, "possible"),
    Band(14, 17, "probable"),
    Band(18, None, "definite"),
)

NOTHING_ELSE: dict[str, Given] = {**{cause.name: "negative" for cause in CAUSES}, "disease_could_explain": False}

INSTRUMENT = Instrument(
    id="maria-victorino-1997",
    title="Clinical Diagnostic Scale (Maria & Victorino)",
    edition="1997",
    year=1997,
    kind="causality",
    purpose="How likely one drug caused a hepatitis. It favours immuno-allergic hepatitis with a short delay.",
    applies_to=("liver injury",),
    items=(
        Item(
            "1",
            "Time",
            (),
            missing=counts_as(0, "not told"),
            parts=(FROM_START, FROM_STOP, TO_NORMAL),
            source=TABLE_2,
        ),
        ITEM_2,
        ITEM_3,
        ITEM_4,
        ITEM_5,
    ),
    result=Sum(BANDS, "−8 to +20 (derived)"),
    reference="Maria VA, Victorino RM. Development and validation of a clinical scale for the diagnosis of "
    "drug-induced hepatitis. Hepatology 1997;26:664–9.",
    doi="10.1002/hep.510260319",
    verification="The paper was not read. Wording from a textbook; points of times and manifestations from one "
    "reproduced table, ranges from three, cut-offs from several; reference from memory.",
    missing_rule="Not defined in what was read. Here the delay cannot be missing; everything else without information "
    "is 0.",
    unverified=(
        "both delays (1a and 1b) count: the 2023 guidance says that only one does and gives −6 to 17, but then "
        "'definite' (over 17) could not be reached",
        "the rules for missing answers are those of this project",
        "the identifiers of the reference are from memory",
    ),
    notes=(
        "If only one delay counts, as the 2023 guidance says, take the points of 1a (onset on the drug) or 1b (after "
        "the stop) from the total.",
        "The guidance prints 'excluded ≤ 6' beside 'unlikely 6–9'; other tables '< 6' and '≤ 5', used here.",
        "World J Gastroenterol 2008 gives the course as −3 to +3; the others 0 to +3, used here.",
        "Cholestatic injury and long delays score low whatever the drug.",
    ),
    cautions=(
        Caution("The scale does poorly in cholestatic or mixed injury.", CHOLESTATIC_OR_MIXED),
        Caution("The scale does poorly with a long delay.", latency > 56, items=("1a",)),
    ),
    examples=(
        Example(
            "The highest total",
            {
                **NOTHING_ELSE,
                "alt_xuln": 10,
                "alp_xuln": 1,
                "latency": 20,
                "stop_to_onset": (None, 0),
                "below_2uln_days": 30,
                "rash_with_injury": True,
                "fever_with_injury": True,
                "arthralgia_with_injury": True,
                "eosinophils_pct": 7,
                "rechallenge": "positive",
                "known_reaction": "labelled",
            },
            {"1a": 3, "1b": 3, "1c": 3, "2": 3, "3": 3, "4": 3, "5": 2},
            score=20,
            category="definite",
            remark="Made up: the bound of the sheet. No published case with the points of its items was found.",
        ),
        Example(
            "The lowest total",
            {
                "alt_xuln": 10,
                "alp_xuln": 1,
                "latency": 90,
                "stop_to_onset": 16,
                "slow_elimination": False,
                "below_2uln_days": 70,
                "hav": "positive",
                "rash_with_injury": False,
                "fever_with_injury": False,
                "arthralgia_with_injury": False,
                "cytopenia_with_injury": False,
                "eosinophils_pct": 2,
                "rechallenge": "not done",
                "known_reaction": "not described",
                "years_marketed": 20,
            },
            {"1a": 1, "1b": -3, "1c": 0, "2": -3, "3": 0, "4": 0, "5": -3},
            score=-8,
            category="excluded",
            remark="Made up: the bound of the sheet.",
        ),
    ),
)
