"""Time: latency, onset against the stop, courses of the drug, what the report states."""

from __future__ import annotations

import pytest

from dechallenge.case import Time
from dechallenge.facts.make import make_facts
from dechallenge.logic import Facts
from tests.unit.case_builder import START, Told, at, from_, liver, made_up, stopped


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


def interval(found: Facts, name: str) -> tuple[float | None, float | None, float | None]:
    fact = found[name]
    return fact.low, fact.high, fact.point


def test_latency_keeps_point_and_interval() -> None:
    b = made_up(onset=at(18, 24, 21, "three weeks after starting", "start"))
    assert interval(facts(b), "latency") == (18, 24, 21)


def test_without_a_printed_figure_there_is_no_point() -> None:
    b = made_up(onset=Time(low=1, high=58, text="in February 2010"))
    assert interval(facts(b), "latency") == (1, 58, None)


def test_without_dates_only_the_order_is_known() -> None:
    b = made_up("MAS", onset=Time())
    assert interval(facts(b), "latency") == (0, None, None)
    assert facts(b)["onset_time_stated"].value is False


def test_a_second_suspect_counts_from_its_own_start() -> None:
    b = made_up()
    b.suspect("rifampicin", "rifampicin was added", start=at(10))
    assert interval(facts(b, "rifampicin"), "latency") == (20, 20, 20)


def test_a_reaction_before_the_first_dose_is_incompatible() -> None:
    b = made_up()
    b.suspect("rifampicin", "rifampicin was added", start=at(40))
    found = facts(b, "rifampicin")
    assert found["onset_timing"].stated == "incompatible"
    assert interval(found, "latency") == (-10, -10, -10)


def test_onset_before_the_stop_is_told_by_the_story_when_the_days_overlap() -> None:
    b = made_up(onset=at(18, 24, 21))
    b.act("stopped", "isoniazid", "isoniazid was stopped", from_(18))
    found = facts(b)["stop_to_onset"]
    assert (found.low, found.high) == (None, 0)


@pytest.mark.parametrize(("stop", "timing"), [(16, "compatible"), (15, "compatible"), (14, "incompatible")])
def test_onset_after_the_stop_fits_for_fifteen_days(stop: float, timing: str) -> None:
    b = made_up(onset=at(30))
    b.drug("isoniazid", "isoniazid for some days", "suspect", start=START)
    b.act("stopped", "isoniazid", "it had been stopped", at(stop))
    found = facts(b)
    assert found["stop_to_onset"].point == 30 - stop
    assert found["onset_timing"].stated == timing


def test_while_the_drug_goes_on_the_stop_lies_after_onset() -> None:
    b = made_up()
    b.act("continued", "isoniazid", "isoniazid was continued")
    found = facts(b)
    assert found["drug_continued"].value is True
    assert (found["stop_to_onset"].low, found["stop_to_onset"].high) == (None, 0)


def test_a_reaction_of_the_second_course_counts_from_its_start() -> None:
    b = made_up(onset=at(110))
    b.act("stopped", "isoniazid", "isoniazid stopped after a month", at(30))
    b.act("restarted", "isoniazid", "isoniazid was given again", at(100))
    found = facts(b)
    assert found["exposure"].stated == "subsequent"
    assert interval(found, "latency") == (10, 10, 10)


def test_nothing_said_of_the_drug_is_unknown_and_not_no() -> None:
    found = facts(made_up())
    assert "drug_continued" not in found
    assert found["action_stated"].value is False


def test_a_stop_for_the_reaction() -> None:
    found = facts(stopped(liver()))
    assert found["drug_continued"].value is False
    assert found["action_stated"].value is True


def test_elimination_from_the_sourced_half_life_and_unknown_without_a_row() -> None:
    slow = made_up(drug="tocilizumab")
    assert facts(slow, "tocilizumab")["slow_elimination"].value is True
    unheard_of = made_up(drug="unheardofmab")
    assert "slow_elimination" not in facts(unheard_of, "unheardofmab")
    assert "known_reaction" not in facts(unheard_of, "unheardofmab")
