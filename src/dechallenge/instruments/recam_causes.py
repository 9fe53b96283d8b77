"""Domain 4 of RECAM 2022: competing diagnoses. A test that is missing costs points.

The range of the domain (−6 to 0) is verified, the points of its items are not. Hepatitis C and E come in two readings:
as published, and with HCV RNA and HEV IgM optional. Imports only the vocabulary, the logic and what `recam_items` says
about sources.
"""

from __future__ import annotations

from dechallenge.facts.vocabulary.causality_more import (
    aih_histology,
    aih_like_drug,
    ana_titre,
    anti_hcv,
    ast_alt_ratio,
    ast_found_u_l,
    autoimmune_tested,
    hbc_igm,
    hbsag,
    hcv_chronic,
    hcv_exposure,
    hcv_rna,
    igg_xuln,
    ischaemia_before,
    liver_imaging,
    sepsis_present,
    sma_titre,
)
from dechallenge.facts.vocabulary.causes import hav, hev
from dechallenge.facts.vocabulary.person import alcohol_drinks, sex
from dechallenge.instruments.r_value import CHOLESTATIC_OR_MIXED, HEPATOCELLULAR
from dechallenge.instruments.recam_items import FRAME, IMPLEMENTATION
from dechallenge.logic import any_of
from dechallenge.logic.instrument import Item, Option, counts_as

SOURCE = "public implementation; that missing virus markers cost points: abstract of RECAM-J 2023"
MISSING = "−3 as read in one implementation; that missing virus markers cost points is verified (RECAM-J 2023)"
LOST = "−3 each for missing HCV RNA and HEV IgM fits a report that both cost up to 6 points (Am J Gastroenterol 2024)"

HEPATITIS_A = Item(
    "4a",
    "Hepatitis A",
    (
        Option(-6, "anti-HAV IgM positive", hav.is_("positive"), IMPLEMENTATION),
        Option(-3, "not tested", hav.is_("not done"), MISSING),
        Option(0, "anti-HAV IgM, or all anti-HAV, negative", hav.is_("negative"), IMPLEMENTATION),
    ),
    missing=counts_as(-3, "not told, counted as not tested"),
    source=SOURCE,
)

HEPATITIS_B = Item(
    "4b",
    "Hepatitis B",
    (
        Option(-6, "anti-HBc IgM positive", hbc_igm.is_("positive"), IMPLEMENTATION),
        Option(-3, "anti-HBc IgM not tested", hbc_igm.is_("not done"), MISSING),
        Option(
            -1,
            "HBsAg positive, anti-HBc IgM negative",
            hbsag.is_("positive") & hbc_igm.is_("negative"),
            IMPLEMENTATION,
        ),
        Option(0, "anti-HBc IgM, or all anti-HBc, negative", hbc_igm.is_("negative"), IMPLEMENTATION),
    ),
    missing=counts_as(-3, "anti-HBc IgM not told, counted as not tested"),
    source=SOURCE,
)

RNA_POSITIVE = hcv_rna.is_("positive")
HCV_POSITIVE = (
    Option(-1, "HCV RNA positive, R < 5", RNA_POSITIVE & CHOLESTATIC_OR_MIXED, IMPLEMENTATION),
    Option(
        -6,
        "HCV RNA positive, R ≥ 5, hepatitis C not known before, exposure within 100 days before onset",
        RNA_POSITIVE & HEPATOCELLULAR & ~hcv_chronic & hcv_exposure,
        IMPLEMENTATION,
    ),
    Option(-1, "HCV RNA positive otherwise: known before, or no exposure", RNA_POSITIVE, IMPLEMENTATION),
)

HEPATITIS_C = Item(
    "4c",
    "Hepatitis C",
    (
        *HCV_POSITIVE,
        Option(
            -3,
            "anti-HCV or HCV RNA not tested",
            anti_hcv.is_("not done") | hcv_rna.is_("not done"),
            f"{MISSING}; {LOST}",
        ),
        Option(
            0,
            "tested, and HCV RNA negative",
            anti_hcv.one_of("positive", "negative") & hcv_rna.is_("negative"),
            IMPLEMENTATION,
        ),
    ),
    missing=counts_as(-3, "anti-HCV or HCV RNA not told, counted as not tested"),
    source=SOURCE,
)

OPTIONAL = "the reading with this test optional: an abstract (Am J Gastroenterol 2024) names it without its points"

HEPATITIS_C_OPTIONAL = Item(
    "4c",
    "Hepatitis C (HCV RNA optional)",
    (
        *HCV_POSITIVE,
        Option(-3, "anti-HCV not tested", anti_hcv.is_("not done"), MISSING),
        Option(0, "anti-HCV tested, HCV RNA not positive", anti_hcv.one_of("positive", "negative"), OPTIONAL),
    ),
    missing=counts_as(-3, "anti-HCV not told, counted as not tested"),
    source=SOURCE + "; Am J Gastroenterol 2024 (abstract)",
)

HEPATITIS_E = Item(
    "4d",
    "Hepatitis E",
    (
        Option(-6, "anti-HEV IgM positive", hev.is_("positive"), IMPLEMENTATION),
        Option(-3, "not tested", hev.is_("not done"), f"{MISSING}; {LOST}"),
        Option(0, "anti-HEV IgM negative", hev.is_("negative"), IMPLEMENTATION),
    ),
    missing=counts_as(-3, "not told, counted as not tested"),
    source=SOURCE,
)

HEPATITIS_E_OPTIONAL = Item(
    "4d",
    "Hepatitis E (test optional)",
    (
        Option(-6, "anti-HEV IgM positive", hev.is_("positive"), IMPLEMENTATION),
        Option(0, "negative, or not tested", hev.one_of("negative", "not done"), OPTIONAL),
    ),
    missing=counts_as(0, "not told, counted as not tested"),
    source=SOURCE + "; Am J Gastroenterol 2024 (abstract)",
)

# One drink is 14 g of ethanol in RECAM and about 10 g in the vocabulary: 2, 4, 3 and 6 drinks are 2.8, 5.6, 4.2, 8.4.
ALCOHOLIC = (ast_alt_ratio >= 2) & (ast_found_u_l <= 500)
FEMALE = sex.is_("female")

ALCOHOL = Item(
    "4e",
    "Alcohol within 6 weeks, when AST/ALT ≥ 2 and AST ≤ 500 U/L",
    (
        Option(0, "AST/ALT below 2, or AST over 500 U/L", ~ALCOHOLIC, IMPLEMENTATION),
        Option(
            -6,
            "over 4 (women) or 6 (men) drinks of 14 g a day",
            ALCOHOLIC & ((FEMALE & (alcohol_drinks > 5.6)) | (alcohol_drinks > 8.4)),
            IMPLEMENTATION,
        ),
        Option(
            -3,
            "over 2 (women) or 3 (men) drinks of 14 g a day",
            ALCOHOLIC & ((FEMALE & (alcohol_drinks > 2.8)) | (alcohol_drinks > 4.2)),
            IMPLEMENTATION,
        ),
        Option(
            0,
            "at most 2 (women) or 3 (men) drinks of 14 g a day",
            (alcohol_drinks <= 2.8) | (sex.is_("male") & (alcohol_drinks <= 4.2)),
            IMPLEMENTATION,
        ),
    ),
    missing=counts_as(-3, "no history of alcohol, or AST/ALT not known"),
    source="public implementation",
    note="Whether a missing history costs points when AST/ALT is missing too is not known; it does here.",
)

IMAGING = Item(
    "4f",
    "Biliary and parenchymal disease (imaging)",
    (
        Option(-3, "no imaging", liver_imaging.is_("not done"), IMPLEMENTATION),
        Option(-6, "stenosis or obstruction of the bile ducts", liver_imaging.is_("obstruction"), IMPLEMENTATION),
        Option(
            -6,
            "malignant infiltration of at least half of the liver",
            liver_imaging.is_("infiltration"),
            IMPLEMENTATION,
        ),
        Option(0, "neither", liver_imaging.is_("neither"), IMPLEMENTATION),
    ),
    missing=counts_as(-3, "no imaging told"),
    source="public implementation",
)

ANTIBODIES = (ana_titre >= 80) | (sma_titre >= 80)
ANY_MARKER = ANTIBODIES | (igg_xuln >= 1.1)

AUTOIMMUNE = Item(
    "4g",
    "Autoimmune hepatitis",
    (
        Option(-3, "ANA, ASMA and IgG all missing", ~autoimmune_tested, IMPLEMENTATION),
        Option(
            0,
            "minocycline or nitrofurantoin with a marker positive",
            aih_like_drug & ANY_MARKER,
            "0 agrees with the verified maximum of the domain; the implementation that was read gives +1",
        ),
        Option(
            -6,
            "ANA or ASMA ≥ 1:80, IgG ≥ 1.1×ULN and a typical biopsy",
            ~aih_like_drug & ANTIBODIES & (igg_xuln >= 1.1) & aih_histology.is_("typical"),
            IMPLEMENTATION,
        ),
        Option(-1, "ANA or ASMA ≥ 1:80, or IgG ≥ 1.1×ULN", ~aih_like_drug & ANY_MARKER, IMPLEMENTATION),
        Option(
            0,
            "tested, none positive",
            any_of((ana_titre < 80, sma_titre < 80, igg_xuln < 1.1)),
            IMPLEMENTATION,
        ),
    ),
    missing=counts_as(-3, "ANA, ASMA and IgG not told, counted as missing"),
    source="public implementation",
)

ISCHAEMIA = Item(
    "4h",
    "Ischaemia in the week before onset",
    (
        Option(-2, "hypoxia, hypotension, shock or acute congestion", ischaemia_before, IMPLEMENTATION),
        Option(0, "none", ~ischaemia_before, IMPLEMENTATION),
    ),
    missing=counts_as(-1, "no information"),
    source="public implementation",
)

SEPSIS = Item(
    "4i",
    "Sepsis, when R < 5",
    (
        Option(0, "R ≥ 5: not asked", HEPATOCELLULAR, IMPLEMENTATION),
        Option(-2, "R < 5: sepsis", CHOLESTATIC_OR_MIXED & sepsis_present, IMPLEMENTATION),
        Option(0, "no sepsis", ~sepsis_present, IMPLEMENTATION),
    ),
    missing=counts_as(-1, "no information"),
    source="public implementation",
)


def domain_4(hepatitis_c: Item, hepatitis_e: Item) -> Item:
    """Domain 4 with one reading of hepatitis C and E."""
    return Item(
        "4",
        "Competing diagnoses",
        (),
        missing=counts_as(-3, "not told, counted as not tested"),
        parts=(
            HEPATITIS_A,
            HEPATITIS_B,
            hepatitis_c,
            hepatitis_e,
            ALCOHOL,
            IMAGING,
            AUTOIMMUNE,
            ISCHAEMIA,
            SEPSIS,
        ),
        source=FRAME,
    )
