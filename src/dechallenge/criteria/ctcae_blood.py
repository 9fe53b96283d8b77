"""Blood terms of CTCAE 5.0 and 6.0. Where the editions differ, the name says which one it is.

Imports only the vocabulary of facts, the logic and `grades`.
"""

from __future__ import annotations

from dechallenge.criteria.grades import (
    FEBRILE,
    NEUTROPHILS,
    NO_BASELINE,
    NOT_EXACT,
    NOT_GRADABLE,
    PLATELETS,
    PRESENT,
    RED_CELLS,
    WHITE_CELLS,
    decreased,
    present_above,
)
from dechallenge.criteria.grades import LYMPHOCYTES as LYMPHOCYTE_KINDS
from dechallenge.facts.vocabulary.grading import (
    eosinophils_baseline_xuln,
    eosinophils_peak_xuln,
    hemoglobin_lln_g_l,
    hemoglobin_nadir_g_l,
    lymphocytes_lln,
    lymphocytes_nadir,
    lymphocytes_peak,
    neutrophils_lln,
    neutrophils_nadir,
    neutrophils_peak_xuln,
    platelets_lln,
    platelets_nadir,
    platelets_peak_xuln,
    wbc_lln,
    wbc_nadir,
    wbc_peak,
)
from dechallenge.facts.vocabulary.grading_clinical import (
    anemia_consequence,
    eosinophilia_steroids,
    febrile_neutropenia_consequence,
    leukocytosis_consequence,
    neutropenic_fever_sustained,
    neutropenic_temperature_c,
    thrombocytopenia_consequence,
)
from dechallenge.logic.instrument import Item, Option

BLOOD = "CTCAE, Blood and lymphatic system disorders"

NEUTROPHILS_5 = decreased(
    "neutrophils", "Neutrophil count decreased", neutrophils_nadir, neutrophils_lln, (1.5, 1.0, 0.5), NEUTROPHILS
)
PLATELETS_5 = decreased(
    "platelets", "Platelet count decreased", platelets_nadir, platelets_lln, (75, 50, 25), PLATELETS
)
WHITE_CELLS_DECREASED = decreased(
    "white-cells", "White blood cell decreased", wbc_nadir, wbc_lln, (3.0, 2.0, 1.0), WHITE_CELLS
)
LYMPHOCYTES_5 = decreased(
    "lymphocytes",
    "Lymphocyte count decreased",
    lymphocytes_nadir,
    lymphocytes_lln,
    (0.8, 0.5, 0.2),
    LYMPHOCYTE_KINDS,
)
LYMPHOCYTES_INCREASED = Item(
    "lymphocytes-increased",
    "Lymphocyte count increased",
    (
        Option(3, "> 20 ×10⁹/L", lymphocytes_peak > 20),
        Option(2, "> 4 to 20 ×10⁹/L", lymphocytes_peak > 4),
        Option(0, "4 ×10⁹/L or less", lymphocytes_peak <= 4),
    ),
    missing=NOT_EXACT,
    kinds=("lymphocytosis",),
    measured=lymphocytes_peak,
    note="There is no grade 1 and no grade 4.",
    source="CTCAE, Investigations",
)
LEUKOCYTOSIS = Item(
    "leukocytosis",
    "Leukocytosis",
    (
        Option(5, "death", leukocytosis_consequence.is_("death")),
        Option(4, "leukostasis, urgent intervention indicated", leukocytosis_consequence.is_("leukostasis")),
        Option(3, "> 100 ×10⁹/L", wbc_peak > 100),
        Option(0, "100 ×10⁹/L or less", wbc_peak <= 100),
    ),
    missing=NOT_EXACT,
    kinds=("leukocytosis",),
    measured=wbc_peak,
    note="There is no grade 1 and no grade 2.",
    source=BLOOD,
)
EOSINOPHILIA = Item(
    "eosinophilia",
    "Eosinophilia",
    (
        Option(3, "steroids started because of it", eosinophilia_steroids),
        Option(
            1,
            "above ULN and above baseline",
            (eosinophils_peak_xuln > 1) & (eosinophils_peak_xuln > eosinophils_baseline_xuln),
        ),
        Option(
            0,
            "not above ULN, or not above baseline",
            (eosinophils_peak_xuln <= 1) | (eosinophils_peak_xuln <= eosinophils_baseline_xuln),
        ),
    ),
    missing=NO_BASELINE,
    kinds=("eosinophilia",),
    measured=eosinophils_peak_xuln,
    note="There is no grade 2 and no grade 4.",
    source=BLOOD,
)
ANEMIA = Item(
    "anemia",
    "Anemia",
    (
        Option(5, "death", anemia_consequence.is_("death")),
        Option(4, "life-threatening, urgent intervention indicated", anemia_consequence.is_("life-threatening")),
        Option(
            3,
            "< 80 g/L, or transfusion indicated",
            (hemoglobin_nadir_g_l < 80) | anemia_consequence.is_("transfusion indicated"),
        ),
        Option(2, "< 100 to 80 g/L", hemoglobin_nadir_g_l < 100),
        Option(1, "< LLN to 100 g/L", hemoglobin_nadir_g_l < hemoglobin_lln_g_l),
        Option(0, "not below LLN", hemoglobin_nadir_g_l >= hemoglobin_lln_g_l),
    ),
    missing=NOT_GRADABLE,
    kinds=RED_CELLS,
    measured=hemoglobin_nadir_g_l,
    note="Printed also as 10.0 and 8.0 g/dL, 6.2 and 4.9 mmol/L; the latter are 99.9 and 79.0 g/L, so that a value in "
    "mmol/L is graded by the cuts in mmol/L.",
    source=BLOOD,
)
_HOT = (neutropenic_temperature_c > 38.3) | ((neutropenic_temperature_c >= 38.0) & neutropenic_fever_sustained)
FEBRILE_NEUTROPENIA = Item(
    "febrile-neutropenia",
    "Febrile neutropenia",
    (
        Option(5, "death", febrile_neutropenia_consequence.is_("death")),
        Option(
            4,
            "life-threatening, urgent intervention indicated",
            febrile_neutropenia_consequence.is_("life-threatening"),
        ),
        Option(
            3,
            "neutrophils < 1.0 ×10⁹/L, and once > 38.3 °C or for over an hour ≥ 38.0 °C",
            (neutrophils_nadir < 1.0) & _HOT,
        ),
        Option(0, "neutrophils or temperature do not reach this", (neutrophils_nadir >= 1.0) | ~_HOT),
    ),
    missing=NOT_EXACT,
    kinds=FEBRILE,
    measured=neutropenic_temperature_c,
    note="Both editions ask for neutrophils below 1.0 ×10⁹/L. Fever of an underlying disease at another time does not "
    "count: the temperature is the one taken with the low count.",
    source=BLOOD,
)

NEUTROPHILS_6 = Item(
    "neutrophils",
    "Neutrophil count decreased",
    (
        Option(4, "< 0.1 ×10⁹/L", neutrophils_nadir < 0.1),
        Option(3, "< 0.5 to 0.1 ×10⁹/L", neutrophils_nadir < 0.5),
        Option(2, "< 1.0 to 0.5 ×10⁹/L", neutrophils_nadir < 1.0),
        Option(1, "< 1.5 to 1.0 ×10⁹/L", neutrophils_nadir < 1.5),
        Option(0, "1.5 ×10⁹/L or more", neutrophils_nadir >= 1.5),
    ),
    missing=NOT_EXACT,
    kinds=NEUTROPHILS,
    measured=neutrophils_nadir,
    source="CTCAE 6.0, Investigations",
)
THROMBOCYTOPENIA_6 = Item(
    "platelets",
    "Thrombocytopenia",
    (
        Option(5, "death", thrombocytopenia_consequence.is_("death")),
        Option(
            4,
            "< 10 ×10⁹/L, or life-threatening or urgent",
            (platelets_nadir < 10) | thrombocytopenia_consequence.is_("life-threatening"),
        ),
        Option(
            3,
            "< 50 to 10 ×10⁹/L, or transfusion indicated",
            (platelets_nadir < 50) | thrombocytopenia_consequence.is_("transfusion indicated"),
        ),
        Option(2, "< 75 to 50 ×10⁹/L", platelets_nadir < 75),
        Option(1, "< LLN to 75 ×10⁹/L", platelets_nadir < platelets_lln),
        Option(0, "not below LLN", platelets_nadir >= platelets_lln),
    ),
    missing=NOT_GRADABLE,
    kinds=PLATELETS,
    measured=platelets_nadir,
    source="CTCAE 6.0, Blood and lymphatic system disorders (errata: the cuts of version 6.0)",
)
LYMPHOPENIA_6 = Item(
    "lymphocytes",
    "Lymphopenia",
    (
        Option(1, "present: < LLN", lymphocytes_nadir < lymphocytes_lln),
        Option(0, "not below LLN", lymphocytes_nadir >= lymphocytes_lln),
    ),
    missing=NOT_GRADABLE,
    kinds=LYMPHOCYTE_KINDS,
    measured=lymphocytes_nadir,
    note=f"{PRESENT} There is no higher grade, however low the count.",
    source="CTCAE 6.0, Blood and lymphatic system disorders",
)
NEUTROPHILS_INCREASED_6 = present_above(
    "neutrophils-increased",
    "Neutrophil count increased",
    neutrophils_peak_xuln,
    ("neutrophilia",),
    "CTCAE 6.0, new term",
    PRESENT,
)
THROMBOCYTOSIS_6 = present_above(
    "thrombocytosis", "Thrombocytosis", platelets_peak_xuln, ("thrombocytosis",), "CTCAE 6.0, new term", PRESENT
)
