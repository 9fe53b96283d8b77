"""A dose is an amount of drug; a concentration in a laboratory value is none; which regimen belongs to which drug."""

from __future__ import annotations

import pytest

from dechallenge import read
from dechallenge.case import Exposure
from dechallenge.reading.drugs.drugs import read_drugs
from dechallenge.reading.texts.sentences import sentences


def doses(text: str) -> list[str]:
    spans = sentences(text)
    return [text[m.start : m.end] for m in read_drugs(text, spans) if m.kind == "dose"]


@pytest.mark.parametrize("value", ["10.4 g/dL", "4 g/dl", "104 g/L"])
def test_a_concentration_is_no_dose(value: str) -> None:
    assert doses(f"Anakinra was started. Hemoglobin was {value} after the dose.") == []


def test_a_dose_told_alone_belongs_to_the_drug_named_last() -> None:
    assert doses("Anakinra was started. The dose was raised to 200 mg/day.") == ["200 mg/day"]


def exposures(text: str) -> dict[str, Exposure]:
    (case,) = read(f"A 45-year-old woman came. {text} After 3 weeks she had jaundice and ALT was 900 U/L.").cases
    return {exposure.drug: exposure for exposure in case.exposures}


def regimen(text: str, drug: str) -> tuple[float | None, str, str | None, str | None]:
    found = exposures(text)[drug]
    dose = found.dose
    return (dose.value if dose else None, dose.unit if dose else "", found.frequency, found.route)


@pytest.mark.parametrize(
    ("text", "drug", "expected"),
    [
        ("She had tocilizumab 8 mg/kg at weeks 0, 2 and 6.", "tocilizumab", (8, "mg/kg", "at weeks 0, 2 and 6", None)),
        ("She took methotrexate 12.5 mg once weekly.", "methotrexate", (12.5, "mg", "once weekly", None)),
        ("She took 2,5 mg of oral bisoprolol a day.", "bisoprolol", (2.5, "mg", "a day", "oral")),
        ("She had anakinra (100 mg/0.67 mL) s.c. daily.", "anakinra", (100, "mg/0.67 mL", "daily", "subcutaneous")),
        ("She took ibuprofen 3 x 400 mg/day by mouth.", "ibuprofen", (400, "mg", "3 x per day", "oral")),
        ("She took three tablets of paracetamol 500 mg.", "paracetamol", (500, "mg", None, "oral")),
        ("Weekly subcutaneous (sc) injections of etanercept.", "etanercept", (None, "", "weekly", "subcutaneous")),
        ("She had an intravenous bolus of 1,250 mg vancomycin.", "vancomycin", (1250, "mg", None, "intravenous")),
    ],
)  # fmt: skip
def test_a_regimen_is_read_whole(
    text: str, drug: str, expected: tuple[float | None, str, str | None, str | None]
) -> None:
    assert regimen(text, drug) == expected


def test_what_stands_between_two_drugs_belongs_to_the_right_one() -> None:
    text = "She took methotrexate 10 mg once weekly, oral folic acid 5 mg daily and had intravenous ceftriaxone 2 g."
    assert regimen(text, "methotrexate") == (10, "mg", "once weekly", None)
    assert regimen(text, "folic acid") == (5, "mg", "daily", "oral")
    assert regimen(text, "ceftriaxone") == (2, "g", None, "intravenous")


def test_a_range_is_kept_and_a_fall_is_told_as_its_bounds() -> None:
    dose = exposures("She took prednisone 20 to 40 mg daily.")["prednisone"].dose
    assert dose is not None and (dose.value, dose.low, dose.high) == (None, 20, 40)
    dose = exposures("She took prednisone 40-20 mg daily.")["prednisone"].dose
    assert dose is not None and (dose.low, dose.high) == (20, 40)


def test_the_words_of_the_regimen_are_in_the_evidence() -> None:
    found = exposures("She had anakinra 100 mg daily, given subcutaneously.")["anakinra"]
    assert any("100 mg daily, given subcutaneously" in words.quote for words in found.evidence)
