"""Series of patients: by their place, by their initials, in tables; and what is said of all of them together."""

from __future__ import annotations

import pytest

from dechallenge import assess

FIRST = (
    "was started on terbinafine. Five weeks later she developed jaundice. Terbinafine was stopped and ALT was normal."
)
SECOND = "was given baclofen. Two weeks later she became confused. Baclofen was stopped and the confusion resolved."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The first patient, a 54-year-old woman, ", "The second patient, a 54-year-old woman, "),
        ("The first patient, a 54-year-old woman, ", "Another patient, a 54-year-old woman, "),
        ("Mrs A.\nA 54-year-old woman ", "Mrs B.\nA 54-year-old woman "),
        ("Mr A.\nA 54-year-old man ", "Mrs B.\nA 61-year-old woman "),
        ("Mrs A:\nThis 54-year-old woman ", "Mrs B:\nThis 60-year-old woman "),
    ],
)
def test_two_patients(first: str, second: str) -> None:
    cases = assess(f"We saw two patients.\n\n{first}{FIRST}\n\n{second}{SECOND}").cases
    assert [[s.drug for s in case.suspects] for case in cases] == [["terbinafine"], ["baclofen"]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A 54-year-old woman ", "The 54-year-old woman "),
        ("Our patient, a 54-year-old woman, ", "This patient, a 54-year-old woman, "),
    ],
)
def test_one_patient_told_twice(first: str, second: str) -> None:
    assert len(assess(f"{first}{FIRST}\n\n{second}had no other illness.").cases) == 1


HEADS = (
    "Patient | Age (years) | Sex | Drug | Time to onset | Lowest platelets (10⁹/L) | Time to recovery after stopping"
)
ROWS = "1 | 47 | male | eptifibatide | 6 weeks | 29 | 3 weeks\n2 | 33 | female | eptifibatide | 10 days | 8 | 2 weeks"


@pytest.mark.parametrize(
    "above",
    [
        "",
        "Abstract\nWe report two patients, aged 33 to 47 years, who developed thrombocytopenia under eptifibatide.\n\n",
        "Introduction\nEptifibatide is widely used. In a review of 34 cases two patients died.\n\n",
    ],
)
@pytest.mark.parametrize(
    "caption",
    [
        "Table 1. Characteristics of two patients with thrombocytopenia due to eptifibatide",
        "Table 1: Two cases of thrombocytopenia",
        "Table I. Patients with thrombocytopenia",
    ],
)
def test_the_reaction_of_a_caption_and_the_stop_of_a_time_since_it(above: str, caption: str) -> None:
    cases = assess(f"{above}{caption}\n{HEADS}\n{ROWS}").cases
    assert [case.patient.age and case.patient.age["value"] for case in cases] == [47.0, 33.0]  # type: ignore[index]
    assert [case.patient.sex for case in cases] == ["male", "female"]
    suspects = [case.suspects[0] for case in cases]
    assert [s.event.kind for s in suspects] == ["thrombocytopenia"] * 2
    assert [s.key_points.latency_days for s in suspects] == [(39.0, 45.0), (10.0, 10.0)]
    assert [s.key_points.dechallenge for s in suspects] == ["positive"] * 2


def test_a_time_to_recovery_alone_tells_of_no_stop() -> None:
    text = "Table 1. Two patients with thrombocytopenia\n" + f"{HEADS}\n{ROWS}".replace(" after stopping", "")
    assert not [a for case in assess(text).cases for a in case.actions if a.kind == "stopped"]
