"""Liver scores: whole sheet spaces against independent tables, formulas against independent code, known traps."""

from __future__ import annotations

import math
import random
from itertools import product
from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.errors import FactError
from dechallenge.logic.results import InstrumentResult
from tests.spec.outlooks import outlook

Sheet = dict[str, Any]


def sheets(answers: dict[str, list[tuple[Sheet, int]]]) -> list[tuple[Sheet, int]]:
    """Every combination of answers with its total; an answer is some facts and its points."""
    found = []
    for chosen in product(*answers.values()):
        facts: Sheet = {}
        for given, _ in chosen:
            facts.update(given)
        found.append((facts, sum(points for _, points in chosen)))
    return found


def said(result: InstrumentResult) -> str:
    return " ".join(caution.text for caution in result.cautions)


# --- whole sheet spaces ----------------------------------------------------------------------------------------------

CHILD: dict[str, list[tuple[Sheet, int]]] = {
    "bilirubin": [({"bili_peak_mg_dl": value}, points) for value, points in ((1.9, 1), (2, 2), (3, 2), (3.1, 3))],
    "albumin": [({"albumin_lowest_g_dl": value}, points) for value, points in ((3.6, 1), (3.5, 2), (2.8, 2), (2.7, 3))],
    "inr": [({"inr_peak": value}, points) for value, points in ((1.6, 1), (1.7, 2), (2.3, 2), (2.4, 3))],
    "ascites": [({"ascites_grade": v}, p) for v, p in (("none", 1), ("slight", 2), ("moderate or more", 3))],
    "enceph": [({"encephalopathy_grade": v}, p) for v, p in (("none", 1), ("grade 1-2", 2), ("grade 3-4", 3))],
}


def test_every_child_pugh_sheet() -> None:
    found = sheets(CHILD)
    assert len(found) == 4**3 * 3**2
    for facts, total in found:
        result = outlook(instruments.child_pugh, facts)
        assert (result.score, result.low, result.high) == (total, total, total), facts
        assert result.category == ("A" if total <= 6 else "B" if total <= 9 else "C"), facts


NAS: dict[str, list[tuple[Sheet, int]]] = {
    "steatosis": [({"steatosis_percent": v}, p) for v, p in ((4, 0), (5, 1), (33, 1), (34, 2), (66, 2), (67, 3))],
    "lobular": [({"lobular_foci": v}, p) for v, p in (("none", 0), ("under 2", 1), ("2 to 4", 2), ("over 4", 3))],
    "ballooning": [({"ballooning_grade": v}, p) for v, p in (("none", 0), ("few", 1), ("many", 2))],
}


def test_every_nas_sheet() -> None:
    for facts, total in sheets(NAS):
        result = instruments.nas_2005.score(questions=False, **facts)
        wanted = "not NASH" if total <= 2 else "indeterminate" if total <= 4 else "mostly NASH"
        assert (result.score, result.category) == (total, wanted), facts


VIRUSES = ("hav", "hbv", "hcv", "hev")
AIH: dict[str, list[tuple[Sheet, int]]] = {
    "igg": [({"igg_xuln": v}, p) for v, p in ((1.0, 0), (1.05, 1), (1.1, 1), (1.2, 2))] + [({}, 0)],
    "histology": [
        ({"aih_histology": v}, p) for v, p in (("typical", 2), ("compatible", 1), ("atypical", 0), ("not done", 0))
    ]
    + [({}, 0)],
    "virus": [
        (dict.fromkeys(VIRUSES, "negative"), 2),
        ({**dict.fromkeys(VIRUSES, "negative"), "hbv": "positive"}, 0),
        ({"hav": "negative"}, 0),
        ({}, 0),
    ],
    "antibodies": [
        (
            {"ana_titre": ana, "sma_titre": sma, "lkm_titre": lkm, "sla_antibody": sla},
            min(
                2,
                (2 if ana >= 80 else 1 if ana >= 40 else 0)
                + (2 if sma >= 80 else 1 if sma >= 40 else 0)
                + (2 if lkm >= 40 else 0)
                + (2 if sla else 0),
            ),
        )
        for ana, sma, lkm, sla in product((0, 40, 80), (0, 40, 80), (0, 40), (False, True))
    ],
}


def test_every_sheet_of_the_simplified_criteria() -> None:
    """The points of the antibodies are added and capped at 2, as the table of points says."""
    for facts, total in sheets(AIH):
        result = outlook(instruments.aih_simplified_2008, facts)
        wanted = "not reached" if total < 6 else "probable" if total == 6 else "definite"
        assert (result.score, result.category) == (total, wanted), facts


LEIPZIG: dict[str, list[tuple[Sheet, int]]] = {
    "rings": [({"kf_rings": True}, 2), ({"kf_rings": False}, 0), ({}, 0)],
    "neurology": [({"wilson_neurology": v}, p) for v, p in (("severe", 2), ("mild", 1), ("none", 0))],
    "ceruloplasmin": [({"ceruloplasmin_g_l": v}, p) for v, p in ((0.21, 0), (0.15, 1), (0.05, 2))] + [({}, 0)],
    "haemolysis": [({"coombs_negative_haemolysis": True}, 1), ({"coombs_negative_haemolysis": False}, 0)],
    "copper": [
        *[
            ({"liver_copper_measured": True, "liver_copper_umol_g": v, "rhodanine_granules": granules}, p)
            for v, p in ((5, 2), (2, 1), (0.5, -1))
            for granules in (True, False)
        ],
        ({"liver_copper_measured": False, "rhodanine_granules": True}, 1),
        ({"liver_copper_measured": False, "rhodanine_granules": False}, 0),
    ],
    "urine": [
        ({"urine_copper_xuln": 3}, 2),
        ({"urine_copper_xuln": 1.5}, 1),
        ({"urine_copper_xuln": 0.9, "urine_copper_penicillamine_xuln": 6}, 2),
        ({"urine_copper_xuln": 0.9, "urine_copper_penicillamine_xuln": 4}, 0),
    ],
    "atp7b": [({"atp7b": v}, p) for v, p in (("both chromosomes", 4), ("one chromosome", 1), ("none found", 0))],
}


def test_every_leipzig_sheet() -> None:
    reached = set()
    for facts, total in sheets(LEIPZIG):
        result = outlook(instruments.leipzig_2001, facts)
        wanted = "very unlikely" if total <= 2 else "possible" if total == 3 else "established"
        assert (result.score, result.category) == (total, wanted), facts
        reached.add(total)
    assert (min(reached), max(reached)) == (-1, 15)


def test_the_range_of_an_empty_leipzig_sheet() -> None:
    """Granules and a measured copper exclude each other, in the range too."""
    result = instruments.leipzig_2001.score(kf_rings=True)
    assert (result.score, result.low, result.high) == (2, 1, 15)


# --- formulas against independent code -------------------------------------------------------------------------------


def of_meld(creatinine: float, bilirubin: float, inr: float) -> float:
    """MELD(i) to one decimal, times ten, not capped."""
    clamped = min(max(creatinine, 1.0), 4.0)
    raw = 0.957 * math.log(clamped) + 0.378 * math.log(max(bilirubin, 1)) + 1.12 * math.log(max(inr, 1)) + 0.643
    return math.floor(raw * 10 + 0.5)


def of_meld_na(uncapped: float, sodium: float) -> float:
    gap = 137 - min(max(sodium, 125), 137)
    score = uncapped + 1.32 * gap - 0.033 * uncapped * gap if uncapped > 11 else uncapped
    return min(40, math.floor(score + 0.5))


def of_meld_3(female: bool, creatinine: float, bilirubin: float, inr: float, sodium: float, albumin: float) -> float:
    cr, bili, inr = min(max(creatinine, 1), 3), max(bilirubin, 1), max(inr, 1)
    na, alb = 137 - min(max(sodium, 125), 137), 3.5 - min(max(albumin, 1.5), 3.5)
    score = (1.33 if female else 0) + 4.56 * math.log(bili) + 0.82 * na - 0.24 * na * math.log(bili)
    score += 9.09 * math.log(inr) + 11.14 * math.log(cr) + 1.85 * alb - 1.83 * alb * math.log(cr) + 6
    return min(40, max(6, math.floor(score + 0.5)))


def test_meld_on_a_grid_of_values() -> None:
    draw = random.Random(3)
    for _ in range(300):
        creatinine, bilirubin = draw.uniform(0.3, 9), draw.uniform(0.2, 45)
        inr, sodium, albumin = draw.uniform(0.8, 9), draw.uniform(115, 145), draw.uniform(1, 5)
        base: Sheet = {"meld_creatinine_mg_dl": creatinine, "bili_peak_mg_dl": bilirubin, "inr_peak": inr}
        uncapped = of_meld(creatinine, bilirubin, inr)
        assert instruments.meld_2001.score(questions=False, **base).score == min(40, uncapped), base
        with_sodium = instruments.meld_na_2016.score(questions=False, sodium_mmol_l=sodium, **base)
        assert with_sodium.score == of_meld_na(uncapped, sodium), (base, sodium)
        for sex in ("female", "male"):
            third = instruments.meld_3.score(
                questions=False, sex=sex, sodium_mmol_l=sodium, albumin_lowest_g_dl=albumin, **base
            )
            wanted = of_meld_3(sex == "female", creatinine, bilirubin, inr, sodium, albumin)
            assert third.score == wanted, (base, sodium, albumin, sex)


def test_the_range_of_meld_3_holds_every_completion() -> None:
    """Sodium and albumin may push either way: the range has all of it, and its ends are reached."""
    draw = random.Random(5)
    for _ in range(40):
        bilirubin, creatinine = draw.choice((1.0, 5.0, 28.0, 45.0)), draw.choice((1.0, 2.0, 2.9, 4.0))
        base: Sheet = {"meld_creatinine_mg_dl": creatinine, "bili_peak_mg_dl": bilirubin, "inr_peak": 1.3}
        result = instruments.meld_3.score(
            questions=False, sex="male", sodium_mmol_l=(120, 140), albumin_lowest_g_dl=(1.0, 4.5), **base
        )
        values = [
            of_meld_3(False, creatinine, bilirubin, 1.3, 120 + step, 1 + half / 4)
            for step in range(21)
            for half in range(15)
        ]
        assert (result.low, result.high) == (min(values), max(values)), base


def test_indices_on_a_grid_of_values() -> None:
    draw = random.Random(7)
    for _ in range(200):
        years, ast, alt = draw.uniform(18, 90), draw.uniform(10, 300), draw.uniform(5, 300)
        platelets, albumin, bmi = draw.uniform(30, 450), draw.uniform(2, 5), draw.uniform(17, 50)
        ill = draw.random() < 0.5
        base: Sheet = {
            "age": years,
            "fibrosis_ast_u_l": ast,
            "fibrosis_alt_u_l": alt,
            "fibrosis_platelets": platelets,
        }
        assert instruments.fib_4.score(questions=False, **base).score == pytest.approx(
            years * ast / (platelets * math.sqrt(alt))
        )
        score = instruments.nafld_fibrosis_score.score(
            questions=False, bmi=bmi, diabetes=ill, fibrosis_albumin_g_dl=albumin, **base
        ).score
        wanted = (
            -1.675 + 0.037 * years + 0.094 * bmi + 1.13 * ill + 0.99 * ast / alt - 0.013 * platelets - 0.66 * albumin
        )
        assert score == pytest.approx(wanted)


# --- traps -----------------------------------------------------------------------------------------------------------

FIB4: Sheet = {"age": 46, "fibrosis_ast_u_l": 22, "fibrosis_alt_u_l": 18, "fibrosis_platelets": 178}


@pytest.mark.parametrize(
    ("id", "facts"),
    [
        ("fib-4", {**FIB4, "fibrosis_platelets": 181_000}),  # per microlitre
        ("fib-4", {**FIB4, "fibrosis_alt_u_l": 0}),
        ("nafld-fibrosis-score", {"fibrosis_albumin_g_dl": 40}),  # g/L
        ("meld-2001", {"meld_creatinine_mg_dl": 90}),  # µmol/L
        ("meld-3", {"albumin_lowest_g_dl": 30}),  # g/L
        ("fibrotest-stage", {"fibrotest_score": 31}),  # per cent
    ],
)
def test_a_value_in_the_wrong_unit_is_refused(id: str, facts: Sheet) -> None:
    with pytest.raises(FactError):
        instruments.get(id).score(**facts)


def test_an_unknown_age_leaves_fib_4_open_and_nothing_is_assumed() -> None:
    result = instruments.fib_4.score(**{name: value for name, value in FIB4.items() if name != "age"})
    assert result.score is None and result.category is None
    assert set(result.categories) == {"low", "indeterminate", "advanced"}
    assert result.low == 0


def test_an_interval_across_two_bands_has_no_category() -> None:
    """An upper bound alone must not choose the middle band."""
    result = instruments.fib_4.score(**{**FIB4, "fibrosis_ast_u_l": (20, 40)})
    assert result.category is None
    assert result.categories == ("low", "indeterminate")


def test_indices_of_fibrosis_say_when_they_are_invalid() -> None:
    assert "acute injury" in said(instruments.fib_4.score(**FIB4, fibrosis_values="during the reaction"))
    assert "Invalid" not in said(instruments.fib_4.score(**FIB4, fibrosis_values="before the drug"))
    assert "flare" in said(instruments.fib_4.score(**{**FIB4, "fibrosis_ast_u_l": 2386, "fibrosis_alt_u_l": 3346}))
    assert "flare" in said(instruments.apri.score(fibrosis_ast_xuln=60, fibrosis_platelets=178))
    assert "under 35" in said(instruments.fib_4.score(**{**FIB4, "age": 22}))
    assert "under 35" not in said(instruments.fib_4.score(**{**FIB4, "age": 35}))
    assert "platelet count" in said(instruments.fib_4.score(**FIB4, il6_blockade=True))


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"alt_xuln": 5}, "acute hepatitis"),
        ({"biliary_imaging": "positive"}, "extrahepatic cholestasis"),
        ({"haemolysis": True}, "haemolysis"),
        ({"gilbert": True}, "Gilbert"),
        ({"acute_phase": True}, "haptoglobin"),
        ({"il6_blockade": True}, "IL-6 blockade lowers haptoglobin"),
    ],
)
def test_fibrotest_says_when_it_does_not_apply(facts: Sheet, word: str) -> None:
    for id, score in (("fibrotest-stage", "fibrotest_score"), ("actitest-grade", "actitest_score")):
        instrument, given = instruments.get(id), Sheet({score: 0.4})
        assert word in said(instrument.score(**given, **facts))
        assert word not in said(instrument.score(**given))


def test_a_reported_stage_outside_the_cell_of_its_score_is_said() -> None:
    wrong = instruments.fibrotest_stage.score(fibrotest_score=0.40, fibrotest_stage="F2")
    assert wrong.item("agreement").code == "another cell"
    assert "one of the two is wrong" in said(wrong)
    for stage, score in (("F1-F2", 0.40), ("F1-F2", 0.31), ("F1", 0.314)):  # the last two within rounding
        assert "one of the two is wrong" not in said(
            instruments.fibrotest_stage.score(fibrotest_score=score, fibrotest_stage=stage)
        )


def test_a_stage_without_a_score_is_not_turned_into_one() -> None:
    result = instruments.fibrotest_stage.score(fibrotest_stage="F1")
    assert result.score is None and result.category is None
    assert result.item("reported").code == "F1"


def test_dialysis_is_a_creatinine_of_4_and_is_capped_by_each_edition() -> None:
    base: Sheet = {"bili_peak_mg_dl": 3.0, "inr_peak": 1.5}
    dialysis, beyond = ({**base, "meld_creatinine_mg_dl": value} for value in (4.0, 9.0))
    assert instruments.meld_2001.score(**dialysis).score == instruments.meld_2001.score(**beyond).score
    rest: Sheet = {"sex": "male", "sodium_mmol_l": 137, "albumin_lowest_g_dl": 3.5}
    three = instruments.meld_3.score(**base, **rest, meld_creatinine_mg_dl=3.0)
    assert instruments.meld_3.score(**dialysis, **rest).score == three.score


def test_floors_and_limits_of_meld() -> None:
    healthy: Sheet = {"meld_creatinine_mg_dl": 0.6, "bili_peak_mg_dl": 0.4, "inr_peak": 0.9}
    assert instruments.meld_2001.score(**healthy).score == 6
    assert instruments.meld_na_2016.score(**healthy, sodium_mmol_l=120).score == 6  # MELD of 11 or less: no sodium
    ill: Sheet = {"meld_creatinine_mg_dl": 2.0, "bili_peak_mg_dl": 5.0, "inr_peak": 2.0}
    low = instruments.meld_na_2016.score(**ill, sodium_mmol_l=125).score
    assert instruments.meld_na_2016.score(**ill, sodium_mmol_l=110).score == low
    high = instruments.meld_na_2016.score(**ill, sodium_mmol_l=137).score
    assert instruments.meld_na_2016.score(**ill, sodium_mmol_l=150).score == high


def test_child_pugh_is_for_cirrhosis_only() -> None:
    refused = instruments.child_pugh.score(cirrhosis=False, inr_peak=2)
    assert not refused.applicable and "cirrhosis" in refused.reason


def test_kings_college_needs_acute_liver_failure_and_its_own_rule_for_each_cause() -> None:
    refused = instruments.kings_college_1989.score(inr_peak=1.2, encephalopathy_grade="none")
    assert not refused.applicable
    facts: Sheet = {
        "inr_peak": 7,
        "encephalopathy_grade": "grade 3-4",
        "arterial_ph": 7.4,
        "creatinine_peak_umol_l": 100,
        "age": 30,
    }
    assert instruments.kings_college_1989.score(**facts, liver_failure_cause="paracetamol").category == "not met"
    assert instruments.kings_college_1989.score(**facts, liver_failure_cause="drug reaction").category == "met"
    open_cause = instruments.kings_college_1989.score(**facts)
    assert open_cause.category is None and set(open_cause.categories) == {"met", "not met"}
    assert "children" in said(instruments.kings_college_1989.score(**{**facts, "age": 12}))


def test_a_low_score_of_autoimmune_hepatitis_excludes_nothing() -> None:
    """Both published cases: ANA and LKM negative, the rest not reported, no compatible histology."""
    result = instruments.aih_simplified_2008.score(
        ana_titre=0, lkm_titre=0, aih_histology="atypical", hbv="negative", hcv="negative"
    )
    assert (result.score, result.low, result.high) == (0, 0, 6)
    assert result.categories == ("not reached", "probable")
    assert "does not exclude" in said(result)
    assert "drug-induced" in said(instruments.aih_simplified_2008.score(ana_titre=80, alt_xuln=20))


def test_nas_of_a_partial_report() -> None:
    """80 % fat and some lobular inflammation: 4 to 8, and no score; 'mild' is not a number of foci."""
    foci = [instruments.nas_2005.score(steatosis_percent=80, lobular_foci=f) for f in ("under 2", "2 to 4", "over 4")]
    assert (min(r.low or 0 for r in foci), max(r.high or 0 for r in foci)) == (4, 8)
    assert all(r.score is None for r in foci)


def test_a_normal_ceruloplasmin_in_systemic_inflammation() -> None:
    assert "does not exclude Wilson" in said(instruments.leipzig_2001.score(ceruloplasmin_g_l=0.3, acute_phase=True))
    assert "does not exclude Wilson" not in said(instruments.leipzig_2001.score(ceruloplasmin_g_l=0.3))


def test_steatohepatitis_without_inflammation_is_contradicted() -> None:
    result = instruments.histology_pattern.score(steatohepatitis_named=True, hepatic_inflammation=False)
    assert "not shown" in said(result)


def test_a_feature_that_is_not_mentioned_leaves_other_patterns_open() -> None:
    told: Sheet = {"macrovesicular_steatosis": True, "hepatic_inflammation": True, "biopsy_reported": True}
    result = instruments.histology_pattern.score(**told)
    assert result.category == "macrovesicular steatosis"
    assert "steatohepatitis" in result.categories
    denied = instruments.histology_pattern.score(
        **told, ballooning_grade="none", mallory_bodies=False, steatohepatitis_named=False
    )
    assert "steatohepatitis" not in denied.categories


def test_what_is_unverified_is_marked() -> None:
    assert any("65" in mark for mark in instruments.nafld_fibrosis_score.marks)
    assert any("algorithm" in mark for mark in instruments.metavir_1996.marks)
    assert any("pattern" in mark for mark in instruments.histology_pattern.marks)
