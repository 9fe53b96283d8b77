"""Facts of liver scores and of the biopsy: which values are taken, what stays unknown, what is never inferred."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dechallenge import instruments, read
from dechallenge.case import Statement, TestResult, Time
from dechallenge.facts.make import event_facts, make_facts
from dechallenge.facts.vocabulary import histology, liver_causes, liver_failure, liver_scores
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from dechallenge.logic.results import InstrumentResult
from tests.unit.case_builder import BEFORE, SEEDS, Told, at, liver, made_up

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def of(id: str, found: Facts) -> InstrumentResult:
    return score(instruments.get(id), found, kind="liver injury")


def published(name: str) -> Facts:
    (case,) = read((EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")).cases
    return event_facts(case, case.events[0])


def said(result: InstrumentResult) -> str:
    return " ".join(caution.text for caution in result.cautions)


def titred(b: Told, test: str, state: Any, result: str) -> None:
    b.parts["tests"].append(TestResult(test=test, state=state, result=result, evidence=b.words(f"{test} {result}")))


def claimed(b: Told, method: str, result: str, kind: str = "score") -> None:
    b.parts["statements"].append(
        Statement(kind=kind, method=method, result=result, evidence=b.words(f"{method} gave {result}"))
    )


def enzymes(b: Told, ast: float, alt: float, when: Time, **more: Any) -> None:
    b.lab("AST", ast, "U/L", f"AST {ast}", when, **more)
    b.lab("ALT", alt, "U/L", f"ALT {alt}", when, **more)


# --- nothing from silence --------------------------------------------------------------------------------------------

SILENT = (
    "diabetes",
    "bmi",
    "ascites_grade",
    "encephalopathy_grade",
    "cirrhosis",
    "haemolysis",
    "gilbert",
    "acute_phase",
    "ana_titre",
    "sma_titre",
    "lkm_titre",
    "sla_antibody",
    "igg_xuln",
    "aih_histology",
    "biopsy_reported",
    "plasma_cells",
    "perisinusoidal_fibrosis",
    "ballooning_grade",
    "lobular_foci",
    "steatosis_percent",
    "fibrotest_stage",
    "kf_rings",
    "ceruloplasmin_g_l",
    "meld_creatinine_mg_dl",
    "liver_failure_cause",
)


def test_nothing_told_is_unknown_everywhere() -> None:
    found = facts(liver())
    assert not [name for name in SILENT if name in found]


def test_only_for_a_liver_injury() -> None:
    b = made_up("neutropenia")
    enzymes(b, 22, 18, BEFORE)
    assert "fibrosis_ast_u_l" not in facts(b)


# --- fibrosis indices ------------------------------------------------------------------------------------------------


def test_values_from_before_the_drug_come_first() -> None:
    b = liver()
    enzymes(b, 22, 18, BEFORE)
    b.lab("PLT", 178000, "/mm3", "178,000/cmm", BEFORE)
    b.lab("AST", 700, "U/L", "AST 700", at(30))
    b.who(46, "female", "46-year-old woman")
    found = facts(b)
    assert found["fibrosis_values"].stated == "before the drug"
    assert (found["fibrosis_ast_u_l"].point, found["fibrosis_alt_u_l"].point) == (22, 18)
    assert found["fibrosis_platelets"].point == 178  # from 178,000/mm³
    assert of("fib-4", found).score == pytest.approx(1.340, abs=5e-4)
    assert of("apri", found).score == pytest.approx(0.309, abs=5e-4)


def test_without_them_the_values_of_the_reaction_are_taken_and_called_invalid() -> None:
    b = liver()
    b.lab("AST", 700, "U/L", "AST 700", at(30))
    b.lab("PLT", 200, "10*9/L", "platelets 200", at(30))
    b.who(46, "female", "46-year-old woman")
    found = facts(b)
    assert found["fibrosis_values"].stated == "during the reaction"
    assert "acute injury" in said(of("fib-4", found))


def test_platelets_of_another_time_are_said_to_be() -> None:
    """Published case 2: enzymes of the event with the platelets of before: 0.941."""
    b = made_up()
    b.lab("PLT", 221000, "/mm3", "221,000/cmm", BEFORE)
    enzymes(b, 30, 50, at(30))
    b.who(49, "female", "49-year-old woman")
    found = facts(b)
    assert found["fibrosis_values"].stated == "from both times"
    assert of("fib-4", found).score == pytest.approx(0.941, abs=5e-4)


def test_a_multiple_needs_a_printed_limit_to_become_units() -> None:
    b = made_up()
    for analyte in ("AST", "ALT"):
        b.lab(analyte, 3, "xULN", f"{analyte} 3 times", at(30))
    found = facts(b)
    assert "fibrosis_ast_u_l" not in found
    assert found["fibrosis_ast_xuln"].point == 3
    b.lab("AST", 20, "U/L", "AST 20 (limit 35)", at(90), limit=35)
    assert facts(b)["fibrosis_ast_u_l"].point == 105


def test_implausible_platelets_are_left_out() -> None:
    b = liver()
    enzymes(b, 22, 18, BEFORE)
    b.lab("PLT", 116, "10*12/L", "116x10^12/L", BEFORE, repair=(116, "10*9/L"))
    assert "fibrosis_platelets" not in facts(b)


def test_body_mass_index_as_printed_worked_out_or_at_least() -> None:
    b = liver()
    b.who(49, "female", "49-year-old woman", bmi=31, bmi_evidence=b.words("BMI 31"))
    assert facts(b)["bmi"].point == 31
    b = liver()
    b.who(49, "female", "woman", weight_kg=80, height_cm=179, weight_evidence=b.words("80 kg, 179 cm"))
    assert facts(b)["bmi"].point == 25.0
    b = liver()
    b.finding("obesity", "obesity", history=True)
    assert (facts(b)["bmi"].point, facts(b)["bmi"].low) == (None, 30)


# --- FibroTest -------------------------------------------------------------------------------------------------------


def test_three_different_stages_in_one_report_leave_all_three_open() -> None:
    found = published("tocilizumab-liver-histology")
    assert found["fibrotest_stage"].possible == ("F1", "F1-F2", "F2")
    assert found["actitest_grade"].possible == ("A1", "A1-A2", "A2")
    assert found["fibrotest_stage"].stated is None
    result = of("fibrotest-stage", found)
    assert result.category is None and "IL-6 blockade" in said(result)


def test_a_reported_score_carries_its_rounding() -> None:
    b = liver()
    titred(b, "FibroTest", "not interpretable", "0.31")
    claimed(b, "FibroTest", "F1-2")
    found = facts(b)
    fact = found["fibrotest_score"]
    assert (fact.point, fact.low, fact.high) == (0.31, 0.305, 0.315)
    result = of("fibrotest-stage", found)
    assert (result.category, result.categories) == ("F1", ("F1", "F1-F2"))
    assert "one of the two" not in said(result)


def test_a_stage_of_fibrotest_is_not_one_of_metavir() -> None:
    b = liver()
    claimed(b, "FibroTest", "A1 F1")
    assert "metavir_fibrosis" not in facts(b)
    claimed(b, "METAVIR", "A2 F1-2")
    found = facts(b)
    assert found["metavir_fibrosis"].possible == ("F1", "F2")
    assert found["metavir_activity"].stated == "A2"
    assert found["fibrotest_stage"].stated == "F1"


def test_a_stage_of_ishak_as_reported() -> None:
    b = liver()
    claimed(b, "Ishak", "3")
    found = facts(b)
    assert found["ishak_stage"].stated == "3"
    assert "metavir_fibrosis" not in found


# --- MELD, Child-Pugh, acute failure ---------------------------------------------------------------------------------


def test_units_of_creatinine_and_albumin_are_converted_and_the_worst_taken() -> None:
    b = liver()
    b.lab("CREAT", 90, "umol/L", "creatinine 90", at(30))
    b.lab("CREAT", 265.26, "umol/L", "creatinine 265", at(35))
    b.lab("ALB", 30, "g/L", "albumin 30", at(30))
    b.lab("ALB", 28, "g/L", "albumin 28", at(35))
    b.lab("NA", 128, "mmol/L", "sodium 128", at(35))
    found = facts(b)
    assert found["meld_creatinine_mg_dl"].point == pytest.approx(3.0, abs=1e-3)
    assert found["creatinine_peak_umol_l"].point == pytest.approx(265.26, abs=0.1)
    assert (found["albumin_lowest_g_dl"].point, found["sodium_mmol_l"].point) == (2.8, 128)


def test_dialysis_leaves_the_creatinine_of_meld_open_up_to_4() -> None:
    b = liver()
    b.lab("CREAT", 2.0, "mg/dL", "creatinine 2.0", at(30))
    b.finding("hemodialysis", "hemodialysis was begun", time=at(32))
    found = facts(b)["meld_creatinine_mg_dl"]
    assert (found.point, found.low, found.high) == (None, 2.0, 4.0)
    assert facts(b)["creatinine_peak_umol_l"].point == pytest.approx(176.84)


@pytest.mark.parametrize(
    ("state", "extent", "values"),
    [
        ("absent", None, ("none",)),
        ("present", None, ("slight", "moderate or more")),
        ("present", "mild", ("slight",)),
        ("present", "massive", ("moderate or more",)),
    ],
)
def test_amount_of_ascites(state: str, extent: str | None, values: tuple[str, ...]) -> None:
    b = liver()
    b.finding("ascites", "ascites", state, extent=extent)
    assert facts(b)["ascites_grade"].possible == values


@pytest.mark.parametrize(
    ("extent", "values"),
    [(None, ("grade 1-2", "grade 3-4")), ("grade II", ("grade 1-2",)), ("grade 4", ("grade 3-4",))],
)
def test_grade_of_encephalopathy(extent: str | None, values: tuple[str, ...]) -> None:
    b = liver()
    b.finding("hepatic encephalopathy", "encephalopathy", extent=extent, time=at(40))
    b.finding("jaundice", "jaundice", time=at(30))
    found = facts(b)
    assert found["encephalopathy_grade"].possible == values
    assert found["jaundice_to_encephalopathy_days"].point == 10
    assert found["liver_failure_cause"].stated == "drug reaction"
    assert "paracetamol" not in found["liver_failure_cause"].possible


def test_a_suspected_paracetamol_is_the_cause_of_the_failure() -> None:
    b = made_up(drug="paracetamol")
    b.finding("acute liver failure", "acute liver failure")
    assert facts(b, "paracetamol")["liver_failure_cause"].stated == "paracetamol"


# --- autoimmune hepatitis and Wilson disease -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "result", "bounds"),
    [
        ("positive", "1:160", (160, 160)),
        ("positive", ">1:1280", (1280, None)),
        ("negative", "<1:40", (0, 39.9)),
        ("negative", "negative", (0, 79.9)),
        ("positive", "positive", (20, None)),
        ("positive", "1:1,280", (1280, 1280)),
    ],
)
def test_titres(state: str, result: str, bounds: tuple[float, float | None]) -> None:
    b = liver()
    titred(b, "ANA", state, result)
    fact = facts(b)["ana_titre"]
    assert (fact.low, fact.high) == bounds


@pytest.mark.parametrize("name", ["tocilizumab-liver-histology", "anakinra-liver-steatosis"])
def test_autoimmune_hepatitis_in_the_published_cases(name: str) -> None:
    """0 on what is told and up to 6: not reached, and 'probable' not formally excluded."""
    result = of("aih-simplified-2008", published(name))
    assert (result.score, result.low, result.high) == (0, 0, 6)
    assert result.categories == ("not reached", "probable")


def test_typical_and_compatible_histology() -> None:
    b = liver()
    b.finding("interface hepatitis", "interface hepatitis", time=at(31))
    assert facts(b)["aih_histology"].stated == "compatible"
    assert "typical" in facts(b)["aih_histology"].possible
    b.finding("emperipolesis", "emperipolesis", time=at(31))
    b.finding("hepatocyte rosettes", "rosettes", time=at(31))
    assert facts(b)["aih_histology"].possible == ("typical",)


def test_ceruloplasmin_in_mg_dl_and_in_a_word() -> None:
    b = liver()
    b.lab("CERULO", 8, "mg/dL", "ceruloplasmin 8 mg/dL", at(30))
    assert facts(b)["ceruloplasmin_g_l"].point == pytest.approx(0.08)
    assert of("leipzig-2001", published("tocilizumab-liver-histology")).item("ceruloplasmin").points == 0


def test_haemolysis_counts_with_a_negative_coombs_test_only() -> None:
    b = liver()
    b.finding("hemolytic anemia", "hemolytic anemia")
    assert "coombs_negative_haemolysis" not in facts(b)
    b.test("Coombs test", "negative", "Coombs test negative")
    assert facts(b)["coombs_negative_haemolysis"].value is True


# --- the biopsy ------------------------------------------------------------------------------------------------------


def test_the_published_biopsies() -> None:
    first = published("tocilizumab-liver-histology")
    assert first["haemorrhagic_necrosis"].value is True
    assert first["hepatic_inflammation"].value is first["interface_hepatitis"].value is False
    assert first["perisinusoidal_fibrosis"].possible == ("mild", "moderate or severe")
    assert "ballooning_grade" not in first
    assert of("histology-pattern", first).category == "macrovesicular steatosis"
    assert of("histology-pattern", first).item("chronicity").code == "present"
    third = published("anakinra-hepatitis")
    result = of("histology-pattern", third)
    assert result.category == "acute hepatitis"
    assert (result.item("chronicity").code, result.item("macrophage_activation").code) == ("absent", "absent")
    assert of("nash-crn-fibrosis-2005", third).category == "0"


def test_nas_of_the_published_biopsy_is_4_to_8() -> None:
    b = liver()
    b.finding("macrovesicular steatosis", "steatosis in 80%", extent="80%", time=at(60))
    b.finding("focal necrosis", "focal necrosis", time=at(60))
    b.finding("inflammation", "mild lymphocytic infiltrate", extent="mild", time=at(60))
    b.finding("perisinusoidal fibrosis", "perisinusoidal", time=at(60))
    b.finding("portal fibrosis", "intraportal fibrosis", time=at(60))
    b.finding("plasma cells", "no plasma cells", "absent", time=at(60))
    found = facts(b)
    result = of("nas-2005", found)
    assert (result.score, result.low, result.high) == (None, 4, 8)
    assert of("nash-crn-fibrosis-2005", found).category == "2"
    pattern = of("histology-pattern", found)
    assert pattern.category == "macrovesicular steatosis" and "steatohepatitis" in pattern.categories


@pytest.mark.parametrize(
    ("extent", "bounds"),
    [
        ("80%", (80, 80)),
        ("30-40%", (30, 40)),
        ("<5%", (0, 5)),
        (">60 %", (60, 100)),
        ("marked", (5, 100)),
        (None, (5, 100)),
    ],
)
def test_share_of_fat(extent: str | None, bounds: tuple[float, float]) -> None:
    b = liver()
    b.finding("macrovesicular steatosis", "steatosis", extent=extent, time=at(31))
    fact = facts(b)["steatosis_percent"]
    assert (fact.low, fact.high) == bounds


def test_fibrosis_denied_as_a_whole_denies_its_kinds() -> None:
    b = liver()
    b.finding("fibrosis", "no fibrosis", "absent", time=at(31))
    found = facts(b)
    assert found["perisinusoidal_fibrosis"].stated == "none"
    assert found["portal_fibrosis"].value is found["cirrhosis"].value is False
    assert of("child-pugh", found).applicable is False


def test_bridging_is_told_from_portal_fibrosis_by_its_words() -> None:
    b = liver()
    b.finding("portal fibrosis", "bridging fibrosis", time=at(31))
    assert facts(b)["bridging_fibrosis"].value is True
    b = liver()
    b.finding("portal fibrosis", "portal fibrosis", time=at(31))
    assert "bridging_fibrosis" not in facts(b)


def test_haemophagocytosis_of_the_marrow_is_not_one_of_the_liver() -> None:
    b = liver()
    b.finding("hemophagocytosis", "hemophagocytosis in the marrow", time=at(31))
    assert "macrophage_activation" not in facts(b)
    b.finding("lobular inflammation", "lobular inflammation", time=at(31))
    assert facts(b)["macrophage_activation"].value is True


def test_a_biopsy_from_before_the_drug_is_not_one_of_the_injury() -> None:
    b = liver()
    b.finding("macrovesicular steatosis", "steatosis years before", time=Time(low=-800.0, high=-700.0))
    assert "biopsy_reported" not in facts(b)


def test_every_fact_has_a_reason_and_its_words() -> None:
    terms = {t.name for group in (histology, liver_causes, liver_failure, liver_scores) for t in group.TERMS}
    for seed in SEEDS.values():
        case = seed()
        for fact in event_facts(case, case.events[0]).values():
            if fact.name in terms:
                assert fact.because and fact.evidence, fact.name
