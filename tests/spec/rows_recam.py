"""Spec tables of RECAM in both readings: every option of every item, both sides of every limit."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

HEP: dict[str, Given] = {"alt_xuln": 10, "alp_xuln": 1}
CHOL: dict[str, Given] = {"alt_xuln": 3, "alp_xuln": 3}
MIXED: dict[str, Given] = {"alt_xuln": 9, "alp_xuln": 3}
ON_DRUG: dict[str, Given] = {"stop_to_onset": (None, 0)}
SCALES = (CHOL, MIXED)

# --- RECAM ---------------------------------------------------------------------------------------------------------

ONSET = [
    row("1", gives, ON_DRUG, latency=day)
    for day, gives in (
        (-1, -6),
        (0, -6),
        (1, -6),
        (1.1, 3),
        (2, 3),
        (9, 3),
        (9.5, 3),
        (10, 4),
        (60, 4),
        (60.1, 2),
        (61, 2),
        (90, 2),
        (90.1, 0),
        (91, 0),
        (400, 0),
    )
]
ONSET += [
    row("1", gives, latency=30, slow_elimination=False, stop_to_onset=day)
    for day, gives in (
        (0.1, 0),  # after the stop 1b counts alone: the +4 of day 30 is not added
        (30, 0),
        (30.1, -1),
        (31, -1),
        (60, -1),
        (60.1, -2),
        (61, -2),
        (90, -2),
        (90.1, -4),
        (91, -4),
        (120, -4),
        (120.1, -6),
        (121, -6),
    )
]
ONSET += [
    row("1", 0, latency=200, slow_elimination=True, stop_to_onset=150),
    row("1", 4, latency=30, stop_to_onset=0),
    row("1", 4, latency=30),
    row("1", None, ON_DRUG),
]

STEPS = ((1, 4), (30, 4), (30.1, 3), (31, 3), (90, 3), (90.1, 2), (91, 2), (182, 2), (182.1, 1), (183, 1), (365, 1))
COURSE = [row("2", gives, HEP, alt_halved_on_drug=False, alt_fall_days=day) for day, gives in STEPS]
COURSE += [row("2", gives, scale, alp_fall_days=day) for scale in SCALES for day, gives in STEPS]
COURSE += [row("2", gives, scale, bili_fall_days=day) for scale in SCALES for day, gives in STEPS]
COURSE += [
    row("2", 0, HEP, stayed_high=False, alt_halved_on_drug=False, alt_fall_days=365.1),
    row("2", 0, HEP, alp_fall_days=5),  # ALP does not count with R ≥ 5
    row("2", 0, CHOL, alt_fall_days=5),
    row("2", 4, CHOL, alp_fall_days=200, bili_fall_days=20),  # whichever scores higher
    row("2", 1, CHOL, alp_fall_days=200, bili_fall_days=400),
    row("2", -6, HEP, alt_halved_on_drug=True),
    row("2", -6, HEP, alt_halved_on_drug=True, alt_fall_days=10),
    row("2", -6, CHOL, alp_halved_on_drug=True, bili_halved_on_drug=True),
    row("2", -6, HEP, alt_halved_on_drug=False, alt_fall_days=(200, None), stayed_high=True),
    row("2", -6, CHOL, stayed_high=True, alp_fall_days=(366, None), bili_fall_days=(366, None)),
    row("2", 0, CHOL, stayed_high=False, alp_fall_days=365.1, alp_halved_on_drug=False, bili_halved_on_drug=False),
    row("2", -6, CHOL, stayed_high=False, bili_fall_days=400, alp_halved_on_drug=True),
    row("2", -6, CHOL, stayed_high=False, alp_halved_on_drug=True, bili_halved_on_drug=False),
    row("2", -6, CHOL, alp_halved_on_drug=False, bili_halved_on_drug=True),
    row("2", 2, CHOL, alp_halved_on_drug=True, bili_halved_on_drug=False, bili_fall_days=150),
    row(
        "2",
        0,
        HEP,
        alt_halved_on_drug=False,
        alt_fall_days=(366, None),
        stayed_high=False,
    ),
    row("2", 0, HEP),
    row("2", 0, alt_fall_days=10),  # R not known
]

LITERATURE = [
    row("3", gives, livertox_category=letter)
    for letter, gives in (("A", 3), ("B", 3), ("C", 1), ("D", 1), ("E*", 1), ("E", 0), ("X", 0), ("not listed", 0))
] + [row("3", 0)]

VIRUSES = [
    row("4a", -6, hav="positive"),
    row("4a", -3, hav="not done"),
    row("4a", 0, hav="negative"),
    row("4a", -3, hav="not reported"),
    row("4a", -3),
    row("4b", -6, hbc_igm="positive"),
    row("4b", -6, hbc_igm="positive", hbsag="positive"),
    row("4b", -3, hbc_igm="not done"),
    row("4b", -3, hbc_igm="not done", hbsag="negative"),
    row("4b", -1, hbc_igm="negative", hbsag="positive"),
    row("4b", 0, hbc_igm="negative", hbsag="negative"),
    row("4b", 0, hbc_igm="negative"),
    row("4b", -3, hbsag="negative"),
    row("4b", -3),
]
HCV_POSITIVE = [
    row("4c", -1, CHOL, hcv_rna="positive"),
    row("4c", -1, MIXED, hcv_rna="positive", hcv_chronic=False, hcv_exposure=True),
    row("4c", -6, HEP, hcv_rna="positive", hcv_chronic=False, hcv_exposure=True),
    row("4c", -1, HEP, hcv_rna="positive", hcv_chronic=True, hcv_exposure=True),
    row("4c", -1, HEP, hcv_rna="positive", hcv_chronic=False, hcv_exposure=False),
    row("4c", -1, HEP, hcv_rna="positive"),
]
HEPATITIS_C = [
    *HCV_POSITIVE,
    row("4c", -3, anti_hcv="not done", hcv_rna="negative"),
    row("4c", -3, anti_hcv="negative", hcv_rna="not done"),
    row("4c", 0, anti_hcv="negative", hcv_rna="negative"),
    row("4c", 0, anti_hcv="positive", hcv_rna="negative"),
    row("4c", -3, anti_hcv="negative"),
    row("4c", -3, hcv_rna="negative"),
    row("4c", -3),
]
HEPATITIS_C_OPTIONAL = [
    *HCV_POSITIVE,
    row("4c", -3, anti_hcv="not done", hcv_rna="negative"),
    row("4c", 0, anti_hcv="negative", hcv_rna="not done"),
    row("4c", 0, anti_hcv="negative", hcv_rna="negative"),
    row("4c", 0, anti_hcv="positive", hcv_rna="negative"),
    row("4c", 0, anti_hcv="negative"),
    row("4c", -3, hcv_rna="negative"),
    row("4c", -3),
]
HEPATITIS_E = [
    row("4d", -6, hev="positive"),
    row("4d", -3, hev="not done"),
    row("4d", 0, hev="negative"),
    row("4d", -3),
]
HEPATITIS_E_OPTIONAL = [
    row("4d", -6, hev="positive"),
    row("4d", 0, hev="not done"),
    row("4d", 0, hev="negative"),
    row("4d", 0),
]

AH: dict[str, Given] = {"ast_alt_ratio": 2, "ast_found_u_l": 500}
WOMAN: dict[str, Given] = {**AH, "sex": "female"}
MAN: dict[str, Given] = {**AH, "sex": "male"}

ALCOHOL = [
    row("4e", 0, WOMAN, alcohol_drinks=0),
    row("4e", 0, WOMAN, alcohol_drinks=2.8),  # 2 drinks of 14 g are 2.8 of 10 g
    row("4e", -3, WOMAN, alcohol_drinks=2.9),
    row("4e", -3, WOMAN, alcohol_drinks=5.6),
    row("4e", -6, WOMAN, alcohol_drinks=5.7),
    row("4e", 0, MAN, alcohol_drinks=4.2),
    row("4e", -3, MAN, alcohol_drinks=4.3),
    row("4e", -3, MAN, alcohol_drinks=8.4),
    row("4e", -6, MAN, alcohol_drinks=8.5),
    row("4e", -6, AH, alcohol_drinks=9),
    row("4e", -3, AH, alcohol_drinks=4.3),
    row("4e", 0, WOMAN, ast_alt_ratio=1.99, alcohol_drinks=10),
    row("4e", 0, WOMAN, ast_found_u_l=501, alcohol_drinks=10),
    row("4e", 0, ast_alt_ratio=1.5),  # no history, but AST/ALT does not ask for one
    row("4e", 0, alcohol_drinks=0),
    row("4e", -3, WOMAN),
    row("4e", -3),
]

IMAGING = [
    row("4f", -3, liver_imaging="not done"),
    row("4f", -6, liver_imaging="obstruction"),
    row("4f", -6, liver_imaging="infiltration"),
    row("4f", 0, liver_imaging="neither"),
    row("4f", -3),
]

OTHER: dict[str, Given] = {"aih_like_drug": False}
LIKE: dict[str, Given] = {"aih_like_drug": True}
NONE: dict[str, Given] = {"ana_titre": 79, "sma_titre": 79, "igg_xuln": 1.09}

AUTOIMMUNE = [
    row("4g", -6, OTHER, ana_titre=80, igg_xuln=1.1, aih_histology="typical"),
    row("4g", -6, OTHER, sma_titre=80, igg_xuln=1.1, aih_histology="typical"),
    row("4g", -1, OTHER, NONE, ana_titre=80, aih_histology="typical"),
    row("4g", -1, OTHER, NONE, sma_titre=80),
    row("4g", -1, OTHER, NONE, igg_xuln=1.1),
    row("4g", -1, OTHER, ana_titre=80, igg_xuln=1.1, aih_histology="compatible"),
    row("4g", -1, OTHER, ana_titre=320),
    row("4g", 0, OTHER, NONE),
    row("4g", 0, OTHER, ana_titre=79),
    row("4g", 0, OTHER, sma_titre=79),
    row("4g", 0, OTHER, igg_xuln=1.09),
    row("4g", 0, LIKE, NONE, ana_titre=80),
    row("4g", 0, LIKE, NONE, sma_titre=80),
    row("4g", 0, LIKE, NONE, igg_xuln=1.1, aih_histology="typical"),
    row("4g", -3, OTHER, autoimmune_tested=False),
    row("4g", -3, LIKE, autoimmune_tested=False),
    row("4g", -3, OTHER),
    row("4g", -3, LIKE),
]

STATE = [
    row("4h", -2, ischaemia_before=True),
    row("4h", 0, ischaemia_before=False),
    row("4h", -1),
    row("4i", 0, HEP),
    row("4i", 0, HEP, sepsis_present=True),
    row("4i", -2, CHOL, sepsis_present=True),
    row("4i", -2, MIXED, sepsis_present=True),
    row("4i", 0, CHOL, sepsis_present=False),
    row("4i", -1, CHOL),
    row("4i", -1),
]

DONE: dict[str, Given] = {"rechallenge": "positive", "rechallenge_days": 90}

ADDITIONAL = [
    row("5a", 1, dili_jaundice_before=True),
    row("5a", 0, dili_jaundice_before=False),
    row("5a", 0),
    row("5b", 0, HEP, rechallenge="not done"),
    row("5b", 0, HEP, DONE, rechallenge_days=90.1, rechallenge_alt_before=1, rechallenge_alt_during=9),
    row("5b", 6, HEP, DONE, rechallenge_alt_before=1, rechallenge_alt_during=3.01),
    row("5b", 0, HEP, DONE, rechallenge_ast_during=3, rechallenge_alt_before=1, rechallenge_alt_during=3),
    row("5b", 6, HEP, DONE, rechallenge_ast_during=3.01, rechallenge_alt_before=1, rechallenge_alt_during=1),
    row("5b", 0, HEP, DONE, rechallenge_ast_during=2.9, rechallenge_alt_before=1.01, rechallenge_alt_during=3.03),
    row("5b", 6, HEP, DONE, rechallenge_ast_during=2.9, rechallenge_alt_before=1.01, rechallenge_alt_during=3.04),
    row("5b", 0, HEP, DONE, rechallenge_alt_before=2, rechallenge_alt_during=6),
    row("5b", 6, HEP, DONE, rechallenge_alt_before=2, rechallenge_alt_during=6.01),
    row("5b", 6, HEP, DONE, rechallenge_alt_during=4),  # the value before is not known: the limit counts
    row("5b", 6, HEP, rechallenge_alt_before=0.5, rechallenge_alt_during=4),
    row("5b", 0, CHOL, DONE, rechallenge_alp_before=1, rechallenge_alp_during=2),
    row("5b", 6, CHOL, DONE, rechallenge_alp_before=1, rechallenge_alp_during=2.01),
    row("5b", 0, CHOL, DONE, rechallenge_alp_before=1.01, rechallenge_alp_during=2.02),
    row("5b", 6, MIXED, DONE, rechallenge_alp_before=1.5, rechallenge_alp_during=3.01),
    row("5b", 0, MIXED, DONE, rechallenge_alp_before=1.5, rechallenge_alp_during=3),
    row("5b", 0, CHOL, DONE, rechallenge_alt_before=1, rechallenge_alt_during=9),
    row("5b", 0, HEP),
    row("5c", -6, liver_biopsy="other diagnosis"),
    row("5c", 1, liver_biopsy="specific drug injury"),
    row("5c", 0, liver_biopsy="not specific"),
    row("5c", 0, liver_biopsy="not done"),
    row("5c", 0),
    row("5g", 1, dress_or_sjs=True),
    row("5g", 0, dress_or_sjs=False),
    row("5g", 0),
]
ADDITIONAL += [
    row(item, gives, given)
    for item, virus in (("5d", "cmv"), ("5e", "ebv"), ("5f", "hsv"))
    for given, gives in (
        ({f"{virus}_igm": "positive", f"{virus}_dna": "positive"}, -6),
        ({f"{virus}_igm": "positive", f"{virus}_dna": "negative"}, -2),
        ({f"{virus}_igm": "negative", f"{virus}_dna": "positive"}, -2),
        ({f"{virus}_igm": "positive", f"{virus}_dna": "not done"}, -2),
        ({f"{virus}_dna": "positive"}, -2),
        ({f"{virus}_igm": "positive"}, -2),
        ({f"{virus}_igm": "negative", f"{virus}_dna": "negative"}, 0),
        ({f"{virus}_igm": "not done", f"{virus}_dna": "not done"}, 0),
        ({f"{virus}_igm": "negative"}, 0),
        ({}, 0),
    )
]

SHARED = [*ONSET, *COURSE, *LITERATURE, *VIRUSES, *ALCOHOL, *IMAGING, *AUTOIMMUNE, *STATE, *ADDITIONAL]
RECAM = [*SHARED, *HEPATITIS_C, *HEPATITIS_E]
RECAM_MODIFIED = [*SHARED, *HEPATITIS_C_OPTIONAL, *HEPATITIS_E_OPTIONAL]

ALL: dict[str, list[Row]] = {"recam-2022": RECAM, "recam-2022-modified": RECAM_MODIFIED}
