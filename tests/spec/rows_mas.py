"""Spec tables of macrophage activation: MAS 2016 and 2005, HScore, HLH-2004 and its revision, MS score, ferritin ÷ ESR.

Figures are typed here from the fact sheet on macrophage activation, not taken from the definitions.
"""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

Sheet = dict[str, Given]

# --- EULAR/ACR/PRINTO 2016 -------------------------------------------------------------------------------------------

MAS_NONE: Sheet = {
    "fever": True,
    "ferritin_ug_l": 685,
    "platelets_lowest": 300,
    "ast_u_l": 20,
    "triglycerides_mg_dl": 100,
    "fibrinogen_g_l": 5,
}
MAS_LIMITS: tuple[tuple[str, str, float, float], ...] = (
    # item, fact, the last figure that counts, the first that does not
    ("ferritin", "ferritin_ug_l", 685, 684),
    ("platelets", "platelets_lowest", 181, 182),
    ("ast", "ast_u_l", 49, 48),
    ("triglycerides", "triglycerides_mg_dl", 157, 156),
    ("fibrinogen", "fibrinogen_g_l", 3.6, 3.61),
)
MAS_FOUR = MAS_LIMITS[1:]

MAS_2016 = [
    row("fever", "yes", fever=True),
    row("fever", "no", fever=False),
    row("fever", None),
    *[row(item, "yes", {fact: yes}) for item, fact, yes, _ in MAS_LIMITS],
    *[row(item, "no", {fact: no}) for item, fact, _, no in MAS_LIMITS],
    *[row(item, None) for item, *_ in MAS_LIMITS],
    # one of the four is sure, the tested one is the second
    *[
        row("verdict", "met" if counts else "not met", MAS_NONE, {partner: sure, fact: figure})
        for (_, partner, sure, _), (_, fact, yes, no) in zip(MAS_FOUR, (*MAS_FOUR[1:], MAS_FOUR[0]), strict=True)
        for counts, figure in ((True, yes), (False, no))
    ],
    row("verdict", "not met", MAS_NONE, ferritin_ug_l=684, platelets_lowest=100, ast_u_l=100),
    row("verdict", "met", MAS_NONE, ferritin_ug_l=684.1, platelets_lowest=100, ast_u_l=100),
    row("verdict", "not met", MAS_NONE, fever=False, platelets_lowest=100, ast_u_l=100),
    row("verdict", "not met", fever=False),
    row("verdict", "not met", ferritin_ug_l=684),
    row("verdict", None, fever=True, ferritin_ug_l=905, platelets_lowest=116),
]

# --- HScore ----------------------------------------------------------------------------------------------------------

HSCORE = [
    row("immunosuppression", 18, immunosuppression=True),
    row("immunosuppression", 0, immunosuppression=False),
    row("immunosuppression", None),
    row("temperature", 0, temperature_c=38.3),
    row("temperature", 33, temperature_c=38.4),
    row("temperature", 33, temperature_c=39.4),
    row("temperature", 49, temperature_c=39.5),
    row("temperature", None, temperature_c=(39, 40)),
    row("organomegaly", 38, hepatomegaly=True, splenomegaly=True),
    row("organomegaly", 23, hepatomegaly=True, splenomegaly=False),
    row("organomegaly", 23, hepatomegaly=False, splenomegaly=True),
    row("organomegaly", 0, hepatomegaly=False, splenomegaly=False),
    row("organomegaly", None, hepatomegaly=True),
    row("cytopenia", 34, haemoglobin_lowest_g_l=92, wbc_lowest=5, platelets_lowest=110),
    row("cytopenia", 24, haemoglobin_lowest_g_l=92.1, wbc_lowest=5, platelets_lowest=110),
    row("cytopenia", 24, haemoglobin_lowest_g_l=92, wbc_lowest=5.1, platelets_lowest=110),
    row("cytopenia", 24, haemoglobin_lowest_g_l=92, wbc_lowest=5, platelets_lowest=111),
    row("cytopenia", 0, haemoglobin_lowest_g_l=90, wbc_lowest=5.4, platelets_lowest=116),
    row("cytopenia", 0, haemoglobin_lowest_g_l=96, wbc_lowest=8, platelets_lowest=122),
    row("cytopenia", None, haemoglobin_lowest_g_l=90),
    row("ferritin", 0, ferritin_ug_l=1999),
    row("ferritin", 35, ferritin_ug_l=2000),
    row("ferritin", 35, ferritin_ug_l=6000),
    row("ferritin", 50, ferritin_ug_l=6001),
    row("ferritin", 50, ferritin_ug_l=(10000, None)),
    row("ferritin", None),
    row("triglycerides", 0, triglycerides_mg_dl=132.6),
    row("triglycerides", 44, triglycerides_mg_dl=132.7),
    row("triglycerides", 44, triglycerides_mg_dl=132.855),  # 1.5 mmol/L
    row("triglycerides", 44, triglycerides_mg_dl=354),
    row("triglycerides", 44, triglycerides_mg_dl=354.28),  # 4.0 mmol/L
    row("triglycerides", 44, triglycerides_mg_dl=354.3),
    row("triglycerides", 64, triglycerides_mg_dl=355),
    row("triglycerides", None),
    row("fibrinogen", 30, fibrinogen_g_l=2.5),
    row("fibrinogen", 0, fibrinogen_g_l=2.51),
    row("fibrinogen", None),
    row("ast", 19, ast_u_l=30),
    row("ast", 0, ast_u_l=29),
    row("ast", 19, ast_u_l=(1400, None)),
    row("ast", None),
    row("haemophagocytosis", 35, haemophagocytosis=True),
    row("haemophagocytosis", 0, haemophagocytosis=False),
    row("haemophagocytosis", None),
]

# --- HLH-2004 and the revision of 2024 -------------------------------------------------------------------------------

HLH_NONE: Sheet = {
    "molecular_hlh": False,
    "temperature_c": 37,
    "splenomegaly": False,
    "haemoglobin_lowest_g_l": 130,
    "platelets_lowest": 250,
    "neutrophils_lowest": 4,
    "age": 30,
    "triglycerides_mg_dl": 100,
    "fibrinogen_g_l": 3,
    "haemophagocytosis": False,
    "ferritin_ug_l": 100,
    "scd25_u_ml": 500,
}
NK_NORMAL: Sheet = {"nk_activity": "normal"}
CYTOPENIA: Sheet = {"haemoglobin_lowest_g_l": 80, "platelets_lowest": 50}
# item, facts with which the criterion holds, facts just beyond with which it does not
HLH_LIMITS: tuple[tuple[str, Sheet, Sheet], ...] = (
    ("fever", {"temperature_c": 38.5}, {"temperature_c": 38.4}),
    ("splenomegaly", {"splenomegaly": True}, {"splenomegaly": False}),
    ("cytopenia", {**CYTOPENIA, "haemoglobin_lowest_g_l": 89.9}, {**CYTOPENIA, "haemoglobin_lowest_g_l": 90}),
    ("cytopenia", {**CYTOPENIA, "platelets_lowest": 99}, {**CYTOPENIA, "platelets_lowest": 100}),
    (
        "cytopenia",
        {"haemoglobin_lowest_g_l": 80, "neutrophils_lowest": 0.99},
        {"haemoglobin_lowest_g_l": 80, "neutrophils_lowest": 1},
    ),
    (
        "cytopenia",
        {"age": 0.07, "haemoglobin_lowest_g_l": 99.9, "platelets_lowest": 50},
        {"age": 0.07, "haemoglobin_lowest_g_l": 100, "platelets_lowest": 50},
    ),
    (
        "cytopenia",
        {"age": 0.0766, "haemoglobin_lowest_g_l": 95, "platelets_lowest": 50},
        {"age": 0.0767, "haemoglobin_lowest_g_l": 95, "platelets_lowest": 50},
    ),
    ("triglycerides-fibrinogen", {"triglycerides_mg_dl": 265}, {"triglycerides_mg_dl": 264}),
    ("triglycerides-fibrinogen", {"fibrinogen_g_l": 1.5}, {"fibrinogen_g_l": 1.51}),
    ("haemophagocytosis", {"haemophagocytosis": True}, {"haemophagocytosis": False}),
    ("ferritin", {"ferritin_ug_l": 500}, {"ferritin_ug_l": 499}),
    ("scd25", {"scd25_u_ml": 2400}, {"scd25_u_ml": 2399}),
)
FILLING: tuple[tuple[str, Sheet], ...] = (
    ("fever", {"temperature_c": 39}),
    ("splenomegaly", {"splenomegaly": True}),
    ("haemophagocytosis", {"haemophagocytosis": True}),
    ("ferritin", {"ferritin_ug_l": 9000}),
    ("scd25", {"scd25_u_ml": 9000}),
)


def others(item: str, count: int = 4) -> Sheet:
    """So many criteria that hold, other than this one, and nothing else."""
    sheet = dict(HLH_NONE)
    for _, facts in [filling for filling in FILLING if filling[0] != item][:count]:
        sheet.update(facts)
    return sheet


def hlh(base: Sheet) -> list[Row]:
    """The rows that both editions share."""
    items = dict.fromkeys(item for item, *_ in HLH_LIMITS)
    return [
        row("molecular", "yes", molecular_hlh=True),
        row("molecular", "no", molecular_hlh=False),
        row("molecular", None),
        *[row(item, "yes", HLH_NONE, yes) for item, yes, _ in HLH_LIMITS],
        *[row(item, "no", HLH_NONE, no) for item, _, no in HLH_LIMITS],
        *[row(item, None) for item in items],
        *[row("verdict", "met", base, others(item), yes) for item, yes, _ in HLH_LIMITS],
        *[row("verdict", "not met", base, others(item), no) for item, _, no in HLH_LIMITS],
        row("verdict", "met", molecular_hlh=True),
        row("verdict", None, base, temperature_c=39, ferritin_ug_l=9000),
    ]


HLH_2004 = [
    *hlh(NK_NORMAL),
    row("nk", "yes", nk_activity="low or absent"),
    row("nk", "no", nk_activity="normal"),
    row("nk", None),
    row("verdict", "met", others("nk"), nk_activity="low or absent"),
    row("verdict", "not met", others("nk"), nk_activity="normal"),
]
HLH_2024 = hlh({})

# --- MS score --------------------------------------------------------------------------------------------------------

QUIET: Sheet = {
    "cns_dysfunction": False,
    "haemorrhage": False,
    "active_arthritis": False,
    "platelets_lowest": 200,
    "ldh_u_l": 0,
    "fibrinogen_g_l": 3.75,
    "ferritin_ug_l": 0,
}
# −0.6 for the platelets and −1.5 for the fibrinogen make −2.1
MS_SCORE = [
    row("score", "consider MAS", QUIET),
    row("score", "consider MAS", QUIET, ldh_u_l=10),
    row("score", "below the cut-off", QUIET, platelets_lowest=204),
    row("score", "below the cut-off", QUIET, active_arthritis=True),
    row("score", "consider MAS", QUIET, active_arthritis=True, haemorrhage=True),
    row("score", "consider MAS", QUIET, active_arthritis=True, cns_dysfunction=True),
    row("score", "consider MAS", QUIET, active_arthritis=True, ferritin_ug_l=13000),
    row("score", None, QUIET, fibrinogen_g_l=(0.5, 4)),
    row("score", None),
    row("danish", "consider MAS", QUIET, ldh_u_l=600),
    row("danish", "consider MAS", QUIET, ldh_u_l=610),
    row("danish", "below the cut-off", QUIET, ldh_u_l=590),
    row("danish", None),
]

# --- ferritin ÷ ESR --------------------------------------------------------------------------------------------------

FERRITIN_ESR = [
    row("ratio", "suggests MAS", ferritin_ug_l=2151, esr_mm_h=100),
    row("ratio", "does not", ferritin_ug_l=2150, esr_mm_h=100),
    row("ratio", "does not", ferritin_ug_l=2149, esr_mm_h=100),
    row("ratio", "suggests MAS", ferritin_ug_l=(10000, None), esr_mm_h=10),
    row("ratio", None, ferritin_ug_l=905),
    row("danish", "suggests MAS", ferritin_ug_l=1940, esr_mm_h=100),
    row("danish", "does not", ferritin_ug_l=1939, esr_mm_h=100),
    row("danish", None),
]

# --- Ravelli 2005 ----------------------------------------------------------------------------------------------------

MAS05_NONE: Sheet = {
    "platelets_lowest": 400,
    "ast_u_l": 20,
    "wbc_lowest": 10,
    "fibrinogen_g_l": 5,
    "cns_dysfunction": False,
    "haemorrhage": False,
    "liver_below_arch_cm": 0,
}
MAS05_LAB: tuple[tuple[str, str, float, float], ...] = (
    ("platelets", "platelets_lowest", 262, 263),
    ("ast", "ast_u_l", 60, 59),
    ("wbc", "wbc_lowest", 4, 4.1),
    ("fibrinogen", "fibrinogen_g_l", 2.5, 2.51),
)
BLEEDS: Sheet = {"haemorrhage": True}

MAS_2005 = [
    *[row(item, "yes", {fact: yes}) for item, fact, yes, _ in MAS05_LAB],
    *[row(item, "no", {fact: no}) for item, fact, _, no in MAS05_LAB],
    *[row(item, None) for item, *_ in MAS05_LAB],
    *[
        row(item, code, given)
        for item, fact in (
            ("cns", "cns_dysfunction"),
            ("haemorrhage", "haemorrhage"),
            ("haemophagocytosis", "haemophagocytosis"),
        )
        for code, given in (("yes", {fact: True}), ("no", {fact: False}), (None, dict[str, Given]()))
    ],
    row("hepatomegaly", "yes", liver_below_arch_cm=3),
    row("hepatomegaly", "no", liver_below_arch_cm=2.9),
    row("hepatomegaly", None),
    *[
        row("verdict", "met" if counts else "not met", MAS05_NONE, {partner: sure, fact: figure})
        for (_, partner, sure, _), (_, fact, yes, no) in zip(MAS05_LAB, (*MAS05_LAB[1:], MAS05_LAB[0]), strict=True)
        for counts, figure in ((True, yes), (False, no))
    ],
    *[row("verdict", "met by the looser reading", MAS05_NONE, BLEEDS, {fact: yes}) for _, fact, yes, _ in MAS05_LAB],
    row("verdict", "met by the looser reading", MAS05_NONE, BLEEDS, liver_below_arch_cm=3),
    row("verdict", "not met", MAS05_NONE, BLEEDS, liver_below_arch_cm=2.9),
    row("verdict", "met", MAS05_NONE, BLEEDS, cns_dysfunction=True, liver_below_arch_cm=3),
    row("verdict", "met", MAS05_NONE, BLEEDS, cns_dysfunction=True, platelets_lowest=262),
    row("verdict", None, platelets_lowest=100),
]

ALL: dict[str, list[Row]] = {
    "mas-2016": MAS_2016,
    "hscore-2014": HSCORE,
    "hlh-2004": HLH_2004,
    "hlh-2024": HLH_2024,
    "ms-score": MS_SCORE,
    "ferritin-esr-ratio": FERRITIN_ESR,
    "mas-2005": MAS_2005,
}
