"""CTCAE as a whole: which terms count for which reaction, what is not judged, ranges, and cautions."""

from __future__ import annotations

from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.facts.vocabulary.grading_clinical import hlh_severity, serum_sickness
from dechallenge.logic import Fact, Facts
from dechallenge.logic.instrument import Instrument

EDITIONS = (instruments.ctcae_5, instruments.ctcae_6)
both = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: str(edition.id))

SHEET_TERMS = {
    "alt", "ast", "alp", "ggt", "bilirubin", "inr", "inr-on-anticoagulant", "aptt", "ldh", "neutrophils",
    "white-cells", "lymphocytes", "lymphocytes-increased", "leukocytosis", "platelets", "anemia", "eosinophilia",
    "creatinine", "triglycerides", "fibrinogen", "albumin", "fever", "febrile-neutropenia", "crs", "hepatic-failure",
    "serum-sickness",
}  # fmt: skip
NEW_IN_6 = {"hlh", "hepatitis", "neutrophils-increased", "thrombocytosis"}


def test_the_terms_of_each_edition() -> None:
    assert {item.id for item in instruments.ctcae_5.items} == SHEET_TERMS | {"cpk"}
    assert {item.id for item in instruments.ctcae_6.items} == SHEET_TERMS | NEW_IN_6


@both
def test_every_term_is_about_some_kind_and_judged_only_when_measured(edition: Instrument) -> None:
    assert all(item.kinds and item.measured is not None for item in edition.items)
    assert set(edition.applies_to) == {kind for item in edition.items for kind in item.kinds}


@both
def test_nothing_measured_gives_no_grade(edition: Instrument) -> None:
    result = edition.score()
    assert (result.score, result.category, result.open_questions) == (None, None, ())


@both
@pytest.mark.parametrize(
    ("kind", "raised_by", "not_by"),
    [
        ("liver injury", {"alt_peak_xuln": 30}, {"hemoglobin_nadir_g_l": 60, "neutrophils_nadir": 0.01}),
        ("liver injury", {"inr_peak": 2.6}, {"triglycerides_peak_mg_dl": 2000, "fibrinogen_nadir_g_l": 0.2}),
        ("neutropenia", {"neutrophils_nadir": 0.05}, {"wbc_nadir": 0.5, "platelets_nadir": 5, "alt_peak_xuln": 30}),
        ("thrombocytopenia", {"platelets_nadir": 5}, {"neutrophils_nadir": 0.01, "hemoglobin_nadir_g_l": 60}),
        ("anemia", {"hemoglobin_nadir_g_l": 60}, {"platelets_nadir": 5, "creatinine_peak_xuln": 7}),
        ("acute kidney injury", {"creatinine_peak_xuln": 7}, {"alt_peak_xuln": 30}),
        ("MAS", {"fibrinogen_nadir_g_l": 0.2}, {"creatinine_peak_xuln": 7, "wbc_peak": 200}),
        ("cytokine release syndrome", {"crs": "present", "crs_consequence": "life-threatening"}, {"fever_peak_c": 41}),
    ],
)
def test_only_terms_about_the_reaction_make_its_grade(
    edition: Instrument, kind: str, raised_by: dict[str, Any], not_by: dict[str, Any]
) -> None:
    own = edition.score(kind=kind, **raised_by)
    assert own.score is not None and own.score >= 3
    assert edition.score(kind=kind, **not_by).score is None
    assert edition.score(kind=kind, **raised_by, **not_by).score == own.score


@both
def test_the_words_drug_induced_liver_injury_are_not_hepatic_failure(edition: Instrument) -> None:
    result = edition.score(kind="liver injury", alt_peak_xuln=4, bili_peak_xuln=1.2, alt_baseline_xuln=1)
    assert result.item("hepatic-failure").option == "not measured"
    assert result.score == 2


@both
def test_the_multiple_of_the_baseline_counts_only_on_an_anticoagulant(edition: Instrument) -> None:
    """A published test calls 1.2 without a baseline not gradable, as it assumes an anticoagulant; ours assumes none."""
    result = edition.score(kind="liver injury", inr_peak=1.2)
    assert (result.item("inr").points, result.item("inr-on-anticoagulant").points) == (0, None)
    assert edition.score(kind="liver injury", inr_on_anticoagulant_xbl=2.6).score == 3


@both
def test_what_a_value_led_to_is_in_the_range_until_it_is_told(edition: Instrument) -> None:
    result = edition.score(kind="anemia", hemoglobin_nadir_g_l=90)
    assert (result.score, result.low, result.high) == (2, 2, 5)
    assert [question.fact for question in result.open_questions] == ["anemia_consequence"]
    settled = edition.score(kind="anemia", hemoglobin_nadir_g_l=90, anemia_consequence="none of these")
    assert (settled.score, settled.low, settled.high) == (2, 2, 2)


def test_a_part_of_a_course_narrows_the_grade_without_a_point() -> None:
    fact = Fact.choice(serum_sickness, "moderate", "severe")
    result = instruments.ctcae_5.score(Facts([fact]), kind="hypersensitivity")
    assert (result.score, result.low, result.high) == (None, 2, 3)
    fact = Fact.choice(hlh_severity, "severe", "life-threatening", best="severe")
    result = instruments.ctcae_6.score(Facts([fact]), kind="MAS")
    assert (result.score, result.low, result.high) == (3, 3, 4)


def test_the_editions_differ_where_the_sheet_says() -> None:
    for value, five, six in ((0.75, 3, 2), (1.12, 2, 1), (0.32, 4, 3)):
        assert instruments.ctcae_5.score(neutrophils_nadir=value).score == five
        assert instruments.ctcae_6.score(neutrophils_nadir=value).score == six
    high: dict[str, Any] = {"alt_peak_xuln": 2.5, "alt_baseline_xuln": 2}
    assert (instruments.ctcae_5.score(**high).score, instruments.ctcae_6.score(**high).score) == (0, 1)
    kidney: dict[str, Any] = {
        "creatinine_peak_xuln": 0.9,
        "creatinine_baseline_xuln": 0.5,
        "creatinine_baseline_low": False,
    }
    earlier = instruments.ctcae_5.score(creatinine_peak_xuln=0.9, creatinine_baseline_xuln=0.5)
    assert (earlier.score, instruments.ctcae_6.score(**kidney).score) == (2, 0)


@both
def test_cautions_tell_what_was_assumed_about_the_baseline(edition: Instrument) -> None:
    def said(**given: Any) -> str:
        return " ".join(told.text for told in edition.score(alt_peak_xuln=5, **given).cautions)

    assert said() == ""
    assert "taken as normal" in said(baseline_assumed_normal=True)
    assert "without a figure" in said(baseline_raised_unquantified=True)


@both
def test_a_fall_from_a_normal_baseline_is_a_reading(edition: Instrument) -> None:
    given: dict[str, Any] = {"fibrinogen_nadir_g_l": 1.0, "fibrinogen_lln_g_l": 2.0, "fibrinogen_fall_pct": 50}
    assert edition.score(**given).score == 3
    told = edition.score(**given, fibrinogen_baseline_low=False)
    assert told.score == 3 and any("if abnormal" in caution.text for caution in told.cautions)
    assert not edition.score(**given, fibrinogen_baseline_low=True).cautions
