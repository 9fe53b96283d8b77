"""Liver tests, clotting and chemistry of CTCAE: published tests, seed values, both sides of every cut."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.ctcae_shapes import abnormal, above, against, counts, normal
from tests.spec.table import Row, row

HIGH_40: dict[str, Given] = {"alt_baseline_xuln": 40 / 39}
QUIET: dict[str, Given] = {"inr_consequence": "none of these"}


def _inr() -> list[Row]:
    item, beside = "inr", "inr-on-anticoagulant"
    published = ((2.51, 2.6, 3, 0), (2.5, 1, 2, 2), (1.51, 1, 2, 2), (1.5, 1, 1, 1), (1.19, 1.19, 0, 0))
    rows = [
        line
        for value, before, absolute, multiple in published
        for line in (
            row(item, absolute, inr_peak=value, inr_on_anticoagulant_xbl=value / before),
            row(beside, multiple, inr_peak=value, inr_on_anticoagulant_xbl=value / before),
        )
    ]
    return [
        *rows,
        *above(item, "inr_peak", ((1.2, 0, 1), (1.5, 1, 2), (2.5, 2, 3)), **QUIET),
        *above(beside, "inr_on_anticoagulant_xbl", ((1, 0, 1), (1.5, 1, 2), (2.5, 2, 3))),
        row(item, 1, inr_peak=1.1, inr_consequence="monitoring only"),
        row(item, 2, inr_peak=1.1, inr_consequence="anticoagulant dose changed"),
        row(item, 3, inr_peak=1.1, inr_consequence="bleeding"),
        row(item, None, inr_peak=(1.0, 1.4), inr_consequence="none of these"),
        row(beside, None, inr_on_anticoagulant_xbl=(0.9, 1.2)),
    ]


def _clotting() -> list[Row]:
    return [
        *above("aptt", "aptt_peak_xuln", ((1, 0, 1), (1.5, 1, 2), (2.5, 2, 3)), aptt_bleeding=False),
        row("aptt", 3, aptt_peak_xuln=1.1, aptt_bleeding=True),
        row("aptt", None, aptt_peak_xuln=(0.9, 1.2), aptt_bleeding=False),
    ]


def _fibrinogen() -> list[Row]:
    item, value, limit, fall, low = (
        "fibrinogen",
        "fibrinogen_nadir_g_l",
        "fibrinogen_lln_g_l",
        "fibrinogen_fall_pct",
        "fibrinogen_baseline_low",
    )
    rows = [
        # Published: by the lower limit, and by a fall to a value below it.
        row(item, 4, **{value: 0.49}),
        *[
            row(item, grade, **{value: amount, limit: lln})
            for amount, lln, grade in ((0.5, 2.1, 4), (1.0, 2.1, 3), (1.5, 2.1, 2), (2.0, 2.1, 1), (1.5, 1.5, 0))
        ],
        *[
            row(item, grade, **{value: amount, limit: lln, fall: percent})
            for amount, lln, percent, grade in ((1.0, 2.0, 50, 3), (1.5, 1.6, 25, 2), (0.5, 1.1, 75, 4))
        ],
        row(item, 2, **{value: 1.5, limit: 1.6, fall: 25, low: False}),
        # Both sides of each share of the limit, the baseline being normal.
        *counts(
            item,
            value,
            ((0.25 * 4, 4, 3), (0.5 * 4, 3, 2), (0.75 * 4, 2, 1), (4, 1, 0)),
            **{limit: 4, low: False, fall: 10},
        ),
        row(item, 4, **{value: 0.49, limit: 4, low: False, fall: 10}),
        row(item, 4, **{value: 0.5, limit: 4, low: False, fall: 10}),
        row(item, 4, **{value: 0.5, limit: 1.1, low: False, fall: 75.1}),
        row(item, 0, **{value: 2.1, limit: 2, low: False, fall: 60}),  # a fall within normal values is no decrease
        row(item, None, **{value: 1.9}),
    ]
    # An abnormal baseline: the fall alone decides.
    for percent, grade in ((-5, 0), (0, 0), (0.9, 1), (24.9, 1), (25, 2), (49.9, 2), (50, 3), (74.9, 3), (75, 4)):
        rows.append(row(item, grade, **{value: 0.6, limit: 2, low: True, fall: percent}))
    return rows


def _metabolism() -> list[Row]:
    return [
        *above("ldh", "ldh_peak_xuln", ((1, 0, 1),)),
        row("ldh", None, ldh_peak_xuln=(0.5, 1.5)),
        *counts("triglycerides", "triglycerides_peak_mg_dl", ((150, 0, 1),), triglycerides_consequence="none of these"),
        *above(
            "triglycerides",
            "triglycerides_peak_mg_dl",
            ((300, 1, 2), (500, 2, 3), (1000, 3, 4)),
            triglycerides_consequence="none of these",
        ),
        row("triglycerides", 4, triglycerides_peak_mg_dl=200, triglycerides_consequence="life-threatening"),
        row("triglycerides", 5, triglycerides_peak_mg_dl=200, triglycerides_consequence="death"),
        row("triglycerides", 1, triglycerides_peak_mg_dl=(200, 400)),  # what is certain; the range goes higher
        row("triglycerides", None, triglycerides_peak_mg_dl=(140, 160)),
        *counts(
            "albumin",
            "albumin_nadir_g_l",
            ((20, 3, 2), (30, 2, 1), (35, 1, 0)),
            albumin_lln_g_l=35,
            albumin_consequence="none of these",
        ),
        row("albumin", 4, albumin_nadir_g_l=31, albumin_consequence="life-threatening"),
        row("albumin", 5, albumin_nadir_g_l=31, albumin_consequence="death"),
        row("albumin", None, albumin_nadir_g_l=31),
    ]


def _creatinine(**given: Given) -> list[Row]:
    item, value, baseline = "creatinine", "creatinine_peak_xuln", "creatinine_baseline_xuln"
    return [
        *above(item, value, ((1, 0, 1), (1.5, 1, 2), (3, 2, 3), (6, 3, 4)), **{baseline: 2}, **given),
        *above(item, value, ((0.6, 0, 2), (1.2, 2, 3)), **{baseline: 0.4}, **given),
        row(item, 1, **{value: 1.4}),  # the baseline is not known
        row(item, None, {baseline: 1}, {value: (0.9, 1.2)}, **given),
    ]


SHARED = [*_inr(), *_clotting(), *_fibrinogen(), *_metabolism()]

CHEMISTRY_5 = [
    *SHARED,
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
        "bilirubin", "bili_peak_xuln", 40, (40, 0), (41, 1), (60, 1), (61, 2), (120, 2), (121, 3), (400, 3), (401, 4)
    ),
    # Seed values.
    row("ast", 4, ast_peak_xuln=70),
    row("alt", 4, alt_peak_xuln=24),
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
    *_creatinine(),
    *above("cpk", "ck_peak_xuln", ((1, 0, 1), (2.5, 1, 2), (5, 2, 3), (10, 3, 4))),
    row("cpk", None, ck_peak_xuln=(0.5, 1.5)),
]

CHEMISTRY_6 = [
    *SHARED,
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
    *_creatinine(creatinine_baseline_low=True),
    row("creatinine", 0, creatinine_peak_xuln=0.9, creatinine_baseline_xuln=0.5, creatinine_baseline_low=False),
    row("creatinine", 1, creatinine_peak_xuln=1.4, creatinine_baseline_xuln=0.6, creatinine_baseline_low=False),
]
