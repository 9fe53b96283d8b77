"""RECAM 2022 in the modified reading of 2024: HCV RNA and HEV IgM optional. UNVERIFIED POINTS.

Everything else is RECAM 2022. Imports only the logic and the parts of RECAM.
"""

from __future__ import annotations

from dataclasses import replace

from dechallenge.instruments.recam_2022 import BEST, UNVERIFIED, VERIFICATION
from dechallenge.instruments.recam_2022 import INSTRUMENT as RECAM
from dechallenge.instruments.recam_causes import HEPATITIS_C_OPTIONAL, HEPATITIS_E_OPTIONAL, domain_4
from dechallenge.instruments.recam_items import ITEM_1, ITEM_2, ITEM_3, ITEM_5
from dechallenge.logic.instrument import Example

ITEM_4 = domain_4(HEPATITIS_C_OPTIONAL, HEPATITIS_E_OPTIONAL)

INSTRUMENT = replace(
    RECAM,
    id="recam-2022-modified",
    title="RECAM, HCV RNA and HEV IgM optional (points not verified)",
    edition="2022, modified 2024",
    year=2024,
    purpose="RECAM with two tests that are often missing made optional: a missing HCV RNA or HEV IgM costs nothing, a "
    "positive one still counts.",
    items=(ITEM_1, ITEM_2, ITEM_3, ITEM_4, ITEM_5),
    reference="Abstract in Am J Gastroenterol 2024 on 120 suspected cases of one US centre; points of Hayashi PH, "
    "Lucena MI, Fontana RJ, et al. Hepatology 2022;76:18–31.",
    doi="",
    verification=VERIFICATION + " The modification: one abstract, which names the two tests and the "
    "agreement with experts (79.2 %; RUCAM 66.7 %, RECAM 44.4 %), not the points.",
    missing_rule="As RECAM 2022, but HCV RNA and HEV IgM without information are 0; anti-HCV is still needed.",
    unverified=(*UNVERIFIED, "the points of the modified reading: a missing test is taken to be 0"),
    examples=(
        Example(
            "The highest total",
            BEST,
            {"1": 4, "2": 4, "3": 3, "4": 0, "5": 9},
            score=20,
            category="highly likely",
            remark="Made up: the same maximum as RECAM 2022.",
        ),
        Example(
            "HCV RNA and HEV IgM missing",
            {
                **{name: value for name, value in BEST.items() if name not in ("hcv_rna", "hev")},
                "rechallenge": "not done",
                "liver_biopsy": "not done",
                "dress_or_sjs": False,
                "dili_jaundice_before": False,
            },
            {"1": 4, "2": 4, "3": 3, "4": 0, "5": 0},
            score=11,
            category="highly likely",
            remark="Made up: RECAM 2022 gives 5 (probable) on the same facts, 3 points less for each missing test.",
        ),
    ),
)
