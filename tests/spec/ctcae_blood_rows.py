"""Blood terms of CTCAE: published tests, seed values, both sides of every cut, and every clinical clause."""

from __future__ import annotations

from tests.spec.ctcae_shapes import above, counts
from tests.spec.table import Row, row

COURSE = "none of these"


def _anemia() -> list[Row]:
    return [
        *counts(
            "anemia",
            "hemoglobin_nadir_g_l",
            ((80, 3, 2), (100, 2, 1), (120, 1, 0)),
            hemoglobin_lln_g_l=120,
            anemia_consequence=COURSE,
        ),
        row("anemia", 2, hemoglobin_nadir_g_l=90),  # seed
        row("anemia", 2, hemoglobin_nadir_g_l=89),  # seed
        row("anemia", None, hemoglobin_nadir_g_l=105),  # no lower limit
        row("anemia", 3, hemoglobin_nadir_g_l=90, anemia_consequence="transfusion indicated"),
        row("anemia", 4, hemoglobin_nadir_g_l=90, anemia_consequence="life-threatening"),
        row("anemia", 5, hemoglobin_nadir_g_l=90, anemia_consequence="death"),
        row("anemia", 0, hemoglobin_nadir_g_l=(130, 160), hemoglobin_lln_g_l=(115, 130)),
    ]


def _white_cells() -> list[Row]:
    return [
        *counts("white-cells", "wbc_nadir", ((1, 4, 3), (2, 3, 2), (3, 2, 1), (4, 1, 0)), wbc_lln=4),
        row("white-cells", None, wbc_nadir=3.5),
    ]


def _febrile_neutropenia() -> list[Row]:
    item = "febrile-neutropenia"
    return [
        row(item, 3, neutrophils_nadir=0.9, neutropenic_temperature_c=38.4),
        row(item, None, neutrophils_nadir=0.9, neutropenic_temperature_c=38.3),
        row(item, 0, neutrophils_nadir=0.9, neutropenic_temperature_c=38.3, neutropenic_fever_sustained=False),
        row(item, 3, neutrophils_nadir=0.9, neutropenic_temperature_c=38.3, neutropenic_fever_sustained=True),
        row(item, 3, neutrophils_nadir=0.9, neutropenic_temperature_c=38.0, neutropenic_fever_sustained=True),
        row(item, 0, neutrophils_nadir=0.9, neutropenic_temperature_c=37.9, neutropenic_fever_sustained=True),
        row(item, 0, neutrophils_nadir=1.0, neutropenic_temperature_c=39),
        row(item, 3, neutrophils_nadir=0.99, neutropenic_temperature_c=39),
        row(item, None, neutropenic_temperature_c=39),  # the count is not known
        row(
            item,
            4,
            neutrophils_nadir=0.2,
            neutropenic_temperature_c=39,
            febrile_neutropenia_consequence="life-threatening",
        ),
        row(item, 5, neutrophils_nadir=0.2, neutropenic_temperature_c=39, febrile_neutropenia_consequence="death"),
    ]


def _high_counts() -> list[Row]:
    return [
        *above("lymphocytes-increased", "lymphocytes_peak", ((4, 0, 2), (20, 2, 3))),
        row("lymphocytes-increased", None, lymphocytes_peak=(3, 5)),
        *above("leukocytosis", "wbc_peak", ((100, 0, 3),)),
        row("leukocytosis", 4, wbc_peak=120, leukocytosis_consequence="leukostasis"),
        row("leukocytosis", 5, wbc_peak=120, leukocytosis_consequence="death"),
        row("leukocytosis", None, wbc_peak=(90, 110)),
        row("eosinophilia", 1, eosinophils_peak_xuln=1.01, eosinophils_baseline_xuln=1),
        row("eosinophilia", 0, eosinophils_peak_xuln=1, eosinophils_baseline_xuln=0.5),
        row("eosinophilia", 0, eosinophils_peak_xuln=2, eosinophils_baseline_xuln=2),
        row("eosinophilia", 1, eosinophils_peak_xuln=2.01, eosinophils_baseline_xuln=2),
        row("eosinophilia", None, eosinophils_peak_xuln=3),
        row("eosinophilia", 3, eosinophils_peak_xuln=3, eosinophils_baseline_xuln=1, eosinophilia_steroids=True),
    ]


SHARED = [*_anemia(), *_white_cells(), *_febrile_neutropenia(), *_high_counts()]

BLOOD_5 = [
    *SHARED,
    # Published unit tests of an independent package.
    *[
        row("neutrophils", grade, neutrophils_nadir=count, neutrophils_lln=2.0)
        for count, grade in ((0.49, 4), (0.5, 3), (0.99, 3), (1.0, 2), (1.49, 2), (1.5, 1), (1.9, 1), (2.0, 0))
    ],
    *[
        row("platelets", grade, platelets_nadir=count, platelets_lln=100)
        for count, grade in ((24, 4), (25, 3), (49, 3), (50, 2), (74, 2), (75, 1), (99, 1), (100, 0))
    ],
    *[row("platelets", None, platelets_nadir=count) for count in (75, 99, 100)],
    *[
        row("lymphocytes", grade, lymphocytes_nadir=count, lymphocytes_lln=1.0)
        for count, grade in ((0.19, 4), (0.2, 3), (0.49, 3), (0.5, 2), (0.79, 2), (0.8, 1))
    ],
    # Seed values.
    row("neutrophils", 3, neutrophils_nadir=0.75),
    row("neutrophils", 2, neutrophils_nadir=1.12),
    row("neutrophils", 1, neutrophils_nadir=1.5, neutrophils_lln=1.8),
    row("neutrophils", 4, neutrophils_nadir=0.32),
    row("neutrophils", None, neutrophils_nadir=1.5),
    row("platelets", 1, platelets_nadir=116, platelets_lln=150),
    row("platelets", 1, platelets_nadir=115, platelets_lln=150),
    # The lower limit of lymphocytes.
    *counts("lymphocytes", "lymphocytes_nadir", ((1.0, 1, 0),), lymphocytes_lln=1.0),
    row("lymphocytes", None, lymphocytes_nadir=0.9),
]

BLOOD_6 = [
    *SHARED,
    row("neutrophils", 2, neutrophils_nadir=0.75),
    row("neutrophils", 1, neutrophils_nadir=1.12),
    row("neutrophils", 0, neutrophils_nadir=1.5),
    row("neutrophils", 3, neutrophils_nadir=0.32),
    *counts("neutrophils", "neutrophils_nadir", ((0.1, 4, 3), (0.5, 3, 2), (1.0, 2, 1), (1.5, 1, 0))),
    row("neutrophils", 1, neutrophils_nadir=(1.1, 1.4)),
    row("neutrophils", None, neutrophils_nadir=(1.4, 1.6)),
    *counts(
        "platelets",
        "platelets_nadir",
        ((10, 4, 3), (50, 3, 2), (75, 2, 1), (150, 1, 0)),
        platelets_lln=150,
        thrombocytopenia_consequence=COURSE,
    ),
    row("platelets", 1, platelets_nadir=116, platelets_lln=150),  # seed
    row("platelets", 5, platelets_nadir=30, thrombocytopenia_consequence="death"),
    row("platelets", 4, platelets_nadir=60, thrombocytopenia_consequence="life-threatening"),
    row("platelets", 3, platelets_nadir=60, thrombocytopenia_consequence="transfusion indicated"),
    row("platelets", None, platelets_nadir=80, thrombocytopenia_consequence=COURSE),
    *counts("lymphocytes", "lymphocytes_nadir", ((1.0, 1, 0),), lymphocytes_lln=1.0),
    row("lymphocytes", 1, lymphocytes_nadir=0.1, lymphocytes_lln=1.0),  # no higher grade
    row("lymphocytes", None, lymphocytes_nadir=0.9),
    *above("neutrophils-increased", "neutrophils_peak_xuln", ((1, 0, 1),)),
    row("neutrophils-increased", None, neutrophils_peak_xuln=(0.5, 1.5)),
    *above("thrombocytosis", "platelets_peak_xuln", ((1, 0, 1),)),
    row("thrombocytosis", None, platelets_peak_xuln=(0.5, 1.5)),
]
