"""Neutropenia: recovery after the stop, what clouds it, a second count, infection; the criteria on whole cases."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.case import Time
from dechallenge.facts.make import make_facts
from dechallenge.logic import Facts
from tests.unit.case_builder import SEEDS, Told, at, liver, made_up, stopped

DRUG = "isoniazid"


def facts(b: Told, drug: str = DRUG) -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def neutropenia(stop: float | None = 30, low: float = 300, **event: object) -> Told:
    """A neutropenia on day 30 with its count, and the stop of the drug."""
    b = made_up("neutropenia", onset=at(30), **event)
    b.lab("NEUT", low, "/mm3", f"neutrophils {low}", at(30))
    return stopped(b, stop) if stop is not None else b


def count(b: Told, day: float, value: float) -> Told:
    b.lab("NEUT", value, "/mm3", f"neutrophils {value} on day {day}", at(day))
    return b


def recovery(found: Facts) -> tuple[float | None, float | None, float | None]:
    fact = found["neutrophil_recovery_days"]
    return fact.low, fact.high, fact.point


@pytest.mark.parametrize(
    ("day", "value", "limits", "criterion"),
    [
        (60, 1510, (0.01, 30, 30), "yes"),
        (60, 1500, (30.01, None, None), "no"),
        (61, 1510, (0.01, 31, 31), "no"),
        (55, 900, (25.01, None, None), None),
    ],
)
def test_recovery_is_a_count_above_the_limit_within_a_month(
    day: float, value: float, limits: tuple[float, float | None, float | None], criterion: str | None
) -> None:
    found = facts(count(neutropenia(outcome="recovered"), day, value))
    # The lowest count is of the day of the stop, so it does not follow the stop.
    low, high, point = recovery(found)
    assert (high, point) == limits[1:]
    assert low == pytest.approx(limits[0], abs=0.011)
    assert instruments.neutropenia_1991.score(found, kind="neutropenia").item("2").code == criterion


def test_between_the_last_low_count_and_the_first_above() -> None:
    b = count(count(count(neutropenia(), 35, 700), 40, 1200), 44, 2400)
    assert recovery(facts(b)) == (10.01, 14, 14)


def test_a_recovery_told_against_the_stop_narrows_the_interval() -> None:
    b = made_up(
        "neutropenia",
        onset=at(30),
        outcome="recovered",
        outcome_quote="the count recovered within two days",
        recovery_from_stop=Time(low=0, high=2),
    )
    found = facts(stopped(b))
    assert recovery(found) == (0, 2, None)
    assert found["neutrophil_recovery_days"].evidence


def test_while_the_drug_goes_on_there_is_no_recovery_after_a_stop() -> None:
    b = count(neutropenia(stop=None), 40, 2400)
    b.act("continued", DRUG, "it was continued")
    assert "neutrophil_recovery_days" not in facts(b)


def test_without_a_count_after_the_stop_nothing_is_known_of_the_recovery() -> None:
    found = facts(neutropenia())
    assert "neutrophil_recovery_days" not in found
    assert "neutropenia_symptoms_gone" not in found
    assert "died_before_recovery" not in found


def test_a_count_on_re_exposure_is_not_the_recovery() -> None:
    b = neutropenia()
    b.act("restarted", DRUG, "it was given again", at(90))
    count(b, 95, 400)
    assert "neutrophil_recovery_days" not in facts(b)


def test_symptoms_are_gone_with_a_recovery_and_not_by_silence() -> None:
    assert facts(neutropenia(outcome="recovered", outcome_quote="recovered"))["neutropenia_symptoms_gone"].value is True
    assert "neutropenia_symptoms_gone" not in facts(neutropenia(outcome="recovering", outcome_quote="recovering"))
    b = neutropenia()
    b.finding("symptoms", "she was asymptomatic", "absent")
    assert facts(b)["neutropenia_symptoms_gone"].value is True


def test_a_late_recovery_says_nothing_of_the_first_month() -> None:
    b = count(count(neutropenia(outcome="recovered", outcome_quote="recovered in the end"), 65, 900), 80, 2400)
    assert "neutropenia_symptoms_gone" not in facts(b)


def test_a_growth_factor_makes_recovery_not_assessable() -> None:
    b = count(neutropenia(outcome="recovered", outcome_quote="recovered"), 35, 2400)
    b.drug("filgrastim", "filgrastim was given", "treatment", start=at(31))
    found = facts(b)
    assert found["growth_factor"].value is True
    result = instruments.neutropenia_1991.score(found, kind="neutropenia")
    assert result.item("2").code == "not assessable"
    assert any("growth factor" in caution.text for caution in result.cautions)


def test_a_growth_factor_of_an_earlier_time_does_not_count() -> None:
    b = count(neutropenia(), 35, 2400)
    b.drug("filgrastim", "filgrastim after chemotherapy years ago", "previous")
    assert "growth_factor" not in facts(b)
    early = count(neutropenia(), 35, 2400)
    early.drug("filgrastim", "filgrastim in the first week", start=at(1), stop=at(5))
    assert "growth_factor" not in facts(early)


def test_death_before_recovery_is_not_assessable() -> None:
    found = facts(neutropenia(outcome="fatal", outcome_quote="he died"))
    assert found["died_before_recovery"].value is True
    result = instruments.neutropenia_1991.score(found, kind="neutropenia")
    assert result.item("2").code == "not assessable"
    later = facts(count(neutropenia(outcome="fatal", outcome_quote="he died of a stroke"), 40, 2400))
    assert later["died_before_recovery"].value is False


def test_a_single_low_count_has_no_second() -> None:
    assert "neutrophils_second" not in facts(count(neutropenia(), 40, 2400))
    assert facts(count(neutropenia(), 31, 450))["neutrophils_second"].point == pytest.approx(0.45)


def test_the_count_from_the_differential() -> None:
    """3500/µL with 31 % neutrophils is 1085/µL."""
    b = made_up("neutropenia", onset=at(30))
    b.lab("WBC", 3500, "/mm3", "white cells 3500", at(30))
    b.lab("NEUT_PCT", 31, "%", "31 % neutrophils", at(30))
    found = facts(b)
    assert found["neutrophils_nadir"].point == pytest.approx(1.085)
    result = instruments.neutropenia_definition.score(found, kind="neutropenia")
    assert (result.category, result.item("depth").code) == ("neutropenia", "mild")


def test_infection_during_the_neutropenia_and_not_before() -> None:
    b = neutropenia()
    b.finding("fever", "fever of the disease", history=True)
    assert "neutropenia_infection" not in facts(b)
    undated = neutropenia()
    undated.finding("fever", "had fever")
    assert "neutropenia_infection" not in facts(undated)
    during = neutropenia()
    during.finding("pneumonia", "pneumonia on day 31", time=at(31))
    assert facts(during)["neutropenia_infection"].value is True


def test_infection_is_absent_only_when_fever_and_infection_are() -> None:
    b = neutropenia()
    b.finding("fever", "no fever", "absent")
    assert "neutropenia_infection" not in facts(b)
    b.finding("infection", "no infection", "absent")
    assert facts(b)["neutropenia_infection"].value is False


def test_onset_a_week_after_the_stop() -> None:
    for stop, code in ((23, "yes"), (22, "no")):
        found = facts(neutropenia(stop=stop))
        assert instruments.neutropenia_1991.score(found, kind="neutropenia").item("1").code == code


def test_a_slow_drug_is_said_to_need_another_limit() -> None:
    b = made_up("neutropenia", drug="rituximab", onset=at(100))
    b.lab("NEUT", 300, "/mm3", "neutrophils 300", at(100))
    b.act("stopped", "rituximab", "the last infusion", at(28))
    result = instruments.neutropenia_1991.score(facts(b, "rituximab"), kind="neutropenia")
    assert result.item("1").code == "no"
    assert any("slowly eliminated" in caution.text for caution in result.cautions)


def test_only_for_a_neutropenia() -> None:
    assert not {"neutrophil_recovery_days", "neutropenia_symptoms_gone"} & set(facts(stopped(liver())))


@pytest.mark.parametrize(
    ("name", "depth", "recovery", "came_back"), [("schnitzler", "moderate", 2, "yes"), ("still_mas", "severe", 2, "no")]
)
def test_the_two_published_cases(name: str, depth: str, recovery: float, came_back: str) -> None:
    case = SEEDS[name]()
    found = make_facts(case, "anakinra", case.events[0])
    assert found["neutrophil_recovery_days"].high == recovery
    result = instruments.neutropenia_1991.score(found, kind="neutropenia")
    assert (result.item("1").code, result.item("2").code) == ("yes", "yes")
    assert result.item("rechallenge").code == came_back
    assert instruments.neutropenia_definition.score(found, kind="neutropenia").item("depth").code == depth
