"""What a patient had before, and what came of an operation, is not the reaction."""

from __future__ import annotations

import pytest

from dechallenge.case import Case
from dechallenge.evidence import Document
from dechallenge.reading.cases.prose import ProseReader


def read(text: str) -> Case:
    [found] = ProseReader().read([Document.from_text(text)]).cases
    return found


def reaction(text: str) -> str:
    return next((e.term for e in read(text).events if e.primary), "")


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (
            "A patient with immunodeficiency who developed Cushing syndrome after triamcinolone injections.",
            "Cushing syndrome",
        ),
        (
            "A 50-year-old woman with ovarian cancer developed difficulty walking 25 days after paclitaxel.",
            "difficulty walking",
        ),
        ("A vitiligo patient who was admitted with an intense burn after the use of methoxsalen.", "burn"),
        ("A man with vitiligo presented with vasculitis after propylthiouracil.", "vasculitis"),
    ],
)
def test_an_illness_that_the_patient_had_is_not_the_reaction(text: str, term: str) -> None:
    assert reaction(text) == term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("A woman developed vasculitis with thrombocytopenia during treatment with cladribine.", "vasculitis"),
        ("A child presented with a seizure and hyponatremia after desmopressin.", "seizure"),
    ],
)
def test_of_two_reactions_the_one_told_first(text: str, term: str) -> None:
    assert reaction(text) == term


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("statin-induced muscle toxicity", "muscle toxicity"),
        ("simvastatin-induced muscle toxicity", "muscle toxicity"),
    ],
)
def test_toxicity_of_an_organ_is_a_name(words: str, term: str) -> None:
    assert reaction(f"Simvastatin levels rose and the patient had {words}.") == term


_OPERATED = (
    "A 60-year-old woman underwent thyroidectomy. In the first hours after surgery she developed a large cervical "
    "haematoma. She was given dobutamine. She recovered."
)


def test_a_haematoma_of_an_operation_is_no_reaction() -> None:
    assert reaction(_OPERATED) != "hematoma"
    assert any(f.term == "hematoma" and f.state == "present" for f in read(_OPERATED).findings)


@pytest.mark.parametrize("drug", ["enoxaparin", "warfarin", "aspirin"])
def test_a_haematoma_under_what_makes_bleed_is_one(drug: str) -> None:
    text = f"A 60-year-old woman was started on {drug}. Ten days later she developed a large haematoma of the thigh."
    assert reaction(text) == "hematoma"
