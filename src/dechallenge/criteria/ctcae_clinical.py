"""Terms of CTCAE 5.0 and 6.0 that are graded by the course of the reaction: fever, cytokine release, liver failure.

Imports only the vocabulary of facts, the logic and `grades`.
"""

from __future__ import annotations

from dechallenge.criteria.grades import (
    CYTOKINES,
    HAEMOPHAGOCYTOSIS,
    LIVER_ALONE,
    NOT_EXACT,
    NOT_TOLD,
    SERUM_SICKNESS,
)
from dechallenge.criteria.grades import FEVER as FEVER_KINDS
from dechallenge.facts.vocabulary.grading_clinical import (
    crs,
    crs_consequence,
    crs_hypotension,
    crs_oxygen,
    crs_oxygen_device,
    fever_above_40_h,
    fever_fatal,
    fever_peak_c,
    hepatic_failure,
    hepatitis_severity,
    hlh_severity,
    serum_sickness,
)
from dechallenge.logic.instrument import Item, Option

IMMUNE = "CTCAE, Immune system disorders"

FEVER = Item(
    "fever",
    "Fever",
    (
        Option(5, "death", fever_fatal),
        Option(4, "> 40.0 °C for more than 24 h", (fever_peak_c > 40) & (fever_above_40_h > 24)),
        Option(3, "> 40.0 °C for 24 h or less", fever_peak_c > 40),
        Option(2, "> 39.0 to 40.0 °C", fever_peak_c > 39),
        Option(1, "38.0 to 39.0 °C", fever_peak_c >= 38),
        Option(0, "< 38.0 °C", fever_peak_c < 38),
    ),
    missing=NOT_EXACT,
    kinds=FEVER_KINDS,
    measured=fever_peak_c,
    note="Above 40.0 °C with an unknown duration is grade 3 by the convention; the range goes on to grade 4.",
    source="CTCAE, General disorders",
)

_NO_CRS = Option(0, "no cytokine release syndrome", crs.is_("absent"))
_CRS_FATAL = Option(5, "death", crs_consequence.is_("death"))
_CRS_URGENT = Option(4, "life-threatening, urgent intervention indicated", crs_consequence.is_("life-threatening"))
_CRS_FEVER = Option(1, "fever with or without constitutional symptoms", crs.is_("present"))
CRS_5 = Item(
    "crs",
    "Cytokine release syndrome",
    (
        _NO_CRS,
        _CRS_FATAL,
        _CRS_URGENT,
        Option(
            3,
            "hypotension managed with one vasopressor, or hypoxia needing 40% oxygen or more",
            crs_hypotension.is_("one vasopressor") | crs_oxygen.is_("40% oxygen or more"),
        ),
        Option(
            2,
            "hypotension answering to fluids, or hypoxia answering to less than 40% oxygen",
            crs_hypotension.is_("answered to fluids") | crs_oxygen.is_("under 40% oxygen"),
        ),
        _CRS_FEVER,
    ),
    missing=NOT_TOLD,
    kinds=CYTOKINES,
    measured=crs,
    source=IMMUNE,
)
CRS_6 = Item(
    "crs",
    "Cytokine release syndrome",
    (
        _NO_CRS,
        _CRS_FATAL,
        _CRS_URGENT,
        Option(
            3,
            "hypotension managed with one vasopressor, or oxygen by high-flow cannula or mask",
            crs_hypotension.is_("one vasopressor") | crs_oxygen_device.is_("high-flow cannula or mask"),
        ),
        Option(
            2,
            "hypotension answering to fluids, or oxygen by low-flow cannula or blow-by",
            crs_hypotension.is_("answered to fluids") | crs_oxygen_device.is_("low-flow nasal cannula or blow-by"),
        ),
        _CRS_FEVER,
    ),
    missing=NOT_TOLD,
    kinds=CYTOKINES,
    measured=crs,
    note="Masks: face mask, non-rebreather, Venturi.",
    source=IMMUNE,
)
HEPATIC_FAILURE = Item(
    "hepatic-failure",
    "Hepatic failure",
    (
        Option(5, "death", hepatic_failure.is_("death")),
        Option(
            4,
            "life-threatening, moderate to severe encephalopathy, or coma",
            hepatic_failure.is_("moderate encephalopathy or worse"),
        ),
        Option(
            3,
            "asterixis, mild encephalopathy, or self-care limited",
            hepatic_failure.is_("asterixis or mild encephalopathy"),
        ),
        Option(0, "no hepatic failure", hepatic_failure.is_("none")),
    ),
    missing=NOT_TOLD,
    kinds=LIVER_ALONE,
    measured=hepatic_failure,
    note="The text of grade 3 also says 'drug-induced liver injury (DILI)', which its definition takes from Hy's law. "
    "That word alone is not counted: not every liver injury by a drug is hepatic failure of grade 3.",
    source="CTCAE, Hepatobiliary disorders",
)
SERUM_SICKNESS_TERM = Item(
    "serum-sickness",
    "Serum sickness",
    (
        Option(5, "death", serum_sickness.is_("death")),
        Option(4, "pressor or ventilatory support indicated", serum_sickness.is_("pressor or ventilator")),
        Option(
            3,
            "severe arthralgia or arthritis, extensive rash, steroids or intravenous fluids",
            serum_sickness.is_("severe"),
        ),
        Option(2, "moderate arthralgia, fever, rash or urticaria", serum_sickness.is_("moderate")),
        Option(1, "asymptomatic", serum_sickness.is_("asymptomatic")),
        Option(0, "none", serum_sickness.is_("none")),
    ),
    missing=NOT_TOLD,
    kinds=SERUM_SICKNESS,
    measured=serum_sickness,
    source=IMMUNE,
)
HEPATITIS_6 = Item(
    "hepatitis",
    "Hepatitis",
    (
        Option(5, "death", hepatitis_severity.is_("death")),
        Option(
            4,
            "decompensated: coagulopathy, encephalopathy or coma",
            hepatitis_severity.is_("decompensated"),
        ),
        Option(
            3,
            "symptomatic dysfunction, compensated cirrhosis or hospital stay",
            hepatitis_severity.is_("symptomatic dysfunction"),
        ),
        Option(2, "moderate, medical intervention indicated", hepatitis_severity.is_("medical intervention")),
        Option(0, "none of these", hepatitis_severity.is_("none of these")),
    ),
    missing=NOT_TOLD,
    kinds=LIVER_ALONE,
    measured=hepatitis_severity,
    note="There is no grade 1.",
    source="CTCAE 6.0, Hepatobiliary disorders (new term)",
)
HLH_6 = Item(
    "hlh",
    "Secondary haemophagocytic lymphohistiocytosis",
    (
        Option(5, "death", hlh_severity.is_("death")),
        Option(4, "life-threatening, urgent intervention indicated", hlh_severity.is_("life-threatening")),
        Option(3, "severe, hospital stay indicated", hlh_severity.is_("severe")),
        Option(2, "moderate, intervention such as an immunosuppressant indicated", hlh_severity.is_("moderate")),
        Option(1, "asymptomatic or mild, evaluation only", hlh_severity.is_("mild")),
        Option(0, "none", hlh_severity.is_("none")),
    ),
    missing=NOT_TOLD,
    kinds=HAEMOPHAGOCYTOSIS,
    measured=hlh_severity,
    source="CTCAE 6.0 (new term)",
)
