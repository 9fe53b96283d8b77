"""Weight, height, sex and pregnancy in the words of a report that introduces its patient."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.case import Patient

TOLD = " was given enoxaparin 40 mg daily and had thrombocytopenia on day 8."


def patient(text: str) -> Patient:
    return read(text + TOLD).cases[0].patient


@pytest.mark.parametrize(
    ("text", "weight", "height"),
    [
        ("A 71-year-old woman (72 kg)", 72.0, None),
        ("A 71-year-old woman, 72 kg,", 72.0, None),
        ("A 71-year-old woman (72 kg, 160 cm)", 72.0, 160.0),
        ("A 71-year-old woman (body weight 72 kg; height 1.60 m)", 72.0, 160.0),
        ("A 71-year-old, 72-kg woman", 72.0, None),
        ("A 72 kg, 71-year-old man", 72.0, None),
        ("A 4-month-old, 6.2-kg boy", 6.2, None),
        ("A 71-year-old woman who had lost 5 kg", None, None),
        ("A 71-year-old woman on 5 mg/kg of ciclosporin", None, None),
    ],
)
def test_weight_and_height(text: str, weight: float | None, height: float | None) -> None:
    found = patient(text)
    assert (found.weight_kg, found.height_cm) == (weight, height)


@pytest.mark.parametrize(
    ("text", "pregnant"),
    [
        ("A 30-year-old pregnant woman", True),
        ("A 31-year-old primigravida", True),
        ("A 29-year-old woman at 24 weeks of gestation", True),
        ("A 30-year-old woman, neither pregnant nor lactating,", False),
        ("A 30-year-old woman, who was not currently pregnant,", False),
        ("A 25-year-old woman (urine pregnancy test negative)", False),
        ("A 25-year-old woman with a negative urinary pregnancy test", False),
        ("A 25-year-old woman", None),
    ],
)
def test_pregnancy(text: str, pregnant: bool | None) -> None:
    assert patient(text).pregnant is pregnant


@pytest.mark.parametrize("noun", ["primigravida", "housewife", "schoolgirl", "postmenopausal teacher"])
def test_nouns_that_tell_the_sex(noun: str) -> None:
    assert patient(f"A 31-year-old {noun}").sex == "female"


def test_the_day_of_a_drug_and_of_a_value_keeps_its_words() -> None:
    case = read(
        "A 40-year-old woman was started on isoniazid 300 mg daily on 2 March 2021. On 6 May 2021 she had jaundice. "
        "ALT was 1840 U/L. Isoniazid was stopped on 8 May 2021."
    ).cases[0]
    start, stop = case.exposures[0].start, case.exposures[0].stop
    assert start is not None and stop is not None and case.measurements[0].time is not None
    quotes = [[word.quote for word in t.evidence if hasattr(word, "quote")] for t in (start, stop)]
    assert "on 2 March 2021" in quotes[0] and "on 8 May 2021" in quotes[1]
    assert case.measurements[0].time.text == "On 6 May 2021"
