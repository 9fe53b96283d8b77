"""Spec tables of CTCAE 5.0 and 6.0: the published rows, both sides of every cut, the rule for an abnormal baseline."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row


def against(item: str, value: str, limit: float, *grades: tuple[float, int | None], **given: Given) -> list[Row]:
    """Values in the laboratory's unit with its upper limit, and the grade of each."""
    return [row(item, grade, **{value: amount / limit, **given}) for amount, grade in grades]


def normal(item: str, value: str, baseline: str, one: float, two: float, three: float) -> list[Row]:
    """Both sides of each cut on a normal baseline; grades 2, 3 and 4 begin above `one`, `two` and `three`."""
    cuts = ((1.0, 0, 1), (one, 1, 2), (two, 2, 3), (three, 3, 4))
    return [
        row(item, grade, **{value: amount, baseline: 1.0})
        for cut, at, above in cuts
        for amount, grade in ((cut, at), (cut * 1.01, above))
    ]


def abnormal(
    item: str, value: str, baseline: str, cuts: tuple[float, float, float, float], included: bool
) -> list[Row]:
    """Both sides of each cut on a baseline of 2×ULN."""
    one, two, three, four = cuts
    rows = [
        row(item, 0, **{value: one * 2 * 0.99, baseline: 2}),
        row(item, 1 if included else 0, **{value: one * 2, baseline: 2}),
        row(item, 1, **{value: one * 2 * 1.01, baseline: 2}),
    ]
    for cut, at, above in ((two, 1, 2), (three, 2, 3), (four, 3, 4)):
        rows += [
            row(item, at, **{value: cut * 2, baseline: 2}),
            row(item, above, **{value: cut * 2 * 1.01, baseline: 2}),
        ]
    return rows


def counts(item: str, value: str, cuts: tuple[tuple[float, int, int], ...], **given: Given) -> list[Row]:
    """A count just below each cut and at it."""
    return [
        row(item, grade, **{value: amount, **given})
        for cut, below, at in cuts
        for amount, grade in ((cut * 0.99, below), (cut, at))
    ]


HIGH_40: dict[str, Given] = {"alt_baseline_xuln": 40 / 39}

CTCAE_5 = [
    # Published unit tests of an independent package.
    *against(
        "alt", "alt_peak_xuln", 40, (120, 1), (121, 2), (200, 2), (201, 3), (800, 3), (801, 4), alt_baseline_xuln=1
    ),
    *against(
        "alt",
        "alt_peak_xuln",
        39,
        (59, 0),
        (60, 1),
        (120, 1),
        (121, 2),
        (200, 2),
        (201, 3),
        (800, 3),
        (801, 4),
        **HIGH_40,
    ),
    *against("alp", "alp_peak_xuln", 40, (41, 1), (100, 1), (101, 2), (200, 2), (201, 3), (800, 3), (801, 4)),
    *against(
        "bilirubin",
        "bili_peak_xuln",
        40,
        (40, 0),
        (41, 1),
        (60, 1),
        (61, 2),
        (120, 2),
        (121, 3),
        (400, 3),
        (401, 4),
    ),
    *[
        row("neutrophils", grade, neutrophils_nadir=count, neutrophils_lln=2.0)
        for count, grade in ((0.49, 4), (0.5, 3), (0.99, 3), (1.0, 2), (1.49, 2), (1.5, 1), (1.9, 1), (2.0, 0))
    ],
    *[
        row("platelets", grade, platelets_nadir=count, platelets_lln=100)
        for count, grade in ((24, 4), (25, 3), (49, 3), (50, 2), (74, 2), (75, 1), (99, 1), (100, 0))
    ],
    *[row("platelets", None, platelets_nadir=count) for count in (75, 99, 100)],
    # Seed values.
    row("neutrophils", 3, neutrophils_nadir=0.75),
    row("neutrophils", 2, neutrophils_nadir=1.12),
    row("neutrophils", 1, neutrophils_nadir=1.5, neutrophils_lln=1.8),
    row("neutrophils", 4, neutrophils_nadir=0.32),
    row("neutrophils", None, neutrophils_nadir=1.5),
    row("ast", 4, ast_peak_xuln=70),
    row("alt", 4, alt_peak_xuln=24),
    row("platelets", 1, platelets_nadir=116, platelets_lln=150),
    # Both sides of each cut.
    *normal("alt", "alt_peak_xuln", "alt_baseline_xuln", 3, 5, 20),
    *abnormal("alt", "alt_peak_xuln", "alt_baseline_xuln", (1.5, 3, 5, 20), True),
    *normal("ast", "ast_peak_xuln", "ast_baseline_xuln", 3, 5, 20),
    *abnormal("ast", "ast_peak_xuln", "ast_baseline_xuln", (1.5, 3, 5, 20), True),
    *normal("alp", "alp_peak_xuln", "alp_baseline_xuln", 2.5, 5, 20),
    *abnormal("alp", "alp_peak_xuln", "alp_baseline_xuln", (2, 2.5, 5, 20), True),
    *normal("ggt", "ggt_peak_xuln", "ggt_baseline_xuln", 2.5, 5, 20),
    *abnormal("ggt", "ggt_peak_xuln", "ggt_baseline_xuln", (2, 2.5, 5, 20), True),
    *normal("bilirubin", "bili_peak_xuln", "bili_baseline_xuln", 1.5, 3, 10),
    *abnormal("bilirubin", "bili_peak_xuln", "bili_baseline_xuln", (1, 1.5, 3, 10), False),
    row("alt", 0, alt_peak_xuln=1, alt_baseline_xuln=1.01),
    row("alt", 4, alt_peak_xuln=83.65, alt_baseline_xuln=(1.01, None)),  # raised before, without a figure
    row("alt", None, alt_peak_xuln=(0, 2)),
]

ALIVE: dict[str, Given] = {
    "thrombocytopenia_fatal": False,
    "thrombocytopenia_life_threatening": False,
    "platelet_transfusion": False,
}

CTCAE_6 = [
    *against(
        "alt",
        "alt_peak_xuln",
        39,
        (39, 0),
        (40, 1),
        (60, 1),
        (61, 2),
        (80, 2),
        (81, 3),
        (160, 3),
        (161, 4),
        **HIGH_40,
    ),
    *against(
        "bilirubin",
        "bili_peak_xuln",
        39,
        (39, 0),
        (40, 1),
        (60, 1),
        (61, 2),
        (100, 2),
        (101, 3),
        (400, 3),
        (401, 4),
        bili_baseline_xuln=40 / 39,
    ),
    row("neutrophils", 2, neutrophils_nadir=0.75),
    row("neutrophils", 1, neutrophils_nadir=1.12),
    row("neutrophils", 0, neutrophils_nadir=1.5),
    row("neutrophils", 3, neutrophils_nadir=0.32),
    *counts("neutrophils", "neutrophils_nadir", ((0.1, 4, 3), (0.5, 3, 2), (1.0, 2, 1), (1.5, 1, 0))),
    row("neutrophils", 1, neutrophils_nadir=(1.1, 1.4)),
    *counts(
        "platelets",
        "platelets_nadir",
        ((10, 4, 3), (50, 3, 2), (75, 2, 1), (150, 1, 0)),
        platelets_lln=150,
        **ALIVE,
    ),
    row("platelets", 5, platelets_nadir=30, thrombocytopenia_fatal=True),
    row("platelets", 4, ALIVE, platelets_nadir=60, thrombocytopenia_life_threatening=True),
    row("platelets", 3, ALIVE, platelets_nadir=60, platelet_transfusion=True),
    row("platelets", None, ALIVE, platelets_nadir=80),
    row("alp", 1, alp_peak_xuln=1.01, alp_baseline_xuln=1),
    row("alp", 0, alp_peak_xuln=1, alp_baseline_xuln=0.5),
    row("alp", 0, alp_peak_xuln=1.5, alp_baseline_xuln=1.5),
    row("alp", 1, alp_peak_xuln=1.51, alp_baseline_xuln=1.5),
    row("alp", None, alp_peak_xuln=2.6),  # no baseline: not gradable
    *normal("alt", "alt_peak_xuln", "alt_baseline_xuln", 3, 5, 20),
    *abnormal("alt", "alt_peak_xuln", "alt_baseline_xuln", (1, 1.5, 2, 4), True),
    *normal("ast", "ast_peak_xuln", "ast_baseline_xuln", 3, 5, 20),
    *abnormal("ast", "ast_peak_xuln", "ast_baseline_xuln", (1, 1.5, 2, 4), True),
    *normal("ggt", "ggt_peak_xuln", "ggt_baseline_xuln", 2.5, 5, 20),
    *abnormal("ggt", "ggt_peak_xuln", "ggt_baseline_xuln", (1, 1.5, 3, 10), True),
    *normal("bilirubin", "bili_peak_xuln", "bili_baseline_xuln", 1.5, 3, 10),
    *abnormal("bilirubin", "bili_peak_xuln", "bili_baseline_xuln", (1, 1.5, 2.5, 10), True),
]

ALL: dict[str, list[Row]] = {"ctcae-5": CTCAE_5, "ctcae-6": CTCAE_6}
