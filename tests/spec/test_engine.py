"""What the engine promises for every instrument: entry, missing answers, range, explanation, open questions."""

from __future__ import annotations

import json

import pytest

from dechallenge import instruments
from dechallenge.errors import FactError
from dechallenge.facts.vocabulary import TERMS
from dechallenge.facts.vocabulary.causes import hev
from dechallenge.facts.vocabulary.liver import alp_xuln, alt_xuln
from dechallenge.facts.vocabulary.timing import latency
from dechallenge.logic import Derived
from dechallenge.logic.compiled import compiled
from dechallenge.logic.engine import score
from dechallenge.logic.facts import Fact, Facts
from dechallenge.logic.instrument import Given
from dechallenge.logic.results import as_dict

HEP: dict[str, Given] = {"alt_xuln": 20, "alp_xuln": 1, "stop_to_onset": (None, 0), "exposure": "initial"}


# --- entry -----------------------------------------------------------------------------------------------------------


def test_entry_refused_says_why_and_gives_no_score() -> None:
    result = instruments.rucam_2016.score(alt_xuln=1.25, alp_xuln=1.4, latency=30)
    assert not result.applicable
    assert (result.score, result.low, result.high, result.category, result.items) == (None, None, None, None, ())
    assert "do not reach" in result.reason
    assert "1.25" in result.reason
    assert result.entry == "refused"


def test_entry_by_normal_values_without_figures() -> None:
    result = instruments.dilin_severity.score(alt_xuln=(None, 1), alp_xuln=(None, 1))
    assert not result.applicable


def test_entry_unknown_is_scored_and_said() -> None:
    result = instruments.rucam_2016.score(latency=30)
    assert result.applicable
    assert result.entry == "unknown"
    assert "Not known whether" in result.reason
    assert result.score is not None


def test_entry_met() -> None:
    result = instruments.rucam_2016.score(latency=30, **HEP)
    assert (result.entry, result.reason) == ("met", "")


def test_a_verdict_that_cannot_be_given_says_what_is_needed() -> None:
    assert "needs both values" in instruments.r_value.score(alt_xuln=3).reason
    assert instruments.aithal_2011.score(alt_xuln=3).reason


def test_other_kinds_of_reaction_are_refused() -> None:
    facts = Facts([Fact.number(alt_xuln, 20), Fact.number(alp_xuln, 1)])
    result = score(instruments.rucam_2016, facts, kind="neutropenia")
    assert not result.applicable
    assert "liver injury" in result.reason and "neutropenia" in result.reason
    assert score(instruments.naranjo_1981, facts, kind="neutropenia").applicable


@pytest.mark.parametrize("id", ["rucam-1993", "rucam-2016"])
@pytest.mark.parametrize(
    ("alt", "alp", "days", "slow", "applicable"),
    [
        (10, 1, 15, False, True),
        (10, 1, 16, False, False),
        (10, 1, 16, True, True),
        (3, 3, 30, False, True),
        (3, 3, 31, False, False),
        (3, 3, 31, True, True),
    ],
)
def test_too_long_after_the_stop_is_unrelated(
    id: str, alt: float, alp: float, days: float, slow: bool, applicable: bool
) -> None:
    result = instruments.get(id).score(
        alt_xuln=alt, alp_xuln=alp, latency=60, stop_to_onset=days, slow_elimination=slow
    )
    assert result.applicable is applicable
    if applicable:
        assert result.item("1").points == 1
    else:
        assert "Unrelated" in result.reason


@pytest.mark.parametrize("id", ["rucam-1993", "rucam-2016"])
def test_long_after_the_stop_of_a_drug_of_unknown_elimination(id: str) -> None:
    """Slowly eliminated: +1; not: unrelated. Never the +2 of the time from the first dose."""
    result = instruments.get(id).score(alt_xuln=10, alp_xuln=1, latency=60, stop_to_onset=20)
    item = result.item("1")
    assert (result.entry, item.points, item.low, item.high) == ("unknown", 1, 1, 1)


@pytest.mark.parametrize("id", ["rucam-1993", "rucam-2016"])
def test_before_the_first_dose_is_unrelated(id: str) -> None:
    result = instruments.get(id).score(**{**HEP, "latency": -1})
    assert not result.applicable
    assert "before" in result.reason


# --- missing answers and range ------------------------------------------------------------------------------------


def test_without_dates_rucam_has_no_score_but_a_range() -> None:
    result = instruments.rucam_2016.score(**HEP, age=60)
    assert result.score is None and result.category is None
    assert "dates" in result.reason
    assert result.low is not None and result.high is not None
    assert result.item("1").points is None
    assert (result.item("1").low, result.item("1").high) == (1, 2)


def test_an_interval_that_straddles_a_limit() -> None:
    result = instruments.rucam_2016.score(
        Facts([Fact.number(latency, 5, low=3, high=7)]), **HEP, rechallenge_setting="not done"
    )
    item = result.item("1")
    assert (item.points, item.low, item.high) == (2, 1, 2)
    assert "latency" in {question.fact for question in result.open_questions}


def test_an_interval_without_a_point_decides_when_it_can() -> None:
    assert instruments.rucam_2016.score(**HEP, latency=(6, 80)).item("1").points == 2
    assert instruments.rucam_2016.score(**HEP, latency=(80, 100)).item("1").points is None


def test_not_done_is_known_and_not_reported_is_not() -> None:
    causes: dict[str, Given] = {
        "hav": "negative",
        "hbv": "negative",
        "hcv": "negative",
        "biliary_imaging": "negative",
        "alcoholic_hepatitis": "negative",
        "underlying_disease": "negative",
        "cmv": "negative",
        "ebv": "negative",
        "hsv": "negative",
        "vzv": "negative",
    }
    known = instruments.rucam_2016.score(**HEP, latency=30, **causes, hev="not done", hypotension="not done").item("5")
    assert (known.points, known.low, known.high, known.missing) == (0, 0, 0, ())
    unknown = instruments.rucam_2016.score(**HEP, latency=30, **causes, hev="not reported", hypotension="not done")
    item = unknown.item("5")
    assert (item.points, item.low, item.high, item.missing) == (0, -3, 0, ("hev",))


def test_the_range_is_joint_over_items_that_share_a_fact() -> None:
    """ALT and ALP choose the scale of items 2, 3 and 7 together, so the extremes of the scales cannot be mixed."""
    facts: dict[str, Given] = {
        "latency": 30,
        "stop_to_onset": (None, 0),
        "exposure": "initial",
        "alt_xuln": (4, 40),
        "alp_xuln": 2,
        "drug_continued": False,
        "alt_half_days": 6,
        "alt_rose_again": False,
        "alp_half_days": 400,
        "alp_fell_short": False,
        "alcohol_drinks": 0,
        "sex": "female",
        "pregnancy": True,
        "age": 30,
        "concomitant": "none",
        "known_reaction": "labelled",
        "rechallenge_setting": "not done",
        **dict.fromkeys(
            (
                "hav",
                "hbv",
                "hcv",
                "hev",
                "biliary_imaging",
                "alcoholic_hepatitis",
                "hypotension",
                "underlying_disease",
                "cmv",
                "ebv",
                "hsv",
                "vzv",
            ),
            "negative",
        ),
    }
    result = instruments.rucam_2016.score(**facts)
    # Hepatocellular: course 3, pregnancy 0. Cholestatic or mixed: course 0, pregnancy 1. Never 3 and 1 together.
    assert (result.low, result.high) == (2 + 0 + 1 + 2 + 2, 2 + 3 + 0 + 2 + 2)
    assert (result.item("2").high, result.item("3").high) == (3, 1)


def test_unmeasured_values_are_not_graded_and_not_in_the_range() -> None:
    result = instruments.ctcae_5.score(kind="liver injury", alt_peak_xuln=4, alt_baseline_xuln=1)
    assert (result.score, result.low, result.high, result.category) == (2, 2, 2, "grade 2")
    assert result.item("ast").option == "not measured"
    assert result.item("neutrophils").option == "not judged for this kind of reaction"


def test_an_unknown_baseline_is_read_as_normal_and_ranges() -> None:
    result = instruments.ctcae_5.score(kind="liver injury", alt_peak_xuln=10)
    assert (result.score, result.low, result.high) == (3, 0, 3)
    assert result.item("alt").missing == ("alt_baseline_xuln",)


def test_severity_range_over_what_is_not_stated() -> None:
    result = instruments.dilin_severity.score(alt_xuln=80, bili_peak_mg_dl=6.8, death_or_transplant=False)
    assert (result.score, result.low, result.high) == (2, 2, 4)
    assert "incomplete" in result.item("1").option or result.item("1").missing


def test_a_missing_rule_never_gives_what_the_facts_rule_out() -> None:
    from dechallenge.facts.vocabulary.causes import concomitant

    toxic_or_not = Fact.choice(concomitant, "compatible", "hepatotoxin")
    item = instruments.rucam_2016.score(Facts([toxic_or_not]), **HEP, latency=30).item("4")
    assert (item.points, item.low, item.high) == (-1, -2, -1)
    assert instruments.rucam_2016.score(**HEP, latency=30).item("4").points == 0


# --- explanation ---------------------------------------------------------------------------------------------------


def test_evidence_and_reason_travel_from_fact_to_item() -> None:
    words = {"quote": "three weeks after starting"}
    fact = Fact.number(latency, 21, low=18, high=24, because="“three weeks after starting”", evidence=[words])
    item = instruments.rucam_2016.score(Facts([fact]), **HEP).item("1")
    assert item.evidence == (words,)
    assert "time to onset: 21 d (18 to 24)" in item.because
    assert "three weeks after starting" in item.because
    assert item.option == "5 to 90 days from the start"


def test_an_item_names_what_is_not_known() -> None:
    item = instruments.rucam_2016.score(**HEP, latency=30, hav="negative").item("5")
    assert "hepatitis E" in item.because
    assert "hev" in item.missing and "hav" not in item.missing


def test_facts_that_decide_are_told_not_all_facts() -> None:
    item = instruments.rucam_2016.score(**HEP, latency=30, hcv="positive", hav="negative").item("5")
    assert "hepatitis C: positive" in item.because
    assert "hepatitis A" not in item.because


# --- open questions -----------------------------------------------------------------------------------------------


def test_questions_tell_what_each_answer_gives_and_the_most_telling_comes_first() -> None:
    facts: dict[str, Given] = {
        **HEP,
        "latency": 30,
        "drug_continued": False,
        "alt_half_days": 6,
        "alt_rose_again": False,
        "age": 30,
        "alcohol_drinks": 0,
        "sex": "male",
        "concomitant": "none",
        "known_reaction": "labelled",
        "rechallenge_setting": "not done",
        **dict.fromkeys(("hav", "hbv", "hcv", "biliary_imaging", "alcoholic_hepatitis", "hypotension"), "negative"),
        **dict.fromkeys(("underlying_disease", "cmv", "ebv", "hsv", "vzv"), "not done"),
    }
    result = instruments.rucam_2016.score(**facts)
    assert (result.score, result.low, result.high) == (7, 4, 8)
    (question,) = result.open_questions
    assert (question.fact, question.question) == ("hev", hev.question)
    given = {answer: (outlook.score, outlook.category) for answer, outlook in question.would_give}
    assert given == {"positive": (4, "possible"), "negative": (8, "probable"), "not done": (7, "probable")}
    assert question.items == ("rucam-2016.5",)


def test_questions_about_numbers_come_in_pieces() -> None:
    result = instruments.naranjo_1981.score()
    (question,) = [question for question in result.open_questions if question.fact == "latency"]
    assert [answer for answer, _ in question.would_give] == ["under 0 d", "0 d or more"]


def test_an_answer_can_refuse_the_entry() -> None:
    result = instruments.rucam_2016.score(latency=30, alp_xuln=1, stop_to_onset=(None, 0))
    (question,) = [question for question in result.open_questions if question.fact == "alt_xuln"]
    outlooks = dict(question.would_give)
    assert not outlooks["under 5 ×ULN"].applicable
    assert outlooks["5 ×ULN or more"].applicable


# --- typed facts ---------------------------------------------------------------------------------------------------


def test_unknown_fact_is_named_with_the_nearest() -> None:
    with pytest.raises(FactError, match="latency") as error:
        instruments.rucam_2016.score(latancy=30)
    assert error.value.place == "latancy"


def test_illegal_values_name_the_field_and_the_legal_values() -> None:
    with pytest.raises(FactError, match=r"hev.*positive, negative, not done, not reported, not interpretable"):
        instruments.rucam_2016.score(hev="maybe")
    with pytest.raises(FactError, match=r"drug_continued.*True, False"):
        instruments.rucam_2016.score(drug_continued="no")
    with pytest.raises(FactError, match=r"age.*130"):
        instruments.rucam_2016.score(age=300)
    with pytest.raises(FactError, match="latency"):
        instruments.rucam_2016.score(latency="30 days")
    with pytest.raises(FactError, match="wrong order"):
        instruments.rucam_2016.score(latency=(30, 5))
    with pytest.raises(FactError, match="hav"):
        instruments.rucam_2016.score(hav=True)


def test_registry() -> None:
    assert instruments.get("rucam-2016") is instruments.rucam_2016
    with pytest.raises(FactError, match="rucam-2016"):
        instruments.get("rucam-2017")
    ids = [instrument.id for instrument in instruments.all()]
    assert len(ids) == len(set(ids)) >= 70
    listing = instruments.listing()
    assert [entry["id"] for entry in listing] == ids
    json.dumps(listing)


def test_results_become_plain_values() -> None:
    result = instruments.rucam_2016.score(**HEP, latency=30)
    plain = as_dict(result)
    json.dumps(plain)
    assert plain["id"] == "rucam-2016"
    assert plain["score"] == result.score


def test_items_have_full_ids() -> None:
    result = instruments.rucam_2016.score(**HEP, latency=30)
    assert [item.id for item in result.items] == [f"rucam-2016.{number}" for number in range(1, 8)]


def test_every_term_of_the_vocabulary_is_asked_for() -> None:
    from dechallenge.logic.typed import asked_terms

    asked = {name for instrument in instruments.all() for name in asked_terms(instrument)}
    asked |= {term.name for instrument in instruments.all() for term in instrument.shown_with}
    formulas = {name for name, term in TERMS.items() if isinstance(term, Derived)}
    assert not set(TERMS) - asked - formulas
    used = {one.name for instrument in instruments.all() for one in compiled(instrument).derived}
    inner = {name for name in formulas if any(f"name={name!r}" in repr(TERMS[other]) for other in used - {name})}
    assert formulas == used | inner
    typed = [term for name, term in TERMS.items() if name not in formulas]
    assert all(term.meaning and term.question.endswith("?") and term.supply for term in typed)


def test_a_base_of_multiples_may_be_nought() -> None:
    result = instruments.rucam_2016.score(
        **HEP, latency=30, rechallenge_alt_before=0, rechallenge_alt_during=3, rechallenge_setting="drug alone"
    )
    assert result.item("7").points == 3
