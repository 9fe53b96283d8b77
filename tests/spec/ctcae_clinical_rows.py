"""Terms of CTCAE that are graded by the course: every rung of every term, both sides of every temperature."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.ctcae_shapes import above
from tests.spec.table import Row, row

CALM: dict[str, Given] = {"crs": "present", "crs_hypotension": "none", "crs_consequence": "none of these"}


def _rungs(item: str, term: str, *grades: tuple[str, int]) -> list[Row]:
    """One row for each value of a choice."""
    return [row(item, grade, **{term: value}) for value, grade in grades]


def _crs(oxygen: str, little: str, much: str) -> list[Row]:
    return [
        row("crs", 0, crs="absent"),
        row("crs", 1, CALM, **{oxygen: "none"}),
        row("crs", 1, crs="present"),
        row("crs", 2, CALM, crs_hypotension="answered to fluids"),
        row("crs", 2, CALM, **{oxygen: little}),
        row("crs", 3, CALM, crs_hypotension="one vasopressor"),
        row("crs", 3, CALM, **{oxygen: much}),
        row("crs", 4, CALM, crs_consequence="life-threatening"),
        row("crs", 5, CALM, crs_consequence="death"),
    ]


SHARED = [
    row("fever", 0, fever_peak_c=37.9),
    row("fever", 1, fever_peak_c=38.0),
    *above("fever", "fever_peak_c", ((39, 1, 2), (40, 2, 3)), fever_fatal=False, fever_above_40_h=24),
    row("fever", 4, fever_peak_c=40.1, fever_above_40_h=24.5),
    row("fever", 3, fever_peak_c=41),
    row("fever", 5, fever_peak_c=41, fever_fatal=True),
    row("fever", 1, fever_peak_c=(38.0, None)),  # fever without a figure
    row("fever", None, fever_peak_c=(37, 39)),
    *_rungs(
        "hepatic-failure",
        "hepatic_failure",
        ("none", 0),
        ("asterixis or mild encephalopathy", 3),
        ("moderate encephalopathy or worse", 4),
        ("death", 5),
    ),
    *_rungs(
        "serum-sickness",
        "serum_sickness",
        ("none", 0),
        ("asymptomatic", 1),
        ("moderate", 2),
        ("severe", 3),
        ("pressor or ventilator", 4),
        ("death", 5),
    ),
]

CLINICAL_5 = [*SHARED, *_crs("crs_oxygen", "under 40% oxygen", "40% oxygen or more")]

CLINICAL_6 = [
    *SHARED,
    *_crs("crs_oxygen_device", "low-flow nasal cannula or blow-by", "high-flow cannula or mask"),
    *_rungs(
        "hepatitis",
        "hepatitis_severity",
        ("none of these", 0),
        ("medical intervention", 2),
        ("symptomatic dysfunction", 3),
        ("decompensated", 4),
        ("death", 5),
    ),
    *_rungs(
        "hlh",
        "hlh_severity",
        ("none", 0),
        ("mild", 1),
        ("moderate", 2),
        ("severe", 3),
        ("life-threatening", 4),
        ("death", 5),
    ),
]
