"""Reports with several reactions: each keeps its own end, and what is no reaction to the drug is none."""

from __future__ import annotations

import re

import pytest

import dechallenge
from dechallenge.reading.entries.endingsapart import of_another, own_time
from dechallenge.report import view


def ends(text: str) -> dict[str, tuple[str, tuple[float | None, float | None] | None]]:
    """Each kind of reaction with how it ended, and the days from the stop to its end."""
    found: dict[str, tuple[str, tuple[float | None, float | None] | None]] = {}
    for suspect in dechallenge.assess(text).cases[0].suspects:
        points = suspect.key_points
        found.setdefault(suspect.event.kind, (points.outcome, points.recovery_days))
    return found


BOTH = (
    "Agranulocytosis and hepatitis caused by propylthiouracil\n\n"
    "A 34-year-old woman took propylthiouracil 300 mg daily. Six weeks later she presented with fever, sore throat and "
    "jaundice. Neutrophils were 0.1 x 10^9/L, ALT 820 U/L "
    "(normal <40). Propylthiouracil was stopped. "
)


@pytest.mark.parametrize(
    ("told", "blood", "liver"),
    [
        ("Neutrophils were 2.4 x 10^9/L on day 9 after withdrawal and ALT was normal after six weeks.", 9, (39, 45)),
        (
            "Neutrophils were 2.4 x 10^9/L nine days after the stop, while ALT was normal after six weeks.",
            9,
            (39, 45),
        ),
    ],
)
def test_each_ends_at_its_own_time(told: str, blood: float, liver: tuple[float, float]) -> None:
    assert ends(BOTH + told) == {"neutropenia": ("recovered", (blood, blood)), "liver injury": ("recovered", liver)}


def test_the_kidneys_do_not_end_a_thrombocytopenia() -> None:
    text = (
        "Vancomycin-induced thrombocytopenia\n\nA 64-year-old man was given vancomycin 1 g twice daily. On day 7 of "
        "vancomycin platelets were 11 x 10^9/L and he had petechiae. Vancomycin was stopped. Platelets were 150 x "
        "10^9/L six days later. His kidney function recovered over the following month."
    )
    assert ends(text) == {"thrombocytopenia": ("recovered", (6.0, 6.0))}


@pytest.mark.parametrize(
    ("kind", "words", "apart"),
    [
        ("neutropenia", "ALT was normal", True),
        ("neutropenia", "neutrophils and ALT were normal", False),
        ("neutropenia", "Neutrophils rose to 1.2 and ALT was normal", True),
        ("neutropenia", "all counts and liver tests were normal", False),
        ("liver injury", "lipase was normal", True),
        ("liver injury", "lipase and ALT were normal", False),
        ("liver injury", "she was well, and ALT was normal", False),
        ("liver injury", "symptoms, including the rash, were normal", False),
        ("thrombocytopenia", "his kidney function was normal", True),
        ("stroke", "ALT was normal", False),
    ],
)
def test_what_shows_another_reaction(kind: str, words: str, apart: bool) -> None:
    match = re.search(r"\w+(?:, including the rash,)? (?:was|were) normal$", words)
    assert match is not None
    assert of_another(kind, match, 0) is apart


@pytest.mark.parametrize(
    ("text", "words", "times", "which"),
    [
        ("ALT normal after 4 days and CK normal after 8 days", "ALT normal", ("4 days", "8 days"), 0),
        ("ALT normal after 4 days and CK normal after 8 days", "CK normal after 8 days", ("4 days", "8 days"), 1),
        ("ALT normal after 4 days and still so after 8 days", "ALT normal", ("4 days", "8 days"), None),
    ],
)
def test_of_two_times_that_of_its_measure(text: str, words: str, times: tuple[str, str], which: int | None) -> None:
    start = text.index(words)
    places = [(text.index(t), text.index(t) + len(t)) for t in times]
    assert own_time(text, (start, start + len(words)), places) == which


def kinds(text: str) -> list[str]:
    """The reactions of a report, the one that it is about first."""
    return [event.kind for event in dechallenge.read(text).cases[0].events]


MUSCLE = (
    "A 50-year-old man took colchicine 0.5 mg three times daily for gout. After three weeks he had weakness of both "
    "legs. CK was 5,400 U/L (normal <190). Rhabdomyolysis from colchicine was diagnosed. "
)


@pytest.mark.parametrize(
    ("told", "kidneys"),
    [
        ("Creatinine was 3.1 mg/dL.", True),
        ("Creatinine was 3.1 mg/dL (1.0 mg/dL the year before).", True),
        ("Creatinine had risen to 3.1 mg/dL.", True),
        ("He developed acute kidney injury.", True),
        ("Creatinine was 3.1 mg/dL, unchanged from the values of the last year.", False),
        ("Creatinine was 3.1 mg/dL, his usual value.", False),
        ("There was no acute kidney injury.", False),
    ],
)
def test_kidneys_impaired_before_are_no_reaction(told: str, kidneys: bool) -> None:
    found = kinds(MUSCLE + told + " Colchicine was stopped and CK was normal after 17 days.")
    assert found == ["rhabdomyolysis", "acute kidney injury"][: 1 + kidneys]


def test_an_illness_that_the_reaction_came_upon_is_none() -> None:
    text = (
        "Hypersensitivity myocarditis complicating hypertrophic cardiomyopathy\n\nA 47-year-old woman, known to have "
        "hypertrophic cardiomyopathy, was given dobutamine. Two weeks later she had fever and eosinophilia. The heart "
        "showed hypertrophic cardiomyopathy and myocarditis. The myocarditis was related to dobutamine."
    )
    assert kinds(text) == ["myocarditis"]


def test_what_another_patient_had_is_none() -> None:
    text = (
        "A 38-year-old woman took rifampicin 600 mg daily. Four weeks later she had vomiting, and ALT was 700 U/L "
        "(normal <40). Rifampicin was stopped. ALT was 44 U/L after five weeks. Another patient on the same "
        "ward had a rash and thrombocytopenia from rifampicin."
    )
    assert kinds(text) == ["liver injury"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Pancytopenia from methotrexate was diagnosed.", ["pancytopenia"]),
        ("Agranulocytosis from methotrexate was diagnosed.", ["neutropenia"]),
    ],
)
def test_low_counts_are_part_of_a_pancytopenia(told: str, found: list[str]) -> None:
    text = (
        "A 52-year-old woman took methotrexate 15 mg daily for nine days. She was admitted with mouth ulcers. "
        "Leucocytes were 0.8 x 10^9/L, neutrophils 0.2 x 10^9/L, platelets 22 x 10^9/L, haemoglobin 7.9 g/dL. "
        f"{told} Methotrexate was stopped and the counts recovered within two weeks."
    )
    assert kinds(text)[:1] == found
    assert found == ["neutropenia"] or kinds(text) == found


HEART = (
    "A 58-year-old man received nivolumab 240 mg for melanoma. On day 20 he was short of breath; the ECG showed "
    "complete heart block due to nivolumab. ALT was 388 U/L (<50) and hepatitis from nivolumab was diagnosed. "
    "Nivolumab was stopped on day 21. "
)


def test_symptoms_of_one_organ_end_no_other_reaction() -> None:
    found = ends(HEART + "The heart block resolved on day 29. Myasthenic symptoms disappeared by week 10.")
    assert found["arrhythmia"] == ("recovered", (8.0, 8.0))
    assert found["liver injury"][0] == "unknown"


def test_what_is_told_behind_an_ending_has_its_own_time() -> None:
    told = "The heart block resolved on day 29, and the ejection fraction was 58% three months later."
    assert ends(HEART + told)["arrhythmia"] == ("recovered", (8.0, 8.0))


def test_abatacept_is_no_abating() -> None:
    told = "Methylprednisolone and abatacept were given."
    assert {outcome for outcome, _ in ends(HEART + told).values()} == {"unknown"}


def test_a_question_names_the_reactions_of_which_it_is_asked() -> None:
    case = dechallenge.assess(BOTH + "Neutrophils were 2.4 x 10^9/L on day 9 and ALT was normal on day 42.").cases[0]
    asked = view.questions(case.suspects, case.events)
    names = {name for q in asked for e in q.effects for name in e.instruments}
    assert any(name.startswith("RUCAM 2016") for name in names)
    assert not any(name.startswith("RUCAM 2016 (") for name in names)  # it judges the liver only
    one = [q for q in asked if any(name.startswith("Naranjo 1981 (") for e in q.effects for name in e.instruments)]
    assert all(
        "neutropenia" in n or "liver injury" in n for q in one for e in q.effects for n in e.instruments if "(" in n
    )


def test_a_report_of_one_reaction_names_it_in_no_question() -> None:
    case = dechallenge.assess(MUSCLE + "Colchicine was stopped and CK was normal after 17 days.").cases[0]
    asked = view.questions(case.suspects, case.events)
    assert asked
    assert not any("(" in name for q in asked for e in q.effects for name in e.instruments)


@pytest.mark.parametrize(
    ("before", "after", "kidneys"),
    [
        ("creatinine 2.2 mg/dL, stable", "Creatinine remained 2.1 mg/dL.", False),
        ("creatinine 0.9 mg/dL", "Creatinine had risen to 4.1 mg/dL and remained 4.0 mg/dL.", True),
    ],
)
def test_a_value_that_stayed_is_not_the_reaction(before: str, after: str, kidneys: bool) -> None:
    text = (
        f"A 70-year-old woman with heart failure ({before}) received quinidine 200 mg three times daily. On day 11 "
        "she had purpura and a platelet count of 6 x 10^9/L. Quinidine was withdrawn. Platelets then rose. "
    )
    assert ("acute kidney injury" in kinds(text + after)) is kidneys


def test_jaundice_shows_an_injured_liver_beside_a_skin_reaction() -> None:
    text = (
        "A 44-year-old man took ibuprofen 400 mg three times daily for eight days. Stevens-Johnson syndrome from "
        "ibuprofen was diagnosed on day 9, with jaundice, bilirubin of 16.6 mg/dL and ALT 104 U/L."
    )
    assert kinds(text) == ["severe skin reaction", "liver injury"]


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("ALT dropped to 210 U/L in one week and to normal by week 7.", (39.0, 42.0)),
        ("ALT was 132 U/L on 20 March 2020 and 30 U/L on 20 April 2020.", (41.0, 41.0)),
        ("Bilirubin was normal on 24 March 2020 and ALT on 20 April 2020.", (41.0, 41.0)),
    ],
)
def test_the_end_of_a_list_is_its_last_value(told: str, days: tuple[float, float]) -> None:
    text = (
        "A 50-year-old man took flucloxacillin from 1 March 2020. On 10 March 2020 he had jaundice with ALT 900 U/L. "
        "Flucloxacillin was stopped on 10 March 2020. "
    )
    recovery = dechallenge.assess(text + told).cases[0].suspects[0].key_points.recovery_days
    assert recovery is not None and recovery[0] is not None and recovery[0] >= days[0] - 3
