"""What a report says that it does not know is no fact: no finding, no action, no drug, no outcome."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case

STORY = (
    "A 54-year-old woman took levetiracetam and developed hepatitis after two weeks (ALT 900 U/L). Levetiracetam was "
    "stopped on day 20. "
)


def case(told: str) -> Case:
    return dechallenge.read(STORY + told).cases[0]


@pytest.mark.parametrize(
    "told",
    [
        "It was not reported whether levetiracetam was restarted.",
        "It was unknown if levetiracetam was re-administered.",
        "No information was available on whether levetiracetam was given again.",
        "Whether levetiracetam had been restarted was not stated.",
        "Rechallenge information was not provided.",
        "Rechallenge: unknown.",
    ],
)
def test_no_re_exposure_that_nobody_knows_of(told: str) -> None:
    assert [a.kind for a in case(told).actions if a.kind == "restarted"] == []


def test_a_re_exposure_that_is_told_stays() -> None:
    acts = case("The family asked whether levetiracetam could be restarted. Levetiracetam was restarted.").actions
    assert [a.kind for a in acts if a.kind == "restarted"] == ["restarted"]


@pytest.mark.parametrize(
    "told",
    [
        "It was not reported whether the patient had jaundice.",
        "It is unknown if she had jaundice or fever.",
        "Whether she had jaundice is not known.",
        "Jaundice: not reported.",
    ],
)
def test_no_finding_that_nobody_knows_of(told: str) -> None:
    assert [f.term for f in case(told).findings if f.term == "jaundice"] == []


@pytest.mark.parametrize(
    "told",
    [
        "The cause of the jaundice was unknown.",
        "She had jaundice whose cause was not known.",
        "She had jaundice; whether it was due to levetiracetam is not known.",
    ],
)
def test_what_is_unknown_of_a_finding_leaves_it(told: str) -> None:
    assert [f.state for f in case(told).findings if f.term == "jaundice"] == ["present"]


@pytest.mark.parametrize(
    "told",
    [
        "It was unknown whether the patient had recovered.",
        "It was not reported if the symptoms resolved.",
        "Whether the hepatitis resolved is not known.",
        "It is unknown if she died.",
        "Autopsy: unknown whether performed.",
        "Outcome: unknown.",
    ],
)
def test_no_outcome_that_nobody_knows_of(told: str) -> None:
    assert case(told).events[0].outcome == "unknown"


@pytest.mark.parametrize("told", ["It was unknown whether the patient was hospitalised.", "Hospitalization: unknown."])
def test_no_seriousness_that_nobody_knows_of(told: str) -> None:
    assert case(told).events[0].seriousness == ()


def test_no_drug_no_habit_and_no_test_that_nobody_knows_of() -> None:
    told = case(
        "It is not known whether she took paracetamol. It was unknown whether she drank alcohol. It was not stated if "
        "hepatitis serology was negative. Concomitant medications were not reported."
    )
    assert [x.drug for x in told.exposures] == ["levetiracetam"]
    assert told.patient.alcohol is None
    assert not any(t.state == "negative" for t in told.tests)
    assert not any(f.term == "other medication" for f in told.findings)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("The outcome was reported as not recovered.", "not recovered"),
        ("Outcome: not recovered/not resolved/ongoing.", "not recovered"),
        ("Outcome: recovering/resolving.", "recovering"),
        ("Outcome: recovered with sequelae.", "recovered with sequelae"),
        ("The event outcome was resolved.", "recovered"),
        ("The outcome of the hepatitis was recovered, the outcome of the rash was not recovered.", "recovered"),
        ("Outcome: fatal.", "fatal"),
    ],
)
def test_the_outcome_in_the_words_of_a_safety_report(told: str, outcome: str) -> None:
    assert case(told).events[0].outcome == outcome


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("Action taken with phenytoin: dose not changed.", "continued"),
        ("Action taken with phenytoin: drug withdrawn.", "stopped"),
        ("Action taken with phenytoin was dose reduced.", "reduced"),
        ("Phenytoin was ongoing at the time of the report.", "continued"),
    ],
)
def test_the_action_in_the_words_of_a_safety_report(told: str, kind: str) -> None:
    story = "A 54-year-old woman took phenytoin and developed hepatitis after two weeks (ALT 900 U/L). "
    acts = dechallenge.read(story + told).cases[0].actions
    assert kind in [a.kind for a in acts if a.drug == "phenytoin"]


@pytest.mark.parametrize(
    "told",
    [
        "It was unclear whether the drug was responsible, but jaundice appeared.",
        "It was not known whether an infection had preceded it, and she had jaundice.",
        "When asked whether she had travelled, she reported jaundice.",
    ],
)
def test_a_new_clause_is_told_again(told: str) -> None:
    assert [f.state for f in case(told).findings if f.term == "jaundice"] == ["present"]


def test_what_the_patient_answers_is_told() -> None:
    told = case("When asked whether she took other medicines, she admitted taking kava for three months.")
    assert "kava" in [x.drug for x in told.exposures]
