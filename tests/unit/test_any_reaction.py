"""Reactions outside the known kinds: named by the report as caused by a drug, or told as new under one."""

from __future__ import annotations

import pytest

import dechallenge
from dechallenge.case import Case


def case(text: str) -> Case:
    reading = dechallenge.read(text)
    assert len(reading.cases) == 1, reading.problems
    return reading.cases[0]


def read(text: str) -> tuple[list[str], list[str]]:
    """Terms of the events, and the suspects."""
    found = case(text)
    return [e.term for e in found.events], [k.drug for k in found.links if k.role == "suspect"]


@pytest.mark.parametrize(
    ("text", "term", "drug"),
    [
        ("A 57-year-old man developed morphea while taking bromocriptine.", "morphea", "bromocriptine"),
        ("A 41-year-old woman, treated with amiodarone, developed thyrotoxicosis.", "thyrotoxicosis", "amiodarone"),
        ("An 8-year-old girl had lithium-induced tremor. Lithium was stopped.", "tremor", "lithium"),
        ("A 30-year-old man had parotitis due to enalapril, which was withdrawn.", "parotitis", "enalapril"),
        ("A 66-year-old woman became stuporous two days after starting clozapine.", "stuporous", "clozapine"),
        ("Psychosis in a 24-year-old woman during treatment with mefloquine.", "psychosis", "mefloquine"),
        (
            "A 60-year-old man complained of a 3-week history of dysphagia, 6 months after starting nifedipine.",
            "dysphagia", "nifedipine",
        ),
        (
            "A man of 43 developed signs and symptoms of bilateral optic neuropathy during treatment with ethambutol.",
            "optic neuritis", "ethambutol",
        ),
        ("A six-year-old boy developed ptosis two weeks after the last dose of vincristine.", "ptosis", "vincristine"),
    ],
)  # fmt: skip
def test_a_reaction_of_any_kind_is_an_event(text: str, term: str, drug: str) -> None:
    assert read(text) == ([term], [drug])


def test_the_words_are_the_evidence() -> None:
    found = case("A 57-year-old man developed morphea while taking bromocriptine.")
    assert [item.quote for item in found.events[0].evidence] == ["morphea"]  # type: ignore[union-attr]


def test_every_method_without_a_kind_of_its_own_applies() -> None:
    result = dechallenge.assess("A 57-year-old man developed morphea 3 weeks after starting bromocriptine.").cases[0]
    (suspect,) = result.suspects
    scored = {i.id for i in suspect.instruments if i.applicable}
    assert {"naranjo-1981", "who-umc", "french-1985"} <= scored
    assert not {"rucam-2016", "neutropenia-1991"} & scored


@pytest.mark.parametrize(
    "text",
    [
        "A 57-year-old man takes bromocriptine for acromegaly. He feels well.",
        "A 57-year-old man with psoriasis was treated with bromocriptine. No rash developed.",
        "A 57-year-old man had a history of migraine before he was given bromocriptine.",
        "A 57-year-old man developed a good response after bromocriptine.",
        "A 57-year-old man developed no adverse reaction after bromocriptine.",
    ],
)
def test_what_is_no_reaction_makes_no_event(text: str) -> None:
    assert read(text)[0] == []


def test_a_known_kind_goes_before_the_words_of_the_report() -> None:
    terms, _ = read("A 50-year-old man developed dizziness and jaundice 3 weeks after starting isoniazid. ALT 900 U/L.")
    assert terms == ["liver injury"]


@pytest.mark.parametrize(
    ("text", "suspects"),
    [
        ("A 53-year-old man developed pneumonitis after bleomycin and moderate oxygen administration.", ["bleomycin"]),
        ("A 9-year-old boy had acute renal failure following intravenous aciclovir for encephalitis.", ["aciclovir"]),
        # what was given for it, or stopped before it, is not blamed by its place
        ("A 53-year-old man developed pneumonitis and was then treated with prednisone.", []),
        ("A 53-year-old man developed pneumonitis, which resolved after prednisone.", []),
    ],
)  # fmt: skip
def test_a_reaction_told_as_coming_after_a_drug_blames_it(text: str, suspects: list[str]) -> None:
    links = case(text).links
    assert [k.drug for k in links if k.role == "suspect" and k.basis == "blamed"] == suspects


def test_a_salt_is_no_drug_of_its_own_and_a_rash_no_skin_test() -> None:
    given = "A 40-year-old man was started on quetiapine fumarate 300 mg daily and developed ptosis after 3 weeks."
    assert {e.drug for e in case(given).exposures} == {"quetiapine"}
    rash = "A 58-year-old woman developed fever and skin eruptions 3 weeks after treatment with sulfasalazine."
    assert {e.drug for e in case(rash).exposures} == {"sulfasalazine"}


def test_shortly_after_is_no_day() -> None:
    onset = (
        case("A 60-year-old man developed jaundice shortly after starting flucloxacillin. ALT 400 U/L.").events[0].onset
    )
    assert onset is not None and (onset.low, onset.high) == (0.0, None)


PLAQUES = (
    "A 57-year-old man was started on bromocriptine 5 mg daily. Six weeks later he developed indurated plaques on the "
    "trunk. "
    "Bromocriptine was stopped and the plaques resolved within three months. "
)


@pytest.mark.parametrize(
    ("again", "result"),
    [
        ("When it was given again a year later the plaques returned after four weeks.", "positive"),
        ("A year later bromocriptine was tried again, and the same plaques appeared.", "positive"),
        ("He took it again and the plaques came back.", "positive"),
        ("Re-exposure led to plaques again.", "positive"),
        ("When it was given again a year later the patient returned to work.", "not assessable"),
        ("When it was given again a year later nothing happened, without recurrence.", "negative"),
        ("Ibuprofen was given again and the patient returned home.", "not done"),
        ("The plaques had returned to normal skin.", "not done"),
    ],
)
def test_a_reaction_of_any_kind_that_comes_back(again: str, result: str) -> None:
    points = dechallenge.assess(PLAQUES + again).cases[0].suspects[0].key_points
    assert (points.dechallenge, points.rechallenge) == ("positive", result)
