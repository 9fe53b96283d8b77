"""HScore (Fardet 2014): points and probability of a reactive haemophagocytic syndrome in adults.

Imports only the vocabulary of facts, the logic and the shared cautions of IL-1 and IL-6 blockade.
"""

from __future__ import annotations

from dechallenge.criteria.masking import masked
from dechallenge.facts.vocabulary.inflammation import (
    ast_u_l,
    ferritin_ug_l,
    fibrinogen_g_l,
    haemoglobin_lowest_g_l,
    haemophagocytosis,
    hepatomegaly,
    immunosuppression,
    platelets_lowest,
    sjia,
    splenomegaly,
    temperature_c,
    triglycerides_mg_dl,
    wbc_lowest,
)
from dechallenge.facts.vocabulary.person import age
from dechallenge.logic import OTHERWISE, Predicate, count_true
from dechallenge.logic.instrument import Band, Caution, Example, Instrument, Item, Option, Sum, forbids

LINEAGES = (haemoglobin_lowest_g_l <= 92, wbc_lowest <= 5, platelets_lowest <= 110)
THREE_LINEAGES = count_true(LINEAGES) >= 3
TWO_LINEAGES = count_true(LINEAGES) >= 2
BOTH_ORGANS = hepatomegaly & splenomegaly
ONE_ORGAN = (hepatomegaly | splenomegaly) & ~BOTH_ORGANS

FOUR_MMOL = 354.3
"""4 mmol/L in mg/dL (× 88.57). The printed 354 mg/dL is the same limit without its decimal; 4.0 mmol/L is not above."""

NOT_KNOWN = forbids("not known, so no total; the range counts it from nothing to its highest points")
SOURCE = "Fardet 2014, as tabulated in two or more secondary sources"


def _item(id: str, title: str, *options: Option) -> Item:
    return Item(id, title, options, missing=NOT_KNOWN, source=SOURCE)


def _two(id: str, title: str, points: int, yes: str, no: str, holds: Predicate) -> Item:
    return _item(id, title, Option(points, yes, holds), Option(0, no, ~holds))


BELOW, ABOVE = "below the cut-off 169", "at or above the cut-off 169"
MEM = "unverified"

PROBABILITIES: tuple[tuple[int | None, int | None, str, str], ...] = (
    (None, 90, "< 1 %", ""),
    (91, 100, "about 1 %", MEM),
    (101, 110, "1–3 %", MEM),
    (111, 120, "3–5 %", MEM),
    (121, 130, "5–9 %", MEM),
    (131, 140, "9–16 %", MEM),
    (141, 150, "16–25 %", MEM),
    (151, 160, "25–40 %", MEM),
    (161, 168, "40–54 %", ""),
    (169, 170, "40–54 %", ""),
    (171, 180, "54–70 %", MEM),
    (181, 190, "70–80 %", MEM),
    (191, 200, "80–88 %", MEM),
    (201, 210, "88–93 %", MEM),
    (211, 220, "93–96 %", MEM),
    (221, 230, "96–98 %", MEM),
    (231, 240, "98–99 %", MEM),
    (241, 249, "> 99 %", MEM),
    (250, None, "> 99 %", ""),
)
"""Published curve as tabulated in calculators. Seen in a source: both ends (≤ 90, ≥ 250) and 161–170, which the cut-off
divides; the other bands are from memory. There is no published formula; a smooth fit is not reported."""


def _bands() -> tuple[Band, ...]:
    found = []
    for low, high, probability, mark in PROBABILITIES:
        side = ABOVE if low is not None and low >= 169 else BELOW
        told = f"probability {probability} ({mark}), {side}" if mark else f"probability {probability}, {side}"
        found.append(Band(low, high, told))
    return tuple(found)


INSTRUMENT = Instrument(
    id="hscore-2014",
    title="HScore",
    edition="Fardet 2014",
    year=2014,
    kind="score",
    purpose="Points for a reactive haemophagocytic syndrome in an adult, and the probability that goes with the total.",
    items=(
        _two(
            "immunosuppression",
            "Known underlying immunosuppression",
            18,
            "HIV, or long-term immunosuppressive therapy",
            "none",
            immunosuppression,
        ),
        _item(
            "temperature",
            "Temperature",
            Option(49, "> 39.4 °C", temperature_c > 39.4),
            Option(33, "38.4 to 39.4 °C", temperature_c.between(38.4, 39.4)),
            Option(0, "< 38.4 °C", temperature_c < 38.4),
        ),
        _item(
            "organomegaly",
            "Organomegaly",
            Option(38, "hepatomegaly and splenomegaly", BOTH_ORGANS),
            Option(23, "hepatomegaly or splenomegaly", ONE_ORGAN),
            Option(0, "neither", ~(hepatomegaly | splenomegaly)),
        ),
        _item(
            "cytopenia",
            "Lineages with cytopenia (haemoglobin ≤ 92 g/L, white cells ≤ 5.0 × 10⁹/L, platelets ≤ 110 × 10⁹/L)",
            Option(34, "three", THREE_LINEAGES),
            Option(24, "two", TWO_LINEAGES & ~THREE_LINEAGES),
            Option(0, "none or one", ~TWO_LINEAGES),
        ),
        _item(
            "ferritin",
            "Ferritin",
            Option(50, "> 6000 µg/L", ferritin_ug_l > 6000),
            Option(35, "2000 to 6000 µg/L", ferritin_ug_l.between(2000, 6000)),
            Option(0, "< 2000 µg/L", ferritin_ug_l < 2000),
        ),
        _item(
            "triglycerides",
            "Triglycerides",
            Option(64, "> 354 mg/dL (4 mmol/L)", triglycerides_mg_dl > FOUR_MMOL),
            Option(44, "132.7 to 354 mg/dL (1.5 to 4 mmol/L)", triglycerides_mg_dl.between(132.7, FOUR_MMOL)),
            Option(0, "< 132.7 mg/dL (1.5 mmol/L)", triglycerides_mg_dl < 132.7),
        ),
        _two("fibrinogen", "Fibrinogen", 30, "≤ 2.5 g/L", "> 2.5 g/L", fibrinogen_g_l <= 2.5),
        _two("ast", "AST", 19, "≥ 30 U/L", "< 30 U/L", ast_u_l >= 30),
        _two(
            "haemophagocytosis",
            "Haemophagocytosis on marrow aspirate",
            35,
            "yes",
            "no",
            haemophagocytosis,
        ),
    ),
    result=Sum(bands=_bands(), published_range="0 to 337"),
    reference="Fardet L, Galicier L, Lambotte O, et al. Development and validation of the HScore, a score for the "
    "diagnosis of reactive hemophagocytic syndrome. Arthritis Rheumatol 2014;66:2613–20.",
    doi="10.1002/art.38690",
    verification="Points read in two or more secondary sources; the cut-off 169 with its sensitivity and specificity, "
    "the medians, both ends of the probability and the band 161–170 each read in one. The paper was not opened.",
    unverified=(
        "the probability bands 91–160 and 171–249 (the published curve as tabulated in calculators, from memory)",
        "that it is not validated in children or in systemic juvenile arthritis",
    ),
    missing_rule="No total while an item is unknown. The lowest total counts what is unknown as nothing, the highest "
    "with full points; a conclusion holds only when both lie on the same side of 169.",
    notes=(
        "169 is the best cut-off: sensitivity 93 %, specificity 86 % in the derivation. 93 % is not the probability at "
        "169, which is 40–54 %.",
        "The formula 1 ÷ (1 + exp(4.3 − 0.03 × score)) of several calculators is wrong: it gives 17 % at 90 and 96 % "
        "at 250, against the published ends of < 1 % and > 99 %.",
        "No lineage and one lineage both give 0; an implementation that gives 24 for one lineage is wrong.",
        "Derived from 312 patients: 162 with the syndrome, 104 without, 46 undetermined; median 230 with it, 125 "
        "without.",
        "Triglycerides from mmol/L: 1 mmol/L is 88.57 mg/dL. Immunosuppression is known before and long-term: the "
        "treatment of the episode itself does not count.",
    ),
    cautions=(
        Caution(
            "The probability is not validated in intensive care; the score comes from adults with suspected reactive "
            "haemophagocytic syndrome.",
            when=OTHERWISE,
        ),
        Caution("Outside the validated population: not validated in children (unverified).", when=age < 18),
        Caution("Not validated in systemic juvenile arthritis (unverified).", when=sjia),
        *masked(
            fever="temperature",
            ferritin="ferritin",
            platelets="cytopenia",
            neutrophils="cytopenia",
            triglycerides="triglycerides",
            fibrinogen="fibrinogen",
            transaminases="ast",
        ),
    ),
    shown_with=(ferritin_ug_l, haemophagocytosis),
    examples=(
        Example(
            "Published test: both organs, two lineages, haemophagocytosis",
            {
                "immunosuppression": False,
                "temperature_c": 40,
                "hepatomegaly": True,
                "splenomegaly": True,
                "haemoglobin_lowest_g_l": 80,
                "wbc_lowest": 3,
                "platelets_lowest": 200,
                "ferritin_ug_l": 4000,
                "triglycerides_mg_dl": 265.7,
                "fibrinogen_g_l": 2,
                "ast_u_l": 100,
                "haemophagocytosis": True,
            },
            {"temperature": 49, "organomegaly": 38, "cytopenia": 24, "ferritin": 35, "triglycerides": 44},
            274,
            "probability > 99 %, at or above the cut-off 169",
            remark="unit test of an open calculator; which two lineages was chosen here; triglycerides 3 mmol/L",
        ),
        Example(
            "Published test: nothing but one lineage",
            {
                "immunosuppression": False,
                "temperature_c": 37,
                "hepatomegaly": False,
                "splenomegaly": False,
                "haemoglobin_lowest_g_l": 80,
                "wbc_lowest": 8,
                "platelets_lowest": 200,
                "ferritin_ug_l": 500,
                "triglycerides_mg_dl": 88.57,
                "fibrinogen_g_l": 4,
                "ast_u_l": 20,
                "haemophagocytosis": False,
            },
            {"cytopenia": 0},
            0,
            "probability < 1 %, below the cut-off 169",
            remark="one lineage gives nothing",
        ),
        Example(
            "Published test: exactly at the cut-off",
            {
                "immunosuppression": True,
                "temperature_c": 40,
                "hepatomegaly": True,
                "splenomegaly": True,
                "haemoglobin_lowest_g_l": 80,
                "wbc_lowest": 3,
                "platelets_lowest": 50,
                "ferritin_ug_l": 500,
                "triglycerides_mg_dl": 88.57,
                "fibrinogen_g_l": 2,
                "ast_u_l": 20,
                "haemophagocytosis": False,
            },
            {"immunosuppression": 18, "cytopenia": 34, "fibrinogen": 30},
            169,
            "probability 40–54 %, at or above the cut-off 169",
            remark="18 + 49 + 38 + 34 + 30; not “above 93 %”",
        ),
        Example("38.4 °C", {"temperature_c": 38.4}, {"temperature": 33}),
        Example("39.5 °C", {"temperature_c": 39.5}, {"temperature": 49}),
        Example("Ferritin 6001", {"ferritin_ug_l": 6001}, {"ferritin": 50}),
        Example(
            "Boy of 10 years",
            {
                "immunosuppression": True,
                "hepatomegaly": True,
                "splenomegaly": True,
                "haemoglobin_lowest_g_l": 90,
                "wbc_lowest": 5.4,
                "platelets_lowest": 116,
                "ferritin_ug_l": 905,
            },
            {"immunosuppression": 18, "organomegaly": 38, "cytopenia": 0, "ferritin": 0},
            remark="Rodionovskaya, patient 1: 56 to 253, on both sides of 169",
        ),
        Example(
            "Adult-onset Still's disease",
            {
                "temperature_c": (39, 40),
                "haemoglobin_lowest_g_l": 96,
                "wbc_lowest": 8.04,
                "platelets_lowest": 122,
                "ferritin_ug_l": 278500,
                "ast_u_l": (1400, None),
                "haemophagocytosis": True,
            },
            {"cytopenia": 0, "ferritin": 50, "ast": 19, "haemophagocytosis": 35},
            remark="Perrin, case 2: 137 to 303, on both sides of 169",
        ),
    ),
)
