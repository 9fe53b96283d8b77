"""Wordings of printed abstracts: headings, blamed classes, fatal titles, ends of salt disorders."""

from __future__ import annotations

from typing import Any

import pytest

import dechallenge
from dechallenge.case import Case
from dechallenge.reading.reactions.deaths import titled_fatal


def _cases(text: str) -> tuple[Case, ...]:
    return tuple(dechallenge.read(text).cases)


def _suspects(text: str) -> list[str]:
    return [s.drug for s in dechallenge.assess(text).cases[0].suspects]


def _latency(text: str) -> Any:
    return dechallenge.assess(text).cases[0].suspects[0].key_points.latency_days


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("METHODS We present a 23-year-old woman", 1),
        ("METHODS A 23-year-old woman", 1),
        ("METHODS: Here we describe a 23-year-old woman", 1),
        ("METHODS The records of women of 20 to 30 years were searched, and the oldest", 0),
    ],
)
def test_a_patient_behind_the_heading_of_the_methods(heading: str, found: int) -> None:
    text = (
        "BACKGROUND Skin reactions to antiepileptic drugs are known. "
        f"{heading} who developed toxic epidermal necrolysis after 14 days of lamotrigine. CONCLUSIONS Care is needed."
    )
    assert len(_cases(text)) == found


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("after 14 days of monotherapy with lamotrigine", (14.0, 14.0)),
        ("three weeks after starting lamotrigine monotherapy", (18.0, 24.0)),
        ("14 days into monotherapy with lamotrigine", (14.0, 14.0)),
    ],
)
def test_monotherapy_is_a_treatment(words: str, days: tuple[float, float]) -> None:
    assert _latency(f"A 30-year-old woman, 6 months post-partum, developed DRESS {words}.") == days


@pytest.mark.parametrize(
    ("illness", "days"),
    [
        ("with depression (treated for 6 years with several drugs)", (25.0, 31.0)),
        ("with epilepsy since 6 years", (25.0, 31.0)),
        ("with hypertension treated since 2 years with amlodipine", (25.0, 31.0)),
    ],
)
def test_how_long_somebody_was_ill_is_no_course_of_the_drug(illness: str, days: tuple[float, float]) -> None:
    assert _latency(f"A 71-year-old woman {illness} began lamotrigine. Four weeks later she had DRESS.") == days


def test_a_length_behind_the_drug_is_its_course() -> None:
    text = "A 71-year-old woman with acne took minocycline for 6 weeks. Two weeks later she had jaundice."
    assert _latency(text)[0] > 40


@pytest.mark.parametrize(
    ("title", "fatal"),
    [
        ("Nimesulide-induced fatal liver failure in an elderly woman", True),
        ("Fatal agranulocytosis after carbimazole", True),
        ("Potentially fatal agranulocytosis after carbimazole", False),
        ("Near-fatal anaphylaxis to rocuronium", False),
        ("Non-fatal poisoning with digoxin", False),
        ("Fatal liver failure after nimesulide: two cases", False),
        ("Is hepatitis under X fatal?", False),
    ],
)
def test_a_fatal_title(title: str, fatal: bool) -> None:
    assert (titled_fatal(title) is not None) is fatal


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Hepatitis serology was negative.", "fatal"),
        ("The liver tests were normal after four weeks.", "recovered"),
    ],
)
def test_what_the_case_tells_goes_before_the_title(told: str, result: str) -> None:
    text = (
        "Fatal hepatitis after nimesulide\n\nA 60-year-old woman took nimesulide. Ten days later she had jaundice with "
        f"an ALT of 900 U/L. Nimesulide was stopped. {told}"
    )
    assert _cases(text)[0].events[0].outcome == result


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Sertraline was stopped and sodium was normal after five days.", "recovered"),
        ("Sertraline was stopped and the sodium normalised.", "recovered"),
        ("Sertraline was stopped. Potassium was normal.", "unknown"),
        ("Sertraline was stopped. Her sodium was not corrected.", "unknown"),
    ],
)
def test_the_end_of_a_low_sodium(told: str, result: str) -> None:
    text = f"A 71-year-old woman was started on sertraline. Ten days later she had hyponatraemia. {told}"
    assert _cases(text)[0].events[0].outcome == result


def test_a_second_reaction_has_the_end_that_is_told_of_both() -> None:
    text = (
        "An 80-year-old man took linezolid. Two weeks later he was noticed to have pancytopenia and hyponatraemia. "
        "Linezolid was stopped. After two weeks his pancytopenia and hyponatraemia resolved."
    )
    assert [e.outcome for e in _cases(text)[0].events] == ["recovered", "recovered"]


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ("Reversal of the thrombocytopenia was achieved after stopping vancomycin.", "recovered"),
        ("Reversal of the thrombocytopenia was not achieved.", "unknown"),
    ],
)
def test_a_reversal_is_an_end(told: str, result: str) -> None:
    text = f"A 65-year-old man was given vancomycin. A week later he developed thrombocytopenia. {told}"
    assert _cases(text)[0].events[0].outcome == result


def test_what_can_be_lessened_is_no_improvement() -> None:
    text = (
        "An eleven-year-old boy developed toxic epidermal necrolysis after treatment with lamotrigine. "
        "The risk of serious rash can be lessened by slow titration."
    )
    assert _cases(text)[0].events[0].outcome == "unknown"


@pytest.mark.parametrize(
    "death",
    ["the sudden death of a young woman", "the death of this 30-year-old patient"],
)
def test_whose_death_is_no_other_cause_of_death(death: str) -> None:
    text = (
        f"We report {death} who took lamotrigine. Autopsy revealed hepatic necrosis diagnostic of fatal lamotrigine-"
        "induced hepatitis, which progressed although the drug had been stopped."
    )
    assert _cases(text)[0].events[0].outcome == "fatal"


def test_a_tumour_marker_tells_nothing_of_the_end() -> None:
    text = (
        "A 60-year-old woman took nimesulide for six days and had jaundice. Bilirubin was elevated, whereas the "
        "alpha-fetoprotein level was normal."
    )
    assert _cases(text)[0].events[0].outcome == "unknown"


def test_a_blamed_class_means_its_named_drug() -> None:
    text = (
        "Antidepressant-induced hyponatraemia\n\nA 71-year-old woman began duloxetine. Four weeks later she had "
        "hyponatraemia. Duloxetine was suspended. The antidepressant was blamed."
    )
    assert _suspects(text) == ["duloxetine"]


@pytest.mark.parametrize(
    ("told", "drugs"),
    [
        ("was given an antibiotic for cystitis. He took ciprofloxacin for 5 days.", ["ciprofloxacin"]),
        ("took an antibiotic.", ["antibiotic"]),
    ],
)
def test_a_class_is_not_suspected_beside_its_drug(told: str, drugs: list[str]) -> None:
    assert _suspects(f"A 60-year-old man {told} Six days later he had jaundice.") == drugs


@pytest.mark.parametrize(
    ("lead", "term"),
    [
        ("We present a rare case of severe metoclopramide-induced dystonia that resolved with lorazepam.", "dystonia"),
        ("Metoclopramide may cause dystonia.", "rhabdomyolysis"),
        ("We present a case of metoclopramide toxicity presenting as spasms.", "rhabdomyolysis"),
    ],
)
def test_a_reaction_of_any_kind_that_is_announced(lead: str, term: str) -> None:
    text = (
        f"Introduction: Antiemetics have side effects. {lead}\nDescription: A 29-year-old man had vomiting and "
        "rhabdomyolysis. He received metoclopramide and developed spasms of the arms and back arching."
    )
    assert _cases(text)[0].events[0].term == term


def test_a_name_that_is_cut_off_at_an_organ_is_no_reaction() -> None:
    text = (
        "Nitrofurantoin-induced immune-mediated lung and liver disease\n\nA 60-year-old woman who took nitrofurantoin "
        "had jaundice. Chronic hepatitis with fibrosis was found."
    )
    assert _cases(text)[0].events[0].kind == "liver injury"
