"""What a report states (vigiGrade), what ALDEN asks of a case, and whether a liver injury made the patient ill."""

from __future__ import annotations

import pytest

from dechallenge import instruments
from dechallenge.case import Age, Dose, Time
from dechallenge.facts.make import make_facts
from dechallenge.logic import Facts
from tests.unit.case_builder import BEFORE, START, Told, at, from_, liver, made_up, stopped


def facts(b: Told, drug: str = "isoniazid") -> Facts:
    case = b.case()
    return make_facts(case, drug, case.events[0])


# --- vigiGrade ------------------------------------------------------------------------------------------------------


def test_what_a_prose_report_does_not_tell_is_missing() -> None:
    found = facts(liver())
    missing = ("indication", "outcome", "sex", "dose", "country", "reporter", "type")
    assert all(found[f"report_{name}"].value is False for name in missing)
    assert found["report_comments"].value is True
    assert found["report_age"].stated == "missing"
    result = instruments.vigigrade_2014.score(found, kind="liver injury")
    assert result.score == pytest.approx(0.7 * 0.7 * 0.7 * 0.7 * 0.9**4)
    assert result.category == "not well documented"


def test_what_is_told_is_stated_with_its_words() -> None:
    b = liver(outcome="recovered", outcome_quote="he recovered")
    b.who(50, "male", "50-year-old man")
    dose = Dose(value=300, unit="mg", text="300 mg")
    b.drug("isoniazid", "isoniazid 300 mg for tuberculosis", "suspect", dose=dose, indication="tuberculosis")
    found = facts(b)
    for name in ("indication", "outcome", "sex", "dose"):
        fact = found[f"report_{name}"]
        assert fact.value is True and fact.evidence, name
    assert found["report_age"].stated == "stated"
    assert instruments.vigigrade_2014.score(found, kind="liver injury").score == pytest.approx(0.9**3)


def test_an_age_group_is_not_the_age() -> None:
    b = liver()
    b.who(None, "female", "a woman in her thirties")
    b.patient = b.patient.model_copy(update={"age": Age(low=30, high=39, evidence=b.words("in her thirties"))})
    assert facts(b)["report_age"].stated == "age group"


@pytest.mark.parametrize(
    ("onset", "state"),
    [
        (at(30), "stated"),
        (Time(low=20, high=90), "stated"),
        (Time(low=0, high=60), "stated"),
        (Time(low=-5, high=25), "within a month"),
        (Time(low=-5, high=25.1), "over a month"),
        (Time(low=-60, high=60), "over a month"),
        (Time(low=-30, high=-1), "stated"),
        (from_(14), "stated"),
        (Time(), "missing"),
    ],
)
def test_only_an_open_order_makes_the_time_to_onset_imprecise(onset: Time, state: str) -> None:
    assert facts(made_up("MAS", onset=onset))["report_onset"].stated == state


def test_a_disease_beside_the_reaction_leaves_the_indication_open() -> None:
    b = liver()
    b.finding("tuberculosis", "tuberculosis", time=BEFORE)
    fact = facts(b)["report_indication"]
    assert fact.value is None and "tuberculosis" in fact.because
    later = liver()
    later.finding("tuberculosis", "tuberculosis was found on day 90", time=at(90))
    assert facts(later)["report_indication"].value is False


# --- ALDEN ----------------------------------------------------------------------------------------------------------


def necrolysis(drug: str = "allopurinol", term: str = "Stevens-Johnson syndrome", onset: float = 14) -> Told:
    return made_up("severe skin reaction", drug=drug, onset=at(onset), term=term)


def test_a_case_from_its_text_to_the_score() -> None:
    b = stopped(necrolysis(), 14, "allopurinol")
    b.finding("other medication", "took no other drugs", "absent")
    found = facts(b, "allopurinol")
    assert found["epidermal_necrolysis"].value is True
    assert found["necrolysis_notoriety"].stated == "high risk"
    assert found["stronger_suspect"].value is False
    result = instruments.alden_2010.score(found, kind="severe skin reaction")
    assert (result.score, result.category) == (6, "very probable")


def test_another_skin_reaction_does_not_enter() -> None:
    result = instruments.alden_2010.score(facts(necrolysis(term="DRESS"), "allopurinol"), kind="severe skin reaction")
    assert not result.applicable


@pytest.mark.parametrize(
    ("drug", "value", "unverified"),
    [
        ("lamotrigine", "high risk", False),
        ("meloxicam", "high risk", False),
        ("sulfasalazine", "high risk", True),
        ("ciprofloxacin", "lower risk", True),
        ("amoxicillin", "lower risk", True),
    ],
)
def test_the_lists_of_risk_and_what_is_from_memory(drug: str, value: str, unverified: bool) -> None:
    fact = facts(necrolysis(drug), drug)["necrolysis_notoriety"]
    assert fact.stated == value
    assert ("unverified" in fact.because) is unverified


def test_a_drug_on_no_list_is_unknown_and_counts_nothing() -> None:
    found = facts(necrolysis("unheardofmab"), "unheardofmab")
    assert "necrolysis_notoriety" not in found
    assert "half_life_days" not in found
    assert instruments.alden_2010.score(found, kind="severe skin reaction").item("5").points == 0


def test_the_half_life_comes_from_the_table() -> None:
    b = stopped(necrolysis("anakinra"), 10, "anakinra")
    found = facts(b, "anakinra")
    assert found["half_life_days"].point == pytest.approx(0.25)
    result = instruments.alden_2010.score(found, kind="severe skin reaction")
    assert result.item("2").points == -3
    b.finding("chronic kidney disease", "chronic kidney disease", history=True)
    found = facts(b, "anakinra")
    assert found["elimination_impaired"].value is True
    assert instruments.alden_2010.score(found, kind="severe skin reaction").item("2").points == -1


def test_kidney_failure_of_the_reaction_itself_did_not_slow_the_drug() -> None:
    b = stopped(necrolysis("anakinra"), 10, "anakinra")
    b.finding("renal failure", "renal failure on day 20", time=at(20))
    assert "elimination_impaired" not in facts(b, "anakinra")


@pytest.mark.parametrize(
    ("result", "value"), [("positive", "SJS/TEN, same drug"), ("negative", "tolerated"), ("not assessable", None)]
)
def test_re_exposure(result: str, value: str | None) -> None:
    b = stopped(necrolysis(), 14, "allopurinol")
    b.act("restarted", "allopurinol", "allopurinol was given again", at(200), result=result)
    fact = facts(b, "allopurinol").get("necrolysis_before")
    assert (fact.stated if fact is not None else None) == value


def test_nothing_of_alden_for_another_reaction() -> None:
    assert not {"epidermal_necrolysis", "necrolysis_notoriety", "half_life_days"} & set(facts(liver()))


# --- symptomatic hepatitis ------------------------------------------------------------------------------------------


def test_symptoms_with_the_injury() -> None:
    b = liver()
    b.finding("nausea", "nausea on day 30", time=at(30))
    found = facts(b)
    assert found["symptomatic_hepatitis"].value is True
    assert instruments.aithal_severity_2011.score(found, kind="liver injury").score == 2


@pytest.mark.parametrize("time", [None, START, at(10)])
def test_symptoms_from_before_or_of_unknown_time_do_not_count(time: Time | None) -> None:
    b = liver()
    b.finding("fatigue", "fatigue", time=time)
    assert "symptomatic_hepatitis" not in facts(b)


def test_without_symptoms_as_told() -> None:
    b = liver()
    b.finding("symptoms", "she was asymptomatic", "absent")
    assert facts(b)["symptomatic_hepatitis"].value is False
