"""Dechallenge and rechallenge: what followed the stop, and every re-exposure by the rules of the fact sheet."""

from __future__ import annotations

from typing import Any

import pytest

from dechallenge import instruments
from dechallenge.case import Time
from dechallenge.facts.make import make, make_facts
from dechallenge.facts.pair import CaseView
from dechallenge.facts.reexposure import Episode
from dechallenge.logic import Facts
from dechallenge.logic.engine import score
from tests.unit.case_builder import BEFORE, Told, at, from_, liver, made_up, stopped


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def dechallenge(b: Told) -> str | None:
    value = facts(b)["dechallenge"].stated
    return None if value is None else str(value)


def test_a_halved_alt_is_positive() -> None:
    b = stopped(liver())
    b.lab("ALT", 100, "U/L", "ALT 100", at(40), limit=40)
    assert dechallenge(b) == "positive"


def test_no_fall_after_thirty_days_is_negative() -> None:
    b = stopped(liver())
    b.lab("ALT", 780, "U/L", "ALT 780", at(75), limit=40)
    assert dechallenge(b) == "negative"


def test_a_fall_is_late_only_where_an_earlier_value_shows_it() -> None:
    """A normal value at a late visit does not say when the fall came; a raised one after thirty days does."""
    b = stopped(liver())
    b.lab("ALT", 30, "U/L", "ALT 30", at(120), limit=40)
    assert dechallenge(b) == "positive"
    b.lab("ALT", 780, "U/L", "ALT 780", at(75), limit=40)
    assert dechallenge(b) == "confounded"


def test_a_course_that_is_not_told_is_unknown() -> None:
    assert dechallenge(stopped(liver())) is None


def test_told_in_words() -> None:
    assert dechallenge(stopped(liver(outcome="recovering", outcome_quote="improved"))) == "positive"
    assert dechallenge(stopped(liver(outcome="not recovered", outcome_quote="did not"))) == "negative"
    assert dechallenge(stopped(liver(outcome="fatal", outcome_quote="died"))) == "not assessable"


@pytest.mark.parametrize(
    ("outcome", "value"), [("recovered", "recovered on drug"), ("not recovered", "not done"), ("unknown", "not done")]
)
def test_while_the_drug_goes_on(outcome: str, value: str) -> None:
    b = liver(outcome=outcome, outcome_quote="in the end")
    b.act("continued", "isoniazid", "isoniazid went on")
    assert dechallenge(b) == value


def test_steroids_at_the_stop_cloud_a_macrophage_activation_syndrome() -> None:
    b = made_up("MAS", "anakinra", outcome="recovered", outcome_quote="resolved")
    stopped(b, drug="anakinra")
    assert facts(b, "anakinra")["dechallenge"].stated == "positive"
    b.drug("prednisone", "prednisone was given", "treatment", start=at(30))
    assert facts(b, "anakinra")["dechallenge"].stated == "confounded"


def test_steroids_that_were_running_before_do_not_cloud_it() -> None:
    b = stopped(liver(outcome="recovered", outcome_quote="recovered"))
    b.drug("prednisone", "long-term prednisone", start=Time(high=0))
    assert dechallenge(b) == "positive"


def test_a_growth_factor_is_symptomatic_treatment_of_a_neutropenia() -> None:
    b = made_up("neutropenia", outcome="recovered", outcome_quote="recovered")
    stopped(b)
    b.drug("filgrastim", "filgrastim", "treatment", start=at(30))
    assert dechallenge(b) == "positive with symptomatic treatment"


def test_a_reaction_after_the_stop_has_no_dechallenge() -> None:
    b = made_up(onset=at(40), outcome="recovered", outcome_quote="recovered")
    b.act("stopped", "isoniazid", "a course of 30 days", at(30))
    assert dechallenge(b) == "not assessable"


# --- rechallenge, liver ---------------------------------------------------------------------------------------------


def again(before: float | str | None, during: float | str | None) -> Told:
    b = stopped(liver())
    if before is not None:
        b.lab("ALT", before, "U/L" if not isinstance(before, str) else "", f"ALT {before}", at(90), limit=40)
    b.act("restarted", "isoniazid", "isoniazid was given again", at(100))
    if during is not None:
        b.lab("ALT", during, "U/L" if not isinstance(during, str) else "", f"ALT {during} again", at(110), limit=40)
    return b


def judged(b: Told, drug: str = "isoniazid") -> tuple[Episode, ...]:
    case = b.case()
    return make(CaseView(case), drug, case.events[0]).episodes


@pytest.mark.parametrize(
    ("before", "during", "result"),
    [
        (100, 220, "positive"),
        (100, 190, "negative"),
        (240, 600, "not assessable"),
        (None, 600, "not assessable"),
        ("normal", 120, "positive"),
        (20, 39, "negative"),
    ],
)
def test_the_vectors_of_the_liver(before: Any, during: Any, result: str) -> None:
    (episode,) = judged(again(before, during))
    assert episode.result == result


def test_the_levels_go_to_the_instruments() -> None:
    found = facts(again(100, 220))
    assert (found["rechallenge_alt_before"].point, found["rechallenge_alt_during"].point) == (2.5, 5.5)


def test_values_of_a_re_exposure_are_not_the_peak_of_the_reaction() -> None:
    b = again(30, 4000)
    assert facts(b)["alt_peak_xuln"].point == 20


def test_a_re_exposure_that_nobody_tells_of() -> None:
    """Unknown, read as not done; "No rechallenge positive result available" is not a positive one."""
    found = facts(stopped(liver()))
    assert found["rechallenge"].stated == "not done"
    assert not found["rechallenge"].known
    assert score(instruments.rucam_2016, found, kind="liver injury").item("7").points == 0
    assert score(instruments.naranjo_1981, found).item("4").points == 0


def test_while_the_drug_goes_on_there_is_certainly_no_re_exposure() -> None:
    b = liver()
    b.act("continued", "isoniazid", "isoniazid went on")
    assert facts(b)["rechallenge"].known


def test_what_the_report_says_counts_where_there_are_no_figures() -> None:
    b = stopped(liver())
    b.act("restarted", "isoniazid", "given again", at(100), result="positive", because="jaundice came back")
    (episode,) = judged(b)
    assert (episode.result, episode.because) == ("positive", "jaundice came back")


# --- rechallenge, blood ---------------------------------------------------------------------------------------------


def blood(*counts: float | str, first: float = 750, **action: Any) -> Told:
    b = made_up("neutropenia", onset=at(4))
    b.lab("NEUT", 6190, "/mm3", "6190 before", BEFORE)
    b.lab("NEUT", first, "/mm3", f"{first} on day 4", at(4))
    stopped(b, 4)
    b.lab("NEUT", 4000, "/mm3", "4000 after the stop", at(6))
    b.act("restarted", "isoniazid", "given again", from_(6), **action)
    for value in counts:
        unit = "/mm3" if not isinstance(value, str) else ""
        b.lab("NEUT", value, unit, f"neutrophils {value} on it", from_(6))
    return b


@pytest.mark.parametrize(
    ("counts", "result"),
    [
        ((900,), "positive"),  # below 1.0
        ((700,), "positive"),  # as deep as the first time
        ((1120,), "positive"),  # 1.0 to 1.5, told as a fall
        ((4000, 1400), "positive"),
        ((3800, 1500), "not assessable"),  # fell by 61 %, never below 1.5
        ((3800, 1500, 3000), "negative"),  # and rose again on the drug
        ((3800, 2600), "negative"),
        (("normal",), "negative"),
    ],
)
def test_the_project_rule_for_blood(counts: tuple[float | str, ...], result: str) -> None:
    (episode,) = judged(blood(*counts))
    assert episode.result == result
    assert "project rule" in episode.because


def test_a_full_recurrence_is_told_from_a_partial_one() -> None:
    assert judged(blood(900))[0].because.startswith("full")
    assert judged(blood(1120))[0].because.startswith("partial")


def test_a_leucocytosis_instead_of_a_fall() -> None:
    b = blood()
    b.finding("leukocytosis", "a leukocytosis instead")
    assert judged(b)[0].result == "negative"


def test_any_positive_episode_makes_the_case_positive_and_all_are_kept() -> None:
    b = blood(1120)
    b.act("restarted", "isoniazid", "given a third time", from_(90))
    for value in (3800, 1500, 3000):
        b.lab("NEUT", value, "/mm3", f"{value} the third time", from_(90))
    assert [episode.result for episode in judged(b)] == ["positive", "negative"]
    assert facts(b)["rechallenge"].stated == "positive"


def test_the_nadir_of_the_reaction_leaves_re_exposures_out() -> None:
    assert facts(blood(100))["neutrophils_nadir"].point == 0.75


# --- dose, antidote -------------------------------------------------------------------------------------------------


def test_a_lower_dose_that_helped() -> None:
    b = liver(outcome="recovered", outcome_quote="recovered")
    b.act("reduced", "isoniazid", "the dose was halved", at(31))
    found = facts(b)
    assert found["dechallenge"].stated == "positive"
    assert found["dose_response"].value is True
