"""Spec tables of the liver scores: every option of every item, every missing rule, both sides of every limit."""

from __future__ import annotations

import math

from dechallenge.facts.vocabulary.histology import FEATURES
from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

# --- fibrosis indices: inputs that give a wanted value of the formula ------------------------------------------------


def index(years: float, ast: float, alt: float, platelets: float) -> dict[str, Given]:
    return {"age": years, "fibrosis_ast_u_l": ast, "fibrosis_alt_u_l": alt, "fibrosis_platelets": platelets}


def fib4(wanted: float, years: float = 50) -> dict[str, Given]:
    """ALT 100 and platelets 100: FIB-4 is age × AST ÷ 1000."""
    return index(years, wanted * 1000 / years, 100, 100)


FIB_4 = [
    row("fib4", "low", fib4(1.449)),
    row("fib4", "indeterminate", fib4(1.45)),
    row("fib4", "indeterminate", fib4(3.25)),
    row("fib4", "advanced", fib4(3.26)),
    row("fib4", None, age=50, fibrosis_ast_u_l=40, fibrosis_alt_u_l=40),
    row("fib4", "low", index(46, 22, 18, 178)),
    row("nafld", "low", fib4(1.299)),
    row("nafld", "indeterminate", fib4(1.30)),
    row("nafld", "indeterminate", fib4(1.99, 64)),
    row("nafld", "low", fib4(1.99, 65)),
    row("nafld", "indeterminate", fib4(2.0, 65)),
    row("nafld", "indeterminate", fib4(2.67)),
    row("nafld", "advanced", fib4(2.68)),
    row("nafld", None, age=50, fibrosis_ast_u_l=40),
]


def apri(wanted: float) -> dict[str, Given]:
    """Platelets 100: APRI is AST in multiples of its limit."""
    return {"fibrosis_ast_xuln": wanted, "fibrosis_platelets": 100}


APRI = [
    row("apri", "low", apri(0.49)),
    row("apri", "indeterminate", apri(0.5)),
    row("apri", "indeterminate", apri(1.5)),
    row("apri", "significant fibrosis", apri(1.51)),
    row("apri", None, fibrosis_ast_xuln=1),
    row("cirrhosis", "low", apri(0.99)),
    row("cirrhosis", "indeterminate", apri(1.0)),
    row("cirrhosis", "indeterminate", apri(2.0)),
    row("cirrhosis", "cirrhosis", apri(2.01)),
    row("cirrhosis", None, fibrosis_platelets=200),
]


def nafld(wanted: float, years: float = 50) -> dict[str, Given]:
    """AST 40, ALT 40, platelets 200, albumin 4: the body mass index is set so that the score comes out."""
    rest = -1.675 + 0.037 * years + 0.99 - 0.013 * 200 - 0.66 * 4
    return {
        **index(years, 40, 40, 200),
        "diabetes": False,
        "fibrosis_albumin_g_dl": 4,
        "bmi": (wanted - rest) / 0.094,
    }


NAFLD = [
    row("score", "low", nafld(-1.46)),
    row("score", "indeterminate", nafld(-1.4549)),
    row("score", "indeterminate", nafld(0.11, 64)),
    row("score", "low", nafld(0.11, 65)),
    row("score", "indeterminate", nafld(0.12, 65)),
    row("score", "indeterminate", nafld(0.676)),
    row("score", "advanced fibrosis", nafld(0.68)),
    row("score", None, index(50, 40, 40, 200)),
]

RATIO_LOW: dict[str, Given] = {"fibrosis_ast_u_l": 79, "fibrosis_alt_u_l": 100}

BARD = [
    row("bmi", 1, bmi=28),
    row("bmi", 0, bmi=27.9),
    row("bmi", None, diabetes=True),
    row("ratio", 2, fibrosis_ast_u_l=80, fibrosis_alt_u_l=100),
    row("ratio", 0, RATIO_LOW),
    row("ratio", None, fibrosis_ast_u_l=80),
    row("diabetes", 1, diabetes=True),
    row("diabetes", 0, diabetes=False),
    row("diabetes", 0, bmi=25),  # not told
]

# --- FibroTest and ActiTest ------------------------------------------------------------------------------------------

FIBRO_CELLS = (
    ("F0", 0.0, 0.21),
    ("F0-F1", 0.21, 0.27),
    ("F1", 0.27, 0.31),
    ("F1-F2", 0.31, 0.48),
    ("F2", 0.48, 0.58),
    ("F3", 0.58, 0.72),
    ("F3-F4", 0.72, 0.74),
    ("F4", 0.74, 1.0),
)
ACTI_CELLS = (
    ("A0", 0.0, 0.17),
    ("A0-A1", 0.17, 0.29),
    ("A1", 0.29, 0.36),
    ("A1-A2", 0.36, 0.52),
    ("A2", 0.52, 0.60),
    ("A2-A3", 0.60, 0.62),
    ("A3", 0.62, 1.0),
)


def cells(table: tuple[tuple[str, float, float], ...], score: str, stage: str) -> list[Row]:
    """The cells as printed: the upper end belongs to the cell, the lower one to the cell before."""
    rows = [row("stage", None, **{stage: table[0][0]}), row("reported", None, **{score: 0.5})]
    rows += [row("agreement", None, **{score: 0.5}), row("agreement", None, **{stage: table[0][0]})]

    def told(value: float, name: str) -> dict[str, Given]:
        return {score: value, stage: name}

    for place, (name, low, high) in enumerate(table):
        rows += [
            row("stage", name, **{score: high}),
            row("stage", name, **{score: low + 0.001}),
            row("reported", name, **{stage: name}),
            row("agreement", "same cell", told(high, name)),
            row("agreement", "same cell", told(low + 0.001, name)),
        ]
        if place:
            rows += [
                row("agreement", "within rounding", told(low, name)),
                row("agreement", "within rounding", told(low - 0.004, name)),
                row("agreement", "another cell", told(low - 0.005, name)),
            ]
        if place < len(table) - 1:
            rows += [
                row("agreement", "within rounding", told(high + 0.005, name)),
                row("agreement", "another cell", told(high + 0.006, name)),
            ]
    return rows


FIBROTEST = [
    *cells(FIBRO_CELLS, "fibrotest_score", "fibrotest_stage"),
    row("stage", "F1", fibrotest_score=0.305),  # handbook: rounds to 0.31
    row("stage", "F1-F2", fibrotest_score=0.314),  # handbook: rounds to 0.31 too
    row("stage", None, fibrotest_score=(0.30, 0.32)),
]
ACTITEST = cells(ACTI_CELLS, "actitest_score", "actitest_grade")

# --- MELD ------------------------------------------------------------------------------------------------------------


def meld(wanted: float, **given: Given) -> dict[str, Given]:
    """Creatinine and bilirubin 1.0: MELD is 11.2 ln INR + 6.43."""
    inr = math.exp((wanted - 6.43) / 11.2)
    return {"meld_creatinine_mg_dl": 1.0, "bili_peak_mg_dl": 1.0, "inr_peak": inr, **given}


def meld_3(wanted: float) -> dict[str, Given]:
    """A man with sodium 137, albumin 3.5, creatinine and bilirubin 1.0: MELD 3.0 is 9.09 ln INR + 6."""
    return {
        "sex": "male",
        "meld_creatinine_mg_dl": 1.0,
        "bili_peak_mg_dl": 1.0,
        "inr_peak": math.exp((wanted - 6) / 9.09),
        "sodium_mmol_l": 137,
        "albumin_lowest_g_dl": 3.5,
    }


BANDS = ((9, "9 or less"), (10, "10-19"), (19, "10-19"), (20, "20-29"), (29, "20-29"), (30, "30-39"), (39, "30-39"))

MELD_2001 = [
    *(row("meld", band, meld(score)) for score, band in BANDS),
    row("meld", "40", meld(40)),
    row("meld", "40", meld(49)),
    row("meld", None, inr_peak=2, bili_peak_mg_dl=5),
    row("meld", None, meld_creatinine_mg_dl=1, bili_peak_mg_dl=1, inr_peak=(1, 2)),
]
MELD_NA = [
    *(row("meld_na", band, meld(score, sodium_mmol_l=137)) for score, band in BANDS),
    row("meld_na", "40", meld(40, sodium_mmol_l=137)),
    row("meld_na", None, meld(28)),  # 28 to 33
    row("meld_na", "20-29", meld(20)),  # without sodium 20 to 28: the band is the same
]
MELD_3 = [
    *(row("meld_3", band, meld_3(score)) for score, band in BANDS),
    row("meld_3", "40", meld_3(40)),
    row("meld_3", None, sex="male", inr_peak=2, sodium_mmol_l=130),
]

# --- Child-Pugh and King's College -----------------------------------------------------------------------------------

CHILD_PUGH = [
    row("bilirubin", 1, bili_peak_mg_dl=1.99),
    row("bilirubin", 2, bili_peak_mg_dl=2),
    row("bilirubin", 2, bili_peak_mg_dl=3),
    row("bilirubin", 3, bili_peak_mg_dl=3.1),
    row("bilirubin", None, inr_peak=2),
    row("albumin", 1, albumin_lowest_g_dl=3.51),
    row("albumin", 2, albumin_lowest_g_dl=3.5),
    row("albumin", 2, albumin_lowest_g_dl=2.8),
    row("albumin", 3, albumin_lowest_g_dl=2.79),
    row("albumin", None, inr_peak=2),
    row("inr", 1, inr_peak=1.69),
    row("inr", 2, inr_peak=1.7),
    row("inr", 2, inr_peak=2.3),
    row("inr", 3, inr_peak=2.31),
    row("inr", None, cirrhosis=True),
    row("ascites", 1, ascites_grade="none"),
    row("ascites", 2, ascites_grade="slight"),
    row("ascites", 3, ascites_grade="moderate or more"),
    row("ascites", None, cirrhosis=True),
    row("encephalopathy", 1, encephalopathy_grade="none"),
    row("encephalopathy", 2, encephalopathy_grade="grade 1-2"),
    row("encephalopathy", 3, encephalopathy_grade="grade 3-4"),
    row("encephalopathy", None, cirrhosis=True),
]

DEEP: dict[str, Given] = {"encephalopathy_grade": "grade 3-4"}
PARACETAMOL: dict[str, Given] = {**DEEP, "liver_failure_cause": "paracetamol"}
NOTHING_ELSE: dict[str, Given] = {
    **DEEP,
    "age": 30,
    "liver_failure_cause": "other cause",
    "jaundice_to_encephalopathy_days": 3,
    "inr_peak": 2,
    "bili_peak_mg_dl": 5,
}
LIMIT_300 = 300 / 17.104
ACID_FREE: dict[str, Given] = {"arterial_ph": 7.4, "creatinine_peak_umol_l": 90, "inr_peak": 3}
LACTATE_FREE: dict[str, Given] = {"lactate_early_mmol_l": 3.5, "lactate_after_fluids_mmol_l": 3.0}

KINGS = [
    row("ph", "yes", DEEP, arterial_ph=7.29),
    row("ph", "no", DEEP, arterial_ph=7.30),
    row("ph", None, DEEP),
    row("triad", "yes", DEEP, inr_peak=6.51, creatinine_peak_umol_l=300.1),
    row("triad", "no", DEEP, inr_peak=6.5, creatinine_peak_umol_l=400),
    row("triad", "no", DEEP, inr_peak=7, creatinine_peak_umol_l=300),
    row("triad", "no", encephalopathy_grade="grade 1-2", inr_peak=7, creatinine_peak_umol_l=400),
    row("triad", None, DEEP, inr_peak=7),
    row("lactate", "yes", lactate_early_mmol_l=3.51),
    row("lactate", "yes", lactate_after_fluids_mmol_l=3.01),
    row("lactate", "no", LACTATE_FREE),
    row("lactate", None, lactate_early_mmol_l=3.5),
    row("inr", "yes", inr_peak=6.51),
    row("inr", "no", inr_peak=6.5),
    row("inr", None, age=50),
    row("age", "yes", age=9.9),
    row("age", "no", age=10),
    row("age", "no", age=40),
    row("age", "yes", age=40.1),
    row("age", None, DEEP),
    row("cause", "yes", liver_failure_cause="seronegative hepatitis"),
    row("cause", "yes", liver_failure_cause="drug reaction"),
    row("cause", "yes", liver_failure_cause="Wilson disease"),
    row("cause", "no", liver_failure_cause="other cause"),
    row("cause", "no", liver_failure_cause="paracetamol"),
    row("cause", None, DEEP),
    row("interval", "yes", jaundice_to_encephalopathy_days=7.1),
    row("interval", "no", jaundice_to_encephalopathy_days=7),
    row("interval", None, DEEP),
    row("inr_3_5", "yes", inr_peak=3.51),
    row("inr_3_5", "no", inr_peak=3.5),
    row("inr_3_5", None, DEEP),
    row("bilirubin", "yes", bili_peak_mg_dl=17.6),
    row("bilirubin", "no", bili_peak_mg_dl=LIMIT_300),
    row("bilirubin", None, DEEP),
    row("with_lactate", "met", PARACETAMOL, arterial_ph=7.29),
    row("with_lactate", "met", PARACETAMOL, ACID_FREE, LACTATE_FREE, inr_peak=6.51, creatinine_peak_umol_l=300.1),
    row("with_lactate", "not met", PARACETAMOL, ACID_FREE, LACTATE_FREE, inr_peak=6.5, arterial_ph=7.30),
    row("with_lactate", "not met", PARACETAMOL, ACID_FREE, LACTATE_FREE, inr_peak=7, creatinine_peak_umol_l=300),
    row("with_lactate", "met", PARACETAMOL, ACID_FREE, lactate_early_mmol_l=3.51),
    row("with_lactate", "met", PARACETAMOL, ACID_FREE, lactate_after_fluids_mmol_l=3.01),
    row("with_lactate", "not for this cause", DEEP, liver_failure_cause="drug reaction"),
    row("with_lactate", None, PARACETAMOL),
    row("verdict", "met", PARACETAMOL, arterial_ph=7.29),
    row("verdict", "not met", PARACETAMOL, ACID_FREE, arterial_ph=7.30),
    row("verdict", "met", PARACETAMOL, inr_peak=6.51, creatinine_peak_umol_l=300.1),
    row("verdict", "not met", PARACETAMOL, ACID_FREE, inr_peak=6.51, creatinine_peak_umol_l=300),
    row("verdict", "not met", PARACETAMOL, ACID_FREE, inr_peak=6.51, age=50),  # INR alone is not for paracetamol
    row("verdict", "met", NOTHING_ELSE, inr_peak=6.51),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=6.5),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=3.51, age=40.1),  # two of five
    row("verdict", "met", NOTHING_ELSE, inr_peak=3.51, age=40.1, jaundice_to_encephalopathy_days=7.1),
    row("verdict", "met", NOTHING_ELSE, inr_peak=3.51, age=9.9, liver_failure_cause="drug reaction"),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=3.5, age=9.9, liver_failure_cause="drug reaction"),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=3.51, age=10, liver_failure_cause="drug reaction"),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=3.51, age=40, liver_failure_cause="drug reaction"),
    row("verdict", "met", NOTHING_ELSE, inr_peak=3.51, bili_peak_mg_dl=17.6, liver_failure_cause="Wilson disease"),
    row(
        "verdict",
        "not met",
        NOTHING_ELSE,
        inr_peak=3.51,
        bili_peak_mg_dl=LIMIT_300,
        liver_failure_cause="drug reaction",
    ),
    row("verdict", "not met", NOTHING_ELSE, inr_peak=3.51, age=50, jaundice_to_encephalopathy_days=7),
    row("verdict", None, DEEP, inr_peak=4),
]

# --- autoimmune hepatitis and Wilson disease -------------------------------------------------------------------------

NEGATIVE: dict[str, Given] = {"ana_titre": 0, "sma_titre": 0, "lkm_titre": 0, "sla_antibody": False}
NO_VIRUS: dict[str, Given] = dict.fromkeys(("hav", "hbv", "hcv", "hev"), "negative")

AIH = [
    row("autoantibodies", 2, NEGATIVE, ana_titre=80),
    row("autoantibodies", 1, NEGATIVE, ana_titre=79),
    row("autoantibodies", 1, NEGATIVE, ana_titre=40),
    row("autoantibodies", 0, NEGATIVE, ana_titre=39.9),
    row("autoantibodies", 2, NEGATIVE, sma_titre=80),
    row("autoantibodies", 1, NEGATIVE, sma_titre=79),
    row("autoantibodies", 1, NEGATIVE, sma_titre=40),
    row("autoantibodies", 0, NEGATIVE, sma_titre=39.9),
    row("autoantibodies", 2, NEGATIVE, ana_titre=40, sma_titre=40),  # 1 and 1
    row("autoantibodies", 2, NEGATIVE, lkm_titre=40),
    row("autoantibodies", 0, NEGATIVE, lkm_titre=39.9),
    row("autoantibodies", 2, NEGATIVE, sla_antibody=True),
    row("autoantibodies", 2, NEGATIVE, ana_titre=640, sma_titre=640, lkm_titre=640, sla_antibody=True),  # capped
    row("autoantibodies", 0, NEGATIVE),
    row("autoantibodies", 0, igg_xuln=1),  # not reported
    row("igg", 2, igg_xuln=1.11),
    row("igg", 1, igg_xuln=1.10),
    row("igg", 1, igg_xuln=1.01),
    row("igg", 0, igg_xuln=1),
    row("igg", 0, ana_titre=0),
    row("histology", 2, aih_histology="typical"),
    row("histology", 1, aih_histology="compatible"),
    row("histology", 0, aih_histology="atypical"),
    row("histology", 0, aih_histology="not done"),
    row("histology", 0, ana_titre=0),
    row("virus", 2, NO_VIRUS),
    row("virus", 0, NO_VIRUS, hcv="positive"),
    row("virus", 0, NO_VIRUS, hev="not done"),
    row("virus", 0, hav="negative", hbv="negative", hcv="negative"),  # an incomplete panel
]

LEIPZIG = [
    row("rings", 2, kf_rings=True),
    row("rings", 0, kf_rings=False),
    row("rings", 0, atp7b="none found"),
    row("neurology", 2, wilson_neurology="severe"),
    row("neurology", 1, wilson_neurology="mild"),
    row("neurology", 0, wilson_neurology="none"),
    row("neurology", 0, kf_rings=True),
    row("ceruloplasmin", 0, ceruloplasmin_g_l=0.21),
    row("ceruloplasmin", 1, ceruloplasmin_g_l=0.2),
    row("ceruloplasmin", 1, ceruloplasmin_g_l=0.1),
    row("ceruloplasmin", 2, ceruloplasmin_g_l=0.09),
    row("ceruloplasmin", 0, kf_rings=True),
    row("haemolysis", 1, coombs_negative_haemolysis=True),
    row("haemolysis", 0, coombs_negative_haemolysis=False),
    row("haemolysis", 0, kf_rings=True),
    row("liver_copper", 0, liver_copper_measured=False),
    row("liver_copper", 2, liver_copper_measured=True, liver_copper_umol_g=4.1),
    row("liver_copper", 1, liver_copper_measured=True, liver_copper_umol_g=4),
    row("liver_copper", 1, liver_copper_measured=True, liver_copper_umol_g=0.8),
    row("liver_copper", -1, liver_copper_measured=True, liver_copper_umol_g=0.79),
    row("liver_copper", 0, kf_rings=True),
    row("rhodanine", 0, liver_copper_measured=True, rhodanine_granules=True),  # only where copper was not measured
    row("rhodanine", 1, liver_copper_measured=False, rhodanine_granules=True),
    row("rhodanine", 1, rhodanine_granules=True),
    row("rhodanine", 0, rhodanine_granules=False),
    row("rhodanine", 0, kf_rings=True),
    row("urine_copper", 2, urine_copper_xuln=2.1),
    row("urine_copper", 1, urine_copper_xuln=2),
    row("urine_copper", 1, urine_copper_xuln=1.1),
    row("urine_copper", 2, urine_copper_xuln=1, urine_copper_penicillamine_xuln=5.1),
    row("urine_copper", 0, urine_copper_xuln=1, urine_copper_penicillamine_xuln=5),
    row("urine_copper", 0, urine_copper_xuln=1),
    row("urine_copper", 0, kf_rings=True),
    row("mutations", 4, atp7b="both chromosomes"),
    row("mutations", 1, atp7b="one chromosome"),
    row("mutations", 0, atp7b="none found"),
    row("mutations", 0, kf_rings=True),
]

# --- histology -------------------------------------------------------------------------------------------------------

NAS = [
    row("steatosis", 0, steatosis_percent=4.9),
    row("steatosis", 1, steatosis_percent=5),
    row("steatosis", 1, steatosis_percent=33),
    row("steatosis", 2, steatosis_percent=33.1),
    row("steatosis", 2, steatosis_percent=66),
    row("steatosis", 3, steatosis_percent=66.1),
    row("steatosis", 3, steatosis_percent=80),
    row("steatosis", None, steatosis_percent=(5, 100)),  # told without a share
    row("lobular", 0, lobular_foci="none"),
    row("lobular", 1, lobular_foci="under 2"),
    row("lobular", 2, lobular_foci="2 to 4"),
    row("lobular", 3, lobular_foci="over 4"),
    row("lobular", None, steatosis_percent=80),
    row("ballooning", 0, ballooning_grade="none"),
    row("ballooning", 1, ballooning_grade="few"),
    row("ballooning", 2, ballooning_grade="many"),
    row("ballooning", None, steatosis_percent=80),
]

NO_FIBROSIS: dict[str, Given] = {
    "perisinusoidal_fibrosis": "none",
    "portal_fibrosis": False,
    "bridging_fibrosis": False,
    "cirrhosis": False,
}

NASH_CRN = [
    row("stage", "4", cirrhosis=True),
    row("stage", "3", NO_FIBROSIS, bridging_fibrosis=True),
    row("stage", "2", NO_FIBROSIS, perisinusoidal_fibrosis="mild", portal_fibrosis=True),
    row("stage", "2", perisinusoidal_fibrosis="moderate or severe", portal_fibrosis=True),
    row("stage", "1A", NO_FIBROSIS, perisinusoidal_fibrosis="mild"),
    row("stage", "1B", NO_FIBROSIS, perisinusoidal_fibrosis="moderate or severe"),
    row("stage", "1C", NO_FIBROSIS, portal_fibrosis=True),
    row("stage", "0", NO_FIBROSIS),
    row("stage", None, perisinusoidal_fibrosis="none"),
]

ISHAK_METAVIR = (("0", "F0"), ("1", "F1"), ("2", "F1"), ("3", "F2"), ("4", "F3"), ("5", "F4"), ("6", "F4"))

ISHAK = [
    *(row("stage", ishak, ishak_stage=ishak) for ishak, _ in ISHAK_METAVIR),
    *(row("metavir", metavir, ishak_stage=ishak) for ishak, metavir in ISHAK_METAVIR),
    Row("stage", {}, None),
    Row("metavir", {}, None),
]

METAVIR_ALGORITHM = {
    ("0", "0"): "A0",
    ("0", "1"): "A1",
    ("0", "2"): "A2",
    ("1", "0"): "A1",
    ("1", "1"): "A1",
    ("1", "2"): "A2",
    ("2", "0"): "A2",
    ("2", "1"): "A2",
    ("2", "2"): "A3",
    ("3", "0"): "A3",
    ("3", "1"): "A3",
    ("3", "2"): "A3",
}

METAVIR = [
    *(row("fibrosis", f"F{stage}", metavir_fibrosis=f"F{stage}") for stage in range(5)),
    *(row("activity", f"A{grade}", metavir_activity=f"A{grade}") for grade in range(4)),
    *(
        row("algorithm", grade, metavir_interface=interface, metavir_lobular=lobular)
        for (interface, lobular), grade in METAVIR_ALGORITHM.items()
    ),
    *(row("from_ishak", metavir, ishak_stage=ishak) for ishak, metavir in ISHAK_METAVIR),
    Row("fibrosis", {"ishak_stage": "3"}, None),  # a stage that is not reported is not derived
    Row("activity", {}, None),
    row("algorithm", None, metavir_interface="1"),
    Row("from_ishak", {}, None),
]

NOT_INFLAMED: dict[str, Given] = dict.fromkeys(
    ("hepatic_inflammation", "lobular_inflammation", "portal_inflammation", "interface_hepatitis"), False
)


def features() -> list[Row]:
    """Each feature told, denied and not mentioned."""
    found = []
    for name in (feature.term.name for feature in FEATURES):
        found += [
            row(name, "present", **{name: True}),
            row(name, "absent", **{name: False}),
            row(name, None, biopsy_reported=True),
        ]
    return found


PATTERN = [
    row("pattern", "massive or submassive necrosis", massive_necrosis=True),
    row("pattern", "granulomatous", granulomas=True),
    row("pattern", "granulomatous", fibrin_ring_granulomas=True),
    row("pattern", "nodular regenerative hyperplasia", regenerative_hyperplasia=True),
    row("pattern", "vascular injury", vascular_lesion=True),
    row("pattern", "vascular injury", sinusoidal_dilatation=True),
    row("pattern", "confluent necrosis", confluent_necrosis=True),
    row("pattern", "chronic cholestasis", duct_loss=True),
    row("pattern", "chronic cholestasis", cholate_stasis=True),
    row("pattern", "cholestatic hepatitis", bile_plugs=True, portal_inflammation=True),
    row("pattern", "acute cholestasis", NOT_INFLAMED, bile_plugs=True),
    row("pattern", "acute cholestasis", bile_plugs=True),
    row("pattern", "steatohepatitis", steatohepatitis_named=True),
    row(
        "pattern",
        "steatohepatitis",
        macrovesicular_steatosis=True,
        lobular_inflammation=True,
        ballooning_grade="few",
    ),
    row("pattern", "steatohepatitis", microvesicular_steatosis=True, hepatic_inflammation=True, mallory_bodies=True),
    row("pattern", "microvesicular steatosis", microvesicular_steatosis=True),
    row("pattern", "macrovesicular steatosis", macrovesicular_steatosis=True),
    row("pattern", "macrovesicular steatosis", NOT_INFLAMED, macrovesicular_steatosis=True, haemorrhagic_necrosis=True),
    row("pattern", "chronic hepatitis", interface_hepatitis=True, portal_fibrosis=True),
    row("pattern", "chronic hepatitis", portal_inflammation=True, bridging_fibrosis=True),
    row("pattern", "acute hepatitis", lobular_inflammation=True),
    row("pattern", "acute hepatitis", hepatic_inflammation=True, spotty_necrosis=True),
    row("pattern", "mixed or unclassified", biopsy_reported=True, portal_inflammation=True),
    row("pattern", "normal or minimal change", normal_biopsy=True),
    row("pattern", None, plasma_cells=False),
    row("chronicity", "present", perisinusoidal_fibrosis="mild"),
    row("chronicity", "present", portal_fibrosis=True),
    row("chronicity", "present", bridging_fibrosis=True),
    row("chronicity", "present", cirrhosis=True),
    row("chronicity", "absent", NO_FIBROSIS),
    row("chronicity", None, portal_fibrosis=False),
    row("autoimmunity", "both", plasma_cells=True, bile_plugs=True),
    row("autoimmunity", "towards autoimmune hepatitis", rosettes=True),
    row("autoimmunity", "towards autoimmune hepatitis", emperipolesis=True, portal_neutrophils=False),
    row("autoimmunity", "towards drug injury", portal_neutrophils=True),
    row(
        "autoimmunity",
        "neither",
        plasma_cells=False,
        rosettes=False,
        emperipolesis=False,
        portal_neutrophils=False,
        bile_plugs=False,
    ),
    row("autoimmunity", None, interface_hepatitis=True, spotty_necrosis=True, portal_inflammation=True),
    row("outlook", "both", massive_necrosis=True, eosinophil_infiltrate=True),
    row("outlook", "severe", microvesicular_steatosis=True),
    row("outlook", "severe", ductular_reaction=True),
    row("outlook", "mild", eosinophil_infiltrate=True),
    row("outlook", "mild", granulomas=True),
    row(
        "outlook",
        "neither",
        massive_necrosis=False,
        microvesicular_steatosis=False,
        ductular_reaction=False,
        bridging_fibrosis=False,
        cirrhosis=False,
        eosinophil_infiltrate=False,
        granulomas=False,
    ),
    row("outlook", None, plasma_cells=True),
    *features(),
    row("perisinusoidal_fibrosis", "present", perisinusoidal_fibrosis="mild"),
    row("perisinusoidal_fibrosis", "present", perisinusoidal_fibrosis="moderate or severe"),
    row("perisinusoidal_fibrosis", "absent", perisinusoidal_fibrosis="none"),
    row("perisinusoidal_fibrosis", None, biopsy_reported=True),
    row("ballooning", "present", ballooning_grade="few"),
    row("ballooning", "present", ballooning_grade="many"),
    row("ballooning", "absent", ballooning_grade="none"),
    row("ballooning", None, biopsy_reported=True),
]

ALL: dict[str, list[Row]] = {
    "fib-4": FIB_4,
    "apri": APRI,
    "nafld-fibrosis-score": NAFLD,
    "bard": BARD,
    "fibrotest-stage": FIBROTEST,
    "actitest-grade": ACTITEST,
    "meld-2001": MELD_2001,
    "meld-na-2016": MELD_NA,
    "meld-3": MELD_3,
    "child-pugh": CHILD_PUGH,
    "kings-college-1989": KINGS,
    "aih-simplified-2008": AIH,
    "leipzig-2001": LEIPZIG,
    "histology-pattern": PATTERN,
    "nas-2005": NAS,
    "nash-crn-fibrosis-2005": NASH_CRN,
    "metavir-1996": METAVIR,
    "ishak-1995": ISHAK,
}
