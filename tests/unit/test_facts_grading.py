"""Facts of gradings: worst values since onset in the unit of the term, limits, baselines, and what they led to."""

from __future__ import annotations

from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.assessment.assess import assess_case
from dechallenge.facts.make import event_facts
from dechallenge.logic import Facts
from tests.unit.case_builder import BEFORE, SEEDS, START, Builder, at

TEXT = """
A woman took drugx. Before: Hb 13 g/dL, fibrinogen 400 mg/dL, creatinine 0.8 mg/dL, INR 2.0, ALT raised, PLT 200.
Then Hb 9.0 g/dL, Hb 5.0 mmol/L, WBC 900/mm3, lymphocytes 300/mm3, fibrinogen 100 mg/dL, fibrinogen low,
triglycerides 4 mmol/L, albumin 2.5 g/dL, creatinine 3.0 mg/dL, INR 5.0, LDH 600 U/L, CK 900 U/L, ALT 200 U/L,
AST 90 U/L, temperature 39.5, neutrophils 800/mm3, platelets low, platelets 116, aPTT 80 s, eosinophils 900/mm3.
She took warfarin. There was fever, febrile neutropenia, a blood transfusion, hepatic encephalopathy, coma, hepatitis,
serum sickness, hypotension, no hypotension, mechanical ventilation, a hospital stay. She died. She recovered.
"""


def story(kind: str = "MAS", outcome: str = "", sex: Any = "female") -> Builder:
    b = Builder(TEXT)
    b.who(40, sex, "A woman")
    quote = "She died" if outcome == "fatal" else "She recovered"
    b.event(kind, "Then", at(10), outcome, quote if outcome else "")
    b.suspect("drugx", "drugx", start=START)
    return b


def facts(b: Builder) -> Facts:
    case = b.case()
    return event_facts(case, case.events[0])


def test_values_are_converted_and_the_worst_since_onset_is_taken() -> None:
    b = story()
    b.lab("HB", 13, "g/dL", "Hb 13 g/dL", BEFORE)
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    b.lab("HB", 5.0, "mmol/L", "Hb 5.0 mmol/L", at(12))
    b.lab("WBC", 900, "/mm3", "WBC 900/mm3", at(11))
    b.lab("LYMPH", 300, "/mm3", "lymphocytes 300/mm3", at(11))
    b.lab("TG", 4, "mmol/L", "triglycerides 4 mmol/L", at(11))
    b.lab("ALB", 2.5, "g/dL", "albumin 2.5 g/dL", at(11))
    made = facts(b)
    assert made["hemoglobin_nadir_g_l"].point == pytest.approx(80.6, abs=0.1)
    assert (made["wbc_nadir"].point, made["wbc_peak"].point) == (0.9, 0.9)
    assert made["lymphocytes_nadir"].point == 0.3
    assert made["triglycerides_peak_mg_dl"].point == pytest.approx(354.3, abs=0.1)
    assert made["albumin_nadir_g_l"].point == 25
    assert all(made[name].evidence for name in ("hemoglobin_nadir_g_l", "wbc_nadir", "albumin_nadir_g_l"))


@pytest.mark.parametrize(
    ("analyte", "value", "item", "grade"),
    [
        ("HB", 6.2, "anemia", 1),
        ("HB", 6.19, "anemia", 2),
        ("HB", 4.9, "anemia", 2),
        ("HB", 4.89, "anemia", 3),
        ("TG", 1.7, "triglycerides", 0),
        ("TG", 1.71, "triglycerides", 1),
        ("TG", 3.42, "triglycerides", 1),
        ("TG", 3.43, "triglycerides", 2),
        ("TG", 5.7, "triglycerides", 2),
        ("TG", 5.71, "triglycerides", 3),
        ("TG", 11.4, "triglycerides", 3),
        ("TG", 11.41, "triglycerides", 4),
    ],
)
def test_values_in_mmol_are_graded_by_the_cuts_printed_in_mmol(
    analyte: str, value: float, item: str, grade: int
) -> None:
    b = story()
    b.lab(analyte, value, "mmol/L", "Then", at(11))
    for edition in (instruments.ctcae_5, instruments.ctcae_6):
        assert edition.score(facts(b), kind="MAS").item(item).points == grade


def test_a_value_from_before_the_onset_is_no_worst_value() -> None:
    b = story()
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(3))
    assert "hemoglobin_nadir_g_l" not in facts(b)
    assert "hemoglobin_lln_g_l" not in facts(b)


@pytest.mark.parametrize(("sex", "low", "high"), [("female", 120, 120), ("male", 135, 135), (None, 120, 135)])
def test_the_default_lower_limit_is_that_of_the_sex(sex: Any, low: float, high: float) -> None:
    b = story(sex=sex)
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    limit = facts(b)["hemoglobin_lln_g_l"]
    assert (limit.low, limit.high) == (low, high)
    assert "default" in limit.because


def test_a_printed_lower_limit_wins() -> None:
    b = story()
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11), low_limit=11.5)
    limit = facts(b)["hemoglobin_lln_g_l"]
    assert (limit.point, limit.because[:7]) == (115, "printed")


def test_words_give_a_bound_beyond_the_limit() -> None:
    b = story("thrombocytopenia")
    b.lab("PLT", "low", "", "platelets low", at(11))
    made = facts(b)
    assert made["platelets_nadir"].point is None
    result = instruments.ctcae_5.score(made, kind="thrombocytopenia")
    assert (result.low, result.high) == (1, 4)


def test_an_implausible_value_is_left_out() -> None:
    b = story("thrombocytopenia")
    b.lab("PLT", 116, "10*12/L", "platelets 116", at(11), repair=(116, "10*9/L"))
    assert "platelets_nadir" not in facts(b)


def test_the_fall_of_fibrinogen_and_its_baseline() -> None:
    b = story()
    b.lab("FIBRINOGEN", 400, "mg/dL", "fibrinogen 400 mg/dL", BEFORE)
    b.lab("FIBRINOGEN", 100, "mg/dL", "fibrinogen 100 mg/dL", at(11))
    made = facts(b)
    assert (made["fibrinogen_nadir_g_l"].point, made["fibrinogen_fall_pct"].point) == (1.0, 75.0)
    assert made["fibrinogen_baseline_low"].value is False
    result = instruments.ctcae_5.score(made, kind="MAS")
    assert result.item("fibrinogen").points == 4
    assert any("if abnormal" in told.text for told in result.cautions)


def test_an_unknown_baseline_of_fibrinogen_stays_unknown() -> None:
    b = story()
    b.lab("FIBRINOGEN", "low", "", "fibrinogen low", BEFORE)
    b.lab("FIBRINOGEN", 100, "mg/dL", "fibrinogen 100 mg/dL", at(11))
    made = facts(b)
    assert "fibrinogen_fall_pct" not in made and "fibrinogen_baseline_low" not in made


def test_creatinine_against_its_baseline() -> None:
    b = story("acute kidney injury")
    b.lab("CREAT", 0.8, "mg/dL", "creatinine 0.8 mg/dL", BEFORE)
    b.lab("CREAT", 3.0, "mg/dL", "creatinine 3.0 mg/dL", at(11))
    made = facts(b)
    assert made["creatinine_baseline_low"].value is False
    assert instruments.ctcae_5.score(made, kind="acute kidney injury").score == 3
    assert instruments.ctcae_6.score(made, kind="acute kidney injury").score == 2


@pytest.mark.parametrize("kind", ["liver injury", "MAS"])
def test_inr_on_an_anticoagulant_is_only_a_multiple_of_the_one_before(kind: str) -> None:
    b = story(kind)
    b.lab("INR", 5.0, "{INR}", "INR 5.0", at(11))
    made = facts(b)
    assert made["inr_peak"].point == 5.0 and "inr_on_anticoagulant_xbl" not in made
    b.drug("warfarin", "took warfarin")
    made = facts(b)
    assert made["inr_peak"].point is None and "inr_on_anticoagulant_xbl" not in made
    b.lab("INR", 2.0, "{INR}", "INR 2.0", BEFORE)
    made = facts(b)
    assert made["inr_on_anticoagulant_xbl"].point == 2.5
    result = instruments.ctcae_5.score(made, kind=kind)
    assert (result.item("inr").points, result.item("inr-on-anticoagulant").points) == (None, 2)


def test_ldh_has_no_default_limit() -> None:
    b = story()
    b.lab("LDH", 600, "U/L", "LDH 600 U/L", at(11))
    assert "ldh_peak_xuln" not in facts(b)
    b = story()
    b.lab("LDH", 600, "U/L", "LDH 600 U/L", at(11), limit=300)
    assert facts(b)["ldh_peak_xuln"].point == 2


def test_other_values_against_their_upper_limits() -> None:
    b = story("rhabdomyolysis")
    b.lab("CK", 900, "U/L", "CK 900 U/L", at(11))
    b.lab("aPTT", 80, "s", "aPTT 80 s", at(11), limit=40)
    b.lab("EOS", 900, "/mm3", "eosinophils 900/mm3", at(11))
    made = facts(b)
    assert made["ck_peak_xuln"].point == 4.5
    assert made["aptt_peak_xuln"].point == 2
    assert made["eosinophils_peak_xuln"].point == pytest.approx(1.8)


# --- what was assumed of the baseline ------------------------------------------------------------------------------


def test_a_missing_baseline_and_one_without_a_figure_are_told() -> None:
    b = story("liver injury")
    b.lab("ALT", "raised", "", "ALT raised", BEFORE)
    b.lab("ALT", 200, "U/L", "ALT 200 U/L", at(11))
    b.lab("AST", 90, "U/L", "AST 90 U/L", at(11))
    made = facts(b)
    assert made["baseline_assumed_normal"].because.endswith("AST")
    assert made["baseline_raised_unquantified"].because.endswith("ALT")
    assert made["baseline_assumed_normal"].evidence and made["baseline_raised_unquantified"].evidence
    told = [caution.text for caution in instruments.ctcae_5.score(made, kind="liver injury").cautions]
    assert len(told) == 2
    result = next(i for i in assess_case(b.case()).events[0].instruments if i.id == "ctcae-5")
    assert result.score == 2


def test_nothing_is_said_of_baselines_that_no_grade_uses() -> None:
    b = story("neutropenia")
    b.lab("ALT", 200, "U/L", "ALT 200 U/L", at(11))
    assert "baseline_assumed_normal" not in facts(b)


# --- clinical terms -------------------------------------------------------------------------------------------------


def test_survival_rules_death_out_and_nothing_else() -> None:
    b = story("anemia", "recovered")
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    made = facts(b)
    assert made["anemia_consequence"].possible == ("none of these", "transfusion indicated", "life-threatening")
    result = instruments.ctcae_5.score(made, kind="anemia")
    assert (result.score, result.low, result.high) == (2, 2, 4)
    assert "thrombocytopenia_consequence" not in made
    b = story("anemia")
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    assert "anemia_consequence" not in facts(b)


def test_a_transfusion_counts_where_the_reaction_is_the_anaemia() -> None:
    b = story("anemia", "recovered")
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    b.finding("blood transfusion", "a blood transfusion", time=at(12))
    assert instruments.ctcae_5.score(facts(b), kind="anemia").score == 3
    b = story("MAS", "recovered")
    b.lab("HB", 9.0, "g/dL", "Hb 9.0 g/dL", at(11))
    b.finding("blood transfusion", "a blood transfusion", time=at(12))
    assert facts(b)["anemia_consequence"].best is None


def test_fever_by_figure_by_word_and_before_the_reaction() -> None:
    b = story()
    b.finding("fever", "There was fever", time=at(12))
    fact = facts(b)["fever_peak_c"]
    assert (fact.point, fact.low, fact.high) == (None, 38.0, None)
    b.lab("BODY_TEMP", 39.5, "Cel", "temperature 39.5", at(12))
    assert facts(b)["fever_peak_c"].point == 39.5
    early = story()
    early.finding("fever", "There was fever", time=at(2))
    assert "fever_peak_c" not in facts(early)


def test_febrile_neutropenia_needs_the_temperature_of_the_low_count() -> None:
    b = story("neutropenia", "recovered")
    b.lab("NEUT", 800, "/mm3", "neutrophils 800/mm3", at(11))
    b.lab("BODY_TEMP", 39.5, "Cel", "temperature 39.5", at(20))
    assert "neutropenic_temperature_c" not in facts(b)
    b.lab("BODY_TEMP", 39.5, "Cel", "temperature 39.5", at(11))
    made = facts(b)
    assert made["neutropenic_temperature_c"].point == 39.5
    five = instruments.ctcae_5.score(made, kind="neutropenia")
    assert (five.score, instruments.ctcae_6.score(made, kind="neutropenia").score) == (3, 3)
    assert instruments.ctcae_6.score(made, kind="neutropenia").item("neutrophils").points == 2


def test_the_diagnosis_of_febrile_neutropenia_is_this_fever() -> None:
    b = story("neutropenia")
    b.lab("NEUT", 800, "/mm3", "neutrophils 800/mm3", at(11))
    b.finding("febrile neutropenia", "febrile neutropenia", time=at(11))
    made = facts(b)
    assert made["neutropenic_fever_sustained"].value is True
    assert instruments.ctcae_6.score(made, kind="neutropenia").item("febrile-neutropenia").points == 3


def test_a_liver_injury_alone_is_no_hepatic_failure() -> None:
    b = story("liver injury")
    b.lab("ALT", 200, "U/L", "ALT 200 U/L", at(11))
    b.finding("drug-induced liver injury", "hepatitis", time=at(11))
    assert "hepatic_failure" not in facts(b)


@pytest.mark.parametrize(
    ("findings", "outcome", "possible", "grade"),
    [
        (["hepatic encephalopathy"], "recovered", 2, 3),
        (["hepatic encephalopathy"], "", 3, 3),
        (["hepatic encephalopathy", "coma"], "recovered", 1, 4),
        (["hepatic encephalopathy"], "fatal", 1, 5),
        ([], "fatal", 1, 5),
        (["coma"], "recovered", 0, None),
    ],
)
def test_hepatic_failure_from_what_is_told(findings: list[str], outcome: str, possible: int, grade: int | None) -> None:
    b = story("liver injury", outcome)
    for term in findings:
        b.finding(term, term, time=at(12))
    fact = facts(b).get("hepatic_failure")
    assert (0 if fact is None else len(fact.possible)) == possible
    assert instruments.ctcae_5.score(facts(b), kind="liver injury").item("hepatic-failure").points == grade


def test_hepatitis_is_graded_only_where_it_is_called_one() -> None:
    b = story("liver injury", "recovered")
    b.finding("hospitalization", "a hospital stay", time=at(12))
    assert "hepatitis_severity" not in facts(b)
    b.finding("hepatitis", "hepatitis", time=at(12))
    fact = facts(b)["hepatitis_severity"]
    assert (fact.best, fact.possible) == ("symptomatic dysfunction", ("symptomatic dysfunction", "decompensated"))
    b.finding("hepatic encephalopathy", "hepatic encephalopathy", time=at(12))
    assert facts(b)["hepatitis_severity"].possible == ("decompensated",)


@pytest.mark.parametrize(
    ("finding", "outcome", "best", "possible"),
    [
        (None, "recovered", None, ("mild", "moderate", "severe", "life-threatening")),
        ("hospitalization", "recovered", "severe", ("severe", "life-threatening")),
        ("mechanical ventilation", "recovered", "life-threatening", ("life-threatening",)),
        (None, "fatal", "death", ("death",)),
    ],
)
def test_haemophagocytic_syndrome(
    finding: str | None, outcome: str, best: str | None, possible: tuple[str, ...]
) -> None:
    b = story("MAS", outcome)
    if finding:
        b.finding(finding, "a hospital stay" if finding == "hospitalization" else finding, time=at(12))
    fact = facts(b)["hlh_severity"]
    assert (fact.best, fact.possible) == (best, possible)
    assert "hlh_severity" not in facts(story("liver injury", outcome))


def test_cytokine_release() -> None:
    b = story("cytokine release syndrome", "recovered")
    result = instruments.ctcae_5.score(facts(b), kind="cytokine release syndrome")
    assert (result.score, result.low, result.high) == (1, 1, 4)
    b.finding("hypotension", "hypotension", time=at(11))
    assert instruments.ctcae_5.score(facts(b), kind="cytokine release syndrome").low == 2
    b = story("cytokine release syndrome", "recovered")
    b.finding("hypotension", "no hypotension", "absent", time=at(11))
    b.finding("mechanical ventilation", "mechanical ventilation", time=at(11))
    made = facts(b)
    assert made["crs_hypotension"].possible == ("none",)
    assert instruments.ctcae_6.score(made, kind="cytokine release syndrome").score == 4
    assert "crs" not in facts(story("MAS"))


def test_serum_sickness_without_its_course_has_a_range_only() -> None:
    b = story("hypersensitivity", "recovered")
    b.finding("serum sickness", "serum sickness", time=at(12))
    result = instruments.ctcae_5.score(facts(b), kind="hypersensitivity")
    assert (result.score, result.low, result.high) == (None, 1, 4)


# --- the published cases --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "five", "six"),
    [
        (
            "hepatitis",
            {"alt": 4, "ast": 4, "alp": 2, "bilirubin": 3, "hepatic-failure": None},
            {"alt": 4, "ast": 4, "alp": None, "bilirubin": 3, "hepatitis": None},
        ),
        ("schnitzler", {"neutrophils": 3}, {"neutrophils": 2}),
        ("still_mas", {"neutrophils": 4}, {"neutrophils": 3}),
        ("steatosis", {"alt": 1, "alp": 1, "ggt": 1, "ldh": None}, {"alt": 1, "alp": None, "ggt": 1}),
        ("boy", {"anemia": 2}, {"anemia": 2}),
        ("girl", {"anemia": 2}, {"anemia": 2}),
    ],
)
def test_seed_values_as_graded_in_the_sheet(name: str, five: dict[str, Any], six: dict[str, Any]) -> None:
    case = SEEDS[name]()
    event = case.events[0]
    made = event_facts(case, event)
    for edition, grades in ((instruments.ctcae_5, five), (instruments.ctcae_6, six)):
        result = edition.score(made, kind=event.kind)
        assert {item: result.item(item).points for item in grades} == grades
