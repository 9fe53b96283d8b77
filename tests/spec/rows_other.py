"""Spec tables of the instruments that are not RUCAM: every option of every item, both sides of every limit."""

from __future__ import annotations

from dechallenge.logic.instrument import Given
from tests.spec.table import Row, row

# --- R, nR, Hy's law, case definition (values of the published limits; R at 2 and 5 exactly) -----------------------

R_VALUE = [
    row("R", "hepatocellular", alt_xuln=10, alp_xuln=1),
    row("R", "hepatocellular", alt_xuln=5, alp_xuln=1),
    row("R", "mixed", alt_xuln=4.99, alp_xuln=1),
    row("R", "mixed", alt_xuln=2.01, alp_xuln=1),
    row("R", "cholestatic", alt_xuln=2, alp_xuln=1),
    row("R", "cholestatic", alt_xuln=5, alp_xuln=5),
    row("R", None, alt_xuln=5),
    row("R", "hepatocellular", alt_xuln=20, alp_xuln=(None, 1)),  # ALP normal: the type is known, the number is not
    row("nR", "hepatocellular", alt_xuln=4, ast_xuln=12, alp_xuln=1.5),
    row("nR", "hepatocellular", alt_xuln=1, ast_xuln=5, alp_xuln=1),
    row("nR", "mixed", alt_xuln=1, ast_xuln=4.99, alp_xuln=1),
    row("nR", "mixed", alt_xuln=2.01, ast_xuln=1, alp_xuln=1),
    row("nR", "cholestatic", alt_xuln=1, ast_xuln=2, alp_xuln=1),
    row("nR", None, alt_xuln=4, alp_xuln=1.5),
    row("worksheet", "hepatocellular", alt_xuln=5.01, alp_xuln=1),
    row("worksheet", "mixed", alt_xuln=5, alp_xuln=1),
    row("worksheet", "mixed", alt_xuln=2, alp_xuln=1),
    row("worksheet", "cholestatic", alt_xuln=1.99, alp_xuln=1),
    row("worksheet", None, alt_xuln=2),
]


def tests(alt: Given, alp: Given, bili: Given, **given: Given) -> dict[str, Given]:
    """ALT, ALP and bilirubin as multiples of the upper limit."""
    return {"alt_xuln": alt, "alp_xuln": alp, "bili_xuln": bili, **given}


AITHAL = [
    row("1", "yes", tests(5, 1, 1)),
    row("1", "no", tests(4.99, 1, 1)),
    row("1", None, alp_xuln=1),
    row("2", "yes", tests(1, 2, 1)),
    row("2", "no", tests(1, 1.99, 1)),
    row("2", None, alt_xuln=1),
    row("3", "yes", tests(3, 1, 2.01)),
    row("3", "no", tests(3, 1, 2)),
    row("3", "no", tests(2.99, 1, 3)),
    row("3", None, alt_xuln=4),
    row("verdict", "met", tests(5, 1, 1)),
    row("verdict", "met", tests(1, 2, 1)),
    row("verdict", "met", tests(3, 1, 2.01)),
    row("verdict", "not met", tests(4.99, 1.99, 2)),
    row("verdict", "not met", tests(2.99, 1.99, 9)),
    row("verdict", "met", alt_xuln=30),
    row("verdict", None, alt_xuln=2),
]

NONE_ELSE: dict[str, Given] = {"other_cause": "ruled out"}

HYS_LAW = [
    row("fda", "yes", tests(3, 1.99, 2.01, ast_xuln=1)),
    row("fda", "yes", tests(1, 1.99, 2.01, ast_xuln=3)),
    row("fda", "no", tests(2.99, 1, 2.01, ast_xuln=2.99)),
    row("fda", "no", tests(3, 1, 2)),
    row("fda", "no", tests(3, 2, 2.01)),
    row("fda", None, alt_xuln=3, bili_xuln=3),
    row("alp", "yes", tests(3, 2, 2.01)),
    row("alp", "no", tests(3, 2.01, 2.01)),
    row("alp", "no", tests(2.99, 1, 2.01, ast_xuln=2.99)),
    row("alp", "yes", tests(1, 2, 2.01, ast_xuln=3)),
    row("alp", "no", tests(3, 1, 2)),
    row("alp", None, alt_xuln=3, bili_xuln=3),
    row("strict", "yes", tests(3.01, 1.99, 2.01, ast_xuln=1)),
    row("strict", "yes", tests(1, 1.99, 2.01, ast_xuln=3.01)),
    row("strict", "no", tests(3, 1.99, 2.01, ast_xuln=3)),
    row("strict", "no", tests(3.01, 2, 2.01)),
    row("strict", "no", tests(3.01, 1, 2)),
    row("strict", None, alt_xuln=4, bili_xuln=3),
    row("summary", "yes", alt_xuln=3, bili_xuln=2),
    row("summary", "yes", alt_xuln=1, ast_xuln=3, bili_xuln=2),
    row("summary", "no", alt_xuln=2.99, ast_xuln=2.99, bili_xuln=2),
    row("summary", "no", alt_xuln=3, bili_xuln=1.99),
    row("summary", None, alt_xuln=3),
    row("cause", "yes", other_cause="ruled out"),
    row("cause", "yes", other_cause="unlikely"),
    row("cause", "no", other_cause="possible"),
    row("cause", "no", other_cause="probable"),
    row("cause", "not excluded", other_cause="not sought"),
    row("cause", None),
    row("r", "yes", tests(5, 1, 2.01)),
    row("r", "no", tests(4.99, 1, 2.01)),
    row("r", "no", tests(5, 1, 2)),
    row("r", None, alt_xuln=5),
    row("r_above", "yes", tests(5.01, 1, 2.01)),
    row("r_above", "no", tests(5, 1, 2.01)),
    row("r_above", "no", tests(5.01, 1, 2)),
    row("r_above", None, alt_xuln=5),
    row("nr", "yes", tests(1, 1, 2.01, ast_xuln=5)),
    row("nr", "yes", tests(5, 1, 2.01, ast_xuln=1)),
    row("nr", "no", tests(4.99, 1, 2.01, ast_xuln=4.99)),
    row("nr", "no", tests(5, 1, 2, ast_xuln=5)),
    row("nr", None, alt_xuln=5),
    row("verdict", "met", tests(3, 1.99, 2.01), NONE_ELSE),
    row("verdict", "met", tests(3, 1.99, 2.01), other_cause="unlikely"),
    row("verdict", "another cause", tests(3, 1.99, 2.01), other_cause="possible"),
    row("verdict", "another cause", tests(3, 1.99, 2.01), other_cause="probable"),
    row("verdict", "tests met", tests(3, 1.99, 2.01), other_cause="not sought"),
    row("verdict", "tests met", tests(3, 1.99, 2.01)),
    row("verdict", "met by R or nR only", tests(10, 2, 2.01)),
    row("verdict", "met by R or nR only", tests(1, 2, 2.01, ast_xuln=10)),
    row("verdict", "not met", tests(9.9, 2, 2.01, ast_xuln=9.9)),
    row("verdict", "not met", tests(2.99, 0.5, 2.01, ast_xuln=2.99)),  # R is 6, but no injury
    row("verdict", "not met", alt_xuln=(None, 1), ast_xuln=(None, 1)),
    row("verdict", "not met", tests(2.99, 1, 3, ast_xuln=2.99)),
    row("verdict", "not met", tests(3, 1, 2, ast_xuln=3)),
    row("verdict", "cholestasis not excluded", alt_xuln=3, bili_xuln=2.01),
    row("verdict", "cholestasis not excluded", ast_xuln=3, bili_xuln=2.01),
    row("verdict", "not assessable", alt_xuln=3),
]

# --- severity ------------------------------------------------------------------------------------------------------

INJURY: dict[str, Given] = {"alt_xuln": 12.5, "alp_xuln": 1}
ALIVE: dict[str, Given] = {**INJURY, "death_or_transplant": False}

DILIN = [
    row("1", 5, INJURY, death_or_transplant=True, bili_peak_mg_dl=1),
    row("1", 4, ALIVE, bili_peak_mg_dl=2.5, inr_peak=1.5),
    row("1", 4, ALIVE, bili_peak_mg_dl=2.5, ascites=True),
    row("1", 4, ALIVE, bili_peak_mg_dl=2.5, encephalopathy=True),
    row("1", 4, ALIVE, bili_peak_mg_dl=2.5, other_organ_failure=True),
    row("1", 3, ALIVE, bili_peak_mg_dl=2.49, ascites=True, hospitalised=True),
    row("1", 3, ALIVE, bili_peak_mg_dl=2.5, inr_peak=1.49, hospitalised=True),
    row("1", 3, ALIVE, hospitalised=True),
    row("1", 2, ALIVE, bili_peak_mg_dl=2.5, inr_peak=1.49, hospitalised=False),
    row("1", 2, ALIVE, bili_peak_mg_dl=2.49, inr_peak=1.5, hospitalised=False),
    row("1", 1, ALIVE, bili_peak_mg_dl=2.49, inr_peak=1.49, hospitalised=False),
    row("1", 2, ALIVE, bili_peak_mg_dl=6.8),  # INR and hospital stay not stated: the lowest that fits
    row("1", 1, ALIVE, inr_peak=1),
    row("1", 1, INJURY),
]

LIVERTOX_SEVERITY = [
    *DILIN,
    row("1", 4, ALIVE, bili_peak_mg_dl=2.5, jaundice_beyond_3_months=True, hospitalised=False),
    row("1", 3, ALIVE, bili_peak_mg_dl=2.49, jaundice_beyond_3_months=True, hospitalised=True),
    row("1", 2, ALIVE, bili_peak_mg_dl=2.5, inr_peak=1.49, jaundice_beyond_3_months=False, hospitalised=False),
]

# --- Naranjo: the answers of one question at a time (all 59,049 sheets are in test_naranjo) ----------------------

NARANJO = [
    *[row("1", 1, known_reaction=value) for value in ("labelled", "published", "few reports")],
    *[row("1", 0, known_reaction=value) for value in ("indirect", "unconvincing", "not described")],
    row("1", 0),
    row("2", 2, latency=0),
    row("2", 2, latency=3),
    row("2", 2, latency=(0, None)),
    row("2", -1, latency=-0.1),
    row("2", 0),
    row("3", 1, dechallenge="positive", antidote_response=False),
    row("3", 1, dechallenge="positive with symptomatic treatment"),
    row("3", 1, dechallenge="not done", antidote_response=True),
    row("3", 0, dechallenge="negative", antidote_response=False),
    *[
        row("3", 0, dechallenge=value, antidote_response=False)
        for value in ("confounded", "recovered on drug", "not done", "not assessable")
    ],
    row("3", 0),
    row("4", 2, rechallenge="positive"),
    row("4", -1, rechallenge="negative"),
    row("4", 0, rechallenge="not done"),
    row("4", 0, rechallenge="not assessable"),
    row("4", 0),
    row("5", -1, other_cause="possible"),
    row("5", -1, other_cause="probable"),
    row("5", 2, other_cause="ruled out"),
    row("5", 0, other_cause="not sought"),
    row("5", 0, other_cause="unlikely"),
    row("5", 0),
    row("6", -1, placebo="reappeared"),
    row("6", 1, placebo="did not reappear"),
    row("6", 0, placebo="not given"),
    row("6", 0),
    *[
        row(item, gives, **{name: answer})
        for item, name in (
            ("7", "toxic_level"),
            ("8", "dose_response"),
            ("9", "similar_reaction"),
            ("10", "objective_evidence"),
        )
        for answer, gives in ((True, 1), (False, 0))
    ],
    *[row(item, 0) for item in ("7", "8", "9", "10")],
]

# --- WHO-UMC --------------------------------------------------------------------------------------------------------

CERTAIN: dict[str, Given] = {
    "onset_timing": "very suggestive",
    "other_cause": "ruled out",
    "dechallenge": "positive",
    "event_definitive": True,
    "rechallenge": "not done",
}

WHO = [
    row("1", "Certain", CERTAIN),
    row("1", "Certain", CERTAIN, onset_timing="compatible"),
    row("1", "Certain", CERTAIN, dechallenge="positive with symptomatic treatment"),
    row("1", "Certain", CERTAIN, event_definitive=False, rechallenge="positive"),
    row("1", "Probable/Likely", CERTAIN, event_definitive=False),
    row("1", "Probable/Likely", CERTAIN, other_cause="unlikely"),
    *[
        row("1", "Possible", CERTAIN, dechallenge=value)
        for value in ("confounded", "negative", "recovered on drug", "not done", "not assessable")
    ],
    *[row("1", "Possible", CERTAIN, other_cause=value) for value in ("possible", "probable", "not sought")],
    row("1", "Possible", onset_timing="compatible"),
    row("1", "Unlikely", onset_timing="incompatible", other_cause="possible"),
    row("1", "Unlikely", onset_timing="incompatible", other_cause="probable"),
    row("1", "Unassessable/Unclassifiable", cannot_be_assessed=True),
    row(
        "1", "Conditional/Unclassified", onset_timing="incompatible", other_cause="ruled out", cannot_be_assessed=False
    ),
    row("1", "Conditional/Unclassified"),
]

# --- French method: the answers (the decision tables are in test_french) ------------------------------------------

FRENCH_SHARED = [
    row("onset", "very suggestive", onset_timing="very suggestive"),
    row("onset", "compatible", onset_timing="compatible"),
    row("onset", "incompatible", onset_timing="incompatible"),
    row("onset", None),
    row("dechallenge", "suggestive", dechallenge="positive"),
    row("dechallenge", "not suggestive", dechallenge="negative"),
    row("dechallenge", "not suggestive", dechallenge="recovered on drug"),
    row("dechallenge", "inconclusive", dechallenge="confounded"),
    row("dechallenge", "inconclusive", dechallenge="not done"),
    row("dechallenge", "inconclusive", dechallenge="not assessable"),
    row("dechallenge", "inconclusive"),
    row("rechallenge", "R+", rechallenge="positive"),
    row("rechallenge", "R-", rechallenge="negative"),
    row("rechallenge", "R0", rechallenge="not done"),
    row("rechallenge", "R0", rechallenge="not assessable"),
    row("rechallenge", "R0"),
    row("other cause", "absent", other_cause="ruled out"),
    row("test", "L+", specific_test="positive"),
    row("test", "L-", specific_test="negative"),
    row("test", "L0", specific_test="not available"),
    row("test", "L0"),
    row("B", None),
]

FRENCH_1985 = [
    *FRENCH_SHARED,
    row("dechallenge", "inconclusive", dechallenge="positive with symptomatic treatment"),
    row("semiology", "evocative", semiology="evocative"),
    row("semiology", "evocative", semiology="other", favouring_factor=True),
    row("semiology", "other", semiology="other", favouring_factor=False),
    row("semiology", "other", semiology="other"),
    *[row("other cause", "possible", other_cause=v) for v in ("unlikely", "possible", "probable", "not sought")],
    row("other cause", "possible"),
    *[
        row("B", code, known_reaction=value)
        for value, code in (
            ("labelled", "B3"),
            ("published", "B3"),
            ("few reports", "B2"),
            ("indirect", "B2"),
            ("unconvincing", "B1"),
            ("not described", "B0"),
        )
    ],
]

FRENCH_2011 = [
    *FRENCH_SHARED,
    row("dechallenge", "suggestive", dechallenge="positive with symptomatic treatment"),
    row("semiology", "both", semiology="evocative", favouring_factor=True),
    row("semiology", "either", semiology="evocative", favouring_factor=False),
    row("semiology", "either", semiology="other", favouring_factor=True),
    row("semiology", "either", semiology="evocative"),
    row("semiology", "neither", semiology="other", favouring_factor=False),
    row("semiology", "neither", semiology="other"),
    *[row("other cause", "not sought", other_cause=v) for v in ("unlikely", "not sought")],
    *[row("other cause", "present", other_cause=v) for v in ("possible", "probable")],
    row("other cause", "not sought"),
    row("test", "L+", specific_test="negative", antidote_response=True),
    row("test", "L-", specific_test="negative", antidote_response=False),
    row("test", "L0", specific_test="not available", antidote_response=False),
    *[
        row("B", code, known_reaction=value)
        for value, code in (
            ("labelled", "B4"),
            ("published", "B3"),
            ("few reports", "B2"),
            ("indirect", "B2"),
            ("unconvincing", "B1"),
            ("not described", "B1"),
        )
    ],
    row("NI", "NI2", onset_time_stated=True, action_stated=True),
    row("NI", "NI1", onset_time_stated=True, action_stated=False),
    row("NI", "NI1", onset_time_stated=False, action_stated=True),
    row("NI", "NI0", onset_time_stated=False, action_stated=False),
    row("NI", None),
]

ALL: dict[str, list[Row]] = {
    "r-value": R_VALUE,
    "aithal-2011": AITHAL,
    "hys-law": HYS_LAW,
    "dilin-severity": DILIN,
    "livertox-severity": LIVERTOX_SEVERITY,
    "naranjo-1981": NARANJO,
    "who-umc": WHO,
    "french-1985": FRENCH_1985,
    "french-2011": FRENCH_2011,
}
